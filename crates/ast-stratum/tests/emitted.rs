//! What the emitters make of the golden cases: ruff's formatter has nothing to change in it, and
//! places of the IR are known by their lines.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use ruff_formatter::LineWidth;
use ruff_python_ast::{PySourceType, PythonVersion};
use ruff_python_formatter::{PyFormatOptions, format_module_source};
use stratapi_ast_stratum::emit;
use stratapi_diagnostics::SourceMap;
use stratapi_ir::{SourceError, World, load};
use stratapi_plan::{Artifact, Plan, Stratum, lower};

struct Folder(PathBuf);

impl World for Folder {
    fn read(&self, path: &str) -> Result<Vec<u8>, SourceError> {
        std::fs::read(self.0.join(path)).map_err(|error| SourceError::Other(error.to_string()))
    }

    fn glob(&self, _pattern: &str) -> Result<Vec<String>, SourceError> {
        Ok(Vec::new())
    }
}

fn plan(case: &str) -> Plan {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../golden").join(case);
    let loaded = load(&Folder(folder), "app.yaml", &mut SourceMap::default());
    let lowered = loaded.and_then(|ir| lower(&ir));
    assert!(lowered.value.is_some(), "{case}: {:#?}", lowered.diagnostics);
    lowered.value.unwrap_or_else(|| unreachable!())
}

fn python(plan: &Plan) -> Vec<Artifact> {
    let is_python =
        |path: &str| Path::new(path).extension().is_some_and(|extension| extension == "py");
    plan.files
        .iter()
        .filter(|file| file.stratum == Stratum::Ast && is_python(&file.path))
        .map(|file| emit(plan, file))
        .collect()
}

#[test]
fn the_formatter_has_nothing_to_change() {
    let options = PyFormatOptions::from_source_type(PySourceType::Python)
        .with_target_version(PythonVersion::PY311)
        .with_line_width(LineWidth::try_from(100).unwrap_or_default());
    for case in ["blog", "shop", "smallest"] {
        for artifact in python(&plan(case)) {
            let formatted = format_module_source(&artifact.text, options.clone())
                .map_or_else(|error| error.to_string(), ruff_formatter::Printed::into_code);
            assert_eq!(formatted, artifact.text, "{case}: {}", artifact.path);
        }
    }
}

#[test]
fn columns_know_where_they_were_declared() {
    let plan = plan("shop");
    let entity = &plan.entities[0];
    let path = format!("app/models/{}.py", entity.module);
    let artifacts = python(&plan);
    let model = artifacts.iter().find(|artifact| artifact.path == path);
    let model = model.unwrap_or_else(|| unreachable!("no {path}"));
    let lines: Vec<&str> = model.text.lines().collect();
    for field in &entity.fields {
        let origin = model.origins.iter().find(|origin| origin.span == field.span);
        let line = origin.and_then(|origin| lines.get(origin.first_line as usize - 1));
        let start = format!("    {}: Mapped[", field.model_attribute);
        assert!(line.is_some_and(|line| line.starts_with(&start)), "{start} {origin:?}");
    }
}

/// The names that a module's `from … import …` statements bring in.
fn imported(text: &str) -> Vec<&str> {
    let mut names = Vec::new();
    for statement in text.split("\nfrom ").skip(1) {
        let Some((_, rest)) = statement.split_once(" import ") else { continue };
        let list = rest.strip_prefix('(').map_or_else(
            || rest.lines().next().unwrap_or_default(),
            |many| many.split(')').next().unwrap_or_default(),
        );
        let locals = list.split(',').filter_map(|name| name.split(" as ").last());
        names.extend(locals.map(str::trim).filter(|name| !name.is_empty()));
    }
    names
}

#[test]
fn imported_classes_are_kept_from_entities() {
    let reserved = stratapi_plan::reserved_class_names();
    let mut missing = BTreeSet::new();
    for case in ["blog", "shop", "smallest", "features", "relations", "obstacles", "flows", "jobs"]
    {
        let plan = plan(case);
        let entities = plan.entities.iter().flat_map(|entity| [&entity.class, &entity.stem]);
        let enums = plan.enums.iter().map(|plan| &plan.class);
        let values = plan.values.iter().map(|plan| &plan.class);
        let models = plan.flows.iter().flat_map(stratapi_plan::FlowPlan::models);
        let bodies = models.map(|(model, _)| &model.class);
        let stored = plan.flows.iter().filter_map(|flow| Some(&flow.payload.as_ref()?.class));
        let events = plan.events.iter().map(|event| &event.class);
        let declared: Vec<&str> = entities
            .chain(enums)
            .chain(values)
            .chain(bodies)
            .chain(events)
            .chain(stored)
            .map(stratapi_plan::PyIdent::as_str)
            .collect();
        for artifact in python(&plan) {
            for name in imported(&artifact.text) {
                // A class, and not one that is made from a declared name.
                let is_class = name.starts_with(|first: char| first.is_ascii_uppercase())
                    && name.contains(|other: char| other.is_ascii_lowercase());
                let made = declared.iter().any(|stem| name.starts_with(stem));
                let kept = reserved.contains(&name) || name.ends_with("Dep");
                if is_class && !made && !kept {
                    missing.insert(format!("{name} ({case}: {})", artifact.path));
                }
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}
