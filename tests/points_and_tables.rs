//! Deductions by number, look-up tables, and points and weights of indicators: what a result comes to, and its reasons.

#![allow(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

use appraise::{Evaluation, Library, Outcome, Rubric, Scorecard};

const RUBRIC: &str = "
id: r
version: 1.0.0
title: R
domains:
  - { id: practice, title: Practice, indicators: [{ id: plans, statement: P. }, { id: counsels, statement: C. }, { id: listens, statement: L. }] }
  - { id: program, title: Program, indicators: [{ id: budget, statement: B. }, { id: space, statement: S. }] }
";

fn rubric(policy: &str) -> Rubric {
    let rubric = Rubric::parse("r.yaml", RUBRIC, &Library::empty()).unwrap();
    rubric.with_policy("policy.yaml", policy).ok().unwrap_or_else(|findings| panic!("{findings}"))
}

fn scored(policy: &str, more: &str) -> Scorecard {
    let text = format!(
        "rubric: {{ id: r }}\nemployee: {{ id: E-1, name: Ann }}\nevaluators: [{{ id: E-2, name: Bo }}]\n\
         period: {{ from: 2025-08-25, to: 2026-06-12 }}\n{more}"
    );
    Evaluation::parse("e.yaml", &text, &rubric(policy)).unwrap_or_else(|found| panic!("{found}")).score()
}

fn lines(outcome: &Outcome) -> Vec<String> {
    outcome.reasons().iter().map(ToString::to_string).collect()
}

const ALL_MET: &str =
    "ratings: { plans: has_met, counsels: has_met, listens: has_met, budget: has_met, space: has_met }\n";

#[test]
fn a_deduction_counts_as_often_as_an_input_says() {
    let policy = "
points: { has_not_met: 1, has_met: 2, exceeds_expectations: 3 }
inputs: [{ id: infractions, label: Infractions, from: 0, to: 10, places: 0 }]
steps:
  - { id: total, of: indicators, take: mean, rescale: { from: [1, 3], to: [100, 300] }, adjust: [{ add: -10, per: infractions }] }
";
    let total = |infractions: &str| {
        let scorecard = scored(policy, &format!("{ALL_MET}inputs: {{ {infractions} }}\n"));
        let outcome = scorecard.summative().unwrap();
        (outcome.score.as_ref().map(ToString::to_string), lines(outcome).pop().unwrap())
    };
    let says = |times: &str, after: &str| format!("adjusted by {times} × -10 (Infractions): 200 becomes {after}");
    assert_eq!(total("infractions: 3"), (Some("170".to_owned()), says("3", "170")));
    assert_eq!(total("infractions: 0"), (Some("200".to_owned()), says("0", "200")));
    assert_eq!(total(""), (None, "blocked: Infractions is not given".to_owned()), "a missing number is not 0");
}
