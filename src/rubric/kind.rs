//! Kinds of evaluation: the three built-in ones, and those that a rubric has of its own.

use serde::{Serialize, Serializer};

use crate::source::inline_schema;

/// The kind of an evaluation, its `type`.
///
/// ```
/// use appraise::Type;
///
/// assert_eq!((Type::Interim.id(), Type::Interim.label()), ("interim", "Interim evaluation"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Type {
    /// The evaluation of the period.
    Formal,
    /// One on the way, often of a part.
    Interim,
    /// The employee's own.
    SelfEvaluation,
    /// A kind of the rubric's own, such as a focused evaluation. Its ratings are ratings of record, as those of a formal one.
    Own(OwnKind),
}

/// A kind of evaluation that a rubric has beside the built-in ones.
///
/// ```
/// use appraise::{Library, Rubric};
///
/// let text = "
/// id: plan
/// version: 1.0.0
/// title: Plan
/// kinds: [{ id: focused, label: Focused evaluation }]
/// domains: [{ id: planning, title: Planning, indicators: [{ id: calendar, statement: Keeps a calendar. }] }]";
/// let rubric = Rubric::parse("plan.yaml", text, &Library::empty())?;
/// assert_eq!(rubric.kinds()[0].label, "Focused evaluation");
/// # Ok::<(), appraise::Diagnostics>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct OwnKind {
    /// The word that evaluations write as their `type`.
    pub id: String,
    /// The name that is printed: "Focused evaluation".
    pub label: String,
    /// The purpose.
    pub note: Option<String>,
}

impl Type {
    /// The kinds that every rubric has.
    pub(crate) const BUILT_IN: [Self; 3] = [Self::Formal, Self::Interim, Self::SelfEvaluation];

    /// The word that documents write.
    pub fn id(&self) -> &str {
        match self {
            Self::Formal => "formal",
            Self::Interim => "interim",
            Self::SelfEvaluation => "self",
            Self::Own(kind) => &kind.id,
        }
    }

    /// The name that is printed: "Formal evaluation".
    pub fn label(&self) -> &str {
        match self {
            Self::Formal => "Formal evaluation",
            Self::Interim => "Interim evaluation",
            Self::SelfEvaluation => "Self-evaluation",
            Self::Own(kind) => &kind.label,
        }
    }

    /// Whether its ratings are those of record: of a formal evaluation, and of a kind of the rubric's own.
    pub fn is_of_record(&self) -> bool {
        !matches!(self, Self::Interim | Self::SelfEvaluation)
    }

    /// The words of the built-in kinds.
    pub(crate) fn built_in<'a>() -> impl Iterator<Item = &'a str> {
        const { &Self::BUILT_IN }.iter().map(Self::id)
    }
}

/// As documents write it: `formal`.
impl Serialize for Type {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.id())
    }
}

inline_schema! {
    Type, "Type", |generator| <crate::syntax::form::form_of::Type as schemars::JsonSchema>::json_schema(generator)
}
