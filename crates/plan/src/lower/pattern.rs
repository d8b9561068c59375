//! Texts that match a pattern, for tests: a small reading of regular expressions that covers what
//! people write for codes and numbers. What it cannot read, it refuses; every text is checked
//! against the real engine before it is used.

use fancy_regex::Regex;

/// Most characters that one sample has.
const LONGEST: usize = 255;

/// Two different texts that match and have an allowed length; where `unique`, with `{n}` in place
/// of a number, if the pattern has room for one.
pub(super) fn matching(source: &str, length: (u32, u32), unique: bool) -> Option<(String, String)> {
    let regex = Regex::new(source).ok()?;
    let node = Parser::new(source).parse()?;
    let (min, max) = (length.0 as usize, (length.1 as usize).min(LONGEST));
    let accepted = |text: &String| {
        let numbers = ["1", "42", "1234"].iter();
        numbers.into_iter().all(|it| accepts(&regex, (min, max), &text.replace("{n}", it)))
    };
    let make = |variant: usize, numbered: bool| {
        (0..=min).find_map(|extra| {
            let mut writer = Writer { text: String::new(), variant, extra, numbered };
            writer.write(&node);
            Some(writer.text).filter(accepted)
        })
    };
    let find = |numbered: bool| {
        let one = make(0, numbered).filter(|text| text.contains("{n}") == numbered)?;
        let other = (1..4)
            .filter_map(|variant| make(variant, numbered))
            .find(|text| *text != one)
            .unwrap_or_else(|| one.clone());
        Some((one, other))
    };
    if unique { find(true).or_else(|| find(false)) } else { find(false) }
}

/// Up to `wanted` different texts that match and have an allowed length; `None` where the pattern
/// can't be read.
pub fn matching_texts(source: &str, length: (u32, u32), wanted: usize) -> Option<Vec<String>> {
    let regex = Regex::new(source).ok()?;
    let node = Parser::new(source).parse()?;
    let (min, max) = (length.0 as usize, (length.1 as usize).min(LONGEST));
    let accepted = |text: &String| accepts(&regex, (min, max), text);
    let mut found: Vec<String> = Vec::new();
    for choice in 0..wanted * 4 {
        let made = (0..=min).find_map(|extra| {
            let mut counter = Counter { text: String::new(), choice, extra };
            counter.write(&node);
            Some(counter.text).filter(accepted)
        });
        found.extend(made.filter(|text| !found.contains(text)));
        if found.len() == wanted {
            break;
        }
    }
    Some(found)
}

/// Writes a different text for every number: the number's digits choose, the first place first.
struct Counter {
    text: String,
    choice: usize,
    /// More repetitions where the pattern has no upper bound.
    extra: usize,
}

impl Counter {
    fn write(&mut self, node: &Node) {
        match node {
            Node::Chars(chars) => {
                let position = self.choose(chars.len());
                self.text.push(chars[position]);
            }
            Node::Concat(nodes) => nodes.iter().for_each(|node| self.write(node)),
            Node::Any(nodes) => {
                let position = self.choose(nodes.len());
                self.write(&nodes[position]);
            }
            Node::Repeat(inner, min, max) => {
                let wanted = min.max(&1) + if max.is_none() { self.extra } else { 0 };
                let count = max.map_or(wanted, |max| wanted.min(max)).min(LONGEST);
                (0..count).for_each(|_| self.write(inner));
            }
        }
    }

    fn choose(&mut self, choices: usize) -> usize {
        let position = self.choice % choices;
        self.choice /= choices;
        position
    }
}

/// Whether a text matches and has an allowed length.
pub(super) fn matches(source: &str, (min, max): (u32, u32), text: &str) -> bool {
    let length = (min as usize, max as usize);
    Regex::new(source).is_ok_and(|regex| accepts(&regex, length, text))
}

fn accepts(regex: &Regex, (min, max): (usize, usize), text: &str) -> bool {
    (min..=max).contains(&text.chars().count()) && regex.is_match(text).unwrap_or(false)
}

/// A text that does not match.
pub(super) fn stranger(source: &str) -> Option<String> {
    let regex = Regex::new(source).ok()?;
    ["!", "~ ~", "a", "A", "0", "_"]
        .into_iter()
        .find(|text| matches!(regex.is_match(text), Ok(false)))
        .map(str::to_owned)
}

/// A regular expression.
#[derive(Debug)]
enum Node {
    /// One of these, a sorted choice of good examples first.
    Chars(Vec<char>),
    Concat(Vec<Node>),
    Any(Vec<Node>),
    Repeat(Box<Node>, usize, Option<usize>),
}

struct Writer {
    text: String,
    variant: usize,
    /// More repetitions where the pattern has no upper bound.
    extra: usize,
    numbered: bool,
}

impl Writer {
    fn write(&mut self, node: &Node) {
        match node {
            Node::Chars(chars) => {
                let position = self.variant.min(chars.len() - 1);
                self.text.push(chars[position]);
            }
            Node::Concat(nodes) => nodes.iter().for_each(|node| self.write(node)),
            Node::Any(nodes) => self.write(&nodes[self.variant % nodes.len()]),
            Node::Repeat(inner, min, max) => self.repeat(inner, *min, *max),
        }
    }

    fn repeat(&mut self, inner: &Node, min: usize, max: Option<usize>) {
        let digits = matches!(inner, Node::Chars(chars) if chars.contains(&'0'));
        let roomy = max.is_none_or(|max| max >= 6);
        let numbered = self.numbered && digits && roomy && !self.text.contains("{n}");
        let wanted = if max.is_none() { min.max(1) + self.extra } else { min };
        let count = max.map_or(wanted, |max| wanted.min(max)).min(LONGEST);
        for _ in usize::from(numbered)..count {
            self.write(inner);
        }
        if numbered {
            self.text.push_str("{n}");
        }
    }
}

/// Reads the common part of the syntax; `None` for anything else.
struct Parser<'a> {
    rest: std::iter::Peekable<std::str::Chars<'a>>,
    depth: usize,
}

impl<'a> Parser<'a> {
    fn new(source: &'a str) -> Self {
        Self { rest: source.chars().peekable(), depth: 0 }
    }

    fn parse(mut self) -> Option<Node> {
        let node = self.alternatives()?;
        self.rest.next().is_none().then_some(node)
    }

    fn alternatives(&mut self) -> Option<Node> {
        self.depth += 1;
        if self.depth > 16 {
            return None;
        }
        let mut all = vec![self.sequence()?];
        while self.rest.next_if_eq(&'|').is_some() {
            all.push(self.sequence()?);
        }
        self.depth -= 1;
        if all.len() == 1 { all.pop() } else { Some(Node::Any(all)) }
    }

    fn sequence(&mut self) -> Option<Node> {
        let mut nodes = Vec::new();
        while let Some(&next) = self.rest.peek() {
            if next == '|' || next == ')' {
                break;
            }
            self.rest.next();
            if next == '^' || next == '$' {
                continue;
            }
            let atom = self.atom(next)?;
            nodes.push(self.quantified(atom)?);
        }
        Some(Node::Concat(nodes))
    }

    fn atom(&mut self, first: char) -> Option<Node> {
        match first {
            '(' => {
                if self.rest.next_if_eq(&'?').is_some() {
                    self.rest.next_if_eq(&':')?;
                }
                let inner = self.alternatives()?;
                self.rest.next_if_eq(&')')?;
                Some(inner)
            }
            '[' => self.class(),
            '.' => Some(Node::Chars(vec!['a', 'b', '0'])),
            '\\' => escape(self.rest.next()?).map(Node::Chars),
            '*' | '+' | '?' | '{' => None,
            literal => Some(Node::Chars(vec![literal])),
        }
    }

    fn class(&mut self) -> Option<Node> {
        let negated = self.rest.next_if_eq(&'^').is_some();
        let mut chars: Vec<char> = Vec::new();
        loop {
            let start = match self.rest.next()? {
                ']' if !chars.is_empty() => break,
                '\\' => {
                    let some = escape(self.rest.next()?)?;
                    if some.len() != 1 {
                        chars.extend(some);
                        continue;
                    }
                    some[0]
                }
                '[' => return None,
                other => other,
            };
            let mut ahead = self.rest.clone();
            if ahead.next() == Some('-') && ahead.peek().is_some_and(|&end| end != ']') {
                self.rest = ahead;
                let end = self.rest.next().filter(|&end| end != '\\')?;
                chars.extend((start..=end).take(128));
            } else {
                chars.push(start);
            }
        }
        if negated {
            chars = good().filter(|c| !chars.contains(c)).collect();
        }
        (!chars.is_empty()).then(|| Node::Chars(prefer_letters(chars)))
    }

    fn quantified(&mut self, atom: Node) -> Option<Node> {
        let (min, max) = match self.rest.peek() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => {
                self.rest.next();
                return self.counted(atom);
            }
            _ => return Some(atom),
        };
        self.rest.next();
        self.rest.next_if_eq(&'?');
        Some(Node::Repeat(Box::new(atom), min, max))
    }

    fn counted(&mut self, atom: Node) -> Option<Node> {
        let mut text = String::new();
        loop {
            match self.rest.next()? {
                '}' => break,
                c => text.push(c),
            }
        }
        let (min, max) = match text.split_once(',') {
            None => (text.parse().ok()?, Some(text.parse().ok()?)),
            Some((min, "")) => (min.parse().ok()?, None),
            Some((min, max)) => (min.parse().ok()?, Some(max.parse().ok()?)),
        };
        self.rest.next_if_eq(&'?');
        Some(Node::Repeat(Box::new(atom), min, max))
    }
}

fn escape(letter: char) -> Option<Vec<char>> {
    match letter {
        'd' => Some(('0'..='9').collect()),
        'w' => Some(prefer_letters(('a'..='z').chain('0'..='9').collect())),
        's' => Some(vec![' ']),
        'D' | 'W' | 'S' | 'b' | 'B' | 'A' | 'z' | 'Z' | 'n' | 'r' | 't' | 'p' | 'P' | 'u' | 'x' => {
            None
        }
        literal => Some(vec![literal]),
    }
}

fn good() -> impl Iterator<Item = char> {
    ('a'..='z').chain('A'..='Z').chain('0'..='9').chain("-_. ".chars())
}

/// Letters and digits first, so that samples read well.
fn prefer_letters(chars: Vec<char>) -> Vec<char> {
    let (mut first, rest): (Vec<char>, Vec<char>) =
        chars.into_iter().partition(char::is_ascii_alphanumeric);
    first.extend(rest);
    first
}

#[cfg(test)]
mod tests {
    use super::matching_texts;

    #[test]
    fn texts_differ_and_match() {
        let texts = matching_texts("^[A-Z]{2}$", (2, 2), 40).unwrap_or_default();
        assert_eq!(texts.len(), 40);
        assert_eq!(texts[..3], ["AA", "BA", "CA"]);
        assert_eq!(matching_texts("^(a|b)$", (1, 5), 9), Some(vec!["a".into(), "b".into()]));
        assert_eq!(matching_texts("^(?=a).$", (1, 1), 9), None);
    }
}
