//! Finishes an evaluation: makes it final, and seals it.

use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostics};
use crate::evaluation::Evaluation;
use crate::score::{OutcomeStatus, Scorecard};
use crate::seal;
use crate::source::{Any, Finding, Findings, Span};
use crate::syntax::Source;

/// The file name in findings about an evaluation that is changed in code.
pub(super) const NAME: &str = "evaluation";

impl Evaluation {
    /// Makes an evaluation final, as completed on the day it says or else on the day `on`, and seals it: from then on every
    /// change of what is under the seal is found (`broken-seal`), unless it is made by [`Evaluation::amend`]. Responses and
    /// events can be added to its document still.
    ///
    /// `on` is the day of the sealing, written as `2026-05-29`, and `by` identifies who does it. A seal is no signature: who
    /// writes a document anew can seal it anew. Keep its fingerprint, [`Seal::evaluation`](crate::Seal), where nobody can
    /// change it, such as on the paper that is signed.
    ///
    /// ```
    /// use appraise::{Employee, Error, Evaluation, Evaluator, Period, Rubric, Library, Status, Whom};
    ///
    /// let text = "
    /// id: clerk
    /// version: 1.0.0
    /// title: Clerk
    /// domains: [{ id: office, title: Office, indicators: [{ id: files, statement: Keeps files. }] }]";
    /// let rubric = Rubric::parse("clerk.yaml", text, &Library::empty())?;
    /// let whom = Whom::Employee(Employee::new("E-1042", "Jordan Rivera"));
    /// let period = Period::new("2025-08-25", "2026-06-12").expect("two days in order");
    /// let mut evaluation = Evaluation::new(&rubric, whom, Evaluator::new("E-0007", "Priya Shah"), period)?;
    /// evaluation.rate("files", "has_met")?;
    /// evaluation.finish("2026-05-29", "E-0007")?;
    /// assert_eq!((evaluation.status(), evaluation.completed_on().as_deref()), (Status::Final, Some("2026-05-29")));
    /// assert!(matches!(evaluation.rate("files", "has_not_met"), Err(Error::Sealed)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Every finding that keeps the evaluation from being final, by the same rules as for a document: unrated indicators,
    /// missing comments, ratings without their evaluator. The places are in the JSON that the evaluation serializes to.
    /// One that is sealed already is refused too.
    pub fn finish(&mut self, on: &str, by: &str) -> Result<(), Diagnostics> {
        if self.seal().is_some() {
            return Err(refused_as_sealed(self));
        }
        let text = |text: &str| Any::Text(text.to_owned());
        let rubric = self.rubric().clone();
        let document = Any::of(self).with("status", text("final"));
        let completed = self.completed_on();
        let document = document.with("completed_on", text(completed.as_deref().unwrap_or(on)));
        let mut reference = document.get("rubric").cloned().unwrap_or(Any::Map(Vec::new()));
        for (key, value) in [("version", rubric.version().as_str()), ("fingerprint", rubric.fingerprint())] {
            if reference.get(key).is_none() {
                reference = reference.with(key, text(value));
            }
        }
        let mut last = Self::parse(NAME, &pretty(&document.with("rubric", reference)), &rubric)?;
        // The results of earlier evaluations are given beside the document.
        Arc::make_mut(&mut last.0).history.clone_from(&self.0.history);
        let document = Any::of(&last);
        let mut seal = Any::Map(Vec::new());
        for (key, value) in [("on", on), ("by", by), ("rubric", rubric.fingerprint())] {
            seal = seal.with(key, text(value));
        }
        if let Some(scoring) = rubric.scoring_fingerprint().filter(|_| last.policy().is_some()) {
            seal = seal.with("scoring", text(scoring));
        }
        if let Some(result) = result(&last.score()) {
            seal = seal.with("result", result);
        }
        for (list, count) in [("responses", last.responses().len()), ("record", last.record().len())] {
            if count > 0 {
                seal = seal.with(list, Any::Number(count.to_string()));
            }
        }
        let fingerprint = seal::sealed(&document.clone().with("seal", seal.clone()));
        let document = document.with("seal", seal.with("evaluation", text(&fingerprint)));
        let mut finished = Self::parse(NAME, &pretty(&document), &rubric)?;
        Arc::make_mut(&mut finished.0).history.clone_from(&self.0.history);
        *self = finished;
        Ok(())
    }
}

/// The result of the scoring policy, as a seal keeps it; `None` without a policy.
pub(crate) fn result(scorecard: &Scorecard) -> Option<Any> {
    let summative = scorecard.summative()?;
    let text = |text: &str| Any::Text(text.to_owned());
    let mut result = Any::Map(vec![("status".to_owned(), text(summative.status.as_str()))]);
    if summative.status == OutcomeStatus::Scored {
        if let Some(rating) = &summative.rating {
            result = result.with("rating", text(&rating.id));
        }
        if let Some(score) = &summative.score {
            result = result.with("score", text(&score.shown()));
        }
    }
    Some(result)
}

/// In lines, so that a finding shows its place.
pub(super) fn pretty(document: &Any) -> String {
    serde_json::to_string_pretty(document).unwrap_or_default()
}

/// The finding that a sealed evaluation is not finished again.
fn refused_as_sealed(evaluation: &Evaluation) -> Diagnostics {
    let text = serde_json::to_string_pretty(evaluation).unwrap_or_default();
    let source = Source::parse(NAME, &text);
    let findings = Findings::default();
    let place = source.tree().and_then(|tree| tree.get("seal")).map_or(Span::default(), |seal| seal.span);
    let seal = evaluation.seal().map(|seal| format!("on {} by `{}`", seal.on(), seal.by)).unwrap_or_default();
    findings.push(Finding::new(
        crate::diagnostic::Severity::Error,
        Code::SealedEvaluation,
        place,
        format!("this evaluation was sealed already, {seal}"),
        "change it with `appraise amend`; one that was reopened is final again by `--set status=final`".to_owned(),
    ));
    source.conclude(None::<Evaluation>, findings, &[]).diagnostics
}
