//! Samples that fulfil the checks of their entity. What the tests store and send is looked for among
//! a few values of each attribute that a check speaks of: its samples, the literals that it is compared
//! with and their neighbours, its default, and null.

use serde_json::{Value, json};

use super::draft::Context;
use super::{neighbours, rules, value};
use crate::{
    Arithmetic, Comparison, ConditionPlan, EntityPlan, FieldPlan, FieldSource, Function,
    OperandPlan, Presence, PyIdent, PythonDefault, ValueKind, ValueType, unnumbered,
};

/// Combinations that are tried before the samples stay as they are.
const MOST: usize = 20_000;

/// Sets of cleared values that are tried.
const MOST_CLEARED: usize = 128;

/// Chooses samples of the entity's fields that fulfil its checks, as far as there are some.
pub(super) fn satisfy(context: &Context<'_>, entity: &mut EntityPlan, index: usize) {
    let checks = rules::of_tests(context, entity, index);
    let spoken = spoken(&checks, entity);
    let solver = Solver { context, checks: &checks, fields: &entity.fields, spoken: &spoken };
    let Some(first) = solver.solve(|field| solver.candidates(field)) else { return };
    let second = solver.solve(|field| {
        let known = &first[solver.place(field)];
        let mut all = solver.candidates(field);
        if !entity.fields[field].update {
            return vec![known.clone()];
        }
        // The samples that differ come first, and the second one before all.
        let other = unnumbered(&entity.fields[field].sample.other);
        all.sort_by_key(|value| (value == known, *value != other));
        all
    });
    let second = second.unwrap_or_else(|| first.clone());
    let clears = solver.clearing(&first);
    for (position, field) in spoken.iter().enumerate() {
        let field = &mut entity.fields[*field];
        field.checked = true;
        field.clears = clears.contains(&position);
        // A number in a text stays where the text was good enough.
        if unnumbered(&field.sample.value) != first[position] {
            field.sample.value = first[position].clone();
        }
        if unnumbered(&field.sample.other) != second[position] {
            field.sample.other = second[position].clone();
        }
    }
}

/// The fields that conditions speak of.
pub(super) fn spoken(checks: &[ConditionPlan], entity: &EntityPlan) -> Vec<usize> {
    let mut spoken: Vec<usize> = Vec::new();
    for check in checks {
        check.attributes(&mut |attribute| {
            let fields = &entity.fields;
            let found = fields.iter().position(|field| field.model_attribute == *attribute);
            spoken.extend(found.filter(|found| !spoken.contains(found)));
        });
    }
    spoken
}

/// Values of a row, by field, that violate one of the entity's rules and no other.
pub(super) fn violating(
    context: &Context<'_>,
    entity: &EntityPlan,
    rules: &[ConditionPlan],
    broken: &ConditionPlan,
) -> Option<Vec<(usize, Value)>> {
    let mut checks: Vec<ConditionPlan> =
        rules.iter().filter(|tree| *tree != broken).cloned().collect();
    checks.push(ConditionPlan::Not(Box::new(broken.clone())));
    let spoken = spoken(&checks, entity);
    let solver = Solver { context, checks: &checks, fields: &entity.fields, spoken: &spoken };
    let row = solver
        .solve_strictly(broken, |field| solver.candidates(field))
        .or_else(|| solver.solve_strictly(broken, |field| solver.storable(field)))?;
    Some(spoken.iter().copied().zip(row).collect())
}

/// Looks for values of fields that fulfil conditions.
pub(super) struct Solver<'a> {
    pub(super) context: &'a Context<'a>,
    pub(super) checks: &'a [ConditionPlan],
    pub(super) fields: &'a [FieldPlan],
    /// Fields that some check speaks of.
    pub(super) spoken: &'a [usize],
}

impl Solver<'_> {
    fn place(&self, field: usize) -> usize {
        self.spoken.iter().position(|other| *other == field).unwrap_or_default()
    }

    /// The places that may be null, whichever others of them are null too: tests clear one after
    /// the other.
    fn clearing(&self, row: &[Value]) -> Vec<usize> {
        let mut found: Vec<usize> = Vec::new();
        // Each set of places that are null together.
        let mut rows = vec![row.to_vec()];
        let nullable = |place: &usize| self.fields[self.spoken[*place]].ty.nullable;
        for place in (0..row.len()).filter(nullable) {
            let cleared = |row: &Vec<Value>| {
                let mut row = row.clone();
                row[place] = Value::Null;
                row
            };
            let more: Vec<Vec<Value>> = rows.iter().map(cleared).collect();
            if rows.len() <= MOST_CLEARED && more.iter().all(|row| self.holds(row)) {
                rows.extend(more);
                found.push(place);
            }
        }
        found
    }

    /// The first combination of these values that fulfils all checks.
    fn solve(&self, candidates: impl Fn(usize) -> Vec<Value>) -> Option<Vec<Value>> {
        self.find(candidates, |row| self.holds(row))
    }

    /// The same, where one condition is known to be false.
    fn solve_strictly(
        &self,
        broken: &ConditionPlan,
        candidates: impl Fn(usize) -> Vec<Value>,
    ) -> Option<Vec<Value>> {
        self.find(candidates, |row| self.holds(row) && self.truth(broken, row) == Some(false))
    }

    /// The first combination of these values that fits.
    pub(super) fn find(
        &self,
        candidates: impl Fn(usize) -> Vec<Value>,
        fits: impl Fn(&[Value]) -> bool,
    ) -> Option<Vec<Value>> {
        let all: Vec<Vec<Value>> = self.spoken.iter().map(|field| candidates(*field)).collect();
        let decided = self.decided();
        let mut row: Vec<Value> = Vec::new();
        // The next candidate of each place that has one; the last place counts fastest.
        let mut next = vec![0_usize];
        for _ in 0..MOST {
            if row.len() == all.len() {
                if fits(&row) {
                    return Some(row);
                }
                row.pop();
                next.pop();
            }
            // Back to a place that has another candidate.
            while next.last().is_some_and(|at| *at == all[next.len() - 1].len()) {
                next.pop();
                row.pop()?;
            }
            let place = next.len().checked_sub(1)?;
            row.push(all[place][next[place]].clone());
            next[place] += 1;
            let possible = decided.iter().filter(|(last, _)| *last == place);
            if possible.into_iter().all(|(_, check)| self.truth(check, &row) != Some(false)) {
                next.push(0);
            } else {
                row.pop();
            }
        }
        None
    }

    /// The checks, each with the last of the places that it speaks of.
    fn decided(&self) -> Vec<(usize, &ConditionPlan)> {
        let place = |check: &ConditionPlan| {
            let mut last = 0;
            check.attributes(&mut |attribute| {
                let of = |field: &usize| self.fields[*field].model_attribute == *attribute;
                last = last.max(self.spoken.iter().position(of).unwrap_or_default());
            });
            last
        };
        self.checks.iter().map(|check| (place(check), check)).collect()
    }

    /// What a field may have in a row of the tests.
    fn candidates(&self, field: usize) -> Vec<Value> {
        let field = &self.fields[field];
        let default = match &field.model_default {
            Some(PythonDefault::Literal(text)) => Some(self.literal(&field.ty, text)),
            _ => None,
        };
        if field.source != FieldSource::Attribute {
            // Value objects are given as a whole.
            return vec![unnumbered(&field.sample.value)];
        }
        if field.create == Presence::Absent {
            // Nobody sends it: the rows that tests create have what the server makes of it.
            return match default {
                Some(default) => vec![default],
                None if field.ty.nullable => vec![Value::Null],
                None => vec![unnumbered(&field.sample.value)],
            };
        }
        self.values(field, default)
    }

    /// What a field may have in a row that the server stores.
    pub(super) fn storable(&self, field: usize) -> Vec<Value> {
        let field = &self.fields[field];
        let default = match &field.model_default {
            Some(PythonDefault::Literal(text)) => Some(self.literal(&field.ty, text)),
            _ => None,
        };
        if field.source != FieldSource::Attribute {
            return vec![unnumbered(&field.sample.value)];
        }
        let mut all = self.values(field, default);
        // It may be compared with any of the others that it can be compared with.
        let others = self.spoken.iter().map(|other| &self.fields[*other]);
        let others = others.filter(|other| are_alike(&field.ty.kind, &other.ty.kind));
        let others = others.map(|other| unnumbered(&other.sample.value));
        all.extend(others.flat_map(|value| neighbours::of(&field.ty, &value)));
        if let ValueKind::Enum(index) = field.ty.kind {
            let members = value::enum_values(self.context.ir, index);
            all.retain(|value| value.as_str().is_none_or(|text| members.contains(&text)));
        }
        all
    }

    /// The values that are tried.
    fn values(&self, field: &FieldPlan, default: Option<Value>) -> Vec<Value> {
        let mut all = vec![unnumbered(&field.sample.value), unnumbered(&field.sample.other)];
        match field.ty.kind {
            _ if field.ty.list => all.push(json!([])),
            ValueKind::Enum(index) => {
                let members = value::enum_values(self.context.ir, index);
                all.extend(members.into_iter().map(|member| json!(member)));
            }
            ValueKind::Bool => all.extend([json!(true), json!(false)]),
            _ => {}
        }
        let mut literals = Vec::new();
        for check in self.checks {
            self.literals(check, &field.model_attribute, &mut literals);
        }
        for value in literals.into_iter().chain(default) {
            all.extend(neighbours::of(&field.ty, &value));
        }
        for value in all.clone() {
            all.extend(neighbours::of(&field.ty, &value));
        }
        all.extend(field.ty.nullable.then_some(Value::Null));
        let mut once: Vec<Value> = Vec::new();
        for value in all {
            if !once.contains(&value) {
                once.push(value);
            }
        }
        once
    }

    /// The literals that a condition compares an attribute with, and the samples of other attributes.
    fn literals(&self, condition: &ConditionPlan, attribute: &PyIdent, found: &mut Vec<Value>) {
        let is_it = |operand: &OperandPlan| matches!(operand, OperandPlan::Attribute(name, _) if name == attribute);
        let mut take = |operand: &OperandPlan| match operand {
            OperandPlan::Literal(ty, text) => found.push(self.literal(ty, text)),
            OperandPlan::Attribute(other, _) => {
                let other = self.fields.iter().find(|field| field.model_attribute == *other);
                found.extend(other.map(|other| unnumbered(&other.sample.value)));
            }
            _ => {}
        };
        match condition {
            ConditionPlan::Compare(left, _, right) if is_it(left) => take(right),
            ConditionPlan::Compare(left, _, right) if is_it(right) => take(left),
            ConditionPlan::In(operand, values, _) if is_it(operand) => {
                values.iter().for_each(take);
            }
            ConditionPlan::All(parts) | ConditionPlan::Any(parts) => {
                for part in parts {
                    self.literals(part, attribute, found);
                }
            }
            ConditionPlan::Not(inner) => self.literals(inner, attribute, found),
            _ => {}
        }
    }

    /// A literal as it stands in JSON.
    pub(super) fn literal(&self, ty: &ValueType, text: &str) -> Value {
        match &ty.kind {
            _ if ty.list => serde_json::from_str(text).unwrap_or_default(),
            ValueKind::Enum(index) => {
                let values = value::enum_values(self.context.ir, *index);
                let found = text.parse::<usize>().ok().and_then(|at| values.get(at).copied());
                json!(found.unwrap_or_default())
            }
            ValueKind::Bool => json!(text == "true"),
            ValueKind::Int { .. } | ValueKind::Float { .. } => {
                serde_json::from_str(text).unwrap_or_else(|_| json!(text))
            }
            ValueKind::Json => serde_json::from_str(text).unwrap_or_default(),
            ValueKind::Uuid => json!(text.to_lowercase()),
            _ => json!(text),
        }
    }

    /// Whether a row with these values fulfils all checks: what is unknown to a database is fine.
    pub(super) fn holds(&self, row: &[Value]) -> bool {
        self.checks.iter().all(|check| self.truth(check, row) != Some(false))
    }

    fn value(&self, attribute: &PyIdent, row: &[Value]) -> Value {
        let places = self.spoken.iter().zip(row);
        let mut found = places.filter(|(at, _)| self.fields[**at].model_attribute == *attribute);
        match found.next() {
            Some((_, value)) => value.clone(),
            // Rows of tests are active; what else the base model adds is unknown.
            None if attribute.as_str() == "is_active" => json!(true),
            None => Value::Null,
        }
    }

    /// Whether tests decide on a value: they do not on foreign keys and related rows.
    fn is_known(&self, operand: &OperandPlan) -> bool {
        let mut known = !operand.is_related();
        operand.attributes(&mut |attribute| {
            known &= self.fields.iter().any(|field| field.model_attribute == *attribute);
        });
        known
    }

    fn is_number(&self, operand: &OperandPlan) -> bool {
        let kind = match operand {
            OperandPlan::Attribute(name, _) => {
                let field = self.fields.iter().find(|field| field.model_attribute == *name);
                field.map(|field| &field.ty.kind)
            }
            OperandPlan::Literal(ty, _) | OperandPlan::Aggregate(.., ty) => Some(&ty.kind),
            OperandPlan::Related(related) => Some(&related.ty.kind),
            OperandPlan::Arithmetic(..) | OperandPlan::Negated(_) | OperandPlan::Call(..) => {
                return true;
            }
            OperandPlan::Choice(_, then, _) => return self.is_number(then),
            OperandPlan::Truth(_)
            | OperandPlan::Local(..)
            | OperandPlan::Now
            | OperandPlan::Today
            | OperandPlan::Sequence(_) => None,
        };
        matches!(
            kind,
            Some(ValueKind::Int { .. } | ValueKind::Float { .. } | ValueKind::Decimal { .. })
        )
    }

    /// A value as it stands in JSON; null where it is unknown.
    fn operand(&self, operand: &OperandPlan, row: &[Value]) -> Value {
        match operand {
            OperandPlan::Attribute(attribute, _) => self.value(attribute, row),
            OperandPlan::Literal(ty, text) => self.literal(ty, text),
            OperandPlan::Arithmetic(left, operator, right, _) => {
                let (left, right) = (self.operand(left, row), self.operand(right, row));
                neighbours::calculated(&left, *operator, &right).unwrap_or_default()
            }
            OperandPlan::Negated(inner) => {
                let inner = self.operand(inner, row);
                neighbours::calculated(&json!(0), Arithmetic::Subtract, &inner).unwrap_or_default()
            }
            OperandPlan::Call(Function::Len, inner) => {
                let inner = self.operand(inner, row);
                inner.as_str().map(|text| json!(text.chars().count())).unwrap_or_default()
            }
            OperandPlan::Call(Function::Abs, inner) => {
                let inner = self.operand(inner, row);
                neighbours::absolute(&inner).unwrap_or_default()
            }
            OperandPlan::Choice(test, then, otherwise) => match self.truth(test, row) {
                Some(true) => self.operand(then, row),
                _ => self.operand(otherwise, row),
            },
            OperandPlan::Truth(inner) => {
                self.truth(inner, row).map(|it| json!(it)).unwrap_or_default()
            }
            OperandPlan::Related(_)
            | OperandPlan::Aggregate(..)
            | OperandPlan::Local(..)
            | OperandPlan::Now
            | OperandPlan::Today
            | OperandPlan::Sequence(_) => Value::Null,
        }
    }

    /// The truth of a condition as SQL knows it.
    pub(super) fn truth(&self, condition: &ConditionPlan, row: &[Value]) -> Option<bool> {
        match condition {
            ConditionPlan::Compare(left, comparison, right) => {
                let numbers = self.is_number(left) || self.is_number(right);
                let (left, right) = (self.operand(left, row), self.operand(right, row));
                compare(numbers, &left, *comparison, &right)
            }
            ConditionPlan::IsNull(operand, _) if !self.is_known(operand) => None,
            ConditionPlan::Quantified(..) => None,
            ConditionPlan::IsNull(operand, positive) => {
                Some(self.operand(operand, row).is_null() == *positive)
            }
            ConditionPlan::In(operand, values, positive) => {
                let own = self.operand(operand, row);
                let known = values.iter().any(|it| {
                    let other = self.operand(it, row);
                    compare(self.is_number(it), &own, Comparison::Equal, &other) == Some(true)
                });
                (!own.is_null()).then_some(known == *positive)
            }
            ConditionPlan::Flag(operand) => self.operand(operand, row).as_bool(),
            ConditionPlan::All(parts) => all(parts.iter().map(|part| self.truth(part, row))),
            ConditionPlan::Any(parts) => {
                all(parts.iter().map(|part| self.truth(part, row).map(|it| !it))).map(|it| !it)
            }
            ConditionPlan::Not(inner) => self.truth(inner, row).map(|it| !it),
        }
    }
}

/// Whether values of one kind can be written where the other stands.
fn are_alike(one: &ValueKind, other: &ValueKind) -> bool {
    use ValueKind::{Decimal, Float, Int, Line, Text};
    let number = |kind: &ValueKind| matches!(kind, Int { .. } | Float { .. } | Decimal { .. });
    let text = |kind: &ValueKind| matches!(kind, Line { .. } | Text { .. });
    std::mem::discriminant(one) == std::mem::discriminant(other)
        || number(one) && number(other)
        || text(one) && text(other)
}

/// True if all are, false if one is not.
fn all(parts: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut sum = Some(true);
    for part in parts {
        match part {
            Some(false) => return Some(false),
            Some(true) => {}
            None => sum = None,
        }
    }
    sum
}

fn compare(numbers: bool, left: &Value, comparison: Comparison, right: &Value) -> Option<bool> {
    if left.is_null() || right.is_null() {
        return None;
    }
    let order = neighbours::order(numbers, left, right)?;
    Some(match comparison {
        Comparison::Equal => order.is_eq(),
        Comparison::NotEqual => order.is_ne(),
        Comparison::Less => order.is_lt(),
        Comparison::LessOrEqual => order.is_le(),
        Comparison::Greater => order.is_gt(),
        Comparison::GreaterOrEqual => order.is_ge(),
    })
}
