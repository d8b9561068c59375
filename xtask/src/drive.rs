//! The walk through every resource of a golden case that the served application must survive.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::{Map, Value, json};
use stratapi_diagnostics::SourceMap;
use stratapi_driver::FileWorld;
use stratapi_plan::{
    AuthPlan, EmbeddedPlan, EntityPlan, FieldPlan, FieldSource, Gate, Operation, OperationPlan,
    ParentPlan, Plan, Presence, ReferencePlan, ResourcePlan, Sample, Set,
};

use crate::Result;

/// The steps as JSON, for the script beside this file.
pub(crate) fn steps(case: &Path) -> Result<String> {
    let plan = lower(case)?;
    let walk = Walk { plan: &plan, auth: plan.app.auth.as_ref() };
    let order = walk.order();
    let mut steps = Vec::new();
    for index in &order {
        walk.create(*index, &mut steps);
    }
    for index in &order {
        walk.read_and_change(*index, &mut steps);
    }
    for index in order.iter().rev() {
        walk.delete(*index, &mut steps);
    }
    let account = walk.account();
    drop_unreachable(&mut steps, account["entity"].as_str());
    Ok(serde_json::to_string_pretty(&json!({ "account": account, "steps": steps }))?)
}

/// Leaves out what needs a row that no step can create: its resource offers no create.
fn drop_unreachable(steps: &mut Vec<Value>, account: Option<&str>) {
    let saved: BTreeSet<String> = steps
        .iter()
        .filter_map(|step| step["save"].as_str())
        .chain(account)
        .map(str::to_owned)
        .collect();
    steps.retain(|step| {
        let text = step.to_string();
        text.split('<').skip(1).all(|rest| {
            rest.split_once('.').is_none_or(|(name, _)| {
                saved.contains(name) || !name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
            })
        })
    });
}

fn lower(case: &Path) -> Result<Plan> {
    let mut sources = SourceMap::default();
    let world = FileWorld::new(case);
    let checked = stratapi_ir::load(&world, "app.yaml", &mut sources)
        .and_then(|ir| stratapi_plan::lower(&ir));
    checked.value.ok_or_else(|| format!("{} does not compile", case.display()).into())
}

struct Walk<'a> {
    plan: &'a Plan,
    auth: Option<&'a AuthPlan>,
}

impl Walk<'_> {
    fn account(&self) -> Value {
        let Some(auth) = self.auth else { return Value::Null };
        let user = &self.plan.entities[auth.user];
        let prefix = &self.plan.app.prefix;
        let skip = [Some(auth.login), Some(auth.secret), auth.role];
        let fields: Map<String, Value> = user
            .fields
            .iter()
            .enumerate()
            .filter(|(index, field)| {
                !skip.contains(&Some(*index)) && field.create == Presence::Required
            })
            .map(|(_, field)| (field.wire.clone(), unique(&field.sample.value, user, 0)))
            .collect();
        let me = user.resource.as_ref().map_or_else(String::new, |r| plain(&r.collection_path));
        json!({
            "entity": user.module.as_str(),
            "login": unique(&user.fields[auth.login].sample.value, user, 0),
            "role": auth.roles.last().map(|role| role.value.clone()),
            "fields": fields,
            "token_path": format!("{prefix}/auth/token"),
            "me_path": format!("{prefix}{me}/me"),
        })
    }

    /// Entities, those that others refer to first.
    fn order(&self) -> Vec<usize> {
        let mut order = Vec::new();
        for index in 0..self.plan.entities.len() {
            self.visit(index, &mut Vec::new(), &mut order);
        }
        order
    }

    fn visit(&self, index: usize, open: &mut Vec<usize>, order: &mut Vec<usize>) {
        if order.contains(&index) || open.contains(&index) {
            return;
        }
        open.push(index);
        for reference in &self.plan.entities[index].references {
            self.visit(reference.target, open, order);
        }
        open.pop();
        order.push(index);
    }

    fn create(&self, index: usize, steps: &mut Vec<Value>) {
        let entity = &self.plan.entities[index];
        let Some(resource) = &entity.resource else { return };
        if self.auth.is_some_and(|auth| auth.user == index) {
            return;
        }
        if let Some(operation) = self.allowed(resource, Operation::Create) {
            let body = self.body(entity, 1);
            let save = Some(entity.module.as_str());
            steps.push(self.step(
                entity,
                operation,
                "POST",
                &resource.collection_path,
                body,
                201,
                save,
            ));
        }
        if let Some(operation) = self.allowed(resource, Operation::BulkCreate) {
            let body = json!({ "items": [self.body(entity, 2)] });
            let path = format!("{}/bulk", resource.collection_path);
            let one_to_one = entity.references.iter().any(|reference| reference.unique);
            if !one_to_one {
                steps.push(self.step(entity, operation, "POST", &path, body, 201, None));
            }
        }
    }

    fn read_and_change(&self, index: usize, steps: &mut Vec<Value>) {
        let entity = &self.plan.entities[index];
        let Some(resource) = &entity.resource else { return };
        let item = &resource.item_path;
        if let Some(operation) = self.allowed(resource, Operation::List) {
            let path = &resource.collection_path;
            steps.push(self.step(entity, operation, "GET", path, Value::Null, 200, None));
        }
        if !self.exists(index) {
            return;
        }
        if let Some(operation) = self.allowed(resource, Operation::Get) {
            steps.push(self.step(entity, operation, "GET", item, Value::Null, 200, None));
        }
        if let Some(operation) = self.allowed(resource, Operation::Update) {
            steps.push(self.step(entity, operation, "PATCH", item, json!({}), 200, None));
        }
        if let Some(operation) = self.allowed(resource, Operation::Replace) {
            let save = Some(entity.module.as_str());
            steps.push(self.step(
                entity,
                operation,
                "PUT",
                item,
                self.replacement(entity),
                200,
                save,
            ));
        }
    }

    fn delete(&self, index: usize, steps: &mut Vec<Value>) {
        let entity = &self.plan.entities[index];
        let Some(resource) = &entity.resource else { return };
        if self.auth.is_some_and(|auth| auth.user == index) || !self.exists(index) {
            return;
        }
        if let Some(operation) = self.allowed(resource, Operation::Delete) {
            steps.push(self.step(
                entity,
                operation,
                "DELETE",
                &resource.item_path,
                Value::Null,
                204,
                None,
            ));
        }
    }

    /// Whether the walk has a row of this entity to work on.
    fn exists(&self, index: usize) -> bool {
        let created = self.plan.entities[index]
            .resource
            .as_ref()
            .is_some_and(|resource| self.allowed(resource, Operation::Create).is_some());
        created || self.auth.is_some_and(|auth| auth.user == index)
    }

    /// The operation, if it is offered and the driver's account passes its gate.
    fn allowed<'r>(
        &self,
        resource: &'r ResourcePlan,
        operation: Operation,
    ) -> Option<&'r OperationPlan> {
        let plan = resource.operations.iter().find(|plan| plan.operation == operation)?;
        let last = self.auth.and_then(|auth| auth.roles.len().checked_sub(1));
        match &plan.access.gate {
            Gate::Roles(roles) => last.is_some_and(|last| roles.contains(&last)).then_some(plan),
            Gate::Public | Gate::Authenticated => Some(plan),
        }
    }

    #[expect(
        clippy::too_many_arguments,
        clippy::needless_pass_by_value,
        reason = "one argument a member of the step"
    )]
    fn step(
        &self,
        entity: &EntityPlan,
        operation: &OperationPlan,
        method: &str,
        path: &str,
        body: Value,
        expect: u16,
        save: Option<&str>,
    ) -> Value {
        json!({
            "name": operation.function.as_str(),
            "method": method,
            "path": format!("{}{}", self.plan.app.prefix, self.path(entity, path)),
            "body": body,
            "expect": expect,
            "save": save,
        })
    }

    /// The path with `<entity.member>` in the place of each parameter.
    fn path(&self, entity: &EntityPlan, template: &str) -> String {
        let mut path = plain(template);
        let parent = entity.resource.as_ref().and_then(|resource| resource.parent.as_ref());
        for parent in parent.map(ParentPlan::chain).unwrap_or_default() {
            let other = &self.plan.entities[parent.entity];
            path = path.replace(&format!("{{{}}}", parent.parameter), &identity(other, 0));
        }
        for (position, part) in entity.key.iter().enumerate() {
            path = path.replace(&format!("{{{}}}", part.parameter), &identity(entity, position));
        }
        if let (Some(start), Some(end)) = (path.rfind('{'), path.rfind('}')) {
            path.replace_range(start..=end, &identity(entity, 0));
        }
        path
    }

    fn body(&self, entity: &EntityPlan, number: usize) -> Value {
        self.members(entity, number, |f| &f.create, |e| &e.create, |r| &r.create)
    }

    fn replacement(&self, entity: &EntityPlan) -> Value {
        self.members(entity, 1, |f| &f.replace, |e| &e.replace, |r| &r.replace)
    }

    fn members<'e>(
        &self,
        entity: &'e EntityPlan,
        number: usize,
        presence: impl Fn(&'e FieldPlan) -> &'e Presence,
        of_embedded: impl Fn(&'e EmbeddedPlan) -> &'e Presence,
        of_reference: impl Fn(&'e ReferencePlan) -> &'e Presence,
    ) -> Value {
        let mut body = Map::new();
        let own = |field: &&FieldPlan| field.source == FieldSource::Attribute;
        for field in entity.fields.iter().filter(own) {
            if *presence(field) == Presence::Absent {
                continue;
            }
            let value = unique(chosen(&field.sample, number), entity, number);
            body.insert(field.wire.clone(), value);
        }
        for embedded in
            entity.embedded.iter().filter(|embedded| *of_embedded(embedded) != Presence::Absent)
        {
            let parts = &self.plan.values[embedded.value].parts;
            let object: Map<String, Value> = parts
                .iter()
                .map(|part| {
                    (part.wire.clone(), unique(chosen(&part.sample, number), entity, number))
                })
                .collect();
            body.insert(embedded.wire.clone(), Value::Object(object));
        }
        for reference in &entity.references {
            if *of_reference(reference) == Presence::Required && reference.set == Set::Client {
                let target = &self.plan.entities[reference.target];
                for (position, wire) in reference.key_wires.iter().enumerate() {
                    body.insert(wire.clone(), Value::String(identity_of(target, position)));
                }
            }
        }
        Value::Object(body)
    }
}

/// What stands in a path for a row: its lookup, or a part of its key.
fn identity(entity: &EntityPlan, position: usize) -> String {
    match entity.resource.as_ref().and_then(|resource| resource.lookup) {
        Some(field) => format!("<{}.{}>", entity.module, entity.fields[field].wire),
        None => identity_of(entity, position),
    }
}

fn identity_of(entity: &EntityPlan, position: usize) -> String {
    let part = &entity.key[position];
    let wire = part.field.map_or(part.column.as_str(), |field| entity.fields[field].wire.as_str());
    format!("<{}.{wire}>", entity.module)
}

/// A path template without converters: `{post_id:uuid}` gives `{post_id}`.
fn plain(path: &str) -> String {
    let mut out = String::new();
    let mut skipping = false;
    for c in path.chars() {
        match c {
            ':' => skipping = true,
            '}' | '/' => skipping = false,
            _ => {}
        }
        if !skipping {
            out.push(c);
        }
    }
    out
}

/// The first row has the first samples, another one the second: rows agree in no group of values.
fn chosen(sample: &Sample, number: usize) -> &Value {
    if number == 1 { &sample.value } else { &sample.other }
}

/// A sample with its counter filled in.
fn unique(sample: &Value, entity: &EntityPlan, number: usize) -> Value {
    match sample {
        Value::String(text) => {
            Value::String(text.replace("{n}", &(entity.table * 10 + number).to_string()))
        }
        other => other.clone(),
    }
}
