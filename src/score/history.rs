//! Takes results of earlier evaluations of the same person as inputs of the scoring policy.

use std::sync::Arc;

use crate::diagnostic::{Checked, Code, Diagnostics, Severity};
use crate::evaluation::{Evaluation, FromEarlier, Status};
use crate::policy::{FromHistory, Input, InputKind, InputValue};
use crate::source::{Finding, Findings, Parsed, Span};

use super::Outcome;

/// The name under which findings about earlier evaluations stand.
const NAME: &str = "history";

impl Evaluation {
    /// The evaluation with the results of earlier evaluations that its scoring policy asks for (`from_history`), and what was
    /// found: an input that none of them gives (unless it is optional and no evaluation is of its year), that several give
    /// otherwise, or whose result does not fit. Such an input stays missing. A value that the evaluation gives itself comes
    /// before an earlier result; where the two differ there is a finding.
    ///
    /// The earlier evaluation is the final one whose period ends in the school year that is asked for, an evaluation of record
    /// before others. Each is scored by its own rubric, with the history that was given to it. Nothing is written into the
    /// document. An evaluation of another person is an error, and then there is no value.
    ///
    /// ```
    /// use appraise::{Evaluation, Library, Rubric};
    ///
    /// let rubric = Rubric::parse("r.yaml", "
    /// id: r
    /// version: 1.0.0
    /// title: R
    /// domains: [{ id: a, title: A, indicators: [{ id: a1, statement: One. }] }]
    /// scoring:
    ///   points: { has_not_met: 1, has_met: 2, exceeds_expectations: 3 }
    ///   inputs: [{ id: last_year, label: Last year, from: 1, to: 3, optional: true, from_history: { step: summative, years_ago: 1 } }]
    ///   steps:
    ///     - { id: practice, of: indicators, take: mean }
    ///     - { id: summative, of: [practice, last_year], take: mean }
    /// ", &Library::empty())?;
    /// let of_year = |from: &str, to: &str, level: &str| {
    ///     let text = format!("
    /// rubric: {{ id: r }}
    /// employee: {{ id: E-1, name: Ann }}
    /// evaluators: [{{ id: E-2, name: Bo }}]
    /// period: {{ from: {from}, to: {to} }}
    /// status: final
    /// completed_on: {to}
    /// ratings: {{ a1: {level} }}");
    ///     Evaluation::parse("e.yaml", &text, &rubric)
    /// };
    /// let before = of_year("2024-08-26", "2025-06-13", "has_met")?;
    /// let now = of_year("2025-08-25", "2026-06-12", "exceeds_expectations")?.with_history(&[before]).ok()?;
    /// let scorecard = now.score();
    /// let summative = scorecard.summative().expect("the last step has one result");
    /// assert_eq!(summative.to_string(), "score 2.5");
    /// assert_eq!(summative.reasons()[0].to_string(), "Last year: 2024-25, summative: 2");
    /// # Ok::<(), appraise::Diagnostics>(())
    /// ```
    pub fn with_history(&self, earlier: &[Self]) -> Checked<Self> {
        let findings = Findings::default();
        for other in earlier.iter().filter(|other| other.whom().id() != self.whom().id()) {
            let message =
                format!("an earlier evaluation is of `{}`, and this one of `{}`", other.whom().id(), self.whom().id());
            let help = "give earlier evaluations of the same person".to_owned();
            findings.error(Code::OtherEvaluation, Span::default(), message, help);
        }
        let policy = self.asking().filter(|_| findings.errors() == 0);
        let mut filled = self.clone();
        if let Some(policy) = policy.filter(|policy| policy.inputs.iter().any(|input| input.from_history.is_some())) {
            let inputs = policy.inputs.iter().enumerate();
            let history = inputs.map(|(at, input)| {
                let given = self.0.inputs.get(at).and_then(Option::as_ref);
                self.earlier_result(input, input.from_history.as_ref()?, given, earlier, &findings)
            });
            let history = history.collect();
            Arc::make_mut(&mut filled.0).history = history;
        }
        let value = (findings.errors() == 0).then_some(filled);
        let diagnostics: Diagnostics = Parsed::unparsed(NAME, "").resolve(findings, &[]);
        Checked { value, diagnostics }
    }

    /// The result of an earlier evaluation that an input is; a finding where there is none, or not one.
    fn earlier_result(
        &self,
        input: &Input,
        from: &FromHistory,
        given: Option<&InputValue>,
        earlier: &[Self],
        findings: &Findings,
    ) -> Option<FromEarlier> {
        let wanted = self.period().school_year().saturating_sub(from.years_ago);
        let year = format!("{wanted}-{:02}", wanted.saturating_add(1).rem_euclid(100));
        let id = &input.id;
        let missing = |message: String| {
            if given.is_none() {
                let help = format!("name the evaluation of {year} with --history, or write `{id}` under `inputs:`");
                let finding = Finding::new(Severity::Warning, Code::MissingInput, Span::default(), message, help);
                findings.push(finding.about(id));
            }
            None
        };
        let is_of_year = |other: &&Self| other.period().school_year() == wanted;
        let of_year: Vec<&Self> = earlier.iter().filter(is_of_year).collect();
        let finals: Vec<&Self> = of_year.iter().filter(|other| other.status() == Status::Final).copied().collect();
        if of_year.is_empty() {
            // An optional input may stay missing; an evaluation of the year that cannot give it is reported all the same.
            if input.optional {
                return None;
            }
            return missing(format!("no evaluation of {year} is at hand, which would give `{id}`"));
        }
        if finals.is_empty() {
            return missing(format!("the evaluation of {year} is a draft, and gives no `{id}`"));
        }
        let of_record: Vec<&Self> = finals.iter().filter(|other| other.kind().is_of_record()).copied().collect();
        let chosen = if of_record.is_empty() { finals } else { of_record };
        let mut results: Vec<Found> = chosen.iter().filter_map(|other| Found::of(other, from, input)).collect();
        results.dedup_by(|one, other| one.shown == other.shown);
        let found = match results.as_slice() {
            [] => {
                return missing(format!(
                    "the evaluation of {year} has no result of the step `{}`, which would give `{id}`",
                    from.step
                ));
            }
            [_] => results.pop()?,
            [first, second, ..] => {
                return missing(format!(
                    "several evaluations of {year} give `{id}`: {} and {}",
                    first.shown, second.shown
                ));
            }
        };
        let Some(value) = found.value.filter(|value| input.allows(value)) else {
            return missing(format!(
                "`{id}` takes {}, and the evaluation of {year} gives {}",
                input.wanted(),
                found.shown
            ));
        };
        if given.is_some_and(|given| *given != value) {
            let message = format!("`{id}` is another value here than the {} of {year}", found.shown);
            let help = "the value that is written here counts; remove it, and the earlier result counts".to_owned();
            let finding = Finding::new(Severity::Warning, Code::ConflictingValue, Span::default(), message, help);
            findings.push(finding.about(id));
        }
        Some(FromEarlier { value, source: format!("{year}, {}: {}", found.name, found.shown) })
    }
}

/// The result of a step of an earlier evaluation.
struct Found {
    /// The step, as people call it.
    name: String,
    /// The score or the rating, as people read it.
    shown: String,
    /// The value, where an input can take such.
    value: Option<InputValue>,
}

impl Found {
    /// `None` where the step has no such result.
    fn of(evaluation: &Evaluation, from: &FromHistory, input: &Input) -> Option<Self> {
        let scorecard = evaluation.score();
        let step = scorecard.steps().iter().find(|step| step.id == from.step)?;
        let [outcome @ Outcome { subject: None, .. }] = step.results.as_slice() else { return None };
        let name = step.label.clone().unwrap_or_else(|| step.id.clone());
        match &input.kind {
            InputKind::Number { .. } => {
                let score = outcome.score.clone()?;
                Some(Self { name, shown: score.shown(), value: Some(InputValue::Number(score)) })
            }
            InputKind::Choice(choices) => {
                let rating = outcome.rating.as_ref()?;
                let value = choices.iter().position(|choice| *choice == rating.id).map(InputValue::Choice);
                Some(Self { name, shown: rating.label.clone(), value })
            }
        }
    }
}
