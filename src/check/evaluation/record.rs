//! Rules of the record of events, by the process of the rubric.

use jiff::civil::Date;

use crate::diagnostic::Code;
use crate::evaluation::Status;
use crate::rubric::{Milestone, Process, ProcessStep, Time, Type, meant_by};
use crate::source::{Help, Span};
use crate::syntax;

use super::super::{items, value};
use super::responses::unknown_person;
use super::{Context, calendar_words};

/// An event is a step of the process and says when it was; what the employee did is by the employee.
pub(super) fn record(document: &syntax::Evaluation, kind: Option<&Type>, context: &Context<'_>) {
    let process = context.rubric.process();
    let mut all_known = document.record.as_ref().is_none_or(|record| record.get().is_some());
    for (_, event) in items(document.record.as_ref()) {
        value::date(&event.date, context.findings);
        let Some(word) = value::word(&event.event, context.findings) else {
            all_known = false;
            continue;
        };
        if !process.events().any(|known| known == word) {
            all_known = false;
            unknown_event(word, event.event.span, process, context);
        }
        if process.milestone(word) == Some(Milestone::Responded) {
            unknown_person(event.by.as_ref(), "event", document, context);
        }
    }
    if context.rubric.own_process().is_some() && kind.is_some_and(Type::is_of_record) && all_known {
        missing(document, process, context);
    }
}

fn unknown_event(word: &str, place: Span, process: &Process, context: &Context<'_>) {
    let once = context.once(|old| old.process().events().any(|known| known == word));
    let ids: Vec<&str> = process.events().collect();
    let otherwise = || format!("write one of {}", quoted(&ids));
    let known = once.or_else(|| of_another_list(word, process, context));
    let labelled = process.steps().iter().map(|step| (step.id.as_str(), step.label.as_str()));
    let help = known.map(Help::from).or_else(|| value::of_label(word, labelled));
    let help = help.unwrap_or_else(|| context.findings.did_you_mean(word, ids.iter().copied(), otherwise));
    let of =
        if context.rubric.own_process().is_some() { "step of the rubric's process" } else { "event of an evaluation" };
    let message = format!("`{}` is no {of}", value::shorten(word));
    context.findings.error(Code::UnknownChoice, place, message, help);
}

/// Where to write a word that belongs in another list of the evaluation, or that another process has for a step.
fn of_another_list(word: &str, process: &Process, context: &Context<'_>) -> Option<String> {
    let sessions = context.rubric.supervision();
    if let Some(asked) = sessions.filter(|asked| word.starts_with("supervis") || asked.kind(word).is_some()) {
        let kind = asked.kinds.iter().find(|kind| kind.id == word).or(asked.kinds.first())?;
        return Some(format!("list a session under `supervision`, such as `{{ date: …, kind: {}, by: … }}`", kind.id));
    }
    let of_kind = process.steps().iter().find(|step| step.kind.as_deref() == Some(word));
    let meaning =
        if context.rubric.observation_kind(word).is_some() { Some(Milestone::Observed) } else { meant_by(word) };
    let of_meaning = || process.steps().get(process.meaning(meaning?)?);
    let step = of_kind.or_else(of_meaning)?;
    Some(format!("write `{}`, the step “{}”", step.id, step.label))
}

fn quoted(names: &[&str]) -> String {
    /// As many as a reader can take in.
    const MOST_NAMED: usize = 20;
    names.iter().take(MOST_NAMED).map(|name| format!("`{}`", value::shorten(name))).collect::<Vec<_>>().join(", ")
}

/// The numbers of the steps that have happened, each with its day and place, in the order of the record.
fn happened<'a>(document: &'a syntax::Evaluation, process: &'a Process) -> impl Iterator<Item = (usize, Date, Span)> {
    items(document.record.as_ref()).filter_map(|(_, event)| {
        let (date, place) = value::sound_date(Some(&event.date))?;
        Some((process.number(event.event.word()?)?, date, place))
    })
}

/// Before a final evaluation is complete, all that its process requires has happened.
fn missing(document: &syntax::Evaluation, process: &Process, context: &Context<'_>) {
    let Some(status) = document.status.as_ref().filter(|_| context.status == Status::Final) else { return };
    let dated: Vec<(usize, Date)> = happened(document, process).map(|(number, date, _)| (number, date)).collect();
    let observed = items(document.observations.as_ref())
        .filter_map(|(_, one)| Some((one.kind.word()?, value::sound_date(Some(&one.date))?.0)));
    let occasions = process.occasions(&dated, observed);
    let times = |number: usize, step: &ProcessStep| {
        let occasions = occasions.iter().filter(|(occasion, _)| *occasion == number).count();
        let events = items(document.record.as_ref()).filter_map(|(_, event)| process.number(event.event.word()?));
        let responses = items(document.responses.as_ref()).filter(|_| step.means == Some(Milestone::Responded));
        events.filter(|event| *event == number).count().saturating_add(responses.count()).saturating_add(occasions)
    };
    // A step after the final evaluation has not happened when the evaluation becomes final.
    let before = process.meaning(Milestone::Completed).unwrap_or(process.steps().len());
    let is_elsewhere = |step: &ProcessStep| step.means == Some(Milestone::SelfEvaluation);
    let required =
        process.steps().iter().take(before).enumerate().filter(|(_, step)| !step.optional && !is_elsewhere(step));
    let lacking: Vec<&str> = required
        .filter(|(number, step)| times(*number, step) < step.times())
        .map(|(_, step)| step.id.as_str())
        .collect();
    let Some(first) = lacking.first() else { return };
    let message = format!("this evaluation is final, but its record lacks {}", quoted(&lacking));
    let help = format!(
        "add to `record` what has happened, such as `{{ date: …, event: {first} }}`; if it did not happen, accept this \
         under `allow` with the reason"
    );
    context.findings.warning(Code::MissingEvent, status.span, message, help);
}

/// Events come in the order of the process. `reported` are the places that have a finding already.
pub(super) fn order(document: &syntax::Evaluation, reported: &[Span], context: &Context<'_>) {
    let Some(process) = context.rubric.own_process() else { return };
    let happened: Vec<(usize, Date, Span)> = happened(document, process).collect();
    let days = |step: usize| happened.iter().filter(move |(number, _, _)| *number == step).map(|(_, date, _)| *date);
    for (number, date, place) in &happened {
        if reported.contains(place) {
            continue;
        }
        // Of steps that only stand below one another, some may come early: only the last of them tells.
        let is_last = days(*number).max() == Some(*date);
        let later = (0..*number).rev().find_map(|other| {
            let is_before = days(other).min().filter(|first| date < first)?;
            let must_follow = process.waits_for(*number, other) || (is_last && !process.are_beside(*number, other));
            must_follow.then_some((other, is_before))
        });
        let Some((other, first)) = later else { continue };
        let id = |number: usize| process.steps().get(number).map_or("", |step| step.id.as_str());
        let message = format!("`{}` was on {date}, before `{}`, first on {first}", id(*number), id(other));
        let ids: Vec<&str> = process.steps().iter().map(|step| step.id.as_str()).collect();
        let help = format!(
            "the order expected is {}; correct the date that is wrong, or accept this under `allow` with the reason",
            quoted(&ids)
        );
        context.findings.warning(Code::DatesOutOfOrder, *place, message, help);
    }
}

/// A calendar of another year counts no school days of this one; and nobody is observed on a day without school.
pub(super) fn calendar(document: &syntax::Evaluation, (from, to): (Date, Date), context: &Context<'_>) {
    let Some(process) = context.rubric.own_process() else { return };
    let Some((first, last)) = process.calendar().known() else { return };
    let counts_school_days =
        |step: &ProcessStep| matches!(step.within, Some(within) if matches!(within.time, Time::SchoolDays(_)));
    if to < first || from > last {
        if context.status == Status::Draft && process.steps().iter().any(counts_school_days) {
            let bounds = calendar_words((Some(first), Some(last)));
            let message = format!("this period is outside the calendar of the rubric's process, {bounds}");
            let help = "give the rubric the calendar of this school year: deadlines in school days are counted by it";
            context.findings.warning(Code::OutsideCalendar, document.period.span, message, help.to_owned());
        }
        return;
    }
    for (number, date, place) in happened(document, process) {
        let Some(step) = process.steps().get(number) else { continue };
        let is_at_school = matches!(step.means, Some(Milestone::Observed | Milestone::Conferred));
        if is_at_school && (first..=last).contains(&date) && !process.calendar().has(date) {
            let message = format!("`{}` was on {date}, a day without school by the calendar of the process", step.id);
            let help = "correct the date; if it is right, accept this under `allow` with the reason".to_owned();
            context.findings.warning(Code::OutsideCalendar, place, message, help);
        }
    }
    for (_, observation) in items(document.observations.as_ref()) {
        let Some((date, place)) = value::sound_date(Some(&observation.date)) else { continue };
        if (first..=last).contains(&date) && !process.calendar().has(date) {
            let message =
                format!("this observation was on {date}, a day without school by the calendar of the process");
            let help = "correct the date; if it is right, accept this under `allow` with the reason".to_owned();
            context.findings.warning(Code::OutsideCalendar, place, message, help);
        }
    }
}

/// The events with a meaning, each with its day and place.
pub(super) fn with_meaning<'a>(
    document: &'a syntax::Evaluation,
    milestone: Milestone,
    context: &'a Context<'_>,
) -> impl Iterator<Item = (Date, Span)> + use<'a> {
    let process = context.rubric.process();
    let of_meaning = items(document.record.as_ref())
        .filter(move |(_, event)| event.event.word().and_then(|word| process.milestone(word)) == Some(milestone));
    of_meaning.filter_map(|(_, event)| value::sound_date(Some(&event.date)))
}
