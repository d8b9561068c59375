//! The tables of keys of flows, their steps, their slots, and the endpoints that start them.

use super::tables::{ATTRIBUTE, RATE_LIMIT};
use super::{Key, Kind, Shape};

const VALUE: Kind = Kind::Either(&[
    Kind::Shorthand("account.balance - amount"),
    Kind::Number,
    Kind::Bool,
    Kind::List(&Kind::Any),
    Kind::Any,
]);
static A_STEP: Kind = Kind::Shape(&STEP);

/// A flow.
pub(super) static FLOW: Shape = Shape {
    name: "a flow",
    id: "flow",
    doc: "Steps over several entities in one transaction.",
    keys: &[
        Key::optional(
            "input",
            Kind::Map("input", &Kind::Either(&[Kind::Shorthand("Order"), Kind::Shape(&ATTRIBUTE)])),
            "What it is given: rows, by the names of their entities, and values.",
        ),
        Key::required("steps", Kind::List(&A_STEP), "What is done, in order."),
        Key::optional(
            "schedule",
            Kind::Shorthand("0 8 * * MON-FRI"),
            "When it starts by itself: minute, hour, day of the month, month and day of the week, in UTC.",
        ),
        Key::optional(
            "background",
            Kind::Bool,
            "Whether it is done after the answer, which is 202; it returns nothing then.",
        ),
    ],
};

/// The words of which each step has one, in the order of the reference.
pub(crate) const WORDS: &[&str] = &[
    "lock",
    "require",
    "let",
    "set",
    "create",
    "delete",
    "transition",
    "for",
    "if",
    "call",
    "return",
    "slot",
    "emit",
];

static STEP: Shape = Shape {
    name: "a step",
    id: "step",
    doc: "One thing that a flow does.",
    keys: &[
        Key::optional("lock", Kind::Text, "A row that nobody else can change from here on."),
        Key::optional("require", Kind::Shorthand("len(cart.items) > 0"), "What must hold."),
        Key::optional(
            "else",
            Kind::Either(&[Kind::Int(100, 599), Kind::Shape(&REFUSAL), Kind::List(&A_STEP)]),
            "What is answered where a requirement does not hold; what is done where an `if` does not.",
        ),
        Key::optional("let", Kind::Text, "The name of a value."),
        Key::optional("be", VALUE, "The value that is named."),
        Key::optional("set", Kind::Map("path", &VALUE), "Attributes, and what they are set to."),
        Key::optional("create", Kind::Text, "The entity of a new row."),
        Key::optional(
            "with",
            Kind::Map("member", &VALUE),
            "What a new row, a flow, a slot or an event is given.",
        ),
        Key::optional("as", Kind::Text, "The name of what was made or returned."),
        Key::optional("delete", Kind::Text, "A row that is deleted."),
        Key::optional("transition", Kind::Text, "A transition: `order.cancel`."),
        Key::optional("for", Kind::Shorthand("item in cart.items"), "Many rows."),
        Key::optional("order_by", Kind::Shorthand("item.product.id"), "What they are ordered by."),
        Key::optional("do", Kind::List(&A_STEP), "What is done with each of them."),
        Key::optional("if", Kind::Shorthand("order.total > 100"), "A condition."),
        Key::optional("then", Kind::List(&A_STEP), "What is done where it holds."),
        Key::optional("call", Kind::Text, "Another flow."),
        Key::optional("return", Kind::Text, "The row that is answered; nothing by default."),
        Key::optional("slot", Kind::Text, "A slot that computes a value."),
        Key::optional("emit", Kind::Text, "Something that others are told of: `order.placed`."),
    ],
};

static REFUSAL: Shape = Shape {
    name: "a refusal",
    id: "refusal",
    doc: "What is answered where a requirement does not hold.",
    keys: &[
        Key::required("status", Kind::Int(100, 599), "400, 403, 404, 409 or 422."),
        Key::optional(
            "message",
            Kind::Text,
            "What a client is told; `{order.number}` stands for a value.",
        ),
    ],
};

/// The kinds of slots; the first ones are built.
pub(crate) const SLOT_KINDS: &[&str] =
    &["business_rule", "flow_method", "custom_endpoint", "mapping", "repair_patch"];
const SLOT_TYPE: Kind = Kind::Either(&[Kind::Shorthand("decimal"), Kind::Shape(&ATTRIBUTE)]);

/// A slot.
pub(super) static SLOT: Shape = Shape {
    name: "a slot",
    id: "slot",
    doc: "A function that somebody writes, judged by its examples.",
    keys: &[
        Key::required("kind", Kind::Choice("kind of slot", SLOT_KINDS), "What it is for."),
        Key::optional("input", Kind::Map("input", &SLOT_TYPE), "What it is given: values."),
        Key::required("output", SLOT_TYPE, "The type of what it returns."),
        Key::required("describe", Kind::Text, "What it does, in prose."),
        Key::required(
            "examples",
            Kind::List(&Kind::Shape(&EXAMPLE)),
            "What it returns for what it is given; at least one.",
        ),
        Key::later("reads", Kind::Any, "The entities that it reads."),
        Key::later("writes", Kind::Any, "The entities that it writes."),
        Key::later("properties", Kind::Any, "What holds for all inputs."),
    ],
};

static EXAMPLE: Shape = Shape {
    name: "an example",
    id: "slot_example",
    doc: "What a slot returns for what it is given.",
    keys: &[
        Key::optional("given", Kind::Map("input", &Kind::Any), "A value for each input."),
        Key::required("expect", Kind::Any, "What is returned."),
    ],
};

/// A route that starts a flow.
pub(super) static ENDPOINT: Shape = Shape {
    name: "an endpoint",
    id: "endpoint",
    doc: "A route that starts a flow.",
    keys: &[
        Key::required(
            "route",
            Kind::Shorthand("POST /orders/{order_id}/cancel"),
            "`GET`, `POST`, `PUT`, `PATCH` or `DELETE`, and the path below the prefix; the inputs that are rows stand in it.",
        ),
        Key::required("flow", Kind::Text, "The flow."),
        Key::optional(
            "access",
            Kind::Shorthand("role(admin)"),
            "Who may do it; `authenticated` by default where people sign in.",
        ),
        Key::optional(
            "status",
            Kind::Int(100, 599),
            "200 (the default), 201 or 202 with a row, 204 without one; 202 where the flow is done in the background.",
        ),
        Key::optional(
            "idempotent",
            Kind::Bool,
            "Whether a request that is sent again with its `Idempotency-Key` gets the first answer.",
        ),
        Key::optional(
            "query",
            Kind::List(&Kind::Text),
            "The inputs that stand in the query; with `GET` and `DELETE`, all that are in no header.",
        ),
        Key::optional(
            "headers",
            Kind::Map("input", &Kind::Text),
            "The inputs that stand in headers: `{source: X-Source}`.",
        ),
        Key::optional("rate_limit", RATE_LIMIT, "How often a caller may ask, or `unlimited`."),
    ],
};
