//! Lists the changes between two states of one evaluation, as data and on the command line.

#![cfg(feature = "cli")]
#![allow(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

mod support;

use std::process::Command;

use appraise::changes::RevisionKind;
use appraise::{Evaluation, Rubric, changes};
use serde_json::{Value, json};

const YEAR: [&str; 7] = [
    "1_self.yaml", "2_interim.yaml", "3_draft.yaml", "4_response.yaml", "5_final.yaml", "6_amended.yaml", "7_next.yaml",
];

fn of_year(name: &str) -> Evaluation {
    let text = support::read(support::project(&format!("examples/year/{name}")));
    support::library_of_examples().check(name, &text).ok().unwrap_or_else(|found| panic!("{found}"))
}

/// The data of an evaluation, with ratings in their long form, and the status of a draft.
fn data(evaluation: &Evaluation) -> Value {
    let mut data = serde_json::to_value(evaluation).unwrap();
    data["status"] = serde_json::to_value(evaluation.status()).unwrap();
    let long = |ratings: Option<&mut Value>| {
        for (_, rating) in ratings.and_then(Value::as_object_mut).into_iter().flatten() {
            if !rating.is_object() {
                *rating = json!({ "level": rating });
            }
        }
    };
    long(data.get_mut("ratings"));
    for observation in data.get_mut("observations").and_then(Value::as_array_mut).into_iter().flatten() {
        long(observation.get_mut("ratings"));
    }
    data
}

/// The value at a place such as `goals[0].status`.
fn at<'a>(data: &'a Value, place: &str) -> Option<&'a Value> {
    let pointer = place.replace(['.', '['], "/").replace(']', "");
    data.pointer(&format!("/{pointer}"))
}

/// By change of the documents: the values before and since.
fn values(old: &Evaluation, new: &Evaluation) -> Vec<(String, RevisionKind, Option<Value>, Option<Value>)> {
    let changes = changes(old, new);
    let value = |value: Option<serde_json::Result<Value>>| value.map(Result::unwrap);
    let of_documents = changes.changes.iter().filter(|change| !change.follows);
    of_documents
        .map(|change| {
            let (old, new) = (change.was().map(serde_json::to_value), change.is().map(serde_json::to_value));
            (change.at.clone(), change.kind, value(old), value(new))
        })
        .collect()
}

#[test]
fn every_change_is_at_its_place_and_the_way_back_has_as_many() {
    let year: Vec<Evaluation> = YEAR.iter().map(|name| of_year(name)).collect();
    for old in &year {
        for new in &year {
            let found = values(old, new);
            assert_eq!(found.is_empty(), old.fingerprint() == new.fingerprint());
            let (before, since) = (data(old), data(new));
            for (place, kind, was, is) in &found {
                assert_eq!(
                    (was.is_none(), is.is_none()),
                    (*kind == RevisionKind::Added, *kind == RevisionKind::Removed),
                    "{place}"
                );
                let (document, value) = if is.is_some() { (&since, is) } else { (&before, was) };
                assert_eq!(at(document, place), value.as_ref(), "{place}");
            }
            let back = values(new, old);
            let count = |list: &[(String, RevisionKind, Option<Value>, Option<Value>)], kind| {
                list.iter().filter(|(_, of, ..)| *of == kind).count()
            };
            assert_eq!(count(&found, RevisionKind::Added), count(&back, RevisionKind::Removed));
            assert_eq!(count(&found, RevisionKind::Changed), count(&back, RevisionKind::Changed));
        }
    }
}

fn rubric() -> Rubric {
    support::parsed(
        "id: r\nversion: 1.0.0\ntitle: R\nobservations: { kinds: [{ id: visit, label: Visit }], rating: latest }\n\
         narratives: [{ id: praise, label: Praise, of: domain }]\n\
         process: { steps: [{ id: handed_over, label: Draft handed over }] }\n\
         domains: [{ id: planning, title: Planning, indicators: [{ id: plans, title: Plans, statement: Writes plans. }, \
         { id: calls, title: Calls, statement: Calls home. }] }]\n",
    )
}

fn draft(more: &str) -> Evaluation {
    let text = format!(
        "rubric: {{ id: r }}\nemployee: {{ id: E-1, name: Ann }}\nevaluators: [{{ id: E-2, name: Bo }}]\n\
         period: {{ from: 2025-08-25, to: 2026-06-12 }}\n{more}"
    );
    Evaluation::parse("e.yaml", &text, &rubric()).unwrap_or_else(|found| panic!("{found}"))
}

/// The kind, the place, the label and the values as people read them.
fn told(old: &str, new: &str) -> Vec<String> {
    let changes = changes(&draft(old), &draft(new));
    let line = |change: &appraise::changes::Revised| {
        let text = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".to_owned());
        let (kind, at, label) = (change.kind.as_str(), &change.at, &change.label);
        let about = change.about.as_deref().unwrap_or("-");
        format!("{kind} {at} | {about} | {label} | {} | {}", text(&change.was_text), text(&change.is_text))
    };
    changes.changes.iter().map(line).collect()
}

#[test]
fn a_rating_in_its_short_form_is_the_same_as_in_the_long_one() {
    assert_eq!(
        told("ratings: { calls: has_met }", "ratings: { calls: { level: has_met, comment: Weekly. } }"),
        ["added ratings.calls.comment | calls | Calls (1.2): comment | - | Weekly."]
    );
    assert_eq!(told("ratings: { calls: has_met }", "ratings: { calls: { level: has_met } }"), [""; 0]);
    assert_eq!(
        told("ratings: { calls: has_met }", "ratings: {}"),
        ["removed ratings.calls.level | calls | Calls (1.2): level | Has met | -"]
    );
}

#[test]
fn items_are_matched_by_what_tells_them_apart_and_not_by_their_place() {
    let old = "ratings: {}\ngoals: [{ statement: Call home., indicator: calls }, { statement: Plan. }]\n\
               record: [{ date: 2026-05-04, event: conferred }]\n";
    let new = "ratings: {}\ngoals: [{ statement: Plan., status: agreed }, { statement: Write home., indicator: calls }]\n\
               record: [{ date: 2026-05-01, event: observed }, { date: 2026-05-05, event: conferred }]\n";
    assert_eq!(
        told(old, new),
        [
            "changed goals[0].status | - | Goal “Plan.”: status | proposed | agreed",
            "changed goals[1].statement | calls | Goal “Write home.”: statement | Call home. | Write home.",
            "added record[0] | - | Observed of 2026-05-01 | - | date: 2026-05-01, event: observed",
            "changed record[1].date | - | Conferred of 2026-05-05: date | 2026-05-04 | 2026-05-05",
        ]
    );
    let backwards =
        "ratings: {}\nrecord: [{ date: 2026-05-05, event: conferred }, { date: 2026-05-01, event: observed }]\n";
    let forwards =
        "ratings: {}\nrecord: [{ date: 2026-05-01, event: observed }, { date: 2026-05-05, event: conferred }]\n";
    assert_eq!(told(backwards, forwards), [""; 0], "another order is no change");
}

#[test]
fn a_rating_that_follows_from_an_observation_is_named_with_what_it_follows_from() {
    let visit = |level: &str| {
        format!(
            "ratings: {{}}\nobservations: [{{ id: fall, kind: visit, date: 2025-10-14, ratings: {{ plans: {level} }} }}]\n"
        )
    };
    assert_eq!(
        told(&visit("has_not_met"), &visit("has_met")),
        [
            "changed observations[0].ratings.plans.level | plans | Visit of 2025-10-14: Plans (1.1): level | Has not met | Has met",
            "changed ratings.plans.level | plans | Plans (1.1): rating that follows | Has not met | Has met",
        ]
    );
}

#[test]
fn texts_are_named_by_their_narrative_and_the_part_that_they_are_about() {
    assert_eq!(
        told("ratings: {}\nsummary: Calm.\n", "ratings: {}\nnarratives: { praise: { planning: Ready in August. } }\n"),
        [
            "removed summary | - | Summary | Calm. | -",
            "added narratives.praise.planning | planning | Praise: Planning (1) | - | Ready in August.",
        ]
    );
}

fn appraise(arguments: &[&str]) -> (Option<i32>, String, String) {
    let command =
        Command::new(env!("CARGO_BIN_EXE_appraise")).args(arguments).current_dir(support::project("")).output();
    let output = command.unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

const ELM_HILL: [&str; 2] = ["--rubric", "examples/rubrics/elm_hill_school_social_work.yaml"];

fn diff(old: &str, new: &str, more: &[&str]) -> (Option<i32>, String, String) {
    let year = |name: &str| format!("examples/year/{name}");
    appraise(&[&["diff", &year(old), &year(new)], &ELM_HILL[..], more].concat())
}

#[test]
fn diff_of_two_evaluations_lists_their_changes() {
    let (status, text, _) = diff("2_interim.yaml", "3_draft.yaml", &[]);
    assert_eq!(status, Some(0));
    support::expect(support::project("tests/expected/changes.txt"), &text);
    let (_, json, _) = diff("2_interim.yaml", "3_draft.yaml", &["--format", "json"]);
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json, serde_json::to_value(changes(&of_year("2_interim.yaml"), &of_year("3_draft.yaml"))).unwrap());
    let schema: Value = serde_json::from_str(&appraise::schema::changes()).unwrap();
    assert!(jsonschema::validator_for(&schema).unwrap().is_valid(&json));
    let (status, _, error) =
        appraise(&["diff", "examples/year/3_draft.yaml", "connecticut_school_social_work", ELM_HILL[0], ELM_HILL[1]]);
    assert_eq!((status, error.contains("name two of a kind")), (Some(2), true), "{error}");
    let (_, text, error) = diff("3_draft.yaml", "3_draft.yaml", &["--for", "employee"]);
    assert!(text.ends_with("Nothing changed.\n"), "{text}{error}");
}
