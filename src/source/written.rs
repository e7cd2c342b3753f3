//! Writes a value as JSON in lines, together with the tree that a parser would make of the text.

use std::borrow::Cow;

use super::any::Any;
use super::json::is_number;
use super::span::Span;
use super::tree::{Node, NodeKind, narrow};
use super::{MAX_BYTES, MAX_DEPTH, MAX_NODES};

/// The text of a value, and its tree: what parsing the text gives.
pub(crate) fn written(value: &Any) -> (String, Node<'_>) {
    let mut writer = Writer { text: String::with_capacity(4096), depth: 0 };
    let tree = writer.value(value);
    (writer.text, tree)
}

/// Whether the text of a value is within the limits of a document.
pub(crate) fn is_within_limits(value: &Any) -> bool {
    let mut size = Size::default();
    size.add(value, 0);
    let is_small = size.nodes <= MAX_NODES && size.depth <= MAX_DEPTH;
    is_small && (size.bytes <= MAX_BYTES || written(value).0.len() <= MAX_BYTES)
}

/// Makes texts of numbers that JSON does not have, such as `0x1F`, as writing them does.
pub(crate) fn without_other_numbers(value: &mut Any) {
    match value {
        Any::Number(digits) if !is_number(digits) => *value = Any::Text(std::mem::take(digits)),
        Any::List(items) => items.iter_mut().for_each(without_other_numbers),
        Any::Map(entries) => entries.iter_mut().for_each(|(_, value)| without_other_numbers(value)),
        _ => {}
    }
}

struct Writer {
    text: String,
    depth: usize,
}

impl Writer {
    fn value<'v>(&mut self, value: &'v Any) -> Node<'v> {
        let start = self.text.len();
        let kind = match value {
            Any::Null => self.word("null"),
            Any::Bool(true) => self.word("true"),
            Any::Bool(false) => self.word("false"),
            Any::Number(digits) if is_number(digits) => self.word(digits),
            Any::Number(text) | Any::Text(text) => self.quoted(text),
            Any::List(items) => NodeKind::List(self.within(('[', ']'), items, Self::value)),
            Any::Map(entries) => NodeKind::Map(self.within(('{', '}'), entries, |writer, (key, value)| {
                let start = writer.text.len();
                let kind = writer.quoted(key);
                let key = writer.node(start, kind);
                writer.text.push_str(": ");
                (key, writer.value(value))
            })),
        };
        self.node(start, kind)
    }

    fn node<'v>(&self, start: usize, kind: NodeKind<'v>) -> Node<'v> {
        let span = Span { start: narrow(start), end: narrow(self.text.len()), ..Span::default() };
        Node { span, kind, explained: false }
    }

    fn word<'v>(&mut self, word: &'v str) -> NodeKind<'v> {
        self.text.push_str(word);
        NodeKind::Scalar { text: Cow::Borrowed(word), plain: true }
    }

    fn quoted<'v>(&mut self, text: &'v str) -> NodeKind<'v> {
        if text.bytes().any(|byte| byte < 0x20 || byte == b'"' || byte == b'\\') {
            // A text can always be written into memory.
            self.text.push_str(&serde_json::to_string(text).unwrap_or_default());
        } else {
            self.text.push('"');
            self.text.push_str(text);
            self.text.push('"');
        }
        NodeKind::Scalar { text: Cow::Borrowed(text), plain: false }
    }

    /// The items between brackets, each on a line.
    fn within<'v, T, N>(
        &mut self,
        (open, close): (char, char),
        items: &'v [T],
        item: impl Fn(&mut Self, &'v T) -> N,
    ) -> Vec<N> {
        self.text.push(open);
        self.depth += 1;
        let mut nodes = Vec::with_capacity(items.len());
        for (number, one) in items.iter().enumerate() {
            if number > 0 {
                self.text.push(',');
            }
            self.line();
            nodes.push(item(self, one));
        }
        self.depth -= 1;
        if !items.is_empty() {
            self.line();
        }
        self.text.push(close);
        nodes
    }

    fn line(&mut self) {
        const BLANKS: &str = "                                                                ";
        self.text.push('\n');
        match BLANKS.get(..2 * self.depth) {
            Some(blanks) => self.text.push_str(blanks),
            None => self.text.extend(std::iter::repeat_n(' ', 2 * self.depth)),
        }
    }
}

/// The values in a value, the deepest nesting, and a number of bytes that its text does not exceed.
#[derive(Default)]
struct Size {
    nodes: usize,
    depth: usize,
    bytes: usize,
}

impl Size {
    fn add(&mut self, value: &Any, depth: usize) {
        /// A character written as `\u0000`.
        const ESCAPED: usize = 6;
        let line = 2 * (depth + 1) + 8;
        self.nodes += 1;
        self.bytes += line;
        match value {
            Any::Null | Any::Bool(_) => {}
            Any::Number(text) | Any::Text(text) => self.bytes += ESCAPED * text.len(),
            // A list or mapping beyond the limit is not gone through.
            Any::List(_) | Any::Map(_) if depth >= MAX_DEPTH => self.depth = depth + 1,
            Any::List(items) => {
                self.depth = self.depth.max(depth + 1);
                items.iter().for_each(|item| self.add(item, depth + 1));
            }
            Any::Map(entries) => {
                self.depth = self.depth.max(depth + 1);
                for (key, value) in entries {
                    self.nodes += 1;
                    self.bytes += ESCAPED * key.len();
                    self.add(value, depth + 1);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::json;
    use super::*;

    fn parsed(value: &Any) -> String {
        let (text, tree) = written(value);
        assert_eq!(format!("{tree:?}"), format!("{:?}", json::parse(&text).unwrap()), "{text}");
        text
    }

    #[test]
    fn the_tree_is_what_parsing_the_text_gives() {
        let json = r#"{"a":[1.10,{},[],[[1e3]],null,true,false],"b\"\n":{"c":"é \\ \u0007 😀"},"":"","a":-0}"#;
        let mut value: Any = serde_json::from_str(json).unwrap();
        let text = parsed(&value);
        assert_eq!(Any::of_node(&json::parse(&text).unwrap()), value);
        assert!(text.starts_with("{\n  \"a\": [\n    1.10,\n    {},\n"), "{text}");
        for _ in 0..60 {
            value = Any::List(vec![value]);
        }
        parsed(&value);
        let mut other = Any::List(vec![Any::Number("0x1F".to_owned()), Any::Number("007".to_owned())]);
        let text = parsed(&other);
        without_other_numbers(&mut other);
        assert_eq!(Any::of_node(&json::parse(&text).unwrap()), other);
    }

    #[test]
    fn limits_are_those_of_a_parser() {
        let nested = |depth| (0..depth).fold(Any::Null, |value, _| Any::List(vec![value]));
        assert!(is_within_limits(&nested(MAX_DEPTH)) && json::parse(&written(&nested(MAX_DEPTH)).0).is_ok());
        assert!(!is_within_limits(&nested(MAX_DEPTH + 1)) && json::parse(&written(&nested(MAX_DEPTH + 1)).0).is_err());
        assert!(!is_within_limits(&nested(5 * MAX_DEPTH)));
        let many = |count| Any::List(vec![Any::Null; count]);
        assert!(is_within_limits(&many(MAX_NODES - 1)) && !is_within_limits(&many(MAX_NODES)));
        let long = |bytes| Any::Text("x".repeat(bytes));
        assert!(is_within_limits(&long(MAX_BYTES - 2)) && !is_within_limits(&long(MAX_BYTES - 1)));
    }
}
