//! The walk through the steps of one flow: what is known where a step stands.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use stratapi_diagnostics::{Code, Diagnostic, Span};

use super::{Head, Reported, wrong};
use crate::model::{Column, EntityId, FlowStep, InputKind, Local, RowPath, StateMachine};
use crate::resolve::Context;
use crate::resolve::condition::Named;
use crate::resolve::narrow::Fact;
use crate::resolve::slots::Declared;
use crate::syntax::Node;

/// What is known where a step stands.
pub(super) struct Walk<'c, 'n> {
    pub(super) heads: &'c [Head<'n>],
    pub(super) machines: &'c [StateMachine],
    pub(super) slots: &'c Declared,
    pub(super) context: &'c mut Context,
    /// The rows that have names, in order.
    pub(super) rows: Vec<(String, EntityId)>,
    /// The values that have names.
    pub(super) locals: Vec<Named>,
    /// What is known by the tests before.
    pub(super) facts: Vec<Fact>,
    /// How tests came out of rows that may have changed since then. Type checkers still hold to it.
    pub(super) outdated: Vec<Fact>,
    /// Every name of the flow, with its place, and the entity of its rows.
    pub(super) taken: IndexMap<String, (Span, Option<EntityId>)>,
    /// The inputs that are rows.
    pub(super) keys: Vec<String>,
    /// The names that something was said of.
    pub(super) used: BTreeSet<String>,
    /// Whether the caller was spoken of.
    pub(super) caller: bool,
    /// Whether a number of a series was taken.
    pub(super) numbered: bool,
    /// What is returned, and where.
    pub(super) returned: Vec<(Option<EntityId>, Span)>,
    /// Whether a step was given up, which was reported.
    pub(super) broken: bool,
    /// Blocks around.
    depth: usize,
}

/// Blocks inside each other at the most: Python has a bound too.
const DEEPEST: usize = 12;

/// Steps that belong together.
pub(super) struct Block {
    pub(super) steps: Vec<FlowStep>,
    /// Whether every way through them ends the flow.
    pub(super) ends: bool,
}

impl<'c, 'n> Walk<'c, 'n> {
    pub(super) fn new(
        heads: &'c [Head<'n>],
        machines: &'c [StateMachine],
        slots: &'c Declared,
        context: &'c mut Context,
    ) -> Self {
        Self {
            heads,
            machines,
            slots,
            context,
            rows: Vec::new(),
            locals: Vec::new(),
            facts: Vec::new(),
            outdated: Vec::new(),
            taken: IndexMap::new(),
            keys: Vec::new(),
            used: BTreeSet::new(),
            caller: false,
            numbered: false,
            returned: Vec::new(),
            broken: false,
            depth: 0,
        }
    }

    /// Names the inputs.
    pub(super) fn start(&mut self, head: &Head<'_>) {
        let rows = head.inputs.iter().filter(|it| matches!(it.kind, Some(InputKind::Row(_))));
        self.keys = rows.map(|input| input.name.value.clone()).collect();
        for input in &head.inputs {
            let name = &input.name.value;
            if let Some(row) = self.keys.iter().find(|row| name.strip_suffix("_id") == Some(row)) {
                let message = format!("`{name}` is the key of the input `{row}`");
                wrong(input.name.span, message, "rename one of them", self.context);
                self.broken = true;
            }
            if self.means_something(name) {
                let message = format!("`{name}` means something else already");
                wrong(input.name.span, message, "rename the input", self.context);
                self.broken = true;
                continue;
            }
            let entity = match input.kind {
                Some(InputKind::Row(entity)) => Some(entity),
                _ => None,
            };
            self.taken.insert(name.clone(), (input.name.span, entity));
            match &input.kind {
                Some(InputKind::Row(entity)) => self.rows.push((name.clone(), *entity)),
                Some(InputKind::Value(found)) => {
                    let local = Local {
                        name: name.clone(),
                        ty: found.ty.clone(),
                        list: found.list,
                        nullable: found.nullable,
                    };
                    self.locals.push(Named { name: name.clone(), local: Some(local) });
                }
                None => self.locals.push(Named { name: name.clone(), local: None }),
            }
        }
    }

    /// Whether a name is that of the caller or of a slot.
    pub(super) fn means_something(&self, name: &str) -> bool {
        matches!(name, "self" | "current_user") || self.slots.contains_key(name)
    }

    /// Reads steps; what they name ends with them.
    pub(super) fn block(&mut self, nodes: &[Node], place: Span) -> Option<Block> {
        if nodes.is_empty() {
            wrong(place, "nothing is done here", "add a step", self.context);
            return None;
        }
        if self.depth >= DEEPEST {
            let help = "let another flow do them, and `call` it";
            wrong(place, "the steps are nested too deeply", help, self.context);
            return None;
        }
        self.depth += 1;
        let (rows, locals) = (self.rows.len(), self.locals.len());
        let mut steps = Vec::new();
        let mut ends = false;
        let mut good = true;
        for node in nodes {
            if ends {
                let help = "take it out, or put it in front of the `return`";
                wrong(first(node), "this is never done: the flow has ended", help, self.context);
                good = false;
                break;
            }
            match self.step(node) {
                Some((step, last)) => {
                    steps.push(step);
                    ends = last;
                }
                None => good = false,
            }
        }
        self.depth -= 1;
        self.rows.truncate(rows);
        self.locals.truncate(locals);
        let seen = |fact: &Fact| fact.of_row().is_none_or(|(path, _)| path.variable <= rows);
        self.facts.retain(seen);
        self.outdated.retain(seen);
        self.broken |= !good;
        good.then_some(Block { steps, ends })
    }

    /// What the flow returns.
    pub(super) fn finish(
        &mut self,
        head: &Head<'_>,
        whole: Option<&Block>,
    ) -> Result<Option<EntityId>, Reported> {
        let whole = whole.filter(|_| !self.broken).ok_or(Reported)?;
        self.all_used()?;
        let returns = self.returned.iter().find_map(|(entity, span)| Some(((*entity)?, *span)));
        let Some((entity, first)) = returns else { return Ok(None) };
        let other = self.returned.iter().find(|(other, _)| *other != Some(entity));
        if let Some((_, span)) = other.copied() {
            let name = self.context.draft(entity).entity.name.value.clone();
            let message = format!("elsewhere `{}` returns a `{name}`", head.name.value);
            let help = "let every `return` give a row of one entity";
            let finding = Diagnostic::error(Code::E0318, message).at(span, "");
            self.context.report(finding.also(first, "there").help(help));
            return Err(Reported);
        }
        if !whole.ends {
            let message =
                format!("not every way through `{}` ends with a `return`", head.name.value);
            wrong(head.name.span, message, "add a `return` at its end", self.context);
            return Err(Reported);
        }
        Ok(Some(entity))
    }

    /// Whether something is said of everything that has a name; what has one for nothing is reported.
    fn all_used(&mut self) -> Result<(), Reported> {
        let unused = self.taken.iter().filter(|(name, _)| !self.used.contains(*name));
        let unused: Vec<(String, Span)> =
            unused.map(|(name, (span, _))| (name.clone(), *span)).collect();
        for (name, span) in &unused {
            let help = "use it, or leave it out";
            wrong(*span, format!("nothing is said of `{name}`"), help, self.context);
        }
        if unused.is_empty() { Ok(()) } else { Err(Reported) }
    }

    /// Forgets what is known of rows: they may have changed.
    pub(super) fn forget(&mut self) {
        let changed = self.facts.extract_if(.., |fact| fact.of_row().is_some());
        self.outdated.extend(changed);
    }

    /// Forgets what is known of an attribute, since that of a row is set: others may be the same row.
    pub(super) fn forget_column(&mut self, row: &RowPath, column: Column) {
        let of = |fact: &Fact| fact.of_row().is_some_and(|(_, known)| known == Some(column));
        self.outdated.extend(self.facts.extract_if(.., |fact| of(fact)));
        self.outdated.retain(|fact| !of(fact) || fact.of_row().is_none_or(|(path, _)| path != row));
    }

    /// Forgets what was known of a row whose attributes are set.
    pub(super) fn forget_row(&mut self, row: &RowPath) {
        self.forget();
        self.outdated.retain(|fact| fact.of_row().is_none_or(|(path, _)| path != row));
    }
}

/// Where a step begins.
pub(super) fn first(node: &Node) -> Span {
    node.entries().first().map_or(node.span, |entry| entry.key.span)
}
