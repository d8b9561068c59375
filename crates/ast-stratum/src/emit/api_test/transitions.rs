//! Transitions: from the states that they start from, from all others, with a guard that refuses,
//! two at once, and one after the other.

use stratapi_plan::{
    AccessPlan, FieldPlan, MachinePlan, Operation, OperationPlan, PyIdent, PythonDefault,
    StartPlan, TransitionPlan, ValueKind,
};

use super::super::layer::Layer;
use super::super::layer::operation::{mentions, speaks_of};
use super::super::layer::types::enum_member;
use super::super::testing::code::{each, equals, reading, request, status, test, writing};
use super::super::testing::problem;
use super::super::testing::stage::{Scenery, factory, stored};
use super::super::testing::{clash, varies};
use super::{Tests, histories, rows};
use crate::python::build::{
    arg, assign, dict, from, int, kw, list, module, name, none, text, tuple,
};
use crate::python::{Argument, Expr, Stmt, WithItem};
use crate::types;

pub(super) fn tests(tests: &Tests<'_>) -> Vec<Stmt> {
    let entity = tests.stage.entity;
    let mut all = Vec::new();
    for (position, transition) in entity.transitions.iter().enumerate() {
        let Some(plan) = tests.operation(Operation::Transition(position)) else { continue };
        let machine = &entity.machines[transition.machine];
        let one = Case { tests, plan, transition, machine };
        let made = [one.works(), one.elsewhere(), one.guarded(), one.stale(), one.races()];
        all.extend(made.into_iter().flatten());
        all.extend(histories::tests(&one));
    }
    all.extend(entity.machines.iter().enumerate().filter_map(|(at, it)| life(tests, at, it)));
    all.extend(kept(tests));
    all.extend(gone(tests));
    all
}

/// A transition under test.
pub(super) struct Case<'t, 'a> {
    pub(super) tests: &'t Tests<'a>,
    plan: &'a OperationPlan,
    pub(super) transition: &'a TransitionPlan,
    pub(super) machine: &'a MachinePlan,
}

/// Rows in scenes of their own that one test tries at the most.
const SCENES: usize = 5;

impl<'a> Case<'_, 'a> {
    pub(super) fn title(&self, start: &str) -> PyIdent {
        PyIdent::known(format!("{start}_{}", self.transition.name))
    }

    /// The row of a start, in a scene in which the transition is allowed.
    pub(super) fn row(&self, start: &StartPlan) -> Option<(Scenery<'a>, Expr)> {
        let scene = &self.tests.stage;
        let fields = &scene.entity.fields;
        let state = &fields[self.machine.field];
        let held = types::literal(scene.plan, &state.ty, &start.state.to_string());
        let mut values = vec![(state.attribute.clone(), held)];
        values.extend(start.values.iter().map(|(field, value)| {
            let field = &fields[*field];
            (field.attribute.clone(), stored(scene.plan, field, value))
        }));
        let own: Vec<PyIdent> = values.iter().map(|(attribute, _)| attribute.clone()).collect();
        let mut scenery = scene.with_values(&self.tests.rules(self.plan), values)?;
        let guard = self.transition.guard.as_ref();
        let decides = |field: &FieldPlan| {
            let asked = |name: &PyIdent| *name == field.model_attribute;
            field.checked || guard.is_some_and(|guard| mentions(&guard.condition, &asked))
        };
        // A value that the rules ask for may be one that the rows were not chosen for, and rows do not
        // have a default that must not be the same twice.
        let other = |field: &FieldPlan| {
            let differs = field.model_default.is_some() && varies(scene.plan, field);
            let otherwise = differs || scenery.says(&field.attribute);
            !own.contains(&field.attribute) && decides(field) && otherwise
        };
        if fields.iter().any(other) {
            return None;
        }
        let row = scenery.take_row()?;
        Some((scenery, row))
    }

    pub(super) fn starts(&self, legal: bool) -> impl Iterator<Item = &'a StartPlan> {
        let transition = self.transition;
        let starts = transition.rows.iter();
        starts.filter(move |start| transition.from.contains(&start.state) == legal)
    }

    fn url(&self) -> Expr {
        self.tests.url(self.plan)
    }

    pub(super) fn post(&self, scenery: &Scenery) -> Expr {
        request("post", self.url(), rows::headers(scenery))
    }

    /// A test of what comes of the transition for the rows of some starts.
    fn test<'s>(
        &self,
        title: PyIdent,
        starts: impl Iterator<Item = &'s StartPlan>,
        expected: &[Stmt],
    ) -> Option<Stmt> {
        let mut alone = false;
        let mut tried = Vec::new();
        for start in starts {
            let Some((scenery, row)) = self.row(start) else { continue };
            alone |= self.is_single(start, &scenery);
            tried.push((scenery, row));
        }
        if alone {
            tried.truncate(1);
        }
        let (first, _) = tried.first()?;
        let asked = |scenery: &Scenery| {
            let response = assign("response", self.post(scenery));
            std::iter::once(response).chain(expected.iter().cloned())
        };
        let mut stmts = Vec::new();
        let shared = tried.iter().all(|(other, _)| other.is_like(first));
        if tried.len() > 1 && shared && !first.single && self.many(first) {
            stmts.extend(first.stmts.iter().cloned());
            stmts.push(assign("rows", list(tried.iter().map(|(_, row)| row.clone()))));
            let tried = first.after.iter().cloned().chain(asked(first));
            stmts.push(each(name("row"), name("rows"), tried.collect()));
        } else {
            for (scenery, row) in tried.into_iter().take(SCENES) {
                stmts.extend(scenery.stmts.iter().cloned());
                stmts.extend(scenery.made(row));
                stmts.extend(asked(&scenery));
            }
        }
        Some(test(title, stmts))
    }

    /// Whether no second row can have the values that a start or the rules ask for, whatever its state.
    fn is_single(&self, start: &StartPlan, scenery: &Scenery<'_>) -> bool {
        let (plan, entity) = (self.tests.stage.plan, self.tests.stage.entity);
        let is_null = |index: usize| {
            start.values.iter().any(|(field, value)| *field == index && value.is_null())
        };
        let said = entity.fields.iter().enumerate().filter(|(index, field)| {
            *index != self.machine.field && scenery.says(&field.attribute) && !is_null(*index)
        });
        clash(plan, entity, &said.map(|(_, field)| &field.column).collect::<Vec<_>>())
    }

    /// How many rows can go through the transition: what it sets may have to differ from row to row.
    fn room(&self) -> usize {
        let fields = &self.tests.stage.entity.fields;
        let alone = self.transition.set.iter().any(|(field, _)| fields[*field].distinct);
        if alone { 1 } else { usize::MAX }
    }

    /// Whether one scene has room for several rows, which the path tells apart.
    fn many(&self, scenery: &Scenery) -> bool {
        let entity = self.tests.stage.entity;
        let table = self.tests.stage.plan.table(entity);
        entity.references.iter().all(|reference| {
            let mut sets = table.unique_sets();
            let alone = sets.any(|set| set.iter().any(|column| reference.columns.contains(column)));
            !(scenery.says(&reference.attribute)
                && (alone || reference.unique || reference.primary))
        })
    }

    fn works(&self) -> Option<Stmt> {
        let shown = self.shows();
        let fields = &self.tests.stage.entity.fields;
        let set = self.transition.set.iter();
        let set: Vec<Stmt> =
            set.filter_map(|(field, value)| self.set(&fields[*field], value)).collect();
        let mut expected = vec![status(name("response"), 200)];
        if shown.is_some() || !set.is_empty() {
            expected.push(assign("shown", self.tests.row("response")));
        }
        expected.push(shown.unwrap_or_else(|| self.stored()));
        if self.tests.stage.entity.optimistic_lock {
            let headers = name("response").attr("headers");
            let etag = text("ETag").compare(crate::python::Comparator::In, headers);
            expected.push(Stmt::Assert(etag));
        }
        expected.extend(set);
        let starts = self.starts(true).take(self.room());
        self.test(self.title("test_transition"), starts, &expected)
    }

    /// `assert shown["status"] == "published"`
    fn shows(&self) -> Option<Stmt> {
        let wire = self.wire(&self.tests.stage.entity.fields[self.machine.field])?;
        let members = &self.tests.stage.plan.enums[self.machine.states].members;
        Some(equals(name("shown").index([text(wire)]), text(&members[self.transition.to].value)))
    }

    /// `assert stored.status == ArticleStatus.PUBLISHED`, where the answer does not show it.
    fn stored(&self) -> Stmt {
        let stage = &self.tests.stage;
        let model = from("app.models", &stage.entity.class);
        let found = name("session").attr("get_one").call_with([model, stage.key()]).awaited();
        let held = name("stored").attr(&stage.entity.fields[self.machine.field].model_attribute);
        let reached = enum_member(stage.plan, self.machine.states, self.transition.to);
        reading(vec![assign("stored", found), equals(held, reached)])
    }

    /// The name under which the answer shows an attribute, if it shows it.
    fn wire(&self, field: &'a FieldPlan) -> Option<&'a str> {
        self.tests.stage.entity.shown_as(self.plan, &field.wire)
    }

    /// What an answer shows of an attribute that the transition sets.
    fn set(&self, field: &'a FieldPlan, value: &PythonDefault) -> Option<Stmt> {
        let shown = name("shown").index([text(self.wire(field)?)]);
        if !field.is_shown() || field.ty.list {
            return None;
        }
        let literal = match value {
            PythonDefault::None => return Some(Stmt::Assert(shown.is(none()))),
            PythonDefault::Literal(literal) => literal,
            _ => return Some(Stmt::Assert(shown.is_not(none()))),
        };
        let expected = match &field.ty.kind {
            ValueKind::Bool | ValueKind::Int { .. } => {
                types::literal(self.tests.stage.plan, &field.ty, literal)
            }
            ValueKind::Line { .. } | ValueKind::Text { .. } => text(literal),
            ValueKind::Enum(index) => {
                let members = &self.tests.stage.plan.enums[*index].members;
                text(&members.get(literal.parse::<usize>().ok()?)?.value)
            }
            _ => return None,
        };
        Some(match expected {
            Expr::Bool(_) => Stmt::Assert(shown.is(expected)),
            other => equals(shown, other),
        })
    }

    /// Every other state forbids it.
    fn elsewhere(&self) -> Option<Stmt> {
        let expected = self.conflict("invalid_transition");
        self.test(self.title("test_wrong_state_for"), self.starts(false), &expected)
    }

    /// The state is right, but the guard does not hold.
    fn guarded(&self) -> Option<Stmt> {
        let expected = self.conflict("transition_refused");
        self.test(self.title("test_guard_of"), self.transition.refused.iter(), &expected)
    }

    /// The client knows another version of the row.
    fn stale(&self) -> Option<Stmt> {
        if !self.tests.stage.entity.optimistic_lock {
            return None;
        }
        let (scenery, row) = self.starts(true).find_map(|start| self.row(start))?;
        let mut stmts = scenery.stmts.clone();
        stmts.extend(scenery.made(row));
        let sent = rows::with_header(&scenery, "If-Match", text("\"stale\""));
        stmts.push(assign("response", request("post", self.url(), [sent])));
        stmts.push(status(name("response"), 412));
        Some(test(self.title("test_stale_version_for"), stmts))
    }

    /// Whether whoever comes later may still ask: what the transition sets opens the row to the same
    /// caller.
    fn stays_open(&self, before: &Scenery) -> bool {
        let scene = &self.tests.stage;
        let rules = self.tests.rules(self.plan);
        let speaks = |field: &usize| {
            let attribute = &scene.entity.fields[*field].model_attribute;
            let mut rules = rules.iter().filter_map(|rule| rule.row.as_ref());
            rules.any(|rule| speaks_of(rule, attribute))
        };
        if self.transition.set.iter().any(|(field, _)| speaks(field)) {
            return false;
        }
        if !speaks(&self.machine.field) {
            return true;
        }
        let state = &scene.entity.fields[self.machine.field];
        let held = types::literal(scene.plan, &state.ty, &self.transition.to.to_string());
        let after = scene.with_values(&rules, vec![(state.attribute.clone(), held)]);
        let others = |scenery: &Scenery| {
            let is_state = |it: &Argument| matches!(it, Argument::Keyword(name, _) if *name == state.attribute);
            let mut row = scenery.row.clone();
            row.retain(|it| !is_state(it));
            row
        };
        after.is_some_and(|after| {
            after.stmts.starts_with(&before.stmts) && others(&after) == others(before)
        })
    }

    /// Of two at once, one comes too late.
    fn races(&self) -> Option<Stmt> {
        let first = self.transition.machine;
        let once = |it: &&TransitionPlan| it.machine == first && !it.from.contains(&it.to);
        let chosen = self.tests.stage.entity.transitions.iter().find(once)?;
        if chosen.name != self.transition.name {
            return None;
        }
        let (scenery, row) = self.starts(true).find_map(|start| self.row(start))?;
        if !self.stays_open(&scenery) {
            return None;
        }
        let mut stmts = scenery.stmts.clone();
        stmts.extend(scenery.made(row));
        let Expr::Await(asked) = self.post(&scenery) else { return None };
        let both = from("asyncio", "gather").call_with([(*asked).clone(), *asked]).awaited();
        stmts.push(Stmt::Assign(Expr::Tuple(vec![name("one"), name("other")]), both));
        let codes = ["one", "other"].map(|it| name(it).attr("status_code"));
        let sorted = name("sorted").call_with([list(codes)]);
        stmts.push(equals(sorted, list([int(200), int(409)])));
        Some(test(self.title("test_race_of"), stmts))
    }

    fn conflict(&self, code: &str) -> Vec<Stmt> {
        let coded = problem::coded(name("response"), self.tests.stage.plan, text(code));
        [status(name("response"), 409)].into_iter().chain(coded).collect()
    }
}

/// One transition after the other, from the initial state on.
fn life(tests: &Tests<'_>, position: usize, machine: &MachinePlan) -> Option<Stmt> {
    let entity = tests.stage.entity;
    if machine.walk.len() < 2 {
        return None;
    }
    let plans: Vec<&OperationPlan> = (machine.walk.iter())
        .filter_map(|position| tests.operation(Operation::Transition(*position)))
        .collect();
    let rules: Vec<&AccessPlan> = plans.iter().flat_map(|plan| tests.rules(plan)).collect();
    let scenery = tests.stage.with_row(&rules)?;
    // The rows of the walk say nothing of themselves.
    if entity.fields.iter().any(|field| scenery.says(&field.attribute)) {
        return None;
    }
    let members = &tests.stage.plan.enums[machine.states].members;
    let mut stmts = scenery.stmts.clone();
    let wire = &entity.fields[machine.field].wire;
    let first =
        machine.walk.first().and_then(|first| tests.operation(Operation::Transition(*first)));
    let wire = first.and_then(|first| entity.shown_as(first, wire));
    let steps = machine.walk.iter().map(|walked| {
        let transition = &entity.transitions[*walked];
        let segment = text(transition.segment.as_deref().unwrap_or_default());
        let state = || text(&members[transition.to].value);
        if wire.is_some() { tuple([segment, state()]) } else { segment }
    });
    stmts.push(assign("steps", list(steps)));
    stmts.push(assign("url", tests.item()));
    let url = crate::python::build::fstring([
        crate::python::FStringPart::Value(name("url"), None),
        crate::python::FStringPart::Text("/".to_owned()),
        crate::python::FStringPart::Value(name("step"), None),
    ]);
    let variable = match wire {
        Some(_) => tuple([name("step"), name("state")]),
        None => name("step"),
    };
    let mut asked = vec![
        assign("response", request("post", url, rows::headers(&scenery))),
        status(name("response"), 200),
    ];
    asked.extend(wire.map(|wire| equals(tests.row("response").index([text(wire)]), name("state"))));
    stmts.push(each(variable, name("steps"), asked));
    let title = match position {
        0 => "test_one_transition_after_the_other".to_owned(),
        _ => format!("test_one_transition_after_the_other_{}", position + 1),
    };
    Some(test(PyIdent::known(title), stmts))
}

/// No change of a row changes its state.
fn kept(tests: &Tests<'_>) -> Option<Stmt> {
    let entity = tests.stage.entity;
    if entity.machines.is_empty() {
        return None;
    }
    let plan = tests.operation(Operation::Update)?;
    let scenery = rows::scenery(tests, plan)?;
    let mut stmts = scenery.stmts.clone();
    for machine in &entity.machines {
        let members = &tests.stage.plan.enums[machine.states].members;
        let wire = &entity.fields[machine.field].wire;
        let state = members.iter().enumerate().find(|(at, _)| *at != machine.initial);
        let state = state.map_or(&members[machine.initial], |(_, member)| member);
        let sent = dict([(text(wire), text(&state.value))]);
        let arguments = std::iter::once(tests.sent(sent)).chain(rows::headers(&scenery));
        stmts.push(assign("response", request("patch", name("url"), arguments)));
        stmts.push(status(name("response"), tests.invalid()));
    }
    Some(test("test_changes_leave_states_alone", stmts))
}

/// A row can be deleted before it is locked. One entity shows it for all.
fn gone(tests: &Tests<'_>) -> Option<Stmt> {
    let (plan, entity) = (tests.stage.plan, tests.stage.entity);
    let first =
        plan.entities.iter().find(|one| !one.transitions.is_empty() && one.resource.is_some())?;
    if !std::ptr::eq(first, entity) {
        return None;
    }
    let layer = Layer::new(plan, tests.stage.index);
    let key = tests.stage.key();
    let found = name("session").attr("get_one").call_with([layer.model(), key]).awaited();
    let deleted = from("sqlalchemy", "delete").call_with([layer.model()]);
    let options = dict([(text("synchronize_session"), Expr::Bool(false))]);
    let execute = name("session").attr("execute");
    let execute = execute.call([arg(deleted), kw("execution_options", options)]).awaited();
    let repository = layer.repository().call_with([name("session")]);
    let error = from("app.core.errors", "NotFoundError");
    let raises = module("pytest").attr("raises").call_with([error]);
    let refused = Stmt::With {
        is_async: false,
        items: vec![WithItem { context: raises, name: None }],
        body: vec![repository.attr("lock").call_with([name("found")]).awaited().stmt()],
    };
    let inside = vec![assign("found", found), execute.stmt(), refused];
    let made = assign("row", factory(&entity.one, Vec::new()));
    Some(test("test_no_row_is_locked_that_is_gone", vec![made, writing(inside)]))
}
