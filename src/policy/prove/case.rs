//! A case of a proof: the values that it allows each input.

use crate::exact::Exact;

use super::super::supplied::InputValue;

/// The values that a case allows an input.
#[derive(Debug, Clone)]
pub(super) enum Allowed {
    Any,
    Absent,
    Choice(usize),
    /// A number from and to these bounds.
    Number(Exact, Exact),
}

/// The allowed values, by input; inputs missing at the end may have any value.
pub(super) type Case = Vec<Allowed>;

impl Allowed {
    pub(super) fn has(&self, value: Option<&InputValue>) -> bool {
        match (self, value) {
            (Self::Any, _) | (Self::Absent, None) => true,
            (Self::Choice(allowed), Some(InputValue::Choice(choice))) => allowed == choice,
            (Self::Number(from, to), Some(InputValue::Number(number))) => number >= from && number <= to,
            _ => false,
        }
    }

    /// Whether the case leaves one value.
    pub(super) fn is_one(&self) -> bool {
        matches!(self, Self::Absent | Self::Choice(_))
    }
}
