//! A program evaluation: what a district provides, beside what its staff did and how they were rated.

use serde::Serialize;

use crate::error::Error;
use crate::rubric::Subject;
use crate::score::Scorecard;
#[cfg(feature = "schema")]
use crate::score::view;

use super::Summaries;

/// An evaluation of an organization, such as one on the bundled instrument of district supports, together with what may be shown
/// of the evaluations of its staff.
///
/// ```
/// use appraise::Library;
/// use appraise::summary::{Program, Summaries};
///
/// let text = "
/// rubric: { id: connecticut_district_supports }
/// organization: { id: D-12, name: Harlow Public Schools }
/// evaluators: [{ id: E-0001, name: Ana Ortiz }]
/// period: { from: 2025-08-25, to: 2026-06-12 }
/// ratings: { supervision_and_evaluation: { level: partly_in_place, comment: Clinical supervision is monthly. } }";
/// let supports = Library::bundled().check("supports.yaml", text).value.expect("a draft may be incomplete").score();
/// let program = Program::new(supports, Summaries::default())?;
/// assert_eq!(program.supports().overall().rated, 1);
/// # Ok::<(), appraise::Error>(())
/// ```
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Program {
    /// The scorecard of the organization: what the district provides.
    #[cfg_attr(feature = "schema", schemars(with = "view::Scorecard<'static>"))]
    supports: Scorecard,
    /// The summaries of its staff's evaluations, as far as they may be shown.
    staff: Summaries,
}

impl Program {
    /// The two together.
    ///
    /// # Errors
    ///
    /// [`Error::OtherSubject`] where the scorecard is of an employee.
    pub fn new(supports: Scorecard, staff: Summaries) -> Result<Self, Error> {
        let rubric = supports.evaluation().rubric();
        if rubric.subject() != Subject::Organization {
            return Err(Error::OtherSubject { rubric: rubric.id().to_owned(), whom: "an organization" });
        }
        Ok(Self { supports, staff })
    }

    /// The scorecard of the organization.
    pub fn supports(&self) -> &Scorecard {
        &self.supports
    }

    /// The summaries of its staff's evaluations.
    pub fn staff(&self) -> &Summaries {
        &self.staff
    }
}
