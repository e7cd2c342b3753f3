//! The place of a value in a document, such as `ratings.deadlines.level` or `goals[0].status`, and its replacement.

use std::fmt;

use crate::source::Any;

use super::canonical::same;

/// A place in a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Path(Vec<Segment>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Segment {
    Key(String),
    Index(usize),
}

impl Path {
    /// `None` for a text that names no place: an empty key, or a number in brackets that is none.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut segments = Vec::new();
        for part in text.split('.') {
            let (key, mut rest) = part.split_at(part.find('[').unwrap_or(part.len()));
            if key.is_empty() || key.contains(']') {
                return None;
            }
            segments.push(Segment::Key(key.to_owned()));
            while let Some(inner) = rest.strip_prefix('[') {
                let (digits, after) = inner.split_once(']')?;
                let is_plain = digits == "0" || !digits.starts_with(['0', '+']);
                segments.push(Segment::Index(digits.parse().ok().filter(|_| is_plain)?));
                rest = after;
            }
            if !rest.is_empty() {
                return None;
            }
        }
        Some(Self(segments))
    }

    /// The key at the top of the document that it begins with.
    pub(crate) fn root(&self) -> &str {
        match self.0.first() {
            Some(Segment::Key(key)) => key,
            _ => "",
        }
    }

    /// The place that holds this one; `None` for a key at the top.
    pub(crate) fn parent(&self) -> Option<Self> {
        let (_, above) = self.0.split_last()?;
        (!above.is_empty()).then(|| Self(above.to_vec()))
    }

    /// The last key; `None` for an item of a list.
    pub(crate) fn key(&self) -> Option<&str> {
        match self.0.last() {
            Some(Segment::Key(key)) => Some(key),
            _ => None,
        }
    }

    /// Whether it is the first item of a list.
    pub(crate) fn is_first(&self) -> bool {
        self.0.last() == Some(&Segment::Index(0))
    }

    /// The value at the place.
    pub(crate) fn get<'a>(&self, document: &'a Any) -> Option<&'a Any> {
        self.0.iter().try_fold(document, |value, segment| match (value, segment) {
            (value @ Any::Map(_), Segment::Key(key)) => value.get(key),
            (Any::List(items), Segment::Index(index)) => items.get(*index),
            _ => None,
        })
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, segment) in self.0.iter().enumerate() {
            match segment {
                Segment::Key(key) if number == 0 => f.write_str(key)?,
                Segment::Key(key) => write!(f, ".{key}")?,
                Segment::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

/// Replaces the value `from` at a place by `to`; `None` is no value. In a list, an item that is new moves those behind it on,
/// and one that is taken out moves them up. False, and nothing changed, where `from` is not there.
pub(crate) fn change(document: &mut Any, path: &Path, from: Option<&Any>, to: Option<&Any>) -> bool {
    let Some((last, above)) = path.0.split_last() else { return false };
    let mut holder = document;
    for segment in above {
        let inner = match (holder, segment) {
            (Any::Map(entries), Segment::Key(key)) => {
                entries.iter_mut().find(|(known, _)| known == key).map(|(_, value)| value)
            }
            (Any::List(items), Segment::Index(index)) => items.get_mut(*index),
            _ => None,
        };
        let Some(inner) = inner else { return false };
        holder = inner;
    }
    match (holder, last) {
        (Any::Map(entries), Segment::Key(key)) => {
            let place = entries.iter().position(|(known, _)| known == key);
            let there = place.and_then(|place| entries.get(place)).map(|(_, value)| value);
            if !same(there, from) {
                return false;
            }
            match (place.and_then(|place| entries.get_mut(place)), to) {
                (Some((_, value)), Some(to)) => *value = to.clone(),
                (None, Some(to)) => entries.push((key.clone(), to.clone())),
                (_, None) => entries.retain(|(known, _)| known != key),
            }
            true
        }
        (Any::List(items), Segment::Index(index)) => match (from, to) {
            (None, Some(to)) if *index <= items.len() => {
                items.insert(*index, to.clone());
                true
            }
            (Some(from), to) if items.get(*index).is_some_and(|item| same(Some(item), Some(from))) => {
                match (items.get_mut(*index), to) {
                    (Some(item), Some(to)) => *item = to.clone(),
                    _ => _ = items.remove(*index),
                }
                true
            }
            _ => false,
        },
        _ => false,
    }
}
