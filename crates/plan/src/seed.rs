//! Rows that every database starts with, as `app/seeds.py` says them.

use stratapi_diagnostics::Span;

use crate::PyIdent;

/// The seeds of one entity.
#[derive(Debug, Clone)]
pub struct SeedsPlan {
    /// Index in `Plan::entities`.
    pub entity: usize,
    /// The constant that holds them: `CATEGORIES`.
    pub constant: PyIdent,
    /// The members (in Python) in which no two rows agree, and by which they are found again.
    pub known_by: Vec<PyIdent>,
    /// In the order of insertion.
    pub rows: Vec<SeedPlan>,
}

/// A seed.
#[derive(Debug, Clone)]
pub struct SeedPlan {
    /// What it is known by, as text: its name among the seeds of its entity.
    pub key: String,
    /// Fields and what stands in them in the form of `PythonDefault::Literal`; `None` is null.
    pub values: Vec<(usize, Option<String>)>,
    /// Value objects (indexes in `EntityPlan::embedded`); their parts are in `values`, unless all is null.
    pub embedded: Vec<(usize, bool)>,
    /// References and the keys of the seeds that they lead to.
    pub references: Vec<(usize, String)>,
    /// Links and the keys of the seeds that they lead to.
    pub links: Vec<(usize, Vec<String>)>,
    /// Declaration in the IR.
    pub span: Span,
}

/// A change of a seed that people could make: what the tests see to it that it stays.
#[derive(Debug, Clone)]
pub struct SeedEditPlan {
    /// Index in `Plan::seeds`.
    pub seeds: usize,
    /// Index in its entity's fields.
    pub field: usize,
    /// Another text for it.
    pub value: String,
}
