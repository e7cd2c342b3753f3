//! Quotes a user's text in a message: short, on one line, and without characters that could disguise its meaning.

/// At most 40 characters of the first line of a user's text, for a message.
pub(crate) fn shorten(text: &str) -> String {
    shorten_to(text, 40)
}

/// A label of the rubric in a message: whole, if it is one that can be printed at all.
pub(crate) fn label(text: &str) -> String {
    shorten_to(text, 200)
}

fn shorten_to(text: &str, most: usize) -> String {
    // The rest is not looked at: a text can be quoted in very many messages.
    let text = text.strip_suffix('\n').unwrap_or(text);
    let (line, is_all) = match text.char_indices().nth(most) {
        Some((end, _)) => (text.get(..end).unwrap_or_default(), false),
        None => (text, true),
    };
    match line.find(['\n', '\r']).map(|end| line.split_at(end)) {
        Some((line, rest)) if !is_all || !rest.trim_end().is_empty() => format!("{}…", line.trim_end()),
        Some((line, _)) => line.to_owned(),
        None if is_all => line.to_owned(),
        None => format!("{}…", line.trim_end()),
    }
}

/// A message of at most a thousand characters, in which [`clean`] leaves nothing unfit.
pub(super) fn message(text: String) -> String {
    const MOST: usize = 1_000;
    let cut = text.char_indices().nth(MOST).and_then(|(end, _)| Some(format!("{}…", text.get(..end)?)));
    clean(cut.unwrap_or(text))
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
    fn control_characters_for_a_terminal_are_replaced_and_nothing_else() {
        assert_eq!(clean("a\u{1b}[31mb\rc\n".to_owned()), "a\u{fffd}[31mb\u{fffd}c\u{fffd}");
        assert_eq!(clean("\u{202e}x\u{2069}\u{2028}".to_owned()), "\u{fffd}x\u{fffd}\u{fffd}");
        assert_eq!(clean("日本 é 😀 “…”".to_owned()), "日本 é 😀 “…”");
    }

    #[test]
    fn a_long_text_is_cut_and_one_of_several_lines_too() {
        assert_eq!(shorten("short"), "short");
        assert_eq!(shorten("one\ntwo"), "one…");
        assert_eq!(shorten(&"x".repeat(40)), "x".repeat(40));
        assert_eq!(shorten(&"x".repeat(41)), format!("{}…", "x".repeat(40)));
        assert_eq!(shorten("one\n"), "one");
        assert_eq!(shorten(&format!("{}\n", "x".repeat(40))), "x".repeat(40));
        assert_eq!(shorten(&format!("one \n{}", " ".repeat(50))), "one…");
        assert_eq!(message("x".repeat(1_001)), format!("{}…", "x".repeat(1_000)));
    }
}
