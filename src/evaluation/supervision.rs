//! The supervision that an employee had: counts and minutes by kind, weeks with supervision, and the longest gap.

use jiff::civil::Date;

use crate::rubric::SupervisionKind;

use super::{Evaluation, SupervisionSession};

/// The supervision that an employee had in the period: a yardstick for what the district provides.
///
/// The time counted begins with the period and ends with it, or on the day of completion where that is earlier and no session
/// of the period is later. Weeks are calendar weeks, Monday to Sunday, that the time counted touches; where the rubric asks
/// for supervision every two weeks, two of them are one, and so on. School breaks are not known, and count.
///
/// ```
/// use appraise::{Evaluation, Library, Rubric};
///
/// let rubric = "
/// id: plan
/// version: 1.0.0
/// title: Plan
/// supervision: { kinds: [{ id: administrative, label: Administrative }, { id: clinical, label: Clinical }], every: { weeks: 1 } }
/// domains: [{ id: planning, title: Planning, indicators: [{ id: calendar, statement: Keeps a calendar. }] }]";
/// let text = "
/// rubric: { id: plan }
/// employee: { id: E-1042, name: Jordan Rivera }
/// evaluators: [{ id: E-0007, name: Priya Shah }]
/// period: { from: 2025-09-01, to: 2025-09-28 }
/// ratings: { calendar: has_met }
/// supervision:
///   - { date: 2025-09-03, kind: clinical, by: E-0007, minutes: 45 }
///   - { date: 2025-09-10, kind: administrative, by: E-0100, minutes: 50 }";
/// let rubric = Rubric::parse("plan.yaml", rubric, &Library::empty())?;
/// let evaluation = Evaluation::parse("rivera.yaml", text, &rubric)?;
/// let supervised = evaluation.supervised().expect("the evaluation records supervision");
/// assert_eq!((supervised.total.sessions, supervised.total.minutes), (2, 95));
/// assert_eq!((supervised.total.weeks, supervised.weeks), (2, 4));
/// assert_eq!((supervised.gap.days, supervised.gap.from(), supervised.gap.to()), (18, "2025-09-10".to_owned(), "2025-09-28".to_owned()));
/// assert_eq!(supervised.kinds[1].1.sessions, 1); // clinical
/// # Ok::<(), appraise::Diagnostics>(())
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Supervised {
    pub(crate) from: Date,
    pub(crate) to: Date,
    /// The number of calendar weeks that count as one, as the rubric asks; 1 where the rubric does not say.
    pub every_weeks: u32,
    /// The number of weeks in the time counted, or of runs of so many weeks.
    pub weeks: u32,
    /// Supervision of every kind together.
    pub total: SupervisionCount,
    /// Supervision by kind, in the rubric's order.
    pub kinds: Vec<(SupervisionKind, SupervisionCount)>,
    /// The longest time without supervision of any kind.
    pub gap: SupervisionGap,
    /// The number of sessions outside the period, which are in none of the counts.
    pub outside: u32,
}

/// The number of sessions of supervision, their minutes, and the weeks with at least one.
///
/// ```
/// let none = appraise::SupervisionCount::default();
/// assert_eq!((none.sessions, none.minutes, none.weeks), (0, 0, 0));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct SupervisionCount {
    /// The number of sessions.
    pub sessions: u32,
    /// The minutes of the sessions that have some.
    pub minutes: u32,
    /// The number of sessions without minutes.
    pub without_minutes: u32,
    /// The number of weeks, or of runs of weeks, with a session.
    pub weeks: u32,
}

/// The longest time without supervision: from one session to the next, from the first day counted to the first session, or
/// from the last session to the last day counted.
///
/// ```
/// use appraise::{Evaluation, Library, Rubric};
///
/// let rubric = "
/// id: plan
/// version: 1.0.0
/// title: Plan
/// supervision: { kinds: [{ id: clinical, label: Clinical }] }
/// domains: [{ id: planning, title: Planning, indicators: [{ id: calendar, statement: Keeps a calendar. }] }]";
/// let text = "
/// rubric: { id: plan }
/// employee: { id: E-1042, name: Jordan Rivera }
/// evaluators: [{ id: E-0007, name: Priya Shah }]
/// period: { from: 2025-09-01, to: 2025-09-28 }
/// ratings: { calendar: has_met }
/// supervision: [{ date: 2025-09-03, kind: clinical }, { date: 2025-09-24, kind: clinical }]";
/// let rubric = Rubric::parse("plan.yaml", rubric, &Library::empty())?;
/// let evaluation = Evaluation::parse("rivera.yaml", text, &rubric)?;
/// let gap = evaluation.supervised().expect("the evaluation records supervision").gap;
/// assert_eq!((gap.days, gap.from().as_str(), gap.to().as_str()), (21, "2025-09-03", "2025-09-24"));
/// # Ok::<(), appraise::Diagnostics>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct SupervisionGap {
    from: Date,
    to: Date,
    /// The number of days from the first to the last.
    pub days: u32,
}

impl Evaluation {
    /// The sessions of supervision that are recorded, as written; `None` where the evaluation says nothing of supervision. An
    /// empty list says that there was none.
    pub fn supervision(&self) -> Option<&[SupervisionSession]> {
        self.0.stated.supervision.as_deref()
    }

    /// The supervision in the period, counted; `None` where the rubric does not ask for supervision, or the evaluation says
    /// nothing of it.
    pub fn supervised(&self) -> Option<Supervised> {
        let asked = self.rubric().supervision()?;
        let mut sessions: Vec<&SupervisionSession> = self.supervision()?.iter().collect();
        sessions.sort_by_key(|session| session.date);
        let period = self.period();
        let is_within = |session: &&SupervisionSession| (period.from..=period.to).contains(&session.date);
        let (within, outside): (Vec<_>, Vec<_>) = sessions.into_iter().partition(is_within);
        let completed = self.0.stated.completed_on.filter(|day| (period.from..=period.to).contains(day));
        let last = within.last().map(|session| session.date);
        let to = completed.map_or(period.to, |completed| last.map_or(completed, |last| last.max(completed)));
        let weeks = Weeks { first: period.from, every: asked.every_weeks.unwrap_or(1).max(1) };
        let count = |kind: &SupervisionKind| weeks.count(within.iter().filter(|session| session.kind == kind.id));
        Some(Supervised {
            from: period.from,
            to,
            every_weeks: weeks.every,
            weeks: weeks.number(to).saturating_add(1),
            total: weeks.count(within.iter()),
            kinds: asked.kinds.iter().map(|kind| (kind.clone(), count(kind))).collect(),
            gap: SupervisionGap::longest(period.from, within.iter().map(|session| session.date), to),
            outside: u32::try_from(outside.len()).unwrap_or(u32::MAX),
        })
    }
}

impl Supervised {
    /// The first day counted, as `2025-08-25`.
    pub fn from(&self) -> String {
        self.from.to_string()
    }

    /// The last day counted, as `2026-06-12`.
    pub fn to(&self) -> String {
        self.to.to_string()
    }
}

impl SupervisionSession {
    /// The day, as `2025-09-03`.
    pub fn date(&self) -> String {
        self.date.to_string()
    }
}

impl SupervisionGap {
    /// The longest time between two of the days that follow each other, the first one of several; `days` are in order.
    fn longest(from: Date, days: impl Iterator<Item = Date>, to: Date) -> Self {
        let mut longest = Self { from, to: from, days: 0 };
        let mut before = from;
        for day in days.chain([to]) {
            let days = days_between(before, day);
            if days > longest.days {
                longest = Self { from: before, to: day, days };
            }
            before = day;
        }
        longest
    }

    /// The first day, as `2025-12-17`: that of the session before, or the first one counted.
    pub fn from(&self) -> String {
        self.from.to_string()
    }

    /// The last day, as `2026-01-07`: that of the session after, or the last one counted.
    pub fn to(&self) -> String {
        self.to.to_string()
    }
}

/// The calendar weeks from a day on, several of which may count as one.
struct Weeks {
    first: Date,
    every: u32,
}

impl Weeks {
    /// The number, from 0, of the week that a day is in.
    fn number(&self, day: Date) -> u32 {
        let after_monday = u32::from(self.first.weekday().to_monday_zero_offset().unsigned_abs());
        let weeks = days_between(self.first, day).saturating_add(after_monday).checked_div(7).unwrap_or_default();
        weeks.checked_div(self.every).unwrap_or_default()
    }

    /// Counts sessions that are in the order of their days.
    fn count<'s>(&self, sessions: impl Iterator<Item = &'s &'s SupervisionSession>) -> SupervisionCount {
        let mut count = SupervisionCount::default();
        let mut last = None;
        for session in sessions {
            count.sessions = count.sessions.saturating_add(1);
            match session.minutes {
                Some(minutes) => count.minutes = count.minutes.saturating_add(minutes),
                None => count.without_minutes = count.without_minutes.saturating_add(1),
            }
            let week = Some(self.number(session.date));
            if week != last {
                count.weeks = count.weeks.saturating_add(1);
            }
            last = week;
        }
        count
    }
}

/// The days from one day to a later one.
fn days_between(from: Date, to: Date) -> u32 {
    let hours = to.duration_since(from).as_hours();
    u32::try_from(hours.checked_div(24).unwrap_or_default()).unwrap_or_default()
}
