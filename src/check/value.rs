//! Rules for single values: ids, texts, versions, dates.

use jiff::civil::Date;
use semver::Version;

use crate::diagnostic::{Code, Severity};
use crate::exact::Exact;
use crate::rubric::Level;
use crate::source::{
    Field, Finding, Findings, Help, Number, OneOrList, Span, Text, Word, is_blank, is_text, suggested_version,
};
pub(super) use crate::source::{label, shorten};
use crate::syntax::{Day, Passage, Period};

use super::alike;

/// Ids can stand in a template as `tally.has_not_met`.
pub(crate) fn id<'a>(field: &'a Field<Word>, findings: &Findings) -> Option<&'a str> {
    let id = word(field, findings)?;
    if is_id(id) {
        return Some(id);
    }
    let snake = snake_case(id);
    // Words that would be a finding themselves are not suggested.
    let is_no_help = snake.is_empty() || is_reserved_id(&snake) || !is_text(&snake);
    let help = if is_no_help {
        Help::from("write lower-case letters, digits and underscores, beginning with a letter")
    } else {
        let help = format!("write `{snake}`: lower-case letters, digits and underscores, beginning with a letter");
        Help::from(help).writing(id, &snake)
    };
    findings.error(Code::MalformedId, field.span, format!("`{}` cannot be an id", shorten(id)), help);
    None
}

/// Whether it has the form of an id.
pub(crate) fn is_id(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_lowercase())
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

/// Whether the word means something else wherever an id can stand.
pub(crate) fn is_reserved_id(id: &str) -> bool {
    id == "indicators"
}

/// The most characters of a text that an id is suggested for.
const LONGEST: usize = 64;

/// The id that was probably meant.
fn snake_case(text: &str) -> String {
    let mut snake = String::new();
    for character in text.chars().take(LONGEST) {
        if character.is_ascii_alphanumeric() {
            snake.push(character.to_ascii_lowercase());
        } else if !snake.is_empty() && !snake.ends_with('_') {
            snake.push('_');
        }
    }
    snake.trim_start_matches(|first: char| !first.is_ascii_lowercase()).trim_end_matches('_').to_owned()
}

/// Whether a name is what a malformed id should be: whoever wrote it means what has that id.
pub(super) fn is_mended(id: &str, name: &str) -> bool {
    !is_long(id) && !is_id(id) && snake_case(id) == name
}

/// The id, as it should be.
fn mended(id: &str) -> String {
    let snake = if can_be_meant(id) { String::new() } else { snake_case(id) };
    if snake.is_empty() { id.chars().take(LONGEST + 1).collect() } else { snake }
}

/// Whether an id can be meant: a malformed one is a mistake itself. A long one is not looked at for every reference.
pub(super) fn can_be_meant(id: &str) -> bool {
    is_long(id) || is_id(id)
}

/// Whether an id is longer than the one that is suggested for it could be.
fn is_long(id: &str) -> bool {
    id.len() > 4 * LONGEST
}

/// A text that must say something.
pub(super) fn text<'a>(field: &'a Field<Text>, findings: &Findings) -> Option<&'a str> {
    field.text().and_then(|text| not_blank(text, field.span, findings))
}

/// A text, or a list of bullets, that must say something, each bullet too.
pub(crate) fn passage(field: &Field<Passage>, findings: &Findings) {
    if let Some(OneOrList::List(list)) = field.get()
        && list.is_empty()
    {
        let help = "write a text, or at least one bullet, or remove it".to_owned();
        findings.error(Code::BlankText, field.span, "this list has no bullet".to_owned(), help);
    }
    for (place, text) in field.texts() {
        not_blank(text, place, findings);
    }
}

/// A reference that must name something.
pub(super) fn word<'a>(field: &'a Field<Word>, findings: &Findings) -> Option<&'a str> {
    field.word().and_then(|word| not_blank(word, field.span, findings))
}

/// A text at a place that must say something.
pub(super) fn not_blank<'a>(text: &'a str, place: Span, findings: &Findings) -> Option<&'a str> {
    if is_blank(text) {
        findings.error(Code::BlankText, place, "this text is blank".to_owned(), "write what belongs here".to_owned());
        return None;
    }
    Some(text)
}

/// Reports a word that stands for no kind of evaluation. `known` are the words that do; `once` says where the kind went.
pub(super) fn unknown_kind(word: &str, place: Span, known: &[&str], once: Option<String>, findings: &Findings) {
    /// As many kinds as a reader can take in.
    const MOST_NAMED: usize = 20;
    let otherwise = || {
        let quoted: Vec<String> = known.iter().take(MOST_NAMED).map(|id| format!("`{id}`")).collect();
        format!("write one of {}", quoted.join(", "))
    };
    let help = once.map_or_else(|| findings.did_you_mean(word, known.iter().copied(), otherwise), Help::from);
    let message = format!("`{}` is no kind of evaluation of the rubric", shorten(word));
    findings.error(Code::UnknownChoice, place, message, help);
}

/// Titles stand in tables and plots.
pub(super) fn title(field: &Field<Text>, findings: &Findings) {
    const MOST: usize = 50;
    if let Some(title) = text(field, findings)
        && title.chars().count() > MOST
    {
        findings.error(
            Code::LongTitle,
            field.span,
            format!("this title has {} characters", title.chars().count()),
            format!("a title has at most {MOST}: shorten it, and put the full text in `statement`"),
        );
    }
}

/// A semantic version.
pub(crate) fn version(field: &Field<Word>, findings: &Findings) -> Option<Version> {
    let written = word(field, findings)?;
    if let Ok(version) = Version::parse(written) {
        return Some(version);
    }
    let suggested = suggested_version(written);
    let help = Help::version(&suggested).writing(written, &suggested);
    findings.error(Code::BadVersion, field.span, format!("`{}` is not a version", shorten(written)), help);
    None
}

/// A language tag (BCP 47): a screen reader chooses its voice by it, a browser how it writes dates.
pub(super) fn language(field: &Field<Word>, findings: &Findings) {
    let Some(written) = field.word().filter(|written| !is_language(written)) else { return };
    let mended = written.replace('_', "-");
    let help = match is_language(&mended) {
        true => Help::from(format!("write {mended}")).writing(written, &mended).safely(),
        false => "write a tag such as en, en-US or es-MX".into(),
    };
    let message = format!("`{}` is not a language tag", shorten(written));
    findings.push(Finding::new(Severity::Warning, Code::BadLanguage, field.span, message, help));
}

fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let is_first = |part: &str| (2..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphabetic());
    let is_other = |part: &str| (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    parts.next().is_some_and(is_first) && parts.all(is_other)
}

/// A day; a warning where it is before 1900.
pub(super) fn date(field: &Field<Day>, findings: &Findings) -> Option<Date> {
    let date = field.get()?.0;
    before_1900(field, date, findings);
    Some(date)
}

/// Nobody was evaluated, trained or hired before 1900: a digit of the year is wrong.
fn before_1900(field: &Field<Day>, date: Date, findings: &Findings) {
    if date.year() < FIRST_YEAR {
        findings.warning(
            Code::UnlikelyDate,
            field.span,
            format!("{date} is before {FIRST_YEAR}"),
            "correct the year; if it is right, accept this under `allow` with the reason".to_owned(),
        );
    }
}

/// The first year that a date of a rubric or an evaluation is likely to be of.
const FIRST_YEAR: i16 = 1900;

/// The day that other dates can be compared with: `None` where the date has a finding of its own.
pub(super) fn sound_date(field: Option<&Field<Day>>) -> Option<(Date, Span)> {
    let field = field?;
    let date = field.get().map(|day| day.0).filter(|date| date.year() >= FIRST_YEAR)?;
    Some((date, field.span))
}

pub(super) fn optional_date(field: Option<&Field<Day>>, findings: &Findings) -> Option<Date> {
    field.and_then(|field| date(field, findings))
}

/// The month and the day of `01-31`, where leap years at least have the day.
pub(super) fn month_and_day(written: &str) -> Option<(i8, i8)> {
    let two_digits = |part: &str| {
        (part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit())).then(|| part.parse::<i8>().ok()).flatten()
    };
    let (month, day) = written.split_once('-')?;
    let (month, day) = (two_digits(month)?, two_digits(day)?);
    const LEAP_YEAR: i16 = 2024;
    Date::new(LEAP_YEAR, month, day).ok().map(|_| (month, day))
}

/// Two dates in order.
pub(super) fn dates_in_order(from: &Field<Day>, to: &Field<Day>, findings: &Findings) -> Option<(Date, Date)> {
    let (first, last) = (from.get().map(|day| day.0), to.get().map(|day| day.0));
    // Dates in the wrong order are one mistake, whatever their years are.
    if let (Some(first), Some(last)) = (first, last)
        && first > last
    {
        findings.error(
            Code::BadPeriod,
            to.span,
            format!("this period ends on {last}, before it begins on {first}"),
            "put the earlier date first".to_owned(),
        );
        return None;
    }
    for (field, date) in [(from, first), (to, last)] {
        date.into_iter().for_each(|date| before_1900(field, date, findings));
    }
    first.zip(last)
}

pub(super) fn period(period: &Period, findings: &Findings) -> Option<(Date, Date)> {
    dates_in_order(&period.from, &period.to, findings)
}

/// The number of a level: of one whose id is malformed, by what it should be too.
pub(super) fn level_number(levels: &[Level], name: &str) -> Option<usize> {
    let position = levels.iter().position(|level| level.id == name);
    position.or_else(|| levels.iter().position(|level| is_mended(&level.id, name)))
}

/// A level that the scale does not have.
pub(super) fn unknown_level(written: &str, place: Span, levels: &[Level], findings: &Findings) {
    let message = format!("`{}` is no level of the scale", shorten(written));
    findings.error(Code::UnknownLevel, place, message, meant_level(written, levels, findings));
}

/// The level that was probably meant, or all of them.
pub(super) fn meant_level(written: &str, levels: &[Level], findings: &Findings) -> Help {
    let ids: Vec<String> = levels.iter().map(|level| mended(&level.id)).collect();
    let list = || format!("the levels are {}", level_names(levels));
    let labelled = ids.iter().zip(levels).map(|(id, level)| (id.as_str(), level.label.as_str()));
    of_label(written, labelled).unwrap_or_else(|| findings.did_you_mean(written, ids.iter().map(String::as_str), list))
}

/// The help for a label that is written in place of its id.
pub(super) fn of_label<'a>(written: &str, mut labelled: impl Iterator<Item = (&'a str, &'a str)>) -> Option<Help> {
    // A label is short.
    let label = Some(written).filter(|written| written.len() <= LONGEST).map(alike::folded)?;
    let (id, _) = labelled.find(|(_, other)| label == alike::folded(other))?;
    Some(Help::did_you_mean(written, id))
}

/// "`has_not_met`, `has_met`".
pub(super) fn level_names(levels: &[Level]) -> String {
    levels.iter().map(|level| format!("`{}`", shorten(&mended(&level.id)))).collect::<Vec<_>>().join(", ")
}

/// Minutes of something that takes less than a day.
pub(super) fn minutes(field: &Field<u32>, findings: &Findings) {
    const MOST: u32 = 24 * 60;
    if let Some(minutes) = field.get()
        && !(1..=MOST).contains(minutes)
    {
        let message = format!("{minutes} minutes are outside the range from 1 to {MOST}");
        let help = "write the minutes that it took, or remove the key if nobody knows".to_owned();
        findings.error(Code::BadNumber, field.span, message, help);
    }
}

/// Hours and shares are not negative, and of a size and precision that any program carries unchanged.
pub(super) fn amount<'a>(field: &'a Field<Number>, what: &str, findings: &Findings) -> Option<&'a Exact> {
    let Number(number) = field.get()?;
    if number.is_negative() {
        findings.error(
            Code::BadNumber,
            field.span,
            format!("{what} cannot be negative"),
            "write 0 or a positive number".to_owned(),
        );
        return None;
    }
    if !is_carried(number) {
        not_carried(what, field.span, findings);
        return None;
    }
    Some(number)
}

/// Whether a number of an evaluation is of a size and precision that any program carries unchanged.
pub(super) fn is_carried(number: &Exact) -> bool {
    number.fits(MOST_WHOLE_DIGITS, MOST_PLACES)
}

/// A number that is not.
pub(super) fn not_carried(what: &str, place: Span, findings: &Findings) {
    findings.error(
        Code::BadNumber,
        place,
        format!("{what} cannot be this precise or this large"),
        format!("write at most {MOST_WHOLE_DIGITS} digits before the point and {MOST_PLACES} after it"),
    );
}

const MOST_WHOLE_DIGITS: usize = 9;
const MOST_PLACES: usize = 4;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_answered_with_the_one_that_was_meant() {
        assert_eq!(snake_case("Informed Consent!"), "informed_consent");
        assert_eq!(snake_case("4.1 Self-concept"), "self_concept");
        assert_eq!(snake_case(" - Informed & (signed) consent"), "informed_signed_consent");
        assert_eq!(snake_case("日本"), "");
    }

    #[test]
    fn a_language_is_letters_and_what_it_is_the_language_of() {
        for tag in ["en", "fil", "en-US", "es-419", "zh-Hant-TW", "sl-rozaj"] {
            assert!(is_language(tag), "{tag}");
        }
        for other in ["", "e", "Spanish", "e1", "en_US", "en-", "en-a", "en-U$", "en-verylongone", "en-US "] {
            assert!(!is_language(other), "{other}");
        }
    }
}
