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
        "error[not-text]", "r.yaml:2:10", "error[empty-rubric]", "r.yaml:4:10", "error[unknown-key]", "r.yaml:5:1",
        "= help: ",
    ] {
        assert!(run.stdout.contains(part), "{part} in\n{}", run.stdout);
    }
    let explained = "`appraise explain not-text` says why it matters and how to mend it\n";
    assert_eq!(run.stderr, format!("{explained}1 file checked: 3 errors\n"));
}

#[test]
fn a_code_is_explained_and_a_mistyped_one_is_answered_with_the_one_that_was_meant() {
    let explained = appraise(&["explain", "duplicate-id"]);
    assert_eq!((explained.status, explained.stderr.as_str()), (0, ""));
    for part in
        ["duplicate-id\n\nTwo parts of the rubric", "\nWrong:\n\n    domains:\n", "To mend it: ", "Severity: error."]
    {
        assert!(explained.stdout.contains(part), "{part} in\n{}", explained.stdout);
    }
    // As it stands before a finding.
    assert_eq!(appraise(&["explain", "error[duplicate-id]"]).stdout, explained.stdout);
    let warning = appraise(&["explain", "missing-evidence"]).stdout;
    assert!(warning.contains("allow: [{ code: missing-evidence, because: "), "{warning}");

    let all = appraise(&["explain"]).stdout;
    assert_eq!(all.lines().filter(|line| !line.starts_with(' ')).count(), appraise::Code::ALL.len());
    assert!(all.contains("duplicate-id\n    Two parts of the rubric have the same id.\n"), "{all}");
    for (written, help) in
        [("duplicate_di", "did you mean `duplicate-id`?"), ("nonsense", "`appraise explain` lists all")]
    {
        let run = appraise(&["explain", written]);
        assert_eq!((run.status, run.stdout.as_str()), (1, ""));
        assert_eq!(run.stderr, format!("error: there is no code `{written}`; {help}\n"));
    }
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

/// A rubric with errors, whose name cannot stand in a URI as it is.
const FAULTY: &str = "Añadir esto.yaml";
/// A rubric with errors and warnings: an error on several lines, a message with braces.
const MIXED: &str = "mixed.yaml";
/// A rubric that can be used, with two warnings.
const WARNED: &str = "warned.yaml";

fn folder_with_findings() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let sound = "version: 1.0.0\ntitle: R\ndomains: [{ id: d, title: D, indicators: [{ id: i, statement: I }] }]\n";
    let allow = "allow: [{ code: duplicate-id, at: i, because: B }, { code: long-title, at: d, because: B }]\n";
    let goals = "goals: { templates: [{ when: [has_not_met], statement: \"{{ indicator.title | upper }}\" }] }\n";
    let faulty = "id: añ\nversion: 1.0.0\ntitle: R\ndomains: []\n";
    fs::write(folder.path().join(FAULTY), faulty).unwrap();
    fs::write(folder.path().join(MIXED), format!("id:\n  a: 1\n  b: 2\n{sound}{allow}{goals}")).unwrap();
    fs::write(folder.path().join(WARNED), format!("id: warned\n{sound}{allow}")).unwrap();
    folder
}

/// The findings of those files as the documented JSON has them, each with its file.
fn findings_as_json(folder: &Path, files: &[&str]) -> Vec<(String, Value)> {
    let run = appraise_in(folder, &[&["check", "--format", "json"], files].concat(), b"");
    let json: Value = serde_json::from_str(&run.stdout).unwrap();
    let mut findings = Vec::new();
    for file in json["files"].as_array().unwrap() {
        for finding in file["diagnostics"].as_array().unwrap() {
            findings.push((file["file"].as_str().unwrap().to_owned(), finding.clone()));
        }
    }
    findings
}

fn keys(value: &Value) -> Vec<&str> {
    let mut keys: Vec<&str> = value.as_object().unwrap().keys().map(String::as_str).collect();
    keys.sort_unstable();
    keys
}

#[test]
fn findings_as_sarif_keep_the_rules_of_sarif() {
    let folder = folder_with_findings();
    let files = [FAULTY, MIXED, "none.yaml"];
    let run = appraise_in(folder.path(), &[&["check", "--format", "sarif"], &files[..]].concat(), b"");
    assert_eq!((run.status, run.stderr.as_str()), (1, ""));
    let log: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(keys(&log), ["$schema", "runs", "version"]);
    assert_eq!(log["$schema"], "https://json.schemastore.org/sarif-2.1.0.json");
    assert_eq!(log["version"], "2.1.0");
    assert_eq!(log["runs"].as_array().unwrap().len(), 1);
    let run = &log["runs"][0];
    assert_eq!(keys(run), ["columnKind", "results", "tool"]);
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    assert_eq!(keys(&run["tool"]), ["driver"]);
    let driver = &run["tool"]["driver"];
    assert_eq!(keys(driver), ["name", "rules", "version"]);
    assert_eq!((&driver["name"], &driver["version"]), (&"appraise".into(), &env!("CARGO_PKG_VERSION").into()));

    // The rules are the codes that occur, each once, in the order of the guide of codes.
    let findings = findings_as_json(folder.path(), &files);
    let rules = driver["rules"].as_array().unwrap();
    let occurs = |code: &appraise::Code| findings.iter().any(|(_, finding)| finding["code"] == code.as_str());
    let codes: Vec<_> = appraise::Code::ALL.iter().filter(|code| occurs(code)).collect();
    assert_eq!(rules.len(), codes.len());
    for (rule, code) in rules.iter().zip(codes) {
        // A consumer reads a doubled brace as one.
        let description = code.description().replace('{', "{{").replace('}', "}}");
        assert_eq!(*rule, serde_json::json!({ "id": code.as_str(), "shortDescription": { "text": description } }));
    }

    // The results are the findings.
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), findings.len());
    for (result, (file, finding)) in results.iter().zip(&findings) {
        assert_eq!(keys(result), ["level", "locations", "message", "ruleId", "ruleIndex"]);
        assert_eq!(result["ruleId"], finding["code"]);
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert_eq!(result["level"], finding["severity"]);
        let says = format!("{}; {}", finding["message"].as_str().unwrap(), finding["help"].as_str().unwrap());
        let says = says.replace('{', "{{").replace('}', "}}");
        assert_eq!(result["message"], serde_json::json!({ "text": says }));
        assert_eq!(result["locations"].as_array().unwrap().len(), 1);
        let location = &result["locations"][0];
        let uri = if file == FAULTY { "A%C3%B1adir%20esto.yaml" } else { file.as_str() };
        let (start, end) = (&finding["start"], &finding["end"]);
        assert_eq!(
            location["physicalLocation"],
            serde_json::json!({ "artifactLocation": { "uri": uri }, "region": {
                "startLine": start["line"], "startColumn": start["column"],
                "endLine": end["line"], "endColumn": end["column"] } })
        );
        if finding["path"] == "" {
            assert_eq!(keys(location), ["physicalLocation"]);
        } else {
            assert_eq!(keys(location), ["logicalLocations", "physicalLocation"]);
            assert_eq!(location["logicalLocations"], serde_json::json!([{ "fullyQualifiedName": finding["path"] }]));
        }
    }

    // One picture of each kind: both levels in one file, three files, several lines, braces, a finding about the root.
    let has = |what: &dyn Fn(&Value) -> bool| assert!(results.iter().any(what), "{}", run);
    let region = |result: &Value| result["locations"][0]["physicalLocation"]["region"].clone();
    has(&|result| result["level"] == "warning" && result["ruleId"] == "unused-allow");
    has(&|result| result["level"] == "error" && region(result)["startLine"] != region(result)["endLine"]);
    has(&|result| result["message"]["text"].as_str().unwrap().contains("`{{{{ indicator.title }}}}`"));
    has(&|result| result["ruleId"] == "unreadable" && result["locations"][0]["logicalLocations"].is_null());
    has(&|result| {
        // The column counts characters: `ñ` is two bytes.
        region(result) == serde_json::json!({ "startLine": 1, "startColumn": 5, "endLine": 1, "endColumn": 7 })
    });
}

#[test]
fn sarif_without_findings_is_whole_and_standard_input_has_a_name_in_it() {
    let text = support::read(support::project(RIVERA));
    let run = appraise_in(&support::project(""), &["check", "-", "--format", "sarif"], text.as_bytes());
    let log: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    // Results that are empty say that nothing was found; without them nothing was looked for.
    assert_eq!(log["runs"][0]["results"], serde_json::json!([]));
    assert_eq!(log["runs"][0]["tool"]["driver"]["rules"], serde_json::json!([]));

    let run = appraise_in(&support::project(""), &["check", "-", "--format", "sarif"], b"id: [");
    let log: Value = serde_json::from_str(&run.stdout).unwrap();
    let location = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
    assert_eq!((run.status, &location["artifactLocation"]["uri"]), (1, &"%3Cstdin%3E".into()));
}

#[test]
fn a_file_named_from_the_root_is_relative_in_sarif() {
    let folder = folder_with_findings();
    // As the program is told where it is, whatever links lead there.
    let root = fs::canonicalize(folder.path()).unwrap();
    let run = appraise_in(&root, &["check", "--format", "sarif", root.join(FAULTY).to_str().unwrap()], b"");
    let log: Value = serde_json::from_str(&run.stdout).unwrap();
    let location = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
    assert_eq!(location["artifactLocation"]["uri"], "A%C3%B1adir%20esto.yaml");
}

#[test]
fn findings_are_commands_to_github_a_line_each() {
    let folder = folder_with_findings();
    let run = appraise_in(folder.path(), &["check", "--format", "github", FAULTY, MIXED, "none.yaml"], b"");
    assert_eq!(run.status, 1);
    let findings = findings_as_json(folder.path(), &[FAULTY, MIXED, "none.yaml"]);
    assert_eq!(run.stdout.lines().count(), findings.len(), "{}", run.stdout);
    for (line, (file, finding)) in run.stdout.lines().zip(&findings) {
        let text = |key: &str| finding[key].as_str().unwrap();
        let (start, end) = (&finding["start"], &finding["end"]);
        let place = if start["line"] == end["line"] {
            format!(
                "line={},col={},endLine={},endColumn={}",
                start["line"], start["column"], end["line"], end["column"]
            )
        } else {
            format!("line={},endLine={}", start["line"], end["line"])
        };
        let (severity, code, message, help) = (text("severity"), text("code"), text("message"), text("help"));
        assert_eq!(line, format!("::{severity} file={file},{place},title={code}::{message}; {help}"));
    }
    let first = "::error file=Añadir esto.yaml,line=1,col=5,endLine=1,endColumn=7,title=malformed-id::";
    assert!(run.stdout.starts_with(first), "{}", run.stdout);
    assert!(run.stdout.contains("\n::error file=mixed.yaml,line=2,endLine="), "{}", run.stdout);
    assert!(run.stdout.contains("\n::warning file=mixed.yaml,line="), "{}", run.stdout);
    assert!(run.stderr.starts_with("3 files checked: ") && run.stderr.ends_with(", 2 warnings\n"), "{}", run.stderr);

    let sound = appraise(&["check", "--format", "github", RIVERA]);
    assert_eq!((sound.status, sound.stdout.as_str(), sound.stderr.as_str()), (0, "", ""));
    let bad = appraise_in(folder.path(), &["check", "--format", "github", "-"], b"id: [");
    assert!(bad.stdout.starts_with("::error title=not-yaml::<stdin>:1:"), "{}", bad.stdout);
}

#[cfg(unix)]
#[test]
fn no_name_and_no_text_ends_a_command_to_github_early() {
    let folder = tempfile::tempdir().unwrap();
    let name = "50%, a:b::c\nd.yaml";
    fs::write(folder.path().join(name), "\"100% ::warning::x\\r\\n::error::y\": 1\n").unwrap();
    let run = appraise_in(folder.path(), &["check", "--format", "github", name], b"");
    assert_eq!(run.status, 1);
    for line in run.stdout.lines() {
        assert!(line.starts_with("::error file=50%25%2C a%3Ab%3A%3Ac\u{fffd}d.yaml,line=1,"), "{line}");
    }
    assert!(run.stdout.contains("100%25 ::warning::x"), "{}", run.stdout);
}

#[test]
fn an_evaluation_that_is_not_checked_is_said_to_those_who_read_githubs_log() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("small.yaml"), "id: small\nversion: 1.0.0\ntitle: R\ndomains: []\n").unwrap();
    fs::write(folder.path().join("ann.yaml"), ANN).unwrap();
    let run = appraise_in(folder.path(), &["check", "--format", "github", "ann.yaml", "small.yaml"], b"");
    assert_eq!((run.status, run.stdout.lines().count()), (1, 1), "{}", run.stdout);
    assert_eq!(run.stderr, "ann.yaml: not checked: its rubric `small` has errors\n1 file checked: 1 error\n");
}

#[test]
fn warnings_fail_only_where_they_are_denied() {
    let folder = folder_with_findings();
    let check = |arguments: &[&str]| appraise_in(folder.path(), &[&["check"], arguments].concat(), b"");
    let run = check(&[WARNED]);
    let explained = "`appraise explain unused-allow` says why it matters and how to mend it\n";
    assert_eq!((run.status, run.stderr.as_str()), (0, explained), "{}", run.stdout);
    assert!(run.stdout.ends_with("warned.yaml: rubric `warned` 1.0.0, 1 domain, 1 indicator: 2 warnings\n"));

    let denied = check(&[WARNED, "--deny", "warnings"]);
    assert_eq!((denied.status, denied.stdout), (1, run.stdout));
    assert_eq!(denied.stderr, format!("{explained}1 file checked: 2 warnings; warnings are denied\n"));
    for format in ["json", "sarif", "github"] {
        let plain = check(&[WARNED, "--format", format]);
        let denied = check(&["--deny", "warnings", WARNED, "--format", format]);
        assert_eq!((plain.status, denied.status), (0, 1), "{format}");
        assert_eq!(plain.stdout, denied.stdout, "{format}");
        assert_eq!(denied.stderr.contains("warnings are denied"), format == "github", "{format}");
    }
    let both = check(&[MIXED, WARNED, "--deny", "warnings"]);
    assert_eq!(both.status, 1);
    assert!(both.stderr.ends_with("errors, 4 warnings; warnings are denied\n"), "{}", both.stderr);
    let errors = check(&[FAULTY, "--deny", "warnings"]);
    assert_eq!(errors.status, 1);
    assert!(errors.stderr.ends_with("\n1 file checked: 2 errors\n"), "{}", errors.stderr);

    let sound = appraise(&["check", RIVERA, "--deny", "warnings"]);
    assert_eq!((sound.status, sound.stderr.as_str()), (0, ""));
    assert_eq!(check(&[WARNED, "--deny", "errors"]).status, 2);
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
    assert!(run.stderr.ends_with("\n1 file checked: 1 error\n"), "{}", run.stderr);
    // Nor does it pass for sound with programs.
    let of = |format: &str| {
        let run = appraise_in(folder.path(), &["check", "ann.yaml", "small.yaml", "--format", format], b"");
        serde_json::from_str::<Value>(&run.stdout).unwrap()
    };
    let files = &of("json")["files"];
    assert_eq!(files[0]["not_checked"], "its rubric `small` has errors");
    assert!(files[1].get("not_checked").is_none() && files[1]["diagnostics"][0]["code"] == "unknown-key");
    let invocation = &of("sarif")["runs"][0]["invocations"][0];
    let notification = &invocation["toolExecutionNotifications"][0];
    assert_eq!(notification["message"]["text"], "ann.yaml: not checked: its rubric `small` has errors");
    assert_eq!((&invocation["executionSuccessful"], &notification["level"]), (&true.into(), &"error".into()));

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
fn faults_of_a_rubric_given_as_an_option_are_among_the_findings() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("bad.yaml"), "id: small\nversion: 1.0.0\ntitle: R\ndomains: []\n").unwrap();
    fs::write(folder.path().join("ann.yaml"), ANN).unwrap();
    let run = appraise_in(folder.path(), &["check", "--rubric", "bad.yaml", "ann.yaml", "--format", "json"], b"");
    assert_eq!((run.status, run.stderr.as_str()), (1, ""));
    let json: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(json["files"][0]["file"], "bad.yaml");
    assert_eq!(json["files"][0]["diagnostics"][0]["code"], "empty-rubric");
    let waits = serde_json::json!({ "file": "ann.yaml", "kind": "evaluation", "diagnostics": [], "not_checked": "its rubric `small` has errors" });
    assert_eq!(json["files"][1], waits);
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
        &["check", NASTY, "--format", "github"],
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
fn an_unreadable_file_is_a_clear_finding() {
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

/// Readers of YAML refuse a C1 control character that stands as itself, and take U+0085 and U+2028 for line ends.
#[test]
fn no_control_character_of_a_text_makes_invalid_yaml() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let odd: String = ('\u{80}'..='\u{9f}').chain(['\u{2028}', '\u{2029}', '\u{feff}', '\u{7f}']).collect();
    let text = format!("a{odd}b");
    let rubric = |version: &str, indicator: &str| {
        serde_json::json!({ "id": "odd", "version": version, "title": text, "domains": [{ "id": "d", "title": text,
            "indicators": [{ "id": indicator, "title": text, "statement": text, "guidance": [text, text],
                "descriptors": { "has_not_met": text, "has_met": [text], "exceeds_expectations": "Well." } }] }] })
    };
    std::fs::write(folder.join("old.json"), rubric("1.0.0", "a").to_string()).unwrap();
    std::fs::write(folder.join("new.json"), rubric("2.0.0", "b").to_string()).unwrap();
    let evaluation = serde_json::json!({ "rubric": { "id": "odd" }, "employee": { "id": "E-1", "name": text },
        "evaluators": [{ "id": "E-2", "name": text }], "period": { "from": "2025-08-25", "to": "2026-06-12" },
        "ratings": { "a": { "level": "has_met", "comment": text } }, "summary": text, "extra": { "k": text } });
    std::fs::write(folder.join("e.json"), evaluation.to_string()).unwrap();
    for arguments in [
        &["rubrics", "old.json", "-o", "r.yaml"][..],
        &["form", "old.json", "--format", "yaml", "-o", "f.yaml"],
        &["form", "old.json", "--evaluation", "e.json", "--format", "yaml", "-o", "g.yaml"],
        &["migrate", "e.json", "--to", "new.json", "--old", "old.json", "--format", "yaml", "-o", "m.yaml"],
    ] {
        let run = appraise_in(folder, arguments, b"");
        assert_eq!(run.status, 0, "{arguments:?}: {}", run.stderr);
        let yaml = support::read(folder.join(arguments[arguments.len() - 1]));
        let stray = |c: char| (c.is_control() && c != '\n') || "\u{2028}\u{2029}\u{feff}".contains(c);
        assert!(!yaml.contains(stray), "{arguments:?}: {yaml:?}");
        let read: serde_yaml::Value = serde_yaml::from_str(&yaml).unwrap_or_else(|error| panic!("{error}: {yaml}"));
        if arguments[0] == "rubrics" {
            assert_eq!(read["domains"][0]["indicators"][0]["statement"], text.as_str());
        }
        if arguments[0] == "migrate" {
            assert_eq!(read["summary"], text.as_str());
        }
    }
}

#[test]
fn a_rubric_is_written_as_what_the_ending_of_the_file_says() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let rubric = support::read(support::project("tests/documents/rubrics/small.yaml"));
    std::fs::write(folder.join("small.yaml"), rubric).unwrap();
    for (from, to) in [("small.yaml", "a.json"), ("a.json", "b.json"), ("connecticut_school_social_work", "c.json")] {
        let run = appraise_in(folder, &["rubrics", from, "-o", to], b"");
        assert_eq!(run.status, 0, "{}", run.stderr);
        let json = support::read(folder.join(to));
        let read: serde_json::Value = serde_json::from_str(&json).unwrap_or_else(|error| panic!("{error}: {json}"));
        assert!(read["domains"].is_array(), "{json}");
    }
    assert_eq!(support::read(folder.join("a.json")), support::read(folder.join("b.json")));
    for (from, to) in [("a.json", "d.yaml"), ("a.json", "d.yml")] {
        assert_eq!(appraise_in(folder, &["rubrics", from, "-o", to], b"").status, 0);
        assert!(support::read(folder.join(to)).contains("\ndomains:\n"), "{to}");
    }
    let run = appraise_in(folder, &["rubrics", "small.yaml", "--format", "yaml", "-o", "e.json"], b"");
    assert!(support::read(folder.join("e.json")).contains("id: small\n"), "{}", run.stderr);
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

/// A rubric, one that extends it, and one whose levels the first does not have.
fn folder_with_overlays() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write("base.yaml", &support::read(support::project("tests/documents/rubrics/district_base.yaml")));
    write(
        "ours.yaml",
        "id: ours\nversion: 1.0.0\ntitle: Ours\nextends: district_base@1\nomit: { data: Kept by others }\n",
    );
    let scale = "scale: { levels: [{ id: low, label: Low }, { id: high, label: High }], meets_at: high }\n";
    write("levels.yaml", &format!("id: levels\nversion: 1.0.0\nextends: district_base\n{scale}"));
    folder
}

#[test]
fn a_rubric_finds_its_base_among_the_files_and_those_given_as_bases() {
    let folder = folder_with_overlays();
    let run = appraise_in(folder.path(), &["check", "ours.yaml", "base.yaml"], b"");
    assert_eq!(run.status, 0, "{}", run.stdout);
    assert!(run.stdout.starts_with("ours.yaml: rubric `ours` 1.0.0, 3 domains, 5 indicators"), "{}", run.stdout);
    let run = appraise_in(folder.path(), &["check", "ours.yaml"], b"");
    assert_eq!(run.status, 1);
    assert!(run.stdout.contains("error[unknown-base]"), "{}", run.stdout);
    for command in [
        &["check", "ours.yaml"][..],
        &["rubrics", "ours.yaml"],
        &["diff", "district_base", "ours.yaml"],
        &["diff", "ours.yaml", "base.yaml"],
    ] {
        let run = appraise_in(folder.path(), &[command, &["--base", "base.yaml"]].concat(), b"");
        assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{command:?}\n{}", run.stdout);
    }
    let diff = appraise_in(folder.path(), &["diff", "base.yaml", "ours.yaml", "--base", "base.yaml"], b"");
    assert!(diff.stdout.contains("removed indicator `data`: Keeps data."), "{}", diff.stdout);
    let score =
        appraise_in(folder.path(), &["score", "-", "--rubric", "ours.yaml", "--base", "base.yaml"], OURS.as_bytes());
    assert_eq!((score.status, score.stderr.as_str()), (0, ""));
}

const OURS: &str = "rubric: { id: ours }\nemployee: { id: E-1, name: Ann }\nevaluators: [{ id: E-2, name: Bo }]\n\
                    period: { from: 2025-08-25, to: 2026-06-12 }\nratings: { plans: has_met }\n";

#[test]
fn a_base_with_errors_stops_what_extends_it() {
    let folder = folder_with_overlays();
    fs::write(folder.path().join("base.yaml"), "id: district_base\nversion: 1.0.0\ntitle: B\ndomains: []\n").unwrap();
    let run = appraise_in(folder.path(), &["check", "ours.yaml", "base.yaml"], b"");
    assert_eq!(run.status, 1);
    assert!(run.stdout.contains("error[faulty-base]") && run.stdout.contains("error[empty-rubric]"), "{}", run.stdout);
    let run = appraise_in(folder.path(), &["rubrics", "ours.yaml", "--base", "base.yaml"], b"");
    assert_eq!((run.status, run.stdout.as_str()), (1, ""));
    assert_eq!(run.stderr.matches("error[").count(), 1, "{}", run.stderr);
}

#[test]
fn an_operation_that_no_longer_fits_is_reported_in_the_base_in_every_format() {
    let folder = folder_with_overlays();
    let check = |format: &str| {
        let files = ["check", "levels.yaml", "base.yaml", "--format", format];
        let run = appraise_in(folder.path(), &files, b"");
        assert_eq!(run.status, 1, "{}", run.stderr);
        run.stdout
    };
    let json: Value = serde_json::from_str(&check("json")).unwrap();
    assert!(validator(&appraise::schema::diagnostics()).is_valid(&json), "{json}");
    let files: Vec<(&str, usize)> = json["files"]
        .as_array()
        .unwrap()
        .iter()
        .map(|file| (file["file"].as_str().unwrap(), file["diagnostics"].as_array().unwrap().len()))
        .collect();
    assert_eq!(files, [("levels.yaml", 0), ("base.yaml", 4)]);
    assert!(check("text").contains("base.yaml:5:20"));
    assert_eq!(check("github").matches("::error file=base.yaml,line=").count(), 4);
    assert_eq!(check("sarif").matches("\"uri\": \"base.yaml\"").count(), 4);
}

#[test]
fn a_rubric_that_extends_another_is_printed_as_one_document() {
    let folder = folder_with_overlays();
    let printed = ["rubrics", "ours.yaml", "--base", "base.yaml", "-o", "whole.yaml"];
    assert_eq!(appraise_in(folder.path(), &printed, b"").status, 0);
    let text = support::read(folder.path().join("whole.yaml"));
    assert!(text.contains("# ours 1.0.0, made from district_base 1.2.0\n"), "{text}");
    let run = appraise_in(folder.path(), &["check", "whole.yaml"], b"");
    assert!(run.stdout.ends_with("3 domains, 5 indicators: no findings\n"), "{}", run.stdout);
    let over = appraise_in(folder.path(), &["rubrics", "ours.yaml", "--base", "base.yaml", "-o", "base.yaml"], b"");
    assert_eq!(over.status, 2, "{}", over.stderr);
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
        "report.html\nreport.md\ngoals.html\ngoals.md\nform.html\nform.md\nsummary.html\nhistory.html\nhistory.md\nprogram.html\nprogram.md\nstatus.html\nstatus.md\n_style.css\n\
         _macros.html\n_scoring.html\n_agreement.html\n_orphan.html\n_supervision.html\n_counts.html\n_staff.html\n_goal.html\n_ratings.html\n\
         _runs.html\n_checklist.html\n_checklist.css\n_evidence.html\n_practices.html\n_followed.html\n_observations.html\n_form.html\n_form_rows.html\n\
         _form.css\n_form_checklist.css\n_form_practices.css\n_form.js\n_form_document.js\n\
         _form_numbers.css\n_form_numbers.js\n_form_practices.js\n_form_saving.js\n_form_observation.js\n_form_copies.js\n"
    );
}

#[test]
fn a_file_that_is_no_template_is_ignored_with_a_note() {
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
    let check = appraise(&["check", "--help"]).stdout;
    for part in ["- sarif:", "SARIF 2.1.0", "- github:", "pull request", "--deny <WHAT>", "- warnings:"] {
        assert!(check.contains(part), "{part} in\n{check}");
    }
    for command in [
        "check", "score", "report", "goals", "form", "combine", "batch", "summarize", "history", "rubrics",
        "templates", "schema",
    ] {
        let run = appraise(&[command, "--help"]);
        assert!(run.status == 0 && run.stdout.len() > 200, "{command}: {}", run.stdout);
    }
}

#[test]
fn the_schemas_it_prints_are_the_committed_ones() {
    for name in [
        "rubric", "overlay", "policy", "evaluation", "scorecard", "what-if", "goals", "changes", "summary", "history",
        "diagnostics", "report", "goals-page", "form", "summary-page", "history-page", "program", "program-page",
    ] {
        let committed = support::read(support::project(&format!("rubrics/schema/{name}.json")));
        assert!(appraise(&["schema", name]).stdout == committed, "{name}: `cargo bless` writes the schemas");
    }
}

const CONNECTICUT: &str = "connecticut_school_social_work";

#[test]
fn a_form_is_written_as_its_ending_says() {
    let folder = tempfile::tempdir().unwrap();
    for (name, begins) in [
        ("f.html", "<!DOCTYPE html>"),
        ("f.md", "# Evaluation: "),
        ("f.yaml", "# An evaluation"),
        ("f.json", "{\n  \"$schema\""),
    ] {
        let run = appraise_in(folder.path(), &["form", CONNECTICUT, "-o", name], b"");
        assert_eq!((run.status, run.stderr.as_str()), (0, ""));
        let text = support::read(folder.path().join(name));
        assert!(text.starts_with(begins) && text.ends_with('\n'), "{name}");
    }
    assert!(appraise(&["form", CONNECTICUT]).stdout.starts_with("<!DOCTYPE html>"));
    let ui = appraise(&["form", CONNECTICUT, "--format", "ui-schema"]).stdout;
    assert!(serde_json::from_str::<Value>(&ui).unwrap()["ui:order"].is_array());
}

#[test]
fn the_yaml_form_of_every_rubric_passes_check_at_once_but_for_its_placeholders() {
    for id in appraise::Library::bundled().ids() {
        let form = appraise(&["form", &id, "--format", "yaml"]).stdout;
        let run = appraise_in(&support::project(""), &["check", "-"], form.as_bytes());
        assert_eq!(run.status, 0, "{}", run.stdout);
        let findings = |of: &str| run.stdout.lines().filter(|line| line.starts_with(of)).count();
        assert_eq!(findings("warning["), findings("warning[unfilled-placeholder]"), "{}", run.stdout);
        assert!(run.stdout.contains("0 of "), "{}", run.stdout);
    }
}

#[test]
fn a_form_begins_with_an_evaluation() {
    let next = appraise(&["form", "--evaluation", RIVERA]);
    assert!(next.stderr.contains("the form is for the next year"), "{}", next.stderr);
    assert!(next.stdout.contains("\"name\":\"Jordan Rivera\"") && !next.stdout.contains("\"ratings\":"));
    let response = appraise(&["form", "--evaluation", RIVERA, "--respond"]);
    assert!(response.stderr.is_empty() && response.stdout.contains("\"purpose\":\"respond\""));
    let draft = "examples/evaluations/chen_draft.yaml";
    let part = appraise(&["form", "--evaluation", draft, "--beside", RIVERA, "--scope", "counselor,assessment"]);
    assert!(
        part.stdout.contains("\"scope\":[\"counselor\",\"assessment\"]") && part.stdout.contains("class=\"beside\"")
    );
    let own = appraise(&["form", CONNECTICUT, "--self"]);
    assert!(own.stdout.contains("\"type\":\"self\""));
    assert_eq!(appraise(&["form"]).status, 2);
    assert_eq!(appraise(&["form", CONNECTICUT, "--respond"]).status, 2);
    let other = appraise(&["form", "connecticut_district_supports", "--evaluation", RIVERA]);
    assert!(other.status == 1 && other.stderr.contains("error[unknown-rubric]"), "{}", other.stderr);
    let scope = appraise(&["form", CONNECTICUT, "--scope", "nowhere"]);
    assert!(scope.status == 1 && scope.stderr.contains("`nowhere`"), "{}", scope.stderr);
}

#[test]
fn a_roster_gives_a_form_for_every_sound_row_and_tells_the_others() {
    let folder = tempfile::tempdir().unwrap();
    let staff = "id,name,title,school,fte,hired_on,certificate_from,certificate_to\n\
                 E-1,\"Rivera, Jordan\",School social worker,Barnum,0.6,2019-08-26,2023-07-01,2028-06-30\n\
                 E-2,,x,,,,,\nE-3,Ann,x,,0.5,2019-13-01,2023-07-01,\nE-1,\"Rivera, Jordan\",,Elm,0.4,,,\nE-4,Bo\nE-5,Cy,,Elm,half,,,\n../E 6,Dee,,,,,,\n";
    let run = appraise_in(folder.path(), &["form", CONNECTICUT, "--roster", "-", "--out", "forms"], staff.as_bytes());
    assert_eq!(run.status, 1);
    let told: Vec<&str> = run.stderr.lines().collect();
    assert_eq!(
        told,
        [
            "error: <stdin>: row 3, column `name`: `name` is missing",
            "error: <stdin>: row 4, column `school`: `school` is missing",
            "error: <stdin>: row 4, column `certificate_to`: `to` is missing",
            "error: <stdin>: row 4, column `hired_on`: `2019-13-01` is no day of the calendar: write year, month and day, with a \
             month from 01 to 12",
            "error: <stdin>: row 6: 2 cells, but there are 8 columns",
            "error: <stdin>: row 7, column `fte`: `half` is no share of a position: write a number such as 0.5, or 50%",
            "2 forms written to forms",
            "4 rows without a form: mend them, and make the forms again",
        ]
    );
    let mut names: Vec<_> =
        fs::read_dir(folder.path().join("forms")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    let rivera = "E-1_Rivera-Jordan_connecticut_school_social_work.html";
    assert_eq!(names, [rivera, "E-6_Dee_connecticut_school_social_work_f509fc40.html"]);
    let page = support::read(folder.path().join("forms").join(rivera));
    for part in [
        "\"name\":\"Rivera, Jordan\"", "\"school\":\"Barnum\"", "\"fte\":0.6", "\"school\":\"Elm\"",
        "\"to\":\"2028-06-30\"",
    ] {
        assert!(page.contains(part), "{part}");
    }
    let run = appraise_in(folder.path(), &["form", CONNECTICUT, "--roster", "-", "--out", "x"], b"id,nam\n1,2\n");
    assert!(run.status == 1 && run.stderr.contains("row 1: there is no column `nam`: rename"), "{}", run.stderr);
    let organization = ["form", "connecticut_district_supports", "--roster", "-", "--out", "o", "--format", "yaml"];
    let run = appraise_in(folder.path(), &organization, b"\xef\xbb\xbfname,id\nElm Hill,O-1\n");
    assert_eq!((run.status, run.stderr.as_str()), (0, "1 form written to o\n"));
    assert!(
        support::read(folder.path().join("o/O-1_Elm-Hill_connecticut_district_supports.yaml"))
            .contains("name: Elm Hill")
    );
}

#[test]
fn a_form_that_is_there_stays_and_a_roster_is_read_as_spreadsheets_write_it() {
    let folder = tempfile::tempdir().unwrap();
    let forms = |staff: &str| {
        let arguments = ["form", CONNECTICUT, "--roster", "-", "--out", "o", "--format", "yaml"];
        appraise_in(folder.path(), &arguments, staff.as_bytes())
    };
    let run = forms("ID;Name\n\n;\nE-1;\"Rivera\"\n");
    assert_eq!((run.status, run.stderr.as_str()), (0, "1 form written to o\n"));
    let filled = folder.path().join("o/E-1_Rivera_connecticut_school_social_work.yaml");
    fs::write(&filled, "filled in").unwrap();
    let run = forms("id\tname\nE-1\tRivera\nE-2\tChen\n");
    let stays = "1 that is there already, and may be filled in, is left alone: move it away to have it made anew\n";
    assert_eq!((run.status, run.stderr), (0, format!("1 form written to o\n{stays}")));
    assert_eq!(support::read(&filled), "filled in");
    assert!(support::read(folder.path().join("o/E-2_Chen_connecticut_school_social_work.yaml")).contains("name: Chen"));
    // A quote that is not closed takes nobody along, nor one that another closes.
    let run = forms("id,name\nE-3,\"Rivera\nE-4,Chen\n");
    assert!(
        run.status == 1 && run.stderr.contains("error[unclosed-quote]") && run.stderr.contains(":2:5"),
        "{}",
        run.stderr
    );
    let run = forms("id,name\nE-3,\"Rivera\nE-4,\"\na/b,Ann\na:b,Bo\n");
    assert_eq!(
        run.stderr.lines().collect::<Vec<_>>(),
        [
            "error: <stdin>: row 2, column `name`: there is a line break or tab in it",
            "2 forms written to o",
            "1 row without a form: mend it, and make the forms again",
        ]
    );
    assert!(!folder.path().join("o/E-3_Rivera_connecticut_school_social_work.yaml").exists());
}

#[test]
fn parts_are_combined_into_an_evaluation_that_can_be_read() {
    let folder = tempfile::tempdir().unwrap();
    let part = |name: &str, id: &str, status: &str, rest: &str| {
        let text = format!(
            "rubric: {{ id: {CONNECTICUT} }}\nstatus: {status}\nemployee: {{ id: E-1, name: Ann }}\n\
             evaluators: [{{ id: {id}, name: {id}, qualifications: [school_social_work] }}]\n\
             period: {{ from: 2025-08-25, to: 2026-06-12 }}\n{rest}"
        );
        fs::write(folder.path().join(name), text).unwrap();
    };
    part("a.yaml", "E-7", "draft", "scope: [counselor]\nsummary: Calm.\nratings: { patience_and_empathy: has_met }\n");
    part(
        "b.yaml",
        "E-8",
        "draft",
        "scope: [assessment, informed_consent]\nsummary: Exact.\nratings: { informed_consent: { level: has_met, comment: All. } }\n",
    );
    let run = appraise_in(folder.path(), &["combine", "a.yaml", "b.yaml", "-o", "ab.json"], b"");
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    let joined: Value = serde_json::from_str(&support::read(folder.path().join("ab.json"))).unwrap();
    assert_eq!(joined["scope"], serde_json::json!(["counselor", "assessment", "informed_consent"]));
    assert_eq!(joined["ratings"]["patience_and_empathy"], serde_json::json!({ "level": "has_met", "by": "E-7" }));
    assert_eq!(joined["ratings"]["informed_consent"]["by"], "E-8");
    assert_eq!(joined["summary"], "Calm.\n\nExact.");
    assert_eq!(joined["evaluators"].as_array().unwrap().len(), 2);
    let yaml = appraise_in(folder.path(), &["combine", "a.yaml", "b.yaml"], b"").stdout;
    for (name, text) in [("ab.json", String::new()), ("-", yaml)] {
        let run = appraise_in(folder.path(), &["check", "--deny", "warnings", name], text.as_bytes());
        assert_eq!(run.status, 0, "{}", run.stdout);
        assert!(run.stdout.contains("2 of 18 indicators"), "{}", run.stdout);
    }
    let run = appraise_in(folder.path(), &["combine", "a.yaml", "a.yaml"], b"");
    assert!(run.status == 1 && run.stderr.contains("error[overlapping-scope]"), "{}", run.stderr);
    assert_eq!(appraise_in(folder.path(), &["combine", "a.yaml"], b"").status, 2);
}

#[test]
fn final_parts_of_the_whole_make_a_final_evaluation() {
    let folder = tempfile::tempdir().unwrap();
    let rubric = "id: r\nversion: 1.0.0\ntitle: R\ndomains:\n\
                  - { id: d, title: D, indicators: [{ id: a, statement: A }] }\n- { id: e, title: E, indicators: [{ id: b, statement: B }] }\n";
    fs::write(folder.path().join("r.yaml"), rubric).unwrap();
    for (name, scope, indicator, day) in [("a.yaml", "d", "a", "2026-05-01"), ("b.yaml", "e", "b", "2026-05-03")] {
        let text = format!(
            "rubric: {{ id: r }}\nemployee: {{ id: E-1, name: Ann }}\nevaluators: [{{ id: {name}, name: Bo }}]\nstatus: final\n\
             completed_on: {day}\nperiod: {{ from: 2025-08-25, to: 2026-06-12 }}\nscope: [{scope}]\nratings: {{ {indicator}: has_met }}\n\
             record: [{{ date: 2026-05-04, event: delivered }}]\n"
        );
        fs::write(folder.path().join(name), text).unwrap();
    }
    let run = appraise_in(folder.path(), &["combine", "a.yaml", "b.yaml", "--rubric", "r.yaml", "-o", "ab.json"], b"");
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    let joined: Value = serde_json::from_str(&support::read(folder.path().join("ab.json"))).unwrap();
    assert_eq!((&joined["status"], &joined["completed_on"]), (&"final".into(), &"2026-05-03".into()));
    assert_eq!((joined.get("scope"), joined["record"].as_array().unwrap().len()), (None, 1));
}

/// In YAML every item of a deep list has its indentation, which makes a document of this one too large to be read.
#[test]
fn an_evaluation_that_cannot_be_read_back_is_not_written() {
    let folder = tempfile::tempdir().unwrap();
    let items = "1,".repeat(40_000);
    for (name, scope, extra) in [
        ("a.json", "counselor", format!("{}{items}1{}", "[".repeat(55), "]".repeat(55))),
        ("b.json", "assessment", "[]".to_owned()),
    ] {
        let text = format!(
            r#"{{ "rubric": {{ "id": "{CONNECTICUT}" }}, "employee": {{ "id": "E-1", "name": "Ann" }},
               "evaluators": [{{ "id": "E-7", "name": "Bo" }}], "period": {{ "from": "2025-08-25", "to": "2026-06-12" }},
               "scope": ["{scope}"], "ratings": {{}}, "extra": {{ "{scope}": {extra} }} }}"#
        );
        fs::write(folder.path().join(name), text).unwrap();
    }
    let run = appraise_in(folder.path(), &["combine", "a.json", "b.json", "-o", "ab.yaml"], b"");
    let message = "error: cannot write this evaluation as YAML: it would not be read back as the same: write it to a file that ends in `.json`\n";
    assert_eq!((run.status, run.stderr.as_str()), (1, message));
    assert!(!folder.path().join("ab.yaml").exists());
    let run = appraise_in(folder.path(), &["combine", "a.json", "b.json", "-o", "ab.json"], b"");
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
}

#[test]
fn a_report_has_other_evaluations_beside_it() {
    let own = "examples/evaluations/rivera_self.yaml";
    let run = appraise(&["report", RIVERA, "--beside", own]);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    assert!(run.stdout.contains("## Side by side") && run.stdout.contains("Indicators rated by both: 63"));
    let folder = tempfile::tempdir().unwrap();
    let text = fs::read_to_string(support::project(own)).unwrap().replace("shared: true\n", "");
    let unshared = folder.path().join("own.yaml");
    fs::write(&unshared, text).unwrap();
    let unshared = unshared.to_str().unwrap();
    for command in [&["report", RIVERA] as &[&str], &["form", "--evaluation", RIVERA]] {
        let run = appraise(&[command, &["--beside", unshared]].concat());
        assert_eq!((run.status, run.stdout.as_str()), (1, ""), "{command:?}");
        assert!(
            run.stderr.contains("self-evaluation of Jordan Rivera that is not shared with the evaluators"),
            "{}",
            run.stderr
        );
        let run = appraise(&[command, &["--beside", unshared, "--beside-unshared"]].concat());
        assert_eq!(run.status, 0, "{}", run.stderr);
    }
    let run = appraise(&["report", RIVERA, "--beside", "examples/evaluations/elm_hill_supports.yaml"]);
    assert!(run.status == 1 && run.stderr.contains("error[unknown-rubric]"), "{}", run.stderr);
    let run = appraise_in(&support::project(""), &["report", "-", "--beside", "-"], b"");
    assert_eq!(run.status, 2);
}

#[test]
fn a_form_for_a_scope_that_no_policy_scores_is_made_with_a_warning() {
    let folder = tempfile::tempdir().unwrap();
    let rubric = "id: years\nversion: 1.0.0\ntitle: Years\nkinds: [{ id: focused, label: Focused evaluation }]\ndomains:\n  \
                  - { id: planning, title: Planning, indicators: [{ id: plans, statement: Writes plans. }] }\n  \
                  - { id: records, title: Records, indicators: [{ id: notes, statement: Keeps notes. }] }\nscoring:\n  \
                  for: { type: focused, scope: [planning] }\n  points: { has_not_met: 1, has_met: 2, exceeds_expectations: 3 }\n  \
                  steps: [{ id: practice, of: indicators, take: mean }]\n";
    fs::write(folder.path().join("years.yaml"), rubric).unwrap();
    let form = |more: &[&str]| {
        let arguments = [&["form", "years.yaml", "--type", "focused", "--format", "yaml"], more].concat();
        appraise_in(folder.path(), &arguments, b"")
    };
    let whole = form(&[]);
    assert_eq!(whole.status, 0, "{}", whole.stderr);
    assert!(whole.stdout.contains("type: focused"), "{}", whole.stdout);
    let warning = "warning: no scoring policy of the rubric is for a focused evaluation with this scope: it will have no \
                   summative rating; name the part that it answers for with --scope\n";
    assert!(whole.stderr.contains(warning), "{}", whole.stderr);
    let part = form(&["--scope", "planning"]);
    assert_eq!((part.status, part.stderr.contains("warning")), (0, false), "{}", part.stderr);
}
