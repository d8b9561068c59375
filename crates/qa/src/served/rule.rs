//! What an access rule says about a caller of the walk, as far as that is known beforehand.

use stratapi_plan::{AccessPlan, Gate, Plan, Predicate, Presence, Set, Step};

/// A caller of the walk. The rows of the walk are made by the main account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Caller {
    /// Name of the actor: `nobody`, `main`, `stranger`, …
    pub(super) actor: String,
    /// Whether it is signed in.
    pub(super) signed_in: bool,
    /// Its role (index in `AuthPlan::roles`).
    pub(super) role: Option<usize>,
    /// Whether it made the rows.
    pub(super) made: bool,
}

impl Caller {
    /// Somebody who is not signed in.
    pub(super) fn nobody() -> Self {
        Self { actor: "nobody".to_owned(), signed_in: false, role: None, made: false }
    }

    /// Whether the gate lets the caller through.
    pub(super) fn passes(&self, gate: &Gate) -> bool {
        match gate {
            Gate::Public => true,
            Gate::Authenticated => self.signed_in,
            Gate::Roles(roles) => self.role.is_some_and(|role| roles.contains(&role)),
        }
    }

    /// Whether the rule allows the caller the row of the walk, if that is known.
    pub(super) fn allowed(&self, plan: &Plan, rule: &AccessPlan) -> Option<bool> {
        if !self.passes(&rule.gate) {
            return Some(false);
        }
        rule.row.as_ref().map_or(Some(true), |row| self.holds(plan, row))
    }

    /// Whether the condition holds, if that is known.
    fn holds(&self, plan: &Plan, rule: &Predicate) -> Option<bool> {
        let each = |rule: &Predicate| self.holds(plan, rule);
        match rule {
            Predicate::True => Some(true),
            Predicate::SignedIn => Some(self.signed_in),
            Predicate::Role(roles) => Some(self.role.is_some_and(|role| roles.contains(&role))),
            Predicate::IsSelf => Some(self.made),
            Predicate::Owner(steps) if self.made => owned(plan, steps),
            Predicate::False | Predicate::Owner(_) => Some(false),
            Predicate::Row(_) => None,
            Predicate::All(rules) => every(rules.iter().map(each)),
            Predicate::Any(rules) => {
                let none = every(rules.iter().map(|rule| each(rule).map(|it| !it)));
                none.map(|none| !none)
            }
            Predicate::Not(rule) => each(rule).map(|it| !it),
        }
    }
}

/// Whether all hold: one that does not decides, whatever is unknown.
pub(super) fn every(items: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut all = Some(true);
    for item in items {
        match item {
            Some(true) => {}
            Some(false) => return Some(false),
            None => all = None,
        }
    }
    all
}

/// Whether the path from a row of the walk leads to the account that made it.
fn owned(plan: &Plan, steps: &[Step]) -> Option<bool> {
    let (step, rest) = steps.split_first()?;
    let reference = &plan.entities[step.entity].references[step.reference];
    let is_set = match reference.set {
        Set::CurrentUser | Set::Parent => true,
        Set::Client => reference.create == Presence::Required,
        Set::Server => return None,
    };
    match (is_set, rest.is_empty()) {
        (false, _) => Some(false),
        (true, true) => Some(true),
        (true, false) => owned(plan, rest),
    }
}
