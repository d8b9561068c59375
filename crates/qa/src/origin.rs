//! From a line of a judged file to the place of the IR that the compiler made it from. A file that
//! was edited is laid beside the one that the compiler would make now.

use similar::{Algorithm, DiffOp};
use stratapi_diagnostics::Span;
use stratapi_plan::Artifact;

use crate::finding::{At, Place};
use crate::text;

/// The place of the IR behind a place of the file that `artifact` should be; the narrowest one.
pub(crate) fn of(artifact: &Artifact, actual: Option<&str>, place: &Place) -> Option<Span> {
    let line = match (place.at, actual) {
        (At::File, _) | (_, None) => 1,
        (_, Some(actual)) => {
            let line = text::line(actual, text::range(actual, place.at).start);
            expected_line(&artifact.text, actual, line)
        }
    };
    let around = artifact.origins.iter().filter(|o| o.first_line <= line && line <= o.last_line);
    around.min_by_key(|origin| origin.last_line - origin.first_line).map(|origin| origin.span)
}

/// The line of the expected text that stands where this line of the actual text stands.
fn expected_line(expected: &str, actual: &str, line: u32) -> u32 {
    if expected == actual {
        return line;
    }
    let (old, new): (Vec<&str>, Vec<&str>) = (expected.lines().collect(), actual.lines().collect());
    let index = line as usize - 1;
    let operations = similar::capture_diff_slices(Algorithm::Myers, &old, &new);
    let around = operations.into_iter().find(|operation| operation.new_range().contains(&index));
    let expected = match around {
        Some(DiffOp::Equal { old_index, new_index, .. }) => old_index + index - new_index,
        Some(operation) => {
            let (old, new) = (operation.old_range(), operation.new_range());
            (old.start + index - new.start).min(old.end.saturating_sub(1).max(old.start))
        }
        None => old.len().saturating_sub(1),
    };
    u32::try_from(expected + 1).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::expected_line;

    #[test]
    fn lines_of_an_edited_file_are_those_of_the_file_it_was() {
        let old = "a\nb\nc\nd\n";
        assert_eq!(expected_line(old, old, 3), 3);
        assert_eq!(expected_line(old, "new\na\nb\nc\nd\n", 4), 3);
        assert_eq!(expected_line(old, "a\nB\nc\nd\n", 2), 2);
        assert_eq!(expected_line(old, "a\nd\n", 2), 4);
        assert_eq!(expected_line(old, "", 1), 4);
        assert_eq!(expected_line("", "a\n", 1), 1);
    }
}
