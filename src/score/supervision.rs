//! The supervision that a district provided, as JSON and templates see it.

use serde::Serialize;

use crate::evaluation::{Evaluation, Supervised, SupervisionCount, SupervisionGap, SupervisionSession};
use crate::exact::{Exact, Shown};
use crate::view::view;

/// The supervision in the period: what the district provided, and no finding about the employee.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct Supervision<'a> {
    /// The first day counted: that of the period.
    from: String,
    /// The last day counted: that of the period, or the day of completion where that is earlier and no session is later.
    to: String,
    /// The number of weeks in which the rubric asks for supervision at least once; null where the rubric does not say.
    every_weeks: Option<u32>,
    /// The number of calendar weeks, Monday to Sunday, in the time counted; where the rubric asks for supervision every two
    /// weeks, of runs of two weeks, and so on.
    weeks: u32,
    /// All kinds together.
    total: Count,
    /// By kind, in the rubric's order.
    kinds: Vec<Kind<'a>>,
    /// The longest time without supervision.
    longest_gap: Gap,
    /// The number of sessions outside the period, which no number counts.
    outside_period: u32,
    /// The sessions, in the order of the document.
    sessions: Vec<Session<'a>>,
    /// The rubric's source.
    source: Option<&'a str>,
    /// The rubric's note for the reader.
    note: Option<&'a str>,
}

view! {
    /// Sessions of supervision, counted.
    #[derive(Debug)]
    struct Count of |count: SupervisionCount, weeks: u32|
    let share = Exact::from(u64::from(count.weeks)).divided_by(&Exact::from(u64::from(weeks)));
    {
        /// The number of sessions.
        sessions: u32 = count.sessions,
        /// The minutes of the sessions that have some.
        minutes: u32 = count.minutes,
        /// The number of sessions without minutes.
        without_minutes: u32 = count.without_minutes,
        /// The number of weeks, or of runs of weeks, with a session.
        weeks: u32 = count.weeks,
        /// The share of these weeks in all weeks counted.
        share_of_weeks: Option<Shown> = share.as_ref().map(Shown::from),
        /// This share in whole percent.
        percent_of_weeks: Option<String> = share.as_ref().map(Exact::percent),
    }
}

/// A kind of supervision.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct Kind<'a> {
    id: &'a str,
    label: &'a str,
    #[serde(flatten)]
    count: Count,
}

view! {
    /// The longest time without supervision: from one session to the next, or to the first or last day counted.
    #[derive(Debug)]
    struct Gap of |gap: SupervisionGap|
    {
        /// The day of the session before, or the first day counted.
        from: String = gap.from(),
        /// The day of the session after, or the last day counted.
        to: String = gap.to(),
        /// The number of days from the first to the last.
        days: u32 = gap.days,
        /// The days for people: "3 weeks and 2 days".
        in_words: String = in_words(gap.days),
    }
}

view! {
    /// A session of supervision.
    #[derive(Debug)]
    struct Session<'a> of |session: &'a SupervisionSession, evaluation: &'a Evaluation|
    let label = evaluation.rubric().supervision_kind(&session.kind).map(|kind| kind.label.as_str());
    let period = evaluation.period();
    {
        date: String = session.date(),
        /// The id of the kind.
        kind: &'a str = &session.kind,
        /// The kind for people.
        label: &'a str = label.unwrap_or(&session.kind),
        /// The name of who supervised, or the id where it is nobody of this evaluation.
        by: Option<&'a str> = session.by.as_deref().map(|id| evaluation.name_of(id)),
        /// How long it took; null where nobody wrote it down.
        minutes: Option<u32> = session.minutes,
        note: Option<&'a str> = session.note.as_deref(),
        /// Whether it is of the evaluation's period, and so counts.
        in_period: bool = (period.from..=period.to).contains(&session.date),
    }
}

impl<'a> Supervision<'a> {
    /// `None` where the rubric does not ask for supervision, or the evaluation says nothing of it.
    pub(crate) fn of(evaluation: &'a Evaluation) -> Option<Self> {
        let asked = evaluation.rubric().supervision()?;
        let supervised = evaluation.supervised()?;
        let Supervised { weeks, total, kinds, gap, outside, .. } = &supervised;
        let counts = asked.kinds.iter().zip(kinds);
        let sessions = evaluation.supervision().unwrap_or_default().iter();
        Some(Self {
            from: supervised.from(),
            to: supervised.to(),
            every_weeks: asked.every_weeks,
            weeks: *weeks,
            total: Count::of(*total, *weeks),
            kinds: counts
                .map(|(kind, (_, count))| Kind { id: &kind.id, label: &kind.label, count: Count::of(*count, *weeks) })
                .collect(),
            longest_gap: Gap::of(*gap),
            outside_period: *outside,
            sessions: sessions.map(|session| Session::of(session, evaluation)).collect(),
            source: asked.source.as_deref(),
            note: asked.note.as_deref(),
        })
    }
}

/// A number of days as people say it: "3 weeks and 2 days".
fn in_words(days: u32) -> String {
    let some = |number: u32, one: &str| format!("{number} {one}{}", if number == 1 { "" } else { "s" });
    let weeks = days.checked_div(7).unwrap_or_default();
    let rest = days.saturating_sub(weeks.saturating_mul(7));
    match (weeks, rest) {
        (0, days) => some(days, "day"),
        (weeks, 0) => some(weeks, "week"),
        (weeks, days) => format!("{} and {}", some(weeks, "week"), some(days, "day")),
    }
}

#[cfg(test)]
mod tests {
    use super::in_words;

    #[test]
    fn days_are_said_in_weeks_and_days() {
        let said = [0, 1, 6, 7, 8, 21, 23].map(in_words);
        assert_eq!(said, ["0 days", "1 day", "6 days", "1 week", "1 week and 1 day", "3 weeks", "3 weeks and 2 days"]);
    }
}
