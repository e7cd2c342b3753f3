//! Documents that are kept for ten years can be read: the rubric as it was, a final evaluation, and its scorecard.

#![allow(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

mod support;

use appraise::verify::verify;
use appraise::{Checked, Code, Evaluation, Library, Rubric, Status};
use serde_json::Value;
use sha2::{Digest, Sha256};

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

/// A sealed year with what a year has: observations that ratings follow from, numbers, practices, supervision, narratives,
/// hours, a process; names and texts in several scripts, and numbers and empty values of a host. Amended six times, at each kind
/// of place, and reopened; its report made of it. Nobody rewrites these files either.
#[test]
fn a_sealed_year_with_observations_and_supervision_is_verified() {
    let mut library = Library::empty();
    library.add(Rubric::parse("rubric.yaml", &archived("year/rubric.yaml"), &Library::empty()).unwrap());
    for (name, amendments) in [("sealed.json", 0), ("amended.json", 4), ("amended.yaml", 6)] {
        let text = archived(&format!("year/{name}"));
        let verified = verify(&text, &library).unwrap_or_else(|doubt| panic!("{name}: {doubt}"));
        assert_eq!((verified.amendments, verified.seal.evaluation.as_str()), (amendments, SEALED_YEAR), "{name}");
        let result = |what: &String| what.starts_with("the result in the seal is computed again");
        assert!(verified.verified.iter().any(result), "{name}: {:?}", verified.verified);
        assert!(verify(&text, &Library::empty()).is_ok(), "{name}");
        let evaluation = verified.evaluation.unwrap();
        for written in [evaluation.to_yaml(), serde_json::to_string(&evaluation).unwrap()] {
            let verified = verify(&written, &library).unwrap_or_else(|doubt| panic!("{name}: {doubt}\n{written}"));
            assert_eq!(verified.seal.evaluation, SEALED_YEAR, "{name}");
        }
    }
    // Without the rubric at hand the page is not made again, so that later versions may print it otherwise.
    let page = archived("year/report.html");
    let verified = verify(&page, &Library::empty()).unwrap_or_else(|doubt| panic!("{doubt}"));
    assert_eq!((verified.amendments, verified.seal.evaluation.as_str()), (6, SEALED_YEAR));
    assert!(verify(&page.replace("\u{1f600}", "\u{1f601}"), &Library::empty()).is_err());
}

#[test]
fn nobody_has_rewritten_the_archive() {
    for (name, digits) in ARCHIVE {
        let found: String = Sha256::digest(archived(name)).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(found, digits, "{name} is not the file that was archived: a later version has to read the old one");
    }
}

/// The archived files, with their SHA-256.
const ARCHIVE: [(&str, &str); 12] = [
    ("evaluation.json", "7763a9ea0610f7e179a54df7d6cff3afcecf748a5ba1ceba4ceedf6bccd45d07"),
    ("rubric.yaml", "9b63c79ddcbdf1318fd1a6971e1b5e64bcc6a4b48551d4b941892f19ec1f669b"),
    ("scorecard.json", "94e1419b528363bf5c41065255772a02608720d6a43c5f7ea75ca2109b88584e"),
    ("sealed/amended.json", "ff3981bba9dde7cc3e705dd7ef8ded18fe9679a9d3351174a01bb2916ddb5655"),
    ("sealed/amended.yaml", "9d64b5af6325e0c60ce012514079714bd12d6658735070a2c369dd4cd55bf08c"),
    ("sealed/report.html", "a9ff9b85cbc2c83ac1199b661b76d793a08e19b50832d8e1b003917aeb5a59da"),
    ("sealed/sealed.json", "3d9f082ac6859531662875c69c2e39942050663d8e737f743b6b81bf5d2c2a93"),
    ("year/amended.json", "d02053ccb62420185b637914f87e2d8eb596a261c5fe6dc93294103da6f0b44c"),
    ("year/amended.yaml", "823cfca2cc3d31cf99c8ee48f78c6776f0799a6ebba7834a937f9f0382cf63fd"),
    ("year/report.html", "7586107f1385b3ee974fd516cc14e0e9222eae816ec0dbe76912c34e19e34894"),
    ("year/rubric.yaml", "b894cb989360d599b5b08b0665e7a2e3412a5a343eb1fd5847d790dd33707874"),
    ("year/sealed.json", "8cfdb90ed4894ac44ef46cb624ab8aea59e928a21bc7242edd3e8420084f4d31"),
];

/// The fingerprints of the seals.
const SEALED: &str = "sha256:cd59a5331d08a27d7fd78875c01f19a9ead0cd68d1db74cb74c6a73773ae475c";
const SEALED_YEAR: &str = "sha256:461ab0af6d08e3215f9fbf6f90ecbe91c7556197324cdffed0da9f15277576d0";
