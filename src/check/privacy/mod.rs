//! Finds text that may identify a student: telephone numbers, e-mail addresses, dates of birth, numbers, home addresses,
//! and names beside attributes that only a student has.
//!
//! Every pattern begins with a word and has a bounded length, so that the search takes time linear in the text.

mod address;
mod birth;
mod contact;
mod first_names;
mod name;
mod no_names;
mod number;
mod rest;
mod student;
#[cfg(test)]
mod tests;
mod words;

use std::ops::Range;

use crate::diagnostic::{Code, Severity};
use crate::source::{Field, Finding, Findings, Span, Text};

pub(super) use self::name::Staff;
use self::rest::Rest;
use self::words::Words;

/// The most that is reported of one text; the rest is seen when these are mended.
const MOST: usize = 20;

/// The rule that a text of a document about staff identifies no student.
pub(super) struct Privacy<'f> {
    /// The people whom the document names: they are no students.
    pub(super) staff: Staff,
    pub(super) findings: &'f Findings,
}

impl Privacy<'_> {
    /// Checks a text; `about` is the id that `allow` can name.
    pub(super) fn check(&self, field: &Field<Text>, about: &str) {
        if let Some(text) = field.text() {
            self.check_in(text, field.span, about);
        }
    }

    /// As [`check`](Self::check), where the text is in a value that may be of any kind.
    pub(super) fn check_in(&self, text: &str, place: Span, about: &str) {
        for (kind, range) in matches(text, &self.staff).into_iter().take(MOST) {
            let finding = Finding::new(
                Severity::Warning,
                Code::StudentData,
                place,
                format!("this looks like {}: a staff evaluation must not identify students", kind.name()),
                "remove it; if it is no student's, such as a school's own, accept it under `allow` with the reason"
                    .to_owned(),
            );
            self.findings.push(finding.within(text, range).about(about));
        }
    }
}

/// The kind of personal data found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PersonalData {
    Telephone,
    Email,
    BirthDate,
    StudentNumber,
    SocialSecurity,
    BenefitNumber,
    HomeAddress,
    StudentName,
}

impl PersonalData {
    fn name(self) -> &'static str {
        match self {
            Self::Telephone => "a telephone number",
            Self::Email => "an e-mail address",
            Self::BirthDate => "a date of birth",
            Self::StudentNumber => "a student number",
            Self::SocialSecurity => "a social security number",
            Self::BenefitNumber => "a number of a family's benefits or insurance",
            Self::HomeAddress => "a home address",
            Self::StudentName => "the name of a student",
        }
    }
}

/// Everything that is found in a text, in order; no two overlap.
fn matches(text: &str, staff: &Staff) -> Vec<(PersonalData, Range<usize>)> {
    let mut all: Vec<(PersonalData, Range<usize>)> = Vec::new();
    let words = Words::of(text);
    if let Some(last) = last_number(text) {
        all.extend(by_beginning(text, last));
        all.extend(address::homes(&words).into_iter().map(|range| (PersonalData::HomeAddress, range)));
    }
    all.extend(student::named(&words, staff).into_iter().map(|range| (PersonalData::StudentName, range)));
    all.sort_by_key(|(_, range)| range.start);
    let mut after = 0;
    all.retain(|(_, range)| {
        let is_new = range.start >= after;
        after = if is_new { range.end } else { after };
        is_new
    });
    all
}

/// Where the last digit or `@` stands: everything but names has one, and most texts have none.
fn last_number(text: &str) -> Option<usize> {
    let is_number = |byte: u8| byte.is_ascii_digit() | (byte == b'@');
    // Many bytes are looked at together, so none ends the search.
    let has_number = text.bytes().fold(false, |any, byte| any | is_number(byte));
    if has_number { text.bytes().rposition(is_number) } else { None }
}

/// Everything that is known by the word it begins with.
///
/// None begins behind `last`, where the last digit or `@` stands.
fn by_beginning(text: &str, last: usize) -> impl Iterator<Item = (PersonalData, Range<usize>)> {
    let mut before: Option<char> = None;
    let mut after = 0;
    let has_at_sign = text.contains('@');
    text.char_indices().take_while(move |(at, _)| *at <= last).filter_map(move |(at, first)| {
        let follows_word = before.replace(first).is_some_and(char::is_alphanumeric);
        let begins = matches!(first, '(' | '+') || (first.is_alphanumeric() && !follows_word);
        if at < after || !begins {
            return None;
        }
        let (rest, before) = (Rest(text.get(at..)?), text.get(..at)?);
        let as_email = || Some((PersonalData::Email, contact::email(rest)?));
        let as_birth = || Some((PersonalData::BirthDate, birth::birth_date(rest)?));
        let as_student = || Some((PersonalData::StudentNumber, number::student_number(rest, before)?));
        let as_ssn = || Some((PersonalData::SocialSecurity, number::social_security(rest, before)?));
        let as_benefit = || Some((PersonalData::BenefitNumber, number::benefit_number(rest)?));
        let as_telephone = || Some((PersonalData::Telephone, contact::telephone(rest, before)?));
        let as_named_telephone = || Some((PersonalData::Telephone, contact::named_telephone(rest)?));
        let by_its_beginning = || match first.to_ascii_lowercase() {
            '(' | '+' | '0'..='9' => as_telephone().or_else(as_ssn),
            'b' => as_birth(),
            'd' => as_birth().or_else(as_benefit),
            'i' => as_student().or_else(as_benefit),
            's' => as_student().or_else(as_ssn).or_else(as_benefit),
            'l' => as_student().or_else(as_benefit),
            'p' => as_student().or_else(as_benefit).or_else(as_named_telephone),
            'c' | 'm' => as_benefit().or_else(as_named_telephone),
            'h' => as_benefit(),
            'a' | 't' => as_named_telephone(),
            _ => None,
        };
        let (kind, end) = has_at_sign.then(as_email).flatten().or_else(by_its_beginning)?;
        after = text.len().saturating_sub(end.0.len());
        Some((kind, at..after))
    })
}
