//! The scales that indicators are rated on, as a policy sees them.

use std::borrow::Cow;

use crate::exact::{Decimal, Exact};
use crate::scale::{NumberRange, Scale};

use super::condition::Which;
use super::supplied::Outcome;
use super::{Policy, Step};

/// A rating with a number of a number scale.
pub(super) fn at(number: &Exact) -> Outcome {
    Decimal::of(number).map_or(Outcome::Unrated, Outcome::Number)
}

impl Policy {
    /// The scale that an indicator is rated on.
    pub(crate) fn scale_of(&self, indicator: usize) -> Option<&Scale> {
        self.scales.each().get(self.nodes.indicators().get(indicator)?.scale)
    }

    /// Whether an indicator is rated on the scale with a number.
    pub(crate) fn is_on_scale(&self, indicator: usize, scale: usize) -> bool {
        self.nodes.indicators().get(indicator).is_some_and(|node| node.scale == scale)
    }

    /// The numbers of the levels that an indicator can have, the rated ones first.
    pub(crate) fn levels_at(&self, indicator: usize) -> &[usize] {
        self.scale_of(indicator).map_or(&[], Scale::numbers)
    }

    /// The numbers that an indicator is rated with; `None` on a scale of levels.
    pub(crate) fn range_of(&self, indicator: usize) -> Option<&NumberRange> {
        if self.scales.has_numbers() { self.scale_of(indicator)?.range() } else { None }
    }

    /// Whether an indicator that a step looks at is rated with numbers.
    pub(crate) fn looks_at_numbers(&self, step: &Step) -> bool {
        let mut all = 0..self.nodes.of_rubric();
        self.scales.has_numbers() && all.any(|one| step.looks_at(one) && self.range_of(one).is_some())
    }

    /// Whether an outcome is a rating.
    pub(super) fn is_rating(&self, outcome: Outcome) -> bool {
        match outcome {
            Outcome::Level(level) => level < self.rated,
            Outcome::Number(_) => true,
            Outcome::OutOfScope | Outcome::Unrated => false,
        }
    }

    /// Whether a rating of an indicator meets expectations; `None` for one that is in no share: a number of a scale that says
    /// nothing of expectations, and what is no rating.
    pub(super) fn meets(&self, indicator: usize, outcome: Outcome) -> Option<bool> {
        match outcome {
            Outcome::Level(level) => (level < self.rated).then(|| self.scales.meets(level)),
            Outcome::Number(number) => self.range_of(indicator)?.meets(&number.exact()),
            Outcome::OutOfScope | Outcome::Unrated => None,
        }
    }

    /// Whether an indicator is in no share of what is met, however it is rated.
    pub(super) fn is_in_no_share(&self, indicator: usize) -> bool {
        self.range_of(indicator).is_some_and(|range| range.meets_at.is_none())
    }

    /// The number that a rating of an indicator counts: its points, or the number that it is.
    pub(super) fn score_of(&self, indicator: usize, outcome: Outcome) -> Option<Cow<'_, Exact>> {
        match outcome {
            Outcome::Level(level) => self.points_of(indicator, level).map(Cow::Borrowed),
            Outcome::Number(number) => Some(Cow::Owned(number.exact())),
            Outcome::OutOfScope | Outcome::Unrated => None,
        }
    }

    /// The outcome that meets expectations, and no more; the least number of a scale that says nothing of them.
    pub(super) fn meeting(&self, indicator: usize) -> Outcome {
        if let Some(range) = self.range_of(indicator) {
            return at(range.meets_at.as_ref().unwrap_or(&range.from));
        }
        let scale = self.scale_of(indicator);
        Outcome::Level(scale.and_then(|scale| scale.numbers().get(scale.meeting_level())).copied().unwrap_or_default())
    }

    /// The lowest level or the least number of an indicator.
    pub(super) fn lowest(&self, indicator: usize) -> Outcome {
        if let Some(range) = self.range_of(indicator) {
            return at(&range.from);
        }
        Outcome::Level(self.levels_at(indicator).first().copied().unwrap_or_default())
    }

    /// The first choice of an indicator that is no rating; `None` where it has none.
    pub(super) fn not_rated(&self, indicator: usize) -> Option<Outcome> {
        let scale = self.scale_of(indicator)?;
        scale.numbers().get(scale.rated().len()).copied().map(Outcome::Level)
    }

    /// Whether some scale has a choice that is no rating.
    pub(super) fn has_not_rated(&self) -> bool {
        self.scales.each().iter().any(|scale| !scale.not_rated().is_empty())
    }

    /// Whether some of the indicators can be without a rating although they have an entry.
    pub(super) fn can_lack_rating(&self, indicators: &[usize]) -> bool {
        match self.scales.is_one() {
            true => !indicators.is_empty() && self.not_rated(0).is_some(),
            false => indicators.iter().any(|indicator| self.not_rated(*indicator).is_some()),
        }
    }

    /// Whether a condition looks at an indicator: at its scale.
    pub(super) fn is_looked_at(&self, which: &Which, indicator: usize) -> bool {
        let Some(scales) = &which.scales else { return true };
        self.nodes.indicators().get(indicator).is_some_and(|node| scales.get(node.scale) == Some(&true))
    }

    /// Indicators by the scale that they are rated on.
    pub(super) fn by_scale(&self, indicators: &[usize]) -> Vec<Vec<usize>> {
        if self.scales.is_one() {
            return if indicators.is_empty() { Vec::new() } else { vec![indicators.to_vec()] };
        }
        let mut groups = vec![Vec::new(); self.scales.each().len()];
        for indicator in indicators {
            let scale = self.nodes.indicators().get(*indicator).map(|node| node.scale);
            if let Some(group) = scale.and_then(|scale| groups.get_mut(scale)) {
                group.push(*indicator);
            }
        }
        groups.retain(|group: &Vec<usize>| !group.is_empty());
        groups
    }
}
