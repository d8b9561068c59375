//! Names on the wire in the case of the API: the last thing that happens to them.

use std::collections::BTreeMap;

use stratapi_diagnostics::{Diagnostic, Span};
use stratapi_ir::model::{ApplicationIr, Case, Entity};

use super::members::base_members;
use super::naming::collision;
use crate::case::cased;
use crate::{EntityPlan, FieldSource, ResourcePlan, ValuePlan};

/// Writes all names on the wire in the case of the API; names that become the same are reported.
pub(super) fn recase(
    ir: &ApplicationIr,
    values: &mut [ValuePlan],
    entities: &mut [EntityPlan],
    diagnostics: &mut Vec<Diagnostic>,
) {
    let case = ir.api.case;
    if case == Case::Snake {
        return;
    }
    for value in values.iter_mut() {
        let mut names = Names { case, taken: BTreeMap::new(), diagnostics };
        for part in &mut value.parts {
            names.take(&mut part.wire, part.span);
        }
    }
    for (entity, declared) in entities.iter_mut().zip(&ir.domain.entities) {
        members(case, entity, declared, diagnostics);
        if let Some(resource) = &mut entity.resource {
            parameters(case, resource, entity.span, diagnostics);
        }
    }
}

fn members(
    case: Case,
    entity: &mut EntityPlan,
    declared: &Entity,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut names = Names { case, taken: BTreeMap::new(), diagnostics };
    for name in base_members(declared) {
        names.take(&mut name.to_owned(), entity.span);
    }
    for field in &mut entity.fields {
        match &mut field.source {
            FieldSource::Attribute => names.take(&mut field.wire, field.span),
            FieldSource::Value { owner, part, .. } => {
                for name in [&mut field.wire, owner, part] {
                    *name = cased(name, case).into_owned();
                }
            }
        }
    }
    for embedded in &mut entity.embedded {
        names.take(&mut embedded.wire, embedded.span);
    }
    for computed in &mut entity.computed {
        names.take(&mut computed.wire, computed.span);
    }
    for reference in &mut entity.references {
        for wire in &mut reference.key_wires {
            names.take(wire, reference.span);
        }
    }
    for link in &mut entity.links {
        names.take(&mut link.ids_wire, link.span);
    }
}

fn parameters(
    case: Case,
    resource: &mut ResourcePlan,
    span: Span,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut names = Names { case, taken: BTreeMap::new(), diagnostics };
    for filter in &mut resource.filters {
        names.take(&mut filter.wire, span);
    }
    for sort in &mut resource.sorts {
        sort.wire = cased(&sort.wire, case).into_owned();
    }
}

/// The names of one object, in their new case.
struct Names<'a> {
    case: Case,
    taken: BTreeMap<String, Span>,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl Names<'_> {
    fn take(&mut self, name: &mut String, span: Span) {
        *name = cased(name, self.case).into_owned();
        if let Some(first) = self.taken.insert(name.clone(), span) {
            self.diagnostics.push(
                collision(name, "name on the wire", first, span)
                    .help("rename one of them: `shape.case` makes both the same"),
            );
        }
    }
}
