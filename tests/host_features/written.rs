//! The texts that the library writes of an evaluation with numbers of every kind.

use std::fmt::Write as _;

use appraise::{Evaluation, Library};

const RUBRIC: &str = "
id: r
version: 1.0.0
title: R
domains: [{ id: d, title: D, indicators: [{ id: plans, statement: Plans. }, { id: reports, statement: Reports. }] }]
service_data: [{ id: sessions, label: Sessions, kind: count }, { id: travel, label: Travel, kind: hours }]
scoring:
  points: { has_not_met: 1, has_met: 2.5, exceeds_expectations: 4 }
  inputs: [{ id: growth, label: Growth, from: 0, to: 4 }]
  steps: [{ id: practice, of: indicators, take: mean }, { id: total, of: [practice, growth], take: mean }]
extra: { weight: 1.50, account: 12345678901234567890123 }
";

const EVALUATION: &str = r#"{
    "rubric": { "id": "r" }, "employee": { "id": "E-1", "name": "Ann", "assignments": [{ "school": "Elm", "fte": 0.60 }] },
    "evaluators": [{ "id": "E-2", "name": "Bo" }], "period": { "from": "2025-08-25", "to": "2026-06-12" },
    "ratings": { "plans": "has_met", "reports": { "level": "has_met", "comment": "On time." } },
    "inputs": { "growth": 2.50 }, "service_data": { "sessions": 412, "travel": 7.50 }, "contact_hours_before": 62.50,
    "professional_development": [{ "date": "2025-10-10", "title": "T", "contact_hours": 4.5 }],
    "extra": { "zeta": 1.50, "alpha": 12345678901234567890123, "e": 1e400, "nested": [{ "nothing": null, "zero": -0.0 }] } }"#;

pub(crate) fn written() -> String {
    let rubric = appraise::Rubric::parse("r.yaml", RUBRIC, &Library::empty()).unwrap();
    let evaluation = Evaluation::parse("e.json", EVALUATION, &rubric).unwrap();
    let json = serde_json::to_string_pretty(&evaluation).unwrap();
    let mut out = format!("{}\n{}\n{json}\n{}", rubric.fingerprint(), rubric.to_yaml(), evaluation.to_yaml());
    let value = serde_json::to_value(&evaluation).unwrap().to_string();
    // Read again from each, through both readers.
    for text in [json.as_str(), &evaluation.to_yaml(), &value, &json.replace("\"Ann\"", "# a comment\n \"Ann\"")] {
        let again = Evaluation::parse("again", text, &rubric).unwrap();
        let _ = writeln!(out, "{}", again.fingerprint());
    }
    let scorecard = serde_json::to_string(&evaluation.score()).unwrap();
    let extra = scorecard.split_once("\"extra\"").map(|(_, extra)| extra);
    let _ = writeln!(out, "{}\n{extra:?}", evaluation.score().steps()[1].results[0].reasons()[0]);
    let mut finished = evaluation.clone();
    finished.finish("2026-05-29", "E-0007").unwrap();
    let _ = writeln!(out, "{}", serde_json::to_string(&finished).unwrap());
    // A wrong value is described the same.
    let wrong = EVALUATION.replace("412", "412.5").replace("\"has_met\",", "7,");
    let _ = writeln!(out, "{}", Evaluation::check("e.json", &wrong, &rubric).diagnostics);
    out
}
