//! The steps of the process that observations are.

use jiff::civil::Date;

use super::{Milestone, Process, ProcessStep};

impl Process {
    /// The steps that observations are, by kind and day: each the number of a step, with the day.
    ///
    /// An observation is a step of its kind; where no step is of that kind, one that means that practice is observed and is of
    /// no kind. Of several such steps each is filled in the order of the process, and what is left over is the last one's. An
    /// event of such a step and an observation of the same day are one occasion, which the event tells already.
    pub(crate) fn occasions<'a>(
        &self,
        events: &[(usize, Date)],
        observations: impl Iterator<Item = (&'a str, Date)>,
    ) -> Vec<(usize, Date)> {
        let mut observations: Vec<_> = observations.collect();
        observations.sort_by_key(|(_, date)| *date);
        let mut told = events.to_vec();
        let mut occasions: Vec<(usize, Date)> = Vec::new();
        for (kind, date) in observations {
            let steps = self.steps_of_kind(kind);
            if let Some(event) = told.iter().position(|(number, day)| *day == date && steps.contains(number)) {
                told.swap_remove(event);
                continue;
            }
            let times = |number| events.iter().chain(&occasions).filter(|(step, _)| *step == number).count();
            let wanted = |number: usize| self.steps.get(number).map_or(0, ProcessStep::times);
            let open = steps.iter().find(|number| times(**number) < wanted(**number));
            occasions.extend(open.or(steps.last()).map(|number| (*number, date)));
        }
        occasions
    }

    /// The numbers of the steps that an observation of a kind can be.
    fn steps_of_kind(&self, kind: &str) -> Vec<usize> {
        let numbers = |is_such: &dyn Fn(&ProcessStep) -> bool| -> Vec<usize> {
            self.steps.iter().enumerate().filter(|(_, step)| is_such(step)).map(|(number, _)| number).collect()
        };
        let own = numbers(&|step| step.kind.as_deref() == Some(kind));
        if own.is_empty() {
            return numbers(&|step| step.kind.is_none() && step.means == Some(Milestone::Observed));
        }
        own
    }
}

impl ProcessStep {
    /// The times it happens, to compare with a number of events.
    pub(crate) fn times(&self) -> usize {
        usize::try_from(self.count).unwrap_or(usize::MAX)
    }
}
