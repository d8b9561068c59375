//! Access rules: who may do what.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

use super::condition::{ConditionChoice, KEYWORDS, Reader, conditions};
use super::entity::Entity;
use super::relationship::Relationship;

/// A rule, as choices.
#[derive(Debug, Clone)]
pub(super) enum RuleChoice {
    Public,
    Authenticated,
    Roles(Vec<Index>),
    /// Which path, and whether the caller is written first.
    Owner(Index, bool),
    Row(ConditionChoice),
    /// Which condition on other rows, and whether it is on all of them.
    Others(Index, bool),
    Not(Box<Self>),
    All(Vec<Self>),
    Any(Vec<Self>),
}

/// A rule as text, and whether it holds for signed-in callers only.
#[derive(Debug, Clone)]
pub(super) struct Rule {
    pub(super) text: String,
    pub(super) needs_caller: bool,
}

/// What a rule can speak of.
pub(super) struct Callers<'a> {
    pub(super) entities: &'a [Entity],
    /// The account.
    pub(super) account: Option<usize>,
    /// Roles that an account can have.
    pub(super) roles: &'a [&'static str],
}

/// Rules that nest up to three deep.
pub(super) fn rules() -> impl Strategy<Value = RuleChoice> {
    let leaf = prop_oneof![
        1 => Just(RuleChoice::Public),
        2 => Just(RuleChoice::Authenticated),
        2 => vec(any::<Index>(), 1..3).prop_map(RuleChoice::Roles),
        4 => (any::<Index>(), any::<bool>()).prop_map(|(path, first)| RuleChoice::Owner(path, first)),
        3 => conditions().prop_map(RuleChoice::Row),
        3 => (any::<Index>(), any::<bool>()).prop_map(|(which, all)| RuleChoice::Others(which, all)),
    ];
    leaf.prop_recursive(2, 6, 3, |inner| {
        prop_oneof![
            1 => inner.clone().prop_map(|inner| RuleChoice::Not(Box::new(inner))),
            2 => vec(inner.clone(), 2..4).prop_map(RuleChoice::All),
            2 => vec(inner, 2..4).prop_map(RuleChoice::Any),
        ]
    })
}

impl Rule {
    fn new(text: impl Into<String>, needs_caller: bool) -> Self {
        Self { text: text.into(), needs_caller }
    }

    /// The same for signed-in callers only.
    pub(super) fn signed_in(self) -> Self {
        if self.needs_caller {
            return self;
        }
        Self::new(format!("authenticated and ({})", self.text), true)
    }
}

impl RuleChoice {
    /// The rule on rows of an entity.
    pub(super) fn write(&self, entity: usize, callers: &Callers<'_>) -> Rule {
        self.part(entity, callers, &mut Vec::new())
    }

    fn part(&self, entity: usize, callers: &Callers<'_>, used: &mut Vec<&'static str>) -> Rule {
        let secured = callers.account.is_some();
        match self {
            Self::Authenticated if secured => Rule::new("authenticated", true),
            Self::Roles(indexes) if !callers.roles.is_empty() => {
                let names: Vec<String> =
                    indexes.iter().map(|index| role(callers, *index)).collect();
                Rule::new(format!("role({})", names.join(", ")), true)
            }
            Self::Owner(index, first) if secured => {
                let paths = paths(entity, callers);
                let Some(path) = paths.get(index.index(paths.len().max(1))) else {
                    return Rule::new("authenticated", true);
                };
                let text = if *first {
                    format!("current_user == {path}")
                } else {
                    format!("{path} == current_user")
                };
                Rule::new(text, true)
            }
            Self::Row(condition) => {
                let entity = &callers.entities[entity];
                let attributes = [&*entity.attributes, &*entity.base].concat();
                let text = condition.write(&attributes, Reader::Rule, used);
                Rule::new(text.unwrap_or_else(|| "public".to_owned()), false)
            }
            Self::Others(index, all) => {
                let found = others(entity, callers);
                let Some((text, needs)) = found.get(index.index(found.len().max(1))) else {
                    return Rule::new("public", false);
                };
                let word = if *all { "all" } else { "any" };
                Rule::new(text.replace("any(", &format!("{word}(")), *needs)
            }
            Self::Not(inner) => {
                Rule::new(format!("not ({})", inner.part(entity, callers, used).text), false)
            }
            Self::All(parts) => joined(parts, entity, callers, (true, used)),
            Self::Any(parts) => joined(parts, entity, callers, (false, used)),
            _ => Rule::new("public", false),
        }
    }
}

fn joined(
    parts: &[RuleChoice],
    entity: usize,
    callers: &Callers<'_>,
    (all, used): (bool, &mut Vec<&'static str>),
) -> Rule {
    let parts: Vec<Rule> = parts.iter().map(|part| part.part(entity, callers, used)).collect();
    let texts: Vec<String> = parts.iter().map(|part| format!("({})", part.text)).collect();
    let mut needs = parts.iter().map(|part| part.needs_caller);
    let needs_caller = if all { needs.any(|needs| needs) } else { needs.all(|needs| needs) };
    Rule::new(texts.join(if all { " and " } else { " or " }), needs_caller)
}

/// A role; one whose name Python keeps for itself stands in quotes.
fn role(callers: &Callers<'_>, index: Index) -> String {
    let role = callers.roles[index.index(callers.roles.len())];
    if role.starts_with(char::is_uppercase) { format!("'{role}'") } else { role.to_owned() }
}

/// Paths of at most three steps from a row to an account.
fn paths(entity: usize, callers: &Callers<'_>) -> Vec<String> {
    let mut found = Vec::new();
    if callers.account == Some(entity) {
        found.push("self".to_owned());
    }
    let mut open: Vec<(String, usize)> = vec![(String::new(), entity)];
    for _ in 0..3 {
        let mut next = Vec::new();
        for (path, at) in open {
            // No expression can name `global`.
            let steps = callers.entities[at].relationships.iter();
            for step in steps.filter(|step| !step.many && step.name != "global") {
                let dot = if path.is_empty() { "" } else { "." };
                let path = format!("{path}{dot}{}", step.name);
                if callers.account == Some(step.target) {
                    found.push(path.clone());
                }
                next.push((path, step.target));
            }
        }
        open = next;
    }
    found
}

/// Conditions on many rows, of the row itself or of one that it refers to, and whether they name the
/// caller.
fn others(entity: usize, callers: &Callers<'_>) -> Vec<(String, bool)> {
    let all = callers.entities;
    let is_free = |name: &str| !KEYWORDS.contains(&name);
    let mut found = Vec::new();
    let mut of = |path: &str, at: usize| {
        for link in all[at].relationships.iter().filter(|it| it.many && is_free(it.name)) {
            let own = !link.declared.to_string().contains("through");
            let new = ![entity, at].contains(&link.target);
            if own && new && callers.account == Some(link.target) {
                found.push((
                    format!("any(row == current_user for row in {path}{})", link.name),
                    true,
                ));
            }
        }
        for other in (0..all.len()).filter(|other| *other != entity && *other != at) {
            // The other end of a one-to-one relationship is one row.
            let several = |it: &&Relationship| it.declared.to_string().contains("many_to_one");
            let ends = all[other].relationships.iter().filter(several);
            let ends = ends.filter(|it| it.target == at);
            for end in ends.filter_map(|it| it.inverse.as_deref()).filter(|end| is_free(end)) {
                found.push((format!("len({path}{end}) < 3"), false));
                let mut owners = all[other].relationships.iter();
                let owner = owners
                    .find(|it| !it.many && callers.account == Some(it.target) && is_free(it.name));
                let said = |name| format!("any(row.{name} == current_user for row in {path}{end})");
                found.extend(owner.map(|owner| (said(owner.name), true)));
            }
        }
    };
    of("", entity);
    let steps = all[entity].relationships.iter();
    for step in steps.filter(|it| !it.many && !it.nullable && is_free(it.name)) {
        if step.target != entity {
            of(&format!("{}.", step.name), step.target);
        }
    }
    found
}
