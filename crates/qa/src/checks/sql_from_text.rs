//! `J0115`: SQL that is put together from texts at run time: whoever chooses one of them may say
//! anything.

use ruff_python_ast::{Expr, ExprCall, FStringPart, InterpolatedStringElement, Operator, Stmt};
use stratapi_diagnostics::Code;

use crate::finding::Finding;
use crate::python::{Call, Source, last_name, string};
use crate::subject::Subject;

/// Functions that take SQL.
const TAKERS: &[&str] = &["sqlalchemy.text", "sqlalchemy.literal_column", "sqlalchemy.sql.text"];
/// Methods that take SQL, among other things.
const METHODS: &[&str] = &["exec_driver_sql", "execute", "executemany", "scalar", "scalars"];
/// Words that statements over data begin with. Settings (`PRAGMA`) take no parameters.
const WORDS: &[&str] =
    &["SELECT", "INSERT", "UPDATE", "DELETE", "WITH", "MERGE", "DROP", "ALTER", "TRUNCATE", "CALL"];

pub(super) fn check(source: &Source<'_>, _: &Subject<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for call in &source.calls {
        let Some(argument) = call.node.arguments.args.first() else { continue };
        let takes_all = call.name.as_ref().is_some_and(|name| TAKERS.contains(&name.as_str()));
        let takes_some = METHODS.contains(&last_name(&call.node.func));
        if !takes_all && !takes_some {
            continue;
        }
        let is_made = built(argument).or_else(|| built(assigned(source, call, argument)?));
        if is_made.is_some_and(|text| takes_all || is_statement(&text)) {
            found.push(finding(source, call.node));
        }
    }
    found
}

fn finding(source: &Source<'_>, call: &ExprCall) -> Finding {
    Finding::error(Code::J0115, "SQL is put together from texts")
        .at(source.place(call), "a value becomes part of the statement")
        .help("write `:name` in the statement and bind the value, or use the expression language")
}

fn is_statement(text: &str) -> bool {
    let first = text.trim_start().split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or("");
    WORDS.iter().any(|word| first.eq_ignore_ascii_case(word))
}

/// The text that an expression begins with, if it is put together from others.
fn built(expression: &Expr) -> Option<String> {
    match expression {
        Expr::FString(e) if e.value.elements().any(InterpolatedStringElement::is_interpolation) => {
            Some(match e.value.iter().next() {
                Some(FStringPart::Literal(literal)) => literal.as_str().to_owned(),
                Some(FStringPart::FString(one)) => match one.elements.first() {
                    Some(InterpolatedStringElement::Literal(literal)) => literal.value.to_string(),
                    _ => String::new(),
                },
                None => String::new(),
            })
        }
        Expr::BinOp(e) if matches!(e.op, Operator::Add | Operator::Mod) => {
            let left = string(&e.left).map(str::to_owned).or_else(|| built(&e.left))?;
            // Two literals beside each other are one.
            (string(&e.right).is_none() || e.op == Operator::Mod).then_some(left)
        }
        Expr::Call(e) if last_name(&e.func) == "format" => match &*e.func {
            Expr::Attribute(attribute) => string(&attribute.value).map(str::to_owned),
            _ => None,
        },
        _ => None,
    }
}

/// What a variable holds that is assigned in the same function.
fn assigned<'a>(source: &Source<'a>, call: &Call<'_>, argument: &Expr) -> Option<&'a Expr> {
    let Expr::Name(name) = argument else { return None };
    source.statements.iter().filter(|other| other.function == call.function).find_map(|other| {
        match other.node {
            Stmt::Assign(s) => {
                let is_it = |e: &Expr| matches!(e, Expr::Name(target) if target.id == name.id);
                s.targets.iter().any(is_it).then_some(&*s.value)
            }
            _ => None,
        }
    })
}
