//! `appraise batch` as its users meet it: many evaluations, of which some are broken, hostile or in each other's way.

#![cfg(feature = "cli")]
#![allow(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

mod support;

use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use serde_json::{Value, json};

const RUBRIC: &str = "id: r\nversion: 1.0.0\ntitle: R\ndomains:\n  - id: d\n    title: D\n    indicators:\n      - { id: a, statement: A }\n      - { id: b, statement: B }\n";

/// A folder with the rubric `r.yaml`.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("r.yaml"), RUBRIC).unwrap();
    folder
}

fn evaluation(id: &str) -> Value {
    json!({
        "rubric": { "id": "r" },
        "employee": { "id": id, "name": format!("Name of {id}") },
        "evaluators": [{ "id": "S", "name": "Supervisor" }],
        "period": { "from": "2025-08-25", "to": "2026-06-12" },
        "ratings": { "a": "has_met" },
    })
}

/// The name of the report of such an evaluation.
fn report(id: &str) -> String {
    format!("{id}_Name-of-{id}_2025-08-25_2026-06-12_draft_by-S_r.html")
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_appraise"));
    command.arg("batch").args(["--rubric", "r.yaml"]).args(arguments).current_dir(folder).env("NO_COLOR", "1");
    command
}

fn spawn(folder: &Path, arguments: &[&str]) -> Child {
    command(folder, arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

struct Run {
    status: i32,
    stdout: String,
    stderr: String,
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Self { status: output.status.code().unwrap(), stdout: text(output.stdout), stderr: text(output.stderr) }
    }
}

fn batch(folder: &Path, arguments: &[&str], input: &[u8]) -> Run {
    let mut child = spawn(folder, arguments);
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    let writer = std::thread::spawn(move || {
        // The command may have stopped reading.
        let _ = stdin.write_all(&input);
    });
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    output.into()
}

/// The names in a folder, hidden ones too.
fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn ids(scorecards: &str) -> Vec<String> {
    let id = |line: &str| serde_json::from_str::<Value>(line).unwrap()["employee"]["id"].as_str().unwrap().to_owned();
    scorecards.lines().map(id).collect()
}

#[test]
fn scorecards_come_in_the_order_of_the_lines() {
    let folder = folder();
    let lines: String = (0..500).map(|number| format!("{}\n", evaluation(&format!("E-{number}")))).collect();
    let run = batch(folder.path(), &["-", "--jobs", "3"], lines.as_bytes());
    assert_eq!((run.status, run.stderr.as_str()), (0, "500 scorecards written\n"));
    assert_eq!(ids(&run.stdout), (0..500).map(|number| format!("E-{number}")).collect::<Vec<_>>());
    let first = run.stdout.lines().next().unwrap();
    fs::write(folder.path().join("one.json"), evaluation("E-0").to_string()).unwrap();
    let alone = Command::new(env!("CARGO_BIN_EXE_appraise"))
        .args(["score", "--format", "json", "--rubric", "r.yaml", "one.json"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    let alone: Value = serde_json::from_slice(&alone.stdout).unwrap();
    assert_eq!(serde_json::from_str::<Value>(first).unwrap(), alone);
}

#[test]
fn a_failed_evaluation_is_shown_with_its_place_and_counted_and_stops_nothing() {
    let folder = folder();
    let mut faulty = evaluation("E-2");
    faulty["ratings"]["a"] = json!("has_meet");
    let lines = format!("{}\n\n{faulty}\n{}\n", evaluation("E-1"), evaluation("E-3"));
    fs::write(folder.path().join("all.ndjson"), &lines).unwrap();
    let run = batch(folder.path(), &["all.ndjson", "none.json"], b"");
    assert_eq!(run.status, 1);
    assert_eq!(ids(&run.stdout), ["E-1", "E-3"]);
    for part in ["error[unknown-level]", "--> all.ndjson:3:", "error[unreadable]", "none.json"] {
        assert!(run.stderr.contains(part), "{part} in\n{}", run.stderr);
    }
    assert!(run.stderr.ends_with("2 scorecards written, 2 evaluations failed\n"), "{}", run.stderr);

    let run = batch(folder.path(), &["all.ndjson", "--messages", "json"], b"");
    let message: Value = serde_json::from_str(&run.stderr).unwrap();
    assert_eq!(message["files"][0]["file"], "all.ndjson");
    assert_eq!(message["files"][0]["diagnostics"][0]["start"]["line"], 3);
    let schema: Value = serde_json::from_str(&appraise::schema::diagnostics()).unwrap();
    assert!(jsonschema::validator_for(&schema).unwrap().is_valid(&message));
}

#[test]
fn hostile_lines_fail_one_by_one() {
    let folder = folder();
    let huge = format!("{{\"rubric\": \"{}\"}}", "x".repeat(5 << 20));
    let sound = |id: &str| evaluation(id).to_string().into_bytes();
    let deep = "[".repeat(10_000).into_bytes();
    let lines: [&[u8]; 9] = [
        &[b"\xef\xbb\xbf".to_vec(), sound("E-1")].concat(),
        b"",
        huge.as_bytes(),
        b"{\"rubric\": \"\xff\"}",
        &[sound("E-5"), b"\r".to_vec()].concat(),
        b"hello",
        &deep,
        b"null\0",
        &sound("E-9"),
    ];
    let run = batch(folder.path(), &["-"], &lines.join(b"\n".as_slice()));
    assert_eq!(run.status, 1);
    assert_eq!(ids(&run.stdout), ["E-1", "E-5", "E-9"]);
    for part in ["error[too-large]", "<stdin>:3:1", "error[not-utf8]", "<stdin>:4:13", "<stdin>:6:1", "<stdin>:7:"] {
        assert!(run.stderr.contains(part), "{part} in\n{}", run.stderr);
    }
    assert!(run.stderr.ends_with("3 scorecards written, 5 evaluations failed\n"), "{}", run.stderr);
}

#[test]
fn a_document_on_several_lines_is_named_as_such_once() {
    let folder = folder();
    let text = serde_json::to_string_pretty(&evaluation("E-1")).unwrap();
    let run = batch(folder.path(), &["-"], text.as_bytes());
    assert_eq!(run.status, 1);
    assert!(run.stderr.contains("one document on several lines"), "{}", run.stderr);
    assert!(run.stderr.ends_with("0 scorecards written, 1 evaluation failed\n"), "{}", run.stderr);
}

#[test]
fn reports_are_named_for_whom_they_are_about_and_stay_in_the_folder() {
    let folder = folder();
    let root = folder.path();
    fs::create_dir_all(root.join("in/north/.hidden")).unwrap();
    for (file, id) in [
        ("in/final.json", "E-7"),
        ("in/north/final.json", "E-8"),
        ("in/.draft.json", "E-9"),
        ("in/north/.hidden/x.json", "E-9"),
        ("in/notes.txt", "E-9"),
    ] {
        fs::write(root.join(file), evaluation(id).to_string()).unwrap();
    }
    let mut interim = evaluation("E-2");
    interim["type"] = json!("interim");
    let lines = [evaluation("../../x"), evaluation("E-2"), interim, evaluation("e-2"), evaluation("/etc/passwd")];
    fs::write(root.join("in/z.ndjson"), lines.map(|line| format!("{line}\n")).concat()).unwrap();
    let run = batch(root, &["in", "--out", "reports/new", "--format", "markdown", "--jobs", "4"], b"");
    assert_eq!((run.status, run.stdout.as_str(), run.stderr.as_str()), (0, "", "7 reports written\n"));
    let written = names(&root.join("reports/new"));
    // Where an identifier cannot stand in a name as it is, a hash tells it from others.
    let without_hash = |name: &String| name.split("_r_").next().unwrap().to_owned();
    let expected = [
        ".appraise-batch.ndjson",
        "E-2_Name-of-E-2_2025-08-25_2026-06-12_draft_by-S_r.md",
        "E-2_Name-of-E-2_2025-08-25_2026-06-12_interim_draft_by-S_r.md",
        "E-7_Name-of-E-7_2025-08-25_2026-06-12_draft_by-S_r.md",
        "E-8_Name-of-E-8_2025-08-25_2026-06-12_draft_by-S_r.md",
        "e-2_Name-of-e-2_2025-08-25_2026-06-12_draft_by-S",
        "etc-passwd_Name-of-etc-passwd_2025-08-25_2026-06-12_draft_by-S",
        "x_Name-of-..-..-x_2025-08-25_2026-06-12_draft_by-S",
    ];
    assert_eq!(written.iter().map(without_hash).collect::<Vec<_>>(), expected);
    assert_eq!(names(root), ["in", "r.yaml", "reports"]);
    let small = written.iter().find(|name| name.starts_with("e-2")).unwrap();
    let text = support::read(root.join("reports/new").join(small));
    assert!(text.contains("Name of e-2"), "{text}");

    let run = batch(root, &["in/final.json", "in/z.ndjson", "--format", "markdown"], b"");
    assert_eq!(run.stdout.matches("\n# ").count() + usize::from(run.stdout.starts_with("# ")), 6);
}

#[test]
fn an_evaluation_has_the_same_name_whatever_else_is_there() {
    let folder = folder();
    let root = folder.path();
    // A folder for each employee, and another one later.
    for id in ["E-1", "E-3"] {
        fs::create_dir_all(root.join("in").join(id)).unwrap();
        fs::write(root.join("in").join(id).join("final.json"), evaluation(id).to_string()).unwrap();
    }
    let run = || batch(root, &["in", "--out", "out"], b"").stderr;
    assert_eq!(run(), "2 reports written\n");
    fs::create_dir_all(root.join("in/E-2")).unwrap();
    fs::write(root.join("in/E-2/final.json"), evaluation("E-2").to_string()).unwrap();
    assert_eq!(run(), "3 reports written\n");
    let expected = [".appraise-batch.ndjson".to_owned(), report("E-1"), report("E-2"), report("E-3")];
    assert_eq!(names(&root.join("out")), expected);
    for id in ["E-1", "E-2", "E-3"] {
        assert!(support::read(root.join("out").join(report(id))).contains(&format!("Name of {id}")));
    }
}

#[test]
fn files_of_one_name_for_two_people_make_two_reports_in_one_folder() {
    let folder = folder();
    let root = folder.path();
    for (name, id) in [("A", "E-0"), ("B", "E-77")] {
        fs::create_dir(root.join(name)).unwrap();
        fs::write(root.join(name).join("smith.json"), evaluation(id).to_string()).unwrap();
        batch(root, &[name, "--out", "out"], b"");
    }
    for id in ["E-0", "E-77"] {
        assert!(support::read(root.join("out").join(report(id))).contains(&format!("Name of {id}")));
    }
}

#[test]
fn evaluations_of_one_person_and_period_have_names_that_say_in_what_they_differ() {
    let folder = folder();
    let root = folder.path();
    let rubric = RUBRIC.replace("id: r\n", "id: other\n");
    fs::write(root.join("other.yaml"), rubric).unwrap();
    let changed = |key: &str, value: Value| {
        let mut evaluation = evaluation("E-1");
        evaluation[key] = value;
        evaluation
    };
    let lines = [
        evaluation("E-1"),
        {
            let mut own = changed("type", json!("self"));
            own["evaluators"] = json!([{ "id": "E-1", "name": "Name of E-1" }]);
            own
        },
        changed("evaluators", json!([{ "id": "T", "name": "Supervisor" }])),
        changed("rubric", json!({ "id": "other" })),
        changed("period", json!({ "from": "2025-08-25", "to": "2026-01-20" })),
        changed("scope", json!(["a"])),
        changed("employee", json!({ "id": "E-9", "name": "Name of E-1" })),
        changed("employee", json!({ "id": "E-1", "name": "Another Name" })),
    ];
    let text = lines.iter().map(|line| format!("{line}\n")).collect::<String>();
    let run = batch(root, &["-", "--rubric", "other.yaml", "--out", "out"], text.as_bytes());
    assert_eq!((run.status, run.stderr.as_str()), (0, "8 reports written\n"));
    let written = names(&root.join("out"));
    for part in ["_self_", "_by-T_", "_other.html", "_2026-01-20_", "E-9_Name-of-E-1_", "E-1_Another-Name_"] {
        assert_eq!(written.iter().filter(|name| name.contains(part)).count(), 1, "{part}: {written:?}");
    }
}

#[test]
fn two_evaluations_of_one_name_are_said_and_the_first_has_it_whoever_is_done_first() {
    let folder = folder();
    let root = folder.path();
    let mut other = evaluation("E-1");
    other["summary"] = json!("Of the other.");
    let lines = [evaluation("E-1"), other, evaluation("E-1"), evaluation("E-2")];
    fs::write(root.join("all.ndjson"), lines.map(|line| format!("{line}\n")).concat()).unwrap();
    for (more, counted) in [
        (&["--jobs", "4"][..], "2 reports written, 1 the same as another, 1 evaluation failed\n"),
        (&["--resume"], "0 reports written, 2 done before, 1 the same as another, 1 evaluation failed\n"),
    ] {
        let run = batch(root, &[&["all.ndjson", "--out", "out"], more].concat(), b"");
        assert_eq!(run.status, 1);
        let taken = format!(
            "error: all.ndjson:2: its report would be `{}`, which is that of another evaluation of these, of \
             `all.ndjson`: both have the same employee, period, type, status, evaluators and rubric; leave one of them \
             out\n",
            report("E-1")
        );
        assert_eq!(run.stderr, format!("{taken}{counted}"));
        assert!(!support::read(root.join("out").join(report("E-1"))).contains("Of the other."));
    }
}

#[test]
fn finished_reports_are_not_made_again_unless_anything_changed() {
    let folder = folder();
    let root = folder.path();
    let write = |name: &str, id: &str| fs::write(root.join(name), evaluation(id).to_string()).unwrap();
    write("a.json", "E-1");
    write("b.json", "E-2");
    let resume = |more: &[&str]| batch(root, &[&["a.json", "b.json", "--out", "out", "--resume"], more].concat(), b"");
    let modified = |name: &str| fs::metadata(root.join("out").join(report(name))).unwrap().modified().unwrap();

    assert_eq!(resume(&[]).stderr, "2 reports written\n");
    let before = modified("E-1");
    assert_eq!(resume(&[]).stderr, "0 reports written, 2 done before\n");
    assert_eq!(modified("E-1"), before);

    write("b.json", "E-3");
    let left = |id: &str| {
        format!(
            "warning: 1 report in `out` is of an earlier run, and not of these evaluations: {}; remove what no longer holds\n",
            report(id)
        )
    };
    assert_eq!(resume(&[]).stderr, format!("{}1 report written, 1 done before\n", left("E-2")));
    assert!(support::read(root.join("out").join(report("E-3"))).contains("Name of E-3"));
    // Back to what it was once made from, which is there still.
    write("b.json", "E-2");
    assert_eq!(resume(&[]).stderr, format!("{}0 reports written, 2 done before\n", left("E-3")));
    assert!(support::read(root.join("out").join(report("E-2"))).contains("Name of E-2"));
    fs::remove_file(root.join("out").join(report("E-3"))).unwrap();

    // The same document with other ratings has the same name, and another report.
    let mut changed = evaluation("E-2");
    changed["ratings"]["b"] = json!("has_met");
    for text in [changed, evaluation("E-2")] {
        fs::write(root.join("b.json"), text.to_string()).unwrap();
        assert_eq!(resume(&[]).stderr, "1 report written, 1 done before\n");
    }

    fs::remove_file(root.join("out").join(report("E-1"))).unwrap();
    assert_eq!(resume(&[]).stderr, "1 report written, 1 done before\n");

    fs::create_dir(root.join("templates")).unwrap();
    let template = root.join("templates/report.html");
    fs::write(&template, "one {{ evaluation.name }}").unwrap();
    assert_eq!(resume(&["--templates", "templates"]).stderr, "2 reports written\n");
    fs::write(&template, "two {{ evaluation.name }}").unwrap();
    assert_eq!(resume(&["--templates", "templates"]).stderr, "2 reports written\n");
    assert_eq!(support::read(root.join("out").join(report("E-1"))), "two Name of E-1\n");

    fs::write(root.join("r.yaml"), RUBRIC.replace("statement: A", "statement: Another")).unwrap();
    assert_eq!(resume(&[]).stderr, "2 reports written\n");
    assert!(support::read(root.join("out").join(report("E-1"))).contains("Another"));
}

/// The list that a folder keeps of its reports.
fn list(folder: &Path) -> String {
    support::read(folder.join(".appraise-batch.ndjson"))
}

#[test]
fn a_report_made_from_something_else_or_a_damaged_one_is_not_done() {
    let folder = folder();
    let root = folder.path();
    let mut changed = evaluation("E-1");
    changed["summary"] = json!("Of the other.");
    for (name, evaluation) in [("x.json", evaluation("E-1")), ("y.json", changed)] {
        fs::write(root.join(name), evaluation.to_string()).unwrap();
    }
    let path = root.join("out").join(report("E-1"));
    let run = |first: &str, more: &[&str]| batch(root, &[&[first, "--out", "out"], more].concat(), b"");
    assert_eq!(run("x.json", &[]).stderr, "1 report written\n");
    let of_x = list(&root.join("out"));
    // Another report took its place, and the run ended before the list said so.
    assert_eq!(run("y.json", &[]).stderr, "1 report written\n");
    fs::write(root.join("out/.appraise-batch.ndjson"), &of_x).unwrap();
    assert_eq!(run("x.json", &["--resume"]).stderr, "1 report written\n");
    assert!(!support::read(&path).contains("Of the other."));
    assert_eq!(run("x.json", &["--resume"]).stderr, "0 reports written, 1 done before\n");

    fs::write(&path, "x").unwrap();
    assert_eq!(run("x.json", &["--resume"]).stderr, "1 report written\n");

    // A list of former times says neither what the report holds nor where its evaluation stands.
    let lines = list(&root.join("out"));
    for gone in ["holds", "from"] {
        let mut last: Value = serde_json::from_str(lines.lines().last().unwrap()).unwrap();
        last.as_object_mut().unwrap().retain(|key, _| key != gone);
        fs::write(root.join("out/.appraise-batch.ndjson"), format!("{last}\n")).unwrap();
        assert_eq!(run("x.json", &["--resume"]).stderr, "1 report written\n", "{gone}");
    }
}

/// Waits until something is so.
#[cfg(unix)]
fn until(is_so: impl Fn() -> bool) {
    for _ in 0..1000 {
        if is_so() {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    panic!("it did not come to that");
}

/// A run that has made the report of `E-1` and waits for another evaluation.
#[cfg(unix)]
fn waiting(root: &Path) -> Child {
    fs::write(root.join("1.json"), evaluation("E-1").to_string()).unwrap();
    assert!(Command::new("mkfifo").arg(root.join("2.json")).status().unwrap().success());
    let child = spawn(root, &["1.json", "2.json", "--out", "out"]);
    until(|| root.join("out").join(report("E-1")).exists());
    child
}

#[cfg(unix)]
#[test]
fn a_second_run_into_one_folder_is_refused_until_the_first_has_ended() {
    let folder = folder();
    let root = folder.path();
    let mut first = waiting(root);
    fs::write(root.join("3.json"), evaluation("E-3").to_string()).unwrap();
    let second = || batch(root, &["3.json", "--out", "out"], b"");
    let run = second();
    let expected = format!(
        "error: cannot write to the folder `out`: another run of `batch` (process {}) is writing there; wait until it has \
         ended, or name another folder\n",
        first.id()
    );
    assert_eq!((run.status, run.stderr), (1, expected));
    assert!(!root.join("out").join(report("E-3")).exists());
    // Killed, it holds the folder no more.
    first.kill().unwrap();
    first.wait().unwrap();
    assert_eq!(second().status, 0);
}

#[cfg(unix)]
#[test]
fn half_written_files_of_a_killed_run_are_removed_and_nothing_else() {
    let folder = folder();
    let root = folder.path();
    let mut child = waiting(root);
    let half = format!(".appraise-batch-{}-aB3xY9.tmp", child.id());
    child.kill().unwrap();
    child.wait().unwrap();
    let others = [".appraise-batch-999999999-aB3xY9.tmp", ".appraise-notes.tmp", "notes.tmp"];
    for name in others.iter().copied().chain([half.as_str()]) {
        fs::write(root.join("out").join(name), "x").unwrap();
    }
    let run = batch(root, &["1.json", "--out", "out", "--resume"], b"");
    assert_eq!((run.status, run.stderr.as_str()), (0, "0 reports written, 1 done before\n"));
    let left = names(&root.join("out"));
    assert!(!left.contains(&half), "{left:?}");
    assert!(others.iter().all(|name| left.iter().any(|left| left == name)), "{left:?}");
}

#[test]
fn reports_of_earlier_runs_that_this_one_did_not_make_are_named() {
    let folder = folder();
    let root = folder.path();
    let write = |name: &str, id: &str| fs::write(root.join(name), evaluation(&id.to_uppercase()).to_string()).unwrap();
    for name in ["a", "b", "c"] {
        write(&format!("{name}.json"), name);
    }
    let run = |arguments: &[&str]| batch(root, &[arguments, &["--out", "out"]].concat(), b"");
    assert_eq!(run(&["a.json", "b.json", "c.json"]).stderr, "3 reports written\n");
    // Reports of the other format are no reports of this one.
    assert_eq!(run(&["a.json", "--format", "markdown"]).stderr, "1 report written\n");

    // One has failed, and one is gone.
    let mut faulty = evaluation("B");
    faulty["ratings"]["a"] = json!("has_meet");
    fs::write(root.join("b.json"), faulty.to_string()).unwrap();
    fs::remove_file(root.join("c.json")).unwrap();
    let (b, c) = (report("B"), report("C"));
    let left = format!(
        "warning: 2 reports in `out` are of earlier runs, and not of these evaluations: {b}, {c}; remove what no longer \
         holds\n"
    );
    for (more, counted) in [(&[][..], "1 report written"), (&["--resume"], "0 reports written, 1 done before")] {
        let run = run(&[&["a.json", "b.json"], more].concat());
        assert!(run.stderr.ends_with(&format!("{left}{counted}, 1 evaluation failed\n")), "{}", run.stderr);
        assert_eq!(run.status, 1);
    }
    assert!(root.join("out").join(&b).exists() && root.join("out").join(&c).exists());
    let json = run(&["a.json", "--messages", "json"]);
    assert_eq!(json.status, 0);
    assert_eq!(serde_json::from_str::<Value>(&json.stderr).unwrap(), json!({ "left": [b, c] }));

    fs::remove_file(root.join("out").join(&b)).unwrap();
    assert!(run(&["a.json"]).stderr.starts_with("warning: 1 report in `out` is of an earlier run, and not of these"));
    fs::remove_file(root.join("out").join(&c)).unwrap();
    assert_eq!(run(&["a.json"]).stderr, "1 report written\n");
}

#[test]
fn a_file_that_no_run_has_written_is_not_replaced() {
    let folder = folder();
    let root = folder.path();
    for name in ["a", "b"] {
        fs::write(root.join(format!("{name}.json")), evaluation(&name.to_uppercase()).to_string()).unwrap();
    }
    fs::create_dir(root.join("out")).unwrap();
    let (a, b) = (report("A"), report("B"));
    fs::write(root.join("out").join(&a), "by hand").unwrap();
    let run = batch(root, &["a.json", "b.json", "--out", "out"], b"");
    assert_eq!(run.status, 1);
    assert_eq!(
        run.stderr,
        format!(
            "error: a.json: cannot write to `out/{a}`: there is a file of that name, and no run of `batch` wrote it\n\
             1 report written, 1 evaluation failed\n"
        )
    );
    assert_eq!(support::read(root.join("out").join(&a)), "by hand");

    // Once it is out of the way, and ever after, all is well.
    fs::remove_file(root.join("out").join(&a)).unwrap();
    for _ in 0..2 {
        assert_eq!(batch(root, &["a.json", "b.json", "--out", "out"], b"").stderr, "2 reports written\n");
    }
    // The same holds for a list of former times.
    fs::write(
        root.join("out/.appraise-batch.ndjson"),
        format!("{{\"file\":\"{a}\",\"of\":\"sha256:00112233445566778899aabbccddeeff\"}}\n"),
    )
    .unwrap();
    let run = batch(root, &["a.json", "b.json", "--out", "out"], b"");
    assert!(run.stderr.ends_with("1 report written, 1 evaluation failed\n"), "{}", run.stderr);
    assert!(run.stderr.contains(&format!("`out/{b}`")), "{}", run.stderr);
}

#[test]
fn an_unreadable_evaluation_takes_no_file_name() {
    let folder = folder();
    let root = folder.path();
    fs::write(root.join("evaluation.json"), evaluation("A").to_string()).unwrap();
    let run = batch(root, &["nope.ndjson", "evaluation.json", "--out", "out"], b"");
    assert!(run.stderr.ends_with("1 report written, 1 evaluation failed\n"), "{}", run.stderr);
    assert_eq!(names(&root.join("out")), [".appraise-batch.ndjson".to_owned(), report("A")]);
}

#[test]
fn a_table_has_a_row_for_each_and_no_formula() {
    let folder = folder();
    let mut sly = evaluation("=1+1");
    sly["employee"]["name"] = json!("+cmd|' /C calc'!A0, \"Jr.\"");
    let mut other = evaluation("E-3");
    other["rubric"]["id"] = json!("connecticut_school_social_work");
    other["ratings"] = json!({ "self_growth": "has_met" });
    let lines = [evaluation("E-1"), sly, other].map(|line| format!("{line}\n")).concat();
    let run = batch(folder.path(), &["-", "--format", "csv"], lines.as_bytes());
    assert_eq!(run.status, 1);
    let rows: Vec<&str> = run.stdout.lines().collect();
    assert_eq!(rows.len(), 3, "{}", run.stdout);
    let header = "file,line,rubric,rubric_version,rubric_fingerprint,fingerprint,id,name,title,type,status,period_from,\
                  period_to,completed_on,sealed,indicators,rated,met,unrated,share_met,tally.has_not_met,tally.has_met,\
                  tally.exceeds_expectations,tally.no_opportunity_to_practice,d.indicators,d.rated,d.met,d.unrated,\
                  d.share_met,d.tally.has_not_met,d.tally.has_met,d.tally.exceeds_expectations,\
                  d.tally.no_opportunity_to_practice";
    // A spreadsheet reads it as UTF-8 by the mark at its beginning, and only there.
    assert_eq!(rows[0].strip_prefix('\u{feff}'), Some(header));
    assert_eq!(run.stdout.matches('\u{feff}').count(), 1);
    let cells: Vec<&str> = rows[1].split(',').collect();
    assert_eq!(cells.len(), header.split(',').count());
    assert_eq!(cells[..4], ["<stdin>", "1", "r", "1.0.0"]);
    let end = "E-1,Name of E-1,,formal,draft,2025-08-25,2026-06-12,,,2,1,1,1,1,0,1,0,0,2,1,1,1,1,0,1,0,0";
    assert_eq!(cells[6..].join(","), end);
    assert!(rows[2].contains(",'=1+1,\"'+cmd|' /C calc'!A0, \"\"Jr.\"\"\","), "{}", rows[2]);
    assert!(run.stderr.contains("<stdin>:3: its rubric `connecticut_school_social_work` 1.0.0 makes other columns"));
}

#[test]
fn a_table_has_columns_for_the_levels_that_a_domain_can_have() {
    let folder = folder();
    let scales =
        "scales:\n  done: { levels: [{ id: open, label: Open }, { id: done, label: Done }], meets_at: done }\n";
    let records = "  - { id: e, title: E, scale: done, indicators: [{ id: c, statement: C }] }\n";
    let rubric = RUBRIC.replace("domains:", &format!("{scales}domains:")) + records;
    fs::write(folder.path().join("r.yaml"), rubric).unwrap();
    let mut rated = evaluation("E-1");
    rated["ratings"]["c"] = json!("done");
    let run = batch(folder.path(), &["-", "--format", "csv"], format!("{rated}\n").as_bytes());
    let rows: Vec<Vec<&str>> = run.stdout.lines().map(|line| line.split(',').collect()).collect();
    let columns = |of: &str| {
        let named = rows[0].iter().zip(&rows[1]).filter(|(name, _)| name.starts_with(of));
        named.map(|(name, count)| format!("{}={count}", &name[of.len()..])).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(columns("d.tally."), "has_not_met=0 has_met=1 exceeds_expectations=0 no_opportunity_to_practice=0");
    assert_eq!(columns("e.tally."), "open=0 done=1");
    assert!(columns("tally.").ends_with("open=0 done=1"), "{}", run.stdout);
}

#[test]
fn a_table_has_the_results_of_the_scoring_policy() {
    let folder = folder();
    let root = folder.path();
    fs::copy(support::project("examples/rubrics/riverside_school_counselor.yaml"), root.join("r.yaml")).unwrap();
    fs::copy(support::project("examples/evaluations/novak_scored.yaml"), root.join("novak.yaml")).unwrap();
    let table = batch(root, &["novak.yaml", "--format", "csv"], b"").stdout.replace('\u{feff}', "");
    let rows: Vec<Vec<&str>> = table.lines().map(|row| row.split(',').collect()).collect();
    let [header, row] = &rows[..] else { panic!("{table}") };
    let score: Value = serde_json::from_str(&batch(root, &["novak.yaml"], b"").stdout).unwrap();
    let mut compared = 0;
    for step in score["steps"].as_array().unwrap() {
        for result in step["results"].as_array().unwrap() {
            let subject = result["subject"].as_str().map(|subject| format!(".{subject}")).unwrap_or_default();
            for (key, name) in [("status", "status"), ("rating", "rating")] {
                let column = format!("{}{subject}.{name}", step["id"].as_str().unwrap());
                let at =
                    header.iter().position(|cell| *cell == column).unwrap_or_else(|| panic!("{column}: {header:?}"));
                assert_eq!(row[at], result[key].as_str().unwrap_or_default(), "{column}");
                compared += 1;
            }
        }
    }
    assert!(compared >= 6, "{compared}");
}

#[test]
fn options_that_make_no_sense_together_are_wrong_usage() {
    let folder = folder();
    fs::write(folder.path().join("a.json"), evaluation("E-1").to_string()).unwrap();
    for arguments in [
        &["a.json", "--format", "html"][..],
        &["a.json", "-o", "all.html"],
        &["a.json", "--out", "x", "-o", "y"],
        &["a.json", "--out", "x", "--format", "csv"],
        &["a.json", "--resume"],
        &["-", "-"],
        &["a.json", "-o", "a.json"],
        &["a.json", "--jobs", "0"],
        &["a.json", "--jobs", "100000"],
    ] {
        let run = batch(folder.path(), arguments, b"");
        assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{arguments:?}: {}", run.stderr);
    }
    assert_eq!(names(folder.path()), ["a.json", "r.yaml"]);
    fs::create_dir(folder.path().join("empty")).unwrap();
    let run = batch(folder.path(), &["empty"], b"");
    assert_eq!(run.status, 1);
    assert!(run.stderr.contains("there is no .yaml, .json or .ndjson file in `empty`"), "{}", run.stderr);
}

#[test]
fn a_file_in_the_way_is_named_and_nothing_is_half_done() {
    let folder = folder();
    let root = folder.path();
    for id in ["a", "b"] {
        fs::write(root.join(format!("{id}.json")), evaluation(&id.to_uppercase()).to_string()).unwrap();
    }
    // A directory has the name of a report: that one fails.
    let (a, b) = (report("A"), report("B"));
    fs::create_dir_all(root.join("out").join(&a)).unwrap();
    let run = batch(root, &["a.json", "b.json", "--out", "out"], b"");
    assert_eq!(run.status, 1);
    assert!(run.stderr.contains(&format!("a.json: cannot write to `out/{a}`: it is a directory")), "{}", run.stderr);
    assert!(run.stderr.ends_with("1 report written, 1 evaluation failed\n"), "{}", run.stderr);
    assert_eq!(names(&root.join("out")), [".appraise-batch.ndjson".to_owned(), a, b]);

    // A file has the name of the folder.
    let run = batch(root, &["a.json", "--out", "b.json"], b"");
    assert_eq!(run.status, 1);
    assert_eq!(run.stderr, "error: cannot write to the folder `b.json`: there is a file of that name\n");
    assert_eq!(support::read(root.join("b.json")), evaluation("B").to_string());
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_written_is_one_message() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder();
    let root = folder.path();
    fs::write(root.join("a.json"), evaluation("a").to_string()).unwrap();
    fs::create_dir(root.join("out")).unwrap();
    fs::set_permissions(root.join("out"), fs::Permissions::from_mode(0o555)).unwrap();
    if File::create(root.join("out/probe")).is_ok() {
        // The superuser may write anywhere; what nobody may write into is a folder of the kernel's.
        let run = batch(root, &["a.json", "--out", "/proc/appraise"], b"");
        assert_eq!(run.status, 1);
        assert!(run.stderr.starts_with("error: cannot write to the folder `/proc/appraise`: "), "{}", run.stderr);
        return;
    }
    let run = batch(root, &["a.json", "--out", "out"], b"");
    assert_eq!((run.status, run.stderr.as_str()), (1, "error: cannot write to the folder `out`: permission denied\n"));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_ends_it_with_one_message() {
    let folder = folder();
    let lines: String = (0..2000).map(|number| format!("{}\n", evaluation(&format!("E-{number}")))).collect();
    fs::write(folder.path().join("all.ndjson"), lines).unwrap();
    let full = || Stdio::from(File::options().write(true).open("/dev/full").unwrap());
    let output = command(folder.path(), &["all.ndjson"]).stdout(full()).output().unwrap();
    let run = Run::from(output);
    assert_eq!(run.status, 1);
    assert_eq!(run.stderr, "error: cannot write to standard output: the disk is full\n");
}

#[test]
fn a_file_of_scorecards_is_replaced_whole_or_not_at_all() {
    let folder = folder();
    let root = folder.path();
    fs::write(root.join("all.ndjson"), "before").unwrap();
    // The run is not done while its input is open.
    let mut child = spawn(root, &["-", "-o", "all.ndjson"]);
    let mut stdin = child.stdin.take().unwrap();
    for number in 0..50 {
        writeln!(stdin, "{}", evaluation(&format!("E-{number}"))).unwrap();
    }
    assert_eq!(support::read(root.join("all.ndjson")), "before");
    drop(stdin);
    assert!(child.wait().unwrap().success());
    assert_eq!(ids(&support::read(root.join("all.ndjson"))).len(), 50);
    assert_eq!(names(root), ["all.ndjson", "r.yaml"]);
}

#[test]
fn a_file_is_kept_when_nothing_came_of_any_evaluation() {
    let folder = folder();
    let root = folder.path();
    let mut faulty = evaluation("E-1");
    faulty["ratings"]["a"] = json!("has_meet");
    fs::write(root.join("mix.ndjson"), format!("{faulty}\n")).unwrap();
    fs::write(root.join("good.csv"), "before").unwrap();
    for (format, file) in [("csv", "good.csv"), ("json", "good.csv"), ("csv", "new.csv")] {
        let run = batch(root, &["mix.ndjson", "--format", format, "-o", file], b"");
        assert_eq!(run.status, 1);
        let end = format!("`{file}` is not written\n0 scorecards written, 1 evaluation failed\n");
        assert!(run.stderr.ends_with(&end), "{}", run.stderr);
    }
    assert_eq!(support::read(root.join("good.csv")), "before");
    assert_eq!(names(root), ["good.csv", "mix.ndjson", "r.yaml"]);
}

#[test]
fn nothing_to_do_is_an_error() {
    let folder = folder();
    let root = folder.path();
    fs::write(root.join("empty.ndjson"), "\n\n").unwrap();
    fs::write(root.join("good.csv"), "before").unwrap();
    fs::write(root.join("a.json"), evaluation("a").to_string()).unwrap();
    batch(root, &["a.json", "--out", "out"], b"");
    for arguments in [&["empty.ndjson"][..], &["-"], &["empty.ndjson", "--out", "out"], &["-", "-o", "good.csv"]] {
        let run = batch(root, arguments, b"");
        assert_eq!(
            (run.status, run.stdout.as_str(), run.stderr.as_str()),
            (1, "", "error: there is no evaluation in what was named\n"),
            "{arguments:?}"
        );
    }
    assert_eq!(support::read(root.join("good.csv")), "before");
}

#[test]
fn an_output_among_what_is_searched_takes_the_place_of_no_evaluation() {
    let folder = folder();
    let root = folder.path();
    fs::create_dir(root.join("in")).unwrap();
    for name in ["in/a.json", "in/b.ndjson"] {
        fs::write(root.join(name), evaluation(name).to_string()).unwrap();
    }
    let yaml = serde_yaml::to_string(&evaluation("c")).unwrap();
    fs::write(root.join("in/c.yaml"), &yaml).unwrap();
    for name in ["in/a.json", "in/b.ndjson", "in/c.yaml"] {
        let run = batch(root, &["in", "--format", "json", "-o", name], b"");
        assert_eq!(run.stderr, format!("error: `{name}` is read: write the output to another file\n"));
        assert_eq!(run.status, 2);
    }
    assert_eq!(support::read(root.join("in/c.yaml")), yaml);
    // The lines of an earlier run are written anew, and not read.
    for _ in 0..2 {
        let run = batch(root, &["in", "-o", "in/all.ndjson"], b"");
        assert_eq!((run.status, run.stderr.as_str()), (0, "3 scorecards written\n"));
    }
}

#[cfg(unix)]
#[test]
fn files_left_out_of_a_searched_directory_are_counted() {
    let folder = folder();
    let root = folder.path();
    fs::create_dir_all(root.join("in/north")).unwrap();
    fs::create_dir(root.join("elsewhere")).unwrap();
    for name in ["in/a.json", "in/north/b.json", "elsewhere/c.json"] {
        fs::write(root.join(name), evaluation(name).to_string()).unwrap();
    }
    std::os::unix::fs::symlink("../../elsewhere", root.join("in/north/link")).unwrap();
    std::os::unix::fs::symlink("../elsewhere/c.json", root.join("in/linked.json")).unwrap();
    std::os::unix::fs::symlink("nowhere", root.join("in/nowhere.json")).unwrap();
    // Nobody writes into it: whoever reads it waits for ever.
    for name in ["in/pipe.json", "in/pipe"] {
        assert!(Command::new("mkfifo").arg(root.join(name)).status().unwrap().success());
    }
    let run = batch(root, &["in"], b"");
    assert_eq!(ids(&run.stdout), ["in/a.json", "elsewhere/c.json", "in/north/b.json"]);
    let left_out = "left out: `in/north/link` is a link to a directory\nleft out: `in/pipe.json` is no regular file\n";
    assert!(run.stderr.starts_with(left_out), "{}", run.stderr);
    assert!(run.stderr.contains("error[unreadable]") && run.stderr.contains("nowhere.json"), "{}", run.stderr);
    assert!(run.stderr.ends_with("3 scorecards written, 1 evaluation failed\n"), "{}", run.stderr);
}

#[test]
fn whoever_has_read_enough_ends_it_quietly() {
    let folder = folder();
    let lines: String = (0..5000).map(|number| format!("{}\n", evaluation(&format!("E-{number}")))).collect();
    fs::write(folder.path().join("all.ndjson"), lines).unwrap();
    let mut child = spawn(folder.path(), &["all.ndjson"]);
    let mut stdout = child.stdout.take().unwrap();
    stdout.read_exact(&mut [0; 10]).unwrap();
    drop(stdout);
    let run = Run::from(child.wait_with_output().unwrap());
    assert_eq!(run.status, 0);
    assert!(!run.stderr.contains("error"), "{}", run.stderr);
}

#[test]
fn ndjson_is_answered_line_by_line() {
    use std::io::{BufRead, BufReader};
    let folder = folder();
    let mut child = spawn(folder.path(), &["-", "--jobs", "1"]);
    let mut stdin = child.stdin.take().unwrap();
    let mut answers = BufReader::new(child.stdout.take().unwrap()).lines();
    for id in ["E-1", "E-2", "E-3"] {
        writeln!(stdin, "{}", evaluation(id)).unwrap();
        assert_eq!(ids(&answers.next().unwrap().unwrap()), [id]);
    }
    drop(stdin);
    assert!(child.wait().unwrap().success());
}

/// However many there are, they take the same memory.
#[cfg(target_os = "linux")]
#[test]
fn memory_does_not_grow_with_the_number_of_evaluations() {
    use std::io::{BufRead, BufReader};
    let folder = folder();
    let peak = |number: usize| {
        let mut child = spawn(folder.path(), &["-", "--jobs", "2"]);
        let status = format!("/proc/{}/status", child.id());
        let mut stdin = child.stdin.take().unwrap();
        let mut answers = BufReader::new(child.stdout.take().unwrap()).lines();
        let writer = std::thread::spawn(move || {
            let line = format!("{}\n", evaluation("E-1"));
            for _ in 0..number {
                stdin.write_all(line.as_bytes()).unwrap();
            }
            stdin
        });
        for _ in 0..number {
            answers.next().unwrap().unwrap();
        }
        let stdin = writer.join().unwrap();
        // All are answered, and it waits for more.
        let status = support::read(status);
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
        let peak: usize = peak.trim().strip_suffix(" kB").unwrap().parse().unwrap();
        drop(stdin);
        assert!(child.wait().unwrap().success());
        peak
    };
    let (few, many) = (peak(2_000), peak(30_000));
    assert!(many < few + 2_048, "{few} kB for 2,000, {many} kB for 30,000");
}

#[cfg(unix)]
#[test]
fn ctrl_c_leaves_whole_files_only() {
    let folder = folder();
    let root = folder.path();
    let mut child = spawn(root, &["-", "--out", "out"]);
    let mut stdin = child.stdin.take().unwrap();
    let wanted = || names(root).contains(&"out".to_owned()) && names(&root.join("out")).len() > 20;
    let mut number = 0;
    while !wanted() {
        writeln!(stdin, "{}", evaluation(&format!("E-{number}"))).unwrap();
        number += 1;
        assert!(number < 100_000);
    }
    // More to do, and more to wait for: it must end at once all the same.
    for number in number..number + 40 {
        writeln!(stdin, "{}", evaluation(&format!("E-{number}"))).unwrap();
    }
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130));
    assert_eq!(
        String::from_utf8(output.stderr).unwrap(),
        "error: interrupted: every file is whole; `--resume` goes on from here\n"
    );
    drop(stdin);
    let left = names(&root.join("out"));
    assert!(!left.iter().any(|name| name.ends_with(".tmp")), "{left:?}");
    for name in left.iter().filter(|name| name.ends_with(".html")) {
        assert!(support::read(root.join("out").join(name)).ends_with("</html>\n"), "{name}");
    }
    let lines: String = (0..number).map(|number| format!("{}\n", evaluation(&format!("E-{number}")))).collect();
    let run = batch(root, &["-", "--out", "out", "--resume"], lines.as_bytes());
    assert_eq!(run.status, 0);
    assert!(run.stderr.contains(" done before"), "{}", run.stderr);
}
