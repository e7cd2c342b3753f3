//! What an evaluation would come to under another scoring policy: what a district wants to see before it bargains.

use std::sync::{Arc, OnceLock};

use serde::{Serialize, Serializer};

use crate::diagnostic::Diagnostics;
use crate::evaluation::{Entry, Evaluation};
use crate::policy::{InputKind, InputValue, Policy, Rate};
use crate::rubric::Rubric;
use crate::score::view::Comes;
use crate::score::{Outcome, Scorecard};

/// An evaluation under two scoring policies: its rubric's own, and another.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct WhatIf {
    /// Under the rubric's own policy, or without one.
    pub old: Scorecard,
    /// Under the other.
    pub new: Scorecard,
    /// What the evaluation gives and the other policy has no use for; it is left out.
    pub not_used: Vec<NotUsed>,
}

/// Something that an evaluation gives to its rubric's policy alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct NotUsed {
    /// The id of the input, or of the step that the rating is entered for.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// The id of the domain or competency that the rating is entered for, where the step has several.
    pub subject: Option<String>,
    /// What people call that.
    pub subject_label: Option<String>,
    /// What is given, as people call it.
    pub value: String,
    /// Whether it is a rating that a person entered, else an input.
    pub entered: bool,
}

/// Two results of one step and subject that are not the same. One of them is missing where only one policy has the step.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Differs<'a> {
    /// Under the rubric's own policy.
    pub old: Option<&'a Outcome>,
    /// Under the other.
    pub new: Option<&'a Outcome>,
}

impl Scorecard {
    /// The evaluation under another scoring policy, a document of its own as for [`Rubric::with_policy`]; and what is wrong
    /// with that.
    ///
    /// Inputs and entered ratings go over where the other policy asks for them; what it lacks blocks a result.
    pub fn what_if(&self, name: &str, policy: &str) -> (Option<WhatIf>, Diagnostics) {
        let (rubric, diagnostics) = self.evaluation().rubric().with_policy(name, policy);
        let what_if = rubric.map(|rubric| {
            let (evaluation, not_used) = under(self.evaluation(), &rubric);
            WhatIf { old: self.clone(), new: evaluation.score(), not_used }
        });
        (what_if, diagnostics)
    }
}

impl WhatIf {
    /// The results that are not the same, in the order of the other policy's steps; then those that only the rubric's own
    /// policy has.
    pub fn differences(&self) -> Vec<Differs<'_>> {
        let (old, new) = (outcomes(&self.old), outcomes(&self.new));
        let find = |among: &[&'_ Outcome], wanted: &Outcome| {
            among.iter().position(|outcome| (&outcome.step, &outcome.subject) == (&wanted.step, &wanted.subject))
        };
        let mut list = Vec::new();
        for outcome in &new {
            let before = find(&old, outcome).and_then(|at| old.get(at).copied());
            if before.is_none_or(|before| !is_same(before, outcome)) {
                list.push(Differs { old: before, new: Some(outcome) });
            }
        }
        let gone = old.iter().filter(|outcome| find(&new, outcome).is_none());
        list.extend(gone.map(|outcome| Differs { old: Some(outcome), new: None }));
        list
    }
}

fn outcomes(scorecard: &Scorecard) -> Vec<&Outcome> {
    scorecard.steps().iter().flat_map(|step| &step.results).collect()
}

fn is_same(old: &Outcome, new: &Outcome) -> bool {
    let rating = |outcome: &Outcome| outcome.rating.as_ref().map(|level| (level.id.clone(), level.label.clone()));
    (old.status, &old.score, rating(old), &old.flags) == (new.status, &new.score, rating(new), &new.flags)
}

/// An evaluation with the policy of another rubric that has the same nodes and scale; and what that has no use for.
fn under(evaluation: &Evaluation, rubric: &Rubric) -> (Evaluation, Vec<NotUsed>) {
    let mut parts = (*evaluation.0).clone();
    let mut not_used = Vec::new();
    let (old, new) = (evaluation.rubric().0.policy.as_ref(), rubric.0.policy.as_ref());
    parts.rubric = rubric.clone();
    parts.fingerprint = OnceLock::new();
    parts.inputs = vec![None; new.map_or(0, |policy| policy.inputs.len())];
    parts.entered = Vec::new();
    if let (Some(old), Some(new)) = (old, new) {
        for (input, value) in old.inputs.iter().zip(&evaluation.0.inputs) {
            let Some(value) = value else { continue };
            let text = match (value, &input.kind) {
                (InputValue::Choice(choice), InputKind::Choice(choices)) => choices.get(*choice).cloned(),
                (InputValue::Number(number), _) => Some(number.shown()),
                (InputValue::Choice(_), InputKind::Number { .. }) => None,
            };
            let text = text.unwrap_or_default();
            let taken = new.input(&input.id).and_then(|at| Some((at, taken(new, at, value, &text)?)));
            match taken.and_then(|(at, value)| Some((parts.inputs.get_mut(at)?, value))) {
                Some((slot, value)) => *slot = Some(value),
                None => not_used.push(NotUsed {
                    id: input.id.clone(),
                    label: input.label.clone(),
                    subject: None,
                    subject_label: None,
                    value: text,
                    entered: false,
                }),
            }
        }
        for entry in &evaluation.0.entered {
            match entered(old, new, entry) {
                Some(entry) => parts.entered.push(entry),
                None => not_used.extend(entry_not_used(old, entry)),
            }
        }
    }
    (Evaluation(Arc::new(parts)), not_used)
}

/// What an input of another policy makes of a value.
fn taken(policy: &Policy, input: usize, value: &InputValue, text: &str) -> Option<InputValue> {
    let input = policy.inputs.get(input)?;
    let value = match (value, &input.kind) {
        (InputValue::Number(number), _) => InputValue::Number(number.clone()),
        (InputValue::Choice(_), InputKind::Choice(choices)) => {
            InputValue::Choice(choices.iter().position(|choice| choice == text)?)
        }
        (InputValue::Choice(_), InputKind::Number { .. }) => return None,
    };
    input.allows(&value).then_some(value)
}

/// An entered rating in another policy: the same step and subject, and a level of the same id.
fn entered(old: &Policy, new: &Policy, entry: &Entry) -> Option<Entry> {
    let (step, subject) = old.at(entry.slot)?;
    let wanted = new.step(&step.id).filter(|step| matches!(step.rate, Some(Rate::Entered)))?;
    let subject = match (old.subject(step, subject), wanted.each) {
        (None, None) => 0,
        (Some(node), Some(_)) => {
            new.subjects(wanted).iter().position(|other| other.id == node.id && wanted.looks_at_node(other))?
        }
        _ => return None,
    };
    let rating = wanted.levels.position(&step.levels.list.get(entry.rating)?.id)?;
    Some(Entry { slot: wanted.first.saturating_add(subject), rating, rationale: entry.rationale.clone() })
}

fn entry_not_used(policy: &Policy, entry: &Entry) -> Option<NotUsed> {
    let (step, subject) = policy.at(entry.slot)?;
    let subject = policy.subject(step, subject);
    Some(NotUsed {
        id: step.id.clone(),
        label: step.name().to_owned(),
        subject: subject.map(|node| node.id.clone()),
        subject_label: subject.map(|node| node.label.clone()),
        value: step.levels.label(entry.rating).to_owned(),
        entered: true,
    })
}

/// As a document for programs: both summative ratings, every difference, and what is not used.
impl Serialize for WhatIf {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Document {
            scoring: Fingerprints {
                old: self.old.evaluation().rubric().scoring_fingerprint(),
                new: self.new.evaluation().rubric().scoring_fingerprint(),
            },
            summative: Both::of(self.old.summative(), self.new.summative()),
            differences: self
                .differences()
                .into_iter()
                .filter_map(|differs| {
                    let outcome = differs.new.or(differs.old)?;
                    let (step, subject) = (outcome.step.as_str(), outcome.subject.as_deref());
                    let label = outcome.label.as_deref();
                    Some(Change { step, subject, label, both: Both::of(differs.old, differs.new) })
                })
                .collect(),
            not_used: &self.not_used,
        }
        .serialize(serializer)
    }
}

/// An evaluation under two scoring policies: its rubric's own, and another.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(title = "WhatIf"))]
pub(crate) struct Document<'a> {
    /// The fingerprints of both policies; null where the rubric has none.
    scoring: Fingerprints<'a>,
    /// The results of the last steps.
    summative: Both<'a>,
    /// The results that are not the same, in the order of the other policy's steps; then those that only the rubric's own
    /// policy has.
    differences: Vec<Change<'a>>,
    /// What the evaluation gives and the other policy has no use for; it is left out.
    not_used: &'a [NotUsed],
}

/// The fingerprints of two policies.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct Fingerprints<'a> {
    /// Of the rubric's own policy.
    old: Option<&'a str>,
    /// Of the other.
    new: Option<&'a str>,
}

/// A result under both policies; null where there is none.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct Both<'a> {
    /// Under the rubric's own policy.
    old: Option<Comes<'a>>,
    /// Under the other.
    new: Option<Comes<'a>>,
}

/// A result that differs.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct Change<'a> {
    /// The id of the step.
    step: &'a str,
    /// The id of the domain or competency that it is for; null for a step with one result.
    subject: Option<&'a str>,
    /// What people call that.
    label: Option<&'a str>,
    #[serde(flatten)]
    both: Both<'a>,
}

impl<'a> Both<'a> {
    fn of(old: Option<&'a Outcome>, new: Option<&'a Outcome>) -> Self {
        Self { old: old.map(Comes::of), new: new.map(Comes::of) }
    }
}
