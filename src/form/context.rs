//! The context of the form's templates: versioned, and documented by its JSON Schema (`appraise schema form`).

use std::borrow::Cow;

use serde::Serialize;
use serde_json::{Map, Value};

use crate::diagnostic::Severity;
use crate::evaluation::Evaluation;
use crate::exact::Exact;
use crate::render::{CONTEXT_VERSION, Checklists, Level, RubricView, Yardstick};
use crate::rubric::{self, Node, Rubric, ServiceDataKind, Type};
use crate::score::view;
use crate::source::{Any, Read, Shape};
use crate::syntax;

use super::asked::{Asked, Range};
use super::{CARRIED, Form, Purpose, narrative, practices};

/// The context of `form.html` and `form.md`. Every key is present; an absent value is null or an empty list.
/// Besides minijinja's filters a template has `date`, `grouped`, `json`, `at` and `policy_hash`.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct FormPage<'a> {
    /// The version of this context.
    context: u32,
    /// The rubric.
    rubric: RubricView<'a>,
    /// The scales that the indicators on the form are rated on, the default one first.
    scales: Vec<Scale<'a>>,
    /// Whether an indicator on the form is rated with a number.
    has_numbers: bool,
    /// Whether the level of an indicator on the form follows from practices.
    has_practices: bool,
    /// The ids of the levels at which a rating wants a comment.
    comment_required: Vec<&'a str>,
    /// The qualifications that evaluators need to rate certain indicators.
    qualifications: Vec<Qualification<'a>>,
    /// The domains on the form, each with its indicators in scope.
    domains: Vec<Domain<'a>>,
    /// The texts to write about the whole.
    narratives: Vec<narrative::Asked<'a>>,
    /// The number of indicators on the form.
    indicators: usize,
    /// The data asked for beside the ratings.
    service_data: Vec<ServiceDatum<'a>>,
    /// The inputs and entered ratings that the scoring policy asks for; null where it asks for none.
    scoring: Option<Asked<'a>>,
    /// The same of the rubric's other policies, each for other types of evaluation.
    other_scoring: Vec<Asked<'a>>,
    /// Contact hours of professional development that the rubric names as a yardstick.
    yardstick: Option<Yardstick<'a>>,
    /// The evaluations whose ratings are shown beside the choices.
    beside: Vec<Beside<'a>>,
    /// The data for the page's script.
    data: Data<'a>,
}

/// A scale that indicators on the form are rated on.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct Scale<'a> {
    /// The id that parts of the rubric choose it by; null for the default scale.
    id: Option<&'a str>,
    /// The levels and choices as people read them.
    levels: Vec<Level<'a>>,
    /// The level at which expectations are met, as people call it.
    meets_at: &'a str,
    /// The numbers of a number scale; null on a scale of levels.
    range: Option<Range>,
    /// The unit of the numbers.
    unit: Option<&'a str>,
    /// The least number that meets expectations, as a decimal; null where the scale says nothing of them.
    met_from: Option<String>,
    /// The number of indicators on the form that are rated on it.
    indicators: usize,
}

/// The data for the page's script.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct Data<'a> {
    /// The rubric, as an evaluation names it.
    rubric: Reference<'a>,
    /// `employee` or `organization`.
    subject: &'static str,
    /// `evaluate`, or `respond` where all but the responses can only be read.
    purpose: &'static str,
    /// The kind of evaluation that a blank form is for: `formal`, `interim`, `self`, or the id of one of the rubric's own.
    r#type: &'a str,
    /// The kinds to choose from.
    types: Vec<KindChoice<'a>>,
    /// The shape of an evaluation, as far as the form has fields for it: the keys in the order in which they are written.
    #[cfg_attr(feature = "schema", schemars(with = "Any"))]
    shape: Shape,
    /// The values filled in, as a partial evaluation; empty for a blank form.
    document: &'a Map<String, Value>,
    /// The values among them that the form has no field for, `orphaned` and `extra`, as the text of JSON, each number digit for
    /// digit; null where there is none.
    carried: Option<String>,
}

/// The rubric, as an evaluation names it.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct Reference<'a> {
    id: &'a str,
    version: String,
    fingerprint: &'a str,
}

/// A kind of evaluation to choose.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct KindChoice<'a> {
    id: &'a str,
    label: &'a str,
    /// The purpose of the kind; null for a built-in kind.
    note: Option<&'a str>,
}

/// A qualification that an evaluator needs to rate certain indicators.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct Qualification<'a> {
    id: &'a str,
    label: &'a str,
    /// Whether a rating by somebody without it is an error, and not only a warning.
    enforced: bool,
}

/// A domain on the form.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct Domain<'a> {
    id: &'a str,
    code: &'a str,
    title: &'a str,
    statement: Option<&'a str>,
    /// The number of its indicators on the form.
    size: usize,
    /// The domain's own indicators.
    indicators: Vec<Indicator<'a>>,
    /// Its competencies.
    competencies: Vec<Competency<'a>>,
    /// The texts to write about it.
    narratives: Vec<narrative::Asked<'a>>,
}

/// A competency on the form.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct Competency<'a> {
    id: &'a str,
    code: &'a str,
    title: &'a str,
    statement: &'a str,
    indicators: Vec<Indicator<'a>>,
    /// The texts to write about it.
    narratives: Vec<narrative::Asked<'a>>,
}

/// An indicator on the form, with the values filled in.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct Indicator<'a> {
    id: &'a str,
    code: &'a str,
    title: Option<&'a str>,
    statement: &'a str,
    /// Guidance on evidence and practice to look for.
    guidance: Option<&'a str>,
    /// Whether it comes first among goals.
    critical: bool,
    /// The qualification needed to rate it.
    qualification: Option<Qualification<'a>>,
    /// The place, in the form's `scales`, of the scale that it is rated on.
    scale: usize,
    /// Whether it is a line of a table, with those next to it on the same scale of two levels.
    in_table: bool,
    /// The levels as people call them at this indicator, with the points that it has there of its own: "Full marks, 10 points";
    /// empty where they are the labels of the scale's levels.
    names: Vec<Cow<'a, str>>,
    /// The descriptors, in the order of the scale's levels; null where a level has none.
    descriptors: Vec<Option<&'a str>>,
    /// The practices that its level follows from; null where it has none.
    checklist: Option<practices::Checklist<'a>>,
    /// The numbers that it is rated with; null on a scale of levels.
    range: Option<Range>,
    /// The id of the level that is filled in.
    level: Option<&'a str>,
    /// The number that is filled in, as a decimal.
    number: Option<String>,
    /// The comment that is filled in.
    comment: Option<&'a str>,
    /// The ratings and comments of other evaluations.
    beside: Vec<RatedBeside<'a>>,
}

/// An item of data asked for beside the ratings.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct ServiceDatum<'a> {
    id: &'a str,
    label: &'a str,
    kind: ServiceDataKind,
    source: Option<&'a str>,
    note: Option<&'a str>,
}

/// Another evaluation, whose ratings are shown beside the choices.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct Beside<'a> {
    /// The kind of evaluation, as printed: "Self-evaluation".
    label: &'a str,
    /// The evaluators who gave its ratings.
    by: Vec<&'a str>,
    from: String,
    to: String,
}

/// A rating of another evaluation.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct RatedBeside<'a> {
    /// The kind of the other evaluation.
    evaluation: &'a str,
    rating: view::Rating<'a>,
}

impl<'a> FormPage<'a> {
    pub(crate) fn of(form: &'a Form) -> Self {
        let rubric = &form.rubric;
        let domains = Domain::all(form);
        Self {
            context: CONTEXT_VERSION,
            rubric: RubricView::of(rubric),
            scales: Scale::on(form),
            has_numbers: form.indicators().any(|indicator| rubric.all().range(indicator.scale).is_some()),
            has_practices: form.indicators().any(|indicator| indicator.checklist.is_some()),
            comment_required: rubric.comment_required().map(|level| level.id.as_str()).collect(),
            qualifications: rubric.qualifications().iter().map(Qualification::of).collect(),
            indicators: domains.iter().map(|domain| domain.size).sum(),
            domains,
            narratives: narrative::Asked::about(form, None),
            service_data: rubric
                .service_data()
                .iter()
                .map(|item| ServiceDatum {
                    id: &item.id,
                    label: &item.label,
                    kind: item.kind,
                    source: item.source.as_deref(),
                    note: item.note.as_deref(),
                })
                .collect(),
            scoring: Asked::of(form),
            other_scoring: Asked::others(form),
            yardstick: Yardstick::of(rubric),
            beside: form.beside.iter().map(Beside::of).collect(),
            data: Data {
                rubric: Reference { id: rubric.id(), version: rubric.version(), fingerprint: rubric.fingerprint() },
                subject: form.subject(),
                purpose: match form.purpose {
                    Purpose::Evaluate => "evaluate",
                    Purpose::Respond => "respond",
                },
                r#type: form.document.get("type").and_then(Value::as_str).unwrap_or("formal"),
                types: KindChoice::of(rubric),
                shape: shape(),
                document: &form.document,
                carried: carried(form),
            },
        }
    }
}

/// The shape of an evaluation, in which what the form carries along may be anything.
fn shape() -> Shape {
    let mut shape = syntax::Evaluation::shape();
    if let Shape::Keys(_, keys) = &mut shape {
        keys.iter_mut().filter(|key| CARRIED.contains(&key.0)).for_each(|key| key.1 = Shape::Anything);
    }
    shape
}

/// The values without a field that are still in the form's document.
fn carried(form: &Form) -> Option<String> {
    let here = form.carried.iter().filter(|(key, _)| form.document.contains_key(*key));
    let entries: Vec<_> = here.map(|(key, value)| ((*key).to_owned(), value.clone())).collect();
    if entries.is_empty() { None } else { serde_json::to_string(&Any::Map(entries)).ok() }
}

impl<'a> Scale<'a> {
    fn on(form: &'a Form) -> Vec<Self> {
        let all = form.rubric.all();
        let numbers = form.scales().into_iter().filter_map(|number| Some((number, all.each().get(number)?)));
        numbers
            .map(|(number, scale)| Self {
                id: scale.id(),
                levels: Level::of(all, [number]),
                meets_at: scale.meets_at().map_or("", |level| &level.label),
                range: scale.range().map(Range::of),
                unit: scale.range().and_then(|range| range.unit.as_deref()),
                met_from: scale.range().and_then(|range| range.meets_at.as_ref()).map(Exact::decimal),
                indicators: form.indicators().filter(|indicator| indicator.scale == number).count(),
            })
            .collect()
    }
}

impl<'a> KindChoice<'a> {
    /// The built-in kinds, then the rubric's own.
    fn of(rubric: &'a Rubric) -> Vec<Self> {
        let built_in = const { &Type::BUILT_IN }.iter();
        let built_in = built_in.map(|kind| Self { id: kind.id(), label: kind.label(), note: None });
        let own = rubric.kinds().iter();
        built_in.chain(own.map(|kind| Self { id: &kind.id, label: &kind.label, note: kind.note.as_deref() })).collect()
    }
}

impl<'a> Qualification<'a> {
    fn of(qualification: &'a rubric::Qualification) -> Self {
        Self { id: &qualification.id, label: &qualification.label, enforced: qualification.severity == Severity::Error }
    }
}

impl<'a> Domain<'a> {
    /// The domains with an indicator on the form.
    fn all(form: &'a Form) -> Vec<Self> {
        let checklists = Checklists::of(&form.rubric);
        let on_form = |node| -> Vec<Indicator<'a>> {
            let held = form.rubric.own_indicators(node).iter().filter(|item| form.holds(item));
            held.map(|item| Indicator::of(item, form, &checklists)).collect()
        };
        let competency = |node: &'a Node| Competency {
            id: &node.id,
            code: &node.code,
            title: node.title.as_deref().unwrap_or_default(),
            statement: node.statement.as_deref().unwrap_or_default(),
            indicators: on_form(node),
            narratives: narrative::Asked::about(form, Some(&node.id)),
        };
        let domain = |node: &'a Node, mut competencies: Vec<Competency<'a>>| {
            competencies.retain(|competency| !competency.indicators.is_empty());
            let indicators = on_form(node);
            let under = competencies.iter().map(|competency| competency.indicators.len()).sum::<usize>();
            Self {
                id: &node.id,
                code: &node.code,
                title: node.title.as_deref().unwrap_or_default(),
                statement: node.statement.as_deref(),
                size: indicators.len() + under,
                indicators,
                competencies,
                narratives: narrative::Asked::about(form, Some(&node.id)),
            }
        };
        let mut domains = form.rubric.outline().nest(competency, domain);
        domains.retain(|domain| domain.size > 0);
        domains
    }
}

impl<'a> Indicator<'a> {
    fn of(indicator: &'a rubric::Indicator, form: &'a Form, checklists: &Checklists) -> Self {
        let rubric = &form.rubric;
        let given = form.document.get("ratings").and_then(|ratings| ratings.get(&indicator.id));
        let text = |key: &str| given.and_then(|given| given.get(key)).and_then(Value::as_str);
        Self {
            id: &indicator.id,
            code: &indicator.code,
            title: indicator.title.as_deref(),
            statement: &indicator.statement,
            guidance: indicator.guidance.as_deref(),
            critical: indicator.critical,
            qualification: indicator
                .evaluated_by
                .as_deref()
                .and_then(|id| rubric.qualification(id))
                .map(Qualification::of),
            scale: form.scales().iter().position(|scale| *scale == indicator.scale).unwrap_or_default(),
            in_table: checklists.scale(indicator.index).is_some(),
            names: form.names_at(indicator),
            descriptors: form.levels_at(indicator).into_iter().map(|(level, _)| indicator.descriptor(level)).collect(),
            checklist: practices::Checklist::of(indicator, form),
            range: rubric.scale_of(indicator).and_then(rubric::Scale::range).map(Range::of),
            level: text("level").or_else(|| given.and_then(Value::as_str)),
            number: given.and_then(|given| number_in(given.get("level").unwrap_or(given))),
            comment: text("comment"),
            beside: form.beside.iter().filter_map(|other| RatedBeside::of(&indicator.id, other)).collect(),
        }
    }
}

/// The digits of a number.
fn number_in(value: &Value) -> Option<String> {
    value.is_number().then(|| value.to_string())
}

impl<'a> Beside<'a> {
    fn of(evaluation: &'a Evaluation) -> Self {
        Self {
            label: evaluation.kind().label(),
            by: evaluation.evaluators().iter().map(|evaluator| evaluator.name.as_str()).collect(),
            from: evaluation.period().from(),
            to: evaluation.period().to(),
        }
    }
}

impl<'a> RatedBeside<'a> {
    /// By id: it may have been made against another version of the rubric.
    fn of(indicator: &str, evaluation: &'a Evaluation) -> Option<Self> {
        let theirs = evaluation.rubric().indicator(indicator)?;
        evaluation.written(theirs)?;
        Some(Self { evaluation: evaluation.kind().label(), rating: view::Rating::of(evaluation, theirs) })
    }
}
