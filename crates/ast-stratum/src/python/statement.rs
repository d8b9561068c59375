//! Statements and the blank lines between them.

use memchr::memchr_iter;
use stratapi_plan::Origin;

use super::broken::{self, Line};
use super::flat::{Binding, Flat, Notes, operator_sign};
use super::tree::{ClassDef, Decorator, Docstring, Except, Expr, FunctionDef, Stmt, Try, WithItem};
use super::{docstring, layout, literal};

/// Writes statements.
pub(super) struct Writer<'t> {
    /// The text so far.
    pub(super) out: String,
    /// What the expressions in it say of themselves.
    pub(super) notes: Notes<'t>,
    /// Lines that come from places of the IR.
    pub(super) origins: Vec<Origin>,
    /// Columns that statements are indented by.
    indent: usize,
    /// Columns of the parts of long literals, while they stay apart.
    apart: Option<usize>,
    /// A comment that goes behind the next logical line.
    comment: Option<String>,
    /// Whether the formatter breaks every long line, also those of known shapes.
    pub(super) formatter_only: bool,
    /// Line feeds in the text before `counted`.
    lines: u32,
    counted: usize,
}

/// Stands in for the block below a header.
const BLOCK: &str = "\n    pass";

/// What stands around a statement, for the blank lines between them.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Definition,
    Comment,
    Other,
}

impl<'t> Writer<'t> {
    /// Starts with no text.
    pub(super) fn new() -> Self {
        Self {
            // Most modules are shorter.
            out: String::with_capacity(16 << 10),
            notes: Notes::default(),
            origins: Vec::new(),
            indent: 0,
            apart: None,
            comment: None,
            formatter_only: false,
            lines: 0,
            counted: 0,
        }
    }

    /// Statements of one block.
    pub(super) fn suite(&mut self, body: &'t [Stmt]) {
        let mut previous: Option<Shape> = None;
        let mut blank = false;
        for (position, stmt) in body.iter().enumerate() {
            if matches!(stmt, Stmt::Blank) {
                blank = true;
                continue;
            }
            let shape = leading_shape(&body[position..]);
            if let Some(before) = previous {
                let definition = shape == Shape::Definition && before != Shape::Comment
                    || before == Shape::Definition;
                let lines = match (definition, self.indent) {
                    (true, 0) => 2,
                    (true, _) => 1,
                    (false, _) => usize::from(blank),
                };
                self.out.extend(std::iter::repeat_n('\n', lines));
            }
            blank = false;
            self.statement(stmt);
            previous = Some(match stmt_shape(stmt) {
                Shape::Comment if shape != Shape::Definition => Shape::Other,
                Shape::Other if ends_with_definition(stmt) => Shape::Definition,
                shape => shape,
            });
        }
    }

    fn start_line(&mut self) {
        layout::spaces(&mut self.out, self.indent);
    }

    fn line(&mut self, text: &str) {
        if !text.is_empty() {
            self.start_line();
            self.out.push_str(text);
        }
        self.out.push('\n');
    }

    fn flat(&mut self) -> Flat<'_, 't> {
        let notes = self.apart.is_none().then_some(&mut self.notes);
        Flat { out: &mut self.out, quote: None, apart: self.apart, notes }
    }

    /// Writes one logical line; if it is too long, writes it again in several.
    /// What Python wants before and behind it to be a statement is given by `frame`.
    fn logical(&mut self, frame: (&str, &str), line: Line<'t>, write: impl Fn(&mut Self)) {
        let start = self.out.len();
        self.start_line();
        let text = self.out.len();
        self.notes.divisible = false;
        write(self);
        if let Some(comment) = self.comment.take() {
            self.out.push_str("  # ");
            self.out.push_str(&comment);
            self.comment = Some(comment);
        }
        if layout::width(&self.out[start..]) <= layout::WIDTH {
            self.comment = None;
            self.out.push('\n');
            return;
        }
        let undivided = !self.notes.divisible
            || self.write_apart(text, literal::PART, &write) == self.out[text..];
        if undivided && self.comment.is_none() && !self.formatter_only {
            let end = self.out.len();
            if broken::write(&mut self.out, line, self.indent).is_some() && self.fits(end) {
                self.out.drain(start..end);
                self.out.push('\n');
                return;
            }
            self.out.truncate(end);
        }
        let comment = self.comment.take().map(|comment| format!("  # {comment}"));
        let comment = comment.as_deref().unwrap_or_default();
        self.out.push_str(comment);
        let usual = layout::broken(frame, &self.out[text..], self.indent);
        self.replace(start, &usual);
        // What is still too long may have literals that can be cut into shorter parts.
        for columns in literal::SHORTER_PARTS {
            if self.fits(start) {
                return;
            }
            self.out.truncate(start);
            self.start_line();
            self.write_apart(text, columns, &write);
            self.out.push_str(comment);
            let broken = layout::broken(frame, &self.out[text..], self.indent);
            self.replace(start, &broken);
        }
        if !self.fits(start) {
            self.replace(start, &usual);
        }
    }

    /// Writes these lines in the place of what is behind `start`.
    fn replace(&mut self, start: usize, lines: &str) {
        self.out.truncate(start);
        for line in lines.lines() {
            self.line(line);
        }
    }

    /// Whether no line behind `start` is too long.
    fn fits(&self, start: usize) -> bool {
        self.out[start..].lines().all(|line| layout::width(line) <= layout::WIDTH)
    }

    /// Writes the line behind `start` again, with its long literals in parts of so many columns.
    /// Returns what stood there.
    fn write_apart(&mut self, start: usize, columns: usize, write: &impl Fn(&mut Self)) -> String {
        let whole = self.out.split_off(start);
        self.apart = Some(columns);
        write(self);
        self.apart = None;
        whole
    }

    /// The body of a block whose header has been written, but not of a function or class.
    fn block(&mut self, body: &'t [Stmt]) {
        self.indent += 4;
        let first = body.iter().find(|stmt| !matches!(stmt, Stmt::Blank));
        if first.is_some_and(|first| stmt_shape(first) == Shape::Definition) {
            self.out.push('\n');
        }
        self.suite(body);
        self.indent -= 4;
    }

    fn doc(&mut self, doc: Option<&Docstring>) {
        let Some(Docstring(text)) = doc else { return };
        for line in docstring::docstring(text, self.indent) {
            self.line(&line);
        }
    }

    /// The line that is written next; all text so far ends with a line feed.
    fn line_number(&mut self) -> u32 {
        let new = memchr_iter(b'\n', &self.out.as_bytes()[self.counted..]).count();
        self.lines = self.lines.saturating_add(u32::try_from(new).unwrap_or(u32::MAX));
        self.counted = self.out.len();
        self.lines.saturating_add(1)
    }

    fn statement(&mut self, stmt: &'t Stmt) {
        match stmt {
            Stmt::Origin(span, inner) => {
                let first_line = self.line_number();
                self.statement(inner);
                let last_line = self.line_number() - 1;
                self.origins.push(Origin { first_line, last_line, span: *span });
            }
            Stmt::Comment(text) => {
                for line in docstring::comment(text, self.indent) {
                    self.line(&line);
                }
            }
            Stmt::Trailing(inner, comment) => {
                self.comment = Some(comment.clone());
                self.statement(inner);
            }
            Stmt::Blank => {}
            Stmt::Def(def) => self.function(def),
            Stmt::Class(def) => self.class(def),
            Stmt::If(_) | Stmt::For { .. } | Stmt::While(..) | Stmt::With { .. } | Stmt::Try(_) => {
                self.compound(stmt);
            }
            _ => self.logical(("", ""), Line::Statement(stmt), |writer| writer.simple(stmt)),
        }
    }

    fn simple(&mut self, stmt: &'t Stmt) {
        match stmt {
            Stmt::Expr(value) => self.flat().expr(value, Binding::Expression),
            Stmt::Assign(target, value) => {
                self.flat().target(target);
                self.out.push_str(" = ");
                self.flat().any(value);
            }
            Stmt::Augment(target, operator, value) => {
                self.flat().target(target);
                self.out.push(' ');
                self.out.push_str(operator_sign(*operator));
                self.out.push_str("= ");
                self.flat().any(value);
            }
            Stmt::Annotated(target, annotation, value) => {
                self.flat().any(target);
                self.out.push_str(": ");
                self.flat().annotation(annotation);
                if let Some(value) = value {
                    self.out.push_str(" = ");
                    self.flat().any(value);
                }
            }
            Stmt::Return(value) => self.keyword("return", value.as_ref()),
            Stmt::Yield(value) => self.keyword("yield", value.as_ref()),
            Stmt::Assert(test) => self.keyword("assert", Some(test)),
            Stmt::Raise(error, cause) => {
                self.keyword("raise", error.as_ref());
                if let Some(cause) = cause {
                    self.keyword(" from", Some(cause));
                }
            }
            Stmt::Delete(targets) => {
                self.out.push_str("del ");
                self.flat().joined(targets, ", ", Binding::Expression);
            }
            Stmt::Break => self.out.push_str("break"),
            Stmt::Continue => self.out.push_str("continue"),
            _ => {}
        }
    }

    fn keyword(&mut self, keyword: &str, value: Option<&'t Expr>) {
        self.out.push_str(keyword);
        if let Some(value) = value {
            self.out.push(' ');
            self.flat().any(value);
        }
    }

    fn compound(&mut self, stmt: &'t Stmt) {
        match stmt {
            Stmt::If(chain) => {
                for (position, (test, body)) in chain.branches.iter().enumerate() {
                    let (before, keyword) =
                        if position == 0 { ("", "if ") } else { ("if a:\n    pass\n", "elif ") };
                    self.logical((before, BLOCK), Line::Other, |writer| {
                        writer.header(keyword, test);
                    });
                    self.block(body);
                }
                if !chain.otherwise.is_empty() {
                    self.line("else:");
                    self.block(&chain.otherwise);
                }
            }
            Stmt::While(test, body) => {
                self.logical(("", BLOCK), Line::Other, |writer| writer.header("while ", test));
                self.block(body);
            }
            Stmt::For { is_async, target, iterable, body } => {
                let line = Line::For { is_async: *is_async, target, iterable };
                self.logical(("", BLOCK), line, |writer| {
                    writer.out.push_str(if *is_async { "async for " } else { "for " });
                    writer.flat().target(target);
                    writer.out.push_str(" in ");
                    writer.flat().any(iterable);
                    writer.out.push(':');
                });
                self.block(body);
            }
            Stmt::With { is_async, items, body } => {
                self.logical(("", BLOCK), Line::Other, |writer| {
                    writer.out.push_str(if *is_async { "async with " } else { "with " });
                    writer.with_items(items);
                });
                self.block(body);
            }
            Stmt::Try(part) => self.try_(part),
            _ => {}
        }
    }

    fn header(&mut self, keyword: &str, test: &'t Expr) {
        self.out.push_str(keyword);
        self.flat().expr(test, Binding::Named);
        self.out.push(':');
    }

    fn with_items(&mut self, items: &'t [WithItem]) {
        for (position, item) in items.iter().enumerate() {
            if position > 0 {
                self.out.push_str(", ");
            }
            self.flat().any(&item.context);
            if let Some(name) = &item.name {
                self.out.push_str(" as ");
                self.out.push_str(name.as_str());
            }
        }
        self.out.push(':');
    }

    fn try_(&mut self, part: &'t Try) {
        self.line("try:");
        self.block(&part.body);
        for handler in &part.handlers {
            self.handler(handler);
            self.block(&handler.body);
        }
        if !part.finally.is_empty() {
            self.line("finally:");
            self.block(&part.finally);
        }
    }

    fn handler(&mut self, handler: &'t Except) {
        self.logical(("try:\n    pass\n", BLOCK), Line::Other, |writer| {
            writer.out.push_str("except ");
            writer.flat().any(&handler.kind);
            if let Some(name) = &handler.name {
                writer.out.push_str(" as ");
                writer.out.push_str(name.as_str());
            }
            writer.out.push(':');
        });
    }

    fn decorators(&mut self, decorators: &'t [Decorator]) {
        for Decorator(value) in decorators {
            self.logical(("", "\ndef f():\n    pass"), Line::Other, |writer| {
                writer.out.push('@');
                writer.flat().any(value);
            });
        }
    }

    fn function(&mut self, def: &'t FunctionDef) {
        let comment = self.comment.take();
        self.decorators(&def.decorators);
        self.comment = comment;
        self.logical(("", BLOCK), Line::Function(def), |writer| {
            writer.out.push_str(if def.is_async { "async def " } else { "def " });
            writer.out.push_str(def.name.as_str());
            writer.out.push('(');
            writer.flat().parameters(&def.parameters);
            writer.out.push(')');
            if let Some(returns) = &def.returns {
                writer.out.push_str(" -> ");
                writer.flat().annotation(returns);
            }
            writer.out.push(':');
        });
        self.indent += 4;
        self.doc(def.doc.as_ref());
        if def.doc.is_some() && starts_with_definition(&def.body) {
            self.out.push('\n');
        }
        self.suite(&def.body);
        self.indent -= 4;
    }

    fn class(&mut self, def: &'t ClassDef) {
        let comment = self.comment.take();
        self.decorators(&def.decorators);
        self.comment = comment;
        self.logical(("", BLOCK), Line::Other, |writer| {
            writer.out.push_str("class ");
            writer.out.push_str(def.name.as_str());
            if !def.arguments.is_empty() {
                writer.flat().bases(&def.arguments);
            }
            writer.out.push(':');
        });
        self.indent += 4;
        self.doc(def.doc.as_ref());
        if def.doc.is_some() && !def.body.is_empty() {
            self.out.push('\n');
        }
        self.suite(&def.body);
        self.indent -= 4;
    }
}

fn stmt_shape(stmt: &Stmt) -> Shape {
    match stmt {
        Stmt::Def(_) | Stmt::Class(_) => Shape::Definition,
        Stmt::Comment(_) => Shape::Comment,
        Stmt::Origin(_, inner) | Stmt::Trailing(inner, _) => stmt_shape(inner),
        _ => Shape::Other,
    }
}

/// Whether the last line of a compound statement belongs to a definition.
fn ends_with_definition(stmt: &Stmt) -> bool {
    let body = match stmt {
        Stmt::Def(_) | Stmt::Class(_) => return true,
        Stmt::Origin(_, inner) | Stmt::Trailing(inner, _) => return ends_with_definition(inner),
        Stmt::If(chain) if chain.otherwise.is_empty() => {
            chain.branches.last().map(|(_, body)| body)
        }
        Stmt::If(chain) => Some(&chain.otherwise),
        Stmt::For { body, .. } | Stmt::While(_, body) | Stmt::With { body, .. } => Some(body),
        Stmt::Try(part) if part.finally.is_empty() => {
            part.handlers.last().map(|handler| &handler.body)
        }
        Stmt::Try(part) => Some(&part.finally),
        _ => None,
    };
    body.and_then(|body| body.last()).is_some_and(ends_with_definition)
}

/// Comments that stand right before a definition belong to it.
fn leading_shape(body: &[Stmt]) -> Shape {
    body.iter()
        .filter(|stmt| !matches!(stmt, Stmt::Blank))
        .map(stmt_shape)
        .find(|shape| *shape != Shape::Comment)
        .unwrap_or(Shape::Other)
}

/// Whether a block starts with a definition, or with a comment that belongs to one.
pub(super) fn starts_with_definition(body: &[Stmt]) -> bool {
    leading_shape(body) == Shape::Definition
}
