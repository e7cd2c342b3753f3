//! Values of any kind: a host's own data, and values that are checked later.

use serde::{Serialize, Serializer};

use crate::exact::Exact;

use super::scalar::ScalarKind;
use super::tree::{Node, NodeKind};
use super::{inline_schema, number};

/// The name within the library, where a value of JSON is another type.
pub(crate) use self::Value as Any;

/// A value of any kind: data of a host's own under `extra`, or what it gives to a [`Change`](crate::Change). Numbers keep their digits, and
/// keys their order.
///
/// ```
/// use appraise::Value;
///
/// let value: Value = serde_json::from_str(r#"{ "ticket": 12, "hours": 7.50 }"#)?;
/// assert_eq!(value.get("hours"), Some(&Value::Number("7.50".to_owned())));
/// assert_eq!(serde_json::to_string(&value)?, r#"{"ticket":12,"hours":7.50}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// No value.
    Null,
    /// A truth value.
    Bool(bool),
    /// A number, by its own digits, so that it stays exact. Digits that JSON does not have, such as `0x1F`, are written as text.
    Number(String),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Self>),
    /// Keys and values, in their order; a document that is faulty may have a key twice.
    Map(Vec<(String, Self)>),
}

impl Value {
    /// The same mapping with one more entry, in place of one of that name.
    pub(crate) fn with(mut self, key: &str, value: Self) -> Self {
        if let Self::Map(entries) = &mut self {
            entries.retain(|(known, _)| known != key);
            entries.push((key.to_owned(), value));
        }
        self
    }

    /// The value under a key of a mapping; of several, the first.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Self> {
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
