//! Names in another case, as Pydantic's alias generator `to_camel` makes them: what it makes need not
//! be said member by member.

use std::borrow::Cow;

use stratapi_ir::model::Case;

use crate::AppPlan;

impl AppPlan {
    /// A name of our own as it stands on the wire.
    pub fn wire<'n>(&self, name: &'n str) -> Cow<'n, str> {
        cased(name, self.case)
    }
}

/// A name in a case.
pub(crate) fn cased(name: &str, case: Case) -> Cow<'_, str> {
    match case {
        Case::Snake => name.into(),
        Case::Camel => camel(name).into(),
    }
}

/// `fullName` of `full_name`.
fn camel(name: &str) -> String {
    if is_camel(name) {
        return name.to_owned();
    }
    let mut out = String::with_capacity(name.len());
    let mut letters = name.chars().peekable();
    let mut before = '_';
    while let Some(letter) = letters.next() {
        let next = letters.peek().copied().unwrap_or('_');
        if letter == '_' && before.is_ascii_alphanumeric() && next.is_ascii_alphanumeric() {
            before = letter;
            continue;
        }
        let is_first = out.bytes().all(|byte| byte == b'_');
        let is_upper = !before.is_ascii_alphabetic() && !is_first;
        out.push(if is_upper { letter.to_ascii_uppercase() } else { letter.to_ascii_lowercase() });
        before = letter;
    }
    out
}

/// Whether the name is in camel case already: `^[a-z]+[A-Za-z0-9]*$`, and no small letter behind a digit.
fn is_camel(name: &str) -> bool {
    let bytes = name.as_bytes();
    let behind_digit = |pair: &[u8]| pair[0].is_ascii_digit() && pair[1].is_ascii_lowercase();
    bytes.first().is_some_and(u8::is_ascii_lowercase)
        && bytes.iter().all(u8::is_ascii_alphanumeric)
        && !bytes.windows(2).any(behind_digit)
}

#[cfg(test)]
mod tests {
    use super::camel;

    /// What `pydantic.alias_generators.to_camel` said of these.
    #[test]
    fn names_become_what_pydantic_makes_of_them() {
        for (name, expected) in [
            ("full_name", "fullName"),
            ("fullName", "fullName"),
            ("FullName", "fullname"),
            ("id", "id"),
            ("line_2_text", "line2Text"),
            ("line2text", "line2Text"),
            ("line2_text", "line2Text"),
            ("a_b_c", "aBC"),
            ("x_1_2", "x12"),
            ("is_2fa", "is2Fa"),
            ("metadata_", "metadata_"),
            ("class__name", "class__Name"),
            ("_private_part", "_privatePart"),
            ("URL", "url"),
            ("some_URL", "someUrl"),
        ] {
            assert_eq!(camel(name), expected, "{name}");
        }
    }
}
