//! Compares the results of an evaluation under two scoring policies, as a district wants to before it bargains.

use std::sync::{Arc, OnceLock};

use serde::{Serialize, Serializer};

use crate::diagnostic::Checked;
use crate::evaluation::Applying;
use crate::evaluation::{Entry, Evaluation, FromEarlier};
use crate::policy::{Input, InputKind, InputValue, Policy, Rate};
use crate::rubric::Rubric;
use crate::score::view::Comes;
use crate::score::{Outcome, Scorecard};
use crate::view::view;

/// An evaluation under two scoring policies: its rubric's own, and another.
///
/// ```
/// # use appraise::{Checked, Evaluation, Library, Rubric};
/// # let read = |path: &str| std::fs::read_to_string(format!("examples/{path}"));
/// # let rubric = Rubric::parse("r.yaml", &read("rubrics/riverside_school_counselor.yaml")?, &Library::empty())?;
/// # let scorecard = Evaluation::parse("e.yaml", &read("evaluations/novak_scored.yaml")?, &rubric)?.score();
/// let policy = "
/// points: { ineffective: 1, developing: 2, effective: 3, highly_effective: 4 }
/// compensatory: true
/// because: Proposal of March 4
/// steps:
///   - id: summative
///     of: indicators
///     take: mean
///     bands: [{ from: 1, rating: ineffective }, { from: 2, rating: developing }, { from: 3, rating: effective }, { from: 3.4, rating: highly_effective }]";
/// let Checked { value: what_if, diagnostics: findings } = scorecard.what_if("policy.yaml", policy);
/// let what_if = what_if.expect("the policy is sound");
/// assert!(findings.is_empty());
/// let summative = |scorecard: &appraise::Scorecard| scorecard.summative().map(ToString::to_string);
/// assert_eq!(summative(&what_if.old).as_deref(), Some("Effective, score 3.58"));
/// assert_eq!(summative(&what_if.new).as_deref(), Some("Highly effective, score 3.444444 (exactly 31/9)"));
/// assert_eq!(what_if.differences().len(), 5);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct WhatIf {
    /// The scorecard under the rubric's own policy, or without one.
    pub old: Scorecard,
    /// The scorecard under the other policy.
    pub new: Scorecard,
    /// Inputs and entered ratings of the evaluation that the other policy has no use for; left out.
    pub not_used: Vec<NotUsed>,
}

/// An input or entered rating that only the rubric's own policy uses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct NotUsed {
    /// The id of the input, or of the step that the rating is entered for.
    pub id: String,
    /// The label of the input or step, as printed.
    pub label: String,
    /// The id of the domain or competency that the rating is entered for; `None` for a step with one result.
    pub subject: Option<String>,
    /// The label of the subject, as printed.
    pub subject_label: Option<String>,
    /// The value, as printed.
    pub value: String,
    /// Whether the value is an entered rating; else it is an input.
    pub entered: bool,
}

/// Two unequal results of one step and subject. One is `None` where only one policy has the step.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Differs<'a> {
    /// The result under the rubric's own policy.
    pub old: Option<&'a Outcome>,
    /// The result under the other policy.
    pub new: Option<&'a Outcome>,
}

impl Scorecard {
    /// Scores the evaluation under another scoring policy, a document of its own as for [`Rubric::with_policy`]; the
    /// comparison if the policy can be used, and everything found in it.
    ///
    /// Inputs and entered ratings are taken over where the other policy asks for them; a missing one blocks a result.
    pub fn what_if(&self, name: &str, policy: &str) -> Checked<WhatIf> {
        self.evaluation().rubric().with_policy(name, policy).map(|rubric| {
            let (evaluation, not_used) = under(self.evaluation(), &rubric);
            WhatIf { old: self.clone(), new: evaluation.score(), not_used }
        })
    }
}

impl WhatIf {
    /// The results that differ, in the order of the other policy's steps; then the results that only the rubric's own
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

/// The evaluation with the policy of another rubric that has the same nodes and scale; and the values that the policy has
/// no use for.
fn under(evaluation: &Evaluation, rubric: &Rubric) -> (Evaluation, Vec<NotUsed>) {
    let mut parts = (*evaluation.0).clone();
    let mut not_used = Vec::new();
    let chosen = evaluation.chosen();
    let applying = Applying::to(rubric, evaluation.kind(), &chosen);
    let new = applying.and_then(|applying| rubric.0.policies.get(applying.policy));
    let old = evaluation.asking();
    parts.rubric = rubric.clone();
    parts.applying = applying;
    parts.fingerprint = OnceLock::new();
    parts.inputs = vec![None; new.map_or(0, |policy| policy.inputs.len())];
    parts.entered = Vec::new();
    parts.history = Vec::new();
    if let (Some(old), Some(new)) = (old, new) {
        parts.history = earlier(evaluation, old, new);
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

/// The results of earlier evaluations, by input of another policy that asks for the same ones.
fn earlier(evaluation: &Evaluation, old: &Policy, new: &Policy) -> Vec<Option<FromEarlier>> {
    let same = |input: &Input| {
        let at =
            old.inputs.iter().position(|known| known.id == input.id && known.from_history == input.from_history)?;
        let found = evaluation.0.history.get(at)?.as_ref()?;
        input.allows(&found.value).then(|| found.clone())
    };
    if evaluation.0.history.is_empty() { Vec::new() } else { new.inputs.iter().map(same).collect() }
}

/// The value as an input of another policy takes it; `None` where it does not.
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

/// The entered rating in another policy with the same step, subject and level id; `None` where one is missing.
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
        subject_label: subject.map(|node| node.label().to_owned()),
        value: step.levels.label(entry.rating).to_owned(),
        entered: true,
    })
}

/// Writes a document for programs: both summative ratings, every difference, and the values not used.
impl Serialize for WhatIf {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Document::of(self).serialize(serializer)
    }
}

view! {
    /// An evaluation under two scoring policies: its rubric's own, and another.
    #[cfg_attr(feature = "schema", schemars(title = "WhatIf"))]
    pub(crate) struct Document<'a> of |what_if: &'a WhatIf|
    let differences = what_if.differences().into_iter();
    {
        /// The fingerprints of both policies; null where the rubric has none.
        scoring: Fingerprints<'a> = Fingerprints::of(&what_if.old, &what_if.new),
        /// The results of the last steps: the summative ratings.
        summative: Both<'a> = Both::of(what_if.old.summative(), what_if.new.summative()),
        /// The results that differ, in the order of the other policy's steps; then the results that only the rubric's own
        /// policy has.
        differences: Vec<Change<'a>> = differences
            .filter_map(|differs| Some(Change::of(&differs, differs.new.or(differs.old)?)))
            .collect(),
        /// Inputs and entered ratings of the evaluation that the other policy has no use for; left out.
        not_used: &'a [NotUsed] = &what_if.not_used,
    }
}

view! {
    /// The fingerprints of two policies.
    struct Fingerprints<'a> of |old: &'a Scorecard, new: &'a Scorecard|
    {
        /// The fingerprint of the rubric's own policy.
        old: Option<&'a str> = old.evaluation().rubric().scoring_fingerprint(),
        /// The fingerprint of the other policy.
        new: Option<&'a str> = new.evaluation().rubric().scoring_fingerprint(),
    }
}

view! {
    /// A result under both policies; null where a policy has none.
    struct Both<'a> of |old: Option<&'a Outcome>, new: Option<&'a Outcome>|
    {
        /// The result under the rubric's own policy.
        old: Option<Comes<'a>> = old.map(Comes::of),
        /// The result under the other policy.
        new: Option<Comes<'a>> = new.map(Comes::of),
    }
}

view! {
    /// A result that differs.
    struct Change<'a> of |differs: &Differs<'a>, outcome: &'a Outcome|
    {
        /// The id of the step.
        step: &'a str = &outcome.step,
        /// The id of the domain or competency that the result is for; null for a step with one result.
        subject: Option<&'a str> = outcome.subject.as_deref(),
        /// The label of the subject, as printed.
        label: Option<&'a str> = outcome.label.as_deref(),
        #[serde(flatten)]
        both: Both<'a> = Both::of(differs.old, differs.new),
    }
}
