//! Reads values of any kind from what a host has, and makes them of what it serializes.

use std::fmt;

use serde::Serialize;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::any::Any;
use super::json::{self, Stop};

impl Any {
    /// The value that something serializes as; `None` where it is nothing that JSON can hold.
    ///
    /// ```
    /// use appraise::Value;
    ///
    /// let evidence = Value::of(&serde_json::json!({ "date": "2026-02-03", "note": "Eight of nine files." }));
    /// assert_eq!(evidence.get("date"), Some(&Value::from("2026-02-03")));
    /// ```
    #[must_use]
    pub fn of<T: Serialize + ?Sized>(value: &T) -> Self {
        let json = serde_json::to_string(value).unwrap_or_default();
        json::parse_own(&json).map_or(Self::Null, |tree| Self::of_node(&tree))
    }
}

impl From<&str> for Any {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Any {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<bool> for Any {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

/// The name by which `serde_json` knows that a value is asked for as the text that it is.
const RAW: &str = "$serde_json::private::RawValue";

/// Each number comes digit for digit from JSON text that `serde_json` reads; from another format as that format's reader gives
/// it.
impl<'de> Deserialize<'de> for Any {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(RAW, Read)
    }
}

struct Read;

#[allow(
    clippy::disallowed_types,
    reason = "another format's reader hands its numbers over in it; nothing computes with it"
)]
impl<'de> Visitor<'de> for Read {
    type Value = Any;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Any, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Any, A::Error> {
        let mut entries = Vec::new();
        while let Some(key) = map.next_key::<String>()? {
            if key == RAW && entries.is_empty() {
                return of_json(&map.next_value::<String>()?);
            }
            entries.push((key, map.next_value()?));
        }
        Ok(Any::Map(entries))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Any, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element()? {
            items.push(item);
        }
        Ok(Any::List(items))
    }

    fn visit_unit<E: Error>(self) -> Result<Any, E> {
        Ok(Any::Null)
    }

    fn visit_none<E: Error>(self) -> Result<Any, E> {
        Ok(Any::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Any, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Any, E> {
        Ok(Any::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Any, E> {
        Ok(Any::Number(value.to_string()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Any, E> {
        Ok(Any::Number(value.to_string()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Any, E> {
        if value.is_finite() { Ok(Any::Number(value.to_string())) } else { Err(E::custom("no number")) }
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Any, E> {
        Ok(Any::Text(value.to_owned()))
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Any, E> {
        Ok(Any::Text(value))
    }
}

/// The value of JSON text, within the limits of a document.
fn of_json<E: Error>(json: &str) -> Result<Any, E> {
    match json::parse(json) {
        Ok(tree) => Ok(Any::of_node(&tree)),
        Err(Stop::Limit(finding)) => Err(E::custom(&finding.message)),
        Err(Stop::NotJson) => Err(E::custom("no JSON")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_keeps_its_digits_on_the_way_through_json() {
        let text = r#"{"a":[1.10,1e3,123456789012345678901,null,true,"x"],"a":{}}"#;
        let value: Any = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_string(&value).unwrap(), text);
    }

    #[test]
    fn a_value_comes_from_another_format_as_its_reader_gives_it() {
        let value: serde_json::Value = serde_json::json!({ "a": [12.5, -3, null], "b": "x" });
        let read: Any = serde_json::from_value(value.clone()).unwrap();
        assert_eq!(serde_json::to_value(&read).unwrap(), value);
        let read: Any = serde_yaml::from_str("{ a: [12.5, 7], b: true }").unwrap();
        assert_eq!(serde_json::to_string(&read).unwrap(), r#"{"a":[12.5,7],"b":true}"#);
    }

    #[test]
    fn a_value_that_nests_too_deep_is_refused() {
        let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
        assert_eq!(serde_json::from_str::<Any>(&deep).unwrap_err().to_string(), "nested more than 64 deep");
    }
}
