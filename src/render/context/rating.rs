//! The ratings as pages see them.

use std::sync::{Arc, OnceLock};

use minijinja::value::{Enumerator, Object, Value};
use minijinja::{Error, ErrorKind, State};
use serde::Serialize;

use crate::evaluation::{Evaluation, Rating};
use crate::render::prepared::Prepared;
use crate::rubric::Indicator;
use crate::score::view;

#[cfg(feature = "schema")]
use super::About;
use super::lazy::value;

/// The rating of an indicator. Besides its keys it has a method: `part("_NAME.html")` is what that template makes of the
/// indicator at this level, made once for all evaluations of the rubric. Such a template sees `rubric`, `domain`,
/// `competency` or none, `indicator`, and `level`, none for what is unrated.
#[cfg(feature = "schema")]
#[derive(schemars::JsonSchema)]
#[expect(dead_code, reason = "it is what the schema is made of; `Row` makes the values")]
pub(super) struct PageRating<'a> {
    #[schemars(flatten)]
    rating: view::Rating<'a>,
    /// Whether there is anything but the level: a comment, evidence, a descriptor, who gave it of several, or a lacking
    /// qualification.
    has_more: bool,
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

/// The ratings of an evaluation, each made once however often a page shows it; of its values, those that take some time.
#[derive(Debug)]
pub(super) struct Rows {
    source: Arc<Source>,
    /// By indicator; none for those out of scope.
    rows: Vec<Value>,
}

/// What ratings are made of.
#[derive(Debug)]
struct Source {
    evaluation: Evaluation,
    prepared: Arc<Prepared>,
}

impl Rows {
    pub(super) fn of(evaluation: &Evaluation, prepared: &Arc<Prepared>) -> Self {
        let source = Arc::new(Source { evaluation: evaluation.clone(), prepared: prepared.clone() });
        let row = |indicator: &Indicator| {
            if !evaluation.is_in_scope(indicator) {
                return Value::default();
            }
            let (source, remarks) = (source.clone(), Remarks::of(evaluation, indicator));
            let (comment, evidence) = (OnceLock::new(), OnceLock::new());
            Value::from_object(Row { source, indicator: indicator.index, remarks, comment, evidence })
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

/// What there is besides the level.
#[derive(Debug, Default)]
struct Remarks {
    has_descriptor: bool,
    lacks_qualification: bool,
    has_more: bool,
}

impl Remarks {
    fn of(evaluation: &Evaluation, indicator: &Indicator) -> Self {
        let Some(rating) = evaluation.rating(indicator) else { return Self::default() };
        let has_descriptor = indicator.descriptor(rating.level).is_some();
        let lacks_qualification = evaluation.lacking_qualification(indicator, rating).is_some();
        let is_one_of_several = evaluation.evaluators().len() > 1;
        let is_said = rating.comment.is_some() || !rating.evidence.is_empty();
        let has_more = is_said || has_descriptor || lacks_qualification || is_one_of_several;
        Self { has_descriptor, lacks_qualification, has_more }
    }
}

/// A rating, of which each value is made when it is asked for: most of a page is made of parts.
#[derive(Debug)]
struct Row {
    source: Arc<Source>,
    indicator: usize,
    remarks: Remarks,
    comment: OnceLock<Value>,
    evidence: OnceLock<Value>,
}

/// What a rating has, in the order of the JSON.
const KEYS: [&str; 12] = [
    "id",
    "code",
    "title",
    "statement",
    "level",
    "label",
    "descriptor",
    "by",
    "comment",
    "evidence",
    "lacks_qualification",
    "has_more",
];

impl Row {
    fn indicator(&self) -> Option<&Indicator> {
        self.source.evaluation.rubric().indicator_at(self.indicator)
    }

    fn rating(&self) -> Option<&Rating> {
        self.source.evaluation.0.ratings.get(self.indicator).and_then(Option::as_ref)
    }

    fn level(&self) -> Option<usize> {
        self.rating().map(|rating| rating.level)
    }

    fn descriptor(&self) -> Option<&str> {
        self.indicator()?.descriptor(self.level()?)
    }

    fn evidence(&self) -> Value {
        let evidence = self.rating().map_or(&[][..], |rating| &rating.evidence);
        value(evidence.iter().map(view::Evidence::of).collect::<Vec<_>>())
    }

    fn lacks_qualification(&self) -> Option<view::Qualification<'_>> {
        let lacking = self.source.evaluation.lacking_qualification(self.indicator()?, self.rating()?)?;
        Some(view::Qualification::of(lacking))
    }
}

impl Object for Row {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.get_value_by_str(key.as_str()?)
    }

    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
        let rating = self.rating();
        Some(match key {
            "has_more" => self.remarks.has_more.into(),
            "level" => self.source.prepared.level(self.level()),
            "label" => self.source.prepared.label(self.level()),
            "id" | "code" | "title" | "statement" => self.source.prepared.indicator(self.indicator, key),
            "comment" => {
                let comment = || rating.and_then(|rating| rating.comment.as_deref()).into();
                self.comment.get_or_init(comment).clone()
            }
            "evidence" => self.evidence.get_or_init(|| self.evidence()).clone(),
            "descriptor" if !self.remarks.has_descriptor => Value::from(()),
            "descriptor" => self.descriptor().into(),
            "by" => {
                let evaluator = rating.and_then(|rating| self.source.evaluation.rated_by(rating));
                evaluator.map(|evaluator| evaluator.id.as_str()).into()
            }
            "lacks_qualification" if !self.remarks.lacks_qualification => Value::from(()),
            "lacks_qualification" => value(self.lacks_qualification()),
            _ => return None,
        })
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Str(&KEYS)
    }

    fn call_method(self: &Arc<Self>, state: &mut State<'_, '_>, method: &str, args: &[Value]) -> Result<Value, Error> {
        match (method, args) {
            ("part", [name]) => match name.as_str() {
                Some(name) => self.source.prepared.part(state, name, self.indicator, self.level()),
                None => Err(Error::new(ErrorKind::InvalidOperation, "`part` takes the name of a template")),
            },
            ("part", _) => Err(Error::new(ErrorKind::MissingArgument, "`part` takes the name of a template")),
            _ => Err(Error::from(ErrorKind::UnknownMethod)),
        }
    }
}
