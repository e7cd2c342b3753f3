//! Rules of entered ratings that need the results of the scoring policy.

use std::cell::OnceCell;

use crate::diagnostic::{Code, Severity};
use crate::evaluation::{Applying, Evaluation};
use crate::policy::{Input, InputValue, Policy, Reason, State, StepResult, Supplied, Why};
use crate::source::{Finding, Help, Span};
use crate::syntax;

use super::super::{some_of, value};
use super::Context;

/// Rules of entries, present and missing, that depend on the results; without an evaluation these are unknown.
pub(super) fn entries(
    document: &syntax::Evaluation,
    evaluation: Option<&Evaluation>,
    places: &[Span],
    not_entered: &[usize],
    applying: Option<Applying>,
    context: &Context<'_>,
) {
    if places.is_empty() && not_entered.is_empty() {
        return;
    }
    let scored = evaluation.and_then(|evaluation| Some((evaluation, evaluation.results()?)));
    let completed = scored.as_ref().and_then(|(evaluation, (policy, results))| completed(evaluation, policy, results));
    let has_no_result = |slot: usize| {
        let of = |results: &[StepResult], state| results.get(slot).is_some_and(|result| result.state == state);
        scored.as_ref().is_some_and(|(_, (_, results))| of(results, State::Insufficient))
            || completed.as_ref().is_some_and(|results| of(results, State::Blocked))
    };
    let policy = applying.and_then(|applying| context.rubric.0.policies.get(applying.policy));
    missing_entries(document, policy, not_entered, has_no_result, context);
    if let Some((evaluation, (policy, results))) = &scored {
        refused(evaluation, policy, results, completed.as_deref(), places, context);
    }
}

/// The results as they are once every rating that a person enters is there. `None` where more than that is missing.
fn completed(evaluation: &Evaluation, policy: &Policy, results: &[StepResult]) -> Option<Vec<StepResult>> {
    let is_given = |(input, value): (&Input, &Option<InputValue>)| input.optional || value.is_some();
    let is_complete =
        evaluation.unrated().next().is_none() && policy.inputs.iter().zip(&evaluation.0.inputs).all(is_given);
    if !is_complete {
        return None;
    }
    if !results.iter().any(|result| result.state == State::Blocked) {
        return Some(results.to_vec());
    }
    Some(evaluation.with_supplied(policy, |given| {
        let entry = |slot: usize| Some(given.entered(slot).unwrap_or_default());
        let entered: Vec<Option<usize>> = (0..policy.slots).map(entry).collect();
        policy.run(Supplied { entered: &entered, ..given })
    }))
}

/// A final evaluation has every rating that a person enters. What has no result whatever is entered, for want of evidence or
/// of a member, nobody has to enter.
fn missing_entries(
    document: &syntax::Evaluation,
    policy: Option<&Policy>,
    slots: &[usize],
    has_no_result: impl Fn(usize) -> bool,
    context: &Context<'_>,
) {
    let (Some(status), Some(policy)) = (&document.status, policy) else { return };
    for step in &policy.steps {
        let of_step = |slot: &usize| policy.at(*slot).is_some_and(|(of, _)| of.first == step.first);
        let missing: Vec<&str> = slots
            .iter()
            .copied()
            .filter(|slot| of_step(slot) && !has_no_result(*slot))
            .filter_map(|slot| Some(policy.subject(step, policy.at(slot)?.1).map_or(&*step.id, |node| &*node.id)))
            .collect();
        if !missing.is_empty() {
            let message = format!("this evaluation is final, but a rating is not entered: {}", some_of(&missing));
            let help = format!("enter it under `entered:` with a rationale, by the step's id `{}`", step.id);
            context.findings.error(Code::MissingEntry, status.span, message, help);
        }
    }
}

/// An entered rating counts as it stands: it is within the policy's limits, as far as the ratings are there to tell, and
/// there is something that it rests on. `completed` are the results once nothing is missing but entries.
fn refused(
    evaluation: &Evaluation,
    policy: &Policy,
    results: &[StepResult],
    completed: Option<&[StepResult]>,
    places: &[Span],
    context: &Context<'_>,
) {
    let reasons = OnceCell::new();
    let explain = || evaluation.with_supplied(policy, |given| policy.explain(given, results));
    let explained = |slot: usize| reasons.get_or_init(explain).get(slot).map_or(&[][..], Vec::as_slice);
    let is_blocked_for_good = |slot: usize| {
        completed.and_then(|results| results.get(slot)).is_some_and(|result| result.state == State::Blocked)
    };
    for (entry, place) in evaluation.0.entered.iter().zip(places) {
        let Some((step, subject)) = policy.at(entry.slot) else { continue };
        let Some(result) = results.get(entry.slot) else { continue };
        let name = |subject: usize| {
            let node = policy.subject(step, subject).map(|node| format!(" of `{}`", value::shorten(&node.id)));
            format!("`{}`{}", value::shorten(&step.id), node.unwrap_or_default())
        };
        let (severity, message, help) = match (result.state, result.rating()) {
            (State::Scored, Some(allowed)) if allowed != entry.rating => {
                let label = |level: usize| value::label(step.levels.label(level));
                let written = label(entry.rating);
                let id = value::shorten(&step.id);
                let message = format!("the limits of the step `{id}` do not allow “{written}” here");
                let why = why_limited(explained(entry.slot));
                let help = format!("enter “{}”, or review the ratings it rests on: {why}", label(allowed));
                let meant = step.levels.list.get(allowed).map_or("", |level| level.id.as_str());
                (Severity::Error, message, Help::from(help).naming(meant))
            }
            // An entry under an unknown condition counts once the missing evidence is given.
            (State::Insufficient, _) if explained(entry.slot).iter().any(depends_on_missing) => continue,
            (State::Insufficient, _) => {
                let message = format!("nothing that {} rests on is rated: this entry does not count", name(subject));
                let help = if is_open(evaluation, policy, entry.slot) {
                    "rate an indicator of it; where evaluators judge a part as a whole, the rubric's author writes \
                     `entered: { without_ratings: true }` at the step"
                } else {
                    "remove it, or rate the indicators it rests on"
                };
                (context.severity(), message, help.into())
            }
            (State::Blocked, _) if is_blocked_for_good(entry.slot) => {
                let why = explained(entry.slot).iter().find_map(|reason| match reason {
                    Reason::Blocked { by } => Some(by.join("; ")),
                    _ => None,
                });
                let message =
                    format!("{} has no result: {}; this entry does not count", name(subject), why.unwrap_or_default());
                (context.severity(), message, "remove it, or rate the indicators it rests on".into())
            }
            _ => continue,
        };
        context.findings.push(Finding::new(severity, Code::ForbiddenEntry, *place, message, help));
    }
}

fn depends_on_missing(reason: &Reason) -> bool {
    matches!(reason, Reason::Insufficient { why: Why::Unknown { .. } })
}

/// Whether an indicator that a result looks at is still to be rated.
fn is_open(evaluation: &Evaluation, policy: &Policy, slot: usize) -> bool {
    let Some((step, subject)) = policy.at(slot) else { return false };
    let all = 0..policy.nodes.indicators().len();
    let under = policy.subject(step, subject).map_or(all, |node| node.indicators.clone());
    let is_unrated = |number: usize| {
        let is_in_scope = evaluation.0.in_scope.get(number) == Some(&true);
        is_in_scope && evaluation.0.ratings.get(number).is_some_and(Option::is_none)
    };
    under.filter(|indicator| step.looks_at(*indicator)).any(|indicator| is_unrated(policy.in_rubric(indicator)))
}

/// The limits of a result, each with the clause behind its step: "at most “Has met”, because …".
fn why_limited(reasons: &[Reason]) -> String {
    let said = reasons.iter().filter_map(|reason| match reason {
        Reason::Limited { at_most, when, after, .. } => {
            let bound = if *at_most { "at most" } else { "at least" };
            Some(format!("{bound} “{after}”, because {when}"))
        }
        Reason::Because { .. } => Some(reason.to_string()),
        _ => None,
    });
    said.collect::<Vec<_>>().join("; ")
}
