//! How the wire looks.

use super::{Entries, entry, number, word};
use crate::model::{
    ApiModelIr, Case, ListForm, Literal, Operation, ProblemForm, ProblemPart, Resource, RowForm,
    Statuses,
};

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
        entry(
            "envelope",
            Literal::Map(lists(&api.lists).into_iter().chain(rows(&api.rows)).collect()),
        ),
        entry("errors", Literal::Map(problems(&api.problems))),
        entry("status", Literal::Map(status)),
    ])
}

/// What a resource has of its own, if it has anything.
pub(super) fn of_resource(found: &Resource, api: &ApiModelIr) -> Option<(String, Literal)> {
    let mut shape = Entries::new();
    let mut envelope = Entries::new();
    if found.lists != api.lists {
        envelope.extend(lists(&found.lists));
    }
    let usual = rows(&api.rows);
    envelope.extend(rows(&found.rows).into_iter().filter(|said| !usual.contains(said)));
    if !envelope.is_empty() {
        shape.push(entry("envelope", Literal::Map(envelope)));
    }
    let mut status = statuses(found.statuses);
    status.retain(|(name, _)| Operation::any_goes_by(&found.operations, name));
    if found.statuses != api.statuses {
        shape.push(entry("status", Literal::Map(status)));
    }
    (!shape.is_empty()).then(|| entry("shape", Literal::Map(shape)))
}

fn problems(form: &ProblemForm) -> Entries {
    let members = form.members.iter().map(|(part, wire)| word(part.key(), wire));
    let general = form.shows(ProblemPart::Keyed).then(|| word("general", &form.general));
    let one = form.one.as_ref().map(|one| word("one", one));
    let media_type = word("media_type", &form.media_type);
    members.chain(general).chain(one).chain([media_type]).collect()
}

fn statuses(found: Statuses) -> Entries {
    let codes = [("create", found.create), ("delete", found.delete)];
    codes.map(|(name, code)| number(name, u32::from(code))).into()
}

fn lists(lists: &ListForm) -> Entries {
    match lists {
        ListForm::Array => vec![entry("many", Literal::Bool(false))],
        ListForm::Page(members) => {
            members.iter().map(|(part, wire)| word(part.key(), wire)).collect()
        }
    }
}

fn rows(rows: &RowForm) -> Entries {
    let said = |(key, name): (&str, &Option<String>)| match name {
        Some(name) => word(key, name),
        None => entry(key, Literal::Bool(false)),
    };
    [("one", &rows.answer), ("body", &rows.body)].map(said).into()
}
