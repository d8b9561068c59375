//! `tests/factories.py`: builders of stored rows, one a entity, with the rows that they refer to.

use stratapi_plan::{
    Artifact, EntityPlan, FieldPlan, FieldSource, LinkPlan, Plan, PlannedFile, Presence, PyIdent,
    ReferencePlan, ValueKind,
};

use super::testing::{numbered, value_literal, varies};
use crate::python::build::{
    annotated, arg, assign, async_def, boolean, class, comprehension, conditional, def, dict, from,
    fstring, kw, list, name, none, ret, text,
};
use crate::python::{Argument, Expr, FStringPart, Module, Stmt, WithItem, artifact};
use crate::types;

/// One typed dictionary and one method an entity.
pub(super) fn emit(plan: &Plan, file: &PlannedFile) -> Artifact {
    let mut body = vec![
        assign(
            "RowT",
            from("typing", "TypeVar")
                .call([arg(text("RowT")), kw("bound", from("app.models", "Base"))]),
        ),
        Stmt::Blank,
    ];
    if let Some(password) = password(plan) {
        body.push(assign("PASSWORD", text(password)));
    }
    body.push(assign(
        "_sequence",
        from("itertools", "count").call_with([Expr::Int("1".to_owned())]),
    ));
    body.extend(plan.entities.iter().map(|entity| values_class(plan, entity)));
    let frozen = from("dataclasses", "dataclass").call([kw("frozen", boolean(true))]);
    let mut methods = vec![
        annotated("database", from("app.core.database", "Database"), None),
        annotated("settings", from("app.core.config", "Settings"), None),
        Stmt::Blank,
    ];
    methods.extend(plan.entities.iter().map(|entity| builder(plan, entity)));
    methods.extend(auth(plan));
    methods.push(save());
    body.push(class("Factory").decorate(frozen).body(methods).stmt());
    body.push(counted());
    let doc = "Builders of stored rows with unique, valid values.";
    artifact(file, &Module::new(doc).body(body))
}

/// A password that accounts may have.
fn password(plan: &Plan) -> Option<String> {
    let auth = plan.app.auth.as_ref()?;
    let field = &plan.entities[auth.user].fields[auth.secret];
    field.sample.value.as_str().map(ToOwned::to_owned)
}

fn values_name(entity: &EntityPlan) -> PyIdent {
    PyIdent::known(format!("{}Values", entity.stem))
}

fn model(entity: &EntityPlan) -> Expr {
    from("app.models", &entity.class)
}

/// What a test may say about a row.
fn values_class(plan: &Plan, entity: &EntityPlan) -> Stmt {
    let mut members = Vec::new();
    for field in plain_fields(entity) {
        let ty = types::model(plan, &field.ty);
        members.push(annotated(&field.attribute, ty, None));
    }
    for embedded in &entity.embedded {
        let ty = from("app.models.values", &plan.values[embedded.value].class);
        let ty = if embedded.nullable { ty.or_none() } else { ty };
        members.push(annotated(&embedded.attribute, ty, None));
    }
    for reference in &entity.references {
        let ty = model(&plan.entities[reference.target]);
        let ty = if reference.nullable { ty.or_none() } else { ty };
        members.push(annotated(&reference.attribute, ty, None));
    }
    for link in entity.links.iter().filter(|link| link.association.is_some()) {
        let ty = name("list").index([model(&plan.entities[link.target])]);
        members.push(annotated(&link.attribute, ty, None));
    }
    if entity.is_active {
        members.push(annotated("is_active", name("bool"), None));
    }
    let mut class = class(values_name(entity));
    class.arguments = vec![arg(from("typing", "TypedDict")), kw("total", boolean(false))];
    class.doc(format!("What a test may say about one {}.", entity.label)).body(members).stmt()
}

fn plain_fields(entity: &EntityPlan) -> impl Iterator<Item = &FieldPlan> {
    entity.fields.iter().filter(|field| field.source == FieldSource::Attribute)
}

/// The method that makes one row.
fn builder(plan: &Plan, entity: &EntityPlan) -> Stmt {
    let values = || name("values");
    let mut body = Vec::new();
    let mut given: Vec<(Option<Expr>, Expr)> = Vec::new();
    let mut numbers = false;
    for field in plain_fields(entity) {
        if matches!(field.ty.kind, ValueKind::Password { .. }) {
            let popped = pop(&field.attribute, none());
            // Nobody could sign in with it, so that tests need no hash of it.
            body.push(match plan.app.auth {
                Some(_) => assign(&field.variable, popped),
                None => popped.stmt(),
            });
            given.push(entry(&field.model_attribute, stored_password(plan, field)));
            continue;
        }
        // Rows that leave out what must differ would all have the one default.
        let differs = field.model_default.is_some() && varies(plan, field);
        let filled = field.ty.nullable || field.model_default.is_some();
        if filled && !differs && !says_checked(field) {
            continue;
        }
        let (value, numbered) = numbered(plan, field);
        numbers |= numbered;
        given.push(entry(&field.attribute, value));
    }
    for embedded in entity.embedded.iter().filter(|embedded| !embedded.nullable) {
        given.push(entry(&embedded.attribute, value_literal(plan, embedded)));
    }
    for reference in &entity.references {
        body.push(assign(&reference.variable, referenced(plan, reference)));
        given.extend(keys(plan, reference));
    }
    let links: Vec<_> = entity.links.iter().filter(|link| link.association.is_some()).collect();
    for link in &links {
        body.push(assign(&link.variable, pop(&link.attribute, list([]))));
    }
    if numbers {
        let next = name("next").call_with([name("_sequence")]);
        body.insert(0, assign("number", next));
    }
    let arguments = if given.is_empty() {
        values()
    } else {
        given.push((None, values()));
        Expr::Dict(given)
    };
    body.push(assign("row", model(entity).call([Argument::DoubleStar(arguments)])));
    if links.is_empty() {
        body.push(ret(name("self").attr("_save").call_with([name("row")]).awaited()));
    } else {
        body.push(linked(&links));
        body.push(ret(name("row")));
    }
    let unpack = from("typing", "Unpack").index([name(values_name(entity))]);
    async_def(&entity.one)
        .method()
        .parameter(crate::python::ParameterKind::DoubleStar, "values", Some(unpack), None)
        .returns(model(entity))
        .body(body)
        .stmt()
}

/// Whether a row of the tests says its value although it could be left out: a check asks for it.
pub(super) fn says_checked(field: &FieldPlan) -> bool {
    field.checked && field.create != Presence::Absent
}

fn entry(key: &PyIdent, value: Expr) -> (Option<Expr>, Expr) {
    (Some(text(key.as_str())), value)
}

/// `values.pop("key", default)`
fn pop(key: &PyIdent, default: Expr) -> Expr {
    name("values").attr("pop").call_with([text(key.as_str()), default])
}

fn stored_password(plan: &Plan, field: &FieldPlan) -> Expr {
    if plan.app.auth.is_none() {
        return text("unusable");
    }
    let hashed = from("app.core.security", "hash_password").call_with([name(&field.variable)]);
    conditional(name(&field.variable), hashed.awaited(), text("unusable"))
}

/// The row that is referred to: the given one, or a new one where there must be one.
fn referenced(plan: &Plan, reference: &ReferencePlan) -> Expr {
    let given = pop(&reference.attribute, none());
    if reference.nullable {
        return given;
    }
    let made = name("self").attr(&plan.entities[reference.target].one).call_with([]).awaited();
    Expr::Or(vec![given, made])
}

fn keys<'a>(
    plan: &'a Plan,
    reference: &'a ReferencePlan,
) -> impl Iterator<Item = (Option<Expr>, Expr)> + 'a {
    let target = &plan.entities[reference.target].key;
    reference.key_attributes.iter().zip(target).map(move |(attribute, part)| {
        let key = name(&reference.variable).attr(&part.attribute);
        let key = if reference.nullable {
            conditional(name(&reference.variable), key, none())
        } else {
            key
        };
        entry(attribute, key)
    })
}

/// Saves the row with the rows that it is linked with.
fn linked(links: &[&LinkPlan]) -> Stmt {
    let session = name("self").attr("database").attr("session").call([]);
    let mut body: Vec<Stmt> = links
        .iter()
        .map(|link| {
            let merged = name("session").attr("merge").call_with([name("item")]).awaited();
            let rows =
                Expr::ListComp(Box::new(merged), vec![comprehension("item", name(&link.variable))]);
            Stmt::Assign(name("row").attr(&link.attribute), rows)
        })
        .collect();
    body.push(name("session").attr("add").call_with([name("row")]).stmt());
    Stmt::With {
        is_async: true,
        items: vec![WithItem { context: session, name: Some(PyIdent::known("session")) }],
        body,
    }
}

fn save() -> Stmt {
    let session = name("self").attr("database").attr("session").call([]);
    let with = Stmt::With {
        is_async: true,
        items: vec![WithItem { context: session, name: Some(PyIdent::known("session")) }],
        body: vec![name("session").attr("add").call_with([name("row")]).stmt()],
    };
    async_def("_save")
        .method()
        .param("row", name("RowT"))
        .returns(name("RowT"))
        .body([with, ret(name("row"))])
        .stmt()
}

/// The headers of a request by an account.
fn auth(plan: &Plan) -> Option<Stmt> {
    let auth = plan.app.auth.as_ref()?;
    let user = &plan.entities[auth.user];
    let key = name(&user.one).attr(&user.key.first()?.attribute);
    let token = from("app.core.security", "create_access_token")
        .call_with([key, name("self").attr("settings")]);
    let bearer =
        fstring([FStringPart::Text(format!("{} ", auth.scheme)), FStringPart::Value(token, None)]);
    let headers = dict([(text("Authorization"), bearer)]);
    let strings = name("dict").index([name("str"), name("str")]);
    Some(
        def("auth")
            .method()
            .param(&user.one, model(user))
            .returns(strings)
            .body([ret(headers)])
            .stmt(),
    )
}

/// `with counted_selects(database) as statements:`
fn counted() -> Stmt {
    let target = || name("database").attr("engine").attr("sync_engine");
    let on = |function: &'static str| {
        let event = text("before_cursor_execute");
        from("sqlalchemy", "event")
            .attr(function)
            .call_with([target(), event, name("record")])
            .stmt()
    };
    let starts = name("statement").attr("startswith").call_with([text("SELECT")]);
    let append = name("statements").attr("append").call_with([name("statement")]).stmt();
    let record = def("record")
        .param("_connection", name("object"))
        .param("_cursor", name("object"))
        .param("statement", name("str"))
        .parameter(crate::python::ParameterKind::Star, "_", Some(name("object")), None)
        .returns(none())
        .body([crate::python::build::if_(starts, vec![append])]);
    let strings = || name("list").index([name("str")]);
    let statements = annotated("statements", strings(), Some(list([])));
    let generator = from("collections.abc", "Generator").index([strings()]);
    def("counted_selects")
        .decorate(from("contextlib", "contextmanager"))
        .param("database", from("app.core.database", "Database"))
        .returns(generator)
        .doc("Collect the SELECT statements that are sent inside.")
        .body([statements, Stmt::Blank, record.stmt(), Stmt::Blank, on("listen")])
        .body([Stmt::Yield(Some(name("statements"))), on("remove")])
        .stmt()
}
