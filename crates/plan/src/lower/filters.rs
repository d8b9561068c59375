//! Query parameters that narrow a list.

use std::collections::BTreeSet;

use stratapi_diagnostics::{Code, Diagnostic};
use stratapi_ir::model::{AttributeId, FilterPath, Pagination, RelationshipId, Resource};

use super::draft::{Context, RelationshipSlot};
use super::{members, naming, reserved};
use crate::{
    EntityPlan, FieldPlan, FilterOperator, FilterPlan, FilterTarget, PyIdent, ValueKind, ValueType,
};

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
            FilterPath::Attribute(attribute) => {
                let field = context.field(index, *attribute);
                let field = field.map(|field| &entities[index].fields[field]);
                match field.filter(|field| comparable(&field.ty)) {
                    Some(field) => {
                        let target = FilterTarget::Attribute(field.model_attribute.clone());
                        filters.by_value(&field.wire, &target, &field.ty);
                    }
                    None => refuse(context, index, *attribute, resource),
                }
            }
            FilterPath::Relationship(relationship) => {
                filters.identity(context, entities, index, *relationship);
            }
            FilterPath::Through(relationship, attribute) => {
                filters.through(context, entities, index, *relationship, *attribute);
            }
        }
    }
    context.diagnostics.append(&mut filters.diagnostics);
    filters.plans
}

fn refuse(context: &mut Context<'_>, entity: usize, attribute: AttributeId, resource: &Resource) {
    let name = &context.entity(entity).attributes[attribute.index()].name;
    let message = format!("a list cannot be filtered by `{}`", name.value);
    context.diagnostics.push(
        Diagnostic::error(Code::E0309, message)
            .at(resource.span, "its values cannot stand in a query")
            .also(name.span, "declared here"),
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
        attribute: AttributeId,
    ) {
        let declared = &context.entity(index).relationships[relationship.index()];
        let other = declared.target.index();
        let field: Option<&FieldPlan> =
            context.field(other, attribute).map(|field| &entities[other].fields[field]);
        let Some(field) = field.filter(|field| comparable(&field.ty)) else {
            let message = "a list cannot be filtered by this attribute of a related row";
            self.diagnostics.push(
                Diagnostic::error(Code::E0309, message)
                    .at(self.resource.span, "its values cannot stand in a query"),
            );
            return;
        };
        let attribute = field.model_attribute.clone();
        let target = match context.slots[index].relationships[relationship.index()] {
            RelationshipSlot::Reference(position) => {
                FilterTarget::ThroughReference(position, attribute)
            }
            RelationshipSlot::Link(position) => FilterTarget::ThroughLink(position, attribute),
        };
        let wire = format!("{}_{}", declared.name.value, field.wire);
        self.by_value(&wire, &target, &field.ty);
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
