//! The ground of the rules of ratings: who evaluates, when, and what; and who gave a rating.

use std::collections::{BTreeMap, HashSet};

use jiff::civil::Date;

use crate::diagnostic::{Code, Severity};
use crate::evaluation::{Evaluator, Evidence, Given, Observation, Rating, Remark};
use crate::rubric::{Indicator, ObservationKind};
use crate::source::{Blank, Either, Field, Finding, Help, Span, Word, is_blank};
use crate::syntax::{self, Mark};

use super::super::{some_of, value};
use super::Context;
use super::practices::{Practices, SeenPractices};
use super::scope::Scope;

/// The ratings by indicator, and what can be said of the rest.
pub(super) struct Ratings {
    pub(super) by_indicator: Vec<Option<Rating>>,
    /// By indicator that has no level yet.
    pub(super) remarks: BTreeMap<usize, Remark>,
    /// By indicator, whether it has a level, sound or not.
    mentioned: Vec<bool>,
    /// Whether every entry is for an indicator of the rubric; one that is not may be meant for an unrated one.
    pub(super) all_known: bool,
    /// By indicator, the place of its entry and whether it has words; only where ratings follow from observations.
    pub(super) said: BTreeMap<usize, Said>,
}

impl Ratings {
    pub(super) fn none(context: &Context<'_>) -> Self {
        let size = context.rubric.size();
        Self {
            by_indicator: vec![None; size],
            remarks: BTreeMap::new(),
            mentioned: vec![false; size],
            all_known: true,
            said: BTreeMap::new(),
        }
    }

    pub(super) fn mention(&mut self, indicator: &Indicator) {
        if let Some(mentioned) = self.mentioned.get_mut(indicator.index) {
            *mentioned = true;
        }
    }

    /// Whether an indicator has a level, sound or not.
    pub(super) fn has_level(&self, indicator: &Indicator) -> bool {
        self.mentioned.get(indicator.index).copied().unwrap_or_default()
    }
}

/// The place of the level or number of an entry, and whether there are words with it, were they some that could not be read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Said {
    pub(super) place: Span,
    pub(super) has_comment: bool,
    pub(super) has_evidence: bool,
}

/// The observations of a document.
#[derive(Default)]
pub(super) struct Observed {
    /// The observations without a fault, in the order of the document.
    pub(super) list: Vec<Observation>,
    /// By observation of the list, and by indicator: the place and the words of the entry.
    pub(super) said: Vec<BTreeMap<usize, Said>>,
    /// The indicators that an observation rates with a fault.
    pub(super) unsure: HashSet<usize>,
}

impl Observed {
    /// Whether an observation says in words how an indicator was seen.
    pub(super) fn shows(&self, indicator: &Indicator) -> bool {
        let said = self.said.iter().zip(&self.list).filter(|(_, observation)| observation.rating(indicator).is_some());
        said.filter_map(|(said, observation)| Some((said.get(&indicator.index)?, observation)))
            .any(|(said, observation)| said.has_comment || said.has_evidence || has_notes(observation))
    }
}

/// Whether there are notes of an observation.
pub(super) fn has_notes(observation: &Observation) -> bool {
    observation.notes.as_ref().is_some_and(|notes| !is_blank(notes))
}

/// The ground of the rules of ratings: of those of the evaluation, and of those of an observation.
pub(super) struct Rules<'a> {
    pub(super) context: &'a Context<'a>,
    pub(super) evaluators: Option<&'a [Evaluator]>,
    pub(super) period: Option<(Date, Date)>,
    pub(super) scope: &'a Scope,
    /// Everybody may judge their own work.
    pub(super) is_self: bool,
    pub(super) indicators: Vec<&'a Indicator>,
    pub(super) practices: Practices<'a>,
}

impl<'a> Rules<'a> {
    pub(super) fn of(
        context: &'a Context<'a>,
        evaluators: Option<&'a [Evaluator]>,
        period: Option<(Date, Date)>,
        scope: &'a Scope,
        is_self: bool,
    ) -> Self {
        let (indicators, practices) = (context.rubric.indicators().collect(), Practices::of(context));
        Self { context, evaluators, period, scope, is_self, indicators, practices }
    }
}

/// Whose ratings are read.
#[derive(Clone, Copy)]
pub(super) enum Whose<'a> {
    /// The evaluation's, whose observations are known.
    Evaluation(&'a Observed),
    /// An observation's.
    Observation { kind: Option<&'a ObservationKind>, by: Option<&'a Evaluator> },
}

pub(super) type Entry = Blank<Either<Mark, syntax::evaluation::Rating>>;

/// A rating as written, short or long.
pub(super) struct ReadRating<'a> {
    pub(super) said: Said,
    pub(super) given: Option<Given>,
    /// Whether the entry itself has a level; else it follows from the practices.
    pub(super) is_given: bool,
    pub(super) seen: Option<SeenPractices<'a>>,
    /// Whether it has no level yet.
    pub(super) is_remark: bool,
    pub(super) by: Option<&'a Field<Word>>,
    pub(super) comment: Option<&'a str>,
    pub(super) evidence: Vec<Evidence>,
}

impl<'a> Rules<'a> {
    /// The evaluator who gave the rating: the one it names, or who observed, or the only one. With several, each rating says who;
    /// those that do not are collected.
    pub(super) fn rated_by<'e>(
        &self,
        rating: &ReadRating<'_>,
        key: &Field<Word>,
        whose: Whose<'e>,
        without: &mut Vec<Span>,
    ) -> Option<&'e Evaluator>
    where
        'a: 'e,
    {
        if let Some(field) = rating.by {
            return self.evaluator(field);
        }
        match whose {
            Whose::Observation { by, .. } => by,
            Whose::Evaluation(_) => {
                // A remark, which is no rating yet, need not say whose it is.
                if !rating.is_remark && self.are_several() {
                    without.push(key.span);
                }
                self.only_evaluator()
            }
        }
    }

    /// The evaluator of a document that has one.
    pub(super) fn only_evaluator(&self) -> Option<&'a Evaluator> {
        match self.evaluators? {
            [only] => Some(only),
            _ => None,
        }
    }

    /// Whether the document has several evaluators. One who is listed twice is a finding already.
    pub(super) fn are_several(&self) -> bool {
        let ids = self.evaluators.unwrap_or_default();
        ids.first().is_some_and(|first| ids.iter().any(|other| other.id != first.id))
    }

    /// The evaluator with an id, or a finding.
    pub(super) fn evaluator(&self, field: &Field<Word>) -> Option<&'a Evaluator> {
        let (evaluators, context) = (self.evaluators?, self.context);
        let id = field.word()?;
        let evaluator = evaluators.iter().find(|evaluator| evaluator.id == id);
        if evaluator.is_none() {
            let help = match evaluators.iter().find(|evaluator| evaluator.name == id) {
                Some(named) => {
                    let (name, shown) = (value::shorten(&named.name), value::shorten(&named.id));
                    Help::from(format!("write the id of {name}: `{shown}`")).writing(id, &named.id)
                }
                None => {
                    let ids: Vec<&str> = evaluators.iter().map(|evaluator| evaluator.id.as_str()).collect();
                    let list = || format!("the evaluators are {}", some_of(&ids));
                    context.findings.did_you_mean(id, ids.iter().copied(), list)
                }
            };
            let message = format!("`{}` is not among the evaluators", value::shorten(id));
            context.findings.error(Code::UnknownEvaluator, field.span, message, help);
        }
        evaluator
    }
}

/// One finding for all of them, at the first: whoever forgets it forgets it everywhere.
pub(super) fn missing_evaluator(without: &[Span], evaluators: Option<&[Evaluator]>, context: &Context<'_>) {
    let (Some(first), Some(evaluators)) = (without.first(), evaluators) else { return };
    let mut named = HashSet::new();
    let ids = evaluators.iter().map(|evaluator| evaluator.id.as_str());
    let ids: Vec<&str> = ids.filter(|id| named.insert(*id)).collect();
    let message = match without.len() {
        1 => "there are several evaluators, and this rating does not say whose it is".to_owned(),
        count => {
            format!("there are several evaluators, and {count} ratings, this one first, do not say whose they are")
        }
    };
    let help = format!("write `by:` with one of {} in the long form: `{{ level: …, by: … }}`", some_of(&ids));
    context.findings.error(Code::MissingEvaluator, *first, message, help);
}

/// The evaluator has the qualification that the indicator wants.
///
/// Only of a rating: that there was no opportunity is for anyone to see.
pub(super) fn unqualified(
    rating: &ReadRating<'_>,
    by: Option<&Evaluator>,
    indicator: &Indicator,
    key: &Field<Word>,
    context: &Context<'_>,
) {
    let rubric = context.rubric;
    let is_rating = match rating.given {
        Some(Given::Level(level)) => rubric.all().is_rated(level),
        Some(Given::Number(_)) => true,
        None => false,
    };
    let (Some(evaluator), Some(wanted)) = (by, indicator.evaluated_by.as_deref()) else { return };
    if !is_rating || evaluator.qualifications.iter().any(|has| has == wanted) {
        return;
    }
    let qualification = rubric.qualification(wanted);
    let label = value::label(qualification.map_or(wanted, |qualification| qualification.label.as_str()));
    let severity = qualification.map_or(Severity::Warning, |qualification| qualification.severity);
    context.findings.push(
        Finding::new(
            severity,
            Code::UnqualifiedEvaluator,
            key.span,
            format!("{} rates `{}`, which wants: {label}", value::shorten(&evaluator.name), indicator.id),
            format!(
                "have it rated by somebody who has it, or add `qualifications: [{}]` if `{}` does",
                value::shorten(wanted),
                value::shorten(&evaluator.id)
            ),
        )
        .about(&indicator.id),
    );
}
