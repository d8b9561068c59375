//! The tree. Imports are not part of it: they are derived from the symbols that it refers to.

use stratapi_diagnostics::Span;
use stratapi_plan::{ModulePath, PyIdent};

/// A module.
#[derive(Debug, Clone)]
pub struct Module {
    /// First line of the file; `None` for a test module.
    pub doc: Option<Docstring>,
    /// Everything behind the imports.
    pub body: Vec<Stmt>,
    /// Modules imported for their effect or re-exported: (symbol) printed among the imports.
    pub extra_imports: Vec<Symbol>,
}

/// The text of a docstring, unescaped: the printer quotes, wraps and indents it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Docstring(pub String);

/// Something that another module defines.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Symbol {
    /// Module: `sqlalchemy.orm`.
    pub module: ModulePath,
    /// Name in it; `None` stands for the module itself (`import jwt`).
    pub name: Option<PyIdent>,
    /// Local name, if it differs.
    pub alias: Alias,
    /// Imported under `if TYPE_CHECKING:` only. Where the same symbol is also used at run time, that wins.
    pub typing_only: bool,
}

/// Local name of an imported symbol.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Alias {
    /// Its own.
    None,
    /// `as name`.
    As(PyIdent),
}

/// An expression.
#[derive(Debug, Clone, PartialEq)]
pub enum Expr {
    /// A local or built-in name.
    Name(PyIdent),
    /// A name of another module; brings its import.
    Symbol(Symbol),
    /// A text literal, unescaped.
    Str(String),
    /// A raw text literal (`r"…"`), for regular expressions; falls back to a plain one if it can't be raw.
    RawStr(String),
    /// Adjacent text literals, one a line, in parentheses where needed.
    StrParts(Vec<String>),
    /// An annotation that is quoted: `Mapped["Post"]` holds `Quoted(Name(Post))`.
    Quoted(Box<Expr>),
    /// An f-string.
    FString(Vec<FStringPart>),
    /// A bytes literal.
    Bytes(Vec<u8>),
    /// An integer literal, as printed (`1_000_000`).
    Int(String),
    /// A float literal, as printed.
    Float(String),
    /// `True`, `False`.
    Bool(bool),
    /// `None`.
    None,
    /// `...`
    Ellipsis,
    /// `value.name`
    Attribute(Box<Expr>, PyIdent),
    /// `function(arguments)`
    Call(Box<Expr>, Vec<Argument>),
    /// `value[items]`
    Subscript(Box<Expr>, Vec<Expr>),
    /// `(a, b)`
    Tuple(Vec<Expr>),
    /// `[a, b]`
    List(Vec<Expr>),
    /// `{a, b}`; never empty.
    Set(Vec<Expr>),
    /// `{k: v}`; an entry without a key is `**v`.
    Dict(Vec<(Option<Expr>, Expr)>),
    /// `left op right`
    Binary(Box<Expr>, BinaryOperator, Box<Expr>),
    /// `op value`
    Unary(UnaryOperator, Box<Expr>),
    /// `a and b and c`; at least two.
    And(Vec<Expr>),
    /// `a or b or c`; at least two.
    Or(Vec<Expr>),
    /// `left op right`
    Compare(Box<Expr>, Comparator, Box<Expr>),
    /// `then if test else otherwise`
    Conditional {
        /// The condition.
        test: Box<Expr>,
        /// The value where it holds.
        then: Box<Expr>,
        /// The value elsewhere.
        otherwise: Box<Expr>,
    },
    /// `lambda parameters: body`
    Lambda(Vec<PyIdent>, Box<Expr>),
    /// `await value`
    Await(Box<Expr>),
    /// `*value`
    Starred(Box<Expr>),
    /// `name := value`, parenthesised where Python wants it.
    Named(PyIdent, Box<Expr>),
    /// `[element for …]`
    ListComp(Box<Expr>, Vec<Comprehension>),
    /// `{element for …}`
    SetComp(Box<Expr>, Vec<Comprehension>),
    /// `{key: value for …}`
    DictComp(Box<Expr>, Box<Expr>, Vec<Comprehension>),
    /// `element for …` as the only argument of a call, else in parentheses.
    Generator(Box<Expr>, Vec<Comprehension>),
}

/// A part of an f-string.
#[derive(Debug, Clone, PartialEq)]
pub enum FStringPart {
    /// Text, unescaped.
    Text(String),
    /// `{value}` with an optional format spec.
    Value(Expr, Option<String>),
}

/// `for target in iterable if conditions`
#[derive(Debug, Clone, PartialEq)]
pub struct Comprehension {
    /// The variables.
    pub target: Expr,
    /// What is walked.
    pub iterable: Expr,
    /// Filters.
    pub conditions: Vec<Expr>,
}

/// An argument of a call.
#[derive(Debug, Clone, PartialEq)]
pub enum Argument {
    /// By position.
    Positional(Expr),
    /// By name.
    Keyword(PyIdent, Expr),
    /// `*value`
    Star(Expr),
    /// `**value`
    DoubleStar(Expr),
}

/// A binary operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "their names say it")]
pub enum BinaryOperator {
    Add,
    Subtract,
    Multiply,
    Divide,
    FloorDivide,
    Modulo,
    Power,
    BitOr,
    BitAnd,
    ShiftLeft,
    ShiftRight,
}

/// A unary operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "their names say it")]
pub enum UnaryOperator {
    Not,
    Minus,
    Invert,
}

/// A comparison operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "their names say it")]
pub enum Comparator {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    In,
    NotIn,
    Is,
    IsNot,
}

/// A statement.
#[derive(Debug, Clone, PartialEq)]
pub enum Stmt {
    /// An expression for its effect.
    Expr(Expr),
    /// `target = value`
    Assign(Expr, Expr),
    /// `target += value`
    Augment(Expr, BinaryOperator, Expr),
    /// `target: annotation` or `target: annotation = value`
    Annotated(Expr, Expr, Option<Expr>),
    /// `return` or `return value`
    Return(Option<Expr>),
    /// `raise`, `raise error` or `raise error from cause`
    Raise(Option<Expr>, Option<Expr>),
    /// `assert test`
    Assert(Expr),
    /// `del targets`
    Delete(Vec<Expr>),
    /// `yield` or `yield value`
    Yield(Option<Expr>),
    /// `if` with its branches.
    If(If),
    /// `for` or `async for`
    For {
        /// `async for`
        is_async: bool,
        /// The variables.
        target: Expr,
        /// What is walked.
        iterable: Expr,
        /// At least one.
        body: Vec<Stmt>,
    },
    /// `while test:`
    While(Expr, Vec<Stmt>),
    /// `with` or `async with`
    With {
        /// `async with`
        is_async: bool,
        /// At least one.
        items: Vec<WithItem>,
        /// At least one.
        body: Vec<Stmt>,
    },
    /// `try`
    Try(Try),
    /// `def` or `async def`
    Def(FunctionDef),
    /// `class`
    Class(ClassDef),
    /// `# text`, wrapped by the printer.
    Comment(String),
    /// One blank line between two groups of statements.
    Blank,
    /// `break`
    Break,
    /// `continue`
    Continue,
    /// A statement with a comment behind it: `# noqa: S105`, `# type: ignore[…]`.
    Trailing(Box<Stmt>, String),
    /// A statement that comes from this place of the IR; its lines become an origin.
    Origin(Span, Box<Stmt>),
}

/// `if`, `elif` and `else`.
#[derive(Debug, Clone, PartialEq)]
pub struct If {
    /// Condition and body of `if` and each `elif`; at least one.
    pub branches: Vec<(Expr, Vec<Stmt>)>,
    /// Body of `else`; may be empty.
    pub otherwise: Vec<Stmt>,
}

/// `context as name`
#[derive(Debug, Clone, PartialEq)]
pub struct WithItem {
    /// The context manager.
    pub context: Expr,
    /// Its variable.
    pub name: Option<PyIdent>,
}

/// `try`, `except` and `finally`.
#[derive(Debug, Clone, PartialEq)]
pub struct Try {
    /// At least one.
    pub body: Vec<Stmt>,
    /// Handlers.
    pub handlers: Vec<Except>,
    /// Body of `finally`; may be empty.
    pub finally: Vec<Stmt>,
}

/// `except kind as name:`
#[derive(Debug, Clone, PartialEq)]
pub struct Except {
    /// The exceptions.
    pub kind: Expr,
    /// Variable.
    pub name: Option<PyIdent>,
    /// At least one.
    pub body: Vec<Stmt>,
}

/// How a parameter is passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParameterKind {
    /// By position or name.
    Plain,
    /// By name only (behind `*`).
    KeywordOnly,
    /// `*name`
    Star,
    /// `**name`
    DoubleStar,
}

/// A parameter.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameter {
    /// Name.
    pub name: PyIdent,
    /// Type; `None` for `self` and `cls`.
    pub annotation: Option<Expr>,
    /// Default.
    pub default: Option<Expr>,
    /// How it is passed.
    pub kind: ParameterKind,
}

/// `@expression`
#[derive(Debug, Clone, PartialEq)]
pub struct Decorator(pub Expr);

/// A function or method. Its body is never empty and never only `pass`.
#[derive(Debug, Clone, PartialEq)]
pub struct FunctionDef {
    /// Decorators, outermost first.
    pub decorators: Vec<Decorator>,
    /// `async def`
    pub is_async: bool,
    /// Name.
    pub name: PyIdent,
    /// Parameters in order.
    pub parameters: Vec<Parameter>,
    /// Return type.
    pub returns: Option<Expr>,
    /// Docstring.
    pub doc: Option<Docstring>,
    /// Statements behind the docstring; may be empty only if there is a docstring.
    pub body: Vec<Stmt>,
}

/// A class. With neither docstring nor body it can't be printed.
#[derive(Debug, Clone, PartialEq)]
pub struct ClassDef {
    /// Decorators, outermost first.
    pub decorators: Vec<Decorator>,
    /// Name.
    pub name: PyIdent,
    /// Bases and keywords.
    pub arguments: Vec<Argument>,
    /// Docstring.
    pub doc: Option<Docstring>,
    /// Statements behind the docstring.
    pub body: Vec<Stmt>,
}
