//! Contact hours of professional development, summed; nothing judges them.

use crate::exact::Exact;

use super::{Certificate, Evaluation, Period, Training, Whom};

/// Sums of contact hours.
#[derive(Debug, Clone)]
pub(crate) struct ContactHours {
    /// Hours in the evaluation's period.
    pub(crate) total: Exact,
    /// Hours in the evaluation's period of the employee's own discipline.
    pub(crate) discipline_specific: Exact,
    /// Hours in the certificate's cycle so far; `None` without a certificate.
    pub(crate) in_cycle: Option<Exact>,
}

impl Evaluation {
    /// The employee's certificate; `None` where the evaluation has none.
    pub(crate) fn certificate(&self) -> Option<&Certificate> {
        match self.whom() {
            Whom::Employee(employee) => employee.certificate.as_ref(),
            Whom::Organization(_) => None,
        }
    }

    /// The contact hours of the training that the evaluation lists, and, for the cycle, the hours before.
    pub(crate) fn contact_hours(&self) -> ContactHours {
        let within =
            |time: Period| self.professional_development().iter().filter(move |training| training.is_within(time));
        let own = within(self.period()).filter(|training| training.discipline_specific == Some(true));
        let in_cycle = self.certificate().map(|certificate| {
            sum(within(certificate.valid())) + self.contact_hours_before().cloned().unwrap_or_else(Exact::zero)
        });
        ContactHours { total: sum(within(self.period())), discipline_specific: sum(own), in_cycle }
    }
}

impl Training {
    /// Whether it took place in a time.
    pub(crate) fn is_within(&self, time: Period) -> bool {
        (time.from..=time.to).contains(&self.date)
    }
}

fn sum<'t>(trainings: impl Iterator<Item = &'t Training>) -> Exact {
    trainings.map(|training| training.contact_hours.clone()).sum()
}
