//! Random applications compile, and what they compile to parses; failures shrink.

use proptest::prelude::*;
use proptest::test_runner::{Config, FileFailurePersistence};
use stratapi_driver::MemoryWorld;
use stratapi_tests::random_ir::{applications, yaml};

proptest! {
    #![proptest_config(Config {
        cases: 64,
        failure_persistence: Some(Box::new(FileFailurePersistence::Off)),
        ..Config::default()
    })]

    #[test]
    fn random_applications_compile_and_parse(choices in applications()) {
        let text = yaml(&choices);
        let world = MemoryWorld::new().with("app.yaml", text.as_str());
        let checked = stratapi_driver::compile(&world, &stratapi_driver::Config::new("app.yaml"));
        let messages: Vec<String> =
            checked.diagnostics.iter().map(|d| format!("{}: {}", d.code, d.message)).collect();
        let Some(build) = checked.value else {
            return Err(TestCaseError::fail(format!("{messages:#?}\n{text}")));
        };
        for file in build.tree.iter().filter(|file| file.path.rsplit('.').next() == Some("py")) {
            if let Err(error) = ruff_python_parser::parse_module(&file.text) {
                let place = format!("{}: {error}\n{}\n{text}", file.path, file.text);
                return Err(TestCaseError::fail(place));
            }
        }
    }
}
