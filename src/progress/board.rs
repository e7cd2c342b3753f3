//! The board: how far everybody is on a day, who is late first.

use jiff::civil::Date;
use serde::Serialize;

use crate::rubric::Rubric;

use super::{Progress, StepState};

/// How far everybody is on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Board {
    /// The day.
    pub on: String,
    /// The number of people with a step that is overdue.
    pub late: usize,
    /// The number of people whose final evaluation of record has no seal.
    pub unsealed: usize,
    /// The people: those who are late first, the longest first of all; then by the day on which the next step is due.
    pub people: Vec<Progress>,
    /// The rubrics, each with its steps.
    pub processes: Vec<BoardProcess>,
}

/// A rubric of the board, with its process.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct BoardProcess {
    /// The id of the rubric.
    pub rubric: String,
    /// The version of the rubric.
    pub version: String,
    /// The title of the rubric.
    pub title: String,
    /// The note on the process.
    pub note: Option<String>,
    /// The steps, in order.
    pub steps: Vec<StepNumbers>,
}

/// The number of people by the state of a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct StepNumbers {
    /// The id of the step.
    pub id: String,
    /// The name of the step.
    pub label: String,
    /// The number of people who have done it.
    pub done: usize,
    /// The number of people for whom it is overdue.
    pub overdue: usize,
    /// The number of people for whom it is due.
    pub due: usize,
}

impl Board {
    pub(super) fn of<'a>(on: Date, mut people: Vec<Progress>, rubrics: impl Iterator<Item = &'a Rubric>) -> Self {
        people.sort_by(|one, other| order(one).cmp(&order(other)));
        let mut processes: Vec<BoardProcess> = Vec::new();
        for rubric in rubrics {
            let (id, version) = (rubric.id(), rubric.version());
            if !processes.iter().any(|known| known.rubric == id && known.version == version) {
                processes.push(BoardProcess::of(rubric, &people));
            }
        }
        processes.sort_by(|one, other| (&one.rubric, &one.version).cmp(&(&other.rubric, &other.version)));
        let late = people.iter().filter(|person| is_late(person)).count();
        let unsealed = people.iter().filter(|person| person.sealed == Some(false)).count();
        Self { on: on.to_string(), late, unsealed, people, processes }
    }
}

impl BoardProcess {
    fn of(rubric: &Rubric, people: &[Progress]) -> Self {
        let process = rubric.process();
        let version = rubric.version();
        let own: Vec<_> =
            people.iter().filter(|person| person.rubric == rubric.id() && person.version == version).collect();
        let steps = process.steps().iter().enumerate().map(|(number, step)| {
            let in_state = |state: StepState| {
                own.iter().filter(|person| person.steps.get(number).is_some_and(|step| step.state == state)).count()
            };
            StepNumbers {
                id: step.id.clone(),
                label: step.label.clone(),
                done: in_state(StepState::Done),
                overdue: in_state(StepState::Overdue),
                due: in_state(StepState::Due),
            }
        });
        Self {
            rubric: rubric.id().to_owned(),
            title: rubric.title().to_owned(),
            note: process.note().map(str::to_owned),
            steps: steps.collect(),
            version,
        }
    }
}

/// Whether a step is overdue.
fn is_late(person: &Progress) -> bool {
    person.steps.iter().any(|step| step.state == StepState::Overdue)
}

/// The place among others: the longest late first, then by the day on which the next step is due, then by name.
fn order(person: &Progress) -> (std::cmp::Reverse<u32>, bool, bool, Option<&str>, &str, &str) {
    let due = person.next().and_then(|step| step.due.as_deref());
    (std::cmp::Reverse(person.late), person.next.is_none(), due.is_none(), due, &person.name, &person.id)
}
