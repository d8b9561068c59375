//! What a file imports, and what its names stand for by that.

use std::collections::BTreeMap;

use ruff_python_ast::{Alias, Expr, Stmt, StmtImportFrom};

use super::Findings;
use super::names::{MODULES, REFUSED, module};

/// What the imports of a file bind.
#[derive(Debug, Default)]
pub(super) struct Imports {
    /// Modules by the name that they have here.
    modules: BTreeMap<String, &'static str>,
    /// Modules and names in them, by the name that they have here.
    names: BTreeMap<String, (&'static str, String)>,
}

impl Imports {
    /// Reads the imports at the top of a file; those that a slot can't have are reported.
    pub(super) fn read(body: &[Stmt], findings: &mut Findings) -> Self {
        let mut found = Self::default();
        for stmt in body {
            match stmt {
                Stmt::Import(import) => {
                    for alias in &import.names {
                        found.whole(alias, findings);
                    }
                }
                Stmt::ImportFrom(import) => found.members(import, findings),
                _ => {}
            }
        }
        found
    }

    /// `import math`, `import collections.abc`
    fn whole(&mut self, alias: &Alias, findings: &mut Findings) {
        let path = alias.name.id.as_str();
        let Some(found) = module(path) else {
            refuse(path, alias, findings);
            return;
        };
        free(alias, findings);
        match &alias.asname {
            Some(name) => self.modules.insert(name.id.to_string(), found.name),
            // `import collections.abc` binds `collections`.
            None => {
                let first = found.name.split('.').next().unwrap_or_default();
                self.modules.insert(first.to_owned(), first)
            }
        };
    }

    /// `from decimal import Decimal`
    fn members(&mut self, import: &StmtImportFrom, findings: &mut Findings) {
        if import.level > 0 {
            let help = "a slot stands alone: write what it needs into its file";
            findings.unsafe_code(import, "nothing of the project can be imported", help);
            return;
        }
        let path = import.module.as_ref().map_or("", |module| module.id.as_str());
        let Some(found) = module(path) else {
            refuse(path, import, findings);
            return;
        };
        for alias in &import.names {
            free(alias, findings);
            let name = alias.name.id.as_str();
            let local = alias.asname.as_ref().unwrap_or(&alias.name).id.to_string();
            let inner = module(&format!("{path}.{name}"));
            if let Some(inner) = inner {
                self.modules.insert(local, inner.name);
            } else if found.members.contains(&name) {
                self.names.insert(local, (found.name, name.to_owned()));
            } else if name == "*" {
                let help = "name what is used";
                findings.unsafe_code(alias, "not everything can be imported", help);
            } else {
                let message = format!("`{name}` of `{path}` can't be used by a slot");
                findings.unsafe_code(alias, message, offers(found.members));
            }
        }
    }

    /// The module that an expression stands for: `math`, `collections.abc`.
    pub(super) fn module_of(&self, expr: &Expr) -> Option<&'static str> {
        match expr {
            Expr::Name(name) => self.modules.get(name.id.as_str()).copied(),
            Expr::Attribute(found) => {
                let outer = self.module_of(&found.value)?;
                module(&format!("{outer}.{}", found.attr.id)).map(|module| module.name)
            }
            _ => None,
        }
    }

    /// The module and the name in it that an expression stands for: `Decimal`, `decimal.Decimal`.
    pub(super) fn imported<'e>(&'e self, expr: &'e Expr) -> Option<(&'static str, &'e str)> {
        match expr {
            Expr::Name(name) => {
                let found = self.names.get(name.id.as_str());
                found.map(|(module, name)| (*module, name.as_str()))
            }
            Expr::Attribute(found) => Some((self.module_of(&found.value)?, found.attr.id.as_str())),
            _ => None,
        }
    }

    /// Whether an import binds a name.
    pub(super) fn binds(&self, name: &str) -> bool {
        self.modules.contains_key(name) || self.names.contains_key(name)
    }
}

/// What may be used instead.
pub(super) fn offers(members: &[&str]) -> String {
    format!("use {}", members.join(", "))
}

/// Reports another name of an import that Python keeps for itself.
fn free(alias: &Alias, findings: &mut Findings) {
    if let Some(name) = &alias.asname
        && (name.id.starts_with("__") || REFUSED.contains(&name.id.as_str()))
    {
        let message = format!("`{}` belongs to Python itself", name.id);
        findings.unsafe_code(name, message, "choose another name");
    }
}

fn refuse(path: &str, at: impl ruff_text_size::Ranged, findings: &mut Findings) {
    let names: Vec<&str> = MODULES.iter().map(|module| module.name).collect();
    let message = format!("`{path}` can't be imported by a slot");
    findings.unsafe_code(at, message, format!("a slot may import {}", names.join(", ")));
}
