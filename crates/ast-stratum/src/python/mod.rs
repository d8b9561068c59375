//! A typed tree for Python and its printer, whose output is a fixed point of `ruff format`.

pub mod build;
mod tree;

pub use tree::{
    Alias, Argument, BinaryOperator, ClassDef, Comparator, Comprehension, Decorator, Docstring,
    Except, Expr, FStringPart, FunctionDef, If, Module, Parameter, ParameterKind, Stmt, Symbol,
    Try, UnaryOperator, WithItem,
};
