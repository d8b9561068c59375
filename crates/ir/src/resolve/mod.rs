//! From a checked tree to the resolved model, section by section. Each part reports what it finds
//! and goes on, so that one run tells everything.

mod access;
mod api;
mod attribute_rules;
mod attributes;
mod behavior;
mod circles;
mod column;
mod computed;
mod condition;
mod cycles;
mod decided;
mod domain;
mod entities;
mod expression;
mod flows;
mod header;
mod keys;
mod literal;
mod machines;
mod narrow;
mod operand;
mod path;
mod problems;
mod rate_limits;
mod relationships;
mod rows;
mod rules;
mod security;
mod seeds;
mod slots;
mod transition;
mod verdict;
mod views;
mod wire;

pub(crate) use api::OPERATIONS;

use std::collections::BTreeSet;

use indexmap::IndexMap;
use stratapi_diagnostics::{Checked, Code, Diagnostic, Span};

use crate::ENOUGH;
use crate::model::{
    Access, App, ApplicationIr, Architecture, Attribute, AttributeId, BaseConfig, DomainModelIr,
    Entity, EntityId, EnumId, Enumeration, RelationshipId, Role, RoleId, Spanned, ValueId,
    ValueObject,
};
use crate::read::Source;
use crate::shape::tables::ROOT;
use crate::shape::{Kind, check};
use crate::syntax::{Node, Value};

/// The names of an application and what they stand for, as far as it is known.
#[derive(Debug, Default)]
pub(crate) struct Context {
    pub(crate) findings: Vec<Diagnostic>,
    /// Columns of all entities so far.
    pub(crate) columns: usize,
    /// Whether the application is too large to go on.
    pub(crate) too_large: bool,
    pub(crate) enums: IndexMap<String, Enumeration>,
    pub(crate) values: IndexMap<String, ValueObject>,
    pub(crate) mixins: IndexMap<String, Group>,
    pub(crate) roles: IndexMap<String, Role>,
    pub(crate) entities: IndexMap<String, Draft>,
    /// Enums and value objects by their names in snake case.
    pub(crate) types: IndexMap<String, Spanned<String>>,
    pub(crate) base: Option<BaseConfig>,
    /// The entity of accounts.
    pub(crate) account: Option<EntityId>,
    /// Whether there is a `security` section.
    pub(crate) secured: bool,
    /// The header of API keys, where there are some.
    pub(crate) key_header: Option<String>,
    /// The account's attribute of type `role`.
    pub(crate) account_role: Option<AttributeId>,
    /// By offered entity: the rule of `update`, whether that is offered or not.
    pub(crate) changes: IndexMap<EntityId, Access>,
}

/// Attributes by name, and which of them are beyond use.
#[derive(Debug, Clone, Default)]
pub(crate) struct Group {
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) broken: BTreeSet<AttributeId>,
}

/// An entity on its way to be resolved.
#[derive(Debug)]
pub(crate) struct Draft {
    pub(crate) entity: Entity,
    pub(crate) attributes: IndexMap<String, AttributeId>,
    pub(crate) relationships: IndexMap<String, RelationshipId>,
    /// Names of its computed attributes.
    pub(crate) computed: BTreeSet<String>,
    /// Attributes that were reported: no more is said about them.
    pub(crate) broken: BTreeSet<AttributeId>,
    /// Relationships that were reported.
    pub(crate) loose: BTreeSet<RelationshipId>,
}

impl Context {
    pub(crate) fn report(&mut self, finding: Diagnostic) {
        self.findings.push(finding);
    }

    pub(crate) fn draft(&self, id: EntityId) -> &Draft {
        &self.entities[id.index()]
    }

    pub(crate) fn draft_mut(&mut self, id: EntityId) -> &mut Draft {
        &mut self.entities[id.index()]
    }

    pub(crate) fn entity_id(&self, name: &str) -> Option<EntityId> {
        self.entities.get_index_of(name).map(EntityId::at)
    }

    pub(crate) fn enum_id(&self, name: &str) -> Option<EnumId> {
        self.enums.get_index_of(name).map(EnumId::at)
    }

    pub(crate) fn value_id(&self, name: &str) -> Option<ValueId> {
        self.values.get_index_of(name).map(ValueId::at)
    }

    pub(crate) fn role_id(&self, name: &str) -> Option<RoleId> {
        self.roles.get_index_of(name).map(RoleId::at)
    }

    pub(crate) fn ids(&self) -> impl Iterator<Item = EntityId> + use<> {
        (0..self.entities.len()).map(EntityId::at)
    }

    /// Reports an unknown name with the closest known one.
    pub(crate) fn unknown(&mut self, what: &str, name: &str, span: Span, known: &[String]) {
        let help = if self.advises() {
            crate::suggest::advice(name, known.iter().map(String::as_str))
        } else {
            "correct the name, or declare it".to_owned()
        };
        let message = if what.contains(" of ") {
            format!("`{name}` is no {what}")
        } else {
            format!("unknown {what} `{name}`")
        };
        self.findings
            .push(Diagnostic::error(Code::E0205, message).at(span, "unknown name").help(help));
    }

    /// Whether so much was found that looking on is pointless.
    pub(crate) fn is_full(&self) -> bool {
        self.too_large || self.findings.len() >= ENOUGH
    }

    /// Whether advice is still looked for: among thousands of names, for thousands of findings, it
    /// would take longer than anybody waits.
    pub(crate) fn advises(&self) -> bool {
        self.findings.len() < 20
    }

    /// The entity of a name, or a report.
    pub(crate) fn find_entity(&mut self, name: &str, span: Span) -> Option<EntityId> {
        let found = self.entity_id(name);
        if found.is_none() {
            let names = self.entities.keys().filter(|_| self.advises());
            let known: Vec<String> = names.cloned().collect();
            self.unknown("entity", name, span, &known);
        }
        found
    }
}

/// Reports that two declarations have the same name in some form.
pub(crate) fn same_name(
    what: &str,
    form: &str,
    first: &Spanned<String>,
    second: &Spanned<String>,
) -> Diagnostic {
    Diagnostic::error(
        Code::E0302,
        format!("the {what} of `{}` and `{}` are both `{form}`", first.value, second.value),
    )
    .at(second.span, format!("becomes `{form}`"))
    .also(first.span, format!("becomes `{form}` too"))
    .help("rename one of them")
}

/// Two members of an entity whose names become the same.
pub(crate) fn clash(
    entity: &str,
    form: &str,
    first: &Spanned<String>,
    second: &Spanned<String>,
) -> Diagnostic {
    if first.value != second.value {
        return same_name("names", form, first, second);
    }
    Diagnostic::error(Code::E0206, format!("`{entity}` has `{}` already", second.value))
        .at(second.span, "declared here again")
        .also(first.span, "first declared here")
        .help("rename one of them")
}

/// Resolves a whole document.
pub(crate) fn resolve(mut root: Node) -> Checked<ApplicationIr> {
    let mut context = Context::default();
    if let Some(finding) = version(&root) {
        context.report(finding);
    }
    check(&mut root, &Kind::Shape(&ROOT), "the document", &mut context.findings);
    if context.is_full() {
        return given_up(context);
    }
    let app = app(&root, &mut context);
    let section = |key: &str| root.get(key);
    security::roles(section("security"), &mut context);
    domain::domain(section("domain"), &mut context);
    if context.is_full() {
        return given_up(context);
    }
    let authentication = security::authentication(section("security"), &mut context);
    circles::relax(section("api"), &mut context);
    domain::finish(section("domain"), &mut context);
    let mut api = api::api(section("api"), authentication.as_ref(), &mut context);
    let behavior = behavior::behavior(section("behavior"), &api, &mut context);
    views::check_used(&api, &behavior, &mut context);
    rate_limits::check(section("api"), &api, &behavior, &mut context);
    api.endpoints = flows::endpoints(section("api"), &behavior, &api, &mut context);
    rules::check(authentication.as_ref(), &api, &mut context);
    let seeded = seeds::seeds(section("domain"), &api, &behavior, &mut context);
    let security =
        authentication.map(|found| security::join(found, section("security"), &mut context));
    let Context { mut findings, enums, values, entities, .. } = context;
    sort(&mut findings);
    let domain = DomainModelIr {
        enums: enums.into_values().collect(),
        values: values.into_values().collect(),
        entities: entities.into_values().map(|draft| draft.entity).collect(),
        seeded,
    };
    Checked::new(ApplicationIr { app, domain, api, behavior, security }, findings)
}

/// What was found by then.
fn given_up(mut context: Context) -> Checked<ApplicationIr> {
    sort(&mut context.findings);
    Checked::failed(context.findings)
}

/// By place.
fn sort(findings: &mut [Diagnostic]) {
    findings.sort_by_key(|finding| {
        finding.span().map_or((u32::MAX, 0), |span| (span.file.0, span.start))
    });
}

fn version(root: &Node) -> Option<Diagnostic> {
    let node = root.get("stratapi")?;
    let good = matches!(&node.value, Value::Int(digits) if digits == "1");
    (!good).then(|| {
        Diagnostic::error(Code::E0208, "this version of the language is not known")
            .at(node.span, "not a version that this compiler reads")
            .help("write `stratapi: 1`")
    })
}

fn app(root: &Node, context: &mut Context) -> App {
    let empty = Node { span: root.span, value: Value::Null };
    let node = root.get("app").unwrap_or(&empty);
    let name = node.text("name");
    if let Some(name) = name {
        app_name(name, context);
    }
    let name = name.map_or(Spanned { value: String::new(), span: node.span }, |name| name.owned());
    let title =
        node.text("title").map_or_else(|| titled(&name.value), |title| title.text.to_owned());
    if let Some(source) = node.text("title")
        && (source.text.trim().is_empty() || source.text.chars().any(char::is_control))
    {
        context.report(
            Diagnostic::error(Code::E0301, "`title` must be one line of text")
                .at(source.span, "")
                .help("write it on one line, without control characters"),
        );
    }
    if let Some(version) = node.text("version") {
        check_version(version, context);
    }
    let version = node.text("version").map_or("0.1.0", |version| version.text).to_owned();
    let architecture = match node.text("architecture").map(|word| word.text) {
        Some("layered") => Architecture::Layered,
        Some("simple") => Architecture::Simple,
        _ => Architecture::Auto,
    };
    App { name, title, description: node.string("description"), version, architecture }
}

/// A version that Python's packaging takes, since the project is a Python package.
fn check_version(version: Source<'_>, context: &mut Context) {
    let number =
        |text: &str| (1..=9).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    let head =
        version.text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(version.text.len());
    let (release, suffix) = version.text.split_at(head);
    let release = if suffix.is_empty() { release } else { release.trim_end_matches('.') };
    let suffix = suffix.trim_start_matches('-');
    let rest = ["alpha", "beta", "rc", "dev", "post", "a", "b"]
        .iter()
        .find_map(|word| suffix.strip_prefix(word))
        .map(|rest| rest.trim_start_matches(['.', '-']));
    let suffix_good = suffix.is_empty() && head == version.text.len()
        || rest.is_some_and(|rest| rest.is_empty() || number(rest));
    if suffix_good && release.split('.').count() <= 4 && release.split('.').all(number) {
        return;
    }
    context.report(
        Diagnostic::error(Code::E0301, "this can't be the version of a Python package")
            .at(version.span, "")
            .help("write such as `1.0.0` or `1.0.0rc1`"),
    );
}

fn app_name(name: Source<'_>, context: &mut Context) {
    let good = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
    let text = name.text;
    let fits = text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.ends_with(|c: char| c.is_ascii_alphanumeric())
        && text.chars().all(good)
        && text.len() <= 50;
    if fits {
        crate::names::check_file(name, &mut context.findings);
        return;
    }
    let plain = crate::names::kebab(text);
    let help = if plain.is_ascii()
        && plain.starts_with(|c: char| c.is_ascii_lowercase())
        && plain.len() <= 50
    {
        format!("write `{plain}`")
    } else {
        "write 1 to 50 lower case letters, digits, `-` and `_`, a letter first".to_owned()
    };
    context.report(
        Diagnostic::error(Code::E0301, "this can't be the name of a project")
            .at(name.span, "lower case letters, digits, `-` and `_`, a letter first")
            .help(help),
    );
}

/// `my-app` in words with capitals: `My App`.
fn titled(name: &str) -> String {
    let words = name.split(['-', '_']).filter(|word| !word.is_empty());
    let capital = |word: &str| {
        let (head, tail) = word.split_at(word.chars().next().map_or(0, char::len_utf8));
        format!("{}{tail}", head.to_uppercase())
    };
    words.map(capital).collect::<Vec<_>>().join(" ")
}
