//! A text that tells one document from another.

use crate::source::{Value, in_full};

/// The text of a value: the same whatever the order of its keys and the spelling of its numbers, and another for whatever else
/// differs.
pub(super) fn canonical(value: &Value) -> String {
    let mut text = String::new();
    write(value, &mut text);
    text
}

fn write(value: &Value, out: &mut String) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(true) => out.push_str("true"),
        Value::Bool(false) => out.push_str("false"),
        Value::Number(digits) => out.push_str(in_full(digits).as_deref().unwrap_or(digits)),
        Value::Text(text) => quoted(text, out),
        Value::List(items) => {
            out.push('[');
            for item in items {
                write(item, out);
                out.push(',');
            }
            out.push(']');
        }
        Value::Map(entries) => {
            let mut entries: Vec<&(String, Value)> = entries.iter().collect();
            entries.sort_by_key(|(key, _)| key);
            out.push('{');
            for (key, value) in entries {
                quoted(key, out);
                out.push(':');
                write(value, out);
                out.push(',');
            }
            out.push('}');
        }
    }
}

/// A text between quotes, in which no quote stands for itself.
fn quoted(text: &str, out: &mut String) {
    out.push('"');
    for part in text.split_inclusive(['"', '\\']) {
        match part.strip_suffix(['"', '\\']) {
            Some(before) => {
                out.push_str(before);
                out.push('\\');
                out.push_str(part.get(before.len()..).unwrap_or_default());
            }
            None => out.push_str(part),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelling_does_not_matter_and_everything_else_does() {
        let of = |json: &str| canonical(&serde_json::from_str(json).unwrap());
        let one = of(r#"{"a":[1.50,true],"b":"x","c":null}"#);
        assert_eq!(one, of(r#"{"c":null,"b":"\u0078","a":[15e-1,true]}"#));
        for other in [
            r#"{"a":["1.5",true],"b":"x","c":null}"#,
            r#"{"a":[1.5,true],"b":"x"}"#,
            r#"{"a":[1.5,true],"b":"x","c":{}}"#,
            r#"{"a":[1.5,true],"b":"x","c":null,"c":1}"#,
            r#"{"a":[true,1.5],"b":"x","c":null}"#,
            r#"{"a":[1.5,true],"b":"x\",\"c\":null","d":1}"#,
        ] {
            assert_ne!(one, of(other), "{other}");
        }
        assert_ne!(of(r#"["a\\",","]"#), of(r#"["a\",\\,"]"#));
    }
}
