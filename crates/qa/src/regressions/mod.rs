//! Known mistakes as patterns: those that come with the judge, and a project's own.

mod ascii;
mod glob;
mod pattern;
mod read;
mod together;

use std::sync::LazyLock;

use stratapi_diagnostics::bug;

pub(crate) use pattern::{Action, Kind, Pattern, Search};
pub(crate) use read::{Proof, read};
pub(crate) use together::Together;

/// Where a project keeps patterns of its own.
pub(crate) const OWN: &str = "judge/regressions.yaml";

/// The patterns that come with the judge.
pub(crate) fn shipped() -> &'static [Pattern] {
    static SHIPPED: LazyLock<Vec<Pattern>> = LazyLock::new(|| {
        let (patterns, troubles) = read(include_str!("../regressions.yaml"), &[], Proof::ByTest);
        match troubles.first() {
            None => patterns,
            Some(trouble) => bug!("regressions.yaml:{}: {}", trouble.line, trouble.message),
        }
    });
    &SHIPPED
}

#[cfg(test)]
mod tests {
    use super::{Kind, Proof, read, shipped};

    #[test]
    fn a_pattern_finds_the_same_with_and_without_letters_of_other_scripts() {
        for pattern in shipped() {
            let Kind::Search(search) = &pattern.kind else { continue };
            for example in [&pattern.example_bad, &pattern.example_good] {
                let other = format!("{example}\nx = 'ä'\n");
                let starts = |text: &str| -> Vec<usize> {
                    let hits = search.find(text).expect("it is not given up");
                    hits.into_iter().map(|hit| hit.start).collect()
                };
                assert_eq!(starts(example), starts(&other), "{}", pattern.id);
            }
        }
    }

    #[test]
    fn there_are_many_patterns_and_the_five_that_were_asked_for() {
        let ids: Vec<&str> = shipped().iter().map(|pattern| pattern.id.as_str()).collect();
        assert!(ids.len() >= 20, "{ids:?}");
        for id in ["REG-001", "REG-002", "REG-003", "REG-004", "REG-005"] {
            assert!(ids.contains(&id), "{id}");
        }
    }

    #[test]
    fn every_pattern_is_proved_by_its_examples() {
        for pattern in shipped() {
            let Kind::Search(search) = &pattern.kind else { continue };
            let bad = search.find(&pattern.example_bad).unwrap();
            assert!(!bad.is_empty(), "{}: its bad example is not found", pattern.id);
            let good = search.find(&pattern.example_good).unwrap();
            assert!(good.is_empty(), "{}: its good example is found", pattern.id);
            assert!(!pattern.example_good.is_empty(), "{}", pattern.id);
            let hinted = search.hints().iter().any(|hint| pattern.example_bad.contains(hint));
            assert!(hinted, "{}: its bad example has none of its hints", pattern.id);
        }
    }

    #[test]
    fn the_pattern_of_literals_is_the_one_that_was_asked_for() {
        let Some(Kind::Search(search)) =
            shipped().iter().find(|p| p.id == "REG-001").map(|p| &p.kind)
        else {
            panic!("REG-001")
        };
        let asked = r#"server_default=sa\.text\(['\"](?!.*\(\))[^'\"]+['\"]\)"#;
        assert_eq!(search.text(), asked);
    }

    #[test]
    fn what_is_malformed_is_told_with_its_line() {
        let head =
            "patterns:\n  - id: OWN-1\n    severity: high\n    action: block\n    description: d\n";
        let good = format!(
            "{head}    files: ['**']\n    pattern: 'a(?!b)'\n    example_bad: ac\n    example_good: ab\n"
        );
        assert_eq!(read(&good, &[], Proof::Now).0.len(), 1);
        let cases = [
            ("x: 1", "unknown field"),
            ("patterns: [1]", "invalid type"),
            (&good.replace("'a(?!b)'", "'a(?!b'"), "the pattern"),
            (&good.replace("example_bad: ac", "example_bad: ab"), "its own `example_bad`"),
            (&good.replace("example_good: ab", "example_good: ac"), "its own `example_good`"),
            (&good.replace("high", "huge"), "unknown variant"),
            (&good.replace("    files: ['**']\n", ""), "`files`"),
            (&good.replace("OWN-1", "REG-001"), "is taken"),
            (&format!("{good}    must_exist: a\n"), "either"),
            (
                &good
                    .replace("'a(?!b)'", r"'(?:(x|xx)+)(?<=\1)y'")
                    .replace(": ac", &format!(": {}", "x".repeat(60))),
                "too many ways",
            ),
        ];
        for (text, words) in cases {
            let (_, troubles) = read(text, &["REG-001"], Proof::Now);
            assert!(
                troubles.iter().any(|t| t.message.contains(words)),
                "{words}: {troubles:?}\n{text}"
            );
            assert!(troubles.iter().all(|trouble| trouble.line >= 1));
        }
    }
}
