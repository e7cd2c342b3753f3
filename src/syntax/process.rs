//! The process of a year as written: the school calendar, and the steps with their deadlines.

use serde::{Deserialize, Serialize};

use crate::source::{Either, Field, Flag, Text, document, words};

use super::leaf::Day;
use super::{Period, form};

document! {
/// The process of an evaluation: its steps in the order that is expected, with their deadlines. An evaluation's `record`
/// says which have happened.
pub(crate) struct Process {
    /// The school calendar, by which deadlines in school days are counted.
    pub(crate) calendar: Option<Field<Calendar>>,
    /// The steps, in the order that is expected.
    pub(crate) steps: Field<Vec<Field<ProcessStep>>>,
    /// The id of the step from which on the employee sees the evaluators' draft; when absent, the step that means
    /// `delivered`.
    pub(crate) shared_from: Option<form::StepId>,
    /// A note for the reader, printed with the steps.
    pub(crate) note: Option<Field<Text>>,
}
}

document! {
/// The school calendar.
pub(crate) struct Calendar {
    /// The weekdays with school; Monday to Friday when absent.
    pub(crate) school_days: Option<Field<Vec<Field<Weekday>>>>,
    /// The first day of school; no school day is counted before it.
    pub(crate) from: Option<Field<Day>>,
    /// The last day of school; no school day is counted after it.
    pub(crate) to: Option<Field<Day>>,
    /// The days without school: single days, and spans of days with both ends.
    pub(crate) closed: Option<Field<Vec<Field<Either<Day, Period>>>>>,
}
}

document! {
/// A step of the process.
pub(crate) struct ProcessStep {
    /// The id that `record`, `within` and `shared_from` use.
    pub(crate) id: form::Id,
    /// The name that is printed; when absent that of the event with the id, or the id in words.
    pub(crate) label: Option<form::Prose>,
    /// The person whose turn it is; the evaluator when absent.
    pub(crate) who: Option<Field<Who>>,
    /// The last day of the school year on which it is in time, month and day: 05-15.
    pub(crate) by: Option<form::MonthDay>,
    /// The time after another step within which it is in time.
    pub(crate) within: Option<Field<Within>>,
    /// Whether the process is complete without it.
    pub(crate) optional: Option<Field<Flag>>,
    /// The times it happens; once when absent.
    pub(crate) count: Option<form::Count>,
    /// The kind of observation that it is.
    pub(crate) kind: Option<form::Id>,
    /// The meaning of the step for the engine; when absent, the one that its id names.
    pub(crate) means: Option<Field<Milestone>>,
    /// A note for the reader, printed with the step.
    pub(crate) note: Option<Field<Text>>,
}
}

document! {
/// A time after another step: one of `days` and `school_days`.
pub(crate) struct Within {
    /// Days of the calendar.
    pub(crate) days: Option<form::Whole>,
    /// Days of school.
    pub(crate) school_days: Option<form::Whole>,
    /// The id of the step that it waits for, which stands above.
    pub(crate) after: form::StepId,
}
}

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub(crate) enum Weekday {
    /// Monday.
    Mon,
    /// Tuesday.
    Tue,
    /// Wednesday.
    Wed,
    /// Thursday.
    Thu,
    /// Friday.
    Fri,
    /// Saturday.
    Sat,
    /// Sunday.
    Sun,
}

impl Weekday {
    /// The word that a document has: `mon`.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Mon => "mon",
            Self::Tue => "tue",
            Self::Wed => "wed",
            Self::Thu => "thu",
            Self::Fri => "fri",
            Self::Sat => "sat",
            Self::Sun => "sun",
        }
    }
}

/// The person whose turn a step of the process is.
///
/// ```
/// use appraise::Who;
///
/// assert_eq!((Who::Both.as_str(), Who::Both.label()), ("both", "Employee and evaluator"));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Who {
    /// The employee, or somebody for the organization.
    Employee,
    /// An evaluator.
    Evaluator,
    /// The employee and an evaluator together.
    Both,
}

/// The meaning of a step of the process for the engine.
///
/// ```
/// use appraise::{Library, Milestone};
///
/// let supports = Library::bundled().get("connecticut_district_supports").expect("it is bundled");
/// let steps = supports.process().steps(); // the rubric has no process of its own
/// assert_eq!(steps.iter().find(|step| step.id == "acknowledged").unwrap().means, Some(Milestone::Acknowledged));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Milestone {
    /// The employee evaluates their own work: a document of the type `self`.
    SelfEvaluation,
    /// Practice is observed.
    Observed,
    /// Evaluator and employee confer about the evaluation.
    Conferred,
    /// The evaluation is delivered to the employee.
    Delivered,
    /// The employee acknowledges receipt.
    Acknowledged,
    /// The employee responds: an entry of `responses` counts too.
    Responded,
    /// The evaluation is complete: its status is final.
    Completed,
}

words! { Weekday, Who, Milestone }
