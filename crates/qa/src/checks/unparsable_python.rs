//! `J0101`: a Python file that is none: its grammar refuses it, or a name stands twice where it may
//! stand once.

use ruff_python_ast::{Expr, Identifier, Parameters};
use stratapi_diagnostics::Code;

use crate::finding::{Finding, Place};
use crate::python::{Names, Source};
use crate::subject::Subject;

pub(super) fn check(source: &Source<'_>, _: &Subject<'_>) -> Vec<Finding> {
    match source.parsed {
        Some(Ok(_)) => repeated(source),
        Some(Err(refused)) => {
            let place = Place::bytes(source.path, refused.offset, refused.offset + 1);
            let message = format!("no Python 3.11: {}", refused.message);
            vec![Finding::error(Code::J0101, message).at(place, "not understood from here on")]
        }
        None => {
            let message = "it nests too deeply to be judged";
            vec![Finding::error(Code::J0101, message).at(Place::line(source.path, 1), "")]
        }
    }
}

/// What the grammar allows and Python does not: a parameter or an argument given twice.
fn repeated(source: &Source<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut tell = |kind: &str, name: &Identifier| {
        let message = format!("no Python 3.11: the {kind} `{name}` stands twice");
        let place = source.place(name);
        found.push(Finding::error(Code::J0101, message).at(place, "the second one"));
    };
    let parameters = |all: &Parameters, tell: &mut dyn FnMut(&str, &Identifier)| {
        second(all.iter().map(ruff_python_ast::AnyParameterRef::name), &mut |name| {
            tell("parameter", name);
        });
    };
    source.functions.iter().for_each(|function| parameters(function.parameters, &mut tell));
    for inside in &source.expressions {
        if let Expr::Lambda(lambda) = inside.node {
            lambda.parameters.iter().for_each(|all| parameters(all, &mut tell));
        }
    }
    for call in &source.calls {
        let names = call.node.arguments.keywords.iter().filter_map(|one| one.arg.as_ref());
        second(names, &mut |name| tell("argument", name));
    }
    found
}

/// Every name that has been there before.
fn second<'a>(names: impl Iterator<Item = &'a Identifier>, tell: &mut dyn FnMut(&'a Identifier)) {
    let mut known = Names::default();
    for name in names {
        if known.contains(name) {
            tell(name);
        }
        known.insert(name);
    }
}
