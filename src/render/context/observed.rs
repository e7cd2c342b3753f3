//! The observations of a report: a column for each, beside the ratings of record, and what was written on each.

use std::borrow::Cow;

use crate::evaluation::{Evaluation, Observation};
use crate::rubric::RecordRule;
use crate::score::view;
use crate::view::view;

use super::About;

view! {
    /// The observations of the period.
    pub(crate) struct Observed<'a> of |evaluation: &'a Evaluation|
    let list = evaluation.observed_in_order();
    {
        /// The rule by which the ratings of record follow, in words: "the latest"; null where people enter them.
        rule: Option<&'static str> = evaluation.rubric().record_rule().and_then(in_words),
        /// The observations, in the order of their dates.
        occasions: Vec<Occasion<'a>> = list.iter().map(|one| Occasion::of(one, evaluation)).collect(),
        /// The indicators in scope that an observation rates, each with its rating on each occasion.
        rows: Vec<Row<'a>> = rows(&list, evaluation),
    }
}

view! {
    /// One observation.
    struct Occasion<'a> of |observation: &'a Observation, evaluation: &'a Evaluation|
    let several = evaluation.evaluators().len() > 1;
    let seen = view::Observation::of(observation, evaluation);
    {
        /// The name of who observed; null where there is but one evaluator.
        by_name: Option<&'a str> =
            evaluation.observer(observation).filter(|_| several).map(|evaluator| evaluator.name.as_str()),
        /// Comments and evidence about indicators, and ratings by another evaluator than who observed.
        entries: Vec<Entry<'a>> = entries(observation, evaluation),
        #[serde(flatten)]
        seen: view::Observation<'a> = seen,
    }
}

view! {
    /// The words about an indicator on one observation.
    struct Entry<'a> of |about: About<'a>, rating: view::ObservedRating<'a>, by_name: Option<&'a str>|
    {
        /// The indicator.
        about: About<'a> = about,
        /// The name of who gave the rating, where that is another person than who observed; else null.
        by_name: Option<&'a str> = by_name,
        #[serde(flatten)]
        rating: view::ObservedRating<'a> = rating,
    }
}

view! {
    /// An indicator, with its rating on each observation.
    struct Row<'a> of |about: About<'a>, given: Vec<Option<String>>, record: Option<String>, differs: bool|
    {
        /// The indicator.
        about: About<'a> = about,
        /// By observation, the level's label or the number with its unit; null where the observation does not rate it.
        given: Vec<Option<String>> = given,
        /// The rating of record, likewise; null where there is none yet.
        record: Option<String> = record,
        /// Whether a person gave another rating of record than the one that follows.
        differs: bool = differs,
    }
}

fn in_words(rule: RecordRule) -> Option<&'static str> {
    Some(match rule {
        RecordRule::Latest => "the latest",
        RecordRule::Highest => "the highest",
        RecordRule::Lowest => "the lowest",
        RecordRule::MostFrequent => "the most frequent, of a tie the one given later",
        RecordRule::Entered => return None,
    })
}

fn entries<'a>(observation: &'a Observation, evaluation: &'a Evaluation) -> Vec<Entry<'a>> {
    let rubric = evaluation.rubric();
    let in_scope = rubric.indicators().filter(|indicator| evaluation.is_in_scope(indicator));
    let written = in_scope.filter_map(|indicator| Some((indicator, observation.written(indicator)?)));
    written
        .filter_map(|(indicator, written)| {
            let by = evaluation.observed_by(observation, written);
            let observer = evaluation.observer(observation).map(|observer| &observer.id);
            let by_name = by.filter(|by| Some(&by.id) != observer).map(|by| by.name.as_str());
            let says = written.comment.is_some() || !written.evidence.is_empty() || by_name.is_some();
            let rating = view::ObservedRating::of(observation, written, indicator, evaluation);
            says.then(|| Some(Entry::of(About::of(rubric, &indicator.id)?, rating, by_name)))?
        })
        .collect()
}

fn rows<'a>(list: &[&'a Observation], evaluation: &'a Evaluation) -> Vec<Row<'a>> {
    let rubric = evaluation.rubric();
    let in_scope = rubric.indicators().filter(|indicator| evaluation.is_in_scope(indicator));
    let seen = in_scope.filter(|indicator| list.iter().any(|one| one.rating(indicator).is_some()));
    seen.filter_map(|indicator| {
        let said = |rating| evaluation.said(indicator, rating).map(Cow::into_owned);
        let given = list.iter().map(|one| one.rating(indicator).and_then(said)).collect();
        let record = evaluation.rating(indicator).and_then(said);
        let differs = evaluation.followed(indicator).is_some_and(|followed| followed.differs);
        Some(Row::of(About::of(rubric, &indicator.id)?, given, record, differs))
    })
    .collect()
}
