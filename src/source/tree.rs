//! The tree of a document, in which every value knows its place.

use std::borrow::Cow;

use super::MAX_NODES;
use super::quote::shorten;
use super::scalar::{self, ScalarKind};
use super::span::Span;

/// A value in a document.
#[derive(Debug, Clone)]
pub(crate) struct Node<'t> {
    pub(crate) span: Span,
    pub(crate) kind: NodeKind<'t>,
    /// A tag (of a scalar) or a merge (into a mapping) is reported here; what is wrong or lacking may be due to that.
    pub(crate) explained: bool,
}

#[derive(Debug, Clone)]
pub(crate) enum NodeKind<'t> {
    /// A number is its own text here, so nothing is lost.
    Scalar {
        text: Cow<'t, str>,
        plain: bool,
    },
    List(Vec<Node<'t>>),
    Map(Vec<(Node<'t>, Node<'t>)>),
}

impl Node<'_> {
    /// A description of the value in a user's words: "a list", "the number `1.10`".
    pub(crate) fn describe(&self) -> String {
        match &self.kind {
            NodeKind::List(_) => "a list".to_owned(),
            NodeKind::Map(_) => "a group of keys and values".to_owned(),
            NodeKind::Scalar { text, plain } => match self.scalar_kind() {
                Some(ScalarKind::Null) if text.is_empty() && *plain => "nothing".to_owned(),
                Some(ScalarKind::Null) => format!("nothing (`{text}`)"),
                Some(ScalarKind::Bool) => format!("the truth value `{text}`"),
                Some(ScalarKind::Number) => format!("the number `{}`", shorten(text)),
                _ => "text".to_owned(),
            },
        }
    }

    /// A scalar's text.
    pub(crate) fn text(&self) -> Option<&str> {
        match &self.kind {
            NodeKind::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }

    /// A scalar's text, where every reader takes it for one.
    pub(crate) fn word(&self) -> Option<&str> {
        let is_plain = matches!(self.kind, NodeKind::Scalar { plain: true, .. });
        self.text().filter(|text| !is_plain || scalar::is_text(text))
    }

    /// The value that a mapping has under a key; of several, the first.
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        let NodeKind::Map(entries) = &self.kind else { return None };
        entries.iter().find(|(name, _)| name.text() == Some(key)).map(|(_, value)| value)
    }

    /// Whether nothing is written here, or `null`.
    pub(crate) fn is_null(&self) -> bool {
        self.scalar_kind() == Some(ScalarKind::Null)
    }

    pub(crate) fn is_map(&self) -> bool {
        matches!(self.kind, NodeKind::Map(_))
    }

    /// The kind that YAML reads a scalar as; `None` for a list or a mapping.
    pub(crate) fn scalar_kind(&self) -> Option<ScalarKind> {
        match &self.kind {
            NodeKind::Scalar { text, plain: true } => Some(scalar::kind(text)),
            NodeKind::Scalar { .. } => Some(ScalarKind::Text),
            _ => None,
        }
    }

    /// Takes the place of every value away.
    #[cfg(feature = "table")]
    pub(super) fn forget_places(&mut self) {
        self.span = Span::default();
        match &mut self.kind {
            NodeKind::Scalar { .. } => {}
            NodeKind::List(items) => items.iter_mut().for_each(Self::forget_places),
            NodeKind::Map(entries) => entries.iter_mut().for_each(|(key, value)| {
                key.forget_places();
                value.forget_places();
            }),
        }
    }

    /// Whether it has more values than a document may have.
    pub(crate) fn is_too_large(&self) -> bool {
        self.count() > MAX_NODES
    }

    pub(super) fn count(&self) -> usize {
        1 + match &self.kind {
            NodeKind::Scalar { .. } => 0,
            NodeKind::List(items) => items.iter().map(Node::count).sum(),
            NodeKind::Map(entries) => entries.iter().map(|(key, value)| key.count() + value.count()).sum(),
        }
    }

    /// The bytes of its texts together.
    pub(super) fn bytes(&self) -> usize {
        match &self.kind {
            NodeKind::Scalar { text, .. } => text.len(),
            NodeKind::List(items) => items.iter().map(Node::bytes).sum(),
            NodeKind::Map(entries) => entries.iter().map(|(key, value)| key.bytes() + value.bytes()).sum(),
        }
    }
}

pub(super) fn narrow(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}
