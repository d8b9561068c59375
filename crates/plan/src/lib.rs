//! Lowers the model once: every name, type, table, route, file and its stratum.
//! It knows no Python statement and no template; the strata print what stands here.

mod access;
mod app;
mod artifact;
mod attribute_rule;
mod case;
mod computed;
mod entity;
mod envelope;
mod expression;
mod file;
mod files;
mod flow;
mod flow_uses;
mod history;
mod lookup;
mod lower;
mod machine;
mod names;
mod resource;
mod seed;
mod slot;
mod summary;
mod table;
mod value;
mod view;
mod write_rule;

pub use access::{AccessPlan, Gate, Predicate, Step};
pub use app::{AppPlan, AuthPlan, EnumPlan, MemberPlan, PagesPlan, RolePlan};
pub use artifact::{Artifact, ArtifactTree, Origin};
pub use attribute_rule::{AttributeRulePlan, answers_rows};
pub use computed::ComputedPlan;
pub use entity::{
    CollectionPlan, EmbeddedPlan, EntityPlan, FieldPlan, FieldSource, KeyPart, LinkPlan, PartPlan,
    Presence, ReferencePlan, Set, ThroughPlan, ValuePlan,
};
pub use envelope::envelope;
pub use expression::{ConditionPlan, OperandPlan, OwnedBy, RelatedPlan, RowsPlan};
pub use file::{Phase, PlannedFile, Stratum, Subject};
pub use flow::{
    ArgumentPlan, AssignedPlan, ChangePlan, ChangedPlan, CreatePlan, EndpointPlan, EventPlan,
    FlowInputKind, FlowInputPlan, FlowModelPlan, FlowPlan, FlowSegmentPlan, FlowValuePlan,
    MessagePlan, PayloadPlan, RecordMemberPlan, RefusalPlan, RowPlan, StepPlan,
};
pub use flow_uses::{Read, in_condition, in_operand};
pub use history::HistoryPlan;
pub use lower::{SEGMENT, lower, matching_texts, reserved_class_names};
pub use machine::{GuardPlan, MachinePlan, StartPlan, TransitionPlan};
pub use names::{ColumnName, ConstraintName, ModulePath, PyIdent, TableName};
pub use resource::{
    FilterOperator, FilterPlan, FilterTarget, OperationPlan, ParameterPlan, ParentPlan,
    ResourcePlan, SortPlan, without_converters,
};
pub use seed::{SeedEditPlan, SeedPlan, SeedsPlan};
pub use slot::{PythonType, SlotExamplePlan, SlotInputPlan, SlotPlan};
pub use stratapi_ir::model::{
    Aggregate, Architecture, Arithmetic, Case, Comparison, Function, Limit, ListForm, Method,
    OnDelete, Operation, PagePart, Pagination, Place, ProblemForm, ProblemPart, RateLimit, RowForm,
    SlotKind, Writes,
};
pub use summary::{FileSummary, Summary};
pub use table::{
    AssociationPlan, CheckPlan, ColumnPlan, ColumnType, EnumCheckPlan, ForeignKeyPlan, IndexPlan,
    InvariantPlan, ServerDefault, TablePlan, UniquePlan,
};
pub use value::{
    PythonDefault, Sample, ValueKind, ValueType, as_segment, as_text, numbered, unnumbered,
};
pub use view::{FlagPlan, NestedPlan, ShownPlan, ViewMemberPlan, ViewPlan};
pub use write_rule::{BreachPlan, WantedPlan, WayPlan, Write, WriteRulePlan};

/// Everything that the strata print, decided.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Facts about the application as a whole.
    pub app: AppPlan,
    /// Declared enums, in order; the roles are the last one, if there are any.
    pub enums: Vec<EnumPlan>,
    /// Value objects that some entity embeds, in order of declaration.
    pub values: Vec<ValuePlan>,
    /// Entities, in order of declaration.
    pub entities: Vec<EntityPlan>,
    /// Association tables of many-to-many relationships, in order of declaration.
    pub associations: Vec<AssociationPlan>,
    /// Flows, in order of declaration.
    pub flows: Vec<FlowPlan>,
    /// The entities (indexes) whose repositories they work with, ascending.
    pub flow_entities: Vec<usize>,
    /// What they tell others, in the order in which they do first.
    pub events: Vec<EventPlan>,
    /// The functions that they ask and somebody writes, in order of declaration.
    pub slots: Vec<SlotPlan>,
    /// The routes that start them, in order of declaration.
    pub endpoints: Vec<EndpointPlan>,
    /// Rows that every database starts with, in the order of their insertion.
    pub seeds: Vec<SeedsPlan>,
    /// Every table in the order in which it is created: referenced ones first; foreign keys that
    /// close a cycle are marked `deferred` and added afterwards.
    pub tables: Vec<TablePlan>,
    /// Every file, in ascending order of its path.
    pub files: Vec<PlannedFile>,
}
