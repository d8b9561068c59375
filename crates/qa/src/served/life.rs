//! The life of a row: one transition after the other, and what is kept of them.

use serde_json::json;
use stratapi_plan::{Operation, PagePart};

use super::Purpose;
use super::body;
use super::guards;
use super::walk::{Maker, More};

impl Maker<'_, '_> {
    /// Takes the second row through its life, as far as it surely goes, and reads what was kept.
    pub(super) fn life(&mut self, index: usize) {
        if self.offered(index).is_some() && self.exists(index) && !self.is_account(index) {
            let lived = self.transitions(index);
            self.histories(index, lived);
        }
    }

    /// The machine that the second row has gone through.
    fn transitions(&mut self, index: usize) -> Option<usize> {
        let entity = &self.plan.entities[index];
        let lived = entity.machines.iter().position(|one| !one.walk_of_second.is_empty())?;
        let main = self.main();
        for walked in &entity.machines[lived].walk_of_second {
            let position = self.endpoint(index, Operation::Transition(*walked))?;
            if self.main_may(index, position) != Some(true) {
                return None;
            }
            let request = self.request(position);
            let contains = Some(guards::after(self.plan, entity, *walked));
            let name = Some(body::second(entity.module.as_str()));
            let more = More { contains, name, ..More::default() };
            self.push(Purpose::Works, index, position, request, &main, vec![200], more);
        }
        Some(lived)
    }

    /// Each step of that life is in its history. Those of other machines are read only.
    fn histories(&mut self, index: usize, lived: Option<usize>) {
        let entity = &self.plan.entities[index];
        for (machine, operation) in entity.history_operations().enumerate() {
            let Some(position) = self.endpoint(index, operation) else { continue };
            if self.main_may(index, position) != Some(true) {
                continue;
            }
            let mut more = More::default();
            if lived == Some(machine) {
                let steps = entity.machines[machine].walk_of_second.len();
                let counts = self.plan.app.lists.shows(PagePart::Count);
                more.contains = counts.then(|| json!({"total": steps}));
                more.name = Some(body::second(entity.module.as_str()));
            }
            let (main, request) = (self.main(), self.request(position));
            self.push(Purpose::Works, index, position, request, &main, vec![200], more);
        }
    }
}
