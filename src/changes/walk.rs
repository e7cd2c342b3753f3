//! Walks the data of two documents side by side, and lists the values that differ.

use std::collections::HashMap;

use crate::evaluation::Evaluation;
use crate::seal::same;
use crate::source::Any;

use super::pairs::{Pair, pairs};

/// A step on the way to a value.
#[derive(Debug, Clone)]
pub(super) enum Step {
    Key(String),
    /// The number of an item of a list, and the item.
    Item(usize, Any),
}

/// A value that differs.
#[derive(Debug)]
pub(super) struct Difference {
    pub(super) way: Vec<Step>,
    pub(super) old: Option<Any>,
    pub(super) new: Option<Any>,
}

/// The data of a document, with every rating in its long form, and with its status.
pub(super) fn document(evaluation: &Evaluation) -> Any {
    let Any::Map(entries) = Any::of(evaluation) else { return Any::Null };
    let entries = entries.into_iter().map(|(key, value)| {
        let value = match (key.as_str(), value) {
            ("ratings", value) => in_long_form(value),
            ("observations", Any::List(list)) => Any::List(list.into_iter().map(observation).collect()),
            (_, value) => value,
        };
        (key, value)
    });
    Any::Map(entries.collect()).with("status", Any::of(&evaluation.status()))
}

fn observation(observation: Any) -> Any {
    match observation.get("ratings").cloned() {
        Some(ratings) => observation.with("ratings", in_long_form(ratings)),
        None => observation,
    }
}

fn in_long_form(ratings: Any) -> Any {
    let Any::Map(entries) = ratings else { return ratings };
    let long = |rating: Any| match rating {
        short @ (Any::Text(_) | Any::Number(_)) => Any::Map(vec![("level".to_owned(), short)]),
        long => long,
    };
    Any::Map(entries.into_iter().map(|(id, rating)| (id, long(rating))).collect())
}

pub(super) fn differences(old: &Any, new: &Any) -> Vec<Difference> {
    let mut found = Vec::new();
    values(&mut Vec::new(), Some(old), Some(new), &mut found);
    found
}

/// Looks within mappings and lists for the values that differ. A mapping or list that only one document has is as one that is
/// empty in the other; an item of a list came or went as a whole.
fn values(way: &mut Vec<Step>, old: Option<&Any>, new: Option<&Any>, found: &mut Vec<Difference>) {
    if same(old, new) {
        return;
    }
    let is_item = matches!(way.last(), Some(Step::Item(..)));
    match (old, new) {
        (Some(Any::Map(old)), Some(Any::Map(new))) => keys(way, old, new, found),
        (None, Some(Any::Map(new))) if !is_item => keys(way, &[], new, found),
        (Some(Any::Map(old)), None) if !is_item => keys(way, old, &[], found),
        (Some(Any::List(old)), Some(Any::List(new))) => items(way, old, new, found),
        (None, Some(Any::List(new))) if !is_item && !new.is_empty() => items(way, &[], new, found),
        (Some(Any::List(old)), None) if !is_item && !old.is_empty() => items(way, old, &[], found),
        _ => found.push(Difference { way: way.clone(), old: old.cloned(), new: new.cloned() }),
    }
}

fn keys(way: &mut Vec<Step>, old: &[(String, Any)], new: &[(String, Any)], found: &mut Vec<Difference>) {
    let before: HashMap<&str, &Any> = old.iter().map(|(key, value)| (key.as_str(), value)).collect();
    let since: HashMap<&str, &Any> = new.iter().map(|(key, value)| (key.as_str(), value)).collect();
    let gone = old.iter().filter(|(key, _)| !since.contains_key(key.as_str()));
    for (key, _) in new.iter().chain(gone) {
        way.push(Step::Key(key.clone()));
        values(way, before.get(key.as_str()).copied(), since.get(key.as_str()).copied(), found);
        way.pop();
    }
}

fn items(way: &mut Vec<Step>, old: &[Any], new: &[Any], found: &mut Vec<Difference>) {
    let list = way.iter().rev().find_map(|step| match step {
        Step::Key(key) => Some(key.as_str()),
        Step::Item(..) => None,
    });
    for pair in pairs(list.unwrap_or_default(), old, new) {
        let (number, item, before, since) = match pair {
            Pair::Both(before, (number, since)) => (number, since, Some(before), Some(since)),
            Pair::New((number, since)) => (number, since, None, Some(since)),
            Pair::Old((number, before)) => (number, before, Some(before), None),
        };
        way.push(Step::Item(number, item.clone()));
        values(way, before, since, found);
        way.pop();
    }
}
