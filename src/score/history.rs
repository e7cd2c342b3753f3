//! Takes results of earlier evaluations of the same person as inputs of the scoring policy.

use std::borrow::Cow;
use std::cell::RefCell;
use std::sync::Arc;

use crate::date::school_year;
use crate::diagnostic::{Checked, Code, Diagnostic, Diagnostics, Position, Severity};
use crate::evaluation::{Evaluation, FromEarlier, Status};
use crate::policy::{FromHistory, Input, InputKind, InputValue};
use crate::source::{Finding, Findings, Span};
use crate::syntax::Source;

use super::Outcome;

impl Evaluation {
    /// The evaluation with the results of earlier evaluations that its scoring policy asks for (`from_history`), and what was
    /// found: an input that none of them gives (unless it is optional and no evaluation is of its year), that several give
    /// otherwise, or whose result does not fit. Such an input stays missing. A value that the evaluation gives itself comes
    /// before an earlier result; where the two differ there is a finding.
    ///
    /// The earlier evaluation is the final one whose period ends in the school year that is asked for, an evaluation of record
    /// before others. Each is scored by its own rubric, with the history that was given to it. Nothing is written into the
    /// document. An evaluation of another person is an error, and then there is no value. A finding about an earlier evaluation has
    /// its file.
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
        let faults = Faults::default();
        let own = self.whom().identity();
        for other in earlier.iter().filter(|other| other.whom().identity() != own) {
            let message = format!(
                "this evaluation is of `{}`, and is given as an earlier one of `{}`",
                other.whom().id(),
                self.whom().id()
            );
            let help = "give earlier evaluations of the same person".to_owned();
            faults.push(Fault {
                at: At::Earlier(other),
                ..Fault::new((Code::OtherEvaluation, Severity::Error), "", message, help)
            });
        }
        let policy = self.asking().filter(|_| faults.0.borrow().is_empty());
        let mut filled = self.clone();
        if let Some(policy) = policy.filter(|policy| policy.asks_for_history()) {
            let inputs = policy.inputs.iter().enumerate();
            let history = inputs.map(|(at, input)| {
                let given = self.0.inputs.get(at).and_then(Option::as_ref);
                self.earlier_result(input, input.from_history.as_ref()?, given, earlier, &faults)
            });
            let history = history.collect();
            Arc::make_mut(&mut filled.0).history = history;
        }
        let diagnostics = faults.resolve(self);
        Checked { value: (!diagnostics.has_errors()).then_some(filled), diagnostics }
    }

    /// The result of an earlier evaluation that an input is; a fault where there is none, or not one.
    fn earlier_result<'a>(
        &self,
        input: &'a Input,
        from: &FromHistory,
        given: Option<&InputValue>,
        earlier: &'a [Self],
        faults: &Faults<'a>,
    ) -> Option<FromEarlier> {
        let wanted = self.period().school_year().saturating_sub(from.years_ago);
        let year = school_year(wanted);
        let id = &input.id;
        let missing = |at: At<'a>, message: String| {
            if given.is_none() {
                let help = format!("name the evaluation of {year} with --history, or write `{id}` under `inputs:`");
                faults.push(Fault { at, ..Fault::new((Code::MissingInput, Severity::Warning), id, message, help) });
            }
            None
        };
        let is_of_year = |other: &&Self| other.period().school_year() == wanted;
        let of_year: Vec<&Self> = earlier.iter().filter(is_of_year).collect();
        let finals: Vec<&Self> = of_year.iter().filter(|other| other.status() == Status::Final).copied().collect();
        let Some(draft) = of_year.first() else {
            // An optional input may stay missing; an evaluation of the year that cannot give it is reported all the same.
            if input.optional {
                return None;
            }
            return missing(At::Inputs, format!("no evaluation of {year} is at hand, which would give `{id}`"));
        };
        if finals.is_empty() {
            return missing(At::Earlier(draft), format!("this evaluation of {year} is a draft, and gives no `{id}`"));
        }
        let of_record: Vec<&Self> = finals.iter().filter(|other| other.kind().is_of_record()).copied().collect();
        let chosen = if of_record.is_empty() { finals } else { of_record };
        let mut results: Vec<(&Self, Found)> =
            chosen.iter().filter_map(|other| Some((*other, Found::of(other, from, input)?))).collect();
        results.dedup_by(|(_, one), (_, other)| one.shown == other.shown);
        let (other, found) = match results.as_slice() {
            [] => {
                let message = format!(
                    "this evaluation of {year} has no result of the step `{}`, which would give `{id}`",
                    from.step
                );
                return missing(chosen.first().map_or(At::Inputs, |other| At::Earlier(other)), message);
            }
            [_] => results.pop()?,
            [(one, first), (other, second), ..] => {
                let message = format!(
                    "several evaluations of {year} give `{id}`: {} in {}, and {} here",
                    first.shown,
                    place_of(one),
                    second.shown
                );
                return missing(At::Earlier(other), message);
            }
        };
        let Some(value) = found.value.filter(|value| input.allows(value)) else {
            let message =
                format!("`{id}` takes {}, and this evaluation of {year} gives {}", input.wanted(), found.shown);
            return missing(At::Earlier(other), message);
        };
        if given.is_some_and(|given| *given != value) {
            let message = format!("`{id}` is another value here than the {} of {year}", found.shown);
            let help = format!(
                "the value that is written here counts; remove it, and the result in {} counts",
                place_of(other)
            );
            faults.push(Fault::new((Code::ConflictingValue, Severity::Warning), id, message, help));
        }
        Some(FromEarlier { value, source: format!("{year}, {}: {}", found.name, found.shown) })
    }
}

/// The file of an evaluation, in backticks.
fn place_of(evaluation: &Evaluation) -> String {
    let found = evaluation.diagnostics();
    match found.above() {
        0 => format!("`{}`", found.file()),
        above => format!("`{}`, line {}", found.file(), above.saturating_add(1)),
    }
}

/// The place of a fault.
#[derive(Clone, Copy)]
enum At<'a> {
    /// The inputs of the evaluation that takes the results.
    Inputs,
    /// The earlier evaluation as a whole.
    Earlier(&'a Evaluation),
}

/// A fault of the history of an evaluation.
struct Fault<'a> {
    at: At<'a>,
    kind: (Code, Severity),
    /// The id of the input; empty where it is about none.
    input: &'a str,
    message: String,
    help: String,
}

impl<'a> Fault<'a> {
    fn new(kind: (Code, Severity), input: &'a str, message: String, help: String) -> Self {
        Self { at: At::Inputs, kind, input, message, help }
    }
}

/// The faults so far.
#[derive(Default)]
struct Faults<'a>(RefCell<Vec<Fault<'a>>>);

impl<'a> Faults<'a> {
    fn push(&self, fault: Fault<'a>) {
        self.0.borrow_mut().push(fault);
    }

    /// The findings with their places: those in the evaluation at the input where it is written, else at `inputs`; then those
    /// in each earlier evaluation.
    fn resolve(self, evaluation: &Evaluation) -> Diagnostics {
        let faults = self.0.into_inner();
        let own = evaluation.diagnostics();
        if faults.is_empty() {
            return Diagnostics::new(own.file());
        }
        let text = match &evaluation.0.text {
            Some(text) => Cow::Borrowed(&**text),
            None => Cow::Owned(serde_json::to_string_pretty(evaluation).unwrap_or_default()),
        };
        let source = Source::parse(own.file(), &text);
        let findings = Findings::default();
        let inputs = source.tree().and_then(|tree| tree.get("inputs"));
        let (here, elsewhere): (Vec<Fault<'_>>, Vec<Fault<'_>>) =
            faults.into_iter().partition(|fault| matches!(fault.at, At::Inputs));
        for Fault { kind: (code, severity), input, message, help, .. } in here {
            let node = inputs.and_then(|inputs| inputs.get(input)).or(inputs).or(source.tree());
            let place = node.map_or_else(Span::default, |node| node.span);
            findings.push(Finding::new(severity, code, place, message, help).about(input));
        }
        let mut diagnostics = source.conclude(None::<Self>, findings, &[]).diagnostics.below(own.above());
        for Fault { at, kind, message, help, .. } in elsewhere {
            let At::Earlier(other) = at else { continue };
            let found = other.diagnostics();
            let place = Position { line: found.above().saturating_add(1), column: 1 };
            diagnostics.add("", vec![Diagnostic::new(kind, message, help, (found.file(), place, place))]);
        }
        diagnostics
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
