//! Recorders of a run.

use crate::exact::Exact;

use super::event::Event;
use super::reason::Reason;

/// Records the reasons of one result. Running and explaining share their code, so an explanation always fits its number.
pub(super) trait Trace {
    fn note_all(&mut self, reasons: impl FnOnce() -> Vec<Reason>);

    fn note(&mut self, reason: impl FnOnce() -> Reason) {
        self.note_all(|| vec![reason()]);
    }

    /// Records an event for a proof; with the number where no band holds it.
    fn event(&mut self, _: Event, _: Option<&Exact>) {}
}

/// Records nothing, and skips the code that makes reasons.
pub(super) struct Silent;

impl Trace for Silent {
    fn note_all(&mut self, _: impl FnOnce() -> Vec<Reason>) {}
}

impl Trace for Vec<Reason> {
    fn note_all(&mut self, reasons: impl FnOnce() -> Vec<Reason>) {
        self.extend(reasons());
    }
}
