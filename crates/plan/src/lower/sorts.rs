//! The orders that a list offers.

use stratapi_diagnostics::{Code, Diagnostic};
use stratapi_ir::model::{BaseColumn, Pagination, Resource};

use super::column::{self, Named};
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
        sorts.add(column::base(context, index, BaseColumn::CreatedAt));
    } else {
        let part = &entity.key[0];
        let (wire, attribute) = (part.column.as_str(), part.attribute.clone());
        sorts.add(Named { wire, attribute, ty: part.ty.clone() });
    }
    for sort in &resource.sort {
        let name = context.entity(index).column_name(*sort);
        let found = column::column(context, index, entity, *sort);
        let Some(found) = found.filter(|found| sortable(&found.ty)) else {
            let message = format!("a list cannot be sorted by `{name}`");
            context.diagnostics.push(
                Diagnostic::error(Code::E0309, message)
                    .at(resource.span, "its values have no order"),
            );
            continue;
        };
        if resource.pagination == Pagination::Cursor && found.ty.nullable {
            let message =
                format!("pages by cursor cannot be sorted by `{name}`, which may be null");
            context.diagnostics.push(
                Diagnostic::error(Code::E0309, message)
                    .at(resource.span, "a cursor cannot stand behind a missing value")
                    .help("make it required, leave it out of `sort`, or use pages by offset"),
            );
        }
        sorts.add(found);
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
    fn add(&mut self, Named { wire, attribute, ty }: Named<'_>) {
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
