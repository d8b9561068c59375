//! The rows of a rehearsal: those that a test makes, and what is known of them.

use serde_json::Value;
use stratapi_plan::{FieldPlan, FieldSource, Plan, PyIdent, PythonDefault, Step, unnumbered};

use super::super::factories::says_checked;
use super::super::testing::varies;
use super::value::Known;

/// Where a reference leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    /// To this row.
    Row(usize),
    /// To a row of which nothing was said, yet.
    Fresh,
    /// Nowhere.
    Nowhere,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) entity: usize,
    /// By field.
    pub(super) values: Vec<Known>,
    /// By reference.
    pub(super) targets: Vec<Target>,
    pub(super) gone: bool,
    /// Whether the flow has made it.
    pub(super) created: bool,
}

/// All rows, and what was read of them on the way.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct World {
    pub(super) rows: Vec<Row>,
    /// The events that the flow has emitted, with their members.
    pub(super) told: Vec<(usize, Vec<Known>)>,
    /// The changes of states that the flow has made.
    pub(super) changes: Vec<Change>,
    /// The flows that are to be done later.
    pub(super) later: Vec<usize>,
}

/// A change of the state of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Change {
    pub(super) row: usize,
    /// Index in `EntityPlan::transitions`.
    pub(super) transition: usize,
    /// The state before.
    pub(super) from: String,
}

impl World {
    /// A row as a factory makes it where nothing is said of it.
    pub(super) fn fresh(mut self, plan: &Plan, entity: usize) -> Row {
        let row = self.add(plan, entity);
        self.rows.swap_remove(row)
    }

    /// Adds a row as a factory makes it where nothing is said of it.
    pub(super) fn add(&mut self, plan: &Plan, entity: usize) -> usize {
        let declared = &plan.entities[entity];
        let values = declared.fields.iter().map(|field| made(plan, field));
        let targets = declared
            .references
            .iter()
            .map(|reference| if reference.nullable { Target::Nowhere } else { Target::Fresh });
        let (values, targets) = (values.collect(), targets.collect());
        self.rows.push(Row { entity, values, targets, gone: false, created: false });
        self.rows.len() - 1
    }

    /// Says what a field of a row is.
    pub(super) fn say(&mut self, plan: &Plan, row: usize, field: usize, value: &Value) {
        let ty = &plan.entities[self.rows[row].entity].fields[field].ty;
        self.rows[row].values[field] = Known::of_json(ty, value);
    }

    /// The row that a reference leads to; where nothing was said of it, it is made now.
    fn follow(&mut self, plan: &Plan, row: usize, step: &Step) -> Option<usize> {
        match self.rows[row].targets[step.reference] {
            Target::Row(target) => Some(target),
            Target::Nowhere => None,
            Target::Fresh => {
                let target = plan.entities[step.entity].references[step.reference].target;
                let made = self.add(plan, target);
                self.rows[row].targets[step.reference] = Target::Row(made);
                Some(made)
            }
        }
    }

    /// The row at the end of a path.
    pub(super) fn walk(&mut self, plan: &Plan, start: usize, steps: &[Step]) -> Option<usize> {
        steps.iter().try_fold(start, |row, step| self.follow(plan, row, step))
    }

    /// The value of an attribute: of a field, a key, or a column of the base model.
    pub(super) fn value(&mut self, plan: &Plan, row: usize, attribute: &PyIdent) -> Known {
        let entity = &plan.entities[self.rows[row].entity];
        if let [key] = entity.key.as_slice()
            && key.attribute == *attribute
        {
            return Known::Key(row);
        }
        let field = entity.fields.iter().position(|it| it.model_attribute == *attribute);
        if let Some(field) = field {
            return self.rows[row].values[field].clone();
        }
        for (position, reference) in entity.references.iter().enumerate() {
            if reference.key_attributes.first() != Some(attribute) {
                continue;
            }
            let step = Step {
                entity: self.rows[row].entity,
                reference: position,
                attribute: reference.attribute.clone(),
                key_attribute: attribute.clone(),
                nullable: reference.nullable,
            };
            return self.follow(plan, row, &step).map_or(Known::Null, Known::Key);
        }
        if attribute.as_str() == "is_active" { Known::Bool(true) } else { Known::Something }
    }

    /// The rows whose reference leads to a row.
    pub(super) fn referring(&self, entity: usize, reference: usize, to: usize) -> Vec<usize> {
        let rows = self.rows.iter().enumerate().filter(|(_, row)| {
            row.entity == entity && !row.gone && row.targets[reference] == Target::Row(to)
        });
        rows.map(|(position, _)| position).collect()
    }
}

/// What a factory makes of a field where nothing is said of it.
fn made(plan: &Plan, field: &FieldPlan) -> Known {
    if field.source != FieldSource::Attribute {
        return Known::Something;
    }
    let default = default(plan, field);
    let differs = field.model_default.is_some() && varies(plan, field);
    let filled = field.ty.nullable || field.model_default.is_some();
    if filled && !differs && !says_checked(field) {
        return default;
    }
    if field.distinct {
        return Known::Something;
    }
    Known::of_json(&field.ty, &unnumbered(&field.sample.value))
}

/// What the model makes of a field where nothing is said of it.
pub(super) fn default(plan: &Plan, field: &FieldPlan) -> Known {
    match &field.model_default {
        Some(PythonDefault::Literal(text)) => Known::of_literal(plan, &field.ty, text),
        Some(PythonDefault::None) | None if field.ty.nullable => Known::Null,
        _ => Known::Something,
    }
}
