//! Many evaluations on one thread and on two, and what counting them together takes.
//!
//! `cargo bench --features cli --bench batch`. The last line is what two threads are worth; machines that are shared give less.

#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    missing_docs,
    reason = "a benchmark that cannot go on fails, and prints"
)]

use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use appraise::batch::{Batch, Document};
use appraise::progress::Standings;
use appraise::summary::Summary;
use appraise::{Evaluation, Format, Library, Renderer, Scorecard};

const EVALUATION: &str = include_str!("../examples/evaluations/rivera_final.yaml");

fn main() {
    let rubric = Library::bundled().get("connecticut_school_social_work").expect("it is bundled");
    let evaluation = Evaluation::parse("rivera.yaml", EVALUATION, &rubric).expect("the example is sound");
    let json = serde_json::to_string(&evaluation).expect("it can be written");
    let renderer = Renderer::new();
    let report = |scorecard: Scorecard| renderer.report(&scorecard, Format::Html).expect("it can be rendered").len();
    let scorecard = |scorecard: Scorecard| serde_json::to_string(&scorecard).expect("it is plain data").len();
    println!("{:<42}{:>12}{:>12}{:>8}", "evaluations a second", "1 thread", "2 threads", "ratio");
    row("reports, HTML", 1500, &json, report);
    row("scorecards, JSON", 15_000, &json, scorecard);

    let scorecard = evaluation.score();
    let mut summary = Summary::new(&rubric);
    let adding = time(|| (0..100_000).for_each(|_| summary.add(&scorecard).expect("it is of the rubric")));
    println!("one more evaluation in a summary: {} ns", adding.as_nanos() / 100_000);
    println!("what may be shown of it: {} µs", time(|| drop(summary.overviews(5).remove(0))).as_micros());

    let took = (0..5).map(|_| time(|| status(&json, 5_000))).min().unwrap_or_default();
    println!("the page of where 5,000 people stand, read from JSON: {} ms", took.as_millis());
}

/// Reads the evaluation of each of many people, as `appraise status` does, and makes the page that says how far they are.
fn status(json: &str, people: u32) {
    let documents = (1..=people).map(|person| {
        let own = json.replacen("E-1042", &format!("E-{}", 10_000 + person), 1);
        Document::new("all.ndjson", own).at_line(person)
    });
    let batch = Batch::new(Library::bundled());
    let mut standings = Standings::default();
    let work = |document: Document| {
        let mut own = Standings::default();
        own.add(&batch.evaluation(&document).expect("it is sound"));
        own
    };
    batch.in_order(documents, work, |own| {
        standings.extend(own);
        ControlFlow::Continue(())
    });
    let board = standings.on("2026-06-05").expect("it is a day");
    let page = Renderer::new().status(&board, Format::Html).expect("it can be rendered");
    assert!(board.people.len() == people as usize && page.contains("E-10001"));
}

fn time(work: impl FnOnce()) -> Duration {
    let began = Instant::now();
    work();
    began.elapsed()
}

/// The best of some runs, the one that was disturbed least.
fn row(what: &str, number: u32, json: &str, make: impl Fn(Scorecard) -> usize + Sync) {
    let best = |jobs: usize| {
        let run = || {
            let documents = (1..=number).map(|line| Document::new("all.ndjson", json).at_line(line));
            let batch = Batch::new(Library::bundled()).with_jobs(jobs);
            let mut bytes = 0;
            let took = time(|| {
                batch.run(documents, &make, |outcome| {
                    bytes += outcome.made.expect("it is sound");
                    ControlFlow::Continue(())
                });
            });
            assert!(bytes > 0);
            took
        };
        (0..5).map(|_| run()).min().unwrap_or_default()
    };
    let (one, two) = (best(1).as_micros(), best(2).as_micros());
    let rate = |took: u128| u128::from(number) * 1_000_000 / took.max(1);
    let hundredths = one * 100 / two.max(1);
    println!("{what:<42}{:>12}{:>12}{:>5}.{:02}", rate(one), rate(two), hundredths / 100, hundredths % 100);
}
