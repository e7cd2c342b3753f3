//! Which kind of document a text is.

use serde::{Serialize, Serializer};

use super::findings::Findings;
use super::tree::Kind;

/// The kinds of documents that people write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DocumentKind {
    /// An instrument: domains, indicators, a scale.
    Rubric,
    /// Ratings of one employee or organization.
    Evaluation,
    /// A scoring policy in a document of its own.
    Policy,
}

impl DocumentKind {
    /// The kind of `text`: an evaluation has `ratings` or `rubric` at its top, and no `domains`; a scoring policy has `steps`
    /// or `scoring`, and neither `id` nor `domains`.
    ///
    /// A text that cannot be read, or is neither, counts as a rubric; checking it then says what is wrong.
    pub fn of(text: &str) -> Self {
        let names = ["domains", "ratings", "rubric", "id", "steps", "scoring"];
        let [domains, ratings, rubric, id, steps, scoring] = has_keys(text, names);
        match (!domains && (ratings || rubric), !domains && !id && (steps || scoring)) {
            (true, _) => Self::Evaluation,
            (false, true) => Self::Policy,
            (false, false) => Self::Rubric,
        }
    }

    /// `rubric`, `evaluation` or `policy`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Rubric => "rubric",
            Self::Evaluation => "evaluation",
            Self::Policy => "policy",
        }
    }
}

/// Which of these keys a document has at its top.
pub(crate) fn has_keys<const N: usize>(text: &str, names: [&str; N]) -> [bool; N] {
    let tree = super::parse(text, &Findings::default());
    let Some(Kind::Map(entries)) = tree.map(|tree| tree.kind) else { return [false; N] };
    names.map(|name| entries.iter().any(|(key, _)| matches!(&key.kind, Kind::Scalar { text, .. } if text == name)))
}

impl Serialize for DocumentKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
