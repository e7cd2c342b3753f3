//! Parses JSON into a tree in which every value knows its place.

use std::borrow::Cow;

use super::findings::Finding;
use super::limits::{too_deep, too_many};
use super::span::Span;
use super::tree::{Node, NodeKind, narrow};
use super::{MAX_DEPTH, MAX_NODES};

/// The tree of a text that is JSON to the letter, within the limits of a document.
pub(super) fn parse(text: &str) -> Result<Node<'_>, Stop> {
    Json::new(text, MAX_DEPTH, MAX_NODES).document()
}

/// The tree of JSON that this program wrote, of any size.
pub(super) fn parse_own(text: &str) -> Option<Node<'_>> {
    Json::new(text, usize::MAX, usize::MAX).document().ok()
}

/// Why the parser stops.
#[derive(Debug)]
pub(super) enum Stop {
    NotJson,
    /// The document breaks a limit.
    Limit(Box<Finding>),
}

type Parsed<T> = Result<T, Stop>;

/// A parser at a byte of the text.
struct Json<'t> {
    text: &'t str,
    at: usize,
    depth: usize,
    nodes: usize,
    most_depth: usize,
    most_nodes: usize,
}

impl<'t> Json<'t> {
    fn new(text: &'t str, most_depth: usize, most_nodes: usize) -> Self {
        let at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        Self { text, at, depth: 0, nodes: 0, most_depth, most_nodes }
    }

    fn document(mut self) -> Parsed<Node<'t>> {
        let tree = self.value()?;
        if self.next().is_none() { Ok(tree) } else { Err(Stop::NotJson) }
    }

    /// The next byte that is no white space; the parser moves to it.
    fn next(&mut self) -> Option<u8> {
        let rest = self.text.as_bytes().get(self.at..)?;
        let blanks = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\n' | b'\t' | b'\r')).count();
        self.at += blanks;
        rest.get(blanks).copied()
    }

    /// Moves behind `wanted`, where it comes next.
    fn skip(&mut self, wanted: u8) -> bool {
        let is_next = self.next() == Some(wanted);
        self.at += usize::from(is_next);
        is_next
    }

    fn expect(&mut self, wanted: u8) -> Parsed<()> {
        if self.skip(wanted) { Ok(()) } else { Err(Stop::NotJson) }
    }

    fn span_from(&self, start: usize) -> Span {
        Span { start: narrow(start), end: narrow(self.at), ..Span::default() }
    }

    fn value(&mut self) -> Parsed<Node<'t>> {
        let first = self.next().ok_or(Stop::NotJson)?;
        let start = self.at;
        let kind = match first {
            b'"' => NodeKind::Scalar { text: self.string()?, plain: false },
            b'{' => self.within(b'}', NodeKind::Map, |json| {
                if json.next() != Some(b'"') {
                    return Err(Stop::NotJson);
                }
                let key = json.value()?;
                json.expect(b':')?;
                Ok((key, json.value()?))
            })?,
            b'[' => self.within(b']', NodeKind::List, Self::value)?,
            _ => NodeKind::Scalar { text: Cow::Borrowed(self.word()?), plain: true },
        };
        let span = self.span_from(start);
        self.nodes += 1;
        if self.nodes > self.most_nodes {
            return Err(Stop::Limit(Box::new(too_many(span))));
        }
        Ok(Node { span, kind, explained: false })
    }

    /// The items between a bracket, which comes next, and the one that closes it.
    fn within<T>(
        &mut self,
        close: u8,
        kind: impl FnOnce(Vec<T>) -> NodeKind<'t>,
        item: impl Fn(&mut Self) -> Parsed<T>,
    ) -> Parsed<NodeKind<'t>> {
        let start = self.at;
        self.at += 1;
        if self.depth >= self.most_depth {
            return Err(Stop::Limit(Box::new(too_deep(self.span_from(start)))));
        }
        self.depth += 1;
        let mut items = Vec::new();
        if !self.skip(close) {
            items.push(item(self)?);
            while self.skip(b',') {
                items.push(item(self)?);
            }
            self.expect(close)?;
        }
        self.depth -= 1;
        Ok(kind(items))
    }

    /// A string, whose quote comes next. One without escapes is borrowed.
    fn string(&mut self) -> Parsed<Cow<'t, str>> {
        let start = self.at;
        let rest = self.text.as_bytes().get(start + 1..).unwrap_or_default();
        let (mut end, mut has_escapes) = (0, false);
        loop {
            end += plain_bytes(rest.get(end..).unwrap_or_default());
            match rest.get(end) {
                Some(b'"') => break,
                Some(b'\\') => {
                    has_escapes = true;
                    end += 2;
                }
                _ => return Err(Stop::NotJson),
            }
        }
        self.at = start + end + 2;
        if has_escapes {
            let written = self.text.get(start..self.at).unwrap_or_default();
            return serde_json::from_str(written).map(Cow::Owned).map_err(|_| Stop::NotJson);
        }
        self.text.get(start + 1..self.at - 1).map(Cow::Borrowed).ok_or(Stop::NotJson)
    }

    /// `true`, `false`, `null` or a number.
    fn word(&mut self) -> Parsed<&'t str> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let length = rest.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(byte)).count();
        let word = rest.get(..length).unwrap_or_default();
        if !matches!(word, "true" | "false" | "null") && !is_number(word) {
            return Err(Stop::NotJson);
        }
        self.at += length;
        Ok(word)
    }
}

/// How many bytes go by before a quote, an escape or a control character. Sixteen are looked at together.
fn plain_bytes(bytes: &[u8]) -> usize {
    let is_special = |byte: &u8| (*byte == b'"') | (*byte == b'\\') | (*byte < 0x20);
    let (chunks, _) = bytes.as_chunks::<16>();
    let is_plain = |chunk: &&[u8; 16]| !chunk.iter().fold(false, |any, byte| any | is_special(byte));
    let clear = 16 * chunks.iter().take_while(is_plain).count();
    let rest = bytes.get(clear..).unwrap_or_default();
    clear + rest.iter().take_while(|byte| !is_special(byte)).count()
}

/// `-?(0|[1-9]digits)[.digits][(e|E)[+|-]digits]`.
pub(super) fn is_number(word: &str) -> bool {
    let are_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let unsigned = word.strip_prefix('-').unwrap_or(word);
    let (mantissa, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
    let (whole, places) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
    let is_whole = are_digits(whole) && (whole.len() == 1 || !whole.starts_with('0'));
    is_whole && are_digits(places) && are_digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_json_exactly_where_serde_json_says_so() {
        let texts = [
            "{}",
            "[]",
            "{\"a\":1}",
            " [ 1 , -0 , 0.5 , 1e3 , -1.50E+1 , 1e-9 ] ",
            "\"a\\u00e9\\n\"",
            "true",
            "null",
            "\"\u{7f}\u{feff}\"",
            "{\"a\":[{\"b\":[]}]}",
            "\"a long text, of more than sixteen bytes\"",
            "\"a long text, with \\\" in it, at the end\\\\\"",
            "",
            "{",
            "[1,]",
            "{\"a\":1,}",
            "{a:1}",
            "{'a':1}",
            "01",
            "+1",
            ".5",
            "5.",
            "1e",
            "1.e3",
            "0x1F",
            "tru",
            "truer",
            "NaN",
            "[1 2]",
            "{\"a\" 1}",
            "{\"a\"}",
            "\"a",
            "\"a\\\"",
            "\"\\x\"",
            "\"\\ud800\"",
            "\"a\tb\"",
            "\"a long text, with a tab \t in it\"",
            "[1]]",
            "{} {}",
            "{\"a\":}",
            "-",
            "--1",
            "\u{a0}{}",
            "\"\\",
            "nul",
            "[,1]",
            "{,}",
        ];
        for text in texts {
            let theirs = serde_json::from_str::<serde_json::Value>(text).is_ok();
            assert_eq!(parse_own(text).is_some(), theirs, "{text}");
        }
    }

    #[test]
    fn a_value_has_the_place_where_it_stands() {
        let text = "{ \"a\": [1.10, \"x\\ty\"], \"b\": {} }";
        let tree = parse_own(text).unwrap();
        let written = |node: &Node<'_>| text[node.span.start as usize..node.span.end as usize].to_owned();
        assert_eq!(written(&tree), text);
        let NodeKind::List(items) = &tree.get("a").unwrap().kind else { panic!("a list") };
        assert_eq!(items.iter().map(written).collect::<Vec<_>>(), ["1.10", "\"x\\ty\""]);
        assert_eq!(items[1].text(), Some("x\ty"));
        assert_eq!(written(tree.get("b").unwrap()), "{}");
    }
}
