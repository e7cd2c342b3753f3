//! Enumerates the possible results of a step: folds its dependencies one by one, and keeps equivalent states once.

use std::cell::Cell;
use std::collections::HashSet;
use std::rc::Rc;

use crate::syntax::scoring::Each;

use super::super::state::{State, StepResult};
use super::super::supplied::{InputValue, Outcome};
use super::super::{InputKind, Policy, Rate, Step};
use super::case::{Allowed, Case};
use super::classes::Outcomes;
use super::contribution::{At, Draft};
use super::partial::{Part, PartialStore, Results};
use super::seen::{Once, Seen};
use super::sources::{Looks, Sources};
use super::trial::{Happened, Trial, forbids_entry};
use super::values::{Value, Values};
use super::{Bounds, PartId, Possible, candidates};

/// States, each with a part that leads to it.
type Sights = Vec<(Seen, PartId)>;

/// The state of examining a policy, step by step.
pub(super) struct Examined<'p> {
    pub(super) policy: &'p Policy,
    pub(super) bounds: Bounds,
    /// The remaining budget of work.
    pub(super) work: u64,
    pub(super) parts: PartialStore,
    /// By scale, the outcomes that differ for this policy.
    pub(super) classes: Vec<Outcomes>,
    /// The possible values, by slot.
    pub(super) values: Vec<Values>,
    /// The trial that parts are written into.
    pub(super) draft: Option<Draft>,
    /// The allowed values of the inputs; any value without a case.
    pub(super) case: Case,
    /// The remaining budget of the engine's work on whole evaluations.
    pub(super) trials: Cell<u64>,
}

/// The most dependencies for which independence is examined.
const MOST_SUPPORT: usize = 100_000;

impl<'p> Examined<'p> {
    /// Runs the engine on a whole evaluation; `None` when the budget is spent.
    pub(super) fn try_out(&self, trial: &mut Trial) -> Option<Vec<Happened>> {
        let cost = self.policy.nodes.indicators().len() * self.policy.steps.len() + self.policy.slots;
        self.trials.set(self.trials.get().checked_sub(cost as u64)?);
        Some(self.policy.try_out(trial))
    }

    /// Spends work from the budget; `None` when too little is left.
    pub(super) fn spend(&mut self, work: u64) -> Option<()> {
        self.work = self.work.checked_sub(work)?;
        Some(())
    }

    /// A trial with every indicator at the level that meets expectations, and no observation.
    pub(super) fn trial(&self) -> Trial {
        Trial {
            outcomes: (0..self.policy.nodes.indicators().len())
                .map(|one| match self.policy.nodes.observed(one) {
                    None => self.policy.meeting(one),
                    Some(_) => Outcome::OutOfScope,
                })
                .collect(),
            inputs: self
                .policy
                .inputs
                .iter()
                .enumerate()
                .map(|(number, input)| match self.allowed(number) {
                    Allowed::Any => (!input.optional).then(|| first_value(&input.kind)),
                    Allowed::Absent => None,
                    Allowed::Choice(choice) => Some(InputValue::Choice(*choice)),
                    Allowed::Number(from, _) => Some(InputValue::Number(from.clone())),
                })
                .collect(),
            entered: vec![None; self.policy.slots],
        }
    }

    /// The whole evaluation that a part leads to.
    pub(super) fn whole(&self, part: PartId) -> Trial {
        let mut trial = self.trial();
        self.parts.apply(part, &mut trial, Results::WhatLeadsThere(&self.values));
        trial
    }

    /// Examines one result.
    pub(super) fn examine(&mut self, step: &'p Step, subject: usize, slot: usize, looks: &Looks<'p>) -> Possible {
        let policy = self.policy;
        let values = &self.values;
        let sources = policy.sources(step, subject, looks, &|slot| Some(&values.get(slot)?.support));
        let (support, is_disjoint) = self.support(&sources, slot);
        let at = At::new(policy, step, subject, looks, &sources);
        // Of several kinds of observation there are more than one evaluation can have.
        let has_too_many = step.each != Some(Each::Observation)
            && policy.nodes.each(Each::Observation).len() > policy.nodes.most_observations();
        let are_exact = !has_too_many
            && sources.slots.iter().all(|slot| self.values.get(*slot).is_some_and(|values| values.is_exact));
        // Every value that the step looks at is written anew, so leftovers of earlier trials do no harm.
        let mut draft = self.draft.take().unwrap_or_else(|| Draft {
            trial: self.trial(),
            results: vec![StepResult::without(State::Insufficient); policy.slots],
        });
        let found = match self.fold(&at, slot, &mut draft) {
            Some(sights) => self.run(&at, sights, is_disjoint && are_exact, &support, &mut draft),
            None => None,
        };
        self.draft = Some(draft);
        let (values, possible) = match found {
            Some(found) => found,
            None => {
                let (within, possible) = self.approximate(&at);
                (Values::within(within, support), possible)
            }
        };
        self.values.push(values);
        possible
    }

    /// The dependencies of a result, and whether its sources are independent.
    fn support(&self, sources: &Sources, slot: usize) -> (Rc<[usize]>, bool) {
        let first_input = self.policy.nodes.indicators().len();
        let first_entry = first_input + self.policy.inputs.len();
        let slots = sources.slots.iter().filter_map(|slot| self.values.get(*slot));
        let size = sources.looked_at.len() + slots.map(|values| values.support.len()).sum::<usize>();
        if size > MOST_SUPPORT {
            return ((0..first_entry + self.policy.slots).collect(), false);
        }
        let mut support: Vec<usize> = [&sources.groups.concat()[..], &sources.named, &sources.rest].concat();
        for slot in &sources.slots {
            support.extend(self.values.get(*slot).map_or(&[][..], |values| &values.support));
        }
        support.extend(sources.inputs.iter().map(|input| first_input + input));
        support.extend(sources.is_entered.then_some(first_entry + slot));
        support.sort_unstable();
        // Of what has one value in this case, every source has that one.
        let is_one = |number: usize| {
            let input = number.checked_sub(first_input).filter(|input| *input < self.policy.inputs.len());
            input.is_some_and(|input| self.allowed(input).is_one())
        };
        let is_disjoint =
            support.windows(2).all(|pair| pair.first() != pair.last() || pair.iter().all(|one| is_one(*one)));
        support.dedup();
        (support.as_slice().into(), is_disjoint)
    }

    /// Every possible state of a step; `None` when they are too many. Where weights are by a choice, the states are those
    /// under each choice.
    fn fold(&mut self, at: &At<'_>, slot: usize, draft: &mut Draft) -> Option<Sights> {
        let Some(input) = at.step.weights.by else { return self.fold_members(at, slot, draft) };
        let case = self.case.clone();
        let mut once = Once::new();
        for choice in
            (0..at.step.weights.lists.len()).filter(|choice| self.can_be_chosen(input, *choice)).collect::<Vec<_>>()
        {
            at.choice.set(Some(choice));
            self.case.resize(self.policy.inputs.len(), Allowed::Any);
            if let Some(allowed) = self.case.get_mut(input) {
                *allowed = Allowed::Choice(choice);
            }
            let sights = self.fold_members(at, slot, draft);
            self.case.clone_from(&case);
            for (seen, part) in sights? {
                once.add(seen, || part);
            }
        }
        Some(once.into_list())
    }

    /// Whether a case allows a choice.
    pub(super) fn can_be_chosen(&self, input: usize, choice: usize) -> bool {
        self.allowed(input).has(Some(&InputValue::Choice(choice)))
    }

    fn fold_members(&mut self, at: &At<'_>, slot: usize, draft: &mut Draft) -> Option<Sights> {
        let is_known = |slot: &usize| self.values.get(*slot).is_some_and(|values| values.known().is_some());
        if !at.sources.slots.iter().all(is_known) {
            return None;
        }
        let mut sights = vec![(Seen::nothing(&at.matters), PartialStore::NOTHING)];
        for (number, group) in at.sources.groups.iter().enumerate() {
            let list = self.group(at, group.clone(), draft)?;
            sights = if number == 0 { list } else { self.product(sights, &list, at)? };
        }
        for indicator in &at.sources.named {
            let mut list = Vec::new();
            for outcome in self.policy.outcomes_of(*indicator, at.step, &self.classes)? {
                let seen = at.of_indicator(*indicator, outcome, draft);
                list.push((seen, self.parts.add(Part::Indicator { indicator: *indicator, outcome })));
            }
            sights = self.product(sights, &list, at)?;
        }
        if !at.sources.rest.is_empty() {
            let list = self.rest(at);
            sights = self.product(sights, &list, at)?;
        }
        for slot in &at.sources.slots {
            let list = self.of_slot(*slot, at, draft)?;
            sights = self.product(sights, &list, at)?;
        }
        for input in &at.sources.inputs {
            let list = self.of_input(*input, at, draft)?;
            sights = self.product(sights, &list, at)?;
        }
        if at.sources.is_entered {
            let mut list = Vec::new();
            for level in 0..at.step.levels.list.len() {
                let seen = Seen { alone: vec![level as u64], ..Seen::nothing(&at.matters) };
                list.push((seen, self.parts.add(Part::Entered { slot, level })));
            }
            sights = self.product(sights, &list, at)?;
        }
        Some(sights)
    }

    /// The choice of an indicator that is no rating, and that no condition names where there is one.
    fn not_rated(&self, indicator: usize) -> Option<Outcome> {
        let scale = self.policy.nodes.indicators().get(indicator)?.scale;
        let outcomes = &self.classes.get(scale)?.list;
        let choice = outcomes.iter().copied().find(|outcome| !self.policy.is_rating(*outcome));
        choice.or_else(|| self.policy.nodes.observed(indicator).map(|_| Outcome::OutOfScope))
    }

    /// Indicators of which only matters whether any is rated: all are, or none where each has a choice that is no rating.
    fn rest(&mut self, at: &At<'_>) -> Sights {
        let groups = self.policy.by_scale(&at.sources.rest);
        let mut list = Vec::new();
        for is_rated in [true, false] {
            let mut part = Some(PartialStore::NOTHING);
            for group in &groups {
                let one = group.first().copied().unwrap_or_default();
                let outcome = if is_rated { Some(self.policy.meeting(one)) } else { self.not_rated(one) };
                part = part.zip(outcome).map(|(part, outcome)| {
                    let (count, group) = (group.len(), self.parts.group(group.clone()));
                    let run = self.parts.add(Part::Run { group, start: 0, count, outcome });
                    self.parts.both(part, run)
                });
            }
            let seen = Seen { any_rated: is_rated, rests: is_rated, ..Seen::nothing(&at.matters) };
            list.extend(part.map(|part| (seen, part)));
        }
        list
    }

    /// Every tally of indicators that count alike. Those with the fewest that are not rated come first.
    fn group(&mut self, at: &At<'_>, group: Vec<usize>, draft: &mut Draft) -> Option<Sights> {
        let (all, first) = (group.len(), *group.first()?);
        let group = self.parts.group(group);
        let (rated, mut levels): (Vec<Outcome>, Vec<Outcome>) = self
            .policy
            .outcomes_of(first, at.step, &self.classes)?
            .into_iter()
            .partition(|outcome| self.policy.is_rating(*outcome));
        levels.reverse();
        levels.extend(rated);
        // Each with how many indicators have a level by now.
        let mut sights = vec![((Seen::nothing(&at.matters), 0), PartialStore::NOTHING)];
        for (number, outcome) in levels.iter().enumerate() {
            let one = at.of_indicator(first, *outcome, draft);
            let several: Vec<Seen> = (0..=all).map(|count| one.times(count as u64, &at.matters)).collect();
            let is_last = number + 1 == levels.len();
            let mut next = Once::new();
            for ((seen, used), part) in sights {
                let left = all - used;
                self.spend(if is_last { 1 } else { left as u64 + 1 })?;
                for (count, more) in several.iter().enumerate().take(left + 1).skip(if is_last { left } else { 0 }) {
                    next.add((seen.and(more, &at.matters), used + count), || match count {
                        0 => part,
                        _ => {
                            let run = self.parts.add(Part::Run { group, start: used, count, outcome: *outcome });
                            self.parts.both(part, run)
                        }
                    });
                }
                if next.len() > self.bounds.tallies {
                    return None;
                }
            }
            sights = next.into_list();
        }
        Some(sights.into_iter().map(|((seen, _), part)| (seen, part)).collect())
    }

    fn of_slot(&mut self, slot: usize, at: &At<'_>, draft: &mut Draft) -> Option<Sights> {
        let values = self.values.get(slot)?;
        let looks_at_all = at.sources.looks_at_all(&values.support, self.policy);
        let count = values.known()?.len();
        self.spend(count as u64)?;
        let mut once = Once::new();
        for number in 0..count {
            let Some(value) = self.values.get(slot).and_then(|values| values.known()?.get(number)) else { continue };
            let seen = at.of_slot(slot, value, looks_at_all, draft);
            once.add(seen, || self.parts.add(Part::Value { slot, number }));
        }
        Some(once.into_list())
    }

    fn of_input(&mut self, input: usize, at: &At<'_>, draft: &mut Draft) -> Option<Sights> {
        let is = self.policy.inputs.get(input)?;
        let values = match (&is.kind, self.allowed(input)) {
            (InputKind::Number { places, .. }, Allowed::Number(from, to)) => {
                let kind = InputKind::Number { from: from.clone(), to: to.clone(), places: *places };
                candidates::of_input(&kind, false, self.bounds.states)?
            }
            _ => candidates::of_input(&is.kind, is.optional, self.bounds.states)?,
        };
        self.spend(values.len() as u64)?;
        let mut once = Once::new();
        let allowed = self.allowed(input).clone();
        for value in values.into_iter().filter(|value| allowed.has(value.as_ref())) {
            let seen = at.of_input(input, value.as_ref(), draft);
            once.add(seen, || self.parts.add(Part::Input { input, value }));
        }
        Some(once.into_list())
    }

    /// Every sight of the one with every sight of the other.
    fn product(&mut self, sights: Sights, list: &Sights, at: &At<'_>) -> Option<Sights> {
        let mut next = Once::new();
        for (seen, part) in &sights {
            self.spend(list.len() as u64)?;
            for (more, other) in list {
                next.add(seen.and(more, &at.matters), || self.parts.both(*part, *other));
                if next.len() > self.bounds.states {
                    return None;
                }
            }
        }
        Some(next.into_list())
    }

    /// Runs the engine once for each sight.
    fn run(
        &mut self,
        at: &At<'_>,
        sights: Sights,
        is_exact: bool,
        support: &Rc<[usize]>,
        draft: &mut Draft,
    ) -> Option<(Values, Possible)> {
        let mut possible = Possible { is_exact, ..Possible::default() };
        let mut once = Once::new();
        let conditions = at.looks.counted.len() + at.looks.shares.len();
        let cost = 1 + at.sources.looked_at.len() * (1 + conditions) / 32;
        let taken = [&at.sources.groups.concat()[..], &at.sources.named, &at.sources.rest].concat();
        let is_taken: HashSet<usize> = taken.into_iter().collect();
        let others: Vec<usize> = at.sources.looked_at.iter().filter(|one| !is_taken.contains(one)).copied().collect();
        for (seen, part) in sights {
            self.spend(cost as u64)?;
            // The members of earlier results are not at hand; only whether any of them is rated matters.
            for indicator in if at.step.take.is_none() { others.as_slice() } else { &[] } {
                let lowest = self.policy.lowest(*indicator);
                let level = if seen.rests { Some(lowest) } else { self.not_rated(*indicator) };
                if let (Some(place), Some(outcome)) = (draft.trial.outcomes.get_mut(*indicator), level) {
                    *place = outcome;
                }
            }
            self.parts.apply(part, &mut draft.trial, Results::AsTheyAre(&self.values, &mut draft.results));
            let (mut result, events) = draft.run(self.policy, |run| run.look(at.step, at.subject));
            let entered = draft.trial.given().entered(at.step.first + at.subject);
            let is_forbidden = forbids_entry(at.step, entered, &result);
            for (event, _) in &events.0 {
                if !is_forbidden || matches!(event, super::Event::Limit(_)) {
                    possible.add(*event, Some(part));
                }
            }
            if is_forbidden {
                continue;
            }
            result.flags.clear();
            once.add((result, seen.any_rated), || part);
        }
        let values = once.into_list().into_iter();
        let list = values.map(|((result, any_rated), part)| Value { result, any_rated, part }).collect();
        let rates = matches!(at.step.rate, Some(Rate::Bands(_) | Rate::Rules(_) | Rate::Matrix(_) | Rate::Entered));
        let levels = if rates { at.step.levels.list.len() } else { 0 };
        Some((Values::all(list, is_exact, levels, support.clone()), possible))
    }
}

/// A value of an input.
fn first_value(kind: &InputKind) -> InputValue {
    match kind {
        InputKind::Choice(_) => InputValue::Choice(0),
        InputKind::Number { from, to, places } => {
            let lowest = from.round(*places, crate::exact::RoundingMode::Ceiling);
            InputValue::Number(lowest.min(to.clone()))
        }
    }
}
