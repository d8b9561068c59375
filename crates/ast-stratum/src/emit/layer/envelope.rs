//! Envelopes of one row: the only member of an answer or of a request.

use stratapi_plan::{OperationPlan, PyIdent, envelope};

use super::Layer;
use crate::python::Expr;
use crate::python::build::{from, kw, name, text};

/// The only member of an envelope, in Python.
pub(in crate::emit) const ITEM: &str = "item";

impl Layer<'_> {
    /// The class of what an operation says of one row, or of a whole row where none is said.
    fn shown_class(self, plan: Option<&OperationPlan>) -> PyIdent {
        plan.map_or_else(|| self.entity.read_class(), |plan| self.entity.row_class(plan))
    }

    /// The class of an answer with one row, its envelope included.
    pub(in crate::emit) fn answer_class(self, plan: Option<&OperationPlan>) -> Expr {
        match (&self.entity.form.answer, plan) {
            (Some(_), _) => self.schema_class(envelope(&self.shown_class(plan))),
            (None, Some(plan)) => self.row_class(plan),
            (None, None) => self.schema("Read"),
        }
    }

    /// An answer with a row as it is shown: `PostReadEnvelope(item=PostRead.model_validate(post))`.
    pub(in crate::emit) fn answer(self, plan: Option<&OperationPlan>, shown: Expr) -> Expr {
        match self.entity.form.answer {
            Some(_) => self.answer_class(plan).call([kw(ITEM, shown)]),
            None => shown,
        }
    }

    /// The class of a request with one row, its envelope included.
    pub(in crate::emit) fn body_class(self, suffix: &str) -> Expr {
        self.schema_class(self.entity.body_class(suffix))
    }

    /// The row of a request: `data`, or `data.item`.
    pub(in crate::emit) fn body_row(self) -> Expr {
        match self.entity.form.body {
            Some(_) => name("data").attr(ITEM),
            None => name("data"),
        }
    }

    /// `Depends(row_in("post"))`: problems point to members of the row inside of the body.
    pub(in crate::emit) fn row_in(self) -> Option<Expr> {
        let member = self.entity.form.body.as_ref()?;
        let below = from("app.core.problems", "row_in").call_with([text(member)]);
        Some(from("fastapi", "Depends").call_with([below]))
    }
}
