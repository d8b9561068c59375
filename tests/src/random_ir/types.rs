//! Types of attributes, with what the language says may be done with each. The table of abilities is
//! written a second time here on purpose: it is what the reference promises.

use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Value, json};

use super::condition::number;
use super::words;

/// A type, as choices.
#[derive(Debug, Clone)]
pub(super) enum TypeChoice {
    Line(Option<(u32, u32)>),
    Pattern(Index),
    Text(Option<(u32, u32)>),
    Int(Option<i32>, Option<i32>),
    BigInt(Option<i64>, Option<i64>),
    Float(Option<i16>, Option<i16>),
    Decimal { precision: u32, scale: Index, bounds: Option<(u32, u32)> },
    Fixed(&'static str),
    Bytes(Option<u32>),
    Password(Option<(u32, u32)>),
    Slug(Index),
    Role,
    Enum(Index),
    Object(Index),
}

/// What the names of types stand for.
#[derive(Debug, Clone, Default)]
pub(super) struct Scope {
    /// Enums with their values.
    pub(super) enums: Vec<(&'static str, Vec<&'static str>)>,
    pub(super) objects: Vec<&'static str>,
    pub(super) roles: Vec<&'static str>,
}

/// Values that can be compared with each other have one class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Class {
    /// Whole and binary numbers, with their scale if they are decimal ones.
    Number(Option<u32>),
    Text,
    Named(&'static str),
    Object,
    /// Compared with nothing.
    Other,
}

/// What may be done with a type.
#[derive(Debug, Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts")]
pub(super) struct Abilities {
    pub(super) list: bool,
    pub(super) index: bool,
    pub(super) equal: bool,
    pub(super) order: bool,
    pub(super) sort: bool,
    pub(super) search: bool,
    pub(super) lookup: bool,
}

const STORED: Abilities = Abilities {
    list: false,
    index: false,
    equal: false,
    order: false,
    sort: false,
    search: false,
    lookup: false,
};
const EQUAL: Abilities = Abilities { list: true, index: true, equal: true, sort: true, ..STORED };
const ORDERED: Abilities = Abilities { order: true, ..EQUAL };
const LINE: Abilities = Abilities { search: true, lookup: true, ..EQUAL };

impl Type {
    /// Whether it has enough values for all rows of a table to differ.
    pub(super) fn is_wide(&self) -> bool {
        match self.class {
            Class::Number(scale) => {
                let units = 10_f64.powi(scale.unwrap_or(0).try_into().unwrap_or(i32::MAX));
                (number(&self.literals[1]) - number(&self.literals[0])) * units > 1000.0
            }
            Class::Text => self.can.lookup && self.literals.len() > 1,
            Class::Named(name) => ["date", "datetime", "duration", "time", "uuid"].contains(&name),
            Class::Object | Class::Other => false,
        }
    }
}

/// A type as it is written, and what is known about it.
#[derive(Debug, Clone)]
pub(super) struct Type {
    pub(super) text: String,
    pub(super) class: Class,
    /// Values of it, as JSON; numbers of classes that have a text in JSON too.
    pub(super) literals: Vec<Value>,
    /// What a default may call.
    pub(super) function: Option<&'static str>,
    pub(super) can: Abilities,
    /// Whether a condition of the database may hold its literals.
    pub(super) in_sql: bool,
}

const PATTERNS: &[(&str, &str, &str)] = &[
    ("3..32", "^[A-Z0-9-]+$", "ABC-1"),
    ("2..2", "^[A-Z]{2}$", "DE"),
    ("40", "^v[0-9]{1,4}(\\.[0-9]{1,4}){0,2}$", "v1.2"),
    ("1..20", "^(a|b''c|\"d\")$", "a"),
];

/// Types that an attribute of an entity can have.
pub(super) fn types() -> impl Strategy<Value = TypeChoice> {
    prop_oneof![
        12 => embedded_types(),
        1 => option::of((1..40_u32, 0..90_u32).prop_map(|(min, more)| (min, min + more)))
            .prop_map(TypeChoice::Password),
        2 => any::<Index>().prop_map(TypeChoice::Slug),
        1 => Just(TypeChoice::Role),
        2 => any::<Index>().prop_map(TypeChoice::Object),
    ]
}

/// Types that a part of a value object can have.
pub(super) fn embedded_types() -> impl Strategy<Value = TypeChoice> {
    let fixed = select(
        &["bool", "date", "time", "datetime", "duration", "uuid", "json", "email", "url", "ip"][..],
    );
    let lengths = || option::of((0..40_u32, 1..300_u32).prop_map(|(min, more)| (min, min + more)));
    let ints = (option::of(any::<i32>()), option::of(any::<i32>()));
    // Bounds of 64 bits must be such that a float can hold.
    let exact = || option::of(any::<i64>().prop_map(|number| number / 2048 * 2048));
    let bigints = (exact(), exact());
    let floats = (option::of(any::<i16>()), option::of(any::<i16>()));
    prop_oneof![
        3 => lengths().prop_map(TypeChoice::Line),
        1 => any::<Index>().prop_map(TypeChoice::Pattern),
        2 => lengths().prop_map(TypeChoice::Text),
        2 => ints.prop_map(|(a, b)| TypeChoice::Int(a, b)),
        1 => bigints.prop_map(|(a, b)| TypeChoice::BigInt(a, b)),
        1 => floats.prop_map(|(a, b)| TypeChoice::Float(a, b)),
        2 => (1..=18_u32, any::<Index>(), option::of((any::<u32>(), any::<u32>()))).prop_map(
            |(precision, scale, bounds)| TypeChoice::Decimal { precision, scale, bounds }
        ),
        8 => fixed.prop_map(TypeChoice::Fixed),
        1 => option::of(1..5000_u32).prop_map(TypeChoice::Bytes),
        2 => any::<Index>().prop_map(TypeChoice::Enum),
    ]
}

impl TypeChoice {
    /// The type, where `slug` names what a slug may be made from.
    pub(super) fn decide(&self, scope: &Scope, slug: &[&str]) -> Type {
        match self {
            Self::Line(bounds) => line(*bounds),
            Self::Pattern(index) => pattern(*index),
            Self::Text(bounds) => {
                let can = Abilities { equal: true, search: true, ..STORED };
                text("text", *bounds, (0, 1000), can)
            }
            Self::Int(one, other) => {
                whole("int", one.map(i64::from), other.map(i64::from), i32::MAX.into())
            }
            Self::BigInt(one, other) => whole("bigint", *one, *other, i64::MAX),
            Self::Float(one, other) => float(*one, *other),
            Self::Decimal { precision, scale, bounds } => decimal(
                *precision,
                u32::try_from(scale.index(*precision as usize + 1)).unwrap_or(0),
                *bounds,
            ),
            Self::Fixed(name) => fixed(name),
            Self::Bytes(max) => plain(with("bytes", max.map(|max| max.to_string())), STORED),
            Self::Password(bounds) => {
                let bounds = bounds.map(|(min, max)| format!("{min}..{max}"));
                plain(with("password", bounds), STORED)
            }
            Self::Slug(index) if !slug.is_empty() => {
                let can = Abilities { list: false, ..LINE };
                let class = Class::Text;
                let literals = vec![json!("a-b"), json!("it's")];
                Type {
                    class,
                    literals,
                    ..plain(format!("slug from {}", slug[index.index(slug.len())]), can)
                }
            }
            Self::Role if !scope.roles.is_empty() => {
                let can = Abilities { list: false, ..EQUAL };
                named("role", "role", scope.roles.iter().map(|role| json!(role)).collect(), can)
            }
            Self::Enum(index) if !scope.enums.is_empty() => {
                let (name, members) = &scope.enums[index.index(scope.enums.len())];
                named(name, name, members.iter().map(|member| json!(member)).collect(), EQUAL)
            }
            Self::Object(index) if !scope.objects.is_empty() => {
                let name = scope.objects[index.index(scope.objects.len())];
                let can = STORED;
                Type { class: Class::Object, ..plain(name.to_owned(), can) }
            }
            Self::Slug(_) | Self::Role | Self::Enum(_) | Self::Object(_) => line(None),
        }
    }
}

fn with(name: &str, arguments: Option<String>) -> String {
    arguments.map_or_else(|| name.to_owned(), |arguments| format!("{name}({arguments})"))
}

fn plain(text: String, can: Abilities) -> Type {
    Type { text, class: Class::Other, literals: Vec::new(), function: None, can, in_sql: true }
}

fn named(text: &str, class: &'static str, literals: Vec<Value>, can: Abilities) -> Type {
    Type { class: Class::Named(class), literals, ..plain(text.to_owned(), can) }
}

fn text(name: &str, bounds: Option<(u32, u32)>, usual: (u32, u32), can: Abilities) -> Type {
    let (min, max) = bounds.unwrap_or(usual);
    let literals = words::short_texts(min, max).into_iter().map(Value::String).collect();
    let bounds = bounds.map(|(min, max)| format!("{min}..{max}"));
    Type { class: Class::Text, literals, ..plain(with(name, bounds), can) }
}

/// `string` between these lengths.
pub(super) fn line(bounds: Option<(u32, u32)>) -> Type {
    text("string", bounds, (0, 255), LINE)
}

fn pattern(index: Index) -> Type {
    let (bounds, pattern, sample) = PATTERNS[index.index(PATTERNS.len())];
    let text = format!("string({bounds}, pattern='{pattern}')");
    Type { class: Class::Text, literals: vec![json!(sample)], ..plain(text, LINE) }
}

fn range<N: Ord + Copy>(one: Option<N>, other: Option<N>) -> (Option<N>, Option<N>) {
    match (one, other) {
        (Some(one), Some(other)) => (Some(one.min(other)), Some(one.max(other))),
        both => both,
    }
}

fn bounded<N: ToString>(name: &str, min: Option<N>, max: Option<N>) -> String {
    let end = |end: Option<N>| end.map_or_else(String::new, |end| end.to_string());
    let arguments = (min.is_some() || max.is_some()).then(|| format!("{}..{}", end(min), end(max)));
    with(name, arguments)
}

fn whole(name: &str, one: Option<i64>, other: Option<i64>, largest: i64) -> Type {
    let (min, max) = range(one, other);
    let high = max.unwrap_or(largest);
    let low = min.unwrap_or((-largest).min(high));
    let literals = [low, high, 0.clamp(low, high), 7.clamp(low, high)].map(|n| json!(n));
    let can = Abilities { lookup: true, ..ORDERED };
    let class = Class::Number(None);
    Type { class, literals: literals.into(), ..plain(bounded(name, min, max), can) }
}

fn float(one: Option<i16>, other: Option<i16>) -> Type {
    let (min, max) = range(one, other);
    let high = max.unwrap_or(1000).max(min.unwrap_or(i16::MIN));
    let low = min.unwrap_or(-1000).min(high);
    let literals = vec![json!(low), json!(f64::midpoint(low.into(), high.into())), json!(high)];
    let can = Abilities { index: false, ..ORDERED };
    let class = Class::Number(None);
    Type { class, literals, ..plain(bounded("float", min, max), can) }
}

/// A decimal; the bounds are parts of the greatest number that fits.
fn decimal(precision: u32, scale: u32, bounds: Option<(u32, u32)>) -> Type {
    let most = 10_i64.pow(precision) - 1;
    let part = |part: u32| most.min(i64::from(part)) - most.min(1000);
    let (min, max) =
        bounds.map(|(one, other)| range(Some(part(one)), Some(part(other)))).unwrap_or_default();
    let text = |units: i64| {
        let digits = format!("{:0>1$}", units.abs(), scale as usize + 1);
        let (whole, fraction) = digits.split_at(digits.len() - scale as usize);
        let point = if scale == 0 { "" } else { "." };
        format!("{}{whole}{point}{fraction}", if units < 0 { "-" } else { "" })
    };
    let (low, high) = (min.unwrap_or(-most), max.unwrap_or(most));
    let literals = [low, high, 0.clamp(low, high)].map(|units| json!(text(units)));
    let named = |key: &str, units: Option<i64>| {
        units.map_or_else(String::new, |units| format!(", {key}={}", text(units)))
    };
    let written =
        format!("decimal({precision}, {scale}{}{})", named("min", min), named("max", max));
    let class = Class::Number(Some(scale));
    Type { class, literals: literals.into(), in_sql: false, ..plain(written, ORDERED) }
}

fn fixed(name: &'static str) -> Type {
    let typed = |can, literals: Vec<Value>| named(name, name, literals, can);
    match name {
        "bool" => typed(EQUAL, vec![json!(true), json!(false)]),
        "date" => Type {
            function: Some("today()"),
            ..typed(ORDERED, vec![json!("2024-02-29"), json!("2026-01-31")])
        },
        "time" => {
            Type { in_sql: false, ..typed(ORDERED, vec![json!("08:30:00"), json!("23:59:59.5")]) }
        }
        "datetime" => Type {
            function: Some("now()"),
            in_sql: false,
            ..typed(
                ORDERED,
                vec![json!("2026-01-31T08:30:00+02:00"), json!("2026-01-31T08:30:00Z")],
            )
        },
        "duration" => {
            Type { in_sql: false, ..typed(ORDERED, vec![json!("PT5M"), json!("P1DT2H")]) }
        }
        "uuid" => Type {
            function: Some("uuid()"),
            ..typed(
                Abilities { lookup: true, ..EQUAL },
                vec![json!("0195C9A0-0000-7000-8000-000000000001")],
            )
        },
        "json" => Type {
            literals: vec![
                json!({}),
                json!([]),
                json!({"a'b": [1, 2.5, null, "x\ny"]}),
                json!("t"),
            ],
            ..plain(name.to_owned(), STORED)
        },
        "email" => Type {
            class: Class::Text,
            ..typed(LINE, vec![json!("a@example.com"), json!("O'Neil%s@Example.com")])
        },
        "url" => Type {
            class: Class::Text,
            ..typed(
                Abilities { index: false, search: true, ..EQUAL },
                vec![json!("https://example.com/x?y=%20&z='1'")],
            )
        },
        _ => typed(
            Abilities { sort: false, ..EQUAL },
            vec![json!("127.0.0.1"), json!("2001:db8::1")],
        ),
    }
}

/// A literal as a shorthand has it.
pub(super) fn short(ty: &Type, value: &Value) -> String {
    match value {
        Value::String(text) if matches!(ty.class, Class::Number(_)) => text.clone(),
        Value::String(text) => format!("'{}'", text.replace('\'', "''")),
        Value::Array(items) => {
            let items: Vec<_> = items.iter().map(|item| short(ty, item)).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Object(members) => {
            let members: Vec<_> = members
                .iter()
                .map(|(key, value)| format!("'{}': {}", key.replace('\'', "''"), short(ty, value)))
                .collect();
            format!("{{{}}}", members.join(", "))
        }
        other => other.to_string(),
    }
}

/// A literal as a condition has it.
pub(super) fn python(ty: &Type, value: &Value) -> String {
    match value {
        Value::String(text) if matches!(ty.class, Class::Number(_)) => text.clone(),
        Value::Bool(value) => if *value { "True" } else { "False" }.to_owned(),
        other => other.to_string(),
    }
}
