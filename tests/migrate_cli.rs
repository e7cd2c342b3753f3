//! `appraise migrate`, and what `--old` tells: the way a district brings its evaluations to a new rubric.

#![cfg(feature = "cli")]
#![allow(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

mod support;

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use appraise::{Evaluation, Library};
use serde_json::Value;

const FULL: &str = "tests/migrate/full.yaml";
const NEW: &str = "tests/documents/rubrics/small.yaml";
const OLD: &str = "tests/documents/rubrics/old/small.yaml";
const RIVERA: &str = "examples/evaluations/rivera_final.yaml";

fn appraise_in(folder: &Path, arguments: &[&str], input: &[u8]) -> (i32, String, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_appraise"))
        .args(arguments)
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let _ = child.stdin.take().unwrap().write_all(input);
    let output = child.wait_with_output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn appraise(arguments: &[&str]) -> (i32, String, String) {
    appraise_in(&support::project(""), arguments, b"")
}

/// A folder with a changed Connecticut rubric, `new.yaml`, and an evaluation against the bundled one.
fn folder() -> tempfile::TempDir {
    let text = support::read(support::project("rubrics/connecticut_school_social_work.yaml"));
    let edits = [
        ("version: 1.0.0", "version: 1.1.0"),
        ("Works cooperatively with colleagues and administrators.", "Works constructively with all colleagues."),
        ("id: deadlines\n", "id: documentation\n"),
    ];
    let changed = edits.iter().fold(text, |text, (from, to)| {
        assert_eq!(text.matches(from).count(), 1, "{from}");
        text.replace(from, to)
    });
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("new.yaml"), changed).unwrap();
    fs::copy(support::project(RIVERA), folder.path().join("rivera.yaml")).unwrap();
    folder
}

#[test]
fn an_evaluation_is_written_for_another_rubric_and_what_was_done_is_said() {
    let (status, stdout, stderr) = appraise(&["migrate", FULL, "--to", NEW, "--old", OLD]);
    assert_eq!(status, 0, "{stderr}");
    support::expect(support::project("tests/migrate/full.migrated.yaml"), &stdout);
    support::expect(support::project("tests/migrate/full.txt"), &stderr);
    let rubric = support::rubric(support::project(NEW));
    assert!(Evaluation::check("full.yaml", &stdout, &rubric).diagnostics.is_empty());
}

#[test]
fn the_old_rubric_is_found_among_those_that_come_with_the_program() {
    let folder = folder();
    let run = |arguments: &[&str]| appraise_in(folder.path(), arguments, b"");
    let (status, stdout, stderr) = run(&["migrate", "rivera.yaml", "--to", "new.yaml", "-o", "migrated.yaml"]);
    assert_eq!((status, stdout.as_str()), (0, ""), "{stderr}");
    for part in [
        "rivera.yaml: from `connecticut_school_social_work` 1.0.0 to `connecticut_school_social_work` 1.1.0\n",
        "\n  66 ratings kept, 1 orphaned\n",
        "\n  1 under other words now, to look at again: `cooperation_with_colleagues`\n",
        "`deadlines` (rating), `deadlines` (goal), `deadlines` (response)\n",
        "\n  1 new and unrated: `documentation`\n",
        "it was final, completed 2026-05-29; it is a draft now",
        "comments of YAML are no part of an evaluation and are not carried along: lines 33, ",
    ] {
        assert!(stderr.contains(part), "{part} in\n{stderr}");
    }
    // The comments at its beginning are.
    let migrated = support::read(folder.path().join("migrated.yaml"));
    assert!(migrated.contains("\n# A complete, final evaluation under"), "{}", &migrated[..80]);
    let (status, stdout, _) = run(&["check", "migrated.yaml", "new.yaml", "--deny", "warnings"]);
    assert_eq!(status, 0, "{stdout}");
    let (_, page, _) = run(&["report", "migrated.yaml", "--rubric", "new.yaml"]);
    assert!(
        page.contains("## From an earlier rubric")
            && page.contains("**Deadlines for documentation (7.2.4): Has not met**")
    );
    // The evaluation goes on to a rubric of another id, and the orphaned entries stay.
    let (_, _, stderr) = run(&["migrate", "migrated.yaml", "--to", "connecticut_district_supports"]);
    assert!(stderr.contains("other-subject"), "{stderr}");
    let other = support::read(folder.path().join("new.yaml")).replace("id: connecticut_school_social_work", "id: ours");
    fs::write(folder.path().join("ours.yaml"), other).unwrap();
    let (status, stdout, stderr) = run(&["migrate", "migrated.yaml", "--to", "ours.yaml", "--old", "new.yaml"]);
    assert_eq!(status, 0, "{stderr}");
    assert!(
        stdout.contains("\n  id: ours\n") && stdout.contains("\n  - kind: rating\n    id: deadlines\n"),
        "{stdout}"
    );
}

#[test]
fn the_format_is_that_of_the_output_or_else_of_the_input() {
    let folder = folder();
    let run = |arguments: &[&str], input: &str| appraise_in(folder.path(), arguments, input.as_bytes());
    let to = ["--to", "new.yaml"];
    let (status, json, _) = run(&[&["migrate", "rivera.yaml", "--format", "json"], &to[..]].concat(), "");
    let value: Value = serde_json::from_str(&json).unwrap();
    assert_eq!((status, &value["orphaned"][0]["id"]), (0, &Value::from("deadlines")));
    run(&[&["migrate", "rivera.yaml", "-o", "out.json"], &to[..]].concat(), "");
    assert_eq!(support::read(folder.path().join("out.json")), json);
    // JSON stays JSON, through standard input too; and there is nothing to do.
    let (status, same, stderr) = run(&[&["migrate", "-"], &to[..]].concat(), &json);
    assert_eq!((status, same.as_str()), (0, json.as_str()));
    let nothing = "<stdin>: nothing to do: it was made against `connecticut_school_social_work` 1.1.0 as it is\n";
    assert_eq!(stderr, nothing);
    let (_, yaml, _) = run(&[&["migrate", "-", "--format", "yaml"], &to[..]].concat(), &json);
    assert!(yaml.starts_with("rubric:\n") && yaml.ends_with('\n') && !yaml.ends_with("\n\n"), "{yaml}");
    // To the letter, with its comments.
    let text = support::read(support::project(RIVERA));
    let (_, same, stderr) = run(&["migrate", "rivera.yaml", "--to", "connecticut_school_social_work"], "");
    assert_eq!(same, text);
    assert!(stderr.lines().count() == 1 && stderr.contains("nothing to do"), "{stderr}");
}

#[test]
fn the_changes_of_a_migration_are_json_for_programs() {
    let (_, _, stderr) = appraise(&["migrate", FULL, "--to", NEW, "--old", OLD, "--messages", "json"]);
    let json: Value = serde_json::from_str(&stderr).unwrap();
    assert_eq!(json["migrated"]["orphaned"][0], serde_json::json!({ "kind": "rating", "id": "plans" }));
    assert_eq!(json["migrated"]["reworded"], serde_json::json!(["counsels"]));
    assert_eq!(json["migrated"]["comments"], serde_json::json!([1, 2, 8, 21]));
    let schema: Value = serde_json::from_str(&appraise::schema::diagnostics()).unwrap();
    assert!(jsonschema::validator_for(&schema).unwrap().is_valid(&json));
}

#[test]
fn its_input_is_never_overwritten_by_whatever_name() {
    let folder = folder();
    let path = |name: &str| folder.path().join(name);
    let text = support::read(path("rivera.yaml"));
    fs::hard_link(path("rivera.yaml"), path("hard.yaml")).unwrap();
    fs::hard_link(path("new.yaml"), path("hard_new.yaml")).unwrap();
    let mut names = vec!["rivera.yaml", "./rivera.yaml", "new.yaml"];
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("rivera.yaml", path("soft.yaml")).unwrap();
        names.extend(["hard.yaml", "hard_new.yaml", "soft.yaml"]);
    }
    for name in names {
        let arguments = ["migrate", "rivera.yaml", "--to", "new.yaml", "-o", name];
        let (status, _, stderr) = appraise_in(folder.path(), &arguments, b"");
        assert_eq!(status, 2, "{name}: {stderr}");
        assert!(stderr.contains("is read: write the output to another file"), "{stderr}");
    }
    assert_eq!(support::read(path("rivera.yaml")), text);
    let (status, _, stderr) = appraise(&["migrate", "-", "--to", "-"]);
    assert_eq!(status, 2, "{stderr}");
}

#[test]
fn an_evaluation_that_cannot_be_migrated_is_refused_with_its_faults() {
    let folder = folder();
    fs::write(folder.path().join("bad.yaml"), "rubric: { id: connecticut_school_social_work }\n").unwrap();
    for (arguments, status, says) in [
        (&["rivera.yaml"][..], 2, "--to <RUBRIC>"),
        (
            &["rivera.yaml", "--to", "nothing"],
            1,
            "there is no rubric and no file `nothing`; the rubrics are connecticut_",
        ),
        (&["rivera.yaml", "--to", "nothing.yaml"], 1, "there is no such file"),
        (&["nothing.yaml", "--to", "new.yaml"], 1, "there is no such file"),
        (&["rivera.yaml", "--to", "rivera.yaml"], 1, "error[unknown-key]: unknown key `rubric`"),
        (&["new.yaml", "--to", "new.yaml"], 1, "error[missing-key]: `ratings` is missing"),
        (&["bad.yaml", "--to", "new.yaml"], 1, "error[missing-key]: `evaluators` is missing"),
        (&["rivera.yaml", "--to", "new.yaml", "--old", "new.yaml"], 1, "error[other-version]: the old rubric given"),
        (&["rivera.yaml", "--to", "new.yaml", "--old", "rivera.yaml"], 1, "error[unknown-key]"),
        (&["rivera.yaml", "--to", "new.yaml", "-o", "no/such/out.yaml"], 1, "cannot write to"),
    ] {
        let (found, stdout, stderr) = appraise_in(folder.path(), &[&["migrate"], arguments].concat(), b"");
        assert_eq!((found, stdout.as_str()), (status, ""), "{arguments:?}: {stderr}");
        assert!(stderr.contains(says), "{arguments:?}: {stderr}");
    }
}

#[test]
fn every_command_that_reads_an_evaluation_says_what_changed_since() {
    let folder = tempfile::tempdir().unwrap();
    let ann = "rubric: { id: small, version: 1.0.0 }\nemployee: { id: E-1, name: Ann }\nevaluators: [{ id: E-2, name: Bo }]\n\
               period: { from: 2025-08-25, to: 2026-06-12 }\nratings: { counsels: no_opportunity_to_practice }\n";
    fs::write(folder.path().join("ann.yaml"), ann).unwrap();
    fs::copy(support::project(NEW), folder.path().join("new.yaml")).unwrap();
    fs::copy(support::project(OLD), folder.path().join("old.yaml")).unwrap();
    let since = "since then: 3 orphaned, 2 rescored, 2 incomplete, 1 wording";
    for arguments in [
        &["check", "ann.yaml", "new.yaml"][..],
        &["check", "ann.yaml", "--rubric", "new.yaml"],
        &["score", "ann.yaml", "--rubric", "new.yaml"],
        &["report", "ann.yaml", "--rubric", "new.yaml"],
        &["goals", "ann.yaml", "--rubric", "new.yaml"],
    ] {
        let (status, stdout, stderr) = appraise_in(folder.path(), &[arguments, &["--old", "old.yaml"]].concat(), b"");
        assert_eq!(status, 0, "{arguments:?}: {stderr}");
        assert!(format!("{stdout}{stderr}").contains(since), "{arguments:?}: {stderr}");
        assert!(format!("{stdout}{stderr}").contains("of its own ratings: 1 wording (`counsels`)"), "{arguments:?}");
        let (_, stdout, stderr) = appraise_in(folder.path(), arguments, b"");
        assert!(format!("{stdout}{stderr}").contains("give that with `--old`"), "{arguments:?}: {stdout}{stderr}");
    }
    // A fingerprint that `old.yaml` does not have: it says nothing about this evaluation.
    let fingerprint = Library::bundled().get("connecticut_district_supports").unwrap().fingerprint().to_owned();
    let pinned = ann.replace("version: 1.0.0", &format!("version: 1.0.0, fingerprint: \"{fingerprint}\""));
    fs::write(folder.path().join("ann.yaml"), pinned).unwrap();
    let (_, stdout, _) = appraise_in(folder.path(), &["check", "ann.yaml", "new.yaml", "--old", "old.yaml"], b"");
    assert!(stdout.contains("what changed cannot be known"), "{stdout}");
}

#[test]
fn help_teaches() {
    let (status, help, _) = appraise(&["migrate", "--help"]);
    assert_eq!(status, 0);
    for part in ["`orphaned`", "never counted", "--to <RUBRIC>", "--old <RUBRIC>", "never overwritten", "draft"] {
        assert!(help.contains(part), "{part} in\n{help}");
    }
    assert!(appraise(&["--help"]).1.contains("appraise migrate rivera.yaml --to new.yaml -o rivera-new.yaml"));
}
