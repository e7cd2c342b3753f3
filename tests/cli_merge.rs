//! `appraise merge`, by itself and as git calls it.

#![cfg(feature = "cli")]
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use std::process::Command;

const BASE: &str = "# A comment.
rubric: { id: connecticut_school_social_work }
employee: { id: E-1042, name: Jordan Rivera }
evaluators: [{ id: E-0007, name: Priya Shah, qualifications: [school_social_work] }]
period: { from: 2025-08-25, to: 2026-06-12 }
ratings: { deadlines: has_met }
";

fn run(program: &str, arguments: &[&str], folder: &tempfile::TempDir) -> (i32, String, String) {
    let run = Command::new(program).args(arguments).current_dir(folder.path()).env("NO_COLOR", "1").output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (run.status.code().unwrap(), text(run.stdout), text(run.stderr))
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write("base.yaml", BASE);
    write("ours.yaml", &BASE.replace("deadlines: has_met", "deadlines: exceeds_expectations, self_growth: has_met"));
    write("theirs.yaml", &BASE.replace("deadlines: has_met", "deadlines: has_met, inventories: has_met"));
    write("other.yaml", &BASE.replace("deadlines: has_met", "deadlines: has_not_met"));
    folder
}

const APPRAISE: &str = env!("CARGO_BIN_EXE_appraise");

#[test]
fn the_changes_of_both_are_written_and_the_output_may_replace_ours() {
    let folder = folder();
    let (status, output, errors) =
        run(APPRAISE, &["merge", "base.yaml", "ours.yaml", "theirs.yaml", "-o", "ours.yaml"], &folder);
    assert_eq!((status, output.as_str()), (0, ""), "{errors}");
    let merged = support::read(folder.path().join("ours.yaml"));
    for rating in ["deadlines: exceeds_expectations", "self_growth: has_met", "inventories: has_met"] {
        assert!(merged.contains(rating), "{merged}");
    }
    // A version that has the changes of both stays to the letter.
    let (_, same, _) = run(APPRAISE, &["merge", "base.yaml", "base.yaml", "theirs.yaml"], &folder);
    assert_eq!(same, support::read(folder.path().join("theirs.yaml")));
}

#[test]
fn a_place_that_both_changed_is_shown_with_every_value() {
    let folder = folder();
    let files = ["merge", "base.yaml", "ours.yaml", "other.yaml"];
    let (status, output, errors) = run(APPRAISE, &files, &folder);
    assert_eq!((status, output.contains("deadlines: exceeds_expectations")), (1, true), "{errors}");
    let said = "1 place changed by both, each in another way:\n  ratings.deadlines.level: ours is \"exceeds_expectations\", \
                theirs is \"has_not_met\"; it was \"has_met\"";
    assert!(errors.contains(said), "{errors}");
    let (_, _, json) = run(APPRAISE, &[&files[..], &["--messages", "json"]].concat(), &folder);
    assert!(json.contains(r#""path": "ratings.deadlines.level""#), "{json}");
}

#[test]
fn git_merges_evaluations_by_it() {
    let folder = folder();
    let git = |arguments: &[&str]| {
        let (status, output, errors) =
            run("git", &[&["-c", "user.name=A", "-c", "user.email=a@example.org"], arguments].concat(), &folder);
        assert_eq!(status, 0, "{arguments:?}\n{output}{errors}");
    };
    let commit = |text: &str| {
        std::fs::write(folder.path().join("rivera.yaml"), text).unwrap();
        git(&["add", "."]);
        git(&["commit", "-q", "-m", "Change"]);
    };
    git(&["init", "-q", "-b", "main"]);
    git(&["config", "merge.appraise.driver", &format!("'{APPRAISE}' merge %O %A %B -o %A")]);
    std::fs::write(folder.path().join(".gitattributes"), "rivera.yaml merge=appraise\n").unwrap();
    commit(BASE);
    git(&["checkout", "-q", "-b", "theirs"]);
    commit(&support::read(folder.path().join("theirs.yaml")));
    git(&["checkout", "-q", "main"]);
    commit(&support::read(folder.path().join("ours.yaml")));
    git(&["merge", "-q", "--no-edit", "theirs"]);
    let merged = support::read(folder.path().join("rivera.yaml"));
    assert!(merged.contains("exceeds_expectations") && merged.contains("inventories: has_met"), "{merged}");
}
