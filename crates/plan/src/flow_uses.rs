//! What the steps of flows read and write: paths to related rows, many rows, and entities.

use crate::{
    ArgumentPlan, AssignedPlan, ChangedPlan, ConditionPlan, FlowPlan, MessagePlan, OperandPlan,
    RowPlan, RowsPlan, Step, StepPlan,
};

/// Something that a step reads.
#[derive(Debug, Clone, Copy)]
pub enum Read<'a> {
    /// The row at the end of a path from a variable; at least one step.
    Row(usize, &'a [Step]),
    /// The next number of a series.
    Sequence,
    /// Many rows, and what is said of each of them.
    Rows(&'a RowsPlan, Option<&'a OperandPlan>, Option<&'a ConditionPlan>),
}

type Found<'a, 'f> = &'f mut dyn FnMut(Read<'a>);

impl StepPlan {
    /// Calls for everything that the step itself reads, but not for what the steps in it read.
    pub fn reads<'a>(&'a self, found: Found<'a, '_>) {
        match self {
            Self::Lock(row) | Self::Delete(row) | Self::Transition(row, _) => read_row(row, found),
            Self::Require(condition, refusal) => {
                in_condition(condition, found);
                for part in &refusal.message {
                    if let MessagePlan::Value(value) = part {
                        in_operand(value, found);
                    }
                }
            }
            Self::Let(_, value) => in_operand(value, found),
            Self::Set(changes) => {
                for change in changes {
                    read_row(&change.row, found);
                    match &change.member {
                        ChangedPlan::Field(_, value) => assigned(value, found),
                        ChangedPlan::Reference(_, row) => {
                            row.iter().for_each(|row| read_key(row, found));
                        }
                    }
                }
            }
            Self::Create(creation) => {
                creation.values.iter().for_each(|(_, value)| assigned(value, found));
                creation.references.iter().filter_map(|(_, row)| row.as_ref()).for_each(|row| {
                    read_key(row, found);
                });
            }
            Self::For(rows, order, _) => {
                in_rows(rows, None, None, found);
                if let Some(order) = order {
                    in_operand(order, found);
                }
            }
            Self::If(condition, ..) => in_condition(condition, found),
            Self::Call(_, arguments, _) => {
                for argument in arguments {
                    match argument {
                        ArgumentPlan::Row(row) => read_key(row, found),
                        ArgumentPlan::Value(value) => assigned(value, found),
                    }
                }
            }
            Self::Emit(_, values) => values.iter().for_each(|value| in_operand(value, found)),
            Self::Slot(_, arguments, _) => {
                arguments.iter().for_each(|value| assigned(value, found));
            }
            Self::Return(row) => row.iter().for_each(|row| read_row(row, found)),
        }
    }

    /// The same, and what the steps in it read.
    pub fn all_reads<'a>(&'a self, found: Found<'a, '_>) {
        self.reads(found);
        self.inner().into_iter().flatten().for_each(|step| step.all_reads(found));
    }
}

/// Whether some of these flows take the next number of a series.
pub(crate) fn number(flows: &[FlowPlan]) -> bool {
    let mut found = false;
    for step in flows.iter().flat_map(|flow| &flow.steps) {
        step.all_reads(&mut |read| found |= matches!(read, Read::Sequence));
    }
    found
}

/// The entities whose rows a step itself reads or writes through a repository.
pub(crate) fn entities(step: &StepPlan) -> Vec<usize> {
    let mut found = match step {
        StepPlan::Lock(row) | StepPlan::Delete(row) | StepPlan::Transition(row, _) => {
            vec![row.entity]
        }
        StepPlan::Set(changes) => changes.iter().map(|change| change.row.entity).collect(),
        StepPlan::Create(creation) => vec![creation.entity],
        _ => Vec::new(),
    };
    step.reads(&mut |read| {
        if let Read::Rows(rows, ..) = read {
            found.push(rows.entity);
        }
    });
    found
}

fn read_row<'a>(row: &'a RowPlan, found: Found<'a, '_>) {
    path(row.variable, &row.steps, found);
}

/// A foreign key of the row before tells as much.
fn read_key<'a>(row: &'a RowPlan, found: Found<'a, '_>) {
    path(row.variable, &row.steps[..row.steps.len().saturating_sub(1)], found);
}

fn path<'a>(variable: usize, steps: &'a [Step], found: Found<'a, '_>) {
    if !steps.is_empty() {
        found(Read::Row(variable, steps));
    }
}

fn assigned<'a>(value: &'a AssignedPlan, found: Found<'a, '_>) {
    if let AssignedPlan::Value(value) = value {
        in_operand(value, found);
    }
}

fn in_rows<'a>(
    rows: &'a RowsPlan,
    element: Option<&'a OperandPlan>,
    condition: Option<&'a ConditionPlan>,
    found: Found<'a, '_>,
) {
    path(rows.variable, &rows.steps[..rows.steps.len().saturating_sub(1)], found);
    found(Read::Rows(rows, element, condition));
    if let Some(filter) = &rows.filter {
        in_condition(filter, found);
    }
}

/// Calls for everything that a condition reads.
pub fn in_condition<'a>(condition: &'a ConditionPlan, found: Found<'a, '_>) {
    match condition {
        ConditionPlan::Compare(left, _, right) => {
            in_operand(left, found);
            in_operand(right, found);
        }
        ConditionPlan::IsNull(operand, _)
        | ConditionPlan::In(operand, ..)
        | ConditionPlan::Flag(operand) => in_operand(operand, found),
        ConditionPlan::Quantified(_, rows, inner) => {
            in_rows(rows, None, Some(inner), found);
            in_condition(inner, found);
        }
        ConditionPlan::All(parts) | ConditionPlan::Any(parts) => {
            parts.iter().for_each(|part| in_condition(part, found));
        }
        ConditionPlan::Not(inner) => in_condition(inner, found),
    }
}

/// Calls for everything that a value reads.
pub fn in_operand<'a>(operand: &'a OperandPlan, found: Found<'a, '_>) {
    match operand {
        OperandPlan::Attribute(..)
        | OperandPlan::Literal(..)
        | OperandPlan::Local(..)
        | OperandPlan::Now
        | OperandPlan::Today => {}
        OperandPlan::Sequence(_) => found(Read::Sequence),
        OperandPlan::Related(related) => path(related.variable, &related.steps, found),
        OperandPlan::Arithmetic(left, _, right, _) => {
            in_operand(left, found);
            in_operand(right, found);
        }
        OperandPlan::Negated(inner) | OperandPlan::Call(_, inner) => in_operand(inner, found),
        OperandPlan::Aggregate(_, rows, element, _) => {
            in_rows(rows, element.as_deref(), None, found);
            if let Some(element) = element {
                in_operand(element, found);
            }
        }
        OperandPlan::Choice(test, then, otherwise) => {
            in_condition(test, found);
            in_operand(then, found);
            in_operand(otherwise, found);
        }
        OperandPlan::Truth(inner) => in_condition(inner, found),
    }
}
