//! The compiler as a library: in memory, one file at a time, without touching the disk.

use std::sync::Mutex;
use stratapi_driver::diagnostics::{Code, SourceMap};
use stratapi_driver::{
    Config, FileWorld, MemoryWorld, Progress, SourceError, World, artifact, compile, compile_with,
    plan,
};

const BLOG: &str = include_str!("../../examples/blog.yaml");

#[test]
fn an_application_of_several_files_compiles_in_memory() {
    let world = MemoryWorld::new()
        .with("app.yaml", "stratapi: 1\napp: {name: notes}\ninclude: ['parts/*.yaml']\n")
        .with("parts/a.yaml", "domain: {entities: {Note: {attributes: {body: text}}}}\n")
        .with("parts/b.yaml", "domain: {entities: {Tag: {attributes: {name: string}}}}\n");
    let build = compile(&world, &Config::new("app.yaml"));
    assert_eq!(build.diagnostics, []);
    let build = build.value.unwrap();
    assert_eq!(build.summary.entities, 2);
    assert_eq!(build.summary.model_calls, 0);
    assert_eq!(build.tree.len(), build.plan.files.len());
    assert!(build.tree.get("app/models/note.py").unwrap().text.contains("class Note("));
    assert_eq!(build.sources.files().count(), 3);
}

#[test]
fn one_file_can_be_made_alone_and_is_the_same() {
    let world = MemoryWorld::new().with("app.yaml", BLOG);
    let build = compile(&world, &Config::new("app.yaml")).value.unwrap();
    let plan = plan(&world, "app.yaml", &mut SourceMap::default()).value.unwrap();
    for path in ["app/models/post.py", "app/routers/posts.py", "pyproject.toml"] {
        assert_eq!(artifact(&plan, path).as_ref(), build.tree.get(path), "{path}");
    }
    assert_eq!(artifact(&plan, "no/such/file.py"), None);
}

#[test]
fn a_failure_keeps_its_sources_for_the_report() {
    let world = MemoryWorld::new().with("app.yaml", "stratapi: 1\napp: {nmae: x}\n");
    let mut sources = SourceMap::default();
    let config = Config::new("app.yaml");
    let result = compile_with(&world, &config, &mut sources, &stratapi_driver::Silent);
    assert!(result.value.is_none());
    let unknown = result.diagnostics.iter().find(|d| d.code == Code::E0203).unwrap();
    assert_eq!(sources.text(unknown.span().unwrap()), "nmae");
}

#[test]
fn progress_counts_every_phase_to_its_end() {
    #[derive(Default)]
    struct Log(Mutex<Vec<String>>);
    impl Progress for Log {
        fn begin(&self, phase: stratapi_driver::Phase, steps: usize) {
            self.0.lock().unwrap().push(format!("{phase:?} {steps}"));
        }
        fn advance(&self, phase: stratapi_driver::Phase, done: usize) {
            self.0.lock().unwrap().push(format!("{phase:?} {done}"));
        }
        fn end(&self, phase: stratapi_driver::Phase) {
            self.0.lock().unwrap().push(format!("{phase:?} end"));
        }
    }
    let log = Log::default();
    let world = MemoryWorld::new().with("app.yaml", BLOG);
    compile_with(&world, &Config::new("app.yaml"), &mut SourceMap::default(), &log);
    let log = log.0.into_inner().unwrap();
    let entities: Vec<&String> = log.iter().filter(|l| l.starts_with("Entities")).collect();
    assert!(entities.len() >= 7, "{entities:?}");
    assert_eq!(log.iter().filter(|l| l.ends_with("end")).count(), 6, "{log:?}");
}

#[test]
fn a_folder_gives_its_own_regular_files_and_no_others() {
    let temporary = tempfile::TempDir::new().unwrap();
    let root = temporary.path().join("root");
    std::fs::create_dir_all(root.join("domain/deep")).unwrap();
    std::fs::create_dir_all(root.join(".git")).unwrap();
    std::fs::write(temporary.path().join("secret.yaml"), "s").unwrap();
    for path in ["app.yaml", "domain/b.yaml", "domain/a.yaml", "domain/deep/c.yaml", ".git/x.yaml"]
    {
        std::fs::write(root.join(path), "x").unwrap();
    }
    let world = FileWorld::new(&root);
    assert_eq!(world.read("app.yaml").unwrap(), b"x");
    assert_eq!(world.glob("domain/*.yaml").unwrap(), ["domain/a.yaml", "domain/b.yaml"]);
    assert_eq!(world.glob("**/*.yaml").unwrap().len(), 4);
    assert_eq!(world.read("absent.yaml"), Err(SourceError::NotFound));
    for path in ["../secret.yaml", "domain/../../secret.yaml", "domain", "/etc/hostname"] {
        assert!(matches!(world.read(path), Err(SourceError::Other(_))), "{path}");
    }
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("../secret.yaml", root.join("link.yaml")).unwrap();
        assert!(matches!(world.read("link.yaml"), Err(SourceError::Other(_))));
    }
    let large = std::fs::File::create(root.join("large.yaml")).unwrap();
    large.set_len(8 * 1024 * 1024 + 1).unwrap();
    assert!(matches!(world.read("large.yaml"), Err(SourceError::TooLarge { .. })));
}
