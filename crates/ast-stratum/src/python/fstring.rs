//! F-strings, whole or cut into parts where they are too long for one line.

use super::flat::{Binding, Flat};
use super::layout::width;
use super::literal;
use super::tree::FStringPart;

/// Columns of an f-string with nothing in it.
const EMPTY: usize = 3;

impl Flat<'_> {
    /// `f"a{b}" f"{c}"`, cut where addresses are: behind slashes.
    pub(super) fn adjacent_fstrings(&mut self, parts: &[FStringPart]) {
        let mut cut: Vec<Vec<FStringPart>> = vec![Vec::new()];
        let mut used = 0;
        for piece in pieces(parts) {
            let start = self.out.len();
            self.fstring(std::slice::from_ref(&piece));
            let width = width(&self.out[start..]) - EMPTY;
            self.out.truncate(start);
            if used > 0 && used + width > literal::PART {
                cut.push(Vec::new());
                used = 0;
            }
            used += width;
            if let Some(last) = cut.last_mut() {
                last.push(piece);
            }
        }
        for (position, part) in cut.iter().enumerate() {
            if position > 0 {
                self.out.push(' ');
            }
            self.fstring(part);
        }
    }

    /// Literals inside use the other quote, as Python before 3.12 wants it.
    pub(super) fn fstring(&mut self, parts: &[FStringPart]) {
        let quote = self.quote.unwrap_or_else(|| fstring_quote(parts));
        let other = if quote == '"' { '\'' } else { '"' };
        self.out.push('f');
        self.out.push(quote);
        for part in parts {
            match part {
                FStringPart::Text(text) => literal::fstring_content(self.out, text, quote),
                FStringPart::Value(value, spec) => {
                    self.out.push('{');
                    let start = self.out.len();
                    Flat { out: self.out, quote: Some(other), apart: false }
                        .expr(value, Binding::Or);
                    if self.out[start..].starts_with('{') {
                        self.out.insert(start, ' ');
                    }
                    if let Some(spec) = spec {
                        self.out.push(':');
                        self.out.push_str(spec);
                    }
                    self.out.push('}');
                }
            }
        }
        self.out.push(quote);
    }
}

/// The parts of an f-string, its texts cut behind each slash and space.
fn pieces(parts: &[FStringPart]) -> impl Iterator<Item = FStringPart> {
    parts.iter().flat_map(|part| match part {
        FStringPart::Text(text) => text
            .split_inclusive(['/', ' '])
            .map(|piece| FStringPart::Text(piece.to_owned()))
            .collect(),
        value @ FStringPart::Value(..) => vec![value.clone()],
    })
}

/// The quote of an f-string.
fn fstring_quote(parts: &[FStringPart]) -> char {
    let texts: Vec<&str> = parts
        .iter()
        .filter_map(|part| match part {
            FStringPart::Text(text) => Some(text.as_str()),
            FStringPart::Value(..) => None,
        })
        .collect();
    literal::quote_for(&texts)
}
