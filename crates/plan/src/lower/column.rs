//! Columns that the IR names: attributes, what the base model adds and what is computed, as Python
//! sees them.

use stratapi_ir::model::{BaseColumn, Column};

use super::draft::Context;
use crate::{EntityPlan, PyIdent, ValueKind, ValueType};

/// A column with its names and its type.
pub(super) struct Named<'a> {
    /// On the wire.
    pub(super) wire: &'a str,
    /// In the model.
    pub(super) attribute: PyIdent,
    pub(super) ty: ValueType,
}

/// The column of an entity; `None` for a value object, which has several.
pub(super) fn column<'a>(
    context: &Context<'_>,
    entity: usize,
    plan: &'a EntityPlan,
    column: Column,
) -> Option<Named<'a>> {
    match column {
        Column::Attribute(attribute) => {
            let field = plan.fields.get(context.field(entity, attribute)?)?;
            let attribute = field.model_attribute.clone();
            Some(Named { wire: &field.wire, attribute, ty: field.ty.clone() })
        }
        Column::Base(column) => Some(base(context, entity, column)),
        Column::Computed(id) => {
            let found = plan.computed.get(id.index())?;
            let (attribute, ty) = (found.attribute.clone(), found.ty.clone());
            Some(Named { wire: &found.wire, attribute, ty })
        }
    }
}

/// A column of the base model.
pub(super) fn base(context: &Context<'_>, entity: usize, column: BaseColumn) -> Named<'static> {
    let kind = match column {
        BaseColumn::Id => context.keys[entity][0].ty.kind.clone(),
        BaseColumn::IsActive => ValueKind::Bool,
        BaseColumn::CreatedAt | BaseColumn::UpdatedAt => ValueKind::DateTime,
        BaseColumn::Version => ValueKind::Int { min: 1, max: i64::from(i32::MAX), big: false },
    };
    Named {
        wire: column.name(),
        attribute: PyIdent::known(column.name()),
        ty: ValueType { kind, list: false, nullable: false },
    }
}
