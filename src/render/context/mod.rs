//! The values that templates see. Versioned, documented by its JSON Schema (`appraise schema report`).

mod bar;
mod beside;
mod evaluation;
mod goals;
mod history;
mod hours;
mod lazy;
mod observed;
mod picture;
pub(super) mod prepared;
mod program;
mod rating;
mod report;
mod scorecard;
mod scoring;
mod staff;
mod status;
mod summary;

use std::borrow::Cow;

use jiff::civil::Date;
use minijinja::value::Value;
use serde::Serialize;

use crate::rubric::{self, Rubric, Scale};
use crate::scale::{NumberRange, Scales};
use crate::score::Scorecard;
use crate::source::Any;
use crate::view::view;

#[cfg(feature = "schema")]
use self::evaluation::EvaluationView;
use self::goals::GoalsView;
#[cfg(feature = "schema")]
pub(crate) use self::report::Report;
pub(super) use self::report::report;

pub(crate) use self::history::HistoryPage;
pub(crate) use self::hours::Yardstick;
pub(crate) use self::program::ProgramPage;
pub(crate) use self::status::StatusPage;
pub(crate) use self::summary::SummaryPage;

/// The version of the contexts. A key that is renamed or goes raises it; a new key does not.
pub(crate) const VERSION: u32 = 1;

view! {
    /// The values that `goals.html` and `goals.md` see.
    /// Besides minijinja's filters a template has `date`, `grouped`, `json`, `at` and `policy_hash`.
    pub(crate) struct GoalsPage<'a> of |scorecard: &'a Scorecard|
    {
        /// The version of this context.
        context: u32 = VERSION,
        /// The rubric.
        rubric: RubricView<'a> = RubricView::of(scorecard.evaluation().rubric()),
        /// The evaluation, but for its ratings.
        #[cfg_attr(feature = "schema", schemars(with = "EvaluationView<'a>"))]
        evaluation: Value = self::evaluation::evaluation(scorecard.evaluation()),
        /// Goals, proposed and agreed.
        goals: GoalsView<'a> = GoalsView::of(scorecard),
    }
}

view! {
    /// A rubric, but for its indicators.
    pub(crate) struct RubricView<'a> of |rubric: &'a Rubric|
    let parts = &*rubric.0;
    let scales = rubric.all();
    {
        id: &'a str = rubric.id(),
        version: String = rubric.version(),
        title: &'a str = rubric.title(),
        publisher: Option<&'a str> = rubric.publisher(),
        source: Option<&'a str> = parts.source.as_deref(),
        language: Option<&'a str> = parts.language.as_deref(),
        fingerprint: &'a str = rubric.fingerprint(),
        /// The fingerprint of the scoring policy; null without one.
        scoring_fingerprint: Option<&'a str> = rubric.scoring_fingerprint(),
        adopted: Option<Adopted<'a>> = parts.adopted.as_ref().map(Adopted::of),
        effective: Option<Dates> = parts.effective.map(|(from, to)| Dates::of(Some(from), Some(to))),
        /// Every level that an indicator can have, scale by scale: the rated ones as they are printed, then those that are no rating.
        levels: Vec<Level<'a>> = Level::of(scales, rubric.scales_under(None)),
        /// The level at which expectations are met, as people call it; with several scales, that of the default scale.
        meets_at: &'a str = rubric.scale().meets_at().map_or("", |level| &level.label),
        /// The lowest level that meets expectations on each scale that an indicator is rated on, as people call it.
        meets_at_each: Vec<Cow<'a, str>> = meeting_labels(rubric),
        /// The number scales that indicators are rated on, each in words: "a whole number from 0 to 40 visits; 30 visits or more
        /// meets expectations".
        ranges: Vec<String> =
            rubric.scales_under(None).into_iter().filter_map(|scale| scales.range(scale)).map(range_in_words).collect(),
        /// Anything of the rubric's author.
        extra: Option<&'a Any> = parts.extra.as_ref(),
    }
}

view! {
    /// When and by whom the rubric was adopted.
    struct Adopted<'a> of |adopted: &'a rubric::Adopted|
    {
        date: String = adopted.date.to_string(),
        by: Option<&'a str> = adopted.by.as_deref(),
        reference: Option<&'a str> = adopted.reference.as_deref(),
    }
}

/// Two days; either may be open.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct Dates {
    pub(super) from: Option<String>,
    pub(super) to: Option<String>,
}

impl Dates {
    pub(super) fn of(from: Option<Date>, to: Option<Date>) -> Self {
        Self { from: from.map(|date| date.to_string()), to: to.map(|date| date.to_string()) }
    }
}

/// A level of the scale.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct Level<'a> {
    id: &'a str,
    label: &'a str,
    description: Option<&'a str>,
    /// Its number by meaning: 0 is the lowest level, and choices that are no rating have the highest numbers.
    number: usize,
    /// Whether it is a rating.
    rated: bool,
    /// The label of the level that it counts as, for a choice that is no rating and counts by the rubric's own words; else null.
    counts_as: Option<&'a str>,
    /// Whether it meets expectations.
    meets: bool,
    /// The steps, on the level's own scale, from the level that meets expectations; negative below it, and null for a choice
    /// that is no rating.
    steps_from_met: Option<i64>,
}

impl<'a> Level<'a> {
    /// The levels of some scales, by number, as people read them.
    pub(crate) fn of(scales: &'a Scales, some: impl IntoIterator<Item = usize>) -> Vec<Self> {
        let numbers = scales.in_print(some).into_iter();
        numbers
            .filter_map(|number| Some((number, scales.level(number)?)))
            .map(|(number, level)| Self {
                id: &level.id,
                label: &level.label,
                description: level.description.as_deref(),
                number,
                rated: scales.is_rated(number),
                counts_as: scales.counts_as(number).and_then(|level| Some(scales.level(level)?.label.as_str())),
                meets: scales.meets(number),
                steps_from_met: scales.steps_from_met(number),
            })
            .collect()
    }
}

/// A number scale in words.
fn range_in_words(range: &NumberRange) -> String {
    let met = match range.meeting_label() {
        Some(number) => format!("{number} or more meets expectations"),
        None => "in no share of what meets expectations".to_owned(),
    };
    format!("{}; {met}", range.with_unit(&range.range().wanted()))
}

/// The lowest level or number that meets expectations on each scale that an indicator is rated on, as people call it.
fn meeting_labels(rubric: &Rubric) -> Vec<Cow<'_, str>> {
    let scales = rubric.scales_under(None).into_iter().filter_map(|scale| rubric.scales().get(scale));
    scales.filter_map(Scale::meeting_label).collect()
}

/// A node of the rubric that something is about.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(in crate::render) struct About<'a> {
    pub(super) id: &'a str,
    pub(super) code: &'a str,
    /// The title, or the statement where there is none.
    pub(super) title: &'a str,
}

impl<'a> About<'a> {
    pub(super) fn of(rubric: &'a Rubric, id: &str) -> Option<Self> {
        let node = rubric.node(id)?;
        Some(Self { id: &node.id, code: &node.code, title: node.label() })
    }
}
