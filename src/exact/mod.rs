//! Exact numbers: read as written, never rounded until they are printed.

mod arithmetic;
mod decimal;
mod range;

use std::fmt;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};
use serde::{Serialize, Serializer};

pub use self::arithmetic::RoundingMode;
pub(crate) use self::decimal::Decimal;
pub(crate) use self::range::Range;

/// The unit of a decimal for people: millionths.
const DECIMAL_SCALE: u32 = 1_000_000;

/// The most digits a number in a document may have, before and after the point together.
pub(crate) const MAX_DIGITS: usize = 18;

/// An exact rational number, such as a share (`59/61`) or a number of hours (`7.5`).
///
/// `Display` gives the number in lowest terms (`"2"`, `"13/6"`); [`Exact::decimal`] gives it for people. No conversion to a
/// binary fraction exists, so no result can land on the wrong side of a cut score.
///
/// ```
/// # use appraise::{Evaluation, Library, Rubric};
/// # let read = |path: &str| std::fs::read_to_string(format!("examples/{path}"));
/// # let rubric = Rubric::parse("r.yaml", &read("rubrics/riverside_school_counselor.yaml")?, &Library::empty())?;
/// # let scorecard = Evaluation::parse("e.yaml", &read("evaluations/novak_scored.yaml")?, &rubric)?.score();
/// let share = scorecard.overall().share_met().expect("something is rated"); // 7 of 9
/// assert_eq!(share.to_string(), "7/9");
/// assert_eq!((share.decimal(), share.percent()), ("0.777778".to_owned(), "78".to_owned()));
/// assert_eq!((share.clone() + share).shown(), "14/9");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Exact(Repr);

/// A number in lowest terms. A number that fits is always `Small`, whose arithmetic is ten times as fast.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Repr {
    /// The numerator, and the denominator, which is positive.
    Small(i64, i64),
    Big(Box<BigRational>),
}

impl Exact {
    /// Reads `-?digits[.digits]` with at most 18 digits.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        if !is_decimal(text) {
            return None;
        }
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        if whole.trim_start_matches('-').len().saturating_add(fraction.len()) > MAX_DIGITS {
            return None;
        }
        let numerator = format!("{whole}{fraction}").parse::<BigInt>().ok()?;
        let denominator = BigInt::from(10u8).pow(u32::try_from(fraction.len()).ok()?);
        Some(Self(Repr::big(BigRational::new(numerator, denominator))))
    }

    /// `numerator / denominator`; `None` when the denominator is zero.
    pub(crate) fn ratio(numerator: u64, denominator: u64) -> Option<Self> {
        (denominator != 0).then(|| Self(Repr::wide(numerator.into(), denominator.into())))
    }

    /// Whether the number is below zero.
    pub fn is_negative(&self) -> bool {
        match &self.0 {
            Repr::Small(numerator, _) => *numerator < 0,
            Repr::Big(number) => number.is_negative(),
        }
    }

    fn rational(&self) -> BigRational {
        match &self.0 {
            Repr::Small(numerator, denominator) => BigRational::new_raw((*numerator).into(), (*denominator).into()),
            Repr::Big(number) => number.as_ref().clone(),
        }
    }

    /// The number as an integer; `None` when it is negative, has a fraction, or does not fit.
    pub fn to_u64(&self) -> Option<u64> {
        let number = self.rational();
        number.is_integer().then(|| number.to_integer().to_u64()).flatten()
    }

    /// The number for people: at most six places, a half goes away from zero, trailing zeros dropped.
    ///
    /// A number that was written with at most six places comes out unchanged.
    pub fn decimal(&self) -> String {
        let scaled = self.scaled(DECIMAL_SCALE);
        let sign = if self.is_negative() && !scaled.is_zero() { "-" } else { "" };
        let (whole, fraction) = (&scaled / DECIMAL_SCALE, &scaled % DECIMAL_SCALE);
        let fraction = format!("{fraction:0>6}");
        match fraction.trim_end_matches('0') {
            "" => format!("{sign}{whole}"),
            places => format!("{sign}{whole}.{places}"),
        }
    }

    /// The absolute value multiplied by `by`, rounded half up.
    #[expect(
        clippy::arithmetic_side_effects,
        reason = "64 and 32 bits multiplied and doubled fit into 128; no denominator is 0"
    )]
    fn scaled(&self, by: u32) -> BigInt {
        match self.0 {
            // The usual case.
            Repr::Small(numerator, denominator) => {
                let numerator = u128::from(numerator.unsigned_abs()) * u128::from(by);
                let denominator = u128::from(denominator.unsigned_abs());
                ((2 * numerator + denominator) / (2 * denominator)).into()
            }
            Repr::Big(ref number) => (number.abs() * BigRational::from(BigInt::from(by)) + half()).floor().to_integer(),
        }
    }

    /// A share as a percentage for people, rounded half up to a whole percent: `59/61` is `97`.
    ///
    /// `100` means all and `0` means none: a share that would be rounded to either without being it is `99` or `1`.
    pub fn percent(&self) -> String {
        let percent = self.scaled(100);
        // The report is defended in a grievance: no “100 %” with an indicator that is not met.
        let is_part = self.is_positive() && self < &Self::from(1);
        let percent = if is_part { percent.clamp(BigInt::one(), BigInt::from(99u8)) } else { percent };
        percent.to_string()
    }

    /// Whether the number has at most `whole` digits before the point and `places` after it.
    pub(crate) fn fits(&self, whole: usize, places: usize) -> bool {
        // The usual case, and on the path of every evaluation with service data. In lowest terms, the places end where the
        // denominator divides their power of ten.
        if let Repr::Small(numerator, denominator) = self.0
            && let Some(power) = u32::try_from(places).ok().and_then(|places| 10_u128.checked_pow(places))
        {
            let denominator = denominator.unsigned_abs();
            let before = numerator.unsigned_abs().checked_div(denominator).and_then(u64::checked_ilog10);
            let digits = before.map_or(1, |log| usize::try_from(log).map_or(usize::MAX, |log| log.saturating_add(1)));
            return digits <= whole && power.checked_rem(denominator.into()) == Some(0);
        }
        let plain = self.plain();
        let (before, after) = plain.split_once('.').unwrap_or((&plain, ""));
        before.trim_start_matches('-').len() <= whole && after.len() <= places
    }

    /// Writes the number as a number of the format: JSON `7.5`, YAML `7.5`. A number that a format may alter is written as
    /// text, and read back from it.
    #[allow(
        clippy::disallowed_types,
        reason = "it carries digits to a writer that prints them unchanged; nothing computes with it"
    )]
    pub(crate) fn serialize_number<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if let Repr::Small(whole, 1) = self.0 {
            return serializer.serialize_i64(whole);
        }
        let plain = self.plain();
        match plain.parse::<f64>() {
            Ok(carrier) if is_carried(&plain) => serializer.serialize_f64(carrier),
            _ => serializer.serialize_str(&plain),
        }
    }

    /// Whether [`Exact::serialize_number`] writes the number as text.
    pub(crate) fn is_written_as_text(&self) -> bool {
        !matches!(self.0, Repr::Small(_, 1)) && !is_carried(&self.plain())
    }

    /// The number in full as a decimal, for documents; every number read from a document has a finite decimal.
    pub(crate) fn plain(&self) -> String {
        let mut scaled = self.rational();
        let ten = BigRational::from(BigInt::from(10u8));
        let mut places = 0;
        while !scaled.is_integer() && places < MAX_DIGITS {
            scaled *= &ten;
            places = usize::saturating_add(places, 1);
        }
        let sign = if scaled.is_negative() { "-" } else { "" };
        let digits = format!("{:0>width$}", scaled.to_integer().abs().to_string(), width = places.saturating_add(1));
        let (whole, fraction) = digits.split_at(digits.len().saturating_sub(places));
        if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
    }
}

fn half() -> BigRational {
    BigRational::new(1.into(), 2.into())
}

/// Whether a decimal survives the round trip through a binary fraction: at most 15 digits, and not so small that writers
/// use exponents.
fn is_carried(plain: &str) -> bool {
    const DIGITS: usize = 15;
    let digits = plain.trim_start_matches(['-', '0', '.']).bytes().filter(u8::is_ascii_digit).count();
    digits <= DIGITS && !plain.trim_start_matches('-').starts_with("0.0000")
}

/// Whether `text` is `-?digits[.digits]`.
pub(crate) fn is_decimal(text: &str) -> bool {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    match unsigned.split_once('.') {
        Some((whole, fraction)) => digits(whole) && digits(fraction),
        None => digits(unsigned),
    }
}

impl fmt::Display for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Repr::Small(numerator, 1) => write!(f, "{numerator}"),
            Repr::Small(numerator, denominator) => write!(f, "{numerator}/{denominator}"),
            Repr::Big(number) => write!(f, "{number}"),
        }
    }
}

impl fmt::Debug for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Exact({self})")
    }
}

impl From<u64> for Exact {
    fn from(number: u64) -> Self {
        Self(Repr::wide(number.into(), 1))
    }
}

impl std::ops::Sub for Exact {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        &self - &other
    }
}

/// A number in results, exact and for people; the same in JSON and in templates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct Shown {
    /// In lowest terms: `"2"`, `"13/6"`.
    exact: String,
    /// At most six places, rounded half up, trailing zeros dropped: `"2.166667"`.
    decimal: String,
}

impl From<&Exact> for Shown {
    fn from(number: &Exact) -> Self {
        Self { exact: number.to_string(), decimal: number.decimal() }
    }
}

/// As results have it: exact, and as a decimal for people.
impl Serialize for Exact {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Shown::from(self).serialize(serializer)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Exact {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        Shown::schema_name()
    }

    fn schema_id() -> std::borrow::Cow<'static, str> {
        Shown::schema_id()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        Shown::json_schema(generator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exact(text: &str) -> Exact {
        Exact::parse(text).unwrap()
    }

    #[test]
    fn a_number_is_read_as_written() {
        assert_eq!(exact("1.85").to_string(), "37/20");
        assert_eq!(format!("{} {:?}", exact("-0.50"), exact("-0.50")), "-1/2 Exact(-1/2)");
        assert_eq!(exact("007").to_string(), "7");
        for text in ["", "-", ".5", "5.", "1e3", "+1", "1_000", "0x1f", "1234567890123456789", "١"] {
            assert_eq!(Exact::parse(text), None, "{text}");
        }
    }

    #[test]
    fn the_decimal_is_half_up_at_six_places_without_trailing_zeros() {
        assert_eq!(Exact::ratio(59, 61).unwrap().decimal(), "0.967213");
        assert_eq!(Exact::ratio(13, 6).unwrap().decimal(), "2.166667");
        assert_eq!(Exact::ratio(1, 1).unwrap().decimal(), "1");
        assert_eq!(exact("0.0000005").decimal(), "0.000001");
        assert_eq!(exact("-0.0000005").decimal(), "-0.000001");
        assert_eq!(exact("-0.0000001").decimal(), "0");
        // Beyond 64 bits.
        assert_eq!(Exact::ratio(u64::MAX, 14).unwrap().decimal(), "1317624576693539401.071429");
    }

    #[test]
    fn nothing_is_not_negative() {
        assert!(exact("-0.1").is_negative() && !exact("0").is_negative() && !exact("0.1").is_negative());
    }

    #[test]
    fn a_whole_number_that_is_not_negative_and_not_too_big_is_one_of_the_machine() {
        let number = |text| exact(text).to_u64();
        assert_eq!([number("0"), number("7"), number("12.00")], [Some(0), Some(7), Some(12)]);
        assert_eq!([number("-1"), number("0.5")], [None, None]);
        assert_eq!(Exact::from(u64::MAX).to_u64(), Some(u64::MAX));
    }

    #[test]
    fn it_fits_with_so_many_digits_before_the_point_and_after_it() {
        for text in ["12", "-12", "1.234", "-12.345", "0"] {
            assert!(exact(text).fits(2, 3), "{text}");
        }
        for text in ["123", "-123", "1.2345", "123.4567"] {
            assert!(!exact(text).fits(2, 3), "{text}");
        }
    }

    #[test]
    fn the_plain_form_loses_nothing() {
        for text in ["0", "6", "0.25", "-1.5", "123456789.123456789", "0.00000000000000001"] {
            assert_eq!(exact(text).plain(), text);
        }
        // No document can hold this number.
        assert_eq!(Exact::ratio(1, 3).unwrap().plain(), format!("0.{}", "3".repeat(MAX_DIGITS)));
    }

    #[test]
    fn a_number_is_written_as_one_where_every_format_carries_it() {
        let written = |text: &str| {
            let mut out = Vec::new();
            exact(text).serialize_number(&mut serde_json::Serializer::new(&mut out)).unwrap();
            String::from_utf8(out).unwrap()
        };
        let carried = ["0", "-7", "2.5", "1.500001", "-0.0001", "0.00012345678901234", "12345678901234.5"];
        for text in carried.into_iter().chain(["123456789012345678", "-0.00010001"]) {
            assert_eq!((written(text), exact(text).is_written_as_text()), (text.to_owned(), false));
        }
        for text in ["0.00001", "-0.00009", "1234567890.123456", "0.1234567890123456", "123456789012345.1"] {
            assert_eq!((written(text), exact(text).is_written_as_text()), (format!("\"{text}\""), true));
        }
    }

    #[test]
    fn a_percentage_is_rounded_half_up_and_only_all_are_100_and_only_none_0() {
        for (part, whole, percent) in [
            (59, 61, "97"),
            (1, 8, "13"),
            (3, 200, "2"),
            (1, 1_000, "1"),
            (0, 7, "0"),
            (199, 200, "99"),
            (9_999, 10_000, "99"),
            (7, 7, "100"),
        ] {
            assert_eq!(Exact::ratio(part, whole).unwrap().percent(), percent, "{part}/{whole}");
        }
    }
}
