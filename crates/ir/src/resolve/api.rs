//! The `api` section: resources with their operations, rules, filters and pages.

use indexmap::IndexMap;
use stratapi_diagnostics::{Code, Diagnostic, Span};

use super::wire::Wire;
use super::{Context, access, rate_limits, views};
use crate::model::{
    Access, ApiModelIr, AttributeId, Authentication, BaseColumn, Column, EntityId, FilterPath,
    Operation, OwnerPath, Pagination, Resource, Spanned, Under,
};
use crate::names;
use crate::read::Source;
use crate::syntax::{Entry, Node, Value};
use crate::types;

/// The operations by name, in canonical order.
pub(crate) const OPERATIONS: &[(&str, Operation)] = &[
    ("list", Operation::List),
    ("get", Operation::Get),
    ("create", Operation::Create),
    ("bulk_create", Operation::BulkCreate),
    ("update", Operation::Update),
    ("replace", Operation::Replace),
    ("delete", Operation::Delete),
];

const DEFAULT: &[Operation] =
    &[Operation::List, Operation::Get, Operation::Create, Operation::Update, Operation::Delete];

/// Resolves the section.
pub(super) fn api(
    section: Option<&Node>,
    authentication: Option<&Authentication>,
    context: &mut Context,
) -> ApiModelIr {
    let prefix = section.and_then(|section| section.text("prefix"));
    if let Some(prefix) = prefix {
        check_prefix(prefix, context);
    }
    let prefix = prefix.map_or("/api/v1", |prefix| prefix.text).to_owned();
    let wire = Wire::of_api(section, context);
    let entries =
        section.and_then(|section| section.get("resources")).map_or(&[][..], Node::entries);
    let mut named = std::collections::BTreeSet::new();
    let mut resources = Vec::new();
    for entry in entries {
        let Some(id) = context.find_entity(&entry.key.value, entry.key.span) else { continue };
        named.insert(id);
        if entry.value.value != Value::Bool(false) {
            resources.push(resource(id, entry, authentication, &wire, context));
        }
    }
    let empty = Value::Null;
    for id in context.ids().filter(|id| !named.contains(id)) {
        let name = context.draft(id).entity.name.clone();
        let value = Node { span: name.span, value: empty.clone() };
        resources.push(resource(id, &Entry { key: name, value }, authentication, &wire, context));
    }
    check_depth(&resources, context);
    check_paths(&resources, context);
    let rate_limits = rate_limits::of_api(section, context);
    let Wire { case, invalid_status, statuses, lists, rows, problems, .. } = wire;
    ApiModelIr {
        prefix,
        case,
        invalid_status,
        statuses,
        lists,
        rows,
        problems,
        resources,
        rate_limits,
        endpoints: Vec::new(),
    }
}

fn check_prefix(prefix: Source<'_>, context: &mut Context) {
    let good = |segment: &str| {
        !segment.is_empty()
            && segment
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-_.".contains(&b))
            && !segment.starts_with('.')
    };
    let text = prefix.text;
    if text.is_empty() || text.strip_prefix('/').is_some_and(|rest| rest.split('/').all(good)) {
        return;
    }
    let finding = Diagnostic::error(Code::E0309, "this can't be the prefix of paths")
        .at(prefix.span, "segments of lower case letters, digits, `-`, `_` and `.`");
    context.report(finding.help("write such as `/api/v1`, or `\"\"` for none"));
}

fn resource(
    id: EntityId,
    entry: &Entry,
    authentication: Option<&Authentication>,
    wire: &Wire,
    context: &mut Context,
) -> Resource {
    let node = &entry.value;
    let is_account = authentication.is_some_and(|found| found.user == id);
    let operations = operations(node, is_account, context);
    let access = rules(id, node, &operations, context);
    let rate_limits = rate_limits::of_resource(node, context);
    let (views, transition_view) = views::of_resource(id, node, &operations, context);
    let names =
        |key: &str| node.get(key).map_or(&[][..], Node::items).iter().filter_map(Node::source);
    let filter = names("filter").filter_map(|name| filter(name, id, context)).collect();
    let sort = names("sort").filter_map(|name| chosen(name, id, Use::Sort, context)).collect();
    let search = names("search")
        .filter_map(|name| chosen_attribute(name, id, Use::Search, context))
        .collect();
    for key in ["filter", "sort", "search"] {
        check_twice(node.get(key), context);
    }
    let (page_size, max_page_size) = page_sizes(node, context);
    let under = node.text("under").and_then(|name| under(name, id, context));
    let lookup = node.text("lookup").and_then(|name| lookup(name, id, context));
    let pagination = match node.text("pagination").map(|word| word.text) {
        Some("cursor") => Pagination::Cursor,
        Some("page") => Pagination::Page,
        _ => Pagination::Offset,
    };
    Resource {
        entity: id,
        path: path(node, id, context),
        access,
        views,
        transition_view,
        rate_limits,
        filter,
        sort,
        search,
        under,
        lookup,
        pagination,
        page_size,
        max_page_size,
        lists: wire.lists(node, &operations, pagination, context),
        rows: wire.rows(node, &operations, is_account, context),
        statuses: wire.statuses(node, &operations, context),
        operations,
        span: entry.key.span,
    }
}

fn operations(node: &Node, is_account: bool, context: &mut Context) -> Vec<Operation> {
    let list =
        node.get("operations").or_else(|| matches!(node.value, Value::Seq(_)).then_some(node));
    let Some(list) = list else {
        let open = |operation: &Operation| !is_account || *operation != Operation::Create;
        return DEFAULT.iter().copied().filter(open).collect();
    };
    check_twice(Some(list), context);
    let named: Vec<&str> =
        list.items().iter().filter_map(Node::source).map(|name| name.text).collect();
    if named.is_empty() {
        context.report(
            Diagnostic::error(Code::E0309, "a resource without operations offers nothing")
                .at(list.span, "empty")
                .help("name at least one operation, or write `false` for the whole resource"),
        );
    }
    let known = OPERATIONS.iter().filter(|(name, _)| named.contains(name));
    known.map(|(_, operation)| *operation).collect()
}

/// A list names nothing twice.
pub(super) fn check_twice(list: Option<&Node>, context: &mut Context) {
    let mut seen: IndexMap<&str, Span> = IndexMap::new();
    for source in list.map_or(&[][..], Node::items).iter().filter_map(Node::source) {
        if let Some(first) = seen.insert(source.text, source.span) {
            context.report(
                Diagnostic::error(Code::E0206, format!("`{}` is named twice", source.text))
                    .at(source.span, "named here again")
                    .also(first, "first named here")
                    .help("leave one of them out"),
            );
        }
    }
}

/// The rules of the operations. That of changes is kept for transitions, which may have none.
fn rules(
    id: EntityId,
    node: &Node,
    operations: &[Operation],
    context: &mut Context,
) -> IndexMap<Operation, Access> {
    let declared = node.get("access");
    // Each rule is read once, so that what is wrong with it is told once.
    let mut read: IndexMap<&str, Option<Access>> = IndexMap::new();
    if let Some(source) = declared.and_then(Node::source) {
        read.insert("all", access::access(source, id, context));
    }
    for entry in declared.map_or(&[][..], Node::entries) {
        let Some(source) = entry.value.source() else { continue };
        read.insert(entry.key.value.as_str(), access::access(source, id, context));
        let named = OPERATIONS.iter().find(|(name, _)| *name == entry.key.value);
        if let Some((name, operation)) = named
            && !operations.contains(operation)
        {
            context.report(
                Diagnostic::error(
                    Code::E0309,
                    format!("there is a rule for `{name}`, which is not offered"),
                )
                .at(entry.key.span, "not among the operations")
                .help(format!("add `{name}` to `operations`, or leave the rule out")),
            );
        }
    }
    let default = if context.account == Some(id) {
        Access::Owner(OwnerPath { steps: Vec::new() })
    } else if context.secured {
        Access::Authenticated
    } else {
        Access::Public
    };
    let rule = |operation: &Operation| {
        let found = operation.groups().iter().find_map(|key| read.get(key));
        (*operation, found.cloned().flatten().unwrap_or_else(|| default.clone()))
    };
    let (_, change) = rule(&Operation::Update);
    context.changes.insert(id, change);
    operations.iter().map(rule).collect()
}

fn filter(name: Source<'_>, id: EntityId, context: &mut Context) -> Option<FilterPath> {
    let (head, tail) = match name.text.split_once('.') {
        Some((head, tail)) => (head, Some(tail)),
        None => (name.text, None),
    };
    let draft = context.draft(id);
    let Some(relationship) = draft.relationships.get(head).copied() else {
        if let Some(inverse) =
            draft.entity.inverses.iter().find(|inverse| inverse.name.value == head)
        {
            let message =
                format!("filters by `{}`, the other end of a relationship,", inverse.name.value);
            return later(name.span, &message, context);
        }
        return chosen(name, id, Use::Filter, context).map(FilterPath::Column);
    };
    if draft.loose.contains(&relationship) {
        return None;
    }
    let target = draft.entity.relationships[relationship.index()].target;
    let Some(tail) = tail else { return Some(FilterPath::Relationship(relationship)) };
    let inner = name.suffix(head.len() + 1);
    if tail.contains('.') {
        return later(name.span, "filters behind several relationships", context);
    }
    if context.draft(target).relationships.contains_key(tail) {
        return later(name.span, "filters behind several relationships", context);
    }
    chosen(inner, target, Use::Filter, context)
        .map(|found| FilterPath::Through(relationship, found))
}

fn later<T>(span: Span, what: &str, context: &mut Context) -> Option<T> {
    let message = format!("{what} belong to the language, but they are not built yet");
    context.report(
        Diagnostic::error(Code::E0311, message)
            .at(span, "this version of the compiler can't build it")
            .help("leave it out until a later version"),
    );
    None
}

/// What an attribute is named for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Use {
    Filter,
    Sort,
    Search,
    Lookup,
}

fn chosen(name: Source<'_>, id: EntityId, purpose: Use, context: &mut Context) -> Option<Column> {
    let draft = context.draft(id);
    let computed = draft.computed(name.text).map(Column::Computed);
    let Some(found) = draft.column(name.text).or(computed) else {
        unknown(name, id, context);
        return None;
    };
    if draft.is_broken(found) {
        return None;
    }
    let facts = draft.facts(found);
    let can = types::abilities(&facts.ty);
    let (able, what) = match purpose {
        Use::Filter => (can.equal, "be a filter"),
        Use::Sort => (can.sort, "sort a list"),
        Use::Search => (can.search, "be searched in"),
        Use::Lookup => (can.lookup, "stand in a path"),
    };
    let place = facts.place;
    let selects = matches!(purpose, Use::Filter | Use::Sort);
    let (message, help) = if computed == Some(found) && !selects {
        (format!("`{}` can't {what}: it is computed", name.text), "name an attribute")
    } else if !able || facts.list {
        (format!("`{}` can't {what}: its type does not allow it", name.text), "leave it out")
    } else if facts.writeonly {
        (format!("`{}` can't {what}: nobody may read it", name.text), "leave it out")
    } else if facts.guarded {
        let message = format!("`{}` can't {what}: not everybody may read it", name.text);
        (message, "leave it out, or take `readable_by` away")
    } else if purpose == Use::Lookup && (!facts.unique || facts.nullable) {
        let help =
            if place.is_some() { "add `unique`, and take a `?` away" } else { "leave it out" };
        (format!("`{}` can't {what}: it does not identify a row", name.text), help)
    } else {
        return Some(found);
    };
    let finding = Diagnostic::error(Code::E0309, message).at(name.span, "");
    let finding = match place {
        Some(place) => finding.also(place, "declared here"),
        None => finding,
    };
    context.report(finding.help(help));
    None
}

/// A declared attribute: no column of the base model can be used so.
fn chosen_attribute(
    name: Source<'_>,
    id: EntityId,
    purpose: Use,
    context: &mut Context,
) -> Option<AttributeId> {
    match chosen(name, id, purpose, context)? {
        Column::Attribute(found) => Some(found),
        Column::Base(_) | Column::Computed(_) => None,
    }
}

/// What stands in the path; `id` does so by itself.
fn lookup(name: Source<'_>, id: EntityId, context: &mut Context) -> Option<AttributeId> {
    if context.draft(id).column(name.text) == Some(Column::Base(BaseColumn::Id)) {
        return None;
    }
    chosen_attribute(name, id, Use::Lookup, context)
}

fn unknown(name: Source<'_>, id: EntityId, context: &mut Context) {
    let draft = context.draft(id);
    let what = format!("attribute of `{}`", draft.entity.name.value);
    let known: Vec<String> = draft.names().map(str::to_owned).collect();
    context.unknown(&what, name.text, name.span, &known);
}

/// `Post.comments` on `Comment`: the relationship whose other end has this name.
fn under(name: Source<'_>, id: EntityId, context: &mut Context) -> Option<Under> {
    let Some((head, tail)) = name.text.split_once('.') else {
        let finding =
            Diagnostic::error(Code::E0309, "`under` names an entity and its end of a relationship");
        context.report(finding.at(name.span, "").help("write such as `under: Post.comments`"));
        return None;
    };
    let parent = context.find_entity(head, name.between(0, head.len()).span)?;
    let inner = name.suffix(head.len() + 1);
    let draft = context.draft(parent);
    let found = draft.entity.inverses.iter().find(|end| end.name.value == tail && end.entity == id);
    let Some(end) = found else {
        let known: Vec<String> = draft
            .entity
            .inverses
            .iter()
            .filter(|end| end.entity == id)
            .map(|end| end.name.value.clone())
            .collect();
        let what = format!("end of a relationship of `{}`", context.draft(id).entity.name.value);
        context.unknown(&what, tail, inner.span, &known);
        return None;
    };
    let relationship = end.relationship;
    let declared = &context.draft(id).entity.relationships[relationship.index()];
    let to_one = declared.kind.is_to_one();
    let place = declared.span;
    let (message, help) = if !to_one {
        ("a collection can't be nested below a many-to-many relationship", "use a filter")
    } else if parent == id {
        ("a collection can't be nested below itself", "use a filter")
    } else if declared.nullable {
        ("a row without a parent would have no path", "take the `?` of the relationship away")
    } else {
        return Some(Under { parent, relationship });
    };
    let finding = Diagnostic::error(Code::E0309, message).at(name.span, "");
    context.report(finding.also(place, "the relationship").help(help));
    None
}

fn page_sizes(node: &Node, context: &mut Context) -> (u32, u32) {
    let (size, max) = (node.number("page_size"), node.number("max_page_size"));
    if let (Some(size), Some(max)) = (size, max)
        && size > max
        && let (Some(first), Some(second)) = (node.get("page_size"), node.get("max_page_size"))
    {
        context.report(
            Diagnostic::error(Code::E0309, "`page_size` is greater than `max_page_size`")
                .at(first.span, "")
                .also(second.span, "the greatest size")
                .help("make the first one the smaller"),
        );
    }
    let max = max.unwrap_or_else(|| size.unwrap_or(0).max(100));
    (size.unwrap_or_else(|| max.min(20)), max)
}

fn path(node: &Node, id: EntityId, context: &mut Context) -> String {
    let default = names::kebab(&context.draft(id).entity.plural);
    let Some(declared) = node.text("path") else { return default };
    let good = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    let text = declared.text;
    if text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.bytes().all(good)
        && !text.ends_with('-')
        && text.len() <= names::LONGEST
    {
        return text.to_owned();
    }
    let finding = Diagnostic::error(Code::E0309, "this can't be a segment of a path")
        .at(declared.span, "lower case letters, digits and `-`, a letter first");
    context.report(finding.help(format!("write such as `{default}`")));
    default
}

/// Collections in a path, at the most.
const DEEPEST: usize = 5;

/// Collections nest below each other, but not in circles, and not without end.
fn check_depth(resources: &[Resource], context: &mut Context) {
    let mut above = vec![None; context.entities.len()];
    for resource in resources {
        above[resource.entity.index()] = resource.under.as_ref().map(|under| under.parent);
    }
    for resource in resources {
        let mut path = vec![resource.entity];
        while let Some(parent) = above[path[path.len() - 1].index()]
            && !path.contains(&parent)
            && path.len() <= DEEPEST
        {
            path.push(parent);
        }
        let last = above[path[path.len() - 1].index()];
        let message = if last == Some(resource.entity) {
            "a collection can't be nested below itself".to_owned()
        } else if path.len() > DEEPEST && last.is_none_or(|parent| !path.contains(&parent)) {
            format!("more than {DEEPEST} collections are nested into each other")
        } else {
            continue;
        };
        let name = |id: &EntityId| format!("`{}`", context.draft(*id).entity.name.value);
        let stands = path.iter().chain(&last).map(name).collect::<Vec<_>>().join(" below ");
        context.report(
            Diagnostic::error(Code::E0309, message)
                .at(resource.span, stands)
                .help("take `under` from one of them; a filter narrows a list as well"),
        );
    }
}

fn check_paths(resources: &[Resource], context: &mut Context) {
    let mut seen: IndexMap<(Option<EntityId>, &str), Spanned<String>> = IndexMap::new();
    let mut findings = Vec::new();
    for resource in resources {
        let name = Spanned {
            value: context.draft(resource.entity).entity.name.value.clone(),
            span: resource.span,
        };
        let key = (resource.under.as_ref().map(|under| under.parent), resource.path.as_str());
        let Some(first) = seen.insert(key, name.clone()) else { continue };
        // Two entities with one table were reported; their paths follow from that.
        let table = |name: &str| context.entities.get(name).map(|draft| &draft.entity.table);
        if table(&first.value) != table(&name.value) {
            findings.push(super::same_name("paths", &resource.path, &first, &name));
        }
    }
    context.findings.append(&mut findings);
}
