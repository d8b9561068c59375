//! What holds for every row of an entity: its checks and its invariants, alike.

use stratapi_ir::model::{Condition, Invariant, Spanned};

use super::draft::Context;
use super::{condition, satisfied};
use crate::{ConditionPlan, EntityPlan, InvariantPlan};

/// What holds for every row.
pub(super) struct Rule<'a> {
    pub(super) name: &'a Spanned<String>,
    pub(super) tree: ConditionPlan,
    /// Message and status, if a client is told more than that something was wrong.
    told: Option<(&'a str, u16)>,
    invariant: bool,
}

/// The rules of an entity: checks first, both in order of declaration.
pub(super) fn of<'a>(context: &Context<'a>, plan: &EntityPlan, index: usize) -> Vec<Rule<'a>> {
    let lowered = |tree: &Condition| condition::condition(context, &|_| plan, index, tree);
    let checks = context.entity(index).checks.iter().map(|check| Rule {
        name: &check.name,
        tree: lowered(&check.condition),
        told: check.message.as_deref().map(|message| (message, 409)),
        invariant: false,
    });
    let always = context.invariants[index].iter().filter(|invariant| invariant.when.is_none());
    let invariants = always.map(|invariant| Rule {
        name: &invariant.name,
        tree: lowered(&invariant.condition),
        told: Some((&invariant.message, invariant.status)),
        invariant: true,
    });
    checks.chain(invariants).collect()
}

/// The same, each with the status of the answer to a write that breaks it.
pub(super) fn answered(
    context: &Context<'_>,
    plan: &EntityPlan,
    index: usize,
) -> Vec<(ConditionPlan, u16)> {
    let rules = of(context, plan, index).into_iter();
    rules.map(|rule| (rule.tree, rule.told.map_or(409, |(_, status)| status))).collect()
}

/// What rows of the tests fulfil.
pub(super) fn of_tests(
    context: &Context<'_>,
    plan: &EntityPlan,
    index: usize,
) -> Vec<ConditionPlan> {
    with_writes(context, plan, index, &of(context, plan, index))
}

/// What rows of the tests fulfil: the rules of their entity, and the invariants that some writes are
/// held to, as far as these speak of the row alone.
pub(super) fn with_writes(
    context: &Context<'_>,
    plan: &EntityPlan,
    index: usize,
    rules: &[Rule<'_>],
) -> Vec<ConditionPlan> {
    let some = context.invariants[index].iter().filter(|invariant| invariant.when.is_some());
    let some = some.flat_map(|invariant| own_parts(&invariant.condition));
    let some = some.map(|part| condition::condition(context, &|_| plan, index, part).tested());
    rules.iter().map(|rule| rule.tree.clone()).chain(some).collect()
}

/// What a condition says of the row alone: the whole of it, or parts that must hold, too.
fn own_parts(condition: &Condition) -> Vec<&Condition> {
    match condition {
        own if !own.is_related() => vec![own],
        Condition::All(parts) => parts.iter().filter(|part| !part.is_related()).collect(),
        _ => Vec::new(),
    }
}

/// Whether an invariant is looked at after some writes, and speaks of the row alone.
pub(super) fn is_own(invariant: &Invariant) -> bool {
    invariant.when.is_some() && !invariant.condition.is_related()
}

impl Rule<'_> {
    /// What it is called in messages.
    pub(super) const fn what(&self) -> &'static str {
        if self.invariant { "invariant" } else { "check" }
    }

    /// What a client is told where it is violated; `all` is what rows of the tests fulfil.
    pub(super) fn told(
        &self,
        context: &Context<'_>,
        plan: &EntityPlan,
        all: &[ConditionPlan],
    ) -> Option<InvariantPlan> {
        let (message, status) = self.told?;
        Some(InvariantPlan {
            name: self.name.value.clone(),
            message: message.to_owned(),
            status,
            broken_by: satisfied::violating(context, plan, all, &self.tree),
        })
    }
}
