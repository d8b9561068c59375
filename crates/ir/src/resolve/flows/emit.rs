//! Events: what others are told of, if a flow is done.

use indexmap::IndexMap;
use stratapi_diagnostics::{Code, Diagnostic};

use super::value::{fits, unwritable};
use super::walk::Walk;
use super::{not_yet, snake, wrong};
use crate::model::{Action, Emission, EventMember, Flow, FlowStep, Spanned};
use crate::names;
use crate::read::Source;
use crate::resolve::Context;
use crate::resolve::expression::literal;
use crate::resolve::operand::Typed;
use crate::syntax::{Entry, Node};

/// The longest name of an event, in characters.
const LONGEST: usize = 100;

impl Walk<'_, '_> {
    /// `emit: order.placed`
    pub(super) fn emit(&mut self, node: &Node) -> Option<Action> {
        let source = node.text("emit")?;
        let good = event_name(source, self.context);
        let given = node.get("with").map_or(&[][..], Node::entries);
        let members: Vec<Option<EventMember>> =
            given.iter().map(|entry| self.member(entry)).collect();
        let members = members.into_iter().collect::<Option<Vec<_>>>()?;
        let name = Spanned { value: source.text.to_owned(), span: source.span };
        good.then_some(Action::Emit(Emission { name, members }))
    }

    fn member(&mut self, entry: &Entry) -> Option<EventMember> {
        let good = snake(Source::key(&entry.key), "a member of an event", self.context);
        let help = "name a value of the flow, or leave it out";
        let message = "an event tells what is known only when it happens";
        let Some(source) = entry.value.source() else {
            wrong(entry.value.span, message, help, self.context);
            return None;
        };
        let found: Typed = self.read(source, |scope, tree| {
            if let Some(raw) = literal(scope.expression, tree) {
                scope.refuse(raw.span, message, help);
                return None;
            }
            scope.operand(tree)
        })?;
        if let Some(what) = unwritable(&found.ty) {
            let what = format!("{what} in events");
            not_yet(found.span, &what, "leave it out until a later version", self.context);
            return None;
        }
        let name = entry.key.clone();
        let (value, ty, list, nullable) = (found.operand, found.ty, found.list, found.nullable);
        good.then_some(EventMember { name, value, ty, list, nullable })
    }
}

/// Whether this can be the name of an event; else that is reported.
fn event_name(source: Source<'_>, context: &mut Context) -> bool {
    let word = |word: &str| {
        let begins = word.starts_with(|c: char| c.is_ascii_lowercase());
        begins && word.is_ascii() && names::snake(word) == word && !word.ends_with('_')
    };
    if source.text.len() <= LONGEST && source.text.split('.').all(word) {
        return true;
    }
    let help = "write words in snake case with dots between them: `order.placed`";
    wrong(source.span, "this can't be the name of an event", help, context);
    false
}

/// Reports events that tell different things under one name: consumers know one form of each.
pub(super) fn check(flows: &[Flow], context: &mut Context) {
    let mut known: IndexMap<&str, &Emission> = IndexMap::new();
    for flow in flows {
        FlowStep::each(&flow.steps, &mut |action| {
            let Action::Emit(emission) = action else { return };
            let first = *known.entry(&emission.name.value).or_insert(emission);
            if let Some(problem) = difference(first, emission) {
                let message = format!("`{}` has {problem} elsewhere", emission.name.value);
                let finding = Diagnostic::error(Code::E0318, message)
                    .at(emission.name.span, "who listens to it knows one form of it")
                    .also(first.name.span, "first emitted here");
                let help = "give both the same members, or give one another name";
                context.report(finding.help(help));
            }
        });
    }
}

fn difference(first: &Emission, other: &Emission) -> Option<String> {
    let mut names: Vec<&str> = other.members.iter().map(|it| it.name.value.as_str()).collect();
    for member in &first.members {
        let name = member.name.value.as_str();
        let Some(found) = other.members.iter().find(|it| it.name.value == name) else {
            return Some(format!("a member `{name}`"));
        };
        names.retain(|it| *it != name);
        let alike = fits(&member.ty, &found.ty) && fits(&found.ty, &member.ty);
        if !alike || member.list != found.list {
            return Some(format!("another type of `{name}`"));
        }
    }
    names.first().map(|name| format!("no member `{name}`"))
}
