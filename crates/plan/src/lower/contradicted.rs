//! `W0011`: defaults that a rule of their entity never lets through.

use serde_json::Value;
use stratapi_diagnostics::{Code, Diagnostic};

use super::draft::Context;
use super::rules::{self, Rule};
use super::satisfied::Solver;
use crate::{EntityPlan, FieldPlan, FieldSource, PythonDefault};

/// Warns of each rule that a row with nothing but defaults breaks. Nulls are no defaults here: a rule
/// that asks for one of two optional values means just that.
pub(super) fn warnings(context: &Context<'_>, entities: &[EntityPlan]) -> Vec<Diagnostic> {
    let of_entity = |(index, plan)| {
        let rules = rules::of(context, plan, index).into_iter();
        rules.filter_map(|rule| warning(context, plan, &rule)).collect::<Vec<_>>()
    };
    entities.iter().enumerate().flat_map(of_entity).collect()
}

fn warning(context: &Context<'_>, plan: &EntityPlan, rule: &Rule<'_>) -> Option<Diagnostic> {
    let mut asked: Option<Vec<&FieldPlan>> = Some(Vec::new());
    rule.tree.attributes(&mut |attribute| {
        let found = plan.fields.iter().find(|field| field.model_attribute == *attribute);
        match (found, &mut asked) {
            (Some(field), Some(known)) => known.push(field),
            _ => asked = None,
        }
    });
    let asked = asked.filter(|asked| !asked.is_empty())?;
    let all: Vec<usize> = (0..plan.fields.len()).collect();
    let solver = Solver { context, checks: &[], fields: &plan.fields, spoken: &all };
    let default = |field: &FieldPlan| match &field.model_default {
        Some(PythonDefault::Literal(text)) if field.source == FieldSource::Attribute => {
            Some(solver.literal(&field.ty, text))
        }
        _ => None,
    };
    if asked.iter().any(|field| default(field).is_none()) {
        return None;
    }
    let row: Vec<Value> = plan.fields.iter().map(|it| default(it).unwrap_or_default()).collect();
    if solver.truth(&rule.tree, &row) != Some(false) {
        return None;
    }
    let name = &rule.name.value;
    let message = format!("a new row for which nothing is said breaks `{name}`");
    let finding = Diagnostic::warning(Code::W0011, message).at(rule.name.span, "");
    let finding = finding.also(asked[0].span, "has a default that it does not allow");
    Some(finding.help("change the default, take it away, or change what must hold"))
}
