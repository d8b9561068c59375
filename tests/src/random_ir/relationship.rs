//! Relationships between entities.

use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};
use serde_json::{Map, Value, json};

use super::words;

/// A relationship, as choices.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "independent choices")]
pub(super) struct RelationshipChoice {
    name: &'static str,
    kind: &'static str,
    target: Index,
    nullable: bool,
    inverse: Option<Inverse>,
    on_delete: Option<&'static str>,
    immutable: bool,
    readonly: bool,
    /// Set by the server, where it leads to the account.
    caller: bool,
    /// With a description it is written as a mapping.
    description: Option<String>,
}

/// How the other end is named.
#[derive(Debug, Clone, Copy)]
pub(super) enum Inverse {
    /// After the relationship and its entity.
    Usual,
    /// By a word of the list.
    Listed(Index),
}

/// A relationship, decided.
#[derive(Debug, Clone)]
pub(super) struct Relationship {
    pub(super) name: &'static str,
    pub(super) target: usize,
    pub(super) many: bool,
    pub(super) nullable: bool,
    pub(super) caller: bool,
    pub(super) inverse: Option<String>,
    pub(super) declared: Value,
}

/// What decides about the relationships of an entity.
pub(super) struct Surroundings<'a> {
    /// Its position.
    pub(super) own: usize,
    /// Names of all entities.
    pub(super) names: &'a [&'static str],
    /// By entity: how many columns its key has.
    pub(super) parts: &'a [usize],
    /// The account.
    pub(super) account: Option<usize>,
    /// Whether no rows are created by clients: then rows may need each other.
    pub(super) frozen: bool,
    /// Names of other ends, by target.
    pub(super) taken: &'a mut Vec<(usize, String)>,
}

/// Relationships, up to four.
pub(super) fn relationships() -> impl Strategy<Value = Vec<RelationshipChoice>> {
    subsequence(words::RELATIONSHIPS, 0..4)
        .prop_flat_map(|names| names.into_iter().map(relationship).collect::<Vec<_>>())
}

fn relationship(name: &'static str) -> impl Strategy<Value = RelationshipChoice> {
    let kind = select(&["many_to_one", "many_to_one", "one_to_one", "many_to_many"][..]);
    let rule = option::weighted(0.6, select(&["cascade", "restrict", "set_null"][..]));
    let flags = (prop::bool::weighted(0.3), prop::bool::weighted(0.2), any::<bool>());
    let inverse = prop_oneof![Just(Inverse::Usual), any::<Index>().prop_map(Inverse::Listed)];
    let inverse = option::of(inverse);
    let description = option::weighted(0.2, words::text());
    (kind, any::<Index>(), any::<bool>(), inverse, rule, flags, description).prop_map(
        move |(
            kind,
            target,
            nullable,
            inverse,
            on_delete,
            (immutable, readonly, caller),
            description,
        )| {
            RelationshipChoice {
                name,
                kind,
                target,
                nullable,
                inverse,
                on_delete,
                immutable,
                readonly,
                caller,
                description,
            }
        },
    )
}

impl Surroundings<'_> {
    /// A free name for the other end, which is taken by that.
    pub(super) fn inverse(&mut self, choice: Inverse, relationship: &str, target: usize) -> String {
        let usual = format!("{}_{relationship}", self.names[self.own].to_ascii_lowercase());
        let wanted = match choice {
            Inverse::Usual => usual.clone(),
            Inverse::Listed(index) => {
                words::INVERSES[index.index(words::INVERSES.len())].to_owned()
            }
        };
        let free = !self.taken.contains(&(target, wanted.clone()));
        let name = if free { wanted } else { usual };
        self.taken.push((target, name.clone()));
        name
    }
}

impl RelationshipChoice {
    /// The relationship that this becomes.
    pub(super) fn decide(&self, around: &mut Surroundings<'_>) -> Relationship {
        let target = self.target.index(around.parts.len());
        let single = around.parts[around.own] == 1 && around.parts[target] == 1;
        let many = self.kind == "many_to_many" && single;
        let kind = if self.kind == "many_to_many" && !many { "many_to_one" } else { self.kind };
        // A required reference to a later row, or to one of its own kind, can close a circle that no row gets into.
        let circle = target >= around.own && !around.frozen;
        let caller = self.caller && !many && around.account == Some(target);
        let readonly = self.readonly && !caller;
        // The command of the project makes accounts wherever clients make no rows.
        let made = !around.frozen || around.account == Some(around.own);
        let needed = readonly && made;
        let nullable = !many && (self.nullable || circle || needed);
        let inverse = self.inverse.map(|choice| around.inverse(choice, self.name, target));
        let mut options: Vec<(&str, Value)> = Vec::new();
        options.extend(inverse.iter().map(|name| ("inverse", json!(name))));
        let rule = self.on_delete.filter(|rule| !many && (nullable || *rule != "set_null"));
        options.extend(rule.map(|rule| ("on_delete", json!(rule))));
        options.extend(caller.then_some(("set", json!("current_user"))));
        options.extend((self.immutable && !many).then_some(("immutable", json!(true))));
        options.extend(readonly.then_some(("readonly", json!(true))));
        Relationship {
            name: self.name,
            target,
            many,
            nullable,
            caller,
            inverse,
            declared: declared(
                kind,
                around.names[target],
                nullable,
                &options,
                self.description.as_deref(),
            ),
        }
    }
}

/// A relationship in short form, or with a description in the long one.
pub(super) fn declared(
    kind: &str,
    target: &str,
    nullable: bool,
    options: &[(&str, Value)],
    description: Option<&str>,
) -> Value {
    if let Some(description) = description {
        let mut map = Map::new();
        map.insert("type".to_owned(), json!(kind));
        map.insert("target".to_owned(), json!(target));
        map.insert("description".to_owned(), json!(description));
        map.extend(nullable.then(|| ("nullable".to_owned(), json!(true))));
        map.extend(options.iter().map(|(key, value)| ((*key).to_owned(), value.clone())));
        return Value::Object(map);
    }
    let option = |(key, value): &(&str, Value)| match value.as_str() {
        Some(value) => format!("{key}={value}"),
        None => (*key).to_owned(),
    };
    let options: Vec<String> = options.iter().map(option).collect();
    let mark = if nullable { "?" } else { "" };
    let list =
        if options.is_empty() { String::new() } else { format!(" ({})", options.join(", ")) };
    json!(format!("{kind} {target}{mark}{list}"))
}
