//! Builds the checked evaluation from a document that keeps every rule.

use std::sync::{Arc, OnceLock};

use jiff::civil::Date;

use crate::evaluation::{
    AgreedGoal, Evaluation, EvaluationData, Evaluator, Event, GoalStatus, Migration, Orphan, Period, Response,
    ServiceValue, Status, Training, Type, Whom,
};
use crate::rubric::Rubric;
use crate::source::{Entries, Field, Text, Word};
use crate::syntax::{self, Day};

use super::super::items;
use super::ratings::Ratings;
use super::scope::Scope;
use super::scoring::ScoringEntries;

/// What the rules have read already.
pub(super) struct Checked<'a> {
    pub(super) rubric: &'a Rubric,
    pub(super) kind: Type,
    pub(super) whom: Whom,
    pub(super) evaluators: Vec<Evaluator>,
    pub(super) period: (Date, Date),
    pub(super) scope: Scope,
    pub(super) ratings: Ratings,
    pub(super) migrated_from: Vec<Migration>,
    pub(super) orphaned: Vec<Orphan>,
    pub(super) given: ScoringEntries,
}

/// Builds the evaluation. `None` only where a required value is absent, and then a finding says so.
pub(super) fn evaluation(document: &syntax::Evaluation, checked: Checked<'_>) -> Option<Evaluation> {
    let reference = document.rubric.get()?;
    let (from, to) = checked.period;
    let in_scope = checked.scope.by_indicator();
    Some(Evaluation(Arc::new(EvaluationData {
        rubric: checked.rubric.clone(),
        document: super::narratives::without_blanks(document.clone()),
        stated_version: word(reference.version.as_deref()),
        stated_fingerprint: word(reference.fingerprint.as_deref()),
        kind: checked.kind,
        status: given(document.status.as_ref()).unwrap_or(Status::Draft),
        whom: checked.whom,
        evaluators: checked.evaluators,
        period: Period { from, to },
        completed_on: date(document.completed_on.as_ref()),
        scope: checked.scope.ids,
        not_assigned: checked.scope.not_assigned,
        in_scope,
        ratings: checked.ratings.by_indicator,
        remarks: checked.ratings.remarks,
        applying: checked.given.applying,
        inputs: checked.given.inputs,
        entered: checked.given.entered,
        goals: items(document.goals.as_ref())
            .filter_map(|(_, goal)| {
                Some(AgreedGoal {
                    indicator: word(goal.indicator.as_deref()),
                    statement: text(Some(&goal.statement))?,
                    measure: text(goal.measure.as_ref()),
                    activities: goal
                        .activities
                        .as_ref()
                        .and_then(Field::get)
                        .into_iter()
                        .flatten()
                        .filter_map(|activity| text(Some(activity)))
                        .collect(),
                    contact_hours: goal.contact_hours.as_deref().and_then(Field::get).map(|hours| hours.0.clone()),
                    due: date(goal.due.as_ref()),
                    status: given(goal.status.as_ref()).unwrap_or(GoalStatus::Proposed),
                })
            })
            .collect(),
        service_data: document
            .service_data
            .as_ref()
            .and_then(Field::get)
            .into_iter()
            .flat_map(Entries::iter)
            .filter_map(|(id, _, value)| Some(ServiceValue { id: id.to_owned(), value: value.get()?.clone() }))
            .collect(),
        professional_development: items(document.professional_development.as_ref())
            .filter_map(|(_, training)| {
                Some(Training {
                    date: date(Some(&training.date))?,
                    title: text(Some(&training.title))?,
                    contact_hours: training.contact_hours.get()?.0.clone(),
                    discipline_specific: given(training.discipline_specific.as_ref()),
                })
            })
            .collect(),
        responses: items(document.responses.as_ref())
            .filter_map(|(_, response)| {
                Some(Response {
                    date: date(response.date.as_ref()),
                    by: word(response.by.as_ref()),
                    about: word(response.about.as_deref()),
                    text: text(Some(&response.text))?,
                })
            })
            .collect(),
        record: items(document.record.as_ref())
            .filter_map(|(_, event)| {
                Some(Event {
                    date: date(Some(&event.date))?,
                    event: given(Some(&event.event))?,
                    by: word(event.by.as_ref()),
                    note: text(event.note.as_ref()),
                })
            })
            .collect(),
        migrated_from: checked.migrated_from,
        orphaned: checked.orphaned,
        judged: OnceLock::new(),
        fingerprint: OnceLock::new(),
        diagnostics: OnceLock::new(),
    })))
}

fn given<T: Copy>(field: Option<&Field<T>>) -> Option<T> {
    field.and_then(Field::get).copied()
}

fn word(field: Option<&Field<Word>>) -> Option<String> {
    field.and_then(Field::word).map(str::to_owned)
}

fn text(field: Option<&Field<Text>>) -> Option<String> {
    field.and_then(Field::text).map(str::to_owned)
}

fn date(field: Option<&Field<Day>>) -> Option<Date> {
    field.and_then(Field::get).map(|day| day.0)
}
