//! The placeholders that a form writes for unknown values, to be replaced by the person who fills it in.

/// Stands for an id or a name.
pub(crate) const FILL_IN: &str = "FILL IN";
/// The first and the last day of a period. The library asks no clock, and nobody takes these for the right ones.
pub(crate) const PERIOD: (&str, &str) = ("2000-01-01", "2000-12-31");
