//! The parts of a checked evaluation.

use jiff::civil::Date;
use serde::{Serialize, Serializer};

use crate::date;
use crate::exact::Exact;
use crate::source::Any;
use crate::syntax::evaluation::{EventKind, GoalStatus};

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
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    /// The slot of the result that it is.
    pub(crate) slot: usize,
    /// The index of the rating among the step's levels.
    pub(crate) rating: usize,
    pub(crate) rationale: String,
}

/// Writes a number of a document as a number.
fn number<S: Serializer>(number: &Exact, serializer: S) -> Result<S::Ok, S::Error> {
    number.serialize_number(serializer)
}

pub(super) fn optional_number<S: Serializer>(number: &Option<Exact>, serializer: S) -> Result<S::Ok, S::Error> {
    match number {
        Some(number) => number.serialize_number(serializer),
        None => serializer.serialize_none(),
    }
}

fn day<S: Serializer>(date: &Date, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(date)
}

pub(super) fn optional_day<S: Serializer>(date: &Option<Date>, serializer: S) -> Result<S::Ok, S::Error> {
    match date {
        Some(date) => serializer.collect_str(date),
        None => serializer.serialize_none(),
    }
}

/// A member of staff.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct Employee {
    /// The district's own identifier.
    pub id: String,
    /// The name as it is printed.
    pub name: String,
    /// The position.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The schools and programs that the employee works at.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub assignments: Vec<Assignment>,
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "optional_day")]
    pub(crate) hired_on: Option<Date>,
    /// The professional certificate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certificate: Option<Certificate>,
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

/// A school or program that an employee works at.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct Assignment {
    /// The school or program.
    pub school: String,
    /// The share of a full-time position.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "optional_number")]
    pub fte: Option<Exact>,
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "optional_day")]
    pub(crate) from: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "optional_day")]
    pub(crate) to: Option<Date>,
}

impl Assignment {
    /// The first and the last day there, as `2026-01-05`.
    pub fn dates(&self) -> (Option<String>, Option<String>) {
        (self.from.map(|date| date.to_string()), self.to.map(|date| date.to_string()))
    }
}

/// A professional certificate, whose dates give the cycle of contact hours.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct Certificate {
    /// The kind, such as professional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// The days it is valid.
    #[serde(flatten)]
    pub valid: Period,
}

/// An organization.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct Organization {
    /// An identifier.
    pub id: String,
    /// The name as it is printed.
    pub name: String,
}

impl Organization {
    /// An organization by an identifier, and the name as it is printed.
    pub fn new(id: impl Into<String>, name: impl Into<String>) -> Self {
        Self { id: id.into(), name: name.into() }
    }
}

/// An evaluator.
///
/// ```
/// let mut evaluator = appraise::Evaluator::new("E-0007", "Priya Shah");
/// evaluator.qualifications.push("school_social_work".to_owned());
/// ```
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct Evaluator {
    /// The district's own identifier.
    pub id: String,
    /// The name as it is printed.
    pub name: String,
    /// The position.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The rubric's qualifications that this evaluator has.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub qualifications: Vec<String>,
}

impl Evaluator {
    /// An evaluator by the district's own identifier, and the name as it is printed.
    pub fn new(id: impl Into<String>, name: impl Into<String>) -> Self {
        Self { id: id.into(), name: name.into(), title: None, qualifications: Vec::new() }
    }
}

/// A span of days, both ends included.
///
/// ```
/// use appraise::Period;
///
/// let period = Period::new("2025-08-25", "2026-06-12").expect("two days in order");
/// assert_eq!(period.to(), "2026-06-12");
/// assert_eq!(Period::new("2026-06-12", "2025-08-25"), None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Period {
    #[serde(serialize_with = "day")]
    pub(crate) from: Date,
    #[serde(serialize_with = "day")]
    pub(crate) to: Date,
}

impl Period {
    /// A period from two dates written as `2026-06-30`. `None` when one is not a date, or it ends before it begins.
    pub fn new(from: &str, to: &str) -> Option<Self> {
        let (from, to) = (date::parse(from)?, date::parse(to)?);
        (from <= to).then_some(Self { from, to })
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

/// The level given to one indicator, with its comment and evidence.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Rating {
    /// The number of the level in the scale.
    pub(crate) level: usize,
    /// The id of the evaluator who gave it, where the document says so.
    pub by: Option<String>,
    /// Why.
    pub comment: Option<String>,
    /// The evidence.
    pub evidence: Vec<Evidence>,
}

/// The comment and evidence of an indicator without a level; printed, and counted nowhere.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Remark {
    /// The id of the evaluator who wrote it, where the document says so.
    pub by: Option<String>,
    /// The comment.
    pub comment: Option<String>,
    /// The observation, in words.
    pub evidence: Vec<Evidence>,
}

/// The texts of an indicator, rated or not.
#[derive(Debug, Clone, Copy)]
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

/// A piece of evidence for a rating.
///
/// ```
/// use appraise::Evidence;
///
/// let evidence = Evidence::new("Review of eight files.").on("2026-03-12").expect("it is a day");
/// assert_eq!(evidence.date().as_deref(), Some("2026-03-12"));
/// ```
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Evidence {
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "optional_day")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub(crate) date: Option<Date>,
    /// The kind, such as observation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// The place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    /// The observation, in words.
    pub note: String,
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

/// A goal that the evaluation carries, with how it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct AgreedGoal {
    /// The id of the indicator it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub indicator: Option<String>,
    /// What practice will show.
    pub statement: String,
    /// How it will be known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub measure: Option<String>,
    /// What will be done.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub activities: Vec<String>,
    /// Contact hours of professional development.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "optional_number")]
    pub contact_hours: Option<Exact>,
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "optional_day")]
    pub(crate) due: Option<Date>,
    /// How it stands.
    pub status: GoalStatus,
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

/// A professional-development activity that was attended.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct Training {
    #[serde(serialize_with = "day")]
    pub(crate) date: Date,
    /// What it was.
    pub title: String,
    /// Contact hours.
    #[serde(serialize_with = "number")]
    pub contact_hours: Exact,
    /// Whether it is of the employee's own discipline.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub discipline_specific: Option<bool>,
}

impl Training {
    /// The day, as `2025-10-14`.
    pub fn date(&self) -> String {
        self.date.to_string()
    }
}

/// A response of the employee to the evaluation.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct Response {
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "optional_day")]
    pub(crate) date: Option<Date>,
    /// Who responds, by id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// The id of what it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    /// The response.
    pub text: String,
}

impl Response {
    /// The day, as `2026-06-08`.
    pub fn date(&self) -> Option<String> {
        self.date.map(|date| date.to_string())
    }
}

/// An event in the course of the evaluation.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct Event {
    #[serde(serialize_with = "day")]
    pub(crate) date: Date,
    /// What happened.
    pub event: EventKind,
    /// By whom, by id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// More about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl Event {
    /// The day, as `2026-06-01`.
    pub fn date(&self) -> String {
        self.date.to_string()
    }
}
