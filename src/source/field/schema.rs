//! The schema of a value is the schema of what it holds: reader and schema agree.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::super::inline_schema;
use super::{Blank, Either, Entries, Field, Kept, Number, OneOrList, Text, Unread, Word};

macro_rules! transparent {
    ($($name:ident)*) => { $(
        impl<T: JsonSchema> JsonSchema for $name<T> {
            fn inline_schema() -> bool {
                T::inline_schema()
            }

            fn schema_name() -> Cow<'static, str> {
                T::schema_name()
            }

            fn schema_id() -> Cow<'static, str> {
                T::schema_id()
            }

            fn json_schema(generator: &mut SchemaGenerator) -> Schema {
                T::json_schema(generator)
            }
        }
    )* };
}

transparent! { Field Kept Unread }

inline_schema! { Text, "Text", |_| json_schema!({ "type": "string" }) }
inline_schema! { Word, "Word", |_| json_schema!({ "type": "string" }) }
inline_schema! { Number, "Number", |_| json_schema!({ "type": "number" }) }
inline_schema! {
    Entries<T> [T], format!("Entries_of_{}", T::schema_name()), |generator| {
        let value = generator.subschema_for::<T>();
        json_schema!({ "type": "object", "additionalProperties": value })
    }
}
inline_schema! {
    Blank<T> [T], format!("Blank_or_{}", T::schema_name()), |generator| {
        let value = generator.subschema_for::<T>();
        json_schema!({ "anyOf": [value, { "type": "object", "maxProperties": 0 }, { "type": "null" }] })
    }
}
inline_schema! {
    Either<S, L> [S, L], format!("{}_or_{}", S::schema_name(), L::schema_name()), |generator| {
        let (short, long) = (generator.subschema_for::<S>(), generator.subschema_for::<L>());
        json_schema!({ "anyOf": [short, long] })
    }
}
inline_schema! {
    OneOrList<T, I> [T, I], format!("{}_or_list_of_{}", T::schema_name(), I::schema_name()), |generator| {
        let (one, item) = (generator.subschema_for::<T>(), generator.subschema_for::<I>());
        json_schema!({ "anyOf": [one, { "type": "array", "items": item }] })
    }
}
