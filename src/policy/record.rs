//! Records the reasons of results while a policy runs, or nothing.

use crate::exact::Exact;
use crate::syntax::scoring::Take;

use super::members::{Members, What, sum_of};
use super::reason::{Reason, Term, Why};
use super::state::{Lack, Run, State, StepResult};
use super::supplied::{Outcome, Supplied};
use super::{
    Adjust, Axis, Band, Bound, Cell, Flag, Limit, Matrix, Of, Policy, Reach, Rescale, ResultOf, Round, Row, Rule,
    Single, Step,
};

impl Policy {
    /// The reasons of every result, by slot, where `results` are those of [`Policy::run`].
    pub(crate) fn explain(&self, given: Supplied<'_>, results: &[StepResult]) -> Vec<Vec<Reason>> {
        let mut run = Run { policy: self, given, results: results.to_vec() };
        let mut all = Vec::with_capacity(self.slots);
        for step in &self.steps {
            for subject in 0..self.slots(step).len() {
                let mut reasons = Vec::new();
                let result = run.result(step, subject, &mut reasons);
                run.settle(result, step, subject, &mut reasons);
                all.push(reasons);
            }
        }
        all
    }

    pub(super) fn indicator(&self, number: usize) -> String {
        self.nodes.indicators().get(number).map(|node| node.code.clone()).unwrap_or_default()
    }

    pub(super) fn input_name(&self, input: usize) -> String {
        self.inputs.get(input).map(|input| input.label.clone()).unwrap_or_default()
    }

    /// The label of the result in a slot: "Counselor", or the step's label where it has one result.
    pub(super) fn slot_name(&self, slot: usize) -> String {
        match self.at(slot) {
            Some((step, subject)) => match self.subject(step, subject) {
                Some(node) => node.label().to_owned(),
                None => step.name().to_owned(),
            },
            None => String::new(),
        }
    }
}

impl Run<'_> {
    pub(super) fn why_blocked(&self, step: &Step, subject: usize) -> Reason {
        let mut by: Vec<String> = Vec::new();
        // The results of a step are named together; one of them is not named again.
        let is_among = |slot: usize, of: usize| {
            let first = self.policy.steps.get(of).map_or(0, |of| of.first);
            self.results_under(of, step, subject).any(|(number, _)| first + number == slot)
        };
        let is_said = |of: &ResultOf| match of {
            ResultOf::Slot(slot) => {
                step.reach.iter().any(|reach| matches!(reach, Reach::Results(of) if is_among(*slot, *of)))
            }
            ResultOf::Same(_) => false,
        };
        let reaches = step.reach.iter().filter(|reach| !matches!(reach, Reach::Result(of) if is_said(of)));
        for reach in reaches.filter(|reach| self.blocks(**reach, step, subject)) {
            match reach {
                Reach::Indicators | Reach::OnScale(_) => {
                    let unrated = self.unrated(*reach, step, subject);
                    let codes: Vec<String> = unrated.map(|number| self.policy.indicator(number)).collect();
                    let are = if codes.len() == 1 { "indicator is" } else { "indicators are" };
                    by.push(format!("{} {are} unrated: {}", codes.len(), codes.join(", ")));
                }
                Reach::Results(of) => {
                    let Some(earlier) = self.policy.steps.get(*of) else { continue };
                    let blocked = self.results_under(*of, step, subject).filter(|(_, r)| r.state == State::Blocked);
                    let names: Vec<String> =
                        blocked.map(|(number, _)| self.policy.slot_name(earlier.first + number)).collect();
                    by.push(format!("{} is blocked for {}", earlier.name(), names.join(", ")));
                }
                Reach::Result(of) => by.push(format!("{} is blocked", self.result_name(*of, subject))),
                Reach::Indicator(number) => by.push(format!("{} is unrated", self.policy.indicator(*number))),
                Reach::Input(input) => by.push(format!("{} is not given", self.policy.input_name(*input))),
                Reach::Entered => by.push("the evaluator has not entered the rating".to_owned()),
            }
        }
        by.dedup();
        Reason::Blocked { by }
    }

    pub(super) fn why_insufficient(&self, lack: Lack, step: &Step, members: &Members<'_>) -> Reason {
        let why = match lack {
            Lack::Members => Why::NoMember,
            Lack::More => Why::TooFew {
                have: members.have,
                all: members.all,
                needed: step.minimum_rated.clone().unwrap_or_else(Exact::zero),
            },
            Lack::Ratings => Why::NothingRated,
        };
        Reason::Insufficient { why }
    }

    pub(super) fn why_taken(&self, step: &Step, subject: usize, take: Take, number: &Exact) -> Vec<Reason> {
        let members = Members::of(self, step, subject);
        let mut reasons = Vec::new();
        let is_added = matches!(take, Take::Mean | Take::Sum);
        let of_ratings = matches!(step.of, Some(Of::Indicators));
        let (mut weight, mut met, mut possible) = (None, None, None);
        match &members.what {
            What::Tally(tally) => {
                let levels = self.policy.scale.list.iter().zip(tally).zip(&self.policy.points).enumerate();
                let terms =
                    levels.filter(|(_, ((_, count), _))| **count > 0).map(|(at, ((level, count), points))| Term {
                        label: level.label.clone(),
                        factor: Some(Exact::from(u64::from(*count))),
                        number: points.clone(),
                        indicators: self.rated_at(at, step, subject),
                    });
                if take == Take::ShareMeeting {
                    met = Some(self.policy.met_of(tally));
                } else {
                    let sum = is_added.then(|| sum_of(tally, &self.policy.points));
                    reasons.push(Reason::Terms { terms: terms.collect(), sum });
                }
            }
            What::Scores(scores) => {
                let names = self.scored_members(step, subject);
                let terms = scores.iter().zip(names).map(|((score, weight), label)| Term {
                    label,
                    factor: weight.cloned(),
                    number: Exact::clone(score),
                    indicators: Vec::new(),
                });
                let terms: Vec<Term> = terms.collect();
                let sum = is_added.then(|| {
                    let each = |term: &Term| term.factor.as_ref().map_or(term.number.clone(), |f| f * &term.number);
                    terms.iter().map(each).sum()
                });
                reasons.push(Reason::Terms { terms, sum });
                possible = self.most_that_is_possible(step, subject, take);
                if take == Take::Mean && !step.weights.are_alike() {
                    weight = Some(super::members::weight_of(scores));
                }
            }
            What::Met(count) => met = Some(*count),
        }
        let members = members.have;
        reasons.push(Reason::Taken { take, members, of_ratings, weight, met, number: number.clone(), possible });
        reasons
    }

    /// The codes of the indicators with this level.
    fn rated_at(&self, level: usize, step: &Step, subject: usize) -> Vec<String> {
        let rated = self.outcomes(step, subject).filter(|(_, outcome)| *outcome == Outcome::Level(level));
        rated.map(|(number, _)| self.policy.indicator(number)).collect()
    }

    /// The names of the members that have a score, in their order.
    fn scored_members(&self, step: &Step, subject: usize) -> Vec<String> {
        match &step.of {
            Some(Of::Results(of)) => {
                let first = self.policy.steps.get(*of).map_or(0, |of| of.first);
                let scored = self.results_under(*of, step, subject).filter(|(_, result)| result.score().is_some());
                scored.map(|(number, _)| self.policy.slot_name(first + number)).collect()
            }
            Some(Of::List(list)) => {
                let scored = list.iter().filter_map(|single| match single {
                    Single::Input(input) => self.given.number(*input).map(|_| self.policy.input_name(*input)),
                    Single::Result(slot) => self.results.get(*slot)?.score().map(|_| self.policy.slot_name(*slot)),
                });
                scored.collect()
            }
            Some(Of::Indicators) => {
                let name = |(number, outcome): (usize, Outcome)| match outcome {
                    Outcome::Level(level) if level < self.policy.rated => {
                        Some(format!("{} {}", self.policy.indicator(number), self.policy.scale.label(level)))
                    }
                    Outcome::Number(_) => Some(self.policy.indicator(number)),
                    _ => None,
                };
                self.outcomes(step, subject).filter_map(name).collect()
            }
            None => Vec::new(),
        }
    }

    pub(super) fn why_adjusted(
        &self,
        adjust: &Adjust,
        step: &Step,
        subject: usize,
        before: Exact,
        after: &Exact,
    ) -> Reason {
        let when = adjust.when.as_ref().map(|when| self.fact(when, step, subject));
        Reason::Adjusted { add: self.times(adjust), when, before, after: after.clone() }
    }

    /// The constant of an adjustment, with the number of times that it is added where an input says that.
    pub(super) fn times(&self, adjust: &Adjust) -> Term {
        let factor = adjust.per.and_then(|input| self.given.number(input)).cloned();
        let label = adjust.per.map(|input| self.policy.input_name(input)).unwrap_or_default();
        Term { label, factor, number: adjust.add.clone(), indicators: Vec::new() }
    }

    pub(super) fn why_limited(
        &self,
        limit: &Limit,
        step: &Step,
        subject: usize,
        before: usize,
        after: usize,
    ) -> Reason {
        Reason::Limited {
            at_most: matches!(limit.bound, Bound::AtMost(_)),
            when: self.fact(&limit.when, step, subject),
            before: step.levels.label(before).to_owned(),
            after: step.levels.label(after).to_owned(),
        }
    }

    pub(super) fn why_points(
        &self,
        step: &Step,
        rating: Option<usize>,
        points: &Exact,
        computed: Option<Exact>,
    ) -> Reason {
        let rating = rating.map_or("", |rating| step.levels.label(rating)).to_owned();
        Reason::Counts { rating, points: points.clone(), computed }
    }

    pub(super) fn why_flagged(&self, flag: &Flag, step: &Step, subject: usize) -> Reason {
        Reason::Flagged { flag: flag.flag.clone(), when: self.fact(&flag.when, step, subject) }
    }

    pub(super) fn why_rule(
        &self,
        rule: &Rule,
        number: usize,
        step: &Step,
        subject: usize,
        holds: Option<bool>,
        past_unknown: bool,
    ) -> Reason {
        let when = rule.when.as_ref().map(|when| super::Fact { holds, ..self.fact(when, step, subject) });
        let rating = step.levels.label(rule.rating).to_owned();
        Reason::Rule { number: number + 1, rating, when, past_unknown }
    }

    pub(super) fn why_cell(
        &self,
        matrix: &Matrix,
        cell: Option<&Cell>,
        row: Option<usize>,
        column: Option<usize>,
        step: &Step,
        subject: usize,
    ) -> Reason {
        let (rows, columns) = (self.axis_name(matrix.rows, subject), self.axis_name(matrix.columns, subject));
        let Some(cell) = cell else {
            let without = if row.is_none() { rows } else { columns };
            return Reason::Insufficient { why: Why::NoCell(without) };
        };
        let label = |axis: Axis, number: Option<usize>| {
            number.map_or_else(|| "unknown".to_owned(), |number| self.axis_label(axis, number))
        };
        Reason::Cell {
            row: (rows, label(matrix.rows, row)),
            column: (columns, label(matrix.columns, column)),
            rating: step.levels.label(cell.rating).to_owned(),
            flag: cell.flag.clone(),
        }
    }

    fn axis_name(&self, axis: Axis, subject: usize) -> String {
        match axis {
            Axis::Result(of) => self.result_name(of, subject),
            Axis::Choice(input) => self.policy.input_name(input),
        }
    }

    fn axis_label(&self, axis: Axis, number: usize) -> String {
        match axis {
            Axis::Result(of) => self.level_label(of, number),
            Axis::Choice(input) => self.choice(input, number),
        }
    }

    pub(super) fn why_entered(&self, rating: Option<usize>, step: &Step) -> Vec<Reason> {
        let rating = rating.map(|rating| step.levels.label(rating).to_owned());
        rating.into_iter().map(|rating| Reason::Entered { rating, rationale: None }).collect()
    }
}

impl Step {
    pub(super) fn why_clamped(&self, before: Exact, after: &Exact) -> Reason {
        Reason::Clamped { before, after: after.clone() }
    }

    pub(super) fn why_converted(&self, row: Option<&Row>, next: Option<&Row>, number: &Exact) -> Reason {
        let Some(row) = row else { return Reason::Insufficient { why: Why::NoRow(number.clone()) } };
        Reason::Converted {
            from: row.from.clone(),
            below: next.map(|next| next.from.clone()),
            before: number.clone(),
            after: row.to.clone(),
        }
    }

    pub(super) fn why_band(&self, band: Option<&Band>, next: Option<&Band>, number: &Exact) -> Reason {
        let Some(band) = band else { return Reason::Insufficient { why: Why::NoBand(number.clone()) } };
        Reason::Band {
            from: band.from.clone(),
            below: next.map(|next| next.from.clone()),
            number: number.clone(),
            rating: self.levels.label(band.rating).to_owned(),
        }
    }
}

impl Rescale {
    pub(super) fn apply(&self, number: &Exact) -> Exact {
        let (width, wanted) = (&self.from.1 - &self.from.0, &self.to.1 - &self.to.0);
        let share = (number - &self.from.0).divided_by(&width).unwrap_or_else(Exact::zero);
        &self.to.0 + &(&share * &wanted)
    }

    pub(super) fn why(&self, before: Exact, after: &Exact) -> Reason {
        Reason::Rescaled { from: self.from.clone(), to: self.to.clone(), before, after: after.clone() }
    }
}

impl Round {
    pub(super) fn why(&self, before: Exact, after: &Exact) -> Reason {
        Reason::Rounded { places: self.places, mode: self.mode, before, after: after.clone() }
    }
}
