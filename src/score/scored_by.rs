//! The scoring policy behind a scorecard.

use super::Scorecard;

/// A scoring policy of the rubric, as reports name it.
///
/// ```
/// use appraise::{Evaluation, Library, Rubric};
///
/// let rubric = "
/// id: small
/// version: 1.0.0
/// title: Small
/// kinds: [{ id: focused, label: Focused evaluation }]
/// domains: [{ id: a, title: A, indicators: [{ id: a1, statement: One. }, { id: a2, statement: Two. }] }]
/// scoring:
///   - id: focused_year
///     for: { type: focused, scope: [a1] }
///     points: { has_not_met: 1, has_met: 2, exceeds_expectations: 3 }
///     steps: [{ id: summative, of: indicators, take: mean }]
/// ";
/// let rubric = Rubric::parse("small.yaml", rubric, &Library::empty())?;
/// let text = "
/// rubric: { id: small }
/// type: focused
/// employee: { id: E-1, name: Ann }
/// evaluators: [{ id: E-2, name: Bo }]
/// period: { from: 2025-08-25, to: 2026-06-12 }
/// scope: [a1]
/// ratings: { a1: has_met }
/// ";
/// let scorecard = Evaluation::parse("ann.yaml", text, &rubric)?.score();
/// assert_eq!(scorecard.scored_by().and_then(|policy| policy.id), Some("focused_year"));
/// # Ok::<(), appraise::Diagnostics>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct ScoredBy<'a> {
    /// The policy's id, where the rubric gives one.
    pub id: Option<&'a str>,
    /// The name that people read: the label, else the id.
    pub label: Option<&'a str>,
    /// Whether the policy is for the evaluation's scope, so that its rating is not that of a part only.
    pub is_for_scope: bool,
}

impl Scorecard {
    /// The policy that scored the evaluation: the first of the rubric that is for its type and scope. `None` where no policy
    /// is.
    pub fn scored_by(&self) -> Option<ScoredBy<'_>> {
        let policy = self.evaluation().policy()?;
        let (id, is_for_scope) = (policy.id.as_deref(), policy.scope.is_some());
        Some(ScoredBy { id, label: policy.name(), is_for_scope })
    }
}
