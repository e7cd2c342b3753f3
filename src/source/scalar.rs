//! Scalars of YAML: classifies an unquoted one as YAML does, and writes a text plain where every reader takes it for that
//! text, else in quotes.

/// The type that YAML gives to an unquoted scalar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ScalarKind {
    Null,
    Bool,
    Number,
    Text,
}

/// Classifies as YAML 1.2 does, and as a number also what only other readers take for one (`007`, `1_000` is text to all
/// that we know): whoever wants text is then told to quote it, and every reader agrees.
pub(crate) fn kind(text: &str) -> ScalarKind {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => ScalarKind::Null,
        "true" | "True" | "TRUE" | "false" | "False" | "FALSE" => ScalarKind::Bool,
        _ if is_number(text) => ScalarKind::Number,
        _ => ScalarKind::Text,
    }
}

/// Whether readers of YAML 1.1 take the word for a truth value. In prose that is a word; as an id or a key it is not.
pub(crate) fn is_old_bool(text: &str) -> bool {
    matches!(text.to_ascii_lowercase().as_str(), "yes" | "no" | "on" | "off" | "y" | "n")
}

/// Whether every reader takes the word for text, unquoted.
pub(crate) fn is_text(word: &str) -> bool {
    kind(word) == ScalarKind::Text && !is_old_bool(word)
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

/// On one line: as it is, or in quotes.
pub(super) fn scalar_text(text: &str) -> String {
    if is_plain(text) { text.to_owned() } else { quoted(text) }
}

/// Within brackets or braces on one line: as it is, or in quotes.
pub(crate) fn flow_text(text: &str) -> String {
    if is_plain(text) && !text.contains([',', '[', ']', '{', '}']) { text.to_owned() } else { quoted(text) }
}

/// Whether lines can stand as they are under `|`: nothing at their ends that an editor would strip, and a beginning that
/// shows the indentation.
pub(super) fn is_block(text: &str) -> bool {
    let begins = !text.starts_with([' ', '\n']);
    let ends = text.ends_with(|last: char| last != '\n')
        || text.strip_suffix('\n').is_some_and(|text| text.ends_with(|last: char| last != '\n'));
    let is_clean = |line: &str| line.trim_end() == line && line.chars().all(is_printable);
    begins && ends && text.split('\n').all(is_clean)
}

/// Whether a line can be broken between its words.
pub(super) fn is_folded(text: &str) -> bool {
    let words = text.split(' ').all(|word| !word.is_empty() && !word.contains(char::is_whitespace));
    words && text.chars().all(is_printable)
}

/// Whether every reader takes the text, unquoted, for that very text.
pub(super) fn is_plain(text: &str) -> bool {
    let mut characters = text.chars();
    let Some(first) = characters.next() else { return false };
    let is_indicator = "-?:,[]{}#&*!|>'\"%@`=<~".contains(first) || first.is_whitespace();
    let is_cut = text.contains(": ") || text.contains(" #") || text.ends_with([':', ' ']);
    let is_marker = text.starts_with("...");
    is_text(text)
        && !is_numeric(text)
        && !is_indicator
        && !is_cut
        && !is_marker
        && text.trim() == text
        && text.chars().all(|character| is_printable(character) && character != '\t')
}

/// In double quotes, as JSON and YAML both read it.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            _ if is_printable(character) => out.push(character),
            _ if u32::from(character) > 0xffff => out.push_str(&format!("\\U{:08x}", u32::from(character))),
            _ => out.push_str(&format!("\\u{:04x}", u32::from(character))),
        }
    }
    out.push('"');
    out
}

/// Whether the character may stand in YAML without an escape, and is no line break to any reader. Controls that reorder
/// the text around them are escaped.
fn is_printable(character: char) -> bool {
    let is_break = matches!(character, '\u{85}' | '\u{2028}' | '\u{2029}');
    let is_hidden =
        matches!(character, '\u{feff}' | '\u{fffe}' | '\u{ffff}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    !character.is_control() && !is_break && !is_hidden
}

/// Whether some reader may take it for a number or a time: `1_000`, `12:30`. Dates and versions are text to those that we
/// know.
fn is_numeric(text: &str) -> bool {
    let begins = text.starts_with(|first: char| first.is_ascii_digit() || matches!(first, '+' | '.'));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let has_parts = |separator| text.split(separator).count() == 3 && text.split(separator).all(digits);
    let rest = text.bytes().all(|byte| byte.is_ascii_hexdigit() || b"_.:+-xo".contains(&byte));
    begins && rest && !has_parts('.') && !has_parts('-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_every_form_that_some_reader_takes_for_one() {
        for text in [
            "1", "-1", "+1", "1.10", ".5", "5.", "1e3", "1.5E-3", "0x1F", "0o17", "0b1", "007", ".inf", "-.inf", ".nan",
        ] {
            assert_eq!(kind(text), ScalarKind::Number, "{text}");
        }
        for text in ["1.0.0", "2026-01-31", "01-31", "1_000", "e3", ".", "-", "1e", "0x", "12 months", "4.1.3"] {
            assert_eq!(kind(text), ScalarKind::Text, "{text}");
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
                    assert_ne!(kind(&text), ScalarKind::Text, "{text}");
                }
            }
        }
    }
}
