//! `seal` and `amendments`, once checked.

use serde::Serialize;

use super::Evaluation;

pub use crate::syntax::evaluation::seal::checked::{Amendment, Seal, SealedResult};

impl Seal {
    /// The day it was sealed, as `2026-06-12`.
    pub fn on(&self) -> String {
        self.on.to_string()
    }
}

impl Amendment {
    /// The day of the change, as `2026-09-15`.
    pub fn on(&self) -> String {
        self.on.to_string()
    }

    /// The value before, to serialize; `None` where there was none.
    pub fn was(&self) -> Option<&(impl Serialize + use<>)> {
        self.was.as_ref()
    }

    /// The value since, to serialize; `None` where it was taken out.
    pub fn is(&self) -> Option<&(impl Serialize + use<>)> {
        self.is.as_ref()
    }
}

impl Evaluation {
    /// The seal; `None` before the evaluation is finished.
    pub fn seal(&self) -> Option<&Seal> {
        self.0.stated.seal.as_ref()
    }

    /// The changes since the evaluation was sealed, oldest first.
    pub fn amendments(&self) -> &[Amendment] {
        &self.0.stated.amendments
    }
}
