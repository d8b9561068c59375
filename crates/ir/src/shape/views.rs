//! Keys of views.

use super::tables::COMPUTED;
use super::{Key, Kind, Shape};

pub(crate) static VIEW: Shape = Shape {
    name: "a view",
    id: "view",
    doc: "A named projection of an entity: what is shown of a row, under which names.",
    keys: &[
        Key::optional("description", Kind::Text, "One paragraph."),
        Key::required(
            "attributes",
            Kind::List(&Kind::Either(&[
                Kind::Shorthand("title"),
                Kind::Map("member", &Kind::Shorthand("created_at")),
            ])),
            "What is shown of the row: attributes, computed ones, and relationships by their keys. `{written: created_at}` shows it under another name.",
        ),
        Key::optional(
            "computed",
            Kind::Map(
                "computed value",
                &Kind::Either(&[Kind::Shorthand("author == current_user"), Kind::Shape(&COMPUTED)]),
            ),
            "What holds for the row and whoever reads it: `true` or `false` for each caller.",
        ),
        Key::optional(
            "relationships",
            Kind::Map(
                "relationship",
                &Kind::Either(&[Kind::Shorthand("Card"), Kind::Shape(&NESTED_VIEW)]),
            ),
            "Related rows that are shown along, each in a view of its own entity.",
        ),
    ],
};

static NESTED_VIEW: Shape = Shape {
    name: "a nested view",
    id: "nested_view",
    doc: "Related rows that are shown along under a name of their own.",
    keys: &[
        Key::required("of", Kind::Text, "The relationship, or the other end of one."),
        Key::required("view", Kind::Text, "A view of the entity that it leads to."),
    ],
};

pub(crate) static OPERATION_VIEWS: Shape = Shape {
    name: "`view`",
    id: "operation_views",
    doc: "The projections that operations show. An operation wins over a group.",
    keys: &[
        Key::optional("list", Kind::Text, "Of the rows of the list."),
        Key::optional("get", Kind::Text, "Of a single row."),
        Key::optional("create", Kind::Text, "Of a row that was made."),
        Key::optional("update", Kind::Text, "Of a row that was changed."),
        Key::optional("replace", Kind::Text, "Of a row that was replaced."),
        Key::optional("read", Kind::Text, "Of `list` and `get`."),
        Key::optional("write", Kind::Text, "Of `create`, `update`, `replace` and transitions."),
    ],
};
