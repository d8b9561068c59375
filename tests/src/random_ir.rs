//! Random applications that are valid by construction, with shrinking: their text is made from a
//! tree of choices, and proptest makes the tree smaller.

use std::fmt::Write as _;

use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};

/// Names of entities; half of them are words that some library keeps for itself.
const ENTITIES: &[&str] = &[
    "Post",
    "Tag",
    "Order",
    "OrderItem",
    "Group",
    "Select",
    "Class",
    "Field",
    "Page",
    "Query",
    "Session",
    "Person",
    "Category",
    "Box",
    "Bus",
    "Status",
    "News",
    "Table",
    "Index",
    "Model",
    "Response",
    "Event",
    "Task",
    "Import",
    "Lambda",
    "Value",
    "Type",
    "Set",
    "HTTPServer",
    "OAuth2Token",
    "X",
];

/// Names of attributes, likewise.
const ATTRIBUTES: &[&str] = &[
    "title",
    "body",
    "class",
    "from",
    "import",
    "metadata",
    "registry",
    "json",
    "copy",
    "schema",
    "dict",
    "select",
    "where",
    "order",
    "group",
    "user",
    "limit",
    "offset",
    "sort",
    "q",
    "list",
    "get",
    "count",
    "model_config",
    "validate",
    "fields",
    "type",
    "date",
    "datetime",
    "time",
    "str",
    "int",
    "value",
    "name",
    "query",
    "session",
    "self",
    "cls",
    "None",
    "x",
    "a1",
    "is_open",
    "items",
    "total",
    "data",
    "primary",
    "default",
    "check",
    "end",
    "desc",
    "uuid",
    "bytes",
    "camelCase",
    "property",
    "hash",
    "filter",
];

/// Query parameters of every list: no filter can have their names.
const PARAMETERS: &[&str] = &["limit", "offset", "sort", "q", "cursor"];

/// Names of relationships.
const RELATIONSHIPS: &[&str] =
    &["owner", "parent", "related", "left", "right", "source", "target", "global", "union", "main"];

/// A type in shorthand, with a default that fits it.
const TYPES: &[(&str, &str)] = &[
    ("string", "'a'"),
    ("string(1..80)", "'it''s \"quoted\" \\ {{ x }}'"),
    ("string(3..32, pattern='^[A-Z0-9-]+$')", "'ABC-1'"),
    ("text", "'long'"),
    ("text(1..5000)", "'x'"),
    ("int", "0"),
    ("int(0..)", "7"),
    ("int(-5..5)", "-5"),
    ("bigint", "9007199254740993"),
    ("float", "1.5"),
    ("decimal(12, 2, min=0)", "0"),
    ("decimal(6, 3)", "1.25"),
    ("bool", "true"),
    ("date", "today()"),
    ("time", "'08:30:00'"),
    ("datetime", "now()"),
    ("duration", "'PT5M'"),
    ("uuid", "uuid()"),
    ("json", "{}"),
    ("bytes", ""),
    ("email", "'a@example.com'"),
    ("url", "'https://example.com/x'"),
    ("ip", "'127.0.0.1'"),
    ("string[]", ""),
    ("int[]", ""),
    ("Color", "red"),
];

/// An attribute, as choices.
#[derive(Debug, Clone)]
pub struct AttributeChoice {
    name: &'static str,
    ty: usize,
    nullable: bool,
    default: bool,
    flag: Option<&'static str>,
}

/// A relationship, as choices.
#[derive(Debug, Clone)]
pub struct RelationshipChoice {
    name: &'static str,
    kind: &'static str,
    target: Index,
    nullable: bool,
    inverse: bool,
    on_delete: Option<&'static str>,
    immutable: bool,
}

/// A resource, as choices.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "independent choices")]
pub struct ResourceChoice {
    operations: Vec<&'static str>,
    filter: bool,
    sort: bool,
    search: bool,
    cursor: bool,
    base: bool,
    under: bool,
    access: Option<&'static str>,
}

/// An entity, as choices.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "independent choices")]
pub struct EntityChoice {
    name: &'static str,
    description: Option<String>,
    attributes: Vec<AttributeChoice>,
    relationships: Vec<RelationshipChoice>,
    int_id: bool,
    lock: bool,
    soft: bool,
    timestamps: bool,
    index: bool,
    resource: Option<ResourceChoice>,
}

/// An application, as choices.
#[derive(Debug, Clone)]
pub struct Choices {
    entities: Vec<EntityChoice>,
    security: Option<(bool, bool)>,
    title: String,
}

fn attributes() -> impl Strategy<Value = Vec<AttributeChoice>> {
    subsequence(ATTRIBUTES, 1..6).prop_flat_map(|names| {
        names
            .into_iter()
            .map(|name| {
                let flag = option::weighted(
                    0.3,
                    select(&["unique", "index", "immutable", "readonly", "deprecated"][..]),
                );
                (0..TYPES.len(), any::<bool>(), any::<bool>(), flag).prop_map(
                    move |(ty, nullable, default, flag)| AttributeChoice {
                        name,
                        ty,
                        nullable,
                        default,
                        flag,
                    },
                )
            })
            .collect::<Vec<_>>()
    })
}

fn relationships() -> impl Strategy<Value = Vec<RelationshipChoice>> {
    subsequence(RELATIONSHIPS, 0..3).prop_flat_map(|names| {
        names
            .into_iter()
            .map(|name| {
                let kind =
                    select(&["many_to_one", "many_to_one", "one_to_one", "many_to_many"][..]);
                let rule = option::weighted(0.6, select(&["cascade", "restrict", "set_null"][..]));
                (kind, any::<Index>(), any::<bool>(), any::<bool>(), rule, any::<bool>()).prop_map(
                    move |(kind, target, nullable, inverse, on_delete, immutable)| {
                        RelationshipChoice {
                            name,
                            kind,
                            target,
                            nullable,
                            inverse,
                            on_delete,
                            immutable,
                        }
                    },
                )
            })
            .collect::<Vec<_>>()
    })
}

fn resource() -> impl Strategy<Value = ResourceChoice> {
    let operations = subsequence(
        &["list", "get", "create", "update", "replace", "delete", "bulk_create"][..],
        1..=7,
    );
    let access = option::of(select(
        &[
            "public",
            "authenticated",
            "role(admin)",
            "role(member, admin) or not role(admin)",
            "is_active or role(admin)",
        ][..],
    ));
    (operations, any::<[bool; 6]>(), access).prop_map(
        |(operations, [filter, sort, search, cursor, base, under], access)| ResourceChoice {
            operations,
            filter,
            sort,
            search,
            cursor,
            base,
            under,
            access,
        },
    )
}

/// Text with everything that breaks careless printers.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ -~]{0,40}",
        select(
            &[
                "\"\"\"",
                "back\\slash",
                "{{ x }}",
                "${HOME}",
                "</script>",
                "two\nlines",
                "a 😀 b",
                "'; --",
                "%s #"
            ][..]
        )
        .prop_map(str::to_owned),
    ]
}

/// Random applications of one to five entities.
pub fn applications() -> impl Strategy<Value = Choices> {
    let entities = subsequence(ENTITIES, 1..6).prop_flat_map(|names| {
        names
            .into_iter()
            .map(|name| {
                let flags =
                    (any::<[bool; 3]>(), prop::bool::weighted(0.8), prop::bool::weighted(0.3));
                (option::of(text()), attributes(), relationships(), flags, option::of(resource()))
                    .prop_map(
                        move |(
                            description,
                            attributes,
                            relationships,
                            ([int_id, lock, soft], timestamps, index),
                            resource,
                        )| {
                            EntityChoice {
                                name,
                                description,
                                attributes,
                                relationships,
                                int_id,
                                lock,
                                soft,
                                timestamps,
                                index,
                                resource,
                            }
                        },
                    )
            })
            .collect::<Vec<_>>()
    });
    let security = option::weighted(0.6, (any::<bool>(), any::<bool>()));
    (entities, security, text()).prop_map(|(entities, security, title)| Choices {
        entities,
        security,
        title,
    })
}

/// The application as YAML.
pub fn yaml(choices: &Choices) -> String {
    let mut out = String::from("stratapi: 1\napp:\n  name: sample\n");
    let _ = writeln!(
        out,
        "  title: {}",
        quoted(&format!("Sample {}", choices.title.replace('\n', " ")))
    );
    if let Some((open, keys)) = choices.security {
        let registration = if open { "open" } else { "closed" };
        let _ = writeln!(
            out,
            "security:\n  authentication: {{kind: jwt, user: Account, login: email, secret: password, registration: {registration}}}\n  roles: [member, admin]"
        );
        if keys {
            out.push_str("  api_keys: {header: X-API-Key}\n");
        }
    }
    out.push_str(
        "domain:\n  enums:\n    Color: [red, 'deep blue', '1st', \"it's\"]\n  entities:\n",
    );
    if choices.security.is_some() {
        out.push_str("    Account:\n      attributes:\n        email: email unique\n        password: password(8..128)\n        role: role = member readonly\n");
    }
    for entity in &choices.entities {
        entity_yaml(&mut out, entity, choices);
    }
    resources_yaml(&mut out, choices);
    out
}

fn entity_yaml(out: &mut String, entity: &EntityChoice, choices: &Choices) {
    let _ = writeln!(out, "    {}:", entity.name);
    if let Some(description) = &entity.description {
        let _ = writeln!(out, "      description: {}", quoted(description));
    }
    let id = if entity.int_id { "int" } else { "uuid" };
    let _ = writeln!(out, "      base: {{id: {id}, timestamps: {}}}", entity.timestamps);
    let _ =
        writeln!(out, "      optimistic_lock: {}\n      soft_delete: {}", entity.lock, entity.soft);
    out.push_str("      attributes:\n");
    for attribute in &entity.attributes {
        let _ = writeln!(out, "        {}: {}", quoted(attribute.name), attribute_yaml(attribute));
    }
    if entity.index {
        let first = if entity.timestamps { "created_at" } else { "id" };
        let _ = writeln!(
            out,
            "      indexes: ['{first}, is_active (where=is_active)']\n      checks: {{known: is_active or not is_active}}"
        );
    }
    if entity.relationships.is_empty() {
        return;
    }
    out.push_str("      relationships:\n");
    for relationship in &entity.relationships {
        let _ = writeln!(
            out,
            "        {}: {}",
            relationship.name,
            relationship_yaml(entity, relationship, choices)
        );
    }
}

fn attribute_yaml(attribute: &AttributeChoice) -> String {
    let (ty, default) = TYPES[attribute.ty];
    let mut text = String::from(ty);
    if attribute.nullable {
        text.push('?');
    }
    if attribute.default && !default.is_empty() {
        let _ = write!(text, " = {default}");
    }
    // A list, a document or bytes can be neither unique nor indexed; a readonly value must come from somewhere.
    let plain = !ty.ends_with("[]")
        && !["json", "bytes", "url", "float", "text", "text(1..5000)"].contains(&ty);
    let filled = attribute.nullable || (attribute.default && !default.is_empty());
    match attribute.flag {
        Some("unique") if attribute.default && !default.is_empty() => {}
        Some(flag @ ("unique" | "index")) if plain && !["bool", "Color"].contains(&ty) => {
            let _ = write!(text, " {flag}");
        }
        Some("readonly") if filled => text.push_str(" readonly"),
        Some(flag @ ("immutable" | "deprecated")) => {
            let _ = write!(text, " {flag}");
        }
        _ => {}
    }
    quoted(&text)
}

fn relationship_yaml(
    entity: &EntityChoice,
    choice: &RelationshipChoice,
    choices: &Choices,
) -> String {
    let target = choices.entities[choice.target.index(choices.entities.len())].name;
    let many = choice.kind == "many_to_many";
    let own = target == entity.name;
    // A required reference to a row of the same or a later entity can close a cycle that no row gets into.
    let position = |name: &str| choices.entities.iter().position(|e| e.name == name);
    let nullable = !many && (choice.nullable || position(target) >= position(entity.name));
    let mut arguments = Vec::new();
    if choice.inverse {
        arguments.push(format!("inverse={}_{}", snake(entity.name), choice.name));
    }
    match choice.on_delete {
        Some("set_null") if !nullable => {}
        Some(rule) if !many => arguments.push(format!("on_delete={rule}")),
        _ => {}
    }
    if choice.immutable && !many && !own {
        arguments.push("immutable".into());
    }
    let mark = if nullable { "?" } else { "" };
    let list =
        if arguments.is_empty() { String::new() } else { format!(" ({})", arguments.join(", ")) };
    format!("{} {target}{mark}{list}", choice.kind)
}

fn resources_yaml(out: &mut String, choices: &Choices) {
    let listed: Vec<_> =
        choices.entities.iter().filter_map(|e| e.resource.as_ref().map(|r| (e, r))).collect();
    if listed.is_empty() {
        return;
    }
    out.push_str("api:\n  resources:\n");
    for (entity, resource) in listed {
        let _ = writeln!(
            out,
            "    {}:\n      operations: [{}]",
            entity.name,
            resource.operations.join(", ")
        );
        lists_yaml(out, entity, resource);
        if let Some(end) = above(entity, choices).filter(|_| resource.under) {
            let _ = writeln!(out, "      under: {end}");
        }
        if let (Some(access), true) = (resource.access, choices.security.is_some()) {
            let _ = writeln!(out, "      access:\n        all: {access}");
        }
    }
}

/// The end of a required relationship to a row that can be found: a collection may hang there.
fn above(entity: &EntityChoice, choices: &Choices) -> Option<String> {
    let relationship = entity.relationships.iter().find(|relationship| {
        let required = !relationship_yaml(entity, relationship, choices).contains('?');
        let target = &choices.entities[relationship.target.index(choices.entities.len())];
        let found = |resource: &ResourceChoice| resource.operations.contains(&"get");
        required
            && relationship.kind != "many_to_many"
            && relationship.inverse
            && target.resource.as_ref().is_none_or(found)
    })?;
    let target = &choices.entities[relationship.target.index(choices.entities.len())];
    Some(format!("{}.{}_{}", target.name, snake(entity.name), relationship.name))
}

fn lists_yaml(out: &mut String, entity: &EntityChoice, resource: &ResourceChoice) {
    let with = |wanted: &dyn Fn(&AttributeChoice, &str) -> bool| -> Vec<String> {
        entity
            .attributes
            .iter()
            .filter(|a| wanted(a, TYPES[a.ty].0))
            .map(|a| quoted(a.name))
            .collect()
    };
    let mut base = vec!["id", "is_active"];
    if entity.timestamps {
        base.extend(["created_at", "updated_at"]);
    }
    if entity.lock {
        base.push("version");
    }
    let base = if resource.base { base } else { Vec::new() };
    let base: Vec<String> = base.into_iter().map(str::to_owned).collect();
    let scalar = |ty: &str| !ty.ends_with("[]") && !["json", "bytes"].contains(&ty);
    let lists: [(&str, bool, Vec<String>); 3] = [
        (
            "filter",
            resource.filter,
            [with(&|a, ty| scalar(ty) && !PARAMETERS.contains(&a.name)), base.clone()].concat(),
        ),
        (
            "sort",
            resource.sort,
            [
                with(&|a, ty| {
                    scalar(ty)
                        && !ty.starts_with("text")
                        && ty != "ip"
                        && !(a.nullable && resource.cursor)
                }),
                base,
            ]
            .concat(),
        ),
        ("search", resource.search, with(&|_, ty| ty.starts_with("string") && !ty.ends_with("[]"))),
    ];
    if resource.operations.contains(&"list") {
        for (key, on, names) in lists {
            if on && !names.is_empty() {
                let _ = writeln!(out, "      {key}: [{}]", names.join(", "));
            }
        }
        if resource.cursor {
            out.push_str("      pagination: cursor\n");
        }
    }
}

/// A double-quoted YAML scalar.
fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}

fn snake(name: &str) -> String {
    name.chars().map(|c| c.to_ascii_lowercase()).collect()
}
