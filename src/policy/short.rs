//! Finds sums that lack members because these are out of the evaluation's scope.

use crate::syntax::scoring::Take;

use super::state::{Run, State, StepResult};
use super::supplied::Supplied;
use super::{Of, Policy, Single, Step};

/// A sum of fewer members than its bands were proven for.
pub(crate) struct ShortSum<'a> {
    pub(crate) step: &'a Step,
    /// The results that lack a member, by their subject's number.
    pub(crate) subjects: Vec<usize>,
    /// The number of members in the first of these results.
    pub(crate) have: u64,
    /// The number of members that the policy gives it.
    pub(crate) all: u64,
}

impl Policy {
    /// The sums that lack members out of scope; `results` come from [`Policy::run`]. Sums that block without these members
    /// (`missing: block`) are not among them.
    pub(crate) fn short_sums(&self, given: Supplied<'_>, results: &[StepResult]) -> Vec<ShortSum<'_>> {
        let run = Run { policy: self, given, results: results.to_vec() };
        let sums = self.steps.iter().filter(|step| step.take == Some(Take::Sum) && !step.must_have_all());
        sums.filter_map(|step| {
            let lacks = |subject: usize| Some((subject, run.lacks(step, subject)?));
            let found: Vec<(usize, (u64, u64))> = (0..self.slots(step).len()).filter_map(lacks).collect();
            let (have, all) = found.first()?.1;
            Some(ShortSum { step, subjects: found.iter().map(|(subject, _)| *subject).collect(), have, all })
        })
        .collect()
    }
}

impl Run<'_> {
    /// The number of members a sum has, and the number the policy gives it, where some are out of scope. `None` where no
    /// member is in scope, and no sum exists.
    fn lacks(&self, step: &Step, subject: usize) -> Option<(u64, u64)> {
        let count = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
        let (here, out) = match step.of.as_ref()? {
            Of::Indicators => (count(self.outcomes(step, subject).count()), self.out_of_scope(step, subject)),
            Of::Results(of) => {
                (count(self.results_under(*of, step, subject).count()), self.out_of_scope(step, subject))
            }
            Of::List(list) => {
                let out = count(list.iter().filter(|single| self.is_out_of_scope(**single)).count());
                (count(list.len()) - out, out)
            }
        };
        (here > 0 && out > 0).then_some((here, here + out))
    }

    /// Whether a member of a list is a result without a score that rests on indicators out of scope.
    fn is_out_of_scope(&self, single: Single) -> bool {
        let Single::Result(slot) = single else { return false };
        let Some((step, subject)) = self.policy.at(slot) else { return false };
        let Some(result) = self.results.get(slot).filter(|result| result.score().is_none()) else { return false };
        let rests_on = self.policy.rests_on(step, subject);
        let (out, here): (Vec<usize>, Vec<usize>) =
            rests_on.into_iter().partition(|indicator| self.given.outcome(*indicator) == super::Outcome::OutOfScope);
        // A result that waits for a rating can still come.
        !out.is_empty() && (here.is_empty() || result.state == State::Insufficient)
    }
}
