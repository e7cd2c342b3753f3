//! Contact hours of professional development over the years.

use serde::Serialize;

use crate::evaluation::{Certificate, Evaluation, Period};
use crate::exact::Exact;

/// Contact hours over the years: summed, shown beside the rubric's expectation, and never judged.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ContactHours {
    /// The certificate's cycle by the latest evaluation; null where that has no certificate.
    #[cfg_attr(feature = "schema", schemars(with = "Option<crate::score::view::Period>"))]
    pub cycle: Option<Period>,
    /// Hours in that cycle so far, by the latest evaluation.
    pub in_cycle: Option<Exact>,
    /// The hours that the newest rubric names as a yardstick; null where it names none.
    pub expected: Option<ExpectedHours>,
    /// By year: the hours.
    pub years: Vec<YearHours>,
}

/// The contact hours that a rubric names as a yardstick.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ExpectedHours {
    /// Hours in a cycle, as a decimal.
    pub contact_hours: String,
    /// The years of a cycle.
    pub years: u32,
}

/// The contact hours of one year's evaluation.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct YearHours {
    /// Hours in the period.
    pub total: Exact,
    /// Hours in the period of the employee's own discipline.
    pub discipline_specific: Exact,
    /// Hours earlier in the certificate's cycle, as the evaluation states them; null where it does not.
    pub before: Option<Exact>,
    /// Hours in the cycle up to this evaluation; null where that has no certificate.
    pub in_cycle: Option<Exact>,
    /// The hours in the same cycle by the evaluation before, where this one states other hours before; else null.
    pub by_the_year_before: Option<Exact>,
}

impl ContactHours {
    pub(super) fn over(counted: &[&Evaluation]) -> Self {
        let cycle = |evaluation: &Evaluation| evaluation.certificate().map(Certificate::valid);
        let mut years: Vec<YearHours> = Vec::with_capacity(counted.len());
        let mut previous: Option<&Evaluation> = None;
        for evaluation in counted {
            let hours = evaluation.contact_hours();
            let before = evaluation.contact_hours_before().cloned();
            let is_same_cycle = |other: &&Evaluation| cycle(evaluation).is_some() && cycle(other) == cycle(evaluation);
            let expected = previous.filter(is_same_cycle).and_then(|other| other.contact_hours().in_cycle);
            let states = before.clone().unwrap_or_else(Exact::zero);
            years.push(YearHours {
                total: hours.total,
                discipline_specific: hours.discipline_specific,
                before,
                in_cycle: hours.in_cycle,
                by_the_year_before: expected.filter(|expected| *expected != states),
            });
            previous = Some(evaluation);
        }
        let latest = counted.last();
        let expected = latest.and_then(|latest| latest.rubric().professional_development());
        Self {
            cycle: latest.and_then(|latest| cycle(latest)),
            in_cycle: latest.and_then(|latest| latest.contact_hours().in_cycle),
            expected: expected.map(|expected| ExpectedHours {
                contact_hours: expected.contact_hours.decimal(),
                years: expected.years,
            }),
            years,
        }
    }
}
