//! Names that users give: what is refused, and what is made of them. Keywords are no concern here;
//! whoever prints a name knows which of them its language keeps for itself.

use heck::{ToKebabCase, ToSnakeCase};
use stratapi_diagnostics::{Code, Diagnostic};
use unicode_normalization::UnicodeNormalization;
use unicode_security::confusable_detection::skeleton;

use crate::inflection;
use crate::read::Source;

/// Bytes that PostgreSQL keeps of a name.
pub(crate) const LONGEST: usize = 63;

const DEVICES: &[&str] = &["con", "prn", "aux", "nul", "conin$", "conout$"];

/// Checks a name of an entity, attribute, enum, relationship, role or the like; reports at most
/// one thing about it.
pub(crate) fn check(source: Source<'_>, what: &str, findings: &mut Vec<Diagnostic>) -> bool {
    let Some((message, help)) = refusal(source.text, what) else { return true };
    findings.push(Diagnostic::error(Code::E0301, message).at(source.span, "").help(help));
    false
}

fn refusal(name: &str, what: &str) -> Option<(String, String)> {
    if name.is_empty() {
        return Some((format!("the name of {what} is empty"), "give it a name".to_owned()));
    }
    if let Some(c) = name.chars().find(|c| is_hidden(*c)) {
        return Some((
            format!("the name of {what} holds the invisible character U+{:04X}", c as u32),
            "delete it: it makes two different names look alike".to_owned(),
        ));
    }
    if let Some(c) = name.chars().find(|c| !c.is_ascii()) {
        return Some((
            format!("`{c}` (U+{:04X}) can't stand in the name of {what}", c as u32),
            ascii_advice(name),
        ));
    }
    if name.starts_with("__") {
        let help = format!("leave the underscores out: `{}`", name.trim_matches('_'));
        return Some((format!("`{name}`: names with `__` in front belong to Python"), help));
    }
    let good = |c: char| c.is_ascii_alphanumeric() || c == '_';
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) || !name.chars().all(good) {
        return Some((
            format!("`{}` can't be the name of {what}", shortened(name)),
            suggestion(name),
        ));
    }
    None
}

/// Characters that can't be seen, or that change the direction of what follows.
pub(crate) fn is_hidden(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}')
        || c.is_control()
}

fn ascii_advice(name: &str) -> String {
    let plain: String = skeleton(name).collect();
    if let Some(plain) = identifier(&plain) {
        return format!("did you mean `{plain}`? write it with the letters a to z");
    }
    let folded: String = name.nfkd().filter(char::is_ascii).collect();
    match identifier(&folded) {
        Some(folded) => format!("write `{folded}`, with letters a to z, digits and `_`"),
        None => "write it with letters a to z, digits and `_`".to_owned(),
    }
}

fn suggestion(name: &str) -> String {
    match identifier(name) {
        Some(found) => format!("write `{found}`: a letter, then letters, digits and `_`"),
        None => "begin with a letter, then letters, digits and `_`".to_owned(),
    }
}

/// The identifier that is closest to a text.
fn identifier(text: &str) -> Option<String> {
    let plain: String = text
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' })
        .collect::<String>()
        .trim_matches(|c: char| !c.is_ascii_alphabetic())
        .to_owned();
    (!plain.is_empty() && plain.len() <= LONGEST && text.is_ascii()).then_some(plain)
}

fn shortened(name: &str) -> String {
    if name.chars().count() <= 40 {
        return name.to_owned();
    }
    format!("{}…", name.chars().take(40).collect::<String>())
}

/// Checks that a name for the database is short enough for it.
pub(crate) fn check_length(
    source: Source<'_>,
    in_database: &str,
    what: &str,
    findings: &mut Vec<Diagnostic>,
) -> bool {
    if in_database.len() <= LONGEST {
        return true;
    }
    findings.push(
        Diagnostic::error(
            Code::E0301,
            format!(
                "the {what} of `{}` would have a name of {} bytes, and PostgreSQL keeps {LONGEST}",
                shortened(source.text),
                in_database.len()
            ),
        )
        .at(source.span, "too long")
        .help("choose a shorter name"),
    );
    false
}

/// Checks that a name can be the name of a file on every system.
pub(crate) fn check_file(source: Source<'_>, findings: &mut Vec<Diagnostic>) -> bool {
    let stem = snake(source.text);
    let port = ["com", "lpt"].iter().filter_map(|device| stem.strip_prefix(device));
    let numbered = port.clone().any(|rest| matches!(rest.as_bytes(), [b'0'..=b'9']))
        || source.text.len() == 4
            && ["com", "lpt"].contains(&source.text[..3].to_lowercase().as_str())
            && source.text.as_bytes()[3].is_ascii_digit();
    if !numbered && !DEVICES.contains(&stem.as_str()) {
        return true;
    }
    findings.push(
        Diagnostic::error(
            Code::E0301,
            format!("`{}` is the name of a device on Windows: no file can have it", source.text),
        )
        .at(source.span, "entities become files of their name")
        .help(format!("add a word, such as `{}Record`", source.text)),
    );
    false
}

/// Snake case: `OrderItem` and `orderItem` become `order_item`.
#[must_use]
pub fn snake(name: &str) -> String {
    if is_snake(name) { name.to_owned() } else { name.to_snake_case() }
}

/// Whether a name is in snake case as it stands, which nearly all names of a document are.
fn is_snake(name: &str) -> bool {
    name.split('_').all(|word| {
        !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
    })
}

/// Kebab case.
pub(crate) fn kebab(words: &str) -> String {
    words.to_kebab_case()
}

/// The last segment of the path of a history of states: `state-history`.
pub fn history_segment(attribute: &str) -> String {
    format!("{}-history", kebab(attribute))
}

/// The plural of a name in snake case: that of its last word.
pub(crate) fn plural(snake: &str) -> String {
    let (head, last) = match snake.rfind('_') {
        Some(at) => snake.split_at(at + 1),
        None => ("", snake),
    };
    // Digits have no plural: `plan_2` stays as it is.
    if last.ends_with(|c: char| !c.is_ascii_lowercase()) {
        return snake.to_owned();
    }
    format!("{head}{}", inflection::plural(last))
}
