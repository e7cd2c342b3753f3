//! The deadlines of steps: by the day of the school year, and within a time after another step.

use jiff::Span;
use jiff::civil::Date;

use crate::evaluation::{Days, Period};
use crate::rubric::{Process, ProcessStep, Time};

/// The day of a step that another waits for.
pub(super) enum Base {
    /// The step waits for no other.
    None,
    /// The other step has not happened.
    Missing,
    /// The other step has happened; its day may not be known.
    Happened(Option<Date>),
}

/// The last day on which a step is in time, for the occurrence of this number, from 0.
pub(super) fn due(
    process: &Process,
    step: &ProcessStep,
    occurrence: usize,
    days: &Days,
    period: Period,
) -> Option<Date> {
    let by = step.by.and_then(|(month, day)| in_school_year(month, day, period));
    let within = step.within.and_then(|within| match (base(process, step, occurrence, days), within.time) {
        (Base::Happened(Some(date)), Time::Days(days)) => date.checked_add(Span::new().try_days(days).ok()?).ok(),
        (Base::Happened(Some(date)), Time::SchoolDays(days)) => process.calendar().after(date, days),
        _ => None,
    });
    by.into_iter().chain(within).min()
}

/// The day that the time within which a step is due is counted from. A step that happens as often as the one that it waits for
/// follows each time; else it follows the last time.
pub(super) fn base(process: &Process, step: &ProcessStep, occurrence: usize, days: &Days) -> Base {
    let Some(within) = step.within else { return Base::None };
    let Some(other) = process.steps().get(within.after) else { return Base::None };
    let last = other.count.saturating_sub(1);
    let wanted = if other.count == step.count { occurrence } else { usize::try_from(last).unwrap_or(usize::MAX) };
    days.get(within.after).and_then(|days| days.get(wanted)).map_or(Base::Missing, |date| Base::Happened(*date))
}

/// The day of the school year in which a period ends. A leap day is the 28th of February of other years.
fn in_school_year(month: i8, day: i8, period: Period) -> Option<Date> {
    let first = period.school_year();
    let year = if month < 7 { first.checked_add(1)? } else { first };
    Date::new(year, month, day).or_else(|_| Date::new(year, month, day.saturating_sub(1))).ok()
}

/// The number of days from a day to a later one; 0 where it is not later.
pub(super) fn days_late(due: Option<Date>, date: Option<Date>) -> u32 {
    let days = due.zip(date).and_then(|(due, date)| due.until(date).ok()).map_or(0, |span| span.get_days());
    u32::try_from(days).unwrap_or(0)
}
