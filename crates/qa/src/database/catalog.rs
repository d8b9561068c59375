//! What a database holds, in one form for both databases.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::Database;
use super::expression::{Node, canonical, parse};
use super::token::{Token, joined, list, tokens};

/// What a database holds.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Catalog {
    /// Tables by their names, without that of Alembic.
    pub(crate) tables: BTreeMap<String, Table>,
    /// All else, each with its kind: views, sequences of nobody, types, functions, triggers.
    pub(crate) others: Vec<(String, String)>,
}

/// A table.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Table {
    pub(crate) columns: Vec<Column>,
    pub(crate) primary_key: Option<Key>,
    pub(crate) uniques: Vec<Key>,
    pub(crate) foreign_keys: Vec<ForeignKey>,
    pub(crate) checks: Vec<Check>,
    pub(crate) indexes: Vec<Index>,
    /// Constraints of other kinds, as they are written.
    pub(crate) others: Vec<String>,
}

/// A column.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Column {
    pub(crate) name: String,
    /// As the database names it.
    pub(crate) ty: String,
    pub(crate) nullable: bool,
    /// In the form of [`canonical`].
    pub(crate) default: Option<String>,
    /// Whether it counts up by itself.
    pub(crate) counts: bool,
    /// What else is said about it: a collation, or that it is generated.
    pub(crate) more: String,
}

/// A primary key or a unique constraint.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Key {
    pub(crate) name: String,
    pub(crate) columns: Vec<String>,
    /// What else is said about it.
    pub(crate) more: String,
}

/// A foreign key.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct ForeignKey {
    pub(crate) name: String,
    pub(crate) columns: Vec<String>,
    pub(crate) target: String,
    /// Empty where the target's primary key is meant.
    pub(crate) target_columns: Vec<String>,
    pub(crate) on_delete: String,
    /// What else is said about it: `ON UPDATE CASCADE`, `DEFERRABLE`.
    pub(crate) more: String,
}

/// A check.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Check {
    pub(crate) name: String,
    /// In the form of [`canonical`].
    pub(crate) condition: String,
    /// As it is written.
    pub(crate) text: String,
    /// What else is said about it.
    pub(crate) more: String,
}

/// An index.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Index {
    pub(crate) name: String,
    pub(crate) unique: bool,
    /// Columns, or what else it sorts by: `name DESC`, `lower(name)`.
    pub(crate) columns: Vec<String>,
    /// Of a partial one, in the form of [`canonical`].
    pub(crate) condition: Option<String>,
    /// The same as it is written.
    pub(crate) condition_text: Option<String>,
    /// What else is said about it: `USING hash`, `INCLUDE (a)`.
    pub(crate) more: String,
}

/// What the script tells.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct RawCatalog {
    tables: Vec<RawTable>,
    others: Vec<RawOther>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct RawTable {
    name: String,
    sql: Option<String>,
    columns: Vec<RawColumn>,
    constraints: Vec<RawConstraint>,
    indexes: Vec<RawIndex>,
    indexes_sql: Vec<String>,
}

#[derive(Debug, Clone, Default, Deserialize)]
struct RawOther {
    kind: String,
    name: String,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct RawColumn {
    name: String,
    r#type: String,
    nullable: bool,
    default: Option<String>,
    identity: bool,
    generated: bool,
    collation: Option<String>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct RawConstraint {
    name: String,
    kind: String,
    columns: Option<Vec<String>>,
    target: Option<String>,
    target_columns: Option<Vec<String>>,
    on_delete: String,
    on_update: String,
    deferrable: bool,
    validated: bool,
    text: String,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct RawIndex {
    valid: bool,
    text: String,
}

/// The table in which Alembic keeps the revision.
const ALEMBIC: &str = "alembic_version";

impl Catalog {
    /// What the script told.
    pub(crate) fn of(database: Database, raw: RawCatalog) -> Self {
        let tables = raw.tables.into_iter().filter(|table| table.name != ALEMBIC);
        let others = raw.others.into_iter().map(|other| (other.kind, other.name));
        Self {
            tables: tables.map(|raw| (raw.name.clone(), table(database, raw))).collect(),
            others: others.collect(),
        }
    }
}

fn table(database: Database, raw: RawTable) -> Table {
    let mut table = Table::default();
    for column in raw.columns {
        table.columns.push(of_column(database, column));
    }
    match database {
        Database::Sqlite => {
            super::sqlite::constraints(raw.sql.as_deref().unwrap_or_default(), &mut table);
            table.indexes = raw.indexes_sql.iter().map(|sql| index(sql)).collect();
        }
        Database::Postgresql => {
            for constraint in raw.constraints {
                of_constraint(constraint, &mut table);
            }
            for one in raw.indexes {
                let mut index = index(&one.text);
                if !one.valid {
                    say(&mut index.more, "INVALID");
                }
                table.indexes.push(index);
            }
        }
    }
    table
}

/// Adds to what else is said.
pub(super) fn say(more: &mut String, text: &str) {
    if !more.is_empty() && !text.is_empty() {
        more.push(' ');
    }
    more.push_str(text);
}

fn of_column(database: Database, raw: RawColumn) -> Column {
    let default = raw.default.as_deref().filter(|_| !raw.generated);
    let default = default.map(|sql| default_form(database, &raw.r#type, sql));
    let sequence = default.as_deref().is_some_and(|sql| sql.starts_with("nextval("));
    let mut more = String::new();
    if raw.generated {
        let sql = raw.default.as_deref().unwrap_or("…");
        say(&mut more, &format!("GENERATED ALWAYS AS ({sql})"));
    }
    if let Some(collation) = raw.collation {
        say(&mut more, &format!("COLLATE {collation}"));
    }
    Column {
        name: raw.name,
        ty: raw.r#type,
        nullable: raw.nullable,
        default: default.filter(|_| !sequence),
        counts: raw.identity || sequence,
        more,
    }
}

/// Types of SQLite's columns that make a number of a text.
const NUMERIC: &[&str] = &["INTEGER", "BIGINT", "DOUBLE", "FLOAT", "NUMERIC", "BOOLEAN"];

/// The one form of a default. The same default has the same form whatever is written: `'1'` and `1`
/// for a number, `1` and `true` for a boolean on SQLite, JSON with any white space.
pub(super) fn default_form(database: Database, ty: &str, sql: &str) -> String {
    let Some(node) = parse(sql) else { return canonical(sql) };
    let sqlite = database == Database::Sqlite;
    match node {
        Node::Text(text) if ty.eq_ignore_ascii_case("json") || ty == "jsonb" => json(&text),
        Node::Text(text) if sqlite && NUMERIC.contains(&ty) => {
            let number = super::expression::number(&text);
            boolean(ty, number.map_or(Node::Text(text), Node::Number)).to_string()
        }
        Node::Number(_) if sqlite => boolean(ty, node).to_string(),
        Node::Call(name, parts) if name == "now" && parts.is_empty() => {
            Node::Word("CURRENT_TIMESTAMP".to_owned()).to_string()
        }
        node => node.to_string(),
    }
}

fn boolean(ty: &str, node: Node) -> Node {
    match &node {
        Node::Number(text) if ty == "BOOLEAN" && text == "1" => Node::Word("TRUE".to_owned()),
        Node::Number(text) if ty == "BOOLEAN" && text == "0" => Node::Word("FALSE".to_owned()),
        _ => node,
    }
}

/// A text of JSON, with its keys in order; any other text as it is.
pub(super) fn json(text: &str) -> String {
    let text = match serde_json::from_str::<serde_json::Value>(text) {
        Ok(mut value) => {
            value.sort_all_objects();
            value.to_string()
        }
        Err(_) => text.to_owned(),
    };
    Node::Text(text).to_string()
}

fn of_constraint(raw: RawConstraint, table: &mut Table) {
    let columns = raw.columns.unwrap_or_default();
    let mut more = String::new();
    if raw.deferrable {
        say(&mut more, "DEFERRABLE");
    }
    if !raw.validated {
        say(&mut more, "NOT VALID");
    }
    match raw.kind.as_str() {
        "p" | "u" => {
            for word in ["NULLS NOT DISTINCT", "INCLUDE"] {
                if raw.text.contains(word) {
                    say(&mut more, word);
                }
            }
            let key = Key { name: raw.name, columns, more };
            if raw.kind == "p" { table.primary_key = Some(key) } else { table.uniques.push(key) }
        }
        "f" => {
            if raw.on_update != "a" {
                say(&mut more, &format!("ON UPDATE {}", action(&raw.on_update)));
            }
            table.foreign_keys.push(ForeignKey {
                name: raw.name,
                columns,
                target: raw.target.unwrap_or_default(),
                target_columns: raw.target_columns.unwrap_or_default(),
                on_delete: action(&raw.on_delete).to_owned(),
                more,
            });
        }
        "c" => {
            let text = raw.text.strip_suffix(" NOT VALID").unwrap_or(&raw.text);
            let text = text.strip_suffix(" NO INHERIT").unwrap_or(text);
            let inside = text.strip_prefix("CHECK (").and_then(|text| text.strip_suffix(')'));
            let text = inside.unwrap_or(text);
            table.checks.push(check(raw.name, text, more));
        }
        _ => table.others.push(format!("{} {}", raw.name, raw.text)),
    }
}

/// A check with the text of its condition, with brackets around it or without.
pub(super) fn check(name: String, text: &str, more: String) -> Check {
    Check { name, condition: canonical(text), text: text.to_owned(), more }
}

/// What an action is called, by the letter under which PostgreSQL keeps it.
fn action(letter: &str) -> &'static str {
    match letter {
        "c" => "CASCADE",
        "r" => "RESTRICT",
        "n" => "SET NULL",
        "d" => "SET DEFAULT",
        _ => "NO ACTION",
    }
}

/// An index, by the statement that makes it.
fn index(sql: &str) -> Index {
    let all = tokens(sql);
    let mut rest = all.as_slice();
    let mut index = Index::default();
    while let Some((token, after)) = rest.split_first() {
        rest = after;
        if token.is("UNIQUE") {
            index.unique = true;
        } else if token.is("ON") {
            break;
        } else if let Some(name) = token.name() {
            name.clone_into(&mut index.name);
        }
    }
    // The table's name, with that of a schema before it.
    rest = rest.split_first().map_or(rest, |(_, after)| after);
    while let [Token::Sign("."), _, after @ ..] = rest {
        rest = after;
    }
    if let [using, method, after @ ..] = rest
        && using.is("USING")
    {
        rest = after;
        if !method.is("btree") {
            say(&mut index.more, &format!("USING {method}"));
        }
    }
    let (items, length) = list(rest);
    index.columns = items.into_iter().map(item).collect();
    rest = &rest[length.min(rest.len())..];
    let end = rest.iter().position(|token| token.is("WHERE")).unwrap_or(rest.len());
    say(&mut index.more, &joined(&rest[..end]));
    if let Some(condition) = rest.get(end + 1..) {
        // The text itself, not the tokens: texts keep their quotes.
        let text = joined_sql(condition);
        index.condition = Some(canonical(&text));
        index.condition_text = Some(text);
    }
    index
}

/// Tokens as SQL that reads back as the same tokens.
pub(super) fn joined_sql(tokens: &[Token]) -> String {
    let text = |token: &Token| match token {
        Token::Name(name) => format!("\"{}\"", name.replace('"', "\"\"")),
        other => other.to_string(),
    };
    let all: Vec<String> = tokens.iter().map(text).collect();
    all.join(" ").replace(" :: ", "::").replace("( ", "(").replace(" )", ")").replace(" ,", ",")
}

/// What an index sorts by: a column by its name.
fn item(tokens: &[Token]) -> String {
    match tokens {
        [one] => one.name().map_or_else(|| one.to_string(), str::to_owned),
        several => joined(several),
    }
}

#[cfg(test)]
mod tests {
    use super::{Database, default_form, index};

    #[test]
    fn indexes_are_read_from_their_statements() {
        let one = index("CREATE INDEX ix_a ON t (a, \"Order\") WHERE active AND c <> 'x (y'");
        assert_eq!((one.name.as_str(), one.unique, one.more.as_str()), ("ix_a", false, ""));
        assert_eq!(one.columns, ["a", "Order"]);
        let other = index(
            "CREATE UNIQUE INDEX ix_a ON public.t USING btree (a, b DESC) INCLUDE (c) NULLS NOT \
             DISTINCT WHERE (active AND ((c)::text <> 'x (y'::text))",
        );
        assert!(other.unique);
        assert_eq!(other.columns, ["a", "b DESC"]);
        assert_eq!(other.more, "INCLUDE(c) NULLS NOT DISTINCT");
        assert_eq!(one.condition, other.condition);
        let hash = index("CREATE INDEX i ON public.\"T\" USING gin (lower(a))");
        assert_eq!((hash.more.as_str(), hash.columns), ("USING gin", vec!["lower(a)".to_owned()]));
        for text in ["", "CREATE", "ON", "CREATE INDEX i ON t", "ON t USING", "WHERE"] {
            let _ = index(text);
        }
    }

    #[test]
    fn defaults_have_one_form() {
        let (sqlite, postgresql) = (Database::Sqlite, Database::Postgresql);
        for (ty, left, other, right) in [
            ("VARCHAR(9)", "'draft'", "character varying(9)", "'draft'::character varying"),
            ("BOOLEAN", "1", "boolean", "true"),
            ("BOOLEAN", "'0'", "boolean", "false"),
            ("INTEGER", "-5", "integer", "'-5'::integer"),
            ("INTEGER", "'7'", "integer", "7"),
            ("DOUBLE", "0.50", "double precision", "'0.5'::double precision"),
            ("DATETIME", "CURRENT_TIMESTAMP", "timestamp with time zone", "now()"),
            ("DATE", "CURRENT_DATE", "date", "CURRENT_DATE"),
            ("JSON", "'{\"b\": 1, \"a\": []}'", "jsonb", "'{\"a\": [], \"b\": 1}'::jsonb"),
            ("TEXT", "'it''s'", "text", "'it''s'::text"),
        ] {
            let left_form = default_form(sqlite, ty, left);
            assert_eq!(left_form, default_form(postgresql, other, right), "{left}");
        }
        for (ty, one, other) in [
            ("DATETIME", "'now()'", "CURRENT_TIMESTAMP"),
            ("VARCHAR(5)", "'1'", "1"),
            ("VARCHAR(5)", "'a'", "'A'"),
            ("BOOLEAN", "1", "0"),
            ("JSON", "'[]'", "'{}'"),
            ("INTEGER", "1", "10"),
        ] {
            let left_form = default_form(sqlite, ty, one);
            assert_ne!(left_form, default_form(sqlite, ty, other), "{one}");
        }
    }
}
