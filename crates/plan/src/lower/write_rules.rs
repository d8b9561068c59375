//! Invariants that the repository holds writes to, and what rows of the tests must refer to for
//! these to hold.

use serde_json::Value;
use stratapi_ir::model::Invariant;

use super::draft::Context;
use super::satisfied::{Solver, spoken, violating};
use super::starts::{Moment, made, set, surely_made, tried};
use super::{condition, rules, value};
use crate::{
    BreachPlan, ConditionPlan, EntityPlan, FieldPlan, FieldSource, OperandPlan, Presence, PyIdent,
    PythonDefault, Set, Step, ValueKind, ValueType, WantedPlan, WayPlan, WriteRulePlan, numbered,
    unnumbered,
};

/// Adds the write rules of all entities.
pub(super) fn write_rules(context: &Context<'_>, entities: &mut [EntityPlan]) {
    for index in 0..entities.len() {
        let declared = context.invariants[index].iter().filter(|found| found.when.is_some());
        let rules: Vec<WriteRulePlan> =
            declared.filter_map(|found| rule(context, entities, index, found)).collect();
        if rules.is_empty() {
            continue;
        }
        let staged = staged(context, entities, index, &rules);
        let entity = &mut entities[index];
        entity.write_rules = rules;
        entity.stageable = staged.is_some();
        let staged = staged.unwrap_or_default();
        entity.wanted = staged.wanted;
        entity.left_out = staged.absent;
        for (rule, breach) in staged.breaches {
            entity.write_rules[rule].broken_by = Some(breach);
        }
    }
}

fn rule(
    context: &Context<'_>,
    entities: &[EntityPlan],
    index: usize,
    declared: &Invariant,
) -> Option<WriteRulePlan> {
    let at = |index: usize| &entities[index];
    let condition = condition::condition(context, &at, index, &declared.condition).tested();
    let entity = &entities[index];
    let mut paths: Vec<Vec<Step>> = Vec::new();
    condition.paths(0, &mut |path| {
        for length in 1..=path.len() {
            let path = path[..length].to_vec();
            if !paths.contains(&path) {
                paths.push(path);
            }
        }
    });
    paths.sort_by_key(Vec::len);
    let own = rules::is_own(declared).then(|| {
        let all = rules::of_tests(context, entity, index);
        violating(context, entity, &all, &condition)
    });
    Some(WriteRulePlan {
        name: declared.name.value.clone(),
        message: declared.message.clone(),
        status: declared.status,
        when: declared.when?,
        condition,
        paths,
        broken_by: own.flatten().map(BreachPlan::Own),
        span: declared.name.span,
    })
}

/// What rows of the tests refer to.
#[derive(Default)]
struct Staged {
    wanted: Vec<WantedPlan>,
    /// References that are left out.
    absent: Vec<usize>,
    /// How rules are broken, by their positions.
    breaches: Vec<(usize, BreachPlan)>,
}

/// A part of a rule that speaks of one related row.
struct Part {
    rule: usize,
    reference: usize,
    /// What it says of that row, where the first and where the second samples refer to it.
    said: [ConditionPlan; 2],
}

/// `None` where no rows are known that the rules let through.
fn staged(
    context: &Context<'_>,
    entities: &[EntityPlan],
    index: usize,
    rules: &[WriteRulePlan],
) -> Option<Staged> {
    let entity = &entities[index];
    let mut parts: Vec<Part> = Vec::new();
    let mut all: Vec<&ConditionPlan> = Vec::new();
    let mut staged = Staged::default();
    for (rule, plan) in rules.iter().enumerate().filter(|(_, rule)| !rule.paths.is_empty()) {
        let conditions = match &plan.condition {
            ConditionPlan::All(all) => all.as_slice(),
            one => std::slice::from_ref(one),
        };
        for condition in conditions {
            all.push(condition);
            match alone(context, entity, condition) {
                Some((reference, said)) => parts.push(Part { rule, reference, said }),
                None => staged.absent.extend(first(condition)),
            }
        }
    }
    let mut references: Vec<usize> = parts.iter().map(|part| part.reference).collect();
    references.sort_unstable();
    references.dedup();
    for reference in references {
        let of_it: Vec<&Part> = parts.iter().filter(|part| part.reference == reference).collect();
        let left_out = staged.absent.contains(&reference);
        if left_out || refer(context, entities, index, &of_it, &mut staged).is_none() {
            staged.absent.push(reference);
        }
    }
    staged.absent.sort_unstable();
    staged.absent.dedup();
    let optional = |reference: &usize| {
        let reference = &entity.references[*reference];
        reference.nullable && reference.set == Set::Client
    };
    let absent = &staged.absent;
    let holds = |condition: &ConditionPlan| {
        [false, true].into_iter().all(|other| {
            let said = Substitution { context, entity, other, absent }.condition(condition);
            let solver = Solver { context, checks: &[], fields: &[], spoken: &[] };
            said.and_then(|said| solver.truth(&said, &[])) == Some(true)
        })
    };
    let mut touched = all.into_iter().filter(|it| first(it).iter().any(|it| absent.contains(it)));
    (absent.iter().all(optional) && touched.all(holds)).then_some(staged)
}

/// The references that the paths of a condition start with.
fn first(condition: &ConditionPlan) -> Vec<usize> {
    let mut found = Vec::new();
    condition.paths(0, &mut |path| found.push(path[0].reference));
    found
}

/// Finds the row that a reference leads to, and one that breaks each rule.
fn refer(
    context: &Context<'_>,
    entities: &[EntityPlan],
    index: usize,
    parts: &[&Part],
    staged: &mut Staged,
) -> Option<()> {
    let reference = parts.first()?.reference;
    let target = entities[index].references[reference].target;
    let asked: Vec<ConditionPlan> = parts.iter().flat_map(|part| part.said.clone()).collect();
    let rows = Rows::new(context, &entities[target], target, &asked);
    let values = rows
        .find(made, |solver, row| asked.iter().all(|part| solver.truth(part, row) == Some(true)))?;
    if rows.are_alike(&values) || !rows.hold_whatever(&asked, &values) {
        return None;
    }
    let way = rows.way(&asked, &values);
    staged.wanted.push(WantedPlan { reference, values, way });
    for part in parts {
        let others = parts.iter().filter(|other| other.rule != part.rule);
        let others: Vec<&ConditionPlan> = others.flat_map(|other| &other.said).collect();
        let [said, _] = &part.said;
        let values = rows.find(surely_made, |solver, row| {
            solver.truth(said, row) == Some(false)
                && others.iter().all(|other| solver.truth(other, row) == Some(true))
        });
        let known = staged.breaches.iter().any(|(known, _)| *known == part.rule);
        let usable = |values: &Vec<(usize, Value)>| !known && !rows.are_alike(values);
        let Some(values) = values.filter(usable) else { continue };
        let fresh =
            rows.is_fresh(said, false) && others.iter().all(|other| rows.is_fresh(other, true));
        let breach = BreachPlan::Referred { reference, values, fresh };
        staged.breaches.push((part.rule, breach));
    }
    Some(())
}

/// What a part of a rule says of the one row that it speaks of besides its own, where its own values
/// are the first samples, and where they are the second ones.
fn alone(
    context: &Context<'_>,
    entity: &EntityPlan,
    part: &ConditionPlan,
) -> Option<(usize, [ConditionPlan; 2])> {
    let mut reference = None;
    let mut single = true;
    part.paths(0, &mut |path| {
        let known = *reference.get_or_insert(path[0].reference);
        single &= path.len() == 1 && path[0].reference == known;
    });
    let reference = reference.filter(|_| single)?;
    let said = |other| Substitution { context, entity, other, absent: &[] }.condition(part);
    Some((reference, [said(false)?, said(true)?]))
}

/// Puts the values of a row of the tests in the place of its attributes.
struct Substitution<'a> {
    context: &'a Context<'a>,
    entity: &'a EntityPlan,
    /// Whether the values are the second samples.
    other: bool,
    /// References that lead nowhere.
    absent: &'a [usize],
}

impl Substitution<'_> {
    fn condition(&self, condition: &ConditionPlan) -> Option<ConditionPlan> {
        let all = |parts: &[ConditionPlan]| {
            parts.iter().map(|part| self.condition(part)).collect::<Option<Vec<_>>>()
        };
        Some(match condition {
            ConditionPlan::Compare(left, comparison, right) => {
                ConditionPlan::Compare(self.operand(left)?, *comparison, self.operand(right)?)
            }
            ConditionPlan::IsNull(OperandPlan::Attribute(attribute, _), null) => {
                let is_null = self.is_null(attribute)?;
                // Nothing of these always holds, one of none never.
                if is_null == *null {
                    ConditionPlan::All(Vec::new())
                } else {
                    ConditionPlan::Any(Vec::new())
                }
            }
            ConditionPlan::IsNull(operand, null) => {
                ConditionPlan::IsNull(self.operand(operand)?, *null)
            }
            ConditionPlan::In(operand, values, within) => {
                let values: Option<Vec<_>> =
                    values.iter().map(|value| self.operand(value)).collect();
                ConditionPlan::In(self.operand(operand)?, values?, *within)
            }
            ConditionPlan::Flag(operand) => ConditionPlan::Flag(self.operand(operand)?),
            ConditionPlan::Quantified(..) => return None,
            ConditionPlan::All(parts) => ConditionPlan::All(all(parts)?),
            ConditionPlan::Any(parts) => ConditionPlan::Any(all(parts)?),
            ConditionPlan::Not(inner) => ConditionPlan::Not(Box::new(self.condition(inner)?)),
        })
    }

    fn operand(&self, operand: &OperandPlan) -> Option<OperandPlan> {
        let boxed = |operand: &OperandPlan| self.operand(operand).map(Box::new);
        Some(match operand {
            OperandPlan::Attribute(attribute, _) => self.literal(attribute)?,
            OperandPlan::Related(related) => {
                OperandPlan::Attribute(related.attribute.clone(), related.ty.nullable)
            }
            OperandPlan::Literal(..) => operand.clone(),
            OperandPlan::Arithmetic(left, operator, right, ty) => {
                OperandPlan::Arithmetic(boxed(left)?, *operator, boxed(right)?, ty.clone())
            }
            OperandPlan::Negated(inner) => OperandPlan::Negated(boxed(inner)?),
            OperandPlan::Call(function, inner) => OperandPlan::Call(*function, boxed(inner)?),
            OperandPlan::Aggregate(..)
            | OperandPlan::Local(..)
            | OperandPlan::Now
            | OperandPlan::Today
            | OperandPlan::Sequence(_) => return None,
            OperandPlan::Choice(test, then, otherwise) => OperandPlan::Choice(
                Box::new(self.condition(test)?),
                boxed(then)?,
                boxed(otherwise)?,
            ),
            OperandPlan::Truth(inner) => OperandPlan::Truth(Box::new(self.condition(inner)?)),
        })
    }

    /// Rows of the tests refer to others where that is possible.
    fn is_null(&self, attribute: &PyIdent) -> Option<bool> {
        if let Some(value) = self.value(attribute) {
            return Some(value.is_null());
        }
        let holds = |keys: &[PyIdent]| keys.contains(attribute);
        let mut references = self.entity.references.iter().enumerate();
        let (position, reference) =
            references.find(|(_, reference)| holds(&reference.key_attributes))?;
        let given = reference.set != Set::Client || reference.create != Presence::Absent;
        Some(!given || self.absent.contains(&position))
    }

    fn value(&self, attribute: &PyIdent) -> Option<Value> {
        let mut fields = self.entity.fields.iter();
        let field = fields.find(|field| field.model_attribute == *attribute)?;
        let sent = field.create != Presence::Absent && field.source == FieldSource::Attribute;
        if sent {
            let sample = &field.sample;
            return Some(unnumbered(if self.other { &sample.other } else { &sample.value }));
        }
        let solver =
            Solver { context: self.context, checks: &[], fields: &self.entity.fields, spoken: &[] };
        made(&solver, field)
    }

    /// The value as a literal.
    fn literal(&self, attribute: &PyIdent) -> Option<OperandPlan> {
        let value = self.value(attribute)?;
        let mut fields = self.entity.fields.iter();
        let field = fields.find(|field| field.model_attribute == *attribute)?;
        let ty = ValueType { nullable: false, ..field.ty.clone() };
        let text = match (&ty.kind, &value) {
            (ValueKind::Enum(index), Value::String(text)) => {
                let values = value::enum_values(self.context.ir, *index);
                values.iter().position(|value| value == text)?.to_string()
            }
            (_, Value::String(text)) => text.clone(),
            (_, Value::Bool(_) | Value::Number(_)) => value.to_string(),
            _ => return None,
        };
        Some(OperandPlan::Literal(ty, text))
    }
}

/// Rows that others refer to.
struct Rows<'a> {
    context: &'a Context<'a>,
    entity: &'a EntityPlan,
    index: usize,
    /// What each of them fulfils.
    checks: Vec<ConditionPlan>,
    /// Fields that these or the rules speak of.
    spoken: Vec<usize>,
}

impl<'a> Rows<'a> {
    fn new(
        context: &'a Context<'a>,
        entity: &'a EntityPlan,
        index: usize,
        asked: &[ConditionPlan],
    ) -> Self {
        let checks = rules::of_tests(context, entity, index);
        let spoken = spoken(&[&checks, asked].concat(), entity);
        Self { context, entity, index, checks, spoken }
    }

    fn solver(&self) -> Solver<'_> {
        Solver {
            context: self.context,
            checks: &self.checks,
            fields: &self.entity.fields,
            spoken: &self.spoken,
        }
    }

    /// A row that fits, by what it does not have by itself.
    fn find(
        &self,
        made: impl Fn(&Solver<'_>, &FieldPlan) -> Option<Value>,
        fits: impl Fn(&Solver<'_>, &[Value]) -> bool,
    ) -> Option<Vec<(usize, Value)>> {
        let solver = self.solver();
        let row = solver.find(
            |field| tried(self.context, self.entity, self.index, &solver, field),
            |row| solver.holds(row) && fits(&solver, row),
        )?;
        let values = self.spoken.iter().copied().zip(row);
        let said = values.filter(|(field, value)| {
            let field = &self.entity.fields[*field];
            field.source == FieldSource::Attribute && made(&solver, field).as_ref() != Some(value)
        });
        Some(said.collect())
    }

    /// Whether rows with these values fit, whatever number tests put into what no two rows share.
    fn hold_whatever(&self, asked: &[ConditionPlan], values: &[(usize, Value)]) -> bool {
        const NUMBERS: [u8; 2] = [1, 23];
        let solver = self.solver();
        // Which day a row has in a test, or which fraction, is nothing to count on.
        let moves = |field: &usize| {
            use ValueKind::{Date, DateTime, Decimal, Duration, Float, Time};
            let plan = &self.entity.fields[*field];
            let kind = &plan.ty.kind;
            let differs =
                matches!(kind, Date | DateTime | Duration | Time | Float { .. } | Decimal { .. });
            let said = values.iter().any(|(other, _)| other == field);
            plan.distinct && differs && !said && surely_made(&solver, plan).is_none()
        };
        if spoken(asked, self.entity).iter().any(moves) {
            return false;
        }
        let value = |field: usize, number: u8| {
            let said = values.iter().find(|(other, _)| *other == field);
            let plan = &self.entity.fields[field];
            match (said, surely_made(&solver, plan)) {
                (Some((_, said)), _) => said.clone(),
                (None, Some(made)) => made,
                (None, None) => match plan.sample.value.as_u64() {
                    Some(first) => Value::from(first.saturating_add(number.into())),
                    None => numbered(&plan.sample.value, number.into()),
                },
            }
        };
        NUMBERS.into_iter().all(|number| {
            let row: Vec<Value> = self.spoken.iter().map(|it| value(*it, number)).collect();
            asked.iter().all(|part| solver.truth(part, &row) == Some(true))
        })
    }

    /// Whether two rows with these values would clash: tests make several.
    fn are_alike(&self, values: &[(usize, Value)]) -> bool {
        values.iter().any(|(field, _)| self.entity.fields[*field].distinct)
    }

    /// A row that a client has made.
    fn fresh(&self) -> Vec<Value> {
        let solver = self.solver();
        let fields = self.spoken.iter().map(|field| &self.entity.fields[*field]);
        let value = |field: &FieldPlan| {
            let sent = field.create != Presence::Absent;
            let made = if sent { None } else { made(&solver, field) };
            made.unwrap_or_else(|| unnumbered(&field.sample.value))
        };
        fields.map(value).collect()
    }

    fn is_fresh(&self, part: &ConditionPlan, wanted: bool) -> bool {
        self.solver().truth(part, &self.fresh()) == Some(wanted)
    }

    /// How clients come to a row that fits: with its samples, or with these values as far as clients
    /// write them.
    fn way(&self, asked: &[ConditionPlan], values: &[(usize, Value)]) -> Option<WayPlan> {
        let written = values.iter().filter(|(field, _)| {
            let field = &self.entity.fields[*field];
            field.source == FieldSource::Attribute && field.create != Presence::Absent
        });
        let written: Vec<(usize, Value)> = written.cloned().collect();
        [Vec::new(), written].into_iter().find_map(|sent| {
            let walk = self.walk(asked, &sent)?;
            Some(WayPlan { sent, walk })
        })
    }

    /// The shortest start of a machine's walk after which a row fits that a client has made so.
    fn walk(&self, asked: &[ConditionPlan], sent: &[(usize, Value)]) -> Option<Vec<usize>> {
        let solver = self.solver();
        let fits = |row: &[Value]| asked.iter().all(|part| solver.truth(part, row) == Some(true));
        let place = |field: usize| self.spoken.iter().position(|spoken| *spoken == field);
        let mut row = self.fresh();
        for (field, value) in sent {
            if let Some(place) = place(*field) {
                row[place] = value.clone();
            }
        }
        if !solver.holds(&row) {
            return None;
        }
        if fits(&row) {
            return Some(Vec::new());
        }
        let mut rows = Moment::BOTH.map(|moment| (moment, row.clone()));
        let machine = self.entity.machines.first()?;
        for (length, walked) in machine.walk.iter().enumerate() {
            let transition = &self.entity.transitions[*walked];
            let state = PythonDefault::Literal(transition.to.to_string());
            let changes = transition.set.iter().map(|(field, value)| (*field, value));
            for (field, value) in changes.chain([(machine.field, &state)]) {
                let Some(place) = place(field) else { continue };
                for (moment, row) in &mut rows {
                    let change = (field, value, *moment);
                    row[place] = set(self.context, self.entity, self.index, &solver, change);
                }
            }
            if rows.iter().all(|(_, row)| fits(row)) {
                return Some(machine.walk[..=length].to_vec());
            }
        }
        None
    }
}
