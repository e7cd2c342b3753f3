//! Drafts: changes of documents of any kind, and what follows from them at once.

#![allow(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

mod support;

use appraise::draft::{Merged, merge};
use appraise::{Change, Draft, Error, Evaluation, Library, Status, Value};
use proptest::prelude::*;
use serde_json::json;

const RIVERA: &str = r#"{
  "rubric": { "id": "connecticut_school_social_work" },
  "employee": { "id": "E-1042", "name": "Jordan Rivera" },
  "evaluators": [{ "id": "E-0007", "name": "Priya Shah", "qualifications": ["school_social_work"] }],
  "period": { "from": "2025-08-25", "to": "2026-06-12" },
  "ratings": { "self_growth": "has_met", "deadlines": { "level": "has_met", "comment": "Eight of nine." } },
  "extra": { "ticket": 12.50 }
}"#;

fn draft(text: &str) -> Draft {
    Draft::read(&support::library(), "E-1042", text).unwrap_or_else(|found| panic!("{found}"))
}

fn changed(changes: &[Change]) -> serde_json::Value {
    let mut draft = draft(RIVERA);
    for change in changes {
        draft.apply(change).unwrap();
    }
    serde_json::from_str(&draft.to_json()).unwrap()
}

#[test]
fn a_change_leaves_alone_what_it_does_not_name() {
    let before: serde_json::Value = serde_json::from_str(RIVERA).unwrap();
    let with = |at: &str, to: serde_json::Value| {
        let mut expected = before.clone();
        *expected.pointer_mut(at).unwrap() = to;
        expected
    };
    let evidence = json!([{ "date": "2026-02-03", "note": "Seen." }]);
    for (change, at, to) in [
        (Change::level("deadlines", "has_not_met"), "/ratings/deadlines/level", json!("has_not_met")),
        (Change::level("self_growth", "has_not_met"), "/ratings/self_growth", json!("has_not_met")),
        (
            Change::comment("self_growth", Some("Well.")),
            "/ratings/self_growth",
            json!({ "level": "has_met", "comment": "Well." }),
        ),
        (Change::comment("deadlines", None), "/ratings/deadlines", json!({ "level": "has_met" })),
        (Change::unrate("deadlines"), "/ratings/deadlines", json!({ "comment": "Eight of nine." })),
        (
            Change::level("deadlines", "has_met").by("E-0007"),
            "/ratings/deadlines",
            json!({ "level": "has_met", "by": "E-0007", "comment": "Eight of nine." }),
        ),
        (
            Change::evidence("self_growth", &[json!({ "date": "2026-02-03", "note": "Seen." })]),
            "/ratings/self_growth",
            json!({ "level": "has_met", "evidence": evidence }),
        ),
        (
            Change::put("ratings.self_growth.evidence", &evidence[0]),
            "/ratings/self_growth",
            json!({ "level": "has_met", "evidence": evidence }),
        ),
        (
            Change::evaluator(&json!({ "id": "E-0007", "title": "Principal" })),
            "/evaluators/0",
            json!({ "id": "E-0007", "name": "Priya Shah", "qualifications": ["school_social_work"], "title": "Principal" }),
        ),
        (Change::set("employee.name", "Jordan Rivera-Cruz"), "/employee/name", json!("Jordan Rivera-Cruz")),
        (
            Change::patch(&json!({ "extra": { "queue": "north" } })),
            "/extra",
            json!({ "ticket": 12.50, "queue": "north" }),
        ),
    ] {
        assert_eq!(changed(std::slice::from_ref(&change)), with(at, to), "{change:?}");
        let sent: Change = serde_json::from_str(&serde_json::to_string(&change).unwrap()).unwrap();
        assert_eq!(sent, change);
    }
    assert!(draft(RIVERA).to_json().contains("12.50"), "a number keeps its digits");
}

#[test]
fn every_key_of_an_evaluation_can_be_set_and_taken_out() {
    let goal = json!({ "indicator": "deadlines", "statement": "On time." });
    let changes = [
        ("type", Change::kind("interim")),
        ("status", Change::status(Status::Draft)),
        ("summary", Change::summary(Some("A good year."))),
        ("scope", Change::scope(&["deadlines"])),
        ("not_assigned", Change::not_assigned("inventories", Some("Done by others."))),
        ("inputs", Change::input("growth", Some(Value::Number("2.5".into())))),
        ("entered", Change::entered("summative", None, "has_met", "All in all.")),
        ("narratives", Change::narrative("plan", Some("counselor"), Some("More."))),
        ("service_data", Change::service_data("sessions", Some(Value::Number("412".into())))),
        ("goals", Change::goal(&goal)),
        ("observations", Change::observation(&json!({ "id": "fall", "kind": "announced", "date": "2025-10-14" }))),
        ("supervision", Change::supervision(&json!({ "date": "2025-10-01", "kind": "clinical" })).by("E-0007")),
        (
            "professional_development",
            Change::training(&json!({ "date": "2025-10-10", "title": "Plans", "contact_hours": 4 })),
        ),
        ("responses", Change::response(&json!({ "by": "E-1042", "text": "I agree." }))),
        ("record", Change::event(&json!({ "date": "2026-06-01", "event": "delivered" })).by("E-0007")),
        ("contact_hours_before", Change::set("contact_hours_before", &12)),
        ("shared", Change::set("shared", &true)),
        ("allow", Change::put("allow", &json!({ "code": "missing-comment", "because": "It is known." }))),
    ];
    for (key, change) in changes {
        let mut draft = draft(RIVERA);
        draft.apply(&change).unwrap();
        assert!(draft.document().get(key).is_some(), "{key}");
        // Every change is made once, however often it is sent.
        let once = draft.to_json();
        draft.apply(&change).unwrap();
        assert_eq!(draft.to_json(), once, "{key}");
        draft.apply(&Change::clear(key)).unwrap();
        assert_eq!(changed(&[]), serde_json::from_str::<serde_json::Value>(&draft.to_json()).unwrap(), "{key}");
    }
    let mut draft = draft(RIVERA);
    draft.apply(&Change::goal(&goal)).unwrap();
    draft.apply(&Change::goal(&json!({ "indicator": "deadlines", "statement": "On time.", "status": "met" }))).unwrap();
    draft.apply(&Change::remove("goals", &goal)).unwrap();
    assert_eq!(draft.document().get("goals"), Some(&Value::List(Vec::new())));
}

#[test]
fn a_rating_on_an_observation_is_one_of_its_own() {
    let fall = json!({ "id": "fall", "kind": "announced", "date": "2025-10-14", "by": "E-0007" });
    let rate = Change::level("self_growth", "has_not_met").on("fall");
    let document = changed(&[
        Change::observation(&fall),
        rate.clone(),
        Change::comment("self_growth", Some("Not seen.")).on("fall"),
    ]);
    let expected = json!({ "level": "has_not_met", "comment": "Not seen." });
    assert_eq!(document["observations"][0]["ratings"]["self_growth"], expected);
    assert_eq!(document["ratings"]["self_growth"], "has_met");
    let error = draft(RIVERA).apply(&rate).unwrap_err();
    assert_eq!(error.to_string(), "change of `observations`: there is no observation `fall`");
}

#[test]
fn a_change_that_cannot_be_made_is_refused_in_words_and_changes_nothing() {
    let text = r#"{ "ratings": { "deadlines": ["has_met"], "inventories": "has_met", "inventories": "has_not_met", "self_growth": "has_met", "goals": null }, "goals": "none", "summary": "Calm." }"#;
    for (change, reason) in [
        (Change::level("deadlines", "has_met"), "change of `ratings.deadlines`: it is a list, and no rating"),
        (
            Change::level("inventories", "has_met"),
            "change of `ratings`: a key stands in it twice: take it out, and set it once",
        ),
        (Change::goal(&json!({ "statement": "On time." })), "change of `goals`: it is no list"),
        (Change::set("summary.text", "Calm."), "change of `summary`: it is no group of keys and values"),
        (Change::set("goals[0].status", "met"), "change of `goals`: it is no list"),
        (Change::set("a..b", "met"), "change of `a..b`: this names no place in an evaluation"),
        (Change::put("summary", &1), "change of `summary`: it is no list whose items are known again"),
        (Change::set("seal", "x"), "change of `seal`: only finishing and amending an evaluation write it"),
        (
            Change::patch(&json!({ "seal": { "on": "2026-06-12" } })),
            "change of `seal`: only finishing and amending an evaluation write it",
        ),
        (Change::patch(&json!(["x"])), "change of ``: a merge patch of a document is a group of keys and values"),
        (
            Change::comment("self_growth", Some(&"x".repeat(appraise::MAX_BYTES))),
            "change of ``: the document would be larger than 4 MiB, nest deeper than 64, or have more than 100,000 values",
        ),
        (
            Change::comment("informed_consent", Some(&"x".repeat(appraise::MAX_BYTES))),
            "change of ``: the document would be larger than 4 MiB, nest deeper than 64, or have more than 100,000 values",
        ),
        (
            Change::summary(Some(&"x".repeat(appraise::MAX_BYTES))),
            "change of ``: the document would be larger than 4 MiB, nest deeper than 64, or have more than 100,000 values",
        ),
    ] {
        let mut draft = draft(text);
        let before = (draft.to_json(), draft.fingerprint().to_owned());
        let error = draft.apply(&change).unwrap_err();
        assert_eq!(error.to_string(), reason);
        assert_eq!((draft.to_json(), draft.fingerprint().to_owned()), before);
    }
}

#[test]
fn a_sealed_draft_takes_only_new_responses_and_events() {
    let library = Library::bundled();
    let text = RIVERA.replace("\"ratings\"", "\"scope\": [\"self_growth\", \"deadlines\"], \"ratings\"");
    let mut evaluation = library.check("rivera", &text).value.unwrap();
    evaluation.finish("2026-06-12", "E-0007").unwrap_or_else(|found| panic!("{found}"));
    let mut draft = Draft::read(&library, "rivera", &serde_json::to_string(&evaluation).unwrap()).unwrap();
    for change in [
        Change::level("deadlines", "has_not_met"),
        Change::summary(None),
        Change::remove("record", &json!({})),
        Change::patch(&json!({ "summary": "x" })),
        Change::clear("seal"),
    ] {
        assert!(matches!(draft.apply(&change), Err(Error::Sealed)), "{change:?}");
    }
    draft.apply(&Change::response(&json!({ "by": "E-1042", "text": "I agree." }))).unwrap();
    draft.apply(&Change::event(&json!({ "date": "2026-06-15", "event": "delivered" }))).unwrap();
    assert!(draft.checked().is_ok(), "{}", draft.diagnostics());
}

#[test]
fn a_text_that_is_no_evaluation_at_all_is_refused_with_its_findings() {
    for text in ["", "[]", "ratings: {", "text", "? [a]\n: b"] {
        let found = Draft::read(&Library::bundled(), "E-1042", text).err().unwrap_or_else(|| panic!("{text}"));
        assert!(found.has_errors(), "{text}");
    }
    assert!(Draft::read(&Library::bundled(), "E-1042", "{}").is_ok());
}

#[test]
fn a_log_of_a_draft_names_no_person_and_no_text() {
    let shown = format!("{:?}", draft(RIVERA));
    assert!(!shown.contains("Rivera") && !shown.contains("Eight"), "{shown}");
}

/// Documents of every kind: sound, unfinished, and wrong in every way that a test document is.
fn documents() -> Vec<(String, String)> {
    let folders = ["tests/documents/evaluation", "examples/evaluations", "tests/scored"];
    let files = folders.iter().flat_map(|folder| support::files(folder));
    let files = files.filter(|path| path.extension().is_some_and(|ending| ending == "yaml" || ending == "json"));
    files.map(|path| (path.display().to_string(), support::read(&path))).collect()
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        Just(Value::Bool(true)),
        "[1-9][0-9]?([.][0-9]{2})?".prop_map(Value::Number),
        prop_oneof![
            "has_met", "has_not_met", "E-0007", "2026-02-03", "Call 203-555-0142.", "a\\\"\\\\b\u{e9}\u{1F600}"
        ]
        .prop_map(Value::Text),
    ];
    leaf.prop_recursive(2, 8, 3, |inner| {
        let key = prop_oneof![Just("level"), Just("comment"), Just("id"), Just("text"), Just("deadlines")];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::List),
            prop::collection::btree_map(key, inner, 0..3).prop_map(|entries| Value::Map(
                entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
            )),
        ]
    })
}

fn change() -> impl Strategy<Value = Change> {
    let indicator =
        || prop_oneof![Just("deadlines"), Just("plans"), Just("counsels"), Just("self_growth"), Just("no_such")];
    let place = prop_oneof![
        Just("summary"),
        Just("employee.name"),
        Just("goals[0].status"),
        Just("status"),
        Just("ratings.plans.comment"),
        Just("period.to"),
        Just("extra.host"),
        Just("no_such"),
        Just("rubric.version"),
        Just("ratings"),
    ];
    let list = || {
        prop_oneof![
            Just("goals"),
            Just("evaluators"),
            Just("record"),
            Just("responses"),
            Just("observations"),
            Just("ratings.plans.evidence"),
        ]
    };
    prop_oneof![
        3 => (indicator(), prop::option::of(value()), prop::option::of(value())).prop_map(|(indicator, level, comment)| {
            let mut rate = json!({ "indicator": indicator });
            level.into_iter().for_each(|value| rate["level"] = serde_json::to_value(value).unwrap());
            comment.into_iter().for_each(|value| rate["comment"] = serde_json::to_value(value).unwrap());
            serde_json::from_value(json!({ "rate": rate })).unwrap()
        }),
        2 => indicator().prop_map(|indicator| Change::level(indicator, "has_met")),
        1 => indicator().prop_map(Change::unrate),
        2 => (place, value()).prop_map(|(at, to)| Change::set(at, &to)),
        2 => (list(), value()).prop_map(|(list, item)| Change::put(list, &item)),
        1 => (list(), value()).prop_map(|(list, item)| Change::remove(list, &item)),
        1 => value().prop_map(|value| Change::patch(&json!({ "ratings": value, "extra": { "a": 1 } }))),
    ]
}

fn findings(draft: &Draft) -> String {
    serde_json::to_string_pretty(draft.diagnostics()).unwrap()
}

/// The keys of a document that a change may touch.
fn touched(change: &Change) -> Vec<String> {
    let root = |at: &str| at.split(['.', '[']).next().unwrap().to_owned();
    match change {
        Change::Rate { .. } | Change::Unrate { .. } => vec!["ratings".to_owned()],
        Change::Set { at, .. } => vec![root(at)],
        Change::Put { list, .. } | Change::Remove { list, .. } => vec![root(list)],
        Change::Patch(Value::Map(keys)) => keys.iter().map(|(key, _)| key.clone()).collect(),
        change => panic!("{change:?}"),
    }
}

fn entries(value: Option<&Value>, but: &[String]) -> Vec<(String, Value)> {
    let Some(Value::Map(entries)) = value else { return Vec::new() };
    entries.iter().filter(|(key, _)| !but.contains(key)).cloned().collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn findings_after_changes_are_those_of_a_fresh_reading_and_nothing_else_changed(
        number in 0usize..10_000,
        changes in prop::collection::vec(change(), 1..8),
    ) {
        thread_local!(static ALL: (Library, Vec<(String, String)>) = (support::library(), documents()));
        ALL.with(|(library, all)| {
            let (name, text) = &all[number % all.len()];
            let Ok(mut draft) = Draft::read(library, name, text) else { return Ok(()) };
            for change in &changes {
                let before = draft.clone();
                let is_made = draft.apply(change).is_ok();
                if !is_made {
                    prop_assert_eq!(draft.document(), before.document());
                }
                if draft.document() == before.document() {
                    prop_assert_eq!(draft.fingerprint(), before.fingerprint());
                    prop_assert_eq!(findings(&draft), findings(&before));
                    continue;
                }
                prop_assert_ne!(draft.fingerprint(), before.fingerprint());
                let but = touched(change);
                prop_assert_eq!(entries(Some(draft.document()), &but), entries(Some(before.document()), &but));
                if let Change::Rate { indicator, .. } | Change::Unrate { indicator, .. } = change {
                    let ratings = |draft: &Draft| entries(draft.document().get("ratings"), std::slice::from_ref(indicator));
                    prop_assert_eq!(ratings(&draft), ratings(&before));
                }
                let fresh = Draft::read(library, name, &draft.to_json()).unwrap();
                prop_assert_eq!(findings(&draft), findings(&fresh), "{}", name);
                prop_assert_eq!(draft.document(), fresh.document());
                prop_assert_eq!(draft.fingerprint(), fresh.fingerprint());
                prop_assert_eq!(draft.checked().is_ok(), fresh.checked().is_ok());
                let (one, other) = (draft.checked().ok(), fresh.checked().ok());
                let card = |evaluation: &Evaluation| serde_json::to_string(&evaluation.score()).unwrap();
                prop_assert_eq!(one.as_ref().map(card), other.as_ref().map(card));
            }
            Ok(())
        })?;
    }
}

/// Every change of one side under the other's, by the document.
fn applied(base: &Draft, changes: &[Change]) -> Draft {
    let mut draft = base.clone();
    for change in changes {
        let _ = draft.apply(change);
    }
    draft
}

/// A document in which neither the order of keys matters nor that of items.
fn unordered(value: &Value) -> Value {
    match value {
        Value::List(items) => {
            let mut items: Vec<Value> = items.iter().map(unordered).collect();
            items.sort_by_key(|item| serde_json::to_string(item).unwrap());
            Value::List(items)
        }
        Value::Map(entries) => {
            let mut entries: Vec<(String, Value)> =
                entries.iter().map(|(key, value)| (key.clone(), unordered(value))).collect();
            entries.sort_by_key(|(key, value)| (key.clone(), serde_json::to_string(value).unwrap()));
            Value::Map(entries)
        }
        value => value.clone(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_merge_keeps_the_changes_of_both(
        number in 0usize..10_000,
        ours in prop::collection::vec(change(), 0..5),
        theirs in prop::collection::vec(change(), 0..5),
    ) {
        thread_local!(static ALL: (Library, Vec<(String, String)>) = (support::library(), documents()));
        ALL.with(|(library, all)| {
            let (name, text) = &all[number % all.len()];
            let Ok(base) = Draft::read(library, name, text) else { return Ok(()) };
            let (ours, theirs) = (applied(&base, &ours), applied(&base, &theirs));
            for (one, other, expected) in [(&ours, &base, &ours), (&base, &theirs, &theirs), (&ours, &ours, &ours)] {
                let merged = merge(&base, one, other);
                prop_assert!(merged.conflicts.is_empty());
                prop_assert_eq!(merged.draft.document(), expected.document());
            }
            let (one, other) = (merge(&base, &ours, &theirs), merge(&base, &theirs, &ours));
            prop_assert_eq!(one.conflicts.is_empty(), other.conflicts.is_empty());
            prop_assert_eq!(one.conflicts.len(), other.conflicts.len());
            if one.conflicts.is_empty() {
                prop_assert_eq!(unordered(one.draft.document()), unordered(other.draft.document()));
            }
            // Each value that a conflict gives is one of the three documents, so none is lost.
            for conflict in &one.conflicts {
                prop_assert_ne!(&conflict.ours, &conflict.theirs);
            }
            let fresh = Draft::read(library, name, &one.draft.to_json()).unwrap();
            prop_assert_eq!(one.draft.document(), fresh.document());
            Ok(())
        })?;
    }
}

fn merged(
    ours: &[Change],
    theirs: &[Change],
) -> (serde_json::Value, Vec<(String, serde_json::Value, serde_json::Value)>) {
    let goal = json!({ "indicator": "deadlines", "statement": "On time.", "status": "agreed" });
    let base = applied(&draft(RIVERA), &[Change::goal(&goal), Change::scope(&["self_growth", "deadlines"])]);
    let Merged { draft, conflicts, .. } = merge(&base, &applied(&base, ours), &applied(&base, theirs));
    let json = |value: &Option<Value>| serde_json::to_value(value).unwrap();
    let conflicts =
        conflicts.iter().map(|conflict| (conflict.path.clone(), json(&conflict.ours), json(&conflict.theirs)));
    (serde_json::from_str(&draft.to_json()).unwrap(), conflicts.collect())
}

#[test]
fn disjoint_changes_all_stand() {
    let (document, conflicts) = merged(
        &[
            Change::level("deadlines", "has_not_met"),
            Change::level("inventories", "has_met"),
            Change::comment("self_growth", Some("Well.")),
            Change::put("goals", &json!({ "indicator": "deadlines", "statement": "On time.", "status": "met" })),
            Change::scope(&["self_growth", "deadlines", "inventories"]),
            Change::set("employee.title", "Social worker"),
        ],
        &[
            Change::comment("deadlines", Some("Four of nine.")),
            Change::level("self_growth", "exceeds_expectations"),
            Change::put(
                "goals",
                &json!({ "indicator": "deadlines", "statement": "On time.", "measure": "Nine of ten." }),
            ),
            Change::put("goals", &json!({ "statement": "Another." })),
            Change::scope(&["deadlines", "informed_consent", "self_growth"]),
            Change::set("employee.hired_on", "2019-08-26"),
        ],
    );
    assert_eq!(conflicts, []);
    assert_eq!(
        document["ratings"],
        json!({
            "self_growth": { "level": "exceeds_expectations", "comment": "Well." },
            "deadlines": { "level": "has_not_met", "comment": "Four of nine." },
            "inventories": "has_met",
        })
    );
    let goals = json!([
        { "indicator": "deadlines", "statement": "On time.", "status": "met", "measure": "Nine of ten." },
        { "statement": "Another." },
    ]);
    assert_eq!(document["goals"], goals);
    assert_eq!(document["scope"], json!(["self_growth", "deadlines", "inventories", "informed_consent"]));
    let employee =
        json!({ "id": "E-1042", "name": "Jordan Rivera", "title": "Social worker", "hired_on": "2019-08-26" });
    assert_eq!(document["employee"], employee);
}

#[test]
fn a_place_that_both_changed_is_a_conflict_with_every_value() {
    let status = |to: &str| Change::goal(&json!({ "indicator": "deadlines", "statement": "On time.", "status": to }));
    let (document, conflicts) = merged(
        &[
            status("met"),
            Change::level("self_growth", "has_not_met"),
            Change::summary(Some("Ours.")),
            Change::clear("ratings.deadlines"),
        ],
        &[
            status("not_met"),
            Change::unrate("self_growth"),
            Change::summary(Some("Theirs.")),
            Change::comment("deadlines", Some("Late.")),
        ],
    );
    let rating = json!({ "level": "has_met", "comment": "Late." });
    let expected = [
        ("ratings.self_growth", json!("has_not_met"), json!(null)),
        ("ratings.deadlines", json!(null), rating.clone()),
        ("goals[0].status", json!("met"), json!("not_met")),
        ("summary", json!("Ours."), json!("Theirs.")),
    ];
    let mut expected = expected.map(|(path, ours, theirs)| (path.to_owned(), ours, theirs)).to_vec();
    let mut found = conflicts;
    expected.sort_by_key(|(path, ..)| path.clone());
    found.sort_by_key(|(path, ..)| path.clone());
    assert_eq!(found, expected);
    // A value that one took out and the other changed stays.
    assert_eq!((&document["ratings"]["deadlines"], &document["goals"][0]["status"]), (&rating, &json!("met")));
}

#[test]
fn an_item_that_both_reworded_is_a_conflict_and_both_stand() {
    let base = applied(&draft(RIVERA), &[Change::response(&json!({ "text": "I agree." }))]);
    let reworded = |text: &str| applied(&base, &[Change::set("responses[0].text", text)]);
    let Merged { draft, conflicts, .. } = merge(&base, &reworded("I agree fully."), &reworded("I agree in part."));
    assert_eq!(conflicts.iter().map(|conflict| conflict.path.as_str()).collect::<Vec<_>>(), ["responses"]);
    let Some(Value::List(responses)) = draft.document().get("responses") else { panic!("a list") };
    assert_eq!(responses.len(), 2);
}

#[test]
fn a_sealed_draft_stays_as_it_was_sealed() {
    let library = Library::bundled();
    let text = RIVERA.replace("\"ratings\"", "\"scope\": [\"self_growth\", \"deadlines\"], \"ratings\"");
    let base = Draft::read(&library, "rivera", &text).unwrap();
    let mut evaluation = base.checked().unwrap();
    evaluation.finish("2026-06-12", "E-0007").unwrap_or_else(|found| panic!("{found}"));
    let sealed = Draft::read(&library, "rivera", &serde_json::to_string(&evaluation).unwrap()).unwrap();
    let response = json!({ "by": "E-1042", "text": "I agree." });
    let late = applied(&base, &[Change::level("deadlines", "has_not_met"), Change::response(&response)]);
    for (ours, theirs, is_ours) in [(&sealed, &late, true), (&late, &sealed, false)] {
        let Merged { draft, conflicts, .. } = merge(&base, ours, theirs);
        let [conflict] = conflicts.as_slice() else { panic!("{conflicts:?}") };
        assert_eq!(conflict.path, "ratings.deadlines.level");
        let sealed_value = if is_ours { &conflict.ours } else { &conflict.theirs };
        assert_eq!(sealed_value, &Some(Value::from("has_met")));
        let merged = draft.checked().unwrap_or_else(|found| panic!("{found}"));
        assert_eq!((merged.responses().len(), merged.status()), (1, Status::Final));
    }
}
