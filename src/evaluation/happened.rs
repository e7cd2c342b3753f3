//! Gathers what has happened in the process by an evaluation: its events, observations and responses, and that it is complete.

use jiff::civil::Date;

use crate::rubric::{Milestone, Process};

use super::{Evaluation, Status, Type};

/// A thing that happened in the process.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Happened {
    /// An event of the record.
    Event(String),
    /// An observation of a kind.
    Observed(String),
    SelfEvaluation,
    Responded,
    Completed,
}

/// By step of a process, the days on which the step has happened, in order; `None` for a day that is not known.
pub(crate) type Days = Vec<Vec<Option<Date>>>;

impl Evaluation {
    /// Everything that has happened in the process by this evaluation, each with its day where that is known.
    pub(crate) fn happened(&self) -> Vec<(Happened, Option<Date>)> {
        let completed_on = self.0.stated.completed_on;
        let events = self.record().iter().map(|event| (Happened::Event(event.event.clone()), Some(event.date)));
        let observed = self.observations().iter().map(|one| (Happened::Observed(one.kind.clone()), Some(one.date)));
        let responses = self.responses().iter().map(|response| (Happened::Responded, response.date));
        let mut happened: Vec<_> = events.chain(observed).chain(responses).collect();
        if self.status() == Status::Final {
            match self.kind() {
                Type::SelfEvaluation => happened.push((Happened::SelfEvaluation, completed_on)),
                kind if kind.is_of_record() => happened.push((Happened::Completed, completed_on)),
                _ => {}
            }
        }
        happened
    }
}

impl Happened {
    /// The days on which each step of a process has happened.
    pub(crate) fn by_step<'a>(
        happened: impl Iterator<Item = &'a (Self, Option<Date>)> + Clone,
        process: &Process,
    ) -> Days {
        let number = |what: &Self| match what {
            Self::Event(id) => process.number(id),
            Self::SelfEvaluation => process.meaning(Milestone::SelfEvaluation),
            Self::Responded => process.meaning(Milestone::Responded),
            Self::Completed => process.meaning(Milestone::Completed),
            Self::Observed(_) => None,
        };
        let mut steps: Vec<(usize, Option<Date>)> =
            happened.clone().filter_map(|(what, date)| Some((number(what)?, *date))).collect();
        let events = happened.clone().filter(|(what, _)| matches!(what, Self::Event(_)));
        let events: Vec<(usize, Date)> = events.filter_map(|(what, date)| Some((number(what)?, (*date)?))).collect();
        let observed = happened.filter_map(|(what, date)| match what {
            Self::Observed(kind) => Some((kind.as_str(), (*date)?)),
            _ => None,
        });
        steps.extend(process.occasions(&events, observed).into_iter().map(|(number, date)| (number, Some(date))));
        let mut days: Days = vec![Vec::new(); process.steps().len()];
        for (number, date) in steps {
            days.get_mut(number).into_iter().for_each(|of| of.push(date));
        }
        days.iter_mut().for_each(|of| of.sort_unstable());
        days
    }
}
