//! Finds dates of birth.

use super::rest::Rest;

/// `DOB 3/4/2012`, `born on March 4, 2012`, `date of birth: 2012-03-04`.
pub(super) fn birth_date(mut rest: Rest<'_>) -> Option<Rest<'_>> {
    const NAMES: [&[&str]; 8] = [
        &["dob"],
        &["d", "o", "b"],
        &["d/o/b"],
        &["born"],
        &["birthdate"],
        &["birthday"],
        &["birth", "date"],
        &["date", "of", "birth"],
    ];
    rest = NAMES.iter().find_map(|name| rest.after_words(name))?;
    for _ in 0..3 {
        rest.blank();
        let is_link = rest.one_of(|c| matches!(c, ':' | '=' | '-' | '.' | ',' | '(' | '\u{2013}')).is_some();
        if !is_link && !["is", "was", "on", "of"].iter().any(|word| rest.take_word(word)) {
            break;
        }
    }
    rest.blank();
    date(rest)
}

/// A day of the calendar as it is written in the United States, with its year.
fn date(rest: Rest<'_>) -> Option<Rest<'_>> {
    let end = numeric_date(rest).or_else(|| month_first(rest)).or_else(|| day_first(rest))?;
    (!end.begins_with_word()).then_some(end)
}

/// `3/4/2012`, `03-04-12`, `3.4.2012`, `2012-03-04`.
fn numeric_date(mut rest: Rest<'_>) -> Option<Rest<'_>> {
    let first = rest.digits(1..=4)?;
    let separator = rest.one_of(|c| matches!(c, '/' | '-' | '.'))?;
    let second = rest.digits(1..=2)?;
    rest.one_of(|c| c == separator)?;
    let third = rest.digits(1..=4)?;
    let (month, day, year) = if first.len() == 4 { (second, third, first) } else { (first, second, third) };
    (is_month(month) && is_day(day) && matches!(year.len(), 2 | 4)).then_some(rest)
}

/// `March 4, 2012`, `Mar. 4th 2012`.
fn month_first(mut rest: Rest<'_>) -> Option<Rest<'_>> {
    month_name(&mut rest)?;
    day_number(&mut rest)?;
    rest.take(",");
    rest.blank();
    rest.digits(4..=4).map(|_| rest)
}

/// `4 March 2012`.
fn day_first(mut rest: Rest<'_>) -> Option<Rest<'_>> {
    day_number(&mut rest)?;
    rest.blank();
    month_name(&mut rest)?;
    rest.digits(4..=4).map(|_| rest)
}

/// The name of a month, and what stands before the next number.
fn month_name(rest: &mut Rest<'_>) -> Option<()> {
    const MONTHS: [&str; 12] = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december",
    ];
    let name = rest.run(9, char::is_alphabetic)?.to_lowercase();
    let is_name = name.len() >= 3
        && (name == "sept" || MONTHS.iter().any(|month| *month == name || month.get(..3) == Some(&name)));
    rest.one_of(|c| matches!(c, '.' | ','));
    rest.blank();
    is_name.then_some(())
}

/// `4`, `4th`.
fn day_number(rest: &mut Rest<'_>) -> Option<()> {
    let day = rest.digits(1..=2)?;
    let _ = ["st", "nd", "rd", "th"].iter().any(|ending| rest.take_word(ending));
    is_day(day).then_some(())
}

fn is_month(digits: &str) -> bool {
    digits.len() <= 2 && digits.parse().is_ok_and(|month: u8| (1..=12).contains(&month))
}

fn is_day(digits: &str) -> bool {
    digits.len() <= 2 && digits.parse().is_ok_and(|day: u8| (1..=31).contains(&day))
}
