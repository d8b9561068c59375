//! Double-quoted texts of TOML, YAML and JSON, which differ only in how they write code points.

use super::invisible;

/// A TOML basic string.
pub(crate) fn toml(text: &str) -> String {
    quoted(text, by_code_point)
}

/// A YAML double-quoted scalar.
pub(crate) fn yaml(text: &str) -> String {
    quoted(text, by_code_point)
}

/// A JSON string.
pub(crate) fn json(text: &str) -> String {
    quoted(text, |c| {
        let units = c
            .encode_utf16(&mut [0; 2])
            .iter()
            .map(|unit| format!("\\u{unit:04x}"))
            .collect::<Vec<_>>();
        units.concat()
    })
}

fn by_code_point(c: char) -> String {
    let code = u32::from(c);
    if code > 0xffff { format!("\\U{code:08x}") } else { format!("\\u{code:04x}") }
}

fn quoted(text: &str, code: impl Fn(char) -> String) -> String {
    let mut out = String::from('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if invisible(c) => out.push_str(&code(c)),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const NASTY: &[&str] = &[
        "",
        "\"\"\"",
        "\\ \\n \\u0041",
        "{{ app.name }} {% raw %} << x >> {# y #}",
        "${HOME} $(id) `id` %s #{x}",
        "</script><!-- --> &amp; <b>",
        "a\nb\r\nc\td\rE",
        "\u{1}\u{8}\u{b}\u{1b}\u{7f}\u{85}\u{9f}",
        "\u{1f600} \u{10ffff} \u{fffe} \u{feff}",
        "\u{202e}abc\u{2066}\u{2028}\u{2029}\u{200b}",
        "'it''s' # not a comment",
        "- x: *y &z !w |",
        "yes",
        "null",
        "1e3",
    ];

    #[test]
    fn each_parser_gives_the_text_back() {
        let long = "long \"words\" ".repeat(10_000);
        for text in NASTY.iter().copied().chain([long.as_str()]) {
            let table: toml::Table = toml::from_str(&format!("x = {}", toml(text))).unwrap();
            assert_eq!(table["x"].as_str(), Some(text));
            let value: serde_yaml::Value =
                serde_yaml::from_str(&format!("x: {}", yaml(text))).unwrap();
            assert_eq!(value["x"].as_str(), Some(text));
            assert_eq!(serde_json::from_str::<String>(&json(text)).unwrap(), text);
        }
    }
}
