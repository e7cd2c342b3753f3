//! The outcomes of an indicator that differ in effect.

use std::collections::BTreeSet;

use crate::exact::{Exact, RoundingMode};
use crate::scale::{NumberRange, Scale};

use super::super::condition::Condition;
use super::super::scales::at;
use super::super::supplied::Outcome;
use super::super::{Of, Policy, Step, Take};
use super::sources::{Looks, conditions};
use super::values;

/// The outcomes of the indicators on one scale that differ for a policy: the not-rated ones that no condition names are one.
#[derive(Debug, Clone, Default)]
pub(super) struct Outcomes {
    /// Of too many numbers only the bounds of the scale, and the number that meets expectations.
    pub(super) list: Vec<Outcome>,
    /// Whether these are all of them.
    pub(super) is_whole: bool,
}

impl Policy {
    /// The outcomes that differ, by scale; of a number scale at most so many numbers.
    pub(super) fn classes(&self, most: usize) -> Vec<Outcomes> {
        let is_named = |level: usize| self.steps.iter().flat_map(conditions).any(|one| one.names(level));
        let of_scale = |scale: &Scale| {
            let (rated, unrated): (Vec<usize>, Vec<usize>) =
                scale.numbers().iter().partition(|level| **level < self.rated);
            let (named, mut others): (Vec<usize>, Vec<usize>) = unrated.into_iter().partition(|level| is_named(*level));
            others.truncate(1);
            let levels = rated.into_iter().chain(others).chain(named).map(Outcome::Level);
            let Some(range) = scale.range() else { return Outcomes { list: levels.collect(), is_whole: true } };
            let all = values::numbers(&range.from, &range.to, range.places, most as u64);
            let is_whole = all.is_some();
            let ends = || [&range.from].into_iter().chain(&range.meets_at).chain([&range.to]).cloned().collect();
            let numbers: Vec<Exact> = all.unwrap_or_else(ends);
            Outcomes { list: numbers.iter().map(at).chain(levels).collect(), is_whole }
        };
        self.scales.each().iter().map(of_scale).collect()
    }

    /// The outcomes of an indicator that differ for a step, which takes the number itself or compares it; `None` where these
    /// are too many.
    pub(super) fn outcomes_of(&self, indicator: usize, step: &Step, classes: &[Outcomes]) -> Option<Vec<Outcome>> {
        let mut outcomes = self.outcomes_of_record(indicator, step, classes)?;
        // An observation need not rate it.
        outcomes.extend(self.nodes.observed(indicator).map(|_| Outcome::OutOfScope));
        Some(outcomes)
    }

    fn outcomes_of_record(&self, indicator: usize, step: &Step, classes: &[Outcomes]) -> Option<Vec<Outcome>> {
        let classes = classes.get(self.nodes.indicators().get(indicator)?.scale)?;
        let Some(range) = self.range_of(indicator) else { return Some(classes.list.clone()) };
        let takes_numbers = step.take.is_some_and(|take| take != Take::ShareMeeting);
        if takes_numbers && matches!(step.of, Some(Of::Indicators)) && step.looks_at(indicator) {
            return classes.is_whole.then(|| classes.list.clone());
        }
        let others = classes.list.iter().copied().filter(|outcome| matches!(outcome, Outcome::Level(_)));
        Some(told_apart(range, indicator, step).iter().map(at).chain(others).collect())
    }
}

/// The numbers of a scale of which each stands for those that no condition of a step tells from it: where a comparison turns,
/// the number there and the one below.
fn told_apart(range: &NumberRange, indicator: usize, step: &Step) -> BTreeSet<Exact> {
    let alone = conditions(step).flat_map(|condition| Looks::under(condition).alone);
    let compared = alone.filter_map(|condition| match condition {
        Condition::Rated { indicator: of, number, .. } if *of == indicator => Some(number),
        _ => None,
    });
    let unit = Exact::from(10_u64.checked_pow(range.places).unwrap_or(u64::MAX)).inverse();
    let turns = compared.chain(&range.meets_at).flat_map(|number| {
        let here = number.round(range.places, RoundingMode::Ceiling);
        [&here - &unit, &here + &unit, here]
    });
    let within = turns.filter(|number| *number >= range.from && *number <= range.to);
    within.chain([range.from.clone()]).collect()
}
