//! An evaluation built in code, rating by rating.

use std::sync::{Arc, OnceLock};

use crate::diagnostic::Diagnostics;
use crate::error::Error;
use crate::rubric::{Rubric, Subject};

use super::{Evaluation, Evaluator, Parts, Period, Rating, Status, Type, Whom};

impl Evaluation {
    /// A draft without any rating, of one employee or organization by one evaluator.
    ///
    /// This is for a host whose ratings come one by one. What has more to say (a scope, responses, service data) is written
    /// as JSON and read with [`Evaluation::check`], which says what is wrong with it.
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
    /// [`Error::OtherSubject`] when the rubric is not for an evaluation of an employee, or of an organization.
    pub fn new(rubric: &Rubric, whom: Whom, evaluator: Evaluator, period: Period) -> Result<Self, Error> {
        let (subject, name) = match whom {
            Whom::Employee(_) => (Subject::Employee, "an employee"),
            Whom::Organization(_) => (Subject::Organization, "an organization"),
        };
        if subject != rubric.subject() {
            return Err(Error::OtherSubject { rubric: rubric.id().to_owned(), whom: name });
        }
        Ok(Self(Arc::new(Parts {
            rubric: rubric.clone(),
            stated_version: Some(rubric.version()),
            stated_fingerprint: Some(rubric.fingerprint().to_owned()),
            kind: Type::Formal,
            status: Status::Draft,
            whom,
            evaluators: vec![evaluator],
            period,
            completed_on: None,
            scope: Vec::new(),
            not_assigned: Vec::new(),
            in_scope: vec![true; rubric.size()],
            ratings: vec![None; rubric.size()],
            goals: Vec::new(),
            service_data: Vec::new(),
            professional_development: Vec::new(),
            contact_hours_before: None,
            summary: None,
            responses: Vec::new(),
            record: Vec::new(),
            allow: Vec::new(),
            migrated_from: Vec::new(),
            orphaned: Vec::new(),
            extra: None,
            fingerprint: OnceLock::new(),
            diagnostics: Diagnostics::default(),
        })))
    }

    /// Rates an indicator at a level, in place of what it had, and gives the rating to add a comment or evidence to.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownIndicator`] and [`Error::UnknownLevel`] when the rubric has no such thing; an indicator outside the
    /// evaluation's scope counts as unknown to it.
    pub fn rate(&mut self, indicator: &str, level: &str) -> Result<&mut Rating, Error> {
        let rubric = self.rubric().clone();
        let unknown = || Error::UnknownIndicator { rubric: rubric.id().to_owned(), indicator: indicator.to_owned() };
        let indicator =
            rubric.indicator(indicator).filter(|indicator| self.is_in_scope(indicator)).ok_or_else(unknown)?;
        let level = rubric
            .scale()
            .position(level)
            .ok_or_else(|| Error::UnknownLevel { rubric: rubric.id().to_owned(), level: level.to_owned() })?;
        let slot = self.change().ratings.get_mut(indicator.index).ok_or_else(unknown)?;
        Ok(slot.insert(Rating { level, by: None, comment: None, evidence: Vec::new() }))
    }

    /// Adds another evaluator. From then on a rating says who gave it, in [`Rating::by`].
    pub fn add_evaluator(&mut self, evaluator: Evaluator) {
        self.change().evaluators.push(evaluator);
    }

    /// Sets the evaluators' narrative.
    pub fn set_summary(&mut self, summary: impl Into<String>) {
        self.change().summary = Some(summary.into());
    }

    /// The parts to change: a copy of its own where they are shared, and no longer what the fingerprint and the findings
    /// were of.
    fn change(&mut self) -> &mut Parts {
        let parts = Arc::make_mut(&mut self.0);
        parts.fingerprint = OnceLock::new();
        parts.diagnostics = Diagnostics::default();
        parts
    }
}
