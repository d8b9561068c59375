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
    (camel, envelope, status).prop_map(|(case, envelope, status)| {
        let parts = [("case", case), ("envelope", envelope), ("status", status)];
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
