//! `tests/api/test_flows.py`: what each endpoint of a flow must do, and must refuse.

mod effects;
mod play;
mod scheduled;
mod setup;
mod value;
mod world;

use serde_json::{Map, Value};
use stratapi_plan::{
    Artifact, EndpointPlan, FlowInputKind, FlowPlan, FlowSegmentPlan, Gate, ParameterPlan,
    PartPlan, Place, Plan, PlannedFile, Presence, PyIdent, ValueKind, as_segment, as_text,
    unnumbered,
};

use super::testing::code::{address, body, request, sample, status, test};
use super::testing::stage::factory;
use crate::python::build::{assign, dict, from, int, kw, name, text, union};
use crate::python::{Argument, Expr, Module, Stmt, artifact};
use crate::types;

/// Tests of all endpoints.
pub(super) fn emit(plan: &Plan, file: &PlannedFile) -> Artifact {
    let mut tests = Vec::new();
    for endpoint in &plan.endpoints {
        let flow = &plan.flows[endpoint.flow];
        let start = if flow.payload.is_some() { Start::Later } else { Start::Asked };
        let case = Case { start, plan, endpoint, flow };
        tests.extend([case.strangers(), case.others(), case.missing(), case.misfits()]);
        tests.extend([case.unknown(&Place::Body), case.unknown(&Place::Query)]);
        tests.extend(setup::tests(&case).into_iter().map(Some));
    }
    tests.extend(scheduled::tests(plan).into_iter().map(Some));
    let body = tests.into_iter().flatten().collect();
    artifact(file, &Module { doc: None, body, extra_imports: Vec::new() })
}

/// What a request says besides its address.
#[derive(Clone)]
struct Sent {
    body: Option<Map<String, Value>>,
    /// The values in the path: texts.
    path: Map<String, Value>,
    query: Map<String, Value>,
    /// Texts.
    headers: Map<String, Value>,
}

impl Sent {
    /// `json={…}, params={…}, headers=headers | {…}`; whether the test has `headers` of its own.
    fn arguments(&self, own: bool) -> Vec<Argument> {
        let members = |all: &Map<String, Value>| {
            dict(all.iter().map(|(key, value)| (text(key), sample(value))))
        };
        let mut arguments: Vec<Argument> = self.body.iter().map(|all| body(members(all))).collect();
        if !self.query.is_empty() {
            arguments.push(kw("params", members(&self.query)));
        }
        let headers = (!self.headers.is_empty()).then(|| members(&self.headers));
        let headers: Vec<Expr> = own.then(|| name("headers")).into_iter().chain(headers).collect();
        if !headers.is_empty() {
            arguments.push(kw("headers", union(headers)));
        }
        arguments
    }
}

/// How a flow starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Start {
    /// A client asks, and is answered when it is done.
    Asked,
    /// A client asks, and a worker does it afterwards.
    Later,
    /// By itself.
    Alone,
}

/// An endpoint under test, or what stands for one where a flow starts by itself.
struct Case<'a> {
    start: Start,
    plan: &'a Plan,
    endpoint: &'a EndpointPlan,
    flow: &'a FlowPlan,
}

impl<'a> Case<'a> {
    fn title(&self, start: &str) -> PyIdent {
        PyIdent::known(format!("test_{start}_{}", self.endpoint.function))
    }

    /// What stands in the places of a request, given the value of each input, if it is said.
    fn sent(&self, value: impl Fn(usize, &PartPlan) -> Option<Value>) -> Sent {
        let members = |place: &Place| {
            let parts = self.flow.values_in(place);
            let given = parts.filter_map(|(index, part)| Some((part, value(index, part)?)));
            let left_out = |part: &PartPlan, value: &Value| {
                let nothing = *place == Place::Query || part.presence != Presence::Required;
                value.is_null() && nothing && part.default().is_none()
            };
            let given = given.filter(|(part, value)| !left_out(part, value));
            given.map(|(part, value)| (part.wire.clone(), value)).collect::<Map<_, _>>()
        };
        let headers = self.flow.headers().filter_map(|(index, _, part)| {
            let said = value(index, part)?;
            (!said.is_null()).then(|| (part.wire.clone(), Value::String(as_text(&said))))
        });
        let path = self.flow.segments().filter_map(|segment| match segment {
            FlowSegmentPlan::Row(_) => None,
            FlowSegmentPlan::Value(index, found) => {
                let said = as_text(&value(index, &found.part)?);
                Some((found.parameter.to_string(), Value::String(said)))
            }
        });
        Sent {
            path: path.collect(),
            body: self.flow.body.as_ref().map(|_| members(&Place::Body)),
            query: members(&Place::Query),
            headers: headers.collect(),
        }
    }

    /// A request with the sample of each input.
    fn samples(&self) -> Sent {
        self.sent(|_, part| Some(unnumbered(&part.sample.value)))
    }

    /// The address, with the values that are sent in it, and something for each row.
    fn url(&self, sent: &Sent, row: impl Fn(usize, &ParameterPlan) -> Expr) -> Expr {
        let mut path = format!("{}{}", self.plan.app.prefix, self.endpoint.path);
        for (parameter, said) in &sent.path {
            path = path.replace(&format!("{{{parameter}}}"), &as_segment(said));
        }
        address(&path, |parameter| {
            let mut known = self.flow.keys().enumerate();
            let known = known.find(|(_, it)| it.name.as_str() == parameter);
            known.map_or_else(|| text(parameter), |(position, it)| row(position, it))
        })
    }

    /// The address of rows that are not there, if keys of their types can be thought of.
    fn nowhere(&self, sent: &Sent) -> Option<Expr> {
        let known = |parameter: &ParameterPlan| {
            matches!(parameter.ty.kind, ValueKind::Uuid | ValueKind::Int { .. })
        };
        let all = self.flow.keys().all(known);
        all.then(|| {
            self.url(sent, |_, parameter| match parameter.ty.kind {
                ValueKind::Uuid => from("app.core.ids", "uuid7").call([]),
                _ => int(1_000_000_007),
            })
        })
    }

    /// A request for rows that are not there.
    fn asked(&self, sent: &Sent, headers: bool) -> Option<Stmt> {
        let arguments = sent.arguments(headers);
        let asked = request(self.endpoint.method.word(), self.nowhere(sent)?, arguments);
        Some(assign("response", asked))
    }

    /// The roles that the gate asks for.
    fn roles(&self) -> &'a [usize] {
        match &self.endpoint.gate {
            Gate::Roles(roles) => roles,
            _ => &[],
        }
    }

    /// Statements that sign somebody in whom the gate lets through, or who has this role.
    fn caller(&self, role: Option<usize>) -> Vec<Stmt> {
        let Some(auth) = &self.plan.app.auth else { return Vec::new() };
        let user = &self.plan.entities[auth.user];
        let role = role.or_else(|| self.roles().first().copied());
        let given = role.zip(auth.role).map(|(role, field)| {
            let field = &user.fields[field];
            kw(&field.attribute, types::literal(self.plan, &field.ty, &role.to_string()))
        });
        let headers = name("factory").attr("auth").call_with([name("caller")]);
        vec![
            assign("caller", factory(&user.one, given.into_iter().collect())),
            assign("headers", headers),
        ]
    }

    /// Statements that sign somebody in, where somebody has to.
    fn signed_in(&self, role: Option<usize>) -> Vec<Stmt> {
        if self.is_open() { Vec::new() } else { self.caller(role) }
    }

    fn is_open(&self) -> bool {
        self.endpoint.gate == Gate::Public
    }

    /// Nobody is let through who has not signed in.
    fn strangers(&self) -> Option<Stmt> {
        if self.is_open() {
            return None;
        }
        let asked = self.asked(&self.samples(), false)?;
        Some(test(self.title("no_stranger_may"), vec![asked, status(name("response"), 401)]))
    }

    /// Nor who has another role.
    fn others(&self) -> Option<Stmt> {
        let auth = self.plan.app.auth.as_ref()?;
        let roles = self.roles();
        let other = auth.roles.iter().find(|role| !roles.contains(&role.index))?;
        if roles.is_empty() {
            return None;
        }
        let mut stmts = self.caller(Some(other.index));
        stmts.extend([self.asked(&self.samples(), true)?, status(name("response"), 403)]);
        Some(test(self.title("no_other_role_may"), stmts))
    }

    fn missing(&self) -> Option<Stmt> {
        self.flow.keys().next()?;
        let mut stmts = self.signed_in(None);
        let asked = self.asked(&self.samples(), !self.is_open())?;
        stmts.extend([asked, status(name("response"), 404)]);
        Some(test(self.title("missing_rows_for"), stmts))
    }

    /// What is no value of a segment of the path is refused.
    fn misfits(&self) -> Option<Stmt> {
        let mut stmts = Vec::new();
        for (parameter, misfit) in self.flow.misfits(self.plan) {
            let mut sent = self.samples();
            sent.path.insert(parameter.to_string(), Value::String(misfit));
            let asked = self.asked(&sent, !self.is_open())?;
            stmts.extend([asked, status(name("response"), self.plan.app.invalid_status)]);
        }
        let all = self.signed_in(None).into_iter().chain(stmts.clone()).collect();
        (!stmts.is_empty()).then(|| test(self.title("wrong_segments_for"), all))
    }

    /// What nobody has heard of is refused, in the body and in the query.
    fn unknown(&self, place: &Place) -> Option<Stmt> {
        let mut sent = self.samples();
        let (members, title) = match place {
            Place::Query => (self.flow.query.as_ref().map(|_| &mut sent.query), "parameters"),
            _ => (sent.body.as_mut(), "members"),
        };
        members?.insert("no_such_member".to_owned(), Value::Bool(true));
        let mut stmts = self.signed_in(None);
        stmts.extend([
            self.asked(&sent, !self.is_open())?,
            status(name("response"), self.plan.app.invalid_status),
        ]);
        Some(test(self.title(&format!("unknown_{title}_for")), stmts))
    }

    /// The inputs that are rows: their variables and entities.
    fn rows(&self) -> impl Iterator<Item = (&'a PyIdent, usize)> {
        self.flow.inputs.iter().filter_map(|input| match &input.kind {
            FlowInputKind::Row { entity, .. } => Some((&input.variable, *entity)),
            FlowInputKind::Value(_) => None,
        })
    }
}
