//! Conditions in three-valued logic: true, false or unknown.

use crate::exact::Exact;

use super::state::{Run, State};
use super::supplied::Outcome;
use super::{Policy, ResultOf, Step};

/// A condition on ratings, inputs and earlier results.
#[derive(Debug, Clone)]
pub(crate) enum Condition {
    /// The number of a set's members with one of the ratings.
    Count {
        set: Set,
        which: Which,
        is: Compare,
        number: Exact,
    },
    /// The percentage of a set's rated members with one of the ratings.
    Share {
        set: Set,
        which: Which,
        is: Compare,
        percent: Exact,
    },
    /// The rating of one indicator or result.
    Rating {
        of: Levelled,
        is: Test,
    },
    /// The number that an indicator is rated with.
    Rated {
        indicator: usize,
        is: NumberTest,
        number: Exact,
    },
    /// The score of a result.
    Score {
        of: ResultOf,
        is: Compare,
        number: Exact,
    },
    /// The number of an input.
    Number {
        input: usize,
        is: Compare,
        number: Exact,
    },
    /// The choice of an input.
    Choice {
        input: usize,
        is: Test,
    },
    /// Whether a rating, a result or a value exists; never unknown.
    Known(Source),
    All(Vec<Condition>),
    Any(Vec<Condition>),
    Not(Box<Condition>),
}

/// The subject of a condition, whose value may be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Source {
    Indicator(usize),
    Result(ResultOf),
    Input(usize),
}

impl Condition {
    /// The single subject of a condition; `None` for a set, and for several conditions together.
    pub(super) fn source(&self) -> Option<Source> {
        match self {
            Self::Rating { of: Levelled::Indicator(indicator), .. } | Self::Rated { indicator, .. } => {
                Some(Source::Indicator(*indicator))
            }
            Self::Rating { of: Levelled::Result(of), .. } | Self::Score { of, .. } => Some(Source::Result(*of)),
            Self::Number { input, .. } | Self::Choice { input, .. } => Some(Source::Input(*input)),
            Self::Known(source) => Some(*source),
            Self::Count { .. } | Self::Share { .. } | Self::All(_) | Self::Any(_) | Self::Not(_) => None,
        }
    }
}

/// The set that a condition counts, limited to the members under the subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Set {
    Indicators,
    /// The results of a step with `each`.
    Results(usize),
}

/// The levels that are counted, and the indicators that are looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Which {
    /// Whether each level is counted.
    pub(crate) levels: Vec<bool>,
    /// By scale, whether indicators on it are looked at; `None` for all.
    pub(crate) scales: Option<Vec<bool>>,
}

impl Which {
    pub(crate) fn has(&self, level: usize) -> bool {
        self.levels.get(level).copied().unwrap_or_default()
    }

    /// Whether a not-rated level is counted; the first `rated` levels are ratings.
    pub(super) fn has_beyond(&self, rated: usize) -> bool {
        self.levels.iter().skip(rated).any(|is| *is)
    }
}

/// An indicator or result, which can have a rating.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Levelled {
    Indicator(usize),
    Result(ResultOf),
}

/// The comparison of a rating with a level, by the level's index; or of a choice, by its index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Test {
    Is(usize),
    AtLeast(usize),
    Below(usize),
}

impl Test {
    fn holds(self, level: usize) -> bool {
        match self {
            Self::Is(wanted) => level == wanted,
            Self::AtLeast(wanted) => level >= wanted,
            Self::Below(wanted) => level < wanted,
        }
    }
}

/// The comparison of a rating that is a number with another number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NumberTest {
    Is,
    AtLeast,
    Below,
}

impl NumberTest {
    pub(super) fn holds(self, number: &Exact, with: &Exact) -> bool {
        match self {
            Self::Is => number == with,
            Self::AtLeast => number >= with,
            Self::Below => number < with,
        }
    }
}

/// The comparison of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Compare {
    AtLeast,
    AtMost,
    MoreThan,
    LessThan,
}

impl Compare {
    fn holds(self, number: &Exact, with: &Exact) -> bool {
        match self {
            Self::AtLeast => number >= with,
            Self::AtMost => number <= with,
            Self::MoreThan => number > with,
            Self::LessThan => number < with,
        }
    }
}

/// The numbers of a set's members, of its rated members, and of the members counted.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Counted {
    pub(super) all: u64,
    pub(super) rated: u64,
    pub(super) which: u64,
}

impl Counted {
    /// The percentage of the rated members; `None` when none is rated.
    pub(super) fn share(self) -> Option<Exact> {
        Exact::ratio(self.which * 100, self.rated)
    }
}

impl Policy {
    /// Whether a count is of indicators that are not rated, too.
    pub(super) fn counts_not_rated(&self, set: Set, which: &Which) -> bool {
        set == Set::Indicators && which.has_beyond(self.rated)
    }
}

impl Run<'_> {
    /// Whether a condition is true; `None` when unknown.
    pub(super) fn holds(&self, condition: &Condition, step: &Step, subject: usize) -> Option<bool> {
        match condition {
            Condition::Count { set, which, is, number } => {
                let counted = self.count(*set, which, step, subject);
                // Where nothing is rated, a count of ratings says nothing.
                let is_told = counted.rated > 0 || (counted.all > 0 && self.policy.counts_not_rated(*set, which));
                is_told.then(|| is.holds(&Exact::from(counted.which), number))
            }
            Condition::Share { set, which, is, percent } => {
                let share = self.count(*set, which, step, subject).share()?;
                Some(is.holds(&share, percent))
            }
            Condition::Rating { of: Levelled::Indicator(indicator), is } => {
                let level = match self.given.outcome(*indicator) {
                    Outcome::Level(level) => level,
                    // A number is no choice that is no rating.
                    Outcome::Number(_) => return Some(false),
                    Outcome::OutOfScope | Outcome::Unrated => return None,
                };
                match is {
                    // A not-rated level can only be named as it is.
                    Test::Is(wanted) if *wanted >= self.policy.rated => Some(level == *wanted),
                    _ => (level < self.policy.rated).then(|| is.holds(level)),
                }
            }
            Condition::Rating { of: Levelled::Result(of), is } => {
                Some(is.holds(self.result_of(*of, subject)?.rating()?))
            }
            Condition::Rated { indicator, is, number } => match self.given.outcome(*indicator) {
                Outcome::Number(rated) => Some(is.holds(&rated.exact(), number)),
                _ => None,
            },
            Condition::Score { of, is, number } => Some(is.holds(self.result_of(*of, subject)?.score()?, number)),
            Condition::Number { input, is, number } => Some(is.holds(self.given.number(*input)?, number)),
            Condition::Choice { input, is } => Some(is.holds(self.given.choice(*input)?)),
            Condition::Known(source) => Some(self.is_known(*source, subject)),
            Condition::All(list) => {
                let mut all = Some(true);
                for condition in list {
                    match self.holds(condition, step, subject) {
                        Some(false) => return Some(false),
                        Some(true) => {}
                        None => all = None,
                    }
                }
                all
            }
            Condition::Any(list) => {
                let mut any = Some(false);
                for condition in list {
                    match self.holds(condition, step, subject) {
                        Some(true) => return Some(true),
                        Some(false) => {}
                        None => any = None,
                    }
                }
                any
            }
            Condition::Not(condition) => self.holds(condition, step, subject).map(|holds| !holds),
        }
    }

    /// Whether an indicator is rated, a result scored, an input given.
    pub(super) fn is_known(&self, source: Source, subject: usize) -> bool {
        match source {
            Source::Indicator(indicator) => self.policy.is_rating(self.given.outcome(indicator)),
            Source::Result(of) => self.result_of(of, subject).is_some_and(|result| result.state == State::Scored),
            Source::Input(input) => self.given.number(input).is_some() || self.given.choice(input).is_some(),
        }
    }

    pub(super) fn count(&self, set: Set, which: &Which, step: &Step, subject: usize) -> Counted {
        let mut counted = Counted::default();
        match set {
            Set::Indicators => {
                for (indicator, outcome) in self.outcomes(step, subject) {
                    if matches!(outcome, Outcome::Unrated) || !self.policy.is_looked_at(which, indicator) {
                        continue;
                    }
                    counted.all += 1;
                    counted.rated += u64::from(self.policy.is_rating(outcome));
                    if let Outcome::Level(level) = outcome {
                        counted.which += u64::from(which.has(level));
                    }
                }
            }
            Set::Results(of) => {
                for (_, result) in self.results_under(of, step, subject) {
                    counted.all += 1;
                    let Some(rating) = result.rating() else { continue };
                    counted.rated += 1;
                    counted.which += u64::from(which.has(rating));
                }
            }
        }
        counted
    }
}
