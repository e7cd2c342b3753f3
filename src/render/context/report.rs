//! What the templates of the report see.

use std::sync::{Arc, OnceLock};

use minijinja::value::{Enumerator, Object, Serde, Value};
use serde::Serialize;

use crate::agreement::Agreement;
use crate::evaluation::Evaluation;
use crate::render::prepared::Prepared;
use crate::score::{Scorecard, view};

use super::VERSION;
use super::bar::Bar;
use super::beside::Beside;
use super::evaluation::EvaluationView;
use super::fingerprinted::Fingerprinted;
use super::goals::GoalsView;
use super::hours::ContactHours;
use super::rating::Rows;
use super::scoring::Scoring;
#[cfg(feature = "schema")]
use super::{
    RubricView,
    rating::{PageRating, Placed},
};

/// What `report.html` and `report.md` see. Every key is always there; what is absent is null or an empty list.
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

/// The keys of [`ReportPage`], in order.
const KEYS: [&str; 13] = [
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

/// The values of a report, each computed when a template asks for it: many ask for few.
#[derive(Debug)]
pub(in crate::render) struct ReportPage {
    scorecard: Scorecard,
    agreement: Option<Agreement>,
    prepared: Arc<Prepared>,
    rows: OnceLock<Rows>,
    values: [OnceLock<Value>; KEYS.len()],
}

impl ReportPage {
    pub(in crate::render) fn of(scorecard: &Scorecard, agreement: Option<&Agreement>, prepared: Arc<Prepared>) -> Self {
        Self {
            scorecard: scorecard.clone(),
            agreement: agreement.cloned(),
            prepared,
            rows: OnceLock::new(),
            values: Default::default(),
        }
    }

    fn evaluation(&self) -> &Evaluation {
        self.scorecard.evaluation()
    }

    fn rows(&self) -> &Rows {
        self.rows.get_or_init(|| Rows::of(self.evaluation(), &self.prepared))
    }

    fn make(&self, key: &str) -> Option<Value> {
        let evaluation = self.evaluation();
        let scale = evaluation.rubric().scale();
        Some(match key {
            "context" => Value::from(VERSION),
            "rubric" => self.prepared.view(),
            "evaluation" => Fingerprinted::of(evaluation, EvaluationView::of(evaluation)),
            "scorecard" => {
                let scorecard = view::Scorecard::with(&self.scorecard, |indicator| self.rows().get(indicator));
                Fingerprinted::of(evaluation, scorecard)
            }
            "scoring" => value(Scoring::of(&self.scorecard)),
            "bars" => value(self.bars()),
            "overall_bar" => value(Bar::of("", "", "All domains", self.scorecard.overall(), evaluation.rubric())),
            "strengths" => self.rated(&|level| scale.meets(level) && level > scale.meeting_level()),
            "growth_areas" => self.rated(&|level| scale.is_rated(level) && !scale.meets(level)),
            "unrated" => value(self.rows().placed(evaluation, |indicator| evaluation.rating(indicator).is_none())),
            "goals" => value(GoalsView::of(&self.scorecard)),
            "contact_hours" => value(ContactHours::of(evaluation)),
            "agreement" => value(self.agreement.as_ref().map(Beside::of)),
            _ => return None,
        })
    }

    fn bars(&self) -> Vec<Bar<'_>> {
        let rubric = self.evaluation().rubric();
        let domains = rubric.domains().iter().zip(self.scorecard.domains());
        domains
            .filter(|(_, tallies)| tallies.tally.indicators > 0)
            .map(|(domain, tallies)| Bar::of(&domain.id, &domain.code, &domain.title, &tallies.tally, rubric))
            .collect()
    }

    /// The indicators in scope that are rated at a wanted level.
    fn rated(&self, wanted: &dyn Fn(usize) -> bool) -> Value {
        let evaluation = self.evaluation();
        value(
            self.rows().placed(evaluation, |indicator| {
                evaluation.rating(indicator).is_some_and(|rating| wanted(rating.level))
            }),
        )
    }
}

fn value(of: impl Serialize) -> Value {
    Value::from(Serde(of))
}

impl Object for ReportPage {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.get_value_by_str(key.as_str()?)
    }

    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
        let place = KEYS.iter().position(|known| *known == key)?;
        let value = self.values.get(place)?;
        Some(value.get_or_init(|| self.make(key).unwrap_or_default()).clone())
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Str(&KEYS)
    }
}

#[cfg(all(test, feature = "schema"))]
mod tests {
    use super::*;

    #[test]
    fn the_schema_has_the_keys_that_templates_see() {
        let schema = schemars::schema_for!(Report<'static>);
        let mut keys = KEYS.map(str::to_owned).to_vec();
        keys.sort();
        let described: Vec<String> = schema.get("properties").unwrap().as_object().unwrap().keys().cloned().collect();
        assert_eq!(described, keys);
    }
}
