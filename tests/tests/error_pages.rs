//! The pages of the codes keep their word: the failing example gives exactly the page's code, the
//! mended one gives nothing, and a page without examples names a test that is there. Examples of the
//! judge are changes to the project of the example `blog`, or of the page's own application.

use std::path::Path;

use rayon::prelude::*;
use stratapi_diagnostics::{Code, CodeInfo, Diagnostic, Severity, SourceMap, render};
use stratapi_driver::MemoryWorld;
use stratapi_qa::Level;
use stratapi_tests::judged::Compiled;
use stratapi_tests::patch::{self, fence};

fn compile(text: &str) -> (Vec<Diagnostic>, SourceMap) {
    let mut sources = SourceMap::default();
    let model =
        stratapi_ir::load(&MemoryWorld::new().with("app.yaml", text), "app.yaml", &mut sources);
    let plan = model.and_then(|model| stratapi_plan::lower(&model));
    (plan.diagnostics, sources)
}

fn codes(found: &[Diagnostic]) -> Vec<Code> {
    let mut codes: Vec<Code> = found.iter().map(|d| d.code).collect();
    codes.dedup();
    codes
}

/// What is wrong with a page; empty if nothing is.
fn faults(info: &CodeInfo) -> Vec<String> {
    let code = info.code;
    let mut faults = Vec::new();
    let title = format!("# {code}: {}\n", info.name.replace('-', " "));
    if !info.page.starts_with(&title) {
        faults.push(format!("{code}: the title is not `{}`", title.trim_end()));
    }
    if !info.summary().ends_with('.') || !info.page.contains("\n## Why\n") {
        faults.push(format!("{code}: a summary in one sentence and a section `Why` are wanted"));
    }
    if let (Some(failing), Some(mended)) =
        (fence(info.page, "diff failing"), fence(info.page, "diff mended"))
    {
        faults.extend(judged(info, failing, mended));
        return faults;
    }
    match (fence(info.page, "yaml failing"), fence(info.page, "yaml mended")) {
        (Some(failing), Some(mended)) => {
            let (found, sources) = compile(failing);
            if codes(&found) != [code] {
                let short = render::short(&found, &sources);
                faults.push(format!("{code}: the failing example gives\n{short}"));
            }
            let (found, sources) = compile(mended);
            if !found.is_empty() {
                let short = render::short(&found, &sources);
                faults.push(format!("{code}: the mended example gives\n{short}"));
            }
        }
        _ => faults.extend(missing_test(info)),
    }
    faults
}

/// Whether a code is that of a check which runs programs.
fn needs_programs(code: Code) -> bool {
    stratapi_qa::checks()
        .iter()
        .any(|check| check.code == code && !Level::Structural.layers().contains(&check.layer))
}

/// What is wrong with the examples of a page of the judge.
fn judged(info: &CodeInfo, failing: &str, mended: &str) -> Vec<String> {
    let blog = include_str!("../../examples/blog.yaml");
    let application = fence(info.page, "yaml app").unwrap_or(blog);
    let compiled = Compiled::of(&MemoryWorld::new().with("app.yaml", application));
    if needs_programs(info.code) {
        // `cargo xtask trial` judges these examples; here they must at least fit their application.
        for example in [failing, mended] {
            patch::apply(&mut compiled.files(), example);
        }
        return Vec::new();
    }
    let say = |patch: &str| {
        let mut files = compiled.files();
        patch::apply(&mut files, patch);
        let (mut found, sources) = compiled.findings(&files);
        // That a file was edited is told in any case.
        found.retain(|finding| finding.code == info.code || finding.severity != Severity::Note);
        (codes(&found), render::short(&found, &sources))
    };
    let mut faults = Vec::new();
    let (found, said) = say(failing);
    if found != [info.code] {
        faults.push(format!("{}: the failing example gives\n{said}", info.code));
    }
    let (found, said) = say(mended);
    if !found.is_empty() {
        faults.push(format!("{}: the mended example gives\n{said}", info.code));
    }
    faults
}

/// A page without examples has, under `Shown by`, the name of a test and its file in backquotes.
fn missing_test(info: &CodeInfo) -> Option<String> {
    let (_, shown_by) = info.page.split_once("\n## Shown by\n")?;
    let mut quoted = shown_by.split('`').skip(1).step_by(2);
    let (test, file) = (quoted.next()?, quoted.next()?);
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent()?;
    let code = std::fs::read_to_string(root.join(file)).unwrap_or_default();
    let is_there = code.contains(&format!("fn {test}()"));
    (!is_there).then(|| format!("{}: there is no test `{test}` in `{file}`", info.code))
}

#[test]
fn every_page_keeps_its_word() {
    let faults: Vec<String> = Code::all().par_iter().flat_map_iter(faults).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_page_has_examples_or_names_a_test() {
    for info in Code::all() {
        let both = |kind: &str| {
            fence(info.page, &format!("{kind} failing")).is_some()
                && fence(info.page, &format!("{kind} mended")).is_some()
        };
        let examples = both("yaml") || both("diff");
        assert!(examples != info.page.contains("\n## Shown by\n"), "{}", info.code);
    }
}

#[test]
fn no_page_is_left_over() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/errors");
    for entry in std::fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let stem = name.trim_end_matches(".md");
        assert!(stem == "README" || Code::find(stem).is_some(), "{name} belongs to no code");
    }
}
