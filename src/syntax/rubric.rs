//! A rubric as written.

use serde::{Deserialize, Serialize};

use crate::source::{Any, Either, Entries, Field, Flag, Number, Text, Word, document, words};

use super::form;
use super::kind::OwnKind;
use super::leaf::Day;
use super::narrative::Narrative;
use super::observation::Observations;
use super::practice::{Derive, Practice};
use super::process::Process;
use super::scale::{DefaultScale, OtherScale};
use super::scoring::Policies;
use super::supervision::Supervision;
use super::{Allow, Passage, Period};

document! {
/// A competency rubric: the instrument that an evaluation rates against.
pub(crate) struct Rubric {
    /// The version of this document format; 1 when absent.
    pub(crate) format: Option<form::Format>,
    /// The id that evaluations use: a lower-case letter, then lower-case letters, digits and underscores.
    pub(crate) id: form::Id,
    /// The rubric's version, in three parts: 1.0.0.
    pub(crate) version: form::Version,
    /// The name that is printed.
    pub(crate) title: form::Prose,
    /// The publisher.
    pub(crate) publisher: Option<Field<Text>>,
    /// The document it comes from.
    pub(crate) source: Option<Field<Text>>,
    /// The language of its texts, such as en-US.
    pub(crate) language: Option<form::Language>,
    /// The subject of evaluations; an employee when absent.
    pub(crate) subject: Option<Field<Subject>>,
    /// The adoption: the day and the body; printed in reports.
    pub(crate) adopted: Option<Field<Adopted>>,
    /// The period of effect; an evaluation of another period gets a warning.
    pub(crate) effective: Option<Field<Period>>,
    /// The levels that indicators are rated at. When absent: has not met, has met, exceeds expectations, no opportunity to
    /// practice.
    pub(crate) scale: Option<Field<DefaultScale>>,
    /// Other scales by id, for the parts that choose one with `scale`.
    pub(crate) scales: Option<Field<Entries<OtherScale>>>,
    /// The levels at which a rating needs a comment.
    pub(crate) comment_required: Option<Field<Vec<form::Level>>>,
    /// The rubric's own kinds of evaluation, beside `formal`, `interim` and `self`.
    pub(crate) kinds: Option<Field<Vec<Field<OwnKind>>>>,
    /// The texts that people write beside the ratings, such as commendations for each domain.
    pub(crate) narratives: Option<Field<Vec<Field<Narrative>>>>,
    /// The process of a year: the school calendar, and the steps with their deadlines.
    pub(crate) process: Option<Field<Process>>,
    /// The observations of a period: their kinds, and the rule by which the ratings of record follow from them.
    pub(crate) observations: Option<Field<Observations>>,
    /// The qualifications that evaluators need to rate certain indicators.
    pub(crate) qualifications: Option<Field<Vec<Field<Qualification>>>>,
    /// The rule by which the level of an indicator follows from the practices that are seen: `cumulative`, `majority` or
    /// `at_least`; for every indicator with practices that has no nearer one.
    pub(crate) derive: Option<Field<Derive>>,
    /// The areas of competence, in order.
    pub(crate) domains: Field<Vec<Field<Domain>>>,
    /// The data that a host may report beside the ratings.
    pub(crate) service_data: Option<Field<Vec<Field<ServiceData>>>>,
    /// The contact hours of professional development that the district expects.
    pub(crate) professional_development: Option<Field<ProfessionalDevelopment>>,
    /// The supervision that the district provides: a yardstick for the district, and no part of a rating.
    pub(crate) supervision: Option<Field<Supervision>>,
    /// The templates of professional-development goals.
    pub(crate) goals: Option<Field<Goals>>,
    /// The policy that combines ratings into a summative rating; or a list of policies, of which the first that is for an
    /// evaluation scores the evaluation.
    pub(crate) scoring: Option<Field<Policies>>,
    /// Warnings that are accepted: about this rubric, and about every evaluation made with it, such as `missing-evidence`.
    /// Only warnings: an error stays one.
    pub(crate) allow: Option<Field<Vec<Field<Allow>>>>,
    /// Data of the host's own; passed on to templates and JSON.
    pub(crate) extra: Option<Field<Any>>,
}
}

/// The subject of evaluations.
///
/// ```
/// let library = appraise::Library::bundled();
/// let supports = library.get("connecticut_district_supports").expect("it is bundled");
/// assert_eq!(supports.subject(), appraise::Subject::Organization);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Subject {
    /// A member of staff.
    Employee,
    /// A school, a district, a program.
    Organization,
}

/// The three tiers of a rubric.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Tier {
    Domain,
    Competency,
    Indicator,
}

impl Tier {
    /// The name that is printed.
    pub(crate) fn name(self) -> &'static str {
        self.one().split_once(' ').map_or("", |(_, name)| name)
    }

    /// The name with its article.
    pub(crate) fn one(self) -> &'static str {
        match self {
            Self::Domain => "a domain",
            Self::Competency => "a competency",
            Self::Indicator => "an indicator",
        }
    }
}

document! {
/// The adoption of the rubric: the day and the body.
pub(crate) struct Adopted {
    /// The day.
    pub(crate) date: Field<Day>,
    /// The body, such as a board of education.
    pub(crate) by: Option<Field<Text>>,
    /// The record of the decision.
    pub(crate) reference: Option<Field<Text>>,
}
}

document! {
/// A qualification that an evaluator needs to rate certain indicators.
pub(crate) struct Qualification {
    /// The id that `evaluated_by` and evaluators use.
    pub(crate) id: form::Id,
    /// The name that is printed.
    pub(crate) label: form::Prose,
    /// The severity of a rating by an evaluator without the qualification: a warning (when absent) or an error.
    pub(crate) enforce: Option<Field<Enforce>>,
}
}

/// The severity of a rating by an evaluator without the qualification.
#[derive(Debug, Clone, Copy, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub(crate) enum Enforce {
    /// A warning, printed beside the rating.
    Warn,
    /// An error.
    Error,
}

document! {
/// An area of competence: competencies, or indicators directly; or `rated` as a whole.
pub(crate) struct Domain {
    /// The id, unique across the rubric.
    pub(crate) id: form::Id,
    /// The number that is printed; from the position when absent.
    pub(crate) code: Option<form::Code>,
    /// A short title, at most 50 characters, for tables.
    pub(crate) title: form::Title,
    /// The full text.
    pub(crate) statement: Option<form::Prose>,
    /// The qualification needed to rate these indicators.
    pub(crate) evaluated_by: Option<form::Qualification>,
    /// The scale that these indicators are rated on: an id of `scales`, or `default` for the one under `scale`.
    pub(crate) scale: Option<form::ScaleId>,
    /// The rule by which the levels of these indicators follow from the practices that are seen.
    pub(crate) derive: Option<Field<Derive>>,
    /// The competencies; or else `indicators`.
    pub(crate) competencies: Option<Field<Vec<Field<Competency>>>>,
    /// The indicators, where there are no competencies.
    pub(crate) indicators: Option<Field<Vec<Field<Indicator>>>>,
    /// `true` where it is rated as a whole, by its own id, and has no competencies or indicators. The keys of an indicator that
    /// follow are then its own.
    pub(crate) rated: Option<Field<Flag>>,
    /// Guidance for an evaluator from another field, where it is rated as a whole; a text, or a list of bullets.
    pub(crate) guidance: Option<Field<Passage>>,
    /// A description of each level, by level, where it is rated as a whole; each a text, or a list of bullets.
    #[cfg_attr(feature = "schema", schemars(with = "Option<Entries<form::Passage>>"))]
    pub(crate) descriptors: Option<Field<Entries<Passage>>>,
    /// Its points by level, where it is rated as a whole and they are not those of the scoring policy's `points`; rising with
    /// the levels.
    pub(crate) points: Option<Field<Entries<Number>>>,
    /// The checklist that its level follows from, where it is rated as a whole.
    pub(crate) practices: Option<Field<Vec<Field<Practice>>>>,
    /// Whether its goal comes before others, where it is rated as a whole.
    pub(crate) critical: Option<Field<Flag>>,
    /// The texts of its goal that replace the template's, where it is rated as a whole.
    pub(crate) goal: Option<Field<IndicatorGoal>>,
}
}

document! {
/// A competency within a domain: indicators, or `rated` as a whole.
pub(crate) struct Competency {
    /// The id, unique across the rubric.
    pub(crate) id: form::Id,
    /// The number that is printed; from the position when absent.
    pub(crate) code: Option<form::Code>,
    /// A short title, at most 50 characters, for tables.
    pub(crate) title: form::Title,
    /// The full text.
    pub(crate) statement: form::Prose,
    /// The qualification needed to rate these indicators.
    pub(crate) evaluated_by: Option<form::Qualification>,
    /// The scale that these indicators are rated on: an id of `scales`, or `default` for the one under `scale`.
    pub(crate) scale: Option<form::ScaleId>,
    /// The rule by which the levels of these indicators follow from the practices that are seen.
    pub(crate) derive: Option<Field<Derive>>,
    /// The indicators.
    pub(crate) indicators: Option<Field<Vec<Field<Indicator>>>>,
    /// `true` where it is rated as a whole, by its own id, and has no indicators. The keys of an indicator that
    /// follow are then its own.
    pub(crate) rated: Option<Field<Flag>>,
    /// Guidance for an evaluator from another field, where it is rated as a whole; a text, or a list of bullets.
    pub(crate) guidance: Option<Field<Passage>>,
    /// A description of each level, by level, where it is rated as a whole; each a text, or a list of bullets.
    #[cfg_attr(feature = "schema", schemars(with = "Option<Entries<form::Passage>>"))]
    pub(crate) descriptors: Option<Field<Entries<Passage>>>,
    /// Its points by level, where it is rated as a whole and they are not those of the scoring policy's `points`; rising with
    /// the levels.
    pub(crate) points: Option<Field<Entries<Number>>>,
    /// The checklist that its level follows from, where it is rated as a whole.
    pub(crate) practices: Option<Field<Vec<Field<Practice>>>>,
    /// Whether its goal comes before others, where it is rated as a whole.
    pub(crate) critical: Option<Field<Flag>>,
    /// The texts of its goal that replace the template's, where it is rated as a whole.
    pub(crate) goal: Option<Field<IndicatorGoal>>,
}
}

document! {
/// An indicator: one statement about practice, which is rated.
pub(crate) struct Indicator {
    /// The id, unique across the rubric, that evaluations use.
    pub(crate) id: form::Id,
    /// The number that is printed; from the position when absent.
    pub(crate) code: Option<form::Code>,
    /// A short title, at most 50 characters, for tables.
    pub(crate) title: Option<form::Title>,
    /// The statement that is rated.
    pub(crate) statement: form::Prose,
    /// The qualification needed to rate it.
    pub(crate) evaluated_by: Option<form::Qualification>,
    /// The scale that it is rated on: an id of `scales`, or `default` for the one under `scale`.
    pub(crate) scale: Option<form::ScaleId>,
    /// Guidance for an evaluator from another field; a text, or a list of bullets.
    pub(crate) guidance: Option<Field<Passage>>,
    /// A description of each level, by level; each a text, or a list of bullets.
    #[cfg_attr(feature = "schema", schemars(with = "Option<Entries<form::Passage>>"))]
    pub(crate) descriptors: Option<Field<Entries<Passage>>>,
    /// Its points by level, where they are not those of the scoring policy's `points`; rising with the levels. The policy's
    /// `indicator_points` come before them.
    pub(crate) points: Option<Field<Entries<Number>>>,
    /// The checklist that its level follows from.
    pub(crate) practices: Option<Field<Vec<Field<Practice>>>>,
    /// The rule by which the level follows from the practices that are seen.
    pub(crate) derive: Option<Field<Derive>>,
    /// Whether its goal comes before others.
    pub(crate) critical: Option<Field<Flag>>,
    /// The texts of this indicator's goal that replace the template's.
    pub(crate) goal: Option<Field<IndicatorGoal>>,
}
}

document! {
/// The texts of this indicator's goal that replace the template's.
pub(crate) struct IndicatorGoal {
    /// The practice that will be seen. May contain placeholders such as `{{ indicator.statement }}`.
    pub(crate) statement: Option<form::Phrase>,
    /// The measure by which the practice is known. May contain placeholders.
    pub(crate) measure: Option<form::Phrase>,
    /// The activities. May contain placeholders.
    pub(crate) activities: Option<Field<Vec<form::Phrase>>>,
    /// Contact hours of professional development.
    pub(crate) contact_hours: Option<form::Amount>,
}
}

document! {
/// An item of data that a host may report beside the ratings.
pub(crate) struct ServiceData {
    /// The id that evaluations use.
    pub(crate) id: form::Id,
    /// The name that is printed.
    pub(crate) label: form::Prose,
    /// The kind of value.
    pub(crate) kind: Field<ServiceDataKind>,
    /// The source.
    pub(crate) source: Option<Field<Text>>,
    /// A note for the reader, printed beside it.
    pub(crate) note: Option<Field<Text>>,
}
}

/// The kind of value of an item of service data.
///
/// ```
/// # let rubric = appraise::Library::bundled().get("connecticut_school_social_work").expect("it is bundled");
/// let kinds = rubric.service_data().iter().map(|item| item.kind);
/// assert!(kinds.into_iter().any(|kind| kind == appraise::ServiceDataKind::Count));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ServiceDataKind {
    /// A whole number.
    Count,
    /// A number of hours.
    Hours,
    /// Text.
    Text,
}

document! {
/// The contact hours of professional development that the district expects.
pub(crate) struct ProfessionalDevelopment {
    /// Contact hours in a cycle.
    pub(crate) contact_hours: form::Amount,
    /// The cycle's length in years.
    pub(crate) years: form::Count,
    /// The people it applies to.
    pub(crate) applies_to: Option<Field<Text>>,
    /// The source.
    pub(crate) source: Option<Field<Text>>,
    /// A note for the reader, printed with the hours.
    pub(crate) note: Option<Field<Text>>,
}
}

document! {
/// The templates of professional-development goals.
pub(crate) struct Goals {
    /// The number of goals proposed at once; 3 when absent. The rest are counted.
    pub(crate) limit: Option<form::Whole>,
    /// The goals' texts, in the order of their priority.
    pub(crate) templates: Field<Vec<Field<GoalTemplate>>>,
}
}

document! {
/// The text of a goal, and the ratings that call for it. Texts may hold placeholders such as `{{ indicator.statement }}`.
pub(crate) struct GoalTemplate {
    /// The goal template's id.
    pub(crate) id: form::Id,
    /// The level whose ratings call for it.
    #[cfg_attr(feature = "schema", schemars(with = "Either<form::Level, WhenRating>"))]
    pub(crate) when: Field<Either<Word, WhenRating>>,
    /// The practice that will be seen.
    pub(crate) statement: form::Phrase,
    /// The measure by which the practice is known.
    pub(crate) measure: Option<form::Phrase>,
    /// The activities.
    pub(crate) activities: Option<Field<Vec<form::Phrase>>>,
    /// The due date.
    pub(crate) due: Option<Field<Due>>,
    /// Contact hours of professional development.
    pub(crate) contact_hours: Option<form::Amount>,
}
}

document! {
/// The rating of a step of the scoring policy that calls for a goal.
pub(crate) struct WhenRating {
    /// The step.
    pub(crate) rating: Field<Word>,
    /// The rating.
    pub(crate) is: form::Level,
}
}

document! {
/// The due date of a goal: one of the two keys.
pub(crate) struct Due {
    /// Days after the evaluation was completed, else after its period ends.
    pub(crate) in_days: Option<form::Whole>,
    /// The next such day of a year, month and day: 01-31.
    pub(crate) by: Option<form::MonthDay>,
}
}

words! { Subject, Enforce, ServiceDataKind }
