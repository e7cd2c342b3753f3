//! An observation as written: one occasion of a period, with the ratings given on it.

use crate::source::{Blank, Either, Entries, Field, Text, document};

use super::super::form;
use super::super::leaf::{Day, Mark};
use super::Rating;

document! {
/// An observation: one occasion of the period, with the ratings of the practice that was seen on it.
pub(crate) struct Observation {
    /// The id, unique among the observations.
    pub(crate) id: form::Id,
    /// The kind: an id of the rubric's `observations.kinds`.
    pub(crate) kind: form::Id,
    /// The day.
    pub(crate) date: Field<Day>,
    /// The id of the evaluator who observed; required when the document has several.
    pub(crate) by: Option<form::Identifier>,
    /// Its length in minutes.
    pub(crate) minutes: Option<form::Count>,
    /// The place.
    pub(crate) at: Option<Field<Text>>,
    /// The notes; printed with the report.
    pub(crate) notes: Option<Field<Text>>,
    /// The ratings, by indicator. An entry without a level is no rating: its comment and evidence are kept and printed.
    pub(crate) ratings: Option<Field<Entries<Blank<Either<Mark, Rating>>>>>,
}
}
