//! A Python file, laid out for the checks: all its statements, expressions and functions in lists.

use indexmap::IndexMap;
use ruff_python_ast::{Decorator, Expr, ExprCall, Parameters, Stmt, StmtClassDef, StmtImportFrom};
use ruff_text_size::Ranged;
use rustc_hash::FxBuildHasher;
use smol_str::{SmolStr, SmolStrBuilder, format_smolstr};

use super::{Refused, outline, walk};
use crate::finding::{At, Place};

/// Bytes of a file for each of its expressions, at the least.
const BYTES_OF_EXPRESSION: usize = 8;

/// A function with where it stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Function<'a> {
    pub(crate) name: &'a str,
    pub(crate) is_async: bool,
    pub(crate) parameters: &'a Parameters,
    pub(crate) body: &'a [Stmt],
    pub(crate) decorators: &'a [Decorator],
    /// The class directly around it.
    pub(crate) class: Option<&'a StmtClassDef>,
    /// The statement that defines it.
    pub(crate) statement: &'a Stmt,
}

/// A node with the function directly around it, as an index in [`Source::functions`].
#[derive(Debug)]
pub(crate) struct Inside<'a, T> {
    pub(crate) node: &'a T,
    pub(crate) function: Option<u32>,
}

impl<T> Clone for Inside<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Inside<'_, T> {}

/// A call, and what is called.
pub(crate) struct Call<'a> {
    pub(crate) node: &'a ExprCall,
    /// The function directly around it, as an index in [`Source::functions`].
    pub(crate) function: Option<u32>,
    /// The full name of what is called; see [`Source::full_name`].
    pub(crate) name: Option<SmolStr>,
}

/// A Python file with its statements.
pub(crate) struct Source<'a> {
    pub(crate) path: &'a str,
    pub(crate) text: &'a str,
    /// Its statements; none where the grammar refuses the file.
    pub(crate) body: &'a [Stmt],
    /// What the grammar says about the file; `None` where nobody dared to ask it.
    pub(crate) parsed: Option<Result<&'a [Stmt], &'a Refused>>,
    /// Every function, outer ones first.
    pub(crate) functions: Vec<Function<'a>>,
    /// Every statement, outer ones first.
    pub(crate) statements: Vec<Inside<'a, Stmt>>,
    /// Every expression, outer ones first. A lambda's body is inside no function: it runs whenever
    /// somebody calls it.
    pub(crate) expressions: Vec<Inside<'a, Expr>>,
    /// Every call, outer ones first.
    pub(crate) calls: Vec<Call<'a>>,
    /// Whether the word `yield` stands in it.
    pub(crate) may_yield: bool,
    /// What imported names stand for: `sa` for `sqlalchemy`, `text` for `sqlalchemy.text`.
    imported: IndexMap<&'a str, SmolStr, FxBuildHasher>,
}

impl<'a> Source<'a> {
    pub(crate) fn new(
        path: &'a str,
        text: &'a str,
        parsed: Option<Result<&'a [Stmt], &'a Refused>>,
    ) -> Self {
        let body = parsed.and_then(Result::ok).unwrap_or_default();
        let mut source = Self {
            path,
            text,
            body,
            parsed,
            functions: Vec::new(),
            statements: Vec::new(),
            expressions: Vec::new(),
            calls: Vec::new(),
            may_yield: memchr::memmem::find(text.as_bytes(), b"yield").is_some(),
            imported: IndexMap::with_capacity_and_hasher(32, FxBuildHasher),
        };
        // Most files have fewer; a list that grows is copied, and touches new memory each time.
        source.expressions.reserve(text.len() / BYTES_OF_EXPRESSION);
        source.block(body, None, None);
        source.calls = source.calls();
        source
    }

    fn block(&mut self, block: &'a [Stmt], function: Option<u32>, class: Option<&'a StmtClassDef>) {
        for statement in block {
            self.statements.push(Inside { node: statement, function });
            walk::expressions(statement, &mut |node| self.expression(node, function));
            let mut inner = (function, class);
            match statement {
                Stmt::Import(_) | Stmt::ImportFrom(_) => self.import(statement),
                Stmt::ClassDef(one) => inner = (function, Some(one)),
                _ => {
                    if let Some(one) = Function::of(statement, class) {
                        self.functions.push(one);
                        inner = (u32::try_from(self.functions.len() - 1).ok(), None);
                    }
                }
            }
            walk::blocks(statement, &mut |block| self.block(block, inner.0, inner.1));
        }
    }

    fn expression(&mut self, node: &'a Expr, function: Option<u32>) {
        self.expressions.push(Inside { node, function });
        let function = if matches!(node, Expr::Lambda(_)) { None } else { function };
        walk::children(node, &mut |child| self.expression(child, function));
    }

    fn calls(&self) -> Vec<Call<'a>> {
        let calls = self.expressions.iter().filter_map(|inside| match inside.node {
            Expr::Call(node) => {
                Some(Call { node, function: inside.function, name: self.full_name(&node.func) })
            }
            _ => None,
        });
        calls.collect()
    }

    fn import(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::Import(import) => {
                for alias in &import.names {
                    match &alias.asname {
                        Some(name) => {
                            self.imported.insert(name.as_str(), SmolStr::new(&alias.name))
                        }
                        None => {
                            let first = alias.name.as_str().split('.').next().unwrap_or_default();
                            self.imported.insert(first, SmolStr::new(first))
                        }
                    };
                }
            }
            Stmt::ImportFrom(import) => {
                let module = self.import_module(import);
                for alias in &import.names {
                    let name = alias.asname.as_ref().unwrap_or(&alias.name);
                    let full = format_smolstr!("{module}.{}", alias.name.as_str());
                    self.imported.insert(name.as_str(), full);
                }
            }
            _ => {}
        }
    }

    /// The full name behind `a.b.c`, with the import behind `a`: `sqlalchemy.text` for `sa.text`
    /// and for an imported `text`. A single name that is not imported stands for itself; nothing is
    /// known about attributes of one.
    pub(crate) fn full_name(&self, expression: &Expr) -> Option<SmolStr> {
        if let Expr::Name(name) = expression {
            let imported = self.imported.get(name.id.as_str()).cloned();
            return Some(imported.unwrap_or_else(|| SmolStr::new(&name.id)));
        }
        self.imported.contains_key(root(expression)?).then(|| self.spelled(expression)).flatten()
    }

    /// A chain of attributes as it is written, with the import behind its first name.
    fn spelled(&self, expression: &Expr) -> Option<SmolStr> {
        if let Expr::Name(_) = expression {
            return self.full_name(expression);
        }
        let mut name = SmolStrBuilder::new();
        self.spell(expression, &mut name)?;
        Some(name.finish())
    }

    fn spell(&self, expression: &Expr, into: &mut SmolStrBuilder) -> Option<()> {
        match expression {
            Expr::Name(name) => {
                let name = name.id.as_str();
                into.push_str(self.imported.get(name).map_or(name, SmolStr::as_str));
            }
            Expr::Attribute(attribute) => {
                self.spell(&attribute.value, into)?;
                into.push('.');
                into.push_str(attribute.attr.as_str());
            }
            _ => return None,
        }
        Some(())
    }

    /// The full name of what a name or a chain of attributes means: names that are not imported are
    /// taken for those of this module.
    pub(crate) fn definition(&self, expression: &Expr) -> Option<SmolStr> {
        let full = self.spelled(expression)?;
        let known = self.imported.contains_key(root(expression)?);
        Some(if known { full } else { format_smolstr!("{}.{full}", self.module()) })
    }

    /// The module of this file: `app.models` for `app/models/__init__.py`.
    pub(crate) fn module(&self) -> SmolStr {
        outline::module(self.path)
    }

    /// The module that names are imported from; a relative one is counted from this file's package.
    pub(crate) fn import_module(&self, import: &StmtImportFrom) -> SmolStr {
        let module = import.module.as_ref().map_or("", |module| module.as_str());
        let level = usize::try_from(import.level).unwrap_or(usize::MAX);
        if level == 0 {
            return SmolStr::new(module);
        }
        let own = self.module();
        let mut parts: Vec<&str> = own.split('.').collect();
        let up = if self.path.ends_with("/__init__.py") { level - 1 } else { level };
        parts.truncate(parts.len().saturating_sub(up));
        parts.extend((!module.is_empty()).then_some(module));
        SmolStr::from(parts.join("."))
    }

    /// Whether nothing is known about the file, since it is no Python that can be judged.
    pub(crate) fn is_refused(&self) -> bool {
        !matches!(self.parsed, Some(Ok(_)))
    }

    /// How many names are imported.
    pub(crate) fn imported_names(&self) -> usize {
        self.imported.len()
    }

    /// What an imported name stands for.
    pub(crate) fn imported(&self, name: &str) -> Option<&SmolStr> {
        self.imported.get(name)
    }

    /// The function directly around a call.
    pub(crate) fn function(&self, call: &Call<'a>) -> Option<&Function<'a>> {
        call.function.map(|index| &self.functions[index as usize])
    }

    /// Where a node stands.
    pub(crate) fn place(&self, node: &impl Ranged) -> Place {
        Place { path: self.path.to_owned(), at: At::of(node) }
    }

    /// Where the name in a definition stands, such as `f` in `async def f(…)`.
    pub(crate) fn name_place(&self, statement: &Stmt, name: &str) -> Place {
        let range = statement.range();
        let (start, end) = (range.start().to_usize(), range.end().to_usize());
        let text = self.text.get(start..end).unwrap_or_default();
        // Decorators stand before the keyword, and may hold the name too.
        let keyword = ["def ", "class "]
            .iter()
            .filter_map(|word| text.find(&format!("{word}{name}")).map(|at| at + word.len()))
            .min();
        match keyword {
            Some(at) => Place::bytes(self.path, start + at, start + at + name.len()),
            None => Place::bytes(self.path, start, end),
        }
    }
}

impl<'a> Function<'a> {
    /// The function that a statement defines.
    pub(crate) fn of(statement: &'a Stmt, class: Option<&'a StmtClassDef>) -> Option<Self> {
        match statement {
            Stmt::FunctionDef(f) => Some(Self {
                name: f.name.as_str(),
                is_async: f.is_async,
                parameters: &f.parameters,
                body: &f.body,
                decorators: &f.decorator_list,
                class,
                statement,
            }),
            _ => None,
        }
    }

    /// All parameters with their annotations and defaults, without `*args` and `**kwargs`.
    pub(crate) fn parameters(&self) -> impl Iterator<Item = Parameter<'a>> {
        self.parameters.iter_non_variadic_params().map(|one| Parameter {
            name: one.parameter.name.as_str(),
            annotation: one.parameter.annotation.as_deref(),
            default: one.default.as_deref(),
        })
    }
}

/// A parameter of a function.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Parameter<'a> {
    pub(crate) name: &'a str,
    pub(crate) annotation: Option<&'a Expr>,
    pub(crate) default: Option<&'a Expr>,
}

/// `a` of `a.b.c`.
fn root(expression: &Expr) -> Option<&str> {
    match expression {
        Expr::Name(name) => Some(name.id.as_str()),
        Expr::Attribute(attribute) => root(&attribute.value),
        _ => None,
    }
}

/// `c` of `a.b.c` and `a.b.c(…)`.
pub(crate) fn last_name(expression: &Expr) -> &str {
    match expression {
        Expr::Name(name) => name.id.as_str(),
        Expr::Attribute(attribute) => attribute.attr.as_str(),
        Expr::Call(call) => last_name(&call.func),
        _ => "",
    }
}

/// The text of a string constant.
pub(crate) fn string(expression: &Expr) -> Option<&str> {
    match expression {
        Expr::StringLiteral(literal) => Some(literal.value.to_str()),
        _ => None,
    }
}

/// The argument of a call with this keyword.
pub(crate) fn keyword<'a>(call: &'a ExprCall, name: &str) -> Option<&'a Expr> {
    call.arguments.find_keyword(name).map(|keyword| &keyword.value)
}

/// Whether an expression is the constant `True` (or `False`).
pub(crate) fn is_bool(expression: &Expr, value: bool) -> bool {
    matches!(expression, Expr::BooleanLiteral(literal) if literal.value == value)
}
