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

        impl $crate::render::context::lazy::Keyed for $of {
            const KEYS: &'static [&'static str] = &[$($crate::source::key(stringify!($key)),)*];

            fn make(&self, key: &str) -> minijinja::value::Value {
                let $it = self;
                $(let $part = $made;)*
                match key {
                    $( key if key == const { $crate::source::key(stringify!($key)) } => $value, )*
                    _ => minijinja::value::Value::UNDEFINED,
                }
            }
        }
    };
}

pub(super) use keyed;

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
        // The first byte decides for most keys, without a call.
        let first = key.as_bytes().first();
        let place = K::KEYS.iter().position(|known| known.as_bytes().first() == first && *known == key)?;
        Some(self.made.get(place)?.get_or_init(|| self.of.make(key)).clone())
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Str(K::KEYS)
    }
}

/// A value of the scorecard's JSON as pages see it: some keys have values that are made otherwise, some are more.
pub(super) trait Shown: Debug + Send + Sync + 'static {
    /// The keys that the JSON lacks.
    const MORE: &'static [&'static str];

    /// The value under a key of `MORE`, or in place of the JSON's.
    fn own(&self, key: &str) -> Option<Value>;

    /// The JSON; a value that `own` replaces may be left out, its key may not.
    fn json(&self) -> Value;
}

/// The JSON is made when a key of its own is asked for, once.
#[derive(Debug)]
pub(super) struct OfJson<T> {
    of: T,
    json: OnceLock<Value>,
}

impl<T: Shown> OfJson<T> {
    pub(super) fn of(of: T) -> Value {
        Value::from_object(Self { of, json: OnceLock::new() })
    }

    fn json(&self) -> &Value {
        self.json.get_or_init(|| self.of.json())
    }

    /// The value that the JSON has under a key; few pages ask for one.
    #[cold]
    fn of_json(&self, key: &str) -> Option<Value> {
        self.json().get_attr(key).ok().filter(|value| !value.is_undefined())
    }
}

impl<T: Shown> Object for OfJson<T> {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.get_value_by_str(key.as_str()?)
    }

    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
        match self.of.own(key) {
            Some(value) => Some(value),
            None => self.of_json(key),
        }
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        let keys = self.json().try_iter().into_iter().flatten();
        Enumerator::Values(keys.chain(T::MORE.iter().map(|key| Value::from(*key))).collect())
    }
}

/// The value of what is made at once.
pub(super) fn value(of: impl Serialize) -> Value {
    Value::from(Serde(of))
}
