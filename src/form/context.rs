//! The context of the form's templates: versioned, and documented by its JSON Schema (`appraise schema form`).

use std::borrow::Cow;

use serde::Serialize;
use serde_json::{Map, Value};

use crate::diagnostic::Severity;
use crate::evaluation::Evaluation;
use crate::exact::Exact;
use crate::render::{CONTEXT_VERSION, Checklists, Level, RubricView, Yardstick};
use crate::rubric::{self, Node, Rubric, ServiceDataKind, Type};
use crate::score::view::{self, Reference};
use crate::source::{Any, Read, Shape};
use crate::syntax;
use crate::view::view;

use super::asked::{Asked, Range};
use super::event::EventChoice;
use super::{CARRIED, Form, Purpose, event, narrative, practices};

view! {
    /// The context of `form.html` and `form.md`. Every key is present; an absent value is null or an empty list.
    /// Besides minijinja's filters a template has `date`, `grouped`, `json`, `at` and `policy_hash`.
    pub(crate) struct FormPage<'a> of |form: &'a Form|
    let rubric = &form.rubric;
    let domains = Domain::all(form);
    {
        /// The version of this context.
        context: u32 = CONTEXT_VERSION,
        /// The rubric.
        rubric: RubricView<'a> = RubricView::of(rubric),
        /// The scales that the indicators on the form are rated on, the default one first.
        scales: Vec<Scale<'a>> = Scale::on(form),
        /// Whether an indicator on the form is rated with a number.
        has_numbers: bool = form.indicators().any(|indicator| rubric.all().range(indicator.scale).is_some()),
        /// Whether the level of an indicator on the form follows from practices.
        has_practices: bool = form.indicators().any(|indicator| indicator.checklist.is_some()),
        /// The ids of the levels at which a rating wants a comment.
        comment_required: Vec<&'a str> = rubric.comment_required().map(|level| level.id.as_str()).collect(),
        /// The qualifications that evaluators need to rate certain indicators.
        qualifications: Vec<Qualification<'a>> = rubric.qualifications().iter().map(Qualification::of).collect(),
        /// The number of indicators on the form.
        indicators: usize = domains.iter().map(|domain| domain.size).sum(),
        /// The domains on the form, each with its indicators in scope.
        domains: Vec<Domain<'a>> = domains,
        /// The texts to write about the whole.
        narratives: Vec<narrative::Asked<'a>> = narrative::Asked::about(form, None),
        /// The events that the record can have.
        events: Vec<EventChoice<'a>> = EventChoice::offered(form),
        /// The id of the event by which the employee acknowledges receipt.
        acknowledged: &'a str = event::acknowledged(form),
        /// The data asked for beside the ratings.
        service_data: Vec<ServiceDatum<'a>> = rubric.service_data().iter().map(ServiceDatum::of).collect(),
        /// The inputs and entered ratings that the scoring policy asks for; null where it asks for none.
        scoring: Option<Asked<'a>> = Asked::of(form),
        /// The inputs and entered ratings of the rubric's other policies, each for other types of evaluation.
        other_scoring: Vec<Asked<'a>> = Asked::others(form),
        /// Contact hours of professional development that the rubric names as a yardstick.
        yardstick: Option<Yardstick<'a>> = rubric.professional_development().map(Yardstick::of),
        /// The supervision that the rubric asks the district for; null where it asks for none.
        supervision: Option<Supervision<'a>> = rubric.supervision().map(Supervision::of),
        /// The evaluations whose ratings are shown beside the choices.
        beside: Vec<Beside<'a>> = form.beside.iter().map(Beside::of).collect(),
        /// The data for the page's script.
        data: Data<'a> = Data::of(form),
    }
}

view! {
    /// A scale that indicators on the form are rated on.
    struct Scale<'a> of |form: &'a Form, number: usize, scale: &'a rubric::Scale|
    let range = scale.range();
    {
        /// The id that parts of the rubric choose it by; null for the default scale.
        id: Option<&'a str> = scale.id(),
        /// The levels and choices as people read them.
        levels: Vec<Level<'a>> = Level::of(form.rubric.all(), [number]),
        /// The level at which expectations are met, as people call it.
        meets_at: &'a str = scale.meets_at().map_or("", |level| &level.label),
        /// The numbers of a number scale; null on a scale of levels.
        range: Option<Range> = range.map(Range::of),
        /// The unit of the numbers.
        unit: Option<&'a str> = range.and_then(|range| range.unit.as_deref()),
        /// The least number that meets expectations, as a decimal; null where the scale says nothing of them.
        met_from: Option<String> = range.and_then(|range| range.meets_at.as_ref()).map(Exact::decimal),
        /// The number of indicators on the form that are rated on it.
        indicators: usize = form.indicators().filter(|indicator| indicator.scale == number).count(),
    }
}

view! {
    /// The data for the page's script.
    struct Data<'a> of |form: &'a Form|
    {
        /// The rubric, as an evaluation names it.
        rubric: Reference<'a> = Reference::of(&form.rubric),
        /// `employee` or `organization`.
        subject: &'static str = form.subject(),
        /// `evaluate`, or `respond` where all but the responses can only be read.
        purpose: &'static str = match form.purpose {
            Purpose::Evaluate => "evaluate",
            Purpose::Respond => "respond",
        },
        /// The kind of evaluation that a blank form is for: `formal`, `interim`, `self`, or the id of one of the rubric's own.
        r#type: &'a str = form.type_word(),
        /// The kinds to choose from.
        types: Vec<KindChoice<'a>> = KindChoice::all(&form.rubric),
        /// The kind of observation that the form is for; null for a form for a whole evaluation.
        observation: Option<Occasion<'a>> = form.occasion().map(|kind| Occasion::of(kind, form)),
        /// The shape of an evaluation, as far as the form has fields for it: the keys in the order in which they are written.
        #[cfg_attr(feature = "schema", schemars(with = "Any"))]
        shape: Shape = shape(form),
        /// The values filled in, as a partial evaluation; empty for a blank form.
        document: &'a Map<String, Value> = &form.document,
        /// The values among them that the form has no field for, `orphaned` and `extra`, as the text of JSON, each number digit for
        /// digit; null where there is none.
        carried: Option<String> = carried(form),
    }
}

view! {
    /// The kind of observation that a form is for.
    struct Occasion<'a> of |kind: &'a rubric::ObservationKind, form: &'a Form|
    {
        /// The id of the kind.
        kind: &'a str = &kind.id,
        label: &'a str = &kind.label,
        /// The ids of the observations that the evaluation has.
        taken: &'a [String] = form.taken(),
    }
}

view! {
    /// A kind of evaluation to choose.
    struct KindChoice<'a> of |id: &'a str, label: &'a str, note: Option<&'a str>|
    {
        id: &'a str = id,
        label: &'a str = label,
        /// The purpose of the kind; null for a built-in kind.
        note: Option<&'a str> = note,
    }
}

view! {
    /// A qualification that an evaluator needs to rate certain indicators.
    struct Qualification<'a> of |qualification: &'a rubric::Qualification|
    {
        id: &'a str = &qualification.id,
        label: &'a str = &qualification.label,
        /// Whether a rating by somebody without it is an error, and not only a warning.
        enforced: bool = qualification.severity == Severity::Error,
    }
}

view! {
    /// A domain on the form.
    struct Domain<'a> of |node: &'a Node, form: &'a Form, own: Vec<Indicator<'a>>, competencies: Vec<Competency<'a>>|
    {
        id: &'a str = &node.id,
        code: &'a str = &node.code,
        title: &'a str = node.title.as_deref().unwrap_or_default(),
        statement: Option<&'a str> = node.statement.as_deref(),
        /// Whether it is rated itself, and its own and only indicator.
        rated_itself: bool = node.is_rated_itself(),
        /// The number of its indicators on the form.
        size: usize = own.len() + competencies.iter().map(|competency| competency.indicators.len()).sum::<usize>(),
        /// The domain's own indicators.
        indicators: Vec<Indicator<'a>> = own,
        /// Its competencies.
        competencies: Vec<Competency<'a>> = competencies,
        /// The texts to write about it.
        narratives: Vec<narrative::Asked<'a>> = narrative::Asked::about(form, Some(&node.id)),
    }
}

view! {
    /// A competency on the form.
    struct Competency<'a> of |node: &'a Node, form: &'a Form, own: Vec<Indicator<'a>>|
    {
        id: &'a str = &node.id,
        code: &'a str = &node.code,
        title: &'a str = node.title.as_deref().unwrap_or_default(),
        statement: &'a str = node.statement.as_deref().unwrap_or_default(),
        /// Whether it is rated itself, and its own and only indicator.
        rated_itself: bool = node.is_rated_itself(),
        indicators: Vec<Indicator<'a>> = own,
        /// The texts to write about it.
        narratives: Vec<narrative::Asked<'a>> = narrative::Asked::about(form, Some(&node.id)),
    }
}

view! {
    /// An indicator on the form, with the values filled in.
    struct Indicator<'a> of |indicator: &'a rubric::Indicator, form: &'a Form, checklists: &Checklists|
    let rubric = &form.rubric;
    let given = form.document.get("ratings").and_then(|ratings| ratings.get(&indicator.id));
    let text = |key: &str| given.and_then(|given| given.get(key)).and_then(Value::as_str);
    let wanted = indicator.evaluated_by.as_deref().and_then(|id| rubric.qualification(id));
    {
        id: &'a str = &indicator.id,
        code: &'a str = &indicator.code,
        title: Option<&'a str> = indicator.title.as_deref(),
        statement: &'a str = &indicator.statement,
        /// Whether it is a domain or competency that is rated itself, whose heading says what is rated.
        rated_itself: bool = rubric.node(&indicator.id).is_some_and(Node::is_rated_itself),
        /// Guidance on evidence and practice to look for.
        guidance: Option<&'a str> = indicator.guidance.as_deref(),
        /// Whether it comes first among goals.
        critical: bool = indicator.critical,
        /// The qualification needed to rate it.
        qualification: Option<Qualification<'a>> = wanted.map(Qualification::of),
        /// The place, in the form's `scales`, of the scale that it is rated on.
        scale: usize = form.scales().iter().position(|scale| *scale == indicator.scale).unwrap_or_default(),
        /// Whether it is a line of a table, with those next to it on the same scale of two levels.
        in_table: bool = checklists.scale(indicator.index).is_some(),
        /// The levels as people call them at this indicator, with the points that it has there of its own: "Full marks, 10 points";
        /// empty where they are the labels of the scale's levels.
        names: Vec<Cow<'a, str>> = form.names_at(indicator),
        /// The descriptors, in the order of the scale's levels; null where a level has none.
        descriptors: Vec<Option<&'a str>> =
            form.levels_at(indicator).into_iter().map(|(level, _)| indicator.descriptor(level)).collect(),
        /// The practices that its level follows from; null where it has none.
        checklist: Option<practices::Checklist<'a>> = practices::Checklist::of(indicator, form),
        /// The numbers that it is rated with; null on a scale of levels.
        range: Option<Range> = rubric.scale_of(indicator).and_then(rubric::Scale::range).map(Range::of),
        /// The id of the level that is filled in.
        level: Option<&'a str> = text("level").or_else(|| given.and_then(Value::as_str)),
        /// The number that is filled in, as a decimal.
        number: Option<String> = given.and_then(|given| number_in(given.get("level").unwrap_or(given))),
        /// The comment that is filled in.
        comment: Option<&'a str> = text("comment"),
        /// The rating that follows from observations, in words; null where none does.
        followed: Option<&'a str> =
            form.followed.iter().find(|(id, _)| *id == indicator.id).map(|(_, reason)| reason.as_str()),
        /// The ratings and comments of other evaluations.
        beside: Vec<RatedBeside<'a>> =
            form.beside.iter().filter_map(|other| RatedBeside::of(&indicator.id, other)).collect(),
    }
}

view! {
    /// The supervision that a rubric asks a district for.
    struct Supervision<'a> of |asked: &'a rubric::Supervision|
    {
        /// The kinds to choose from.
        kinds: Vec<SupervisionKind<'a>> = asked.kinds.iter().map(SupervisionKind::of).collect(),
        /// The number of weeks in which there is to be supervision at least once; null where the rubric does not say.
        every_weeks: Option<u32> = asked.every_weeks,
        source: Option<&'a str> = asked.source.as_deref(),
        note: Option<&'a str> = asked.note.as_deref(),
    }
}

view! {
    /// A kind of supervision.
    struct SupervisionKind<'a> of |kind: &'a rubric::SupervisionKind|
    {
        id: &'a str = &kind.id,
        label: &'a str = &kind.label,
    }
}

view! {
    /// An item of data asked for beside the ratings.
    struct ServiceDatum<'a> of |item: &'a rubric::ServiceData|
    {
        id: &'a str = &item.id,
        label: &'a str = &item.label,
        kind: ServiceDataKind = item.kind,
        source: Option<&'a str> = item.source.as_deref(),
        note: Option<&'a str> = item.note.as_deref(),
    }
}

view! {
    /// Another evaluation, whose ratings are shown beside the choices.
    struct Beside<'a> of |evaluation: &'a Evaluation|
    {
        /// The kind of evaluation, as printed: "Self-evaluation".
        label: &'a str = evaluation.kind().label(),
        /// The evaluators who gave its ratings.
        by: Vec<&'a str> = evaluation.evaluators().iter().map(|evaluator| evaluator.name.as_str()).collect(),
        from: String = evaluation.period().from(),
        to: String = evaluation.period().to(),
    }
}

/// A rating of another evaluation.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct RatedBeside<'a> {
    /// The kind of the other evaluation.
    evaluation: &'a str,
    rating: view::Rating<'a>,
}

/// The shape of an evaluation, in which what the form carries along may be anything.
fn shape(form: &Form) -> Shape {
    let mut shape = syntax::Evaluation::shape();
    if let Shape::Keys(_, keys) = &mut shape {
        let is_carried =
            |key: &str| CARRIED.contains(&key) || key == "observations" && form.rubric.observations().is_none();
        keys.iter_mut().filter(|key| is_carried(key.0)).for_each(|key| key.1 = Shape::Anything);
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
        let each = form.rubric.all().each();
        form.scales().into_iter().filter_map(|number| Some(Self::of(form, number, each.get(number)?))).collect()
    }
}

impl<'a> KindChoice<'a> {
    /// The built-in kinds, then the rubric's own.
    fn all(rubric: &'a Rubric) -> Vec<Self> {
        let built_in = const { &Type::BUILT_IN }.iter();
        let built_in = built_in.map(|kind| Self::of(kind.id(), kind.label(), None));
        built_in
            .chain(rubric.kinds().iter().map(|kind| Self::of(&kind.id, &kind.label, kind.note.as_deref())))
            .collect()
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
        let mut domains = form.rubric.outline().nest(
            |node| Competency::of(node, form, on_form(node)),
            |node, mut competencies: Vec<Competency<'a>>| {
                competencies.retain(|competency| !competency.indicators.is_empty());
                Self::of(node, form, on_form(node), competencies)
            },
        );
        domains.retain(|domain| domain.size > 0);
        domains
    }
}

/// The digits of a number.
fn number_in(value: &Value) -> Option<String> {
    value.is_number().then(|| value.to_string())
}

impl<'a> RatedBeside<'a> {
    /// By id: it may have been made against another version of the rubric.
    fn of(indicator: &str, evaluation: &'a Evaluation) -> Option<Self> {
        let theirs = evaluation.rubric().indicator(indicator)?;
        evaluation.written(theirs)?;
        Some(Self { evaluation: evaluation.kind().label(), rating: view::Rating::of(evaluation, theirs) })
    }
}
