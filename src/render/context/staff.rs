//! Totals of what the staff reported beside the ratings, for templates.

use crate::exact::Exact;
use crate::rubric::ServiceDataKind;
use crate::summary::{GoalTotals, HourTotals, ServiceTotal, StaffTotals, SupervisionShare as Share, SupervisionTotals};
use crate::view::view;

use super::super::grouped::Grouped;

view! {
    /// The totals of what the evaluations of one rubric report beside the ratings; null is a number that is withheld.
    pub(super) struct StaffView<'a> of |staff: &'a StaffTotals, number: usize|
    {
        /// From 1.
        number: usize = number,
        /// The rubric's title.
        title: &'a str = &staff.title,
        /// The rubric's version.
        version: &'a str = &staff.version,
        /// The least number of people behind a number that is shown.
        threshold: u64 = staff.threshold,
        /// The number of evaluations counted; null where it is below the threshold, and then nothing is shown.
        evaluations: Option<u64> = staff.evaluations,
        /// The items of service data that are numbers.
        service_data: Vec<Service<'a>> = staff.service_data.iter().map(Service::of).collect(),
        /// Contact hours of professional development.
        contact_hours: Hours = Hours::of(&staff.contact_hours),
        /// Goals by how they ended.
        goals: &'a GoalTotals = &staff.goals,
        /// Supervision; null where the rubric does not ask for it.
        supervision: Option<Supervised<'a>> = staff.supervision.as_ref().map(Supervised::of),
    }
}

view! {
    /// An item of service data, added up.
    struct Service<'a> of |item: &'a ServiceTotal|
    {
        id: &'a str = &item.id,
        label: &'a str = &item.label,
        kind: ServiceDataKind = item.kind,
        /// The sum, as a decimal, in groups of three digits where it is whole.
        total: Option<String> = item.total.as_ref().map(shown),
        /// The number of people who report it.
        people: Option<u64> = item.people,
    }
}

view! {
    /// Contact hours of professional development, added up.
    struct Hours of |hours: &HourTotals|
    {
        /// All hours, as a decimal, in groups of three digits where it is whole.
        total: Option<String> = hours.total.as_ref().map(shown),
        /// Hours of the employees' own discipline, as a decimal, in groups of three digits where it is whole.
        discipline_specific: Option<String> = hours.discipline_specific.as_ref().map(shown),
        /// The number of people who report hours.
        people: Option<u64> = hours.people,
    }
}

view! {
    /// Supervision, added up.
    struct Supervised<'a> of |of: &'a SupervisionTotals|
    {
        /// The number of weeks in which the rubric asks for supervision at least once; null where it does not say.
        every_weeks: Option<u32> = of.every_weeks,
        /// The number of people whose evaluation records supervision.
        people: Option<u64> = of.people,
        /// The share of weeks with supervision of any kind, in whole percent.
        percent: Option<&'a str> = of.of_any_kind.percent.as_deref(),
        /// The share by kind.
        kinds: &'a [Share] = &of.kinds,
        /// The number of sessions.
        sessions: Option<String> = of.sessions.as_ref().map(shown),
        /// The minutes of the sessions that have some.
        minutes: Option<String> = of.minutes.as_ref().map(shown),
        /// The rubric's source.
        source: Option<&'a str> = of.source.as_deref(),
    }
}

fn shown(number: &Exact) -> String {
    number.to_u64().map_or_else(|| number.decimal(), |number| Grouped(number).to_string())
}
