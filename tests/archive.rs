//! Documents that are kept for ten years can be read: the rubric as it was, a final evaluation, and its scorecard.

#![allow(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

mod support;

use appraise::verify::verify;
use appraise::{Checked, Code, Evaluation, Library, Rubric, Status};
use serde_json::Value;

fn archived(name: &str) -> String {
    support::read(support::project(&format!("tests/archive/{name}")))
}

/// Where the archived value is not in what is made today. A key that is new is no difference.
fn differences(was: &Value, is: &Value, path: &str, found: &mut Vec<String>) {
    match (was, is) {
        (Value::Object(was), Value::Object(is)) => {
            for (key, value) in was {
                differences(value, is.get(key).unwrap_or(&Value::Null), &format!("{path}.{key}"), found);
            }
        }
        (Value::Array(was), Value::Array(is)) if was.len() == is.len() => {
            for (number, (was, is)) in was.iter().zip(is).enumerate() {
                differences(was, is, &format!("{path}[{number}]"), found);
            }
        }
        _ if was == is => {}
        _ => found.push(format!("{path}: {was} is {is} now")),
    }
}

/// The files were written by release 0.1.0, the rubric by `Rubric::to_yaml`; nobody rewrites them.
#[test]
fn an_archived_evaluation_is_read_and_scored_as_it_was() {
    let rubric = Rubric::parse("rubric.yaml", &archived("rubric.yaml"), &Library::empty());
    let rubric = rubric.unwrap_or_else(|found| panic!("{found}"));
    let evaluation = Evaluation::parse("evaluation.json", &archived("evaluation.json"), &rubric);
    let evaluation = evaluation.unwrap_or_else(|found| panic!("{found}"));
    assert_eq!(evaluation.status(), Status::Final);
    let was: Value = serde_json::from_str(&archived("scorecard.json")).unwrap();
    let mut found = Vec::new();
    differences(&was, &serde_json::to_value(evaluation.score()).unwrap(), "", &mut found);
    assert!(found.is_empty(), "{}", found.join("\n"));
    assert_eq!(was["fingerprint"], evaluation.fingerprint());
    assert_eq!(was["rubric"]["fingerprint"], rubric.fingerprint());
}

fn base(version: &str, statement: &str) -> String {
    format!(
        "id: base\nversion: {version}\ntitle: B\ndomains: [{{ id: d, title: D, indicators: [{{ id: plans, statement: {statement} }}] }}]"
    )
}

const OVERLAY: &str = "id: dist\nversion: 1.0.0\ntitle: D\nextends: base@1\n";

fn library(documents: &[&str]) -> Library {
    let mut library = Library::empty();
    let named: Vec<(&str, &str)> = documents.iter().map(|text| ("rubric.yaml", *text)).collect();
    for Checked { value: rubric, diagnostics: found } in library.read(&named) {
        assert!(rubric.is_some(), "{found}");
    }
    library
}

fn final_with(fingerprint: &str, id: &str) -> String {
    format!(
        "rubric: {{ id: {id}, version: 1.0.0, fingerprint: '{fingerprint}' }}\nstatus: final\ncompleted_on: 2026-05-29\n\
         employee: {{ id: E-1, name: Ann }}\nevaluators: [{{ id: E-7, name: Bo }}]\nperiod: {{ from: 2025-08-25, to: 2026-06-12 }}\n\
         ratings: {{ plans: has_met }}\n"
    )
}

/// The statement that the evaluation's rubric has at the only indicator.
fn statement(evaluation: &Evaluation) -> &str {
    &evaluation.rubric().indicator("plans").unwrap().statement
}

#[test]
fn the_fingerprint_decides_which_version_of_the_base_is_taken() {
    let (old, new) = (base("1.0.0", "Plans."), base("1.1.0", "Plans well."));
    let before = library(&[&old, OVERLAY]).get("dist").unwrap();
    let after = library(&[&new, OVERLAY]).get("dist").unwrap();
    assert_ne!(before.fingerprint(), after.fingerprint());
    for documents in [[&old, &new, OVERLAY], [OVERLAY, &new, &old]] {
        let library = library(&documents);
        assert_eq!(library.get("dist").unwrap().fingerprint(), after.fingerprint());
        for (rubric, words) in [(&before, "Plans."), (&after, "Plans well.")] {
            let text = final_with(rubric.fingerprint(), "dist");
            let Checked { value: evaluation, diagnostics: found } = library.check("e.yaml", &text);
            let evaluation = evaluation.unwrap_or_else(|| panic!("{found}"));
            assert!(found.is_empty(), "{found}");
            assert_eq!(statement(&evaluation), words);
            assert_eq!(library.rubric_for("e.yaml", &text).unwrap().fingerprint(), rubric.fingerprint());
            assert_eq!(library.made_against("e.yaml", &text).unwrap().fingerprint(), rubric.fingerprint());
            // The rubric is given, as by `--rubric`.
            let given = library.get("dist").unwrap();
            let Checked { value: evaluation, diagnostics: found } = library.check_with("e.yaml", &text, &given);
            assert_eq!(statement(&evaluation.unwrap_or_else(|| panic!("{found}"))), words);
        }
        let other = final_with(&format!("sha256:{}", "0".repeat(64)), "dist");
        let Checked { value: evaluation, diagnostics: found } = library.check("e.yaml", &other);
        assert!(evaluation.is_none());
        assert_eq!(found.iter().map(|finding| finding.code).collect::<Vec<_>>(), [Code::OtherFingerprint]);
    }
}

#[test]
fn a_base_that_is_only_kept_as_an_old_one_is_taken_too() {
    let (old, new) = (base("1.0.0", "Plans."), base("1.1.0", "Plans well."));
    let before = library(&[&old, OVERLAY]).get("dist").unwrap();
    let mut library = library(&[&new, OVERLAY]);
    let text = final_with(before.fingerprint(), "dist");
    assert!(library.check("e.yaml", &text).value.is_none());
    library.add_old(Rubric::parse("old.yaml", &old, &Library::empty()).unwrap());
    let Checked { value: evaluation, diagnostics: found } = library.check("e.yaml", &text);
    assert_eq!(statement(&evaluation.unwrap_or_else(|| panic!("{found}"))), "Plans.");
}

#[test]
fn the_fingerprint_decides_through_a_chain_of_overlays() {
    let (old, new) = (base("1.0.0", "Plans."), base("1.1.0", "Plans well."));
    let state = OVERLAY.replace("dist", "state");
    let school = "id: school\nversion: 1.0.0\ntitle: S\nextends: state@1\n";
    let before = library(&[&old, &state, school]).get("school").unwrap();
    let library = library(&[&old, &new, &state, school]);
    assert_ne!(library.get("school").unwrap().fingerprint(), before.fingerprint());
    let Checked { value: evaluation, diagnostics: found } =
        library.check("e.yaml", &final_with(before.fingerprint(), "school"));
    assert_eq!(statement(&evaluation.unwrap_or_else(|| panic!("{found}"))), "Plans.");
}

/// The file to store beside an evaluation: the rubric as one document, which rests on no base.
#[test]
fn a_rubric_that_is_written_whole_outlasts_its_base() {
    let before = library(&[&base("1.0.0", "Plans."), OVERLAY]).get("dist").unwrap();
    let stored = before.to_yaml();
    assert!(!stored.contains("extends"), "{stored}");
    let again = Rubric::parse("stored.yaml", &stored, &Library::empty()).unwrap_or_else(|found| panic!("{found}"));
    assert_eq!(again.fingerprint(), before.fingerprint());
    // Added to a library in which the overlay leads to something else by now.
    let mut library = library(&[&base("1.1.0", "Plans well."), OVERLAY]);
    library.add(again);
    let Checked { value: evaluation, diagnostics: found } =
        library.check("e.yaml", &final_with(before.fingerprint(), "dist"));
    assert_eq!(statement(&evaluation.unwrap_or_else(|| panic!("{found}"))), "Plans.");
}

/// A sealed year of 2026, written by release 0.1.0: sealed with a response and an event, amended three times, with another
/// response since, and its report. Nobody rewrites these files: a later version that does not verify them is wrong.
#[test]
fn a_sealed_year_of_2026_is_verified() {
    let mut library = Library::empty();
    library.add(Rubric::parse("rubric.yaml", &archived("rubric.yaml"), &Library::empty()).unwrap());
    for (name, amendments) in [("sealed.json", 0), ("amended.json", 3), ("amended.yaml", 3)] {
        let text = archived(&format!("sealed/{name}"));
        for library in [&library, &Library::empty()] {
            let verified = verify(&text, library).unwrap_or_else(|doubt| panic!("{name}: {doubt}"));
            assert_eq!((verified.amendments, verified.seal.by.as_str()), (amendments, "E-0231"), "{name}");
            assert_eq!(verified.seal.evaluation, SEALED, "{name}");
        }
        // Read by this version and written again, it is verified too.
        let evaluation = verify(&text, &library).unwrap().evaluation.unwrap();
        for written in [evaluation.to_yaml(), serde_json::to_string(&evaluation).unwrap()] {
            let verified = verify(&written, &library).unwrap_or_else(|doubt| panic!("{name}: {doubt}\n{written}"));
            assert_eq!(verified.seal.evaluation, SEALED, "{name}");
            let result = |what: &String| what.starts_with("the result in the seal is computed again");
            assert!(verified.verified.iter().any(result), "{:?}", verified.verified);
        }
    }
    // The page was made with a district's own template, so that no other version makes it again.
    let page = archived("sealed/report.html");
    let verified = verify(&page, &library).unwrap_or_else(|doubt| panic!("{doubt}"));
    assert_eq!((verified.amendments, verified.seal.evaluation.as_str()), (3, SEALED));
    assert!(verify(&page.replace("Lunch duty", "Bus duty"), &library).is_err());
}

/// The fingerprint of the seal.
const SEALED: &str = "sha256:cd59a5331d08a27d7fd78875c01f19a9ead0cd68d1db74cb74c6a73773ae475c";
