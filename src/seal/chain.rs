//! The chain from the seal to the last amendment, and back.

use std::collections::HashMap;

use crate::source::Any;

use super::Doubt;
use super::canonical::fingerprint;
use super::path::{Path, change};

/// The lists that grow after the sealing: of each, only as many entries as there were then are under the seal.
const GROWING: [&str; 2] = ["responses", "record"];

/// The fingerprint of what a seal covers, in a document without amendments that has its seal, with or without its fingerprint.
pub(crate) fn sealed(document: &Any) -> String {
    fingerprint(&covered(document))
}

/// The document without what stands outside of the seal: the seal's own fingerprint, the amendments, the responses and events
/// since, and the version of the format, where that is the first.
fn covered(document: &Any) -> Any {
    let Any::Map(entries) = document else { return document.clone() };
    let seal = document.get("seal");
    let under = entries.iter().filter_map(|(key, value)| {
        let value = match (key.as_str(), value) {
            ("amendments", _) => return None,
            ("format", Any::Number(one)) if one == "1" => return None,
            ("seal", Any::Map(keys)) => Any::Map(keys.iter().filter(|(key, _)| key != "evaluation").cloned().collect()),
            (list, Any::List(items)) if GROWING.contains(&list) => {
                let under = items.get(..sealed_of(seal, list)).unwrap_or(items);
                if under.is_empty() {
                    return None;
                }
                Any::List(under.to_vec())
            }
            _ => value.clone(),
        };
        Some((key.clone(), value))
    });
    Any::Map(under.collect())
}

/// The number of entries of a growing list that are under the seal.
fn sealed_of(seal: Option<&Any>, list: &str) -> usize {
    match seal.and_then(|seal| seal.get(list)) {
        Some(Any::Number(count)) => count.parse().unwrap_or_default(),
        _ => 0,
    }
}

/// An amendment with its place in the chain: `previous`, and its own fingerprint.
pub(crate) fn amendment(amendment: Any, document: &Any) -> Any {
    let last = match document.get("amendments") {
        Some(Any::List(list)) => list.last().and_then(|last| text(last, "fingerprint")),
        _ => None,
    };
    let seal = || document.get("seal").and_then(|seal| text(seal, "evaluation"));
    let previous = last.or_else(seal).unwrap_or_default().to_owned();
    let amendment = amendment.with("previous", Any::Text(previous));
    let own = fingerprint(&amendment);
    amendment.with("fingerprint", Any::Text(own))
}

fn text<'a>(value: &'a Any, key: &str) -> Option<&'a str> {
    match value.get(key) {
        Some(Any::Text(text)) => Some(text),
        _ => None,
    }
}

/// The document as it was sealed, computed back from its amendments, with the responses and events since.
///
/// # Errors
///
/// The first thing that does not hold.
pub(crate) fn original(document: &Any) -> Result<Any, Doubt> {
    let missing =
        |what: &str, key: &str| Doubt::Malformed { reason: format!("{what} lacks `{key}`, or it is no text") };
    let is_final = text(document, "status") == Some("final");
    let seal = document.get("seal").filter(|seal| matches!(seal, Any::Map(_)));
    let seal = seal.ok_or(Doubt::NotSealed { is_final })?;
    let of_seal = text(seal, "evaluation").ok_or_else(|| missing("the seal", "evaluation"))?;
    let none = Vec::new();
    let amendments = match document.get("amendments") {
        None | Some(Any::Null) => &none,
        Some(Any::List(list)) => list,
        Some(_) => return Err(Doubt::Malformed { reason: "the amendments are no list".to_owned() }),
    };
    follow(of_seal, amendments)?;
    for list in GROWING {
        let sealed = sealed_of(Some(seal), list);
        let found = match document.get(list) {
            Some(Any::List(items)) => items.len(),
            _ => 0,
        };
        if found < sealed {
            return Err(Doubt::Shortened { list, sealed, found });
        }
    }
    let original = undo(document, amendments)?;
    if sealed(&original) != of_seal {
        return Err(Doubt::Content { is_amended: !amendments.is_empty() });
    }
    let named = original.get("rubric").and_then(|rubric| text(rubric, "fingerprint"));
    if text(seal, "rubric").zip(named).is_some_and(|(sealed, named)| sealed != named) {
        return Err(Doubt::OtherRubric);
    }
    Ok(original)
}

/// Checks that each amendment is as it was made, and follows on the one before.
fn follow(of_seal: &str, amendments: &[Any]) -> Result<(), Doubt> {
    let mut previous = of_seal;
    for (number, amendment) in (1..).zip(amendments) {
        let missing =
            |key: &str| Doubt::Malformed { reason: format!("amendment {number} lacks `{key}`, or it is no text") };
        let own = text(amendment, "fingerprint").ok_or_else(|| missing("fingerprint"))?;
        let Any::Map(keys) = amendment else { return Err(missing("fingerprint")) };
        let content = Any::Map(keys.iter().filter(|(key, _)| key != "fingerprint").cloned().collect());
        if fingerprint(&content) != own {
            return Err(Doubt::Changed { number });
        }
        if text(amendment, "previous").ok_or_else(|| missing("previous"))? != previous {
            return Err(Doubt::Misplaced { number });
        }
        previous = own;
    }
    Ok(())
}

/// The document without its amendments: each value as it was, the last amendment undone first.
fn undo(document: &Any, amendments: &[Any]) -> Result<Any, Doubt> {
    let mut original = document.clone();
    if let Any::Map(entries) = &mut original {
        entries.retain(|(key, _)| key != "amendments");
    }
    let mut later: HashMap<&str, usize> = HashMap::new();
    for (number, amendment) in (1..).zip(amendments).collect::<Vec<(usize, _)>>().into_iter().rev() {
        let at = text(amendment, "at").unwrap_or_default();
        let path =
            Path::parse(at).ok_or_else(|| Doubt::Malformed { reason: format!("amendment {number} names no place") })?;
        let value = |key| amendment.get(key).filter(|value| **value != Any::Null);
        if !change(&mut original, &path, value("is"), value("was")) {
            let at = at.to_owned();
            return Err(match later.get(at.as_str()) {
                Some(later) => Doubt::OtherWas { number: *later, at },
                None => Doubt::OtherIs { number, at },
            });
        }
        later.insert(at, number);
    }
    Ok(original)
}
