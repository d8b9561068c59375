//! The patterns of decimals, tried on every text of a small range.

use fancy_regex::Regex;

use super::decimal_pattern::pattern;

#[test]
fn common_patterns_are_short() {
    assert_eq!(pattern(12, 2, Some("0"), None), r"^(0|[1-9][0-9]{0,9})(\.[0-9]{1,2})?$");
    assert_eq!(pattern(5, 0, None, None), r"^-?(0|[1-9][0-9]{0,4})$");
    assert_eq!(pattern(2, 2, Some("0"), None), r"^0(\.[0-9]{1,2})?$");
}

#[test]
fn a_pattern_takes_exactly_its_range() {
    let bounds = [-1999_i32, -150, -101, -100, -7, 0, 1, 10, 99, 100, 105, 999, 1000, 1234, 9999];
    for (position, low) in bounds.iter().enumerate() {
        for high in &bounds[position..] {
            let text = |units: i32| {
                let sign = if units < 0 { "-" } else { "" };
                format!("{sign}{}.{:02}", units.abs() / 100, units.abs() % 100)
            };
            let pattern = pattern(4, 2, Some(&text(*low)), Some(&text(*high)));
            let regex = Regex::new(&pattern).unwrap_or_else(|error| panic!("{pattern}: {error}"));
            for units in -2100..=10_100 {
                let inside = (*low..=*high).contains(&units);
                let text = text(units);
                let (whole, fraction) = text.split_at(text.len() - 3);
                for spelling in [
                    Some(text.clone()),
                    fraction.strip_suffix('0').map(|short| format!("{whole}{short}")),
                    fraction.strip_suffix(".00").map(|_| whole.to_owned()),
                ]
                .into_iter()
                .flatten()
                {
                    assert_eq!(
                        regex.is_match(&spelling).ok(),
                        Some(inside),
                        "{spelling} in {pattern}"
                    );
                }
            }
        }
    }
}

#[test]
fn a_pattern_refuses_other_spellings() {
    let regex = Regex::new(&pattern(4, 2, None, None)).unwrap_or_else(|error| panic!("{error}"));
    for text in ["", "1.", ".5", "1.234", "123", "+1", "01", "1e1", "١", "--1"] {
        assert_eq!(regex.is_match(text).ok(), Some(false), "{text}");
    }
}
