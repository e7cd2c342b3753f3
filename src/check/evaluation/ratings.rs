//! Rules of the ratings.

use std::collections::{BTreeMap, HashSet};

use jiff::civil::Date;

use crate::diagnostic::{Code, Severity};
use crate::evaluation::{Evaluator, Evidence, Given, Rating, Remark, Seen};
use crate::rubric::{Indicator, Scale};
use crate::source::{Blank, Either, Field, Finding, Help, Plain, Span, Text, Word};
use crate::syntax::{self, Mark};

use super::super::{each_once, items, some_of, value};
use super::Context;
use super::given::given;
use super::practices::{self, Practices, SeenPractices};
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
}

impl Ratings {
    fn mention(&mut self, indicator: &Indicator) {
        if let Some(mentioned) = self.mentioned.get_mut(indicator.index) {
            *mentioned = true;
        }
    }

    /// Whether an indicator has a level, sound or not.
    pub(super) fn has_level(&self, indicator: &Indicator) -> bool {
        self.mentioned.get(indicator.index).copied().unwrap_or_default()
    }
}

pub(super) fn ratings(
    document: &syntax::Evaluation,
    evaluators: Option<&[Evaluator]>,
    period: Option<(Date, Date)>,
    scope: &Scope,
    // Everybody may judge their own work.
    is_self: bool,
    context: &Context<'_>,
) -> Ratings {
    let indicators: Vec<&Indicator> = context.rubric.indicators().collect();
    let mut ratings = Ratings {
        by_indicator: vec![None; indicators.len()],
        remarks: BTreeMap::new(),
        mentioned: vec![false; indicators.len()],
        all_known: true,
    };
    let Some(entries) = document.ratings.get() else { return ratings };
    let practices = Practices::of(context);
    let mut without_evaluator = Vec::new();
    let mut known_keys = Vec::new();
    for (id, key, value) in entries.iter() {
        let indicator = context.known_indicator(key).and_then(|index| indicators.get(index)).copied();
        // An empty place in a form that is still being filled in.
        if value.get().is_some_and(is_blank) {
            known_keys.extend(indicator.map(|_| (id, key.span)));
            ratings.all_known &= indicator.is_some();
            continue;
        }
        let rating = written(value, indicator, &practices, context);
        outside_period(id, value, period, context);
        if let Some(indicator) = indicator {
            known_keys.push((id, key.span));
            out_of_scope(id, key, indicator, rating.as_ref(), scope, context);
            if let Some(rating) = &rating {
                missing_comment(rating, indicator, context);
                missing_evidence(rating, indicator, context);
                of_practices(rating, indicator, context);
            }
        } else {
            ratings.all_known = false;
        }
        let by = rating.as_ref().and_then(|rating| rated_by(rating, key, evaluators, &mut without_evaluator, context));
        let (Some(indicator), Some(rating)) = (indicator, rating) else {
            indicator.into_iter().for_each(|indicator| ratings.mention(indicator));
            continue;
        };
        if !is_self {
            unqualified(&rating, by, indicator, key, context);
        }
        // A second rating of the same indicator is a finding below, and neither is taken.
        if !rating.is_remark {
            ratings.mention(indicator);
        }
        let by = rating.by.and_then(Field::word).map(str::to_owned);
        let (comment, evidence) = (rating.comment.map(str::to_owned), rating.evidence);
        if rating.is_remark {
            ratings.remarks.insert(indicator.index, Remark { by, comment, evidence });
        } else if let (Some(given), Some(slot)) = (rating.given, ratings.by_indicator.get_mut(indicator.index)) {
            let is_derived = !rating.is_given;
            let seen = rating.seen.map(|seen| Box::new(Seen { practices: seen.ids, is_derived }));
            *slot = Some(Rating { given, by, comment, evidence, seen });
        }
    }
    missing_evaluator(&without_evaluator, evaluators, context);
    each_once(
        known_keys.into_iter(),
        Code::DuplicateRating,
        context.findings,
        |id| format!("`{}` is rated twice", value::shorten(id)),
        "keep one rating of it: neither is taken over the other in silence",
    );
    ratings
}

type Entry = Blank<Either<Mark, syntax::evaluation::Rating>>;

/// Whether an entry says nothing: a place in a form that is still being filled in.
fn is_blank(Blank(entry): &Entry) -> bool {
    match entry {
        None => true,
        Some(Either::Short(_)) => false,
        Some(Either::Long(long)) => {
            let is_nothing = |comment: &Field<Text>| comment.text().is_some_and(crate::source::is_blank);
            long.level.is_none()
                && long.practices.is_none()
                && long.by.is_none()
                && long.comment.as_ref().is_none_or(is_nothing)
                && long.evidence.as_ref().is_none_or(|list| list.get().is_some_and(Vec::is_empty))
        }
    }
}

/// A rating as written, short or long.
struct ReadRating<'a> {
    /// The place of the level or number.
    place: Span,
    given: Option<Given>,
    /// Whether the entry itself has a level; else it follows from the practices.
    is_given: bool,
    seen: Option<SeenPractices<'a>>,
    /// Whether it has no level yet.
    is_remark: bool,
    by: Option<&'a Field<Word>>,
    comment: Option<&'a str>,
    /// Whether there is a comment, were it one that could not be read.
    has_comment: bool,
    /// Whether there is evidence, were it some that could not be read.
    has_evidence: bool,
    evidence: Vec<Evidence>,
}

fn written<'a>(
    value: &'a Field<Entry>,
    indicator: Option<&'a Indicator>,
    practices: &Practices<'a>,
    context: &Context<'_>,
) -> Option<ReadRating<'a>> {
    Some(match value.get()?.0.as_ref()? {
        Either::Short(mark) => {
            let given = given(mark, value.span, indicator, context);
            ReadRating {
                place: value.span,
                given,
                is_given: true,
                seen: None,
                is_remark: false,
                by: None,
                comment: None,
                has_comment: false,
                has_evidence: false,
                evidence: Vec::new(),
            }
        }
        Either::Long(long) => {
            let comment = long.comment.as_ref();
            let text = comment.and_then(Field::text);
            let seen = practices.seen(long.practices.as_ref(), indicator);
            let place = long.level.as_ref().map(|level| level.span).or_else(|| Some(seen.as_ref()?.place));
            let mark = long.level.as_ref().and_then(|field| given(field.get()?, field.span, indicator, context));
            let derived = || seen.as_ref()?.derivation.as_ref().map(|derivation| Given::Level(derivation.level));
            ReadRating {
                place: place.unwrap_or(value.span),
                given: if long.level.is_some() { mark } else { derived() },
                is_given: long.level.is_some(),
                seen,
                is_remark: long.level.is_none() && long.practices.is_none(),
                by: long.by.as_deref(),
                comment: text,
                // One that could not be read is there all the same.
                has_comment: comment.is_some() && text.is_none_or(|text| !crate::source::is_blank(text)),
                has_evidence: long.evidence.as_ref().is_some_and(|list| list.get().is_none_or(|list| !list.is_empty())),
                evidence: evidence(long.evidence.as_ref(), context),
            }
        }
    })
}

fn out_of_scope(
    id: &str,
    key: &Field<Word>,
    indicator: &Indicator,
    rating: Option<&ReadRating<'_>>,
    scope: &Scope,
    context: &Context<'_>,
) {
    let is_remark = rating.is_some_and(|rating| rating.is_remark);
    let (is_rated, remove) =
        if is_remark { ("is commented on", "move the text to `summary`") } else { ("is rated", "remove the rating") };
    let (message, help) = if let Some(entry) = scope.not_assigned_by(indicator.index) {
        (
            format!("`{id}` {is_rated}, but listed as not assigned"),
            format!("{remove}, or remove the entry `{}` under `not_assigned`", value::shorten(entry)),
        )
    } else if !scope.is_chosen(indicator.index) && scope.all_known {
        (
            format!("`{id}` {is_rated}, but not in this evaluation's scope"),
            format!("{remove}, or add the indicator to `scope`"),
        )
    } else {
        return;
    };
    context.findings.error(Code::OutOfScope, key.span, message, help);
}

/// The level and the practices of an indicator whose level follows from practices.
fn of_practices(rating: &ReadRating<'_>, indicator: &Indicator, context: &Context<'_>) {
    let level = match rating.given {
        Some(Given::Level(level)) if rating.is_given => Some(level),
        _ => None,
    };
    match &rating.seen {
        Some(seen) => {
            practices::other_than_derived(level, rating.place, seen, (indicator, rating.has_comment), context);
        }
        None => practices::missing(level, rating.place, indicator, context),
    }
}

/// A level that wants a comment has one.
fn missing_comment(rating: &ReadRating<'_>, indicator: &Indicator, context: &Context<'_>) {
    let Some(Given::Level(level)) = rating.given else { return };
    let wants = context.rubric.0.comment_required.get(level).copied().unwrap_or_default();
    if !wants || rating.has_comment {
        return;
    }
    let label = context.rubric.levels().get(level).map_or_else(String::new, |level| value::label(&level.label));
    context.findings.push(
        Finding::new(
            context.severity(),
            Code::MissingComment,
            rating.place,
            format!("`{}` is rated “{label}” without a comment", indicator.id),
            "write `comment:` with what the rating rests on; this rubric asks for one at this level".to_owned(),
        )
        .about(&indicator.id),
    );
}

/// A rating below expectations rests on evidence: it may have to be defended.
fn missing_evidence(rating: &ReadRating<'_>, indicator: &Indicator, context: &Context<'_>) {
    let scales = context.rubric.all();
    let range = context.rubric.scale_of(indicator).and_then(Scale::range);
    let label = match (rating.given, range) {
        (Some(Given::Level(level)), _) if scales.is_rated(level) && !scales.meets(level) => {
            scales.level(level).map_or_else(String::new, |level| value::label(&level.label))
        }
        (Some(Given::Number(number)), Some(range)) if range.meets(&number.exact()) == Some(false) => {
            value::label(&range.label(number))
        }
        _ => return,
    };
    if rating.has_evidence {
        return;
    }
    context.findings.push(
        Finding::new(
            Severity::Warning,
            Code::MissingEvidence,
            rating.place,
            format!("`{}` is rated “{label}” without evidence", indicator.id),
            "write `evidence:` with what was seen: `[{ date: …, kind: observation, note: … }]`".to_owned(),
        )
        .about(&indicator.id),
    );
}

/// Evidence is dated within the evaluated period.
fn outside_period(id: &str, rating: &Field<Entry>, period: Option<(Date, Date)>, context: &Context<'_>) {
    let (Some((from, to)), Some(Either::Long(rating))) = (period, rating.get().and_then(|rating| rating.0.as_ref()))
    else {
        return;
    };
    for field in items(rating.evidence.as_ref()).filter_map(|(_, evidence)| evidence.date.as_ref()) {
        let Some((day, _)) = value::sound_date(Some(field)) else { continue };
        let (is_early, is_late) = (day < from, day > to);
        if is_early || is_late {
            let when = if is_early { "before" } else { "after" };
            context.findings.push(
                Finding::new(
                    Severity::Warning,
                    Code::OutsidePeriod,
                    field.span,
                    format!("this evidence is from {when} the period, which is from {from} to {to}"),
                    "correct the date, or use evidence from the period; else accept this under `allow` with the reason"
                        .to_owned(),
                )
                .about(id),
            );
        }
    }
}

/// The evaluator who gave the rating. With several, each rating says who; those that do not are collected.
fn rated_by<'e>(
    rating: &ReadRating<'_>,
    key: &Field<Word>,
    evaluators: Option<&'e [Evaluator]>,
    without: &mut Vec<Span>,
    context: &Context<'_>,
) -> Option<&'e Evaluator> {
    let evaluators = evaluators?;
    let Some(field) = rating.by else {
        if let [only] = evaluators {
            return Some(only);
        }
        // One who is listed twice is a finding already. What is no rating yet need not say whose it is.
        let first = evaluators.first()?;
        if !rating.is_remark && evaluators.iter().any(|other| other.id != first.id) {
            without.push(key.span);
        }
        return None;
    };
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

/// One finding for all of them, at the first: whoever forgets it forgets it everywhere.
fn missing_evaluator(without: &[Span], evaluators: Option<&[Evaluator]>, context: &Context<'_>) {
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
fn unqualified(
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

/// The evidence that says something.
pub(super) fn evidence(
    list: Option<&Field<Vec<Field<syntax::evaluation::Evidence>>>>,
    context: &Context<'_>,
) -> Vec<Evidence> {
    let sound = items(list).filter(|(_, evidence)| {
        value::optional_date(evidence.date.as_ref(), context.findings);
        value::text(&evidence.note, context.findings).is_some()
    });
    sound.filter_map(|(_, evidence)| evidence.checked()).collect()
}
