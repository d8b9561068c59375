//! Enums, value objects and mixins.

use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, subsequence};
use serde_json::{Map, Value, json};

use super::attribute::{Attribute, AttributeChoice, Place, attributes, decide};
use super::types::{self, Scope};
use super::words;

/// An enum, as choices.
#[derive(Debug, Clone)]
pub(super) struct EnumChoice {
    name: &'static str,
    members: Vec<&'static str>,
    /// With descriptions of the members, the values are a mapping.
    described: Option<String>,
    description: Option<String>,
}

/// A value object or a mixin, as choices.
#[derive(Debug, Clone)]
pub(super) struct GroupChoice {
    name: &'static str,
    description: Option<String>,
    attributes: Vec<AttributeChoice>,
}

/// A mixin, decided.
#[derive(Debug, Clone)]
pub(super) struct Mixin {
    pub(super) name: &'static str,
    pub(super) attributes: Vec<Attribute>,
}

/// Enums.
pub(super) fn enums() -> impl Strategy<Value = Vec<EnumChoice>> {
    subsequence(words::ENUMS, 0..3).prop_flat_map(|names| {
        let one = |name| {
            let members = subsequence(words::MEMBERS, 1..6);
            let texts = (option::of(words::text()), option::of(words::text()));
            (members, texts).prop_map(move |(members, (described, description))| EnumChoice {
                name,
                members,
                described,
                description,
            })
        };
        names.into_iter().map(one).collect::<Vec<_>>()
    })
}

/// Value objects.
pub(super) fn objects() -> impl Strategy<Value = Vec<GroupChoice>> {
    groups(words::VALUES, parts)
}

/// Mixins.
pub(super) fn mixins() -> impl Strategy<Value = Vec<GroupChoice>> {
    groups(words::MIXINS, shared)
}

fn parts(_: &str) -> BoxedStrategy<Vec<AttributeChoice>> {
    attributes(words::PARTS, 1..5, || types::embedded_types().boxed()).boxed()
}

fn shared(name: &str) -> BoxedStrategy<Vec<AttributeChoice>> {
    let index = words::MIXINS.iter().position(|other| *other == name).unwrap_or(0);
    attributes(&words::SHARED[index], 1..4, || types::types().boxed()).boxed()
}

fn groups(
    names: &'static [&'static str],
    attributes: fn(&str) -> BoxedStrategy<Vec<AttributeChoice>>,
) -> impl Strategy<Value = Vec<GroupChoice>> {
    subsequence(names, 0..3).prop_flat_map(move |names| {
        let one = |name: &'static str| {
            (option::of(words::text()), attributes(name)).prop_map(
                move |(description, attributes)| GroupChoice { name, description, attributes },
            )
        };
        names.into_iter().map(one).collect::<Vec<_>>()
    })
}

impl EnumChoice {
    /// Its name and values.
    pub(super) fn known(&self) -> (&'static str, Vec<&'static str>) {
        (self.name, self.members.clone())
    }

    fn declared(&self) -> Value {
        let values = match &self.described {
            None => json!(self.members),
            Some(text) => {
                self.members.iter().map(|member| ((*member).to_owned(), json!(text))).collect()
            }
        };
        // A mapping with a key `values` would be read as the long form.
        match &self.description {
            Some(description) => json!({"description": description, "values": values}),
            None => values,
        }
    }
}

/// The section of enums.
pub(super) fn declared_enums(choices: &[EnumChoice]) -> Value {
    choices.iter().map(|choice| (choice.name.to_owned(), choice.declared())).collect()
}

/// The names of value objects.
pub(super) fn names(choices: &[GroupChoice]) -> Vec<&'static str> {
    choices.iter().map(|choice| choice.name).collect()
}

/// Decides groups: the section, and the mixins that it holds.
pub(super) fn declared(
    choices: &[GroupChoice],
    scope: &Scope,
    place: Place,
) -> (Value, Vec<Mixin>) {
    let mut section = Map::new();
    let mut mixins = Vec::new();
    for choice in choices {
        let attributes = decide(&choice.attributes, scope, place);
        let mut group = Map::new();
        if let Some(description) = &choice.description {
            group.insert("description".to_owned(), json!(description));
        }
        group.insert("attributes".to_owned(), map(&attributes));
        section.insert(choice.name.to_owned(), Value::Object(group));
        mixins.push(Mixin { name: choice.name, attributes });
    }
    (Value::Object(section), mixins)
}

/// Attributes by name.
pub(super) fn map(attributes: &[Attribute]) -> Value {
    let entries = attributes.iter().map(|found| (found.name.to_owned(), found.declared.clone()));
    entries.collect()
}

/// Some of these mixins.
pub(super) fn chosen<'a>(mixins: &'a [Mixin], chosen: &[Index]) -> Vec<&'a Mixin> {
    let mut found: Vec<&Mixin> = Vec::new();
    for index in chosen.iter().filter(|_| !mixins.is_empty()) {
        let mixin = &mixins[index.index(mixins.len())];
        if found.iter().all(|other| other.name != mixin.name) {
            found.push(mixin);
        }
    }
    found
}
