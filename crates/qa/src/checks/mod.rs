//! The checks: one file each, one line each in the registry.

mod empty_body;
mod get_all;
mod quoted_default;
mod requirements;
mod second_parser;

use stratapi_diagnostics::Diagnostic;

use crate::Subject;

/// A check of a whole tree.
type Check = fn(&Subject<'_>) -> Vec<Diagnostic>;

/// All checks, in the order of their codes.
pub(crate) const ALL: &[Check] = &[
    second_parser::check,
    empty_body::check,
    get_all::check,
    quoted_default::check,
    requirements::check,
];

#[cfg(test)]
mod tests;
