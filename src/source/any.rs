//! Any value at all: what a host carries along, and what is checked later.

use std::collections::HashSet;
use std::fmt;

use serde::de::{
    self, Deserialize, DeserializeSeed, Deserializer, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor,
};
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

use crate::exact::Exact;

use super::{MAX_DEPTH, number};

pub(super) const ANY: &str = "$any";
pub(super) const NULL: &str = "null";
pub(super) const BOOL: &str = "bool";
pub(super) const NUMBER: &str = "number";
pub(super) const TEXT: &str = "text";

/// A value of any shape, in the order it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Any {
    Null,
    Bool(bool),
    /// The number's own text, so that it stays exact.
    Number(String),
    Text(String),
    List(Vec<Any>),
    Map(Vec<(String, Any)>),
}

impl Any {
    /// A document as values, each number as it is written.
    pub(crate) fn of(value: &impl Serialize) -> Self {
        // It has text for keys, which JSON can always hold.
        Self::of_json(&serde_json::to_string(value).unwrap_or_default())
    }

    /// The same mapping with one more entry, in place of one of that name.
    pub(crate) fn with(mut self, key: &str, value: Self) -> Self {
        if let Self::Map(entries) = &mut self {
            entries.retain(|(known, _)| known != key);
            entries.push((key.to_owned(), value));
        }
        self
    }

    /// The value under a key of a mapping.
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        let Self::Map(entries) = self else { return None };
        entries.iter().find(|(known, _)| known == key).map(|(_, value)| value)
    }

    /// Sound JSON, without a limit of depth.
    pub(super) fn of_json(json: &str) -> Self {
        Seed { depth: 0, deepest: usize::MAX }.json(json).unwrap_or(Self::Null)
    }

    /// What it is, in a user's words.
    pub(crate) fn describe(&self) -> String {
        match self {
            Self::Null => "nothing".to_owned(),
            Self::Bool(value) => format!("the truth value `{value}`"),
            Self::Number(text) if text.len() <= 20 => format!("the number `{text}`"),
            Self::Number(_) => "a long number".to_owned(),
            Self::Text(_) => "text".to_owned(),
            Self::List(_) => "a list".to_owned(),
            Self::Map(_) => "a mapping".to_owned(),
        }
    }
}

impl<'de> Deserialize<'de> for Any {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // A document's root is one deep, so what hangs from it begins at two.
        Seed { depth: 2, deepest: MAX_DEPTH }.deserialize(deserializer)
    }
}

/// Reads at a depth, so that both ways of reading stop at the same nesting.
#[derive(Clone, Copy)]
struct Seed {
    depth: usize,
    deepest: usize,
}

impl Seed {
    fn deeper<E: de::Error>(self) -> Result<Self, E> {
        if self.depth > self.deepest { Err(E::custom("too deep")) } else { Ok(Self { depth: self.depth + 1, ..self }) }
    }

    /// Reads JSON by its own text: every number stays as it is written, whatever features a host turns on in `serde_json`.
    fn json(self, json: &str) -> Result<Any, serde_json::Error> {
        match json.as_bytes().first() {
            Some(b'{') => {
                let deeper = self.deeper()?;
                let Raw(entries) = serde_json::from_str(json)?;
                let mut names = HashSet::with_capacity(entries.len());
                if entries.iter().any(|(name, _)| !names.insert(name.as_str())) {
                    return Err(de::Error::custom("a key stands twice"));
                }
                let read = |(key, value): (String, Box<RawValue>)| Ok((key, deeper.json(value.get())?));
                Ok(Any::Map(entries.into_iter().map(read).collect::<Result<_, serde_json::Error>>()?))
            }
            Some(b'[') => {
                let deeper = self.deeper()?;
                let items: Vec<Box<RawValue>> = serde_json::from_str(json)?;
                let items = items.iter().map(|item| deeper.json(item.get()));
                Ok(Any::List(items.collect::<Result<_, _>>()?))
            }
            Some(b'"') => serde_json::from_str(json).map(Any::Text),
            Some(b't' | b'f') => Ok(Any::Bool(json == "true")),
            Some(b'-' | b'0'..=b'9') => Ok(Any::Number(json.to_owned())),
            _ => Ok(Any::Null),
        }
    }
}

impl<'de> DeserializeSeed<'de> for Seed {
    type Value = Any;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Any, D::Error> {
        deserializer.deserialize_newtype_struct(ANY, self)
    }
}

impl<'de> Visitor<'de> for Seed {
    type Value = Any;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Any, D::Error> {
        let raw = Box::<RawValue>::deserialize(deserializer)?;
        self.json(raw.get()).map_err(de::Error::custom)
    }

    fn visit_enum<A: EnumAccess<'de>>(self, access: A) -> Result<Any, A::Error> {
        let (kind, variant): (String, _) = access.variant()?;
        let text: String = variant.newtype_variant()?;
        Ok(match kind.as_str() {
            NULL => Any::Null,
            BOOL => Any::Bool(text.eq_ignore_ascii_case("true")),
            NUMBER => Any::Number(text),
            _ => Any::Text(text),
        })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Any, A::Error> {
        let deeper = self.deeper()?;
        let mut items = Vec::new();
        while let Some(item) = list.next_element_seed(deeper)? {
            items.push(item);
        }
        Ok(Any::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Any, A::Error> {
        let deeper = self.deeper()?;
        let mut entries: Vec<(String, Any)> = Vec::new();
        while let Some(key) = map.next_key::<super::Word>()? {
            let value = map.next_value_seed(deeper)?;
            entries.push((key.0, value));
        }
        // The tree's reader has reported and dropped those already; JSON is read again through it, which has the places.
        let mut names = HashSet::with_capacity(entries.len());
        if entries.iter().any(|(name, _)| !names.insert(name.as_str())) {
            return Err(de::Error::custom("a key stands twice"));
        }
        Ok(Any::Map(entries))
    }
}

/// The entries of a JSON object in their order, each value as it is written.
#[derive(Default)]
struct Raw(Vec<(String, Box<RawValue>)>);

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries;
        impl<'de> Visitor<'de> for Entries {
            type Value = Raw;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a mapping")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Raw, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Raw(entries))
            }
        }
        deserializer.deserialize_map(Entries)
    }
}

/// A value of the host's: every number is written as the number that it is, where formats carry it.
impl Serialize for Any {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Written { value: self, in_plain_digits: false }.serialize(serializer)
    }
}

/// Writes a value that is read again as a number in plain digits: service data, an input.
pub(crate) fn in_plain_digits<S: Serializer>(value: &Any, serializer: S) -> Result<S::Ok, S::Error> {
    Written { value, in_plain_digits: true }.serialize(serializer)
}

/// The same, where there is a value.
pub(crate) fn optional_in_plain_digits<S: Serializer>(value: &Option<Any>, serializer: S) -> Result<S::Ok, S::Error> {
    value.as_ref().map(|value| Written { value, in_plain_digits: true }).serialize(serializer)
}

struct Written<'a> {
    value: &'a Any,
    in_plain_digits: bool,
}

impl Serialize for Written<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let written = |value| Written { value, in_plain_digits: self.in_plain_digits };
        match self.value {
            Any::Null => serializer.serialize_unit(),
            Any::Bool(value) => serializer.serialize_bool(*value),
            Any::Number(text) if !self.in_plain_digits => number::serialize(text, serializer),
            Any::Number(text) => match Exact::parse(text) {
                Some(number) => number.serialize_number(serializer),
                None => serializer.serialize_str(text),
            },
            Any::Text(text) => serializer.serialize_str(text),
            Any::List(items) => serializer.collect_seq(items.iter().map(written)),
            Any::Map(entries) => serializer.collect_map(entries.iter().map(|(key, value)| (key, written(value)))),
        }
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Any {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Any".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        true.into()
    }
}
