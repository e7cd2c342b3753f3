//! Fingerprints: what a document says, in 64 hex digits.

use std::fmt::Write as _;

use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};

/// `sha256:` and 64 hex digits over the document in canonical JSON: keys sorted, null keys omitted, numbers as text in
/// lowest decimal form.
pub(crate) fn of(document: &impl Serialize) -> String {
    // A document is plain data with text for keys, which JSON can always hold.
    let value = serde_json::to_value(document);
    debug_assert!(value.is_ok(), "a fingerprint of nothing would never change: {value:?}");
    let value = value.unwrap_or_default();
    let mut canonical = String::new();
    write(&value, &mut canonical);
    let mut fingerprint = String::from("sha256:");
    for byte in Sha256::digest(canonical.as_bytes()) {
        let _ = write!(fingerprint, "{byte:02x}");
    }
    fingerprint
}

/// Whether `text` is a fingerprint.
pub(crate) fn is_fingerprint(text: &str) -> bool {
    text.strip_prefix("sha256:")
        .is_some_and(|hex| hex.len() == 64 && hex.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')))
}

fn write(value: &Value, out: &mut String) {
    match value {
        Value::Object(entries) => {
            // Sorted here, for a host may have switched on serde_json's `preserve_order`.
            let mut entries: Vec<_> = entries.iter().filter(|(_, value)| !value.is_null()).collect();
            entries.sort_unstable_by_key(|(key, _)| key.as_str());
            out.push('{');
            for (index, (key, value)) in entries.into_iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write_text(key, out);
                out.push(':');
                write(value, out);
            }
            out.push('}');
        }
        Value::Array(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write(item, out);
            }
            out.push(']');
        }
        Value::Number(number) => write_text(&number.to_string(), out),
        Value::String(text) => write_text(text, out),
        Value::Bool(_) | Value::Null => {
            let _ = write!(out, "{value}");
        }
    }
}

fn write_text(text: &str, out: &mut String) {
    let _ = write!(out, "{}", Value::from(text));
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn key_order_and_null_do_not_matter_and_a_word_does() {
        let one = of(&json!({ "a": "x", "b": [1, true], "c": null }));
        assert_eq!(one, of(&json!({ "b": [1, true], "a": "x" })));
        assert_ne!(one, of(&json!({ "b": [1, true], "a": "y" })));
        assert!(is_fingerprint(&one));
    }

    /// So that a fingerprint printed today can be compared in ten years.
    #[test]
    fn the_form_is_stable() {
        let mut out = String::new();
        write(&json!({ "b": [1, 2.5, true, "é\n\""], "a": {} }), &mut out);
        assert_eq!(out, r#"{"a":{},"b":["1","2.5",true,"é\n\""]}"#);
    }
}
