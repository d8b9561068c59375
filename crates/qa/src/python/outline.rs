//! What is kept of a Python file when its tree is gone: what other files may ask about it, and what
//! only the other files can answer.

use std::collections::BTreeMap;

use indexmap::{IndexMap, IndexSet};
use ruff_python_ast::{Expr, Stmt, StmtClassDef};
use rustc_hash::FxBuildHasher;
use smol_str::SmolStr;

use super::awaits::{self, Unawaited};
use super::bindings;
use super::names::Names;
use super::routes::{self, Routing};
use super::types;
use super::{Function, Source};
use crate::finding::{At, Place};

/// What is kept of a Python file.
#[derive(Debug, Clone, Default)]
pub(crate) struct Outline {
    pub(crate) path: String,
    /// Its module: `app.models` for `app/models/__init__.py`.
    pub(crate) module: SmolStr,
    /// Names that it binds.
    pub(crate) names: IndexSet<SmolStr, FxBuildHasher>,
    /// What the names stand for that it imports.
    pub(crate) imported: IndexMap<SmolStr, SmolStr, FxBuildHasher>,
    /// Aliases of types: `PostServiceDep` for what `Annotated[PostService, …]` holds.
    pub(crate) aliases: BTreeMap<SmolStr, SmolStr>,
    /// Everything that it imports, with the place.
    pub(crate) imports: Vec<Import>,
    /// Classes of the module.
    pub(crate) classes: BTreeMap<SmolStr, Class>,
    /// Functions of the module; the flag says that a call gives something to await.
    pub(crate) functions: BTreeMap<SmolStr, bool>,
    /// Calls whose value is used as if it were no awaitable.
    pub(crate) unawaited: Vec<Unawaited>,
    /// Routes and dependencies, for files of the application.
    pub(crate) routing: Routing,
}

/// An imported module, or a name of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Import {
    /// The module: `app.models.post`.
    pub(crate) module: SmolStr,
    /// The name; `*` for all of them.
    pub(crate) name: Option<SmolStr>,
    /// Where in the file.
    pub(crate) at: At,
}

/// A class of a module.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Class {
    /// Full names of its bases.
    pub(crate) bases: Vec<SmolStr>,
    /// Its methods; the flag says that a call gives something to await.
    pub(crate) methods: BTreeMap<SmolStr, bool>,
    /// Full names of the types of its attributes, as far as they are plain.
    pub(crate) attributes: BTreeMap<SmolStr, SmolStr>,
}

/// The module of a file.
pub(crate) fn module(path: &str) -> SmolStr {
    let stem = path.strip_suffix(".py").or_else(|| path.strip_suffix(".pyi")).unwrap_or(path);
    let stem = stem.strip_suffix("/__init__").unwrap_or(stem);
    stem.chars().map(|letter| if letter == '/' { '.' } else { letter }).collect()
}

impl Outline {
    /// A place in the file.
    pub(crate) fn place(&self, at: At) -> Place {
        Place { path: self.path.clone(), at }
    }
}

impl Source<'_> {
    /// What other files may ask about this one; nothing if it can't be read.
    pub(crate) fn outline(&self) -> Option<Outline> {
        if self.is_refused() {
            return None;
        }
        let mut names = Names::default();
        bindings::of_block(self.body, self.text.contains(":="), &mut names);
        let mut outline = Outline {
            path: self.path.to_owned(),
            module: module(self.path),
            names: IndexSet::with_capacity_and_hasher(names.len(), FxBuildHasher),
            imports: imports(self),
            unawaited: awaits::unawaited(self),
            routing: if self.path.starts_with("app/") {
                routes::routing(self)
            } else {
                Routing::default()
            },
            ..Outline::default()
        };
        outline.names.extend(names.iter().map(SmolStr::new));
        let imported = names.iter().filter_map(|name| Some((name, self.imported(name)?)));
        outline.imported.reserve(self.imported_names());
        outline.imported.extend(imported.map(|(name, full)| (SmolStr::new(name), full.clone())));
        top_level(self, self.body, &mut outline);
        Some(outline)
    }
}

fn top_level(source: &Source<'_>, block: &[Stmt], outline: &mut Outline) {
    for statement in block {
        match statement {
            Stmt::ClassDef(class) => {
                outline.classes.insert(SmolStr::new(&class.name), class_of(source, class));
            }
            Stmt::Assign(assign) => {
                if let [Expr::Name(name)] = &*assign.targets
                    && let Some(full) = types::annotated(source, &assign.value)
                {
                    outline.aliases.insert(SmolStr::new(&name.id), full);
                }
            }
            Stmt::If(one) => {
                top_level(source, &one.body, outline);
                for clause in &one.elif_else_clauses {
                    top_level(source, &clause.body, outline);
                }
            }
            _ => {
                if let Some(function) = Function::of(statement, None) {
                    let awaitable = awaits::is_awaitable(source, &function);
                    outline.functions.insert(SmolStr::new(function.name), awaitable);
                }
            }
        }
    }
}

fn class_of(source: &Source<'_>, class: &StmtClassDef) -> Class {
    let mut found = Class {
        bases: class.bases().iter().filter_map(|base| types::of_annotation(source, base)).collect(),
        ..Class::default()
    };
    for statement in &class.body {
        if let Some(function) = Function::of(statement, Some(class)) {
            found
                .methods
                .insert(SmolStr::new(function.name), awaits::is_awaitable(source, &function));
            if function.name == "__init__" {
                found.attributes.extend(types::set_on_self(source, &function));
            }
        } else if let Stmt::AnnAssign(one) = statement
            && let Expr::Name(name) = &*one.target
            && let Some(full) = types::of_annotation(source, &one.annotation)
        {
            found.attributes.insert(SmolStr::new(&name.id), full);
        }
    }
    found
}

fn imports(source: &Source<'_>) -> Vec<Import> {
    let mut found = Vec::new();
    for inside in &source.statements {
        match inside.node {
            Stmt::Import(import) => {
                for alias in &import.names {
                    let module = SmolStr::new(&alias.name);
                    found.push(Import { module, name: None, at: At::of(alias) });
                }
            }
            Stmt::ImportFrom(import) => {
                let module = source.import_module(import);
                for alias in &import.names {
                    let name = Some(SmolStr::new(&alias.name));
                    found.push(Import { module: module.clone(), name, at: At::of(alias) });
                }
            }
            _ => {}
        }
    }
    found
}
