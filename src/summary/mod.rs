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
//! let overview = summary.overview(5);
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
mod overview;
mod span;
mod withhold;

use crate::error::Error;
use crate::rubric::{self, Rubric};
use crate::score::Scorecard;

pub use self::overview::{
    CompetencyCounts, Counts, DomainCounts, Need, NodeCounts, Overview, ScaleLevel, Summaries, Tier, Uncounted,
};
pub use self::span::Span;
use self::withhold::{Row, Table};

/// The number of evaluations at each level of each indicator of a rubric.
///
/// Its memory does not grow with the number of evaluations, and two summaries can be merged. The raw counts are
/// confidential; [`Summary::overview`] returns the counts that may be shown. Add each person once: the threshold counts
/// evaluations, and takes each for another person.
#[derive(Debug, Clone)]
pub struct Summary {
    rubric: Rubric,
    evaluations: u64,
    /// The rubric, then each domain with its competencies and indicators, in order.
    rows: Vec<Row>,
    /// The row of each indicator.
    of_indicator: Vec<usize>,
    /// By row and column, the number of the evaluation counted there last, so that one person is counted once.
    last: Vec<u64>,
}

/// The contribution of one evaluation to a summary: a level for each indicator. Small, so that a host can keep entries
/// until it knows whether a later evaluation of the same person comes.
#[derive(Debug, Clone)]
pub struct Entry {
    rubric: Rubric,
    /// The level of each indicator; `None` where it is unrated or out of scope.
    levels: Box<[Option<u16>]>,
}

impl Entry {
    /// The entry of an evaluation.
    pub fn of(scorecard: &Scorecard) -> Self {
        let evaluation = scorecard.evaluation();
        let rubric = evaluation.rubric();
        let mut levels = vec![None; rubric.size()];
        for indicator in rubric.indicators().filter(|indicator| evaluation.is_in_scope(indicator)) {
            if let Some(level) = levels.get_mut(indicator.index) {
                *level = evaluation.rating(indicator).and_then(|rating| u16::try_from(rating.level).ok());
            }
        }
        Self { rubric: rubric.clone(), levels: levels.into() }
    }
}

/// The cost of withholding a count of the rubric, a domain, a competency and an indicator: where the search has a choice,
/// it keeps totals.
const COSTS: [u64; 4] = [1_000_000, 10_000, 100, 1];

impl Summary {
    /// An empty summary.
    pub fn new(rubric: &Rubric) -> Self {
        let columns = rubric.levels().len() + 1;
        let [whole, domain_cost, competency_cost, indicator_cost] = COSTS;
        let mut rows = vec![Row::new(None, columns, whole)];
        let mut of_indicator = Vec::with_capacity(rubric.size());
        let mut push = |parent: usize, cost: u64| {
            rows.push(Row::new(Some(parent), columns, cost));
            rows.len() - 1
        };
        let (mut domain, mut parent) = (0, 0);
        for node in rubric.outline().iter() {
            match node.tier {
                rubric::Tier::Domain => {
                    domain = push(0, domain_cost);
                    parent = domain;
                }
                rubric::Tier::Competency => parent = push(domain, competency_cost),
                rubric::Tier::Indicator => of_indicator.push(push(parent, indicator_cost)),
            }
        }
        let last = vec![0; rows.len() * columns];
        Self { rubric: rubric.clone(), evaluations: 0, rows, of_indicator, last }
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
    /// [`Error::MixedRubrics`] when the evaluation was made with another rubric, or with other text of it;
    /// [`Error::SeveralScales`] when the rubric has several scales.
    pub fn add(&mut self, scorecard: &Scorecard) -> Result<(), Error> {
        self.add_entry(&Entry::of(scorecard))
    }

    /// Counts one evaluation by its entry.
    ///
    /// # Errors
    ///
    /// [`Error::MixedRubrics`] when the evaluation was made with another rubric, or with other text of it;
    /// [`Error::SeveralScales`] when the rubric has several scales.
    pub fn add_entry(&mut self, entry: &Entry) -> Result<(), Error> {
        self.check_same(&entry.rubric)?;
        // A level that an indicator cannot have tells what is withheld beside it.
        if !self.rubric.all().is_one() {
            return Err(Error::SeveralScales { what: "a summary", rubric: self.rubric.id().to_owned() });
        }
        self.evaluations += 1;
        let no_entry = self.columns() - 1;
        for (indicator, level) in entry.levels.iter().enumerate() {
            let column = level.map_or(no_entry, usize::from);
            let mut next = self.of_indicator.get(indicator).copied();
            while let Some(row) = next {
                next = self.count(row, column);
            }
        }
        Ok(())
    }

    /// Counts a rating of this evaluation in a row; the row that it counts in besides.
    fn count(&mut self, row: usize, column: usize) -> Option<usize> {
        let (columns, evaluation) = (self.columns(), self.evaluations);
        let last = self.last.get_mut(row * columns + column)?;
        let row = self.rows.get_mut(row)?;
        *row.counts.get_mut(column)? += 1;
        if *last != evaluation {
            *last = evaluation;
            *row.people.get_mut(column)? += 1;
        }
        row.parent
    }

    /// Adds the counts of another summary, of other evaluations.
    ///
    /// # Errors
    ///
    /// [`Error::MixedRubrics`] when the other summary is of another rubric, or of other text of it.
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        self.check_same(&other.rubric)?;
        self.evaluations += other.evaluations;
        for (mine, theirs) in self.rows.iter_mut().zip(&other.rows) {
            for (mine, theirs) in [(&mut mine.counts, &theirs.counts), (&mut mine.people, &theirs.people)] {
                mine.iter_mut().zip(theirs).for_each(|(mine, theirs)| *mine += theirs);
            }
        }
        // Numbers of evaluations count on from here, and none of them was seen.
        self.last.fill(0);
        Ok(())
    }

    /// The counts that may be shown without revealing one person's rating.
    ///
    /// Withholds every count of a level with fewer than `threshold` evaluations behind it, zero included: where nobody was
    /// rated below expectations, everybody's rating is known in part. Withholds further counts, so that no small count
    /// follows by subtraction along a row or from a total: given all shown counts, each withheld count has another possible
    /// value, and, where the figures allow, one that is `threshold` away. With fewer evaluations than `threshold` nothing
    /// is shown; a threshold of 0 withholds nothing.
    ///
    /// This protects against arithmetic with the shown counts, and nothing more. A reader who knows the algorithm and tries
    /// every possible table may find that only one is shown in this form. Two overviews of the same evaluations, or nearly
    /// the same, can be subtracted from one another: with other thresholds, or with one evaluation more. No rule for a
    /// single overview can prevent that: publish one.
    pub fn overview(&self, threshold: u32) -> Overview {
        let threshold = u64::from(threshold);
        let withheld = if self.evaluations < threshold {
            vec![true; self.rows.len() * self.columns()]
        } else {
            self.table().withheld(threshold)
        };
        overview::of(self, threshold, &withheld)
    }

    fn table(&self) -> Table<'_> {
        let scales = self.rubric.all();
        let worth = |column: usize| match column {
            // Needs rank by the shown counts below expectations.
            _ if scales.is_rated(column) && !scales.meets(column) => 3,
            // Most ratings are here, mostly.
            _ if scales.meets(column) && !scales.exceeds(column) => 2,
            _ => 1,
        };
        Table { rows: &self.rows, worth: (0..self.columns()).map(worth).collect() }
    }

    /// The levels, and one for no entry.
    fn columns(&self) -> usize {
        self.rubric.levels().len() + 1
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
