//! Which kind of document a text is.

use serde::{Serialize, Serializer};

use super::findings::Findings;
use super::tree::{self, Kind};

/// The kinds of documents that people write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DocumentKind {
    /// An instrument: domains, indicators, a scale.
    Rubric,
    /// Ratings of one employee or organization.
    Evaluation,
}

impl DocumentKind {
    /// The kind of `text`: an evaluation has `ratings` or `rubric` at its top, and no `domains`.
    ///
    /// A text that cannot be read, or is neither, counts as a rubric; checking it then says what is wrong.
    pub fn of(text: &str) -> Self {
        let [domains, ratings, rubric] = has_keys(text, ["domains", "ratings", "rubric"]);
        if !domains && (ratings || rubric) { Self::Evaluation } else { Self::Rubric }
    }

    /// `rubric` or `evaluation`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Rubric => "rubric",
            Self::Evaluation => "evaluation",
        }
    }
}

/// Which of these keys a document has at its top.
pub(crate) fn has_keys<const N: usize>(text: &str, names: [&str; N]) -> [bool; N] {
    let tree = tree::parse(text, &Findings::default());
    let Some(Kind::Map(entries)) = tree.map(|tree| tree.kind) else { return [false; N] };
    names.map(|name| entries.iter().any(|(key, _)| matches!(&key.kind, Kind::Scalar { text, .. } if text == name)))
}

impl Serialize for DocumentKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
