//! Finds numbers that begin with a zero, on which readers of YAML disagree.

use crate::diagnostic::{Code, Severity};

use super::findings::{Finding, Findings};
use super::help::Help;
use super::number;
use super::quote::shorten;
use super::span::Span;

/// Notes that a number begins with a zero that is not needed: some readers take `010` for eight.
pub(crate) fn note_leading_zero(text: &str, at: Span, findings: &Findings) {
    if !number::has_leading_zero(text) {
        return;
    }
    let (shown, plain) = (shorten(text), shorten(&without_zeros(text)));
    let elsewhere = match octal(text) {
        Some(octal) if octal != plain => format!(", and by some other readers as {octal}"),
        None if !text.contains('.') => ", and by some other readers as text".to_owned(),
        _ => String::new(),
    };
    let message = format!("`{shown}` begins with a zero: it is read as {plain}{elsewhere}");
    findings.push(Finding::new(
        Severity::Warning,
        Code::LeadingZero,
        at,
        message,
        Help::from(format!("write {plain}")).writing_whole(text, &without_zeros(text)),
    ));
}

/// The digits of a number without zeros at its beginning that are not needed.
pub(crate) fn without_zeros(text: &str) -> String {
    let (sign, digits) = parted(text);
    let digits = digits.trim_start_matches('0');
    let zero = if digits.starts_with(|first: char| first.is_ascii_digit()) { "" } else { "0" };
    format!("{sign}{zero}{digits}")
}

/// The number as a reader of YAML 1.1 takes it: to the base of eight.
fn octal(text: &str) -> Option<String> {
    let (sign, digits) = parted(text);
    u64::from_str_radix(digits, 8).ok().map(|number| format!("{sign}{number}"))
}

fn parted(text: &str) -> (&str, &str) {
    text.strip_prefix('-').map_or(("", text), |digits| ("-", digits))
}
