//! scratch
use stratapi_diagnostics::SourceMap;
struct W;
impl stratapi_ir::World for W {
    fn read(&self, path: &str) -> Result<Vec<u8>, stratapi_ir::SourceError> { std::fs::read(path).map_err(|_| stratapi_ir::SourceError::NotFound) }
    fn glob(&self, _: &str) -> Result<Vec<String>, stratapi_ir::SourceError> { Ok(Vec::new()) }
}
fn main() {
    let args: Vec<String> = std::env::args().collect();
    let mut sources = SourceMap::default();
    let checked = stratapi_ir::load(&W, &args[1], &mut sources);
    for d in &checked.diagnostics { eprintln!("{d:?}"); }
    let plan = stratapi_plan::lower(&checked.value.unwrap());
    for d in &plan.diagnostics { eprintln!("{d:?}"); }
    let plan = plan.value.unwrap();
    let root = std::path::Path::new(&args[2]);
    for file in &plan.files {
        let known = std::panic::catch_unwind(|| match file.stratum {
            stratapi_plan::Stratum::Template => stratapi_template_stratum::render(&plan, file),
            _ => stratapi_ast_stratum::emit(&plan, file),
        });
        let Ok(artifact) = known else { eprintln!("FAILED {} {}", file.path, file.maker); continue };
        let path = root.join(&artifact.path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, artifact.text).unwrap();
    }
}
