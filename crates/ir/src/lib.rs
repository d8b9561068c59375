//! Turns text into a resolved, type-checked `ApplicationIR`.
//! It knows no Python code, no FastAPI and no SQL, and touches neither files nor clock.

pub mod graph;
pub mod inflection;
pub mod model;
mod names;
mod pattern;
mod read;
mod resolve;
mod resolved;
pub mod schema;
mod shape;
mod shorthand;
mod suggest;
pub mod syntax;
mod types;
mod world;

use stratapi_diagnostics::{Checked, Diagnostic, SourceMap};

pub use names::{history_segment, snake};
pub use resolved::resolved;
pub use types::is_text_of;
pub use world::{SourceError, World};

/// How many findings are told; whoever has more mends these first.
const MOST: usize = 100;
/// How many findings are looked for: no check goes on when there are so many.
pub(crate) const ENOUGH: usize = 1_000;

/// Reads the document `entry` of a world, with all that it includes, and resolves it. The first
/// hundred findings are in the result; the model is withheld if one of them is an error.
pub fn load(
    world: &dyn World,
    entry: &str,
    sources: &mut SourceMap,
) -> Checked<model::ApplicationIr> {
    let mut loaded =
        syntax::parse(world, entry, sources).and_then(resolve::resolve).withheld_on_error();
    cap(&mut loaded.diagnostics);
    loaded
}

/// Keeps the first findings and says how many there are beside them. No error is hidden behind
/// warnings.
fn cap(findings: &mut Vec<Diagnostic>) {
    let all = findings.len();
    if all <= MOST {
        return;
    }
    if findings.iter().any(Diagnostic::is_error) {
        findings.retain(Diagnostic::is_error);
    }
    findings.truncate(MOST);
    let hidden = all - findings.len();
    if let Some(last) = findings.last_mut() {
        let least = if all < ENOUGH { "" } else { "at least " };
        last.help.push(format!("{least}{hidden} more findings are not shown; mend these first"));
    }
}

#[cfg(test)]
mod tests {
    use stratapi_diagnostics::{Code, Diagnostic};

    use super::{MOST, cap};

    #[test]
    fn an_error_is_never_hidden_behind_warnings() {
        let warning = || Diagnostic::warning(Code::E0205, "a");
        let mut findings: Vec<_> = std::iter::repeat_with(warning).take(MOST).collect();
        cap(&mut findings);
        assert_eq!((findings.len(), findings[0].help.len()), (MOST, 0));
        findings.push(Diagnostic::error(Code::E0205, "b"));
        cap(&mut findings);
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].help, ["100 more findings are not shown; mend these first"]);
    }
}
