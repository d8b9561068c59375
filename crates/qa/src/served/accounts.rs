//! The accounts of the walk: one that owns its rows, and those that try what they may not.

use serde_json::{Map, Value, json};
use stratapi_plan::{
    AuthPlan, FieldPlan, FieldSource, Plan, Presence, PythonDefault, ReferencePlan, ValueKind,
};

use super::body::{self, Version};
use super::rule::Caller;

/// What accounts sign in with, where their application allows it.
const PASSWORD: &str = "correct horse battery staple";
/// Accounts beside the main one, at the most.
const OTHERS: usize = 4;

/// The main account, a newcomer, and one account for each further role.
pub(super) fn callers(plan: &Plan) -> Vec<Caller> {
    let Some(auth) = plan.app.auth.as_ref().filter(|auth| stands_alone(plan, auth)) else {
        return Vec::new();
    };
    let caller = |actor: &str, role: Option<usize>, made: bool| Caller {
        actor: actor.to_owned(),
        signed_in: true,
        role,
        made,
    };
    let last = auth.role.and_then(|_| auth.roles.len().checked_sub(1));
    let first = newcomer(plan, auth);
    let mut callers = vec![caller("main", last, true), caller("newcomer", first, false)];
    let others = (0..auth.roles.len()).filter(|role| auth.role.is_some() && Some(*role) != first);
    callers.extend(others.take(OTHERS).map(|role| {
        let value = &auth.roles[role].value;
        caller(&format!("other {value}"), Some(role), false)
    }));
    callers
}

/// Whether accounts can be made before any other row, by the command of the project, and see
/// themselves. What a check speaks of may have to fit a default.
pub(super) fn stands_alone(plan: &Plan, auth: &AuthPlan) -> bool {
    let user = &plan.entities[auth.user];
    // A reference that a path says is not in any body, but there all the same.
    let alone = |reference: &ReferencePlan| {
        reference.create != Presence::Required && (reference.nullable || reference.relaxed)
    };
    let repeats = |field: &FieldPlan| is_given(field) && body::may_repeat(user, field);
    // The server alone says it, and nobody told it what.
    let unsaid = |field: &FieldPlan| {
        let filled = field.ty.nullable || field.model_default.is_some();
        field.create == Presence::Absent && field.source == FieldSource::Attribute && !filled
    };
    // Every account would have the same, and no two may.
    let single = |field: &FieldPlan| {
        let literal = matches!(field.model_default, Some(PythonDefault::Literal(_)));
        field.create == Presence::Absent && field.unique && literal
    };
    user.resource.is_some()
        && !user.fields.iter().any(|field| unsaid(field) || single(field))
        && user.references.iter().all(alone)
        && !user.fields.iter().any(repeats)
        && user.embedded.iter().all(|value| value.create != Presence::Required)
        && !user.fields.iter().any(|field| field.checked)
}

/// Whether an account is given a value of its own: one that must be, or that could not be the default
/// of two accounts.
fn is_given(field: &FieldPlan) -> bool {
    match &field.create {
        Presence::Required => true,
        Presence::Optional(default) => field.distinct && *default != PythonDefault::None,
        Presence::Absent => false,
    }
}

/// What the accounts of the walk sign in with.
pub(super) fn password(plan: &Plan, auth: &AuthPlan) -> String {
    let secret = &plan.entities[auth.user].fields[auth.secret];
    let fits = match secret.ty.kind {
        ValueKind::Password { min, max } => (min as usize..=max as usize).contains(&PASSWORD.len()),
        _ => true,
    };
    let sample = secret.sample.value.as_str().filter(|_| !fits);
    sample.unwrap_or(PASSWORD).to_owned()
}

/// The role of an account that is given none.
pub(super) fn newcomer(plan: &Plan, auth: &AuthPlan) -> Option<usize> {
    match &plan.entities[auth.user].fields[auth.role?].model_default {
        Some(PythonDefault::Literal(index)) => index.parse().ok(),
        _ => None,
    }
}

pub(super) fn account(plan: &Plan, auth: &AuthPlan, caller: &Caller, position: usize) -> Value {
    let user = &plan.entities[auth.user];
    let version = Version { number: 4 + position, other: position % 2 == 1 };
    let skip = [Some(auth.login), Some(auth.secret), auth.role];
    let fields: Map<String, Value> = user
        .fields
        .iter()
        .enumerate()
        .filter(|(index, field)| !skip.contains(&Some(*index)) && is_given(field))
        .map(|(_, field)| (field.wire.clone(), body::own(user, field, version)))
        .collect();
    let saved =
        if caller.made { user.module.as_str().to_owned() } else { format!("account_{position}") };
    // A newcomer is given no role.
    let role = caller.role.filter(|_| caller.actor != "newcomer");
    json!({
        "actor": caller.actor,
        "saved": saved,
        "login": body::value(&user.fields[auth.login].sample, user, version),
        "role": role.map(|role| auth.roles[role].value.clone()),
        "fields": fields,
    })
}
