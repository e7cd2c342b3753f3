//! The parts of a mapping or a list, each a value to be read.

use std::collections::HashMap;

use crate::diagnostic::{Code, Severity};

use super::super::Any;
use super::super::findings::{Finding, Findings};
use super::super::help::Help;
use super::super::quote::shorten;
use super::super::scalar::ScalarKind;
use super::super::shape::Shape;
use super::super::span::Span;
use super::super::tree::{Node, NodeKind};
use super::wanted::Wanted;
use super::{Read, Reader, Value};

impl<'a> Reader<'a> {
    /// The items of a list.
    pub(in crate::source) fn items(self) -> Option<impl Iterator<Item = Self>> {
        let NodeKind::List(items) = &self.present(Wanted::List)?.kind else { return self.wrong(Wanted::List) };
        Some(items.iter().map(move |node| self.part(node)))
    }

    /// The keys and values of a mapping with any keys.
    pub(in crate::source) fn entries(self) -> Option<impl Iterator<Item = (Self, Self)>> {
        let wanted = Wanted::Mapping(&[]);
        let NodeKind::Map(entries) = &self.present(wanted)?.kind else { return self.wrong(wanted) };
        Some(entries.iter().map(move |(key, value)| (Reader { is_id: true, ..self.part(key) }, self.part(value))))
    }

    /// The entries of a mapping within [`Any`], whose keys no rule looks at: each that is text, once.
    pub(in crate::source) fn names(self, entries: &'a [(Node<'a>, Node<'a>)]) -> Vec<(&'a str, Self)> {
        let mut seen: HashMap<&str, Span> = HashMap::with_capacity(entries.len());
        let mut named = Vec::with_capacity(entries.len());
        for (key, value) in entries {
            let (name, value) = (self.part(key).string(true, |_| None), self.part(value));
            match name.map(|name| (name, seen.get(name))) {
                Some((name, None)) => {
                    seen.insert(name, key.span);
                    named.push((name, value));
                    continue;
                }
                Some((name, Some(first))) => note_repeated(self.findings(), name, key.span, *first),
                None => {}
            }
            // The entry is dropped, but what is wrong within it is found all the same.
            let _ = Any::read(value);
        }
        named
    }

    /// The values of a mapping with known keys, in their order. Those that are absent are among them.
    pub(crate) fn members(
        self,
        known: &'static [&'static str],
        is_optional: &[bool],
    ) -> Option<impl Iterator<Item = Self>> {
        let NodeKind::Map(written) = &self.present(Wanted::Mapping(known))?.kind else {
            let required = known.iter().zip(is_optional).filter(|(_, is_optional)| !**is_optional);
            let required: Vec<&'static str> = required.map(|(key, _)| *key).collect();
            return self.wrong(Wanted::Mapping(if required.is_empty() { known } else { &required }));
        };
        let values = self.known_values(written, known);
        Some(known.iter().zip(values).map(move |(key, value)| {
            let at = if let Value::Present(node) = value { node.span } else { self.at };
            Reader { value, at, removable: false, key, ..self }
        }))
    }

    /// The value of each known key. Keys that are not known or stand twice are noted.
    fn known_values(self, written: &'a [(Node<'a>, Node<'a>)], known: &'static [&'static str]) -> Vec<Value<'a>> {
        let findings = self.findings();
        let mut values: Vec<Value<'a>> = known.iter().map(|name| Value::Absent(name)).collect();
        let mut unknown: Vec<(&str, Span)> = Vec::new();
        for (key, value) in written {
            let NodeKind::Scalar { text, .. } = &key.kind else {
                findings.error(
                    Code::WrongType,
                    key.span,
                    format!("a key must be text, but this is {}", key.describe()),
                    "write one of the keys known here, or put the key in quotes".to_owned(),
                );
                continue;
            };
            let slot = known.iter().position(|name| *name == text).and_then(|index| values.get_mut(index));
            match slot {
                None => unknown.push((text, key.span)),
                Some(Value::Present(_)) => {
                    let first = written.iter().find(|(first, _)| first.text() == Some(text));
                    note_repeated(findings, text, key.span, first.map_or(key.span, |(first, _)| first.span));
                }
                Some(slot) => *slot = Value::Present(value),
            }
        }
        if unknown.is_empty() {
            return values;
        }
        let is_free = known.iter().zip(&values).filter(|(_, value)| matches!(value, Value::Absent(_)));
        let free: Vec<&'static str> = is_free.map(|(name, _)| *name).collect();
        for (text, at) in unknown {
            let instead = findings.vocabulary.instead(text, known);
            let meant = findings.meant_key(text, &free).filter(|_| instead.is_none());
            let help = match (meant, instead) {
                (Some(meant), _) => Help::did_you_mean(text, meant),
                (None, Some(instead)) => instead.help.into(),
                (None, None) => not_known(findings, text, known, &free).into(),
            };
            let message = format!("unknown key `{}`", shorten(text));
            let finding = Finding::new(Severity::Error, Code::UnknownKey, at, message, help);
            // In a small mapping it stands for another; but one that is a key elsewhere does not.
            let is_odd = meant.is_none()
                && instead.is_none()
                && known.len() <= FEW
                && findings.vocabulary.home(text, known).is_none();
            findings.push(if is_odd { finding.instead(self.at) } else { finding });
            // A mistyped key is one mistake, not also a missing one.
            let stand_for = instead.map_or(&[][..], |instead| instead.stand_for);
            let is_meant = |value: &&mut Value<'_>| matches!(value, Value::Absent(name) if Some(*name) == meant || stand_for.contains(name));
            values.iter_mut().filter(is_meant).for_each(|value| *value = Value::Explained);
        }
        values
    }

    /// An item of a list, or a part of an entry with any key.
    fn part(self, node: &'a Node<'a>) -> Self {
        Reader { value: Value::Present(node), at: node.span, removable: true, ..self }
    }
}

fn note_repeated(findings: &Findings, name: &str, at: Span, first: Span) {
    let message = format!("key `{}` stands twice in this mapping", shorten(name));
    findings.repeated(Code::DuplicateKey, at, first, message, "keep one of them".to_owned());
}

/// A mapping with so many keys at most is small: a band, a rule, a limit.
const FEW: usize = 6;

/// Help about an unknown key that resembles none of the keys still missing.
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

impl Read for Any {
    fn read(reader: Reader<'_>) -> Option<Self> {
        let node = reader.present(Wanted::Anything)?;
        match &node.kind {
            NodeKind::Map(entries) => {
                let read = |(name, value): (&str, Reader<'_>)| Some((name.to_owned(), Self::read(value)?));
                reader.names(entries).into_iter().map(read).collect::<Option<_>>().map(Self::Map)
            }
            NodeKind::List(_) => Read::read(reader).map(Self::List),
            NodeKind::Scalar { text, .. } => {
                let kind = node.scalar_kind();
                match kind {
                    Some(ScalarKind::Null) => {
                        reader.note_lost_whole();
                    }
                    Some(ScalarKind::Text) => reader.note_lost_comment(node, false),
                    _ => {}
                }
                Some(Self::of_scalar(kind, text))
            }
        }
    }

    fn shape() -> Shape {
        Shape::Anything
    }
}
