//! How the wire of a random application looks.

use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};

/// Names of members, none of them like another in another case.
const NAMES: &[[&str; 6]] = &[
    ["data", "totalCount", "per_page", "start", "page-number", "after"],
    ["class", "_", "Limit", "x-offset", "PAGE", "nextCursor"],
    ["json", "model_fields", "copy", "self", "offset", "None"],
];

/// Of the whole API.
pub(super) fn of_api() -> impl Strategy<Value = Map<String, Value>> {
    let camel = prop::bool::weighted(0.2).prop_map(|camel| camel.then(|| json!("camel")));
    let status =
        option::weighted(0.3, (select(&[200, 201]), select(&[200, 204]), select(&[400, 422])));
    let status = status.prop_map(|status| {
        status.map(|(create, delete, invalid)| {
            json!({"create": create, "delete": delete, "invalid": invalid})
        })
    });
    let envelope = option::weighted(0.2, envelope());
    let errors = option::weighted(0.3, errors());
    (camel, envelope, status, errors).prop_map(|(case, envelope, status, errors)| {
        let parts =
            [("case", case), ("envelope", envelope), ("status", status), ("errors", errors)];
        parts.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?))).collect()
    })
}

/// An envelope, and whether it is none where the list may do without.
pub(super) fn of_resource() -> impl Strategy<Value = Option<(Value, bool)>> {
    option::weighted(0.2, (envelope(), any::<bool>()))
}

/// An envelope that tells the next cursor, so that all lists can have it.
fn envelope() -> impl Strategy<Value = Value> {
    let one = option::of(select(&["data", "class", "item", "x-row"]));
    let rows = (one.clone(), one);
    (select(NAMES), any::<[bool; 4]>(), rows).prop_map(|(names, told, rows)| {
        let [many, count, limit, offset, page, next] = names;
        let mut envelope = json!({"many": many, "next": next});
        for ((key, name), told) in
            [("count", count), ("limit", limit), ("offset", offset), ("page", page)]
                .into_iter()
                .zip(told)
        {
            if told {
                envelope[key] = json!(name);
            }
        }
        for (key, name) in [("one", rows.0), ("body", rows.1)] {
            envelope.as_object_mut().into_iter().for_each(|envelope| {
                envelope.extend(name.map(|name| (key.to_owned(), json!(name))));
            });
        }
        envelope
    })
}

/// A form of errors, which tells at least what went wrong.
fn errors() -> impl Strategy<Value = Value> {
    let names = select(&[
        ["kind", "message", "statusCode", "error", "path", "error-code", "trace"],
        ["class", "detail", "_", "json", "copy", "code", "None"],
    ]);
    let places = option::of(select(&["list", "keyed"]));
    let one = option::of(select(&["error", "class"]));
    let told = (1_usize..16, any::<[bool; 3]>());
    (names, told, places, one, any::<bool>()).prop_map(|(names, told, places, one, is_problem)| {
        let [kind, title, status, detail, instance, code, request_id] = names;
        let (telling, more) = told;
        let bit = |at: usize| telling >> at & 1 == 1;
        let keyed = places == Some("keyed");
        let chosen = [
            ("type", kind, more[0]),
            ("title", title, bit(0)),
            ("status", status, more[1]),
            // One of them tells what went wrong.
            ("detail", detail, bit(1) || !(bit(0) || bit(2) || keyed)),
            ("instance", instance, more[2]),
            ("code", code, bit(2)),
            ("request_id", request_id, bit(3)),
        ];
        let members = chosen.into_iter().filter(|(_, _, told)| *told);
        let members = members.map(|(key, name, _)| (key, name));
        let members = members.chain(places.map(|key| (key, "errors")));
        let members = members.chain(keyed.then_some(("general", "base")));
        let members = members.chain(one.map(|name| ("one", name)));
        let media_type = is_problem.then_some(("media_type", "application/problem+json"));
        let members = members.chain(media_type);
        Value::Object(members.map(|(key, name)| (key.to_owned(), json!(name))).collect())
    })
}
