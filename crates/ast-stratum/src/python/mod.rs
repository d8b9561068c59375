//! A typed tree for Python and its printer, whose output is a fixed point of `ruff format`.

pub mod build;
mod print;
mod tree;

pub use print::{artifact, print};
pub use tree::{
    Alias, Argument, BinaryOperator, ClassDef, Comparator, Comprehension, Decorator, Docstring,
    Except, Expr, FStringPart, FunctionDef, If, Module, Parameter, ParameterKind, Stmt, Symbol,
    Try, UnaryOperator, WithItem,
};
