//! Tables of entities, of associations and of sign-in.

use stratapi_diagnostics::{Code, Diagnostic, Span};
use stratapi_ir::model::{Attribute, AttributeType, DefaultValue, Member, OnDelete};

use super::constraints::ConstraintNames;
use super::draft::{AttributeSlot, Context, member_columns};
use super::{condition, rules, sql, value};
use crate::{
    AssociationPlan, CheckPlan, ColumnName, ColumnPlan, ColumnType, EntityPlan, EnumCheckPlan,
    FieldPlan, ForeignKeyPlan, IndexPlan, InvariantPlan, ServerDefault, TableName, TablePlan,
    UniquePlan, ValueKind,
};

/// The table of an entity.
pub(super) fn entity_table(
    context: &mut Context<'_>,
    names: &mut ConstraintNames,
    entities: &[EntityPlan],
    index: usize,
) -> TablePlan {
    let plan = &entities[index];
    let table = context.entity(index).table.as_str();
    let mut draft = Draft { table: empty(table, Some(index)), names };
    draft.columns(context, plan, index);
    let key = plan.key.iter().map(|part| part.column.clone()).collect();
    draft.table.primary_key = (draft.names.primary_key(table), key);
    draft.uniques(context, entities, index);
    draft.bounds(plan);
    draft.checks(context, plan, index);
    for reference in &plan.references {
        let target = &entities[reference.target];
        draft.foreign_key(
            &reference.columns,
            context.entity(reference.target).table.as_str(),
            target.key.iter().map(|part| part.column.clone()).collect(),
            reference.on_delete,
        );
    }
    draft.indexes(context, entities, index);
    draft.table
}

pub(super) fn empty(name: &str, entity: Option<usize>) -> TablePlan {
    TablePlan {
        name: TableName::checked(name),
        columns: Vec::new(),
        primary_key: (crate::ConstraintName::checked(""), Vec::new()),
        uniques: Vec::new(),
        checks: Vec::new(),
        foreign_keys: Vec::new(),
        indexes: Vec::new(),
        entity,
    }
}

pub(super) fn column(name: &str, ty: ColumnType, nullable: bool) -> ColumnPlan {
    ColumnPlan {
        name: ColumnName::checked(name),
        ty,
        nullable,
        server_default: None,
        autoincrement: false,
        enum_check: None,
    }
}

/// A table in the making.
pub(super) struct Draft<'a> {
    pub(super) table: TablePlan,
    pub(super) names: &'a mut ConstraintNames,
}

impl Draft<'_> {
    fn columns(&mut self, context: &Context<'_>, plan: &EntityPlan, index: usize) {
        let entity = context.entity(index);
        let referring = plan.references.iter().map(|reference| reference.columns.len());
        // The key, and what a base model adds: times, a deletion, a version.
        let own = 5;
        self.table.columns.reserve(plan.fields.len() + referring.sum::<usize>() + own);
        if plan.surrogate_key {
            let part = &plan.key[0];
            let mut id = column(part.column.as_str(), value::column_type(&part.ty), false);
            id.autoincrement = id.ty == ColumnType::BigInteger;
            self.table.columns.push(id);
        }
        for primary in [true, false] {
            for (position, attribute) in entity.attributes.iter().enumerate() {
                if attribute.flags.primary == primary {
                    self.attribute_columns(context, plan, index, position, attribute);
                }
            }
            for reference in plan.references.iter().filter(|other| other.primary == primary) {
                let keys = context.keys[reference.target].iter();
                for (name, part) in reference.columns.iter().zip(keys) {
                    let ty = value::column_type(&part.ty);
                    self.push(column(name.as_str(), ty, reference.nullable));
                }
            }
        }
        self.base_columns(plan);
    }

    fn attribute_columns(
        &mut self,
        context: &Context<'_>,
        plan: &EntityPlan,
        index: usize,
        position: usize,
        attribute: &Attribute,
    ) {
        match context.slots[index].attributes[position] {
            AttributeSlot::Field(field) => {
                let default = attribute.default.as_ref();
                self.field_column(context, &plan.fields[field], default);
            }
            AttributeSlot::Embedded(embedded) => {
                let AttributeType::Value(value) = attribute.ty else { return };
                let parts = &context.ir.domain.values[value.index()].attributes;
                for (field, part) in plan.embedded[embedded].fields.iter().zip(parts) {
                    let default = part.default.as_ref().filter(|_| !attribute.nullable);
                    self.field_column(context, &plan.fields[*field], default);
                }
            }
        }
    }

    fn field_column(
        &mut self,
        context: &Context<'_>,
        field: &FieldPlan,
        default: Option<&DefaultValue>,
    ) {
        let ty = value::column_type(&field.ty);
        let mut made = column(field.column.as_str(), ty, field.ty.nullable);
        made.server_default =
            default.and_then(|default| value::server_default(context.ir, &field.ty, default));
        self.push(made);
    }

    fn base_columns(&mut self, plan: &EntityPlan) {
        if plan.is_active {
            let mut made = column("is_active", ColumnType::Boolean, false);
            made.server_default = Some(ServerDefault::Bool(true));
            self.push(made);
        }
        if plan.timestamps {
            self.timestamps();
        }
        if plan.optimistic_lock {
            let mut made = column("version", ColumnType::Integer, false);
            made.server_default = Some(ServerDefault::Number("1".to_owned()));
            self.push(made);
        }
    }

    fn timestamps(&mut self) {
        for name in ["created_at", "updated_at"] {
            let mut made = column(name, ColumnType::DateTime, false);
            made.server_default = Some(ServerDefault::Now);
            self.push(made);
        }
    }

    pub(super) fn push(&mut self, mut column: ColumnPlan) {
        if let ColumnType::Enum(_) = column.ty {
            let (name, conventional) =
                self.names.check(self.table.name.as_str(), column.name.as_str());
            column.enum_check = Some(EnumCheckPlan { name, conventional });
        }
        self.table.columns.push(column);
    }

    fn uniques(&mut self, context: &Context<'_>, entities: &[EntityPlan], index: usize) {
        let plan = &entities[index];
        for field in plan.fields.iter().filter(|field| field.unique) {
            self.unique(vec![field.column.clone()], field.span);
        }
        for reference in plan.references.iter().filter(|reference| reference.unique) {
            self.unique(reference.columns.clone(), reference.span);
        }
        for key in &context.entity(index).unique {
            let columns = columns(context, entities, index, &key.members);
            self.unique(columns, key.span);
        }
    }

    fn unique(&mut self, columns: Vec<ColumnName>, span: Span) {
        let known = self.table.uniques.iter().any(|unique| unique.columns == columns);
        if known || columns.is_empty() || columns == self.table.primary_key.1 {
            return;
        }
        let (name, conventional) = self.names.unique(self.table.name.as_str(), &columns);
        self.table.uniques.push(UniquePlan { name, conventional, columns, span });
    }

    /// Checks that follow from the bounds of numbers.
    fn bounds(&mut self, plan: &EntityPlan) {
        for field in plan.fields.iter().filter(|field| !field.ty.list) {
            if let Some(sql) = bounds(field) {
                let name = format!("{}_range", field.column);
                self.check((&name, field.span), sql, None, None);
            }
        }
    }

    fn checks(&mut self, context: &mut Context<'_>, plan: &EntityPlan, index: usize) {
        let ir = context.ir;
        let rules = rules::of(context, plan, index);
        let all = rules::with_writes(context, plan, index, &rules);
        for rule in &rules {
            let values = |index: usize| value::enum_values(ir, index);
            let writer = sql::Writer { entity: plan, enum_values: &values };
            if let Some(sql) = writer.condition(&rule.tree) {
                let name = (rule.name.value.as_str(), rule.name.span);
                let invariant = rule.told(context, plan, &all);
                self.check(name, sql, Some(rule.tree.clone()), invariant);
            } else {
                let help = "bound the attribute itself: `decimal(12, 2, min=0.5)`";
                context.diagnostics.push(no_sql(rule.what(), rule.name.span, help));
            }
        }
    }

    fn check(
        &mut self,
        (short, span): (&str, Span),
        sql: String,
        tree: Option<crate::ConditionPlan>,
        invariant: Option<InvariantPlan>,
    ) {
        let (name, conventional) = self.names.check(self.table.name.as_str(), short);
        let short = conventional.then(|| short.to_owned());
        self.table.checks.push(CheckPlan { name, short, sql, tree, invariant, span });
    }

    pub(super) fn foreign_key(
        &mut self,
        columns: &[ColumnName],
        target: &str,
        target_columns: Vec<ColumnName>,
        on_delete: OnDelete,
    ) {
        let (name, conventional) =
            self.names.foreign_key(self.table.name.as_str(), columns, target);
        self.table.foreign_keys.push(ForeignKeyPlan {
            name,
            conventional,
            columns: columns.to_vec(),
            target: TableName::checked(target),
            target_columns,
            on_delete,
            deferred: false,
        });
    }

    fn indexes(&mut self, context: &mut Context<'_>, entities: &[EntityPlan], index: usize) {
        let plan = &entities[index];
        for field in plan.fields.iter().filter(|field| field.index) {
            self.index(vec![field.column.clone()], false, None, field.span);
        }
        for reference in plan.references.iter().filter(|reference| reference.index) {
            self.index(reference.columns.clone(), false, None, reference.span);
        }
        let ir = context.ir;
        for declared in &context.entity(index).indexes {
            let tree = declared
                .condition
                .as_ref()
                .map(|tree| condition::condition(context, &|_| plan, index, tree));
            let values = |index: usize| value::enum_values(ir, index);
            let writer = sql::Writer { entity: plan, enum_values: &values };
            let sql = tree.as_ref().and_then(|tree| writer.condition(tree));
            if tree.is_some() && sql.is_none() {
                // Without its condition a unique index would refuse rows that are allowed.
                let help = "leave `where` out, or ask for something else";
                context.diagnostics.push(no_sql("condition", declared.span, help));
            }
            let columns = columns(context, entities, index, &declared.members);
            self.index(columns, declared.unique, sql.zip(tree), declared.span);
        }
    }

    pub(super) fn index(
        &mut self,
        columns: Vec<ColumnName>,
        unique: bool,
        condition: Option<(String, crate::ConditionPlan)>,
        span: Span,
    ) {
        let (condition, condition_tree) = condition.unzip();
        let known = self.table.indexes.iter().any(|other| {
            other.columns == columns && other.unique == unique && other.condition == condition
        });
        // What is unique has an index already.
        let unique_already = condition.is_none()
            && (columns == self.table.primary_key.1
                || self.table.uniques.iter().any(|unique| unique.columns == columns));
        if known || unique_already || columns.is_empty() {
            return;
        }
        let (name, conventional) = self.names.index(self.table.name.as_str(), &columns);
        self.table.indexes.push(IndexPlan {
            name,
            conventional,
            columns,
            unique,
            condition,
            condition_tree,
            span,
        });
    }
}

/// The finding that a condition can't be said in the SQL of both databases.
fn no_sql(what: &str, span: Span, help: &str) -> Diagnostic {
    let message = format!("this {what} has no form that SQLite and PostgreSQL share");
    Diagnostic::error(Code::E0305, message)
        .at(span, "it compares with an instant, or a decimal with another number than zero")
        .help(help)
}

fn columns(
    context: &Context<'_>,
    entities: &[EntityPlan],
    index: usize,
    members: &[Member],
) -> Vec<ColumnName> {
    members.iter().flat_map(|member| member_columns(context, entities, index, *member)).collect()
}

/// The check of a number's bounds, unless the column's type says as much. Decimals are scaled
/// integers on SQLite: only a bound of zero means the same on both databases.
fn bounds(field: &FieldPlan) -> Option<String> {
    let column = sql::quoted(field.column.as_str());
    let zero = |bound: &Option<String>| bound.as_deref().is_some_and(value::is_zero);
    let (min, max) = match &field.ty.kind {
        ValueKind::Int { min, max, big } => {
            let (low, high) = if *big {
                (i64::MIN, i64::MAX)
            } else {
                (i64::from(i32::MIN), i64::from(i32::MAX))
            };
            ((*min > low).then(|| min.to_string()), (*max < high).then(|| max.to_string()))
        }
        ValueKind::Float { min, max } => (min.clone(), max.clone()),
        ValueKind::Decimal { min, max, .. } => {
            (zero(min).then(|| "0".to_owned()), zero(max).then(|| "0".to_owned()))
        }
        _ => (None, None),
    };
    match (min, max) {
        (Some(min), Some(max)) => Some(format!("{column} >= {min} AND {column} <= {max}")),
        (Some(min), None) => Some(format!("{column} >= {min}")),
        (None, Some(max)) => Some(format!("{column} <= {max}")),
        (None, None) => None,
    }
}

/// The table of an association.
pub(super) fn association_table(
    names: &mut ConstraintNames,
    plan: &AssociationPlan,
    table: &str,
    entities: &[EntityPlan],
    tables: &[&str],
) -> TablePlan {
    let mut draft = Draft { table: empty(table, None), names };
    let sides = [(plan.left, &plan.left_columns), (plan.right, &plan.right_columns)];
    for (side, columns) in sides {
        for (name, part) in columns.iter().zip(&entities[side].key) {
            draft.push(column(name.as_str(), value::column_type(&part.ty), false));
        }
    }
    let key = plan.left_columns.iter().chain(&plan.right_columns).cloned().collect();
    draft.table.primary_key = (draft.names.primary_key(table), key);
    for (side, columns) in sides {
        let target = entities[side].key.iter().map(|part| part.column.clone()).collect();
        draft.foreign_key(columns, tables[side], target, OnDelete::Cascade);
    }
    draft.index(plan.right_columns.clone(), false, None, entities[plan.left].span);
    draft.table
}

/// The tables of sign-in: refresh tokens, and API keys if they are on.
pub(super) fn auth_tables(
    names: &mut ConstraintNames,
    user: &EntityPlan,
    user_table: &str,
    api_keys: bool,
) -> Vec<TablePlan> {
    let mut tables = vec![refresh_tokens(names, user, user_table)];
    if api_keys {
        tables.push(api_key_table(names, user, user_table));
    }
    tables
}

/// The last number of each series.
pub(super) fn number_series(names: &mut ConstraintNames) -> TablePlan {
    let columns =
        [("form", ColumnType::String(100), false), ("last", ColumnType::BigInteger, false)];
    own(names, "number_series", columns).table
}

/// Events that are to be delivered.
pub(super) fn outbox_events(names: &mut ConstraintNames, span: Span) -> TablePlan {
    let columns = [
        ("id", ColumnType::Uuid, false),
        ("name", ColumnType::String(100), false),
        ("payload", ColumnType::Json, false),
        ("occurred_at", ColumnType::DateTime, false),
        ("attempts", ColumnType::Integer, false),
        ("next_attempt_at", ColumnType::DateTime, true),
        ("delivered_at", ColumnType::DateTime, true),
    ];
    let mut draft = own(names, "outbox_events", columns);
    let due = ["next_attempt_at", "id"].map(ColumnName::checked);
    draft.index(due.to_vec(), false, None, span);
    draft.index(vec![ColumnName::checked("delivered_at")], false, None, span);
    draft.table
}

/// Flows that workers are to do.
pub(super) fn flow_jobs(names: &mut ConstraintNames, span: Span) -> TablePlan {
    let columns = [
        ("id", ColumnType::Uuid, false),
        ("name", ColumnType::String(100), false),
        ("payload", ColumnType::Json, false),
        ("scheduled_for", ColumnType::DateTime, true),
        ("created_at", ColumnType::DateTime, false),
        ("attempts", ColumnType::Integer, false),
        ("next_attempt_at", ColumnType::DateTime, true),
        ("finished_at", ColumnType::DateTime, true),
        ("outcome", ColumnType::String(20), true),
    ];
    let mut draft = own(names, "flow_jobs", columns);
    draft.unique(["name", "scheduled_for"].map(ColumnName::checked).to_vec(), span);
    let due = ["next_attempt_at", "id"].map(ColumnName::checked);
    draft.index(due.to_vec(), false, None, span);
    draft.index(vec![ColumnName::checked("finished_at")], false, None, span);
    draft.table
}

/// What requests were answered that may be sent again.
pub(super) fn idempotency_keys(names: &mut ConstraintNames, span: Span) -> TablePlan {
    let columns = [
        ("key_hash", ColumnType::String(64), false),
        ("request_hash", ColumnType::String(64), false),
        ("status", ColumnType::Integer, false),
        ("headers", ColumnType::Json, false),
        ("body", ColumnType::Text, false),
        ("created_at", ColumnType::DateTime, false),
    ];
    let mut draft = own(names, "idempotency_keys", columns);
    draft.index(vec![ColumnName::checked("created_at")], false, None, span);
    draft.table
}

/// Which seeds were inserted, whatever became of their rows.
pub(super) fn seeded_rows(names: &mut ConstraintNames) -> TablePlan {
    let columns = [
        ("id", ColumnType::Uuid, false),
        ("name", ColumnType::Text, false),
        ("seeded_at", ColumnType::DateTime, false),
    ];
    own(names, "seeded_rows", columns).table
}

/// A table of the project itself: columns with their types and whether they may be null; the first one is
/// the key.
fn own<'a, const N: usize>(
    names: &'a mut ConstraintNames,
    table: &str,
    columns: [(&str, ColumnType, bool); N],
) -> Draft<'a> {
    let mut draft = Draft { table: empty(table, None), names };
    let key = columns.first().map(|(name, ..)| ColumnName::checked(*name)).into_iter().collect();
    for (name, ty, nullable) in columns {
        draft.push(column(name, ty, nullable));
    }
    draft.table.primary_key = (draft.names.primary_key(table), key);
    draft
}

fn owned<'a>(
    names: &'a mut ConstraintNames,
    table: &str,
    user: &EntityPlan,
) -> (Draft<'a>, Vec<ColumnName>) {
    let mut draft = Draft { table: empty(table, None), names };
    draft.push(column("id", ColumnType::Uuid, false));
    let mut columns = Vec::new();
    for part in &user.key {
        let name = format!("user_{}", part.column);
        draft.push(column(&name, value::column_type(&part.ty), false));
        columns.push(ColumnName::checked(name));
    }
    (draft, columns)
}

fn finish(
    mut draft: Draft<'_>,
    columns: &[ColumnName],
    user: &EntityPlan,
    user_table: &str,
    indexes: Vec<Vec<ColumnName>>,
) -> TablePlan {
    draft.timestamps();
    let table = draft.table.name.as_str().to_owned();
    draft.table.primary_key = (draft.names.primary_key(&table), vec![ColumnName::checked("id")]);
    draft.unique(vec![ColumnName::checked("fingerprint")], user.span);
    let target = user.key.iter().map(|part| part.column.clone()).collect();
    draft.foreign_key(columns, user_table, target, OnDelete::Cascade);
    for index in indexes {
        draft.index(index, false, None, user.span);
    }
    draft.table
}

fn refresh_tokens(names: &mut ConstraintNames, user: &EntityPlan, user_table: &str) -> TablePlan {
    let (mut draft, columns) = owned(names, "refresh_tokens", user);
    draft.push(column("family_id", ColumnType::Uuid, false));
    draft.push(column("fingerprint", ColumnType::String(64), false));
    draft.push(column("expires_at", ColumnType::DateTime, false));
    draft.push(column("revoked_at", ColumnType::DateTime, true));
    let indexes = vec![columns.clone(), vec![ColumnName::checked("family_id")]];
    finish(draft, &columns, user, user_table, indexes)
}

fn api_key_table(names: &mut ConstraintNames, user: &EntityPlan, user_table: &str) -> TablePlan {
    let (mut draft, columns) = owned(names, "api_keys", user);
    draft.push(column("name", ColumnType::String(120), false));
    draft.push(column("fingerprint", ColumnType::String(64), false));
    draft.push(column("last_used_at", ColumnType::DateTime, true));
    draft.push(column("revoked_at", ColumnType::DateTime, true));
    let indexes = vec![columns.clone()];
    finish(draft, &columns, user, user_table, indexes)
}
