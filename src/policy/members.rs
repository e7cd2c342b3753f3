//! Collects the members of a result, and computes their mean, sum, median or other number.

use std::borrow::Cow;

use crate::exact::Exact;
use crate::scale::MOST_OF_ALL;
use crate::syntax::scoring::{Missing, Take};

use super::state::{Run, State, StepResult};
use super::supplied::Outcome;
use super::{Of, Policy, Single, Step};

/// The members of one result.
pub(super) struct Members<'r> {
    /// The number of members in scope.
    pub(super) all: u64,
    /// The number of members with the value that is taken.
    pub(super) have: u64,
    /// The number of the policy's members that the evaluation does not answer for.
    pub(super) out_of_scope: u64,
    pub(super) what: What<'r>,
}

pub(super) enum What<'r> {
    /// Indicators: the number at each level.
    Tally([u16; MOST_OF_ALL]),
    /// Results, inputs, and indicators that count unlike each other: each score with its weight.
    Scores(Vec<Score<'r>>),
    /// Ratings, of results or of indicators that are rated with numbers too: the number that meet expectations.
    Met(u64),
}

/// A score, and its weight where members have weights.
pub(super) type Score<'r> = (Cow<'r, Exact>, Option<&'r Exact>);

impl<'r> Members<'r> {
    pub(super) fn of(run: &'r Run<'_>, step: &'r Step, subject: usize) -> Self {
        let (mut all, mut have) = (0, 0);
        let out_of_scope = run.out_of_scope(step, subject);
        let weights = run.weights(step);
        let what = match &step.of {
            None => What::Scores(Vec::new()),
            Some(Of::Indicators) if run.policy.counts_apart(step) => {
                let mut scores = Vec::new();
                for (number, outcome) in run.outcomes(step, subject) {
                    all += 1;
                    if let Some(score) = run.policy.score_of(number, outcome) {
                        have += 1;
                        scores.push((score, weights.get(number)));
                    }
                }
                What::Scores(scores)
            }
            Some(Of::Indicators) if step.take == Some(Take::ShareMeeting) && run.policy.looks_at_numbers(step) => {
                let mut met = 0;
                for (number, outcome) in run.outcomes(step, subject) {
                    all += u64::from(!run.policy.is_in_no_share(number));
                    let meets = run.policy.meets(number, outcome);
                    have += u64::from(meets.is_some());
                    met += u64::from(meets == Some(true));
                }
                What::Met(met)
            }
            Some(Of::Indicators) => {
                let mut tally = [0; MOST_OF_ALL];
                for (_, outcome) in run.outcomes(step, subject) {
                    all += 1;
                    have += u64::from(run.policy.is_rating(outcome));
                    if let Outcome::Level(level) = outcome
                        && level < run.policy.rated
                        && let Some(count) = tally.get_mut(level)
                    {
                        *count += 1;
                    }
                }
                What::Tally(tally)
            }
            Some(Of::Results(of)) if step.take == Some(Take::ShareMeeting) => {
                let meets_at = run.policy.steps.get(*of).and_then(|of| of.levels.meets_at);
                let mut met = 0;
                for (_, result) in run.results_under(*of, step, subject) {
                    all += 1;
                    if let (Some(rating), Some(meets_at)) = (result.rating(), meets_at) {
                        have += 1;
                        met += u64::from(rating >= meets_at);
                    }
                }
                What::Met(met)
            }
            Some(Of::Results(of)) => {
                let mut scores = Vec::new();
                for (number, result) in run.results_under(*of, step, subject) {
                    all += 1;
                    have += u64::from(has(result, step));
                    scores.extend(result.score().map(|score| (Cow::Borrowed(score), weights.get(number))));
                }
                What::Scores(scores)
            }
            Some(Of::List(list)) => {
                let mut scores = Vec::new();
                let mut met = 0;
                for (number, single) in list.iter().enumerate() {
                    all += 1;
                    let score = match single {
                        Single::Input(input) => run.given.number(*input),
                        Single::Result(slot) => {
                            let result = run.results.get(*slot);
                            if let Some(rating) = result.and_then(StepResult::rating) {
                                met += u64::from(run.meets(*slot, rating));
                            }
                            have += u64::from(result.is_some_and(|result| has(result, step)));
                            result.and_then(StepResult::score)
                        }
                    };
                    if matches!(single, Single::Input(_)) {
                        have += u64::from(score.is_some());
                    }
                    scores.extend(score.map(|score| (Cow::Borrowed(score), weights.get(number))));
                }
                if step.take == Some(Take::ShareMeeting) { What::Met(met) } else { What::Scores(scores) }
            }
        };
        Self { all, have, out_of_scope, what }
    }

    /// The number taken of the members; `None` without members.
    pub(super) fn take(&self, take: Take, run: &Run<'_>, step: &Step) -> Option<Exact> {
        match &self.what {
            What::Met(met) => Exact::ratio(met * 100, self.have),
            What::Tally(tally) => {
                let points = &run.policy.points;
                let at = |rank: u64| {
                    let mut passed = 0;
                    // Where 1 is the best, the lowest number is the highest level's.
                    let level = run.policy.by_points.iter().find(|level| {
                        passed += tally.get(**level).map_or(0, |count| u64::from(*count));
                        passed > rank
                    });
                    points.get(*level?)
                };
                match take {
                    Take::Mean => sum_of(tally, points).divided_by(&Exact::from(self.have)),
                    Take::Sum => Some(sum_of(tally, points)),
                    Take::Lowest => at(0).cloned(),
                    Take::Highest => at(self.have.checked_sub(1)?).cloned(),
                    Take::Median => middle(at(self.have.checked_sub(1)? / 2)?, at(self.have / 2)?),
                    Take::ShareMeeting => Exact::ratio(run.policy.met_of(tally) * 100, self.have),
                }
            }
            What::Scores(scores) => {
                let is_weighted = !step.weights.are_alike();
                let weighted = |(score, weight): &Score<'_>| match weight {
                    Some(weight) => &**score * *weight,
                    None => Exact::clone(score),
                };
                let sum = || scores.iter().map(weighted).sum::<Exact>();
                match take {
                    Take::Sum => Some(sum()),
                    Take::Mean if is_weighted => sum().divided_by(&weight_of(scores)),
                    Take::Mean => sum().divided_by(&Exact::from(self.have)),
                    Take::Lowest => scores.iter().map(|(score, _)| &**score).min().cloned(),
                    Take::Highest => scores.iter().map(|(score, _)| &**score).max().cloned(),
                    Take::Median | Take::ShareMeeting => {
                        let mut sorted: Vec<&Exact> = scores.iter().map(|(score, _)| &**score).collect();
                        sorted.sort();
                        middle(sorted.get(sorted.len().checked_sub(1)? / 2)?, sorted.get(sorted.len() / 2)?)
                    }
                }
            }
        }
    }
}

impl Policy {
    /// How many of the ratings in a tally meet expectations.
    pub(super) fn met_of(&self, tally: &[u16]) -> u64 {
        let levels = tally.iter().take(self.rated).enumerate();
        levels.filter(|(level, _)| self.scales.meets(*level)).map(|(_, count)| u64::from(*count)).sum()
    }
}

impl Step {
    /// Whether it has a result only where every member has a score, in scope or not.
    pub(super) fn must_have_all(&self) -> bool {
        self.missing == Missing::Block
    }
}

/// The total weight of the members with a score.
pub(super) fn weight_of(scores: &[Score<'_>]) -> Exact {
    scores.iter().filter_map(|(_, weight)| weight.cloned()).sum()
}

pub(super) fn sum_of(tally: &[u16], points: &[Exact]) -> Exact {
    let counted = points.iter().zip(tally).filter(|(_, count)| **count > 0);
    counted.map(|(points, count)| points.times(u64::from(*count))).sum()
}

fn middle(below: &Exact, above: &Exact) -> Option<Exact> {
    (below + above).divided_by(&Exact::from(2))
}

/// Whether a result has the value that is taken of it: a score; a rating, where ratings are taken; either, where nothing is
/// taken.
pub(super) fn has(result: &StepResult, step: &Step) -> bool {
    match step.take {
        Some(Take::ShareMeeting) => result.rating().is_some(),
        Some(_) => result.score().is_some(),
        None => result.state == State::Scored,
    }
}
