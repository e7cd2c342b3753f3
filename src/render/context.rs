//! What templates see. Versioned, documented by its JSON Schema (`appraise schema report`).

use jiff::civil::Date;
use serde::Serialize;

use crate::evaluation::{Evaluation, EventKind, GoalStatus, Status, Type, Whom};
use crate::goals::Goal;
use crate::rubric::{Indicator, Rubric, ServiceDataKind};
use crate::score::{Scorecard, Tally, view};
use crate::source::Any;

use super::hours::ContactHours;

/// The version of the contexts. A key that is renamed or goes raises it; a new key does not.
const VERSION: u32 = 1;

/// What `report.html` and `report.md` see. Every key is always there; what is absent is null or an empty list.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct Report<'a> {
    /// The version of this context.
    context: u32,
    /// The rubric.
    rubric: RubricView<'a>,
    /// The evaluation, but for its ratings.
    evaluation: EvaluationView<'a>,
    /// Everything computed from the evaluation, with the ratings; the JSON of `appraise score`.
    scorecard: view::Scorecard<'a>,
    /// A stacked bar for each domain that has indicators in scope.
    bars: Vec<Bar<'a>>,
    /// One bar for all of them.
    overall_bar: Bar<'a>,
    /// Ratings above the level that meets expectations.
    strengths: Vec<Placed<'a>>,
    /// Ratings below the level that meets expectations.
    growth_areas: Vec<Placed<'a>>,
    /// Indicators in scope without an entry.
    unrated: Vec<Placed<'a>>,
    /// Goals, proposed and agreed.
    goals: GoalsView<'a>,
    /// Contact hours of professional development.
    contact_hours: ContactHours<'a>,
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
    pub(crate) fn of(scorecard: &'a Scorecard) -> Self {
        let evaluation = scorecard.evaluation();
        let rubric = evaluation.rubric();
        let scale = rubric.scale();
        let placed = |wanted: &dyn Fn(usize) -> bool| {
            placed(evaluation, &|indicator| evaluation.rating(indicator).is_some_and(|rating| wanted(rating.level)))
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
            rubric: RubricView::of(rubric),
            evaluation: EvaluationView::of(evaluation),
            scorecard: view::Scorecard::of(scorecard),
            bars,
            overall_bar: Bar::of("", "", "All domains", scorecard.overall(), rubric),
            strengths: placed(&|level| scale.meets(level) && level > scale.meeting_level()),
            growth_areas: placed(&|level| scale.is_rated(level) && !scale.meets(level)),
            unrated: self::placed(evaluation, &|indicator| evaluation.rating(indicator).is_none()),
            goals: GoalsView::of(scorecard),
            contact_hours: ContactHours::of(evaluation),
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
struct RubricView<'a> {
    id: &'a str,
    version: String,
    title: &'a str,
    publisher: Option<&'a str>,
    source: Option<&'a str>,
    language: Option<&'a str>,
    fingerprint: &'a str,
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
struct Level<'a> {
    id: &'a str,
    label: &'a str,
    description: Option<&'a str>,
    /// Its number in this list, from 0.
    number: usize,
    /// Whether it is a rating.
    rated: bool,
    /// Whether it meets expectations.
    meets: bool,
}

impl<'a> RubricView<'a> {
    fn of(rubric: &'a Rubric) -> Self {
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

/// An evaluation, but for its ratings.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct EvaluationView<'a> {
    r#type: Type,
    /// The kind of evaluation for people: "Formal evaluation".
    type_label: &'static str,
    status: Status,
    /// `employee` or `organization`.
    subject: &'static str,
    id: &'a str,
    name: &'a str,
    title: Option<&'a str>,
    assignments: Vec<Assignment<'a>>,
    hired_on: Option<String>,
    certificate: Option<Certificate<'a>>,
    evaluators: Vec<Evaluator<'a>>,
    period: Dates,
    completed_on: Option<String>,
    /// What this document answers for; empty for the whole rubric.
    scope: Vec<About<'a>>,
    not_assigned: Vec<NotAssigned<'a>>,
    service_data: Vec<ServiceDatum<'a>>,
    summary: Option<&'a str>,
    responses: Vec<Response<'a>>,
    record: Vec<Event<'a>>,
    fingerprint: &'a str,
    /// Anything of the host's.
    extra: Option<&'a Any>,
}

/// Where the employee works.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct Assignment<'a> {
    school: &'a str,
    /// The share of a full-time position, as a decimal.
    fte: Option<String>,
    from: Option<String>,
    to: Option<String>,
}

/// A professional certificate.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct Certificate<'a> {
    kind: Option<&'a str>,
    from: String,
    to: String,
}

/// Somebody who evaluates.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct Evaluator<'a> {
    id: &'a str,
    name: &'a str,
    title: Option<&'a str>,
    /// The qualifications, as people call them.
    qualifications: Vec<&'a str>,
}

/// A node of the rubric that something is about.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct About<'a> {
    id: &'a str,
    code: &'a str,
    /// The title, or the statement where there is none.
    title: &'a str,
}

impl<'a> About<'a> {
    fn of(rubric: &'a Rubric, id: &'a str) -> Option<Self> {
        let node = rubric.node(id)?;
        Some(Self { id, code: &node.code, title: &node.label })
    }
}

/// Something the employee was not assigned.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct NotAssigned<'a> {
    about: About<'a>,
    why: &'a str,
}

/// One item of service data.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct ServiceDatum<'a> {
    id: &'a str,
    label: &'a str,
    kind: ServiceDataKind,
    value: String,
}

/// What the employee says.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct Response<'a> {
    date: Option<String>,
    /// The name of who responds, or the id where it is nobody of this evaluation.
    by: Option<&'a str>,
    about: Option<About<'a>>,
    text: &'a str,
}

/// Something that happened.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct Event<'a> {
    date: String,
    event: EventKind,
    /// For people: "Observed".
    label: &'static str,
    /// The name of who did it, or the id where it is nobody of this evaluation.
    by: Option<&'a str>,
    note: Option<&'a str>,
}

fn event_label(event: EventKind) -> &'static str {
    match event {
        EventKind::Observed => "Observed",
        EventKind::Conferred => "Conferred",
        EventKind::Delivered => "Delivered",
        EventKind::Acknowledged => "Acknowledged receipt",
        EventKind::Responded => "Responded",
    }
}

impl<'a> EvaluationView<'a> {
    fn of(evaluation: &'a Evaluation) -> Self {
        let parts = &*evaluation.0;
        let rubric = evaluation.rubric();
        let whom = evaluation.whom();
        let employee = match whom {
            Whom::Employee(employee) => Some(employee),
            Whom::Organization(_) => None,
        };
        let name_of = |id: &'a str| {
            let evaluator = evaluation.evaluator(id).map(|evaluator| evaluator.name.as_str());
            evaluator.unwrap_or(if id == whom.id() { whom.name() } else { id })
        };
        Self {
            r#type: evaluation.kind(),
            type_label: match evaluation.kind() {
                Type::Formal => "Formal evaluation",
                Type::Interim => "Interim evaluation",
                Type::SelfEvaluation => "Self-evaluation",
            },
            status: evaluation.status(),
            subject: if employee.is_some() { "employee" } else { "organization" },
            id: whom.id(),
            name: whom.name(),
            title: whom.title(),
            assignments: employee
                .into_iter()
                .flat_map(|employee| &employee.assignments)
                .map(|assignment| Assignment {
                    school: &assignment.school,
                    fte: assignment.fte.as_ref().map(crate::Exact::decimal),
                    from: assignment.from.map(|date| date.to_string()),
                    to: assignment.to.map(|date| date.to_string()),
                })
                .collect(),
            hired_on: employee.and_then(|employee| employee.hired_on).map(|date| date.to_string()),
            certificate: employee.and_then(|employee| employee.certificate.as_ref()).map(|certificate| Certificate {
                kind: certificate.kind.as_deref(),
                from: certificate.valid.from(),
                to: certificate.valid.to(),
            }),
            evaluators: evaluation
                .evaluators()
                .iter()
                .map(|evaluator| Evaluator {
                    id: &evaluator.id,
                    name: &evaluator.name,
                    title: evaluator.title.as_deref(),
                    qualifications: evaluator
                        .qualifications
                        .iter()
                        .filter_map(|id| rubric.qualification(id))
                        .map(|qualification| qualification.label.as_str())
                        .collect(),
                })
                .collect(),
            period: Dates::of(Some(parts.period.from), Some(parts.period.to)),
            completed_on: parts.completed_on.map(|date| date.to_string()),
            scope: parts.scope.iter().filter_map(|id| About::of(rubric, id)).collect(),
            not_assigned: parts
                .not_assigned
                .iter()
                .filter_map(|(id, why)| Some(NotAssigned { about: About::of(rubric, id)?, why }))
                .collect(),
            service_data: parts
                .service_data
                .iter()
                .filter_map(|item| {
                    let asked = rubric.service_data().iter().find(|asked| asked.id == item.id)?;
                    let value = match &item.value {
                        Any::Number(text) => crate::Exact::parse(text)?.decimal(),
                        Any::Text(text) => text.clone(),
                        _ => return None,
                    };
                    Some(ServiceDatum { id: &asked.id, label: &asked.label, kind: asked.kind, value })
                })
                .collect(),
            summary: parts.summary.as_deref(),
            responses: parts
                .responses
                .iter()
                .map(|response| Response {
                    date: response.date.map(|date| date.to_string()),
                    by: response.by.as_deref().map(name_of),
                    about: response.about.as_deref().and_then(|id| About::of(rubric, id)),
                    text: &response.text,
                })
                .collect(),
            record: parts
                .record
                .iter()
                .map(|event| Event {
                    date: event.date.to_string(),
                    event: event.event,
                    label: event_label(event.event),
                    by: event.by.as_deref().map(name_of),
                    note: event.note.as_deref(),
                })
                .collect(),
            fingerprint: evaluation.fingerprint(),
            extra: parts.extra.as_ref(),
        }
    }
}

/// A tally as a stacked bar, 1000 wide.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct Bar<'a> {
    /// The domain; empty for the bar of all.
    id: &'a str,
    code: &'a str,
    title: &'a str,
    /// The levels that somebody got, in the order of the scale, and what is unrated.
    segments: Vec<Segment<'a>>,
    indicators: u32,
    rated: u32,
    met: u32,
    unrated: u32,
    /// The share of the rated that meet expectations, in whole percent; null when none is rated.
    percent_met: Option<String>,
}

/// A part of a bar.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct Segment<'a> {
    /// The level's id; null for what is unrated.
    level: Option<&'a str>,
    /// The level as people call it, or "Unrated".
    label: &'a str,
    /// The level's number in the scale; null for what is unrated.
    number: Option<usize>,
    count: u32,
    /// Where it begins, from 0 to 1000.
    x: u32,
    width: u32,
}

impl<'a> Bar<'a> {
    const WIDTH: u64 = 1000;

    fn of(id: &'a str, code: &'a str, title: &'a str, tally: &Tally, rubric: &'a Rubric) -> Self {
        // Edges are rounded, not widths, so that the parts fill the bar without a gap.
        let edge = |count: u32| {
            let total = u64::from(tally.indicators.max(1));
            u32::try_from((u64::from(count) * Self::WIDTH + total / 2) / total).unwrap_or_default()
        };
        let levels = rubric.scale().levels().iter().enumerate().zip(&tally.levels);
        let parts = levels
            .map(|((number, level), count)| (Some(level.id.as_str()), level.label.as_str(), Some(number), *count))
            .chain([(None, "Unrated", None, tally.unrated)]);
        let mut before = 0;
        let mut segments = Vec::new();
        for (level, label, number, count) in parts.filter(|(.., count)| *count > 0) {
            let x = edge(before);
            before += count;
            segments.push(Segment { level, label, number, count, x, width: edge(before) - x });
        }
        Self {
            id,
            code,
            title,
            segments,
            indicators: tally.indicators,
            rated: tally.rated,
            met: tally.met,
            unrated: tally.unrated,
            percent_met: tally.share_met().map(|share| share.percent()),
        }
    }
}

/// An indicator with its rating, and where it stands.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct Placed<'a> {
    domain: About<'a>,
    competency: Option<About<'a>>,
    rating: view::Rating<'a>,
}

/// The indicators in scope that are wanted, in order.
fn placed<'a>(evaluation: &'a Evaluation, wanted: &dyn Fn(&Indicator) -> bool) -> Vec<Placed<'a>> {
    let mut list = Vec::new();
    for domain in evaluation.rubric().domains() {
        for (competency, indicator) in domain.placed_indicators() {
            if evaluation.is_in_scope(indicator) && wanted(indicator) {
                list.push(Placed {
                    domain: About { id: &domain.id, code: &domain.code, title: &domain.title },
                    competency: competency.map(|competency| About {
                        id: &competency.id,
                        code: &competency.code,
                        title: &competency.title,
                    }),
                    rating: view::Rating::of(evaluation, indicator),
                });
            }
        }
    }
    list
}

/// Goals, proposed and agreed.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct GoalsView<'a> {
    /// Proposed from the ratings, most important first.
    proposed: Vec<GoalView<'a>>,
    /// How many more ratings call for a goal.
    more: usize,
    /// The same by level, in the order of priority.
    more_by_level: Vec<More<'a>>,
    /// Those the evaluation carries, with how they stand.
    agreed: Vec<GoalView<'a>>,
}

/// How many more ratings at a level call for a goal.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct More<'a> {
    level: &'a str,
    label: &'a str,
    count: usize,
}

/// A goal.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct GoalView<'a> {
    about: Option<About<'a>>,
    statement: String,
    measure: Option<String>,
    activities: Vec<String>,
    /// As a decimal.
    contact_hours: Option<String>,
    due: Option<String>,
    status: GoalStatus,
    /// For people: "In progress".
    status_label: &'static str,
}

fn status_label(status: GoalStatus) -> &'static str {
    match status {
        GoalStatus::Proposed => "Proposed",
        GoalStatus::Agreed => "Agreed",
        GoalStatus::InProgress => "In progress",
        GoalStatus::Met => "Met",
        GoalStatus::NotMet => "Not met",
        GoalStatus::Dropped => "Dropped",
    }
}

impl<'a> GoalsView<'a> {
    fn of(scorecard: &'a Scorecard) -> Self {
        let evaluation = scorecard.evaluation();
        let rubric = evaluation.rubric();
        let goals = scorecard.goals();
        let proposed = goals.goals.into_iter().map(|goal| {
            let Goal { indicator, statement, measure, activities, contact_hours, due, status } = goal;
            let about = rubric.0.nodes.get_key_value(indicator.as_str());
            GoalView {
                about: about.map(|(id, node)| About { id, code: &node.code, title: &node.label }),
                statement,
                measure,
                activities,
                contact_hours: contact_hours.as_ref().map(crate::Exact::decimal),
                due,
                status,
                status_label: status_label(status),
            }
        });
        let agreed = evaluation.goals().iter().map(|goal| GoalView {
            about: goal.indicator.as_deref().and_then(|id| About::of(rubric, id)),
            statement: goal.statement.clone(),
            measure: goal.measure.clone(),
            activities: goal.activities.clone(),
            contact_hours: goal.contact_hours.as_ref().map(crate::Exact::decimal),
            due: goal.due.map(|date| date.to_string()),
            status: goal.status,
            status_label: status_label(goal.status),
        });
        let more_by_level = goals.more_by_level.iter().filter_map(|(level, count)| {
            let level = rubric.scale().levels().get(*level)?;
            Some(More { level: &level.id, label: &level.label, count: *count })
        });
        Self {
            proposed: proposed.collect(),
            more: goals.more,
            more_by_level: more_by_level.collect(),
            agreed: agreed.collect(),
        }
    }
}
