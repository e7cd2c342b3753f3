//! Conditions of a policy in words, as they are written.

use serde_json::{Map, Value};

/// A condition in words: "the count of `indicators` rated `has_met` is at least 1". `None` for what is no condition, or has a key
/// that stands for no words here.
pub(super) fn in_words(condition: &Value) -> Option<String> {
    let entries = condition.as_object()?;
    let given = |key: &str| entries.get(key).filter(|value| !value.is_null());
    for (key, word) in [("all", " and "), ("any", " or ")] {
        if let Some(parts) = given(key) {
            let parts = parts.as_array()?.iter().map(|part| {
                let words = in_words(part)?;
                let is_group = ["all", "any"].iter().any(|key| part.get(key).is_some_and(|part| !part.is_null()));
                Some(if is_group { format!("({words})") } else { words })
            });
            return Some(parts.collect::<Option<Vec<_>>>()?.join(word));
        }
    }
    if let Some(part) = given("not") {
        return Some(format!("not ({})", in_words(part)?));
    }
    if let Some(known) = given("known") {
        return Some(format!("{}{} is known", name(known)?, of_subject(entries)));
    }
    let measured = [("count", "the count of "), ("share", "the share of ")];
    let sets = measured.iter().find_map(|(key, words)| Some((given(key)?, *words)));
    let (about, bound) = match sets {
        Some((set, words)) => {
            let rated = [("rated", "rated "), ("rated_at_least", "rated at least "), ("rated_below", "rated below ")];
            let rated = rated.iter().find_map(|(key, words)| Some(format!(" {words}{}", name(given(key)?)?)));
            (format!("{words}{}{}", name(set)?, rated.unwrap_or_default()), compared(entries)?)
        }
        None => {
            let score = given("score").and_then(name).map(|name| format!("the score of {name}"));
            let rating = ["rating", "input"].iter().find_map(|key| name(given(key)?));
            (format!("{}{}", score.or(rating)?, of_subject(entries)), compared(entries)?)
        }
    };
    Some(format!("{about} is {bound}"))
}

fn of_subject(entries: &Map<String, Value>) -> String {
    let subject = entries.get("subject").and_then(Value::as_str);
    subject.map(|subject| format!(" of `{subject}`")).unwrap_or_default()
}

/// The comparison in words: "at least 1", "`has_met`".
fn compared(entries: &Map<String, Value>) -> Option<String> {
    let keys = [
        ("is", ""),
        ("at_least", "at least "),
        ("at_most", "at most "),
        ("more_than", "more than "),
        ("less_than", "less than "),
        ("below", "below "),
    ];
    let bounds = keys.iter().filter_map(|(key, words)| {
        let value = entries.get(*key).filter(|value| !value.is_null())?;
        Some(format!("{words}{}", name(value).unwrap_or_else(|| value.to_string())))
    });
    let bounds: Vec<String> = bounds.collect();
    (!bounds.is_empty()).then(|| bounds.join(" and "))
}

/// An id, or several of which one is meant.
fn name(value: &Value) -> Option<String> {
    match value {
        Value::String(id) => Some(format!("`{id}`")),
        Value::Array(ids) => Some(ids.iter().map(name).collect::<Option<Vec<_>>>()?.join(" or ")),
        _ => None,
    }
}
