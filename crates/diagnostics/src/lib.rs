//! Says what is wrong, where and under which code; renders it for people and machines.
//! It knows no other crate of the workspace and touches no file.

mod checked;
mod code;
mod diagnostic;
pub mod render;
mod source;

pub use checked::Checked;
pub use code::{Code, CodeInfo};
pub use diagnostic::{Diagnostic, Fix, Label, Severity};
pub use source::{FileId, LineColumn, SourceFile, SourceMap, Span};

/// Ends the process with a message that asks for a bug report.
///
/// For impossibilities of our own making only: user input must never reach it.
#[macro_export]
macro_rules! bug {
    ($($argument:tt)*) => {
        panic!("internal error, please report it: {}", format_args!($($argument)*))
    };
}
