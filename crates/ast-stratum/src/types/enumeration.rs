//! An enum, or the roles.

use serde_json::Value;
use stratapi_plan::EnumPlan;

use super::PythonType;
use crate::json::{Json, json};
use crate::python::Expr;
use crate::python::build::from;

pub(super) struct Enumeration<'a> {
    pub plan: &'a EnumPlan,
}

impl PythonType for Enumeration<'_> {
    fn model(&self) -> Expr {
        from("app.models.enums", &self.plan.class)
    }

    fn input(&self) -> Expr {
        self.model()
    }

    fn input_schema(&self) -> Json {
        json!({"$ref": format!("#/components/schemas/{}", self.plan.class)})
    }

    fn read_schema(&self) -> Json {
        self.input_schema()
    }

    /// The text is the member's index.
    fn literal(&self, text: &str) -> Expr {
        let index: usize = text.parse().unwrap_or_default();
        self.model().attr(&self.plan.members[index].name)
    }

    fn stored(&self, value: &Value) -> Expr {
        let text = value.as_str().unwrap_or_default();
        let member = self.plan.members.iter().position(|member| member.value == text);
        self.literal(&member.unwrap_or_default().to_string())
    }

    fn published(&self, text: &str) -> Json {
        let index: usize = text.parse().unwrap_or_default();
        json!(&self.plan.members[index].value)
    }
}
