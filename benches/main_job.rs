//! The main job, piece by piece, for one evaluation of 67 indicators under the Connecticut rubric.
//!
//! `cargo bench --features cli`. Machines differ and are shared: compare the rows of one run.

#![allow(clippy::expect_used, missing_docs, reason = "a benchmark that cannot go on fails")]

use std::hint::black_box;

use appraise::{Change, DocumentKind, Draft, Evaluation, Format, Library, Renderer, Rubric, Scorecard};
use divan::Bencher;

const RUBRIC: &str = include_str!("../rubrics/connecticut_school_social_work.yaml");
const EVALUATION: &str = include_str!("../examples/evaluations/rivera_final.yaml");

fn main() {
    divan::main();
}

/// The mean of every domain, their weighted mean, and bands with a limit.
const POLICY: &str = "
points: { has_not_met: 1, has_met: 2, exceeds_expectations: 3 }
steps:
  - { id: domain_score, each: domain, of: indicators, take: mean }
  - { id: practice, of: domain_score, take: mean, minimum_rated: 50 }
  - id: summative
    of: [practice]
    take: mean
    round: { places: 2, mode: half_up }
    bands: [{ from: 1, rating: has_not_met }, { from: 1.75, rating: has_met }, { from: 2.5, rating: exceeds_expectations }]
    limits: [{ at_most: has_met, when: { count: indicators, rated: [has_not_met], at_least: 3 } }]
";

fn rubric() -> Rubric {
    Library::bundled().get("connecticut_school_social_work").expect("it is bundled")
}

fn evaluation() -> Evaluation {
    Evaluation::parse("rivera.yaml", EVALUATION, &rubric()).expect("the example is sound")
}

fn scorecard() -> Scorecard {
    evaluation().score()
}

/// The text to a tree with places, and no more: what checking is compared with.
#[divan::bench]
fn rubric_1_parse() -> DocumentKind {
    DocumentKind::of(black_box(RUBRIC))
}

#[divan::bench]
fn rubric_2_parse_and_check() -> Option<Rubric> {
    Rubric::check("rubric.yaml", black_box(RUBRIC), &Library::empty()).value
}

/// The same rubric read by serde into values without places.
#[divan::bench]
fn rubric_3_parse_with_serde_yaml() -> serde_yaml::Value {
    serde_yaml::from_str(black_box(RUBRIC)).expect("it is YAML")
}

#[divan::bench]
fn evaluation_1_yaml_parse() -> DocumentKind {
    DocumentKind::of(black_box(EVALUATION))
}

#[divan::bench]
fn evaluation_2_yaml_parse_and_check(bencher: Bencher<'_, '_>) {
    let rubric = rubric();
    bencher.bench(|| Evaluation::check("rivera.yaml", black_box(EVALUATION), &rubric));
}

#[divan::bench]
fn evaluation_3_json_parse_and_check(bencher: Bencher<'_, '_>) {
    let rubric = rubric();
    let json = serde_json::to_string(&evaluation()).expect("it can be written");
    bencher.bench(|| Evaluation::check("rivera.json", black_box(&json), &rubric));
}

#[divan::bench]
fn evaluation_4_json_parse_with_serde_json(bencher: Bencher<'_, '_>) {
    let json = serde_json::to_string(&evaluation()).expect("it can be written");
    bencher.bench(|| serde_json::from_str::<serde_json::Value>(black_box(&json)));
}

#[divan::bench]
fn score(bencher: Bencher<'_, '_>) {
    let evaluation = evaluation();
    bencher.bench(|| black_box(&evaluation).score());
}

/// One rating of a draft of 67, then its findings and its scorecard.
#[divan::bench]
fn draft_change_check_and_score(bencher: Bencher<'_, '_>) {
    let json = serde_json::to_string(&evaluation()).expect("an evaluation is plain data");
    let mut draft = Draft::read(&Library::bundled(), "rivera.json", &json).expect("it is JSON");
    draft.apply(&Change::status(appraise::Status::Draft)).expect("it has no seal");
    let changes = ["has_met", "has_not_met"].map(|level| Change::level("deadlines", level));
    let mut next = 0_usize;
    bencher.bench_local(|| {
        next = (next + 1) % changes.len();
        draft.apply(changes.get(next).expect("there are two")).expect("nothing is in the way");
        (draft.diagnostics().len(), draft.checked().expect("no error").score().overall().met)
    });
}

fn scored() -> Evaluation {
    let rubric = rubric().with_policy("policy.yaml", POLICY).value.expect("the policy is sound");
    Evaluation::parse("rivera.yaml", EVALUATION, &rubric).expect("the example is sound")
}

/// Under a policy of three steps.
#[divan::bench]
fn score_with_policy(bencher: Bencher<'_, '_>) {
    let evaluation = scored();
    bencher.bench(|| black_box(&evaluation).score());
}

/// As above, with the results in a host's terms, and the reasons of the summative rating.
#[divan::bench]
fn score_with_policy_and_reasons(bencher: Bencher<'_, '_>) {
    let evaluation = scored();
    bencher.bench(|| black_box(&evaluation).score().summative().map(|summative| summative.reasons().len()));
}

#[divan::bench]
fn check_policy(bencher: Bencher<'_, '_>) {
    let rubric = rubric();
    bencher.bench(|| rubric.with_policy("policy.yaml", black_box(POLICY)));
}

#[divan::bench]
fn score_to_json(bencher: Bencher<'_, '_>) {
    let evaluation = evaluation();
    bencher.bench(|| serde_json::to_string(&black_box(&evaluation).score()));
}

#[divan::bench]
fn goals(bencher: Bencher<'_, '_>) {
    let scorecard = scorecard();
    bencher.bench(|| black_box(&scorecard).goals());
}

#[divan::bench]
fn render_0_new_renderer() -> Renderer {
    Renderer::new()
}

#[divan::bench(args = ["html", "markdown"])]
fn render_1_report(bencher: Bencher<'_, '_>, format: &str) {
    let (renderer, scorecard) = (Renderer::new(), scorecard());
    bencher.bench(|| renderer.report(black_box(&scorecard), page(format)));
}

#[divan::bench(args = ["html", "markdown"])]
fn render_2_goals(bencher: Bencher<'_, '_>, format: &str) {
    let (renderer, scorecard) = (Renderer::new(), scorecard());
    bencher.bench(|| renderer.goals(black_box(&scorecard), page(format)));
}

fn page(format: &str) -> Format {
    if format == "html" { Format::Html } else { Format::Markdown }
}
