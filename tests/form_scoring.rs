//! Forms of a rubric whose scoring policy asks for more than ratings.

#![cfg(feature = "render")]
#![allow(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

mod support;

use appraise::{Evaluation, Form, Format, Library, Renderer, Rubric, Type};
use serde_json::{Value, json};

fn rubric() -> Rubric {
    let text = support::read(support::project("tests/scored/rubric.yaml"));
    Rubric::parse("rubric.yaml", &text, &Library::empty()).unwrap()
}

fn evaluation() -> Evaluation {
    Evaluation::parse("final.yaml", &support::read(support::project("tests/scored/final.yaml")), &rubric()).unwrap()
}

fn page(form: &Form, format: Format) -> String {
    Renderer::new().form(form, format).unwrap()
}

#[test]
fn the_page_asks_for_inputs_and_entered_ratings() {
    let html = page(&Form::new(&rubric()), Format::Html);
    for control in [
        r#"<input data-key="inputs.growth" data-kind="measure" data-from="1" data-to="3" data-places="1" data-final"#,
        r#"<select data-key="inputs.stage" data-final"#,
        r#"<option value="tenured">tenured</option>"#,
        r#"data-key="inputs.survey""#,
        r#"<select data-key="entered.judged.care.rating" data-final"#,
        r#"<textarea data-key="entered.judged.records.rationale""#,
    ] {
        assert_eq!(html.matches(control).count(), 1, "{control}");
    }
    assert!(html.contains(r#"<section id="scoring" data-types="formal">"#));
    // Nothing is asked for a part that is not on the form, nor of a kind that is not scored.
    let part = page(&Form::new(&rubric()).scope(["care"]).unwrap(), Format::Html);
    assert!(part.contains("entered.judged.care.rating") && !part.contains("entered.judged.records.rating"));
    let own = page(&Form::new(&rubric()).kind(Type::SelfEvaluation), Format::Html);
    assert!(own.contains(r#"<section id="scoring" data-types="formal" hidden>"#));
}

#[test]
fn the_page_knows_the_parts_that_are_judged_as_a_whole() {
    let whole = r#"<div class="fields entered" data-node="planning" data-whole>"#;
    let judged = support::library().get("judged").unwrap();
    assert_eq!(page(&Form::new(&judged), Format::Html).matches(whole).count(), 1);
    assert!(!page(&Form::new(&rubric()), Format::Html).contains("data-whole>"));
    // The schema takes an entry where nothing is rated.
    let schema: Value = serde_json::from_str(&Form::new(&judged).json_schema()).unwrap();
    let mut document = json!({
        "rubric": { "id": "judged" },
        "employee": { "id": "E-1", "name": "Ann" },
        "evaluators": [{ "id": "E-2", "name": "Bo" }],
        "period": { "from": "2025-08-25", "to": "2026-06-12" },
        "ratings": {},
    });
    document["entered"] = json!({ "component": { "planning": { "rating": "has_met", "rationale": "As seen." } } });
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<String> = validator.iter_errors(&document).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:?}");
}

#[test]
fn every_form_says_the_limits_of_an_entered_rating() {
    let scored = support::library().get("scored").unwrap();
    let limits = [
        "at most “Has met” where at least 1 of the indicators is rated “Has not met”",
        "at most “Has met” where Career stage is “novice” or total is less than 1",
    ];
    let form = Form::new(&scored);
    let pages = [page(&form, Format::Html), page(&form, Format::Markdown), form.yaml(), form.json_schema()];
    for (page, limit) in pages.iter().flat_map(|page| limits.iter().map(move |limit| (page, limit))) {
        assert_eq!(page.matches(limit).count(), 1, "{limit} in\n{page}");
    }
}

#[test]
fn every_form_has_the_labels_of_choices() {
    let text = support::read(support::project("tests/scored/rubric.yaml"));
    let labelled = text.replace("tenured]", "{ id: tenured, label: Tenured for good }]");
    assert_ne!(labelled, text);
    let rubric = Rubric::parse("rubric.yaml", &labelled, &Library::empty()).unwrap_or_else(|found| panic!("{found}"));
    let form = Form::new(&rubric);
    assert!(page(&form, Format::Html).contains(r#"<option value="tenured">Tenured for good</option>"#));
    assert!(page(&form, Format::Markdown).contains("☐ first\\_year ☐ Tenured for good"));
    assert!(form.yaml().contains("first_year or tenured (Tenured for good)"), "{}", form.yaml());
    let pages: Value = serde_json::from_str(&form.ui_schema()).unwrap();
    assert!(pages["inputs"]["stage"].to_string().contains("Tenured for good"), "{pages}");
}

#[test]
fn a_rubric_without_a_policy_asks_for_nothing_more() {
    let plain = support::library().get("connecticut_school_social_work").unwrap();
    let form = Form::new(&plain);
    assert!(!page(&form, Format::Html).contains(r#"id="scoring""#));
    assert!(!page(&form, Format::Markdown).contains("summative"));
    assert!(!form.yaml().contains("scoring policy"));
    let schema: Value = serde_json::from_str(&form.json_schema()).unwrap();
    assert!(schema["properties"].get("inputs").is_none() && schema["properties"].get("entered").is_none());
}

#[test]
fn the_sheet_shows_what_is_asked_and_what_is_given() {
    let blank = page(&Form::new(&rubric()), Format::Markdown);
    for line in [
        "☐ first\\_year ☐ tenured",
        "**Judgment, Care**: ☐ Below ☐ At ☐ Above",
        "(a number with at most 1 place, from 1 to 3)",
    ] {
        assert!(blank.contains(line), "{line}\n{blank}");
    }
    let filled = page(&Form::of(&evaluation()), Format::Markdown);
    for line in [
        "**Growth of patients**: 2.5 (", "☐ first\\_year ☒ tenured", "**Judgment, Records**: ☒ Below",
        "Charts were late, as #12 shows.",
    ] {
        assert!(filled.contains(line), "{line}\n{filled}");
    }
}

#[test]
fn the_yaml_is_an_evaluation_with_what_is_given() {
    let yaml = Form::of(&evaluation()).yaml();
    let again = Evaluation::parse("again.yaml", &yaml, &rubric()).unwrap_or_else(|found| panic!("{found}\n{yaml}"));
    assert_eq!(again.fingerprint(), evaluation().fingerprint());
    let blank = Form::new(&rubric()).yaml();
    for line in [
        "#   growth: Growth of patients, a number with at most 1 place, from 1 to 3",
        "# inputs: { growth: …, stage: …, survey: … }",
        "# entered: { judged: { care: { rating: …, rationale: \"…\" }, records: { rating: …, rationale: \"…\" } } }",
    ] {
        assert!(blank.contains(line), "{line}\n{blank}");
    }
}

#[test]
fn the_schema_takes_what_the_policy_asks_for_and_nothing_else() {
    let schema: Value = serde_json::from_str(&Form::new(&rubric()).json_schema()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let mut sound = serde_json::to_value(evaluation()).unwrap();
    // A page made of a schema writes ratings the long way.
    for rating in sound["ratings"].as_object_mut().unwrap().values_mut().filter(|rating| rating.is_string()) {
        *rating = json!({ "level": rating.clone() });
    }
    let errors: Vec<String> = validator.iter_errors(&sound).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:?}");
    for (at, value) in [
        ("/inputs/growth", json!(4)),
        ("/inputs/stage", json!("novice")),
        ("/entered/judged/care", json!({ "rating": "above" })),
        ("/entered/judged/care/rating", json!("excellent")),
    ] {
        let mut broken = sound.clone();
        *broken.pointer_mut(at).unwrap() = value;
        assert!(!validator.is_valid(&broken), "{at}");
    }
    let pages: Value = serde_json::from_str(&Form::new(&rubric()).ui_schema()).unwrap();
    assert_eq!(pages["entered"]["judged"]["care"]["rationale"]["ui:widget"], "textarea");
}
