//! Writes what is expected of the golden cases anew.

use crate::process::{captured, command, shown};
use crate::{Result, codegen, e2e, root};

/// Generated files, golden trees and inline snapshots.
pub(crate) fn run() -> Result {
    codegen::run(false)?;
    shown(command(env!("CARGO"), &root()).args(["build", "--quiet", "--package", "stratapi-cli"]))?;
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
    let mut snapshots = command(env!("CARGO"), &root());
    snapshots.args(["test", "--workspace", "--quiet"]).env("INSTA_UPDATE", "always");
    shown(&mut snapshots)
}
