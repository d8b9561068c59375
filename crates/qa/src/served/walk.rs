//! The steps of the walk: every operation of every entity as the main account, and before anything
//! changes, everything that somebody else may not do.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};
use stratapi_diagnostics::Span;
use stratapi_plan::{
    AuthPlan, EntityPlan, OnDelete, Operation, OperationPlan, ParentPlan, Plan, ReferencePlan,
    ResourcePlan, without_converters,
};

use super::accounts::{account, callers, password, stands_alone};
use super::body::{self, FIRST, SECOND};
use super::guards;
use super::rule::{Caller, every};
use super::wanted::{self, Referring};
use super::{Purpose, Step, Walk};
use crate::subject::{Subject, request};

impl<'a> Walk<'a> {
    /// The walk through an application, or through what a change reaches of it.
    pub(crate) fn of(subject: &Subject<'a>) -> Self {
        let plan = subject.plan;
        let endpoints: Vec<_> = subject.endpoints().collect();
        let callers = callers(plan);
        let mut maker = Maker {
            plan,
            callers: &callers,
            endpoints: &endpoints,
            steps: Vec::new(),
            moved: false,
        };
        let order = order(plan);
        for index in &order {
            maker.create(*index);
        }
        for index in &order {
            maker.more(*index);
        }
        for index in &order {
            maker.refusals(*index);
        }
        for index in &order {
            maker.lists(*index);
            maker.guards(*index);
            maker.attributes(*index);
        }
        for index in &order {
            maker.read_and_change(*index);
            maker.reset(*index);
        }
        maker.moved = true;
        for index in &order {
            maker.life(*index);
        }
        for index in order.iter().rev() {
            maker.delete(*index);
        }
        let flows: Vec<_> = subject.flow_routes().collect();
        for (position, route) in flows.iter().enumerate() {
            maker.flow(endpoints.len() + position, route);
        }
        let steps = reachable(maker.steps, plan.app.auth.as_ref(), plan);
        let accounts = plan.app.auth.as_ref().map_or_else(Vec::new, |auth| {
            callers.iter().enumerate().map(|(n, one)| account(plan, auth, one, n)).collect()
        });
        let registration = plan.app.auth.as_ref().filter(|auth| stands_alone(plan, auth));
        let registration = registration.and_then(|auth| guards::registration(plan, auth));
        let password = plan.app.auth.as_ref().map_or_else(String::new, |auth| password(plan, auth));
        Self { endpoints, flows, steps, accounts, registration, password }
    }
}

/// Entities, those that others refer to first.
fn order(plan: &Plan) -> Vec<usize> {
    let mut order = Vec::new();
    for index in 0..plan.entities.len() {
        visit(plan, index, &mut Vec::new(), &mut order);
    }
    order
}

fn visit(plan: &Plan, index: usize, open: &mut Vec<usize>, order: &mut Vec<usize>) {
    if order.contains(&index) || open.contains(&index) {
        return;
    }
    open.push(index);
    // The rows of the walk refer to nothing that they need not.
    for reference in plan.entities[index].references.iter().filter(|one| guards::is_set(one)) {
        visit(plan, reference.target, open, order);
    }
    open.pop();
    order.push(index);
}

/// The steps whose rows the steps before them make, or the accounts are.
fn reachable(steps: Vec<Step>, auth: Option<&AuthPlan>, plan: &Plan) -> Vec<Step> {
    let account = auth.filter(|auth| stands_alone(plan, auth));
    let mut saved: BTreeSet<String> =
        account.iter().map(|auth| plan.entities[auth.user].module.as_str().to_owned()).collect();
    let mut kept = Vec::new();
    for step in steps {
        let wanted = [&step.request["path"], &step.request["body"]].map(ToString::to_string);
        let beside = step.request["beside"].as_str().is_none_or(|row| saved.contains(row));
        if beside && wanted.iter().all(|text| rows(text).all(|row| saved.contains(row))) {
            saved.extend(step.request["save"].as_str().map(str::to_owned));
            kept.push(step);
        }
    }
    kept
}

/// Names of rows in a text: `<post.id>` names `post`.
fn rows(text: &str) -> impl Iterator<Item = &str> {
    let word = |name: &str| name.chars().all(|c| c.is_alphanumeric() || c == '_');
    text.split('<').skip(1).filter_map(move |rest| {
        let (inner, _) = rest.split_once('>')?;
        let (row, member) = inner.split_once('.')?;
        (word(row) && word(member)).then_some(row)
    })
}

pub(super) struct Maker<'m, 'a> {
    pub(super) plan: &'a Plan,
    pub(super) callers: &'m [Caller],
    pub(super) endpoints: &'m [crate::subject::Endpoint<'a>],
    pub(super) steps: Vec<Step>,
    /// Whether rows are in other states than those in which they were made.
    moved: bool,
}

/// What a step adds to its request.
#[derive(Default)]
pub(super) struct More {
    pub(super) body: Option<Map<String, Value>>,
    pub(super) contains: Option<Value>,
    pub(super) least: usize,
    pub(super) hides: Option<Value>,
    /// The names of members where they are not those of whole rows.
    pub(super) names: Option<Value>,
    /// Members that the row shows, or leaves out.
    pub(super) members: Option<Value>,
    pub(super) saves: bool,
    pub(super) locates: bool,
    /// Under which name the row is saved, if not under its entity's.
    pub(super) name: Option<String>,
    /// What is asked of a list.
    pub(super) list: Option<Value>,
    /// Headers beside that of the caller.
    pub(super) headers: Map<String, Value>,
    /// Parameters of the query.
    pub(super) query: Map<String, Value>,
    /// What is special about the request.
    pub(super) what: String,
    /// Where the IR asks for it.
    pub(super) span: Option<Span>,
    /// Rows of an entity (a module's name) that the second one stands for in the path.
    pub(super) second: Option<String>,
    /// Whether the first row of the entity must be there, although the request does not name it.
    pub(super) beside_first: bool,
    /// Which rows its body refers to, and its path where it makes a row.
    pub(super) referring: Referring,
}

/// What is asked.
pub(super) struct Asked<'p> {
    pub(super) method: &'p str,
    pub(super) path: String,
    pub(super) body: Value,
    /// The name of the row that it speaks of.
    pub(super) row: String,
}

impl<'a> Maker<'_, 'a> {
    fn create(&mut self, index: usize) {
        let Some((entity, resource)) = self.offered(index) else { return };
        if self.is_account(index) || !self.wanted(index) {
            return;
        }
        if let Some(position) = self.endpoint(index, Operation::Create) {
            let made = self.operation(position).status;
            let body = body::create(self.plan, entity, FIRST);
            let contains = Some(body::repeated(entity, &body));
            let found = self.endpoint(index, Operation::Get);
            let locates = found.is_some_and(|get| self.main_may(index, get) == Some(true));
            let more = More { body: Some(body), contains, saves: true, locates, ..More::default() };
            self.work(index, position, "POST", &resource.collection_path, made, more);
        }
        let second = body::create(self.plan, entity, SECOND);
        let alone = self.may_clash(entity, &second);
        if let (Some(position), false) = (self.endpoint(index, Operation::BulkCreate), alone) {
            let items = [second];
            let body = Map::from_iter([("items".to_owned(), json!(items))]);
            let path = format!("{}/bulk", resource.collection_path);
            let more = More { body: Some(body), ..More::default() };
            let made = self.operation(position).status;
            self.work(index, position, "POST", &path, made, more);
        }
    }

    fn read_and_change(&mut self, index: usize) {
        let Some((entity, resource)) = self.offered(index) else { return };
        let (list, item) = (&resource.collection_path, &resource.item_path);
        let exists = self.exists(index);
        if let Some(position) = self.endpoint(index, Operation::List) {
            let seen = exists && self.main_may(index, position) == Some(true);
            let more = More { least: usize::from(seen), ..More::default() };
            self.work(index, position, "GET", list, 200, more);
        }
        if !exists {
            return;
        }
        let get = self.endpoint(index, Operation::Get);
        if let Some(position) = get {
            let own = !self.is_account(index);
            let contains = own.then(|| body::shown(entity, entity.module.as_str()));
            self.work(index, position, "GET", item, 200, More { contains, ..More::default() });
            if own && self.main_may(index, position) == Some(true) {
                let name = body::second(entity.module.as_str());
                let contains = Some(body::shown(entity, &name));
                let more = More { contains, name: Some(name), ..More::default() };
                self.work(index, position, "GET", item, 200, more);
            }
        }
        // What the accounts break was broken before.
        if self.is_account(index) && entity.write_rules.iter().any(|rule| rule.when.update) {
            return;
        }
        if let Some(position) = self.endpoint(index, Operation::Update) {
            let changes =
                if self.is_account(index) { Map::new() } else { body::changes(self.plan, entity) };
            let contains = body::repeated(entity, &changes);
            let seen = Some(contains.clone());
            let more = More { body: Some(changes), contains: seen, saves: true, ..More::default() };
            self.work(index, position, "PATCH", item, 200, more);
            let sure = |position: usize| self.main_may(index, position) == Some(true);
            if let Some(get) = get.filter(|get| sure(*get) && sure(position)) {
                let more = More { contains: Some(contains), ..More::default() };
                self.work(index, get, "GET", item, 200, more);
            }
        }
        if let Some(position) = self.endpoint(index, Operation::Replace) {
            let mut body = body::replacement(self.plan, entity);
            if self.is_account(index) {
                self.keep_signing_in(&mut body);
            }
            let contains = Some(body::repeated(entity, &body));
            let more = More { body: Some(body), contains, saves: true, ..More::default() };
            self.work(index, position, "PUT", item, 200, more);
        }
    }

    /// Gives the main account what it signs in with: it is needed still.
    fn keep_signing_in(&self, body: &mut Map<String, Value>) {
        let (Some(auth), Some(main)) = (self.plan.app.auth.as_ref(), self.callers.first()) else {
            return;
        };
        let user = &self.plan.entities[auth.user];
        let login = account(self.plan, auth, main, 0)["login"].take();
        for (field, value) in [(auth.login, login), (auth.secret, json!(password(self.plan, auth)))]
        {
            body.entry(&user.fields[field].wire).and_modify(|known| *known = value);
        }
    }

    /// What an endpoint does.
    pub(super) fn operation(&self, position: usize) -> &'a OperationPlan {
        self.endpoints[position].operation
    }

    /// Method and path of an endpoint.
    pub(super) fn request(&self, position: usize) -> (&'static str, &'a str) {
        request(self.endpoints[position].operation)
    }

    fn delete(&mut self, index: usize) {
        let Some((entity, resource)) = self.offered(index) else { return };
        if self.is_account(index) || !self.exists(index) {
            return;
        }
        let Some(position) = self.endpoint(index, Operation::Delete) else { return };
        // Rows that are hidden may clash with others that are.
        let mut indexes = self.plan.table(entity).indexes.iter();
        let partial = indexes.any(|one| one.unique && one.condition.is_some());
        if self.is_held(index, &mut Vec::new()) || (entity.soft_delete && partial) {
            return;
        }
        let gone = self.operation(position).status;
        let sure = self.main_may(index, position) == Some(true);
        if sure {
            for name in [body::second, body::least] {
                let name = Some(name(entity.module.as_str()));
                let more = More { name, ..More::default() };
                self.work(index, position, "DELETE", &resource.item_path, gone, more);
            }
        }
        self.work(index, position, "DELETE", &resource.item_path, gone, More::default());
        if let (Some(get), true) = (self.endpoint(index, Operation::Get), sure) {
            self.work(index, get, "GET", &resource.item_path, 404, More::default());
        }
        if let (Some(list), true) =
            (self.endpoint(index, Operation::List), sure && entity.surrogate_key)
        {
            let more = More { hides: Some(body::keyed(entity)), ..More::default() };
            self.work(index, list, "GET", &resource.collection_path, 200, more);
        }
    }

    /// Whether rows of the walk that stay hold the row: they refer to it, or are held themselves, and
    /// so it stays too.
    fn is_held(&self, index: usize, with: &mut Vec<usize>) -> bool {
        with.push(index);
        self.plan.entities.iter().enumerate().any(|(other, entity)| {
            let refers = |how: OnDelete| {
                let to = |one: &&ReferencePlan| one.target == index && one.on_delete == how;
                self.is_made(other) && entity.references.iter().filter(to).any(guards::is_set)
            };
            if refers(OnDelete::Restrict) && self.stays(other) {
                return true;
            }
            let meets = refers(OnDelete::Restrict) || refers(OnDelete::Cascade);
            meets && !with.contains(&other) && self.is_held(other, with)
        })
    }

    /// Whether the walk makes rows of an entity, be it many at once.
    fn is_made(&self, index: usize) -> bool {
        self.exists(index) || self.endpoint(index, Operation::BulkCreate).is_some()
    }

    /// Whether the walk leaves rows of an entity behind, were they but hidden.
    fn stays(&self, index: usize) -> bool {
        let deleted = self.endpoint(index, Operation::Delete);
        deleted.is_none_or(|delete| self.main_may(index, delete) != Some(true))
            || self.endpoint(index, Operation::BulkCreate).is_some()
            || self.is_wanted(index)
            || self.plan.entities[index].soft_delete
    }

    /// Everything that the callers may not do with the rows of an entity.
    fn refusals(&mut self, index: usize) {
        let Some((entity, resource)) = self.offered(index) else { return };
        let others = self.others();
        for operation in &resource.operations {
            let Some(position) = self.endpoint(index, operation.operation) else { continue };
            for caller in &others {
                self.refusal(index, entity, (position, operation), caller);
            }
        }
    }

    fn refusal(
        &mut self,
        index: usize,
        entity: &'a EntityPlan,
        (position, operation): (usize, &OperationPlan),
        caller: &Caller,
    ) {
        let body = || match operation.operation {
            Operation::Create => Some(body::create(self.plan, entity, SECOND)),
            Operation::BulkCreate => {
                let items = [body::create(self.plan, entity, SECOND)];
                Some(Map::from_iter([("items".to_owned(), json!(items))]))
            }
            Operation::Update => Some(Map::new()),
            Operation::Replace => Some(body::replacement(self.plan, entity)),
            Operation::List
            | Operation::Get
            | Operation::Delete
            | Operation::Transition(_)
            | Operation::History(_) => None,
        };
        let request = request(operation);
        let gate = &operation.access.gate;
        let passes = caller.passes(gate);
        let of_row = !matches!(
            operation.operation,
            Operation::List | Operation::Create | Operation::BulkCreate
        );
        let expect = match (caller.signed_in, passes) {
            (false, false) => vec![401],
            (true, false) => vec![403],
            // The row is refused, or hidden.
            (_, true) if of_row && self.may(index, caller, operation) == Some(false) => {
                vec![401, 403, 404]
            }
            _ => Vec::new(),
        };
        let hidden = operation.operation == Operation::List
            && passes
            && self.may(index, caller, operation) == Some(false)
            && entity.surrogate_key
            && self.exists(index)
            && !self.is_account(index);
        if !expect.is_empty() {
            let more = More { body: body(), ..More::default() };
            self.push(Purpose::Refuses, index, position, request, caller, expect, more);
        } else if hidden {
            let more = More { hides: Some(body::keyed(entity)), ..More::default() };
            let expect = vec![200, 404];
            self.push(Purpose::Refuses, index, position, request, caller, expect, more);
        }
    }

    fn work(
        &mut self,
        index: usize,
        position: usize,
        method: &str,
        path: &str,
        expect: u16,
        more: More,
    ) {
        let main = self.main();
        if !main.passes(&self.endpoints[position].operation.access.gate) {
            return;
        }
        let mut expect = vec![expect];
        // What depends on the values of the row may be refused.
        if self.main_may(index, position) != Some(true) {
            expect.extend([403, 404]);
            expect.extend((!main.signed_in).then_some(401));
        }
        self.push(Purpose::Works, index, position, (method, path), &main, expect, more);
    }

    #[expect(clippy::too_many_arguments, reason = "one argument a member of the step")]
    pub(super) fn push(
        &mut self,
        purpose: Purpose,
        index: usize,
        endpoint: usize,
        (method, path): (&str, &str),
        caller: &Caller,
        expect: Vec<u16>,
        more: More,
    ) {
        let entity = &self.plan.entities[index];
        let mut path = format!("{}{}", self.plan.app.prefix, self.path(entity, path));
        if let Some(module) = &more.second {
            path = path.replace(&format!("<{module}."), &format!("<{}.", body::second(module)));
        }
        // A row that is there stays below those that are wanted.
        let makes = self.endpoints[endpoint].operation.operation == Operation::Create;
        let above = if makes { &more.referring } else { &Referring::Wanted };
        path = self.with_wanted(index, above, &path);
        let body = wanted::replaced(&json!(more.body), &|text| {
            self.with_wanted(index, &more.referring, text)
        });
        let name = more.name.clone().unwrap_or_else(|| entity.module.to_string());
        if more.name.is_some() && !more.saves {
            path = path.replace(&format!("<{}.", entity.module), &format!("<{name}."));
        }
        let succeeds = expect.first().is_some_and(|status| *status < 300);
        let more = if succeeds { self.as_seen(endpoint, more) } else { more };
        self.add(purpose, endpoint, &Asked { method, path, body, row: name }, caller, expect, more);
    }

    /// Adds a step whose path and body are whole.
    pub(super) fn add(
        &mut self,
        purpose: Purpose,
        endpoint: usize,
        asked: &Asked<'_>,
        caller: &Caller,
        expect: Vec<u16>,
        more: More,
    ) {
        let form = self.form(endpoint);
        let request = json!({
            "actor": caller.actor,
            "method": asked.method,
            "path": asked.path,
            "body": self.enveloped(endpoint, &asked.body),
            "expect": expect,
            "contains": more.contains,
            "least": more.least,
            "hides": more.hides,
            "form": form,
            "one": self.envelope(endpoint),
            "names": more.names,
            "members": more.members,
            "save": more.saves.then_some(&asked.row),
            "locates": more.locates,
            "read": more.locates.then(|| self.names_in_read(endpoint)),
            "row": asked.row,
            "beside": more.beside_first.then_some(&asked.row),
            "list": more.list,
            "headers": more.headers,
            "query": more.query,
        });
        let actor = caller.actor.clone();
        let (what, span) = (more.what, more.span);
        self.steps.push(Step { purpose, endpoint, actor, expect, what, span, request });
    }

    /// The path with `<entity.member>` in the place of each parameter.
    fn path(&self, entity: &EntityPlan, template: &str) -> String {
        let mut path = without_converters(template);
        let parent = entity.resource.as_ref().and_then(|resource| resource.parent.as_ref());
        for parent in parent.map(ParentPlan::chain).unwrap_or_default() {
            let other = &self.plan.entities[parent.entity];
            let place = format!("{{{}}}", parent.parameter);
            path = path.replace(&place, &body::identity(other, 0));
        }
        for (position, part) in entity.key.iter().enumerate() {
            path =
                path.replace(&format!("{{{}}}", part.parameter), &body::identity(entity, position));
        }
        if let (Some(start), Some(end)) = (path.rfind('{'), path.rfind('}')) {
            path.replace_range(start..=end, &body::identity(entity, 0));
        }
        path
    }

    pub(super) fn offered(&self, index: usize) -> Option<(&'a EntityPlan, &'a ResourcePlan)> {
        let entity = &self.plan.entities[index];
        Some((entity, entity.resource.as_ref()?))
    }

    pub(super) fn endpoint(&self, index: usize, operation: Operation) -> Option<usize> {
        self.endpoints
            .iter()
            .position(|one| one.entity == index && one.operation.operation == operation)
    }

    pub(super) fn is_account(&self, index: usize) -> bool {
        self.plan.is_account(index)
    }

    /// Whether the walk has a row of this entity to work on.
    pub(super) fn exists(&self, index: usize) -> bool {
        let created = self.endpoint(index, Operation::Create).is_some_and(|position| {
            self.main().passes(&self.endpoints[position].operation.access.gate)
        });
        created || (self.is_account(index) && !self.callers.is_empty())
    }

    pub(super) fn main(&self) -> Caller {
        self.callers.first().cloned().unwrap_or_else(|| Caller { made: true, ..Caller::nobody() })
    }

    /// Everybody else: who is not signed in, and the accounts that make nothing.
    pub(super) fn others(&self) -> Vec<Caller> {
        let accounts = self.callers.iter().filter(|caller| !caller.made);
        std::iter::once(Caller::nobody()).chain(accounts.cloned()).collect()
    }

    pub(super) fn main_may(&self, index: usize, position: usize) -> Option<bool> {
        self.may(index, &self.main(), self.endpoints[position].operation)
    }

    /// Whether a caller may do it, if that is known: the row and those above it must be readable.
    pub(super) fn may(
        &self,
        index: usize,
        caller: &Caller,
        operation: &OperationPlan,
    ) -> Option<bool> {
        let entity = &self.plan.entities[index];
        let parent = entity.resource.as_ref().and_then(|resource| resource.parent.as_ref());
        let above = parent.map(ParentPlan::chain).unwrap_or_default();
        let read = |one: &&ParentPlan| {
            let moved = self.moved || self.is_moved_for(index, one.entity);
            caller.allowed(self.plan, &self.plan.entities[one.entity], &one.read, moved)
        };
        let own = |rule| caller.allowed(self.plan, entity, rule, self.moved);
        let makes = matches!(
            operation.operation,
            Operation::List | Operation::Create | Operation::BulkCreate
        );
        let seen = entity.resource.as_ref().filter(|_| !makes).map(|it| own(&it.read));
        every(above.iter().map(read).chain([own(&operation.access)]).chain(seen))
    }
}
