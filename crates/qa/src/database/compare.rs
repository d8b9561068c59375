//! Holds what a database has against what the model asks for, and tells each difference once, with
//! the databases on which it is.

use std::collections::BTreeMap;

use stratapi_diagnostics::{Code, Severity, Span};
use stratapi_plan::TablePlan;

use super::catalog::{Catalog, Table};
use super::{Database, Run, expected, place, run};
use crate::finding::{Finding, Place};
use crate::judge::Bench;
use crate::result::{Found, Grade};
use crate::subject::Subject;

/// A comparison in the making.
pub(crate) struct Comparison<'a> {
    /// The project.
    pub(crate) subject: &'a Subject<'a>,
    code: Code,
    database: Database,
    differences: BTreeMap<String, (Finding, Vec<Database>)>,
    found: Found,
}

/// Compares both databases by one check of theirs, each table that is there and that the model has.
pub(crate) fn compare(
    bench: &Bench<'_>,
    code: Code,
    check: fn(&mut Comparison<'_>, &TablePlan, &Table, &Table),
) -> Found {
    databases(bench, code, |comparison, catalog| comparison.tables(catalog, check))
}

/// Compares both databases by one check of theirs, each as a whole.
pub(crate) fn databases(
    bench: &Bench<'_>,
    code: Code,
    check: impl Fn(&mut Comparison<'_>, &Catalog),
) -> Found {
    let mut comparison = Comparison::new(bench.subject, code);
    for database in Database::ALL {
        let Run::Done(answer) = run(bench, database) else {
            // SQLite is always there: J0301 says why it was not judged, and J0302 of PostgreSQL.
            if database == Database::Sqlite {
                comparison.found.skipped = Some("SQLite was not judged".to_owned());
            }
            continue;
        };
        if let Some(catalog) = answer.catalog(database) {
            comparison.database = database;
            check(&mut comparison, &catalog);
        } else {
            let why = format!("the migrations fail on {}", database.title());
            comparison.found.skipped.get_or_insert(why);
        }
    }
    comparison.finish()
}

impl<'a> Comparison<'a> {
    fn new(subject: &'a Subject<'a>, code: Code) -> Self {
        Self {
            subject,
            code,
            database: Database::Sqlite,
            differences: BTreeMap::new(),
            found: Found::default(),
        }
    }

    fn tables(&mut self, catalog: &Catalog, check: fn(&mut Self, &TablePlan, &Table, &Table)) {
        let plan = self.subject.plan;
        for table in &plan.tables {
            match catalog.tables.get(table.name.as_str()) {
                Some(actual) => {
                    let expected = expected::table(plan, table, self.database);
                    check(self, table, &expected, actual);
                }
                None => self.found.fact(place::about(self.subject, table), Grade::Unknown),
            }
        }
    }

    /// Something is as the model says.
    pub(crate) fn met(&mut self, table: &TablePlan) {
        self.found.fact(place::about(self.subject, table), Grade::Met);
    }

    /// Something is not as the model says.
    pub(crate) fn differs(&mut self, table: &TablePlan, difference: Difference<'_>) {
        let about = place::about(self.subject, table);
        let name = table.name.as_str();
        let at = place::table(self.subject, name, difference.names)
            .or_else(|| place::migration(self.subject));
        let origin = difference
            .origin
            .or_else(|| place::origin(self.subject.plan, table, difference.columns));
        let mut finding = self.finding(difference.severity, difference.message, at).about(about);
        finding.origin = origin;
        finding.help.extend(difference.help);
        self.tell(finding);
    }

    /// Something is there that no table of the model knows of.
    pub(crate) fn unknown(&mut self, severity: Severity, message: String, at: Option<Place>) {
        let at = at.or_else(|| place::migration(self.subject));
        let finding = self.finding(severity, message, at).about(crate::finding::About::App);
        self.tell(finding);
    }

    fn finding(&self, severity: Severity, message: String, at: Option<Place>) -> Finding {
        let finding = match severity {
            Severity::Error => Finding::error(self.code, message),
            Severity::Warning => Finding::warning(self.code, message),
            Severity::Note => Finding::note(self.code, message),
        };
        match at {
            Some(place) => finding.at(place, ""),
            None => finding,
        }
    }

    fn tell(&mut self, finding: Finding) {
        let grade = finding.grade();
        self.found.facts.extend(finding.about.clone().map(|about| crate::Fact { about, grade }));
        let same = self.differences.entry(finding.message.clone());
        same.or_insert_with(|| (finding, Vec::new())).1.push(self.database);
    }

    fn finish(mut self) -> Found {
        for (mut finding, databases) in self.differences.into_values() {
            let titles: Vec<&str> = databases.iter().map(|database| database.title()).collect();
            finding.message = format!("{} on {}", finding.message, titles.join(" and "));
            self.found.findings.push(finding);
        }
        self.found
    }
}

/// A difference.
pub(crate) struct Difference<'a> {
    /// An error, or a warning where nobody depends on it.
    pub(crate) severity: Severity,
    /// What is there and what should be, without the name of the database at its end.
    pub(crate) message: String,
    /// Names that are looked for in the migration, the first one that stands there is underlined.
    pub(crate) names: &'a [&'a str],
    /// Columns by which it is found what of the model it was made from.
    pub(crate) columns: &'a [String],
    /// What of the model it was made from, where that is known better.
    pub(crate) origin: Option<Span>,
    /// Advice.
    pub(crate) help: Option<String>,
}

impl<'a> Difference<'a> {
    /// Something is not as the model says.
    pub(crate) const fn error(message: String) -> Self {
        Self {
            severity: Severity::Error,
            message,
            names: &[],
            columns: &[],
            origin: None,
            help: None,
        }
    }

    /// Something is not as the model says, in a way that nobody depends on.
    pub(crate) fn warning(message: String) -> Self {
        Self { severity: Severity::Warning, ..Self::error(message) }
    }

    /// Where to look.
    pub(crate) const fn at(mut self, names: &'a [&'a str], columns: &'a [String]) -> Self {
        self.names = names;
        self.columns = columns;
        self
    }

    /// What of the model it was made from.
    pub(crate) const fn from(mut self, origin: Option<Span>) -> Self {
        self.origin = origin;
        self
    }

    /// Advice.
    pub(crate) fn help(mut self, text: String) -> Self {
        self.help = Some(text);
        self
    }
}
