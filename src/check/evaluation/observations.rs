//! Rules of the observations, and of the ratings that follow from them.

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Severity};
use crate::evaluation::{Chosen, Observation, Rating, Status, Type, choose};
use crate::rubric::{Indicator, ObservationKind, Observations, RecordRule, Scale};
use crate::source::{Field, Finding, Help, Span};
use crate::syntax;

use super::super::{each_once, items, some_of, value};
use super::Context;
use super::ratings::{missing_comment, missing_evidence, outside};
use super::rules::{Observed, Ratings, Rules, Said, Whose, has_notes};

/// The observations of the document: each of a kind that the rubric has, by an evaluator, with ratings that its kind allows.
pub(super) fn observations<'a>(document: &'a syntax::Evaluation, rules: &Rules<'a>) -> Observed {
    let mut observed = Observed::default();
    let Some(field) = &document.observations else { return observed };
    let context = rules.context;
    let Some(wanted) = context.rubric.observations() else {
        let once = context.once(|old| old.observations().is_some());
        let otherwise =
            || "write the ratings under `ratings`; a rubric with `observations` has them by occasion".to_owned();
        let message = "the rubric has no observations".to_owned();
        let finding = Finding::new(
            Severity::Error,
            Code::UnknownObservation,
            field.span,
            message,
            once.unwrap_or_else(otherwise),
        );
        context.findings.push(finding.at_key());
        return observed;
    };
    let list = || items(Some(field));
    each_once(
        list().filter_map(|(_, one)| Some((one.id.word()?, one.id.span))),
        Code::DuplicateId,
        context.findings,
        |id| format!("the observation `{}` stands twice", value::shorten(id)),
        "give each observation an id of its own, or remove one of the two",
    );
    for (_, written) in list() {
        let read = one(written, wanted, rules);
        let mut ratings = Ratings::none(context);
        if let Some(entries) = written.ratings.as_ref().and_then(Field::get) {
            rules.read(entries, Whose::Observation { kind: read.kind, by: read.by }, &mut ratings);
        }
        let is_faulty = |indicator: &&Indicator| {
            ratings.has_level(indicator) && ratings.by_indicator.get(indicator.index).is_some_and(Option::is_none)
        };
        observed.unsure.extend(rules.indicators.iter().copied().filter(is_faulty).map(|indicator| indicator.index));
        if let Some(observation) = checked(written, &mut ratings) {
            observed.list.push(observation);
            observed.said.push(ratings.said);
        }
    }
    too_many(field, wanted, context);
    observed
}

/// An observation's kind and evaluator, as far as they are known.
struct Read<'a> {
    kind: Option<&'a ObservationKind>,
    by: Option<&'a crate::evaluation::Evaluator>,
}

/// The rules of one observation by itself.
fn one<'a>(written: &syntax::evaluation::Observation, wanted: &'a Observations, rules: &Rules<'a>) -> Read<'a> {
    let (context, findings) = (rules.context, rules.context.findings);
    let id = value::id(&written.id, findings).unwrap_or_default();
    if value::date(&written.date, findings).is_some() {
        outside(id, "observation", &written.date, rules.period, context);
    }
    if let Some(minutes) = written.minutes.as_ref().filter(|minutes| minutes.get() == Some(&0)) {
        let help = "write how many minutes it took, or remove `minutes`".to_owned();
        findings.error(Code::BadNumber, minutes.span, "this observation took 0 minutes".to_owned(), help);
    }
    let kind = written.kind.word().and_then(|word| {
        let kind = wanted.kind(word);
        if kind.is_none() {
            unknown_kind(word, written.kind.span, wanted, context);
        }
        kind
    });
    let by = match &written.by {
        Some(field) => rules.evaluator(field),
        None => {
            if rules.are_several() {
                let ids: Vec<&str> = rules.evaluators.into_iter().flatten().map(|one| one.id.as_str()).collect();
                let message = "there are several evaluators, and this observation does not say who observed".to_owned();
                let help = format!("write `by:` with one of {}", some_of(&ids));
                findings.error(Code::MissingEvaluator, written.id.span, message, help);
            }
            rules.only_evaluator()
        }
    };
    Read { kind, by }
}

fn unknown_kind(word: &str, place: Span, wanted: &Observations, context: &Context<'_>) {
    let known: Vec<&str> = wanted.kinds.iter().map(|kind| kind.id.as_str()).collect();
    let once = context.once(|old| old.observation_kind(word).is_some());
    let otherwise = || format!("the kinds of observation are {}", some_of(&known));
    let labelled = wanted.kinds.iter().map(|kind| (kind.id.as_str(), kind.label.as_str()));
    let help = once.map(Help::from).or_else(|| value::of_label(word, labelled));
    let help = help.unwrap_or_else(|| context.findings.did_you_mean(word, known.iter().copied(), otherwise));
    let message = format!("`{}` is no kind of observation of the rubric", value::shorten(word));
    context.findings.error(Code::UnknownObservation, place, message, help);
}

/// The observation as the checked evaluation has it. `None` where a value is missing, and then a finding says so.
fn checked(written: &syntax::evaluation::Observation, ratings: &mut Ratings) -> Option<Observation> {
    let text = |field: &Option<Field<crate::source::Text>>| field.as_ref().and_then(Field::text).map(str::to_owned);
    let given = ratings.by_indicator.iter_mut().enumerate();
    Some(Observation {
        id: written.id.word()?.to_owned(),
        kind: written.kind.word()?.to_owned(),
        date: written.date.get()?.0,
        by: written.by.as_ref().and_then(|by| by.word()).map(str::to_owned),
        minutes: written.minutes.as_ref().and_then(|minutes| minutes.get().copied()),
        at: text(&written.at),
        notes: text(&written.notes),
        ratings: given.filter_map(|(index, slot)| Some((index, slot.take()?))).collect(),
        remarks: std::mem::take(&mut ratings.remarks),
    })
}

/// No more observations than the rubric allows: what is computed from them was proven for so many.
fn too_many(field: &Field<Vec<Field<syntax::evaluation::Observation>>>, wanted: &Observations, context: &Context<'_>) {
    let (Some(list), Some(most)) = (field.get(), wanted.at_most) else { return };
    let Some(first) = usize::try_from(most).ok().and_then(|most| list.get(most)) else { return };
    let message = format!("this evaluation has {} observations, and the rubric allows {most}", list.len());
    let help =
        "remove those that are not of this evaluation; or ask the rubric's author for a higher `at_most`".to_owned();
    context.findings.error(Code::TooManyObservations, first.span, message, help);
}

/// A final evaluation has as many observations of each kind as the rubric asks for.
pub(super) fn missing(document: &syntax::Evaluation, kind: Option<&Type>, rules: &Rules<'_>) {
    let (context, scope) = (rules.context, rules.scope);
    let Some(status) = document.status.as_ref().filter(|_| context.status == Status::Final) else { return };
    let Some(wanted) = context.rubric.observations().filter(|_| kind.is_some_and(Type::is_of_record)) else { return };
    let kinds: Vec<Option<&str>> = items(document.observations.as_ref()).map(|(_, one)| one.kind.word()).collect();
    // One that could not be read, or is of a mistyped kind, may be the one that seems to be missing.
    let is_sure =
        document.observations.as_ref().is_none_or(|field| field.get().is_some_and(|all| all.len() == kinds.len()))
            && kinds.iter().all(|kind| kind.is_some_and(|kind| wanted.kind(kind).is_some()));
    let is_in_scope = |kind: &&ObservationKind| {
        rules.indicators.iter().any(|indicator| scope.holds(indicator.index) && kind.rates(indicator))
    };
    for asked in wanted.kinds.iter().filter(|_| is_sure && scope.all_known).filter(is_in_scope) {
        let there = kinds.iter().filter(|kind| **kind == Some(&asked.id)).count();
        let at_least = usize::try_from(asked.at_least).unwrap_or(usize::MAX);
        if there < at_least {
            let label = value::label(&asked.label);
            let message = format!("this evaluation is final, but has {there} of {at_least} observations “{label}”");
            let help = format!(
                "add each under `observations` with `kind: {}` and its date, or write `status: draft`",
                value::shorten(&asked.id)
            );
            let finding = Finding::new(Severity::Error, Code::MissingObservation, status.span, message, help);
            context.findings.push(finding.about(&asked.id));
        }
    }
}

/// Lets the ratings of record follow from the observations, where the rubric has a rule: an indicator that no person rates
/// takes the rating that follows, and one that a person rates otherwise is reported.
pub(super) fn follow(observed: &Observed, rules: &Rules<'_>, ratings: &mut Ratings) {
    let context = rules.context;
    let Some(rule) = context.rubric.record_rule() else { return };
    let rated: BTreeSet<usize> = observed.list.iter().flat_map(|one| one.ratings.keys().copied()).collect();
    for index in rated {
        let Some(&indicator) = rules.indicators.get(index).filter(|_| rules.scope.holds(index)) else { continue };
        let Some(chosen) = choose(rule, index, &observed.list, context.rubric.all()) else { continue };
        let given = ratings.by_indicator.get(index).and_then(Option::as_ref);
        let own = ratings.said.get(&index).copied();
        if observed.unsure.contains(&index) {
            ratings.mention(indicator);
        } else if let (Some(given), Some(said)) = (given, own) {
            other_than_followed(given, said, &chosen, (indicator, rule), context);
        } else if !ratings.has_level(indicator) {
            let said = observed.said.get(chosen.place).and_then(|said| said.get(&index)).copied();
            if let Some(said) = said {
                let has_comment = said.has_comment || own.is_some_and(|own| own.has_comment);
                let has_evidence = said.has_evidence
                    || said.has_comment
                    || has_notes(chosen.observation)
                    || own.is_some_and(|own| own.has_evidence);
                let said = Said { has_comment, has_evidence, ..said };
                missing_comment(Some(chosen.rating.given), said, indicator, context);
                missing_evidence(Some(chosen.rating.given), said, indicator, context);
            }
            ratings.mention(indicator);
            let remark = ratings.remarks.remove(&index).unwrap_or_default();
            if let Some(slot) = ratings.by_indicator.get_mut(index) {
                *slot = Some(chosen.of_record(remark));
            }
        }
    }
}

/// A rating of record that a person gives follows from the observations, or a comment says why not.
fn other_than_followed(
    given: &Rating,
    said: Said,
    chosen: &Chosen<'_>,
    (indicator, rule): (&Indicator, RecordRule),
    context: &Context<'_>,
) {
    let rubric = context.rubric;
    let label = |rating: &Rating| {
        let level = rating.level().and_then(|level| rubric.levels().get(level)).map(|level| level.label.clone());
        let range = || rubric.scale_of(indicator).and_then(Scale::range);
        let number = || Some(range()?.label(rating.number()?));
        value::label(&level.or_else(number).unwrap_or_default())
    };
    if chosen.is_same(given) {
        return;
    }
    let (given, followed) = (label(given), label(chosen.rating));
    let reason = chosen.reason(rule, &followed);
    let (severity, help) = match said.has_comment {
        true => (
            Severity::Warning,
            format!("the given rating counts, and its comment says why; else remove `level` (follows: {reason})"),
        ),
        false => (
            Severity::Error,
            format!(
                "remove the rating, and the other follows; or write `comment:` with the reason (follows: {reason})"
            ),
        ),
    };
    let message = format!("`{}` is rated “{given}”, but “{followed}” follows from the observations", indicator.id);
    let finding = Finding::new(severity, Code::OtherThanDerived, said.place, message, help);
    context.findings.push(finding.about(&indicator.id));
}
