//! Breaks the common shapes of long lines as ruff's formatter does, but without parsing them again:
//! calls, displays and comprehensions whose brackets open on the first line, and headers of
//! functions. Whatever else there is comes back as `None`, and the formatter lays it out.
//! The oracle compares both.

use super::flat::{Flat, operator_sign};
use super::layout::{WIDTH, spaces, width};
use super::tree::{
    Argument, BinaryOperator, Comprehension, Expr, FunctionDef, ParameterKind, Stmt,
};

/// A logical line whose shape is known.
#[derive(Clone, Copy)]
pub(super) enum Line<'a> {
    /// A simple statement.
    Statement(&'a Stmt),
    /// `for target in iterable:`
    For { is_async: bool, target: &'a Expr, iterable: &'a Expr },
    /// `def name(parameters) -> returns:`
    Function(&'a FunctionDef),
    /// Anything else.
    Other,
}

/// Writes a logical line in several, with their indentation and without the last line feed.
/// What it has written when it gives up is to be thrown away.
pub(super) fn write(out: &mut String, line: Line<'_>, indent: usize) -> Option<()> {
    let start = out.len();
    let mut breaker = Breaker { out, start, indent };
    breaker.spaces();
    match line {
        Line::Statement(stmt) => breaker.statement(stmt),
        Line::For { is_async, target, iterable } => {
            breaker.out.push_str(if is_async { "async for " } else { "for " });
            breaker.flat().target(target);
            breaker.out.push_str(" in ");
            breaker.bracketed(iterable)?;
            breaker.end(":")
        }
        Line::Function(def) => breaker.function(def),
        Line::Other => None,
    }
}

struct Breaker<'a> {
    out: &'a mut String,
    /// Where the present line starts.
    start: usize,
    indent: usize,
}

impl Breaker<'_> {
    fn flat<'t>(&mut self) -> Flat<'_, 't> {
        Flat { out: self.out, quote: None, apart: None, notes: None }
    }

    fn spaces(&mut self) {
        spaces(self.out, self.indent);
    }

    /// Ends a line that fits.
    fn line(&mut self) -> Option<()> {
        self.fits()?;
        self.out.push('\n');
        self.start = self.out.len();
        self.spaces();
        Some(())
    }

    fn fits(&self) -> Option<()> {
        (width(&self.out[self.start..]) <= WIDTH).then_some(())
    }

    fn end(&mut self, text: &str) -> Option<()> {
        self.out.push_str(text);
        self.fits()
    }

    fn statement(&mut self, stmt: &Stmt) -> Option<()> {
        match stmt {
            Stmt::Expr(value @ (Expr::Call(..) | Expr::Await(_))) => self.bracketed(value)?,
            Stmt::Assign(target, value) if is_path(target) => {
                self.flat().target(target);
                self.out.push_str(" = ");
                self.assigned(value)?;
            }
            Stmt::Annotated(target, annotation, Some(value))
                if is_path(target) && is_type(annotation) =>
            {
                self.flat().any(target);
                self.out.push_str(": ");
                self.flat().annotation(annotation);
                self.out.push_str(" = ");
                self.assigned(value)?;
            }
            Stmt::Return(Some(value)) if !matches!(value, Expr::Tuple(_)) => {
                self.out.push_str("return ");
                self.bracketed(value)?;
            }
            Stmt::Raise(Some(error @ Expr::Call(..)), None) => {
                self.out.push_str("raise ");
                self.bracketed(error)?;
            }
            _ => return None,
        }
        self.fits()
    }

    /// The right side of an assignment; `a | {…}` opens its bracket on the first line as well.
    fn assigned(&mut self, value: &Expr) -> Option<()> {
        match value {
            Expr::Binary(left, operator, right)
                if is_path(left) && matches!(**right, Expr::Dict(_) | Expr::List(_)) =>
            {
                self.flat().any(left);
                self.out.push(' ');
                self.out.push_str(operator_sign(*operator));
                self.out.push(' ');
                self.bracketed(right)
            }
            _ => self.bracketed(value),
        }
    }

    /// The value of an argument; `a | {…}` goes on with its operator on the next line.
    fn joined(&mut self, value: &Expr) -> Option<()> {
        match value {
            Expr::Binary(left, BinaryOperator::BitOr, right)
                if is_path(left) && matches!(**right, Expr::Dict(_) | Expr::List(_)) =>
            {
                self.flat().any(left);
                self.line()?;
                self.out.push_str("| ");
                let before = self.out.len();
                self.flat().any(right);
                if self.fits().is_some() {
                    return Some(());
                }
                self.out.truncate(before);
                self.bracketed(right)
            }
            _ => self.bracketed(value),
        }
    }

    /// An expression whose brackets open here and close on a line of their own.
    fn bracketed(&mut self, expr: &Expr) -> Option<()> {
        match expr {
            Expr::Await(value) if matches!(**value, Expr::Call(..)) => {
                self.out.push_str("await ");
                self.bracketed(value)
            }
            Expr::Call(function, arguments) if is_path(function) => {
                let generator =
                    matches!(arguments[..], [Argument::Positional(Expr::Generator(..))]);
                if arguments.is_empty() || generator {
                    return None;
                }
                self.flat().any(function);
                self.enclosed('(', ')', |breaker| breaker.arguments(arguments))
            }
            Expr::List(items) if !items.is_empty() => {
                self.display('[', items, comma(items.len()), ']')
            }
            Expr::Set(items) => self.display('{', items, comma(items.len()), '}'),
            Expr::Tuple(items) if !items.is_empty() => self.display('(', items, ",", ')'),
            Expr::Dict(items) if !items.is_empty() => {
                self.enclosed('{', '}', |breaker| breaker.entries(items))
            }
            Expr::ListComp(element, clauses) => {
                self.enclosed('[', ']', |breaker| breaker.comprehension(element, clauses))
            }
            Expr::SetComp(element, clauses) => {
                self.enclosed('{', '}', |breaker| breaker.comprehension(element, clauses))
            }
            _ => None,
        }
    }

    fn enclosed(
        &mut self,
        open: char,
        close: char,
        inside: impl FnOnce(&mut Self) -> Option<()>,
    ) -> Option<()> {
        self.out.push(open);
        self.indent += 4;
        self.line()?;
        inside(self)?;
        self.indent -= 4;
        self.line()?;
        self.out.push(close);
        Some(())
    }

    /// All arguments on one line if they fit there, else one a line.
    fn arguments(&mut self, arguments: &[Argument]) -> Option<()> {
        let before = self.out.len();
        for (position, argument) in arguments.iter().enumerate() {
            if position > 0 {
                self.out.push_str(", ");
            }
            self.flat().argument(argument);
        }
        if self.fits().is_some() {
            return Some(());
        }
        self.out.truncate(before);
        for (position, argument) in arguments.iter().enumerate() {
            if position > 0 {
                self.line()?;
            }
            let flat = |breaker: &mut Self| breaker.flat().argument(argument);
            self.item(comma(arguments.len()), flat, |breaker| match argument {
                Argument::Positional(value) => breaker.bracketed(value),
                Argument::Keyword(name, value) => {
                    breaker.out.push_str(name.as_str());
                    breaker.out.push('=');
                    breaker.joined(value)
                }
                Argument::DoubleStar(value @ Expr::Dict(_)) => {
                    breaker.out.push_str("**");
                    breaker.bracketed(value)
                }
                Argument::Star(_) | Argument::DoubleStar(_) => None,
            })?;
        }
        Some(())
    }

    /// An item on one line or several. Only among others does it get a comma.
    fn item(
        &mut self,
        comma: &str,
        flat: impl FnOnce(&mut Self),
        broken: impl FnOnce(&mut Self) -> Option<()>,
    ) -> Option<()> {
        let before = self.out.len();
        flat(self);
        self.out.push_str(comma);
        if self.fits().is_none() {
            self.out.truncate(before);
            broken(self)?;
            self.out.push_str(comma);
        }
        self.fits()
    }

    fn display(&mut self, open: char, items: &[Expr], comma: &str, close: char) -> Option<()> {
        self.enclosed(open, close, |breaker| {
            for (position, item) in items.iter().enumerate() {
                if position > 0 {
                    breaker.line()?;
                }
                breaker.item(
                    comma,
                    |inner| inner.flat().any(item),
                    |inner| inner.bracketed(item),
                )?;
            }
            Some(())
        })
    }

    fn entries(&mut self, items: &[(Option<Expr>, Expr)]) -> Option<()> {
        for (position, (key, value)) in items.iter().enumerate() {
            if key.is_none() && !is_path(value) {
                return None;
            }
            if position > 0 {
                self.line()?;
            }
            let before = |breaker: &mut Self| match key {
                Some(key) => {
                    breaker.flat().any(key);
                    breaker.out.push_str(": ");
                }
                None => breaker.out.push_str("**"),
            };
            self.item(
                comma(items.len()),
                |breaker| {
                    before(breaker);
                    breaker.flat().any(value);
                },
                |breaker| {
                    before(breaker);
                    breaker.bracketed(value)
                },
            )?;
        }
        Some(())
    }

    /// All on one line if it fits, else the element, and each `for` and `if`, on a line of its own.
    fn comprehension(&mut self, element: &Expr, clauses: &[Comprehension]) -> Option<()> {
        let before = self.out.len();
        self.flat().comprehension(element, clauses);
        if self.fits().is_some() {
            return Some(());
        }
        self.out.truncate(before);
        self.flat().any(element);
        for clause in clauses {
            self.line()?;
            self.flat().clause_head(clause);
            for condition in &clause.conditions {
                self.line()?;
                self.out.push_str("if ");
                self.flat().condition(condition);
            }
        }
        Some(())
    }

    fn function(&mut self, def: &FunctionDef) -> Option<()> {
        // Whether a lone parameter gets a comma depends on what its annotation could break at.
        if def.parameters.len() < 2 || !self.breaks_parameters(def) {
            return None;
        }
        self.head(def);
        let parameters = def.parameters.as_slice();
        self.enclosed('(', ')', |breaker| {
            let before = breaker.out.len();
            breaker.flat().parameters(parameters);
            if breaker.fits().is_some() {
                return Some(());
            }
            breaker.out.truncate(before);
            let mut star = false;
            for (position, parameter) in parameters.iter().enumerate() {
                if position > 0 {
                    breaker.line()?;
                }
                if !star && parameter.kind == ParameterKind::KeywordOnly {
                    breaker.out.push_str("*,");
                    breaker.line()?;
                }
                star |= matches!(parameter.kind, ParameterKind::KeywordOnly | ParameterKind::Star);
                breaker.flat().parameter(parameter);
                breaker.end(",")?;
            }
            Some(())
        })?;
        if let Some(returns) = &def.returns {
            self.out.push_str(" -> ");
            self.flat().annotation(returns);
        }
        self.end(":")
    }

    fn head(&mut self, def: &FunctionDef) {
        self.out.push_str(if def.is_async { "async def " } else { "def " });
        self.out.push_str(def.name.as_str());
    }

    /// Whether nothing but the parameters can be broken: a return type is, where all before its
    /// bracket has room on the first line.
    fn breaks_parameters(&mut self, def: &FunctionDef) -> bool {
        let opening = match &def.returns {
            None => return true,
            Some(returns) if is_path(returns) || matches!(returns, Expr::None) => return true,
            Some(Expr::Subscript(value, _)) if is_path(value) => Some(&**value),
            Some(Expr::Binary(..)) => None,
            Some(_) => return false,
        };
        let before = self.out.len();
        self.head(def);
        self.out.push('(');
        self.flat().parameters(&def.parameters);
        self.out.push_str(") -> ");
        if let Some(value) = opening {
            self.flat().any(value);
        }
        self.out.push('[');
        let room = self.fits().is_some();
        self.out.truncate(before);
        !room
    }
}

/// What stands behind each of so many items that are not the only one.
fn comma(items: usize) -> &'static str {
    if items > 1 { "," } else { "" }
}

/// A name, or attributes of one: nothing in it can be broken.
fn is_path(expr: &Expr) -> bool {
    match expr {
        Expr::Name(_) | Expr::Symbol(_) => true,
        Expr::Attribute(value, _) => is_path(value),
        _ => false,
    }
}

/// What types are made of.
fn is_type(expr: &Expr) -> bool {
    match expr {
        Expr::None | Expr::Ellipsis | Expr::Str(_) => true,
        Expr::Quoted(value) => is_type(value),
        Expr::Subscript(value, items) => is_path(value) && items.iter().all(is_type),
        Expr::Binary(left, BinaryOperator::BitOr, right) => is_type(left) && is_type(right),
        Expr::List(items) => items.iter().all(is_type),
        _ => is_path(expr),
    }
}
