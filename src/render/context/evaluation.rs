//! An evaluation as templates see it, but for its ratings.

use serde::Serialize;

use crate::evaluation::{Evaluation, EventKind, Status, Type, Whom};
use crate::exact::Exact;
use crate::rubric::ServiceDataKind;
use crate::source::Any;

use super::{About, Dates};

/// An evaluation, but for its ratings.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(in crate::render) struct EvaluationView<'a> {
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
    /// Where the items of service data come from, and what a reader must know; each once.
    service_data_notes: Vec<&'a str>,
    summary: Option<&'a str>,
    responses: Vec<Response<'a>>,
    record: Vec<Event<'a>>,
    /// The documents that it was made from, by migrating them to other rubrics; oldest first.
    migrated_from: Vec<Migration<'a>>,
    /// `Fingerprinted` has the value.
    #[cfg_attr(feature = "schema", schemars(with = "String", description = "Of the evaluation."))]
    fingerprint: (),
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

/// A document that this one was made from.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct Migration<'a> {
    /// The id of the rubric that it was made against.
    rubric: &'a str,
    version: Option<&'a str>,
    status: Option<Status>,
    completed_on: Option<String>,
    /// Its own fingerprint, where it is known.
    fingerprint: Option<&'a str>,
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
    pub(super) fn of(evaluation: &'a Evaluation) -> Self {
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
            type_label: evaluation.kind().label(),
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
                    fte: assignment.fte.as_ref().map(Exact::decimal),
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
                        Any::Number(text) => Exact::parse(text)?.decimal(),
                        Any::Text(text) => text.clone(),
                        _ => return None,
                    };
                    Some(ServiceDatum { id: &asked.id, label: &asked.label, kind: asked.kind, value })
                })
                .collect(),
            service_data_notes: {
                let given = |id: &str| parts.service_data.iter().any(|item| item.id == id);
                let asked = rubric.service_data().iter().filter(|asked| given(&asked.id));
                let mut notes: Vec<&str> = Vec::new();
                for note in asked.flat_map(|asked| [asked.source.as_deref(), asked.note.as_deref()]).flatten() {
                    if !notes.contains(&note) {
                        notes.push(note);
                    }
                }
                notes
            },
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
            migrated_from: evaluation
                .migrated_from()
                .iter()
                .map(|migration| Migration {
                    rubric: &migration.rubric.id,
                    version: migration.rubric.version.as_deref(),
                    status: migration.status,
                    completed_on: migration.completed_on(),
                    fingerprint: migration.evaluation.as_deref(),
                })
                .collect(),
            fingerprint: (),
            extra: parts.extra.as_ref(),
        }
    }
}
