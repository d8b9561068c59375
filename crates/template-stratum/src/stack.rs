//! The versions of the generated stack: ranges in `stack/*.in`, tags below. `stack/lock.py` resolves the
//! ranges into `templates/requirements*.txt.j2`, so that generating needs no network.

use minijinja::value::Value;
use stratapi_plan::Plan;

use crate::value::{bare, table, text};

/// Dependencies of the application, by name.
const RUNTIME: &str = include_str!("../stack/runtime.in");
/// Further ones where passwords are stored.
const PASSWORDS: &str = include_str!("../stack/passwords.in");
/// Further ones where people sign in.
const AUTH: &str = include_str!("../stack/auth.in");
/// Further ones where requests are counted.
const LIMITS: &str = include_str!("../stack/limits.in");
/// Further ones where events are delivered.
const EVENTS: &str = include_str!("../stack/events.in");
/// Further ones where flows start by themselves.
const SCHEDULES: &str = include_str!("../stack/schedules.in");
const LINT: &str = include_str!("../stack/lint.in");
const TEST: &str = include_str!("../stack/test.in");

/// Names of images and actions with their tags.
const TAGS: &[(&str, &str)] = &[
    ("python", "3.13"),
    ("postgres", "18"),
    ("prometheus", "v3.8.0"),
    ("grafana", "12.3.0"),
    ("checkout", "v6"),
    ("setup_python", "v6"),
];

/// What templates see as `stack`.
pub(crate) fn stack(plan: &Plan) -> Value {
    let mut runtime: Vec<_> = RUNTIME.lines().collect();
    runtime.extend(PASSWORDS.lines().filter(|_| plan.has_passwords()));
    runtime.extend(AUTH.lines().filter(|_| plan.app.auth.is_some()));
    runtime.extend(LIMITS.lines().filter(|_| plan.counts_requests()));
    runtime.extend(EVENTS.lines().filter(|_| !plan.events.is_empty()));
    runtime.extend(SCHEDULES.lines().filter(|_| plan.has_schedules()));
    runtime.sort_by_key(|requirement| name(requirement));
    let list = |requirements: &mut dyn Iterator<Item = &str>| -> Value {
        requirements.map(text).collect()
    };
    let tags = table(TAGS.iter().map(|(name, tag)| (*name, bare(tag))));
    table([
        ("runtime", list(&mut runtime.into_iter())),
        ("lint", list(&mut LINT.lines())),
        ("test", list(&mut TEST.lines())),
        ("tags", tags),
    ])
}

fn name(requirement: &str) -> &str {
    let end = requirement.find(['[', '>', '=']).unwrap_or(requirement.len());
    &requirement[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requirements_stand_in_the_order_of_their_names() {
        for list in [RUNTIME, AUTH, LIMITS, EVENTS, SCHEDULES, LINT, TEST] {
            assert!(list.lines().is_sorted_by_key(name));
        }
    }
}
