//! An evaluation for templates, without its ratings.

use minijinja::value::Value;
use serde::Serialize;

#[cfg(feature = "schema")]
use crate::evaluation::Type;
use crate::evaluation::{Employee, Evaluation, EventKind, Status, Whom};
use crate::exact::Exact;
use crate::rubric::ServiceDataKind;
use crate::source::Any;

use super::lazy::{Lazy, keyed, value};
use super::{About, Dates};

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

/// An entry for an indicator that was not assigned then, or beside its rating.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct SetAside<'a> {
    /// The id that it was entered for.
    id: &'a str,
    /// The part of the rubric with that id; null where the rubric has none.
    about: Option<About<'a>>,
    /// The level as people call it.
    level: Option<&'a str>,
    comment: Option<&'a str>,
    evidence: Vec<Seen<'a>>,
}

/// A piece of evidence that was set aside.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct Seen<'a> {
    date: Option<&'a str>,
    kind: Option<&'a str>,
    at: Option<&'a str>,
    note: &'a str,
}

/// The text under a key, where it says something.
fn text<'a>(entry: &'a Any, key: &str) -> Option<&'a str> {
    match entry.get(key) {
        Some(Any::Text(text)) if !text.trim().is_empty() => Some(text),
        _ => None,
    }
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

/// A text beside the ratings.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct Narrative<'a> {
    id: &'a str,
    label: &'a str,
    /// The domain or competency that the text is about; null for the whole.
    about: Option<About<'a>>,
    /// The text.
    text: &'a str,
}

/// The employee's response.
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

/// A piece of evidence that says something. Half a date is left out.
fn seen(item: &Any) -> Option<Seen<'_>> {
    let date = text(item, "date").filter(|date| crate::date::parse(date).is_some());
    Some(Seen { date, kind: text(item, "kind"), at: text(item, "at"), note: text(item, "note")? })
}

/// An evaluation, of which each value is made when a template asks for it.
#[derive(Debug)]
struct Values(Evaluation);

/// An evaluation as templates see it.
pub(super) fn evaluation(of: &Evaluation) -> Value {
    Lazy::of(Values(of.clone()))
}

keyed! {
    /// An evaluation, but for its ratings.
    pub(in crate::render) struct EvaluationView<'a> of |of: Values|
    let (evaluation, parts, whom) = (&of.0, &*of.0.0, of.0.whom());
    {
        r#type: Type = value(evaluation.kind()),
        /// The kind of evaluation for people: "Formal evaluation".
        type_label: &'static str = evaluation.kind().label().into(),
        status: Status = value(evaluation.status()),
        /// `employee` or `organization`.
        subject: &'static str = if of.employee().is_some() { "employee" } else { "organization" }.into(),
        id: &'a str = whom.id().into(),
        name: &'a str = whom.name().into(),
        title: Option<&'a str> = whom.title().into(),
        assignments: Vec<Assignment<'a>> = value(of.assignments()),
        hired_on: Option<String> = of.employee().and_then(|employee| employee.hired_on).map(|date| date.to_string()).into(),
        certificate: Option<Certificate<'a>> = value(of.certificate()),
        evaluators: Vec<Evaluator<'a>> = value(of.evaluators()),
        period: Dates = value(Dates::of(Some(parts.period.from), Some(parts.period.to))),
        completed_on: Option<String> = parts.completed_on.map(|date| date.to_string()).into(),
        /// Whether the evaluators may see it: a self-evaluation only where the employee shares it.
        shared: bool = evaluation.is_shared().into(),
        /// The nodes that this document answers for; empty for the whole rubric.
        scope: Vec<About<'a>> = value(parts.scope.iter().filter_map(|id| of.about(id)).collect::<Vec<_>>()),
        not_assigned: Vec<NotAssigned<'a>> = value(of.not_assigned()),
        /// Entries that a form set aside under `extra.form_entries`, because they cannot stand among the ratings; counted nowhere.
        set_aside: Vec<SetAside<'a>> = value(of.set_aside()),
        service_data: Vec<ServiceDatum<'a>> = value(of.service_data()),
        /// Where the items of service data come from, and what a reader must know; each once.
        service_data_notes: Vec<&'a str> = value(of.service_data_notes()),
        summary: Option<&'a str> = evaluation.summary().into(),
        /// The texts that the rubric asks for beside the ratings.
        narratives: Vec<Narrative<'a>> = value(of.narratives()),
        responses: Vec<Response<'a>> = value(of.responses()),
        record: Vec<Event<'a>> = value(of.record()),
        /// The documents that it was made from, by migrating them to other rubrics; oldest first.
        migrated_from: Vec<Migration<'a>> = value(of.migrated_from()),
        /// Of the evaluation.
        fingerprint: &'a str = evaluation.fingerprint().into(),
        /// Anything of the host's.
        extra: Option<&'a Any> = value(evaluation.own_extra()),
        /// The evaluation as it is written, by the keys of an evaluation.
        document: &'a Any = value(evaluation),
    }
}
impl Values {
    fn employee(&self) -> Option<&Employee> {
        match self.0.whom() {
            Whom::Employee(employee) => Some(employee),
            Whom::Organization(_) => None,
        }
    }

    fn about<'a>(&'a self, id: &'a str) -> Option<About<'a>> {
        About::of(self.0.rubric(), id)
    }

    fn assignments(&self) -> Vec<Assignment<'_>> {
        let assignments = self.employee().into_iter().flat_map(|employee| &employee.assignments);
        assignments
            .map(|assignment| Assignment {
                school: &assignment.school,
                fte: assignment.fte.as_ref().map(Exact::decimal),
                from: assignment.from.map(|date| date.to_string()),
                to: assignment.to.map(|date| date.to_string()),
            })
            .collect()
    }

    fn certificate(&self) -> Option<Certificate<'_>> {
        let certificate = self.employee()?.certificate.as_ref()?;
        Some(Certificate {
            kind: certificate.kind.as_deref(),
            from: certificate.from.to_string(),
            to: certificate.to.to_string(),
        })
    }

    fn evaluators(&self) -> Vec<Evaluator<'_>> {
        let label = |id: &String| Some(self.0.rubric().qualification(id)?.label.as_str());
        let evaluators = self.0.evaluators().iter();
        evaluators
            .map(|evaluator| Evaluator {
                id: &evaluator.id,
                name: &evaluator.name,
                title: evaluator.title.as_deref(),
                qualifications: evaluator.qualifications.iter().filter_map(label).collect(),
            })
            .collect()
    }

    fn not_assigned(&self) -> Vec<NotAssigned<'_>> {
        let not_assigned = self.0.0.not_assigned.iter();
        not_assigned.filter_map(|(id, why)| Some(NotAssigned { about: self.about(id)?, why })).collect()
    }

    fn set_aside(&self) -> Vec<SetAside<'_>> {
        let entries = self.0.own_extra().and_then(|extra| extra.get("form_entries"));
        let Some(Any::Map(entries)) = entries else { return Vec::new() };
        let levels = self.0.rubric().levels();
        let label = |id: &'_ str| levels.iter().find(|level| level.id == id).map(|level| level.label.as_str());
        let set_aside = entries.iter().map(|(id, entry)| SetAside {
            id,
            about: self.about(id),
            level: text(entry, "level").map(|id| label(id).unwrap_or(id)),
            comment: text(entry, "comment"),
            evidence: match entry.get("evidence") {
                Some(Any::List(items)) => items.iter().filter_map(seen).collect(),
                _ => Vec::new(),
            },
        });
        set_aside.filter(|item| item.level.is_some() || item.comment.is_some() || !item.evidence.is_empty()).collect()
    }

    fn service_data(&self) -> Vec<ServiceDatum<'_>> {
        let given = self.0.0.service_data.iter();
        given
            .filter_map(|item| {
                let asked = self.0.rubric().service_data().iter().find(|asked| asked.id == item.id)?;
                let value = match &item.value {
                    Any::Number(text) => Exact::parse(text)?.decimal(),
                    Any::Text(text) => text.clone(),
                    _ => return None,
                };
                Some(ServiceDatum { id: &asked.id, label: &asked.label, kind: asked.kind, value })
            })
            .collect()
    }

    fn service_data_notes(&self) -> Vec<&str> {
        let given = |id: &str| self.0.0.service_data.iter().any(|item| item.id == id);
        let asked = self.0.rubric().service_data().iter().filter(|asked| given(&asked.id));
        let mut notes: Vec<&str> = Vec::new();
        for note in asked.flat_map(|asked| [asked.source.as_deref(), asked.note.as_deref()]).flatten() {
            if !notes.contains(&note) {
                notes.push(note);
            }
        }
        notes
    }

    fn narratives(&self) -> Vec<Narrative<'_>> {
        let narratives = self.0.narratives();
        narratives
            .map(|(narrative, part, text)| Narrative {
                id: &narrative.id,
                label: &narrative.label,
                about: part.and_then(|part| self.about(part)),
                text,
            })
            .collect()
    }

    fn responses(&self) -> Vec<Response<'_>> {
        let responses = self.0.0.responses.iter();
        responses
            .map(|response| Response {
                date: response.date.map(|date| date.to_string()),
                by: response.by.as_deref().map(|id| self.0.name_of(id)),
                about: response.about.as_deref().and_then(|id| self.about(id)),
                text: &response.text,
            })
            .collect()
    }

    fn record(&self) -> Vec<Event<'_>> {
        let record = self.0.0.record.iter();
        record
            .map(|event| Event {
                date: event.date.to_string(),
                event: event.event,
                label: event_label(event.event),
                by: event.by.as_deref().map(|id| self.0.name_of(id)),
                note: event.note.as_deref(),
            })
            .collect()
    }

    fn migrated_from(&self) -> Vec<Migration<'_>> {
        let migrated_from = self.0.migrated_from().iter();
        migrated_from
            .map(|migration| Migration {
                rubric: &migration.rubric.id,
                version: migration.rubric.version.as_deref(),
                status: migration.status,
                completed_on: migration.completed_on(),
                fingerprint: migration.evaluation.as_deref(),
            })
            .collect()
    }
}
