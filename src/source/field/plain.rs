//! The plain value of a value as written: the one that is used once every rule is kept.

use std::marker::PhantomData;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::exact::Exact;

use super::super::any::Any;
use super::{Field, Flag, Number, Text, Word};

/// A value as written, with the plain value `T`.
pub(crate) trait Plain<T> {
    /// The plain value. `None` where it could not be read, which has been noted.
    fn checked(&self) -> Option<T>;

    /// Whether a document leaves the plain value out.
    fn is_absent(_plain: &T) -> bool {
        false
    }

    /// Writes the plain value as a document has it.
    fn write<S: Serializer>(plain: &T, serializer: S) -> Result<S::Ok, S::Error>;
}

impl<V: Plain<T>, T> Plain<T> for Field<V> {
    fn checked(&self) -> Option<T> {
        self.get()?.checked()
    }

    fn is_absent(plain: &T) -> bool {
        V::is_absent(plain)
    }

    fn write<S: Serializer>(plain: &T, serializer: S) -> Result<S::Ok, S::Error> {
        V::write(plain, serializer)
    }
}

impl<V: Plain<T>, T> Plain<Option<T>> for Option<V> {
    fn checked(&self) -> Option<Option<T>> {
        Some(self.as_ref().and_then(V::checked))
    }

    fn is_absent(plain: &Option<T>) -> bool {
        plain.is_none()
    }

    fn write<S: Serializer>(plain: &Option<T>, serializer: S) -> Result<S::Ok, S::Error> {
        match plain {
            Some(plain) => V::write(plain, serializer),
            None => serializer.serialize_none(),
        }
    }
}

/// An absent list has no items.
impl<V: Plain<Vec<T>>, T> Plain<Vec<T>> for Option<V> {
    fn checked(&self) -> Option<Vec<T>> {
        Some(self.as_ref().and_then(V::checked).unwrap_or_default())
    }

    fn is_absent(plain: &Vec<T>) -> bool {
        plain.is_empty()
    }

    fn write<S: Serializer>(plain: &Vec<T>, serializer: S) -> Result<S::Ok, S::Error> {
        V::write(plain, serializer)
    }
}

/// The items that could be read.
impl<V: Plain<T>, T> Plain<Vec<T>> for Vec<V> {
    fn checked(&self) -> Option<Vec<T>> {
        Some(self.iter().filter_map(V::checked).collect())
    }

    fn write<S: Serializer>(plain: &Vec<T>, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(plain.iter().map(|item| AsWritten(item, PhantomData::<V>)))
    }
}

macro_rules! leaves {
    ($($written:ident($plain:ty): $value:expr, $write:expr;)*) => { $(
        impl Plain<$plain> for $written {
            fn checked(&self) -> Option<$plain> {
                Some($value(self))
            }

            fn write<S: Serializer>(plain: &$plain, serializer: S) -> Result<S::Ok, S::Error> {
                $write(plain, serializer)
            }
        }
    )* };
}

leaves! {
    Text(String): |text: &Self| text.0.clone(), String::serialize;
    Word(String): |word: &Self| word.0.clone(), String::serialize;
    Number(Exact): |number: &Self| number.0.clone(), Exact::serialize_number;
    Flag(bool): |flag: &Self| *flag, bool::serialize;
    u32(u32): |number: &Self| *number, u32::serialize;
    Any(Any): Self::clone, Any::serialize;
}

/// A plain value that is written as a `V`.
struct AsWritten<'a, V, T>(&'a T, PhantomData<V>);

impl<V: Plain<T>, T> Serialize for AsWritten<'_, V, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        V::write(self.0, serializer)
    }
}

/// Writes the entry of a plain value, unless the document leaves it out.
pub(crate) fn entry<V: Plain<T>, T, M: SerializeMap>(map: &mut M, key: &str, plain: &T) -> Result<(), M::Error> {
    if V::is_absent(plain) { Ok(()) } else { map.serialize_entry(key, &AsWritten(plain, PhantomData::<V>)) }
}
