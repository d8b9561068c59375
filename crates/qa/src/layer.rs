//! Layers of the judge, from the cheapest to the dearest, and the levels that take in several.

/// A group of checks that need the same things to run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layer {
    /// Reads the files, in process.
    Structural,
    /// Looks for patterns of known mistakes, in process.
    Regressions,
    /// Migrates databases and reads their catalogs.
    Database,
    /// Compares the document of the running application with the model.
    Contract,
    /// Starts the application and uses it.
    Smoke,
    /// Runs the project's tests and the tools that look at its sources.
    Tools,
}

impl Layer {
    /// All layers, in the order in which they run.
    pub const ALL: [Self; 6] = [
        Self::Structural,
        Self::Regressions,
        Self::Database,
        Self::Contract,
        Self::Smoke,
        Self::Tools,
    ];

    /// Whether it can do without running programs.
    pub const fn is_in_process(self) -> bool {
        matches!(self, Self::Structural | Self::Regressions)
    }

    /// Its name for machines.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Structural => "structural",
            Self::Regressions => "regressions",
            Self::Database => "database",
            Self::Contract => "contract",
            Self::Smoke => "smoke",
            Self::Tools => "tools",
        }
    }

    /// Its name for people.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Structural => "Structure",
            Self::Regressions => "Known mistakes",
            Self::Database => "Database",
            Self::Contract => "Contract",
            Self::Smoke => "Running application",
            Self::Tools => "Tests and tools",
        }
    }
}

/// How far the judge goes: a level takes in all layers of those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// What needs no Python: structure and known mistakes.
    Structural,
    /// And the database.
    Database,
    /// And the contract.
    Contract,
    /// And the running application.
    Smoke,
    /// Everything.
    Full,
}

impl Level {
    /// Its name on the command line and for machines.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Structural => "structural",
            Self::Database => "database",
            Self::Contract => "contract",
            Self::Smoke => "smoke",
            Self::Full => "full",
        }
    }

    /// The layers that it takes in, in the order in which they run.
    pub fn layers(self) -> &'static [Layer] {
        const LAYERS: &[Layer] = &Layer::ALL;
        match self {
            Self::Structural => &LAYERS[..2],
            Self::Database => &LAYERS[..3],
            Self::Contract => &LAYERS[..4],
            Self::Smoke => &LAYERS[..5],
            Self::Full => LAYERS,
        }
    }
}
