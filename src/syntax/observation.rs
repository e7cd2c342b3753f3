//! Observations as a rubric asks for them: the kinds of occasions in a period, and the rule by which ratings follow.

use serde::{Deserialize, Serialize};

use crate::source::{Field, Word, document, words};

use super::form;

document! {
/// The observations of a period: their kinds, and the rule by which the ratings of record follow from them.
pub(crate) struct Observations {
    /// The kinds of observation.
    pub(crate) kinds: Field<Vec<Field<ObservationKind>>>,
    /// The most observations in one evaluation, of all kinds together.
    pub(crate) at_most: Option<form::Count>,
    /// The rule by which the rating of record of an indicator follows from the ratings of the observations: `latest`,
    /// `highest`, `lowest` or `most_frequent`. When absent, or `entered`, none follows: the ratings of record stand under
    /// `ratings`.
    pub(crate) rating: Option<Field<RecordRule>>,
}
}

document! {
/// A kind of observation.
pub(crate) struct ObservationKind {
    /// The id that evaluations use.
    pub(crate) id: form::Id,
    /// The name that is printed, such as Walkthrough.
    pub(crate) label: form::Prose,
    /// The ids, of any tier, of the parts that an observation of this kind rates; the whole rubric when absent.
    #[cfg_attr(feature = "schema", schemars(with = "Option<Vec<form::Node>>"))]
    pub(crate) scope: Option<Field<Vec<Field<Word>>>>,
    /// The number of observations of this kind that a final evaluation needs.
    pub(crate) at_least: Option<form::Whole>,
}
}

/// The rule by which the rating of record of an indicator follows from the ratings of the observations.
///
/// A choice that is no rating is taken only where no observation has a rating. Observations are in the order of their dates;
/// those of one day in the order of the document.
///
/// ```
/// use appraise::{Library, RecordRule, Rubric};
///
/// let text = "
/// id: plan
/// version: 1.0.0
/// title: Plan
/// observations: { kinds: [{ id: walkthrough, label: Walkthrough }], rating: latest }
/// domains: [{ id: planning, title: Planning, indicators: [{ id: calendar, statement: Keeps a calendar. }] }]";
/// let rubric = Rubric::parse("plan.yaml", text, &Library::empty())?;
/// assert_eq!(rubric.observations().map(|observations| observations.rating), Some(RecordRule::Latest));
/// # Ok::<(), appraise::Diagnostics>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum RecordRule {
    /// The rating of the latest observation that rates the indicator.
    Latest,
    /// The highest rating; of several, the latest of them is named.
    Highest,
    /// The lowest rating.
    Lowest,
    /// The rating given most often; of a tie, the one given later.
    MostFrequent,
    /// None follows: people enter the ratings of record.
    #[default]
    Entered,
}

impl RecordRule {
    /// The word that stands for it in a document.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Latest => "latest",
            Self::Highest => "highest",
            Self::Lowest => "lowest",
            Self::MostFrequent => "most_frequent",
            Self::Entered => "entered",
        }
    }
}

words! { RecordRule }
