//! The scales that indicators are rated on, as a policy sees them.

use crate::scale::Scale;

use super::Policy;
use super::condition::Which;
use super::supplied::Outcome;

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

    /// Whether an outcome is a rating.
    pub(super) fn is_rating(&self, outcome: Outcome) -> bool {
        matches!(outcome, Outcome::Level(level) if level < self.rated)
    }

    /// The outcome that meets expectations, and no more.
    pub(super) fn meeting(&self, indicator: usize) -> Outcome {
        let scale = self.scale_of(indicator);
        Outcome::Level(scale.and_then(|scale| scale.numbers().get(scale.meeting_level())).copied().unwrap_or_default())
    }

    /// The lowest level of an indicator.
    pub(super) fn lowest(&self, indicator: usize) -> Outcome {
        Outcome::Level(self.levels_at(indicator).first().copied().unwrap_or_default())
    }

    /// The first choice of an indicator that is no rating; `None` where it has none.
    pub(super) fn not_rated(&self, indicator: usize) -> Option<Outcome> {
        let scale = self.scale_of(indicator)?;
        scale.numbers().get(scale.rated().len()).copied().map(Outcome::Level)
    }

    /// Whether some of the indicators can be without a rating although they have an entry.
    pub(super) fn can_lack_rating(&self, indicators: &[usize]) -> bool {
        match self.scales.is_one() {
            true => !indicators.is_empty() && self.rated < self.scale.list.len(),
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
