//! The rating of an indicator, for JSON and templates.

use std::borrow::Cow;

use serde::Serialize;

use crate::evaluation::{self, Evaluation};
use crate::exact::Shown;
use crate::rubric;

use super::practice::{Derived, Practice};

/// An indicator in scope, with its rating.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct Rating<'a> {
    id: &'a str,
    code: &'a str,
    title: Option<&'a str>,
    statement: &'a str,
    /// The level's id; null when the indicator is unrated, or rated with a number.
    level: Option<&'a str>,
    /// The level's label, or the number with its unit; null when the indicator is unrated.
    label: Option<Cow<'a, str>>,
    /// The number, where the indicator is rated with one; else absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<Shown>,
    /// The unit of the number; absent without a number, or where its scale has no unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<&'a str>,
    /// The descriptor of the level at this indicator; null where the rubric has none.
    descriptor: Option<&'a str>,
    /// The id of the evaluator who gave the rating, or wrote the comment before a rating.
    by: Option<&'a str>,
    /// The comment, which a draft can have before the level.
    comment: Option<&'a str>,
    /// The evidence, which a draft can have before the level.
    evidence: Vec<Evidence<'a>>,
    /// The qualification that the evaluator lacks; null when none is lacking.
    lacks_qualification: Option<Qualification<'a>>,
    /// Whether it needs no level, since an entered rating judges it as part of a whole; absent when it does.
    #[serde(skip_serializing_if = "is_false")]
    judged: bool,
    /// The indicator's practices, in the rubric's order; absent where it has none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    practices: Vec<Practice<'a>>,
    /// The level that follows from the practices that are seen; absent where the evaluation does not say which are.
    #[serde(skip_serializing_if = "Option::is_none")]
    derived: Option<Derived<'a>>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
fn is_false(flag: &bool) -> bool {
    !flag
}

/// A qualification of the rubric.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct Qualification<'a> {
    id: &'a str,
    label: &'a str,
}

impl<'a> Qualification<'a> {
    pub(crate) fn of(qualification: &'a rubric::Qualification) -> Self {
        Self { id: &qualification.id, label: &qualification.label }
    }
}

/// A piece of evidence.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct Evidence<'a> {
    date: Option<String>,
    kind: Option<&'a str>,
    at: Option<&'a str>,
    note: &'a str,
}

impl<'a> Evidence<'a> {
    pub(crate) fn of(evidence: &'a evaluation::Evidence) -> Self {
        Self {
            date: evidence.date.map(|date| date.to_string()),
            kind: evidence.kind.as_deref(),
            at: evidence.at.as_deref(),
            note: &evidence.note,
        }
    }
}

impl<'a> Rating<'a> {
    pub(crate) fn of(evaluation: &'a Evaluation, indicator: &'a rubric::Indicator) -> Self {
        let rating = evaluation.rating(indicator);
        let written = evaluation.written(indicator);
        let level = rating.and_then(|rating| evaluation.level(rating));
        let range = || evaluation.rubric().scale_of(indicator).and_then(rubric::Scale::range);
        let number = rating.and_then(evaluation::Rating::number).and_then(|number| Some((number, range()?)));
        Self {
            id: &indicator.id,
            code: &indicator.code,
            title: indicator.title.as_deref(),
            statement: &indicator.statement,
            level: level.map(|level| level.id.as_str()),
            label: match number {
                Some((number, range)) => Some(range.label(number).into()),
                None => level.map(|level| level.label.as_str().into()),
            },
            number: number.map(|(number, _)| Shown::from(&number.exact())),
            unit: number.and_then(|(_, range)| range.unit.as_deref()),
            descriptor: rating.and_then(evaluation::Rating::level).and_then(|level| indicator.descriptor(level)),
            by: written.and_then(|written| evaluation.written_by(written)).map(|evaluator| evaluator.id.as_str()),
            comment: written.and_then(|written| written.comment),
            evidence: written.into_iter().flat_map(|written| written.evidence).map(Evidence::of).collect(),
            lacks_qualification: rating
                .and_then(|rating| evaluation.lacking_qualification(indicator, rating))
                .map(Qualification::of),
            judged: evaluation.is_judged(indicator),
            practices: Practice::all(evaluation, indicator),
            derived: Derived::of(evaluation, indicator),
        }
    }
}
