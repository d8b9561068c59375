//! `J0120`: a floating-point number where the application asks for an exact one: money that does
//! not add up.

use std::collections::BTreeSet;

use ruff_python_ast::{Expr, Stmt};
use stratapi_diagnostics::Code;
use stratapi_plan::{ColumnType, EntityPlan, Plan, ValueKind};

use crate::finding::Finding;
use crate::python::{Source, last_name, string, walk};
use crate::subject::Subject;

/// Types of floating-point columns.
const TYPES: &[&str] = &["float", "Float", "Double", "DOUBLE", "DOUBLE_PRECISION", "REAL", "FLOAT"];

pub(super) fn check(source: &Source<'_>, subject: &Subject<'_>) -> Vec<Finding> {
    if source.path.starts_with("migrations/") {
        return columns(source, subject.plan);
    }
    let Some(entity) = subject.entity_of(source.path) else { return Vec::new() };
    if !source.path.starts_with("app/") {
        return Vec::new();
    }
    let exact = decimals(&subject.plan.entities[entity]);
    if exact.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for inside in &source.statements {
        if let Stmt::AnnAssign(s) = inside.node
            && let Expr::Name(name) = &*s.target
            && exact.contains(name.id.as_str())
            && (names_float(&s.annotation) || s.value.as_deref().is_some_and(names_float))
        {
            found.push(finding(name.id.as_str()).at(source.place(s), "a floating-point number"));
        }
    }
    for call in &source.calls {
        if call.name.as_deref() == Some("float")
            && let Some(Expr::Attribute(attribute)) = call.node.arguments.args.first()
            && exact.contains(attribute.attr.as_str())
        {
            found.push(
                finding(attribute.attr.as_str()).at(source.place(call.node), "no longer exact"),
            );
        }
    }
    found
}

fn decimals(entity: &EntityPlan) -> BTreeSet<&str> {
    let fields = entity.fields.iter();
    let exact = fields.filter(|field| matches!(field.ty.kind, ValueKind::Decimal { .. }));
    exact.flat_map(|field| [field.attribute.as_str(), field.model_attribute.as_str()]).collect()
}

/// Columns of the migration: `op.create_table("orders", sa.Column("total", sa.Float()))`.
fn columns(source: &Source<'_>, plan: &Plan) -> Vec<Finding> {
    let mut found = Vec::new();
    for call in source.calls.iter().map(|call| call.node) {
        if last_name(&call.func) != "create_table" {
            continue;
        }
        let name = call.arguments.args.first().and_then(string).unwrap_or_default();
        let Some(table) = plan.tables.iter().find(|table| table.name.as_str() == name) else {
            continue;
        };
        for argument in &call.arguments.args {
            let Expr::Call(column) = argument else { continue };
            let name = column.arguments.args.first().and_then(string).unwrap_or_default();
            let is_exact = table.columns.iter().any(|column| {
                column.name.as_str() == name && matches!(column.ty, ColumnType::Decimal(..))
            });
            if is_exact && column.arguments.args.get(1).is_some_and(names_float) {
                found.push(finding(name).at(source.place(column), "a floating-point number"));
            }
        }
    }
    found
}

fn finding(name: &str) -> Finding {
    Finding::error(Code::J0120, format!("`{name}` is an exact number in the application"))
        .help("use `decimal.Decimal`, and `ExactDecimal` or `Numeric` in the database")
}

/// Whether a type names a floating-point one, also inside `Mapped[float | None]`.
fn names_float(expression: &Expr) -> bool {
    let mut found = match expression {
        Expr::Name(name) => TYPES.contains(&name.id.as_str()),
        Expr::Attribute(attribute) => TYPES.contains(&attribute.attr.as_str()),
        _ => false,
    };
    walk::children(expression, &mut |child| found |= names_float(child));
    found
}
