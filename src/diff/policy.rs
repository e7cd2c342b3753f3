//! What changed in the scoring policy: every change of what is computed gives the same ratings another result.

use serde_json::Value;

use crate::rubric::Rubric;

use super::{Changes, Class, Kind};

/// Keys that are printed and compute nothing.
const PRINTED: [&str; 2] = ["label", "because"];

impl Changes {
    pub(super) fn policy(&mut self, old: &Rubric, new: &Rubric) {
        if old.scoring_fingerprint() == new.scoring_fingerprint() {
            return;
        }
        let id = new.id();
        let (was, is) = (written(old), written(new));
        match (&was, &is) {
            (Value::Null, _) => return self.push(Class::Rescored, Kind::Added, "scoring", id, None, None),
            (_, Value::Null) => return self.push(Class::Rescored, Kind::Removed, "scoring", id, None, None),
            _ => {}
        }
        for key in ["for", "levels", "meets_at"] {
            self.part(Class::Rescored, "scoring", id, key, &was, &is);
        }
        self.points(id, &was, &is);
        for (key, what) in [("inputs", "input"), ("steps", "step")] {
            self.list(what, id, key, &was, &is);
        }
    }

    /// Level by level: that is what is bargained for.
    fn points(&mut self, id: &str, was: &Value, is: &Value) {
        let points = |policy: &Value| policy.get("points").and_then(Value::as_object).cloned().unwrap_or_default();
        let (before, after) = (points(was), points(is));
        for level in after.keys().chain(before.keys().filter(|level| !after.contains_key(*level))) {
            let text = |points: &serde_json::Map<String, Value>| points.get(level).map(shown);
            let (before, after) = (text(&before), text(&after));
            self.key(Class::Rescored, "scoring", id, &format!("points.{level}"), before.as_deref(), after.as_deref());
        }
    }

    /// Inputs, or steps, by their ids.
    fn list(&mut self, what: &'static str, rubric: &str, key: &str, was: &Value, is: &Value) {
        let (before, after) = (items(was, key), items(is, key));
        for item in &after {
            let Some(known) = before.iter().find(|known| id(known) == id(item)) else {
                self.push(Class::Rescored, Kind::Added, what, id(item), None, Some(label(item)));
                continue;
            };
            let empty = serde_json::Map::new();
            let keys = |item: &Value| item.as_object().unwrap_or(&empty).keys().cloned().collect::<Vec<_>>();
            let (mut all, old_keys) = (keys(item), keys(known));
            all.extend(old_keys.into_iter().filter(|key| item.get(key).is_none()));
            for key in all {
                let class = if PRINTED.contains(&key.as_str()) { Class::None } else { Class::Rescored };
                self.part(class, what, id(item), &key, known, item);
            }
        }
        for gone in before.iter().filter(|gone| !after.iter().any(|item| id(item) == id(gone))) {
            self.push(Class::Rescored, Kind::Removed, what, id(gone), Some(label(gone)), None);
        }
        let shared = |list: &[&Value], other: &[&Value]| {
            let both = list.iter().filter(|item| other.iter().any(|known| id(known) == id(item)));
            both.map(|item| id(item)).collect::<Vec<_>>().join(", ")
        };
        let (was, is) = (shared(&before, &after), shared(&after, &before));
        // The last step gives the summative rating; the order of inputs is that of a form.
        let class = if key == "steps" { Class::Rescored } else { Class::None };
        self.key(class, "scoring", rubric, key, Some(&was), Some(&is));
    }

    fn part(&mut self, class: Class, what: &'static str, id: &str, key: &str, was: &Value, is: &Value) {
        let text = |of: &Value| of.get(key).filter(|value| !value.is_null()).map(shown);
        self.key(class, what, id, key, text(was).as_deref(), text(is).as_deref());
    }
}

/// The policy as it is written.
fn written(rubric: &Rubric) -> Value {
    let scoring = rubric.0.policy.as_ref().and(rubric.0.written.scoring.as_ref());
    serde_json::to_value(scoring).unwrap_or_default()
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

/// A word or number as it is, and what has parts as JSON, without the keys that are not given.
fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => without_null(other).to_string(),
    }
}

fn without_null(value: &Value) -> Value {
    match value {
        Value::Object(entries) => {
            let given = entries.iter().filter(|(_, value)| !value.is_null());
            Value::Object(given.map(|(key, value)| (key.clone(), without_null(value))).collect())
        }
        Value::Array(items) => items.iter().map(without_null).collect(),
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use crate::diff::{Class, compare};
    use crate::library::Library;
    use crate::rubric::Rubric;

    const RUBRIC: &str = "
id: r
version: 1.0.0
title: R
domains: [{ id: a, title: A, indicators: [{ id: a1, statement: One. }] }]
";
    const POLICY: &str = "scoring:
  points: { has_not_met: 1, has_met: 2, exceeds_expectations: 3 }
  inputs: [{ id: growth, label: Growth, from: 0, to: 4 }]
  steps:
    - { id: practice, of: indicators, take: mean, because: Section 1 }
    - { id: summative, of: [practice, growth], take: mean, weights: { practice: 80, growth: 20 } }
";

    fn changes(old: &str, new: &str) -> Vec<String> {
        let rubric = |policy: &str| {
            let text = format!("{RUBRIC}{policy}");
            Rubric::parse("r.yaml", &text, &Library::empty()).unwrap_or_else(|found| panic!("{found}"))
        };
        let difference = compare(&rubric(old), &rubric(new));
        let line = |change: &crate::diff::Change| {
            let text = |text: &Option<String>| text.clone().unwrap_or_default();
            let key = text(&change.key);
            format!(
                "{} {} {} {key}: {} -> {}",
                change.class,
                change.what,
                change.id,
                text(&change.old),
                text(&change.new)
            )
        };
        difference.changes.iter().map(line).collect()
    }

    fn edited(from: &str, to: &str) -> Vec<String> {
        assert!(POLICY.contains(from));
        changes(POLICY, &POLICY.replace(from, to))
    }

    #[test]
    fn a_change_of_what_is_computed_is_another_result() {
        assert_eq!(edited("has_met: 2", "has_met: 2.5"), ["rescored scoring r points.has_met: 2 -> 2.5"]);
        assert_eq!(
            edited("take: mean, because", "take: median, because"),
            ["rescored step practice take: mean -> median"]
        );
        assert_eq!(
            edited("practice: 80, growth: 20", "practice: 70, growth: 30"),
            [r#"rescored step summative weights: {"growth":20,"practice":80} -> {"growth":30,"practice":70}"#]
        );
        assert_eq!(edited("to: 4", "to: 5"), ["rescored input growth to: 4 -> 5"]);
        assert_eq!(
            edited("    - { id: summative", "    - { id: extra, of: [practice], take: mean }\n    - { id: summative"),
            ["rescored step extra :  -> extra"]
        );
    }

    #[test]
    fn what_is_printed_changes_no_result_and_neither_does_the_way_of_writing() {
        assert_eq!(edited("Section 1", "Section 2"), ["none step practice because: Section 1 -> Section 2"]);
        assert_eq!(edited("has_not_met: 1, has_met: 2", "has_met: 2.0, has_not_met: 1"), [""; 0]);
    }

    #[test]
    fn a_policy_that_comes_or_goes_is_one_change() {
        assert_eq!(changes("", POLICY), ["rescored scoring r :  -> "]);
        assert_eq!(changes(POLICY, ""), ["rescored scoring r :  -> "]);
        assert_eq!(Class::Rescored.as_str(), "rescored");
    }
}
