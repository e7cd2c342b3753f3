//! The counts of the indicators that are rated on one scale.

use std::sync::Arc;

use crate::exact::Exact;
use crate::outline::Outline;
use crate::rubric::{Rubric, Scale, Tier};

use super::Entry;
use super::numbers::{self, Given, ScaleLevel};
use super::withhold::{Row, Table};

/// The indicators on one scale, and what holds them, with a table of counts. Tables of different scales share no count, and no
/// total that is not known to everybody.
#[derive(Debug, Clone)]
pub(super) struct Part {
    /// The number of the scale, among the rubric's.
    pub(super) scale: usize,
    /// The scale's indicators, and what holds them.
    pub(super) outline: Arc<Outline>,
    /// The whole, then each node of the outline, in order.
    pub(super) rows: Vec<Row>,
    /// The columns in which the numbers of a number scale are counted, before those of choices; none on a scale of levels.
    pub(super) of_numbers: Vec<ScaleLevel>,
    /// By indicator of the part: the numbers given; empty on a scale of levels.
    pub(super) given: Vec<Given>,
    /// The number that meets expectations on a number scale.
    meets_at: Option<Exact>,
    /// By level of all scales, its column; the last column is for no entry.
    column_of: Vec<usize>,
    /// The number of columns.
    pub(super) columns: usize,
    /// By indicator of the part: its number among those of the rubric, and its row.
    of_indicator: Vec<(usize, usize)>,
    /// By row and column, the number of the evaluation counted there last, so that one person is counted once.
    last: Vec<u64>,
}

/// The cost of withholding a count of the whole, a domain, a competency and an indicator: where the search has a choice,
/// it keeps totals.
const COSTS: [u64; 4] = [1_000_000, 10_000, 100, 1];

impl Part {
    /// A part for each scale that indicators are rated on, in order.
    pub(super) fn each(rubric: &Rubric) -> Vec<Self> {
        if rubric.all().is_one() {
            return vec![Self::new(rubric, 0, Arc::clone(&rubric.0.outline), (0..rubric.size()).collect())];
        }
        let of = |scale: usize| {
            let indicators = rubric.outline().indicators().iter().enumerate();
            let chosen: Vec<usize> =
                indicators.filter(|(_, node)| node.scale == scale).map(|(number, _)| number).collect();
            Self::new(rubric, scale, Arc::new(rubric.outline().only(&chosen)), chosen)
        };
        rubric.scales_under(None).into_iter().map(of).collect()
    }

    /// An empty part. `indicators` are the numbers, among those of the rubric, of the indicators in the outline.
    fn new(rubric: &Rubric, scale: usize, outline: Arc<Outline>, indicators: Vec<usize>) -> Self {
        let numbers = rubric.scales().get(scale).map(Scale::numbers).unwrap_or_default();
        let range = rubric.all().range(scale);
        let of_numbers = range.map(numbers::columns).unwrap_or_default();
        let columns = of_numbers.len() + numbers.len() + 1;
        let column = |level: usize| {
            let place = numbers.iter().position(|number| *number == level).unwrap_or(numbers.len());
            of_numbers.len() + place
        };
        let column_of = (0..rubric.levels().len()).map(column).collect();
        let [whole, domain_cost, competency_cost, indicator_cost] = COSTS;
        let mut rows = vec![Row::new(None, columns, whole)];
        let mut of_indicator = Vec::with_capacity(indicators.len());
        let mut indicators = indicators.into_iter();
        let mut push = |parent: usize, cost: u64| {
            rows.push(Row::new(Some(parent), columns, cost));
            rows.len() - 1
        };
        let (mut domain, mut parent) = (0, 0);
        for node in outline.iter() {
            let row = match node.tier {
                Tier::Domain => push(0, domain_cost),
                Tier::Competency => push(domain, competency_cost),
                Tier::Indicator => push(parent, indicator_cost),
            };
            if node.tier == Tier::Domain {
                domain = row;
            }
            if node.tier != Tier::Indicator {
                parent = row;
            }
            if node.is_rated {
                of_indicator.extend(indicators.next().map(|indicator| (indicator, row)));
            }
        }
        let last = vec![0; rows.len() * columns];
        let given = vec![Given::default(); if range.is_some() { of_indicator.len() } else { 0 }];
        let meets_at = range.and_then(|range| range.meets_at.clone());
        Self { scale, outline, rows, of_numbers, given, meets_at, column_of, columns, of_indicator, last }
    }

    /// Counts the evaluation with a number.
    pub(super) fn add(&mut self, entry: &Entry, evaluation: u64) {
        let no_entry = self.columns - 1;
        for place in 0..self.of_indicator.len() {
            let Some((indicator, row)) = self.of_indicator.get(place).copied() else { continue };
            let level = entry.levels.get(indicator).copied().flatten();
            let column = match level {
                Some(level) => self.column_of.get(usize::from(level)).copied(),
                None => self.add_number(place, entry, indicator),
            };
            let column = column.unwrap_or(no_entry);
            let mut next = Some(row);
            while let Some(row) = next {
                next = self.count(row, column, evaluation);
            }
        }
    }

    /// Notes the number that an evaluation gives the indicator at a place of the part; the column that it counts in.
    fn add_number(&mut self, place: usize, entry: &Entry, indicator: usize) -> Option<usize> {
        let given = self.given.get_mut(place)?;
        let (_, number) = entry.numbers.iter().find(|(known, _)| *known == indicator)?;
        let number = number.exact();
        let meets = self.meets_at.as_ref().is_some_and(|meets_at| number >= *meets_at);
        given.add(number, 1);
        Some(usize::from(meets))
    }

    /// Counts a rating of an evaluation in a row; the row that it counts in besides.
    fn count(&mut self, row: usize, column: usize, evaluation: u64) -> Option<usize> {
        let last = self.last.get_mut(row * self.columns + column)?;
        let row = self.rows.get_mut(row)?;
        *row.counts.get_mut(column)? += 1;
        if *last != evaluation {
            *last = evaluation;
            *row.people.get_mut(column)? += 1;
        }
        row.parent
    }

    /// Adds the counts of a part of the same rubric and scale, of other evaluations.
    pub(super) fn merge(&mut self, other: &Self) {
        self.rows.iter_mut().zip(&other.rows).for_each(|(mine, theirs)| mine.merge(theirs));
        self.given.iter_mut().zip(&other.given).for_each(|(mine, theirs)| mine.merge(theirs));
        // Numbers of evaluations count on from here, and none of them was seen.
        self.last.fill(0);
    }

    /// By row and column, whether a count is withheld.
    pub(super) fn withheld(&self, scale: &Scale, threshold: u64) -> Vec<bool> {
        let (rated, meets_at) = match self.of_numbers.as_slice() {
            [] => (scale.rated().len(), scale.meeting_level()),
            columns => (columns.len(), columns.len() - 1),
        };
        let worth = |column: usize| match column {
            // Needs rank by the shown counts below expectations.
            _ if column < rated.min(meets_at) => 3,
            // Most ratings are here, mostly.
            _ if column < rated && column == meets_at => 2,
            _ => 1,
        };
        Table { rows: &self.rows, worth: (0..self.columns).map(worth).collect() }.withheld(threshold)
    }
}
