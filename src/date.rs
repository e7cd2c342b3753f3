//! Days of the calendar: as documents write them, and as people read them.

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
    if is_iso(text) { text.parse().ok() } else { None }
}

/// The day for people: `June 30, 2026`.
pub(crate) fn long(date: Date) -> String {
    date.strftime("%B %-d, %Y").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_form_is_read_and_one_is_printed() {
        assert_eq!(parse("2026-06-03").map(long).as_deref(), Some("June 3, 2026"));
        for text in ["2026-02-30", "20260603", "2026-6-3", "06/03/2026", "2026-06-03T00:00"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
