//! Computed attributes: an answer shows what the rows that are stored give, and lists find rows by it.

use stratapi_plan::{
    ComputedPlan, FilterOperator, FilterPlan, FilterTarget, OperandPlan, Operation, OperationPlan,
    OwnedBy, Plan, PyIdent, Read, RowsPlan, Step, ValueKind, in_operand,
};

use super::super::layer::condition::{Side, constants_of, print_value};
use super::super::testing::code::{contains, each, equals, items, reading, request, test};
use super::super::testing::refers_alone;
use super::super::testing::stage::factory;
use super::Tests;
use super::rows::headers;
use crate::python::build::{
    arg, assign, comprehension, dict, from, int, kw, list, name, text, tuple,
};
use crate::python::{Argument, Expr, Stmt};

pub(super) fn tests(tests: &Tests<'_>) -> Vec<Stmt> {
    let get = tests.operation(Operation::Get);
    get.and_then(|get| shown(tests, get)).into_iter().collect()
}

/// Numbers that the tests compare with.
pub(super) fn constants(tests: &Tests<'_>) -> Vec<Stmt> {
    let shown = tests.operation(Operation::Get).into_iter().flat_map(|_| known(tests));
    constants_of(tests.stage.plan, shown.map(|computed| &computed.value))
}

/// Those that a single read shows and whose values the tests can tell.
fn known<'a>(tests: &Tests<'a>) -> impl Iterator<Item = &'a ComputedPlan> {
    let comparable = |computed: &&ComputedPlan| {
        let plain = matches!(
            computed.ty.kind,
            ValueKind::Int { .. }
                | ValueKind::Bool
                | ValueKind::Line { .. }
                | ValueKind::Text { .. }
                | ValueKind::Email
                | ValueKind::Slug { .. }
                | ValueKind::Enum(_)
        );
        let parsed = matches!(computed.ty.kind, ValueKind::Decimal { .. } | ValueKind::DateTime);
        plain || parsed && !computed.ty.nullable
    };
    let entity = tests.stage.entity;
    let get = entity.operation(Operation::Get);
    let shows =
        move |it: &&ComputedPlan| get.is_some_and(|get| entity.shown_as(get, &it.wire).is_some());
    entity.computed.iter().filter(comparable).filter(shows)
}

fn shown(tests: &Tests<'_>, get: &OperationPlan) -> Option<Stmt> {
    let stage = tests.stage;
    let entity = stage.entity;
    let computed: Vec<&ComputedPlan> = known(tests).collect();
    let mut behind = Behind::default();
    for computed in &computed {
        behind.add(stage.plan, &computed.value);
    }
    if computed.is_empty() || behind.maybe {
        return None;
    }
    let linked = |rows: &&RowsPlan| matches!(rows.owned_by, OwnedBy::Association(_, true));
    let values = behind.rows.iter().copied().filter(linked).map(|rows| {
        let made = factory(&stage.plan.entities[rows.entity].one, Vec::new());
        let each = comprehension("_", name("range").call_with([int(2)]));
        (rows.attribute.clone(), Expr::ListComp(Box::new(made), vec![each]))
    });
    let operation = tests.operation(get.operation)?;
    let values: Vec<(PyIdent, Expr)> = values.collect();
    let rules = tests.rules(operation);
    // Whoever lists the rows may be somebody else than who reads one.
    let listed = tests
        .operation(Operation::List)
        .filter(|list| list.view == get.view)
        .and_then(|list| stage.with_values(&[&list.access, rules[0], rules[1]], values.clone()));
    let is_listed = listed.is_some();
    let scenery = listed.or_else(|| stage.with_values(&rules, values))?;
    let mut stmts = scenery.stmts.clone();
    for rows in behind.rows.iter().copied().filter(|rows| !linked(rows)) {
        stmts.push(members(tests, rows)?);
    }
    stmts.push(assign("response", request("get", tests.item(), headers(&scenery))));
    stmts.push(assign("read", tests.row("response")));
    let model = from("app.models", &entity.class);
    let options = behind.options(stage.plan);
    let options = (!options.is_empty()).then(|| kw("options", list(options)));
    let arguments = [arg(model), arg(stage.key())].into_iter().chain(options);
    let loaded = name("session").attr("get_one").call(arguments).awaited();
    stmts.push(reading(vec![assign("stored", loaded)]));
    for computed in computed {
        let wire = entity.shown_as(get, &computed.wire).unwrap_or(&computed.wire);
        let shown = name("read").index([text(wire)]);
        let shown = match computed.ty.kind {
            ValueKind::Decimal { .. } => from("decimal", "Decimal").call_with([shown]),
            ValueKind::DateTime => {
                from("datetime", "datetime").attr("fromisoformat").call_with([shown])
            }
            _ => shown,
        };
        let value = print_value(stage.plan, &name("stored"), Side::Python, &computed.value);
        stmts.push(equals(shown, value));
    }
    if is_listed {
        stmts.extend(found(tests, &headers(&scenery).collect::<Vec<_>>()));
    }
    Some(test("test_computed_attributes", stmts))
}

/// Two rows of the row's own, or one where there is no room for two.
fn members(tests: &Tests<'_>, rows: &RowsPlan) -> Option<Stmt> {
    let plan = tests.stage.plan;
    let other = &plan.entities[rows.entity];
    let made = factory(&other.one, vec![owner(tests, rows)?]).stmt();
    let alone = rows
        .reference()
        .is_some_and(|reference| refers_alone(plan, other, &other.references[reference]));
    let two = || name("range").call_with([int(2)]);
    Some(if alone { made } else { each(name("_"), two(), vec![made]) })
}

/// `order=row`: what makes a row one of the row's own.
fn owner(tests: &Tests<'_>, rows: &RowsPlan) -> Option<Argument> {
    let other = &tests.stage.plan.entities[rows.entity];
    match rows.owned_by {
        OwnedBy::Reference(reference) => {
            Some(kw(&other.references[reference].attribute, name("row")))
        }
        OwnedBy::Association(association, _) => {
            let link = other.links.iter().find(|link| link.association == Some(association))?;
            Some(kw(&link.attribute, list([name("row")])))
        }
    }
}

/// Lists that are filtered by what was read have the row.
fn found(tests: &Tests<'_>, headers: &[Argument]) -> Vec<Stmt> {
    let entity = tests.stage.entity;
    let shown = |filter: &&FilterPlan| match &filter.target {
        FilterTarget::Attribute(attribute) if filter.operator == FilterOperator::Equal => {
            let mut all = entity.computed.iter();
            all.find(|it| it.attribute == *attribute && !it.ty.nullable)
        }
        _ => None,
    };
    let filters = tests.stage.resource.filters.iter();
    let params: Vec<Expr> = filters
        .filter_map(|filter| {
            let computed = shown(&filter)?;
            let get = entity.operation(Operation::Get)?;
            let wire = entity.shown_as(get, &computed.wire)?;
            let value = name("read").index([text(wire)]);
            let value = match computed.ty.kind {
                ValueKind::Bool => name("str").call_with([value]).attr("lower").call([]),
                ValueKind::Int { .. } => name("str").call_with([value]),
                _ => value,
            };
            Some(dict([(text(&filter.wire), value)]))
        })
        .collect();
    if params.is_empty() {
        return Vec::new();
    }
    let params_of = [kw("params", name("params"))];
    let asked =
        request("get", tests.collection(), params_of.into_iter().chain(headers.iter().cloned()));
    vec![each(
        name("params"),
        tuple(params),
        vec![
            assign("response", asked),
            contains(name("read"), items(name("response"), tests.lists())),
        ],
    )]
}

/// What computed attributes read of other rows.
#[derive(Default)]
struct Behind<'a> {
    rows: Vec<&'a RowsPlan>,
    /// The loading options for the paths.
    options: Vec<Expr>,
    /// Attributes of many rows that paths start from.
    extended: Vec<PyIdent>,
    /// Whether some of it may be absent.
    maybe: bool,
}

impl<'a> Behind<'a> {
    /// Adds what a value reads.
    fn add(&mut self, plan: &Plan, value: &'a OperandPlan) {
        // What is said of each of many rows comes behind them.
        let mut many = None;
        in_operand(value, &mut |read| match read {
            Read::Row(variable, steps) => self.path(plan, many.filter(|_| variable > 0), steps),
            Read::Rows(rows, ..) => {
                many = Some(rows);
                if !self.rows.iter().any(|known| known.attribute == rows.attribute) {
                    self.rows.push(rows);
                }
            }
            Read::Sequence => {}
        });
    }

    /// The rows on a path, from the row itself or from many rows.
    fn path(&mut self, plan: &Plan, from_rows: Option<&RowsPlan>, steps: &[Step]) {
        self.extended.extend(from_rows.map(|rows| rows.attribute.clone()));
        self.maybe |= steps.iter().any(|step| step.nullable);
        let mut option = from_rows.map(|rows| many(plan, rows));
        for step in steps {
            let model = from("app.models", &plan.entities[step.entity].class);
            let load = match option {
                None => from("sqlalchemy.orm", "joinedload"),
                Some(before) => before.attr("joinedload"),
            };
            option = Some(load.call_with([model.attr(&step.attribute)]));
        }
        if let Some(option) = option {
            self.option(option);
        }
    }

    /// The loading options for all of it: one for each path, and for the rows that none starts from.
    fn options(&self, plan: &Plan) -> Vec<Expr> {
        let alone = self.rows.iter().filter(|rows| !self.extended.contains(&rows.attribute));
        self.options.iter().cloned().chain(alone.map(|rows| many(plan, rows))).collect()
    }

    fn option(&mut self, option: Expr) {
        if !self.options.contains(&option) {
            self.options.push(option);
        }
    }
}

/// `selectinload(Order.items)`
fn many(plan: &Plan, rows: &RowsPlan) -> Expr {
    let model = from("app.models", &plan.entities[rows.from].class);
    from("sqlalchemy.orm", "selectinload").call_with([model.attr(&rows.attribute)])
}
