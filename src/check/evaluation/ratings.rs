//! Rules of the ratings.

use std::collections::HashSet;

use crate::diagnostic::{Code, Severity};
use crate::evaluation::{Evaluator, Evidence, Rating};
use crate::rubric::Indicator;
use crate::source::{Either, Field, Finding, Text, Word};
use crate::syntax;

use super::super::{each_once, items, keys, some_of, value};
use super::Context;
use super::scope::Scope;

/// The ratings by indicator, and which indicators have an entry, sound or not.
pub(super) struct Ratings {
    pub(super) by_indicator: Vec<Option<Rating>>,
    pub(super) mentioned: HashSet<usize>,
}

pub(super) fn ratings(
    document: &syntax::Evaluation,
    evaluators: Option<&[Evaluator]>,
    scope: &Scope,
    context: &Context<'_>,
) -> Ratings {
    let indicators: Vec<&Indicator> = context.rubric.indicators().collect();
    let mut ratings = Ratings { by_indicator: vec![None; indicators.len()], mentioned: HashSet::new() };
    let Some(entries) = document.ratings.get() else { return ratings };
    for (id, key, value) in entries.iter() {
        let Some(&indicator) = context.known_indicator(key).and_then(|index| indicators.get(index)) else { continue };
        if !ratings.mentioned.insert(indicator.index) {
            continue;
        }
        out_of_scope(id, key, indicator, scope, context);
        let rating = match value.get() {
            None => continue,
            Some(Either::Short(level)) => {
                let level = level_number(&level.0, value, context);
                Written { place: value, level, by: None, comment: None, evidence: Vec::new() }
            }
            Some(Either::Long(long)) => Written {
                place: value,
                level: long.level.word().and_then(|level| level_number(level, &long.level, context)),
                by: long.by.as_ref(),
                comment: long.comment.as_ref().and_then(Field::text).filter(|comment| !comment.trim().is_empty()),
                evidence: evidence(long, context),
            },
        };
        missing_comment(&rating, indicator, context);
        let by = rated_by(&rating, key, evaluators, context);
        unqualified(&rating, by, indicator, key, context);
        if let (Some(level), Some(slot)) = (rating.level, ratings.by_indicator.get_mut(indicator.index)) {
            *slot = Some(Rating {
                level,
                by: rating.by.and_then(Field::word).map(str::to_owned),
                comment: rating.comment.map(str::to_owned),
                evidence: rating.evidence,
            });
        }
    }
    each_once(
        keys(entries),
        Code::DuplicateRating,
        context.findings,
        |id| format!("`{}` is rated twice", value::shorten(id)),
        "keep one rating of it: neither is taken over the other in silence",
    );
    ratings
}

/// A rating, short or long.
struct Written<'a, V> {
    place: &'a Field<V>,
    level: Option<usize>,
    by: Option<&'a Field<Word>>,
    comment: Option<&'a str>,
    evidence: Vec<Evidence>,
}

fn level_number<V>(level: &str, place: &Field<V>, context: &Context<'_>) -> Option<usize> {
    let scale = context.rubric.scale();
    let position = scale.position(level);
    if position.is_none() {
        let known: Vec<&str> = scale.levels().iter().map(|level| level.id.as_str()).collect();
        let help = context
            .findings
            .did_you_mean(level, known.iter().copied(), || format!("the levels are {}", known.join(", ")));
        context.findings.error(
            Code::UnknownLevel,
            place.span,
            format!("`{}` is no level of the scale", value::shorten(level)),
            help,
        );
    }
    position
}

fn out_of_scope(id: &str, key: &Field<Word>, indicator: &Indicator, scope: &Scope, context: &Context<'_>) {
    let (message, help) = if !scope.is_assigned(indicator.index) {
        (format!("`{id}` is rated, but listed as not assigned"), "remove the rating, or the entry under `not_assigned`")
    } else if !scope.is_chosen(indicator.index) {
        (
            format!("`{id}` is rated, but not in this evaluation's scope"),
            "remove the rating, or add the indicator to `scope`",
        )
    } else {
        return;
    };
    context.findings.error(Code::OutOfScope, key.span, message, help.to_owned());
}

/// A level that wants a comment has one.
fn missing_comment<V>(rating: &Written<'_, V>, indicator: &Indicator, context: &Context<'_>) {
    let Some(level) = rating.level else { return };
    let wants = context.rubric.0.comment_required.get(level).copied().unwrap_or_default();
    if !wants || rating.comment.is_some() {
        return;
    }
    let label = context.rubric.scale().levels().get(level).map_or("", |level| level.label.as_str());
    context.findings.push(
        Finding::new(
            context.severity(),
            Code::MissingComment,
            rating.place.span,
            format!("`{}` is rated “{label}” without a comment", indicator.id),
            "write `comment:` with what the rating rests on; this rubric asks for one at this level".to_owned(),
        )
        .about(&indicator.id),
    );
}

/// The evaluator who gave the rating. With several, each rating says who.
fn rated_by<'e, V>(
    rating: &Written<'_, V>,
    key: &Field<Word>,
    evaluators: Option<&'e [Evaluator]>,
    context: &Context<'_>,
) -> Option<&'e Evaluator> {
    let evaluators = evaluators?;
    match (rating.by, evaluators) {
        (None, [only]) => Some(only),
        (None, _) => {
            let known: Vec<&str> = evaluators.iter().map(|evaluator| evaluator.id.as_str()).collect();
            context.findings.error(
                Code::MissingEvaluator,
                key.span,
                "there are several evaluators, and this rating does not say whose it is".to_owned(),
                format!("write it in the long form with `by:` and one of {}", some_of(&known)),
            );
            None
        }
        (Some(field), _) => {
            let id = field.word()?;
            let evaluator = evaluators.iter().find(|evaluator| evaluator.id == id);
            if evaluator.is_none() {
                let known: Vec<&str> = evaluators.iter().map(|evaluator| evaluator.id.as_str()).collect();
                let help = context
                    .findings
                    .did_you_mean(id, known.iter().copied(), || format!("the evaluators are {}", some_of(&known)));
                context.findings.error(
                    Code::UnknownEvaluator,
                    field.span,
                    format!("`{}` is not among the evaluators", value::shorten(id)),
                    help,
                );
            }
            evaluator
        }
    }
}

/// The evaluator has the qualification that the indicator wants.
///
/// Only of a rating: that there was no opportunity is for anyone to see.
fn unqualified<V>(
    rating: &Written<'_, V>,
    by: Option<&Evaluator>,
    indicator: &Indicator,
    key: &Field<Word>,
    context: &Context<'_>,
) {
    let rubric = context.rubric;
    let is_rating = rating.level.is_some_and(|level| rubric.scale().is_rated(level));
    let (Some(evaluator), Some(wanted)) = (by, indicator.evaluated_by.as_deref()) else { return };
    if !is_rating || evaluator.qualifications.iter().any(|has| has == wanted) {
        return;
    }
    let qualification = rubric.qualification(wanted);
    let label = qualification.map_or(wanted, |qualification| qualification.label.as_str());
    let severity = qualification.map_or(Severity::Warning, |qualification| qualification.severity);
    context.findings.push(
        Finding::new(
            severity,
            Code::UnqualifiedEvaluator,
            key.span,
            format!("{} rates `{}`, which wants: {label}", value::shorten(&evaluator.name), indicator.id),
            format!(
                "have it rated by somebody who has it, or add `qualifications: [{wanted}]` if `{}` does",
                evaluator.id
            ),
        )
        .about(&indicator.id),
    );
}

fn evidence(rating: &syntax::evaluation::Rating, context: &Context<'_>) -> Vec<Evidence> {
    let optional = |field: Option<&Field<Text>>| field.and_then(Field::text).map(str::to_owned);
    items(rating.evidence.as_ref())
        .filter_map(|(_, evidence)| {
            let date = value::optional_date(evidence.date.as_ref(), context.findings);
            let note = value::text(&evidence.note, context.findings);
            Some(Evidence {
                date,
                kind: optional(evidence.kind.as_ref()),
                at: optional(evidence.at.as_ref()),
                note: note?.to_owned(),
            })
        })
        .collect()
}
