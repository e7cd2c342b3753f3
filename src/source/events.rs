//! Builds the tree of a YAML document from the events of its parser.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use granit_parser::{Event, Options, Parser, ScalarStyle};

use crate::diagnostic::{Code, Severity};

use super::findings::{Finding, Findings};
use super::limits::{too_deep, too_large, too_many};
use super::span::Span;
use super::tree::{Node, NodeKind, narrow};
use super::{MAX_BYTES, MAX_DEPTH, MAX_NODES, anchor, syntax_error};

/// Parses one document. `None` when there is nothing to go on with; then the reason is among the findings.
pub(crate) fn parse<'t>(text: &'t str, findings: &Findings) -> Option<Node<'t>> {
    if text.len() > MAX_BYTES {
        findings.push(too_large());
        return None;
    }
    let mut options = Options::default();
    options.set_emit_comments(false);
    if super::looks_like_json(text) {
        // YAML's own limit for a key on one line is none of JSON's.
        options.simple_key_max_lookahead = MAX_BYTES;
    }
    options.flow_nesting_limit = MAX_DEPTH;
    options.block_nesting_limit = MAX_DEPTH;
    let mut builder = Builder {
        text,
        findings,
        open: Vec::new(),
        root: None,
        anchors: HashMap::new(),
        unused: BTreeMap::new(),
        nodes: 0,
        repeated: 0,
        stop: false,
    };
    let mut documents = 0;
    let mut second = None;
    for event in Parser::new_from_str_with_options(text, options) {
        match (event, second) {
            // A lone `---` at the end begins nothing.
            (Ok((Event::Scalar(..), span)), Some(_)) if span.is_empty() => {}
            (Ok((Event::DocumentStart(..), span)), _) => {
                documents += 1;
                if documents > 1 {
                    second = second.or(Some(to_span(span)));
                }
            }
            (Ok((Event::DocumentEnd | Event::StreamEnd, _)), Some(_)) => {}
            (_, Some(begins)) => {
                findings.error(
                    Code::SeveralDocuments,
                    begins,
                    "a second document begins here".to_owned(),
                    "keep one document in a file; what follows `---` was not read".to_owned(),
                );
                break;
            }
            (Err(error), None) => {
                findings.push(syntax_error::finding(text, &error));
                return None;
            }
            (Ok((event, span)), None) => builder.take(event, span),
        }
        if builder.stop {
            return None;
        }
    }
    anchor::unused(text, builder.unused.values(), findings);
    match builder.root {
        Some(root) if !root.is_null() => Some(root),
        _ => {
            findings.error(
                Code::EmptyDocument,
                Span::default(),
                "the document is empty".to_owned(),
                findings.vocabulary.beginning.to_owned(),
            );
            None
        }
    }
}
fn is_merge(key: &Node<'_>) -> bool {
    matches!(&key.kind, NodeKind::Scalar { text, plain: true } if text == "<<")
}
fn to_span(span: granit_parser::Span) -> Span {
    let byte = |marker: granit_parser::Marker| narrow(marker.byte_offset().unwrap_or(0));
    Span { start: byte(span.start), end: byte(span.end), ..Span::default() }
}

/// The collections that are open while events come in, and the counts so far.
struct Builder<'t, 'f> {
    text: &'t str,
    findings: &'f Findings,
    open: Vec<Open<'t>>,
    root: Option<Node<'t>>,
    anchors: HashMap<usize, Anchored<'t>>,
    /// The places of texts with an anchor that no alias names so far.
    unused: BTreeMap<usize, Span>,
    nodes: usize,
    /// The bytes of text that aliases repeat, and that they may repeat.
    repeated: usize,
    stop: bool,
}

/// A value that an alias can stand for.
struct Anchored<'t> {
    node: Node<'t>,
    nodes: usize,
    bytes: usize,
}

struct Open<'t> {
    node: Node<'t>,
    anchor: usize,
    key: Option<Node<'t>>,
}

impl<'t> Builder<'t, '_> {
    fn take(&mut self, event: Event<'t>, span: granit_parser::Span) {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let mut place = to_span(span);
                self.tag(tag.is_some(), span, Some(place));
                let plain = style == ScalarStyle::Plain;
                // The parser gives an absent value a text of its own.
                let text = if plain && place.start == place.end { Cow::Borrowed("") } else { text };
                if matches!(style, ScalarStyle::Literal | ScalarStyle::Folded) {
                    place = self.trimmed(place);
                }
                let node = Node { span: place, kind: NodeKind::Scalar { text, plain }, explained: tag.is_some() };
                if anchor != 0 {
                    self.unused.insert(anchor, place);
                }
                self.close(node, anchor);
            }
            Event::SequenceStart(_, anchor, tag) => self.begin(NodeKind::List(Vec::new()), anchor, tag.is_some(), span),
            Event::MappingStart(_, anchor, tag) => self.begin(NodeKind::Map(Vec::new()), anchor, tag.is_some(), span),
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some(mut open) = self.open.pop() {
                    open.node.span.end = self.end_of(&open.node, to_span(span).end);
                    if let NodeKind::Map(entries) = &mut open.node.kind
                        && open.node.explained
                    {
                        entries.retain(|(key, _)| !is_merge(key));
                    }
                    self.close(open.node, open.anchor);
                }
            }
            Event::Alias(anchor) => {
                self.unused.remove(&anchor);
                if let Some(&Anchored { nodes, bytes, .. }) = self.anchors.get(&anchor) {
                    self.count(nodes, to_span(span));
                    self.repeat(bytes, to_span(span));
                    let node = self.anchors.get(&anchor).filter(|_| !self.stop).map(|anchored| anchored.node.clone());
                    node.into_iter().for_each(|node| self.attach(node));
                } else {
                    // An alias inside of what it stands for.
                    self.findings.error(
                        Code::TooDeep,
                        to_span(span),
                        "this alias stands for something that contains it".to_owned(),
                        "write the value out instead of the alias".to_owned(),
                    );
                    self.stop = true;
                }
            }
            _ => {}
        }
    }

    /// The place of a block of text, which is reported to end where the next thing begins, up to its last word.
    fn trimmed(&self, place: Span) -> Span {
        let written = self.text.get(place.start as usize..place.end as usize).unwrap_or_default();
        Span { end: place.start + narrow(written.trim_end().len()), ..place }
    }

    fn begin(&mut self, kind: NodeKind<'t>, anchor: usize, tagged: bool, span: granit_parser::Span) {
        self.tag(tagged, span, None);
        let span = to_span(span);
        if self.open.len() >= MAX_DEPTH {
            self.findings.push(too_deep(span));
            self.stop = true;
        }
        self.open.push(Open { node: Node { span, kind, explained: false }, anchor, key: None });
    }

    /// A block collection is reported to end where the next thing begins; it ends with its last value.
    fn end_of(&self, node: &Node<'t>, reported: u32) -> u32 {
        let last = match &node.kind {
            NodeKind::List(items) => items.last(),
            NodeKind::Map(entries) => entries.last().map(|(_, value)| value),
            NodeKind::Scalar { .. } => None,
        };
        match last {
            // Flow collections end with their bracket, which is one byte wide and so after the last value.
            Some(last) if reported > last.span.end && reported > node.span.start && self.is_block(node) => {
                last.span.end.max(node.span.start)
            }
            Some(last) => reported.max(last.span.end),
            None => reported,
        }
    }

    fn is_block(&self, node: &Node<'t>) -> bool {
        // The span of a flow collection's start is its bracket; that of a block collection is empty.
        node.span.start == node.span.end
    }

    /// Notes a tag: of a scalar, whose path it bears then, or of what only begins here.
    fn tag(&self, tagged: bool, span: granit_parser::Span, scalar: Option<Span>) {
        if tagged {
            let place = span.tag_span().map_or_else(|| to_span(span), to_span);
            let finding = Finding::new(
                Severity::Error,
                Code::Tag,
                place,
                "a YAML tag stands here".to_owned(),
                "remove the `!…`: documents of this format are plain data".to_owned(),
            );
            self.findings.push(finding.of(scalar.unwrap_or(place)));
        }
    }

    fn count(&mut self, nodes: usize, at: Span) {
        self.nodes += nodes;
        if self.nodes > MAX_NODES && !self.stop {
            self.findings.push(too_many(at));
            self.stop = true;
        }
    }

    /// Few values can hold much text, and every alias holds all of it again.
    fn repeat(&mut self, bytes: usize, at: Span) {
        self.repeated += bytes;
        if self.repeated > 2 * MAX_BYTES && !self.stop {
            self.findings.error(
                Code::TooLarge,
                at,
                "the texts that aliases repeat are larger than 8 MiB together".to_owned(),
                "aliases count as what they stand for; check that this is the right file".to_owned(),
            );
            self.stop = true;
        }
    }

    fn close(&mut self, node: Node<'t>, anchor: usize) {
        self.count(1, node.span);
        if anchor != 0 && !self.stop {
            let (nodes, bytes) = (node.count(), node.bytes());
            self.repeat(bytes, node.span);
            self.anchors.insert(anchor, Anchored { node: node.clone(), nodes, bytes });
        }
        self.attach(node);
    }

    fn attach(&mut self, node: Node<'t>) {
        let Some(parent) = self.open.last_mut() else {
            self.root = Some(node);
            return;
        };
        match &mut parent.node.kind {
            NodeKind::List(items) => items.push(node),
            NodeKind::Map(entries) => match parent.key.take() {
                None => {
                    if is_merge(&node) {
                        parent.node.explained = true;
                        self.findings.error(
                            Code::MergeKey,
                            node.span,
                            "`<<` merges another mapping into this one".to_owned(),
                            "write the keys out: merging is not part of YAML 1.2".to_owned(),
                        );
                    }
                    parent.key = Some(node);
                }
                Some(key) => {
                    let mut value = node;
                    if value.span.start == value.span.end {
                        // An absent value, or a block without a line, has no place of its own: its key stands for it.
                        value.span = key.span;
                    }
                    entries.push((key, value));
                }
            },
            NodeKind::Scalar { .. } => {}
        }
    }
}
