//! Finds typed or pasted characters that look like one of YAML's, where a finding is due to one.

use std::collections::HashSet;

use crate::diagnostic::Code;

use super::findings::Findings;
use super::span::Span;
use super::tree::narrow;

/// The most bytes of a line, or of a text within braces, that are looked through for each error: no person writes more, and
/// a long line of many errors would take the square of its length.
const LONGEST: usize = 2_000;

/// The most commas that an error is followed back over.
const MOST_COMMAS: usize = 100;

/// Explains the errors that are due to a character which looks like another, or to a comma within braces. Each takes the
/// place of what followed from it.
pub(super) fn explain(text: &str, findings: &Findings) {
    let mut explained: Vec<Explanation> = Vec::new();
    let (mut places, mut is_due) = (HashSet::new(), Vec::new());
    findings.each_error(|at, code| {
        let explanation = if at.document == 0 { explanation(text, at, code) } else { None };
        is_due.push(explanation.is_some());
        explained.extend(explanation.filter(|new| places.insert(new.at)));
    });
    if explained.is_empty() {
        return;
    }
    findings.drop_errors(&is_due);
    for Explanation { at, length, code, what, help } in explained {
        let span = Span { start: narrow(at), end: narrow(at.saturating_add(length)), ..Span::default() };
        findings.error(code, span, what, help);
    }
}

/// The cause of an error, and its place.
#[derive(Debug)]
struct Explanation {
    at: usize,
    length: usize,
    code: Code,
    what: String,
    help: String,
}

fn explanation(text: &str, at: Span, code: Code) -> Option<Explanation> {
    let (start, end) = (at.start as usize, at.end as usize);
    if code == Code::UnknownKey
        && let Some(comma) = comma(text, start, end)
    {
        return Some(comma);
    }
    // Findings about what a text says are not due to how it is written.
    const OF_SHAPE: [Code; 5] =
        [Code::NotYaml, Code::WrongType, Code::UnknownKey, Code::UnknownIndicator, Code::UnknownNode];
    if !OF_SHAPE.contains(&code) {
        return None;
    }
    let begins = line_start(text, start)?;
    let mut lines = vec![begins];
    // A key without a value, and a line that is not indented like another, may be due to the line beside.
    let next = line_end(text, start).map(|end| end.saturating_add(1)).filter(|begins| *begins < text.len());
    let before = begins.checked_sub(1).and_then(|end| line_start(text, end));
    match code {
        Code::NotYaml => lines.extend(before),
        Code::WrongType => lines.extend(next),
        _ => {}
    }
    let is_syntax = code == Code::NotYaml;
    lines.into_iter().find_map(|begins| in_line(text, begins, start, is_syntax))
}

/// The beginning of the line that holds a place; `None` where that is more than [`LONGEST`] bytes away.
fn line_start(text: &str, at: usize) -> Option<usize> {
    let from = at.saturating_sub(LONGEST);
    match text.as_bytes().get(from..at)?.iter().rposition(|byte| *byte == b'\n') {
        Some(end) => Some(from.saturating_add(end).saturating_add(1)),
        None => (from == 0).then_some(0),
    }
}

/// The end of the line that holds a place; `None` where that is more than [`LONGEST`] bytes away.
fn line_end(text: &str, at: usize) -> Option<usize> {
    let rest = text.as_bytes().get(at..)?;
    match rest.iter().take(LONGEST).position(|byte| matches!(byte, b'\n' | b'\r')) {
        Some(offset) => Some(at.saturating_add(offset)),
        None => (rest.len() <= LONGEST).then_some(text.len()),
    }
}

/// The first character of a line that stands for another of YAML's.
fn in_line(text: &str, begins: usize, start: usize, is_syntax: bool) -> Option<Explanation> {
    // A byte-order mark may begin a file.
    let has_mark = begins == 0 && text.starts_with('\u{feff}');
    let begins = if has_mark { '\u{feff}'.len_utf8() } else { begins };
    let line = text.get(begins..line_end(text, begins)?)?;
    let found = |offset: usize, what: String, help: &str| {
        let at = begins.saturating_add(offset);
        let length = line.get(offset..)?.chars().next()?.len_utf8();
        let code = if is_syntax { Code::NotYaml } else { Code::LookalikeCharacter };
        let what = if is_syntax { format!("this is not YAML: {what}") } else { what };
        let help = if is_syntax { format!("{help}; nothing after this was read") } else { help.to_owned() };
        Some(Explanation { at, length, code, what, help })
    };
    const SPACES: &str = "put spaces of the space bar in its place";
    let named = |c: char| format!("{}, U+{:04X},", space_name(c), u32::from(c));
    let indent = line.find(|c: char| c != ' ').unwrap_or(line.len());
    let content = line.get(indent..)?;
    let first = content.chars().next()?;
    if is_space(first) {
        return found(indent, format!("{} stands in the indentation of this line", named(first)), SPACES);
    }
    if let Some(name) = dash_name(first)
        && content.chars().nth(1).is_some_and(|c| c == ' ' || is_space(c))
    {
        return found(indent, format!("{name} stands where a `-` begins an item"), "type a `-` and a space");
    }
    // The beginning of the line: a `- `, then a key up to its colon.
    let mut key = indent;
    while let Some(rest) = line.get(key..).and_then(|rest| rest.strip_prefix('-')) {
        let next = rest.chars().next()?;
        if is_space(next) {
            return found(key.saturating_add(1), format!("{} stands behind the `-`", named(next)), SPACES);
        }
        let after = rest.trim_start_matches(' ');
        if after.len() == rest.len() {
            break;
        }
        key = line.len().saturating_sub(after.len());
    }
    let rest = line.get(key..)?;
    if let Some((offset, quote)) = rest.char_indices().next().filter(|(_, c)| is_quote(*c)) {
        return found(key.saturating_add(offset), curly(quote), "type straight quotes");
    }
    let word = key_length(rest);
    let behind = key.saturating_add(word);
    let mut after = line.get(behind..)?.chars();
    if word > 0 {
        match (after.next(), after.next()) {
            (Some(colon), _) if is_colon(colon) => {
                let what = format!("a colon that is none of YAML's, U+{:04X}, stands behind the key", u32::from(colon));
                return found(behind, what, "type a `:` and a space");
            }
            (Some(space), next) if is_space(space) && (next == Some(':') || next.is_some_and(is_space)) => {
                return found(behind, format!("{} stands between the key and its `:`", named(space)), "remove it");
            }
            (Some(':'), Some(space)) if is_space(space) => {
                return found(behind.saturating_add(1), format!("{} stands behind the `:`", named(space)), SPACES);
            }
            (Some(':'), Some(' ')) => {
                let value = line.get(behind.saturating_add(1)..)?;
                let at = line.len().saturating_sub(value.trim_start_matches(' ').len());
                if let Some(quote) =
                    line.get(at..).and_then(|value| value.chars().next()).filter(|c| is_quote(*c) && is_syntax)
                {
                    return found(at, curly(quote), "type straight quotes, around the whole text");
                }
            }
            _ => {}
        }
    }
    in_brackets(line, begins, start).and_then(|(offset, c)| match c {
        c if is_space(c) => found(offset, format!("{} stands where YAML wants a space", named(c)), SPACES),
        c if is_quote(c) => found(offset, curly(c), "type straight quotes, around the whole text"),
        c => found(
            offset,
            format!("a colon that is none of YAML's, U+{:04X}, stands behind the key", u32::from(c)),
            "type a `:` and a space",
        ),
    })
}

/// The length of the key that a line begins with: a word, or all between two quotes.
fn key_length(line: &str) -> usize {
    let quoted = line.chars().next().filter(|c| matches!(c, '"' | '\'')).and_then(|quote| {
        let end = line.get(1..)?.find(quote)?;
        Some(end.saturating_add(2))
    });
    let is_of_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    quoted.unwrap_or_else(|| line.find(|c: char| !is_of_word(c)).unwrap_or(line.len()))
}

fn curly(quote: char) -> String {
    format!("a curly quotation mark, `{quote}`, quotes nothing in YAML")
}

/// The character within braces or brackets, at the place of an error, that stands for another.
fn in_brackets(line: &str, begins: usize, start: usize) -> Option<(usize, char)> {
    let at = start.checked_sub(begins).filter(|at| *at <= line.len())?;
    if !line.get(..at)?.contains(['{', '[']) {
        return None;
    }
    let mut before = None;
    let part = line.get(at..)?;
    let end = part.find([',', '}', ']']).unwrap_or(part.len());
    part.get(..end)?.char_indices().find_map(|(offset, c)| {
        let begins_part = before.is_none();
        let follows_colon = before.replace(c) == Some(':');
        let is_there = (begins_part || follows_colon) && is_space(c) || is_colon(c) || begins_part && is_quote(c);
        is_there.then(|| (at.saturating_add(offset), c))
    })
}

/// A text within braces that a comma ends: the rest of it is a key without a value.
fn comma(text: &str, start: usize, end: usize) -> Option<Explanation> {
    let after = text.get(end..)?.trim_start();
    let head = text.get(..start)?.trim_end();
    // A key whose `:` lacks a space is another mistake.
    let is_key = text.get(start..end)?.split_once(':').is_some_and(|(key, _)| !key.contains(' '));
    if is_key || !after.starts_with([',', '}']) || !head.ends_with(',') {
        return None;
    }
    // Back over what other commas have cut off, to the value that they began in.
    let mut cut = head.len().checked_sub(1)?;
    let mut commas = 0..MOST_COMMAS;
    let begins = loop {
        commas.next()?;
        let before = text.get(..cut)?;
        let begins = before.rfind([',', '{', '\n', '}', ']', '"'])?;
        let part = before.get(begins.saturating_add(1)..)?;
        if let Some(colon) = part.find(": ") {
            break begins.saturating_add(colon).saturating_add(3);
        }
        if before.get(begins..)?.starts_with([',']) {
            cut = begins;
        } else {
            return None;
        }
    };
    let rest = text.as_bytes().get(begins..)?;
    let ends = begins.saturating_add(rest.iter().take(LONGEST).position(|byte| *byte == b'}')?);
    let whole = text.get(begins..ends)?.trim();
    // Another key may follow the text.
    let colon = whole.find(": ").and_then(|colon| whole.get(..colon)?.rfind(','));
    let whole = whole.get(..colon.unwrap_or(whole.len()))?.trim_end();
    Some(Explanation {
        at: cut,
        length: 1,
        code: Code::CutText,
        what: "this `,` ends the text before it: within braces, a text with a comma must be quoted".to_owned(),
        help: match whole.split_once(',').filter(|(before, after)| are_digits(before) && are_digits(after)) {
            Some((before, after)) => {
                format!("write a number with a point: {before}.{after}; a text with its comma in quotes")
            }
            None => format!("put the whole text in quotes: \"{}\"", super::quote::shorten(whole)),
        },
    })
}

/// Whether a part of a number is short enough to be meant as one.
fn are_digits(text: &str) -> bool {
    (1..=9).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// White space that is no space of YAML's, and what cannot be seen.
fn is_space(c: char) -> bool {
    matches!(
        c,
        '\u{a0}' | '\u{ad}' | '\u{1680}' | '\u{2000}'
            ..='\u{200d}' | '\u{202f}' | '\u{205f}' | '\u{2060}' | '\u{3000}' | '\u{feff}'
    )
}

fn space_name(c: char) -> &'static str {
    match c {
        '\u{a0}' | '\u{202f}' | '\u{2007}' => "a no-break space",
        '\u{3000}' => "a wide space",
        '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => "a character that cannot be seen",
        _ => "a space that is none of YAML's",
    }
}

fn dash_name(c: char) -> Option<&'static str> {
    Some(match c {
        '–' => "an en dash",
        '—' => "an em dash",
        '\u{2010}' | '\u{2011}' | '\u{2212}' => "a dash that is none of YAML's",
        '•' | '·' | '◦' | '▪' | '●' => "a bullet",
        _ => return None,
    })
}

fn is_colon(c: char) -> bool {
    matches!(c, '：' | '﹕' | '∶' | '꞉' | '︓')
}

fn is_quote(c: char) -> bool {
    matches!(c, '“' | '”' | '„' | '‘' | '’' | '«' | '»' | '‟')
}
