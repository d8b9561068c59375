//! What seeds are known by, and that no two of them agree where no two rows may.

use stratapi_diagnostics::{Code, Diagnostic};

use super::super::Context;
use super::{Row, Seeded, wrong};
use crate::model::{
    AttributeId, AttributeType, BaseColumn, Column, DefaultValue, Entity, Literal, Member,
    RelationshipId, RelationshipKind,
};

/// The groups of members in which no two rows agree, those that people know rows by first.
pub(super) fn groups(entity: &Entity, lookup: Option<AttributeId>) -> Vec<Vec<Member>> {
    let attribute = |id| Member::Column(Column::Attribute(id));
    let of = |flag: fn(&crate::model::Flags) -> bool| {
        let all = entity.attributes.iter().enumerate();
        all.filter(move |(_, it)| flag(&it.flags))
            .map(move |(at, _)| attribute(AttributeId::at(at)))
    };
    let relationships = |is: fn(&crate::model::Relationship) -> bool| {
        let all = entity.relationships.iter().enumerate();
        all.filter(move |(_, it)| is(it))
            .map(|(at, _)| Member::Relationship(RelationshipId::at(at)))
    };
    let mut all: Vec<Vec<Member>> = lookup.map(|id| vec![attribute(id)]).into_iter().collect();
    all.push(of(|it| it.primary).chain(relationships(|it| it.primary)).collect());
    all.extend(of(|it| it.unique).map(|it| vec![it]));
    all.extend(entity.unique.iter().map(|key| key.members.clone()));
    let indexes = entity.indexes.iter().filter(|it| it.unique && it.condition.is_none());
    all.extend(indexes.map(|it| it.members.clone()));
    all.extend(relationships(|it| it.kind == RelationshipKind::OneToOne).map(|it| vec![it]));
    let mut once: Vec<Vec<Member>> = Vec::new();
    for group in all.into_iter().filter(|group| !group.is_empty()) {
        if !once.contains(&group) {
            once.push(group);
        }
    }
    once
}

/// Says the defaults of what stands in such a group: rows are looked for by it.
pub(super) fn spell_defaults(entity: &Entity, groups: &[Vec<Member>], row: &mut Row<'_>) {
    for member in groups.iter().flatten() {
        let Member::Column(Column::Attribute(id)) = member else { continue };
        let said = row.values.iter().any(|(it, _)| it == id);
        if let Some(DefaultValue::Literal(default)) = &entity.attributes[id.index()].default
            && !said
        {
            row.values.push((*id, default.clone()));
        }
    }
}

/// What a seed has in a member.
enum Part {
    /// This.
    Known(String),
    /// Null, which is like nothing, or what is another one in every row.
    Alone,
    /// Something that is known when it is inserted.
    Open,
}

/// Chooses what the seeds are known by, and reports those that are alike.
pub(super) fn choose(index: usize, all: &mut [Seeded<'_>], context: &mut Context) -> bool {
    let before = context.findings.len();
    let rows = &all[index];
    let entity = context.draft(rows.entity).entity.clone();
    let known = |group: &&Vec<Member>| {
        rows.rows.iter().all(|row| {
            group.iter().all(|it| {
                !matches!(it, Member::Column(Column::Base(_)))
                    && matches!(part(&entity, *it, row), Part::Known(_))
            })
        })
    };
    let Some(known_by) = rows.groups.iter().find(known).cloned() else {
        let message = format!("nothing tells the seeds of `{}` apart", entity.name.value);
        let help = "make an attribute `unique`, and say it in every seed";
        wrong(rows.span, message, help, context);
        return false;
    };
    for group in &rows.groups {
        alike(&entity, group, &rows.rows, context);
    }
    let keys: Vec<String> = rows.rows.iter().map(|row| key(&entity, &known_by, row, all)).collect();
    let rows = &mut all[index];
    for (row, key) in rows.rows.iter_mut().zip(keys) {
        row.key = key;
    }
    rows.known_by = known_by;
    context.findings.len() == before
}

/// What a seed is known by, as one text.
fn key(entity: &Entity, known_by: &[Member], row: &Row<'_>, all: &[Seeded<'_>]) -> String {
    let part = |member: &Member| match member {
        Member::Relationship(id) => {
            let (_, seed) = row.references.iter().find(|(it, _)| it == id)?;
            let target = entity.relationships[id.index()].target;
            let rows = all.iter().find(|rows| rows.entity == target)?;
            Some(rows.rows[*seed].key.clone())
        }
        Member::Column(_) => match part(entity, *member, row) {
            Part::Known(text) => Some(text),
            Part::Alone | Part::Open => None,
        },
    };
    let parts: Vec<String> = known_by.iter().filter_map(part).collect();
    match &parts[..] {
        [one] => one.clone(),
        several => {
            let escaped = several.iter().map(|it| it.replace('%', "%25").replace('/', "%2F"));
            escaped.collect::<Vec<_>>().join("/")
        }
    }
}

/// Reports seeds that agree where no two rows may, and what can't be compared.
fn alike(entity: &Entity, group: &[Member], rows: &[Row<'_>], context: &mut Context) {
    let names: Vec<&str> = group.iter().map(|member| name(entity, *member)).collect();
    let names = names.join("`, `");
    let mut seen: Vec<(Vec<String>, usize)> = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        let parts: Vec<Part> = group.iter().map(|it| part(entity, *it, row)).collect();
        if parts.iter().any(|part| matches!(part, Part::Alone)) {
            continue;
        }
        let mut values = Vec::new();
        for part in parts {
            if let Part::Known(text) = part {
                values.push(text);
            }
        }
        if values.len() < group.len() {
            let message = format!("whether two seeds agree in `{names}` can't be said yet");
            let finding = Diagnostic::error(Code::E0311, message)
                .at(row.span, "what stands there is not known, or has several forms")
                .help("leave the seed out until a later version");
            context.report(finding);
            return;
        }
        if let Some((_, first)) = seen.iter().find(|(other, _)| *other == values) {
            let message = format!("two seeds agree in `{names}`, and no two rows may");
            let finding = Diagnostic::error(Code::E0324, message)
                .at(row.span, "")
                .also(rows[*first].span, "the other one");
            context.report(finding.help("change or remove one of them"));
        } else {
            seen.push((values, index));
        }
    }
}

fn name(entity: &Entity, member: Member) -> &str {
    match member {
        Member::Column(column) => entity.column_name(column),
        Member::Relationship(id) => &entity.relationships[id.index()].name.value,
    }
}

fn part(entity: &Entity, member: Member, row: &Row<'_>) -> Part {
    match member {
        Member::Column(Column::Attribute(id)) => attribute(entity, id, row),
        Member::Column(Column::Base(BaseColumn::Id)) => Part::Alone,
        Member::Column(_) => Part::Open,
        Member::Relationship(id) => match row.references.iter().find(|(it, _)| *it == id) {
            Some((_, seed)) => Part::Known(seed.to_string()),
            None if row.named.iter().any(|(it, _)| *it == id) => Part::Open,
            None => Part::Alone,
        },
    }
}

fn attribute(entity: &Entity, id: AttributeId, row: &Row<'_>) -> Part {
    let declared = &entity.attributes[id.index()];
    let several_forms = matches!(
        declared.ty,
        AttributeType::Float(_)
            | AttributeType::DateTime
            | AttributeType::Time
            | AttributeType::Duration
    );
    match row.values.iter().find(|(it, _)| *it == id) {
        Some((_, Literal::Null)) => Part::Alone,
        Some(_) if several_forms => Part::Open,
        Some((_, value)) => text(value).map_or(Part::Open, Part::Known),
        None => match declared.default {
            None | Some(DefaultValue::Uuid) => Part::Alone,
            Some(_) => Part::Open,
        },
    }
}

/// A single value as text.
pub(super) fn text(value: &Literal) -> Option<String> {
    match value {
        Literal::Bool(value) => Some(value.to_string()),
        Literal::Int(text) | Literal::Number(text) | Literal::Text(text) => Some(text.clone()),
        Literal::Null | Literal::List(_) | Literal::Map(_) => None,
    }
}
