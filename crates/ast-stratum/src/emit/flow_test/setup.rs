//! What the rows of a test are like, and which tests there are: each end of a flow that a rehearsal comes
//! to has one, and each step that some rehearsal goes through is gone through by a test.

use serde_json::{Map, Value, json};
use stratapi_plan::{
    FieldPlan, FieldSource, FlowInputKind, FlowValuePlan, MessagePlan, ParameterPlan, PartPlan,
    Plan, PyIdent, PythonDefault, Read, StepPlan, ValueKind, unnumbered,
};

use super::super::testing::code::{
    equals, json as answer, request, row as row_of, status, test, writing,
};
use super::super::testing::problem;
use super::super::testing::stage::{factory, stored};
use super::effects::effects;
use super::play::{End, Frame, Play};
use super::value::{Known, UNIT};
use super::world::{Target, World};
use super::{Case, Sent, Start};
use crate::python::build::{assign, boolean, dict, from, int, kw, list, name, text};
use crate::python::{Expr, Stmt};
use crate::types;

/// What is said of the rows of a test.
#[derive(Debug, Clone, Default)]
struct Setup {
    /// References of inputs (input, reference) that do not lead to the caller, though they could.
    strange: Vec<(usize, usize)>,
    /// Fields of inputs.
    values: Vec<(usize, usize, Value)>,
    /// Rows that refer to inputs: the input, the entity, and its reference.
    children: Vec<(usize, usize, usize)>,
    /// Inputs that are values, by index.
    sent: Vec<(usize, Value)>,
    /// Whether nothing is said of inputs that have a default.
    by_default: bool,
    /// Inputs that are the same row as an earlier one, or the caller.
    same: Vec<(usize, Option<usize>)>,
    /// The role of the caller.
    role: Option<usize>,
}

/// Something that can be said of a setup.
type Variation<'v> = Box<dyn Fn(&mut Setup) + 'v>;

/// A rehearsal that becomes a test.
struct Rehearsed<'a> {
    setup: Setup,
    /// The slots that were asked.
    slots: Vec<usize>,
    end: End<'a>,
    /// The rows afterwards.
    world: World,
}

/// Rehearsals of one endpoint at the most.
const MOST: usize = 3_000;
/// Steps of one rehearsal at the most.
const PATIENCE: usize = 500;

/// A test for each end that is found.
pub(super) fn tests(case: &Case<'_>) -> Vec<Stmt> {
    let variations = variations(case);
    let mut found: Vec<Rehearsed<'_>> = Vec::new();
    let mut seen: Vec<&StepPlan> = Vec::new();
    let mut left = MOST;
    let mut try_one = |setup: Setup| {
        if left == 0 {
            return;
        }
        left -= 1;
        let (mut end, rehearsal) = rehearsed(case, &setup);
        if case.start != Start::Asked && !rehearsal.world.later.is_empty() {
            // A worker does these as well.
            end = End::Unknown;
        }
        let known = found.iter().any(|other| other.end.is_like(&end));
        let new = |step: &&StepPlan| !seen.iter().any(|known| std::ptr::eq(*known, *step));
        let more = rehearsal.visited.iter().any(new);
        if !matches!(end, End::Unknown) && (!known || more) {
            let slots = asked(&rehearsal.visited);
            seen.extend(rehearsal.visited);
            found.push(Rehearsed { setup, slots, end, world: rehearsal.world });
        }
    };
    try_one(Setup::default());
    let of = |chosen: &[&Variation<'_>]| {
        let mut setup = Setup::default();
        chosen.iter().for_each(|variation| variation(&mut setup));
        setup
    };
    for one in &variations {
        try_one(of(&[one]));
    }
    for (position, one) in variations.iter().enumerate() {
        for other in &variations[position + 1..] {
            try_one(of(&[one, other]));
        }
    }
    let (mut done, mut refused) = (0, 0);
    let repeated = found.iter().find(|it| matches!(it.end, End::Done(_)));
    let repeated = repeated.filter(|_| case.endpoint.idempotent).map(|it| {
        let title = format!("test_{}_is_done_once", case.endpoint.function);
        written(case, it, &title, repeated_requests)
    });
    let abandoned = abandoned(case, &found);
    let by_default = by_default(case, &found);
    let named = found.iter().map(|it| {
        let (word, count) = match it.end {
            End::Done(_) => ("works", &mut done),
            _ => ("is_refused", &mut refused),
        };
        *count += 1;
        let title = format!("test_{}_{word}_{count}", case.endpoint.function);
        written(case, it, &title, if case.start == Start::Alone { no_request } else { one_request })
    });
    named.chain(repeated).chain(abandoned).chain(by_default).collect()
}

/// A request that leaves out all that has a default.
fn by_default(case: &Case<'_>, found: &[Rehearsed<'_>]) -> Option<Stmt> {
    case.flow.values.iter().find(|value| value.part.default().is_some())?;
    let done = found.iter().find(|it| matches!(it.end, End::Done(_)))?;
    let setup = Setup { by_default: true, ..done.setup.clone() };
    let (end, rehearsal) = rehearsed(case, &setup);
    if matches!(end, End::Unknown) || !rehearsal.world.later.is_empty() {
        return None;
    }
    let slots = asked(&rehearsal.visited);
    let title = format!("test_{}_takes_its_defaults", case.endpoint.function);
    let tried = Rehearsed { setup, slots, end, world: rehearsal.world };
    Some(written(case, &tried, &title, one_request))
}

/// A flow that is done later for an account, which can't be used any more then.
fn abandoned(case: &Case<'_>, found: &[Rehearsed<'_>]) -> Option<Stmt> {
    let known = case.start == Start::Later && case.flow.caller && !case.flow.anonymous;
    if !known || !case.plan.account()?.is_active {
        return None;
    }
    let Rehearsed { setup, slots, world, .. } =
        found.iter().find(|it| matches!(it.end, End::Done(_)))?;
    let (setup, slots, world) = (setup.clone(), slots.clone(), world.clone());
    let end = End::Refused(case.flow.steps.first()?, 401);
    let title = format!("test_{}_is_refused_without_its_account", case.endpoint.function);
    Some(written(case, &Rehearsed { setup, slots, end, world }, &title, abandoned_request))
}

/// The slots that steps ask, each once.
fn asked(steps: &[&StepPlan]) -> Vec<usize> {
    let mut found = Vec::new();
    for step in steps {
        if let StepPlan::Slot(slot, ..) = step
            && !found.contains(slot)
        {
            found.push(*slot);
        }
    }
    found
}

/// The rows of a setup before the flow.
struct Staged {
    world: World,
    /// The caller, then the inputs.
    rows: Vec<usize>,
    /// Those that refer to inputs, in the order of the setup.
    children: Vec<usize>,
}

fn staged(case: &Case<'_>, setup: &Setup) -> Staged {
    let plan = case.plan;
    let mut world = World::default();
    let account = plan.app.auth.as_ref().map(|auth| auth.user);
    let caller = world.add(plan, account.unwrap_or_default());
    // Where nobody can sign in, the first variable is no row.
    world.rows[caller].gone = account.is_none();
    if let Some(auth) = &plan.app.auth
        && let (Some(role), Some(field)) = (role(case, setup), auth.role)
    {
        world.rows[caller].values[field] = Known::Text(auth.roles[role].value.clone());
    }
    let mut rows = vec![caller];
    for (input, (_, entity)) in case.rows().enumerate() {
        if let Some((_, same)) = setup.same.iter().find(|(it, _)| *it == input) {
            rows.push(rows[same.map_or(0, |other| other + 1)]);
            continue;
        }
        let row = world.add(plan, entity);
        for (_, field, value) in setup.values.iter().filter(|(it, ..)| *it == input) {
            world.say(plan, row, *field, value);
        }
        for reference in owned(case, entity) {
            if !setup.strange.contains(&(input, reference)) {
                world.rows[row].targets[reference] = Target::Row(caller);
            }
        }
        rows.push(row);
    }
    let mut children = Vec::new();
    for (input, entity, reference) in &setup.children {
        let child = world.add(plan, *entity);
        world.rows[child].targets[*reference] = Target::Row(rows[input + 1]);
        children.push(child);
    }
    Staged { world, rows, children }
}

/// How the flow ends with the rows of a setup, and what was rehearsed.
fn rehearsed<'a>(case: &Case<'a>, setup: &Setup) -> (End<'a>, Play<'a>) {
    let plan = case.plan;
    let Staged { world, rows, .. } = staged(case, setup);
    let mut locals = Vec::new();
    for input in &case.flow.inputs {
        if let FlowInputKind::Value(index) = input.kind {
            let part = &case.flow.values[index].part;
            let known = match (sent(setup, index, part), part.default()) {
                (Some(value), _) => Known::of_json(&part.ty, &value),
                (None, Some(PythonDefault::Literal(text))) => {
                    Known::of_literal(plan, &part.ty, text)
                }
                (None, _) => Known::Something,
            };
            locals.push((input.variable.clone(), known));
        }
    }
    let visited = Vec::new();
    let mut rehearsal = Play { plan, world, visited, patience: PATIENCE };
    let end = rehearsal.flow(&case.flow.steps, Frame { rows, locals });
    (end, rehearsal)
}

/// The caller's role: the one that was chosen, or one that the gate lets through.
fn role(case: &Case<'_>, setup: &Setup) -> Option<usize> {
    setup.role.or_else(|| case.roles().first().copied())
}

/// The references of an entity that lead to the caller, where nothing else is said.
fn owned<'a>(case: &Case<'a>, entity: usize) -> impl Iterator<Item = usize> + use<'a> {
    let plan = case.plan;
    let signed_in = case.flow.caller;
    let entity = &plan.entities[entity];
    let references = entity.references.iter().enumerate();
    let mine = references.filter(move |(_, reference)| {
        let table = plan.table(entity);
        let alone =
            table.unique_sets().any(|set| set.iter().any(|it| reference.columns.contains(it)));
        signed_in && plan.is_account(reference.target) && !reference.unique && !alone
    });
    mine.map(|(position, _)| position)
}

/// What is sent of an input that is a value, if anything.
fn sent(setup: &Setup, index: usize, part: &PartPlan) -> Option<Value> {
    if setup.by_default && part.default().is_some() {
        return None;
    }
    let said = setup.sent.iter().find(|(it, _)| *it == index);
    Some(said.map_or_else(|| unnumbered(&part.sample.value), |(_, value)| value.clone()))
}

/// Everything that can be said.
fn variations<'v>(case: &Case<'v>) -> Vec<Variation<'v>> {
    let plan = case.plan;
    let mut all: Vec<Variation<'v>> = Vec::new();
    let rows: Vec<(&PyIdent, usize)> = case.rows().collect();
    for (input, (_, entity)) in rows.iter().copied().enumerate() {
        for reference in owned(case, entity) {
            all.push(Box::new(move |setup| setup.strange.push((input, reference))));
        }
        let declared = &plan.entities[entity];
        for (field, found) in declared.fields.iter().enumerate() {
            for value in tried(case, found) {
                all.push(Box::new(move |setup| {
                    setup.values.push((input, field, value.clone()));
                }));
            }
        }
        for (other, (_, known)) in rows.iter().enumerate().take(input) {
            if *known == entity {
                all.push(Box::new(move |setup| setup.same.push((input, Some(other)))));
            }
        }
        if plan.is_account(entity) && case.flow.caller {
            all.push(Box::new(move |setup| setup.same.push((input, None))));
        }
    }
    for step in &case.flow.steps {
        step.all_reads(&mut |read| {
            let Read::Rows(many, ..) = read else { return };
            let input = many.variable.checked_sub(1).filter(|input| *input < rows.len());
            if let (Some(input), Some(reference)) = (input, many.reference())
                && many.steps.is_empty()
                && rows[input].1 == many.from
                && plan.entities[many.entity].stageable
            {
                let entity = many.entity;
                all.push(Box::new(move |setup| setup.children.push((input, entity, reference))));
            }
        });
    }
    for (part, FlowValuePlan { part: declared, .. }) in case.flow.values.iter().enumerate() {
        let mut values = vec![unnumbered(&declared.sample.other)];
        values.extend(declared.ty.nullable.then_some(Value::Null));
        for value in values {
            all.push(Box::new(move |setup| setup.sent.push((part, value.clone()))));
        }
    }
    if let Some(auth) = plan.app.auth.as_ref().filter(|_| case.roles().is_empty()) {
        for role in &auth.roles {
            let index = role.index;
            all.push(Box::new(move |setup| setup.role = Some(index)));
        }
    }
    all
}

/// Values of a field that tests try: its samples, null, the ends of its range, every member.
fn tried(case: &Case<'_>, field: &FieldPlan) -> Vec<Value> {
    let plan = case.plan;
    let apart = field.checked || field.distinct;
    let hidden = matches!(field.ty.kind, ValueKind::Password { .. } | ValueKind::Slug { .. });
    if field.source != FieldSource::Attribute || apart || hidden || field.ty.list {
        return Vec::new();
    }
    let mut values = Vec::new();
    match &field.ty.kind {
        ValueKind::Bool => values.extend([Value::Bool(true), Value::Bool(false)]),
        ValueKind::Enum(index) => {
            values.extend(plan.enums[*index].members.iter().map(|it| json!(it.value)));
        }
        ValueKind::Int { min, max, .. } => {
            let fits = |number: &i64| number >= min && number <= max;
            let all = [0, 1, *min, 1_000, 1_000_000];
            values.extend(all.into_iter().filter(fits).map(|it| json!(it)));
        }
        ValueKind::Decimal { .. } => {
            let all = ["0", "1", "1000", "1000000"].map(|it| json!(it));
            let fits = |value: &Value| Known::of_json(&field.ty, value).fits(&field.ty);
            values.extend(all.into_iter().filter(fits));
        }
        _ => {}
    }
    values.extend([&field.sample.value, &field.sample.other].map(unnumbered));
    values.extend(field.ty.nullable.then_some(Value::Null));
    values
}

/// The test itself: the requests of it, given where they go to, what is sent and the end.
fn written(
    case: &Case<'_>,
    rehearsed: &Rehearsed<'_>,
    title: &str,
    requests: fn(&Case<'_>, &Expr, &Sent, End<'_>) -> Vec<Stmt>,
) -> Stmt {
    let Rehearsed { setup, slots, end, world } = rehearsed;
    let (plan, end) = (case.plan, *end);
    let open = case.is_open();
    let mut stmts = begun(case, setup, slots);
    let mut names: Vec<PyIdent> = Vec::new();
    for (input, (variable, entity)) in case.rows().enumerate() {
        if let Some((_, same)) = setup.same.iter().find(|(it, _)| *it == input) {
            names.push(same.map_or_else(|| PyIdent::known("caller"), |it| names[it].clone()));
            continue;
        }
        let declared = &plan.entities[entity];
        let values = setup.values.iter().filter(|(it, ..)| *it == input);
        let values = values.map(|(_, field, value)| {
            let field = &declared.fields[*field];
            kw(&field.attribute, stored(plan, field, value))
        });
        let mine = owned(case, entity).filter(|it| !setup.strange.contains(&(input, *it)));
        let mine = mine.map(|it| kw(&declared.references[it].attribute, name("caller")));
        let row = local(variable);
        stmts.push(assign(&row, factory(&declared.one, values.chain(mine).collect())));
        names.push(row);
    }
    let stage = staged(case, setup);
    let mut known: Vec<(usize, PyIdent)> =
        stage.rows.iter().skip(1).copied().zip(names.iter().cloned()).collect();
    for (stmt, child) in children(case, setup, &stage, &names) {
        stmts.push(stmt);
        known.push(child);
    }
    if !open {
        known.push((stage.rows[0], PyIdent::constant("caller")));
    }
    let said = case.sent(|index, part| sent(setup, index, part));
    let key = |position: usize, key: &ParameterPlan| name(&names[position]).attr(&key.attribute);
    let url = case.url(&said, key);
    stmts.extend(requests(case, &url, &said, end));
    if let End::Done(Some(row)) = end {
        stmts.extend(shown(case, world, row));
    }
    let refused = matches!(end, End::Refused(..));
    stmts.extend(effects(case, &known, (&stage.world, world), refused));
    test(PyIdent::known(title), stmts)
}

/// One request, its status, and what is said where it is refused.
fn one_request(case: &Case<'_>, url: &Expr, sent: &Sent, end: End<'_>) -> Vec<Stmt> {
    let later = case.start == Start::Later;
    let code = match end {
        End::Refused(_, code) if !later => code,
        _ => case.endpoint.status,
    };
    let mut stmts = answered(case, url, sent, code).to_vec();
    if later {
        stmts.push(ended(case, end));
        return stmts;
    }
    // Of several requirements with one status only this one says so.
    if let End::Refused(StepPlan::Require(_, refusal), _) = end
        && let [MessagePlan::Text(said)] = refusal.message.as_slice()
    {
        let detail = answer(name("response")).index([text("detail")]);
        stmts.push(equals(detail, text(said)));
    }
    stmts
}

/// Somebody asks, and is gone when the worker comes.
fn abandoned_request(case: &Case<'_>, url: &Expr, sent: &Sent, end: End<'_>) -> Vec<Stmt> {
    let Some(account) = case.plan.account() else { return Vec::new() };
    let key = name("caller").attr(&account.key[0].attribute);
    let model = from("app.models", &account.class);
    let found = name("session").attr("get_one").call_with([model, key]).awaited();
    let mut stmts = answered(case, url, sent, case.endpoint.status).to_vec();
    stmts.push(writing(vec![
        assign("account", found),
        Stmt::Assign(name("account").attr("is_active"), boolean(false)),
    ]));
    stmts.push(ended(case, end));
    stmts
}

/// The request, and its status.
fn answered(case: &Case<'_>, url: &Expr, sent: &Sent, code: u16) -> [Stmt; 2] {
    let arguments = sent.arguments(!case.is_open());
    let response = request(case.endpoint.method.word(), url.clone(), arguments);
    [assign("response", response), status(name("response"), code)]
}

/// The worker does it by itself.
fn no_request(case: &Case<'_>, _: &Expr, _: &Sent, end: End<'_>) -> Vec<Stmt> {
    let due = from("tests.jobs", "make_due").call_with([name("database"), text(&*case.flow.name)]);
    vec![due.awaited().stmt(), ended(case, end)]
}

/// `assert await outcomes(database, settings, "remind") == ["done"]`: what comes of the job.
fn ended(case: &Case<'_>, end: End<'_>) -> Stmt {
    let given = [name("database"), name("settings"), text(&*case.flow.name)];
    let found = from("tests.jobs", "outcomes").call_with(given).awaited();
    let expected = if matches!(end, End::Refused(..)) { "refused" } else { "done" };
    equals(found, list([text(expected)]))
}

/// The same request twice with one key, then another one with it.
fn repeated_requests(case: &Case<'_>, url: &Expr, sent: &Sent, end: End<'_>) -> Vec<Stmt> {
    let post =
        |sent: &Sent| request(case.endpoint.method.word(), url.clone(), sent.arguments(true));
    let (header, key) = (text("Idempotency-Key"), text("one-request"));
    let mut stmts = vec![if case.is_open() {
        assign("headers", dict([(header, key)]))
    } else {
        Stmt::Assign(name("headers").index([header]), key)
    }];
    let replayed = name("response").attr("headers").index([text("Idempotent-Replayed")]);
    stmts.extend([
        assign("first", post(sent)),
        assign("response", post(sent)),
        status(name("response"), case.endpoint.status),
        equals(replayed, text("true")),
    ]);
    if matches!(end, End::Done(Some(_))) || case.start == Start::Later {
        stmts.push(equals(answer(name("response")), answer(name("first"))));
    }
    if case.start == Start::Later {
        stmts.push(ended(case, end));
    }
    let unknown = Map::from_iter([("no_such_member".to_owned(), Value::Bool(true))]);
    stmts.extend([
        assign("other", post(&Sent { body: Some(unknown), ..sent.clone() })),
        status(name("other"), case.plan.app.invalid_status),
    ]);
    stmts.extend(problem::coded(name("other"), case.plan, text("idempotency_key_reused")));
    stmts
}

/// What stands in front of the rows: what fills the slots, and who asks.
fn begun(case: &Case<'_>, setup: &Setup, slots: &[usize]) -> Vec<Stmt> {
    let filled = slots.iter().map(|slot| filled(case.plan, *slot));
    filled.chain(case.signed_in(setup.role)).collect()
}

/// `monkeypatch.setattr("app.services.flow_methods.shipping_cost", Mock(return_value=Decimal("4.90")))`:
/// what a test is about is the flow, whatever fills the slot.
fn filled(plan: &Plan, slot: usize) -> Stmt {
    let slot = &plan.slots[slot];
    let expect = slot.examples.first().and_then(|example| example.expect.as_deref());
    let value = expect.map_or(Expr::None, |it| types::literal(plan, &slot.output, it));
    let made = from("unittest.mock", "Mock").call([kw("return_value", value)]);
    let place = text(format!("app.services.flow_methods.{}", slot.name));
    name("monkeypatch").attr("setattr").call_with([place, made]).stmt()
}

/// The rows that refer to inputs, each with its place in the world and its variable.
fn children(
    case: &Case<'_>,
    setup: &Setup,
    stage: &Staged,
    names: &[PyIdent],
) -> Vec<(Stmt, (usize, PyIdent))> {
    let rows = setup.children.iter().zip(&stage.children).enumerate();
    let made = rows.map(|(position, ((input, entity, reference), child))| {
        let declared = &case.plan.entities[*entity];
        let parent = kw(&declared.references[*reference].attribute, name(&names[*input]));
        let row = match position {
            0 => local(&declared.one),
            _ => PyIdent::known(format!("{}_{}", declared.one, position + 1)),
        };
        let row = if names.contains(&row) { PyIdent::known(format!("{row}_of_it")) } else { row };
        (assign(&row, factory(&declared.one, vec![parent])), (*child, row))
    });
    made.collect()
}

/// What the answer shows of the row that is returned, as far as it is known.
fn shown(case: &Case<'_>, world: &World, row: usize) -> Vec<Stmt> {
    let mut rehearsal =
        Play { plan: case.plan, world: world.clone(), visited: Vec::new(), patience: PATIENCE };
    let own = Frame { rows: vec![row], locals: Vec::new() };
    let row = &world.rows[row];
    let entity = &case.plan.entities[row.entity];
    let fields = entity.fields.iter().zip(&row.values);
    let mut stmts = vec![assign("shown", row_of(name("response"), entity))];
    for (field, value) in fields {
        if !field.is_shown() || field.source != FieldSource::Attribute {
            continue;
        }
        let of = name("shown").index([text(&field.wire)]);
        match value {
            Known::Bool(value) => stmts.push(Stmt::Assert(of.is(Expr::Bool(*value)))),
            Known::Null => stmts.push(Stmt::Assert(of.is(Expr::None))),
            Known::Text(value) if matches!(field.ty.kind, ValueKind::Enum(_)) => {
                stmts.push(equals(of, text(value)));
            }
            _ => {}
        }
    }
    for computed in &entity.computed {
        let of = name("shown").index([text(&computed.wire)]);
        match (rehearsal.value(&computed.value, &own), &computed.ty.kind) {
            (Known::Bool(value), _) => stmts.push(Stmt::Assert(of.is(Expr::Bool(value)))),
            (Known::Number(number), ValueKind::Int { .. }) => {
                stmts.push(equals(of, int(number / UNIT)));
            }
            _ => {}
        }
    }
    stmts
}

/// A variable of a test, which has names of its own.
fn local(variable: &PyIdent) -> PyIdent {
    let own = [
        "client",
        "factory",
        "database",
        "headers",
        "first",
        "response",
        "other",
        "shown",
        "told",
        "caller",
        "session",
        "settings",
        "monkeypatch",
    ];
    if own.contains(&variable.as_str()) {
        return PyIdent::known(format!("{variable}_row"));
    }
    variable.clone()
}
