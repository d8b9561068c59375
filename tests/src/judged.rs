//! The judge over files in memory.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use stratapi_diagnostics::{Diagnostic, SourceMap};
use stratapi_driver::{Build, Config, Silent, World, compile_with};
use stratapi_qa::{Facts, Level, Report, Subject, Tree};

/// An application, compiled.
pub struct Compiled {
    /// What it compiles to.
    pub build: Build,
    /// Its sources.
    pub sources: SourceMap,
}

impl Compiled {
    /// Compiles the application `app.yaml` of a world.
    ///
    /// # Panics
    /// If it has errors.
    pub fn of(world: &dyn World) -> Self {
        let mut sources = SourceMap::default();
        let build = compile_with(world, &Config::new("app.yaml"), &mut sources, &Silent);
        let said: Vec<&str> = build.diagnostics.iter().map(|d| d.message.as_str()).collect();
        let build = build.value.unwrap_or_else(|| panic!("{said:?}"));
        Self { build, sources }
    }

    /// Its files, by their paths.
    pub fn files(&self) -> BTreeMap<String, String> {
        self.build.tree.iter().map(|file| (file.path.clone(), file.text.clone())).collect()
    }

    /// What the first two layers of the judge say about files that were made of these.
    pub fn judge(&self, files: &BTreeMap<String, String>) -> Report {
        let mut actual = Tree::default();
        for (path, text) in files {
            actual.insert_text(path.as_str(), text.as_str());
        }
        let subject = Subject::new(&self.build.plan, &self.build.tree, &actual);
        let level = Level::Structural;
        let verdict = stratapi_qa::judge(&subject, level.layers(), None, &stratapi_qa::Silent);
        let facts = Facts {
            level,
            input_hash: String::new(),
            tree_hash: String::new(),
            changed_only: false,
            versions: BTreeMap::new(),
        };
        Report::new(&subject, verdict, facts, &self.sources)
    }

    /// The same as diagnostics with their sources.
    pub fn findings(&self, files: &BTreeMap<String, String>) -> (Vec<Diagnostic>, SourceMap) {
        let diagnosed = self.judge(files).diagnosed("");
        (diagnosed.diagnostics, diagnosed.sources)
    }
}

/// The Python environment that `cargo xtask e2e` has made, if it has.
pub fn environment() -> Option<PathBuf> {
    let made = Path::new(env!("CARGO_MANIFEST_DIR")).parent()?.join("target/python");
    let complete = |folder: &PathBuf| folder.join("complete").is_file();
    std::fs::read_dir(made).ok()?.flatten().map(|entry| entry.path()).find(complete)
}

/// Files in a folder, as the judge reads them.
///
/// # Panics
/// If they can't be written.
pub fn written(files: &BTreeMap<String, String>, folder: &Path) -> Tree {
    let mut actual = Tree::default();
    for (path, text) in files {
        actual.insert_text(path.as_str(), text.as_str());
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().unwrap_or(folder)).expect("a folder");
        std::fs::write(path, text).expect("a file");
    }
    actual
}
