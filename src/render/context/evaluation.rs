//! An evaluation for templates, without its ratings.

use minijinja::value::Value;
use serde::Serialize;

#[cfg(feature = "schema")]
use crate::evaluation::Type;
use crate::evaluation::{self, Employee, Evaluation, Status, Whom};
use crate::exact::Exact;
use crate::rubric::{self, ServiceDataKind};
use crate::score::seal::{Amendment, Seal};
use crate::source::Any;
use crate::view::view;

use super::lazy::{Lazy, keyed, value};
use super::{About, Dates};

view! {
    /// Where the employee works.
    struct Assignment<'a> of |assignment: &'a evaluation::Assignment|
    {
        school: &'a str = &assignment.school,
        /// The share of a full-time position, as a decimal.
        fte: Option<String> = assignment.fte.as_ref().map(Exact::decimal),
        from: Option<String> = assignment.from.map(|date| date.to_string()),
        to: Option<String> = assignment.to.map(|date| date.to_string()),
    }
}

view! {
    /// A professional certificate.
    struct Certificate<'a> of |certificate: &'a evaluation::Certificate|
    {
        kind: Option<&'a str> = certificate.kind.as_deref(),
        from: String = certificate.from.to_string(),
        to: String = certificate.to.to_string(),
    }
}

view! {
    /// Somebody who evaluates.
    struct Evaluator<'a> of |evaluator: &'a evaluation::Evaluator, evaluation: &'a Evaluation|
    let label = |id: &String| Some(evaluation.rubric().qualification(id)?.label.as_str());
    {
        id: &'a str = &evaluator.id,
        name: &'a str = &evaluator.name,
        title: Option<&'a str> = evaluator.title.as_deref(),
        /// The qualifications, as people call them.
        qualifications: Vec<&'a str> = evaluator.qualifications.iter().filter_map(label).collect(),
    }
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

view! {
    /// A text beside the ratings.
    struct Narrative<'a> of |narrative: &'a rubric::Narrative, part: Option<&'a str>, text: &'a str, evaluation: &'a Evaluation|
    {
        id: &'a str = &narrative.id,
        label: &'a str = &narrative.label,
        /// The domain or competency that the text is about; null for the whole.
        about: Option<About<'a>> = part.and_then(|part| About::of(evaluation.rubric(), part)),
        /// The text.
        text: &'a str = text,
    }
}

view! {
    /// The employee's response.
    struct Response<'a> of |response: &'a evaluation::Response, evaluation: &'a Evaluation|
    {
        date: Option<String> = response.date.map(|date| date.to_string()),
        /// The name of who responds, or the id where it is nobody of this evaluation.
        by: Option<&'a str> = response.by.as_deref().map(|id| evaluation.name_of(id)),
        about: Option<About<'a>> = response.about.as_deref().and_then(|id| About::of(evaluation.rubric(), id)),
        text: &'a str = &response.text,
    }
}

view! {
    /// Something that happened.
    struct Event<'a> of |event: &'a evaluation::Event, evaluation: &'a Evaluation|
    {
        date: String = event.date.to_string(),
        event: &'a str = &event.event,
        /// For people: "Observed".
        label: &'a str = evaluation.event_label(event),
        /// The name of who did it, or the id where it is nobody of this evaluation.
        by: Option<&'a str> = event.by.as_deref().map(|id| evaluation.name_of(id)),
        note: Option<&'a str> = event.note.as_deref(),
    }
}

view! {
    /// A document that this one was made from.
    struct Migration<'a> of |migration: &'a evaluation::Migration|
    {
        /// The id of the rubric that it was made against.
        rubric: &'a str = &migration.rubric.id,
        version: Option<&'a str> = migration.rubric.version.as_deref(),
        status: Option<Status> = migration.status,
        completed_on: Option<String> = migration.completed_on(),
        /// Its own fingerprint, where it is known.
        fingerprint: Option<&'a str> = migration.evaluation.as_deref(),
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
    let (evaluation, parts, whom, employee) = (&of.0, &*of.0.0, of.0.whom(), of.employee());
    {
        r#type: Type = value(evaluation.kind()),
        /// The kind of evaluation for people: "Formal evaluation".
        type_label: &'static str = evaluation.kind().label().into(),
        status: Status = value(evaluation.status()),
        /// `employee` or `organization`.
        subject: &'static str = if employee.is_some() { "employee" } else { "organization" }.into(),
        id: &'a str = whom.id().into(),
        name: &'a str = whom.name().into(),
        title: Option<&'a str> = whom.title().into(),
        assignments: Vec<Assignment<'a>> = value(of.assignments()),
        hired_on: Option<String> = employee.and_then(|one| one.hired_on).map(|date| date.to_string()).into(),
        certificate: Option<Certificate<'a>> = value(employee.and_then(|one| one.certificate.as_ref()).map(Certificate::of)),
        evaluators: Vec<Evaluator<'a>> = value(of.evaluators()),
        period: Dates = value(Dates::of(Some(parts.period.from), Some(parts.period.to))),
        completed_on: Option<String> = parts.stated.completed_on.map(|date| date.to_string()).into(),
        /// Whether the evaluators may see it: a self-evaluation only where the employee shares it.
        shared: bool = evaluation.is_shared().into(),
        /// The nodes that this document answers for; empty for the whole rubric.
        scope: Vec<About<'a>> = value(parts.stated.scope.iter().filter_map(|id| of.about(id)).collect::<Vec<_>>()),
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
        record: Vec<Event<'a>> = value(parts.stated.record.iter().map(|event| Event::of(event, evaluation)).collect::<Vec<_>>()),
        /// The documents that it was made from, by migrating them to other rubrics; oldest first.
        migrated_from: Vec<Migration<'a>> = value(evaluation.migrated_from().iter().map(Migration::of).collect::<Vec<_>>()),
        /// The seal; null before the evaluation is finished.
        seal: Option<Seal<'a>> = value(evaluation.seal().map(|seal| Seal::of(seal, evaluation))),
        /// The changes since it was sealed, oldest first.
        amendments: Vec<Amendment<'a>> = value(Amendment::all(evaluation)),
        /// Of the evaluation.
        fingerprint: &'a str = evaluation.fingerprint().into(),
        /// Anything of the host's.
        extra: Option<&'a Any> = value(evaluation.extra()),
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
        self.employee().into_iter().flat_map(|employee| &employee.assignments).map(Assignment::of).collect()
    }

    fn evaluators(&self) -> Vec<Evaluator<'_>> {
        self.0.evaluators().iter().map(|evaluator| Evaluator::of(evaluator, &self.0)).collect()
    }

    fn not_assigned(&self) -> Vec<NotAssigned<'_>> {
        let not_assigned = self.0.0.not_assigned.iter();
        not_assigned.filter_map(|(id, why)| Some(NotAssigned { about: self.about(id)?, why })).collect()
    }

    fn set_aside(&self) -> Vec<SetAside<'_>> {
        let entries = self.0.extra().and_then(|extra| extra.get("form_entries"));
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
        let told = self.0.narratives();
        told.map(|(narrative, part, text)| Narrative::of(narrative, part, text, &self.0)).collect()
    }

    fn responses(&self) -> Vec<Response<'_>> {
        self.0.0.stated.responses.iter().map(|response| Response::of(response, &self.0)).collect()
    }
}
