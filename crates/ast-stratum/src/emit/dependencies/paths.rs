//! What stands for a row in a path: convertors, and the type of integers.

use std::collections::BTreeSet;

use heck::ToUpperCamelCase as _;
use stratapi_plan::{Plan, PyIdent, ValueKind, ValueType};

use super::super::layer::Layer;
use crate::python::build::{assign, class, from, int, kw, name, text};
use crate::python::{Expr, Stmt};

/// Convertors of all parameters in paths.
pub(super) fn convertors(plan: &Plan) -> Vec<Stmt> {
    let parameters = plan
        .resources()
        .flat_map(|(index, _)| Layer::new(plan, index).resource().item_parameters.iter());
    let reserved: BTreeSet<&[&str]> = parameters
        .map(|parameter| &*parameter.reserved)
        .filter(|words| !words.is_empty())
        .collect();
    let mut stmts = if has_integers(plan) { integers().into() } else { Vec::new() };
    stmts.extend(reserved.into_iter().flat_map(words_aside));
    stmts
}

fn has_integers(plan: &Plan) -> bool {
    let integer = |ty: &ValueType| matches!(ty.kind, ValueKind::Int { min: 0.., .. });
    let mut of_flows = plan.endpoints.iter().flat_map(|endpoint| plan.flows[endpoint.flow].keys());
    of_flows.any(|parameter| integer(&parameter.ty))
        || plan.resources().any(|(index, _)| {
            let layer = Layer::new(plan, index);
            let own = layer.resource().item_parameters.iter().map(|part| &part.ty);
            let parents = layer.parents().into_iter().map(|parent| &parent.ty);
            own.chain(parents).any(integer)
        })
}

/// Integers of 64 bits: longer ones would be a burden to convert, and no database holds them.
fn integers() -> [Stmt; 3] {
    let convertor = class("_IntKeyConvertor")
        .base(from("starlette.convertors", "IntegerConvertor"))
        .doc("Integers with no more digits than 64 bits can have.")
        .body([assign("regex", text("[0-9]{1,19}"))]);
    let bounds = [kw("ge", int(0)), kw("lt", int(1_i128 << 63))];
    let path = from("fastapi", "Path").call(bounds);
    [
        convertor.stmt(),
        register("int", &PyIdent::known("_IntKeyConvertor")),
        assign("IntKey", from("typing", "Annotated").index([name("int"), path])),
    ]
}

/// Texts besides the words whose routes stand in the same place.
fn words_aside(words: &[&str]) -> [Stmt; 2] {
    let key = format!("not_{}", words.join("_or_"));
    let convertor = PyIdent::known(format!("_{}Convertor", key.to_upper_camel_case()));
    let listed: Vec<String> = words.iter().map(|word| format!("``{word}``")).collect();
    let doc = match &listed[..] {
        [word] => format!("Texts that stand for a row: {word} has routes of its own."),
        several => format!(
            "Texts that stand for a row: {} have routes of their own.",
            several.join(" and ")
        ),
    };
    let one =
        if let [word] = words { (*word).to_owned() } else { format!("(?:{})", words.join("|")) };
    let made = class(&convertor)
        .base(from("starlette.convertors", "StringConvertor"))
        .doc(doc)
        .body([assign("regex", text(format!("(?!{one}(?:/|$))[^/]+")))]);
    [made.stmt(), register(&key, &convertor)]
}

fn register(key: &str, convertor: &PyIdent) -> Stmt {
    let made: Expr = name(convertor).call([]);
    from("starlette.convertors", "register_url_convertor").call_with([text(key), made]).stmt()
}
