//! Sums of what each person reported, and the rule by which a sum may be shown.

use crate::exact::Exact;

/// The sum of a number that each person has, and what decides whether it may be shown.
#[derive(Debug, Clone)]
pub(super) struct Sum {
    total: Exact,
    /// The number of people with a number, zero included.
    reported: u64,
    /// The number of people with a number that is not zero.
    people: u64,
    /// The largest number of one person.
    largest: Exact,
}

impl Default for Sum {
    fn default() -> Self {
        Self { total: Exact::from(0), reported: 0, people: 0, largest: Exact::from(0) }
    }
}

impl Sum {
    /// Adds the number of one more person.
    pub(super) fn add(&mut self, number: &Exact) {
        self.reported += 1;
        self.people += u64::from(*number != Exact::from(0));
        self.total = &self.total + number;
        if *number > self.largest {
            self.largest = number.clone();
        }
    }

    pub(super) fn merge(&mut self, other: &Self) {
        self.reported += other.reported;
        self.people += other.people;
        self.total = &self.total + &other.total;
        if other.largest > self.largest {
            self.largest = other.largest.clone();
        }
    }

    /// Whether the sum is of enough people, and no person's number is more than half of it: the second largest could be taken
    /// off, and what is left would be nearly one person's. A sum of zeros is everybody's zero.
    pub(super) fn may_be_shown(&self, threshold: u64) -> bool {
        let others = self.total.clone() - self.largest.clone();
        // With a threshold of 1 a person's number may be shown.
        self.people >= threshold && (threshold < 2 || self.largest <= others)
    }

    /// The sum, unless it is withheld.
    pub(super) fn shown(&self, threshold: u64) -> Option<Exact> {
        self.may_be_shown(threshold).then(|| self.total.clone())
    }

    /// The sum itself. Confidential.
    pub(super) fn total(&self) -> &Exact {
        &self.total
    }

    /// The number of people who report a number.
    pub(super) fn reported(&self) -> u64 {
        self.reported
    }
}

/// The number of people out of all who are counted, unless it tells of too few: of those or of the others.
pub(super) fn people(some: u64, all: u64, threshold: u64) -> Option<u64> {
    let others = all.saturating_sub(some);
    let is_few = |number: u64| (1..threshold).contains(&number);
    (some >= threshold && !is_few(others)).then_some(some)
}
