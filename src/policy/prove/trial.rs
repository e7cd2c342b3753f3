//! Runs the engine on a synthetic evaluation to confirm a witness.

use crate::exact::Exact;
use crate::syntax::scoring::Each;

use super::super::event::Event;
use super::super::members::Members;
use super::super::state::{Run, State, StepResult};
use super::super::supplied::{InputValue, Outcome, Supplied};
use super::super::trace::Trace;
use super::super::{Bound, Limit, Of, Policy, Rate, Reason, Single, Step};

/// The most indicators among which one at the lowest level is a paradox.
pub(super) const FEW: usize = 12;

/// A whole evaluation.
#[derive(Debug, Clone, Default)]
pub(crate) struct Trial {
    /// The outcomes, by indicator.
    pub(crate) outcomes: Vec<Outcome>,
    /// The values, by input.
    pub(crate) inputs: Vec<Option<InputValue>>,
    /// The entered ratings, by slot. A missing one is chosen so that no limit forbids it.
    pub(crate) entered: Vec<Option<usize>>,
}

/// An event of a trial.
#[derive(Debug, Clone)]
pub(crate) struct Happened {
    pub(crate) step: usize,
    pub(crate) slot: usize,
    pub(crate) event: Event,
    /// The number that no band holds.
    pub(crate) number: Option<Exact>,
}

/// Records the events while one result is computed.
#[derive(Default)]
pub(super) struct Events(pub(super) Vec<(Event, Option<Exact>)>);

impl Trace for Events {
    fn note_all(&mut self, _: impl FnOnce() -> Vec<Reason>) {}

    fn event(&mut self, event: Event, number: Option<&Exact>) {
        self.0.push((event, number.cloned()));
    }
}

/// Whether the limits, taken in order, make another rating of the one that was entered: such an evaluation is refused.
pub(super) fn forbids_entry(step: &Step, entered: Option<usize>, result: &StepResult) -> bool {
    let is_other = |rating: usize| entered != Some(rating);
    matches!(step.rate, Some(Rate::Entered)) && result.rating().is_some_and(is_other)
}

impl Policy {
    /// Runs the policy on a trial, and completes its entries. What happened, as far as the evaluation could be.
    pub(crate) fn try_out(&self, trial: &mut Trial) -> Vec<Happened> {
        let mut results: Vec<StepResult> = Vec::with_capacity(self.slots);
        let mut happened = Vec::new();
        let mut forbidden = None;
        if self.has_too_many_observations(trial) {
            return happened;
        }
        trial.entered.resize(self.slots, None);
        for (number, step) in self.steps.iter().enumerate() {
            for (subject, slot) in self.slots(step).enumerate() {
                // The levels that may be entered where the trial gives none; in the end nothing, which every limit allows.
                let mut open: Vec<Option<usize>> = Vec::new();
                if matches!(step.rate, Some(Rate::Entered)) && trial.entered.get(slot) == Some(&None) {
                    open = std::iter::once(None).chain((0..step.levels.list.len()).rev().map(Some)).collect();
                }
                loop {
                    if let (Some(level), Some(entry)) = (open.pop(), trial.entered.get_mut(slot)) {
                        *entry = level;
                    }
                    let mut run = Run { policy: self, given: trial.given(), results };
                    let (result, events) = run.look(step, subject);
                    results = run.results;
                    let is_forbidden = forbids_entry(step, trial.given().entered(slot), &result);
                    if is_forbidden && !open.is_empty() {
                        continue;
                    }
                    if is_forbidden && forbidden.is_none() {
                        forbidden = Some(slot);
                    }
                    happened.extend(events.0.into_iter().map(|(event, of)| Happened {
                        step: number,
                        slot,
                        event,
                        number: of,
                    }));
                    break;
                }
            }
        }
        if let Some(slot) = forbidden {
            // The evaluation is refused: the limit has its effect, and the steps above do not depend on the entry.
            happened.retain(|one| one.slot <= slot && (one.slot < slot || matches!(one.event, Event::Limit(_))));
        }
        happened
    }
}

impl Policy {
    /// Whether a trial has more observations than one evaluation can have.
    fn has_too_many_observations(&self, trial: &Trial) -> bool {
        let observations = self.nodes.each(Each::Observation);
        let most = self.nodes.most_observations();
        if observations.len() <= most {
            return false;
        }
        let is_rated = |indicator: usize| trial.outcomes.get(indicator) != Some(&Outcome::OutOfScope);
        observations.iter().filter(|node| node.indicators.clone().any(is_rated)).count() > most
    }
}

impl Trial {
    pub(crate) fn given(&self) -> Supplied<'_> {
        Supplied { outcomes: &self.outcomes, counting: &[], inputs: &self.inputs, sources: &[], entered: &self.entered }
    }
}

impl Run<'_> {
    /// A result, and all that happens when it is computed. It stands in its slot then.
    pub(super) fn look(&mut self, step: &Step, subject: usize) -> (StepResult, Events) {
        let mut events = Events::default();
        let result = self.result(step, subject, &mut events);
        self.settle(result, step, subject, &mut events);
        let result = self.results.get(step.first + subject).cloned();
        let result = result.unwrap_or_else(|| StepResult::without(State::Absent));
        if result.state != State::Scored {
            events.0.retain(|(event, _)| event.needs_no_result());
        }
        if result.rating().is_some() {
            for (floor, ceiling) in step.contradictions() {
                let holds = |limit: &Limit| self.holds(&limit.when, step, subject) == Some(true);
                if [floor, ceiling].iter().all(|number| step.limits.get(*number).is_some_and(holds)) {
                    events.0.push((Event::Contradiction { floor, ceiling }, None));
                }
            }
        }
        if let Some(rating) = result.rating() {
            events.0.push((Event::Rating(rating), None));
            let meets = step.levels.meets_at.is_some_and(|meets_at| rating >= meets_at);
            if meets && self.has_member_at_lowest(step, subject) {
                events.0.push((Event::Paradox, None));
            }
        }
        (result, events)
    }

    /// Whether a member is at the lowest of its levels. One of many indicators is no paradox.
    fn has_member_at_lowest(&self, step: &Step, subject: usize) -> bool {
        let is_lowest = |result: &StepResult| result.rating() == Some(0);
        match &step.of {
            None => false,
            Some(Of::Indicators) => {
                let members = Members::of(self, step, subject);
                let is_lowest =
                    |(_, outcome)| matches!(outcome, Outcome::Level(level) if self.policy.scales.is_lowest(level));
                members.all <= FEW as u64 && self.outcomes(step, subject).any(is_lowest)
            }
            Some(Of::Results(of)) => self.results_under(*of, step, subject).any(|(_, result)| is_lowest(result)),
            Some(Of::List(list)) => list.iter().any(|single| match single {
                Single::Input(_) => false,
                Single::Result(slot) => self.results.get(*slot).is_some_and(is_lowest),
            }),
        }
    }
}

impl Step {
    /// The pairs of limits of which one asks for a higher rating than the other allows, by their places.
    pub(super) fn contradictions(&self) -> impl Iterator<Item = (usize, usize)> {
        let bounds = || self.limits.iter().map(|limit| limit.bound).enumerate();
        bounds().flat_map(move |(floor, least)| {
            bounds().filter_map(move |(ceiling, most)| match (least, most) {
                (Bound::AtLeast(least), Bound::AtMost(most)) if least > most => Some((floor, ceiling)),
                _ => None,
            })
        })
    }
}
