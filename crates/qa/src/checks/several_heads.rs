//! `J0304`: migrations that are no single line: none at all, several last ones, one that follows
//! nothing, two of one name.

use std::collections::{BTreeMap, BTreeSet};

use stratapi_diagnostics::Code;

use crate::database::{Revision, revisions};
use crate::finding::{Finding, Place};
use crate::python::Project;
use crate::result::Found;
use crate::subject::Subject;

pub(super) fn check(subject: &Subject<'_>, _: &Project<'_>) -> Found {
    let Some(all) = revisions(subject) else { return Found::default() };
    let mut findings = Vec::new();
    let mut say = |message: String, place: &Place, help: &str| {
        findings.push(Finding::error(Code::J0304, message).at(place.clone(), "").help(help));
    };
    if all.is_empty() {
        let place = Place::file("migrations/versions/0001_initial.py");
        say("there is no migration".to_owned(), &place, "`stratapi build` writes it again");
    }
    let mut known: BTreeMap<&str, &Revision> = BTreeMap::new();
    for revision in &all {
        let (Some(name), Some(_)) = (&revision.name, &revision.after) else {
            let message = "a migration does not say what it is and what it follows";
            let help = "write `revision` and `down_revision` as plain texts, or `None`";
            say(message.to_owned(), &revision.place, help);
            continue;
        };
        if known.insert(name, revision).is_some() {
            let message = format!("there are two migrations `{name}`");
            say(message, &revision.place, "give one of them another `revision`");
        }
    }
    let mut followed: BTreeSet<&str> = BTreeSet::new();
    for revision in known.values() {
        for before in revision.after.iter().flatten() {
            if !known.contains_key(before.as_str()) {
                let message = format!("it follows the migration `{before}`, which does not exist");
                say(message, &revision.place, "name one that exists as its `down_revision`");
            }
            followed.insert(before);
        }
    }
    let heads: Vec<_> = known.iter().filter(|(name, _)| !followed.contains(**name)).collect();
    if heads.len() > 1 {
        for (name, revision) in &heads[1..] {
            let message = format!("`{name}` is the last migration, and `{}` is too", heads[0].0);
            say(message, &revision.place, "let one follow the other by its `down_revision`");
        }
    } else if heads.is_empty() && !known.is_empty() {
        let message = "the migrations follow each other in a circle".to_owned();
        say(message, &all[0].place, "let the first one follow `None`");
    }
    findings.into()
}
