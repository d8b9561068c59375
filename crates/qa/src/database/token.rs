//! SQL in tokens, as SQLite keeps it and as PostgreSQL prints it.

/// A token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// A word without quotes, as it stands.
    Word(String),
    /// A name in quotes.
    Name(String),
    /// A text.
    Text(String),
    /// A number.
    Number(String),
    /// An operator or a bracket.
    Sign(&'static str),
    /// Anything else.
    Other(char),
}

/// Operators of several characters, the longer ones first.
const SIGNS: &[&str] = &[
    "->>", "!~*", "::", "<=", ">=", "<>", "!=", "==", "||", "->", "<<", ">>", "~*", "!~", "@>",
    "<@", "(", ")", "[", "]", ",", ".", ";", "=", "<", ">", "+", "-", "*", "/", "%", "~", "&", "|",
];

impl Token {
    /// Whether it is this word, whatever its case.
    pub(super) fn is(&self, word: &str) -> bool {
        matches!(self, Self::Word(text) if text.eq_ignore_ascii_case(word))
    }

    /// The name that it is, quoted or not.
    pub(super) fn name(&self) -> Option<&str> {
        match self {
            Self::Word(text) | Self::Name(text) => Some(text),
            _ => None,
        }
    }
}

impl std::fmt::Display for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Word(text) | Self::Name(text) | Self::Number(text) => f.write_str(text),
            Self::Text(text) => write!(f, "'{}'", text.replace('\'', "''")),
            Self::Sign(text) => f.write_str(text),
            Self::Other(letter) => write!(f, "{letter}"),
        }
    }
}

/// Tokens joined as a person would write them.
pub(super) fn joined(tokens: &[Token]) -> String {
    let mut out = String::new();
    for (index, token) in tokens.iter().enumerate() {
        let tight = matches!(token, Token::Sign(")" | "," | "." | "(" | "::"));
        let after = index > 0 && matches!(tokens[index - 1], Token::Sign("(" | "." | "::"));
        if index > 0 && !tight && !after {
            out.push(' ');
        }
        out.push_str(&token.to_string());
    }
    out
}

/// The tokens of a text. Nothing is refused: what is no SQL becomes tokens that nothing equals.
pub(super) fn tokens(sql: &str) -> Vec<Token> {
    let mut out = Vec::new();
    let mut rest = sql;
    while let Some(letter) = rest.chars().next() {
        let (token, length) = if letter.is_whitespace() {
            (None, letter.len_utf8())
        } else if rest.starts_with("--") {
            (None, rest.find('\n').unwrap_or(rest.len()))
        } else {
            let (token, length) = token(rest, letter);
            (Some(token), length)
        };
        out.extend(token);
        rest = &rest[length..];
    }
    out
}

fn token(rest: &str, letter: char) -> (Token, usize) {
    match letter {
        '\'' => {
            let (text, length) = quoted(rest, '\'');
            (Token::Text(text), length)
        }
        'E' | 'e' if rest[1..].starts_with('\'') => {
            let (text, length) = escaped(&rest[1..]);
            (Token::Text(text), length + 1)
        }
        '"' | '`' => {
            let (text, length) = quoted(rest, letter);
            (Token::Name(text), length)
        }
        _ if letter.is_alphabetic() || letter == '_' => {
            let length = span(rest, |c| c.is_alphanumeric() || c == '_' || c == '$');
            (Token::Word(rest[..length].to_owned()), length)
        }
        _ if letter.is_ascii_digit() || is_fraction(rest) => {
            let length = number(rest);
            (Token::Number(rest[..length].to_owned()), length)
        }
        _ => match SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
            Some(sign) => (Token::Sign(sign), sign.len()),
            None => (Token::Other(letter), letter.len_utf8()),
        },
    }
}

fn span(text: &str, is_part: impl Fn(char) -> bool) -> usize {
    text.find(|c| !is_part(c)).unwrap_or(text.len())
}

fn is_fraction(rest: &str) -> bool {
    rest.starts_with('.') && rest[1..].starts_with(|c: char| c.is_ascii_digit())
}

/// Length of a number: digits, a point, an exponent.
fn number(rest: &str) -> usize {
    let mut length = span(rest, |c| c.is_ascii_digit() || c == '.');
    if rest[length..].starts_with(['e', 'E']) {
        let after = &rest[length + 1..];
        let sign = usize::from(after.starts_with(['+', '-']));
        let digits = span(&after[sign..], |c| c.is_ascii_digit());
        if digits > 0 {
            length += 1 + sign + digits;
        }
    }
    length
}

/// A text between quotes, in which the quote itself stands twice; and its length with them.
fn quoted(rest: &str, quote: char) -> (String, usize) {
    let mut text = String::new();
    let mut letters = rest.char_indices().skip(1).peekable();
    while let Some((at, letter)) = letters.next() {
        if letter != quote {
            text.push(letter);
        } else if letters.peek().is_some_and(|(_, next)| *next == quote) {
            text.push(quote);
            letters.next();
        } else {
            return (text, at + quote.len_utf8());
        }
    }
    (text, rest.len())
}

/// The same with backslashes, as PostgreSQL prints a text that has some: `E'a\\b'`.
fn escaped(rest: &str) -> (String, usize) {
    let (raw, length) = quoted(rest, '\'');
    let mut text = String::new();
    let mut letters = raw.chars();
    while let Some(letter) = letters.next() {
        text.push(match letter {
            '\\' => match letters.next() {
                Some('n') => '\n',
                Some('t') => '\t',
                Some('r') => '\r',
                Some(other) => other,
                None => '\\',
            },
            other => other,
        });
    }
    (text, length)
}

/// Splits a list in brackets, whose first token is the opening one, at the commas between its items;
/// also says how many tokens it takes with both brackets.
pub(super) fn list(tokens: &[Token]) -> (Vec<&[Token]>, usize) {
    let (mut items, mut depth, mut start) = (Vec::new(), 0_usize, 1);
    for (index, token) in tokens.iter().enumerate() {
        match token {
            Token::Sign("(") => depth += 1,
            Token::Sign(")") => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    if index > start {
                        items.push(&tokens[start..index]);
                    }
                    return (items, index + 1);
                }
            }
            Token::Sign(",") if depth == 1 => {
                items.push(&tokens[start..index]);
                start = index + 1;
            }
            _ => {}
        }
    }
    (items, tokens.len())
}

#[cfg(test)]
mod tests {
    use super::{joined, list, tokens};

    #[test]
    fn texts_names_and_numbers_are_one_token_each() {
        let all = tokens("\"a\"\"b\" >= 1.5e-3::numeric AND x <> E'a\\\\''b' -- end");
        let text: Vec<String> = all.iter().map(ToString::to_string).collect();
        assert_eq!(text, ["a\"b", ">=", "1.5e-3", "::", "numeric", "AND", "x", "<>", "'a\\''b'"]);
        assert_eq!(joined(&tokens("f ( a , b )")), "f(a, b)");
    }

    #[test]
    fn whatever_the_text_is_it_ends() {
        for text in ["'", "\"a", "E'\\", "1e", "(", "é€\u{0}", "a -- b", ".", "E", "[(]"] {
            let _ = list(&tokens(text));
        }
    }
}
