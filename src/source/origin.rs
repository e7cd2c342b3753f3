//! The origin of a checked document: its text, the texts of its bases, and the merged tree.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use serde::{Serialize, Serializer};

use crate::exact::Exact;

use super::scalar::ScalarKind;
use super::tree::{Node, NodeKind};
use super::{Parsed, number};

/// A document by name and text.
#[derive(Debug)]
pub(crate) struct Document {
    pub(crate) name: String,
    pub(crate) text: String,
    /// Made when it is first asked for, since most documents are never built on.
    tree: OnceLock<Option<Node<'static>>>,
}

impl Document {
    fn of(name: &str, text: &str) -> Self {
        Self { name: name.to_owned(), text: text.to_owned(), tree: OnceLock::new() }
    }

    /// The document alone. `None` only for a text that is no document.
    pub(super) fn tree(&self) -> Option<&Node<'static>> {
        self.tree.get_or_init(|| Parsed::tree(&self.text)).as_ref()
    }
}

/// The texts and the tree of a document, for rubrics that extend it.
#[derive(Debug, Clone)]
pub(crate) struct Origin {
    /// Its own document, then the one it extends, and so on: the numbers in the spans of the tree.
    documents: Vec<Arc<Document>>,
    /// The tree that the document makes with those that it extends, where it extends any.
    merged: Option<Node<'static>>,
}

impl Origin {
    /// A document that stands by itself.
    pub(crate) fn of(name: &str, text: &str) -> Self {
        Self { documents: vec![Arc::new(Document::of(name, text))], merged: None }
    }

    /// A document that extends this one, and the tree that the two make.
    pub(crate) fn extended_by(&self, name: &str, text: &str, tree: Node<'static>) -> Self {
        let documents =
            std::iter::once(Arc::new(Document::of(name, text))).chain(self.documents.iter().cloned()).collect();
        Self { documents, merged: Some(tree) }
    }

    pub(crate) fn documents(&self) -> &[Arc<Document>] {
        &self.documents
    }

    /// The whole document, what it extends included. `None` only for a text that is no document.
    pub(crate) fn tree(&self) -> Option<&Node<'static>> {
        self.merged.as_ref().or_else(|| self.documents.first()?.tree())
    }

    /// The tree as the document that extends this one sees it: every document is one further away.
    pub(crate) fn as_base(&self) -> Option<Node<'static>> {
        self.tree().map(|tree| tree.clone().into_owned(1))
    }
}

impl Serialize for Node<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.kind {
            NodeKind::Scalar { text, .. } => match self.scalar_kind() {
                Some(ScalarKind::Null) => serializer.serialize_unit(),
                Some(ScalarKind::Bool) => serializer.serialize_bool(text.eq_ignore_ascii_case("true")),
                Some(ScalarKind::Number) => match Exact::parse(text) {
                    // A rule may take it, and takes no text.
                    Some(number) if number::has_leading_zero(text) => number.serialize_number(serializer),
                    _ => number::serialize(text, serializer),
                },
                _ => serializer.serialize_str(text),
            },
            NodeKind::List(items) => serializer.collect_seq(items),
            NodeKind::Map(entries) => serializer.collect_map(entries.iter().map(|(key, value)| (key, value))),
        }
    }
}

impl Node<'_> {
    /// The node with texts of its own.
    pub(crate) fn to_owned_node(&self) -> Node<'static> {
        self.clone().into_owned(0)
    }

    /// The node with texts of its own, its documents `further` away.
    pub(super) fn into_owned(self, further: u16) -> Node<'static> {
        let mut span = self.span;
        span.document = span.document.saturating_add(further);
        let kind = match self.kind {
            NodeKind::Scalar { text, plain } => NodeKind::Scalar { text: Cow::Owned(text.into_owned()), plain },
            NodeKind::List(items) => NodeKind::List(items.into_iter().map(|item| item.into_owned(further)).collect()),
            NodeKind::Map(entries) => {
                let own = |(key, value): (Node<'_>, Node<'_>)| (key.into_owned(further), value.into_owned(further));
                NodeKind::Map(entries.into_iter().map(own).collect())
            }
        };
        Node { span, kind, explained: self.explained }
    }
}
