//! Changes to a project, as they stand on the pages of the judge's codes: a line `--- path`, then
//! lines that go (`-`) and lines that come (`+`). Lines that only come are a new file, or the end of
//! one; a path without lines goes as a whole.

use std::collections::BTreeMap;

/// The content of a fence of a page, such as `yaml failing`.
pub fn fence<'a>(page: &'a str, kind: &str) -> Option<&'a str> {
    let (_, rest) = page.split_once(&format!("```{kind}\n"))?;
    rest.split_once("```").map(|(text, _)| text)
}

/// The files with the changes.
///
/// # Panics
/// If the changes do not fit the files.
pub fn apply(files: &mut BTreeMap<String, String>, patch: &str) {
    for section in patch.split("--- ").skip(1) {
        let (file, lines) = section.split_once('\n').unwrap_or((section, ""));
        if lines.trim().is_empty() {
            assert!(files.remove(file).is_some(), "{file} is not there");
            continue;
        }
        for (old, new) in hunks(lines) {
            if old.is_empty() {
                files.entry(file.to_owned()).or_default().push_str(&new);
                continue;
            }
            let text = files.get_mut(file).unwrap_or_else(|| panic!("{file} is not there"));
            assert_eq!(text.matches(&old).count(), 1, "{file}: {old}");
            *text = text.replacen(&old, &new, 1);
        }
    }
}

/// What goes and what comes in its place.
fn hunks(lines: &str) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = Vec::new();
    for line in lines.lines() {
        let (mark, text) = line.split_at(line.len().min(1));
        let line = format!("{text}\n");
        match (mark, all.last_mut()) {
            ("-", Some((old, new))) if new.is_empty() => old.push_str(&line),
            ("-", _) => all.push((line, String::new())),
            ("+", Some((_, new))) => new.push_str(&line),
            ("+", None) => all.push((String::new(), line)),
            _ => panic!("neither `-` nor `+`: {line}"),
        }
    }
    all
}
