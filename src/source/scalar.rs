//! Classifies an unquoted scalar as YAML does.

/// What YAML makes of an unquoted scalar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Null,
    Bool,
    Number,
    Text,
}

/// Classifies as YAML 1.2 does, and as a number also what only other readers take for one (`007`, `1_000` is text to all
/// that we know): whoever wants text is then told to quote it, and every reader agrees.
pub(crate) fn kind(text: &str) -> Kind {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Kind::Null,
        "true" | "True" | "TRUE" | "false" | "False" | "FALSE" => Kind::Bool,
        _ if is_number(text) => Kind::Number,
        _ => Kind::Text,
    }
}

/// Whether readers of YAML 1.1 take the word for a truth value. In prose that is a word; as an id or a key it is not.
pub(crate) fn is_old_bool(text: &str) -> bool {
    matches!(text.to_ascii_lowercase().as_str(), "yes" | "no" | "on" | "off" | "y" | "n")
}

/// Whether every reader takes the word for text, unquoted.
pub(crate) fn is_text(word: &str) -> bool {
    kind(word) == Kind::Text && !is_old_bool(word)
}

fn is_number(text: &str) -> bool {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    if matches!(unsigned, ".inf" | ".Inf" | ".INF" | ".nan" | ".NaN" | ".NAN") {
        return true;
    }
    for (prefix, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] {
        if let Some(digits) = unsigned.strip_prefix(prefix) {
            return !digits.is_empty() && digits.chars().all(|digit| digit.is_digit(radix));
        }
    }
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let exponent_is_one = exponent.is_none_or(|exponent| {
        let exponent = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
        !exponent.is_empty() && digits(exponent)
    });
    digits(whole) && digits(fraction) && !(whole.is_empty() && fraction.is_empty()) && exponent_is_one
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_every_form_that_some_reader_takes_for_one() {
        for text in [
            "1", "-1", "+1", "1.10", ".5", "5.", "1e3", "1.5E-3", "0x1F", "0o17", "0b1", "007", ".inf", "-.inf", ".nan",
        ] {
            assert_eq!(kind(text), Kind::Number, "{text}");
        }
        for text in ["1.0.0", "2026-01-31", "01-31", "1_000", "e3", ".", "-", "1e", "0x", "12 months", "4.1.3"] {
            assert_eq!(kind(text), Kind::Text, "{text}");
        }
    }

    /// Where the second reader sees something other than text, so do we: nothing turns into a number behind our back.
    #[test]
    fn whatever_the_second_reader_does_not_take_for_text_is_none_here() {
        let bodies = [
            "0", "1", "07", "12.5", ".5", "5.", "1e3", "1E+9", "0x1f", "0o7", "0b1", ".inf", ".NaN", "null", "~",
            "True",
        ];
        for sign in ["", "-", "+"] {
            for body in bodies {
                let text = format!("{sign}{body}");
                let value: serde_yaml::Value = serde_yaml::from_str(&text).unwrap_or_default();
                if !value.is_string() {
                    assert_ne!(kind(&text), Kind::Text, "{text}");
                }
            }
        }
    }
}
