//! A second implementation of the seal, written from the guide of evaluations alone.

use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

/// `sha256:` and 64 digits over the canonical form.
pub(crate) fn fingerprint(value: &Value) -> String {
    let digest = Sha256::digest(serde_json::to_string(&canonical(value)).unwrap());
    format!("sha256:{}", digest.iter().map(|byte| format!("{byte:02x}")).collect::<String>())
}

/// Numbers are texts, and entries with null or an empty mapping are left out; `serde_json` writes keys sorted.
fn canonical(value: &Value) -> Value {
    let says_nothing = |value: &Value| value.is_null() || value.as_object().is_some_and(Map::is_empty);
    match value {
        Value::Number(number) => Value::String(number.to_string()),
        Value::Array(items) => items.iter().map(canonical).collect(),
        Value::Object(entries) => {
            let mut kept: Vec<_> = entries.iter().map(|(key, value)| (key.clone(), canonical(value))).collect();
            kept.retain(|(_, value)| !says_nothing(value));
            kept.sort_by(|one, other| one.0.cmp(&other.0));
            Value::Object(kept.into_iter().collect())
        }
        other => other.clone(),
    }
}

/// The fingerprint that the seal of a document without amendments has.
pub(crate) fn sealed(document: &Value) -> String {
    let mut covered = document.clone();
    for list in ["responses", "record"] {
        let under = document["seal"][list].as_u64().unwrap_or(0) as usize;
        if let Some(items) = covered[list].as_array_mut() {
            items.truncate(under);
        }
        if under == 0 {
            covered.as_object_mut().unwrap().remove(list);
        }
    }
    covered.as_object_mut().unwrap().remove("amendments");
    covered["seal"].as_object_mut().unwrap().remove("evaluation");
    fingerprint(&covered)
}

/// The document as it was sealed: the amendments undone, last to first.
pub(crate) fn original(document: &Value) -> Value {
    let mut document = document.clone();
    let amendments = document.as_object_mut().unwrap().remove("amendments").unwrap_or(json!([]));
    for amendment in amendments.as_array().unwrap().iter().rev() {
        put(&mut document, amendment["at"].as_str().unwrap(), amendment.get("is"), amendment.get("was"));
    }
    document
}

fn put(document: &mut Value, at: &str, is: Option<&Value>, was: Option<&Value>) {
    let at = at.replace('[', ".[");
    let (above, last) = at.rsplit_once('.').map_or(("", at.as_str()), |(above, last)| (above, last));
    let index = |part: &str| part.trim_matches(['[', ']']).parse::<usize>().unwrap();
    let holder = above
        .split('.')
        .filter(|part| !part.is_empty())
        .fold(document, |value, part| if part.starts_with('[') { &mut value[index(part)] } else { &mut value[part] });
    match (last.starts_with('['), was) {
        (true, Some(was)) if is.is_none() => holder.as_array_mut().unwrap().insert(index(last), was.clone()),
        (true, Some(was)) => holder[index(last)] = was.clone(),
        (true, None) => _ = holder.as_array_mut().unwrap().remove(index(last)),
        (false, Some(was)) => holder[last] = was.clone(),
        (false, None) => _ = holder.as_object_mut().unwrap().remove(last),
    }
}

/// Makes the chain of a document anew, whatever its amendments say.
pub(crate) fn rechained(document: &mut Value) {
    let mut previous = document["seal"]["evaluation"].clone();
    for amendment in document["amendments"].as_array_mut().unwrap() {
        amendment["previous"] = previous;
        amendment.as_object_mut().unwrap().remove("fingerprint");
        previous = fingerprint(amendment).into();
        amendment["fingerprint"] = previous.clone();
    }
}
