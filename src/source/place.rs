//! Places: byte ranges, and their lines, columns and paths.

use crate::diagnostic::Position;

use super::quote::{clean, shorten};
use super::span::Span;
use super::tree::{Node, NodeKind};

/// Lines and columns of byte offsets that are asked for in rising order.
pub(crate) struct Cursor<'a> {
    text: &'a str,
    offset: usize,
    position: Position,
}

impl<'a> Cursor<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        let offset = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        Self { text, offset, position: Position::START }
    }

    /// The position of `offset`; the cursor stays there.
    pub(crate) fn advance(&mut self, offset: u32) -> Position {
        let (offset, position) = self.walk(offset);
        (self.offset, self.position) = (offset, position);
        position
    }

    /// The position of `offset`, at or after the cursor, which stays where it is.
    pub(crate) fn peek(&self, offset: u32) -> Position {
        self.walk(offset).1
    }

    fn walk(&self, offset: u32) -> (usize, Position) {
        let end = (offset as usize).clamp(self.offset, self.text.len());
        let mut position = self.position;
        let bytes = self.text.as_bytes();
        let ends_line = |at: &usize| match bytes.get(*at) {
            // In `\r\n` only the second ends the line.
            Some(b'\r') => bytes.get(at + 1) != Some(&b'\n'),
            byte => byte == Some(&b'\n'),
        };
        let mut line = self.offset;
        for at in (self.offset..end).filter(ends_line) {
            position = Position { line: position.line + 1, column: 1 };
            line = at + 1;
        }
        let passed = self.text.get(line..end).unwrap_or_default().chars().count();
        position.column += u32::try_from(passed).unwrap_or(u32::MAX);
        (end, position)
    }
}

/// Where the lines of a text begin.
pub(crate) struct Lines(Vec<usize>);

impl Lines {
    pub(crate) fn of(text: &str) -> Self {
        let ends = text.match_indices(['\n', '\r']).map(|(at, _)| at + 1);
        // In `\r\n` only the second ends the line.
        Self(ends.filter(|end| text.get(end - 1..=*end) != Some("\r\n")).collect())
    }

    /// The number of the line that an offset is in, from 1.
    pub(crate) fn number(&self, offset: u32) -> usize {
        1 + self.0.partition_point(|start| *start <= offset as usize)
    }
}

/// Every place of a tree, to find the path of a range of bytes.
pub(crate) struct Places<'t> {
    /// In the order of the text.
    list: Vec<Place<'t>>,
    /// Where texts begin that an alias repeats, in order, each with the farthest end so far.
    repeated: Vec<(u32, u32)>,
}

struct Place<'t> {
    span: Span,
    parent: Option<usize>,
    step: Step<'t>,
    /// The mapping that stands here.
    mapping: Option<&'t Node<'t>>,
}

/// The surroundings of a range of bytes.
#[derive(Debug, Default)]
pub(crate) struct Around {
    pub(super) path: String,
    /// The name of the place: `cell E14`.
    pub(super) name: Option<String>,
    /// An alias repeats the text, so its findings come up again at each use.
    pub(super) is_repeated: bool,
    /// The key of the value.
    pub(super) key: Option<Span>,
    /// The first key, of a mapping.
    pub(super) first_key: Option<Span>,
    /// A reported finding explains the missing keys of the mapping.
    pub(super) explained: bool,
}

impl Around {
    /// A place in a text that is no tree.
    #[cfg(feature = "table")]
    pub(crate) fn named(path: String, name: Option<String>) -> Self {
        Self { path, name, ..Self::default() }
    }
}

enum Step<'t> {
    Root,
    Index(usize),
    Key(&'t str),
}

impl<'t> Places<'t> {
    pub(crate) fn of(tree: &'t Node<'t>) -> Self {
        let mut places = Self { list: Vec::new(), repeated: Vec::new() };
        places.add(tree, None, Step::Root);
        places.repeated.sort_unstable();
        let mut farthest = 0;
        for (_, end) in &mut places.repeated {
            farthest = farthest.max(*end);
            *end = farthest;
        }
        places
    }

    /// Adds a node and what is in it. What an alias repeats stands earlier in the text and is there already.
    fn add(&mut self, node: &'t Node<'t>, parent: Option<usize>, step: Step<'t>) {
        if self.list.last().is_some_and(|last| node.span.start < last.span.start) {
            self.repeated.push((node.span.start, node.span.end));
            return;
        }
        let here = self.list.len();
        let mapping = matches!(node.kind, NodeKind::Map(_)).then_some(node);
        self.list.push(Place { span: node.span, parent, step, mapping });
        match &node.kind {
            NodeKind::Scalar { .. } => {}
            NodeKind::List(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.add(item, Some(here), Step::Index(index));
                }
            }
            NodeKind::Map(entries) => {
                for (key, value) in entries {
                    let name = match &key.kind {
                        NodeKind::Scalar { text, .. } => text.as_ref(),
                        _ => "?",
                    };
                    self.list.push(Place { span: key.span, parent: Some(here), step: Step::Key(name), mapping: None });
                    self.add(value, Some(here), Step::Key(name));
                }
            }
        }
    }

    /// Whether an alias repeats the text.
    fn is_repeated(&self, span: Span) -> bool {
        let before = self.repeated.partition_point(|(start, _)| *start <= span.start);
        let last = before.checked_sub(1).and_then(|last| self.repeated.get(last));
        last.is_some_and(|(_, end)| span.end <= *end)
    }

    /// The surroundings of `span`: the innermost value or key, or the innermost mapping; the root without either.
    pub(crate) fn find(&self, span: Span, mapping: bool) -> Around {
        let after = self.list.partition_point(|place| place.span.start <= span.start);
        let mut at = after.checked_sub(1);
        while let Some(place) = at.and_then(|at| self.list.get(at)) {
            if place.span.end >= span.end && (place.mapping.is_some() || !mapping) {
                return Around { is_repeated: self.is_repeated(span), ..self.around(place, at) };
            }
            at = place.parent;
        }
        self.list.first().map(|root| self.around(root, None)).unwrap_or_default()
    }

    fn around(&self, place: &Place<'_>, at: Option<usize>) -> Around {
        // The key of a value stands before it.
        let before = at.and_then(|at| self.list.get(at.checked_sub(1)?));
        let key = before.filter(|before| matches!(before.step, Step::Key(_)) && before.parent == place.parent);

        let first_key = match place.mapping.map(|node| &node.kind) {
            Some(NodeKind::Map(entries)) => entries.first().map(|(key, _)| key.span),
            _ => None,
        };
        let key = key.map(|key| key.span);
        Around {
            path: self.path(place),
            name: None,
            key,
            first_key,
            explained: place.mapping.is_some_and(|node| node.explained),
            is_repeated: false,
        }
    }

    fn path(&self, place: &Place<'_>) -> String {
        let mut steps = Vec::new();
        let mut at = Some(place);
        while let Some(place) = at {
            steps.push(&place.step);
            at = place.parent.and_then(|parent| self.list.get(parent));
        }
        let mut path = String::new();
        for step in steps.into_iter().rev() {
            match step {
                Step::Root => {}
                Step::Index(index) => path.push_str(&format!("[{index}]")),
                Step::Key(key) if is_plain(key) => {
                    if !path.is_empty() {
                        path.push('.');
                    }
                    path.push_str(&shorten(key));
                }
                Step::Key(key) => {
                    let key = clean(shorten(key)).replace('\\', "\\\\").replace('"', "\\\"");
                    path.push_str(&format!("[\"{key}\"]"));
                }
            }
        }
        path
    }
}

fn is_plain(key: &str) -> bool {
    !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-')
}

/// The id of the part of a rubric in a path of an evaluation: the key under `ratings`, `not_assigned`, a narrative or an entered
/// step. `None` for another path, and for a key that is shortened in it.
pub(super) fn subject(path: &str) -> Option<&str> {
    let keys: Vec<&str> = path.split('.').collect();
    let subject = match keys.as_slice() {
        ["ratings" | "not_assigned", id, ..] | ["narratives" | "entered", _, id, ..] => id,
        [observation, "ratings", id, ..] if observation.starts_with("observations[") => id,
        _ => return None,
    };
    // `rating` and `rationale` of a step with one result are no parts.
    (is_plain(subject) && !(keys.first() == Some(&"entered") && ["rating", "rationale"].contains(subject)))
        .then_some(*subject)
}
