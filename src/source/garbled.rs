//! Finds damaged texts: read in another encoding than they were written in, or with invisible characters.

use std::borrow::Cow;
use std::ops::Range;

use crate::diagnostic::{Code, Severity};

use super::findings::{Finding, Findings};
use super::help::Help;
use super::quote::shorten;
use super::span::Span;
use super::tree::{Node, NodeKind};

/// Reports what is damaged in the texts of a document. What is the host's own, under `extra`, is left alone.
pub(super) fn garbled(tree: &Node<'_>, findings: &Findings) {
    match &tree.kind {
        NodeKind::Scalar { text, .. } => garbled_text(text, tree.span, findings),
        NodeKind::List(items) => items.iter().for_each(|item| garbled(item, findings)),
        NodeKind::Map(entries) => {
            // A key that is garbled is a key that nobody knows, and reported as one.
            let values = entries.iter().filter(|(key, _)| key.text() != Some("extra")).map(|(_, value)| value);
            values.for_each(|value| garbled(value, findings));
        }
    }
}

/// Reports the first damage of each kind in a text.
pub(crate) fn garbled_text(text: &str, place: Span, findings: &Findings) {
    // Many bytes are looked at together, so none ends the search.
    let is_common = |byte: u8| (b' '..=b'~').contains(&byte) | (byte == b'\t') | (byte == b'\n') | (byte == b'\r');
    if text.bytes().fold(true, |all, byte| all & is_common(byte)) || !text.chars().any(is_suspect) {
        return;
    }
    let warn = |code, part: Range<usize>, message, help: Help| {
        findings.push(Finding::new(Severity::Warning, code, place, message, help).within(text, part));
    };
    let misread = misread(text);
    if let Some((part, read_right)) = &misread {
        let around = around(text, part);
        let written = text.get(around.clone()).unwrap_or_default();
        let mut meant = format!(
            "{}{read_right}{}",
            text.get(around.start..part.start).unwrap_or_default(),
            text.get(part.end..around.end).unwrap_or_default()
        );
        // A word may be damaged in several places; each is mended.
        while let Cow::Owned(shorter) = mended(&meant) {
            meant = shorter;
        }
        warn(
            Code::GarbledText,
            part.clone(),
            format!("`{}` was garbled on its way here", shorten(written)),
            Help::from(format!("write `{}` if that was meant; open and save the file as UTF-8", shorten(&meant)))
                .writing(text.get(part.clone()).unwrap_or_default(), read_right),
        );
    } else if let Some((at, lost)) = text.match_indices('\u{fffd}').next() {
        warn(
            Code::GarbledText,
            at..at.saturating_add(lost.len()),
            "a character was lost on its way here, and `\u{fffd}` stands in its place".to_owned(),
            "write the text again as it was; open and save the file as UTF-8".into(),
        );
    }
    let is_misread = |at: usize| misread.as_ref().is_some_and(|(part, _)| part.contains(&at));
    if let Some((at, control)) = text.char_indices().find(|(at, c)| is_control(*c) && !is_misread(*at)) {
        let help = match meant_by_control(control) {
            Some(meant) => format!("write `{meant}` if that was meant; open and save the file as UTF-8").into(),
            None => "remove it".into(),
        };
        warn(
            Code::ControlCharacter,
            at..at.saturating_add(control.len_utf8()),
            format!("a control character that nobody can see stands in this text, U+{:04X}", u32::from(control)),
            help,
        );
    }
    if let Some((at, invisible)) = invisible(text) {
        let what = if is_direction(invisible) {
            "a character that nobody can see changes the direction of this text"
        } else {
            "a character that nobody can see stands in this text"
        };
        warn(
            Code::ControlCharacter,
            at..at.saturating_add(invisible.len_utf8()),
            format!("{what}, U+{:04X}", u32::from(invisible)),
            "remove it, or write the text again without copying it".into(),
        );
    }
}

/// Whether a character is one that damaged texts have.
fn is_suspect(c: char) -> bool {
    is_control(c) || is_invisible(c) || matches!(c, '\u{fffd}' | 'Â' | 'Ã' | 'Ä' | 'Å' | 'â' | 'ï' | 'ð' | '√' | '‚')
}

/// Neither a tab nor the end of a line.
fn is_control(c: char) -> bool {
    c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{85}') || matches!(c, '\u{fffe}' | '\u{ffff}')
}

/// Whether a character takes no place and changes how the others look or compare. Joiners (U+200C, U+200D), the marks of
/// direction and soft hyphens belong to scripts, to emoji and to pasted words.
fn is_invisible(c: char) -> bool {
    is_direction(c) || matches!(c, '\u{200b}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

/// Whether a character turns the direction of the text that follows.
fn is_direction(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The first invisible character that does not belong where it stands: scripts without spaces divide words with U+200B, and
/// texts from right to left hold words of the other direction.
fn invisible(text: &str) -> Option<(usize, char)> {
    let has = |range: std::ops::RangeInclusive<char>| text.chars().any(|c| range.contains(&c));
    let is_right_to_left = has('\u{590}'..='\u{8ff}');
    let has_no_spaces = has('\u{e00}'..='\u{eff}') || has('\u{1000}'..='\u{109f}') || has('\u{1780}'..='\u{17ff}');
    let belongs = |c: char| match c {
        '\u{200b}' => has_no_spaces,
        '\u{202d}' | '\u{202e}' => false,
        c => is_direction(c) && is_right_to_left,
    };
    text.char_indices().find(|(_, c)| is_invisible(*c) && !belongs(*c))
}

/// Whether a text says nothing: every character is white space, or takes no place.
pub(crate) fn is_blank(text: &str) -> bool {
    let is_joiner = |c: char| matches!(c, '\u{ad}' | '\u{200c}'..='\u{200f}');
    text.chars().all(|c| c.is_whitespace() || is_invisible(c) || is_joiner(c))
}

/// The pattern of a text that is not blank, for JSON Schemas.
#[cfg(any(feature = "schema", feature = "render"))]
pub(crate) const NOT_BLANK: &str = "[^\\s\\u00ad\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2064\\u2066-\\u2069\\ufeff]";

/// A text without the characters that take no place.
pub(crate) fn without_invisible(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| !is_invisible(*c))
}

/// The character behind a control character where Windows' own encoding was read as another.
fn meant_by_control(c: char) -> Option<char> {
    let byte = u8::try_from(u32::from(c)).ok().filter(|byte| *byte >= 0x80)?;
    WINDOWS.iter().find(|(of, _)| *of == byte).map(|(_, meant)| *meant)
}

/// The characters that Windows' Western encoding has where Latin-1 has control characters.
const WINDOWS: [(u8, char); 27] = [
    (0x80, '€'),
    (0x82, '‚'),
    (0x83, 'ƒ'),
    (0x84, '„'),
    (0x85, '…'),
    (0x86, '†'),
    (0x87, '‡'),
    (0x88, 'ˆ'),
    (0x89, '‰'),
    (0x8a, 'Š'),
    (0x8b, '‹'),
    (0x8c, 'Œ'),
    (0x8e, 'Ž'),
    (0x91, '‘'),
    (0x92, '’'),
    (0x93, '“'),
    (0x94, '”'),
    (0x95, '•'),
    (0x96, '–'),
    (0x97, '—'),
    (0x98, '˜'),
    (0x99, '™'),
    (0x9a, 'š'),
    (0x9b, '›'),
    (0x9c, 'œ'),
    (0x9e, 'ž'),
    (0x9f, 'Ÿ'),
];

/// The byte that a character is in Windows' Western encoding, or in Latin-1.
fn byte(c: char) -> Option<u8> {
    WINDOWS.iter().find(|(_, of)| *of == c).map(|(byte, _)| *byte).or_else(|| u8::try_from(u32::from(c)).ok())
}

/// The first part of a text that was written in UTF-8 and read in another encoding, and what it was.
fn misread(text: &str) -> Option<(Range<usize>, String)> {
    let mut starts = text.char_indices().filter(|(_, c)| is_suspect(*c)).map(|(at, _)| at);
    starts.find_map(|at| {
        let mut end = at;
        let mut meant = String::new();
        while let Some((length, character)) = text.get(end..).and_then(|rest| character(rest, text.get(..end)?)) {
            meant.push_str(&character);
            end = end.saturating_add(length);
        }
        if meant.is_empty() {
            return None;
        }
        // A text that was misread twice is mended twice.
        let again = mended(&meant);
        Some((at..end, again.into_owned()))
    })
}

fn mended(text: &str) -> Cow<'_, str> {
    match misread(text) {
        Some((part, meant)) if meant.len() < text.len() => {
            let head = text.get(..part.start).unwrap_or_default();
            Cow::Owned(format!("{head}{meant}{}", text.get(part.end..).unwrap_or_default()))
        }
        _ => Cow::Borrowed(text),
    }
}

/// One character that was misread, at the beginning of a text: how long it is now, and what it was.
fn character(text: &str, before: &str) -> Option<(usize, String)> {
    let mut rest = text.char_indices();
    let (_, first) = rest.next()?;
    if let Some(meant) = of_macintosh(text) {
        return Some(meant);
    }
    let wanted = match first {
        'Â' | 'Ã' | 'Ä' | 'Å' => 2,
        'â' | 'ï' => 3,
        'ð' => 4,
        _ => return None,
    };
    let mut bytes = vec![byte(first)?];
    let mut end = first.len_utf8();
    let mut last = first;
    for (at, c) in rest.take(wanted.min(4) - 1) {
        let Some(byte) = byte(c).filter(|byte| (0x80..0xc0).contains(byte)) else { break };
        bytes.push(byte);
        end = at.saturating_add(c.len_utf8());
        last = c;
    }
    // A quotation mark whose last byte no encoding has a character for.
    if bytes == [0xe2, 0x80] {
        let length = first.len_utf8().saturating_add(last.len_utf8());
        return Some((length, "”".to_owned()));
    }
    let meant = String::from_utf8(bytes).ok().filter(|meant| meant.chars().count() == 1)?;
    (wanted > 2 || is_no_word(first, last, before, text.get(end..)?)).then_some((end, meant))
}

/// Whether two characters are no end of a word that a quotation mark or a space follows: `“IRMÔ`, `l’Â »`.
fn is_no_word(first: char, second: char, before: &str, after: &str) -> bool {
    let is_mark = matches!(second, '‘' | '’' | '“' | '”' | '«' | '»' | '\u{a0}' | '›' | '‹' | '…' | '–' | '—' | '•');
    let follows_lower = before.chars().next_back().is_some_and(char::is_lowercase);
    let follows_upper = before.chars().next_back().is_some_and(char::is_uppercase);
    let goes_on = after.starts_with(char::is_alphabetic);
    match second {
        _ if !is_mark => true,
        '\u{a0}' => follows_lower || first == 'Â' && !follows_upper,
        _ => follows_lower || goes_on,
    }
}

/// The first garbled place of a text that was read in the encoding of old Macintoshes, and what it should be.
fn of_macintosh(text: &str) -> Option<(usize, String)> {
    const PAIRS: [(&str, &str); 20] = [
        ("√©", "é"),
        ("√°", "á"),
        ("√≠", "í"),
        ("√≥", "ó"),
        ("√∫", "ú"),
        ("√±", "ñ"),
        ("√º", "ü"),
        ("√∂", "ö"),
        ("√§", "ä"),
        ("√ß", "ç"),
        ("√®", "è"),
        ("√™", "ê"),
        ("‚Äô", "’"),
        ("‚Äò", "‘"),
        ("‚Äú", "“"),
        ("‚Äù", "”"),
        ("‚Äì", "–"),
        ("‚Äî", "—"),
        ("‚Ä¶", "…"),
        ("‚Ä¢", "•"),
    ];
    PAIRS.iter().find(|(read, _)| text.starts_with(read)).map(|(read, meant)| (read.len(), (*meant).to_owned()))
}

/// The word that a part of a text stands in.
fn around(text: &str, part: &Range<usize>) -> Range<usize> {
    let head = text.get(..part.start).unwrap_or_default();
    let tail = text.get(part.end..).unwrap_or_default();
    let begins = head.rfind(char::is_whitespace).map_or(0, |at| {
        at.saturating_add(head.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8))
    });
    begins..part.end.saturating_add(tail.find(char::is_whitespace).unwrap_or(tail.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn misread_text_is_found_and_mended() {
        for (read, meant) in [
            ("RenÃ©", "é"),
            ("Espaâ€™s", "’"),
            ("â€œWellâ€\u{9d}", "“"),
            ("A\u{a0}â€“ B", "–"),
            ("NiÃ±o", "ñ"),
            ("EDUCACIÃ“N", "Ó"),
            ("voilÃ\u{a0} tout", "à"),
            ("done.Â\u{a0} Next", "\u{a0}"),
            ("ÃƒÂ©", "é"),
            ("Å‚", "ł"),
            ("ð\u{9f}˜€", "😀"),
            ("ï»¿id", "\u{feff}"),
            ("Ren√©", "é"),
            ("it‚Äôs", "’"),
            ("cafÃ\u{a9}", "é"),
            ("its â€", "”"),
        ] {
            assert_eq!(misread(read).map(|(_, meant)| meant).as_deref(), Some(meant), "{read}");
        }
    }

    #[test]
    fn letters_with_accents_are_no_damage() {
        for text in [
            "“IRMÃ”", "«Â»", "voilà »", "CAFÉ™", "Ångström", "Ärger", "âge", "naïve", "ð", "Ã", "São João", "Vân Anh",
            "√2", "‚so‘", "À «Â»", "Mãe", "„Ä“", "l’âme", "Âge", "Île–de–France", "Chloë’s", "日本",
        ] {
            assert_eq!(misread(text), None, "{text}");
        }
    }
}
