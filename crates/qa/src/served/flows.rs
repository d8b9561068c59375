//! What is asked of the routes that start flows: who may not is refused, rows that are not there are not
//! found, and a body that does not fit is refused. Nothing of it changes the rows of the walk.

use serde_json::{Map, Value, json};
use stratapi_plan::{
    FlowSegmentPlan, PartPlan, Place, PyIdent, ValueKind, as_segment, as_text, unnumbered,
    without_converters,
};

use super::Purpose;
use super::body::{NO_NUMBER, NOBODY};
use super::walk::{Asked, Maker, More};
use crate::subject::FlowRoute;

impl Maker<'_, '_> {
    /// Asks one route; `position` is its place behind all endpoints.
    pub(super) fn flow(&mut self, position: usize, route: &FlowRoute<'_>) {
        let invalid = self.plan.app.invalid_status;
        let Some(path) = self.flow_path(route, None) else { return };
        let flow = &self.plan.flows[route.endpoint.flow];
        let given = |place: &Place| -> Map<String, Value> {
            let parts = flow.values_in(place);
            parts.map(|(_, part)| (part.wire.clone(), unnumbered(&part.sample.value))).collect()
        };
        let body = flow.body.as_ref().map(|_| given(&Place::Body));
        let query = given(&Place::Query);
        let headers: Map<String, Value> =
            flow.headers().map(|(_, _, part)| (part.wire.clone(), said(part))).collect();
        let gate = &route.endpoint.gate;
        let sent = |body: &Option<Map<String, Value>>| Asked {
            method: route.endpoint.method.name(),
            path: path.clone(),
            body: json!(body),
            row: String::new(),
        };
        let about = |what: &str| More {
            what: what.to_owned(),
            headers: headers.clone(),
            query: query.clone(),
            ..More::default()
        };
        for caller in self.others().iter().filter(|caller| !caller.passes(gate)) {
            let expect = vec![if caller.signed_in { 403 } else { 401 }];
            self.add(Purpose::Refuses, position, &sent(&body), caller, expect, about(""));
        }
        let main = self.main();
        if !main.passes(gate) {
            return;
        }
        if flow.keys().next().is_some() {
            let more = about("for rows that are not there");
            self.add(Purpose::Works, position, &sent(&body), &main, vec![404], more);
        }
        for (parameter, misfit) in flow.misfits(self.plan) {
            let path = self.flow_path(route, Some((parameter, &Value::String(misfit))));
            let asked = Asked { path: path.unwrap_or_default(), ..sent(&body) };
            let more = about("with a segment that is no value");
            self.add(Purpose::Guards, position, &asked, &main, vec![invalid], more);
        }
        let wrong = |known: &Map<String, Value>| {
            let mut members = known.clone();
            members.insert("no_such_member".to_owned(), Value::Bool(true));
            members
        };
        if let Some(known) = &body {
            let more = about("with a member that it does not have");
            let asked = sent(&Some(wrong(known)));
            self.add(Purpose::Guards, position, &asked, &main, vec![invalid], more);
        }
        if flow.query.is_some() {
            let about = about("with a parameter that it does not have");
            let more = More { query: wrong(&query), ..about };
            self.add(Purpose::Guards, position, &sent(&body), &main, vec![invalid], more);
        }
    }

    /// The address of rows that are not there, if keys of their types can be thought of, with a value
    /// in each other segment; one of them may be said.
    fn flow_path(&self, route: &FlowRoute<'_>, said: Option<(&PyIdent, &Value)>) -> Option<String> {
        let mut path = without_converters(&route.endpoint.path);
        for segment in self.plan.flows[route.endpoint.flow].segments() {
            let name = segment.name();
            let text = match (segment, said.filter(|(said, _)| *said == name)) {
                (_, Some((_, value))) => as_segment(value),
                (FlowSegmentPlan::Value(_, value), None) => {
                    as_segment(&unnumbered(&value.part.sample.value))
                }
                (FlowSegmentPlan::Row(key), None) => match key.ty.kind {
                    ValueKind::Uuid => NOBODY.to_owned(),
                    ValueKind::Int { .. } => NO_NUMBER.to_string(),
                    _ => return None,
                },
            };
            path = path.replace(&format!("{{{name}}}"), &text);
        }
        Some(format!("{}{path}", self.plan.app.prefix))
    }
}

/// The sample of a header: a text.
fn said(part: &PartPlan) -> Value {
    Value::String(as_text(&unnumbered(&part.sample.value)))
}
