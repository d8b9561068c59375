//! probe
use std::path::PathBuf;
use stratapi_qa::{ToolCall, ToolRunner};
use stratapi_sandbox::{Sandbox, Settings, Stage, Permission, WayName};
#[test]
fn probe() {
    for way in [WayName::Bubblewrap, WayName::Landlock] {
    let dir = tempfile::TempDir::new().unwrap();
    let s = Sandbox::new(Settings { project: dir.path().to_owned(), python: Ok(PathBuf::from("python3")), permission: Permission::Confined, stage: Stage { path: env!("CARGO_BIN_EXE_stratapi-stage").into(), arguments: vec![] }, way: Some(way), programs: vec![] });
    println!("{:?}", s.way());
    println!("{:?}", s.versions());
    for i in 0..3 { let o = s.run(&ToolCall::new("python", &["-c", "import os; print(os.getcwd(), dict(os.environ))"])); println!("{o:?}"); }
    for i in 0..3 { let o = s.run(&ToolCall::new("python", &["-S", "-c", "1"])); println!("{o:?}"); }
    }
}
