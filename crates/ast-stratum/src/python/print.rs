//! The printer's entry points.

use stratapi_plan::{Artifact, Origin, PlannedFile};

use super::docstring::docstring;
use super::statement::Writer;
use super::tree::Module;
use super::{imports, statement};

/// The text of a module.
pub fn print(module: &Module) -> String {
    print_with_origins(module).0
}

/// The text of a module, and which of its lines come from which place of the IR.
pub fn print_with_origins(module: &Module) -> (String, Vec<Origin>) {
    written(module, false)
}

/// [`print`], where ruff's formatter breaks every long line: the same text, at twenty times the
/// cost. Tests compare both.
pub fn print_by_formatter(module: &Module) -> String {
    written(module, true).0
}

fn written(module: &Module, formatter_only: bool) -> (String, Vec<Origin>) {
    let mut out = String::new();
    if let Some(doc) = &module.doc {
        for line in docstring(&doc.0, 0) {
            out.push_str(&line);
            out.push('\n');
        }
    }
    let mut lines = String::new();
    imports::print(&mut lines, module);
    if !lines.is_empty() {
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(&lines);
    }
    if !out.is_empty() && !module.body.is_empty() {
        out.push_str(if statement::starts_with_definition(&module.body) { "\n\n" } else { "\n" });
    }
    let mut writer = Writer::new(out);
    writer.formatter_only = formatter_only;
    writer.suite(&module.body);
    writer.origins.sort_by_key(|origin| (origin.first_line, std::cmp::Reverse(origin.last_line)));
    (writer.out, writer.origins)
}

/// What Python knows as the docstring of a class in a module, or of a function there.
pub fn documented(text: &str) -> String {
    super::docstring::documented(text, 4)
}

/// A printed module as the artifact of a planned file.
pub fn artifact(file: &PlannedFile, module: &Module) -> Artifact {
    let (text, origins) = print_with_origins(module);
    Artifact { path: file.path.clone(), text, origins }
}
