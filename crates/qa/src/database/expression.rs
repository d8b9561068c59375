//! Conditions and defaults in one form, whatever a database makes of them: PostgreSQL prints
//! `(status)::text = ANY (ARRAY['a'::character varying])` for `status IN ('a')`, and `'-5'::integer`
//! for `-5`. Two texts of one form mean the same; what is not understood equals only itself.

use std::fmt::Write as _;

use super::token::{Token, joined, tokens};

/// An expression, without casts that change nothing and without brackets.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Node {
    /// A column.
    Name(String),
    /// A text.
    Text(String),
    /// A number in its shortest form.
    Number(String),
    /// `TRUE`, `NULL`, `CURRENT_DATE`, …
    Word(String),
    /// A function or another operator, with its operands.
    Call(String, Vec<Self>),
    /// All of these.
    And(Vec<Self>),
    /// One of these.
    Or(Vec<Self>),
    /// One of several values, or none of them.
    In(Box<Self>, Vec<Self>, bool),
}

/// Words that are no columns, though they have no brackets.
const WORDS: &[&str] =
    &["TRUE", "FALSE", "NULL", "CURRENT_DATE", "CURRENT_TIME", "CURRENT_TIMESTAMP", "DEFAULT"];

/// Casts that PostgreSQL adds by itself, to compare unlike types.
const WIDENING: &[&str] = &[
    "text",
    "character varying",
    "numeric",
    "double precision",
    "bigint",
    "text[]",
    "character varying[]",
];

const NUMBERS: &[&str] = &["integer", "bigint", "smallint", "numeric", "double precision", "real"];

/// Brackets in brackets that are followed.
const DEEPEST: usize = 100;

/// The expression of a text; `None` if it is not understood.
pub(super) fn parse(sql: &str) -> Option<Node> {
    let tokens = tokens(sql);
    let mut parser = Parser { rest: &tokens, depth: 0 };
    let node = parser.any()?;
    parser.rest.is_empty().then_some(node)
}

/// The one form of a text.
pub(super) fn canonical(sql: &str) -> String {
    parse(sql).map_or_else(|| joined(&tokens(sql)), |node| node.to_string())
}

impl std::fmt::Display for Node {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sorted = |parts: &[Self], between: &str| {
            let mut texts: Vec<String> = parts.iter().map(|part| format!("({part})")).collect();
            texts.sort();
            texts.dedup();
            texts.join(between)
        };
        match self {
            Self::Name(text) => write!(f, "\"{text}\""),
            Self::Text(text) => write!(f, "'{}'", text.replace('\'', "''")),
            Self::Number(text) | Self::Word(text) => f.write_str(text),
            Self::Call(name, parts) => {
                let parts: Vec<String> = parts.iter().map(Self::to_string).collect();
                write!(f, "{name}({})", parts.join(", "))
            }
            Self::And(parts) => f.write_str(&sorted(parts, " AND ")),
            Self::Or(parts) => f.write_str(&sorted(parts, " OR ")),
            Self::In(node, parts, positive) => {
                let mut texts: Vec<String> = parts.iter().map(Self::to_string).collect();
                texts.sort();
                texts.dedup();
                match (texts.as_slice(), positive) {
                    ([one], true) => write!(f, "=({node}, {one})"),
                    ([one], false) => write!(f, "<>({node}, {one})"),
                    (_, true) => write!(f, "{node} IN ({})", texts.join(", ")),
                    (_, false) => write!(f, "{node} NOT IN ({})", texts.join(", ")),
                }
            }
        }
    }
}

/// A number in its shortest form: digits without a point, and a power of ten.
pub(super) fn number(text: &str) -> Option<String> {
    let (sign, text) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i64>().ok()?),
        None => (text, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}");
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let exponent = exponent - i64::try_from(fraction.len()).ok()?;
    let digits = digits.trim_start_matches('0');
    let short = digits.trim_end_matches('0');
    if short.is_empty() {
        return Some("0".to_owned());
    }
    let exponent = exponent + i64::try_from(digits.len() - short.len()).ok()?;
    let mut out = format!("{sign}{short}");
    if exponent != 0 {
        let _ = write!(out, "e{exponent}");
    }
    Some(out)
}

struct Parser<'a> {
    rest: &'a [Token],
    depth: usize,
}

impl Parser<'_> {
    fn word(&mut self, word: &str) -> bool {
        let fits = self.rest.first().is_some_and(|token| token.is(word));
        self.take(fits)
    }

    fn words(&mut self, first: &str, second: &str) -> bool {
        let fits = self.rest.first().is_some_and(|token| token.is(first))
            && self.rest.get(1).is_some_and(|token| token.is(second));
        self.take(fits) && self.take(true)
    }

    fn sign(&mut self, sign: &str) -> bool {
        let fits = matches!(self.rest.first(), Some(Token::Sign(text)) if *text == sign);
        self.take(fits)
    }

    fn take(&mut self, fits: bool) -> bool {
        if fits {
            self.rest = &self.rest[1..];
        }
        fits
    }

    fn any(&mut self) -> Option<Node> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return None;
        }
        let mut parts = vec![self.all()?];
        while self.word("OR") {
            parts.push(self.all()?);
        }
        self.depth -= 1;
        Some(flat(parts, Node::Or, |node| match node {
            Node::Or(parts) => Ok(parts),
            other => Err(other),
        }))
    }

    fn all(&mut self) -> Option<Node> {
        let mut parts = vec![self.negation()?];
        while self.word("AND") {
            parts.push(self.negation()?);
        }
        Some(flat(parts, Node::And, |node| match node {
            Node::And(parts) => Ok(parts),
            other => Err(other),
        }))
    }

    fn negation(&mut self) -> Option<Node> {
        let mut not = false;
        while self.word("NOT") {
            not = !not;
        }
        let node = self.comparison()?;
        Some(if not { Node::Call("NOT".to_owned(), vec![node]) } else { node })
    }

    fn comparison(&mut self) -> Option<Node> {
        let left = self.sum()?;
        if self.word("IS") {
            let not = self.word("NOT");
            let right = self.sum()?;
            return Some(binary(if not { "IS NOT" } else { "IS" }, left, right));
        }
        let not = self.word("NOT");
        if self.word("IN") {
            return Some(Node::In(Box::new(left), self.values("(", ")")?, !not));
        }
        if self.word("LIKE") {
            let right = self.sum()?;
            return Some(binary(if not { "NOT LIKE" } else { "LIKE" }, left, right));
        }
        if self.word("BETWEEN") {
            let low = self.sum()?;
            if !self.word("AND") {
                return None;
            }
            let high = self.sum()?;
            let both = Node::And(vec![binary(">=", left.clone(), low), binary("<=", left, high)]);
            return Some(if not { Node::Call("NOT".to_owned(), vec![both]) } else { both });
        }
        if not {
            return None;
        }
        for (sign, meant) in [
            ("=", "="),
            ("==", "="),
            ("<>", "<>"),
            ("!=", "<>"),
            ("<=", "<="),
            (">=", ">="),
            ("<", "<"),
            (">", ">"),
            ("~", "~"),
            ("!~", "!~"),
            ("~*", "~*"),
            ("!~*", "!~*"),
        ] {
            if !self.sign(sign) {
                continue;
            }
            return match meant {
                "=" if self.word("ANY") => Some(Node::In(Box::new(left), self.array()?, true)),
                "<>" if self.word("ALL") => Some(Node::In(Box::new(left), self.array()?, false)),
                _ => Some(binary(meant, left, self.sum()?)),
            };
        }
        Some(left)
    }

    fn sum(&mut self) -> Option<Node> {
        let mut left = self.product()?;
        while let Some(sign) = ["||", "+", "-", "->>", "->"].into_iter().find(|s| self.sign(s)) {
            left = binary(sign, left, self.product()?);
        }
        Some(left)
    }

    fn product(&mut self) -> Option<Node> {
        let mut left = self.cast()?;
        while let Some(sign) = ["*", "/", "%"].into_iter().find(|sign| self.sign(sign)) {
            left = binary(sign, left, self.cast()?);
        }
        Some(left)
    }

    fn cast(&mut self) -> Option<Node> {
        if self.sign("-") {
            self.depth += 1;
            if self.depth > DEEPEST {
                return None;
            }
            return Some(match self.cast()? {
                Node::Number(text) => Node::Number(number(&format!("-{text}"))?),
                other => Node::Call("-".to_owned(), vec![other]),
            });
        }
        let mut node = self.primary()?;
        while self.sign("::") {
            let ty = self.ty()?;
            node = cast(node, &ty);
        }
        Some(node)
    }

    fn primary(&mut self) -> Option<Node> {
        let (token, rest) = self.rest.split_first()?;
        self.rest = rest;
        match token {
            Token::Number(text) => number(text).map(Node::Number),
            Token::Text(text) => Some(Node::Text(text.clone())),
            Token::Name(text) => Some(Node::Name(text.clone())),
            Token::Sign("(") => {
                let node = self.any()?;
                self.sign(")").then_some(node)
            }
            Token::Word(word) if word.eq_ignore_ascii_case("CASE") => self.choice(),
            Token::Word(word) if matches!(self.rest.first(), Some(Token::Sign("("))) => {
                if word.eq_ignore_ascii_case("CAST") {
                    return self.written_cast();
                }
                Some(Node::Call(word.to_lowercase(), self.values("(", ")")?))
            }
            Token::Word(word) => {
                let upper = word.to_uppercase();
                Some(if WORDS.contains(&upper.as_str()) {
                    Node::Word(upper)
                } else {
                    Node::Name(word.to_lowercase())
                })
            }
            Token::Sign(_) | Token::Other(_) => None,
        }
    }

    /// `WHEN a THEN b ELSE c END`, behind `CASE`.
    fn choice(&mut self) -> Option<Node> {
        let mut parts = Vec::new();
        while self.word("WHEN") {
            parts.push(self.any()?);
            if !self.word("THEN") {
                return None;
            }
            parts.push(self.any()?);
        }
        if self.word("ELSE") {
            parts.push(self.any()?);
        }
        (!parts.is_empty() && self.word("END")).then(|| Node::Call("case".to_owned(), parts))
    }

    /// `(x AS type)`
    fn written_cast(&mut self) -> Option<Node> {
        self.take(true);
        let node = self.any()?;
        if !self.word("AS") {
            return None;
        }
        let ty = self.ty()?;
        self.sign(")").then(|| cast(node, &ty))
    }

    fn values(&mut self, open: &str, close: &str) -> Option<Vec<Node>> {
        if !self.sign(open) {
            return None;
        }
        let mut parts = Vec::new();
        while !self.sign(close) {
            if !parts.is_empty() && !self.sign(",") {
                return None;
            }
            parts.push(self.any()?);
        }
        Some(parts)
    }

    /// `(ARRAY['a'::text, 'b'::text])`, with brackets around it and a cast behind it, or not.
    fn array(&mut self) -> Option<Vec<Node>> {
        if self.sign("(") {
            self.depth += 1;
            let parts = if self.depth > DEEPEST { None } else { self.array() }?;
            if self.sign("::") {
                self.ty()?;
            }
            return self.sign(")").then_some(parts).and_then(|parts| {
                if self.sign("::") {
                    self.ty()?;
                }
                Some(parts)
            });
        }
        if self.word("ARRAY") { self.values("[", "]") } else { None }
    }

    /// A type, in lower case: `character varying(16)`, `timestamp with time zone`, `text[]`.
    fn ty(&mut self) -> Option<String> {
        let (token, rest) = self.rest.split_first()?;
        self.rest = rest;
        let mut name = token.name()?.to_lowercase();
        match name.as_str() {
            "character" if self.word("varying") => name.push_str(" varying"),
            "double" if self.word("precision") => name.push_str(" precision"),
            _ => {}
        }
        if self.sign("(") {
            name.push('(');
            while !self.sign(")") {
                let (token, rest) = self.rest.split_first()?;
                self.rest = rest;
                name.push_str(&token.to_string());
            }
            name.push(')');
        }
        for (with, text) in [("with", " with time zone"), ("without", " without time zone")] {
            if self.words(with, "time") && self.word("zone") {
                name.push_str(text);
            }
        }
        while self.sign("[") {
            name.push_str(if self.sign("]") { "[]" } else { return None });
        }
        Some(name)
    }
}

fn binary(sign: &str, left: Node, right: Node) -> Node {
    Node::Call(sign.to_owned(), vec![left, right])
}

fn flat(
    mut parts: Vec<Node>,
    make: impl Fn(Vec<Node>) -> Node,
    inner: impl Fn(Node) -> Result<Vec<Node>, Node>,
) -> Node {
    if parts.len() == 1
        && let Some(only) = parts.pop()
    {
        return only;
    }
    let mut all = Vec::new();
    for part in parts {
        match inner(part) {
            Ok(parts) => all.extend(parts),
            Err(part) => all.push(part),
        }
    }
    make(all)
}

/// A value in another type: literals stay what they say, columns too where the type is only wider.
fn cast(node: Node, ty: &str) -> Node {
    let bare = ty.split('(').next().unwrap_or(ty);
    match node {
        Node::Text(text) if NUMBERS.contains(&bare) => {
            number(&text).map_or(Node::Text(text), Node::Number)
        }
        Node::Text(text) if ty == "uuid" => Node::Text(text.replace('-', "").to_lowercase()),
        Node::Text(_) | Node::Number(_) => node,
        Node::Word(ref word) if word == "NULL" => node,
        other if WIDENING.contains(&ty) => other,
        other => Node::Call(format!("::{ty}"), vec![other]),
    }
}

#[cfg(test)]
mod tests {
    use super::{canonical, number};

    /// What the plan says beside what PostgreSQL 15 prints for it.
    #[test]
    fn what_postgresql_makes_of_a_condition_has_the_form_of_the_condition() {
        for (written, printed) in [
            ("views >= 0 AND views <= 10", "((views >= 0) AND (views <= 10))"),
            ("count >= -5", "(count >= '-5'::integer)"),
            ("ratio <= 0.50", "(ratio <= (0.5)::double precision)"),
            ("ratio <= 1e-05", "(ratio <= (0.00001)::double precision)"),
            ("price >= 0", "(price >= (0)::numeric)"),
            ("large < 5000000000", "(large < '5000000000'::bigint)"),
            (
                "color IN ('red', 'green')",
                "((color)::text = ANY ((ARRAY['red'::character varying, 'green'::character \
                 varying])::text[]))",
            ),
            ("color IN ('red')", "((color)::text = 'red'::text)"),
            (
                "c NOT IN ('a', 'b')",
                "((c)::text <> ALL ((ARRAY['a'::character varying, 'b'::character varying])::text[]))",
            ),
            ("t NOT IN ('a', 'b')", "(t <> ALL (ARRAY['a'::text, 'b'::text]))"),
            ("NOT (active)", "(NOT active)"),
            (
                "\"sayIt\" IS NOT NULL OR \"order\" IS NULL",
                "((\"sayIt\" IS NOT NULL) OR (\"order\" IS NULL))",
            ),
            (
                "len IS NULL OR length(name) <= 100",
                "((len IS NULL) OR (length((name)::text) <= 100))",
            ),
            (
                "CAST(a AS BIGINT) + CASE WHEN b IS NULL THEN 0 ELSE b END <= 2 * c",
                "(((a)::bigint + CASE WHEN (b IS NULL) THEN 0 ELSE b END) <= (2 * c))",
            ),
            ("a - b * 3 < abs(b) + 1", "((a - (b * 3)) < (abs(b) + 1))"),
            ("- a > (- b) * 2", "((- a) > ((- b) * 2))"),
            ("day >= '2020-01-01'", "(day >= '2020-01-01'::date)"),
            ("name = 'it''s \\ so'", "((name)::text = 'it''s \\ so'::text)"),
            ("a = 1 AND (b = 2 OR c = 3) AND d", "((a = 1) AND ((b = 2) OR (c = 3)) AND d)"),
            (
                "token = '0192f0c1aaaa7bbb8cccddddeeeeffff'",
                "(token = '0192f0c1-aaaa-7bbb-8ccc-ddddeeeeffff'::uuid)",
            ),
        ] {
            assert_eq!(canonical(written), canonical(printed), "{written}");
        }
    }

    #[test]
    fn other_conditions_have_other_forms() {
        let all = [
            "views >= 0",
            "views > 0",
            "views >= 1",
            "views >= -1",
            "view >= 0",
            "views <= 0",
            "views >= 0 OR a",
            "views >= 0 AND a",
            "a AND (b OR c)",
            "a AND b OR c",
            "NOT a",
            "a",
            "a IS NULL",
            "a IS NOT NULL",
            "a IN ('x', 'y')",
            "a IN ('x')",
            "a NOT IN ('x', 'y')",
            "a NOT IN ('x')",
            "a IN ('x', 'y', 'z')",
            "a = '1'",
            "a = 1",
            "a = 10",
            "a = b",
            "lower(a) = b",
            "a LIKE 'x'",
            "(a)::integer = 1",
            "a BETWEEN 1 AND 2",
            "a ? b",
            "a = (",
            "\"A\" = 1",
        ];
        for (index, one) in all.iter().enumerate() {
            for other in &all[..index] {
                assert_ne!(canonical(one), canonical(other), "{one} and {other}");
            }
        }
    }

    #[test]
    fn order_and_brackets_change_nothing() {
        assert_eq!(canonical("(a OR (b OR c)) AND d"), canonical("d AND (c OR a OR b)"));
        assert_eq!(canonical("a IN ('y', 'x')"), canonical("a IN ('x', 'y')"));
        assert_eq!(canonical("a BETWEEN 1 AND 2"), canonical("a >= 1 AND a <= 2"));
    }

    #[test]
    fn numbers_have_one_form() {
        for text in ["0.50", ".5", "5e-1", "00.5", "+0.5"] {
            assert_eq!(number(text).as_deref(), Some("5e-1"), "{text}");
        }
        assert_eq!(number("-1200").as_deref(), Some("-12e2"));
        assert_eq!(number("-0.0").as_deref(), Some("0"));
        for text in ["", "-", "a", "1.2.3", "e5", "."] {
            assert_eq!(number(text), None, "{text}");
        }
    }

    #[test]
    fn a_text_that_nests_without_end_is_only_itself() {
        for text in ["(", "- ", "NOT ", "a = ANY (", "f("] {
            let deep = text.repeat(50_000);
            assert!(canonical(&deep).len() >= 50_000, "{text}");
        }
    }
}
