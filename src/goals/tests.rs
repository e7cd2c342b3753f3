//! Tests of the proposed goals.

use super::*;
use crate::library::Library;
use crate::rubric::{KNOWN_PLACEHOLDERS, Rubric};

fn scorecard(rubric: &str, ratings: &str) -> Scorecard {
    let rubric = Rubric::parse("rubric.yaml", rubric, &Library::empty()).unwrap();
    let text = format!(
        "rubric: {{ id: r }}\nemployee: {{ id: E-1, name: Ann, title: Counselor }}\nevaluators: [{{ id: E-2, name: Bo }}]\n\
             period: {{ from: 2025-08-25, to: 2026-06-12 }}\n{ratings}"
    );
    Evaluation::parse("evaluation.yaml", &text, &rubric).unwrap().score()
}

const RUBRIC: &str = "
id: r
version: 1.0.0
title: R
domains:
  - id: a
    title: A
    indicators: [{ id: a1, statement: One. }, { id: a2, statement: Two. }, { id: a3, statement: Three., critical: true }]
  - id: b
    title: B
    indicators: [{ id: b1, statement: Four. }]
";

fn indicators(goals: &Goals) -> Vec<&str> {
    goals.goals.iter().map(|goal| goal.indicator.as_str()).collect()
}

#[test]
fn critical_indicators_come_first_then_the_domains_in_turn_and_the_rest_is_counted() {
    let card = scorecard(RUBRIC, "ratings: { a1: has_not_met, a2: has_not_met, a3: has_not_met, b1: has_not_met }");
    let goals = card.goals();
    assert_eq!(indicators(&goals), ["a3", "a1", "b1"]);
    assert_eq!(goals.more, 1);
    assert_eq!(goals.more_by_level, [More { level: "has_not_met".to_owned(), count: 1 }]);
}

#[test]
fn goals_that_are_not_proposed_are_counted_by_level() {
    let goals = "goals: { limit: 1, templates: [{ id: g, when: has_not_met, statement: x }, { id: h, when: has_met, statement: x }] }";
    let ratings = "ratings: { a1: has_met, a2: has_not_met, a3: has_not_met, b1: has_not_met }";
    let left = scorecard(&format!("{RUBRIC}{goals}"), ratings).goals();
    let more = |level: &str, count| More { level: level.to_owned(), count };
    assert_eq!(left.more_by_level, [more("has_not_met", 2), more("has_met", 1)]);
    assert_eq!(left.more, 3);
}

#[test]
fn the_order_of_templates_comes_before_everything_else() {
    let card =
        scorecard(RUBRIC, "ratings: { a1: has_met, a2: no_opportunity_to_practice, a3: has_met, b1: has_not_met }");
    assert_eq!(indicators(&card.goals()), ["b1", "a2", "a3"]);
}

#[test]
fn choices_that_are_no_rating_call_for_no_goal() {
    let goals = |choice: &str| {
        let levels = "[{ id: below, label: Below }, { id: meets, label: Meets }]";
        let scale = format!("scale: {{ levels: {levels}, meets_at: meets, not_rated: [{{ id: na, {choice} }}] }}\n");
        let ratings = "ratings: { a1: na, a2: meets, a3: below, b1: na }";
        let goals = scorecard(&format!("{RUBRIC}{scale}"), ratings).goals();
        (indicators(&goals).into_iter().map(str::to_owned).collect::<Vec<_>>(), goals.more)
    };
    let only_improved = (vec!["a3".to_owned()], 0);
    assert_eq!(goals("label: Not applicable"), only_improved);
    assert_eq!(goals("label: Other, means: not_applicable"), only_improved);
    assert_eq!(goals("label: Other, means: not_observed"), only_improved);
    assert_eq!(goals("label: N/A, means: no_opportunity").0, ["a3", "a1", "b1"]);
    assert_eq!(goals("label: Had no clients").0, ["a3", "a1", "b1"]);
}

#[test]
fn a_default_goal_speaks_of_a_comment_only_where_there_is_one() {
    let activity = |ratings: &str| scorecard(RUBRIC, ratings).goals().goals[0].activities.clone();
    assert_eq!(activity("ratings: { a1: has_not_met }"), ["Supervision and consultation on this indicator"]);
    assert_eq!(
        activity("ratings: { a1: { level: has_not_met, comment: Late. } }"),
        ["Supervision and consultation on this indicator, beginning with the evaluator's comment"]
    );
}

#[test]
fn an_indicator_with_an_open_goal_gets_no_second_one() {
    let ratings = "ratings: { a1: has_not_met, b1: has_not_met }\ngoals:\n  - { indicator: a1, statement: x, status: agreed }\n  - { indicator: b1, statement: x, status: met }\n";
    assert_eq!(indicators(&scorecard(RUBRIC, ratings).goals()), ["b1"]);
}

#[test]
fn a_goal_is_due_after_completion_else_after_the_period() {
    let due = |ratings: &str| scorecard(RUBRIC, ratings).goals().goals[0].due.clone();
    assert_eq!(due("ratings: { a1: has_not_met }").as_deref(), Some("2026-10-10"));
    assert_eq!(due("ratings: { a1: has_not_met }\ncompleted_on: 2026-06-01").as_deref(), Some("2026-09-29"));
    let by = |day: &str| {
        let goals = format!("goals: {{ templates: [{{ id: g, when: has_met, statement: x, due: {{ by: {day} }} }}] }}");
        let card = scorecard(&format!("{RUBRIC}{goals}"), "ratings: { a1: has_met }");
        card.goals().goals[0].due.clone().unwrap()
    };
    assert_eq!(by("01-31"), "2027-01-31");
    assert_eq!(by("06-12"), "2027-06-12");
    assert_eq!(by("06-13"), "2026-06-13");
    assert_eq!(by("02-29"), "2028-02-29");
}

#[test]
fn every_known_placeholder_stands_for_something() {
    let everything: Vec<_> = KNOWN_PLACEHOLDERS.iter().map(|name| format!("<{{{{ {name} }}}}>")).collect();
    let goals = format!(
        "goals: {{ templates: [{{ id: g, when: has_met, statement: '{}', due: {{ in_days: 1 }} }}] }}",
        everything.join("")
    );
    let rubric = "
id: r
version: 1.0.0
title: R
domains:
  - id: a
    title: A
    statement: S
    derive: cumulative
    competencies:
      - id: c
        title: C
        statement: CS
        indicators:
          - id: a1
            statement: One.
            practices:
              - { id: seen, level: has_met, statement: Plans. }
              - { id: unseen, level: exceeds_expectations, statement: Plans with others. }
";
    let ratings = "ratings: { a1: { practices: [seen], comment: well } }";
    let text = format!("{rubric}{goals}");
    let card = scorecard(&text, ratings).goals().goals[0].statement.clone();
    assert!(!card.contains("<>"), "{card}");
}

#[test]
fn a_step_calls_to_what_is_below_expectations_under_each_subject_rated_so_or_else_to_the_lowest_there() {
    let scored = |when: &str| {
        format!(
                "{RUBRIC}goals: {{ templates: [{{ id: g, when: {when}, statement: x }}], limit: 9 }}
scoring:
  points: {{ has_not_met: 1, has_met: 2, exceeds_expectations: 3 }}
  steps:
    - {{ id: domain_rating, each: domain, of: indicators, take: mean, bands: [{{ from: 1, rating: has_not_met }}, {{ from: 1.5, rating: has_met }}] }}
    - {{ id: summative, of: domain_rating, take: mean, bands: [{{ from: 1, rating: has_not_met }}, {{ from: 1.5, rating: has_met }}] }}
"
            )
    };
    let goals = |when: &str, ratings: &str| {
        let mut list: Vec<String> =
            indicators(&scorecard(&scored(when), ratings).goals()).into_iter().map(str::to_owned).collect();
        list.sort();
        list
    };
    let ratings = "ratings: { a1: has_not_met, a2: exceeds_expectations, a3: has_not_met, b1: has_not_met }";
    assert_eq!(goals("{ rating: domain_rating, is: has_met }", ratings), ["a1", "a3"]);
    assert_eq!(goals("{ rating: domain_rating, is: has_not_met }", ratings), ["b1"]);
    let met = "ratings: { a1: has_met, a2: exceeds_expectations, a3: no_opportunity_to_practice, b1: has_met }";
    assert_eq!(goals("{ rating: summative, is: has_met }", met), ["a1", "b1"]);
    let proposed = scorecard(&scored("{ rating: summative, is: has_met }"), met).goals().goals;
    assert_eq!(proposed[0].called_by.as_deref(), Some("summative: Has met"));
    let proposed = scorecard(&scored("{ rating: domain_rating, is: has_not_met }"), ratings).goals().goals;
    assert!(proposed[0].called_by.as_deref().is_some_and(|by| by.starts_with("domain_rating of ")), "{proposed:?}");
    assert_eq!(scorecard(&scored("has_not_met"), ratings).goals().goals[0].called_by, None);
    assert_eq!(goals("{ rating: summative, is: has_not_met }", met), [""; 0]);
}
