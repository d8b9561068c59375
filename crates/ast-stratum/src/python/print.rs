//! The printer's entry points.

use memchr::memchr_iter;
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
    let mut writer = Writer::new();
    writer.formatter_only = formatter_only;
    module.extra_imports.iter().for_each(|symbol| writer.notes.symbols.add(symbol));
    writer.suite(&module.body);
    let mut head = String::new();
    if let Some(doc) = &module.doc {
        for line in docstring(&doc.0, 0) {
            head.push_str(&line);
            head.push('\n');
        }
    }
    let documented = head.len();
    imports::print(&mut head, &writer.notes.symbols);
    if documented > 0 && head.len() > documented {
        head.insert(documented, '\n');
    }
    if !head.is_empty() && !module.body.is_empty() {
        head.push_str(if statement::starts_with_definition(&module.body) { "\n\n" } else { "\n" });
    }
    let lines = u32::try_from(memchr_iter(b'\n', head.as_bytes()).count()).unwrap_or(u32::MAX);
    let mut origins = writer.origins;
    for origin in &mut origins {
        origin.first_line = origin.first_line.saturating_add(lines);
        origin.last_line = origin.last_line.saturating_add(lines);
    }
    origins.sort_by_key(|origin| (origin.first_line, std::cmp::Reverse(origin.last_line)));
    ([head, writer.out].concat(), origins)
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
