//! `tests/api/test_posts.py`: what every operation of a resource must do, and must refuse.

mod access;
mod attributes;
mod bounds;
mod computed;
mod histories;
mod invariants;
mod lists;
mod moved;
mod rows;
mod transitions;
mod values;
mod views;
mod writes;

use serde_json::{Map, Value};
use stratapi_plan::{
    AccessPlan, Artifact, EntityPlan, FieldPlan, FieldSource, ListForm, Operation, OperationPlan,
    Plan, PlannedFile, PyIdent, Subject, ValueKind,
};

use super::layer::operation::{mentions, speaks_of};
use super::testing::code::{self, without};
use super::testing::stage::Stage;
use super::testing::{problem, samples};
use crate::python::build::{annotated, dict, from, name, text};
use crate::python::{Argument, Expr, Module, Stmt, artifact};
use crate::schemas::{self, Member, Need};
use crate::types;

/// Tests of one resource.
pub(super) fn emit(plan: &Plan, file: &PlannedFile) -> Artifact {
    let Subject::Entity(index) = file.subject else {
        stratapi_diagnostics::bug!("tests of a resource are about an entity");
    };
    let entity = &plan.entities[index];
    let Some(resource) = &entity.resource else {
        stratapi_diagnostics::bug!("tests of a resource need one");
    };
    let tests = Tests::new(Stage { plan, index, entity, resource, breach: None });
    let mut body = computed::constants(&tests);
    body.extend(tests.constants());
    body.extend(rows::tests(&tests));
    body.extend(moved::tests(&tests));
    body.extend(writes::tests(&tests));
    body.extend(bounds::tests(&tests));
    body.extend(values::tests(&tests));
    body.extend(invariants::tests(&tests));
    body.extend(transitions::tests(&tests));
    body.extend(lists::tests(&tests));
    body.extend(computed::tests(&tests));
    body.extend(views::tests(&tests));
    body.extend(access::tests(&tests));
    body.extend(attributes::tests(&tests));
    artifact(file, &Module { doc: None, body, extra_imports: Vec::new() })
}

/// What the tests of one resource share.
struct Tests<'a> {
    stage: Stage<'a>,
    /// Body of a create, without what refers to other rows.
    create: Map<String, Value>,
    /// Other values for an update.
    changes: Map<String, Value>,
    /// Members that the update schema has.
    update: Vec<Member<'a>>,
}

impl<'a> Tests<'a> {
    fn new(stage: Stage<'a>) -> Self {
        let create = schemas::create(stage.plan, stage.entity);
        let open = |member: &Member<'_>| !is_guarded(stage.entity, member);
        let update = schemas::update(stage.plan, stage.entity).into_iter().filter(open).collect();
        let mut tests = Self { stage, create: Map::new(), changes: Map::new(), update };
        // Who creates the rows of the tests may write what they need, but not all else.
        let sent = |member: &&Member<'_>| {
            let left_out = is_guarded(stage.entity, member) && member.need != Need::Required;
            member.need != Need::Missing && !left_out
        };
        for member in create.iter().filter(sent) {
            if let Some((value, _)) = tests.samples(member) {
                tests.create.insert(member.wire.to_owned(), value);
            }
        }
        let update = tests.update.clone();
        for member in &update {
            if tests.is_asked(member, Operation::Update) {
                continue;
            }
            if let Some((_, other)) = tests.samples(member) {
                tests.changes.insert(member.wire.to_owned(), other);
            }
        }
        tests
    }

    fn samples(&self, member: &Member<'_>) -> Option<(Value, Value)> {
        samples(self.stage.plan, self.stage.entity, member)
    }

    /// `URL`, `BODY`, `CHANGES`.
    fn constants(&self) -> Vec<Stmt> {
        let mut stmts = Vec::new();
        let any = || name("dict").index([name("str"), from("typing", "Any")]);
        if self.operation(Operation::Create).is_some()
            || self.operation(Operation::BulkCreate).is_some()
            || self.operation(Operation::Replace).is_some()
        {
            stmts.push(annotated("BODY", any(), Some(literal(&self.create))));
        }
        if self.operation(Operation::Update).is_some() && !self.changes.is_empty() {
            stmts.push(annotated("CHANGES", any(), Some(literal(&self.changes))));
        }
        stmts
    }

    /// The status of the answer to a request that is not as the document says.
    fn invalid(&self) -> u16 {
        self.stage.plan.app.invalid_status
    }

    /// What stands around the rows of the list.
    fn lists(&self) -> &'a ListForm {
        &self.stage.resource.lists
    }

    fn operation(&self, operation: Operation) -> Option<&'a OperationPlan> {
        let resource = self.stage.resource;
        resource.operations.iter().find(|offered| offered.operation == operation)
    }

    /// What the model calls a member: its attribute, or all keys of the reference that it is a key of.
    fn attributes(&self, member: &Member<'_>) -> Vec<&'a PyIdent> {
        let entity = self.stage.entity;
        let fields = entity.fields.iter().filter(|field| field.wire == member.wire);
        let mut references = entity.references.iter();
        let reference = references.find(|it| it.key_wires.iter().any(|it| it == member.wire));
        let keys = reference.into_iter().flat_map(|it| &it.key_attributes);
        fields.map(|field| &field.model_attribute).chain(keys).collect()
    }

    /// Whether the rule of an operation asks for a value of this member, after the change too.
    fn is_asked(&self, member: &Member<'_>, operation: Operation) -> bool {
        let layer = moved::layer(self);
        let rule = layer.operation(operation).and_then(|plan| layer.rule_after(plan));
        let own = self.attributes(member);
        rule.is_some_and(|rule| own.iter().any(|attribute| speaks_of(&rule, attribute)))
    }

    /// Whether the rule of an operation may ask who is at the end of this reference.
    fn is_owner(&self, member: &Member<'_>, operation: Operation) -> bool {
        let rule = self.operation(operation).and_then(|plan| plan.access.row.as_ref());
        let own = self.attributes(member);
        let mut asked = false;
        if let Some(rule) = rule {
            rule.owners(&mut |path| {
                asked |= path.first().is_some_and(|step| own.contains(&&step.key_attribute));
            });
        }
        asked
    }

    /// Whether an invariant looks at the member when it is changed.
    fn is_held(&self, member: &Member<'_>) -> bool {
        let own = self.attributes(member);
        let rules = self.stage.entity.write_rules.iter().filter(|rule| rule.when.update);
        rules
            .into_iter()
            .any(|rule| mentions(&rule.condition, &|attribute| own.contains(&attribute)))
    }

    /// The rules that must allow an operation on a row: its own, and that of reading.
    fn rules(&self, operation: &'a OperationPlan) -> [&'a AccessPlan; 2] {
        [&operation.access, &self.stage.resource.read]
    }

    /// The row of an answer.
    fn row(&self, response: &'static str) -> Expr {
        code::row(name(response), self.stage.entity)
    }

    /// A row as a request has it.
    fn sent(&self, row: Expr) -> Argument {
        code::sent(row, self.stage.entity)
    }

    /// Where a request has a member of its row, as problems tell it.
    fn place(&self, member: &str) -> String {
        self.told(&format!("{}/{member}", code::place(self.stage.entity)))
    }

    /// A place in a request, given as a JSON Pointer, as problems tell it.
    fn told(&self, pointer: &str) -> String {
        problem::as_told(self.stage.plan, self.stage.entity, pointer)
    }

    fn collection(&self) -> Expr {
        self.stage.url(&self.stage.resource.collection_path)
    }

    fn item(&self) -> Expr {
        self.stage.url(&self.stage.resource.item_path)
    }

    /// The address of an operation on one row.
    fn url(&self, operation: &OperationPlan) -> Expr {
        self.stage.url(&operation.path)
    }

    /// Whether null is told from a value: JSON has a null of its own.
    fn can_clear(&self, member: &Member<'_>) -> bool {
        let own = self.stage.entity.fields.iter().find(|field| field.wire == member.wire);
        own.is_none_or(|field| field.ty.kind != ValueKind::Json)
    }

    /// Whether a row without this member fulfils the checks.
    fn clears(&self, member: &Member<'_>) -> bool {
        let own = self.stage.entity.fields.iter().find(|field| field.wire == member.wire);
        own.is_none_or(|field| field.clears)
    }

    /// Whether answers show the member: some are only written.
    fn is_shown(&self, member: &Member<'_>, operation: Operation) -> bool {
        let own = self.stage.entity.fields.iter().find(|field| field.wire == member.wire);
        own.is_none_or(FieldPlan::is_shown) && self.is_named(member.wire, operation)
    }

    /// Whether an operation shows a member under the name that it has in rows.
    fn is_named(&self, wire: &str, operation: Operation) -> bool {
        let entity = self.stage.entity;
        let plan = entity.operation(operation);
        plan.is_none_or(|plan| entity.shown_as(plan, wire) == Some(wire))
    }

    /// Whether callers see nothing but their own account.
    fn only_self(&self, operation: &OperationPlan) -> bool {
        let is_self = Some(&stratapi_plan::Predicate::IsSelf);
        operation.access.row.as_ref() == is_self || self.stage.resource.read.row.as_ref() == is_self
    }

    /// Body of a replacement, without what refers to other rows.
    fn replacement(&self) -> Expr {
        let mut body = Map::new();
        for member in schemas::replace(self.stage.plan, self.stage.entity) {
            if member.need == Need::Missing {
                continue;
            }
            if let Some((value, _)) = self.samples(&member) {
                body.insert(member.wire.to_owned(), value);
            }
        }
        let extra = body.iter().any(|(key, value)| self.create.get(key) != Some(value));
        if extra {
            return literal(&body);
        }
        let hidden: Vec<&str> =
            self.create.keys().filter(|key| !body.contains_key(*key)).map(String::as_str).collect();
        without("BODY", &hidden)
    }

    /// Members of a constant that a response shows as they were sent.
    fn shown(
        &self,
        constant: &'static str,
        sent: &Map<String, Value>,
        operation: Operation,
    ) -> Expr {
        // Durations are shown in another spelling.
        let fields = self.stage.entity.fields.iter().filter(|field| {
            !field.is_shown()
                || matches!(field.ty.kind, ValueKind::Duration | ValueKind::Password { .. })
        });
        let values = self.stage.entity.embedded.iter().filter(|embedded| {
            let mut parts = self.stage.plan.values[embedded.value].parts.iter();
            !embedded.read || parts.any(|part| part.ty.kind == ValueKind::Duration)
        });
        let mut hidden: Vec<&str> = fields
            .map(|field| field.wire.as_str())
            .chain(values.map(|embedded| embedded.wire.as_str()))
            .filter(|wire| sent.contains_key(*wire))
            .collect();
        for wire in sent.keys().filter(|wire| !self.is_named(wire, operation)) {
            if !hidden.contains(&wire.as_str()) {
                hidden.push(wire);
            }
        }
        without(constant, &hidden)
    }
}

/// Whether not everybody may write a member who may write the row.
fn is_guarded(entity: &EntityPlan, member: &Member<'_>) -> bool {
    let mut fields = entity.fields.iter().filter(|field| field.source == FieldSource::Attribute);
    fields.any(|field| field.wire == member.wire && field.writable_by.is_some())
}

/// A JSON object as a Python literal.
fn literal(members: &Map<String, Value>) -> Expr {
    dict(members.iter().map(|(key, value)| (text(key), types::json_literal(value))))
}
