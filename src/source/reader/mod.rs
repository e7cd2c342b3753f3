//! The recording reader: a serde `Deserializer` over a tree that notes every problem at its place and goes on.
//!
//! serde's derive stops a struct at its first error. Here an error is noted where it happens and [`Field`] takes it for
//! "no value", so the rest is read; unknown and repeated keys never reach the derived code, and absent ones are offered to
//! it, so that an `Option` takes none and a `Field` notes what is missing.
//!
//! [`Field`]: super::Field

mod access;
mod cut;
mod keyed;
mod wanted;

use std::cell::RefCell;
use std::collections::HashMap;
use std::fmt;

use serde::de::{self, DeserializeOwned, Deserializer, Visitor};

use crate::diagnostic::Code;
use crate::exact::Exact;
use crate::source;

use super::findings::Findings;
use super::place::Span;
use super::quote::shorten;
use super::tree::{Kind, Node};
use super::zero::note_leading_zero;
use super::{any, field, scalar, suggest};

use self::access::{Items, Keys, Members, Names, Parts, Variant};
use self::wanted::{Wanted, one_of};

/// Reads a tree into a document. `None` when not even its outermost mapping could be read.
///
/// `texts` are those of the documents that the tree is made of, the one that is read first.
pub(crate) fn read<T: DeserializeOwned>(tree: &Node<'_>, texts: &[&str], findings: &Findings) -> Option<T> {
    let context = Context::new(texts, findings);
    let reader = Reader {
        context: &context,
        value: Value::Present(tree),
        at: tree.span,
        removable: false,
        is_id: false,
        key: "",
    };
    if !tree.is_map() {
        let message = format!("a document is a group of keys and values, but this is {}", tree.describe());
        let _ = reader.note(Code::WrongType, message, findings.vocabulary.beginning.to_owned());
        return None;
    }
    T::deserialize(reader).ok()
}

struct Context<'a> {
    texts: &'a [&'a str],
    findings: &'a Findings,
    is_json: bool,
    /// The keys that were found missing, in the order of the format.
    missing: RefCell<Vec<&'static str>>,
    /// The places that were looked at for text that is cut, and whether all of it is. An alias leads to one again.
    seen_cuts: RefCell<HashMap<(Span, bool), bool>>,
}

impl<'a> Context<'a> {
    fn new(texts: &'a [&'a str], findings: &'a Findings) -> Self {
        let is_json = texts.first().is_some_and(|text| source::looks_like_json(text));
        Self { texts, findings, is_json, missing: RefCell::default(), seen_cuts: RefCell::default() }
    }

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

#[derive(Clone, Copy)]
struct Reader<'a> {
    context: &'a Context<'a>,
    value: Value<'a>,
    /// The value's place; that of the mapping when it is absent.
    at: Span,
    /// It is an item of a list, or stands under a key of the user's own: it can be left out.
    removable: bool,
    /// It is a key of the user's own, which is the id of something.
    is_id: bool,
    /// The key of the format that it stands under.
    key: &'static str,
}

/// "Noted already", or the message of a visitor that is yet to be noted.
#[derive(Debug)]
pub(in crate::source) struct Noted(Option<String>);

impl fmt::Display for Noted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.as_deref().unwrap_or("noted"))
    }
}

impl std::error::Error for Noted {}

impl de::Error for Noted {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(Some(message.to_string()))
    }
}

impl<'a> Reader<'a> {
    fn findings(&self) -> &'a Findings {
        self.context.findings
    }

    fn note(&self, code: Code, message: String, help: String) -> Noted {
        let is_echo = matches!(self.value, Value::Present(node) if node.explained && !node.is_map());
        if !is_echo {
            self.findings().error(code, self.at, message, help);
        }
        Noted(None)
    }

    /// Notes that the value is not what is wanted here.
    fn wrong(&self, wanted: Wanted<'_>) -> Noted {
        match self.value {
            Value::Explained => Noted(None),
            Value::Absent(key) => {
                self.context.missing.borrow_mut().push(key);
                let written = if self.context.is_json { format!("\"{key}\":") } else { format!("{key}:") };
                let (message, help) = (format!("`{key}` is missing"), format!("add `{written}` here"));
                self.findings().lacking(Code::MissingKey, self.at, message, help);
                Noted(None)
            }
            Value::Present(node) => {
                let written = self.context.text_from(node.span.document, node.span.start);
                self.note(
                    Code::WrongType,
                    format!("{}, but this is {}", wanted.sentence(), node.describe()),
                    wanted.help(node, written, self.context.is_json),
                )
            }
        }
    }

    fn present(&self, wanted: Wanted<'_>) -> Result<&'a Node<'a>, Noted> {
        match self.value {
            Value::Present(node) => Ok(node),
            _ => Err(self.wrong(wanted)),
        }
    }

    /// Text for people or a reference, from a scalar that YAML reads as text.
    fn string(&self, reference: bool) -> Result<&'a str, Noted> {
        let node = self.present(Wanted::Text)?;
        let Kind::Scalar { text, plain } = &node.kind else { return Err(self.wrong(Wanted::Text)) };
        match node.scalar_kind() {
            Some(scalar::Kind::Null) if self.note_cut_whole() => Err(Noted(None)),
            Some(scalar::Kind::Null) => Err(self.nothing(text, "write the text".to_owned())),
            Some(scalar::Kind::Text) if reference && *plain && scalar::is_old_bool(text) => Err(self.note(
                Code::NotText,
                format!("some YAML readers take `{text}` for a truth value"),
                format!("quote it: \"{text}\""),
            )),
            Some(scalar::Kind::Text) => {
                self.note_cut(node, reference);
                Ok(text)
            }
            _ => {
                let sees = if self.context.is_json { "this is" } else { "YAML reads" };
                let message = format!("text is wanted here, but {sees} {}", node.describe());
                let quoted = || format!("quote it: \"{}\"", shorten(text));
                let help = match node.scalar_kind() {
                    Some(scalar::Kind::Number) if self.is_id => {
                        "write the id that is meant: ids begin with a letter".to_owned()
                    }
                    Some(scalar::Kind::Number) if self.key == "version" => {
                        format!(
                            "write {}: three numbers with points between them",
                            self.quoted(&suggest::version(text))
                        )
                    }
                    Some(scalar::Kind::Number) if self.is_date(text) => {
                        let date = suggest::date(text).unwrap_or_else(|| "2026-06-30".to_owned());
                        format!("write year, month and day: {}", self.quoted(&date))
                    }
                    _ => quoted(),
                };
                Err(self.note(Code::NotText, message, help))
            }
        }
    }

    /// Whether a number is meant for a date, by the key that it stands under. A part of the rubric can stand under `to`.
    fn is_date(&self, text: &str) -> bool {
        ["date", "from", "completed_on", "hired_on", "due"].contains(&self.key) || (self.key == "to" && text.len() >= 4)
    }

    /// A text that needs no quotes but in JSON.
    fn quoted(&self, text: &str) -> String {
        if self.context.is_json { format!("\"{text}\"") } else { text.to_owned() }
    }

    /// Notes that there is nothing, or `null`, where text is wanted.
    fn nothing(&self, text: &str, help: String) -> Noted {
        let message = match text {
            "" => "text is missing here".to_owned(),
            null => format!("text is missing here: `{null}` stands for nothing"),
        };
        self.note(Code::NotText, message, if self.removable { format!("{help}, or remove this entry") } else { help })
    }

    fn decimal(&self) -> Result<&'a str, Noted> {
        let node = self.present(Wanted::Number)?;
        match (&node.kind, node.scalar_kind()) {
            (Kind::Scalar { text, .. }, Some(scalar::Kind::Number)) => {
                note_leading_zero(text, self.at, self.findings());
                Ok(text)
            }
            // What was written as text because not every format carries it.
            (Kind::Scalar { text, .. }, _) if Exact::parse(text).is_some_and(|it| it.is_written_as_text()) => Ok(text),
            _ => Err(self.wrong(Wanted::Number)),
        }
    }

    fn whole<T: std::str::FromStr>(&self) -> Result<T, Noted> {
        let wanted = Wanted::WholeNumber;
        let node = self.present(wanted)?;
        match (&node.kind, node.scalar_kind()) {
            (Kind::Scalar { text, .. }, Some(scalar::Kind::Number)) => {
                // `1.0` is a whole number too: some hosts write every number so.
                let digits = text.split_once('.').map_or(text.as_ref(), |(whole, places)| {
                    if places.bytes().all(|place| place == b'0') { whole } else { "" }
                });
                if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
                    note_leading_zero(text, self.at, self.findings());
                    digits.parse().map_err(|_| {
                        self.note(
                            Code::BadNumber,
                            format!("`{}` is too large", shorten(text)),
                            "write a smaller number".to_owned(),
                        )
                    })
                } else {
                    Err(self.wrong(wanted))
                }
            }
            _ => Err(self.wrong(wanted)),
        }
    }

    /// A message that a visitor made becomes a finding here.
    fn noted<T>(&self, result: Result<T, Noted>) -> Result<T, Noted> {
        result.map_err(|error| match error.0 {
            Some(message) => {
                self.note(Code::BadNumber, message, "write it in plain digits, such as 12 or 7.5".to_owned())
            }
            None => error,
        })
    }

    /// The keys that a mapping of this kind must have: those that an empty one misses.
    fn required<'de, V: Visitor<'de>>(&self, known: &'static [&'static str], visitor: V) -> Vec<&'static str> {
        let nowhere = Findings::default();
        let context = Context::new(&[], &nowhere);
        let empty = Reader { context: &context, value: Value::Explained, removable: false, is_id: false, ..*self };
        let _ = visitor.visit_map(Members::of(empty, &[], known));
        context.missing.take()
    }

    /// What may be absent; something that YAML cannot see is there, and reported.
    fn optional<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Noted> {
        if !self.is_nothing() {
            visitor.visit_some(self)
        } else if self.note_cut_whole() {
            visitor.visit_some(Reader { value: Value::Explained, ..self })
        } else {
            visitor.visit_none()
        }
    }

    fn is_nothing(&self) -> bool {
        match self.value {
            Value::Present(node) => node.scalar_kind() == Some(scalar::Kind::Null),
            Value::Absent(_) => true,
            // An optional key that was mistyped is there, without a value, and what looks for it finds it.
            Value::Explained => false,
        }
    }
}

impl<'de, 'a> Deserializer<'de> for Reader<'a> {
    type Error = Noted;

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, Noted> {
        match name {
            field::FIELD => visitor.visit_seq(Parts { reader: self, next: 0 }),
            field::TEXT => visitor.visit_str(self.string(false)?),
            field::WORD => visitor.visit_str(self.string(true)?),
            field::NUMBER => {
                let text = self.decimal()?;
                self.noted(visitor.visit_str(text))
            }
            field::BLANK => {
                let is_empty =
                    matches!(self.value, Value::Present(Node { kind: Kind::Map(entries), .. }) if entries.is_empty());
                if is_empty { visitor.visit_none() } else { self.optional(visitor) }
            }
            field::EITHER => {
                let node = self.present(Wanted::Either)?;
                let shape = match node.kind {
                    Kind::Map(_) => field::MAPPING,
                    Kind::Scalar { .. } => field::SCALAR,
                    Kind::List(_) => return Err(self.wrong(Wanted::Either)),
                };
                visitor.visit_enum(Variant { reader: self, name: shape })
            }
            field::ONE_OR_LIST => match &self.present(Wanted::Anything)?.kind {
                Kind::List(items) => visitor.visit_seq(Items { reader: self, items: items.iter() }),
                _ => visitor.visit_enum(Variant { reader: self, name: field::ONE }),
            },
            any::ANY => {
                let node = self.present(Wanted::Anything)?;
                let kind = match &node.kind {
                    Kind::Map(entries) => return visitor.visit_map(Names::of(self, entries)),
                    Kind::List(_) => return self.deserialize_seq(visitor),
                    Kind::Scalar { .. } => match node.scalar_kind() {
                        Some(scalar::Kind::Null) => {
                            self.note_cut_whole();
                            any::NULL
                        }
                        Some(scalar::Kind::Bool) => any::BOOL,
                        Some(scalar::Kind::Number) => any::NUMBER,
                        _ => {
                            self.note_cut(node, false);
                            any::TEXT
                        }
                    },
                };
                visitor.visit_enum(Variant { reader: self, name: kind })
            }
            _ => match name.strip_prefix(field::KEYED) {
                Some(keys) => visitor.visit_enum(Variant { reader: self, name: self.key_of(keys)? }),
                None => visitor.visit_newtype_struct(self),
            },
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Noted> {
        match self.present(Wanted::Text)?.kind {
            Kind::Scalar { ref text, .. } => visitor.visit_str(text),
            _ => Err(self.wrong(Wanted::Text)),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Noted> {
        let node = self.present(Wanted::TruthValue)?;
        match (&node.kind, node.scalar_kind()) {
            (Kind::Scalar { text, .. }, Some(scalar::Kind::Bool)) => {
                visitor.visit_bool(text.eq_ignore_ascii_case("true"))
            }
            _ => Err(self.wrong(Wanted::TruthValue)),
        }
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Noted> {
        visitor.visit_u32(self.whole()?)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Noted> {
        self.optional(visitor)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Noted> {
        match &self.present(Wanted::List)?.kind {
            Kind::List(items) => visitor.visit_seq(Items { reader: self, items: items.iter() }),
            _ => Err(self.wrong(Wanted::List)),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Noted> {
        match &self.present(Wanted::Mapping(&[]))?.kind {
            Kind::Map(entries) => visitor.visit_map(Keys { reader: self, entries: entries.iter(), value: None }),
            _ => Err(self.wrong(Wanted::Mapping(&[]))),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        known: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Noted> {
        match &self.present(Wanted::Mapping(known))?.kind {
            Kind::Map(entries) => visitor.visit_map(Members::of(self, entries, known)),
            _ => {
                let required = self.required(known, visitor);
                Err(self.wrong(Wanted::Mapping(if required.is_empty() { known } else { &required })))
            }
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        choices: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Noted> {
        let wanted = Wanted::Choice(choices);
        let node = self.present(wanted)?;
        let Kind::Scalar { text, .. } = &node.kind else { return Err(self.wrong(wanted)) };
        match choices.iter().find(|choice| **choice == text) {
            Some(name) => visitor.visit_enum(Variant { reader: self, name }),
            None if node.scalar_kind() == Some(scalar::Kind::Null) => Err(self.nothing(text, one_of(choices))),
            None => {
                let meant = self.findings().mistyped(text, choices.iter().copied());
                let help = meant.map_or_else(|| one_of(choices), |meant| format!("did you mean `{meant}`?"));
                Err(self.note(Code::UnknownChoice, format!("`{}` is not known here", shorten(text)), help))
            }
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Noted> {
        visitor.visit_unit()
    }

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Noted> {
        Err(Noted(None))
    }

    serde::forward_to_deserialize_any! {
        i8 i16 i32 i64 i128 u8 u16 u64 u128 f32 f64 char str bytes byte_buf unit unit_struct tuple tuple_struct identifier
    }
}
