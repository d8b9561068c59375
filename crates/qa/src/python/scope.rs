//! Which names are used that nothing defines. It knows the scopes of modules, classes, functions,
//! lambdas and comprehensions, but not the order of statements: a name that is used before it is
//! bound counts as defined.

use ruff_python_ast::{
    Comprehension, Expr, ExprContext, Identifier, Parameters, Stmt, StmtFunctionDef, TypeParams,
};
use ruff_text_size::TextRange;

use super::names::Names;
use super::{bindings, builtins, walk};

/// A name that nothing defines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Undefined {
    pub(crate) name: String,
    pub(crate) range: TextRange,
}

/// Every use of a name that nothing defines.
pub(crate) fn undefined(body: &[Stmt], text: &str) -> Vec<Undefined> {
    let mut names = Names::default();
    let walrus = text.contains(":=");
    bindings::of_block(body, walrus, &mut names);
    if text.contains("global ") {
        globals(body, &mut names);
    }
    let mut scopes =
        Scopes { walrus, stack: vec![Scope { kind: Kind::Plain, names }], found: Vec::new() };
    scopes.block(body);
    scopes.found
}

/// Names that functions bind in the module by `global`.
fn globals<'a>(block: &'a [Stmt], names: &mut Names<'a>) {
    for statement in block {
        if let Stmt::Global(global) = statement {
            names.extend(global.names.iter().map(Identifier::as_str));
        }
        walk::blocks(statement, &mut |block| globals(block, names));
    }
}

/// What a scope belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A module, a function, a lambda or a comprehension.
    Plain,
    /// A class: its names are seen in its own block only.
    Class,
    /// Type parameters: whoever looks through them sees the class around them.
    Parameters,
}

struct Scope<'a> {
    kind: Kind,
    names: Names<'a>,
}

struct Scopes<'a> {
    walrus: bool,
    stack: Vec<Scope<'a>>,
    found: Vec<Undefined>,
}

impl<'a> Scopes<'a> {
    fn inside(&mut self, kind: Kind, names: Names<'a>, visit: impl FnOnce(&mut Self)) {
        self.stack.push(Scope { kind, names });
        visit(self);
        self.stack.pop();
    }

    fn block(&mut self, block: &'a [Stmt]) {
        block.iter().for_each(|statement| self.statement(statement));
    }

    fn statement(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::FunctionDef(s) => {
                s.decorator_list.iter().for_each(|one| self.expression(&one.expression));
                self.function(s);
            }
            Stmt::ClassDef(s) => {
                s.decorator_list.iter().for_each(|one| self.expression(&one.expression));
                self.inside(Kind::Parameters, type_names(s.type_params.as_deref()), |scopes| {
                    s.bases().iter().for_each(|e| scopes.expression(e));
                    s.keywords().iter().for_each(|keyword| scopes.expression(&keyword.value));
                    let mut names = Names::from_iter(["__qualname__", "__module__"]);
                    bindings::of_block(&s.body, scopes.walrus, &mut names);
                    scopes.inside(Kind::Class, names, |scopes| scopes.block(&s.body));
                });
            }
            Stmt::AnnAssign(s) => {
                self.annotation(&s.annotation);
                self.expression(&s.target);
                s.value.iter().for_each(|e| self.expression(e));
            }
            Stmt::TypeAlias(s) => {
                self.inside(Kind::Parameters, type_names(s.type_params.as_deref()), |scopes| {
                    scopes.annotation(&s.value);
                });
            }
            _ => {
                walk::expressions(statement, &mut |e| self.expression(e));
                walk::blocks(statement, &mut |block| self.block(block));
            }
        }
    }

    fn function(&mut self, one: &'a StmtFunctionDef) {
        walk::defaults(&one.parameters, &mut |e| self.expression(e));
        self.inside(Kind::Parameters, type_names(one.type_params.as_deref()), |scopes| {
            walk::annotations(&one.parameters, &mut |e| scopes.annotation(e));
            one.returns.iter().for_each(|e| scopes.annotation(e));
            let mut names = parameter_names(&one.parameters);
            // What the compiler keeps for methods.
            names.insert("__class__");
            bindings::of_block(&one.body, scopes.walrus, &mut names);
            scopes.inside(Kind::Plain, names, |scopes| scopes.block(&one.body));
        });
    }

    fn expression(&mut self, expression: &'a Expr) {
        match expression {
            Expr::Name(name) if name.ctx == ExprContext::Load => {
                self.load(name.id.as_str(), name.range);
            }
            Expr::Lambda(e) => {
                let parameters = e.parameters.as_deref();
                parameters
                    .into_iter()
                    .for_each(|all| walk::defaults(all, &mut |e| self.expression(e)));
                let names = parameters.map(parameter_names).unwrap_or_default();
                self.inside(Kind::Plain, names, |scopes| scopes.expression(&e.body));
            }
            Expr::ListComp(e) => self.comprehension(&e.generators, [Some(&*e.elt), None]),
            Expr::SetComp(e) => self.comprehension(&e.generators, [Some(&*e.elt), None]),
            Expr::Generator(e) => self.comprehension(&e.generators, [Some(&*e.elt), None]),
            Expr::DictComp(e) => {
                self.comprehension(&e.generators, [e.key.as_deref(), Some(&*e.value)]);
            }
            _ => walk::children(expression, &mut |child| self.expression(child)),
        }
    }

    fn comprehension(&mut self, generators: &'a [Comprehension], elements: [Option<&'a Expr>; 2]) {
        let Some(first) = generators.first() else { return };
        // The first iterable is evaluated outside, where names of a class are seen.
        self.expression(&first.iter);
        let mut names = Names::default();
        generators.iter().for_each(|one| bindings::of_target(&one.target, &mut names));
        self.inside(Kind::Plain, names, |scopes| {
            for (index, generator) in generators.iter().enumerate() {
                if index > 0 {
                    scopes.expression(&generator.iter);
                }
                scopes.expression(&generator.target);
                generator.ifs.iter().for_each(|e| scopes.expression(e));
            }
            elements.into_iter().flatten().for_each(|e| scopes.expression(e));
        });
    }

    /// An annotation, in which texts are expressions too.
    fn annotation(&mut self, expression: &'a Expr) {
        match expression {
            Expr::StringLiteral(literal) => self.quoted(literal.value.to_str(), literal.range),
            Expr::Subscript(e) => {
                self.expression(&e.value);
                match (super::last_name(&e.value), &*e.slice) {
                    ("Literal", _) => {}
                    ("Annotated", Expr::Tuple(tuple)) => {
                        let mut all = tuple.elts.iter();
                        all.next().into_iter().for_each(|e| self.annotation(e));
                        all.for_each(|e| self.expression(e));
                    }
                    (_, Expr::Tuple(tuple)) => tuple.elts.iter().for_each(|e| self.annotation(e)),
                    (_, slice) => self.annotation(slice),
                }
            }
            Expr::BinOp(e) => [&e.left, &e.right].into_iter().for_each(|e| self.annotation(e)),
            Expr::List(e) => e.elts.iter().for_each(|e| self.annotation(e)),
            _ => self.expression(expression),
        }
    }

    /// Names in an annotation that is a text; one that is no expression is found by other tools.
    fn quoted(&mut self, text: &str, range: TextRange) {
        if !stratapi_llm_stratum::python::is_shallow(text) {
            return;
        }
        let Ok(parsed) = ruff_python_parser::parse_expression(text) else { return };
        let mut inner = Scopes {
            walrus: false,
            stack: vec![Scope { kind: Kind::Plain, names: Names::default() }],
            found: Vec::new(),
        };
        inner.annotation(parsed.expr());
        for undefined in inner.found {
            self.load(&undefined.name, range);
        }
    }

    fn load(&mut self, name: &str, range: TextRange) {
        let mut direct = true;
        let is_known = self.stack.iter().rev().any(|scope| {
            let is_seen = direct || scope.kind != Kind::Class;
            direct &= scope.kind == Kind::Parameters;
            is_seen && scope.names.contains(name)
        });
        if !is_known && !builtins::is_builtin(name) {
            self.found.push(Undefined { name: name.to_owned(), range });
        }
    }
}

fn parameter_names(parameters: &Parameters) -> Names<'_> {
    parameters.iter().map(|one| one.name().as_str()).collect()
}

fn type_names(parameters: Option<&TypeParams>) -> Names<'_> {
    let all = parameters.into_iter().flat_map(|all| &all.type_params);
    all.map(|one| one.name().as_str()).collect()
}

#[cfg(test)]
mod tests {
    fn undefined(text: &str) -> Vec<String> {
        let body = crate::python::parse(text).unwrap().unwrap();
        super::undefined(&body, text).into_iter().map(|one| one.name).collect()
    }

    #[test]
    fn names_of_every_kind_of_scope_are_known() {
        let text = "\
import os.path, json as j
from a import (b, c as d)
X: int = len([k for k in b if k])
class C(Base):
    y = 1
    z = [y for _ in range(y)]
    def m(self, *args, q=X, **kw) -> 'C | None':
        global later
        later = [args, kw, self, q, __class__]
        return {u: v for u, v in kw.items()}
def f(a, /, n, *, o) -> 'Missing1':
    with open(a) as h, n() as (i, [l, *r]):
        pass
    try:
        p = lambda s, t=o: s + t
    except (OSError, Missing2) as error:
        raise error
    if (w := h) and any((last := e) for e in i):
        return w, last, l, r, p, j, os, d, later
    match a:
        case {'k': g, **rest} | [g, *rest] if g:
            return rest
        case Missing3(x=1) as whole:
            return whole
    for loop, in a: loop
    def inner(): return outer_later, __file__
    outer_later = 1
";
        assert_eq!(undefined(text), ["Base", "y", "Missing1", "Missing2", "Missing3"]);
    }

    #[test]
    fn a_class_is_seen_by_its_signatures_and_not_by_its_bodies() {
        let text =
            "class A:\n    class B: x = 1\n    def f(self, b: B = B()) -> B:\n        return B\n";
        assert_eq!(undefined(text), ["B"]);
    }
}
