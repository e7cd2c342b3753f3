//! The values that documents are made of, as they were written: each with its place, or reported already.
//!
//! They are read from a tree with places, by the reader alone: it is asked for them by the names below.

#[cfg(feature = "schema")]
mod schema;

use std::fmt;
use std::marker::PhantomData;

use serde::de::{self, Deserialize, Deserializer, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor};
use serde::{Serialize, Serializer};

use crate::exact::{Exact, MAX_DIGITS, is_decimal};

use super::place::Span;

/// The names under which the reader is asked for more than serde's data model has.
pub(super) const FIELD: &str = "$field";
pub(super) const TEXT: &str = "$text";
pub(super) const WORD: &str = "$word";
pub(super) const NUMBER: &str = "$number";
pub(super) const EITHER: &str = "$either";
pub(super) const BLANK: &str = "$blank";
pub(super) const ONE_OR_LIST: &str = "$one or list";
/// What a name begins with that goes on with keys, one of which chooses the variant.
pub(super) const KEYED: &str = "$keyed ";
/// The two shapes of an [`Either`].
pub(super) const SCALAR: &str = "scalar";
pub(super) const MAPPING: &str = "mapping";
/// The shape of a [`OneOrList`] that is no list.
pub(super) const ONE: &str = "one";

/// A value and its place. Without a value it could not be read, and that has been reported: rules skip it.
#[derive(Debug, Clone)]
pub(crate) struct Field<T> {
    pub(crate) span: Span,
    pub(crate) value: Option<T>,
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

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Field<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct FieldVisitor<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for FieldVisitor<T> {
            type Value = Field<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut parts: A) -> Result<Field<T>, A::Error> {
                let packed: u64 = parts.next_element()?.unwrap_or_default();
                // An error here has been reported at its place: the field is there, its value is not.
                Ok(Field { span: unpack(packed), value: parts.next_element::<T>().ok().flatten() })
            }
        }
        deserializer.deserialize_newtype_struct(FIELD, FieldVisitor(PhantomData))
    }
}

impl<T: Serialize> Serialize for Field<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value.serialize(serializer)
    }
}

/// The bits of an offset: more than [`super::MAX_BYTES`] needs.
const OFFSET_BITS: u32 = 24;
const LAST_OFFSET: u32 = (1 << OFFSET_BITS) - 1;

/// A span in one number, as it passes through serde.
pub(super) fn pack(span: Span) -> u64 {
    let offset = |offset: u32| u64::from(offset.min(LAST_OFFSET));
    u64::from(span.document) << (2 * OFFSET_BITS) | offset(span.start) << OFFSET_BITS | offset(span.end)
}

fn unpack(packed: u64) -> Span {
    let offset = |bits: u64| u32::try_from(bits & u64::from(LAST_OFFSET)).unwrap_or_default();
    let document = u16::try_from(packed >> (2 * OFFSET_BITS)).unwrap_or_default();
    Span { document, start: offset(packed >> OFFSET_BITS), end: offset(packed) }
}

macro_rules! string {
    ($(#[$doc:meta])* $name:ident, $token:ident, $expecting:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
        #[serde(transparent)]
        pub(crate) struct $name(pub(crate) String);

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct StringVisitor;
                impl<'de> Visitor<'de> for StringVisitor {
                    type Value = $name;

                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str($expecting)
                    }

                    fn visit_str<E: de::Error>(self, text: &str) -> Result<$name, E> {
                        Ok($name(text.to_owned()))
                    }
                }
                deserializer.deserialize_newtype_struct($token, StringVisitor)
            }
        }
    };
}

string! {
    /// What a person wrote for people: prose. `no` is a word in it.
    Text, TEXT, "text"
}

string! {
    /// What refers to something: an id, a level, a date, a version. `no` is a truth value to some readers, so it is
    /// answered with "quote it".
    Word, WORD, "text"
}

/// A number as it was written, `-?digits[.digits]` with at most 18 digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Number(pub(crate) Exact);

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NumberVisitor;
        impl<'de> Visitor<'de> for NumberVisitor {
            type Value = Number;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Number, E> {
                match Exact::parse(text) {
                    Some(number) => Ok(Number(number)),
                    None if is_decimal(text) => Err(E::custom(format!("a number has at most {MAX_DIGITS} digits"))),
                    None => Err(E::custom("not a plain decimal number")),
                }
            }
        }
        deserializer.deserialize_newtype_struct(NUMBER, NumberVisitor)
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

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Entries<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct EntriesVisitor<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for EntriesVisitor<T> {
            type Value = Entries<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a mapping")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries<T>, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Entries(entries))
            }
        }
        deserializer.deserialize_map(EntriesVisitor(PhantomData))
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

impl<'de, S: Deserialize<'de>, L: Deserialize<'de>> Deserialize<'de> for Either<S, L> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct EitherVisitor<S, L>(PhantomData<(S, L)>);
        impl<'de, S: Deserialize<'de>, L: Deserialize<'de>> Visitor<'de> for EitherVisitor<S, L> {
            type Value = Either<S, L>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("text or a mapping")
            }

            fn visit_enum<A: EnumAccess<'de>>(self, access: A) -> Result<Self::Value, A::Error> {
                let (shape, variant): (String, _) = access.variant()?;
                if shape == MAPPING {
                    variant.newtype_variant().map(Either::Long)
                } else {
                    variant.newtype_variant().map(Either::Short)
                }
            }
        }
        deserializer.deserialize_newtype_struct(EITHER, EitherVisitor(PhantomData))
    }
}

/// A place in a form: a value, or nothing yet. Nothing is no value at all, or a group without keys.
#[derive(Debug, Clone, Serialize)]
#[serde(transparent)]
pub(crate) struct Blank<T>(pub(crate) Option<T>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Blank<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct BlankVisitor<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for BlankVisitor<T> {
            type Value = Blank<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value or nothing")
            }

            fn visit_none<E: de::Error>(self) -> Result<Self::Value, E> {
                Ok(Blank(None))
            }

            fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
                T::deserialize(deserializer).map(|value| Blank(Some(value)))
            }
        }
        deserializer.deserialize_newtype_struct(BLANK, BlankVisitor(PhantomData))
    }
}

/// One value, or a list of them.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
pub(crate) enum OneOrList<T> {
    One(T),
    List(Vec<Field<T>>),
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for OneOrList<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OneOrListVisitor<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for OneOrListVisitor<T> {
            type Value = OneOrList<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value or a list")
            }

            fn visit_enum<A: EnumAccess<'de>>(self, access: A) -> Result<Self::Value, A::Error> {
                let (_, variant): (String, _) = access.variant()?;
                variant.newtype_variant().map(OneOrList::One)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
                let mut items = Vec::new();
                while let Some(item) = list.next_element()? {
                    items.push(item);
                }
                Ok(OneOrList::List(items))
            }
        }
        deserializer.deserialize_newtype_struct(ONE_OR_LIST, OneOrListVisitor(PhantomData))
    }
}
