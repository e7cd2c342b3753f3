//! The practices of an indicator and the level that follows, for JSON and templates.

use serde::Serialize;

use crate::evaluation::{Evaluation, Rating};
use crate::rubric;

/// A practice of an indicator.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct Practice<'a> {
    /// The id that evaluations use.
    id: &'a str,
    /// The id of the level that it belongs to; null where practices count by their number.
    level: Option<&'a str>,
    /// The label of the level.
    label: Option<&'a str>,
    /// The practice, in words.
    statement: &'a str,
    /// Whether it is seen; null where the evaluation does not say.
    seen: Option<bool>,
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
        let one = |practice: &'a rubric::Practice| {
            let level = practice.level.and_then(|level| evaluation.rubric().levels().get(level));
            Self {
                id: &practice.id,
                level: level.map(|level| level.id.as_str()),
                label: level.map(|level| level.label.as_str()),
                statement: &practice.statement,
                seen: seen.map(|seen| seen.contains(&practice.id)),
            }
        };
        indicator.practices().iter().map(one).collect()
    }
}

impl<'a> Derived<'a> {
    pub(crate) fn of(evaluation: &'a Evaluation, indicator: &rubric::Indicator) -> Option<Self> {
        let derived = evaluation.derived(indicator)?;
        let level = evaluation.rubric().levels().iter().find(|level| level.id == derived.level.id)?;
        Some(Self { level: &level.id, label: &level.label, reason: derived.reason, differs: derived.differs })
    }
}
