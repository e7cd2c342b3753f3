//! The place and the value of a change as people read them.

use crate::evaluation::Evaluation;
use crate::rubric::Rubric;
use crate::source::{Any, in_words};

use super::walk::{Difference, Step};
use super::{Revised, RevisionKind};

pub(super) fn changed(difference: Difference, old: &Evaluation, new: &Evaluation) -> Revised {
    let Difference { way, old: before, new: since } = difference;
    let kind = match (&before, &since) {
        (None, _) => RevisionKind::Added,
        (_, None) => RevisionKind::Removed,
        _ => RevisionKind::Changed,
    };
    // A value that went stood in the old document, and its rubric alone may know it.
    let evaluation = if since.is_some() { new } else { old };
    let text = |of: &Evaluation, value: Option<&Any>| value.map(|value| said(of, &way, value));
    Revised {
        kind,
        section: keys(&way).next().unwrap_or_default().to_owned(),
        at: place(&way),
        about: about(evaluation.rubric(), &way),
        label: label(evaluation, &way),
        follows: false,
        was_text: text(old, before.as_ref()),
        is_text: text(new, since.as_ref()),
        was: before,
        is: since,
    }
}

fn keys(way: &[Step]) -> impl DoubleEndedIterator<Item = &str> {
    way.iter().filter_map(|step| match step {
        Step::Key(key) => Some(key.as_str()),
        Step::Item(..) => None,
    })
}

/// `goals[0].status`.
fn place(way: &[Step]) -> String {
    let mut place = String::new();
    for step in way {
        match step {
            Step::Key(key) if place.is_empty() => place.push_str(key),
            Step::Key(key) => place.push_str(&format!(".{key}")),
            Step::Item(number, _) => place.push_str(&format!("[{number}]")),
        }
    }
    place
}

/// The domain, competency or indicator that a value is about: the last id on the way to it, or one that its item names.
fn about(rubric: &Rubric, way: &[Step]) -> Option<String> {
    let is_by_id = |key: &str| ["ratings", "narratives", "entered", "not_assigned"].contains(&key);
    let named = way.iter().rev().find_map(|step| match step {
        Step::Item(_, item) => text(item, "indicator").or_else(|| text(item, "about")),
        Step::Key(_) => None,
    });
    let mut before = None;
    let mut by_id = None;
    for key in keys(way) {
        let is_among = before.is_some_and(is_by_id) || by_id.is_none() && keys(way).next().is_some_and(is_by_id);
        if is_among && rubric.node(key).is_some() {
            by_id = Some(key);
        }
        before = Some(key);
    }
    by_id.or(named).filter(|id| rubric.node(id).is_some()).map(str::to_owned)
}

fn text<'a>(item: &'a Any, key: &str) -> Option<&'a str> {
    match item.get(key)? {
        Any::Text(text) => Some(text),
        _ => None,
    }
}

/// "Deadlines (7.2.4)"; an id that the rubric does not have stands for itself.
pub(super) fn node(rubric: &Rubric, id: &str) -> String {
    rubric.node(id).map_or_else(|| id.to_owned(), |node| format!("{} ({})", node.label(), node.code))
}

/// "Deadlines (7.2.4): level", "Observation of 2025-10-14: notes", "Completed on".
fn label(evaluation: &Evaluation, way: &[Step]) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut section = "";
    for (number, step) in way.iter().enumerate() {
        match step {
            Step::Key(key) if number == 0 => {
                section = key;
                // A label below says more than the name of the section.
                if way.len() == 1 || !is_named_below(key) {
                    parts.push(in_words(key));
                }
            }
            Step::Key(key) if key == "ratings" => {}
            Step::Key(key) => parts.push(key_label(evaluation, section, key, parts.is_empty())),
            Step::Item(_, item) => parts.extend(item_label(evaluation, section, item, number)),
        }
    }
    parts.join(": ")
}

fn is_named_below(section: &str) -> bool {
    [
        "ratings", "narratives", "entered", "inputs", "service_data", "observations", "goals", "record", "responses",
        "supervision", "professional_development", "evaluators", "amendments",
    ]
    .contains(&section)
}

/// A key below a section: an id by its label, another one in words.
fn key_label(evaluation: &Evaluation, section: &str, key: &str, is_first: bool) -> String {
    let rubric = evaluation.rubric();
    let own = match section {
        "narratives" if is_first => rubric.narratives().iter().find(|one| one.id == key).map(|one| one.label.clone()),
        "service_data" => rubric.service_data().iter().find(|item| item.id == key).map(|item| item.label.clone()),
        "inputs" => evaluation.asking().and_then(|policy| Some(policy.inputs.get(policy.input(key)?)?.label.clone())),
        "entered" if is_first => evaluation.asking().and_then(|policy| policy.step(key)?.label.clone()),
        _ => None,
    };
    let is_node = matches!(section, "ratings" | "narratives" | "entered" | "not_assigned" | "observations");
    own.unwrap_or_else(|| match rubric.node(key) {
        Some(_) if is_node => node(rubric, key),
        _ if is_first => in_words(key),
        _ => key.replace('_', " "),
    })
}

/// An item of a list at the top, by what people know it by; further within, only its place tells.
fn item_label(evaluation: &Evaluation, section: &str, item: &Any, depth: usize) -> Option<String> {
    if depth != 1 {
        return None;
    }
    let of = |key| text(item, key).unwrap_or_default();
    let dated = |what: &str| match text(item, "date") {
        Some(date) => format!("{what} of {date}"),
        None => what.to_owned(),
    };
    let rubric = evaluation.rubric();
    Some(match section {
        "observations" => {
            dated(rubric.observations().and_then(|all| all.kind(of("kind"))).map_or("Observation", |kind| &kind.label))
        }
        "goals" => format!("Goal “{}”", of("statement")),
        "record" => dated(rubric.process().label(of("event"))),
        "responses" => dated("Response"),
        "supervision" => {
            let kinds = rubric.supervision().map(|asked| asked.kinds.as_slice()).unwrap_or_default();
            dated(kinds.iter().find(|kind| kind.id == of("kind")).map_or("Supervision", |kind| &kind.label))
        }
        "professional_development" => format!("Professional development “{}”", of("title")),
        "evaluators" => format!("Evaluator {}", of("name")),
        "amendments" => format!("Amendment of {}", of("on")),
        _ => return None,
    })
}

/// The value as people read it: a level by its label, an item of several values key by key.
fn said(evaluation: &Evaluation, way: &[Step], value: &Any) -> String {
    let is_level = keys(way).any(|key| key == "ratings") && keys(way).next_back() == Some("level");
    match value {
        Any::Text(text) if is_level => level(evaluation, text).to_owned(),
        Any::Null => String::new(),
        Any::Bool(true) => "yes".to_owned(),
        Any::Bool(false) => "no".to_owned(),
        Any::Number(text) | Any::Text(text) => text.clone(),
        Any::List(items) => {
            let items: Vec<String> = items.iter().map(|item| said(evaluation, way, item)).collect();
            if items.is_empty() { "none".to_owned() } else { items.join("; ") }
        }
        Any::Map(entries) => {
            let entries = entries.iter().map(|(key, value)| {
                let mut way = way.to_vec();
                way.push(Step::Key(key.clone()));
                format!("{}: {}", key.replace('_', " "), said(evaluation, &way, value))
            });
            entries.collect::<Vec<_>>().join(", ")
        }
    }
}

fn level<'a>(evaluation: &'a Evaluation, id: &'a str) -> &'a str {
    evaluation.rubric().levels().iter().find(|level| level.id == id).map_or(id, |level| level.label.as_str())
}
