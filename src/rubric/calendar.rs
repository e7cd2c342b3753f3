//! The school calendar: counts school days.

use jiff::Span;
use jiff::civil::Date;

/// The days on which there is school: weekdays, without closed days.
///
/// ```
/// use appraise::{Library, Rubric};
///
/// let text = "
/// id: plan
/// version: 1.0.0
/// title: Plan
/// process:
///   calendar: { closed: [2025-11-27, { from: 2025-12-24, to: 2026-01-02 }] }
///   steps: [{ id: delivered }]
/// domains: [{ id: planning, title: Planning, indicators: [{ id: calendar, statement: Keeps a calendar. }] }]";
/// let rubric = Rubric::parse("plan.yaml", text, &Library::empty())?;
/// let calendar = rubric.process().calendar();
/// assert_eq!(calendar.is_school_day("2025-11-27"), Some(false));
/// assert_eq!(calendar.school_day_after("2025-12-23", 1).as_deref(), Some("2026-01-05"));
/// # Ok::<(), appraise::Diagnostics>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    /// By weekday, Monday first: whether there is school.
    weekdays: [bool; 7],
    /// The first and the last day that the calendar knows; `None` where the rubric writes no day.
    known: Option<(Date, Date)>,
    /// The closed spans by day number, both ends included: disjoint and in order.
    closed: Vec<Closed>,
}

/// A closed span of days.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Closed {
    from: i32,
    to: i32,
    /// The number of weekdays with school in the spans before this one.
    before: i32,
}

/// Monday to Friday, without a closed day.
impl Default for Calendar {
    fn default() -> Self {
        Self::new(Self::WEEK, (None, None), Vec::new())
    }
}

impl Calendar {
    /// Monday to Friday.
    pub(crate) const WEEK: [bool; 7] = [true, true, true, true, true, false, false];
}

#[expect(clippy::arithmetic_side_effects, reason = "numbers of days have at most seven digits")]
impl Calendar {
    pub(crate) fn new(weekdays: [bool; 7], bounds: (Option<Date>, Option<Date>), closed: Vec<(Date, Date)>) -> Self {
        let first = bounds.0.or_else(|| closed.iter().map(|(from, _)| school_year(*from).0).min());
        let last = bounds.1.or_else(|| closed.iter().map(|(_, to)| school_year(*to).1).max());
        let known =
            (first.is_some() || last.is_some()).then(|| (first.unwrap_or(Date::MIN), last.unwrap_or(Date::MAX)));
        let mut spans: Vec<(i32, i32)> = closed.into_iter().map(|(from, to)| (number(from), number(to))).collect();
        spans.extend(bounds.0.map(|first| (number(Date::MIN), number(first) - 1)));
        spans.extend(bounds.1.map(|last| (number(last) + 1, number(Date::MAX))));
        spans.retain(|(from, to)| from <= to);
        spans.sort_unstable();
        let mut calendar = Self { weekdays, known, closed: Vec::new() };
        let mut before = 0;
        for (from, to) in spans {
            if let Some(last) = calendar.closed.last_mut()
                && from <= last.to + 1
            {
                last.to = last.to.max(to);
                continue;
            }
            calendar.closed.push(Closed { from, to, before: 0 });
        }
        for at in 0..calendar.closed.len() {
            let Some(&Closed { from, to, .. }) = calendar.closed.get(at) else { break };
            let within = calendar.weekdays_to(to) - calendar.weekdays_to(from - 1);
            if let Some(span) = calendar.closed.get_mut(at) {
                span.before = before;
            }
            before += within;
        }
        calendar
    }

    /// Whether a day, written as `2026-06-30`, is a school day. `None` where the text is no day.
    pub fn is_school_day(&self, day: &str) -> Option<bool> {
        crate::date::parse(day).map(|date| self.has(date))
    }

    /// The day that is `days` school days after a day, written as `2026-06-30`; the day itself for none. `None` where the
    /// text is no day, or the calendar ends before.
    pub fn school_day_after(&self, day: &str, days: u32) -> Option<String> {
        self.after(crate::date::parse(day)?, days).map(|date| date.to_string())
    }

    /// The number of school days after a day, up to and with another, both written as `2026-06-30`; 0 where the other is not
    /// later. `None` where a text is no day.
    pub fn school_days_between(&self, first: &str, last: &str) -> Option<u32> {
        u32::try_from(self.between(crate::date::parse(first)?, crate::date::parse(last)?)).ok()
    }

    /// The first and the last day that the calendar knows: those it writes, or else the school years of its closed days.
    /// `None` where the rubric writes no day.
    pub(crate) fn known(&self) -> Option<(Date, Date)> {
        self.known
    }

    pub(crate) fn has(&self, date: Date) -> bool {
        let day = number(date);
        self.school_days_to(day) > self.school_days_to(day - 1)
    }

    /// The number of school days after the first day, up to and with the last; none where the last is not later.
    pub(crate) fn between(&self, first: Date, last: Date) -> i32 {
        (self.school_days_to(number(last)) - self.school_days_to(number(first))).max(0)
    }

    /// The day that is `days` school days after another; the day itself for none.
    pub(crate) fn after(&self, date: Date, days: u32) -> Option<Date> {
        let (first, days) = (number(date), i32::try_from(days).ok()?);
        let wanted = self.school_days_to(first) + days;
        let mut day = first;
        // Each turn goes on by as many weekdays as are still wanted; closed days among them are wanted again.
        loop {
            let lacking = wanted - self.school_days_to(day);
            if lacking <= 0 {
                return Date::ZERO.checked_add(Span::new().try_days(day).ok()?).ok();
            }
            // Within a closed span no day counts: go on from its end.
            let from =
                self.closed.iter().find(|span| span.from <= day + 1 && day < span.to).map_or(day, |span| span.to);
            day = self.weekday_after(from, lacking)?;
        }
    }

    /// The number of school days up to and with a day, from a fixed one.
    fn school_days_to(&self, day: i32) -> i32 {
        let at = self.closed.partition_point(|span| span.from <= day);
        let closed = at
            .checked_sub(1)
            .and_then(|at| self.closed.get(at))
            .map_or(0, |span| span.before + self.weekdays_to(day.min(span.to)) - self.weekdays_to(span.from - 1));
        self.weekdays_to(day) - closed
    }

    /// The number of weekdays with school up to and with a day, from a fixed one.
    fn weekdays_to(&self, day: i32) -> i32 {
        let day = day + FIRST_WEEKDAY;
        let this_week = count(self.weekdays.iter().take(usize::try_from(day.rem_euclid(7) + 1).unwrap_or_default()));
        day.div_euclid(7) * count(self.weekdays.iter()) + this_week
    }

    /// The weekday with school that is the `wanted`th after a day. `None` where no weekday has school, or no calendar has the day.
    fn weekday_after(&self, day: i32, wanted: i32) -> Option<i32> {
        let in_a_week = count(self.weekdays.iter());
        let target = self.weekdays_to(day).checked_add(wanted)?.checked_sub(1)?;
        let (week, place) = (target.checked_div_euclid(in_a_week)?, target.checked_rem_euclid(in_a_week)?);
        let open = self.weekdays.iter().enumerate().filter(|(_, has_school)| **has_school);
        let weekday = open.map(|(weekday, _)| weekday).nth(usize::try_from(place).ok()?)?;
        let found = week.checked_mul(7)?.checked_add(i32::try_from(weekday).ok()?)? - FIRST_WEEKDAY;
        (found <= number(Date::MAX)).then_some(found)
    }
}

/// The weekday of day 0, the first of January of the year 0, from Monday: a Saturday.
const FIRST_WEEKDAY: i32 = 5;

/// The first and the last day of the school year that a day is in: from the first of July.
pub(crate) fn school_year(date: Date) -> (Date, Date) {
    let first = if date.month() < 7 { date.year().saturating_sub(1) } else { date.year() };
    let day = |year, month, day| Date::new(year, month, day).unwrap_or(date);
    (day(first, 7, 1), day(first.saturating_add(1), 6, 30))
}

/// The number of a day, counted from [`Date::ZERO`].
fn number(date: Date) -> i32 {
    Date::ZERO.until(date).map_or(0, |span| span.get_days())
}

fn count<'a>(weekdays: impl Iterator<Item = &'a bool>) -> i32 {
    weekdays.map(|has_school| i32::from(*has_school)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Counts day by day, as a person with a calendar on the wall would.
    struct Wall {
        weekdays: [bool; 7],
        bounds: (Option<Date>, Option<Date>),
        closed: Vec<(Date, Date)>,
    }

    impl Wall {
        fn has(&self, date: Date) -> bool {
            let weekday = usize::try_from(date.weekday().to_monday_zero_offset()).unwrap();
            let is_within =
                self.bounds.0.is_none_or(|first| date >= first) && self.bounds.1.is_none_or(|last| date <= last);
            self.weekdays[weekday] && is_within && !self.closed.iter().any(|(from, to)| (*from..=*to).contains(&date))
        }

        fn after(&self, mut date: Date, days: u32) -> Option<Date> {
            let (mut left, mut looked_at) = (days, 0);
            while left > 0 {
                date = date.tomorrow().ok()?;
                left -= u32::from(self.has(date));
                looked_at += 1;
                if looked_at > 3000 {
                    return None;
                }
            }
            Some(date)
        }
    }

    /// A fixed sequence of numbers that look random.
    struct Dice(u64);

    impl Dice {
        fn below(&mut self, sides: u64) -> u64 {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (self.0 >> 33) % sides
        }

        fn day(&mut self) -> Date {
            let first = Date::constant(2025, 6, 1);
            first.checked_add(Span::new().days(i64::try_from(self.below(500)).unwrap())).unwrap()
        }
    }

    #[test]
    fn school_days_are_those_of_a_count_day_by_day_over_random_calendars() {
        let mut dice = Dice(7);
        let mut beyond = 0;
        for _ in 0..400 {
            let mut weekdays = [(); 7].map(|()| dice.below(3) > 0);
            weekdays[usize::try_from(dice.below(7)).unwrap()] = true;
            let closed = (0..dice.below(12)).map(|_| {
                let from = dice.day();
                (from, from.checked_add(Span::new().days(i64::try_from(dice.below(20)).unwrap())).unwrap())
            });
            let closed: Vec<_> = closed.collect();
            let bounds = [(); 2].map(|()| (dice.below(3) == 0).then(|| dice.day()));
            let (weekdays, bounds) = (weekdays, (bounds[0], bounds[1]));
            let calendar = Calendar::new(weekdays, bounds, closed.clone());
            let wall = Wall { weekdays, bounds, closed };
            for _ in 0..40 {
                let (date, days) = (dice.day(), u32::try_from(dice.below(60)).unwrap());
                assert_eq!(calendar.has(date), wall.has(date), "{date} of {calendar:?}");
                let after = wall.after(date, days);
                assert_eq!(calendar.after(date, days), after, "{days} after {date} of {calendar:?}");
                beyond += usize::from(after.is_none());
                let Some(after) = after else { continue };
                assert_eq!(calendar.between(date, after), i32::try_from(days).unwrap(), "{date} to {after}");
                let other = dice.day();
                let counted = date.series(Span::new().days(1)).skip(1).take_while(|day| *day <= other);
                let counted = i32::try_from(counted.filter(|day| wall.has(*day)).count()).unwrap();
                assert_eq!(calendar.between(date, other), counted, "{date} to {other} of {calendar:?}");
            }
        }
        assert!(beyond > 50, "some counts leave the calendar: {beyond}");
    }

    #[test]
    fn a_week_without_school_has_no_next_school_day() {
        let never = Calendar::new([false; 7], (None, None), Vec::new());
        assert_eq!(never.after(Date::constant(2026, 1, 5), 1), None);
        assert_eq!(Calendar::default().after(Date::constant(9999, 12, 30), 3), None);
        assert_eq!(Calendar::default().after(Date::constant(2026, 1, 3), 0), Some(Date::constant(2026, 1, 3)));
    }
}
