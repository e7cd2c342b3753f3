//! The shapes of documents, as data: forms and their schemas are made of them.

#![cfg_attr(not(feature = "render"), allow(dead_code, reason = "only forms ask for it"))]

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::variant::Variant;

/// The shape of a value of a document.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Shape {
    /// A text.
    Text,
    /// A day of the calendar.
    Date,
    /// A number.
    Number,
    /// A level by its id, or a number.
    Mark,
    /// True or false.
    Flag,
    /// A value of any shape.
    Anything,
    /// One of some words.
    Choice(&'static [&'static str]),
    /// A list.
    Items(Box<Shape>),
    /// A mapping with any keys.
    Entries(Box<Shape>),
    /// A text, or a mapping.
    Either(Box<Shape>),
    /// A mapping with known keys, in the order in which they are written; first the name of all of it, such as Evaluator.
    Keys(&'static str, Vec<Key>),
}

/// A key and the shape of its value.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Key(
    pub(crate) &'static str,
    pub(crate) Shape,
    /// Whether it can be left out.
    #[serde(skip)]
    pub(crate) bool,
);

impl Shape {
    /// The shape of an enum.
    pub(crate) fn choice<T: DeserializeOwned>() -> Self {
        let mut words: &[&str] = &[];
        let choose = |known| {
            words = known;
            None
        };
        // Of the words that serde offers none is chosen.
        let _: Option<T> = T::deserialize(Variant(choose)).ok();
        Self::Choice(words)
    }

    /// The keys of a mapping, of the mappings in a list or under any key, or of a long form.
    pub(crate) fn keys(&self) -> &[Key] {
        match self {
            Self::Keys(_, keys) => keys,
            Self::Items(inner) | Self::Entries(inner) | Self::Either(inner) => inner.keys(),
            _ => &[],
        }
    }
}

/// The key in words: `evaluated_by` is "Evaluated by".
pub(crate) fn in_words(key: &str) -> String {
    let words = key.replace('_', " ");
    let mut rest = words.chars();
    rest.next().map(|first| first.to_uppercase().chain(rest).collect()).unwrap_or_default()
}
