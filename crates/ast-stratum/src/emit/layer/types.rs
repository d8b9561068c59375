//! Types of values in places that only these layers have: paths and cursors.

use stratapi_plan::{Plan, ValueKind, ValueType};

use crate::python::Expr;
use crate::python::build::from;
use crate::types;

/// Whether values of this type are texts, of any characters.
pub(in crate::emit) fn is_text(ty: &ValueType) -> bool {
    matches!(
        ty.kind,
        ValueKind::Line { .. }
            | ValueKind::Text { .. }
            | ValueKind::Email
            | ValueKind::Url
            | ValueKind::Slug { .. }
            | ValueKind::Ip
    )
}

/// The type that checks such a value inside a cursor, which a client may have forged.
pub(in crate::emit) fn cursor_type(plan: &Plan, ty: &ValueType) -> Expr {
    let text = is_text(ty);
    let base = if text { from("app.schemas.types", "Text") } else { types::query(plan, ty) };
    if ty.nullable { base.or_none() } else { base }
}

/// The member of an enum, by its index.
pub(in crate::emit) fn enum_member(plan: &Plan, index: usize, member: usize) -> Expr {
    let plan = &plan.enums[index];
    from("app.models.enums", &plan.class).attr(&plan.members[member].name)
}

/// Words as a slug of at most `max` characters: `order-item`.
pub(in crate::emit) fn slug_of(words: &str, max: u32) -> String {
    let slug: String = words
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' })
        .take(max as usize)
        .collect();
    let slug = slug.trim_matches('-');
    if slug.is_empty() { "x".to_owned() } else { slug.to_owned() }
}
