//! Rules about single attributes: who may read one, and who may write it.

use crate::{EntityPlan, FieldPlan, FlowPlan, Operation, Plan, Predicate, Presence};

/// A rule about one attribute. It speaks of the caller and of the attribute's own row, nothing else.
#[derive(Debug, Clone, PartialEq)]
pub struct AttributeRulePlan {
    /// As written, for documents.
    pub text: String,
    /// Who may, on a row that is stored.
    pub stored: Predicate,
    /// Who may, on a row that is being created: it speaks of the caller alone, for what it says of the
    /// row holds for none that is not there.
    pub created: Predicate,
}

impl EntityPlan {
    /// The attributes that not everybody may read who may read the row, with their rules.
    pub fn guarded_reads(&self) -> impl Iterator<Item = (&FieldPlan, &AttributeRulePlan)> {
        self.fields.iter().filter_map(|field| Some((field, field.readable_by.as_ref()?)))
    }

    /// The attributes that an operation writes, but not for everybody who may do it, with their rules.
    pub fn guarded_writes(
        &self,
        operation: Operation,
    ) -> impl Iterator<Item = (&FieldPlan, &AttributeRulePlan)> {
        let guarded =
            self.fields.iter().filter_map(|field| Some((field, field.writable_by.as_ref()?)));
        guarded.filter(move |(field, _)| match operation {
            Operation::Create | Operation::BulkCreate => field.create != Presence::Absent,
            Operation::Update => field.update,
            Operation::Replace => field.replace != Presence::Absent,
            _ => false,
        })
    }

    /// The attributes that somebody who registers may not send, with their rules.
    pub fn kept_from_registration(&self) -> impl Iterator<Item = &FieldPlan> {
        let guarded = self.guarded_writes(Operation::Create);
        guarded.filter(|(_, rule)| !rule.created.is_for_nobody()).map(|(field, _)| field)
    }

    /// Whether answers show other members to one caller than to another.
    pub fn is_shown_by_caller(&self) -> bool {
        self.guarded_reads().any(|(_, rule)| rule.stored.speaks_of_caller())
    }
}

impl FlowPlan {
    /// Whether what it returns shows other members to one caller than to another.
    pub fn is_shown_by_caller(&self, entities: &[EntityPlan]) -> bool {
        self.returns.is_some_and(|entity| entities[entity].is_shown_by_caller())
    }
}

impl AttributeRulePlan {
    /// The rule as it is for an operation that writes.
    pub fn for_writing(&self, operation: Operation) -> &Predicate {
        match operation {
            Operation::Create | Operation::BulkCreate => &self.created,
            _ => &self.stored,
        }
    }
}

impl Plan {
    /// Whether some attribute is not for everybody to write.
    pub fn guards_writes(&self) -> bool {
        let mut fields = self.entities.iter().flat_map(|entity| &entity.fields);
        fields.any(|field| field.writable_by.is_some())
    }
}

/// Whether an operation answers with rows.
pub const fn answers_rows(operation: Operation) -> bool {
    !matches!(operation, Operation::Delete | Operation::History(_))
}
