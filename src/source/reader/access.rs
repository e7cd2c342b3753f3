//! The parts of a value, one after another, as serde asks for them.

use serde::de::value::{StrDeserializer, U64Deserializer};
use serde::de::{DeserializeSeed, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor};

use crate::diagnostic::Code;

use super::super::field;
use super::super::place::Span;
use super::super::tree::{Kind, Node};
use super::{Noted, Reader, Value};

/// The two parts of a field: its span, then its value.
pub(super) struct Parts<'a> {
    pub(super) reader: Reader<'a>,
    pub(super) next: u8,
}

impl<'de> SeqAccess<'de> for Parts<'_> {
    type Error = Noted;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Noted> {
        self.next += 1;
        match self.next {
            1 => seed.deserialize(U64Deserializer::<Noted>::new(field::pack(self.reader.at))).map(Some),
            _ => seed.deserialize(self.reader).map(Some),
        }
    }
}

pub(super) struct Items<'a> {
    pub(super) reader: Reader<'a>,
    pub(super) items: std::slice::Iter<'a, Node<'a>>,
}

impl<'de> SeqAccess<'de> for Items<'_> {
    type Error = Noted;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Noted> {
        let Some(node) = self.items.next() else { return Ok(None) };
        seed.deserialize(Reader { value: Value::Present(node), at: node.span, ..self.reader }).map(Some)
    }
}

/// The entries of a mapping with any keys.
pub(super) struct Keys<'a> {
    pub(super) reader: Reader<'a>,
    pub(super) entries: std::slice::Iter<'a, (Node<'a>, Node<'a>)>,
    pub(super) value: Option<&'a Node<'a>>,
}

impl<'de> MapAccess<'de> for Keys<'_> {
    type Error = Noted;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Noted> {
        let Some((key, value)) = self.entries.next() else { return Ok(None) };
        self.value = Some(value);
        seed.deserialize(Reader { value: Value::Present(key), at: key.span, ..self.reader }).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Noted> {
        let value = self.value.take().map_or(Value::Explained, Value::Present);
        let at = if let Value::Present(node) = value { node.span } else { self.reader.at };
        seed.deserialize(Reader { value, at, ..self.reader })
    }
}

/// The entries of a mapping with known keys: each once, then those that are absent.
pub(super) struct Members<'a> {
    pub(super) reader: Reader<'a>,
    entries: std::vec::IntoIter<(&'static str, Value<'a>)>,
    value: Option<Value<'a>>,
}

impl<'a> Members<'a> {
    pub(super) fn of(reader: Reader<'a>, written: &'a [(Node<'a>, Node<'a>)], known: &'static [&'static str]) -> Self {
        let findings = reader.findings();
        let mut members: Vec<(&'static str, Value<'a>)> = Vec::with_capacity(known.len());
        let mut keys: Vec<Span> = Vec::with_capacity(known.len());
        let mut explained: Vec<&str> = Vec::new();
        for (key, value) in written {
            let Kind::Scalar { text, .. } = &key.kind else {
                findings.error(
                    Code::WrongType,
                    key.span,
                    format!("a key must be text, but this is {}", key.describe()),
                    "write a key".to_owned(),
                );
                continue;
            };
            let Some(name) = known.iter().find(|name| **name == text) else {
                let free = known.iter().copied().filter(|name| !members.iter().any(|(taken, _)| taken == name));
                let meant = findings.closest(text, free);
                explained.extend(meant);
                let help = match meant {
                    Some(meant) => format!("did you mean `{meant}`?"),
                    None => format!("known here: {}", known.join(", ")),
                };
                findings.error(Code::UnknownKey, key.span, format!("unknown key `{text}`"), help);
                continue;
            };
            if let Some((_, first)) = members.iter().zip(&keys).find(|((taken, _), _)| taken == name) {
                findings.repeated(
                    Code::DuplicateKey,
                    key.span,
                    *first,
                    format!("key `{name}` stands twice in this mapping"),
                    "keep one of them".to_owned(),
                );
                continue;
            }
            keys.push(key.span);
            members.push((name, Value::Present(value)));
        }
        for name in known {
            if !members.iter().any(|(taken, _)| taken == name) {
                // A mistyped key is one mistake, not also a missing one.
                let value = if explained.contains(name) { Value::Explained } else { Value::Absent(name) };
                members.push((name, value));
            }
        }
        Self { reader, entries: members.into_iter(), value: None }
    }
}

impl<'de> MapAccess<'de> for Members<'_> {
    type Error = Noted;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Noted> {
        let Some((name, value)) = self.entries.next() else { return Ok(None) };
        self.value = Some(value);
        seed.deserialize(StrDeserializer::<Noted>::new(name)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Noted> {
        let value = self.value.take().unwrap_or(Value::Explained);
        let at = if let Value::Present(node) = value { node.span } else { self.reader.at };
        seed.deserialize(Reader { value, at, ..self.reader })
    }
}

/// A value read as one named variant.
pub(super) struct Variant<'a> {
    pub(super) reader: Reader<'a>,
    pub(super) name: &'static str,
}

impl<'de> EnumAccess<'de> for Variant<'_> {
    type Error = Noted;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Noted> {
        let name = seed.deserialize(StrDeserializer::<Noted>::new(self.name))?;
        Ok((name, self))
    }
}

impl<'de> VariantAccess<'de> for Variant<'_> {
    type Error = Noted;

    fn unit_variant(self) -> Result<(), Noted> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Noted> {
        seed.deserialize(self.reader)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, _: V) -> Result<V::Value, Noted> {
        Err(Noted(None))
    }

    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], _: V) -> Result<V::Value, Noted> {
        Err(Noted(None))
    }
}
