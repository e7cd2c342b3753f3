//! Gives types a JSON Schema that stands wherever they are used.

/// A type with its type parameters behind it, the name of the schema, and the schema, which may ask for those of other types.
macro_rules! inline_schema {
    ($type:ty $([$($of:ident),*])?, $name:expr, |$generator:pat_param| $schema:expr) => {
        #[cfg(feature = "schema")]
        impl<$($($of: schemars::JsonSchema),*)?> schemars::JsonSchema for $type {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> std::borrow::Cow<'static, str> {
                $name.into()
            }

            fn json_schema($generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                $schema
            }
        }
    };
}

pub(crate) use inline_schema;
