//! Questions that several strata ask of the plan.

use std::collections::BTreeSet;

use crate::{
    EntityPlan, FieldSource, FlowPlan, HistoryPlan, KeyPart, Operation, OperationPlan, Pagination,
    Plan, Predicate, Read, SeedEditPlan, StepPlan, TablePlan, ValueKind, Write, WriteRulePlan,
};

impl Plan {
    /// The entity of accounts, if there is sign-in.
    pub fn account(&self) -> Option<&EntityPlan> {
        self.app.auth.as_ref().map(|auth| &self.entities[auth.user])
    }

    /// Whether the collection of accounts is nested: whose account it is says nothing about its parent.
    pub fn has_nested_accounts(&self) -> bool {
        let resource = self.account().and_then(|account| account.resource.as_ref());
        resource.is_some_and(|resource| resource.parent.is_some())
    }

    /// The path of the caller's own account, with the prefix: `/api/v1/users/me`.
    pub fn me_path(&self) -> Option<String> {
        let account = self.account()?;
        let collection =
            if self.has_nested_accounts() { "/auth".to_owned() } else { account.collection_path() };
        Some(format!("{}{collection}/me", self.app.prefix))
    }

    /// Whether the entity at this index is that of accounts.
    pub fn is_account(&self, entity: usize) -> bool {
        self.app.auth.as_ref().is_some_and(|auth| auth.user == entity)
    }

    /// The table of an entity.
    pub fn table(&self, entity: &EntityPlan) -> &TablePlan {
        &self.tables[entity.table]
    }

    /// Whether the entity at this index has schemas: it has a resource, or accounts are made of it.
    pub fn has_schema(&self, entity: usize) -> bool {
        self.entities[entity].resource.is_some() || self.is_account(entity)
    }

    /// The entities with a resource, in order, with their indexes.
    pub fn resources(&self) -> impl Iterator<Item = (usize, &EntityPlan)> {
        self.entities.iter().enumerate().filter(|(_, entity)| entity.resource.is_some())
    }

    /// Whether some attribute is a slug.
    pub fn has_slugs(&self) -> bool {
        self.uses(|kind| matches!(kind, ValueKind::Slug { .. }))
    }

    /// Whether passwords are stored: those of accounts, or others.
    pub fn has_passwords(&self) -> bool {
        self.app.auth.is_some() || self.uses(|kind| matches!(kind, ValueKind::Password { .. }))
    }

    /// Whether a caller can be refused: by sign-in, or by a rule on rows.
    pub fn refuses(&self) -> bool {
        let resources = self.resources().filter_map(|(_, entity)| entity.resource.as_ref());
        self.app.auth.is_some()
            || self.flows.iter().any(|flow| flow.refusals.contains(&403))
            || resources
                .flat_map(|resource| &resource.operations)
                .any(|operation| operation.problems.contains(&403))
    }

    /// Whether some resource has the operation.
    pub fn offers(&self, operation: Operation) -> bool {
        self.resources().any(|(_, entity)| entity.operation(operation).is_some())
    }

    /// Whether a violated check is reported under a name of its own.
    pub fn has_invariants(&self) -> bool {
        self.tables.iter().flat_map(|table| &table.checks).any(|check| check.invariant.is_some())
    }

    fn write_rules(&self) -> impl Iterator<Item = &WriteRulePlan> {
        self.entities.iter().flat_map(|entity| &entity.write_rules)
    }

    /// Whether a repository holds writes to an invariant.
    pub fn has_write_rules(&self) -> bool {
        self.write_rules().next().is_some()
    }

    /// Whether writes depend on related rows, which others may not change meanwhile.
    pub fn holds_rows(&self) -> bool {
        self.write_rules().any(|rule| !rule.paths.is_empty())
    }

    /// Whether the database is asked if a row fulfils a rule.
    pub fn asks_of_rows(&self) -> bool {
        let resources = self.entities.iter().filter_map(|entity| entity.resource.as_ref());
        let rules = resources.flat_map(|resource| {
            let operations =
                resource.operations.iter().filter(|it| it.operation != Operation::List);
            operations.map(|it| &it.access).chain([&resource.read])
        });
        rules.filter_map(|rule| rule.row.as_ref()).any(Predicate::is_of_database)
    }

    /// Whether rows are locked against all others.
    pub fn has_locks(&self) -> bool {
        self.has_machines()
            || !self.flows.is_empty()
            || self.write_rules().any(|rule| rule.when.delete)
    }

    /// Whether the database computes attributes from related rows.
    pub fn has_computed(&self) -> bool {
        let mut all = self.entities.iter().flat_map(|entity| &entity.computed);
        all.any(crate::ComputedPlan::is_related)
    }

    /// Whether some entity has a state machine.
    pub fn has_machines(&self) -> bool {
        self.entities.iter().any(|entity| !entity.machines.is_empty())
    }

    /// Whether changes of some state are kept.
    pub fn has_histories(&self) -> bool {
        self.entities.iter().any(|entity| entity.histories().next().is_some())
    }

    /// Whether some transition has a guard.
    pub fn has_guards(&self) -> bool {
        let mut transitions = self.entities.iter().flat_map(|entity| &entity.transitions);
        transitions.any(|transition| transition.guard.is_some())
    }

    /// Whether a flow can be refused by a status that has no error of its own.
    pub fn has_requirements(&self) -> bool {
        let other = |status| !matches!(status, 403 | 404);
        self.any_step(&mut |step| match step {
            StepPlan::Require(_, refusal) => other(refusal.status),
            _ => false,
        })
    }

    /// Whether flows look for many rows.
    pub fn has_matching(&self) -> bool {
        self.any_step(&mut |step| {
            let mut found = false;
            step.reads(&mut |read| found |= matches!(read, Read::Rows(..)));
            found
        })
    }

    /// Whether some header holds a text of clients.
    pub fn has_header_texts(&self) -> bool {
        let mut headers = self.flows.iter().flat_map(FlowPlan::headers);
        headers.any(|(_, _, part)| matches!(part.ty.kind, ValueKind::Line { .. }))
    }

    /// The headers that say what requests are to do which may be sent again with a key, each once.
    pub fn keyed_headers(&self) -> BTreeSet<&str> {
        let keyed = self.endpoints.iter().filter(|endpoint| endpoint.idempotent);
        let flows = keyed.map(|endpoint| &self.flows[endpoint.flow]);
        flows.flat_map(FlowPlan::headers).map(|(_, _, part)| &*part.wire).collect()
    }

    /// A change of a seed that is a plain text of its own: nothing else depends on it.
    pub fn seed_edit(&self) -> Option<SeedEditPlan> {
        self.seeds.iter().enumerate().find_map(|(index, seeds)| {
            let entity = &self.entities[seeds.entity];
            let mut fields = entity.fields.iter().enumerate().filter(|(_, field)| {
                let plain = matches!(
                    field.ty.kind,
                    ValueKind::Line { pattern: None, .. } | ValueKind::Text { .. }
                );
                plain
                    && !(field.ty.list || field.distinct || field.checked)
                    && field.source == FieldSource::Attribute
                    && entity.write_rules.is_empty()
            });
            let (field, found) = fields.next()?;
            let value = crate::unnumbered(&found.sample.other).as_str()?.to_owned();
            Some(SeedEditPlan { seeds: index, field, value })
        })
    }

    /// Whether flows number something.
    pub fn has_sequences(&self) -> bool {
        crate::flow_uses::number(&self.flows)
    }

    /// Whether workers do flows, after the answer or by themselves.
    pub fn has_jobs(&self) -> bool {
        self.flows.iter().any(FlowPlan::has_jobs)
    }

    /// Whether some flow starts by itself.
    pub fn has_schedules(&self) -> bool {
        self.flows.iter().any(|flow| flow.schedule.is_some())
    }

    /// Whether some flow is done after the answer.
    pub fn has_background(&self) -> bool {
        self.flows.iter().any(|flow| flow.payload.is_some())
    }

    /// Whether some endpoint is answered before its flow is done.
    pub fn answers_with_jobs(&self) -> bool {
        self.endpoints.iter().any(|endpoint| self.flows[endpoint.flow].payload.is_some())
    }

    /// Whether workers have to know who asked.
    pub fn has_job_callers(&self) -> bool {
        self.flows.iter().any(|flow| flow.payload.is_some() && flow.caller)
    }

    /// Whether some requests may be sent again with a key.
    pub fn has_idempotent_endpoints(&self) -> bool {
        self.endpoints.iter().any(|endpoint| endpoint.idempotent)
    }

    /// Whether callers may ask for some operation only so often.
    pub fn has_rate_limits(&self) -> bool {
        let resources = self.entities.iter().filter_map(|entity| entity.resource.as_ref());
        let mut operations = resources.flat_map(|resource| &resource.operations);
        operations.any(|operation| operation.rate_limit.is_some())
            || self.endpoints.iter().any(|endpoint| endpoint.rate_limit.is_some())
            || self.app.auth.iter().any(|auth| auth.me_limits.iter().any(Option::is_some))
    }

    /// Whether requests are counted somewhere: where there are limits, and where people sign in.
    pub fn counts_requests(&self) -> bool {
        self.app.auth.is_some() || self.has_rate_limits()
    }

    /// Whether such limits tell API keys apart.
    pub fn limits_keys(&self) -> bool {
        let keys = self.app.auth.as_ref().is_some_and(|auth| auth.api_key_header.is_some());
        keys && self.has_rate_limits()
    }

    fn any_step(&self, wanted: &mut dyn FnMut(&StepPlan) -> bool) -> bool {
        self.flows.iter().flat_map(|flow| &flow.steps).any(|step| step.any(wanted))
    }

    /// Whether some flow takes a body or a query.
    pub fn has_flow_models(&self) -> bool {
        self.flows.iter().any(|flow| flow.models().next().is_some())
    }

    /// Whether the pages of some list have numbers.
    pub fn numbers_pages(&self) -> bool {
        let mut resources = self.entities.iter().filter_map(|entity| entity.resource.as_ref());
        resources.any(|resource| resource.pagination == Pagination::Page)
    }

    /// Whether rows can be made in bulk somewhere.
    pub fn has_bulk(&self) -> bool {
        self.offers(Operation::BulkCreate)
    }

    /// Whether some attribute has a type like this.
    pub fn uses(&self, wanted: impl Fn(&ValueKind) -> bool) -> bool {
        self.entities.iter().flat_map(|entity| &entity.fields).any(|field| wanted(&field.ty.kind))
    }
}

impl EntityPlan {
    /// Statuses by which checks and invariants refuse a write, ascending.
    pub fn refusals(&self, write: Write) -> BTreeSet<u16> {
        let asked = |rule: &&WriteRulePlan| match write {
            Write::Create => rule.when.create,
            Write::Update => rule.when.update,
            Write::Delete => rule.when.delete,
        };
        let checks = self.checks.iter().filter(|_| write != Write::Delete);
        let rules = self.write_rules.iter().filter(asked);
        checks.map(|(_, status)| *status).chain(rules.map(|rule| rule.status)).collect()
    }

    /// The path of its collection below the prefix, with converters; of accounts without a resource,
    /// that of their router.
    pub fn collection_path(&self) -> String {
        match &self.resource {
            Some(resource) => resource.collection_path.clone(),
            None => format!("/{}", self.router_module.as_str().replace('_', "-")),
        }
    }

    /// The operation of its resource, if it is offered.
    pub fn operation(&self, operation: Operation) -> Option<&crate::OperationPlan> {
        self.resource.as_ref()?.operations.iter().find(|plan| plan.operation == operation)
    }

    /// The history that a transition (its index) is written to, if there is one.
    pub fn history_of(&self, transition: usize) -> Option<&HistoryPlan> {
        self.machines[self.transitions[transition].machine].history.as_ref()
    }

    /// Whether a transition (its index) is kept in a history.
    pub fn is_told_of(&self, transition: usize) -> bool {
        self.history_of(transition).is_some()
    }

    /// The operations that histories of its states would be; not all of them are offered.
    pub fn history_operations(&self) -> impl Iterator<Item = Operation> + use<> {
        (0..self.machines.len()).map(Operation::History)
    }

    /// The histories of its states.
    pub fn histories(&self) -> impl Iterator<Item = &HistoryPlan> {
        self.machines.iter().filter_map(|machine| machine.history.as_ref())
    }

    /// Those that clients may read.
    pub fn offered_histories(&self) -> impl Iterator<Item = (&HistoryPlan, &OperationPlan)> {
        self.machines.iter().enumerate().filter_map(|(position, machine)| {
            let operation = self.operation(Operation::History(position))?;
            Some((machine.history.as_ref()?, operation))
        })
    }

    /// The operations that its transitions are.
    pub fn transition_operations(&self) -> impl Iterator<Item = Operation> + use<> {
        (0..self.transitions.len()).map(Operation::Transition)
    }

    /// Name of a part of its key on the wire.
    pub fn key_wire<'a>(&'a self, part: &'a KeyPart) -> &'a str {
        match (part.field, part.reference) {
            (Some(field), _) => &self.fields[field].wire,
            (None, Some((reference, position))) => &self.references[reference].key_wires[position],
            (None, None) => part.attribute.as_str(),
        }
    }
}
