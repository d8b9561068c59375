//! `docs/erd.md`: the tables as a Mermaid diagram.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use stratapi_plan::{Artifact, ColumnPlan, ColumnType, Plan, PlannedFile, TableName, TablePlan};

/// The document.
pub(super) fn emit(plan: &Plan, file: &PlannedFile) -> Artifact {
    let mut text = String::from("# Entities and relationships\n\n```mermaid\nerDiagram\n");
    for (index, table) in plan.tables.iter().enumerate() {
        entity(&mut text, index, table);
    }
    let places: BTreeMap<&TableName, usize> =
        plan.tables.iter().enumerate().map(|(index, table)| (&table.name, index)).collect();
    for (index, table) in plan.tables.iter().enumerate() {
        for key in &table.foreign_keys {
            let single = table.uniques.iter().any(|unique| unique.columns == key.columns)
                || table.primary_key.1 == key.columns;
            let absent = key
                .columns
                .iter()
                .any(|name| table.column(name).is_some_and(|column| column.nullable));
            let line = format!(
                "    t{} {}--{} t{index} : \"{}\"\n",
                places.get(&key.target).unwrap_or(&index),
                if absent { "|o" } else { "||" },
                if single { "o|" } else { "o{" },
                label(&key.columns.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")),
            );
            text.push_str(&line);
        }
    }
    text.push_str("```\n");
    Artifact { path: file.path.clone(), text, origins: Vec::new() }
}

fn entity(text: &mut String, index: usize, table: &TablePlan) {
    let mut write = |line: std::fmt::Arguments<'_>| {
        let written = text.write_fmt(line);
        debug_assert!(written.is_ok(), "writing to a String succeeds");
    };
    write(format_args!("    t{index}[\"{}\"] {{\n", label(table.name.as_str())));
    for column in &table.columns {
        write(format_args!(
            "        {} {}{}{}\n",
            type_name(&column.ty),
            word(column.name.as_str()),
            keys(table, column),
            if column.nullable { " \"may be null\"" } else { "" },
        ));
    }
    write(format_args!("    }}\n"));
}

/// `PK`, `FK`, `UK`
fn keys(table: &TablePlan, column: &ColumnPlan) -> String {
    let mut keys = Vec::new();
    if table.primary_key.1.contains(&column.name) {
        keys.push("PK");
    }
    if table.foreign_keys.iter().any(|key| key.columns.contains(&column.name)) {
        keys.push("FK");
    }
    if table.uniques.iter().any(|unique| unique.columns == [column.name.clone()]) {
        keys.push("UK");
    }
    if keys.is_empty() { String::new() } else { format!(" {}", keys.join(", ")) }
}

fn type_name(ty: &ColumnType) -> String {
    match ty {
        ColumnType::Uuid => "uuid".to_owned(),
        ColumnType::String(length) => format!("varchar({length})"),
        ColumnType::Text => "text".to_owned(),
        ColumnType::Integer => "integer".to_owned(),
        ColumnType::BigInteger => "bigint".to_owned(),
        ColumnType::Double => "double".to_owned(),
        ColumnType::Decimal(precision, scale) => format!("numeric({precision}-{scale})"),
        ColumnType::Boolean => "boolean".to_owned(),
        ColumnType::Date => "date".to_owned(),
        ColumnType::Time => "time".to_owned(),
        ColumnType::DateTime => "timestamptz".to_owned(),
        ColumnType::Duration => "interval".to_owned(),
        ColumnType::Json => "json".to_owned(),
        ColumnType::Binary(length) => format!("binary({length})"),
        ColumnType::Enum(_) => "enum".to_owned(),
    }
}

/// A column's name as Mermaid takes it: letters, digits, `_` and `-`, not starting with a digit.
fn word(name: &str) -> String {
    let word: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || c == '_' { c } else { '_' }).collect();
    if word.starts_with(|c: char| c.is_ascii_digit()) { format!("_{word}") } else { word }
}

/// Text between quotes, by Mermaid's own escapes.
pub(super) fn label(text: &str) -> String {
    let mut out = String::new();
    for character in text.chars() {
        if character.is_ascii_alphanumeric() || matches!(character, ' ' | '_' | '-' | ',' | '.') {
            out.push(character);
        } else {
            let written = write!(out, "#{};", u32::from(character));
            debug_assert!(written.is_ok(), "writing to a String succeeds");
        }
    }
    out
}
