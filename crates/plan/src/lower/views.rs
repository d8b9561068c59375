//! Views: the names of their members and classes, and whether the rows that they show along are for
//! those who get them.

use std::collections::{BTreeMap, BTreeSet};

use stratapi_diagnostics::{Code, Diagnostic, Span};
use stratapi_ir::model::{CallerFlag, Column, End, Shown, View, ViewId, ViewMember};
use stratapi_ir::snake;

use super::draft::{AttributeSlot, Context, RelationshipSlot};
use super::members::schema_name;
use super::naming::{collision, doc, identifier};
use super::{access, reserved};
use crate::case::cased;
use crate::{
    EntityPlan, EnumPlan, EventPlan, FlagPlan, FlowPlan, Gate, NestedPlan, PyIdent, ShownPlan,
    ValuePlan, ViewMemberPlan, ViewPlan, envelope,
};

/// Adds the views of all entities, whose members have their names on the wire.
pub(super) fn views(context: &mut Context<'_>, entities: &mut [EntityPlan], mut classes: Taken) {
    let mut findings = Vec::new();
    let all: Vec<(Vec<ViewPlan>, Vec<FlagPlan>)> = (0..entities.len())
        .map(|index| {
            let declared = &context.entity(index).views;
            let entity = &entities[index];
            let mut flags = Vec::new();
            let plans = declared.iter().map(|found| ViewPlan {
                name: found.name.value.clone(),
                class: classes.take(&format!("{}{}", entity.stem, pascal(&found.name.value))),
                doc: doc(&found.description, &format!("{} in short", sentence(&entity.label))),
                members: members(context, entities, index, found, &mut flags, &mut findings),
                span: found.span,
            });
            (plans.collect(), flags)
        })
        .collect();
    for (entity, (views, flags)) in entities.iter_mut().zip(all) {
        entity.views = views;
        entity.flags = flags;
    }
    check(context, entities, &mut findings);
    context.diagnostics.append(&mut findings);
}

fn pascal(name: &str) -> String {
    let mut letters = name.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

fn sentence(label: &str) -> String {
    super::naming::sentence(&super::naming::with_article(label))
}

/// Names of classes in the API's document that views must not get.
pub(super) struct Taken(BTreeSet<String>);

impl Taken {
    /// Those of everything else.
    pub(super) fn of(
        entities: &[EntityPlan],
        enums: &[EnumPlan],
        values: &[ValuePlan],
        flows: &[FlowPlan],
        events: &[EventPlan],
    ) -> Self {
        let mut taken: BTreeSet<String> =
            reserved::reserved_class_names().iter().map(|name| (*name).to_owned()).collect();
        for entity in entities {
            taken.insert(entity.class.to_string());
            taken.insert(entity.stem.to_string());
            let suffixes = reserved::CLASS_SUFFIXES.iter();
            taken.extend(suffixes.map(|suffix| format!("{}{suffix}", entity.stem)));
            let histories = entity.machines.iter().filter_map(|machine| machine.history.as_ref());
            for class in histories.map(|history| &history.class) {
                taken.extend(["", "Read", "Page"].map(|suffix| format!("{class}{suffix}")));
            }
        }
        taken.extend(enums.iter().map(|one| one.class.to_string()));
        let of_value = |one: &ValuePlan| [one.class.to_string(), format!("{}Read", one.class)];
        taken.extend(values.iter().flat_map(of_value));
        let models = flows.iter().flat_map(|flow| [&flow.body, &flow.query]);
        taken.extend(models.flatten().map(|model| model.class.to_string()));
        taken.extend(events.iter().map(|event| event.class.to_string()));
        Self(taken)
    }

    /// A name that is free, as is that of the envelope around rows of this class.
    fn take(&mut self, wanted: &str) -> PyIdent {
        let mut class = PyIdent::known(wanted.to_owned());
        let names = |class: &PyIdent| [class.to_string(), envelope(class).to_string()];
        while names(&class).iter().any(|name| self.0.contains(name)) {
            class = PyIdent::known(format!("{class}View"));
        }
        self.0.extend(names(&class));
        class
    }
}

fn members(
    context: &Context<'_>,
    entities: &[EntityPlan],
    index: usize,
    view: &View,
    flags: &mut Vec<FlagPlan>,
    findings: &mut Vec<Diagnostic>,
) -> Vec<ViewMemberPlan> {
    let mut wires: BTreeMap<String, Span> = BTreeMap::new();
    let mut all = Vec::new();
    let is_related = |member: &&ViewMember| matches!(member.shown, Shown::Rows { .. });
    for member in view.members.iter().filter(|member| !is_related(member)) {
        let plans = member_plans(context, entities, index, member, findings);
        all.extend(plans.into_iter().map(|plan| (plan, member.span)));
    }
    for declared in &view.flags {
        let plan = flag(context, entities, index, (view, declared), flags);
        all.push((plan, declared.name.span));
    }
    for member in view.members.iter().filter(is_related) {
        let plans = member_plans(context, entities, index, member, findings);
        all.extend(plans.into_iter().map(|plan| (plan, member.span)));
    }
    let mut found = Vec::new();
    for (plan, span) in all {
        match wires.insert(plan.wire.clone(), span) {
            Some(first) => findings.push(
                collision(&plan.wire, "name on the wire", first, span)
                    .help("leave one of them out, or give it another name: `{other: name}`"),
            ),
            None => found.push(plan),
        }
    }
    let mut used = BTreeSet::new();
    for plan in &mut found {
        while !used.insert(plan.attribute.clone()) {
            plan.attribute = PyIdent::known(format!("{}_", plan.attribute));
        }
    }
    found
}

/// What a view tells callers; views that tell the same under one name share it.
fn flag(
    context: &Context<'_>,
    entities: &[EntityPlan],
    index: usize,
    (view, declared): (&View, &CallerFlag),
    flags: &mut Vec<FlagPlan>,
) -> ViewMemberPlan {
    let entity = &entities[index];
    let name = &declared.name.value;
    let predicate = access::predicate(context, entities, index, &declared.rule);
    let wire = cased(name, context.ir.api.case).into_owned();
    let attribute = schema_name(name);
    let taken = model_attributes(entity);
    let mut own = attribute.to_string();
    if flags.iter().any(|it| it.attribute.as_str() == own && it.predicate != predicate) {
        own = format!("{own}_in_{}", snake(&view.name.value));
    }
    while taken.contains(own.as_str()) {
        own.push('_');
    }
    let known = flags.iter().position(|it| it.attribute.as_str() == own);
    let position = known.unwrap_or_else(|| {
        let function = format!("{}_{}", snake(&entity.name), own.trim_end_matches('_'));
        flags.push(FlagPlan {
            function: identifier(&function),
            attribute: PyIdent::known(own),
            description: declared.description.clone(),
            predicate,
            span: declared.name.span,
        });
        flags.len() - 1
    });
    ViewMemberPlan { wire, attribute, shown: ShownPlan::Flag(position) }
}

/// What the model of an entity has already.
fn model_attributes(entity: &EntityPlan) -> BTreeSet<&str> {
    let fields = entity.fields.iter().flat_map(|it| [&it.attribute, &it.model_attribute]);
    let references = entity.references.iter();
    let references = references.flat_map(|it| it.key_attributes.iter().chain([&it.attribute]));
    let links = entity.links.iter().flat_map(|it| [&it.attribute, &it.ids_attribute]);
    let all = (fields.chain(references).chain(links))
        .chain(entity.embedded.iter().map(|it| &it.attribute))
        .chain(entity.collections.iter().map(|it| &it.attribute))
        .chain(entity.computed.iter().map(|it| &it.attribute))
        .map(PyIdent::as_str);
    all.chain(["id", "is_active", "created_at", "updated_at", "version"]).collect()
}

/// What a declared member shows; the keys of a relationship are several members where the key has
/// several parts.
fn member_plans(
    context: &Context<'_>,
    entities: &[EntityPlan],
    index: usize,
    member: &ViewMember,
    findings: &mut Vec<Diagnostic>,
) -> Vec<ViewMemberPlan> {
    let case = context.ir.api.case;
    let plain = match member.shown {
        Shown::Column(column) => vec![own(context, &entities[index], index, column)],
        Shown::Keys(relationship) => {
            match context.slots[index].relationships[relationship.index()] {
                RelationshipSlot::Reference(position) => {
                    let reference = &entities[index].references[position];
                    let wires = reference.key_wires.iter().cloned();
                    wires.zip(reference.key_attributes.iter().cloned()).collect()
                }
                RelationshipSlot::Link(position) => {
                    let link = &entities[index].links[position];
                    vec![(link.ids_wire.clone(), link.ids_attribute.clone())]
                }
            }
        }
        Shown::Rows { end, entity, view } => {
            let (declared, nested) =
                rows(context, entities, index, end, (entity.index(), view.index()));
            let (wire, attribute) = match &member.name {
                Some(name) => (cased(&name.value, case).into_owned(), schema_name(&name.value)),
                None => (cased(&declared, case).into_owned(), nested.relationship.clone()),
            };
            return vec![ViewMemberPlan { wire, attribute, shown: ShownPlan::Rows(nested) }];
        }
    };
    let Some(name) = &member.name else {
        let plans = plain.into_iter().map(|(wire, attribute)| ViewMemberPlan {
            wire: wire.clone(),
            attribute: attribute.clone(),
            shown: ShownPlan::Own { attribute, wire },
        });
        return plans.collect();
    };
    let [(wire, attribute)] = &plain[..] else {
        findings.push(
            Diagnostic::error(
                Code::E0322,
                format!("several values can't have one name, `{}`", name.value),
            )
            .at(member.span, "a key of several parts")
            .help("leave the other name out: each part has its own"),
        );
        return Vec::new();
    };
    vec![ViewMemberPlan {
        wire: cased(&name.value, case).into_owned(),
        attribute: schema_name(&name.value),
        shown: ShownPlan::Own { attribute: attribute.clone(), wire: wire.clone() },
    }]
}

/// The name on the wire and in Python of something that Read shows.
fn own(
    context: &Context<'_>,
    entity: &EntityPlan,
    index: usize,
    column: Column,
) -> (String, PyIdent) {
    match column {
        Column::Base(base) => {
            let wire = cased(base.name(), context.ir.api.case).into_owned();
            (wire, PyIdent::known(base.name()))
        }
        Column::Attribute(id) => match context.slots[index].attributes[id.index()] {
            AttributeSlot::Field(field) => {
                (entity.fields[field].wire.clone(), entity.fields[field].attribute.clone())
            }
            AttributeSlot::Embedded(position) => {
                let embedded = &entity.embedded[position];
                (embedded.wire.clone(), embedded.attribute.clone())
            }
        },
        Column::Computed(id) => {
            let computed = &entity.computed[id.index()];
            (computed.wire.clone(), computed.attribute.clone())
        }
    }
}

/// Related rows, with the name of the relationship as declared.
fn rows(
    context: &Context<'_>,
    entities: &[EntityPlan],
    index: usize,
    end: End,
    (entity, view): (usize, usize),
) -> (String, NestedPlan) {
    let (declared, relationship, many, nullable) = match end {
        End::Relationship(id) => {
            let name = context.entity(index).relationships[id.index()].name.value.clone();
            match context.slots[index].relationships[id.index()] {
                RelationshipSlot::Reference(position) => {
                    let reference = &entities[index].references[position];
                    (name, reference.attribute.clone(), false, reference.nullable)
                }
                RelationshipSlot::Link(position) => {
                    (name, entities[index].links[position].attribute.clone(), true, false)
                }
            }
        }
        End::Inverse(position) => {
            let name = context.entity(index).inverses[position].name.value.clone();
            let collection = &entities[index].collections[position];
            (name, collection.attribute.clone(), !collection.one, collection.one)
        }
    };
    (declared, NestedPlan { relationship, entity, view, many, nullable })
}

/// Whether what a view shows differs by caller, in it or in the rows that it shows along.
pub(super) fn tells_caller(context: &Context<'_>, entity: usize, view: ViewId) -> bool {
    let declared = &context.entity(entity).views[view.index()];
    let mut nested = declared.nested();
    !declared.flags.is_empty()
        || nested.any(|(entity, view, _)| tells_caller(context, entity.index(), view))
}

/// Lists of related rows are shown to those who may read each of them.
fn check(context: &Context<'_>, entities: &[EntityPlan], findings: &mut Vec<Diagnostic>) {
    let mut told = BTreeSet::new();
    for (index, entity) in entities.iter().enumerate() {
        let operations = entity.resource.iter().flat_map(|resource| &resource.operations);
        for operation in operations {
            if let Some(view) = operation.view {
                let gate = &operation.access.gate;
                let at = Seen { context, entities, gate };
                at.nested(index, view, &mut told, findings);
            }
        }
    }
}

/// A view as some operation gives it.
struct Seen<'a> {
    context: &'a Context<'a>,
    entities: &'a [EntityPlan],
    /// Who gets it.
    gate: &'a Gate,
}

impl Seen<'_> {
    fn nested(
        &self,
        entity: usize,
        view: usize,
        told: &mut BTreeSet<Span>,
        findings: &mut Vec<Diagnostic>,
    ) {
        let declared = &self.context.entity(entity).views[view];
        for member in &declared.members {
            let Shown::Rows { end, entity: target, view } = member.shown else { continue };
            let (target, view) = (target.index(), view.index());
            let (_, plan) = rows(self.context, self.entities, entity, end, (target, view));
            if plan.many && !self.is_open(target) && told.insert(member.span) {
                findings.push(self.closed(target, member));
            }
            self.nested(target, view, told, findings);
        }
    }

    /// Whether everybody who gets the view may read all rows of an entity.
    fn is_open(&self, entity: usize) -> bool {
        let Some(resource) = &self.entities[entity].resource else { return true };
        let passes = match (&resource.read.gate, self.gate) {
            (Gate::Public, _) | (Gate::Authenticated, Gate::Authenticated | Gate::Roles(_)) => true,
            (Gate::Roles(wanted), Gate::Roles(had)) => had.iter().all(|role| wanted.contains(role)),
            (Gate::Authenticated | Gate::Roles(_), _) => false,
        };
        passes && resource.read.row.is_none()
    }

    fn closed(&self, entity: usize, member: &ViewMember) -> Diagnostic {
        let target = self.context.entity(entity);
        let message =
            format!("not everybody who gets this may read every row of `{}`", target.name.value);
        let resource = self.context.ir.api.resources.iter().find(|it| it.entity.index() == entity);
        let finding =
            Diagnostic::error(Code::E0322, message).at(member.span, "a list of such rows");
        let finding = match resource {
            Some(resource) => finding.also(resource.span, "who may read them is said here"),
            None => finding,
        };
        finding.help("leave it out: clients ask the list of these rows, which shows each caller what that one may read")
    }
}
