//! The practices that are seen, and the level that follows from them.

use crate::error::Error;
use crate::rubric::{Checklist, Indicator, Level};

use super::{Evaluation, Given, Rating, Remark, Seen};

/// The level that follows from the practices that are seen, and why.
///
/// ```
/// # use appraise::{Employee, Evaluation, Evaluator, Library, Period, Rubric, Whom};
/// # let rubric = Rubric::parse("climate.yaml", "
/// # id: climate
/// # version: 1.0.0
/// # title: Climate
/// # domains:
/// #   - id: school
/// #     title: School
/// #     indicators:
/// #       - id: safe_climate
/// #         statement: Helps to make the school safe.
/// #         derive: { at_least: { has_met: 1, exceeds_expectations: 2 } }
/// #         practices: [{ id: knows_plan, statement: Knows the crisis plan. }, { id: leads_drills, statement: Leads drills. }]",
/// #     &Library::empty())?;
/// # let period = Period::new("2025-08-25", "2026-06-12").expect("two days in order");
/// # let whom = Whom::Employee(Employee::new("E-1042", "Jordan Rivera"));
/// # let mut evaluation = Evaluation::new(&rubric, whom, Evaluator::new("E-0007", "Priya Shah"), period)?;
/// # let safe_climate = rubric.indicator("safe_climate").expect("the rubric has it");
/// evaluation.see("safe_climate", &["leads_drills"])?;
/// let derived = evaluation.derived(safe_climate).expect("its practices are seen or not");
/// assert_eq!((derived.level.id.as_str(), derived.differs), ("has_met", false));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Derived {
    /// The level that follows.
    pub level: Level,
    /// The level and the practices that it rests on, in words: "Has met: both practices at Has met are seen".
    pub reason: String,
    /// Whether a person gave another level, or a choice that is no rating; the given one is the rating of record.
    pub differs: bool,
}

impl Evaluation {
    /// Says which of an indicator's practices are seen, none with an empty list, and rates the indicator at the level that
    /// follows; returns the rating, to add a comment or evidence. A level that was given before gives way, and the
    /// indicator's present comment, evidence and evaluator stay.
    ///
    /// ```
    /// use appraise::{Employee, Evaluation, Evaluator, Library, Period, Rubric, Whom};
    ///
    /// let text = "
    /// id: climate
    /// version: 1.0.0
    /// title: Climate
    /// derive: cumulative
    /// domains:
    ///   - id: school
    ///     title: School
    ///     indicators:
    ///       - id: safe_climate
    ///         statement: Helps to make the school safe.
    ///         practices:
    ///           - { id: knows_plan, level: has_met, statement: Knows the crisis plan. }
    ///           - { id: leads_drills, level: exceeds_expectations, statement: Leads drills. }";
    /// let rubric = Rubric::parse("climate.yaml", text, &Library::empty())?;
    /// let whom = Whom::Employee(Employee::new("E-1042", "Jordan Rivera"));
    /// let period = Period::new("2025-08-25", "2026-06-12").expect("two days in order");
    /// let mut evaluation = Evaluation::new(&rubric, whom, Evaluator::new("E-0007", "Priya Shah"), period)?;
    /// let rating = evaluation.see("safe_climate", &["knows_plan"])?;
    /// assert!(rating.is_derived());
    /// let safe_climate = rubric.indicator("safe_climate").expect("the rubric has it");
    /// let derived = evaluation.derived(safe_climate).expect("its practices are seen or not");
    /// assert_eq!(
    ///     derived.reason,
    ///     "Has met: the one practice at Has met is seen; at Exceeds expectations 0 of 1"
    /// );
    /// // Another level is a judgment of its own, which wants a comment.
    /// evaluation.rate("safe_climate", "exceeds_expectations")?.comment = Some("Wrote the crisis plan.".to_owned());
    /// assert!(evaluation.derived(safe_climate).is_some_and(|derived| derived.differs));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::UnknownIndicator`] as for [`Evaluation::rate`], and [`Error::Practices`] when the indicator has no practices,
    /// or lacks one of these.
    pub fn see(&mut self, indicator: &str, practices: &[&str]) -> Result<&mut Rating, Error> {
        self.may_change()?;
        let index = self.index_in_scope(indicator)?;
        let refused = |reason: String| Error::Practices { indicator: indicator.to_owned(), reason };
        let rubric = self.rubric();
        let checklist = rubric.indicator_at(index).and_then(|indicator| indicator.checklist.as_deref());
        let checklist = checklist.ok_or_else(|| refused("it has no practices".to_owned()))?;
        let is_known = |id: &&&str| checklist.practices.iter().any(|practice| practice.id == **id);
        if let Some(unknown) = practices.iter().find(|id| !is_known(id)) {
            return Err(refused(format!("it has no practice `{unknown}`")));
        }
        let is_seen = |id: &str| practices.contains(&id);
        let given = Given::Level(checklist.derive(|practice| is_seen(&practice.id)).level);
        let seen = checklist.practices.iter().filter(|practice| is_seen(&practice.id));
        let seen = Seen { practices: seen.map(|practice| practice.id.clone()).collect(), is_derived: true };
        let unknown = Error::UnknownIndicator { rubric: rubric.id().to_owned(), indicator: indicator.to_owned() };
        let parts = self.change();
        let Remark { by, comment, evidence } = parts.remarks.remove(&index).unwrap_or_default();
        let slot = parts.ratings.get_mut(index).ok_or(unknown)?;
        let rating = slot.get_or_insert(Rating { given, by, comment, evidence, seen: None, follows: None });
        (rating.given, rating.seen, rating.follows) = (given, Some(Box::new(seen)), None);
        Ok(rating)
    }

    /// The level that follows from the practices of an indicator that are seen, with the reason; `None` where the evaluation
    /// does not say which are seen.
    pub fn derived(&self, indicator: &Indicator) -> Option<Derived> {
        let rating = self.rating(indicator)?;
        let (checklist, seen) = self.checked_off(indicator, rating)?;
        let derivation = checklist.derive(|practice| seen.contains(&practice.id));
        let levels = self.rubric().levels();
        Some(Derived {
            level: levels.get(derivation.level)?.clone(),
            reason: derivation.reason(levels),
            differs: rating.level() != Some(derivation.level),
        })
    }

    /// The checklist of an indicator, and the ids of the practices that a rating says are seen.
    pub(crate) fn checked_off<'a>(
        &self,
        indicator: &'a Indicator,
        rating: &'a Rating,
    ) -> Option<(&'a Checklist, &'a [String])> {
        Some((indicator.checklist.as_deref()?, rating.practices()?))
    }
}
