//! What repositories, services, routers and dependencies agree on: the names of an entity's parts,
//! and who has to be told who is calling.

pub(super) mod access;
pub(super) mod attribute;
pub(super) mod condition;
pub(super) mod envelope;
mod operand;
pub(super) mod operation;
pub(super) mod predicate;
mod rule;
pub(super) mod subquery;
pub(super) mod types;
pub(in crate::emit) mod view;

use stratapi_diagnostics::bug;
use stratapi_plan::{
    Architecture, AuthPlan, EntityPlan, FieldPlan, LinkPlan, ListForm, Operation, OperationPlan,
    PagePart, Pagination, Plan, PlannedFile, Presence, PyIdent, ReferencePlan, ResourcePlan,
    Subject,
};

use crate::python::Expr;
use crate::python::build::{arg, from, kw, name};
use crate::types::model as python_type;

/// Rows, and what a page tells of the others: `tuple[Sequence[Post], int]`.
pub(super) fn page_of(model: Expr, lists: &ListForm) -> Expr {
    let rows = from("collections.abc", "Sequence").index([model]);
    let more = if lists.shows(PagePart::Next) {
        name("str").or_none()
    } else if lists.shows(PagePart::Count) {
        name("int")
    } else {
        return rows;
    };
    name("tuple").index([rows, more])
}

/// The page of a statement that a query asks for by offset:
/// `await self.page(statement, limit=query.limit, offset=query.offset)`.
pub(super) fn page_by_offset(lists: &ListForm) -> Expr {
    let method = if lists.shows(PagePart::Count) { "page" } else { "rows" };
    let query = |member: &'static str| kw(member, name("query").attr(member));
    let arguments = [arg(name("statement")), query("limit"), query("offset")];
    name("self").attr(method).call(arguments).awaited()
}

/// Local names of the emitted functions; an entity's own names step aside.
const RESERVED: &[&str] = &[
    "Query",
    "allowed",
    "app",
    "arguments",
    "attribute",
    "caller",
    "cursor",
    "data",
    "detail",
    "entity_tag",
    "errors",
    "etag",
    "found",
    "header",
    "if_match",
    "if_none_match",
    "index",
    "item",
    "items",
    "key",
    "keys",
    "known",
    "limit",
    "list",
    "name",
    "next_cursor",
    "offset",
    "page",
    "parent",
    "problems",
    "query",
    "response",
    "router",
    "row",
    "rows",
    "self",
    "session",
    "settings",
    "shown",
    "similar",
    "slug",
    "statement",
    "taken",
    "text",
    "total",
    "type",
    "user_id",
    "value",
];

/// An entity, as these layers see it.
#[derive(Clone, Copy)]
pub(super) struct Layer<'a> {
    pub(super) plan: &'a Plan,
    pub(super) index: usize,
    pub(super) entity: &'a EntityPlan,
}

impl<'a> Layer<'a> {
    /// The entity with this index.
    pub(super) fn new(plan: &'a Plan, index: usize) -> Self {
        Self { plan, index, entity: &plan.entities[index] }
    }

    /// The entity that a file is about.
    pub(super) fn of(plan: &'a Plan, file: &PlannedFile) -> Self {
        match file.subject {
            Subject::Entity(index) => Self::new(plan, index),
            _ => bug!("{} is not about an entity", file.path),
        }
    }

    /// Another entity of the plan.
    pub(super) fn at(self, index: usize) -> Self {
        Self::new(self.plan, index)
    }

    /// Its resource.
    pub(super) fn resource(self) -> &'a ResourcePlan {
        match &self.entity.resource {
            Some(resource) => resource,
            None => bug!("{} is no resource", self.entity.name),
        }
    }

    /// One of its operations, if it is offered.
    pub(super) fn operation(
        self,
        operation: stratapi_plan::Operation,
    ) -> Option<&'a OperationPlan> {
        let resource = self.entity.resource.as_ref()?;
        resource.operations.iter().find(|plan| plan.operation == operation)
    }

    /// Whether its list is paged by cursor.
    pub(super) fn by_cursor(self) -> bool {
        self.resource().pagination == Pagination::Cursor
    }

    /// What services and repositories give for the list: the rows, and what the page tells of the others.
    pub(super) fn listed(self) -> Expr {
        page_of(self.model(), &self.resource().lists)
    }

    /// The entity whose collection holds this one.
    pub(super) fn parent(self) -> Option<(&'a stratapi_plan::ParentPlan, Layer<'a>)> {
        let parent = self.entity.resource.as_ref()?.parent.as_ref()?;
        Some((parent, self.at(parent.entity)))
    }

    /// It and the parents above it, as they stand in the path: the outermost first.
    pub(super) fn parents(self) -> Vec<&'a stratapi_plan::ParentPlan> {
        self.parent().map(|(parent, _)| parent.chain()).unwrap_or_default()
    }

    /// The entities whose collections hang below this one, at any depth.
    pub(super) fn descendants(self) -> impl Iterator<Item = Layer<'a>> {
        let resource = self.entity.resource.iter();
        resource.flat_map(|resource| &resource.descendants).map(move |index| self.at(*index))
    }

    /// Whether the body of an operation has any members.
    pub(super) fn has_members(self, operation: Operation) -> bool {
        let entity = self.entity;
        match operation {
            Operation::Update => entity.has_update,
            Operation::Replace => {
                let present = |presence: &Presence| *presence != Presence::Absent;
                entity.fields.iter().any(|field| present(&field.replace))
                    || entity.embedded.iter().any(|value| present(&value.replace))
                    || entity.references.iter().any(|reference| present(&reference.replace))
                    || self.chosen_links().next().is_some()
            }
            _ => entity.has_create,
        }
    }

    /// Sign-in, if this is the account.
    pub(super) fn account(self) -> Option<&'a AuthPlan> {
        self.plan.app.auth.as_ref().filter(|auth| auth.user == self.index)
    }

    /// The field that holds the role, if this is the account and has one.
    pub(super) fn role_field(self) -> Option<&'a FieldPlan> {
        self.account().and_then(|auth| auth.role).map(|index| &self.entity.fields[index])
    }

    /// Variable for one row.
    pub(super) fn one(self) -> PyIdent {
        local(&self.entity.one)
    }

    /// Variable for its service or repository.
    pub(super) fn many(self) -> PyIdent {
        let many = local(&self.entity.many);
        if many == self.one() { PyIdent::known(format!("all_{many}")) } else { many }
    }

    /// Whether repositories carry the use cases, with no services above them.
    pub(super) fn is_simple(self) -> bool {
        self.plan.app.architecture == Architecture::Simple
    }

    /// Name of a repository's query; without services the use cases have the plain names.
    pub(super) fn query(self, plain: &'static str) -> &'static str {
        match plain {
            "get" if self.is_simple() => "find",
            "list" if self.is_simple() && self.parent().is_some() => "find_page",
            "create" if self.is_simple() => "insert",
            "update" if self.is_simple() => "save",
            "delete" if self.is_simple() => "remove",
            _ => plain,
        }
    }

    /// Private attribute for its repository: `_posts`.
    pub(super) fn repository_attribute(self) -> PyIdent {
        PyIdent::known(format!("_{}", self.entity.many))
    }

    /// Private attribute for its service, where it is another's parent: `_post_service`.
    pub(super) fn service_attribute(self) -> PyIdent {
        if self.is_simple() {
            return self.repository_attribute();
        }
        PyIdent::known(format!("_{}_service", self.entity.module))
    }

    /// The model.
    pub(super) fn model(self) -> Expr {
        from("app.models", &self.entity.class)
    }

    /// An attribute of the model.
    pub(super) fn column(self, attribute: &PyIdent) -> Expr {
        self.model().attr(attribute)
    }

    /// A schema: `PostCreate`.
    pub(super) fn schema(self, suffix: &str) -> Expr {
        self.schema_class(PyIdent::known(format!("{}{suffix}", self.entity.stem)))
    }

    /// A class of its API models.
    fn schema_class(self, class: PyIdent) -> Expr {
        from(format!("app.schemas.{}", self.entity.module), class)
    }

    /// The repository's class.
    pub(super) fn repository(self) -> Expr {
        let module = format!("app.repositories.{}_repository", self.entity.module);
        from(module, PyIdent::known(format!("{}Repository", self.entity.stem)))
    }

    /// What carries the use cases, as a word: `service` or `repository`.
    pub(super) fn service_word(self) -> &'static str {
        if self.is_simple() { "repository" } else { "service" }
    }

    /// Name of the class that carries the use cases.
    pub(super) fn service_name(self) -> PyIdent {
        PyIdent::known(format!("{}{}", self.entity.stem, capitalised(self.service_word())))
    }

    /// The class that carries the use cases.
    pub(super) fn service(self) -> Expr {
        if self.is_simple() {
            return self.repository();
        }
        from(format!("app.services.{}_service", self.entity.module), self.service_name())
    }

    /// The dependency that gives the service.
    pub(super) fn service_dependency(self) -> PyIdent {
        PyIdent::known(format!("{}Dep", self.service_name()))
    }

    /// Path parameters of one row, with their types.
    pub(super) fn item_parameters(self) -> Vec<(PyIdent, Expr)> {
        let own = self.resource().item_parameters.iter();
        let own = own.map(|part| (part.name.clone(), python_type(self.plan, &part.ty)));
        self.parent_parameters().chain(own).collect()
    }

    /// Path parameters of the collection, if it is nested, with their types.
    pub(super) fn parent_parameters(self) -> impl Iterator<Item = (PyIdent, Expr)> {
        let parents = self.parents().into_iter();
        parents.map(move |it| (it.parameter.clone(), python_type(self.plan, &it.ty)))
    }

    /// The parts of the key, with their types.
    pub(super) fn key_parameters(self) -> Vec<(PyIdent, Expr)> {
        let key = self.entity.key.iter();
        key.map(|part| (part.parameter.clone(), python_type(self.plan, &part.ty))).collect()
    }

    /// The type of its key as one value: a tuple if it has several parts.
    pub(super) fn key_type(self) -> Expr {
        let parts = self.entity.key.iter().map(|part| python_type(self.plan, &part.ty));
        let mut parts: Vec<Expr> = parts.collect();
        if parts.len() == 1 { parts.remove(0) } else { name("tuple").index(parts) }
    }

    /// In words, at the start of a sentence: `Order item`.
    pub(super) fn label(self) -> String {
        capitalised(&self.entity.label)
    }

    /// References that the client chooses: each is checked to exist.
    pub(super) fn chosen_references(self) -> impl Iterator<Item = &'a ReferencePlan> {
        self.entity.references.iter().filter(|reference| {
            reference.create != Presence::Absent
                || reference.replace != Presence::Absent
                || reference.update
        })
    }

    /// Links that the client writes.
    pub(super) fn chosen_links(self) -> impl Iterator<Item = &'a LinkPlan> {
        self.entity.links.iter().filter(|link| link.writable && link.association.is_some())
    }

    /// Type of the account.
    pub(super) fn user(self) -> Expr {
        match &self.plan.app.auth {
            Some(auth) => self.at(auth.user).model(),
            None => bug!("a caller without sign-in"),
        }
    }

    /// `caller.id`
    pub(super) fn caller_key(self) -> Expr {
        match &self.plan.app.auth {
            Some(auth) => name("caller").attr(&self.at(auth.user).entity.key[0].attribute),
            None => bug!("a caller without sign-in"),
        }
    }
}

/// The text with a capital at its start.
pub(super) fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(characters).collect()
}

fn local(ident: &PyIdent) -> PyIdent {
    let taken = RESERVED.contains(&ident.as_str());
    if taken { PyIdent::known(format!("{ident}_")) } else { ident.clone() }
}

/// Whether a service method or route takes the caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Caller {
    /// No.
    No,
    /// Signed in or not.
    Optional,
    /// Signed in.
    Required,
}
