//! Sources and places in them.

/// Identifies a source of one run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A range of bytes of one source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The source.
    pub file: FileId,
    /// Byte offset of the first byte.
    pub start: u32,
    /// Byte offset behind the last byte.
    pub end: u32,
}

impl Span {
    /// The range `start..end` of `file`, in bytes.
    pub const fn new(file: FileId, start: u32, end: u32) -> Self {
        Self { file, start, end }
    }

    /// A part of this span, in bytes from its start.
    #[must_use]
    pub const fn part(self, start: u32, end: u32) -> Self {
        Self { file: self.file, start: self.start + start, end: self.start + end }
    }

    /// The span from the start of this one to the end of `other`.
    #[must_use]
    pub const fn to(self, other: Self) -> Self {
        Self { file: self.file, start: self.start, end: other.end }
    }
}

/// A position for people: both count from 1, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineColumn {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

/// One source text.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// Its name as shown to people: relative, with forward slashes.
    pub name: String,
    /// Its text.
    pub text: String,
    line_starts: Vec<u32>,
}

/// All sources of one run.
#[derive(Debug, Clone, Default)]
pub struct SourceMap {
    files: Vec<SourceFile>,
}

impl SourceMap {
    /// Adds a source of at most 4 GiB.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> FileId {
        let id = FileId(offset(self.files.len()));
        let text = text.into();
        let line_starts = std::iter::once(0)
            .chain(
                text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(i, _)| offset(i + 1)),
            )
            .collect();
        self.files.push(SourceFile { name: name.into(), text, line_starts });
        id
    }

    /// The source behind an id of this map.
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    /// All sources, in the order in which they were read.
    pub fn files(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        self.files.iter().enumerate().map(|(i, file)| (FileId(offset(i)), file))
    }

    /// The text that a span covers.
    pub fn text(&self, span: Span) -> &str {
        &self.file(span.file).text[span.start as usize..span.end as usize]
    }

    /// Where a span starts.
    pub fn position(&self, span: Span) -> LineColumn {
        self.file(span.file).position(span.start)
    }
}

impl SourceFile {
    /// The position of a byte offset. A byte order mark at the start takes no column.
    pub fn position(&self, byte: u32) -> LineColumn {
        let line = self.line_of(byte);
        let start = self.line_starts[line as usize - 1] as usize;
        let before = self.text.get(start..byte as usize).unwrap_or_default();
        let column = before.strip_prefix('\u{feff}').unwrap_or(before).chars().count();
        LineColumn { line, column: offset(column + 1) }
    }

    /// The line of a byte offset, from 1.
    pub(crate) fn line_of(&self, byte: u32) -> u32 {
        offset(self.line_starts.partition_point(|start| *start <= byte).max(1))
    }

    /// The byte at which a line starts, and its text without its end.
    pub(crate) fn line(&self, number: u32) -> (u32, &str) {
        let index = number as usize - 1;
        let start = self.line_starts[index];
        let end = self.line_starts.get(index + 1).map_or(self.text.len(), |next| *next as usize);
        (start, self.text[start as usize..end].trim_end_matches(['\n', '\r']))
    }
}

fn offset(value: usize) -> u32 {
    u32::try_from(value).unwrap_or_else(|_| crate::bug!("a source over 4 GiB"))
}
