//! Entered ratings that judge a part of the rubric as a whole, whose indicators may stay unrated.

use super::state::{Run, State, StepResult};
use super::{Policy, Rate, Reach, ResultOf, Step};

/// Marks the steps that read results of steps that may be judged. A person who enters a rating needs leave to do so without
/// ratings, whatever the step reads.
pub(crate) fn mark_judged(steps: &mut [Step]) {
    for number in 0..steps.len() {
        let Some((step, above)) = steps.get(..=number).and_then(<[Step]>::split_last) else { continue };
        let is_judged =
            |first: usize| above.iter().rev().find(|step| step.first <= first).is_some_and(|step| step.may_be_judged);
        let reads_judged = step.reach.iter().any(|reach| match reach {
            Reach::Results(of) | Reach::Result(ResultOf::Same(of)) => {
                above.get(*of).is_some_and(|step| step.may_be_judged)
            }
            Reach::Result(ResultOf::Slot(slot)) => *slot < step.first && is_judged(*slot),
            _ => false,
        });
        let is_entered = matches!(step.rate, Some(Rate::Entered));
        if reads_judged
            && !is_entered
            && let Some(step) = steps.get_mut(number)
        {
            step.may_be_judged = true;
        }
    }
}

impl Policy {
    /// Whether a result needs the rating of an indicator; an entered rating alone does not.
    pub(crate) fn needs_rating(&self, indicator: usize) -> bool {
        let needs = |step: &Step| {
            step.reach.iter().any(|reach| match reach {
                Reach::Indicators => step.looks_at(indicator),
                Reach::OnScale(scale) => step.looks_at(indicator) && self.is_on_scale(indicator, *scale),
                Reach::Indicator(needed) => *needed == indicator,
                _ => false,
            })
        };
        self.steps.iter().any(needs)
    }

    /// The indicators that a rating in this slot judges as a whole, which need no rating of their own once it is entered.
    pub(crate) fn judged_whole(&self, slot: usize) -> Vec<usize> {
        let Some((step, subject)) = self.at(slot).filter(|(step, _)| step.without_ratings) else { return Vec::new() };
        let all = self.subject(step, subject).map_or(0..self.nodes.of_rubric(), |node| node.indicators.clone());
        all.filter(|indicator| step.looks_at(*indicator) && !self.needs_rating(*indicator)).collect()
    }
}

impl Run<'_> {
    /// Whether a result reads one that is there and may have been judged without a rating of any indicator.
    pub(super) fn reads_judged(&self, step: &Step, subject: usize) -> bool {
        let is_scored = |result: &StepResult| result.state == State::Scored;
        let may_be_judged = |of: usize| self.policy.steps.get(of).is_some_and(|step| step.may_be_judged);
        step.may_be_judged
            && step.reach.iter().any(|reach| match *reach {
                Reach::Results(of) => {
                    may_be_judged(of) && self.results_under(of, step, subject).any(|(_, result)| is_scored(result))
                }
                Reach::Result(of) => {
                    let of_judged = match of {
                        ResultOf::Same(of) => may_be_judged(of),
                        ResultOf::Slot(slot) => self.policy.at(slot).is_some_and(|(step, _)| step.may_be_judged),
                    };
                    of_judged && self.result_of(of, subject).is_some_and(is_scored)
                }
                _ => false,
            })
    }
}
