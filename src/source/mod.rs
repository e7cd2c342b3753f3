//! From text to values: the text to a tree with spans, the tree to typed values, every problem on the way noted.
//!
//! The only folder that names a parser. [`load`] is the way in.

mod any;
mod field;
mod findings;
mod kind;
mod place;
mod quote;
mod reader;
mod scalar;
mod suggest;
mod syntax_error;
mod tree;

use std::borrow::Cow;

use serde::de::{DeserializeOwned, IgnoredAny};

use crate::diagnostic::Diagnostics;

pub(crate) use self::any::Any;
pub(crate) use self::field::{Blank, Either, Entries, Field, Flag, Number, Text, Word};
pub(crate) use self::findings::{Finding, Findings};
pub use self::kind::DocumentKind;
pub(crate) use self::place::Span;
pub(crate) use self::quote::shorten;

/// The largest document that is read, in bytes.
pub const MAX_BYTES: usize = 4 * 1024 * 1024;
/// The deepest nesting of lists and mappings.
pub(crate) const MAX_DEPTH: usize = 64;
/// The most values in a document, aliases counted as what they stand for.
pub(crate) const MAX_NODES: usize = 100_000;
/// JSON up to this size cannot hold more than [`MAX_NODES`] values, so the fast path need not count.
const MAX_FAST_JSON: usize = 2 * MAX_NODES - 1;

/// Reads `text` into a document and checks it: the checked value, if there is one, and everything found.
///
/// Sound JSON is read straight into the document. Only when something is wrong with it is the text read again through
/// the tree, which knows the places.
pub(crate) fn load<D: DeserializeOwned, C>(
    name: &str,
    text: &str,
    check: impl Fn(D, &Findings) -> Option<C>,
) -> (Option<C>, Diagnostics) {
    let mut sound = None;
    if text.len() <= MAX_FAST_JSON
        && is_json(text)
        && let Ok(document) = serde_json::from_str(text)
    {
        let findings = Findings::default();
        let checked = check(document, &findings);
        if checked.is_some() && findings.is_empty() {
            return (checked, Diagnostics::new(name, text, Vec::new()));
        }
        sound = checked;
    }
    let findings = Findings::default();
    let readable = readable(text);
    let tree = tree::parse(&readable, &findings);
    let document = tree.as_ref().and_then(|tree| reader::read(tree, text, &findings));
    let checked = document.and_then(|document| check(document, &findings));
    // What JSON gave is what was written, to the letter; the tree was read for the places.
    let checked = sound.or(checked);
    let list = findings.resolve(name, text, tree.as_ref());
    let diagnostics = Diagnostics::new(name, text, list);
    (checked.filter(|_| !diagnostics.has_errors()), diagnostics)
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
    if text.len() > MAX_FAST_JSON || !is_json(text) || !text.contains(is_refused) || !is_sound_json() {
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
    let findings = Findings::default();
    let valid = match std::str::from_utf8(bytes) {
        _ if bytes.len() > MAX_BYTES => {
            findings.push(tree::too_large());
            ""
        }
        Ok(text) => return Ok(text),
        Err(error) => {
            findings.push(tree::not_utf8(error.valid_up_to()));
            let valid = bytes.get(..error.valid_up_to()).unwrap_or_default();
            std::str::from_utf8(valid).unwrap_or_default()
        }
    };
    let list = findings.resolve(name, valid, None);
    Err(Diagnostics::new(name, valid, list))
}
