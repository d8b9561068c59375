//! What `stratapi plan` shows: every file with its stratum, phase and subject, before any text
//! exists.

use crate::{Phase, Plan, Stratum, Subject};

/// The plan for people and machines.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Summary {
    /// Name of the application.
    pub app: String,
    /// `layered` or `simple`.
    pub architecture: &'static str,
    /// Version of the compiler.
    pub compiler: &'static str,
    /// Every file, in ascending order of its path.
    pub files: Vec<FileSummary>,
}

/// A file of the plan.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct FileSummary {
    /// Path below the project's root.
    pub path: String,
    /// Who makes it.
    pub stratum: Stratum,
    /// When.
    pub phase: Phase,
    /// Name of the entity or the slot, or the table of the association; empty for the application
    /// as a whole.
    pub subject: String,
    /// Name of the emitter or path of the template.
    pub maker: &'static str,
}

impl Plan {
    /// What `stratapi plan` shows.
    pub fn summary(&self) -> Summary {
        let files = self.files.iter().map(|file| FileSummary {
            path: file.path.clone(),
            stratum: file.stratum,
            phase: file.phase,
            subject: self.subject(file.subject).to_owned(),
            maker: file.maker,
        });
        Summary {
            app: self.app.name.clone(),
            architecture: match self.app.architecture {
                crate::Architecture::Simple => "simple",
                _ => "layered",
            },
            compiler: self.app.compiler,
            files: files.collect(),
        }
    }

    /// The name of a subject: an entity's or a slot's as declared, an association's table, empty for
    /// the application.
    pub fn subject(&self, subject: Subject) -> &str {
        match subject {
            Subject::App => "",
            Subject::Entity(index) | Subject::History(index, _) => &self.entities[index].name,
            Subject::Association(index) => {
                self.tables[self.associations[index].table].name.as_str()
            }
            Subject::Slot(index) => self.slots[index].name.as_str(),
        }
    }
}
