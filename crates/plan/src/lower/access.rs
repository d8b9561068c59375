//! Access rules: simplified, then split into a gate (what is known before any row is read) and
//! what is left for the row.

use std::collections::BTreeSet;

use stratapi_ir::model::{Access, Operation, OwnerPath};

use super::condition;
use super::draft::Context;
use crate::{AccessPlan, EntityPlan, Gate, Predicate, Set, Step};

/// The rule of an operation.
pub(super) fn access(
    context: &Context<'_>,
    entities: &[EntityPlan],
    index: usize,
    operation: Operation,
    rule: &Access,
) -> AccessPlan {
    let creates = matches!(operation, Operation::Create | Operation::BulkCreate);
    let lowering = Lowering { context, entities, index, creates };
    let mut predicate = lowering.predicate(rule);
    let entity = &entities[index];
    let needs_caller = entity
        .references
        .iter()
        .any(|reference| reference.set == Set::CurrentUser && !reference.nullable);
    if creates && needs_caller {
        predicate = Predicate::All(vec![Predicate::SignedIn, predicate]);
    }
    let plan = split(simplify(predicate), sure_roles(context).as_ref());
    if context.ir.security.is_none() && plan.gate != Gate::Public {
        // Nobody fulfils the rule, and nobody can be asked to sign in.
        return AccessPlan { gate: Gate::Public, row: Some(Predicate::False) };
    }
    plan
}

/// A rule that speaks of a stored row, as one condition.
pub(super) fn predicate(
    context: &Context<'_>,
    entities: &[EntityPlan],
    index: usize,
    rule: &Access,
) -> Predicate {
    asked(context, Lowering { context, entities, index, creates: false }.predicate(rule))
}

/// A predicate without needless parts; whoever is signed in has one of the roles, if each account has.
pub(super) fn asked(context: &Context<'_>, predicate: Predicate) -> Predicate {
    of_sure(simplify(predicate), sure_roles(context).as_ref())
}

/// The predicate where whoever is signed in has one of the sure roles, if there are such.
fn of_sure(predicate: Predicate, sure_roles: Option<&BTreeSet<usize>>) -> Predicate {
    match sure_roles {
        Some(roles) => held(predicate, roles),
        None => predicate,
    }
}

/// The roles of which whoever is signed in has one, unless accounts may have none.
fn sure_roles(context: &Context<'_>) -> Option<BTreeSet<usize>> {
    let security = context.ir.security.as_ref()?;
    let user = context.entity(security.authentication.user.index());
    let role = &user.attributes[security.authentication.role?.index()];
    (!role.nullable).then(|| (0..security.roles.len()).collect())
}

/// The rule where none is declared: whoever is signed in, or anybody if there is no sign-in.
pub(super) fn default(context: &Context<'_>) -> AccessPlan {
    let gate = if context.ir.security.is_some() { Gate::Authenticated } else { Gate::Public };
    AccessPlan { gate, row: None }
}

struct Lowering<'a> {
    context: &'a Context<'a>,
    entities: &'a [EntityPlan],
    index: usize,
    creates: bool,
}

impl Lowering<'_> {
    fn predicate(&self, rule: &Access) -> Predicate {
        let all = |rules: &[Access]| rules.iter().map(|rule| self.predicate(rule)).collect();
        match rule {
            Access::Public => Predicate::True,
            Access::Authenticated => Predicate::SignedIn,
            Access::Role(roles) => {
                let roles: BTreeSet<usize> = roles.iter().map(|role| role.index()).collect();
                Predicate::Role(roles.into_iter().collect())
            }
            Access::Owner(path) => self.owner(path),
            Access::Row(row) => {
                let entities = |index: usize| &self.entities[index];
                let row = condition::rule(self.context, &entities, self.index, row);
                Predicate::Row(row)
            }
            Access::All(rules) => Predicate::All(all(rules)),
            Access::Any(rules) => Predicate::Any(all(rules)),
            Access::Not(inner) => Predicate::Not(Box::new(self.predicate(inner))),
        }
    }

    /// A path of references to an account. A new row belongs to the caller if the server says so,
    /// and is never the caller's account.
    fn owner(&self, path: &OwnerPath) -> Predicate {
        let mut steps = Vec::new();
        let mut entity = self.index;
        for relationship in &path.steps {
            let Some(position) = self.context.reference(entity, *relationship) else {
                return Predicate::False;
            };
            let reference = &self.entities[entity].references[position];
            let Some(key_attribute) = reference.key_attributes.first() else {
                return Predicate::False;
            };
            if self.creates && path.steps.len() == 1 && reference.set == Set::CurrentUser {
                return Predicate::SignedIn;
            }
            steps.push(Step {
                entity,
                reference: position,
                attribute: reference.attribute.clone(),
                key_attribute: key_attribute.clone(),
                nullable: reference.nullable,
            });
            entity = reference.target;
        }
        match (steps.is_empty(), self.creates) {
            (true, true) => Predicate::False,
            (true, false) => Predicate::IsSelf,
            (false, _) => Predicate::Owner(steps),
        }
    }
}

/// An equal predicate without needless parts.
fn simplify(predicate: Predicate) -> Predicate {
    match predicate {
        Predicate::All(parts) => junction(parts, true),
        Predicate::Any(parts) => junction(parts, false),
        Predicate::Not(inner) => negate(simplify(*inner)),
        Predicate::Role(roles) if roles.is_empty() => Predicate::False,
        other => other,
    }
}

fn negate(predicate: Predicate) -> Predicate {
    let each = |parts: Vec<Predicate>| parts.into_iter().map(negate).collect();
    match predicate {
        Predicate::True => Predicate::False,
        Predicate::False => Predicate::True,
        Predicate::Not(inner) => *inner,
        Predicate::All(parts) => junction(each(parts), false),
        Predicate::Any(parts) => junction(each(parts), true),
        other => Predicate::Not(Box::new(other)),
    }
}

/// `and` (`all`) or `or` of the parts.
fn junction(parts: Vec<Predicate>, all: bool) -> Predicate {
    let (neutral, decisive) =
        if all { (Predicate::True, Predicate::False) } else { (Predicate::False, Predicate::True) };
    let mut flat = Vec::new();
    for part in parts.into_iter().map(simplify) {
        match part {
            Predicate::All(inner) if all => flat.extend(inner),
            Predicate::Any(inner) if !all => flat.extend(inner),
            other => flat.push(other),
        }
    }
    if flat.iter().any(|one| flat.iter().any(|other| excludes(one, other, all))) {
        return decisive;
    }
    let mut kept: Vec<Predicate> = Vec::new();
    let mut roles: Option<Vec<usize>> = None;
    for part in flat {
        match part {
            part if part == neutral || kept.contains(&part) => {}
            part if part == decisive => return decisive,
            Predicate::Role(more) => roles = Some(joined(roles, more, all)),
            other => kept.push(other),
        }
    }
    match roles {
        Some(roles) if roles.is_empty() && all => return decisive,
        Some(roles) => kept.insert(0, Predicate::Role(roles)),
        None => {}
    }
    absorb(&mut kept, all);
    match kept.len() {
        0 => neutral,
        1 => kept.remove(0),
        _ if all => Predicate::All(kept),
        _ => Predicate::Any(kept),
    }
}

/// Whether nobody fulfils both in an `and` (`all`), or everybody one of them in an `or`.
fn excludes(one: &Predicate, other: &Predicate, all: bool) -> bool {
    let Predicate::Not(denied) = one else { return false };
    let denied = denied.as_ref();
    let (wide, narrow) = if all { (denied, other) } else { (other, denied) };
    denied == other || (*wide == Predicate::SignedIn && signed_in(narrow))
}

fn joined(roles: Option<Vec<usize>>, more: Vec<usize>, all: bool) -> Vec<usize> {
    let Some(roles) = roles else { return more };
    let (one, two): (BTreeSet<usize>, BTreeSet<usize>) =
        (roles.into_iter().collect(), more.into_iter().collect());
    if all { one.intersection(&two).copied().collect() } else { one.union(&two).copied().collect() }
}

/// Being signed in follows from having a role or owning something: in an `and` it is needless
/// beside those, in an `or` those are needless beside it.
fn absorb(parts: &mut Vec<Predicate>, all: bool) {
    if !parts.contains(&Predicate::SignedIn) {
        return;
    }
    if all {
        let others = parts.iter().filter(|part| **part != Predicate::SignedIn);
        if others.clone().any(signed_in) {
            parts.retain(|part| *part != Predicate::SignedIn);
        }
    } else {
        parts.retain(|part| *part == Predicate::SignedIn || !signed_in(part));
    }
}

/// Whether only a caller who is signed in can fulfil this.
fn signed_in(predicate: &Predicate) -> bool {
    match predicate {
        Predicate::SignedIn
        | Predicate::Role(_)
        | Predicate::IsSelf
        | Predicate::Owner(_)
        | Predicate::False => true,
        Predicate::True | Predicate::Row(_) | Predicate::Not(_) => false,
        Predicate::All(parts) => parts.iter().any(signed_in),
        Predicate::Any(parts) => parts.iter().all(signed_in),
    }
}

/// The roles without which nobody can fulfil this.
fn roles(predicate: &Predicate) -> Option<BTreeSet<usize>> {
    match predicate {
        Predicate::Role(roles) => Some(roles.iter().copied().collect()),
        Predicate::All(parts) => parts
            .iter()
            .filter_map(roles)
            .reduce(|one, two| one.intersection(&two).copied().collect()),
        Predicate::Any(parts) => {
            let all: Option<Vec<BTreeSet<usize>>> = parts.iter().map(roles).collect();
            all.map(|all| all.into_iter().flatten().collect())
        }
        _ => None,
    }
}

/// The predicate for callers who, if they are signed in, have one of these roles: nothing is asked that
/// follows from what stands before it.
fn held(predicate: Predicate, known: &BTreeSet<usize>) -> Predicate {
    match predicate {
        Predicate::Role(roles) => {
            let left: Vec<usize> = roles.into_iter().filter(|role| known.contains(role)).collect();
            match left.len() {
                0 => Predicate::False,
                some if some == known.len() => Predicate::SignedIn,
                _ => Predicate::Role(left),
            }
        }
        Predicate::Not(inner) => negate(held(*inner, known)),
        Predicate::All(parts) => junction(held_each(parts, known, true), true),
        Predicate::Any(parts) => junction(held_each(parts, known, false), false),
        other => other,
    }
}

/// The parts of an `and` (`all`), where each is asked if those before it held, or of an `or`, where it is
/// asked if they did not.
fn held_each(parts: Vec<Predicate>, known: &BTreeSet<usize>, all: bool) -> Vec<Predicate> {
    let mut known = known.clone();
    let each = parts.into_iter().map(|part| {
        let (roles, denied) = match &part {
            Predicate::Role(roles) => (roles.clone(), false),
            Predicate::Not(inner) => match inner.as_ref() {
                Predicate::Role(roles) => (roles.clone(), true),
                _ => return held(part, &known),
            },
            _ => return held(part, &known),
        };
        let part = held(part, &known);
        known.retain(|role| roles.contains(role) == (all != denied));
        part
    });
    each.collect()
}

/// Splits a predicate; whoever is signed in has one of the sure roles, if there are such.
fn split(predicate: Predicate, sure_roles: Option<&BTreeSet<usize>>) -> AccessPlan {
    if predicate == Predicate::True {
        return AccessPlan { gate: Gate::Public, row: None };
    }
    // Where these are all roles, the gate asks of nobody which one it is.
    let predicate = of_sure(predicate, sure_roles);
    if let Some(roles) = roles(&predicate) {
        let roles: Vec<usize> = roles.into_iter().collect();
        let known = roles.iter().copied().collect();
        let row = without(held(predicate, &known), &Predicate::Role(roles.clone()));
        return AccessPlan { gate: Gate::Roles(roles), row };
    }
    if signed_in(&predicate) {
        return AccessPlan {
            gate: Gate::Authenticated,
            row: without(predicate, &Predicate::SignedIn),
        };
    }
    AccessPlan { gate: Gate::Public, row: Some(predicate) }
}

/// What is left of a predicate once the gate has decided a part of it.
fn without(predicate: Predicate, decided: &Predicate) -> Option<Predicate> {
    match known(predicate, decided) {
        Predicate::True => None,
        other => Some(other),
    }
}

fn known(predicate: Predicate, decided: &Predicate) -> Predicate {
    let each = |parts: Vec<Predicate>| parts.into_iter().map(|part| known(part, decided)).collect();
    match predicate {
        same if same == *decided => Predicate::True,
        // Whoever has passed a gate of roles is signed in.
        Predicate::SignedIn => Predicate::True,
        Predicate::All(parts) => junction(each(parts), true),
        Predicate::Any(parts) => junction(each(parts), false),
        Predicate::Not(inner) => negate(known(*inner, decided)),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::{simplify, split};
    use crate::{Gate, Predicate};

    fn rule(predicate: Predicate) -> (Gate, Option<Predicate>) {
        let plan = split(simplify(predicate), Some(&(0..4).collect()));
        (plan.gate, plan.row)
    }

    #[test]
    fn what_needs_no_row_is_the_gate() {
        use Predicate::{All, Any, IsSelf, Not, Role, SignedIn, True};
        assert_eq!(rule(Any(vec![True, IsSelf])), (Gate::Public, None));
        assert_eq!(rule(Any(vec![Role(vec![2]), SignedIn])), (Gate::Authenticated, None));
        assert_eq!(rule(Any(vec![Role(vec![2]), Role(vec![0])])), (Gate::Roles(vec![0, 2]), None));
        assert_eq!(
            rule(All(vec![SignedIn, IsSelf, Role(vec![1])])),
            (Gate::Roles(vec![1]), Some(IsSelf))
        );
        assert_eq!(
            rule(Any(vec![IsSelf, Role(vec![1])])),
            (Gate::Authenticated, Some(Any(vec![Role(vec![1]), IsSelf])))
        );
        assert_eq!(
            rule(Not(Box::new(Any(vec![IsSelf, Not(Box::new(SignedIn))])))),
            (Gate::Authenticated, Some(Not(Box::new(IsSelf))))
        );
        assert_eq!(
            rule(All(vec![Role(vec![0]), Role(vec![1])])),
            (Gate::Authenticated, Some(Predicate::False))
        );
    }

    #[test]
    fn a_role_is_not_asked_for_twice() {
        use Predicate::{All, Any, IsSelf, Not, Role, True};
        let gate = Gate::Roles(vec![0, 1]);
        let mine = || All(vec![Role(vec![1]), IsSelf]);
        assert_eq!(
            rule(Any(vec![Role(vec![0]), mine()])),
            (gate.clone(), Some(Any(vec![Role(vec![0]), IsSelf])))
        );
        assert_eq!(rule(Any(vec![Role(vec![0, 1]), mine()])), (gate, None));
        assert_eq!(
            rule(Any(vec![IsSelf, Role(vec![0]), All(vec![Not(Box::new(Role(vec![0]))), True])])),
            (Gate::Public, None)
        );
    }

    #[test]
    fn an_account_without_a_role_has_none_of_all() {
        use Predicate::{Any, IsSelf, Role};
        let whole = Any(vec![Role(vec![0, 1]), IsSelf]);
        let plan = split(simplify(whole.clone()), None);
        assert_eq!((plan.gate, plan.row), (Gate::Authenticated, Some(whole.clone())));
        let sure = split(simplify(whole), Some(&[0, 1].into()));
        assert_eq!((sure.gate, sure.row), (Gate::Authenticated, None));
    }

    #[test]
    fn a_rule_and_its_contrary_leave_nothing_to_ask() {
        use Predicate::{All, Any, IsSelf, Not, Role, SignedIn};
        let not = |predicate| Not(Box::new(predicate));
        assert_eq!(rule(Any(vec![IsSelf, Role(vec![1]), not(IsSelf)])), (Gate::Public, None));
        assert_eq!(rule(Any(vec![not(Role(vec![1])), IsSelf, SignedIn])), (Gate::Public, None));
        let nobody = (Gate::Authenticated, Some(Predicate::False));
        assert_eq!(rule(All(vec![IsSelf, not(IsSelf)])), nobody);
        assert_eq!(rule(All(vec![not(SignedIn), Any(vec![Role(vec![1]), IsSelf])])), nobody);
    }
}
