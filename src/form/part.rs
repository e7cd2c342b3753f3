//! Parts of a form's schemas.

use crate::source::Any;

pub(super) fn text(value: &str) -> Any {
    Any::Text(value.to_owned())
}

pub(super) fn number(value: u32) -> Any {
    Any::Number(value.to_string())
}

pub(super) fn map<'k>(entries: impl IntoIterator<Item = (&'k str, Any)>) -> Any {
    Any::Map(entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
}

pub(super) fn order<'k>(keys: impl IntoIterator<Item = &'k str>) -> Any {
    Any::List(keys.into_iter().map(text).collect())
}

pub(super) fn required<'k>(keys: impl IntoIterator<Item = &'k str>) -> Any {
    map([("required", order(keys))])
}

/// A group of keys and values, and no others.
pub(super) fn object<'k>(title: &str, keys: impl IntoIterator<Item = (&'k str, Any)>, needed: &[&str]) -> Any {
    let object = open(title, keys).with("additionalProperties", Any::Bool(false));
    if needed.is_empty() { object } else { object.with("required", order(needed.iter().copied())) }
}

/// An object that may have other keys too.
pub(super) fn open<'k>(title: &str, keys: impl IntoIterator<Item = (&'k str, Any)>) -> Any {
    map([("title", text(title)), ("type", text("object")), ("properties", map(keys))])
}

/// A text that says something.
pub(super) fn words(title: &str) -> Any {
    map([("type", text("string")), ("title", text(title)), ("pattern", text(crate::source::NOT_BLANK))])
}

pub(super) fn amount(title: &str) -> Any {
    map([("type", text("number")), ("title", text(title)), ("minimum", number(0))])
}

pub(super) fn titled(title: &str, value: Any) -> Any {
    let Any::Map(entries) = value else { return value };
    let others = entries.into_iter().filter(|(key, _)| key != "title");
    Any::Map(std::iter::once(("title".to_owned(), text(title))).chain(others).collect())
}

pub(super) fn list(items: Any) -> Any {
    map([("type", text("array")), ("items", items)])
}

/// One of several ids. The UI schema has what people call them (`names`).
///
/// A plain `enum`: JSON Forms shows no other choice as one, and of a `oneOf` react-jsonschema-form takes the first for the
/// default, so that everybody whose form was not filled in would be rated at the lowest level.
pub(super) fn choices<'k>(ids: impl IntoIterator<Item = &'k str>) -> Any {
    map([("type", text("string")), ("enum", order(ids))])
}

impl Any {
    pub(super) fn with_some(self, key: &str, value: Option<Self>) -> Self {
        match value {
            Some(value) => self.with(key, value),
            None => self,
        }
    }
}

pub(super) fn written(schema: &Any) -> String {
    // A schema is plain JSON already.
    let text = serde_json::to_string_pretty(schema).unwrap_or_default();
    format!("{text}\n")
}

/// How a page shows a choice: by what people call its ids, in their order.
pub(super) fn names<'k>(names: impl IntoIterator<Item = &'k str>) -> Any {
    map([("ui:enumNames", order(names))])
}
