//! What is asked of the routes that start flows: who may not is refused, rows that are not there are not
//! found, and a body that does not fit is refused. Nothing of it changes the rows of the walk.

use serde_json::{Map, Value, json};
use stratapi_plan::{ParameterPlan, ValueKind, without_converters};

use super::rule::Caller;
use super::walk::Maker;
use super::{Purpose, Step};
use crate::subject::FlowRoute;

/// A key that no row has.
const NOWHERE: &str = "00000000-0000-7000-8000-000000000000";
/// The same for whole numbers.
const NO_NUMBER: &str = "1000000007";

impl Maker<'_, '_> {
    /// Asks one route; `position` is its place behind all endpoints.
    pub(super) fn flow(&mut self, position: usize, route: &FlowRoute<'_>) {
        let Some(path) = self.flow_path(route) else { return };
        let body = self.flow_body(route);
        let gate = &route.endpoint.gate;
        let strangers: Vec<Caller> = std::iter::once(Caller::nobody())
            .chain(self.callers.iter().filter(|caller| !caller.made).cloned())
            .filter(|caller| !caller.passes(gate))
            .collect();
        for caller in strangers {
            let expect = vec![if caller.signed_in { 403 } else { 401 }];
            self.ask_flow(Purpose::Refuses, position, &path, &caller, expect, body.as_ref(), "");
        }
        let main = self.main();
        if !main.passes(gate) {
            return;
        }
        if !route.endpoint.parameters.is_empty() {
            let what = "for rows that are not there";
            self.ask_flow(Purpose::Works, position, &path, &main, vec![404], body.as_ref(), what);
        }
        if let Some(mut body) = body {
            body.insert("no_such_member".to_owned(), Value::Bool(true));
            let what = "with a member that it does not have";
            self.ask_flow(Purpose::Guards, position, &path, &main, vec![422], Some(&body), what);
        }
    }

    /// The address of rows that are not there, if keys of their types can be thought of.
    fn flow_path(&self, route: &FlowRoute<'_>) -> Option<String> {
        let mut path = without_converters(&route.endpoint.path);
        for ParameterPlan { name, ty, .. } in &route.endpoint.parameters {
            let key = match ty.kind {
                ValueKind::Uuid => NOWHERE,
                ValueKind::Int { .. } => NO_NUMBER,
                _ => return None,
            };
            path = path.replace(&format!("{{{name}}}"), key);
        }
        Some(format!("{}{path}", self.plan.app.prefix))
    }

    /// A body that fits.
    fn flow_body(&self, route: &FlowRoute<'_>) -> Option<Map<String, Value>> {
        let body = self.plan.flows[route.endpoint.flow].body.as_ref()?;
        let plain = |value: &Value| match value {
            Value::String(text) => Value::String(text.replace("{n}", "0")),
            other => other.clone(),
        };
        let parts = body.parts.iter();
        Some(parts.map(|part| (part.wire.clone(), plain(&part.sample.value))).collect())
    }

    #[expect(clippy::too_many_arguments, reason = "one argument a member of the step")]
    fn ask_flow(
        &mut self,
        purpose: Purpose,
        endpoint: usize,
        path: &str,
        caller: &Caller,
        expect: Vec<u16>,
        body: Option<&Map<String, Value>>,
        what: &str,
    ) {
        let request = json!({
            "actor": caller.actor,
            "method": "POST",
            "path": path,
            "body": body,
            "expect": expect,
            "contains": null,
            "least": 0,
            "hides": null,
            "save": null,
            "locates": false,
            "row": "",
            "list": null,
            "headers": {},
        });
        let (actor, what) = (caller.actor.clone(), what.to_owned());
        self.steps.push(Step { purpose, endpoint, actor, expect, what, span: None, request });
    }
}
