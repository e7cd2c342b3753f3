//! Goals for templates.

use serde::Serialize;

use crate::evaluation::GoalStatus;
use crate::exact::Exact;
use crate::goals::Goal;
use crate::score::Scorecard;

use super::About;

/// Goals, proposed and agreed.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(in crate::render) struct GoalsView<'a> {
    /// The goals that the evaluation carries as proposed, then those proposed from the ratings, most important first.
    proposed: Vec<GoalView<'a>>,
    /// The number of further ratings that call for a goal.
    more: usize,
    /// The number of goals that were not proposed, by level, in the order of priority.
    more_by_level: Vec<More<'a>>,
    /// The agreed goals, each with its status: every goal of the evaluation that is more than proposed.
    agreed: Vec<GoalView<'a>>,
    /// The number of agreed goals by their standing, without the standings that none has.
    standing: Vec<Standing>,
}

/// The number of agreed goals of one standing.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct Standing {
    /// For people: "met", "not met", "open", "dropped".
    label: &'static str,
    count: usize,
}

/// The number of further ratings at one level that call for a goal.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct More<'a> {
    level: &'a str,
    label: &'a str,
    count: usize,
}

/// A goal.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct GoalView<'a> {
    about: Option<About<'a>>,
    statement: String,
    measure: Option<String>,
    activities: Vec<String>,
    /// As a decimal.
    contact_hours: Option<String>,
    due: Option<String>,
    status: GoalStatus,
    /// For people: "In progress".
    status_label: &'static str,
    /// The result of the scoring policy that called for it, in words; null where the rating of the indicator did.
    called_by: Option<String>,
}

/// In one word for a count of many, where being agreed and being worked on are the same.
fn standing(status: GoalStatus) -> &'static str {
    match status {
        GoalStatus::Proposed => "proposed",
        GoalStatus::Agreed | GoalStatus::InProgress => "open",
        GoalStatus::Met => "met",
        GoalStatus::NotMet => "not met",
        GoalStatus::Dropped => "dropped",
    }
}

impl<'a> GoalsView<'a> {
    pub(super) fn of(scorecard: &'a Scorecard) -> Self {
        let evaluation = scorecard.evaluation();
        let rubric = evaluation.rubric();
        let goals = scorecard.goals();
        let from_ratings = goals.goals.into_iter().map(|goal| {
            let Goal { indicator, statement, measure, activities, contact_hours, due, status, called_by } = goal;
            GoalView {
                about: About::of(rubric, &indicator),
                statement,
                measure,
                activities,
                contact_hours: contact_hours.as_ref().map(Exact::decimal),
                due,
                status,
                status_label: status.label(),
                called_by,
            }
        });
        let carried = evaluation.goals().iter().map(|goal| GoalView {
            about: goal.indicator.as_deref().and_then(|id| About::of(rubric, id)),
            statement: goal.statement.clone(),
            measure: goal.measure.clone(),
            activities: goal.activities.clone(),
            contact_hours: goal.contact_hours.as_ref().map(Exact::decimal),
            due: goal.due.map(|date| date.to_string()),
            status: goal.status,
            status_label: goal.status.label(),
            called_by: None,
        });
        let more_by_level = goals.more_by_level.into_iter().filter_map(|more| {
            let level = rubric.levels().iter().find(|level| level.id == more.level)?;
            Some(More { level: &level.id, label: &level.label, count: more.count })
        });
        // Somebody put these forward already, so they come before what the rubric would propose.
        let (mut proposed, agreed): (Vec<_>, Vec<_>) = carried.partition(|goal| goal.status == GoalStatus::Proposed);
        proposed.extend(from_ratings);
        let standing = ["met", "not met", "open", "dropped"].into_iter().filter_map(|label| {
            let count = agreed.iter().filter(|goal| standing(goal.status) == label).count();
            (count > 0).then_some(Standing { label, count })
        });
        Self {
            standing: standing.collect(),
            proposed,
            more: goals.more,
            more_by_level: more_by_level.collect(),
            agreed,
        }
    }
}
