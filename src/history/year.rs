//! The evaluations of a history, each by what its own document and rubric say.

use serde::Serialize;

use crate::evaluation::{Evaluation, Period, Status, Type};
use crate::rubric::Rubric;
use crate::summary::Span;

use super::course::Count;

/// A rubric, by its names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct RubricName {
    /// The rubric's id.
    pub id: String,
    /// Its version.
    pub version: String,
    /// Its title.
    pub title: String,
    /// Its fingerprint.
    pub fingerprint: String,
}

impl RubricName {
    pub(super) fn of(rubric: &Rubric) -> Self {
        Self {
            id: rubric.id().to_owned(),
            version: rubric.version(),
            title: rubric.title().to_owned(),
            fingerprint: rubric.fingerprint().to_owned(),
        }
    }
}

/// An evaluation that counts: a column of the history.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Year {
    /// The school year in which the period ends, as `2025-26`; with the last day of the period where several evaluations of
    /// one school year count.
    pub label: String,
    /// The period.
    #[cfg_attr(feature = "schema", schemars(with = "crate::score::view::Period"))]
    pub period: Period,
    /// The kind of evaluation.
    pub r#type: Type,
    /// The kind, as printed: "Formal evaluation".
    pub type_label: String,
    /// Draft or final.
    pub status: Status,
    /// The day it was completed, as `2026-05-29`.
    pub completed_on: Option<String>,
    /// Whether it is sealed, so that a change of it is found.
    pub sealed: bool,
    /// The number of amendments since.
    pub amendments: usize,
    /// The names of the evaluators.
    pub evaluators: Vec<String>,
    /// The rubric it was made with.
    pub rubric: RubricName,
    /// Whether that is the newest rubric, so that the evaluation was not migrated.
    pub is_newest_rubric: bool,
    /// The evaluation's fingerprint.
    pub fingerprint: String,
    /// All its indicators, counted by its own rubric, as its report has them.
    pub own: Count,
    /// The result of the last step of the scoring policy, in words: "Effective, score 3.58"; null where no policy scores the
    /// evaluation.
    pub summative: Option<String>,
    /// The number of its observations.
    pub observations: usize,
    /// The texts beside the ratings, by their titles.
    pub narratives: Vec<NarrativeTitle>,
}

/// A text beside the ratings, by its title alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct NarrativeTitle {
    /// The name that is printed.
    pub label: String,
    /// The title of the domain or competency that it is about; null for the whole.
    pub about: Option<String>,
}

impl Year {
    pub(super) fn of(evaluation: &Evaluation, label: String, newest: &Rubric) -> Self {
        let (scorecard, rubric) = (evaluation.score(), evaluation.rubric());
        let title = |id: &str| rubric.node(id).map(|node| node.label().to_owned());
        let narratives = evaluation.narratives().map(|(narrative, about, _)| NarrativeTitle {
            label: narrative.label.clone(),
            about: about.and_then(title),
        });
        Self {
            label,
            period: evaluation.period(),
            r#type: evaluation.kind().clone(),
            type_label: evaluation.kind().label().to_owned(),
            status: evaluation.status(),
            completed_on: evaluation.completed_on(),
            sealed: evaluation.seal().is_some(),
            amendments: evaluation.amendments().len(),
            evaluators: names(evaluation),
            rubric: RubricName::of(rubric),
            is_newest_rubric: rubric.fingerprint() == newest.fingerprint(),
            fingerprint: evaluation.fingerprint().to_owned(),
            own: Count::of_tally(scorecard.overall(), rubric),
            summative: scorecard.summative().map(ToString::to_string),
            observations: evaluation.observations().len(),
            narratives: narratives.collect(),
        }
    }
}

/// The reason why an evaluation does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum WhyBeside {
    /// The evaluation is a draft.
    Draft,
    /// The evaluation is the employee's own, which the employee shares.
    SelfEvaluation,
    /// The evaluation is an interim one, and one of record is of the same school year.
    OnTheWay,
    /// Another evaluation of the same period counts.
    SamePeriod,
}

impl WhyBeside {
    /// The name, as in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::SelfEvaluation => "self_evaluation",
            Self::OnTheWay => "on_the_way",
            Self::SamePeriod => "same_period",
        }
    }
}

/// An evaluation that does not count.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Beside {
    /// The reason.
    pub why: WhyBeside,
    /// The number, from 0, among the years, of the one that counts for the period; else of the latest one of the school year;
    /// null where there is none.
    pub counted: Option<usize>,
    /// The school year in which the period ends.
    pub label: String,
    /// The period.
    #[cfg_attr(feature = "schema", schemars(with = "crate::score::view::Period"))]
    pub period: Period,
    /// The kind of evaluation.
    pub r#type: Type,
    /// The kind, as printed.
    pub type_label: String,
    /// Draft or final.
    pub status: Status,
    /// The day it was completed.
    pub completed_on: Option<String>,
    /// The names of the evaluators.
    pub evaluators: Vec<String>,
    /// The rubric it was made with.
    pub rubric: RubricName,
    /// All its indicators, counted by its own rubric.
    pub own: Count,
}

impl Beside {
    pub(super) fn of(evaluation: &Evaluation, why: WhyBeside, counted: &[&Evaluation]) -> Self {
        let period = evaluation.period();
        let of_period = counted.iter().position(|other| other.period() == period);
        let of_year = || counted.iter().rposition(|other| other.period().school_year() == period.school_year());
        Self {
            why,
            counted: of_period.or_else(of_year),
            label: school_year(period),
            period,
            r#type: evaluation.kind().clone(),
            type_label: evaluation.kind().label().to_owned(),
            status: evaluation.status(),
            completed_on: evaluation.completed_on(),
            evaluators: names(evaluation),
            rubric: RubricName::of(evaluation.rubric()),
            own: Count::of_tally(evaluation.score().overall(), evaluation.rubric()),
        }
    }
}

fn names(evaluation: &Evaluation) -> Vec<String> {
    evaluation.evaluators().iter().map(|evaluator| evaluator.name.clone()).collect()
}

/// The school year in which a period ends, as `2025-26`.
fn school_year(period: Period) -> String {
    Span::school_year_of(period).and_then(|span| span.school_year).unwrap_or_else(|| period.to())
}

/// The labels of the evaluations that count, each another one.
pub(super) fn labels(counted: &[&Evaluation]) -> Vec<String> {
    let years: Vec<i16> = counted.iter().map(|evaluation| evaluation.period().school_year()).collect();
    let ends: Vec<String> = counted.iter().map(|evaluation| evaluation.period().to()).collect();
    let of = |evaluation: &&Evaluation| {
        let period = evaluation.period();
        let label = school_year(period);
        match (
            years.iter().filter(|year| **year == period.school_year()).count(),
            ends.iter().filter(|end| **end == period.to()).count(),
        ) {
            (1, _) => label,
            (_, 1) => format!("{label}, to {}", period.to()),
            _ => format!("{label}, {} to {}", period.from(), period.to()),
        }
    };
    counted.iter().map(of).collect()
}
