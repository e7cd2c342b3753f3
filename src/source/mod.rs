//! From text to values: the text to a tree with spans, the tree to typed values, every problem on the way noted.
//!
//! The only folder that names a parser. [`load`] is the way in.

#![allow(
    clippy::arithmetic_side_effects,
    reason = "places in a text of at most `MAX_BYTES`, and counts of the values in it"
)]

mod any;
mod comment;
mod fast;
mod field;
mod findings;
mod garbled;
mod kind;
mod lookalike;
mod number;
mod origin;
mod place;
mod quote;
mod reader;
mod scalar;
mod suggest;
mod syntax_error;
mod tree;
mod written;
pub(crate) mod yaml;
mod zero;

use std::borrow::Cow;

use serde::de::{DeserializeOwned, IgnoredAny};

use crate::diagnostic::Diagnostics;

pub(crate) use self::any::{Any, in_plain_digits, optional_in_plain_digits};
pub(crate) use self::comment::comments;
pub(crate) use self::field::{Blank, Either, Entries, Field, Flag, Number, OneOrList, Text, Word};
pub(crate) use self::findings::Read;
pub(crate) use self::findings::{Finding, Findings, Warnings};
#[cfg(feature = "table")]
pub(crate) use self::garbled::garbled_text;
pub use self::kind::DocumentKind;
pub(crate) use self::kind::has_keys;
pub(crate) use self::number::in_full;
pub(crate) use self::origin::Origin;
pub(crate) use self::place::Span;
pub(crate) use self::quote::{label, shorten};
pub(crate) use self::reader::read;
pub(crate) use self::scalar::is_text;
pub(crate) use self::suggest::version as suggested_version;
#[cfg(feature = "table")]
pub(crate) use self::tree::too_large;
pub(crate) use self::tree::{Kind, Node};
pub(crate) use self::written::flow_text;
pub(crate) use self::zero::note_leading_zero;

/// The largest document that is read, in bytes.
pub const MAX_BYTES: usize = 4 * 1024 * 1024;
/// The deepest nesting of lists and mappings, and of documents that extend one another.
pub(crate) const MAX_DEPTH: usize = 64;
/// The most values in a document, aliases counted as what they stand for.
pub(crate) const MAX_NODES: usize = 100_000;

/// Reads `text` into a document and checks it: the checked value, if there is one, and everything found.
///
/// Sound JSON is read straight into the document. Only when something is wrong with it is the text read again through
/// the tree, which knows the places.
pub(crate) fn load<D: DeserializeOwned, C>(
    name: &str,
    text: &str,
    check: impl Fn(D, &Findings) -> Option<C>,
) -> (Option<C>, Diagnostics) {
    load_extended(name, text, |_, _| Whole::Itself, |document, _, findings| check(document, findings))
}

/// What a document is read from in the end.
pub(crate) enum Whole {
    /// The document itself.
    Itself,
    /// It extends another, and this is what the two make.
    With(Origin),
    /// It extends another that cannot be had, and that has been reported.
    Unknown,
}

/// As [`load`], for a document that may extend another: `extend` is given its tree and says what to read instead.
///
/// What extends another is never read the fast way, for the document's type does not know the keys of such.
pub(crate) fn load_extended<D: DeserializeOwned, C>(
    name: &str,
    text: &str,
    extend: impl FnOnce(&Node<'_>, &Findings) -> Whole,
    check: impl Fn(D, Option<Origin>, &Findings) -> Option<C>,
) -> (Option<C>, Diagnostics) {
    // What is garbled is a finding with a place, which the fast way does not know.
    if let Some(document) = Some(text).filter(|text| !garbled::may_be_garbled(text)).and_then(fast::read) {
        let findings = Findings::default();
        let checked = check(document, None, &findings);
        if checked.is_some() && findings.is_empty() {
            return (checked, Diagnostics::new(name));
        }
    }
    let findings = Findings::default();
    let tree = parse(text, &findings);
    tree.iter().for_each(|tree| garbled::garbled(tree, &findings));
    let whole = tree.as_ref().map_or(Whole::Unknown, |tree| extend(tree, &findings));
    let mut bases = Vec::new();
    let checked = match whole {
        Whole::Itself => {
            let document = tree.as_ref().and_then(|tree| read(tree, &[text], &findings));
            document.and_then(|document| check(document, None, &findings))
        }
        Whole::With(origin) => {
            let texts: Vec<&str> = origin.documents().iter().map(|document| document.text.as_str()).collect();
            let document = origin.tree().and_then(|tree| read(tree, &texts, &findings));
            bases.extend(origin.documents().iter().skip(1).cloned());
            document.and_then(|document| check(document, Some(origin), &findings))
        }
        Whole::Unknown => None,
    };
    if !is_json(text) {
        lookalike::explain(text, &findings);
    }
    let diagnostics = findings.resolve(&Read { name, text, tree: tree.as_ref() }, &bases);
    (checked.filter(|_| !diagnostics.has_errors()), diagnostics)
}

/// The text as a tree. What is JSON is read to the letter, though YAML has other escapes and refuses some characters.
fn parse<'t>(text: &'t str, findings: &Findings) -> Option<Node<'t>> {
    let readable = readable(text);
    let Cow::Borrowed(_) = readable else {
        let mut tree = tree::parse(&readable, findings)?.into_owned(0);
        restore(&mut tree, text);
        return Some(tree);
    };
    let mut tree = tree::parse(text, findings)?;
    if is_json(text) && text.contains('\\') {
        restore(&mut tree, text);
    }
    Some(tree)
}

/// The texts under some keys of a document, whatever is wrong with the rest.
pub(crate) fn peek<const N: usize>(text: &str, keys: [&str; N]) -> [Option<String>; N] {
    let tree = parse(text, &Findings::default());
    keys.map(|key| Some(tree.as_ref()?.get(key)?.text()?.to_owned()))
}

/// Puts the texts of JSON as `text` has them where others stand for them, or escapes were read the way of YAML.
fn restore(node: &mut Node<'_>, text: &str) {
    match &mut node.kind {
        Kind::Scalar { plain: true, .. } => {}
        Kind::Scalar { text: read, .. } => {
            let written = text.get(node.span.start as usize..node.span.end as usize).unwrap_or_default();
            if let Ok(exact) = serde_json::from_str::<String>(written)
                && exact != **read
            {
                *read = Cow::Owned(exact);
            }
        }
        Kind::List(items) => items.iter_mut().for_each(|item| restore(item, text)),
        Kind::Map(entries) => entries.iter_mut().for_each(|(key, value)| {
            restore(key, text);
            restore(value, text);
        }),
    }
}

/// Whether a text is JSON by its first character. It may be YAML written that way: then it is spoken of as JSON too.
fn is_json(text: &str) -> bool {
    text.trim_start_matches('\u{feff}').trim_start().starts_with('{')
}

/// JSON may hold characters that YAML may not. For the tree, which is read for the places, others of the same length
/// stand for them.
fn readable(text: &str) -> Cow<'_, str> {
    let is_refused = |c: char| matches!(c, '\u{7f}'..='\u{84}' | '\u{86}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}');
    let is_sound_json = || serde_json::from_str::<IgnoredAny>(text).is_ok();
    if text.len() > MAX_BYTES || !is_json(text) || !text.contains(is_refused) || !is_sound_json() {
        return Cow::Borrowed(text);
    }
    let stand_in = |c: char| match c.len_utf8() {
        _ if !is_refused(c) => c,
        1 => '?',
        2 => '¿',
        _ => '\u{fffd}',
    };
    Cow::Owned(text.chars().map(stand_in).collect())
}

/// The text in `bytes`, which must be UTF-8.
///
/// # Errors
///
/// One finding: not UTF-8, with the place of the first byte that is not; or too large.
pub fn decode<'a>(name: &str, bytes: &'a [u8]) -> Result<&'a str, Diagnostics> {
    decode_or(name, bytes, "save it as UTF-8; a word processor's or a spreadsheet's own format cannot be read")
}

/// The same, where the help for what is not UTF-8 is another.
pub(crate) fn decode_or<'a>(name: &str, bytes: &'a [u8], help: &str) -> Result<&'a str, Diagnostics> {
    let findings = Findings::default();
    let valid = match std::str::from_utf8(bytes) {
        _ if bytes.len() > MAX_BYTES => {
            findings.push(tree::too_large());
            ""
        }
        Ok(text) => return Ok(text),
        Err(error) => {
            findings.push(tree::not_utf8(error.valid_up_to(), help));
            let valid = bytes.get(..error.valid_up_to()).unwrap_or_default();
            std::str::from_utf8(valid).unwrap_or_default()
        }
    };
    Err(findings.resolve(&Read { name, text: valid, tree: None }, &[]))
}
