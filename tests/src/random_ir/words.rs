//! Names and texts: half of the names are words that some library keeps for itself, and half of the
//! texts mean something to one of the formats that the compiler writes.

use proptest::prelude::*;
use proptest::sample::select;

/// Entities.
pub(super) const ENTITIES: &[&str] = &[
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
    "Router",
    "Factory",
    "Database",
    "Principal",
    "Settings",
    "Mapped",
    "None",
];

/// Accounts.
pub(super) const ACCOUNTS: &[&str] = &["Account", "User", "Member", "Caller"];

/// Association entities.
pub(super) const ASSOCIATIONS: &[&str] = &["Membership", "Link", "Relationship"];

/// Attributes. No name is another one with a suffix that the compiler adds (`_id`, `_min`).
pub(super) const ATTRIBUTES: &[&str] = &[
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
    "cursor",
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
    "text",
    "camelCase",
    "property",
    "hash",
    "filter",
    "row",
    "rows",
    "values",
    "number",
    "factory",
    "caller",
    "headers",
    "parent",
    "version",
    "created_at",
    "updated_at",
    "is_active",
    "settings",
    "enum",
];

/// Attributes of mixins; each mixin has a share of its own.
pub(super) const SHARED: &[[&str; 3]] = &[
    ["remark", "lambda", "model_fields"],
    ["note", "async", "etag"],
    ["rank", "yield", "location"],
];

/// Parts of value objects.
pub(super) const PARTS: &[&str] =
    &["street", "city", "zip", "amount", "currency", "def", "True", "json", "hash", "state", "not"];

/// Attributes that are keys.
pub(super) const KEYS: &[&str] = &["code", "isbn", "id"];

/// Relationships.
pub(super) const RELATIONSHIPS: &[&str] =
    &["owner", "author", "related", "left", "right", "source", "target", "global", "union", "main"];

/// Relationships through an association entity.
pub(super) const LINKS: &[&str] = &["peers", "stages", "objects"];

/// Other ends of relationships.
pub(super) const INVERSES: &[&str] =
    &["children", "entries", "except", "mapper", "model_dump", "super", "print", "commits"];

/// Enums.
pub(super) const ENUMS: &[&str] = &["Color", "Literal", "Enum", "Date", "AnyKind"];

/// Transitions; some of their names mean something else in Python or to repositories.
pub(super) const TRANSITIONS: &[&str] =
    &["publish", "send_back", "lock", "return", "find", "str", "reset"];

/// Values of enums.
pub(super) const MEMBERS: &[&str] = &[
    "red",
    "deep blue",
    "1st",
    "it's",
    "None",
    "none",
    "class",
    "True",
    "\"",
    "\\",
    "%s",
    "{x}",
    ":y",
    "ä",
    "a-b",
    "a b",
    "mro",
    "name",
    "value",
    "_x",
    "-",
    "👍",
    "null",
    "1.5",
];

/// Value objects.
pub(super) const VALUES: &[&str] = &["Address", "Money", "Decimal", "Period"];

/// Mixins.
pub(super) const MIXINS: &[&str] = &["Named", "Noted", "Ranked"];

/// Roles.
pub(super) const ROLES: &[&str] = &["member", "admin", "none", "select", "Class"];

/// Checks; one is called as the compiler would call one of its own.
pub(super) const CHECKS: &[&str] = &["sound", "count_range", "type", "check", "not_too_much"];

/// Tables that an entity asks for, by its position.
pub(super) const TABLES: &[&str] =
    &["select", "user", "order", "group", "primary", "x1", "end", "when", "do"];

/// Plurals that an entity asks for, by its position.
pub(super) const PLURALS: &[&str] =
    &["wild geese", "flock 2", "many", "aliases", "import", "fish", "auth tokens", "rows", "data"];

/// Segments that a resource asks for, by its position.
pub(super) const PATHS: &[&str] = &["me", "a-1", "bulk", "new", "x", "me-2", "docs-2", "v2", "all"];

/// How often a caller may ask.
pub(super) const LIMITS: &[&str] = &["1/second", "100/minute", "5000/hour", "1/day", "unlimited"];

/// Prefixes of the API.
pub(super) const PREFIXES: &[&str] = &["/api/v1", "", "/v2.1/x_y", "/a-b", "/api"];

/// Names of applications.
pub(super) const APPLICATIONS: &[&str] =
    &["sample", "a", "x-1", "my_app2", "import", "none", "tests", "app", "python"];

/// Versions of applications.
pub(super) const VERSIONS: &[&str] =
    &["0.1.0", "1", "1.2", "2.0.0rc1", "10.0.0-beta.2", "3.1.dev4"];

/// Texts of one line that mean something to some format, or in some encoding.
const NASTY: &[&str] = &[
    "\"\"\"",
    "'''",
    "back\\slash",
    "ends in \\",
    "ends in \"",
    "{{ x }} {% raw %} {# y #}",
    "${HOME} $(id) `id` $$",
    "</script> <!-- & &amp;",
    "a 😀 b\u{301} zero\u{200d}width so\u{ad}ft \u{200b}",
    "'; DROP TABLE x; --",
    "%s %(x)s %% #",
    "a :bind ::cast \\:",
    "- # ? * & ! | > @",
    "null",
    "| pipe | [link](x) *bold*",
    "   spaces   ",
    "no-break\u{a0}space",
];

/// Lines that end otherwise than lines do.
const LINES: &[&str] = &["two\nlines", "\n\nfar\n\n", "tab\there", "u\u{2028}v\u{2029}w"];

/// Text of one line, without control characters.
pub(super) fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ -~]{1,40}".prop_map(|text| format!("x{text}")),
        select(NASTY).prop_map(str::to_owned),
    ]
}

/// Any text.
pub(super) fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ -~]{0,40}",
        "[a-z ,.]{60,300}",
        select(NASTY).prop_map(str::to_owned),
        select(LINES).prop_map(str::to_owned),
    ]
}

/// Short texts for literals, between these lengths in characters.
pub(super) fn short_texts(min: u32, max: u32) -> Vec<String> {
    let fits = |text: &&&str| {
        let length = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
        (min..=max).contains(&length) && (min == 0 || !text.trim().is_empty())
    };
    let plain = "x".repeat(min.max(1) as usize);
    let nasty = NASTY.iter().filter(fits).map(|text| (*text).to_owned());
    std::iter::once(plain).chain(nasty).collect()
}
