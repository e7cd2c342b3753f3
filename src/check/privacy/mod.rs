//! What may identify a student in a text: telephone numbers, e-mail addresses, dates of birth, student numbers.
//!
//! What is looked for begins with a word and has a bounded length, so that reading a text takes time in proportion to it.

mod rest;

use std::ops::Range;

use crate::diagnostic::{Code, Severity};
use crate::source::{Field, Finding, Findings, Span, Text};

use self::rest::Rest;

/// The most that is reported of one text; the rest is seen when these are mended.
const MOST: usize = 20;

/// A text of a document about staff identifies no student.
pub(super) fn student_data(field: &Field<Text>, about: &str, findings: &Findings) {
    if let Some(text) = field.text() {
        student_data_in(text, field.span, about, findings);
    }
}

/// As [`student_data`], where the text is in a value that may be of any kind.
pub(super) fn student_data_in(text: &str, place: Span, about: &str, findings: &Findings) {
    if !may_hold_any(text) {
        return;
    }
    for (kind, range) in matches(text).take(MOST) {
        let finding = Finding::new(
            Severity::Warning,
            Code::StudentData,
            place,
            format!("this looks like {}: a staff evaluation must not identify students", kind.name()),
            "remove it; if it is no student's, such as a school's own, accept it under `allow` with the reason"
                .to_owned(),
        );
        findings.push(finding.within(text, range).about(about));
    }
}

/// Whether a closer look is worth it: everything that is looked for has an `@` or three digits, and most texts have
/// neither.
fn may_hold_any(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    digits >= 3 || text.contains('@')
}

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Telephone,
    Email,
    BirthDate,
    StudentNumber,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Telephone => "a telephone number",
            Self::Email => "an e-mail address",
            Self::BirthDate => "a date of birth",
            Self::StudentNumber => "a student number",
        }
    }
}

/// Everything that is found in a text, in order; no two overlap.
fn matches(text: &str) -> impl Iterator<Item = (Kind, Range<usize>)> {
    let mut before: Option<char> = None;
    let mut after = 0;
    let has_at_sign = text.contains('@');
    text.char_indices().filter_map(move |(at, first)| {
        let follows_word = before.replace(first).is_some_and(char::is_alphanumeric);
        let begins = matches!(first, '(' | '+') || (first.is_alphanumeric() && !follows_word);
        if at < after || !begins {
            return None;
        }
        let rest = Rest(text.get(at..)?);
        let email = || Some((Kind::Email, email(rest)?));
        let by_its_beginning = || match first.to_ascii_lowercase() {
            'b' | 'd' => Some((Kind::BirthDate, birth_date(rest)?)),
            'i' | 's' => Some((Kind::StudentNumber, student_number(rest, text.get(..at)?)?)),
            '(' | '+' | '0'..='9' => Some((Kind::Telephone, telephone(rest, text.get(..at)?)?)),
            _ => None,
        };
        let (kind, end) = has_at_sign.then(email).flatten().or_else(by_its_beginning)?;
        after = text.len().saturating_sub(end.0.len());
        Some((kind, at..after))
    })
}

/// `(203) 555-0142`, `203-555-0142`, `203.555.0142`, any of them after `1` or `+1`: what is left after it.
fn telephone<'a>(mut rest: Rest<'a>, before: &str) -> Option<Rest<'a>> {
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
    let first = rest.one_of(is_separator);
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
fn email(mut rest: Rest<'_>) -> Option<Rest<'_>> {
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

/// `DOB 3/4/2012`, `born on March 4, 2012`, `date of birth: 2012-03-04`.
fn birth_date(mut rest: Rest<'_>) -> Option<Rest<'_>> {
    const NAMES: [&[&str]; 7] = [
        &["dob"],
        &["d", "o", "b"],
        &["born"],
        &["birthdate"],
        &["birthday"],
        &["birth", "date"],
        &["date", "of", "birth"],
    ];
    rest = NAMES.iter().find_map(|name| rest.after_words(name))?;
    for _ in 0..3 {
        rest.blank();
        let is_link = rest.one_of(|c| matches!(c, ':' | '=' | '-' | '.' | ',' | '(' | '\u{2013}')).is_some();
        if !is_link && !["is", "was", "on"].iter().any(|word| rest.take_word(word)) {
            break;
        }
    }
    rest.blank();
    date(rest)
}

/// A day of the calendar as it is written in the United States, with its year.
fn date(rest: Rest<'_>) -> Option<Rest<'_>> {
    let end = numeric_date(rest).or_else(|| month_first(rest)).or_else(|| day_first(rest))?;
    (!end.begins_with_word()).then_some(end)
}

/// `3/4/2012`, `03-04-12`, `3.4.2012`, `2012-03-04`.
fn numeric_date(mut rest: Rest<'_>) -> Option<Rest<'_>> {
    let first = rest.digits(1..=4)?;
    let separator = rest.one_of(|c| matches!(c, '/' | '-' | '.'))?;
    let second = rest.digits(1..=2)?;
    rest.one_of(|c| c == separator)?;
    let third = rest.digits(1..=4)?;
    let (month, day, year) = if first.len() == 4 { (second, third, first) } else { (first, second, third) };
    (is_month(month) && is_day(day) && matches!(year.len(), 2 | 4)).then_some(rest)
}

/// `March 4, 2012`, `Mar. 4th 2012`.
fn month_first(mut rest: Rest<'_>) -> Option<Rest<'_>> {
    month_name(&mut rest)?;
    day_number(&mut rest)?;
    rest.take(",");
    rest.blank();
    rest.digits(4..=4).map(|_| rest)
}

/// `4 March 2012`.
fn day_first(mut rest: Rest<'_>) -> Option<Rest<'_>> {
    day_number(&mut rest)?;
    rest.blank();
    month_name(&mut rest)?;
    rest.digits(4..=4).map(|_| rest)
}

/// The name of a month, and what stands before the next number.
fn month_name(rest: &mut Rest<'_>) -> Option<()> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let name = rest.run(9, char::is_alphabetic)?.to_lowercase();
    let is_name = name.len() >= 3
        && (name == "sept" || MONTHS.iter().any(|month| *month == name || month.get(..3) == Some(&name)));
    rest.one_of(|c| matches!(c, '.' | ','));
    rest.blank();
    is_name.then_some(())
}

/// `4`, `4th`.
fn day_number(rest: &mut Rest<'_>) -> Option<()> {
    let day = rest.digits(1..=2)?;
    let _ = ["st", "nd", "rd", "th"].iter().any(|ending| rest.take_word(ending));
    is_day(day).then_some(())
}

fn is_month(digits: &str) -> bool {
    digits.len() <= 2 && digits.parse().is_ok_and(|month: u8| (1..=12).contains(&month))
}

fn is_day(digits: &str) -> bool {
    digits.len() <= 2 && digits.parse().is_ok_and(|day: u8| (1..=31).contains(&day))
}

/// `student 104512`, `student's ID number is 104512`, `SASID: 1045120001`, `ID# 104512`: five digits or more.
fn student_number<'a>(mut rest: Rest<'a>, before: &str) -> Option<Rest<'a>> {
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
    } else if !rest.take_word("student") && !rest.take_word("sasid") {
        return None;
    }
    const LINKS: [&str; 9] = ["'s", "’s", "id", "sasid", "number", "no", "is", "was", "identifier"];
    for _ in 0..6 {
        rest.blank();
        let is_link = rest.one_of(|c| matches!(c, ':' | '#' | '=' | '.' | '(' | '-')).is_some();
        if !is_link && !LINKS.iter().any(|word| rest.take_word(word)) {
            break;
        }
    }
    rest.digits(5..=20)?;
    let mut next = rest.0.chars();
    let is_amount = next
        .next()
        .is_some_and(|c| c == '%' || matches!(c, '.' | ',') && next.next().is_some_and(|c| c.is_ascii_digit()));
    (!is_amount && !rest.begins_with_word()).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(Kind, &str)> {
        assert!(may_hold_any(text) || matches(text).next().is_none(), "{text}");
        matches(text).map(|(kind, range)| (kind, text.get(range).unwrap_or_default())).collect()
    }

    /// Each of the cases is found as it stands, alone and within a text.
    fn each_is(kind: Kind, cases: &str, around: [&str; 3]) {
        for case in cases.split(" | ") {
            for text in [case.to_owned()].into_iter().chain(around.map(|around| around.replace('_', case))) {
                assert_eq!(found(&text), [(kind, case)], "{text}");
            }
        }
    }

    #[test]
    fn telephone_numbers() {
        let cases = "\
            (203) 555-0142 | (203)555-0142 | (203) 555.0142 | (203) - 555-0142 | 203-555-0142 | 203.555.0142 | \
            203 555-0142 | 203 555 0142 | 203–555–0142 | 1-203-555-0142 | 1 (203) 555-0142 | +1 203-555-0142 | \
            +1 (203) 555-0142 | +1.203.555.0142 | +12035550142 | +1 2035550142";
        each_is(Kind::Telephone, cases, ["Call _.", "“_”, at noon", "tel:_x12"]);
        assert_eq!(found("203-555-0142/203-555-0143").len(), 2);
        assert_eq!(found("203-555-0142 or (860) 555-0143").len(), 2);
    }

    #[test]
    fn email_addresses() {
        let cases = "\
            a@b.org | pat.lee+home@mail.example.com | 203-555-0142@txt.example.net | josé@escuela.mx | 12@x.us";
        each_is(Kind::Email, cases, ["Wrote to _.", "<_>, and", "'_'"]);
        assert_eq!(found("a@b.org, c@d.org;e@f.org").len(), 3);
    }

    #[test]
    fn dates_of_birth() {
        let cases = "\
            DOB 3/4/2012 | DOB: 03/04/12 | dob 03-04-2012 | D.O.B. 3.4.2012 | D.O.B.: 2012-03-04 | Dob=3/4/2012 | \
            born 3/4/2012 | born on March 4, 2012 | born Mar. 4 2012 | Born March 4th, 2012 | born 4 March 2012 | \
            born on Sept. 30, 2011 | date of birth 3/4/2012 | Date of Birth: May 4, 2012 | date of birth (3/4/2012 | \
            date of birth is 3/4/2012 | date of birth was: 3/4/2012 | birth date: 3/4/2012 | birthdate 3/4/2012 | born\n      March 4, 2012";
        each_is(Kind::BirthDate, cases, ["(_)", "A boy, _, and", "_."]);
    }

    #[test]
    fn student_numbers() {
        let cases = "\
            student 104512 | Student #104512 | student ID 104512 | student ID: 104512 | student id# 104512 | \
            student's ID number is 104512 | student’s number 104512 | student no. 104512 | SASID 1045120001 | \
            SASID: 1045120001 | SASID #1045120001 | ID# 104512 | ID #104512 | id#10451 | student SASID 1045120001";
        each_is(Kind::StudentNumber, cases, ["(_)", "With _, twice.", "_."]);
    }

    #[test]
    fn what_only_looks_a_little_like_it() {
        let cases = "\
            9 of 9 | 31 of 58 students | 6 of 8 reports | 98.5% of 412 | 100% | grades K–2 | grade 4-5, 40 minutes | \
            2025-26 | 2025-2026 | the 2025–26 school year | from 2025-08-25 to 2026-06-12 | 03/04/2026 | 9:30-10:15 | \
            March 4, 2026 | 412, 388 and 1042 | 0.6 FTE | $203.55 | 1,204,512 | 203,555,0142 | section 504 | \
            Section 504-2025 | 12-116 | 4.1.3 | 10-151b | 10-76d-1 | C.G.S. § 10-220(a) | 34 CFR 300.320 | E-1042 | \
            E-0007 | school 093-0211 | school 64-211-0142 | CIP 13.1205 | room 203 | P-20 WIN | v1.0.0 | \
            978-0-13-468599-1 | 123-45-6789 | 192.168.0.142 | 2035550142 | 203555-0142 | (203555-0142 | (203) 155-0142 | \
            103-555-0142 | 203-055-0142 | 12-203-555-0142 | 203-555-0142-77 | 203-555-01421 | 203-555-0142b | \
            203-5550-142 | K203-555-0142 | +44 20 7946 0958 | 555-0142 | 911 | 2-1-1 | 1-2-3 | @home | drop-in @ noon | \
            2 @ 10.30 | a@b | a@b.c | a@.org | @example.org | each @5.00 | a@@b.org | born in 2012 | born in March | \
            born leaders | a newborn 3/4/2012 | stubborn 3/4/2012 | date of 3/4/2012 | date of birth was not recorded | \
            born 13/45/2012 | born 13/4/2012 | born 3/45/2012 | born 003/4/2012 | born 2012-03-004 | born Monday 4, 2012 | born 3/4 | DOB on file | birthday party on Friday | born March 4 | born 4.1.3 | \
            reborn on March 4, 2012 | students 104512 | student 2025 | student 1042 | student 12,500 times | \
            student 10451.50 | student 15000% | student council 104512 | student ID cards | ID 104512 | \
            employee ID# 104512 | Staff ID #104512 | SASID | Midland# 104512 | student | student's | \
            each student: 9 of 9 | student 104512b";
        for text in cases.split(" | ") {
            assert_eq!(found(text), [], "{text}");
        }
    }

    #[test]
    fn any_text_is_read_in_time_and_without_a_panic() {
        let pieces = "a|1|+1|(|a@|a.|@|id |student |born |born on |student's id no. | |é|’|203-|203-555-|D.O.B. |sept. 1st, |日本|date of ";
        let pieces: Vec<&str> = pieces.split('|').collect();
        for piece in &pieces {
            let long = piece.repeat(200_000 / piece.len());
            let start = std::time::Instant::now();
            assert_eq!(matches(&long).count(), 0, "{piece}");
            assert!(start.elapsed().as_secs() < 10, "{piece}: {:?}", start.elapsed());
            for other in &pieces {
                for third in &pieces {
                    let _ = found(&format!("{piece}{other}{third}{piece}"));
                }
            }
        }
    }
}
