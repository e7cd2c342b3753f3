//! A scale that is written highest first: forms, reports and tables list it so, and what the levels mean stays.

#![cfg(all(feature = "render", feature = "schema", feature = "table"))]
#![allow(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

mod support;

use appraise::summary::Summary;
use appraise::{Checked, Evaluation, Form, Format, Library, Renderer, Rubric};

/// 1 is the best, as a custodian's form has it, down to its points.
const RUBRIC: &str = r#"
id: custodian
version: 1.0.0
title: Custodian evaluation
scale:
  order: highest_first
  levels:
    - { id: s1, label: 1 Exceeds standard }
    - { id: s2, label: 2 Meets standard }
    - { id: s3, label: 3 Does not meet standard }
  meets_at: s2
  not_rated: [{ id: not_seen, label: Not seen }]
domains:
  - id: work
    title: Work
    indicators:
      - { id: attendance, statement: Attendance., descriptors: { s1: Seldom away., s2: Away at times., s3: Often away. } }
      - { id: cleaning, statement: Cleaning. }
      - { id: safety, statement: Safety. }
scoring:
  points: { s1: 1, s2: 2, s3: 3 }
  steps:
    - { id: best, of: indicators, take: lowest }
    - { id: worst, of: indicators, take: highest }
    - { id: judged, entered: true }
    - { id: average, of: indicators, take: mean, bands: [{ from: 1, rating: s1 }, { from: 1.5, rating: s2 }, { from: 2.5, rating: s3 }] }
allow:
  - { code: compensation-paradox, because: Agreed. }
  - { code: unused-step, because: Shown beside it. }
"#;

const EVALUATION: &str = r#"
rubric: { id: custodian }
employee: { id: E-1, name: Pat Doe }
evaluators: [{ id: E-2, name: Sam Roe }]
period: { from: 2025-08-25, to: 2026-06-12 }
ratings: { attendance: s1, cleaning: { level: s3, evidence: [{ note: Seen. }] }, safety: s1 }
entered: { judged: { rating: s2, rationale: Seen all year. } }
"#;

fn rubric() -> Rubric {
    Rubric::parse("custodian.yaml", RUBRIC, &Library::empty()).unwrap_or_else(|found| panic!("{found}"))
}

fn evaluation() -> Evaluation {
    Evaluation::parse("doe.yaml", EVALUATION, &rubric()).unwrap_or_else(|found| panic!("{found}"))
}

/// Whether the parts stand in the text in this order.
fn in_order(text: &str, parts: &[&str]) {
    let mut from = 0;
    for part in parts {
        let at = text[from..].find(part).unwrap_or_else(|| panic!("`{part}` is not behind {parts:?} in:\n{text}"));
        from += at + part.len();
    }
}

const LABELS: [&str; 4] = ["1 Exceeds standard", "2 Meets standard", "3 Does not meet standard", "Not seen"];

#[test]
fn whoever_has_the_best_rating_meets_expectations_and_has_no_goal_for_it() {
    let scorecard = evaluation().score();
    assert_eq!((scorecard.overall().met, scorecard.overall().rated), (2, 3));
    let goals = scorecard.goals();
    let about: Vec<_> = goals.goals.iter().map(|goal| goal.indicator.as_str()).collect();
    assert_eq!(about, ["cleaning"]);
    let rubric = rubric();
    let ids: Vec<&str> = rubric.scale().rated().iter().map(|level| level.id.as_str()).collect();
    assert_eq!(ids, ["s3", "s2", "s1"], "lowest first");
}

#[test]
fn points_may_fall_and_then_the_lowest_number_is_the_best() {
    let steps = serde_json::to_value(evaluation().score()).unwrap()["steps"].clone();
    let score = |step: usize| steps[step]["results"][0]["score"]["exact"].as_str().unwrap().to_owned();
    assert_eq!([score(0), score(1), score(3)], ["1", "3", "5/3"]);
    assert_eq!(
        steps[3]["results"][0]["rating"]["id"].as_str().or(steps[3]["results"][0]["rating"].as_str()),
        Some("s2")
    );
    let upright = RUBRIC.replace("  order: highest_first\n", "");
    let Checked { diagnostics: found, .. } = Rubric::check("upright.yaml", &upright, &Library::empty());
    assert!(found.iter().all(|finding| finding.code.as_str() != "points-not-rising"), "{found}");
    let mixed = RUBRIC.replace("s1: 1, s2: 2, s3: 3", "s1: 1, s2: 3, s3: 2");
    let Checked { diagnostics: found, .. } = Rubric::check("mixed.yaml", &mixed, &Library::empty());
    assert!(found.iter().any(|finding| finding.code.as_str() == "points-not-rising"), "{found}");
}

#[test]
fn reports_list_the_levels_highest_first() {
    let scorecard = evaluation().score();
    for format in [Format::Markdown, Format::Html] {
        in_order(&Renderer::new().report(&scorecard, format).unwrap(), &LABELS);
    }
    let json = serde_json::to_string(&scorecard).unwrap();
    in_order(&json, &[r#""tally":{"s1":2"#, r#""s2":0"#, r#""s3":1"#, r#""not_seen":0"#]);
}

#[test]
fn forms_list_the_levels_and_what_each_looks_like_highest_first() {
    let form = Form::new(&rubric());
    in_order(
        &form.yaml(),
        &["s1: 1 Exceeds", "s2: 2 Meets", "s3: 3 Does", "not_seen: Not seen", "s1: Seldom", "s2: Away", "s3: Often"],
    );
    in_order(&form.json_schema(), &["\"enum\"", "\"s1\"", "\"s2\"", "\"s3\"", "\"not_seen\""]);
    in_order(
        &form.ui_schema(),
        &["Exceeds standard: Seldom away.", "Meets standard: Away at times.", "standard: Often away.", "Not seen"],
    );
    let described = ["Exceeds standard: Seldom", "Meets standard: Away", "meet standard: Often", "Not seen"];
    let page = Renderer::new().form(&form, Format::Markdown).unwrap();
    in_order(&page, &described);
    // A rating that a person enters is on the same scale.
    in_order(&page[page.find("judged").unwrap()..], &LABELS[..3]);
    in_order(
        &Renderer::new().form(&form, Format::Html).unwrap(),
        &[r#"value="s1""#, "Seldom", r#"value="s2""#, "Away at", r#"value="s3""#, "Often"],
    );
}

#[test]
fn a_summary_counts_each_level_under_its_own_name() {
    let mut summary = Summary::new(&rubric());
    for _ in 0..12 {
        summary.add(&evaluation().score()).unwrap();
    }
    let json = serde_json::to_value(summary.overviews(1).remove(0)).unwrap();
    let levels: Vec<_> = json["levels"].as_array().unwrap().iter().map(|level| level["id"].as_str().unwrap()).collect();
    assert_eq!(levels, ["s1", "s2", "s3", "not_seen"]);
    // Where everybody is rated alike, the counts of the other levels are withheld.
    let tally = &json["overall"]["tally"];
    assert_eq!((tally["s3"].as_u64(), tally["s1"].as_u64()), (Some(12), None), "{tally}");
}

#[test]
fn the_order_is_part_of_the_document_and_of_its_fingerprint() {
    let rubric = rubric();
    let again = Rubric::parse("again.yaml", &rubric.to_yaml(), &Library::empty()).unwrap();
    assert_eq!(again.fingerprint(), rubric.fingerprint());
    assert!(appraise::diff::compare(&rubric, &again).changes.is_empty());
    // The same levels, written lowest first, mean the same; only their order on paper is another.
    let turned = RUBRIC.replace("  order: highest_first\n", "");
    let (first, last) =
        ("    - { id: s1, label: 1 Exceeds standard }\n", "    - { id: s3, label: 3 Does not meet standard }\n");
    let turned = turned.replace(first, "").replace(last, "").replace("  levels:\n", &format!("  levels:\n{last}"));
    let turned = turned.replace("  meets_at: s2\n", &format!("{first}  meets_at: s2\n"));
    let turned = turned.replace("s1: 1, s2: 2, s3: 3", "s1: 3, s2: 2, s3: 1");
    let Checked { value: turned, diagnostics: found } = Rubric::check("turned.yaml", &turned, &Library::empty());
    let turned = turned.unwrap_or_else(|| panic!("{found}"));
    assert_ne!(turned.fingerprint(), rubric.fingerprint());
    let changes = appraise::diff::compare(&rubric, &turned).changes;
    let keys: Vec<&str> = changes.iter().filter_map(|change| change.key.as_deref()).collect();
    assert!(keys.contains(&"scale.order") && !keys.contains(&"scale.levels"), "{changes:?}");
}
