//! A checked document, with everything found in it.

use super::Diagnostics;

/// The result of a check: the checked value, where no finding is an error; and every finding, warnings too.
///
/// ```
/// use appraise::{Checked, Library, Rubric};
///
/// let text = "{ id: plan, version: 1.0.0, title: Plan, domains: [{ id: planning, title: Planning }] }";
/// let Checked { value: rubric, diagnostics } = Rubric::check("plan.yaml", text, &Library::empty());
/// assert!(rubric.is_none(), "a domain without indicators is an error");
/// assert_eq!(diagnostics.iter().map(|finding| finding.code.as_str()).collect::<Vec<_>>(), ["empty-domain"]);
/// ```
#[derive(Debug, Clone)]
pub struct Checked<T> {
    /// The value; `None` where a finding is an error.
    pub value: Option<T>,
    /// The findings, in the order of their places.
    pub diagnostics: Diagnostics,
}

impl<T> Checked<T> {
    /// The value, without the warnings.
    ///
    /// # Errors
    ///
    /// Every finding, when one is an error.
    pub fn ok(self) -> Result<T, Diagnostics> {
        self.value.ok_or(self.diagnostics)
    }

    /// Makes another value of this one; the findings stay.
    pub(crate) fn map<U>(self, make: impl FnOnce(T) -> U) -> Checked<U> {
        Checked { value: self.value.map(make), diagnostics: self.diagnostics }
    }
}

/// Faults that leave nothing to check, such as a file that is not UTF-8.
impl<T> From<Diagnostics> for Checked<T> {
    fn from(diagnostics: Diagnostics) -> Self {
        Self { value: None, diagnostics }
    }
}
