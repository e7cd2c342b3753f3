//! Writes values as YAML, laid out as a person would write it.
//!
//! The YAML reads back as the same values, here and in readers of YAML 1.1: a text that any of them would take for another
//! value is quoted.

use serde::Serialize;

use super::any::Any;
use super::scalar::{is_block, is_folded, is_plain, scalar_text};

/// The longest line that is written, where the words allow it.
const WIDTH: usize = 110;

/// The longest key that stands on the line of its value, in bytes: YAML takes 1024 characters there, which some readers count
/// as bytes.
const MAX_KEY: usize = 1000;

/// A document as YAML.
pub(crate) fn write(document: &impl Serialize) -> String {
    write_with_extra(document, None)
}

/// A document as YAML, with what it has under `extra` as it was read: a number that JSON cannot write, such as `0x1F`, stays
/// one.
pub(crate) fn write_with_extra(document: &impl Serialize, extra: Option<&Any>) -> String {
    // A document is plain data with text for keys, which JSON can always hold, in the order of its keys.
    let mut out = String::new();
    if let Any::Map(entries) = Any::of(document) {
        // `extra` and the values of orphans are the author's own, and are written even where they are null.
        let said = said(entries, |key, value| match (key, value) {
            ("extra", value) => extra.cloned().unwrap_or(value),
            ("orphaned", Any::List(items)) => Any::List(items.into_iter().map(orphan).collect()),
            (_, value) => without_null(value),
        });
        write_map(&said, 0, &mut out);
    }
    out
}

fn orphan(value: Any) -> Any {
    match value {
        Any::Map(entries) => {
            Any::Map(said(entries, |key, value| if key == "value" { value } else { without_null(value) }))
        }
        value => value,
    }
}

/// Keys without a value say nothing, and are left out.
fn said(entries: Vec<(String, Any)>, within: impl Fn(&str, Any) -> Any) -> Vec<(String, Any)> {
    let said = entries.into_iter().filter(|(_, value)| *value != Any::Null);
    said.map(|(key, value)| {
        let value = within(&key, value);
        (key, value)
    })
    .collect()
}

fn without_null(value: Any) -> Any {
    match value {
        Any::Map(entries) => Any::Map(said(entries, |_, value| without_null(value))),
        Any::List(items) => Any::List(items.into_iter().map(without_null).collect()),
        value => value,
    }
}

fn write_map(entries: &[(String, Any)], indent: usize, out: &mut String) {
    let mut after_section = false;
    for (key, value) in entries {
        // Lists of groups at the top of a document stand by themselves.
        let is_section = indent == 0 && holds_groups(value);
        if (is_section || after_section) && !out.is_empty() {
            out.push('\n');
        }
        after_section = is_section;
        push_indent(indent, out);
        let key = scalar_text(key);
        if key.len() > MAX_KEY {
            out.push_str("? ");
            out.push_str(&key);
            out.push('\n');
            push_indent(indent, out);
        } else {
            out.push_str(&key);
        }
        out.push(':');
        write_value(value, indent, out);
    }
}

fn is_group(value: &Any) -> bool {
    matches!(value, Any::Map(entries) if !entries.is_empty())
}

/// The value behind `key:` or `-`, to the end of its last line.
fn write_value(value: &Any, indent: usize, out: &mut String) {
    match value {
        Any::Null => out.push_str(" null\n"),
        Any::Bool(value) => out.push_str(&format!(" {value}\n")),
        Any::Number(text) => out.push_str(&format!(" {text}\n")),
        Any::Text(text) => write_text(text, indent, out),
        Any::Map(entries) if entries.is_empty() => out.push_str(" {}\n"),
        Any::Map(entries) => {
            out.push('\n');
            write_map(entries, indent + 2, out);
        }
        Any::List(items) => match in_one_line(items, out) {
            Some(line) => out.push_str(&format!(" {line}\n")),
            None => {
                out.push('\n');
                write_items(items, indent + 2, out);
            }
        },
    }
}

fn write_items(items: &[Any], indent: usize, out: &mut String) {
    for (index, item) in items.iter().enumerate() {
        // The groups of a top list are long; a blank line shows where one begins.
        if index > 0 && indent == 2 && holds_groups(item) {
            out.push('\n');
        }
        match item {
            Any::Map(entries) if !entries.is_empty() => {
                let mut group = String::new();
                write_map(entries, indent + 2, &mut group);
                push_indent(indent, out);
                out.push_str("- ");
                out.push_str(group.get(indent + 2..).unwrap_or_default());
            }
            _ => {
                push_indent(indent, out);
                out.push('-');
                write_value(item, indent, out);
            }
        }
    }
}

/// Whether it is a list of groups, or a group that holds one.
fn holds_groups(value: &Any) -> bool {
    match value {
        Any::List(items) => items.iter().any(is_group),
        Any::Map(entries) => {
            entries.iter().any(|(_, value)| matches!(value, Any::List(items) if items.iter().any(is_group)))
        }
        _ => false,
    }
}

/// `[a, b]`, for words that fit into one line.
fn in_one_line(items: &[Any], out: &str) -> Option<String> {
    let mut words = Vec::new();
    for item in items {
        let Any::Text(text) = item else { return None };
        if !is_plain(text) || text.contains([',', '[', ']', '{', '}']) {
            return None;
        }
        words.push(text.as_str());
    }
    let line = format!("[{}]", words.join(", "));
    let before = out.len() - out.rfind('\n').map_or(0, |end| end + 1);
    // An empty list has no other form, however far to the right it stands.
    (words.is_empty() || before + 1 + line.chars().count() <= WIDTH).then_some(line)
}

fn push_indent(indent: usize, out: &mut String) {
    out.extend(std::iter::repeat_n(' ', indent));
}

fn write_text(text: &str, indent: usize, out: &mut String) {
    if text.contains('\n') && is_block(text) {
        out.push_str(if text.ends_with('\n') { " |\n" } else { " |-\n" });
        for line in text.lines() {
            if !line.is_empty() {
                push_indent(indent + 2, out);
                out.push_str(line);
            }
            out.push('\n');
        }
        return;
    }
    let before = out.len() - out.rfind('\n').map_or(0, |end| end + 1);
    let is_long = before + 1 + text.chars().count() > WIDTH;
    if is_long && is_folded(text) {
        out.push_str(" >-\n");
        fold(text, indent + 2, out);
        return;
    }
    out.push_str(&format!(" {}\n", scalar_text(text)));
}

fn fold(text: &str, indent: usize, out: &mut String) {
    let mut width = 0;
    for word in text.split(' ') {
        let length = word.chars().count();
        if width > 0 && width + 1 + length > WIDTH {
            out.push('\n');
            width = 0;
        }
        if width == 0 {
            push_indent(indent, out);
            width = indent;
        } else {
            out.push(' ');
            width += 1;
        }
        out.push_str(word);
        width += length;
    }
    out.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Checked;
    use serde_json::{Value, json};

    #[test]
    fn an_empty_list_is_one_however_deep_it_is() {
        let json = format!(r#"{{"a": {}{}}}"#, "[".repeat(62), "]".repeat(62));
        let document: Value = serde_json::from_str(&json).unwrap();
        assert_eq!(serde_yaml::from_str::<Value>(&write(&document)).unwrap(), document);
    }

    #[test]
    fn a_document_is_laid_out_as_a_person_would() {
        let long = "word ".repeat(40);
        let document = format!(
            r#"{{ "id": "a", "levels": ["x", "z"], "none": null, "domains": [
                {{ "id": "one", "title": "On: one", "indicators": [{{ "id": "i", "statement": "{}" }}] }},
                {{ "id": "two", "critical": true, "hours": 6.50, "indicators": [{{ "id": "no", "lines": "a\nb" }}] }}
            ], "list": ["a, b"], "empty": [], "map": {{}} }}"#,
            long.trim()
        );
        let document: Box<serde_json::value::RawValue> = serde_json::from_str(&document).unwrap();
        let text = write(&document);
        let fold = |words: usize| vec!["word"; words].join(" ");
        let expected = format!(
            "id: a\nlevels: [x, z]\n\ndomains:\n  - id: one\n    title: \"On: one\"\n    indicators:\n      - id: i\n        \
             statement: >-\n          {}\n          {}\n\n  - id: two\n    critical: true\n    hours: 6.50\n    indicators:\n      \
             - id: \"no\"\n        lines: |-\n          a\n          b\n\nlist:\n  - a, b\nempty: []\nmap: {{}}\n",
            fold(20),
            fold(20)
        );
        assert_eq!(text, expected);
    }

    #[test]
    fn every_text_reads_back_as_it_was_here_and_elsewhere() {
        let texts = [
            "", " ", "a", "no", "1.10", "1.0.0", "2026-01-31", "12:30", "1_000", "null", "~", "a: b", "a #b", "#a",
            "- a", "-a", "'a'", "\"a\"", "a\\b", "a\nb", "a\nb\n", "a\n\nb", "\na", "a\n\n", " a\nb", "a \nb",
            "a\n  b", "\ta", "a\tb", "a\rb", "a\u{85}b", "\u{2028}", "\u{feff}a", "😀", "אב", "\u{202e}x", "=1", "@a",
            "%a", "`a`", "? a", ": a", "a:", "...", "---", "a\u{a0}", "\u{7f}", "0x1f", "+1", ".5", "[a]", "{{ due }}",
            "a, b", "<<", "|", "> a", "&a", "*a", "!a",
        ];
        let long = format!("{} x: #y  \"z\"", "many words ".repeat(20).trim());
        let words = "many words: # 'y' \"z\" ".repeat(20);
        for text in texts.iter().copied().chain([long.as_str(), words.trim(), &words]) {
            let document = json!({ "a": text, "b": { "c": [text, text] } });
            let written = write(&document);
            let Checked { value: ours, diagnostics: found } =
                crate::Source::parse("", &written).load(|value: Any, _| Some(value));
            let ours = ours.unwrap_or_else(|| panic!("{written}\n{found}"));
            // A garbled text is garbled there and back.
            assert!(!found.has_errors(), "{written}\n{found}");
            assert_eq!(serde_json::to_value(ours).unwrap(), document, "{written}");
            let theirs: Value = serde_yaml::from_str(&written).unwrap();
            assert_eq!(theirs, document, "{written}");
            assert!(written.lines().all(|line| line.trim_end() == line), "{written:?}");
        }
    }

    #[test]
    fn a_key_of_any_length_is_read_back() {
        let long = |word: &str| word.repeat(1100usize.div_ceil(word.len()));
        for key in
            [&long("k"), &long("many words "), &long(": #\n"), &long("é"), &"k".repeat(999), &"\u{7}".repeat(400)]
        {
            let group = json!({ "a": { "b": [1, { key: 2 }] } });
            for value in
                [json!(1), json!(null), json!("x"), json!(long("words ").trim()), json!("a\nb"), json!([]), group]
            {
                let document =
                    json!({ key: value, "b": { key: value, "c": [{ key: value, "d": 1 }, { "d": { key: value } }] } });
                let document = json!({ "extra": document });
                let written = write(&document);
                let Checked { value: ours, diagnostics: found } =
                    crate::Source::parse("", &written).load(|value: Any, _| Some(value));
                let ours = ours.unwrap_or_else(|| panic!("{written}\n{found}"));
                assert_eq!(serde_json::to_value(ours).unwrap(), document, "{written}");
                let theirs: Value = serde_yaml::from_str(&written).unwrap_or_else(|error| panic!("{error}: {written}"));
                assert_eq!(theirs, document, "{written}");
            }
        }
    }

    #[test]
    fn a_number_with_an_exponent_is_written_as_it_was() {
        let numbers = ["1e-7", "1.5E+300", "-2.50e-9", "-0.0"];
        let extra = Any::List(numbers.iter().map(|text| Any::Number((*text).to_owned())).collect());
        let written = write(&Any::Map(vec![("extra".to_owned(), extra)]));
        let lines: Vec<&str> = written.lines().skip(1).map(|line| line.trim_start_matches("  - ")).collect();
        assert_eq!(lines, numbers);
        assert_eq!(serde_yaml::from_str::<Value>(&written).unwrap()["extra"][1], json!(1.5e300));
    }

    #[test]
    fn nothing_is_left_out_but_in_extra_where_it_is_the_authors_own() {
        let document =
            serde_json::json!({ "a": null, "b": { "c": null }, "extra": { "d": null, "e": [null, { "f": null }] } });
        let written = super::write(&document);
        let read: serde_json::Value = serde_yaml::from_str(&written).unwrap();
        let expected = serde_json::json!({ "b": {}, "extra": { "d": null, "e": [null, { "f": null }] } });
        assert_eq!(read, expected, "{written}");
    }
}
