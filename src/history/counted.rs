//! An evaluation that counts, and the same for the newest rubric.

use crate::evaluation::Evaluation;
use crate::migrate::Changes;

/// An evaluation that counts.
pub(super) struct Counted {
    /// As it was made.
    pub(super) evaluation: Evaluation,
    /// The evaluation, written for the newest rubric.
    pub(super) now: Evaluation,
    /// The changes made for that; `None` where it was made with the newest rubric.
    pub(super) changes: Option<Changes>,
}
