//! Rules about single attributes.

use stratapi_diagnostics::{Code, Diagnostic};
use stratapi_ir::model::{Access, Attribute, AttributeRule, Entity};

use super::access;
use super::draft::{AttributeSlot, Context};
use crate::{AttributeRulePlan, EntityPlan, Predicate};

/// Adds the rules of all attributes to their fields.
pub(super) fn rules(context: &mut Context<'_>, entities: &mut [EntityPlan]) {
    for index in 0..entities.len() {
        for (position, attribute) in context.ir.domain.entities[index].attributes.iter().enumerate()
        {
            let AttributeSlot::Field(field) = context.slots[index].attributes[position] else {
                continue;
            };
            let reads = attribute.readable_by.as_ref();
            let writes = attribute.writable_by.as_ref();
            let [reads, writes] =
                [reads, writes].map(|rule| lowered(context, entities, index, rule?));
            let writes =
                writes.filter(|_| !is_checked(context, &entities[index], field, attribute));
            let field = &mut entities[index].fields[field];
            (field.readable_by, field.writable_by) = (reads, writes);
        }
    }
}

/// Reports a rule of writing about what checks and invariants speak of.
fn is_checked(
    context: &mut Context<'_>,
    entity: &EntityPlan,
    field: usize,
    attribute: &Attribute,
) -> bool {
    let field = &entity.fields[field];
    let mut checked = field.checked;
    for rule in &entity.write_rules {
        rule.condition.attributes(&mut |it| checked |= *it == field.model_attribute);
    }
    let Some(rule) = attribute.writable_by.as_ref().filter(|_| checked) else { return false };
    let message = "`writable_by` on what a check or an invariant speaks of belongs to the language, \
                   but it is not built yet";
    context.diagnostics.push(
        Diagnostic::error(Code::E0311, message)
            .at(rule.text.span, "this version of the compiler can't build it")
            .help("leave it out until a later version"),
    );
    true
}

fn lowered(
    context: &mut Context<'_>,
    entities: &[EntityPlan],
    index: usize,
    rule: &AttributeRule,
) -> Option<AttributeRulePlan> {
    let stored = access::predicate(context, entities, index, &rule.access);
    let mut far = stored.is_of_database();
    stored.owners(&mut |path| far |= path.len() > 1);
    if far {
        let message = "rules about an attribute that speak of other rows belong to the language, but \
                       they are not built yet";
        context.diagnostics.push(
            Diagnostic::error(Code::E0311, message)
                .at(rule.text.span, "this version of the compiler can't build it")
                .help("speak of the row itself, of `current_user`, and of roles"),
        );
        return None;
    }
    let created = created(context, index, &rule.access);
    Some(AttributeRulePlan { text: rule.text.value.clone(), stored, created })
}

/// Who may write an attribute of a row that is being created.
pub(super) fn created(context: &Context<'_>, entity: usize, rule: &Access) -> Predicate {
    access::asked(context, surely(context.entity(entity), rule, true))
}

/// For whom a rule surely has this outcome before there is a row.
fn surely(entity: &Entity, rule: &Access, outcome: bool) -> Predicate {
    let told = |predicate: Predicate| {
        if outcome { predicate } else { Predicate::Not(Box::new(predicate)) }
    };
    let each = |parts: &[Access]| parts.iter().map(|part| surely(entity, part, outcome)).collect();
    match rule {
        Access::Public => told(Predicate::True),
        Access::Authenticated => told(Predicate::SignedIn),
        Access::Role(roles) => {
            told(Predicate::Role(roles.iter().map(|role| role.index()).collect()))
        }
        Access::Owner(path) => match path.steps[..] {
            [step] if entity.relationships[step.index()].set_current_user => {
                told(Predicate::SignedIn)
            }
            _ => Predicate::False,
        },
        Access::Row(_) => Predicate::False,
        Access::All(parts) if outcome => Predicate::All(each(parts)),
        Access::Any(parts) if !outcome => Predicate::All(each(parts)),
        Access::All(parts) | Access::Any(parts) => Predicate::Any(each(parts)),
        Access::Not(inner) => surely(entity, inner, !outcome),
    }
}
