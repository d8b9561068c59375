//! A rehearsal: a flow is gone through with known rows, so that a test knows what must come of it.

use stratapi_plan::{
    Aggregate, ArgumentPlan, AssignedPlan, ChangePlan, ChangedPlan, ConditionPlan, CreatePlan,
    FlowInputKind, Function, OnDelete, OperandPlan, Plan, PyIdent, PythonDefault, RowPlan,
    RowsPlan, StepPlan, Writes,
};

use super::value::{Known, calculated, compared};
use super::world::{Change, Target, World, default};

/// How a flow ends.
#[derive(Debug, Clone, Copy)]
pub(super) enum End<'a> {
    /// As it should, with a row or with nothing.
    Done(Option<usize>),
    /// At this step, with this status.
    Refused(&'a StepPlan, u16),
    /// Nobody knows.
    Unknown,
}

impl End<'_> {
    /// Whether two ends are of one kind, so that one test is enough.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Done(_), Self::Done(_)) | (Self::Unknown, Self::Unknown) => true,
            (Self::Refused(one, _), Self::Refused(two, _)) => std::ptr::eq(*one, *two),
            _ => false,
        }
    }
}

/// What a flow knows where it stands.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Frame {
    /// By variable.
    pub(super) rows: Vec<usize>,
    /// By name.
    pub(super) locals: Vec<(PyIdent, Known)>,
}

/// The rehearsal.
pub(super) struct Play<'a> {
    pub(super) plan: &'a Plan,
    pub(super) world: World,
    /// The steps that were gone through, each once.
    pub(super) visited: Vec<&'a StepPlan>,
    /// Steps that may still be gone through.
    pub(super) patience: usize,
}

impl<'a> Play<'a> {
    /// Goes through a flow.
    pub(super) fn flow(&mut self, steps: &'a [StepPlan], mut frame: Frame) -> End<'a> {
        self.block(steps, &mut frame).unwrap_or(End::Done(None))
    }

    /// Goes through steps; `None` if the flow goes on behind them.
    fn block(&mut self, steps: &'a [StepPlan], frame: &mut Frame) -> Option<End<'a>> {
        let (rows, locals) = (frame.rows.len(), frame.locals.len());
        for step in steps {
            if self.patience == 0 {
                return Some(End::Unknown);
            }
            self.patience -= 1;
            if !self.visited.iter().any(|known| std::ptr::eq(*known, step)) {
                self.visited.push(step);
            }
            if let Some(end) = self.step(step, frame) {
                return Some(end);
            }
        }
        frame.rows.truncate(rows);
        frame.locals.truncate(locals);
        None
    }

    fn step(&mut self, step: &'a StepPlan, frame: &mut Frame) -> Option<End<'a>> {
        match step {
            StepPlan::Lock(row) => self.row(row, frame).is_none().then_some(End::Unknown),
            StepPlan::Require(condition, refusal) => match self.truth(condition, frame) {
                Some(true) => None,
                Some(false) => Some(End::Refused(step, refusal.status)),
                None => Some(End::Unknown),
            },
            StepPlan::Let(name, value) => {
                let value = self.value(value, frame);
                frame.locals.push((name.clone(), value));
                None
            }
            StepPlan::Set(changes) => self.set(step, changes, frame),
            StepPlan::Create(creation) => self.create(step, creation, frame),
            StepPlan::Delete(row) => self.delete(step, row, frame),
            StepPlan::Transition(row, position) => self.transition(step, row, *position, frame),
            StepPlan::For(rows, _, steps) => {
                for row in self.many(rows, frame)? {
                    frame.rows.push(row);
                    let end = self.block(steps, frame);
                    frame.rows.pop();
                    if end.is_some() {
                        return end;
                    }
                }
                None
            }
            StepPlan::If(condition, then, otherwise) => match self.truth(condition, frame) {
                Some(true) => self.block(then, frame),
                Some(false) => self.block(otherwise, frame),
                None => self.either(then, otherwise, frame),
            },
            StepPlan::Call(flow, arguments, name) => {
                self.call(*flow, arguments, name.as_ref(), frame)
            }
            StepPlan::Emit(event, values) => {
                let values = values.iter().map(|value| self.value(value, frame)).collect();
                self.world.told.push((*event, values));
                None
            }
            StepPlan::Slot(slot, _, name) => {
                frame.locals.push((name.clone(), self.returned(*slot)));
                None
            }
            StepPlan::Return(row) => match row {
                None => Some(End::Done(None)),
                Some(row) => {
                    Some(self.row(row, frame).map_or(End::Unknown, |it| End::Done(Some(it))))
                }
            },
        }
    }

    /// What a slot returns in tests: what its first example expects.
    fn returned(&self, slot: usize) -> Known {
        let slot = &self.plan.slots[slot];
        let expect = slot.examples.first().and_then(|example| example.expect.as_deref());
        expect.map_or(Known::Null, |text| Known::of_literal(self.plan, &slot.output, text))
    }

    /// Both ways, where nobody knows which: they must come to the same.
    fn either(
        &mut self,
        then: &'a [StepPlan],
        otherwise: &'a [StepPlan],
        frame: &mut Frame,
    ) -> Option<End<'a>> {
        let (before, start) = (self.world.clone(), frame.clone());
        let one = self.block(then, frame);
        let (after, reached) = (std::mem::replace(&mut self.world, before), frame.clone());
        *frame = start;
        let other = self.block(otherwise, frame);
        let same = one.is_none() && other.is_none() && after == self.world && reached == *frame;
        (!same).then_some(End::Unknown)
    }

    fn row(&mut self, row: &RowPlan, frame: &Frame) -> Option<usize> {
        let found = self.world.walk(self.plan, frame.rows[row.variable], &row.steps)?;
        (!self.world.rows[found].gone).then_some(found)
    }

    fn set(
        &mut self,
        step: &'a StepPlan,
        changes: &[ChangePlan],
        frame: &Frame,
    ) -> Option<End<'a>> {
        let mut written = Vec::new();
        for change in changes {
            let row = &change.row;
            let Some(found) = self.row(row, frame) else { return Some(End::Unknown) };
            let entity = &self.plan.entities[row.entity];
            match &change.member {
                ChangedPlan::Field(field, value) => {
                    let sure = is_literal(value);
                    let value = self.assigned(value, frame);
                    let plan = &entity.fields[*field];
                    if plan.unique || !(sure || value.fits(&plan.ty)) {
                        return Some(End::Unknown);
                    }
                    self.world.rows[found].values[*field] = value;
                }
                ChangedPlan::Reference(position, target) => {
                    let reference = &entity.references[*position];
                    let mut alone = self.plan.table(entity).unique_sets();
                    if alone.any(|set| set.iter().any(|it| reference.columns.contains(it))) {
                        return Some(End::Unknown);
                    }
                    let Some(target) = self.target(target.as_ref(), frame) else {
                        return Some(End::Unknown);
                    };
                    self.world.rows[found].targets[*position] = target;
                }
            }
            written.push(found);
        }
        written.into_iter().find_map(|row| self.held(step, row, |when| when.update))
    }

    /// Where a reference is to lead, if that is known.
    fn target(&mut self, row: Option<&RowPlan>, frame: &Frame) -> Option<Target> {
        let Some(row) = row else { return Some(Target::Nowhere) };
        self.row(row, frame).map(Target::Row)
    }

    /// What the database and the rules of the repository say of a write.
    fn held(
        &mut self,
        step: &'a StepPlan,
        row: usize,
        when: impl Fn(Writes) -> bool,
    ) -> Option<End<'a>> {
        let plan = self.plan;
        let own = Frame { rows: vec![row], locals: Vec::new() };
        let entity = &plan.entities[self.world.rows[row].entity];
        let rules = entity.write_rules.iter().filter(|rule| when(rule.when));
        let rules = rules.map(|rule| (&rule.condition, rule.status));
        let checks = entity.checks.iter().map(|(condition, status)| (condition, *status));
        let mut all = checks.chain(rules);
        all.find_map(|(condition, status)| match self.truth(condition, &own) {
            Some(true) => None,
            Some(false) => Some(End::Refused(step, status)),
            None => Some(End::Unknown),
        })
    }

    fn create(
        &mut self,
        step: &'a StepPlan,
        creation: &CreatePlan,
        frame: &mut Frame,
    ) -> Option<End<'a>> {
        let entity = &self.plan.entities[creation.entity];
        let others = self.world.rows.iter().any(|row| row.entity == creation.entity && !row.gone);
        let alone = entity.fields.iter().any(|field| field.unique)
            || entity.references.iter().any(|reference| reference.unique)
            || !self.plan.table(entity).uniques.is_empty();
        if others && alone {
            return Some(End::Unknown);
        }
        let values: Vec<(usize, bool, Known)> = creation
            .values
            .iter()
            .map(|(field, value)| (*field, is_literal(value), self.assigned(value, frame)))
            .collect();
        let mut targets = Vec::new();
        for (reference, row) in &creation.references {
            let Some(target) = self.target(row.as_ref(), frame) else {
                return Some(End::Unknown);
            };
            targets.push((*reference, target));
        }
        let made = self.world.add(self.plan, creation.entity);
        for (field, plan) in entity.fields.iter().enumerate() {
            self.world.rows[made].values[field] = default(self.plan, plan);
        }
        for (field, sure, value) in values {
            if !(sure || value.fits(&entity.fields[field].ty)) {
                return Some(End::Unknown);
            }
            self.world.rows[made].values[field] = value;
        }
        for (reference, target) in targets {
            self.world.rows[made].targets[reference] = target;
        }
        self.world.rows[made].created = true;
        frame.rows.extend(creation.name.as_ref().map(|_| made));
        self.held(step, made, |when| when.create)
    }

    fn delete(&mut self, step: &'a StepPlan, row: &RowPlan, frame: &Frame) -> Option<End<'a>> {
        let Some(found) = self.row(row, frame) else { return Some(End::Unknown) };
        let entity = &self.plan.entities[row.entity];
        if entity.soft_delete {
            return Some(End::Unknown);
        }
        if let Some(end) = self.held(step, found, |when| when.delete) {
            return Some(end);
        }
        for collection in &entity.collections {
            let Some(reference) = collection.reference else { continue };
            let referring = self.world.referring(collection.source, reference, found);
            let rule = self.plan.entities[collection.source].references[reference].on_delete;
            if !referring.is_empty() && rule != OnDelete::Cascade {
                return Some(End::Unknown);
            }
        }
        self.world.rows[found].gone = true;
        None
    }

    fn transition(
        &mut self,
        step: &'a StepPlan,
        row: &RowPlan,
        position: usize,
        frame: &Frame,
    ) -> Option<End<'a>> {
        let Some(found) = self.row(row, frame) else { return Some(End::Unknown) };
        let entity = &self.plan.entities[row.entity];
        let transition = &entity.transitions[position];
        let machine = &entity.machines[transition.machine];
        let members = &self.plan.enums[machine.states].members;
        let Known::Text(state) = self.world.rows[found].values[machine.field].clone() else {
            return Some(End::Unknown);
        };
        if !transition.from.iter().any(|from| members[*from].value == state) {
            return Some(End::Refused(step, 409));
        }
        if let Some(guard) = &transition.guard {
            let own = Frame { rows: vec![found], locals: Vec::new() };
            match self.truth(&guard.condition, &own) {
                Some(true) => {}
                Some(false) => return Some(End::Refused(step, 409)),
                None => return Some(End::Unknown),
            }
        }
        if transition.set.iter().any(|(field, _)| entity.fields[*field].unique) {
            return Some(End::Unknown);
        }
        self.world.changes.push(Change { row: found, transition: position, from: state });
        let to = Known::Text(members[transition.to].value.clone());
        self.world.rows[found].values[machine.field] = to;
        for (field, value) in &transition.set {
            let value = match value {
                PythonDefault::None => Known::Null,
                PythonDefault::Literal(text) => {
                    Known::of_literal(self.plan, &entity.fields[*field].ty, text)
                }
                _ => Known::Something,
            };
            self.world.rows[found].values[*field] = value;
        }
        self.held(step, found, |when| when.update)
    }

    fn call(
        &mut self,
        flow: usize,
        arguments: &[ArgumentPlan],
        name: Option<&PyIdent>,
        frame: &mut Frame,
    ) -> Option<End<'a>> {
        let callee = &self.plan.flows[flow];
        let mut inside = Frame { rows: vec![frame.rows[0]], locals: Vec::new() };
        for (input, argument) in callee.inputs.iter().zip(arguments) {
            match (&input.kind, argument) {
                (FlowInputKind::Row { .. }, ArgumentPlan::Row(row)) => match self.row(row, frame) {
                    Some(found) => inside.rows.push(found),
                    None => return Some(End::Unknown),
                },
                (_, ArgumentPlan::Value(value)) => {
                    let value = self.assigned(value, frame);
                    inside.locals.push((input.variable.clone(), value));
                }
                (FlowInputKind::Value(_), ArgumentPlan::Row(_)) => return Some(End::Unknown),
            }
        }
        if callee.payload.is_some() {
            self.world.later.push(flow);
            return None;
        }
        match self.flow(&callee.steps, inside) {
            End::Done(row) => {
                frame.rows.extend(row.filter(|_| name.is_some()));
                None
            }
            end => Some(end),
        }
    }

    fn assigned(&mut self, value: &AssignedPlan, frame: &Frame) -> Known {
        match value {
            AssignedPlan::Value(value) => self.value(value, frame),
            AssignedPlan::Null => Known::Null,
        }
    }

    /// Many rows that fulfil the filter; `None` if that is not known.
    fn many(&mut self, rows: &RowsPlan, frame: &Frame) -> Option<Vec<usize>> {
        let owner = self.world.walk(self.plan, frame.rows[rows.variable], &rows.steps)?;
        let all = self.world.referring(rows.entity, rows.reference()?, owner);
        let Some(filter) = &rows.filter else { return Some(all) };
        let mut kept = Vec::new();
        for row in all {
            if self.truth(filter, &with(frame, row))? {
                kept.push(row);
            }
        }
        Some(kept)
    }

    /// A value where the flow stands.
    pub(super) fn value(&mut self, operand: &OperandPlan, frame: &Frame) -> Known {
        match operand {
            OperandPlan::Attribute(attribute, _) => {
                self.world.value(self.plan, frame.rows[0], attribute)
            }
            OperandPlan::Related(related) => {
                let start = frame.rows[related.variable];
                match self.world.walk(self.plan, start, &related.steps) {
                    Some(row) => self.world.value(self.plan, row, &related.attribute),
                    None => Known::Null,
                }
            }
            OperandPlan::Literal(ty, text) => Known::of_literal(self.plan, ty, text),
            OperandPlan::Local(name, _) => {
                let found = frame.locals.iter().find(|(known, _)| known == name);
                found.map_or(Known::Something, |(_, value)| value.clone())
            }
            OperandPlan::Arithmetic(left, operator, right, _) => {
                let (left, right) = (self.value(left, frame), self.value(right, frame));
                calculated(&left, *operator, &right)
            }
            OperandPlan::Negated(inner) => match self.value(inner, frame) {
                Known::Number(number) => Known::Number(-number),
                _ => Known::Something,
            },
            OperandPlan::Call(Function::Len, inner) => match self.value(inner, frame) {
                Known::Text(text) => {
                    Known::whole(i128::try_from(text.chars().count()).unwrap_or_default())
                }
                _ => Known::Something,
            },
            OperandPlan::Call(Function::Abs, inner) => match self.value(inner, frame) {
                Known::Number(number) => Known::Number(number.abs()),
                _ => Known::Something,
            },
            OperandPlan::Aggregate(aggregate, rows, element, _) => {
                self.aggregate(*aggregate, rows, element.as_deref(), frame)
            }
            OperandPlan::Choice(test, then, otherwise) => match self.truth(test, frame) {
                Some(true) => self.value(then, frame),
                Some(false) => self.value(otherwise, frame),
                None => Known::Something,
            },
            OperandPlan::Truth(inner) => {
                self.truth(inner, frame).map_or(Known::Something, Known::Bool)
            }
            OperandPlan::Now | OperandPlan::Today | OperandPlan::Sequence(_) => Known::Something,
        }
    }

    fn aggregate(
        &mut self,
        aggregate: Aggregate,
        rows: &RowsPlan,
        element: Option<&OperandPlan>,
        frame: &Frame,
    ) -> Known {
        let Some(all) = self.many(rows, frame) else { return Known::Something };
        let Some(element) = element else {
            return Known::whole(i128::try_from(all.len()).unwrap_or_default());
        };
        let mut found = Vec::new();
        for row in all {
            match self.value(element, &with(frame, row)) {
                Known::Number(number) => found.push(number),
                _ => return Known::Something,
            }
        }
        match aggregate {
            Aggregate::Len | Aggregate::Sum => Known::Number(found.iter().sum()),
            Aggregate::Min => found.into_iter().min().map_or(Known::Null, Known::Number),
            Aggregate::Max => found.into_iter().max().map_or(Known::Null, Known::Number),
        }
    }

    fn truth(&mut self, condition: &ConditionPlan, frame: &Frame) -> Option<bool> {
        match condition {
            ConditionPlan::Compare(left, comparison, right) => {
                let (left, right) = (self.value(left, frame), self.value(right, frame));
                compared(&left, *comparison, &right)
            }
            ConditionPlan::IsNull(operand, null) => {
                Some((self.value(operand, frame) == Known::Null) == *null)
            }
            ConditionPlan::In(operand, members, within) => {
                let value = self.value(operand, frame);
                let mut found = false;
                for member in members {
                    let member = self.value(member, frame);
                    found |= compared(&value, stratapi_plan::Comparison::Equal, &member)?;
                }
                Some(found == *within)
            }
            ConditionPlan::Flag(operand) => match self.value(operand, frame) {
                Known::Bool(value) => Some(value),
                _ => None,
            },
            ConditionPlan::Quantified(some, rows, inner) => {
                let all = self.many(rows, frame)?;
                let mut found = Vec::new();
                for row in all {
                    found.push(self.truth(inner, &with(frame, row))?);
                }
                Some(if *some { found.contains(&true) } else { !found.contains(&false) })
            }
            ConditionPlan::All(parts) => self.joined(parts, frame, false),
            ConditionPlan::Any(parts) => self.joined(parts, frame, true),
            ConditionPlan::Not(inner) => self.truth(inner, frame).map(|it| !it),
        }
    }

    /// One part decides where it is `decisive`; what stands behind it is not looked at.
    fn joined(&mut self, parts: &[ConditionPlan], frame: &Frame, decisive: bool) -> Option<bool> {
        for part in parts {
            if self.truth(part, frame)? == decisive {
                return Some(decisive);
            }
        }
        Some(!decisive)
    }
}

/// Whether a value was checked against the type that it is given to.
fn is_literal(value: &AssignedPlan) -> bool {
    matches!(value, AssignedPlan::Value(OperandPlan::Literal(..)))
}

fn with(frame: &Frame, row: usize) -> Frame {
    let mut inside = frame.clone();
    inside.rows.push(row);
    inside
}
