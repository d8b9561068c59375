//! What an access rule says about a caller of the walk, as far as that is known beforehand.

use stratapi_plan::{
    AccessPlan, Comparison, ConditionPlan, EntityPlan, FieldPlan, FieldSource, Gate, OperandPlan,
    Plan, Predicate, Presence, PyIdent, PythonDefault, Set, Step,
};

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

    /// Whether the rule allows the caller the row of the walk, if that is known; of one that was moved
    /// nothing is known that transitions change.
    pub(super) fn allowed(
        &self,
        plan: &Plan,
        entity: &EntityPlan,
        rule: &AccessPlan,
        moved: bool,
    ) -> Option<bool> {
        if !self.passes(&rule.gate) {
            return Some(false);
        }
        rule.row.as_ref().map_or(Some(true), |row| self.holds(plan, entity, row, moved))
    }

    /// Whether the condition holds, if that is known.
    pub(super) fn holds(
        &self,
        plan: &Plan,
        entity: &EntityPlan,
        rule: &Predicate,
        moved: bool,
    ) -> Option<bool> {
        let each = |rule: &Predicate| self.holds(plan, entity, rule, moved);
        match rule {
            Predicate::True => Some(true),
            Predicate::SignedIn => Some(self.signed_in),
            Predicate::Role(roles) => Some(self.role.is_some_and(|role| roles.contains(&role))),
            Predicate::IsSelf => Some(self.made),
            Predicate::Owner(steps) if self.made => owned(plan, steps),
            Predicate::False | Predicate::Owner(_) => Some(false),
            Predicate::Row(condition) if moved && asks_of_state(entity, condition) => None,
            Predicate::Row(condition) => fulfils(entity, condition),
            Predicate::All(rules) => every(rules.iter().map(each)),
            Predicate::Any(rules) => any(rules.iter().map(each)),
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

/// Whether one holds.
fn any(items: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    every(items.map(|one| one.map(|it| !it))).map(|none| !none)
}

/// Whether the row of the walk fulfils a condition: known of attributes that no client writes.
fn fulfils(entity: &EntityPlan, condition: &ConditionPlan) -> Option<bool> {
    let each = |condition: &ConditionPlan| fulfils(entity, condition);
    match condition {
        ConditionPlan::Compare(
            OperandPlan::Attribute(attribute, _),
            comparison,
            OperandPlan::Literal(_, text),
        ) => {
            let equal = known(entity, attribute)? == text;
            match comparison {
                Comparison::Equal => Some(equal),
                Comparison::NotEqual => Some(!equal),
                _ => None,
            }
        }
        ConditionPlan::IsNull(OperandPlan::Attribute(attribute, _), null) => {
            let is_null = match &unwritten(entity, attribute)?.model_default {
                None | Some(PythonDefault::None) => true,
                Some(_) => false,
            };
            Some(is_null == *null)
        }
        ConditionPlan::In(OperandPlan::Attribute(attribute, _), items, inside) => {
            let value = known(entity, attribute)?;
            let is_it = |item: &OperandPlan| match item {
                OperandPlan::Literal(_, text) => Some(text == value),
                _ => None,
            };
            any(items.iter().map(is_it)).map(|found| found == *inside)
        }
        ConditionPlan::Flag(OperandPlan::Attribute(attribute, _)) => {
            Some(known(entity, attribute)? == "true")
        }
        ConditionPlan::All(parts) => every(parts.iter().map(each)),
        ConditionPlan::Any(parts) => any(parts.iter().map(each)),
        ConditionPlan::Not(inner) => each(inner).map(|it| !it),
        ConditionPlan::Compare(..)
        | ConditionPlan::IsNull(..)
        | ConditionPlan::In(..)
        | ConditionPlan::Flag(_)
        | ConditionPlan::Quantified(..) => None,
    }
}

/// An attribute that no client writes: rows have its default.
fn unwritten<'e>(entity: &'e EntityPlan, attribute: &PyIdent) -> Option<&'e FieldPlan> {
    let field = entity.fields.iter().find(|field| field.model_attribute == *attribute)?;
    let written = field.create != Presence::Absent || field.replace != Presence::Absent;
    let own = field.source == FieldSource::Attribute;
    (own && !written && !field.update).then_some(field)
}

/// Whether a condition speaks of what transitions change.
fn asks_of_state(entity: &EntityPlan, condition: &ConditionPlan) -> bool {
    let states = entity.machines.iter().map(|machine| machine.field);
    let set = entity.transitions.iter().flat_map(|one| &one.set).map(|(field, _)| *field);
    let moved: Vec<&PyIdent> =
        states.chain(set).map(|field| &entity.fields[field].model_attribute).collect();
    let mut asks = false;
    condition.attributes(&mut |attribute| asks |= moved.contains(&attribute));
    asks
}

/// The default of such an attribute, as canonical text, unless it is null.
fn known<'e>(entity: &'e EntityPlan, attribute: &PyIdent) -> Option<&'e str> {
    match &unwritten(entity, attribute)?.model_default {
        Some(PythonDefault::Literal(text)) => Some(text),
        _ => None,
    }
}

/// Whether the path from a row of the walk leads to the account that made it.
fn owned(plan: &Plan, steps: &[Step]) -> Option<bool> {
    let (step, rest) = steps.split_first()?;
    if plan.is_account(step.entity) {
        // The accounts of the walk refer to nobody.
        return Some(false);
    }
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
