//! The rows around a row that a rule of access asks for: one that it refers to, and one of many that
//! leads to the caller.

use stratapi_plan::{
    Comparison, ConditionPlan, OnDelete, OperandPlan, Plan, PyIdent, RelatedPlan, RowsPlan, Step,
};

use super::scene::fixed;
use super::stage::factory;
use crate::python::build::{boolean, kw, list, name};
use crate::python::{Argument, Expr, Stmt};

/// The variable of a generator in a rule; 1 is the caller.
const INNER: usize = 2;

/// What must be there around a row, behind one of its paths.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::emit) struct Around<'a> {
    /// The path: none, or one step.
    pub path: &'a [Step],
    /// Values of the row at its end.
    pub values: Vec<(PyIdent, Expr)>,
    /// Rows of its relationships.
    pub members: Vec<Member<'a>>,
}

/// One of many rows.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::emit) struct Member<'a> {
    rows: &'a RowsPlan,
    /// Its references that lead to the caller.
    callers: Vec<PyIdent>,
    /// Whether it is the caller.
    is_caller: bool,
    values: Vec<(PyIdent, Expr)>,
}

impl Around<'_> {
    /// The rows that a link of the row itself must have among those that it leads to.
    pub(super) fn linked<'b>(
        &'b self,
        plan: &'b Plan,
        link: &'b PyIdent,
    ) -> impl Iterator<Item = Expr> + 'b {
        let members = self.members.iter().filter(|_| self.path.is_empty());
        let members = members.filter(move |member| member.rows.attribute == *link);
        members.filter_map(|member| member.linked(plan))
    }
}

/// What a condition asks for around a row, if that is simple: an attribute of a row that it refers to,
/// or `any(…)` of rows that are the caller's.
pub(super) fn of_condition<'a>(plan: &Plan, condition: &'a ConditionPlan) -> Option<Around<'a>> {
    if let ConditionPlan::Quantified(true, rows, inner) = condition {
        // Of linked rows, only the end that declares the links takes them when it is made.
        let far = rows.owned_by.is_far_end();
        if rows.variable != 0 || rows.steps.len() > 1 || far {
            return None;
        }
        let member = Member { rows, callers: Vec::new(), is_caller: false, values: Vec::new() };
        let parts = std::iter::once(&**inner).chain(&rows.filter);
        let member = parts.into_iter().try_fold(member, |member, it| fitted(plan, member, it))?;
        let linked = rows.owned_by.is_linked();
        return (linked || !member.is_caller).then(|| Around {
            path: &rows.steps,
            values: Vec::new(),
            members: vec![member],
        });
    }
    let (related, value) = valued(plan, condition)?;
    let fits = related.variable == 0 && related.steps.len() == 1;
    fits.then(|| {
        let values = vec![(related.attribute.clone(), value)];
        Around { path: &related.steps, values, members: Vec::new() }
    })
}

/// The member made such that the condition holds for it.
fn fitted<'a>(
    plan: &Plan,
    mut member: Member<'a>,
    condition: &'a ConditionPlan,
) -> Option<Member<'a>> {
    if let ConditionPlan::All(parts) = condition {
        return parts.iter().try_fold(member, |member, part| fitted(plan, member, part));
    }
    if let ConditionPlan::Compare(left, Comparison::Equal, right) = condition
        && let (OperandPlan::Related(left), OperandPlan::Related(right)) = (left, right)
        && left.steps.is_empty()
        && right.steps.is_empty()
    {
        let (inner, caller) = if left.variable == INNER { (left, right) } else { (right, left) };
        if inner.variable != INNER || caller.variable != 1 {
            return None;
        }
        let user = plan.app.auth.as_ref()?.user;
        let is_key = |entity: usize, it: &RelatedPlan| {
            plan.entities[entity].key.iter().any(|part| part.attribute == it.attribute)
        };
        if !is_key(user, caller) {
            return None;
        }
        let entity = &plan.entities[member.rows.entity];
        let mut references = entity.references.iter();
        match references
            .find(|it| it.target == user && it.key_attributes.contains(&inner.attribute))
        {
            // The row that it belongs to would have to be the caller.
            Some(reference) if member.is_by(&reference.attribute, plan) => return None,
            Some(reference) if member.callers.contains(&reference.attribute) => {}
            Some(reference) => member.callers.push(reference.attribute.clone()),
            None if member.rows.entity == user && is_key(user, inner) => member.is_caller = true,
            None => return None,
        }
        return Some(member);
    }
    let (related, value) = valued(plan, condition)?;
    if related.variable != INNER || !related.steps.is_empty() {
        return None;
    }
    if related.attribute.as_str() == "is_active" && value == boolean(true) {
        // Every row that a factory makes is.
        return Some(member);
    }
    if member.values.iter().any(|(attribute, _)| *attribute == related.attribute) {
        return None;
    }
    member.values.push((related.attribute.clone(), value));
    Some(member)
}

/// The attribute of another row that a condition fixes, and its value.
fn valued<'a>(plan: &Plan, condition: &'a ConditionPlan) -> Option<(&'a RelatedPlan, Expr)> {
    match fixed(plan, condition)? {
        (OperandPlan::Related(related), value) => Some((related, value)),
        _ => None,
    }
}

impl Around<'_> {
    /// What must be made once the row in `owner` is there.
    pub(super) fn after(&self, plan: &Plan, owner: &Expr) -> Vec<Stmt> {
        self.members.iter().filter_map(|member| member.made(plan, owner)).collect()
    }

    /// What the row at the end of the path is made with.
    pub(super) fn of_end(&self, plan: &Plan) -> Vec<Argument> {
        let values = self.values.iter().map(|(attribute, value)| kw(attribute, value.clone()));
        values.chain(self.members.iter().filter_map(|member| member.of_owner(plan))).collect()
    }

    /// Whether what is made around the row itself keeps it from being deleted.
    pub(super) fn holds(&self, plan: &Plan) -> bool {
        let restricts = |member: &Member<'_>| {
            let references = &plan.entities[member.rows.entity].references;
            let own = member.rows.reference().map(|own| &references[own]);
            own.is_some_and(|own| own.on_delete == OnDelete::Restrict)
        };
        self.path.is_empty() && self.members.iter().any(restricts)
    }

    /// Whether the path begins with a reference.
    pub(super) fn leads_over(&self, reference: usize) -> bool {
        self.path.first().is_some_and(|step| step.reference == reference)
    }
}

impl Member<'_> {
    /// Whether a reference says whose row it is.
    fn is_by(&self, attribute: &PyIdent, plan: &Plan) -> bool {
        let references = &plan.entities[self.rows.entity].references;
        self.rows.reference().is_some_and(|own| references[own].attribute == *attribute)
    }

    /// What a factory is told of it.
    fn said(&self) -> impl Iterator<Item = Argument> {
        let callers = self.callers.iter().map(|it| kw(it, name("caller")));
        let values = self.values.iter().map(|(attribute, value)| kw(attribute, value.clone()));
        callers.chain(values)
    }

    /// `await factory.membership(project=row, person=caller)`
    fn made(&self, plan: &Plan, owner: &Expr) -> Option<Stmt> {
        let reference = self.rows.reference()?;
        let entity = &plan.entities[self.rows.entity];
        let own = kw(&entity.references[reference].attribute, owner.clone());
        Some(factory(&entity.one, std::iter::once(own).chain(self.said()).collect()).stmt())
    }

    /// `members=[caller]`, where the rows are linked.
    fn of_owner(&self, plan: &Plan) -> Option<Argument> {
        Some(kw(&self.rows.attribute, list([self.linked(plan)?])))
    }

    /// The row itself, where the rows are linked.
    fn linked(&self, plan: &Plan) -> Option<Expr> {
        if !self.rows.owned_by.is_linked() {
            return None;
        }
        Some(if self.is_caller {
            name("caller")
        } else {
            factory(&plan.entities[self.rows.entity].one, self.said().collect())
        })
    }
}
