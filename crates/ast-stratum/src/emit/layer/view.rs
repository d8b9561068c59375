//! Views: the classes that reads answer with, and what is loaded along for them.

use stratapi_plan::{
    EntityPlan, Gate, NestedPlan, Operation, OperationPlan, Plan, PyIdent, ViewPlan,
};

use super::access::mentions_caller;
use super::{Caller, Layer};
use crate::python::Expr;
use crate::python::build::{arg, boolean, from, kw, name};

/// The module that declares the classes of views.
const MODULE: &str = "app.schemas.views";

impl<'a> Layer<'a> {
    /// The view of an operation, where it shows more than every read loads.
    pub(in crate::emit) fn deep_view(self, operation: Operation) -> Option<&'a ViewPlan> {
        self.entity.view(self.operation(operation)?).filter(|view| view.is_deep())
    }

    /// Whom the view of an operation is loaded for: what it shows may differ by caller.
    pub(in crate::emit) fn viewer(self, operation: Operation) -> Caller {
        let plan = self.operation(operation);
        let told = plan
            .and_then(|plan| self.entity.view(plan))
            .is_some_and(|it| self.plan.tells_caller(it));
        match plan.map(|plan| &plan.access.gate).filter(|_| told) {
            None => Caller::No,
            Some(Gate::Public) => Caller::Optional,
            Some(Gate::Authenticated | Gate::Roles(_)) => Caller::Required,
        }
    }

    /// The class of what an operation says of one row: `PostRead`, or the class of its view.
    pub(in crate::emit) fn row_class(self, plan: &OperationPlan) -> Expr {
        match self.entity.view(plan) {
            Some(view) => from(MODULE, &view.class),
            None => self.schema_class(self.entity.read_class()),
        }
    }

    /// A row as an operation shows it to the caller.
    pub(in crate::emit) fn shown(self, plan: &OperationPlan, row: Expr, caller: Expr) -> Expr {
        match self.entity.view(plan) {
            Some(_) => self.row_class(plan).attr("model_validate").call_with([row]),
            None => self.represented(row, caller),
        }
    }

    /// What the repository calls the options that an operation loads along, and these. Two operations
    /// with one view share them.
    pub(in crate::emit) fn loaded(self, operation: Operation) -> Option<(PyIdent, Vec<Expr>)> {
        let view = self.entity.view(self.operation(operation)?)?;
        let all = options(self.plan, self.entity, view);
        if all.is_empty() || operation == Operation::Get && !view.is_deep() {
            return None;
        }
        let get = self.deep_view(Operation::Get);
        let shared = get.is_some_and(|other| other.class == view.class);
        let word = if shared || operation == Operation::Get { "shown" } else { "listed" };
        let told = self.viewer(operation) != Caller::No;
        let constant = if told { format!("_{word}") } else { format!("_{}", word.to_uppercase()) };
        Some((PyIdent::known(constant), all))
    }

    /// The options that an operation loads along: `*_SHOWN`, or `*_shown(caller)`.
    pub(in crate::emit) fn loading(self, operation: Operation) -> Option<Expr> {
        let (options, _) = self.loaded(operation)?;
        let options = match self.viewer(operation) {
            Caller::No => name(options),
            Caller::Optional | Caller::Required => name(options).call_with([name("caller")]),
        };
        Some(Expr::Starred(Box::new(options)))
    }
}

/// What a view loads along with each row of its entity.
fn options(plan: &Plan, entity: &EntityPlan, view: &ViewPlan) -> Vec<Expr> {
    let flags = view.flags().map(|index| {
        let flag = &entity.flags[index];
        let told = from("app.repositories.viewer", &flag.function);
        let told = told.call_with(mentions_caller(&flag.predicate).then(|| name("caller")));
        let attribute = from("app.models", &entity.class).attr(&flag.attribute);
        from("sqlalchemy.orm", "with_expression").call_with([attribute, told])
    });
    // The keys of linked rows are read from the rows themselves.
    let rows = |attribute: &PyIdent| view.nested().any(|it| it.relationship == *attribute);
    let links = entity.links.iter().filter(|link| view.showing(&link.ids_attribute).is_some());
    let links = links.filter(|link| !rows(&link.attribute)).map(|link| {
        let linked = from("app.models", &entity.class).attr(&link.attribute);
        from("sqlalchemy.orm", "selectinload").call_with([linked])
    });
    let nested = view.nested().map(|nested| option(plan, entity, nested));
    flags.chain(links).chain(nested).collect()
}

/// `selectinload(Post.comments).options(joinedload(Comment.author, innerjoin=True))`
fn option(plan: &Plan, entity: &EntityPlan, nested: &NestedPlan) -> Expr {
    let target = &plan.entities[nested.entity];
    let view = &target.views[nested.view];
    let mut attribute = from("app.models", &entity.class).attr(&nested.relationship);
    // What is told of rows is told in a statement of their own.
    let load = if nested.many || plan.tells_caller(view) {
        if target.soft_delete && nested.many {
            let active = from("app.models", &target.class).attr("is_active");
            attribute = attribute.attr("and_").call_with([active]);
        }
        from("sqlalchemy.orm", "selectinload").call_with([attribute])
    } else {
        let inner = (!nested.nullable).then(|| kw("innerjoin", boolean(true)));
        from("sqlalchemy.orm", "joinedload").call(std::iter::once(arg(attribute)).chain(inner))
    };
    let below = options(plan, target, view);
    if below.is_empty() { load } else { load.attr("options").call_with(below) }
}
