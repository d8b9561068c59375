//! All Python files of a project together: what a full name means, through every re-export.

use std::collections::BTreeSet;

use indexmap::{IndexMap, IndexSet};
use rustc_hash::FxBuildHasher;
use smol_str::SmolStr;

use super::Outline;
use super::awaits::Target;
use super::outline::Class;
use super::routes::Dependency;

/// Longest chain of re-exports, aliases or bases that is followed: a circle ends here.
const DEPTH: usize = 16;

/// Methods of libraries that give something to await, by the class.
const LIBRARY: &[(&str, &[&str])] = &[
    (
        "AsyncSession",
        &[
            "close",
            "commit",
            "connection",
            "delete",
            "execute",
            "flush",
            "get",
            "get_one",
            "invalidate",
            "merge",
            "refresh",
            "reset",
            "rollback",
            "run_sync",
            "scalar",
            "scalars",
            "stream",
            "stream_scalars",
        ],
    ),
    (
        "AsyncConnection",
        &["close", "commit", "execute", "rollback", "run_sync", "scalar", "scalars"],
    ),
    ("AsyncEngine", &["dispose"]),
    (
        "AsyncClient",
        &["aclose", "delete", "get", "head", "options", "patch", "post", "put", "request", "send"],
    ),
];

/// Functions of libraries that give something to await.
const FUNCTIONS: &[&str] = &[
    "anyio.sleep",
    "anyio.to_thread.run_sync",
    "asyncio.gather",
    "asyncio.sleep",
    "asyncio.to_thread",
    "asyncio.wait_for",
];

/// All Python files of a project.
pub(crate) struct Project<'a> {
    outlines: &'a [Outline],
    by_module: IndexMap<&'a str, &'a Outline, FxBuildHasher>,
    /// Packages around them.
    packages: IndexSet<&'a str, FxBuildHasher>,
}

impl<'a> Project<'a> {
    pub(crate) fn new(outlines: &'a [Outline]) -> Self {
        let by_module = outlines.iter().map(|one| (one.module.as_str(), one)).collect();
        let around = |one: &'a Outline| {
            std::iter::successors(one.module.rsplit_once('.'), |(package, _)| {
                package.rsplit_once('.')
            })
        };
        let packages = outlines.iter().flat_map(around).map(|(package, _)| package).collect();
        Self { outlines, by_module, packages }
    }

    /// All files, in the order of their paths.
    pub(crate) fn outlines(&self) -> &'a [Outline] {
        self.outlines
    }

    /// The file of a module.
    pub(crate) fn module(&self, name: &str) -> Option<&'a Outline> {
        self.by_module.get(name).copied()
    }

    /// Whether a module or a package of modules has this name.
    pub(crate) fn has_module(&self, name: &str) -> bool {
        self.module(name).is_some() || self.packages.contains(name)
    }

    /// Where a full name is defined: the file, and the name in it. Follows imports and aliases.
    pub(crate) fn resolve(&self, full: &str) -> Option<(&'a Outline, SmolStr)> {
        let full = self.canonical(full);
        let (module, name) = full.rsplit_once('.')?;
        Some((self.module(module)?, SmolStr::new(name)))
    }

    /// A full name with every import and alias of the project followed.
    fn canonical(&self, full: &str) -> SmolStr {
        let mut full = SmolStr::new(full);
        for _ in 0..DEPTH {
            let Some((module, name)) = full.rsplit_once('.') else { break };
            let Some(outline) = self.module(module) else { break };
            match outline.aliases.get(name).or_else(|| outline.imported.get(name)) {
                Some(next) if *next != full => full = next.clone(),
                _ => break,
            }
        }
        full
    }

    /// A function as a dependency, by its full name.
    pub(crate) fn dependency(&self, full: &str) -> Option<&'a Dependency> {
        let (module, name) = full.rsplit_once('.')?;
        self.module(module)?.routing.functions.get(name)
    }

    /// Every function that must let a request through which comes to these dependencies, theirs
    /// included.
    pub(crate) fn dependencies(&self, depends: &[SmolStr]) -> BTreeSet<SmolStr> {
        let mut all = BTreeSet::new();
        let mut open: Vec<SmolStr> = depends.iter().map(|one| self.dependency_name(one)).collect();
        while let Some(next) = open.pop() {
            if let Some(dependency) = self.dependency(&next) {
                if all.insert(next) {
                    open.extend(dependency.depends.iter().map(|one| self.dependency_name(one)));
                }
            } else {
                all.insert(next);
            }
        }
        all
    }

    /// The function behind an alias of a dependency, through imports.
    fn dependency_name(&self, full: &str) -> SmolStr {
        let mut full = SmolStr::new(full);
        for _ in 0..DEPTH {
            let Some((module, name)) = full.rsplit_once('.') else { break };
            let Some(outline) = self.module(module) else { break };
            let alias = outline.routing.aliases.get(name);
            match alias.or_else(|| outline.imported.get(name)) {
                Some(next) if *next != full => full = next.clone(),
                _ => break,
            }
        }
        full
    }

    fn class(&self, full: &str) -> Option<&'a Class> {
        let (outline, name) = self.resolve(full)?;
        outline.classes.get(&name)
    }

    /// The first answer that a class or one of its bases gives, in the order of its bases.
    fn in_class<T>(
        &self,
        full: &str,
        in_bases: bool,
        depth: usize,
        ask: &dyn Fn(&Class) -> Option<T>,
        library: &dyn Fn(&str) -> Option<T>,
    ) -> Option<T> {
        if depth > DEPTH {
            return None;
        }
        let Some(class) = self.class(full) else {
            return library(&self.canonical(full));
        };
        let own = if in_bases { None } else { ask(class) };
        own.or_else(|| {
            class.bases.iter().find_map(|base| self.in_class(base, false, depth + 1, ask, library))
        })
    }

    /// Whether a call gives something to await, as far as that is known.
    pub(crate) fn is_awaitable(&self, target: &Target) -> bool {
        match target {
            Target::Function(full) => match self.resolve(full) {
                Some((outline, name)) => outline.functions.get(&name).copied().unwrap_or(false),
                None => FUNCTIONS.contains(&self.canonical(full).as_str()),
            },
            Target::Method { class, in_bases, through, method } => {
                let mut class = class.clone();
                for attribute in through {
                    let ask = |one: &Class| one.attributes.get(attribute).cloned();
                    match self.in_class(&class, false, 0, &ask, &|_| None) {
                        Some(next) => class = next,
                        None => return false,
                    }
                }
                let ask = |one: &Class| one.methods.get(method).copied();
                let library = |full: &str| Some(is_library_method(full, method));
                let skip = *in_bases && through.is_empty();
                self.in_class(&class, skip, 0, &ask, &library).unwrap_or(false)
            }
        }
    }
}

fn is_library_method(full: &str, method: &str) -> bool {
    let class = full.rsplit('.').next().unwrap_or(full);
    let own = !full.starts_with("app.") && full.contains('.');
    own && LIBRARY.iter().any(|(name, methods)| *name == class && methods.contains(&method))
}
