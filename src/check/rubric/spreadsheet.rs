//! Rules of texts that a spreadsheet altered: codes turned into dates, and error values.

use crate::diagnostic::{Code, Severity};
use crate::source::{Field, Finding, Findings, Span, Text};

use super::super::value;

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

const ERRORS: [&str; 9] = ["#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"];

/// A printed number that a spreadsheet turned into a date, the number of a day, or a power of ten.
pub(super) fn code(field: &Field<Text>, findings: &Findings) {
    let Some(code) = field.text().map(str::trim) else { return };
    let shown = value::shorten(code);
    let (severity, message) = if is_error(code) {
        return error(code, field.span, "", findings);
    } else if is_date(code) {
        (Severity::Error, format!("a spreadsheet turned a number such as 1.2 into the date `{shown}`"))
    } else if is_power(code) {
        (Severity::Error, format!("a spreadsheet turned a number such as 1.10 or 110 into `{shown}`"))
    } else if is_day(code) {
        (Severity::Warning, format!("`{shown}` may be the number of a day, which a spreadsheet makes of a date"))
    } else {
        return;
    };
    let help =
        "write the number that belongs here; in a spreadsheet, make the column text before anything is typed in it";
    findings.push(Finding::new(severity, Code::MangledCode, field.span, message, help.to_owned()));
}

/// A text that is an error of a spreadsheet and nothing else.
pub(super) fn error(text: &str, place: Span, about: &str, findings: &Findings) {
    let Some(text) = Some(text.trim()).filter(|text| is_error(text)) else { return };
    let message = format!("`{text}` is an error of a spreadsheet, not a text");
    let help = "mend the formula in the spreadsheet, or write the text that belongs here".to_owned();
    findings.push(Finding::new(Severity::Error, Code::SpreadsheetError, place, message, help).about(about));
}

fn is_error(text: &str) -> bool {
    ERRORS.contains(&text) || (text.len() > 2 && text.chars().all(|c| c == '#'))
}

/// `2-Jan`, `Jan-02`, `2-Jan-25`, `1/2/2025`, `2025-01-02`.
fn is_date(code: &str) -> bool {
    let parts: Vec<&str> = code.split(['-', '/', ' ']).collect();
    let is_number = |part: &&str| (1..=4).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_month = |part: &&str| MONTHS.contains(&part.to_lowercase().as_str());
    let (months, numbers) =
        (parts.iter().filter(|part| is_month(part)).count(), parts.iter().filter(|part| is_number(part)).count());
    let has_year = parts.iter().any(|part| part.len() == 4 && is_number(part));
    match (months, numbers, parts.len()) {
        (1, 1, 2) | (1, 2, 3) => true,
        (0, 3, 3) => has_year,
        _ => false,
    }
}

/// `1.10E+02`.
fn is_power(code: &str) -> bool {
    let Some((number, power)) = code.split_once(['E', 'e']) else { return false };
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    is_number(number) && power.strip_prefix(['+', '-']).is_some_and(is_number)
}

/// A whole number that is a day from 2009 to 2064.
fn is_day(code: &str) -> bool {
    code.len() == 5
        && code.bytes().all(|byte| byte.is_ascii_digit())
        && code.parse().is_ok_and(|day: u32| (40_000..60_000).contains(&day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_that_was_a_number_is_told_from_one_that_is_meant() {
        for code in ["2-Jan", "Jan-02", "2-Jan-25", "1/2/2025", "2025-01-02", "12-dec"] {
            assert!(is_date(code), "{code}");
        }
        for code in ["1.2", "1-2", "A-1", "1.1-2", "2-J", "Jan", "1-2-3", "1/2", "4.1.3", "may be"] {
            assert!(!is_date(code), "{code}");
        }
        assert!(is_power("1.10E+02") && is_power("1E+10"));
        assert!(!is_power("1E2") && !is_power("E+1") && !is_power("E-1"));
        assert!(is_day("45658") && !is_day("4565") && !is_day("12345"));
        assert!(is_error("#REF!") && is_error("#####") && !is_error("#1") && !is_error("See #REF! there"));
    }
}
