//! Reads dates, shares of a position and identifiers as spreadsheets and HR systems write them.

use std::cell::Cell;

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::super::messages::clean;

/// The way in which dates are read, and how many were read in a way that a person must know of.
#[derive(Debug, Default)]
pub(super) struct Dates {
    /// Whether the rubric is of the United States.
    is_american: bool,
    /// Whether some date can only be month/day/year, and none only day/month/year.
    is_proven: bool,
    turned: Cell<usize>,
    serial: Cell<usize>,
    example: std::cell::RefCell<Option<(String, Date)>>,
}

impl Dates {
    /// Decides on the form of dates by the rubric's language and all dates of the roster.
    pub(super) fn of<'a>(language: Option<&str>, all: impl Iterator<Item = &'a str>) -> Self {
        let is_american =
            language.is_some_and(|tag| tag.split('-').skip(1).any(|part| part.eq_ignore_ascii_case("us")));
        let (mut american, mut other) = (false, false);
        for (first, second, _) in all.filter_map(|cell| slashed(without_time(cell))) {
            american |= second > 12 && first <= 12;
            other |= first > 12;
        }
        Self { is_american, is_proven: american && !other, ..Self::default() }
    }

    /// The day, as 2026-06-30, or its fault. A text in another form stays, for the check to name.
    pub(super) fn read(&self, cell: &str) -> Result<String, String> {
        let written = without_time(cell);
        if let Some(date) = serial(written) {
            self.note(&self.serial, cell, date);
            return Ok(date.to_string());
        }
        let Some((month, day, year)) = slashed(written) else { return Ok(written.to_owned()) };
        let shown = clean(cell);
        if year < 100 {
            return Err(format!(
                "`{shown}` has a year of two digits: write year, month and day, such as 20{year:02}-08-26"
            ));
        }
        let date = Date::new(year, month, day).ok().filter(|_| self.is_american);
        match date {
            Some(date) if day > 12 || day == month || self.is_proven => {
                self.note(&self.turned, cell, date);
                Ok(date.to_string())
            }
            Some(date) => {
                let other = Date::new(year, day, month).map(|other| other.to_string()).unwrap_or_default();
                Err(format!("`{shown}` can be {date} or {other}: write year, month and day"))
            }
            None if self.is_american => Err(format!("`{shown}` is no month/day/year: write year, month and day")),
            None => Err(format!("`{shown}` is not a date: write year, month and day, such as {year}-08-26")),
        }
    }

    fn note(&self, count: &Cell<usize>, cell: &str, date: Date) {
        count.set(count.get() + 1);
        self.example.borrow_mut().get_or_insert_with(|| (clean(cell), date));
    }

    /// A message for the person who made the roster.
    pub(super) fn told(&self) -> Option<String> {
        let example = self.example.borrow();
        let (cell, date) = example.as_ref()?;
        let parts = [(self.turned.get(), "month/day/year"), (self.serial.get(), "a spreadsheet's number of days")];
        let parts = parts.iter().filter(|(count, _)| *count > 0);
        let parts: Vec<String> = parts.map(|(count, what)| format!("{count} as {what}")).collect();
        Some(format!("dates read: {}; `{cell}` is {date}", parts.join(", ")))
    }
}

/// The cell without a time that says nothing: `8/26/2019 0:00`, `2019-08-26T00:00:00.000Z`.
fn without_time(cell: &str) -> &str {
    let Some((date, time)) = cell.split_once(['T', ' ']) else { return cell };
    let time = time.trim().trim_end_matches(" AM").trim_end_matches('Z');
    let is_midnight = !time.is_empty() && time.replace("12:00", "0:00").chars().all(|c| "0:.".contains(c));
    if is_midnight { date } else { cell }
}

/// Two numbers and a year between slashes or hyphens.
fn slashed(cell: &str) -> Option<(i8, i8, i16)> {
    let mut parts = cell.split(['/', '-']);
    let mut number = |digits: std::ops::RangeInclusive<usize>| {
        let part = parts.next()?.trim();
        let is_number = digits.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        part.parse::<i16>().ok().filter(|_| is_number)
    };
    let (first, second, year) = (number(1..=2)?, number(1..=2)?, number(2..=4)?);
    let date = (i8::try_from(first).ok()?, i8::try_from(second).ok()?, year);
    parts.next().is_none().then_some(date)
}

/// The day of a spreadsheet's serial number, from 1927 to 2119.
fn serial(cell: &str) -> Option<Date> {
    let days: i32 = cell.parse().ok().filter(|days| (10_000..=80_000).contains(days))?;
    Date::new(1899, 12, 30).ok()?.checked_add(days.days()).ok()
}

/// A share of a position as a number in digits, or its fault.
pub(super) fn share(cell: &str, is_percent: bool) -> Result<String, String> {
    let shown = clean(cell);
    let (written, is_percent) = match cell.strip_suffix('%') {
        Some(number) => (number.trim(), true),
        None => (cell, is_percent),
    };
    let (whole, places) = written.split_once(['.', ',']).unwrap_or((written, ""));
    let are_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() && places.is_empty() || !are_digits(whole) || !are_digits(places) || whole.len() > 3 {
        return Err(format!("`{shown}` is no share of a position: write a number such as 0.5, or 50%"));
    }
    let hundred = |whole: &str| whole.parse::<u32>().unwrap_or_default();
    if !is_percent && hundred(whole) > 2 {
        return Err(format!("`{shown}` is more than a full position: write 0.5 for a half, or 50%"));
    }
    if is_percent && !cell.ends_with('%') && hundred(whole) <= 1 {
        return Err(format!("`{shown}` stands in a column of percents: write 50% for a half"));
    }
    let (whole, places) = if is_percent {
        let digits = format!("{whole:0>3}");
        let (front, back) = digits.split_at(digits.len() - 2);
        (front.to_owned(), format!("{back}{places}"))
    } else {
        (whole.to_owned(), places.to_owned())
    };
    let whole = whole.trim_start_matches('0');
    let places = places.trim_end_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    Ok(if places.is_empty() { whole.to_owned() } else { format!("{whole}.{places}") })
}

/// The fault of an identifier or name that a spreadsheet altered: a power of ten, or an error value.
pub(super) fn mangled(cell: &str) -> Option<String> {
    let shown = clean(cell);
    let is_power = cell.split_once(['E', 'e']).is_some_and(|(front, power)| {
        let number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        number(front) && power.strip_prefix(['+', '-']).is_some_and(number)
    });
    if is_power {
        return Some(format!(
            "a spreadsheet shortened a number to `{shown}`: make the column text, and export it again"
        ));
    }
    let is_error =
        matches!(cell, "#REF!" | "#N/A" | "#NAME?" | "#VALUE!" | "#DIV/0!" | "#NULL!" | "#NUM!" | "#SPILL!" | "#CALC!");
    (is_error || !cell.is_empty() && cell.chars().all(|c| c == '#'))
        .then(|| format!("`{shown}` is an error of the spreadsheet: mend the cell, and export it again"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(language: &str, all: &[&str]) -> Vec<Result<String, String>> {
        let dates = Dates::of(Some(language), all.iter().copied());
        all.iter().map(|cell| dates.read(cell)).collect()
    }

    #[test]
    fn an_american_date_is_read_where_it_can_be_no_other() {
        let one = |cell: &str| read("en-US", &[cell]).remove(0);
        assert_eq!(one("8/26/2019"), Ok("2019-08-26".to_owned()));
        assert_eq!(one("08/26/2019 0:00"), Ok("2019-08-26".to_owned()));
        assert_eq!(one("7/7/2024"), Ok("2024-07-07".to_owned()));
        assert_eq!(one("43702"), Ok("2019-08-25".to_owned()));
        assert_eq!(one("2019-08-26T00:00:00.000Z"), Ok("2019-08-26".to_owned()));
        assert_eq!(one("2019-08-26"), Ok("2019-08-26".to_owned()));
        for other in ["7/1/2024", "26/8/2019", "8/26/19", "2/30/2019"] {
            assert!(one(other).is_err(), "{other}");
        }
        assert!(read("en-GB", &["8/26/2019"]).remove(0).is_err());
        assert!(read("es-US", &["8/26/2019"]).remove(0).is_ok());
    }

    #[test]
    fn the_whole_table_says_how_its_dates_are_written() {
        let all = read("en-US", &["7/1/2024", "6/30/2029"]);
        assert_eq!(all, [Ok("2024-07-01".to_owned()), Ok("2029-06-30".to_owned())]);
        let mixed = read("en-US", &["7/1/2024", "6/30/2029", "30/6/2029"]);
        assert!(mixed[0].is_err() && mixed[1].is_ok() && mixed[2].is_err(), "{mixed:?}");
    }

    #[test]
    fn a_share_of_a_position_is_a_number_of_at_most_two() {
        for (cell, number) in [
            ("50%", "0.5"),
            ("100 %", "1"),
            ("12.5%", "0.125"),
            ("5%", "0.05"),
            ("0,5", "0.5"),
            ("1.0", "1"),
            (".6", "0.6"),
        ] {
            assert_eq!(share(cell, false), Ok(number.to_owned()), "{cell}");
        }
        assert_eq!(share("50", true), Ok("0.5".to_owned()));
        for cell in ["50", "x", "-1", "1e1", "%", "", "1.2.3", "1,000.5"] {
            assert!(share(cell, false).is_err(), "{cell}");
        }
        assert!(share("0.5", true).is_err());
    }

    #[test]
    fn an_identifier_that_a_spreadsheet_changed_is_refused() {
        for cell in ["1.00E+05", "1E+9", "#REF!", "#N/A", "#####"] {
            assert!(mangled(cell).is_some(), "{cell}");
        }
        for cell in ["E-1042", "1E5", "007", "E+E", "#12", "12-E+"] {
            assert_eq!(mangled(cell), None, "{cell}");
        }
    }
}
