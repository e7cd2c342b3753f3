//! Sound JSON, read straight into the document.

use serde::de::DeserializeOwned;

use super::{MAX_NODES, is_json};

/// JSON up to this size cannot hold more than [`MAX_NODES`] values, so they need not be counted.
const LARGEST: usize = 2 * MAX_NODES - 1;

/// The document, where the text is JSON that is sound for it; `None` where it has to be read through the tree.
pub(super) fn read<D: DeserializeOwned>(text: &str) -> Option<D> {
    if text.len() > LARGEST || !is_json(text) || may_name_by_object(text) {
        return None;
    }
    serde_json::from_str(text).ok()
}

/// Whether a choice may be written as an object, `{"mean": null}` for `"mean"`: serde_json takes both, and nobody else does.
fn may_name_by_object(text: &str) -> bool {
    const BLANK: [char; 4] = [' ', '\t', '\n', '\r'];
    text.match_indices("null").any(|(start, null)| {
        let is_last =
            || text.get(start + null.len()..).is_some_and(|rest| rest.trim_start_matches(BLANK).starts_with('}'));
        let is_first = || {
            let key = text
                .get(..start)?
                .trim_end_matches(BLANK)
                .strip_suffix(':')?
                .trim_end_matches(BLANK)
                .strip_suffix('"')?;
            let before = key.get(..key.rfind('"')?)?;
            Some(before.trim_end_matches(BLANK).ends_with('{'))
        };
        is_last() && is_first() == Some(true)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_object_with_one_key_and_nothing_may_be_a_choice() {
        for text in
            [r#"{"a":{"mean":null}}"#, "{\"a\": { \"mean\" : null\n } }", r#"{"a": "}", "b": {"x": {"mean": null}}}"#]
        {
            assert!(may_name_by_object(text), "{text}");
        }
        for text in ["{}", r#"{"a": null, "b": 1}"#, r#"{"b": 1, "a": null}"#, r#"{"a": [null]}"#, r#"{"a": "null"}"#] {
            assert!(!may_name_by_object(text), "{text}");
        }
    }
}
