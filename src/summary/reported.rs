//! Reports of evaluations beside the ratings: read from each one, and added up.

use crate::evaluation::{Evaluation, GoalStatus, Supervised, Training};
use crate::exact::Exact;
use crate::rubric::{Rubric, ServiceData, ServiceDataKind};

use super::sum::Sum;
use super::withhold::Row;

/// The report of one evaluation beside the ratings.
#[derive(Debug, Clone)]
pub(super) struct Reported {
    /// By item of service data that is a number: what is reported.
    service_data: Vec<Option<Exact>>,
    hours: Option<Hours>,
    /// The number of goals by how they ended.
    goals: [u64; ENDS],
    supervised: Option<Weeks>,
}

/// Contact hours in the period.
#[derive(Debug, Clone)]
struct Hours {
    specific: Exact,
    /// Hours of another discipline, or of one that is not stated.
    other: Exact,
}

/// Weeks with and without supervision.
#[derive(Debug, Clone)]
struct Weeks {
    of_any_kind: [u64; 2],
    /// By kind.
    kinds: Vec<[u64; 2]>,
    sessions: u64,
    minutes: u64,
}

/// The number of ends that goals have: met, not met, dropped, and still open.
pub(super) const ENDS: usize = 4;

/// The items of service data that are numbers.
pub(super) fn items(rubric: &Rubric) -> impl Iterator<Item = &ServiceData> {
    rubric.service_data().iter().filter(|item| item.kind != ServiceDataKind::Text)
}

impl Reported {
    /// `None` where the evaluation reports nothing.
    pub(super) fn of(evaluation: &Evaluation) -> Option<Self> {
        let number = |id: &str| evaluation.service_data().find(|(known, _)| *known == id).map(|(_, value)| value);
        let service_data: Vec<Option<Exact>> =
            items(evaluation.rubric()).map(|item| number(&item.id).and_then(Exact::parse)).collect();
        let mut goals = [0; ENDS];
        for end in evaluation.goals().iter().map(|goal| end(goal.status)) {
            goals.iter_mut().skip(end).take(1).for_each(|count| *count += 1);
        }
        let (hours, supervised) =
            (Hours::of(evaluation), evaluation.supervised().map(|supervised| Weeks::of(&supervised)));
        let is_any = service_data.iter().any(Option::is_some)
            || goals.iter().any(|count| *count > 0)
            || hours.is_some()
            || supervised.is_some();
        is_any.then_some(Self { service_data, hours, goals, supervised })
    }

    /// A report of these parts: the first item of service data, discipline-specific and other hours, goals by how they ended, and
    /// by kind of supervision the weeks that have some.
    #[cfg(test)]
    pub(super) fn made(
        service: Option<u64>,
        hours: Option<(u64, u64)>,
        goals: [u64; ENDS],
        kinds: Option<Vec<Vec<bool>>>,
    ) -> Self {
        let weeks = |has: &[bool]| {
            let with = has.iter().filter(|has| **has).count() as u64;
            [with, has.len() as u64 - with]
        };
        let supervised = kinds.map(|kinds| {
            let length = kinds.first().map_or(0, Vec::len);
            let any: Vec<bool> =
                (0..length).map(|week| kinds.iter().any(|kind| kind.get(week) == Some(&true))).collect();
            let sessions = kinds.iter().flatten().filter(|has| **has).count() as u64;
            let kinds = kinds.iter().map(|kind| weeks(kind)).collect();
            Weeks { of_any_kind: weeks(&any), kinds, sessions, minutes: sessions * 10 }
        });
        Self {
            service_data: vec![service.map(Exact::from)],
            hours: hours.map(|(specific, other)| Hours { specific: specific.into(), other: other.into() }),
            goals,
            supervised,
        }
    }
}

/// The place of a goal's status among the ends.
fn end(status: GoalStatus) -> usize {
    match status {
        GoalStatus::Met => 0,
        GoalStatus::NotMet => 1,
        GoalStatus::Dropped => 2,
        GoalStatus::Proposed | GoalStatus::Agreed | GoalStatus::InProgress => 3,
    }
}

impl Hours {
    fn of(evaluation: &Evaluation) -> Option<Self> {
        let period = evaluation.period();
        let within = |training: &&Training| (period.from..=period.to).contains(&training.date);
        let trainings = || evaluation.professional_development().iter().filter(within);
        trainings().next()?;
        let sum = |specific: bool| {
            let own = trainings().filter(|training| (training.discipline_specific == Some(true)) == specific);
            own.map(|training| training.contact_hours.clone()).sum()
        };
        Some(Self { specific: sum(true), other: sum(false) })
    }
}

impl Weeks {
    fn of(supervised: &Supervised) -> Self {
        let weeks = |with: u32| [u64::from(with), u64::from(supervised.weeks.saturating_sub(with))];
        Self {
            of_any_kind: weeks(supervised.total.weeks),
            kinds: supervised.kinds.iter().map(|(_, count)| weeks(count.weeks)).collect(),
            sessions: supervised.total.sessions.into(),
            minutes: supervised.total.minutes.into(),
        }
    }
}

/// The totals of all evaluations. Confidential.
#[derive(Debug, Clone)]
pub(super) struct Totals {
    /// Whether any evaluation reports something.
    pub(super) is_any: bool,
    /// By item of service data that is a number.
    pub(super) service_data: Vec<Sum>,
    pub(super) hours: Sum,
    pub(super) specific: Sum,
    pub(super) other: Sum,
    /// Goals by how they ended, and the number of people behind each count.
    pub(super) goals: Row,
    /// The number of people with a goal.
    pub(super) with_goals: u64,
    pub(super) supervised: WeekSums,
    /// By kind of supervision.
    pub(super) kinds: Vec<WeekSums>,
    pub(super) sessions: Sum,
    pub(super) minutes: Sum,
}

/// Weeks with and without supervision, added up.
#[derive(Debug, Clone, Default)]
pub(super) struct WeekSums {
    pub(super) with: Sum,
    pub(super) without: Sum,
}

impl WeekSums {
    /// The number of weeks, with and without. Confidential.
    pub(super) fn weeks(&self) -> Exact {
        self.with.total() + self.without.total()
    }

    fn add(&mut self, [with, without]: [u64; 2]) {
        self.with.add(&with.into());
        self.without.add(&without.into());
    }

    fn merge(&mut self, other: &Self) {
        self.with.merge(&other.with);
        self.without.merge(&other.without);
    }
}

impl Totals {
    pub(super) fn new(rubric: &Rubric) -> Self {
        let kinds = rubric.supervision().map_or(0, |asked| asked.kinds.len());
        Self {
            is_any: false,
            service_data: vec![Sum::default(); items(rubric).count()],
            hours: Sum::default(),
            specific: Sum::default(),
            other: Sum::default(),
            // The last column is for people without an entry, of whom a goal knows none.
            goals: Row::new(None, ENDS + 1, 1),
            with_goals: 0,
            supervised: WeekSums::default(),
            kinds: vec![WeekSums::default(); kinds],
            sessions: Sum::default(),
            minutes: Sum::default(),
        }
    }

    /// Adds the report of one more person's evaluation.
    pub(super) fn add(&mut self, reported: &Reported) {
        self.is_any = true;
        for (sum, number) in self.service_data.iter_mut().zip(&reported.service_data) {
            number.iter().for_each(|number| sum.add(number));
        }
        if let Some(Hours { specific, other }) = &reported.hours {
            self.hours.add(&(specific + other));
            self.specific.add(specific);
            self.other.add(other);
        }
        let goals = reported.goals.iter();
        for ((count, people), own) in self.goals.counts.iter_mut().zip(&mut self.goals.people).zip(goals) {
            *count += own;
            *people += u64::from(*own > 0);
        }
        self.with_goals += u64::from(reported.goals.iter().any(|count| *count > 0));
        if let Some(weeks) = &reported.supervised {
            self.supervised.add(weeks.of_any_kind);
            self.kinds.iter_mut().zip(&weeks.kinds).for_each(|(sums, weeks)| sums.add(*weeks));
            self.sessions.add(&weeks.sessions.into());
            self.minutes.add(&weeks.minutes.into());
        }
    }

    /// Adds the totals of other evaluations of the same rubric.
    pub(super) fn merge(&mut self, other: &Self) {
        self.is_any |= other.is_any;
        self.service_data.iter_mut().zip(&other.service_data).for_each(|(mine, theirs)| mine.merge(theirs));
        self.kinds.iter_mut().zip(&other.kinds).for_each(|(mine, theirs)| mine.merge(theirs));
        self.supervised.merge(&other.supervised);
        for (mine, theirs) in [
            (&mut self.hours, &other.hours),
            (&mut self.specific, &other.specific),
            (&mut self.other, &other.other),
            (&mut self.sessions, &other.sessions),
            (&mut self.minutes, &other.minutes),
        ] {
            mine.merge(theirs);
        }
        self.goals.merge(&other.goals);
        self.with_goals += other.with_goals;
    }
}
