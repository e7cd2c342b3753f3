//! The ratings as pages see them.

use std::sync::{Arc, OnceLock};

use minijinja::value::Value;
use serde::Serialize;

use crate::evaluation::{Evaluation, IndicatorTexts, Rating};
use crate::render::points;
use crate::render::prepared::{Prepared, none};
use crate::rubric::Indicator;
use crate::score::view;

#[cfg(feature = "schema")]
use super::About;
use super::lazy::{Plain, keyed, value};

/// The rating of an indicator.
#[cfg(feature = "schema")]
#[derive(schemars::JsonSchema)]
#[expect(dead_code, reason = "it is what the schema is made of; `Row` makes the values")]
pub(super) struct PageRating<'a> {
    #[schemars(flatten)]
    rating: view::Rating<'a>,
    /// Whether there is anything but the level: a comment, evidence, a descriptor, practices, who gave it of several, or a
    /// lacking qualification.
    has_more: bool,
    /// The level as people call it, with the points that the indicator has there of its own: "Full marks, 10 points"; null where
    /// it is unrated.
    given: Option<&'a str>,
    /// Who gave it, as people call them; null where there is but one evaluator.
    by_name: Option<&'a str>,
}

/// An indicator with its rating, and where it stands.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct Placed {
    #[cfg_attr(feature = "schema", schemars(with = "About<'static>"))]
    domain: Value,
    #[cfg_attr(feature = "schema", schemars(with = "Option<About<'static>>"))]
    competency: Value,
    #[cfg_attr(feature = "schema", schemars(with = "PageRating<'static>"))]
    rating: Value,
}

/// The ratings of an evaluation, each made once however often a page shows it.
#[derive(Debug)]
pub(super) struct Rows {
    source: Arc<Source>,
    /// By indicator; undefined for those out of scope.
    rows: Vec<Value>,
}

/// The evaluation and the rubric that ratings are made of.
#[derive(Debug)]
struct Source {
    evaluation: Evaluation,
    prepared: Arc<Prepared>,
    /// The id and the name of each evaluator.
    evaluators: Vec<(Value, Value)>,
    no_evidence: Value,
    /// Whether some indicator has points of its own.
    has_points: bool,
}

impl Rows {
    pub(super) fn of(evaluation: &Evaluation, prepared: &Arc<Prepared>) -> Self {
        let evaluators = evaluation.evaluators().iter().map(|by| (by.id.as_str().into(), by.name.as_str().into()));
        let source = Arc::new(Source {
            evaluation: evaluation.clone(),
            prepared: prepared.clone(),
            evaluators: evaluators.collect(),
            no_evidence: Value::from(Vec::<Value>::new()),
            has_points: points::has_own(evaluation.rubric()),
        });
        let row = |indicator: &Indicator| match evaluation.is_in_scope(indicator) {
            true => Plain::of(Row::of(&source, indicator)),
            false => Value::UNDEFINED,
        };
        let rows = evaluation.rubric().indicators().map(row).collect();
        Self { source, rows }
    }

    pub(super) fn get(&self, indicator: &Indicator) -> Value {
        self.rows.get(indicator.index).cloned().unwrap_or_default()
    }

    /// The indicators in scope that are wanted, in order.
    pub(super) fn placed(&self, evaluation: &Evaluation, wanted: impl Fn(&Indicator) -> bool) -> Vec<Placed> {
        let indicators = evaluation.rubric().indicators();
        let placed = indicators.filter(|indicator| evaluation.is_in_scope(indicator) && wanted(indicator));
        placed
            .map(|indicator| {
                let (domain, competency) = self.source.prepared.place(indicator.index);
                Placed { domain, competency, rating: self.get(indicator) }
            })
            .collect()
    }
}

/// A rating. What takes long to make, a list of evidence, is made when a page asks for it.
#[derive(Debug)]
struct Row {
    source: Arc<Source>,
    indicator: usize,
    /// None for an unrated indicator.
    level: Option<usize>,
    /// The number of the evaluator who gave it.
    by: Option<usize>,
    given: Value,
    descriptor: Value,
    comment: Value,
    evidence: OnceLock<Value>,
    lacks_qualification: Value,
    has_more: bool,
    judged: bool,
    /// The practices, and the level that follows from them; `None` for an indicator without practices.
    practices: Option<Box<(Value, Value)>>,
}

impl Source {
    /// A level as people call it, with what stands beside it.
    fn given(&self, indicator: &Indicator, level: Option<usize>) -> Value {
        let Some(number) = level.filter(|_| self.has_points) else { return self.prepared.label(level) };
        points::labelled(self.evaluation.rubric(), self.evaluation.policy(), indicator, number).into()
    }
}

impl Row {
    fn of(source: &Arc<Source>, indicator: &Indicator) -> Self {
        let evaluation = &source.evaluation;
        let rating = evaluation.rating(indicator);
        let level = rating.and_then(Rating::level);
        let written = evaluation.written(indicator);
        let by = written.and_then(|written| evaluation.written_by(written));
        let lacking = rating.and_then(|rating| evaluation.lacking_qualification(indicator, rating));
        let has_evidence = written.is_some_and(|written| !written.evidence.is_empty());
        let descriptor = source.prepared.descriptor(indicator.index, level);
        let comment = written.and_then(|written| written.comment);
        Self {
            source: source.clone(),
            indicator: indicator.index,
            level,
            by: by.and_then(|by| evaluation.evaluators().iter().position(|evaluator| evaluator.id == by.id)),
            has_more: comment.is_some()
                || has_evidence
                || !descriptor.is_none()
                || lacking.is_some()
                || indicator.checklist.is_some()
                || (by.is_some() && source.evaluators.len() > 1),
            judged: evaluation.is_judged(indicator),
            given: source.given(indicator, level),
            practices: indicator.checklist.as_ref().map(|_| {
                let derived = view::Derived::of(evaluation, indicator).map_or_else(none, value);
                Box::new((value(view::Practice::all(evaluation, indicator)), derived))
            }),
            descriptor,
            comment: comment.into(),
            evidence: if has_evidence { OnceLock::new() } else { source.no_evidence.clone().into() },
            lacks_qualification: lacking.map_or_else(none, |lacking| value(view::Qualification::of(lacking))),
        }
    }

    /// The evaluator who gave it.
    fn by(&self) -> Option<&(Value, Value)> {
        self.source.evaluators.get(self.by?)
    }

    /// The name of the evaluator who gave it; none where there is but one.
    fn by_name(&self) -> Value {
        let by = self.by().filter(|_| self.source.evaluators.len() > 1);
        by.map_or_else(none, |(_, name)| name.clone())
    }

    fn evidence(&self) -> &Value {
        self.evidence.get_or_init(|| {
            let indicator = self.source.evaluation.rubric().indicator_at(self.indicator);
            let written: Option<IndicatorTexts<'_>> =
                indicator.and_then(|indicator| self.source.evaluation.written(indicator));
            let evidence = written.map_or(&[][..], |written| written.evidence);
            value(evidence.iter().map(view::Evidence::of).collect::<Vec<_>>())
        })
    }
}

keyed! {
    |row: Row, key| let prepared = &row.source.prepared; {
        // In the order of the JSON.
        id | code | title | statement => prepared.indicator(row.indicator, key),
        level => prepared.level(row.level),
        label => prepared.label(row.level),
        given => row.given.clone(),
        descriptor => row.descriptor.clone(),
        by => row.by().map_or_else(none, |(id, _)| id.clone()),
        by_name => row.by_name(),
        comment => row.comment.clone(),
        evidence => row.evidence().clone(),
        lacks_qualification => row.lacks_qualification.clone(),
        has_more => row.has_more.into(),
        judged => row.judged.into(),
        practices => row.practices.as_ref().map_or_else(|| row.source.no_evidence.clone(), |both| both.0.clone()),
        derived => row.practices.as_ref().map_or_else(none, |both| both.1.clone()),
    }

    /// As in JSON, where these are absent when there is nothing to say.
    fn lists(&self, key: &str) -> bool {
        match key {
            "judged" => self.judged,
            "practices" => self.practices.is_some(),
            "derived" => self.practices.as_ref().is_some_and(|both| !both.1.is_none()),
            _ => true,
        }
    }
}
