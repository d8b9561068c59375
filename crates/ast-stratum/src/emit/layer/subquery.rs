//! Prints what the database reads of other rows: subqueries that give one value.

use stratapi_plan::{
    Aggregate, ColumnName, EntityPlan, KeyPart, OperandPlan, OwnedBy, Plan, RelatedPlan, RowsPlan,
    Step, ValueType,
};

use super::condition::Printer;
use super::operand::{function_of, is_big};
use crate::python::Expr;
use crate::python::build::{arg, from, int, kw, text};

impl<'a> Printer<'a> {
    /// `select(func.sum(OrderItem.quantity)).where(OrderItem.order_id == Order.id)`, as a value.
    pub(super) fn subquery(
        &self,
        aggregate: Aggregate,
        rows: &'a RowsPlan,
        element: Option<&'a OperandPlan>,
        ty: &ValueType,
    ) -> Expr {
        let mut inside = self.inside(rows);
        let paths = paths(rows, element, self.rows.len());
        inside.joined = self.are_apart(rows, &paths);
        let value = aggregated(aggregate, element.map(|element| inside.value(element)), ty);
        let model = self.model(rows.entity);
        let mut statement = select(value);
        let joins = inside.joined && !paths.is_empty();
        if joins || matches!(rows.owned_by, OwnedBy::Association(..)) {
            statement = statement.attr("select_from").call_with([model.clone()]);
        }
        let mut seen = vec![model];
        if let OwnedBy::Association(association, _) = rows.owned_by {
            let table = self.table(association);
            let pairs = self.ends(rows, &table, false);
            let pairs = pairs
                .map(|(column, part)| column.eq(self.model(rows.entity).attr(&part.attribute)));
            statement =
                statement.attr("join").call_with(std::iter::once(table.clone()).chain(pairs));
            seen.push(table);
        }
        for path in paths.iter().filter(|_| inside.joined) {
            let last = &path[path.len() - 1];
            let mut join = vec![arg(self.model(last.entity).attr(&last.attribute))];
            if path.iter().any(|step| step.nullable) {
                join.push(kw("isouter", Expr::Bool(true)));
            }
            statement = statement.attr("join").call(join);
            seen.push(self.model(target(self.plan, last)));
        }
        let mut tests = self.linked(rows);
        tests.extend(rows.filter.iter().map(|filter| inside.condition(filter, false)));
        as_value(statement.attr("where").call_with(tests), seen)
    }

    /// `select(Customer.name).where(Customer.id == Order.customer_id)`, as a value.
    pub(super) fn related(&self, related: &RelatedPlan) -> Expr {
        let value = self.model(related.entity).attr(&related.attribute);
        if self.joined && related.variable + 1 == self.rows.len() {
            return value;
        }
        let (first, rest) = (&related.steps[0], &related.steps[1..]);
        let mut seen = vec![self.model(target(self.plan, first))];
        let mut statement = select(value);
        if !rest.is_empty() {
            statement = statement.attr("select_from").call_with(seen.clone());
        }
        for step in rest {
            let join = self.model(step.entity).attr(&step.attribute);
            statement = statement.attr("join").call_with([join]);
            seen.push(self.model(target(self.plan, step)));
        }
        let reference = &self.plan.entities[first.entity].references[first.reference];
        let keys = &self.plan.entities[reference.target].key;
        let row = &self.rows[related.variable];
        let tests = keys.iter().zip(&reference.key_attributes).map(|(part, own)| {
            self.model(reference.target).attr(&part.attribute).eq(row.clone().attr(own))
        });
        as_value(statement.attr("where").call_with(tests), seen)
    }

    /// `OrderItem.order_id == Order.id`: what says which rows are those of the row.
    fn linked(&self, rows: &RowsPlan) -> Vec<Expr> {
        let owner = self.owner(rows);
        let columns: Vec<Expr> = match rows.owned_by {
            OwnedBy::Reference(reference) => {
                let reference = &self.plan.entities[rows.entity].references[reference];
                let model = self.model(rows.entity);
                reference.key_attributes.iter().map(|own| model.clone().attr(own)).collect()
            }
            OwnedBy::Association(association, _) => {
                let table = self.table(association);
                self.ends(rows, &table, true).map(|(column, _)| column).collect()
            }
        };
        columns.into_iter().zip(owner).map(|(column, key)| column.eq(key)).collect()
    }

    /// The key of the row whose relationship it is: what refers to it, where a path leads there.
    fn owner(&self, rows: &RowsPlan) -> Vec<Expr> {
        let row = &self.rows[rows.variable];
        let key = &self.plan.entities[rows.from].key;
        let Some((last, before)) = rows.steps.split_last() else {
            return key.iter().map(|part| row.clone().attr(&part.attribute)).collect();
        };
        let reference = &self.plan.entities[last.entity].references[last.reference];
        let parts = reference.key_attributes.iter().zip(key).map(|(attribute, part)| {
            if before.is_empty() {
                return row.clone().attr(attribute);
            }
            self.related(&RelatedPlan {
                variable: rows.variable,
                steps: before.to_vec(),
                entity: last.entity,
                attribute: attribute.clone(),
                ty: part.ty.clone(),
            })
        });
        parts.collect()
    }

    /// The columns of an association that refer to the row itself (`own`), or to its linked rows.
    fn ends(
        &self,
        rows: &RowsPlan,
        table: &Expr,
        own: bool,
    ) -> impl Iterator<Item = (Expr, &'a KeyPart)> {
        let OwnedBy::Association(association, left) = rows.owned_by else {
            stratapi_diagnostics::bug!("these rows are not linked by an association")
        };
        let plan: &'a Plan = self.plan;
        let association = &plan.associations[association];
        let (entity, columns) = if left == own {
            (association.left, &association.left_columns)
        } else {
            (association.right, &association.right_columns)
        };
        let table = table.clone().attr("c");
        let column = move |name: &ColumnName| table.clone().index([text(name.as_str())]);
        columns.iter().map(column).zip(&plan.entities[entity].key)
    }

    /// Whether the rows on all these paths are of different entities, so that a statement can join them.
    fn are_apart(&self, rows: &RowsPlan, paths: &[&[Step]]) -> bool {
        let mut seen = vec![rows.entity];
        paths.iter().all(|path| {
            let entity = target(self.plan, &path[path.len() - 1]);
            let new = !seen.contains(&entity);
            seen.push(entity);
            new
        })
    }

    pub(super) fn model(&self, entity: usize) -> Expr {
        let entity = &self.plan.entities[entity];
        if self.in_package { from("app.models", &entity.class) } else { model(entity) }
    }

    fn table(&self, association: usize) -> Expr {
        let association = &self.plan.associations[association];
        from(format!("app.models.{}", association.module), &association.variable)
    }
}

/// A model, from its own module: these are imported before the package is complete.
pub(in crate::emit) fn model(entity: &EntityPlan) -> Expr {
    from(format!("app.models.{}", entity.module), &entity.class)
}

fn select(value: Expr) -> Expr {
    from("sqlalchemy", "select").call_with([value])
}

/// A statement about these models, as a value in a statement about others.
fn as_value(statement: Expr, seen: Vec<Expr>) -> Expr {
    statement.attr("correlate_except").call_with(seen).attr("scalar_subquery").call([])
}

fn aggregated(aggregate: Aggregate, element: Option<Expr>, ty: &ValueType) -> Expr {
    let of = |word, element| function_of(word).call_with([element]);
    match (aggregate, element) {
        (Aggregate::Len, _) | (_, None) => function_of("count").call([]),
        (Aggregate::Sum, Some(element)) => {
            let sum = function_of("coalesce").call_with([of("sum", element), int(0)]);
            if is_big(ty) {
                // A sum of 64 bits is a decimal in PostgreSQL.
                from("sqlalchemy", "cast").call_with([sum, from("sqlalchemy", "BigInteger")])
            } else {
                sum
            }
        }
        (Aggregate::Min, Some(element)) => of("min", element),
        (Aggregate::Max, Some(element)) => of("max", element),
    }
}

/// The entity that a step leads to.
fn target(plan: &Plan, step: &Step) -> usize {
    plan.entities[step.entity].references[step.reference].target
}

/// The paths from each of the rows to what is read of them, those that others go on from first.
fn paths<'a>(
    rows: &'a RowsPlan,
    element: Option<&'a OperandPlan>,
    variable: usize,
) -> Vec<&'a [Step]> {
    let mut paths: Vec<&[Step]> = Vec::new();
    let mut add = |path: &'a [Step]| {
        for length in 1..=path.len() {
            if !paths.contains(&&path[..length]) {
                paths.push(&path[..length]);
            }
        }
    };
    if let Some(element) = element {
        element.paths(variable, &mut add);
    }
    if let Some(filter) = &rows.filter {
        filter.paths(variable, &mut add);
    }
    paths
}
