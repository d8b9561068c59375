//! Embeds `templates/` and refuses a template that is broken or that decides something.

#[path = "src/syntax.rs"]
mod syntax;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").expect("set by cargo"))
        .join("../../templates");
    println!("cargo::rerun-if-changed={}", root.display());
    println!("cargo::rerun-if-changed=src/syntax.rs");
    let mut found = Vec::new();
    walk(&root, &mut found);
    found.sort();
    let mut table = String::from("/// Every template: the path of its output, and its text.\n");
    table.push_str("pub(crate) static TEMPLATES: &[(&str, &str)] = &[\n");
    for file in &found {
        let path = output_path(&root, file);
        let text = fs::read_to_string(file).expect("templates are UTF-8");
        if let Err(complaint) = check(&path, &text) {
            panic!("templates/{path}.j2: {complaint}");
        }
        let file = file.canonicalize().expect("it was just read");
        writeln!(table, "    ({path:?}, include_str!({:?})),", file.display().to_string())
            .expect("writing to a string");
    }
    table.push_str("];\n");
    let out = PathBuf::from(env::var("OUT_DIR").expect("set by cargo")).join("templates.rs");
    fs::write(out, table).expect("OUT_DIR is writable");
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("templates/ is readable") {
        let path = entry.expect("templates/ is readable").path();
        if path.is_dir() {
            walk(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "j2") {
            found.push(path);
        }
    }
}

fn output_path(root: &Path, file: &Path) -> String {
    let below = file.strip_prefix(root).expect("it was found there").with_extension("");
    let parts: Vec<_> = below.iter().map(|part| part.to_str().expect("ASCII names")).collect();
    parts.join("/")
}

fn check(path: &str, text: &str) -> Result<(), String> {
    let mut environment = minijinja::Environment::empty();
    environment.set_syntax(syntax::syntax(path).map_err(|error| error.to_string())?);
    environment.add_template(path, text).map_err(|error| error.to_string())?;
    if text.contains('\r') || !(text.is_empty() || text.ends_with('\n')) {
        return Err("lines must end with a line feed, the last one too".to_owned());
    }
    let delimiters = syntax::delimiters(path);
    tags(text, delimiters.block, is_statement)?;
    tags(text, delimiters.print, is_print)
}

/// Applies `law` to what stands between each pair of delimiters.
fn tags(text: &str, (open, close): (&str, &str), law: fn(&str) -> bool) -> Result<(), String> {
    let mut rest = text;
    while let Some((_, behind)) = rest.split_once(open) {
        let Some((tag, next)) = behind.split_once(close) else {
            return Err(format!("`{open}` is never closed"));
        };
        let tag = tag.trim_start_matches('-').trim_end_matches('-').trim();
        if !law(tag) {
            return Err(format!("`{open} {tag} {close}` is more than a template may do"));
        }
        rest = next;
    }
    Ok(())
}

fn is_statement(tag: &str) -> bool {
    match tag.split_whitespace().collect::<Vec<_>>()[..] {
        ["else" | "endif" | "endfor"] => true,
        ["if" | "elif", flag] | ["if" | "elif", "not", flag] => is_path(flag),
        ["for", name, "in", list] => is_path(name) && !name.contains('.') && is_path(list),
        _ => false,
    }
}

fn is_print(tag: &str) -> bool {
    let (path, encoder) = tag.split_once('|').map_or((tag, None), |(p, e)| (p, Some(e.trim())));
    let encoder = encoder.map(|e| {
        e.split_once("(\"").map_or(
            e,
            |(name, argument)| {
                if argument.ends_with("\")") { name } else { e }
            },
        )
    });
    is_path(path.trim()) && encoder.is_none_or(|name| is_path(name) && !name.contains('.'))
}

fn is_path(text: &str) -> bool {
    text.split('.').all(|part| {
        !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
    })
}
