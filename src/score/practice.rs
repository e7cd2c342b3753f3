//! The practices of an indicator and the level that follows, for JSON and templates.

use serde::Serialize;

use crate::evaluation::{Evaluation, Rating};
use crate::rubric::{self, Level};
use crate::view::view;

view! {
    /// A practice of an indicator.
    #[derive(Debug, Clone)]
    pub(crate) struct Practice<'a> of |practice: &'a rubric::Practice, levels: &'a [Level], seen: Option<&[String]>|
    let level = practice.level.and_then(|level| levels.get(level));
    {
        /// The id that evaluations use.
        id: &'a str = &practice.id,
        /// The id of the level that it belongs to; null where practices count by their number.
        level: Option<&'a str> = level.map(|level| level.id.as_str()),
        /// The label of the level.
        label: Option<&'a str> = level.map(|level| level.label.as_str()),
        /// The practice, in words.
        statement: &'a str = &practice.statement,
        /// Whether it is seen; null where the evaluation does not say.
        seen: Option<bool> = seen.map(|seen| seen.contains(&practice.id)),
    }
}

/// The level that follows from the practices that are seen.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct Derived<'a> {
    /// The id of the level.
    level: &'a str,
    /// The label of the level.
    label: &'a str,
    /// The level and the practices that it rests on, in words.
    reason: String,
    /// Whether a person gave another rating, which is the rating of record.
    differs: bool,
}

impl<'a> Practice<'a> {
    pub(crate) fn all(evaluation: &'a Evaluation, indicator: &'a rubric::Indicator) -> Vec<Self> {
        let seen = evaluation.rating(indicator).and_then(Rating::practices);
        let levels = evaluation.rubric().levels();
        indicator.practices().iter().map(|practice| Self::of(practice, levels, seen)).collect()
    }
}

impl<'a> Derived<'a> {
    pub(crate) fn of(evaluation: &'a Evaluation, indicator: &rubric::Indicator) -> Option<Self> {
        let derived = evaluation.derived(indicator)?;
        let level = evaluation.rubric().levels().iter().find(|level| level.id == derived.level.id)?;
        Some(Self { level: &level.id, label: &level.label, reason: derived.reason, differs: derived.differs })
    }
}
