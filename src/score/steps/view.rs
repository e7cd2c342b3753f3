//! The results of the scoring policy, for JSON and templates.

use serde::Serialize;

use crate::exact::Shown;

use super::{Outcome, OutcomeStatus};

/// One computation of the scoring policy.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct Step<'a> {
    /// The id in the policy.
    id: &'a str,
    /// The printed name; null where the policy gives none.
    label: Option<&'a str>,
    /// The clause that it comes from; null where the policy does not say.
    because: Option<&'a str>,
    /// One result; or, in the rubric's order, one for every domain or competency in scope.
    results: Vec<StepResult<'a>>,
}

/// The results of a step.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct StepResult<'a> {
    /// The id of the domain or competency that it is for; null for a step with one result.
    subject: Option<&'a str>,
    /// The printed name of the subject; null for a step with one result.
    label: Option<&'a str>,
    #[serde(flatten)]
    result: Comes<'a>,
}

/// The result of the last step.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct Summative<'a> {
    /// The id of the step.
    step: &'a str,
    #[serde(flatten)]
    result: Comes<'a>,
}

/// The score and rating of a result.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct Comes<'a> {
    /// The status.
    status: OutcomeStatus,
    /// The number that later steps see; null where there is none.
    score: Option<Shown>,
    /// The rating's id; null where there is none.
    rating: Option<&'a str>,
    /// The rating as people call it; null where there is none.
    rating_label: Option<&'a str>,
    /// Whether the rating meets expectations; null where there is none, or where the policy does not say which do.
    meets: Option<bool>,
    /// Words that stand beside the rating, such as `review`.
    flags: &'a [String],
    /// Why it is what it is, line by line.
    reasons: Vec<String>,
}

impl<'a> Comes<'a> {
    pub(crate) fn of(outcome: &'a Outcome) -> Self {
        Self {
            status: outcome.status,
            score: outcome.score.as_ref().map(Shown::from),
            rating: outcome.rating.as_ref().map(|level| level.id.as_str()),
            rating_label: outcome.rating.as_ref().map(|level| level.label.as_str()),
            meets: outcome.meets,
            flags: &outcome.flags,
            reasons: outcome.reasons().iter().map(ToString::to_string).collect(),
        }
    }
}

impl<'a> Step<'a> {
    pub(crate) fn of(step: &'a super::Step) -> Self {
        let result = |outcome: &'a Outcome| StepResult {
            subject: outcome.subject.as_deref(),
            label: outcome.label.as_deref(),
            result: Comes::of(outcome),
        };
        Self {
            id: &step.id,
            label: step.label.as_deref(),
            because: step.because.as_deref(),
            results: step.results.iter().map(result).collect(),
        }
    }
}

impl<'a> Summative<'a> {
    pub(crate) fn of(outcome: &'a Outcome) -> Self {
        Self { step: &outcome.step, result: Comes::of(outcome) }
    }
}
