//! The results of the scoring policies' steps over the years, each by the policy of its own rubric.

use serde::Serialize;

use crate::evaluation::Evaluation;
use crate::exact::Exact;
use crate::score::{Outcome, OutcomeStatus};

/// The results of a step over the years; of a step with a result for each domain or competency, those of one subject.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ResultYears {
    /// The id of the step.
    pub step: String,
    /// The name that is printed.
    pub label: String,
    /// The id of the domain or competency; null for a step with one result.
    pub about: Option<String>,
    /// The title of that; null for a step with one result.
    pub about_title: Option<String>,
    /// By year: the result; null where the year's policy has no such step, or no policy scores its evaluation.
    pub results: Vec<Option<ResultInYear>>,
    /// The last score less the first one, where the same scoring policy gave both; null otherwise.
    pub change: Option<Exact>,
}

/// The result of a step in one year.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ResultInYear {
    /// The status.
    pub status: OutcomeStatus,
    /// The result in words: "Effective, score 3.58"; the reason where there is none.
    pub words: String,
    /// The label of the rating; null without one.
    pub rating: Option<String>,
    /// The score; null without one.
    pub score: Option<Exact>,
    /// The fingerprint of the scoring policies of the rubric that it was computed with.
    pub scoring: Option<String>,
}

/// The results of all steps. Steps of one id and name are one step, of whichever rubric.
pub(super) fn over(counted: &[&Evaluation]) -> Vec<ResultYears> {
    let mut all: Vec<ResultYears> = Vec::new();
    for (year, evaluation) in counted.iter().enumerate() {
        let scorecard = evaluation.score();
        for step in scorecard.steps() {
            let label = step.label.as_ref().unwrap_or(&step.id);
            for outcome in &step.results {
                let is_it = |known: &ResultYears| {
                    known.step == step.id && known.label == *label && known.about == outcome.subject
                };
                let at = all.iter().position(is_it).unwrap_or_else(|| {
                    all.push(ResultYears {
                        step: step.id.clone(),
                        label: label.clone(),
                        about: outcome.subject.clone(),
                        about_title: outcome.label.clone(),
                        results: counted.iter().map(|_| None).collect(),
                        change: None,
                    });
                    all.len() - 1
                });
                if let Some(slot) = all.get_mut(at).and_then(|row| row.results.get_mut(year)) {
                    *slot = Some(ResultInYear::of(outcome, evaluation));
                }
            }
        }
    }
    for row in &mut all {
        row.change = change(&row.results);
    }
    all
}

impl ResultInYear {
    fn of(outcome: &Outcome, evaluation: &Evaluation) -> Self {
        Self {
            status: outcome.status,
            words: outcome.to_string(),
            rating: outcome.rating.as_ref().map(|level| level.label.clone()),
            score: outcome.score.clone(),
            scoring: evaluation.rubric().scoring_fingerprint().map(str::to_owned),
        }
    }
}

/// The last score less the first one; `None` with fewer than two, and where another policy gave one of them.
fn change(results: &[Option<ResultInYear>]) -> Option<Exact> {
    let mut scored = results.iter().flatten().filter(|result| result.score.is_some());
    let (first, last) = (scored.next()?, scored.next_back()?);
    let is_same = first.scoring == last.scoring;
    Some(last.score.as_ref()? - first.score.as_ref()?).filter(|_| is_same)
}
