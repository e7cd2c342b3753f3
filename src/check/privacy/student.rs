//! Finds names of students: a name or initials beside an attribute that only a student has, such as a grade, a plan or a
//! parent.

use std::ops::Range;

use super::name::{self, Name, Staff};
use super::words::{Word, Words};

/// Every place in a text where a student is named, in order.
pub(super) fn named(words: &Words<'_>, staff: &Staff) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for number in 0..words.len() {
        let Some(name) = beside(words, number, staff) else { continue };
        let range = bytes(words, &name);
        if found.last().is_none_or(|last| last.end <= range.start) {
            found.push(range);
        }
    }
    found
}

/// The meaning of a word for the person named beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    /// Begins or ends a grade, an age, or a plan by its number.
    Number,
    /// A number follows it that is a grade.
    Grade,
    /// A number follows it that is an age.
    Age,
    /// Means a student of a grade.
    Grader,
    /// `grade` or `grader` may follow it.
    Ordinal,
    /// A student alone has it.
    Paper,
    /// A student alone has it, where `plan` follows.
    Plan,
    Relative,
    Case,
    Student,
    Students,
}

impl Sign {
    /// The sign that a word is. Most words are none, so the first letter decides.
    #[rustfmt::skip]
    fn of(text: &str) -> Option<Self> {
        use Sign::{Age, Case, Grade, Grader, Ordinal, Paper, Plan, Relative, Student, Students};
        let first = text.bytes().next()?.to_ascii_lowercase();
        let known: &[(&str, Self)] = match first {
            b'0'..=b'9' => return Some(Self::Number),
            _ if text.bytes().any(|byte| byte == b'-') => return Some(Self::Number),
            b'a' => &[("age", Age), ("aged", Age), ("aunt", Relative)],
            b'b' => &[("behavior", Plan), ("bip", Paper), ("boy", Student), ("brother", Relative)],
            b'c' => &[("case", Case), ("child", Student), ("children", Students), ("client", Student), ("crisis", Plan)],
            b'd' => &[("dad", Relative)],
            b'e' => &[("eighth", Ordinal), ("eleventh", Ordinal), ("expulsion", Paper)],
            b'f' => &[
                ("family", Relative), ("father", Relative), ("fba", Paper), ("fifth", Ordinal), ("first", Ordinal),
                ("fourth", Ordinal), ("freshman", Grader),
            ],
            b'g' => &[
                ("girl", Student), ("gr", Grade), ("grade", Grade), ("grandfather", Relative), ("grandmother", Relative),
                ("grandparent", Relative), ("grandparents", Relative), ("guardian", Relative), ("guardians", Relative),
            ],
            b'i' => &[("iep", Paper), ("ieps", Paper), ("ifsp", Paper), ("intervention", Plan)],
            b'k' => &[("kindergartener", Grader), ("kindergartner", Grader)],
            b'm' => &[("manifestation", Plan), ("mom", Relative), ("mother", Relative)],
            b'n' => &[("ninth", Ordinal)],
            b'p' => &[
                ("parent", Relative), ("parents", Relative), ("ppt", Paper), ("preschooler", Grader), ("pupil", Student),
            ],
            b's' => &[
                ("safety", Plan), ("second", Ordinal), ("seventh", Ordinal), ("sibling", Relative),
                ("siblings", Relative), ("sister", Relative), ("sixth", Ordinal), ("sophomore", Grader),
                ("stepfather", Relative), ("stepmother", Relative), ("student", Student), ("students", Students),
                ("support", Plan), ("suspension", Paper),
            ],
            b't' => &[("tenth", Ordinal), ("third", Ordinal), ("transition", Plan), ("twelfth", Ordinal)],
            b'u' => &[("uncle", Relative)],
            _ => &[],
        };
        known.iter().find(|(word, _)| text.eq_ignore_ascii_case(word)).map(|(_, sign)| *sign)
    }
}

/// The name beside what begins at a word.
fn beside(words: &Words<'_>, number: usize, staff: &Staff) -> Option<Name> {
    let (word, next) = (words.get(number)?, number.checked_add(1)?);
    let sign = Sign::of(word.text)?;
    if let Some(mark) = mark(words, number, sign) {
        return named_before(words, number, &mark, staff).or_else(|| named_after(words, &mark, staff));
    }
    match sign {
        Sign::Number | Sign::Paper | Sign::Plan => {
            let end = paper(words, number, sign)?;
            owner(words, number, staff).or_else(|| holder(words, number, staff)).or_else(|| paper_of(words, end, staff))
        }
        Sign::Relative => owner(words, number, staff)
            .filter(|_| !word.is_one_of(&["family"]) || !is_work(words, number))
            .or_else(|| linked(words, number, &["of"], staff)),
        Sign::Case => linked(words, number, &["of"], staff),
        Sign::Student => linked(words, number, &["named", "called", "name", "is"], staff)
            .or_else(|| sure(name::at(words, next, staff), words.follows(next))),
        Sign::Students => linked(words, number, &["like", "including", "named"], staff),
        Sign::Grade | Sign::Age | Sign::Grader | Sign::Ordinal => None,
    }
}

/// A grade or an age: the words of it, and whether the words themselves say that a person is meant.
struct Mark {
    end: usize,
    is_person: bool,
}

/// The grade or the age that begins at a word: `grade 7`, `4th grade`, `10th grader`, `kindergartner`; `age 9`,
/// `9 years old`, `9-year-old`.
fn mark(words: &Words<'_>, number: usize, sign: Sign) -> Option<Mark> {
    let (word, next) = (words.get(number)?, number.checked_add(1)?);
    let after = next.checked_add(1)?;
    let following = |at: usize| words.get(at).filter(|_| words.is_joined(at));
    let person = |end| Some(Mark { end, is_person: true });
    let of_grade = |end, noun: &Word<'_>| {
        let is_person = noun.is_one_of(&["grader"]);
        (is_person || noun.is_one_of(&["grade"])).then_some(Mark { end, is_person })
    };
    match sign {
        Sign::Grade => {
            let grade = words.get(next).filter(|_| words.follows(next))?;
            let is_number = is_grade_number(grade.text) || grade.is_one_of(&CARDINALS);
            is_number.then_some(Mark { end: after, is_person: false })
        }
        Sign::Age => following(next).filter(|next| is_age(next.text)).and_then(|_| person(after)),
        Sign::Grader => person(next),
        Sign::Ordinal => of_grade(after, following(next)?),
        Sign::Number => {
            let is_old = |at: usize| following(at).is_some_and(|word| word.is_one_of(&["old"]));
            match word.text.rsplit_once('-') {
                Some(_) if word.text.strip_suffix("-year-old").is_some_and(is_age) => person(next),
                Some((ordinal, noun)) if is_ordinal(ordinal) => of_grade(next, &Word { text: noun, ..*word }),
                Some(_) => None,
                None if is_ordinal(word.text) => of_grade(after, following(next)?),
                None if is_age(word.text) && following(next)?.is_one_of(&["years", "yrs"]) && is_old(after) => {
                    person(after.checked_add(1)?)
                }
                None => None,
            }
        }
        _ => None,
    }
}

const CARDINALS: [&str; 12] =
    ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

fn is_grade_number(text: &str) -> bool {
    ["K", "PK", "k", "pk"].contains(&text) || text.parse().is_ok_and(|grade: u8| (1..=12).contains(&grade))
}

fn is_age(text: &str) -> bool {
    text.parse().is_ok_and(|age: u8| (3..=21).contains(&age))
}

fn is_ordinal(text: &str) -> bool {
    let ending = ["st", "nd", "rd", "th"].iter().find_map(|ending| text.strip_suffix(ending));
    Sign::of(text) == Some(Sign::Ordinal) || ending.is_some_and(is_grade_number)
}

/// `Maria Gonzalez (grade 7)`, `D.M., a 10th grader`, `Tyler in Ms. Brown's 4th grade class`.
fn named_before(words: &Words<'_>, number: usize, mark: &Mark, staff: &Staff) -> Option<Name> {
    const GLUE: [&str; 16] = [
        "a", "an", "in", "is", "was", "now", "currently", "who", "from", "student", "pupil", "the", "boy", "girl",
        "of", "entering",
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
        "teacher", "teachers", "team", "teams", "class", "classes", "classroom", "classrooms", "group", "groups",
        "students", "curriculum", "lesson", "lessons", "level", "lead", "counselor", "social", "parents", "families",
        "hall", "hallway", "wing", "reading", "math", "science", "transition", "cohort", "orientation", "data", "unit",
        "units", "meeting", "meetings", "staff", "teaching", "assembly", "screening", "advisory", "and", "or", "to",
        "through", "band",
    ];
    words.is_joined(number) && words.get(number).is_some_and(|word| word.is_one_of(GROUPS))
}

/// A possession of students alone, beginning at a word: the number of the word after it.
fn paper(words: &Words<'_>, number: usize, sign: Sign) -> Option<usize> {
    let next = number.checked_add(1)?;
    let is_numbered = sign == Sign::Number && words.get(number)?.text == "504";
    let is_plan = (is_numbered || sign == Sign::Plan)
        && words.is_joined(next)
        && words.get(next).is_some_and(|next| next.is_one_of(&["plan", "determination"]));
    match () {
        () if is_plan => next.checked_add(1),
        () if is_numbered || sign == Sign::Paper => Some(next),
        () => None,
    }
}

/// `the IEP meeting for Jayden W.`
fn paper_of(words: &Words<'_>, mut at: usize, staff: &Staff) -> Option<Name> {
    const NOUNS: &[&str] = &[
        "meeting", "meetings", "plan", "team", "review", "goals", "goal", "evaluation", "process", "referral",
        "conference", "testing", "services", "amendment", "draft", "hearing", "report", "case", "file", "annual",
        "written", "was", "were", "is", "updated", "completed", "developed", "held",
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
        "engagement", "work", "outreach", "night", "nights", "center", "liaison", "involvement", "survey", "resource",
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_is_known_in_either_case() {
        let signs = ["Grade", "IEPs", "12th", "first-grade", "gradient", ""].map(Sign::of);
        let number = Some(Sign::Number);
        assert_eq!(signs, [Some(Sign::Grade), Some(Sign::Paper), number, number, None, None]);
    }
}
