//! Tables at the command line.

#![cfg(feature = "cli")]
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn appraise(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_appraise")).current_dir(folder).args(arguments).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn a_rubric_goes_to_a_spreadsheet_and_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| {
        let output = appraise(folder.path(), arguments);
        assert!(output.status.success(), "{arguments:?}: {}", text(&output.stderr));
        text(&output.stdout)
    };
    let id = "connecticut_school_social_work";
    run(&["rubrics", id, "-o", "ours.csv"]);
    assert_eq!(run(&["rubrics", id, "--format", "csv"]), support::read(folder.path().join("ours.csv")));
    run(&["import", "ours.csv", "--from", id, "-o", "ours.yaml"]);
    assert!(run(&["check", "ours.yaml", "--deny", "warnings"]).contains("no findings"));
    assert!(run(&["diff", id, "ours.yaml"]).contains("Nothing changed."));
    // A rubric's own file goes the same way.
    run(&["rubrics", "ours.yaml", "-o", "again.csv"]);
    assert_eq!(support::read(folder.path().join("again.csv")), support::read(folder.path().join("ours.csv")));
    let printed = run(&["import", "ours.csv", "--id", "ours", "--version", "2.0.0", "--title", "Our rubric"]);
    assert!(printed.contains("\nid: ours\nversion: 2.0.0\ntitle: Our rubric\n"), "{printed}");
}

#[test]
fn a_faulty_table_makes_no_rubric_and_the_table_stays() {
    let folder = tempfile::tempdir().unwrap();
    let table = folder.path().join("t.csv");
    fs::write(&table, "domain,statement\nPractice,\n").unwrap();
    let output = appraise(folder.path(), &["import", "t.csv", "-o", "t.yaml"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("cell B2: write what is rated"), "{}", text(&output.stderr));
    assert!(!folder.path().join("t.yaml").exists());
    let output = appraise(folder.path(), &["import", "t.csv", "--messages", "json"]);
    let found: serde_json::Value = serde_json::from_slice(&output.stderr).unwrap();
    assert_eq!(found["files"][0]["kind"], "table");
    assert_eq!(found["files"][0]["diagnostics"][0]["path"], "rows[0].statement");

    fs::write(&table, "domain,statement\nPractice,Writes.\n").unwrap();
    let output = appraise(folder.path(), &["import", "t.csv", "-o", "./t.csv"]);
    assert_eq!(output.status.code(), Some(2), "{}", text(&output.stderr));
    assert_eq!(support::read(&table), "domain,statement\nPractice,Writes.\n");

    fs::write(&table, b"domain,statement\nPractice,Writes \x93plans\x94.\n").unwrap();
    let output = appraise(folder.path(), &["import", "t.csv"]);
    assert!(text(&output.stderr).contains("CSV UTF-8"), "{}", text(&output.stderr));
}
