//! All tables, in the order in which they can be created.

use std::collections::BTreeMap;

use stratapi_diagnostics::{Code, Diagnostic, Span};
use stratapi_ir::graph::{Edge, breaking, order};

use super::associations::Draft;
use super::constraints::ConstraintNames;
use super::constraints::LONGEST;
use super::draft::Context;
use super::naming::collision;
use super::{history, tables};
use crate::{AssociationPlan, EntityPlan, TablePlan};

/// Tables that the project has for itself, besides those of sign-in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Own {
    /// Series of numbers.
    pub numbers: bool,
    /// Events: where the first one is emitted.
    pub events: Option<Span>,
    /// Jobs: where the first flow of such is declared.
    pub jobs: Option<Span>,
    /// Seeds that were inserted.
    pub seeds: bool,
    /// Answers of requests that may be sent again: where the first endpoint of such is declared.
    pub repeated: Option<Span>,
}

/// The tables in order of creation, and the associations; entities and associations learn the
/// positions of their tables.
pub(super) fn schema(
    context: &mut Context<'_>,
    entities: &mut [EntityPlan],
    associations: Vec<Draft>,
    own: Own,
) -> (Vec<TablePlan>, Vec<AssociationPlan>) {
    let mut names = table_names(context, entities, &associations, own);
    let mut made = Vec::new();
    for index in 0..entities.len() {
        made.push(tables::entity_table(context, &mut names, entities, index));
    }
    let entity_tables: Vec<&str> =
        context.ir.domain.entities.iter().map(|entity| entity.table.as_str()).collect();
    if let Some(security) = &context.ir.security {
        let user = security.authentication.user.index();
        let api_keys = security.api_keys.is_some();
        let table = entity_tables[user];
        made.extend(tables::auth_tables(&mut names, &entities[user], table, api_keys));
    }
    made.extend(own.numbers.then(|| tables::number_series(&mut names)));
    made.extend(own.events.map(|span| tables::outbox_events(&mut names, span)));
    made.extend(own.jobs.map(|span| tables::flow_jobs(&mut names, span)));
    made.extend(own.repeated.map(|span| tables::idempotency_keys(&mut names, span)));
    made.extend(own.seeds.then(|| tables::seeded_rows(&mut names)));
    let first_history = made.len();
    let account = context.ir.security.as_ref().map(|security| {
        let user = security.authentication.user.index();
        (&entities[user], entity_tables[user])
    });
    for (index, found, span) in history::all(entities) {
        let row = (&entities[index], entity_tables[index]);
        made.push(history::table(&mut names, (found, span), row, account));
    }
    let first_association = made.len();
    for draft in &associations {
        made.push(tables::association_table(
            &mut names,
            &draft.plan,
            &draft.table,
            entities,
            &entity_tables,
        ));
    }
    let (tables, positions) = sorted(made);
    for (index, entity) in entities.iter_mut().enumerate() {
        entity.table = positions[index];
    }
    let machines = entities.iter_mut().flat_map(|entity| &mut entity.machines);
    let histories = machines.filter_map(|machine| machine.history.as_mut());
    for (history, position) in histories.zip(&positions[first_history..]) {
        history.table = *position;
    }
    let associations = associations
        .into_iter()
        .enumerate()
        .map(|(index, draft)| AssociationPlan {
            table: positions[first_association + index],
            ..draft.plan
        })
        .collect();
    (tables, associations)
}

/// Takes the names of all tables; two of one name are an error.
fn table_names(
    context: &mut Context<'_>,
    entities: &[EntityPlan],
    associations: &[Draft],
    own: Own,
) -> ConstraintNames {
    let ir = context.ir;
    let mut taken: BTreeMap<String, Option<Span>> = BTreeMap::new();
    taken.insert("alembic_version".to_owned(), None);
    taken.extend(own.numbers.then(|| ("number_series".to_owned(), None)));
    taken.extend(own.events.map(|_| ("outbox_events".to_owned(), None)));
    taken.extend(own.jobs.map(|_| ("flow_jobs".to_owned(), None)));
    taken.extend(own.repeated.map(|_| ("idempotency_keys".to_owned(), None)));
    taken.extend(own.seeds.then(|| ("seeded_rows".to_owned(), None)));
    if let Some(security) = &ir.security {
        taken.insert("refresh_tokens".to_owned(), None);
        if security.api_keys.is_some() {
            taken.insert("api_keys".to_owned(), None);
        }
    }
    let declared =
        ir.domain.entities.iter().map(|entity| (entity.table.as_str(), entity.name.span));
    let linked = associations.iter().map(|draft| (draft.table.as_str(), draft.span));
    for (name, span) in declared.chain(linked) {
        if let Some(first) = taken.insert(name.to_lowercase(), Some(span)) {
            context.diagnostics.push(match first {
                Some(first) => collision(name, "table", first, span)
                    .help("give the entity another `table`, or rename the relationship"),
                None => reserved(name, span),
            });
        }
        if name.len() > LONGEST {
            context.diagnostics.push(
                Diagnostic::error(
                    Code::E0402,
                    format!("the table `{name}` would have a name of more than 63 bytes"),
                )
                .at(span, "PostgreSQL cuts such names")
                .help("choose a shorter name, or declare `table`"),
            );
        }
    }
    for (_, found, span) in history::all(entities) {
        history_name(&found.name, span, &mut taken, &mut context.diagnostics);
    }
    let mut names = ConstraintNames::default();
    for name in taken.keys() {
        names.keep(name);
    }
    names
}

/// The table of a history takes its name last: another can be called otherwise.
fn history_name(
    name: &str,
    span: Span,
    taken: &mut BTreeMap<String, Option<Span>>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    if let Some(first) = taken.insert(name.to_owned(), Some(span)) {
        let message = format!("the history of this would have the table `{name}`, which is taken");
        let finding =
            Diagnostic::error(Code::E0402, message).at(span, "its changes are kept there");
        let finding = match first {
            Some(first) => finding.also(first, "this has it already"),
            None => finding,
        };
        diagnostics.push(finding.help("give the other another `table`, or rename the attribute"));
    }
    if name.len() > LONGEST {
        let message = format!("the table `{name}` would have a name of more than 63 bytes");
        let finding =
            Diagnostic::error(Code::E0402, message).at(span, "PostgreSQL cuts such names");
        diagnostics.push(finding.help("choose a shorter name for the entity or its attribute"));
    }
}

fn reserved(name: &str, span: Span) -> Diagnostic {
    Diagnostic::error(Code::E0402, format!("the table `{name}` belongs to the project itself"))
        .at(span, "sign-in, flows, seeds or the migrations have a table of this name")
        .help("declare another `table`, or rename this")
}

/// The tables in order of creation, and by old position the new one. Foreign keys that close a
/// circle are deferred: nullable ones first.
fn sorted(mut tables: Vec<TablePlan>) -> (Vec<TablePlan>, Vec<usize>) {
    let positions: BTreeMap<String, usize> =
        tables.iter().enumerate().map(|(index, table)| (table.name.to_string(), index)).collect();
    let mut edges = Vec::new();
    let mut places = Vec::new();
    for (from, table) in tables.iter().enumerate() {
        for (position, key) in table.foreign_keys.iter().enumerate() {
            let Some(&to) = positions.get(key.target.as_str()) else { continue };
            if from != to {
                let nullable = key.columns.iter().all(|name| {
                    table.columns.iter().any(|column| column.name == *name && column.nullable)
                });
                edges.push(Edge { from, to, rank: u8::from(!nullable) });
                places.push((from, position));
            }
        }
    }
    let removed = breaking(tables.len(), &edges);
    for edge in &removed {
        let (table, position) = places[*edge];
        tables[table].foreign_keys[position].deferred = true;
    }
    let kept = edges.iter().enumerate().filter(|(position, _)| !removed.contains(position));
    let order = order(tables.len(), kept.map(|(_, edge)| (edge.from, edge.to)));
    let mut new_positions = vec![0; tables.len()];
    let mut old: Vec<Option<TablePlan>> = tables.into_iter().map(Some).collect();
    let mut sorted = Vec::with_capacity(order.len());
    for (position, index) in order.into_iter().enumerate() {
        new_positions[index] = position;
        sorted.extend(old[index].take());
    }
    (sorted, new_positions)
}
