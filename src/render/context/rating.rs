//! The ratings as pages see them.

use std::sync::{Arc, OnceLock};

use minijinja::value::Value;
use serde::Serialize;

use super::prepared::{Head, Prepared, none};
use crate::evaluation::{Evaluation, Rating};
use crate::render::checklist::Checklists;
use crate::render::points;
use crate::rubric::{Indicator, Scale};
use crate::score::view;

#[cfg(feature = "schema")]
use super::About;
use super::Level;
use super::lazy::{OfJson, Shown, value};
use super::picture;

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
    /// Whether there are practices, or a rating that follows from observations, to print beside the level.
    has_source: bool,
    /// Whether it is a domain or competency that is rated itself, whose heading says what is rated.
    rated_itself: bool,
    /// Whether its title is the head of its entry, and its statement stands below.
    titled: bool,
    /// Whether its statement is the head of its entry. Neither is where it is rated itself.
    untitled: bool,
    /// The level as people call it, with the points that the indicator has there of its own: "Full marks, 10 points"; a choice that
    /// counts as a level with the level: "Not applicable, counts as Has met"; null where it is unrated.
    given: Option<&'a str>,
    /// The number as a bar within its range, in SVG, for HTML; null for a level, and where it is unrated.
    bar: Option<&'a str>,
    /// Who gave it, as people call them; null where there is but one evaluator.
    by_name: Option<&'a str>,
    /// The number of its run, where the rubric has several scales: indicators next to each other
    /// that are entries, or lines of one checklist. Else null.
    run: Option<usize>,
    /// The levels of the checklist that it is a line of: its scale has two levels, and it has no descriptors. Empty for an entry.
    checks: Vec<Level<'a>>,
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
    /// An empty list.
    nothing: Value,
    /// Whether some indicator has points of its own.
    has_points: bool,
    checklists: Checklists,
}

impl Rows {
    pub(super) fn of(evaluation: &Evaluation, prepared: &Arc<Prepared>) -> Self {
        let evaluators = evaluation.evaluators().iter().map(|by| (by.id.as_str().into(), by.name.as_str().into()));
        let source = Arc::new(Source {
            evaluation: evaluation.clone(),
            prepared: prepared.clone(),
            evaluators: evaluators.collect(),
            nothing: Value::from(Vec::<Value>::new()),
            has_points: points::has_own(evaluation.rubric()),
            checklists: Checklists::of(evaluation.rubric()),
        });
        let row = |indicator: &Indicator| match evaluation.is_in_scope(indicator) {
            true => OfJson::of(Row::of(&source, indicator)),
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

/// A rating. What most pages print of it is at hand, in values of the rubric where it can be.
#[derive(Debug)]
struct Row {
    source: Arc<Source>,
    indicator: usize,
    /// None for an unrated indicator, and for a number.
    level: Option<usize>,
    is_number: bool,
    /// The number of the evaluator who gave it.
    by: Option<usize>,
    given: Value,
    /// The number as a bar within its range; none for a level.
    bar: Value,
    descriptor: Value,
    comment: Value,
    has_evidence: bool,
    /// The list of evidence, once it is asked for.
    evidence: OnceLock<Value>,
    is_lacking: bool,
    has_more: bool,
    judged: bool,
    /// The practices, and the level that follows from them; `None` for an indicator without practices.
    practices: Option<Box<(Value, Value)>>,
    /// The rating that follows from observations; none where none does.
    followed: Value,
}

impl Source {
    /// A level or a number as people call it, with what stands beside it.
    fn given(&self, indicator: &Indicator, rating: Option<&Rating>) -> Value {
        let rubric = self.evaluation.rubric();
        if let Some(number) = rating.and_then(Rating::number) {
            return rubric.scale_of(indicator).and_then(Scale::range).map(|range| range.label(number)).into();
        }
        let level = rating.and_then(Rating::level);
        let Some(number) = level else { return none() };
        if let Some(counted) = rubric.counts_as(number) {
            let label = rubric.levels().get(number).map_or("", |level| &level.label);
            return format!("{label}, counts as {}", counted.label).into();
        }
        if !self.has_points {
            return self.prepared.label(level);
        }
        points::labelled(rubric, self.evaluation.policy(), indicator, number).into()
    }
}

impl Row {
    fn of(source: &Arc<Source>, indicator: &Indicator) -> Self {
        let evaluation = &source.evaluation;
        let rating = evaluation.rating(indicator);
        let level = rating.and_then(Rating::level);
        let written = evaluation.written(indicator);
        let by = evaluation.given_by(indicator);
        let followed = match evaluation.observations() {
            [] => none(),
            _ => evaluation.followed(indicator).map_or_else(none, |followed| value(view::Followed::of(followed))),
        };
        let lacking = rating.and_then(|rating| evaluation.lacking_qualification(indicator, rating));
        let has_evidence = written.is_some_and(|written| !written.evidence.is_empty());
        let descriptor = source.prepared.descriptor(indicator.index, level);
        let comment = written.and_then(|written| written.comment);
        // A choice that is no rating needs no practices: those that are not recorded are left out.
        let has_practices = |rating: &Rating| evaluation.is_rated(rating) || rating.practices().is_some();
        let checklist = indicator.checklist.as_ref().filter(|_| rating.is_none_or(has_practices));
        Self {
            source: source.clone(),
            indicator: indicator.index,
            level,
            is_number: rating.is_some_and(|rating| rating.number().is_some()),
            by: by.and_then(|by| evaluation.evaluators().iter().position(|evaluator| evaluator.id == by.id)),
            has_more: comment.is_some()
                || has_evidence
                || !descriptor.is_none()
                || lacking.is_some()
                || !followed.is_none()
                || (rating.is_some() && checklist.is_some())
                || (by.is_some() && source.evaluators.len() > 1),
            judged: evaluation.is_judged(indicator),
            bar: rating.and_then(Rating::number).map_or_else(none, |number| {
                let range = evaluation.rubric().scale_of(indicator).and_then(Scale::range);
                range.map_or_else(none, |range| picture::within(range, &number.exact()))
            }),
            given: source.given(indicator, rating),
            practices: checklist.map(|_| {
                let derived = view::Derived::of(evaluation, indicator).map_or_else(none, value);
                Box::new((value(view::Practice::all(evaluation, indicator)), derived))
            }),
            followed,
            descriptor,
            comment: comment.into(),
            has_evidence,
            evidence: OnceLock::new(),
            is_lacking: lacking.is_some(),
        }
    }

    /// The evidence, made without the rest of the JSON, since many ratings have some.
    fn evidence(&self) -> Value {
        if !self.has_evidence {
            return self.source.nothing.clone();
        }
        let made = || {
            let evaluation = &self.source.evaluation;
            let indicator = evaluation.rubric().indicator_at(self.indicator);
            let written = indicator.and_then(|indicator| evaluation.written(indicator));
            let evidence = written.map(|written| written.evidence).unwrap_or_default();
            value(evidence.iter().map(view::Evidence::of).collect::<Vec<_>>())
        };
        self.evidence.get_or_init(made).clone()
    }

    /// The levels of the checklist that it is a line of.
    fn checks(&self) -> Value {
        let scales = self.source.evaluation.rubric().all();
        let scale = self.source.checklists.scale(self.indicator);
        value(scale.map_or_else(Vec::new, |scale| Level::of(scales, [scale])))
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
}

impl Shown for Row {
    const MORE: &'static [&'static str] =
        &["given", "bar", "has_more", "has_source", "rated_itself", "titled", "untitled", "by_name", "run", "checks"];

    fn own(&self, key: &str) -> Option<Value> {
        let prepared = &self.source.prepared;
        Some(match key {
            "id" | "code" | "title" | "statement" => prepared.indicator(self.indicator, key),
            "level" => prepared.level(self.level),
            "label" if !self.is_number => prepared.label(self.level),
            "given" => self.given.clone(),
            "bar" => self.bar.clone(),
            "descriptor" => self.descriptor.clone(),
            "comment" => self.comment.clone(),
            "evidence" => self.evidence(),
            "lacks_qualification" if !self.is_lacking => none(),
            "by" => self.by().map_or_else(none, |(id, _)| id.clone()),
            "by_name" => self.by_name(),
            "has_more" => self.has_more.into(),
            "has_source" => (self.practices.is_some() || !self.followed.is_none()).into(),
            "rated_itself" => (prepared.head(self.indicator) == Some(Head::Above)).into(),
            "titled" => (prepared.head(self.indicator) == Some(Head::Title)).into(),
            "untitled" => (prepared.head(self.indicator) == Some(Head::Statement)).into(),
            "judged" => self.judged.into(),
            "practices" => self.practices.as_ref().map_or_else(|| self.source.nothing.clone(), |both| both.0.clone()),
            "derived" => self.practices.as_ref().map_or_else(none, |both| both.1.clone()),
            "followed" => self.followed.clone(),
            "run" => self.source.checklists.run(self.indicator).map_or_else(none, Value::from),
            "checks" => self.checks(),
            _ => return None,
        })
    }

    fn json(&self) -> Value {
        let evaluation = &self.source.evaluation;
        value(evaluation.rubric().indicator_at(self.indicator).map(|indicator| view::Rating::of(evaluation, indicator)))
    }
}
