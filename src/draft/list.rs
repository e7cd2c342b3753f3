//! How the items of a list are known again.

use crate::source::Value;

use super::canonical::canonical;

/// The keys by which the items of a list are known; none where an item is known by the whole. `None` for a list whose order
/// may mean something.
pub(super) fn known_by(list: &str) -> Option<&'static [&'static str]> {
    match list {
        "evaluators" | "observations" => Some(&["id"]),
        "goals" => Some(&["indicator", "statement"]),
        "supervision" => Some(&["date", "kind"]),
        "professional_development" => Some(&["date", "title"]),
        "assignments" => Some(&["school", "from", "to"]),
        "allow" => Some(&["code", "at"]),
        "orphaned" => Some(&["kind", "id"]),
        "responses" | "record" | "evidence" | "scope" | "practices" | "qualifications" | "activities" => Some(&[]),
        _ => None,
    }
}

/// A text that tells an item from others: the same for one that is spelled in another way.
pub(super) fn identity(item: &Value, keys: &[&str]) -> String {
    match item {
        Value::Map(_) if !keys.is_empty() => {
            let value = |key: &&str| canonical(item.get(key).unwrap_or(&Value::Null));
            keys.iter().map(value).collect::<Vec<_>>().join("\n")
        }
        item => canonical(item),
    }
}
