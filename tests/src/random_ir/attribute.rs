//! Attributes: of entities, of mixins and of value objects.

use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, subsequence};
use serde_json::{Map, Value, json};

use super::types::{self, Class, Scope, Type, TypeChoice};
use super::words;

/// An attribute, as choices.
#[derive(Debug, Clone)]
pub(super) struct AttributeChoice {
    pub(super) name: &'static str,
    ty: TypeChoice,
    list: bool,
    nullable: bool,
    /// Which literal, and whether a function is preferred to it.
    default: Option<(Index, bool)>,
    flags: Vec<&'static str>,
    /// Description and example: then it is written as a mapping.
    mapping: Option<(Option<String>, Option<Index>)>,
}

/// Where an attribute stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// In an entity of which clients create rows, or in a mixin.
    Filled,
    /// In an entity of which nobody creates rows.
    Stored,
    /// In a value object.
    Object,
}

/// An attribute as it is declared, and what is known about it.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts")]
pub(super) struct Attribute {
    pub(super) name: &'static str,
    pub(super) ty: Type,
    pub(super) list: bool,
    pub(super) nullable: bool,
    pub(super) unique: bool,
    pub(super) writeonly: bool,
    pub(super) readonly: bool,
    pub(super) declared: Value,
}

impl Attribute {
    /// One that needs no choices.
    pub(super) fn fixed(name: &'static str, ty: Type, flags: &str) -> Self {
        let declared = json!(format!("{}{flags}", ty.text));
        let unique = flags.contains("unique") || flags.contains("primary");
        let readonly = flags.contains("readonly");
        Self {
            name,
            ty,
            list: false,
            nullable: false,
            unique,
            writeonly: false,
            readonly,
            declared,
        }
    }

    /// A value that other values can be compared with.
    pub(super) fn is_scalar(&self) -> bool {
        !self.list && self.ty.class != Class::Object
    }
}

const FLAGS: &[&str] = &["unique", "index", "immutable", "readonly", "writeonly", "deprecated"];

/// Attributes of these names.
pub(super) fn attributes(
    names: &'static [&'static str],
    count: std::ops::Range<usize>,
    ty: fn() -> BoxedStrategy<TypeChoice>,
) -> impl Strategy<Value = Vec<AttributeChoice>> {
    subsequence(names, count).prop_flat_map(move |names| {
        names.into_iter().map(|name| attribute(name, ty())).collect::<Vec<_>>()
    })
}

fn attribute(
    name: &'static str,
    ty: BoxedStrategy<TypeChoice>,
) -> impl Strategy<Value = AttributeChoice> {
    let default = option::of((any::<Index>(), any::<bool>()));
    let flags = prop_oneof![2 => Just(Vec::new()), 1 => subsequence(FLAGS, 1..4)];
    let mapping = option::weighted(0.3, (option::of(words::text()), option::of(any::<Index>())));
    (ty, prop::bool::weighted(0.15), any::<bool>(), default, flags, mapping).prop_map(
        move |(ty, list, nullable, default, flags, mapping)| AttributeChoice {
            name,
            ty,
            list,
            nullable,
            default,
            flags,
            mapping,
        },
    )
}

/// Decides the attributes of one group.
pub(super) fn decide(choices: &[AttributeChoice], scope: &Scope, place: Place) -> Vec<Attribute> {
    let is_text = |choice: &&AttributeChoice| {
        let line =
            matches!(choice.ty, TypeChoice::Line(_) | TypeChoice::Text(_) | TypeChoice::Pattern(_));
        line && !choice.list
    };
    let texts: Vec<_> = choices.iter().filter(is_text).collect();
    choices.iter().map(|choice| choice.decide(scope, &texts, place)).collect()
}

impl AttributeChoice {
    fn decide(&self, scope: &Scope, texts: &[&Self], place: Place) -> Attribute {
        let sources: Vec<&str> = texts
            .iter()
            .filter(|source| self.nullable || !source.nullable)
            .map(|source| source.name)
            .collect();
        let ty = self.ty.decide(scope, &sources);
        let list = self.list && ty.can.list && place != Place::Object;
        let default = self.default(&ty, list);
        let filled = self.nullable || default.is_some() || ty.text.starts_with("slug");
        let secret = ty.text.starts_with("password");
        let mut flags = self.flags.clone();
        flags.retain(|flag| match *flag {
            "unique" => ty.can.index && !list && ty.is_wide(),
            "index" => ty.can.index && !list,
            "readonly" => (filled || place == Place::Stored) && !secret,
            "writeonly" => !self.flags.contains(&"readonly"),
            _ => true,
        });
        if place == Place::Object {
            flags.retain(|flag| *flag == "deprecated");
        }
        let is = |flag: &str| flags.contains(&flag);
        let (unique, writeonly) =
            (is("unique") || ty.text.starts_with("slug"), is("writeonly") || secret);
        let readonly = is("readonly");
        let declared = match &self.mapping {
            None => json!(self.short(&ty, list, default.as_ref(), &flags)),
            Some((description, example)) => {
                let example = example.and_then(|index| literal(&ty, list, index));
                self.long(&ty, list, default, &flags, description.as_ref(), example)
            }
        };
        Attribute {
            name: self.name,
            ty,
            list,
            nullable: self.nullable,
            unique,
            writeonly,
            readonly,
            declared,
        }
    }

    fn default(&self, ty: &Type, list: bool) -> Option<Value> {
        let (index, call) = self.default?;
        match ty.function {
            Some(function) if call && !list => Some(json!(function)),
            _ => literal(ty, list, index),
        }
    }

    fn short(&self, ty: &Type, list: bool, default: Option<&Value>, flags: &[&str]) -> String {
        let mut text = ty.text.clone();
        text.push_str(if list { "[]" } else { "" });
        text.push_str(if self.nullable { "?" } else { "" });
        if let Some(default) = default {
            let call = ty.function.is_some_and(|function| default == function);
            let default = if call {
                ty.function.unwrap_or_default().to_owned()
            } else {
                types::short(ty, default)
            };
            text.push_str(" = ");
            text.push_str(&default);
        }
        for flag in flags {
            text.push(' ');
            text.push_str(flag);
        }
        text
    }

    fn long(
        &self,
        ty: &Type,
        list: bool,
        default: Option<Value>,
        flags: &[&str],
        description: Option<&String>,
        example: Option<Value>,
    ) -> Value {
        let mut map = Map::new();
        map.insert("type".to_owned(), json!(ty.text));
        let mut set = |key: &str, value: Option<Value>| {
            if let Some(value) = value {
                map.insert(key.to_owned(), value);
            }
        };
        set("list", list.then_some(json!(true)));
        set("nullable", self.nullable.then_some(json!(true)));
        set("default", default);
        set("description", description.map(|text| json!(text)));
        set("example", example);
        for flag in flags {
            set(flag, Some(json!(true)));
        }
        Value::Object(map)
    }
}

/// A literal of the type, or a list of such.
fn literal(ty: &Type, list: bool, index: Index) -> Option<Value> {
    let slug = ty.text.starts_with("slug");
    if list {
        return Some(json!(ty.literals[..index.index(ty.literals.len() + 1)]));
    }
    (!ty.literals.is_empty() && !slug).then(|| ty.literals[index.index(ty.literals.len())].clone())
}
