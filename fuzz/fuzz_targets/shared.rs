//! What the targets share: a world of one file, and the check of places.

use stratapi_diagnostics::{Checked, SourceMap, Span, render};
use stratapi_ir::{SourceError, World};

/// One file under whatever name is asked for that starts with `app.`.
pub struct One<'a>(pub &'a [u8]);

impl World for One<'_> {
    fn read(&self, path: &str) -> Result<Vec<u8>, SourceError> {
        if path.starts_with("app.") { Ok(self.0.to_vec()) } else { Err(SourceError::NotFound) }
    }

    fn glob(&self, _pattern: &str) -> Result<Vec<String>, SourceError> {
        Ok(Vec::new())
    }
}

/// A place lies inside its file and on character boundaries.
pub fn check_span(sources: &SourceMap, span: Span) {
    let range = span.start as usize..span.end as usize;
    assert!(sources.file(span.file).text.get(range).is_some(), "{span:?}");
}

/// All places of all findings, and every form of the report.
pub fn check_findings<T>(checked: &Checked<T>, sources: &SourceMap) {
    assert!(checked.value.is_some() || !checked.diagnostics.is_empty(), "no reason");
    for label in checked.diagnostics.iter().flat_map(|found| &found.labels) {
        check_span(sources, label.span);
    }
    for fix in checked.diagnostics.iter().filter_map(|found| found.fix.as_ref()) {
        check_span(sources, fix.span);
    }
    render::human(&checked.diagnostics, sources, true, None);
    render::sarif(&checked.diagnostics, sources);
}

/// Loads a whole application.
pub fn load(path: &str, data: &[u8]) {
    let mut sources = SourceMap::default();
    let checked = stratapi_ir::load(&One(data), path, &mut sources);
    check_findings(&checked, &sources);
}
