//! Short constructors, so that an emitter reads like the Python that it makes.

use stratapi_plan::{ModulePath, PyIdent};

use super::tree::{
    Alias, Argument, BinaryOperator, ClassDef, Comparator, Comprehension, Decorator, Docstring,
    Expr, FStringPart, FunctionDef, If, Module, Parameter, ParameterKind, Stmt, Symbol,
    UnaryOperator,
};

/// What can stand where an identifier is wanted: one from the plan, or a literal of the emitter.
pub trait IntoIdent {
    /// The identifier.
    fn ident(self) -> PyIdent;
}

impl IntoIdent for PyIdent {
    fn ident(self) -> PyIdent {
        self
    }
}

impl IntoIdent for &PyIdent {
    fn ident(self) -> PyIdent {
        self.clone()
    }
}

impl IntoIdent for &'static str {
    fn ident(self) -> PyIdent {
        PyIdent::constant(self)
    }
}

/// What can stand where a module is wanted: a literal of the emitter, or a path made from names.
pub trait IntoModule {
    /// The path.
    fn module(self) -> ModulePath;
}

impl IntoModule for &'static str {
    fn module(self) -> ModulePath {
        ModulePath::constant(self)
    }
}

impl IntoModule for String {
    fn module(self) -> ModulePath {
        ModulePath::known(self)
    }
}

/// A local or built-in name.
pub fn name(name: impl IntoIdent) -> Expr {
    Expr::Name(name.ident())
}

/// `name` imported from `module`.
pub fn from(module: impl IntoModule, name: impl IntoIdent) -> Expr {
    Expr::Symbol(symbol(module, name))
}

/// `name` imported from `module` for type checkers only.
pub fn typing(module: impl IntoModule, name: impl IntoIdent) -> Expr {
    Expr::Symbol(Symbol { typing_only: true, ..symbol(module, name) })
}

/// The module itself: `import module`.
pub fn module(path: impl IntoModule) -> Expr {
    Expr::Symbol(Symbol {
        module: path.module(),
        name: None,
        alias: Alias::None,
        typing_only: false,
    })
}

/// A symbol of another module.
pub fn symbol(module: impl IntoModule, name: impl IntoIdent) -> Symbol {
    Symbol {
        module: module.module(),
        name: Some(name.ident()),
        alias: Alias::None,
        typing_only: false,
    }
}

/// A text literal.
pub fn text(value: impl Into<String>) -> Expr {
    Expr::Str(value.into())
}

/// An integer literal; five digits and more are grouped by underscores.
pub fn int(value: impl Into<i128>) -> Expr {
    let value = value.into();
    let digits = value.unsigned_abs().to_string();
    let mut grouped = String::new();
    for (position, digit) in digits.chars().enumerate() {
        if digits.len() > 4 && position > 0 && (digits.len() - position).is_multiple_of(3) {
            grouped.push('_');
        }
        grouped.push(digit);
    }
    let literal = Expr::Int(grouped);
    if value < 0 { Expr::Unary(UnaryOperator::Minus, Box::new(literal)) } else { literal }
}

/// `True` or `False`.
pub fn boolean(value: bool) -> Expr {
    Expr::Bool(value)
}

/// `None`.
pub fn none() -> Expr {
    Expr::None
}

/// `[items]`
pub fn list(items: impl IntoIterator<Item = Expr>) -> Expr {
    Expr::List(items.into_iter().collect())
}

/// `(items)`
pub fn tuple(items: impl IntoIterator<Item = Expr>) -> Expr {
    Expr::Tuple(items.into_iter().collect())
}

/// `{key: value}`
pub fn dict(items: impl IntoIterator<Item = (Expr, Expr)>) -> Expr {
    Expr::Dict(items.into_iter().map(|(k, v)| (Some(k), v)).collect())
}

/// `a | b | c`
pub fn union(items: impl IntoIterator<Item = Expr>) -> Expr {
    let mut items = items.into_iter();
    let first = items.next().unwrap_or(Expr::None);
    items.fold(first, |left, right| left.binary(BinaryOperator::BitOr, right))
}

/// `a and b`; one alone stays itself.
pub fn and(items: Vec<Expr>) -> Expr {
    let items = flat(items, |item| match item {
        Expr::And(inner) => Ok(inner),
        other => Err(other),
    });
    let mut items = merged(items, Comparator::NotEqual, Comparator::NotIn);
    if items.len() == 1 { items.remove(0) } else { Expr::And(items) }
}

/// `a or b`; one alone stays itself.
pub fn or(items: Vec<Expr>) -> Expr {
    let items = flat(items, |item| match item {
        Expr::Or(inner) => Ok(inner),
        other => Err(other),
    });
    let mut items = merged(items, Comparator::Equal, Comparator::In);
    if items.len() == 1 { items.remove(0) } else { Expr::Or(items) }
}

/// What is joined alike is joined flat, and what stands there twice says nothing the second time.
fn flat(items: Vec<Expr>, open: fn(Expr) -> Result<Vec<Expr>, Expr>) -> Vec<Expr> {
    let mut all: Vec<Expr> = Vec::new();
    for item in items {
        for part in open(item).unwrap_or_else(|other| vec![other]) {
            if !all.contains(&part) {
                all.push(part);
            }
        }
    }
    all
}

/// Neighbours that compare one value with several become one: `a == b or a == c` is
/// `a in {b, c}`.
fn merged(items: Vec<Expr>, each: Comparator, one_of: Comparator) -> Vec<Expr> {
    let mut joined: Vec<Expr> = Vec::new();
    for item in items {
        let merged = joined.last().and_then(|last| merge(last, &item, each, one_of));
        match (merged, joined.last_mut()) {
            (Some(merged), Some(last)) => *last = merged,
            _ => joined.push(item),
        }
    }
    joined
}

fn merge(last: &Expr, next: &Expr, each: Comparator, one_of: Comparator) -> Option<Expr> {
    let Expr::Compare(one, comparator, other) = next else { return None };
    if *comparator != each {
        return None;
    }
    let (shared, members) = match last {
        Expr::Compare(left, known, right) if *known == each => {
            let sides = [(left, right), (right, left)];
            let (shared, member) = sides.into_iter().find(|(shared, _)| {
                matches!(***shared, Expr::Name(_) | Expr::Attribute(..))
                    && (*shared == one || *shared == other)
            })?;
            (shared, vec![(**member).clone()])
        }
        Expr::Compare(shared, known, set) if *known == one_of => match &**set {
            Expr::Set(members) if shared == one || shared == other => (shared, members.clone()),
            _ => return None,
        },
        _ => return None,
    };
    let member = (**if shared == one { other } else { one }).clone();
    let more = (!members.contains(&member)).then_some(member);
    let members = members.into_iter().chain(more);
    Some((**shared).clone().compare(one_of, Expr::Set(members.collect())))
}

/// `not value`
pub fn not(value: Expr) -> Expr {
    Expr::Unary(UnaryOperator::Not, Box::new(value))
}

/// `f"…"`
pub fn fstring(parts: impl IntoIterator<Item = FStringPart>) -> Expr {
    Expr::FString(parts.into_iter().collect())
}

/// `then if test else otherwise`
pub fn conditional(test: Expr, then: Expr, otherwise: Expr) -> Expr {
    Expr::Conditional { test: Box::new(test), then: Box::new(then), otherwise: Box::new(otherwise) }
}

/// `HTTPStatus.CREATED`
pub fn http_status(code: u16) -> Expr {
    let member = match code {
        200 => "OK",
        201 => "CREATED",
        202 => "ACCEPTED",
        204 => "NO_CONTENT",
        304 => "NOT_MODIFIED",
        400 => "BAD_REQUEST",
        409 => "CONFLICT",
        422 => "UNPROCESSABLE_ENTITY",
        _ => stratapi_diagnostics::bug!("no emitter answers with {code}"),
    };
    from("http", "HTTPStatus").attr(member)
}

/// `for target in iterable`
pub fn comprehension(target: impl IntoIdent, iterable: Expr) -> Comprehension {
    Comprehension { target: name(target), iterable, conditions: Vec::new() }
}

impl Expr {
    /// `self.name`
    #[must_use]
    pub fn attr(self, name: impl IntoIdent) -> Self {
        Self::Attribute(Box::new(self), name.ident())
    }

    /// `self(arguments)`
    #[must_use]
    pub fn call(self, arguments: impl IntoIterator<Item = Argument>) -> Self {
        Self::Call(Box::new(self), arguments.into_iter().collect())
    }

    /// `self(arguments)`, all by position.
    #[must_use]
    pub fn call_with(self, arguments: impl IntoIterator<Item = Expr>) -> Self {
        self.call(arguments.into_iter().map(Argument::Positional))
    }

    /// `self[items]`
    #[must_use]
    pub fn index(self, items: impl IntoIterator<Item = Expr>) -> Self {
        Self::Subscript(Box::new(self), items.into_iter().collect())
    }

    /// `self operator other`
    #[must_use]
    pub fn binary(self, operator: BinaryOperator, other: Self) -> Self {
        Self::Binary(Box::new(self), operator, Box::new(other))
    }

    /// `self operator other`
    #[must_use]
    pub fn compare(self, operator: Comparator, other: Self) -> Self {
        Self::Compare(Box::new(self), operator, Box::new(other))
    }

    /// `self == other`
    #[must_use]
    pub fn eq(self, other: Self) -> Self {
        self.compare(Comparator::Equal, other)
    }

    /// `self is other`
    #[must_use]
    pub fn is(self, other: Self) -> Self {
        self.compare(Comparator::Is, other)
    }

    /// `self is not other`
    #[must_use]
    pub fn is_not(self, other: Self) -> Self {
        self.compare(Comparator::IsNot, other)
    }

    /// `await self`
    #[must_use]
    pub fn awaited(self) -> Self {
        Self::Await(Box::new(self))
    }

    /// `self | None`
    #[must_use]
    pub fn or_none(self) -> Self {
        union([self, Self::None])
    }

    /// The expression as a statement.
    pub fn stmt(self) -> Stmt {
        Stmt::Expr(self)
    }
}

/// An argument by position.
pub fn arg(value: Expr) -> Argument {
    Argument::Positional(value)
}

/// `name=value`
pub fn kw(name: impl IntoIdent, value: Expr) -> Argument {
    Argument::Keyword(name.ident(), value)
}

/// `target = value`
pub fn assign(target: impl IntoIdent, value: Expr) -> Stmt {
    Stmt::Assign(name(target), value)
}

/// `target: annotation = value`
pub fn annotated(target: impl IntoIdent, annotation: Expr, value: Option<Expr>) -> Stmt {
    Stmt::Annotated(name(target), annotation, value)
}

/// `return value`
pub fn ret(value: Expr) -> Stmt {
    Stmt::Return(Some(value))
}

/// `raise error`
pub fn raise(error: Expr) -> Stmt {
    Stmt::Raise(Some(error), None)
}

/// `if test:`
pub fn if_(test: Expr, body: Vec<Stmt>) -> Stmt {
    Stmt::If(If { branches: vec![(test, body)], otherwise: Vec::new() })
}

/// `# text`
pub fn comment(text: impl Into<String>) -> Stmt {
    Stmt::Comment(text.into())
}

/// `def name():`
pub fn def(name: impl IntoIdent) -> FunctionDef {
    FunctionDef {
        decorators: Vec::new(),
        is_async: false,
        name: name.ident(),
        parameters: Vec::new(),
        returns: None,
        doc: None,
        body: Vec::new(),
    }
}

/// `async def name():`
pub fn async_def(name: impl IntoIdent) -> FunctionDef {
    FunctionDef { is_async: true, ..def(name) }
}

/// `class name:`
pub fn class(name: impl IntoIdent) -> ClassDef {
    ClassDef {
        decorators: Vec::new(),
        name: name.ident(),
        arguments: Vec::new(),
        doc: None,
        body: Vec::new(),
    }
}

impl Module {
    /// A module that starts with this docstring.
    pub fn new(doc: impl Into<String>) -> Self {
        let doc = Some(Docstring(doc.into()));
        Self { doc, body: Vec::new(), extra_imports: Vec::new() }
    }

    /// Imports what no expression refers to.
    #[must_use]
    pub fn import(mut self, symbols: impl IntoIterator<Item = Symbol>) -> Self {
        self.extra_imports.extend(symbols);
        self
    }

    /// Appends statements.
    #[must_use]
    pub fn body(mut self, body: impl IntoIterator<Item = Stmt>) -> Self {
        self.body.extend(body);
        self
    }
}

impl FunctionDef {
    /// Adds `self`.
    #[must_use]
    pub fn method(self) -> Self {
        self.parameter(ParameterKind::Plain, "self", None, None)
    }

    /// Adds a decorator.
    #[must_use]
    pub fn decorate(mut self, decorator: Expr) -> Self {
        self.decorators.push(Decorator(decorator));
        self
    }

    /// Adds `name: annotation`.
    #[must_use]
    pub fn param(self, name: impl IntoIdent, annotation: Expr) -> Self {
        self.parameter(ParameterKind::Plain, name, Some(annotation), None)
    }

    /// Adds `name: annotation = default`.
    #[must_use]
    pub fn param_default(self, name: impl IntoIdent, annotation: Expr, default: Expr) -> Self {
        self.parameter(ParameterKind::Plain, name, Some(annotation), Some(default))
    }

    /// Adds a parameter of any kind.
    #[must_use]
    pub fn parameter(
        mut self,
        kind: ParameterKind,
        name: impl IntoIdent,
        annotation: Option<Expr>,
        default: Option<Expr>,
    ) -> Self {
        self.parameters.push(Parameter { name: name.ident(), annotation, default, kind });
        self
    }

    /// Sets `-> annotation`.
    #[must_use]
    pub fn returns(mut self, annotation: Expr) -> Self {
        self.returns = Some(annotation);
        self
    }

    /// Sets the docstring.
    #[must_use]
    pub fn doc(mut self, text: impl Into<String>) -> Self {
        self.doc = Some(Docstring(text.into()));
        self
    }

    /// Appends statements.
    #[must_use]
    pub fn body(mut self, body: impl IntoIterator<Item = Stmt>) -> Self {
        self.body.extend(body);
        self
    }

    /// The definition as a statement.
    pub fn stmt(self) -> Stmt {
        Stmt::Def(self)
    }
}

impl ClassDef {
    /// Adds a base class.
    #[must_use]
    pub fn base(mut self, base: Expr) -> Self {
        self.arguments.push(Argument::Positional(base));
        self
    }

    /// Adds a decorator.
    #[must_use]
    pub fn decorate(mut self, decorator: Expr) -> Self {
        self.decorators.push(Decorator(decorator));
        self
    }

    /// Sets the docstring.
    #[must_use]
    pub fn doc(mut self, text: impl Into<String>) -> Self {
        self.doc = Some(Docstring(text.into()));
        self
    }

    /// Appends statements.
    #[must_use]
    pub fn body(mut self, body: impl IntoIterator<Item = Stmt>) -> Self {
        self.body.extend(body);
        self
    }

    /// The definition as a statement.
    pub fn stmt(self) -> Stmt {
        Stmt::Class(self)
    }
}
