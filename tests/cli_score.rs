//! `appraise score` with a scoring policy: how a rating came about, for people.

#![cfg(feature = "cli")]
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use std::process::Command;

const RIVERSIDE: &str = "examples/rubrics/riverside_school_counselor.yaml";
const NOVAK: &str = "examples/evaluations/novak_scored.yaml";
const CLINIC: &str = "tests/scored/rubric.yaml";

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

fn score(evaluation: &str, rubric: &str, more: &[&str]) -> String {
    let (status, output, errors) = appraise(&[&["score", evaluation, "--rubric", rubric], more].concat());
    assert_eq!(status, 0, "{errors}");
    output
}

#[test]
fn the_outline_can_be_followed_with_pencil_and_paper() {
    let cases = [
        ("novak", NOVAK, RIVERSIDE),
        ("final", "tests/scored/final.yaml", CLINIC),
        ("draft", "tests/scored/draft.yaml", CLINIC),
    ];
    for (name, evaluation, rubric) in cases {
        let output = score(evaluation, rubric, &[]);
        let outline = output.split_once("\nStep 1: ").unwrap().1;
        assert!(outline.lines().all(|line| line.chars().count() <= 100), "{outline}");
        support::expect(support::project(&format!("tests/expected/score-{name}.txt")), &output);
    }
}

#[test]
fn a_type_that_is_not_scored_is_said_to_be_so() {
    let folder = tempfile::tempdir().unwrap();
    let text = support::read(support::project("tests/scored/draft.yaml")).replace("ratings:", "type: self\nratings:");
    let path = folder.path().join("self.yaml");
    std::fs::write(&path, text).unwrap();
    let output = score(path.to_str().unwrap(), CLINIC, &[]);
    assert!(
        output.contains("\nNo summative rating: the scoring policy does not score a self-evaluation.\n"),
        "{output}"
    );
    assert!(!output.contains("Step 1"), "{output}");
}
