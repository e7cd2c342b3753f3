//! Reads an enum through the words that serde's derived code knows for its variants.

use serde::de::value::StrDeserializer;
use serde::de::{self, Deserializer, Visitor};

/// Offers the words of an enum to a function that chooses one.
pub(super) struct Variant<F>(pub(super) F);

impl<'de, F: FnOnce(&'static [&'static str]) -> Option<&'static str>> Deserializer<'de> for Variant<F> {
    type Error = de::value::Error;

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        choices: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        let choice = (self.0)(choices).ok_or_else(|| de::Error::custom("noted"))?;
        visitor.visit_enum(StrDeserializer::new(choice))
    }

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Self::Error> {
        Err(de::Error::custom("not an enum"))
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}
