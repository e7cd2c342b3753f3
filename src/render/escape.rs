//! Escapes texts that people wrote for the page they go into.

use std::fmt::{self, Write};

/// Writes a text into HTML, escaped as minijinja does it.
pub(super) fn html(text: &str, out: &mut impl Write) -> fmt::Result {
    let is_special = |byte| is_one_of(byte, *b"<>&\"'/");
    replaced(text, is_special, out, |character, out| {
        out.write_str(match character {
            '<' => "&lt;",
            '>' => "&gt;",
            '&' => "&amp;",
            '"' => "&quot;",
            '\'' => "&#x27;",
            _ => "&#x2f;",
        })
    })
}

/// Writes a text, but `replace` writes each character whose first byte is special.
fn replaced<W: Write>(
    text: &str,
    is_special: impl Fn(u8) -> bool,
    out: &mut W,
    replace: impl Fn(char, &mut W) -> fmt::Result,
) -> fmt::Result {
    let mut rest = text;
    while let Some((plain, special)) = position(rest.as_bytes(), &is_special).and_then(|at| rest.split_at_checked(at)) {
        out.write_str(plain)?;
        let mut characters = special.chars();
        characters.next().map_or(Ok(()), |character| replace(character, out))?;
        rest = characters.as_str();
    }
    out.write_str(rest)
}

/// The place of the first special byte. Vector instructions look at sixteen bytes together.
fn position(bytes: &[u8], is_special: impl Fn(u8) -> bool) -> Option<usize> {
    let (chunks, _) = bytes.as_chunks::<16>();
    let is_plain = |chunk: &&[u8; 16]| !chunk.iter().fold(false, |any, byte| any | is_special(*byte));
    let plain = chunks.iter().take_while(is_plain).count() * 16;
    bytes.get(plain..)?.iter().position(|byte| is_special(*byte)).map(|at| plain + at)
}

/// Whether a byte is among some, told without a branch, as vector instructions need it.
fn is_one_of<const N: usize>(byte: u8, these: [u8; N]) -> bool {
    these.into_iter().fold(false, |any, this| any | (byte == this))
}

/// A value as JSON that can stand in a `<script>` element: nothing in it ends the element or begins another.
pub(super) fn json(value: &impl serde::Serialize) -> String {
    // Every key of a context is text.
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

/// Writes a text into Markdown (CommonMark with tables): it comes out as itself wherever it stands in a line, also in a table or
/// a quotation, and can neither begin nor end anything.
pub(super) fn markdown(text: &str, out: &mut impl Write) -> fmt::Result {
    for (number, line) in text.trim().split('\n').enumerate() {
        let line = line.trim();
        // A line break of the text must not end the line of the page.
        out.write_str(if number == 0 { "" } else { "<br>" })?;
        // A heading, a list or a rule begins at the beginning of a line only.
        let marker = if number == 0 { list_marker(line) } else { None };
        let mut from = 0;
        for at in marker.into_iter().chain(closing_hash(line)) {
            escaped(line.get(from..at).unwrap_or_default(), out)?;
            out.write_char('\\')?;
            from = at;
        }
        escaped(line.get(from..).unwrap_or_default(), out)?;
    }
    Ok(())
}

/// Writes a part of a line with a backslash before each sign of Markdown, and without control characters.
fn escaped(text: &str, out: &mut impl Write) -> fmt::Result {
    // Line separators and the control characters beyond ASCII begin with 0xc2 or 0xe2.
    let is_special = |byte| (byte < b' ') | is_one_of(byte, *b"\\`*_[]<>|~&$\x7f\xc2\xe2");
    replaced(text, is_special, out, |character, out| match character {
        '\t' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.write_char(' '),
        _ if character.is_control() => Ok(()),
        _ if character.is_ascii() => write!(out, "\\{character}"),
        _ => out.write_char(character),
    })
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

    fn markdown(text: &str) -> String {
        let mut out = String::new();
        super::markdown(text, &mut out).unwrap();
        out
    }

    #[test]
    fn html_is_escaped_as_the_engine_does_it() {
        let signs = "<>&\"'/ é…";
        for length in 0..40 {
            let text: String = signs.chars().cycle().skip(length).step_by(7).take(length).collect();
            for text in [&text, &format!("{}{text}{}", "a".repeat(length), "–".repeat(17))] {
                let mut out = String::new();
                html(text, &mut out).unwrap();
                assert_eq!(out, minijinja::HtmlEscape(text).to_string());
            }
        }
    }

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
