//! `sequence('ORD-{:08d}')`: numbers that nobody gets twice.

use ruff_python_ast::{Expr, ExprCall};

use super::super::condition::Scope;
use super::super::operand::Typed;
use crate::model::{AttributeType, Bounds, Operand};

/// Digits that a number of a series has at the most, as far as anybody counts.
const DIGITS: usize = 10;
/// Longest form, in bytes.
const LONGEST: usize = 100;

impl Scope<'_, '_> {
    /// The next number of a series. The form is the series: two flows with one form share it.
    pub(in crate::resolve) fn sequence(&mut self, found: &ExprCall, tree: &Expr) -> Option<Typed> {
        let argument = self.argument(found)?;
        let span = self.expression.span(argument);
        let help = "write such as `sequence('ORD-{:08d}')`";
        let Expr::StringLiteral(form) = argument else {
            self.wrong(span, "a sequence takes its form as text", help);
            return None;
        };
        let form = form.value.to_str();
        let Some(length) = length(form) else {
            self.wrong(
                span,
                "this is no form of a number: it has one place, `{}` or `{:08d}`",
                help,
            );
            return None;
        };
        self.numbered = true;
        let length = u32::try_from(length).ok();
        let ty = AttributeType::String { length: Bounds { min: None, max: length }, pattern: None };
        Some(self.made(tree, Operand::Sequence(form.to_owned()), ty, false))
    }
}

/// How long the texts of a form become.
fn length(form: &str) -> Option<usize> {
    let (before, rest) = form.split_once('{')?;
    let (place, after) = rest.split_once('}')?;
    let plain = |text: &str| !text.contains(['{', '}']) && !text.chars().any(char::is_control);
    if !plain(before) || !plain(after) || form.len() > LONGEST {
        return None;
    }
    let width = match place.strip_prefix(':') {
        None if place.is_empty() => 0,
        None => return None,
        Some(width) => {
            let width = width.strip_suffix('d')?;
            let zeros = width.strip_prefix('0').unwrap_or(width);
            match zeros {
                "" => 0,
                digits if digits.len() <= 2 => digits.parse::<usize>().ok()?,
                _ => return None,
            }
        }
    };
    Some(before.chars().count() + after.chars().count() + width.max(DIGITS))
}

#[cfg(test)]
mod tests {
    use super::length;

    #[test]
    fn forms_have_one_place() {
        assert_eq!(length("ORD-{:08d}"), Some(14));
        assert_eq!(length("{}"), Some(10));
        assert_eq!(length("{:012d}/26"), Some(15));
        for bad in ["ORD", "{", "{}{}", "{x}", "{:x}", "{:.2f}", "{{}}", "{:0123d}", "{!r}"] {
            assert_eq!(length(bad), None, "{bad}");
        }
    }
}
