//! Attributes that no column holds: properties of the models, and `app/models/computed.py` for those
//! that the database computes from related rows.

use stratapi_plan::{Artifact, ComputedPlan, EntityPlan, Plan, PlannedFile, PyIdent};

use super::layer::condition::{Side, constants_of, print_value};
use super::layer::{capitalised, subquery};
use crate::python::build::{annotated, def, from, if_, name, ret};
use crate::python::{Expr, FunctionDef, Module, Stmt, Symbol, artifact};
use crate::types;

/// Emits the module.
pub(super) fn emit(plan: &Plan, file: &PlannedFile) -> Artifact {
    let entities = || plan.entities.iter().filter(|entity| related(entity).next().is_some());
    let constants = constants_of(plan, entities().flat_map(related).map(|it| &it.value));
    let calls = entities().map(|entity| name(function(entity)).call([]).stmt());
    let all = def("add_computed_attributes")
        .returns(Expr::None)
        .doc("Add them to the models, all of which must be imported before.")
        .body(calls);
    let each = entities().map(|entity| mapped(plan, entity).stmt());
    let module = Module::new("Attributes that the database computes from related rows.")
        .body(constants)
        .body([all.stmt()])
        .body(each);
    artifact(file, &module)
}

/// Those of an entity that the database computes.
pub(super) fn related(entity: &EntityPlan) -> impl Iterator<Item = &ComputedPlan> {
    entity.computed.iter().filter(|computed| computed.is_related())
}

/// Those that need the row only.
fn own(entity: &EntityPlan) -> impl Iterator<Item = &ComputedPlan> {
    entity.computed.iter().filter(|computed| !computed.is_related())
}

fn function(entity: &EntityPlan) -> PyIdent {
    PyIdent::known(format!("_add_to_{}", entity.module))
}

/// `Order.item_count = column_property(select(…)…)`
fn mapped(plan: &Plan, entity: &EntityPlan) -> FunctionDef {
    let model = subquery::model(entity);
    let body = related(entity).map(|computed| {
        let value = print_value(plan, &model, Side::Sql, &computed.value);
        let property = from("sqlalchemy.orm", "column_property").call_with([value]);
        let stmt = Stmt::Assign(model.clone().attr(&computed.attribute), property);
        Stmt::Origin(computed.span, Box::new(stmt))
    });
    def(function(entity)).returns(Expr::None).body(body)
}

/// What the model declares of them.
pub(super) fn members(plan: &Plan, entity: &EntityPlan) -> Vec<Stmt> {
    let declared: Vec<Stmt> = related(entity)
        .map(|computed| {
            let ty = types::model(plan, &computed.ty);
            let mapped = from("sqlalchemy.orm", "Mapped").index([ty]);
            annotated(&computed.attribute, for_types(mapped), None)
        })
        .collect();
    let mut all = Vec::new();
    if !declared.is_empty() {
        all.push(if_(from("typing", "TYPE_CHECKING"), declared));
    }
    for computed in own(entity) {
        let methods = std::iter::once(property(plan, computed))
            .chain(computed.queried.then(|| expression(plan, computed)));
        all.extend(methods.map(|it| Stmt::Origin(computed.span, Box::new(it.stmt()))));
    }
    all
}

/// A type that is named for type checkers only, with what it is made of.
fn for_types(ty: Expr) -> Expr {
    match ty {
        Expr::Symbol(symbol) => Expr::Symbol(Symbol { typing_only: true, ..symbol }),
        Expr::Subscript(of, items) => {
            let items = items.into_iter().map(for_types).collect();
            Expr::Subscript(Box::new(for_types(*of)), items)
        }
        Expr::Binary(left, operator, right) => {
            Expr::Binary(Box::new(for_types(*left)), operator, Box::new(for_types(*right)))
        }
        other => other,
    }
}

/// Numbers that they compare with.
pub(super) fn constants(plan: &Plan, entity: &EntityPlan) -> Vec<Stmt> {
    constants_of(plan, own(entity).map(|computed| &computed.value))
}

fn property(plan: &Plan, computed: &ComputedPlan) -> FunctionDef {
    let decorator = if computed.queried {
        from("sqlalchemy.ext.hybrid", "hybrid_property")
    } else {
        name("property")
    };
    let value = print_value(plan, &name("self"), Side::Python, &computed.value);
    def(&computed.attribute)
        .decorate(decorator)
        .method()
        .returns(types::model(plan, &computed.ty))
        .doc(doc(computed))
        .body([ret(value)])
}

/// The same for lists that are filtered or sorted by it.
fn expression(plan: &Plan, computed: &ComputedPlan) -> FunctionDef {
    let value = print_value(plan, &name("cls"), Side::Sql, &computed.value);
    let ty = types::model(plan, &computed.ty);
    def(PyIdent::known(format!("_{}", computed.attribute)))
        .decorate(name(&computed.attribute).attr("inplace").attr("expression"))
        .decorate(name("classmethod"))
        .parameter(crate::python::ParameterKind::Plain, "cls", None, None)
        .returns(from("sqlalchemy", "SQLColumnExpression").index([ty]))
        .body([ret(value)])
}

fn doc(computed: &ComputedPlan) -> String {
    if computed.description.is_empty() {
        let words = computed.wire.replace('_', " ");
        return format!("{}.", capitalised(&words));
    }
    computed.description.clone()
}
