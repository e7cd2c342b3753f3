//! A change between two rubrics: its kind, its class, and its words.

use std::fmt;

use serde::Serialize;

/// Every change between two rubrics, in the order of the new one; removed parts come last.
///
/// ```
/// use appraise::{Library, Rubric, diff};
///
/// let library = Library::bundled();
/// let old = library.get("connecticut_school_social_work").expect("it is bundled");
/// let text = "
/// id: hartford
/// version: 1.0.0
/// title: Hartford
/// extends: connecticut_school_social_work@1
/// omit: { inventories: Given by school psychologists here }";
/// let difference = diff::compare(&old, &Rubric::parse("hartford.yaml", text, &library)?);
/// assert_eq!(difference.class, diff::Class::Orphaned);
/// assert_eq!(difference.count(diff::Class::Orphaned), 1);
/// # Ok::<(), appraise::Diagnostics>(())
/// ```
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Difference {
    /// The rubric that the ratings were given with.
    pub old: Reference,
    /// The rubric that the ratings are read with now.
    pub new: Reference,
    /// The class of all changes together: the gravest of their classes.
    pub class: Class,
    /// The changes.
    pub changes: Vec<RubricChange>,
}

/// A rubric's id, version and fingerprint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Reference {
    /// The rubric's id.
    pub id: String,
    /// Its version.
    pub version: String,
    /// Its fingerprint.
    pub fingerprint: String,
}

/// The consequence of a change for ratings already given, the gravest last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// No consequence.
    None,
    /// The same indicator, in other words.
    Wording,
    /// An indicator that has no rating yet, a required text or comment that is not written, or a rating that wants an evaluator
    /// with another qualification.
    Incomplete,
    /// The same ratings, another result.
    Rescored,
    /// Ratings that have no indicator, or no level, any more, or texts without a place.
    Orphaned,
}

impl Class {
    /// The name, as in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Wording => "wording",
            Self::Incomplete => "incomplete",
            Self::Rescored => "rescored",
            Self::Orphaned => "orphaned",
        }
    }
}

impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct RubricChange {
    /// The consequence for ratings already given.
    pub class: Class,
    /// The kind of change.
    pub kind: ChangeKind,
    /// To what: rubric, domain, competency, indicator, level, kind, narrative, process step, observation (a kind of observation),
    /// qualification, scoring, policy, input or step.
    pub what: &'static str,
    /// Its id.
    pub id: String,
    /// The key that changed, such as `practices.ID` for a practice of an indicator; null when the whole of it came, went or moved.
    pub key: Option<String>,
    /// The value before; null where none was, and for a section such as the goals, of which only the fact of a change is
    /// reported.
    pub old: Option<String>,
    /// The value now; null in the same cases.
    pub new: Option<String>,
    /// For a text, the words that stayed, went and came.
    pub words: Vec<Words>,
}

impl RubricChange {
    /// Whether the scoring computes otherwise by it.
    pub(crate) fn is_of_scoring(&self) -> bool {
        self.class == Class::Rescored && matches!(self.what, "scoring" | "policy" | "input" | "step")
    }
}

/// The kind of change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// The part is new.
    Added,
    /// The part is removed.
    Removed,
    /// The part has another place.
    Moved,
    /// Its text is another.
    Reworded,
    /// Another attribute of the part has changed.
    Changed,
}

impl ChangeKind {
    /// The name, as in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Moved => "moved",
            Self::Reworded => "reworded",
            Self::Changed => "changed",
        }
    }
}

/// Words of a text that changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Words {
    /// Whether they stayed, went or came.
    pub tag: Tag,
    /// The words, with the white space after them.
    pub text: String,
}

/// Whether words stayed, went or came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Tag {
    /// The words stayed.
    Same,
    /// The words went.
    Removed,
    /// The words came.
    Added,
}
