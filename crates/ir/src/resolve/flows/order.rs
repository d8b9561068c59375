//! The order in which flows are resolved: each after those that it calls, which is no circle.

use stratapi_diagnostics::{Code, Diagnostic, Span};

use super::Head;
use crate::resolve::Context;
use crate::syntax::Node;

/// Flows that call each other in a row, at the most.
const DEEPEST: usize = 40;

/// All flows, each after those that it calls. Circles are reported.
pub(super) fn order(heads: &[Head<'_>], context: &mut Context) -> Vec<usize> {
    let calls: Vec<Vec<(usize, Span)>> = heads
        .iter()
        .map(|head| {
            let mut found = Vec::new();
            let steps = head.node.get("steps").map_or(&[][..], Node::items);
            each_step(steps, &mut |step| {
                if let Some(name) = step.text("call")
                    && let Some(index) = heads.iter().position(|it| it.name.value == name.text)
                {
                    found.push((index, name.span));
                }
            });
            found
        })
        .collect();
    let mut search =
        Search { calls: &calls, state: vec![State::New; heads.len()], order: Vec::new() };
    for index in 0..heads.len() {
        search.visit(index, 0, heads, context);
    }
    search.order
}

/// Calls for each of these steps and each step inside of them, before anything is known of them.
pub(in crate::resolve) fn each_step<'n>(steps: &'n [Node], found: &mut dyn FnMut(&'n Node)) {
    for step in steps {
        found(step);
        for key in ["do", "then", "else"] {
            each_step(step.get(key).map_or(&[][..], Node::items), found);
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Open,
    Done,
}

struct Search<'a> {
    calls: &'a [Vec<(usize, Span)>],
    state: Vec<State>,
    order: Vec<usize>,
}

impl Search<'_> {
    /// Goes down by calls.
    fn visit(&mut self, index: usize, depth: usize, heads: &[Head<'_>], context: &mut Context) {
        if self.state[index] != State::New {
            return;
        }
        if depth > DEEPEST {
            let message = format!("more than {DEEPEST} flows call each other in a row");
            let finding = Diagnostic::error(Code::E0318, message).at(heads[index].name.span, "");
            context.report(finding.help("do the steps of some of them in one flow"));
            return;
        }
        self.state[index] = State::Open;
        let calls = self.calls;
        for (callee, span) in &calls[index] {
            if self.state[*callee] == State::Open {
                let (from, to) = (&heads[index].name, &heads[*callee].name);
                let message = if from.value == to.value {
                    format!("`{}` calls itself", from.value)
                } else {
                    format!("`{}` and `{}` call each other", to.value, from.value)
                };
                context.report(
                    Diagnostic::error(Code::E0318, message)
                        .at(*span, "this never ends")
                        .also(to.span, "started here")
                        .help("take one of the calls out"),
                );
            } else {
                self.visit(*callee, depth + 1, heads, context);
            }
        }
        self.state[index] = State::Done;
        self.order.push(index);
    }
}
