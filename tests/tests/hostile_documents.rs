//! Documents that are broken on purpose: each is refused with its code, a line and a column, on a
//! small stack, and every form of the report can be made of it.

use std::fmt::Write as _;

use stratapi_diagnostics::{SourceMap, render};
use stratapi_driver::MemoryWorld;
use stratapi_ir::load;

/// Path, content, and the code under which it is refused.
type Case = (&'static str, Vec<u8>, &'static str);

/// Compiles on a thread with a stack of 1 MiB; recursion over the input would overflow it.
fn report(path: &'static str, content: Vec<u8>) -> String {
    let compile = move || {
        let mut sources = SourceMap::default();
        let checked = load(&MemoryWorld::new().with(path, content), path, &mut sources);
        let found = checked.diagnostics;
        let human = render::human(&found, &sources, true, Some(80));
        let json = render::json(&found, &sources);
        let sarif = render::sarif(&found, &sources);
        assert!(human.len() + json.len() + sarif.len() < 1 << 20, "a report is short");
        render::short(&found, &sources)
    };
    std::thread::Builder::new().stack_size(1 << 20).spawn(compile).unwrap().join().unwrap()
}

fn assert_refused(cases: Vec<Case>) {
    for (path, content, code) in cases {
        let start = String::from_utf8_lossy(&content[..content.len().min(60)]).into_owned();
        let report = report(path, content);
        let marked = format!("error[{code}]");
        let first = report.lines().find(|line| line.contains(&marked)).unwrap_or(&report);
        let mut parts = first.splitn(4, ':');
        assert_eq!(parts.next(), Some(path), "{start}: {first}");
        for number in [parts.next(), parts.next()] {
            assert!(
                number.is_some_and(|n| n.parse::<u32>().is_ok_and(|n| n > 0)),
                "{start}: {first}"
            );
        }
    }
}

fn yaml(content: impl Into<Vec<u8>>, code: &'static str) -> Case {
    ("app.yaml", content.into(), code)
}

#[test]
fn bombs_and_references() {
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..10 {
        let before = format!("*a{}, ", level - 1).repeat(9);
        let _ = writeln!(bomb, "a{level}: &a{level} [{before}]");
    }
    assert_refused(vec![
        yaml(bomb, "E0103"),
        yaml("a: &a {x: *a}\n", "E0103"),
        yaml("a: 1\nb:\n  <<: {c: 1}\n", "E0103"),
        yaml("a: !!python/object/apply:os.system ['true']\n", "E0103"),
        yaml("!x\na: 1\n", "E0103"),
        yaml("%TAG ! tag:x,2000:\n---\na: 1\n", "E0103"),
        yaml("? {a: 1}\n: b\n", "E0103"),
        yaml("2: b\n", "E0103"),
    ]);
}

#[test]
fn depth() {
    let deep = 100_000;
    assert_refused(vec![
        yaml("[".repeat(deep), "E0106"),
        yaml("[".repeat(deep) + &"]".repeat(deep), "E0106"),
        yaml("a: ".to_owned() + &"{a: ".repeat(deep), "E0106"),
        yaml("- ".repeat(deep), "E0106"),
        yaml((0..3_000).map(|n| " ".repeat(n) + "a:\n").collect::<String>(), "E0106"),
        ("app.json", "[".repeat(deep).into_bytes(), "E0106"),
        ("app.json", "{\"a\":".repeat(deep).into_bytes(), "E0106"),
        ("app.toml", ("a = ".to_owned() + &"[".repeat(deep)).into_bytes(), "E0106"),
        ("app.toml", ("a.".repeat(deep) + "a = 1").into_bytes(), "E0106"),
        ("app.toml", ("[".to_owned() + &"a.".repeat(deep) + "a]\n").into_bytes(), "E0106"),
    ]);
}

#[test]
fn size() {
    assert_refused(vec![
        yaml("a: ".to_owned() + &"x".repeat(50 << 20), "E0105"),
        yaml("a: '".to_owned() + &"x".repeat(1 << 20) + "'", "E0105"),
        yaml("a: [".to_owned() + &"a,".repeat(1 << 20) + "]", "E0105"),
        yaml("-\n".repeat(1 << 20), "E0105"),
        ("app.json", ("[".to_owned() + &"1,".repeat(1 << 20) + "1]").into_bytes(), "E0105"),
        ("app.toml", "a=1\n".repeat(1 << 20).into_bytes(), "E0105"),
        ("app.toml", "a=1\n".repeat(1 << 17).into_bytes(), "E0102"),
    ]);
}

#[test]
fn encodings_and_characters() {
    let text = "stratapi: 1\n";
    let utf16 = |mark: &[u8], unit: fn(u16) -> [u8; 2]| {
        mark.iter().copied().chain(text.encode_utf16().flat_map(unit)).collect::<Vec<u8>>()
    };
    let utf32: Vec<u8> = text.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect();
    assert_refused(vec![
        yaml(utf16(b"\xff\xfe", u16::to_le_bytes), "E0104"),
        yaml(utf16(b"\xfe\xff", u16::to_be_bytes), "E0104"),
        yaml(utf16(b"", u16::to_le_bytes), "E0104"),
        yaml(utf32, "E0104"),
        yaml(b"a: caf\xe9\n".to_vec(), "E0104"),
        yaml(b"a: \xed\xa0\x80\n".to_vec(), "E0104"),
        yaml("a: x\0y\n", "E0108"),
        yaml("a: \u{1b}[31mred\n", "E0108"),
        yaml("a: \u{202e}desrever\n", "E0108"),
        yaml("a: x\u{feff}\n", "E0108"),
        yaml("a: \"\\0\"\n", "E0108"),
        yaml("a: \"\\ud800\"\n", "E0108"),
        ("app.json", br#"{"a": "\udc00"}"#.to_vec(), "E0108"),
        ("app.json", br#"{"a": "\u202e"}"#.to_vec(), "E0108"),
        ("app.toml", br#"a = "\u202e""#.to_vec(), "E0108"),
    ]);
}

#[test]
fn structure() {
    assert_refused(vec![
        yaml("a: 1\nb: 2\na: 3\n", "E0102"),
        yaml("a: {b: {c: 1, 'c': 2}}\n", "E0102"),
        yaml("a: 1\n---\nb: 1\n", "E0107"),
        yaml("a: 1\n...\n---\n", "E0107"),
        yaml("a: [1, 2\n", "E0101"),
        yaml("a:\n\tb: 1\n", "E0101"),
        yaml("plain text\n", "E0201"),
        ("app.json", b"{\"a\": 1, \"a\": 2}".to_vec(), "E0102"),
        ("app.json", b"{\"a\": NaN}".to_vec(), "E0101"),
        ("app.toml", b"a = 1\na = 2\n".to_vec(), "E0102"),
        ("app.toml", b"[a]\n[a]\n".to_vec(), "E0102"),
    ]);
}
