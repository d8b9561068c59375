//! Flows and the endpoints that start them, resolved.
//!
//! The paths of a flow start at its variables: 0 is the caller, the others are the rows that are known
//! where the path stands, in the order in which they were named: inputs, rows of loops, new rows. What a
//! loop or a branch names ends with it.

use stratapi_diagnostics::Span;

use super::{
    Access, Allowance, Attribute, AttributeId, AttributeType, Condition, EntityId, FlowId, Operand,
    RowPath, Rows,
};
use super::{RelationshipId, SlotCall, Spanned};

/// Steps over several entities, all or none of which are done.
#[derive(Debug, Clone)]
pub struct Flow {
    /// Snake case.
    pub name: Spanned<String>,
    /// In order of declaration.
    pub inputs: Vec<FlowInput>,
    /// At least one.
    pub steps: Vec<FlowStep>,
    /// What it returns, if it returns a row.
    pub returns: Option<EntityId>,
    /// Whether it speaks of the caller, itself or by a flow that it calls.
    pub caller: bool,
    /// Whether it changes something or locks it, itself or by a flow that it calls.
    pub writes: bool,
    /// Whether it is done after the answer, by a worker.
    pub background: bool,
    /// When it starts by itself: five fields of cron, in UTC.
    pub schedule: Option<Spanned<String>>,
}

/// What a flow is given.
#[derive(Debug, Clone)]
pub struct FlowInput {
    /// Snake case.
    pub name: Spanned<String>,
    /// What it is.
    pub kind: InputKind,
}

/// What an input is.
#[derive(Debug, Clone)]
pub enum InputKind {
    /// A row, by its key in the path.
    Row(EntityId),
    /// A value, declared like an attribute: in the body, the query or a header.
    Value(Box<Attribute>),
}

/// A step with its place.
#[derive(Debug, Clone)]
pub struct FlowStep {
    /// What is done.
    pub action: Action,
    /// Its word: `lock`, `require` and so on.
    pub span: Span,
}

/// What a step does.
#[derive(Debug, Clone)]
pub enum Action {
    /// Reads a row again, and keeps others from changing it.
    Lock(RowPath),
    /// Ends the flow and takes everything back, unless this holds.
    Require(Condition, Refusal),
    /// Names a value.
    Let(String, Operand),
    /// Changes attributes of rows and where they lead, in order.
    Set(Vec<Change>),
    /// Makes a row.
    Create(Creation),
    /// Deletes a row.
    Delete(RowPath),
    /// Makes a transition of a state machine.
    Transition(RowPath, TransitionId),
    /// Does steps for each of many rows.
    For(Loop),
    /// Does some steps, or others.
    If(Condition, Vec<FlowStep>, Vec<FlowStep>),
    /// Does the steps of another flow.
    Call(Call),
    /// Tells others of something, if the flow is done.
    Emit(Emission),
    /// Names what a slot returns.
    Slot(SlotCall),
    /// Ends the flow, with a row or with nothing.
    Return(Option<RowPath>),
}

/// What a client is told where a requirement does not hold.
#[derive(Debug, Clone)]
pub struct Refusal {
    /// 400, 403, 404, 409 or 422.
    pub status: u16,
    /// The message, if one was declared.
    pub message: Option<Vec<MessagePart>>,
}

/// A part of a message.
#[derive(Debug, Clone, PartialEq)]
pub enum MessagePart {
    /// As it stands.
    Text(String),
    /// `{item.product.name}`
    Value(Operand),
}

/// A member of a row, and what it is set to.
#[derive(Debug, Clone)]
pub struct Change {
    /// The row.
    pub row: RowPath,
    /// The entity of the row.
    pub entity: EntityId,
    /// What is set, and to what.
    pub member: ChangedMember,
}

/// What is set, and to what.
#[derive(Debug, Clone)]
pub enum ChangedMember {
    /// An attribute.
    Attribute(AttributeId, FlowValue),
    /// Where a relationship leads.
    Relationship(RelationshipId, Reference),
}

/// What an attribute is set to.
#[derive(Debug, Clone)]
pub enum FlowValue {
    /// A value that fits.
    Value(Operand),
    /// Null.
    Null,
}

/// A row that a flow makes.
#[derive(Debug, Clone)]
pub struct Creation {
    /// What it is.
    pub entity: EntityId,
    /// In the order of the entity's declaration.
    pub values: Vec<(AttributeId, FlowValue)>,
    /// In the order of the entity's declaration.
    pub references: Vec<(RelationshipId, Reference)>,
    /// The variable that holds it, if anything is said of it.
    pub name: Option<String>,
}

/// What a row that a flow makes or changes refers to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reference {
    /// A row.
    Row(RowPath),
    /// Nothing: it is null.
    Nowhere,
}

/// A transition by its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TransitionId {
    /// Position in `BehaviorModelIr::machines`.
    pub machine: usize,
    /// Position in `StateMachine::transitions`.
    pub transition: usize,
}

/// Steps for each of many rows.
#[derive(Debug, Clone)]
pub struct Loop {
    /// The rows, and the name of the variable.
    pub rows: Rows,
    /// What they are ordered by; by their keys if nothing is said.
    pub order: Option<Operand>,
    /// At least one.
    pub steps: Vec<FlowStep>,
}

/// A call of another flow.
#[derive(Debug, Clone)]
pub struct Call {
    /// The flow.
    pub flow: FlowId,
    /// In the order of its inputs.
    pub arguments: Vec<Argument>,
    /// The variable that holds what it returns, if anything is said of it.
    pub name: Option<String>,
}

/// Something that others are told of. All of one name have the same members.
#[derive(Debug, Clone)]
pub struct Emission {
    /// Words in snake case between dots: `order.placed`.
    pub name: Spanned<String>,
    /// In order of declaration.
    pub members: Vec<EventMember>,
}

/// A value that others are told.
#[derive(Debug, Clone)]
pub struct EventMember {
    /// Snake case.
    pub name: Spanned<String>,
    /// What it is.
    pub value: Operand,
    /// Its type.
    pub ty: AttributeType,
    /// Whether it is a list of such.
    pub list: bool,
    /// Whether it may be null.
    pub nullable: bool,
}

/// What a flow is given by another.
#[derive(Debug, Clone)]
pub enum Argument {
    /// A row.
    Row(RowPath),
    /// A value.
    Value(FlowValue),
}

/// A route that starts a flow.
#[derive(Debug, Clone)]
pub struct Endpoint {
    /// Snake case; the operation's id.
    pub name: Spanned<String>,
    /// How it is asked.
    pub method: Method,
    /// The path below the prefix of the API.
    pub route: Vec<Segment>,
    /// What it starts.
    pub flow: FlowId,
    /// Who may do it; it speaks of the caller alone.
    pub access: Access,
    /// 200, 201 or 202 with a row, 202 where it is done after the answer, else 204.
    pub status: u16,
    /// Whether a request that is sent again with its key gets the first answer.
    pub idempotent: bool,
    /// How often a caller may ask, if anything is said of it.
    pub rate_limit: Option<Allowance>,
    /// Where each input of the flow stands, in the order of the inputs. All endpoints of a flow say the
    /// same.
    pub places: Vec<Place>,
}

/// Where an input of a flow stands in a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A segment of the path: the key of a row, or a value.
    Path,
    /// A member of the body.
    Body,
    /// A parameter of the query, by its own name.
    Query,
    /// The header of this name.
    Header(String),
}

/// How an endpoint is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Method {
    /// `GET`: it changes nothing, and has no body.
    Get,
    /// `POST`
    Post,
    /// `PUT`
    Put,
    /// `PATCH`
    Patch,
    /// `DELETE`, which has no body.
    Delete,
}

impl Method {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Get, Self::Post, Self::Put, Self::Patch, Self::Delete];

    /// Whether its requests have a body.
    pub const fn has_body(self) -> bool {
        !matches!(self, Self::Get | Self::Delete)
    }

    /// As HTTP writes it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }

    /// As functions are called after it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Get => "get",
            Self::Post => "post",
            Self::Put => "put",
            Self::Patch => "patch",
            Self::Delete => "delete",
        }
    }
}

/// A segment of a route.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Segment {
    /// As it stands.
    Word(String),
    /// `{cart_id}`: the key of an input, by its position among those of the flow.
    Input(usize),
}

impl FlowStep {
    /// Calls for each of these steps and each step inside of them, in order.
    pub fn each<'s>(steps: &'s [Self], found: &mut dyn FnMut(&'s Action)) {
        for step in steps {
            found(&step.action);
            step.action.inner().into_iter().for_each(|steps| Self::each(steps, found));
        }
    }
}

impl Action {
    /// Whether it changes something by itself, or keeps others from doing so.
    pub const fn writes(&self) -> bool {
        matches!(
            self,
            Self::Lock(_)
                | Self::Set(_)
                | Self::Create(_)
                | Self::Delete(_)
                | Self::Transition(..)
                | Self::Emit(_)
        )
    }

    /// The steps inside of it.
    fn inner(&self) -> [&[FlowStep]; 2] {
        match self {
            Self::For(each) => [&each.steps, &[]],
            Self::If(_, then, otherwise) => [then, otherwise],
            _ => [&[], &[]],
        }
    }
}
