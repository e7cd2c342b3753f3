//! The protocol for hosts: every call with a request that works, its schemas, and an answer to whatever comes.

#![cfg(feature = "host")]
#![allow(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

mod support;

use appraise::host::{self, AnswerKind};
use appraise::{Draft, Library};
use proptest::prelude::*;
use serde_json::{Value, json};

const CONNECTICUT: &str = "connecticut_school_social_work";

fn evaluation() -> Value {
    json!({
        "rubric": { "id": CONNECTICUT },
        "employee": { "id": "E-1042", "name": "Jordan Rivera" },
        "evaluators": [{ "id": "E-0007", "name": "Priya Shah", "qualifications": ["school_social_work"] }],
        "period": { "from": "2025-08-25", "to": "2026-06-12" },
        "scope": ["deadlines", "inventories"],
        "ratings": { "deadlines": "has_met", "inventories": { "level": "no_opportunity_to_practice", "comment": "No inventory fell into this year." } },
        "extra": { "ticket": 12.50 },
    })
}

/// The evaluation, sealed.
fn sealed() -> Value {
    ok(&json!({ "call": "finish", "document": evaluation(), "on": "2026-06-12", "by": "E-0007" }))["document"].clone()
}

/// A rubric of a district, which a request brings along.
fn district() -> String {
    format!(
        "id: hartford\nversion: 1.0.0\ntitle: Hartford\nextends: {CONNECTICUT}@1\nomit: {{ self_growth: Not of this position }}\n"
    )
}

/// A request for every call.
fn requests() -> Vec<Value> {
    let one = evaluation();
    let id = CONNECTICUT;
    let hartford = json!([district()]);
    let policy = "points: { has_not_met: 0, has_met: 1, exceeds_expectations: 2 }\ncompensatory: true\nbecause: Trial.\n\
        steps: [{ id: summative, of: indicators, take: mean, bands: [{ from: 0, rating: has_not_met }, { from: 1, rating: has_met }] }]";
    let change = json!([
        { "rate": { "indicator": "deadlines", "level": "has_not_met", "comment": "Four of nine." } },
        { "unrate": { "indicator": "inventories" } },
    ]);
    vec![
        json!({ "call": "rubrics", "rubrics": hartford }),
        json!({ "call": "rubric", "rubrics": hartford, "rubric": { "id": "hartford", "version": "1.0.0" } }),
        json!({ "call": "check", "document": district() }),
        json!({ "call": "apply", "document": one, "changes": change }),
        json!({ "call": "merge", "base": one, "ours": one, "theirs": one }),
        json!({ "call": "score", "document": one, "history": [] }),
        json!({ "call": "what_if", "document": one, "policy": policy }),
        json!({ "call": "report", "document": one, "format": "markdown" }),
        json!({ "call": "goals", "document": one }),
        json!({ "call": "goals_page", "document": one }),
        json!({ "call": "form", "rubric": id, "format": "schema", "type": "interim", "scope": ["deadlines"] }),
        json!({ "call": "diff", "rubrics": hartford, "old": id, "new": "hartford" }),
        json!({ "call": "migrate", "rubrics": hartford, "document": one, "to": "hartford", "old": id }),
        json!({ "call": "combine", "documents": [one] }),
        json!({ "call": "finish", "document": one, "on": "2026-06-12", "by": "E-0007" }),
        json!({ "call": "amend", "document": sealed(), "set": { "ratings.deadlines.level": "exceeds_expectations" },
            "on": "2026-09-15", "by": "E-0007", "because": "Appeal." }),
        json!({ "call": "verify", "document": sealed() }),
        json!({ "call": "status", "documents": [one], "on": "2026-04-13", "format": "html" }),
        json!({ "call": "history", "documents": [sealed()], "format": "markdown" }),
        json!({ "call": "schema", "of": "evaluation" }),
    ]
}

fn answered(request: &Value) -> (AnswerKind, Value) {
    let mut request = request.clone();
    request["v"] = json!(1);
    request["id"] = json!("r-1");
    let answer = host::answer(&Library::bundled(), request.to_string().as_bytes());
    assert!(!answer.body().contains(&b'\n'), "{request}");
    let body: Value = serde_json::from_slice(answer.body()).unwrap();
    assert_eq!((&body["v"], &body["id"]), (&json!(1), &json!("r-1")));
    (answer.kind(), body)
}

fn ok(request: &Value) -> Value {
    let (kind, mut answer) = answered(request);
    assert_eq!(kind, AnswerKind::Ok, "{request:#}\n{answer:#}");
    answer["ok"].take()
}

#[test]
fn every_call_is_shown_and_agrees_with_its_schemas() {
    let all: Value = serde_json::from_str(&host::schemas()).unwrap();
    let shown: Vec<Value> = requests();
    let called: Vec<&str> = shown.iter().map(|request| request["call"].as_str().unwrap()).collect();
    assert_eq!(called, host::calls().collect::<Vec<_>>());
    for mut request in shown {
        let result = ok(&request);
        let call = request["call"].as_str().unwrap().to_owned();
        for key in ["call", "rubrics"] {
            request.as_object_mut().unwrap().remove(key);
        }
        for (side, value) in [("request", &request), ("ok", &result)] {
            let mut schema = all[&call][side].clone();
            assert!(schema.is_object(), "{call} {side}");
            schema["$defs"] = all["$defs"].clone();
            schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
            let validator = jsonschema::validator_for(&schema).unwrap_or_else(|error| panic!("{call} {side}: {error}"));
            let errors: Vec<String> =
                validator.iter_errors(value).map(|error| format!("{} {error}", error.instance_path())).collect();
            assert!(errors.is_empty(), "{call} {side}: {errors:#?}");
        }
    }
}

#[test]
fn a_call_gives_what_the_library_gives() {
    let text = evaluation().to_string();
    let library = Library::bundled();
    let read = library.check("document", &text).ok().unwrap();
    let scored = ok(&json!({ "call": "score", "document": evaluation() }));
    assert_eq!(scored["scorecard"], serde_json::to_value(read.score()).unwrap());
    assert_eq!(scored["fingerprint"], read.fingerprint());
    assert_eq!(scored, ok(&json!({ "call": "score", "document": text })), "as a text");
    assert_eq!(scored, ok(&json!({ "call": "score", "document": read.to_yaml() })), "as YAML");
    let report = ok(&json!({ "call": "report", "document": evaluation() }));
    let page = appraise::Renderer::new().report(&read.score(), appraise::Format::Html).unwrap();
    assert_eq!(report["page"], page);
}

#[test]
fn a_draft_is_edited_and_a_change_of_another_draft_is_refused() {
    let unfinished = json!({ "rubric": { "id": CONNECTICUT }, "extra": { "queue": "north" } });
    let change = json!([{ "rate": { "indicator": "deadlines", "level": "has_met", "by": "E-7" } }]);
    let edited = ok(&json!({ "call": "apply", "document": unfinished, "changes": change }));
    assert_eq!(edited["document"]["ratings"]["deadlines"]["level"], "has_met");
    assert_eq!((&edited["document"]["extra"]["queue"], &edited["scorecard"]), (&json!("north"), &Value::Null));
    let codes: Vec<&str> =
        edited["diagnostics"].as_array().unwrap().iter().map(|found| found["code"].as_str().unwrap()).collect();
    assert!(codes.contains(&"missing-key"), "{codes:?}");
    let fingerprint = Draft::read(&Library::bundled(), "d", &edited["document"].to_string()).unwrap();
    assert_eq!(edited["fingerprint"], fingerprint.fingerprint());
    let late = json!({ "call": "apply", "document": unfinished, "if_match": edited["fingerprint"], "changes": change });
    let (kind, answer) = answered(&late);
    assert_eq!((kind, &answer["error"]["code"]), (AnswerKind::Error, &json!("conflict")));
    let (kind, answer) = answered(&json!({ "call": "apply", "document": sealed(), "changes": change }));
    assert_eq!((kind, &answer["error"]["code"]), (AnswerKind::Error, &json!("sealed")));
}

#[test]
fn a_faulty_document_is_answered_by_its_findings() {
    let mut faulty = evaluation();
    faulty["ratings"]["deadlines"] = json!("has_meet");
    for call in ["check", "score", "report", "goals", "goals_page", "form"] {
        let (kind, answer) = answered(&json!({ "call": call, "document": faulty }));
        assert_eq!(kind, AnswerKind::Findings, "{call}");
        let found = &answer["findings"][0];
        let named = ["code", "file", "path", "help"].map(|key| found[key].as_str().unwrap_or_default());
        assert_eq!(named, ["unknown-level", "document", "ratings.deadlines", "did you mean `has_met`?"], "{call}");
    }
    let (_, answer) = answered(&json!({ "call": "history", "documents": [evaluation(), faulty] }));
    assert_eq!(answer["findings"][0]["file"], "documents[1]");
    let (_, answer) = answered(&json!({ "call": "rubrics", "rubrics": [district().replace("omit", "omitt")] }));
    assert_eq!(answer["findings"][0]["file"], "rubrics[0]");
}

#[test]
fn a_wrong_request_is_answered_by_an_error_with_a_code() {
    let library = Library::bundled();
    let code = |request: &str| host::answer(&library, request.as_bytes()).code();
    for (request, wanted) in [
        ("", "not-json"),
        ("[]", "not-json"),
        (r#"{ "v": 1, "call": "rubrics" } {}"#, "not-json"),
        (r#"{ "call": "rubrics" }"#, "other-version"),
        (r#"{ "v": 2, "call": "rubrics" }"#, "other-version"),
        (r#"{ "v": "1", "call": "rubrics" }"#, "other-version"),
        (r#"{ "v": 1 }"#, "arguments"),
        (r#"{ "v": 1, "call": "rubrics", "call": "schema" }"#, "arguments"),
        (r#"{ "v": 1, "call": "rubrics", "id": {} }"#, "arguments"),
        (r#"{ "v": 1, "call": "rubrics", "rubrics": {} }"#, "arguments"),
        (r#"{ "v": 1, "call": "rubrics", "rubric": "x" }"#, "arguments"),
        (r#"{ "v": 1, "call": "scor" }"#, "unknown-call"),
        (r#"{ "v": 1, "call": "score" }"#, "arguments"),
        (r#"{ "v": 1, "call": "score", "documnt": {} }"#, "arguments"),
        (r#"{ "v": 1, "call": "rubric", "rubric": "hartford" }"#, "unknown-rubric"),
        (r#"{ "v": 1, "call": "status", "documents": [], "on": "13.4.2026" }"#, "arguments"),
        (r#"{ "v": 1, "call": "combine", "documents": [] }"#, "arguments"),
        (r#"{ "v": 1, "call": "schema", "of": "rubrics" }"#, "arguments"),
    ] {
        assert_eq!(code(request), Some(wanted), "{request}");
    }
    let large = format!(r#"{{ "v": 1, "call": "check", "document": "{}" }}"#, "x".repeat(host::MAX_REQUEST));
    assert_eq!(code(&large), Some("too-large"));
    let answer: Value =
        serde_json::from_slice(&host::call(&library, br#"{ "v": 3, "id": 9007199254740993 }"#)).unwrap();
    assert_eq!(answer["id"], json!(9_007_199_254_740_993_u64));
}

/// Whether an answer is one of the envelope, on one line.
fn check_envelope(answer: &[u8]) {
    let body: Value = serde_json::from_slice(answer).unwrap();
    let kinds = ["ok", "findings", "error"].iter().filter(|kind| !body[**kind].is_null()).count();
    assert!(kinds == 1 && body["v"] == 1 && body.as_object().unwrap().len() == 3, "{body}");
    assert!(!answer.contains(&b'\n'));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_comes_has_an_answer(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        check_envelope(&host::call(&Library::bundled(), &bytes));
    }

    #[test]
    fn a_request_with_anything_changed_has_an_answer(which in any::<prop::sample::Index>(), at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let requests = requests();
        let mut request = which.get(&requests).clone();
        request["v"] = json!(1);
        let mut bytes = request.to_string().into_bytes();
        *at.get_mut(&mut bytes) = byte;
        check_envelope(&host::call(&Library::bundled(), &bytes));
    }

    #[test]
    fn a_request_with_any_value_replaced_has_an_answer(which in any::<prop::sample::Index>(), at in any::<prop::sample::Index>(), by in 0..7_usize) {
        let requests = requests();
        let mut request = which.get(&requests).clone();
        request["v"] = json!(1);
        let pointers = pointers(&request, "");
        let value = [json!(null), json!([]), json!({}), json!(""), json!(-1.5e300), json!([[]]), json!(true)][by].clone();
        *request.pointer_mut(at.get(&pointers).as_str()).unwrap() = value;
        check_envelope(&host::call(&Library::bundled(), request.to_string().as_bytes()));
    }
}

/// The place of every value within.
fn pointers(value: &Value, at: &str) -> Vec<String> {
    let within: Vec<(String, &Value)> = match value {
        Value::Object(map) => map.iter().map(|(key, value)| (format!("{at}/{key}"), value)).collect(),
        Value::Array(list) => {
            list.iter().enumerate().map(|(number, value)| (format!("{at}/{number}"), value)).collect()
        }
        _ => Vec::new(),
    };
    within.into_iter().flat_map(|(at, value)| std::iter::once(at.clone()).chain(pointers(value, &at))).collect()
}
