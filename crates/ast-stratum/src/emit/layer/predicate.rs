//! Prints predicates: over a loaded row as Python, over rows in the database as SQLAlchemy.
//! Negations are pushed to the leaves, where `None` and NULL are given the same meaning.

use stratapi_plan::{ConditionPlan, EntityPlan, Plan, Predicate, Step};

use super::condition::{self, Side};
use super::rule;
use super::types::enum_member;
use crate::python::build::{and, assign, boolean, from, kw, none, or};
use crate::python::{Comparator, Expr, Stmt, UnaryOperator};

/// What a predicate speaks of.
pub(in crate::emit) struct Scope<'a> {
    pub(in crate::emit) plan: &'a Plan,
    pub(in crate::emit) entity: &'a EntityPlan,
    /// The variable that holds the row, or the model's class.
    pub(in crate::emit) row: Expr,
    /// The variable that holds the caller, who is signed in.
    pub(in crate::emit) caller: Expr,
}

impl Scope<'_> {
    /// `caller.id`
    fn account(&self) -> Expr {
        let auth = self.auth();
        self.caller.clone().attr(&self.plan.entities[auth.user].key[0].attribute)
    }

    fn auth(&self) -> &stratapi_plan::AuthPlan {
        let Some(auth) = &self.plan.app.auth else {
            stratapi_diagnostics::bug!("a rule about the caller without sign-in");
        };
        auth
    }

    /// `caller.role is UserRole.ADMIN`, `caller.role in {…}`
    pub(in crate::emit) fn has_role(&self, roles: &[usize], negated: bool) -> Expr {
        let auth = self.auth();
        let Some(role) = auth.role.map(|index| &self.plan.entities[auth.user].fields[index]) else {
            return boolean(negated);
        };
        let Some(class) = self.plan.enums.iter().position(|item| item.roles) else {
            return boolean(negated);
        };
        let held = self.caller.clone().attr(&role.model_attribute);
        let members: Vec<Expr> =
            roles.iter().map(|role| enum_member(self.plan, class, *role)).collect();
        match (<[Expr; 1]>::try_from(members), negated) {
            (Ok([member]), false) => held.is(member),
            (Ok([member]), true) => held.is_not(member),
            (Err(members), false) => held.compare(Comparator::In, Expr::Set(members)),
            (Err(members), true) => held.compare(Comparator::NotIn, Expr::Set(members)),
        }
    }

    fn is_self(&self, negated: bool) -> Expr {
        let own = self.row.clone().attr(&self.entity.key[0].attribute);
        equal(own, self.account(), negated)
    }

    fn of_row(&self, found: &ConditionPlan, side: Side, negated: bool) -> Expr {
        let rows = [&self.row, &self.caller].map(Expr::clone);
        rule::print(self.plan, rows, side, found, negated)
    }

    /// The predicate over a loaded row.
    pub(in crate::emit) fn python(&self, predicate: &Predicate, negated: bool) -> Expr {
        self.among(predicate, negated, &mut Vec::new())
    }

    /// The predicate where some rows were tested to be there before; they are not tested again.
    fn among(&self, predicate: &Predicate, negated: bool, tested: &mut Vec<Expr>) -> Expr {
        match predicate {
            Predicate::True | Predicate::SignedIn => boolean(!negated),
            Predicate::False => boolean(negated),
            Predicate::Role(roles) => self.has_role(roles, negated),
            Predicate::IsSelf => self.is_self(negated),
            Predicate::Owner(steps) => self.python_owner(steps, negated, tested),
            Predicate::Row(condition) => self.of_row(condition, Side::Python, negated),
            Predicate::Not(item) => self.among(item, !negated, tested),
            Predicate::All(items) | Predicate::Any(items) => {
                let together = matches!(predicate, Predicate::All(_)) != negated;
                let mut tested = tested.clone();
                let parts = items.iter().map(|item| {
                    let mut found = tested.clone();
                    let part = self.among(item, negated, &mut found);
                    // Behind an `and` the tests of a part have held, behind an `or` their contraries.
                    if together != is_negated(item, negated) {
                        tested = found;
                    }
                    part
                });
                let parts = parts.collect();
                if together { and(parts) } else { or(parts) }
            }
        }
    }

    fn python_owner(&self, steps: &[Step], negated: bool, tested: &mut Vec<Expr>) -> Expr {
        let mut parts = Vec::new();
        let mut at = self.row.clone();
        let Some((last, path)) = steps.split_last() else {
            return self.is_self(negated);
        };
        for step in path {
            at = at.attr(&step.attribute);
            if step.nullable && !tested.contains(&at) {
                parts.push(if negated { at.clone().is(none()) } else { at.clone().is_not(none()) });
                tested.push(at.clone());
            }
        }
        parts.push(equal(at.attr(&last.key_attribute), self.account(), negated));
        if negated { or(parts) } else { and(parts) }
    }

    /// The predicate over rows in the database.
    pub(in crate::emit) fn sql(&self, predicate: &Predicate, negated: bool) -> Expr {
        match predicate {
            Predicate::True | Predicate::SignedIn => sql_constant(!negated),
            Predicate::False => sql_constant(negated),
            Predicate::Role(roles) => {
                from("sqlalchemy", "literal").call_with([self.has_role(roles, negated)])
            }
            Predicate::IsSelf => self.is_self(negated),
            Predicate::Owner(steps) => self.sql_owner(steps, negated),
            Predicate::Row(condition) => self.of_row(condition, Side::Sql, negated),
            Predicate::Not(item) => self.sql(item, !negated),
            Predicate::All(items) | Predicate::Any(items) => {
                let together = matches!(predicate, Predicate::All(_)) != negated;
                let parts = items.iter().map(|item| self.sql(item, negated));
                from("sqlalchemy", if together { "and_" } else { "or_" }).call_with(parts)
            }
        }
    }

    fn sql_owner(&self, steps: &[Step], negated: bool) -> Expr {
        let Some((last, path)) = steps.split_last() else {
            return self.is_self(negated);
        };
        let key = self.model(last.entity).attr(&last.key_attribute);
        if path.is_empty() {
            let key = self.row.clone().attr(&last.key_attribute);
            if negated && last.nullable {
                return key.attr("is_distinct_from").call_with([self.account()]);
            }
            return equal(key, self.account(), negated);
        }
        let owned = equal(key, self.account(), false);
        let found = path.iter().rev().fold(owned, |inner, step| {
            self.model(step.entity).attr(&step.attribute).attr("has").call_with([inner])
        });
        if negated { Expr::Unary(UnaryOperator::Invert, Box::new(found)) } else { found }
    }

    fn model(&self, entity: usize) -> Expr {
        from("app.models", &self.plan.entities[entity].class)
    }
}

/// Whether a predicate is printed as its contrary.
fn is_negated(predicate: &Predicate, negated: bool) -> bool {
    match predicate {
        Predicate::Not(item) => is_negated(item, !negated),
        _ => negated,
    }
}

fn equal(left: Expr, right: Expr, negated: bool) -> Expr {
    let comparator = if negated { Comparator::NotEqual } else { Comparator::Equal };
    left.compare(comparator, right)
}

fn sql_constant(value: bool) -> Expr {
    from("sqlalchemy", if value { "true" } else { "false" }).call([])
}

/// Loader options for the rows on the way to an owner: `joinedload(CartItem.cart, innerjoin=True)`.
pub(in crate::emit) fn loader(plan: &Plan, path: &[Step]) -> Option<Expr> {
    let mut option: Option<Expr> = None;
    let mut always = true;
    for step in path {
        let class = &plan.entities[step.entity].class;
        let attribute = from("app.models", class).attr(&step.attribute);
        always &= !step.nullable;
        let load = match option {
            None => from("sqlalchemy.orm", "joinedload"),
            Some(before) => before.attr("joinedload"),
        };
        let inner = always.then(|| kw("innerjoin", boolean(true)));
        let arguments = std::iter::once(crate::python::build::arg(attribute)).chain(inner);
        option = Some(load.call(arguments));
    }
    option
}

/// `_BOUND_5 = 5` for the numbers that rules compare with.
pub(in crate::emit) fn constants<'a>(
    plan: &Plan,
    rules: impl IntoIterator<Item = &'a Predicate>,
) -> Vec<Stmt> {
    fn walk(plan: &Plan, rule: &Predicate, found: &mut Vec<(stratapi_plan::PyIdent, Expr)>) {
        match rule {
            Predicate::Row(row) => condition::constants(plan, row, found),
            Predicate::All(items) | Predicate::Any(items) => {
                for item in items {
                    walk(plan, item, found);
                }
            }
            Predicate::Not(item) => walk(plan, item, found),
            _ => {}
        }
    }
    let mut found = Vec::new();
    for rule in rules {
        walk(plan, rule, &mut found);
    }
    found.into_iter().map(|(constant, value)| assign(constant, value)).collect()
}
