//! Short constructors for the statements of tests.

use serde_json::Value;
use stratapi_plan::{EntityPlan, ListForm, PagePart, PyIdent};

use crate::python::build::{
    IntoIdent, async_def, dict, from, fstring, int, kw, list, module, name, none, text,
};
use crate::python::{
    Argument, BinaryOperator, Comparator, Comprehension, Expr, FStringPart, Names, Stmt, WithItem,
    add_names,
};

/// `await client.get(url, …)`
pub(in crate::emit) fn request(
    method: &'static str,
    url: Expr,
    arguments: impl IntoIterator<Item = Argument>,
) -> Expr {
    let all = std::iter::once(Argument::Positional(url)).chain(arguments);
    name("client").attr(method).call(all).awaited()
}

/// `assert response.status_code == 200`
pub(in crate::emit) fn status(response: Expr, code: u16) -> Stmt {
    equals(response.attr("status_code"), int(code))
}

/// `assert left == right`
pub(in crate::emit) fn equals(left: Expr, right: Expr) -> Stmt {
    Stmt::Assert(left.eq(right))
}

/// `assert left in right`
pub(in crate::emit) fn contains(left: Expr, right: Expr) -> Stmt {
    Stmt::Assert(left.compare(Comparator::In, right))
}

/// `response.json()`
pub(in crate::emit) fn json(response: Expr) -> Expr {
    response.attr("json").call([])
}

/// The row of an answer: `response.json()`, or a member of it.
pub(in crate::emit) fn row(response: Expr, entity: &EntityPlan) -> Expr {
    match &entity.form.answer {
        Some(member) => json(response).index([text(member)]),
        None => json(response),
    }
}

/// A row as a request has it: `json=row`, or a member of it.
pub(in crate::emit) fn sent(row: Expr, entity: &EntityPlan) -> Argument {
    match &entity.form.body {
        Some(member) => body(dict([(text(member), row)])),
        None => body(row),
    }
}

/// Where a request has the members of its row, as a JSON Pointer.
pub(in crate::emit) fn place(entity: &EntityPlan) -> String {
    entity.form.body.as_ref().map_or_else(String::new, |member| format!("/{member}"))
}

/// A path as an f-string: what `segment` gives stands for each of its parameters, by their names.
pub(in crate::emit) fn address(path: &str, segment: impl Fn(&str) -> Expr) -> Expr {
    let mut parts = Vec::new();
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        let (parameter, behind) = after.split_once('}').unwrap_or((after, ""));
        let parameter = parameter.split(':').next().unwrap_or(parameter);
        parts.push(FStringPart::Text(before.to_owned()));
        parts.push(FStringPart::Value(segment(parameter), None));
        rest = behind;
    }
    if parts.is_empty() {
        return text(path);
    }
    if !rest.is_empty() {
        parts.push(FStringPart::Text(rest.to_owned()));
    }
    fstring(parts)
}

/// `async with database.session() as session:`
pub(in crate::emit) fn writing(body: Vec<Stmt>) -> Stmt {
    in_session(None, body)
}

/// `async with database.session(read_only=True) as session:`
pub(in crate::emit) fn reading(body: Vec<Stmt>) -> Stmt {
    in_session(Some(kw("read_only", Expr::Bool(true))), body)
}

fn in_session(argument: Option<Argument>, body: Vec<Stmt>) -> Stmt {
    let context = name("database").attr("session").call(argument);
    let items = vec![WithItem { context, name: Some(PyIdent::constant("session")) }];
    Stmt::With { is_async: true, items, body }
}

/// `for target in items:`
pub(in crate::emit) fn each(target: Expr, iterable: Expr, body: Vec<Stmt>) -> Stmt {
    Stmt::For { is_async: false, target, iterable, body }
}

/// The rows of a list: `response.json()["items"]`.
pub(in crate::emit) fn items(response: Expr, lists: &ListForm) -> Expr {
    rows_of(json(response), lists)
}

/// The rows of a page: `page["items"]`.
pub(in crate::emit) fn rows_of(page: Expr, lists: &ListForm) -> Expr {
    match lists.wire(PagePart::Rows) {
        Some(wire) => page.index([text(wire)]),
        None => page,
    }
}

/// `json=value`
pub(in crate::emit) fn body(value: Expr) -> Argument {
    kw("json", value)
}

/// A test; it takes the fixtures that its body names.
pub(in crate::emit) fn test(title: impl IntoIdent, statements: Vec<Stmt>) -> Stmt {
    let fixtures = [
        ("client", from("httpx2", "AsyncClient")),
        ("factory", from("tests.factories", "Factory")),
        ("database", from("app.core.database", "Database")),
        ("settings", from("app.core.config", "Settings")),
        ("monkeypatch", module("pytest").attr("MonkeyPatch")),
    ];
    let (statements, names) = used(statements);
    let mut function = async_def(title).returns(none());
    let takes = |fixture| names.contains(&PyIdent::constant(fixture));
    for (fixture, annotation) in fixtures {
        if takes(fixture) {
            function = function.param(fixture, annotation);
        }
    }
    if takes("database") && !takes("client") && !takes("factory") {
        // These two see to it that nothing is left behind.
        let clean = module("pytest").attr("mark").attr("usefixtures");
        function = function.decorate(clean.call_with([text("clean_database")]));
    }
    function.body(statements).stmt()
}

/// The statements and the names in them. Values that nothing uses are not kept in variables.
fn used(statements: Vec<Stmt>) -> (Vec<Stmt>, Names) {
    let mut kept = Vec::with_capacity(statements.len());
    let mut names = Names::default();
    for statement in statements.into_iter().rev() {
        let statement = match statement {
            Stmt::Assign(Expr::Name(variable), value) if !names.contains(&variable) => {
                let awaited = matches!(value, Expr::Await(_));
                awaited.then(|| value.stmt())
            }
            other => Some(other),
        };
        if let Some(statement) = statement {
            add_names(&statement, &mut names);
            kept.push(statement);
        }
    }
    kept.reverse();
    (kept, names)
}

/// A JSON value as Python writes it; long runs of one character are multiplied.
pub(in crate::emit) fn sample(value: &Value) -> Expr {
    match value {
        Value::String(long) if long.len() > 40 => {
            let first = long.chars().next().unwrap_or_default();
            if long.chars().all(|character| character == first) {
                let times = i64::try_from(long.chars().count()).unwrap_or(i64::MAX);
                return text(first.to_string()).binary(BinaryOperator::Multiply, int(times));
            }
            text(long)
        }
        Value::Array(items) => list(items.iter().map(sample)),
        other => crate::types::json_literal(other),
    }
}

/// `{key: value for key, value in constant.items() if key not in {…}}`
pub(in crate::emit) fn without(constant: &'static str, hidden: &[&str]) -> Expr {
    if hidden.is_empty() {
        return name(constant);
    }
    let kept = match hidden {
        [key] => name("key").compare(Comparator::NotEqual, text(*key)),
        keys => {
            let keys = Expr::Set(keys.iter().map(|key| text(*key)).collect());
            name("key").compare(Comparator::NotIn, keys)
        }
    };
    let clause = Comprehension {
        target: Expr::Tuple(vec![name("key"), name("value")]),
        iterable: name(constant).attr("items").call([]),
        conditions: vec![kept],
    };
    Expr::DictComp(Box::new(name("key")), Box::new(name("value")), vec![clause])
}
