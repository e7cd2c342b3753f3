//! The time for rubrics of 10 to 10,000 indicators, with a scoring policy of four steps, and as an overlay that
//! changes every tenth indicator: per indicator it should stay the same.
//!
//! `cargo bench --features cli --bench growth`. Proving a policy is bounded: what is left open is said so, and from then on the
//! time for it stays as it is.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    missing_docs,
    reason = "a benchmark that cannot go on fails, and prints"
)]

use std::fmt::Write as _;
use std::hint::black_box;
use std::time::Instant;

use appraise::{Checked, DocumentKind, Evaluation, Format, Library, Renderer, Rubric};

const POLICY: &str = "scoring:
  points: { has_not_met: 1, has_met: 2, exceeds_expectations: 3 }
  steps:
    - { id: domain_score, each: domain, of: indicators, take: mean }
    - { id: practice, of: domain_score, take: mean, minimum_rated: 50 }
    - id: by_count
      of: indicators
      rules:
        - { rating: has_not_met, when: { share: indicators, rated: [has_not_met], at_least: 20 } }
        - { rating: has_met }
    - id: summative
      of: [practice]
      take: mean
      round: { places: 2, mode: half_up }
      bands: [{ from: 1, rating: has_not_met }, { from: 1.75, rating: has_met }, { from: 2.5, rating: exceeds_expectations }]
      limits: [{ at_most: has_met, when: { rating: by_count, below: has_met } }]
";

fn rubric(size: usize) -> String {
    let mut text = "id: grown\nversion: 1.0.0\ntitle: Grown\ndomains:\n".to_owned();
    for number in 0..size {
        if number % 10 == 0 {
            let _ = writeln!(text, "  - id: d{}\n    title: Domain {}\n    indicators:", number / 10, number / 10);
        }
        let _ = writeln!(
            text,
            "      - id: i{number}\n        title: Indicator {number}\n        statement: Plans, delivers and reviews what part {number} of the program asks for."
        );
    }
    text
}

fn overlay(size: usize) -> String {
    let mut text = "id: ours\nversion: 1.0.0\ntitle: Ours\nextends: grown@1\nchange:\n".to_owned();
    for number in (0..size).step_by(10) {
        let _ =
            writeln!(text, "  i{number}: {{ statement: Plans part {number} together with the staff of the school. }}");
    }
    text
}

fn evaluation(size: usize) -> String {
    let levels = ["has_met", "exceeds_expectations", "has_met"];
    let ratings: Vec<String> = (0..size)
        .map(|number| match levels.get(number % 4) {
            Some(level) => format!("\"i{number}\":\"{level}\""),
            None => {
                format!("\"i{number}\":{{\"level\":\"has_met\",\"comment\":\"Seen in October, in part {number}.\"}}")
            }
        })
        .collect();
    format!(
        "{{\"rubric\":{{\"id\":\"grown\"}},\"employee\":{{\"id\":\"E-1\",\"name\":\"Jordan Rivera\"}},\"evaluators\":[{{\"id\":\"E-2\",\
         \"name\":\"Priya Shah\"}}],\"period\":{{\"from\":\"2025-08-25\",\"to\":\"2026-06-12\"}},\"ratings\":{{{}}}}}",
        ratings.join(",")
    )
}

fn main() {
    let columns = ["parse", "check", "with policy", "as overlay", "read JSON", "score", "report"];
    println!("{:>10}  microseconds for each indicator", "");
    print!("{:>10}", "indicators");
    columns.iter().for_each(|column| print!("{column:>13}"));
    println!();
    for size in [10, 100, 1_000, 10_000] {
        let text = rubric(size);
        let with_policy = text.clone() + POLICY;
        let json = evaluation(size);
        let overlay = overlay(size);
        let renderer = Renderer::new();
        let check = |text: &str| Rubric::check("r.yaml", text, &Library::empty());
        let Checked { value: sound, diagnostics: found } = check(&with_policy);
        let sound = sound.unwrap_or_else(|| panic!("{found}"));
        let mut library = Library::empty();
        library.add(check(&text).value.expect("it is sound"));
        let scored = || Evaluation::check("e.json", &json, &sound).value.expect("it is sound");
        let (evaluation, scorecard) = (scored(), scored().score());
        let took = [
            best(size, || DocumentKind::of(&text)),
            best(size, || check(&text)),
            best(size, || check(&with_policy)),
            best(size, || {
                let Checked { value: rubric, diagnostics: found } = Rubric::check("o.yaml", &overlay, &library);
                rubric.unwrap_or_else(|| panic!("{found}"))
            }),
            best(size, scored),
            best(size, || evaluation.score().summative().map(|outcome| outcome.score.clone())),
            best(size, || renderer.report(&scorecard, Format::Html).expect("it can be rendered")),
        ];
        print!("{size:>10}");
        for nanoseconds in took {
            let hundredths = nanoseconds / 10 / size as u128;
            print!("{:>10}.{:02}", hundredths / 100, hundredths % 100);
        }
        println!();
    }
    println!("\n{:>10}  microseconds for each step", "");
    println!("{:>10}{:>13}{:>13}", "steps", "with policy", "score");
    [10, 30, 100].into_iter().for_each(steps);
    println!("\n{:>10}  microseconds for each indicator, on 12 scales with 3 practices each", "");
    println!("{:>10}{:>13}{:>13}{:>13}", "indicators", "parse", "check", "in all");
    [200, 2_000].into_iter().for_each(scales);
}

/// Indicators on twelve scales, each with a checklist.
fn scales(size: usize) {
    let text = on_scales(size);
    let Checked { value: sound, diagnostics: found } = Rubric::check("r.yaml", &text, &Library::empty());
    assert!(sound.is_some() && found.is_empty(), "{found}");
    print!("{size:>10}");
    let (parse, check) =
        (best(size, || DocumentKind::of(&text)), best(size, || Rubric::check("r.yaml", &text, &Library::empty())));
    for nanoseconds in [parse, check] {
        let hundredths = nanoseconds / 10 / size as u128;
        print!("{:>10}.{:02}", hundredths / 100, hundredths % 100);
    }
    println!("{:>13}", check / 1_000);
}

fn on_scales(size: usize) -> String {
    let mut text = "id: several\nversion: 1.0.0\ntitle: Several\nderive: cumulative\nscales:\n".to_owned();
    for scale in 0..12 {
        let levels =
            ["low", "fair", "good", "best"].map(|level| format!("{{ id: {level}_{scale}, label: {level} {scale} }}"));
        let _ = writeln!(text, "  scale_{scale}: {{ meets_at: good_{scale}, levels: [{}] }}", levels.join(", "));
    }
    text += "domains:\n";
    for number in 0..size {
        let scale = number % 12;
        if number % 10 == 0 {
            let _ = writeln!(text, "  - id: d{}\n    title: Domain {}\n    indicators:", number / 10, number / 10);
        }
        let _ = writeln!(
            text,
            "      - id: i{number}\n        statement: Part {number} of the program.\n        scale: scale_{scale}"
        );
        text += "        practices:\n";
        for (level, practice) in [("fair", "Plans"), ("good", "Delivers"), ("best", "Reviews")] {
            let _ = writeln!(
                text,
                "          - {{ id: {level}_i{number}, level: {level}_{scale}, statement: {practice} part {number}. }}"
            );
        }
    }
    text
}

/// Each step looks at the one before it and at the indicators.
fn steps(number: usize) {
    let mut text =
        rubric(10) + "scoring:\n  points: { has_not_met: 1, has_met: 2, exceeds_expectations: 3 }\n  steps:\n";
    text += "    - { id: s0, of: indicators, take: mean }\n    - { id: t0, of: indicators, take: median }\n";
    for step in 1..number / 2 {
        let _ = writeln!(text, "    - {{ id: s{step}, of: [s{}, t{}], take: mean }}", step - 1, step - 1);
        let _ = writeln!(text, "    - {{ id: t{step}, of: [s{}, t{}], take: lowest }}", step - 1, step - 1);
    }
    let Checked { value: sound, diagnostics: found } = Rubric::check("r.yaml", &text, &Library::empty());
    let sound = sound.unwrap_or_else(|| panic!("{found}"));
    let evaluation = Evaluation::check("e.json", &evaluation(10), &sound).value.expect("it is sound");
    let took = [
        best(number, || Rubric::check("r.yaml", &text, &Library::empty())),
        best(number, || evaluation.score().steps().last().map(|step| step.results.len())),
    ];
    print!("{number:>10}");
    for nanoseconds in took {
        let hundredths = nanoseconds / 10 / number as u128;
        print!("{:>10}.{:02}", hundredths / 100, hundredths % 100);
    }
    println!();
}

/// Nanoseconds of the run that was disturbed least; more runs of what is small.
fn best<T>(size: usize, work: impl Fn() -> T) -> u128 {
    let run = || {
        let began = Instant::now();
        black_box(work());
        began.elapsed().as_nanos()
    };
    let enough = Instant::now();
    let runs = (0..20_000 / size + 3).map(|_| run());
    runs.take_while(|_| enough.elapsed().as_secs() < 3).min().unwrap_or_else(run)
}
