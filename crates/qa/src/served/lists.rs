//! Steps that ask a list for what it offers: the rows of the walk are there, each filter leaves
//! those that fit, each order orders, the search finds, pages hold every row once, and rows of
//! another parent are not shown.

use serde_json::{Map, Value, json};
use stratapi_diagnostics::Span;
use stratapi_plan::{
    EntityPlan, FilterOperator, FilterPlan, FilterTarget, Operation, Pagination, Plan, PyIdent,
    ResourcePlan, ValueKind, ValueType,
};

use super::Purpose;
use super::body::{self, FIRST, OTHER};
use super::views::shows_key;
use super::walk::{Maker, More};

/// Attributes that every entity may have beside its own.
const BASE: [&str; 4] = ["created_at", "updated_at", "is_active", "version"];

impl<'a> Maker<'_, 'a> {
    /// Asks the list of an entity for all that it offers, as the main account.
    pub(super) fn lists(&mut self, index: usize) {
        let Some((entity, resource)) = self.offered(index) else { return };
        let Some(position) = self.endpoint(index, Operation::List) else { return };
        if !self.exists(index) || self.main_may(index, position) != Some(true) {
            return;
        }
        let cursor = resource.pagination == Pagination::Cursor;
        self.ask(index, position, None, json!({"kind": "pages", "cursor": cursor}));
        for filter in &resource.filters {
            if let Some(asked) = self.filter(entity, filter) {
                self.ask(index, position, span(entity, &filter.target), asked);
            }
        }
        for (place, sort) in resource.sorts.iter().enumerate() {
            let found = member(self.plan, entity, &sort.attribute).zip(kind(&sort.ty));
            let Some((member, kind)) = found else { continue };
            let span = field_span(entity, &sort.attribute);
            let asked =
                json!({"kind": "sort", "parameter": sort.wire, "member": member, "type": kind});
            self.ask(index, position, span, asked);
            if resource.default_sort.0 == place {
                let sign = if resource.default_sort.1 { "-" } else { "" };
                let usual = json!({
                    "kind": "sort", "parameter": "", "sign": sign, "member": member, "type": kind,
                });
                self.ask(index, position, span, usual);
            }
        }
        let members: Option<Vec<String>> =
            resource.search.iter().map(|attribute| member(self.plan, entity, attribute)).collect();
        if let Some(members) = members.filter(|members| !members.is_empty()) {
            self.ask(index, position, None, json!({"kind": "search", "members": members}));
        }
        self.strangers(index, position);
    }

    /// Asks for the rows of another parent, and for the row of the walk as if it were theirs.
    fn strangers(&mut self, index: usize, list: usize) {
        let Some((entity, resource)) = self.offered(index) else { return };
        if !shows_key(entity, self.operation(list)) {
            return;
        }
        let Some(parent) = resource.parent.as_ref().filter(|parent| parent.entity != index) else {
            return;
        };
        let second = self.plan.entities[parent.entity].module.as_str().to_owned();
        let main = self.main();
        let asked = Some(self.asked(index, json!({"kind": "strangers"})));
        let more = More { list: asked, second: Some(second.clone()), ..More::default() };
        let request = ("GET", resource.collection_path.as_str());
        self.push(Purpose::Lists, index, list, request, &main, vec![200], more);
        // A change that says nothing finds the row too; nothing is deleted unless that is wrong.
        for operation in [Operation::Get, Operation::Update, Operation::Delete] {
            let position = self.endpoint(index, operation);
            let sure = |position: &usize| self.main_may(index, *position) == Some(true);
            let Some(position) = position.filter(sure) else { continue };
            let what = "for a row of another parent".to_owned();
            let body = (operation == Operation::Update).then(Map::new);
            let more = More { second: Some(second), what, body, ..More::default() };
            let request = self.request(position);
            self.push(Purpose::Lists, index, position, request, &main, vec![404], more);
            break;
        }
    }

    fn ask(&mut self, index: usize, position: usize, span: Option<Span>, asked: Value) {
        let Some((_, resource)) = self.offered(index) else { return };
        let more = More { list: Some(self.asked(index, asked)), span, ..More::default() };
        let main = self.main();
        let request = ("GET", resource.collection_path.as_str());
        self.push(Purpose::Lists, index, position, request, &main, vec![200], more);
    }

    /// What is asked of a list, with what is known of its rows.
    pub(super) fn asked(&self, index: usize, mut asked: Value) -> Value {
        let entity = &self.plan.entities[index];
        let most =
            entity.resource.as_ref().map_or(1, |resource: &ResourcePlan| resource.max_page_size);
        let list = entity.operation(Operation::List);
        let known = list.is_none_or(|list| shows_key(entity, list));
        asked["rows"] = if known { json!(rows(entity)) } else { json!([]) };
        asked["key"] =
            json!(entity.key.iter().map(|part| entity.key_wire(part)).collect::<Vec<_>>());
        asked["most"] = json!(most);
        let pagination = entity.resource.as_ref().map(|resource| resource.pagination);
        asked["numbered"] = json!(pagination == Some(Pagination::Page));
        let form = self.endpoint(index, Operation::List).and_then(|list| self.form(list));
        asked["form"] = json!(form);
        asked
    }

    fn filter(&self, entity: &'a EntityPlan, filter: &FilterPlan) -> Option<Value> {
        let target = |index: usize| &self.plan.entities[index];
        let (owner, attribute, member, via) = match &filter.target {
            FilterTarget::Attribute(attribute) | FilterTarget::Reference(attribute) => {
                (entity, Some(attribute), member(self.plan, entity, attribute)?, Value::Null)
            }
            FilterTarget::Link(link) => {
                (entity, None, entity.links[*link].ids_wire.clone(), Value::Null)
            }
            FilterTarget::ThroughReference(reference, attribute) => {
                let reference = &entity.references[*reference];
                let [wire] = reference.key_wires.as_slice() else { return None };
                let other = target(reference.target);
                (other, Some(attribute), member(self.plan, other, attribute)?, via(other, wire))
            }
            FilterTarget::ThroughLink(link, attribute) => {
                let link = &entity.links[*link];
                let other = target(link.target);
                (
                    other,
                    Some(attribute),
                    member(self.plan, other, attribute)?,
                    via(other, &link.ids_wire),
                )
            }
        };
        Some(json!({
            "kind": "filter",
            "parameter": filter.wire,
            "operator": match filter.operator {
                FilterOperator::Equal => "equal",
                FilterOperator::AtLeast => "at least",
                FilterOperator::AtMost => "at most",
                FilterOperator::Before => "before",
            },
            "type": kind(&filter.ty)?,
            "member": member,
            "via": via,
            "others": others(self.plan, owner, attribute, &filter.ty),
        }))
    }
}

/// Where a row shows what a filter compares behind a reference.
fn via(target: &EntityPlan, wire: &str) -> Value {
    let key = target.key.first().map(|part| target.key_wire(part));
    json!({"wire": wire, "rows": rows(target), "key": key})
}

/// Names of the rows of the walk.
fn rows(entity: &EntityPlan) -> [String; 2] {
    [entity.module.as_str().to_owned(), body::second(entity.module.as_str())]
}

/// The member of answers that shows an attribute of the model.
fn member(plan: &Plan, entity: &EntityPlan, attribute: &PyIdent) -> Option<String> {
    if let Some(field) = entity.fields.iter().find(|field| field.model_attribute == *attribute) {
        return (field.is_shown() && body::is_own(field)).then(|| field.wire.clone());
    }
    if let Some(computed) = entity.computed.iter().find(|it| it.attribute == *attribute) {
        return Some(computed.wire.clone());
    }
    if let Some(part) = entity.key.iter().find(|part| part.attribute == *attribute) {
        return Some(entity.key_wire(part).to_owned());
    }
    for reference in &entity.references {
        if let Some(place) = reference.key_attributes.iter().position(|one| one == attribute) {
            return Some(reference.key_wires[place].clone());
        }
    }
    BASE.contains(&attribute.as_str()).then(|| plan.app.wire(attribute.as_str()).into_owned())
}

fn span(entity: &EntityPlan, target: &FilterTarget) -> Option<Span> {
    match target {
        FilterTarget::Attribute(attribute) => field_span(entity, attribute),
        FilterTarget::Reference(attribute) => {
            let holds = |one: &&PyIdent| *one == attribute;
            let mut all = entity.references.iter();
            all.find(|one| one.key_attributes.iter().any(|one| holds(&one))).map(|one| one.span)
        }
        FilterTarget::ThroughReference(reference, _) => Some(entity.references[*reference].span),
        FilterTarget::Link(link) | FilterTarget::ThroughLink(link, _) => {
            Some(entity.links[*link].span)
        }
    }
}

fn field_span(entity: &EntityPlan, attribute: &PyIdent) -> Option<Span> {
    let fields = entity.fields.iter().map(|field| (&field.model_attribute, field.span));
    let computed = entity.computed.iter().map(|it| (&it.attribute, it.span));
    fields.chain(computed).find(|(known, _)| *known == attribute).map(|(_, span)| span)
}

/// How values of a type are compared; nothing where what is shown does not tell.
fn kind(ty: &ValueType) -> Option<&'static str> {
    match ty.kind {
        ValueKind::Int { .. } | ValueKind::Float { .. } | ValueKind::Decimal { .. } => {
            Some("number")
        }
        ValueKind::DateTime => Some("time"),
        ValueKind::Duration
        | ValueKind::Json
        | ValueKind::Bytes { .. }
        | ValueKind::Password { .. } => None,
        _ => Some("text"),
    }
}

/// Values that perhaps no row has.
fn others(
    plan: &Plan,
    entity: &EntityPlan,
    attribute: Option<&PyIdent>,
    ty: &ValueType,
) -> Vec<Value> {
    // The samples of a state are all the initial one.
    if let ValueKind::Enum(index) = ty.kind {
        return plan.enums[index].members.iter().map(|member| json!(member.value)).collect();
    }
    let field = entity.fields.iter().find(|field| Some(&field.model_attribute) == attribute);
    if let Some(field) = field {
        return [FIRST, OTHER].map(|version| body::own(entity, field, version)).into();
    }
    match ty.kind {
        ValueKind::Uuid => vec![json!(body::NOBODY)],
        ValueKind::DateTime => vec![json!("2001-02-03T04:05:06Z"), json!("2201-02-03T04:05:06Z")],
        ValueKind::Bool => vec![json!(true), json!(false)],
        ValueKind::Int { min, max, .. } => vec![json!(body::NO_NUMBER.clamp(min, max))],
        _ => Vec::new(),
    }
}
