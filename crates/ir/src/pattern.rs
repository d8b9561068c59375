//! Regular expressions: the subset that Python, JavaScript (ECMA-262) and Rust read alike.
//! A pattern outside it is refused, with what to write instead.

/// What is wrong, and what helps.
type Refusal = (String, String);

const LONGEST: usize = 500;
const DEEPEST: u32 = 16;
const MOST_REPEATS: u32 = 1000;

/// Checks that a pattern lies in the common subset.
pub(crate) fn check(pattern: &str) -> Result<(), Refusal> {
    if pattern.len() > LONGEST {
        return refuse(
            format!("the pattern is longer than {LONGEST} bytes"),
            "say the rest in the service, or shorten it",
        );
    }
    if let Some(c) = pattern.chars().find(|c| c.is_control()) {
        return refuse(
            format!("the pattern holds the control character U+{:04X}", c as u32),
            "leave it out: a `string` has no control characters",
        );
    }
    let mut reader = Reader { rest: pattern, depth: 0 };
    reader.alternatives()?;
    if !reader.rest.is_empty() {
        return refuse("an unopened `)` stands in the pattern", "write `\\)` for the character");
    }
    match regex::Regex::new(pattern) {
        Ok(_) => Ok(()),
        Err(_) => refuse("the pattern is no regular expression", "write a simpler one"),
    }
}

/// Whether a text matches a pattern that was checked; one that was refused matches everything.
pub(crate) fn matches(pattern: &str, text: &str) -> bool {
    regex::Regex::new(pattern).map_or(true, |regex| regex.is_match(text))
}

fn refuse<T>(message: impl Into<String>, help: impl Into<String>) -> Result<T, Refusal> {
    Err((message.into(), help.into()))
}

struct Reader<'a> {
    rest: &'a str,
    depth: u32,
}

impl Reader<'_> {
    fn bump(&mut self) -> Option<char> {
        let c = self.rest.chars().next()?;
        self.rest = &self.rest[c.len_utf8()..];
        Some(c)
    }

    fn eat(&mut self, token: &str) -> bool {
        match self.rest.strip_prefix(token) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    /// Up to the end or a `)`. Returns whether something in it repeats without end.
    fn alternatives(&mut self) -> Result<bool, Refusal> {
        let mut endless = false;
        while !self.rest.is_empty() && !self.rest.starts_with(')') {
            if self.eat("|") {
                continue;
            }
            let inner = self.atom()?;
            endless |= self.quantifier(inner)?;
        }
        Ok(endless)
    }

    /// One character, class or group; `None` for an anchor, which can't repeat.
    fn atom(&mut self) -> Result<Option<bool>, Refusal> {
        match self.bump() {
            Some('^' | '$') => Ok(None),
            Some('(') => self.group().map(Some),
            Some('[') => self.class().map(|()| Some(false)),
            Some('\\') => self.escape().map(|_| Some(false)),
            Some(c @ ('*' | '+' | '?')) => refuse(
                format!("nothing stands in front of `{c}`"),
                format!("write `\\{c}` for the character"),
            ),
            Some(c @ ('{' | '}' | ']')) => refuse(
                format!("a bare `{c}` is not read alike everywhere"),
                format!("write `\\{c}`"),
            ),
            _ => Ok(Some(false)),
        }
    }

    fn group(&mut self) -> Result<bool, Refusal> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return refuse(
                format!("more than {DEEPEST} groups stand inside each other"),
                "simplify it",
            );
        }
        if !self.eat("?:") && self.rest.starts_with('?') {
            return refuse(
                "look-around, named groups and inline flags are not read alike everywhere",
                "use plain groups `(…)` or `(?:…)`",
            );
        }
        let endless = self.alternatives()?;
        self.depth -= 1;
        if self.eat(")") {
            Ok(endless)
        } else {
            refuse("a group is not closed", "add `)`, or write `\\(`")
        }
    }

    fn class(&mut self) -> Result<(), Refusal> {
        self.eat("^");
        if self.rest.starts_with(']') {
            return refuse("a class `[]` is empty", "write `\\]` for the character");
        }
        let mut last: Option<char> = None;
        while !self.eat("]") {
            for token in ["&&", "--", "~~", "||", "["] {
                if self.rest.starts_with(token) {
                    return refuse(
                        format!("`{token}` inside a class is not read alike everywhere"),
                        "write `\\[` for a bracket, and each other character once",
                    );
                }
            }
            let c = match self.bump() {
                None => return refuse("a class is not closed", "add `]`, or write `\\[`"),
                Some('\\') => self.escape()?,
                Some(c) => c,
            };
            last = if c == '-' && last.is_some() && !self.rest.starts_with(']') {
                self.range_end(last)?;
                None
            } else {
                Some(c)
            };
        }
        Ok(())
    }

    fn range_end(&mut self, start: Option<char>) -> Result<(), Refusal> {
        let end = match self.bump() {
            Some('\\') => Some(self.escape()?),
            other => other,
        };
        match (start, end) {
            (Some(start), Some(end)) if start <= end => Ok(()),
            _ => refuse(
                "a range of a class is the wrong way round",
                "put the smaller character first",
            ),
        }
    }

    fn escape(&mut self) -> Result<char, Refusal> {
        let instead = |c: char, text: &str| {
            refuse(
                format!("`\\{c}` means different characters in different languages"),
                format!("write `{text}`"),
            )
        };
        match self.bump() {
            Some(c) if "^$\\.*+?()[]{}|/-".contains(c) => Ok(c),
            Some(c @ 'd') => instead(c, "[0-9]"),
            Some(c @ 'D') => instead(c, "[^0-9]"),
            Some(c @ 'w') => instead(c, "[A-Za-z0-9_]"),
            Some(c @ 'W') => instead(c, "[^A-Za-z0-9_]"),
            Some(c @ ('s' | 'S')) => instead(c, "[ ]"),
            Some(c @ '0'..='9') => refuse(
                format!("`\\{c}`: a pattern may not refer back to a group"),
                "repeat the group",
            ),
            Some(c) => refuse(
                format!("`\\{c}` is not read alike everywhere"),
                "write the character itself, or the class of characters that is meant",
            ),
            None => refuse("a backslash ends the pattern", "write `\\\\` for the character"),
        }
    }

    /// What repeats the atom before. Returns whether it, or the atom, repeats without end.
    fn quantifier(&mut self, inner: Option<bool>) -> Result<bool, Refusal> {
        let (endless, most) = match self.rest.chars().next() {
            Some('*' | '+') => (true, 0),
            Some('?') => (false, 1),
            Some('{') => self.counted()?,
            _ => return Ok(inner.unwrap_or(false)),
        };
        self.bump();
        let Some(inner) = inner else {
            return refuse("an anchor can't be repeated", "leave the quantifier out");
        };
        if self.rest.starts_with('+') || self.rest.starts_with('*') || self.rest.starts_with('{') {
            return refuse(
                "a quantifier follows a quantifier, which is not read alike everywhere",
                "leave one of them out",
            );
        }
        self.eat("?");
        if inner && (endless || most > 1) {
            return refuse(
                "a group that repeats holds something that repeats without end: matching could take forever",
                "bound the inner one, as in `{1,40}`, or write the pattern without nesting",
            );
        }
        Ok(endless || inner)
    }

    /// `{n}`, `{n,}` or `{n,m}`, up to its `}`.
    fn counted(&mut self) -> Result<(bool, u32), Refusal> {
        self.bump();
        let end = self.rest.find('}').unwrap_or(self.rest.len());
        let (text, rest) = self.rest.split_at(end);
        let (low, high) = match text.split_once(',') {
            Some((low, high)) => (low, Some(high)),
            None => (text, None),
        };
        let count = |text: &str| text.parse::<u32>().ok().filter(|n| *n <= MOST_REPEATS);
        self.rest = rest;
        match (count(low), high) {
            (Some(low), None) => Ok((false, low)),
            (Some(_), Some("")) => Ok((true, 0)),
            (Some(low), Some(high)) if count(high).is_some_and(|high| low <= high) => {
                Ok((false, count(high).unwrap_or(low)))
            }
            _ => refuse(
                "the numbers of a repetition are wrong",
                format!("write `{{2,5}}`, at most {MOST_REPEATS}; `\\{{` for the character"),
            ),
        }
    }
}
