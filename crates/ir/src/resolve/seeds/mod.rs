//! Seeds: the rows that every database starts with. First what each says of itself, then what it is
//! known by, then the seeds that it refers to. Checks and invariants are asked when the model is lowered.

mod keys;
mod refer;
mod row;
mod slug;

use stratapi_diagnostics::{Code, Diagnostic, Span};

use super::Context;
use crate::graph::{Edge, breaking, order};
use crate::model::{
    ApiModelIr, AttributeId, BehaviorModelIr, EntityId, Literal, Member, RelationshipId, Seed,
};
use crate::syntax::Node;

/// A seed on its way to be resolved.
struct Row<'t> {
    values: Vec<(AttributeId, Literal)>,
    /// What stands under its relationships.
    named: Vec<(RelationshipId, &'t Node)>,
    references: Vec<(RelationshipId, usize)>,
    links: Vec<(RelationshipId, Vec<usize>)>,
    key: String,
    span: Span,
}

/// The seeds of one entity on their way.
struct Seeded<'t> {
    entity: EntityId,
    /// Groups of members in which no two rows agree; what the seeds are known by is one of them.
    groups: Vec<Vec<Member>>,
    known_by: Vec<Member>,
    rows: Vec<Row<'t>>,
    span: Span,
}

/// Reads all seeds; the entities that have some, those that others refer to first.
pub(super) fn seeds(
    section: Option<&Node>,
    api: &ApiModelIr,
    behavior: &BehaviorModelIr,
    context: &mut Context,
) -> Vec<EntityId> {
    let entities = section.and_then(|section| section.get("entities"));
    let before = context.findings.len();
    let mut all: Vec<Seeded<'_>> = Vec::new();
    for (index, entry) in entities.map_or(&[][..], Node::entries).iter().enumerate() {
        let Some(declared) = entry.value.get("seeds").filter(|it| !it.items().is_empty()) else {
            continue;
        };
        let entity = EntityId::at(index);
        let found = api.resources.iter().find(|resource| resource.entity == entity);
        let lookup = found.and_then(|resource| resource.lookup);
        if may_be_seeded(entity, declared.span, behavior, context) {
            all.push(row::rows(entity, lookup, declared, context));
        }
    }
    if context.findings.len() > before {
        return Vec::new();
    }
    let Some(order) = insertion(&all, context) else { return Vec::new() };
    for index in &order {
        if !(refer::others(*index, &mut all, context)
            && keys::choose(*index, &mut all, context)
            && refer::own(*index, &mut all, context))
        {
            return Vec::new();
        }
    }
    let entities: Vec<EntityId> = order.iter().map(|index| all[*index].entity).collect();
    for rows in all {
        let draft = context.draft_mut(rows.entity);
        draft.entity.known_by = rows.known_by;
        draft.entity.seeds = rows.rows.into_iter().map(Row::finished).collect();
    }
    entities
}

impl Row<'_> {
    fn finished(self) -> Seed {
        let Self { key, mut values, references, links, span, .. } = self;
        values.sort_by_key(|(attribute, _)| *attribute);
        Seed { key, values, references, links, span }
    }
}

/// Whether an entity can have seeds at all.
fn may_be_seeded(
    entity: EntityId,
    span: Span,
    behavior: &BehaviorModelIr,
    context: &mut Context,
) -> bool {
    let name = context.draft(entity).entity.name.value.clone();
    if context.account == Some(entity) {
        let message = format!("`{name}` has the accounts, and an account can't be a seed");
        let finding = Diagnostic::error(Code::E0324, message)
            .at(span, "a password never stands in a file")
            .help("leave this out; `python -m app.cli create-user` creates an account");
        context.report(finding);
        return false;
    }
    let draft = context.draft(entity);
    let partial = draft.entity.indexes.iter().find(|it| it.unique && it.condition.is_some());
    let partial = partial.map(|it| (it.span, "an index that is unique among some rows alone"));
    let mut related = behavior.invariants.iter().filter(|it| {
        it.entity == entity && it.when.is_some_and(|when| when.create) && it.condition.is_related()
    });
    let related = related.next();
    let related = related.map(|it| (it.name.span, "an invariant that speaks of other rows"));
    let Some((also, what)) = partial.or(related) else { return true };
    let message = format!("seeds of an entity with {what} are not built yet");
    let finding = Diagnostic::error(Code::E0311, message)
        .at(span, "this version of the compiler can't tell whether these hold it")
        .also(also, "declared here")
        .help("leave the seeds out until a later version");
    context.report(finding);
    false
}

/// The order in which the entities' seeds are inserted.
fn insertion(all: &[Seeded<'_>], context: &mut Context) -> Option<Vec<usize>> {
    let mut edges = Vec::new();
    let mut places = Vec::new();
    for (from, rows) in all.iter().enumerate() {
        for (relationship, node) in rows.rows.iter().flat_map(|row| &row.named) {
            let target =
                context.draft(rows.entity).entity.relationships[relationship.index()].target;
            let to = all.iter().position(|other| other.entity == target);
            if let Some(to) = to.filter(|to| *to != from) {
                edges.push(Edge { from, to, rank: 0 });
                places.push(node.span);
            }
        }
    }
    let Some(first) = breaking(all.len(), &edges).into_iter().next() else {
        return Some(order(all.len(), edges.iter().map(|edge| (edge.from, edge.to))));
    };
    let name = |index: usize| context.draft(all[index].entity).entity.name.value.clone();
    let Edge { from, to, .. } = edges[first];
    let message =
        format!("seeds of `{}` and of `{}` refer to each other in a circle", name(from), name(to));
    context.report(
        Diagnostic::error(Code::E0324, message)
            .at(places[first], "this closes the circle: none of them could be the first")
            .help("leave this reference out"),
    );
    None
}

/// Reports something about a seed.
fn wrong(span: Span, message: impl Into<String>, help: impl Into<String>, context: &mut Context) {
    context.report(Diagnostic::error(Code::E0324, message).at(span, "").help(help));
}
