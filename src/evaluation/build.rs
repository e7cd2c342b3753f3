//! Builds an evaluation in code, rating by rating.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use crate::error::Error;
use crate::exact::Exact;
use crate::policy::{InputKind, InputValue, Rate};
use crate::rubric::{Rubric, Subject};
use crate::source::{Field, Span, Text};
use crate::syntax::evaluation::Stated;

use super::{
    Applying, Entry, Evaluation, EvaluationData, Evaluator, Evidence, Given, Period, Rating, Remark, Status, Type, Whom,
};

impl Evaluation {
    /// A draft without any rating. Whether a document could say it is checked by [`Evaluation::new`].
    pub(crate) fn blank(rubric: &Rubric, whom: Whom, evaluator: Evaluator, period: Period) -> Result<Self, Error> {
        let (subject, name) = match whom {
            Whom::Employee(_) => (Subject::Employee, "an employee"),
            Whom::Organization(_) => (Subject::Organization, "an organization"),
        };
        if subject != rubric.subject() {
            return Err(Error::OtherSubject { rubric: rubric.id().to_owned(), whom: name });
        }
        let in_scope = vec![true; rubric.size()];
        let applying = Applying::to(rubric, &Type::Formal, &in_scope);
        let policy = applying.and_then(|applying| rubric.0.policies.get(applying.policy));
        Ok(Self(Arc::new(EvaluationData {
            rubric: rubric.clone(),
            document: Arc::default(),
            stated_version: Some(rubric.version()),
            stated_fingerprint: Some(rubric.fingerprint().to_owned()),
            kind: Type::Formal,
            status: Status::Draft,
            whom,
            evaluators: vec![evaluator],
            period,
            stated: Stated::default(),
            not_assigned: Vec::new(),
            in_scope,
            ratings: vec![None; rubric.size()],
            observations: Vec::new(),
            remarks: BTreeMap::new(),
            applying,
            inputs: vec![None; policy.map_or(0, |policy| policy.inputs.len())],
            text: None,
            history: Vec::new(),
            entered: Vec::new(),
            service_data: Vec::new(),
            judged: OnceLock::new(),
            fingerprint: OnceLock::new(),
            diagnostics: OnceLock::new(),
            withheld: None,
        })))
    }

    /// Rates an indicator at a level, or with a number in plain digits where it is rated on a number scale, and returns the
    /// rating, to add a comment or evidence. The indicator's present
    /// comment, evidence and evaluator stay. By this and every other change a final evaluation becomes a draft again,
    /// without a day of completion.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownIndicator`] and [`Error::UnknownLevel`] when the rubric lacks the indicator or level; an indicator
    /// out of the evaluation's scope counts as unknown. [`Error::Number`] where a number is wanted, and this is none of the
    /// scale. [`Error::Sealed`] after [`Evaluation::finish`], as of every other change.
    pub fn rate(&mut self, indicator: &str, level: &str) -> Result<&mut Rating, Error> {
        self.may_change()?;
        let index = self.index_in_scope(indicator)?;
        let rubric = self.rubric();
        let unknown = || Error::UnknownLevel { rubric: rubric.id().to_owned(), level: level.to_owned() };
        let scale = rubric.indicator_at(index).and_then(|indicator| rubric.scale_of(indicator)).ok_or_else(unknown)?;
        let given = match (scale.number(level), scale.range()) {
            (Some(number), _) => Given::Level(number),
            (None, None) => return Err(unknown()),
            (None, Some(range)) => Given::Number(range.range().read(level).map_err(|_| Error::Number {
                indicator: indicator.to_owned(),
                number: level.to_owned(),
                wanted: range.range().wanted(),
            })?),
        };
        let unknown = Error::UnknownIndicator { rubric: rubric.id().to_owned(), indicator: indicator.to_owned() };
        let parts = self.change();
        let Remark { by, comment, evidence } = parts.remarks.remove(&index).unwrap_or_default();
        let slot = parts.ratings.get_mut(index).ok_or(unknown)?;
        let rating = slot.get_or_insert(Rating { given, by, comment, evidence, seen: None, follows: None });
        rating.given = given;
        // Practices that were seen on an observation are no part of a rating that a person gives.
        if rating.follows.take().is_some() {
            rating.seen = None;
        }
        rating.seen.iter_mut().for_each(|seen| seen.is_derived = false);
        Ok(rating)
    }

    /// Takes the level of an indicator back, and the practices that are seen; where a rating follows from observations, that
    /// one is the rating again. The comment, the evidence and the evaluator stay, as a
    /// [remark](Evaluation::remark).
    ///
    /// # Errors
    ///
    /// [`Error::UnknownIndicator`] as for [`Evaluation::rate`].
    pub fn unrate(&mut self, indicator: &str) -> Result<(), Error> {
        self.may_change()?;
        let index = self.index_in_scope(indicator)?;
        let parts = self.change();
        let rating = parts.ratings.get_mut(index).and_then(Option::take);
        if let Some(Rating { by, comment, evidence, .. }) = rating {
            parts.remarks.insert(index, Remark { by, comment, evidence });
        }
        let rubric = self.rubric().clone();
        self.follow(&rubric, index);
        self.drop_empty_remarks();
        Ok(())
    }

    pub(crate) fn drop_empty_remarks(&mut self) {
        let says_something =
            |remark: &Remark| remark.by.is_some() || remark.comment.is_some() || !remark.evidence.is_empty();
        self.change().remarks.retain(|_, remark| says_something(remark));
    }

    /// The number of an indicator that this document answers for.
    pub(crate) fn index_in_scope(&self, indicator: &str) -> Result<usize, Error> {
        let rubric = self.rubric();
        let known = rubric.indicator(indicator).filter(|indicator| self.is_in_scope(indicator));
        let unknown = || Error::UnknownIndicator { rubric: rubric.id().to_owned(), indicator: indicator.to_owned() };
        known.map(|indicator| indicator.index).ok_or_else(unknown)
    }

    /// The texts of an indicator to change, those of its rating or those before there is one.
    pub(crate) fn texts_mut(&mut self, index: usize) -> (&mut Option<String>, &mut Option<String>, &mut Vec<Evidence>) {
        let parts = self.change();
        match parts.ratings.get_mut(index).and_then(Option::as_mut) {
            Some(Rating { by, comment, evidence, .. }) => (by, comment, evidence),
            None => {
                let Remark { by, comment, evidence } = parts.remarks.entry(index).or_default();
                (by, comment, evidence)
            }
        }
    }

    /// The same draft without what is said of the indicators, but for one of them: what a change is checked with, so that it
    /// takes no longer with more ratings.
    pub(crate) fn only(&self, index: Option<usize>) -> Self {
        let mut only = self.clone();
        let parts = only.change();
        for (other, rating) in parts.ratings.iter_mut().enumerate() {
            if Some(other) != index {
                *rating = None;
            }
        }
        parts.remarks.retain(|other, _| Some(*other) == index);
        for observation in &mut parts.observations {
            observation.ratings.retain(|other, _| Some(*other) == index);
            observation.remarks.retain(|other, _| Some(*other) == index);
        }
        parts.entered.clear();
        only
    }

    /// Sets an input of the scoring policy: a number in plain digits, or a choice by its id. A final evaluation becomes a
    /// draft again.
    ///
    /// # Errors
    ///
    /// [`Error::Input`] when the policy has no such input, or the input does not take the value.
    pub fn set_input(&mut self, input: &str, value: &str) -> Result<(), Error> {
        self.may_change()?;
        let refused = |reason: String| Error::Input { input: input.to_owned(), reason };
        let policy = self.asking();
        let number = policy.and_then(|policy| policy.input(input));
        let known = policy.zip(number).and_then(|(policy, number)| Some((number, policy.inputs.get(number)?)));
        let (number, known) = known.ok_or_else(|| refused("the scoring policy does not ask for it".to_owned()))?;
        let read = match &known.kind {
            InputKind::Number { .. } => Exact::parse(value).map(InputValue::Number),
            InputKind::Choice(choices) => choices.iter().position(|choice| choice == value).map(InputValue::Choice),
        };
        let allowed = read.filter(|read| known.allows(read));
        let value = allowed.ok_or_else(|| refused(format!("`{value}` is not {}", known.wanted())))?;
        if let Some(slot) = self.change().inputs.get_mut(number) {
            *slot = Some(value);
        }
        Ok(())
    }

    /// Enters a rating where the scoring policy asks a person for one, replacing an earlier entry; `subject` is the id of
    /// the domain or competency, for a step with a result for each. A final evaluation becomes a draft again.
    ///
    /// # Errors
    ///
    /// [`Error::Entry`] when the step takes no such entry, or the rationale is blank. [`Evaluation::finish`] checks the
    /// policy's limits.
    pub fn enter(&mut self, step: &str, subject: Option<&str>, rating: &str, rationale: &str) -> Result<(), Error> {
        self.may_change()?;
        let refused = |reason: &str| Error::Entry { step: step.to_owned(), reason: reason.to_owned() };
        let policy = self.asking();
        let known = policy.and_then(|policy| Some((policy, policy.step(step)?)));
        let (policy, known) = known
            .filter(|(_, step)| matches!(step.rate, Some(Rate::Entered)))
            .ok_or_else(|| refused("it is no step whose rating a person enters"))?;
        let number = match (known.each, subject) {
            (None, None) => Some(0),
            (Some(each), Some(id)) => policy.nodes.subject(each, id),
            _ => None,
        };
        let looks_at =
            |number: &usize| policy.subjects(known).get(*number).is_none_or(|node| known.looks_at_node(node));
        let number = number.filter(looks_at).ok_or_else(|| refused("it has no result for this subject"))?;
        let rating = known.levels.position(rating).ok_or_else(|| refused("it does not give this rating"))?;
        if crate::source::is_blank(rationale) {
            return Err(refused("the rationale is blank"));
        }
        let entry = Entry { slot: known.first.saturating_add(number), rating, rationale: rationale.to_owned() };
        let entered = &mut self.change().entered;
        entered.retain(|other| other.slot != entry.slot);
        entered.push(entry);
        Ok(())
    }

    pub(crate) fn push_evaluator(&mut self, evaluator: Evaluator) {
        self.change().evaluators.push(evaluator);
    }

    /// Sets the evaluators' narrative. A final evaluation becomes a draft again.
    ///
    /// # Errors
    ///
    /// [`Error::Sealed`] as for [`Evaluation::rate`].
    pub fn set_summary(&mut self, summary: impl Into<String>) -> Result<(), Error> {
        self.may_change()?;
        let summary = Field { span: Span::default(), value: Some(Text(summary.into())) };
        Arc::make_mut(&mut self.change().document).summary = Some(summary);
        Ok(())
    }

    /// A sealed evaluation is not changed but by an amendment, and a view that leaves something out not at all.
    pub(crate) fn may_change(&self) -> Result<(), Error> {
        if self.0.withheld.is_some() {
            return Err(Error::PartialView);
        }
        if self.0.stated.seal.is_some() { Err(Error::Sealed) } else { Ok(()) }
    }

    /// The parts to change: a copy of its own where they are shared, and no longer what the fingerprint and the findings
    /// were of. What was final was checked as it was, and is a draft until somebody finishes it again.
    pub(super) fn change(&mut self) -> &mut EvaluationData {
        let parts = Arc::make_mut(&mut self.0);
        if parts.status == Status::Final {
            parts.status = Status::Draft;
            parts.stated.completed_on = None;
        }
        parts.judged = OnceLock::new();
        parts.text = None;
        parts.fingerprint = OnceLock::new();
        parts.diagnostics = OnceLock::new();
        parts
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluation::Employee;
    use crate::library::Library;

    const RUBRIC: &str = "
id: r
version: 1.0.0
title: R
domains:
  - { id: a, title: A, indicators: [{ id: a1, statement: One. }] }
  - { id: b, title: B, indicators: [{ id: b1, statement: Two. }] }
scoring:
  inputs: [{ id: growth, label: Growth, from: 0, to: 4, places: 1 }, { id: stage, label: Stage, one_of: [early, late] }]
  steps:
    - { id: domain_rating, each: domain, under: [a], entered: true }
    - id: summative
      entered: true
      limits:
        - { at_most: has_met, when: { any: [{ score: growth, below: 1 }, { input: stage, is: early }] } }
        - { at_most: has_not_met, when: { rating: domain_rating, subject: a, is: has_not_met } }
";

    fn evaluation() -> Evaluation {
        let rubric = Rubric::parse("r", RUBRIC, &Library::empty()).unwrap_or_else(|found| panic!("{found}"));
        let whom = Whom::Employee(Employee::new("E-1", "Ann"));
        let period = Period::new("2025-08-25", "2026-06-12").unwrap();
        let mut evaluation = Evaluation::new(&rubric, whom, Evaluator::new("E-2", "Bo"), period).unwrap();
        evaluation.rate("a1", "has_met").unwrap();
        evaluation.rate("b1", "has_met").unwrap();
        evaluation
    }

    #[test]
    fn the_inputs_and_entered_ratings_of_a_policy_can_be_given_in_code() {
        let mut evaluation = evaluation();
        assert_eq!(evaluation.score().summative().unwrap().status.as_str(), "blocked");
        evaluation.set_input("growth", "2.5").unwrap();
        evaluation.set_input("stage", "late").unwrap();
        evaluation.enter("domain_rating", Some("a"), "has_met", "As seen.").unwrap();
        evaluation.enter("summative", None, "has_met", "All in all.").unwrap();
        evaluation.enter("summative", None, "exceeds_expectations", "All in all.").unwrap();
        let scorecard = evaluation.score();
        let summative = scorecard.summative().unwrap();
        assert_eq!(summative.rating.as_ref().unwrap().id, "exceeds_expectations");
        assert_eq!(
            summative.reasons()[0].to_string(),
            "entered by the evaluator: Exceeds expectations, because: All in all."
        );
        evaluation.finish("2026-06-01", "E-0007").unwrap();
    }

    #[test]
    fn a_changed_final_evaluation_is_a_draft() {
        let mut evaluation = evaluation();
        evaluation.set_input("growth", "2.5").unwrap();
        evaluation.set_input("stage", "late").unwrap();
        evaluation.enter("domain_rating", Some("a"), "has_met", "As seen.").unwrap();
        evaluation.enter("summative", None, "has_met", "All in all.").unwrap();
        let mut document = serde_json::to_value(&evaluation).unwrap();
        document["status"] = "final".into();
        document["completed_on"] = "2026-06-01".into();
        let mut evaluation = Evaluation::parse("e.json", &document.to_string(), evaluation.rubric()).unwrap();
        type Change = fn(&mut Evaluation) -> Result<(), Error>;
        let changes: [Change; 5] = [
            |evaluation| evaluation.rate("a1", "has_not_met").map(|_| ()),
            |evaluation| evaluation.set_input("growth", "0"),
            |evaluation| evaluation.enter("summative", None, "exceeds_expectations", "All in all."),
            |evaluation| evaluation.add_evaluator(Evaluator::new("E-3", "Cy")),
            |evaluation| evaluation.set_summary("Calm."),
        ];
        let mut sealed = evaluation.clone();
        sealed.finish("2026-06-01", "E-2").unwrap();
        for change in changes {
            let mut changed = evaluation.clone();
            change(&mut changed).unwrap();
            assert!(matches!(change(&mut sealed), Err(Error::Sealed)));
            assert_eq!((changed.status(), changed.completed_on()), (Status::Draft, None));
            assert_eq!(evaluation.status(), Status::Final);
        }
        // A refused change leaves the evaluation as it was.
        assert!(evaluation.set_input("growth", "9").is_err() && evaluation.rate("a1", "best").is_err());
        assert_eq!(evaluation.status(), Status::Final);
        assert!(sealed.status() == Status::Final && sealed.diagnostics().is_empty());
        // The limits were looked at when it was finished, and are again.
        evaluation.set_input("growth", "0").unwrap();
        evaluation.enter("summative", None, "exceeds_expectations", "All in all.").unwrap();
        assert_eq!(evaluation.finish("2026-06-02", "E-0007").unwrap_err().iter().count(), 1);
    }

    #[test]
    fn a_value_that_the_policy_does_not_ask_for_is_refused() {
        let mut evaluation = evaluation();
        let errors = [
            evaluation.set_input("growht", "2").unwrap_err(),
            evaluation.set_input("growth", "4.1").unwrap_err(),
            evaluation.set_input("growth", "2.55").unwrap_err(),
            evaluation.set_input("stage", "2").unwrap_err(),
            evaluation.enter("total", None, "has_met", "x").unwrap_err(),
            evaluation.enter("summative", Some("a"), "has_met", "x").unwrap_err(),
            evaluation.enter("domain_rating", None, "has_met", "x").unwrap_err(),
            evaluation.enter("domain_rating", Some("a1"), "has_met", "x").unwrap_err(),
            evaluation.enter("domain_rating", Some("b"), "has_met", "x").unwrap_err(),
            evaluation.enter("summative", None, "no_opportunity_to_practice", "x").unwrap_err(),
            evaluation.enter("summative", None, "has_met", " ").unwrap_err(),
        ];
        assert_eq!(errors[1].to_string(), "input `growth`: `4.1` is not a number with at most 1 place, from 0 to 4");
        assert!(errors[4..].iter().all(|error| matches!(error, Error::Entry { .. })));
        assert!(evaluation.finish("2026-06-01", "E-0007").is_err());
    }

    #[test]
    fn a_node_outside_a_step_is_not_suggested() {
        let evaluation = evaluation();
        let mut document = serde_json::to_value(&evaluation).unwrap();
        let entry = serde_json::json!({ "rating": "has_met", "rationale": "As seen." });
        document["entered"] = serde_json::json!({ "domain_rating": { "b": entry } });
        let found = Evaluation::check("e.json", &document.to_string(), evaluation.rubric()).diagnostics;
        let finding = found.iter().find(|finding| finding.code.as_str() == "unknown-node").unwrap();
        assert_eq!(finding.help, "`domain_rating` is entered by their ids, such as `a: { rating: …, rationale: … }`");
    }

    #[test]
    fn limits_are_looked_at_when_it_is_finished() {
        let mut evaluation = evaluation();
        evaluation.set_input("growth", "2.5").unwrap();
        evaluation.set_input("stage", "late").unwrap();
        evaluation.enter("domain_rating", Some("a"), "has_not_met", "As seen.").unwrap();
        evaluation.enter("summative", None, "has_met", "All in all.").unwrap();
        let found = evaluation.finish("2026-06-01", "E-0007").unwrap_err();
        let codes: Vec<_> = found.iter().map(|finding| finding.code.as_str()).collect();
        assert_eq!(codes, ["forbidden-entry"]);
    }
}
