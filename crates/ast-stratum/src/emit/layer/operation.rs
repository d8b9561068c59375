//! What an operation has to decide with the row at hand, and whether it needs the caller for that.

use stratapi_plan::{
    ConditionPlan, Gate, Operation, OperationPlan, Predicate, Presence, PyIdent, ReferencePlan, Set,
};

use super::access::{Known, all, assume, holds_always, implies, mentions_caller, of_gate};
use super::{Caller, Layer};

/// A rule on one row that the service evaluates, and which operations share it.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::emit) struct Rule {
    /// Function of the service's module: `_may_update`.
    pub(in crate::emit) function: PyIdent,
    pub(in crate::emit) predicate: Predicate,
    pub(in crate::emit) caller: Caller,
    pub(in crate::emit) operations: Vec<Need>,
}

/// Who needs a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::emit) enum Need {
    /// Whoever looks for the row.
    Read,
    /// An operation.
    Operation(Operation),
}

/// Whether an operation changes a row that exists.
const fn changes(operation: Operation) -> bool {
    matches!(
        operation,
        Operation::Update | Operation::Replace | Operation::Delete | Operation::Transition(_)
    )
}

impl Rule {
    /// Whether the database decides it: it speaks of other rows.
    pub(in crate::emit) fn is_of_database(&self) -> bool {
        self.predicate.is_of_database()
    }
}

impl Layer<'_> {
    /// The gates behind which the service's `get` is called.
    fn readers(self) -> Vec<Gate> {
        let own = self.entity.resource.iter().flat_map(|resource| &resource.operations);
        let own = own.filter(|plan| plan.operation == Operation::Get || changes(plan.operation));
        let mut gates: Vec<Gate> = own.map(|plan| plan.access.gate.clone()).collect();
        for below in self.descendants() {
            let plans = below.resource().operations.iter();
            gates.extend(plans.map(|plan| plan.access.gate.clone()));
        }
        gates
    }

    /// Whether the service has `get`.
    pub(in crate::emit) fn has_get(self) -> bool {
        self.entity.resource.is_some() && !self.readers().is_empty()
    }

    /// What `get` has to check besides the existence of the row.
    pub(in crate::emit) fn visibility(self) -> Option<Predicate> {
        let read = &self.resource().read;
        let readers = self.readers();
        let row = read.row.clone().unwrap_or(Predicate::True);
        let passed = readers.iter().all(|gate| implies(gate, &read.gate));
        let whole = if passed { row } else { all([of_gate(&read.gate), row]) };
        if self.follows_parent(&whole) {
            return None;
        }
        let known = readers.iter().all(|gate| *gate != Gate::Public);
        let whole = if known { assume(&whole, Known::SignedIn) } else { whole };
        (!holds_always(&whole)).then_some(whole)
    }

    /// Whether `get` takes the caller.
    pub(in crate::emit) fn get_caller(self) -> Caller {
        let own = self.visibility().is_some_and(|rule| mentions_caller(&rule));
        let above = self.parent().is_some_and(|(_, parent)| parent.get_caller() != Caller::No);
        let public = self.readers().contains(&Gate::Public);
        match (own || above, public) {
            (false, _) => Caller::No,
            (true, true) => Caller::Optional,
            (true, false) => Caller::Required,
        }
    }

    /// What is left to decide on the row for an operation other than reading.
    pub(in crate::emit) fn rule(self, plan: &OperationPlan) -> Option<Predicate> {
        let row = plan.access.row.as_ref()?;
        if changes(plan.operation) {
            let read = &self.resource().read;
            if read.row.as_ref() == Some(row) {
                return None;
            }
        }
        if self.follows_parent(row) {
            return None;
        }
        let mut rule = row.clone();
        if creates(plan.operation) {
            rule = self.owned(&rule);
        }
        if plan.access.gate != Gate::Public {
            rule = assume(&rule, Known::SignedIn);
        }
        (!holds_always(&rule)).then_some(rule)
    }

    /// The rule that the row must fulfil after a change too: what it speaks of is up to the client.
    pub(in crate::emit) fn rule_after(self, plan: &OperationPlan) -> Option<Predicate> {
        let row = plan.access.row.as_ref()?;
        let rule = match plan.access.gate {
            Gate::Public => row.clone(),
            _ => assume(row, Known::SignedIn),
        };
        (self.is_movable(&rule, plan.operation) && !holds_always(&rule)).then_some(rule)
    }

    /// Whether an operation may change what a rule speaks of.
    fn is_movable(self, rule: &Predicate, operation: Operation) -> bool {
        match rule {
            Predicate::Owner(steps) => steps
                .first()
                .is_some_and(|step| moves(&self.entity.references[step.reference], operation)),
            Predicate::Row(row) => {
                mentions(row, &|attribute| self.writes(attribute, operation))
                    || self.is_linked_anew(row, operation)
            }
            Predicate::All(items) | Predicate::Any(items) => {
                items.iter().any(|item| self.is_movable(item, operation))
            }
            Predicate::Not(item) => self.is_movable(item, operation),
            _ => false,
        }
    }

    /// Whether an operation may change the links of which a condition speaks.
    fn is_linked_anew(self, row: &ConditionPlan, operation: Operation) -> bool {
        let written = matches!(operation, Operation::Update | Operation::Replace);
        let links = self.entity.links.iter().filter(|link| link.writable);
        let mut links = links.map(|link| &link.attribute);
        written && links.any(|link| row.has_rows(&mut |rows| rows.is_own(link)))
    }

    fn writes(self, attribute: &PyIdent, operation: Operation) -> bool {
        let mut fields = self.entity.fields.iter();
        let field = fields.find(|field| field.model_attribute == *attribute);
        let mut embedded = self.entity.embedded.iter();
        let part = |index: &usize| self.entity.fields[*index].model_attribute == *attribute;
        let embedded = embedded.find(|it| it.fields.iter().any(part));
        let mut references = self.entity.references.iter();
        let reference = references.find(|it| it.key_attributes.contains(attribute));
        field.is_some_and(|field| match operation {
            Operation::Update => field.update,
            Operation::Replace => field.replace != Presence::Absent,
            _ => false,
        }) || embedded.is_some_and(|embedded| match operation {
            Operation::Update => embedded.update,
            Operation::Replace => embedded.replace != Presence::Absent,
            _ => false,
        }) || reference.is_some_and(|reference| moves(reference, operation))
    }

    /// Whether a rule says of the parent what whoever found the parent has passed already.
    pub(in crate::emit) fn follows_parent(self, rule: &Predicate) -> bool {
        let Some((plan, parent)) = self.parent() else { return false };
        let asked = parent.visibility();
        asked.is_some() && self.of_parent(rule, plan.reference) == asked
    }

    /// The rule as the parent would state it, if it speaks of the parent only.
    fn of_parent(self, rule: &Predicate, reference: usize) -> Option<Predicate> {
        let each = |items: &[Predicate]| -> Option<Vec<Predicate>> {
            items.iter().map(|item| self.of_parent(item, reference)).collect()
        };
        Some(match rule {
            Predicate::Owner(steps) => {
                let [first, rest @ ..] = steps.as_slice() else { return None };
                if first.entity != self.index || first.reference != reference || rest.is_empty() {
                    return None;
                }
                Predicate::Owner(rest.to_vec())
            }
            Predicate::All(items) => Predicate::All(each(items)?),
            Predicate::Any(items) => Predicate::Any(each(items)?),
            Predicate::Not(item) => Predicate::Not(Box::new(self.of_parent(item, reference)?)),
            Predicate::IsSelf | Predicate::Row(_) => return None,
            other => other.clone(),
        })
    }

    /// The rule for a new row, which the caller owns wherever the server says so.
    fn owned(self, rule: &Predicate) -> Predicate {
        match rule {
            Predicate::Owner(steps) if steps.len() == 1 => {
                let reference = &self.entity.references[steps[0].reference];
                let own = steps[0].entity == self.index && reference.set == Set::CurrentUser;
                if own { Predicate::SignedIn } else { rule.clone() }
            }
            Predicate::All(items) => all(items.iter().map(|item| self.owned(item))),
            Predicate::Any(items) => super::access::any(items.iter().map(|item| self.owned(item))),
            Predicate::Not(item) => super::access::not(self.owned(item)),
            other => other.clone(),
        }
    }

    /// The references that the server sets to the caller.
    pub(in crate::emit) fn set_to_caller(self) -> bool {
        self.entity.references.iter().any(|reference| reference.set == Set::CurrentUser)
    }

    /// Whether the method and the route of an operation take the caller.
    pub(in crate::emit) fn caller(self, plan: &OperationPlan) -> Caller {
        if self.plan.app.auth.is_none() {
            return Caller::No;
        }
        let rule = self.rule(plan).or_else(|| self.rule_after(plan));
        let public = plan.access.gate == Gate::Public;
        let rule = rule.is_some_and(|rule| public || mentions_caller(&rule));
        let rule = rule || self.asks_writer(plan.operation);
        let shows = plan.operation != Operation::List && self.viewer(plan.operation) != Caller::No;
        let above = self.parent().is_some_and(|(_, parent)| parent.get_caller() != Caller::No);
        let needed = match plan.operation {
            Operation::List => {
                above
                    || self.viewer(Operation::List) != Caller::No
                    || plan
                        .access
                        .row
                        .as_ref()
                        .is_some_and(|row| mentions_caller(row) && !self.follows_parent(row))
            }
            Operation::Create | Operation::BulkCreate => above || rule || self.set_to_caller(),
            Operation::Get | Operation::History(_) => self.get_caller() != Caller::No,
            Operation::Transition(position) if self.entity.is_told_of(position) => true,
            _ => rule || self.get_caller() != Caller::No,
        };
        match (needed || shows, &plan.access.gate) {
            (false, _) => Caller::No,
            (true, Gate::Public) if creates(plan.operation) && self.must_know_caller() => {
                Caller::Required
            }
            (true, Gate::Public) => Caller::Optional,
            (true, _) => Caller::Required,
        }
    }

    fn must_know_caller(self) -> bool {
        let mut references = self.entity.references.iter();
        references.any(|reference| reference.set == Set::CurrentUser && !reference.nullable)
    }

    /// The rules that the service evaluates on one row, each once.
    pub(in crate::emit) fn rules(self) -> Vec<Rule> {
        let mut found: Vec<Rule> = Vec::new();
        let mut add = |predicate: Predicate, caller: Caller, need: Need| match found
            .iter_mut()
            .find(|rule| rule.predicate == predicate)
        {
            Some(rule) => {
                rule.operations.push(need);
                rule.caller = rule.caller.min(caller);
            }
            None => found.push(Rule {
                function: PyIdent::known("_may"),
                predicate,
                caller,
                operations: vec![need],
            }),
        };
        if self.has_get()
            && let Some(predicate) = self.visibility()
        {
            add(predicate, self.get_caller(), Need::Read);
        }
        if let Some(resource) = &self.entity.resource {
            for plan in &resource.operations {
                let reads = [Operation::List, Operation::Get];
                if reads.contains(&plan.operation)
                    || matches!(plan.operation, Operation::History(_))
                {
                    continue;
                }
                if let Some(predicate) = self.rule(plan).or_else(|| self.rule_after(plan)) {
                    add(predicate, self.caller(plan), Need::Operation(plan.operation));
                }
            }
        }
        for index in 0..found.len() {
            let name = self.rule_name(&found[index].operations);
            let taken = found[..index].iter().any(|rule| rule.function.as_str() == name);
            let name = if taken { format!("{name}_{index}") } else { name };
            // A method of the repository, or a function of the service's own.
            let own = !found[index].predicate.is_of_database();
            let name = if own { name.as_str() } else { name.trim_start_matches('_') };
            found[index].function = PyIdent::known(name);
            if !mentions_caller(&found[index].predicate) {
                found[index].caller = Caller::No;
            }
        }
        found
    }

    /// `_may_update`, `_may_publish`, or a word for several operations.
    fn rule_name(self, needs: &[Need]) -> String {
        match needs {
            [Need::Operation(Operation::Transition(position))] => {
                format!("_may_{}", self.entity.transitions[*position].name)
            }
            _ => rule_name(needs),
        }
    }

    /// The rule that somebody needs.
    pub(in crate::emit) fn rule_of(self, need: Need) -> Option<Rule> {
        self.rules().into_iter().find(|rule| rule.operations.contains(&need))
    }

    /// Whether an account may be made with a role of the client's choice.
    pub(in crate::emit) fn role_in_create(self) -> bool {
        self.role_field().is_some_and(|field| field.create != Presence::Absent)
    }
}

/// Whether an operation may change a reference.
pub(in crate::emit) fn moves(reference: &ReferencePlan, operation: Operation) -> bool {
    match operation {
        Operation::Update => reference.update,
        Operation::Replace => reference.replace != Presence::Absent,
        _ => false,
    }
}

/// Whether a condition of the rule speaks of an attribute.
pub(in crate::emit) fn speaks_of(rule: &Predicate, attribute: &PyIdent) -> bool {
    let mut found = false;
    rule.attributes(&mut |named| found |= named == attribute);
    found
}

/// Whether a condition speaks of such an attribute.
pub(in crate::emit) fn mentions(row: &ConditionPlan, wanted: &impl Fn(&PyIdent) -> bool) -> bool {
    let mut found = false;
    row.attributes(&mut |attribute| found |= wanted(attribute));
    found
}

/// Whether an operation makes rows.
pub(in crate::emit) fn creates(operation: Operation) -> bool {
    matches!(operation, Operation::Create | Operation::BulkCreate)
}

fn rule_name(needs: &[Need]) -> String {
    let read = needs.contains(&Need::Read);
    let makes = |need: &Need| matches!(need, Need::Operation(operation) if creates(*operation));
    let name = match needs {
        [Need::Operation(Operation::BulkCreate)] => "_may_create_many",
        [Need::Operation(Operation::Update)] => "_may_update",
        [Need::Operation(Operation::Replace)] => "_may_replace",
        [Need::Operation(Operation::Delete)] => "_may_delete",
        [Need::Read] => "_may_read",
        _ if read => "_may_access",
        _ if needs.iter().all(makes) => "_may_create",
        _ if needs.iter().any(makes) => "_may_write",
        _ => "_may_change",
    };
    name.to_owned()
}
