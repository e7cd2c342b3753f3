//! Splits a proof by the values of inputs: conditions on one input that exclude each other never hold in the same case.

use std::collections::{BTreeMap, BTreeSet};

use crate::exact::{Exact, RoundingMode};

use super::super::condition::{Compare, Condition, Source};
use super::super::{Axis, InputKind, Policy, Rate, Step};
use super::case::{Allowed, Case};
use super::fold::Examined;
use super::sources::{Looks, conditions};
use super::values::Values;
use super::{Event, Known, Possible, candidates};

/// The most cases, and the most results that are examined in all of them together.
const MOST_CASES: usize = 1_000;
const MOST_RESULTS: usize = 20_000;

/// Steps of which something is open, by the inputs that they are split by.
type Groups = BTreeMap<Vec<usize>, Vec<usize>>;

/// The possible events of a step's results in one case.
type Results = Vec<(usize, Possible)>;

impl Policy {
    /// The inputs that conditions or matrices of any step look at: a case fixes those.
    fn split_by(&self) -> Vec<usize> {
        let mut inputs = Vec::new();
        for step in &self.steps {
            for condition in conditions(step).flat_map(|condition| Looks::under(condition).alone) {
                if let Some(Source::Input(input)) = condition.source() {
                    inputs.push(input);
                }
            }
            if let Some(Rate::Matrix(matrix)) = &step.rate {
                inputs.extend([matrix.rows, matrix.columns].into_iter().filter_map(|axis| match axis {
                    Axis::Choice(input) => Some(input),
                    Axis::Result(_) => None,
                }));
            }
        }
        inputs.sort_unstable();
        inputs.dedup();
        inputs
    }

    /// The values of an input in parts, within which no condition tells one from another.
    fn parts_of(&self, number: usize) -> Vec<Allowed> {
        let Some(input) = self.inputs.get(number) else { return Vec::new() };
        let mut parts = match &input.kind {
            InputKind::Choice(choices) => (0..choices.len()).map(Allowed::Choice).collect(),
            InputKind::Number { from, to, places } => {
                let all = self.steps.iter().flat_map(conditions).flat_map(|condition| Looks::under(condition).alone);
                let of_this = all.filter_map(|condition| match condition {
                    Condition::Number { input, is, number: with } if *input == number => Some((*is, with)),
                    _ => None,
                });
                ranges(from, to, *places, of_this)
            }
        };
        parts.extend(input.optional.then_some(Allowed::Absent));
        parts
    }

    /// Every case of these inputs; `None` for more than `most`.
    fn cases(&self, inputs: &[usize], most: usize) -> Option<Vec<Case>> {
        let mut cases = vec![vec![Allowed::Any; self.inputs.len()]];
        for input in inputs {
            let parts = self.parts_of(*input);
            if cases.len() * parts.len() > most {
                return None;
            }
            let with = |case: &Case, part: &Allowed| {
                let mut case = case.clone();
                if let Some(allowed) = case.get_mut(*input) {
                    *allowed = part.clone();
                }
                case
            };
            cases =
                cases.iter().flat_map(|case| parts.iter().map(|part| with(case, part)).collect::<Vec<_>>()).collect();
        }
        Some(cases)
    }
}

/// A range of numbers, cut where a comparison turns.
fn ranges<'a>(
    from: &Exact,
    to: &Exact,
    places: u32,
    comparisons: impl Iterator<Item = (Compare, &'a Exact)>,
) -> Vec<Allowed> {
    let unit = Exact::from(10u64.pow(places.min(18))).inverse();
    let lowest = from.round(places, RoundingMode::Ceiling);
    // The lowest number of each range.
    let mut firsts: Vec<Exact> = comparisons
        .map(|(is, number)| match is {
            Compare::AtLeast | Compare::LessThan => number.round(places, RoundingMode::Ceiling),
            Compare::MoreThan | Compare::AtMost => &number.round(places, RoundingMode::Floor) + &unit,
        })
        .filter(|first| *first > lowest && first <= to)
        .collect();
    firsts.push(lowest);
    firsts.sort();
    firsts.dedup();
    let lasts = firsts.iter().skip(1).map(|next| next - &unit).chain([to.clone()]).collect::<Vec<_>>();
    firsts.into_iter().zip(lasts).map(|(first, last)| Allowed::Number(first, last)).collect()
}

impl<'p> Examined<'p> {
    /// The values that a case allows an input.
    pub(super) fn allowed(&self, input: usize) -> &Allowed {
        self.case.get(input).unwrap_or(&Allowed::Any)
    }

    /// Decides open events by cases. An event that happens in no case never happens.
    pub(super) fn split(&mut self, known: &mut [BTreeMap<Event, Known>]) {
        let all = self.policy.split_by();
        let mut groups = Groups::new();
        for (number, step) in self.policy.steps.iter().enumerate() {
            if known.get(number).is_some_and(|known| known.values().any(Known::is_open)) {
                let inputs: Vec<usize> = all.iter().copied().filter(|input| self.rests_on(step, *input)).collect();
                groups.entry(inputs).or_default().push(number);
            }
        }
        let free = std::mem::take(&mut self.values);
        for (inputs, steps) in groups.iter().filter(|(inputs, _)| !inputs.is_empty()) {
            let last = steps.last().copied().unwrap_or_default();
            let above = self.policy.steps.iter().take(last + 1).map(|step| self.policy.slots(step).len());
            let results: usize = above.sum::<usize>().max(1);
            let Some(cases) = self.policy.cases(inputs, MOST_CASES.min(MOST_RESULTS / results)) else { continue };
            self.by_cases(&cases, steps, &free, known);
        }
        self.case.clear();
        self.values = free;
    }

    /// Whether results of a step depend on an input.
    fn rests_on(&self, step: &Step, input: usize) -> bool {
        let number = self.policy.nodes.indicators().len() + input;
        let supports = self.policy.slots(step).filter_map(|slot| self.values.get(slot));
        supports.into_iter().any(|values| values.support.binary_search(&number).is_ok())
    }

    fn by_cases(&mut self, cases: &[Case], steps: &[usize], free: &[Values], known: &mut [BTreeMap<Event, Known>]) {
        let mut can_be: BTreeSet<(usize, Event)> = BTreeSet::new();
        for case in cases {
            self.case.clone_from(case);
            self.work = self.bounds.work / cases.len() as u64;
            for (number, results) in self.in_case(free, steps) {
                let Some(known) = known.get_mut(number) else { continue };
                for (event, known) in known.iter_mut().filter(|(_, known)| known.is_open()) {
                    match self.known(*event, &results) {
                        Known::Never => {}
                        Known::Open => {
                            can_be.insert((number, *event));
                        }
                        shown @ Known::Shown(_) => *known = shown,
                    }
                }
            }
            let is_open = |known: &[BTreeMap<Event, Known>]| {
                steps.iter().filter_map(|step| known.get(*step)).flat_map(BTreeMap::values).any(Known::is_open)
            };
            for trial in candidates::ends(self.policy, case) {
                if !is_open(known) || Policy::look_in(trial, known, self).is_none() {
                    break;
                }
            }
            if !is_open(known) {
                return;
            }
        }
        for step in steps {
            let open = known.get_mut(*step).into_iter().flatten().filter(|(_, known)| known.is_open());
            open.filter(|(event, _)| !can_be.contains(&(*step, **event))).for_each(|(_, known)| *known = Known::Never);
        }
    }

    /// Examines in one case all that depends on the inputs that it fixes; the rest is as without the case.
    fn in_case(&mut self, free: &[Values], steps: &[usize]) -> Vec<(usize, Results)> {
        let first_input = self.policy.nodes.indicators().len();
        let fixed = self.case.iter().enumerate().filter(|(_, allowed)| !matches!(allowed, Allowed::Any));
        let fixed: Vec<usize> = fixed.map(|(input, _)| first_input + input).collect();
        let last = steps.last().copied().unwrap_or_default();
        let mut found = Vec::new();
        self.values.clear();
        for (number, step) in self.policy.steps.iter().enumerate().take(last + 1) {
            let looks = Looks::of(number, step);
            let is_asked = steps.contains(&number);
            let mut results = Results::new();
            for (subject, slot) in self.policy.slots(step).enumerate() {
                let depends = |values: &&Values| fixed.iter().any(|input| values.support.binary_search(input).is_ok());
                match free.get(slot).filter(|values| !is_asked && !depends(values)) {
                    Some(values) => self.values.push(values.clone()),
                    None => {
                        let possible = self.examine(step, subject, slot, &looks);
                        results.push((slot, possible));
                    }
                }
            }
            if is_asked {
                found.push((number, results));
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exact(text: &str) -> Exact {
        Exact::parse(text).unwrap()
    }

    #[test]
    fn a_range_is_cut_where_a_comparison_turns() {
        let comparisons = [
            (Compare::LessThan, exact("2")),
            (Compare::AtLeast, exact("2")),
            (Compare::AtMost, exact("3")),
            (Compare::MoreThan, exact("9")),
            (Compare::AtLeast, exact("2.5001")),
        ];
        let ranges = ranges(&exact("1"), &exact("4"), 2, comparisons.iter().map(|(is, number)| (*is, number)));
        let shown: Vec<String> = ranges
            .iter()
            .map(|range| match range {
                Allowed::Number(from, to) => format!("{} to {}", from.shown(), to.shown()),
                other => format!("{other:?}"),
            })
            .collect();
        assert_eq!(shown, ["1 to 1.99", "2 to 2.5", "2.51 to 3", "3.01 to 4"]);
    }
}
