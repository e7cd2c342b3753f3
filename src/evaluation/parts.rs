//! The parts of a checked evaluation.

use std::fmt;

use unicode_normalization::UnicodeNormalization;

use crate::date;
use crate::exact::Decimal;
use crate::policy::InputValue;
use crate::source::{Any, unshown};
pub use crate::syntax::evaluation::checked::{
    Assignment, Certificate, Employee, Evaluator, Event, Evidence, Goal as AgreedGoal, Organization, Period, Response,
    RubricReference, SupervisionSession, Training,
};

/// The subject of an evaluation.
///
/// ```
/// use appraise::{Employee, Whom};
///
/// let whom = Whom::Employee(Employee::new("E-1042", "Jordan Rivera"));
/// assert_eq!((whom.id(), whom.name(), whom.title()), ("E-1042", "Jordan Rivera", None));
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Whom {
    /// A member of staff.
    Employee(Employee),
    /// A school, a district, a program.
    Organization(Organization),
}

impl Whom {
    /// The district's own identifier.
    pub fn id(&self) -> &str {
        match self {
            Self::Employee(employee) => &employee.id,
            Self::Organization(organization) => &organization.id,
        }
    }

    /// The id as it tells one person from another: without regard to capitals, blanks around it, and the way in which accents
    /// are written.
    ///
    /// ```
    /// use appraise::{Employee, Whom};
    ///
    /// let of = |id: &str| Whom::Employee(Employee::new(id, "Ren\u{e9} Novak")).identity();
    /// assert_eq!(of(" re\u{301}-9"), of("R\u{c9}-9"));
    /// ```
    pub fn identity(&self) -> String {
        self.id().trim().nfkc().collect::<String>().to_lowercase().nfkc().collect()
    }

    /// The name as it is printed.
    pub fn name(&self) -> &str {
        match self {
            Self::Employee(employee) => &employee.name,
            Self::Organization(organization) => &organization.name,
        }
    }

    /// The position, for an employee who has one.
    pub fn title(&self) -> Option<&str> {
        match self {
            Self::Employee(employee) => employee.title.as_deref(),
            Self::Organization(_) => None,
        }
    }
}

/// A rating that a person entered.
#[derive(Clone)]
pub(crate) struct Entry {
    /// The slot of the result that it is.
    pub(crate) slot: usize,
    /// The index of the rating among the step's levels.
    pub(crate) rating: usize,
    pub(crate) rationale: String,
}

impl Employee {
    /// An employee by the district's own identifier, and the name as it is printed.
    pub fn new(id: impl Into<String>, name: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            name: name.into(),
            title: None,
            assignments: Vec::new(),
            hired_on: None,
            certificate: None,
        }
    }
    /// The day of hire, as `2019-08-26`.
    pub fn hired_on(&self) -> Option<String> {
        self.hired_on.map(|date| date.to_string())
    }
}

impl Assignment {
    /// The first and the last day there, as `2026-01-05`.
    pub fn dates(&self) -> (Option<String>, Option<String>) {
        (self.from.map(|date| date.to_string()), self.to.map(|date| date.to_string()))
    }
}

impl Certificate {
    /// The days it is valid.
    pub fn valid(&self) -> Period {
        Period { from: self.from, to: self.to }
    }
}

impl Organization {
    /// An organization by an identifier, and the name as it is printed.
    pub fn new(id: impl Into<String>, name: impl Into<String>) -> Self {
        Self { id: id.into(), name: name.into() }
    }
}

impl Evaluator {
    /// An evaluator by the district's own identifier, and the name as it is printed.
    pub fn new(id: impl Into<String>, name: impl Into<String>) -> Self {
        Self { id: id.into(), name: name.into(), title: None, qualifications: Vec::new() }
    }
}

impl Period {
    /// A period from two dates written as `2026-06-30`. `None` when one is not a date, or it ends before it begins.
    pub fn new(from: &str, to: &str) -> Option<Self> {
        let (from, to) = (date::parse(from)?, date::parse(to)?);
        (from <= to).then_some(Self { from, to })
    }

    /// The school year in which it ends, by the year in which that begins: the first of July is the first day of one.
    pub(crate) fn school_year(self) -> i16 {
        if self.to.month() < 7 { self.to.year().saturating_sub(1) } else { self.to.year() }
    }

    /// The first day, as `2025-08-25`.
    pub fn from(&self) -> String {
        self.from.to_string()
    }

    /// The last day, as `2026-06-12`.
    pub fn to(&self) -> String {
        self.to.to_string()
    }
}

/// The value of a rating.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Given {
    /// A level, or a choice that is no rating: its number among the levels of all scales.
    Level(usize),
    /// A number of the indicator's number scale.
    Number(Decimal),
}

/// The level or number given to one indicator, with its comment and evidence.
#[derive(Clone)]
#[non_exhaustive]
pub struct Rating {
    pub(crate) given: Given,
    /// The id of the evaluator who gave it, where the document says so.
    pub by: Option<String>,
    /// Why.
    pub comment: Option<String>,
    /// The evidence.
    pub evidence: Vec<Evidence>,
    /// The practices that are seen; `None` where the level alone is given.
    pub(crate) seen: Option<Box<Seen>>,
    /// The observation that the rating follows from; `None` where a person gave it.
    pub(crate) follows: Option<Box<Follows>>,
}

/// The practices that a rating rests on.
#[derive(Debug, Clone)]
pub(crate) struct Seen {
    /// The ids of the practices that are seen, in the rubric's order.
    pub(crate) practices: Vec<String>,
    /// Whether the level is the one that follows from them, and no person gave it.
    pub(crate) is_derived: bool,
}

/// The observation that a rating of record follows from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Follows {
    /// The place of the observation in the document.
    pub(crate) observation: usize,
    /// The id of the evaluator who gave the rating on it, where the document says so.
    pub(crate) by: Option<String>,
}

impl Rating {
    /// The ids of the indicator's practices that are seen, in the rubric's order; `None` where the level alone is given.
    pub fn practices(&self) -> Option<&[String]> {
        self.seen.as_deref().map(|seen| seen.practices.as_slice())
    }

    /// Whether the rating follows from observations, and no person gave it; [`Evaluation::followed`](super::Evaluation::followed)
    /// says why.
    pub fn is_followed(&self) -> bool {
        self.follows.is_some()
    }

    /// Whether the level follows from the practices that are seen, and no person gave it.
    pub fn is_derived(&self) -> bool {
        self.seen.as_ref().is_some_and(|seen| seen.is_derived)
    }
}

impl Rating {
    /// The number of the level or choice among the levels of all scales; `None` for a number.
    pub(crate) fn level(&self) -> Option<usize> {
        match self.given {
            Given::Level(level) => Some(level),
            Given::Number(_) => None,
        }
    }

    /// The number, as written; `None` for a level or choice.
    pub(crate) fn number(&self) -> Option<Decimal> {
        match self.given {
            Given::Number(number) => Some(number),
            Given::Level(_) => None,
        }
    }
}

/// The comment and evidence of an indicator without a level; printed, and counted nowhere.
#[derive(Clone, Default)]
#[non_exhaustive]
pub struct Remark {
    /// The id of the evaluator who wrote it, where the document says so.
    pub by: Option<String>,
    /// The comment.
    pub comment: Option<String>,
    /// The observation, in words.
    pub evidence: Vec<Evidence>,
}

unshown! { Remark }

/// Shows what was given, in a log, and no text about a person.
impl fmt::Debug for Rating {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rating").field("given", &self.given).finish_non_exhaustive()
    }
}

/// The texts of an indicator, rated or not.
#[derive(Clone, Copy)]
pub(crate) struct IndicatorTexts<'a> {
    pub(crate) by: Option<&'a str>,
    pub(crate) comment: Option<&'a str>,
    pub(crate) evidence: &'a [Evidence],
}

impl<'a> From<&'a Rating> for IndicatorTexts<'a> {
    fn from(rating: &'a Rating) -> Self {
        let Rating { by, comment, evidence, .. } = rating;
        Self { by: by.as_deref(), comment: comment.as_deref(), evidence }
    }
}

impl<'a> From<&'a Remark> for IndicatorTexts<'a> {
    fn from(remark: &'a Remark) -> Self {
        let Remark { by, comment, evidence } = remark;
        Self { by: by.as_deref(), comment: comment.as_deref(), evidence }
    }
}

impl Evidence {
    /// A piece of evidence with an observation in words; its other fields can be set.
    pub fn new(note: impl Into<String>) -> Self {
        Self { date: None, kind: None, at: None, note: note.into() }
    }

    /// Sets the day, written as `2026-02-03`; `None` when the text is no date.
    pub fn on(mut self, date: &str) -> Option<Self> {
        self.date = Some(date::parse(date)?);
        Some(self)
    }

    /// The day, as `2026-02-03`.
    pub fn date(&self) -> Option<String> {
        self.date.map(|date| date.to_string())
    }
}

impl AgreedGoal {
    /// The day it is due, as `2027-01-29`.
    pub fn due(&self) -> Option<String> {
        self.due.map(|date| date.to_string())
    }
}

/// The value of an item of service data.
#[derive(Debug, Clone)]
pub(crate) struct ServiceValue {
    pub(crate) id: String,
    pub(crate) value: Any,
}

impl Training {
    /// The day, as `2025-10-14`.
    pub fn date(&self) -> String {
        self.date.to_string()
    }
}

impl Response {
    /// The day, as `2026-06-08`.
    pub fn date(&self) -> Option<String> {
        self.date.map(|date| date.to_string())
    }
}

impl Event {
    /// The day, as `2026-06-01`.
    pub fn date(&self) -> String {
        self.date.to_string()
    }
}

/// The value of an input that is a result of an earlier evaluation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FromEarlier {
    pub(crate) value: InputValue,
    /// The evaluation and the result: "2024-25, Summative rating: 3.2".
    pub(crate) source: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_id_is_one_person_however_it_is_written() {
        let person = |id: &str| Whom::Employee(Employee::new(id, "N")).identity();
        for id in ["r\u{e9}-9", " Re\u{301}-9", "R\u{c9}-9 ", "RE\u{301}-9"] {
            assert_eq!(person(id), person("R\u{e9}-9"), "{id}");
        }
        assert_ne!(person("Re-9"), person("R\u{e9}-9"));
    }
}
