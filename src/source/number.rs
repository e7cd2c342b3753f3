//! Numbers passed through unchanged.

use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

use crate::exact::Exact;

/// Writes a number of a document as it was written, digit for digit, where `serde_json` writes text. For any other serializer
/// it is the number that it is, `1e3` as 1000; one that they may not carry unchanged, such as one of thirty digits, is a text.
#[allow(
    clippy::disallowed_types,
    reason = "it carries digits to a writer that prints as many as tell them from others; nothing computes with it"
)]
pub(crate) fn serialize<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    if is_json_text::<S>()
        && text.starts_with(|first: char| first == '-' || first.is_ascii_digit())
        && let Ok(number) = RawValue::from_string(text.to_owned())
    {
        return number.serialize(serializer);
    }
    // `007` may be more than the number seven.
    if has_leading_zero(text) {
        return serializer.serialize_str(text);
    }
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

/// Whether it is a number to YAML that JSON cannot write, for it begins with a zero that is not needed.
pub(super) fn has_leading_zero(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    digits.strip_prefix('0').is_some_and(|rest| rest.starts_with(|next: char| next.is_ascii_digit()))
}

/// Whether a serializer is that of `serde_json` that writes text: it alone takes a [`RawValue`] for what it is. The name is all
/// that is known of it; were it another, numbers would be written as for every other serializer.
fn is_json_text<S>() -> bool {
    std::any::type_name::<S>().starts_with("&mut serde_json::ser::Serializer<")
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

    struct Number<'a>(&'a str);

    impl Serialize for Number<'_> {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serialize(self.0, serializer)
        }
    }

    #[test]
    fn json_text_has_a_number_digit_for_digit() {
        for text in [
            "1e3", "-1.50E+1", "0e9", "-0.0", "-0", "1.10", "123456789012345678901",
            "0.1000000000000000055511151231257827", "1e400", "1e-400", "1e99999999999999999999",
        ] {
            assert_eq!(serde_json::to_string(&[Number(text)]).unwrap(), format!("[{text}]"));
            assert_eq!(serde_json::to_string_pretty(&Number(text)).unwrap(), text);
        }
        for text in ["0x1F", "+1", ".inf", "1.", ".5", "007"] {
            assert_eq!(serde_json::to_string(&Number(text)).unwrap(), format!("\"{text}\""));
        }
    }

    #[test]
    fn another_serializer_gets_a_number_where_it_carries_it_and_else_its_digits() {
        let value = |text: &str| serde_json::to_value(Number(text)).unwrap();
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
            assert_eq!(value(text).to_string(), number, "{text}");
        }
        for text in ["0.00001", "1.7976931348623157e308", "-2.5e-300", "1e22", "5e-324"] {
            let read = value(text);
            assert_eq!((read.is_number(), Decimal::parse(&read.to_string())), (true, Decimal::parse(text)), "{text}");
        }
        for text in ["123456789012345678901", "0.1234567890123456789", "1e400", "1e-400", "0x1F", ".inf", "007"] {
            assert_eq!(value(text), text);
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
