//! A user's text in a message: short, on one line, and without characters that could disguise what it says.

/// At most 40 characters of the first line of a user's text, for a message.
pub(crate) fn shorten(text: &str) -> String {
    const MOST: usize = 40;
    let line = text.lines().next().unwrap_or_default();
    if line.chars().count() > MOST || line.len() < text.trim_end().len() {
        format!("{}…", line.chars().take(MOST).collect::<String>().trim_end())
    } else {
        line.to_owned()
    }
}

/// The text with a replacement character for each that a terminal would obey, or that reorders the text around it.
pub(super) fn clean(text: String) -> String {
    if text.contains(is_unfit) { text.replace(is_unfit, "\u{fffd}") } else { text }
}

fn is_unfit(character: char) -> bool {
    let is_separator = matches!(character, '\u{2028}' | '\u{2029}');
    let reorders = matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    character.is_control() || is_separator || reorders
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_would_obey_is_replaced_and_nothing_else() {
        assert_eq!(clean("a\u{1b}[31mb\rc\n".to_owned()), "a\u{fffd}[31mb\u{fffd}c\u{fffd}");
        assert_eq!(clean("\u{202e}x\u{2069}\u{2028}".to_owned()), "\u{fffd}x\u{fffd}\u{fffd}");
        assert_eq!(clean("日本 é 😀 “…”".to_owned()), "日本 é 😀 “…”");
    }

    #[test]
    fn a_long_text_is_cut_and_one_of_several_lines_too() {
        assert_eq!(shorten("short"), "short");
        assert_eq!(shorten("one\ntwo"), "one…");
        assert_eq!(shorten(&"x".repeat(41)), format!("{}…", "x".repeat(40)));
    }
}
