//! The scales of a rubric as written.

use serde::{Deserialize, Serialize};

use crate::source::{Field, Text, document, words};

use super::form;

document! {
/// The ordered levels of ratings, and the choices that are no rating.
pub(crate) struct Scale {
    /// The order in which the levels are written here and printed; lowest first when absent.
    pub(crate) order: Option<Field<LevelOrder>>,
    /// The levels, in the order that `order` says, lowest first without it; at least two.
    pub(crate) levels: Field<Vec<Field<Level>>>,
    /// The first level that meets expectations.
    pub(crate) meets_at: form::Level,
    /// The levels that descriptors are written for, where others are left without on purpose; all when absent.
    pub(crate) described: Option<Field<Vec<form::Level>>>,
    /// Choices that are no rating, such as "no opportunity to practice": never a number, never in a denominator. A choice of
    /// another scale may stand here again, word for word.
    pub(crate) not_rated: Option<Field<Vec<Field<NotRated>>>>,
}
}

/// The order in which the levels of a scale are written, printed and filled in. The lowest stays the lowest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub(crate) enum LevelOrder {
    /// From the lowest level to the highest.
    LowestFirst,
    /// From the highest level to the lowest.
    HighestFirst,
}

document! {
/// A level of the scale.
pub(crate) struct Level {
    /// The id that ratings use.
    pub(crate) id: form::Id,
    /// The name that is printed.
    pub(crate) label: form::Prose,
    /// The meaning, in a sentence.
    pub(crate) description: Option<Field<Text>>,
}
}

document! {
/// A choice that is no rating.
pub(crate) struct NotRated {
    /// The id that ratings use.
    pub(crate) id: form::Id,
    /// The name that is printed.
    pub(crate) label: form::Prose,
    /// The meaning, in a sentence.
    pub(crate) description: Option<Field<Text>>,
    /// The reason why nothing is rated. When absent, a plain label decides, such as N/A or Not observed; any other label
    /// stands for a missing opportunity.
    pub(crate) means: Option<Field<Means>>,
}
}

/// The reason why nothing is rated; decides whether a goal is proposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub(crate) enum Means {
    /// The employee had no opportunity for the practice: a goal may arrange one.
    NoOpportunity,
    /// The indicator is no part of the position: no goal is proposed.
    NotApplicable,
    /// The evaluator saw too little of the practice, or none: no goal is proposed.
    NotObserved,
}

impl Means {
    /// The word that stands for it in a document.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::NoOpportunity => "no_opportunity",
            Self::NotApplicable => "not_applicable",
            Self::NotObserved => "not_observed",
        }
    }
}

words! { LevelOrder, Means }
