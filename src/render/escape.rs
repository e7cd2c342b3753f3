//! Escapes texts that people wrote for the page they go into.

use std::fmt::Write as _;

use minijinja::{AutoEscape, HtmlEscape};

/// Adds text to a page as its kind wants it.
pub(super) fn text(text: &str, escape: &AutoEscape, out: &mut String) {
    match escape {
        AutoEscape::None => out.push_str(text),
        AutoEscape::Custom(_) => out.push_str(&markdown(text)),
        // What writes into memory does not fail.
        _ => _ = write!(out, "{}", HtmlEscape(text)),
    }
}

/// A value as JSON that can stand in a `<script>` element: nothing in it ends the element or begins another.
pub(super) fn json(value: &impl serde::Serialize) -> String {
    // What templates see has text for keys.
    let text = serde_json::to_string(value).unwrap_or_default();
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => out.push_str(&format!("\\u{:04x}", u32::from(character))),
            _ => out.push(character),
        }
    }
    out
}

/// Text for Markdown (CommonMark with tables): it comes out as itself wherever it stands in a line, also in a table or
/// a quotation, and can neither begin nor end anything.
pub(super) fn markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    let mut at_start = true;
    let mut lines = text.trim().split('\n').peekable();
    while let Some(line) = lines.next() {
        let line = line.trim();
        escape_line(line, at_start, &mut out);
        at_start = false;
        if lines.peek().is_some() {
            // A line break of the text must not end the line of the page.
            out.push_str("<br>");
        }
    }
    out
}

fn escape_line(line: &str, at_start: bool, out: &mut String) {
    // What makes a heading, a list or a rule does so at the beginning of a line only.
    let marker = if at_start { list_marker(line) } else { None };
    let closing = closing_hash(line);
    for (at, character) in line.char_indices() {
        match character {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '&' | '$' => {
                out.push('\\');
                out.push(character);
            }
            _ if marker == Some(at) || closing == Some(at) => {
                out.push('\\');
                out.push(character);
            }
            '\t' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push(' '),
            _ if character.is_control() => {}
            _ => out.push(character),
        }
    }
}

/// Where the character stands that would make a heading, a list, a rule or a table of the line.
fn list_marker(line: &str) -> Option<usize> {
    // A marker counts when white space follows, and what a template prints next may begin with some.
    let is_marker_at =
        |at: usize| line.get(at + 1..).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']));
    match line.chars().next()? {
        '#' => Some(0),
        first @ ('-' | '+') if is_marker_at(0) || line.get(1..).is_some_and(|rest| rest.starts_with(first)) => Some(0),
        '=' if line.chars().all(|character| "= ".contains(character)) => Some(0),
        ':' if line.starts_with(":-") => Some(0),
        '0'..='9' => {
            let digits = line.bytes().take_while(u8::is_ascii_digit).count();
            (line.get(digits..).is_some_and(|rest| rest.starts_with(['.', ')'])) && is_marker_at(digits))
                .then_some(digits)
        }
        _ => None,
    }
}

/// Where the last `#` stands of those that a heading would take for its own end.
fn closing_hash(line: &str) -> Option<usize> {
    let before = line.trim_end_matches('#');
    (before.len() < line.len() && before.ends_with(char::is_whitespace)).then(|| line.len() - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_a_person_writes_begins_or_ends_anything() {
        assert_eq!(markdown("a | b"), "a \\| b");
        assert_eq!(markdown("<script>&amp;"), "\\<script\\>\\&amp;");
        assert_eq!(markdown("# Title\n- item"), "\\# Title<br>- item");
        assert_eq!(markdown("one\n\ntwo"), "one<br><br>two");
        assert_eq!(markdown("1. first"), "1\\. first");
        assert_eq!(markdown("10) tenth"), "10\\) tenth");
        assert_eq!(markdown("- item"), "\\- item");
        assert_eq!(markdown("---"), "\\---");
        assert_eq!(markdown("Plan ##"), "Plan #\\#");
        assert_eq!(markdown("==="), "\\===");
        assert_eq!(markdown("*x* _y_ `z` [l](u) ~s~"), "\\*x\\* \\_y\\_ \\`z\\` \\[l\\](u) \\~s\\~");
        assert_eq!(markdown("a\u{0}b\u{1b}c\rd\u{2028}e"), "abc d e");
        assert_eq!(markdown("    code"), "code");
    }

    #[test]
    fn json_cannot_end_the_script_it_stands_in() {
        let value = serde_json::json!({ "</script>": "<!-- ]]> & \u{2028}", "quote": "\"'\\" });
        let written = json(&value);
        assert!(!written.contains(['<', '>', '&', '\u{2028}']), "{written}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&written).unwrap(), value);
    }

    #[test]
    fn ordinary_prose_stays_as_it_is() {
        let prose =
            "Calm & warm".replace('&', "and") + " in both observations (grade 4–5), 9 of 9: “well done”; no. 3!";
        assert_eq!(markdown(&prose), prose);
        for text in ["C#", "no. #3", "4.1.6", "-5 points", "2026-06-30", "=)", "+1"] {
            assert_eq!(markdown(text), text);
        }
    }
}
