//! Reading Python by a grammar that is not the one it was printed with.

use std::path::Path;

use rayon::prelude::*;
use rustpython_parser::ast::{Stmt, Suite};
use rustpython_parser::{Parse as _, ParseError};
use stratapi_diagnostics::Diagnostic;
use stratapi_plan::{Artifact, ArtifactTree};

/// A Python file with its statements.
pub(crate) struct Module<'a> {
    pub(crate) artifact: &'a Artifact,
    pub(crate) statements: Result<Suite, ParseError>,
}

/// Whether a file is Python.
pub(crate) fn is_python(artifact: &Artifact) -> bool {
    Path::new(&artifact.path).extension().is_some_and(|extension| extension == "py")
}

/// Every Python file of the tree.
pub(crate) fn modules(tree: &ArtifactTree) -> Vec<Module<'_>> {
    let python: Vec<&Artifact> = tree.iter().filter(|artifact| is_python(artifact)).collect();
    python
        .into_par_iter()
        .map(|artifact| Module {
            artifact,
            statements: Suite::parse(&artifact.text, &artifact.path),
        })
        .collect()
}

/// The line of a byte offset, from 1.
pub(crate) fn line(text: &str, offset: usize) -> u32 {
    let before = text.get(..offset).unwrap_or(text);
    u32::try_from(before.matches('\n').count() + 1).unwrap_or(u32::MAX)
}

/// Points at the place of the IR that a line of an artifact comes from, where it is known.
pub(crate) fn place(diagnostic: Diagnostic, artifact: &Artifact, line: u32) -> Diagnostic {
    let origin = artifact.origins.iter().find(|o| o.first_line <= line && line <= o.last_line);
    match origin {
        Some(origin) => diagnostic.at(origin.span, "made from this"),
        None => diagnostic,
    }
}

/// The blocks of statements directly inside a statement.
pub(crate) fn blocks(statement: &Stmt) -> Vec<&[Stmt]> {
    match statement {
        Stmt::FunctionDef(s) => vec![&s.body],
        Stmt::AsyncFunctionDef(s) => vec![&s.body],
        Stmt::ClassDef(s) => vec![&s.body],
        Stmt::For(s) => vec![&s.body, &s.orelse],
        Stmt::AsyncFor(s) => vec![&s.body, &s.orelse],
        Stmt::While(s) => vec![&s.body, &s.orelse],
        Stmt::If(s) => vec![&s.body, &s.orelse],
        Stmt::With(s) => vec![&s.body],
        Stmt::AsyncWith(s) => vec![&s.body],
        Stmt::Match(s) => s.cases.iter().map(|case| case.body.as_slice()).collect(),
        Stmt::Try(s) => {
            let mut all: Vec<&[Stmt]> = vec![&s.body, &s.orelse, &s.finalbody];
            all.extend(s.handlers.iter().map(|handler| {
                let rustpython_parser::ast::ExceptHandler::ExceptHandler(handler) = handler;
                handler.body.as_slice()
            }));
            all
        }
        Stmt::TryStar(s) => vec![&s.body, &s.orelse, &s.finalbody],
        _ => Vec::new(),
    }
}
