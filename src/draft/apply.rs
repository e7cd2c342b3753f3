//! Makes a change in a document.

use crate::error::Error;
use crate::seal::{Path, clear, entries, make, position};
use crate::source::{Mapping, Value, is_within_limits, without_other_numbers};
use crate::syntax;

use super::change::Change;
use super::list::{identity, known_by};

type Done = Result<(), Error>;
type Entries = Vec<(String, Value)>;

fn refused(at: impl Into<String>, reason: &str) -> Error {
    Error::Change { at: at.into(), reason: reason.to_owned() }
}

/// Makes a change. After an error the document may be changed in part.
pub(super) fn apply(document: &mut Value, change: &Change) -> Done {
    let is_sealed = document.get("seal").is_some_and(|seal| *seal != Value::Null);
    match change {
        Change::Put { list, item } if is_sealed && ["responses", "record"].contains(&list.as_str()) => {
            put(document, list, item)
        }
        _ if is_sealed => Err(Error::Sealed),
        Change::Rate { indicator, observation, level, practices, by, comment, evidence } => {
            let keys =
                [("level", level), ("practices", practices), ("by", by), ("comment", comment), ("evidence", evidence)];
            let keys = keys.into_iter().filter_map(|(key, value)| Some((key, value.as_ref()?)));
            rate(document, indicator, observation.as_deref(), &keys.collect::<Vec<_>>())
        }
        Change::Unrate { indicator, observation } => {
            let keys = [("level", &Value::Null), ("practices", &Value::Null)];
            rate(document, indicator, observation.as_deref(), &keys)
        }
        Change::Set { at, to } => set(document, at, to),
        Change::Put { list, item } => put(document, list, item),
        Change::Remove { list, item } => remove(document, list, item),
        Change::Patch(patch @ Value::Map(keys)) => {
            keys.iter().try_for_each(|(key, _)| not_of_a_seal(key))?;
            merge_patch(document, patch, &mut Vec::new())
        }
        Change::Patch(_) => Err(refused("", "a merge patch of a document is a group of keys and values")),
    }?;
    without_other_numbers(document);
    match is_within_limits(document) {
        true => Ok(()),
        false => Err(refused(
            "",
            "the document would be larger than 4 MiB, nest deeper than 64, or have more than 100,000 values",
        )),
    }
}

/// Only finishing and amending an evaluation write its seal.
fn not_of_a_seal(key: &str) -> Done {
    match key {
        "seal" | "amendments" => Err(refused(key, "only finishing and amending an evaluation write it")),
        _ => Ok(()),
    }
}

fn path(at: &str) -> Result<Path, Error> {
    let path = Path::parse(at).ok_or_else(|| refused(at, "this names no place in an evaluation"))?;
    not_of_a_seal(path.root())?;
    Ok(path)
}

fn make_at<'a>(document: &'a mut Value, path: &Path) -> Result<&'a mut Value, Error> {
    // A key at the top goes where it stands in a document that is written.
    if let Value::Map(top) = document
        && !top.iter().any(|(key, _)| key == path.root())
    {
        insert(top, path.root(), Value::Null, syntax::Evaluation::KEYS);
    }
    make(document, path).map_err(|(at, reason)| refused(at, reason))
}

/// Adds an entry before the first of those that come after it in the order of `keys`.
fn insert(entries: &mut Entries, key: &str, value: Value, keys: &[&str]) {
    let place = |key: &str| keys.iter().position(|known| *known == key);
    let own = place(key).unwrap_or(keys.len());
    let before = entries.iter().position(|(other, _)| place(other).is_some_and(|other| other > own));
    entries.insert(before.unwrap_or(entries.len()), (key.to_owned(), value));
}

fn set(document: &mut Value, at: &str, to: &Value) -> Done {
    let path = path(at)?;
    if *to == Value::Null {
        clear(document, &path);
    } else {
        *make_at(document, &path)? = to.clone();
    }
    Ok(())
}

/// The document, or one of its observations, with its place.
fn holder<'a>(document: &'a mut Value, observation: Option<&str>) -> Result<(&'a mut Value, String), Error> {
    let Some(id) = observation else { return Ok((document, String::new())) };
    let list = match document.get("observations") {
        Some(Value::List(list)) => list.as_slice(),
        _ => &[],
    };
    let number = list.iter().position(|one| one.get("id") == Some(&Value::from(id)));
    let number = number.ok_or_else(|| refused("observations", &format!("there is no observation `{id}`")))?;
    let at = format!("observations[{number}]");
    Ok((make_at(document, &path(&at)?)?, format!("{at}.")))
}

/// Sets keys of a rating. One that is a level alone stays so where only the level changes.
fn rate(document: &mut Value, indicator: &str, observation: Option<&str>, keys: &[(&str, &Value)]) -> Done {
    let (holder, at) = holder(document, observation)?;
    let only_takes_out = keys.iter().all(|(_, value)| **value == Value::Null);
    if only_takes_out && holder.get("ratings").is_none_or(|ratings| ratings.get(indicator).is_none()) {
        return Ok(());
    }
    let group = format!("{at}ratings");
    let ratings = make_at(holder, &path("ratings")?)?;
    let ratings = entries(ratings, false).ok_or_else(|| refused(&group, "it is no group of keys and values"))?;
    let at = || format!("{group}.{indicator}");
    let place = match position(ratings, indicator).map_err(|fault| refused(&group, fault))? {
        Some(place) => place,
        None => {
            ratings.push((indicator.to_owned(), Value::Null));
            ratings.len().saturating_sub(1)
        }
    };
    let Some((_, rating)) = ratings.get_mut(place) else { return Ok(()) };
    let is_short = !matches!(rating, Value::Map(_));
    let of_rating = entries(rating, true).ok_or_else(|| refused(at(), "it is a list, and no rating"))?;
    for (key, value) in keys {
        match position(of_rating, key).map_err(|fault| refused(at(), fault))? {
            _ if **value == Value::Null => of_rating.retain(|(known, _)| known != key),
            Some(there) => of_rating.get_mut(there).into_iter().for_each(|(_, there)| *there = (*value).clone()),
            None => insert(of_rating, key, (*value).clone(), syntax::evaluation::Rating::KEYS),
        }
    }
    match of_rating.as_slice() {
        [] => _ = ratings.remove(place),
        [(key, level)] if is_short && key == "level" => *rating = level.clone(),
        _ => {}
    }
    Ok(())
}

/// The list at a place, with the keys by which its items are known.
fn list<'a>(document: &'a mut Value, at: &str) -> Result<(&'a mut Vec<Value>, &'static [&'static str]), Error> {
    let path = path(at)?;
    let keys = path.key().and_then(known_by).ok_or_else(|| refused(at, "it is no list whose items are known again"))?;
    let value = make_at(document, &path)?;
    if *value == Value::Null {
        *value = Value::List(Vec::new());
    }
    match value {
        Value::List(items) => Ok((items, keys)),
        _ => Err(refused(at, "it is no list")),
    }
}

fn put(document: &mut Value, at: &str, item: &Value) -> Done {
    if *item == Value::Null {
        return Err(refused(at, "an item of it is a value"));
    }
    let is_sealed = document.get("seal").is_some_and(|seal| *seal != Value::Null);
    let (items, keys) = list(document, at)?;
    let known = identity(item, keys);
    let mut same = items.iter_mut().filter(|one| identity(one, keys) == known);
    match (same.next(), same.next()) {
        (None, _) => {
            items.push(item.clone());
            Ok(())
        }
        (Some(_), _) if is_sealed || keys.is_empty() => Ok(()),
        (Some(one), None) => merge_patch(one, item, &mut vec![at]),
        (Some(_), Some(_)) => Err(refused(at, "the item stands in it twice: take it out, and put it in once")),
    }
}

fn remove(document: &mut Value, at: &str, item: &Value) -> Done {
    if path(at)?.get(document).is_none_or(|list| *list == Value::Null) {
        return Ok(());
    }
    let (items, keys) = list(document, at)?;
    let known = identity(item, keys);
    items.retain(|one| identity(one, keys) != known);
    Ok(())
}

/// Merges as RFC 7386 says. `above` are the keys that lead to the target.
fn merge_patch<'p>(target: &mut Value, patch: &'p Value, above: &mut Vec<&'p str>) -> Done {
    let Value::Map(keys) = patch else {
        *target = patch.clone();
        return Ok(());
    };
    let is_rating = above.len().checked_sub(2).and_then(|at| above.get(at)) == Some(&"ratings");
    if entries(target, is_rating).is_none() {
        *target = Value::Map(Vec::new());
    }
    let Some(there) = entries(target, false) else { return Ok(()) };
    for (key, value) in keys {
        if *value == Value::Null {
            there.retain(|(known, _)| known != key);
            continue;
        }
        let place = position(there, key).map_err(|fault| refused(above.join("."), fault))?;
        if place.is_none() {
            let order = if above.is_empty() { syntax::Evaluation::KEYS } else { &[] };
            insert(there, key, Value::Null, order);
        }
        above.push(key);
        let place = there.iter_mut().find(|(known, _)| known == key);
        place.map_or(Ok(()), |(_, there)| merge_patch(there, value, above))?;
        above.pop();
    }
    Ok(())
}
