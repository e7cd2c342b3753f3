//! The place of a value: a range of bytes.

/// A range of bytes in a document's text. The default stands for "nowhere", in what no document says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, PartialOrd, Ord, Hash)]
pub(crate) struct Span {
    /// 0 is the document that is read, 1 the one that it extends, and so on.
    pub(crate) document: u16,
    pub(crate) start: u32,
    pub(crate) end: u32,
}

impl Span {
    /// The same place, as a document that extends this one sees it.
    pub(super) fn further(self) -> Self {
        Self { document: self.document.saturating_add(1), ..self }
    }
}
