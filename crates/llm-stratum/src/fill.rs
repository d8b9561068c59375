//! What fills a slot: a person's file. Where it stands, what is said where it is missing or beyond
//! reading, and the file of the project that it becomes.

use stratapi_diagnostics::{Code, Diagnostic, FileId, SourceMap, Span, bug};
use stratapi_plan::{Artifact, Origin, SlotPlan};

use crate::signature::skeleton;
use crate::{Slot, SlotKind};

/// The file that fills a slot, beside that of the application: `slots/shipping_cost.py`.
pub fn file_name(slot: &SlotPlan) -> String {
    format!("slots/{}.py", slot.name)
}

/// Says that nothing fills a slot, and how it is filled.
pub fn unfilled(slot: &SlotPlan) -> Diagnostic {
    let file = file_name(slot);
    Diagnostic::error(Code::E0701, format!("nothing fills the slot `{}`", slot.name))
        .at(slot.span, format!("there is no `{file}`"))
        .help(format!(
            "write `{file}` beside the application's file; begin with\n{}",
            skeleton(slot)
        ))
}

/// Says that the file of a slot can't be read.
pub fn unreadable(slot: &SlotPlan, reason: &str) -> Diagnostic {
    let message = format!("`{}` can't be read: {reason}", file_name(slot));
    Diagnostic::error(Code::E0702, message)
        .at(slot.span, "this slot is filled by it")
        .help("make it a regular file of Python text, in UTF-8")
}

/// The file of the project: the text as it is. Each line comes from the same line of what fills the
/// slot.
pub fn filled(slot: &SlotPlan, sources: &SourceMap, file: FileId) -> Artifact {
    let kind = SlotKind::from(slot.kind);
    let place = Slot::new(slot.name.as_str(), kind, slot.path());
    let place = place.unwrap_or_else(|refused| bug!("{refused}"));
    let text = sources.file(file).text.clone();
    let mut origins = Vec::new();
    let mut start = 0;
    for (line, found) in (1..).zip(text.split_inclusive('\n')) {
        let end = start + offset(found.len());
        let span = Span::new(file, start, start + offset(found.trim_end().len()));
        origins.push(Origin { first_line: line, last_line: line, span });
        start = end;
    }
    Artifact { path: place.path().to_owned(), text, origins }
}

fn offset(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
