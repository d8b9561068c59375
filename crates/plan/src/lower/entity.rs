//! Entities: their names, keys, members and what depends on all of them.

use stratapi_diagnostics::Diagnostic;
use stratapi_ir::model::{ApplicationIr, IdKind};

use super::draft::{AttributeSlot, Context, RelationshipSlot};
use super::keys::KeySource;
use super::{fields, naming, relations};
use crate::{
    ColumnName, EntityPlan, FieldPlan, KeyPart, Presence, PyIdent, ReferencePlan, RowForm,
};

/// The docstring's text: what is declared, or `A blog post.`
fn doc(description: &str, label: &str) -> String {
    naming::doc(description, &naming::sentence(&naming::with_article(label)))
}

/// What stands around one row: its resource says it, or the API does.
fn form(context: &Context<'_>, index: usize) -> RowForm {
    let api = &context.ir.api;
    let own = api.resources.iter().find(|resource| resource.entity.index() == index);
    own.map_or(&api.rows, |resource| &resource.rows).clone()
}

/// Everything about an entity but its resource; `association` is the first association table of
/// its own.
pub(super) fn entity(
    context: &Context<'_>,
    index: usize,
    parent: Option<usize>,
    association: usize,
    findings: &mut Vec<Diagnostic>,
) -> EntityPlan {
    let declared = context.entity(index);
    let (fields, embedded) = fields::fields(context, index, findings);
    let references = relations::references(context, index, parent);
    let links = relations::links(context, index, association, findings);
    let collections = relations::collections(context, index);
    let key = key(context, index, &fields, &references);
    let names = &context.names.entities[index];
    let writable = links.iter().any(|link| link.writable);
    let absent = |presence: &Presence| *presence == Presence::Absent;
    let has_create = writable
        || fields.iter().any(|field| !absent(&field.create))
        || embedded.iter().any(|value| !absent(&value.create))
        || references.iter().any(|reference| !absent(&reference.create));
    let has_update = links.iter().any(|link| link.writable && !link.immutable)
        || fields.iter().any(|field| field.update)
        || embedded.iter().any(|value| value.update)
        || references.iter().any(|reference| reference.update);
    EntityPlan {
        name: declared.name.value.clone(),
        class: names.class.clone(),
        stem: names.stem.clone(),
        module: names.module.clone(),
        router_module: names.router_module.clone(),
        one: names.one.clone(),
        many: names.many.clone(),
        label: names.label.clone(),
        label_plural: declared.plural.clone(),
        doc: doc(&declared.description, &names.label),
        table: 0,
        key,
        surrogate_key: declared.base.id != IdKind::Declared,
        timestamps: declared.base.timestamps,
        is_active: declared.base.is_active,
        optimistic_lock: declared.optimistic_lock,
        soft_delete: declared.soft_delete,
        fields,
        embedded,
        references,
        links,
        collections,
        computed: Vec::new(),
        views: Vec::new(),
        flags: Vec::new(),
        machines: Vec::new(),
        transitions: Vec::new(),
        checks: Vec::new(),
        write_rules: Vec::new(),
        wanted: Vec::new(),
        left_out: Vec::new(),
        stageable: true,
        has_create,
        has_update,
        repository: false,
        referrers: Vec::new(),
        form: form(context, index),
        resource: None,
        span: declared.span,
    }
}

fn key(
    context: &Context<'_>,
    index: usize,
    fields: &[FieldPlan],
    references: &[ReferencePlan],
) -> Vec<KeyPart> {
    let one = &context.names.entities[index].one;
    let slots = &context.slots[index];
    let parts = context.keys[index].iter().map(|shape| {
        let parameter = PyIdent::known(format!("{one}_{}", naming::word(&shape.wire)));
        let plain = |attribute: PyIdent, field| KeyPart {
            attribute,
            column: ColumnName::checked(shape.wire.as_str()),
            parameter,
            ty: shape.ty.clone(),
            field,
            reference: None,
        };
        match shape.source {
            KeySource::Base => plain(PyIdent::known("id"), None),
            KeySource::Attribute(position) => match slots.attributes[position] {
                AttributeSlot::Field(field) => {
                    plain(fields[field].model_attribute.clone(), Some(field))
                }
                AttributeSlot::Embedded(_) => plain(naming::identifier(&shape.wire), None),
            },
            KeySource::Relationship(position, part) => match slots.relationships[position] {
                RelationshipSlot::Reference(reference) => {
                    let attribute = references[reference].key_attributes[part].clone();
                    KeyPart {
                        parameter: references[reference].key_variables[part].clone(),
                        reference: Some((reference, part)),
                        ..plain(attribute, None)
                    }
                }
                RelationshipSlot::Link(_) => plain(naming::identifier(&shape.wire), None),
            },
        }
    });
    parts.collect()
}

/// Which entities have a repository, and for whom.
pub(super) fn repositories(ir: &ApplicationIr, entities: &mut [EntityPlan]) {
    let mut referrers: Vec<Vec<usize>> = vec![Vec::new(); entities.len()];
    for (index, entity) in entities.iter().enumerate() {
        let references = entity.references.iter().map(|reference| reference.target);
        for target in references.chain(entity.links.iter().map(|link| link.target)) {
            if referrers[target].last() != Some(&index) {
                referrers[target].push(index);
            }
        }
    }
    let account = ir.security.as_ref().map(|security| security.authentication.user.index());
    for (index, (entity, referrers)) in entities.iter_mut().zip(referrers).enumerate() {
        let wanted = !referrers.is_empty() || account == Some(index);
        entity.repository = wanted || entity.resource.is_some();
        entity.referrers = referrers;
    }
}
