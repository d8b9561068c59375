//! The checks: one file each, one row each in the registry.

mod blocking_call;
mod configured;
mod dead_postgresql;
mod debug_on;
mod edited_file;
mod empty_body;
mod failed_test;
mod failed_walk;
mod failing_migration;
mod float_for_decimal;
mod ignored_caller;
mod incomplete_downgrade;
mod known_mistake;
mod lint;
mod missing_await;
mod missing_file;
mod mutable_default;
mod naive_time;
mod no_start;
mod open_cors;
mod open_route;
mod orphan_slot;
mod requirements;
mod secret_default;
mod secret_in_tree;
mod secret_names;
mod served_document;
mod several_heads;
mod silenced_tool;
mod sql_from_text;
mod swallowed_error;
mod uncompilable_python;
mod undefined_name;
mod unformatted;
mod unjudged_database;
mod unlike_checks;
mod unlike_columns;
mod unlike_defaults;
mod unlike_foreign_keys;
mod unlike_indexes;
mod unlike_primary_key;
mod unlike_seeds;
mod unlike_tables;
mod unlike_uniques;
mod unparsable_python;
mod unreadable_file;
mod unresolved_import;
mod unusable_python;
mod unverified_token;
mod weak_session;
mod weakened_test;
mod wrong_type;

use stratapi_diagnostics::Code;

use crate::finding::Finding;
use crate::judge::Bench;
use crate::layer::Layer::{self, Structural, Tools};
use crate::python::{Project, Source};
use crate::result::Found;
use crate::subject::Subject;

/// A check.
#[derive(Debug, Clone, Copy)]
pub struct Check {
    /// Its code, which also gives its name and its page.
    pub code: Code,
    /// Its layer.
    pub layer: Layer,
    /// What it does, in one or several ways.
    pub(crate) runs: &'static [Run],
}

impl Check {
    /// Its name, in kebab case.
    pub fn name(&self) -> &'static str {
        self.code.info().name
    }

    /// Whether it looks at single files.
    pub(crate) fn is_of_sources(&self) -> bool {
        self.runs.iter().any(|run| matches!(run, Run::Source(_)))
    }

    /// Whether it asks programs only.
    pub(crate) fn is_of_programs(&self) -> bool {
        self.runs.iter().all(|run| matches!(run, Run::Tools(_)))
    }
}

/// What a check looks at.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Run {
    /// One Python file at a time.
    Source(fn(&Source<'_>, &Subject<'_>) -> Vec<Finding>),
    /// All files, with the outlines of those that are Python.
    Project(fn(&Subject<'_>, &Project<'_>) -> Found),
    /// What programs say about the project.
    Tools(fn(&Bench<'_>) -> Found),
}

const fn check(code: Code, layer: Layer, runs: &'static [Run]) -> Check {
    Check { code, layer, runs }
}

/// All checks, in the order of their codes.
const ALL: &[Check] = &[
    check(Code::J0101, Structural, &[Run::Source(unparsable_python::check)]),
    check(Code::J0102, Structural, &[Run::Source(empty_body::check)]),
    check(Code::J0105, Structural, &[Run::Project(requirements::check)]),
    check(Code::J0106, Structural, &[Run::Project(unreadable_file::check)]),
    check(Code::J0107, Structural, &[Run::Project(missing_file::check)]),
    check(Code::J0108, Structural, &[Run::Project(unresolved_import::check)]),
    check(Code::J0109, Structural, &[Run::Source(undefined_name::check)]),
    check(Code::J0110, Structural, &[Run::Project(open_route::check)]),
    check(Code::J0111, Structural, &[Run::Project(orphan_slot::check)]),
    check(
        Code::J0112,
        Structural,
        &[Run::Source(secret_in_tree::in_python), Run::Project(secret_in_tree::in_files)],
    ),
    check(Code::J0113, Structural, &[Run::Project(missing_await::check)]),
    check(Code::J0114, Structural, &[Run::Source(blocking_call::check)]),
    check(Code::J0115, Structural, &[Run::Source(sql_from_text::check)]),
    check(Code::J0116, Structural, &[Run::Source(open_cors::check)]),
    check(Code::J0117, Structural, &[Run::Source(unverified_token::check)]),
    check(
        Code::J0118,
        Structural,
        &[Run::Source(secret_default::in_python), Run::Project(secret_default::in_settings)],
    ),
    check(Code::J0119, Structural, &[Run::Source(naive_time::check)]),
    check(Code::J0120, Structural, &[Run::Source(float_for_decimal::check)]),
    check(Code::J0121, Structural, &[Run::Source(mutable_default::check)]),
    check(Code::J0122, Structural, &[Run::Source(swallowed_error::check)]),
    check(Code::J0123, Structural, &[Run::Source(debug_on::check)]),
    check(Code::J0124, Structural, &[Run::Project(edited_file::check)]),
    check(Code::J0125, Structural, &[Run::Source(ignored_caller::check)]),
    check(Code::J0126, Structural, &[Run::Project(served_document::written)]),
    check(Code::J0127, Structural, &[Run::Project(weakened_test::check)]),
    check(Code::J0128, Structural, &[Run::Tools(uncompilable_python::check)]),
    check(Code::J0129, Structural, &[Run::Project(unlike_seeds::check)]),
    check(Code::J0201, Layer::Regressions, &[Run::Project(known_mistake::check)]),
    check(Code::J0301, Layer::Database, &[Run::Tools(unjudged_database::check)]),
    check(Code::J0302, Layer::Database, &[Run::Tools(dead_postgresql::check)]),
    check(Code::J0303, Layer::Database, &[Run::Tools(failing_migration::check)]),
    check(Code::J0304, Layer::Database, &[Run::Project(several_heads::check)]),
    check(Code::J0305, Layer::Database, &[Run::Tools(unlike_tables::check)]),
    check(Code::J0306, Layer::Database, &[Run::Tools(unlike_columns::check)]),
    check(Code::J0307, Layer::Database, &[Run::Tools(unlike_defaults::check)]),
    check(Code::J0308, Layer::Database, &[Run::Tools(unlike_primary_key::check)]),
    check(Code::J0309, Layer::Database, &[Run::Tools(unlike_uniques::check)]),
    check(Code::J0310, Layer::Database, &[Run::Tools(unlike_foreign_keys::check)]),
    check(Code::J0311, Layer::Database, &[Run::Tools(unlike_checks::check)]),
    check(Code::J0312, Layer::Database, &[Run::Tools(unlike_indexes::check)]),
    check(Code::J0313, Layer::Database, &[Run::Tools(incomplete_downgrade::check)]),
    check(Code::J0401, Layer::Contract, &[Run::Tools(served_document::served)]),
    check(Code::J0501, Layer::Smoke, &[Run::Tools(no_start::check)]),
    check(Code::J0502, Layer::Smoke, &[Run::Tools(failed_walk::works)]),
    check(Code::J0503, Layer::Smoke, &[Run::Tools(failed_walk::refuses)]),
    check(Code::J0504, Layer::Smoke, &[Run::Tools(failed_walk::lists)]),
    check(Code::J0505, Layer::Smoke, &[Run::Tools(failed_walk::guards)]),
    check(Code::J0506, Layer::Smoke, &[Run::Tools(weak_session::check)]),
    check(Code::J0601, Tools, &[Run::Tools(lint::check)]),
    check(Code::J0602, Tools, &[Run::Tools(unformatted::check)]),
    check(Code::J0603, Tools, &[Run::Tools(wrong_type::check)]),
    check(Code::J0604, Tools, &[Run::Project(silenced_tool::check)]),
    check(Code::J0610, Layer::Tools, &[Run::Tools(failed_test::own)]),
    check(Code::J0611, Layer::Tools, &[Run::Tools(failed_test::contract)]),
    check(Code::J0701, Structural, &[Run::Tools(unusable_python::check)]),
];

/// All checks, in the order of their codes.
pub const fn all() -> &'static [Check] {
    ALL
}
