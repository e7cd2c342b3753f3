//! The schema of an evaluation in which each key has one type.

use serde_json::{Value, json};

/// Makes of the schema of an evaluation that of [`Evaluation::to_json_normalized`](crate::Evaluation::to_json_normalized).
pub(super) fn normalized(evaluation: &str) -> String {
    let mut schema: Value = serde_json::from_str(evaluation).unwrap_or_default();
    one_type(&mut schema);
    let rating = json!({ "$ref": "#/definitions/Rating" });
    let text = json!({ "type": "string" });
    for (place, values) in [
        ("/properties/ratings", rating.clone()),
        ("/definitions/Observation/properties/ratings", rating),
        ("/properties/inputs", text.clone()),
        ("/properties/service_data", text.clone()),
        ("/properties/narratives", json!({ "type": "object", "additionalProperties": text })),
        (
            "/properties/entered",
            json!({ "type": "object", "additionalProperties": { "$ref": "#/definitions/Entered" } }),
        ),
    ] {
        set(&mut schema, place, "additionalProperties", values);
    }
    set(&mut schema, "/definitions/Rating", "required", json!(["evidence"]));
    for level in ["/definitions/Rating/properties", "/definitions/Orphan/properties"] {
        set(
            &mut schema,
            level,
            "level",
            json!({ "type": "string", "description": "The level by its id, or the number in digits." }),
        );
    }
    set(&mut schema, "", "title", json!("Normalized evaluation"));
    format!("{}\n", serde_json::to_string_pretty(&schema).unwrap_or_default())
}

fn set(schema: &mut Value, place: &str, key: &str, to: Value) {
    if let Some(object) = schema.pointer_mut(place).and_then(Value::as_object_mut) {
        object.insert(key.to_owned(), to);
    }
}

/// Takes `null` out of every choice of types: a key without a value is not written.
fn one_type(schema: &mut Value) {
    match schema {
        Value::Object(object) => {
            object.values_mut().for_each(one_type);
            if let Some(Value::Array(types)) = object.get_mut("type") {
                types.retain(|one| one != "null");
                if let [one] = types.as_slice() {
                    let one = one.clone();
                    object.insert("type".to_owned(), one);
                }
            }
            if let Some(Value::Array(choices)) = object.get_mut("anyOf") {
                choices.retain(|one| one.get("type") != Some(&json!("null")));
                if let [Value::Object(only)] = choices.as_slice() {
                    let only = only.clone();
                    object.remove("anyOf");
                    // A reference stands alone: in draft-07 what is beside it says nothing.
                    if only.contains_key("$ref") {
                        object.clear();
                    }
                    for (key, value) in only {
                        object.entry(key).or_insert(value);
                    }
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(one_type),
        _ => {}
    }
}
