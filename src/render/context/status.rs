//! The context of the templates that show how far everybody is in the process.

use crate::progress::{Board, BoardProcess, Progress, StepProgress, StepState};
use crate::rubric::Who;
use crate::view::view;

view! {
    /// The values that `status.html` and `status.md` see.
    /// Besides minijinja's filters a template has `date`, `grouped`, `json`, `at` and `policy_hash`.
    pub(crate) struct StatusPage<'a> of |board: &'a Board|
    {
        /// The version of this context.
        context: u32 = super::VERSION,
        /// The day.
        on: &'a str = &board.on,
        /// The number of people.
        people: usize = board.people.len(),
        /// The number of people with a step that is overdue.
        late: usize = board.late,
        /// The number of people whose final evaluation of record has no seal.
        unsealed: usize = board.unsealed,
        /// The people who are late, the longest first, each with the steps that are overdue.
        overdue: Vec<PersonView<'a>> = people(board, |person| person.steps.iter().any(|step| step.state == StepState::Overdue)),
        /// The rubrics, each with its people in the same order.
        processes: Vec<ProcessView<'a>> = board.processes.iter().map(|process| ProcessView::of(process, board)).collect(),
    }
}

view! {
    /// A rubric, with the people who are evaluated with it.
    struct ProcessView<'a> of |process: &'a BoardProcess, board: &'a Board|
    {
        /// The id of the rubric.
        rubric: &'a str = &process.rubric,
        version: &'a str = &process.version,
        /// The title of the rubric.
        title: &'a str = &process.title,
        /// The note on the process; null without one.
        note: Option<&'a str> = process.note.as_deref(),
        /// The steps, in order.
        steps: Vec<StepView<'a>> = process.steps.iter().map(StepView::of).collect(),
        /// The people, who is late first.
        people: Vec<PersonView<'a>> = people(board, |person| {
            person.rubric == process.rubric && person.version == process.version
        }),
    }
}

view! {
    /// A step of the process, and the number of people by its state.
    struct StepView<'a> of |step: &'a crate::progress::StepNumbers|
    {
        id: &'a str = &step.id,
        label: &'a str = &step.label,
        /// The number of people who have done it.
        done: usize = step.done,
        /// The number of people for whom it is overdue.
        overdue: usize = step.overdue,
        /// The number of people for whom it is due.
        due: usize = step.due,
    }
}

view! {
    /// A person who is evaluated.
    struct PersonView<'a> of |person: &'a Progress|
    let (done, required) = person.done();
    {
        /// The identifier of the employee or organization.
        id: &'a str = &person.id,
        name: &'a str = &person.name,
        /// The number of days that the step that is overdue longest is late; 0 where none is.
        late: u32 = person.late,
        /// The number of required steps that are done.
        done: usize = done,
        /// The number of required steps.
        required: usize = required,
        /// Whether the final evaluation of record has a seal; null before one is final.
        sealed: Option<bool> = person.sealed,
        /// The next step; null where nothing is to be done.
        next: Option<StepOf<'a>> = person.next().map(StepOf::of),
        /// Every step, in the order of the process.
        steps: Vec<StepOf<'a>> = person.steps.iter().map(StepOf::of).collect(),
    }
}

view! {
    /// How far a step is.
    struct StepOf<'a> of |step: &'a StepProgress|
    {
        id: &'a str = &step.id,
        label: &'a str = &step.label,
        /// The person whose turn it is.
        who: Who = step.who,
        /// The name of `who`, as printed: "Employee and evaluator".
        who_label: &'static str = step.who.label(),
        /// Whether the process is complete without it.
        optional: bool = step.optional,
        /// Whether it is done, due or overdue.
        state: StepState = step.state,
        /// The times it has happened.
        times: u32 = step.times,
        /// The times it is to happen.
        of: u32 = step.of,
        /// The day on which it happened last; null where it did not, or the day is not known.
        last_on: Option<&'a str> = step.last_on.as_deref(),
        /// The day on which it was done: the last time that it had to happen; null where it is not done, or the day is not known.
        done_on: Option<&'a str> = step.done_on.as_deref(),
        /// The last day on which it is in time; null where there is none yet.
        due: Option<&'a str> = step.due.as_deref(),
        /// The number of days that it is late, or was done late.
        late: u32 = step.late,
    }
}

fn people<'a>(board: &'a Board, is_among: impl Fn(&Progress) -> bool) -> Vec<PersonView<'a>> {
    board.people.iter().filter(|person| is_among(person)).map(PersonView::of).collect()
}
