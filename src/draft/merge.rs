//! Merges the drafts of two editors who began with the same one.

use std::collections::{HashMap, HashSet};

use serde::Serialize;

use crate::source::{Value, is_within_limits};

use super::canonical::canonical;
use super::list::{identity, known_by};
use super::{Draft, has_keys_twice};

/// A place that two editors changed, each in another way.
///
/// ```
/// use appraise::draft::merge;
/// use appraise::{Change, Draft, Library, Value};
///
/// let text = r#"{ "rubric": { "id": "connecticut_school_social_work" }, "ratings": { "deadlines": "has_met" } }"#;
/// let base = Draft::read(&Library::bundled(), "E-1042", text)?;
/// let (mut ours, mut theirs) = (base.clone(), base.clone());
/// ours.apply(&Change::level("deadlines", "exceeds_expectations"))?;
/// theirs.apply(&Change::level("deadlines", "has_not_met"))?;
/// theirs.apply(&Change::comment("deadlines", Some("Four of nine.")))?;
///
/// let merged = merge(&base, &ours, &theirs);
/// let [conflict] = merged.conflicts.as_slice() else { panic!("the levels differ") };
/// assert_eq!((conflict.path.as_str(), &conflict.theirs), ("ratings.deadlines.level", &Some(Value::from("has_not_met"))));
/// let rating = merged.draft.document().get("ratings").and_then(|ratings| ratings.get("deadlines")).expect("it is rated");
/// assert_eq!(serde_json::to_string(rating)?, r#"{"level":"exceeds_expectations","comment":"Four of nine."}"#);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Conflict {
    /// The place in the merged document: `ratings.deadlines.level`. Empty for the whole.
    pub path: String,
    /// The value that both began with; `None` where there was none.
    pub base: Option<Value>,
    /// Our value; `None` where we took it out.
    pub ours: Option<Value>,
    /// Their value; `None` where they took it out.
    pub theirs: Option<Value>,
}

/// Two drafts in one.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Merged {
    /// The changes of both. Where both changed the same place, our value stands; theirs, where we took it out.
    pub draft: Draft,
    /// The places that both changed, each in another way.
    pub conflicts: Vec<Conflict>,
}

/// Merges two drafts that were made of the same one: every change of either stands, by the key, and in lists by the item.
///
/// A sealed draft stays as it was sealed: what the other one changed is a conflict, but for its responses and events.
pub fn merge(base: &Draft, ours: &Draft, theirs: &Draft) -> Merged {
    let documents = [&base.document, &ours.document, &theirs.document];
    let (document, conflicts) = documents_merged(documents);
    match document {
        document if is_within_limits(&document) => {
            let mut draft = ours.clone();
            if draft.document != document {
                draft.document = document;
                draft.forget();
            }
            Merged { draft, conflicts }
        }
        // Both together are larger than any document.
        _ => Merged { draft: ours.clone(), conflicts: vec![conflict("", documents.map(Some))] },
    }
}

fn documents_merged([base, ours, theirs]: [&Value; 3]) -> (Value, Vec<Conflict>) {
    let at = |document: &Value, key| document.get(key).filter(|value| **value != Value::Null).map(canonical);
    let all = |key| [base, ours, theirs].map(|document| at(document, key));
    let [old, mine, other] = all("seal");
    let swap = mine.is_none() && other.is_some();
    let [amended, ours_amended, theirs_amended] = all("amendments");
    let is_one_seal = old == mine && mine == other;
    let is_one_chain = amended == ours_amended || amended == theirs_amended;
    let is_frozen = (mine.is_some() || other.is_some()) && !(is_one_seal && is_one_chain);
    let mut merging = Merging { is_frozen, conflicts: Vec::new() };
    let whole = Place { path: String::new(), key: "", of: "", is_extra: false };
    let (kept, joined) = if swap && is_frozen { (theirs, ours) } else { (ours, theirs) };
    let document = merging.value(&whole, [Some(base), Some(kept), Some(joined)]).unwrap_or_else(|| ours.clone());
    let mut conflicts = merging.conflicts;
    if swap && is_frozen {
        conflicts.iter_mut().for_each(|conflict| std::mem::swap(&mut conflict.ours, &mut conflict.theirs));
    }
    (document, conflicts)
}

fn conflict(path: &str, values: [Option<&Value>; 3]) -> Conflict {
    let [base, ours, theirs] = values.map(Option::<&Value>::cloned);
    Conflict { path: path.to_owned(), base, ours, theirs }
}

/// A place in the three documents.
struct Place<'a> {
    path: String,
    /// The last key.
    key: &'a str,
    /// The key of the mapping that holds it.
    of: &'a str,
    /// Whether it is of the host's own data, in which a list may be in an order that means something.
    is_extra: bool,
}

impl<'a> Place<'a> {
    fn under(&'a self, key: &'a str) -> Self {
        let path = if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) };
        Self { path, key, of: self.key, is_extra: self.is_extra || (self.path.is_empty() && key == "extra") }
    }

    fn item(&self, number: usize) -> Place<'static> {
        Place { path: format!("{}[{number}]", self.path), key: "", of: "", is_extra: self.is_extra }
    }

    fn is_rating(&self) -> bool {
        self.of == "ratings" && !self.is_extra
    }

    /// Whether its keys belong together, so that those of two documents are not mixed.
    fn is_whole(&self) -> bool {
        ["rubric", "seal"].contains(&self.path.as_str())
    }

    fn known_by(&self) -> Option<&'static [&'static str]> {
        known_by(self.key).filter(|_| !self.is_extra)
    }
}

struct Merging {
    /// Whether ours is sealed: what theirs changed is a conflict.
    is_frozen: bool,
    conflicts: Vec<Conflict>,
}

/// The three values of a place: the base's, ours and theirs.
type Three<'v> = [Option<&'v Value>; 3];

impl Merging {
    fn value(&mut self, place: &Place<'_>, three: Three<'_>) -> Option<Value> {
        let [base, ours, theirs] = three;
        let takes_theirs = !self.is_frozen || ["responses", "record"].contains(&place.path.as_str());
        if ours == theirs || base == theirs {
            return ours.cloned();
        }
        if base == ours && takes_theirs {
            return theirs.cloned();
        }
        if same(ours, theirs) || same(base, theirs) {
            return ours.cloned();
        }
        if same(base, ours) && takes_theirs {
            return theirs.cloned();
        }
        if let Some(merged) = self.parts(place, three) {
            return Some(merged);
        }
        self.conflicts.push(conflict(&place.path, three));
        if self.is_frozen { ours.cloned() } else { ours.or(theirs).cloned() }
    }

    /// The values merged part by part; `None` where they have no parts to tell.
    fn parts(&mut self, place: &Place<'_>, three: Three<'_>) -> Option<Value> {
        if place.is_whole() || three.into_iter().flatten().any(has_keys_twice) {
            return None;
        }
        if let Some(keys) = place.known_by() {
            let [base, ours, theirs] = three.map(items);
            return Some(Value::List(self.list(place, keys, [base.unwrap_or_default(), ours?, theirs?])));
        }
        let long = three.map(|value| value.and_then(|value| long(value, place.is_rating())));
        let [base, ours, theirs] = long.each_ref().map(|value| value.as_deref());
        let map = self.map(place, [base.unwrap_or_default(), ours?, theirs?]);
        let is_short = |value: Option<&Value>| value.is_some_and(|value| !matches!(value, Value::Map(_)));
        match map.as_slice() {
            [(key, level)] if key == "level" && place.is_rating() && three.into_iter().any(is_short) => {
                Some(level.clone())
            }
            _ => Some(Value::Map(map)),
        }
    }

    fn map(&mut self, place: &Place<'_>, three: [&[(String, Value)]; 3]) -> Vec<(String, Value)> {
        let [base, ours, theirs] =
            three.map(|entries| entries.iter().map(|(key, value)| (key.as_str(), value)).collect::<HashMap<_, _>>());
        let [_, in_ours, in_theirs] = three;
        let new = in_theirs.iter().filter(|(key, _)| !ours.contains_key(key.as_str()));
        let merged = in_ours.iter().chain(new).filter_map(|(key, _)| {
            let at = |entries: &HashMap<&str, _>| entries.get(key.as_str()).copied();
            let value = self.value(&place.under(key), [at(&base), at(&ours), at(&theirs)]);
            Some((key.clone(), value?))
        });
        merged.collect()
    }

    /// Lists by the item. What either took out is out, unless the other changed it.
    fn list(&mut self, place: &Place<'_>, keys: &[&str], three: [&[Value]; 3]) -> Vec<Value> {
        let named = three.map(|items| named(items, keys));
        let [base, ours, theirs] = named
            .each_ref()
            .map(|named| named.iter().map(|(name, item)| (name, *item)).collect::<HashMap<&(String, usize), &Value>>());
        let [_, in_ours, in_theirs] = &named;
        let mut merged: Vec<Value> = Vec::new();
        let new = in_theirs.iter().filter(|(name, _)| !ours.contains_key(name));
        for (name, _) in in_ours.iter().chain(new) {
            let at = |items: &HashMap<_, _>| items.get(name).copied();
            merged.extend(self.value(&place.item(merged.len()), [at(&base), at(&ours), at(&theirs)]));
        }
        if keys.is_empty() {
            self.reworded(place, three, [&base, &ours, &theirs].map(|items| items.keys().copied().collect()));
        }
        merged
    }

    /// An item that is known by the whole, and that both put others in place of, may be one that both reworded.
    fn reworded(
        &mut self,
        place: &Place<'_>,
        three: [&[Value]; 3],
        [base, ours, theirs]: [HashSet<&(String, usize)>; 3],
    ) {
        let is_gone = base.iter().any(|name| !ours.contains(name) && !theirs.contains(name));
        let added = |mine: &HashSet<&(String, usize)>, other: &HashSet<_>| {
            mine.iter().any(|name| !base.contains(name) && !other.contains(name))
        };
        if is_gone && added(&ours, &theirs) && added(&theirs, &ours) {
            let [base, ours, theirs] = three.map(|items| Some(Value::List(items.to_vec())));
            self.conflicts.push(Conflict { path: place.path.clone(), base, ours, theirs });
        }
    }
}

/// The items of a list, each with its identity, and how many of the same stand before it.
fn named<'v>(items: &'v [Value], keys: &[&str]) -> Vec<((String, usize), &'v Value)> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    let named = items.iter().map(|item| {
        let identity = identity(item, keys);
        let count = counts.entry(identity.clone()).or_default();
        let before = *count;
        *count = before.saturating_add(1);
        ((identity, before), item)
    });
    named.collect()
}

/// The items of a list; none where nothing stands there.
fn items(value: Option<&Value>) -> Option<&[Value]> {
    match value {
        None | Some(Value::Null) => Some(&[]),
        Some(Value::List(items)) => Some(items),
        Some(_) => None,
    }
}

/// The entries of a mapping, and of a rating that is a level alone.
fn long(value: &Value, is_rating: bool) -> Option<std::borrow::Cow<'_, [(String, Value)]>> {
    match value {
        Value::Map(entries) => Some(entries.as_slice().into()),
        Value::Text(_) | Value::Number(_) | Value::Bool(_) if is_rating => {
            Some(vec![("level".to_owned(), value.clone())].into())
        }
        _ => None,
    }
}

/// Whether two values are the same, however they are spelled.
fn same(one: Option<&Value>, other: Option<&Value>) -> bool {
    one.map(canonical) == other.map(canonical)
}
