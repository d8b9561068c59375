//! The tables of keys: the whole of the language's mappings. A key is declared here and nowhere else.

use super::flows::{ENDPOINT, FLOW, SLOT};
use super::views::{OPERATION_VIEWS, VIEW};
use super::wire::{RESOURCE_SHAPE, SHAPE};
use super::{Key, Kind, Shape};

const TEXTS: Kind = Kind::List(&Kind::Text);
const NUMBER: Kind = Kind::Either(&[Kind::Number, Kind::Text]);
const LENGTH: Kind = Kind::Int(0, 1_000_000);

/// The words for operations, in canonical order.
pub(crate) const OPERATIONS: &[&str] =
    &["list", "get", "create", "bulk_create", "update", "replace", "delete"];

/// A whole document.
pub(crate) static ROOT: Shape = Shape {
    name: "the document",
    id: "document",
    doc: "An application.",
    keys: &[
        Key::required("stratapi", Kind::Version, "The version of the language: `1`."),
        Key::optional(
            "include",
            Kind::Either(&[Kind::Text, TEXTS]),
            "Further files that belong to the document, as paths or globs.",
        ),
        Key::required("app", Kind::Shape(&APP), "What the application is called."),
        Key::optional("security", Kind::Shape(&SECURITY), "Who may sign in, and how."),
        Key::required("domain", Kind::Shape(&DOMAIN), "What the application knows."),
        Key::optional("api", Kind::Shape(&API), "What it offers over HTTP."),
        Key::optional("behavior", Kind::Shape(&BEHAVIOR), "What it does beyond storing rows."),
        Key::later("ui", Kind::Map("part", &Kind::Any), "Its front end."),
        Key::later("infrastructure", Kind::Map("part", &Kind::Any), "Where it runs."),
    ],
};

static APP: Shape = Shape {
    name: "`app`",
    id: "app",
    doc: "What the application is called.",
    keys: &[
        Key::required("name", Kind::Text, "Identifier: lower case letters, digits, `-` and `_`."),
        Key::optional("title", Kind::Text, "Title for people; made from the name by default."),
        Key::optional("description", Kind::Text, "One paragraph."),
        Key::optional("version", Kind::Text, "Version of the application, `0.1.0` by default."),
        Key::optional(
            "architecture",
            Kind::Choice("architecture", &["auto", "layered", "simple"]),
            "How many layers the project has, `auto` by default.",
        ),
    ],
};

static SECURITY: Shape = Shape {
    name: "`security`",
    id: "security",
    doc: "Who may sign in, and how. Without it everything is public.",
    keys: &[
        Key::required("authentication", Kind::Shape(&AUTHENTICATION), "How people sign in."),
        Key::optional("roles", TEXTS, "The roles that an account can have."),
        Key::optional(
            "api_keys",
            Kind::Either(&[Kind::Bool, Kind::Shape(&API_KEYS)]),
            "Keys with which services act as an account; off by default.",
        ),
    ],
};

static AUTHENTICATION: Shape = Shape {
    name: "`authentication`",
    id: "authentication",
    doc: "Sign-in with a password, short access tokens and rotating refresh tokens.",
    keys: &[
        Key::optional("kind", Kind::Choice("kind", &["jwt"]), "`jwt`."),
        Key::required("user", Kind::Text, "The entity of accounts."),
        Key::required("login", Kind::Text, "Its unique attribute that people sign in with."),
        Key::required("secret", Kind::Text, "Its attribute of type `password`."),
        Key::optional(
            "registration",
            Kind::Choice("registration", &["open", "closed"]),
            "Whether anybody may create an account; `closed` by default.",
        ),
        Key::optional(
            "scheme",
            Kind::Text,
            "The word in front of access tokens in `Authorization`, `Bearer` by default.",
        ),
        Key::optional(
            "access_token_ttl",
            Kind::Int(30, 86_400),
            "Life of an access token in seconds, 900 by default.",
        ),
        Key::optional(
            "refresh_token_ttl",
            Kind::Int(60, 31_536_000),
            "Life of a refresh token in seconds, 2592000 by default.",
        ),
    ],
};

static API_KEYS: Shape = Shape {
    name: "`api_keys`",
    id: "api_keys",
    doc: "Keys with which services act as an account.",
    keys: &[Key::optional("header", Kind::Text, "The header, `X-API-Key` by default.")],
};

static DOMAIN: Shape = Shape {
    name: "`domain`",
    id: "domain",
    doc: "What the application knows.",
    keys: &[
        Key::optional("base", BASES, "What every entity gets besides its attributes."),
        Key::optional("enums", Kind::Map("enum", &ENUMS), "Closed sets of texts."),
        Key::optional(
            "values",
            Kind::Map("value object", &Kind::Shape(&GROUP)),
            "Value objects: attributes that are embedded into their owner.",
        ),
        Key::optional(
            "mixins",
            Kind::Map("mixin", &Kind::Shape(&GROUP)),
            "Attributes that several entities share.",
        ),
        Key::required("entities", Kind::Map("entity", &Kind::Shape(&ENTITY)), "The entities."),
    ],
};

const BASES: Kind = Kind::Either(&[Kind::Choice("key", &["uuid", "int"]), Kind::Shape(&BASE)]);

static BASE: Shape = Shape {
    name: "`base`",
    id: "base",
    doc: "What every entity gets besides its attributes.",
    keys: &[
        Key::optional("id", Kind::Choice("key", &["uuid", "int"]), "The key, `uuid` by default."),
        Key::optional("timestamps", Kind::Bool, "`created_at` and `updated_at`, on by default."),
        Key::optional("is_active", Kind::Bool, "`is_active`, on by default."),
    ],
};

const MEMBERS: Kind =
    Kind::Either(&[TEXTS, Kind::Map("value", &Kind::Either(&[Kind::Text, NOTHING]))]);
/// A value without a description.
const NOTHING: Kind = Kind::Map("nothing", &Kind::Any);
const ENUMS: Kind = Kind::Either(&[
    TEXTS,
    Kind::Shape(&ENUM),
    Kind::Map("value", &Kind::Either(&[Kind::Text, NOTHING])),
]);

static ENUM: Shape = Shape {
    name: "an enum",
    id: "enum",
    doc: "A closed set of texts.",
    keys: &[
        Key::optional("description", Kind::Text, "One paragraph."),
        Key::required("values", MEMBERS, "The values, as a list or with their descriptions."),
    ],
};

static GROUP: Shape = Shape {
    name: "a group of attributes",
    id: "group",
    doc: "A value object or a mixin.",
    keys: &[
        Key::optional("description", Kind::Text, "One paragraph."),
        Key::required("attributes", ATTRIBUTES, "The attributes."),
    ],
};

const ATTRIBUTES: Kind = Kind::Map(
    "attribute",
    &Kind::Either(&[Kind::Shorthand("string(1..80) unique"), Kind::Shape(&ATTRIBUTE)]),
);

static ENTITY: Shape = Shape {
    name: "an entity",
    id: "entity",
    doc: "A kind of rows.",
    keys: &[
        Key::optional("description", Kind::Text, "One paragraph."),
        Key::optional("table", Kind::Text, "Name of the table; snake case and plural by default."),
        Key::optional("plural", Kind::Text, "Its plural in words, lower case."),
        Key::optional("base", BASES, "What it gets besides its attributes."),
        Key::optional("mixins", TEXTS, "Mixins whose attributes come first."),
        Key::optional("attributes", ATTRIBUTES, "Its attributes."),
        Key::optional(
            "relationships",
            Kind::Map(
                "relationship",
                &Kind::Either(&[
                    Kind::Shorthand("many_to_one User (inverse=posts)"),
                    Kind::Shape(&RELATIONSHIP),
                ]),
            ),
            "Its relationships.",
        ),
        Key::optional(
            "unique",
            Kind::List(&Kind::Either(&[TEXTS, Kind::Shorthand("author, title")])),
            "Groups of attributes and relationships in which no two rows agree.",
        ),
        Key::optional(
            "indexes",
            Kind::List(&Kind::Either(&[
                TEXTS,
                Kind::Shorthand("status, published_at (where=status == 'published')"),
                Kind::Shape(&INDEX),
            ])),
            "Indexes over several columns, or over some of the rows.",
        ),
        Key::optional(
            "checks",
            Kind::Map(
                "check",
                &Kind::Either(&[Kind::Shorthand("ends_at > starts_at"), Kind::Shape(&CHECK)]),
            ),
            "Conditions that every row fulfils.",
        ),
        Key::optional("soft_delete", Kind::Bool, "DELETE sets `is_active` to false."),
        Key::optional("optimistic_lock", Kind::Bool, "A version, `ETag` and `If-Match`."),
        Key::optional(
            "computed",
            Kind::Map(
                "computed attribute",
                &Kind::Either(&[
                    Kind::Shorthand("sum(item.quantity for item in items)"),
                    Kind::Shape(&COMPUTED),
                ]),
            ),
            "Attributes that are computed whenever a row is read.",
        ),
        Key::optional("views", Kind::Map("view", &Kind::Shape(&VIEW)), "Named projections of it."),
        Key::optional(
            "seeds",
            Kind::List(&Kind::Map("member", &Kind::Any)),
            "Rows that every database starts with.",
        ),
        Key::later("tenant", Kind::Any, "Whose rows a query sees."),
        Key::later("audit", Kind::Any, "Who changed what, when."),
        Key::later("was", Kind::Any, "Its former name."),
    ],
};

/// An attribute in mapping form. The parameters of all types stand here once.
pub(crate) static ATTRIBUTE: Shape = Shape {
    name: "an attribute",
    id: "attribute",
    doc: "An attribute of an entity, a value object or a mixin.",
    keys: &[
        Key::required("type", Kind::Shorthand("string"), "Its type."),
        Key::optional("description", Kind::Text, "One line."),
        Key::optional("example", Kind::Any, "A value for the documents."),
        Key::optional("list", Kind::Bool, "Whether it is a list of that type."),
        Key::optional("nullable", Kind::Bool, "Whether it may be null."),
        Key::optional("default", Kind::Any, "What a new row gets when nothing is said."),
        Key::optional("unique", Kind::Bool, "No two rows have the same value."),
        Key::optional("index", Kind::Bool, "Has an index."),
        Key::optional("immutable", Kind::Bool, "Set on create only."),
        Key::optional("readonly", Kind::Bool, "Set by the server only."),
        Key::optional("writeonly", Kind::Bool, "Never read."),
        Key::optional("primary", Kind::Bool, "Part of the primary key."),
        Key::optional("deprecated", Kind::Bool, "Marked so in the API."),
        Key::optional("min_length", LENGTH, "Least number of characters."),
        Key::optional("max_length", LENGTH, "Greatest number of characters."),
        Key::optional("pattern", Kind::Text, "A regular expression that is found in the text."),
        Key::optional("min", NUMBER, "Smallest value."),
        Key::optional("max", NUMBER, "Largest value."),
        Key::optional("precision", Kind::Int(1, 18), "Digits in all."),
        Key::optional("scale", Kind::Int(0, 18), "Digits behind the point."),
        Key::optional("max_bytes", Kind::Int(1, 16_777_216), "Greatest number of bytes."),
        Key::optional("from", Kind::Text, "The attribute that a slug is made from."),
        Key::optional("readable_by", RULE, "Who may read it; it is left out for others."),
        Key::optional("writable_by", RULE, "Who may write it; others are refused."),
        Key::later("types", Kind::Any, "Media types of a file."),
        Key::later("was", Kind::Any, "Its former name."),
    ],
};

/// A relationship in mapping form.
pub(crate) static RELATIONSHIP: Shape = Shape {
    name: "a relationship",
    id: "relationship",
    doc: "A relationship, on its owning side.",
    keys: &[
        Key::required("type", Kind::Choice("kind of relationship", RELATIONS), "Its kind."),
        Key::required("target", Kind::Text, "The entity at the other end."),
        Key::optional("description", Kind::Text, "One line."),
        Key::optional("nullable", Kind::Bool, "Whether it may be absent."),
        Key::optional("inverse", Kind::Text, "Name of the other end."),
        Key::optional(
            "on_delete",
            Kind::Choice("rule", ON_DELETE),
            "What happens to this row when the related one is deleted.",
        ),
        Key::optional(
            "set",
            Kind::Choice("value", &["current_user"]),
            "`current_user`: the server sets it to the caller on create.",
        ),
        Key::optional("immutable", Kind::Bool, "Set on create only."),
        Key::optional("readonly", Kind::Bool, "Set by the server only."),
        Key::optional("primary", Kind::Bool, "Part of the primary key."),
        Key::optional("through", Kind::Text, "The association entity."),
        Key::optional("near", Kind::Text, "Its relationship to this entity."),
        Key::optional("far", Kind::Text, "Its relationship to the target."),
        Key::later("was", Kind::Any, "Its former name."),
    ],
};

/// The kinds of relationships.
pub(crate) const RELATIONS: &[&str] = &["many_to_one", "one_to_one", "many_to_many"];
/// The rules of foreign keys.
pub(crate) const ON_DELETE: &[&str] = &["cascade", "restrict", "set_null"];

static INDEX: Shape = Shape {
    name: "an index",
    id: "index",
    doc: "An index over several columns, or over some of the rows.",
    keys: &[
        Key::required("members", TEXTS, "Attributes and relationships, in order."),
        Key::optional("unique", Kind::Bool, "Whether no two rows may agree."),
        Key::optional("where", Kind::Shorthand("status == 'open'"), "Only rows that fulfil this."),
    ],
};

static CHECK: Shape = Shape {
    name: "a check",
    id: "check",
    doc: "A condition that every row fulfils.",
    keys: &[
        Key::required("check", Kind::Shorthand("ends_at > starts_at"), "The condition."),
        Key::optional("message", Kind::Text, "What a client is told."),
    ],
};

pub(crate) static COMPUTED: Shape = Shape {
    name: "a computed attribute",
    id: "computed",
    doc: "An attribute that is computed whenever a row is read.",
    keys: &[
        Key::required("value", Kind::Shorthand("len(comments)"), "The expression."),
        Key::optional("description", Kind::Text, "One line."),
    ],
};

static API: Shape = Shape {
    name: "`api`",
    id: "api",
    doc: "What the application offers over HTTP.",
    keys: &[
        Key::optional("prefix", Kind::Text, "Path in front of every resource, `/api/v1`."),
        Key::optional(
            "resources",
            Kind::Map(
                "entity",
                &Kind::Either(&[
                    Kind::False,
                    Kind::List(&Kind::Choice("operation", OPERATIONS)),
                    Kind::Shape(&RESOURCE),
                ]),
            ),
            "How entities are offered; `false` turns one off.",
        ),
        Key::optional("shape", Kind::Shape(&SHAPE), "How the wire looks."),
        Key::optional(
            "endpoints",
            Kind::Map("endpoint", &Kind::Shape(&ENDPOINT)),
            "Routes that start flows.",
        ),
        Key::optional(
            "rate_limits",
            Kind::Either(&[RATE_LIMIT, Kind::Shape(&RATE_LIMITS)]),
            "How often a caller may ask for each operation.",
        ),
    ],
};

static RESOURCE: Shape = Shape {
    name: "a resource",
    id: "resource",
    doc: "How an entity is offered over HTTP.",
    keys: &[
        Key::optional("path", Kind::Text, "Last segment of the path, kebab case and plural."),
        Key::optional(
            "operations",
            Kind::List(&Kind::Choice("operation", OPERATIONS)),
            "The operations; list, get, create, update and delete by default.",
        ),
        Key::optional(
            "access",
            Kind::Either(&[Kind::Shorthand("authenticated"), Kind::Shape(&ACCESS)]),
            "Who may do what.",
        ),
        Key::optional("filter", TEXTS, "What a list can be filtered by."),
        Key::optional("sort", TEXTS, "What a list can be sorted by."),
        Key::optional("search", TEXTS, "The attributes in which `q` is looked for."),
        Key::optional("under", Kind::Text, "The parent's end of a relationship: `Post.comments`."),
        Key::optional("lookup", Kind::Text, "The unique attribute that stands in the path."),
        Key::optional(
            "pagination",
            Kind::Choice("pagination", &["offset", "page", "cursor"]),
            "Kind of pages, `offset` by default.",
        ),
        Key::optional("page_size", Kind::Int(1, 1000), "Rows in a page, 20 by default."),
        Key::optional("max_page_size", Kind::Int(1, 1000), "At the most, 100 by default."),
        Key::optional(
            "view",
            Kind::Either(&[Kind::Shorthand("Summary"), Kind::Shape(&OPERATION_VIEWS)]),
            "The view of its entity that reads show, or one by operation, instead of all that may be read.",
        ),
        Key::optional("shape", Kind::Shape(&RESOURCE_SHAPE), "How the wire looks."),
        Key::optional(
            "rate_limits",
            Kind::Either(&[RATE_LIMIT, Kind::Shape(&RATE_LIMITS)]),
            "How often a caller may ask for each operation.",
        ),
    ],
};

const RULE: Kind = Kind::Shorthand("author == current_user or role(admin)");

static ACCESS: Shape = Shape {
    name: "`access`",
    id: "access",
    doc: "Who may do what. An operation wins over a group, a group over `all`.",
    keys: &[
        Key::optional("all", RULE, "Every operation."),
        Key::optional("read", RULE, "`list` and `get`."),
        Key::optional("write", RULE, "The operations that change something."),
        Key::optional("list", RULE, "`GET` on the collection."),
        Key::optional("get", RULE, "`GET` on a row."),
        Key::optional("create", RULE, "`POST` on the collection."),
        Key::optional("bulk_create", RULE, "`POST` of several rows; as `create` by default."),
        Key::optional("update", RULE, "`PATCH` on a row."),
        Key::optional("replace", RULE, "`PUT` on a row."),
        Key::optional("delete", RULE, "`DELETE` on a row."),
    ],
};

/// How often a caller may ask.
pub(super) const RATE_LIMIT: Kind = Kind::Shorthand("100/minute");

/// How often a caller may ask for each operation.
pub(crate) static RATE_LIMITS: Shape = Shape {
    name: "`rate_limits`",
    id: "rate_limits",
    doc: "How often a caller may ask. An operation wins over a group, a group over `all`.",
    keys: &[
        Key::optional("all", RATE_LIMIT, "Every operation."),
        Key::optional("read", RATE_LIMIT, "`list` and `get`."),
        Key::optional("write", RATE_LIMIT, "The operations that change something."),
        Key::optional("list", RATE_LIMIT, "`GET` on the collection."),
        Key::optional("get", RATE_LIMIT, "`GET` on a row."),
        Key::optional("create", RATE_LIMIT, "`POST` on the collection."),
        Key::optional("bulk_create", RATE_LIMIT, "`POST` of several rows; as `create` by default."),
        Key::optional("update", RATE_LIMIT, "`PATCH` on a row, and transitions."),
        Key::optional("replace", RATE_LIMIT, "`PUT` on a row; as `update` by default."),
        Key::optional("delete", RATE_LIMIT, "`DELETE` on a row."),
    ],
};

const WRITE: Kind = Kind::Choice("write", &["create", "update", "delete"]);

static INVARIANT: Shape = Shape {
    name: "an invariant",
    id: "invariant",
    doc: "What holds for the rows of an entity after writes.",
    keys: &[
        Key::required("check", Kind::Shorthand("total >= shipping_cost"), "The condition."),
        Key::optional(
            "status",
            Kind::Int(100, 599),
            "Status of the answer to a write that breaks it: 400, 409 or 422; 409 by default.",
        ),
        Key::optional("message", Kind::Text, "What a client is told."),
        Key::optional(
            "when",
            Kind::Either(&[WRITE, Kind::List(&WRITE)]),
            "The writes of the row that are looked at; it holds at any time by default.",
        ),
    ],
};

static STATE_MACHINE: Shape = Shape {
    name: "a state machine",
    id: "state_machine",
    doc: "The life cycle of an enum attribute. Nothing but its transitions changes it.",
    keys: &[
        Key::optional("initial", Kind::Text, "The state of a new row; the default by default."),
        Key::required(
            "transitions",
            Kind::Map("transition", &Kind::Shape(&TRANSITION)),
            "The ways from state to state, each with an endpoint.",
        ),
        Key::optional(
            "history",
            Kind::Bool,
            "Whether each change is kept: who made it, when, and from which state to which.",
        ),
    ],
};

static TRANSITION: Shape = Shape {
    name: "a transition",
    id: "transition",
    doc: "A way from one state to another.",
    keys: &[
        Key::required("from", Kind::Either(&[Kind::Text, TEXTS]), "The states it starts from."),
        Key::required("to", Kind::Text, "The state it leads to."),
        Key::optional(
            "guard",
            Kind::Shorthand("len(body) > 0"),
            "What the row fulfils, or the answer is 409.",
        ),
        Key::optional("message", Kind::Text, "What a client is told where the guard refuses."),
        Key::optional("access", RULE, "Who may do it; as `update` by default."),
        Key::optional(
            "set",
            Kind::Map("attribute", &Kind::Any),
            "What else it sets: a literal, null, `now()` or `today()`.",
        ),
        Key::optional(
            "endpoint",
            Kind::Either(&[Kind::False, Kind::Text]),
            "Last segment of its path; its name in kebab case by default.",
        ),
    ],
};

static BEHAVIOR: Shape = Shape {
    name: "`behavior`",
    id: "behavior",
    doc: "What the application does beyond storing rows.",
    keys: &[
        Key::optional(
            "state_machines",
            Kind::Map("attribute", &Kind::Shape(&STATE_MACHINE)),
            "Life cycles: `Post.status` and how it changes.",
        ),
        Key::optional(
            "invariants",
            Kind::Map(
                "entity",
                &Kind::Map(
                    "invariant",
                    &Kind::Either(&[
                        Kind::Shorthand("total >= shipping_cost"),
                        Kind::Shape(&INVARIANT),
                    ]),
                ),
            ),
            "What holds for the rows of an entity after writes.",
        ),
        Key::optional(
            "flows",
            Kind::Map("flow", &Kind::Shape(&FLOW)),
            "Steps over several entities, all or none of which are done.",
        ),
        Key::optional(
            "slots",
            Kind::Map("slot", &Kind::Shape(&SLOT)),
            "Functions that somebody writes, judged by their examples.",
        ),
    ],
};
