//! The orders that a list offers.

use stratapi_diagnostics::{Code, Diagnostic};
use stratapi_ir::model::{Pagination, Resource};

use super::draft::Context;
use super::naming;
use crate::{EntityPlan, PyIdent, SortPlan, ValueKind, ValueType};

/// The orders, that by default first, and the default with its direction (true = descending):
/// the newest first, or else by key.
pub(super) fn sorts(
    context: &mut Context<'_>,
    entity: &EntityPlan,
    index: usize,
    resource: &Resource,
) -> (Vec<SortPlan>, (usize, bool)) {
    let mut sorts = Sorts { plans: Vec::new(), members: Vec::new() };
    if entity.timestamps {
        let ty = ValueType { kind: ValueKind::DateTime, list: false, nullable: false };
        sorts.add("created_at", PyIdent::known("created_at"), ty);
    } else {
        let part = &entity.key[0];
        sorts.add(part.column.as_str(), part.attribute.clone(), part.ty.clone());
    }
    for attribute in &resource.sort {
        let name = &context.entity(index).attributes[attribute.index()].name;
        let field = context.field(index, *attribute).map(|field| &entity.fields[field]);
        let Some(field) = field.filter(|field| sortable(&field.ty)) else {
            let message = format!("a list cannot be sorted by `{}`", name.value);
            context.diagnostics.push(
                Diagnostic::error(Code::E0309, message)
                    .at(resource.span, "its values have no order")
                    .also(name.span, "declared here"),
            );
            continue;
        };
        if resource.pagination == Pagination::Cursor && field.ty.nullable {
            let message = format!("pages by cursor cannot be sorted by `{}`", field.wire);
            context.diagnostics.push(
                Diagnostic::error(Code::E0309, message)
                    .at(resource.span, "a cursor cannot stand behind a missing value")
                    .also(field.span, "this may be null")
                    .help("make it required, leave it out of `sort`, or use pages by offset"),
            );
        }
        sorts.add(&field.wire, field.model_attribute.clone(), field.ty.clone());
    }
    (sorts.plans, (0, entity.timestamps))
}

fn sortable(ty: &ValueType) -> bool {
    let ordered =
        !matches!(ty.kind, ValueKind::Json | ValueKind::Bytes { .. } | ValueKind::Password { .. });
    ordered && !ty.list
}

struct Sorts {
    plans: Vec<SortPlan>,
    members: Vec<PyIdent>,
}

impl Sorts {
    fn add(&mut self, wire: &str, attribute: PyIdent, ty: ValueType) {
        if self.plans.iter().any(|plan| plan.wire == wire) {
            return;
        }
        let mut member = naming::member(wire, &self.members);
        let mut descending = format!("{member}_DESC");
        while self.members.iter().any(|other| other.as_str() == descending) {
            member = PyIdent::known(format!("{member}_"));
            descending = format!("{member}_DESC");
        }
        self.members.extend([member.clone(), PyIdent::known(descending)]);
        self.plans.push(SortPlan { wire: wire.to_owned(), member, attribute, ty });
    }
}
