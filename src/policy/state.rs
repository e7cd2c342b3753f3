//! The state of a run: the given values, and the results so far.

use crate::exact::Exact;

use super::Policy;
use super::supplied::Supplied;

/// The result of a step for one subject.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct StepResult {
    pub(crate) state: State,
    pub(super) score: Option<Exact>,
    pub(super) rating: Option<usize>,
    /// The flags in the order in which they were raised, each once.
    pub(crate) flags: Vec<String>,
}

/// The state of a result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum State {
    /// No indicator of the subject is in scope, so no result exists.
    Absent,
    Scored,
    Insufficient,
    Blocked,
}

impl StepResult {
    pub(super) fn without(state: State) -> Self {
        Self { state, score: None, rating: None, flags: Vec::new() }
    }

    /// The number that later steps see.
    pub(crate) fn score(&self) -> Option<&Exact> {
        self.score.as_ref()
    }

    /// The index of the rating among the step's levels.
    pub(crate) fn rating(&self) -> Option<usize> {
        self.rating
    }
}

/// A run of a policy: its given values, and the results so far.
pub(super) struct Run<'a> {
    pub(super) policy: &'a Policy,
    pub(super) given: Supplied<'a>,
    /// The results, by slot.
    pub(super) results: Vec<StepResult>,
}

/// The lack of an unblocked result.
#[derive(Debug, Clone, Copy)]
pub(super) enum Lack {
    /// A member that has a score.
    Members,
    /// More of them.
    More,
    /// A rating under its subject.
    Ratings,
}

/// Adds a flag to those that were raised before.
pub(super) fn raise(flags: &mut Vec<String>, flag: &str) {
    if !flags.iter().any(|raised| raised == flag) {
        flags.push(flag.to_owned());
    }
}
