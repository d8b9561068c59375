//! A world in memory, and findings as lines.

use std::fmt::Write;

use stratapi_diagnostics::{Checked, SourceMap};
use stratapi_ir::model::ApplicationIr;
use stratapi_ir::{SourceError, World, load};

/// One document and nothing else.
pub(crate) struct One<'a>(pub &'a str);

impl World for One<'_> {
    fn read(&self, _path: &str) -> Result<Vec<u8>, SourceError> {
        Ok(self.0.as_bytes().to_vec())
    }

    fn glob(&self, _pattern: &str) -> Result<Vec<String>, SourceError> {
        Ok(Vec::new())
    }
}

/// Loads a document.
pub(crate) fn run(text: &str) -> (Checked<ApplicationIr>, SourceMap) {
    let mut sources = SourceMap::default();
    (load(&One(text), "app.yaml", &mut sources), sources)
}

/// Loads a document that is right.
pub(crate) fn model(text: &str) -> ApplicationIr {
    let (checked, sources) = run(text);
    let found = lines(&checked, &sources);
    checked.value.unwrap_or_else(|| panic!("{found}"))
}

/// The findings: place, code, message, underlined text, related places and help.
pub(crate) fn findings(text: &str) -> String {
    let (checked, sources) = run(text);
    lines(&checked, &sources)
}

fn lines(checked: &Checked<ApplicationIr>, sources: &SourceMap) -> String {
    let mut all = String::new();
    for finding in &checked.diagnostics {
        let span = finding.span().expect("every finding has a place");
        let at = sources.position(span);
        let text = sources.text(span);
        let (code, message) = (finding.code, &finding.message);
        let mut say = |part: std::fmt::Arguments<'_>| all.write_fmt(part).expect("text grows");
        say(format_args!("{}:{} {code} {message} [{text}]", at.line, at.column));
        for label in finding.labels.iter().filter(|label| !label.primary) {
            let at = sources.position(label.span);
            say(format_args!(" see {}:{} [{}]", at.line, at.column, sources.text(label.span)));
        }
        for help in &finding.help {
            say(format_args!(" ({help})"));
        }
        all.push('\n');
    }
    all
}
