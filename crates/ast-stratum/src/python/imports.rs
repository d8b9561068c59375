//! Imports: collected from the symbols of a tree, in the order that ruff's isort wants.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use stratapi_diagnostics::bug;

use super::stdlib::is_standard;
use super::tree::{Alias, Module, Symbol};
use super::walk;

/// Limit of a line.
const WIDTH: usize = 100;

/// All imports of a module, printed.
pub(super) fn print(out: &mut String, module: &Module) {
    let (runtime, typing) = collect(module);
    block(out, &runtime, "");
    if !typing.is_empty() {
        out.push_str("\nif TYPE_CHECKING:\n");
        block(out, &typing, "    ");
    }
}

/// The symbols that are imported at run time, and those for type checkers only.
fn collect(module: &Module) -> (BTreeSet<Symbol>, BTreeSet<Symbol>) {
    let mut runtime = BTreeSet::new();
    let mut typing = BTreeSet::new();
    let mut met: BTreeSet<&Symbol> = module.extra_imports.iter().collect();
    walk::symbols(&module.body, &mut |symbol| {
        met.insert(symbol);
    });
    for symbol in met {
        let plain = Symbol { typing_only: false, ..symbol.clone() };
        if symbol.typing_only {
            typing.insert(plain)
        } else {
            runtime.insert(plain)
        };
    }
    typing.retain(|symbol| !runtime.contains(symbol));
    if !typing.is_empty() {
        runtime.insert(super::build::symbol("typing", "TYPE_CHECKING"));
    }
    refuse_conflicts(runtime.iter().chain(&typing));
    (runtime, typing)
}

/// Two symbols must not share a local name.
fn refuse_conflicts<'a>(symbols: impl Iterator<Item = &'a Symbol>) {
    let mut taken: BTreeMap<&str, &Symbol> = BTreeMap::new();
    for symbol in symbols {
        let local = local_name(symbol);
        if let Some(other) = taken.insert(local, symbol) {
            bug!("two symbols have one name: {symbol:?} and {other:?}");
        }
    }
}

/// How an expression refers to a symbol.
pub(super) fn local_name(symbol: &Symbol) -> &str {
    match (&symbol.alias, &symbol.name) {
        (Alias::As(name), _) | (Alias::None, Some(name)) => name.as_str(),
        (Alias::None, None) => symbol.module.as_str(),
    }
}

/// Future, standard library, third party, first party.
fn section(symbol: &Symbol) -> u8 {
    let path = symbol.module.as_str();
    match path.split('.').next() {
        Some("__future__") => 0,
        Some("app" | "tests") => 3,
        _ if is_standard(path) => 1,
        _ => 2,
    }
}

/// The sections of a set of imports, each printed in order.
fn block(out: &mut String, symbols: &BTreeSet<Symbol>, indent: &str) {
    let mut first = true;
    for wanted in 0..4 {
        let part: Vec<&Symbol> =
            symbols.iter().filter(|symbol| section(symbol) == wanted).collect();
        if part.is_empty() {
            continue;
        }
        if !first {
            out.push('\n');
        }
        first = false;
        plain_imports(out, &part, indent);
        from_imports(out, &part, indent);
    }
}

/// `import a.b as c`
fn plain_imports(out: &mut String, symbols: &[&Symbol], indent: &str) {
    let mut modules: Vec<&&Symbol> =
        symbols.iter().filter(|symbol| symbol.name.is_none()).collect();
    modules.sort_by(|a, b| natural(a.module.as_str(), b.module.as_str()));
    for symbol in modules {
        out.push_str(indent);
        out.push_str("import ");
        out.push_str(symbol.module.as_str());
        if let Alias::As(alias) = &symbol.alias {
            out.push_str(" as ");
            out.push_str(alias.as_str());
        }
        out.push('\n');
    }
}

/// `from a import b, c`; a member with an alias has a statement of its own.
fn from_imports(out: &mut String, symbols: &[&Symbol], indent: &str) {
    let mut joint: BTreeMap<&str, Vec<&Symbol>> = BTreeMap::new();
    let mut statements: Vec<(&str, Vec<&Symbol>)> = Vec::new();
    for symbol in symbols.iter().filter(|symbol| symbol.name.is_some()) {
        let path = symbol.module.as_str();
        match symbol.alias {
            Alias::None => joint.entry(path).or_default().push(symbol),
            Alias::As(_) => statements.push((path, vec![symbol])),
        }
    }
    statements.extend(joint);
    for (_, members) in &mut statements {
        members.sort_by(|a, b| member_order(a, b));
    }
    statements.sort_by(|a, b| natural(a.0, b.0).then_with(|| member_order(a.1[0], b.1[0])));
    for (path, members) in &statements {
        from_import(out, path, members, indent);
    }
}

/// One statement, on one line or with one member a line.
fn from_import(out: &mut String, path: &str, members: &[&Symbol], indent: &str) {
    let names: Vec<String> = members.iter().map(|member| member_text(member)).collect();
    let line = format!("{indent}from {path} import {}", names.join(", "));
    if line.len() <= WIDTH {
        out.push_str(&line);
        out.push('\n');
        return;
    }
    for part in [indent, "from ", path, " import (\n"] {
        out.push_str(part);
    }
    for name in names {
        for part in [indent, "    ", &name, ",\n"] {
            out.push_str(part);
        }
    }
    out.push_str(indent);
    out.push_str(")\n");
}

fn member_text(symbol: &Symbol) -> String {
    let name = symbol.name.as_ref().map_or("", |name| name.as_str());
    match &symbol.alias {
        Alias::As(alias) => format!("{name} as {alias}"),
        Alias::None => name.to_owned(),
    }
}

/// Constants, classes, then the rest; each in natural order.
fn member_order(left: &Symbol, right: &Symbol) -> Ordering {
    let name = |symbol: &Symbol| symbol.name.as_ref().map_or(String::new(), ToString::to_string);
    let (left, right) = (name(left), name(right));
    member_kind(&left).cmp(&member_kind(&right)).then_with(|| natural(&left, &right))
}

fn member_kind(name: &str) -> u8 {
    let cased = name.chars().any(|c| c.is_ascii_alphabetic());
    if name.len() > 1 && cased && !name.chars().any(|c| c.is_ascii_lowercase()) {
        0
    } else if name.starts_with(|c: char| c.is_ascii_uppercase()) {
        1
    } else {
        2
    }
}

/// Without regard to case first, numbers by their value.
fn natural(left: &str, right: &str) -> Ordering {
    natord::compare(&left.to_lowercase(), &right.to_lowercase())
        .then_with(|| natord::compare(left, right))
        .then_with(|| left.cmp(right))
}
