//! What people and machines see of a finding.

use serde_json::{Value, json};

use super::{human, json, sarif, short, summary};
use crate::{Code, Diagnostic, FileId, SourceMap, Span};

/// The span of the `nth` occurrence (from 0) of a text in a file.
fn find(sources: &SourceMap, file: FileId, text: &str, nth: usize) -> Span {
    let (at, _) = sources.file(file).text.match_indices(text).nth(nth).unwrap();
    Span::new(file, u32::try_from(at).unwrap(), u32::try_from(at + text.len()).unwrap())
}

fn one(name: &str, text: &str) -> (SourceMap, FileId) {
    let mut sources = SourceMap::default();
    let file = sources.add(name, text);
    (sources, file)
}

fn plain(found: &[Diagnostic], sources: &SourceMap) -> String {
    human(found, sources, false, None)
}

#[test]
fn people_see_the_line_the_related_place_the_advice_and_the_mending() {
    let (mut sources, file) = one("app.yaml", "domain:\n  entities:\n    Post: {}\n    titel: x\n");
    let other = sources.add("parts/b c.yaml", "domain:\n  entities: {Post: {}}\n");
    let twice = Diagnostic::error(Code::E0206, "`Post` is declared twice")
        .at(find(&sources, other, "Post", 0), "again here")
        .also(find(&sources, file, "Post", 0), "first here")
        .help("a name is declared in one file only");
    let unknown = Diagnostic::error(Code::E0203, "unknown key `titel`")
        .at(find(&sources, file, "titel", 0), "did you mean `title`?")
        .also(find(&sources, file, "entities", 0), "in this mapping")
        .fix(find(&sources, file, "titel", 0), "title");
    let found = [twice, unknown, Diagnostic::warning(Code::W0001, "no roles")];
    insta::assert_snapshot!(plain(&found, &sources), @"
    warning[W0001]: no roles

    error[E0203]: unknown key `titel`
     --> app.yaml:4:5
      |
    2 |   entities:
      |   -------- in this mapping
    3 |     Post: {}
    4 |     titel: x
      |     ^^^^^ did you mean `title`?
      |
    help: mend it like this
      |
    4 -     titel: x
    4 +     title: x
      |

    error[E0206]: `Post` is declared twice
     --> parts/b c.yaml:2:14
      |
    2 |   entities: {Post: {}}
      |              ^^^^ again here
      |
     ::: app.yaml:3:5
      |
    3 |     Post: {}
      |     ---- first here
      |
      = help: a name is declared in one file only

    2 errors and 1 warning; `stratapi explain E0203` says more
    ");
    insta::assert_snapshot!(short(&found, &sources), @"
    warning[W0001]: no roles
    app.yaml:4:5: error[E0203]: unknown key `titel`
    parts/b c.yaml:2:14: error[E0206]: `Post` is declared twice
    ");
    assert!(human(&found, &sources, true, None).contains("\u{1b}["));
    assert!(!plain(&found, &sources).contains('\u{1b}'));
}

#[test]
fn several_places_of_one_finding_are_marked_together() {
    let (sources, file) = one("a.yaml", "a: 1\nb: 2\nc: 3\nd: 4\ne: 5\nf: 6\ng: 7\nh: 8\na: 9\n");
    let found = [Diagnostic::error(Code::E0305, "these exclude each other")
        .at(find(&sources, file, "a: 1", 0), "this")
        .at(find(&sources, file, "c", 0), "and this")
        .at(find(&sources, file, "h: 8\na: 9", 0), "and all of this")];
    insta::assert_snapshot!(plain(&found, &sources), @"
    error[E0305]: these exclude each other
     --> a.yaml:1:1
      |
    1 | a: 1
      | ^^^^ this
    2 | b: 2
    3 | c: 3
      | ^ and this
    ...
    8 | h: 8
      | ^^^^ and all of this

    1 error; `stratapi explain E0305` says more
    ");
}

#[test]
fn odd_characters_do_not_move_the_underline() {
    let text = "\u{feff}first: é\t日本語\u{200b}here 👩‍👩‍👧 x\r\nb: c";
    let (sources, file) = one("a.yaml", text);
    let at = |text| find(&sources, file, text, 0);
    let found = [
        Diagnostic::error(Code::E0204, "tab\u{7}, wide, zero").at(at("here"), "after them"),
        Diagnostic::error(Code::E0204, "start").at(at("first"), ""),
        Diagnostic::error(Code::E0204, "end of line").at(at("\r"), ""),
        Diagnostic::error(Code::E0204, "end of file").at(Span::new(file, 56, 56), ""),
    ];
    assert_eq!(u32::try_from(text.len()).unwrap(), 56);
    let shown = plain(&found, &sources).replace('\u{200b}', "");
    insta::assert_snapshot!(shown, @"
    error[E0204]: start
     --> a.yaml:1:1
      |
    1 | first: é    日本語here 👩👩👧 x
      | ^^^^^

    error[E0204]: tab␇, wide, zero
     --> a.yaml:1:14
      |
    1 | first: é    日本語here 👩👩👧 x
      |                   ^^^^ after them

    error[E0204]: end of line
     --> a.yaml:1:26
      |
    1 | first: é    日本語here 👩👩👧 x
      |                                ^

    error[E0204]: end of file
     --> a.yaml:2:5
      |
    2 | b: c
      |     ^

    4 errors; `stratapi explain E0204` says more
    ");
}

#[test]
fn a_huge_line_is_shown_in_part_and_a_huge_file_costs_nothing() {
    let line = format!("a: {}needle{}\n", "é".repeat(500_000), "x".repeat(500_000));
    let (sources, file) = one("a.yaml", &(line + &"b: 1\n".repeat(500_000) + "last"));
    let needle = Diagnostic::error(Code::E0204, "long")
        .at(find(&sources, file, "needle", 0), "here")
        .fix(find(&sources, file, "needle", 0), "thread");
    let last = Diagnostic::error(Code::E0204, "far").at(find(&sources, file, "last", 0), "");
    insta::assert_snapshot!(plain(&[last, needle], &sources), @"
    error[E0204]: long
     --> a.yaml:1:500004
      |
     ::: 
    1 | …éééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééneedlexxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx...
      |                                                               ^^^^^^ here
      |
    help: mend it like this
      |
    1 - …éééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééneedlexxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…
    1 + …éééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééthreadxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…
      |

    error[E0204]: far
          --> a.yaml:500002:1
           |
    500002 | last
           | ^^^^

    2 errors; `stratapi explain E0204` says more
    ");
}

#[test]
fn thousands_of_findings_end_in_a_count() {
    let (sources, file) = one("a.yaml", "a");
    let found = vec![Diagnostic::error(Code::E0204, "x").at(Span::new(file, 0, 1), ""); 1_000];
    let text = plain(&found, &sources);
    assert!(text.contains("… and 900 more"));
    assert!(text.ends_with("1000 errors; `stratapi explain E0204` says more\n"));
    assert_eq!(summary(&[]), None);
}

#[test]
fn json_has_its_documented_shape() {
    let (sources, file) = one("a.yaml", "é: x\nb: y\n");
    let found = [Diagnostic::warning(Code::W0001, "odd \"name\"")
        .at(find(&sources, file, "x\nb", 0), "here")
        .help("rename it")
        .fix(find(&sources, file, "x", 0), "z")];
    insta::assert_snapshot!(json(&found, &sources), @r#"
    {
      "version": 1,
      "diagnostics": [
        {
          "code": "W0001",
          "name": "empty-roles",
          "severity": "warning",
          "message": "odd \"name\"",
          "labels": [
            {
              "file": "a.yaml",
              "start": {
                "byte": 4,
                "line": 1,
                "column": 4
              },
              "end": {
                "byte": 7,
                "line": 2,
                "column": 2
              },
              "primary": true,
              "message": "here"
            }
          ],
          "help": [
            "rename it"
          ],
          "fix": {
            "file": "a.yaml",
            "start": {
              "byte": 4,
              "line": 1,
              "column": 4
            },
            "end": {
              "byte": 5,
              "line": 1,
              "column": 5
            },
            "replacement": "z"
          }
        }
      ]
    }
    "#);
}

#[test]
fn sarif_fits_the_parts_of_its_schema_that_are_used() {
    let (sources, file) = one("a b.yaml", "é: x\nb: y\n");
    let found = [
        Diagnostic::error(Code::E0102, "twice")
            .at(find(&sources, file, "b", 0), "again")
            .also(find(&sources, file, "é", 0), "first")
            .help("keep one")
            .fix(find(&sources, file, "b", 0), "c"),
        Diagnostic::error(Code::E0901, "cannot read `a b.yaml`"),
    ];
    let log: Value = serde_json::from_str(&sarif(&found, &sources)).unwrap();
    let errors: Vec<String> = jsonschema::validator_for(&sarif_schema())
        .unwrap()
        .iter_errors(&log)
        .map(|error| error.to_string())
        .collect();
    assert_eq!(errors, [""; 0]);
    let results = &log["runs"][0]["results"];
    assert_eq!(results[0]["ruleId"], "E0901");
    assert_eq!(results[0]["locations"], json!([]));
    let rules = &log["runs"][0]["tool"]["driver"]["rules"];
    let index = usize::try_from(results[1]["ruleIndex"].as_u64().unwrap()).unwrap();
    assert_eq!(rules[index]["id"], "E0102");
    let physical = &results[1]["locations"][0]["physicalLocation"];
    assert_eq!(physical["artifactLocation"]["uri"], "a%20b.yaml");
    assert_eq!(
        physical["region"],
        json!({"startLine": 2, "startColumn": 1, "endLine": 2, "endColumn": 2})
    );
}

/// The definitions of the official schema for what we write, closed against anything else.
fn sarif_schema() -> Value {
    let text = json!({"type": "string", "minLength": 1});
    let message = object(&["text"], &json!({"text": text, "markdown": text}));
    let result = result_schema(&text, &message);
    let rule = object(
        &["id"],
        &json!({"id": text, "name": text, "shortDescription": message, "help": message}),
    );
    let driver =
        object(&["name"], &json!({"name": text, "version": text, "rules": list(&rule, 0)}));
    let run = object(
        &["tool"],
        &json!({
            "tool": object(&["driver"], &json!({"driver": driver})),
            "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
            "results": list(&result, 0),
        }),
    );
    object(
        &["version", "runs"],
        &json!({
            "$schema": {"type": "string", "format": "uri"},
            "version": {"const": "2.1.0"},
            "runs": list(&run, 0),
        }),
    )
}

fn result_schema(text: &Value, message: &Value) -> Value {
    let positive = json!({"type": "integer", "minimum": 1});
    let region = object(
        &["startLine"],
        &json!({"startLine": positive, "startColumn": positive, "endLine": positive, "endColumn": positive}),
    );
    let artifact = object(&[], &json!({"uri": {"type": "string", "format": "uri-reference"}}));
    let physical =
        object(&["artifactLocation"], &json!({"artifactLocation": artifact, "region": region}));
    let location = object(
        &[],
        &json!({
            "id": {"type": "integer", "minimum": -1},
            "physicalLocation": physical,
            "message": message,
        }),
    );
    let replacement = object(
        &["deletedRegion"],
        &json!({"deletedRegion": region, "insertedContent": object(&[], &json!({"text": {"type": "string"}}))}),
    );
    let change = object(
        &["artifactLocation", "replacements"],
        &json!({"artifactLocation": artifact, "replacements": list(&replacement, 1)}),
    );
    let fix = object(
        &["artifactChanges"],
        &json!({"description": message, "artifactChanges": list(&change, 1)}),
    );
    object(
        &["message"],
        &json!({
            "ruleId": text,
            "ruleIndex": {"type": "integer", "minimum": -1},
            "level": {"enum": ["none", "note", "warning", "error"]},
            "message": message,
            "locations": list(&location, 0),
            "relatedLocations": list(&location, 0),
            "fixes": list(&fix, 0),
        }),
    )
}

fn object(required: &[&str], properties: &Value) -> Value {
    json!({
        "type": "object",
        "required": required,
        "properties": properties,
        "additionalProperties": false,
    })
}

fn list(items: &Value, least: u32) -> Value {
    json!({"type": "array", "items": items, "minItems": least, "uniqueItems": true})
}
