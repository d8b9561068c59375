//! Flows that are done after the answer, or that start by themselves: what they can't have then.

use stratapi_diagnostics::{Code, Diagnostic, Span};

use super::{Head, cron, wrong};
use crate::model::{EntityId, Spanned};
use crate::resolve::Context;

/// When a flow is done.
#[derive(Debug, Clone, Default)]
pub(super) struct When {
    /// After the answer.
    pub(super) background: bool,
    /// By itself.
    pub(super) schedule: Option<Spanned<String>>,
}

/// When a flow is done, given what it returns and where, and whether it speaks of the caller; `None`
/// if it can't be, which is reported.
pub(super) fn when(
    head: &Head<'_>,
    returned: &[(Option<EntityId>, Span)],
    caller: bool,
    context: &mut Context,
) -> Option<When> {
    let name = &head.name.value;
    let background = head.background();
    let mut good = true;
    let row = returned.iter().find(|(entity, _)| entity.is_some());
    if let Some((_, span)) = row.filter(|_| background) {
        let message = format!("`{name}` is done after the answer, so nobody gets what it returns");
        wrong(*span, message, "leave the `return` out, or `background`", context);
        good = false;
    }
    let Some(source) = head.node.text("schedule") else {
        return good.then_some(When { background, schedule: None });
    };
    if let Some(input) = head.inputs.first() {
        let message = format!("`{name}` starts by itself, so nobody gives it anything");
        let finding = Diagnostic::error(Code::E0318, message).at(input.name.span, "an input");
        let finding = finding.also(source.span, "the schedule");
        context.report(finding.help("leave the input out, or `schedule`"));
        good = false;
    }
    if caller {
        let message = format!("`{name}` starts by itself, so there is no `current_user`");
        let finding = Diagnostic::error(Code::E0318, message).at(source.span, "the schedule");
        let finding = finding.also(head.name.span, "it, or a flow that it calls, speaks of them");
        context.report(finding.help("let it say nothing of the caller, or leave `schedule` out"));
        good = false;
    }
    match cron::parse(source) {
        Ok(value) => {
            let schedule = Some(Spanned { value, span: source.span });
            good.then_some(When { background, schedule })
        }
        Err(found) => {
            let finding = Diagnostic::error(Code::E0323, found.message);
            context.report(finding.at(found.span, "").help(found.help));
            None
        }
    }
}
