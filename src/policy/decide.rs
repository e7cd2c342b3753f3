//! Decides a result over every assignment of truth values to the unknown conditions.
//!
//! An unknown condition may be true or false, so each rule, limit and adjustment is taken both ways. Where every way leads
//! to the same result, that is the result; else the evidence is insufficient.

use crate::exact::Exact;

use super::condition::Condition;
use super::event::Event;
use super::reason::{Reason, Why};
use super::state::{Run, State, StepResult, raise};
use super::trace::Trace;
use super::{Adjust, Axis, Band, Bound, Cell, Matrix, Rate, Rule, Step};

/// The most numbers that unknown adjustments may lead to; with more, the result is undecided.
const MOST_NUMBERS: usize = 64;

/// A possible number and rating of a result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Way {
    pub(super) score: Option<Exact>,
    pub(super) rating: Option<usize>,
}

/// The unknown conditions that a result depends on.
#[derive(Default)]
struct Unknown<'s> {
    adjust: Vec<&'s Condition>,
    others: Vec<&'s Condition>,
}

impl Run<'_> {
    /// The result of a step, from the number that is taken of its members; all but its flags.
    pub(super) fn decide(
        &self,
        number: Option<Exact>,
        step: &Step,
        subject: usize,
        trace: &mut impl Trace,
    ) -> StepResult {
        let mut unknown = Unknown::default();
        let mut ways = vec![Way { score: None, rating: None }];
        if let Some(number) = number {
            let numbers = self.reckon(number, step, subject, &mut unknown, trace);
            ways = numbers.into_iter().map(|score| Way { score, rating: None }).collect();
            // A number that no row of the table holds leaves no result.
            let is_told = ways.iter().all(|way| way.score.is_some()) && ways.len() <= MOST_NUMBERS;
            if !is_told {
                if ways.len() > 1 {
                    trace.note(|| self.why_unknown(&ways, &unknown.adjust, step, subject));
                }
                return StepResult::without(State::Insufficient);
            }
        }
        let mut flags = Vec::new();
        ways = self.rate(ways, &mut flags, step, subject, &mut unknown, trace);
        // Points take the place of the number, which matters only as far as it leads to another rating.
        let is_banded = matches!(step.rate, Some(Rate::Bands(_)));
        let number_matters = is_banded && each_once(ways.iter().map(|way| way.rating)).len() > 1;
        if !(step.points.is_empty() || number_matters) {
            unknown.adjust.clear();
        }
        let bites = self.limit(&mut ways, step, subject, &mut unknown, trace);
        let computed = ways.first().and_then(|way| way.score.clone());
        let ways = count(ways, step);
        let [way] = ways.as_slice() else {
            let unknown = [unknown.adjust, unknown.others].concat();
            trace.note(|| self.why_unknown(&ways, &unknown, step, subject));
            return StepResult::without(State::Insufficient);
        };
        if step.rate.is_some() && way.rating.is_none() {
            return StepResult::without(State::Insufficient);
        }
        for limit in bites {
            trace.event(Event::Limit(limit), None);
        }
        if let Some(points) = way.rating.and_then(|rating| step.points.get(rating)) {
            trace.note(|| self.why_points(step, way.rating, points, computed));
        }
        StepResult { state: State::Scored, score: way.score.clone(), rating: way.rating, flags }
    }

    /// The possible numbers after `rescale`, `adjust`, `clamp`, `convert` and `round`; `None` for those that no row of the table
    /// holds.
    fn reckon<'s>(
        &self,
        mut number: Exact,
        step: &'s Step,
        subject: usize,
        unknown: &mut Unknown<'s>,
        trace: &mut impl Trace,
    ) -> Vec<Option<Exact>> {
        if let Some(rescale) = &step.rescale {
            let before = number.clone();
            number = rescale.apply(&number);
            trace.note(|| rescale.why(before, &number));
        }
        let mut numbers = vec![number];
        for (place, adjust) in step.adjust.iter().enumerate() {
            match adjust.when.as_ref().map_or(Some(true), |when| self.holds(when, step, subject)) {
                Some(false) => {}
                Some(true) => {
                    let added = self.added(adjust);
                    // A deduction for each of nothing is none.
                    if adjust.per.is_none() || !added.is_zero() {
                        trace.event(Event::Adjust(place), None);
                    }
                    for number in &mut numbers {
                        let before = std::mem::replace(number, &*number + &added);
                        trace.note(|| self.why_adjusted(adjust, step, subject, before, number));
                    }
                }
                None => {
                    unknown.adjust.extend(&adjust.when);
                    trace.note_all(|| self.why_not_adjusted(adjust, step, subject));
                    let added = self.added(adjust);
                    let adjusted: Vec<Exact> = numbers.iter().map(|number| number + &added).collect();
                    numbers = each_once(numbers.into_iter().chain(adjusted));
                    if numbers.len() > MOST_NUMBERS {
                        return numbers.into_iter().map(Some).collect();
                    }
                }
            }
        }
        let is_sure = numbers.len() == 1;
        let finished = each_once(numbers.iter().map(|number| step.finish(number.clone(), is_sure, trace)));
        if finished.len() == 1 {
            unknown.adjust.clear();
        }
        // Whatever the unknown adjustments add, no row holds the number.
        if !is_sure && finished == [None] {
            trace.event(Event::BelowRows, numbers.first());
        }
        finished
    }

    /// The number that an adjustment adds: its constant, as often as its input says.
    fn added(&self, adjust: &Adjust) -> Exact {
        let times = adjust.per.and_then(|input| self.given.number(input));
        times.map_or_else(|| adjust.add.clone(), |times| times * &adjust.add)
    }

    /// Each way with its rating; without one where no band or rule decides, or the step has no rating.
    fn rate<'s>(
        &self,
        ways: Vec<Way>,
        flags: &mut Vec<String>,
        step: &'s Step,
        subject: usize,
        unknown: &mut Unknown<'s>,
        trace: &mut impl Trace,
    ) -> Vec<Way> {
        let Some(rate) = &step.rate else { return ways };
        let ratings = match rate {
            Rate::Bands(bands) => {
                let is_sure = ways.len() == 1;
                let rated = |way: Way| Way { rating: step.band(bands, way.score.as_ref(), is_sure, trace), ..way };
                return ways.into_iter().map(rated).collect();
            }
            Rate::Rules(rules) => self.rules(rules, step, subject, unknown, trace),
            Rate::Matrix(matrix) => {
                let (row, column) = (self.on(matrix.rows, subject), self.on(matrix.columns, subject));
                let cell = matrix.agreed(row, column);
                trace.note(|| self.why_cell(matrix, cell, row, column, step, subject));
                if let Some(flag) = cell.and_then(|cell| cell.flag.as_ref()) {
                    raise(flags, flag);
                }
                vec![cell.map(|cell| cell.rating)]
            }
            Rate::Entered => {
                let rating = self.given.entered(step.first + subject);
                trace.note_all(|| self.why_entered(rating, step));
                vec![rating]
            }
        };
        let of_each = |way: Way| ratings.iter().map(move |rating| Way { rating: *rating, ..way.clone() });
        ways.into_iter().flat_map(of_each).collect()
    }

    /// The ratings that the rules can give: the rating of each unknown rule, up to the first true one.
    fn rules<'s>(
        &self,
        rules: &'s [Rule],
        step: &Step,
        subject: usize,
        unknown: &mut Unknown<'s>,
        trace: &mut impl Trace,
    ) -> Vec<Option<usize>> {
        let (mut ratings, mut conditions) = (Vec::new(), Vec::new());
        for (number, rule) in rules.iter().enumerate() {
            let holds = rule.when.as_ref().map_or(Some(true), |when| self.holds(when, step, subject));
            trace.note(|| self.why_rule(rule, number, step, subject, holds, !conditions.is_empty()));
            if holds == Some(false) {
                continue;
            }
            if rule.when.is_none() && ratings.iter().any(|rating| *rating != Some(rule.rating)) {
                trace.event(Event::PastUnknown, None);
            }
            if !ratings.contains(&Some(rule.rating)) {
                ratings.push(Some(rule.rating));
            }
            if holds == Some(true) {
                trace.event(Event::Rule(number), None);
                if ratings.len() > 1 {
                    unknown.others.append(&mut conditions);
                }
                return ratings;
            }
            conditions.extend(&rule.when);
        }
        if ratings.is_empty() {
            trace.event(Event::NoRule, None);
            trace.note(|| Reason::Insufficient { why: Why::NoRule });
        }
        unknown.others.append(&mut conditions);
        ratings.push(None);
        ratings
    }

    /// Applies the limits, and returns the indices of the true ones that change a rating.
    fn limit<'s>(
        &self,
        ways: &mut Vec<Way>,
        step: &'s Step,
        subject: usize,
        unknown: &mut Unknown<'s>,
        trace: &mut impl Trace,
    ) -> Vec<usize> {
        let mut bites = Vec::new();
        for (number, limit) in step.limits.iter().enumerate() {
            let ratings = each_once(ways.iter().filter_map(|way| way.rating));
            let changed: Vec<usize> =
                ratings.into_iter().filter(|rating| limit.bound.apply(*rating) != *rating).collect();
            if changed.is_empty() {
                continue;
            }
            let limited = |way: &Way| Way { rating: way.rating.map(|rating| limit.bound.apply(rating)), ..way.clone() };
            match self.holds(&limit.when, step, subject) {
                Some(false) => {}
                Some(true) => {
                    bites.push(number);
                    trace.note_all(|| {
                        let why = |before: &usize| {
                            self.why_limited(limit, step, subject, *before, limit.bound.apply(*before))
                        };
                        changed.iter().map(why).collect()
                    });
                    *ways = each_once(ways.iter().map(limited));
                }
                None => {
                    unknown.others.push(&limit.when);
                    trace.note(|| self.why_not_limited(limit, step, subject));
                    *ways = each_once(ways.iter().flat_map(|way| [way.clone(), limited(way)]));
                }
            }
        }
        bites
    }

    /// The row or column of a matrix; `None` where its value is missing.
    fn on(&self, axis: Axis, subject: usize) -> Option<usize> {
        match axis {
            Axis::Result(of) => self.result_of(of, subject)?.rating(),
            Axis::Choice(input) => self.given.choice(input),
        }
    }
}

impl Step {
    /// Clamps, converts and rounds a number; `None` where no row of the table holds it. `is_sure`: whether it is the only
    /// number that there can be.
    fn finish(&self, mut number: Exact, is_sure: bool, trace: &mut impl Trace) -> Option<Exact> {
        let (least, greatest) = &self.clamp;
        let below = least.as_ref().filter(|least| number < **least);
        if let Some(bound) = below.or_else(|| greatest.as_ref().filter(|greatest| number > **greatest)) {
            let before = std::mem::replace(&mut number, bound.clone());
            trace.note(|| self.why_clamped(before, bound));
        }
        if !self.convert.is_empty() {
            self.look_up(&mut number, is_sure, trace)?;
        }
        for round in &self.round {
            let before = number.clone();
            number = number.round(round.places, round.mode);
            trace.note(|| round.why(before, &number));
        }
        Some(number)
    }

    /// The number in the row of the table that it reaches.
    fn look_up(&self, number: &mut Exact, is_sure: bool, trace: &mut impl Trace) -> Option<()> {
        let above = self.convert.partition_point(|row| row.from <= *number);
        let row = above.checked_sub(1).and_then(|at| Some((at, self.convert.get(at)?)));
        if is_sure {
            trace.event(row.map_or(Event::BelowRows, |(at, _)| Event::Row(at)), Some(number));
        }
        trace.note(|| self.why_converted(row.map(|(_, row)| row), self.convert.get(above), number));
        *number = row?.1.to.clone();
        Some(())
    }

    /// The rating of the band that holds a number. `is_sure`: whether it is the only number that there can be.
    fn band(&self, bands: &[Band], number: Option<&Exact>, is_sure: bool, trace: &mut impl Trace) -> Option<usize> {
        let number = number?;
        let above = bands.partition_point(|band| band.from <= *number);
        let is_beyond = |band: &&Band| band.to.as_ref().is_some_and(|to| number > to);
        let band = above.checked_sub(1).and_then(|at| bands.get(at)).filter(|band| !is_beyond(band));
        if band.is_none() && is_sure {
            trace.event(Event::no_band(above, bands.len()), Some(number));
        }
        trace.note(|| self.why_band(band, bands.get(above), number));
        Some(band?.rating)
    }
}

impl Matrix {
    /// The cell, or that which all possible cells agree on where the row or the column is unknown.
    pub(super) fn agreed(&self, row: Option<usize>, column: Option<usize>) -> Option<&Cell> {
        let rows = self.cells.iter().enumerate().filter(|(number, _)| row.is_none_or(|row| row == *number));
        let mut cells = rows.flat_map(|(_, cells)| {
            let within = cells.iter().enumerate();
            within.filter(|(number, _)| column.is_none_or(|column| column == *number)).map(|(_, cell)| cell)
        });
        let first = cells.next()?;
        cells.all(|cell| cell == first).then_some(first)
    }
}

impl Bound {
    /// A rating after the limit.
    pub(super) fn apply(self, rating: usize) -> usize {
        match self {
            Self::AtMost(most) => rating.min(most),
            Self::AtLeast(least) => rating.max(least),
        }
    }
}

/// The ways with the points of their ratings, which take the place of the number.
fn count(ways: Vec<Way>, step: &Step) -> Vec<Way> {
    let counted = |way: Way| {
        let points = way.rating.and_then(|rating| step.points.get(rating)).cloned();
        Way { score: points.or(way.score), ..way }
    };
    each_once(ways.into_iter().map(counted))
}

fn each_once<T: PartialEq>(list: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut once = Vec::new();
    for item in list {
        if !once.contains(&item) {
            once.push(item);
        }
    }
    once
}
