//! Passes an evaluation's values to its rubric's scoring policy.

use std::borrow::Cow;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::date::school_year;
use crate::policy::{FromHistory, Input, InputKind, InputValue, Outcome, Policy, Step, StepResult, Supplied};
use crate::source::Number;
use crate::syntax::scoring::Each;

use crate::rubric::{Rubric, Type};

use super::{Entry, Evaluation, Given, Observation};

/// A policy of a rubric, as an evaluation refers to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Applying {
    /// The number of the rubric's policy that the inputs and the entered ratings are for.
    pub(crate) policy: usize,
    /// Whether this policy scores the evaluation.
    pub(crate) scores: bool,
}

impl Applying {
    /// The policy of an evaluation of this type that answers for these indicators: the first that fits both. Where none does,
    /// the inputs and entered ratings are those of the first for its type, else of the first; `None` without any policy.
    pub(crate) fn to(rubric: &Rubric, kind: &Type, chosen: &[bool]) -> Option<Self> {
        let policies = &rubric.0.policies;
        let fitting = policies.iter().position(|policy| policy.fits(kind.id(), chosen));
        let of_type = || policies.iter().position(|policy| policy.scores(kind.id()));
        let asking = fitting.or_else(of_type).or_else(|| (!policies.is_empty()).then_some(0))?;
        Some(Self { policy: asking, scores: fitting.is_some() })
    }
}

impl Evaluation {
    /// The policy that scores it: the first of its rubric's that fits its type and its scope.
    pub(crate) fn policy(&self) -> Option<&Policy> {
        self.asking().filter(|_| self.0.applying.is_some_and(|applying| applying.scores))
    }

    /// The policy that its inputs and entered ratings are for, whether or not that policy scores it.
    pub(crate) fn asking(&self) -> Option<&Policy> {
        self.0.rubric.0.policies.get(self.0.applying?.policy)
    }

    /// By indicator of the rubric: whether the scope as written holds it, assigned or not.
    pub(crate) fn chosen(&self) -> Vec<bool> {
        let rubric = self.rubric();
        let mut chosen = vec![self.0.stated.scope.is_empty(); rubric.size()];
        for node in self.0.stated.scope.iter().filter_map(|id| rubric.node(id)) {
            for flag in chosen.get_mut(node.indicators.clone()).into_iter().flatten() {
                *flag = true;
            }
        }
        chosen
    }

    /// Why no policy scores it although one scores evaluations of its type, in words; `None` where that is not so.
    pub(crate) fn unscored_scope(&self) -> Option<String> {
        let policies = &self.0.rubric.0.policies;
        let is_of_type = policies.iter().any(|policy| policy.scores(self.kind().id()));
        (is_of_type && self.policy().is_none()).then(|| {
            let kind = self.kind().label().to_lowercase();
            format!("no scoring policy of the rubric is for the scope of this {kind}")
        })
    }

    /// Runs a policy on the evaluation's values.
    pub(crate) fn with_supplied<T>(&self, policy: &Policy, run: impl FnOnce(Supplied<'_>) -> T) -> T {
        let outcome = |number: usize| match self.0.ratings.get(number) {
            _ if self.0.in_scope.get(number) != Some(&true) => Outcome::OutOfScope,
            Some(Some(rating)) => match rating.given {
                Given::Level(level) => Outcome::Level(level),
                Given::Number(number) => Outcome::Number(number),
            },
            _ => Outcome::Unrated,
        };
        let size = policy.nodes.indicators().len();
        let mut outcomes: Vec<Outcome> =
            (0..policy.nodes.of_rubric()).map(|indicator| outcome(policy.in_rubric(indicator))).collect();
        let observed = self.observed_at(policy);
        outcomes.extend(
            (policy.nodes.of_rubric()..size).map(|indicator| self.on_observation(policy, indicator, &observed)),
        );
        let mut counting = Vec::new();
        let scales = self.rubric().all();
        let some = if scales.has_counting() { outcomes.as_mut_slice() } else { &mut [] };
        for (indicator, outcome) in some.iter_mut().enumerate() {
            if let Outcome::Level(choice) = *outcome
                && let Some(level) = scales.counts_as(choice)
            {
                counting.push((indicator, choice));
                *outcome = Outcome::Level(level);
            }
        }
        let mut entered = if self.0.entered.is_empty() { Vec::new() } else { vec![None; policy.slots] };
        for entry in &self.0.entered {
            if let Some(slot) = entered.get_mut(entry.slot) {
                *slot = Some(entry.rating);
            }
        }
        let inputs = self.inputs();
        let sources = self.sources(policy);
        run(Supplied {
            outcomes: &outcomes,
            counting: &counting,
            inputs: &inputs,
            sources: &sources,
            entered: &entered,
        })
    }

    /// The observations in the order in which a policy has results for them; `None` where there is none.
    pub(crate) fn observed_at(&self, policy: &Policy) -> Vec<Option<&Observation>> {
        let (size, most) = (policy.nodes.each(Each::Observation).len(), policy.nodes.most_observations());
        let mut places = vec![None; size];
        let kinds = self.rubric().observations().filter(|_| size > 0).map(|observations| &observations.kinds);
        for (number, kind) in kinds.into_iter().flatten().enumerate() {
            let own = self.observed_in_order().into_iter().filter(|one| one.kind == kind.id);
            let first = number.saturating_mul(most);
            for (place, one) in places.iter_mut().skip(first).take(most).zip(own) {
                *place = Some(one);
            }
        }
        places
    }

    /// The outcome of an indicator on an observation: that of its rating, and out of scope without one.
    fn on_observation(&self, policy: &Policy, indicator: usize, observed: &[Option<&Observation>]) -> Outcome {
        let Some(at) = policy.nodes.observed(indicator) else { return Outcome::OutOfScope };
        let observation = observed.get(at.observation).copied().flatten();
        let rating = observation.filter(|_| self.0.in_scope.get(at.of) == Some(&true));
        match rating.and_then(|observation| observation.ratings.get(&at.of)).map(|rating| rating.given) {
            Some(Given::Level(level)) => Outcome::Level(level),
            Some(Given::Number(number)) => Outcome::Number(number),
            None => Outcome::OutOfScope,
        }
    }

    /// The values of the inputs: those of the document, else those of earlier evaluations.
    pub(crate) fn inputs(&self) -> Cow<'_, [Option<InputValue>]> {
        let given = &self.0.inputs;
        if self.0.history.is_empty() {
            return Cow::Borrowed(given);
        }
        let earlier = |at: usize| Some(self.0.history.get(at)?.as_ref()?.value.clone());
        given.iter().enumerate().map(|(at, value)| value.clone().or_else(|| earlier(at))).collect()
    }

    /// By input that may be the result of an earlier evaluation: where the value comes from, or the result that is not at hand.
    pub(crate) fn sources(&self, policy: &Policy) -> Vec<Option<String>> {
        if !policy.asks_for_history() {
            return Vec::new();
        }
        let not_at_hand = |from: &FromHistory| {
            let step = policy.steps.iter().find(|step| step.id == from.step).map_or(from.step.as_str(), Step::name);
            let year = school_year(self.period().school_year().saturating_sub(from.years_ago));
            format!("{year}, {step}: not at hand")
        };
        let source = |(at, input): (usize, &Input)| {
            let from = input.from_history.as_ref()?;
            let earlier = self.0.history.get(at).and_then(Option::as_ref);
            let given = self.0.inputs.get(at).and_then(Option::as_ref);
            match (given, earlier) {
                (None, Some(earlier)) => Some(earlier.source.clone()),
                (None, None) => Some(not_at_hand(from)),
                (Some(given), Some(earlier)) if earlier.value == *given => Some(earlier.source.clone()),
                (Some(_), Some(earlier)) => Some(format!("entered, other than {}", earlier.source)),
                (Some(_), None) => Some("entered".to_owned()),
            }
        };
        policy.inputs.iter().enumerate().map(source).collect()
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
        Some((policy, self.with_supplied(policy, |given| policy.run(given))))
    }
}

/// Inputs as a document has them.
pub(super) struct Inputs<'a>(pub(super) &'a Evaluation);

impl Serialize for Inputs<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let policy = self.0.asking();
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
struct EnteredRating<'a> {
    rating: &'a str,
    rationale: &'a str,
}

impl Serialize for Entered<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        let Some(policy) = self.0.asking() else { return map.end() };
        for step in &policy.steps {
            let slots = policy.slots(step);
            let entries: Vec<&Entry> = self.0.0.entered.iter().filter(|entry| slots.contains(&entry.slot)).collect();
            let written = |entry: &Entry| {
                let level = step.levels.list.get(entry.rating);
                serde_json::json!(EnteredRating {
                    rating: level.map_or("", |level| &level.id),
                    rationale: &entry.rationale
                })
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
