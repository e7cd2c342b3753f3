//! Values that are made when a template asks for them: there are many, and a page shows few.

use std::fmt::Debug;
use std::sync::{Arc, OnceLock};

use minijinja::value::{Enumerator, Object, Serde, Value};
use serde::Serialize;

/// A mapping with a value under each of some keys.
pub(super) trait Keyed: Debug + Send + Sync + 'static {
    /// In the order in which they are listed.
    const KEYS: &'static [&'static str];

    /// The value under a key; undefined under any other.
    fn make(&self, key: &str) -> Value;

    /// Whether a key is listed; one that is not has a value all the same.
    fn lists(&self, _key: &str) -> bool {
        true
    }
}

/// Says once what templates see of a type: the keys, for the schema also with their types, and how each value is made. The `let`s
/// stand before every value.
macro_rules! keyed {
    (
        $(#[$meta:meta])*
        $visible:vis struct $name:ident<'a> of |$it:ident: $of:ty| $(let $part:pat = $made:expr;)* {
            $( $(#[$of_key:meta])* $key:ident: $type:ty = $value:expr, )*
        }
    ) => {
        $(#[$meta])*
        #[cfg(feature = "schema")]
        #[derive(schemars::JsonSchema)]
        #[expect(dead_code, reason = "the schema is made of it")]
        $visible struct $name<'a> {
            $( $(#[$of_key])* $key: $type, )*
        }

        keyed! { |$it: $of, key| $(let $part = $made;)* { $( $key => $value, )* } }
    };
    (
        |$it:ident: $of:ty, $wanted:ident| $(let $part:pat = $made:expr;)* { $( $($key:ident)|+ => $value:expr, )* }
        $($others:tt)*
    ) => {
        impl $crate::render::context::lazy::Keyed for $of {
            const KEYS: &'static [&'static str] = &[$( $(stringify!($key),)+ )*];

            fn make(&self, $wanted: &str) -> minijinja::value::Value {
                let $it = self;
                $(let $part = $made;)*
                match $wanted {
                    $( _ if [$(stringify!($key)),+].contains(&$wanted) => $value, )*
                    _ => minijinja::value::Value::UNDEFINED,
                }
            }

            $($others)*
        }
    };
}

pub(super) use keyed;

/// The values of something, each made whenever it is asked for: those that take little, or that no page asks for twice.
#[derive(Debug)]
pub(super) struct Plain<K>(K);

impl<K: Keyed> Plain<K> {
    pub(super) fn of(of: K) -> Value {
        Value::from_object(Self(of))
    }
}

impl<K: Keyed> Object for Plain<K> {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.get_value_by_str(key.as_str()?)
    }

    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
        Some(self.0.make(key)).filter(|value| !value.is_undefined())
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        let listed = K::KEYS.iter().filter(|key| self.0.lists(key));
        Enumerator::Values(listed.map(|key| Value::from(*key)).collect())
    }
}

/// The values of something, each made at most once.
#[derive(Debug)]
pub(super) struct Lazy<K> {
    of: K,
    /// By key.
    made: Box<[OnceLock<Value>]>,
}

impl<K: Keyed> Lazy<K> {
    pub(super) fn of(of: K) -> Value {
        Value::from_object(Self { of, made: K::KEYS.iter().map(|_| OnceLock::new()).collect() })
    }
}

impl<K: Keyed> Object for Lazy<K> {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.get_value_by_str(key.as_str()?)
    }

    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
        let place = K::KEYS.iter().position(|known| *known == key)?;
        Some(self.made.get(place)?.get_or_init(|| self.of.make(key)).clone())
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Str(K::KEYS)
    }
}

/// The value of what is made at once.
pub(super) fn value(of: impl Serialize) -> Value {
    Value::from(Serde(of))
}
