//! Finds telephone numbers and e-mail addresses.

use super::rest::Rest;

/// `(203) 555-0142`, `203-555-0142`, `203.555.0142`, any of them after `1` or `+1`: what is left after it.
pub(super) fn telephone<'a>(mut rest: Rest<'a>, before: &str) -> Option<Rest<'a>> {
    // The end of a longer number with hyphens is none.
    let mut earlier = before.chars().rev();
    if earlier.next().is_some_and(is_joint) && earlier.next().is_some_and(|c| c.is_ascii_digit()) {
        return None;
    }
    let is_international = rest.take("+");
    if rest.take("1") {
        rest.one_of(is_separator);
    } else if is_international {
        return None;
    }
    let is_bracketed = rest.take("(");
    exchange(&mut rest)?;
    if is_bracketed && !rest.take(")") {
        return None;
    }
    let first = rest.one_of(|c| is_separator(c) || c == '/');
    if is_bracketed && first == Some(' ') && rest.one_of(is_joint).is_some() {
        rest.take(" ");
    }
    exchange(&mut rest)?;
    let second = rest.one_of(is_separator);
    // Ten digits in a row may be anything, unless the country is written before them.
    if (first.is_none() && !is_bracketed || second.is_none()) && !is_international {
        return None;
    }
    rest.digits(4..=4)?;
    let mut next = rest.0.chars();
    match next.next() {
        Some('x' | 'X') => next.next().is_none_or(|c| !c.is_alphabetic()),
        Some(c) if is_joint(c) => next.next().is_none_or(|c| !c.is_ascii_digit()),
        next => next.is_none_or(|c| !c.is_alphanumeric()),
    }
    .then_some(rest)
}

/// Three digits as area codes and exchanges have them: never beginning with 0 or 1.
fn exchange(rest: &mut Rest<'_>) -> Option<()> {
    rest.run(3, |c| c.is_ascii_digit())
        .filter(|digits| digits.len() == 3 && !digits.starts_with(['0', '1']))
        .map(|_| ())
}

fn is_joint(c: char) -> bool {
    matches!(c, '-' | '.' | '\u{2010}'..='\u{2013}')
}

fn is_separator(c: char) -> bool {
    is_joint(c) || matches!(c, ' ' | '\u{a0}')
}

/// `name@example.org`.
pub(super) fn email(mut rest: Rest<'_>) -> Option<Rest<'_>> {
    /// The longest name, and the longest part of a domain, that there is.
    const LONGEST: usize = 64;
    rest.run(LONGEST, |c| c.is_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-'))?;
    if !rest.take("@") {
        return None;
    }
    let is_of_label = |c: char| c.is_alphanumeric() || c == '-';
    rest.run(LONGEST, is_of_label)?;
    let mut end = None;
    for _ in 0..8 {
        // A full stop may end the sentence instead.
        if !rest.take(".") {
            break;
        }
        let Some(label) = rest.run(LONGEST, is_of_label) else { break };
        let is_top = label.chars().count() > 1 && label.chars().all(char::is_alphabetic);
        end = if is_top { Some(rest) } else { None };
    }
    end
}

/// `phone 555-0142`, `at 555-0142`, `cell: 2035550142`: without an area code or separators, but with a word that says it is one.
pub(super) fn named_telephone(mut rest: Rest<'_>) -> Option<Rest<'_>> {
    const NAMES: [&str; 11] =
        ["at", "phone", "telephone", "tel", "cell", "cellphone", "mobile", "call", "called", "text", "texted"];
    let is_place = rest.clone().take_word("at");
    if !NAMES.iter().any(|name| rest.take_word(name)) {
        return None;
    }
    const LINKS: [&str; 5] = ["number", "no", "is", "was", "at"];
    for _ in 0..4 {
        rest.blank();
        let is_link = rest.one_of(|c| matches!(c, ':' | '#' | '=' | '.' | '(' | '-')).is_some();
        if !is_link && !LINKS.iter().any(|word| rest.take_word(word)) {
            break;
        }
    }
    let mut whole = rest;
    if !is_place && whole.digits(10..=10).is_some() && !whole.begins_with_word() {
        return Some(whole);
    }
    exchange(&mut rest)?;
    rest.one_of(is_joint)?;
    rest.digits(4..=4)?;
    let mut next = rest.0.chars();
    match next.next() {
        Some(c) if is_joint(c) => next.next().is_none_or(|c| !c.is_ascii_digit()),
        next => next.is_none_or(|c| !c.is_alphanumeric()),
    }
    .then_some(rest)
}
