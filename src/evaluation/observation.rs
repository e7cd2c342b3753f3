//! Observations: the occasions of a period, and the ratings of record that follow from them.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::rubric::{Indicator, RecordRule, Rubric};
use crate::scale::Scales;
use crate::source::unshown;

use super::{Evaluation, Evaluator, Follows, Given, IndicatorTexts, Rating, Remark};

/// An observation: one occasion of the period, with the ratings of the practice that was seen on it.
///
/// ```
/// use appraise::{Evaluation, Library, Rubric};
///
/// let rubric = "
/// id: plan
/// version: 1.0.0
/// title: Plan
/// observations: { kinds: [{ id: walkthrough, label: Walkthrough }], rating: latest }
/// domains: [{ id: planning, title: Planning, indicators: [{ id: calendar, statement: Keeps a calendar. }] }]";
/// let text = "
/// rubric: { id: plan }
/// employee: { id: E-1042, name: Jordan Rivera }
/// evaluators: [{ id: E-0007, name: Priya Shah }]
/// period: { from: 2025-08-25, to: 2026-06-12 }
/// ratings: {}
/// observations:
///   - { id: fall, kind: walkthrough, date: 2025-10-14, ratings: { calendar: exceeds_expectations } }
///   - { id: spring, kind: walkthrough, date: 2026-03-02, minutes: 20, ratings: { calendar: has_met } }";
/// let rubric = Rubric::parse("plan.yaml", rubric, &Library::empty())?;
/// let evaluation = Evaluation::parse("rivera.yaml", text, &rubric)?;
/// let [_, spring] = evaluation.observations() else { panic!("it has two") };
/// assert_eq!((spring.id.as_str(), spring.date().as_str(), spring.minutes), ("spring", "2026-03-02", Some(20)));
///
/// let calendar = rubric.indicator("calendar").expect("the rubric has it");
/// let rating = evaluation.rating(calendar).expect("a rating follows");
/// assert_eq!(evaluation.level(rating).map(|level| level.label.as_str()), Some("Has met"));
/// let reason = evaluation.followed(calendar).expect("two observations rate it");
/// assert_eq!(reason.reason, "latest of 2: Has met on 2026-03-02");
/// # Ok::<(), appraise::Diagnostics>(())
/// ```
#[derive(Clone)]
#[non_exhaustive]
pub struct Observation {
    /// The id, unique among the observations.
    pub id: String,
    /// The id of its kind, one of the rubric's `observations.kinds`.
    pub kind: String,
    /// The day.
    pub(crate) date: Date,
    /// The id of the evaluator who observed, where the document says so.
    pub by: Option<String>,
    /// Its length in minutes.
    pub minutes: Option<u32>,
    /// The place.
    pub at: Option<String>,
    /// The notes.
    pub notes: Option<String>,
    /// The ratings, by indicator.
    pub(crate) ratings: BTreeMap<usize, Rating>,
    /// The remarks, by indicator without a rating.
    pub(crate) remarks: BTreeMap<usize, Remark>,
}

unshown! { Observation }

impl Observation {
    /// The day, as `2026-03-02`.
    pub fn date(&self) -> String {
        self.date.to_string()
    }

    /// The rating that the observation gives an indicator.
    pub fn rating(&self, indicator: &Indicator) -> Option<&Rating> {
        self.ratings.get(&indicator.index)
    }

    /// The texts about an indicator, rated or not.
    pub(crate) fn written(&self, indicator: &Indicator) -> Option<IndicatorTexts<'_>> {
        let remark = || self.remarks.get(&indicator.index).map(IndicatorTexts::from);
        self.rating(indicator).map(IndicatorTexts::from).or_else(remark)
    }

    /// The id of the evaluator who gave a rating: the one it names, or who observed.
    pub(crate) fn by<'a>(&'a self, written: IndicatorTexts<'a>) -> Option<&'a str> {
        written.by.or(self.by.as_deref())
    }
}

/// The rating that follows from the observations that rate an indicator, and why.
///
/// ```
/// # use appraise::{Evaluation, Library, Rubric};
/// # let rubric = "
/// # id: plan
/// # version: 1.0.0
/// # title: Plan
/// # observations: { kinds: [{ id: walkthrough, label: Walkthrough }], rating: highest }
/// # domains: [{ id: planning, title: Planning, indicators: [{ id: calendar, statement: Keeps a calendar. }] }]";
/// # let text = "
/// # rubric: { id: plan }
/// # employee: { id: E-1042, name: Jordan Rivera }
/// # evaluators: [{ id: E-0007, name: Priya Shah }]
/// # period: { from: 2025-08-25, to: 2026-06-12 }
/// # ratings: {}
/// # observations:
/// #   - { id: fall, kind: walkthrough, date: 2025-10-14, ratings: { calendar: exceeds_expectations } }
/// #   - { id: spring, kind: walkthrough, date: 2026-03-02, ratings: { calendar: has_met } }";
/// # let rubric = Rubric::parse("plan.yaml", rubric, &Library::empty())?;
/// # let evaluation = Evaluation::parse("rivera.yaml", text, &rubric)?;
/// let followed = evaluation.followed(rubric.indicator("calendar").expect("the rubric has it")).expect("it is rated");
/// assert_eq!((followed.observation.as_str(), followed.differs), ("fall", false));
/// assert_eq!(followed.reason, "highest of 2: Exceeds expectations on 2025-10-14");
/// # Ok::<(), appraise::Diagnostics>(())
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Followed {
    /// The level's label, or the number with its unit.
    pub label: String,
    /// The id of the observation that the rating is from.
    pub observation: String,
    /// The rule, the number of ratings and the day, in words: "latest of 3: Has met on 2026-03-02".
    pub reason: String,
    /// Whether a person gave another rating; the given one is the rating of record.
    pub differs: bool,
}

/// The rating that a rule chooses.
pub(crate) struct Chosen<'a> {
    /// The place of its observation in the document.
    pub(crate) place: usize,
    pub(crate) observation: &'a Observation,
    pub(crate) rating: &'a Rating,
    /// The number of observations with a rating, or with a choice that is none where no observation has a rating.
    of: usize,
    /// The number of observations that give this very rating.
    times: usize,
    /// Whether another rating was given as often.
    is_tie: bool,
    is_rated: bool,
}

/// The rating of an indicator by a rule; `None` where no observation rates the indicator.
pub(crate) fn choose<'a>(
    rule: RecordRule,
    indicator: usize,
    observations: &'a [Observation],
    scales: &Scales,
) -> Option<Chosen<'a>> {
    let given = observations.iter().enumerate();
    let mut given: Vec<_> = given.filter_map(|(place, one)| Some((place, one, one.ratings.get(&indicator)?))).collect();
    let is_rated = |rating: &Rating| rating.level().is_none_or(|level| scales.is_rated(level));
    let has_rating = given.iter().any(|(.., rating)| is_rated(rating));
    given.retain(|(.., rating)| is_rated(rating) == has_rating);
    // Observations of one day stay in the order of the document.
    given.sort_by_key(|(_, observation, _)| observation.date);
    let times = |rating: &Rating| given.iter().filter(|(.., other)| compare(rating, other).is_eq()).count();
    let later_of = |better: &dyn Fn(&Rating, &Rating) -> Ordering| {
        // Of equals the last one is the greatest.
        given.iter().max_by(|(.., one), (.., other)| better(one, other))
    };
    let chosen = match rule {
        _ if !has_rating => given.last(),
        RecordRule::Latest | RecordRule::Entered => given.last(),
        RecordRule::Highest => later_of(&compare),
        RecordRule::Lowest => later_of(&|one, other| compare(other, one)),
        RecordRule::MostFrequent => later_of(&|one, other| times(one).cmp(&times(other))),
    };
    let (place, observation, rating) = chosen.copied()?;
    let often = times(rating);
    let ties = |(.., other): &(usize, &Observation, &Rating)| compare(rating, other).is_ne() && times(other) == often;
    let is_tie = given.iter().any(ties);
    Some(Chosen { place, observation, rating, of: given.len(), times: often, is_tie, is_rated: has_rating })
}

/// The order of two ratings on one scale.
fn compare(one: &Rating, other: &Rating) -> Ordering {
    match (one.given, other.given) {
        (Given::Level(one), Given::Level(other)) => one.cmp(&other),
        (Given::Number(one), Given::Number(other)) => one.exact().cmp(&other.exact()),
        (Given::Level(_), Given::Number(_)) => Ordering::Less,
        (Given::Number(_), Given::Level(_)) => Ordering::Greater,
    }
}

impl Chosen<'_> {
    /// Whether a person gave this very rating.
    pub(crate) fn is_same(&self, given: &Rating) -> bool {
        compare(given, self.rating).is_eq()
    }

    /// The rating of record, with what is written about the indicator beside the observations.
    pub(crate) fn of_record(&self, remark: Remark) -> Rating {
        let Remark { by, comment, evidence } = remark;
        let giver = self.observation.by(self.rating.into()).map(str::to_owned);
        let follows = Follows { observation: self.place, by: giver };
        let seen = self.rating.seen.clone();
        Rating { given: self.rating.given, by, comment, evidence, seen, follows: Some(Box::new(follows)) }
    }

    /// "latest of 3: Has met on 2026-03-02".
    pub(crate) fn reason(&self, rule: RecordRule, label: &str) -> String {
        let (of, date) = (self.of, self.observation.date);
        let words = match rule {
            _ if !self.is_rated => return format!("no observation has a rating: {label} on {date}"),
            _ if of == 1 => return format!("the one observation with a rating: {label} on {date}"),
            RecordRule::Latest | RecordRule::Entered => format!("latest of {of}"),
            RecordRule::Highest => format!("highest of {of}"),
            RecordRule::Lowest => format!("lowest of {of}"),
            RecordRule::MostFrequent => {
                let tie = if self.is_tie { "the later of a tie, " } else { "" };
                let times = if self.times == 1 { "once".to_owned() } else { format!("{} times", self.times) };
                format!("most frequent of {of}, {tie}{times}")
            }
        };
        format!("{words}: {label} on {date}")
    }
}

impl Evaluation {
    /// The observations, in the order of the document.
    pub fn observations(&self) -> &[Observation] {
        &self.0.observations
    }

    /// The rating that follows from the observations that rate an indicator, with the reason; `None` where no observation rates
    /// it, and where the rubric has people enter the ratings of record.
    pub fn followed(&self, indicator: &Indicator) -> Option<Followed> {
        let rule = self.rubric().record_rule()?;
        let chosen = choose(rule, indicator.index, self.observations(), self.rubric().all())?;
        let label = self.said(indicator, chosen.rating)?.into_owned();
        Some(Followed {
            reason: chosen.reason(rule, &label),
            label,
            observation: chosen.observation.id.clone(),
            differs: self.rating(indicator).is_some_and(|rating| !chosen.is_same(rating)),
        })
    }

    /// The observations in the order of their dates; those of one day in the order of the document.
    pub(crate) fn observed_in_order(&self) -> Vec<&Observation> {
        let mut list: Vec<&Observation> = self.observations().iter().collect();
        list.sort_by_key(|observation| observation.date);
        list
    }

    /// The evaluator who observed.
    pub(crate) fn observer(&self, observation: &Observation) -> Option<&Evaluator> {
        self.evaluator_or_only(observation.by.as_deref())
    }

    /// The evaluator who gave a rating on an observation.
    pub(crate) fn observed_by(&self, observation: &Observation, written: IndicatorTexts<'_>) -> Option<&Evaluator> {
        self.evaluator_or_only(observation.by(written))
    }

    /// Lets the ratings of record follow anew: those that follow are made again, and those that people gave stay.
    pub(super) fn follow(&mut self, rubric: &Rubric, index: usize) {
        let Some(rule) = rubric.record_rule() else { return };
        let parts = self.change();
        let Some(slot) = parts.ratings.get_mut(index) else { return };
        if slot.as_ref().is_some_and(|rating| rating.follows.is_none()) {
            return;
        }
        let before = slot.take().map(|Rating { by, comment, evidence, .. }| Remark { by, comment, evidence });
        let Some(chosen) = choose(rule, index, &parts.observations, rubric.all()) else { return };
        let remark = before.or_else(|| parts.remarks.remove(&index)).unwrap_or_default();
        *slot = Some(chosen.of_record(remark));
    }
}
