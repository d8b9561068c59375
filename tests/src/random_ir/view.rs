//! Views: some of what rows show, under other names, with the rows that they refer to.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Map, Value, json};

use super::attribute::Attribute;
use super::entity::Entity;

/// The view that shows nothing of other rows.
const SHORT: &str = "Short";
/// The view that shows those that the row refers to.
const FULL: &str = "Full";

/// Views of an entity, as choices.
#[derive(Debug, Clone)]
pub(super) struct ViewChoice {
    /// Which members, and which of them are called otherwise.
    members: Vec<(Index, bool)>,
    /// Whether there is one with other rows too.
    full: bool,
    /// Whether related rows get another name.
    renamed: bool,
    /// What reads give.
    reads: Reads,
    /// What writes give, all of them or each its own.
    writes: Option<(&'static str, Option<&'static str>)>,
}

#[derive(Debug, Clone, Copy)]
enum Reads {
    Both(&'static str),
    List(&'static str),
    Get(&'static str),
    Each(&'static str, &'static str),
}

/// Views of an entity.
pub(super) fn view() -> impl Strategy<Value = ViewChoice> {
    let one = || select(&[SHORT, FULL][..]);
    let reads = prop_oneof![
        one().prop_map(Reads::Both),
        one().prop_map(Reads::List),
        one().prop_map(Reads::Get),
        (one(), one()).prop_map(|(list, get)| Reads::Each(list, get)),
    ];
    let members = vec((any::<Index>(), prop::bool::weighted(0.3)), 1..5);
    let writes = prop::option::weighted(0.4, (one(), prop::option::of(one())));
    (members, any::<bool>(), any::<bool>(), (reads, writes)).prop_map(
        |(members, full, renamed, (reads, writes))| ViewChoice {
            members,
            full,
            renamed,
            reads,
            writes,
        },
    )
}

impl ViewChoice {
    /// Whether the entity has something to show.
    pub(super) fn shows(&self, entity: &Entity) -> bool {
        !self.attributes(entity).is_empty()
    }

    /// The views, and what `view` of the resource says. `viewed` are entities that have views.
    pub(super) fn declared(
        &self,
        own: usize,
        entities: &[Entity],
        viewed: &[usize],
        offered: impl Fn(&str) -> bool,
    ) -> (Map<String, Value>, Option<Value>) {
        let entity = &entities[own];
        let attributes = self.attributes(entity);
        let mut views = Map::new();
        views.insert(SHORT.to_owned(), json!({"attributes": attributes}));
        if self.full {
            let targets = entity.relationships.iter().filter(|it| !it.many);
            let targets = targets.filter(|it| viewed.contains(&it.target));
            let related: Map<String, Value> = targets
                .map(|found| {
                    if self.renamed {
                        let nested = json!({"of": found.name, "view": SHORT});
                        (format!("the_{}", found.name), nested)
                    } else {
                        (found.name.to_owned(), json!(SHORT))
                    }
                })
                .collect();
            let mut full = json!({"description": "All of it.", "attributes": attributes});
            if !related.is_empty() {
                full["relationships"] = Value::Object(related);
            }
            views.insert(FULL.to_owned(), full);
        }
        (views, self.shown(offered))
    }

    fn attributes(&self, entity: &Entity) -> Vec<Value> {
        let hashed = |found: &&Attribute| found.ty.text.starts_with("password");
        let readable = |found: &&Attribute| !found.writeonly && !hashed(found);
        let own: Vec<&Attribute> =
            entity.attributes.iter().chain(&entity.base).filter(readable).collect();
        let mut named: Vec<&str> = Vec::new();
        let mut all = Vec::new();
        for (index, renamed) in self.members.iter().filter(|_| !own.is_empty()) {
            let name = own[index.index(own.len())].name;
            if named.contains(&name) {
                continue;
            }
            named.push(name);
            let other = format!("shown_{}", named.len());
            all.push(if *renamed { json!({other: name}) } else { json!(name) });
        }
        all
    }

    fn shown(&self, offered: impl Fn(&str) -> bool) -> Option<Value> {
        let known = |view: &'static str| if self.full { view } else { SHORT };
        let mut wanted = match self.reads {
            Reads::Both(view) => vec![("list", view), ("get", view)],
            Reads::List(view) => vec![("list", view)],
            Reads::Get(view) => vec![("get", view)],
            Reads::Each(list, get) => vec![("list", list), ("get", get)],
        };
        if let Some((write, other)) = self.writes {
            wanted.extend(other.map(|other| ("update", other)));
            let some = ["create", "update", "replace"].into_iter().any(&offered);
            wanted.extend(some.then_some(("write", write)));
        }
        let offered = |key: &&'static str| *key == "write" || offered(key);
        let offered = wanted.into_iter().filter(|(key, _)| offered(key));
        let map: Map<String, Value> =
            offered.map(|(key, view)| (key.to_owned(), json!(known(view)))).collect();
        (!map.is_empty()).then_some(Value::Object(map))
    }
}
