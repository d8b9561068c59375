//! How answers look, beside the case of their names.

use super::{Case, Pagination};

/// A member of the answer of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PagePart {
    /// The rows.
    Rows,
    /// How many there are on all pages.
    Count,
    /// How many were asked for.
    Limit,
    /// How many were passed over.
    Offset,
    /// The number of the page, from 1.
    Page,
    /// The cursor of the next page, or null.
    Next,
}

impl PagePart {
    /// All, in the order in which they are shown.
    pub const ALL: [Self; 6] =
        [Self::Rows, Self::Count, Self::Limit, Self::Offset, Self::Page, Self::Next];

    /// The key of `envelope` that names it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Rows => "many",
            Self::Count => "count",
            Self::Limit => "limit",
            Self::Offset => "offset",
            Self::Page => "page",
            Self::Next => "next",
        }
    }

    /// Its name where nothing else is declared, in snake case.
    pub fn name(self) -> &'static str {
        match self {
            Self::Rows => "items",
            Self::Count => "total",
            Self::Limit => "limit",
            Self::Offset => "offset",
            Self::Page => "page",
            Self::Next => "next_cursor",
        }
    }

    /// Whether pages of this kind have it.
    pub fn belongs_to(self, pagination: Pagination) -> bool {
        match self {
            Self::Rows | Self::Limit => true,
            Self::Count => pagination != Pagination::Cursor,
            Self::Offset => pagination == Pagination::Offset,
            Self::Page => pagination == Pagination::Page,
            Self::Next => pagination == Pagination::Cursor,
        }
    }
}

/// What stands around the rows of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ListForm {
    /// Nothing: `[…]`.
    Array,
    /// An object with these members, by their names on the wire, in canonical order; one of them is the rows.
    Page(Vec<(PagePart, String)>),
}

impl ListForm {
    /// The form where nothing is declared.
    pub fn usual(case: Case) -> Self {
        let name = |part: PagePart| match (part, case) {
            (PagePart::Next, Case::Camel) => "nextCursor",
            _ => part.name(),
        };
        Self::Page(PagePart::ALL.map(|part| (part, name(part).to_owned())).into())
    }

    /// The form with what pages of a kind have.
    #[must_use]
    pub fn of(&self, pagination: Pagination) -> Self {
        match self {
            Self::Array => Self::Array,
            Self::Page(members) => {
                let members = members.iter().filter(|(part, _)| part.belongs_to(pagination));
                Self::Page(members.cloned().collect())
            }
        }
    }

    /// Its members; a bare array has none.
    pub fn members(&self) -> &[(PagePart, String)] {
        match self {
            Self::Array => &[],
            Self::Page(members) => members,
        }
    }

    /// Whether it shows a member.
    pub fn shows(&self, part: PagePart) -> bool {
        self.wire(part).is_some()
    }

    /// The name of a member on the wire, if it is shown.
    pub fn wire(&self, part: PagePart) -> Option<&str> {
        let mut members = self.members().iter();
        members.find(|(known, _)| *known == part).map(|(_, wire)| wire.as_str())
    }
}

/// What stands around one row.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RowForm {
    /// The only member of an answer with one row; the row stands alone where there is none.
    pub answer: Option<String>,
    /// The only member of a request with one row; the row stands alone where there is none.
    pub body: Option<String>,
}

/// Status codes of answers to writes that succeed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Statuses {
    /// With the row that was created: 200 or 201.
    pub create: u16,
    /// Without a body: 200 or 204.
    pub delete: u16,
}

impl Default for Statuses {
    fn default() -> Self {
        Self { create: 201, delete: 204 }
    }
}
