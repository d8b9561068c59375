//! Where in the migrations something stands, and what of the model it was made from.

use stratapi_diagnostics::Span;
use stratapi_plan::{Plan, TablePlan};

use crate::finding::{About, Place};
use crate::subject::Subject;

/// The folder of the migrations.
const VERSIONS: &str = "migrations/versions/";

/// All migrations, in ascending order of their paths.
pub(crate) fn migrations<'a>(subject: &Subject<'a>) -> impl Iterator<Item = (&'a str, &'a str)> {
    let actual = subject.actual;
    actual.texts().filter(|(path, _)| path.starts_with(VERSIONS) && crate::python::is_python(path))
}

/// The first migration, as a whole.
pub(crate) fn migration(subject: &Subject<'_>) -> Option<Place> {
    migrations(subject).next().map(|(path, _)| Place::file(path))
}

/// Where a table is made, or one of these names in what is said about the table.
pub(crate) fn table(subject: &Subject<'_>, table: &str, names: &[&str]) -> Option<Place> {
    let table = quoted(table);
    for (path, text) in migrations(subject) {
        let Some((start, name)) = created(text, &table) else { continue };
        let end = text[name..].find("op.create_table(").map_or(text.len(), |length| name + length);
        let section = &text[name + table.len()..end];
        for word in names.iter().map(|name| quoted(name)) {
            if let Some(at) = section.find(&word) {
                let from = name + table.len() + at;
                return Some(Place::bytes(path, from, from + word.len()));
            }
        }
        return Some(Place::bytes(path, start, name + table.len()));
    }
    None
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Where `op.create_table("posts"` starts, and the name in it.
fn created(text: &str, table: &str) -> Option<(usize, usize)> {
    for (start, call) in text.match_indices("op.create_table(") {
        let after = &text[start + call.len()..];
        let name = after.trim_start();
        if name.starts_with(table) {
            return Some((start, text.len() - name.len()));
        }
    }
    None
}

/// The last line of the project that a traceback names, those of migrations before others.
pub(crate) fn frame(subject: &Subject<'_>, output: &str) -> Option<Place> {
    let frames = output.lines().filter_map(|line| {
        let (path, rest) = line.trim_start().strip_prefix("File \"")?.split_once("\", line ")?;
        let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
        let line = digits.parse().ok()?;
        let own = subject.actual.texts().map(|(own, _)| own).find(|own| {
            path.strip_suffix(own).is_some_and(|head| head.is_empty() || head.ends_with('/'))
        })?;
        Some(Place::line(own, line))
    });
    let frames: Vec<Place> = frames.collect();
    let of_migration = frames.iter().rfind(|place| place.path.starts_with(VERSIONS));
    of_migration.or(frames.last()).cloned()
}

/// What a table is about.
pub(crate) fn about(subject: &Subject<'_>, table: &TablePlan) -> About {
    entity(subject.plan, table).map_or(About::App, |index| subject.about_entity(index))
}

/// The entity of a table, or the one that declares its association.
fn entity(plan: &Plan, table: &TablePlan) -> Option<usize> {
    table.entity.or_else(|| association(plan, table).map(|(_, left)| left))
}

/// The association of a table, as its index and the entity that declares it.
fn association(plan: &Plan, table: &TablePlan) -> Option<(usize, usize)> {
    let associations = plan.associations.iter().enumerate();
    let same = |index: usize| plan.tables[index].name == table.name;
    associations.filter(|(_, one)| same(one.table)).map(|(index, one)| (index, one.left)).next()
}

/// What of the model a table with these columns was made from.
pub(crate) fn origin(plan: &Plan, table: &TablePlan, columns: &[String]) -> Option<Span> {
    if let Some(entity) = table.entity {
        let entity = &plan.entities[entity];
        let names =
            |column: &stratapi_plan::ColumnName| columns.iter().any(|c| c == column.as_str());
        let field = entity.fields.iter().find(|field| names(&field.column)).map(|field| field.span);
        let reference = || {
            let mut all = entity.references.iter();
            all.find(|one| one.columns.iter().any(names)).map(|one| one.span)
        };
        return Some(field.or_else(reference).unwrap_or(entity.span));
    }
    if let Some((index, left)) = association(plan, table) {
        let entity = &plan.entities[left];
        let link = entity.links.iter().find(|link| link.association == Some(index));
        return Some(link.map_or(entity.span, |link| link.span));
    }
    plan.account().map(|account| account.span)
}
