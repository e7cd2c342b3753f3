//! The supervision that a rubric asks a district to provide.

use super::Rubric;

/// The supervision that a district provides to the staff who are evaluated: a yardstick for the district, and no part of a
/// rating.
///
/// ```
/// use appraise::{Library, Rubric};
///
/// let text = "
/// id: plan
/// version: 1.0.0
/// title: Plan
/// supervision:
///   kinds: [{ id: administrative, label: Administrative }, { id: clinical, label: Clinical }]
///   every: { weeks: 1 }
/// domains: [{ id: planning, title: Planning, indicators: [{ id: calendar, statement: Keeps a calendar. }] }]";
/// let rubric = Rubric::parse("plan.yaml", text, &Library::empty())?;
/// let supervision = rubric.supervision().expect("the rubric asks for it");
/// assert_eq!((supervision.kinds[1].label.as_str(), supervision.every_weeks), ("Clinical", Some(1)));
/// # Ok::<(), appraise::Diagnostics>(())
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Supervision {
    /// The kinds of supervision, in the order in which they are printed.
    pub kinds: Vec<SupervisionKind>,
    /// The number of calendar weeks in which there is to be supervision at least once; `None` where the rubric does not say.
    pub every_weeks: Option<u32>,
    /// The source.
    pub source: Option<String>,
    /// A note for the reader, printed beside it.
    pub note: Option<String>,
}

/// A kind of supervision.
///
/// ```
/// use appraise::{Library, Rubric};
///
/// let text = "
/// id: plan
/// version: 1.0.0
/// title: Plan
/// supervision: { kinds: [{ id: clinical, label: Clinical supervision }] }
/// domains: [{ id: planning, title: Planning, indicators: [{ id: calendar, statement: Keeps a calendar. }] }]";
/// let rubric = Rubric::parse("plan.yaml", text, &Library::empty())?;
/// let supervision = rubric.supervision().expect("the rubric asks for it");
/// assert_eq!((supervision.kinds[0].id.as_str(), supervision.kinds.len()), ("clinical", 1));
/// # Ok::<(), appraise::Diagnostics>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct SupervisionKind {
    /// The id that evaluations use.
    pub id: String,
    /// The name that is printed.
    pub label: String,
}

impl Supervision {
    pub(crate) fn kind(&self, id: &str) -> Option<&SupervisionKind> {
        self.kinds.iter().find(|kind| kind.id == id)
    }
}

impl Rubric {
    /// The supervision that the district provides; `None` where the rubric does not ask for it.
    pub fn supervision(&self) -> Option<&Supervision> {
        self.0.supervision.as_ref()
    }

    /// A kind of supervision; `None` where the rubric has none with the id.
    pub(crate) fn supervision_kind(&self, id: &str) -> Option<&SupervisionKind> {
        self.supervision()?.kind(id)
    }
}
