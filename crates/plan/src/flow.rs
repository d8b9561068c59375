//! Flows and the endpoints that start them.

use stratapi_diagnostics::Span;

use crate::{
    ConditionPlan, Gate, Method, OperandPlan, ParameterPlan, PartPlan, Place, Plan, PyIdent,
    RateLimit, RowsPlan, Step, ValueKind, ValueType,
};

/// A flow: one method. Its variables are numbered as in the IR: 0 is the caller.
#[derive(Debug, Clone)]
pub struct FlowPlan {
    /// Name as declared: `check_out`.
    pub name: String,
    /// In words: `check out`.
    pub words: String,
    /// Method of the class of flows.
    pub method: PyIdent,
    /// In order of declaration.
    pub inputs: Vec<FlowInputPlan>,
    /// The inputs that are values, in order of declaration.
    pub values: Vec<FlowValuePlan>,
    /// The schema of the body that its endpoints take, if they take one.
    pub body: Option<FlowModelPlan>,
    /// The schema of the query that its endpoints take, if they take one.
    pub query: Option<FlowModelPlan>,
    /// At least one.
    pub steps: Vec<StepPlan>,
    /// Index of the entity whose row it returns, if it does.
    pub returns: Option<usize>,
    /// Whether it takes the caller.
    pub caller: bool,
    /// Whether the caller may be nobody: it only keeps who changed a state.
    pub anonymous: bool,
    /// What is stored of it where it is done after the answer.
    pub payload: Option<PayloadPlan>,
    /// When it starts by itself: five fields of cron, in UTC.
    pub schedule: Option<String>,
    /// Statuses of the refusals of its own steps and of the flows that it calls, ascending.
    pub refusals: Vec<u16>,
    /// Declaration in the IR.
    pub span: Span,
}

/// What a flow is given.
#[derive(Debug, Clone)]
pub struct FlowInputPlan {
    /// Variable of the method.
    pub variable: PyIdent,
    /// What it is.
    pub kind: FlowInputKind,
}

/// What an input is.
#[derive(Debug, Clone)]
pub enum FlowInputKind {
    /// A row, by its key.
    Row {
        /// Index of its entity.
        entity: usize,
        /// The parameter that holds the key.
        parameter: ParameterPlan,
    },
    /// A value: index in `FlowPlan::values`.
    Value(usize),
}

/// An input that is a value.
#[derive(Debug, Clone)]
pub struct FlowValuePlan {
    /// What it is; its name on the wire is that of the header, or of the segment of the path.
    pub part: PartPlan,
    /// Where it stands in a request. Where no endpoint starts the flow: the body.
    pub place: Place,
    /// The parameter of the route, where it is one of its own: in the path, or in a header.
    pub parameter: PyIdent,
}

/// A segment of the path that is no word.
#[derive(Debug, Clone, Copy)]
pub enum FlowSegmentPlan<'a> {
    /// A row, by its key.
    Row(&'a ParameterPlan),
    /// A value, with its index in `FlowPlan::values`.
    Value(usize, &'a FlowValuePlan),
}

impl FlowSegmentPlan<'_> {
    /// Its name in the path, and the parameter of the route.
    pub fn name(&self) -> &PyIdent {
        match self {
            Self::Row(parameter) => &parameter.name,
            Self::Value(_, value) => &value.parameter,
        }
    }
}

/// A schema of inputs: those of the body, or those of the query.
#[derive(Debug, Clone)]
pub struct FlowModelPlan {
    /// Class of the schema: `CheckOutInput`, `CheckOutQuery`.
    pub class: PyIdent,
    /// Docstring's text.
    pub doc: String,
}

/// What is stored of a flow that is done after the answer: what it is given, as JSON.
#[derive(Debug, Clone)]
pub struct PayloadPlan {
    /// Class of the schema: `RemindJob`.
    pub class: PyIdent,
    /// The keys of its rows and its values, in the order of the inputs, then the key of the caller.
    pub members: Vec<RecordMemberPlan>,
}

impl FlowPlan {
    /// Whether a worker does it, after the answer or by itself.
    pub fn has_jobs(&self) -> bool {
        self.payload.is_some() || self.schedule.is_some()
    }

    /// The values that stand in one place, each with its index in `values`.
    pub fn values_in(&self, place: &Place) -> impl Iterator<Item = (usize, &PartPlan)> {
        let all = self.values.iter().enumerate().filter(move |(_, value)| value.place == *place);
        all.map(|(index, value)| (index, &value.part))
    }

    /// The values that stand in headers, each with its index in `values` and its parameter.
    pub fn headers(&self) -> impl Iterator<Item = (usize, &PyIdent, &PartPlan)> {
        let all = self.values.iter().enumerate();
        let all = all.filter(|(_, value)| matches!(value.place, Place::Header(_)));
        all.map(|(index, value)| (index, &value.parameter, &value.part))
    }

    /// What is no value of each segment that is one, with the name of this segment.
    pub fn misfits(&self, plan: &Plan) -> impl Iterator<Item = (&PyIdent, String)> {
        self.segments().filter_map(|segment| {
            let FlowSegmentPlan::Value(_, value) = segment else { return None };
            let mut misfit = "no-such-value".to_owned();
            if let ValueKind::Enum(index) = value.part.ty.kind {
                let members = &plan.enums[index].members;
                while members.iter().any(|member| member.value == misfit) {
                    misfit.push('-');
                }
            }
            Some((&value.parameter, misfit))
        })
    }

    /// What stands in the path, in the order of the inputs.
    pub fn segments(&self) -> impl Iterator<Item = FlowSegmentPlan<'_>> {
        self.inputs.iter().filter_map(|input| match &input.kind {
            FlowInputKind::Row { parameter, .. } => Some(FlowSegmentPlan::Row(parameter)),
            FlowInputKind::Value(index) => {
                let value = &self.values[*index];
                (value.place == Place::Path).then_some(FlowSegmentPlan::Value(*index, value))
            }
        })
    }

    /// The keys of its rows, in the order of the inputs.
    pub fn keys(&self) -> impl Iterator<Item = &ParameterPlan> {
        self.segments().filter_map(|segment| match segment {
            FlowSegmentPlan::Row(parameter) => Some(parameter),
            FlowSegmentPlan::Value(..) => None,
        })
    }

    /// The schemas of its inputs, each with the place that it is of.
    pub fn models(&self) -> impl Iterator<Item = (&FlowModelPlan, Place)> {
        let body = self.body.iter().map(|model| (model, Place::Body));
        body.chain(self.query.iter().map(|model| (model, Place::Query)))
    }
}

/// A row at the end of a path.
#[derive(Debug, Clone, PartialEq)]
pub struct RowPlan {
    /// The variable that the path starts at.
    pub variable: usize,
    /// To-one relationships.
    pub steps: Vec<Step>,
    /// Index of the entity of the row.
    pub entity: usize,
}

/// What is done.
#[derive(Debug, Clone)]
pub enum StepPlan {
    /// Locks a row.
    Lock(RowPlan),
    /// Refuses, unless this holds.
    Require(ConditionPlan, RefusalPlan),
    /// Names a value.
    Let(PyIdent, OperandPlan),
    /// Changes rows.
    Set(Vec<ChangePlan>),
    /// Makes a row.
    Create(CreatePlan),
    /// Deletes a row.
    Delete(RowPlan),
    /// Makes a transition: index in `EntityPlan::transitions`.
    Transition(RowPlan, usize),
    /// For each of many rows, which has the next variable: what they are ordered by, and the steps.
    For(RowsPlan, Option<OperandPlan>, Vec<StepPlan>),
    /// Some steps, or others.
    If(ConditionPlan, Vec<StepPlan>, Vec<StepPlan>),
    /// Another flow: index in `Plan::flows`, what it is given, and the name of what it returns.
    Call(usize, Vec<ArgumentPlan>, Option<PyIdent>),
    /// An event: index in `Plan::events`, and its members in their order.
    Emit(usize, Vec<OperandPlan>),
    /// Names what a slot returns: index in `Plan::slots`, what it is given, in the order of its
    /// inputs, and the variable.
    Slot(usize, Vec<AssignedPlan>, PyIdent),
    /// The end.
    Return(Option<RowPlan>),
}

/// How a requirement is refused.
#[derive(Debug, Clone)]
pub struct RefusalPlan {
    /// 400, 403, 404, 409 or 422.
    pub status: u16,
    /// What a client is told: texts, and values in between.
    pub message: Vec<MessagePlan>,
}

/// A part of a message.
#[derive(Debug, Clone, PartialEq)]
pub enum MessagePlan {
    /// As it stands.
    Text(String),
    /// A value.
    Value(OperandPlan),
}

/// What something is set to.
#[derive(Debug, Clone)]
pub enum AssignedPlan {
    /// A value.
    Value(OperandPlan),
    /// Null.
    Null,
}

/// A member of a row, and what it is set to.
#[derive(Debug, Clone)]
pub struct ChangePlan {
    /// The row.
    pub row: RowPlan,
    /// What is set, and to what.
    pub member: ChangedPlan,
}

/// What is set, and to what.
#[derive(Debug, Clone)]
pub enum ChangedPlan {
    /// A field: index in `EntityPlan::fields`.
    Field(usize, AssignedPlan),
    /// A reference (index in `EntityPlan::references`), and where it leads.
    Reference(usize, Option<RowPlan>),
}

/// A row that is made.
#[derive(Debug, Clone)]
pub struct CreatePlan {
    /// Index of its entity.
    pub entity: usize,
    /// Fields, and what they are set to.
    pub values: Vec<(usize, AssignedPlan)>,
    /// References, and where they lead.
    pub references: Vec<(usize, Option<RowPlan>)>,
    /// Its variable, if anything is said of it.
    pub name: Option<PyIdent>,
}

/// What a flow is given by another.
#[derive(Debug, Clone)]
pub enum ArgumentPlan {
    /// A row, by its key.
    Row(RowPlan),
    /// A value.
    Value(AssignedPlan),
}

/// Something that others are told of.
#[derive(Debug, Clone)]
pub struct EventPlan {
    /// Name as declared: `order.placed`.
    pub name: String,
    /// Class of the schema of what it tells: `OrderPlaced`.
    pub class: PyIdent,
    /// In order of declaration.
    pub members: Vec<RecordMemberPlan>,
    /// Where it is first emitted in the IR.
    pub span: Span,
}

/// A member of what is told or kept of something that happened.
#[derive(Debug, Clone)]
pub struct RecordMemberPlan {
    /// Name as declared.
    pub name: String,
    /// Name on the wire.
    pub wire: String,
    /// Attribute of the schema.
    pub attribute: PyIdent,
    /// Its type.
    pub ty: ValueType,
}

/// A route that starts a flow.
#[derive(Debug, Clone)]
pub struct EndpointPlan {
    /// Function of the router and operationId.
    pub function: PyIdent,
    /// Index in `Plan::flows`.
    pub flow: usize,
    /// How it is asked.
    pub method: Method,
    /// Its path below the prefix, with `FastAPI`'s converters.
    pub path: String,
    /// Docstring's text.
    pub doc: String,
    /// Who may do it.
    pub gate: Gate,
    /// Status of the answer.
    pub status: u16,
    /// Whether a request that is sent again with its key gets the first answer.
    pub idempotent: bool,
    /// How often a caller may ask, if that is limited.
    pub rate_limit: Option<RateLimit>,
    /// The problems besides 422, ascending.
    pub problems: Vec<u16>,
    /// Declaration in the IR.
    pub span: Span,
}

impl EndpointPlan {
    /// Its name below a prefix, as the published document writes it:
    /// `POST /api/v1/orders/{order_id}/payments`.
    pub fn operation(&self, prefix: &str) -> String {
        format!("{} {prefix}{}", self.method.name(), crate::without_converters(&self.path))
    }
}

impl StepPlan {
    /// The steps inside of it.
    pub fn inner(&self) -> [&[Self]; 2] {
        match self {
            Self::For(_, _, steps) => [steps, &[]],
            Self::If(_, then, otherwise) => [then, otherwise],
            _ => [&[], &[]],
        }
    }

    /// Whether it, or some step inside of it, is like this.
    pub fn any(&self, wanted: &mut dyn FnMut(&Self) -> bool) -> bool {
        wanted(self) || self.inner().iter().any(|steps| steps.iter().any(|step| step.any(wanted)))
    }
}
