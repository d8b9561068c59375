//! What flows of all sorts become: one document with their corners, whose Python is looked at, formatted
//! and made again from the resolved form.

use ruff_formatter::LineWidth;
use ruff_python_ast::{PySourceType, PythonVersion};
use ruff_python_formatter::{PyFormatOptions, format_module_source};
use stratapi_ast_stratum::emit;
use stratapi_diagnostics::SourceMap;
use stratapi_ir::{SourceError, World, load, resolved};
use stratapi_plan::{Plan, lower};

const CORNERS: &str = include_str!("corners.yaml");

struct One<'a>(&'a str);

impl World for One<'_> {
    fn read(&self, _path: &str) -> Result<Vec<u8>, SourceError> {
        Ok(self.0.as_bytes().to_vec())
    }

    fn glob(&self, _pattern: &str) -> Result<Vec<String>, SourceError> {
        Ok(Vec::new())
    }
}

fn plan(text: &str) -> (Plan, String) {
    let loaded = load(&One(text), "app.yaml", &mut SourceMap::default());
    let again = loaded.value.as_ref().map(resolved).unwrap_or_default();
    let lowered = loaded.and_then(|ir| lower(&ir));
    assert!(lowered.value.is_some(), "{:#?}", lowered.diagnostics);
    (lowered.value.unwrap_or_else(|| unreachable!()), again)
}

fn file(plan: &Plan, path: &str) -> String {
    let file = plan.files.iter().find(|file| file.path == path).expect("a planned file");
    emit(plan, file).text
}

#[test]
fn the_corners_of_flows_are_python_that_stays_as_it_is() {
    let (made, again) = plan(CORNERS);
    let (remade, _) = plan(&again);
    let options = PyFormatOptions::from_source_type(PySourceType::Python)
        .with_target_version(PythonVersion::PY311)
        .with_line_width(LineWidth::try_from(100).unwrap_or_default());
    let written = [
        "app/services/flow_methods.py",
        "app/routers/flows.py",
        "tests/api/test_flows.py",
        "tests/unit/test_slots.py",
    ];
    for path in written {
        let text = file(&made, path);
        let formatted = format_module_source(&text, options.clone())
            .map_or_else(|error| error.to_string(), ruff_formatter::Printed::into_code);
        assert_eq!(formatted, text, "{path}");
        assert_eq!(file(&remade, path), text, "{path}");
        insta::assert_snapshot!(path.replace('/', "."), text);
    }
}
