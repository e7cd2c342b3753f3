//! Writes a scalar for YAML: plain where every reader takes it for the same value, else in quotes.

use super::scalar;

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
    let is_text = scalar::kind(text) == scalar::Kind::Text && !scalar::is_old_bool(text) && !is_numeric(text);
    is_text
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

/// What may stand in YAML without an escape, and is no line break to any reader. What reorders the text around it is shown
/// as an escape.
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
