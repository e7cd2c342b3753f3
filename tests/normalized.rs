//! Evaluations in which each key has one type, and their schema.

#![cfg(feature = "schema")]
#![allow(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

mod support;

use std::collections::{BTreeMap, BTreeSet};

use appraise::{Checked, schema};
use serde_json::Value;

/// The types that values have at each place, ids and numbers of items aside.
fn types(value: &Value, path: &str, found: &mut BTreeMap<String, BTreeSet<&'static str>>) {
    /// The mappings whose keys are ids.
    const BY_ID: [&str; 9] = [
        ".ratings", ".observations[].ratings", ".inputs", ".service_data", ".narratives", ".narratives.*", ".entered",
        ".entered.*", ".not_assigned",
    ];
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "truth value",
        Value::Number(_) => "number",
        Value::String(_) => "text",
        Value::Array(items) => {
            items.iter().for_each(|item| types(item, &format!("{path}[]"), found));
            "list"
        }
        Value::Object(entries) => {
            for (key, value) in entries {
                let key = if BY_ID.contains(&path) { "*" } else { key };
                types(value, &format!("{path}.{key}"), found);
            }
            "group"
        }
    };
    found.entry(path.to_owned()).or_default().insert(kind);
}

#[test]
fn each_key_of_every_evaluation_has_one_type_and_the_schema_says_so() {
    let schema: Value = serde_json::from_str(&schema::normalized()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let mut found = BTreeMap::new();
    let mut count = 0;
    for library in [support::library(), support::library_of_examples()] {
        for folder in ["tests/documents/evaluation", "examples/evaluations", "tests/scored"] {
            for path in support::files(folder) {
                let name = path.display().to_string();
                let Ok(text) = std::fs::read_to_string(&path) else { continue };
                let Checked { value: Some(evaluation), .. } = library.check(&name, &text) else { continue };
                let json: Value = serde_json::from_str(&evaluation.to_json_normalized()).unwrap();
                let faults: Vec<String> = validator.iter_errors(&json).map(|error| error.to_string()).collect();
                assert!(faults.is_empty(), "{name}: {faults:?}");
                types(&json, "", &mut found);
                count += 1;
                // Every key of the document is there.
                let whole = serde_json::to_value(&evaluation).unwrap();
                let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
                assert_eq!(keys(&json), keys(&whole), "{name}");
                assert_eq!(keys(&json["ratings"]), keys(&whole["ratings"]), "{name}");
            }
        }
    }
    assert!(count > 100, "{count}");
    let is_of_any_type = |path: &str| path.starts_with(".extra") || path.starts_with(".orphaned[].value");
    let several: Vec<_> = found.iter().filter(|(path, kinds)| kinds.len() > 1 && !is_of_any_type(path)).collect();
    assert!(several.is_empty(), "{several:?}");
    assert!(found.contains_key(".ratings.*.level") && found.contains_key(".narratives.*.*"), "{found:?}");
}
