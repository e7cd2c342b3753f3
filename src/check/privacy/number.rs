//! Finds numbers that identify a student or a family member.

use super::rest::Rest;

/// `student 104512`, `student's ID number is 104512`, `SASID: 1045120001`, `ID# 104512`: five digits or more.
pub(super) fn student_number<'a>(mut rest: Rest<'a>, before: &str) -> Option<Rest<'a>> {
    // A word that says that the number is one may stand before a short one.
    let mut is_named = false;
    if rest.take_word("id") {
        // Staff have numbers too.
        let owner = before.trim_end().rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        if ["employee", "staff", "evaluator", "badge"].iter().any(|word| owner.eq_ignore_ascii_case(word)) {
            return None;
        }
        rest.blank();
        if !rest.take("#") {
            return None;
        }
        is_named = true;
    } else if ["sasid", "lasid", "ssid"].iter().any(|name| rest.take_word(name)) {
        is_named = true;
    } else if !["student", "pupil", "learner"].iter().any(|word| rest.take_word(word)) {
        return None;
    }
    is_named |= links(&mut rest, &["'s", "’s", "sasid", "is", "was", "state", "district"]);
    rest.digits(if is_named { 4..=20 } else { 5..=20 })?;
    let mut next = rest.0.chars();
    let is_amount = next
        .next()
        .is_some_and(|c| c == '%' || matches!(c, '.' | ',') && next.next().is_some_and(|c| c.is_ascii_digit()));
    (!is_amount && !rest.begins_with_word()).then_some(rest)
}

/// The words between the name of a number and the number; whether any of them announces a number.
fn links(rest: &mut Rest<'_>, words: &[&str]) -> bool {
    const NUMBERS: [&str; 10] = ["id", "number", "num", "no", "identifier", "pin", "account", "card", "code", "case"];
    let mut is_named = false;
    for _ in 0..6 {
        rest.blank();
        let mark = rest.one_of(|c| matches!(c, ':' | '#' | '=' | '.' | '(' | '-'));
        let is_number = mark.is_none() && NUMBERS.iter().any(|word| rest.take_word(word));
        is_named |= is_number || mark == Some('#');
        if mark.is_none() && !is_number && !words.iter().any(|word| rest.take_word(word)) {
            break;
        }
    }
    is_named
}

/// `123-45-6789`, `SSN 123 45 6789`, `social security number: 123456789`, `SSN ending in 6789`.
pub(super) fn social_security<'a>(mut rest: Rest<'a>, before: &str) -> Option<Rest<'a>> {
    let is_ssn = rest.take_word("ssn");
    if !is_ssn {
        let Some(named) = rest.after_words(&["social", "security"]) else {
            let mut earlier = before.chars().rev();
            if earlier.next().is_some_and(is_joint) && earlier.next().is_some_and(|c| c.is_ascii_digit()) {
                return None;
            }
            return three_two_four(rest, is_joint);
        };
        rest = named;
    }
    let is_number = links(&mut rest, &["is", "was", "of"]);
    let is_end = ["ends", "ending", "last"].iter().any(|word| rest.take_word(word));
    links(&mut rest, &["in", "with", "four", "digits", "4"]);
    if let Some(end) = three_two_four(rest, |c| is_joint(c) || matches!(c, ' ' | '\u{a0}')) {
        return Some(end);
    }
    let digits = rest.digits(4..=9)?;
    let is_whole = digits.len() == 9 || digits.len() == 4 && (is_ssn || is_number || is_end);
    (is_whole && !rest.begins_with_word()).then_some(rest)
}

fn three_two_four(mut rest: Rest<'_>, is_separator: impl Fn(char) -> bool) -> Option<Rest<'_>> {
    let area = rest.digits(3..=3)?;
    let separator = rest.one_of(&is_separator)?;
    rest.digits(2..=2)?;
    rest.one_of(|c| c == separator)?;
    rest.digits(4..=4)?;
    let mut next = rest.0.chars();
    let goes_on = next
        .next()
        .is_some_and(|c| c.is_alphanumeric() || is_joint(c) && next.next().is_some_and(|c| c.is_ascii_digit()));
    (area != "000" && !goes_on).then_some(rest)
}

fn is_joint(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2013}')
}

/// `Medicaid ID 001234567`, `lunch number 4471`, `HUSKY #1234567`, `DCF case 123456`.
pub(super) fn benefit_number(mut rest: Rest<'_>) -> Option<Rest<'_>> {
    const ALONE: [&str; 6] = ["medicaid", "medicare", "husky", "passport", "snap", "chip"];
    const WITH_A_WORD: [&str; 7] = ["lunch", "meal", "insurance", "dcf", "cafeteria", "powerschool", "member"];
    let is_alone = ALONE.iter().any(|name| rest.take_word(name));
    if !is_alone && !WITH_A_WORD.iter().any(|name| rest.take_word(name)) {
        return None;
    }
    let is_named = links(&mut rest, &["is", "was", "member", "student", "policy"]);
    // A letter or two may stand before the digits.
    let _ = rest.run(2, |c| c.is_ascii_uppercase());
    let digits = rest.digits(4..=20)?;
    let mut next = rest.0.chars();
    let is_amount = next.next().is_some_and(|c| {
        c == '%' || matches!(c, '.' | ',' | '-' | '/') && next.next().is_some_and(|c| c.is_ascii_digit())
    });
    ((is_named || is_alone && digits.len() > 5) && !is_amount && !rest.begins_with_word()).then_some(rest)
}
