//! Shorthands: the text forms of attributes, relationships and indexes, and their mapping forms,
//! read into one and the same declaration. It resolves no name.

mod attribute;
mod cursor;
mod raw;
mod relationship;

pub(crate) use attribute::{Argument, Declared, Flag, Sort, attribute};
pub(crate) use cursor::Cursor;
pub(crate) use raw::{Raw, RawValue, number as number_of};
pub(crate) use relationship::{RelationshipText, relationship};
