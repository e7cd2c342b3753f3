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

/// The value at a place, to change; the mappings that hold it are made where they are missing, and it is `null` where it is
/// missing itself. A rating that is a level alone is taken apart where a key of it is named.
///
/// # Errors
///
/// The place in the way, and the fault, in words.
pub(crate) fn make<'a>(document: &'a mut Any, path: &Path) -> Result<&'a mut Any, (String, &'static str)> {
    let mut value = document;
    for (depth, segment) in path.0.iter().enumerate() {
        let here = || Path(path.0.get(..depth).unwrap_or_default().to_vec()).to_string();
        let is_rating =
            depth.checked_sub(2).and_then(|above| path.0.get(above)) == Some(&Segment::Key("ratings".into()));
        match segment {
            Segment::Key(key) => {
                let entries = entries(value, is_rating).ok_or_else(|| (here(), NO_GROUP))?;
                let at = position(entries, key).map_err(|fault| (here(), fault))?.unwrap_or(entries.len());
                if at == entries.len() {
                    entries.push((key.clone(), Any::Null));
                }
                value = entries.get_mut(at).map(|(_, value)| value).ok_or_else(|| (here(), NO_GROUP))?;
            }
            Segment::Index(index) => {
                let Any::List(items) = value else { return Err((here(), "it is no list")) };
                value = items.get_mut(*index).ok_or_else(|| (here(), "the list has no item of this number"))?;
            }
        }
    }
    Ok(value)
}

const NO_GROUP: &str = "it is no group of keys and values";

/// The entries of a mapping, which `null` becomes, and a level, where it stands for a rating.
pub(crate) fn entries(value: &mut Any, is_rating: bool) -> Option<&mut Vec<(String, Any)>> {
    *value = match std::mem::replace(value, Any::Null) {
        Any::Null => Any::Map(Vec::new()),
        level @ (Any::Text(_) | Any::Number(_) | Any::Bool(_)) if is_rating => {
            Any::Map(vec![("level".to_owned(), level)])
        }
        other => other,
    };
    match value {
        Any::Map(entries) => Some(entries),
        _ => None,
    }
}

/// The place of a key in a mapping; a fault where it stands there twice.
pub(crate) fn position(entries: &[(String, Any)], key: &str) -> Result<Option<usize>, &'static str> {
    let mut at = entries.iter().enumerate().filter(|(_, (known, _))| known == key).map(|(at, _)| at);
    match (at.next(), at.next()) {
        (_, Some(_)) => Err("a key stands in it twice: take it out, and set it once"),
        (first, None) => Ok(first),
    }
}

/// The value at a place.
fn walk<'a>(document: &'a mut Any, segments: &[Segment]) -> Option<&'a mut Any> {
    segments.iter().try_fold(document, |value, segment| match (value, segment) {
        (Any::Map(entries), Segment::Key(key)) => {
            entries.iter_mut().find(|(known, _)| known == key).map(|(_, value)| value)
        }
        (Any::List(items), Segment::Index(index)) => items.get_mut(*index),
        _ => None,
    })
}

/// Takes a value out of the mapping or list that holds it. Nothing happens where it is not there.
pub(crate) fn clear(document: &mut Any, path: &Path) {
    let Some((last, above)) = path.0.split_last() else { return };
    let Some(holder) = walk(document, above) else { return };
    match (holder, last) {
        (Any::Map(entries), Segment::Key(key)) => entries.retain(|(known, _)| known != key),
        (Any::List(items), Segment::Index(index)) if *index < items.len() => {
            items.remove(*index);
        }
        _ => {}
    }
}

/// Replaces the value `from` at a place by `to`; `None` is no value. In a list, an item that is new moves those behind it on,
/// and one that is taken out moves them up. False, and nothing changed, where `from` is not there.
pub(crate) fn change(document: &mut Any, path: &Path, from: Option<&Any>, to: Option<&Any>) -> bool {
    let Some((last, above)) = path.0.split_last() else { return false };
    let Some(holder) = walk(document, above) else { return false };
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
