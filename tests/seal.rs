//! Seals: what breaks them, the way back from amendments to the original, and reports that prove themselves.

#![cfg(feature = "render")]
#![allow(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

#[path = "seal/second.rs"]
mod second;
mod support;

use appraise::verify::{Doubt, verify};
use appraise::{Code, Error, Evaluation, Form, Format, Library, Renderer, Status, decode};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

const BECAUSE: &str = "Decided in the grievance of 2026-09-10.";

/// The library, with a sealed evaluation of it.
fn sealed() -> (Library, Evaluation) {
    let library = support::library_of_examples();
    let text = support::read(support::project("examples/evaluations/novak_scored.yaml"));
    let mut evaluation = library.check("novak.yaml", &text).value.unwrap();
    evaluation.finish("2026-06-12", "E-0231").unwrap_or_else(|found| panic!("{found}"));
    (library, evaluation)
}

fn amended() -> (Library, Evaluation) {
    let (library, mut evaluation) = sealed();
    let changes = [("ratings.annual_plan.level", "highly_effective"), ("summary", "A good year.")];
    evaluation.amend(&changes, "2026-09-15", "E-0100", BECAUSE).unwrap();
    evaluation.amend(&[("ratings.annual_plan.level", "effective")], "2026-10-01", "E-0100", "Appeal.").unwrap();
    (library, evaluation)
}

fn json(evaluation: &Evaluation) -> String {
    serde_json::to_string_pretty(evaluation).unwrap()
}

fn value(evaluation: &Evaluation) -> Value {
    serde_json::to_value(evaluation).unwrap()
}

fn doubt(text: &str, library: &Library) -> Option<Doubt> {
    verify(text, library).err()
}

/// Numbers that look random, the same each time.
struct Random(u64);

impl Random {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % most
    }
}

#[test]
fn a_second_implementation_finds_the_same_fingerprints() {
    let (_, evaluation) = sealed();
    let document = value(&evaluation);
    assert_eq!(second::sealed(&document), document["seal"]["evaluation"]);
    let (_, evaluation) = amended();
    let amended = value(&evaluation);
    let mut again = amended.clone();
    second::rechained(&mut again);
    assert_eq!(again, amended);
    assert_eq!(second::sealed(&second::original(&amended)), amended["seal"]["evaluation"]);
}

#[test]
fn a_sealed_evaluation_holds_in_every_format_and_order() {
    let (library, evaluation) = amended();
    // The keys from last to first.
    let Value::Object(entries) = value(&evaluation) else { panic!("a mapping") };
    let turned: Vec<String> = entries.iter().rev().map(|(key, value)| format!("\"{key}\" :\t{value}")).collect();
    for text in [json(&evaluation), evaluation.to_yaml(), format!("\u{feff}{{{}}}\r\n", turned.join(","))] {
        let verified = verify(&text, &library).unwrap_or_else(|doubt| panic!("{doubt}\n{text}"));
        assert_eq!((verified.amendments, verified.not_verified.len()), (3, 2), "{:?}", verified.not_verified);
        assert!(verified.verified.iter().any(|what| what.contains("computed again")), "{:?}", verified.verified);
        // Without the rubric the seal holds all the same.
        let verified = verify(&text, &Library::empty()).unwrap();
        assert!(verified.evaluation.is_none() && verified.not_verified.len() == 3);
        // Written by the library once more, it holds still.
        let again = library.check("e", &text).value.unwrap();
        assert!(doubt(&again.to_yaml(), &library).is_none() && doubt(&json(&again), &library).is_none());
    }
}

#[test]
fn responses_and_events_may_be_added_and_not_taken_out() {
    let (library, evaluation) = sealed();
    let mut document = value(&evaluation);
    document["responses"] = json!([{ "date": "2026-06-20", "text": "I agree." }]);
    let added = library.check("e.json", &document.to_string()).value.unwrap();
    assert!(verify(&json(&added), &library).is_ok());
    let mut document = value(
        &library
            .check("novak.yaml", &support::read(support::project("examples/evaluations/novak_scored.yaml")))
            .value
            .unwrap(),
    );
    document["responses"] =
        json!([{ "date": "2026-06-20", "text": "I agree." }, { "date": "2026-06-21", "text": "Thank you." }]);
    let mut evaluation = library.check("e.json", &document.to_string()).value.unwrap();
    evaluation.finish("2026-06-22", "E-0231").unwrap();
    let mut document = value(&evaluation);
    document["responses"].as_array_mut().unwrap().remove(1);
    assert_eq!(
        doubt(&document.to_string(), &library),
        Some(Doubt::Shortened { list: "responses", sealed: 2, found: 1 })
    );
}

#[test]
fn each_fault_has_its_own_reason() {
    let (library, evaluation) = amended();
    let whole = value(&evaluation);
    let changed = |change: &dyn Fn(&mut Value)| {
        let mut document = whole.clone();
        change(&mut document);
        doubt(&document.to_string(), &library)
    };
    let rechained = |change: &dyn Fn(&mut Value)| {
        changed(&|document| {
            change(document);
            second::rechained(document);
        })
    };
    assert_eq!(changed(&|_| {}), None);
    assert_eq!(rechained(&|_| {}), None);
    let content = Some(Doubt::Content { is_amended: true });
    assert_eq!(changed(&|document| document["ratings"]["calendar"]["level"] = "effective".into()), content);
    assert_eq!(changed(&|document| document["seal"]["by"] = "E-1".into()), content);
    assert_eq!(changed(&|document| document["seal"]["result"]["score"] = "4".into()), content);
    assert_eq!(
        changed(&|document| document["amendments"][1]["because"] = "None.".into()),
        Some(Doubt::Changed { number: 2 })
    );
    let list = |document: &mut Value| document["amendments"].as_array_mut().unwrap().clone();
    let cut = |document: &mut Value| document["amendments"] = list(document)[1..].into();
    assert_eq!(changed(&cut), Some(Doubt::Misplaced { number: 1 }));
    let reordered = |document: &mut Value| document["amendments"].as_array_mut().unwrap().swap(1, 2);
    assert_eq!(changed(&reordered), Some(Doubt::Misplaced { number: 2 }));
    let at = "ratings.annual_plan.level".to_owned();
    let last_off = |document: &mut Value| _ = document["amendments"].as_array_mut().unwrap().pop();
    assert_eq!(changed(&last_off), Some(Doubt::OtherIs { number: 1, at: at.clone() }));
    // A forger makes the chain anew: what the amendments say still has to lead back to what was sealed.
    let other_was = |document: &mut Value| document["amendments"][2]["was"] = "developing".into();
    assert_eq!(rechained(&other_was), Some(Doubt::OtherWas { number: 3, at }));
    assert_eq!(rechained(&|document| document["amendments"][0]["was"] = "developing".into()), content);
    assert_eq!(rechained(&|document| document["amendments"][1]["was"] = "Bad.".into()), content);
    let unsealed = |document: &mut Value| _ = document.as_object_mut().unwrap().remove("seal");
    assert_eq!(changed(&unsealed), Some(Doubt::NotSealed { is_final: true }));
    let without = |document: &mut Value| _ = document["seal"].as_object_mut().unwrap().remove("evaluation");
    assert!(matches!(changed(&without), Some(Doubt::Malformed { .. })));
    // Who seals anew what names another rubric is found out by the two fingerprints.
    let other = format!("sha256:{}", "0".repeat(64));
    let resealed = |change: &dyn Fn(&mut Value)| {
        let (_, evaluation) = sealed();
        let mut document = value(&evaluation);
        change(&mut document);
        document["seal"]["evaluation"] = second::sealed(&document).into();
        doubt(&document.to_string(), &library)
    };
    assert_eq!(resealed(&|_| {}), None);
    assert_eq!(resealed(&|document| document["seal"]["rubric"] = other.as_str().into()), Some(Doubt::OtherRubric));
    let result = |document: &mut Value| document["seal"]["result"]["rating"] = "developing".into();
    assert!(matches!(resealed(&result), Some(Doubt::OtherResult { .. })));
    let level = |document: &mut Value| document["ratings"]["calendar"]["level"] = "superb".into();
    assert!(matches!(resealed(&level), Some(Doubt::Refused { .. })));
    assert!(matches!(doubt("{ \"seal\": True }", &library), Some(Doubt::Unreadable { .. })));
    assert!(matches!(doubt("a: [", &library), Some(Doubt::Unreadable { .. })));
    let rubric = support::read(support::project("examples/rubrics/riverside_school_counselor.yaml"));
    for (text, reason) in [
        (" \n", "it is empty"),
        ("[]", "it has no keys, such as `rubric:` and `ratings:`"),
        (&*rubric, "it is a rubric"),
    ] {
        let said = doubt(text, &library).map(|doubt| doubt.to_string());
        let wanted = format!("this is no evaluation that can be read: {reason}");
        assert_eq!(said.as_ref(), Some(&wanted), "{text}");
    }
}

/// The check reports the same in a document, and a sealed evaluation is changed by nothing but an amendment.
#[test]
fn a_sealed_evaluation_is_refused_where_it_would_be_changed() {
    let (library, evaluation) = sealed();
    let changed = json(&evaluation).replace("Lunch duty", "Bus duty");
    let found = library.check("e.json", &changed).diagnostics;
    assert_eq!(found.iter().map(|finding| finding.code).collect::<Vec<_>>(), [Code::BrokenSeal]);
    let mut again = evaluation.clone();
    assert!(matches!(again.rate("calendar", "effective"), Err(Error::Sealed)));
    let found = again.finish("2026-07-01", "E-0231").unwrap_err();
    assert_eq!(found.iter().map(|finding| finding.code).collect::<Vec<_>>(), [Code::SealedEvaluation]);
    for (at, value) in [
        ("seal.by", "E-1"),
        ("rubric.id", "other"),
        ("responses[0].text", "x"),
        ("amendments[0].by", "x"),
        ("ratings..x", "x"),
        ("summary.text.of", "x"),
        ("goals[7]", "x"),
        ("type", "formal"),
    ] {
        let refused = again.amend(&[(at, value)], "2026-09-15", "E-0100", BECAUSE);
        assert!(refused.is_err(), "{at}");
    }
    let refused = |at: &str, value: &str, because: &str| {
        again.clone().amend(&[(at, value)], "2026-09-15", "E-0100", because).unwrap_err().to_string()
    };
    assert!(refused("ratings.calendar.level", "superb", BECAUSE).contains("superb"));
    assert!(refused("summary", "Good.", " ").contains("blank"));
    assert!(refused("ratings.calendar.level", "developing", BECAUSE).contains("there already"));
    assert_eq!(json(&again), json(&evaluation));
    let mut draft = library
        .check("novak.yaml", &support::read(support::project("examples/evaluations/novak_scored.yaml")))
        .value
        .unwrap();
    assert!(draft.amend(&[("summary", "x")], "2026-09-15", "E-0100", BECAUSE).is_err());
    let page = Renderer::new().form(&Form::of(&evaluation), Format::Html).unwrap();
    assert!(page.contains("\"purpose\":\"respond\"") && page.contains(&evaluation.seal().unwrap().evaluation));
}

#[test]
fn an_evaluation_is_reopened_and_made_final_again_by_amendments() {
    let (library, mut evaluation) = sealed();
    evaluation.amend(&[("status", "draft")], "2026-09-15", "E-0100", BECAUSE).unwrap();
    assert_eq!(evaluation.status(), Status::Draft);
    assert!(verify(&evaluation.to_yaml(), &library).is_ok());
    evaluation.amend(&[("ratings.calendar", None::<&str>)], "2026-09-16", "E-0100", "Seen anew.").unwrap();
    assert!(evaluation.amend(&[("status", "final")], "2026-09-17", "E-0100", BECAUSE).is_err());
    let rating = json!({ "level": "effective", "comment": "Better in spring." });
    evaluation.amend(&[("ratings.calendar", &rating)], "2026-09-18", "E-0100", "Seen anew.").unwrap();
    evaluation.amend(&[("status", "final")], "2026-09-18", "E-0100", BECAUSE).unwrap();
    assert_eq!((evaluation.status(), evaluation.amendments().len()), (Status::Final, 4));
    assert!(verify(&json(&evaluation), &library).is_ok());
}

/// Random amendments, several at a time: each document holds, and leads back to the same original.
#[test]
fn the_original_is_computed_back_from_any_amendments() {
    let (library, sealed) = sealed();
    let original = value(&sealed);
    let mut random = Random(7);
    let mut made = 0;
    for _ in 0..12 {
        let mut evaluation = sealed.clone();
        for _ in 0..4 {
            let indicators: Vec<String> =
                evaluation.rubric().indicators().map(|indicator| indicator.id.clone()).collect();
            let levels = ["ineffective", "developing", "effective", "highly_effective"];
            let changes: Vec<(String, Value)> = (0..=random.below(3))
                .map(|_| {
                    let indicator = &indicators[random.below(indicators.len())];
                    let level = levels[random.below(4)];
                    match random.below(8) {
                        0 => (format!("ratings.{indicator}.level"), level.into()),
                        1 => (
                            format!("ratings.{indicator}"),
                            json!({ "level": level, "comment": format!("{}", random.below(99)) }),
                        ),
                        2 => {
                            (format!("ratings.{indicator}.comment"), format!("Seen {} times.", random.below(99)).into())
                        }
                        3 => (format!("ratings.{indicator}.evidence[0].note"), "A note.".into()),
                        4 => ("summary".to_owned(), if random.below(2) == 0 { Value::Null } else { "A year.".into() }),
                        5 => (
                            "goals[0]".to_owned(),
                            if random.below(2) == 0 { Value::Null } else { json!({ "statement": "Plan." }) },
                        ),
                        6 => (format!("extra.host.n{}", random.below(3)), json!([1.5, { "a": null }, true])),
                        _ => ("completed_on".to_owned(), format!("2026-06-{:02}", random.below(12) + 1).into()),
                    }
                })
                .collect();
            let changes: Vec<(&str, &Value)> = changes.iter().map(|(at, value)| (at.as_str(), value)).collect();
            let before = json(&evaluation);
            match evaluation.amend(&changes, "2026-09-15", "E-0100", BECAUSE) {
                Ok(()) => made += changes.len(),
                Err(_) => assert_eq!(json(&evaluation), before),
            }
        }
        let amended = value(&evaluation);
        assert_eq!(second::fingerprint(&second::original(&amended)), second::fingerprint(&original));
        let doubts = [json(&evaluation), evaluation.to_yaml()].map(|text| doubt(&text, &library));
        assert_eq!(doubts, [None, None], "{}", json(&evaluation));
    }
    assert!(made > 20, "{made}");
}

/// The number of bytes that are changed, one at a time: a few, or as many as `APPRAISE_FLIPS` says.
fn flips(few: usize) -> usize {
    match std::env::var("APPRAISE_FLIPS") {
        Ok(flips) => flips.parse().unwrap_or_else(|_| panic!("APPRAISE_FLIPS is no number: {flips}")),
        Err(_) => few,
    }
}

/// Whether a byte stands outside of the texts of JSON.
fn outside_texts(text: &str, at: usize) -> bool {
    let mut is_within = false;
    let mut escaped = false;
    for byte in text[..at].bytes() {
        match (byte, escaped) {
            (_, true) => escaped = false,
            (b'\\', _) if is_within => escaped = true,
            (b'"', _) => is_within = !is_within,
            _ => {}
        }
    }
    !is_within
}

/// A text with another byte at a random place; `None` where it is no text any more, which every reader refuses.
fn flipped(text: &str, random: &mut Random) -> (usize, Option<String>) {
    let mut bytes = text.as_bytes().to_vec();
    let at = random.below(bytes.len());
    let byte = [random.below(128) as u8, bytes[at] ^ (1 << random.below(8))][random.below(2)];
    bytes[at] = if byte == bytes[at] { byte ^ 1 } else { byte };
    (at, decode("flipped", &bytes).ok().map(str::to_owned))
}

#[test]
fn any_changed_byte_of_a_sealed_evaluation_is_found() {
    let (_, evaluation) = amended();
    let text = json(&evaluation);
    let mut random = Random(1);
    let library = Library::empty();
    let (mut found, flips) = (0, flips(600));
    for _ in 0..flips {
        let (at, Some(changed)) = flipped(&text, &mut random) else { continue };
        if verify(&changed, &library).is_err() {
            found += 1;
            continue;
        }
        // White space outside of the data is no part of it.
        let is_space = |text: &str| text.as_bytes()[at].is_ascii_whitespace();
        assert!(
            is_space(&text) && is_space(&changed) && outside_texts(&text, at),
            "{at}: {}",
            &changed[at.saturating_sub(40)..]
        );
    }
    assert!(found > flips / 2, "{found} of {flips}");
}

fn report(evaluation: &Evaluation) -> String {
    Renderer::new().report(&evaluation.score(), Format::Html).unwrap()
}

#[test]
fn any_changed_byte_of_a_report_is_found() {
    let (library, evaluation) = amended();
    let page = report(&evaluation);
    assert!(verify(&page, &library).is_ok());
    let mut random = Random(2);
    for _ in 0..flips(200) {
        if let (at, Some(changed)) = flipped(&page, &mut random) {
            assert!(verify(&changed, &Library::empty()).is_err(), "{at}");
        }
    }
}

#[test]
fn a_report_prints_what_was_amended_and_carries_its_evaluation() {
    let (library, evaluation) = amended();
    let page = report(&evaluation);
    let verified = verify(&page, &library).unwrap_or_else(|doubt| panic!("{doubt}"));
    assert!(verified.verified.iter().any(|what| what.contains("made again")), "{verified:?}");
    let markdown = Renderer::new().report(&evaluation.score(), Format::Markdown).unwrap();
    for page in [&page, &markdown] {
        assert!(
            page.contains("Amendments")
                && page.contains("Decided in the grievance")
                && page.contains("Highly effective"),
            "{page}"
        );
        assert!(page.contains(&evaluation.seal().unwrap().evaluation) && page.contains("amended 3 times since"));
    }
    // An unsealed evaluation has a page as before.
    let text = support::read(support::project("examples/evaluations/novak_scored.yaml"));
    let unsealed = report(&library.check("novak.yaml", &text).value.unwrap());
    assert!(!unsealed.contains("appraise-evaluation") && doubt(&unsealed, &library) == Some(Doubt::NoData));
    // Without the rubric, and by other templates, the page is not made again, and that is said.
    let is_open = |page: &str, library: &Library| {
        verify(page, library).unwrap().not_verified.iter().any(|what| what.starts_with("that the page shows"))
    };
    assert!(!is_open(&page, &library) && is_open(&page, &Library::empty()));
    let footer = r#"{% extends "builtin/report.html" %}{% block footer %}<p>Riverside</p>{% endblock %}"#;
    let other = Renderer::new().with_template("report.html", footer).unwrap();
    assert!(is_open(&other.report(&evaluation.score(), Format::Html).unwrap(), &library));
}

/// The page with its own fingerprint made anew, as a forger would.
fn sealed_page(page: &str) -> String {
    let key = "\"page\":\"sha256:";
    let at = page.rfind(key).unwrap() + key.len();
    let rest = format!("{}{}", &page[..at], &page[at + 64..]);
    let digits: String = Sha256::digest(rest.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{}{digits}{}", &page[..at], &page[at + 64..])
}

#[test]
fn an_edited_or_truncated_report_has_its_reason() {
    let (library, evaluation) = sealed();
    let page = report(&evaluation);
    assert_eq!(sealed_page(&page), page);
    // Only the visible page.
    let shown = page.replacen("Lunch duty", "Bus duty", 1);
    assert_eq!(doubt(&shown, &library), Some(Doubt::ChangedPage));
    assert_eq!(doubt(&sealed_page(&shown), &library), Some(Doubt::OtherPage));
    // Only the data, and both.
    let at = page.rfind("Lunch duty").unwrap();
    let data = format!("{}{}", &page[..at], page[at..].replacen("Lunch duty", "Bus duty", 1));
    for page in [&data, &sealed_page(&data), &page.replace("Lunch duty", "Bus duty")] {
        assert_eq!(doubt(page, &library), Some(Doubt::Content { is_amended: false }));
    }
    for cut in [page.len() / 2, page.len() - 9, 40] {
        let cut = (cut..).find(|cut| page.is_char_boundary(*cut)).unwrap();
        assert_eq!(doubt(&page[..cut], &library), Some(Doubt::Truncated));
    }
    let twice =
        page.replace("</body>", "<script type=\"application/json\" id=\"appraise-evaluation\">{}</script></body>");
    assert_eq!(doubt(&twice, &library), Some(Doubt::NoData));
}

#[test]
fn a_migrated_evaluation_names_the_seal_and_leaves_it_with_the_original() {
    let (library, evaluation) = amended();
    let text = json(&evaluation);
    let old = library.made_against("e.json", &text).unwrap();
    let newer = old.to_yaml().replace("version: 1.0.0", "version: 1.1.0").replace("title: Annual", "title: Yearly");
    let newer = appraise::Rubric::parse("new.yaml", &newer, &library).unwrap();
    let migrated =
        appraise::migrate::migrate("e.json", &text, &newer, Some(&old)).unwrap_or_else(|found| panic!("{found}"));
    let migrated = migrated.evaluation;
    assert!(migrated.seal().is_none() && migrated.amendments().is_empty() && migrated.status() == Status::Draft);
    assert_eq!(migrated.migrated_from()[0].seal.as_deref(), Some(evaluation.seal().unwrap().evaluation.as_str()));
    let broken = text.replace("Lunch duty", "Bus duty");
    let found = appraise::migrate::migrate("e.json", &broken, &newer, Some(&old)).unwrap_err();
    assert_eq!(found.iter().map(|finding| finding.code).collect::<Vec<_>>(), [Code::BrokenSeal]);
}
