//! Writes what is expected of the golden cases anew.

use std::path::PathBuf;

use stratapi_diagnostics::{SourceMap, render};
use stratapi_driver::{Config, FileWorld, Silent, compile_with};

use crate::process::{captured, command, shown};
use crate::{Result, codegen, e2e, root};

/// Generated files, golden trees and inline snapshots.
pub(crate) fn run() -> Result {
    codegen::run(false)?;
    e2e::build()?;
    for name in e2e::golden()? {
        let expected = root().join("golden").join(&name).join("expected");
        if expected.exists() {
            std::fs::remove_dir_all(&expected)?;
        }
        captured(
            command(root().join("target/debug/stratapi"), &root())
                .arg("build")
                .arg(format!("golden/{name}/app.yaml"))
                .arg("--out")
                .arg(&expected),
        )?;
        std::fs::remove_dir_all(expected.join(".stratapi"))?;
        println!("blessed golden/{name}");
    }
    for case in refused()? {
        let mut sources = SourceMap::default();
        let world = FileWorld::new(&case);
        let checked = compile_with(&world, &Config::new("app.yaml"), &mut sources, &Silent);
        let said = render::short(&checked.diagnostics, &sources);
        std::fs::write(case.join("diagnostics.txt"), said)?;
        println!("blessed {}", case.display());
    }
    let mut snapshots = command(env!("CARGO"), &root());
    snapshots.args(["test", "--workspace", "--quiet"]).env("INSTA_UPDATE", "always");
    shown(&mut snapshots)
}

/// The cases that must not compile: they have a file of diagnostics instead of a tree.
fn refused() -> Result<Vec<PathBuf>> {
    let mut cases: Vec<PathBuf> = std::fs::read_dir(root().join("golden"))?
        .flatten()
        .map(|entry| entry.path())
        .filter(|case| case.join("diagnostics.txt").is_file())
        .collect();
    cases.sort();
    Ok(cases)
}
