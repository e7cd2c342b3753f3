//! The clean documents that are said to have every key have every key of the schemas.

#![cfg(feature = "schema")]
#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use std::collections::BTreeSet;

use appraise::schema;
use serde_json::Value;

/// A key of a definition.
type Key = (String, String);

/// Finds the keys that documents use, by the schema that describes them.
struct Walk<'s> {
    schema: &'s Value,
    used: BTreeSet<Key>,
}

impl<'s> Walk<'s> {
    /// The definition that a schema refers to, with its name; else the schema itself under the name of the one around it.
    fn resolved(&self, schema: &'s Value, name: &str) -> (&'s Value, String) {
        match schema["$ref"].as_str().and_then(|path| path.strip_prefix("#/definitions/")) {
            Some(name) => self.resolved(&self.schema["definitions"][name], name),
            None => (schema, name.to_owned()),
        }
    }

    /// Whether a value can be what a schema describes: of its type, and with keys that it knows.
    fn fits(&self, schema: &'s Value, value: &Value) -> bool {
        let (schema, _) = self.resolved(schema, "");
        if let Some(branches) = ["anyOf", "oneOf"].iter().find_map(|key| schema[*key].as_array()) {
            return branches.iter().any(|branch| self.fits(branch, value));
        }
        if let Some(parts) = schema["allOf"].as_array() {
            return parts.iter().all(|part| self.fits(part, value));
        }
        let kind = match value {
            Value::Object(_) => "object",
            Value::Array(_) => "array",
            _ => return schema["properties"].is_null() && schema["items"].is_null(),
        };
        let types = &schema["type"];
        let is_of_kind = types == kind || types.as_array().is_some_and(|types| types.contains(&kind.into()));
        let Some(properties) = schema["properties"].as_object().filter(|_| kind == "object") else { return is_of_kind };
        let entries = value.as_object().unwrap();
        let required = schema["required"].as_array().into_iter().flatten();
        let is_whole = required.map(|key| key.as_str().unwrap()).all(|key| entries.contains_key(key));
        is_of_kind && is_whole && entries.keys().all(|key| properties.contains_key(key))
    }

    fn note(&mut self, schema: &'s Value, name: &str, value: &Value) {
        let (schema, name) = self.resolved(schema, name);
        for branch in ["anyOf", "oneOf", "allOf"].iter().filter_map(|key| schema[*key].as_array()).flatten() {
            if self.fits(branch, value) {
                self.note(branch, &name, value);
            }
        }
        match value {
            Value::Object(entries) => {
                for (key, value) in entries {
                    if let Some(property) = schema["properties"].get(key) {
                        self.used.insert((name.clone(), key.clone()));
                        self.note(property, &name, value);
                    } else if schema["additionalProperties"].is_object() {
                        self.note(&schema["additionalProperties"], &name, value);
                    }
                }
            }
            Value::Array(items) if schema["items"].is_object() => {
                items.iter().for_each(|item| self.note(&schema["items"], &name, item));
            }
            _ => {}
        }
    }

    /// The keys of the schema that no document uses.
    fn unused(&self) -> Vec<Key> {
        let top = std::iter::once(("", self.schema));
        let definitions = self.schema["definitions"].as_object().unwrap();
        let all = top.chain(definitions.iter().map(|(name, schema)| (name.as_str(), schema)));
        let keys = all.flat_map(|(name, schema)| {
            let properties = schema["properties"].as_object().into_iter().flatten();
            properties.map(move |(key, _)| (name.to_owned(), key.clone()))
        });
        keys.filter(|key| !self.used.contains(key)).collect()
    }
}

/// The keys of a schema that none of some documents uses.
fn unused(schema: &str, documents: &[Value]) -> Vec<Key> {
    let schema: Value = serde_json::from_str(schema).unwrap();
    let mut walk = Walk { schema: &schema, used: BTreeSet::new() };
    documents.iter().for_each(|document| walk.note(&schema, "", document));
    walk.unused()
}

fn read(path: impl AsRef<std::path::Path>) -> Value {
    serde_yaml::from_str(&support::read(path)).unwrap()
}

/// The documents of a folder that are said to have every key.
fn documents(folder: &str) -> Vec<Value> {
    let is_whole = |path: &std::path::PathBuf| path.to_str().unwrap().contains("--every-optional-key");
    let found: Vec<Value> =
        support::files_ending(folder, ".ok.yaml").iter().filter(|path| is_whole(path)).map(read).collect();
    assert!(!found.is_empty(), "{folder}");
    found
}

const NONE: [Key; 0] = [];

#[test]
fn the_documents_that_have_every_key_of_a_rubric_do() {
    assert_eq!(unused(&schema::rubric(), &documents("tests/documents/rubric")), NONE);
}

#[test]
fn the_policies_that_have_every_key_do() {
    let rubrics = documents("tests/documents/rubric");
    let policies = rubrics.iter().flat_map(|rubric| match &rubric["scoring"] {
        Value::Array(several) => several.clone(),
        one => vec![one.clone()],
    });
    assert_eq!(unused(&schema::policy(), &policies.collect::<Vec<_>>()), NONE);
}

#[test]
fn the_overlays_that_have_every_key_do() {
    // The keys of whole sections are those of a rubric, which the first test demands.
    let own = ["", "Add", "Change", "Move"];
    let unused = unused(&schema::overlay(), &documents("tests/documents/overlay"));
    let unused: Vec<Key> = unused.into_iter().filter(|(name, _)| own.contains(&name.as_str())).collect();
    assert_eq!(unused, NONE);
}

#[test]
fn the_clean_evaluations_have_every_key_together() {
    // A key may be at home in one kind of rubric only, and the keys of seals, amendments and orphans are written by the program.
    let paths = support::files_ending("tests/documents/evaluation", ".ok.yaml");
    let mut evaluations: Vec<Value> = paths.iter().map(read).collect();
    evaluations.push(read(support::project("tests/archive/sealed/amended.yaml")));
    assert_eq!(unused(&schema::evaluation(), &evaluations), NONE);
}

#[test]
fn a_key_that_no_document_uses_is_told() {
    let rubric =
        serde_json::json!({ "id": "r", "version": "1.0.0", "title": "R", "domains": [{ "id": "d", "title": "D" }] });
    let unused = unused(&schema::rubric(), &[rubric]);
    for (name, key) in [("", "scales"), ("Domain", "rated"), ("NumberScale", "unit"), ("Step", "convert")] {
        assert!(unused.contains(&(name.to_owned(), key.to_owned())), "{name} {key}: {unused:?}");
    }
    assert!(!unused.contains(&(String::new(), "domains".to_owned())));
    assert!(!unused.contains(&("Domain".to_owned(), "title".to_owned())), "{unused:?}");
}
