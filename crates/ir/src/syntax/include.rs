//! Joins the files of one application: follows `include` and merges what it finds.

use std::collections::BTreeMap;

use stratapi_diagnostics::{Checked, Code, Diagnostic, FileId, SourceMap, Span};

use super::decode::{BOM, decode};
use super::reading::{Document, Reading, narrow, shown};
use super::{Entry, Node, Value, json, toml, yaml};
use crate::model::Spanned;
use crate::{SourceError, World};

/// Deepest chain of files that include each other.
const MAX_CHAIN: usize = 16;
/// Most files of one application.
const MAX_FILES: usize = 1_000;
/// Levels at which mappings of several files merge: the root (`domain`) and its sections
/// (`entities`). What they hold has a name, and a name is declared once.
const MERGED_LEVELS: usize = 2;

/// Reads a document and all that it includes as one mapping.
///
/// The value is there unless the structure of a file is broken, so that the checks that follow
/// can add their findings to those about, for example, a duplicate key.
pub fn parse(world: &dyn World, entry: &str, sources: &mut SourceMap) -> Checked<Node> {
    let mut joiner =
        Joiner { world, sources, reading: Reading::new(), files: Vec::new(), chain: Vec::new() };
    let root = joiner.entry(entry);
    Checked { value: root, diagnostics: joiner.reading.found }
}

struct Joiner<'a> {
    world: &'a dyn World,
    sources: &'a mut SourceMap,
    reading: Reading,
    /// Paths of all files read so far.
    files: Vec<String>,
    /// Paths from the first file to the one being read.
    chain: Vec<String>,
}

impl Joiner<'_> {
    fn entry(&mut self, path: &str) -> Option<Node> {
        match self.world.read(path) {
            Ok(bytes) => {
                let mut parts = Vec::new();
                let span = self.document(path, bytes, &mut parts)?;
                let entries = merge(parts, 0, &mut self.reading);
                Some(Node { span, value: Value::Map(entries) })
            }
            Err(error) => {
                self.reading.push(
                    Diagnostic::error(
                        Code::E0901,
                        format!("cannot read `{}`: {error}", shown(path)),
                    )
                    .help("check the path of the application's file"),
                );
                None
            }
        }
    }

    /// Adds the root mappings of a document and of all that it includes; the span is its own.
    fn document(
        &mut self,
        path: &str,
        bytes: Vec<u8>,
        parts: &mut Vec<Vec<Entry>>,
    ) -> Option<Span> {
        self.files.push(path.to_owned());
        let file = decode(path, bytes, self.sources, &mut self.reading)?;
        let node = self.tree(path, file)?;
        let span = node.span;
        let mut entries = self.root_entries(node)?;
        let include = entries.iter().position(|entry| entry.key.value == "include");
        let include = include.map(|index| entries.remove(index).value);
        parts.push(entries);
        let Some(include) = include else { return Some(span) };
        self.chain.push(path.to_owned());
        let whole = self.include(path, &include, parts);
        self.chain.pop();
        whole.then_some(span)
    }

    fn tree(&mut self, path: &str, file: FileId) -> Option<Node> {
        let whole = &self.sources.file(file).text;
        let text = whole.strip_prefix(BOM).unwrap_or(whole);
        let document = Document { text, file, base: narrow(whole.len() - text.len()) };
        let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
        if extension.eq_ignore_ascii_case("json") {
            json::read(document, &mut self.reading)
        } else if extension.eq_ignore_ascii_case("toml") {
            toml::read(document, &mut self.reading)
        } else {
            yaml::read(document, &mut self.reading)
        }
    }

    /// The root of a document; an empty document is an empty mapping.
    fn root_entries(&mut self, node: Node) -> Option<Vec<Entry>> {
        match node.value {
            Value::Map(entries) => Some(entries),
            Value::Null => Some(Vec::new()),
            other => {
                let label = format!("this is {}", other.kind());
                self.reading.push(
                    Diagnostic::error(Code::E0201, "the document must be a mapping")
                        .at(node.span, label)
                        .help("start with `stratapi: 1` and `app:`"),
                );
                None
            }
        }
    }

    /// Adds all included files; `false` if one of them could not be read.
    fn include(&mut self, path: &str, include: &Node, parts: &mut Vec<Vec<Entry>>) -> bool {
        let one = std::slice::from_ref(include);
        let patterns = match &include.value {
            Value::Seq(items) => items.as_slice(),
            _ => one,
        };
        let mut whole = true;
        for pattern in patterns {
            let Value::Text(text) = &pattern.value else {
                self.refuse(pattern.span, "`include` names files", "a path or pattern is expected");
                whole = false;
                continue;
            };
            let Some(found) = self.matches(path, &text.value, pattern.span) else {
                whole = false;
                continue;
            };
            for path in found {
                if self.reading.is_full() {
                    return false;
                }
                whole &= self.part(&path, pattern.span, parts).is_some();
            }
        }
        whole
    }

    fn refuse(&mut self, span: Span, message: impl Into<String>, label: impl Into<String>) {
        self.reading.push(Diagnostic::error(Code::E0112, message).at(span, label));
    }

    /// The files that one pattern names, relative to the world's root.
    fn matches(&mut self, from: &str, pattern: &str, span: Span) -> Option<Vec<String>> {
        let path = match resolve(from, pattern) {
            Ok(path) => path,
            Err(reason) => {
                let message = format!("cannot include `{}`", shown(pattern));
                self.refuse(span, message, reason);
                return None;
            }
        };
        if !path.contains(['*', '?']) {
            return Some(vec![path]);
        }
        match self.world.glob(&path) {
            Ok(found) if found.is_empty() => {
                self.refuse(span, format!("no file matches `{}`", shown(pattern)), "nothing here");
                None
            }
            Ok(found) => Some(found),
            Err(error) => {
                let message = format!("cannot list `{}`: {error}", shown(pattern));
                self.refuse(span, message, "");
                None
            }
        }
    }

    fn part(&mut self, path: &str, span: Span, parts: &mut Vec<Vec<Entry>>) -> Option<Span> {
        let name = shown(path);
        if self.chain.iter().any(|known| known == path) {
            let message = format!("`{name}` includes itself");
            self.refuse(span, message, "this closes a circle");
            return None;
        }
        if self.files.iter().any(|known| known == path) {
            self.refuse(span, format!("`{name}` is included twice"), "this is the second time");
            return None;
        }
        if self.chain.len() >= MAX_CHAIN || self.files.len() >= MAX_FILES {
            let label = format!("at most {MAX_FILES} files, {MAX_CHAIN} deep");
            self.refuse(span, format!("`{name}` is one file too many"), label);
            return None;
        }
        match self.world.read(path) {
            Ok(bytes) if !self.reading.weigh(path, bytes.len(), span) => None,
            Ok(bytes) => self.document(path, bytes, parts),
            Err(SourceError::TooLarge { limit }) => {
                self.reading.push(
                    Diagnostic::error(Code::E0105, format!("`{name}` is too large"))
                        .at(span, format!("the limit is {limit} bytes")),
                );
                None
            }
            Err(error) => {
                self.refuse(span, format!("cannot include `{name}`: {error}"), "included here");
                None
            }
        }
    }
}

/// The path that a pattern in a file means, without `.` and `..`.
fn resolve(from: &str, pattern: &str) -> Result<String, &'static str> {
    if pattern.is_empty() {
        return Err("the path is empty");
    }
    if pattern.contains('\\') {
        return Err("paths are written with `/`");
    }
    if pattern.starts_with('/') || pattern.contains(':') {
        return Err("paths are relative to this file");
    }
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in pattern.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                if parts.pop().is_none() {
                    return Err("this leaves the application's folder");
                }
            }
            part => parts.push(part),
        }
    }
    if parts.is_empty() { Err("this is a folder") } else { Ok(parts.join("/")) }
}

/// A key of the merged mapping, with the mappings that other files have under it.
struct Slot {
    entry: Entry,
    more: Vec<Vec<Entry>>,
}

/// One mapping of many, in their order. Mappings in them merge down to `MERGED_LEVELS`.
fn merge(parts: Vec<Vec<Entry>>, level: usize, reading: &mut Reading) -> Vec<Entry> {
    let mut slots: Vec<Slot> = Vec::new();
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for entry in parts.into_iter().flatten() {
        if let Some(slot) = known.get(&entry.key.value) {
            join(&mut slots[*slot], entry, level, reading);
        } else {
            known.insert(entry.key.value.clone(), slots.len());
            slots.push(Slot { entry, more: Vec::new() });
        }
    }
    slots.into_iter().map(|slot| finish(slot, level, reading)).collect()
}

fn finish(slot: Slot, level: usize, reading: &mut Reading) -> Entry {
    let Slot { mut entry, mut more } = slot;
    if let Value::Map(own) = &mut entry.value.value
        && !more.is_empty()
    {
        more.insert(0, std::mem::take(own));
        *own = merge(more, level + 1, reading);
    }
    entry
}

fn join(slot: &mut Slot, entry: Entry, level: usize, reading: &mut Reading) {
    let first = &slot.entry;
    let versions = level == 0 && first.key.value == "stratapi";
    match (&first.value.value, entry.value.value) {
        // Each file may state the version of the language.
        (Value::Int(first), Value::Int(second)) if versions && *first == second => {}
        (_, Value::Null) if level < MERGED_LEVELS => {}
        (Value::Null, value) if level < MERGED_LEVELS => {
            let value = Node { span: entry.value.span, value };
            slot.entry = Entry { key: entry.key, value };
        }
        (Value::Map(_), Value::Map(more)) if level < MERGED_LEVELS => slot.more.push(more),
        _ => declared_twice(&first.key, &entry.key, reading),
    }
}

fn declared_twice(first: &Spanned<String>, second: &Spanned<String>, reading: &mut Reading) {
    reading.push(
        Diagnostic::error(Code::E0206, format!("`{}` is declared twice", shown(&first.value)))
            .at(second.span, "again here")
            .also(first.span, "first here")
            .help("a name is declared in one file only"),
    );
}
