//! The input of a policy: outcomes of indicators, inputs, and entered ratings.

use crate::exact::{Decimal, Exact};

/// The outcome of an indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Outcome {
    OutOfScope,
    Unrated,
    /// The number of a level of the scale, rated or not.
    Level(usize),
    /// A number of the indicator's number scale.
    Number(Decimal),
}

/// An evaluation's value for an input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum InputValue {
    Number(Exact),
    /// The number of the choice.
    Choice(usize),
}

/// The values that results depend on. Entries missing at the end of a list count as absent.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Supplied<'a> {
    /// The outcomes, by indicator. A choice that counts as a level is the level here.
    pub(crate) outcomes: &'a [Outcome],
    /// The indicators with such a choice, in order, each with the choice.
    pub(crate) counting: &'a [(usize, usize)],
    /// The values, by input.
    pub(crate) inputs: &'a [Option<InputValue>],
    /// By input that is the result of an earlier evaluation: where the value comes from, in words, or
    /// what is not at hand; empty without such an input.
    pub(crate) sources: &'a [Option<String>],
    /// The entered ratings, by slot.
    pub(crate) entered: &'a [Option<usize>],
}

impl Supplied<'_> {
    pub(crate) fn outcome(&self, indicator: usize) -> Outcome {
        self.outcomes.get(indicator).copied().unwrap_or(Outcome::OutOfScope)
    }

    pub(crate) fn number(&self, input: usize) -> Option<&Exact> {
        match self.inputs.get(input)?.as_ref()? {
            InputValue::Number(number) => Some(number),
            InputValue::Choice(_) => None,
        }
    }

    pub(crate) fn choice(&self, input: usize) -> Option<usize> {
        match self.inputs.get(input)?.as_ref()? {
            InputValue::Choice(choice) => Some(*choice),
            InputValue::Number(_) => None,
        }
    }

    pub(crate) fn entered(&self, slot: usize) -> Option<usize> {
        self.entered.get(slot).copied().flatten()
    }
}
