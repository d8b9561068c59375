//! `app/models/{module}.py`: the model of an entity.

use stratapi_diagnostics::bug;
use stratapi_plan::{
    Artifact, ColumnName, ColumnPlan, EmbeddedPlan, EntityPlan, FieldPlan, FieldSource,
    ForeignKeyPlan, Plan, PlannedFile, PyIdent, Subject, TablePlan, ValueKind, ValueType,
};

use super::{column, computed, relationship, table_args};
use crate::python::build::{
    annotated, arg, assign, boolean, class, dict, from, kw, name, text, tuple,
};
use crate::python::{Argument, Expr, Module, Stmt, artifact};
use crate::types::{self, Default};

/// The module of one entity.
pub(super) fn emit(plan: &Plan, file: &PlannedFile) -> Artifact {
    let Subject::Entity(index) = file.subject else { bug!("a model needs an entity") };
    let entity = &plan.entities[index];
    let table = &plan.tables[entity.table];
    let mut body = vec![assign("__tablename__", text(table.name.as_str()))];
    let declares = |column: &ColumnName| {
        entity.fields.iter().any(|field| field.column == *column)
            || entity.references.iter().any(|reference| reference.columns.contains(column))
    };
    let arguments = table_args::table_args(table, declares);
    if !arguments.is_empty() {
        body.push(assign("__table_args__", tuple(arguments)));
    }
    body.push(Stmt::Blank);
    let columns = columns(plan, entity, table);
    let is_plain = columns.is_empty();
    body.extend(columns);
    body.extend(entity.embedded.iter().map(|embedded| composite(plan, entity, embedded)));
    if !is_plain {
        body.push(Stmt::Blank);
    }
    body.extend(relationships(plan, entity));
    body.extend(entity.links.iter().map(|link| relationship::keys(plan, link)));
    body.extend(flags(plan, entity));
    body.extend(computed::members(plan, entity));
    let mut model = class(&entity.class).doc(&entity.doc);
    for base in bases(entity) {
        model = model.base(from("app.models.base", base));
    }
    let stmt = Stmt::Origin(entity.span, Box::new(model.body(body).stmt()));
    let module = Module::new(&entity.label_plural).body(computed::constants(plan, entity));
    artifact(file, &module.body([stmt]))
}

/// What reads tell callers of a row: `liked: Mapped[bool] = query_expression()`.
fn flags(plan: &Plan, entity: &EntityPlan) -> Vec<Stmt> {
    if entity.flags.is_empty() {
        return Vec::new();
    }
    let told = plan.shown_flags().into_iter();
    let own = told.filter(|(index, _)| std::ptr::eq(&raw const plan.entities[*index], entity));
    let mut all = vec![Stmt::Blank];
    all.extend(own.map(|(_, flag)| {
        let ty = from("sqlalchemy.orm", "Mapped").index([name("bool")]);
        let told = from("sqlalchemy.orm", "query_expression").call([]);
        Stmt::Origin(flag.span, Box::new(annotated(&flag.attribute, ty, Some(told))))
    }));
    if all.len() > 1 { all } else { Vec::new() }
}

/// The mixins that give it its base columns.
fn bases(entity: &EntityPlan) -> Vec<&'static str> {
    let mut bases = Vec::new();
    if entity.surrogate_key {
        let counted = matches!(entity.key[0].ty.kind, ValueKind::Int { .. });
        bases.push(if counted { "IntKeyMixin" } else { "UuidKeyMixin" });
    }
    if entity.is_active {
        bases.push("ActiveMixin");
    }
    if entity.timestamps {
        bases.push("TimestampMixin");
    }
    if entity.optimistic_lock {
        bases.push("VersionMixin");
    }
    bases.push("Base");
    bases
}

/// The columns of the table in their order, without those of the mixins.
fn columns(plan: &Plan, entity: &EntityPlan, table: &TablePlan) -> Vec<Stmt> {
    table
        .columns
        .iter()
        .filter_map(|column| {
            let field = entity.fields.iter().find(|field| field.column == column.name);
            match field {
                Some(field) => Some(field_column(plan, table, column, field)),
                None => key_column(plan, entity, table, column),
            }
        })
        .collect()
}

fn foreign_key<'a>(table: &'a TablePlan, column: &ColumnPlan) -> Option<&'a ForeignKeyPlan> {
    table.foreign_keys.iter().find(|key| key.columns == [column.name.clone()])
}

/// `title: Mapped[str] = mapped_column(String(200))`
fn field_column(plan: &Plan, table: &TablePlan, column: &ColumnPlan, field: &FieldPlan) -> Stmt {
    let ty = ValueType { nullable: column.nullable, ..field.ty.clone() };
    let mut arguments = named(column, &field.model_attribute);
    let given = if field.takes_default() {
        Some(column::explicit_null(plan, column, Some(&ty)))
    } else {
        type_argument(plan, table, column, &ty)
    };
    arguments.extend(given.map(arg));
    arguments.extend(foreign_key(table, column).map(column::foreign_key).map(arg));
    arguments.extend(column::flags(table, column));
    if ty.kind == ValueKind::Json && !ty.list && !ty.nullable {
        // Its type contains None, which stands for JSON null.
        arguments.push(kw("nullable", boolean(false)));
    }
    if let Some(default) = &field.model_default {
        let value = match types::default(plan, &ty, default) {
            Default::Value(Expr::None) => None,
            Default::Value(value) => Some(value),
            Default::Factory(Expr::Subscript(function, _)) => Some(*function),
            Default::Factory(function) => Some(function),
        };
        arguments.extend(value.map(|value| kw("default", value)));
    }
    arguments.extend(column::server_default(plan, column));
    if matches!(field.source, FieldSource::Value { .. }) {
        let place = dict([(text("pointer"), text(field.pointer()))]);
        arguments.push(kw("info", place));
    }
    let stmt = mapped_column(&field.model_attribute, types::model(plan, &ty), arguments);
    Stmt::Origin(field.span, Box::new(stmt))
}

/// A column that only a reference has: `author_id`.
fn key_column(
    plan: &Plan,
    entity: &EntityPlan,
    table: &TablePlan,
    column: &ColumnPlan,
) -> Option<Stmt> {
    let (reference, position) = entity.references.iter().find_map(|reference| {
        let position = reference.columns.iter().position(|name| *name == column.name)?;
        Some((reference, position))
    })?;
    let attribute = &reference.key_attributes[position];
    let target = &plan.entities[reference.target].key[position];
    let ty = ValueType { nullable: column.nullable, ..target.ty.clone() };
    let mut arguments = named(column, attribute);
    arguments.extend(type_argument(plan, table, column, &ty).map(arg));
    arguments.extend(foreign_key(table, column).map(column::foreign_key).map(arg));
    arguments.extend(column::flags(table, column));
    let stmt = mapped_column(attribute, types::model(plan, &ty), arguments);
    Some(Stmt::Origin(reference.span, Box::new(stmt)))
}

/// The type of a column where its annotation does not say it. SQLAlchemy takes that of a foreign key from
/// the column that it refers to, which does not know it yet if it is a foreign key as well.
fn type_argument(
    plan: &Plan,
    table: &TablePlan,
    column: &ColumnPlan,
    ty: &ValueType,
) -> Option<Expr> {
    let refers_again = || {
        let key = foreign_key(table, column)?;
        let target = plan.tables.iter().find(|target| target.name == key.target)?;
        target.foreign_keys.iter().find(|other| other.columns == key.target_columns)
    };
    let told = column::type_argument(plan, column, Some(ty));
    told.or_else(|| refers_again().map(|_| column::column_type(plan, column)))
}

/// The name in the database, where Python has another.
fn named(column: &ColumnPlan, attribute: &PyIdent) -> Vec<Argument> {
    let differs = column.name.as_str() != attribute.as_str();
    differs.then(|| arg(text(column.name.as_str()))).into_iter().collect()
}

fn mapped_column(attribute: &PyIdent, ty: Expr, arguments: Vec<Argument>) -> Stmt {
    let mapped = from("sqlalchemy.orm", "Mapped").index([ty]);
    annotated(attribute, mapped, Some(from("sqlalchemy.orm", "mapped_column").call(arguments)))
}

/// `address: Mapped[Address] = composite("address_street", …)`
fn composite(plan: &Plan, entity: &EntityPlan, embedded: &EmbeddedPlan) -> Stmt {
    let class = from("app.models.values", &plan.values[embedded.value].class);
    let annotation = if embedded.nullable { class.or_none() } else { class };
    let parts =
        embedded.fields.iter().map(|index| text(entity.fields[*index].model_attribute.as_str()));
    let stmt = annotated(
        &embedded.attribute,
        from("sqlalchemy.orm", "Mapped").index([annotation]),
        Some(from("sqlalchemy.orm", "composite").call_with(parts)),
    );
    Stmt::Origin(embedded.span, Box::new(stmt))
}

fn relationships(plan: &Plan, entity: &EntityPlan) -> Vec<Stmt> {
    let references = entity.references.iter().map(|reference| {
        let stmt = relationship::reference(plan, entity, reference);
        Stmt::Origin(reference.span, Box::new(stmt))
    });
    let links = entity
        .links
        .iter()
        .map(|link| Stmt::Origin(link.span, Box::new(relationship::link(plan, entity, link))));
    let ends =
        entity.collections.iter().filter_map(|end| relationship::collection(plan, entity, end));
    references.chain(links).chain(ends).collect()
}
