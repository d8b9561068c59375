//! The walk through a file that lets pass what can do no harm, and nothing else.

use ruff_python_ast::visitor::{
    Visitor, walk_comprehension, walk_decorator, walk_expr, walk_keyword, walk_pattern_keyword,
    walk_stmt,
};
use ruff_python_ast::{
    Comprehension, Decorator, Expr, ExprAttribute, ExprCall, ExprName, Keyword, PatternKeyword,
    Stmt,
};

use super::Findings;
use super::bound::Bound;
use super::format::is_plain;
use super::imports::{Imports, offers};
use super::names::{BUILTINS, INNER, REFUSED, module};

/// Reports what a slot can't do.
pub(super) fn check(body: &[Stmt], imports: &Imports, findings: &mut Findings) {
    let bound = Bound::of(body);
    for (name, place) in &bound.places {
        if name.starts_with("__") || REFUSED.contains(name) {
            let help = "choose another name";
            findings.unsafe_code(*place, format!("`{name}` belongs to Python itself"), help);
        } else if imports.binds(name) {
            let message = format!("`{name}` is imported, and means something else here");
            findings.unsafe_code(*place, message, "choose another name");
        }
    }
    for stmt in body {
        if !stands_alone(stmt) {
            let help = "write it into a function";
            let message = "only imports, constants, functions and classes stand at the top";
            findings.unsafe_code(first_line(stmt), message, help);
        }
    }
    let mut guard = Guard { bound, imports, findings, depth: 0 };
    guard.visit_body(body);
}

/// Whether a statement may stand outside of a function.
fn stands_alone(stmt: &Stmt) -> bool {
    let is_name = |target: &Expr| matches!(target, Expr::Name(_));
    match stmt {
        Stmt::Import(_) | Stmt::ImportFrom(_) | Stmt::FunctionDef(_) | Stmt::ClassDef(_) => true,
        Stmt::Assign(found) => found.targets.iter().all(is_name),
        Stmt::AnnAssign(found) => is_name(&found.target) && found.value.is_some(),
        Stmt::Expr(found) => matches!(*found.value, Expr::StringLiteral(_)),
        _ => false,
    }
}

/// A place to underline: not a whole block.
fn first_line(stmt: &Stmt) -> ruff_text_size::TextRange {
    use ruff_text_size::Ranged as _;
    match stmt {
        Stmt::If(found) => found.test.range(),
        Stmt::For(found) => found.target.range(),
        Stmt::While(found) => found.test.range(),
        Stmt::With(_) | Stmt::Try(_) | Stmt::Match(_) => {
            ruff_text_size::TextRange::empty(stmt.range().start())
        }
        other => other.range(),
    }
}

struct Guard<'a, 'f> {
    bound: Bound<'a>,
    imports: &'f Imports,
    findings: &'f mut Findings,
    /// Functions and classes around.
    depth: usize,
}

impl<'a> Guard<'a, '_> {
    fn name(&mut self, found: &ExprName) {
        let name = found.id.as_str();
        // Bindings were looked at before.
        if !found.ctx.is_load() {
            return;
        }
        let known = self.imports.binds(name) || self.bound.names.contains(name);
        if name.starts_with("__") || (!known && !BUILTINS.contains(&name)) {
            let message = format!("`{name}` can't be used by a slot");
            let help = "a slot computes from what it is given: it reads, writes and runs nothing";
            self.findings.unsafe_code(found, message, help);
        }
    }

    fn attribute(&mut self, found: &'a ExprAttribute) {
        let name = found.attr.id.as_str();
        if !found.ctx.is_load() {
            let help = "make a new value; `dataclasses.replace` changes a copy";
            self.findings.unsafe_code(found, "attributes can't be set by a slot", help);
        }
        if let Some(of) = self.imports.module_of(&found.value) {
            let members = module(of).map_or(&[][..], |module| module.members);
            if !members.contains(&name) {
                let message = format!("`{name}` of `{of}` can't be used by a slot");
                self.findings.unsafe_code(&found.attr, message, offers(members));
            }
            return;
        }
        if matches!(name, "now" | "today" | "utcnow")
            && self.imports.imported(&found.value).is_some_and(|(of, _)| of == "datetime")
        {
            let help = "give the slot the time, or the day, as an input";
            self.findings.unsafe_code(&found.attr, "a slot asks no clock", help);
        } else if name.starts_with('_') || INNER.contains(&name) {
            let message = format!("`{name}` leads into what runs the code");
            let help = "use what has a name without an underscore in front";
            self.findings.unsafe_code(&found.attr, message, help);
        } else if matches!(name, "format" | "format_map") {
            let message = format!("`{name}` of anything but a text in quotes reaches into values");
            self.findings.unsafe_code(&found.attr, message, "write an f-string");
        }
        self.visit_expr(&found.value);
    }

    /// Whether this is the decorator which changes the class that it is given.
    fn is_dataclass(&self, expr: &Expr) -> bool {
        self.imports.imported(expr) == Some(("dataclasses", "dataclass"))
    }

    /// Whether this is the method of a text in quotes that shows values as they are.
    fn shows_values(call: &ExprCall) -> bool {
        let Expr::Attribute(method) = &*call.func else { return false };
        let Expr::StringLiteral(template) = &*method.value else { return false };
        matches!(method.attr.id.as_str(), "format" | "format_map")
            && is_plain(template.value.to_str())
    }
}

impl<'a> Visitor<'a> for Guard<'a, '_> {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        let refused = match stmt {
            Stmt::Import(_) | Stmt::ImportFrom(_) if self.depth > 0 => {
                Some(("imports stand at the top", "move it there"))
            }
            Stmt::FunctionDef(found) if found.is_async => {
                Some(("a slot waits for nothing", "write `def`"))
            }
            Stmt::For(found) if found.is_async => Some(("a slot waits for nothing", "write `for`")),
            Stmt::With(found) if found.is_async => {
                Some(("a slot waits for nothing", "write `with`"))
            }
            Stmt::Global(_) => {
                Some(("a slot changes nothing outside of its function", "return what is computed"))
            }
            Stmt::IpyEscapeCommand(_) | Stmt::TypeAlias(_) => {
                Some(("this is no statement of Python 3.11", "leave it out"))
            }
            _ => None,
        };
        if let Some((message, help)) = refused {
            self.findings.unsafe_code(stmt_head(stmt), message, help);
        }
        let block = matches!(stmt, Stmt::FunctionDef(_) | Stmt::ClassDef(_));
        let nests = block || !stands_alone(stmt);
        self.depth += usize::from(nests);
        walk_stmt(self, stmt);
        self.depth -= usize::from(nests);
    }

    fn visit_expr(&mut self, expr: &'a Expr) {
        if self.is_dataclass(expr) {
            let message = "`dataclass` stands as `@dataclass` above a class of the file only";
            self.findings.unsafe_code(expr, message, "declare the class here");
            return;
        }
        if let Some(of) = self.imports.module_of(expr) {
            let message = format!("the module `{of}` is no value");
            self.findings.unsafe_code(expr, message, "name what is used of it");
            return;
        }
        match expr {
            Expr::Name(found) => self.name(found),
            Expr::Attribute(found) => self.attribute(found),
            Expr::Call(call) if Self::shows_values(call) => self.visit_arguments(&call.arguments),
            Expr::Await(_) | Expr::IpyEscapeCommand(_) | Expr::TString(_) => {
                let message = "a slot can't do this";
                self.findings.unsafe_code(expr, message, "compute from what is given");
                walk_expr(self, expr);
            }
            _ => walk_expr(self, expr),
        }
    }

    fn visit_decorator(&mut self, decorator: &'a Decorator) {
        let called = match &decorator.expression {
            Expr::Call(call) => (&*call.func, Some(&call.arguments)),
            other => (other, None),
        };
        match called {
            (decorator, arguments) if self.is_dataclass(decorator) => {
                arguments.into_iter().for_each(|arguments| self.visit_arguments(arguments));
            }
            _ => walk_decorator(self, decorator),
        }
    }

    fn visit_comprehension(&mut self, comprehension: &'a Comprehension) {
        if comprehension.is_async {
            self.findings.unsafe_code(comprehension, "a slot waits for nothing", "write `for`");
        }
        walk_comprehension(self, comprehension);
    }

    fn visit_keyword(&mut self, keyword: &'a Keyword) {
        if let Some(name) = &keyword.arg
            && (name.id.starts_with("__") || name.id.as_str() == "metaclass")
        {
            let message = format!("`{}` belongs to Python itself", name.id);
            self.findings.unsafe_code(name, message, "leave it out");
        }
        walk_keyword(self, keyword);
    }

    fn visit_pattern_keyword(&mut self, keyword: &'a PatternKeyword) {
        let name = keyword.attr.id.as_str();
        if name.starts_with('_') || INNER.contains(&name) {
            let message = format!("`{name}` leads into what runs the code");
            let help = "use what has a name without an underscore in front";
            self.findings.unsafe_code(&keyword.attr, message, help);
        }
        walk_pattern_keyword(self, keyword);
    }
}

/// The name of a function or the whole of a small statement: not a whole block.
fn stmt_head(stmt: &Stmt) -> ruff_text_size::TextRange {
    use ruff_text_size::Ranged as _;
    match stmt {
        Stmt::FunctionDef(found) => found.name.range(),
        other => first_line(other),
    }
}
