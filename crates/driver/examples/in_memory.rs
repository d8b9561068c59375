//! Compiles an application in memory, shows what is wrong with another one, and prints one file.
//! Nothing touches the disk: `cargo run -p stratapi-driver --example in_memory`.

use stratapi_driver::diagnostics::{SourceMap, render};
use stratapi_driver::{Config, MemoryWorld, Silent, compile, compile_with};

const NOTES: &str = "\
stratapi: 1
app: {name: notes}
domain:
  entities:
    Note:
      attributes:
        title: string(1..200)
";

fn main() {
    let world = MemoryWorld::new().with("app.yaml", NOTES);
    let config = Config::new("app.yaml");
    if let Some(build) = compile(&world, &config).value {
        println!("{} files of {} bytes", build.tree.len(), build.summary.bytes);
        if let Some(model) = build.tree.get("app/models/note.py") {
            println!("{}", model.text);
        }
    }

    let world = world.with("app.yaml", NOTES.replace("string", "strnig"));
    let mut sources = SourceMap::default();
    let failed = compile_with(&world, &config, &mut sources, &Silent);
    println!("{}", render::human(&failed.diagnostics, &sources, false, None));
}
