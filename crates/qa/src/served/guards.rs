//! Steps that try what a write must not do: more rows than one, what must be refused, and what must
//! stay as it is.

use serde_json::{Map, Value, json};
use stratapi_plan::{
    AuthPlan, ColumnName, EmbeddedPlan, EntityPlan, FieldPlan, Operation, Plan, Presence,
    PythonDefault, ReferencePlan, ResourcePlan, Set, ValueKind, WriteRulePlan,
};

use super::Purpose;
use super::attributes;
use super::body::{self, CHANGED, FIRST, LEAST, OTHER, REFUSED};
use super::walk::{Maker, More};

/// A moment that is not told in UTC, and the same moment in UTC.
const ZONED: (&str, &str) = ("2026-03-01T10:30:00+02:00", "2026-03-01T08:30:00Z");
const UNKNOWN: &str = "no_such_member";

/// What somebody sends who registers, and what no client may say of itself.
pub(super) fn registration(plan: &Plan, auth: &AuthPlan) -> Option<Value> {
    let user = &plan.entities[auth.user];
    let body = body::create(plan, user, CHANGED);
    let mut extra = kept(plan, user, |field| field.create == Presence::Absent, |_| false);
    extra.retain(|_, value| !value.to_string().contains('<'));
    auth.open_registration.then(|| {
        json!({
            "path": format!("{}/auth/register", plan.app.prefix),
            "invalid": plan.app.invalid_status,
            "login": user.fields[auth.login].wire,
            "secret": user.fields[auth.secret].wire,
            "body": body,
            "member": user.form.body,
            "extra": extra,
            "kept": attributes::kept_from_registration(user),
        })
    })
}

/// Members that clients may not write here, with values that would fit.
fn kept(
    plan: &Plan,
    entity: &EntityPlan,
    is_field: impl Fn(&FieldPlan) -> bool,
    is_reference: impl Fn(&stratapi_plan::ReferencePlan) -> bool,
) -> Map<String, Value> {
    let mut all = Map::from_iter([(UNKNOWN.to_owned(), json!(1))]);
    if entity.surrogate_key {
        all.insert("id".to_owned(), json!(body::NOBODY));
    }
    for field in entity.fields.iter().filter(|field| body::is_own(field) && is_field(field)) {
        all.insert(field.wire.clone(), body::own(entity, field, OTHER));
    }
    for reference in entity.references.iter().filter(|one| is_reference(one)) {
        for (position, wire) in reference.key_wires.iter().enumerate() {
            let key = body::key(&plan.entities[reference.target], position);
            all.insert(wire.clone(), Value::String(key));
        }
    }
    all
}

impl<'a> Maker<'_, 'a> {
    /// Creates a second row, with links, and one that has only what must be given.
    pub(super) fn more(&mut self, index: usize) {
        let Some((entity, resource, position)) = self.writes(index, Operation::Create) else {
            return;
        };
        let main = self.main();
        let request = ("POST", resource.collection_path.as_str());
        let mut body = body::create(self.plan, entity, OTHER);
        for link in entity.links.iter().filter(|link| link.writable) {
            let key = body::key(&self.plan.entities[link.target], 0);
            body.insert(link.ids_wire.clone(), json!([key]));
        }
        let contains = Some(body::repeated(entity, &body));
        let name = Some(body::second(entity.module.as_str()));
        let made = self.operation(position).status;
        let more = More { body: Some(body), contains, saves: true, name, ..More::default() };
        // Its values may clash with those of the first where they cannot be chosen freely.
        self.push(Purpose::Works, index, position, request, &main, vec![made, 409], more);
        let mut body = body::create(self.plan, entity, LEAST);
        leave_out(entity, &mut body, |field| &field.create, |embedded| &embedded.create);
        let contains = Some(self.defaults(entity, |field| &field.create));
        let name = Some(body::least(entity.module.as_str()));
        let what = "for what only has what must be given".to_owned();
        let more = More { body: Some(body), contains, saves: true, name, what, ..More::default() };
        // The row that it refers to may have no more than that either.
        let related = |rule: &&WriteRulePlan| rule.when.create && !rule.paths.is_empty();
        let refusals = entity.write_rules.iter().filter(related).map(|rule| rule.status);
        let expect = [made, 409].into_iter().chain(refusals).collect();
        self.push(Purpose::Guards, index, position, request, &main, expect, more);
    }

    /// Sends what must be refused or must change one thing only.
    pub(super) fn guards(&mut self, index: usize) {
        self.refused_creates(index);
        self.refused_bulk(index);
        self.refused_updates(index);
        self.forbidden(index);
        self.stale(index);
        self.careful_updates(index);
        self.breaches(index);
    }

    /// Replaces the row by what must be given: the others go back to their defaults.
    pub(super) fn reset(&mut self, index: usize) {
        let Some((entity, resource, position)) = self.writes(index, Operation::Replace) else {
            return;
        };
        let contains = self.defaults(entity, body::in_replacement);
        if contains.as_object().is_none_or(Map::is_empty) {
            return;
        }
        let mut body = body::replacement(self.plan, entity);
        leave_out(entity, &mut body, |field| &field.replace, |embedded| &embedded.replace);
        // Another row may have a default that no two rows may.
        let clashes = self.may_clash(entity, &body).then_some(409);
        let expect = std::iter::once(200).chain(clashes).collect();
        let what = "for what only has what must be given".to_owned();
        let contains = Some(contains);
        let more = More { body: Some(body), contains, saves: true, what, ..More::default() };
        let (main, request) = (self.main(), ("PUT", resource.item_path.as_str()));
        self.push(Purpose::Guards, index, position, request, &main, expect, more);
    }

    fn refused_creates(&mut self, index: usize) {
        let invalid = self.plan.app.invalid_status;
        let Some((entity, resource, position)) = self.writes(index, Operation::Create) else {
            return;
        };
        let path = resource.collection_path.as_str();
        let base = body::create(self.plan, entity, REFUSED);
        let absent = |field: &FieldPlan| field.create == Presence::Absent;
        let extra = kept(self.plan, entity, absent, |one| one.create == Presence::Absent);
        for (member, value) in extra {
            let body = with(&base, &member, value);
            let what = format!("for a body with `{member}`, which clients do not write");
            self.refused(index, position, ("POST", path), body, what, vec![invalid]);
        }
        for field in entity.fields.iter().filter(|field| base.contains_key(&field.wire)) {
            for value in &field.sample.invalid {
                let what = format!("where `{}` is {}", field.wire, short(value));
                let body = with(&base, &field.wire, value.clone());
                self.refused(index, position, ("POST", path), body, what, vec![invalid]);
            }
        }
        let first = body::create(self.plan, entity, FIRST);
        if self.repeats(entity, &first) {
            let what = "for values that another row has".to_owned();
            let (body, main) = (Some(first), self.main());
            let more = More { body, what, beside_first: true, ..More::default() };
            self.push(Purpose::Guards, index, position, ("POST", path), &main, vec![409], more);
        }
        for (member, members) in self.nowhere(entity) {
            let what = format!("where `{member}` refers to nothing");
            let mut body = base.clone();
            body.extend(members);
            self.refused(index, position, ("POST", path), body, what, vec![409, 403, 404]);
        }
    }

    /// Sends two rows of which the second must be refused.
    fn refused_bulk(&mut self, index: usize) {
        let Some((entity, resource, position)) = self.writes(index, Operation::BulkCreate) else {
            return;
        };
        let list = self.endpoint(index, Operation::List);
        if list.is_none_or(|list| self.main_may(index, list) != Some(true)) {
            return;
        }
        let one = body::create(self.plan, entity, REFUSED);
        let other = match self.nowhere(entity).into_iter().next() {
            _ if self.repeats(entity, &one) => one.clone(),
            Some((_, members)) => one.clone().into_iter().chain(members).collect(),
            None => return,
        };
        let body = Map::from_iter([("items".to_owned(), json!([one, other]))]);
        let asked = Some(self.asked(index, json!({"kind": "halves"})));
        let more = More { body: Some(body), list: asked, ..More::default() };
        let (main, request) = (self.main(), ("POST", resource.collection_path.as_str()));
        self.push(Purpose::Guards, index, position, request, &main, vec![200], more);
    }

    fn refused_updates(&mut self, index: usize) {
        let invalid = self.plan.app.invalid_status;
        let Some((entity, resource, position)) = self.writes(index, Operation::Update) else {
            return;
        };
        let path = resource.item_path.as_str();
        let extra = kept(self.plan, entity, |field| !field.update, |reference| !reference.update);
        for (member, value) in extra {
            let what = format!("for a change of `{member}`, which clients do not change");
            let body = with(&Map::new(), &member, value);
            self.refused(index, position, ("PATCH", path), body, what, vec![invalid]);
        }
        let fields = entity.fields.iter().filter(|field| body::is_own(field) && field.update);
        for field in fields {
            let null =
                (!field.ty.nullable && field.ty.kind != ValueKind::Json).then_some(&Value::Null);
            for value in field.sample.invalid.iter().chain(null) {
                let what = format!("where `{}` is {}", field.wire, short(value));
                let body = with(&Map::new(), &field.wire, value.clone());
                self.refused(index, position, ("PATCH", path), body, what, vec![invalid]);
            }
            if field.unique && numbered(field) && body::is_open(field) {
                let value = body::own(entity, field, FIRST);
                let what = format!("for a `{}` that another row has", field.wire);
                let body = Some(with(&Map::new(), &field.wire, value));
                let second = Some(entity.module.as_str().to_owned());
                let more = More { body, what, second, beside_first: true, ..More::default() };
                let main = self.main();
                let request = ("PATCH", path);
                self.push(Purpose::Guards, index, position, request, &main, vec![409], more);
            }
        }
    }

    /// Transitions that don't start from the state of a new row.
    fn forbidden(&mut self, index: usize) {
        for (at, transition) in self.plan.entities[index].transitions.iter().enumerate() {
            let operation = Operation::Transition(at);
            let Some((entity, _, position)) = self.writes(index, operation) else { continue };
            let machine = &entity.machines[transition.machine];
            if transition.from.contains(&machine.initial) {
                continue;
            }
            let state = &self.plan.enums[machine.states].members[machine.initial].value;
            let what = format!("in the state `{state}`, which forbids it");
            let more = More { what, ..More::default() };
            let (main, request) = (self.main(), self.request(position));
            self.push(Purpose::Guards, index, position, request, &main, vec![409], more);
        }
    }

    /// Writes that were made for a version that is gone.
    fn stale(&mut self, index: usize) {
        let transitions = self.plan.entities[index].transition_operations();
        for operation in [Operation::Update, Operation::Delete].into_iter().chain(transitions) {
            let Some((entity, _, position)) = self.writes(index, operation) else { continue };
            if !entity.optimistic_lock {
                continue;
            }
            let body = (operation == Operation::Update).then(Map::new);
            let headers = Map::from_iter([("If-Match".to_owned(), json!("\"stale\""))]);
            let what = "for a version that is gone".to_owned();
            let more = More { body, headers, what, ..More::default() };
            let (main, request) = (self.main(), self.request(position));
            self.push(Purpose::Guards, index, position, request, &main, vec![412], more);
        }
    }

    /// Changes one attribute: the others stay. A moment is the same moment in every zone.
    fn careful_updates(&mut self, index: usize) {
        let Some((entity, resource, position)) = self.writes(index, Operation::Update) else {
            return;
        };
        let main = self.main();
        let request = ("PATCH", resource.item_path.as_str());
        let exact = || entity.fields.iter().filter(|field| body::is_exact(field));
        let free = |field: &&FieldPlan| {
            body::is_open(field) && !field.checked && !body::may_repeat(entity, field)
        };
        if let Some(field) = exact().find(free) {
            let value = body::own(entity, field, CHANGED);
            let others = exact().filter(|other| other.wire != field.wire);
            let stays = |other: &FieldPlan| {
                let value = format!("<{}.{}>", entity.module, other.wire);
                (other.wire.clone(), Value::String(value))
            };
            let contains = others.map(stays).chain([(field.wire.clone(), value.clone())]);
            let contains = Some(Value::Object(contains.collect()));
            let body = Some(with(&Map::new(), &field.wire, value));
            let what = format!("for a change of `{}` alone", field.wire);
            let more = More { body, contains, saves: true, what, ..More::default() };
            self.push(Purpose::Guards, index, position, request, &main, vec![200], more);
        }
        let moments = exact().filter(free);
        let moments = moments.filter(|one| one.ty.kind == ValueKind::DateTime && !one.ty.list);
        for field in moments.take(1) {
            let body = Some(with(&Map::new(), &field.wire, json!(ZONED.0)));
            let contains = Some(json!({ &*field.wire: ZONED.1 }));
            let what = format!("where `{}` is told in another zone", field.wire);
            let more = More { body, contains, saves: true, what, ..More::default() };
            self.push(Purpose::Guards, index, position, request, &main, vec![200], more);
        }
    }

    fn refused(
        &mut self,
        index: usize,
        position: usize,
        request: (&str, &str),
        body: Map<String, Value>,
        what: String,
        expect: Vec<u16>,
    ) {
        let more = More { body: Some(body), what, ..More::default() };
        let main = self.main();
        self.push(Purpose::Guards, index, position, request, &main, expect, more);
    }

    /// An operation that the main account may do with the row of the walk for sure.
    pub(super) fn writes(
        &self,
        index: usize,
        operation: Operation,
    ) -> Option<(&'a EntityPlan, &'a ResourcePlan, usize)> {
        let (entity, resource) = self.offered(index)?;
        let position = self.endpoint(index, operation)?;
        let sure = self.main_may(index, position) == Some(true);
        (sure && self.exists(index) && !self.is_account(index))
            .then_some((entity, resource, position))
    }

    /// Whether a second row with this body clashes with the first.
    fn repeats(&self, entity: &EntityPlan, body: &Map<String, Value>) -> bool {
        let table = self.plan.table(entity);
        let whole = table.indexes.iter().filter(|one| one.unique && one.condition.is_none());
        let mut sets = table.unique_sets().chain(whole.map(|index| &index.columns));
        sets.any(|columns| clash(entity, columns, body, |_| true))
    }

    /// Whether another row with other values may clash with the first: what else no two rows may share
    /// is the same in both.
    pub(super) fn may_clash(&self, entity: &EntityPlan, body: &Map<String, Value>) -> bool {
        let mut sets = self.plan.table(entity).exclusive_sets();
        sets.any(|columns| clash(entity, columns, body, |field| body::may_repeat(entity, field)))
    }

    /// Members of a body by which it refers to a row that is not there, with what is wrong.
    fn nowhere(&self, entity: &EntityPlan) -> Vec<(String, Map<String, Value>)> {
        let references = entity.references.iter();
        let references = references
            .filter(|one| one.set == Set::Client && one.create != Presence::Absent)
            .filter_map(|one| {
                let target = &self.plan.entities[one.target];
                let key = |place| json!(body::key(target, place));
                let wires = one.key_wires.iter().enumerate();
                let mut members: Map<String, Value> =
                    wires.map(|(place, wire)| (wire.clone(), key(place))).collect();
                members.insert(one.key_wires[0].clone(), body::nobody(target)?);
                Some((one.key_wires[0].clone(), members))
            });
        let links = entity.links.iter().filter(|link| link.writable);
        let links = links.filter_map(|one| {
            let target = &self.plan.entities[one.target];
            let nobody = json!([body::nobody(target).filter(|_| target.key.len() == 1)?]);
            Some((one.ids_wire.clone(), Map::from_iter([(one.ids_wire.clone(), nobody)])))
        });
        references.chain(links).collect()
    }

    /// What attributes are that were left out, as far as it is shown exactly.
    fn defaults(&self, entity: &EntityPlan, presence: impl Fn(&FieldPlan) -> &Presence) -> Value {
        let fields = entity.fields.iter().filter(|field| body::is_exact(field));
        let fields = fields.filter(|field| !field.ty.list && !field.checked);
        let default = |field: &FieldPlan| match presence(field) {
            Presence::Optional(PythonDefault::Literal(text)) => {
                literal(self.plan, &field.ty.kind, text)
            }
            Presence::Optional(PythonDefault::None) if field.ty.nullable => Some(Value::Null),
            _ => None,
        };
        let members = fields.filter_map(|field| Some((field.wire.clone(), default(field)?)));
        Value::Object(members.collect())
    }
}

/// Whether another row with this body has the same values in all columns, where those of some attributes
/// are the same.
fn clash(
    entity: &EntityPlan,
    columns: &[ColumnName],
    body: &Map<String, Value>,
    repeats: impl Fn(&FieldPlan) -> bool,
) -> bool {
    let is_same = |column: &ColumnName| {
        if let Some(field) = entity.fields.iter().find(|field| field.column == *column) {
            let default = matches!(field.model_default, Some(PythonDefault::Literal(_)));
            return match body.get(&field.wire) {
                Some(value) => !value.is_null() && repeats(field),
                None => default,
            };
        }
        let mut references = entity.references.iter();
        match references.find(|reference| reference.columns.contains(column)) {
            Some(reference) => is_set(reference),
            None => ["is_active", "version"].contains(&column.as_str()),
        }
    };
    !columns.is_empty() && columns.iter().all(is_same)
}

/// Whether the rows of the walk refer to one: they leave out what may be left out, and nobody sets what is
/// the server's.
pub(super) fn is_set(reference: &ReferencePlan) -> bool {
    let set = matches!(reference.set, Set::CurrentUser | Set::Parent);
    set || (reference.set == Set::Client && reference.create == Presence::Required)
}

/// What an answer shows of a row after a transition.
pub(super) fn after(plan: &Plan, entity: &EntityPlan, position: usize) -> Value {
    let transition = &entity.transitions[position];
    let machine = &entity.machines[transition.machine];
    let state = &plan.enums[machine.states].members[transition.to].value;
    let mut shown = Map::from_iter([(entity.fields[machine.field].wire.clone(), json!(state))]);
    for (field, value) in &transition.set {
        let field = &entity.fields[*field];
        let value = match value {
            PythonDefault::None => Some(Value::Null),
            PythonDefault::Literal(text) if body::is_exact(field) && !field.ty.list => {
                literal(plan, &field.ty.kind, text)
            }
            _ => None,
        };
        shown.extend(value.filter(|_| field.is_shown()).map(|value| (field.wire.clone(), value)));
    }
    Value::Object(shown)
}

/// A literal as an answer shows it, where that is the same text.
fn literal(plan: &Plan, kind: &ValueKind, text: &str) -> Option<Value> {
    match kind {
        ValueKind::Line { .. } | ValueKind::Text { .. } => Some(json!(text)),
        ValueKind::Int { .. } => text.parse::<i64>().ok().map(Value::from),
        ValueKind::Bool => Some(json!(text == "true")),
        ValueKind::Enum(index) => {
            let member = plan.enums[*index].members.get(text.parse::<usize>().ok()?)?;
            Some(json!(member.value))
        }
        _ => None,
    }
}

/// Leaves out of a body what may be left out, unless a check speaks of it.
pub(super) fn leave_out(
    entity: &EntityPlan,
    body: &mut Map<String, Value>,
    of_field: impl Fn(&FieldPlan) -> &Presence,
    of_embedded: impl Fn(&EmbeddedPlan) -> &Presence,
) {
    for field in entity.fields.iter().filter(|field| body::is_own(field) && !field.checked) {
        if matches!(of_field(field), Presence::Optional(_)) {
            body.remove(&field.wire);
        }
    }
    for embedded in &entity.embedded {
        let checked = embedded.fields.iter().any(|field| entity.fields[*field].checked);
        if !checked && *of_embedded(embedded) != Presence::Required {
            body.remove(&embedded.wire);
        }
    }
}

/// Whether the values of an attribute differ from row to row.
fn numbered(field: &FieldPlan) -> bool {
    field.sample.value.as_str().is_some_and(|text| text.contains("{n}"))
}

fn with(body: &Map<String, Value>, member: &str, value: Value) -> Map<String, Value> {
    let mut body = body.clone();
    body.insert(member.to_owned(), value);
    body
}

/// A value in a message.
fn short(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(40) {
        Some((end, _)) => format!("`{}…`", &text[..end]),
        None => format!("`{text}`"),
    }
}
