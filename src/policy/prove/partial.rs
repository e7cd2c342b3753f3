//! Partial evaluations, joined from smaller ones, from which witnesses are built.

use super::super::state::StepResult;
use super::super::supplied::{InputValue, Outcome};
use super::PartId;
use super::trial::Trial;
use super::values::Values;

/// A part of an evaluation.
#[derive(Debug, Clone)]
pub(super) enum Part {
    Nothing,
    /// `count` indicators of a group, from `start` on, at a level.
    Run {
        group: usize,
        start: usize,
        count: usize,
        outcome: Outcome,
    },
    Indicator {
        indicator: usize,
        outcome: Outcome,
    },
    Input {
        input: usize,
        value: Option<InputValue>,
    },
    Entered {
        slot: usize,
        level: usize,
    },
    /// The part that leads to a value of an earlier result.
    Value {
        slot: usize,
        number: usize,
    },
    Both(PartId, PartId),
}

/// The store of parts, each made of earlier ones.
#[derive(Debug)]
pub(super) struct PartialStore {
    list: Vec<Part>,
    /// Indicators that count alike.
    groups: Vec<Vec<usize>>,
}

impl PartialStore {
    pub(super) const NOTHING: PartId = 0;

    pub(super) fn new() -> Self {
        Self { list: vec![Part::Nothing], groups: Vec::new() }
    }

    pub(super) fn add(&mut self, part: Part) -> PartId {
        let id = PartId::try_from(self.list.len()).unwrap_or(PartId::MAX);
        self.list.push(part);
        id
    }

    pub(super) fn both(&mut self, one: PartId, other: PartId) -> PartId {
        match (one, other) {
            (Self::NOTHING, id) | (id, Self::NOTHING) => id,
            _ => self.add(Part::Both(one, other)),
        }
    }

    pub(super) fn group(&mut self, indicators: Vec<usize>) -> usize {
        self.groups.push(indicators);
        self.groups.len() - 1
    }

    /// Writes a part into a trial; earlier results as such, or as the parts that lead to them.
    pub(super) fn apply(&self, id: PartId, trial: &mut Trial, mut results: Results<'_, '_>) {
        let mut left = vec![id];
        while let Some(id) = left.pop() {
            let Some(part) = self.list.get(id as usize) else { continue };
            match part {
                Part::Nothing => {}
                Part::Run { group, start, count, outcome } => {
                    let group = self.groups.get(*group).map_or(&[][..], Vec::as_slice);
                    for indicator in group.iter().skip(*start).take(*count) {
                        set(&mut trial.outcomes, *indicator, *outcome);
                    }
                }
                Part::Indicator { indicator, outcome } => {
                    set(&mut trial.outcomes, *indicator, *outcome);
                }
                Part::Input { input, value } => set(&mut trial.inputs, *input, value.clone()),
                Part::Entered { slot, level } => set(&mut trial.entered, *slot, Some(*level)),
                Part::Value { slot, number } => match &mut results {
                    Results::AsTheyAre(values, results) => {
                        let value = values.get(*slot).and_then(|values| values.known()).and_then(|v| v.get(*number));
                        if let Some(value) = value {
                            set(results, *slot, value.result.clone());
                        }
                    }
                    Results::WhatLeadsThere(values) => {
                        let value = values.get(*slot).and_then(|values| values.known()).and_then(|v| v.get(*number));
                        left.extend(value.map(|value| value.part));
                    }
                },
                // The second is written first, so that the first has its way where they are about the same.
                Part::Both(one, other) => left.extend([*one, *other]),
            }
        }
    }
}

/// The treatment of an earlier result that a part names.
pub(super) enum Results<'v, 'r> {
    AsTheyAre(&'v [Values], &'r mut [StepResult]),
    WhatLeadsThere(&'v [Values]),
}

fn set<T>(list: &mut [T], at: usize, value: T) {
    if let Some(slot) = list.get_mut(at) {
        *slot = value;
    }
}
