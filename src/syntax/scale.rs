//! The scales of a rubric as written.

use serde::{Deserialize, Serialize};

use crate::diagnostic::Code;
use crate::source::{Field, Number, Read, Reader, Text, document, words};

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

document! {
/// A scale whose ratings are numbers, such as points from 0 to 15.
pub(crate) struct NumberScale {
    /// The least number.
    pub(crate) from: Field<Number>,
    /// The greatest number.
    pub(crate) to: Field<Number>,
    /// The most digits after the point; 2 when absent.
    pub(crate) places: Option<form::Whole>,
    /// The least number that meets expectations. Without it, numbers of this scale are in no share of what is met.
    pub(crate) meets_at: Option<Field<Number>>,
    /// The unit that is printed after a number, such as points.
    pub(crate) unit: Option<form::Prose>,
    /// Choices that are no rating, as on a scale of levels.
    pub(crate) not_rated: Option<Field<Vec<Field<NotRated>>>>,
}
}

/// A scale beside the default one: of levels, or of numbers.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub(crate) enum OtherScale {
    Levels(Scale),
    Numbers(NumberScale),
}

/// The default scale, which has levels: steps of a policy rate at them, and parts that choose no scale are rated on it.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub(crate) struct DefaultScale(pub(crate) Scale);

impl std::ops::Deref for DefaultScale {
    type Target = Scale;

    fn deref(&self) -> &Scale {
        &self.0
    }
}

impl Read for DefaultScale {
    fn read(reader: Reader<'_>) -> Option<Self> {
        let (message, help) = if is_of_numbers(&reader) {
            (
                "the default scale has levels, and this is a range of numbers",
                "put it under `scales:` with an id, and write `scale:` with the id at each part that is rated with a number",
            )
        } else if !reader.has_key("levels") && reader.holds_a_mapping() {
            (
                "`scale` is one scale, and these are several by their names",
                "keep the levels of the default scale right under `scale:`, and put each other scale under `scales:` by its id",
            )
        } else {
            return Read::read(reader).map(Self);
        };
        reader.note(Code::WrongType, message.to_owned(), help.to_owned());
        None
    }
}

impl Read for OtherScale {
    fn read(reader: Reader<'_>) -> Option<Self> {
        match is_of_numbers(&reader) {
            true => Read::read(reader).map(Self::Numbers),
            false => Read::read(reader).map(Self::Levels),
        }
    }
}

/// Whether a scale as written is a range of numbers.
fn is_of_numbers(reader: &Reader<'_>) -> bool {
    /// The keys of a range, and words of other formats for them.
    const OF_NUMBERS: [&str; 7] = ["from", "to", "min", "max", "minimum", "maximum", "range"];
    !reader.has_key("levels") && OF_NUMBERS.iter().any(|key| reader.has_key(key))
}

impl OtherScale {
    /// The choices that are no rating.
    pub(crate) fn not_rated(&self) -> Option<&Field<Vec<Field<NotRated>>>> {
        match self {
            Self::Levels(scale) => scale.not_rated.as_ref(),
            Self::Numbers(scale) => scale.not_rated.as_ref(),
        }
    }

    /// The levels; none on a number scale.
    pub(crate) fn levels(&self) -> Option<&Field<Vec<Field<Level>>>> {
        match self {
            Self::Levels(scale) => Some(&scale.levels),
            Self::Numbers(_) => None,
        }
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
    /// The level of the same scale that the choice counts as, in tallies, shares, points and conditions, where a published rule
    /// says so. Printed wherever it counts; without it the choice is no number anywhere.
    pub(crate) counts_as: Option<form::Level>,
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
