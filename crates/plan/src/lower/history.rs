//! Histories of states: their names and their tables.

use std::collections::BTreeSet;

use stratapi_diagnostics::Span;

use super::associations::Draft as Association;
use super::constraints::{ConstraintNames, LONGEST};
use super::draft::Context;
use super::tables::{Draft, column, empty};
use super::{app, naming, reserved, value};
use crate::case::cased;
use crate::{
    ColumnName, ColumnType, EntityPlan, HistoryPlan, KeyPart, OnDelete, PyIdent, RecordMemberPlan,
    TablePlan, ValueKind, ValueType,
};

/// Room for the name of a transition.
const NAME: u32 = 100;

/// What names of its classes end with.
const CLASSES: [&str; 4] = ["", "Read", "Page", "Repository"];

/// Gives histories to the state machines that keep one.
pub(super) fn histories(
    context: &Context<'_>,
    entities: &mut [EntityPlan],
    associations: &[Association],
) {
    let mut taken = Taken::new(context, entities, associations);
    let account = context.ir.security.as_ref().map(|it| it.authentication.user.index());
    let account = account.map_or_else(Vec::new, |index| entities[index].key.clone());
    let caller: Vec<PyIdent> = account.iter().enumerate().map(fitting("changed_by")).collect();
    for (entity, declared) in entities.iter_mut().zip(&context.machines) {
        for (position, declared) in declared.iter().enumerate() {
            if declared.history && position < entity.machines.len() {
                let made = history(context, entity, position, (&caller, &account), &mut taken);
                entity.machines[position].history = Some(made);
            }
        }
    }
}

/// Names that nothing else may have.
struct Taken {
    classes: BTreeSet<String>,
    modules: BTreeSet<String>,
    attributes: BTreeSet<String>,
}

impl Taken {
    fn new(context: &Context<'_>, entities: &[EntityPlan], associations: &[Association]) -> Self {
        let names = &context.names;
        let entity_classes = entities.iter().flat_map(|it| [&it.class, &it.stem]);
        let others = names.enums.iter().chain(&names.values).chain(&names.value_models);
        let modules = entities.iter().map(|it| &it.module);
        let modules = modules.chain(associations.iter().map(|it| &it.plan.module));
        let attributes = entities.iter().flat_map(|it| [&it.many, &it.module]);
        Self {
            classes: entity_classes.chain(others).map(ToString::to_string).collect(),
            modules: modules.map(ToString::to_string).collect(),
            attributes: attributes.map(ToString::to_string).collect(),
        }
    }
}

fn history(
    context: &Context<'_>,
    entity: &EntityPlan,
    position: usize,
    (caller, account): (&[PyIdent], &[KeyPart]),
    taken: &mut Taken,
) -> HistoryPlan {
    let machine = &entity.machines[position];
    let field = &entity.fields[machine.field];
    let word = field.word.as_str();
    let stem = format!("{}_{word}_change", naming::label(&entity.name).replace(' ', "_"));
    let class = heck::ToUpperCamelCase::to_upper_camel_case(stem.as_str());
    let others = taken.classes.clone();
    let class = free(class, "Record", &mut taken.classes, |name| {
        let mut made = CLASSES.iter().map(|suffix| format!("{name}{suffix}"));
        made.any(|it| reserved::reserved_class_names().contains(&&*it) || others.contains(&it))
    });
    let module =
        free(naming::identifier(&stem).to_string(), "_record", &mut taken.modules, |name| {
            reserved::is_module(name)
        });
    let repository = free(format!("{module}s"), "_all", &mut taken.attributes, |_| false);
    let mut methods: BTreeSet<String> =
        entity.transitions.iter().map(|it| it.method.to_string()).collect();
    let method = free(format!("{word}_history"), "_of_row", &mut methods, reserved::is_method);
    let states = value::enum_values(context.ir, machine.states);
    HistoryPlan {
        class,
        module,
        words: word.replace('_', " "),
        repository: PyIdent::known(format!("_{repository}")),
        method,
        segment: stratapi_ir::history_segment(&field.wire),
        name: format!("{stem}s"),
        table: 0,
        row: row(context, entity, caller),
        caller: caller.to_vec(),
        members: members(context, caller, account),
        length: app::length(states.into_iter()),
    }
}

/// What clients read: all but the row, which stands in the path.
fn members(
    context: &Context<'_>,
    caller: &[PyIdent],
    account: &[KeyPart],
) -> Vec<RecordMemberPlan> {
    let line = ValueKind::Line { min: 0, max: NAME, pattern: None, reserved: Vec::new() };
    let kinds = [ValueKind::Uuid, line.clone(), line.clone(), line, ValueKind::DateTime];
    let own = HistoryPlan::OWN.map(PyIdent::constant).into_iter().zip(kinds);
    let own = own.map(|(name, kind)| (name, ValueType { kind, list: false, nullable: false }));
    let who = caller.iter().cloned().zip(account);
    let who = who.map(|(name, part)| (name, ValueType { nullable: true, ..part.ty.clone() }));
    let all = own.chain(who).map(|(attribute, ty)| RecordMemberPlan {
        name: attribute.to_string(),
        wire: cased(attribute.as_str(), context.ir.api.case).into_owned(),
        attribute,
        ty,
    });
    all.collect()
}

/// `order_id`; it steps aside for what a history has itself.
fn row(context: &Context<'_>, entity: &EntityPlan, caller: &[PyIdent]) -> Vec<PyIdent> {
    let index = context.ir.domain.entities.iter().position(|it| it.name.value == entity.name);
    let word = index.map(|index| &context.names.entities[index].word);
    let word = word.map_or("row", PyIdent::as_str).trim_end_matches('_');
    let names = entity.key.iter().enumerate().map(fitting(word));
    let own = |name: &PyIdent| HistoryPlan::OWN.contains(&name.as_str()) || caller.contains(name);
    names.map(|it| if own(&it) { PyIdent::known(format!("of_{it}")) } else { it }).collect()
}

/// The name of a column that refers to a part of a key: `order_id`, if there is room for that.
fn fitting(word: &str) -> impl Fn((usize, &KeyPart)) -> PyIdent + use<'_> {
    move |(position, part)| {
        let name = format!("{word}_{}", part.attribute);
        let fits = name.len() <= LONGEST - "of_".len();
        PyIdent::known(if fits { name } else { format!("{word:.30}_key_{}", position + 1) })
    }
}

fn free(
    mut name: String,
    suffix: &str,
    taken: &mut BTreeSet<String>,
    reserved: impl Fn(&str) -> bool,
) -> PyIdent {
    while reserved(&name) || !taken.insert(name.clone()) {
        name.push_str(suffix);
    }
    PyIdent::known(name)
}

/// All histories, with the index of the entity and the machine's place in the IR.
pub(super) fn all(entities: &[EntityPlan]) -> impl Iterator<Item = (usize, &HistoryPlan, Span)> {
    entities.iter().enumerate().flat_map(|(index, entity)| {
        let machines = entity.machines.iter();
        machines.filter_map(move |it| Some((index, it.history.as_ref()?, it.span)))
    })
}

/// The table of a history. It goes with the row that it tells of, and outlives the accounts.
pub(super) fn table(
    names: &mut ConstraintNames,
    (history, span): (&HistoryPlan, Span),
    (row, row_table): (&EntityPlan, &str),
    account: Option<(&EntityPlan, &str)>,
) -> TablePlan {
    let mut draft = Draft { table: empty(&history.name, None), names };
    draft.push(column("id", ColumnType::Uuid, false));
    let of_row = keys(&mut draft, &history.row, row, false);
    draft.push(column("transition", ColumnType::String(NAME), false));
    // No enum: a history keeps states that were given up later.
    draft.push(column("from_state", ColumnType::String(history.length), false));
    draft.push(column("to_state", ColumnType::String(history.length), false));
    draft.push(column("changed_at", ColumnType::DateTime, false));
    let of_caller =
        account.map(|(it, table)| (keys(&mut draft, &history.caller, it, true), it, table));
    let primary = draft.names.primary_key(&history.name);
    draft.table.primary_key = (primary, vec![ColumnName::checked("id")]);
    let target = row.key.iter().map(|part| part.column.clone()).collect();
    draft.foreign_key(&of_row, row_table, target, OnDelete::Cascade);
    let mut order = of_row;
    order.push(ColumnName::checked("changed_at"));
    draft.index(order, false, None, span);
    if let Some((columns, account, table)) = of_caller {
        let target = account.key.iter().map(|part| part.column.clone()).collect();
        draft.foreign_key(&columns, table, target, OnDelete::SetNull);
        // Who deletes an account looks for its rows.
        draft.index(columns, false, None, span);
    }
    draft.table
}

fn keys(
    draft: &mut Draft<'_>,
    attributes: &[PyIdent],
    target: &EntityPlan,
    nullable: bool,
) -> Vec<ColumnName> {
    let pairs = attributes.iter().zip(&target.key);
    for (attribute, part) in pairs {
        draft.push(column(attribute.as_str(), value::column_type(&part.ty), nullable));
    }
    attributes.iter().map(|attribute| ColumnName::checked(attribute.as_str())).collect()
}
