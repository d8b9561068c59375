//! Locks: rows that flows lock in an order that others may not share, so that two wait for each other
//! for ever; and new values from old ones that somebody else may be changing at the same time.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use stratapi_diagnostics::{Code, Diagnostic, Span};

use crate::model::{
    Action, Argument, Call, Change, ChangedMember, Collection, EntityId, Flow, FlowStep, FlowValue,
    InputKind, Loop, Operand, RelationshipId, RowPath,
};
use crate::resolve::Context;

/// Steps that are looked at for one flow at the most; a turn of a loop and a call begin anew.
const PATIENCE: usize = 20_000;

/// A row, as far as flows can tell rows apart.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Row {
    /// Of where the path to it begins.
    root: usize,
    steps: Vec<RelationshipId>,
    entity: EntityId,
}

/// A row that nobody else can change any more.
#[derive(Clone)]
struct Held {
    row: Row,
    span: Span,
    /// Whether the flow has made it: nobody waits for it.
    own: bool,
}

/// A turn of a loop.
#[derive(Clone)]
struct Turn {
    looped: usize,
    /// The path to the rows that give the turns their order, if that is known.
    ordered: Option<Vec<RelationshipId>>,
    /// The relationship that leads back to the row whose rows these are.
    back: Option<(RelationshipId, Row)>,
}

/// Two rows of one entity that a flow locks one after the other.
struct Pair {
    before: Row,
    row: Row,
    /// Where they are locked.
    spans: [Span; 2],
}

/// Warns of what can go wrong where flows are done at the same time.
pub(super) fn check(flows: &[Flow], context: &mut Context) {
    let mut orders: IndexMap<(EntityId, EntityId), Span> = IndexMap::new();
    let mut findings = Vec::new();
    for flow in flows {
        let mut walk = Walk {
            flows,
            context,
            turns: Vec::new(),
            patience: PATIENCE,
            loops: 0,
            looped: Vec::new(),
            orders: &mut orders,
            pairs: Vec::new(),
            seen: BTreeSet::new(),
            findings: &mut findings,
        };
        let mut frame = walk.frame(flow);
        walk.block(&flow.steps, &mut frame, &mut Vec::new());
        walk.unordered();
    }
    for ((first, second), place) in &orders {
        let Some(other) = orders.get(&(*second, *first)).filter(|_| first < second) else {
            continue;
        };
        let name = |id: &EntityId| context.draft(*id).entity.name.value.clone();
        let message = format!(
            "`{}` is locked before `{}` here, and behind it elsewhere",
            name(first),
            name(second)
        );
        findings.push(
            Diagnostic::warning(Code::W0006, message)
                .at(*place, "the second of the two")
                .also(*other, "here it is the other way round")
                .help("lock them in one order everywhere: else two flows can wait for each other"),
        );
    }
    findings.into_iter().for_each(|finding| context.report(finding));
}

struct Walk<'a> {
    flows: &'a [Flow],
    context: &'a Context,
    /// By root.
    turns: Vec<Option<Turn>>,
    patience: usize,
    loops: usize,
    /// The rows of the turns of loops: whose rows, which, and the turn.
    looped: Vec<((Row, Collection, usize), Row)>,
    /// Entities of which a row is locked while one of the other is, and where the second one is.
    orders: &'a mut IndexMap<(EntityId, EntityId), Span>,
    /// The same for rows of one entity, within one flow.
    pairs: Vec<Pair>,
    /// What was reported.
    seen: BTreeSet<(Code, Span)>,
    findings: &'a mut Vec<Diagnostic>,
}

impl Walk<'_> {
    /// The variables at the start of a flow.
    fn frame(&mut self, flow: &Flow) -> Vec<Row> {
        let account = self.context.account.unwrap_or(EntityId(0));
        let mut rows = vec![self.fresh(account, None)];
        for input in &flow.inputs {
            if let InputKind::Row(entity) = input.kind {
                rows.push(self.fresh(entity, None));
            }
        }
        rows
    }

    fn fresh(&mut self, entity: EntityId, turn: Option<Turn>) -> Row {
        self.turns.push(turn);
        Row { root: self.turns.len() - 1, steps: Vec::new(), entity }
    }

    fn row(&self, path: &RowPath, frame: &[Row]) -> Row {
        let mut row = frame[path.variable].clone();
        for step in &path.steps {
            if row.steps.is_empty()
                && let Some(Turn { back: Some((back, of)), .. }) = &self.turns[row.root]
                && back == step
            {
                row = of.clone();
                continue;
            }
            row.entity = self.context.draft(row.entity).entity.relationships[step.index()].target;
            row.steps.push(*step);
        }
        row
    }

    fn block(&mut self, steps: &[FlowStep], frame: &mut Vec<Row>, held: &mut Vec<Held>) {
        let variables = frame.len();
        for step in steps {
            if self.patience == 0 {
                break;
            }
            self.patience -= 1;
            self.step(step, frame, held);
        }
        frame.truncate(variables);
    }

    fn step(&mut self, step: &FlowStep, frame: &mut Vec<Row>, held: &mut Vec<Held>) {
        let span = step.span;
        match &step.action {
            Action::Lock(path) | Action::Transition(path, _) | Action::Delete(path) => {
                self.take(self.row(path, frame), span, held);
            }
            Action::Set(changes) => {
                changes.iter().for_each(|change| self.change(change, span, frame, held));
            }
            Action::Create(creation) if creation.name.is_some() => {
                let row = self.fresh(creation.entity, None);
                held.push(Held { row: row.clone(), span, own: true });
                frame.push(row);
            }
            Action::For(each) => self.each(each, frame, held),
            Action::If(_, then, otherwise) => {
                let mut other = held.clone();
                self.block(then, frame, held);
                self.block(otherwise, frame, &mut other);
                let more = other.into_iter().filter(|it| !knows(held, &it.row));
                let more: Vec<Held> = more.collect();
                held.extend(more);
            }
            // What is done later locks in a transaction of its own.
            Action::Call(call) if self.flows[call.flow.index()].background => {}
            Action::Call(call) => self.call(call, frame, held),
            _ => {}
        }
    }

    /// Two turns show what the next one locks behind the one before.
    fn each(&mut self, each: &Loop, frame: &mut Vec<Row>, held: &mut Vec<Held>) {
        let variable = frame.len();
        let from = self.row(&each.rows.from, frame);
        let back = match each.rows.collection {
            Collection::Inverse(position) => {
                let inverse = &self.context.draft(from.entity).entity.inverses[position];
                Some((inverse.relationship, from.clone()))
            }
            Collection::Link(_) => None,
        };
        let ordered = match &each.order {
            None => Some(Vec::new()),
            Some(Operand::Attribute(path, _)) if path.variable == variable => {
                Some(path.steps.clone())
            }
            Some(_) => None,
        };
        self.loops += 1;
        let looped = self.loops;
        for turn in 0..2 {
            // A loop over the same rows finds them as the first one has left them.
            let known = (from.clone(), each.rows.collection, turn);
            let turn = Turn { looped, ordered: ordered.clone(), back: back.clone() };
            let row = match self.looped.iter().find(|(rows, _)| *rows == known) {
                Some((_, row)) => {
                    self.turns[row.root] = Some(turn);
                    row.clone()
                }
                None => {
                    let row = self.fresh(each.rows.entity, Some(turn));
                    self.looped.push((known, row.clone()));
                    row
                }
            };
            frame.push(row);
            self.block(&each.steps, frame, held);
            frame.truncate(variable);
        }
    }

    fn call(&mut self, call: &Call, frame: &mut Vec<Row>, held: &mut Vec<Held>) {
        let callee = &self.flows[call.flow.index()];
        let mut inside = vec![frame[0].clone()];
        inside.extend(call.arguments.iter().filter_map(|argument| match argument {
            Argument::Row(path) => Some(self.row(path, frame)),
            Argument::Value(_) => None,
        }));
        self.block(&callee.steps, &mut inside, held);
        if let Some(entity) = callee.returns.filter(|_| call.name.is_some()) {
            let row = self.fresh(entity, None);
            frame.push(row);
        }
    }

    fn change(&mut self, change: &Change, span: Span, frame: &[Row], held: &mut Vec<Held>) {
        let row = self.row(&change.row, frame);
        let entity = &self.context.draft(row.entity).entity;
        if let ChangedMember::Attribute(attribute, FlowValue::Value(value)) = &change.member
            && speaks_of(value, &change.row)
            && !knows(held, &row)
            && !entity.optimistic_lock
            && self.seen.insert((Code::W0007, span))
        {
            let message = format!(
                "`{}` may be changed by others between reading and writing it",
                entity.attributes[attribute.index()].name.value
            );
            self.findings.push(
                Diagnostic::warning(Code::W0007, message)
                    .at(span, "the new value comes from the old one")
                    .help("lock the row before it is read, or declare `optimistic_lock`"),
            );
        }
        self.take(row, span, held);
    }

    fn take(&mut self, row: Row, span: Span, held: &mut Vec<Held>) {
        if knows(held, &row) {
            return;
        }
        for before in held.iter().filter(|it| !it.own) {
            if before.row.entity != row.entity {
                let key = (before.row.entity, row.entity);
                self.orders.entry(key).or_insert(span);
            } else if !self.in_order(&before.row, &row) {
                let spans = [before.span, span];
                self.pairs.push(Pair { before: before.row.clone(), row: row.clone(), spans });
            }
        }
        held.push(Held { row, span, own: false });
    }

    /// Whether two rows of one entity are locked one turn of a loop after the other, in its order.
    fn in_order(&self, before: &Row, row: &Row) -> bool {
        let (Some(one), Some(other)) = (&self.turns[before.root], &self.turns[row.root]) else {
            return false;
        };
        let ordered = other.ordered.as_ref() == Some(&row.steps);
        one.looped == other.looped && before.steps == row.steps && ordered
    }

    /// Reports rows of one entity that are locked in one order only, which another turn of the flow may
    /// come to with the rows changed over.
    fn unordered(&mut self) {
        for pair in &self.pairs {
            let turned = |other: &Pair| other.before == pair.row && other.row == pair.before;
            let [first, second] = pair.spans;
            if self.pairs.iter().any(turned) || !self.seen.insert((Code::W0006, second)) {
                continue;
            }
            let name = &self.context.draft(pair.row.entity).entity.name.value;
            let message = format!("several `{name}` are locked in no order that all share");
            let finding = Diagnostic::warning(Code::W0006, message).at(second, "");
            self.findings.push(if first == second {
                finding.help("order the loop by what is locked: `order_by: item.product.id`")
            } else {
                let help = "lock the one with the smaller key first, by an `if: a.id < b.id`";
                finding.also(first, "locked before it").help(help)
            });
        }
    }
}

fn knows(held: &[Held], row: &Row) -> bool {
    held.iter().any(|it| it.row == *row)
}

/// Whether a value is made from an attribute of this row.
fn speaks_of(value: &Operand, row: &RowPath) -> bool {
    match value {
        Operand::Attribute(path, _) => path == row,
        Operand::Arithmetic(left, _, right) => speaks_of(left, row) || speaks_of(right, row),
        Operand::Negated(inner) | Operand::Call(_, inner) => speaks_of(inner, row),
        Operand::Choice(_, then, otherwise) => speaks_of(then, row) || speaks_of(otherwise, row),
        _ => false,
    }
}
