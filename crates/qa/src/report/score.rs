//! Facts, counted; compliance in tenths of a percent, rounded down: 100 means all of them.

use crate::result::{Fact, Grade};

/// How many facts turned out how.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Score {
    /// As the model says.
    pub met: u32,
    /// Almost as the model says.
    pub relaxed: u32,
    /// Not as the model says.
    pub broken: u32,
    /// Not examined.
    pub unknown: u32,
}

impl Score {
    /// Counts facts.
    pub fn of(facts: &[Fact]) -> Self {
        let mut score = Self::default();
        facts.iter().for_each(|fact| score.count(fact.grade));
        score
    }

    pub(crate) const fn count(&mut self, grade: Grade) {
        match grade {
            Grade::Met => self.met += 1,
            Grade::Relaxed => self.relaxed += 1,
            Grade::Broken => self.broken += 1,
            Grade::Unknown => self.unknown += 1,
        }
    }

    /// Strict compliance: what was not examined and what is only almost right counts against it.
    /// `None` where there is no fact.
    pub fn strict(self) -> Option<Percent> {
        Percent::of(self.met, self.met + self.relaxed + self.broken + self.unknown)
    }

    /// Relaxed compliance: among what was examined, what is right or almost right.
    pub fn relaxed(self) -> Option<Percent> {
        Percent::of(self.met + self.relaxed, self.met + self.relaxed + self.broken)
    }
}

impl std::ops::AddAssign for Score {
    fn add_assign(&mut self, other: Self) {
        self.met += other.met;
        self.relaxed += other.relaxed;
        self.broken += other.broken;
        self.unknown += other.unknown;
    }
}

/// A share in tenths of a percent, rounded down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Percent(u32);

impl Percent {
    fn of(part: u32, whole: u32) -> Option<Self> {
        let tenths = (u64::from(part) * 1000).checked_div(u64::from(whole))?;
        u32::try_from(tenths).ok().map(Self)
    }

    /// As a number: 99.9.
    pub fn value(self) -> f64 {
        f64::from(self.0) / 10.0
    }
}

impl std::fmt::Display for Percent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0 {
            1000 => f.write_str("100"),
            tenths => write!(f, "{}.{}", tenths / 10, tenths % 10),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Score;

    #[test]
    fn a_hundred_percent_means_all() {
        let score = Score { met: 9999, relaxed: 1, broken: 0, unknown: 0 };
        assert_eq!(score.strict().map(|p| p.to_string()).as_deref(), Some("99.9"));
        assert_eq!(score.relaxed().map(|p| p.to_string()).as_deref(), Some("100"));
        let unknown = Score { unknown: 3, ..Score::default() };
        assert_eq!(unknown.strict().map(|p| p.to_string()).as_deref(), Some("0.0"));
        assert_eq!(unknown.relaxed(), None);
        assert_eq!(Score::default().strict(), None);
    }
}
