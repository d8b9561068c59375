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

    /// What an operation loads along with its rows. Operations with one view share it.
    pub(in crate::emit) fn loaded(self, operation: Operation) -> Option<Loaded<'a>> {
        let view = self.entity.view(self.operation(operation)?)?;
        let loaded = Loaded { layer: self, view };
        // What single reads load along anyway is no reason to read again.
        let loads = view.is_deep() || operation == Operation::List && !loaded.options().is_empty();
        loads.then_some(loaded)
    }

    /// All that operations load along, each once.
    pub(in crate::emit) fn loads(self) -> Vec<Loaded<'a>> {
        let mut found: Vec<Loaded<'a>> = Vec::new();
        for loaded in self.operations().filter_map(|plan| self.loaded(plan.operation)) {
            if found.iter().all(|known| known.view.class != loaded.view.class) {
                found.push(loaded);
            }
        }
        found
    }

    fn operations(self) -> impl Iterator<Item = &'a OperationPlan> {
        self.entity.resource.iter().flat_map(|resource| &resource.operations)
    }
}

/// What a view loads along with rows, whichever operations show it.
#[derive(Clone, Copy)]
pub(in crate::emit) struct Loaded<'a> {
    layer: Layer<'a>,
    view: &'a ViewPlan,
}

impl<'a> Loaded<'a> {
    /// The operations that show the view.
    fn operations(self) -> impl Iterator<Item = Operation> + 'a {
        let shows = move |plan: &&OperationPlan| {
            self.layer.entity.view(plan).is_some_and(|other| other.class == self.view.class)
        };
        self.layer.operations().filter(shows).map(|plan| plan.operation)
    }

    /// What its options and its method are called by: `shown` by single reads, `listed`, or by the write
    /// that is the first to show it.
    fn word(self) -> String {
        let shows = |operation: Operation| self.operations().any(|other| other == operation);
        if self.view.is_deep() && shows(Operation::Get) {
            return "shown".to_owned();
        }
        match self.operations().next() {
            _ if shows(Operation::List) => "listed".to_owned(),
            Some(Operation::Transition(_)) => "shown_by_transition".to_owned(),
            first => format!("shown_by_{}", first.map_or("write", |first| first.groups()[0])),
        }
    }

    /// Whether it is loaded for single rows, which have been read or written before.
    pub(in crate::emit) fn is_single(self) -> bool {
        self.view.is_deep() && self.operations().any(|operation| operation != Operation::List)
    }

    /// Whom it is loaded for: of operations that share it, one may be for everybody.
    pub(in crate::emit) fn caller(self) -> Caller {
        let callers = self.operations().map(|operation| self.layer.viewer(operation));
        callers.min().unwrap_or(Caller::No)
    }

    /// `caller`, where what is loaded differs by it.
    fn told(self) -> Option<Expr> {
        (self.caller() != Caller::No).then(|| name("caller"))
    }

    pub(in crate::emit) fn options(self) -> Vec<Expr> {
        options(self.layer.plan, self.layer.entity, self.view)
    }

    /// The name of the options in the repository's module: `_SHOWN`, or `_shown` for a caller.
    pub(in crate::emit) fn constant(self) -> PyIdent {
        let word = self.word();
        PyIdent::known(match self.told() {
            None => format!("_{}", word.to_uppercase()),
            Some(_) => format!("_{word}"),
        })
    }

    /// `*_SHOWN`, or `*_shown(caller)`
    pub(in crate::emit) fn starred(self) -> Expr {
        let options = name(self.constant());
        Expr::Starred(Box::new(match self.told() {
            None => options,
            Some(caller) => options.call_with([caller]),
        }))
    }

    /// The repository's method that loads it along with a row: `load_shown`.
    pub(in crate::emit) fn method(self) -> PyIdent {
        PyIdent::known(format!("load_{}", self.word()))
    }

    /// The arguments of that method: `post, caller`.
    pub(in crate::emit) fn arguments(self) -> impl Iterator<Item = Expr> {
        [name(self.layer.one())].into_iter().chain(self.told())
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
