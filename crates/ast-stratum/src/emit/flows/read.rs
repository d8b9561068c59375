//! What a flow reads before a step: related rows, and many rows. Nothing is loaded behind its back.

use stratapi_plan::{PyIdent, Read, RowsPlan, Step, StepPlan, in_condition, in_operand};

use super::super::layer::condition::Collected;
use super::Writer;
use crate::python::build::{arg, assign, from, if_, kw, list, name, none, text};
use crate::python::{Expr, Stmt};

/// Every path to a related row that steps read.
pub(super) fn paths(steps: &[StepPlan]) -> Vec<(usize, &[Step])> {
    let mut found: Vec<(usize, &[Step])> = Vec::new();
    for step in steps {
        step.all_reads(&mut |read| {
            if let Read::Row(variable, path) = read {
                found.extend((1..=path.len()).map(|length| (variable, &path[..length])));
            }
        });
    }
    found
}

impl<'a> Writer<'a> {
    /// `await self._session.refresh(item, ["product"])`: the rows behind a variable that are spoken of.
    pub(super) fn load(&self, variable: usize) -> Vec<Stmt> {
        let found = &self.rows[variable];
        let all = paths(found.scope).into_iter().filter(|(of, _)| *of == variable);
        loaded(&name(&found.name), &unique(all.map(|(_, path)| path)))
    }

    /// The same for a row that was read again, which forgets what was behind it: whatever is said of
    /// the rows behind any row of its entity, or only of what is behind one reference.
    pub(super) fn load_again(
        &self,
        row: &Expr,
        entity: usize,
        moved: Option<(usize, usize)>,
    ) -> Vec<Stmt> {
        let all = paths(&self.flow.steps);
        let ends = all.iter().flat_map(|(_, path)| {
            let wanted = move |step: &Step| match moved {
                None => step.entity == entity,
                Some(moved) => (step.entity, step.reference) == moved,
            };
            let starts = (0..path.len()).filter(move |at| wanted(&path[*at]));
            starts.map(move |at| &path[at..])
        });
        loaded(row, &unique(ends))
    }

    /// Reads the many rows that a step speaks of, unless they are known already; `rest` are the steps
    /// from it on.
    pub(super) fn collect(&mut self, rest: &'a [StepPlan]) -> Vec<Stmt> {
        let Some(step) = rest.first() else { return Vec::new() };
        let mut wanted: Vec<&'a RowsPlan> = Vec::new();
        step.reads(&mut |read| {
            if let Read::Rows(rows, ..) = read {
                let known = |other: &&RowsPlan| same(other, rows);
                if !self.knows(rows) && !wanted.iter().any(known) {
                    wanted.push(rows);
                }
            }
        });
        wanted.into_iter().map(|rows| self.many(rows, rest)).collect()
    }

    fn knows(&self, rows: &RowsPlan) -> bool {
        self.collections.iter().any(|it| {
            it.variable == rows.variable
                && it.steps == rows.steps
                && *it.attribute == rows.attribute
        })
    }

    /// `cart_items = await self._cart_items.matching(CartItem.cart_id == cart.id)`
    fn many(&mut self, rows: &'a RowsPlan, rest: &'a [StepPlan]) -> Stmt {
        let variable = self.collection_name(rows);
        let layer = self.layer(rows.entity);
        let Some(reference) = rows.reference() else {
            stratapi_diagnostics::bug!("many-to-many rows in a flow");
        };
        let reference = &layer.entity.references[reference];
        let target = &self.plan.entities[reference.target].key;
        let keys = self.keys(rows.variable, &rows.steps, target.iter().map(|it| &it.attribute));
        let own = reference.key_attributes.iter().map(|key| layer.column(key));
        let tests = own.zip(keys).map(|(own, key)| arg(own.eq(key)));
        let options = self.options(rows, rest);
        let options = (!options.is_empty()).then(|| kw("options", list(options)));
        let matching = self.repository(rows.entity).attr("matching");
        let read = assign(&variable, matching.call(tests.chain(options)).awaited());
        self.collections.push(Collected {
            variable: rows.variable,
            steps: &rows.steps,
            attribute: &rows.attribute,
            name: variable,
        });
        read
    }

    /// The key of the row at the end of a path, as the row before it has it.
    pub(super) fn keys<'k>(
        &self,
        variable: usize,
        steps: &[Step],
        key: impl Iterator<Item = &'k PyIdent>,
    ) -> Vec<Expr> {
        let printer = self.printer();
        match steps.split_last() {
            None => {
                let row = printer.place(variable, &[]);
                key.map(|part| row.clone().attr(part)).collect()
            }
            Some((last, before)) => {
                let row = printer.place(variable, before);
                let reference = &self.plan.entities[last.entity].references[last.reference];
                let keys = reference.key_attributes.iter();
                keys.map(|part| row.clone().attr(part)).collect()
            }
        }
    }

    /// `selectinload(CartItem.product)`: what is said of the rows behind each of them, by this step and
    /// by those that find them as this one has read them.
    fn options(&self, rows: &'a RowsPlan, rest: &'a [StepPlan]) -> Vec<Expr> {
        let level = self.rows.len();
        let mut found: Vec<&[Step]> = Vec::new();
        for (position, step) in rest.iter().enumerate() {
            step.reads(&mut |read| {
                if let Read::Rows(other, element, condition) = read
                    && same(other, rows)
                {
                    let mut add = |read: Read<'a>| {
                        if let Read::Row(variable, path) = read
                            && variable == level
                        {
                            found.push(path);
                        }
                    };
                    other.filter.iter().for_each(|it| in_condition(it, &mut add));
                    element.iter().for_each(|it| in_operand(it, &mut add));
                    condition.iter().for_each(|it| in_condition(it, &mut add));
                }
            });
            if let StepPlan::For(other, order, steps) = step
                && same(other, rows)
            {
                let inner = paths(steps).into_iter().filter(|(of, _)| *of == level);
                found.extend(inner.map(|(_, path)| path));
                if let Some(order) = order {
                    in_operand(order, &mut |read| {
                        if let Read::Row(_, path) = read {
                            found.push(path);
                        }
                    });
                }
            }
            if position > 0 && writes(step) || matches!(step, StepPlan::For(..)) {
                break;
            }
        }
        let found = unique(found.into_iter());
        let whole = |path: &&&[Step]| {
            !found.iter().any(|other| other.len() > path.len() && other.starts_with(path))
        };
        found.iter().filter(whole).map(|path| self.loader(path)).collect()
    }

    fn loader(&self, path: &[Step]) -> Expr {
        let column = |step: &Step| self.layer(step.entity).column(&step.attribute);
        let first = from("sqlalchemy.orm", "selectinload").call_with([column(&path[0])]);
        path[1..]
            .iter()
            .fold(first, |loader, step| loader.attr("selectinload").call_with([column(step)]))
    }

    /// `cart_items`, and no name that the flow has.
    fn collection_name(&self, rows: &RowsPlan) -> PyIdent {
        let steps = rows.steps.iter().map(|step| step.attribute.as_str());
        let words: Vec<&str> = std::iter::once(self.rows[rows.variable].name.as_str())
            .chain(steps)
            .chain([rows.attribute.as_str()])
            .collect();
        let mut text = words.join("_");
        while self.plan_names(&text) {
            text.push_str("_rows");
        }
        PyIdent::known(text)
    }

    /// Whether a row or a value of the flow has this name somewhere.
    fn plan_names(&self, text: &str) -> bool {
        let input = self.flow.inputs.iter().any(|input| input.variable.as_str() == text);
        let slot = self.plan.slots.iter().any(|slot| slot.name.as_str() == text);
        input
            || slot
            || self.flow.steps.iter().any(|step| {
                step.any(&mut |step| match step {
                    StepPlan::Let(name, _)
                    | StepPlan::Call(_, _, Some(name))
                    | StepPlan::Slot(_, _, name) => name.as_str() == text,
                    StepPlan::Create(creation) => {
                        creation.name.as_ref().is_some_and(|name| name.as_str() == text)
                    }
                    StepPlan::For(rows, ..) => rows.name.as_str() == text,
                    _ => false,
                })
            })
    }
}

/// Whether a step changes what is in the database, or reads it again.
pub(super) fn writes(step: &StepPlan) -> bool {
    step.any(&mut |step| {
        matches!(
            step,
            StepPlan::Lock(_)
                | StepPlan::Set(_)
                | StepPlan::Create(_)
                | StepPlan::Delete(_)
                | StepPlan::Transition(..)
                | StepPlan::Call(..)
        )
    })
}

fn same(one: &RowsPlan, other: &RowsPlan) -> bool {
    one.variable == other.variable && one.steps == other.steps && one.attribute == other.attribute
}

fn unique<'p>(paths: impl Iterator<Item = &'p [Step]>) -> Vec<&'p [Step]> {
    let mut all: Vec<&[Step]> = Vec::new();
    for path in paths {
        if !all.contains(&path) {
            all.push(path);
        }
    }
    all
}

/// `await self._session.refresh(order, ["item_count"])`
pub(super) fn refresh<'n>(row: Expr, attributes: impl Iterator<Item = &'n PyIdent>) -> Stmt {
    let names = list(attributes.map(|attribute| text(attribute.as_str())));
    let refresh = name("self").attr("_session").attr("refresh");
    refresh.call_with([row, names]).awaited().stmt()
}

/// Reads the rows at the ends of paths from a row, one level after the other.
fn loaded(row: &Expr, paths: &[&[Step]]) -> Vec<Stmt> {
    let mut next: Vec<&Step> = Vec::new();
    for path in paths {
        if let Some(step) = path.first().filter(|step| !next.contains(step)) {
            next.push(step);
        }
    }
    if next.is_empty() {
        return Vec::new();
    }
    let mut stmts = vec![refresh(row.clone(), next.iter().map(|step| &step.attribute))];
    for step in next {
        let behind = paths.iter().filter(|path| path.first() == Some(step));
        let behind: Vec<&[Step]> =
            behind.map(|path| &path[1..]).filter(|path| !path.is_empty()).collect();
        let row = row.clone().attr(&step.attribute);
        let inner = loaded(&row, &behind);
        if step.nullable && !inner.is_empty() {
            stmts.push(if_(row.is_not(none()), inner));
        } else {
            stmts.extend(inner);
        }
    }
    stmts
}
