//! The dependencies of a result, and the aspects of each that its step reads.

use crate::exact::Exact;

use super::super::condition::{Condition, Set, Source, Which};
use super::super::{Axis, Of, Policy, Rate, ResultOf, Single, Step};

/// The dependencies of one result.
#[derive(Debug, Default)]
pub(super) struct Sources {
    /// Indicators that are only counted, or whose points are taken: those of a group are alike.
    pub(super) groups: Vec<Vec<usize>>,
    /// Indicators that a condition names.
    pub(super) named: Vec<usize>,
    /// Indicators of which only matters whether any is rated.
    pub(super) rest: Vec<usize>,
    pub(super) slots: Vec<usize>,
    pub(super) inputs: Vec<usize>,
    pub(super) is_entered: bool,
    /// The indicators that the step looks at.
    pub(super) looked_at: Vec<usize>,
}

/// The aspects that a step reads.
#[derive(Debug, Default)]
pub(super) struct Looks<'s> {
    /// The counts, each with the cap where more makes no difference.
    pub(super) counted: Vec<(Set, &'s Which, u64)>,
    /// The shares that are compared with a percentage of the rated members.
    pub(super) shares: Vec<(Set, &'s Which, &'s Exact)>,
    /// Conditions on one thing.
    pub(super) alone: Vec<&'s Condition>,
}

impl<'s> Looks<'s> {
    pub(super) fn of(number: usize, step: &'s Step) -> Self {
        let mut looks = Self::default();
        for condition in conditions(step) {
            looks.add(condition);
        }
        // Its own result follows from all else that it looks at.
        let is_own = |of: ResultOf| match of {
            ResultOf::Slot(slot) => slot >= step.first,
            ResultOf::Same(step) => step == number,
        };
        looks.alone.retain(|condition| !matches!(condition.source(), Some(Source::Result(of)) if is_own(of)));
        looks
    }

    /// The aspects that one condition reads.
    pub(super) fn under(condition: &'s Condition) -> Self {
        let mut looks = Self::default();
        looks.add(condition);
        looks
    }

    fn add(&mut self, condition: &'s Condition) {
        match condition {
            Condition::Count { set, which, number, .. } => {
                let cap = number.to_u64().map_or(u64::MAX, |number| number.saturating_add(1));
                match self.counted.iter_mut().find(|(known, levels, _)| known == set && *levels == which) {
                    Some((.., known)) => *known = cap.max(*known),
                    None => self.counted.push((*set, which, cap)),
                }
            }
            Condition::Share { set, which, percent, .. } => {
                if !self.shares.contains(&(*set, which, percent)) {
                    self.shares.push((*set, which, percent));
                }
            }
            Condition::All(list) | Condition::Any(list) => list.iter().for_each(|condition| self.add(condition)),
            Condition::Not(condition) => self.add(condition),
            _ => self.alone.push(condition),
        }
    }

    /// The sets that are counted.
    fn sets(&self) -> impl Iterator<Item = Set> {
        let shares = self.shares.iter().map(|(set, ..)| *set);
        self.counted.iter().map(|(set, ..)| *set).chain(shares)
    }
}

/// Every condition of a step.
pub(super) fn conditions(step: &Step) -> impl Iterator<Item = &Condition> {
    let rules = match &step.rate {
        Some(Rate::Rules(rules)) => rules.as_slice(),
        _ => &[],
    };
    let adjust = step.adjust.iter().filter_map(|adjust| adjust.when.as_ref());
    let rules = rules.iter().filter_map(|rule| rule.when.as_ref());
    adjust
        .chain(rules)
        .chain(step.limits.iter().map(|limit| &limit.when))
        .chain(step.flags.iter().map(|flag| &flag.when))
}

impl Policy {
    pub(super) fn sources(&self, step: &Step, subject: usize, looks: &Looks<'_>, supports: Supports<'_>) -> Sources {
        let all = match self.subject(step, subject) {
            Some(node) => node.indicators.clone(),
            None => 0..self.nodes.of_rubric(),
        };
        let looked_at: Vec<usize> = all.filter(|indicator| step.looks_at(*indicator)).collect();
        let mut sources = Sources { looked_at, ..Sources::default() };
        let mut counts_indicators = matches!(step.of, Some(Of::Indicators));
        let under = |of: &usize| {
            let first = self.steps.get(*of).map_or(0, |of| of.first);
            self.numbers_under(*of, step, subject).map(move |number| first + number)
        };
        match &step.of {
            None | Some(Of::Indicators) => {}
            Some(Of::Results(of)) => sources.slots.extend(under(of)),
            Some(Of::List(list)) => {
                for single in list {
                    match single {
                        Single::Result(slot) => sources.slots.push(*slot),
                        Single::Input(input) => sources.inputs.push(*input),
                    }
                }
            }
        }
        for set in looks.sets() {
            match set {
                Set::Indicators => counts_indicators = true,
                Set::Results(of) => sources.slots.extend(under(&of)),
            }
        }
        for source in looks.alone.iter().filter_map(|condition| condition.source()) {
            match source {
                Source::Indicator(indicator) => sources.named.push(indicator),
                Source::Result(of) => sources.slots.extend(self.slot_of(of, subject)),
                Source::Input(input) => sources.inputs.push(input),
            }
        }
        sources.inputs.extend(step.adjust.iter().filter_map(|adjust| adjust.per).chain(step.weights.by));
        match &step.rate {
            Some(Rate::Matrix(matrix)) => {
                for axis in [matrix.rows, matrix.columns] {
                    match axis {
                        Axis::Result(of) => sources.slots.extend(self.slot_of(of, subject)),
                        Axis::Choice(input) => sources.inputs.push(input),
                    }
                }
            }
            Some(Rate::Entered) => sources.is_entered = true,
            _ => {}
        }
        for list in [&mut sources.named, &mut sources.slots, &mut sources.inputs] {
            list.sort_unstable();
            list.dedup();
        }
        if counts_indicators {
            let named = &sources.named;
            let is_other = |indicator: &&usize| named.binary_search(indicator).is_err();
            let others: Vec<usize> = sources.looked_at.iter().filter(is_other).copied().collect();
            sources.groups = self.alike(step, &others);
        } else if step.take.is_none() {
            let supports = sources.slots.iter().filter_map(|slot| supports(*slot));
            let inside = supports.filter(|support| sources.looks_at_all(support, self)).flatten();
            let mut covered: Vec<usize> = sources.named.iter().chain(inside).copied().collect();
            covered.sort_unstable();
            let is_left = |indicator: &&usize| covered.binary_search(indicator).is_err();
            sources.rest = sources.looked_at.iter().filter(is_left).copied().collect();
        }
        sources
    }
}

/// The dependencies of the result in a slot.
type Supports<'a> = &'a dyn Fn(usize) -> Option<&'a [usize]>;

impl Sources {
    /// Whether every indicator that something depends on is looked at.
    pub(super) fn looks_at_all(&self, support: &[usize], policy: &Policy) -> bool {
        let count = policy.nodes.indicators().len();
        let mut indicators = support.iter().take_while(|number| **number < count);
        indicators.all(|indicator| self.looked_at.binary_search(indicator).is_ok())
    }
}
