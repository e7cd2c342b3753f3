//! `appraise finish`, `amend` and `verify`, one after the other.

#![cfg(feature = "cli")]
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use std::process::Command;

const RUBRIC: &str = "examples/rubrics/riverside_school_counselor.yaml";

fn appraise(arguments: &[&str]) -> (i32, String, String) {
    let run = Command::new(env!("CARGO_BIN_EXE_appraise"))
        .args(arguments)
        .current_dir(support::project(""))
        .env("NO_COLOR", "1")
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (run.status.code().unwrap(), text(run.stdout), text(run.stderr))
}

#[test]
fn an_evaluation_is_finished_amended_and_verified_with_its_report() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let done = |arguments: &[&str]| {
        let (status, output, errors) = appraise(arguments);
        assert_eq!(status, 0, "{arguments:?}\n{output}{errors}");
        format!("{output}{errors}")
    };
    let with = ["--rubric", RUBRIC];
    let (sealed, amended, page) = (path("novak.json"), path("novak.yaml"), path("novak.html"));
    let novak = "examples/evaluations/novak_scored.yaml";
    let said = done(&[&["finish", novak, "--on", "2026-06-12", "--by", "E-0231", "-o", &sealed], &with[..]].concat());
    assert!(said.contains("sealed on 2026-06-12 as sha256:"), "{said}");
    let why = ["--because", "Appeal.", "--by", "E-0100", "--on", "2026-09-15"];
    let set = [
        "--set", "ratings.calendar.level=effective", "--set", "contact_hours_before=12.5", "--set",
        "summary=A good year.",
    ];
    done(&[&["amend", &sealed, "-o", &amended], &set[..], &why[..], &with[..]].concat());
    done(&[&["report", &amended, "-o", &page], &with[..]].concat());
    let said = done(&[&["verify", &sealed, &amended, &page], &with[..]].concat());
    assert_eq!(said.matches(": verified, sealed on 2026-06-12 by E-0231").count(), 3, "{said}");
    assert!(said.contains("with 3 amendments since") && said.contains("not verified: who made the seal"), "{said}");
    let (status, output, _) = appraise(&["verify", novak, &page]);
    assert_eq!(status, 1);
    assert!(
        output.contains("NOT VERIFIED: this evaluation is final, but has no seal")
            && output.contains("novak.html: verified"),
        "{output}"
    );
    std::fs::write(&sealed, support::read(&sealed).replace("Lunch duty", "Bus duty")).unwrap();
    let (status, output, _) = appraise(&[&["verify", &sealed], &with[..]].concat());
    assert_eq!(
        (status, output.contains("NOT VERIFIED: this evaluation is not as it was sealed")),
        (1, true),
        "{output}"
    );
    let (status, _, errors) =
        appraise(&[&["finish", &amended, "--on", "2026-12-01", "--by", "E-1"], &with[..]].concat());
    assert_eq!((status, errors.contains("sealed already")), (1, true), "{errors}");
    let (status, _, errors) = appraise(&[&["amend", &amended, "--set", "summary"], &why[..], &with[..]].concat());
    assert_eq!((status, errors.contains("--set PLACE=VALUE")), (2, true), "{errors}");
    let student = ["--because", "The mother of John Smith, grade 4, asked.", "--by", "E-1", "--on", "2026-09-15"];
    let said = done(&[&["amend", &amended, "--set", "summary=Good."], &student[..], &with[..]].concat());
    assert!(said.contains("student-data"), "{said}");
    let reopened = path("reopened.json");
    done(&[&["amend", &amended, "-o", &reopened, "--set", "status=draft"], &why[..], &with[..]].concat());
    let said = done(&["form", "--evaluation", &reopened, RUBRIC, "-o", &path("form.html")]);
    assert!(said.contains("this form takes responses only"), "{said}");
}

#[test]
fn finishing_shows_the_warnings_of_the_sealed_evaluation_and_an_id_that_is_no_evaluator() {
    let folder = tempfile::tempdir().unwrap();
    let draft = folder.path().join("draft.yaml");
    let text = support::read(support::project("examples/evaluations/novak_scored.yaml"));
    let lines = text.lines().filter(|line| !line.starts_with("completed_on:") && !line.starts_with("status:"));
    std::fs::write(&draft, lines.map(|line| format!("{line}\n")).collect::<String>()).unwrap();
    let finish = |on: &str, by: &str| {
        let sealed = folder.path().join("sealed.json");
        let (draft, sealed) = (draft.to_str().unwrap(), sealed.to_str().unwrap());
        let (status, _, said) = appraise(&["finish", draft, "--on", on, "--by", by, "-o", sealed, "--rubric", RUBRIC]);
        assert_eq!(status, 0, "{said}");
        (said, appraise(&["check", sealed, "--rubric", RUBRIC]).1)
    };
    let (said, checked) = finish("2025-01-10", "E-9999");
    assert!(checked.contains("dates-out-of-order") && said.contains("dates-out-of-order"), "{said}{checked}");
    assert!(said.contains("`E-9999` is no evaluator of this evaluation"), "{said}");
    let (said, _) = finish("2026-06-12", "E-0231");
    assert!(!said.contains("dates-out-of-order") && !said.contains("is no evaluator"), "{said}");
}

/// A folder with a sealed evaluation, its report, a final one without a seal, a draft, a page cut off, and lines of both kinds.
fn archive() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let with = ["--rubric", RUBRIC];
    let novak = "examples/evaluations/novak_scored.yaml";
    let sealed = path("a_sealed.json");
    appraise(&[&["finish", novak, "--on", "2026-06-12", "--by", "E-0231", "-o", &sealed], &with[..]].concat());
    appraise(&[&["report", &sealed, "-o", &path("b_report.html")], &with[..]].concat());
    let text = support::read(support::project(novak));
    let is_final = text.contains("status: final");
    std::fs::write(path("c_final.yaml"), &text).unwrap();
    std::fs::write(path("d_draft.yaml"), text.replace("status: final\n", "")).unwrap();
    let page = support::read(path("b_report.html"));
    std::fs::write(path("e_cut.htm"), &page[..4000]).unwrap();
    let one: serde_json::Value = serde_json::from_str(&support::read(&sealed)).unwrap();
    let changed = one.to_string().replace("Lunch duty", "Bus duty");
    std::fs::write(path("f_lines.ndjson"), format!("{one}\n{changed}\n")).unwrap();
    std::fs::write(path("notes.txt"), "No evaluation.").unwrap();
    assert!(is_final && changed.contains("Bus duty"));
    folder
}

#[test]
fn a_folder_is_verified_file_by_file_and_summed_up() {
    let folder = archive();
    let name = folder.path().to_str().unwrap();
    let (status, output, errors) = appraise(&["verify", name, "--rubric", RUBRIC]);
    assert_eq!(status, 1);
    assert_eq!(errors, "7 files: 3 verified, 4 NOT VERIFIED, of which 2 have no seal\n");
    let lines: Vec<&str> = output.lines().filter(|line| !line.starts_with("  ")).collect();
    let wanted = [
        "a_sealed.json: verified, sealed on 2026-06-12 by E-0231",
        "b_report.html: verified, sealed on 2026-06-12 by E-0231",
        "c_final.yaml: NOT VERIFIED: this evaluation is final, but has no seal: a change of it would not be found",
        "d_draft.yaml: NOT VERIFIED: this evaluation has no seal: it is a draft",
        "e_cut.htm: NOT VERIFIED: this page is cut off: it does not end as a page does",
        "f_lines.ndjson: verified, sealed on 2026-06-12 by E-0231",
        "f_lines.ndjson:2: NOT VERIFIED: this evaluation is not as it was sealed",
    ];
    assert_eq!(lines, wanted.map(|line| format!("{name}/{line}")));
    let (status, _, errors) = appraise(&["verify", &format!("{name}/a_sealed.json"), &format!("{name}/b_report.html")]);
    assert_eq!((status, errors.as_str()), (0, "2 files: 2 verified, 0 NOT VERIFIED\n"));
}

#[test]
fn verify_says_the_same_to_programs() {
    let folder = archive();
    let name = folder.path().to_str().unwrap();
    std::fs::write(folder.path().join("g.json"), [0xff, 0xfe, 0x00]).unwrap();
    let (status, output, errors) = appraise(&["verify", name, "--rubric", RUBRIC, "--format", "json"]);
    assert_eq!(status, 1, "{errors}");
    let outcome: serde_json::Value = serde_json::from_str(&output).unwrap();
    let schema: serde_json::Value = serde_json::from_str(&appraise::schema::verifications()).unwrap();
    assert!(jsonschema::is_valid(&schema, &outcome));
    assert_eq!((&outcome["verified"], &outcome["in_doubt"]), (&3.into(), &5.into()));
    let codes = outcome["files"].as_array().unwrap().iter().map(|file| file["doubt"]["code"].as_str());
    let wanted = [
        None,
        None,
        Some("not-sealed"),
        Some("not-sealed"),
        Some("truncated-page"),
        None,
        Some("changed-content"),
        Some("unreadable"),
    ];
    assert_eq!(codes.collect::<Vec<_>>(), wanted);
    let first = &outcome["files"][0];
    assert_eq!((&first["seal"]["on"], &first["seal"]["amendments"]), (&"2026-06-12".into(), &0.into()));
    assert!(first["verified"].as_array().unwrap().len() == 3 && first["doubt"].is_null(), "{first}");
    assert_eq!(outcome["files"][6]["line"], 2);
    let (status, output, _) = appraise(&["verify", &format!("{name}/missing.json"), "--format", "json"]);
    let outcome: serde_json::Value = serde_json::from_str(&output).unwrap();
    assert_eq!((status, &outcome["files"][0]["doubt"]["code"]), (1, &"unreadable".into()));
}
