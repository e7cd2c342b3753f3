//! What templates see. Versioned, documented by its JSON Schema (`appraise schema report`).

mod bar;
mod beside;
mod evaluation;
mod goals;
mod hours;
mod picture;
mod rating;
mod scoring;
mod summary;

use std::sync::Arc;

use jiff::civil::Date;
use minijinja::value::Value;
use serde::Serialize;

use crate::agreement::Agreement;
use crate::rubric::Rubric;
use crate::score::{Scorecard, view};
use crate::source::Any;

use self::bar::Bar;
use self::beside::Beside;
use self::evaluation::EvaluationView;
use self::goals::GoalsView;
use self::hours::ContactHours;
use self::rating::{PageRating, Placed, Rows};
use self::scoring::Scoring;
use super::prepared::Prepared;

pub(crate) use self::hours::Yardstick;
pub(crate) use self::summary::SummaryPage;

/// The version of the contexts. A key that is renamed or goes raises it; a new key does not.
pub(crate) const VERSION: u32 = 1;

/// What `report.html` and `report.md` see. Every key is always there; what is absent is null or an empty list.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct Report<'a> {
    /// The version of this context.
    context: u32,
    /// The rubric.
    #[cfg_attr(feature = "schema", schemars(with = "RubricView<'a>"))]
    rubric: Value,
    /// The evaluation, but for its ratings.
    evaluation: EvaluationView<'a>,
    /// Everything computed from the evaluation, with the ratings; the JSON of `appraise score`, and more of each rating.
    #[cfg_attr(feature = "schema", schemars(with = "view::Scorecard<'a, PageRating<'a>>"))]
    scorecard: view::Scorecard<'a, Value>,
    /// How the ratings became results, for people; null where the rubric has no scoring policy.
    scoring: Option<Scoring<'a>>,
    /// A stacked bar for each domain that has indicators in scope.
    bars: Vec<Bar<'a>>,
    /// One bar for all of them.
    overall_bar: Bar<'a>,
    /// Ratings above the level that meets expectations.
    strengths: Vec<Placed>,
    /// Ratings below the level that meets expectations.
    growth_areas: Vec<Placed>,
    /// Indicators in scope without an entry.
    unrated: Vec<Placed>,
    /// Goals, proposed and agreed.
    goals: GoalsView<'a>,
    /// Contact hours of professional development.
    contact_hours: ContactHours<'a>,
    /// Other evaluations beside this one, the first of the raters; null where there is none.
    agreement: Option<Beside<'a>>,
}

/// What `goals.html` and `goals.md` see.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct GoalsPage<'a> {
    /// The version of this context.
    context: u32,
    /// The rubric.
    rubric: RubricView<'a>,
    /// The evaluation, but for its ratings.
    evaluation: EvaluationView<'a>,
    /// Goals, proposed and agreed.
    goals: GoalsView<'a>,
}

impl<'a> Report<'a> {
    pub(crate) fn of(scorecard: &'a Scorecard, agreement: Option<&'a Agreement>, prepared: &Arc<Prepared>) -> Self {
        let evaluation = scorecard.evaluation();
        let rubric = evaluation.rubric();
        let scale = rubric.scale();
        let rows = Rows::of(evaluation, prepared);
        let placed = |wanted: &dyn Fn(usize) -> bool| {
            rows.placed(|indicator| evaluation.rating(indicator).is_some_and(|rating| wanted(rating.level)))
        };
        let bars = rubric
            .domains()
            .iter()
            .zip(scorecard.domains())
            .filter(|(_, tallies)| tallies.tally.indicators > 0)
            .map(|(domain, tallies)| Bar::of(&domain.id, &domain.code, &domain.title, &tallies.tally, rubric))
            .collect();
        Self {
            context: VERSION,
            rubric: prepared.view(),
            evaluation: EvaluationView::of(evaluation),
            scorecard: view::Scorecard::with(scorecard, |indicator| rows.get(indicator)),
            scoring: Scoring::of(scorecard),
            bars,
            overall_bar: Bar::of("", "", "All domains", scorecard.overall(), rubric),
            strengths: placed(&|level| scale.meets(level) && level > scale.meeting_level()),
            growth_areas: placed(&|level| scale.is_rated(level) && !scale.meets(level)),
            unrated: rows.placed(|indicator| evaluation.rating(indicator).is_none()),
            goals: GoalsView::of(scorecard),
            contact_hours: ContactHours::of(evaluation),
            agreement: agreement.map(Beside::of),
        }
    }
}

impl<'a> GoalsPage<'a> {
    pub(crate) fn of(scorecard: &'a Scorecard) -> Self {
        let evaluation = scorecard.evaluation();
        Self {
            context: VERSION,
            rubric: RubricView::of(evaluation.rubric()),
            evaluation: EvaluationView::of(evaluation),
            goals: GoalsView::of(scorecard),
        }
    }
}

/// A rubric, but for its indicators.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct RubricView<'a> {
    id: &'a str,
    version: String,
    title: &'a str,
    publisher: Option<&'a str>,
    source: Option<&'a str>,
    language: Option<&'a str>,
    fingerprint: &'a str,
    /// The fingerprint of the scoring policy; null without one.
    scoring_fingerprint: Option<&'a str>,
    adopted: Option<Adopted<'a>>,
    effective: Option<Dates>,
    /// Every level: the rated ones, lowest first, then those that are no rating.
    levels: Vec<Level<'a>>,
    /// The level at which expectations are met, as people call it.
    meets_at: &'a str,
    /// Anything of the rubric's author.
    extra: Option<&'a Any>,
}

/// When and by whom the rubric was adopted.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct Adopted<'a> {
    date: String,
    by: Option<&'a str>,
    reference: Option<&'a str>,
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
pub(in crate::render) struct Level<'a> {
    pub(in crate::render) id: &'a str,
    pub(in crate::render) label: &'a str,
    description: Option<&'a str>,
    /// Its number in this list, from 0.
    number: usize,
    /// Whether it is a rating.
    rated: bool,
    /// Whether it meets expectations.
    meets: bool,
}

impl<'a> RubricView<'a> {
    pub(super) fn levels(&self) -> &[Level<'a>] {
        &self.levels
    }

    pub(crate) fn of(rubric: &'a Rubric) -> Self {
        let parts = &*rubric.0;
        let scale = rubric.scale();
        Self {
            id: rubric.id(),
            version: rubric.version(),
            title: rubric.title(),
            publisher: rubric.publisher(),
            source: parts.source.as_deref(),
            language: parts.language.as_deref(),
            fingerprint: rubric.fingerprint(),
            scoring_fingerprint: rubric.scoring_fingerprint(),
            adopted: parts.adopted.as_ref().map(|adopted| Adopted {
                date: adopted.date.to_string(),
                by: adopted.by.as_deref(),
                reference: adopted.reference.as_deref(),
            }),
            effective: parts.effective.map(|(from, to)| Dates::of(Some(from), Some(to))),
            levels: scale
                .levels()
                .iter()
                .enumerate()
                .map(|(number, level)| Level {
                    id: &level.id,
                    label: &level.label,
                    description: level.description.as_deref(),
                    number,
                    rated: scale.is_rated(number),
                    meets: scale.meets(number),
                })
                .collect(),
            meets_at: scale.meets_at().map_or("", |level| &level.label),
            extra: parts.extra.as_ref(),
        }
    }
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
    pub(super) fn of(rubric: &'a Rubric, id: &'a str) -> Option<Self> {
        let node = rubric.node(id)?;
        Some(Self { id, code: &node.code, title: &node.label })
    }
}
