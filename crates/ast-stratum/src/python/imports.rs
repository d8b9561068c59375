//! Imports: collected from the symbols of a tree, in the order that ruff's isort wants.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::sync::LazyLock;

use indexmap::IndexSet;
use rustc_hash::FxBuildHasher;
use stratapi_diagnostics::bug;

use super::stdlib::is_standard;
use super::tree::{Alias, Symbol};

/// Limit of a line.
const WIDTH: usize = 100;

/// Symbols that a module refers to, each once.
#[derive(Default)]
pub(super) struct Symbols<'t>(IndexSet<&'t Symbol, FxBuildHasher>);

impl<'t> Symbols<'t> {
    /// Takes note of one.
    pub(super) fn add(&mut self, symbol: &'t Symbol) {
        self.0.insert(symbol);
    }

    /// In order; where type checkers are not the only ones to want a symbol, they have it as well.
    fn in_order(&self) -> Vec<&'t Symbol> {
        let what = |symbol: &'t Symbol| (&symbol.module, &symbol.name, &symbol.alias);
        let mut all: Vec<&'t Symbol> = self.0.iter().copied().collect();
        all.sort_unstable();
        all.dedup_by(|later, first| what(later) == what(first));
        all
    }
}

/// All imports of a module, printed.
pub(super) fn print(out: &mut String, symbols: &Symbols<'_>) {
    static TYPE_CHECKING: LazyLock<Symbol> =
        LazyLock::new(|| super::build::symbol("typing", "TYPE_CHECKING"));
    let all = symbols.in_order();
    refuse_conflicts(&all);
    let (typing, mut runtime): (Vec<&Symbol>, Vec<&Symbol>) =
        all.into_iter().partition(|symbol| symbol.typing_only);
    if !typing.is_empty()
        && let Err(place) = runtime.binary_search(&&*TYPE_CHECKING)
    {
        runtime.insert(place, &TYPE_CHECKING);
    }
    block(out, &runtime, "");
    if !typing.is_empty() {
        out.push_str("\nif TYPE_CHECKING:\n");
        block(out, &typing, "    ");
    }
}

/// Two symbols must not share a local name.
fn refuse_conflicts(symbols: &[&Symbol]) {
    let mut taken: Vec<&Symbol> = symbols.to_vec();
    taken.sort_unstable_by_key(|symbol| local_name(symbol));
    for pair in taken.windows(2) {
        if local_name(pair[0]) == local_name(pair[1]) {
            bug!("two symbols have one name: {:?} and {:?}", pair[0], pair[1]);
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
fn section(symbol: &Symbol) -> usize {
    let path = symbol.module.as_str();
    match path.split('.').next() {
        Some("__future__") => 0,
        Some("app" | "tests") => 3,
        _ if is_standard(path) => 1,
        _ => 2,
    }
}

/// A symbol with what its place depends on, worked out once.
struct Entry<'a> {
    symbol: &'a Symbol,
    module: Key<'a>,
    name: Key<'a>,
}

/// A text and how it is compared: without regard to case first, numbers by their value.
struct Key<'a> {
    text: &'a str,
    lower: Cow<'a, str>,
}

impl<'a> Key<'a> {
    fn new(text: &'a str) -> Self {
        let cased = text.bytes().any(|byte| byte.is_ascii_uppercase());
        let lower = if cased { text.to_ascii_lowercase().into() } else { text.into() };
        Self { text, lower }
    }

    fn order(&self, other: &Self) -> Ordering {
        natord::compare(&self.lower, &other.lower)
            .then_with(|| natord::compare(self.text, other.text))
            .then_with(|| self.text.cmp(other.text))
    }
}

impl<'a> Entry<'a> {
    fn new(symbol: &'a Symbol) -> Self {
        let name = symbol.name.as_ref().map_or("", |name| name.as_str());
        Self { symbol, module: Key::new(symbol.module.as_str()), name: Key::new(name) }
    }

    /// Constants, classes, then the rest; each in natural order.
    fn member_order(&self, other: &Self) -> Ordering {
        let (left, right) = (&self.name, &other.name);
        member_kind(left.text).cmp(&member_kind(right.text)).then_with(|| left.order(right))
    }
}

/// The sections of a set of imports, each printed in order.
fn block(out: &mut String, symbols: &[&Symbol], indent: &str) {
    let mut sections: [Vec<Entry<'_>>; 4] = Default::default();
    for symbol in symbols {
        sections[section(symbol)].push(Entry::new(symbol));
    }
    let mut first = true;
    for entries in sections.into_iter().filter(|entries| !entries.is_empty()) {
        if !first {
            out.push('\n');
        }
        first = false;
        let (plain, members) = entries.into_iter().partition(|it| it.symbol.name.is_none());
        plain_imports(out, plain, indent);
        from_imports(out, members, indent);
    }
}

/// `import a.b as c`
fn plain_imports(out: &mut String, mut modules: Vec<Entry<'_>>, indent: &str) {
    modules.sort_by(|a, b| a.module.order(&b.module));
    for Entry { symbol, .. } in modules {
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
fn from_imports(out: &mut String, members: Vec<Entry<'_>>, indent: &str) {
    let mut statements: Vec<Vec<Entry<'_>>> = Vec::new();
    // The symbols are in order of the modules: members of one stand beside each other.
    let mut joint: Option<Vec<Entry<'_>>> = None;
    for entry in members {
        if entry.symbol.alias != Alias::None {
            statements.push(vec![entry]);
        } else if let Some(open) =
            joint.as_mut().filter(|it| it[0].module.text == entry.module.text)
        {
            open.push(entry);
        } else {
            statements.extend(joint.replace(vec![entry]));
        }
    }
    statements.extend(joint);
    for members in &mut statements {
        members.sort_by(Entry::member_order);
    }
    statements
        .sort_by(|a, b| a[0].module.order(&b[0].module).then_with(|| a[0].member_order(&b[0])));
    for members in &statements {
        from_import(out, members, indent);
    }
}

/// One statement, on one line or with one member a line.
fn from_import(out: &mut String, members: &[Entry<'_>], indent: &str) {
    let start = out.len();
    let path = members[0].module.text;
    for part in [indent, "from ", path, " import "] {
        out.push_str(part);
    }
    for (position, member) in members.iter().enumerate() {
        out.push_str(if position == 0 { "" } else { ", " });
        push_member(out, member.symbol);
    }
    if out.len() - start <= WIDTH {
        out.push('\n');
        return;
    }
    out.truncate(start);
    for part in [indent, "from ", path, " import (\n"] {
        out.push_str(part);
    }
    for member in members {
        out.push_str(indent);
        out.push_str("    ");
        push_member(out, member.symbol);
        out.push_str(",\n");
    }
    out.push_str(indent);
    out.push_str(")\n");
}

fn push_member(out: &mut String, symbol: &Symbol) {
    out.push_str(symbol.name.as_ref().map_or("", |name| name.as_str()));
    if let Alias::As(alias) = &symbol.alias {
        out.push_str(" as ");
        out.push_str(alias.as_str());
    }
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
