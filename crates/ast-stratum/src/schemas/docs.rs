//! Docstrings of the API models; the document publishes them as descriptions.

use stratapi_plan::{EntityPlan, HistoryPlan, ValuePlan};

pub(crate) fn module(entity: &EntityPlan) -> String {
    format!("API models of {}.", entity.label_plural)
}

pub(crate) fn base(entity: &EntityPlan) -> String {
    format!("What clients decide about one {}.", entity.label)
}

pub(crate) fn create(entity: &EntityPlan) -> String {
    format!("One new {}.", entity.label)
}

pub(crate) fn replace(entity: &EntityPlan) -> String {
    format!("All of one {}, in place of what it was.", entity.label)
}

pub(crate) fn update(entity: &EntityPlan, clears: bool) -> String {
    if clears {
        format!(
            "Changes to one {}: omitted members stay, null clears those that may be null.",
            entity.label
        )
    } else {
        format!("Changes to one {}: omitted members stay.", entity.label)
    }
}

pub(crate) fn read(entity: &EntityPlan) -> &str {
    &entity.doc
}

/// Of a request with one row.
pub(crate) fn request(entity: &EntityPlan, suffix: &str) -> String {
    let a = &entity.label;
    match suffix {
        "Create" => format!("A request with one new {a}."),
        "Replace" => format!("A request with all of one {a}."),
        _ => format!("A request with changes to one {a}."),
    }
}

/// Of an answer with one row.
pub(crate) fn answer(entity: &EntityPlan) -> String {
    format!("An answer with one {}.", entity.label)
}

pub(crate) fn sort(entity: &EntityPlan) -> String {
    format!("The orders of the list of {}.", entity.label_plural)
}

pub(crate) fn query(entity: &EntityPlan) -> String {
    format!("The query of the list of {}.", entity.label_plural)
}

pub(crate) fn page(entity: &EntityPlan) -> String {
    format!("One page of {}.", entity.label_plural)
}

pub(crate) fn bulk_create(entity: &EntityPlan) -> String {
    format!("New {}: all of them are made, or none.", entity.label_plural)
}

pub(crate) fn bulk_result(entity: &EntityPlan) -> String {
    format!("The {} that were made.", entity.label_plural)
}

pub(crate) fn value(value: &ValuePlan) -> &str {
    &value.doc
}

pub(crate) fn change(history: &HistoryPlan, entity: &EntityPlan) -> String {
    format!("A change of the {} of one {}.", history.words, entity.label)
}

pub(crate) fn changes(history: &HistoryPlan, entity: &EntityPlan) -> String {
    format!("One page of the changes of the {} of one {}.", history.words, entity.label)
}
