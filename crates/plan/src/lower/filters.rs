//! Query parameters that narrow a list.

use std::collections::BTreeSet;

use stratapi_diagnostics::{Code, Diagnostic};
use stratapi_ir::model::{Column, FilterPath, Pagination, RelationshipId, Resource};

use super::column::{self, Named};
use super::draft::{Context, RelationshipSlot};
use super::{members, naming, reserved};
use crate::{EntityPlan, FilterOperator, FilterPlan, FilterTarget, PyIdent, ValueKind, ValueType};

/// The filters of a list, in order.
pub(super) fn filters(
    context: &mut Context<'_>,
    entities: &[EntityPlan],
    index: usize,
    resource: &Resource,
) -> Vec<FilterPlan> {
    let mut filters = Filters::new(resource);
    for path in &resource.filter {
        match path {
            FilterPath::Column(named) => {
                let found = column::column(context, index, &entities[index], *named);
                match found.filter(|found| comparable(&found.ty)) {
                    Some(Named { wire, attribute, ty }) => {
                        filters.by_value(wire, &FilterTarget::Attribute(attribute), &ty);
                    }
                    None => refuse(context, index, *named, resource),
                }
            }
            FilterPath::Relationship(relationship) => {
                filters.identity(context, entities, index, *relationship);
            }
            FilterPath::Through(relationship, named) => {
                filters.through(context, entities, index, *relationship, *named);
            }
        }
    }
    context.diagnostics.append(&mut filters.diagnostics);
    filters.plans
}

fn refuse(context: &mut Context<'_>, entity: usize, column: Column, resource: &Resource) {
    let name = context.entity(entity).column_name(column);
    let message = format!("a list cannot be filtered by `{name}`");
    context.diagnostics.push(
        Diagnostic::error(Code::E0309, message)
            .at(resource.span, "its values cannot stand in a query"),
    );
}

fn comparable(ty: &ValueType) -> bool {
    let simple =
        !matches!(ty.kind, ValueKind::Json | ValueKind::Bytes { .. } | ValueKind::Password { .. });
    simple && !ty.list
}

struct Filters<'a> {
    plans: Vec<FilterPlan>,
    taken: BTreeSet<String>,
    wires: BTreeSet<String>,
    resource: &'a Resource,
    diagnostics: Vec<Diagnostic>,
}

impl<'a> Filters<'a> {
    fn new(resource: &'a Resource) -> Self {
        let paging: &[&str] = match resource.pagination {
            Pagination::Offset => &["limit", "offset", "sort"],
            Pagination::Cursor => &["limit", "cursor", "sort"],
            // The query has an offset there too, which no client sends.
            Pagination::Page => &["limit", "page", "offset", "sort"],
        };
        let search = (!resource.search.is_empty()).then_some("q");
        let names = paging.iter().copied().chain(search);
        let wires: BTreeSet<String> = names.map(str::to_owned).collect();
        let taken = wires.clone();
        Self { plans: Vec::new(), taken, wires, resource, diagnostics: Vec::new() }
    }

    /// Filters on a value: equal, and for what has an order, from and to.
    fn by_value(&mut self, wire: &str, target: &FilterTarget, ty: &ValueType) {
        let mut add = |suffix: &str, operator| {
            self.add(format!("{wire}{suffix}"), operator, target.clone(), ty);
        };
        add("", FilterOperator::Equal);
        match ty.kind {
            ValueKind::Int { .. }
            | ValueKind::Float { .. }
            | ValueKind::Decimal { .. }
            | ValueKind::Duration => {
                add("_min", FilterOperator::AtLeast);
                add("_max", FilterOperator::AtMost);
            }
            ValueKind::Date | ValueKind::Time | ValueKind::DateTime => {
                add("_from", FilterOperator::AtLeast);
                add("_before", FilterOperator::Before);
            }
            _ => {}
        }
    }

    /// A filter on which rows are related.
    fn identity(
        &mut self,
        context: &Context<'_>,
        entities: &[EntityPlan],
        index: usize,
        relationship: RelationshipId,
    ) {
        match context.slots[index].relationships[relationship.index()] {
            RelationshipSlot::Reference(position) => {
                let reference = &entities[index].references[position];
                let keys = &entities[reference.target].key;
                let names = reference.key_wires.iter().zip(&reference.key_attributes);
                for ((wire, attribute), part) in names.zip(keys) {
                    let target = FilterTarget::Reference(attribute.clone());
                    self.add(wire.clone(), FilterOperator::Equal, target, &part.ty);
                }
            }
            RelationshipSlot::Link(position) => {
                let link = &entities[index].links[position];
                let wire = format!("{}_id", members::singular(&link.wire));
                if let [part] = entities[link.target].key.as_slice() {
                    let target = FilterTarget::Link(position);
                    self.add(wire, FilterOperator::Equal, target, &part.ty);
                }
            }
        }
    }

    /// A filter on an attribute of related rows.
    fn through(
        &mut self,
        context: &Context<'_>,
        entities: &[EntityPlan],
        index: usize,
        relationship: RelationshipId,
        column: Column,
    ) {
        let declared = &context.entity(index).relationships[relationship.index()];
        let other = declared.target.index();
        let found = column::column(context, other, &entities[other], column);
        let Some(found) = found.filter(|found| comparable(&found.ty)) else {
            let message = "a list cannot be filtered by this attribute of a related row";
            self.diagnostics.push(
                Diagnostic::error(Code::E0309, message)
                    .at(self.resource.span, "its values cannot stand in a query"),
            );
            return;
        };
        let Named { wire, attribute, ty } = found;
        let target = match context.slots[index].relationships[relationship.index()] {
            RelationshipSlot::Reference(position) => {
                FilterTarget::ThroughReference(position, attribute)
            }
            RelationshipSlot::Link(position) => FilterTarget::ThroughLink(position, attribute),
        };
        self.by_value(&format!("{}_{wire}", declared.name.value), &target, &ty);
    }

    fn add(
        &mut self,
        wire: String,
        operator: FilterOperator,
        target: FilterTarget,
        ty: &ValueType,
    ) {
        if !self.wires.insert(wire.clone()) {
            let message = format!("two query parameters get the name `{wire}`");
            self.diagnostics.push(
                Diagnostic::error(Code::E0401, message)
                    .at(self.resource.span, "paging, or another filter, has it too")
                    .help("leave one of them out of `filter`, or rename the attribute"),
            );
            return;
        }
        let mut attribute = naming::identifier(wire.trim_start_matches('_')).to_string();
        while reserved::is_attribute(&attribute) || self.taken.contains(&attribute) {
            attribute.push('_');
        }
        self.taken.insert(attribute.clone());
        let ty = ValueType { kind: ty.kind.clone(), list: false, nullable: false };
        let attribute = PyIdent::known(attribute);
        self.plans.push(FilterPlan { attribute, wire, operator, target, ty });
    }
}
