//! Views, and which of them operations show.

use super::{Entries, entry, operation_name, text, word};
use crate::model::{
    ApplicationIr, CallerFlag, End, Entity, Literal, Resource, Shown, View, ViewId, ViewMember,
};

/// The views of an entity, if it has any.
pub(super) fn views(found: &Entity, ir: &ApplicationIr) -> Option<(String, Literal)> {
    let views: Entries =
        found.views.iter().map(|one| (one.name.value.clone(), view(one, found, ir))).collect();
    (!views.is_empty()).then(|| entry("views", Literal::Map(views)))
}

/// The views that operations of a resource show, if they show any.
pub(super) fn of_operations(found: &Resource, entity: &Entity) -> Option<(String, Literal)> {
    let shown = |key: &str, view: ViewId| word(key, &entity.views[view.index()].name.value);
    let transitions = found.transition_view.map(|view| shown("write", view));
    let operations = found.views.iter().map(|(one, view)| shown(operation_name(*one), *view));
    let views: Entries = transitions.into_iter().chain(operations).collect();
    (!views.is_empty()).then(|| entry("view", Literal::Map(views)))
}

fn view(found: &View, entity: &Entity, ir: &ApplicationIr) -> Literal {
    let own = found.members.iter().filter_map(|member| own(member, entity)).collect();
    let related: Entries =
        found.members.iter().filter_map(|member| related(member, entity, ir)).collect();
    let mut entries =
        vec![word("description", &found.description), entry("attributes", Literal::List(own))];
    let flags: Entries = found.flags.iter().map(flag).collect();
    if !flags.is_empty() {
        entries.push(entry("computed", Literal::Map(flags)));
    }
    if !related.is_empty() {
        entries.push(entry("relationships", Literal::Map(related)));
    }
    Literal::Map(entries)
}

fn flag(found: &CallerFlag) -> (String, Literal) {
    let value = word("value", &found.text.value);
    let entries = vec![value, word("description", &found.description)];
    (found.name.value.clone(), Literal::Map(entries))
}

fn own(member: &ViewMember, entity: &Entity) -> Option<Literal> {
    let name = match member.shown {
        Shown::Column(column) => entity.column_name(column),
        Shown::Keys(id) => &entity.relationships[id.index()].name.value,
        Shown::Rows { .. } => return None,
    };
    Some(match &member.name {
        Some(renamed) => Literal::Map(vec![word(&renamed.value, name)]),
        None => text(name),
    })
}

fn related(member: &ViewMember, entity: &Entity, ir: &ApplicationIr) -> Option<(String, Literal)> {
    let Shown::Rows { end, entity: target, view } = member.shown else { return None };
    let of = match end {
        End::Relationship(id) => &entity.relationships[id.index()].name.value,
        End::Inverse(position) => &entity.inverses[position].name.value,
    };
    let view = &ir.domain.entities[target.index()].views[view.index()].name.value;
    let name = member.name.as_ref().map_or(of, |name| &name.value);
    Some(entry(name, Literal::Map(vec![word("of", of), word("view", view)])))
}
