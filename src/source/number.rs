//! Numbers that nobody here computes with, written as what they are.

use serde::Serializer;

use crate::exact::Exact;

/// Writes a number of a document as a number, in whatever way it was written: `1e3` is 1000. One that formats may not carry
/// unchanged, such as one of thirty digits, is written as text, digit for digit.
#[allow(
    clippy::disallowed_types,
    reason = "it carries digits to a writer that prints as many as tell them from others; nothing computes with it"
)]
pub(super) fn serialize<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    if let Some(number) = Exact::parse(text).filter(|number| !number.is_written_as_text()) {
        return number.serialize_number(serializer);
    }
    let Some(number) = Decimal::parse(text) else { return serializer.serialize_str(text) };
    let whole = number.whole();
    if let Some(whole) = whole.as_ref().and_then(|whole| whole.parse().ok()) {
        return serializer.serialize_i64(whole);
    }
    if let Some(whole) = whole.and_then(|whole| whole.parse().ok()) {
        return serializer.serialize_u64(whole);
    }
    match text.parse::<f64>() {
        Ok(carrier) if Decimal::parse(&format!("{carrier:e}")).as_ref() == Some(&number) => {
            serializer.serialize_f64(carrier)
        }
        _ => serializer.serialize_str(text),
    }
}

/// A number as JSON writes it, with or without an exponent, in full: without one, and without needless zeros. `None` for one
/// that is not written so, or longer than any that is computed with.
pub(crate) fn in_full(text: &str) -> Option<String> {
    let Decimal { is_negative, digits, exponent } = Decimal::parse(text)?;
    let sign = if is_negative { "-" } else { "" };
    let zeros = usize::try_from(exponent.unsigned_abs()).ok().filter(|zeros| *zeros <= MAX_ZEROS)?;
    if exponent >= 0 {
        let number = format!("{digits}{}", "0".repeat(zeros));
        return Some(if digits.is_empty() { "0".to_owned() } else { format!("{sign}{number}") });
    }
    let digits = format!("{digits:0>width$}", width = zeros + 1);
    let (whole, places) = digits.split_at(digits.len() - zeros);
    Some(format!("{sign}{whole}.{places}"))
}

/// No number that a binary fraction carries has more.
const MAX_ZEROS: usize = 400;

/// `digits` times ten to the power of `exponent`, without zeros at either end.
#[derive(Debug, PartialEq, Eq)]
struct Decimal {
    is_negative: bool,
    digits: String,
    exponent: i64,
}

impl Decimal {
    /// `-?digits[.digits][e[+-]digits]`, as JSON has it.
    fn parse(text: &str) -> Option<Self> {
        let unsigned = text.strip_prefix('-').unwrap_or(text);
        let (mantissa, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
        let (whole, places) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
        let are_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        let has_leading_zero = whole.len() > 1 && whole.starts_with('0');
        if !are_digits(whole) || !are_digits(places) || has_leading_zero {
            return None;
        }
        let digits = format!("{whole}{places}");
        let significant = digits.trim_end_matches('0');
        let exponent: i64 = exponent.parse().ok()?;
        let dropped = i64::try_from(digits.len() - significant.len()).ok()?;
        let exponent = exponent.checked_add(dropped)?.checked_sub(i64::try_from(places.len()).ok()?)?;
        let digits = significant.trim_start_matches('0').to_owned();
        let is_zero = digits.is_empty();
        Some(Self {
            is_negative: text.starts_with('-') && !is_zero,
            digits,
            exponent: if is_zero { 0 } else { exponent },
        })
    }

    /// The digits of a whole number that may be small enough to be computed with.
    fn whole(&self) -> Option<String> {
        const MOST: usize = 20;
        let zeros = usize::try_from(self.exponent).ok().filter(|zeros| *zeros <= MOST)?;
        let sign = if self.is_negative { "-" } else { "" };
        Some(if self.digits.is_empty() {
            "0".to_owned()
        } else {
            format!("{sign}{}{}", self.digits, "0".repeat(zeros))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> String {
        let mut out = Vec::new();
        serialize(text, &mut serde_json::Serializer::new(&mut out)).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_number_stays_one_where_it_is_carried_and_else_it_keeps_its_digits() {
        for (text, number) in [
            ("1e3", "1000"),
            ("-1.50E+1", "-15"),
            ("0e9", "0"),
            ("-0.0", "0"),
            ("9223372036854775807", "9223372036854775807"),
            ("18446744073709551615", "18446744073709551615"),
            ("0.8333333333333334", "0.8333333333333334"),
            ("1.5e-7", "1.5e-7"),
        ] {
            assert_eq!(written(text), number, "{text}");
        }
        for text in ["0.00001", "1.7976931348623157e308", "-2.5e-300", "1e22", "5e-324"] {
            let read: serde_json::Value = serde_json::from_str(&written(text)).unwrap();
            assert_eq!((read.is_number(), Decimal::parse(&read.to_string())), (true, Decimal::parse(text)), "{text}");
        }
        for text in [
            "123456789012345678901",
            "18446744073709551616",
            "0.1234567890123456789",
            "1e400",
            "1e-400",
            "1e99999999999999999999",
            "0x1F",
            "+1",
            ".inf",
            "1.",
            ".5",
        ] {
            assert_eq!(written(text), format!("\"{text}\""));
        }
    }

    #[test]
    fn in_full_a_number_has_no_exponent() {
        for (text, full) in [
            ("1e3", "1000"),
            ("1.5e-7", "0.00000015"),
            ("-2.50", "-2.5"),
            ("-0.0", "0"),
            ("7", "7"),
            ("12.5e-1", "1.25"),
        ] {
            assert_eq!(in_full(text).as_deref(), Some(full));
        }
        assert_eq!(in_full("0x1F"), None);
    }
}
