//! The recording reader: a serde `Deserializer` over a tree that notes every problem at its place and goes on.
//!
//! serde's derive stops a struct at its first error. Here an error is noted where it happens and [`Field`] takes it for
//! "no value", so the rest is read; unknown and repeated keys never reach the derived code, and absent ones are offered to
//! it, so that an `Option` takes none and a `Field` notes what is missing.
//!
//! [`Field`]: super::Field

mod access;

use std::fmt;

use serde::de::{self, DeserializeOwned, Deserializer, Visitor};

use crate::diagnostic::Code;

use super::findings::Findings;
use super::place::Span;
use super::tree::{Kind, Node};
use super::{any, field, scalar};

use self::access::{Items, Keys, Members, Parts, Variant};

/// Reads a tree into a document. `None` when not even its outermost mapping could be read.
pub(crate) fn read<T: DeserializeOwned>(tree: &Node<'_>, text: &str, findings: &Findings) -> Option<T> {
    let context = Context { text, findings };
    T::deserialize(Reader { context: &context, value: Value::Present(tree), at: tree.span }).ok()
}

struct Context<'a> {
    text: &'a str,
    findings: &'a Findings,
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
        self.findings().error(code, self.at, message, help);
        Noted(None)
    }

    /// Notes that the value is not what is wanted here.
    fn wrong(&self, wanted: &str) -> Noted {
        match self.value {
            Value::Explained => Noted(None),
            Value::Absent(key) => {
                self.findings().lacking(
                    Code::MissingKey,
                    self.at,
                    format!("`{key}` is missing"),
                    format!("add `{key}:` to this mapping, with {wanted}"),
                );
                Noted(None)
            }
            Value::Present(node) => {
                let found = node.describe();
                self.note(
                    Code::WrongType,
                    format!("{wanted} is wanted here, but this is {found}"),
                    format!("write {wanted}"),
                )
            }
        }
    }

    fn present(&self, wanted: &str) -> Result<&'a Node<'a>, Noted> {
        match self.value {
            Value::Present(node) => Ok(node),
            _ => Err(self.wrong(wanted)),
        }
    }

    /// Text for people or a reference, from a scalar that YAML reads as text.
    fn string(&self, reference: bool) -> Result<&'a str, Noted> {
        let node = self.present("text")?;
        let Kind::Scalar { text, plain } = &node.kind else { return Err(self.wrong("text")) };
        let quoted = format!("{text:?}");
        match node.scalar_kind() {
            Some(scalar::Kind::Null) if text.is_empty() => Err(self.note(
                Code::NotText,
                "text is missing here".to_owned(),
                "write the text, or remove the key".to_owned(),
            )),
            Some(scalar::Kind::Text) if reference && *plain && scalar::is_old_bool(text) => Err(self.note(
                Code::NotText,
                format!("some YAML readers take `{text}` for a truth value"),
                format!("quote it: {quoted}"),
            )),
            Some(scalar::Kind::Text) => {
                if !reference {
                    self.note_cut(node);
                }
                Ok(text)
            }
            _ => Err(self.note(
                Code::NotText,
                format!("text is wanted here, but YAML reads {}", node.describe()),
                format!("quote it: {quoted}"),
            )),
        }
    }

    /// Notes a comment that begins right behind an unquoted text, for it was probably meant to be part of it.
    ///
    /// What follows the usual style of comments (two spaces before the `#` and one after) is a comment.
    fn note_cut(&self, node: &Node<'_>) {
        if !matches!(node.kind, Kind::Scalar { plain: true, .. }) {
            return;
        }
        let rest = self.context.text.get(node.span.end as usize..).unwrap_or_default();
        let line = rest.lines().next().unwrap_or_default();
        let comment = line.trim_start_matches([' ', '\t']);
        let gap = line.len() - comment.len();
        if gap == 0 || !comment.starts_with('#') {
            return;
        }
        let is_usual = gap >= 2 && comment.trim_start_matches('#').starts_with([' ', '\t']);
        if !is_usual {
            let start = node.span.end + u32::try_from(gap).unwrap_or_default();
            let end = start + u32::try_from(comment.trim_end().len()).unwrap_or_default();
            self.findings().error(
                Code::CutText,
                Span { start, end },
                "YAML takes this for a comment: it is not part of the text".to_owned(),
                "put the whole text in quotes; a comment needs two spaces before the `#` and one after it".to_owned(),
            );
        }
    }

    fn decimal(&self) -> Result<&'a str, Noted> {
        let node = self.present("a number")?;
        match (&node.kind, node.scalar_kind()) {
            (Kind::Scalar { text, .. }, Some(scalar::Kind::Number)) => Ok(text),
            _ => Err(self.wrong("a number")),
        }
    }

    fn whole<T: std::str::FromStr>(&self) -> Result<T, Noted> {
        let wanted = "a whole number";
        let node = self.present(wanted)?;
        match (&node.kind, node.scalar_kind()) {
            (Kind::Scalar { text, .. }, Some(scalar::Kind::Number)) => {
                if text.bytes().all(|byte| byte.is_ascii_digit()) {
                    text.parse().map_err(|_| {
                        self.note(
                            Code::BadNumber,
                            format!("`{text}` is too large"),
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
            field::EITHER => {
                let node = self.present("text or a mapping")?;
                let shape = match node.kind {
                    Kind::Map(_) => field::MAPPING,
                    Kind::Scalar { .. } => field::SCALAR,
                    Kind::List(_) => return Err(self.wrong("text or a mapping")),
                };
                visitor.visit_enum(Variant { reader: self, name: shape })
            }
            any::ANY => {
                let node = self.present("a value")?;
                let kind = match &node.kind {
                    Kind::Map(_) => return self.deserialize_map(visitor),
                    Kind::List(_) => return self.deserialize_seq(visitor),
                    Kind::Scalar { .. } => match node.scalar_kind() {
                        Some(scalar::Kind::Null) => any::NULL,
                        Some(scalar::Kind::Bool) => any::BOOL,
                        Some(scalar::Kind::Number) => any::NUMBER,
                        _ => {
                            self.note_cut(node);
                            any::TEXT
                        }
                    },
                };
                visitor.visit_enum(Variant { reader: self, name: kind })
            }
            _ => visitor.visit_newtype_struct(self),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Noted> {
        match self.present("text")?.kind {
            Kind::Scalar { ref text, .. } => visitor.visit_str(text),
            _ => Err(self.wrong("text")),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Noted> {
        let node = self.present("true or false")?;
        match (&node.kind, node.scalar_kind()) {
            (Kind::Scalar { text, .. }, Some(scalar::Kind::Bool)) => {
                visitor.visit_bool(text.eq_ignore_ascii_case("true"))
            }
            _ => Err(self.wrong("true or false")),
        }
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Noted> {
        visitor.visit_u32(self.whole()?)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Noted> {
        if self.is_nothing() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Noted> {
        match &self.present("a list")?.kind {
            Kind::List(items) => visitor.visit_seq(Items { reader: self, items: items.iter() }),
            _ => Err(self.wrong("a list")),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Noted> {
        match &self.present("a mapping")?.kind {
            Kind::Map(entries) => visitor.visit_map(Keys { reader: self, entries: entries.iter(), value: None }),
            _ => Err(self.wrong("a mapping")),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        known: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Noted> {
        match &self.present("a mapping")?.kind {
            Kind::Map(entries) => visitor.visit_map(Members::of(self, entries, known)),
            _ => Err(self.wrong("a mapping")),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        choices: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Noted> {
        let written = self.string(true)?;
        match choices.iter().find(|choice| **choice == written) {
            Some(name) => visitor.visit_enum(Variant { reader: self, name }),
            None => {
                let help = self.findings().did_you_mean(written, choices.iter().copied(), || one_of(choices));
                Err(self.note(Code::UnknownChoice, format!("`{written}` is not known here"), help))
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

/// "write one of `a`, `b`, `c`".
fn one_of(choices: &[&str]) -> String {
    let quoted: Vec<_> = choices.iter().map(|choice| format!("`{choice}`")).collect();
    format!("write one of {}", quoted.join(", "))
}
