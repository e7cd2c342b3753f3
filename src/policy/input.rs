//! The inputs of a policy: values that an evaluation gives beside the ratings.

use crate::exact::{Exact, Range};
use crate::source::shorten;

use super::InputValue;

/// Something that an evaluation gives beside the ratings.
#[derive(Debug, Clone)]
pub(crate) struct Input {
    pub(crate) id: String,
    pub(crate) label: String,
    pub(crate) kind: InputKind,
    /// The label of each choice; the id where the policy gives no label. Empty for a number.
    pub(crate) choice_labels: Vec<String>,
    /// Whether the choices stand in order, lowest first.
    pub(crate) is_ordered: bool,
    /// Whether it may be missing.
    pub(crate) optional: bool,
    /// The earlier result that it is.
    pub(crate) from_history: Option<FromHistory>,
}

/// A result of an earlier evaluation of the same person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FromHistory {
    /// The id of the step.
    pub(crate) step: String,
    /// How many school years earlier.
    pub(crate) years_ago: i16,
}

#[derive(Debug, Clone)]
pub(crate) enum InputKind {
    /// A number from and to these bounds, with at most so many places.
    Number { from: Exact, to: Exact, places: u32 },
    /// One of these.
    Choice(Vec<String>),
}

impl Input {
    /// Whether every evaluation gives it itself.
    pub(crate) fn is_asked_for(&self) -> bool {
        !self.optional && self.from_history.is_none()
    }

    /// Whether a value is of its kind and in its range.
    pub(crate) fn allows(&self, value: &InputValue) -> bool {
        match (&self.kind, value) {
            (InputKind::Number { from, to, places }, InputValue::Number(number)) => {
                Range { from, to, places: *places }.has(number)
            }
            (InputKind::Choice(choices), InputValue::Choice(choice)) => *choice < choices.len(),
            _ => false,
        }
    }

    /// "a whole number from 1 to 4", "one of `novice`, `experienced`".
    pub(crate) fn wanted(&self) -> String {
        match &self.kind {
            InputKind::Number { from, to, places } => Range { from, to, places: *places }.wanted(),
            InputKind::Choice(choices) => {
                /// As many as can be taken in.
                const MOST: usize = 20;
                let shown = choices.iter().take(MOST).map(|choice| format!("`{}`", shorten(choice)));
                let more = choices.len().checked_sub(MOST).filter(|more| *more > 0);
                let more = more.map(|more| format!(" and {more} more")).unwrap_or_default();
                format!("one of {}{more}", shown.collect::<Vec<_>>().join(", "))
            }
        }
    }
}
