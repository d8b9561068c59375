//! Entities: their base, their key and everything that they hold.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Map, Value, json};

use super::attribute::{Attribute, AttributeChoice, Place, attributes, decide};
use super::computed::{ComputedChoice, computed};
use super::constraints::{ConstraintChoices, RelatedChoice, constraints, related};
use super::groups::{Mixin, chosen, map};
use super::machine::{MachineChoice, machine};
use super::relationship::{
    Inverse, Relationship, RelationshipChoice, Surroundings, declared, relationships,
};
use super::types::{self, Scope, Type, TypeChoice};
use super::view::{ViewChoice, view};
use super::words;

/// An entity, as choices.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "independent choices")]
pub(super) struct EntityChoice {
    pub(super) name: &'static str,
    description: Option<String>,
    table: bool,
    plural: bool,
    base: BaseChoice,
    key: KeyChoice,
    mixins: Vec<Index>,
    attributes: Vec<AttributeChoice>,
    relationships: Vec<RelationshipChoice>,
    constraints: ConstraintChoices,
    pub(super) machine: Option<MachineChoice>,
    pub(super) related: Option<RelatedChoice>,
    pub(super) computed: Option<ComputedChoice>,
    pub(super) view: Option<ViewChoice>,
    soft: bool,
    lock: bool,
}

/// What an entity gets besides its attributes, as far as it says so.
#[derive(Debug, Clone, Copy)]
pub(super) struct BaseChoice {
    id: Option<&'static str>,
    timestamps: Option<bool>,
    is_active: Option<bool>,
}

/// What identifies a row.
#[derive(Debug, Clone, Copy)]
struct KeyChoice {
    kind: Kind,
    ty: Index,
    second: Index,
    one: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Base,
    Natural,
    Composite,
    Reference,
    Mixed,
}

/// An entity, decided.
#[derive(Debug, Clone)]
pub(super) struct Entity {
    pub(super) attributes: Vec<Attribute>,
    pub(super) relationships: Vec<Relationship>,
    /// What the base model adds, as attributes.
    pub(super) base: Vec<Attribute>,
    /// Columns of the key.
    pub(super) key: Vec<String>,
    pub(super) declared: Map<String, Value>,
    pub(super) invariants: Map<String, Value>,
}

/// What the entities of an application share.
pub(super) struct Shared<'a> {
    pub(super) scope: &'a Scope,
    pub(super) mixins: &'a [Mixin],
    pub(super) base: Option<BaseChoice>,
    /// By entity: the columns of its key.
    pub(super) keys: &'a [Vec<String>],
}

/// A base model.
pub(super) fn base() -> impl Strategy<Value = BaseChoice> {
    let switch = || option::weighted(0.3, any::<bool>());
    let id = option::weighted(0.3, select(&["int", "uuid"][..]));
    (id, switch(), switch()).prop_map(|(id, timestamps, is_active)| BaseChoice {
        id,
        timestamps,
        is_active,
    })
}

fn key() -> impl Strategy<Value = KeyChoice> {
    let kind = prop_oneof![
        6 => Just(Kind::Base),
        2 => Just(Kind::Natural),
        1 => Just(Kind::Composite),
        1 => Just(Kind::Reference),
        1 => Just(Kind::Mixed),
    ];
    (kind, any::<Index>(), any::<Index>(), any::<bool>())
        .prop_map(|(kind, ty, second, one)| KeyChoice { kind, ty, second, one })
}

/// An entity of this name.
pub(super) fn entity(name: &'static str) -> impl Strategy<Value = EntityChoice> {
    let words = (option::of(words::text()), prop::bool::weighted(0.1), prop::bool::weighted(0.1));
    let flags = (prop::bool::weighted(0.3), prop::bool::weighted(0.3));
    let rules = (
        constraints(),
        option::weighted(0.4, machine()),
        option::weighted(0.3, related()),
        option::weighted(0.4, computed()),
        option::weighted(0.3, view()),
    )
        .boxed();
    let attributes = attributes(words::ATTRIBUTES, 0..6, || types::types().boxed());
    let mixins = vec(any::<Index>(), 0..2);
    (words, base(), key(), mixins, attributes, relationships(), rules, flags).prop_map(
        move |(
            (description, table, plural),
            base,
            key,
            mixins,
            attributes,
            relationships,
            (constraints, machine, related, computed, view),
            (soft, lock),
        )| EntityChoice {
            name,
            description,
            table,
            plural,
            base,
            key,
            mixins,
            attributes,
            relationships,
            constraints,
            machine,
            related,
            computed,
            view,
            soft,
            lock,
        },
    )
}

impl BaseChoice {
    /// The section; `id` only where it may stand.
    pub(super) fn declared(self, id: bool) -> Option<Value> {
        let id = self.id.filter(|_| id);
        if let (Some(id), None, None) = (id, self.timestamps, self.is_active) {
            return Some(json!(id));
        }
        let entries = [
            ("id", id.map(|id| json!(id))),
            ("timestamps", self.timestamps.map(|on| json!(on))),
            ("is_active", self.is_active.map(|on| json!(on))),
        ];
        let map: Map<String, Value> = entries
            .into_iter()
            .filter_map(|(key, value)| value.map(|value| (key.to_owned(), value)))
            .collect();
        (!map.is_empty()).then_some(Value::Object(map))
    }
}

impl KeyChoice {
    /// A type that keys can have. An enum has too few values to be a key by itself.
    fn ty(index: Index, scope: &Scope, alone: bool) -> (Type, &'static str) {
        let fixed = |name| TypeChoice::Fixed(name).decide(scope, &[]);
        match index.index(if alone { 8 } else { 9 }) {
            0 => (types::line(Some((1, 40))), ""),
            1 => (TypeChoice::Pattern(index).decide(scope, &[]), ""),
            2 => (TypeChoice::Int(Some(0), None).decide(scope, &[]), ""),
            3 => (TypeChoice::Int(Some(-5), Some(200)).decide(scope, &[]), " immutable"),
            4 => (TypeChoice::BigInt(None, None).decide(scope, &[]), ""),
            5 => (fixed("uuid"), ""),
            6 => (fixed("uuid"), " = uuid()"),
            7 => (fixed("uuid"), " = uuid() readonly"),
            _ => (TypeChoice::Enum(index).decide(scope, &[]), ""),
        }
    }

    fn attributes(self, scope: &Scope, kind: Kind) -> Vec<Attribute> {
        let one = |position: usize, index, alone| {
            let (ty, flags) = Self::ty(index, scope, alone);
            Attribute::fixed(words::KEYS[position], ty, &format!("{flags} primary"))
        };
        match kind {
            Kind::Base | Kind::Reference => Vec::new(),
            Kind::Natural => vec![one(usize::from(self.one) * 2, self.ty, true)],
            Kind::Composite => vec![one(0, self.ty, true), one(1, self.second, false)],
            Kind::Mixed => vec![one(0, self.ty, false)],
        }
    }

    fn reference(self, own: usize) -> usize {
        self.second.index(own)
    }
}

impl EntityChoice {
    /// What the key can be: an account has a simple one, and references lead to earlier entities.
    fn kind(&self, own: usize, account: bool) -> Kind {
        match self.key.kind {
            Kind::Reference | Kind::Mixed if own == 0 || account => Kind::Natural,
            Kind::Composite if account => Kind::Base,
            kind => kind,
        }
    }

    /// The columns of the key, from those of the entities before.
    pub(super) fn key(&self, before: &[Vec<String>], scope: &Scope, account: bool) -> Vec<String> {
        let own = before.len();
        let kind = self.kind(own, account);
        let attributes = self.key.attributes(scope, kind);
        let mut key: Vec<String> = attributes.iter().map(|found| found.name.to_owned()).collect();
        if matches!(kind, Kind::Reference | Kind::Mixed) {
            let target = &before[self.key.reference(own)];
            key.extend(target.iter().map(|part| format!("{FIRST}_{part}")));
        }
        if key.is_empty() { vec!["id".to_owned()] } else { key }
    }

    fn flag(own: Option<bool>, outer: Option<bool>) -> bool {
        own.or(outer).unwrap_or(true)
    }

    /// The entity that this becomes; `extra` are further members and options of their own.
    pub(super) fn decide(
        &self,
        shared: &Shared<'_>,
        around: &mut Surroundings<'_>,
        extra: Extra,
    ) -> Entity {
        let own = around.own;
        let account = around.account == Some(own);
        let kind = if extra.keyed { Kind::Base } else { self.kind(own, account) };
        let timestamps =
            Self::flag(self.base.timestamps, shared.base.and_then(|base| base.timestamps));
        let active = Self::flag(self.base.is_active, shared.base.and_then(|base| base.is_active));
        let stored = around.frozen && around.account != Some(around.own);
        let place = if stored { Place::Stored } else { Place::Filled };
        let mut attributes = self.key.attributes(shared.scope, kind);
        attributes.extend(extra.attributes);
        let mut all: Vec<Attribute> = Vec::new();
        let mut mixins = chosen(shared.mixins, &self.mixins);
        // An account has one role, and that is among the further members.
        let without_roles = Scope { roles: Vec::new(), ..shared.scope.clone() };
        let scope = if account { &without_roles } else { shared.scope };
        if account {
            mixins.retain(|mixin| mixin.attributes.iter().all(|found| found.ty.text != "role"));
        }
        all.extend(mixins.iter().flat_map(|mixin| mixin.attributes.iter().cloned()));
        let free = |name: &str| match name {
            "created_at" | "updated_at" => !timestamps,
            "is_active" => !active,
            "version" => !self.lock,
            _ => true,
        };
        let choices: Vec<AttributeChoice> =
            self.attributes.iter().filter(|choice| free(choice.name)).cloned().collect();
        attributes.extend(decide(&choices, scope, place));
        attributes.extend(self.machine.as_ref().and_then(|machine| machine.attribute(scope)));
        let mut relationships = extra.relationships;
        if matches!(kind, Kind::Reference | Kind::Mixed) {
            relationships.push(self.first(around));
        }
        relationships.extend(self.relationships.iter().map(|choice| choice.decide(around)));
        if attributes.is_empty() && relationships.is_empty() && all.is_empty() {
            attributes.push(Attribute::fixed("title", types::line(None), ""));
        }
        let mut declared = self.header(own, soft(self.soft, active));
        let id = kind == Kind::Base && !extra.keyed;
        declared.extend(self.base.declared(id).map(|base| ("base".to_owned(), base)));
        if !mixins.is_empty() {
            let names: Vec<&str> = mixins.iter().map(|mixin| mixin.name).collect();
            declared.insert("mixins".to_owned(), json!(names));
        }
        if !attributes.is_empty() {
            declared.insert("attributes".to_owned(), map(&attributes));
        }
        all.extend(attributes);
        let id =
            id.then(|| self.base.id.or(shared.base.and_then(|base| base.id)).unwrap_or("uuid"));
        let base = self.base_columns(shared.scope, id, (timestamps, active));
        let invariants = self.constraints.declare(&all, &base, &relationships, &mut declared);
        let key = shared.keys[own].clone();
        Entity { attributes: all, relationships, base, key, declared, invariants }
    }

    /// The columns of the base model; `id` is the kind of the key, if the base model has it.
    fn base_columns(
        &self,
        scope: &Scope,
        id: Option<&str>,
        (timestamps, active): (bool, bool),
    ) -> Vec<Attribute> {
        let key = id.map(|id| match id {
            "int" => TypeChoice::BigInt(Some(1), None),
            _ => TypeChoice::Fixed("uuid"),
        });
        let instant = || timestamps.then_some(TypeChoice::Fixed("datetime"));
        let columns = [
            ("id", key),
            ("is_active", active.then_some(TypeChoice::Fixed("bool"))),
            ("created_at", instant()),
            ("updated_at", instant()),
            ("version", self.lock.then_some(TypeChoice::Int(Some(1), None))),
        ];
        let made = columns.into_iter().filter_map(|(name, ty)| Some((name, ty?)));
        made.map(|(name, ty)| Attribute::fixed(name, ty.decide(scope, &[]), "")).collect()
    }

    fn header(&self, own: usize, soft: bool) -> Map<String, Value> {
        let mut map = Map::new();
        if let Some(description) = &self.description {
            map.insert("description".to_owned(), json!(description));
        }
        let position = own % words::TABLES.len();
        map.extend(self.table.then(|| ("table".to_owned(), json!(words::TABLES[position]))));
        map.extend(self.plural.then(|| ("plural".to_owned(), json!(words::PLURALS[position]))));
        map.extend(soft.then(|| ("soft_delete".to_owned(), json!(true))));
        map.extend(self.lock.then(|| ("optimistic_lock".to_owned(), json!(true))));
        map
    }

    /// The relationship that is the key, or a part of it.
    fn first(&self, around: &mut Surroundings<'_>) -> Relationship {
        let target = self.key.reference(around.own);
        let kind = if self.key.one { "one_to_one" } else { "many_to_one" };
        let inverse = around.inverse(Inverse::Usual, FIRST, target);
        let caller = around.account == Some(target) && self.key.one;
        let mut options = vec![("inverse", json!(inverse)), ("on_delete", json!("cascade"))];
        options.extend(caller.then_some(("set", json!("current_user"))));
        options.push(("primary", json!(true)));
        Relationship {
            name: FIRST,
            target,
            many: false,
            nullable: false,
            caller,
            inverse: Some(inverse),
            declared: declared(kind, around.names[target], false, &options, None),
        }
    }
}

/// Name of the relationship that is a key.
pub(super) const FIRST: &str = "first";

fn soft(wanted: bool, active: bool) -> bool {
    wanted && active
}

/// What an entity has because of what it is: an account, or an association.
#[derive(Debug, Clone, Default)]
pub(super) struct Extra {
    pub(super) attributes: Vec<Attribute>,
    pub(super) relationships: Vec<Relationship>,
    /// Whether those relationships are its key.
    pub(super) keyed: bool,
}
