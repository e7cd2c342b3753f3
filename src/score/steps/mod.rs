//! The results of the scoring policy's steps, for hosts.

pub(crate) mod view;

use std::fmt;
use std::sync::{Arc, OnceLock};

use serde::Serialize;

use crate::evaluation::Evaluation;
use crate::exact::Exact;
use crate::outline::Node;
use crate::policy::{Policy, Reason, State, StepResult};
use crate::scale::Level;

use super::Scorecard;

/// One computation of the scoring policy, with its results.
///
/// ```
/// # use appraise::{Evaluation, Library, Rubric};
/// # let read = |path: &str| std::fs::read_to_string(format!("examples/{path}"));
/// # let rubric = Rubric::parse("r.yaml", &read("rubrics/riverside_school_counselor.yaml")?, &Library::empty())?;
/// # let scorecard = Evaluation::parse("e.yaml", &read("evaluations/novak_scored.yaml")?, &rubric)?.score();
/// let step = &scorecard.steps()[0];
/// assert_eq!((step.id.as_str(), step.results.len()), ("domain_score", 3)); // one result for each domain
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Step {
    /// The step's id.
    pub id: String,
    /// The step's label; `None` where the policy gives none.
    pub label: Option<String>,
    /// The clause that the step rests on; `None` where the policy gives none.
    pub because: Option<String>,
    /// One result; for a step with `each`, one for every domain or competency in scope, in the rubric's order, or one for
    /// every observation.
    pub results: Vec<Outcome>,
}

/// The result of a step.
///
/// ```
/// # use appraise::{Evaluation, Library, Rubric};
/// # let read = |path: &str| std::fs::read_to_string(format!("examples/{path}"));
/// # let rubric = Rubric::parse("r.yaml", &read("rubrics/riverside_school_counselor.yaml")?, &Library::empty())?;
/// # let scorecard = Evaluation::parse("e.yaml", &read("evaluations/novak_scored.yaml")?, &rubric)?.score();
/// let outcome = &scorecard.steps()[0].results[2];
/// assert_eq!(outcome.subject.as_deref(), Some("partnership"));
/// assert_eq!(outcome.to_string(), "Effective, score 3.333333 (exactly 10/3)");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Outcome {
    /// The id of the step.
    pub step: String,
    /// The id of the subject: a domain or competency, or an observation by its kind and number, such as `walkthrough_2`; `None`
    /// for a step with one result.
    pub subject: Option<String>,
    /// The subject's label, as printed; `None` for a step with one result.
    pub label: Option<String>,
    /// The status.
    pub status: OutcomeStatus,
    /// The number that later steps see; `None` without one.
    pub score: Option<Exact>,
    /// The rating; `None` without one.
    pub rating: Option<Level>,
    /// Whether the rating meets expectations; `None` without a rating, or where the policy does not say which ratings do.
    pub meets: Option<bool>,
    /// The flags beside the rating, such as `review`.
    pub flags: Vec<String>,
    slot: usize,
    explained: Arc<Explained>,
}

/// The status of a result.
///
/// ```
/// # use appraise::{Evaluation, Library, Rubric};
/// # let read = |path: &str| std::fs::read_to_string(format!("examples/{path}"));
/// # let rubric = Rubric::parse("r.yaml", &read("rubrics/riverside_school_counselor.yaml")?, &Library::empty())?;
/// # let scorecard = Evaluation::parse("e.yaml", &read("evaluations/novak_scored.yaml")?, &rubric)?.score();
/// use appraise::OutcomeStatus;
///
/// let results = scorecard.steps().iter().flat_map(|step| &step.results);
/// assert!(results.into_iter().all(|result| result.status == OutcomeStatus::Scored));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum OutcomeStatus {
    /// The step has a result.
    Scored,
    /// The evidence is insufficient: too little is rated, no rule applies, or a missing value could change the result.
    InsufficientEvidence,
    /// A required value is missing: an indicator is unrated, or an input or entered rating absent.
    Blocked,
}

impl OutcomeStatus {
    /// The name, as in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Scored => "scored",
            Self::InsufficientEvidence => "insufficient_evidence",
            Self::Blocked => "blocked",
        }
    }
}

impl fmt::Display for OutcomeStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl Outcome {
    /// The reasons of the result: the members, the members left out, each change of the number, the deciding band or rule,
    /// the clause. Computed at the first call.
    pub fn reasons(&self) -> &[Reason] {
        self.explained.reasons().get(self.slot).map_or(&[], Vec::as_slice)
    }
}

/// Writes "Effective, score 3.333333 (exactly 10/3), flagged review"; without a result, the reason.
impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.status != OutcomeStatus::Scored {
            let why = self.reasons().iter().rev().find(|reason| reason.is_why_not());
            return match why {
                Some(why) => why.fmt(f),
                None => self.status.fmt(f),
            };
        }
        let score = self.score.as_ref().map(|score| {
            let shown = score.shown();
            if shown.contains('/') {
                format!("score {} (exactly {shown})", score.decimal())
            } else {
                format!("score {shown}")
            }
        });
        let flags = (!self.flags.is_empty()).then(|| format!("flagged {}", self.flags.join(", ")));
        let rating = self.rating.as_ref().map(|level| level.label.clone());
        f.write_str(&[rating, score, flags].into_iter().flatten().collect::<Vec<_>>().join(", "))
    }
}

/// The results of an evaluation, with their reasons computed on demand.
#[derive(Debug)]
pub(super) struct Explained {
    evaluation: Evaluation,
    results: Vec<StepResult>,
    reasons: OnceLock<Vec<Vec<Reason>>>,
}

impl Explained {
    /// `None` for an evaluation that no policy scores.
    pub(super) fn of(evaluation: &Evaluation) -> Option<Arc<Self>> {
        let (_, results) = evaluation.results()?;
        Some(Arc::new(Self { evaluation: evaluation.clone(), results, reasons: OnceLock::new() }))
    }

    fn reasons(&self) -> &[Vec<Reason>] {
        self.reasons.get_or_init(|| {
            let Some(policy) = self.evaluation.policy() else { return Vec::new() };
            let mut reasons = self.evaluation.with_supplied(policy, |given| policy.explain(given, &self.results));
            for entry in &self.evaluation.0.entered {
                for reason in reasons.get_mut(entry.slot).into_iter().flatten() {
                    if let Reason::Entered { rationale, .. } = reason {
                        *rationale = Some(entry.rationale.clone());
                    }
                }
            }
            reasons
        })
    }

    /// The results as public types.
    pub(super) fn steps(self: &Arc<Self>) -> Vec<Step> {
        let Some(policy) = self.evaluation.policy() else { return Vec::new() };
        let steps = policy.steps.iter().map(|step| Step {
            id: step.id.clone(),
            label: step.label.clone(),
            because: step.because.clone(),
            results: policy.slots(step).filter_map(|slot| self.outcome(policy, slot)).collect(),
        });
        steps.collect()
    }

    /// The name of a subject; of an observation with its day.
    fn label(&self, policy: &Policy, node: &Node) -> String {
        let observed =
            node.observed.and_then(|at| self.evaluation.observed_at(policy).get(at.observation).copied().flatten());
        match observed {
            Some(observation) => format!("{}, {}", node.label(), observation.date()),
            None => node.label().to_owned(),
        }
    }

    fn outcome(self: &Arc<Self>, policy: &Policy, slot: usize) -> Option<Outcome> {
        let result = self.results.get(slot)?;
        let (step, subject) = policy.at(slot)?;
        let subject = policy.subject(step, subject);
        let status = match result.state {
            State::Absent => return None,
            State::Scored => OutcomeStatus::Scored,
            State::Insufficient => OutcomeStatus::InsufficientEvidence,
            State::Blocked => OutcomeStatus::Blocked,
        };
        let rating = result.rating();
        Some(Outcome {
            step: step.id.clone(),
            subject: subject.map(|node| node.id.clone()),
            label: subject.map(|node| self.label(policy, node)),
            status,
            score: result.score().cloned(),
            rating: rating.and_then(|rating| step.levels.list.get(rating)).cloned(),
            meets: rating.and_then(|rating| Some(rating >= step.levels.meets_at?)),
            flags: result.flags.clone(),
            slot,
            explained: self.clone(),
        })
    }
}

impl Scorecard {
    /// The results of the scoring policy's steps, in its order; empty where no policy scores the evaluation.
    pub fn steps(&self) -> &[Step] {
        self.steps.get_or_init(|| self.explained.as_ref().map(Explained::steps).unwrap_or_default())
    }

    /// The result of the last step; `None` where no policy scores the evaluation, or its last step has several results.
    pub fn summative(&self) -> Option<&Outcome> {
        let slot = self.evaluation().policy()?.summative()?;
        self.steps().last()?.results.first().filter(|outcome| outcome.slot == slot)
    }

    /// Each result of a step with this rating, in words, and the indices of the indicators that it rests on.
    pub(crate) fn rated_so(&self, step: &str, rating: &str) -> Vec<(String, Vec<usize>)> {
        let (Some(explained), Some(policy)) = (&self.explained, self.evaluation().policy()) else { return Vec::new() };
        let Some(step) = policy.step(step) else { return Vec::new() };
        let Some(level) = step.levels.position(rating) else { return Vec::new() };
        let slots = policy.slots(step);
        let rated = slots
            .enumerate()
            .filter(|(_, slot)| explained.results.get(*slot).is_some_and(|result| result.rating() == Some(level)));
        rated
            .map(|(subject, _)| {
                let of = policy.subject(step, subject).map(|node| format!(" of {}", node.label())).unwrap_or_default();
                let words = format!("{}{of}: {}", step.name(), step.levels.label(level));
                let rests_on = policy.rests_on(step, subject).into_iter();
                (words, rests_on.map(|indicator| policy.in_rubric(indicator)).collect())
            })
            .collect()
    }
}
