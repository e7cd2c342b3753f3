//! Entered ratings that judge a part of the rubric as a whole, whose indicators may stay unrated.

use super::{Policy, Reach, Step};

impl Policy {
    /// Whether a result needs the rating of an indicator; an entered rating alone does not.
    pub(crate) fn needs_rating(&self, indicator: usize) -> bool {
        let needs = |step: &Step| {
            step.reach.iter().any(|reach| match reach {
                Reach::Indicators => step.looks_at(indicator),
                Reach::Indicator(needed) => *needed == indicator,
                _ => false,
            })
        };
        self.steps.iter().any(needs)
    }

    /// The indicators that a rating in this slot judges as a whole, which need no rating of their own once it is entered.
    pub(crate) fn judged_whole(&self, slot: usize) -> Vec<usize> {
        let Some((step, subject)) = self.at(slot).filter(|(step, _)| step.without_ratings) else { return Vec::new() };
        let all = self.subject(step, subject).map_or(0..self.nodes.indicators().len(), |node| node.indicators.clone());
        all.filter(|indicator| step.looks_at(*indicator) && !self.needs_rating(*indicator)).collect()
    }
}
