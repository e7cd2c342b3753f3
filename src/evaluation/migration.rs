//! `migrated_from` and `orphaned`, which a migration writes into an evaluation, once checked.

use serde::Serialize;

pub use crate::syntax::migration::checked::{GivenFor, Migration, Orphan};

impl Migration {
    /// The day it was completed, as `2026-05-29`.
    pub fn completed_on(&self) -> Option<String> {
        self.completed_on.map(|date| date.to_string())
    }
}

impl Orphan {
    /// The day of a response, as `2026-06-08`.
    pub fn date(&self) -> Option<String> {
        self.date.map(|date| date.to_string())
    }

    /// The day a goal was due, as `2027-01-29`.
    pub fn due(&self) -> Option<String> {
        self.due.map(|date| date.to_string())
    }

    /// The service data, input or entered rating, to serialize.
    pub fn value(&self) -> Option<&(impl Serialize + use<>)> {
        self.value.as_ref()
    }
}
