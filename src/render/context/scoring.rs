//! The results of the scoring policy for templates: printable, and with the steps still to do.

use serde::Serialize;

use crate::evaluation::Evaluation;
use crate::exact::Exact;
use crate::policy::{Input, InputValue, Policy, Rate, Reason, Term};
use crate::rubric::Tier;
use crate::score::{Outcome, OutcomeStatus, Scorecard, Step};
use crate::view::view;

use super::About;

view! {
    /// How ratings became results.
    pub(super) struct Scoring<'a> of |scorecard: &'a Scorecard, policy: &'a Policy|
    let evaluation = scorecard.evaluation();
    let scores = evaluation.policy().is_some();
    let step = |(at, step)| StepView::of(at + 1, step, evaluation);
    let steps = || scorecard.steps().iter().enumerate();
    {
        /// Whether the policy scores evaluations of this type; where it does not, there are no steps.
        scores: bool = scores,
        /// The name of the policy, where it has one.
        policy: Option<&'a str> = scorecard.scored_by().and_then(|policy| policy.label),
        /// Whether the policy is for the evaluation's scope, so that its rating is not that of a part only.
        is_for_scope: bool = scorecard.scored_by().is_some_and(|policy| policy.is_for_scope),
        /// Why there are no steps, where that is for the scope of the evaluation; null elsewhere.
        unscored_scope: Option<String> = evaluation.unscored_scope(),
        /// The last step; null where it has several results.
        summative: Option<StepView<'a>> = scorecard.summative().and_then(|_| steps().next_back()).map(step),
        /// Where the summative rating is blocked, every result that is, in the order of the steps, each with what it lacks; else
        /// empty.
        blocked: Vec<Blocked<'a>> = blocked(scorecard),
        /// The missing values of the computation, each as a request: "rate 2 indicators".
        to_do: Vec<String> = if scores { to_do(scorecard, policy) } else { Vec::new() },
        /// The inputs and entered ratings.
        inputs: Vec<InputView<'a>> = if scores { inputs(evaluation, policy) } else { Vec::new() },
        /// The ratings that a person entered.
        entered: Vec<EnteredView<'a>> = entered(evaluation, policy),
        /// Every step, in order.
        steps: Vec<StepView<'a>> = steps().map(step).collect(),
    }
}

view! {
    /// One computation.
    struct StepView<'a> of |number: usize, step: &'a Step, evaluation: &'a Evaluation|
    {
        /// Its number, from 1.
        number: usize = number,
        /// The id in the policy.
        id: &'a str = &step.id,
        /// The printed name.
        label: &'a str = step.label.as_deref().unwrap_or(&step.id),
        /// The clause that it comes from.
        because: Option<&'a str> = step.because.as_deref(),
        /// The tier of its results, "Domain", "Competency" or "Observation"; null for a step with one result.
        subjects: Option<&'static str> = step.results.iter().find_map(|outcome| {
            let node = evaluation.rubric().node(outcome.subject.as_deref()?);
            Some(match node.map(|node| node.tier) {
                Some(Tier::Competency) => "Competency",
                Some(_) => "Domain",
                None => "Observation",
            })
        }),
        /// Whether any of its results has a score.
        has_scores: bool = step.results.iter().any(|outcome| outcome.score.is_some()),
        /// Whether any of its results has a rating.
        has_ratings: bool = step.results.iter().any(|outcome| outcome.rating.is_some()),
        /// Its results.
        results: Vec<ResultView<'a>> = step.results.iter().map(|outcome| ResultView::of(outcome, evaluation)).collect(),
    }
}

view! {
    /// The results of a step.
    struct ResultView<'a> of |outcome: &'a Outcome, evaluation: &'a Evaluation|
    let subject = outcome.subject.as_deref();
    let shown = outcome.score.as_ref().map(Exact::shown);
    {
        /// The domain or competency that it is for, or the observation, without a code; null for a step with one result.
        about: Option<About<'a>> = subject.and_then(|subject| {
            let observed = || Some(About { id: subject, code: "", title: outcome.label.as_deref()? });
            About::of(evaluation.rubric(), subject).or_else(observed)
        }),
        /// How it stands.
        status: OutcomeStatus = outcome.status,
        /// All of it in words: "Effective, score 3.5"; where there is none, why.
        in_words: String = outcome.to_string(),
        /// The rating as people call it.
        rating: Option<&'a str> = outcome.rating.as_ref().map(|level| level.label.as_str()),
        /// Whether the rating meets expectations, where that is known.
        meets: Option<bool> = outcome.meets,
        /// The score for people, at most six places.
        score: Option<String> = outcome.score.as_ref().map(Exact::decimal),
        /// The score as a fraction; null where the decimal is all of it.
        exactly: Option<String> = shown.filter(|shown| shown.contains('/')),
        /// Words that stand beside the rating.
        flags: &'a [String] = &outcome.flags,
        /// Why, line by line; the clause and what keeps it from being there are not among them.
        reasons: Vec<ReasonView> = outcome.reasons().iter().filter(|reason| !reason.is_in_head()).map(ReasonView::of).collect(),
    }
}

view! {
    /// A result that is not there.
    struct Blocked<'a> of |step: &'a Step, outcome: &'a Outcome|
    let words = outcome.to_string();
    {
        /// The name of its step.
        step: &'a str = step.label.as_deref().unwrap_or(&step.id),
        /// The domain, competency or observation that it is for; null for a step with one result.
        subject: Option<&'a str> = outcome.label.as_deref(),
        /// The lack, in words: "Practice is blocked".
        why: String = words.strip_prefix("blocked: ").unwrap_or(&words).to_owned(),
    }
}

view! {
    /// One line of an explanation.
    struct ReasonView of |reason: &Reason|
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
    {
        /// The line.
        text: String = reason.to_string(),
        /// Whether it is what decided on the rating, or changed it afterwards.
        decides: bool = decides,
        /// The indicators that it speaks of, by their level.
        indicators: Vec<RatedSo> = counted.map(RatedSo::of).collect(),
    }
}

view! {
    /// Indicators with one level.
    struct RatedSo of |term: &Term|
    {
        /// The level as people call it.
        label: String = term.label.clone(),
        /// The numbers of the indicators.
        codes: Vec<String> = term.indicators.clone(),
    }
}

view! {
    /// Something that is given beside the ratings.
    struct InputView<'a> of |input: &'a Input, given: Option<&InputValue>, source: Option<String>|
    {
        /// The id in the policy.
        id: &'a str = &input.id,
        /// The printed name.
        label: &'a str = &input.label,
        /// Whether it may be missing.
        optional: bool = input.optional,
        /// The given value; null without one.
        value: Option<String> = match given {
            Some(InputValue::Number(number)) => Some(number.shown()),
            Some(InputValue::Choice(choice)) => input.choice_labels.get(*choice).cloned(),
            None => None,
        },
        /// Where the value comes from, for an input that is the result of an earlier evaluation: "2024-25, Summative rating: 3.2";
        /// else null.
        source: Option<String> = source,
    }
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

/// Every result that is blocked, where the summative one is.
fn blocked(scorecard: &Scorecard) -> Vec<Blocked<'_>> {
    if scorecard.summative().is_none_or(|outcome| outcome.status != OutcomeStatus::Blocked) {
        return Vec::new();
    }
    let steps = scorecard.steps().iter();
    let blocked = steps.flat_map(|step| step.results.iter().map(move |outcome| (step, outcome)));
    let blocked = blocked.filter(|(_, outcome)| outcome.status == OutcomeStatus::Blocked);
    blocked.map(|(step, outcome)| Blocked::of(step, outcome)).collect()
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
        if evaluation.inputs().get(at).is_none_or(Option::is_none) {
            let from = if input.from_history.is_some() { "give, or take from an earlier evaluation," } else { "give" };
            list.push(format!("{from} “{}”", input.label));
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
    let (given, mut sources) = (evaluation.inputs(), evaluation.sources(policy));
    sources.resize(policy.inputs.len(), None);
    let view = |(at, (input, source)): (usize, (&'a Input, Option<String>))| {
        InputView::of(input, given.get(at).and_then(Option::as_ref), source)
    };
    policy.inputs.iter().zip(sources).enumerate().map(view).collect()
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
