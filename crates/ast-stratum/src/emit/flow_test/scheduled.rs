//! Flows that start by themselves: when they do, and what each of them does then.

use stratapi_plan::{EndpointPlan, Gate, Method, Plan, PyIdent};

use super::super::testing::code::equals;
use super::{Case, Start, setup};
use crate::python::Stmt;
use crate::python::build::{def, dict, from, none, text};

/// Tests of all flows that start by themselves.
pub(super) fn tests(plan: &Plan) -> Vec<Stmt> {
    if !plan.has_schedules() {
        return Vec::new();
    }
    let scheduled = || plan.flows.iter().enumerate().filter(|(_, flow)| flow.schedule.is_some());
    let all = scheduled()
        .filter_map(|(_, flow)| Some((text(&*flow.name), text(flow.schedule.as_deref()?))));
    let declared = dict(all);
    let known = from("app.services.job_runner", "SCHEDULES");
    let registered = def("test_when_flows_start_by_themselves")
        .returns(none())
        .body([equals(known, declared)])
        .stmt();
    let mut tests = vec![registered];
    for (index, flow) in scheduled() {
        let endpoint = EndpointPlan {
            function: PyIdent::known(format!("{}_by_itself", flow.method)),
            flow: index,
            method: Method::Post,
            path: String::new(),
            doc: String::new(),
            gate: Gate::Public,
            status: 202,
            idempotent: false,
            rate_limit: None,
            problems: Vec::new(),
            span: flow.span,
        };
        tests.extend(setup::tests(&Case { start: Start::Alone, plan, endpoint: &endpoint, flow }));
    }
    tests
}
