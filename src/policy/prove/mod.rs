//! Proves statements about a policy without an evaluation: events that no ratings can cause, and events that some ratings
//! do.
//!
//! The proofs range over the complete evaluations of the whole rubric: every indicator at every level, rated or not; every
//! value of an input; every entered rating that no limit forbids. An incomplete evaluation adds nothing: each of its
//! results is also a result of an evaluation that completes it. Evaluations of a part of the rubric are left aside, or
//! every policy with a sum would be faulty, since a sum of fewer members is lower; the evaluation itself gets the warning
//! `short-sum`. In all else an indicator out of scope acts like an unrated one, except for `minimum_rated`, whose
//! denominator is the number of members in scope.
//!
//! Step by step, the possible results are enumerated from the possible states of their dependencies, with equivalent states
//! kept once ([`seen`], [`fold`]); the engine itself computes each result. The enumeration is exact where no two
//! dependencies rest on the same rating, input or entry; else it is an over-approximation. Sets too large to enumerate are
//! over-approximated with intervals on grids ([`approximate`]). Questions left open are decided for each value of the
//! inputs that conditions name ([`cases`]), and, where the evaluations are few, by running each of them. An
//! over-approximation proves only that an event never happens. That an event happens is claimed only with a witness: an
//! evaluation that the engine has run whole ([`trial`]).
//!
//! The work is bounded by counting steps, never by a clock: the same policy has the same findings on every machine.

mod approximate;
mod can;
mod candidates;
mod case;
mod classes;
mod cases;
mod contribution;
mod fold;
mod partial;
mod seen;
mod sources;
mod span;
mod trial;
mod values;
mod words;

use std::cell::Cell;
use std::collections::BTreeMap;

use crate::exact::Exact;

use self::fold::Examined;
use self::partial::PartialStore;
use self::sources::Looks;
#[cfg(test)]
pub(crate) use self::trial::Happened;
pub(crate) use self::trial::Trial;
use super::condition::{Condition, Levelled, Test};
use super::event::Event;
use super::{Policy, Rate, Step};

/// The number of a part of an evaluation, from which witnesses are built.
type PartId = u32;

/// The bounds on the search.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bounds {
    /// The most tallies of indicators that count alike.
    pub(crate) tallies: usize,
    /// The most states of a step.
    pub(crate) states: usize,
    /// The most joins of parts and looks at indicators, in all.
    pub(crate) work: u64,
    /// The engine's budget on whole evaluations: indicators times steps for each, plus every result.
    pub(crate) trials: u64,
    /// The most evaluations that are run to find something in.
    pub(crate) candidates: usize,
    /// The most evaluations that are all run.
    pub(crate) evaluations: usize,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            tallies: 200_000,
            states: 20_000,
            work: 400_000,
            trials: 4_000_000,
            candidates: 2_000,
            evaluations: 2_000,
        }
    }
}

/// The knowledge about an event of a step.
#[derive(Debug, Clone)]
pub(crate) enum Known {
    /// No ratings bring it about.
    Never,
    /// The event happens: the engine has run an evaluation that shows it.
    Shown(Box<Witness>),
    /// The event was neither found nor excluded.
    Open,
}

/// An evaluation in which something happens.
#[derive(Debug, Clone)]
pub(crate) struct Witness {
    pub(crate) trial: Trial,
    /// The result it happens to.
    pub(crate) slot: usize,
    /// The number that no band holds.
    pub(crate) number: Option<Exact>,
    /// The indicators, inputs and entries that it depends on.
    pub(crate) support: std::rc::Rc<[usize]>,
}

/// The possible events of one result.
#[derive(Debug, Default)]
pub(super) struct Possible {
    /// Whether every listed event is possible.
    is_exact: bool,
    /// The parts that lead to each event, where known.
    events: BTreeMap<Event, Vec<PartId>>,
}

/// The most results that are enumerated; with more, only some evaluations are run.
const MOST_RESULTS: usize = 30_000;

/// The most rows of a look-up table of which it is asked whether a number reaches them.
const MOST_ROWS: usize = 300;

/// The most parts that are tried for an event.
const MOST_PARTS: usize = 8;

impl Possible {
    fn add(&mut self, event: Event, part: Option<PartId>) {
        let most = if self.is_exact { 1 } else { MOST_PARTS };
        let parts = self.events.entry(event).or_default();
        if parts.len() < most {
            parts.extend(part);
        }
    }
}

impl Policy {
    /// The knowledge about every event, by step.
    pub(crate) fn prove(&self, bounds: Bounds) -> Vec<BTreeMap<Event, Known>> {
        let mut examined = Examined {
            policy: self,
            bounds,
            work: bounds.work,
            parts: PartialStore::new(),
            classes: self.classes(bounds.states.max(bounds.evaluations)),
            values: Vec::new(),
            draft: None,
            case: Vec::new(),
            trials: Cell::new(bounds.trials),
        };
        let mut known: Vec<BTreeMap<Event, Known>> = Vec::new();
        if self.slots > MOST_RESULTS {
            let open = |step: &Step| step.events().into_iter().map(|event| (event, Known::Open)).collect();
            known = self.steps.iter().map(open).collect();
            self.look_for(&mut known, &examined);
            return known;
        }
        for (number, step) in self.steps.iter().enumerate() {
            let looks = Looks::of(number, step);
            let results: Vec<(usize, Possible)> = self
                .slots(step)
                .enumerate()
                .map(|(subject, slot)| (slot, examined.examine(step, subject, slot, &looks)))
                .collect();
            let events = step.events().into_iter();
            known.push(events.map(|event| (event, examined.known(event, &results))).collect());
        }
        examined.split(&mut known);
        self.look_for(&mut known, &examined);
        known
    }

    /// Searches the sample evaluations for open events.
    fn look_for(&self, known: &mut [BTreeMap<Event, Known>], examined: &Examined<'_>) {
        let is_open = |known: &[BTreeMap<Event, Known>]| known.iter().flat_map(BTreeMap::values).any(Known::is_open);
        if !is_open(known) {
            return;
        }
        let bounds = examined.bounds;
        if let Some(all) = candidates::all(self, &examined.classes, bounds.evaluations) {
            let mut all = all;
            if !all.all(|trial| Self::look_in(trial, known, examined).is_some()) {
                return;
            }
            for known in known.iter_mut().flat_map(BTreeMap::values_mut).filter(|known| known.is_open()) {
                *known = Known::Never;
            }
            return;
        }
        let size = self.nodes.indicators().len() + self.slots + 1;
        let most = bounds.candidates.min(200_000 / size).max(3);
        let chains = candidates::chains(self, most);
        for trial in
            chains.chain(candidates::mixed(self, &examined.classes, most / if self.inputs.is_empty() { 4 } else { 1 }))
        {
            if !is_open(known) || Self::look_in(trial, known, examined).is_none() {
                return;
            }
        }
    }

    /// Searches one evaluation for open events; `None` when the budget is spent.
    fn look_in(mut trial: Trial, known: &mut [BTreeMap<Event, Known>], examined: &Examined<'_>) -> Option<()> {
        for happened in examined.try_out(&mut trial)? {
            let open = known.get_mut(happened.step).and_then(|events| events.get_mut(&happened.event));
            if let Some(open) = open.filter(|known| known.is_open()) {
                let support = examined.values.get(happened.slot).map(|values| values.support.clone());
                *open = Known::Shown(Box::new(Witness {
                    trial: trial.clone(),
                    slot: happened.slot,
                    number: happened.number,
                    support: support.unwrap_or_else(|| [].into()),
                }));
            }
        }
        Some(())
    }
}

impl Known {
    fn is_open(&self) -> bool {
        matches!(self, Self::Open)
    }
}

impl Examined<'_> {
    /// The knowledge about an event over the results of a step.
    fn known(&self, event: Event, results: &[(usize, Possible)]) -> Known {
        // Exact values come first: their parts lead to them.
        let (exact, other): (Vec<_>, Vec<_>) = results.iter().partition(|(_, possible)| possible.is_exact);
        let all = exact.into_iter().chain(other);
        let possible: Vec<(usize, &Vec<PartId>)> =
            all.filter_map(|(slot, possible)| Some((*slot, possible.events.get(&event)?))).collect();
        if possible.is_empty() {
            return Known::Never;
        }
        let parts = possible.iter().flat_map(|(slot, parts)| parts.iter().map(move |part| (*slot, *part)));
        for (slot, part) in parts.take(MOST_PARTS) {
            let mut trial = self.whole(part);
            let Some(happened) = self.try_out(&mut trial) else { return Known::Open };
            if let Some(found) = happened.into_iter().find(|found| found.slot == slot && found.event == event) {
                let support = self.values.get(slot).map(|values| values.support.clone());
                let support = support.unwrap_or_else(|| [].into());
                return Known::Shown(Box::new(Witness { trial, slot, number: found.number, support }));
            }
            // An exact value is reached.
            #[cfg(test)]
            assert!(!results.iter().any(|(of, possible)| *of == slot && possible.is_exact), "{event:?} of {slot}");
        }
        Known::Open
    }
}

impl Condition {
    /// Whether it names a level of the scale.
    fn names(&self, level: usize) -> bool {
        match self {
            Self::Count { set: super::Set::Indicators, which, .. }
            | Self::Share { set: super::Set::Indicators, which, .. } => which.has(level),
            Self::Rating { of: Levelled::Indicator(_), is: Test::Is(wanted) } => *wanted == level,
            Self::All(list) | Self::Any(list) => list.iter().any(|one| one.names(level)),
            Self::Not(one) => one.names(level),
            _ => false,
        }
    }
}

impl Step {
    /// Every event of the step that tells something about it.
    fn events(&self) -> Vec<Event> {
        let mut events = Vec::new();
        if !self.convert.is_empty() {
            events.push(Event::BelowRows);
            events.extend((0..self.convert.len().min(MOST_ROWS)).map(Event::Row));
        }
        match &self.rate {
            Some(Rate::Bands(bands)) => {
                events.push(Event::BelowBands);
                for (number, band) in bands.iter().enumerate() {
                    let next = bands.get(number + 1);
                    let ends = band.to.as_ref().is_some_and(|to| next.is_none_or(|next| *to < next.from));
                    if ends {
                        events.push(next.map_or(Event::AboveBands, |_| Event::BetweenBands(number)));
                    }
                }
            }
            Some(Rate::Rules(rules)) => {
                events.extend((0..rules.len()).map(Event::Rule));
                events.push(Event::NoRule);
                events.extend(rules.last().filter(|last| last.when.is_none()).map(|_| Event::PastUnknown));
            }
            Some(Rate::Matrix(_) | Rate::Entered) | None => {}
        }
        events.extend((0..self.adjust.len()).map(Event::Adjust));
        if self.rate.is_some() {
            events.extend((0..self.levels.list.len()).map(Event::Rating));
            events.extend((0..self.limits.len()).map(Event::Limit));
            events.extend(self.contradictions().map(|(floor, ceiling)| Event::Contradiction { floor, ceiling }));
            if self.levels.meets_at.is_some() {
                events.push(Event::Paradox);
            }
        }
        events.extend((0..self.flags.len()).map(Event::Flag));
        events
    }
}
