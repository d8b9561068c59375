//! `J0117`: a token that is read without looking whether somebody forged it.

use ruff_python_ast::{Expr, ExprCall};
use stratapi_diagnostics::Code;

use crate::finding::Finding;
use crate::python::{Source, is_bool, keyword, string};
use crate::subject::Subject;

pub(super) fn check(source: &Source<'_>, _: &Subject<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for call in &source.calls {
        let Some(name) = &call.name else { continue };
        let call = call.node;
        let problem = match name.as_str() {
            "jwt.decode" | "jose.jwt.decode" => decoding(call),
            "jwt.encode" | "jose.jwt.encode" => {
                let none = keyword(call, "algorithm").is_some_and(is_none);
                none.then_some("the token is not signed")
            }
            "jwt.get_unverified_claims" | "jose.jwt.get_unverified_claims" => {
                Some("the signature is not looked at")
            }
            _ => None,
        };
        if let Some(problem) = problem {
            let finding = Finding::error(Code::J0117, problem).at(source.place(call), "");
            found.push(finding.help("verify the signature with a fixed list of algorithms"));
        }
    }
    found
}

fn decoding(call: &ExprCall) -> Option<&'static str> {
    if keyword(call, "verify").is_some_and(|e| is_bool(e, false)) {
        return Some("the signature is not looked at");
    }
    if let Some(Expr::Dict(options)) = keyword(call, "options") {
        for item in &options.items {
            let key = item.key.as_ref().and_then(string).unwrap_or_default();
            if key.starts_with("verify_") && is_bool(&item.value, false) {
                return Some("the token is not looked at in full");
            }
        }
    }
    let algorithms = keyword(call, "algorithms").or_else(|| call.arguments.args.get(2));
    match algorithms {
        None => Some("no list says which algorithms are allowed"),
        Some(Expr::List(list)) if list.elts.iter().any(is_none) => {
            Some("the token may be unsigned")
        }
        Some(_) => None,
    }
}

fn is_none(expression: &Expr) -> bool {
    string(expression).is_some_and(|text| text.eq_ignore_ascii_case("none"))
}
