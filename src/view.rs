//! Makes the types that JSON and templates see.

/// Says once what is seen of something: the keys, their types, and how each value is made. The `let`s stand before the values.
macro_rules! view {
    (
        $(#[$meta:meta])*
        $visible:vis struct $name:ident $(<$life:lifetime $(, $other:ident = $default:ty)?>)? of |$($it:ident: $of:ty),+ $(,)?| $(let $part:pat = $made:expr;)* {
            $( $(#[$of_key:meta])* $key_visible:vis $key:ident: $type:ty = $value:expr, )*
        }
    ) => {
        #[derive(serde::Serialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        $(#[$meta])*
        $visible struct $name $(<$life $(, $other = $default)?>)? {
            $( $(#[$of_key])* $key_visible $key: $type, )*
        }

        impl $(<$life $(, $other)?>)? $name $(<$life $(, $other)?>)? {
            $visible fn of($($it: $of),+) -> Self {
                $(let $part = $made;)*
                Self { $( $key: $value, )* }
            }
        }
    };
}

pub(crate) use view;
