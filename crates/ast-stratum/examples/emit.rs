//! Emits what this stratum makes of an IR into a folder: `emit golden/blog/app.yaml OUT [MAKER…]`.
//! Templates are not rendered; a maker that is not built yet is reported and left out.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use stratapi_diagnostics::SourceMap;
use stratapi_ir::{SourceError, World};
use stratapi_plan::Stratum;

struct Folder(PathBuf);

impl World for Folder {
    fn read(&self, path: &str) -> Result<Vec<u8>, SourceError> {
        std::fs::read(self.0.join(path)).map_err(|error| SourceError::Other(error.to_string()))
    }

    fn glob(&self, _: &str) -> Result<Vec<String>, SourceError> {
        Ok(Vec::new())
    }
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [source, out, makers @ ..] = arguments.as_slice() else {
        eprintln!("usage: emit IR OUT [MAKER…]");
        return ExitCode::from(2);
    };
    let source = Path::new(source);
    let world = Folder(source.parent().unwrap_or(Path::new("")).to_path_buf());
    let entry = source.file_name().unwrap_or_default().to_string_lossy();
    let mut sources = SourceMap::default();
    let checked =
        stratapi_ir::load(&world, &entry, &mut sources).and_then(|ir| stratapi_plan::lower(&ir));
    for diagnostic in &checked.diagnostics {
        eprintln!("{diagnostic:?}");
    }
    let Some(plan) = checked.value else { return ExitCode::FAILURE };
    for file in &plan.files {
        let wanted = makers.is_empty() || makers.iter().any(|maker| maker == file.maker);
        if file.stratum != Stratum::Ast || !wanted {
            continue;
        }
        let artifact = stratapi_ast_stratum::emit(&plan, file);
        let path = Path::new(out).join(&artifact.path);
        let folder = path.parent().unwrap_or(Path::new(""));
        let written =
            std::fs::create_dir_all(folder).and_then(|()| std::fs::write(&path, artifact.text));
        if let Err(error) = written {
            eprintln!("{}: {error}", path.display());
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}
