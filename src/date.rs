//! Reads days of the calendar from documents, and writes them for people.

use jiff::civil::Date;

/// Whether `text` has the form of a date, `2026-06-30`.
pub(crate) fn is_iso(text: &str) -> bool {
    text.len() == 10
        && text
            .bytes()
            .enumerate()
            .all(|(at, byte)| if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() })
}

/// The day that `2026-06-30` names. No other form is read, for `06/07/2026` is two days.
pub(crate) fn parse(text: &str) -> Option<Date> {
    let (year, month, day) = (text.get(..4)?, text.get(5..7)?, text.get(8..)?);
    if !is_iso(text) {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// The day with the century that its two-digit year was meant with: 2025 for 25, and 1985 for 85.
pub(crate) fn with_century(date: Date) -> Date {
    /// The last two-digit year that is of this century.
    const LAST: i16 = 68;
    let century = if date.year() <= LAST { 2000 } else { 1900 };
    // February 29 of the year 0 or 4 is one of 2000 and 2004 too; of 1900 it is none.
    Date::new(date.year().saturating_add(century), date.month(), date.day()).unwrap_or(date)
}

/// The day for people: `June 30, 2026`.
pub(crate) fn long(date: Date) -> String {
    const MONTHS: [&str; 12] = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ];
    let month = usize::from(date.month().unsigned_abs()).checked_sub(1).and_then(|before| MONTHS.get(before));
    format!("{} {}, {:04}", month.unwrap_or(&""), date.day(), date.year())
}

/// A school year for people, by the year in which it begins: `2025-26`.
pub(crate) fn school_year(first: i16) -> String {
    format!("{first}-{:02}", first.saturating_add(1).rem_euclid(100))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_two_digit_year_is_of_this_century_or_the_last() {
        for (written, meant) in
            [("0025-08-25", "2025-08-25"), ("0000-02-29", "2000-02-29"), ("0085-01-31", "1985-01-31")]
        {
            assert_eq!(parse(written).map(with_century), parse(meant), "{written}");
        }
    }

    #[test]
    fn one_form_is_read_and_one_is_printed() {
        assert_eq!(parse("2026-06-03").map(long).as_deref(), Some("June 3, 2026"));
        for text in ["2026-02-30", "20260603", "2026-6-3", "06/03/2026", "2026-06-03T00:00"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
