//! YAML events to a tree. Only what the language needs of YAML: no tags, anchors or merge keys.

use std::borrow::Cow;

use saphyr_parser::{Event, Parser, ScalarStyle, Span as Marks};
use stratapi_diagnostics::{Code, Diagnostic, Span};

use super::offsets::Offsets;
use super::reading::{Document, MAX_DEPTH, Reading};
use super::yaml_input::{Characters, Window};
use super::{Entry, Node, Text, Value, decode, scalar, yaml_errors};
use crate::model::Spanned;

/// Reads one document. `None` if its structure is broken; the reasons are in `reading`.
pub(super) fn read(document: Document<'_>, reading: &mut Reading) -> Option<Node> {
    refuse_directives(document, reading);
    let window = Window::new();
    let mut parser = Parser::new(Characters::new(document.text, &window));
    let mut builder = Builder {
        document,
        offsets: Offsets::new(document.text),
        reading,
        open: Vec::new(),
        root: None,
        last_end: 0,
    };
    let mut documents = 0;
    loop {
        let event = parser.next_event()?;
        if window.is_used_up() {
            builder.too_long();
            return None;
        }
        window.renew();
        match event {
            Ok((Event::StreamEnd, _)) => break,
            Ok((Event::DocumentStart(_), marks)) => {
                documents += 1;
                if documents > 1 {
                    builder.second_document(marks);
                    return None;
                }
            }
            Ok((event, marks)) => builder.take(event, marks)?,
            Err(error) => {
                let at = builder.offsets.byte(error.marker().index());
                builder.reading.push(yaml_errors::explain(document, at, error.info()));
                return None;
            }
        }
        if builder.reading.is_full() {
            return None;
        }
    }
    let empty = Node { span: document.span(0, 0), value: Value::Null };
    Some(builder.root.unwrap_or(empty))
}

fn refuse_directives(document: Document<'_>, reading: &mut Reading) {
    let mut at = 0;
    for line in document.text.split_inclusive('\n') {
        let text = line.trim();
        if line.starts_with('%') {
            reading.push(
                Diagnostic::error(Code::E0103, "YAML directives are not supported")
                    .at(document.span(at, at + text.len()), "a directive")
                    .help("remove the line: documents are read as YAML 1.2"),
            );
        } else if !text.is_empty() && !text.starts_with('#') {
            break;
        }
        at += line.len();
    }
}

/// A list or mapping whose end has not come yet.
struct Open {
    start: usize,
    bracketed: bool,
    content: Content,
}

enum Content {
    Seq(Vec<Node>),
    Map { entries: Vec<Entry>, key: Key },
}

/// What a mapping waits for.
enum Key {
    /// A key.
    Wanted,
    /// The value of this key.
    Read(Spanned<String>),
    /// The value of a key that was refused.
    Refused,
}

struct Builder<'a, 'r> {
    document: Document<'a>,
    offsets: Offsets<'a>,
    reading: &'r mut Reading,
    open: Vec<Open>,
    root: Option<Node>,
    /// Byte behind the last thing that was read.
    last_end: usize,
}

impl Builder<'_, '_> {
    fn take(&mut self, event: Event<'_>, marks: Marks) -> Option<()> {
        let start = self.offsets.byte(marks.start.index());
        match event {
            Event::Scalar(value, style, anchor, tag) => {
                let end = self.offsets.byte(marks.end.index());
                self.refuse_properties(anchor, tag.is_some(), start);
                self.scalar(value, style, start, end)
            }
            Event::Alias(_) => {
                let span = self.word(start);
                self.reading.push(refused_anchor("aliases", "an alias", span));
                self.last_end = self.offsets.byte(marks.end.index());
                self.place(Node { span, value: Value::Null })
            }
            Event::SequenceStart(anchor, tag) => {
                self.refuse_properties(anchor, tag.is_some(), start);
                self.start(start, Content::Seq(Vec::new()))
            }
            Event::MappingStart(anchor, tag) => {
                self.refuse_properties(anchor, tag.is_some(), start);
                self.start(start, Content::Map { entries: Vec::new(), key: Key::Wanted })
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(start),
            _ => Some(()),
        }
    }

    fn start(&mut self, start: usize, content: Content) -> Option<()> {
        if let Some(Open { content: Content::Map { key: Key::Wanted, .. }, .. }) = self.open.last()
        {
            let span = self.document.character(start);
            self.reading.push(
                Diagnostic::error(Code::E0103, "a key must be text")
                    .at(span, "a list or mapping can't be a key"),
            );
            return None;
        }
        if self.open.len() >= MAX_DEPTH {
            self.reading.too_deep(self.document.character(start));
            return None;
        }
        let list = matches!(content, Content::Seq(_));
        let bracketed = self.byte(start) == Some(if list { b'[' } else { b'{' });
        let start = if list && !bracketed { self.dash(start) } else { start };
        self.last_end = self.last_end.max(if bracketed { start + 1 } else { start });
        self.open.push(Open { start, bracketed, content });
        Some(())
    }

    /// Where a list starts: lists that are not indented begin, for the parser, behind their dash.
    fn dash(&self, start: usize) -> usize {
        if self.byte(start) == Some(b'-') {
            return start;
        }
        let colon = self.skip(self.last_end, false);
        let from = if self.byte(colon) == Some(b':') { colon + 1 } else { colon };
        let dash = self.skip(from, true);
        if self.byte(dash) == Some(b'-') { dash } else { start }
    }

    fn end(&mut self, at: usize) -> Option<()> {
        let open = self.open.pop()?;
        if open.bracketed {
            self.last_end = at + 1;
        }
        let span = self.document.span(open.start, self.last_end.max(open.start));
        let node = match open.content {
            Content::Seq(items) => Node { span, value: Value::Seq(items) },
            Content::Map { entries, .. } => self.reading.mapping(entries, span),
        };
        self.place(node)
    }

    /// Puts a finished value where it belongs.
    fn place(&mut self, node: Node) -> Option<()> {
        if !self.reading.count(node.span) {
            return None;
        }
        let Some(Open { content, .. }) = self.open.last_mut() else {
            self.root = Some(node);
            return Some(());
        };
        match content {
            Content::Seq(items) => items.push(node),
            Content::Map { entries, key } => match std::mem::replace(key, Key::Refused) {
                Key::Read(name) => {
                    entries.push(Entry { key: name, value: node });
                    *key = Key::Wanted;
                }
                Key::Refused => *key = Key::Wanted,
                Key::Wanted => {
                    let name = self.key(node);
                    if let Some(Open { content: Content::Map { key, .. }, .. }) =
                        self.open.last_mut()
                    {
                        *key = name;
                    }
                }
            },
        }
        Some(())
    }

    fn key(&mut self, node: Node) -> Key {
        let written = self.written(node.span);
        let (message, help) = match node.value {
            Value::Text(Text { value, verbatim }) if value != "<<" || !verbatim => {
                return Key::Read(Spanned { value, span: node.span });
            }
            Value::Text(Text { value, .. }) if self.is_quoted(node.span) => {
                return Key::Read(Spanned { value, span: node.span });
            }
            Value::Text(_) => ("merge keys are not supported", "write the keys out"),
            Value::Null if written.is_empty() => {
                ("a key is missing", "write a name before the `:`")
            }
            _ => ("a key must be text", "put it in quotes"),
        };
        let mut error =
            Diagnostic::error(Code::E0103, message).at(node.span, "this key").help(help);
        if help.contains("quotes") {
            error = error.fix(node.span, format!("\"{written}\""));
        }
        self.reading.push(error);
        Key::Refused
    }

    fn scalar(
        &mut self,
        value: Cow<'_, str>,
        style: ScalarStyle,
        start: usize,
        end: usize,
    ) -> Option<()> {
        let node = match style {
            ScalarStyle::Plain if value.is_empty() => self.nothing(start),
            ScalarStyle::Plain => self.plain(value, start, end),
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => self.quoted(value, start),
            ScalarStyle::Literal | ScalarStyle::Folded => {
                let written = self.document.text.get(start..end).unwrap_or_default();
                let end = start + written.trim_end().len();
                self.last_end = end;
                let value = Text { value: value.into_owned(), verbatim: false };
                Node { span: self.document.span(start, end), value: Value::Text(value) }
            }
        };
        self.place(node)
    }

    /// A value that is not there stands behind the sign that announced it.
    fn nothing(&mut self, at: usize) -> Node {
        let announced = self.skip(self.last_end, true);
        if at >= self.last_end && self.byte(at) == Some(b':') {
            self.last_end = at + 1;
        } else if matches!(self.byte(announced), Some(b'-' | b':' | b'?')) {
            self.last_end = announced + 1;
        }
        Node { span: self.document.span(self.last_end, self.last_end), value: Value::Null }
    }

    fn plain(&mut self, value: Cow<'_, str>, start: usize, end: usize) -> Node {
        let start = self.skip_properties(start);
        self.last_end = end;
        let span = self.document.span(start, end);
        let value = scalar::resolve(&value).unwrap_or_else(|| {
            let verbatim = self.document.text.get(start..end) == Some(&*value);
            Value::Text(Text { value: value.into_owned(), verbatim })
        });
        Node { span, value }
    }

    fn quoted(&mut self, value: Cow<'_, str>, start: usize) -> Node {
        let start = self.skip_properties(start);
        let end = self.closing_quote(start);
        self.last_end = end;
        let inner = (start + 1)..(end.saturating_sub(1).max(start + 1));
        let verbatim = self.document.text.get(inner.clone()) == Some(&*value);
        let span = if verbatim {
            self.document.span(inner.start, inner.end)
        } else {
            self.refuse_escaped(&value, start, end);
            self.document.span(start, end)
        };
        Node { span, value: Value::Text(Text { value: value.into_owned(), verbatim }) }
    }

    fn refuse_escaped(&mut self, value: &str, start: usize, end: usize) {
        if let Some(c) = value.chars().find(|c| decode::is_forbidden(*c)) {
            let span = self.document.span(start, end);
            self.reading.push(decode::forbidden(c).at(span, "an escape in this text makes it"));
        }
    }

    /// Byte behind the quote that closes the text that starts here.
    fn closing_quote(&self, start: usize) -> usize {
        let bytes = self.document.text.as_bytes();
        let quote = bytes.get(start).copied().unwrap_or(b'"');
        let mut at = start + 1;
        while let Some(byte) = bytes.get(at) {
            match *byte {
                b'\\' if quote == b'"' => at += 2,
                b'\'' if quote == b'\'' && bytes.get(at + 1) == Some(&b'\'') => at += 2,
                byte if byte == quote => return at + 1,
                _ => at += 1,
            }
        }
        bytes.len()
    }

    fn refuse_properties(&mut self, anchor: usize, tagged: bool, start: usize) {
        if anchor > 0 {
            let at = self.property(start, b'&');
            let span = self.word(at);
            self.reading.push(refused_anchor("anchors", "an anchor", span));
        }
        if tagged {
            let at = self.property(start, b'!');
            let span = self.word(at);
            self.reading.push(
                Diagnostic::error(Code::E0103, "YAML tags are not supported")
                    .at(span, "a tag")
                    .help("remove it: the language knows the type of every value"),
            );
        }
    }

    /// Where the property with this sign stands, of the up to two before a value.
    fn property(&self, start: usize, sign: u8) -> usize {
        if self.byte(start) == Some(sign) {
            return start;
        }
        let second = self.skip(start + self.word_length(start), true);
        if self.byte(second) == Some(sign) { second } else { start }
    }

    fn skip_properties(&self, start: usize) -> usize {
        let mut at = start;
        while matches!(self.byte(at), Some(b'&' | b'!')) {
            at = self.skip(at + self.word_length(at).max(1), true);
        }
        at
    }

    fn word_length(&self, at: usize) -> usize {
        let rest = self.document.text.get(at..).unwrap_or_default();
        rest.find(|c: char| c.is_whitespace() || matches!(c, ',' | '[' | ']' | '{' | '}'))
            .unwrap_or(rest.len())
    }

    fn word(&self, at: usize) -> Span {
        self.document.span(at, at + self.word_length(at))
    }

    /// The next byte that is not white space (of one line or many) or part of a comment.
    fn skip(&self, from: usize, lines: bool) -> usize {
        let bytes = self.document.text.as_bytes();
        let mut at = from;
        while let Some(byte) = bytes.get(at) {
            match byte {
                b' ' | b'\t' => at += 1,
                b'\r' | b'\n' if lines => at += 1,
                b'#' if lines => {
                    let rest = &bytes[at..];
                    at += rest.iter().position(|b| *b == b'\n').unwrap_or(rest.len());
                }
                _ => break,
            }
        }
        at
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.document.text.as_bytes().get(at).copied()
    }

    fn written(&self, span: Span) -> String {
        let (start, end) = (span.start - self.document.base, span.end - self.document.base);
        self.document.text.get(start as usize..end as usize).unwrap_or_default().to_owned()
    }

    fn is_quoted(&self, span: Span) -> bool {
        let start = (span.start - self.document.base) as usize;
        start > 0 && matches!(self.byte(start - 1), Some(b'"' | b'\''))
    }

    fn too_long(&mut self) {
        let span = self.document.character(self.last_end);
        self.reading.push(
            Diagnostic::error(Code::E0105, "a single value or bracketed list is too long")
                .at(span, "it starts behind this")
                .help("write long lists in block style, one item a line"),
        );
    }

    fn second_document(&mut self, marks: Marks) {
        let at = self.offsets.byte(marks.start.index());
        let length =
            if self.document.text.get(at..).is_some_and(|t| t.starts_with("---")) { 3 } else { 0 };
        self.reading.push(
            Diagnostic::error(Code::E0107, "the file has more than one document")
                .at(self.document.span(at, at + length), "a second document starts here")
                .help("put it in a file of its own and name that under `include`"),
        );
    }
}

fn refused_anchor(what: &str, label: &str, span: Span) -> Diagnostic {
    Diagnostic::error(Code::E0103, format!("YAML {what} are not supported"))
        .at(span, label)
        .help("share attributes through `mixins`, or write the value out")
}
