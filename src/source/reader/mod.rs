//! The recording reader: reads a tree into typed documents, notes every problem at its place and goes on.
//!
//! A type says how it is read by [`Read`]. A value that cannot be read is `None`, and that has been noted; a [`Field`] keeps it
//! so, with its place, so the rest is read. Unknown and repeated keys never reach a type, and absent ones are offered to it, so
//! that an `Option` takes none and all else is noted as missing.
//!
//! [`Field`]: super::Field

mod access;
mod lost_comment;
mod keyed;
mod wanted;

use std::cell::RefCell;
use std::collections::HashMap;

use serde::de::DeserializeOwned;
use serde::ser::SerializeMap;

use crate::diagnostic::Code;
use crate::exact::Exact;
use crate::source;

use super::findings::Findings;
use super::help::Help;
use super::quote::shorten;
use super::scalar::{self, ScalarKind};
use super::shape::Shape;
use super::span::Span;
use super::suggest;
use super::tree::{Node, NodeKind};
use super::variant::Variant;
use super::zero::note_leading_zero;

use self::wanted::one_of;

pub(crate) use self::wanted::Wanted;

/// A type that is read from a tree.
pub(crate) trait Read: Sized {
    /// Whether a key with such a value can be left out.
    const IS_OPTIONAL: bool = false;

    /// Reads a value. `None` when it could not be read, which has been noted.
    fn read(reader: Reader<'_>) -> Option<Self>;

    /// Whether the value is there. An absent one is not written.
    fn is_present(&self) -> bool {
        true
    }

    /// The place of a value that knows it.
    fn place(&self) -> Option<Span> {
        None
    }

    /// The shape of such values.
    #[cfg_attr(not(feature = "render"), allow(dead_code, reason = "only forms ask for it"))]
    fn shape() -> Shape {
        Shape::Text
    }
}

/// A mapping with known keys, in the order in which they are written.
pub(crate) trait Mapping {
    /// The keys.
    const KEYS: &'static [&'static str];

    /// Writes the entry with a key, unless it is absent or an empty list or mapping.
    fn write<M: SerializeMap>(&self, key: &str, map: &mut M) -> Result<(), M::Error>;

    /// The place of the value with a key, where there is one.
    fn place_of(&self, key: &str) -> Option<Span>;
}

/// Reads a tree into a document. `None` when not even its outermost mapping could be read.
///
/// `texts` are those of the documents that the tree is made of, the one that is read first.
pub(crate) fn read<T: Read>(tree: &Node<'_>, texts: &[&str], findings: &Findings) -> Option<T> {
    if !tree.is_map() {
        let message = format!("a document is a group of keys and values, but this is {}", tree.describe());
        findings.error(Code::WrongType, tree.span, message, findings.vocabulary.beginning);
        return None;
    }
    read_value(tree, texts, findings)
}

/// Reads a value of any shape.
pub(super) fn read_value<T: Read>(tree: &Node<'_>, texts: &[&str], findings: &Findings) -> Option<T> {
    let is_json = texts.first().is_some_and(|text| source::looks_like_json(text));
    let context = Context { texts, findings, is_json, seen_comments: RefCell::default() };
    T::read(Reader {
        context: &context,
        value: Value::Present(tree),
        at: tree.span,
        removable: false,
        is_id: false,
        key: "",
    })
}

struct Context<'a> {
    texts: &'a [&'a str],
    findings: &'a Findings,
    is_json: bool,
    /// The places that were looked at for text that is cut, and whether all of it is. An alias leads to one again.
    seen_comments: RefCell<HashMap<(Span, bool), bool>>,
}

impl<'a> Context<'a> {
    /// The document's text from an offset on.
    fn text_from(&self, document: u16, offset: u32) -> &'a str {
        self.texts.get(usize::from(document)).and_then(|text| text.get(offset as usize..)).unwrap_or_default()
    }

    /// The document's text up to an offset.
    fn text_until(&self, document: u16, offset: u32) -> &'a str {
        self.texts.get(usize::from(document)).and_then(|text| text.get(..offset as usize)).unwrap_or_default()
    }
}

#[derive(Clone, Copy)]
enum Value<'a> {
    Present(&'a Node<'a>),
    /// The key is absent from the mapping.
    Absent(&'static str),
    /// The key is absent, and something else found explains it.
    Explained,
}

/// A value to be read, or the lack of one.
#[derive(Clone, Copy)]
pub(crate) struct Reader<'a> {
    context: &'a Context<'a>,
    value: Value<'a>,
    /// The value's place; that of the mapping when it is absent.
    pub(super) at: Span,
    /// The value is an item of a list, or stands under a key of the user's own: it can be left out.
    removable: bool,
    /// The value is an id of the document's own, often a key.
    is_id: bool,
    /// The key of the format that it stands under.
    key: &'static str,
}

impl<'a> Reader<'a> {
    fn findings(&self) -> &'a Findings {
        self.context.findings
    }

    /// Notes a problem at the value's place.
    pub(crate) fn note(&self, code: Code, message: String, help: impl Into<Help>) {
        let is_echo = matches!(self.value, Value::Present(node) if node.explained && !node.is_map());
        if !is_echo {
            self.findings().error(code, self.at, message, help);
        }
    }

    /// Notes that the value is not what is wanted here.
    pub(super) fn wrong<T>(&self, wanted: Wanted<'_>) -> Option<T> {
        match self.value {
            Value::Explained => {}
            Value::Absent(key) => {
                let written = if self.context.is_json { format!("\"{key}\":") } else { format!("{key}:") };
                let made = self.findings().vocabulary.made.iter().find(|(made, _)| *made == key);
                let help = made.map_or_else(|| format!("add `{written}` here"), |(_, help)| (*help).to_owned());
                self.findings().missing_key(key, self.at, format!("`{key}` is missing"), help);
            }
            Value::Present(node) => {
                let written = self.context.text_from(node.span.document, node.span.start);
                let message = format!("{}, but this is {}", wanted.sentence(), node.describe());
                let known = wanted.form().and_then(|form| self.findings().vocabulary.written(self.key, form));
                // Groups by their names are answered with the first of them.
                let help = match known.filter(|_| !wanted.is_answered(node)) {
                    Some(help) => help.to_owned(),
                    None => wanted.help(node, written, self.key, self.context.is_json),
                };
                self.note(Code::WrongType, message, help);
            }
        }
        None
    }

    /// The value; where there is none, that is noted.
    pub(super) fn present(&self, wanted: Wanted<'_>) -> Option<&'a Node<'a>> {
        match self.value {
            Value::Present(node) => Some(node),
            _ => self.wrong(wanted),
        }
    }

    /// The same value, where it is an id.
    pub(crate) fn of_id(self) -> Self {
        Reader { is_id: true, ..self }
    }

    /// Text for people.
    pub(super) fn prose(&self) -> Option<&'a str> {
        self.string(false, |_| None)
    }

    /// Text that names something, and is not blank; `instead` says what to write instead of a number.
    pub(crate) fn reference(&self, instead: impl Fn(&str) -> Option<Help>) -> Option<&'a str> {
        let text = self.string(true, instead)?;
        if text.trim().is_empty() {
            self.note(Code::BlankText, "this text is blank".to_owned(), "write what belongs here".to_owned());
            return None;
        }
        Some(text)
    }

    /// Text for people or a reference, from a scalar that YAML reads as text.
    pub(super) fn string(&self, reference: bool, instead: impl Fn(&str) -> Option<Help>) -> Option<&'a str> {
        let node = self.present(Wanted::Text)?;
        let NodeKind::Scalar { text, plain } = &node.kind else { return self.wrong(Wanted::Text) };
        match node.scalar_kind() {
            Some(ScalarKind::Null) if self.note_lost_whole() => None,
            Some(ScalarKind::Null) => self.nothing(text, "write the text".to_owned()),
            Some(ScalarKind::Text) if reference && *plain && scalar::is_old_bool(text) => {
                let message = format!("some YAML readers take `{text}` for a truth value");
                self.note(Code::NotText, message, Help::quoting(text));
                None
            }
            Some(ScalarKind::Text) => {
                self.note_lost_comment(node, reference);
                Some(text)
            }
            _ => {
                let sees = if self.context.is_json { "this is" } else { "YAML reads" };
                let message = format!("text is wanted here, but {sees} {}", node.describe());
                let help = match node.scalar_kind() {
                    Some(ScalarKind::Number) if self.is_id => {
                        "write the id that is meant: ids begin with a letter".into()
                    }
                    Some(ScalarKind::Number) if self.key == "version" => {
                        let version = self.quoted(&suggest::version(text));
                        Help::version(&version).writing_whole(text, &version)
                    }
                    Some(ScalarKind::Number) => instead(text).unwrap_or_else(|| Help::quoting(text)),
                    _ => Help::quoting(text),
                };
                self.note(Code::NotText, message, help);
                None
            }
        }
    }

    /// A text that needs no quotes but in JSON.
    pub(crate) fn quoted(&self, text: &str) -> String {
        if self.context.is_json { format!("\"{text}\"") } else { text.to_owned() }
    }

    /// Notes that there is nothing, or `null`, where text is wanted.
    fn nothing<T>(&self, text: &str, help: String) -> Option<T> {
        let message = match text {
            "" => "text is missing here".to_owned(),
            null => format!("text is missing here: `{null}` stands for nothing"),
        };
        self.note(Code::NotText, message, if self.removable { format!("{help}, or remove this entry") } else { help });
        None
    }

    /// The digits of a number.
    pub(super) fn decimal(&self) -> Option<&'a str> {
        let node = self.present(Wanted::Number)?;
        match (&node.kind, node.scalar_kind()) {
            (NodeKind::Scalar { text, .. }, Some(ScalarKind::Number)) => {
                note_leading_zero(text, self.at, self.findings());
                Some(text)
            }
            // A number written as text, since not every format carries it.
            (NodeKind::Scalar { text, .. }, _) if Exact::parse(text).is_some_and(|it| it.is_written_as_text()) => {
                Some(text)
            }
            _ => self.wrong(Wanted::Number),
        }
    }

    /// The digits where the value is a number, or a number written as text since not every format carries it; notes nothing.
    pub(crate) fn digits(&self) -> Option<&'a str> {
        let Value::Present(node) = self.value else { return None };
        let NodeKind::Scalar { text, .. } = &node.kind else { return None };
        // Most are the id of a level, which begins with a letter.
        if !text.starts_with(|first: char| first.is_ascii_digit() || "+-.".contains(first)) {
            return None;
        }
        let is_number = node.scalar_kind() == Some(ScalarKind::Number)
            || Exact::parse(text).is_some_and(|number| number.is_written_as_text());
        is_number.then_some(text.as_ref())
    }

    /// A truth value as it is written; notes nothing.
    pub(crate) fn plain_truth_value(&self) -> Option<&'a str> {
        let Value::Present(node) = self.value else { return None };
        node.text().filter(|_| node.scalar_kind() == Some(ScalarKind::Bool))
    }

    pub(super) fn whole<T: std::str::FromStr>(&self) -> Option<T> {
        let wanted = Wanted::WholeNumber;
        let node = self.present(wanted)?;
        let (NodeKind::Scalar { text, .. }, Some(ScalarKind::Number)) = (&node.kind, node.scalar_kind()) else {
            return self.wrong(wanted);
        };
        // `1.0` is a whole number too: some hosts write every number so.
        let digits = text.split_once('.').map_or(text.as_ref(), |(whole, places)| {
            if places.bytes().all(|place| place == b'0') { whole } else { "" }
        });
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return self.wrong(wanted);
        }
        note_leading_zero(text, self.at, self.findings());
        let number = digits.parse().ok();
        if number.is_none() {
            self.note(
                Code::BadNumber,
                format!("`{}` is too large", shorten(text)),
                "write a smaller number".to_owned(),
            );
        }
        number
    }

    pub(super) fn truth_value(&self) -> Option<bool> {
        let node = self.present(Wanted::TruthValue)?;
        match (&node.kind, node.scalar_kind()) {
            (NodeKind::Scalar { text, .. }, Some(ScalarKind::Bool)) => Some(text.eq_ignore_ascii_case("true")),
            _ => self.wrong(Wanted::TruthValue),
        }
    }

    /// One of some words.
    fn choice(&self, choices: &'static [&'static str]) -> Option<&'static str> {
        let wanted = Wanted::Choice(choices);
        let node = self.present(wanted)?;
        let NodeKind::Scalar { text, .. } = &node.kind else { return self.wrong(wanted) };
        let choice = choices.iter().copied().find(|choice| *choice == text);
        if choice.is_none() && node.is_null() {
            return self.nothing(text, one_of(choices));
        }
        if choice.is_none() {
            let meant = self.findings().mistyped(text, choices.iter().copied());
            let help = meant.map_or_else(|| one_of(choices).into(), |meant| Help::did_you_mean(text, meant));
            self.note(Code::UnknownChoice, format!("`{}` is not known here", shorten(text)), help);
        }
        choice
    }

    /// One of the variants of an enum, by the words that serde knows for them.
    pub(crate) fn variant<T: DeserializeOwned>(self) -> Option<T> {
        T::deserialize(Variant(|choices| self.choice(choices))).ok()
    }

    /// A value that may be absent. One that YAML cannot see is there, and noted.
    pub(super) fn optional<T: Read>(self) -> Option<Option<T>> {
        if !self.is_nothing() {
            T::read(self).map(Some)
        } else if self.note_lost_whole() {
            T::read(Reader { value: Value::Explained, ..self }).map(Some)
        } else {
            Some(None)
        }
    }

    /// Whether it is a mapping without keys.
    pub(super) fn is_empty_mapping(&self) -> bool {
        matches!(self.value, Value::Present(Node { kind: NodeKind::Map(entries), .. }) if entries.is_empty())
    }

    /// Whether it is a mapping of which a value is a mapping.
    pub(crate) fn holds_a_mapping(&self) -> bool {
        let is_mapping = |node: &Node<'_>| matches!(node.kind, NodeKind::Map(_));
        matches!(self.value, Value::Present(Node { kind: NodeKind::Map(entries), .. })
            if entries.iter().any(|(_, value)| is_mapping(value)))
    }

    /// Whether it is a mapping in which a text stands under a key.
    pub(crate) fn has_text_under(&self, key: &str) -> bool {
        let is_key = |node: &Node<'_>| matches!(&node.kind, NodeKind::Scalar { text, .. } if text == key);
        matches!(self.value, Value::Present(Node { kind: NodeKind::Map(entries), .. })
            if entries.iter().any(|(name, value)| is_key(name) && value.scalar_kind() == Some(ScalarKind::Text)))
    }

    /// The text of a number.
    pub(crate) fn number(&self) -> Option<&'a str> {
        match self.value {
            Value::Present(node) if node.scalar_kind() == Some(ScalarKind::Number) => match &node.kind {
                NodeKind::Scalar { text, .. } => Some(text),
                _ => None,
            },
            _ => None,
        }
    }

    fn is_nothing(&self) -> bool {
        match self.value {
            Value::Present(node) => node.scalar_kind() == Some(ScalarKind::Null),
            Value::Absent(_) => true,
            // An optional key that was mistyped is there, without a value, and what looks for it finds it.
            Value::Explained => false,
        }
    }
}
