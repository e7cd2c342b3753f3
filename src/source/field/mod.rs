//! The values of documents as written: each with its place, or reported already.
//!
//! Each type reads itself from a tree.

mod plain;
mod later;
#[cfg(feature = "schema")]
mod schema;

use serde::{Serialize, Serializer};

use crate::diagnostic::Code;
use crate::exact::{Exact, MAX_DIGITS, is_decimal};

use super::reader::{Read, Reader, Wanted};
use super::shape::Shape;
use super::span::Span;
use super::tree::NodeKind;

pub(crate) use self::later::{Kept, Unread, look};
pub(crate) use self::plain::{Plain, entry};

impl<T: Read> Read for Option<T> {
    const IS_OPTIONAL: bool = true;

    fn read(reader: Reader<'_>) -> Option<Self> {
        reader.optional()
    }

    fn is_present(&self) -> bool {
        self.as_ref().is_some_and(T::is_present)
    }

    fn place(&self) -> Option<Span> {
        self.as_ref()?.place()
    }

    fn shape() -> Shape {
        T::shape()
    }
}

impl<T: Read> Read for Box<T> {
    fn read(reader: Reader<'_>) -> Option<Self> {
        T::read(reader).map(Self::new)
    }
}

impl<T: Read> Read for Vec<T> {
    fn read(reader: Reader<'_>) -> Option<Self> {
        reader.items()?.map(T::read).collect()
    }

    fn is_present(&self) -> bool {
        !self.is_empty()
    }

    fn shape() -> Shape {
        Shape::Items(Box::new(T::shape()))
    }
}

impl Read for u32 {
    fn read(reader: Reader<'_>) -> Option<Self> {
        reader.whole()
    }

    fn shape() -> Shape {
        Shape::Number
    }
}

impl Read for Flag {
    fn read(reader: Reader<'_>) -> Option<Self> {
        reader.truth_value()
    }

    fn shape() -> Shape {
        Shape::Flag
    }
}

/// A value and its place. Without a value it could not be read, and that has been reported: rules skip it.
#[derive(Debug, Clone)]
pub(crate) struct Field<T> {
    pub(crate) span: Span,
    pub(crate) value: Option<T>,
}

impl<T> Default for Field<T> {
    fn default() -> Self {
        Self { span: Span::default(), value: None }
    }
}

impl<T> Field<T> {
    pub(crate) fn get(&self) -> Option<&T> {
        self.value.as_ref()
    }
}

impl Field<Word> {
    pub(crate) fn word(&self) -> Option<&str> {
        self.value.as_ref().map(|word| word.0.as_str())
    }
}

impl Field<Text> {
    pub(crate) fn text(&self) -> Option<&str> {
        self.value.as_ref().map(|text| text.0.as_str())
    }
}

impl<T: Read> Read for Field<T> {
    const IS_OPTIONAL: bool = T::IS_OPTIONAL;

    fn read(reader: Reader<'_>) -> Option<Self> {
        Some(Self { span: reader.at, value: T::read(reader) })
    }

    fn is_present(&self) -> bool {
        self.value.as_ref().is_some_and(T::is_present)
    }

    fn place(&self) -> Option<Span> {
        Some(self.span)
    }

    fn shape() -> Shape {
        T::shape()
    }
}

impl<T: Serialize> Serialize for Field<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value.serialize(serializer)
    }
}

/// Prose that a person wrote for people. `no` is a word in it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub(crate) struct Text(pub(crate) String);

impl Read for Text {
    fn read(reader: Reader<'_>) -> Option<Self> {
        reader.prose().map(|text| Self(text.to_owned()))
    }
}

/// A reference: an id, a level, a date, a version. `no` is a truth value to some readers, so it is
/// answered with "quote it".
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub(crate) struct Word(pub(crate) String);

impl Read for Word {
    fn read(reader: Reader<'_>) -> Option<Self> {
        reader.string(true, |_| None).map(|text| Self(text.to_owned()))
    }
}

/// A number as it was written, `-?digits[.digits]` with at most 18 digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Number(pub(crate) Exact);

impl Read for Number {
    fn read(reader: Reader<'_>) -> Option<Self> {
        let text = reader.decimal()?;
        let number = Exact::parse(text);
        if number.is_none() {
            let message = match is_decimal(text) {
                true => format!("a number has at most {MAX_DIGITS} digits"),
                false => "not a plain decimal number".to_owned(),
            };
            reader.note(Code::BadNumber, message, "write it in plain digits, such as 12 or 7.5".to_owned());
        }
        number.map(Self)
    }

    fn shape() -> Shape {
        Shape::Number
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize_number(serializer)
    }
}

/// `true` or `false`.
pub(crate) type Flag = bool;

/// A mapping with any keys, in order; repeated ones are kept, and reported by the rules that know what they mean.
#[derive(Debug, Clone)]
pub(crate) struct Entries<T>(pub(crate) Vec<(Field<Word>, Field<T>)>);

impl<T> Entries<T> {
    /// The entries whose key could be read.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &Field<Word>, &Field<T>)> {
        self.0.iter().filter_map(|(key, value)| Some((key.word()?, key, value)))
    }
}

impl<T: Read> Read for Entries<T> {
    fn read(reader: Reader<'_>) -> Option<Self> {
        let entries = reader.entries()?.map(|(key, value)| Some((Field::read(key)?, Field::read(value)?)));
        entries.collect::<Option<_>>().map(Self)
    }

    fn is_present(&self) -> bool {
        !self.0.is_empty()
    }

    fn shape() -> Shape {
        Shape::Entries(Box::new(T::shape()))
    }
}

impl<T: Serialize> Serialize for Entries<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter().map(|(name, _, value)| (name, value)))
    }
}

/// A short form that is one scalar, or a long form that is a mapping.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
pub(crate) enum Either<S, L> {
    Short(S),
    Long(L),
}

impl<S: Read, L: Read> Read for Either<S, L> {
    fn read(reader: Reader<'_>) -> Option<Self> {
        match reader.present(Wanted::Either)?.kind {
            NodeKind::Map(_) => L::read(reader).map(Self::Long),
            NodeKind::Scalar { .. } => S::read(reader).map(Self::Short),
            NodeKind::List(_) => reader.wrong(Wanted::Either),
        }
    }

    fn shape() -> Shape {
        Shape::Either(Box::new(L::shape()))
    }
}

/// A place in a form: a value, or nothing yet. Nothing is no value at all, or a group without keys.
#[derive(Debug, Clone, Serialize)]
#[serde(transparent)]
pub(crate) struct Blank<T>(pub(crate) Option<T>);

impl<T: Read> Read for Blank<T> {
    const IS_OPTIONAL: bool = true;

    fn read(reader: Reader<'_>) -> Option<Self> {
        if reader.is_empty_mapping() { Some(Self(None)) } else { reader.optional().map(Self) }
    }

    fn shape() -> Shape {
        T::shape()
    }
}

/// One value, or a list: of such values, or of others.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
pub(crate) enum OneOrList<T, I = T> {
    One(T),
    List(Vec<Field<I>>),
}

impl<T: Read, I: Read> Read for OneOrList<T, I> {
    fn read(reader: Reader<'_>) -> Option<Self> {
        match reader.present(Wanted::Anything)?.kind {
            NodeKind::List(_) => Read::read(reader).map(Self::List),
            _ => T::read(reader).map(Self::One),
        }
    }
}
