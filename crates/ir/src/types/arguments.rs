//! Arguments of a type, by the keys of the mapping form, whichever form they were written in.

use stratapi_diagnostics::{Code, Diagnostic, Span};

use super::TypeDef;
use super::literal::{decimal_order, decimal_text};
use crate::model::{AttributeId, Bounds, Spanned};
use crate::shorthand::{Argument, Raw, RawValue, Sort};
use crate::suggest::{advice, listed};

/// The arguments of one type.
pub(crate) struct Arguments<'a> {
    /// Name of the type, for messages.
    pub(crate) type_name: &'static str,
    /// Where the type stands.
    pub(crate) span: Span,
    /// Finds an attribute of the same entity.
    pub(crate) sibling: &'a dyn Fn(&str) -> Option<AttributeId>,
    /// The names of those.
    pub(crate) siblings: &'a dyn Fn() -> Vec<String>,
    pub(crate) findings: &'a mut Vec<Diagnostic>,
    given: Vec<(&'static str, Raw)>,
}

impl<'a> Arguments<'a> {
    /// Sorts arguments under their keys; what fits no key is reported.
    pub(crate) fn new(
        def: &'static TypeDef,
        span: Span,
        arguments: &[Argument],
        sibling: &'a dyn Fn(&str) -> Option<AttributeId>,
        siblings: &'a dyn Fn() -> Vec<String>,
        findings: &'a mut Vec<Diagnostic>,
    ) -> Self {
        let mut given: Vec<(&'static str, Raw)> = Vec::new();
        for argument in arguments {
            match key_of(def, &argument.sort) {
                Some(key) => match given.iter().find(|(known, _)| *known == key) {
                    Some((_, first)) => findings.push(
                        Diagnostic::error(Code::E0206, format!("`{key}` is given twice"))
                            .at(argument.span, "given here again")
                            .also(first.span, "first given here")
                            .help("leave one of them out"),
                    ),
                    None => given.push((key, argument.value.clone())),
                },
                None => findings.push(stray(def, argument)),
            }
        }
        Self { type_name: def.name, span, sibling, siblings, findings, given }
    }

    fn raw(&self, key: &str) -> Option<&Raw> {
        self.given.iter().find(|(known, _)| *known == key).map(|(_, raw)| raw)
    }

    /// Where an argument stands.
    pub(crate) fn place(&self, key: &str) -> Span {
        self.raw(key).map_or(self.span, |raw| raw.span)
    }

    /// Reports an argument.
    pub(crate) fn refuse(&mut self, code: Code, key: &str, message: String, help: String) {
        let finding = Diagnostic::error(code, message).at(self.place(key), "").help(help);
        self.findings.push(finding);
    }

    /// A whole number within inclusive bounds.
    pub(crate) fn int(&mut self, key: &'static str, min: i64, max: i64) -> Option<i64> {
        let raw = self.raw(key)?;
        let found = match &raw.value {
            RawValue::Int(digits) => digits.parse().ok(),
            _ => None,
        };
        if let Some(number) = found.filter(|number| (min..=max).contains(number)) {
            return Some(number);
        }
        let name = self.type_name;
        self.refuse(
            Code::E0303,
            key,
            format!("`{key}` of `{name}` must be a whole number from {min} to {max}"),
            format!("choose a whole number from {min} to {max}"),
        );
        None
    }

    /// The same as an unsigned number of 32 bits.
    pub(crate) fn size(&mut self, key: &'static str, min: u32, max: u32) -> Option<u32> {
        self.int(key, i64::from(min), i64::from(max)).and_then(|number| u32::try_from(number).ok())
    }

    /// A pair of bounds, each within inclusive bounds and in the right order.
    pub(crate) fn ints(
        &mut self,
        keys: (&'static str, &'static str),
        min: i64,
        max: i64,
    ) -> Bounds<i64> {
        let bounds = Bounds { min: self.int(keys.0, min, max), max: self.int(keys.1, min, max) };
        if let (Some(low), Some(high)) = (bounds.min, bounds.max)
            && low > high
        {
            self.upside_down(keys, &low.to_string(), &high.to_string());
        }
        bounds
    }

    /// Bounds of a length in characters.
    pub(crate) fn lengths(&mut self, longest: u32) -> Bounds<u32> {
        let bounds = self.ints(("min_length", "max_length"), 0, i64::from(longest));
        let size = |number: Option<i64>| number.and_then(|n| u32::try_from(n).ok());
        if bounds.max == Some(0) {
            self.refuse(
                Code::E0303,
                "max_length",
                "no text fits into a length of 0".to_owned(),
                "choose a length of at least 1".to_owned(),
            );
        }
        Bounds { min: size(bounds.min), max: size(bounds.max) }
    }

    /// A decimal number with at most `scale` digits behind the point, as canonical text.
    pub(crate) fn decimal(&mut self, key: &'static str, scale: Option<u32>) -> Option<String> {
        let found = match &self.raw(key)?.value {
            RawValue::Int(text)
            | RawValue::Number(text)
            | RawValue::Text(text)
            | RawValue::Word(text) => decimal_text(text),
            _ => None,
        };
        let Some(text) = found else {
            let message = format!("`{key}` must be a number");
            self.refuse(Code::E0303, key, message, "write digits, such as `0.01`".to_owned());
            return None;
        };
        let digits = text.split_once('.').map_or(0, |(_, fraction)| fraction.len());
        if let Some(scale) = scale
            && digits > scale as usize
        {
            let message = format!("`{key}` has more than {scale} digits behind the point");
            self.refuse(Code::E0303, key, message, format!("round it to {scale} digits"));
            return None;
        }
        Some(text)
    }

    /// A pair of decimal bounds in the right order.
    pub(crate) fn decimals(&mut self, scale: Option<u32>) -> Bounds<String> {
        let bounds = Bounds { min: self.decimal("min", scale), max: self.decimal("max", scale) };
        if let (Some(low), Some(high)) = (&bounds.min, &bounds.max)
            && decimal_order(low, high).is_gt()
        {
            self.upside_down(("min", "max"), low, high);
        }
        bounds
    }

    /// A text.
    pub(crate) fn text(&mut self, key: &'static str) -> Option<Spanned<String>> {
        let raw = self.raw(key)?;
        if let RawValue::Text(text) | RawValue::Word(text) = &raw.value {
            return Some(Spanned { value: text.clone(), span: raw.span });
        }
        let message = format!("`{key}` needs text, but this is {}", raw.kind());
        self.refuse(Code::E0201, key, message, "put it in quotes".to_owned());
        None
    }

    /// Another attribute of the same entity.
    pub(crate) fn attribute(&mut self, key: &'static str) -> Option<AttributeId> {
        let name = self.text(key)?;
        let found = (self.sibling)(&name.value);
        if found.is_none() {
            let known = (self.siblings)();
            self.findings.push(
                Diagnostic::error(Code::E0205, format!("unknown attribute `{}`", name.value))
                    .at(name.span, "no attribute of this name stands beside it")
                    .help(advice(&name.value, known.iter().map(String::as_str))),
            );
        }
        found
    }

    /// Whether an argument is given.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.raw(key).is_some()
    }

    fn upside_down(&mut self, keys: (&'static str, &'static str), low: &str, high: &str) {
        let finding = Diagnostic::error(
            Code::E0303,
            format!("the smallest value {low} is greater than the largest, {high}"),
        )
        .at(self.place(keys.0), "greater than the upper end")
        .also(self.place(keys.1), "the upper end")
        .help(format!("write {high}..{low}, if they are the wrong way round"));
        self.findings.push(finding);
    }
}

fn key_of(def: &'static TypeDef, sort: &Sort) -> Option<&'static str> {
    match sort {
        Sort::Position(index) => def.positions.get(*index).copied(),
        Sort::RangeMin => def.range.map(|(min, _)| min),
        Sort::RangeMax => def.range.map(|(_, max)| max),
        Sort::Named(name) => {
            let range = match (def.range, name.as_str()) {
                (Some((min, _)), "min") => Some(min),
                (Some((_, max)), "max") => Some(max),
                _ => None,
            };
            range.or_else(|| def.parameters.iter().copied().find(|known| known == name))
        }
    }
    .filter(|key| def.parameters.contains(key))
}

fn stray(def: &'static TypeDef, argument: &Argument) -> Diagnostic {
    let name = def.name;
    let message = match &argument.sort {
        Sort::Position(_) => format!("`{name}` takes no such argument"),
        Sort::RangeMin | Sort::RangeMax => format!("`{name}` takes no such range"),
        Sort::Named(key) => format!("`{key}` means nothing for the type `{name}`"),
    };
    let finding =
        Diagnostic::error(Code::E0203, message).at(argument.span, "not an argument of it");
    if def.parameters.is_empty() {
        return finding.help(format!("`{name}` takes no arguments: leave it out"));
    }
    match &argument.sort {
        Sort::Named(key) => finding.help(advice(key, def.parameters.iter().copied())),
        _ => finding.help(listed(def.parameters.iter().copied())),
    }
}
