//! Finds the items of two lists that are the same thing.

use std::collections::{HashMap, VecDeque};

use crate::source::Any;

/// An item of one list, with the one of the other that it is, where there is one.
pub(super) enum Pair<'a> {
    Both(&'a Any, (usize, &'a Any)),
    New((usize, &'a Any)),
    Old((usize, &'a Any)),
}

/// By list, the keys that tell its items apart: the first set that finds a partner counts.
const TOLD_BY: [(&str, &[&[&str]]); 14] = [
    ("observations", &[&["id"]]),
    ("evaluators", &[&["id"]]),
    ("goals", &[&["statement"], &["indicator"]]),
    ("responses", &[&["date", "by", "about"]]),
    ("record", &[&["event", "date"], &["event"]]),
    ("supervision", &[&["date", "kind"]]),
    ("professional_development", &[&["title", "date"], &["title"]]),
    ("evidence", &[&["note"], &["date", "kind", "at"]]),
    ("assignments", &[&["school"]]),
    ("allow", &[&["code", "at"]]),
    ("amendments", &[&["fingerprint"]]),
    ("migrated_from", &[&["rubric"]]),
    ("orphaned", &[&["kind", "id", "about"]]),
    ("activities", &[]),
];

/// The items of two lists, those of the new one in its order, and then those of the old one that are not in the new one.
pub(super) fn pairs<'a>(list: &str, old: &'a [Any], new: &'a [Any]) -> Vec<Pair<'a>> {
    let mut partners: Vec<Option<usize>> = vec![None; new.len()];
    let mut is_free = vec![true; old.len()];
    let told_by = TOLD_BY.iter().find(|(name, _)| *name == list).map_or(&[][..], |(_, keys)| keys);
    let mut rounds: Vec<Option<&[&str]>> = vec![None];
    rounds.extend(told_by.iter().map(|keys| Some(*keys)));
    for keys in rounds {
        let mut waiting: HashMap<String, VecDeque<usize>> = HashMap::new();
        for (number, item) in old.iter().enumerate().filter(|(number, _)| is_free.get(*number) == Some(&true)) {
            if let Some(told) = told(item, keys) {
                waiting.entry(told).or_default().push_back(number);
            }
        }
        for (item, partner) in new.iter().zip(&mut partners).filter(|(_, partner)| partner.is_none()) {
            let found = told(item, keys).and_then(|told| waiting.get_mut(&told)?.pop_front());
            let Some(number) = found else { continue };
            *partner = Some(number);
            is_free.get_mut(number).into_iter().for_each(|free| *free = false);
        }
    }
    let paired = new.iter().enumerate().zip(partners).map(|(item, partner)| match partner.and_then(|at| old.get(at)) {
        Some(before) => Pair::Both(before, item),
        None => Pair::New(item),
    });
    let gone = old.iter().enumerate().zip(is_free).filter(|(_, is_free)| *is_free).map(|(item, _)| Pair::Old(item));
    paired.chain(gone).collect()
}

/// The text by which an item is told apart: the whole item, or its values under some keys, of which it must have one.
fn told(item: &Any, keys: Option<&[&str]>) -> Option<String> {
    let Some(keys) = keys else { return serde_json::to_string(item).ok() };
    let values: Vec<Option<&Any>> = keys.iter().map(|key| item.get(key)).collect();
    if values.iter().all(Option::is_none) {
        return None;
    }
    serde_json::to_string(&values).ok()
}
