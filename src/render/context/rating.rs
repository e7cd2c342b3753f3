//! The ratings as pages see them.

use std::sync::{Arc, OnceLock};

use minijinja::value::{Enumerator, Object, Value};
use minijinja::{Error, ErrorKind, State, context};
use serde::Serialize;

use crate::evaluation::{Evaluation, Evaluator, Written};
use crate::render::misuse::misuse;
use crate::render::part::{Comment, FILLS, Filled, Kind, Part, Parts, Said};
use crate::render::prepared::Prepared;
use crate::rubric::Indicator;
use crate::score::view;

#[cfg(feature = "schema")]
use super::About;
use super::lazy::{Keyed, Plain, value};

/// The rating of an indicator. Besides its keys it has a method: `part("_NAME.html")` is what that template makes of it, made
/// once for all ratings that have the same in common. Such a template sees `rubric`, `domain`, `competency` or none,
/// `indicator`, `level`, none for what is unrated, what the ratings have in common as `rating`, and `blank` for the rest.
#[cfg(feature = "schema")]
#[derive(schemars::JsonSchema)]
#[expect(dead_code, reason = "it is what the schema is made of; `Row` makes the values")]
pub(super) struct PageRating<'a> {
    #[schemars(flatten)]
    rating: view::Rating<'a>,
    /// Whether there is anything but the level: a comment, evidence, a descriptor, who gave it of several, or a lacking
    /// qualification.
    has_more: bool,
    /// Who gave it, as people call them; null where there is but one evaluator.
    by_name: Option<&'a str>,
}

/// What a part sees of a rating.
#[derive(Serialize)]
struct Known<'a> {
    descriptor: Option<&'a str>,
    lacks_qualification: Option<view::Qualification<'a>>,
    has_comment: bool,
    has_long_comment: bool,
    has_evidence: bool,
    is_one_of_several: bool,
    judged: bool,
    has_more: bool,
}

/// Characters. A comment of more may be broken between pages, one of fewer stays together.
const LONG: usize = 1200;

fn is_long(comment: &str) -> bool {
    comment.len() > LONG && comment.chars().nth(LONG).is_some()
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
            Value::from_object(Row::of(&source, indicator))
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

/// A rating, of which each value is made when it is asked for: most of a page is made of parts.
#[derive(Debug)]
struct Row {
    source: Arc<Source>,
    kind: Kind,
    has_descriptor: bool,
    comment: OnceLock<Value>,
    evidence: OnceLock<Value>,
}

/// What a rating has, in the order of the JSON.
const KEYS: &[&str] = &[
    "id",
    "code",
    "title",
    "statement",
    "level",
    "label",
    "descriptor",
    "by",
    "by_name",
    "comment",
    "evidence",
    "lacks_qualification",
    "has_more",
    "judged",
];

impl Row {
    fn of(source: &Arc<Source>, indicator: &Indicator) -> Self {
        let evaluation = &source.evaluation;
        let rating = evaluation.rating(indicator);
        let lacks = |rating| evaluation.lacking_qualification(indicator, rating).is_some();
        let nothing = || Said { is_judged: evaluation.is_judged(indicator), ..Said::default() };
        let kind = Kind {
            indicator: indicator.index,
            level: rating.map(|rating| rating.level),
            said: evaluation.written(indicator).map_or_else(nothing, |written| Said {
                comment: match written.comment {
                    None => Comment::None,
                    Some(comment) if is_long(comment) => Comment::Long,
                    Some(_) => Comment::Short,
                },
                has_evidence: !written.evidence.is_empty(),
                lacks_qualification: rating.is_some_and(lacks),
                is_one_of_several: evaluation.evaluators().len() > 1 && evaluation.written_by(written).is_some(),
                ..nothing()
            }),
        };
        let has_descriptor = rating.is_some_and(|rating| indicator.descriptor(rating.level).is_some());
        Self { source: source.clone(), kind, has_descriptor, comment: OnceLock::new(), evidence: OnceLock::new() }
    }

    fn indicator(&self) -> Option<&Indicator> {
        self.source.evaluation.rubric().indicator_at(self.kind.indicator)
    }

    fn written(&self) -> Option<Written<'_>> {
        self.source.evaluation.written(self.indicator()?)
    }

    fn comment(&self) -> Option<&str> {
        self.written()?.comment
    }

    /// Who gave it.
    fn by(&self) -> Option<&Evaluator> {
        self.source.evaluation.written_by(self.written()?)
    }

    /// What people call them, where there are others.
    fn by_name(&self) -> Option<&str> {
        let evaluator = self.by().filter(|_| self.kind.said.is_one_of_several)?;
        Some(&evaluator.name)
    }

    fn has_more(&self) -> bool {
        let Said { comment, has_evidence, lacks_qualification, is_one_of_several, .. } = self.kind.said;
        let is_said = comment != Comment::None || has_evidence;
        is_said || self.has_descriptor || lacks_qualification || is_one_of_several
    }

    fn descriptor(&self) -> Option<&str> {
        self.indicator()?.descriptor(self.kind.level?)
    }

    fn evidence(&self) -> Value {
        let evidence = self.written().map_or(&[][..], |written| written.evidence);
        value(evidence.iter().map(view::Evidence::of).collect::<Vec<_>>())
    }

    /// What a template makes of this rating.
    fn part(self: &Arc<Self>, state: &State<'_, '_>, name: &str) -> Result<Value, Error> {
        let part = self.made(state, name, &self.source.prepared.parts(name))?;
        if let Some(whole) = part.whole() {
            return Ok(whole);
        }
        let mut out = String::new();
        self.fill(state, &part, &mut out)?;
        Ok(Value::from_safe_string(out))
    }

    fn made(&self, state: &State<'_, '_>, name: &str, parts: &Parts) -> Result<Arc<Part>, Error> {
        parts.get(self.kind, || self.source.prepared.part(state, name, self.kind, value(self.known())))
    }

    fn fill(self: &Arc<Self>, state: &State<'_, '_>, part: &Part, out: &mut String) -> Result<(), Error> {
        part.write(out, |what| match what {
            "comment" => Ok(self.comment().into()),
            "by_name" => Ok(self.by_name().into()),
            _ if what.starts_with('_') => {
                let rating = Plain::of(Alone(self.clone()));
                Ok(Filled::Made(state.env().get_template(what)?.render(context! { rating })?))
            }
            _ => Err(misuse(format!("`blank` takes {FILLS}, not `{what}`"))),
        })
    }

    fn known(&self) -> Known<'_> {
        Known {
            descriptor: self.descriptor(),
            lacks_qualification: self.lacks_qualification(),
            has_comment: self.kind.said.comment != Comment::None,
            has_long_comment: self.kind.said.comment == Comment::Long,
            has_evidence: self.kind.said.has_evidence,
            is_one_of_several: self.kind.said.is_one_of_several,
            judged: self.kind.said.is_judged,
            has_more: self.has_more(),
        }
    }

    fn lacks_qualification(&self) -> Option<view::Qualification<'_>> {
        let evaluation = &self.source.evaluation;
        let lacking = evaluation.lacking_qualification(self.indicator()?, evaluation.rating(self.indicator()?)?)?;
        Some(view::Qualification::of(lacking))
    }
}

/// A rating without its methods: what fills a blank of a part cannot ask for that part.
#[derive(Debug)]
struct Alone(Arc<Row>);

impl Keyed for Alone {
    const KEYS: &'static [&'static str] = KEYS;

    fn lists(&self, key: &str) -> bool {
        key != "judged" || self.0.kind.said.is_judged
    }

    fn make(&self, key: &str) -> Value {
        self.0.get_value_by_str(key).unwrap_or_default()
    }
}

/// What a template makes of each of some ratings, as the filter `parts` of templates.
pub(in crate::render) fn parts(state: &State<'_, '_>, ratings: &Value, name: &str) -> Result<Value, Error> {
    let mut rows = Vec::new();
    for rating in ratings.try_iter()? {
        let row = rating.downcast_object::<Row>();
        rows.push(row.ok_or_else(|| misuse("`parts` takes ratings"))?);
    }
    let Some(first) = rows.first() else { return Ok(Value::from_safe_string(String::new())) };
    // Of one page, all are of one rubric.
    let parts = first.source.prepared.parts(name);
    let made = rows.iter().map(|row| row.made(state, name, &parts)).collect::<Result<Vec<_>, _>>()?;
    let bytes = rows.iter().zip(&made).map(|(row, part)| part.len() + row.comment().map_or(0, str::len)).sum();
    let mut out = String::with_capacity(bytes);
    for (row, part) in rows.iter().zip(&made) {
        row.fill(state, part, &mut out)?;
    }
    Ok(Value::from_safe_string(out))
}

impl Object for Row {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.get_value_by_str(key.as_str()?)
    }

    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
        Some(match key {
            "has_more" => self.has_more().into(),
            "judged" => self.kind.said.is_judged.into(),
            "level" => self.source.prepared.level(self.kind.level),
            "label" => self.source.prepared.label(self.kind.level),
            "id" | "code" | "title" | "statement" => self.source.prepared.indicator(self.kind.indicator, key),
            "comment" => self.comment.get_or_init(|| self.comment().into()).clone(),
            "evidence" => self.evidence.get_or_init(|| self.evidence()).clone(),
            "descriptor" if !self.has_descriptor => Value::from(()),
            "descriptor" => self.descriptor().into(),
            "by" => self.by().map(|evaluator| evaluator.id.as_str()).into(),
            "by_name" => self.by_name().into(),
            "lacks_qualification" if !self.kind.said.lacks_qualification => Value::from(()),
            "lacks_qualification" => value(self.lacks_qualification()),
            _ => return None,
        })
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        // As in JSON, where it is absent when it is false.
        match KEYS.split_last() {
            Some((_judged, others)) if !self.kind.said.is_judged => Enumerator::Str(others),
            _ => Enumerator::Str(KEYS),
        }
    }

    fn call_method(self: &Arc<Self>, state: &mut State<'_, '_>, method: &str, args: &[Value]) -> Result<Value, Error> {
        let name = || match args {
            [name] => name.as_str(),
            _ => None,
        };
        match method {
            "part" => self.part(state, name().ok_or_else(|| misuse("`part` takes the name of a template"))?),
            _ => Err(Error::from(ErrorKind::UnknownMethod)),
        }
    }
}
