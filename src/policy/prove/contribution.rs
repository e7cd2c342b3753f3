//! The contribution of one indicator, result or input to a step.

use std::cell::{Cell, OnceCell};

use crate::exact::{Exact, RoundingMode};
use crate::syntax::scoring::Take;

use super::super::condition::{Set, Source};
use super::super::members::has;
use super::super::state::{Run, State, StepResult};
use super::super::supplied::{InputValue, Outcome};
use super::super::{Axis, InputKind, Of, Policy, Rate, Single, Step};
use super::seen::{Matters, Seen};
use super::sources::{Looks, Sources};
use super::trial::{FEW, Trial};
use super::values::{Value, Within};

/// One result under examination.
pub(super) struct At<'p> {
    pub(super) policy: &'p Policy,
    pub(super) step: &'p Step,
    pub(super) subject: usize,
    pub(super) looks: &'p Looks<'p>,
    pub(super) sources: &'p Sources,
    pub(super) matters: Matters,
    /// The choice by which members are weighed, where weights are by a choice.
    pub(super) choice: Cell<Option<usize>>,
    /// The bounds of the result itself, which conditions of its flags are about.
    pub(super) own: OnceCell<Within>,
}

/// A trial into which parts are written to be run.
pub(super) struct Draft {
    pub(super) trial: Trial,
    pub(super) results: Vec<StepResult>,
}

impl Draft {
    pub(super) fn run<T>(&mut self, policy: &Policy, look: impl FnOnce(&mut Run<'_>) -> T) -> T {
        let results = std::mem::take(&mut self.results);
        let mut run = Run { policy, given: self.trial.given(), results };
        let found = look(&mut run);
        self.results = run.results;
        found
    }
}

impl<'p> At<'p> {
    pub(super) fn new(
        policy: &'p Policy,
        step: &'p Step,
        subject: usize,
        looks: &'p Looks<'p>,
        sources: &'p Sources,
    ) -> Self {
        let is_mean = matches!(step.take, Some(Take::Mean | Take::Median | Take::ShareMeeting));
        let matters = Matters {
            have: is_mean || step.minimum_rated.is_some() || step.missing == crate::syntax::scoring::Missing::Block,
            highest: step.take == Some(Take::Highest),
            // Beside what is counted, whether any is rated of what is counted or what there is a share of.
            caps: looks.counted.iter().flat_map(|(.., cap)| [*cap, 1]).chain(looks.shares.iter().map(|_| 1)).collect(),
            margins: looks.shares.len(),
        };
        Self { policy, step, subject, looks, sources, matters, choice: Cell::new(None), own: OnceCell::new() }
    }

    /// An indicator with an outcome; the draft has it.
    pub(super) fn of_indicator(&self, indicator: usize, outcome: Outcome, draft: &mut Draft) -> Seen {
        if let Some(place) = draft.trial.outcomes.get_mut(indicator) {
            *place = outcome;
        }
        if matches!(outcome, Outcome::OutOfScope | Outcome::Unrated) {
            return Seen::nothing(&self.matters);
        }
        let is_rated = self.policy.is_rating(outcome);
        let is_looked_at = self.sources.looked_at.binary_search(&indicator).is_ok();
        let is_share = self.step.take == Some(Take::ShareMeeting);
        let is_member = is_looked_at
            && matches!(self.step.of, Some(Of::Indicators))
            && !(is_share && self.policy.is_in_no_share(indicator));
        let mut seen = Seen { any_rated: is_rated, rests: is_rated && is_looked_at, ..Seen::nothing(&self.matters) };
        if is_member && is_rated {
            seen.have = 1;
            seen.met = u64::from(is_share && self.policy.meets(indicator, outcome) == Some(true));
            let is_lowest = matches!(outcome, Outcome::Level(level) if self.policy.scales.is_lowest(level));
            seen.at_lowest = is_lowest && self.sources.looked_at.len() <= FEW && self.step.rate.is_some();
            if let Some(score) = self.policy.score_of(indicator, outcome) {
                self.score(&score, self.weight(indicator), &mut seen);
            }
        }
        self.count(&mut seen, |set, which| {
            let is_counted = set == Set::Indicators && is_looked_at && self.policy.is_looked_at(which, indicator);
            let has = matches!(outcome, Outcome::Level(level) if which.has(level));
            (is_counted && has, is_counted && is_rated)
        });
        self.alone(&mut seen, draft, |source| source == Source::Indicator(indicator));
        seen
    }

    /// An earlier result with one of its values; the draft has it.
    pub(super) fn of_slot(&self, slot: usize, value: &Value, looks_at_all: bool, draft: &mut Draft) -> Seen {
        if value.result.state == State::Blocked {
            return Seen::blocked(&self.matters);
        }
        let result = &value.result;
        if let Some(place) = draft.results.get_mut(slot) {
            *place = result.clone();
        }
        let mut seen =
            Seen { any_rated: value.any_rated, rests: value.any_rated && looks_at_all, ..Seen::nothing(&self.matters) };
        if let Some(number) = self.member_number(slot) {
            let rating = result.rating();
            seen.have = u64::from(has(result, self.step));
            seen.at_lowest = rating == Some(0) && self.step.rate.is_some();
            if self.step.take == Some(Take::ShareMeeting) {
                let meets_at = self.policy.at(slot).and_then(|(step, _)| step.levels.meets_at);
                seen.met = u64::from(rating.zip(meets_at).is_some_and(|(rating, meets_at)| rating >= meets_at));
            }
            if let Some(score) = result.score() {
                self.score(score, self.weight(number), &mut seen);
            }
        }
        let rating = result.rating();
        let of = |set: Set| matches!(set, Set::Results(of) if self.is_result_of(slot, of));
        self.count(&mut seen, |set, which| {
            (of(set) && rating.is_some_and(|rating| which.has(rating)), of(set) && rating.is_some())
        });
        let is_this = |of| self.policy.slot_of(of, self.subject) == Some(slot);
        self.alone(&mut seen, draft, |source| matches!(source, Source::Result(of) if is_this(of)));
        self.axes(&mut seen, rating, |axis| matches!(axis, Axis::Result(of) if is_this(of)));
        seen
    }

    /// An input; the draft has it.
    pub(super) fn of_input(&self, input: usize, value: Option<&InputValue>, draft: &mut Draft) -> Seen {
        if let Some(place) = draft.trial.inputs.get_mut(input) {
            *place = value.cloned();
        }
        let mut seen = Seen::nothing(&self.matters);
        if let Some(Of::List(list)) = &self.step.of
            && let Some(number) = list.iter().position(|single| *single == Single::Input(input))
            && let Some(InputValue::Number(score)) = value
        {
            seen.have = 1;
            self.score(score, self.weight(number), &mut seen);
        }
        self.alone(&mut seen, draft, |source| source == Source::Input(input));
        self.times(&mut seen, input, value);
        let choice = match value {
            Some(InputValue::Choice(choice)) => Some(*choice),
            _ => None,
        };
        self.axes(&mut seen, choice, |axis| axis == Axis::Choice(input));
        seen
    }

    /// The weight of a member; `None` where all count alike.
    fn weight(&self, member: usize) -> Option<&Exact> {
        self.step.weights.under(self.choice.get()).get(member)
    }

    fn score(&self, score: &Exact, weight: Option<&Exact>, seen: &mut Seen) {
        match self.step.take {
            Some(Take::Mean | Take::Sum) => {
                seen.sum = weight.map_or_else(|| score.clone(), |weight| score * weight);
                if self.step.take == Some(Take::Mean) {
                    seen.weight = weight.cloned().unwrap_or_else(Exact::zero);
                }
            }
            Some(Take::Lowest | Take::Highest) => seen.bound = Some(score.clone()),
            Some(Take::Median) => seen.scores = vec![(score.clone(), 1)],
            Some(Take::ShareMeeting) | None => {}
        }
    }

    fn count(&self, seen: &mut Seen, counts: impl Fn(Set, &super::super::Which) -> (bool, bool)) {
        seen.counts.clear();
        seen.margins.clear();
        for (set, which, cap) in &self.looks.counted {
            let (is, is_rated) = counts(*set, which);
            seen.counts.push(u64::from(is).min(*cap));
            // Where indicators that are not rated are counted, ratings do not matter.
            seen.counts.push(u64::from(is_rated && !self.policy.counts_not_rated(*set, which)));
        }
        for (set, which, percent) in &self.looks.shares {
            let (is, is_rated) = counts(*set, which);
            seen.counts.push(u64::from(is_rated));
            seen.margins.push(&Exact::from(u64::from(is) * 100) - &percent.times(is_rated.into()));
        }
    }

    /// Evaluates, with the engine, the conditions about a single subject.
    fn alone(&self, seen: &mut Seen, draft: &mut Draft, is_about: impl Fn(Source) -> bool) {
        for condition in self.looks.alone.iter().filter(|condition| condition.source().is_some_and(&is_about)) {
            let holds = draft.run(self.policy, |run| run.holds(condition, self.step, self.subject));
            seen.alone.push(holds.map_or(2, u64::from));
        }
    }

    /// How often each adjustment is added that an input counts, from the least number of the input on.
    fn times(&self, seen: &mut Seen, input: usize, value: Option<&InputValue>) {
        let Some(InputKind::Number { from, .. }) = self.policy.inputs.get(input).map(|input| &input.kind) else {
            return;
        };
        for _ in self.step.adjust.iter().filter(|adjust| adjust.per == Some(input)) {
            let times = match value {
                Some(InputValue::Number(number)) => (number - from).round(0, RoundingMode::Floor).to_u64(),
                _ => None,
            };
            seen.alone.push(times.unwrap_or(u64::MAX));
        }
    }

    fn axes(&self, seen: &mut Seen, level: Option<usize>, is_about: impl Fn(Axis) -> bool) {
        if let Some(Rate::Matrix(matrix)) = &self.step.rate {
            for _ in [matrix.rows, matrix.columns].into_iter().filter(|axis| is_about(*axis)) {
                seen.alone.push(level.map_or(0, |level| level as u64 + 1));
            }
        }
    }

    /// The number of a result among the step's members.
    fn member_number(&self, slot: usize) -> Option<usize> {
        match self.step.of.as_ref()? {
            Of::Indicators => None,
            Of::Results(of) => {
                self.is_result_of(slot, *of).then(|| slot - self.policy.steps.get(*of).map_or(0, |of| of.first))
            }
            Of::List(list) => list.iter().position(|single| *single == Single::Result(slot)),
        }
    }

    /// Whether it is a result of this step, under the subject.
    fn is_result_of(&self, slot: usize, of: usize) -> bool {
        let first = self.policy.steps.get(of).map_or(0, |of| of.first);
        let number = slot.checked_sub(first);
        number.is_some_and(|number| self.policy.is_under(of, number, self.step, self.subject))
    }
}
