//! Changes of scoring policies.

use crate::diff::{Class, compare};
#[cfg(test)]
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
    let line = |change: &crate::diff::RubricChange| {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let key = text(&change.key);
        format!("{} {} {} {key}: {} -> {}", change.class, change.what, change.id, text(&change.old), text(&change.new))
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
    assert_eq!(edited("take: mean, because", "take: median, because"), ["rescored step practice take: mean -> median"]);
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
    let bands = |list: &str| POLICY.replace("take: mean, weights", &format!("take: mean, bands: [{list}], weights"));
    let old = bands("{ from: 0, rating: has_not_met }, { from: 2.5, rating: has_met }");
    let raised = bands("{ from: 0, rating: has_not_met }, { from: 2.6, to: 4, rating: has_met }");
    assert_eq!(
        changes(&old, &raised),
        ["rescored step summative bands.has_met.from: 2.5 -> 2.6", "rescored step summative bands.has_met.to:  -> 4",]
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
            &format!("take: mean, rules: [{{ rating: has_met, when: {when} }}, {{ rating: has_not_met }}], weights"),
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
fn printed_texts_and_the_style_of_writing_change_no_result() {
    assert_eq!(edited("Section 1", "Section 2"), ["none step practice because: Section 1 -> Section 2"]);
    assert_eq!(edited("has_not_met: 1, has_met: 2", "has_met: 2.0, has_not_met: 1"), [""; 0]);
}

#[test]
fn a_policy_that_comes_or_goes_is_one_change() {
    assert_eq!(changes("", POLICY), ["rescored scoring r :  -> "]);
    assert_eq!(changes(POLICY, ""), ["rescored scoring r :  -> "]);
    assert_eq!(Class::Rescored.as_str(), "rescored");
}

#[test]
fn the_total_of_weights_is_checked_and_changes_no_result() {
    let of = |weights: &str| {
        POLICY.replace("of: indicators, take: mean", &format!("of: indicators, take: mean, weights: {weights}"))
    };
    let (with, without) = (of("{ others: 1, total: 1 }"), of("{ others: 1 }"));
    assert_eq!(changes(&with, &without), ["none step practice weights.total: 1 -> "]);
    let weighed = POLICY.replace("practice", "total");
    let other = weighed.replace("total: 80, growth: 20", "total: 70, growth: 30");
    let told = ["rescored step summative weights.growth: 20 -> 30", "rescored step summative weights.total: 80 -> 70"];
    assert_eq!(changes(&weighed, &other), told, "a step may be called so");
}

#[test]
fn points_of_an_indicator_are_told_level_by_level() {
    let of = |points: &str| POLICY.replace("  points:", &format!("  indicator_points: {{ a1: {points} }}\n  points:"));
    assert_eq!(
        changes(&of("{ has_met: 2.5 }"), &of("{ has_met: 5, exceeds_expectations: 9 }")),
        [
            "rescored scoring r indicator_points.a1.exceeds_expectations:  -> 9",
            "rescored scoring r indicator_points.a1.has_met: 2.5 -> 5",
        ]
    );
}
