//! The context of the report's templates.

use std::sync::Arc;

use minijinja::value::Value;

use crate::agreement::Agreement;
use crate::evaluation::Evaluation;
use crate::render::prepared::Prepared;
use crate::rubric::Indicator;
use crate::score::Scorecard;
#[cfg(feature = "schema")]
use crate::score::view;

use super::VERSION;
use super::bar::{bars, overall_bar};
use super::beside::Beside;
use super::goals::GoalsView;
use super::hours::ContactHours;
use super::lazy::{Keyed, Lazy, value};
use super::rating::Rows;
use super::scorecard::Computed;
use super::scoring::Scoring;
#[cfg(feature = "schema")]
use super::{
    RubricView,
    bar::Bar,
    evaluation::EvaluationView,
    rating::{PageRating, Placed},
};

/// The values that `report.html` and `report.md` see. Every key is always present; an absent value is null or an empty list.
/// Besides minijinja's filters a template has `date`, `grouped`, `json`, `at` and `policy_hash`.
#[cfg(feature = "schema")]
#[derive(schemars::JsonSchema)]
#[expect(dead_code, reason = "it is what the schema is made of; values are made one by one")]
pub(crate) struct Report<'a> {
    /// The version of this context.
    context: u32,
    /// The rubric.
    rubric: RubricView<'a>,
    /// The evaluation, but for its ratings.
    evaluation: EvaluationView<'a>,
    /// Everything computed from the evaluation, with the ratings; the JSON of `appraise score`, and more of each rating.
    scorecard: view::Scorecard<'a, PageRating<'a>>,
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

/// The values of a report.
#[derive(Debug)]
struct Page {
    scorecard: Arc<Scorecard>,
    agreement: Option<Agreement>,
    prepared: Arc<Prepared>,
    rows: Arc<Rows>,
}

/// The values of a report, each computed when a template asks for it.
pub(in crate::render) fn report(
    scorecard: &Scorecard,
    agreement: Option<&Agreement>,
    prepared: Arc<Prepared>,
) -> Value {
    let rows = Arc::new(Rows::of(scorecard.evaluation(), &prepared));
    Lazy::of(Page { scorecard: Arc::new(scorecard.clone()), agreement: agreement.cloned(), prepared, rows })
}

impl Page {
    fn evaluation(&self) -> &Evaluation {
        self.scorecard.evaluation()
    }

    /// The indicators in scope that are rated at a wanted level.
    fn rated(&self, wanted: impl Fn(usize) -> bool) -> Value {
        let evaluation = self.evaluation();
        let rated = |indicator: &Indicator| evaluation.rating(indicator).is_some_and(|rating| wanted(rating.level));
        value(self.rows.placed(evaluation, rated))
    }
}

impl Keyed for Page {
    const KEYS: &'static [&'static str] = &[
        "context",
        "rubric",
        "evaluation",
        "scorecard",
        "scoring",
        "bars",
        "overall_bar",
        "strengths",
        "growth_areas",
        "unrated",
        "goals",
        "contact_hours",
        "agreement",
    ];

    fn make(&self, key: &str) -> Value {
        let evaluation = self.evaluation();
        let scales = evaluation.rubric().all();
        match key {
            "context" => VERSION.into(),
            "rubric" => self.prepared.view(),
            "evaluation" => super::evaluation::evaluation(evaluation),
            "scorecard" => Computed::of(&self.scorecard, &self.prepared, &self.rows),
            "scoring" => value(Scoring::of(&self.scorecard)),
            "bars" => bars(&self.scorecard),
            "overall_bar" => overall_bar(&self.scorecard),
            "strengths" => self.rated(|level| scales.exceeds(level)),
            "growth_areas" => self.rated(|level| scales.is_rated(level) && !scales.meets(level)),
            "unrated" => value(self.rows.placed(evaluation, |indicator| {
                evaluation.rating(indicator).is_none() && !evaluation.is_judged(indicator)
            })),
            "goals" => value(GoalsView::of(&self.scorecard)),
            "contact_hours" => value(ContactHours::of(evaluation)),
            "agreement" => value(self.agreement.as_ref().map(Beside::of)),
            _ => Value::UNDEFINED,
        }
    }
}

#[cfg(all(test, feature = "schema"))]
mod tests {
    use super::*;

    #[test]
    fn the_schema_has_the_keys_that_templates_see() {
        let schema = schemars::schema_for!(Report<'static>);
        let mut keys = Page::KEYS.to_vec();
        keys.sort();
        let described: Vec<String> = schema.get("properties").unwrap().as_object().unwrap().keys().cloned().collect();
        assert_eq!(described, keys);
    }
}
