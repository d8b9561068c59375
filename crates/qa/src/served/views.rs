//! Answers that show a view of a row: the walk reads them in the names that rows have elsewhere, and
//! expects only what the view shows.

use serde_json::{Map, Value, json};
use stratapi_plan::{
    EntityPlan, ListForm, Operation, OperationPlan, Pagination, ProblemForm, ProblemPart, ViewPlan,
};

use super::walk::{Maker, More};

impl Maker<'_, '_> {
    /// What stands around the rows of an endpoint that lists some: the names of its members by what the
    /// walk calls them, none where the rows stand alone.
    pub(super) fn form(&self, endpoint: usize) -> Option<Value> {
        // Behind these are the endpoints that start flows.
        let endpoint = self.endpoints.get(endpoint)?;
        match endpoint.operation.operation {
            Operation::List => {
                let resource = self.plan.entities[endpoint.entity].resource.as_ref()?;
                Some(form(&resource.lists))
            }
            Operation::History(_) => Some(form(&self.plan.app.lists.of(Pagination::Offset))),
            _ => None,
        }
    }

    /// The only member of the answer of an endpoint that tells one row, if the row has an envelope.
    pub(super) fn envelope(&self, endpoint: usize) -> Option<&str> {
        let endpoint = self.endpoints.get(endpoint)?;
        let form = &self.plan.entities[endpoint.entity].form;
        form.answer.as_deref().filter(|_| endpoint.operation.answers_one_row())
    }

    /// What is expected of a problem with this code, if problems tell it.
    pub(super) fn coded(&self, code: &str) -> Option<Value> {
        self.plan.app.problem.shows(ProblemPart::Code).then(|| json!({"code": code}))
    }

    /// A body as its endpoint takes it: a row may have an envelope.
    pub(super) fn enveloped(&self, endpoint: usize, body: &Value) -> Value {
        let endpoint = self.endpoints.get(endpoint).filter(|it| it.operation.takes_row());
        let member = endpoint.and_then(|it| self.plan.entities[it.entity].form.body.as_ref());
        match member.filter(|_| !body.is_null()) {
            Some(member) => json!({member: body}),
            None => body.clone(),
        }
    }

    /// What is expected of an answer, as far as the endpoint shows it.
    pub(super) fn as_seen(&self, endpoint: usize, mut more: More) -> More {
        let endpoint = &self.endpoints[endpoint];
        let entity = &self.plan.entities[endpoint.entity];
        let operation = endpoint.operation;
        let Some(view) = entity.view(operation) else { return more };
        let shown = |wire: &String| entity.shown_as(operation, wire).is_some();
        if let Some(Value::Object(members)) = &mut more.contains {
            members.retain(|wire, _| shown(wire));
        }
        // A row is known by the whole of its key.
        more.hides = more.hides.filter(|_| shows_key(entity, operation));
        more.names = Some(names(operation, view));
        more
    }

    /// The names of what a single read of the row shows that an operation with a view makes.
    pub(super) fn names_in_read(&self, endpoint: usize) -> Option<Value> {
        let endpoint = self.endpoints.get(endpoint)?;
        let entity = &self.plan.entities[endpoint.entity];
        let get = entity.operation(Operation::Get)?;
        entity.view(get).map(|view| names(get, view))
    }
}

/// What is answered to a request that fails: its members by what they hold, and which are always there.
pub(super) fn problem(form: &ProblemForm) -> Value {
    let members = form.members.iter().map(|(part, wire)| (wire.clone(), Value::from(part.key())));
    let fixed = form.members.iter().filter(|(part, _)| form.always_tells(*part));
    json!({
        "media_type": form.media_type,
        "one": form.one,
        "members": members.collect::<Map<String, Value>>(),
        "required": fixed.map(|(_, wire)| wire).collect::<Vec<_>>(),
    })
}

/// The names of what a view shows, by those of rows.
fn names(operation: &OperationPlan, view: &ViewPlan) -> Value {
    let names = view.own_wires().map(|(read, here)| (here.to_owned(), Value::from(read)));
    let members: Map<String, Value> = names.collect();
    json!({"paged": operation.operation == Operation::List, "members": members})
}

/// What stands around the rows of an operation that lists some, by what the walk calls it.
fn form(lists: &ListForm) -> Value {
    lists.members().iter().map(|(part, wire)| (part.name(), Value::from(&**wire))).collect()
}

/// Whether an operation shows by which key a row is known.
pub(super) fn shows_key(entity: &EntityPlan, operation: &OperationPlan) -> bool {
    let mut parts = entity.key.iter().map(|part| entity.key_wire(part));
    parts.all(|wire| entity.shown_as(operation, wire).is_some())
}
