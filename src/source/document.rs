//! Makes the types of documents from one description of their keys.

/// Defines a struct that is read from a mapping with its fields as keys, and written as one.
macro_rules! document {
    (
        $(#[$meta:meta])*
        $visible:vis struct $name:ident {
            $( $(#[$of_field:meta])* $field_visible:vis $field:ident: $type:ty, )*
        }
    ) => {
        #[derive(Debug, Clone, Default, serde::Serialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(deny_unknown_fields)]
        $(#[$meta])*
        $visible struct $name {
            $( $(#[$of_field])* $field_visible $field: $type, )*
        }

        impl $crate::source::Read for $name {
            fn read(reader: $crate::source::Reader<'_>) -> Option<Self> {
                const OPTIONAL: &[bool] = &[$(<$type as $crate::source::Read>::IS_OPTIONAL),*];
                let mut members = reader.members(<Self as $crate::source::Mapping>::KEYS, OPTIONAL)?;
                Some(Self { $( $field: $crate::source::Read::read(members.next()?)?, )* })
            }

            fn shape() -> $crate::source::Shape {
                $crate::source::Shape::Keys(stringify!($name), vec![$($crate::source::Key(
                    $crate::source::key(stringify!($field)),
                    <$type as $crate::source::Read>::shape(),
                    <$type as $crate::source::Read>::IS_OPTIONAL,
                )),*])
            }
        }

        impl $crate::source::Mapping for $name {
            const KEYS: &'static [&'static str] = &[$($crate::source::key(stringify!($field))),*];

            fn write<M: serde::ser::SerializeMap>(&self, key: &str, map: &mut M) -> Result<(), M::Error> {
                match key {
                    $(
                        key if key == const { $crate::source::key(stringify!($field)) } => {
                            match $crate::source::Read::is_present(&self.$field) {
                                true => map.serialize_entry(key, &self.$field),
                                false => Ok(()),
                            }
                        }
                    )*
                    _ => Ok(()),
                }
            }

            fn place_of(&self, key: &str) -> Option<$crate::source::Span> {
                match key {
                    $(
                        key if key == const { $crate::source::key(stringify!($field)) } => {
                            $crate::source::Read::place(&self.$field)
                        }
                    )*
                    _ => None,
                }
            }
        }
    };
}

/// Defines such structs, and in a module of its own for each the struct of the plain values that are made of it: a field is of a
/// type as written `as` a plain type. A struct `@ Debug` shows its values in a log, and any other its name alone.
macro_rules! documents {
    (
        $(#[$of_module:meta])*
        pub(crate) mod $module:ident;
        $(
            $(#[$meta:meta])*
            pub struct $name:ident $(@ $debug:ident)? $(: $($derived:ident),+)? {
                $( $(#[$of_field:meta])* $visible:vis $field:ident: $type:ty as $plain:ty, )*
            }
        )*
    ) => {
        $(#[$of_module])*
        pub(crate) mod $module {
            use super::*;
            $(
                $(#[$meta])*
                #[derive(Clone $(, $debug)? $(, $($derived),+)?)]
                #[non_exhaustive]
                pub struct $name {
                    $( $(#[$of_field])* $visible $field: $plain, )*
                }
                $crate::source::unshown! { $name $($debug)? }
            )*
        }
        $(
            $crate::source::document! {
                $(#[$meta])*
                pub(crate) struct $name {
                    $( $(#[$of_field])* pub(crate) $field: $type, )*
                }
            }

            impl $crate::source::Plain<$module::$name> for $name {
                fn checked(&self) -> Option<$module::$name> {
                    Some($module::$name { $( $field: $crate::source::Plain::checked(&self.$field)?, )* })
                }

                fn write<S: serde::Serializer>(plain: &$module::$name, serializer: S) -> Result<S::Ok, S::Error> {
                    serde::Serialize::serialize(plain, serializer)
                }
            }

            impl serde::Serialize for $module::$name {
                fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    let mut map = serializer.serialize_map(None)?;
                    $( $crate::source::entry::<$type, _, _>(
                        &mut map,
                        const { $crate::source::key(stringify!($field)) },
                        &self.$field,
                    )?; )*
                    serde::ser::SerializeMap::end(map)
                }
            }
        )*
    };
}

/// A value that is in no log: it may name a person, or be a text about one. Nothing for a type that derives `Debug`.
macro_rules! unshown {
    ($name:ident Debug) => {};
    ($name:ident) => {
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(stringify!($name)).finish_non_exhaustive()
            }
        }
    };
}

/// Defines such a struct, and the struct of the plain values of those of its fields that have one, `as` a plain type.
macro_rules! partly_plain {
    (
        $(#[$meta:meta])*
        pub(crate) struct $name:ident {
            $( $(#[$of_field:meta])* pub(crate) $field:ident: $type:ty $(as $plain:ty)?, )*
        }

        $(#[$of_values:meta])*
        pub(crate) struct $values:ident;
    ) => {
        $crate::source::document! {
            $(#[$meta])*
            pub(crate) struct $name {
                $( $(#[$of_field])* pub(crate) $field: $type, )*
            }
        }

        $(#[$of_values])*
        #[derive(Clone, Default)]
        pub(crate) struct $values {
            $($( pub(crate) $field: $plain, )?)*
        }

        impl $values {
            /// The values. `None` where one could not be read, which has been noted.
            pub(crate) fn of(document: &$name) -> Option<Self> {
                Some(Self { $($( $field: $crate::source::Plain::<$plain>::checked(&document.$field)?, )?)* })
            }

            /// Writes the entry with a key, unless it is absent or empty: the value, or for a key without one what the document says.
            pub(crate) fn write<M: SerializeMap>(&self, document: &$name, key: &str, map: &mut M) -> Result<(), M::Error> {
                match key {
                    $($(
                        key if key == const { $crate::source::key(stringify!($field)) } => {
                            $crate::source::entry::<$type, $plain, _>(map, key, &self.$field)
                        }
                    )?)*
                    key => $crate::source::Mapping::write(document, key, map),
                }
            }
        }
    };
}

/// Lets enums be read by the words that serde knows for their variants.
macro_rules! words {
    ($($name:ty),* $(,)?) => { $(
        impl $crate::source::Plain<Self> for $name {
            fn checked(&self) -> Option<Self> {
                Some(*self)
            }

            fn write<S: serde::Serializer>(plain: &Self, serializer: S) -> Result<S::Ok, S::Error> {
                serde::Serialize::serialize(plain, serializer)
            }
        }

        impl $crate::source::Read for $name {
            fn read(reader: $crate::source::Reader<'_>) -> Option<Self> {
                reader.variant()
            }

            fn shape() -> $crate::source::Shape {
                $crate::source::Shape::choice::<Self>()
            }
        }
    )* };
}

pub(crate) use {document, documents, partly_plain, unshown, words};

/// The key of a field: its name, without what marks a word of Rust's own.
pub(crate) const fn key(field: &'static str) -> &'static str {
    match field.as_bytes() {
        [b'r', b'#', ..] => field.split_at(2).1,
        _ => field,
    }
}
