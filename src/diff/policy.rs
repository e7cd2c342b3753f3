//! Compares scoring policies: a change of a computation can give the same ratings another result.

use serde_json::Value;

use crate::rubric::Rubric;
use crate::source::flow_text;

use super::condition;

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
        for key in ["compensatory", "because"] {
            self.part(Class::None, "scoring", id, key, &was, &is);
        }
        let at = Place { class: Class::Rescored, what: "scoring", id };
        self.within(at, "points", was.get("points"), is.get("points"));
        for (key, what) in [("inputs", "input"), ("steps", "step")] {
            self.list(what, id, key, &was, &is);
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
        self.within(Place { class, what, id }, key, was.get(key), is.get(key));
    }

    /// Reports the changes within a value: member by member, band by band, rule by rule, as they are bargained for.
    fn within(&mut self, at: Place<'_>, key: &str, was: Option<&Value>, is: Option<&Value>) {
        let given = |value: Option<&'_ Value>| value.filter(|value| !value.is_null()).cloned();
        let (was, is) = (given(was), given(is));
        if let (true, Some(Value::Array(was)), Some(Value::Array(is))) = (key == "one_of", &was, &is) {
            return self.choices(at, was, is);
        }
        let parts = was.as_ref().zip(is.as_ref()).and_then(|(was, is)| pairs(key, was, is));
        match parts {
            Some(parts) => {
                for (part, was, is) in parts {
                    self.within(at, &format!("{key}.{part}"), was, is);
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
    /// The choices of an input, by their ids: what people call one changes no result.
    fn choices(&mut self, at: Place<'_>, was: &[Value], is: &[Value]) {
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
        self.key(Class::None, at.what, at.id, "one_of", Some(&was), Some(&is));
    }
}

/// The place of a change, and its class.
#[derive(Clone, Copy)]
struct Place<'a> {
    class: Class,
    what: &'static str,
    id: &'a str,
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
            let has_members = matches!(last, "weights" | "points") || key.starts_with("bands.");
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

/// The order in which an author writes the keys of a policy; a map of JSON has lost it.
const ORDER: &[&str] = &[
    "id",
    "label",
    "add",
    "flag",
    "places",
    "mode",
    "from",
    "to",
    "count",
    "share",
    "score",
    "input",
    "known",
    "rating",
    "subject",
    "rated",
    "rated_at_least",
    "rated_below",
    "is",
    "at_least",
    "at_most",
    "more_than",
    "less_than",
    "below",
    "rows",
    "columns",
    "cells",
    "when",
    "because",
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
            ["rescored step summative weights.growth: 20 -> 30", "rescored step summative weights.practice: 80 -> 70",]
        );
        assert_eq!(edited("to: 4", "to: 5"), ["rescored input growth to: 4 -> 5"]);
        assert_eq!(
            edited("    - { id: summative", "    - { id: extra, of: [practice], take: mean }\n    - { id: summative"),
            ["rescored step extra :  -> extra"]
        );
    }

    #[test]
    fn bands_and_rules_are_told_one_by_one_as_an_author_writes_them() {
        let bands =
            |list: &str| POLICY.replace("take: mean, weights", &format!("take: mean, bands: [{list}], weights"));
        let old = bands("{ from: 0, rating: has_not_met }, { from: 2.5, rating: has_met }");
        let raised = bands("{ from: 0, rating: has_not_met }, { from: 2.6, to: 4, rating: has_met }");
        assert_eq!(
            changes(&old, &raised),
            [
                "rescored step summative bands.has_met.from: 2.5 -> 2.6",
                "rescored step summative bands.has_met.to:  -> 4",
            ]
        );
        let more = bands(
            "{ from: 0, rating: has_not_met }, { from: 2.5, rating: has_met }, { from: 3, rating: exceeds_expectations }",
        );
        assert_eq!(
            changes(&old, &more),
            ["rescored step summative bands.exceeds_expectations:  -> { from: 3, rating: exceeds_expectations }"]
        );
        let rules = |when: &str| {
            POLICY.replace(
                "take: mean, weights",
                &format!(
                    "take: mean, rules: [{{ rating: has_met, when: {when} }}, {{ rating: has_not_met }}], weights"
                ),
            )
        };
        let old = rules("{ count: indicators, rated: [has_met], at_least: 1 }");
        let other = rules("{ count: indicators, rated: [has_met], at_least: 2 }");
        assert_eq!(changes(&old, &other), ["rescored step summative rules.1.when.at_least: 1 -> 2"]);
        let other = rules("{ rating: a1, is: has_met }");
        assert_eq!(
            changes(&old, &other),
            [
                "rescored step summative rules.1.when: the count of `indicators` rated `has_met` is at least 1 -> `a1` is `has_met`"
            ]
        );
    }

    #[test]
    fn a_choice_is_told_by_its_id_and_label_and_a_label_changes_no_result() {
        let of = |choices: &str| {
            POLICY.replace(
                "from: 0, to: 4 }]",
                &format!("from: 0, to: 4 }}, {{ id: stage, label: Stage, one_of: [{choices}] }}]"),
            )
        };
        let old = of("{ id: novice, label: Novice teacher }, { id: expert, label: Expert }");
        for (new, expected) in [
            (
                "{ id: novice, label: New teacher }, { id: expert, label: Expert }",
                &["none input stage one_of.novice: Novice teacher -> New teacher"][..],
            ),
            (
                "{ id: novice, label: Novice teacher }, { id: master, label: Master teacher }",
                &[
                    "rescored input stage one_of.master:  -> Master teacher",
                    "rescored input stage one_of.expert: Expert -> ",
                ],
            ),
            (
                "{ id: expert, label: Expert }, { id: novice, label: Novice teacher }",
                &["none input stage one_of: novice, expert -> expert, novice"],
            ),
        ] {
            assert_eq!(changes(&old, &of(new)), expected, "{new}");
        }
        assert_eq!(changes(&of("novice, expert"), &of("{ id: novice, label: novice }, expert")), [""; 0]);
    }

    #[test]
    fn conditions_are_told_in_words() {
        let of = |when: &str| {
            let flags = format!("take: mean, flags: [{{ flag: low, when: {when} }}], weights");
            POLICY.replace("take: mean, weights", &flags)
        };
        let old = of("{ rating: a1, is: has_met }");
        for (when, words) in [
            (
                "{ share: indicators, rated_at_least: has_met, less_than: 50 }",
                "the share of `indicators` rated at least `has_met` is less than 50",
            ),
            ("{ score: growth, at_least: 1 }", "the score of `growth` is at least 1"),
            ("{ not: { known: growth } }", "not (`growth` is known)"),
            (
                "{ all: [{ rating: a1, at_least: has_met }, { any: [{ score: growth, below: 1 }, { known: a1 }] }] }",
                "`a1` is at least `has_met` and (the score of `growth` is below 1 or `a1` is known)",
            ),
            (
                "{ count: indicators, rated: [has_met, has_not_met], at_most: 1 }",
                "the count of `indicators` rated `has_met` or `has_not_met` is at most 1",
            ),
        ] {
            let expected = format!("rescored step summative flags.1.when: `a1` is `has_met` -> {words}");
            assert_eq!(changes(&old, &of(when)), [expected], "{when}");
        }
        let more = POLICY.replace(
            "take: mean, weights",
            "take: mean, flags: [{ flag: low, when: { score: growth, below: 1 } }], weights",
        );
        assert_eq!(
            changes(POLICY, &more),
            ["rescored step summative flags:  -> [{ flag: low, when the score of `growth` is below 1 }]"]
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
