//! Names of an entity's members: on the wire, in the table and in Python. Wire and column names
//! stay as declared; Python names that something else needs get an underscore behind them.

use std::collections::{BTreeMap, BTreeSet};

use stratapi_diagnostics::{Code, Diagnostic, Span};
use stratapi_ir::inflection;
use stratapi_ir::model::{
    ApplicationIr, AttributeType, DefaultValue, Entity, IdKind, Literal, RelationshipKind,
};

use super::keys::{KeyShape, foreign_key_name};
use super::naming::{collision, identifier};
use super::reserved;
use crate::PyIdent;

/// Names of the members of one entity; each list is parallel to the IR's.
#[derive(Debug)]
pub(super) struct Members {
    pub(super) attributes: Vec<AttributeNames>,
    pub(super) relationships: Vec<RelationshipNames>,
    pub(super) inverses: Vec<PyIdent>,
    pub(super) computed: Vec<PyIdent>,
}

/// A name on the wire (and of the column) with its Python name.
#[derive(Debug, Clone)]
pub(super) struct MemberName {
    pub(super) wire: String,
    pub(super) python: PyIdent,
}

#[derive(Debug)]
pub(super) struct AttributeNames {
    pub(super) python: PyIdent,
    /// Model attribute and column of a password's hash.
    pub(super) hashed: Option<PyIdent>,
    /// Columns of an embedded value object.
    pub(super) parts: Vec<MemberName>,
}

#[derive(Debug)]
pub(super) struct RelationshipNames {
    pub(super) python: PyIdent,
    /// Foreign keys of a to-one relationship.
    pub(super) keys: Vec<MemberName>,
    /// The list of keys of a to-many relationship.
    pub(super) ids: Option<MemberName>,
}

/// The names of the members of an entity.
pub(super) fn members(
    ir: &ApplicationIr,
    keys: &[Vec<KeyShape>],
    index: usize,
    diagnostics: &mut Vec<Diagnostic>,
) -> Members {
    let entity = &ir.domain.entities[index];
    let mut scope = Scope::new(ir, keys, entity, diagnostics);
    let attributes = attribute_names(ir, entity, &mut scope);
    let relationships = entity
        .relationships
        .iter()
        .map(|relationship| {
            let name = &relationship.name;
            let python = scope.attribute(&name.value, name.span);
            let target = &keys[relationship.target.index()];
            let keys = if relationship.kind.is_to_one() {
                foreign_keys(&name.value, target)
                    .map(|wire| scope.member(wire, name.span))
                    .collect()
            } else {
                Vec::new()
            };
            let ids = (!relationship.kind.is_to_one()).then(|| {
                let wire = ids_name(&name.value);
                scope.wire(&wire, name.span);
                let python = scope.attribute(&wire, name.span);
                MemberName { wire, python }
            });
            RelationshipNames { python, keys, ids }
        })
        .collect();
    let inverses = entity
        .inverses
        .iter()
        .map(|inverse| scope.attribute(&inverse.name.value, inverse.name.span))
        .collect();
    let computed = entity
        .computed
        .iter()
        .map(|computed| {
            let (name, span) = (&computed.name.value, computed.name.span);
            scope.wire(name, span);
            scope.attribute(name, span)
        })
        .collect();
    Members { attributes, relationships, inverses, computed }
}

fn attribute_names(
    ir: &ApplicationIr,
    entity: &Entity,
    scope: &mut Scope<'_>,
) -> Vec<AttributeNames> {
    let mut names = Vec::new();
    for attribute in &entity.attributes {
        let (name, span) = (&attribute.name.value, attribute.name.span);
        scope.wire(name, span);
        let mut hashed = None;
        let mut parts = Vec::new();
        let python = scope.attribute(name, span);
        match attribute.ty {
            AttributeType::Value(value) => {
                for part in &ir.domain.values[value.index()].attributes {
                    parts.push(scope.hidden_member(part_name(name, &part.name.value), span));
                }
            }
            AttributeType::Password { .. } => {
                let column = format!("hashed_{name}");
                hashed = Some(scope.hidden_member(column, span).python);
            }
            _ => scope.column(name, span),
        }
        names.push(AttributeNames { python, hashed, parts });
    }
    names
}

fn foreign_keys<'a>(name: &'a str, target: &'a [KeyShape]) -> impl Iterator<Item = String> + 'a {
    target.iter().map(move |part| foreign_key_name(name, &part.wire))
}

fn part_name(owner: &str, part: &str) -> String {
    format!("{owner}_{part}")
}

/// `tag_ids` for `tags`.
fn ids_name(relationship: &str) -> String {
    format!("{}_ids", singular(relationship))
}

/// The singular of a relationship's name.
pub(super) fn singular(name: &str) -> String {
    let (head, last) = name.rsplit_once('_').map_or(("", name), |(head, last)| (head, last));
    let singular = inflection::singular(last);
    if head.is_empty() { singular } else { format!("{head}_{singular}") }
}

/// The names that are taken in one entity.
struct Scope<'a> {
    wires: BTreeMap<String, Span>,
    columns: BTreeMap<String, Span>,
    /// Declared names that became attributes.
    attributes: BTreeMap<String, Span>,
    /// Python names in use.
    python: BTreeSet<String>,
    /// Every name that is declared or follows from a declaration: an underscore must not hit one.
    declared: BTreeSet<String>,
    entity: Span,
    /// Whether the model's class body calls `text(…)`.
    calls_text: bool,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl<'a> Scope<'a> {
    fn new(
        ir: &ApplicationIr,
        keys: &[Vec<KeyShape>],
        entity: &Entity,
        diagnostics: &'a mut Vec<Diagnostic>,
    ) -> Self {
        let mut scope = Self {
            wires: BTreeMap::new(),
            columns: BTreeMap::new(),
            attributes: BTreeMap::new(),
            python: BTreeSet::new(),
            declared: declared(ir, keys, entity),
            entity: entity.name.span,
            calls_text: calls_text(entity),
            diagnostics,
        };
        for name in base_members(entity) {
            scope.member(name.to_owned(), entity.name.span);
            scope.declared.insert(name.to_owned());
        }
        scope
    }

    /// Takes a name on the wire.
    fn wire(&mut self, name: &str, span: Span) {
        if let Some(first) = self.wires.insert(name.to_owned(), span) {
            self.report(name, "name", first, span);
        }
    }

    /// Takes a column; databases do not tell upper from lower case everywhere.
    fn column(&mut self, name: &str, span: Span) {
        if let Some(first) = self.columns.insert(name.to_lowercase(), span) {
            self.report(name, "column", first, span);
        }
        if name.len() > 63 {
            self.diagnostics.push(
                Diagnostic::error(
                    Code::E0402,
                    format!("the column `{name}` would have a name of more than 63 bytes"),
                )
                .at(span, "PostgreSQL cuts such names")
                .help("choose a shorter name"),
            );
        }
    }

    /// Takes a Python attribute for a declared name.
    fn attribute(&mut self, name: &str, span: Span) -> PyIdent {
        if let Some(first) = self.attributes.insert(name.to_owned(), span)
            && !self.wires.get(name).is_some_and(|wire| *wire == span && first == span)
        {
            self.report(name, "member", first, span);
        }
        self.python_name(name)
    }

    fn python_name(&mut self, name: &str) -> PyIdent {
        let mut python = allowed(name);
        while reserved::is_attribute(&python)
            || (self.calls_text && python == "text")
            || self.python.contains(&python)
            || (python != name && self.declared.contains(&python))
        {
            python.push('_');
        }
        self.python.insert(python.clone());
        PyIdent::known(python)
    }

    /// A member with wire name, column and attribute.
    fn member(&mut self, name: String, span: Span) -> MemberName {
        self.wire(&name, span);
        self.hidden_member(name, span)
    }

    /// A member with column and attribute that is not on the wire by itself.
    fn hidden_member(&mut self, name: String, span: Span) -> MemberName {
        self.column(&name, span);
        let python = self.attribute(&name, span);
        MemberName { wire: name, python }
    }

    fn report(&mut self, name: &str, what: &str, first: Span, second: Span) {
        // One collision shows in several of the lists; it is told once.
        let told = self
            .diagnostics
            .last()
            .is_some_and(|last| last.code == Code::E0401 && last.span() == Some(second));
        if told {
            return;
        }
        let found = collision(name, what, first, second);
        self.diagnostics.push(if first == self.entity {
            found.help(
                "the base model has it already: rename this, or switch that part of `base` off",
            )
        } else {
            found.help("rename one of them")
        });
    }
}

/// Members that an entity has without declaring them.
/// What the base model adds, by name.
pub(super) fn base_members(entity: &Entity) -> Vec<&'static str> {
    let mut names = Vec::new();
    if entity.base.id != IdKind::Declared {
        names.push("id");
    }
    if entity.base.is_active {
        names.push("is_active");
    }
    if entity.base.timestamps {
        names.extend(["created_at", "updated_at"]);
    }
    if entity.optimistic_lock {
        names.push("version");
    }
    names
}

/// Every name that is declared in an entity or follows from a declaration.
fn declared(ir: &ApplicationIr, keys: &[Vec<KeyShape>], entity: &Entity) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for attribute in &entity.attributes {
        let name = &attribute.name.value;
        names.insert(name.clone());
        if let AttributeType::Value(value) = attribute.ty {
            let parts = &ir.domain.values[value.index()].attributes;
            names.extend(parts.iter().map(|part| part_name(name, &part.name.value)));
        }
    }
    for relationship in &entity.relationships {
        let name = &relationship.name.value;
        names.insert(name.clone());
        match relationship.kind {
            RelationshipKind::ManyToOne | RelationshipKind::OneToOne => {
                names.extend(foreign_keys(name, &keys[relationship.target.index()]));
            }
            RelationshipKind::ManyToMany | RelationshipKind::Through { .. } => {
                names.insert(ids_name(name));
            }
        }
    }
    names.extend(entity.inverses.iter().map(|inverse| inverse.name.value.clone()));
    names.extend(entity.computed.iter().map(|computed| computed.name.value.clone()));
    names
}

/// An identifier for a member that may begin as it does.
fn allowed(name: &str) -> String {
    let mut python = identifier(name.trim_start_matches('_')).to_string();
    if reserved::is_protected(&python) {
        // Pydantic protects a whole prefix, so that no suffix would help.
        python.insert_str(0, "its_");
    } else if python.starts_with('_') {
        // A leading underscore would make it private, and no suffix would help either.
        python.insert_str(0, "its");
    }
    python
}

/// The Python name of a member that stands in no model.
pub(super) fn schema_name(name: &str) -> PyIdent {
    let mut python = allowed(name);
    while reserved::is_attribute(&python) {
        python.push('_');
    }
    PyIdent::known(python)
}

/// Python names of the parts of a value object.
pub(super) fn part_names(parts: &[stratapi_ir::model::Attribute]) -> Vec<PyIdent> {
    let declared: BTreeSet<&str> = parts.iter().map(|part| part.name.value.as_str()).collect();
    let mut used = BTreeSet::new();
    let mut names = Vec::new();
    for part in parts {
        let name = part.name.value.as_str();
        let mut python = allowed(name);
        while reserved::is_attribute(&python)
            || used.contains(&python)
            || (python != name && declared.contains(python.as_str()))
        {
            python.push('_');
        }
        used.insert(python.clone());
        names.push(PyIdent::known(python));
    }
    names
}

/// Whether the body of the model's class calls `text(…)`: for defaults that are numbers, the
/// current day or texts with quotes, and for partial indexes. An attribute `text` would hide it.
fn calls_text(entity: &Entity) -> bool {
    let number = |ty: &AttributeType| {
        matches!(
            ty,
            AttributeType::Int(_)
                | AttributeType::BigInt(_)
                | AttributeType::Float(_)
                | AttributeType::Decimal { .. }
                | AttributeType::Date
                | AttributeType::Value(_)
        )
    };
    entity.attributes.iter().any(|attribute| match &attribute.default {
        Some(_) if number(&attribute.ty) => true,
        Some(DefaultValue::Literal(Literal::Text(text))) if text.is_empty() => true,
        Some(DefaultValue::Literal(literal)) => has_quotes(literal),
        _ => matches!(attribute.ty, AttributeType::Value(_)),
    }) || entity.indexes.iter().any(|index| index.condition.is_some())
}

fn has_quotes(literal: &Literal) -> bool {
    match literal {
        Literal::Text(text) => text.contains('\''),
        Literal::List(items) => items.iter().any(has_quotes),
        Literal::Map(members) => {
            members.iter().any(|(name, value)| name.contains('\'') || has_quotes(value))
        }
        Literal::Null | Literal::Bool(_) | Literal::Int(_) | Literal::Number(_) => false,
    }
}
