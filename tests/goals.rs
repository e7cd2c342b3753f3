//! Goals: which ratings call for one, how many are proposed, and that each says something.

#![allow(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

use appraise::{Evaluation, Goals, Library, Rubric};

/// Two domains of two indicators.
const RUBRIC: &str = "id: r\nversion: 1.0.0\ntitle: R\ndomains:\n\
    - { id: a, title: A, indicators: [{ id: a1, statement: One. }, { id: a2, statement: Two. }] }\n\
    - { id: b, title: B, indicators: [{ id: b1, statement: Three. }, { id: b2, statement: Four. }] }\n";

/// The goals by templates, of an evaluation.
fn goals(templates: &str, evaluation: &str) -> Goals {
    let rubric = format!("{RUBRIC}{templates}");
    let rubric = Rubric::parse("r.yaml", &rubric, &Library::empty()).unwrap_or_else(|found| panic!("{found}"));
    let text = format!(
        "rubric: {{ id: r }}\nemployee: {{ id: E-1, name: Ann }}\nevaluators: [{{ id: E-2, name: Bo }}]\n\
         period: {{ from: 2025-08-25, to: 2026-06-12 }}\n{evaluation}"
    );
    Evaluation::parse("e.yaml", &text, &rubric).unwrap_or_else(|found| panic!("{found}")).score().goals()
}

fn indicators(goals: &Goals) -> Vec<&str> {
    goals.goals.iter().map(|goal| goal.indicator.as_str()).collect()
}

#[test]
fn a_result_calls_only_to_what_it_rests_on_through_whatever_steps() {
    let when = |steps: &str, step: &str| {
        format!(
            "goals: {{ templates: [{{ id: g, when: {{ rating: {step}, is: has_not_met }}, statement: x }}], limit: 9 }}\n\
             scoring:\n  points: {{ has_not_met: 1, has_met: 2, exceeds_expectations: 3 }}\n  steps:\n{steps}"
        )
    };
    let bands = "bands: [{ from: 1, rating: has_not_met }, { from: 1.9, rating: has_met }]";
    let ratings = "ratings: { a1: has_not_met, a2: has_not_met, b1: has_not_met, b2: has_not_met }";
    let part = format!(
        "    - {{ id: m, of: indicators, take: mean, under: [a] }}\n    - {{ id: s, of: [m], take: mean, {bands} }}\n"
    );
    assert_eq!(indicators(&goals(&when(&part, "s"), ratings)), ["a1", "a2"]);
    // Through the results of the domains that it looks at, and by a rule that names one indicator.
    let domains = format!(
        "    - {{ id: d, each: domain, of: indicators, take: mean }}\n    - {{ id: s, of: d, under: [b], take: mean, {bands} }}\n\
         \x20   - {{ id: t, rules: [{{ rating: has_not_met, when: {{ rating: a2, is: has_not_met }} }}, {{ rating: has_met }}] }}\n"
    );
    assert_eq!(indicators(&goals(&when(&domains, "s"), ratings)), ["b1", "b2"]);
    assert_eq!(indicators(&goals(&when(&domains, "t"), ratings)), ["a2"]);
}

#[test]
fn proposed_goals_that_an_evaluation_carries_are_among_those_proposed_at_once() {
    let templates = "goals: { limit: 2, templates: [{ id: g, when: has_not_met, statement: x }] }\n";
    let ratings = "ratings: { a1: has_not_met, a2: has_not_met, b1: has_not_met, b2: has_not_met }\n";
    let carried = |status: &str| {
        goals(templates, &format!("{ratings}goals: [{{ indicator: a1, statement: x, status: {status} }}]\n"))
    };
    assert_eq!((indicators(&carried("proposed")), carried("proposed").more), (vec!["a2"], 2));
    assert_eq!((indicators(&carried("agreed")), carried("agreed").more), (vec!["a2", "b1"], 1));
}

#[test]
fn a_text_that_comes_to_nothing_is_not_printed() {
    let templates = "goals: { templates: [{ id: g, when: has_not_met, statement: '{{ rating.comment }}', \
                     measure: ' {{ rating.comment }} ', activities: ['{{ competency.title }}', Read.] }] }\n";
    let goal = |ratings: &str| goals(templates, ratings).goals.remove(0);
    let without = goal("ratings: { a1: has_not_met }");
    assert_eq!(
        (without.statement.as_str(), without.measure, without.activities),
        ("One.", None, vec!["Read.".to_owned()])
    );
    let with = goal("ratings: { a1: { level: has_not_met, comment: Plans. } }");
    assert_eq!((with.statement.as_str(), with.measure.as_deref()), ("Plans.", Some(" Plans. ")));
}
