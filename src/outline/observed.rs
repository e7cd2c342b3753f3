//! Observations in the outline that a policy sees: parts with their own copies of the indicators that they rate.

use super::{Node, Outline, Tier};

/// The place of an observation, or of an indicator that is rated on it, among the observations of a policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Observed {
    /// The number of the observation among all.
    pub(crate) observation: usize,
    /// The number of its kind.
    pub(crate) kind: usize,
    /// Of an indicator, its number in the rubric.
    pub(crate) of: usize,
    /// Whether it is among the first observations, of all kinds in turn, that one evaluation can have together.
    pub(crate) is_common: bool,
}

/// A kind of observation, with the numbers of the indicators that it rates.
pub(crate) struct ObservedKind<'a> {
    pub(crate) id: &'a str,
    pub(crate) label: &'a str,
    pub(crate) indicators: Vec<usize>,
}

impl Outline {
    /// The outline with as many observations of each kind as an evaluation can have, each with its own copy of the indicators
    /// that it rates. A policy counts them as it counts parts of the rubric.
    pub(crate) fn with_observations(&self, kinds: &[ObservedKind<'_>], at_most: usize) -> Self {
        let mut outline = Self { at_most, ..self.clone() };
        for (kind, of) in kinds.iter().enumerate() {
            for place in 0..at_most {
                let in_turn = place.saturating_mul(kinds.len()).saturating_add(kind);
                outline.add_observation(kind, of, place, in_turn < at_most);
            }
        }
        outline
    }

    fn add_observation(&mut self, kind: usize, of: &ObservedKind<'_>, place: usize, is_common: bool) {
        let (number, observation, first) = (self.nodes.len(), self.observations.len(), self.indicators.len());
        let observed = |of| Some(Observed { observation, kind, of, is_common });
        let printed = place.saturating_add(1);
        self.observations.push(number);
        self.nodes.push(Node {
            number,
            id: format!("{}_{printed}", of.id),
            code: printed.to_string(),
            title: Some(format!("{} {printed}", of.label)),
            statement: None,
            tier: Tier::Domain,
            is_rated: false,
            scale: 0,
            parent: None,
            place: observation,
            indicators: first..first.saturating_add(of.indicators.len()),
            points: Vec::new(),
            observed: observed(usize::MAX),
            domains: 0..0,
            competencies: 0..0,
        });
        for own in &of.indicators {
            let Some(node) = self.indicators().get(*own).cloned() else { continue };
            let (at, indicator) = (self.nodes.len(), self.indicators.len());
            let indicators = indicator..indicator.saturating_add(1);
            let tier = Tier::Indicator;
            let copy = Node { number: at, tier, parent: Some(number), indicators, observed: observed(*own), ..node };
            self.nodes.push(copy);
            self.indicators.push(at);
        }
    }

    /// The number of indicators of the rubric, without those of observations.
    pub(crate) fn of_rubric(&self) -> usize {
        self.own
    }

    /// The place of an indicator among the observations; `None` for one of the rubric.
    pub(crate) fn observed(&self, indicator: usize) -> Option<Observed> {
        if indicator < self.own { None } else { self.indicators().get(indicator)?.observed }
    }

    /// The number in the rubric of an indicator, on an observation or not.
    pub(crate) fn of_record(&self, indicator: usize) -> usize {
        self.observed(indicator).map_or(indicator, |observed| observed.of)
    }

    /// The most observations that one evaluation has.
    pub(crate) fn most_observations(&self) -> usize {
        self.at_most
    }
}
