//! Random applications that are valid by construction, with shrinking: their text is made from a
//! tree of choices, and proptest makes the tree smaller. What a choice means is decided when the text
//! is made, from what the others have become, so that a smaller tree is valid too.

mod attribute;
mod computed;
mod condition;
mod constraints;
mod entity;
mod groups;
mod machine;
mod print;
mod relationship;
mod resource;
mod rule;
mod security;
mod shape;
mod types;
mod view;
mod words;

use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};
use serde_json::{Map, Value, json};

use attribute::Place;
use entity::{BaseChoice, Entity, EntityChoice, Extra, Shared};
use groups::{EnumChoice, GroupChoice, Mixin};
use relationship::{Inverse, Relationship, Surroundings, declared};
use resource::{Offer, ResourceChoice};
use rule::Callers;
use security::SecurityChoice;
use types::Scope;

/// An application, as choices.
#[derive(Debug, Clone)]
pub struct Choices {
    name: &'static str,
    title: Option<String>,
    description: Option<String>,
    version: Option<&'static str>,
    architecture: Option<&'static str>,
    prefix: Option<&'static str>,
    /// Whether no client creates rows: then rows may need each other.
    frozen: bool,
    base: Option<BaseChoice>,
    enums: Vec<EnumChoice>,
    objects: Vec<GroupChoice>,
    mixins: Vec<GroupChoice>,
    entities: Vec<(EntityChoice, ResourceChoice)>,
    associations: Vec<AssociationChoice>,
    security: Option<SecurityChoice>,
    /// How the wire looks.
    shape: Map<String, Value>,
}

/// An association entity, as choices.
#[derive(Debug, Clone)]
struct AssociationChoice {
    entity: EntityChoice,
    resource: ResourceChoice,
    near: Index,
    far: Index,
    /// Whether its two relationships are its key.
    keyed: bool,
    /// Whether the ends are named where that is not needed.
    named: bool,
    inverse: bool,
}

/// Random applications of one to five entities, with an account and associations beside them.
pub fn applications() -> impl Strategy<Value = Choices> {
    any_applications().prop_filter("says nothing", |choices| !crate::says_nothing(&yaml(choices)))
}

fn any_applications() -> impl Strategy<Value = Choices> {
    let entities = subsequence(words::ENTITIES, 1..6).prop_flat_map(|names| {
        names
            .into_iter()
            .map(|name| (entity::entity(name), resource::resource()))
            .collect::<Vec<_>>()
    });
    let app = (
        select(words::APPLICATIONS),
        option::of(words::line()),
        option::of(words::text()),
        option::of(select(words::VERSIONS)),
        option::of(select(&["auto", "layered", "simple"][..])),
        option::of(select(words::PREFIXES)),
    );
    let domain = (
        option::weighted(0.3, entity::base()),
        groups::enums(),
        groups::objects(),
        groups::mixins(),
        prop::bool::weighted(0.1),
    );
    // Boxed: strategies of strategies are large, and stand on the stack.
    let (entities, associations) = (entities.boxed(), associations().boxed());
    let security = option::weighted(0.6, security::security()).boxed();
    let shape = shape::of_api();
    (app, domain, entities, associations, security, shape).prop_map(
        |(
            (name, title, description, version, architecture, prefix),
            (base, enums, objects, mixins, frozen),
            entities,
            associations,
            security,
            shape,
        )| Choices {
            name,
            title,
            description,
            version,
            architecture,
            prefix,
            frozen,
            base,
            enums,
            objects,
            mixins,
            entities,
            associations,
            security,
            shape,
        },
    )
}

fn associations() -> impl Strategy<Value = Vec<AssociationChoice>> {
    let names = prop_oneof![2 => Just(Vec::new()), 1 => subsequence(words::ASSOCIATIONS, 1..3)];
    names.prop_flat_map(|names| {
        let one = |name| {
            let ends = (any::<Index>(), any::<Index>());
            let flags = (any::<bool>(), any::<bool>(), any::<bool>());
            (entity::entity(name), resource::resource(), ends, flags).prop_map(
                |(entity, resource, (near, far), (keyed, named, inverse))| AssociationChoice {
                    entity,
                    resource,
                    near,
                    far,
                    keyed,
                    named,
                    inverse,
                },
            )
        };
        names.into_iter().map(one).collect::<Vec<_>>()
    })
}

/// The application as YAML.
pub fn yaml(choices: &Choices) -> String {
    print::yaml(&Application::new(choices).document())
}

/// What an entity is.
#[derive(Clone, Copy)]
enum Role<'a> {
    Plain,
    Account(&'a SecurityChoice),
    Association(&'a AssociationChoice, usize, usize),
}

/// An entity on its way to be decided.
#[derive(Clone, Copy)]
struct Slot<'a> {
    choice: &'a EntityChoice,
    resource: &'a ResourceChoice,
    role: Role<'a>,
}

/// An application that is being decided.
struct Application<'a> {
    choices: &'a Choices,
    scope: Scope,
    slots: Vec<Slot<'a>>,
    names: Vec<&'static str>,
    keys: Vec<Vec<String>>,
    account: Option<usize>,
}

impl<'a> Application<'a> {
    fn new(choices: &'a Choices) -> Self {
        let roles = choices.security.as_ref().map(|security| security.roles.clone());
        let scope = Scope {
            enums: choices.enums.iter().map(EnumChoice::known).collect(),
            objects: groups::names(&choices.objects),
            roles: roles.unwrap_or_default(),
        };
        let mut slots: Vec<Slot<'_>> = choices
            .entities
            .iter()
            .map(|(choice, resource)| Slot { choice, resource, role: Role::Plain })
            .collect();
        let mut account = None;
        if let Some(security) = &choices.security {
            let position = security.position.index(slots.len() + 1);
            let (choice, resource) = (&security.account, &security.resource);
            slots.insert(position, Slot { choice, resource, role: Role::Account(security) });
            account = Some(position);
        }
        let mut keys: Vec<Vec<String>> = Vec::new();
        for (index, slot) in slots.iter().enumerate() {
            keys.push(slot.choice.key(&keys, &scope, account == Some(index)));
        }
        let single: Vec<usize> = (0..keys.len()).filter(|index| keys[*index].len() == 1).collect();
        for association in choices.associations.iter().filter(|_| !single.is_empty()) {
            let near = single[association.near.index(single.len())];
            let far = single[association.far.index(single.len())];
            let (choice, resource) = (&association.entity, &association.resource);
            let role = Role::Association(association, near, far);
            slots.push(Slot { choice, resource, role });
            keys.push(if association.keyed {
                vec![format!("{NEAR}_{}", keys[near][0]), format!("{FAR}_{}", keys[far][0])]
            } else {
                choice.key(&keys, &scope, false)
            });
        }
        let names = slots.iter().map(|slot| slot.choice.name).collect();
        Self { choices, scope, slots, names, keys, account }
    }

    fn document(&self) -> Value {
        let (objects, _) = groups::declared(&self.choices.objects, &self.scope, Place::Object);
        let (shared, mixins) = groups::declared(&self.choices.mixins, &self.scope, Place::Filled);
        let mut entities = self.entities(&mixins);
        let mut resources = self.resources(&entities);
        self.compute(&mut entities, &mut resources);
        self.view(&mut entities, &mut resources);
        let mut domain = Map::new();
        let base = self.choices.base.and_then(|base| base.declared(true));
        domain.extend(base.map(|base| ("base".to_owned(), base)));
        domain.insert("enums".to_owned(), groups::declared_enums(&self.choices.enums));
        domain.insert("values".to_owned(), objects);
        domain.insert("mixins".to_owned(), shared);
        let declared: Map<String, Value> = entities
            .iter_mut()
            .zip(&self.names)
            .map(|(entity, name)| {
                ((*name).to_owned(), Value::Object(std::mem::take(&mut entity.declared)))
            })
            .collect();
        domain.insert("entities".to_owned(), Value::Object(declared));
        for (index, (choice, _)) in self.choices.entities.iter().enumerate() {
            let related = choice.related.as_ref();
            let related = related.and_then(|it| it.declared(&entities[index], &entities));
            let related = related.map(|declared| ("fits_what_it_refers_to".to_owned(), declared));
            entities[index].invariants.extend(related);
        }
        let invariants: Map<String, Value> = entities
            .iter_mut()
            .zip(&self.names)
            .filter(|(entity, _)| !entity.invariants.is_empty())
            .map(|(entity, name)| {
                ((*name).to_owned(), Value::Object(std::mem::take(&mut entity.invariants)))
            })
            .collect();
        let machines = self.machines(&entities);
        let mut document = json!({"stratapi": 1, "app": self.app(&entities)});
        if let Some(document) = document.as_object_mut() {
            if let Some(security) = &self.choices.security {
                document.insert("security".to_owned(), security.declared(self.choices.frozen));
            }
            document.insert("domain".to_owned(), Value::Object(domain));
            let mut api = Map::new();
            api.extend(self.choices.prefix.map(|prefix| ("prefix".to_owned(), json!(prefix))));
            if !self.choices.shape.is_empty() {
                api.insert("shape".to_owned(), Value::Object(self.choices.shape.clone()));
            }
            api.insert("resources".to_owned(), Value::Object(resources));
            document.insert("api".to_owned(), Value::Object(api));
            let parts = [("state_machines", machines), ("invariants", invariants)];
            let parts = parts.into_iter().filter(|(_, part)| !part.is_empty());
            let behavior: Map<String, Value> =
                parts.map(|(key, part)| (key.to_owned(), Value::Object(part))).collect();
            if !behavior.is_empty() {
                document.insert("behavior".to_owned(), Value::Object(behavior));
            }
        }
        document
    }

    /// Adds computed attributes, and asks lists by them.
    fn compute(&self, entities: &mut [Entity], resources: &mut Map<String, Value>) {
        for (own, slot) in self.slots.iter().enumerate() {
            let Some(choice) = &slot.choice.computed else { continue };
            let (declared, listed) = choice.declared(own, entities);
            if declared.is_empty() {
                continue;
            }
            entities[own].declared.insert("computed".to_owned(), Value::Object(declared));
            let Some(Value::Object(resource)) = resources.get_mut(self.names[own]) else {
                continue;
            };
            for key in ["filter", "sort"] {
                let all = resource.get_mut(key).and_then(Value::as_array_mut);
                let all = all.into_iter();
                all.for_each(|all| all.extend(listed.iter().map(|name| json!(name))));
            }
        }
    }

    /// Adds views, and lets operations give them.
    fn view(&self, entities: &mut [Entity], resources: &mut Map<String, Value>) {
        let chosen = |own: usize| self.slots[own].choice.view.as_ref();
        let has = |own: &usize| chosen(*own).is_some_and(|choice| choice.shows(&entities[*own]));
        let viewed: Vec<usize> = (0..self.slots.len()).filter(has).collect();
        for own in &viewed {
            let Some(choice) = chosen(*own) else { continue };
            let resource = resources.get_mut(self.names[*own]);
            let resource = resource.and_then(Value::as_object_mut);
            let operations = resource.as_ref().map(|resource| resource.get("operations").cloned());
            let offered = |name: &str| match &operations {
                None => false,
                Some(None) => true,
                Some(Some(listed)) => {
                    listed.as_array().is_some_and(|all| all.iter().any(|one| one == name))
                }
            };
            let (views, shown) = choice.declared(*own, entities, &viewed, offered);
            if let (Some(resource), Some(shown)) = (resource, shown) {
                resource.insert("view".to_owned(), shown);
            }
            entities[*own].declared.insert("views".to_owned(), Value::Object(views));
        }
    }

    /// The life cycles of entities that are offered.
    fn machines(&self, entities: &[Entity]) -> Map<String, Value> {
        let roles = self.choices.security.as_ref().map_or(&[][..], SecurityChoice::given);
        let callers = Callers { entities, account: self.account, roles };
        let slots = self.slots.iter().enumerate();
        let offered = slots.filter(|(_, slot)| !matches!(slot.resource, ResourceChoice::Off));
        let machines = offered.filter_map(|(own, slot)| {
            let declared = slot.choice.machine.as_ref()?.declared(own, &callers)?;
            Some((format!("{}.{}", self.names[own], machine::STATE), declared))
        });
        machines.collect()
    }

    fn app(&self, entities: &[Entity]) -> Value {
        let choices = self.choices;
        let mut app = Map::new();
        app.insert("name".to_owned(), json!(choices.name));
        let texts = [
            ("title", choices.title.as_deref()),
            ("description", choices.description.as_deref()),
            ("version", choices.version),
        ];
        for (key, text) in texts {
            app.extend(text.map(|text| (key.to_owned(), json!(text))));
        }
        // Services can be left out only where nobody signs in, and where entities lead back only.
        let mut all = entities.iter().enumerate();
        let back = all.all(|(own, found)| found.relationships.iter().all(|it| it.target <= own));
        let simple = back && self.account.is_none();
        let architecture = choices.architecture.filter(|name| simple || *name != "simple");
        app.extend(architecture.map(|name| ("architecture".to_owned(), json!(name))));
        Value::Object(app)
    }

    fn entities(&self, mixins: &[Mixin]) -> Vec<Entity> {
        let parts: Vec<usize> = self.keys.iter().map(Vec::len).collect();
        let mut taken = Vec::new();
        let shared =
            Shared { scope: &self.scope, mixins, base: self.choices.base, keys: &self.keys };
        let mut entities = Vec::new();
        for (own, slot) in self.slots.iter().enumerate() {
            let mut around = Surroundings {
                own,
                names: &self.names,
                parts: &parts,
                account: self.account,
                frozen: self.choices.frozen,
                taken: &mut taken,
            };
            let extra = match slot.role {
                Role::Plain => Extra::default(),
                Role::Account(security) => security.extra(&self.scope),
                Role::Association(choice, near, far) => ends(choice, near, far, &mut around),
            };
            entities.push(slot.choice.decide(&shared, &mut around, extra));
        }
        self.links(&mut entities);
        for entity in &mut entities {
            let all = entity.relationships.iter();
            let map: Map<String, Value> =
                all.map(|found| (found.name.to_owned(), found.declared.clone())).collect();
            if !map.is_empty() {
                entity.declared.insert("relationships".to_owned(), Value::Object(map));
            }
        }
        entities
    }

    /// Adds the relationships that go through associations.
    fn links(&self, entities: &mut [Entity]) {
        let mut position = 0;
        for (index, slot) in self.slots.iter().enumerate() {
            let Role::Association(choice, near, far) = slot.role else { continue };
            let name = words::LINKS[position];
            position += 1;
            // Further relationships of the association would make its ends ambiguous.
            let leads = |end: usize| {
                entities[index].relationships.iter().filter(|found| found.target == end).count()
            };
            let named = choice.named || near == far || leads(near) > 1 || leads(far) > 1;
            let mut options: Vec<(&str, Value)> = vec![("through", json!(self.names[index]))];
            if named {
                options.extend([("near", json!(NEAR)), ("far", json!(FAR))]);
            }
            let inverse = choice.inverse.then(|| format!("{name}_of"));
            options.extend(inverse.iter().map(|inverse| ("inverse", json!(inverse))));
            entities[near].relationships.push(Relationship {
                name,
                target: far,
                many: true,
                nullable: false,
                caller: false,
                inverse,
                declared: declared("many_to_many", self.names[far], false, &options, None),
            });
        }
    }

    fn resources(&self, entities: &[Entity]) -> Map<String, Value> {
        let parents: Vec<usize> = (0..self.slots.len())
            .filter(|index| {
                let single = self.keys[*index].len() == 1;
                self.slots[*index].resource.is_parent(single, self.account == Some(*index))
            })
            .collect();
        let roles = self.choices.security.as_ref().map_or(&[][..], SecurityChoice::given);
        let mut resources = Map::new();
        let mut depths = Vec::new();
        for (own, slot) in self.slots.iter().enumerate() {
            let callers = Callers { entities, account: self.account, roles };
            let frozen = self.choices.frozen;
            let offer = Offer {
                own,
                names: &self.names,
                callers,
                frozen,
                parents: &parents,
                depths: &depths,
            };
            let entry = slot.resource.declared(&offer);
            let depth = slot.resource.depth(&offer);
            depths.push(depth);
            resources.extend(entry.map(|entry| (self.names[own].to_owned(), entry)));
        }
        resources
    }
}

/// Names of the two relationships of an association.
const NEAR: &str = "near_end";
const FAR: &str = "far_end";

/// The relationships that make an entity an association.
fn ends(
    choice: &AssociationChoice,
    near: usize,
    far: usize,
    around: &mut Surroundings<'_>,
) -> Extra {
    let mut end = |name: &'static str, target: usize| {
        let inverse = choice.inverse.then(|| around.inverse(Inverse::Usual, name, target));
        let mut options: Vec<(&str, Value)> = vec![("on_delete", json!("cascade"))];
        options.extend(inverse.iter().map(|inverse| ("inverse", json!(inverse))));
        options.extend(choice.keyed.then_some(("primary", json!(true))));
        let declared = declared("many_to_one", around.names[target], false, &options, None);
        Relationship {
            name,
            target,
            many: false,
            nullable: false,
            caller: false,
            inverse,
            declared,
        }
    };
    let relationships = vec![end(NEAR, near), end(FAR, far)];
    Extra { relationships, keyed: choice.keyed, ..Extra::default() }
}
