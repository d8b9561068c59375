//! Renders every template and reads the results back with the parsers of their formats.

mod fixture;

use std::collections::BTreeSet;

use fixture::plan;
use stratapi_plan::{Artifact, Plan, Stratum};
use stratapi_template_stratum::{Renderer, paths};

const NASTY: &[&str] = &[
    "\"\"\" \\ \\n \\N{BULLET} 'x' \"y\"",
    "{{ app.name }} {% raw %} << app.name >> <% if x %> {# y #}",
    "${HOME} $(id) `id` %s %(x)s #{x} # y",
    "</script><!-- --> &amp; <b> ]]>",
    "a\nb\r\nc\td\re",
    "\u{1}\u{8}\u{b}\u{1b}\u{7f}\u{85}\u{9f}",
    "\u{1f600} \u{10ffff} \u{fffe} \u{feff} \u{430}\u{441}",
    "\u{202e}abc\u{2066}\u{2028}\u{2029}\u{200b}",
    "- x: *y &z !w |",
    ": ? @ yes null 1e3",
];

fn rendered(plan: &Plan) -> Vec<Artifact> {
    let ours = plan.files.iter().filter(|file| file.stratum == Stratum::Template);
    let renderer = Renderer::new(plan);
    ours.map(|file| renderer.render(file)).collect()
}

fn text<'a>(files: &'a [Artifact], path: &str) -> &'a str {
    &files.iter().find(|file| file.path == path).unwrap().text
}

#[test]
fn the_registry_and_the_folder_name_the_same_files() {
    let used: BTreeSet<_> = [plan("x", true), plan("x", false)]
        .iter()
        .flat_map(rendered)
        .map(|file| file.path)
        .collect();
    // The fixture has no slug, and no rule about an attribute.
    let absent = ["app/core/slugs.py", "app/core/writable.py"];
    let made: BTreeSet<_> =
        paths().filter(|path| !absent.contains(path)).map(str::to_owned).collect();
    assert_eq!(used, made);
}

#[test]
fn any_text_comes_back_from_every_format() {
    let long = "long \"words\" ".repeat(1_000);
    for title in NASTY.iter().copied().chain([long.as_str()]) {
        let plan = plan(title, true);
        let files = rendered(&plan);
        let project: toml::Table = toml::from_str(text(&files, "pyproject.toml")).unwrap();
        assert_eq!(project["project"]["description"].as_str(), Some(title));
        let board: serde_json::Value =
            serde_json::from_str(text(&files, "docker/grafana/dashboards/app.json")).unwrap();
        assert_eq!(board["title"], title);
        for file in &files {
            parses(file);
        }
    }
}

fn parses(file: &Artifact) {
    let ending = file.path.rsplit_once('.').map_or("", |(_, ending)| ending);
    let problem = match ending {
        "toml" => toml::from_str::<toml::Table>(&file.text).err().map(|e| e.to_string()),
        "yml" => serde_yaml::from_str::<serde_yaml::Value>(&file.text).err().map(|e| e.to_string()),
        "json" => {
            serde_json::from_str::<serde_json::Value>(&file.text).err().map(|e| e.to_string())
        }
        "py" => ruff_python_parser::parse_module(&file.text).err().map(|e| e.to_string()),
        _ => None,
    };
    assert_eq!(problem, None, "{}", file.path);
    assert!(file.text.is_empty() || file.text.ends_with('\n'), "{}", file.path);
    assert!(!file.text.contains('\r'), "{}", file.path);
}

/// The values of the constants, read by the parser that the judge uses.
fn constants(python: &str) -> Vec<(String, String)> {
    let module = ruff_python_parser::parse_module(python).unwrap();
    let assigned = module.syntax().body.iter().filter_map(|statement| {
        let statement = statement.as_assign_stmt()?;
        let name = statement.targets.first()?.as_name_expr()?.id.to_string();
        Some((name, statement.value.as_string_literal_expr()?.value.to_str().to_owned()))
    });
    assigned.collect()
}

#[test]
fn python_says_the_same_text_in_lines_that_fit() {
    let long = "long \"words\" it's ".repeat(1_000);
    for title in NASTY.iter().copied().chain([long.as_str()]) {
        let plan = plan(title, false);
        let files = rendered(&plan);
        let python = text(&files, "app/core/metadata.py");
        let found = constants(python);
        for name in ["TITLE", "DESCRIPTION", "VERSION"] {
            assert!(found.contains(&(name.to_owned(), title.to_owned())), "{python}");
        }
        assert!(python.lines().all(|line| line.chars().count() <= 100), "{python}");
    }
}

#[test]
fn projects_without_sign_in_do_not_mention_it() {
    let plan = plan("x", false);
    for file in rendered(&plan) {
        for word in ["SECRET_KEY", "jwt", "refresh_token", "argon2", "RateLimit", "oauth"] {
            assert!(!file.text.contains(word), "{}: {word}", file.path);
        }
    }
}
