//! Routes and what they depend on: who is let through before a route's own code runs.

use std::collections::BTreeMap;

use ruff_python_ast::{CmpOp, Expr, Stmt};
use smol_str::SmolStr;

use super::{Function, Source, keyword, last_name, types, walk};
use crate::finding::Place;

/// Methods of routers that add a route.
const METHODS: &[&str] =
    &["api_route", "delete", "get", "head", "options", "patch", "post", "put", "websocket"];

/// What a file says about routes and dependencies. All names are full ones.
#[derive(Debug, Clone, Default)]
pub(crate) struct Routing {
    /// Dependencies behind aliases: `CurrentUserDep = Annotated[User, Depends(get_current_user)]`.
    pub(crate) aliases: BTreeMap<SmolStr, SmolStr>,
    /// Functions of the module.
    pub(crate) functions: BTreeMap<SmolStr, Dependency>,
    /// Routes of the module.
    pub(crate) routes: Vec<Route>,
}

/// A function as a dependency.
#[derive(Debug, Clone, Default)]
pub(crate) struct Dependency {
    /// What it depends on itself: functions, or aliases of dependencies.
    pub(crate) depends: Vec<SmolStr>,
    /// Whether it can refuse.
    pub(crate) raises: bool,
    /// Members of an enum: whoever has none of them in an attribute is refused.
    pub(crate) allows: Option<Vec<String>>,
}

/// A route.
#[derive(Debug, Clone)]
pub(crate) struct Route {
    pub(crate) function: SmolStr,
    /// Where its function's name stands.
    pub(crate) place: Place,
    /// What it depends on, by its router, its decorator and its parameters.
    pub(crate) depends: Vec<SmolStr>,
}

/// What a file says about routes and dependencies.
pub(crate) fn routing(source: &Source<'_>) -> Routing {
    let mut routing = Routing::default();
    let mut mounted: BTreeMap<&str, Vec<SmolStr>> = BTreeMap::new();
    for statement in source.body {
        if let Stmt::Assign(assign) = statement
            && let [Expr::Name(name)] = &*assign.targets
        {
            if let Some(depends) = annotated(source, &assign.value) {
                routing.aliases.insert(SmolStr::new(&name.id), depends);
            }
            if let Expr::Call(call) = &*assign.value
                && matches!(last_name(&call.func), "APIRouter" | "FastAPI")
            {
                let list = keyword(call, "dependencies");
                mounted.insert(name.id.as_str(), list.map_or_else(Vec::new, |e| all(source, e)));
            }
        }
    }
    for statement in source.body {
        if let Some(function) = Function::of(statement, None) {
            let depends = parameters(source, &function);
            route(source, &function, &mounted, &depends, &mut routing.routes);
            let dependency = Dependency {
                depends,
                raises: raises(function.body),
                allows: function.body.iter().find_map(guard),
            };
            routing.functions.insert(SmolStr::new(function.name), dependency);
        }
    }
    routing
}

fn route(
    source: &Source<'_>,
    function: &Function<'_>,
    mounted: &BTreeMap<&str, Vec<SmolStr>>,
    parameters: &[SmolStr],
    routes: &mut Vec<Route>,
) {
    for decorator in function.decorators {
        let Expr::Call(call) = &decorator.expression else { continue };
        let Expr::Attribute(attribute) = &*call.func else { continue };
        let Expr::Name(owner) = &*attribute.value else { continue };
        let Some(shared) = mounted.get(owner.id.as_str()) else { continue };
        if METHODS.contains(&attribute.attr.as_str()) {
            let own = keyword(call, "dependencies").map_or_else(Vec::new, |e| all(source, e));
            routes.push(Route {
                function: SmolStr::new(function.name),
                place: source.name_place(function.statement, function.name),
                depends: shared.iter().cloned().chain(own).chain(parameters.to_vec()).collect(),
            });
        }
    }
}

/// The dependencies that the parameters of a function name.
fn parameters(source: &Source<'_>, function: &Function<'_>) -> Vec<SmolStr> {
    let mut found = Vec::new();
    for parameter in function.parameters() {
        let by_default = parameter.default.and_then(|default| depends(source, default));
        let by_type = parameter.annotation.and_then(|annotation| {
            annotated(source, annotation).or_else(|| source.definition(annotation))
        });
        found.extend(by_default.into_iter().chain(by_type));
    }
    found
}

/// The functions of `[Depends(f), Security(g)]`.
fn all(source: &Source<'_>, list: &Expr) -> Vec<SmolStr> {
    let items = match list {
        Expr::List(list) => &list.elts,
        Expr::Tuple(tuple) => &tuple.elts,
        _ => return Vec::new(),
    };
    items.iter().filter_map(|item| depends(source, item)).collect()
}

/// The function of `Depends(f)`.
fn depends(source: &Source<'_>, expression: &Expr) -> Option<SmolStr> {
    let Expr::Call(call) = expression else { return None };
    if !matches!(last_name(&call.func), "Depends" | "Security") {
        return None;
    }
    let function = call.arguments.args.first().or_else(|| keyword(call, "dependency"))?;
    source.definition(function)
}

/// The function of `Annotated[T, Depends(f)]`.
fn annotated(source: &Source<'_>, value: &Expr) -> Option<SmolStr> {
    let Expr::Subscript(subscript) = value else { return None };
    let Expr::Tuple(tuple) = &*subscript.slice else { return None };
    if last_name(&subscript.value) != "Annotated" {
        return None;
    }
    tuple.elts.iter().skip(1).find_map(|e| depends(source, e))
}

fn raises(body: &[Stmt]) -> bool {
    let mut found = false;
    types::each_statement(body, &mut |statement| found |= matches!(statement, Stmt::Raise(_)));
    found
}

/// The members of `if user.role not in {Role.A, Role.B}: raise …`.
fn guard(statement: &Stmt) -> Option<Vec<String>> {
    let Stmt::If(one) = statement else { return None };
    let Expr::Compare(compare) = &*one.test else { return None };
    let refuses = matches!(&*compare.ops, [CmpOp::NotIn | CmpOp::IsNot | CmpOp::NotEq]);
    if !refuses || !raises(&one.body) || !matches!(&*compare.left, Expr::Attribute(_)) {
        return None;
    }
    let mut members = Vec::new();
    compare.comparators.iter().for_each(|e| collect(e, &mut members));
    (!members.is_empty()).then_some(members)
}

fn collect(expression: &Expr, members: &mut Vec<String>) {
    if let Expr::Attribute(attribute) = expression {
        members.push(attribute.attr.to_string());
    } else {
        walk::children(expression, &mut |child| collect(child, members));
    }
}
