//! Fingerprints: SHA-256 over a document's content, not over its layout.

use std::fmt::Write as _;

use crate::source;
use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};

/// `sha256:` and 64 hex digits over the document in canonical JSON: keys sorted, null keys omitted, numbers as text in
/// lowest decimal form.
pub(crate) fn of(document: &impl Serialize) -> String {
    of_value(&value(document))
}

/// The hashed values of a fingerprint, for callers that leave some out.
pub(crate) fn value(document: &impl Serialize) -> Value {
    // A document is plain data with text for keys, which JSON can always hold.
    let value = serde_json::to_value(document);
    debug_assert!(value.is_ok(), "a fingerprint of nothing would never change: {value:?}");
    value.unwrap_or_default()
}

/// As [`of`].
pub(crate) fn of_value(value: &Value) -> String {
    let mut canonical = Vec::new();
    write(value, &mut canonical);
    of_bytes(&[&canonical])
}

/// `sha256:` and 64 hex digits over bytes, one part after the other.
pub(crate) fn of_bytes(parts: &[&[u8]]) -> String {
    let digest = parts.iter().fold(Sha256::new(), Digest::chain_update);
    let mut fingerprint = String::from("sha256:");
    for byte in digest.finalize() {
        let _ = write!(fingerprint, "{byte:02x}");
    }
    fingerprint
}

/// Whether `text` is a fingerprint.
pub(crate) fn is_fingerprint(text: &str) -> bool {
    text.strip_prefix("sha256:")
        .is_some_and(|hex| hex.len() == 64 && hex.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')))
}

fn write(value: &Value, out: &mut Vec<u8>) {
    match value {
        Value::Object(entries) => {
            // Sorted here, for a host may have switched on serde_json's `preserve_order`.
            let mut entries: Vec<_> = entries.iter().filter(|(_, value)| !value.is_null()).collect();
            entries.sort_unstable_by_key(|(key, _)| key.as_str());
            out.push(b'{');
            for (index, (key, value)) in entries.into_iter().enumerate() {
                if index > 0 {
                    out.push(b',');
                }
                write_text(key, out);
                out.push(b':');
                write(value, out);
            }
            out.push(b'}');
        }
        Value::Array(items) => {
            out.push(b'[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(b',');
                }
                write(item, out);
            }
            out.push(b']');
        }
        // Writers differ in what they use an exponent for.
        Value::Number(number) => {
            let number = number.to_string();
            write_text(&source::in_full(&number).unwrap_or(number), out);
        }
        Value::String(text) => write_text(text, out),
        Value::Bool(true) => out.extend(b"true"),
        Value::Bool(false) => out.extend(b"false"),
        Value::Null => out.extend(b"null"),
    }
}

fn write_text(text: &str, out: &mut Vec<u8>) {
    // Text can always be written into memory.
    let _ = serde_json::to_writer(out, text);
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

    /// A fingerprint printed today can be compared in ten years.
    #[test]
    fn the_form_is_stable() {
        let mut out = Vec::new();
        write(&json!({ "b": [1, 2.5, true, false, null, "é\n\"", 1.5e-7, 1e20], "a": {} }), &mut out);
        let expected = r#"{"a":{},"b":["1","2.5",true,false,null,"é\n\"","0.00000015","100000000000000000000"]}"#;
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }
}
