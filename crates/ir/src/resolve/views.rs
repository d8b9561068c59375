//! Views: named projections of an entity, and which of them operations show.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use stratapi_diagnostics::{Code, Diagnostic, Span};

use super::{Context, access};
use crate::graph::{Edge, breaking};
use crate::model::{
    Access, ApiModelIr, AttributeType, BehaviorModelIr, CallerFlag, Column, End, EntityId,
    Operation, Shown, Spanned, View, ViewId, ViewMember,
};
use crate::names;
use crate::read::Source;
use crate::syntax::{Entry, Node, Value};

/// Who shows a view, by name: groups first, since an operation wins over them.
const SHOWING: [(&str, &[Operation]); 7] = [
    (READ, &[Operation::List, Operation::Get]),
    (WRITE, &[Operation::Create, Operation::Update, Operation::Replace]),
    ("list", &[Operation::List]),
    ("get", &[Operation::Get]),
    ("create", &[Operation::Create]),
    ("update", &[Operation::Update]),
    ("replace", &[Operation::Replace]),
];
const READ: &str = "read";
/// Transitions as well, which are declared elsewhere.
const WRITE: &str = "write";

/// Resolves the views of every entity: their names first, since they may show each other's rows.
pub(super) fn views(entries: &[Entry], context: &mut Context) {
    let declared =
        |entry: &Entry| entry.value.get("views").map(Node::entries).unwrap_or_default().to_vec();
    let mut known: Vec<Vec<Entry>> = Vec::new();
    for (index, entry) in entries.iter().enumerate() {
        let all = named(declared(entry), context);
        let empty = |inner: &Entry| View {
            name: inner.key.clone(),
            description: inner.value.string("description"),
            members: Vec::new(),
            flags: Vec::new(),
            span: inner.key.span,
        };
        context.draft_mut(EntityId::at(index)).entity.views = all.iter().map(empty).collect();
        known.push(all);
    }
    for (index, all) in known.iter().enumerate() {
        let id = EntityId::at(index);
        for (position, entry) in all.iter().enumerate() {
            let members = members(&entry.value, id, context);
            let flags = flags(&entry.value, id, context);
            let view = &mut context.draft_mut(id).entity.views[position];
            (view.members, view.flags) = (members, flags);
        }
    }
    circles(context);
}

/// Those whose names can stand; no two of an entity agree in snake case, as in all else.
fn named(declared: Vec<Entry>, context: &mut Context) -> Vec<Entry> {
    let mut taken: IndexMap<String, Spanned<String>> = IndexMap::new();
    let mut kept = Vec::new();
    for entry in declared {
        if !names::check(Source::key(&entry.key), "a view", &mut context.findings) {
            continue;
        }
        let form = names::snake(&entry.key.value);
        if let Some(first) = taken.get(&form) {
            context.report(super::same_name("names", &form, first, &entry.key));
            continue;
        }
        taken.insert(form, entry.key.clone());
        kept.push(entry);
    }
    kept
}

fn members(node: &Node, id: EntityId, context: &mut Context) -> Vec<ViewMember> {
    let mut found = Vec::new();
    for item in node.get("attributes").map_or(&[][..], Node::items) {
        if let Some(source) = item.source() {
            found.extend(own(source, None, id, context));
        }
        for entry in item.entries() {
            let name = renamed(&entry.key, context);
            if let (Some(name), Some(source)) = (name, entry.value.source()) {
                found.extend(own(source, Some(name), id, context));
            }
        }
        let several = item.entries().len() > 1;
        if several {
            let finding = Diagnostic::error(Code::E0322, "one item names several members")
                .at(item.span, "a list item for each");
            context.report(
                finding.help("write each as an item of its own: `- {written: created_at}`"),
            );
        }
    }
    if found.is_empty() && node.get("attributes").is_some_and(|list| list.items().is_empty()) {
        let finding =
            Diagnostic::error(Code::E0322, "a view without attributes shows nothing of the row");
        context.report(finding.at(node.span, "empty").help("name at least one attribute"));
    }
    for entry in node.get("relationships").map_or(&[][..], Node::entries) {
        found.extend(related(entry, id, context));
    }
    found
}

/// The name that a view gives to something.
fn renamed(key: &Spanned<String>, context: &mut Context) -> Option<Spanned<String>> {
    let good = names::check(Source::key(key), "a member of a view", &mut context.findings);
    good.then(|| key.clone())
}

/// Something of the row itself.
fn own(
    source: Source<'_>,
    name: Option<Spanned<String>>,
    id: EntityId,
    context: &mut Context,
) -> Option<ViewMember> {
    let span = name.as_ref().map_or(source.span, |name| name.span.to(source.span));
    let draft = context.draft(id);
    if let Some(found) = draft.relationships.get(source.text).copied() {
        let loose = draft.loose.contains(&found);
        return (!loose).then_some(ViewMember { name, shown: Shown::Keys(found), span });
    }
    let computed = draft.computed(source.text).map(Column::Computed);
    let Some(column) = draft.column(source.text).or(computed) else {
        unknown(source, id, context);
        return None;
    };
    if draft.is_broken(column) {
        return None;
    }
    let facts = draft.facts(column);
    let hidden = facts.writeonly || matches!(&*facts.ty, AttributeType::Password { .. });
    let (who, help) = match (hidden, facts.guarded) {
        (true, _) => ("nobody", "leave it out"),
        (_, true) => ("not everybody", "leave it out, or take `readable_by` away"),
        (false, false) => {
            return Some(ViewMember { name, shown: Shown::Column(column), span });
        }
    };
    let message = format!("a view can't show `{}`: {who} may read it", source.text);
    let finding = Diagnostic::error(Code::E0322, message).at(source.span, "");
    let finding = match facts.place {
        Some(place) => finding.also(place, "declared here"),
        None => finding,
    };
    context.report(finding.help(help));
    None
}

fn unknown(source: Source<'_>, id: EntityId, context: &mut Context) {
    let entity = &context.draft(id).entity;
    if let Some(end) = entity.inverses.iter().find(|end| end.name.value == source.text) {
        let message = format!("`{}` is the other end of a relationship", source.text);
        let finding = Diagnostic::error(Code::E0322, message)
            .at(source.span, "its rows have no keys here")
            .also(end.name.span, "declared here");
        context.report(finding.help(format!(
            "name it under `relationships`, with the view that shows them: `{}: NAME`",
            source.text
        )));
        return;
    }
    let what = format!("attribute of `{}`", entity.name.value);
    let computed = entity.computed.iter().map(|it| it.name.value.clone());
    let known: Vec<String> = context.draft(id).names().map(str::to_owned).chain(computed).collect();
    context.unknown(&what, source.text, source.span, &known);
}

/// Related rows: `author: Card`, or `writer: {of: author, view: Card}`.
fn related(entry: &Entry, id: EntityId, context: &mut Context) -> Option<ViewMember> {
    let key = Source::key(&entry.key);
    let of = entry.value.text("of");
    let view = entry.value.source().or_else(|| entry.value.text("view"))?;
    let name = match of {
        Some(_) => Some(renamed(&entry.key, context)?),
        None => None,
    };
    let of = of.unwrap_or(key);
    let draft = context.draft(id);
    let declared = draft.relationships.get(of.text).copied();
    if declared.is_some_and(|found| draft.loose.contains(&found)) {
        return None;
    }
    let inverses = &draft.entity.inverses;
    let (end, entity) = match declared {
        Some(found) => (End::Relationship(found), draft.entity.relationships[found.index()].target),
        None => match inverses.iter().position(|end| end.name.value == of.text) {
            Some(position) => (End::Inverse(position), inverses[position].entity),
            None => {
                let what = format!("relationship of `{}`", draft.entity.name.value);
                let ends = inverses.iter().map(|end| end.name.value.clone());
                let known: Vec<String> = draft.relationships.keys().cloned().chain(ends).collect();
                context.unknown(&what, of.text, of.span, &known);
                return None;
            }
        },
    };
    let view = find(view, entity, context)?;
    let span = entry.key.span.to(entry.value.span);
    Some(ViewMember { name, shown: Shown::Rows { end, entity, view }, span })
}

/// What a view tells each caller.
fn flags(node: &Node, id: EntityId, context: &mut Context) -> Vec<CallerFlag> {
    let mut found = Vec::new();
    for entry in node.get("computed").map_or(&[][..], Node::entries) {
        let name = renamed(&entry.key, context);
        let source = entry.value.source().or_else(|| entry.value.text("value"));
        let (Some(name), Some(source)) = (name, source) else { continue };
        let Some(rule) = access::shown(source, id, context) else { continue };
        if speaks_of_caller(&rule) {
            let description = entry.value.string("description");
            found.push(CallerFlag { name, description, rule, text: source.owned() });
            continue;
        }
        let message = format!("`{}` says the same to every caller", name.value);
        let help = "declare it under `computed` of the entity, and name it under `attributes`";
        let finding = Diagnostic::error(Code::E0322, message);
        context.report(finding.at(source.span, "nothing here speaks of the caller").help(help));
    }
    found
}

fn speaks_of_caller(rule: &Access) -> bool {
    match rule {
        Access::Public | Access::Row(_) => false,
        Access::Authenticated | Access::Role(_) | Access::Owner(_) => true,
        Access::All(rules) | Access::Any(rules) => rules.iter().any(speaks_of_caller),
        Access::Not(rule) => speaks_of_caller(rule),
    }
}

/// The view of this name, or a report.
fn find(source: Source<'_>, entity: EntityId, context: &mut Context) -> Option<ViewId> {
    let declared = &context.draft(entity).entity;
    let found = declared.views.iter().position(|view| view.name.value == source.text);
    if found.is_none() {
        let what = format!("view of `{}`", declared.name.value);
        let known: Vec<String> =
            declared.views.iter().map(|view| view.name.value.clone()).collect();
        if known.is_empty() {
            let message = format!("`{}` has no views", declared.name.value);
            let finding = Diagnostic::error(Code::E0205, message).at(source.span, "unknown name");
            let help =
                format!("declare it there: `views: {{{}: {{attributes: […]}}}}`", source.text);
            context.report(finding.help(help));
        } else {
            context.unknown(&what, source.text, source.span, &known);
        }
    }
    found.map(ViewId::at)
}

/// Refuses views that would show each other without end.
fn circles(context: &mut Context) {
    let starts: Vec<usize> = context
        .entities
        .values()
        .scan(0, |next, draft| {
            let start = *next;
            *next += draft.entity.views.len();
            Some(start)
        })
        .collect();
    let mut edges = Vec::new();
    let mut places: Vec<(Span, Span)> = Vec::new();
    let mut nodes = 0;
    for draft in context.entities.values() {
        for view in &draft.entity.views {
            for (entity, inner, span) in view.nested() {
                let to = starts[entity.index()] + inner.index();
                edges.push(Edge { from: nodes, to, rank: 0 });
                places.push((span, view.name.span));
            }
            nodes += 1;
        }
    }
    for position in breaking(nodes, &edges) {
        let (span, view) = places[position];
        context.report(
            Diagnostic::error(Code::E0322, "views can't show each other in a circle")
                .at(span, "leads back to this view")
                .also(view, "shown again and again")
                .help("name a view here that shows less"),
        );
    }
}

/// The views that a resource shows, by operation, and that of its transitions.
pub(super) fn of_resource(
    id: EntityId,
    resource: &Node,
    operations: &[Operation],
    context: &mut Context,
) -> (IndexMap<Operation, ViewId>, Option<ViewId>) {
    let mut found = IndexMap::new();
    let mut of_transitions = None;
    let Some(declared) = resource.get("view") else { return (found, of_transitions) };
    let offered = |all: &[Operation]| -> Vec<Operation> {
        all.iter().copied().filter(|operation| operations.contains(operation)).collect()
    };
    for (key, all) in SHOWING {
        let alone = declared.source().filter(|_| key == READ).map(|source| (source.span, source));
        let entry = || declared.entries().iter().find(|entry| entry.key.value == key);
        let named = || entry().and_then(|entry| Some((entry.key.span, entry.value.source()?)));
        let Some((span, source)) = alone.or_else(named) else { continue };
        let Some(view) = find(source, id, context) else { continue };
        let shown = offered(all);
        if key == WRITE {
            of_transitions = Some(view);
        } else if shown.is_empty() {
            let words = if key == READ { "`list` or `get`" } else { &format!("`{key}`") };
            not_offered(words, span, context);
        }
        found.extend(shown.into_iter().map(|operation| (operation, view)));
    }
    if declared.source().is_none() && declared.entries().is_empty() && declared.value != Value::Null
    {
        let finding =
            Diagnostic::error(Code::E0309, "`view` names no view").at(declared.span, "empty");
        context.report(finding.help("write such as `view: Summary`, or leave it out"));
    }
    (found, of_transitions)
}

fn not_offered(what: &str, span: Span, context: &mut Context) {
    context.report(
        Diagnostic::error(Code::E0309, format!("there is a view for {what}, which is not offered"))
            .at(span, "not among the operations")
            .help("leave the view out, or offer what it is for"),
    );
}

/// Warns of views that nothing shows.
pub(super) fn check_used(api: &ApiModelIr, behavior: &BehaviorModelIr, context: &mut Context) {
    let mut used: BTreeSet<(EntityId, ViewId)> = BTreeSet::new();
    for resource in &api.resources {
        let is_moved = behavior.machines.iter().any(|machine| machine.entity == resource.entity);
        let of_transitions = resource.transition_view.iter().filter(|_| is_moved);
        let shown = resource.views.values().chain(of_transitions);
        used.extend(shown.map(|view| (resource.entity, *view)));
    }
    for draft in context.entities.values() {
        let nested = draft.entity.views.iter().flat_map(View::nested);
        used.extend(nested.map(|(entity, view, _)| (entity, view)));
    }
    let mut findings = Vec::new();
    for id in context.ids() {
        for (position, view) in context.draft(id).entity.views.iter().enumerate() {
            if !used.contains(&(id, ViewId::at(position))) {
                let message = format!("the view `{}` is shown nowhere", view.name.value);
                findings.push(
                    Diagnostic::warning(Code::W0009, message)
                        .at(view.name.span, "declared here")
                        .help("name it in `view` of a resource, or in `relationships` of another view"),
                );
            }
        }
    }
    context.findings.append(&mut findings);
}
