//! Files of this repository that are made from its code.

use std::path::PathBuf;

use crate::{Result, root};

/// Each generated file with its text.
fn files() -> Result<Vec<(PathBuf, String)>> {
    let mut schema = serde_json::to_string_pretty(&stratapi_ir::schema::json_schema())?;
    schema.push('\n');
    Ok(vec![(PathBuf::from("ir-schemas/stratapi-1.schema.json"), schema)])
}

/// Writes the files, or only says which are out of date.
pub(crate) fn run(check: bool) -> Result {
    let mut stale = Vec::new();
    for (path, text) in files()? {
        let target = root().join(&path);
        if std::fs::read_to_string(&target).is_ok_and(|old| old == text) {
            continue;
        }
        if check {
            stale.push(path.display().to_string());
        } else {
            std::fs::create_dir_all(target.parent().unwrap_or(&target))?;
            std::fs::write(&target, text)?;
            println!("wrote {}", path.display());
        }
    }
    if stale.is_empty() {
        Ok(())
    } else {
        Err(format!("out of date, run `cargo xtask codegen`: {}", stale.join(", ")).into())
    }
}
