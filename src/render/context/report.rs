//! The context of the report's templates.

use std::sync::Arc;

use minijinja::value::Value;

use super::prepared::Prepared;
use crate::agreement::Agreement;
use crate::evaluation::Evaluation;
use crate::exact::Decimal;
use crate::rubric::Indicator;
use crate::score::{Scorecard, view};

use super::VERSION;
use super::bar::{bars, overall_bar, profiles};
use super::beside::Beside;
use super::goals::GoalsView;
use super::hours::ContactHours;
use super::lazy::{Lazy, keyed, value};
use super::observed::Observed;
use super::rating::Rows;
use super::scorecard::computed;
use super::scoring::Scoring;
#[cfg(feature = "schema")]
use super::{
    RubricView,
    bar::{Bar, Profile},
    evaluation::EvaluationView,
    rating::{PageRating, Placed},
};

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

    /// The indicators in scope that are rated at a wanted level, or with a number that does so of meeting expectations.
    fn rated(&self, wanted: impl Fn(usize) -> bool, meets: Option<bool>) -> Value {
        let evaluation = self.evaluation();
        let scales = evaluation.rubric().all();
        let of_number = |indicator: &Indicator, number: Decimal| {
            scales.range(indicator.scale).and_then(|range| range.meets(&number.exact()))
        };
        let rated = |indicator: &Indicator| {
            evaluation.rating(indicator).is_some_and(|rating| match (rating.level(), rating.number()) {
                (_, Some(number)) => meets.is_some() && of_number(indicator, number) == meets,
                (level, None) => level.is_some_and(&wanted),
            })
        };
        value(self.rows.placed(evaluation, rated))
    }
}

keyed! {
    /// The values that `report.html` and `report.md` see. Every key is always present; an absent value is null or an empty
    /// list. Besides minijinja's filters a template has `date`, `grouped`, `json`, `at` and `policy_hash`.
    pub(crate) struct Report<'a> of |page: Page|
    let evaluation = page.evaluation();
    let scales = evaluation.rubric().all();
    {
        /// The version of this context.
        context: u32 = VERSION.into(),
        /// The rubric.
        rubric: RubricView<'a> = page.prepared.view(),
        /// The evaluation, but for its ratings.
        evaluation: EvaluationView<'a> = super::evaluation::evaluation(evaluation),
        /// Everything computed from the evaluation, with the ratings; the JSON of `appraise score`, and more of each rating.
        scorecard: view::Scorecard<'a, PageRating<'a>> = computed(&page.scorecard, &page.prepared, &page.rows),
        /// The observations beside the ratings of record; null where there is none.
        observed: Option<Observed<'a>> =
            value((!evaluation.observations().is_empty()).then(|| Observed::of(evaluation))),
        /// How the ratings became results, for people; null where the rubric has no scoring policy.
        scoring: Option<Scoring<'a>> = value(evaluation.asking().map(|policy| Scoring::of(&page.scorecard, policy))),
        /// A stacked bar for each domain that has indicators in scope.
        bars: Vec<Bar<'a>> = bars(&page.scorecard),
        /// One bar for all of them.
        overall_bar: Bar<'a> = overall_bar(&page.scorecard),
        /// The bars of each scale that indicators in scope are rated on; one, of the same bars, where the rubric has one scale.
        profiles: Vec<Profile<'a>> = profiles(&page.scorecard),
        /// Ratings above the level that meets expectations.
        strengths: Vec<Placed> = page.rated(|level| scales.exceeds(level), None),
        /// Ratings below the level, or the number, that meets expectations.
        growth_areas: Vec<Placed> = page.rated(|level| scales.is_rated(level) && !scales.meets(level), Some(false)),
        /// Indicators in scope without an entry.
        unrated: Vec<Placed> = value(page.rows.placed(evaluation, |indicator| {
            evaluation.rating(indicator).is_none() && !evaluation.is_judged(indicator)
        })),
        /// Goals, proposed and agreed.
        goals: GoalsView<'a> = value(GoalsView::of(&page.scorecard)),
        /// Contact hours of professional development.
        contact_hours: ContactHours<'a> = value(ContactHours::of(evaluation)),
        /// The supervision that the district provided in the period; null where the rubric does not ask for it, or the evaluation
        /// says nothing of it.
        supervision: Option<view::Supervision<'a>> = value(view::Supervision::of(evaluation)),
        /// Other evaluations beside this one, the first of the raters; null where there is none.
        agreement: Option<Beside<'a>> = value(page.agreement.as_ref().map(Beside::of)),
    }
}
