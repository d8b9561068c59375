//! Association tables of many-to-many relationships.

use std::collections::BTreeSet;

use stratapi_diagnostics::Span;
use stratapi_ir::model::RelationshipKind;

use super::draft::Context;
use super::{members, naming};
use crate::{AssociationPlan, ColumnName, EntityPlan, PyIdent};

/// An association with its table's name, before the table exists.
pub(super) struct Draft {
    pub(super) plan: AssociationPlan,
    pub(super) table: String,
    pub(super) span: Span,
}

/// The associations, in the order in which links count them.
pub(super) fn associations(context: &mut Context<'_>, entities: &[EntityPlan]) -> Vec<Draft> {
    let mut modules: BTreeSet<String> =
        entities.iter().map(|entity| entity.module.to_string()).collect();
    let mut drafts = Vec::new();
    for (left, plan) in entities.iter().enumerate() {
        for relationship in &context.entity(left).relationships {
            if relationship.kind != RelationshipKind::ManyToMany {
                continue;
            }
            let right = relationship.target.index();
            let name = &relationship.name.value;
            let table = format!("{}_{name}", naming::label(&plan.name).replace(' ', "_"));
            let module = free(naming::identifier(&table).to_string(), "_link", |name| {
                modules.contains(name)
            });
            modules.insert(module.to_string());
            let shadowed =
                |name: &str| [left, right].iter().any(|side| has_attribute(&entities[*side], name));
            let variable = free(module.to_string(), "_table", shadowed);
            let (left_columns, right_columns) = columns(plan, &entities[right], name);
            let plan = AssociationPlan {
                variable,
                module,
                table: 0,
                left,
                left_columns,
                right,
                right_columns,
            };
            drafts.push(Draft { plan, table, span: relationship.span });
        }
    }
    drafts
}

fn free(mut name: String, ending: &str, taken: impl Fn(&str) -> bool) -> PyIdent {
    while taken(&name) {
        name.push_str(ending);
    }
    PyIdent::known(name)
}

/// Whether the model has an attribute of this name, which would hide a variable in its class body.
fn has_attribute(entity: &EntityPlan, name: &str) -> bool {
    let same = |ident: &PyIdent| ident.as_str() == name;
    entity.fields.iter().any(|field| same(&field.model_attribute) || same(&field.attribute))
        || entity.embedded.iter().any(|value| same(&value.attribute))
        || entity.references.iter().any(|reference| {
            same(&reference.attribute) || reference.key_attributes.iter().any(same)
        })
        || entity.links.iter().any(|link| same(&link.attribute) || same(&link.ids_attribute))
        || entity.collections.iter().any(|collection| same(&collection.attribute))
}

/// The columns of both sides: `post_id`, `tag_id`. Where both would be alike (an entity linked to
/// itself), the relationship's name tells the right one apart: `user_id`, `friend_id`.
fn columns(
    left: &EntityPlan,
    right: &EntityPlan,
    relationship: &str,
) -> (Vec<ColumnName>, Vec<ColumnName>) {
    let word = |entity: &EntityPlan| naming::label(&entity.name).replace(' ', "_");
    let named = |word: &str, entity: &EntityPlan| -> Vec<ColumnName> {
        let part = entity.key.iter().map(|part| format!("{word}_{}", part.column));
        part.map(ColumnName::checked).collect()
    };
    let first = named(&word(left), left);
    let mut second = named(&word(right), right);
    if first == second {
        let mut other = members::singular(relationship);
        if other == word(left) {
            other.insert_str(0, "other_");
        }
        second = named(&other, right);
    }
    (first, second)
}
