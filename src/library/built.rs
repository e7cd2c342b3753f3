//! Checks an evaluation that is built or changed in code by the same rules as a document.

use crate::diagnostic::{Checked, Diagnostic, Diagnostics, Severity};
use crate::error::Error;
use crate::evaluation::{Evaluation, Evaluator, Evidence, Period, Whom};
use crate::rubric::Rubric;

/// The file name in findings about an evaluation that was built or changed in code.
const NAME: &str = "evaluation";

impl Evaluation {
    /// A draft without any rating, of one employee or organization by one evaluator.
    ///
    /// For a host whose ratings come one by one. An evaluation with more in it (a scope, responses, service data) is
    /// written as JSON and read with [`Evaluation::check`], which reports its faults.
    ///
    /// ```
    /// use appraise::{Employee, Evaluation, Evaluator, Library, Period, Whom};
    ///
    /// let library = Library::bundled();
    /// let rubric = library.get("connecticut_school_social_work").expect("it is bundled");
    /// let mut evaluation = Evaluation::new(
    ///     &rubric,
    ///     Whom::Employee(Employee::new("E-1042", "Jordan Rivera")),
    ///     Evaluator::new("E-0007", "Priya Shah"),
    ///     Period::new("2025-08-25", "2026-06-12").expect("these are dates"),
    /// )?;
    /// evaluation.rate("informed_consent", "has_met")?.comment = Some("In ten of ten files.".to_owned());
    /// assert_eq!(evaluation.score().overall().rated, 1);
    /// # Ok::<(), appraise::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::OtherSubject`] when the rubric is not for an evaluation of an employee, or of an organization;
    /// [`Error::Refused`] when a document that says the same is refused, such as for a blank id or name.
    pub fn new(rubric: &Rubric, whom: Whom, evaluator: Evaluator, period: Period) -> Result<Self, Error> {
        let evaluation = Self::blank(rubric, whom, evaluator, period)?;
        match evaluation.errors().into_iter().next() {
            None => Ok(evaluation),
            Some(finding) => Err(Error::Refused { finding: Box::new(finding) }),
        }
    }

    /// Adds another evaluator. From then on a rating says who gave it, as by [`Evaluation::set_by`]. A final evaluation
    /// becomes a draft again.
    ///
    /// ```
    /// # use appraise::{Employee, Evaluation, Evaluator, Library, Period, Whom};
    /// # let rubric = Library::bundled().get("connecticut_school_social_work").expect("it is bundled");
    /// # let whom = Whom::Employee(Employee::new("E-1042", "Jordan Rivera"));
    /// # let period = Period::new("2025-08-25", "2026-06-12").expect("these are dates");
    /// # let mut evaluation = Evaluation::new(&rubric, whom, Evaluator::new("E-0007", "Priya Shah"), period)?;
    /// evaluation.add_evaluator(Evaluator::new("E-0100", "Dana Cole"))?;
    /// let twice = evaluation.add_evaluator(Evaluator::new("E-0100", "Dana Cole")).expect_err("it is listed already");
    /// assert_eq!(twice.to_string(), "`evaluators[2].id`: evaluator `E-0100` is listed twice");
    /// # Ok::<(), appraise::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] when the id or the name is blank, the id is that of another evaluator, or the rubric does not know a
    /// qualification.
    pub fn add_evaluator(&mut self, evaluator: Evaluator) -> Result<(), Error> {
        self.try_change(None, |evaluation| evaluation.push_evaluator(evaluator))
    }

    /// Sets or removes the comment of an indicator, rated or not.
    ///
    /// ```
    /// # use appraise::{Employee, Evaluation, Evaluator, Library, Period, Whom};
    /// # let rubric = Library::bundled().get("connecticut_school_social_work").expect("it is bundled");
    /// # let whom = Whom::Employee(Employee::new("E-1042", "Jordan Rivera"));
    /// # let period = Period::new("2025-08-25", "2026-06-12").expect("these are dates");
    /// # let mut evaluation = Evaluation::new(&rubric, whom, Evaluator::new("E-0007", "Priya Shah"), period)?;
    /// evaluation.set_comment("deadlines", Some("Three reports in October were late."))?;
    /// let rating = evaluation.rate("deadlines", "has_met")?;
    /// assert_eq!(rating.comment.as_deref(), Some("Three reports in October were late."));
    /// # Ok::<(), appraise::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::UnknownIndicator`] as for [`Evaluation::rate`].
    pub fn set_comment(&mut self, indicator: &str, comment: Option<&str>) -> Result<(), Error> {
        let index = self.index_in_scope(indicator)?;
        self.try_change(Some(index), |evaluation| *evaluation.texts_mut(index).1 = comment.map(str::to_owned))
    }

    /// Sets who gave the rating of an indicator, by the id of an evaluator; with none, the rating is of the only evaluator.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownIndicator`] as for [`Evaluation::rate`]; [`Error::Refused`] when no evaluator has the id.
    pub fn set_by(&mut self, indicator: &str, evaluator: Option<&str>) -> Result<(), Error> {
        let index = self.index_in_scope(indicator)?;
        self.try_change(Some(index), |evaluation| *evaluation.texts_mut(index).0 = evaluator.map(str::to_owned))
    }

    /// Adds a piece of evidence for an indicator, rated or not.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownIndicator`] as for [`Evaluation::rate`]; [`Error::Refused`] when the note is blank.
    pub fn add_evidence(&mut self, indicator: &str, evidence: Evidence) -> Result<(), Error> {
        let index = self.index_in_scope(indicator)?;
        self.try_change(Some(index), |evaluation| evaluation.texts_mut(index).2.push(evidence))
    }

    /// Sets the text of a narrative: about a domain or competency, by its id, or with `part` `None` about the whole. With no
    /// text it is taken back. A final evaluation becomes a draft again.
    ///
    /// ```
    /// # use appraise::{Employee, Evaluation, Evaluator, Library, Period, Rubric, Whom};
    /// # let text = "
    /// # id: plan
    /// # version: 1.0.0
    /// # title: Plan
    /// # narratives: [{ id: commendations, label: Commendations, of: domain }]
    /// # domains: [{ id: planning, title: Planning, indicators: [{ id: calendar, statement: Keeps a calendar. }] }]";
    /// # let rubric = Rubric::parse("plan.yaml", text, &Library::empty()).expect("it keeps every rule");
    /// # let whom = Whom::Employee(Employee::new("E-1042", "Jordan Rivera"));
    /// # let period = Period::new("2025-08-25", "2026-06-12").expect("these are dates");
    /// # let mut evaluation = Evaluation::new(&rubric, whom, Evaluator::new("E-0007", "Priya Shah"), period)?;
    /// evaluation.set_narrative("commendations", Some("planning"), Some("Every plan was ready in August."))?;
    /// assert!(evaluation.narrative("commendations", Some("planning")).is_some());
    /// let of_whole = evaluation.set_narrative("commendations", None, Some("A good year.")).expect_err("it is by domain");
    /// assert_eq!(of_whole.to_string(), "`narratives.commendations`: `commendations` is about each domain, but this is one text");
    /// # Ok::<(), appraise::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] when the rubric lacks the narrative, the text is about no part that the narrative is about or that the
    /// evaluation answers for, or the text is blank.
    pub fn set_narrative(&mut self, id: &str, part: Option<&str>, text: Option<&str>) -> Result<(), Error> {
        self.try_change(None, |evaluation| evaluation.put_narrative(id, part, text))
    }

    /// The findings about the evaluation in its present state: the warnings from reading it, and after a change in code the
    /// findings of the same rules about the JSON that it serializes to. An error is among them when a field of a
    /// [`Rating`](crate::Rating) was set to a value that a document may not have.
    ///
    /// ```
    /// use appraise::Library;
    ///
    /// let text = "
    /// rubric: { id: connecticut_school_social_work }
    /// employee: { id: E-1042, name: Jordan Rivera }
    /// evaluators: [{ id: E-0007, name: Priya Shah, qualifications: [school_social_work] }]
    /// period: { from: 2025-08-25, to: 2026-06-12 }
    /// ratings: { inventories: no_opportunity_to_practice }
    /// ";
    /// let mut evaluation = Library::bundled().check("rivera.yaml", text).value.expect("a warning does not stop it");
    /// evaluation.set_summary("A good year.")?;
    /// assert_eq!(evaluation.diagnostics().iter().map(|found| found.code.as_str()).collect::<Vec<_>>(), ["missing-comment"]);
    /// evaluation.rate("inventories", "has_met")?;
    /// assert!(evaluation.diagnostics().is_empty());
    /// # Ok::<(), appraise::Error>(())
    /// ```
    pub fn diagnostics(&self) -> &Diagnostics {
        self.0.diagnostics.get_or_init(|| self.check_again().diagnostics)
    }

    /// Checks the JSON that the evaluation serializes to.
    fn check_again(&self) -> Checked<Self> {
        let text = serde_json::to_string_pretty(self).unwrap_or_default();
        Self::check(NAME, &text, self.rubric())
    }

    fn errors(&self) -> Vec<Diagnostic> {
        let found = self.check_again().diagnostics;
        found.iter().filter(|finding| finding.severity == Severity::Error).cloned().collect()
    }

    /// Makes a change, unless it brings an error that was not there. `index` is the indicator that it is about.
    fn try_change(&mut self, index: Option<usize>, change: impl FnOnce(&mut Self)) -> Result<(), Error> {
        self.may_change()?;
        let mut changed = self.clone();
        change(&mut changed);
        changed.drop_empty_remarks();
        let before = self.only(index).errors();
        let is_new = |finding: &Diagnostic| {
            !before.iter().any(|known| (known.code, &known.path) == (finding.code, &finding.path))
        };
        match changed.only(index).errors().into_iter().find(is_new) {
            Some(finding) => Err(Error::Refused { finding: Box::new(finding) }),
            None => {
                *self = changed;
                Ok(())
            }
        }
    }
}
