//! Columns by name: the attributes of an entity and what the base model adds, seen alike.

use std::borrow::Cow;

use stratapi_diagnostics::Span;

use super::Draft;
use crate::model::{AttributeId, AttributeType, BaseColumn, Column, ComputedId};

/// What is known about a column, wherever it comes from.
#[expect(clippy::struct_excessive_bools, reason = "independent facts")]
pub(super) struct Facts<'a> {
    pub(super) ty: Cow<'a, AttributeType>,
    pub(super) list: bool,
    pub(super) nullable: bool,
    /// Whether no two rows have the same value.
    pub(super) unique: bool,
    pub(super) writeonly: bool,
    /// Whether not everybody may read it who may read the row.
    pub(super) guarded: bool,
    /// Its declaration, if it has one.
    pub(super) place: Option<Span>,
}

impl Draft {
    /// The column of this name.
    pub(super) fn column(&self, name: &str) -> Option<Column> {
        let declared = self.attributes.get(name).copied().map(Column::Attribute);
        declared.or_else(|| {
            self.entity.base_columns().find(|base| base.name() == name).map(Column::Base)
        })
    }

    /// Whether a column was reported: no more is said about it.
    pub(super) fn is_broken(&self, column: Column) -> bool {
        matches!(column, Column::Attribute(id) if self.broken.contains(&id))
    }

    /// Whether an attribute is the whole key.
    fn is_key(&self, id: AttributeId) -> bool {
        let attributes = self.entity.attributes.iter().filter(|it| it.flags.primary);
        let relationships = self.entity.relationships.iter().filter(|it| it.primary);
        self.entity.attributes[id.index()].flags.primary
            && attributes.count() + relationships.count() == 1
    }

    /// What is known about a column.
    pub(super) fn facts(&self, column: Column) -> Facts<'_> {
        let ty = self.entity.column_type(column);
        match column {
            Column::Attribute(id) => {
                let attribute = &self.entity.attributes[id.index()];
                Facts {
                    ty,
                    list: attribute.list,
                    nullable: attribute.nullable,
                    unique: attribute.flags.unique || self.is_key(id),
                    writeonly: attribute.flags.writeonly,
                    guarded: attribute.readable_by.is_some(),
                    place: Some(attribute.span),
                }
            }
            Column::Base(base) => Facts {
                ty,
                list: false,
                nullable: false,
                unique: base == BaseColumn::Id,
                writeonly: false,
                guarded: false,
                place: None,
            },
            Column::Computed(id) => {
                let computed = &self.entity.computed[id.index()];
                Facts {
                    ty,
                    list: false,
                    nullable: computed.nullable,
                    unique: false,
                    writeonly: false,
                    guarded: false,
                    place: Some(computed.span),
                }
            }
        }
    }

    /// The computed attribute of this name.
    pub(super) fn computed(&self, name: &str) -> Option<ComputedId> {
        self.entity.computed.iter().position(|it| it.name.value == name).map(ComputedId::at)
    }

    /// Everything that a name can mean in it, for advice.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> + Clone {
        let entity = &self.entity;
        let base = BaseColumn::ALL.into_iter().filter(|column| column.is_in(entity));
        let base = base.map(|column| entity.column_name(Column::Base(column)));
        let own = self.attributes.keys().chain(self.relationships.keys()).map(String::as_str);
        own.chain(base)
    }
}
