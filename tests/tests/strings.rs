//! Any text in any slot of the IR comes out as that text in every kind of file, and never as code.

use ruff_python_ast::token::TokenKind;
use ruff_python_parser::parse_module;
use ruff_text_size::Ranged;
use stratapi_driver::{Config, MemoryWorld, compile};

/// Texts that break careless printers.
const NASTY: &[&str] = &[
    "three quotes \"\"\" and '''",
    "back\\slash \\n \\u0041 \\",
    "{{ braces }} {% block %} {# note #} {x}",
    "${HOME} $(id) `id` %s %(x)s $$",
    "</script><b> & &amp; <!-- -->",
    "astral 😀 accents éü zero\u{200d}width",
    "# hash: - dash ? * & ! | > @",
    "quotes ' \" ' \"",
    "'; DROP TABLE posts; --",
    "| pipe | table | [link](x) *bold* _it_",
    "import os\nos.system('x')\n  indented\n\nend",
    "a :bind and ::cast \\: %(x)s %%",
    "null true ~ 0x1F 1e3 2026-01-01",
];

/// The slots of the IR that hold text, with the mark that each text gets.
const SLOTS: usize = 12;

fn application(text: &str) -> String {
    let marked = |slot: usize| {
        serde_json::to_string(&format!("Zq{slot:02}{text}qZ{slot:02}")).unwrap_or_default()
    };
    let line = format!("Zq00{text}qZ00").replace('\n', " ");
    let line = serde_json::to_string(&line).unwrap_or_default();
    format!(
        "stratapi: 1
app:
  name: strings
  title: {title}
  description: {description}
domain:
  enums:
    Mood:
      description: {enumeration}
      values:
        calm: {member}
        {value}: ''
  values:
    Place:
      description: {place}
      attributes:
        street: {{type: string, description: {part}}}
  entities:
    Thing:
      description: {entity}
      attributes:
        name: {{type: text, description: {attribute}, example: {example}}}
        notes: {{type: text, default: {default}}}
        place: Place
        mood: Mood = calm
      relationships:
        parent: {{type: many_to_one, target: Thing, nullable: true, description: {relationship}}}
",
        // A title is one line; white space is folded in the comparison.
        title = line,
        description = marked(1),
        enumeration = marked(2),
        member = marked(3),
        value = marked(4),
        place = marked(5),
        part = marked(6),
        entity = marked(7),
        attribute = marked(8),
        example = marked(9),
        default = marked(10),
        relationship = marked(11),
    )
}

/// Every text that a file holds once its own format has been read.
fn texts(path: &str, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    match path.rsplit('.').next() {
        Some("py") => python(path, text, &mut found),
        Some("yml" | "yaml") => {
            let value: serde_yaml::Value =
                serde_yaml::from_str(text).unwrap_or_else(|e| panic!("{path}: {e}"));
            walk(&serde_json::to_value(value).unwrap_or_default(), &mut found);
        }
        Some("json") => {
            walk(&serde_json::from_str(text).unwrap_or_else(|e| panic!("{path}: {e}")), &mut found);
        }
        Some("toml") => {
            let value: toml::Value = toml::from_str(text).unwrap_or_else(|e| panic!("{path}: {e}"));
            walk(&serde_json::to_value(value).unwrap_or_default(), &mut found);
        }
        _ => {}
    }
    found
}

fn python(path: &str, text: &str, found: &mut Vec<String>) {
    let parsed = parse_module(text).unwrap_or_else(|e| panic!("{path}: {e}\n{text}"));
    for token in parsed.tokens() {
        if token.kind() == TokenKind::Comment {
            assert!(!text[token.range()].contains("Zq"), "{path}: a text of the user in a comment");
        }
    }
    for statement in parsed.suite() {
        strings_of(statement, found);
    }
}

/// String constants of a statement, joined where they are adjacent.
fn strings_of(statement: &ruff_python_ast::Stmt, found: &mut Vec<String>) {
    use ruff_python_ast::visitor::{Visitor, walk_expr};
    struct Strings<'a>(&'a mut Vec<String>);
    impl<'a> Visitor<'a> for Strings<'_> {
        fn visit_expr(&mut self, expr: &'a ruff_python_ast::Expr) {
            if let ruff_python_ast::Expr::StringLiteral(literal) = expr {
                self.0.push(literal.value.to_str().to_owned());
            }
            walk_expr(self, expr);
        }
    }
    Strings(found).visit_stmt(statement);
}

fn walk(value: &serde_json::Value, found: &mut Vec<String>) {
    match value {
        serde_json::Value::String(text) => found.push(text.clone()),
        serde_json::Value::Array(items) => items.iter().for_each(|item| walk(item, found)),
        serde_json::Value::Object(members) => {
            for (key, member) in members {
                found.push(key.clone());
                walk(member, found);
            }
        }
        _ => {}
    }
}

/// White space is folded, and full stops at the ends of lines are left out: a docstring is
/// wrapped and indented, and its first line ends like a sentence.
fn folded(text: &str) -> String {
    let words =
        text.lines().flat_map(|line| line.trim_end().trim_end_matches('.').split_whitespace());
    words.collect::<Vec<_>>().join(" ")
}

#[test]
fn every_text_comes_back_from_every_sink() {
    for text in NASTY {
        let source = application(text);
        let world = MemoryWorld::new().with("app.yaml", source.as_str());
        let checked = compile(&world, &Config::new("app.yaml"));
        let said: Vec<_> =
            checked.diagnostics.iter().map(|d| format!("{}: {}", d.code, d.message)).collect();
        let Some(build) = checked.value else { panic!("{said:#?}\n{source}") };
        let mut seen = [false; SLOTS];
        for file in build.tree.iter() {
            for found in texts(&file.path, &file.text) {
                check(&file.path, &found, text, &mut seen);
            }
        }
        assert!(
            seen[0] && seen[1] && seen[4] && seen[7] && seen[10],
            "lost: {seen:?} for {text:?}"
        );
    }
}

/// Each mark in a decoded text is followed by the whole text and its closing mark.
fn check(path: &str, found: &str, text: &str, seen: &mut [bool; SLOTS]) {
    for (slot, seen) in seen.iter_mut().enumerate() {
        let open = format!("Zq{slot:02}");
        for (at, _) in found.match_indices(&open) {
            let rest = &found[at + open.len()..];
            let close = format!("qZ{slot:02}");
            let Some((inside, _)) = rest.split_once(&close) else {
                panic!("{path}: slot {slot} is cut: {found:?}");
            };
            // Inside of SQL text, a quote is written twice and a colon behind a backslash.
            let sql = inside.replace("''", "'").replace("\\:", ":");
            let same = [inside, &sql].map(|it| folded(it) == folded(text)).contains(&true);
            assert!(same, "{path}: slot {slot} is changed: {inside:?} for {text:?}");
            *seen = true;
        }
    }
}
