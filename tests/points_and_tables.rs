//! Deductions by number, look-up tables, weights and points of indicators: the score of a result, and its reasons.

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

#[test]
fn a_look_up_table_gives_the_number_of_the_last_row_that_is_reached() {
    let policy = "
points: { has_not_met: 1, has_met: 2, exceeds_expectations: 3 }
steps:
  - id: total
    of: indicators
    take: mean
    convert: [{ from: 1, to: 0 }, { from: 1.2, to: 40 }, { from: 2, to: 57.5 }, { from: 2.2, to: 60 }]
    round: { places: 0, mode: half_even }
";
    let total = |plans: &str, counsels: &str| {
        let ratings = ALL_MET.replace("plans: has_met", plans).replace("counsels: has_met", counsels);
        let scorecard = scored(policy, &ratings);
        let outcome = scorecard.summative().unwrap();
        (outcome.score.as_ref().map(ToString::to_string).unwrap(), lines(outcome)[2].clone())
    };
    let met = ("plans: has_met", "counsels: has_met");
    assert_eq!(total(met.0, met.1), ("58".to_owned(), "2 ≤ 2 < 2.2 in the look-up table: becomes 57.5".to_owned()));
    let below = total("plans: has_not_met", met.1);
    assert_eq!(below, ("40".to_owned(), "1.2 ≤ 1.8 < 2 in the look-up table: becomes 40".to_owned()));
    let above = total("plans: exceeds_expectations", "counsels: exceeds_expectations");
    assert_eq!(above, ("60".to_owned(), "2.2 ≤ 2.4 in the look-up table: becomes 60".to_owned()));
}

#[test]
fn choices_in_order_are_compared() {
    let policy = "
inputs: [{ id: stage, label: Career stage, one_of: [novice, { id: seasoned, label: Experienced }, lead], ordered: true }]
steps:
  - id: summative
    rules:
      - { rating: has_met, when: { input: stage, at_least: seasoned } }
      - { rating: has_not_met }
";
    let reasons =
        |stage: &str| lines(scored(policy, &format!("{ALL_MET}inputs: {{ stage: {stage} }}\n")).summative().unwrap());
    let decides = "rule 1 decides: Has met, because Career stage is “lead” (needs at least “Experienced”)";
    assert_eq!(reasons("lead"), [decides]);
    let below = "rule 1, for Has met, does not apply: Career stage is “novice” (needs at least “Experienced”)";
    assert_eq!(reasons("novice")[0], below);
}

const POINTS: &str = "points: { has_not_met: 1, has_met: 2, exceeds_expectations: 3 }";

#[test]
fn indicators_count_by_the_nearest_weight_and_only_where_they_are_rated() {
    let policy = format!(
        "{POINTS}\nsteps: [{{ id: s, of: indicators, take: mean, weights: {{ practice: 2, plans: 3, others: 1, total: 9 }} }}]"
    );
    let ratings = "ratings: { plans: has_not_met, counsels: exceeds_expectations, listens: no_opportunity_to_practice, budget: has_met }\n";
    let scorecard = scored(&policy, &format!("{ratings}not_assigned: {{ space: Elsewhere }}\n"));
    let outcome = scorecard.summative().unwrap();
    assert_eq!(
        lines(outcome),
        [
            "left out: 1 with “No opportunity to practice”: 1.3",
            "left out: 1 not in the scope: 2.2",
            "3 × 1 (1.1 Has not met) + 2 × 3 (1.2 Exceeds expectations) + 1 × 2 (2.1 Has met) = 11",
            "mean of 3 ratings, divided by their weights of 6 together, = 11/6 (≈ 1.833333)",
        ]
    );
}

#[test]
fn weights_are_those_of_the_choice_that_is_made() {
    let policy = format!(
        "{POINTS}\ninputs: [{{ id: group, label: Group, one_of: [tested, other] }}]\n\
         steps: [{{ id: s, of: indicators, take: mean, weights: {{ by: group, tested: {{ others: 1 }}, other: {{ plans: 6, others: 1 }} }} }}]"
    );
    let ratings = ALL_MET.replace("plans: has_met", "plans: exceeds_expectations");
    let score = |more: &str| {
        let scorecard = scored(&policy, &format!("{ratings}{more}"));
        let outcome = scorecard.summative().unwrap();
        outcome.score.as_ref().map_or_else(|| lines(outcome).concat(), ToString::to_string)
    };
    assert_eq!(score("inputs: { group: tested }\n"), "11/5");
    assert_eq!(score("inputs: { group: other }\n"), "13/5");
    assert_eq!(score(""), "blocked: Group is not given");
}

#[test]
fn an_indicator_may_have_points_of_its_own_at_some_levels() {
    let policy = format!(
        "{POINTS}\nindicator_points: {{ budget: {{ has_met: 2.5, exceeds_expectations: 10 }} }}\n\
         steps: [{{ id: s, of: indicators, take: sum, missing: block }}]"
    );
    let scorecard = scored(&policy, &ALL_MET.replace("space: has_met", "space: has_not_met"));
    let outcome = scorecard.summative().unwrap();
    let terms = "2 (1.1 Has met) + 2 (1.2 Has met) + 2 (1.3 Has met) + 2.5 (2.1 Has met) + 1 (2.2 Has not met) = 9.5";
    assert_eq!(lines(outcome), [terms, "sum of 5 ratings = 9.5 of 22 possible"]);
}

#[test]
fn points_of_an_indicator_count_with_its_weight_and_in_a_median() {
    let policy = |step: &str| {
        format!(
            "{POINTS}\nindicator_points: {{ plans: {{ has_met: 5, exceeds_expectations: 9 }} }}\nsteps: [{{ id: s, of: indicators, {step} }}]"
        )
    };
    let score = |step: &str| {
        let scorecard = scored(&policy(step), ALL_MET);
        let outcome = scorecard.summative().unwrap();
        (outcome.score.as_ref().unwrap().to_string(), lines(outcome)[0].clone())
    };
    let weighed = score("take: mean, weights: { plans: 3, others: 1 }");
    let terms = "3 × 5 (1.1 Has met) + 1 × 2 (1.2 Has met) + 1 × 2 (1.3 Has met) + 1 × 2 (2.1 Has met) + 1 × 2 (2.2 Has met) = 23";
    assert_eq!(weighed, ("23/7".to_owned(), terms.to_owned()));
    assert_eq!(score("take: highest").0, "5");
    assert_eq!(score("take: median").0, "2");
    assert_eq!(score("take: share_meeting").0, "100", "a share counts ratings, not points");
}

#[test]
fn a_step_that_counts_no_indicator_with_points_of_its_own_counts_by_level() {
    let policy = format!(
        "{POINTS}\nindicator_points: {{ budget: {{ has_met: 2.5 }} }}\nsteps: [{{ id: one, of: indicators, under: [practice], take: mean }}, \
         {{ id: two, of: indicators, take: mean }}, {{ id: s, of: [one, two], take: lowest }}]"
    );
    let scorecard = scored(&policy, ALL_MET);
    assert_eq!(lines(&scorecard.steps()[0].results[0])[0], "3 × 2 (Has met) = 6");
}

/// A rubric whose criteria have points of their own, and its evaluation.
fn portfolio() -> (Rubric, Evaluation) {
    let text = std::fs::read_to_string("tests/policies/canvas_points.yaml").unwrap();
    let rubric = Rubric::parse("canvas.yaml", &text, &Library::empty()).unwrap();
    let text = "rubric: { id: canvas_points }\nemployee: { id: E-1, name: Ann }\nevaluators: [{ id: E-2, name: Bo }]\n\
                period: { from: 2025-08-25, to: 2026-06-12 }\n\
                ratings: { reflection: full, artifacts: { level: partial, comment: Two are missing. }, format: everything }\n";
    let evaluation = Evaluation::parse("e.yaml", text, &rubric).unwrap_or_else(|found| panic!("{found}"));
    (rubric, evaluation)
}

#[test]
fn a_plain_sum_of_own_points_says_what_is_possible() {
    let (_, evaluation) = portfolio();
    let scorecard = evaluation.score();
    let said = lines(scorecard.summative().unwrap());
    assert_eq!(said[0], "5 (1.1 Full marks) + 6 (1.2 Partial) + 2 (1.3 Full marks) = 13");
    assert_eq!(said[1], "sum of 3 ratings = 13 of 17 possible");
    // Of points of all, or where the sum is changed, nothing is said of it.
    let of_all = scored(&format!("{POINTS}\nsteps: [{{ id: s, of: indicators, take: sum, missing: block }}]"), ALL_MET);
    assert_eq!(lines(of_all.summative().unwrap())[1], "sum of 5 ratings = 10");
}

/// A text without line breaks, and with one kind of space.
#[cfg(feature = "render")]
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(feature = "render")]
#[test]
fn pages_print_the_points_of_a_level_where_the_indicator_has_its_own() {
    use appraise::{Form, Format, Renderer};

    let (rubric, evaluation) = portfolio();
    let (renderer, scorecard) = (Renderer::new(), evaluation.score());
    let report = |format| renderer.report(&scorecard, format).unwrap();
    let html = report(Format::Html);
    assert!(html.contains("Full marks, 5 points</span>") && html.contains("Partial, 6 points</span>"), "{html}");
    let sheet = report(Format::Markdown);
    assert!(sheet.contains("- **Artifacts are chosen well. (1.2): Partial, 6 points**"), "{sheet}");
    let form = Form::new(&rubric);
    let sheet = words(&renderer.form(&form, Format::Markdown).unwrap());
    assert!(sheet.contains("☐ No marks, 0 points ☐ Partial, 3 points ☐ Full marks, 5 points"), "{sheet}");
    let page = renderer.form(&form, Format::Html).unwrap();
    assert!(page.contains(r#"<span dir="auto">Full marks, 10 points</span>"#), "{page}");
    assert!(form.yaml().contains("  # No marks, 0 points; Full marks, 2 points\n"), "{}", form.yaml());
    assert!(form.ui_schema().contains(r#""Full marks, 10 points""#), "{}", form.ui_schema());
}

#[cfg(feature = "render")]
#[test]
fn points_are_printed_where_every_policy_agrees_and_without_a_policy() {
    use appraise::{Form, Format, Renderer};

    let sheet = |rubric: &Rubric| words(&Renderer::new().form(&Form::new(rubric), Format::Markdown).unwrap());
    let of = |scoring: &str| {
        let text = "id: r\nversion: 1.0.0\ntitle: R\ndomains: [{ id: d, title: D, indicators: \
                    [{ id: i, statement: I., points: { has_not_met: 0, has_met: 1, exceeds_expectations: 5 } }, { id: j, statement: J. }] }]\n";
        let rubric = Rubric::parse("r.yaml", &format!("{text}{scoring}"), &Library::empty());
        sheet(&rubric.unwrap_or_else(|found| panic!("{found}")))
    };
    let none = of("");
    assert!(none.contains("☐ Has not met, 0 points ☐ Has met, 1 point ☐ Exceeds expectations, 5 points"), "{none}");
    let one = |id: &str, kind: &str, points: &str| {
        format!(
            "{{ id: {id}, for: {{ type: {kind} }}, points: {{ has_not_met: 0, has_met: 2, exceeds_expectations: 3 }}{points}, \
             steps: [{{ id: s, of: indicators, take: mean }}] }}"
        )
    };
    let more = ", indicator_points: { i: { exceeds_expectations: 9 } }";
    let two = of(&format!("scoring: [{}, {}]\n", one("a", "formal", ""), one("b", "self", more)));
    assert!(two.contains("☐ Has not met, 0 points ☐ Has met, 1 point ☐ Exceeds expectations ☐"), "{two}");
    assert!(two.contains("☐ Has not met ☐ Has met ☐ Exceeds expectations ☐"), "an indicator without points of its own");
}
