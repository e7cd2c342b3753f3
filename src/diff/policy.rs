//! Compares scoring policies: a change of a computation can give the same ratings another result.

use serde_json::Value;

use crate::rubric::Rubric;
use crate::source::flow_text;

use super::condition;

use super::{ChangeKind, Changes, Class};

/// Keys that compute nothing themselves.
const IDLE: [&str; 3] = ["label", "because", "ordered"];

impl Changes {
    pub(super) fn policy(&mut self, old: &Rubric, new: &Rubric) {
        if old.scoring_fingerprint() == new.scoring_fingerprint() {
            return;
        }
        let id = new.id();
        let (was, is) = (written(old), written(new));
        let whole = match (&was, &is) {
            (Value::Null, _) => Some(ChangeKind::Added),
            (_, Value::Null) => Some(ChangeKind::Removed),
            (Value::Object(_), Value::Object(_)) => return self.one(id, "", &was, &is),
            _ => None,
        };
        if let Some(kind) = whole {
            self.push(Class::Rescored, kind, "scoring", id, None, None);
            return;
        }
        let (before, after) = (named(&was), named(&is));
        let pairs = pairs_of_policies(&before, &after);
        for ((name, policy), pair) in after.iter().zip(&pairs) {
            match pair.and_then(|old| before.get(old)) {
                Some((_, old)) => self.one(name, &format!("{name}."), old, policy),
                None => {
                    self.push(Class::Rescored, ChangeKind::Added, "policy", name, None, Some(label_of(policy, name)));
                }
            }
        }
        for (number, (name, policy)) in before.iter().enumerate() {
            if !pairs.contains(&Some(number)) {
                self.push(Class::Rescored, ChangeKind::Removed, "policy", name, Some(label_of(policy, name)), None);
            }
        }
        // The first policy that fits an evaluation scores it.
        let in_both: Vec<usize> = pairs.iter().copied().flatten().collect();
        if !in_both.is_sorted() {
            let names = |numbers: &[usize]| {
                let names = numbers.iter().filter_map(|number| before.get(*number)).map(|(name, _)| name.as_str());
                names.collect::<Vec<_>>().join(", ")
            };
            let mut sorted = in_both.clone();
            sorted.sort_unstable();
            self.key(Class::Rescored, "scoring", id, "order", Some(&names(&sorted)), Some(&names(&in_both)));
        }
    }

    /// Two versions of one policy. `prefix` stands before the ids of steps and inputs.
    fn one(&mut self, id: &str, prefix: &str, was: &Value, is: &Value) {
        for key in ["for", "levels", "meets_at"] {
            self.part(Class::Rescored, "scoring", id, key, was, is);
        }
        for key in ["id", "label", "compensatory", "because"] {
            self.part(Class::None, "scoring", id, key, was, is);
        }
        let at = Place { class: Class::Rescored, what: "scoring", id, has_total: false };
        for key in ["points", "indicator_points"] {
            self.within(at, key, was.get(key), is.get(key));
        }
        for (key, what) in [("inputs", "input"), ("steps", "step")] {
            self.list(what, id, prefix, key, was, is);
        }
    }

    /// Inputs, or steps, by their ids.
    fn list(&mut self, what: &'static str, policy: &str, prefix: &str, key: &str, was: &Value, is: &Value) {
        let (before, after) = (items(was, key), items(is, key));
        let full = |item: &Value| format!("{prefix}{}", id(item));
        for item in &after {
            let Some(known) = before.iter().find(|known| id(known) == id(item)) else {
                self.push(Class::Rescored, ChangeKind::Added, what, &full(item), None, Some(label(item)));
                continue;
            };
            let empty = serde_json::Map::new();
            let keys = |item: &Value| item.as_object().unwrap_or(&empty).keys().cloned().collect::<Vec<_>>();
            let (mut all, old_keys) = (keys(item), keys(known));
            all.extend(old_keys.into_iter().filter(|key| item.get(key).is_none()));
            for key in all {
                let class = if IDLE.contains(&key.as_str()) { Class::None } else { Class::Rescored };
                match (known.get(&key), item.get(&key)) {
                    (Some(Value::Array(was)), Some(Value::Array(is))) if key == "one_of" => {
                        let is_ordered = item.get("ordered") == Some(&Value::Bool(true));
                        let of_order = if is_ordered { Class::Rescored } else { Class::None };
                        self.choices(Place { class, what, id: &full(item), has_total: false }, of_order, was, is);
                    }
                    (was, is) => {
                        let counts = |step: &Value| step.get("of").and_then(Value::as_str) == Some("indicators");
                        let has_total = key == "weights" && counts(known) && counts(item);
                        self.within(Place { class, what, id: &full(item), has_total }, &key, was, is);
                    }
                }
            }
        }
        for gone in before.iter().filter(|gone| !after.iter().any(|item| id(item) == id(gone))) {
            self.push(Class::Rescored, ChangeKind::Removed, what, &full(gone), Some(label(gone)), None);
        }
        let shared = |list: &[&Value], other: &[&Value]| {
            let both = list.iter().filter(|item| other.iter().any(|known| id(known) == id(item)));
            both.map(|item| id(item)).collect::<Vec<_>>().join(", ")
        };
        let (was, is) = (shared(&before, &after), shared(&after, &before));
        // The last step gives the summative rating; the order of inputs is that of a form.
        let class = if key == "steps" { Class::Rescored } else { Class::None };
        self.key(class, "scoring", policy, key, Some(&was), Some(&is));
    }

    fn part(&mut self, class: Class, what: &'static str, id: &str, key: &str, was: &Value, is: &Value) {
        self.within(Place { class, what, id, has_total: false }, key, was.get(key), is.get(key));
    }

    /// Reports the changes within a value: member by member, band by band, rule by rule, as they are bargained for.
    fn within(&mut self, at: Place<'_>, key: &str, was: Option<&Value>, is: Option<&Value>) {
        let given = |value: Option<&'_ Value>| value.filter(|value| !value.is_null()).cloned();
        let (was, is) = (given(was), given(is));
        let parts = was.as_ref().zip(is.as_ref()).and_then(|(was, is)| pairs(key, was, is));
        match parts {
            Some(parts) => {
                for (part, was, is) in parts {
                    let key = format!("{key}.{part}");
                    let is_total = at.has_total && key.ends_with(".total") && !was.or(is).is_some_and(Value::is_object);
                    let class = if is_total { Class::None } else { at.class };
                    self.within(Place { class, ..at }, &key, was, is);
                }
            }
            None => {
                let text = |value: &Option<Value>| value.as_ref().map(shown);
                self.key(at.class, at.what, at.id, key, text(&was).as_deref(), text(&is).as_deref());
            }
        }
    }
}

impl Changes {
    /// The choices of an input, by their ids: what people call one changes no result, nor does their order, unless
    /// conditions compare them.
    fn choices(&mut self, at: Place<'_>, of_order: Class, was: &[Value], is: &[Value]) {
        let named = |choice: &Value| {
            choice
                .as_str()
                .map_or_else(|| (id(choice).to_owned(), label(choice).to_owned()), |id| (id.to_owned(), id.to_owned()))
        };
        let (before, after): (Vec<_>, Vec<_>) = (was.iter().map(named).collect(), is.iter().map(named).collect());
        let find = |list: &[(String, String)], id: &str| {
            list.iter().find(|(known, _)| known == id).map(|(_, label)| label.clone())
        };
        let gone = before.iter().filter(|(id, _)| find(&after, id).is_none());
        for (id, _) in after.iter().chain(gone) {
            let (was, is) = (find(&before, id), find(&after, id));
            let class = if was.is_some() && is.is_some() { Class::None } else { at.class };
            self.key(class, at.what, at.id, &format!("one_of.{id}"), was.as_deref(), is.as_deref());
        }
        let shared = |list: &[(String, String)], other: &[(String, String)]| {
            let ids = list.iter().filter(|(id, _)| find(other, id).is_some());
            ids.map(|(id, _)| id.as_str()).collect::<Vec<_>>().join(", ")
        };
        let (was, is) = (shared(&before, &after), shared(&after, &before));
        self.key(of_order, at.what, at.id, "one_of", Some(&was), Some(&is));
    }
}

/// The place of a change, and its class.
#[derive(Clone, Copy)]
struct Place<'a> {
    class: Class,
    what: &'static str,
    id: &'a str,
    /// Whether it is the weights of indicators, of which `total` is only checked.
    has_total: bool,
}

/// A part of two values, by the name that both have for it.
type Pair<'v> = (String, Option<&'v Value>, Option<&'v Value>);

/// The parts of two values to compare one by one; `None` where the values are reported whole.
fn pairs<'v>(key: &str, was: &'v Value, is: &'v Value) -> Option<Vec<Pair<'v>>> {
    let last = key.rsplit('.').next().unwrap_or_default();
    match (was, is) {
        (Value::Object(was), Value::Object(is)) => {
            let given = |entries: &'v serde_json::Map<String, Value>| {
                entries.iter().filter(|(_, value)| !value.is_null()).map(|(key, _)| key).collect::<Vec<_>>()
            };
            let (before, after) = (given(was), given(is));
            let gone = before.iter().filter(|key| !after.contains(key));
            let all: Vec<&String> = after.iter().chain(gone).copied().collect();
            // Of a condition that is about something else, no part is the same.
            let are_alike = all.len() == before.len() && all.len() == after.len();
            let has_members = matches!(last, "weights" | "points" | "indicator_points")
                || ["bands.", "weights.", "indicator_points."].iter().any(|list| key.starts_with(list));
            let pairs = all.into_iter().map(|key| (key.clone(), was.get(key), is.get(key)));
            (are_alike || has_members).then(|| pairs.collect())
        }
        (Value::Array(was), Value::Array(is)) if last == "bands" => by_rating(was, is),
        (Value::Array(was), Value::Array(is)) if was.len() == is.len() && is.iter().all(Value::is_object) => {
            let pairs = was.iter().zip(is).zip(1..);
            Some(pairs.map(|((was, is), number)| (number.to_string(), Some(was), Some(is))).collect())
        }
        _ => None,
    }
}

/// Bands by their ratings, where each has one of its own.
fn by_rating<'v>(was: &'v [Value], is: &'v [Value]) -> Option<Vec<Pair<'v>>> {
    fn rating(band: &Value) -> Option<&str> {
        band.get("rating").and_then(Value::as_str)
    }
    let find = |list: &'v [Value], wanted: &str| list.iter().find(|band| rating(band) == Some(wanted));
    let mut all: Vec<&str> = Vec::new();
    for list in [is, was] {
        let ratings: Vec<&str> = list.iter().map(rating).collect::<Option<_>>()?;
        let count = |wanted: &str| ratings.iter().filter(|rating| **rating == wanted).count();
        if ratings.iter().any(|rating| count(rating) > 1) {
            return None;
        }
        all.extend(ratings.into_iter().filter(|rating| !all.contains(rating)).collect::<Vec<_>>());
    }
    Some(all.into_iter().map(|rating| (rating.to_owned(), find(was, rating), find(is, rating))).collect())
}

/// The policy as it is written.
fn written(rubric: &Rubric) -> Value {
    let scoring = rubric.0.written.scoring.as_ref().filter(|_| !rubric.0.policies.is_empty());
    serde_json::to_value(scoring).unwrap_or_default()
}

/// Each policy with its name: its id, or its number where it has none.
fn named(written: &Value) -> Vec<(String, Value)> {
    let list = match written {
        Value::Array(list) => list.clone(),
        one => vec![one.clone()],
    };
    let name = |(number, policy): (usize, Value)| match id(&policy) {
        "" => (format!("policy {}", number.saturating_add(1)), policy),
        id => (id.to_owned(), policy),
    };
    list.into_iter().enumerate().map(name).collect()
}

/// For each policy that is, the number of the one that it was: of the same id, else without an id and for the same
/// evaluations.
fn pairs_of_policies(before: &[(String, Value)], after: &[(String, Value)]) -> Vec<Option<usize>> {
    let mut taken = Vec::new();
    let mut pairs = Vec::new();
    for (_, policy) in after {
        let is_free = |number: &usize| !taken.contains(number);
        let same_id = |old: &Value| !id(policy).is_empty() && id(old) == id(policy);
        let same_for =
            |old: &Value| (id(old).is_empty() || id(policy).is_empty()) && old.get("for") == policy.get("for");
        let find = |is: &dyn Fn(&Value) -> bool| {
            let mut found = before.iter().enumerate().filter(|(_, (_, old))| is(old)).map(|(number, _)| number);
            found.find(is_free)
        };
        let pair = find(&same_id).or_else(|| find(&same_for));
        taken.extend(pair);
        pairs.push(pair);
    }
    pairs
}

/// The name of a policy for people.
fn label_of<'v>(policy: &'v Value, name: &'v str) -> &'v str {
    policy.get("label").and_then(Value::as_str).unwrap_or(name)
}

fn items<'v>(policy: &'v Value, key: &str) -> Vec<&'v Value> {
    policy.get(key).and_then(Value::as_array).map(|items| items.iter().collect()).unwrap_or_default()
}

fn id(item: &Value) -> &str {
    item.get("id").and_then(Value::as_str).unwrap_or_default()
}

fn label(item: &Value) -> &str {
    item.get("label").and_then(Value::as_str).unwrap_or_else(|| id(item))
}

/// The order in which an author writes the keys of a policy; a map of JSON has lost it.
const ORDER: &[&str] = &[
    "id", "label", "add", "per", "flag", "places", "mode", "from", "to", "count", "share", "score", "input", "known",
    "rating", "subject", "rated", "rated_at_least", "rated_below", "is", "at_least", "at_most", "more_than",
    "less_than", "below", "rows", "columns", "cells", "when", "because",
];

/// A text unchanged; a list or mapping on one line, as an author writes it: `{ from: 1.5, rating: effective }`.
fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => condition::in_words(other).unwrap_or_else(|| flow(other)),
    }
}

/// A value as YAML on one line. Keys without a value are left out.
fn flow(value: &Value) -> String {
    match value {
        Value::String(text) => flow_text(text),
        Value::Array(items) => format!("[{}]", items.iter().map(flow).collect::<Vec<_>>().join(", ")),
        Value::Object(entries) => {
            let mut given: Vec<(&String, &Value)> = entries.iter().filter(|(_, value)| !value.is_null()).collect();
            given.sort_by_key(|(key, _)| ORDER.iter().position(|known| known == key).unwrap_or(ORDER.len()));
            let given = given.into_iter().map(|(key, value)| match condition::in_words(value) {
                Some(words) if key == "when" => format!("when {words}"),
                _ => format!("{}: {}", flow_text(key), flow(value)),
            });
            format!("{{ {} }}", given.collect::<Vec<_>>().join(", "))
        }
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests;
