//! Observations, for JSON and templates.

use std::borrow::Cow;

use crate::evaluation::{self, Evaluation, IndicatorTexts};
use crate::exact::Shown;
use crate::rubric::Indicator;
use crate::view::view;

use super::rating::Evidence;

view! {
    /// An observation: one occasion of the period.
    #[derive(Debug)]
    pub(crate) struct Observation<'a> of |observation: &'a evaluation::Observation, evaluation: &'a Evaluation|
    {
        /// The id in the evaluation.
        id: &'a str = &observation.id,
        /// The id of its kind.
        kind: &'a str = &observation.kind,
        /// The kind for people: "Announced observation".
        kind_label: &'a str =
            evaluation.rubric().observation_kind(&observation.kind).map_or(&*observation.kind, |kind| &kind.label),
        date: String = observation.date(),
        /// The id of the evaluator who observed; null where there are several, and the document does not say.
        by: Option<&'a str> = evaluation.observer(observation).map(|evaluator| evaluator.id.as_str()),
        /// Its length in minutes.
        minutes: Option<u32> = observation.minutes,
        /// The place.
        at: Option<&'a str> = observation.at.as_deref(),
        /// The notes.
        notes: Option<&'a str> = observation.notes.as_deref(),
        /// The indicators in scope that are rated or commented on, in the rubric's order.
        ratings: Vec<ObservedRating<'a>> = observed(observation, evaluation),
    }
}

view! {
    /// The rating of an indicator on an observation, or the comment and evidence without one.
    #[derive(Debug)]
    pub(crate) struct ObservedRating<'a> of
        |observation: &'a evaluation::Observation, written: IndicatorTexts<'a>, indicator: &'a Indicator, evaluation: &'a Evaluation|
    let rating = observation.rating(indicator);
    {
        /// The id of the indicator.
        id: &'a str = &indicator.id,
        /// The level's id; null without a rating, and for a number.
        level: Option<&'a str> =
            rating.and_then(|rating| evaluation.level(rating)).map(|level| level.id.as_str()),
        /// The level's label, or the number with its unit; null without a rating.
        label: Option<Cow<'a, str>> = rating.and_then(|rating| evaluation.said(indicator, rating)),
        /// The number, where the indicator is rated with one; else absent.
        #[serde(skip_serializing_if = "Option::is_none")]
        number: Option<Shown> = rating.and_then(|rating| evaluation.number(rating)).as_ref().map(Shown::from),
        /// The id of the evaluator who gave it.
        by: Option<&'a str> = evaluation.observed_by(observation, written).map(|evaluator| evaluator.id.as_str()),
        comment: Option<&'a str> = written.comment,
        evidence: Vec<Evidence<'a>> = written.evidence.iter().map(Evidence::of).collect(),
    }
}

fn observed<'a>(observation: &'a evaluation::Observation, evaluation: &'a Evaluation) -> Vec<ObservedRating<'a>> {
    let in_scope = evaluation.rubric().indicators().filter(|indicator| evaluation.is_in_scope(indicator));
    let written = in_scope.filter_map(|indicator| Some((indicator, observation.written(indicator)?)));
    written.map(|(indicator, written)| ObservedRating::of(observation, written, indicator, evaluation)).collect()
}

/// All of them, in the order of their dates.
pub(super) fn observations(evaluation: &Evaluation) -> Vec<Observation<'_>> {
    evaluation.observed_in_order().into_iter().map(|observation| Observation::of(observation, evaluation)).collect()
}
