//! Decides which words of a text may be the name of a person.

use std::collections::HashSet;
use std::ops::Range;

use super::super::alike;
use super::first_names::is_first_name;
use super::no_names::is_no_name;
use super::words::{Word, Words};

/// The people that a document lists: they are no students. Their initials may be those of a student too.
#[derive(Debug, Default)]
pub(crate) struct Staff(HashSet<String>);

impl Staff {
    pub(crate) fn of<'n>(names: impl Iterator<Item = &'n str>) -> Self {
        let mut staff = HashSet::new();
        for name in names {
            let folded = alike::folded(name);
            let words = Words::of(&folded);
            staff.extend((0..words.len()).filter_map(|number| words.get(number)).map(|word| word.text.to_owned()));
        }
        Self(staff)
    }

    fn holds(&self, words: &Words<'_>, name: &Name) -> bool {
        let mut texts = name.words.clone().filter_map(|number| words.get(number));
        name.kind != NameForm::Initials
            && texts.all(|word| {
                let text = word.owner().unwrap_or(word.text);
                text.chars().nth(1).is_none() || self.0.contains(&alike::folded(text))
            })
    }
}

/// A name, and how surely it is one.
#[derive(Debug, Clone)]
pub(super) struct Name {
    pub(super) words: Range<usize>,
    kind: NameForm,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum NameForm {
    /// `J.R.`
    Initials,
    /// `Jayden W.`, or two names of which the first is common.
    Full,
    /// One first name that is common.
    First,
    /// Two capitalized words.
    Capitals,
}

impl Name {
    /// Whether it is a name wherever it stands; two capitalized words may be anything.
    pub(super) fn is_sure(&self) -> bool {
        self.kind != NameForm::Capitals
    }
}

/// The name that begins at a word, if it is of nobody listed.
pub(super) fn at(words: &Words<'_>, number: usize, staff: &Staff) -> Option<Name> {
    if !words.get(number)?.begins_upper() || is_part_of_longer(words, number) {
        return None;
    }
    let name = initials(words, number).or_else(|| full(words, number)).or_else(|| first(words, number))?;
    (!staff.holds(words, &name)).then_some(name)
}

/// The name that ends before a word.
pub(super) fn before(words: &Words<'_>, number: usize, staff: &Staff) -> Option<Name> {
    (1..=4).rev().find_map(|length| {
        let name = at(words, number.checked_sub(length)?, staff)?;
        (name.words.end == number).then_some(name)
    })
}

/// A title, an article or another name stands before it: it is no student's, or does not begin here.
fn is_part_of_longer(words: &Words<'_>, number: usize) -> bool {
    const STAFF: [&str; 22] = [
        "ms", "mr", "mrs", "miss", "mx", "dr", "prof", "principal", "coach", "teacher", "counselor", "superintendent",
        "director", "supervisor", "colleague", "psychologist", "nurse", "paraprofessional", "intern", "worker",
        "evaluator", "coordinator",
    ];
    const ARTICLES: [&str; 10] = ["the", "a", "an", "our", "their", "this", "each", "every", "its", "these"];
    let Some(before) = number.checked_sub(1).filter(|_| words.follows(number)).and_then(|before| words.get(before))
    else {
        return false;
    };
    before.is_one_of(&STAFF) || (words.is_joined(number) && before.is_one_of(&ARTICLES))
}

fn initials(words: &Words<'_>, number: usize) -> Option<Name> {
    const OTHERS: [&str; 24] = [
        "US", "DC", "NY", "PE", "PS", "PM", "AM", "QA", "IQ", "OT", "PT", "LA", "RN", "MD", "MA", "BA", "BS", "MS",
        "CT", "NJ", "EL", "DO", "CG", "IE",
    ];
    let is_dotted = |at: usize| {
        words.get(at).is_some_and(|word| {
            let letter = word.owner().unwrap_or(word.text);
            letter.chars().nth(1).is_none()
                && word.begins_upper()
                && (word.owner().is_some() || words.after(at).starts_with('.'))
        })
    };
    let second = number.checked_add(1)?;
    let end = number.checked_add(2)?;
    let is_joined = matches!(words.after(number), "." | ". ");
    // One more would make it something else, such as the name of a law.
    let is_longer = is_dotted(end) && words.after(second) == ".";
    if !is_dotted(number) || !is_dotted(second) || !is_joined || is_longer {
        return None;
    }
    // Nor is it the end of one.
    if number.checked_sub(1).is_some_and(|before| words.after(before) == "." && is_dotted(before)) {
        return None;
    }
    let both: String = [number, second]
        .into_iter()
        .filter_map(|at| words.get(at))
        .filter_map(|word| word.text.chars().next())
        .collect();
    (!OTHERS.contains(&both.as_str())).then_some(Name { words: number..end, kind: NameForm::Initials })
}

/// `Jayden W.`, `Maria Gonzalez`, `Maria de la Cruz`.
fn full(words: &Words<'_>, number: usize) -> Option<Name> {
    let (first, second) = (words.get(number)?, number.checked_add(1)?);
    let mut end = second.checked_add(1)?;
    let mut last = words.get(second)?;
    if !words.is_joined(second) || !is_name_like(first) || first.owner().is_some() {
        return None;
    }
    if last.is_one_of(&["de", "del", "la", "van", "da", "dos", "al", "bin"]) && words.is_joined(end) {
        last = words.get(end)?;
        end = end.checked_add(1)?;
        if last.is_one_of(&["la", "los", "las"]) && words.is_joined(end) {
            last = words.get(end)?;
            end = end.checked_add(1)?;
        }
    }
    let (word, is_known) = (last.owner().unwrap_or(last.text), is_first_name(first.text));
    if word.chars().nth(1).is_none() {
        let is_initial = word.starts_with(char::is_uppercase)
            && word != "I"
            && (words.after(second).starts_with('.') || last.owner().is_some() || is_known);
        return is_initial.then_some(Name { words: number..end, kind: NameForm::Full });
    }
    if !is_name_like(last) || is_place(words, end) {
        return None;
    }
    let kind = if is_known { NameForm::Full } else { NameForm::Capitals };
    Some(Name { words: number..end, kind })
}

/// A first name that is common, and is not the first word of a longer name such as that of a school.
fn first(words: &Words<'_>, number: usize) -> Option<Name> {
    let word = words.get(number)?;
    let end = number.checked_add(1)?;
    let name = word.owner().unwrap_or(word.text);
    let is_longer = word.owner().is_none()
        && words.is_joined(end)
        && words.get(end).is_some_and(|next| next.begins_upper() && !next.is_one_of(MARKS));
    let follows_name = words.is_joined(number)
        && number
            .checked_sub(1)
            .and_then(|before| words.get(before))
            .is_some_and(|before| is_name_like(before) && is_first_name(before.text));
    (word.begins_upper() && is_first_name(name) && !is_longer && !follows_name)
        .then_some(Name { words: number..end, kind: NameForm::First })
}

/// Capitalized words that stand behind a name and are none of it.
const MARKS: &[&str] = &["IEP", "BIP", "FBA", "PPT", "IFSP", "ADHD", "DOB", "SASID", "SSN", "Grade"];

/// Whether the word at a place says that those before it name a place or a program.
fn is_place(words: &Words<'_>, number: usize) -> bool {
    words.is_joined(number) && words.get(number).is_some_and(|word| word.begins_upper() && is_no_name(word.text))
}

/// A capitalized word that may be part of a person's name.
fn is_name_like(word: &Word<'_>) -> bool {
    let text = word.owner().unwrap_or(word.text);
    let is_word = text.chars().any(char::is_lowercase) && !text.chars().any(|c| c.is_ascii_digit());
    // Sentences begin with verbs: `Observed Barnum`.
    let is_verb = (text.ends_with("ed") || text.ends_with("ing")) && !is_first_name(text);
    word.begins_upper() && is_word && !is_verb && !is_no_name(text)
}
