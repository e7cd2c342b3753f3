//! The time span of a summary: a school year, or the time between two days.

use jiff::civil::Date;
use serde::Serialize;

use crate::date;
use crate::evaluation::Period;

/// The days in which the periods of the counted evaluations end: a school year, or from one day to another.
///
/// ```
/// use appraise::summary::Span;
///
/// let span = Span::parse("2025-26").expect("it is a school year");
/// assert_eq!((span.from.as_str(), span.to.as_str()), ("2025-07-01", "2026-06-30"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Span {
    /// The school year, as `2025-26`; null where it is none.
    pub school_year: Option<String>,
    /// The first day, as `2025-07-01`.
    pub from: String,
    /// The last day, as `2026-06-30`.
    pub to: String,
}

impl Span {
    /// The time between two days, each written as `2026-06-30`. `None` when one is no day, or the last is before the first.
    pub fn days(from: &str, to: &str) -> Option<Self> {
        let (from, to) = (date::parse(from)?, date::parse(to)?);
        (from <= to).then(|| Self { school_year: None, from: from.to_string(), to: to.to_string() })
    }

    /// The school year that begins on the first of July of this year, and ends on the thirtieth of June of the next. `None`
    /// for a year that does not have four digits.
    pub fn school_year(first: i16) -> Option<Self> {
        let second = first.checked_add(1).filter(|second| (1001..=9999).contains(second))?;
        let (from, to) = (Date::new(first, 7, 1).ok()?, Date::new(second, 6, 30).ok()?);
        let school_year = Some(format!("{first}-{:02}", second % 100));
        Some(Self { school_year, from: from.to_string(), to: to.to_string() })
    }

    /// The school year in which a period ends.
    pub fn school_year_of(period: Period) -> Option<Self> {
        let first = period.to.year();
        Self::school_year(if period.to.month() < 7 { first.checked_sub(1)? } else { first })
    }

    /// A school year as `2025-26` or `2025-2026`, or two days as `2025-07-01..2026-06-30`. `None` for any other text.
    pub fn parse(text: &str) -> Option<Self> {
        if let Some((from, to)) = text.split_once("..") {
            return Self::days(from.trim(), to.trim());
        }
        let (first, second) = text.trim().split_once('-')?;
        let has_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let span = (first.len() == 4 && has_digits(first)).then(|| Self::school_year(first.parse().ok()?)).flatten()?;
        let same = [span.to.get(..4), span.to.get(2..4)].contains(&Some(second));
        same.then_some(span)
    }

    /// Whether a period ends in it.
    pub fn has(&self, period: Period) -> bool {
        // Days written so are in the order of their letters.
        (self.from.as_str()..=self.to.as_str()).contains(&period.to().as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_school_year_or_two_days_are_read_and_nothing_else() {
        let days = |span: Span| (span.school_year, span.from, span.to);
        let year = (Some("2025-26".to_owned()), "2025-07-01".to_owned(), "2026-06-30".to_owned());
        for text in ["2025-26", "2025-2026", " 2025-26 "] {
            assert_eq!(Span::parse(text).map(days), Some(year.clone()), "{text}");
        }
        assert_eq!(Span::parse("1999-00").and_then(|span| span.school_year).as_deref(), Some("1999-00"));
        let two = Span::parse("2025-08-25..2026-06-12").unwrap();
        assert_eq!(days(two), (None, "2025-08-25".to_owned(), "2026-06-12".to_owned()));
        for text in [
            "2025", "2025-27", "25-26", "2025-6", "2026-25", "2025-08-25", "2026-06-12..2025-08-25", "..", "+025-26",
            "",
        ] {
            assert_eq!(Span::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_period_belongs_to_the_school_year_in_which_it_ends() {
        let year = |from: &str, to: &str| Span::school_year_of(Period::new(from, to).unwrap()).unwrap().school_year;
        assert_eq!(year("2025-08-25", "2026-06-12").as_deref(), Some("2025-26"));
        assert_eq!(year("2024-08-26", "2026-06-30").as_deref(), Some("2025-26"));
        assert_eq!(year("2025-01-01", "2025-07-01").as_deref(), Some("2025-26"));
        let span = Span::parse("2025-26").unwrap();
        let has = |to: &str| span.has(Period::new("2020-01-01", to).unwrap());
        assert_eq!(["2025-06-30", "2025-07-01", "2026-06-30", "2026-07-01"].map(has), [false, true, true, false]);
    }
}
