//! A second opinion: whatever our reader and another library both accept, both read to the same value.

#![allow(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

mod support;

use std::cell::Cell;

use appraise::{Evaluation, Library};
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};

/// Puts a YAML value into `extra`, and gives what came out of our reader, if it took it.
fn ours(yaml: &str) -> Option<Value> {
    let text = format!(
        "rubric: {{ id: connecticut_school_social_work }}\nemployee: {{ id: E-1, name: Ann }}\n\
         evaluators: [{{ id: E-2, name: Bo }}]\nperiod: {{ from: 2025-08-25, to: 2026-06-12 }}\nratings: {{}}\n\
         extra:\n  value: {yaml}\n"
    );
    let rubric = Library::bundled().get("connecticut_school_social_work").unwrap();
    let evaluation = Evaluation::parse("t.yaml", &text, &rubric).ok()?;
    Some(serde_json::to_value(&evaluation).unwrap()["extra"]["value"].clone())
}

fn theirs(yaml: &str) -> Option<Value> {
    let value: Value = serde_yaml::from_str(&format!("extra:\n  value: {yaml}\n")).ok()?;
    Some(value["extra"]["value"].clone())
}

/// Our reader keeps the text of a number that JSON has no form for (`0x1F`, `+1`), which must be that very number; the
/// other library reads it. And `012` is twelve in YAML 1.2, and text for the other library.
fn same(ours: &Value, theirs: &Value) -> bool {
    match (ours, theirs) {
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(key, a)| b.get(key).is_some_and(|b| same(a, b)))
        }
        (Value::Number(a), Value::Number(b)) => a.to_string() == b.to_string() || a.as_f64() == b.as_f64(),
        (Value::String(text), Value::Number(_)) => serde_yaml::from_str::<Value>(text).unwrap() == *theirs,
        // JSON, in which the other library's value is kept here, has neither.
        (Value::String(text), Value::Null) => {
            [".inf", ".nan"].contains(&text.trim_start_matches(['-', '+']).to_lowercase().as_str())
        }
        (Value::Number(number), Value::String(text)) => {
            let unsigned = text.trim_start_matches(['-', '+']);
            unsigned.starts_with('0')
                && unsigned.bytes().all(|byte| byte.is_ascii_digit())
                && text.parse::<i64>().is_ok_and(|twelve| number.as_i64() == Some(twelve))
        }
        _ => ours == theirs,
    }
}

fn agree(yaml: &str) -> bool {
    match (ours(yaml), theirs(yaml)) {
        (Some(ours), Some(theirs)) => {
            assert!(same(&ours, &theirs), "{yaml:?}\nours   {ours}\ntheirs {theirs}");
            true
        }
        _ => false,
    }
}

#[test]
fn the_forms_of_yaml_are_read_alike() {
    let cases = [
        "plain text",
        "'single ''quoted'''",
        "\"double \\\"quoted\\\" \\u00e9 \\x41 \\n\"",
        "|\n    block\n      indented\n    lines\n",
        "|-\n    stripped\n",
        "|+\n    kept\n\n",
        ">-\n    folded\n    lines\n\n    and a paragraph\n",
        "[1, -2, 3.5, true, null, ~, x, \"y\"]",
        "{ a: 1, b: { c: [] } }",
        "&anchor [1, 2]",
        "multi\n    line\n    plain",
        "2026-01-31",
        "1.0.0",
        "yes and no",
        "'#not a comment'",
        "a#b",
        "http://example.org/a?b=c",
        "\"\\ud83d\\ude00\"",
        "😀 émoji",
        "[0x1F, 0o17, +1, 1e3, -2.5E-3, .5, 5., 0b11]",
        "[012, -07, 00, 1_000, 1.2.3, 0x, 1e, 12:30]",
        "[.inf, -.INF, .nan, 1e999, 00.5, 0x-1, 01e3, 0.10]",
    ];
    let agreed = cases.iter().filter(|case| agree(case)).count();
    // Escapes in pairs are JSON's, and the other library does not take them.
    assert!(agreed >= cases.len() - 1, "{agreed} of {}", cases.len());
}

#[test]
fn every_example_is_read_alike() {
    let library = support::library_of_examples();
    for path in support::files_ending("examples/evaluations", ".yaml") {
        let text = support::read(&path);
        let rubric = library.rubric_for("e.yaml", &text).unwrap();
        let ours = serde_json::to_value(Evaluation::parse("e.yaml", &text, &rubric).unwrap()).unwrap();
        let theirs: Value = serde_yaml::from_str(&text).unwrap();
        for (key, theirs) in theirs.as_object().unwrap() {
            match key.as_str() {
                // Written in their shortest form, and not where they are the default.
                "ratings" => {
                    for (id, theirs) in theirs.as_object().unwrap() {
                        assert!(same(&ours["ratings"][id], theirs), "{}: {id}", path.display());
                    }
                }
                "type" | "status" | "format" if ours.get(key).is_none() => {
                    assert!(["formal", "draft", "1"].contains(&theirs.as_str().unwrap_or("1")));
                }
                _ => assert!(same(&ours[key], theirs), "{}: {key}\n{}\n{theirs}", path.display(), ours[key]),
            }
        }
    }
}

/// Whether a word within brackets begins with a `?`, which the other library takes for the mark of a key.
fn begins_within_brackets(yaml: &str) -> bool {
    let words = yaml.split(['[', '{', ',']).skip(1);
    words.flat_map(|part| part.split([' ', '\n'])).any(|word| word.len() > 1 && word.starts_with('?'))
}

/// YAML 1.2.2, 7.3.3: a `?` begins a plain text where a character follows that may be in one, within brackets too.
#[test]
fn a_question_mark_before_a_letter_is_text() {
    for (yaml, expected) in [("[?é]", json!(["?é"])), ("[a, ?b c]", json!(["a", "?b c"])), ("?x", json!("?x"))] {
        assert_eq!(ours(yaml), Some(expected), "{yaml}");
    }
    assert!(begins_within_brackets("[?é]") && begins_within_brackets("{ a: ?b }"));
    assert!(!begins_within_brackets("[ ? a]") && !begins_within_brackets("?x [a]"));
}

#[test]
fn whatever_both_accept_both_read_alike() {
    const CASES: u32 = 1024;
    let agreed = Cell::new(0);
    let config = Config { cases: CASES, failure_persistence: None, ..Config::default() };
    let texts = "([a-z0-9 .:,#'\"\\[\\]{}|>~&*!?\\\\-]|\n    |é|😀){1,40}";
    let result = TestRunner::new(config).run(&texts, |yaml| {
        // YAML 1.2 lets a name hold anything but spaces and brackets; the other library, letters and digits only.
        let is_odd = |name: &str| {
            name.split([' ', '\n', ',', '[', ']', '{', '}'])
                .next()
                .is_some_and(|name| name.contains(|c: char| !c.is_ascii_alphanumeric() && c != '-'))
        };
        if yaml.split(['&', '*']).skip(1).any(is_odd) || yaml.contains('?') && begins_within_brackets(&yaml) {
            return Ok(());
        }
        agreed.set(agreed.get() + u32::from(agree(&yaml)));
        Ok(())
    });
    result.unwrap_or_else(|failure| panic!("{failure}"));
    // Where one of them refuses the text, about half of them, there is nothing to compare.
    assert!(agreed.get() > CASES / 4, "{} of {CASES} were compared", agreed.get());
}
