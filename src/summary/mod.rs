//! Counts many evaluations of one rubric together, and withholds every count from which one person's rating could be
//! reckoned.
//!
//! ```
//! use appraise::summary::Summary;
//! use appraise::{Evaluation, Library};
//!
//! let rubric = Library::bundled().get("connecticut_school_social_work").expect("it is bundled");
//! let levels = ["has_not_met", "has_met", "exceeds_expectations", "no_opportunity_to_practice"];
//! let mut summary = Summary::new(&rubric);
//! for number in 0..40 {
//!     let mut ratings = String::new();
//!     for indicator in rubric.indicators() {
//!         let level = match (indicator.id.as_str(), number) {
//!             ("informed_consent", 0) => "has_not_met",
//!             ("informed_consent", _) => "has_met",
//!             _ => levels[number % 4],
//!         };
//!         ratings += &format!("  {}: {{ level: {level}, comment: As seen in March. }}\n", indicator.id);
//!     }
//!     let text = format!(
//!         "
//! rubric: {{ id: connecticut_school_social_work }}
//! employee: {{ id: E-{number}, name: Person {number} }}
//! evaluators: [{{ id: E-0007, name: Priya Shah, qualifications: [school_social_work] }}]
//! period: {{ from: 2025-08-25, to: 2026-06-12 }}
//! ratings:\n{ratings}"
//!     );
//!     summary.add(&Evaluation::parse("e.yaml", &text, &rubric)?.score())?;
//! }
//!
//! let overview = summary.overviews(5).remove(0);
//! assert_eq!(overview.evaluations, Some(40));
//! assert_eq!(overview.overall.tally[0], ("has_not_met".to_owned(), Some(661)));
//! let mut indicators = overview.domains.iter().flat_map(|domain| domain.all_indicators());
//! let consent = indicators.find(|indicator| indicator.id == "informed_consent").expect("it is one of them");
//! assert_eq!(consent.tally.tally[0], ("has_not_met".to_owned(), None), "that is one person");
//! assert_eq!(consent.tally.tally[1], ("has_met".to_owned(), None), "and this would tell it");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

#![allow(
    clippy::arithmetic_side_effects,
    reason = "counts of evaluations, of which nobody adds 2 to the power of 64; no number in one counts here"
)]

#[cfg(test)]
mod brute;
#[cfg(test)]
mod brute_staff;
mod numbers;
mod overview;
mod part;
mod program;
mod reported;
mod span;
mod staff;
mod sum;
mod withhold;

use crate::error::Error;
use crate::exact::Decimal;
use crate::rubric::Rubric;
use crate::score::Scorecard;

pub use self::numbers::{Numbers, ScaleLevel};
pub use self::overview::{
    CompetencyCounts, Counts, DomainCounts, Need, NodeCounts, Overview, Summaries, Tier, Uncounted,
};
use self::part::Part;
pub use self::program::Program;
use self::reported::{Reported, Totals};
pub use self::span::Span;
pub use self::staff::{GoalTotals, HourTotals, ServiceTotal, StaffTotals, SupervisionShare, SupervisionTotals};

/// The number of evaluations at each level of each indicator of a rubric, the indicators of each scale by themselves.
///
/// Its memory does not grow with the number of evaluations, and two summaries can be merged. The raw counts are
/// confidential; [`Summary::overviews`] returns the counts that may be shown. Add each person once: the threshold counts
/// evaluations, and takes each for another person.
#[derive(Debug, Clone)]
pub struct Summary {
    rubric: Rubric,
    evaluations: u64,
    /// One for each scale that indicators are rated on.
    parts: Vec<Part>,
    /// The totals of the reports beside the ratings.
    totals: Totals,
}

/// The contribution of one evaluation to a summary: a level for each indicator. Small, so that a host can keep entries
/// until it knows whether a later evaluation of the same person comes.
#[derive(Debug, Clone)]
pub struct Entry {
    rubric: Rubric,
    /// The level of each indicator; `None` where it is unrated or out of scope, or rated with a number.
    levels: Box<[Option<u16>]>,
    /// The numbers given on number scales, each with the number of its indicator, in order.
    numbers: Box<[(usize, Decimal)]>,
    /// The report beside the ratings; `None` where there is none.
    reported: Option<Box<Reported>>,
}

impl Entry {
    /// The entry of an evaluation.
    pub fn of(scorecard: &Scorecard) -> Self {
        let evaluation = scorecard.evaluation();
        let rubric = evaluation.rubric();
        let mut levels = vec![None; rubric.size()];
        let mut numbers = Vec::new();
        for indicator in rubric.indicators().filter(|indicator| evaluation.is_in_scope(indicator)) {
            let Some(rating) = evaluation.rating(indicator) else { continue };
            numbers.extend(rating.number().map(|number| (indicator.index, number)));
            if let Some(level) = levels.get_mut(indicator.index) {
                *level = rating.level().and_then(|level| u16::try_from(level).ok());
            }
        }
        let reported = Reported::of(evaluation).map(Box::new);
        Self { rubric: rubric.clone(), levels: levels.into(), numbers: numbers.into(), reported }
    }
}

impl Summary {
    /// An empty summary.
    pub fn new(rubric: &Rubric) -> Self {
        Self { rubric: rubric.clone(), evaluations: 0, parts: Part::each(rubric), totals: Totals::new(rubric) }
    }

    /// The rubric whose evaluations are counted.
    pub fn rubric(&self) -> &Rubric {
        &self.rubric
    }

    /// The number of evaluations added.
    pub fn evaluations(&self) -> u64 {
        self.evaluations
    }

    /// Counts one evaluation.
    ///
    /// # Errors
    ///
    /// [`Error::MixedRubrics`] when the evaluation was made with another rubric, or with other text of it.
    pub fn add(&mut self, scorecard: &Scorecard) -> Result<(), Error> {
        self.add_entry(&Entry::of(scorecard))
    }

    /// Counts one evaluation by its entry.
    ///
    /// # Errors
    ///
    /// [`Error::MixedRubrics`] when the evaluation was made with another rubric, or with other text of it.
    pub fn add_entry(&mut self, entry: &Entry) -> Result<(), Error> {
        self.check_same(&entry.rubric)?;
        self.evaluations += 1;
        for part in &mut self.parts {
            part.add(entry, self.evaluations);
        }
        entry.reported.iter().for_each(|reported| self.totals.add(reported));
        Ok(())
    }

    /// Adds the counts of another summary, of other evaluations.
    ///
    /// # Errors
    ///
    /// [`Error::MixedRubrics`] when the other summary is of another rubric, or of other text of it.
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        self.check_same(&other.rubric)?;
        self.evaluations += other.evaluations;
        for (mine, theirs) in self.parts.iter_mut().zip(&other.parts) {
            mine.merge(theirs);
        }
        self.totals.merge(&other.totals);
        Ok(())
    }

    /// The counts that may be shown without revealing one person's rating: an overview for each scale that indicators are
    /// rated on, the default scale's first. No count of one is in another.
    ///
    /// Withholds every count of a level with fewer than `threshold` evaluations behind it, zero included: where nobody was
    /// rated below expectations, everybody's rating is known in part. Withholds further counts, so that no small count
    /// follows by subtraction along a row or from a total: given all shown counts, each withheld count has another possible
    /// value, and, where the figures allow, one that is `threshold` away. With fewer evaluations than `threshold` nothing
    /// is shown; a threshold of 0 withholds nothing.
    ///
    /// On a number scale the numbers are counted below and from the number that meets expectations on. The lowest, the median and
    /// the highest number of an indicator are shown only where all of these counts are, and not for parts with several indicators.
    ///
    /// This protects against arithmetic with the shown counts, and nothing more. A reader who knows the algorithm and tries
    /// every possible table may find that only one is shown in this form. Two overviews of the same evaluations, or nearly
    /// the same, can be subtracted from one another: with other thresholds, or with one evaluation more. No rule for one
    /// threshold can prevent that: publish the overviews of one.
    pub fn overviews(&self, threshold: u32) -> Vec<Overview> {
        let threshold = u64::from(threshold);
        let of = |part: &Part| {
            let scale = self.rubric.scales().get(part.scale)?;
            let withheld = if self.evaluations < threshold {
                vec![true; part.rows.len() * part.columns]
            } else {
                part.withheld(scale, threshold)
            };
            Some(overview::of(self, part, scale, threshold, &withheld))
        };
        self.parts.iter().filter_map(of).collect()
    }

    /// The totals of the evaluations' reports beside the ratings: service data, contact hours, goals by how they ended, and
    /// supervision. `None` where none of them reports anything.
    ///
    /// A sum is withheld where fewer than `threshold` people have a number that is not zero, and where one person's number is
    /// more than half of it; so is a number of people with fewer than `threshold` of them or of the others. Where sums add up
    /// to another, further ones are withheld, so that no subtraction tells: of hours the discipline-specific ones, of goals
    /// the counts beside a small one, of kinds of supervision a second one. With fewer evaluations than `threshold` nothing is
    /// shown; a threshold of 0 withholds nothing.
    ///
    /// ```
    /// use appraise::summary::Summary;
    /// use appraise::{Evaluation, Library};
    ///
    /// let rubric = Library::bundled().get("connecticut_school_social_work").expect("it is bundled");
    /// let mut summary = Summary::new(&rubric);
    /// for number in 0..8 {
    ///     let text = format!("
    /// rubric: {{ id: connecticut_school_social_work }}
    /// employee: {{ id: E-{number}, name: Person {number} }}
    /// evaluators: [{{ id: E-0007, name: Priya Shah, qualifications: [school_social_work] }}]
    /// period: {{ from: 2025-08-25, to: 2026-06-12 }}
    /// ratings: {{}}
    /// service_data: {{ sessions: {}, home_visits: {} }}", 400 + number, number / 6);
    ///     summary.add(&Evaluation::parse("e.yaml", &text, &rubric)?.score())?;
    /// }
    /// let staff = summary.staff(5).expect("they report service data");
    /// let total = |id: &str| staff.service_data.iter().find(|item| item.id == id).and_then(|item| item.total.clone());
    /// assert_eq!(total("sessions").map(|sum| sum.to_string()), Some("3228".to_owned()));
    /// assert_eq!(total("home_visits"), None); // of two people
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn staff(&self, threshold: u32) -> Option<StaffTotals> {
        let of = |totals| StaffTotals::of(&self.rubric, totals, self.evaluations, threshold.into());
        self.totals.is_any.then(|| of(&self.totals))
    }

    fn check_same(&self, other: &Rubric) -> Result<(), Error> {
        let is_same =
            std::sync::Arc::ptr_eq(&self.rubric.0, &other.0) || self.rubric.fingerprint() == other.fingerprint();
        if is_same {
            return Ok(());
        }
        let named = |rubric: &Rubric| format!("{} {}", rubric.id(), rubric.version());
        Err(Error::MixedRubrics { expected: named(&self.rubric), found: named(other) })
    }
}
