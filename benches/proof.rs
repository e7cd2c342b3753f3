//! The time to prove a scoring policy when it is read: reading, checking and proving it, over a rubric at hand.
//!
//! `cargo bench --features cli --bench proof`. The proof counts its work and stops; larger rubrics take longer until then, and
//! what is left open is said so.

#![allow(clippy::expect_used, missing_docs, reason = "a benchmark that cannot go on fails")]

use std::fmt::Write as _;
use std::hint::black_box;

use appraise::{Library, Rubric};
use divan::Bencher;

/// Three steps, whose exact scores are too many to try.
const THREE_STEPS: &str = "
points: { has_not_met: 1, has_met: 2, exceeds_expectations: 3 }
inputs: [{ id: student_growth, label: Student growth, from: 1, to: 3, places: 2 }]
steps:
  - { id: domain_score, each: domain, of: indicators, take: mean }
  - { id: practice, of: domain_score, take: mean }
  - id: summative
    of: [practice, student_growth]
    take: mean
    weights: { practice: 85, student_growth: 15 }
    round: { places: 2, mode: half_up }
    bands: [{ from: 1, to: 1.74, rating: has_not_met }, { from: 1.75, to: 2.49, rating: has_met }, { from: 2.5, rating: exceeds_expectations }]
    limits: [{ at_most: has_met, when: { count: indicators, rated: [has_not_met], at_least: 1 } }]
    flags: [{ flag: review, when: { share: indicators, rated: [has_not_met], at_least: 50 } }]
";

/// Every tally of all indicators is tried, for each of three steps.
const TALLIES: &str = "
points: { has_not_met: 1, has_met: 2, exceeds_expectations: 3 }
steps:
  - id: overall
    of: indicators
    take: mean
    round: { places: 2, mode: half_up }
    bands: [{ from: 1, to: 1.74, rating: has_not_met }, { from: 1.75, to: 2.49, rating: has_met }, { from: 2.5, rating: exceeds_expectations }]
  - id: by_counts
    of: indicators
    rules:
      - { rating: has_not_met, when: { count: indicators, rated: [has_not_met], more_than: 3 } }
      - { rating: exceeds_expectations, when: { share: indicators, rated: [exceeds_expectations], at_least: 50 } }
      - { rating: has_met }
  - id: summative
    matrix:
      rows: overall
      columns: by_counts
      cells:
        has_not_met: { has_not_met: has_not_met, has_met: has_not_met, exceeds_expectations: has_met }
        has_met: { has_not_met: has_met, has_met: has_met, exceeds_expectations: has_met }
        exceeds_expectations: { has_not_met: has_met, has_met: has_met, exceeds_expectations: exceeds_expectations }
";

fn main() {
    divan::main();
}

fn connecticut() -> Rubric {
    Library::bundled().get("connecticut_school_social_work").expect("it is bundled")
}

/// A rubric of a number of indicators, in domains of ten.
fn large(indicators: usize) -> Rubric {
    let mut text = "id: large\nversion: 1.0.0\ntitle: Large\ndomains:\n".to_owned();
    for domain in 0..indicators / 10 {
        writeln!(text, "- id: d{domain}\n  title: D{domain}\n  indicators:").expect("it is a text");
        for indicator in 0..10 {
            writeln!(text, "  - {{ id: i{domain}_{indicator}, statement: Does it. }}").expect("it is a text");
        }
    }
    Rubric::parse("large.yaml", &text, &Library::empty()).expect("it is sound")
}

#[divan::bench(args = ["three_steps", "tallies"], sample_count = 20, sample_size = 1)]
fn proof_1_of_67_indicators(bencher: Bencher<'_, '_>, policy: &str) {
    let rubric = connecticut();
    let policy = if policy == "tallies" { TALLIES } else { THREE_STEPS };
    bencher.bench(|| rubric.with_policy("policy.yaml", black_box(policy)));
}

#[divan::bench(args = ["three_steps", "tallies"], sample_count = 20, sample_size = 1)]
fn proof_2_of_1_000_indicators(bencher: Bencher<'_, '_>, policy: &str) {
    let rubric = large(1_000);
    let policy = if policy == "tallies" { TALLIES } else { THREE_STEPS };
    bencher.bench(|| rubric.with_policy("policy.yaml", black_box(policy)));
}

#[divan::bench(args = ["three_steps", "tallies"], sample_count = 20, sample_size = 1)]
fn proof_3_of_10_000_indicators(bencher: Bencher<'_, '_>, policy: &str) {
    let rubric = large(10_000);
    let policy = if policy == "tallies" { TALLIES } else { THREE_STEPS };
    bencher.bench(|| rubric.with_policy("policy.yaml", black_box(policy)));
}
