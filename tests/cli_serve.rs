//! `appraise serve --stdio`: an answer to every line.

#![cfg(feature = "cli")]
#![allow(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

mod support;

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

use serde_json::{Value, json};

fn serve() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_appraise"));
    command.args(["serve", "--stdio"]).current_dir(support::project("")).stdin(Stdio::piped()).stdout(Stdio::piped());
    command
}

#[test]
fn a_program_asks_and_is_answered_line_by_line() {
    let mut server = serve().args(["--base", "examples/rubrics/riverside_school_counselor.yaml"]).spawn().unwrap();
    let (mut to, mut from) = (server.stdin.take().unwrap(), BufReader::new(server.stdout.take().unwrap()));
    // Each answer is read before the next line is written: nothing is held back.
    let mut ask = |line: &[u8]| -> Value {
        to.write_all(line).unwrap();
        to.write_all(b"\n").unwrap();
        let mut answer = String::new();
        from.read_line(&mut answer).unwrap();
        serde_json::from_str(&answer).unwrap_or_else(|error| panic!("{error}: {answer}"))
    };
    let rubrics = ask(br#"{ "v": 1, "id": 1, "call": "rubrics" }"#);
    assert_eq!(rubrics["ok"]["rubrics"][3]["id"], "riverside_school_counselor");
    let novak = std::fs::read_to_string(support::project("examples/evaluations/novak_scored.yaml")).unwrap();
    let score = ask(json!({ "v": 1, "id": "n", "call": "score", "document": novak }).to_string().as_bytes());
    assert_eq!((&score["id"], &score["ok"]["complete"]), (&json!("n"), &json!(true)));
    assert_eq!(ask(b"\xff\xfe no text")["error"]["code"], "not-json");
    assert_eq!(ask(&b"x".repeat(5 << 20))["error"]["code"], "too-large");
    assert_eq!(
        ask(b"{\"v\":1,\"id\":2,\"call\":\"rubrics\"}\r")["id"],
        2,
        "a line of Windows; and after one that is too large"
    );
    drop(to);
    assert!(server.wait().unwrap().success());
}

#[test]
fn a_faulty_rubric_is_shown_before_anything_is_answered() {
    let run = serve().args(["--base", "examples/mistakes/rubric.yaml"]).stderr(Stdio::piped()).output().unwrap();
    assert_eq!((run.status.code(), run.stdout.len()), (Some(1), 0));
    assert!(String::from_utf8(run.stderr).unwrap().contains("examples/mistakes/rubric.yaml"));
}

#[test]
fn the_schemas_of_the_calls_are_printed() {
    let run = Command::new(env!("CARGO_BIN_EXE_appraise")).args(["serve", "--calls"]).output().unwrap();
    let all: Value = serde_json::from_slice(&run.stdout).unwrap();
    assert!(all["score"]["request"].is_object() && run.status.success());
}
