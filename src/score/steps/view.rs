//! The results of the scoring policy, for JSON and templates.

use crate::exact::Shown;
use crate::view::view;

use super::{Outcome, OutcomeStatus};

view! {
    /// One computation of the scoring policy.
    #[derive(Debug)]
    pub(crate) struct Step<'a> of |step: &'a super::Step|
    {
        /// The id in the policy.
        id: &'a str = &step.id,
        /// The printed name; null where the policy gives none.
        label: Option<&'a str> = step.label.as_deref(),
        /// The clause that it comes from; null where the policy does not say.
        because: Option<&'a str> = step.because.as_deref(),
        /// One result; or, in the rubric's order, one for every domain or competency in scope, or for every observation.
        results: Vec<StepResult<'a>> = step.results.iter().map(StepResult::of).collect(),
    }
}

view! {
    /// The results of a step.
    #[derive(Debug)]
    struct StepResult<'a> of |outcome: &'a Outcome|
    {
        /// The id of the domain or competency that it is for, or the kind and number of the observation, such as `walkthrough_2`;
        /// null for a step with one result.
        subject: Option<&'a str> = outcome.subject.as_deref(),
        /// The printed name of the subject; null for a step with one result.
        label: Option<&'a str> = outcome.label.as_deref(),
        #[serde(flatten)]
        result: Comes<'a> = Comes::of(outcome),
    }
}

view! {
    /// The result of the last step.
    #[derive(Debug)]
    pub(crate) struct Summative<'a> of |outcome: &'a Outcome|
    {
        /// The id of the step.
        step: &'a str = &outcome.step,
        #[serde(flatten)]
        result: Comes<'a> = Comes::of(outcome),
    }
}

view! {
    /// The score and rating of a result.
    #[derive(Debug)]
    pub(crate) struct Comes<'a> of |outcome: &'a Outcome|
    {
        /// The status.
        status: OutcomeStatus = outcome.status,
        /// The number that later steps see; null where there is none.
        score: Option<Shown> = outcome.score.as_ref().map(Shown::from),
        /// The rating's id; null where there is none.
        rating: Option<&'a str> = outcome.rating.as_ref().map(|level| level.id.as_str()),
        /// The rating as people call it; null where there is none.
        rating_label: Option<&'a str> = outcome.rating.as_ref().map(|level| level.label.as_str()),
        /// Whether the rating meets expectations; null where there is none, or where the policy does not say which do.
        meets: Option<bool> = outcome.meets,
        /// Words that stand beside the rating, such as `review`.
        flags: &'a [String] = &outcome.flags,
        /// Why it is what it is, line by line.
        reasons: Vec<String> = outcome.reasons().iter().map(ToString::to_string).collect(),
    }
}
