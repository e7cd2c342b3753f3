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
        output.contains("NOT VERIFIED: this evaluation has no seal") && output.contains("novak.html: verified"),
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
