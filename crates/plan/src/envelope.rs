//! Envelopes of one row: `{"article": {…}}`.

use crate::{EntityPlan, Operation, OperationPlan, Plan, PyIdent};

/// The class of the envelope around rows of a class: `ArticleReadEnvelope`.
pub fn envelope(class: &PyIdent) -> PyIdent {
    PyIdent::known(format!("{class}Envelope"))
}

impl OperationPlan {
    /// Whether its answer is one row.
    pub fn answers_one_row(&self) -> bool {
        match self.operation {
            Operation::Get
            | Operation::Create
            | Operation::Update
            | Operation::Replace
            | Operation::Transition(_) => true,
            Operation::List | Operation::BulkCreate | Operation::Delete | Operation::History(_) => {
                false
            }
        }
    }

    /// Whether its body is one row.
    pub fn takes_row(&self) -> bool {
        matches!(self.operation, Operation::Create | Operation::Update | Operation::Replace)
    }
}

impl EntityPlan {
    /// The class of an answer with one row of a class: its envelope, where answers have one.
    pub fn answer_class(&self, class: PyIdent) -> PyIdent {
        if self.form.answer.is_some() { envelope(&class) } else { class }
    }

    /// The class of an answer with a whole row.
    pub fn whole_answer_class(&self) -> PyIdent {
        self.answer_class(self.read_class())
    }

    /// The class of a request with one row: `ArticleCreate`, or its envelope.
    pub fn body_class(&self, suffix: &str) -> PyIdent {
        let class = PyIdent::known(format!("{}{suffix}", self.stem));
        if self.form.body.is_some() { envelope(&class) } else { class }
    }
}

impl Plan {
    /// The classes of rows of an entity that stand in envelopes of answers, each once.
    pub fn enveloped_rows(&self, entity: usize) -> Vec<PyIdent> {
        let found = &self.entities[entity];
        if found.form.answer.is_none() {
            return Vec::new();
        }
        let mut flows = self.endpoints.iter().map(|endpoint| self.flows[endpoint.flow].returns);
        let whole = self.is_account(entity) || flows.any(|returned| returned == Some(entity));
        let offered = found.resource.iter().flat_map(|resource| &resource.operations);
        let mut classes: Vec<PyIdent> = whole.then(|| found.read_class()).into_iter().collect();
        for operation in offered.filter(|plan| plan.answers_one_row()) {
            let class = found.row_class(operation);
            if !classes.contains(&class) {
                classes.push(class);
            }
        }
        classes
    }

    /// The endings of the classes of rows of an entity that stand in envelopes of requests.
    pub fn enveloped_bodies(&self, entity: usize) -> Vec<&'static str> {
        let found = &self.entities[entity];
        if found.form.body.is_none() {
            return Vec::new();
        }
        let auth = self.app.auth.as_ref().filter(|auth| auth.user == entity);
        let offers = |operation| found.operation(operation).is_some();
        let bodies = [
            (
                "Create",
                offers(Operation::Create) || auth.is_some_and(|auth| auth.open_registration),
            ),
            ("Replace", offers(Operation::Replace)),
            ("Update", offers(Operation::Update) || (auth.is_some() && found.has_update)),
        ];
        bodies.into_iter().filter_map(|(suffix, taken)| taken.then_some(suffix)).collect()
    }

    /// Whether the row of some request stands in an envelope.
    pub fn has_enveloped_bodies(&self) -> bool {
        (0..self.entities.len()).any(|entity| !self.enveloped_bodies(entity).is_empty())
    }
}
