//! What the API models of an entity consist of, for the Python that declares them and for the
//! document that publishes them.

pub(crate) mod docs;
pub(crate) mod published;
pub(crate) mod python;

use std::borrow::Cow;

use serde_json::Value;
use stratapi_plan::{
    Case, ComputedPlan, EmbeddedPlan, EntityPlan, FieldPlan, FieldSource, FlagPlan, KeyPart,
    LinkPlan, NestedPlan, Operation, PartPlan, Plan, Presence, PyIdent, PythonDefault,
    RecordMemberPlan, ReferencePlan, ShownPlan, ValueKind, ValueType, ViewMemberPlan, ViewPlan,
};

/// A member of an API model.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Member<'a> {
    /// Name in JSON.
    pub wire: &'a str,
    /// Name in Python.
    pub attribute: PyIdent,
    /// Attribute of the model that it is read from, where that is called otherwise.
    pub source: Option<PyIdent>,
    /// One line for documents; may be empty.
    pub description: Cow<'a, str>,
    /// Whether clients should stop using it.
    pub deprecated: bool,
    /// A value for documents.
    pub example: Option<&'a Value>,
    /// Its type, without null.
    pub shape: Shape,
    /// Whether it may be null.
    pub nullable: bool,
    /// Whether it must be given.
    pub need: Need,
}

/// Type of a member.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Shape {
    /// A value, or a list of values.
    Plain(ValueType),
    /// A value object (index in `Plan::values`).
    Embedded(usize),
    /// Related rows, in a view of their entity.
    Rows {
        /// Class of that view.
        class: PyIdent,
        /// Whether it is a list of them.
        many: bool,
    },
}

/// Whether a member must be given.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Need {
    /// It must.
    Required,
    /// If not, this is taken.
    Optional(PythonDefault),
    /// If not, nothing is said about it (`MISSING`).
    Missing,
}

/// Members of the body of POST.
pub(crate) fn create<'a>(plan: &Plan, entity: &'a EntityPlan) -> Vec<Member<'a>> {
    Builder { plan, entity }.written(|presence| presence.create)
}

/// Members of the body of PUT.
pub(crate) fn replace<'a>(plan: &Plan, entity: &'a EntityPlan) -> Vec<Member<'a>> {
    let mut all = Builder { plan, entity }.written(|presence| presence.replace);
    // What not everybody may write stays where it is left out.
    for member in &mut all {
        if attribute(entity, member.wire).is_some_and(|field| field.writable_by.is_some()) {
            member.need = Need::Missing;
        }
    }
    all
}

/// Members of the body of PATCH.
pub(crate) fn update<'a>(plan: &Plan, entity: &'a EntityPlan) -> Vec<Member<'a>> {
    let all = Builder { plan, entity }
        .written(|presence| if presence.update { Presence::Required } else { Presence::Absent });
    all.into_iter().map(|member| Member { need: Need::Missing, ..member }).collect()
}

/// Members that POST and PUT have in common, or POST and PATCH where there is no PUT.
pub(crate) fn base<'a>(plan: &Plan, entity: &'a EntityPlan) -> Vec<Member<'a>> {
    let create = create(plan, entity);
    if offers(entity, Operation::Replace) {
        let replace = replace(plan, entity);
        return create.into_iter().filter(|member| replace.contains(member)).collect();
    }
    let update = update(plan, entity);
    let changes = |member: &Member<'_>| update.iter().any(|other| other.wire == member.wire);
    create.into_iter().filter(changes).collect()
}

/// Members of `all` that are not in `base`.
pub(crate) fn own<'a>(all: Vec<Member<'a>>, base: &[Member<'_>]) -> Vec<Member<'a>> {
    all.into_iter().filter(|member| !base.contains(member)).collect()
}

/// Whether the resource has the operation.
pub(crate) fn offers(entity: &EntityPlan, operation: Operation) -> bool {
    entity.resource.as_ref().is_some_and(|resource| {
        resource.operations.iter().any(|offered| offered.operation == operation)
    })
}

/// Members of a response.
pub(crate) fn read<'a>(plan: &Plan, entity: &'a EntityPlan) -> Vec<Member<'a>> {
    let builder = Builder { plan, entity };
    let mut members: Vec<Member<'a>> = Vec::new();
    if entity.surrogate_key {
        members.extend(entity.key.iter().map(base_key));
    }
    members.extend(builder.fields(|field| field.read, |embedded| embedded.read));
    for member in &mut members {
        let field = attribute(entity, member.wire);
        if let Some(rule) = field.and_then(|field| field.readable_by.as_ref()) {
            member.need = Need::Missing;
            describe(member, &format!("Left out unless the caller may read it: {}.", rule.text));
        }
    }
    for reference in &entity.references {
        members.extend(builder.reference(reference, &Need::Required));
    }
    members.extend(entity.links.iter().map(|link| builder.link(link, Need::Required)));
    members.extend(entity.computed.iter().map(computed_member));
    members.extend(base_columns(entity, plan.app.case));
    members
}

/// Members of a view.
pub(crate) fn view<'a>(
    plan: &'a Plan,
    entity: &'a EntityPlan,
    view: &'a ViewPlan,
) -> Vec<Member<'a>> {
    let whole = read(plan, entity);
    let members = view.members.iter().filter_map(|shown| match &shown.shown {
        ShownPlan::Own { attribute, .. } => {
            let member = whole.iter().find(|member| member.attribute == *attribute)?;
            let source = (shown.attribute != *attribute).then(|| attribute.clone());
            let (wire, attribute) = (&*shown.wire, shown.attribute.clone());
            Some(Member { wire, attribute, source, ..member.clone() })
        }
        ShownPlan::Flag(index) => Some(flag_member(shown, &entity.flags[*index])),
        ShownPlan::Rows(nested) => Some(nested_member(plan, shown, nested)),
    });
    members.collect()
}

fn flag_member<'a>(shown: &'a ViewMemberPlan, flag: &'a FlagPlan) -> Member<'a> {
    let renamed = shown.attribute != flag.attribute;
    Member {
        wire: &shown.wire,
        attribute: shown.attribute.clone(),
        source: renamed.then(|| flag.attribute.clone()),
        description: Cow::Borrowed(&flag.description),
        deprecated: false,
        example: None,
        shape: Shape::Plain(ValueType { kind: ValueKind::Bool, list: false, nullable: false }),
        nullable: false,
        need: Need::Required,
    }
}

fn nested_member<'a>(
    plan: &'a Plan,
    shown: &'a ViewMemberPlan,
    nested: &'a NestedPlan,
) -> Member<'a> {
    let renamed = shown.attribute != nested.relationship;
    Member {
        wire: &shown.wire,
        attribute: shown.attribute.clone(),
        source: renamed.then(|| nested.relationship.clone()),
        description: Cow::Borrowed(""),
        deprecated: false,
        example: None,
        shape: Shape::Rows {
            class: plan.entities[nested.entity].views[nested.view].class.clone(),
            many: nested.many,
        },
        nullable: nested.nullable,
        need: Need::Required,
    }
}

/// The attribute behind a member.
fn attribute<'a>(entity: &'a EntityPlan, wire: &str) -> Option<&'a FieldPlan> {
    let mut fields = entity.fields.iter().filter(|field| field.source == FieldSource::Attribute);
    fields.find(|field| field.wire == wire)
}

/// Adds a sentence to what documents say of a member.
fn describe(member: &mut Member<'_>, sentence: &str) {
    let sentence = sentence.split_whitespace().collect::<Vec<_>>().join(" ");
    let known = std::mem::take(&mut member.description);
    member.description = match known.trim_end() {
        "" => Cow::Owned(sentence),
        known if known.ends_with(['.', '!', '?']) => Cow::Owned(format!("{known} {sentence}")),
        known => Cow::Owned(format!("{known}. {sentence}")),
    };
}

/// Parts of a value object, as they are written.
pub(crate) fn parts<'a>(parts: impl IntoIterator<Item = &'a PartPlan>) -> Vec<Member<'a>> {
    parts.into_iter().map(part_member).collect()
}

/// Parts of a value object, as they are read.
pub(crate) fn read_parts(parts: &[PartPlan]) -> Vec<Member<'_>> {
    parts.iter().map(|part| Member { need: Need::Required, ..part_member(part) }).collect()
}

fn part_member(part: &PartPlan) -> Member<'_> {
    Member {
        wire: &part.wire,
        attribute: part.attribute.clone(),
        source: None,
        description: Cow::Borrowed(&part.description),
        deprecated: part.deprecated,
        example: part.example.as_ref(),
        shape: plain(&part.ty),
        nullable: part.ty.nullable,
        need: need(&part.presence, &part.ty),
    }
}

fn need(presence: &Presence, ty: &ValueType) -> Need {
    match presence {
        Presence::Absent | Presence::Required => Need::Required,
        Presence::Optional(PythonDefault::None) if !ty.nullable => Need::Missing,
        Presence::Optional(default) => Need::Optional(default.clone()),
    }
}

/// The type without null: `Member::nullable` says that.
fn plain(ty: &ValueType) -> Shape {
    Shape::Plain(ValueType { nullable: false, ..ty.clone() })
}

/// The three ways in which a member may be written.
struct Written {
    create: Presence,
    replace: Presence,
    update: bool,
}

struct Builder<'p, 'a> {
    plan: &'p Plan,
    entity: &'a EntityPlan,
}

impl<'a> Builder<'_, 'a> {
    fn written(&self, presence: impl Fn(Written) -> Presence) -> Vec<Member<'a>> {
        let of_field = |field: &FieldPlan| {
            presence(Written {
                create: field.create.clone(),
                replace: field.replace.clone(),
                update: field.update,
            })
        };
        let of_embedded = |embedded: &EmbeddedPlan| {
            presence(Written {
                create: embedded.create.clone(),
                replace: embedded.replace.clone(),
                update: embedded.update,
            })
        };
        let mut members = self.members(&of_field, &of_embedded);
        for member in &mut members {
            let field = attribute(self.entity, member.wire);
            if let Some(rule) = field.and_then(|field| field.writable_by.as_ref()) {
                describe(
                    member,
                    &format!("Refused with 403 unless the caller may write it: {}.", rule.text),
                );
            }
        }
        for reference in &self.entity.references {
            let presence = presence(Written {
                create: reference.create.clone(),
                replace: reference.replace.clone(),
                update: reference.update,
            });
            let need = match presence {
                Presence::Absent => continue,
                Presence::Required => Need::Required,
                Presence::Optional(default) => Need::Optional(default),
            };
            members.extend(self.reference(reference, &need));
        }
        for link in self.entity.links.iter().filter(|link| link.writable) {
            members.push(self.link(link, Need::Optional(PythonDefault::Literal("[]".to_owned()))));
        }
        members
    }

    fn fields(
        &self,
        field: impl Fn(&FieldPlan) -> bool,
        embedded: impl Fn(&EmbeddedPlan) -> bool,
    ) -> Vec<Member<'a>> {
        let presence = |given| if given { Presence::Required } else { Presence::Absent };
        self.members(&|plan| presence(field(plan)), &|plan| presence(embedded(plan)))
    }

    /// Attributes and value objects in order of declaration.
    fn members(
        &self,
        of_field: &dyn Fn(&FieldPlan) -> Presence,
        of_embedded: &dyn Fn(&EmbeddedPlan) -> Presence,
    ) -> Vec<Member<'a>> {
        let mut members = Vec::new();
        for (index, field) in self.entity.fields.iter().enumerate() {
            if field.source == FieldSource::Attribute {
                let presence = of_field(field);
                if presence != Presence::Absent {
                    members.push(field_member(field, need(&presence, &field.ty)));
                }
                continue;
            }
            let starts = |embedded: &&EmbeddedPlan| embedded.fields.first() == Some(&index);
            if let Some(embedded) = self.entity.embedded.iter().find(starts) {
                match of_embedded(embedded) {
                    Presence::Absent => {}
                    Presence::Required => {
                        members.push(embedded_member(embedded, Need::Required));
                    }
                    Presence::Optional(default) => {
                        members.push(embedded_member(embedded, Need::Optional(default)));
                    }
                }
            }
        }
        members
    }

    fn reference(&self, reference: &'a ReferencePlan, need: &Need) -> Vec<Member<'a>> {
        let key = &self.plan.entities[reference.target].key;
        let names = reference.key_wires.iter().zip(&reference.key_attributes);
        names
            .zip(key)
            .map(|((wire, attribute), part)| Member {
                wire,
                attribute: attribute.clone(),
                source: None,
                description: Cow::Borrowed(&reference.description),
                deprecated: false,
                example: None,
                shape: plain(&part.ty),
                nullable: reference.nullable,
                need: need.clone(),
            })
            .collect()
    }

    fn link(&self, link: &'a LinkPlan, need: Need) -> Member<'a> {
        let kind = self.plan.entities[link.target].key[0].ty.kind.clone();
        Member {
            wire: &link.ids_wire,
            attribute: link.ids_attribute.clone(),
            source: None,
            description: Cow::Borrowed(&link.description),
            deprecated: false,
            example: None,
            shape: Shape::Plain(ValueType { kind, list: true, nullable: false }),
            nullable: false,
            need,
        }
    }
}

fn field_member(field: &FieldPlan, need: Need) -> Member<'_> {
    Member {
        wire: &field.wire,
        attribute: field.attribute.clone(),
        source: None,
        description: Cow::Borrowed(&field.description),
        deprecated: field.deprecated,
        example: field.example.as_ref(),
        shape: plain(&field.ty),
        nullable: field.ty.nullable,
        need,
    }
}

fn computed_member(computed: &ComputedPlan) -> Member<'_> {
    Member {
        wire: &computed.wire,
        attribute: computed.attribute.clone(),
        source: None,
        description: Cow::Borrowed(&computed.description),
        deprecated: false,
        example: None,
        shape: plain(&computed.ty),
        nullable: computed.ty.nullable,
        need: Need::Required,
    }
}

/// A member of what an event tells, or a history keeps.
pub(crate) fn record_member(member: &RecordMemberPlan) -> Member<'_> {
    Member {
        wire: &member.wire,
        attribute: member.attribute.clone(),
        source: None,
        description: Cow::Borrowed(""),
        deprecated: false,
        example: None,
        shape: plain(&member.ty),
        nullable: member.ty.nullable,
        need: Need::Required,
    }
}

fn embedded_member(embedded: &EmbeddedPlan, need: Need) -> Member<'_> {
    Member {
        wire: &embedded.wire,
        attribute: embedded.attribute.clone(),
        source: None,
        description: Cow::Borrowed(&embedded.description),
        deprecated: embedded.deprecated,
        example: None,
        shape: Shape::Embedded(embedded.value),
        nullable: embedded.nullable,
        need,
    }
}

fn base_key(part: &KeyPart) -> Member<'_> {
    Member { attribute: part.attribute.clone(), ..base_member("id", part.ty.kind.clone()) }
}

/// What the base model adds behind everything else.
fn base_columns(entity: &EntityPlan, case: Case) -> Vec<Member<'static>> {
    let big = ValueKind::Int { min: 1, max: i64::MAX, big: true };
    let named = |name, camel, kind| {
        let wire = if case == Case::Camel { camel } else { name };
        Member { wire, ..base_member(name, kind) }
    };
    [
        entity.is_active.then(|| named("is_active", "isActive", ValueKind::Bool)),
        entity.timestamps.then(|| named("created_at", "createdAt", ValueKind::DateTime)),
        entity.timestamps.then(|| named("updated_at", "updatedAt", ValueKind::DateTime)),
        entity.optimistic_lock.then(|| base_member("version", big)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn base_member(name: &'static str, kind: ValueKind) -> Member<'static> {
    Member {
        wire: name,
        attribute: PyIdent::known(name),
        source: None,
        description: Cow::Borrowed(""),
        deprecated: false,
        example: None,
        shape: Shape::Plain(ValueType { kind, list: false, nullable: false }),
        nullable: false,
        need: Need::Required,
    }
}
