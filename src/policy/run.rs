//! Runs a policy: computes the result of every step from the given values.

use std::ops::Range;

use crate::exact::Exact;

use super::event::Event;
use super::members::Members;
use super::reason::Reason;
use super::state::{Lack, Run, State, StepResult, raise};
use super::supplied::{Outcome, Supplied};
use super::trace::{Silent, Trace};
use super::{Flag, Of, Policy, Reach, ResultOf, Step};

impl Policy {
    /// The results of every step, by slot.
    pub(crate) fn run(&self, given: Supplied<'_>) -> Vec<StepResult> {
        let mut run = Run { policy: self, given, results: Vec::with_capacity(self.slots) };
        for step in &self.steps {
            for subject in 0..self.slots(step).len() {
                let result = run.result(step, subject, &mut Silent);
                run.settle(result, step, subject, &mut Silent);
            }
        }
        run.results
    }
}

impl Run<'_> {
    /// The indicators under a subject: all of the rubric for a step with one result.
    fn indicators(&self, step: &Step, subject: usize) -> Range<usize> {
        match self.policy.subject(step, subject) {
            Some(node) => node.indicators.clone(),
            None => 0..self.policy.nodes.of_rubric(),
        }
    }

    /// The indicators that a result looks at and that the evaluation does not answer for.
    pub(super) fn indicators_out_of_scope<'r>(
        &'r self,
        step: &'r Step,
        subject: usize,
    ) -> impl Iterator<Item = usize> + 'r {
        // An observation rates what was seen on it, and lacks nothing.
        let is_member = |indicator: &usize| *indicator < self.policy.nodes.of_rubric() && step.looks_at(*indicator);
        let indicators = self.indicators(step, subject).filter(is_member);
        indicators.filter(|indicator| self.given.outcome(*indicator) == Outcome::OutOfScope)
    }

    /// The results of a step with `each` that a result looks at and that are absent, as nothing of their subject is in
    /// scope; by their subject's number.
    pub(super) fn results_out_of_scope<'r>(
        &'r self,
        of: usize,
        step: &'r Step,
        subject: usize,
    ) -> impl Iterator<Item = usize> + 'r {
        let earlier = self.policy.steps.get(of);
        self.policy.numbers_under(of, step, subject).filter(move |number| {
            let Some((of, node)) = earlier.and_then(|of| Some((of, self.policy.subject(of, *number)?))) else {
                return false;
            };
            // A step never has a result for a node of which it looks at nothing; nor for a part of one that is entered.
            let is_looked_at = node.indicators.clone().any(|indicator| of.looks_at(indicator));
            let is_looked_at = is_looked_at && of.can_be_entered(self.policy, *number);
            let result = self.results.get(of.first + number);
            is_looked_at && node.observed.is_none() && result.is_some_and(|result| result.state == State::Absent)
        })
    }

    /// The number of a result's members out of scope. A list has all its members in every evaluation.
    pub(super) fn out_of_scope(&self, step: &Step, subject: usize) -> u64 {
        let count = match &step.of {
            Some(Of::Indicators) => self.indicators_out_of_scope(step, subject).count(),
            Some(Of::Results(of)) => self.results_out_of_scope(*of, step, subject).count(),
            Some(Of::List(_)) | None => 0,
        };
        u64::try_from(count).unwrap_or(u64::MAX)
    }

    /// The outcomes of the indicators in scope that a result reads.
    pub(super) fn outcomes<'r>(
        &'r self,
        step: &'r Step,
        subject: usize,
    ) -> impl Iterator<Item = (usize, Outcome)> + 'r {
        let outcomes = self.indicators(step, subject).map(|indicator| (indicator, self.given.outcome(indicator)));
        outcomes.filter(|(indicator, outcome)| *outcome != Outcome::OutOfScope && step.looks_at(*indicator))
    }

    /// The results of a step with `each` that a result looks at, by their subject's number.
    pub(super) fn results_under<'r>(
        &'r self,
        of: usize,
        step: &'r Step,
        subject: usize,
    ) -> impl Iterator<Item = (usize, &'r StepResult)> + 'r {
        let first = self.policy.steps.get(of).map_or(0, |of| of.first);
        self.policy.numbers_under(of, step, subject).filter_map(move |number| {
            let result = self.results.get(first + number).filter(|result| result.state != State::Absent)?;
            Some((number, result))
        })
    }

    /// The weights of a step's members; empty where all count alike.
    pub(super) fn weights<'r>(&self, step: &'r Step) -> &'r [Exact] {
        step.weights.under(step.weights.by.and_then(|input| self.given.choice(input)))
    }

    pub(super) fn result_of(&self, of: ResultOf, subject: usize) -> Option<&StepResult> {
        let slot = match of {
            ResultOf::Slot(slot) => slot,
            ResultOf::Same(step) => self.policy.steps.get(step)?.first + subject,
        };
        self.results.get(slot)
    }

    /// The result of a step for one subject, but for its flags; every earlier one is there.
    pub(super) fn result(&self, step: &Step, subject: usize, trace: &mut impl Trace) -> StepResult {
        let is_absent = || self.outcomes(step, subject).next().is_none() || !step.can_be_entered(self.policy, subject);
        if step.each.is_some() && is_absent() {
            return StepResult::without(State::Absent);
        }
        // Where nothing is rated, and nothing will be, nobody has anything to enter.
        let is_open = || self.outcomes(step, subject).any(|(_, outcome)| outcome == Outcome::Unrated);
        let mut needed = step.reach.iter().filter(|reach| **reach != Reach::Entered || is_open());
        if needed.any(|reach| self.blocks(*reach, step, subject)) {
            trace.note(|| self.why_blocked(step, subject));
            return StepResult::without(State::Blocked);
        }
        let members = Members::of(self, step, subject);
        if step.must_have_all() && members.have < members.all + members.out_of_scope {
            trace.note(|| self.why_member_missing(step, subject));
            return StepResult::without(State::Blocked);
        }
        trace.note_all(|| self.left_out(step, subject));
        trace.note_all(|| self.counted_as(step, subject));
        trace.note_all(|| self.sources_of(step));
        if let Some(lack) = self.lack(step, subject, &members) {
            trace.note(|| self.why_insufficient(lack, step, &members));
            return StepResult::without(State::Insufficient);
        }
        if step.reach.iter().any(|reach| self.blocks(*reach, step, subject)) {
            trace.note(|| self.why_blocked(step, subject));
            return StepResult::without(State::Blocked);
        }
        let mut number = None;
        if let Some(take) = step.take {
            let Some(taken) = members.take(take, self, step) else {
                return StepResult::without(State::Insufficient);
            };
            trace.note_all(|| self.why_taken(step, subject, take, &taken));
            number = Some(taken);
        }
        self.decide(number, step, subject, trace)
    }

    /// Puts a result into its slot, and then raises its flags, whose conditions may be about it.
    pub(super) fn settle(&mut self, result: StepResult, step: &Step, subject: usize, trace: &mut impl Trace) {
        let (slot, is_scored) = (step.first + subject, result.state == State::Scored);
        match self.results.get_mut(slot) {
            Some(place) => *place = result,
            None => self.results.push(result),
        }
        if !is_scored {
            return;
        }
        let mut undecided: Vec<&Flag> = Vec::new();
        for (number, flag) in step.flags.iter().enumerate() {
            match self.holds(&flag.when, step, subject) {
                Some(true) => {
                    trace.event(Event::Flag(number), None);
                    trace.note(|| self.why_flagged(flag, step, subject));
                    if let Some(result) = self.results.get_mut(slot) {
                        raise(&mut result.flags, &flag.flag);
                    }
                }
                Some(false) => {}
                None => undecided.push(flag),
            }
        }
        let raised = self.results.get(slot).map_or(&[][..], |result| &result.flags);
        undecided.retain(|flag| !raised.contains(&flag.flag));
        if !undecided.is_empty() {
            trace.note_all(|| self.why_flags_unknown(&undecided, step, subject));
            if let Some(place) = self.results.get_mut(slot) {
                *place = StepResult::without(State::Insufficient);
            }
            return;
        }
        trace.note_all(|| step.because.iter().map(|clause| Reason::Because { clause: clause.clone() }).collect());
        if self.policy.summative() == Some(slot) {
            let clause = self.policy.compensatory.iter();
            trace.note_all(|| clause.map(|clause| Reason::Compensatory { clause: clause.clone() }).collect());
        }
    }

    /// Whether a required value is missing.
    pub(super) fn blocks(&self, reach: Reach, step: &Step, subject: usize) -> bool {
        let is_blocked = |result: &StepResult| result.state == State::Blocked;
        match reach {
            Reach::Indicators | Reach::OnScale(_) => self.unrated(reach, step, subject).next().is_some(),
            Reach::Results(of) => self.results_under(of, step, subject).any(|(_, result)| is_blocked(result)),
            Reach::Result(of) => self.result_of(of, subject).is_some_and(is_blocked),
            Reach::Indicator(indicator) => self.given.outcome(indicator) == Outcome::Unrated,
            Reach::Input(input) => self.is_input_absent(input),
            Reach::Entered => self.given.entered(step.first + subject).is_none(),
        }
    }

    /// The unrated indicators among those that a result needs.
    pub(super) fn unrated<'r>(
        &'r self,
        reach: Reach,
        step: &'r Step,
        subject: usize,
    ) -> impl Iterator<Item = usize> + 'r {
        let unrated = self.outcomes(step, subject).filter(|(_, outcome)| *outcome == Outcome::Unrated);
        unrated.map(|(number, _)| number).filter(move |number| match reach {
            Reach::OnScale(scale) => self.policy.is_on_scale(*number, scale),
            _ => true,
        })
    }

    /// Whether a required input is missing.
    fn is_input_absent(&self, number: usize) -> bool {
        let is_optional = self.policy.inputs.get(number).is_some_and(|input| input.optional);
        !is_optional && self.given.number(number).is_none() && self.given.choice(number).is_none()
    }

    /// The evidence that an unblocked result lacks; `None` when it has enough.
    fn lack(&self, step: &Step, subject: usize, members: &Members<'_>) -> Option<Lack> {
        if step.of.is_some() && members.have == 0 {
            return Some(Lack::Members);
        }
        if let Some(minimum) = &step.minimum_rated
            && Exact::from(members.have * 100) < minimum.times(members.all)
        {
            return Some(Lack::More);
        }
        let rests_on_ratings = step.take.is_some()
            || step.without_ratings
            || self.reads_judged(step, subject)
            || self.outcomes(step, subject).any(|(_, outcome)| self.policy.is_rating(outcome));
        (!rests_on_ratings).then_some(Lack::Ratings)
    }

    /// Whether the rating in a slot meets expectations.
    pub(super) fn meets(&self, slot: usize, rating: usize) -> bool {
        let meets_at = self.policy.at(slot).and_then(|(step, _)| step.levels.meets_at);
        meets_at.is_some_and(|meets_at| rating >= meets_at)
    }
}
