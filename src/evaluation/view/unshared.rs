//! The view of the employee before the evaluators' draft is shared. Every field is named: a new one is decided on here.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use crate::diagnostic::Diagnostics;
use crate::syntax;
use crate::syntax::evaluation::Stated;

use super::super::{AgreedGoal, Evaluation, EvaluationData, Event, GoalStatus, Observation, SupervisionSession};
use super::NOT_SHOWN;

pub(super) fn of(evaluation: &Evaluation) -> EvaluationData {
    let parts = &*evaluation.0;
    let contact_hours_before = parts.document.contact_hours_before.clone();
    EvaluationData {
        rubric: parts.rubric.clone(),
        document: Arc::new(syntax::Evaluation { contact_hours_before, ..syntax::Evaluation::default() }),
        stated_version: parts.stated_version.clone(),
        stated_fingerprint: parts.stated_fingerprint.clone(),
        kind: parts.kind.clone(),
        status: parts.status,
        whom: parts.whom.clone(),
        evaluators: parts.evaluators.clone(),
        period: parts.period,
        stated: stated(&parts.stated),
        not_assigned: parts.not_assigned.iter().map(|(id, _)| (id.clone(), NOT_SHOWN.to_owned())).collect(),
        in_scope: parts.in_scope.clone(),
        ratings: vec![None; parts.ratings.len()],
        remarks: BTreeMap::new(),
        observations: parts.observations.iter().map(occasion).collect(),
        applying: parts.applying,
        inputs: vec![None; parts.inputs.len()],
        text: None,
        history: Vec::new(),
        entered: Vec::new(),
        service_data: Vec::new(),
        judged: OnceLock::new(),
        fingerprint: OnceLock::new(),
        diagnostics: OnceLock::from(Diagnostics::default()),
        withheld: None,
    }
}

fn stated(stated: &Stated) -> Stated {
    Stated {
        completed_on: stated.completed_on,
        scope: stated.scope.clone(),
        goals: stated.goals.iter().filter(|goal| is_known_to_both(goal)).cloned().collect(),
        professional_development: stated.professional_development.clone(),
        supervision: stated.supervision.as_ref().map(|sessions| sessions.iter().map(session).collect()),
        responses: stated.responses.clone(),
        record: stated.record.iter().map(event).collect(),
        migrated_from: Vec::new(),
        orphaned: Vec::new(),
        seal: None,
        amendments: Vec::new(),
    }
}

/// A goal that the evaluator proposes is part of the draft, and so is the judgement that it was met or not.
fn is_known_to_both(goal: &AgreedGoal) -> bool {
    match goal.status {
        GoalStatus::Agreed | GoalStatus::InProgress => true,
        GoalStatus::Proposed | GoalStatus::Met | GoalStatus::NotMet | GoalStatus::Dropped => false,
    }
}

fn session(session: &SupervisionSession) -> SupervisionSession {
    let SupervisionSession { date, kind, by, minutes, note: _ } = session;
    SupervisionSession { date: *date, kind: kind.clone(), by: by.clone(), minutes: *minutes, note: None }
}

fn event(event: &Event) -> Event {
    let Event { date, event, by, note: _ } = event;
    Event { date: *date, event: event.clone(), by: by.clone(), note: None }
}

fn occasion(observation: &Observation) -> Observation {
    let Observation { id, kind, date, by, minutes, at, notes: _, ratings: _, remarks: _ } = observation;
    Observation {
        id: id.clone(),
        kind: kind.clone(),
        date: *date,
        by: by.clone(),
        minutes: *minutes,
        at: at.clone(),
        notes: None,
        ratings: BTreeMap::new(),
        remarks: BTreeMap::new(),
    }
}
