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
fn a_rubric_in_json_is_written_as_yaml() {
    let folder = tempfile::tempdir().unwrap();
    let json = r#"{"id": "a", "version": "1.0.0", "title": "A", "extra": {"badge": "007"}, "domains": [{"id": "d", "title": "D",
                   "indicators": [{"id": "i", "statement": "One\u0007two\u0085three\r\nfour."}]}]}"#;
    fs::write(folder.path().join("a.json"), json).unwrap();
    let output = appraise(folder.path(), &["rubrics", "a.json", "-o", "a.yaml"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let yaml = support::read(folder.path().join("a.yaml"));
    assert!(yaml.contains("\nid: a\n") || yaml.starts_with("id: a\n"), "{yaml}");
    assert!(!yaml.contains('{') && !yaml.contains('\u{7}'), "{yaml}");
    let output = appraise(folder.path(), &["diff", "a.json", "a.yaml"]);
    assert!(text(&output.stdout).contains("Nothing changed."), "{}", text(&output.stdout));
    let output = appraise(folder.path(), &["rubrics", "a.json", "-o", "a.csv"]);
    assert!(text(&output.stderr).contains("line ends of Windows"), "{}", text(&output.stderr));
}

#[test]
fn a_table_with_levels_of_its_own_is_imported_as_the_help_says() {
    let folder = tempfile::tempdir().unwrap();
    let table = "domain;statement;Effective;Ineffective;N/A\nPlanning;Plans.;A plan.;No plan.;\n";
    fs::write(folder.path().join("t.csv"), table).unwrap();
    let output = appraise(folder.path(), &["import", "t.csv"]);
    let told = text(&output.stderr);
    assert!(told.contains("--levels 'Effective,Ineffective' --meets-at LABEL --not-rated 'N/A'"), "{told}");
    assert_eq!(told.matches("error[").count(), 1, "{told}");
    let levels =
        ["import", "t.csv", "--levels", "Effective,Ineffective", "--meets-at", "Effective", "--not-rated", "N/A"];
    let output = appraise(folder.path(), &levels);
    assert!(output.status.success() && text(&output.stderr).contains("--best-first"), "{}", text(&output.stderr));
    let output = appraise(folder.path(), &[&levels[..], &["--best-first", "-o", "t.yaml"]].concat());
    assert_eq!((output.status.code(), text(&output.stderr).as_str()), (Some(0), ""));
    let output = appraise(folder.path(), &["check", "--deny", "warnings", "t.yaml"]);
    assert!(output.status.success(), "{}", text(&output.stdout));
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
