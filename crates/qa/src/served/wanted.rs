//! Rows that others refer to whose invariants ask for it: made, and taken to the state that is wanted.

use serde_json::{Map, Value, json};
use stratapi_plan::{
    BreachPlan, EntityPlan, FieldPlan, Operation, ParentPlan, Presence, ReferencePlan, Set,
    WantedPlan, WayPlan, WriteRulePlan,
};

use super::Purpose;
use super::body::{self, FORBIDDEN, KEPT, REFUSED, WANTED};
use super::guards;
use super::walk::{Maker, More};

/// Which rows a request refers to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) enum Referring {
    /// Those that the invariants want.
    #[default]
    Wanted,
    /// Those that the walk has anyway.
    Usual,
    /// One entity's row (its module) by this name.
    To(String, String),
}

/// What is wanted of the rows that bodies and paths of the walk refer to.
fn sent(entity: &EntityPlan) -> impl Iterator<Item = &WantedPlan> {
    let set = |wanted: &&WantedPlan| guards::is_set(&entity.references[wanted.reference]);
    entity.wanted.iter().filter(set)
}

impl Maker<'_, '_> {
    /// Makes the rows that new rows of an entity must refer to; whether there are all of them.
    pub(super) fn wanted(&mut self, index: usize) -> bool {
        let entity = &self.plan.entities[index];
        entity.stageable && sent(entity).all(|wanted| self.made(entity, wanted))
    }

    fn made(&mut self, entity: &EntityPlan, wanted: &WantedPlan) -> bool {
        let target = entity.references[wanted.reference].target;
        let Some(WayPlan { sent, walk }) = &wanted.way else { return false };
        if self.is_account(target) {
            return sent.is_empty() && walk.is_empty();
        }
        let (other, create) = (&self.plan.entities[target], Operation::Create);
        if sent.iter().any(|(field, _)| other.fields[*field].writable_by.is_some()) {
            return false;
        }
        let operations =
            std::iter::once(create).chain(walk.iter().map(|it| Operation::Transition(*it)));
        let positions: Option<Vec<usize>> = operations
            .map(|operation| {
                let position = self.endpoint(target, operation)?;
                (self.main_may(target, position) == Some(true)).then_some(position)
            })
            .collect();
        let Some(positions) = positions else { return false };
        let name = body::wanted(other.module.as_str(), entity.module.as_str());
        let what = format!("for what a {} refers to", entity.label);
        let body = made_with(other, body::create(self.plan, other, WANTED), sent);
        if self.may_clash(other, &body) {
            return false;
        }
        self.make(target, positions[0], body, &name, what.clone(), &[]);
        let main = self.main();
        for (position, walked) in positions[1..].iter().zip(walk) {
            let contains = Some(guards::after(self.plan, other, *walked));
            let (name, what) = (Some(name.clone()), what.clone());
            let more = More { contains, name, what, ..More::default() };
            let request = self.request(*position);
            self.push(Purpose::Works, target, *position, request, &main, vec![200], more);
        }
        true
    }

    /// Makes a row that is kept by a name of its own.
    fn make(
        &mut self,
        index: usize,
        position: usize,
        body: Map<String, Value>,
        name: &str,
        what: String,
        refusals: &[u16],
    ) {
        let expect = [&[self.operation(position).status], refusals].concat();
        let (body, name) = (Some(body), Some(name.to_owned()));
        let more = More { body, what, name, saves: true, ..More::default() };
        let (main, request) = (self.main(), self.request(position));
        self.push(Purpose::Works, index, position, request, &main, expect, more);
    }

    /// Whether rows of an entity are made for others to refer to.
    pub(super) fn is_wanted(&self, index: usize) -> bool {
        self.plan.entities.iter().any(|entity| {
            sent(entity).any(|wanted| entity.references[wanted.reference].target == index)
        })
    }

    /// Whether the row of an entity that stands above one of another was taken to another state.
    pub(super) fn is_moved_for(&self, index: usize, above: usize) -> bool {
        let chain = self.parents(index).into_iter().map(|entity| &self.plan.entities[entity]);
        chain.chain([&self.plan.entities[index]]).any(|entity| {
            sent(entity).any(|wanted| {
                let target = entity.references[wanted.reference].target;
                target == above && wanted.way.as_ref().is_some_and(|way| !way.walk.is_empty())
            })
        })
    }

    /// The entities of the rows above one of this, the outermost first.
    fn parents(&self, index: usize) -> Vec<usize> {
        let resource = self.plan.entities[index].resource.as_ref();
        let parent = resource.and_then(|resource| resource.parent.as_ref());
        let above = parent.map(ParentPlan::chain).unwrap_or_default();
        above.into_iter().map(|parent| parent.entity).collect()
    }

    /// Puts the rows that are wanted in the place of those that the walk has of their entities, for a
    /// row of an entity and those above it.
    pub(super) fn with_wanted(&self, index: usize, referring: &Referring, text: &str) -> String {
        let mut text = text.to_owned();
        match referring {
            Referring::Wanted => {}
            Referring::Usual => return text,
            Referring::To(module, name) => {
                text = text.replace(&format!("<{module}."), &format!("<{name}."));
            }
        }
        for entity in self.parents(index).into_iter().chain([index]) {
            let entity = &self.plan.entities[entity];
            for wanted in sent(entity) {
                let target = entity.references[wanted.reference].target;
                if self.is_account(target) {
                    continue;
                }
                let module = self.plan.entities[target].module.as_str();
                let name = body::wanted(module, entity.module.as_str());
                text = text.replace(&format!("<{module}."), &format!("<{name}."));
            }
        }
        text
    }

    /// Tries writes that the entity's invariants forbid.
    pub(super) fn breaches(&mut self, index: usize) {
        let entity = &self.plan.entities[index];
        for rule in &entity.write_rules {
            if rule.when.create {
                let base = body::create(self.plan, entity, REFUSED);
                let body =
                    with_values(entity, rule, base, |field| field.create != Presence::Absent);
                let target = self.forbidden_row(entity, rule, |reference| {
                    reference.create == Presence::Required || reference.set == Set::Parent
                });
                // Of two reasons the answer would give either.
                let sent = body.zip(target).filter(|(body, _)| !self.may_clash(entity, body));
                if let Some((body, referring)) = sent {
                    self.breaks(index, rule, Operation::Create, Some(body), (None, referring));
                }
            }
            if rule.when.update {
                let body = with_values(entity, rule, Map::new(), |field| field.update);
                let target = self.forbidden_row(entity, rule, |reference| reference.update);
                if let Some((mut body, referring)) = body.zip(target) {
                    body.extend(self.referring(entity, rule));
                    self.breaks(index, rule, Operation::Update, Some(body), (None, referring));
                }
            }
            if rule.when.delete {
                self.keeps(index, rule);
            }
        }
    }

    /// The members that refer to the row by which a rule is broken.
    fn referring(&self, entity: &EntityPlan, rule: &WriteRulePlan) -> Map<String, Value> {
        let Some(BreachPlan::Referred { reference, .. }) = &rule.broken_by else {
            return Map::new();
        };
        let reference = &entity.references[*reference];
        let target = &self.plan.entities[reference.target];
        let wires = reference.key_wires.iter().enumerate();
        wires.map(|(place, wire)| (wire.clone(), json!(body::key(target, place)))).collect()
    }

    /// A row that a rule forbids to refer to: one that nobody has changed, or one that is made so.
    fn forbidden_row(
        &mut self,
        entity: &EntityPlan,
        rule: &WriteRulePlan,
        sent: impl Fn(&ReferencePlan) -> bool,
    ) -> Option<Referring> {
        let (reference, values, fresh) = match rule.broken_by.as_ref()? {
            BreachPlan::Own(_) => return Some(Referring::Wanted),
            BreachPlan::Referred { reference, values, fresh } => (reference, values, *fresh),
        };
        let reference = &entity.references[*reference];
        if !sent(reference) || self.is_account(reference.target) {
            return None;
        }
        if fresh {
            return Some(Referring::Usual);
        }
        let target = &self.plan.entities[reference.target];
        let (_, _, position) = self.writes(reference.target, Operation::Create)?;
        let mut body = body::create(self.plan, target, FORBIDDEN);
        // The values are those that a row of the project's tests does not have by itself.
        guards::leave_out(target, &mut body, |field| &field.create, |embedded| &embedded.create);
        for (field, value) in values {
            let field = &target.fields[*field];
            let open = field.writable_by.is_none() && field.create != Presence::Absent;
            let sent = body::is_own(field) && open;
            body.insert(sent.then(|| field.wire.clone())?, value.clone());
        }
        let name = format!("{}__against__{}__{}", target.module, entity.module, rule.name);
        let what = format!("for what `{}` forbids to refer to", rule.name);
        self.make(reference.target, position, body, &name, what, &[409]);
        Some(Referring::To(target.module.as_str().to_owned(), name))
    }

    /// Makes a row that an invariant keeps, and tries to delete it.
    fn keeps(&mut self, index: usize, rule: &WriteRulePlan) {
        let entity = &self.plan.entities[index];
        let Some(BreachPlan::Own(_)) = &rule.broken_by else { return };
        let Some((_, _, position)) = self.writes(index, Operation::Create) else { return };
        let base = body::create(self.plan, entity, KEPT);
        let sent = |field: &FieldPlan| field.create != Presence::Absent;
        let Some(body) = with_values(entity, rule, base, sent) else { return };
        let name = format!("{}__{}", entity.module, rule.name);
        let what = format!("for a row that `{}` keeps", rule.name);
        self.make(index, position, body, &name, what, &[409]);
        self.breaks(index, rule, Operation::Delete, None, (Some(name), Referring::Wanted));
    }

    /// Tries one write.
    fn breaks(
        &mut self,
        index: usize,
        rule: &WriteRulePlan,
        operation: Operation,
        body: Option<Map<String, Value>>,
        (name, referring): (Option<String>, Referring),
    ) {
        let Some((_, _, position)) = self.writes(index, operation) else { return };
        let (main, request) = (self.main(), self.request(position));
        let more = More {
            body,
            contains: self.coded(&rule.name),
            what: format!("that would break `{}`", rule.name),
            span: Some(rule.span),
            referring,
            name,
            ..More::default()
        };
        self.push(Purpose::Guards, index, position, request, &main, vec![rule.status], more);
    }
}

/// A body with other values of some attributes.
fn made_with(
    entity: &EntityPlan,
    mut body: Map<String, Value>,
    values: &[(usize, Value)],
) -> Map<String, Value> {
    let values = values.iter();
    body.extend(values.map(|(field, value)| (entity.fields[*field].wire.clone(), value.clone())));
    body
}

/// A body with the values of a row's own by which it breaks a rule, if it does so by these.
fn with_values(
    entity: &EntityPlan,
    rule: &WriteRulePlan,
    mut base: Map<String, Value>,
    sent: impl Fn(&FieldPlan) -> bool,
) -> Option<Map<String, Value>> {
    if let Some(BreachPlan::Own(values)) = &rule.broken_by {
        for (field, value) in values {
            let field = &entity.fields[*field];
            let sent = body::is_own(field) && sent(field);
            base.insert(sent.then(|| field.wire.clone())?, value.clone());
        }
    }
    Some(base)
}

/// A body with other rows in the place of those that it refers to.
pub(super) fn replaced(value: &Value, with: &impl Fn(&str) -> String) -> Value {
    match value {
        Value::String(text) => Value::String(with(text)),
        Value::Array(items) => items.iter().map(|item| replaced(item, with)).collect(),
        Value::Object(members) => {
            members.iter().map(|(member, value)| (member.clone(), replaced(value, with))).collect()
        }
        other => other.clone(),
    }
}
