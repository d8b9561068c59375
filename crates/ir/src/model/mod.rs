//! The resolved IR: every name is an id, every default is filled in, order is that of declaration.

mod access;
mod api;
mod attribute;
mod behavior;
mod column;
mod domain;
mod expression;
mod flow;
mod limit;
mod problem;
mod rate_limit;
mod security;
mod slot;
mod view;
mod wire;

pub use access::{Access, OwnerPath};
pub use api::{ApiModelIr, Case, FilterPath, Operation, Pagination, Resource, Under};
pub use attribute::{
    Attribute, AttributeRule, AttributeType, Bounds, DefaultValue, Flags, Literal,
};
pub use behavior::{BehaviorModelIr, Guard, Invariant, StateMachine, Transition, Writes};
pub use column::{BaseColumn, Column};
pub use domain::{
    Architecture, BaseConfig, Check, Computed, DomainModelIr, Entity, EnumMember, Enumeration,
    IdKind, Index, Inverse, Member, OnDelete, Relationship, RelationshipKind, Seed, UniqueKey,
    ValueObject,
};
pub use expression::{
    Aggregate, Arithmetic, Collection, Comparison, Condition, Function, Local, Operand, RowPath,
    Rows,
};
pub use flow::{
    Action, Argument, Call, Change, ChangedMember, Creation, Emission, Endpoint, EventMember, Flow,
    FlowInput, FlowStep, FlowValue, InputKind, Loop, MessagePart, Method, Place, Reference,
    Refusal, Segment, TransitionId,
};
pub use limit::Limit;
pub use problem::{ProblemForm, ProblemPart};
pub(crate) use rate_limit::UNLIMITED;
pub use rate_limit::{Allowance, Period, RateLimit, RateLimits};
pub use security::{ApiKeys, Authentication, Registration, Role, SecurityModelIr};
pub use slot::{Slot, SlotCall, SlotExample, SlotKind};
pub use view::{CallerFlag, End, Shown, View, ViewMember};
pub use wire::{ListForm, PagePart, RowForm, Statuses};

use stratapi_diagnostics::Span;

/// A name or text together with the place where it was declared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it stands; for what a default supplied, the closest declared place.
    pub span: Span,
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);
        impl $name {
            /// The position in its arena.
            pub const fn index(self) -> usize {
                self.0 as usize
            }
            /// The id of a position in the arena.
            pub fn at(index: usize) -> Self {
                Self(u32::try_from(index).unwrap_or_else(|_| stratapi_diagnostics::bug!("arena overflow")))
            }
        }
    )*};
}

ids! {
    /// Position in `DomainModelIr::entities`.
    EntityId
    /// Position in `Entity::attributes`; meaningful together with the entity.
    AttributeId
    /// Position in `Entity::relationships`; meaningful together with the entity.
    RelationshipId
    /// Position in `Entity::computed`; meaningful together with the entity.
    ComputedId
    /// Position in `Entity::views`; meaningful together with the entity.
    ViewId
    /// Position in `DomainModelIr::enums`.
    EnumId
    /// Position in `DomainModelIr::values`.
    ValueId
    /// Position in `SecurityModelIr::roles`.
    RoleId
    /// Position in `BehaviorModelIr::flows`.
    FlowId
    /// Position in `BehaviorModelIr::slots`.
    SlotId
}

/// A whole application, resolved and checked.
#[derive(Debug, Clone)]
pub struct ApplicationIr {
    /// The `app` section.
    pub app: App,
    /// The `domain` section.
    pub domain: DomainModelIr,
    /// The `api` section.
    pub api: ApiModelIr,
    /// The `behavior` section.
    pub behavior: BehaviorModelIr,
    /// The `security` section; `None` means that everything is public.
    pub security: Option<SecurityModelIr>,
}

/// The `app` section.
#[derive(Debug, Clone)]
pub struct App {
    /// Identifier of the project: lower case, digits, `-` and `_`.
    pub name: Spanned<String>,
    /// Title for people; the name with spaces and capitals by default.
    pub title: String,
    /// One paragraph; may be empty.
    pub description: String,
    /// Version of the application, `0.1.0` by default.
    pub version: String,
    /// How many layers the project has.
    pub architecture: Architecture,
}
