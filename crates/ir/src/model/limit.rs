//! Bounds of whole numbers as a published document can hold them.

/// A bound that is exactly a float of 64 bits. Many readers of JSON know no other numbers, and
/// FastAPI is one of them: it would round 9,223,372,036,854,775,807.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// The last number allowed.
    Inclusive(i128),
    /// The number beside it.
    Exclusive(i128),
}

impl Limit {
    /// For the smallest number allowed; `None` where neither it nor the one below is a float.
    pub fn at_least(smallest: i64) -> Option<Self> {
        Self::beside(smallest.into(), -1)
    }

    /// For the largest number allowed; `None` where neither it nor the one above is a float.
    pub fn at_most(largest: i64) -> Option<Self> {
        Self::beside(largest.into(), 1)
    }

    fn beside(last: i128, step: i128) -> Option<Self> {
        if is_float(last) {
            Some(Self::Inclusive(last))
        } else {
            is_float(last + step).then_some(Self::Exclusive(last + step))
        }
    }
}

/// Whether all but the first 53 binary digits are zero.
fn is_float(value: i128) -> bool {
    let digits = u128::BITS - value.unsigned_abs().leading_zeros();
    digits.saturating_sub(value.trailing_zeros()) <= f64::MANTISSA_DIGITS
}

#[cfg(test)]
mod tests {
    use super::Limit;

    #[test]
    fn a_limit_says_exactly_what_was_meant() {
        let largest = i128::from(i64::MAX);
        assert_eq!(Limit::at_most(i64::MAX), Some(Limit::Exclusive(largest + 1)));
        assert_eq!(Limit::at_least(i64::MIN), Some(Limit::Inclusive(-largest - 1)));
        assert_eq!(Limit::at_least(0), Some(Limit::Inclusive(0)));
        let exact = 1_i64 << 53;
        assert_eq!(Limit::at_most(exact - 1), Some(Limit::Inclusive(i128::from(exact - 1))));
        assert_eq!(Limit::at_most(exact + 1), Some(Limit::Exclusive(i128::from(exact + 2))));
        assert_eq!(Limit::at_least(-exact - 1), Some(Limit::Exclusive(i128::from(-exact - 2))));
        assert_eq!(Limit::at_most(2 * exact + 1), None);
        assert_eq!(
            Limit::at_most(2 * exact + 3),
            Some(Limit::Exclusive(i128::from(2 * exact + 4)))
        );
        assert_eq!(Limit::at_least(2 * exact + 3), None);
    }
}
