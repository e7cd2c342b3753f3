//! The values that a form begins with, as a partial evaluation.

use serde_json::{Map, Value, json};

use crate::error::Error;
use crate::evaluation::{Evaluation, GoalStatus, Rating, Whom};
use crate::exact::Exact;
use crate::rubric::{Indicator, Milestone, Rubric, Subject};
use crate::source::{Any, Number};

/// The whole of an evaluation.
pub(super) fn of(evaluation: &Evaluation) -> Map<String, Value> {
    match serde_json::to_value(evaluation) {
        Ok(Value::Object(document)) => document,
        // An evaluation is written as a mapping, always.
        _ => Map::new(),
    }
}

/// The values of the host's, and of what the rubric no longer has: no field of a form shows them.
pub(super) fn carried(evaluation: &Evaluation) -> Vec<(&'static str, Any)> {
    let orphaned = Some(&evaluation.0.stated.orphaned).filter(|orphaned| !orphaned.is_empty()).map(Any::of);
    let extra = evaluation.extra().cloned();
    let stated = &evaluation.0.stated;
    let (seal, amended) = (stated.seal.as_ref().map(Any::of), !stated.amendments.is_empty());
    let amendments = amended.then(|| Any::of(&stated.amendments));
    let carried = [("orphaned", orphaned), ("seal", seal), ("amendments", amendments), ("extra", extra)];
    carried.into_iter().filter_map(|(key, value)| Some((key, value?))).collect()
}

/// The ratings that follow from observations: the indicator, and the rating with the reason.
pub(super) fn followed(evaluation: &Evaluation) -> Vec<(String, String)> {
    let follows = |indicator: &&Indicator| evaluation.rating(indicator).is_some_and(Rating::is_followed);
    let reason = |indicator: &Indicator| Some((indicator.id.clone(), evaluation.followed(indicator)?.reason));
    let indicators = evaluation.rubric().indicators().filter(|_| !evaluation.observations().is_empty());
    indicators.filter(follows).filter_map(reason).collect()
}

/// The keys that the next document of the same year takes over: all but the ratings and the texts about them.
const OF_THE_YEAR: [&str; 12] = [
    "type", "employee", "organization", "evaluators", "not_assigned", "goals", "service_data",
    "professional_development", "contact_hours_before", "supervision", "record", "observations",
];

/// The values of an interim evaluation that the next one of the same year begins with. Record items about the interim
/// document itself, such as its delivery, stay with it.
pub(super) fn later_in_the_year(evaluation: &Evaluation) -> Map<String, Value> {
    let mut document = of(evaluation);
    document.retain(|key, _| OF_THE_YEAR.contains(&key.as_str()));
    if let Some(Value::Array(record)) = document.get_mut("record") {
        let process = evaluation.rubric().process();
        let is_of_the_year = |event: &Value| {
            let milestone = event["event"].as_str().and_then(|event| process.milestone(event));
            !matches!(
                milestone,
                Some(Milestone::Delivered | Milestone::Acknowledged | Milestone::Responded | Milestone::Completed)
            )
        };
        record.retain(is_of_the_year);
    }
    if document.get("record").and_then(Value::as_array).is_some_and(Vec::is_empty) {
        document.remove("record");
    }
    document
}

/// The values of an evaluation that next year's begins with.
pub(super) fn next_year(evaluation: &Evaluation) -> Map<String, Value> {
    let mut document = of(evaluation);
    document.retain(|key, _| ["type", "employee", "organization", "evaluators"].contains(&key.as_str()));
    let goals: Vec<Value> = evaluation.goals().iter().filter_map(still_open).collect();
    if !goals.is_empty() {
        document.insert("goals".to_owned(), goals.into());
    }
    if let Some(hours) = hours_so_far(evaluation).and_then(|hours| serde_json::to_value(Number(hours)).ok()) {
        document.insert("contact_hours_before".to_owned(), hours);
    }
    document
}

/// The contact hours of the certificate's cycle up to the end of the evaluation's period, earlier ones included. `None`
/// where the evaluation has none, or the cycle ends with the period. Without a known certificate, hours add up where hours
/// of earlier years are given.
fn hours_so_far(evaluation: &Evaluation) -> Option<Exact> {
    let trainings = evaluation.professional_development().iter();
    let before = evaluation.contact_hours_before().cloned();
    let certificate = match evaluation.whom() {
        Whom::Employee(employee) => employee.certificate.as_ref(),
        Whom::Organization(_) => None,
    };
    let own: Exact = match certificate {
        Some(certificate) if certificate.to <= evaluation.period().to => return None,
        Some(certificate) => {
            let cycle = certificate.from..=certificate.to;
            trainings.filter(|item| cycle.contains(&item.date)).map(|item| item.contact_hours.clone()).sum()
        }
        None if before.is_none() => return None,
        None => trainings.map(|item| item.contact_hours.clone()).sum(),
    };
    let hours = before.unwrap_or_else(|| Exact::from(0)) + own;
    (hours != Exact::from(0)).then_some(hours)
}

/// Drops the ratings and texts of others, and makes the employee the evaluator.
pub(super) fn of_oneself(document: &mut Map<String, Value>) {
    let own = ["employee", "organization", "period", "scope", "not_assigned", "goals"];
    document.retain(|key, _| own.contains(&key.as_str()));
    if let Some(Value::Object(employee)) = document.get("employee") {
        let himself: Map<String, Value> =
            employee.iter().filter(|(key, _)| ["id", "name", "title"].contains(&key.as_str())).map(entry).collect();
        document.insert("evaluators".to_owned(), json!([himself]));
    }
}

fn entry((key, value): (&String, &Value)) -> (String, Value) {
    (key.clone(), value.clone())
}

/// A goal that is still to be reached, as one that is agreed.
fn still_open(goal: &crate::evaluation::AgreedGoal) -> Option<Value> {
    let mut written = serde_json::to_value(goal).ok()?;
    match goal.status {
        GoalStatus::Proposed | GoalStatus::Agreed => {
            written.as_object_mut()?.insert("status".to_owned(), json!(GoalStatus::Agreed));
            Some(written)
        }
        GoalStatus::InProgress => Some(written),
        GoalStatus::Met | GoalStatus::NotMet | GoalStatus::Dropped => None,
    }
}

/// The employee or organization of a form, under the key of the rubric's subject.
pub(super) fn whom(whom: &Whom, rubric: &Rubric) -> Result<(&'static str, Value), Error> {
    let (subject, key, name) = match whom {
        Whom::Employee(_) => (Subject::Employee, "employee", "an employee"),
        Whom::Organization(_) => (Subject::Organization, "organization", "an organization"),
    };
    if subject != rubric.subject() {
        return Err(Error::OtherSubject { rubric: rubric.id().to_owned(), whom: name });
    }
    let value = match whom {
        Whom::Employee(employee) => serde_json::to_value(employee),
        Whom::Organization(organization) => serde_json::to_value(organization),
    };
    Ok((key, value.unwrap_or_default()))
}

/// Sets the scope, and drops the ratings outside it, which are another evaluator's.
pub(super) fn narrow(document: &mut Map<String, Value>, ids: &[&str], rubric: &Rubric) {
    if ids.is_empty() {
        return;
    }
    let within = |id: &str| {
        let indicators = rubric.node(id).map(|node| node.indicators.clone()).unwrap_or_default();
        let chosen = ids.iter().filter_map(|id| rubric.node(id));
        chosen
            .into_iter()
            .any(|node| node.indicators.start <= indicators.start && indicators.end <= node.indicators.end)
    };
    let reaches = |id: &str| {
        let indicators = rubric.node(id).map(|node| node.indicators.clone()).unwrap_or_default();
        let mut chosen = ids.iter().filter_map(|id| rubric.node(id));
        chosen.any(|node| node.indicators.start < indicators.end && indicators.start < node.indicators.end)
    };
    for key in ["ratings", "not_assigned"] {
        if let Some(Value::Object(entries)) = document.get_mut(key) {
            entries.retain(|id, _| within(id));
        }
    }
    for narrative in document.get_mut("narratives").and_then(Value::as_object_mut).into_iter().flat_map(Map::values_mut)
    {
        narrative.as_object_mut().into_iter().for_each(|parts| parts.retain(|id, _| reaches(id)));
    }
    document.insert("scope".to_owned(), json!(ids));
}
