//! Expressions: Python's syntax, read by a Python parser, with places in the document.

use ruff_python_ast::Expr;
use ruff_text_size::Ranged;
use stratapi_diagnostics::{Code, Diagnostic, Span};

use crate::read::Source;
use crate::shorthand::{Raw, RawValue, number_of};

/// Bytes of an expression, at the most.
const LONGEST: usize = 4000;
/// Brackets, or prefix operators, inside each other at the most; the parser goes down once for each.
const DEEPEST: usize = 40;

/// An expression and the text it was read from.
pub(super) struct Expression<'a> {
    pub(super) source: Source<'a>,
    pub(super) tree: Expr,
}

impl<'a> Expression<'a> {
    /// Reads a text; what is no expression is reported.
    pub(super) fn parse(source: Source<'a>, findings: &mut Vec<Diagnostic>) -> Option<Self> {
        if source.text.trim().is_empty() {
            findings.push(
                Diagnostic::error(Code::E0111, "the expression is empty")
                    .at(source.span, "")
                    .help("write one, such as `status == 'open'`"),
            );
            return None;
        }
        if let Some(message) = too_much(source.text) {
            let finding = Diagnostic::error(Code::E0106, message).at(source.span, "");
            findings.push(finding.help("split it, or say it with fewer brackets"));
            return None;
        }
        // Line breaks mean nothing here, and offsets stay as they are.
        let start = source.text.len() - source.text.trim_start().len();
        let flat = source.text.replace(['\n', '\r'], " ");
        match ruff_python_parser::parse_expression(flat.trim()) {
            Ok(parsed) => {
                let source = shifted(source, start);
                Some(Self { source, tree: *parsed.into_syntax().body })
            }
            Err(error) => {
                let from = start + error.location.start().to_usize();
                let to = (start + error.location.end().to_usize()).max(from + 1);
                // An error behind the last character is shown on the whole.
                let span = if from < source.text.len() {
                    source.part(from, to.min(source.text.len()))
                } else {
                    source.span
                };
                findings.push(
                    Diagnostic::error(Code::E0111, "this is no expression")
                        .at(span, error.error.to_string().to_lowercase())
                        .help("write it as in Python: `status == 'open' and not archived`"),
                );
                None
            }
        }
    }

    /// A part of the expression as it was written.
    pub(super) fn written(&self, part: &impl Ranged) -> Option<&str> {
        let range = part.range();
        self.source.text.get(range.start().to_usize()..range.end().to_usize())
    }

    /// Where a part of the expression stands.
    pub(super) fn span(&self, part: &impl Ranged) -> Span {
        let range = part.range();
        self.source.part(range.start().to_usize(), range.end().to_usize())
    }
}

fn shifted(source: Source<'_>, start: usize) -> Source<'_> {
    source.suffix(start)
}

/// Whether the parser would have to go too deep, before it is asked.
fn too_much(text: &str) -> Option<String> {
    if text.len() > LONGEST {
        return Some(format!("the expression is longer than {LONGEST} bytes"));
    }
    let mut depth = 0_usize;
    let mut deepest = 0;
    for byte in text.bytes() {
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    let signs = text.bytes().filter(|byte| matches!(byte, b'-' | b'+' | b'~' | b'*')).count();
    let word = |word: &str| matches!(word, "not" | "lambda" | "else" | "await" | "yield" | "from");
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|part| word(part)).count();
    let many = deepest > DEEPEST || signs > 4 * DEEPEST || words > DEEPEST;
    many.then(|| "the expression is nested too deeply".to_owned())
}

/// The literal that an expression is, if it is one.
pub(super) fn literal(expression: &Expression<'_>, part: &Expr) -> Option<Raw> {
    let value = match part {
        Expr::StringLiteral(found) => RawValue::Text(found.value.to_str().to_owned()),
        Expr::BooleanLiteral(found) => RawValue::Bool(found.value),
        Expr::NoneLiteral(_) => RawValue::Null,
        Expr::NumberLiteral(_) => number_of(expression.written(part)?)?,
        Expr::UnaryOp(found) if found.op == ruff_python_ast::UnaryOp::USub => {
            let Expr::NumberLiteral(_) = &*found.operand else { return None };
            number_of(&format!("-{}", expression.written(&*found.operand)?))?
        }
        _ => return None,
    };
    Some(Raw { span: expression.span(part), value })
}

/// The names of a path `a.b.c` with their places; `None` if it is no path.
pub(super) fn path<'e>(
    expression: &Expression<'_>,
    part: &'e Expr,
) -> Option<Vec<(&'e str, Span)>> {
    let mut names = Vec::new();
    let mut rest = part;
    loop {
        match rest {
            Expr::Attribute(found) => {
                names.push((found.attr.id.as_str(), expression.span(&found.attr)));
                rest = &found.value;
            }
            Expr::Name(found) => {
                names.push((found.id.as_str(), expression.span(found)));
                names.reverse();
                return Some(names);
            }
            _ => return None,
        }
    }
}
