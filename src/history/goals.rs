//! Goals over the years: which were carried over, and how they ended.

use serde::Serialize;

use crate::evaluation::{Evaluation, GoalStatus};
use crate::rubric::Rubric;

/// A goal over the years. A goal of the next year is the same one where it has the same indicator and the same words.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct GoalYears {
    /// The goal, as first written.
    pub statement: String,
    /// The id of the indicator; null for a goal about none.
    pub indicator: Option<String>,
    /// The printed number of the indicator, in the newest rubric that has it; null where none has.
    pub code: Option<String>,
    /// Its title, or else its statement, in the same rubric.
    pub title: Option<String>,
    /// By year: how it stood; null where the year's evaluation does not have it.
    pub statuses: Vec<Option<GoalStatus>>,
    /// The last day that it was due, as `2027-01-29`.
    pub due: Option<String>,
    /// How it ended.
    pub ending: Ending,
}

/// How a goal ended, by the last evaluation that has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum Ending {
    /// The goal was met.
    Met,
    /// The goal was not met.
    NotMet,
    /// The goal was dropped.
    Dropped,
    /// The goal is open in the latest evaluation.
    Open,
    /// The goal was open, and later evaluations do not have it.
    NotFollowedUp,
}

impl Ending {
    /// The name that is printed: "Not followed up".
    pub fn label(self) -> &'static str {
        match self {
            Self::Met => "Met",
            Self::NotMet => "Not met",
            Self::Dropped => "Dropped",
            Self::Open => "Open",
            Self::NotFollowedUp => "Not followed up",
        }
    }

    fn of(statuses: &[Option<GoalStatus>]) -> Self {
        let last = statuses.iter().rposition(Option::is_some);
        match last.and_then(|last| *statuses.get(last)?) {
            Some(GoalStatus::Met) => Self::Met,
            Some(GoalStatus::NotMet) => Self::NotMet,
            Some(GoalStatus::Dropped) => Self::Dropped,
            _ if last == statuses.len().checked_sub(1) => Self::Open,
            _ => Self::NotFollowedUp,
        }
    }
}

/// The goals of all evaluations. Two goals with the same words in one evaluation stay two.
pub(super) fn over(counted: &[&Evaluation], newest: &Rubric) -> Vec<GoalYears> {
    let mut all: Vec<GoalYears> = Vec::new();
    for (year, evaluation) in counted.iter().enumerate() {
        for goal in evaluation.goals() {
            let is_it = |known: &GoalYears| {
                known.indicator == goal.indicator
                    && words(&known.statement) == words(&goal.statement)
                    && known.statuses.get(year).is_some_and(Option::is_none)
            };
            let at = all.iter().position(is_it).unwrap_or_else(|| {
                all.push(GoalYears {
                    statement: goal.statement.clone(),
                    indicator: goal.indicator.clone(),
                    code: None,
                    title: None,
                    statuses: counted.iter().map(|_| None).collect(),
                    due: None,
                    ending: Ending::Open,
                });
                all.len() - 1
            });
            let Some(known) = all.get_mut(at) else { continue };
            if let Some(slot) = known.statuses.get_mut(year) {
                *slot = Some(goal.status);
            }
            known.due = goal.due().or_else(|| known.due.take());
            let rubrics = [newest, evaluation.rubric()].into_iter();
            let node = goal.indicator.as_ref().and_then(|id| rubrics.clone().find_map(|rubric| rubric.node(id)));
            if let Some(node) = node {
                (known.code, known.title) = (Some(node.code.clone()), Some(node.label().to_owned()));
            }
        }
    }
    for goal in &mut all {
        goal.ending = Ending::of(&goal.statuses);
    }
    all
}

/// The words of a text, however its lines are broken.
fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}
