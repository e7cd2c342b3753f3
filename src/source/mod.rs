//! Reads text into typed values by way of a tree with spans, and notes every problem.
//!
//! The only folder that names a parser. A text is parsed once, by [`Parsed::of`], and typed values are read by [`read`].

#![allow(
    clippy::arithmetic_side_effects,
    reason = "places in a text of at most `MAX_BYTES`, and counts of the values in it"
)]

mod anchor;
mod any;
mod comment;
mod document;
mod events;
mod field;
mod findings;
mod garbled;
mod help;
mod inline;
mod json;
mod limits;
mod lookalike;
mod number;
mod origin;
mod place;
mod quote;
mod reader;
mod scalar;
mod shape;
mod span;
mod suggest;
mod syntax_error;
mod tree;
mod value;
mod variant;
mod vocabulary;
mod written;
pub(crate) mod yaml;
mod zero;

use std::sync::Arc;

use crate::diagnostic::Diagnostics;

pub use self::any::Value;
pub(crate) use self::any::{Any, in_plain_digits};
pub(crate) use self::comment::comments;
pub(crate) use self::document::{document, documents, key, partly_plain, unshown, words};
pub(crate) use self::field::{
    Blank, Either, Entries, Field, Flag, Kept, Number, OneOrList, Plain, Text, Unread, Word, entry, look,
};
pub(crate) use self::findings::{Finding, Findings, Warnings};
#[cfg(any(feature = "schema", feature = "render"))]
pub(crate) use self::garbled::NOT_BLANK;
#[cfg(feature = "table")]
pub(crate) use self::garbled::garbled_text;
pub(crate) use self::garbled::{is_blank, without_invisible};
pub(crate) use self::help::Help;
pub(crate) use self::inline::inline_schema;
#[cfg(feature = "table")]
pub(crate) use self::limits::too_large;
pub(crate) use self::number::{in_full, serialize as serialize_digits};
pub(crate) use self::origin::{Document, Origin};
#[cfg(feature = "table")]
pub(crate) use self::place::Around;
pub(crate) use self::quote::{label, shorten};
pub(crate) use self::reader::{Mapping, Read, Reader, read};
pub(crate) use self::scalar::{flow_text, is_text};
pub(crate) use self::shape::{Key, Shape, in_words};
pub(crate) use self::span::Span;
pub(crate) use self::suggest::version as suggested_version;
pub(crate) use self::tree::{Node, NodeKind};
pub(crate) use self::vocabulary::{Form, Instead, Keyed, Vocabulary};
pub(crate) use self::written::{is_within_limits, without_other_numbers, written};
pub(crate) use self::zero::{note_leading_zero, without_zeros};

/// The largest document that is read, in bytes.
pub const MAX_BYTES: usize = 4 * 1024 * 1024;
/// The deepest nesting of lists and mappings, and of documents that extend one another.
pub(crate) const MAX_DEPTH: usize = 64;
/// The most values in a document, aliases counted as what they stand for.
pub(crate) const MAX_NODES: usize = 100_000;

/// A document's text, parsed.
#[derive(Debug)]
pub(crate) struct Parsed<'t> {
    pub(crate) name: &'t str,
    pub(crate) text: &'t str,
    /// `None` when there is nothing to go on with; the reason is among the findings.
    pub(crate) tree: Option<Node<'t>>,
    /// The text is JSON to the letter.
    pub(crate) is_json: bool,
}

impl<'t> Parsed<'t> {
    /// Parses a text, and notes what is damaged in it. YAML has other escapes than JSON and refuses some characters, so JSON
    /// has a parser of its own.
    pub(crate) fn of(name: &'t str, text: &'t str, findings: &Findings) -> Self {
        let json =
            if looks_like_json(text) && text.len() <= MAX_BYTES { json::parse(text) } else { Err(json::Stop::NotJson) };
        let is_json = json.is_ok();
        let tree = match json {
            Ok(tree) => Some(tree),
            Err(json::Stop::NotJson) => events::parse(text, findings),
            Err(json::Stop::Limit(finding)) => {
                findings.push(*finding);
                None
            }
        };
        tree.iter().for_each(|tree| garbled::garbled(tree, findings));
        Self { name, text, tree, is_json }
    }

    /// A text that was written together with its tree.
    pub(crate) fn written(name: &'t str, text: &'t str, tree: Node<'t>, findings: &Findings) -> Self {
        garbled::garbled(&tree, findings);
        Self { name, text, tree: Some(tree), is_json: true }
    }

    /// The tree of a text alone; what is damaged in the text has been noted before.
    fn tree(text: &str) -> Option<Node<'static>> {
        Some(Parsed::of("", text, &Findings::default()).tree?.into_owned(0))
    }

    /// A text that is no tree of values.
    pub(crate) fn unparsed(name: &'t str, text: &'t str) -> Self {
        Self { name, text, tree: None, is_json: false }
    }

    /// The findings at their places, in this document and in `bases`, which it extends. Errors that are due to a character
    /// which looks like another are explained.
    pub(crate) fn resolve(&self, findings: Findings, bases: &[Arc<Document>]) -> Diagnostics {
        if !looks_like_json(self.text) {
            lookalike::explain(self.text, &findings);
        }
        findings.resolve(self, bases)
    }
}

/// Reads a typed document from JSON that this program wrote, without places.
#[cfg(feature = "table")]
pub(crate) fn read_own<D: Read>(json: &str) -> Option<D> {
    let mut tree = json::parse_own(json)?;
    tree.forget_places();
    let findings = Findings::default();
    read(&tree, &[json], &findings).filter(|_| findings.is_empty())
}

/// Whether a text begins as JSON does. It may be YAML written that way: then it is spoken of as JSON too.
fn looks_like_json(text: &str) -> bool {
    text.trim_start_matches('\u{feff}').trim_start().starts_with('{')
}

/// The text in `bytes`, which must be UTF-8.
///
/// # Errors
///
/// One finding: not UTF-8, with the place of the first byte that is not; or too large.
pub fn decode<'a>(name: &str, bytes: &'a [u8]) -> Result<&'a str, Diagnostics> {
    decode_or(name, bytes, "save it as UTF-8; a word processor's or a spreadsheet's own format cannot be read")
}

/// As [`decode`], with the help for a text that is not UTF-8.
pub(crate) fn decode_or<'a>(name: &str, bytes: &'a [u8], help: &str) -> Result<&'a str, Diagnostics> {
    let findings = Findings::default();
    let valid = match std::str::from_utf8(bytes) {
        _ if bytes.len() > MAX_BYTES => {
            findings.push(limits::too_large());
            ""
        }
        Ok(text) => return Ok(text),
        Err(error) => {
            findings.push(limits::not_utf8(error.valid_up_to(), help));
            let valid = bytes.get(..error.valid_up_to()).unwrap_or_default();
            std::str::from_utf8(valid).unwrap_or_default()
        }
    };
    Err(findings.resolve(&Parsed::unparsed(name, valid), &[]))
}
