//! Files: which there are, who makes them, and when.

/// Who makes a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Stratum {
    /// Fixed shape: a template.
    Template,
    /// Follows the model: an emitter.
    Ast,
    /// A slot.
    Llm,
}

/// When a file is made; the order of the progress display.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// `app/core`, bases.
    Core,
    /// Models, schemas, repositories, services and routers of the entities.
    Entities,
    /// Documents, containers, continuous integration.
    Support,
    /// `app/main.py`, `app/dependencies.py`, routers' index.
    Application,
    /// `tests/`.
    Tests,
    /// `migrations/`.
    Migrations,
}

/// What a file is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// The application as a whole.
    App,
    /// An entity (index in `Plan::entities`).
    Entity(usize),
    /// An association table (index in `Plan::associations`).
    Association(usize),
    /// The history of a state machine (indexes in `Plan::entities` and `EntityPlan::machines`).
    History(usize, usize),
    /// A slot (index in `Plan::slots`).
    Slot(usize),
}

/// A file of the project, before any text exists.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct PlannedFile {
    /// Path below the project's root, with forward slashes.
    pub path: String,
    /// Who makes it.
    pub stratum: Stratum,
    /// When.
    pub phase: Phase,
    /// What it is about.
    pub subject: Subject,
    /// Name of the emitter (`model`, `service`, …) or the template's path.
    pub maker: &'static str,
}
