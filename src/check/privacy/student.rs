//! Finds names of students: a name or initials beside an attribute that only a student has, such as a grade, a plan or a
//! parent.

use std::ops::Range;

use super::name::{self, Name, Staff};
use super::words::{Word, Words};

/// Every place in a text where a student is named, in order.
pub(super) fn named(text: &str, staff: &Staff) -> Vec<Range<usize>> {
    let words = Words::of(text);
    let mut found: Vec<Range<usize>> = Vec::new();
    for number in 0..words.len() {
        let Some(name) = beside(&words, number, staff) else { continue };
        let range = bytes(&words, &name);
        if found.last().is_none_or(|last| last.end <= range.start) {
            found.push(range);
        }
    }
    found
}

/// The name beside what begins at a word.
fn beside(words: &Words<'_>, number: usize, staff: &Staff) -> Option<Name> {
    let word = words.get(number)?;
    let grade = grade(words, number).or_else(|| age(words, number));
    if let Some(grade) = grade {
        return named_before(words, number, &grade, staff).or_else(|| named_after(words, &grade, staff));
    }
    let paper = paper(words, number);
    if let Some(end) = paper {
        return owner(words, number, staff)
            .or_else(|| holder(words, number, staff))
            .or_else(|| paper_of(words, end, staff));
    }
    if word.is_one_of(RELATIVES) {
        return owner(words, number, staff)
            .filter(|_| !word.is_one_of(&["family"]) || !is_work(words, number))
            .or_else(|| linked(words, number, &["of"], staff));
    }
    if word.is_one_of(&["case"]) {
        return linked(words, number, &["of"], staff);
    }
    if word.is_one_of(&["student", "pupil", "child", "client", "boy", "girl"]) {
        return linked(words, number, &["named", "called", "name", "is"], staff)
            .or_else(|| sure(name::at(words, number.checked_add(1)?, staff), words.follows(number.checked_add(1)?)));
    }
    if word.is_one_of(&["students", "children"]) {
        return linked(words, number, &["like", "including", "named"], staff);
    }
    None
}

const RELATIVES: &[&str] = &[
    "parent",
    "parents",
    "mother",
    "mom",
    "father",
    "dad",
    "guardian",
    "guardians",
    "grandmother",
    "grandfather",
    "grandparent",
    "grandparents",
    "stepmother",
    "stepfather",
    "brother",
    "sister",
    "sibling",
    "siblings",
    "aunt",
    "uncle",
    "family",
];

/// A grade or an age: the words of it, and whether the words themselves say that a person is meant.
struct Mark {
    end: usize,
    is_person: bool,
}

/// `grade 7`, `4th grade`, `10th grader`, `kindergartner`.
fn grade(words: &Words<'_>, number: usize) -> Option<Mark> {
    let (word, next) = (words.get(number)?, number.checked_add(1)?);
    let mark = |end, is_person| Some(Mark { end, is_person });
    if word.is_one_of(&["grade", "gr"]) && words.follows(next) {
        let is_number = |next: &Word<'_>| is_grade_number(next.text) || next.is_one_of(&CARDINALS);
        return words.get(next).filter(|next| is_number(next)).and_then(|_| mark(next.checked_add(1)?, false));
    }
    if word.is_one_of(&["kindergartner", "kindergartener", "preschooler", "freshman", "sophomore"]) {
        return mark(next, true);
    }
    if let Some((ordinal, what)) = word.text.rsplit_once('-') {
        let is_person = what.eq_ignore_ascii_case("grader");
        return (is_ordinal(ordinal) && (is_person || what.eq_ignore_ascii_case("grade")))
            .then_some(Mark { end: next, is_person });
    }
    let noun = words.get(next).filter(|_| is_ordinal(word.text) && words.is_joined(next))?;
    let is_person = noun.is_one_of(&["grader"]);
    if is_person || noun.is_one_of(&["grade"]) { mark(next.checked_add(1)?, is_person) } else { None }
}

const CARDINALS: [&str; 12] =
    ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

fn is_grade_number(text: &str) -> bool {
    ["K", "PK", "k", "pk"].contains(&text) || text.parse().is_ok_and(|grade: u8| (1..=12).contains(&grade))
}

fn is_ordinal(text: &str) -> bool {
    const ORDINALS: [&str; 12] = [
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
        "twelfth",
    ];
    let ending = ["st", "nd", "rd", "th"].iter().find_map(|ending| text.strip_suffix(ending));
    ORDINALS.iter().any(|ordinal| text.eq_ignore_ascii_case(ordinal)) || ending.is_some_and(is_grade_number)
}

/// `age 9`, `9 years old`, `9-year-old`.
fn age(words: &Words<'_>, number: usize) -> Option<Mark> {
    let (word, next) = (words.get(number)?, number.checked_add(1)?);
    let is_age = |text: &str| text.parse().is_ok_and(|age: u8| (3..=21).contains(&age));
    let joined =
        |at: usize, wanted: &[&str]| words.is_joined(at) && words.get(at).is_some_and(|word| word.is_one_of(wanted));
    if word.is_one_of(&["age", "aged"]) && words.is_joined(next) {
        return words
            .get(next)
            .filter(|next| is_age(next.text))
            .and_then(|_| Some(Mark { end: next.checked_add(1)?, is_person: true }));
    }
    if word.text.strip_suffix("-year-old").is_some_and(is_age) {
        return Some(Mark { end: next, is_person: true });
    }
    let old = next.checked_add(1)?;
    (is_age(word.text) && joined(next, &["years", "yrs"]) && joined(old, &["old"]))
        .then_some(Mark { end: old.checked_add(1)?, is_person: true })
}

/// `Maria Gonzalez (grade 7)`, `D.M., a 10th grader`, `Tyler in Ms. Brown's 4th grade class`.
fn named_before(words: &Words<'_>, number: usize, mark: &Mark, staff: &Staff) -> Option<Name> {
    const GLUE: [&str; 16] = [
        "a",
        "an",
        "in",
        "is",
        "was",
        "now",
        "currently",
        "who",
        "from",
        "student",
        "pupil",
        "the",
        "boy",
        "girl",
        "of",
        "entering",
    ];
    const TITLES: [&str; 5] = ["ms", "mr", "mrs", "miss", "dr"];
    if !mark.is_person && is_group(words, mark.end) && !is_of_teacher(words, number) {
        return None;
    }
    let mut at = number;
    for _ in 0..5 {
        if !words.follows(at) {
            return None;
        }
        if let Some(name) = name::before(words, at, staff) {
            // Two capitalized words are a person only right beside a grade.
            let is_beside = at == number && words.after(at.checked_sub(1)?).contains(['(', ',', '–', '-']);
            return Some(name).filter(|name| name.is_sure() || is_beside || (at == number && mark.is_person));
        }
        at = at.checked_sub(1)?;
        let word = words.get(at)?;
        let is_teacher = word.owner().is_some()
            && at.checked_sub(1).and_then(|before| words.get(before)).is_some_and(|before| before.is_one_of(&TITLES));
        if is_teacher {
            at = at.checked_sub(1)?;
        } else if !word.is_one_of(&GLUE) {
            return None;
        }
    }
    None
}

/// Whether a teacher's name stands right before: `Ms. Brown's 4th grade class`.
fn is_of_teacher(words: &Words<'_>, number: usize) -> bool {
    number
        .checked_sub(1)
        .and_then(|before| words.get(before))
        .is_some_and(|word| word.owner().is_some() && word.begins_upper())
}

/// `4th grader Maria`, `grade 7 student Maria Lopez`, `9-year-old Devon`.
fn named_after(words: &Words<'_>, mark: &Mark, staff: &Staff) -> Option<Name> {
    let mut at = mark.end;
    let mut is_person = mark.is_person;
    while words.is_joined(at)
        && words.get(at)?.is_one_of(&["student", "pupil", "boy", "girl", "child", "named", "called"])
    {
        is_person = true;
        at = at.checked_add(1)?;
    }
    sure(name::at(words, at, staff), is_person && words.follows(at))
}

/// Whether what follows a grade says that a group is meant.
fn is_group(words: &Words<'_>, number: usize) -> bool {
    const GROUPS: &[&str] = &[
        "teacher",
        "teachers",
        "team",
        "teams",
        "class",
        "classes",
        "classroom",
        "classrooms",
        "group",
        "groups",
        "students",
        "curriculum",
        "lesson",
        "lessons",
        "level",
        "lead",
        "counselor",
        "social",
        "parents",
        "families",
        "hall",
        "hallway",
        "wing",
        "reading",
        "math",
        "science",
        "transition",
        "cohort",
        "orientation",
        "data",
        "unit",
        "units",
        "meeting",
        "meetings",
        "staff",
        "teaching",
        "assembly",
        "screening",
        "advisory",
        "and",
        "or",
        "to",
        "through",
        "band",
    ];
    words.is_joined(number) && words.get(number).is_some_and(|word| word.is_one_of(GROUPS))
}

/// What a student alone has, beginning at a word: the number of the word after it.
fn paper(words: &Words<'_>, number: usize) -> Option<usize> {
    const ALONE: &[&str] = &["IEP", "IEPs", "BIP", "FBA", "PPT", "IFSP", "504", "suspension", "expulsion"];
    const PLANS: &[&str] =
        &["safety", "behavior", "crisis", "transition", "504", "support", "intervention", "manifestation"];
    let (word, next) = (words.get(number)?, number.checked_add(1)?);
    let is_plan = word.is_one_of(PLANS)
        && words.is_joined(next)
        && words.get(next).is_some_and(|next| next.is_one_of(&["plan", "determination"]));
    match () {
        () if is_plan => next.checked_add(1),
        () if word.is_one_of(ALONE) => Some(next),
        () => None,
    }
}

/// `the IEP meeting for Jayden W.`
fn paper_of(words: &Words<'_>, mut at: usize, staff: &Staff) -> Option<Name> {
    const NOUNS: &[&str] = &[
        "meeting",
        "meetings",
        "plan",
        "team",
        "review",
        "goals",
        "goal",
        "evaluation",
        "process",
        "referral",
        "conference",
        "testing",
        "services",
        "amendment",
        "draft",
        "hearing",
        "report",
        "case",
        "file",
        "annual",
        "written",
        "was",
        "were",
        "is",
        "updated",
        "completed",
        "developed",
        "held",
    ];
    for _ in 0..4 {
        let word = words.get(at).filter(|_| words.follows(at))?;
        if word.is_one_of(&["for", "of", "about", "regarding", "re", "on"]) {
            let next = at.checked_add(1)?;
            let after = match words.get(next)?.is_one_of(&["student", "pupil"]) {
                true => next.checked_add(1)?,
                false => next,
            };
            return sure(name::at(words, after, staff), words.follows(after));
        }
        if !word.is_one_of(NOUNS) {
            return None;
        }
        at = at.checked_add(1)?;
    }
    None
}

/// `Devon's IEP`, `Devon's new IEP`, `Aiden Smith's mother`.
fn owner(words: &Words<'_>, number: usize, staff: &Staff) -> Option<Name> {
    const BETWEEN: &[&str] = &["new", "annual", "draft", "first", "current", "upcoming", "foster", "own", "last"];
    let mut at = number;
    for _ in 0..2 {
        let before = at.checked_sub(1).filter(|_| words.is_joined(at))?;
        if words.get(before)?.is_one_of(BETWEEN) {
            at = before;
        }
    }
    let is_owner = words.is_joined(at) && words.get(at.checked_sub(1)?)?.owner().is_some();
    sure(name::before(words, at, staff), is_owner)
}

/// `Maria Lopez has an IEP`, `J.R. needs a 504 plan`.
fn holder(words: &Words<'_>, number: usize, staff: &Staff) -> Option<Name> {
    const VERBS: &[&str] = &["has", "had", "needs", "needed", "receives", "received", "got", "gets", "served"];
    const BETWEEN: &[&str] = &[
        "a", "an", "the", "his", "her", "their", "who", "which", "now", "services", "through", "under", "with", "for",
        "new", "no", "longer",
    ];
    let mut at = number;
    let mut is_holder = false;
    for _ in 0..5 {
        if !words.follows(at) {
            return None;
        }
        if let Some(name) = name::before(words, at, staff) {
            return sure(Some(name), is_holder);
        }
        at = at.checked_sub(1)?;
        let word = words.get(at)?;
        is_holder |= word.is_one_of(VERBS);
        if !word.is_one_of(VERBS) && !word.is_one_of(BETWEEN) {
            return None;
        }
    }
    None
}

/// A name behind one of these words: `mother of Aiden Smith`, `a student named Devon`.
fn linked(words: &Words<'_>, number: usize, links: &[&str], staff: &Staff) -> Option<Name> {
    let link = number.checked_add(1)?;
    let at = link.checked_add(1)?;
    let is_linked = words.is_joined(link) && words.get(link)?.is_one_of(links) && words.follows(at);
    sure(name::at(words, at, staff), is_linked)
}

fn sure(name: Option<Name>, is_beside: bool) -> Option<Name> {
    name.filter(|name| is_beside && name.is_sure())
}

/// Whether `family` begins the name of what staff do: family engagement.
fn is_work(words: &Words<'_>, number: usize) -> bool {
    const WORK: &[&str] = &[
        "engagement",
        "work",
        "outreach",
        "night",
        "nights",
        "center",
        "liaison",
        "involvement",
        "survey",
        "resource",
        "events",
    ];
    number
        .checked_add(1)
        .is_some_and(|next| words.is_joined(next) && words.get(next).is_some_and(|word| word.is_one_of(WORK)))
}

/// The place of a name in the text, with the full stop of its last initial.
fn bytes(words: &Words<'_>, name: &Name) -> Range<usize> {
    let last = name.words.end.saturating_sub(1);
    let begins = words.get(name.words.start).map_or(0, |word| word.start);
    let ends = words.get(last).map_or(0, |word| word.start.saturating_add(word.owner().unwrap_or(word.text).len()));
    let has_stop = words.get(last).is_some_and(Word::is_initial) && words.after(last).starts_with('.');
    begins..ends.saturating_add(usize::from(has_stop))
}
