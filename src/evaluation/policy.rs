//! Passes an evaluation's values to its rubric's scoring policy.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::policy::{Given, InputKind, InputValue, Outcome, Policy, StepResult};
use crate::source::Number;

use super::{Entry, Evaluation};

impl Evaluation {
    /// The policy that scores it: its rubric's, if that scores evaluations of this type.
    pub(crate) fn policy(&self) -> Option<&Policy> {
        self.0.rubric.0.policy.as_ref().filter(|policy| policy.scores(self.0.kind.id()))
    }

    /// Runs a policy on the evaluation's values.
    pub(crate) fn with_given<T>(&self, policy: &Policy, run: impl FnOnce(Given<'_>) -> T) -> T {
        let outcomes: Vec<Outcome> = self
            .0
            .ratings
            .iter()
            .zip(&self.0.in_scope)
            .map(|(rating, is_in_scope)| match rating {
                _ if !is_in_scope => Outcome::OutOfScope,
                Some(rating) => Outcome::Level(rating.level),
                None => Outcome::Unrated,
            })
            .collect();
        let mut entered = if self.0.entered.is_empty() { Vec::new() } else { vec![None; policy.slots] };
        for entry in &self.0.entered {
            if let Some(slot) = entered.get_mut(entry.slot) {
                *slot = Some(entry.rating);
            }
        }
        run(Given { outcomes: &outcomes, inputs: &self.0.inputs, entered: &entered })
    }

    /// Whether an entered rating judges each indicator as a whole; empty where none does.
    pub(super) fn judged(&self) -> Vec<bool> {
        let Some(policy) = self.policy() else { return Vec::new() };
        let mut judged = Vec::new();
        for indicator in self.0.entered.iter().flat_map(|entry| policy.judged_whole(entry.slot)) {
            judged.resize(self.0.ratings.len(), false);
            if let Some(judged) = judged.get_mut(indicator) {
                *judged = true;
            }
        }
        judged
    }

    /// The policy that scores it, and its results by slot.
    pub(crate) fn results(&self) -> Option<(&Policy, Vec<StepResult>)> {
        let policy = self.policy()?;
        Some((policy, self.with_given(policy, |given| policy.run(given))))
    }
}

/// Inputs as a document has them.
pub(super) struct Inputs<'a>(pub(super) &'a Evaluation);

impl Serialize for Inputs<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let policy = self.0.0.rubric.0.policy.as_ref();
        let mut map = serializer.serialize_map(None)?;
        for (input, value) in policy.into_iter().flat_map(|policy| &policy.inputs).zip(&self.0.0.inputs) {
            match (value, &input.kind) {
                (Some(InputValue::Number(number)), _) => map.serialize_entry(&input.id, &Number(number.clone()))?,
                (Some(InputValue::Choice(choice)), InputKind::Choice(choices)) => {
                    map.serialize_entry(&input.id, &choices.get(*choice))?;
                }
                _ => {}
            }
        }
        map.end()
    }
}

/// Entered ratings as a document has them.
pub(super) struct Entered<'a>(pub(super) &'a Evaluation);

#[derive(Serialize)]
struct Written<'a> {
    rating: &'a str,
    rationale: &'a str,
}

impl Serialize for Entered<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        let Some(policy) = &self.0.0.rubric.0.policy else { return map.end() };
        for step in &policy.steps {
            let slots = policy.slots(step);
            let entries: Vec<&Entry> = self.0.0.entered.iter().filter(|entry| slots.contains(&entry.slot)).collect();
            let written = |entry: &Entry| {
                let level = step.levels.list.get(entry.rating);
                serde_json::json!(Written { rating: level.map_or("", |level| &level.id), rationale: &entry.rationale })
            };
            match (entries.as_slice(), step.each) {
                ([], _) => {}
                ([entry, ..], None) => map.serialize_entry(&step.id, &written(entry))?,
                (entries, Some(_)) => {
                    let subject = |entry: &Entry| policy.subject(step, entry.slot.saturating_sub(step.first));
                    let by_node: Vec<(&str, serde_json::Value)> = entries
                        .iter()
                        .filter_map(|entry| Some((subject(entry)?.id.as_str(), written(entry))))
                        .collect();
                    map.serialize_entry(&step.id, &ByNode(by_node))?;
                }
            }
        }
        map.end()
    }
}

struct ByNode<'a>(Vec<(&'a str, serde_json::Value)>);

impl Serialize for ByNode<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(id, entry)| (id, entry)))
    }
}
