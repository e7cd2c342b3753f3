//! Arithmetic with exact numbers. Only [`Exact::round`] rounds, by the mode that its caller names.

use std::cmp::Ordering;
use std::ops::{Add, Mul, Sub};

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::ToPrimitive;
use serde::{Deserialize, Serialize};

use super::{Exact, Repr};

/// The rounding mode: the neighbor that a number between two representable ones becomes.
///
/// ```
/// # use appraise::{Evaluation, Library, Rubric};
/// # let read = |path: &str| std::fs::read_to_string(format!("examples/{path}"));
/// # let rubric = Rubric::parse("r.yaml", &read("rubrics/riverside_school_counselor.yaml")?, &Library::empty())?;
/// # let scorecard = Evaluation::parse("e.yaml", &read("evaluations/novak_scored.yaml")?, &rubric)?.score();
/// # let practice = &scorecard.steps()[1].results[0];
/// use appraise::{Reason, RoundingMode};
///
/// let mode = practice.reasons().iter().find_map(|reason| match reason {
///     Reason::Rounded { mode, .. } => Some(*mode),
///     _ => None,
/// });
/// assert_eq!(mode, Some(RoundingMode::HalfUp));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum RoundingMode {
    /// To the nearer neighbor; a half goes away from zero.
    HalfUp,
    /// To the nearer neighbor; a half goes to the one with an even last digit.
    HalfEven,
    /// Toward zero: further digits are cut off.
    Truncate,
    /// Toward positive infinity.
    Ceiling,
    /// Toward negative infinity.
    Floor,
}

impl Repr {
    /// `numerator / denominator` in lowest terms; `denominator` is positive.
    #[expect(clippy::arithmetic_side_effects, reason = "the divisor is positive")]
    pub(super) fn wide(numerator: i128, denominator: i128) -> Self {
        let divisor = i128::try_from(common_divisor(numerator.unsigned_abs(), denominator.unsigned_abs())).unwrap_or(1);
        let small = (i64::try_from(numerator), i64::try_from(denominator), i64::try_from(divisor));
        // To divide by 64 bits is several times faster, and most numbers have no more.
        if let (Ok(numerator), Ok(denominator), Ok(divisor)) = small {
            return Self::Small(numerator / divisor, denominator / divisor);
        }
        let (numerator, denominator) = (numerator / divisor, denominator / divisor);
        match (i64::try_from(numerator), i64::try_from(denominator)) {
            (Ok(numerator), Ok(denominator)) => Self::Small(numerator, denominator),
            _ => Self::Big(Box::new(BigRational::new_raw(numerator.into(), denominator.into()))),
        }
    }

    /// A big number in its canonical representation: small where it fits, so that equal numbers compare equal.
    pub(super) fn big(number: BigRational) -> Self {
        match (number.numer().to_i64(), number.denom().to_i64()) {
            (Some(numerator), Some(denominator)) => Self::Small(numerator, denominator),
            _ => Self::Big(Box::new(number)),
        }
    }
}

impl Exact {
    pub(crate) fn zero() -> Self {
        Self(Repr::Small(0, 1))
    }

    pub(crate) fn is_zero(&self) -> bool {
        matches!(self.0, Repr::Small(0, _))
    }

    pub(crate) fn is_positive(&self) -> bool {
        !self.is_zero() && !self.is_negative()
    }

    /// The quotient; `None` when `other` is zero.
    pub(crate) fn divided_by(&self, other: &Self) -> Option<Self> {
        if other.is_zero() {
            return None;
        }
        if let (Repr::Small(a, b), Repr::Small(c, d)) = (&self.0, &other.0) {
            let (numerator, denominator) = (wide(*a, *d), wide(*b, *c));
            let sign = if denominator < 0 { -1 } else { 1 };
            return Some(Self(Repr::wide(numerator.saturating_mul(sign), denominator.saturating_mul(sign))));
        }
        Some(Self(Repr::big(self.rational() / other.rational())))
    }

    /// The reciprocal; zero for zero.
    pub(crate) fn inverse(&self) -> Self {
        Self::from(1).divided_by(self).unwrap_or_else(Self::zero)
    }

    /// The number multiplied by a count.
    pub(crate) fn times(&self, count: u64) -> Self {
        self * &Self::from(count)
    }

    /// The number rounded to `places` digits after the point.
    pub(crate) fn round(&self, places: u32, mode: RoundingMode) -> Self {
        let unit = BigInt::from(10u8).pow(places);
        let scaled = self.rational() * BigRational::from(unit.clone());
        let half = BigRational::new(1.into(), 2.into());
        let rounded = match mode {
            RoundingMode::Truncate => scaled.trunc(),
            RoundingMode::Ceiling => scaled.ceil(),
            RoundingMode::Floor => scaled.floor(),
            RoundingMode::HalfUp => scaled.round(),
            RoundingMode::HalfEven => {
                let below = scaled.floor();
                match (&scaled - &below).cmp(&half) {
                    Ordering::Less => below,
                    Ordering::Equal if (below.to_integer() % 2) == BigInt::ZERO => below,
                    _ => below + BigRational::from(BigInt::from(1)),
                }
            }
        };
        Self(Repr::big(rounded / BigRational::from(unit)))
    }

    /// The denominator in lowest terms, when it is small.
    pub(crate) fn denominator(&self) -> Option<u64> {
        match &self.0 {
            Repr::Small(_, denominator) => u64::try_from(*denominator).ok(),
            Repr::Big(_) => None,
        }
    }

    /// The number of digits after the point in decimal notation; `None` when the expansion never ends.
    pub(crate) fn places(&self) -> Option<u32> {
        let denominator = self.rational().denom().clone();
        let (mut places, mut unit) = (0, BigInt::from(1));
        while (&unit % &denominator) != BigInt::ZERO {
            // A denominator with another prime than 2 and 5 divides no power of ten; a document's numbers end before that.
            if places == u32::try_from(super::MAX_DIGITS).unwrap_or(u32::MAX).saturating_mul(2) {
                return None;
            }
            places = u32::saturating_add(places, 1);
            unit *= 10;
        }
        Some(places)
    }

    /// The number for people: a decimal where at most six places hold it whole, else a fraction in lowest terms: `2.25`,
    /// `13/6`.
    pub fn shown(&self) -> String {
        const MOST: u32 = 6;
        match self.places() {
            Some(places) if places <= MOST => self.decimal(),
            _ => self.to_string(),
        }
    }

    /// As [`Exact::shown`], with the approximate decimal behind a fraction: `13/6 (≈ 2.166667)`.
    pub(crate) fn shown_near(&self) -> String {
        let shown = self.shown();
        if shown.contains('/') { format!("{shown} (≈ {})", self.decimal()) } else { shown }
    }
}

/// The greatest common divisor. Operands that fit 64 bits are divided as such, which is several times faster.
#[expect(clippy::arithmetic_side_effects, reason = "what is divided by is not zero")]
fn common_divisor(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        if let (Ok(mut a), Ok(mut b)) = (u64::try_from(a), u64::try_from(b)) {
            while b != 0 {
                (a, b) = (b, a % b);
            }
            return a.into();
        }
        (a, b) = (b, a % b);
    }
    a
}

#[expect(clippy::arithmetic_side_effects, reason = "two of 64 bits multiplied have at most 127 bits and a sign")]
fn wide(a: i64, b: i64) -> i128 {
    i128::from(a) * i128::from(b)
}

impl Add for &Exact {
    type Output = Exact;

    fn add(self, other: Self) -> Exact {
        // Whole numbers, such as counts and weights, have no divisor to look for.
        if let (Repr::Small(a, 1), Repr::Small(c, 1)) = (&self.0, &other.0)
            && let Some(sum) = a.checked_add(*c)
        {
            return Exact(Repr::Small(sum, 1));
        }
        if let (Repr::Small(a, b), Repr::Small(c, d)) = (&self.0, &other.0)
            && let Some(numerator) = wide(*a, *d).checked_add(wide(*c, *b))
        {
            return Exact(Repr::wide(numerator, wide(*b, *d)));
        }
        Exact(Repr::big(self.rational() + other.rational()))
    }
}

impl Sub for &Exact {
    type Output = Exact;

    fn sub(self, other: Self) -> Exact {
        if let (Repr::Small(a, b), Repr::Small(c, d)) = (&self.0, &other.0)
            && let Some(numerator) = wide(*a, *d).checked_sub(wide(*c, *b))
        {
            return Exact(Repr::wide(numerator, wide(*b, *d)));
        }
        Exact(Repr::big(self.rational() - other.rational()))
    }
}

impl Mul for &Exact {
    type Output = Exact;

    fn mul(self, other: Self) -> Exact {
        if let (Repr::Small(a, b), Repr::Small(c, d)) = (&self.0, &other.0) {
            return Exact(Repr::wide(wide(*a, *c), wide(*b, *d)));
        }
        Exact(Repr::big(self.rational() * other.rational()))
    }
}

impl Add for Exact {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        &self + &other
    }
}

impl std::iter::Sum for Exact {
    fn sum<I: Iterator<Item = Self>>(numbers: I) -> Self {
        numbers.fold(Self::zero(), |sum, number| &sum + &number)
    }
}

impl Ord for Exact {
    fn cmp(&self, other: &Self) -> Ordering {
        match (&self.0, &other.0) {
            (Repr::Small(a, b), Repr::Small(c, d)) => wide(*a, *d).cmp(&wide(*c, *b)),
            _ => self.rational().cmp(&other.rational()),
        }
    }
}

impl PartialOrd for Exact {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn exact(text: &str) -> Exact {
        Exact::parse(text).unwrap()
    }

    #[test]
    fn every_mode_rounds_as_it_says() {
        use RoundingMode::{Ceiling, Floor, HalfEven, HalfUp, Truncate};
        for (mode, expected) in [
            (HalfUp, ["2.49", "2.48", "2.5", "-2.49", "-2.48"]),
            (HalfEven, ["2.48", "2.48", "2.5", "-2.48", "-2.48"]),
            (Truncate, ["2.48", "2.48", "2.49", "-2.48", "-2.48"]),
            (Ceiling, ["2.49", "2.49", "2.5", "-2.48", "-2.48"]),
            (Floor, ["2.48", "2.48", "2.49", "-2.49", "-2.49"]),
        ] {
            for (written, rounded) in ["2.485", "2.4849", "2.4951", "-2.485", "-2.4849"].into_iter().zip(expected) {
                assert_eq!(exact(written).round(2, mode), exact(rounded), "{written} {mode:?}");
            }
        }
    }

    #[test]
    fn arithmetic_is_exact() {
        assert_eq!(exact("1.5").times(3), exact("4.5"));
        assert_eq!((exact("0.4").inverse(), exact("0").inverse()), (exact("2.5"), exact("0")));
        assert_eq!((exact("1.85").denominator(), exact("3").denominator()), (Some(20), Some(1)));
        assert_eq!(Exact::ratio(u64::MAX, 14).unwrap().denominator(), None);
        assert_eq!([exact("0.1"), exact("0.2"), exact("-0.5")].into_iter().sum::<Exact>(), exact("-0.2"));
        assert!(exact("0.1").is_positive() && !exact("0").is_positive() && !exact("-0.1").is_positive());
    }

    #[test]
    fn a_fraction_is_shown_with_the_decimal_it_is_near() {
        assert_eq!(Exact::ratio(13, 6).unwrap().shown_near(), "13/6 (≈ 2.166667)");
        assert_eq!(exact("0.0000001").shown_near(), "1/10000000 (≈ 0)");
        assert_eq!(exact("0.000001").shown_near(), "0.000001");
    }

    #[test]
    fn places_are_those_of_the_shortest_decimal() {
        for (number, places) in
            [("2", Some(0)), ("2.50", Some(1)), ("0.125", Some(3)), ("0.00000000000000001", Some(17))]
        {
            assert_eq!(exact(number).places(), places);
        }
        assert_eq!(Exact::ratio(13, 6).unwrap().places(), None);
        assert_eq!(Exact::ratio(13, 6).unwrap().shown(), "13/6");
        assert_eq!(exact("2.50").shown(), "2.5");
    }

    /// A number near the limit of the small representation, where products need the big one.
    fn number() -> impl Strategy<Value = Exact> {
        let part = prop_oneof![-20i64..20, Just(i64::MIN), Just(i64::MAX), any::<i64>()];
        let scale = prop_oneof![Just(1u64), 2u64..30, Just(u64::MAX), any::<u64>()];
        (part, scale, any::<bool>()).prop_map(|(part, scale, is_huge)| {
            let factor = if is_huge { BigInt::from(u64::MAX) } else { BigInt::from(1) };
            Exact(Repr::big(BigRational::new(BigInt::from(part) * factor, BigInt::from(scale.max(1)))))
        })
    }

    proptest! {
        /// Small and big arithmetic agree.
        #[test]
        fn small_and_big_numbers_are_computed_alike(a in number(), b in number()) {
            let (x, y) = (a.rational(), b.rational());
            let same = |exact: Exact, rational: BigRational| exact.0 == Repr::big(rational);
            prop_assert!(same(&a + &b, &x + &y) && same(a.clone() + b.clone(), &x + &y));
            prop_assert!(same(&a - &b, &x - &y) && same(a.clone() - b.clone(), &x - &y));
            prop_assert!(same(&a * &b, &x * &y));
            prop_assert_eq!(a.cmp(&b), x.cmp(&y));
            match a.divided_by(&b) {
                Some(quotient) => prop_assert!(same(quotient, &x / &y)),
                None => prop_assert!(b.is_zero()),
            }
        }
    }
}
