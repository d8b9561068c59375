//! The golden cases: what each compiles to, or what is said about it, is what was expected of it.
//! `cargo xtask bless` writes the expectations anew.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use stratapi_diagnostics::{SourceMap, render};
use stratapi_driver::{Config, FileWorld, Silent, compile_with};

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../golden");
    let mut cases: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("the golden cases")
        .flatten()
        .map(|entry| entry.path())
        .filter(|case| case.join("app.yaml").is_file())
        .collect();
    cases.sort();
    assert!(cases.len() >= 8, "{cases:?}");
    cases
}

#[test]
fn every_golden_case_is_as_expected() {
    let mut differences = Vec::new();
    for case in cases() {
        let mut sources = SourceMap::default();
        let world = FileWorld::new(&case);
        let checked = compile_with(&world, &Config::new("app.yaml"), &mut sources, &Silent);
        let said = render::short(&checked.diagnostics, &sources);
        let expected = case.join("diagnostics.txt");
        if expected.is_file() {
            assert!(checked.value.is_none(), "{}: compiles", case.display());
            let expected = std::fs::read_to_string(expected).expect("its diagnostics");
            if said != expected {
                differences.push(format!("{}:\n{said}", case.display()));
            }
            continue;
        }
        let Some(build) = checked.value else { panic!("{}: {said}", case.display()) };
        let made: BTreeMap<String, String> =
            build.tree.iter().map(|file| (file.path.clone(), file.text.clone())).collect();
        compare(&case, &made, &mut differences);
    }
    assert!(
        differences.is_empty(),
        "run `cargo xtask bless` and read its diff:\n{}",
        differences.join("\n")
    );
}

fn compare(case: &Path, made: &BTreeMap<String, String>, differences: &mut Vec<String>) {
    let folder = case.join("expected");
    let mut expected = BTreeMap::new();
    collect(&folder, &folder, &mut expected);
    assert!(!expected.is_empty(), "{} has no expected tree", case.display());
    for path in made.keys().chain(expected.keys()) {
        if made.get(path) != expected.get(path) {
            differences.push(format!("{}/{path}", folder.display()));
        }
    }
}

fn collect(root: &Path, folder: &Path, found: &mut BTreeMap<String, String>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(root, &path, found);
        } else {
            let name = path.strip_prefix(root).expect("a path below the root");
            let text = std::fs::read_to_string(&path).expect("a text");
            found.insert(name.to_string_lossy().replace('\\', "/"), text);
        }
    }
}
