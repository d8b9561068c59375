//! Keys of how the wire looks.

use super::{Key, Kind, Shape};

/// Of the whole API.
pub(crate) static SHAPE: Shape = Shape {
    name: "`shape`",
    id: "shape",
    doc: "How the wire looks.",
    keys: &[
        Key::optional(
            "case",
            Kind::Choice("case", &["snake", "camel"]),
            "Names of members and parameters: `full_name`, the default, or `fullName`.",
        ),
        Key::optional("envelope", Kind::Shape(&ENVELOPE), "What stands around rows."),
        Key::optional("status", Kind::Shape(&STATUS), "Status codes."),
        Key::later("errors", Kind::Any, "The form of errors."),
    ],
};

/// Of one resource.
pub(crate) static RESOURCE_SHAPE: Shape = Shape {
    name: "`shape` of a resource",
    id: "resource_shape",
    doc: "How the wire looks, where it is not as elsewhere.",
    keys: &[
        Key::optional("envelope", Kind::Shape(&ENVELOPE), "What stands around rows."),
        Key::optional("status", Kind::Shape(&RESOURCE_STATUS), "Status codes."),
    ],
};

/// What stands around rows.
pub(crate) static ENVELOPE: Shape = Shape {
    name: "`envelope`",
    id: "envelope",
    doc: "The members of answers and requests with rows. What a list's envelope does not name is left out.",
    keys: &[
        Key::optional(
            "many",
            Kind::Either(&[Kind::False, Kind::Text]),
            "The rows of a list, `items` by default; `false` for a bare array.",
        ),
        Key::optional("count", Kind::Text, "How many rows there are on all pages: `total`."),
        Key::optional("limit", Kind::Text, "How many rows were asked for: `limit`."),
        Key::optional("offset", Kind::Text, "How many rows were passed over: `offset`."),
        Key::optional("page", Kind::Text, "The number of the page, from 1: `page`."),
        Key::optional("next", Kind::Text, "The cursor of the next page: `next_cursor`."),
        Key::optional(
            "one",
            Kind::Either(&[Kind::False, Kind::Text]),
            "The row of an answer with one row; `false`, the default, for the row alone.",
        ),
        Key::optional(
            "body",
            Kind::Either(&[Kind::False, Kind::Text]),
            "The row of a request with one row; `false`, the default, for the row alone.",
        ),
    ],
};

static STATUS: Shape = Shape {
    name: "`status`",
    id: "status",
    doc: "Status codes of answers.",
    keys: &[
        CREATE,
        DELETE,
        Key::optional(
            "invalid",
            Kind::Int(400, 422),
            "400 or 422, the default, where the request is not as the document says.",
        ),
    ],
};

static RESOURCE_STATUS: Shape = Shape {
    name: "`status` of a resource",
    id: "resource_status",
    doc: "Status codes of answers.",
    keys: &[CREATE, DELETE],
};

const CREATE: Key =
    Key::optional("create", Kind::Int(200, 201), "200 or 201, the default, with what was created.");

const DELETE: Key =
    Key::optional("delete", Kind::Int(200, 204), "200 or 204, the default, both without a body.");
