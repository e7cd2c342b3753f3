//! Narratives: the texts that a rubric asks for beside the ratings.

use crate::syntax::scoring::Each;

use super::Rubric;

pub use crate::syntax::narrative::NarrativeOf;

/// A text that people write beside the ratings: about the whole, or about each domain or competency.
///
/// ```
/// use appraise::{Library, Rubric};
///
/// let text = "
/// id: plan
/// version: 1.0.0
/// title: Plan
/// narratives:
///   - { id: commendations, label: Commendations, of: domain }
///   - { id: next_year, label: Plan for next year, required: true }
/// domains: [{ id: planning, title: Planning, indicators: [{ id: calendar, statement: Keeps a calendar. }] }]";
/// let rubric = Rubric::parse("plan.yaml", text, &Library::empty())?;
/// let [commendations, next_year] = rubric.narratives() else { panic!("the rubric has two") };
/// assert_eq!(commendations.parts(&rubric), [Some("planning")]);
/// assert_eq!((next_year.parts(&rubric), next_year.required), (vec![None], true));
/// # Ok::<(), appraise::Diagnostics>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Narrative {
    /// The id that evaluations use.
    pub id: String,
    /// The name that is printed.
    pub label: String,
    /// The parts that the text is written about.
    pub of: NarrativeOf,
    /// Whether a final evaluation needs the text.
    pub required: bool,
}

impl Narrative {
    /// The parts of a rubric that the text is written about, in order: the ids of domains or competencies, or `None` alone
    /// for the whole.
    pub fn parts<'r>(&self, rubric: &'r Rubric) -> Vec<Option<&'r str>> {
        let each = match self.of {
            NarrativeOf::Whole => return vec![None],
            NarrativeOf::Domain => Each::Domain,
            NarrativeOf::Competency => Each::Competency,
        };
        rubric.0.outline.each(each).iter().map(|node| Some(node.id.as_str())).collect()
    }
}

impl Rubric {
    /// The texts that an evaluation holds beside the ratings, in order.
    pub fn narratives(&self) -> &[Narrative] {
        &self.0.narratives
    }

    pub(crate) fn narrative(&self, id: &str) -> Option<&Narrative> {
        self.0.narratives.iter().find(|narrative| narrative.id == id)
    }
}
