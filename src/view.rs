//! Makes the types that JSON and templates see.

/// Says once what is seen of something: the keys, their types, and how each value is made. The `let`s stand before the values.
macro_rules! view {
    (
        $(#[$meta:meta])*
        $visible:vis struct $name:ident $(<$life:lifetime>)? of |$($it:ident: $of:ty),+ $(,)?| $(let $part:pat = $made:expr;)* {
            $( $(#[$of_key:meta])* $key_visible:vis $key:ident: $type:ty = $value:expr, )*
        }
    ) => {
        $(#[$meta])*
        #[derive(serde::Serialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        $visible struct $name $(<$life>)? {
            $( $(#[$of_key])* $key_visible $key: $type, )*
        }

        impl $(<$life>)? $name $(<$life>)? {
            $visible fn of($($it: $of),+) -> Self {
                $(let $part = $made;)*
                Self { $( $key: $value, )* }
            }
        }
    };
}

pub(crate) use view;
