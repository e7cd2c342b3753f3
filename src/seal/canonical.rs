//! The canonical form of data, and its fingerprint.

use serde_json::{Map, Value};

use crate::fingerprint;
use crate::source::{Any, in_full};

/// `sha256:` and 64 hex digits over the canonical form of a value: the same for YAML and JSON, whatever the order of the keys,
/// the white space, and the spelling of numbers and characters.
pub(crate) fn fingerprint(value: &Any) -> String {
    fingerprint::of_value(&canonical(value))
}

/// Whether two values have the same canonical form; an absent one is as `null`.
pub(crate) fn same(one: Option<&Any>, other: Option<&Any>) -> bool {
    let form = |value: Option<&Any>| value.map(canonical).filter(|value| !says_nothing(value));
    form(one) == form(other)
}

/// Numbers become texts in plain digits, and entries that say nothing are left out.
fn canonical(value: &Any) -> Value {
    match value {
        Any::Null => Value::Null,
        Any::Bool(value) => Value::Bool(*value),
        Any::Number(text) => Value::String(in_full(text).unwrap_or_else(|| text.clone())),
        Any::Text(text) => Value::String(text.clone()),
        Any::List(items) => Value::Array(items.iter().map(canonical).collect()),
        Any::Map(entries) => {
            let entries = entries.iter().map(|(key, value)| (key.clone(), canonical(value)));
            Value::Object(entries.filter(|(_, value)| !says_nothing(value)).collect::<Map<_, _>>())
        }
    }
}

/// Whether an entry with the value is as good as none: it is `null`, or a mapping without entries.
fn says_nothing(value: &Value) -> bool {
    value.is_null() || value.as_object().is_some_and(Map::is_empty)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(json: &str) -> String {
        let value: Box<serde_json::value::RawValue> = serde_json::from_str(json).unwrap();
        fingerprint(&Any::of(&value))
    }

    #[test]
    fn spelling_does_not_matter_and_every_value_does() {
        let one = of(r#"{"a": [1.50, true, "é"], "b": {"c": "x", "d": null, "e": {"f": null}}}"#);
        for same in [
            r#"{"b":{"c":"x"},"a":[1.5,true,"\u00e9"]}"#,
            r#"{"a":[15e-1,true,"\u00E9"],"b":{"e":{},"c":"x"},"g":null}"#,
        ] {
            assert_eq!(of(same), one, "{same}");
        }
        for other in [
            r#"{"a":[1.5,true,"e"],"b":{"c":"x"}}"#,
            r#"{"a":[true,1.5,"é"],"b":{"c":"x"}}"#,
            r#"{"a":[1.5,true,"é",null],"b":{"c":"x"}}"#,
            r#"{"a":[1.5,true,"é"],"b":{"c":"x"},"d":[]}"#,
            r#"{"a":[1.5,false,"é"],"b":{"c":"x"}}"#,
            r#"{"a":[1.51,true,"é"],"b":{"c":"x"}}"#,
        ] {
            assert_ne!(of(other), one, "{other}");
        }
    }

    /// A seal of today is verified in ten years: the digits are those of `sha256sum` over `{"on":"2026-06-12","was":"1.5"}`.
    #[test]
    fn the_form_is_stable() {
        let digits = "bb20f494a70ab4bed54c6b6c6ac3fe71128a4acb810c269e72da044ecb70d6e1";
        assert_eq!(of(r#"{"was": 1.50, "is": null, "on": "2026-06-12"}"#), format!("sha256:{digits}"));
    }
}
