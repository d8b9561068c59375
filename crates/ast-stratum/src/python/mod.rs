//! A typed tree for Python and its printer, whose output is a fixed point of `ruff format`.

mod broken;
pub mod build;
mod docstring;
mod flat;
mod fstring;
mod imports;
mod layout;
mod literal;
mod print;
mod statement;
mod stdlib;
mod tree;
mod walk;

pub(crate) use layout::spaces;
pub use print::{artifact, documented, print, print_by_formatter, print_with_origins};
pub use tree::{
    Alias, Argument, BinaryOperator, ClassDef, Comparator, Comprehension, Decorator, Docstring,
    Except, Expr, FStringPart, FunctionDef, If, Module, Parameter, ParameterKind, Stmt, Symbol,
    Try, UnaryOperator, WithItem,
};
pub(crate) use walk::{Names, add_names};
