//! Reading a file of patterns. Nothing in it can stop the judge: what is malformed is told, and the
//! other patterns are used.

use std::collections::BTreeSet;

use super::pattern::{Action, Gravity, Kind, Pattern, Search};

/// Longest file of patterns, in bytes.
const LONGEST: usize = 256 * 1024;
/// Most patterns of a file.
const MOST: usize = 500;

/// Something malformed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Trouble {
    /// The line, from 1.
    pub(crate) line: u32,
    pub(crate) message: String,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    patterns: Vec<Row>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    id: String,
    severity: Gravity,
    action: Action,
    #[serde(default)]
    files: Vec<String>,
    #[serde(default)]
    hint: Vec<String>,
    pattern: Option<String>,
    #[serde(default)]
    unless: Vec<String>,
    must_exist: Option<String>,
    description: String,
    help: Option<String>,
    #[serde(default)]
    example_bad: String,
    #[serde(default)]
    example_good: String,
}

/// Whether patterns are proved by their examples.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Proof {
    /// Here and now.
    Now,
    /// By a test of ours: to make them all ready takes longer than most judgements of files.
    ByTest,
}

/// The patterns of a file, and what is malformed in it. `taken` are the ids of other files.
pub(crate) fn read(text: &str, taken: &[&str], proof: Proof) -> (Vec<Pattern>, Vec<Trouble>) {
    let whole = |message: String| (Vec::new(), vec![Trouble { line: 1, message }]);
    if text.len() > LONGEST {
        return whole(format!("the file is longer than {LONGEST} bytes"));
    }
    let rows = match serde_yaml::from_str::<File>(text) {
        Ok(file) if file.patterns.len() <= MOST => file.patterns,
        Ok(_) => return whole(format!("there are more than {MOST} patterns")),
        Err(error) => {
            let line = error.location().map_or(1, |at| at.line().max(1));
            let line = u32::try_from(line).unwrap_or(1);
            return (Vec::new(), vec![Trouble { line, message: error.to_string() }]);
        }
    };
    let mut ids: BTreeSet<String> = taken.iter().map(|&id| id.to_owned()).collect();
    let (mut patterns, mut troubles) = (Vec::new(), Vec::new());
    for row in rows {
        let id = row.id.clone();
        let pattern = if ids.insert(id.clone()) {
            pattern(row, proof)
        } else {
            Err("the id is taken".to_owned())
        };
        match pattern {
            Ok(pattern) => patterns.push(pattern),
            Err(message) => {
                troubles.push(Trouble {
                    line: line_of(text, &id),
                    message: format!("`{id}`: {message}"),
                });
            }
        }
    }
    (patterns, troubles)
}

fn pattern(row: Row, proof: Proof) -> Result<Pattern, String> {
    let kind = match (row.pattern, row.must_exist) {
        (Some(text), None) => {
            if row.files.is_empty() {
                return Err("`files` says which files are searched".to_owned());
            }
            let search = Search::new(text, &row.files, row.hint, row.unless);
            if proof == Proof::Now {
                prove(&search, &row.example_bad, &row.example_good)?;
            }
            Kind::Search(Box::new(search))
        }
        (None, Some(path)) => Kind::MustExist(path),
        _ => return Err("it has either a `pattern` or `must_exist`".to_owned()),
    };
    Ok(Pattern {
        id: row.id,
        gravity: row.severity,
        action: row.action,
        kind,
        description: row.description,
        help: row.help,
        #[cfg(test)]
        example_bad: row.example_bad,
        #[cfg(test)]
        example_good: row.example_good,
    })
}

/// A pattern that does not keep its own word would be trusted for nothing.
fn prove(search: &Search, bad: &str, good: &str) -> Result<(), String> {
    search.compile().map_err(|error| format!("the pattern is none: {error}"))?;
    let find = |text: &str| {
        search
            .find(text)
            .map_err(|_| "the pattern tries too many ways: it may never end".to_owned())
    };
    if find(bad)?.is_empty() {
        return Err("the pattern does not find its own `example_bad`".to_owned());
    }
    if !find(good)?.is_empty() {
        return Err("the pattern finds its own `example_good`".to_owned());
    }
    Ok(())
}

/// The line of an id: the first that holds it behind `id:`.
fn line_of(text: &str, id: &str) -> u32 {
    let here = |line: &str| line.contains("id:") && line.contains(id);
    let index = text.lines().position(here).unwrap_or(0);
    u32::try_from(index + 1).unwrap_or(1)
}
