//! Rules of steps with a result for each observation.

use std::sync::Arc;

use crate::diagnostic::Code;
use crate::outline::{Node, ObservedKind};
use crate::rubric::Observations;
use crate::source::{Field, OneOrList};
use crate::syntax::Scoring;
use crate::syntax::scoring::{Each, Step};

use super::super::items;
use super::{At, Checker, Ground};

/// The most indicators of all observations together that a policy can count.
const MOST: usize = 20_000;

/// The ground with the observations that an evaluation can have, where a step has a result for each and that can be told.
pub(super) fn ground<'a>(document: &Scoring, ground: &Ground<'a>) -> Ground<'a> {
    let mut steps = items(Some(&document.steps)).map(|(_, step)| step);
    let at_most = ground.observations.and_then(|observations| usize::try_from(observations.at_most?).ok());
    let (Some(at_most), true, None) = (at_most, steps.any(is_of_observations), &ground.whole) else {
        return ground.clone();
    };
    let kinds = kinds(ground);
    if counted(&kinds, at_most) > MOST {
        return ground.clone();
    }
    Ground { nodes: Arc::new(ground.nodes.with_observations(&kinds, at_most)), ..ground.clone() }
}

fn is_of_observations(step: &Step) -> bool {
    step.each.as_ref().and_then(Field::get) == Some(&Each::Observation)
}

fn kinds<'a>(ground: &Ground<'a>) -> Vec<ObservedKind<'a>> {
    let all = ground.observations.into_iter().flat_map(|observations| &observations.kinds);
    all.map(|kind| ObservedKind {
        id: &kind.id,
        label: &kind.label,
        indicators: (0..ground.nodes.of_rubric()).filter(|indicator| kind.holds_index(*indicator)).collect(),
    })
    .collect()
}

/// The number of indicators of so many observations of each kind.
fn counted(kinds: &[ObservedKind<'_>], at_most: usize) -> usize {
    kinds
        .iter()
        .map(|kind| kind.indicators.len().saturating_add(1))
        .fold(0, usize::saturating_add)
        .saturating_mul(at_most)
}

impl Checker<'_> {
    /// A step with a result for each observation can have one; else a finding, and `None`.
    pub(super) fn of_observations(&self, step: &Step) -> Option<()> {
        let Some(each) = step.each.as_ref().filter(|_| is_of_observations(step)) else { return Some(()) };
        let wrong = |code: Code, message: &str, help: &str| {
            self.error(code, each.span, message.to_owned(), help);
            None
        };
        let Some(observations) = self.ground.observations else {
            let help = "add `observations` with their kinds to the rubric, or write `each: domain`";
            return wrong(Code::WrongKind, "the rubric has no observations", help);
        };
        if self.ground.whole.is_some() {
            let help = "remove `scope` under `for`, or take the ratings of record";
            return wrong(Code::WrongKind, "a policy for a scope has no result for each observation", help);
        }
        if observations.at_most.is_none() {
            let help = "add `at_most:` to the `observations` of the rubric: the policy is proven for so many";
            return wrong(Code::WrongKind, "it is not said how many observations an evaluation can have", help);
        }
        if self.ground.nodes.each(Each::Observation).len() == 0 {
            let help = "lower `at_most` of the `observations`, or narrow their kinds with `scope`";
            return wrong(Code::TooManySteps, "these are too many observations of too many indicators", help);
        }
        if let Some(under) = &step.under {
            let help = "remove it; the `scope` of a kind of observation says what is rated on it";
            self.misplaced(under.span, "a step for each observation takes all that is rated on it", help);
            return None;
        }
        if let Some(entered) = step.entered.as_ref().filter(|_| step.is_entered()) {
            let help = "let the rating follow, or have people enter one rating in a later step";
            self.misplaced(entered.span, "nobody enters a rating for each observation here", help);
            return None;
        }
        if let Some(of) = &step.of
            && matches!(of.get(), Some(OneOrList::List(_)))
        {
            let help = "write `of: indicators`, or an earlier step with `each: observation`";
            return wrong(Code::WrongKind, "no observation has these members of its own", help);
        }
        Some(())
    }

    /// The id that weighs a member: of an observation that of its kind.
    pub(super) fn weighed_as<'n>(&'n self, node: &'n Node) -> &'n str {
        let kinds = self.ground.observations.map(|observations| &observations.kinds);
        let kind = node.observed.and_then(|observed| kinds?.get(observed.kind));
        kind.map_or(&*node.id, |kind| &kind.id)
    }

    /// Whether a step has a result for each observation.
    pub(super) fn is_of_observations(&self, step: usize) -> bool {
        self.outlines.get(step).is_some_and(|of| of.each.flatten() == Some(Each::Observation))
    }

    /// Whether a step can look at an indicator: of an observation at those that a kind rates.
    pub(super) fn is_rated_for(&self, at: &At, indicator: usize) -> bool {
        let is_rated = |all: &Observations| all.kinds.iter().any(|kind| kind.holds_index(indicator));
        at.each != Some(Each::Observation) || self.ground.observations.is_none_or(is_rated)
    }
}
