//! How often a caller may ask.

use std::fmt;

use indexmap::IndexMap;

use super::Operation;

/// The word for no limit.
pub(crate) const UNLIMITED: &str = "unlimited";

/// So many requests of one caller in a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RateLimit {
    /// Requests, at least one.
    pub requests: u32,
    /// In which time.
    pub period: Period,
}

/// A time in which requests are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// 1 second.
    Second,
    /// 60 seconds.
    Minute,
    /// 60 minutes.
    Hour,
    /// 24 hours.
    Day,
}

impl Period {
    /// All of them, the shortest first.
    pub const ALL: [Self; 4] = [Self::Second, Self::Minute, Self::Hour, Self::Day];

    /// Its name in documents and settings.
    pub fn word(self) -> &'static str {
        match self {
            Self::Second => "second",
            Self::Minute => "minute",
            Self::Hour => "hour",
            Self::Day => "day",
        }
    }
}

impl fmt::Display for RateLimit {
    /// `100/minute`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.requests, self.period.word())
    }
}

/// What is declared of how often a caller may ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Allowance {
    /// As often as they like, whatever is said for more operations than these.
    Unlimited,
    /// So often.
    Limited(RateLimit),
}

impl Allowance {
    /// The limit, if there is one.
    pub fn limit(self) -> Option<RateLimit> {
        match self {
            Self::Unlimited => None,
            Self::Limited(limit) => Some(limit),
        }
    }
}

impl fmt::Display for Allowance {
    /// `unlimited`, `100/minute`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unlimited => f.write_str(UNLIMITED),
            Self::Limited(limit) => limit.fmt(f),
        }
    }
}

/// What is declared, by operation and by group of operations.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RateLimits(pub IndexMap<String, Allowance>);

impl RateLimits {
    /// What is said of an operation: by itself, else by its group.
    pub fn of(&self, operation: Operation) -> Option<Allowance> {
        self.first(operation.groups())
    }

    /// What is said under the first of these keys of which anything is.
    pub(crate) fn first(&self, keys: &[&str]) -> Option<Allowance> {
        keys.iter().find_map(|key| self.0.get(*key).copied())
    }
}
