//! `app/repositories/post_repository.py`: the queries on one entity.

mod held;
mod list;
mod order;
mod rules;

pub(super) use list::caller as list_caller;
pub(super) use rules::decided;

use stratapi_plan::{Artifact, LinkPlan, Operation, Plan, PlannedFile, PyIdent, ValueKind};

use super::layer::predicate::loader;
use super::layer::view::Loaded;
use super::layer::{Caller, Layer};
use super::service;
use crate::python::build::{
    arg, assign, async_def, from, int, kw, list as list_of, name, ret, text, tuple,
};
use crate::python::{Expr, FunctionDef, Module, Stmt, artifact};
use crate::types;

/// Emits the repository of an entity.
pub(super) fn emit(plan: &Plan, file: &PlannedFile) -> Artifact {
    let layer = Layer::of(plan, file);
    let mut module = Module::new(format!("Queries on {}.", layer.entity.label_plural));
    let lists = list::offered(layer);
    let compared = predicate_constants(layer);
    module = module.body(compared.clone());
    if lists {
        module = module.body(order::orders(layer));
    }
    let held = held::constants(layer).into_iter().filter(|it| !compared.contains(it));
    module = module.body(held);
    let merged = layer.is_simple() && layer.entity.resource.is_some();
    if merged {
        let known = [compared, held::constants(layer)].concat();
        let own = service::constants(layer).into_iter().filter(|it| !known.contains(it));
        module = module.body(own);
    }
    let (constants, functions): (Vec<Stmt>, Vec<Stmt>) =
        loaded(layer).into_iter().partition(|it| matches!(it, Stmt::Assign(..)));
    module = module.body(constants);
    module = module.body([class(layer).stmt()]).body(held::functions(layer));
    if merged {
        module = module.body(service::rules(layer));
    }
    module = module.body(functions);
    if lists {
        module = module.body(list::narrowing(layer).into_iter().map(FunctionDef::stmt));
        module = module.body(list::visible_to(layer).map(FunctionDef::stmt));
    }
    artifact(file, &module)
}

/// Numbers that the rules compare with which the database decides.
fn predicate_constants(layer: Layer) -> Vec<Stmt> {
    let rules: Vec<_> = rules::all(layer).map(|rule| rule.predicate).collect();
    super::layer::predicate::constants(layer.plan, list::rule(layer).iter().chain(&rules))
}

fn class(layer: Layer) -> crate::python::ClassDef {
    let base = from("app.repositories.base", "Repository").index([layer.model()]);
    let mut body = vec![assign("model", layer.model())];
    let options = options(layer);
    if !options.is_empty() {
        body.push(assign("options", tuple(options)));
    }
    let computed: Vec<Expr> = super::computed::related(layer.entity)
        .map(|computed| text(computed.attribute.as_str()))
        .collect();
    if !computed.is_empty() {
        body.push(assign("computed", tuple(computed)));
    }
    let mut methods = Vec::new();
    let merged = layer.is_simple() && layer.entity.resource.is_some();
    methods.extend(merged.then(|| service::initialiser(layer)).flatten());
    if layer.entity.soft_delete {
        methods.push(select(layer));
    }
    methods.push(get(layer));
    methods.extend(uniques(layer).into_iter().map(|field| get_by(layer, field)));
    if is_linked(layer) {
        methods.push(get_many(layer));
    }
    if list::offered(layer) {
        methods.push(list::method(layer));
    }
    let along = layer.loads().into_iter().filter(|along| along.is_single());
    methods.extend(along.map(|along| load(layer, along)));
    let held = held::held(layer, |when| when.create);
    if view_links(layer).next().is_some() || chooses_key(layer) || !held.is_empty() {
        methods.push(create(layer, held));
    }
    methods.extend(held::writes(layer));
    methods.extend(slugs(layer));
    methods.extend(held::methods(layer));
    methods.extend(rules::methods(layer));
    if merged {
        methods.extend(service::use_cases(layer));
    }
    body.extend(methods.into_iter().map(FunctionDef::stmt));
    crate::python::build::class(PyIdent::known(format!("{}Repository", layer.entity.stem)))
        .base(base)
        .doc(format!("{}.", super::layer::capitalised(&layer.entity.label_plural)))
        .body(body)
}

/// What every read loads along: linked rows, whose keys are read, and the rows on the way to an owner.
fn options(layer: Layer) -> Vec<Expr> {
    let mut options = Vec::new();
    let rules = layer.entity.resource.iter().flat_map(|_| layer.rules());
    for rule in rules.filter(|rule| !rule.is_of_database()) {
        super::layer::access::owner_paths(&rule.predicate, &mut |steps| {
            let path = &steps[..steps.len().saturating_sub(1)];
            options.extend(loader(layer.plan, path).filter(|option| !options.contains(option)));
        });
    }
    for link in &layer.entity.links {
        let linked = layer.column(&link.attribute);
        options.push(from("sqlalchemy.orm", "selectinload").call_with([linked]));
    }
    options
}

/// Links through an entity: they are only read.
pub(super) fn view_links(layer: Layer<'_>) -> impl Iterator<Item = &LinkPlan> {
    layer.entity.links.iter().filter(|link| link.association.is_none())
}

fn is_linked(layer: Layer) -> bool {
    layer.entity.referrers.iter().map(|index| layer.at(*index)).any(|other| {
        let mut links = other.entity.links.iter();
        let in_bulk = other.operation(Operation::BulkCreate).is_some();
        links.any(|link| link.target == layer.index && link.association.is_some())
            || in_bulk && other.chosen_references().any(|it| it.target == layer.index)
    })
}

/// Fields by which one row is looked for: the login and the lookup.
fn uniques(layer: Layer) -> Vec<usize> {
    let login = layer.account().map(|auth| auth.login);
    let lookup = layer.entity.resource.as_ref().and_then(|resource| resource.lookup);
    let second = lookup.filter(|lookup| login != Some(*lookup));
    login.into_iter().chain(second).collect()
}

fn select(layer: Layer) -> FunctionDef {
    let model = layer.model();
    let statement = name("super").call([]).attr("select").call([]);
    crate::python::build::def("select")
        .method()
        .returns(from("sqlalchemy", "Select").index([model]))
        .doc(format!(
            "Return the base statement; deleted {} are out of sight.",
            layer.entity.label_plural
        ))
        .body([ret(statement.attr("where").call_with([active(layer)]))])
}

/// `Post.is_active == true()`
fn active(layer: Layer) -> Expr {
    let always = from("sqlalchemy", "true").call([]);
    layer.model().attr("is_active").eq(always)
}

/// `await self.session.scalar(self.select().where(…))`
fn one_row(conditions: impl IntoIterator<Item = Expr>) -> Expr {
    let statement = base_statement().attr("where").call_with(conditions);
    name("self").attr("session").attr("scalar").call_with([statement]).awaited()
}

fn base_statement() -> Expr {
    name("self").attr("select").call([])
}

fn get(layer: Layer) -> FunctionDef {
    let mut function = async_def(layer.query("get")).method();
    for (parameter, ty) in layer.key_parameters() {
        function = function.param(parameter, ty);
    }
    let key = layer.entity.key.iter();
    let conditions = key.map(|part| layer.column(&part.attribute).eq(name(&part.parameter)));
    function
        .returns(layer.model().or_none())
        .doc(format!("Return the {} with this key, if there is one.", layer.entity.label))
        .body([ret(one_row(conditions))])
}

/// `_LISTED` and `_SHOWN`, or functions where what is shown differs by caller.
fn loaded(layer: Layer) -> Vec<Stmt> {
    let declared = layer.loads().into_iter().map(|loaded| {
        let (constant, options) = (loaded.constant(), tuple(loaded.options()));
        if loaded.caller() == Caller::No {
            return assign(constant, options);
        }
        let option = from("sqlalchemy.sql.base", "ExecutableOption");
        let function = crate::python::build::def(constant);
        service::with_caller(function, layer, loaded.caller())
            .returns(from("collections.abc", "Sequence").index([option]))
            .body([ret(options)])
            .stmt()
    });
    declared.collect()
}

/// `load_shown`: what an operation shows along with a row.
fn load(layer: Layer, along: Loaded) -> FunctionDef {
    let row = layer.one();
    let key = layer.entity.key.iter();
    let key = key.map(|part| layer.column(&part.attribute).eq(name(&row).attr(&part.attribute)));
    let statement = from("sqlalchemy", "select")
        .call_with([layer.model()])
        .attr("where")
        .call_with(key)
        .attr("options")
        .call_with([along.starred()])
        .attr("execution_options")
        .call([kw("populate_existing", Expr::Bool(true))]);
    let loaded = name("self").attr("session").attr("scalars").call_with([name("statement")]);
    let function = async_def(along.method()).method().param(&row, layer.model());
    service::with_caller(function, layer, along.caller())
        .returns(Expr::None)
        .doc(format!("Load what is shown along with one {}.", layer.entity.label))
        .body([assign("statement", statement), loaded.awaited().attr("one").call([]).stmt()])
}

fn get_by(layer: Layer, field: usize) -> FunctionDef {
    let field = &layer.entity.fields[field];
    let mut ty = field.ty.clone();
    ty.nullable = false;
    async_def(PyIdent::known(format!("get_by_{}", field.word)))
        .method()
        .param(&field.variable, types::model(layer.plan, &ty))
        .returns(layer.model().or_none())
        .doc(format!("Return the {} with this value, if there is one.", layer.entity.label))
        .body([ret(one_row([layer.column(&field.model_attribute).eq(name(&field.variable))]))])
}

fn get_many(layer: Layer) -> FunctionDef {
    let sequence = |item: Expr| from("collections.abc", "Sequence").index([item]);
    let mut columns: Vec<Expr> =
        layer.entity.key.iter().map(|part| layer.column(&part.attribute)).collect();
    let key = match columns.len() {
        1 => columns.remove(0),
        _ => from("sqlalchemy", "tuple_").call_with(columns),
    };
    let within = key.attr("in_").call_with([name("keys")]);
    let rows = name("self").attr("session").attr("scalars").call_with([name("statement")]);
    async_def("get_many")
        .method()
        .param("keys", sequence(layer.key_type()))
        .returns(sequence(layer.model()))
        .doc(format!(
            "Return the {} with these keys, as far as they exist.",
            layer.entity.label_plural
        ))
        .body([
            assign("statement", base_statement().attr("where").call_with([within])),
            ret(rows.awaited().attr("all").call([])),
        ])
}

/// Whether clients choose the key of new rows.
fn chooses_key(layer: Layer) -> bool {
    let operations = [Operation::Create, Operation::BulkCreate];
    !layer.entity.surrogate_key && operations.iter().any(|it| layer.operation(*it).is_some())
}

/// Insertion, where there is more to it.
fn create(layer: Layer, held: Vec<Stmt>) -> FunctionDef {
    let mut body = Vec::new();
    let mut doc = "Insert ``entity`` now".to_owned();
    if chooses_key(layer) {
        doc.push_str(", unless this transaction has seen a row with its key");
        body.push(unless_seen(layer));
    }
    body.push(
        name("super")
            .call([])
            .attr(layer.query("create"))
            .call_with([name("entity")])
            .awaited()
            .stmt(),
    );
    if view_links(layer).next().is_some() {
        // A new row has read none of the links that other entities hold.
        let links = list_of(view_links(layer).map(|link| text(link.attribute.as_str())));
        let refresh = name("self").attr("session").attr("refresh");
        body.push(refresh.call_with([name("entity"), links]).awaited().stmt());
        "Insert ``entity`` now and read what it is linked to".clone_into(&mut doc);
    }
    if !held.is_empty() {
        if chooses_key(layer) {
            "Insert ``entity`` now, if its key is free and its invariants allow it"
                .clone_into(&mut doc);
        } else {
            doc.push_str(", if its invariants allow it");
        }
        body.extend(held);
    }
    async_def(layer.query("create"))
        .method()
        .param("entity", layer.model())
        .returns(Expr::None)
        .doc(format!("{doc}."))
        .body(body)
}

/// Refuses a key that a row of this transaction has: the session knows one object for it.
fn unless_seen(layer: Layer) -> Stmt {
    let key = from("sqlalchemy.orm.util", "identity_key").call([kw("instance", name("entity"))]);
    let seen = name("self").attr("session").attr("identity_map");
    let errors = layer.entity.key.iter().map(|part| {
        let wire = layer.entity.key_wire(part).replace('~', "~0").replace('/', "~1");
        let pointer = text(format!("/{wire}"));
        let error = from("app.core.errors", "FieldError");
        error.call_with([pointer, text("Already in use"), text("unique")])
    });
    let error = from("app.core.errors", "ConflictError")
        .call([arg(name("detail")), kw("errors", list_of(errors))]);
    let detail = text("A resource with the same value already exists");
    crate::python::build::if_(
        key.compare(crate::python::Comparator::In, seen),
        vec![assign("detail", detail), crate::python::build::raise(error)],
    )
}

/// `unused_slug` for each slug that is unique, or that is made where it is not given.
fn slugs(layer: Layer<'_>) -> impl Iterator<Item = FunctionDef> + '_ {
    let slugs = layer.entity.fields.iter().filter(|field| field.unique || !field.ty.nullable);
    slugs
        .filter_map(move |field| match field.ty.kind {
            ValueKind::Slug { max, ref reserved, .. } => Some((field, max, reserved)),
            _ => None,
        })
        .map(move |(field, max, reserved)| {
            let column = layer.column(&field.model_attribute);
            // Room for a number behind it.
            let max = max.saturating_sub(6).max(max.div_ceil(2));
            let fallback = super::layer::types::slug_of(&layer.entity.label, max);
            // A slug has no character that LIKE knows.
            let similar = column.clone().attr("startswith").call_with([name("slug")]);
            let taken = name("self").attr("session").attr("scalars").call_with([name("similar")]);
            let words = reserved.iter().copied().map(text);
            let unusable = if reserved.is_empty() {
                name("taken")
            } else {
                let taken = Expr::Starred(Box::new(name("taken")));
                Expr::List(std::iter::once(taken).chain(words).collect())
            };
            let body: [Stmt; 4] = [
                assign(
                    "slug",
                    from("app.core.slugs", "slugify").call([
                        arg(name("text")),
                        kw("max_length", int(i64::from(max))),
                        kw("fallback", text(fallback)),
                    ]),
                ),
                assign(
                    "similar",
                    from("sqlalchemy", "select")
                        .call_with([column])
                        .attr("where")
                        .call_with([similar]),
                ),
                assign("taken", taken.awaited().attr("all").call([])),
                ret(from("app.core.slugs", "first_free").call_with([name("slug"), unusable])),
            ];
            async_def(PyIdent::known(format!("unused_{}", field.word)))
                .method()
                .param("text", name("str"))
                .returns(name("str"))
                .doc(format!(
                    "Return a slug made of ``text`` that no other {} has.",
                    layer.entity.label
                ))
                .body(body)
        })
}
