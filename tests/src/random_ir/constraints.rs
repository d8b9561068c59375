//! Unique groups, indexes and checks of an entity.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, subsequence};
use serde_json::{Map, Value, json};

use super::attribute::Attribute;
use super::condition::{ConditionChoice, KEYWORDS, Reader, conditions};
use super::entity::Entity;
use super::relationship::Relationship;
use super::words;

/// The constraints of an entity, as choices.
#[derive(Debug, Clone)]
pub(super) struct ConstraintChoices {
    unique: Vec<(Vec<Index>, bool)>,
    indexes: Vec<IndexChoice>,
    /// Name, condition, message, and as what it is declared.
    checks: Vec<(&'static str, ConditionChoice, Option<String>, RuleChoice)>,
}

/// What a condition on every row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum RuleChoice {
    Check,
    Invariant,
    /// An invariant that is looked at after these writes.
    After(&'static [&'static str]),
}

/// The writes that invariants look at.
const WRITES: [&[&str]; 3] = [&["create"], &["update"], &["create", "update"]];

/// What is said of a row that another refers to.
#[derive(Debug, Clone)]
pub(super) struct RelatedChoice {
    relationship: Index,
    condition: ConditionChoice,
    writes: &'static [&'static str],
    status: Option<u16>,
}

/// An invariant about a related row.
pub(super) fn related() -> impl Strategy<Value = RelatedChoice> {
    let status = option::of(prop::sample::select(vec![400_u16, 409, 422]));
    let writes = prop::sample::select(WRITES.to_vec());
    (any::<Index>(), conditions(), writes, status).prop_map(
        |(relationship, condition, writes, status)| RelatedChoice {
            relationship,
            condition,
            writes,
            status,
        },
    )
}

impl RelatedChoice {
    /// The invariant, if the entity refers to a row of which something can be said.
    pub(super) fn declared(&self, entity: &Entity, all: &[Entity]) -> Option<Value> {
        let to_one: Vec<&Relationship> = (entity.relationships.iter())
            .filter(|found| !found.many && !KEYWORDS.contains(&found.name))
            .collect();
        let found = to_one.get(self.relationship.index(to_one.len().max(1)))?;
        let attributes = &all[found.target].attributes;
        let mut used = Vec::new();
        let condition = self.condition.clone().owned();
        let text = condition.write(attributes, Reader::Check, &mut used)?;
        let path = format!("self.{}.", found.name);
        let text = tested(&text, &used, attributes).replace("self.", &path);
        let guard =
            if found.nullable { format!("self.{} is None or ", found.name) } else { String::new() };
        let mut declared = json!({"when": self.writes, "check": format!("{guard}({text})")});
        if let Some(status) = self.status {
            declared["status"] = json!(status);
        }
        Some(declared)
    }
}

#[derive(Debug, Clone)]
struct IndexChoice {
    members: Vec<Index>,
    unique: bool,
    condition: Option<ConditionChoice>,
    short: bool,
}

/// A few of each.
pub(super) fn constraints() -> impl Strategy<Value = ConstraintChoices> {
    let group = || vec(any::<Index>(), 1..4);
    let index = (group(), any::<bool>(), option::of(conditions()), any::<bool>()).prop_map(
        |(members, unique, condition, short)| IndexChoice { members, unique, condition, short },
    );
    let checks = subsequence(words::CHECKS, 0..3).prop_flat_map(|names| {
        let one = |name| {
            let rule = prop_oneof![
                3 => Just(RuleChoice::Check),
                2 => Just(RuleChoice::Invariant),
                1 => prop::sample::select(WRITES.to_vec()).prop_map(RuleChoice::After),
            ];
            (conditions(), option::of(words::text()), rule)
                .prop_map(move |(condition, message, rule)| (name, condition, message, rule))
        };
        names.into_iter().map(one).collect::<Vec<_>>()
    });
    (vec((group(), any::<bool>()), 0..2), vec(index, 0..3), checks)
        .prop_map(|(unique, indexes, checks)| ConstraintChoices { unique, indexes, checks })
}

impl ConstraintChoices {
    /// Adds what can be said about these members to an entity.
    pub(super) fn declare(
        &self,
        attributes: &[Attribute],
        base: &[Attribute],
        relationships: &[Relationship],
        entity: &mut Map<String, Value>,
    ) -> Map<String, Value> {
        let columns =
            attributes.iter().chain(base).filter(|found| found.ty.can.index && !found.list);
        let references = relationships.iter().filter(|found| !found.many);
        let all: Vec<&'static str> =
            columns.map(|found| found.name).chain(references.map(|found| found.name)).collect();
        // A group of which there are few values has few rows, and tests make several. Rows that one
        // statement changes get one `updated_at`, and new rows one `version`.
        let rows = [attributes, base].concat();
        let narrow: Vec<&str> = rows
            .iter()
            .filter(|found| {
                let wide = found.ty.is_wide() || found.nullable;
                let alike = ["updated_at", "version"].contains(&found.name);
                alike || (found.name != "id" && !wide)
            })
            .map(|found| found.name)
            .collect();
        let differ = |members: &[&str]| members.iter().any(|member| !narrow.contains(member));
        let unique: Vec<Value> = self
            .unique
            .iter()
            .filter_map(|(members, short)| {
                let members = group(members, &all).filter(|members| differ(members))?;
                Some(if *short { json!(members.join(", ")) } else { json!(members) })
            })
            .collect();
        let indexes: Vec<Value> =
            self.indexes.iter().filter_map(|index| index.declared(&all, &rows, &differ)).collect();
        // A check on what no two rows share would leave room for few rows, and one on what only the
        // server sets would be decided by its default.
        let mut used: Vec<&'static str> = (unique.iter().chain(&indexes))
            .flat_map(|group| all.iter().filter(move |name| group.to_string().contains(*name)))
            .copied()
            .chain(
                attributes
                    .iter()
                    .filter(|found| found.unique || found.readonly)
                    .map(|found| found.name),
            )
            .collect();
        let (checks, invariants) = self.rules(attributes, &mut used);
        if !unique.is_empty() {
            entity.insert("unique".to_owned(), json!(unique));
        }
        if !indexes.is_empty() {
            entity.insert("indexes".to_owned(), json!(indexes));
        }
        if !checks.is_empty() {
            entity.insert("checks".to_owned(), Value::Object(checks));
        }
        invariants
    }

    /// The checks and the invariants. What they ask of is added to `used`.
    fn rules(
        &self,
        attributes: &[Attribute],
        used: &mut Vec<&'static str>,
    ) -> (Map<String, Value>, Map<String, Value>) {
        let (mut checks, mut invariants) = (Map::new(), Map::new());
        for (name, condition, message, rule) in &self.checks {
            let invariant = *rule != RuleChoice::Check;
            let known = used.len();
            let Some(mut text) = condition.write(attributes, Reader::Check, used) else {
                continue;
            };
            if invariant {
                text = tested(&text, &used[known..], attributes);
            }
            let mut declared = match message {
                Some(message) => json!({"check": text, "message": message}),
                None => json!(text),
            };
            if let RuleChoice::After(writes) = rule {
                declared = json!({"check": text, "message": message, "when": writes});
            }
            let all = if invariant { &mut invariants } else { &mut checks };
            all.insert((*name).to_owned(), declared);
        }
        (checks, invariants)
    }
}

/// The condition for rows that have all of which it speaks.
pub(super) fn tested(condition: &str, named: &[&str], attributes: &[Attribute]) -> String {
    // Of what is asked whether it is there, there is no need to ask before.
    let asked = |name: &str| {
        let before = |text: &str| text.ends_with(|c: char| c.is_alphanumeric() || c == '_');
        let test = format!("{name} is ");
        condition.match_indices(&test).any(|(at, _)| !before(&condition[..at]))
    };
    let nullable = attributes.iter().filter(|it| it.nullable && named.contains(&it.name));
    let nullable = nullable.filter(|it| !asked(it.name));
    let tests: Vec<String> = nullable.map(|it| format!("self.{} is None or ", it.name)).collect();
    let tests = tests.concat();
    format!("{tests}({condition})")
}

impl IndexChoice {
    fn declared(
        &self,
        all: &[&str],
        attributes: &[Attribute],
        differ: &dyn Fn(&[&str]) -> bool,
    ) -> Option<Value> {
        let members = group(&self.members, all)?;
        let unique = self.unique && differ(&members);
        let condition = self
            .condition
            .as_ref()
            .and_then(|found| found.write(attributes, Reader::Index, &mut Vec::new()));
        if self.short {
            let unique = unique.then(|| "unique".to_owned());
            let condition = condition.map(|condition| format!("where={condition}"));
            let options: Vec<String> = unique.into_iter().chain(condition).collect();
            let list = if options.is_empty() {
                String::new()
            } else {
                format!(" ({})", options.join(", "))
            };
            return Some(json!(format!("{}{list}", members.join(", "))));
        }
        let mut map = Map::new();
        map.insert("members".to_owned(), json!(members));
        map.extend(unique.then(|| ("unique".to_owned(), json!(true))));
        map.extend(condition.map(|condition| ("where".to_owned(), json!(condition))));
        Some(Value::Object(map))
    }
}

/// Different names among all; none if there are none.
fn group<'a>(members: &[Index], all: &[&'a str]) -> Option<Vec<&'a str>> {
    let mut found: Vec<&str> = Vec::new();
    for index in members.iter().filter(|_| !all.is_empty()) {
        let name = all[index.index(all.len())];
        if !found.contains(&name) {
            found.push(name);
        }
    }
    (!found.is_empty()).then_some(found)
}
