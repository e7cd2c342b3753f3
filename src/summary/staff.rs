//! Totals of what the staff reported beside the ratings, as far as they may be shown.

use serde::Serialize;

use crate::exact::Exact;
use crate::rubric::{Rubric, ServiceDataKind, Supervision};

use super::reported::{Totals, WeekSums, items};
use super::sum::{Sum, people};
use super::withhold::Table;

/// The totals of what the evaluations of one rubric report beside the ratings: service data, contact hours, goals by how they
/// ended, and supervision. A number that is `None`, null in JSON, is withheld.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct StaffTotals {
    /// The rubric's id.
    pub rubric: String,
    /// The rubric's version.
    pub version: String,
    /// The rubric's title.
    pub title: String,
    /// The least number of people behind a number that is shown.
    pub threshold: u64,
    /// The number of evaluations counted; null when fewer than the threshold, and then nothing is shown.
    pub evaluations: Option<u64>,
    /// The items of service data that are numbers, in the rubric's order.
    pub service_data: Vec<ServiceTotal>,
    /// Contact hours of professional development in the period.
    pub contact_hours: HourTotals,
    /// Goals by how they ended.
    pub goals: GoalTotals,
    /// Supervision; absent where the rubric does not ask for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub supervision: Option<SupervisionTotals>,
}

/// An item of service data, added up.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ServiceTotal {
    /// The rubric's id of the item.
    pub id: String,
    /// The name that is printed.
    pub label: String,
    /// A count or hours.
    pub kind: ServiceDataKind,
    /// The sum over the people who report it.
    pub total: Option<Exact>,
    /// The number of people who report it.
    pub people: Option<u64>,
}

/// Contact hours of professional development, added up.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct HourTotals {
    /// All hours in the period.
    pub total: Option<Exact>,
    /// The hours of the employees' own discipline.
    pub discipline_specific: Option<Exact>,
    /// The number of people who report hours.
    pub people: Option<u64>,
}

/// The number of goals by how they ended.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct GoalTotals {
    /// All goals.
    pub total: Option<u64>,
    /// Goals that were reached.
    pub met: Option<u64>,
    /// Goals that were not reached.
    pub not_met: Option<u64>,
    /// Goals that were given up.
    pub dropped: Option<u64>,
    /// Goals that are proposed, agreed or being worked on.
    pub open: Option<u64>,
    /// The number of people with a goal.
    pub people: Option<u64>,
}

/// The supervision that the district provided, added up.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct SupervisionTotals {
    /// The number of calendar weeks in which the rubric asks for supervision at least once; null where it does not say. Weeks
    /// are then runs of so many weeks.
    pub every_weeks: Option<u32>,
    /// The number of people whose evaluation records supervision.
    pub people: Option<u64>,
    /// Weeks with supervision of any kind.
    pub of_any_kind: SupervisionShare,
    /// Weeks with supervision by kind, in the rubric's order.
    pub kinds: Vec<SupervisionShare>,
    /// The number of sessions.
    pub sessions: Option<Exact>,
    /// The minutes of the sessions that have some.
    pub minutes: Option<Exact>,
    /// The rubric's source.
    pub source: Option<String>,
}

/// The share of weeks with supervision, over all people whose evaluation records some.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct SupervisionShare {
    /// The rubric's id of the kind; empty for any kind.
    pub id: String,
    /// The name that is printed; empty for any kind.
    pub label: String,
    /// The share of the weeks, in whole percent.
    pub percent: Option<String>,
}

impl StaffTotals {
    pub(super) fn of(rubric: &Rubric, totals: &Totals, evaluations: u64, threshold: u64) -> Self {
        // Nothing of so few is shown, whatever they report.
        let enough = if evaluations < threshold { u64::MAX } else { threshold };
        let people = |sum: &Sum| people(sum.reported(), evaluations, enough);
        let sums = items(rubric).zip(&totals.service_data);
        let has_both = totals.specific.may_be_shown(enough) && totals.other.may_be_shown(enough);
        Self {
            rubric: rubric.id().to_owned(),
            version: rubric.version(),
            title: rubric.title().to_owned(),
            threshold,
            evaluations: (evaluations >= threshold).then_some(evaluations),
            service_data: sums
                .map(|(item, sum)| ServiceTotal {
                    id: item.id.clone(),
                    label: item.label.clone(),
                    kind: item.kind,
                    total: sum.shown(enough),
                    people: people(sum),
                })
                .collect(),
            contact_hours: HourTotals {
                total: totals.hours.shown(enough),
                // The rest of the total is the hours of other disciplines.
                discipline_specific: totals.specific.shown(enough).filter(|_| has_both),
                people: people(&totals.hours),
            },
            goals: GoalTotals::of(totals, evaluations, enough),
            supervision: rubric
                .supervision()
                .map(|asked| SupervisionTotals::of(asked, totals, people(&totals.supervised.with), enough)),
        }
    }
}

impl SupervisionTotals {
    /// `people` is the number of those whose evaluation records supervision, unless it is withheld.
    fn of(asked: &Supervision, totals: &Totals, people: Option<u64>, threshold: u64) -> Self {
        /// From so many weeks on every whole percent can be a share of them, and of any larger number of weeks: a share does
        /// not tell of how many people it is.
        const EVERY_PERCENT: u64 = 100;
        let tells_no_people = totals.supervised.weeks() >= Exact::from(EVERY_PERCENT);
        let enough = if people.is_some() || tells_no_people { threshold } else { u64::MAX };
        // Each week with supervision has a session: the sessions would bound a share that is withheld.
        let is_shown = is_shown(&totals.supervised, enough);
        let sum = |sum: &Sum| sum.shown(threshold).filter(|_| people.is_some() && is_shown);
        Self {
            every_weeks: asked.every_weeks,
            people,
            of_any_kind: share("", "", &totals.supervised, is_shown),
            kinds: kinds(asked, totals, enough),
            sessions: sum(&totals.sessions),
            minutes: sum(&totals.minutes),
            source: asked.source.clone(),
        }
    }
}

impl GoalTotals {
    /// The counts add up to the total: those withheld beside a small one keep it from being told.
    fn of(totals: &Totals, evaluations: u64, threshold: u64) -> Self {
        let total: u64 = totals.goals.counts.iter().sum();
        let people = people(totals.with_goals, evaluations, threshold);
        // With fewer goals than people, the total would tell of how many people it is.
        let is_shown = totals.with_goals >= threshold && (people.is_some() || total >= evaluations);
        // Where another count is withheld beside a small one, it is the open goals before those that ended.
        let table = Table { rows: std::slice::from_ref(&totals.goals), worth: vec![4, 3, 2, 1, 1] };
        let withheld = table.withheld(threshold);
        let count = |end: usize| {
            let may_be_shown = is_shown && withheld.get(end) == Some(&false);
            totals.goals.counts.get(end).copied().filter(|_| may_be_shown)
        };
        Self {
            total: is_shown.then_some(total),
            met: count(0),
            not_met: count(1),
            dropped: count(2),
            open: count(3),
            people,
        }
    }
}

/// Whether enough people have weeks with supervision, and enough have weeks without.
fn is_shown(weeks: &WeekSums, threshold: u64) -> bool {
    weeks.with.may_be_shown(threshold) && weeks.without.may_be_shown(threshold)
}

fn share(id: &str, label: &str, weeks: &WeekSums, is_shown: bool) -> SupervisionShare {
    let percent = weeks.with.total().divided_by(&weeks.weeks());
    let percent = percent.filter(|_| is_shown).as_ref().map(Exact::percent);
    SupervisionShare { id: id.to_owned(), label: label.to_owned(), percent }
}

/// The share of each kind. A week with supervision has it of one kind at least: with one kind withheld alone, the others and the
/// share of any kind would tell the least that it is, so that another is withheld with it, whatever the shares are.
fn kinds(asked: &Supervision, totals: &Totals, threshold: u64) -> Vec<SupervisionShare> {
    let mut may_be_shown: Vec<bool> = totals.kinds.iter().map(|weeks| is_shown(weeks, threshold)).collect();
    if may_be_shown.iter().filter(|shown| !**shown).count() == 1
        && let Some(last) = may_be_shown.iter_mut().rev().find(|shown| **shown)
    {
        *last = false;
    }
    let kinds = asked.kinds.iter().zip(&totals.kinds).zip(may_be_shown);
    kinds.map(|((kind, weeks), is_shown)| share(&kind.id, &kind.label, weeks, is_shown)).collect()
}
