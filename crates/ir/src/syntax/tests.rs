//! What the three readers make of documents, and where they say it stands.

use std::collections::BTreeMap;
use std::fmt::Write;

use stratapi_diagnostics::{Checked, SourceMap, Span};

use super::{Node, Text, Value, parse};
use crate::{SourceError, World};

/// Files in memory; a `*` in a pattern matches any text without a slash.
struct Memory(BTreeMap<String, Vec<u8>>);

impl World for Memory {
    fn read(&self, path: &str) -> Result<Vec<u8>, SourceError> {
        self.0.get(path).cloned().ok_or(SourceError::NotFound)
    }

    fn glob(&self, pattern: &str) -> Result<Vec<String>, SourceError> {
        let (before, after) = pattern.split_once('*').unwrap_or((pattern, ""));
        let fits = |path: &&String| {
            path.strip_prefix(before)
                .and_then(|rest| rest.strip_suffix(after))
                .is_some_and(|middle| !middle.contains('/'))
        };
        Ok(self.0.keys().filter(fits).cloned().collect())
    }
}

fn read(files: &[(&str, &[u8])]) -> (Checked<Node>, SourceMap) {
    let world =
        Memory(files.iter().map(|(path, bytes)| ((*path).to_owned(), bytes.to_vec())).collect());
    let mut sources = SourceMap::default();
    let checked = parse(&world, files[0].0, &mut sources);
    (checked, sources)
}

/// The findings, one a line: place, code, message and the marked texts.
fn findings(files: &[(&str, &[u8])]) -> String {
    let (checked, sources) = read(files);
    let mut out = String::new();
    for found in &checked.diagnostics {
        let span = found.span();
        let place = span.map_or("-".to_owned(), |span| place(&sources, span));
        write!(out, "{place} {} {}", found.code, found.message).unwrap();
        for label in found.labels.iter().skip(1) {
            write!(out, " | {} {}", place_of(&sources, label.span), label.message).unwrap();
        }
        out.push('\n');
    }
    out
}

fn place(sources: &SourceMap, span: Span) -> String {
    format!("{} `{}`", place_of(sources, span), sources.text(span).escape_debug())
}

fn place_of(sources: &SourceMap, span: Span) -> String {
    let at = sources.position(span);
    format!("{}:{}:{}", sources.file(span.file).name, at.line, at.column)
}

fn failed(text: &str) -> String {
    findings(&[("a.yaml", text.as_bytes())])
}

/// The tree with the source text of every node, which shows that all spans are right.
fn outline(name: &str, text: &str) -> String {
    let (checked, sources) = read(&[(name, text.as_bytes())]);
    assert_eq!(checked.diagnostics, [], "{text}");
    let mut out = String::new();
    draw(&checked.value.unwrap(), &sources, 0, &mut out);
    out
}

fn draw(node: &Node, sources: &SourceMap, depth: usize, out: &mut String) {
    let source = sources.text(node.span).escape_debug();
    let kind = match &node.value {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => format!("bool {value}"),
        Value::Int(value) => format!("int {value}"),
        Value::Float(value) => format!("float {value}"),
        Value::Text(Text { value, verbatim: true }) => {
            assert_eq!(sources.text(node.span), value);
            "text".to_owned()
        }
        Value::Text(Text { value, verbatim: false }) => format!("made {value:?}"),
        Value::Seq(_) => "seq".to_owned(),
        Value::Map(_) => "map".to_owned(),
    };
    writeln!(out, "{kind} <{source}>").unwrap();
    let children: Vec<(Option<Span>, &Node)> = match &node.value {
        Value::Seq(items) => items.iter().map(|item| (None, item)).collect(),
        Value::Map(entries) => entries.iter().map(|e| (Some(e.key.span), &e.value)).collect(),
        _ => Vec::new(),
    };
    for (key, child) in children {
        write!(out, "{}", "  ".repeat(depth + 1)).unwrap();
        if let Some(key) = key {
            write!(out, "{}: ", sources.text(key)).unwrap();
        }
        draw(child, sources, depth + 1, out);
    }
}

#[test]
fn every_part_of_yaml_knows_its_place() {
    insta::assert_snapshot!(outline("a.yaml", "# é𝒳\na: é # 1\n'b': {x: [1, \"q\\n\"], 'y z':  }\nlist:\n- one\n-\n- - 2.5\n  - true\ntext: |\n  lines\n  more\n\nfold: plain\n  goes on\nend:\n"), @r#"
    map <a: é # 1\n\'b\': {x: [1, \"q\\n\"], \'y z\':  }\nlist:\n- one\n-\n- - 2.5\n  - true\ntext: |\n  lines\n  more\n\nfold: plain\n  goes on\nend:>
      a: text <é>
      b: map <{x: [1, \"q\\n\"], \'y z\':  }>
        x: seq <[1, \"q\\n\"]>
          int 1 <1>
          made "q\n" <\"q\\n\">
        y z: null <>
      list: seq <- one\n-\n- - 2.5\n  - true>
        text <one>
        null <>
        seq <- 2.5\n  - true>
          float 2.5 <2.5>
          bool true <true>
      text: made "lines\nmore\n" <lines\n  more>
      fold: made "plain goes on" <plain\n  goes on>
      end: null <>
    "#);
}

#[test]
fn json_and_toml_give_the_same_tree() {
    insta::assert_snapshot!(outline("a.json", "{\"b\":\t{\"x\": [1, -2.5e3, null, true]},\n\"a\": \"\\ud83d\\ude00\"}"), @r#"
    map <{\"b\":\t{\"x\": [1, -2.5e3, null, true]},\n\"a\": \"\\ud83d\\ude00\"}>
      b: map <{\"x\": [1, -2.5e3, null, true]}>
        x: seq <[1, -2.5e3, null, true]>
          int 1 <1>
          float -2.5e3 <-2.5e3>
          null <null>
          bool true <true>
      a: made "😀" <\"\\ud83d\\ude00\">
    "#);
    insta::assert_snapshot!(outline("a.toml", "b = [1, 0x1F, 2.5]\n[z.y]\nd = 2020-01-01\n'q r' = \"\\t\"\n[a]\nx.y = { k = 'v' }\n[[a.t]]\n"), @r#"
    map <b = [1, 0x1F, 2.5]\n[z.y]\nd = 2020-01-01\n\'q r\' = \"\\t\"\n[a]\nx.y = { k = \'v\' }\n[[a.t]]>
      b: seq <[1, 0x1F, 2.5]>
        int 1 <1>
        int 31 <0x1F>
        float 2.5 <2.5>
      z: map <z>
        y: map <[z.y]>
          d: text <2020-01-01>
          'q r': made "\t" <\"\\t\">
      a: map <[a]>
        x: map <x>
          y: map <{ k = \'v\' }>
            k: text <v>
        t: seq <[[a.t]]>
          map <[[a.t]]>
    "#);
}

#[test]
fn marks_and_line_ends_do_not_move_places() {
    let plain = failed("a: 1\nb: &x 2\n");
    assert_eq!(failed("\u{feff}a: 1\r\nb: &x 2\r\n"), plain);
    insta::assert_snapshot!(plain, @"a.yaml:2:4 `&x` E0103 YAML anchors are not supported");
    assert_eq!(
        outline("a.yaml", "\u{feff}k: v\r\nl: |\r\n  x\r\n").replace("\\r", ""),
        outline("a.yaml", "k: v\nl: |\n  x\n")
    );
}

#[test]
fn what_yaml_can_do_and_the_language_cannot_is_refused() {
    insta::assert_snapshot!(failed("a: {b: 1, c: 2, b: 3}\nd: 1\na: 2\n"), @"
    a.yaml:1:17 `b` E0102 the key `b` occurs twice | a.yaml:1:5 first here
    a.yaml:3:1 `a` E0102 the key `a` occurs twice | a.yaml:1:1 first here
    ");
    insta::assert_snapshot!(failed("a: !!str 1\nb: &x !t y\nc: *x\n<<: {}\n'<<': 1\n"), @"
    a.yaml:1:4 `!!str` E0103 YAML tags are not supported
    a.yaml:2:4 `&x` E0103 YAML anchors are not supported
    a.yaml:2:7 `!t` E0103 YAML tags are not supported
    a.yaml:3:4 `*x` E0103 YAML aliases are not supported
    a.yaml:4:1 `<<` E0103 merge keys are not supported
    ");
    insta::assert_snapshot!(failed("1: a\ntrue: b\n~: c\n2.0: d\n: e\n"), @"
    a.yaml:1:1 `1` E0103 a key must be text
    a.yaml:2:1 `true` E0103 a key must be text
    a.yaml:3:1 `~` E0103 a key must be text
    a.yaml:4:1 `2.0` E0103 a key must be text
    a.yaml:5:2 `` E0103 a key is missing
    ");
    insta::assert_snapshot!(failed("? [a]\n: b\n"), @"a.yaml:1:3 `[` E0103 a key must be text");
    insta::assert_snapshot!(failed("a: 1\n---\nb: 2\n"), @"a.yaml:2:1 `---` E0107 the file has more than one document");
    insta::assert_snapshot!(failed("%YAML 1.1\n---\na: 1\n"), @"a.yaml:1:1 `%YAML 1.1` E0103 YAML directives are not supported");
    insta::assert_snapshot!(failed("- a\n"), @"a.yaml:1:1 `- a` E0201 the document must be a mapping");
    assert_eq!(failed("--- # one\na: 1\n...\n"), "");
}

#[test]
fn broken_yaml_is_explained_in_our_words() {
    let all = [
        "a: b: c",
        "a:\n\t- b",
        "a: 'b",
        "a: \"\\q\"",
        "a: [1, 2",
        "a: {b: 1",
        "a: ]",
        "a: @x",
        "a:\n  b: 1\n c: 2",
        "a\nb: 1",
        "a: *x",
        "a: \"x\" y",
        "a: \"\\ud800\"",
        "a: - b",
        "a: [- b]",
    ];
    insta::assert_snapshot!(all.map(failed).concat(), @r#"
    a.yaml:1:5 `:` E0101 a `: ` can't stand here
    a.yaml:2:2 `-` E0101 a tab can't be used for indentation
    a.yaml:1:4 `\'` E0101 the quote is never closed
    a.yaml:1:4 `\"` E0101 an unknown escape in this text
    a.yaml:1:9 `` E0101 expected `,` or `]`
    a.yaml:1:9 `` E0101 expected `,` or `}`
    a.yaml:1:4 `]` E0101 a closing bracket without an opening one
    a.yaml:1:4 `@` E0101 this character can't start a value
    a.yaml:3:2 `c` E0101 expected a key
    a.yaml:2:2 `:` E0101 a `: ` can't stand here
    a.yaml:1:4 `*` E0103 YAML aliases are not supported
    a.yaml:1:8 `y` E0101 text behind the closing quote
    a.yaml:1:4 `\"` E0108 an escape is no character
    a.yaml:1:4 `-` E0101 a list can't start here
    a.yaml:1:5 `-` E0101 a `-` can't stand in brackets
    "#);
}

#[test]
fn characters_that_hide_are_refused_raw_and_escaped() {
    insta::assert_snapshot!(failed("a: \u{202e}x\u{0}\nb: \u{7f}\r\u{85}\n"), @r"
    a.yaml:1:4 `\u{202e}` E0108 a control character that reorders text (U+202E) is not allowed
    a.yaml:1:6 `\0` E0108 a NUL character (U+0000) is not allowed
    a.yaml:2:4 `\u{7f}` E0108 a control character (U+007F) is not allowed
    a.yaml:2:5 `\r` E0108 a carriage return without a line feed (U+000D) is not allowed
    a.yaml:2:6 `\u{85}` E0108 a control character (U+0085) is not allowed
    ");
    insta::assert_snapshot!(failed("a: \"\\u202e\"\nb: \"\\0\"\nc: \"\\t\\r\\n\\u00e9\"\n"), @r#"
    a.yaml:1:4 `\"\\u202e\"` E0108 a control character that reorders text (U+202E) is not allowed
    a.yaml:2:4 `\"\\0\"` E0108 a NUL character (U+0000) is not allowed
    "#);
    insta::assert_snapshot!(findings(&[("a.json", br#"{"a": "\u0000", "b": "\ud800"}"#)]), @r"
    a.json:1:8 `\\u0000` E0108 a NUL character (U+0000) is not allowed
    a.json:1:23 `\\ud800` E0108 an escape is no character
    ");
    insta::assert_snapshot!(findings(&[("a.toml", br#"a = "\u0000""#)]), @r#"a.toml:1:5 `\"\\u0000\"` E0108 a NUL character (U+0000) is not allowed"#);
    insta::assert_snapshot!(findings(&[("a.toml", br#"a = "\ud800""#)]), @"a.toml:1:8 `d` E0101 invalid value, expected unicode hexadecimal value");
}

#[test]
fn other_encodings_are_refused() {
    let utf16: Vec<u8> = "a: 1".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let utf32: Vec<u8> = "a: 1".chars().flat_map(|c| u32::from(c).to_be_bytes()).collect();
    let marked = [b"\xff\xfe".as_slice(), utf16.as_slice()].concat();
    let all = [utf16, utf32, marked, b"a: 1\nb: \xe9t\xe9\n".to_vec()];
    let found = all.map(|bytes| findings(&[("a.yaml", &bytes)])).concat();
    insta::assert_snapshot!(found, @"
    a.yaml:1:1 `` E0104 `a.yaml` is not UTF-8
    a.yaml:1:1 `` E0104 `a.yaml` is not UTF-8
    a.yaml:1:1 `` E0104 `a.yaml` is not UTF-8
    a.yaml:2:4 `�` E0104 `a.yaml` is not UTF-8
    ");
}

#[test]
fn broken_json_and_toml_say_where() {
    let json = [
        "{a: 1}",
        "{\"a\": 01}",
        "[1,]",
        "{\"a\": 1,}",
        "// c\n{}",
        "{\"a\" 1}",
        "{} x",
        "{\"a\": \"\n\"}",
        "{\"a\": 1, \"a\": 2}",
        "{\"a\": nul}",
        "\"x",
    ];
    let found = json.map(|text| findings(&[("a.json", text.as_bytes())])).concat();
    insta::assert_snapshot!(found, @r#"
    a.json:1:2 `a` E0101 expected a key
    a.json:1:7 `0` E0101 not a number of JSON
    a.json:1:4 `]` E0101 expected a value
    a.json:1:9 `}` E0101 expected a key
    a.json:1:1 `/` E0101 expected a value
    a.json:1:6 `1` E0101 expected `:`
    a.json:1:4 `x` E0101 expected the end of the document
    a.json:1:8 `` E0101 a line break or tab can't stand in text
    a.json:1:11 `a` E0102 the key `a` occurs twice | a.json:1:3 first here
    a.json:1:7 `n` E0101 expected a value
    a.json:1:1 `\"` E0101 the quote is never closed
    "#);
    let toml = ["a = 1\na = 2", "a = ", "[t]\nx=1\n[u]\n[t]\n", "a = {b = 1, b = 2}", "= 1"];
    let found = toml.map(|text| findings(&[("a.toml", text.as_bytes())])).concat();
    insta::assert_snapshot!(found, @"
    a.toml:2:1 `a` E0102 the key `a` occurs twice | a.toml:1:1 first here
    a.toml:1:5 `` E0101 string values must be quoted, expected literal string
    a.toml:4:2 `t` E0102 the key `t` occurs twice | a.toml:1:1 first here
    a.toml:1:13 `b` E0102 the key `b` occurs twice | a.toml:1:6 first here
    a.toml:1:1 `=` E0101 unquoted keys cannot be empty, expected letters, numbers, `-`, `_`
    ");
}

#[test]
fn files_are_joined_at_their_sections() {
    let files: &[(&str, &[u8])] = &[
        ("app/main.yaml", b"include: [parts/*.yaml, more.json]\nstratapi: 1\ndomain:\n  entities:\n    User: {}\n"),
        ("app/parts/a.yaml", b"stratapi: 1\ndomain: {entities: {Post: {}}, enums: }\n"),
        ("app/parts/b.yaml", b"include: ../deep.toml\ndomain:\n"),
        ("app/deep.toml", b"[domain.enums]\nColor = ['red']\n"),
        ("app/more.json", br#"{"domain": {"entities": {"Tag": {}}}}"#),
    ];
    let (checked, sources) = read(files);
    assert_eq!(checked.diagnostics, []);
    let mut out = String::new();
    draw(&checked.value.unwrap(), &sources, 0, &mut out);
    let keys: Vec<&str> = out.lines().skip(1).map(|line| line.split(':').next().unwrap()).collect();
    assert_eq!(
        keys,
        [
            "  stratapi",
            "  domain",
            "    entities",
            "      User",
            "      Post",
            "      Tag",
            "    enums",
            "      Color",
            "        text <red>"
        ]
    );
}

#[test]
fn includes_that_cannot_be_followed_are_refused_at_their_place() {
    let main = b"include: [none.yaml, 'x/*.yaml', ../up.yaml, /etc/x, 'a\\b', b.yaml, b.yaml, main.yaml, c.yaml, '', 7]\n";
    let found = findings(&[
        ("main.yaml", main),
        ("b.yaml", b"domain: {entities: {User: {}}}\napp: {name: a}"),
        ("c.yaml", b"include: b.yaml\ndomain: {entities: {User: {}}}\napp: {name: b}"),
    ]);
    insta::assert_snapshot!(found, @r"
    main.yaml:1:11 `none.yaml` E0112 cannot include `none.yaml`: no such file
    main.yaml:1:23 `x/*.yaml` E0112 no file matches `x/*.yaml`
    main.yaml:1:34 `../up.yaml` E0112 cannot include `../up.yaml`
    main.yaml:1:46 `/etc/x` E0112 cannot include `/etc/x`
    main.yaml:1:55 `a\\b` E0112 cannot include `a\\b`
    main.yaml:1:69 `b.yaml` E0112 `b.yaml` is included twice
    main.yaml:1:77 `main.yaml` E0112 `main.yaml` includes itself
    c.yaml:1:10 `b.yaml` E0112 `b.yaml` is included twice
    main.yaml:1:97 `` E0112 cannot include ``
    main.yaml:1:100 `7` E0112 `include` names files
    ");
    insta::assert_snapshot!(findings(&[("main.yaml", b"include: b.yaml"), ("b.yaml", b"include: main.yaml")]), @"b.yaml:1:10 `main.yaml` E0112 `main.yaml` includes itself");
    let twice: &[(&str, &[u8])] = &[
        (
            "main.yaml",
            b"include: b.yaml\ndomain: {entities: {User: {}}}\napp: {name: a}\nstratapi: 1",
        ),
        ("b.yaml", b"domain: {entities: {User: {}}}\napp: {name: b}\nstratapi: 2"),
    ];
    insta::assert_snapshot!(findings(twice), @"
    b.yaml:3:1 `stratapi` E0206 `stratapi` is declared twice | main.yaml:4:1 first here
    b.yaml:1:21 `User` E0206 `User` is declared twice | main.yaml:2:21 first here
    b.yaml:2:7 `name` E0206 `name` is declared twice | main.yaml:3:7 first here
    ");
    assert_eq!(read(&[("main.yaml", b"")]).0.diagnostics, []);
}

#[test]
fn a_missing_document_is_reported_without_a_place() {
    let mut sources = SourceMap::default();
    let checked = parse(&Memory(BTreeMap::new()), "app.yaml", &mut sources);
    assert_eq!(checked.diagnostics[0].code.as_str(), "E0901");
    assert!(checked.value.is_none());
}

#[test]
fn the_report_of_a_hopeless_document_is_short() {
    let text = "- &a x\n".repeat(5_000);
    let (checked, _) = read(&[("a.yaml", text.as_bytes())]);
    assert_eq!(checked.diagnostics.len(), 100);
    assert!(checked.diagnostics[99].help[1].contains("reading stops here"));
}

/// Runs on a small stack, so that recursion over the input would overflow it.
fn on_a_small_stack(name: &'static str, text: String) -> String {
    std::thread::Builder::new()
        .stack_size(1 << 20)
        .spawn(move || findings(&[(name, text.as_bytes())]))
        .unwrap()
        .join()
        .unwrap()
}

#[test]
fn deep_nesting_is_refused_before_it_hurts() {
    let deep = 100_000;
    let all = [
        ("a.yaml", "[".repeat(deep)),
        ("a.yaml", "{a: ".repeat(deep)),
        ("a.yaml", "- ".repeat(deep)),
        ("a.yaml", "? ".repeat(deep)),
        ("a.yaml", (0..2_000).map(|i| " ".repeat(i) + "a:\n").collect()),
        ("a.json", "[".repeat(deep)),
        ("a.json", "{\"a\":".repeat(deep)),
        ("a.toml", "a = ".to_owned() + &"[".repeat(deep)),
        ("a.toml", "a.".repeat(deep) + "a = 1"),
        ("a.toml", (0..79).map(|_| "{ ".to_owned() + &"a.".repeat(70) + "a = ").collect()),
    ];
    let found: Vec<String> =
        all.into_iter().map(|(name, text)| on_a_small_stack(name, text)).collect();
    for one in &found {
        assert!(one.contains("E0106") || one.contains("E0103"), "{one}");
    }
    assert_eq!(
        on_a_small_stack("a.yaml", "a: ".to_owned() + &"[".repeat(63) + &"]".repeat(63)),
        ""
    );
    let found = on_a_small_stack("a.yaml", "a: ".to_owned() + &"[".repeat(64) + &"]".repeat(64));
    insta::assert_snapshot!(found, @"a.yaml:1:67 `[` E0106 lists and mappings are nested too deeply");
}

#[test]
fn huge_documents_are_refused() {
    let all = [
        ("a.yaml", "x".repeat(50 << 20)),
        ("a.yaml", format!("a: [{}]", "x,".repeat(1 << 20))),
        ("a.yaml", format!("a: '{}'", "x".repeat(1 << 20))),
        ("a.yaml", "- a\n".repeat(600_000)),
        ("a.json", format!("[{}1]", "1,".repeat(600_000))),
        ("a.toml", format!("a = [{}]", "1,".repeat(600_000))),
    ];
    for (name, text) in all {
        let found = findings(&[(name, text.as_bytes())]);
        assert!(found.contains("E0105"), "{}", &found[..found.len().min(200)]);
    }
}

#[test]
fn keys_and_values_are_counted() {
    // The list and its mapping, with its key, are values too.
    let list = |items: usize| format!("a:\n{}", "- a\n".repeat(items));
    assert_eq!(findings(&[("a.yaml", list(249_997).as_bytes())]), "");
    let many = findings(&[("a.yaml", list(249_998).as_bytes())]);
    assert!(many.contains("E0105 the application has too many keys and values"), "{many}");
}

#[test]
fn all_files_together_have_a_size() {
    let padding = " ".repeat((4 << 20) - 100);
    let part = |number| (format!("p{number}.json"), format!("{{\"k{number}\": 1}}{padding}"));
    let parts: Vec<(String, String)> = (0..5).map(part).collect();
    let mut files = vec![("a.yaml", &b"include: 'p*.json'\n"[..])];
    files.extend(parts.iter().map(|(name, text)| (name.as_str(), text.as_bytes())));
    assert_eq!(
        findings(&files),
        "a.yaml:1:11 `p*.json` E0105 the files of the application are too large\n"
    );
    files.pop();
    assert_eq!(findings(&files), "");
}
