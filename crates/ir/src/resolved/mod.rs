//! Prints a model as a document in which every default is spelled out. Read again, it gives the
//! same model.

mod behavior;
mod expression;
mod flow;
mod seeds;
mod views;
mod wire;
mod yaml;

use crate::model::{
    ApplicationIr, Architecture, Attribute, AttributeType, BaseConfig, DefaultValue, Entity,
    EntityId, Enumeration, FilterPath, IdKind, Index, Literal, Member, OnDelete, Operation,
    Pagination, RateLimits, Registration, Relationship, RelationshipKind, Resource,
    SecurityModelIr, ValueObject,
};
use crate::resolve::OPERATIONS;
use crate::types;

type Entries = Vec<(String, Literal)>;

/// The model as YAML.
pub fn resolved(ir: &ApplicationIr) -> String {
    let mut root = vec![entry("stratapi", Literal::Int("1".to_owned())), entry("app", app(ir))];
    if let Some(found) = &ir.security {
        root.push(entry("security", security(found, ir)));
    }
    root.push(entry("domain", domain(ir)));
    root.push(entry("api", api(ir)));
    root.extend(behavior::behavior(ir).map(|behavior| entry("behavior", behavior)));
    yaml::print(&Literal::Map(root))
}

fn entry(key: &str, value: Literal) -> (String, Literal) {
    (key.to_owned(), value)
}

fn text(value: impl Into<String>) -> Literal {
    Literal::Text(value.into())
}

fn word(key: &str, value: impl Into<String>) -> (String, Literal) {
    entry(key, text(value))
}

fn flag(key: &str, value: bool) -> (String, Literal) {
    entry(key, Literal::Bool(value))
}

fn number(key: &str, value: u32) -> (String, Literal) {
    entry(key, Literal::Int(value.to_string()))
}

fn texts<'a>(values: impl IntoIterator<Item = &'a str>) -> Literal {
    Literal::List(values.into_iter().map(text).collect())
}

fn app(ir: &ApplicationIr) -> Literal {
    let architecture = match ir.app.architecture {
        Architecture::Auto => "auto",
        Architecture::Layered => "layered",
        Architecture::Simple => "simple",
    };
    Literal::Map(vec![
        word("name", &ir.app.name.value),
        word("title", &ir.app.title),
        word("description", &ir.app.description),
        word("version", &ir.app.version),
        word("architecture", architecture),
    ])
}

fn security(found: &SecurityModelIr, ir: &ApplicationIr) -> Literal {
    let sign_in = &found.authentication;
    let user = &ir.domain.entities[sign_in.user.index()];
    let registration = match sign_in.registration {
        Registration::Open => "open",
        Registration::Closed => "closed",
    };
    let authentication = Literal::Map(vec![
        word("kind", "jwt"),
        word("user", &user.name.value),
        word("login", &user.attributes[sign_in.login.index()].name.value),
        word("secret", &user.attributes[sign_in.secret.index()].name.value),
        word("registration", registration),
        word("scheme", &sign_in.scheme),
        number("access_token_ttl", sign_in.access_token_ttl),
        number("refresh_token_ttl", sign_in.refresh_token_ttl),
    ]);
    let keys = match &found.api_keys {
        Some(keys) => Literal::Map(vec![word("header", &keys.header)]),
        None => Literal::Bool(false),
    };
    let mut all = vec![entry("authentication", authentication)];
    if !found.roles.is_empty() {
        all.push(entry("roles", texts(found.roles.iter().map(|role| role.name.value.as_str()))));
    }
    all.push(entry("api_keys", keys));
    Literal::Map(all)
}

fn domain(ir: &ApplicationIr) -> Literal {
    let named = |name: &str, value| (name.to_owned(), value);
    let enums = ir.domain.enums.iter().map(|found| named(&found.name.value, enumeration(found)));
    let values =
        ir.domain.values.iter().map(|found| named(&found.name.value, value_object(found, ir)));
    let entities = ir
        .domain
        .entities
        .iter()
        .enumerate()
        .map(|(index, found)| named(&found.name.value, entity(found, EntityId::at(index), ir)));
    Literal::Map(vec![
        entry("enums", Literal::Map(enums.collect())),
        entry("values", Literal::Map(values.collect())),
        entry("entities", Literal::Map(entities.collect())),
    ])
}

fn enumeration(found: &Enumeration) -> Literal {
    let values =
        found.members.iter().map(|member| word(&member.value.value, &member.description)).collect();
    Literal::Map(vec![
        word("description", &found.description),
        entry("values", Literal::Map(values)),
    ])
}

fn value_object(found: &ValueObject, ir: &ApplicationIr) -> Literal {
    Literal::Map(vec![
        word("description", &found.description),
        entry("attributes", attributes(&found.attributes, ir)),
    ])
}

fn attributes(all: &[Attribute], ir: &ApplicationIr) -> Literal {
    Literal::Map(all.iter().map(|a| (a.name.value.clone(), attribute(a, all, ir))).collect())
}

fn attribute(found: &Attribute, all: &[Attribute], ir: &ApplicationIr) -> Literal {
    let def = types::of(&found.ty);
    let name = match (&found.ty, def) {
        (AttributeType::Enum(id), _) => &ir.domain.enums[id.index()].name.value,
        (AttributeType::Value(id), _) => &ir.domain.values[id.index()].name.value,
        (_, Some(def)) => def.name,
        (_, None) => stratapi_diagnostics::bug!("a type without a definition: {:?}", found.ty),
    };
    let mut entries: Entries = vec![word("type", name)];
    if let AttributeType::Slug { from } = found.ty {
        entries.push(word("from", &all[from.index()].name.value));
    }
    let parameters = def.map(|def| (def.print)(&found.ty)).unwrap_or_default();
    entries.extend(parameters.into_iter().map(|(key, value)| entry(key, value)));
    entries.push(word("description", &found.description));
    entries.extend(found.example.clone().map(|example| entry("example", example)));
    entries.push(flag("list", found.list));
    entries.push(flag("nullable", found.nullable));
    entries.extend(found.default.as_ref().map(|value| entry("default", default(value))));
    let flags = found.flags;
    entries.extend([
        flag("unique", flags.unique),
        flag("index", flags.index),
        flag("immutable", flags.immutable),
        flag("readonly", flags.readonly),
        flag("writeonly", flags.writeonly),
        flag("primary", flags.primary),
        flag("deprecated", flags.deprecated),
    ]);
    let rules = [("readable_by", &found.readable_by), ("writable_by", &found.writable_by)];
    entries.extend(
        rules
            .into_iter()
            .filter_map(|(key, rule)| rule.as_ref().map(|rule| word(key, &rule.text.value))),
    );
    Literal::Map(entries)
}

fn default(value: &DefaultValue) -> Literal {
    match value {
        DefaultValue::Literal(value) => value.clone(),
        DefaultValue::Now => text("now()"),
        DefaultValue::Today => text("today()"),
        DefaultValue::Uuid => text("uuid()"),
    }
}

fn base(found: BaseConfig) -> Literal {
    let mut entries = Vec::new();
    match found.id {
        IdKind::Uuid => entries.push(word("id", "uuid")),
        IdKind::Int => entries.push(word("id", "int")),
        IdKind::Declared => {}
    }
    entries.push(flag("timestamps", found.timestamps));
    entries.push(flag("is_active", found.is_active));
    Literal::Map(entries)
}

fn entity(found: &Entity, id: EntityId, ir: &ApplicationIr) -> Literal {
    let relationships =
        found.relationships.iter().map(|r| (r.name.value.clone(), relationship(r, ir)));
    let names =
        |members: &[Member]| texts(members.iter().map(|member| member_name(found, *member)));
    let unique = found.unique.iter().map(|key| names(&key.members)).collect();
    let indexes = found.indexes.iter().map(|key| index(key, names(&key.members), id, ir)).collect();
    let checks = found.checks.iter().map(|check| {
        let mut entries = vec![word("check", expression::condition(&check.condition, id, ir))];
        entries.extend(check.message.as_ref().map(|message| word("message", message)));
        (check.name.value.clone(), Literal::Map(entries))
    });
    let computed = found.computed.iter().map(|computed| {
        let entries = vec![
            word("value", expression::operand(&computed.value, id, ir)),
            word("description", &computed.description),
        ];
        (computed.name.value.clone(), Literal::Map(entries))
    });
    let mut entries = vec![
        word("description", &found.description),
        word("table", &found.table),
        word("plural", &found.plural),
        entry("base", base(found.base)),
        flag("soft_delete", found.soft_delete),
        flag("optimistic_lock", found.optimistic_lock),
        entry("attributes", attributes(&found.attributes, ir)),
        entry("relationships", Literal::Map(relationships.collect())),
        entry("unique", Literal::List(unique)),
        entry("indexes", Literal::List(indexes)),
        entry("checks", Literal::Map(checks.collect())),
        entry("computed", Literal::Map(computed.collect())),
    ];
    entries.extend(views::views(found, ir));
    entries.extend(seeds::seeds(found, ir).map(|seeds| entry("seeds", seeds)));
    Literal::Map(entries)
}

fn member_name(entity: &Entity, member: Member) -> &str {
    match member {
        Member::Column(column) => entity.column_name(column),
        Member::Relationship(id) => &entity.relationships[id.index()].name.value,
    }
}

fn index(found: &Index, members: Literal, id: EntityId, ir: &ApplicationIr) -> Literal {
    let mut entries = vec![entry("members", members), flag("unique", found.unique)];
    let condition = found.condition.as_ref();
    entries.extend(condition.map(|part| word("where", expression::condition(part, id, ir))));
    Literal::Map(entries)
}

fn relationship(found: &Relationship, ir: &ApplicationIr) -> Literal {
    let (kind, through) = match found.kind {
        RelationshipKind::ManyToOne => ("many_to_one", None),
        RelationshipKind::OneToOne => ("one_to_one", None),
        RelationshipKind::ManyToMany => ("many_to_many", None),
        RelationshipKind::Through { entity, near, far } => {
            ("many_to_many", Some((entity, near, far)))
        }
    };
    let mut entries = vec![
        word("type", kind),
        word("target", &ir.domain.entities[found.target.index()].name.value),
        word("description", &found.description),
        flag("nullable", found.nullable),
    ];
    entries.extend(found.inverse.as_ref().map(|name| word("inverse", &name.value)));
    if found.kind.is_to_one() {
        let rule = match found.on_delete {
            OnDelete::Cascade => "cascade",
            OnDelete::Restrict => "restrict",
            OnDelete::SetNull => "set_null",
        };
        entries.push(word("on_delete", rule));
    }
    if found.set_current_user {
        entries.push(word("set", "current_user"));
    }
    if let Some((entity, near, far)) = through {
        let entity = &ir.domain.entities[entity.index()];
        entries.push(word("through", &entity.name.value));
        entries.push(word("near", &entity.relationships[near.index()].name.value));
        entries.push(word("far", &entity.relationships[far.index()].name.value));
    }
    entries.push(flag("immutable", found.immutable));
    entries.push(flag("readonly", found.readonly));
    entries.push(flag("primary", found.primary));
    Literal::Map(entries)
}

fn api(ir: &ApplicationIr) -> Literal {
    let name = |id: EntityId| ir.domain.entities[id.index()].name.value.clone();
    let mut resources: Entries =
        ir.api.resources.iter().map(|found| (name(found.entity), resource(found, ir))).collect();
    let offered: std::collections::BTreeSet<EntityId> =
        ir.api.resources.iter().map(|found| found.entity).collect();
    let off = (0..ir.domain.entities.len()).map(EntityId::at).filter(|id| !offered.contains(id));
    resources.extend(off.map(|id| (name(id), Literal::Bool(false))));
    let mut parts = vec![
        word("prefix", &ir.api.prefix),
        entry("shape", wire::of_api(&ir.api)),
        entry("resources", Literal::Map(resources)),
    ];
    parts.extend(rate_limits(&ir.api.rate_limits));
    if !ir.api.endpoints.is_empty() {
        parts.push(entry("endpoints", flow::endpoints(ir)));
    }
    Literal::Map(parts)
}

fn resource(found: &Resource, ir: &ApplicationIr) -> Literal {
    let entity = &ir.domain.entities[found.entity.index()];
    let attribute =
        |id: &crate::model::AttributeId| entity.attributes[id.index()].name.value.as_str();
    let filters = found.filter.iter().map(|path| text(filter(path, entity, ir))).collect();
    let access = found.access.iter().map(|(operation, rule)| {
        word(operation_name(*operation), expression::access(rule, found.entity, ir))
    });
    let pagination = match found.pagination {
        Pagination::Offset => "offset",
        Pagination::Cursor => "cursor",
        Pagination::Page => "page",
    };
    let mut entries = vec![
        word("path", &found.path),
        entry("operations", texts(found.operations.iter().map(|found| operation_name(*found)))),
        entry("access", Literal::Map(access.collect())),
        entry("filter", Literal::List(filters)),
        entry("sort", texts(found.sort.iter().map(|column| entity.column_name(*column)))),
        entry("search", texts(found.search.iter().map(attribute))),
    ];
    entries.extend(views::of_operations(found, entity));
    if let Some(under) = &found.under {
        let parent = &ir.domain.entities[under.parent.index()];
        let inverse = &entity.relationships[under.relationship.index()].inverse;
        let end = inverse.as_ref().map_or("", |name| name.value.as_str());
        entries.push(word("under", format!("{}.{end}", parent.name.value)));
    }
    entries.extend(found.lookup.as_ref().map(|id| word("lookup", attribute(id))));
    entries.push(word("pagination", pagination));
    entries.push(number("page_size", found.page_size));
    entries.push(number("max_page_size", found.max_page_size));
    entries.extend(wire::of_resource(found, &ir.api));
    entries.extend(rate_limits(&found.rate_limits));
    Literal::Map(entries)
}

/// Limits as they were declared, if there are any.
fn rate_limits(found: &RateLimits) -> Option<(String, Literal)> {
    let limits: Entries = found.0.iter().map(|(key, limit)| word(key, limit.to_string())).collect();
    (!limits.is_empty()).then(|| entry("rate_limits", Literal::Map(limits)))
}

fn filter(path: &FilterPath, entity: &Entity, ir: &ApplicationIr) -> String {
    match path {
        FilterPath::Column(column) => entity.column_name(*column).to_owned(),
        FilterPath::Relationship(id) => entity.relationships[id.index()].name.value.clone(),
        FilterPath::Through(id, inner) => {
            let relationship = &entity.relationships[id.index()];
            let target = &ir.domain.entities[relationship.target.index()];
            let name = target.column_name(*inner);
            format!("{}.{name}", relationship.name.value)
        }
    }
}

fn operation_name(operation: Operation) -> &'static str {
    OPERATIONS.iter().find(|(_, known)| *known == operation).map_or("list", |(name, _)| *name)
}
