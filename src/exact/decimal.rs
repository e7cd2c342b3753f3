//! Decimals as written.

use std::fmt;

use super::{Exact, MAX_DIGITS, is_decimal};

/// A decimal with its digits as written: `12.50` is not written as `12.5`, although both are one number. Small, so that a
/// rating that is a number is no larger than one that is a level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Decimal {
    /// The digits without the point.
    units: i64,
    /// The number of digits after the point.
    places: u8,
}

impl Decimal {
    /// Reads `-?digits[.digits]` with at most 18 digits, as [`Exact::parse`] does.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        if !is_decimal(text) || whole.trim_start_matches('-').len().saturating_add(fraction.len()) > MAX_DIGITS {
            return None;
        }
        Some(Self { units: format!("{whole}{fraction}").parse().ok()?, places: u8::try_from(fraction.len()).ok()? })
    }

    /// The number in its shortest decimal; `None` for one without a decimal of at most 18 digits.
    pub(crate) fn of(number: &Exact) -> Option<Self> {
        number.places()?;
        Self::parse(&number.plain())
    }

    /// The number.
    pub(crate) fn exact(self) -> Exact {
        let units = Exact::from(self.units.unsigned_abs());
        let power = 10_u64.checked_pow(self.places.into()).unwrap_or(u64::MAX);
        let number = units.divided_by(&Exact::from(power)).unwrap_or_else(Exact::zero);
        if self.units < 0 { &Exact::zero() - &number } else { number }
    }
}

/// The digits as written.
impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (sign, places) = (if self.units < 0 { "-" } else { "" }, usize::from(self.places));
        let digits = format!("{:0>width$}", self.units.unsigned_abs(), width = places.saturating_add(1));
        let (whole, fraction) = digits.split_at(digits.len().saturating_sub(places));
        if fraction.is_empty() { write!(f, "{sign}{whole}") } else { write!(f, "{sign}{whole}.{fraction}") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digits_stay_as_written() {
        for text in ["0", "12.50", "-0.05", "7", "123456789012345678", "0.00000000000000001", "-3.0"] {
            let decimal = Decimal::parse(text).unwrap();
            assert_eq!((decimal.to_string(), Some(decimal.exact())), (text.to_owned(), Exact::parse(text)));
        }
        for text in ["", ".5", "5.", "1e1", "0x10", "1_000", "+1", "1234567890123456789"] {
            assert_eq!(Decimal::parse(text), None, "{text}");
        }
        assert_eq!(Decimal::of(&Exact::parse("12.50").unwrap()).unwrap().to_string(), "12.5");
        assert_eq!(Decimal::of(&Exact::ratio(1, 3).unwrap()), None);
    }
}
