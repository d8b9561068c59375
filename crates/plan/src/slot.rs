//! Slots: functions that somebody writes. What is called, and what judges it.

use stratapi_diagnostics::Span;

use crate::{PyIdent, SlotKind, ValueKind, ValueType};

/// A slot: a function in a module of its own.
#[derive(Debug, Clone)]
pub struct SlotPlan {
    /// Its name, and that of the function: `shipping_cost`.
    pub name: PyIdent,
    /// What it is for.
    pub kind: SlotKind,
    /// Module of the function: `app.services.shipping_cost_business_rules`.
    pub module: String,
    /// What the function is given, in order.
    pub inputs: Vec<SlotInputPlan>,
    /// What it returns.
    pub output: ValueType,
    /// What it does, in prose.
    pub describe: String,
    /// At least one.
    pub examples: Vec<SlotExamplePlan>,
    /// Declaration in the IR.
    pub span: Span,
}

/// A parameter of a slot's function.
#[derive(Debug, Clone)]
pub struct SlotInputPlan {
    /// The parameter.
    pub name: PyIdent,
    /// Its type.
    pub ty: ValueType,
}

/// What a slot returns for what it is given. Values are canonical text, `None` stands for null.
#[derive(Debug, Clone)]
pub struct SlotExamplePlan {
    /// In the order of the inputs.
    pub given: Vec<Option<String>>,
    /// What is returned.
    pub expect: Option<String>,
    /// Where that stands.
    pub span: Span,
}

/// A type of Python's own: the module that it is imported from, if it is, and its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PythonType {
    /// `decimal`; `None` for what is built in.
    pub module: Option<&'static str>,
    /// `Decimal`
    pub name: &'static str,
}

impl SlotPlan {
    /// The file of the module, below the project's root.
    pub fn path(&self) -> String {
        format!("{}.py", self.module.replace('.', "/"))
    }

    /// Whether the function takes its inputs by name only: a bare `True` would say nothing.
    pub fn by_name(&self) -> bool {
        self.inputs.iter().any(|input| input.ty.kind == ValueKind::Bool)
    }
}

impl ValueKind {
    /// Python's own type for it, if it has one that says it all.
    pub fn python(&self) -> Option<PythonType> {
        let (module, name) = match self {
            Self::Line { .. } | Self::Text { .. } | Self::Email | Self::Url | Self::Ip => {
                (None, "str")
            }
            Self::Int { .. } => (None, "int"),
            Self::Float { .. } => (None, "float"),
            Self::Bool => (None, "bool"),
            Self::Decimal { .. } => (Some("decimal"), "Decimal"),
            Self::Date => (Some("datetime"), "date"),
            Self::Time => (Some("datetime"), "time"),
            Self::DateTime => (Some("datetime"), "datetime"),
            Self::Duration => (Some("datetime"), "timedelta"),
            Self::Uuid => (Some("uuid"), "UUID"),
            _ => return None,
        };
        Some(PythonType { module, name })
    }
}
