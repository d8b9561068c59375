//! The checks of the database on recorded catalogs: what a real run told, as it is and with changes.
//! `cargo xtask trial` runs them on real databases.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::Duration;

use stratapi_driver::MemoryWorld;
use stratapi_qa::{
    Ended, Grade, Layer, Outcome, Subject, ToolCall, ToolOutcome, ToolRunner, Tree, Verdict,
};
use stratapi_tests::judged::Compiled;

const APPLICATION: &str = "stratapi: 1
app: {name: notes}
domain:
  enums:
    Status: [draft, published]
  entities:
    User:
      attributes:
        email: email unique
    Note:
      attributes:
        title: string(1..80) unique
        status: Status = draft
        stars: int(0..5) = 0
      relationships:
        author: many_to_one User (on_delete=cascade)
      indexes:
        - {members: [stars], where: stars > 3}
";
const SQLITE: &str = include_str!("recorded/sqlite.json");
const POSTGRESQL: &str = include_str!("recorded/postgresql.json");
const MISSING: &str = r#"{"missing": "none here"}"#;

/// Tells what was recorded.
struct Recorded {
    sqlite: Ended,
    texts: [String; 2],
    calls: Mutex<Vec<ToolCall>>,
}

impl Recorded {
    /// Both databases; what the script prints is one line.
    fn of(sqlite: &str, postgresql: &str) -> Self {
        let texts = [sqlite, postgresql].map(|text| text.replace('\n', ""));
        Self { sqlite: Ended::Exit(0), texts, calls: Mutex::default() }
    }
}

impl ToolRunner for Recorded {
    fn run(&self, call: &ToolCall) -> ToolOutcome {
        self.calls.lock().expect("no panic").push(call.clone());
        let sqlite = call.arguments.iter().any(|argument| argument == "sqlite");
        let ended = if sqlite { self.sqlite.clone() } else { Ended::Exit(0) };
        let stdout = self.texts[usize::from(!sqlite)].clone().into_bytes();
        ToolOutcome { ended, stdout, stderr: Vec::new(), truncated: false, time: Duration::ZERO }
    }

    fn versions(&self) -> BTreeMap<String, String> {
        BTreeMap::new()
    }
}

fn judged(runner: &Recorded) -> (Verdict, Vec<String>) {
    let compiled = Compiled::of(&MemoryWorld::new().with("app.yaml", APPLICATION));
    let actual = Tree::from(&compiled.build.tree);
    let subject = Subject::new(&compiled.build.plan, &compiled.build.tree, &actual);
    let watch = &stratapi_qa::Silent;
    let verdict = stratapi_qa::judge(&subject, &[Layer::Database], Some(runner), watch);
    let mut said = Vec::new();
    for finding in verdict.results.iter().flat_map(|result| &result.findings) {
        let origin = finding.origin.map_or("", |span| compiled.sources.text(span));
        let origin = origin.lines().next().unwrap_or_default().trim_end_matches(':');
        said.push(format!(
            "{} {:?}: {} <- {origin}",
            finding.code, finding.severity, finding.message
        ));
    }
    (verdict, said)
}

/// What is said, in the order of the alphabet, after a text of the recorded catalogs was replaced by
/// another, wherever it stands.
fn said(old: &str, new: &str) -> Vec<String> {
    let changed = [SQLITE, POSTGRESQL].map(|text| text.replace(old, new));
    assert!(changed != [SQLITE, POSTGRESQL], "nothing changed: {old}");
    let mut said = judged(&Recorded::of(&changed[0], &changed[1])).1;
    said.sort();
    said
}

#[test]
fn nothing_is_found_in_what_the_migrations_make() {
    let runner = Recorded::of(SQLITE, POSTGRESQL);
    let (verdict, said) = judged(&runner);
    assert!(said.is_empty(), "{said:?}");
    for result in &verdict.results {
        assert_eq!(result.outcome, Outcome::Passed, "{}", result.code);
        assert!(result.facts.iter().all(|fact| fact.grade == Grade::Met), "{}", result.code);
    }
    let calls = runner.calls.into_inner().expect("no panic");
    assert_eq!(calls.len(), 2, "one run of each database serves all checks");
    assert!(calls.iter().all(|call| call.untrusted));
}

/// What is said of every column that holds an instant.
fn instants(said: impl Fn(&str) -> String) -> Vec<String> {
    let mut all = Vec::new();
    for (table, origin) in [("notes", "Note"), ("users", "User")] {
        for column in ["created_at", "updated_at"] {
            all.push(format!("{} <- {origin}", said(&format!("{table}.{column}"))));
        }
    }
    all
}

fn expect(old: &str, new: &str, expected: &[&str]) {
    let said = said(old, new);
    assert_eq!(said, expected, "{old}");
}

#[test]
fn differences_of_columns_are_told_with_their_origin() {
    expect(
        "VARCHAR(80)\", \"nullable\": false",
        "VARCHAR(40)\", \"nullable\": false",
        &[
            "J0306 Error: `notes.title` is of type `VARCHAR(40)` instead of `VARCHAR(80)` on SQLite <- \
           string(1..80) unique",
        ],
    );
    let zone = instants(|name| {
        format!(
            "J0306 Error: `{name}` is of type `timestamp without time zone` instead of `timestamp with time \
             zone` on PostgreSQL"
        )
    });
    assert_eq!(said("\"timestamp with time zone\"", "\"timestamp without time zone\""), zone);
    let text = instants(|name| {
        format!(
            "J0307 Error: the default of `{name}` is `'now()'` instead of `CURRENT_TIMESTAMP` on SQLite"
        )
    });
    let (old, new) = ("\"default\": \"CURRENT_TIMESTAMP\"", "\"default\": \"'now()'\"");
    assert_eq!(said(old, new), text);
}

#[test]
fn differences_of_constraints_are_told_with_their_origin() {
    expect(
        "\"on_delete\": \"c\"",
        "\"on_delete\": \"r\"",
        &[
            "J0310 Error: the foreign key `notes` (author_id) does `RESTRICT` instead of `CASCADE` when the other \
           row is deleted on PostgreSQL <- many_to_one User (on_delete=cascade)",
        ],
    );
    expect(
        ", \\n\\tCONSTRAINT uq_notes_title UNIQUE (title)",
        "",
        &[
            "J0309 Error: rows of `notes` with the same `title` are not refused on SQLite <- string(1..80) unique",
        ],
    );
    expect(
        "uq_notes_title",
        "uq_title",
        &[
            "J0309 Warning: the unique constraint on `notes` (title) is called `uq_title` instead of \
           `uq_notes_title` on SQLite and PostgreSQL <- string(1..80) unique",
        ],
    );
    expect(
        "'published'",
        "'public'",
        &[
            "J0311 Error: the check `ck_notes_status` of `notes` is `((status)::text = ANY \
             ((ARRAY['draft'::character varying, 'public'::character varying])::text[]))` on PostgreSQL <- \
             Status = draft",
            "J0311 Error: the check `ck_notes_status` of `notes` is `status IN ('draft', 'public')` on SQLite <- \
             Status = draft",
        ],
    );
    expect(
        "WHERE stars > 3",
        "",
        &[
            "J0312 Error: the index `ix_notes_stars` of `notes` holds rows by `all rows` instead of `stars > 3` on \
           SQLite <- {members: [stars], where: stars > 3}",
        ],
    );
    expect(
        "PRIMARY KEY (id), \\n\\tCONSTRAINT uq_users",
        "PRIMARY KEY (id, email), \\n\\tCONSTRAINT uq_users",
        &[
            "J0308 Error: the primary key of `users` is `id, email` instead of `id` on SQLite <- User",
        ],
    );
}

#[test]
fn what_nobody_asked_for_and_what_is_left_is_told() {
    expect(
        "\"others\": []\n  },\n  \"downgrade\"",
        "\"others\": [{\"kind\": \"type\", \"name\": \"status\"}]\n  },\n  \"downgrade\"",
        &[
            "J0305 Warning: there is a type `status`, which the application does not have on SQLite and \
           PostgreSQL <- ",
        ],
    );
    expect(
        "\"left\": {\n    \"tables\": [",
        "\"left\": {\n    \"tables\": [{\"name\": \"notes\"},",
        &[
            "J0313 Error: `alembic downgrade base` leaves the table `notes` behind on PostgreSQL <- ",
            "J0313 Error: `alembic downgrade base` leaves the table `notes` behind on SQLite <- ",
        ],
    );
}

#[test]
fn a_difference_of_a_name_is_relaxed_and_any_other_is_broken() {
    let grades = |old: &str, new: &str| {
        let sqlite = SQLITE.replace(old, new);
        let (verdict, _) = judged(&Recorded::of(&sqlite, MISSING));
        let mut grades: Vec<Grade> =
            verdict.results.iter().flat_map(|r| &r.facts).map(|fact| fact.grade).collect();
        grades.retain(|grade| !matches!(grade, Grade::Met | Grade::Unknown));
        grades
    };
    assert_eq!(grades("uq_notes_title", "uq_title"), [Grade::Relaxed]);
    assert_eq!(grades("UNIQUE (title)", "UNIQUE (title, id)"), [Grade::Broken, Grade::Broken]);
    assert_eq!(grades("", ""), []);
}

#[test]
fn what_stands_in_the_way_is_told() {
    let outcome = |verdict: &Verdict, code: &str| {
        let result = verdict.results.iter().find(|result| result.code.as_str() == code);
        result.map(|result| result.outcome.clone()).expect("a check")
    };
    for (ended, says) in [
        (Ended::Missing("there is no Python".to_owned()), "there is no Python"),
        (Ended::TimedOut, "more than 120 s"),
        (Ended::Signal(9), "signal 9"),
        (Ended::OutOfBounds("memory".to_owned()), "more than it may have: memory"),
        (Ended::Refused("no sandbox".to_owned()), "no sandbox"),
        (Ended::Failed("no fork".to_owned()), "no fork"),
        (Ended::Exit(1), "ended with 1"),
    ] {
        let (verdict, said) = judged(&Recorded { sqlite: ended, ..Recorded::of("", MISSING) });
        assert_eq!(said.len(), 1, "{said:?}");
        assert!(said[0].starts_with("J0301 Error: SQLite could not be judged: "), "{said:?}");
        assert!(said[0].contains(says), "{said:?}");
        assert_eq!(
            outcome(&verdict, "J0306"),
            Outcome::Skipped("SQLite was not judged".to_owned())
        );
    }
    for text in ["", "{", "[]", "null", "\u{0}", "no answer"] {
        let (_, said) = judged(&Recorded::of(text, MISSING));
        assert!(said.iter().any(|line| line.contains("is no answer")), "{text}: {said:?}");
    }
    let (verdict, said) = judged(&Recorded::of(SQLITE, MISSING));
    assert!(said.is_empty(), "{said:?}");
    let none = Outcome::Skipped("PostgreSQL not found: none here".to_owned());
    assert_eq!(outcome(&verdict, "J0302"), none);
    assert_eq!(outcome(&verdict, "J0306"), Outcome::Passed);
    let dead = r#"{"dead": "connection refused\nmore"}"#;
    let (_, said) = judged(&Recorded::of(SQLITE, dead));
    assert_eq!(said, ["J0302 Error: PostgreSQL does not answer: connection refused <- "]);
}

#[test]
fn a_migration_that_fails_is_told_at_its_line() {
    let failed = r#"{"upgrade": {"ended": "badly", "output": "Traceback\n  File \"/x/migrations/versions/0001_initial.py\", line 17, in upgrade\n  File \"/x/sqlalchemy/sql.py\", line 1, in f\nsqlalchemy.exc.OperationalError: (sqlite3.OperationalError) no such table\n[SQL: DROP]\n"}}"#;
    let (verdict, said) = judged(&Recorded::of(failed, MISSING));
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].contains("fails on SQLite: sqlalchemy.exc.OperationalError"), "{said:?}");
    let finding = verdict.results.iter().flat_map(|result| &result.findings).next();
    let place = finding.and_then(|finding| finding.place.clone()).expect("a place");
    assert_eq!(place, stratapi_qa::Place::line("migrations/versions/0001_initial.py", 17));
}
