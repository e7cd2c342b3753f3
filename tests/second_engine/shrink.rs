//! The least pair of documents that still shows a difference between the engines.

use serde_json::Value;

/// Leaves out every part of a rubric and of an evaluation whose absence keeps the difference, until none is left.
pub fn shrunk(rubric: &Value, evaluation: &Value, differ: impl Fn(&Value, &Value) -> bool) -> (Value, Value) {
    let mut pair = Value::Array(vec![rubric.clone(), evaluation.clone()]);
    while let Some(smaller) = without_one(&pair, &differ) {
        pair = smaller;
    }
    (pair[0].take(), pair[1].take())
}

/// The pair without its first part that is not needed.
fn without_one(pair: &Value, differ: &impl Fn(&Value, &Value) -> bool) -> Option<Value> {
    let mut places = Vec::new();
    parts(pair, String::new(), &mut places);
    places.into_iter().find_map(|place| {
        let (holder, part) = place.rsplit_once('/')?;
        let mut smaller = pair.clone();
        match smaller.pointer_mut(holder)? {
            Value::Array(items) if !holder.is_empty() => _ = items.remove(part.parse().ok()?),
            Value::Object(entries) => _ = entries.remove(part)?,
            _ => return None,
        }
        differ(&smaller[0], &smaller[1]).then_some(smaller)
    })
}

/// The places of all parts, the largest parts first.
fn parts(value: &Value, at: String, places: &mut Vec<String>) {
    let children: Vec<(String, &Value)> = match value {
        Value::Array(items) => {
            items.iter().enumerate().map(|(number, item)| (format!("{at}/{number}"), item)).collect()
        }
        Value::Object(entries) => entries.iter().map(|(key, value)| (format!("{at}/{key}"), value)).collect(),
        _ => return,
    };
    places.extend(children.iter().map(|(place, _)| place.clone()));
    for (place, child) in children {
        parts(child, place, places);
    }
}
