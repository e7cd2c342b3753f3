//! The published JSON Schemas are current, and agree with the loader about shape.

#![cfg(feature = "schema")]
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use std::collections::BTreeMap;

use appraise::{Code, Evaluation, Rubric, schema};
use serde_json::Value;

fn validator(schema: &str) -> jsonschema::Validator {
    jsonschema::validator_for(&serde_json::from_str(schema).unwrap()).unwrap()
}

#[test]
fn the_committed_schemas_are_current() {
    let documents = [
        ("rubric", schema::rubric()),
        ("overlay", schema::overlay()),
        ("evaluation", schema::evaluation()),
        ("scorecard", schema::scorecard()),
        ("goals", schema::goals()),
        ("difference", schema::difference()),
        ("summary", schema::summary()),
        ("diagnostics", schema::diagnostics()),
    ];
    #[cfg(feature = "render")]
    let pages =
        [("report", schema::report()), ("goals-page", schema::goals_page()), ("summary-page", schema::summary_page())];
    #[cfg(not(feature = "render"))]
    let pages: [(&str, String); 0] = [];
    for (name, schema) in documents.iter().chain(&pages) {
        support::expect(support::project(&format!("rubrics/schema/{name}.json")), schema);
    }
}

/// What a JSON Schema can say, and so must. What only the text shows (a key twice, a comment that cuts) it cannot.
const SHAPE: [Code; 6] = [
    Code::WrongType,
    Code::NotText,
    Code::UnknownKey,
    Code::MissingKey,
    Code::UnknownChoice,
    // Not in the schema until it can be used.
    Code::NotYetSupported,
];

/// Overlays whose shape depends on what their ids are in the base.
const OF_THE_TIER: [&str; 2] = ["not-text--cleared.yaml", "not-changeable.yaml"];

/// Codes after which there is no value to compare, or another value than the one that was written.
fn is_about_the_text(code: Code) -> bool {
    matches!(
        code,
        Code::NotYaml
            | Code::TooDeep
            | Code::EmptyDocument
            | Code::SeveralDocuments
            | Code::Tag
            | Code::MergeKey
            | Code::DuplicateKey
            | Code::DuplicateRating
            | Code::NotUtf8
            | Code::BadNumber
    )
}

/// A key such as `1` is a number to YAML, and text once it is JSON.
fn is_at_a_key(finding: &appraise::Diagnostic, text: &str) -> bool {
    let line = text.lines().nth(finding.end.line as usize - 1).unwrap_or_default();
    let rest: String = line.chars().skip(finding.end.column as usize - 1).collect();
    let is_value = finding.message.starts_with("text is missing");
    finding.code == Code::NotText && !is_value && rest.trim_start().starts_with(':')
}

#[test]
fn schema_and_loader_agree_about_the_shape_of_every_test_document() {
    let library = support::library();
    let mut compared = BTreeMap::new();
    let documents =
        [("rubric", schema::rubric()), ("overlay", schema::overlay()), ("evaluation", schema::evaluation())];
    for (kind, schema) in documents {
        let validator = validator(&schema);
        for path in support::files(&format!("tests/documents/{kind}")) {
            let Ok(text) = std::fs::read_to_string(&path) else { continue };
            let name = path.file_name().unwrap().to_str().unwrap();
            if name.ends_with(".txt") {
                continue;
            }
            let findings = if kind != "evaluation" {
                Rubric::check(name, &text, &library).1
            } else {
                // The shape does not depend on the rubric.
                Evaluation::check(name, &text, &library.get("small").unwrap()).1
            };
            if findings.iter().any(|finding| is_about_the_text(finding.code)) {
                continue;
            }
            let Ok(value) = serde_yaml::from_str::<Value>(&text) else { continue };
            // A companion that stands by itself is no overlay; and what a change clears, or what an addition lacks, is a matter of
            // the tier that its id has.
            if kind == "overlay" && (value.get("extends").is_none() || OF_THE_TIER.contains(&name)) {
                continue;
            }
            let loader_minds = findings.iter().any(|finding| {
                // `yes` as an id is text to YAML 1.2 and so to the schema; a key is always text there, and within `extra` any is
                // allowed; and whom an evaluation is about depends on the rubric.
                SHAPE.contains(&finding.code)
                    && !is_at_a_key(finding, &text)
                    && !finding.message.starts_with("some YAML readers")
                    && !finding.path.starts_with("service_data.")
                    && !finding.path.starts_with("extra")
                    && !matches!(finding.message.as_str(), "`employee` is missing" | "`organization` is missing")
            });
            let schema_minds = !validator.is_valid(&value);
            assert_eq!(
                schema_minds,
                loader_minds,
                "{}: the schema says {:?}\nthe loader says\n{findings}",
                path.display(),
                validator.iter_errors(&value).map(|error| error.to_string()).collect::<Vec<_>>()
            );
            *compared.entry((kind, loader_minds)).or_insert(0) += 1;
        }
    }
    // A comparison of nothing would agree too.
    for kind in ["rubric", "overlay", "evaluation"] {
        for minds in [false, true] {
            assert!(compared.get(&(kind, minds)).is_some_and(|count| *count >= 3), "{compared:?}");
        }
    }
}

#[test]
fn the_scorecards_and_goals_of_the_examples_are_as_their_schemas_say() {
    let library = support::library_of_examples();
    let scorecards = validator(&schema::scorecard());
    let goals = validator(&schema::goals());
    let evaluations = validator(&schema::evaluation());
    for path in support::files_ending("examples/evaluations", ".yaml") {
        let text = support::read(&path);
        let rubric = library.rubric_for("example.yaml", &text).unwrap();
        let evaluation = Evaluation::parse("example.yaml", &text, &rubric).unwrap();
        let scorecard = evaluation.score();
        for (validator, value) in [
            (&scorecards, serde_json::to_value(&scorecard).unwrap()),
            (&goals, serde_json::to_value(scorecard.goals()).unwrap()),
            (&evaluations, serde_json::to_value(&evaluation).unwrap()),
        ] {
            let errors: Vec<_> = validator.iter_errors(&value).map(|error| error.to_string()).collect();
            assert!(errors.is_empty(), "{}: {errors:?}", path.display());
        }
    }
}
