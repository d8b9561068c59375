//! Rows that need each other: a cycle of required relationships that no first row can enter.

use std::collections::BTreeSet;

use stratapi_diagnostics::{Code, Diagnostic};

use super::{Context, circles};
use crate::model::{EntityId, Relationship, RelationshipId};

/// Reports each cycle of required relationships on which a client may create rows: it never could. Of the
/// others one is taken as optional, which is warned of.
pub(super) fn check(creatable: &BTreeSet<EntityId>, context: &mut Context) {
    let needs: Vec<Vec<(RelationshipId, EntityId)>> =
        context.ids().map(|id| required(id, context)).collect();
    let mut left = stuck(&needs);
    let mut told = BTreeSet::new();
    while let Some(start) = left.first().copied() {
        let cycle = walk(start, &needs, &left);
        let on_cycle: BTreeSet<EntityId> = cycle.iter().map(|(entity, _)| *entity).collect();
        if !on_cycle.is_disjoint(creatable) {
            report(&cycle, context);
            told.extend(&on_cycle);
        }
        for entity in on_cycle {
            left.remove(&entity);
        }
        left = stuck_within(&needs, left);
    }
    circles::warn(&told, context);
}

fn required(id: EntityId, context: &Context) -> Vec<(RelationshipId, EntityId)> {
    let draft = context.draft(id);
    let needed = |found: &Relationship| !found.nullable && found.kind.is_to_one();
    let all = draft.entity.relationships.iter().enumerate();
    all.map(|(index, found)| (RelationshipId::at(index), found))
        .filter(|(index, found)| needed(found) && !draft.loose.contains(index))
        .map(|(index, found)| (index, found.target))
        .collect()
}

type Needs = [Vec<(RelationshipId, EntityId)>];

/// The entities from which a cycle can be reached.
fn stuck(needs: &Needs) -> BTreeSet<EntityId> {
    stuck_within(needs, (0..needs.len()).map(EntityId::at).collect())
}

/// Of these, those from which a cycle among them can be reached: whatever needs nothing that is
/// left is taken away, and then whatever needed only that.
fn stuck_within(needs: &Needs, mut left: BTreeSet<EntityId>) -> BTreeSet<EntityId> {
    let mut needed_by: Vec<Vec<EntityId>> = vec![Vec::new(); needs.len()];
    let mut open: Vec<usize> = vec![0; needs.len()];
    for entity in &left {
        for (_, target) in needs[entity.index()].iter().filter(|(_, target)| left.contains(target))
        {
            needed_by[target.index()].push(*entity);
            open[entity.index()] += 1;
        }
    }
    let mut free: Vec<EntityId> =
        left.iter().copied().filter(|entity| open[entity.index()] == 0).collect();
    while let Some(entity) = free.pop() {
        left.remove(&entity);
        for other in &needed_by[entity.index()] {
            open[other.index()] -= 1;
            if open[other.index()] == 0 {
                free.push(*other);
            }
        }
    }
    left
}

/// A cycle that can be reached from `start`.
fn walk(
    start: EntityId,
    needs: &Needs,
    left: &BTreeSet<EntityId>,
) -> Vec<(EntityId, RelationshipId)> {
    let mut path: Vec<(EntityId, RelationshipId)> = Vec::new();
    let mut visited: BTreeSet<EntityId> = BTreeSet::new();
    let mut at = start;
    while visited.insert(at) {
        let Some((id, next)) =
            needs[at.index()].iter().copied().find(|(_, target)| left.contains(target))
        else {
            break;
        };
        path.push((at, id));
        at = next;
    }
    let from = path.iter().position(|(entity, _)| *entity == at).unwrap_or(0);
    path.split_off(from)
}

fn report(cycle: &[(EntityId, RelationshipId)], context: &mut Context) {
    let place = |(entity, id): &(EntityId, RelationshipId)| {
        let draft = context.draft(*entity);
        let found = &draft.entity.relationships[id.index()];
        let target = &context.draft(found.target).entity.name.value;
        let text = format!("`{}.{}` needs a `{target}`", draft.entity.name.value, found.name.value);
        (found.span, text)
    };
    let mut finding = Diagnostic::error(
        Code::E0307,
        "no first row could ever be created: these relationships need each other",
    );
    for (index, step) in cycle.iter().enumerate().take(8) {
        let (span, text) = place(step);
        finding = if index == 0 { finding.at(span, text) } else { finding.also(span, text) };
    }
    context.report(finding.help("make one of them optional with `?`"));
}
