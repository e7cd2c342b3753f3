//! An evaluation as written.

pub(crate) mod migration;
mod observation;
pub(crate) mod seal;

use jiff::civil::Date;
use serde::ser::SerializeMap;
use serde::{Deserialize, Serialize, Serializer};

use crate::exact::Exact;
use crate::source::{
    Any, Blank, Either, Entries, Field, Flag, Plain, Text, Word, document, documents, partly_plain, words,
};

use super::leaf::{Day, Mark};
use super::narrative::{Narrated, Told, told};
use super::{Allow, form};

use self::migration::{Migration, Orphan};
pub(crate) use self::observation::Observation;
use self::seal::{Amendment, Seal};

partly_plain! {
/// An evaluation: the ratings of one employee (or organization) for one period.
pub(crate) struct Evaluation {
    /// The version of this document format; 1 when absent.
    pub(crate) format: Option<form::Format>,
    /// The rubric it was made against.
    pub(crate) rubric: Field<RubricReference>,
    /// The kind of evaluation: formal (when absent), interim, self, or one of the rubric's own kinds.
    pub(crate) r#type: Option<form::Type>,
    /// The employee who is evaluated, where the rubric's subject is an employee.
    pub(crate) employee: Option<Field<Employee>>,
    /// The organization that is evaluated, where the rubric's subject is an organization.
    pub(crate) organization: Option<Field<Organization>>,
    /// The evaluators; one or several.
    pub(crate) evaluators: Field<Vec<Field<Evaluator>>>,
    /// The time that is evaluated.
    pub(crate) period: Field<Period>,
    /// The day it was completed.
    pub(crate) completed_on: Option<Field<Day>> as Option<Date>,
    /// A draft (when absent), or final and complete in its scope.
    pub(crate) status: Option<Field<Status>>,
    /// Whether the employee shares a self-evaluation with the evaluators; only a shared one is printed beside their
    /// ratings.
    pub(crate) shared: Option<Field<Flag>>,
    /// The ids, of any tier, of the parts that this document answers for; the whole rubric when absent.
    #[cfg_attr(feature = "schema", schemars(with = "Option<Vec<form::Node>>"))]
    pub(crate) scope: Option<Field<Vec<Field<Word>>>> as Vec<String>,
    /// The parts that the employee was not assigned, by id of any tier, each with the reason: out of scope and of every
    /// denominator.
    #[cfg_attr(feature = "schema", schemars(with = "Option<Entries<form::Prose>>"))]
    pub(crate) not_assigned: Option<Field<Entries<Text>>>,
    /// The ratings, by indicator. An entry without a level is no rating yet: the indicator is unrated, and its comment and
    /// evidence are kept and printed.
    pub(crate) ratings: Field<Entries<Blank<Either<Mark, Rating>>>>,
    /// The observations of the period, each an occasion with ratings of its own.
    pub(crate) observations: Option<Field<Vec<Field<Observation>>>>,
    /// The values for the scoring policy's inputs.
    pub(crate) inputs: Option<Field<Entries<Any>>>,
    /// Ratings that a person enters where the scoring policy says so, by step: `rating` and `rationale`; or both for each
    /// domain or competency, by its id.
    pub(crate) entered: Option<Field<Entries<StepEntry>>>,
    /// Goals that were agreed, with how they stand.
    pub(crate) goals: Option<Field<Vec<Field<Goal>>>> as Vec<checked::Goal>,
    /// Data beside the ratings, by the rubric's ids.
    #[cfg_attr(feature = "schema", schemars(with = "Option<Entries<form::Datum>>"))]
    pub(crate) service_data: Option<Field<Entries<Any>>>,
    /// Professional development in this period.
    pub(crate) professional_development: Option<Field<Vec<Field<Training>>>> as Vec<checked::Training>,
    /// Contact hours earlier in the certificate's cycle.
    pub(crate) contact_hours_before: Option<form::Amount>,
    /// The sessions of supervision that the employee had, of the rubric's kinds; an empty list where there was none.
    pub(crate) supervision: Option<Field<Vec<Field<SupervisionSession>>>> as Option<Vec<checked::SupervisionSession>>,
    /// The evaluators' narrative; of a self-evaluation, the employee's own.
    pub(crate) summary: Option<Field<Text>>,
    /// The texts that the rubric asks for beside the ratings, by its narratives: one text about the whole, or a text for each
    /// domain or competency, by its id. Of a self-evaluation, the employee's own.
    #[cfg_attr(feature = "schema", schemars(with = "Option<Entries<Blank<Either<form::Prose, Entries<Blank<form::Prose>>>>>>"))]
    pub(crate) narratives: Option<Field<Entries<Narrated>>>,
    /// The employee's responses; always printed with the report.
    pub(crate) responses: Option<Field<Vec<Field<Response>>>> as Vec<checked::Response>,
    /// The events of the evaluation, such as observations and conferences.
    pub(crate) record: Option<Field<Vec<Field<Event>>>> as Vec<checked::Event>,
    /// Warnings about this evaluation that are accepted.
    pub(crate) allow: Option<Field<Vec<Field<Allow>>>>,
    /// The documents that this one was made from, by migrating them to other rubrics; oldest first.
    pub(crate) migrated_from: Option<Field<Vec<Field<Migration>>>> as Vec<migration::checked::Migration>,
    /// Entries without a home in the rubric: kept, printed, and never counted.
    pub(crate) orphaned: Option<Field<Vec<Field<Orphan>>>> as Vec<migration::checked::Orphan>,
    /// The seal of a final evaluation, which `appraise finish` writes: everything but later responses, events and amendments is
    /// under it, and a change there breaks it.
    pub(crate) seal: Option<Field<Seal>> as Option<seal::checked::Seal>,
    /// The changes since the evaluation was sealed, which `appraise amend` writes; oldest first.
    pub(crate) amendments: Option<Field<Vec<Field<Amendment>>>> as Vec<seal::checked::Amendment>,
    /// Data of the host's own; passed on to templates and JSON.
    pub(crate) extra: Option<Field<Any>>,
}

/// The plain values of an evaluation's keys that are used as they were written.
pub(crate) struct Stated;
}

impl Evaluation {
    /// The texts of narratives that could be read, without the blank places of a form.
    pub(crate) fn told(&self) -> impl Iterator<Item = Told<'_>> {
        told(self.narratives.as_ref())
    }
}

documents! {
/// The parts of an evaluation once it is checked, by the same names.
pub(crate) mod checked;

/// A span of days, both ends included.
///
/// ```
/// use appraise::Period;
///
/// let period = Period::new("2025-08-25", "2026-06-12").expect("two days in order");
/// assert_eq!(period.to(), "2026-06-12");
/// assert_eq!(Period::new("2026-06-12", "2025-08-25"), None);
/// ```
pub struct Period @ Debug: Copy, PartialEq, Eq {
    /// The first day, such as 2025-08-25.
    pub(crate) from: Field<Day> as Date,
    /// The last day, such as 2026-06-12.
    pub(crate) to: Field<Day> as Date,
}

/// The rubric that the evaluation was made against.
pub struct RubricReference @ Debug: PartialEq, Eq {
    /// The rubric's id.
    pub id: form::Id as String,
    /// The version it was made against.
    pub version: Option<form::Version> as Option<String>,
    /// The fingerprint it was made against: decides where it is given.
    pub fingerprint: Option<form::Fingerprint> as Option<String>,
}

/// The member of staff who is evaluated.
pub struct Employee {
    /// The district's own identifier.
    pub id: form::Identifier as String,
    /// The name as it is printed.
    pub name: form::Prose as String,
    /// The position.
    pub title: Option<Field<Text>> as Option<String>,
    /// The schools and programs that the employee works at.
    pub assignments: Option<Field<Vec<Field<Assignment>>>> as Vec<Assignment>,
    /// The day of hire.
    pub(crate) hired_on: Option<Field<Day>> as Option<Date>,
    /// The professional certificate, whose dates give the cycle of contact hours.
    pub certificate: Option<Field<Certificate>> as Option<Certificate>,
}

/// A school or program that the employee works at.
pub struct Assignment {
    /// The school or program.
    pub school: form::Prose as String,
    /// The share of a full-time position, such as 0.6.
    pub fte: Option<form::Amount> as Option<Exact>,
    /// The first day.
    pub(crate) from: Option<Field<Day>> as Option<Date>,
    /// The last day.
    pub(crate) to: Option<Field<Day>> as Option<Date>,
}

/// A professional certificate.
pub struct Certificate {
    /// The kind, such as professional.
    pub kind: Option<Field<Text>> as Option<String>,
    /// The first day.
    pub(crate) from: Field<Day> as Date,
    /// The last day.
    pub(crate) to: Field<Day> as Date,
}

/// The organization that is evaluated.
pub struct Organization {
    /// An identifier.
    pub id: form::Identifier as String,
    /// The name as it is printed.
    pub name: form::Prose as String,
}

/// An evaluator.
///
/// ```
/// let mut evaluator = appraise::Evaluator::new("E-0007", "Priya Shah");
/// evaluator.qualifications.push("school_social_work".to_owned());
/// ```
pub struct Evaluator {
    /// The district's own identifier; ratings say `by` it.
    pub id: form::Identifier as String,
    /// The name as it is printed.
    pub name: form::Prose as String,
    /// The position.
    pub title: Option<Field<Text>> as Option<String>,
    /// The rubric's qualifications that this evaluator has.
    pub qualifications: Option<Field<Vec<form::Qualification>>> as Vec<String>,
}

/// A piece of evidence for a rating.
///
/// ```
/// use appraise::Evidence;
///
/// let evidence = Evidence::new("Review of eight files.").on("2026-03-12").expect("it is a day");
/// assert_eq!(evidence.date().as_deref(), Some("2026-03-12"));
/// ```
pub struct Evidence {
    /// The day.
    pub(crate) date: Option<Field<Day>> as Option<Date>,
    /// The kind, such as observation.
    pub kind: Option<Field<Text>> as Option<String>,
    /// The place.
    pub at: Option<Field<Text>> as Option<String>,
    /// The observation, in words.
    pub note: form::Prose as String,
}

/// A professional-development goal.
pub struct Goal: PartialEq, Eq {
    /// The indicator it is about.
    pub indicator: Option<form::Node> as Option<String>,
    /// The practice that will be seen.
    pub statement: form::Prose as String,
    /// The measure by which the practice is known.
    pub measure: Option<Field<Text>> as Option<String>,
    /// The activities.
    pub activities: Option<Field<Vec<Field<Text>>>> as Vec<String>,
    /// Contact hours of professional development.
    pub contact_hours: Option<form::Amount> as Option<Exact>,
    /// The day it is due.
    pub(crate) due: Option<Field<Day>> as Option<Date>,
    /// The status; proposed when absent.
    pub status: Option<Field<GoalStatus>> as GoalStatus,
}

/// A professional-development activity that was attended.
pub struct Training {
    /// The day.
    pub(crate) date: Field<Day> as Date,
    /// The activity.
    pub title: form::Prose as String,
    /// Contact hours.
    pub contact_hours: form::Amount as Exact,
    /// Whether it is of the employee's own discipline.
    pub discipline_specific: Option<Field<Flag>> as Option<bool>,
}

/// A session of supervision that the employee had.
///
/// ```
/// # let text = std::fs::read_to_string("examples/evaluations/santos_two_evaluators.yaml")?;
/// # let text = format!("{text}\nsupervision: [{{ date: 2025-10-01, kind: clinical, by: E-0007, minutes: 45 }}]");
/// let evaluation = appraise::Library::bundled().check("santos.yaml", &text).value.expect("no error");
/// let [session] = evaluation.supervision().unwrap_or_default() else { panic!("there is one") };
/// assert_eq!((session.date().as_str(), session.kind.as_str(), session.minutes), ("2025-10-01", "clinical", Some(45)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct SupervisionSession: PartialEq, Eq {
    /// The day.
    pub(crate) date: Field<Day> as Date,
    /// The kind of supervision, by the rubric's id.
    pub kind: form::Id as String,
    /// The person who supervised, by the district's own identifier.
    pub by: Option<form::Identifier> as Option<String>,
    /// How long it took, in minutes.
    pub minutes: Option<form::Minutes> as Option<u32>,
    /// More about it.
    pub note: Option<Field<Text>> as Option<String>,
}

/// A response of the employee to the evaluation.
pub struct Response {
    /// The day.
    pub(crate) date: Option<Field<Day>> as Option<Date>,
    /// The person who responds.
    pub by: Option<Field<Word>> as Option<String>,
    /// The id, of any tier, of the part it is about; the whole evaluation when absent.
    pub about: Option<form::Node> as Option<String>,
    /// The response.
    pub text: form::Prose as String,
}

/// An event in the course of the evaluation.
pub struct Event {
    /// The day.
    pub(crate) date: Field<Day> as Date,
    /// The step of the rubric's process, by its id; or one of `observed`, `conferred`, `delivered`, `acknowledged` and
    /// `responded`.
    pub event: form::Event as String,
    /// By whom.
    pub by: Option<Field<Word>> as Option<String>,
    /// More about it.
    pub note: Option<Field<Text>> as Option<String>,
}
}

/// Whether the evaluation is still being written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Status {
    /// Still being written; may be incomplete.
    Draft,
    /// Complete in its scope.
    Final,
}

document! {
/// A rating in its long form, or the comment and evidence of an indicator before it has a level.
pub(crate) struct Rating {
    /// The level, the number, or a choice that is no rating; absent where the level follows from `practices`, and while it is
    /// not decided, which a final evaluation does not allow.
    pub(crate) level: Option<Field<Mark>>,
    /// The ids of the indicator's practices that are seen; an empty list where none is seen. The level follows from them.
    #[cfg_attr(feature = "schema", schemars(with = "Option<Vec<form::Id>>"))]
    pub(crate) practices: Option<Field<Vec<Field<Word>>>>,
    /// The id of the evaluator who gave the rating; required when the document has several.
    pub(crate) by: Option<form::Identifier>,
    /// Why.
    pub(crate) comment: Option<Field<Text>>,
    /// The evidence.
    pub(crate) evidence: Option<Field<Vec<Field<Evidence>>>>,
}
}

/// The entry for one step: `rating` and `rationale`; or both for each domain or competency, by its id, where the policy has
/// a result for each.
pub(crate) type StepEntry = Entries<Either<Text, Entered>>;

document! {
/// A rating that a person enters for one domain or competency.
pub(crate) struct Entered {
    /// The rating.
    pub(crate) rating: Field<Word>,
    /// Why.
    pub(crate) rationale: Field<Text>,
}
}

/// The status of a goal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum GoalStatus {
    /// Put forward.
    Proposed,
    /// Agreed by both sides.
    Agreed,
    /// Being worked on.
    InProgress,
    /// Reached.
    Met,
    /// Not reached.
    NotMet,
    /// Given up.
    Dropped,
}

/// A goal without a status is proposed.
impl Plain<GoalStatus> for Option<Field<GoalStatus>> {
    fn checked(&self) -> Option<GoalStatus> {
        Some(self.as_ref().and_then(Field::get).copied().unwrap_or(GoalStatus::Proposed))
    }

    fn write<S: Serializer>(plain: &GoalStatus, serializer: S) -> Result<S::Ok, S::Error> {
        plain.serialize(serializer)
    }
}

impl GoalStatus {
    /// The name that is printed: "In progress".
    pub fn label(self) -> &'static str {
        match self {
            Self::Proposed => "Proposed",
            Self::Agreed => "Agreed",
            Self::InProgress => "In progress",
            Self::Met => "Met",
            Self::NotMet => "Not met",
            Self::Dropped => "Dropped",
        }
    }
}

words! { Status, GoalStatus }
