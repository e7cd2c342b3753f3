//! What is filled in on a form, in the shape of an evaluation.

use serde_json::{Map, Value, json};

use crate::error::Error;
use crate::evaluation::{Evaluation, GoalStatus, Whom};
use crate::rubric::{Rubric, Subject};

/// All of an evaluation.
pub(super) fn of(evaluation: &Evaluation) -> Map<String, Value> {
    match serde_json::to_value(evaluation) {
        Ok(Value::Object(document)) => document,
        // An evaluation is written as a mapping, always.
        _ => Map::new(),
    }
}

/// What of an evaluation the next one begins with.
pub(super) fn after(evaluation: &Evaluation) -> Map<String, Value> {
    let mut document = of(evaluation);
    document.retain(|key, _| ["type", "employee", "organization", "evaluators"].contains(&key.as_str()));
    let goals: Vec<Value> = evaluation.goals().iter().filter_map(still_open).collect();
    if !goals.is_empty() {
        document.insert("goals".to_owned(), goals.into());
    }
    document
}

/// Leaves out what others wrote and rated, and has the employee evaluate.
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

/// Whom a form is about, under the key that the rubric's subject wants.
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

/// Sets the scope, and leaves out what lies outside it: those ratings are another evaluator's.
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
    for key in ["ratings", "not_assigned"] {
        if let Some(Value::Object(entries)) = document.get_mut(key) {
            entries.retain(|id, _| within(id));
        }
    }
    document.insert("scope".to_owned(), json!(ids));
}
