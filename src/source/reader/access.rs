//! The parts of a value, one after another, as serde asks for them.

use std::collections::HashMap;

use serde::de::value::{StrDeserializer, U64Deserializer};
use serde::de::{Deserialize, DeserializeSeed, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor};

use crate::diagnostic::{Code, Severity};

use super::super::Any;
use super::super::field;
use super::super::findings::{Finding, Findings};
use super::super::place::Span;
use super::super::quote::shorten;
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
        let reader = Reader { value: Value::Present(node), at: node.span, removable: true, ..self.reader };
        seed.deserialize(reader).map(Some)
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
        let reader = Reader { value: Value::Present(key), at: key.span, removable: true, is_id: true, ..self.reader };
        seed.deserialize(reader).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Noted> {
        let value = self.value.take().map_or(Value::Explained, Value::Present);
        let at = if let Value::Present(node) = value { node.span } else { self.reader.at };
        seed.deserialize(Reader { value, at, removable: true, ..self.reader })
    }
}

/// The entries of a mapping within [`Any`], whose keys no rule looks at: each that is text, once.
pub(super) struct Names<'a> {
    reader: Reader<'a>,
    entries: std::slice::Iter<'a, (Node<'a>, Node<'a>)>,
    seen: HashMap<&'a str, Span>,
    value: Option<&'a Node<'a>>,
}

impl<'a> Names<'a> {
    pub(super) fn of(reader: Reader<'a>, entries: &'a [(Node<'a>, Node<'a>)]) -> Self {
        Self { reader, entries: entries.iter(), seen: HashMap::with_capacity(entries.len()), value: None }
    }
}

impl<'de> MapAccess<'de> for Names<'_> {
    type Error = Noted;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Noted> {
        for (key, value) in self.entries.by_ref() {
            let reader = Reader { value: Value::Present(key), at: key.span, removable: true, ..self.reader };
            let name = reader.string(true).ok();
            let first = name.and_then(|name| self.seen.get(name));
            if let (Some(name), None) = (name, first) {
                self.seen.insert(name, key.span);
                self.value = Some(value);
                return seed.deserialize(StrDeserializer::<Noted>::new(name)).map(Some);
            }
            if let (Some(name), Some(first)) = (name, first) {
                note_repeated(self.reader.findings(), name, key.span, *first);
            }
            // The entry is dropped, but what is wrong within it is found all the same.
            let _ = Any::deserialize(Reader { value: Value::Present(value), at: value.span, ..reader });
        }
        Ok(None)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Noted> {
        let value = self.value.take().map_or(Value::Explained, Value::Present);
        let at = if let Value::Present(node) = value { node.span } else { self.reader.at };
        seed.deserialize(Reader { value, at, removable: true, ..self.reader })
    }
}

fn note_repeated(findings: &Findings, name: &str, at: Span, first: Span) {
    let message = format!("key `{}` stands twice in this mapping", shorten(name));
    findings.repeated(Code::DuplicateKey, at, first, message, "keep one of them".to_owned());
}

/// The entries of a mapping with known keys: each once, then those that are absent.
pub(super) struct Members<'a> {
    pub(super) reader: Reader<'a>,
    entries: std::vec::IntoIter<(&'static str, Value<'a>)>,
    value: Option<(&'static str, Value<'a>)>,
}

impl<'a> Members<'a> {
    pub(super) fn of(reader: Reader<'a>, written: &'a [(Node<'a>, Node<'a>)], known: &'static [&'static str]) -> Self {
        let findings = reader.findings();
        let mut members: Vec<(&'static str, Value<'a>)> = Vec::with_capacity(known.len());
        let mut keys: Vec<Span> = Vec::with_capacity(known.len());
        let mut unknown: Vec<(&str, Span)> = Vec::new();
        for (key, value) in written {
            let Kind::Scalar { text, .. } = &key.kind else {
                findings.error(
                    Code::WrongType,
                    key.span,
                    format!("a key must be text, but this is {}", key.describe()),
                    "write one of the keys known here, or put the key in quotes".to_owned(),
                );
                continue;
            };
            let Some(name) = known.iter().find(|name| **name == text) else {
                unknown.push((text, key.span));
                continue;
            };
            if let Some((_, first)) = members.iter().zip(&keys).find(|((taken, _), _)| taken == name) {
                note_repeated(findings, name, key.span, *first);
                continue;
            }
            keys.push(key.span);
            members.push((name, Value::Present(value)));
        }
        let is_free = |name: &&str| !members.iter().any(|(taken, _)| taken == name);
        let free: Vec<&'static str> = known.iter().copied().filter(is_free).collect();
        let mut explained: Vec<&str> = Vec::new();
        for (text, at) in unknown {
            let meant = findings.meant_key(text, &free);
            explained.extend(meant);
            let help = match meant {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => not_known(findings, text, known, &free),
            };
            let message = format!("unknown key `{}`", shorten(text));
            let finding = Finding::new(Severity::Error, Code::UnknownKey, at, message, help);
            // In a small mapping it stands for another; but one that is a key elsewhere does not.
            let is_odd = meant.is_none() && known.len() <= FEW && findings.vocabulary.home(text, known).is_none();
            findings.push(if is_odd { finding.instead(reader.at) } else { finding });
        }
        for name in free {
            // A mistyped key is one mistake, not also a missing one.
            let value = if explained.contains(&name) { Value::Explained } else { Value::Absent(name) };
            members.push((name, value));
        }
        Self { reader, entries: members.into_iter(), value: None }
    }
}

/// A mapping with so many keys at most is small: a band, a rule, a limit.
const FEW: usize = 6;

/// What to do about a key that is not known and like none of those that could still be given.
fn not_known(findings: &Findings, text: &str, known: &[&str], free: &[&str]) -> String {
    /// As many keys as can be taken in.
    const MOST: usize = 12;
    if let Some(there) = findings.closest(text, known.iter().copied()) {
        let elsewhere = if known.contains(&"extra") { ", or put it under `extra` if a host needs it" } else { "" };
        return format!("`{there}` stands here already; remove this{elsewhere}");
    }
    if let Some(home) = findings.vocabulary.home(text, known) {
        return format!("it is a key of {home}: write it there");
    }
    let some = free.get(..MOST).unwrap_or(free);
    match (some.is_empty(), free.len() - some.len()) {
        (true, _) => "remove it: all the keys known here are there".to_owned(),
        (false, 0) => format!("also known here: {}", some.join(", ")),
        (false, more) => format!("also known here: {}, and {more} more", some.join(", ")),
    }
}

impl<'de> MapAccess<'de> for Members<'_> {
    type Error = Noted;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Noted> {
        let Some((name, value)) = self.entries.next() else { return Ok(None) };
        self.value = Some((name, value));
        seed.deserialize(StrDeserializer::<Noted>::new(name)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Noted> {
        let (key, value) = self.value.take().unwrap_or(("", Value::Explained));
        let at = if let Value::Present(node) = value { node.span } else { self.reader.at };
        seed.deserialize(Reader { value, at, removable: false, key, ..self.reader })
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
