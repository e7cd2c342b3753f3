//! The possible values of an earlier result.

use std::rc::Rc;

use crate::exact::Exact;

use super::super::state::{State, StepResult};
use super::PartId;
use super::span::Span;

/// The possible values of a result: a list, or bounds.
#[derive(Debug, Clone)]
pub(super) struct Values {
    /// Every value, where they are not too many.
    list: Option<Rc<[Value]>>,
    /// Whether every listed value is possible; else the list is an over-approximation.
    pub(super) is_exact: bool,
    pub(super) within: Within,
    /// The indicators, inputs and entries that it depends on, in order.
    pub(super) support: Rc<[usize]>,
}

#[derive(Debug, Clone)]
pub(super) struct Value {
    /// Without flags: no later step sees them.
    pub(super) result: StepResult,
    /// Whether any indicator that it depends on is rated.
    pub(super) any_rated: bool,
    /// The part that leads to the value.
    pub(super) part: PartId,
}

/// Bounds on a result.
#[derive(Debug, Clone, Default)]
pub(super) struct Within {
    /// Its score, where it has one; `None` where it never has.
    pub(super) score: Option<Span>,
    /// Whether each level can be the rating.
    pub(super) ratings: Vec<bool>,
    /// Whether it can be without a result.
    pub(super) can_lack: bool,
    /// Whether it can be blocked.
    pub(super) can_block: bool,
}

impl Values {
    pub(super) fn known(&self) -> Option<&[Value]> {
        self.list.as_deref()
    }

    pub(super) fn all(list: Vec<Value>, is_exact: bool, levels: usize, support: Rc<[usize]>) -> Self {
        let mut within = Within { ratings: vec![false; levels], ..Within::default() };
        for value in &list {
            within.can_lack |= value.result.state != State::Scored;
            within.can_block |= value.result.state == State::Blocked;
            if let Some(is) = value.result.rating().and_then(|rating| within.ratings.get_mut(rating)) {
                *is = true;
            }
        }
        within.score = Span::of(list.iter().filter_map(|value| value.result.score()));
        Self { list: Some(list.into()), is_exact, within, support }
    }

    pub(super) fn within(within: Within, support: Rc<[usize]>) -> Self {
        Self { list: None, is_exact: false, within, support }
    }
}

/// The possible numbers of an input; `None` for more than `most`.
pub(super) fn numbers(from: &Exact, to: &Exact, places: u32, most: u64) -> Option<Vec<Exact>> {
    let unit = 10u64.checked_pow(places)?;
    let first = from.times(unit).round(0, crate::exact::RoundingMode::Ceiling);
    let last = to.times(unit).round(0, crate::exact::RoundingMode::Floor);
    let count = (&last - &first).to_u64().filter(|count| *count < most)?;
    (0..=count).map(|step| (&first + &Exact::from(step)).divided_by(&Exact::from(unit))).collect()
}
