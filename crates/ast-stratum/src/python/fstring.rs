//! F-strings, whole or cut into parts where they are too long for one line.

use super::flat::{Binding, Flat};
use super::layout::width;
use super::literal;
use super::tree::{Expr, FStringPart};

/// Columns of an f-string with nothing in it.
const EMPTY: usize = 3;

/// A piece of an f-string that stays whole.
#[derive(Clone, Copy)]
enum Piece<'t> {
    Text(&'t str),
    Value(&'t Expr, Option<&'t str>),
}

impl<'t> Flat<'_, 't> {
    /// `f"a{b}" f"{c}"`, cut where addresses are: behind slashes.
    pub(super) fn adjacent_fstrings(&mut self, parts: &'t [FStringPart], columns: usize) {
        let mut cut: Vec<Vec<Piece<'t>>> = vec![Vec::new()];
        let mut used = 0;
        for piece in parts.iter().flat_map(divided) {
            let start = self.out.len();
            self.pieces(&[piece]);
            let width = width(&self.out[start..]) - EMPTY;
            self.out.truncate(start);
            if used > 0 && used + width > columns {
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
            self.pieces(part);
        }
    }

    /// All on one line.
    pub(super) fn fstring(&mut self, parts: &'t [FStringPart]) {
        let pieces: Vec<Piece<'t>> = parts.iter().map(Piece::of).collect();
        self.pieces(&pieces);
    }

    /// Literals inside use the other quote, as Python before 3.12 wants it.
    fn pieces(&mut self, pieces: &[Piece<'t>]) {
        let texts = pieces.iter().filter_map(|piece| match piece {
            Piece::Text(text) => Some(*text),
            Piece::Value(..) => None,
        });
        let quote = self.quote.unwrap_or_else(|| literal::quote_for_all(texts));
        let other = if quote == '"' { '\'' } else { '"' };
        self.out.push('f');
        self.out.push(quote);
        for piece in pieces {
            match *piece {
                Piece::Text(text) => literal::fstring_content(self.out, text, quote),
                Piece::Value(value, spec) => {
                    self.out.push('{');
                    let start = self.out.len();
                    let notes = self.notes.as_deref_mut();
                    Flat { out: self.out, quote: Some(other), apart: None, notes }
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

impl<'t> Piece<'t> {
    fn of(part: &'t FStringPart) -> Self {
        match part {
            FStringPart::Text(text) => Self::Text(text),
            FStringPart::Value(value, spec) => Self::Value(value, spec.as_deref()),
        }
    }
}

/// The pieces of a part: texts are cut behind each slash and space.
fn divided(part: &FStringPart) -> Vec<Piece<'_>> {
    match part {
        FStringPart::Text(text) => text.split_inclusive(['/', ' ']).map(Piece::Text).collect(),
        FStringPart::Value(..) => vec![Piece::of(part)],
    }
}
