//! The points of an indicator's ratings.

use crate::exact::Exact;

use super::state::Run;
use super::supplied::Outcome;
use super::{Of, Policy, Step, Take};

impl Policy {
    /// The points of an indicator at a rated level: its own, or those of all.
    pub(crate) fn points_of(&self, indicator: usize, level: usize) -> Option<&Exact> {
        match self.own_points.get(self.nodes.of_record(indicator)) {
            Some(own) if !own.is_empty() => own.get(level.checked_sub(*self.levels_at(indicator).first()?)?),
            _ => self.points.get(level),
        }
    }

    /// Whether an indicator that a step looks at has points of its own.
    pub(super) fn has_own_points(&self, step: &Step) -> bool {
        let mut own = self.own_points.iter().enumerate().filter(|(_, own)| !own.is_empty());
        own.any(|(indicator, _)| step.looks_at(indicator))
    }

    /// The most points of an indicator, or the greatest number that it can be rated with.
    fn most_points_of(&self, indicator: usize) -> Option<&Exact> {
        if let Some(range) = self.range_of(indicator) {
            return Some(&range.to);
        }
        self.levels_at(indicator).iter().filter_map(|level| self.points_of(indicator, *level)).max()
    }

    /// The points that an indicator of the rubric has of its own at a level.
    #[cfg(feature = "render")]
    pub(crate) fn own_points_at(&self, in_rubric: usize, level: usize) -> Option<&Exact> {
        if self.own_points.is_empty() {
            return None;
        }
        let indicator = match &self.scope {
            Some(scope) => scope.binary_search(&in_rubric).ok()?,
            None => in_rubric,
        };
        self.own_points.get(indicator).filter(|own| !own.is_empty())?;
        self.points_of(indicator, level)
    }
}

impl Step {
    /// Whether its number is the one that is taken, unchanged.
    fn keeps_what_is_taken(&self) -> bool {
        let is_bounded = self.clamp.0.is_some() || self.clamp.1.is_some();
        let is_changed = self.rescale.is_some() || !self.adjust.is_empty() || is_bounded;
        !is_changed && self.convert.is_empty() && self.round.is_empty()
    }
}

impl Run<'_> {
    /// The sum of the most points that the rated indicators can have, where the step is their plain sum and some have points
    /// of their own or are numbers.
    pub(super) fn most_that_is_possible(&self, step: &Step, subject: usize, take: Take) -> Option<Exact> {
        let is_plain = take == Take::Sum && matches!(step.of, Some(Of::Indicators)) && step.keeps_what_is_taken();
        if !is_plain || !(self.policy.has_own_points(step) || self.policy.looks_at_numbers(step)) {
            return None;
        }
        let weights = self.weights(step);
        let most = |(indicator, _): (usize, Outcome)| {
            let points = self.policy.most_points_of(indicator)?;
            Some(weights.get(indicator).map_or_else(|| points.clone(), |weight| points * weight))
        };
        self.outcomes(step, subject).filter(|(_, outcome)| self.policy.is_rating(*outcome)).map(most).sum()
    }
}
