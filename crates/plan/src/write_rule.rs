//! Rules that a repository holds writes to.

use serde_json::Value;
use stratapi_diagnostics::Span;

use crate::{ConditionPlan, EntityPlan, FieldPlan, Presence, Step, Writes};

/// An invariant that is looked at after some writes of a row. No constraint of the database says as
/// much: it speaks of other rows, or of some writes only.
#[derive(Debug, Clone)]
pub struct WriteRulePlan {
    /// The code of the problem: `only_on_published_posts`.
    pub name: String,
    /// What a client is told.
    pub message: String,
    /// Status of the answer: 400, 409 or 422.
    pub status: u16,
    /// The writes that are looked at.
    pub when: Writes,
    /// What must hold; it tests what may be null before it compares it.
    pub condition: ConditionPlan,
    /// The related rows that it speaks of, by the path to them, each after those on the way to it.
    pub paths: Vec<Vec<Step>>,
    /// For tests: how it is broken, if that is known.
    pub broken_by: Option<BreachPlan>,
    /// Declaration in the IR.
    pub span: Span,
}

/// What a write does to its row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Write {
    /// It is made.
    Create,
    /// It is changed.
    Update,
    /// It is deleted.
    Delete,
}

impl WriteRulePlan {
    /// Where bodies hold what it speaks of, as JSON pointers; `entity` is whose rule it is. A deletion
    /// has no body.
    pub fn pointers(&self, entity: &EntityPlan) -> Vec<String> {
        let mut all: Vec<String> = Vec::new();
        if !self.when.create && !self.when.update {
            return all;
        }
        let written = |create: &Presence, update: bool| *create != Presence::Absent || update;
        self.condition.attributes(&mut |attribute| {
            let field = entity.fields.iter().find(|field| field.model_attribute == *attribute);
            let field = field.filter(|field| written(&field.create, field.update));
            let reference = entity.references.iter().find_map(|reference| {
                let place = reference.key_attributes.iter().position(|key| key == attribute)?;
                written(&reference.create, reference.update)
                    .then(|| format!("/{}", reference.key_wires[place]))
            });
            let pointer = field.map(FieldPlan::pointer).or(reference);
            all.extend(pointer.filter(|pointer| !all.contains(pointer)));
        });
        all
    }
}

/// How a row of the tests breaks a rule.
#[derive(Debug, Clone)]
pub enum BreachPlan {
    /// By values of its own, by field.
    Own(Vec<(usize, Value)>),
    /// By what it refers to.
    Referred {
        /// Index in `EntityPlan::references`.
        reference: usize,
        /// Values of the row that it refers to, by field.
        values: Vec<(usize, Value)>,
        /// Whether a row is like that that a client has made, and nobody has changed since.
        fresh: bool,
    },
}

/// How clients come to a row that is wanted.
#[derive(Debug, Clone, Default)]
pub struct WayPlan {
    /// Values that they make it with, by field; the others are the samples.
    pub sent: Vec<(usize, Value)>,
    /// The transitions (indexes in `EntityPlan::transitions`) that they ask for then.
    pub walk: Vec<usize>,
}

/// What a row must be like that rows of the tests refer to, for the write rules to hold.
#[derive(Debug, Clone)]
pub struct WantedPlan {
    /// Index in `EntityPlan::references`.
    pub reference: usize,
    /// Values that a row of the tests would not have by itself, by field.
    pub values: Vec<(usize, Value)>,
    /// How clients come to such a row, if there is a way.
    pub way: Option<WayPlan>,
}
