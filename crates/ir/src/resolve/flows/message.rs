//! What a client is told where a requirement does not hold.

use super::walk::Walk;
use super::wrong;
use crate::model::{MessagePart, Operand, Refusal};
use crate::read::Source;
use crate::syntax::{Node, Value};

/// The statuses of refusals.
const STATUSES: [u32; 5] = [400, 403, 404, 409, 422];

impl Walk<'_, '_> {
    /// `404`, or `{status: 409, message: The cart is empty.}`; 409 by default.
    pub(super) fn refusal(&mut self, node: Option<&Node>) -> Option<Refusal> {
        let Some(node) = node else { return Some(Refusal { status: 409, message: None }) };
        if matches!(node.value, Value::Seq(_)) {
            let help = "write a status, or `{status: 409, message: …}`";
            wrong(node.span, "a requirement is refused, it has no other way", help, self.context);
            return None;
        }
        let message = node.text("message").map(|source| self.message(source));
        let place = node.get("status").unwrap_or(node);
        let Value::Int(digits) = &place.value else { return None };
        let number: u32 = digits.parse().ok()?;
        if !STATUSES.contains(&number) {
            let message = format!("a requirement can't be refused by {number}");
            let help = "write 409 (the default), 404, 403, 422 or 400";
            wrong(place.span, message, help, self.context);
            return None;
        }
        let status = u16::try_from(number).ok()?;
        match message {
            Some(message) => Some(Refusal { status, message: Some(message?) }),
            None => Some(Refusal { status, message: None }),
        }
    }

    /// A text in which `{order.number}` stands for a value; `{{` and `}}` are braces.
    fn message(&mut self, source: Source<'_>) -> Option<Vec<MessagePart>> {
        let mut parts: Vec<MessagePart> = Vec::new();
        let mut text = String::new();
        let mut good = true;
        let mut at = 0;
        while let Some(c) = source.text[at..].chars().next() {
            let next = at + c.len_utf8();
            let doubled = source.text[next..].starts_with(c);
            match c {
                '{' | '}' if doubled => {
                    text.push(c);
                    at = next + 1;
                }
                '{' => {
                    let Some(length) = source.text[next..].find('}') else {
                        return self.brace(source.between(at, next));
                    };
                    let inner = source.between(next, next + length);
                    match self.interpolated(inner) {
                        Some(value) => {
                            if !text.is_empty() {
                                parts.push(MessagePart::Text(std::mem::take(&mut text)));
                            }
                            parts.push(MessagePart::Value(value));
                        }
                        None => good = false,
                    }
                    at = next + length + 1;
                }
                '}' => return self.brace(source.between(at, next)),
                _ => {
                    text.push(c);
                    at = next;
                }
            }
        }
        if !text.is_empty() {
            parts.push(MessagePart::Text(text));
        }
        if parts.is_empty() && good {
            wrong(source.span, "the message is empty", "write one line", self.context);
            return None;
        }
        good.then_some(parts)
    }

    fn brace<T>(&mut self, brace: Source<'_>) -> Option<T> {
        let help = "write a path in braces: `{order.number}`; double a brace that is meant itself";
        wrong(brace.span, "a brace alone", help, self.context);
        None
    }

    fn interpolated(&mut self, source: Source<'_>) -> Option<Operand> {
        self.read(source, |scope, tree| {
            let found = scope.operand(tree)?;
            let readable = match &found.operand {
                Operand::Attribute(path, column) => {
                    let mut entity = scope.entity_of(path.variable);
                    for step in &path.steps {
                        let draft = scope.context.draft(entity);
                        entity = draft.entity.relationships[step.index()].target;
                    }
                    let facts = scope.context.draft(entity).facts(*column);
                    !facts.writeonly && !facts.guarded
                }
                Operand::Local(_) => true,
                _ => false,
            };
            if !readable || found.list {
                let help = "name an attribute that clients may read, or a value";
                scope.refuse(found.span, "this can't stand in a message", help);
                return None;
            }
            scope.tested(&found).then_some(found.operand)
        })
    }
}
