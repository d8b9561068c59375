//! Attributes become fields; value objects become several fields and what holds them together.

use serde_json::Value;
use stratapi_diagnostics::Diagnostic;
use stratapi_ir::model::{
    Attribute, AttributeId, AttributeType, Column, DefaultValue, Entity, Flags, Literal, Member,
    ValueId,
};

use super::draft::{AttributeSlot, Context};
use super::segments::SEGMENT;
use super::{attribute_rules, naming, sample, value};
use crate::{
    ColumnName, EmbeddedPlan, FieldPlan, FieldSource, PartPlan, Predicate, Presence, PyIdent,
    PythonDefault, Sample, ValueKind, ValuePlan, ValueType,
};

/// The fields and embedded value objects of an entity.
pub(super) fn fields(
    context: &Context<'_>,
    entity: usize,
    findings: &mut Vec<Diagnostic>,
) -> (Vec<FieldPlan>, Vec<EmbeddedPlan>) {
    let attributes = &context.entity(entity).attributes;
    let mut fields = Vec::with_capacity(attributes.len());
    let mut embedded = Vec::new();
    for (position, attribute) in attributes.iter().enumerate() {
        if let AttributeType::Value(value) = attribute.ty {
            embedded.push(embed(context, (entity, position), value, &mut fields, findings));
        } else {
            fields.push(field(context, entity, position, findings));
        }
    }
    (fields, embedded)
}

fn field(
    context: &Context<'_>,
    entity: usize,
    position: usize,
    findings: &mut Vec<Diagnostic>,
) -> FieldPlan {
    let attribute = &context.entity(entity).attributes[position];
    let alone = unique_alone(context.entity(entity), position);
    let unique = alone || is_key(context, entity, position);
    let mut ty = field_type(context, entity, attribute);
    stand_in_paths(context, entity, position, &mut ty.kind);
    let numbered = unique || is_grouped(context.entity(entity), position);
    let sample = sample::sample(context.ir, &ty, attribute, numbered, findings);
    let names = &context.members[entity].attributes[position];
    let made = made_default(context, &ty, attribute);
    let presence = presence(&ty, made.as_ref());
    let Flags { readonly, immutable, primary, .. } = attribute.flags;
    let password = matches!(ty.kind, ValueKind::Password { .. });
    // Where nobody may write it before there is a row, a new row has its default.
    let nobody = attribute.writable_by.as_ref().is_some_and(|rule| {
        attribute_rules::created(context, entity, &rule.access) == Predicate::False
    });
    let create = if readonly || nobody { Presence::Absent } else { presence.clone() };
    let fixed = readonly || immutable || primary;
    let hashed = names.hashed.clone();
    let column = hashed.as_ref().map_or(attribute.name.value.as_str(), PyIdent::as_str);
    FieldPlan {
        wire: attribute.name.value.clone(),
        attribute: names.python.clone(),
        word: naming::word(&attribute.name.value),
        variable: naming::variable(&attribute.name.value),
        column: ColumnName::checked(column),
        model_attribute: hashed.unwrap_or_else(|| names.python.clone()),
        description: attribute.description.clone(),
        model_default: if password { None } else { made },
        create,
        replace: if fixed { Presence::Absent } else { presence },
        update: !fixed,
        read: !attribute.flags.writeonly && !password,
        unique: alone && !sole_key(context, entity, position),
        distinct: numbered && !ty.list,
        index: attribute.flags.index && !alone && !ty.list,
        deprecated: attribute.flags.deprecated,
        example: attribute.example.as_ref().map(|literal| value::wire_json(&ty, literal)),
        readable_by: None,
        writable_by: None,
        checked: false,
        clears: true,
        sample,
        source: FieldSource::Attribute,
        span: attribute.span,
        ty,
    }
}

/// What a text must be, and must not be, if it stands in the paths of its rows.
fn stand_in_paths(context: &Context<'_>, entity: usize, position: usize, kind: &mut ValueKind) {
    if let ValueKind::Line { pattern: pattern @ None, .. } = kind
        && context.segments.contain(context.ir, entity, position)
    {
        *pattern = Some(SEGMENT.to_owned());
    }
    if let ValueKind::Line { reserved, .. } | ValueKind::Slug { reserved, .. } = kind {
        *reserved = context.segments.reserved(entity, position);
    }
}

/// Whether no two rows have the same value: so declared, or a slug, which stands for its row in
/// addresses, unless it is unique together with other members.
fn unique_alone(entity: &Entity, position: usize) -> bool {
    let attribute = &entity.attributes[position];
    let member = Member::Column(Column::Attribute(AttributeId::at(position)));
    let together = entity.unique.iter().any(|key| key.members.contains(&member));
    let slug = matches!(attribute.ty, AttributeType::Slug { .. }) && !attribute.list;
    attribute.flags.unique || (slug && !together)
}

/// Whether an attribute is in a group in which no two rows agree.
fn is_grouped(entity: &Entity, position: usize) -> bool {
    let member = Member::Column(Column::Attribute(AttributeId::at(position)));
    let indexes = entity.indexes.iter().filter(|index| index.unique).map(|index| &index.members);
    let groups = entity.unique.iter().map(|key| &key.members);
    groups.chain(indexes).any(|members| members.contains(&member))
}

/// The type of a field: a slug's source becomes the index of a field.
fn field_type(context: &Context<'_>, entity: usize, attribute: &Attribute) -> ValueType {
    let mut ty = value::scalar_type(context.ir, attribute);
    if let ValueKind::Slug { from, .. } = &mut ty.kind {
        *from = match context.slots[entity].attributes.get(*from) {
            Some(AttributeSlot::Field(field)) => *field,
            _ => 0,
        };
    }
    ty
}

fn is_key(context: &Context<'_>, entity: usize, position: usize) -> bool {
    let source = super::keys::KeySource::Attribute(position);
    context.keys[entity].iter().any(|part| part.source == source)
}

/// Whether an attribute alone is the key, which makes it unique already.
fn sole_key(context: &Context<'_>, entity: usize, position: usize) -> bool {
    context.keys[entity].len() == 1 && is_key(context, entity, position)
}

/// The default of the model.
fn made_default(
    context: &Context<'_>,
    ty: &ValueType,
    attribute: &Attribute,
) -> Option<PythonDefault> {
    attribute.default.as_ref().map(|default| value::python_default(context.ir, ty, default))
}

/// Presence in a body that sets the whole: a default, the server or null can stand in.
fn presence(ty: &ValueType, default: Option<&PythonDefault>) -> Presence {
    match default {
        Some(default) => Presence::Optional(default.clone()),
        None if ty.nullable || matches!(ty.kind, ValueKind::Slug { .. }) => {
            Presence::Optional(PythonDefault::None)
        }
        None => Presence::Required,
    }
}

fn embed(
    context: &Context<'_>,
    (entity, position): (usize, usize),
    value: ValueId,
    fields: &mut Vec<FieldPlan>,
    findings: &mut Vec<Diagnostic>,
) -> EmbeddedPlan {
    let owner = &context.entity(entity).attributes[position];
    let parts = &context.ir.domain.values[value.index()].attributes;
    let first = fields.len();
    for part in 0..parts.len() {
        fields.push(part_field(context, (entity, position), value, part, findings));
    }
    let default = match &owner.default {
        Some(DefaultValue::Literal(Literal::Null)) => Some(PythonDefault::None),
        Some(DefaultValue::Literal(literal)) => {
            Some(PythonDefault::Literal(value::json(literal).to_string()))
        }
        _ if owner.nullable => Some(PythonDefault::None),
        _ => None,
    };
    let presence = default.map_or(Presence::Required, Presence::Optional);
    let Flags { readonly, immutable, primary, writeonly, deprecated, .. } = owner.flags;
    let fixed = readonly || immutable || primary;
    EmbeddedPlan {
        wire: owner.name.value.clone(),
        attribute: context.members[entity].attributes[position].python.clone(),
        value: context.values[value.index()].unwrap_or_default(),
        fields: (first..fields.len()).collect(),
        nullable: owner.nullable,
        create: if readonly { Presence::Absent } else { presence.clone() },
        replace: if fixed { Presence::Absent } else { presence },
        update: !fixed,
        read: !writeonly,
        deprecated,
        description: owner.description.clone(),
        span: owner.span,
    }
}

fn part_field(
    context: &Context<'_>,
    (entity, position): (usize, usize),
    value: ValueId,
    part: usize,
    findings: &mut Vec<Diagnostic>,
) -> FieldPlan {
    let owner = &context.entity(entity).attributes[position];
    let attribute = &context.ir.domain.values[value.index()].attributes[part];
    let mut ty = value::scalar_type(context.ir, attribute);
    let default = made_default(context, &ty, attribute);
    let sample = sample::sample(context.ir, &ty, attribute, owner.flags.unique, findings);
    ty.nullable |= owner.nullable;
    let names = &context.members[entity].attributes[position];
    let name = &names.parts[part];
    FieldPlan {
        wire: name.wire.clone(),
        attribute: name.python.clone(),
        word: naming::word(&name.wire),
        variable: naming::variable(&name.wire),
        model_attribute: name.python.clone(),
        column: ColumnName::checked(name.wire.as_str()),
        description: attribute.description.clone(),
        // A default of a part inside an absent value object would make half of one.
        model_default: if owner.nullable { None } else { default },
        create: Presence::Absent,
        replace: Presence::Absent,
        update: false,
        read: false,
        unique: false,
        distinct: false,
        index: (owner.flags.index || attribute.flags.index) && !ty.list,
        deprecated: attribute.flags.deprecated,
        example: attribute.example.as_ref().map(|literal| value::wire_json(&ty, literal)),
        readable_by: None,
        writable_by: None,
        checked: false,
        clears: true,
        sample,
        source: FieldSource::Value {
            owner: owner.name.value.clone(),
            owner_attribute: names.python.clone(),
            class: context.names.values[value.index()].clone(),
            part: attribute.name.value.clone(),
            part_attribute: context.value_parts[value.index()][part].clone(),
            owner_nullable: owner.nullable,
        },
        span: attribute.span,
        ty,
    }
}

/// The value objects that some entity embeds.
pub(super) fn values(context: &Context<'_>) -> Vec<ValuePlan> {
    let ir = context.ir;
    let mut plans = Vec::new();
    for (index, declared) in ir.domain.values.iter().enumerate() {
        if context.values[index].is_none() {
            continue;
        }
        let label = super::naming::label(&declared.name.value);
        let otherwise = super::naming::sentence(&super::naming::with_article(&label));
        plans.push(ValuePlan {
            name: declared.name.value.clone(),
            class: context.names.values[index].clone(),
            model: context.names.value_models[index].clone(),
            doc: super::naming::doc(&declared.description, &otherwise),
            parts: parts(context, &declared.attributes, index),
            span: declared.name.span,
        });
    }
    plans
}

fn parts(context: &Context<'_>, attributes: &[Attribute], index: usize) -> Vec<PartPlan> {
    let mut plans = Vec::new();
    for (position, attribute) in attributes.iter().enumerate() {
        plans.push(part(context, attribute, context.value_parts[index][position].clone()));
    }
    plans
}

/// A part of a value object, or of a body.
pub(super) fn part(context: &Context<'_>, attribute: &Attribute, name: PyIdent) -> PartPlan {
    let ty = value::scalar_type(context.ir, attribute);
    let default = made_default(context, &ty, attribute);
    // What cannot be sampled is reported where the value object is embedded.
    let sample: Sample = sample::sample(context.ir, &ty, attribute, false, &mut Vec::new());
    PartPlan {
        wire: attribute.name.value.clone(),
        attribute: name,
        description: attribute.description.clone(),
        presence: presence(&ty, default.as_ref()),
        deprecated: attribute.flags.deprecated,
        example: attribute
            .example
            .as_ref()
            .map(|literal| -> Value { value::wire_json(&ty, literal) }),
        sample,
        span: attribute.span,
        ty,
    }
}
