//! The whole job for one evaluation, from JSON to a page, beside the same job written by hand for this one rubric: reading,
//! scoring and rendering 67 ratings, a third of them with a comment, on one thread.
//!
//! `cargo bench --features cli --bench limit`. Both make the same page, byte by byte, or it fails. The ratio is what counts.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    missing_docs,
    unreachable_pub,
    reason = "a benchmark that cannot go on fails, and prints"
)]

#[path = "page/by_hand.rs"]
mod by_hand;

use std::hint::black_box;
use std::time::Instant;

use appraise::{Checked, Format, Library, Renderer};
use serde_json::{Map, Value, json};

use self::by_hand::Page;

const COMMENT: &str = "Seen at Elm Hill in October & again in March: \"calm, exact and kind\" with students and their families; \
                       the plan that came of it is in use, and two colleagues have taken it up since.";

fn main() {
    let library = Library::bundled();
    let rubric = library.get("connecticut_school_social_work").expect("it is bundled");
    let json = evaluation(&rubric);
    let renderer =
        Renderer::new().with_template("report.html", include_str!("page/report.html")).expect("the template is sound");
    let engine = || {
        let Checked { value: evaluation, diagnostics: found } = library.check("e.json", &json);
        let scorecard = evaluation.unwrap_or_else(|| panic!("{found}")).score();
        renderer.report(&scorecard, Format::Html).expect("it can be rendered")
    };
    let built_in = Renderer::new();
    let report = || {
        let scorecard = library.check("e.json", &json).value.expect("it is sound").score();
        built_in.report(&scorecard, Format::Html).expect("it can be rendered")
    };
    let score = || library.check("e.json", &json).value.expect("it is sound").score().overall().met.to_string();
    let scorecard = || serde_json::to_string(&library.check("e.json", &json).value.expect("it is sound").score());
    let checked = || library.check("e.json", &json).diagnostics.len().to_string();
    let plain = || by_hand::read(&json).to_string();
    let page = Page::of(&rubric);
    let by_hand = || page.make(&json);
    assert_eq!(library.check("e.json", &json).diagnostics.to_string(), "", "it is sound");
    assert_eq!(engine(), by_hand(), "both make the same page");

    println!("{} bytes of JSON, a page of {} bytes; built in: {} bytes", json.len(), by_hand().len(), report().len());
    let limit = best(by_hand);
    let read = best(plain);
    for (what, took, beside) in [
        ("by hand, from JSON to the page", limit, limit),
        ("the same page by a template", best(engine), limit),
        ("the built-in report", best(report), limit),
        ("read, checked and scored", best(score), limit),
        ("the scorecard as JSON", best(|| scorecard().expect("it is plain data")), limit),
        ("the JSON into plain structs, by serde_json", read, read),
        ("the JSON read and checked", best(checked), read),
    ] {
        println!(
            "{what:<46}{:>9}.{} µs{:>5}.{:02}",
            took / 1000,
            took / 100 % 10,
            took / beside,
            took * 100 / beside % 100
        );
    }
}

/// Nanoseconds of the run that was disturbed least. On a shared machine only a short one stays undisturbed.
fn best(work: impl Fn() -> String) -> u128 {
    let run = || {
        let began = Instant::now();
        for _ in 0..5 {
            black_box(work());
        }
        began.elapsed().as_nanos() / 5
    };
    (0..400).map(|_| run()).min().unwrap_or_default().max(1)
}

fn evaluation(rubric: &appraise::Rubric) -> String {
    let mut ratings = Map::new();
    for (number, indicator) in rubric.indicators().enumerate() {
        let level = ["has_met", "exceeds_expectations", "has_met", "has_met", "no_opportunity_to_practice", "has_met"]
            [number % 6];
        let level = if number % 20 == 3 { "has_not_met" } else { level };
        let is_commented = number % 3 == 1 || !matches!(level, "has_met" | "exceeds_expectations");
        let mut rating = if is_commented { json!({ "level": level, "comment": COMMENT }) } else { json!(level) };
        if level == "has_not_met" {
            rating["evidence"] = json!([{ "date": "2026-03-04", "note": "Log of March." }]);
        }
        ratings.insert(indicator.id.clone(), rating);
    }
    let evaluation = json!({
        "rubric": { "id": rubric.id(), "version": rubric.version(), "fingerprint": rubric.fingerprint() },
        "employee": { "id": "E-1042", "name": "Jordan Rivera", "assignments": [{ "school": "Elm Hill Elementary School" }] },
        "evaluators": [{ "id": "E-0007", "name": "Priya Shah", "qualifications": ["school_social_work"] }],
        "period": { "from": "2025-08-25", "to": "2026-06-12" },
        "completed_on": "2026-05-29",
        "status": "final",
        "ratings": Value::Object(ratings),
    });
    evaluation.to_string()
}
