//! Names of entities, enums and value objects: classes, modules and variables.

use std::collections::{BTreeMap, BTreeSet};

use heck::ToShoutySnakeCase;
use stratapi_diagnostics::{Code, Diagnostic, Span};
use stratapi_ir::model::{ApplicationIr, Entity};
use stratapi_ir::snake;

use super::reserved;
use crate::PyIdent;

/// Names that Python code has for an entity.
#[derive(Debug, Clone)]
pub(super) struct EntityNames {
    pub(super) class: PyIdent,
    pub(super) stem: PyIdent,
    pub(super) module: PyIdent,
    pub(super) router_module: PyIdent,
    pub(super) one: PyIdent,
    pub(super) many: PyIdent,
    /// The name as an identifier, for functions: `get_query` even where `one` differs.
    pub(super) word: PyIdent,
    /// The plural as an identifier, for functions: `list_news` even where `many` differs.
    pub(super) plural: PyIdent,
    pub(super) label: String,
}

/// Names of everything that gets a class of its own.
#[derive(Debug)]
pub(super) struct Names {
    pub(super) entities: Vec<EntityNames>,
    /// Of enums in order; the roles' class last, if there are roles.
    pub(super) enums: Vec<PyIdent>,
    /// Schema classes of the value objects.
    pub(super) values: Vec<PyIdent>,
    /// Dataclasses of the value objects.
    pub(super) value_models: Vec<PyIdent>,
}

/// Decides the names; collisions become diagnostics.
pub(super) fn names(ir: &ApplicationIr, diagnostics: &mut Vec<Diagnostic>) -> Names {
    let mut classes = Classes::declared(ir, diagnostics);
    let enums = enum_classes(ir, &mut classes);
    let (values, value_models) = value_classes(ir, &mut classes);
    let account = ir.security.as_ref().map(|security| security.authentication.user.index());
    let mut modules = BTreeMap::new();
    let mut plurals = BTreeMap::new();
    let entities = ir
        .domain
        .entities
        .iter()
        .enumerate()
        .map(|(index, entity)| {
            let (class, stem) = classes.entity(&entity.name.value);
            let module = module(&entity.name.value);
            let plural = identifier(&snake(&entity.plural));
            claim(&mut modules, module.as_str(), entity, "module", diagnostics);
            claim(&mut plurals, plural.as_str(), entity, "plural", diagnostics);
            let (one, many) = variables(&entity.name.value, &plural, account == Some(index));
            let router_module = free_module(plural.as_str());
            let label = label(&entity.name.value);
            let word = identifier(&snake(&entity.name.value));
            EntityNames { class, stem, module, router_module, one, many, word, plural, label }
        })
        .collect();
    Names { entities, enums, values, value_models }
}

/// Class names in use and what they stand for.
struct Classes<'a> {
    declared: BTreeMap<&'a str, Span>,
    given: BTreeSet<String>,
    reserved: BTreeSet<&'static str>,
    /// Stems of which some schema class would have a name that is taken.
    blocked: BTreeSet<String>,
}

impl<'a> Classes<'a> {
    /// Takes the declared names of all kinds; two of one name are an error.
    fn declared(ir: &'a ApplicationIr, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let domain = &ir.domain;
        let all = (domain.entities.iter().map(|entity| &entity.name))
            .chain(domain.enums.iter().map(|enumeration| &enumeration.name))
            .chain(domain.values.iter().map(|value| &value.name));
        let mut declared = BTreeMap::new();
        for name in all {
            if let Some(first) = declared.insert(name.value.as_str(), name.span) {
                diagnostics.push(collision(&name.value, "name", first, name.span));
            }
        }
        let reserved: BTreeSet<&str> = reserved::reserved_class_names().iter().copied().collect();
        let taken = declared.keys().chain(&reserved);
        let blocked = taken.flat_map(|name| stems(name)).map(str::to_owned).collect();
        Self { declared, given: BTreeSet::new(), reserved, blocked }
    }

    fn taken(&self, name: &str) -> bool {
        // Dependencies are named by roles as well: `AdminDep`.
        let dependency = name.ends_with("Dep");
        dependency || self.reserved.contains(name) || self.given.contains(name)
    }

    fn give(&mut self, name: String) -> PyIdent {
        self.given.insert(name.clone());
        PyIdent::known(name)
    }

    /// The model's class and the stem of the schemas.
    fn entity(&mut self, name: &str) -> (PyIdent, PyIdent) {
        let name = pascal(name);
        let mut class = name.clone();
        while self.taken(&class) {
            class.push_str("Entity");
        }
        let mut stem = name;
        while PyIdent::new(stem.as_str()).is_none() || self.blocked.contains(&stem) {
            stem.push_str("Entity");
        }
        // `Post` + `BulkCreate` and `PostBulk` + `Create` are one name.
        self.blocked.insert(format!("{stem}Bulk"));
        self.blocked.extend(stem.strip_suffix("Bulk").map(str::to_owned));
        self.blocked.insert(stem.clone());
        (self.give(class), PyIdent::known(stem))
    }

    /// A class of another kind; `suffix` tells it apart where its name is taken.
    fn other(&mut self, name: &str, suffix: &str) -> PyIdent {
        let mut class = pascal(name);
        while self.taken(&class) {
            class.push_str(suffix);
        }
        self.give(class)
    }
}

/// The stems of which a schema class would have this name.
fn stems(class: &str) -> impl Iterator<Item = &str> {
    reserved::CLASS_SUFFIXES.iter().filter_map(move |suffix| class.strip_suffix(suffix))
}

fn enum_classes(ir: &ApplicationIr, classes: &mut Classes<'_>) -> Vec<PyIdent> {
    let mut enums: Vec<PyIdent> = ir
        .domain
        .enums
        .iter()
        .map(|enumeration| classes.other(&enumeration.name.value, "Enum"))
        .collect();
    if let Some(security) = ir.security.as_ref().filter(|security| !security.roles.is_empty()) {
        let user = &ir.domain.entities[security.authentication.user.index()].name.value;
        let mut name = format!("{}Role", pascal(user));
        while classes.declared.contains_key(name.as_str()) {
            name.push_str("Enum");
        }
        enums.push(classes.other(&name, "Enum"));
    }
    enums
}

fn value_classes(ir: &ApplicationIr, classes: &mut Classes<'_>) -> (Vec<PyIdent>, Vec<PyIdent>) {
    let mut schemas = Vec::new();
    let mut models = Vec::new();
    for value in &ir.domain.values {
        let schema = classes.other(&value.name.value, "Value");
        let mut model = format!("{schema}Value");
        while classes.declared.contains_key(model.as_str()) {
            model.push_str("Value");
        }
        models.push(classes.other(&model, "Value"));
        schemas.push(schema);
    }
    (schemas, models)
}

fn claim(
    taken: &mut BTreeMap<String, Span>,
    name: &str,
    entity: &Entity,
    what: &str,
    diagnostics: &mut Vec<Diagnostic>,
) {
    if let Some(first) = taken.insert(name.to_owned(), entity.name.span) {
        let help = match what {
            "plural" => "give one of them another `plural`",
            _ => "rename one of them",
        };
        diagnostics.push(collision(name, what, first, entity.name.span).help(help));
    }
}

/// The finding that two declarations end up with one name.
pub(super) fn collision(name: &str, what: &str, first: Span, second: Span) -> Diagnostic {
    Diagnostic::error(Code::E0401, format!("two declarations get the {what} `{name}`"))
        .at(second, format!("this gets the {what} `{name}`"))
        .also(first, "this gets it too")
}

/// The module of an entity: `order_item`.
fn module(name: &str) -> PyIdent {
    free_module(identifier(&snake(name)).as_str())
}

fn free_module(name: &str) -> PyIdent {
    let mut name = name.to_owned();
    while reserved::is_module(&name) {
        name.push_str("_entity");
    }
    PyIdent::known(name)
}

/// Variables for one row and for several.
fn variables(name: &str, plural: &PyIdent, account: bool) -> (PyIdent, PyIdent) {
    let free = |name: String| {
        let own = account && name == "user";
        if reserved::is_variable(&name) && !own { format!("{name}_row") } else { name }
    };
    let one = free(identifier(&snake(name)).to_string());
    let many = free(plural.to_string());
    let many = if many == one || reserved::is_variable(plural.as_str()) {
        format!("{}_rows", plural.as_str())
    } else {
        many
    };
    (PyIdent::known(one), PyIdent::known(many))
}

/// A member's name in snake case, as a part of names of functions: `get_by_{word}`.
pub(super) fn word(wire: &str) -> String {
    snake(wire)
}

/// The variable or parameter for a value of a member. No two members of an entity agree in snake
/// case, and none ends with an underscore there.
pub(super) fn variable(wire: &str) -> PyIdent {
    let name = identifier(&word(wire));
    if reserved::is_local(name.as_str()) { PyIdent::known(format!("{name}_")) } else { name }
}

/// The variable for a row or a value of a flow: no two of one flow agree, and none ends with an
/// underscore.
pub(super) fn flow_variable(declared: &str) -> PyIdent {
    let name = identifier(declared);
    if reserved::is_of_flows(name.as_str()) { PyIdent::known(format!("{name}_")) } else { name }
}

/// The member of a body that holds a value of a flow.
pub(super) fn flow_member(declared: &str) -> PyIdent {
    let name = identifier(declared);
    let taken = reserved::is_attribute(name.as_str()) || reserved::is_protected(name.as_str());
    if taken { PyIdent::known(format!("{name}_")) } else { name }
}

/// A text as words in lower case: `order item`.
pub(super) fn label(name: &str) -> String {
    snake(name).replace('_', " ")
}

/// An identifier in snake case as it stands, with an underscore where it is a keyword.
pub(super) fn identifier(text: &str) -> PyIdent {
    let mut text: String =
        text.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    if text.is_empty() || text.starts_with(|c: char| c.is_ascii_digit()) {
        text.insert(0, '_');
    }
    PyIdent::new(text.as_str()).unwrap_or_else(|| PyIdent::known(format!("{text}_")))
}

/// A class name as it stands; a keyword (`None`) is told apart by what the table of reserved
/// names makes of it.
fn pascal(text: &str) -> String {
    let kept: String = text.chars().filter(char::is_ascii_alphanumeric).collect();
    if kept.starts_with(|c: char| c.is_ascii_alphabetic()) { kept } else { format!("X{kept}") }
}

/// A member of an enum: `IN_REVIEW`; `taken` are those before it.
pub(super) fn member(value: &str, taken: &[PyIdent]) -> PyIdent {
    let ascii: String =
        value.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    let mut name = ascii.to_shouty_snake_case();
    if name.is_empty() {
        name.push_str("VALUE");
    } else if name.starts_with(|c: char| c.is_ascii_digit()) {
        name.insert_str(0, "VALUE_");
    }
    let free = |name: &str| taken.iter().all(|other| other.as_str() != name);
    let mut numbered = name.clone();
    let mut number = 2_usize;
    while !free(&numbered) {
        numbered = format!("{name}_{number}");
        number += 1;
    }
    PyIdent::known(numbered)
}

/// `a post`, `an order`.
pub(super) fn with_article(label: &str) -> String {
    let vowel = label.starts_with(['a', 'e', 'i', 'o', 'u']);
    let sounds_like_consonant =
        ["user", "uni", "usa", "use", "one", "eu"].iter().any(|start| label.starts_with(start));
    let article = if vowel && !sounds_like_consonant { "an" } else { "a" };
    format!("{article} {label}")
}

/// Text of a docstring: the description, or else this sentence; ends with a full stop.
pub(super) fn doc(description: &str, otherwise: &str) -> String {
    let text = description.trim();
    let text = if text.is_empty() { otherwise } else { text };
    if text.ends_with(['.', '!', '?']) { text.to_owned() } else { format!("{text}.") }
}

/// The first letter in upper case.
pub(super) fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().collect::<String>() + letters.as_str()
    })
}
