//! JSON to a tree, strictly by RFC 8259. A reader of our own because no other keeps places.

use stratapi_diagnostics::{Code, Diagnostic};

use super::reading::{Document, MAX_DEPTH, Reading};
use super::{Entry, Node, Text, Value, decode};
use crate::model::Spanned;

/// Reads one document. `None` if it is broken; the reasons are in `reading`.
pub(super) fn read(document: Document<'_>, reading: &mut Reading) -> Option<Node> {
    let mut reader = Reader { document, reading, at: 0 };
    reader.blank();
    if reader.peek().is_none() {
        return Some(Node { span: document.span(0, 0), value: Value::Null });
    }
    let node = reader.value(0)?;
    reader.blank();
    if reader.peek().is_some() {
        return reader.fail("expected the end of the document", "");
    }
    Some(node)
}

struct Reader<'a, 'r> {
    document: Document<'a>,
    reading: &'r mut Reading,
    at: usize,
}

impl Reader<'_, '_> {
    fn peek(&self) -> Option<u8> {
        self.document.text.as_bytes().get(self.at).copied()
    }

    fn blank(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn fail<T>(&mut self, message: &str, help: &str) -> Option<T> {
        let error =
            Diagnostic::error(Code::E0101, message).at(self.document.character(self.at), "");
        self.reading.push(if help.is_empty() { error } else { error.help(help) });
        None
    }

    fn node(&mut self, start: usize, value: Value) -> Option<Node> {
        let span = self.document.span(start, self.at);
        (self.reading.count(span) && !self.reading.is_full()).then_some(Node { span, value })
    }

    fn value(&mut self, depth: usize) -> Option<Node> {
        let start = self.at;
        match self.peek() {
            Some(b'{' | b'[') if depth >= MAX_DEPTH => {
                self.reading.too_deep(self.document.character(start));
                None
            }
            Some(b'{') => self.object(depth),
            Some(b'[') => self.array(depth),
            Some(b'"') => self.string(),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b'a'..=b'z' | b'A'..=b'Z') => self.word(),
            Some(b'/' | b'#') => self.fail("expected a value", "JSON has no comments"),
            Some(b'\'') => self.fail("expected a value", "text stands in double quotes"),
            Some(b']' | b'}') => self.fail("expected a value", "remove the comma before it"),
            _ => self.fail("expected a value", ""),
        }
    }

    fn word(&mut self) -> Option<Node> {
        let start = self.at;
        let rest = &self.document.text[start..];
        let length = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        let value = match &rest[..length] {
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            "null" => Value::Null,
            _ => return self.fail("expected a value", "text stands in double quotes"),
        };
        self.at += length;
        self.node(start, value)
    }

    fn digits(&mut self) -> usize {
        let start = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        self.at - start
    }

    fn number(&mut self) -> Option<Node> {
        let start = self.at;
        let mut whole = true;
        self.at += usize::from(self.peek() == Some(b'-'));
        let leading_zero = self.peek() == Some(b'0');
        let count = self.digits();
        if count == 0 || (leading_zero && count > 1) {
            self.at = start;
            return self.fail("not a number of JSON", "write it without leading zeros");
        }
        if self.peek() == Some(b'.') {
            whole = false;
            self.at += 1;
            if self.digits() == 0 {
                return self.fail("expected a digit", "");
            }
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            whole = false;
            self.at += 1;
            self.at += usize::from(matches!(self.peek(), Some(b'+' | b'-')));
            if self.digits() == 0 {
                return self.fail("expected a digit", "");
            }
        }
        let text = self.document.text[start..self.at].to_owned();
        let value = match text.as_str() {
            "-0" => Value::Int("0".to_owned()),
            _ if whole => Value::Int(text),
            _ => Value::Float(text),
        };
        self.node(start, value)
    }

    fn array(&mut self, depth: usize) -> Option<Node> {
        let start = self.at;
        let mut items = Vec::new();
        self.at += 1;
        self.blank();
        if self.peek() != Some(b']') {
            loop {
                self.blank();
                items.push(self.value(depth + 1)?);
                self.blank();
                match self.peek() {
                    Some(b',') => self.at += 1,
                    Some(b']') => break,
                    _ => return self.fail("expected `,` or `]`", ""),
                }
            }
        }
        self.at += 1;
        self.node(start, Value::Seq(items))
    }

    fn object(&mut self, depth: usize) -> Option<Node> {
        let start = self.at;
        let mut entries = Vec::new();
        self.at += 1;
        self.blank();
        if self.peek() != Some(b'}') {
            loop {
                self.blank();
                entries.push(self.entry(depth)?);
                self.blank();
                match self.peek() {
                    Some(b',') => self.at += 1,
                    Some(b'}') => break,
                    _ => return self.fail("expected `,` or `}`", ""),
                }
            }
        }
        self.at += 1;
        let span = self.document.span(start, self.at);
        let node = self.reading.mapping(entries, span);
        self.node(start, node.value)
    }

    fn entry(&mut self, depth: usize) -> Option<Entry> {
        if self.peek() != Some(b'"') {
            let closed = self.peek() == Some(b'}');
            let help =
                if closed { "remove the comma before it" } else { "keys stand in double quotes" };
            return self.fail("expected a key", help);
        }
        let Node { span, value: Value::Text(Text { value, .. }) } = self.string()? else {
            return None;
        };
        self.blank();
        if self.peek() != Some(b':') {
            return self.fail("expected `:`", "");
        }
        self.at += 1;
        self.blank();
        let node = self.value(depth + 1)?;
        Some(Entry { key: Spanned { value, span }, value: node })
    }

    fn string(&mut self) -> Option<Node> {
        let start = self.at;
        let mut value = String::new();
        let mut verbatim = true;
        self.at += 1;
        loop {
            let rest = &self.document.text[self.at..];
            let Some(plain) = rest.find(['"', '\\', '\n', '\t', '\r']) else {
                self.at = start;
                return self.fail("the quote is never closed", "");
            };
            value.push_str(&rest[..plain]);
            self.at += plain;
            match self.peek() {
                Some(b'"') => break,
                Some(b'\\') => {
                    verbatim = false;
                    let c = self.escape()?;
                    value.push(c);
                }
                _ => {
                    return self
                        .fail("a line break or tab can't stand in text", "write `\\n` or `\\t`");
                }
            }
        }
        self.at += 1;
        let text = Value::Text(Text { value, verbatim });
        let mut node = self.node(start, text)?;
        if verbatim {
            node.span = self.document.span(start + 1, self.at - 1);
        }
        Some(node)
    }

    fn escape(&mut self) -> Option<char> {
        let start = self.at;
        self.at += 2;
        let c = match self.document.text.as_bytes().get(start + 1) {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => self.unicode(start)?,
            _ => {
                self.at = start;
                return self.fail("an unknown escape", "write `\\\\` for a backslash");
            }
        };
        if decode::is_forbidden(c) {
            let span = self.document.span(start, self.at);
            self.reading.push(decode::forbidden(c).at(span, "this escape"));
        }
        Some(c)
    }

    fn unicode(&mut self, start: usize) -> Option<char> {
        let Some(first) = self.four_digits() else {
            self.at = start;
            return self.fail("expected four hexadecimal digits", "");
        };
        let mut code = first;
        if (0xd800..0xdc00).contains(&first)
            && self.document.text.as_bytes().get(self.at..self.at + 2) == Some(b"\\u")
        {
            self.at += 2;
            let second = self.four_digits().unwrap_or(0);
            if (0xdc00..0xe000).contains(&second) {
                code = 0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00);
            }
        }
        if let Some(c) = char::from_u32(code) {
            return Some(c);
        }
        let span = self.document.span(start, start + 6);
        self.reading.push(
            Diagnostic::error(Code::E0108, "an escape is no character")
                .at(span, "half of a pair")
                .help("surrogates (\\uD800 to \\uDFFF) come in pairs"),
        );
        None
    }

    fn four_digits(&mut self) -> Option<u32> {
        let digits = self.document.text.get(self.at..self.at + 4)?;
        if !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        self.at += 4;
        u32::from_str_radix(digits, 16).ok()
    }
}
