//! The seal and the amendments of an evaluation, as JSON and templates see them.

use crate::evaluation::{self, Evaluation};
use crate::rubric::Rubric;
use crate::source::Any;
use crate::view::view;

view! {
    /// The seal of an evaluation.
    #[derive(Debug)]
    pub(crate) struct Seal<'a> of |seal: &'a evaluation::Seal, evaluation: &'a Evaluation|
    {
        /// The day it was sealed.
        on: String = seal.on(),
        /// The identifier of the person who sealed it.
        by: &'a str = &seal.by,
        /// The name of that person, or the identifier where it is nobody of this evaluation.
        by_name: &'a str = evaluation.name_of(&seal.by),
        /// The fingerprint of everything under the seal.
        fingerprint: &'a str = &seal.evaluation,
        /// The result at that time, as people call it; null without a scoring policy.
        result: Option<String> = seal.result.as_ref().map(|result| result_of(result, evaluation)),
    }
}

view! {
    /// A change of a sealed evaluation.
    #[derive(Debug)]
    pub(crate) struct Amendment<'a> of |amendment: &'a evaluation::Amendment, evaluation: &'a Evaluation|
    let of_rating = amendment.at.starts_with("ratings.");
    let said = |value: &Any| in_words(value, evaluation.rubric(), of_rating);
    {
        /// The day of the change.
        on: String = amendment.on(),
        /// The identifier of the person who made it.
        by: &'a str = &amendment.by,
        /// The name of that person, or the identifier where it is nobody of this evaluation.
        by_name: &'a str = evaluation.name_of(&amendment.by),
        /// The reason.
        because: &'a str = &amendment.because,
        /// The place in the document: `ratings.deadlines.level`.
        at: &'a str = &amendment.at,
        /// The place as people call it: "7.2.4 Deadlines, level".
        place: String = place(&amendment.at, evaluation.rubric()),
        /// The value before, as people call it; null where there was none.
        was: Option<String> = amendment.was.as_ref().map(said),
        /// The value since, as people call it; null where it was taken out.
        is: Option<String> = amendment.is.as_ref().map(said),
    }
}

impl<'a> Amendment<'a> {
    /// Every amendment, oldest first.
    pub(crate) fn all(evaluation: &'a Evaluation) -> Vec<Self> {
        evaluation.amendments().iter().map(|amendment| Self::of(amendment, evaluation)).collect()
    }
}

/// "Effective, score 3.58".
fn result_of(result: &evaluation::SealedResult, evaluation: &Evaluation) -> String {
    let steps = evaluation.policy().into_iter().flat_map(|policy| &policy.steps);
    let labels = || steps.clone().flat_map(|step| &step.levels.list);
    let label = |id: &String| labels().find(|level| level.id == *id).map_or(id.clone(), |level| level.label.clone());
    let rating = result.rating.as_ref().map(label);
    match (rating, &result.score) {
        (Some(rating), Some(score)) => format!("{rating}, score {score}"),
        (Some(rating), None) => rating,
        (None, Some(score)) => format!("score {score}"),
        (None, None) => result.status.replace('_', " "),
    }
}

/// A place in an evaluation, with the printed number and the title of the part of the rubric that it is about.
fn place(at: &str, rubric: &Rubric) -> String {
    let mut parts = at.split('.');
    let first = parts.next().unwrap_or_default();
    let mut said = vec![words(first)];
    if ["ratings", "not_assigned"].contains(&first)
        && let Some(node) = parts.clone().next().and_then(|id| rubric.node(id))
    {
        parts.next();
        said = vec![format!("{} {}", node.code, node.label()).trim_start().to_owned()];
    }
    said.extend(parts.map(words));
    said.join(", ")
}

/// `goals[0]` as "goals 1".
fn words(part: &str) -> String {
    let (key, items) = part.split_once('[').unwrap_or((part, ""));
    let numbers = items.split(['[', ']']).filter_map(|number| number.parse::<usize>().ok());
    let numbers = numbers.map(|number| format!(" {}", number.saturating_add(1)));
    format!("{}{}", key.replace('_', " "), numbers.collect::<String>())
}

/// A value as people call it. A level of a rating has its label.
fn in_words(value: &Any, rubric: &Rubric, of_rating: bool) -> String {
    let said = |value: &Any| in_words(value, rubric, of_rating);
    match value {
        Any::Null => "nothing".to_owned(),
        Any::Bool(true) => "yes".to_owned(),
        Any::Bool(false) => "no".to_owned(),
        Any::Number(number) => number.clone(),
        Any::Text(text) => {
            let level = rubric.levels().iter().filter(|_| of_rating).find(|level| level.id == *text);
            level.map_or_else(|| text.clone(), |level| level.label.clone())
        }
        Any::List(items) => items.iter().map(said).collect::<Vec<_>>().join("; "),
        Any::Map(entries) => {
            let entries = entries.iter().map(|(key, value)| format!("{}: {}", words(key), said(value)));
            entries.collect::<Vec<_>>().join(", ")
        }
    }
}
