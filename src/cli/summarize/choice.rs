//! Chooses the evaluations to count: of each person the latest one of the period; keeps the reason for each one left out.

use std::collections::hash_map::Entry as Place;
use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

use appraise::summary::{Entry, Span, Summary, Uncounted};
use appraise::{Error, Evaluation, Rubric, Scorecard, Status, Type};
use serde::Serialize;

use super::super::Failure;
use super::super::arguments::many::Summarize;

/// The evaluations that are counted so far.
pub(super) struct Choice<'a> {
    arguments: &'a Summarize,
    /// The days that a period must end in.
    pub(super) span: Option<Span>,
    /// Whether a rubric among them has the type that is asked for.
    is_known_type: bool,
    /// The rubrics, in order of arrival.
    rubrics: Vec<Rubric>,
    /// The counted evaluations, by the hashes of the rubric's id and the person's.
    people: HashMap<(u64, u64), Counted>,
    /// The number of evaluations of each school year.
    years: BTreeMap<String, u64>,
    pub(super) left_out: Uncounted,
    /// Some of those, to be named.
    pub(super) named: Vec<Named>,
    /// The number of evaluations with the id of another one, and another name.
    pub(super) by_another_name: u64,
}

/// An evaluation that is counted unless a later one of the same person comes.
struct Counted {
    order: Order,
    /// The number of its rubric.
    rubric: usize,
    entry: Entry,
    named: Named,
}

/// The order of two evaluations: by the last day of the period, final before draft, the day of completion, and the first
/// day of the period.
type Order = (String, bool, Option<String>, String);

/// The reason why an evaluation is not counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Why {
    Draft,
    SelfEvaluation,
    OtherType,
    OtherPeriod,
    /// A later evaluation of the same person is counted.
    Superseded,
    /// Another one of the same person with the same days is counted, and the later one is unknown.
    SameDays,
}

/// An evaluation left out, for the person at the terminal.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Named {
    pub(super) why: Why,
    pub(super) id: String,
    pub(super) name: String,
    pub(super) period_from: String,
    pub(super) period_to: String,
    /// The file, and the line of NDJSON.
    pub(super) place: String,
}

impl Why {
    pub(super) const ALL: [Self; 6] =
        [Self::Draft, Self::SelfEvaluation, Self::OtherType, Self::OtherPeriod, Self::Superseded, Self::SameDays];

    /// The plural for people: "drafts".
    pub(super) fn text(self) -> &'static str {
        match self {
            Self::Draft => "drafts",
            Self::SelfEvaluation => "self-evaluations",
            Self::OtherType => "evaluations of another type",
            Self::OtherPeriod => "evaluations of other periods",
            Self::Superseded => "superseded by a later evaluation of the same person",
            Self::SameDays => "of the same person and days as one that is counted",
        }
    }
}

/// An evaluation, as far as it is counted, with where it stands.
pub(super) struct Candidate {
    scorecard: Scorecard,
    place: String,
}

impl Candidate {
    pub(super) fn new(scorecard: Scorecard, place: String) -> Self {
        Self { scorecard, place }
    }
}

impl<'a> Choice<'a> {
    pub(super) fn new(arguments: &'a Summarize) -> Self {
        Self {
            arguments,
            span: arguments.span(),
            is_known_type: false,
            rubrics: Vec::new(),
            people: HashMap::new(),
            years: BTreeMap::new(),
            left_out: Uncounted::default(),
            named: Vec::new(),
            by_another_name: 0,
        }
    }

    /// Takes an evaluation in, or leaves it out.
    pub(super) fn add(&mut self, candidate: &Candidate) {
        let evaluation = candidate.scorecard.evaluation();
        let wanted = self.arguments.kind.as_ref();
        self.is_known_type |= wanted.is_none_or(|wanted| evaluation.rubric().type_of(wanted).is_some());
        if let Some(why) = self.is_not_wanted(evaluation) {
            self.leave_out(named(candidate, why));
            return;
        }
        if let Some(year) = Span::school_year_of(evaluation.period()).and_then(|span| span.school_year) {
            *self.years.entry(year).or_default() += 1;
        }
        let rubric = self.rubric(evaluation.rubric());
        let whom = evaluation.whom();
        let counted = Counted {
            order: order(evaluation),
            rubric,
            entry: Entry::of(&candidate.scorecard),
            named: named(candidate, Why::Superseded),
        };
        let left = match self.people.entry((hash(evaluation.rubric().id()), hash(&whom.identity()))) {
            Place::Vacant(free) => {
                free.insert(counted);
                return;
            }
            Place::Occupied(mut taken) if counted.order > taken.get().order => taken.insert(counted).named,
            Place::Occupied(taken) if counted.order == taken.get().order => {
                Named { why: Why::SameDays, ..counted.named }
            }
            Place::Occupied(_) => counted.named,
        };
        let kept = self.people.get(&(hash(evaluation.rubric().id()), hash(&whom.identity())));
        self.by_another_name += u64::from(kept.is_some_and(|kept| kept.named.name != left.name));
        self.leave_out(left);
    }

    fn is_not_wanted(&self, evaluation: &Evaluation) -> Option<Why> {
        let end = evaluation.period().to();
        let is_outside = self.span.as_ref().is_some_and(|span| !span.has(evaluation.period()))
            // As 2026-06-30, days are in the order of their letters.
            || self.arguments.from.as_ref().is_some_and(|from| end < *from)
            || self.arguments.to.as_ref().is_some_and(|to| end > *to);
        let kind = evaluation.kind();
        let is_wanted = self.arguments.kind.as_ref().map_or(kind.is_of_record(), |wanted| kind.id() == wanted);
        match kind {
            _ if is_wanted => {}
            Type::SelfEvaluation => return Some(Why::SelfEvaluation),
            _ => return Some(Why::OtherType),
        }
        match () {
            () if evaluation.status() == Status::Draft && !self.arguments.drafts => Some(Why::Draft),
            () if is_outside => Some(Why::OtherPeriod),
            () => None,
        }
    }

    fn leave_out(&mut self, named: Named) {
        let count = match named.why {
            Why::Draft => &mut self.left_out.drafts,
            Why::SelfEvaluation => &mut self.left_out.self_evaluations,
            Why::OtherType => &mut self.left_out.other_types,
            Why::OtherPeriod => &mut self.left_out.other_periods,
            Why::Superseded | Why::SameDays => &mut self.left_out.superseded,
        };
        *count += 1;
        self.named.push(named);
    }

    /// The index of a rubric in order of arrival.
    fn rubric(&mut self, rubric: &Rubric) -> usize {
        let known = self.rubrics.iter().position(|known| known.fingerprint() == rubric.fingerprint());
        known.unwrap_or_else(|| {
            self.rubrics.push(rubric.clone());
            self.rubrics.len() - 1
        })
    }

    /// Whether a rubric has the type of evaluation that is asked for.
    ///
    /// # Errors
    ///
    /// A type that no rubric among the evaluations has.
    pub(super) fn check_type(&self) -> Result<(), Failure> {
        match &self.arguments.kind {
            Some(wanted) if !self.is_known_type => Err(Failure::Usage(format!(
                "no rubric of these evaluations has the type `{wanted}`: write formal, interim, self, or one of a rubric's \
                 own kinds"
            ))),
            _ => Ok(()),
        }
    }

    /// The school year that they are all of, where no other days are named.
    ///
    /// # Errors
    ///
    /// Evaluations of several years, of which none is named: a person would stand in it with any one of them.
    pub(super) fn check_years(&mut self) -> Result<(), Failure> {
        if self.span.is_some() {
            return Ok(());
        }
        if let (Some(last), 2..) = (self.years.keys().next_back(), self.years.len()) {
            let years: Vec<String> = self.years.iter().map(|(year, count)| format!("{year} ({count})")).collect();
            return Err(Failure::Usage(format!(
                "these evaluations are of several school years, by the last day of their periods: {}; name the one to count, \
                 as with `--period {last}`, or the days in which a period must end, as with \
                 `--period 2025-08-25..2026-06-12`",
                years.join(", ")
            )));
        }
        let first = self.years.keys().next();
        self.span = first.and_then(|year| Span::parse(year));
        Ok(())
    }

    /// A summary for each rubric of which an evaluation is counted.
    pub(super) fn summaries(&self) -> Result<Vec<Summary>, Error> {
        let mut summaries: Vec<Summary> = self.rubrics.iter().map(Summary::new).collect();
        for counted in self.people.values() {
            if let Some(summary) = summaries.get_mut(counted.rubric) {
                summary.add_entry(&counted.entry)?;
            }
        }
        summaries.retain(|summary| summary.evaluations() > 0);
        Ok(summaries)
    }
}

fn order(evaluation: &Evaluation) -> Order {
    let period = evaluation.period();
    (period.to(), evaluation.status() == Status::Final, evaluation.completed_on(), period.from())
}

fn named(candidate: &Candidate, why: Why) -> Named {
    let evaluation = candidate.scorecard.evaluation();
    let (whom, period) = (evaluation.whom(), evaluation.period());
    Named {
        why,
        id: whom.id().to_owned(),
        name: whom.name().to_owned(),
        period_from: period.from(),
        period_to: period.to(),
        place: candidate.place.clone(),
    }
}

fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}
