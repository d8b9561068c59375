//! Resources: what the API offers of an entity.

use proptest::option;
use proptest::prelude::*;
use proptest::sample::{self, Index, subsequence};
use serde_json::{Map, Value, json};

use super::attribute::Attribute;
use super::entity::{Entity, FIRST};
use super::rule::{Callers, RuleChoice, rules};
use super::{shape, words};

/// A resource, as choices.
#[derive(Debug, Clone)]
pub(super) enum ResourceChoice {
    /// Nothing is said: it gets the defaults.
    Default,
    Off,
    /// Operations only.
    Short(Vec<&'static str>),
    Full(Box<FullChoice>),
}

/// A resource with everything, as choices.
#[derive(Debug, Clone)]
pub(super) struct FullChoice {
    operations: Option<Vec<&'static str>>,
    path: bool,
    filter: Vec<Index>,
    sort: Vec<Index>,
    search: Vec<Index>,
    pagination: Option<&'static str>,
    sizes: Option<(u32, u32)>,
    under: Option<Index>,
    lookup: Option<Index>,
    access: Option<AccessChoice>,
    limits: Vec<(&'static str, &'static str)>,
    envelope: Option<(Value, bool)>,
}

#[derive(Debug, Clone)]
enum AccessChoice {
    All(RuleChoice),
    Keys(Vec<(&'static str, RuleChoice)>),
}

const OPERATIONS: &[&str] =
    &["list", "get", "create", "bulk_create", "update", "replace", "delete"];
/// Collections in a path, at the most.
const DEEPEST: usize = 5;
const DEFAULT: &[&str] = &["list", "get", "create", "update", "delete"];
const KEYS: &[&str] = &[
    "all",
    "read",
    "write",
    "list",
    "get",
    "create",
    "bulk_create",
    "update",
    "replace",
    "delete",
];

/// Resources of every form.
pub(super) fn resource() -> impl Strategy<Value = ResourceChoice> {
    let operations = || subsequence(OPERATIONS, 1..=OPERATIONS.len());
    prop_oneof![
        2 => Just(ResourceChoice::Default),
        1 => Just(ResourceChoice::Off),
        1 => operations().prop_map(ResourceChoice::Short),
        6 => full().prop_map(|full| ResourceChoice::Full(Box::new(full))),
    ]
}

fn full() -> impl Strategy<Value = FullChoice> {
    let operations = option::weighted(
        0.8,
        prop_oneof![subsequence(OPERATIONS, 1..=OPERATIONS.len()), Just(OPERATIONS.to_vec())],
    );
    let names = || prop::collection::vec(any::<Index>(), 0..5);
    let sizes = option::weighted(0.3, (1..=50_u32, 1..=1000_u32));
    let keys = subsequence(KEYS, 1..4).prop_flat_map(|keys| {
        let one = |key| rules().prop_map(move |rule| (key, rule));
        keys.into_iter().map(one).collect::<Vec<_>>()
    });
    let access = option::weighted(
        0.7,
        prop_oneof![rules().prop_map(AccessChoice::All), keys.prop_map(AccessChoice::Keys)],
    );
    let limits = subsequence(KEYS, 0..3).prop_flat_map(|keys| {
        let one = |key| sample::select(words::LIMITS).prop_map(move |limit| (key, limit));
        keys.into_iter().map(one).collect::<Vec<_>>()
    });
    let place = (
        prop::bool::weighted(0.2),
        option::weighted(0.3, any::<Index>()),
        option::weighted(0.3, any::<Index>()),
    );
    let pagination = sample::select(&[None, Some("cursor"), Some("page")][..]);
    let may = (access, limits, shape::of_resource());
    (operations, place, names(), names(), names(), pagination, sizes, may).prop_map(
        |(operations, (path, under, lookup), filter, sort, search, pagination, sizes, may)| {
            let (access, limits, envelope) = may;
            FullChoice {
                operations,
                path,
                filter,
                sort,
                search,
                pagination,
                sizes,
                under,
                lookup,
                access,
                limits,
                envelope,
            }
        },
    )
}

/// What decides about a resource.
pub(super) struct Offer<'a> {
    /// Position of the entity.
    pub(super) own: usize,
    pub(super) names: &'a [&'static str],
    pub(super) callers: Callers<'a>,
    /// Whether nobody creates rows.
    pub(super) frozen: bool,
    /// Below which entities a collection can be nested.
    pub(super) parents: &'a [usize],
    /// By entity before this one: how many collections its path holds.
    pub(super) depths: &'a [usize],
}

impl ResourceChoice {
    /// The operations that are offered; none if the resource is off.
    fn operations(&self, account: bool, frozen: bool) -> Vec<&'static str> {
        let declared = match self {
            Self::Off => return Vec::new(),
            Self::Default => None,
            Self::Short(operations) => Some(operations),
            Self::Full(full) => full.operations.as_ref(),
        };
        let mut operations = declared.cloned().unwrap_or_else(|| {
            DEFAULT.iter().copied().filter(|name| !account || *name != "create").collect()
        });
        if frozen {
            operations.retain(|name| !name.contains("create"));
            if operations.is_empty() {
                operations.push("get");
            }
        }
        operations
    }

    /// Whether rows of others can be nested below: it is offered, with `get`.
    pub(super) fn is_parent(&self, single: bool, account: bool) -> bool {
        single && self.operations(account, false).contains(&"get")
    }

    /// How many collections its path holds.
    pub(super) fn depth(&self, offer: &Offer<'_>) -> usize {
        let above = match self {
            Self::Full(full) => {
                let account = offer.callers.account == Some(offer.own);
                full.under(offer, &self.operations(account, offer.frozen))
            }
            _ => None,
        };
        above.map_or(1, |(parent, _)| offer.depths[parent] + 1)
    }

    /// The entry; none where the defaults do.
    pub(super) fn declared(&self, offer: &Offer<'_>) -> Option<Value> {
        let account = offer.callers.account == Some(offer.own);
        let operations = self.operations(account, offer.frozen);
        match self {
            Self::Off => Some(json!(false)),
            Self::Short(_) => Some(json!(operations)),
            Self::Default if offer.frozen => Some(json!({"operations": operations})),
            Self::Default => None,
            Self::Full(full) => Some(full.declared(offer, &operations)),
        }
    }
}

impl Offer<'_> {
    fn entity(&self) -> &Entity {
        &self.callers.entities[self.own]
    }

    /// Whether a new row needs somebody who creates it.
    fn caller(&self) -> bool {
        let mut relationships = self.entity().relationships.iter();
        relationships.any(|found| found.caller && !found.nullable)
    }
}

impl FullChoice {
    fn declared(&self, offer: &Offer<'_>, operations: &[&str]) -> Value {
        let mut map = Map::new();
        if self.operations.is_some() || offer.frozen {
            map.insert("operations".to_owned(), json!(operations));
        }
        let mut set = |key: &str, value: Option<Value>| {
            map.extend(value.map(|value| (key.to_owned(), value)));
        };
        let position = offer.own % words::PATHS.len();
        set("path", self.path.then(|| json!(words::PATHS[position])));
        let (under, lookup) = (self.under(offer, operations), self.lookup(offer));
        set("under", under.map(|(_, end)| json!(end)));
        set("lookup", lookup.map(|lookup| json!(lookup)));
        set("pagination", self.pagination.map(|kind| json!(kind)));
        if let Some((envelope, bare)) =
            self.envelope.as_ref().filter(|_| operations.contains(&"list"))
        {
            let mut envelope =
                if *bare && !self.by_cursor() { json!({"many": false}) } else { envelope.clone() };
            let writes = ["create", "update", "replace"];
            if !writes.iter().any(|one| operations.contains(one)) {
                envelope.as_object_mut().and_then(|envelope| envelope.remove("body"));
            }
            set("shape", Some(json!({"envelope": envelope})));
        }
        if let Some((size, max)) = self.sizes {
            set("page_size", Some(json!(size.min(max))));
            set("max_page_size", Some(json!(max)));
        }
        let search = chosen(offer, &self.search, |found| found.ty.can.search);
        let sort = chosen(offer, &self.sort, |found| {
            found.ty.can.sort && !(self.by_cursor() && found.nullable)
        });
        let filter = self.filter(offer, !search.is_empty());
        for (key, names) in [("filter", filter), ("sort", sort), ("search", search)] {
            set(key, (!names.is_empty()).then(|| json!(names)));
        }
        set("access", self.access(offer, operations));
        let reads = |key: &&str| ["list", "get"].contains(key);
        let offered = |key: &str| match key {
            "all" => true,
            "read" => operations.iter().any(reads),
            "write" => !operations.iter().all(reads),
            // What it is for follows where it is not offered.
            "create" | "update" => operations.iter().any(|name| name.contains(key)),
            _ => operations.contains(&key),
        };
        let limits = self.limits.iter().filter(|(key, _)| offered(key));
        let limits: Map<String, Value> =
            limits.map(|(key, limit)| ((*key).to_owned(), json!(limit))).collect();
        set("rate_limits", (!limits.is_empty()).then_some(Value::Object(limits)));
        Value::Object(map)
    }

    fn by_cursor(&self) -> bool {
        self.pagination == Some("cursor")
    }

    /// Filters whose query parameters differ from each other and from those of every list.
    fn filter(&self, offer: &Offer<'_>, search: bool) -> Vec<String> {
        let candidates = candidates(offer);
        let mut wires: Vec<String> = vec!["limit".to_owned(), "sort".to_owned()];
        wires.extend(["cursor", "offset", "page"].map(str::to_owned));
        wires.extend(search.then(|| "q".to_owned()));
        let mut names = Vec::new();
        for index in self.filter.iter().filter(|_| !candidates.is_empty()) {
            let (name, own) = &candidates[index.index(candidates.len())];
            if own.iter().all(|wire| !wires.contains(wire)) {
                wires.extend(own.iter().cloned());
                names.push(name.clone());
            }
        }
        names
    }

    /// The entity above, and its end of the relationship.
    fn under(&self, offer: &Offer<'_>, operations: &[&str]) -> Option<(usize, String)> {
        let creates = operations.iter().any(|name| name.contains("create"));
        let near = |target: usize| {
            offer.parents.contains(&target) && target < offer.own && offer.depths[target] < DEEPEST
        };
        let ends: Vec<(usize, String)> = offer
            .entity()
            .relationships
            .iter()
            .filter(|found| !found.many && !found.nullable && near(found.target))
            .filter(|found| !(found.caller && creates))
            // There is one row below each parent that is its whole key.
            .filter(|found| {
                let part = format!("{}_", found.name);
                let key = &offer.entity().key;
                key.is_empty() || key.iter().any(|name| !name.starts_with(&part))
            })
            .filter_map(|found| {
                let end = found.inverse.as_ref()?;
                Some((found.target, format!("{}.{end}", offer.names[found.target])))
            })
            .collect();
        ends.get(self.under?.index(ends.len().max(1))).cloned()
    }

    fn lookup(&self, offer: &Offer<'_>) -> Option<&'static str> {
        let able = |found: &&Attribute| {
            found.ty.can.lookup
                && found.unique
                && !found.list
                && !found.nullable
                && !found.writeonly
        };
        // A part of a key does not identify a row.
        let part = |found: &&Attribute| {
            let primary =
                |it: &Attribute| it.declared.as_str().is_some_and(|it| it.ends_with(" primary"));
            let entity = offer.entity();
            let others = entity.attributes.iter().filter(|it| primary(it)).count() > 1
                || entity.relationships.iter().any(|it| it.name == FIRST);
            primary(found) && others
        };
        let attributes = offer.entity().attributes.iter();
        let all: Vec<_> = attributes.filter(|it| able(it) && !part(it)).collect();
        all.get(self.lookup?.index(all.len().max(1))).map(|found| found.name)
    }

    fn access(&self, offer: &Offer<'_>, operations: &[&str]) -> Option<Value> {
        let text = |rule: &RuleChoice, creates: bool| {
            let rule = rule.write(offer.own, &offer.callers);
            let rule = if creates && offer.caller() { rule.signed_in() } else { rule };
            json!(rule.text)
        };
        match self.access.as_ref()? {
            AccessChoice::All(rule) => Some(text(rule, true)),
            AccessChoice::Keys(rules) => {
                let offered = |key: &&str| !OPERATIONS.contains(key) || operations.contains(key);
                let map: Map<String, Value> = rules
                    .iter()
                    .filter(|(key, _)| offered(key))
                    .map(|(key, rule)| {
                        let creates = ["all", "write", "create", "bulk_create"].contains(key);
                        ((*key).to_owned(), text(rule, creates))
                    })
                    .collect();
                (!map.is_empty()).then_some(Value::Object(map))
            }
        }
    }
}

/// What a list can be filtered by, each with its query parameters.
fn candidates(offer: &Offer<'_>) -> Vec<(String, Vec<String>)> {
    let entities = offer.callers.entities;
    let able = |found: &&Attribute| found.ty.can.equal && !found.list && !found.writeonly;
    let parameters = |wire: String| {
        let more = ["_min", "_max", "_from", "_before"].map(|suffix| format!("{wire}{suffix}"));
        std::iter::once(wire).chain(more).collect::<Vec<_>>()
    };
    let mut all = Vec::new();
    let own = offer.entity().attributes.iter().chain(&offer.entity().base);
    for found in own.filter(able) {
        all.push((found.name.to_owned(), parameters(found.name.to_owned())));
    }
    for step in &offer.entity().relationships {
        let target = &entities[step.target];
        let keys = target.key.iter().map(|part| format!("{}_{part}", step.name));
        all.push((step.name.to_owned(), keys.collect()));
        for found in target.attributes.iter().chain(&target.base).filter(able) {
            let wire = format!("{}_{}", step.name, found.name);
            all.push((format!("{}.{}", step.name, found.name), parameters(wire)));
        }
    }
    all
}

/// Names of attributes, each once.
fn chosen(offer: &Offer<'_>, choices: &[Index], able: impl Fn(&Attribute) -> bool) -> Vec<String> {
    let all: Vec<&Attribute> = offer
        .entity()
        .attributes
        .iter()
        .chain(&offer.entity().base)
        .filter(|found| !found.list && !found.writeonly && able(found))
        .collect();
    let mut names: Vec<String> = Vec::new();
    for index in choices.iter().filter(|_| !all.is_empty()) {
        let name = all[index.index(all.len())].name.to_owned();
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}
