//! Views: the classes that operations answer with, and what is loaded along for them.

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

    /// What the repository calls that which an operation loads along with its rows, and the options.
    /// Operations with one view share them: those of a single row `shown`, those of a list `listed`.
    pub(in crate::emit) fn loaded(self, operation: Operation) -> Option<(String, Vec<Expr>)> {
        let view = self.entity.view(self.operation(operation)?)?;
        let all = options(self.plan, self.entity, view);
        if all.is_empty() || operation != Operation::List && !view.is_deep() {
            return None;
        }
        let shows = |other: &OperationPlan| {
            self.entity.view(other).is_some_and(|other| other.class == view.class)
        };
        let known = |other: Operation| self.operation(other).is_some_and(shows);
        let word = if operation == Operation::Get || view.is_deep() && known(Operation::Get) {
            "shown".to_owned()
        } else if known(Operation::List) {
            "listed".to_owned()
        } else {
            let first = self.operations().find(|plan| shows(plan)).map(|plan| plan.operation);
            format!("shown_by_{}", verb(first.unwrap_or(operation)))
        };
        Some((word, all))
    }

    /// Whom the options of this name are loaded for: of operations that share them, one may be for everybody.
    pub(in crate::emit) fn loader_caller(self, word: &str) -> Caller {
        let sharing = self
            .operations()
            .map(|plan| plan.operation)
            .filter(|operation| self.loaded(*operation).is_some_and(|(known, _)| known == word));
        sharing.map(|operation| self.viewer(operation)).min().unwrap_or(Caller::No)
    }

    /// The options of this name, as the repository calls them: `_SHOWN`, or `_shown` for a caller.
    pub(in crate::emit) fn loader(self, word: &str) -> PyIdent {
        PyIdent::known(match self.loader_caller(word) {
            Caller::No => format!("_{}", word.to_uppercase()),
            Caller::Optional | Caller::Required => format!("_{word}"),
        })
    }

    /// The options of this name: `*_SHOWN`, or `*_shown(caller)`.
    pub(in crate::emit) fn loading(self, word: &str) -> Expr {
        let options = name(self.loader(word));
        Expr::Starred(Box::new(match self.loader_caller(word) {
            Caller::No => options,
            Caller::Optional | Caller::Required => options.call_with([name("caller")]),
        }))
    }

    /// What the methods are called that load along with single rows, and the options, each once.
    pub(in crate::emit) fn loads(self) -> Vec<String> {
        let single = self.operations().filter(|plan| plan.operation != Operation::List);
        let mut found = Vec::new();
        for (word, _) in single.filter_map(|plan| self.loaded(plan.operation)) {
            if !found.contains(&word) {
                found.push(word);
            }
        }
        found
    }

    fn operations(self) -> impl Iterator<Item = &'a OperationPlan> {
        self.entity.resource.iter().flat_map(|resource| &resource.operations)
    }
}

/// An operation that answers with one row, as a verb.
fn verb(operation: Operation) -> &'static str {
    match operation {
        Operation::Create | Operation::BulkCreate => "create",
        Operation::Update => "update",
        Operation::Replace => "replace",
        Operation::Transition(_) => "transition",
        Operation::List | Operation::Get | Operation::Delete | Operation::History(_) => "read",
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
