//! Practices as written: the checklist of an indicator, and the rule by which its level follows.

use serde::{Deserialize, Serialize};

use crate::source::{Either, Entries, Field, document, words};

use super::form;

document! {
/// One practice of an indicator's checklist: a behavior that is seen or not.
pub(crate) struct Practice {
    /// The id that evaluations use; unique across the rubric.
    pub(crate) id: form::Id,
    /// The level that the practice belongs to; absent where `derive` counts practices by their number.
    pub(crate) level: Option<form::Level>,
    /// The practice, in words.
    pub(crate) statement: form::Prose,
}
}

/// The rule by which the level of an indicator follows from its practices.
pub(crate) type Derive = Either<DeriveByLevel, DeriveByNumber>;

/// The practices of a level that must be seen, for the level itself and for each lower level that has practices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub(crate) enum DeriveByLevel {
    /// All of them.
    Cumulative,
    /// More than half of them.
    Majority,
}

document! {
/// The level follows from the number of practices that are seen.
pub(crate) struct DeriveByNumber {
    /// By level, the number of practices that must be seen; rising with the levels. The lowest level needs none.
    #[cfg_attr(feature = "schema", schemars(with = "Entries<form::Count>"))]
    pub(crate) at_least: Field<Entries<u32>>,
}
}

words! { DeriveByLevel }
