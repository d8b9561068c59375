//! Relationships become references (foreign keys here), links (association tables) and
//! collections (other ends).

use std::collections::BTreeMap;

use stratapi_diagnostics::{Code, Diagnostic};
use stratapi_ir::model::{
    ApplicationIr, Entity, OnDelete, Relationship, RelationshipId, RelationshipKind,
};

use super::draft::{Context, RelationshipSlot};
use super::keys::KeySource;
use super::naming;
use crate::{
    CollectionPlan, ColumnName, LinkPlan, Presence, PythonDefault, ReferencePlan, Set, ThroughPlan,
};

/// The references of an entity; `parent` is the relationship that a nested resource hangs on.
pub(super) fn references(
    context: &Context<'_>,
    entity: usize,
    parent: Option<usize>,
) -> Vec<ReferencePlan> {
    let declared = &context.entity(entity).relationships;
    let mut joins: BTreeMap<usize, usize> = BTreeMap::new();
    for relationship in declared.iter().filter(|relationship| relationship.kind.is_to_one()) {
        *joins.entry(relationship.target.index()).or_default() += 1;
    }
    let mut plans: Vec<ReferencePlan> = Vec::new();
    for (position, relationship) in declared.iter().enumerate() {
        if !relationship.kind.is_to_one() {
            continue;
        }
        let target = relationship.target.index();
        let mut plan = reference(context, entity, position, parent == Some(position));
        plan.foreign_key = plans.len();
        plan.ambiguous =
            joins.get(&target).is_some_and(|count| *count > 1) || back(context, entity, target);
        if relationship.relaxed {
            plan.relaxed = true;
            plan.nullable = true;
            if plan.create == Presence::Required {
                plan.create = Presence::Optional(PythonDefault::None);
            }
            if plan.replace == Presence::Required {
                plan.replace = Presence::Optional(PythonDefault::None);
            }
        }
        plans.push(plan);
    }
    plans
}

/// Whether the target refers back here, so that a join between the two has two ways.
fn back(context: &Context<'_>, entity: usize, target: usize) -> bool {
    target != entity
        && context.entity(target).relationships.iter().any(|relationship| {
            relationship.kind.is_to_one() && relationship.target.index() == entity
        })
}

fn reference(context: &Context<'_>, entity: usize, position: usize, parent: bool) -> ReferencePlan {
    let relationship = &context.entity(entity).relationships[position];
    let names = &context.members[entity].relationships[position];
    let set = setter(relationship, parent);
    let whole = if relationship.nullable {
        Presence::Optional(PythonDefault::None)
    } else {
        Presence::Required
    };
    let fixed = set != Set::Client || relationship.immutable || relationship.primary;
    ReferencePlan {
        wire: relationship.name.value.clone(),
        attribute: names.python.clone(),
        word: naming::word(&relationship.name.value),
        variable: naming::variable(&relationship.name.value),
        key_variables: names.keys.iter().map(|key| naming::variable(&key.wire)).collect(),
        key_attributes: names.keys.iter().map(|key| key.python.clone()).collect(),
        key_wires: names.keys.iter().map(|key| key.wire.clone()).collect(),
        columns: names.keys.iter().map(|key| ColumnName::checked(key.wire.as_str())).collect(),
        target: relationship.target.index(),
        inverse: context.inverses[entity][position],
        foreign_key: 0,
        nullable: relationship.nullable,
        relaxed: false,
        unique: relationship.kind == RelationshipKind::OneToOne,
        index: relationship.kind != RelationshipKind::OneToOne
            && !leads_key(context, entity, position),
        on_delete: relationship.on_delete,
        set,
        create: if set == Set::Client { whole.clone() } else { Presence::Absent },
        replace: if fixed { Presence::Absent } else { whole },
        update: !fixed,
        ambiguous: false,
        primary: relationship.primary,
        description: relationship.description.clone(),
        span: relationship.span,
    }
}

fn setter(relationship: &Relationship, parent: bool) -> Set {
    if relationship.set_current_user {
        Set::CurrentUser
    } else if relationship.readonly {
        Set::Server
    } else if parent {
        Set::Parent
    } else {
        Set::Client
    }
}

/// Whether the relationship's columns are the first of the key, whose index serves them too.
fn leads_key(context: &Context<'_>, entity: usize, position: usize) -> bool {
    context.keys[entity].first().is_some_and(|part| {
        matches!(part.source, KeySource::Relationship(relationship, _) if relationship == position)
    })
}

/// By entity: how many association tables those before it have.
pub(super) fn first_associations(ir: &ApplicationIr) -> Vec<usize> {
    let many = |relationship: &&Relationship| relationship.kind == RelationshipKind::ManyToMany;
    let mut next = 0;
    let entities = ir.domain.entities.iter();
    let before = |entity: &Entity| {
        let first = next;
        next += entity.relationships.iter().filter(many).count();
        first
    };
    entities.map(before).collect()
}

/// The links of an entity; `association` is the first association table of its own.
pub(super) fn links(
    context: &Context<'_>,
    entity: usize,
    mut association: usize,
    findings: &mut Vec<Diagnostic>,
) -> Vec<LinkPlan> {
    let mut plans = Vec::new();
    for (position, relationship) in context.entity(entity).relationships.iter().enumerate() {
        let through = match relationship.kind {
            RelationshipKind::ManyToMany => None,
            RelationshipKind::Through { entity: through, near, far } => {
                let ends = [entity, relationship.target.index()];
                through_plan(context, through.index(), (near, far), ends)
            }
            RelationshipKind::ManyToOne | RelationshipKind::OneToOne => continue,
        };
        check_single_key(context, entity, relationship, findings);
        let names = &context.members[entity].relationships[position];
        let Some(ids) = &names.ids else { continue };
        let own = through.is_none().then(|| {
            association += 1;
            association - 1
        });
        plans.push(LinkPlan {
            wire: relationship.name.value.clone(),
            attribute: names.python.clone(),
            word: naming::word(&relationship.name.value),
            variable: naming::variable(&relationship.name.value),
            ids_attribute: ids.python.clone(),
            ids_variable: naming::variable(&ids.wire),
            ids_wire: ids.wire.clone(),
            target: relationship.target.index(),
            association: own,
            through,
            inverse: context.inverses[entity][position],
            writable: through.is_none() && !relationship.readonly,
            immutable: relationship.immutable,
            description: relationship.description.clone(),
            span: relationship.span,
        });
    }
    plans
}

/// The association entity with its references to both ends.
fn through_plan(
    context: &Context<'_>,
    entity: usize,
    (near, far): (RelationshipId, RelationshipId),
    ends: [usize; 2],
) -> Option<ThroughPlan> {
    let references = context.entity(entity).relationships.iter().filter(|it| it.kind.is_to_one());
    let leads = |end: usize| references.clone().filter(|it| it.target.index() == end).count();
    Some(ThroughPlan {
        entity,
        near: context.reference(entity, near)?,
        far: context.reference(entity, far)?,
        ambiguous: ends.into_iter().any(|end| leads(end) > 1 || back(context, entity, end)),
    })
}

/// A link names rows by one value, so both ends need a key of one part.
fn check_single_key(
    context: &Context<'_>,
    entity: usize,
    relationship: &Relationship,
    findings: &mut Vec<Diagnostic>,
) {
    for end in [entity, relationship.target.index()] {
        if context.keys[end].len() == 1 {
            continue;
        }
        let name = &context.entity(end).name;
        findings.push(
            Diagnostic::error(Code::E0307, "a many-to-many relationship needs keys of one part")
                .at(relationship.span, format!("the key of `{}` has several parts", name.value))
                .also(name.span, "declared here")
                .help("give that entity an `id`, and keep its parts together with `unique`"),
        );
        return;
    }
}

/// The other ends of relationships that point at an entity.
pub(super) fn collections(context: &Context<'_>, entity: usize) -> Vec<CollectionPlan> {
    let inverses = &context.entity(entity).inverses;
    let mut plans = Vec::new();
    for (position, inverse) in inverses.iter().enumerate() {
        let source = inverse.entity.index();
        let relationship = &context.entity(source).relationships[inverse.relationship.index()];
        let (reference, link) =
            match context.slots[source].relationships[inverse.relationship.index()] {
                RelationshipSlot::Reference(reference) => (Some(reference), None),
                RelationshipSlot::Link(link) => (None, Some(link)),
            };
        plans.push(CollectionPlan {
            attribute: context.members[entity].inverses[position].clone(),
            source,
            reference,
            link,
            one: relationship.kind == RelationshipKind::OneToOne,
            on_delete: if link.is_some() { OnDelete::Cascade } else { relationship.on_delete },
        });
    }
    plans
}
