//! The weights of a step's members, and indicators that count alike.

use std::collections::HashMap;

use crate::exact::Exact;

use super::{Of, Policy, Step, Take};

/// The weights of a step's members.
#[derive(Debug, Clone, Default)]
pub(crate) struct Weights {
    /// The input of which each choice has weights of its own.
    pub(crate) by: Option<usize>,
    /// The weight of each member: by the indicator's number, by the place in a list, or by the subject's number in the step
    /// that they are results of. One list, or one for each choice; none where all members count alike.
    pub(crate) lists: Vec<Vec<Exact>>,
}

impl Weights {
    /// Whether all members count alike.
    pub(crate) fn are_alike(&self) -> bool {
        self.lists.is_empty()
    }

    /// The weights under a choice of their input.
    pub(crate) fn under(&self, choice: Option<usize>) -> &[Exact] {
        let list = if self.by.is_some() { choice } else { Some(0) };
        list.and_then(|list| self.lists.get(list)).map_or(&[], Vec::as_slice)
    }

    /// The weights of a member under every choice.
    pub(crate) fn of(&self, member: usize) -> Vec<Option<&Exact>> {
        self.lists.iter().map(|list| list.get(member)).collect()
    }
}

impl Policy {
    /// Whether a step takes a number of indicators of which one counts unlike another.
    pub(crate) fn counts_apart(&self, step: &Step) -> bool {
        let of_points =
            matches!(step.of, Some(Of::Indicators)) && step.take.is_some_and(|take| take != Take::ShareMeeting);
        of_points && (!step.weights.are_alike() || self.has_own_points(step) || self.looks_at_numbers(step))
    }

    /// Indicators in groups of which all are on one scale and count alike, in order.
    pub(super) fn alike(&self, step: &Step, indicators: &[usize]) -> Vec<Vec<usize>> {
        let on_scales = self.by_scale(indicators);
        if !self.counts_apart(step) {
            return on_scales;
        }
        let mut groups: Vec<Vec<usize>> = Vec::new();
        for on_scale in on_scales {
            let mut by_weight = HashMap::new();
            for indicator in on_scale {
                let alike = (step.weights.of(indicator), self.own_points.get(indicator).filter(|own| !own.is_empty()));
                let number = *by_weight.entry(alike).or_insert(groups.len());
                match groups.get_mut(number) {
                    Some(group) => group.push(indicator),
                    None => groups.push(vec![indicator]),
                }
            }
        }
        groups
    }
}
