//! The rating of an indicator, for JSON and templates.

use std::borrow::Cow;

use crate::evaluation::{self, Evaluation};
use crate::exact::Shown;
use crate::rubric;
use crate::view::view;

use super::followed::Followed;
use super::practice::{Derived, Practice};

// A rubric has many ratings, and they are moved about: what few have of them is behind a pointer.
view! {
    /// An indicator in scope, with its rating.
    #[derive(Debug, Clone)]
    pub(crate) struct Rating<'a> of |evaluation: &'a Evaluation, indicator: &'a rubric::Indicator|
    let rating = evaluation.rating(indicator);
    let written = evaluation.written(indicator);
    let level = rating.and_then(|rating| evaluation.level(rating));
    let range = || evaluation.rubric().scale_of(indicator).and_then(rubric::Scale::range);
    let number = rating.and_then(evaluation::Rating::number).and_then(|number| Some((number, range()?)));
    {
        id: &'a str = &indicator.id,
        code: &'a str = &indicator.code,
        title: Option<&'a str> = indicator.title.as_deref(),
        statement: &'a str = &indicator.statement,
        /// The level's id; null when the indicator is unrated, or rated with a number.
        level: Option<&'a str> = level.map(|level| level.id.as_str()),
        /// The level's label, or the number with its unit; null when the indicator is unrated.
        label: Option<Cow<'a, str>> = match number {
            Some((number, range)) => Some(range.label(number).into()),
            None => level.map(|level| level.label.as_str().into()),
        },
        /// The number, where the indicator is rated with one; else absent.
        #[serde(skip_serializing_if = "Option::is_none")]
        number: Option<Box<Shown>> = number.map(|(number, _)| Box::new(Shown::from(&number.exact()))),
        /// The unit of the number; absent without a number, or where its scale has no unit.
        #[serde(skip_serializing_if = "Option::is_none")]
        unit: Option<&'a str> = number.and_then(|(_, range)| range.unit.as_deref()),
        /// The id of the level that it counts as, where the level is a choice that is no rating and counts by the rubric's own
        /// words; absent elsewhere.
        #[serde(skip_serializing_if = "Option::is_none")]
        counts_as: Option<&'a str> = rating
            .and_then(evaluation::Rating::level)
            .and_then(|level| Some(evaluation.rubric().counts_as(level)?.id.as_str())),
        /// The descriptor of the level at this indicator; null where the rubric has none.
        descriptor: Option<&'a str> = rating.and_then(evaluation::Rating::level).and_then(|level| indicator.descriptor(level)),
        /// The id of the evaluator who gave the rating, or wrote the comment before a rating.
        by: Option<&'a str> = evaluation.given_by(indicator).map(|evaluator| evaluator.id.as_str()),
        /// The comment, which a draft can have before the level.
        comment: Option<&'a str> = written.and_then(|written| written.comment),
        /// The evidence, which a draft can have before the level.
        evidence: Vec<Evidence<'a>> = written.into_iter().flat_map(|written| written.evidence).map(Evidence::of).collect(),
        /// The qualification that the evaluator lacks; null when none is lacking.
        lacks_qualification: Option<Qualification<'a>> = rating
            .and_then(|rating| evaluation.lacking_qualification(indicator, rating))
            .map(Qualification::of),
        /// Whether it needs no level, since an entered rating judges it as part of a whole; absent when it does.
        #[serde(skip_serializing_if = "is_false")]
        judged: bool = evaluation.is_judged(indicator),
        /// The indicator's practices, in the rubric's order; absent where it has none.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        practices: Vec<Practice<'a>> = match indicator.checklist {
            Some(_) => Practice::all(evaluation, indicator),
            None => Vec::new(),
        },
        /// The level that follows from the practices that are seen; absent where the evaluation does not say which are.
        #[serde(skip_serializing_if = "Option::is_none")]
        derived: Option<Box<Derived<'a>>> = indicator
            .checklist
            .as_ref()
            .and_then(|_| Some(Box::new(Derived::of(evaluation, indicator)?))),
        /// The rating that follows from the observations; absent where none rates the indicator, or the rubric has no rule.
        #[serde(skip_serializing_if = "Option::is_none")]
        followed: Option<Box<Followed>> = match evaluation.observations() {
            [] => None,
            _ => evaluation.followed(indicator).map(|followed| Box::new(Followed::of(followed))),
        },
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
fn is_false(flag: &bool) -> bool {
    !flag
}

view! {
    /// A qualification of the rubric.
    #[derive(Debug, Clone)]
    pub(crate) struct Qualification<'a> of |qualification: &'a rubric::Qualification|
    {
        id: &'a str = &qualification.id,
        label: &'a str = &qualification.label,
    }
}

view! {
    /// A piece of evidence.
    #[derive(Debug, Clone)]
    pub(crate) struct Evidence<'a> of |evidence: &'a evaluation::Evidence|
    {
        date: Option<String> = evidence.date.map(|date| date.to_string()),
        kind: Option<&'a str> = evidence.kind.as_deref(),
        at: Option<&'a str> = evidence.at.as_deref(),
        note: &'a str = &evidence.note,
    }
}
