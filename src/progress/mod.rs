//! Says how far evaluations are in the process of their rubric: by person and step done, due or overdue, and whose turn it is.
//!
//! ```
//! use appraise::{Evaluation, Library, Rubric, Who};
//! use appraise::progress::StepState;
//!
//! let text = "
//! id: plan
//! version: 1.0.0
//! title: Plan
//! process:
//!   calendar: { closed: [2026-04-06] }
//!   steps:
//!     - { id: delivered, by: 04-01 }
//!     - { id: acknowledged, who: employee, within: { school_days: 5, after: delivered } }
//! domains: [{ id: planning, title: Planning, indicators: [{ id: calendar, statement: Keeps a calendar. }] }]";
//! let rubric = Rubric::parse("plan.yaml", text, &Library::empty())?;
//! let text = "
//! rubric: { id: plan }
//! employee: { id: E-1042, name: Jordan Rivera }
//! evaluators: [{ id: E-0007, name: Priya Shah }]
//! period: { from: 2025-08-25, to: 2026-06-12 }
//! ratings: {}
//! record: [{ date: 2026-04-01, event: delivered }]";
//! let progress = Evaluation::parse("rivera.yaml", text, &rubric)?.progress("2026-04-13").expect("it is a day");
//! let acknowledged = &progress.steps[1];
//! assert_eq!((acknowledged.state, acknowledged.due.as_deref()), (StepState::Overdue, Some("2026-04-09")));
//! assert_eq!((acknowledged.late, progress.turn), (4, Some(Who::Employee)));
//! # Ok::<(), appraise::Diagnostics>(())
//! ```

mod board;
mod deadline;
mod standing;

use serde::Serialize;

use crate::evaluation::Evaluation;
use crate::rubric::Who;

pub use self::board::{Board, BoardProcess, StepNumbers};
pub use self::standing::Standings;

/// How far one person's evaluation is on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Progress {
    /// The identifier of the employee or organization.
    pub id: String,
    /// The name of the employee or organization.
    pub name: String,
    /// The id of the rubric.
    pub rubric: String,
    /// The version of the rubric.
    pub version: String,
    /// The first day of the period.
    pub from: String,
    /// The last day of the period.
    pub to: String,
    /// The day that the progress is of.
    pub on: String,
    /// The number of days that the step that is overdue longest is late; 0 where none is.
    pub late: u32,
    /// The id of the next step: the one that is overdue longest, or else the one that is due first; null where nothing is to
    /// be done.
    pub next: Option<String>,
    /// The person whose turn the next step is.
    pub turn: Option<Who>,
    /// Whether the final evaluation of record has a seal, without which no change of it would be found; null before one is
    /// final.
    pub sealed: Option<bool>,
    /// Every step, in the order of the process.
    pub steps: Vec<StepProgress>,
}

impl Progress {
    /// The next step: the one that is overdue longest, or else the one that is due first.
    pub fn next(&self) -> Option<&StepProgress> {
        self.steps.iter().find(|step| Some(&step.id) == self.next.as_ref())
    }

    /// The number of steps that are done, of those that are required.
    pub fn done(&self) -> (usize, usize) {
        let required = || self.steps.iter().filter(|step| !step.optional);
        (required().filter(|step| step.state == StepState::Done).count(), required().count())
    }
}

/// How far one step is on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct StepProgress {
    /// The id of the step.
    pub id: String,
    /// The name of the step.
    pub label: String,
    /// The person whose turn it is.
    pub who: Who,
    /// Whether the process is complete without it.
    pub optional: bool,
    /// Whether it is done, due or overdue.
    pub state: StepState,
    /// The times it has happened.
    pub times: u32,
    /// The times it is to happen.
    pub of: u32,
    /// The day on which it was done: the last time that it had to happen; null where it is not done, or the day is not known.
    pub done_on: Option<String>,
    /// The day on which it happened last; null where it did not, or the day is not known.
    pub last_on: Option<String>,
    /// The last day on which it is in time; null where the process has none, or the step that it waits for has not happened.
    pub due: Option<String>,
    /// The number of days that it is late, or was done late.
    pub late: u32,
}

/// Whether a step is done, due or overdue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum StepState {
    /// The step is not done, and its last day is over.
    Overdue,
    /// The step can be done, and is in time.
    Due,
    /// The step waits for another one, which is not done.
    Waiting,
    /// The step is optional, and its time is over.
    Lapsed,
    /// The step is done.
    Done,
}

impl StepState {
    /// The word that JSON has: `overdue`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Overdue => "overdue",
            Self::Due => "due",
            Self::Waiting => "waiting",
            Self::Lapsed => "lapsed",
            Self::Done => "done",
        }
    }

    /// Whether something is to be done now.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Overdue | Self::Due)
    }
}

impl Evaluation {
    /// How far the evaluation is in the process of its rubric on a day, written as `2026-04-13`; events of later days do not
    /// count. `None` where the text is no day.
    pub fn progress(&self, on: &str) -> Option<Progress> {
        Some(standing::Standing::of(self).on(crate::date::parse(on)?))
    }
}
