//! The results of the scoring policy for templates: printable, and with the steps still to do.

use serde::Serialize;

use crate::evaluation::Evaluation;
use crate::exact::Exact;
use crate::policy::{Input, InputValue, Policy, Rate, Reason};
use crate::rubric::Tier;
use crate::score::{Outcome, OutcomeStatus, Scorecard, Step};

use super::About;

/// How ratings became results.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct Scoring<'a> {
    /// Whether the policy scores evaluations of this type; where it does not, there are no steps.
    scores: bool,
    /// The name of the policy, where it has one.
    policy: Option<&'a str>,
    /// Whether the policy is for the evaluation's scope, so that its rating is not that of a part only.
    is_for_scope: bool,
    /// Why there are no steps, where that is for the scope of the evaluation; null elsewhere.
    unscored_scope: Option<String>,
    /// The last step; null where it has several results.
    summative: Option<StepView<'a>>,
    /// The missing values of the computation, each as a request: "rate 2 indicators".
    to_do: Vec<String>,
    /// The inputs and entered ratings.
    inputs: Vec<InputView<'a>>,
    /// The ratings that a person entered.
    entered: Vec<EnteredView<'a>>,
    /// Every step, in order.
    steps: Vec<StepView<'a>>,
}

/// One computation.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct StepView<'a> {
    /// Its number, from 1.
    number: usize,
    /// The id in the policy.
    id: &'a str,
    /// The printed name.
    label: &'a str,
    /// The clause that it comes from.
    because: Option<&'a str>,
    /// The tier of its results, "Domain" or "Competency"; null for a step with one result.
    subjects: Option<&'static str>,
    /// Whether any of its results has a score.
    has_scores: bool,
    /// Whether any of its results has a rating.
    has_ratings: bool,
    /// Its results.
    results: Vec<ResultView<'a>>,
}

/// The results of a step.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct ResultView<'a> {
    /// The domain or competency that it is for; null for a step with one result.
    about: Option<About<'a>>,
    /// How it stands.
    status: OutcomeStatus,
    /// All of it in words: "Effective, score 3.5"; where there is none, why.
    in_words: String,
    /// The rating as people call it.
    rating: Option<&'a str>,
    /// Whether the rating meets expectations, where that is known.
    meets: Option<bool>,
    /// The score for people, at most six places.
    score: Option<String>,
    /// The score as a fraction; null where the decimal is all of it.
    exactly: Option<String>,
    /// Words that stand beside the rating.
    flags: &'a [String],
    /// Why, line by line; the clause and what keeps it from being there are not among them.
    reasons: Vec<ReasonView>,
}

/// One line of an explanation.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct ReasonView {
    /// The line.
    text: String,
    /// Whether it is what decided on the rating, or changed it afterwards.
    decides: bool,
    /// The indicators that it speaks of, by their level.
    indicators: Vec<RatedSo>,
}

/// Indicators with one level.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct RatedSo {
    /// The level as people call it.
    label: String,
    /// The numbers of the indicators.
    codes: Vec<String>,
}

/// Something that is given beside the ratings.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct InputView<'a> {
    /// The id in the policy.
    id: &'a str,
    /// The printed name.
    label: &'a str,
    /// Whether it may be missing.
    optional: bool,
    /// The given value; null without one.
    value: Option<String>,
}

/// A rating that a person entered.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct EnteredView<'a> {
    /// The step, as people call it.
    label: &'a str,
    /// The domain or competency that it is for; null for a step with one result.
    about: Option<About<'a>>,
    /// The rating as people call it.
    rating: &'a str,
    /// Why, in the person's words.
    rationale: &'a str,
}

impl<'a> Scoring<'a> {
    /// `None` without a policy.
    pub(super) fn of(scorecard: &'a Scorecard) -> Option<Self> {
        let evaluation = scorecard.evaluation();
        let policy = evaluation.asking()?;
        let scores = evaluation.policy().is_some();
        let step = |(at, step)| StepView::of(at + 1, step, evaluation);
        let steps = || scorecard.steps().iter().enumerate();
        Some(Self {
            scores,
            policy: scorecard.scored_by().and_then(|policy| policy.label),
            is_for_scope: scorecard.scored_by().is_some_and(|policy| policy.is_for_scope),
            unscored_scope: evaluation.unscored_scope(),
            summative: scorecard.summative().and_then(|_| steps().next_back()).map(step),
            to_do: if scores { to_do(scorecard, policy) } else { Vec::new() },
            inputs: if scores { inputs(evaluation, policy) } else { Vec::new() },
            entered: entered(evaluation, policy),
            steps: steps().map(step).collect(),
        })
    }
}

impl<'a> StepView<'a> {
    fn of(number: usize, step: &'a Step, evaluation: &'a Evaluation) -> Self {
        Self {
            number,
            id: &step.id,
            label: step.label.as_deref().unwrap_or(&step.id),
            because: step.because.as_deref(),
            subjects: step.results.iter().find_map(|outcome| {
                let tier = evaluation.rubric().node(outcome.subject.as_deref()?)?.tier;
                Some(if tier == Tier::Competency { "Competency" } else { "Domain" })
            }),
            has_scores: step.results.iter().any(|outcome| outcome.score.is_some()),
            has_ratings: step.results.iter().any(|outcome| outcome.rating.is_some()),
            results: step.results.iter().map(|outcome| ResultView::of(outcome, evaluation)).collect(),
        }
    }
}

impl<'a> ResultView<'a> {
    fn of(outcome: &'a Outcome, evaluation: &'a Evaluation) -> Self {
        let subject = outcome.subject.as_deref();
        let shown = outcome.score.as_ref().map(Exact::shown);
        Self {
            about: subject.and_then(|subject| About::of(evaluation.rubric(), subject)),
            status: outcome.status,
            in_words: outcome.to_string(),
            rating: outcome.rating.as_ref().map(|level| level.label.as_str()),
            meets: outcome.meets,
            score: outcome.score.as_ref().map(Exact::decimal),
            exactly: shown.filter(|shown| shown.contains('/')),
            flags: &outcome.flags,
            reasons: outcome.reasons().iter().filter(|reason| !reason.is_in_head()).map(ReasonView::of).collect(),
        }
    }
}

impl ReasonView {
    fn of(reason: &Reason) -> Self {
        let terms = match reason {
            Reason::Terms { terms, .. } => terms.as_slice(),
            _ => &[],
        };
        let counted = terms.iter().filter(|term| !term.indicators.is_empty());
        let decides = match reason {
            Reason::Band { .. } | Reason::Cell { .. } | Reason::Entered { .. } => true,
            Reason::Limited { .. } | Reason::NotTold { .. } => true,
            Reason::Rule { when, .. } => when.as_ref().is_none_or(|when| when.holds != Some(false)),
            _ => false,
        };
        Self {
            text: reason.to_string(),
            decides,
            indicators: counted
                .map(|term| RatedSo { label: term.label.clone(), codes: term.indicators.clone() })
                .collect(),
        }
    }
}

/// The missing values that block results.
fn to_do(scorecard: &Scorecard, policy: &Policy) -> Vec<String> {
    let evaluation = scorecard.evaluation();
    let is_blocked = |outcome: &&Outcome| outcome.status == OutcomeStatus::Blocked;
    if !scorecard.steps().iter().flat_map(|step| &step.results).any(|outcome| is_blocked(&outcome)) {
        return Vec::new();
    }
    let mut list = Vec::new();
    match scorecard.overall().unrated {
        0 => {}
        1 => list.push("rate the indicator that has no entry yet".to_owned()),
        unrated => list.push(format!("rate the {unrated} indicators that have no entry yet")),
    }
    for (at, input) in policy.inputs.iter().enumerate().filter(|(_, input)| !input.optional) {
        if evaluation.0.inputs.get(at).is_none_or(Option::is_none) {
            list.push(format!("give “{}”", input.label));
        }
    }
    for (step, results) in policy.steps.iter().zip(scorecard.steps()) {
        if !matches!(step.rate, Some(Rate::Entered)) {
            continue;
        }
        for outcome in results.results.iter().filter(is_blocked) {
            list.push(match &outcome.label {
                Some(label) => format!("enter “{}” for “{label}”, with a rationale", step.name()),
                None => format!("enter “{}”, with a rationale", step.name()),
            });
        }
    }
    list
}

fn inputs<'a>(evaluation: &'a Evaluation, policy: &'a Policy) -> Vec<InputView<'a>> {
    let value = |at: usize, input: &Input| match evaluation.0.inputs.get(at)?.as_ref()? {
        InputValue::Number(number) => Some(number.shown()),
        InputValue::Choice(choice) => input.choice_labels.get(*choice).cloned(),
    };
    let inputs = policy.inputs.iter().enumerate().map(|(at, input)| InputView {
        id: &input.id,
        label: &input.label,
        optional: input.optional,
        value: value(at, input),
    });
    inputs.collect()
}

fn entered<'a>(evaluation: &'a Evaluation, policy: &'a Policy) -> Vec<EnteredView<'a>> {
    let entries = evaluation.0.entered.iter().filter_map(|entry| {
        let (step, subject) = policy.at(entry.slot)?;
        let subject = policy.subject(step, subject);
        Some(EnteredView {
            label: step.name(),
            about: subject.and_then(|node| About::of(evaluation.rubric(), &node.id)),
            rating: step.levels.label(entry.rating),
            rationale: &entry.rationale,
        })
    });
    entries.collect()
}
