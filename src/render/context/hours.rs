//! Contact hours of professional development: summed, shown beside the rubric's expectation, and never judged.

use crate::evaluation::{Evaluation, Training};
use crate::exact::Exact;
use crate::rubric::ProfessionalDevelopment;
use crate::view::view;

use super::Dates;

view! {
    /// Contact hours of professional development.
    pub(in crate::render) struct ContactHours<'a> of |evaluation: &'a Evaluation|
    let hours = evaluation.contact_hours();
    let period = evaluation.period();
    let certificate = evaluation.certificate();
    {
        /// All training attended.
        trainings: Vec<Attended<'a>> = evaluation
            .professional_development()
            .iter()
            .map(|training| Attended::of(training, training.is_within(period)))
            .collect(),
        /// Hours in this period, as a decimal.
        total: String = hours.total.decimal(),
        /// Hours in this period of the employee's own discipline, as a decimal.
        discipline_specific: String = hours.discipline_specific.decimal(),
        /// Hours earlier in the certificate's cycle.
        before: Option<String> = evaluation.contact_hours_before().map(Exact::decimal),
        /// The certificate's cycle, where it is known.
        cycle: Option<Dates> = certificate.map(|certificate| Dates::of(Some(certificate.from), Some(certificate.to))),
        /// Hours in the cycle so far; null where the cycle is not known.
        in_cycle: Option<String> = hours.in_cycle.as_ref().map(Exact::decimal),
        /// The hours that the rubric names as a yardstick; to be set beside the hours of a cycle, and of nothing shorter.
        yardstick: Option<Yardstick<'a>> = evaluation.rubric().professional_development().map(Yardstick::of),
    }
}

view! {
    /// A professional-development activity.
    struct Attended<'a> of |training: &'a Training, in_period: bool|
    {
        date: String = training.date.to_string(),
        title: &'a str = &training.title,
        /// As a decimal.
        contact_hours: String = training.contact_hours.decimal(),
        discipline_specific: Option<bool> = training.discipline_specific,
        /// Whether it falls within the evaluation's period, and so counts as the period's.
        in_period: bool = in_period,
    }
}

view! {
    /// The hours that a rubric names as a yardstick.
    pub(crate) struct Yardstick<'a> of |hours: &'a ProfessionalDevelopment|
    {
        /// As a decimal.
        contact_hours: String = hours.contact_hours.decimal(),
        years: u32 = hours.years,
        applies_to: Option<&'a str> = hours.applies_to.as_deref(),
        source: Option<&'a str> = hours.source.as_deref(),
        note: Option<&'a str> = hours.note.as_deref(),
    }
}
