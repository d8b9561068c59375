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
        Key::optional("errors", Kind::Shape(&ERRORS), "What is answered where a request fails."),
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

/// What is answered where a request fails.
static ERRORS: Shape = Shape {
    name: "`errors`",
    id: "errors",
    doc: "The members of answers to requests that fail. What is not named is left out.",
    keys: &[
        Key::optional("type", Kind::Text, "A URI that identifies the kind of the problem."),
        Key::optional("title", Kind::Text, "What the status means: `Not Found`."),
        Key::optional("status", Kind::Text, "The status, a number."),
        Key::optional("detail", Kind::Text, "What went wrong, for people."),
        Key::optional("instance", Kind::Text, "The path of the request."),
        Key::optional("code", Kind::Text, "A stable word for programs: `not_found`."),
        Key::optional("request_id", Kind::Text, "The identifier of the request in logs."),
        Key::optional(
            "list",
            Kind::Text,
            "What is wrong about which value: objects with `pointer`, `message` and `code`.",
        ),
        Key::optional(
            "keyed",
            Kind::Text,
            "What is wrong about which value: lists of texts by the names of members.",
        ),
        Key::optional(
            "general",
            Kind::Text,
            "The name under `keyed` of texts about the request itself, `body` by default.",
        ),
        Key::optional("one", Kind::Text, "The only member of the answer, around all these."),
        Key::optional("media_type", Kind::Text, "Of the answer, `application/json` by default."),
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
