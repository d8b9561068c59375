//! Access rules, split into what a dependency can decide and what needs the row.

use crate::{ConditionPlan, PyIdent};

/// The rule of one operation.
#[derive(Debug, Clone, PartialEq)]
pub struct AccessPlan {
    /// What is known before any row is read.
    pub gate: Gate,
    /// What is left to decide with the row; `None` means nothing.
    pub row: Option<Predicate>,
}

/// What is known before any row is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Gate {
    /// Anybody. With a row predicate left, the caller may be signed in and is looked at.
    Public,
    /// Must be signed in, else 401.
    Authenticated,
    /// Must have one of these roles (indexes in `AuthPlan::roles`, ascending), else 401 or 403.
    Roles(Vec<usize>),
}

/// A condition over the row and the caller. A caller who is not signed in has no role and owns nothing.
#[derive(Debug, Clone, PartialEq)]
pub enum Predicate {
    /// Always.
    True,
    /// Never.
    False,
    /// The caller is signed in.
    SignedIn,
    /// The caller has one of these roles (indexes in `AuthPlan::roles`, ascending).
    Role(Vec<usize>),
    /// The row is the caller's account.
    IsSelf,
    /// The account at the end of the path is the caller's; at least one step.
    Owner(Vec<Step>),
    /// The row fulfils this.
    Row(ConditionPlan),
    /// Each of these; at least two.
    All(Vec<Predicate>),
    /// One of these; at least two. Roles come first.
    Any(Vec<Predicate>),
    /// Not this.
    Not(Box<Predicate>),
}

impl Predicate {
    /// Whether it speaks of other rows: the database decides it.
    pub fn is_of_database(&self) -> bool {
        let mut is = false;
        self.leaves(&mut |leaf| is |= matches!(leaf, Self::Row(row) if row.speaks_of_others()));
        is
    }

    /// Calls for each attribute of the row that its conditions speak of.
    pub fn attributes(&self, found: &mut dyn FnMut(&PyIdent)) {
        self.leaves(&mut |leaf| {
            if let Self::Row(condition) = leaf {
                condition.attributes(found);
            }
        });
    }

    /// Calls for each path whose end must be the caller.
    pub fn owners(&self, found: &mut dyn FnMut(&[Step])) {
        self.leaves(&mut |leaf| {
            if let Self::Owner(path) = leaf {
                found(path);
            }
        });
    }

    /// Whether it speaks of the caller.
    pub fn speaks_of_caller(&self) -> bool {
        let mut speaks = false;
        self.leaves(&mut |leaf| {
            speaks |= match leaf {
                Self::Row(row) => row.speaks_of_caller(),
                other => !matches!(other, Self::True | Self::False),
            }
        });
        speaks
    }

    /// Whether it holds for whoever is not signed in, of a rule that speaks of the caller alone.
    pub fn is_for_nobody(&self) -> bool {
        match self {
            Self::True => true,
            Self::All(items) => items.iter().all(Self::is_for_nobody),
            Self::Any(items) => items.iter().any(Self::is_for_nobody),
            Self::Not(item) => !item.is_for_nobody(),
            _ => false,
        }
    }

    /// Calls for each of the rules that it is joined from.
    fn leaves(&self, found: &mut dyn FnMut(&Self)) {
        match self {
            Self::All(items) | Self::Any(items) => items.iter().for_each(|it| it.leaves(found)),
            Self::Not(item) => item.leaves(found),
            Self::True
            | Self::False
            | Self::SignedIn
            | Self::Role(_)
            | Self::IsSelf
            | Self::Owner(_)
            | Self::Row(_) => found(self),
        }
    }
}

/// A step of a path: a to-one relationship.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Entity that has the relationship (index in `Plan::entities`).
    pub entity: usize,
    /// Its reference (index in `EntityPlan::references`).
    pub reference: usize,
    /// Relationship attribute: `cart`.
    pub attribute: PyIdent,
    /// Foreign key attribute: `cart_id`; the last step compares it with `user.id`.
    pub key_attribute: PyIdent,
    /// Whether it may be absent.
    pub nullable: bool,
}
