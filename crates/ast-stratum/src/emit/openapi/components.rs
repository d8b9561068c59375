//! Component schemas.

use std::collections::BTreeMap;

use stratapi_plan::{
    EntityPlan, FilterPlan, HistoryPlan, ListForm, Operation, PagePart, Pagination, Place, Plan,
    PyIdent, ValueKind, ValueType, envelope,
};

use super::super::flows::{JOB_DOC, JOB_READ};
use super::super::layer::envelope::ITEM;
use super::{Component, Part, Printed};
use crate::json::{Json, Members, json};
use crate::python::documented;
use crate::schemas::published::{Published, input, object, output, reference};
use crate::schemas::{self, docs, offers};

/// Those of one entity.
pub(super) fn of_entity(plan: &Plan, entity: usize) -> Vec<Component> {
    let mut all = Members::default();
    entity_schemas(plan, &plan.entities[entity], &mut all);
    envelopes(plan, entity, &mut all);
    printed(&all)
}

/// Those that belong to no entity.
pub(super) fn shared(plan: &Plan) -> Vec<Component> {
    let mut all: Members = Members::default();
    for value in &plan.values {
        let written = schemas::parts(&value.parts);
        let read = schemas::read_parts(&value.parts);
        let class = value.class.as_str();
        let inputs = written.iter().map(|part| input(plan, part)).collect();
        let outputs = read.iter().map(|part| output(plan, part)).collect();
        all.insert(class.to_owned(), object(class, docs::value(value), true, inputs));
        let class = format!("{class}Read");
        all.insert(class.clone(), object(&class, docs::value(value), false, outputs));
    }
    // What stands in a query is published as its parameters.
    for (flow, body) in plan.flows.iter().filter_map(|flow| Some((flow, flow.body.as_ref()?))) {
        let members = schemas::parts(flow.values_in(&Place::Body).map(|(_, part)| part));
        let class = body.class.as_str();
        let members = members.iter().map(|member| input(plan, member)).collect();
        all.insert(class.to_owned(), object(class, &body.doc, true, members));
    }
    if plan.answers_with_jobs() {
        let schema = json!({"type": "string", "format": "uuid", "title": "Id"});
        let id = Published { name: "id".to_owned(), schema, required: true };
        all.insert(JOB_READ.to_owned(), object(JOB_READ, JOB_DOC, false, vec![id]));
    }
    for declared in &plan.enums {
        let values: Vec<&str> = declared.members.iter().map(|it| it.value.as_str()).collect();
        let schema = enumeration(declared.class.as_str(), &declared.doc, &values);
        all.insert(declared.class.to_string(), schema);
    }
    for (entity, view) in plan.shown_views() {
        let members = schemas::view(plan, entity, view);
        let shown = members.iter().map(|member| output(plan, member)).collect();
        let class = view.class.as_str();
        all.insert(class.to_owned(), object(class, &view.doc, false, shown));
    }
    all.insert("Json".to_owned(), json());
    all.extend(super::sign_in::schemas(plan));
    printed(&all)
}

fn printed(schemas: &Members) -> Vec<Component> {
    let component = |(name, schema): (&str, &Json)| Component {
        name: name.to_owned(),
        part: Part::of(schema, 6),
    };
    schemas.iter().map(component).collect()
}

fn entity_schemas(plan: &Plan, entity: &EntityPlan, all: &mut Members) {
    let mut add = |suffix: &str, doc: &str, closed: bool, members: Vec<Published>| {
        let class = format!("{}{suffix}", entity.stem);
        all.insert(class.clone(), object(&class, doc, closed, members));
    };
    let base = schemas::base(plan, entity);
    let written = |all: Vec<schemas::Member<'_>>| -> Vec<Published> {
        // Inherited members come first.
        let own = schemas::own(all, &base);
        base.iter().chain(&own).map(|member| input(plan, member)).collect()
    };
    add("Create", &docs::create(entity), true, written(schemas::create(plan, entity)));
    add("Replace", &docs::replace(entity), true, written(schemas::replace(plan, entity)));
    let update = schemas::update(plan, entity);
    let clears = update.iter().any(|member| member.nullable);
    let changed = update.iter().map(|member| input(plan, member)).collect();
    add("Update", &docs::update(entity, clears), true, changed);
    let read = schemas::read(plan, entity);
    let shown = read.iter().map(|member| output(plan, member)).collect();
    add("Read", docs::read(entity), false, shown);
    let class = |suffix: &str| format!("{}{suffix}", entity.stem);
    let Some(resource) = &entity.resource else { return };
    for (history, _) in entity.offered_histories() {
        history_schemas(plan, history, entity, all);
    }
    let mut add = |suffix: &str, doc: &str, closed: bool, members: Vec<Published>| {
        let class = class(suffix);
        all.insert(class.clone(), object(&class, doc, closed, members));
    };
    if offers(entity, Operation::BulkCreate) {
        let items = json!({
            "type": "array",
            "items": reference(&class("Create")),
            "minItems": 1,
            "maxItems": 100,
            "title": "Items",
        });
        add("BulkCreate", &docs::bulk_create(entity), true, vec![member("items", items)]);
        let result = vec![member("items", list_of(&class("Read")))];
        add("BulkResult", &docs::bulk_result(entity), false, result);
    }
    let listed = entity.operation(Operation::List).map(|plan| entity.row_class(plan));
    let listed = listed.unwrap_or_else(|| entity.read_class());
    add("Page", &docs::page(entity), false, page(&resource.lists, listed.as_str()));
    let orders: Vec<String> = resource
        .sorts
        .iter()
        .flat_map(|sort| [sort.wire.clone(), format!("-{}", sort.wire)])
        .collect();
    let orders: Vec<&str> = orders.iter().map(String::as_str).collect();
    let sort = enumeration(&class("Sort"), &docs::sort(entity), &orders);
    all.insert(class("Sort"), sort);
}

/// Those of requests and answers with one row.
fn envelopes(plan: &Plan, index: usize, all: &mut Members) {
    let entity = &plan.entities[index];
    let mut add = |class: &PyIdent, doc: &str, wire: &Option<String>, row: &str, closed: bool| {
        let item = member(wire.as_deref().unwrap_or(ITEM), reference(row));
        all.insert(class.to_string(), object(class.as_str(), doc, closed, vec![item]));
    };
    for suffix in plan.enveloped_bodies(index) {
        let (class, row) = (entity.body_class(suffix), format!("{}{suffix}", entity.stem));
        add(&class, &docs::request(entity, suffix), &entity.form.body, &row, true);
    }
    for row in plan.enveloped_rows(index) {
        add(&envelope(&row), &docs::answer(entity), &entity.form.answer, row.as_str(), false);
    }
}

/// Those of a history of states.
fn history_schemas(plan: &Plan, history: &HistoryPlan, entity: &EntityPlan, all: &mut Members) {
    let members = history.members.iter().map(schemas::record_member);
    let shown = members.map(|member| output(plan, &member)).collect();
    let read = format!("{}Read", history.class);
    all.insert(read.clone(), object(&read, &docs::change(history, entity), false, shown));
    let page = format!("{}Page", history.class);
    let members = self::page(&plan.app.lists.of(Pagination::Offset), &read);
    all.insert(page.clone(), object(&page, &docs::changes(history, entity), false, members));
}

/// The members of a page of rows.
fn page(lists: &ListForm, row: &str) -> Vec<Published> {
    let told = |(part, wire): &(PagePart, String)| {
        let mut schema = match part {
            PagePart::Rows => json!({"type": "array", "items": reference(row)}),
            PagePart::Count | PagePart::Limit | PagePart::Offset | PagePart::Page => {
                json!({"type": "integer"})
            }
            PagePart::Next => json!({"anyOf": [{"type": "string"}, {"type": "null"}]}),
        };
        schema["title"] = json!(crate::schemas::published::title(wire));
        member(wire, schema)
    };
    lists.members().iter().map(told).collect()
}

fn list_of(class: &str) -> Json {
    json!({"type": "array", "items": reference(class), "title": "Items"})
}

/// A member that is always there.
pub(super) fn member(name: &str, schema: Json) -> Published {
    Published { name: name.to_owned(), schema, required: true }
}

fn enumeration(class: &str, doc: &str, values: &[&str]) -> Json {
    json!({"title": class, "description": documented(doc), "type": "string", "enum": values})
}

fn json() -> Json {
    let any = || reference("Json");
    let text = r"^[^\x00]*$";
    json!({
        "anyOf": [
            {"type": ["null", "boolean", "number"]},
            {"type": "string", "pattern": text},
            {"type": "array", "items": any()},
            {"type": "object", "propertyNames": {"pattern": text}, "additionalProperties": any()},
        ],
    })
}

/// FastAPI publishes what some operation refers to, in ascending order of the names.
pub(super) fn reachable(operations: &[Printed], all: Vec<Component>) -> Vec<Component> {
    let mut all: BTreeMap<String, Component> =
        all.into_iter().map(|component| (component.name.clone(), component)).collect();
    let mut waiting = ["Problem", "ProblemError"].map(str::to_owned).to_vec();
    waiting.extend(operations.iter().flat_map(|operation| &operation.part.refers).cloned());
    let mut used: BTreeMap<String, Component> = BTreeMap::new();
    while let Some(name) = waiting.pop() {
        if let Some(component) = all.remove(&name) {
            waiting.extend(component.part.refers.iter().cloned());
            used.insert(name, component);
        }
    }
    used.into_values().collect()
}

/// The components that a value refers to.
pub(super) fn references(value: &Json, found: &mut Vec<String>) {
    match value {
        Json::Object(members) => {
            for (key, member) in members.iter() {
                match member.as_str().filter(|_| key == "$ref") {
                    Some(path) => found.extend(path.rsplit('/').next().map(str::to_owned)),
                    None => references(member, found),
                }
            }
        }
        Json::Array(items) => items.iter().for_each(|item| references(item, found)),
        _ => {}
    }
}

/// Whether a type is published as a reference to a component.
pub(super) fn is_component(ty: &ValueType) -> bool {
    matches!(ty.kind, ValueKind::Enum(_) | ValueKind::Json)
}

/// The schema of a query parameter.
pub(super) fn filter(plan: &Plan, filter: &FilterPlan) -> Json {
    let ty = ValueType { nullable: false, ..filter.ty.clone() };
    let mut schema = crate::types::input_schema(plan, &ty);
    if !is_component(&ty) {
        schema["title"] = json!(crate::schemas::published::title(&filter.wire));
    }
    schema
}
