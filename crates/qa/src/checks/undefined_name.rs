//! `J0109`: a name that nothing defines.

use stratapi_diagnostics::Code;

use crate::finding::{Finding, Place};
use crate::python::{Source, scope};
use crate::subject::Subject;

pub(super) fn check(source: &Source<'_>, _: &Subject<'_>) -> Vec<Finding> {
    let star = source.text.contains("import *");
    let undefined = scope::undefined(source.body, source.text);
    undefined
        .into_iter()
        .map(|one| {
            let (start, end) = (one.range.start().to_usize(), one.range.end().to_usize());
            let message = format!("nothing defines `{}`", one.name);
            let finding =
                Finding::error(Code::J0109, message).at(Place::bytes(source.path, start, end), "");
            if star {
                finding.help("import it by its name: what `import *` brings is not looked at")
            } else {
                finding
            }
        })
        .collect()
}
