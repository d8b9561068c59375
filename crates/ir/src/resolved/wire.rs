//! How the wire looks.

use super::{Entries, entry, number, word};
use crate::model::{ApiModelIr, Case, ListForm, Literal, Operation, Resource, Statuses};

/// What holds for the whole API.
pub(super) fn of_api(api: &ApiModelIr) -> Literal {
    let case = match api.case {
        Case::Snake => "snake",
        Case::Camel => "camel",
    };
    let mut status = statuses(api.statuses);
    status.push(number("invalid", u32::from(api.invalid_status)));
    Literal::Map(vec![
        word("case", case),
        entry("envelope", envelope(&api.lists)),
        entry("status", Literal::Map(status)),
    ])
}

/// What a resource has of its own, if it has anything.
pub(super) fn of_resource(found: &Resource, api: &ApiModelIr) -> Option<(String, Literal)> {
    let mut shape = Entries::new();
    if found.lists != api.lists {
        shape.push(entry("envelope", envelope(&found.lists)));
    }
    let mut status = statuses(found.statuses);
    status.retain(|(name, _)| Operation::any_goes_by(&found.operations, name));
    if found.statuses != api.statuses {
        shape.push(entry("status", Literal::Map(status)));
    }
    (!shape.is_empty()).then(|| entry("shape", Literal::Map(shape)))
}

fn statuses(found: Statuses) -> Entries {
    let codes = [("create", found.create), ("delete", found.delete)];
    codes.map(|(name, code)| number(name, u32::from(code))).into()
}

fn envelope(lists: &ListForm) -> Literal {
    match lists {
        ListForm::Array => Literal::Map(vec![entry("many", Literal::Bool(false))]),
        ListForm::Page(members) => {
            Literal::Map(members.iter().map(|(part, wire)| word(part.key(), wire)).collect())
        }
    }
}
