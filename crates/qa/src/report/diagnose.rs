//! Findings as diagnostics: with the judged file as first place and the IR as second one.

use std::collections::BTreeMap;

use stratapi_diagnostics::{Diagnostic, FileId, SourceMap, Span};

use super::{CheckReport, Report};
use crate::finding::{Finding, Place};
use crate::text;

/// Diagnostics with the sources that they point into: the files of the IR and of the project.
#[derive(Debug, Clone)]
pub struct Diagnosed {
    /// One for each finding, in the order of the checks and of the places.
    pub diagnostics: Vec<Diagnostic>,
    /// Their sources.
    pub sources: SourceMap,
}

impl Report {
    /// All findings as diagnostics. Files of the project are named by `folder` (empty, or ending
    /// with a slash) and their path.
    pub fn diagnosed(&self, folder: &str) -> Diagnosed {
        self.diagnosed_all(self.findings(), folder)
    }

    /// The findings of one check as diagnostics.
    pub(super) fn diagnosed_check(&self, check: &CheckReport, folder: &str) -> Diagnosed {
        self.diagnosed_all(check.findings.iter(), folder)
    }

    fn diagnosed_all<'a>(
        &self,
        findings: impl Iterator<Item = &'a Finding>,
        folder: &str,
    ) -> Diagnosed {
        let mut sources = self.sources.clone();
        let mut files = BTreeMap::new();
        for (path, text) in &self.texts {
            let id = sources.add(format!("{folder}{path}"), text.as_str());
            files.insert(path.as_str(), id);
        }
        let diagnostics =
            findings.map(|finding| self.diagnostic(finding, folder, &files)).collect();
        Diagnosed { diagnostics, sources }
    }

    fn diagnostic(
        &self,
        finding: &Finding,
        folder: &str,
        files: &BTreeMap<&str, FileId>,
    ) -> Diagnostic {
        let span = |place: &Place| {
            let id = files.get(place.path.as_str())?;
            let text = self.texts.get(&place.path)?;
            let range = text::range(text, place.at);
            let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
            Some(Span::new(*id, offset(range.start), offset(range.end)))
        };
        let place = finding.place.as_ref();
        let at = place.and_then(span);
        let message = match place {
            // A file that is not there, or is no text, can't be underlined.
            Some(place) if at.is_none() => format!("{folder}{}: {}", place.path, finding.message),
            _ => finding.message.clone(),
        };
        let mut diagnostic = Diagnostic::error(finding.code, message);
        diagnostic.severity = finding.severity;
        if let Some(at) = at {
            diagnostic = diagnostic.at(at, finding.label.as_str());
        }
        for (place, label) in &finding.related {
            if let Some(at) = span(place) {
                diagnostic = diagnostic.also(at, label.as_str());
            }
        }
        if let Some(origin) = finding.origin {
            diagnostic = match at {
                Some(_) => diagnostic.also(origin, "made from this"),
                None => diagnostic.at(origin, "made from this"),
            };
        }
        finding.help.iter().fold(diagnostic, |diagnostic, help| diagnostic.help(help.as_str()))
    }
}
