//! Rules of the process: its calendar, and its steps with their deadlines.

use jiff::civil::Date;

use crate::diagnostic::{Code, Severity};
use crate::rubric::{Calendar, Process, ProcessStep, Time, Who, Within, meant_by, usual_label};
use crate::source::{Either, Field, Finding, Findings, Help, Span, Word};
use crate::syntax::process as written;
use crate::syntax::{self, form};

use super::super::{each_once, items, value};
use super::goals::day_of_year;
use super::own_ids;

/// The most days of a deadline, which are ten years, and the most times that a step happens.
const MOST_DAYS: u32 = 3650;
const MOST_TIMES: u32 = 100;

/// Ids that are well-formed, each once; deadlines that are days, after steps that stand above.
pub(super) fn process(document: &syntax::Rubric, findings: &Findings) {
    let Some(process) = document.process.as_ref().and_then(Field::get) else { return };
    process.calendar.as_ref().and_then(Field::get).into_iter().for_each(|calendar| self::calendar(calendar, findings));
    let steps: Vec<_> = items(Some(&process.steps)).map(|(_, step)| step).collect();
    own_ids(steps.iter().map(|step| &*step.id), "step", findings);
    if process.steps.get().is_some_and(Vec::is_empty) {
        let help = "list the steps in the order that is expected, or remove `process`".to_owned();
        findings.error(Code::EmptyList, process.steps.span, "this process has no step".to_owned(), help);
    }
    for (number, step) in steps.iter().enumerate() {
        step.label.as_deref().and_then(|label| value::text(label, findings));
        step.by.as_deref().and_then(|by| day_of_year(by, findings));
        step.kind.as_deref().into_iter().for_each(|kind| kind_of_observation(kind, document, findings));
        if let Some(count) = &step.count {
            between(count, 1, MOST_TIMES, "a step", "times", findings);
        }
        if let Some(within) = &step.within {
            self::within(within, number, &steps, process, findings);
        }
    }
    if let Some(field) = &process.shared_from {
        known(field, &steps, process, findings);
    }
}

/// Where the rubric has kinds of observation, a step is of one of these: an observation of that kind is the step.
fn kind_of_observation(field: &Field<Word>, document: &syntax::Rubric, findings: &Findings) {
    let Some(id) = value::id(field, findings) else { return };
    let Some(observations) = document.observations.as_ref().and_then(Field::get) else { return };
    let Some(kinds) = observations.kinds.get() else { return };
    let known: Vec<&str> = kinds.iter().filter_map(|kind| kind.get()?.id.word()).collect();
    // A kind that could not be read may be the one.
    if known.contains(&id) || known.len() < kinds.len() {
        return;
    }
    let otherwise = || format!("write one of {}", super::super::some_of(&known));
    let help = findings.did_you_mean(id, known.iter().copied(), otherwise);
    let message = format!("`{}` is no kind of observation of this rubric", value::shorten(id));
    findings.error(Code::UnknownChoice, field.span, message, help);
}

fn calendar(calendar: &written::Calendar, findings: &Findings) {
    if let Some(days) = calendar.school_days.as_ref().filter(|days| days.get().is_some_and(Vec::is_empty)) {
        let help = "name the weekdays with school, such as [mon, tue, wed, thu, fri], or remove it".to_owned();
        findings.error(Code::EmptyList, days.span, "this calendar has no weekday with school".to_owned(), help);
    }
    let weekdays = calendar.school_days.as_ref().and_then(Field::get).into_iter().flatten();
    each_once(
        weekdays.filter_map(|day| Some((day.get()?.as_str(), day.span))),
        Code::RepeatedItem,
        findings,
        |day| format!("`{day}` stands twice among the weekdays with school"),
        "remove one of the two",
    );
    let bound = |field: &Option<Field<syntax::Day>>| value::optional_date(field.as_ref(), findings);
    let bounds = match (&calendar.from, &calendar.to) {
        (Some(from), Some(to)) => {
            value::dates_in_order(from, to, findings).map_or((None, None), |(from, to)| (Some(from), Some(to)))
        }
        (from, to) => (bound(from), bound(to)),
    };
    if let ((Some(first), Some(last)), Some(closed)) = (bounds, &calendar.closed)
        && closed.get().is_some_and(|list| list.iter().all(|item| item.get().is_some()))
    {
        no_school_day(calendar, (first, last), closed.span, findings);
    }
    for field in calendar.closed.as_ref().and_then(Field::get).into_iter().flatten() {
        let span = match field.get() {
            Some(Either::Short(day)) => Some((day.0, day.0)),
            Some(Either::Long(span)) => value::period(span, findings),
            None => None,
        };
        let Some((from, to)) = span else { continue };
        let is_outside = bounds.0.is_some_and(|first| to < first) || bounds.1.is_some_and(|last| from > last);
        if is_outside {
            let message = format!("{from} is outside the calendar, {}", words(bounds));
            let help = "correct the date, or the `from` and `to` of the calendar".to_owned();
            findings.error(Code::OutsideCalendar, field.span, message, help);
        }
    }
}

/// A calendar that is closed from its first day to its last: no deadline in school days could be told.
fn no_school_day(calendar: &written::Calendar, (first, last): (Date, Date), place: Span, findings: &Findings) {
    let is_named = calendar.school_days.as_ref().is_none_or(|days| days.get().is_some_and(|days| !days.is_empty()));
    let is_closed = first.yesterday().is_ok_and(|before| build_calendar(calendar).between(before, last) == 0);
    if is_named && is_closed {
        let message = format!("this calendar has no school day from {first} to {last}");
        let help = "correct the days that are closed, or the `from` and `to` of the calendar".to_owned();
        findings.error(Code::EmptyList, place, message, help);
    }
}

/// "which is from 2025-08-25 to 2026-06-12".
pub(in crate::check) fn words(bounds: (Option<Date>, Option<Date>)) -> String {
    match bounds {
        (Some(from), Some(to)) => format!("which is from {from} to {to}"),
        (Some(from), None) => format!("which begins on {from}"),
        (None, Some(to)) => format!("which ends on {to}"),
        (None, None) => "which has no end".to_owned(),
    }
}

/// A deadline in days after a step above.
fn within(
    field: &Field<written::Within>,
    number: usize,
    steps: &[&written::ProcessStep],
    process: &written::Process,
    findings: &Findings,
) {
    let Some(within) = field.get() else { return };
    match (&within.days, &within.school_days) {
        (Some(days), None) | (None, Some(days)) => {
            between(days, 0, MOST_DAYS, "a step", "days after another", findings);
        }
        _ => {
            let message = "`within` wants one of `days` and `school_days`".to_owned();
            let help = "write `{ days: 10, after: … }`, or `{ school_days: 10, after: … }`".to_owned();
            findings.error(Code::AmbiguousDue, field.span, message, help);
        }
    }
    let Some(at) = known(&within.after, steps, process, findings) else { return };
    if at < number {
        return;
    }
    let id = value::shorten(within.after.word().unwrap_or_default());
    let (message, help) = match at == number {
        true => (format!("the step `{id}` waits for itself"), "name an earlier step"),
        false => (format!("the step `{id}` stands below this one"), "move it up, above the step that waits for it"),
    };
    findings.error(Code::LaterStep, within.after.span, message, help.to_owned());
}

/// The number of a step, or a finding where all steps could be read and none has the id.
fn known(
    field: &Field<Word>,
    steps: &[&written::ProcessStep],
    process: &written::Process,
    findings: &Findings,
) -> Option<usize> {
    let id = value::word(field, findings)?;
    let position = steps.iter().position(|step| step.id.word() == Some(id));
    let is_whole = process.steps.get().is_some_and(|list| list.iter().all(|step| step.get().is_some()));
    if position.is_none() && is_whole && steps.iter().all(|step| step.id.word().is_some()) {
        let ids = steps.iter().filter_map(|step| step.id.word());
        let help = findings.did_you_mean(id, ids, || "write the id of a step of this process".to_owned());
        findings.error(
            Code::UnknownStep,
            field.span,
            format!("the process has no step `{}`", value::shorten(id)),
            help,
        );
    }
    position
}

/// A whole number within bounds.
fn between(field: &Field<u32>, least: u32, most: u32, what: &str, of: &str, findings: &Findings) {
    if let Some(number) = field.get().filter(|number| !(least..=most).contains(*number)) {
        let help = Help::from(format!("write a number from {least} to {most}"));
        let message = format!("{what} cannot be {number} {of}");
        findings.push(Finding::new(Severity::Error, Code::BadNumber, field.span, message, help));
    }
}

/// The process of a document that keeps every rule. `None` only where a required value is absent.
pub(super) fn build(process: &written::Process) -> Option<Process> {
    let steps: Vec<_> = items(Some(&process.steps)).map(|(_, step)| step).collect();
    let position = |field: &form::StepId| steps.iter().position(|step| step.id.word() == field.word());
    let built: Vec<ProcessStep> = steps
        .iter()
        .map(|step| {
            let (id, kind) = (step.id.word()?, step.kind.as_deref().and_then(Field::word));
            let within = match step.within.as_ref().and_then(Field::get) {
                Some(within) => Some(Within { time: time(within)?, after: position(&within.after)? }),
                None => None,
            };
            let own = step.means.as_ref().and_then(Field::get).copied();
            Some(ProcessStep {
                id: id.to_owned(),
                label: step.label.as_deref().and_then(Field::text).map_or_else(|| usual_label(id), str::to_owned),
                who: step.who.as_ref().and_then(Field::get).copied().unwrap_or(Who::Evaluator),
                by: step.by.as_ref().and_then(|by| value::month_and_day(by.word()?)),
                within,
                optional: step.optional.as_ref().and_then(Field::get).copied().unwrap_or_default(),
                count: step.count.as_deref().and_then(Field::get).copied().unwrap_or(1),
                kind: kind.map(str::to_owned),
                means: own.or_else(|| meant_by(id)).or_else(|| kind.and(meant_by("observed"))),
                note: step.note.as_ref().and_then(Field::text).map(str::to_owned),
            })
        })
        .collect::<Option<_>>()?;
    let delivered = || built.iter().position(|step| step.means == meant_by("delivered"));
    Some(Process {
        calendar: process.calendar.as_ref().and_then(Field::get).map(build_calendar).unwrap_or_default(),
        shared_from: process.shared_from.as_ref().and_then(position).or_else(delivered),
        note: process.note.as_ref().and_then(Field::text).map(str::to_owned),
        steps: built,
    })
}

fn time(within: &written::Within) -> Option<Time> {
    match (&within.days, &within.school_days) {
        (Some(days), _) => days.get().copied().map(Time::Days),
        (None, Some(days)) => days.get().copied().map(Time::SchoolDays),
        (None, None) => None,
    }
}

fn build_calendar(calendar: &written::Calendar) -> Calendar {
    let named = |days: &Vec<Field<written::Weekday>>| {
        let mut weekdays = [false; 7];
        for day in days.iter().filter_map(Field::get) {
            weekdays.get_mut(*day as usize).into_iter().for_each(|has_school| *has_school = true);
        }
        weekdays
    };
    let weekdays = calendar.school_days.as_ref().and_then(Field::get).map(named);
    let closed = calendar.closed.as_ref().and_then(Field::get).into_iter().flatten().filter_map(|field| {
        Some(match field.get()? {
            Either::Short(day) => (day.0, day.0),
            Either::Long(span) => (span.from.get()?.0, span.to.get()?.0),
        })
    });
    let day = |field: &Option<Field<syntax::Day>>| field.as_ref().and_then(Field::get).map(|day| day.0);
    Calendar::new(weekdays.unwrap_or(Calendar::WEEK), (day(&calendar.from), day(&calendar.to)), closed.collect())
}
