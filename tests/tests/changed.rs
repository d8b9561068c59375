//! `--changed`: which layers run again after a change, and that none is left out which it reaches.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::time::Duration;

use stratapi_driver::FileWorld;
use stratapi_qa::{
    Check, Ended, Layer, Level, Subject, ToolCall, ToolOutcome, ToolRunner, Tree, Watch,
};
use stratapi_tests::judged::Compiled;

/// Refuses everything: only that it was asked matters.
struct Refuses;

impl ToolRunner for Refuses {
    fn run(&self, _: &ToolCall) -> ToolOutcome {
        let ended = Ended::Refused("a test".to_owned());
        let (stdout, stderr) = (Vec::new(), Vec::new());
        ToolOutcome { ended, stdout, stderr, truncated: false, time: Duration::ZERO }
    }

    fn versions(&self) -> BTreeMap<String, String> {
        BTreeMap::new()
    }
}

/// Notes the layers whose programs begin.
#[derive(Default)]
struct Begun(Mutex<BTreeSet<Layer>>);

impl Watch for Begun {
    fn begin(&self, check: &Check) {
        self.0.lock().unwrap().insert(check.layer);
    }
}

/// The layers beyond files that a change of these files runs again.
fn layers(compiled: &Compiled, edits: &[(&str, &str)], changed: &[&str]) -> Vec<Layer> {
    let mut actual = Tree::default();
    for (path, text) in compiled.files() {
        actual.insert_text(path, text);
    }
    for (path, more) in edits {
        let before = actual.text(path).unwrap_or_default();
        let text = format!("{before}\n{more}\n");
        actual.insert_text(*path, text);
    }
    let changed = changed.iter().map(|&path| path.to_owned()).collect();
    let subject = Subject::new(&compiled.build.plan, &compiled.build.tree, &actual);
    let subject = subject.limited_to(changed);
    let begun = Begun::default();
    stratapi_qa::judge(&subject, Level::Full.layers(), Some(&Refuses), &begun);
    let begun = begun.0.into_inner().unwrap();
    begun.into_iter().filter(|layer| !layer.is_in_process()).collect()
}

#[test]
fn a_change_runs_every_layer_again_that_it_reaches() {
    use Layer::{Contract, Database, Smoke, Tools};
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../golden/blog");
    let compiled = Compiled::of(&FileWorld::new(root));
    let all = [Database, Contract, Smoke, Tools];
    let without_database = [Contract, Smoke, Tools];
    let cases: &[(&str, &[Layer])] = &[
        ("README.md", &[]),
        ("docs/erd.md", &[]),
        ("Dockerfile", &[]),
        ("docker/prometheus.yml", &[]),
        (".github/workflows/ci.yml", &[]),
        ("tests/conftest.py", &[Tools]),
        ("docs/openapi.yaml", &[Tools]),
        ("app/routers/posts.py", &without_database),
        ("app/services/post.py", &without_database),
        ("app/main.py", &without_database),
        ("app/models/post.py", &all),
        ("app/models/gone.py", &all),
        // Imported by models and migrations.
        ("app/core/database.py", &all),
        ("app/core/config.py", &all),
        ("app/core/column_types.py", &all),
        ("app/core/__init__.py", &all),
        ("app/__init__.py", &all),
        ("migrations/env.py", &all),
        ("migrations/versions/0001_initial.py", &all),
        ("requirements.txt", &all),
        ("pyproject.toml", &all),
        ("sitecustomize.py", &all),
        ("alembic.ini", &all),
    ];
    assert_eq!(layers(&compiled, &[], &[]), []);
    for (path, expected) in cases {
        assert_eq!(layers(&compiled, &[], &[path]), *expected, "{path}");
    }
    assert_eq!(layers(&compiled, &[], &["README.md", "app/models/post.py"]), all);
}

#[test]
fn what_somebody_made_models_import_is_followed() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../golden/blog");
    let compiled = Compiled::of(&FileWorld::new(root));
    let router = ["app/routers/posts.py"];
    for edit in [
        ("app/models/post.py", "import app.routers.posts"),
        ("app/models/post.py", "from app.routers import posts"),
        ("migrations/env.py", "def later() -> None:\n    from app.routers.posts import router"),
        // What is imported by a name that is made at run time may be anything.
        ("app/core/config.py", "import importlib"),
        // And so may what a file imports that is no Python.
        ("app/models/post.py", "def ("),
    ] {
        let layers = layers(&compiled, &[edit], &router);
        assert!(layers.contains(&Layer::Database), "{edit:?}");
    }
}
