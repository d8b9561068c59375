//! Conditions on one row: of checks, of partial indexes and of access rules.

use proptest::prelude::*;
use proptest::sample::Index;

use super::attribute::Attribute;
use super::types::{Class, python};

/// A condition, as choices.
#[derive(Debug, Clone)]
pub(super) enum ConditionChoice {
    /// Which attribute, what is asked of it, what it is compared with, and whether `self.` is written.
    Leaf(Index, Index, Index, bool),
    Not(Box<Self>),
    All(Vec<Self>),
    Any(Vec<Self>),
}

/// Who reads a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reader {
    /// The databases, about every row: literals must have one form in both.
    Check,
    /// The databases, about the rows of an index.
    Index,
    /// Python, which compares anything.
    Rule,
}

/// Words that no expression can name an attribute by.
pub(super) const KEYWORDS: &[&str] = &[
    "class", "except", "from", "import", "None", "lambda", "async", "yield", "global", "in", "is",
];

/// Conditions that nest up to three deep.
pub(super) fn conditions() -> impl Strategy<Value = ConditionChoice> {
    let leaf = (any::<Index>(), any::<Index>(), any::<Index>(), any::<bool>()).prop_map(
        |(attribute, form, other, own)| ConditionChoice::Leaf(attribute, form, other, own),
    );
    leaf.prop_recursive(2, 6, 3, |inner| {
        prop_oneof![
            inner.clone().prop_map(|inner| ConditionChoice::Not(Box::new(inner))),
            prop::collection::vec(inner.clone(), 2..4).prop_map(ConditionChoice::All),
            prop::collection::vec(inner, 2..4).prop_map(ConditionChoice::Any),
        ]
    })
}

impl ConditionChoice {
    /// The same, with `self.` in front of each attribute.
    pub(super) fn owned(self) -> Self {
        let each = |parts: Vec<Self>| parts.into_iter().map(Self::owned).collect();
        match self {
            Self::Leaf(attribute, form, other, _) => Self::Leaf(attribute, form, other, true),
            Self::Not(inner) => Self::Not(Box::new(inner.owned())),
            Self::All(parts) => Self::All(each(parts)),
            Self::Any(parts) => Self::Any(each(parts)),
        }
    }

    /// The condition as text; none where nothing can be asked of the row. What it asks of is added to
    /// `used`: to ask twice would only contradict or repeat what was asked before.
    pub(super) fn write(
        &self,
        attributes: &[Attribute],
        reader: Reader,
        used: &mut Vec<&'static str>,
    ) -> Option<String> {
        let mut joined = |parts: &[Self], word: &str| {
            let parts: Vec<String> =
                parts.iter().filter_map(|part| part.write(attributes, reader, used)).collect();
            (!parts.is_empty()).then(|| format!("({})", parts.join(word)))
        };
        match self {
            Self::Leaf(attribute, form, other, own) => {
                let free: Vec<&Attribute> = attributes
                    .iter()
                    .filter(|found| {
                        // Of a password nothing can be asked but whether there is one.
                        let secret = found.ty.text.starts_with("password");
                        let named = !KEYWORDS.contains(&found.name);
                        named && !secret && !used.contains(&found.name)
                    })
                    .collect();
                let asking = Asking { free: &free, reader, other: *other, own: *own };
                let able: Vec<_> =
                    free.iter().filter(|found| !asking.questions(found).is_empty()).collect();
                let found = able.get(attribute.index(able.len().max(1)))?;
                let mut all = asking.questions(found);
                let (question, second) = all.swap_remove(form.index(all.len()));
                used.push(found.name);
                used.extend(second);
                Some(question)
            }
            Self::Not(inner) => {
                inner.write(attributes, reader, used).map(|inner| format!("not {inner}"))
            }
            Self::All(parts) => joined(parts, " and "),
            Self::Any(parts) => joined(parts, " or "),
        }
    }
}

/// How a row is asked.
struct Asking<'a> {
    /// Attributes that nothing was asked of yet.
    free: &'a [&'a Attribute],
    reader: Reader,
    /// Which literal or other attribute is compared with.
    other: Index,
    /// Whether `self.` is written.
    own: bool,
}

impl Asking<'_> {
    fn named(&self, attribute: &Attribute) -> String {
        let prefix = if self.own || attribute.name == "self" { "self." } else { "" };
        format!("{prefix}{}", attribute.name)
    }

    /// What can be asked of an attribute, each with the other one that is asked of too.
    fn questions(&self, found: &Attribute) -> Vec<(String, Option<&'static str>)> {
        let name = self.named(found);
        let mut questions = Vec::new();
        if found.is_scalar() && found.ty.class == Class::Named("bool") {
            questions.push(name.clone());
        }
        // Rows of tests have value objects whatever a check says of them.
        let object = found.ty.class == Class::Object && self.reader == Reader::Check;
        if found.nullable && !object {
            questions.push(format!("{name} is None"));
            questions.push(format!("{name} is not None"));
        }
        if found.is_scalar() && found.ty.can.equal {
            questions.extend(self.comparisons(found, &name));
        }
        let mut questions: Vec<_> = questions.into_iter().map(|text| (text, None)).collect();
        let comparable = |other: &&&Attribute| {
            other.is_scalar()
                && other.ty.can.equal
                && other.name != found.name
                && match (&found.ty.class, &other.ty.class, self.reader) {
                    (Class::Number(_), Class::Number(_), Reader::Rule) => true,
                    (one, two, _) => one == two,
                }
        };
        if found.is_scalar() && found.ty.can.equal && !has_one_value(found) {
            let others: Vec<_> = self.free.iter().filter(comparable).collect();
            if let Some(second) = others.get(self.other.index(others.len().max(1))) {
                let other = self.named(second);
                questions.push((format!("{name} != {other}"), Some(second.name)));
                // Where the ranges of two numbers leave no room, nothing is asked.
                let room = || number(&found.ty.literals[1]) >= number(&second.ty.literals[0]);
                if found.ty.can.order && second.ty.can.order && room() {
                    questions.push((format!("{name} >= {other}"), Some(second.name)));
                }
            }
        }
        questions
    }

    /// Comparisons with literals.
    fn comparisons(&self, found: &Attribute, name: &str) -> Vec<String> {
        let literals = &found.ty.literals;
        let told = found.ty.in_sql || self.reader == Reader::Rule;
        if literals.is_empty() || !told || (has_one_value(found) && !found.nullable) {
            return Vec::new();
        }
        let first = python(&found.ty, &literals[self.other.index(literals.len())]);
        let last = python(&found.ty, &literals[literals.len() - 1]);
        let mut all = vec![
            format!("{name} == {first}"),
            format!("{name} != {first}"),
            format!("{first} == {name}"),
            format!("{name} not in [{first}]"),
        ];
        if literals.len() > 2 {
            all.push(format!("{name} in ({first}, {last})"));
        }
        // What holds for all numbers of the type is no check, and its contrary leaves no row.
        let greatest = literals.iter().map(number).fold(f64::NEG_INFINITY, f64::max);
        let bounded = matches!(found.ty.class, Class::Number(_)) && self.reader == Reader::Check;
        let high = &literals[self.other.index(literals.len())];
        if found.ty.can.order && !(bounded && number(high) >= greatest) {
            all.push(format!("{name} <= {first}"));
            let low = python(&found.ty, &literals[0]);
            let high = if bounded { high } else { &literals[1] };
            all.push(format!("{low} <= {name} <= {}", python(&found.ty, high)));
        }
        all
    }
}

/// Whether nothing can be asked of an attribute that is not always so.
fn has_one_value(found: &Attribute) -> bool {
    matches!(found.ty.class, Class::Named(_)) && found.ty.literals.len() < 2
}

/// A number, whatever it is written as; other values are all alike.
pub(super) fn number(value: &serde_json::Value) -> f64 {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    text.parse().unwrap_or(0.0)
}
