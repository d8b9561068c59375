//! Functions of routers, which are the operationIds: unique in the whole application.

use std::collections::BTreeSet;

use stratapi_ir::model::Operation;

use super::draft::Context;
use super::reserved;
use crate::PyIdent;

/// Function names in use.
#[derive(Debug, Default)]
pub(super) struct Functions {
    taken: BTreeSet<String>,
}

impl Functions {
    /// The functions of an entity's operations, in order.
    pub(super) fn of(
        &mut self,
        context: &Context<'_>,
        entity: usize,
        operations: &[Operation],
    ) -> Vec<PyIdent> {
        let names = &context.names.entities[entity];
        // A word that steps aside for a keyword (`class_`) need not do so behind a verb.
        let (one, many) =
            [&names.word, &names.plural].map(|it| it.as_str().trim_end_matches('_')).into();
        let wanted = operations.iter().map(|operation| match operation {
            Operation::List => format!("list_{many}"),
            Operation::Get => format!("get_{one}"),
            Operation::Create => format!("create_{one}"),
            Operation::BulkCreate => format!("bulk_create_{many}"),
            Operation::Update => format!("update_{one}"),
            Operation::Replace => format!("replace_{one}"),
            Operation::Delete => format!("delete_{one}"),
            Operation::Transition(position) => {
                let name = context.transitions(entity).nth(*position);
                format!("{}_{one}", name.map_or("", |transition| &transition.name.value))
            }
            Operation::History(position) => {
                let machine = context.machines[entity][*position];
                let attribute = &context.entity(entity).attributes[machine.attribute.index()];
                let word = super::naming::word(&attribute.name.value);
                format!("list_{one}_{word}_history")
            }
        });
        wanted.map(|name| self.free(name)).collect()
    }

    fn free(&mut self, mut name: String) -> PyIdent {
        while reserved::FUNCTION_NAMES.contains(&name.as_str()) || self.taken.contains(&name) {
            name.push_str("_row");
        }
        self.taken.insert(name.clone());
        PyIdent::known(name)
    }
}
