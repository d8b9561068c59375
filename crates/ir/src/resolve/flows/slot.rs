//! A step that asks a slot: `slot: shipping_cost`, with what it is given.

use stratapi_diagnostics::Span;

use super::value::Target;
use super::walk::Walk;
use super::wrong;
use crate::model::{Action, Local, SlotCall, SlotId};
use crate::read::Source;
use crate::syntax::{Entry, Node};

impl Walk<'_, '_> {
    /// Reads the step. What the slot returns has a name in any case, so that it can be spoken of.
    pub(super) fn slot(&mut self, node: &Node, word: Span) -> Option<Action> {
        let name = self.needed(node, "as", word).and_then(Node::source);
        let source = node.text("slot")?;
        let found = self.slots.get_full(source.text);
        let Some((index, _, Some(slot))) = found else {
            // A slot that was given up was reported.
            if found.is_none() {
                let known: Vec<String> = self.slots.keys().cloned().collect();
                self.context.unknown("slot", source.text, source.span, &known);
            }
            self.bind_lost(name);
            return None;
        };
        let given = node.get("with").map_or(&[][..], Node::entries);
        let known: Vec<&str> = slot.inputs.iter().map(|it| it.name.value.as_str()).collect();
        let mut good = self.only_inputs(source, given, &known);
        let mut arguments = Vec::new();
        for input in &slot.inputs {
            let name = &input.name.value;
            let Some(entry) = self.input(source, given, name, word) else { continue };
            let target = Target {
                name: name.clone(),
                ty: input.ty.clone(),
                list: false,
                nullable: input.nullable,
            };
            arguments.extend(self.value(&entry.value, &target));
        }
        let name = name?;
        let local = Local {
            name: name.text.to_owned(),
            ty: slot.output.ty.clone(),
            list: false,
            nullable: slot.output.nullable,
        };
        self.bind_value(name, local)?;
        good &= arguments.len() == slot.inputs.len();
        let name = name.text.to_owned();
        good.then(|| Action::Slot(SlotCall { slot: SlotId::at(index), arguments, name }))
    }

    /// Whether nothing is given but inputs; else that is reported.
    pub(super) fn only_inputs(
        &mut self,
        callee: Source<'_>,
        given: &[Entry],
        known: &[&str],
    ) -> bool {
        let mut good = true;
        for entry in given.iter().filter(|entry| !known.contains(&entry.key.value.as_str())) {
            let known: Vec<String> = known.iter().map(|&name| name.to_owned()).collect();
            let what = format!("input of `{}`", callee.text);
            self.context.unknown(&what, &entry.key.value, entry.key.span, &known);
            good = false;
        }
        good
    }

    /// What is given for an input; that it is missing is reported.
    pub(super) fn input<'n>(
        &mut self,
        callee: Source<'_>,
        given: &'n [Entry],
        name: &str,
        word: Span,
    ) -> Option<&'n Entry> {
        let found = given.iter().find(|entry| entry.key.value == *name);
        if found.is_none() {
            let message = format!("`{}` needs `{name}`", callee.text);
            wrong(word, message, format!("give it `{name}` under `with`"), self.context);
        }
        found
    }
}
