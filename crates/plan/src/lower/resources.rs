//! Resources: paths, operations, lookups and what their rules say.

use stratapi_diagnostics::{Code, Diagnostic};
use stratapi_ir::model::{Operation, Pagination, Resource, ViewId};

use super::draft::Context;
use super::functions::Functions;
use super::{access, filters, segments, sorts, views};
use crate::{
    AccessPlan, EntityPlan, Gate, OnDelete, OperationPlan, ParameterPlan, ParentPlan, Predicate,
    Presence, PyIdent, ResourcePlan, Set, ValueKind, ValueType, Write,
};

/// The resources of all entities, by entity.
pub(super) fn resources(
    context: &mut Context<'_>,
    entities: &[EntityPlan],
) -> Vec<Option<ResourcePlan>> {
    let mut declared: Vec<Option<&Resource>> = vec![None; entities.len()];
    for resource in &context.ir.api.resources {
        declared[resource.entity.index()] = Some(resource);
    }
    let rules: Vec<Rules> = declared
        .iter()
        .enumerate()
        .map(|(index, resource)| rules(context, entities, index, *resource))
        .collect();
    let kept = restricted(entities);
    let mut functions = Functions::default();
    let mut plans = Vec::with_capacity(entities.len());
    for (index, resource) in declared.iter().enumerate() {
        plans.push(resource.map(|resource| {
            let paths = paths(context, entities, &declared, &rules, resource);
            let offered = rules[index].operations.iter().map(|(operation, _)| *operation);
            let functions = functions.of(context, index, &offered.collect::<Vec<_>>());
            let facts = Facts {
                index,
                resource,
                rules: &rules[index],
                kept: kept[index],
                secured: context.ir.security.is_some(),
            };
            plan(context, entities, &facts, paths, functions)
        }));
    }
    adopt(&mut plans);
    plans
}

/// Tells every parent of the collections that are nested below it.
fn adopt(plans: &mut [Option<ResourcePlan>]) {
    for child in 0..plans.len() {
        let parent = plans[child].as_ref().and_then(|plan| plan.parent.as_ref());
        let above = parent.into_iter().flat_map(ParentPlan::chain).map(|parent| parent.entity);
        for index in above.collect::<Vec<usize>>() {
            if let Some(plan) = plans[index].as_mut() {
                plan.descendants.push(child);
            }
        }
    }
}

/// The rules of one resource.
struct Rules {
    operations: Vec<(Operation, AccessPlan)>,
    read: AccessPlan,
}

fn rules(
    context: &Context<'_>,
    entities: &[EntityPlan],
    index: usize,
    resource: Option<&Resource>,
) -> Rules {
    let mut operations = Vec::new();
    for operation in resource.iter().flat_map(|resource| &resource.operations) {
        let rule = resource.and_then(|resource| resource.access.get(operation));
        let plan = rule.map_or_else(
            || access::default(context),
            |rule| access::access(context, entities, index, *operation, rule),
        );
        operations.push((*operation, plan));
    }
    let asked = context.transitions(index).enumerate().filter(|(_, it)| it.segment.is_some());
    for (position, transition) in asked {
        let operation = Operation::Transition(position);
        let plan = access::access(context, entities, index, operation, &transition.access);
        operations.push((operation, plan));
    }
    let get = operations.iter().find(|(operation, _)| *operation == Operation::Get);
    if let Some((_, access)) = get.cloned() {
        let machines = entities[index].machines.iter().enumerate();
        let kept = machines.filter(|(_, machine)| machine.history.is_some());
        let histories = kept.map(|(position, _)| (Operation::History(position), access.clone()));
        operations.extend(histories.collect::<Vec<_>>());
    }
    let of = |wanted: Operation| {
        operations.iter().find(|(operation, _)| *operation == wanted).map(|(_, plan)| plan.clone())
    };
    let read = of(Operation::Get)
        .or_else(|| of(Operation::List))
        .unwrap_or_else(|| access::default(context));
    Rules { operations, read }
}

/// By entity: whether other rows or an invariant can forbid that a row is deleted.
fn restricted(entities: &[EntityPlan]) -> Vec<bool> {
    let ruled = |entity: &EntityPlan| entity.write_rules.iter().any(|rule| rule.when.delete);
    let mut kept: Vec<bool> = entities.iter().map(ruled).collect();
    for reference in entities.iter().flat_map(|entity| &entity.references) {
        kept[reference.target] |= reference.on_delete == OnDelete::Restrict;
    }
    kept
}

/// What is known about one resource.
struct Facts<'a> {
    index: usize,
    resource: &'a Resource,
    rules: &'a Rules,
    kept: bool,
    /// Whether callers can sign in.
    secured: bool,
}

struct Paths {
    collection: String,
    item: String,
    parameters: Vec<ParameterPlan>,
    parent: Option<ParentPlan>,
    lookup: Option<usize>,
}

fn paths(
    context: &Context<'_>,
    entities: &[EntityPlan],
    declared: &[Option<&Resource>],
    rules: &[Rules],
    resource: &Resource,
) -> Paths {
    let index = resource.entity.index();
    let parent = parent_plan(context, entities, declared, rules, resource);
    let lookup = resource.lookup.and_then(|attribute| context.field(index, attribute));
    let mut collection = String::new();
    let mut given = None;
    let parent = parent.map(|(segments, plan)| {
        collection.push_str(&segments);
        given = plan.key_part;
        plan
    });
    collection.push('/');
    collection.push_str(&resource.path);
    let mut parameters = parameters(&entities[index], lookup);
    parameters.retain(|parameter| given.is_none() || parameter.key_part != given);
    for parameter in &mut parameters {
        parameter.name = free(parameter.name.clone(), parent.as_ref());
    }
    if let [parameter] = &mut parameters[..] {
        parameter.reserved = reserved(context, resource, &parameter.ty);
    }
    let item = parameters
        .iter()
        .fold(collection.clone(), |path, parameter| format!("{path}/{}", segment(parameter)));
    Paths { collection, item, parameters, parent, lookup }
}

/// The name of a path parameter that none of the parents has.
fn free(mut name: PyIdent, parent: Option<&ParentPlan>) -> PyIdent {
    let chain = parent.map(ParentPlan::chain).unwrap_or_default();
    while chain.iter().any(|above| above.parameter == name) {
        name = PyIdent::known(format!("{name}_key"));
    }
    name
}

/// The parent of a nested collection, and the path to one of its rows.
fn parent_plan(
    context: &Context<'_>,
    entities: &[EntityPlan],
    declared: &[Option<&Resource>],
    rules: &[Rules],
    child: &Resource,
) -> Option<(String, ParentPlan)> {
    let under = child.under.as_ref()?;
    let (index, parent) = (child.entity.index(), under.parent.index());
    let reference = context.reference(index, under.relationship)?;
    let resource = declared[parent];
    let (segments, above) = resource
        .and_then(|resource| parent_plan(context, entities, declared, rules, resource))
        .map_or((String::new(), None), |(segments, above)| (segments, Some(above)));
    let lookup = resource
        .and_then(|resource| resource.lookup)
        .and_then(|attribute| context.field(parent, attribute));
    let mut parameters = parameters(&entities[parent], lookup);
    if parameters.len() != 1 {
        return None;
    }
    let mut parameter = parameters.remove(0);
    // A row that is looked up by something else may be found below another parent.
    let looked_up = child.lookup.is_some();
    let child = &entities[index];
    let key_part = (lookup.is_none())
        .then(|| child.key.iter().position(|part| part.reference == Some((reference, 0))))
        .flatten();
    if let Some(part) = key_part {
        parameter.name = child.key[part].parameter.clone();
    }
    parameter.name = free(parameter.name, above.as_ref());
    let path = resource.map_or_else(
        || context.names.entities[parent].plural.as_str().replace('_', "-"),
        |resource| resource.path.clone(),
    );
    let segments = format!("{segments}/{path}/{}", segment(&parameter));
    let plan = ParentPlan {
        entity: parent,
        reference,
        parameter: parameter.name,
        ty: parameter.ty,
        attribute: parameter.attribute,
        key_part: key_part.filter(|_| !looked_up),
        read: rules[parent].read.clone(),
        above: above.map(Box::new),
    };
    Some((segments, plan))
}

/// The path parameters of one row: its key, or its lookup.
fn parameters(entity: &EntityPlan, lookup: Option<usize>) -> Vec<ParameterPlan> {
    if let Some(field) = lookup.map(|lookup| &entity.fields[lookup]) {
        let name = format!("{}_{}", entity.one, field.word);
        return vec![ParameterPlan {
            name: PyIdent::known(name),
            ty: ValueType { nullable: false, ..field.ty.clone() },
            attribute: field.model_attribute.clone(),
            key_part: None,
            reserved: Vec::new(),
        }];
    }
    let parts = entity.key.iter().enumerate().map(|(position, part)| ParameterPlan {
        name: part.parameter.clone(),
        ty: part.ty.clone(),
        attribute: part.attribute.clone(),
        key_part: Some(position),
        reserved: Vec::new(),
    });
    parts.collect()
}

/// Words that this one parameter of a row must leave to their own routes; converters of other
/// types take no words.
fn reserved(context: &Context<'_>, resource: &Resource, ty: &ValueType) -> Vec<&'static str> {
    if converter(&ty.kind).is_some() { Vec::new() } else { segments::words(context.ir, resource) }
}

/// A parameter in a path, with the converter that its type or its reserved words ask for.
pub(super) fn segment(parameter: &ParameterPlan) -> String {
    let name = &parameter.name;
    match (converter(&parameter.ty.kind), parameter.reserved.is_empty()) {
        (Some(converter), _) => format!("{{{name}:{converter}}}"),
        (None, true) => format!("{{{name}}}"),
        (None, false) => format!("{{{name}:not_{}}}", parameter.reserved.join("_or_")),
    }
}

/// The converter that a type has.
fn converter(kind: &ValueKind) -> Option<&'static str> {
    match kind {
        ValueKind::Uuid => Some("uuid"),
        // The converter knows no sign.
        ValueKind::Int { min, .. } if *min >= 0 => Some("int"),
        _ => None,
    }
}

fn plan(
    context: &mut Context<'_>,
    entities: &[EntityPlan],
    facts: &Facts<'_>,
    paths: Paths,
    functions: Vec<PyIdent>,
) -> ResourcePlan {
    let (index, resource) = (facts.index, facts.resource);
    check_create(context, &entities[index], resource);
    let filters = filters::filters(context, entities, index, resource);
    let (sorts, default_sort) = sorts::sorts(context, &entities[index], index, resource);
    let search = resource
        .search
        .iter()
        .filter_map(|attribute| context.field(index, *attribute))
        .map(|field| entities[index].fields[field].model_attribute.clone())
        .collect();
    let operations = facts
        .rules
        .operations
        .iter()
        .zip(functions)
        .map(|((operation, access), function)| {
            let declared = (*operation, access, function);
            self::operation(context, &entities[index], facts, &paths, declared)
        })
        .collect();
    let tag = if paths.parent.is_some() {
        context.names.entities[index].plural.as_str().replace('_', "-")
    } else {
        resource.path.clone()
    };
    ResourcePlan {
        collection_path: paths.collection,
        item_path: paths.item,
        tag,
        parent: paths.parent,
        descendants: Vec::new(),
        lookup: paths.lookup,
        item_parameters: paths.parameters,
        read: facts.rules.read.clone(),
        operations,
        filters,
        sorts,
        default_sort,
        search,
        pagination: resource.pagination,
        page_size: resource.page_size,
        max_page_size: resource.max_page_size,
        lists: resource.lists.of(resource.pagination),
        has_own_form: resource.lists != context.ir.api.lists
            || resource.pagination == Pagination::Page,
    }
}

fn operation(
    context: &Context<'_>,
    entity: &EntityPlan,
    facts: &Facts<'_>,
    paths: &Paths,
    (operation, access, function): (Operation, &AccessPlan, PyIdent),
) -> OperationPlan {
    let (resource, api) = (facts.resource, &context.ir.api);
    let rate_limit = api.rate_limit(resource.entity, operation);
    let view = resource.view(operation);
    let told = view.is_some_and(|view| views::tells_caller(context, facts.index, view));
    let mut problems = problems(entity, operation, access, paths, facts, told);
    problems.extend(rate_limit.map(|_| 429));
    problems.retain(|status| *status != api.invalid_status);
    problems.sort_unstable();
    problems.dedup();
    OperationPlan {
        operation,
        path: path(operation, entity, paths),
        function,
        doc: doc(operation, entity),
        access: access.clone(),
        status: status(operation, resource),
        rate_limit,
        view: view.map(ViewId::index),
        problems,
    }
}

/// The status of an operation that succeeds.
fn status(operation: Operation, resource: &Resource) -> u16 {
    match operation {
        Operation::Create | Operation::BulkCreate => resource.statuses.create,
        Operation::Delete => resource.statuses.delete,
        Operation::List
        | Operation::Get
        | Operation::Update
        | Operation::Replace
        | Operation::Transition(_)
        | Operation::History(_) => 200,
    }
}

/// The path of an operation.
fn path(operation: Operation, entity: &EntityPlan, paths: &Paths) -> String {
    match operation {
        Operation::List | Operation::Create => paths.collection.clone(),
        Operation::BulkCreate => format!("{}/bulk", paths.collection),
        Operation::Get | Operation::Update | Operation::Replace | Operation::Delete => {
            paths.item.clone()
        }
        Operation::Transition(position) => {
            let segment = entity.transitions[position].segment.as_deref();
            format!("{}/{}", paths.item, segment.unwrap_or_default())
        }
        Operation::History(position) => {
            let history = entity.machines[position].history.as_ref();
            format!("{}/{}", paths.item, history.map_or("history", |history| &history.segment))
        }
    }
}

fn doc(operation: Operation, entity: &EntityPlan) -> String {
    let (one, many) = (&entity.label, &entity.label_plural);
    let a = super::naming::with_article(one);
    match operation {
        Operation::List => format!("List {many}."),
        Operation::Get => format!("Return one {one}."),
        Operation::Create => format!("Create {a}."),
        Operation::BulkCreate => format!("Create several {many}, all or none."),
        Operation::Update => format!("Change {a}."),
        Operation::Replace => format!("Replace {a}."),
        Operation::Delete => format!("Delete {a}."),
        Operation::Transition(position) => {
            let words = &entity.transitions[position].words;
            format!("{} {a}.", super::naming::sentence(words))
        }
        Operation::History(position) => {
            let history = entity.machines[position].history.as_ref();
            let words = history.map_or("state", |history| &history.words);
            format!("List the changes of the {words} of {a}, the first one first.")
        }
    }
}

/// The problems of an operation; that of invalid requests is the router's.
fn problems(
    entity: &EntityPlan,
    operation: Operation,
    access: &AccessPlan,
    paths: &Paths,
    facts: &Facts<'_>,
    told: bool,
) -> Vec<u16> {
    use Operation::{BulkCreate, Create, Delete, Get, History, List, Replace, Transition, Update};
    let collection = matches!(operation, List | Create | BulkCreate);
    let body = matches!(operation, Create | BulkCreate | Update | Replace);
    let parents = paths.parent.as_ref().map(ParentPlan::chain).unwrap_or_default();
    let read = (!collection).then_some(&facts.rules.read);
    let looks =
        |rule: &&AccessPlan| facts.secured && (rule.gate != Gate::Public || rule.row.is_some());
    let moves = matches!(operation, Transition(_));
    let writes = body || moves || operation == Delete;
    let refuses = matches!(access.gate, Gate::Roles(_)) || (writes && access.row.is_some());
    let mut problems = Vec::new();
    let mut add = |status: u16, wanted: bool| problems.extend(wanted.then_some(status));
    add(400, body);
    let above = parents.iter().map(|parent| &parent.read);
    let tells = matches!(operation, Transition(it) if entity.is_told_of(it)) && facts.secured;
    let whole = crate::answers_rows(operation) && facts.resource.view(operation).is_none();
    let shows = facts.secured && whole && entity.is_shown_by_caller();
    let guarded = || entity.guarded_writes(operation).map(|(_, rule)| rule.for_writing(operation));
    let tells = tells || shows || told || guarded().any(Predicate::speaks_of_caller);
    add(401, tells || std::iter::once(access).chain(above).chain(read).any(|rule| looks(&rule)));
    add(403, refuses || guarded().next().is_some());
    add(404, !collection || !parents.is_empty());
    add(409, body || moves || (operation == Delete && facts.kept && !entity.soft_delete));
    let reads = matches!(operation, Get | History(_));
    add(412, entity.optimistic_lock && !collection && !reads);
    let write = match operation {
        Create | BulkCreate => Some(Write::Create),
        Update | Replace | Transition(_) => Some(Write::Update),
        Delete => Some(Write::Delete),
        List | Get | History(_) => None,
    };
    problems.extend(write.into_iter().flat_map(|write| entity.refusals(write)));
    problems
}

/// A row that clients create must be complete: what only the server sets needs a default.
fn check_create(context: &mut Context<'_>, entity: &EntityPlan, resource: &Resource) {
    let creates =
        |operation: &Operation| matches!(operation, Operation::Create | Operation::BulkCreate);
    if !resource.operations.iter().any(creates) {
        return;
    }
    let fields = entity.fields.iter().filter(|field| {
        let attribute = matches!(field.source, crate::FieldSource::Attribute);
        let absent = field.create == Presence::Absent && field.model_default.is_none();
        // The server makes slugs.
        let made = matches!(field.ty.kind, ValueKind::Slug { .. });
        attribute && absent && !field.ty.nullable && !made
    });
    let references = entity
        .references
        .iter()
        .filter(|reference| reference.set == Set::Server && !reference.nullable);
    let missing = (fields.map(|field| (&field.wire, field.span)))
        .chain(references.map(|reference| (&reference.wire, reference.span)));
    for (name, span) in missing {
        let message = format!("`{name}` is required, but `create` cannot set it");
        context.diagnostics.push(
            Diagnostic::error(Code::E0309, message)
                .at(span, "only the server sets this, and it has no default")
                .also(resource.span, "this resource offers `create`")
                .help("give it a default, make it optional, or leave `create` out of `operations`"),
        );
    }
}
