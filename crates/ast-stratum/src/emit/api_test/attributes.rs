//! Attributes that not everybody may read or write: shown and taken, left out and refused.

use serde_json::Value;
use stratapi_plan::{
    AccessPlan, AttributeRulePlan, FieldPlan, Operation, OperationPlan, Plan, Predicate, Presence,
    ValueKind, unnumbered,
};

use super::super::testing::body::BodyOf;
use super::super::testing::code::{
    body, contains, equals, items, reading, request, sample, status, test,
};
use super::super::testing::problem;
use super::super::testing::scene::{Scene, newcomer, satisfied};
use super::super::testing::stage::{Scenery, in_json, stored};
use super::Tests;
use super::rows::headers;
use crate::python::build::{assign, boolean, dict, from, list, name, text};
use crate::python::{BinaryOperator, Comparator, Comprehension, Expr, Stmt};

pub(super) fn tests(tests: &Tests<'_>) -> Vec<Stmt> {
    let entity = tests.stage.entity;
    let mut all = Vec::new();
    for (field, rule) in entity.guarded_reads() {
        let guarded = Guarded { tests, field, rule };
        all.extend([guarded.shown(), guarded.left_out()].into_iter().flatten());
    }
    for field in &entity.fields {
        let Some(rule) = &field.writable_by else { continue };
        let guarded = Guarded { tests, field, rule };
        let found = [
            guarded.created(),
            guarded.not_created(),
            guarded.changed(),
            guarded.not_changed(),
            guarded.kept(),
        ];
        all.extend(found.into_iter().flatten());
    }
    all
}

/// Scenes in which a rule may not hold: with callers of all kinds, newcomers first.
fn others<'a>(plan: &Plan, scene: &Scene<'a>) -> Vec<Scene<'a>> {
    let roles = plan.app.auth.iter().flat_map(|auth| &auth.roles).map(|role| role.index);
    let roles: Vec<Option<usize>> = match newcomer(plan).role {
        None => vec![None],
        Some(first) => std::iter::once(first).chain(roles).map(Some).collect(),
    };
    let signed_in = roles.into_iter().map(|role| {
        let signed_in = true;
        Scene { signed_in, role, ..scene.clone() }
    });
    signed_in.chain([scene.clone()]).collect()
}

/// Whether a rule surely does not hold in a scene that is set.
fn fails(tests: &Tests<'_>, scenery: &Scenery<'_>, rule: &Predicate) -> bool {
    let stage = &tests.stage;
    let told = |attribute: &stratapi_plan::PyIdent| scenery.says(attribute);
    scenery.who.fulfils(stage.plan, stage.entity, rule, &told) == Some(false)
}

/// The first scene like this one in which an operation on a row is allowed, and a rule does not hold.
pub(super) fn failing<'a>(
    tests: &Tests<'a>,
    operation: &'a OperationPlan,
    rule: &Predicate,
    scene: &Scene<'a>,
) -> Option<(Scenery<'a>, Scene<'a>)> {
    let rules = tests.rules(operation);
    let set = |scene: Scene<'a>| Some((tests.stage.with_scene(&rules, scene.clone())?, scene));
    let mut scenes = others(tests.stage.plan, scene).into_iter().filter_map(set);
    scenes.find(|(scenery, _)| fails(tests, scenery, rule))
}

/// An attribute and one of its rules.
struct Guarded<'t, 'a> {
    tests: &'t Tests<'a>,
    field: &'a FieldPlan,
    rule: &'a AttributeRulePlan,
}

impl<'a> Guarded<'_, 'a> {
    fn wire(&self) -> Expr {
        text(&*self.field.wire)
    }

    /// `test_salary_is_…`
    fn titled(&self, end: &str, stmts: Vec<Stmt>) -> Stmt {
        test(stratapi_plan::PyIdent::known(format!("test_{}_{end}", self.field.word)), stmts)
    }

    /// What rows of these tests have.
    fn old(&self) -> Value {
        unnumbered(&self.field.sample.other)
    }

    /// What is sent.
    fn other(&self) -> Value {
        unnumbered(&self.field.sample.value)
    }

    /// A scene with a row that has a value.
    fn scene(&self) -> Scene<'a> {
        let value = stored(self.tests.stage.plan, self.field, &self.old());
        Scene { values: vec![(self.field.attribute.clone(), value)], ..Scene::default() }
    }

    /// The scene in which the rule holds.
    fn holding(&self, scene: Scene<'a>, rule: &'a Predicate) -> Option<Scene<'a>> {
        satisfied(self.tests.stage.plan, self.tests.stage.entity, scene, rule)
    }

    /// The first scene in which an operation on a row is allowed, and the rule does not hold.
    fn refused(&self, operation: &'a OperationPlan) -> Option<(Scenery<'a>, Scene<'a>)> {
        failing(self.tests, operation, &self.rule.stored, &self.scene())
    }

    fn shown(&self) -> Option<Stmt> {
        let get = self.tests.operation(Operation::Get).filter(|it| it.view.is_none())?;
        let scene = self.holding(self.scene(), &self.rule.stored)?;
        let scenery = self.tests.stage.with_scene(&self.tests.rules(get), scene)?;
        let mut stmts = scenery.stmts.clone();
        stmts.push(assign("response", request("get", self.tests.item(), headers(&scenery))));
        stmts.push(status(name("response"), 200));
        stmts.push(contains(self.wire(), self.tests.row("response")));
        Some(self.titled("is_shown_to_those_who_may_read_it", stmts))
    }

    fn left_out(&self) -> Option<Stmt> {
        let get = self.tests.operation(Operation::Get).filter(|it| it.view.is_none())?;
        let (scenery, _) = self.refused(get)?;
        let mut stmts = scenery.stmts.clone();
        let absent = |place: Expr| self.wire().compare(Comparator::NotIn, place);
        stmts.push(assign("response", request("get", self.tests.item(), headers(&scenery))));
        stmts.push(status(name("response"), 200));
        stmts.push(Stmt::Assert(absent(self.tests.row("response"))));
        let same = |list: &&OperationPlan| list.access == get.access && list.view.is_none();
        if let [part] = self.tests.stage.entity.key.as_slice()
            && self.tests.operation(Operation::List).as_ref().is_some_and(same)
        {
            let listed = request("get", self.tests.collection(), headers(&scenery));
            stmts.push(assign("response", listed));
            stmts.push(assign("shown", items(name("response"), self.tests.lists())));
            let own = name("item").index([text(self.tests.stage.entity.key_wire(part))]);
            let clause = Comprehension {
                target: name("item"),
                iterable: name("shown"),
                conditions: vec![own.eq(in_json(part, name("row")))],
            };
            let rows = Expr::ListComp(
                Box::new(self.wire().compare(Comparator::In, name("item"))),
                vec![clause],
            );
            stmts.push(equals(rows, list([boolean(false)])));
        }
        Some(self.titled("is_left_out_for_others", stmts))
    }

    /// POST in a scene; whether the row is made among many.
    fn posted(
        &self,
        (operation, many): (&'a OperationPlan, bool),
        (scenery, scene): (Scenery<'a>, Scene<'a>),
    ) -> Vec<Stmt> {
        let rules: [&'a AccessPlan; 1] = [&operation.access];
        let (rows, sent) = self.tests.stage.body_as(name("BODY"), &rules, BodyOf::New, scene);
        let sent = sent.binary(BinaryOperator::BitOr, self.sent());
        let sent =
            if many { body(dict([(text("items"), list([sent]))])) } else { self.tests.sent(sent) };
        let arguments = std::iter::once(sent).chain(scenery.headers);
        let mut stmts = scenery.stmts;
        stmts.extend(rows);
        stmts.push(assign("response", request("post", self.tests.url(operation), arguments)));
        stmts
    }

    /// `{"salary": 5}`
    fn sent(&self) -> Expr {
        dict([(self.wire(), sample(&self.other()))])
    }

    /// POST, one row or many, and where the member stands then.
    fn post(&self) -> Option<(&'a OperationPlan, bool)> {
        let one = self.tests.operation(Operation::Create).map(|plan| (plan, false));
        let many = || self.tests.operation(Operation::BulkCreate).map(|plan| (plan, true));
        one.or_else(many).filter(|_| self.field.create != Presence::Absent)
    }

    fn created(&self) -> Option<Stmt> {
        let (operation, many) = self.post()?;
        let scene = self.holding(Scene::default(), &self.rule.created)?;
        let scenery = self.tests.stage.for_create_as(&[&operation.access], scene.clone())?;
        let mut stmts = self.posted((operation, many), (scenery, scene));
        stmts.push(status(name("response"), operation.status));
        Some(self.titled("is_taken_from_those_who_may_set_it", stmts))
    }

    fn not_created(&self) -> Option<Stmt> {
        let (operation, many) = self.post()?;
        let set = |scene: Scene<'a>| {
            let rules: [&'a AccessPlan; 1] = [&operation.access];
            Some((self.tests.stage.for_create_as(&rules, scene.clone())?, scene))
        };
        let mut scenes =
            others(self.tests.stage.plan, &Scene::default()).into_iter().filter_map(set);
        let found = scenes.find(|(scenery, _)| fails(self.tests, scenery, &self.rule.created))?;
        let place = if many {
            self.tests.told(&format!("/items/0/{}", self.field.wire))
        } else {
            self.tests.place(&self.field.wire)
        };
        let mut stmts = self.posted((operation, many), found);
        stmts.extend(is_refused(self.tests.stage.plan, &place));
        Some(self.titled("is_not_for_everybody_to_set", stmts))
    }

    /// The stored row has this value.
    fn has(&self, value: &Value) -> Stmt {
        let stage = &self.tests.stage;
        let model = from("app.models", &stage.entity.class);
        let found = name("session").attr("get").call_with([model, stage.key()]).awaited();
        let value = stored(stage.plan, self.field, value);
        let held = name("stored").attr(&self.field.model_attribute);
        let held = match value {
            Expr::Bool(true) => Stmt::Assert(held),
            Expr::Bool(false) => Stmt::Assert(crate::python::build::not(held)),
            Expr::None => Stmt::Assert(held.is(Expr::None)),
            value => equals(held, value),
        };
        let there = Stmt::Assert(name("stored").is_not(Expr::None));
        reading(vec![assign("stored", found), there, held])
    }

    fn changed(&self) -> Option<Stmt> {
        let update = self.tests.operation(Operation::Update).filter(|_| self.field.update)?;
        let scene = self.holding(self.scene(), &self.rule.stored)?;
        let scenery = self.tests.stage.with_scene(&self.tests.rules(update), scene)?;
        let mut stmts = scenery.stmts.clone();
        let arguments = std::iter::once(self.tests.sent(self.sent())).chain(headers(&scenery));
        stmts.push(assign("response", request("patch", self.tests.item(), arguments)));
        stmts.push(status(name("response"), 200));
        if is_stored_as_sent(self.field) {
            stmts.push(self.has(&self.other()));
        }
        Some(self.titled("is_changed_by_those_who_may_write_it", stmts))
    }

    fn not_changed(&self) -> Option<Stmt> {
        let update = self.tests.operation(Operation::Update).filter(|_| self.field.update)?;
        let (scenery, _) = self.refused(update)?;
        let mut stmts = scenery.stmts.clone();
        let arguments = std::iter::once(self.tests.sent(self.sent())).chain(headers(&scenery));
        stmts.push(assign("response", request("patch", self.tests.item(), arguments)));
        stmts.extend(is_refused(self.tests.stage.plan, &self.tests.place(&self.field.wire)));
        stmts.push(self.has(&self.old()));
        Some(self.titled("is_not_for_everybody_to_change", stmts))
    }

    /// PUT by somebody who may not write it.
    fn kept(&self) -> Option<Stmt> {
        let replace = self.tests.operation(Operation::Replace)?;
        let members = crate::schemas::replace(self.tests.stage.plan, self.tests.stage.entity);
        let asked = |member| self.tests.is_asked(member, Operation::Replace);
        if self.field.replace == Presence::Absent || members.iter().any(asked) {
            return None;
        }
        let (scenery, scene) = self.refused(replace)?;
        let mut stmts = scenery.stmts.clone();
        let rules = self.tests.rules(replace);
        let (rows, sent) =
            self.tests.stage.body_as(self.tests.replacement(), &rules, BodyOf::Own, scene);
        stmts.extend(rows);
        stmts.push(assign("sent", sent));
        let put = |sent: Expr| {
            let arguments = std::iter::once(self.tests.sent(sent)).chain(headers(&scenery));
            request("put", self.tests.item(), arguments)
        };
        let with = name("sent").binary(BinaryOperator::BitOr, self.sent());
        stmts.push(assign("response", put(with)));
        stmts.extend(is_refused(self.tests.stage.plan, &self.tests.place(&self.field.wire)));
        stmts.push(assign("response", put(name("sent"))));
        stmts.push(status(name("response"), 200));
        stmts.push(self.has(&self.old()));
        Some(self.titled("stays_where_it_is_left_out", stmts))
    }
}

/// The answer to a member that the caller may not write.
fn is_refused(plan: &Plan, place: &str) -> Vec<Stmt> {
    let response = || name("response");
    let coded = problem::coded(response(), plan, text("attribute_not_writable"));
    let blames = problem::blames(response(), plan, text(place));
    [status(response(), 403)].into_iter().chain(coded).chain(blames).collect()
}

/// Whether the database holds a value as it was sent: some are normalised.
fn is_stored_as_sent(field: &FieldPlan) -> bool {
    matches!(
        field.ty.kind,
        ValueKind::Line { .. }
            | ValueKind::Text { .. }
            | ValueKind::Int { .. }
            | ValueKind::Bool
            | ValueKind::Enum(_)
            | ValueKind::Uuid
            | ValueKind::Date
            | ValueKind::Decimal { .. }
    )
}
