//! Gathers the events of one person in a school year from all evaluations.

use std::collections::HashMap;

use jiff::civil::Date;

use crate::evaluation::{Days, Evaluation, Happened, Period, Status};
use crate::rubric::{Process, ProcessStep, Rubric};

use super::deadline::{Base, base, days_late, due};
use super::{Board, Progress, StepProgress, StepState};

/// The events of one person in a school year, from all evaluations.
#[derive(Debug, Clone)]
pub(super) struct Standing {
    rubric: Rubric,
    id: String,
    identity: String,
    name: String,
    period: Period,
    is_of_record: bool,
    /// Whether a final evaluation of record has a seal; `None` without a final one.
    sealed: Option<bool>,
    /// Each event, with its day where that is known.
    happened: Vec<(Happened, Option<Date>)>,
}

impl Standing {
    pub(super) fn of(evaluation: &Evaluation) -> Self {
        Self {
            rubric: evaluation.rubric().clone(),
            id: evaluation.whom().id().to_owned(),
            identity: evaluation.whom().identity(),
            name: evaluation.whom().name().to_owned(),
            period: evaluation.period(),
            is_of_record: evaluation.kind().is_of_record(),
            sealed: (evaluation.kind().is_of_record() && evaluation.status() == Status::Final)
                .then(|| evaluation.seal().is_some()),
            happened: evaluation.happened(),
        }
    }

    /// The rubric, the person and the school year: evaluations with the same are of one process.
    fn key(&self) -> (String, String, i16) {
        (self.rubric.id().to_owned(), self.identity.clone(), self.period.school_year())
    }

    /// Adds what another evaluation of the same person and school year says. An event that both have happened once.
    fn join(&mut self, other: Self) {
        let mut known = std::mem::take(&mut self.happened);
        let mut unmatched = known.clone();
        for event in other.happened {
            match unmatched.iter().position(|same| *same == event) {
                Some(at) => drop(unmatched.swap_remove(at)),
                None => known.push(event),
            }
        }
        // A copy from before the sealing stands beside the sealed one.
        self.sealed = self.sealed.max(other.sealed);
        let sealed = self.sealed;
        // Name, period and rubric are those of the evaluation of record, and of the later one of several.
        let is_newer = (other.is_of_record, other.period.to) > (self.is_of_record, self.period.to);
        if is_newer {
            let Self { rubric, id, identity, name, period, is_of_record, .. } = other;
            *self = Self { rubric, id, identity, name, period, is_of_record, sealed, happened: Vec::new() };
        }
        self.happened = known;
    }

    /// The days on which each step has happened, up to a day.
    fn days(&self, process: &Process, on: Date) -> Days {
        Happened::by_step(self.happened.iter().filter(|(_, date)| date.is_none_or(|date| date <= on)), process)
    }

    pub(super) fn on(&self, on: Date) -> Progress {
        let process = self.rubric.process();
        let days = self.days(process, on);
        let steps = process.steps().iter().zip(&days);
        let steps: Vec<StepProgress> = steps.map(|(step, of)| self.step(step, of, &days, on)).collect();
        let late = steps.iter().filter(|step| step.state == StepState::Overdue).map(|step| step.late).max();
        let next = next(&steps);
        Progress {
            id: self.id.clone(),
            name: self.name.clone(),
            rubric: self.rubric.id().to_owned(),
            version: self.rubric.version(),
            from: self.period.from(),
            to: self.period.to(),
            on: on.to_string(),
            late: late.unwrap_or(0),
            turn: next.map(|step| step.who),
            next: next.map(|step| step.id.clone()),
            sealed: self.sealed,
            steps,
        }
    }

    fn step(&self, step: &ProcessStep, of: &[Option<Date>], days: &Days, on: Date) -> StepProgress {
        let process = self.rubric.process();
        let count = step.times();
        let is_done = of.len() >= count;
        // Of a step that is done, the last time that it had to happen; else the next time.
        let occurrence = if is_done { count.saturating_sub(1) } else { of.len() };
        let last = of.get(occurrence).copied().flatten();
        let due = due(process, step, occurrence, days, self.period);
        let is_over = due.is_some_and(|due| due < on);
        let state = match base(process, step, occurrence, days) {
            _ if is_done => StepState::Done,
            _ if is_over && step.optional => StepState::Lapsed,
            _ if is_over => StepState::Overdue,
            Base::Missing => StepState::Waiting,
            _ => StepState::Due,
        };
        let until = match state {
            StepState::Done => last,
            StepState::Overdue => Some(on),
            _ => None,
        };
        StepProgress {
            id: step.id.clone(),
            label: step.label.clone(),
            who: step.who,
            optional: step.optional,
            state,
            times: u32::try_from(of.len()).unwrap_or(u32::MAX),
            of: step.count,
            done_on: last.filter(|_| is_done).map(|date| date.to_string()),
            last_on: of.iter().rev().find_map(|date| date.map(|date| date.to_string())),
            due: due.map(|date| date.to_string()),
            late: days_late(due, until),
        }
    }
}

/// The step that is overdue longest, or else is due first; a step without a last day comes after those with one, and one that
/// is optional last.
fn next(steps: &[StepProgress]) -> Option<&StepProgress> {
    let open = steps.iter().filter(|step| step.state.is_open());
    open.min_by_key(|step| (step.state, step.optional, step.due.is_none(), step.due.as_deref()))
}

/// The standing of many people, each with all evaluations of a school year.
///
/// ```
/// use appraise::{Evaluation, Library};
/// use appraise::progress::Standings;
///
/// let supports = Library::bundled().get("connecticut_district_supports").expect("it is bundled");
/// let text = "
/// rubric: { id: connecticut_district_supports }
/// organization: { id: D-1, name: Harlow Public Schools }
/// evaluators: [{ id: E-0007, name: Priya Shah }]
/// period: { from: 2025-08-25, to: 2026-06-12 }
/// ratings: {}
/// record: [{ date: 2026-06-01, event: conferred }]";
/// let mut standings = Standings::default();
/// standings.add(&Evaluation::parse("harlow.yaml", text, &supports)?);
/// let board = standings.on("2026-06-08").expect("it is a day");
/// assert_eq!(board.people[0].next.as_deref(), Some("delivered"));
/// # Ok::<(), appraise::Diagnostics>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Standings {
    people: Vec<Standing>,
    places: HashMap<(String, String, i16), usize>,
}

impl Standings {
    /// Takes an evaluation in. Those of one person and school year with one rubric are of one process: a self-evaluation, an
    /// interim evaluation and the evaluation of record.
    pub fn add(&mut self, evaluation: &Evaluation) {
        self.join(Standing::of(evaluation));
    }

    fn join(&mut self, standing: Standing) {
        let place = *self.places.entry(standing.key()).or_insert(self.people.len());
        match self.people.get_mut(place) {
            Some(known) => known.join(standing),
            None => self.people.push(standing),
        }
    }

    /// Takes in all that others have.
    pub fn extend(&mut self, others: Self) {
        others.people.into_iter().for_each(|standing| self.join(standing));
    }

    /// How far everybody is on a day, written as `2026-04-13`: who is late first. `None` where the text is no day.
    pub fn on(&self, on: &str) -> Option<Board> {
        let day = crate::date::parse(on)?;
        let labels = self.people.iter().map(|standing| &standing.rubric);
        Some(Board::of(day, self.people.iter().map(|standing| standing.on(day)).collect(), labels))
    }
}
