//! The command line as its users meet it: what it prints, where, and with which exit status.

#![cfg(feature = "cli")]
#![allow(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

mod support;

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

struct Run {
    status: i32,
    stdout: String,
    stderr: String,
}

fn appraise(arguments: &[&str]) -> Run {
    appraise_in(&support::project(""), arguments, b"")
}

fn appraise_in(folder: &Path, arguments: &[&str], input: &[u8]) -> Run {
    let mut child = Command::new(env!("CARGO_BIN_EXE_appraise"))
        .args(arguments)
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that needs no input may be gone already.
    let _ = child.stdin.take().unwrap().write_all(input);
    let output = child.wait_with_output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Run { status: output.status.code().unwrap(), stdout: text(output.stdout), stderr: text(output.stderr) }
}

const RIVERA: &str = "examples/evaluations/rivera_final.yaml";

#[test]
fn a_sound_file_passes_and_says_what_it_is() {
    let run = appraise(&["check", "rubrics/connecticut_school_social_work.yaml"]);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    assert_eq!(
        run.stdout,
        "rubrics/connecticut_school_social_work.yaml: rubric `connecticut_school_social_work` 1.0.0, 8 domains, \
         67 indicators: no findings\n"
    );
}

#[test]
fn every_problem_is_printed_and_the_status_is_one() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("r.yaml"), "id: r\nversion: 1.0\ntitle: R\ndomains: []\ncolour: red\n").unwrap();
    let run = appraise_in(folder.path(), &["check", "r.yaml"], b"");
    assert_eq!(run.status, 1);
    for part in [
        "error[not-text]",
        "r.yaml:2:10",
        "error[empty-rubric]",
        "r.yaml:4:10",
        "error[unknown-key]",
        "r.yaml:5:1",
        "= help: ",
    ] {
        assert!(run.stdout.contains(part), "{part} in\n{}", run.stdout);
    }
    assert_eq!(run.stderr, "1 file checked: 3 errors\n");
}

fn validator(schema: &str) -> jsonschema::Validator {
    jsonschema::validator_for(&serde_json::from_str(schema).unwrap()).unwrap()
}

#[test]
fn findings_as_json_are_as_documented() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("r.yaml"), "id: r\nversion: 1.0.0\ntitle: R\ndomains: []\n").unwrap();
    let run = appraise_in(folder.path(), &["check", "--format", "json", "r.yaml", "none.yaml"], b"");
    assert_eq!(run.status, 1);
    let json: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(
        json["files"][0],
        serde_json::json!({ "file": "r.yaml", "kind": "rubric", "diagnostics": [{
            "code": "empty-rubric", "severity": "error", "message": "the rubric has no domain",
            "help": "add a domain with at least one indicator", "path": "domains",
            "start": { "line": 4, "column": 10 }, "end": { "line": 4, "column": 12 } }] })
    );
    assert_eq!(json["files"][1]["diagnostics"][0]["code"], "unreadable");
    let schema = validator(&appraise::schema::diagnostics());
    assert!(schema.is_valid(&json));
}

#[test]
fn an_evaluation_finds_its_rubric_among_the_files_wherever_it_stands() {
    let folder = tempfile::tempdir().unwrap();
    let rubric = support::read(support::project("tests/documents/rubrics/small.yaml"));
    fs::write(folder.path().join("small.yaml"), rubric).unwrap();
    fs::write(folder.path().join("ann.yaml"), ANN).unwrap();
    let run = appraise_in(folder.path(), &["check", "ann.yaml", "small.yaml"], b"");
    assert_eq!(run.status, 0, "{}", run.stdout);
    assert!(run.stdout.starts_with("ann.yaml: evaluation of Ann, 1 of 4"), "{}", run.stdout);
    assert_eq!(run.stderr, "2 files checked: no findings\n");

    let alone = appraise_in(folder.path(), &["score", "ann.yaml"], b"");
    assert_eq!(alone.status, 1);
    assert!(alone.stderr.contains("error[unknown-rubric]"), "{}", alone.stderr);
    let named = appraise_in(folder.path(), &["score", "ann.yaml", "--rubric", "small.yaml"], b"");
    assert_eq!(named.status, 0, "{}", named.stderr);
}

const ANN: &str = "rubric: { id: small }\nemployee: { id: E-1, name: Ann }\nevaluators: [{ id: E-2, name: Bo }]\n\
                   period: { from: 2025-08-25, to: 2026-06-12 }\nratings: { plans: has_met }\n";

#[test]
fn an_evaluation_waits_for_the_errors_of_its_rubric() {
    let folder = tempfile::tempdir().unwrap();
    let rubric = support::read(support::project("tests/documents/rubrics/small.yaml"));
    fs::write(folder.path().join("small.yaml"), format!("{rubric}\ncolour: red\n")).unwrap();
    fs::write(folder.path().join("ann.yaml"), ANN).unwrap();
    let run = appraise_in(folder.path(), &["check", "ann.yaml", "small.yaml"], b"");
    assert_eq!(run.status, 1);
    assert!(run.stdout.starts_with("ann.yaml: not checked: its rubric `small` has errors\n"), "{}", run.stdout);
    assert_eq!(run.stdout.matches("error[").count(), 1, "{}", run.stdout);
    assert_eq!(run.stderr, "1 file checked: 1 error\n");

    // The bundled rubric of the same id is not taken in its place.
    let own = "id: connecticut_school_social_work\nversion: 1.0.0\ntitle: Ours\ndomains: []\n";
    fs::write(folder.path().join("own.yaml"), own).unwrap();
    let rivera = support::read(support::project(RIVERA));
    fs::write(folder.path().join("rivera.yaml"), rivera).unwrap();
    let run = appraise_in(folder.path(), &["check", "own.yaml", "rivera.yaml"], b"");
    assert!(run.stdout.contains("\nrivera.yaml: not checked: its rubric `connecticut_school_"), "{}", run.stdout);

    // Where the id cannot be read, the rubric may be any that is not at hand.
    fs::write(folder.path().join("broken.yaml"), "id: [").unwrap();
    let run = appraise_in(folder.path(), &["check", "broken.yaml", "ann.yaml", "rivera.yaml"], b"");
    let waits = "ann.yaml: not checked: its rubric `small` may be the one in `broken.yaml`, which has errors\n";
    assert!(run.stdout.contains(waits) && !run.stdout.contains("unknown-rubric"), "{}", run.stdout);
    assert!(run.stdout.contains("rivera.yaml: evaluation of Jordan Rivera"), "{}", run.stdout);
}

#[test]
fn what_is_wrong_with_a_rubric_given_as_an_option_is_among_the_findings() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("bad.yaml"), "id: small\nversion: 1.0.0\ntitle: R\ndomains: []\n").unwrap();
    fs::write(folder.path().join("ann.yaml"), ANN).unwrap();
    let run = appraise_in(folder.path(), &["check", "--rubric", "bad.yaml", "ann.yaml", "--format", "json"], b"");
    assert_eq!((run.status, run.stderr.as_str()), (1, ""));
    let json: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(json["files"][0]["file"], "bad.yaml");
    assert_eq!(json["files"][0]["diagnostics"][0]["code"], "empty-rubric");
    assert_eq!(json["files"][1], serde_json::json!({ "file": "ann.yaml", "kind": "evaluation", "diagnostics": [] }));
}

#[test]
fn the_scorecard_is_a_table_for_people_and_json_for_programs() {
    let run = appraise(&["score", RIVERA]);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    support::expect(support::project("tests/expected/score-rivera.txt"), &run.stdout);

    let run = appraise(&["score", RIVERA, "--format", "json"]);
    let json: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(json["overall"]["share_met"], serde_json::json!({ "exact": "20/21", "decimal": "0.952381" }));
    assert_eq!(json["overall"]["tally"]["no_opportunity_to_practice"], 4);
    assert_eq!(json["domains"][3]["competencies"][1]["ratings"][2]["level"], "has_not_met");
    assert!(json["summative"].is_null() && json["scoring"].is_null());
    let keys: Vec<&String> = json.as_object().unwrap().keys().collect();
    assert!(keys.len() > 10, "{keys:?}");
    // The order of the documentation, for people who look at it.
    assert!(run.stdout.starts_with("{\n  \"rubric\": {\n    \"id\": \"connecticut_school_social_work\""));
}

#[test]
fn nothing_that_somebody_wrote_reaches_the_terminal_as_an_order_to_it() {
    const NASTY: &str = "A\u{1b}[31m\nB\u{202e}";
    let text = serde_json::json!(NASTY);
    let rubric = format!(
        "id: r\nversion: 1.0.0\ntitle: {text}\nscale: {{ levels: [{{ id: a, label: {text} }}, {{ id: b, label: B }}], meets_at: b }}\n\
         domains: [{{ id: d, title: {text}, statement: D, indicators: [{{ id: i, statement: I }}] }}]\n"
    );
    let evaluation = format!(
        "rubric: {{ id: r }}\nemployee: {{ id: {text}, name: {text}, title: {text} }}\n\
         evaluators: [{{ id: E-2, name: Bo }}]\nperiod: {{ from: 2025-08-25, to: 2026-06-12 }}\nratings: {{}}\n"
    );
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("r.yaml"), rubric).unwrap();
    fs::write(folder.path().join("e.yaml"), evaluation).unwrap();
    for arguments in [
        &["score", "e.yaml", "--rubric", "r.yaml"][..],
        &["check", "e.yaml", "r.yaml"],
        &["check", NASTY],
        &["score", NASTY],
        &["rubrics", NASTY],
        &["templates", NASTY],
        &["report", "e.yaml", "--rubric", "r.yaml", "--templates", NASTY],
        &["score", "e.yaml", "--rubric", "r.yaml", "-o", "none/\u{1b}[31m"],
    ] {
        let run = appraise_in(folder.path(), arguments, b"");
        let said = format!("{}{}", run.stdout, run.stderr);
        assert!(said.contains("\u{fffd}[31m"), "{arguments:?}: {said}");
        assert!(!said.contains(['\u{1b}', '\u{202e}']) && !said.contains("\nB"), "{arguments:?}: {said:?}");
    }
}

#[test]
fn the_format_of_a_page_follows_the_ending_of_its_file() {
    let folder = tempfile::tempdir().unwrap();
    let out = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    for (command, name, begins) in [
        ("report", "r.html", "<!doctype html>"),
        ("report", "r.md", "# "),
        ("goals", "g.html", "<!doctype html>"),
        ("goals", "g.md", "# "),
        ("goals", "g.json", "{\n  \"goals\""),
        ("goals", "g.yaml", "goals:\n"),
    ] {
        let run = appraise(&[command, RIVERA, "-o", &out(name)]);
        assert_eq!((run.status, run.stdout.as_str(), run.stderr.as_str()), (0, "", ""), "{name}");
        let text = support::read(out(name));
        assert!(text.to_lowercase().starts_with(begins), "{name}: {}", &text[..40]);
    }
    let run = appraise(&["report", RIVERA]);
    assert!(run.stdout.starts_with("# "));
    let run = appraise(&["report", RIVERA, "--format", "html", "-o", &out("page")]);
    assert_eq!(run.status, 0);
    assert!(support::read(out("page")).to_lowercase().starts_with("<!doctype html>"));
}

#[test]
fn proposed_goals_can_be_pasted_into_an_evaluation() {
    let goals = appraise(&["goals", RIVERA, "--format", "yaml"]).stdout;
    let evaluation = support::read(support::project(RIVERA));
    let head: String = evaluation.split("\ngoals:").next().unwrap().to_owned();
    let run = appraise_in(&support::project(""), &["check", "-"], format!("{head}\n{goals}").as_bytes());
    assert_eq!(run.status, 0, "{}", run.stdout);
}

#[test]
fn standard_input_is_read_wherever_a_file_is() {
    let text = support::read(support::project(RIVERA));
    let run = appraise_in(&support::project(""), &["report", "-"], text.as_bytes());
    assert_eq!(run.status, 0);
    let bad = appraise_in(&support::project(""), &["check", "-"], b"id: [");
    assert_eq!(bad.status, 1);
    assert!(bad.stdout.contains("<stdin>:1"), "{}", bad.stdout);
}

#[test]
fn standard_input_named_twice_is_wrong_usage() {
    for arguments in [&["check", "-", "-"][..], &["check", "--rubric", "-", "-"], &["score", "-", "--rubric", "-"]] {
        let run = appraise(arguments);
        assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{arguments:?}");
        assert!(run.stderr.contains("read only once"), "{}", run.stderr);
    }
}

#[test]
fn what_cannot_be_read_is_a_clear_finding() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("binary"), [0xff, 0xfe, 0, 1]).unwrap();
    fs::write(folder.path().join("empty"), "").unwrap();
    fs::write(folder.path().join("large"), "#".repeat(5 * 1024 * 1024)).unwrap();
    for (name, message) in [
        ("missing", "there is no such file"),
        (".", "it is a directory"),
        ("binary", "not text in UTF-8"),
        ("empty", "the document is empty"),
        ("large", "larger than 4 MiB"),
    ] {
        for command in ["check", "score", "report", "goals", "rubrics"] {
            let name = if command == "rubrics" && name == "missing" { "./missing.yaml" } else { name };
            let run = appraise_in(folder.path(), &[command, name, "-o", "out"], b"");
            let said = format!("{}{}", run.stdout, run.stderr);
            let written = fs::read_to_string(folder.path().join("out")).unwrap_or_default();
            assert_eq!(run.status, 1, "{command} {name}: {said}");
            assert!(said.contains(message) || written.contains(message), "{command} {name}: {said}");
            assert!(!said.contains("panicked"), "{said}");
            let _ = fs::remove_file(folder.path().join("out"));
        }
    }
}

#[test]
fn nothing_is_written_when_something_is_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("report.html");
    fs::write(&out, "the old report").unwrap();
    fs::write(folder.path().join("bad.yaml"), "rubric: { id: connecticut_school_social_work }\n").unwrap();
    let run = appraise_in(folder.path(), &["report", "bad.yaml", "-o", "report.html"], b"");
    assert_eq!(run.status, 1);
    assert_eq!(support::read(&out), "the old report");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "a temporary file was left");
}

#[test]
fn an_output_replaces_a_file_whole_and_never_its_input() {
    let folder = tempfile::tempdir().unwrap();
    let sound = support::read(support::project(RIVERA));
    fs::write(folder.path().join("rivera.yaml"), &sound).unwrap();
    fs::write(folder.path().join("out.md"), "x".repeat(1_000_000)).unwrap();
    let run = appraise_in(folder.path(), &["report", "rivera.yaml", "-o", "out.md"], b"");
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert!(support::read(folder.path().join("out.md")).starts_with("# "));
    for command in ["report", "goals", "score", "check"] {
        let run = appraise_in(folder.path(), &[command, "rivera.yaml", "-o", "./rivera.yaml"], b"");
        assert_eq!(run.status, 2, "{command}: {}", run.stderr);
        assert_eq!(support::read(folder.path().join("rivera.yaml")), sound);
    }
    let run = appraise_in(folder.path(), &["report", "rivera.yaml", "-o", "none/such/out.md"], b"");
    assert_eq!(run.status, 1);
    assert!(run.stderr.contains("cannot write to `none/such/out.md`: there is no such"), "{}", run.stderr);
}

#[test]
fn a_file_that_may_not_be_written_is_not_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out.md");
    fs::write(&out, "the signed report").unwrap();
    let mut permissions = fs::metadata(&out).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&out, permissions).unwrap();
    let run = appraise(&["report", RIVERA, "-o", out.to_str().unwrap()]);
    assert_eq!(run.status, 1);
    assert!(run.stderr.ends_with("out.md`: permission denied\n"), "{}", run.stderr);
    assert_eq!(support::read(&out), "the signed report");
}

#[cfg(unix)]
#[test]
fn a_link_stays_one_even_where_it_leads_to_nothing_yet() {
    use std::os::unix::fs::symlink;
    let folder = tempfile::tempdir().unwrap();
    let links = folder.path().join("links");
    fs::create_dir(&links).unwrap();
    symlink("../there.md", links.join("out.md")).unwrap();
    symlink("out.md", links.join("again.md")).unwrap();
    symlink("circle", links.join("circle")).unwrap();
    for name in ["again.md", "out.md"] {
        let run = appraise(&["report", RIVERA, "-o", links.join(name).to_str().unwrap()]);
        assert_eq!((run.status, run.stderr.as_str()), (0, ""));
        assert!(fs::symlink_metadata(links.join(name)).unwrap().is_symlink());
        assert!(support::read(folder.path().join("there.md")).starts_with("# "));
        fs::remove_file(folder.path().join("there.md")).unwrap();
    }
    let run = appraise(&["report", RIVERA, "-o", links.join("circle").to_str().unwrap()]);
    assert_eq!(run.status, 1);
    assert!(run.stderr.contains("in a circle"), "{}", run.stderr);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_and_a_closed_pipe_are_no_panics() {
    let run = appraise(&["report", RIVERA, "-o", "/dev/full"]);
    assert_eq!(run.status, 1);
    assert!(run.stderr.contains("the disk is full"), "{}", run.stderr);

    let mut child = Command::new(env!("CARGO_BIN_EXE_appraise"))
        .args(["report", RIVERA, "--format", "html"])
        .current_dir(support::project(""))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr.len()), (Some(0), 0));
}

#[test]
fn messages_can_be_json() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("bad.yaml"), "rubric: { id: nothing }\n").unwrap();
    let run = appraise_in(folder.path(), &["score", "bad.yaml", "--messages", "json"], b"");
    let json: Value = serde_json::from_str(&run.stderr).unwrap();
    let codes: Vec<&str> = json["files"][0]["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .map(|found| found["code"].as_str().unwrap())
        .collect();
    assert!(codes.contains(&"unknown-rubric"), "{codes:?}");
    assert_eq!((run.status, run.stdout.as_str()), (1, ""));
}

#[test]
fn failures_and_wrong_usage_are_json_too_when_messages_are() {
    let schema = validator(&appraise::schema::diagnostics());
    for (arguments, status, says) in [
        (&["rubrics", "none", "--messages", "json"][..], 1, "there is no rubric"),
        (&["check", "-", "-", "--messages=json"], 2, "read only once"),
        (&["--messages", "json", "chek"], 2, "unrecognized subcommand 'chek'"),
        (&["check", "--messages=json"], 2, "<FILE>"),
    ] {
        let run = appraise(arguments);
        let json: Value = serde_json::from_str(&run.stderr).unwrap();
        assert_eq!((run.status, run.stdout.as_str()), (status, ""), "{arguments:?}");
        assert!(json["error"].as_str().unwrap().contains(says), "{json}");
        assert!(schema.is_valid(&json), "{json}");
    }
    // A file may have that name.
    assert!(appraise(&["chek", "--", "--messages", "json"]).stderr.starts_with("error: "));
    let help = appraise(&["--help", "--messages", "json"]);
    assert!(help.status == 0 && help.stdout.contains("Examples:"), "{}", help.stderr);
}

#[test]
fn rubrics_are_listed_and_printed_whole() {
    let list = appraise(&["rubrics"]).stdout;
    assert!(list.contains("connecticut_school_social_work 1.0.0\n"), "{list}");
    let one = appraise(&["rubrics", "connecticut_district_supports"]).stdout;
    assert_eq!(one, support::read(support::project("rubrics/connecticut_district_supports.yaml")));
    let run = appraise(&["rubrics", "conneticut"]);
    assert_eq!(run.status, 1);
    assert!(run.stderr.contains("connecticut_school_social_work"), "{}", run.stderr);
}

#[test]
fn an_error_in_an_included_template_is_blamed_on_that_template() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("report.md"), "one\n{% include \"_a.md\" %}\n").unwrap();
    fs::write(folder.path().join("_a.md"), "{% include \"_b.md\" %}\n").unwrap();
    fs::write(folder.path().join("_b.md"), "one\ntwo\n{{ evaluation.nmae }}\n").unwrap();
    let run = appraise(&["report", RIVERA, "--templates", folder.path().to_str().unwrap()]);
    assert_eq!(run.stderr, "error: template `_b.md`, line 3: undefined value, in `{{ evaluation.nmae }}`\n");
}

#[test]
fn templates_of_a_folder_replace_the_built_in_ones() {
    let folder = tempfile::tempdir().unwrap();
    let templates = folder.path().join("templates");
    fs::create_dir(&templates).unwrap();
    let option = templates.to_str().unwrap();
    let run = appraise(&["report", RIVERA, "--templates", option]);
    assert_eq!(run.status, 1);
    assert!(run.stderr.contains("there is no template in"), "{}", run.stderr);
    fs::write(templates.join("report.md"), "{{ evaluation.name }}: {{ scorecard.overall.met }}\n").unwrap();
    let run = appraise(&["report", RIVERA, "--templates", option]);
    assert_eq!(run.stdout, "Jordan Rivera: 60\n");
    fs::write(templates.join("reprot.md"), "x").unwrap();
    let run = appraise(&["report", RIVERA, "--templates", option]);
    assert_eq!(run.status, 1);
    assert!(run.stderr.contains("there is no template `reprot.md`"), "{}", run.stderr);
    for name in ["report.html", "_style.css", "_macros.html"] {
        let built_in = appraise(&["templates", name]).stdout;
        assert_eq!(built_in, support::read(support::project(&format!("src/templates/{name}"))));
    }
    assert_eq!(
        appraise(&["templates"]).stdout,
        "report.html\nreport.md\ngoals.html\ngoals.md\n_style.css\n_macros.html\n"
    );
}

#[test]
fn what_is_no_template_is_ignored_aloud() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("report.md"), "ours\n").unwrap();
    fs::write(folder.path().join("report.html~"), "{% old %}").unwrap();
    fs::write(folder.path().join("README.txt"), "notes").unwrap();
    let run = appraise(&["report", RIVERA, "--templates", folder.path().to_str().unwrap()]);
    assert_eq!((run.status, run.stdout.as_str()), (0, "ours\n"), "{}", run.stderr);
    assert!(run.stderr.starts_with("ignored `README.txt`: "), "{}", run.stderr);
    assert!(run.stderr.contains("\nignored `report.html~`: "), "{}", run.stderr);

    let run = appraise(&["report", RIVERA, "--templates", "./none"]);
    assert_eq!(run.stderr, "error: cannot read the templates in `./none`: there is no such file\n");
}

#[test]
fn wrong_usage_is_status_two_and_help_teaches() {
    for arguments in
        [&["chek"][..], &["check"], &["report"], &["schema", "rubrik"], &["check", "x", "--format", "xml"], &[]]
    {
        assert_eq!(appraise(arguments).status, 2, "{arguments:?}");
    }
    let run = appraise(&["chek", "x"]);
    assert!(run.stderr.contains("'check'"), "{}", run.stderr);
    let help = appraise(&["--help"]);
    assert_eq!(help.status, 0);
    for part in ["Examples:", "appraise check rivera.yaml", "Exit status: 0", "--rubric"] {
        assert!(help.stdout.contains(part), "{part} in\n{}", help.stdout);
    }
    for command in ["check", "score", "report", "goals", "rubrics", "templates", "schema"] {
        let run = appraise(&[command, "--help"]);
        assert!(run.status == 0 && run.stdout.len() > 200, "{command}: {}", run.stdout);
    }
}

#[test]
fn the_schemas_it_prints_are_the_committed_ones() {
    for name in ["rubric", "evaluation", "scorecard", "goals", "diagnostics", "report", "goals-page"] {
        let committed = support::read(support::project(&format!("rubrics/schema/{name}.json")));
        assert!(appraise(&["schema", name]).stdout == committed, "{name}: `cargo bless` writes the schemas");
    }
}
