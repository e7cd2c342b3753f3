//! Finds home addresses.

use std::ops::Range;

use super::words::{Word, Words};

/// How far before an address a word can stand that says whose it is.
const BEFORE: usize = 8;

/// Every home address in a text: `lives at 12 Oak Street`, `42 Maple St, Apt 3`. Schools and offices have addresses too.
pub(super) fn homes(words: &Words<'_>) -> Vec<Range<usize>> {
    (0..words.len()).filter_map(|number| home(words, number)).collect()
}

fn home(words: &Words<'_>, number: usize) -> Option<Range<usize>> {
    let end = street(words, number)?;
    let apartment = apartment(words, end);
    if apartment.is_none() && !is_of_home(words, number, end) {
        return None;
    }
    let last = words.get(apartment.unwrap_or(end).checked_sub(1)?)?;
    Some(words.get(number)?.start..last.end())
}

/// The number of the word behind `12 Oak Street`.
fn street(words: &Words<'_>, number: usize) -> Option<usize> {
    const STREETS: &[&str] = &[
        "street", "st", "avenue", "ave", "road", "rd", "lane", "ln", "drive", "dr", "court", "ct", "boulevard", "blvd",
        "place", "pl", "circle", "cir", "terrace", "ter", "trail", "parkway", "pkwy", "turnpike", "tpke", "highway",
        "hwy", "way", "crossing", "heights", "extension", "ext",
    ];
    let is_number = |text: &str| {
        let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '-');
        (1..=5).contains(&digits.len())
            && digits.bytes().all(|byte| byte.is_ascii_digit())
            && text.len() <= digits.len().saturating_add(2)
    };
    let first = words.get(number)?;
    if !first.begins_with_digit() || !is_number(first.text) {
        return None;
    }
    let mut at = number.checked_add(1)?;
    for named in 0..4 {
        let is_joined = words.is_joined(at) || (words.follows(at) && words.after(at.checked_sub(1)?).starts_with('.'));
        let word = words.get(at).filter(|_| is_joined)?;
        at = at.checked_add(1)?;
        if named > 0 && word.begins_upper() && word.is_one_of(STREETS) {
            return Some(at);
        }
        let is_name = word.begins_upper() || word.begins_with_digit();
        // A direction may be written as one letter: `12 N. Main St`.
        if !is_name {
            return None;
        }
    }
    None
}

/// The number of the word behind `, Apt 3`.
fn apartment(words: &Words<'_>, at: usize) -> Option<usize> {
    let next = at.checked_add(1)?;
    let is_beside = words.after(at.checked_sub(1)?).chars().all(|c| matches!(c, ' ' | ',' | '.' | '#'));
    let is_apartment = is_beside && words.get(at)?.is_one_of(&["apt", "apartment", "unit"]);
    (is_apartment && words.after(at).len() <= 3 && words.get(next).is_some_and(|word| word.text.len() <= 4))
        .then(|| next.checked_add(1))?
}

/// Whether the words around say that somebody lives there, and none says that people work there.
fn is_of_home(words: &Words<'_>, number: usize, end: usize) -> bool {
    const HOMES: &[&str] = &[
        "lives", "live", "lived", "living", "resides", "reside", "resided", "residing", "residence", "home", "house",
        "apartment", "family", "family's", "family’s", "families", "address", "mother", "mother's", "father",
        "father's", "parent", "parents", "grandmother", "grandmother's", "guardian", "student's", "student’s",
        "foster", "moved", "relocated", "sheltered",
    ];
    const OFFICES: &[&str] = &[
        "school", "office", "offices", "center", "centre", "building", "library", "district", "district's", "church",
        "clinic", "site", "campus", "hall", "headquarters", "agency", "hospital", "academy", "elementary", "program",
        "resource", "engagement", "conference", "museum", "park", "shelter", "board",
    ];
    let before = (number.saturating_sub(BEFORE)..number).rev().take_while(|at| words.follows(at.saturating_add(1)));
    let before: Vec<&Word<'_>> = before.filter_map(|at| words.get(at)).collect();
    let after = (end..end.saturating_add(3)).take_while(|at| words.follows(*at)).filter_map(|at| words.get(at));
    before.iter().any(|word| word.is_one_of(HOMES))
        && !before.iter().copied().chain(after).any(|word| word.is_one_of(OFFICES))
}
