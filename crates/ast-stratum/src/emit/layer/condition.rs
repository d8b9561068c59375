//! Prints conditions, as Python over loaded rows or as SQLAlchemy, with one meaning for `None`:
//! it equals only itself, and no order holds for it.

use stratapi_plan::{
    Comparison, ConditionPlan, OperandPlan, Plan, PyIdent, RelatedPlan, RowsPlan, Step, ValueKind,
    ValueType,
};

use crate::python::build::{and, assign, from, list, none, not, or};
use crate::python::{Comparator, Expr, Stmt, UnaryOperator};
use crate::types::literal;

/// Where a condition is evaluated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::emit) enum Side {
    /// On a loaded row.
    Python,
    /// In the database.
    Sql,
}

/// Prints a condition on `row` (a variable or a model's class).
pub(in crate::emit) fn print(
    plan: &Plan,
    row: &Expr,
    side: Side,
    condition: &ConditionPlan,
    negated: bool,
) -> Expr {
    let mut paths: Vec<&[Step]> = Vec::new();
    condition.paths(0, &mut |path| paths.extend((1..=path.len()).map(|length| &path[..length])));
    Printer { paths, ..Printer::new(plan, row, side) }.condition(condition, negated)
}

/// Prints a value of a row; `side` says where it is computed.
pub(in crate::emit) fn print_value(
    plan: &Plan,
    row: &Expr,
    side: Side,
    operand: &OperandPlan,
) -> Expr {
    Printer::new(plan, row, side).value(operand)
}

/// Prints a condition on a loaded row, where related rows stand in variables.
pub(in crate::emit) fn print_loaded(
    plan: &Plan,
    row: &Expr,
    condition: &ConditionPlan,
    negated: bool,
    named: Vec<(&[Step], Expr)>,
) -> Expr {
    let paths = named.iter().map(|(path, _)| *path).collect();
    let printer = Printer::new(plan, row, Side::Python);
    Printer { paths, named, ..printer }.condition(condition, negated)
}

/// Many rows that a flow has read into a variable.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::emit) struct Collected<'a> {
    /// The variable that the path to them starts at.
    pub(in crate::emit) variable: usize,
    /// The path to the row whose relationship they are.
    pub(in crate::emit) steps: &'a [Step],
    /// The relationship.
    pub(in crate::emit) attribute: &'a PyIdent,
    /// The variable that holds them.
    pub(in crate::emit) name: PyIdent,
}

/// The printer of a flow: `rows` are its variables, and `paths` lead to rows that it has read.
pub(in crate::emit) fn of_flow<'a>(
    plan: &'a Plan,
    rows: Vec<Expr>,
    flow_paths: Vec<(usize, &'a [Step])>,
    collections: Vec<Collected<'a>>,
) -> Printer<'a> {
    Printer { flow_paths, collections, ..Printer::over(plan, rows, Side::Python) }
}

/// Prints what is said of a row and of the variables of generators.
#[derive(Clone)]
pub(in crate::emit) struct Printer<'a> {
    pub(super) plan: &'a Plan,
    /// The row, and the variables of the generators around.
    pub(super) rows: Vec<Expr>,
    pub(super) side: Side,
    /// The paths to related rows.
    paths: Vec<&'a [Step]>,
    /// Variables that hold the rows at their ends.
    pub(super) named: Vec<(&'a [Step], Expr)>,
    /// Those of them that are known to lead to a row, where they might not.
    pub(super) present: Vec<&'a [Step]>,
    /// Whether the statement joins what the innermost variable refers to.
    pub(super) joined: bool,
    /// The paths of a flow to rows that it has read, by their variables.
    flow_paths: Vec<(usize, &'a [Step])>,
    /// The many rows that it has read.
    pub(super) collections: Vec<Collected<'a>>,
    /// Whether models are imported from their package, and not each from its own module, as they import
    /// each other.
    pub(super) in_package: bool,
    /// The path to the row of which something is said behind a relationship.
    pub(super) behind: Vec<Step>,
}

impl<'a> Printer<'a> {
    fn new(plan: &'a Plan, row: &Expr, side: Side) -> Self {
        Self::over(plan, vec![row.clone()], side)
    }

    pub(super) fn over(plan: &'a Plan, rows: Vec<Expr>, side: Side) -> Self {
        let (paths, named, present) = (Vec::new(), Vec::new(), Vec::new());
        let (flow_paths, collections) = (Vec::new(), Vec::new());
        Self {
            plan,
            rows,
            side,
            paths,
            named,
            present,
            joined: false,
            flow_paths,
            collections,
            in_package: false,
            behind: Vec::new(),
        }
    }

    pub(in crate::emit) fn condition(&self, condition: &ConditionPlan, negated: bool) -> Expr {
        if let Some(path) = self.apart(condition) {
            let inside = Self { behind: path.to_vec(), ..self.clone() };
            return self.at_end(path, inside.condition(condition, negated));
        }
        match condition {
            ConditionPlan::Not(inner) => self.condition(inner, !negated),
            ConditionPlan::All(items) | ConditionPlan::Any(items) => {
                let together = matches!(condition, ConditionPlan::All(_)) != negated;
                let mut inside = self.clone();
                let mut parts = Vec::new();
                for item in items {
                    parts.push(inside.condition(item, negated));
                    inside.present.extend(inside.learned(item, negated, together));
                }
                self.join(parts, together)
            }
            ConditionPlan::Quantified(some, rows, inner) => {
                self.quantified(*some, rows, inner, negated)
            }
            ConditionPlan::Compare(left, comparison, right) => {
                let found = self.compare(left, *comparison, right, negated);
                self.guarded(found, &[left, right], negated)
            }
            ConditionPlan::IsNull(operand, null) => {
                self.guarded(self.is_null(operand, *null != negated), &[operand], negated)
            }
            ConditionPlan::In(operand, members, within) => {
                self.guarded(self.within(operand, members, *within != negated), &[operand], negated)
            }
            ConditionPlan::Flag(OperandPlan::Truth(inner)) => self.condition(inner, negated),
            ConditionPlan::Flag(operand) => {
                self.guarded(self.flag(operand, !negated), &[operand], negated)
            }
        }
    }

    /// What is known to be there behind a part of `and` (`together`) or `or`.
    pub(super) fn learned(
        &self,
        item: &ConditionPlan,
        negated: bool,
        together: bool,
    ) -> Option<&'a [Step]> {
        match item {
            ConditionPlan::Not(inner) => self.learned(inner, !negated, together),
            ConditionPlan::IsNull(operand, null) if (*null != negated) != together => {
                self.leads(operand)
            }
            _ => None,
        }
    }

    /// The path that a foreign key stands for, if something is said of the row at its end.
    fn leads(&self, operand: &OperandPlan) -> Option<&'a [Step]> {
        let (before, key) = match operand {
            OperandPlan::Attribute(key, _) => (&[][..], key),
            OperandPlan::Related(path) if path.variable == 0 => (&path.steps[..], &path.attribute),
            _ => return None,
        };
        let mut paths = self.paths.iter().copied();
        paths.find(|path| match path.split_last() {
            Some((last, rest)) => rest == before && last.key_attribute == *key,
            None => false,
        })
    }

    /// The same in a flow.
    fn leads_in_flow(&self, operand: &OperandPlan) -> Option<(usize, &'a [Step])> {
        let OperandPlan::Related(related) = operand else { return None };
        let mut paths = self.flow_paths.iter().copied();
        paths.find(|(variable, path)| match path.split_last() {
            Some((last, rest)) => {
                *variable == related.variable
                    && rest == related.steps
                    && last.key_attribute == related.attribute
            }
            None => false,
        })
    }

    /// In Python, what is said of a row that may be absent is said where it is there.
    fn guarded(&self, found: Expr, operands: &[&OperandPlan], negated: bool) -> Expr {
        let mut open: Vec<&[Step]> = Vec::new();
        for operand in operands {
            related(operand, &mut |path| {
                for length in 1..=path.steps.len() {
                    let steps = &path.steps[..length];
                    let sure = !steps[length - 1].nullable || self.present.contains(&steps);
                    if path.variable == 0 && !sure && !open.contains(&steps) {
                        open.push(steps);
                    }
                }
            });
        }
        // A related value of the database is null where its row is absent.
        if open.is_empty() || self.side == Side::Sql {
            return found;
        }
        let test = |path: &&[Step]| {
            let row = self.place(0, path);
            if negated { row.is(none()) } else { row.is_not(none()) }
        };
        let parts = open.iter().map(test).chain([found]).collect();
        self.join(parts, !negated)
    }

    fn quantified(
        &self,
        some: bool,
        rows: &RowsPlan,
        inner: &ConditionPlan,
        negated: bool,
    ) -> Expr {
        let place = self.collection(rows);
        let inside = self.inside(rows);
        if self.side == Side::Python {
            let word = if some { "any" } else { "all" };
            let found = crate::python::build::name(word).call_with([inside.generator(
                rows,
                place,
                inside.condition(inner, false),
            )]);
            return if negated { not(found) } else { found };
        }
        // All fulfil it where none does not.
        let mut parts: Vec<Expr> =
            rows.filter.iter().map(|filter| inside.condition(filter, false)).collect();
        parts.push(inside.condition(inner, !some));
        let found = place.attr("any").call_with([self.join(parts, true)]);
        let found = self.at_end(&rows.steps, found);
        if some == negated { Expr::Unary(UnaryOperator::Invert, Box::new(found)) } else { found }
    }

    pub(super) fn join(&self, parts: Vec<Expr>, together: bool) -> Expr {
        match (self.side, together) {
            (Side::Python, true) => and(parts),
            (Side::Python, false) => or(parts),
            _ if parts.len() == 1 => and(parts),
            (Side::Sql, true) => from("sqlalchemy", "and_").call_with(parts),
            (Side::Sql, false) => from("sqlalchemy", "or_").call_with(parts),
        }
    }

    fn is_null(&self, operand: &OperandPlan, null: bool) -> Expr {
        let value = match self.leads(operand) {
            // The type of the row is narrowed, not that of its key.
            Some(path) if self.side == Side::Python => self.place(0, path),
            _ => match self.leads_in_flow(operand) {
                Some((variable, path)) => self.place(variable, path),
                None => self.value(operand),
            },
        };
        match (self.side, null) {
            (Side::Python, true) => value.is(none()),
            (Side::Python, false) => value.is_not(none()),
            (Side::Sql, true) => value.attr("is_").call_with([none()]),
            (Side::Sql, false) => value.attr("is_not").call_with([none()]),
        }
    }

    fn within(&self, operand: &OperandPlan, members: &[OperandPlan], within: bool) -> Expr {
        let value = self.value(operand);
        let members: Vec<Expr> = members.iter().map(|member| self.value(member)).collect();
        match (self.side, within) {
            (Side::Python, true) => value.compare(Comparator::In, Expr::Set(members)),
            (Side::Python, false) => value.compare(Comparator::NotIn, Expr::Set(members)),
            (Side::Sql, true) => value.attr("in_").call_with([list(members)]),
            (Side::Sql, false) => {
                let outside = value.attr("not_in").call_with([list(members)]);
                if may_be_null(operand) {
                    return self.join(vec![self.is_null(operand, true), outside], false);
                }
                outside
            }
        }
    }

    fn flag(&self, operand: &OperandPlan, expected: bool) -> Expr {
        let value = self.value(operand);
        let nullable = may_be_null(operand);
        let truth = || from("sqlalchemy", "true").call([]);
        match (self.side, expected) {
            (Side::Python, true) if nullable => value.is(Expr::Bool(true)),
            (Side::Python, false) if nullable => value.is_not(Expr::Bool(true)),
            (Side::Python, true) => value,
            (Side::Python, false) => not(value),
            (Side::Sql, true) => value.eq(truth()),
            (Side::Sql, false) if nullable => value.attr("is_distinct_from").call_with([truth()]),
            (Side::Sql, false) => value.compare(Comparator::NotEqual, truth()),
        }
    }

    fn compared(&self, operand: &OperandPlan) -> Expr {
        match operand {
            OperandPlan::Literal(ty, value) => {
                threshold(ty, value).map_or_else(|| self.value(operand), Expr::Name)
            }
            other => self.value(other),
        }
    }

    fn compare(
        &self,
        left: &OperandPlan,
        comparison: Comparison,
        right: &OperandPlan,
        negated: bool,
    ) -> Expr {
        if matches!(left, OperandPlan::Literal(..)) {
            return self.compare(right, comparison.mirrored(), left, negated);
        }
        match comparison {
            Comparison::Equal => self.equal(left, right, !negated),
            Comparison::NotEqual => self.equal(left, right, negated),
            _ => self.ordered(left, comparison, right, negated),
        }
    }

    fn equal(&self, left: &OperandPlan, right: &OperandPlan, expected: bool) -> Expr {
        if let OperandPlan::Literal(ty, value) = right
            && matches!(ty.kind, ValueKind::Bool)
        {
            return self.truth(left, value == "true", expected);
        }
        let (one, other) = (self.compared(left), self.compared(right));
        let nullable = may_be_null(left) || may_be_null(right);
        let both = may_be_null(left) && may_be_null(right);
        match (self.side, expected) {
            (Side::Python, true) if is_member(right) => one.is(other),
            (Side::Python, false) if is_member(right) => one.is_not(other),
            (Side::Sql, true) if both => one.attr("is_not_distinct_from").call_with([other]),
            (Side::Sql, false) if nullable => one.attr("is_distinct_from").call_with([other]),
            (_, true) => one.eq(other),
            (_, false) => one.compare(Comparator::NotEqual, other),
        }
    }

    /// `flag == value`, without comparing to a literal.
    fn truth(&self, operand: &OperandPlan, value: bool, expected: bool) -> Expr {
        if value || !may_be_null(operand) {
            return self.flag(operand, value == expected);
        }
        let flag = self.value(operand);
        let falsity = || from("sqlalchemy", "false").call([]);
        match (self.side, expected) {
            (Side::Python, true) => flag.is(Expr::Bool(false)),
            (Side::Python, false) => flag.is_not(Expr::Bool(false)),
            (Side::Sql, true) => flag.eq(falsity()),
            (Side::Sql, false) => flag.attr("is_distinct_from").call_with([falsity()]),
        }
    }

    fn ordered(
        &self,
        left: &OperandPlan,
        comparison: Comparison,
        right: &OperandPlan,
        negated: bool,
    ) -> Expr {
        let comparator = order(if negated { comparison.opposite() } else { comparison });
        let compared = self.compared(left).compare(comparator, self.compared(right));
        let mut guards: Vec<Expr> = Vec::new();
        for operand in [left, right] {
            // NULL makes a comparison in SQL false by itself.
            if may_be_null(operand) && (self.side == Side::Python || negated) {
                guards.push(self.is_null(operand, negated));
            }
        }
        guards.push(compared);
        self.join(guards, !negated)
    }
}

/// Calls for each attribute of a related row, but for those of many rows.
fn related<'a>(operand: &'a OperandPlan, found: &mut dyn FnMut(&'a RelatedPlan)) {
    match operand {
        OperandPlan::Related(path) => found(path),
        OperandPlan::Arithmetic(left, _, right, _) => {
            related(left, found);
            related(right, found);
        }
        OperandPlan::Negated(inner) | OperandPlan::Call(_, inner) => related(inner, found),
        OperandPlan::Choice(_, then, otherwise) => {
            related(then, found);
            related(otherwise, found);
        }
        OperandPlan::Attribute(..)
        | OperandPlan::Literal(..)
        | OperandPlan::Local(..)
        | OperandPlan::Now
        | OperandPlan::Today
        | OperandPlan::Sequence(_)
        | OperandPlan::Aggregate(..)
        | OperandPlan::Truth(_) => {}
    }
}

/// The module's constant for a number: a number alone in a comparison would explain nothing.
fn threshold(ty: &ValueType, value: &str) -> Option<PyIdent> {
    let number = matches!(ty.kind, ValueKind::Int { .. } | ValueKind::Float { .. });
    if !number || ["0", "1"].contains(&value) {
        return None;
    }
    let digits = value.replace('-', "MINUS_").replace(['.', '+'], "_").to_ascii_uppercase();
    PyIdent::new(format!("_BOUND_{digits}"))
}

/// The constants that a condition refers to, each once.
pub(in crate::emit) fn constants(
    plan: &Plan,
    condition: &ConditionPlan,
    found: &mut Vec<(PyIdent, Expr)>,
) {
    match condition {
        ConditionPlan::Compare(left, _, right) => {
            for operand in [left, right] {
                let OperandPlan::Literal(ty, value) = operand else {
                    constants_in(plan, operand, found);
                    continue;
                };
                let Some(constant) = threshold(ty, value) else { continue };
                if !found.iter().any(|(known, _)| *known == constant) {
                    found.push((constant, literal(plan, ty, value)));
                }
            }
        }
        ConditionPlan::All(items) | ConditionPlan::Any(items) => {
            for item in items {
                constants(plan, item, found);
            }
        }
        ConditionPlan::Not(inner) => constants(plan, inner, found),
        ConditionPlan::Quantified(_, rows, inner) => {
            if let Some(filter) = &rows.filter {
                constants(plan, filter, found);
            }
            constants(plan, inner, found);
        }
        ConditionPlan::IsNull(operand, _)
        | ConditionPlan::In(operand, ..)
        | ConditionPlan::Flag(operand) => constants_in(plan, operand, found),
    }
}

/// `_BOUND_5 = 5`: the constants of values.
pub(in crate::emit) fn constants_of<'a>(
    plan: &Plan,
    values: impl IntoIterator<Item = &'a OperandPlan>,
) -> Vec<Stmt> {
    let mut found = Vec::new();
    for value in values {
        constants_in(plan, value, &mut found);
    }
    found.into_iter().map(|(constant, value)| assign(constant, value)).collect()
}

/// The constants of the conditions inside of a value.
pub(in crate::emit) fn constants_in(
    plan: &Plan,
    operand: &OperandPlan,
    found: &mut Vec<(PyIdent, Expr)>,
) {
    match operand {
        OperandPlan::Arithmetic(left, _, right, _) => {
            constants_in(plan, left, found);
            constants_in(plan, right, found);
        }
        OperandPlan::Negated(inner) | OperandPlan::Call(_, inner) => {
            constants_in(plan, inner, found);
        }
        OperandPlan::Choice(test, then, otherwise) => {
            constants(plan, test, found);
            constants_in(plan, then, found);
            constants_in(plan, otherwise, found);
        }
        OperandPlan::Truth(inner) => constants(plan, inner, found),
        OperandPlan::Aggregate(_, rows, element, _) => {
            if let Some(filter) = &rows.filter {
                constants(plan, filter, found);
            }
            if let Some(element) = element {
                constants_in(plan, element, found);
            }
        }
        OperandPlan::Attribute(..)
        | OperandPlan::Related(_)
        | OperandPlan::Literal(..)
        | OperandPlan::Local(..)
        | OperandPlan::Now
        | OperandPlan::Today
        | OperandPlan::Sequence(_) => {}
    }
}

fn may_be_null(operand: &OperandPlan) -> bool {
    match operand {
        OperandPlan::Attribute(_, nullable) | OperandPlan::Local(_, nullable) => *nullable,
        OperandPlan::Related(related) => related.ty.nullable,
        OperandPlan::Aggregate(.., ty) => ty.nullable,
        OperandPlan::Choice(_, then, otherwise) => may_be_null(then) || may_be_null(otherwise),
        OperandPlan::Literal(..)
        | OperandPlan::Now
        | OperandPlan::Today
        | OperandPlan::Sequence(_)
        | OperandPlan::Arithmetic(..)
        | OperandPlan::Negated(_)
        | OperandPlan::Call(..)
        | OperandPlan::Truth(_) => false,
    }
}

fn is_member(operand: &OperandPlan) -> bool {
    matches!(operand, OperandPlan::Literal(ValueType { kind: ValueKind::Enum(_), .. }, _))
}

fn order(comparison: Comparison) -> Comparator {
    match comparison {
        Comparison::Less => Comparator::Less,
        Comparison::LessOrEqual => Comparator::LessOrEqual,
        Comparison::Greater => Comparator::Greater,
        Comparison::GreaterOrEqual => Comparator::GreaterOrEqual,
        Comparison::Equal => Comparator::Equal,
        Comparison::NotEqual => Comparator::NotEqual,
    }
}
