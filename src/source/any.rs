//! Values of any kind: a host's own data, and values that are checked later.

use serde::{Serialize, Serializer};

use crate::exact::Exact;

use super::scalar::ScalarKind;
use super::tree::{Node, NodeKind};
use super::{inline_schema, json, number};

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
        // Every key is text, so serialization cannot fail.
        let json = serde_json::to_string(value).unwrap_or_default();
        json::parse_own(&json).map_or(Self::Null, |tree| Self::of_node(&tree))
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

    pub(crate) fn of_node(node: &Node<'_>) -> Self {
        match &node.kind {
            NodeKind::Scalar { text, .. } => Self::of_scalar(node.scalar_kind(), text),
            NodeKind::List(items) => Self::List(items.iter().map(Self::of_node).collect()),
            NodeKind::Map(entries) => {
                let entry = |(key, value): &(Node<'_>, Node<'_>)| Some((key.text()?.to_owned(), Self::of_node(value)));
                Self::Map(entries.iter().filter_map(entry).collect())
            }
        }
    }

    /// A scalar, by what YAML makes of it.
    pub(super) fn of_scalar(kind: Option<ScalarKind>, text: &str) -> Self {
        match kind {
            Some(ScalarKind::Null) => Self::Null,
            Some(ScalarKind::Bool) => Self::Bool(text.eq_ignore_ascii_case("true")),
            Some(ScalarKind::Number) => Self::Number(text.to_owned()),
            _ => Self::Text(text.to_owned()),
        }
    }

    /// The kind of value, in a user's words.
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

/// A value of the host's: every number is written as the number that it is, where formats carry it.
impl Serialize for Any {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        AnyWriter { value: self, in_plain_digits: false }.serialize(serializer)
    }
}

/// Writes a value that is read again as a number in plain digits: service data, an input.
pub(crate) fn in_plain_digits<S: Serializer>(value: &Any, serializer: S) -> Result<S::Ok, S::Error> {
    AnyWriter { value, in_plain_digits: true }.serialize(serializer)
}

struct AnyWriter<'a> {
    value: &'a Any,
    in_plain_digits: bool,
}

impl Serialize for AnyWriter<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let written = |value| AnyWriter { value, in_plain_digits: self.in_plain_digits };
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

inline_schema! { Any, "Any", |_| true.into() }
