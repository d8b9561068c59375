//! Steps that ask who may read and write single attributes: they are shown and taken, or left out and
//! refused.

use serde_json::{Map, Value, json};
use stratapi_plan::{EntityPlan, FieldPlan, Operation, Predicate};

use super::Purpose;
use super::body::{self, CHANGED, REFUSED};
use super::rule::Caller;
use super::walk::{Maker, More};

impl<'a> Maker<'_, 'a> {
    /// Asks for the row of the walk, and tries to write what not everybody may.
    pub(super) fn attributes(&mut self, index: usize) {
        let Some((entity, _)) = self.offered(index) else { return };
        if !self.exists(index) {
            return;
        }
        let callers: Vec<Caller> = std::iter::once(self.main()).chain(self.others()).collect();
        for caller in &callers {
            for operation in [Operation::Get, Operation::List] {
                self.shown(index, entity, operation, caller);
            }
            for operation in [Operation::Create, Operation::Update] {
                self.written(index, entity, operation, caller);
            }
        }
    }

    /// The operation, if the caller surely may do it.
    fn surely(&self, index: usize, operation: Operation, caller: &Caller) -> Option<usize> {
        let position = self.endpoint(index, operation)?;
        let may = self.may(index, caller, self.operation(position));
        (may == Some(true)).then_some(position)
    }

    fn shown(
        &mut self,
        index: usize,
        entity: &'a EntityPlan,
        operation: Operation,
        caller: &Caller,
    ) {
        let Some(position) = self.surely(index, operation, caller) else { return };
        if self.operation(position).view.is_some() {
            // No view shows what is not for everybody.
            return;
        }
        let listed = operation == Operation::List;
        for (purpose, may) in [(Purpose::Refuses, false), (Purpose::Works, true)] {
            let reads = entity.guarded_reads();
            let members: Vec<&str> = reads
                .filter(|(_, rule)| self.holds(index, caller, &rule.stored) == Some(may))
                .map(|(field, _)| field.wire.as_str())
                .collect();
            if members.is_empty() {
                continue;
            }
            let about = listed.then(|| body::keyed(entity));
            let words = if may { "who may read" } else { "who may not read" };
            let what = format!("{words} `{}`", members.join("`, `"));
            let members = json!({"of": about, "shown": may, "names": members});
            let more = More { members: Some(members), what, ..More::default() };
            let request = self.request(position);
            self.push(purpose, index, position, request, caller, vec![200], more);
        }
    }

    fn written(
        &mut self,
        index: usize,
        entity: &'a EntityPlan,
        operation: Operation,
        caller: &Caller,
    ) {
        let Some(position) = self.surely(index, operation, caller) else { return };
        let creates = operation == Operation::Create;
        if creates && (self.is_account(index) || !entity.stageable) {
            return;
        }
        for (field, rule) in entity.guarded_writes(operation) {
            let may = self.holds(index, caller, rule.for_writing(operation));
            let wire = field.wire.as_str();
            let mut sent =
                if creates { body::create(self.plan, entity, REFUSED) } else { Map::new() };
            sent.insert(wire.to_owned(), body::own(entity, field, CHANGED));
            let request = self.request(position);
            if may == Some(false) {
                let contains = self.coded("attribute_not_writable");
                let what = format!("who may not write `{wire}`");
                let more = More { body: Some(sent), contains, what, ..More::default() };
                self.push(Purpose::Refuses, index, position, request, caller, vec![403], more);
            } else if may == Some(true) && !creates && caller.made && !self.is_account(index) {
                let contains = self.shows(index, caller, field).then(|| json!({wire: sent[wire]}));
                let what = format!("who may write `{wire}`");
                let more =
                    More { body: Some(sent), contains, what, saves: true, ..More::default() };
                let clashes = body::may_repeat(entity, field).then_some(409);
                let expect = std::iter::once(200).chain(clashes).collect();
                self.push(Purpose::Works, index, position, request, caller, expect, more);
            }
        }
    }

    /// Whether the caller is surely shown an attribute, exactly as it was sent.
    fn shows(&self, index: usize, caller: &Caller, field: &FieldPlan) -> bool {
        let reads = field.readable_by.as_ref();
        let may = reads.map_or(Some(true), |rule| self.holds(index, caller, &rule.stored));
        may == Some(true) && body::is_plain(field)
    }

    /// Whether a rule about an attribute of the row of the walk holds, if that is known.
    fn holds(&self, index: usize, caller: &Caller, rule: &Predicate) -> Option<bool> {
        caller.holds(self.plan, &self.plan.entities[index], rule, false)
    }
}

/// What nobody may say of themselves who registers.
pub(super) fn kept_from_registration(entity: &EntityPlan) -> Map<String, Value> {
    let kept = entity.kept_from_registration();
    kept.map(|field| (field.wire.clone(), body::own(entity, field, CHANGED))).collect()
}
