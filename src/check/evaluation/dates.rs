//! Rules of dates in relation to each other: the period, and dates that cannot be before or after it.

use jiff::Span as Time;
use jiff::civil::Date;

use crate::date;
use crate::diagnostic::Code;
use crate::evaluation::{Status, placeholder};
use crate::rubric::Milestone;
use crate::source::{Blank, Either, Entries, Field, Span};
use crate::syntax::{self, Day};

use super::super::{items, value};
use super::Context;
use super::record::{self, with_meaning};

/// The most months of a period.
const LONGEST: i32 = 18;

/// Checks the dates of the document. Returns the period that others can be compared with: `None` where it has a finding
/// that says to change it.
pub(super) fn dates(
    document: &syntax::Evaluation,
    period: Option<(Date, Date)>,
    context: &Context<'_>,
) -> Option<(Date, Date)> {
    value::optional_date(document.completed_on.as_ref(), context.findings);
    let written = document.period.get()?;
    let is_sound = [&written.from, &written.to].iter().all(|field| value::sound_date(Some(field)).is_some());
    let (from, to) = period.filter(|_| is_sound && !is_placeholder(document, context))?;
    long_period(document, (from, to), context);
    hired_after(document, to, context);
    completed(document, (from, to), context);
    let reported = acknowledged(document, context);
    record::order(document, &reported, context);
    record::calendar(document, (from, to), context);
    too_early(document, from, &reported, context);
    too_late(document, to, context);
    Some((from, to))
}

fn out_of_order(place: Span, message: String, context: &Context<'_>) {
    let help =
        "correct the date that is wrong; if both are right, accept this under `allow` with the reason".to_owned();
    context.findings.warning(Code::DatesOutOfOrder, place, message, help);
}

/// A form begins with a period that nobody takes for the right one.
fn is_placeholder(document: &syntax::Evaluation, context: &Context<'_>) -> bool {
    let written = document.period.get().and_then(|period| Some((period.from.get()?.0, period.to.get()?.0)));
    let (from, to) = placeholder::PERIOD;
    let is_placeholder = written.is_some() && written == date::parse(from).zip(date::parse(to));
    if is_placeholder {
        context.unfilled(document.period.span, "the period", "write the first and the last day that are evaluated");
    }
    is_placeholder
}

fn long_period(document: &syntax::Evaluation, (from, to): (Date, Date), context: &Context<'_>) {
    let longest = from.checked_add(Time::new().months(LONGEST)).unwrap_or(Date::MAX);
    if to > longest {
        context.findings.warning(
            Code::LongPeriod,
            document.period.span,
            format!("the period from {from} to {to} is longer than {LONGEST} months"),
            "correct the year; if it is so long, accept this under `allow` with the reason".to_owned(),
        );
    }
}

fn hired_after(document: &syntax::Evaluation, to: Date, context: &Context<'_>) {
    let employee = document.employee.as_ref().and_then(Field::get);
    if let Some((hired, place)) = value::sound_date(employee.and_then(|employee| employee.hired_on.as_ref()))
        && hired > to
    {
        out_of_order(
            place,
            format!("the employee was hired on {hired}, after the period, which ends on {to}"),
            context,
        );
    }
}

/// An evaluation is completed when all that it rests on has been seen; so is one that the employee acknowledged.
fn completed(document: &syntax::Evaluation, (from, to): (Date, Date), context: &Context<'_>) {
    let last = last_seen(document, (from, to), context);
    if let Some((completed, place)) = value::sound_date(document.completed_on.as_ref()) {
        if completed < from {
            let message = format!("completed on {completed}, before the period, which begins on {from}");
            out_of_order(place, message, context);
        } else if let Some((last, _)) = last.filter(|(last, _)| *last > completed) {
            out_of_order(place, format!("completed on {completed}, before its last evidence, of {last}"), context);
        }
    } else if context.status == Status::Final
        && let Some((acknowledged, _)) = with_meaning(document, Milestone::Acknowledged, context).max()
        && let Some((last, place)) = last.filter(|(last, _)| *last > acknowledged)
    {
        let message =
            format!("this evidence is of {last}, after the employee acknowledged the evaluation on {acknowledged}");
        out_of_order(place, message, context);
    }
}

/// The last evidence or observation within the period; what is not within has a finding of its own.
fn last_seen(document: &syntax::Evaluation, (from, to): (Date, Date), context: &Context<'_>) -> Option<(Date, Span)> {
    let observations = || items(document.observations.as_ref()).map(|(_, observation)| observation);
    let observed = observations().filter_map(|observation| observation.ratings.as_ref()?.get());
    let ratings = document.ratings.get().into_iter().chain(observed).flat_map(Entries::iter);
    let evidence = ratings.flat_map(|(_, _, rating)| {
        let long = match rating.get() {
            Some(Blank(Some(Either::Long(rating)))) => Some(rating),
            _ => None,
        };
        items(long.and_then(|rating| rating.evidence.as_ref())).filter_map(|(_, evidence)| evidence.date.as_ref())
    });
    let evidence = evidence.chain(observations().map(|observation| &observation.date));
    let dates = evidence.filter_map(|date| value::sound_date(Some(date)));
    dates
        .chain(with_meaning(document, Milestone::Observed, context))
        .filter(|(date, _)| (from..=to).contains(date))
        .max_by_key(|(date, _)| *date)
}

/// Nobody acknowledges or answers an evaluation before it is delivered, nor acknowledges it before they conferred.
/// Returns the places of findings.
fn acknowledged(document: &syntax::Evaluation, context: &Context<'_>) -> Vec<Span> {
    let first = |milestone| with_meaning(document, milestone, context).map(|(date, _)| date).min();
    let (delivered, conferred) = (first(Milestone::Delivered), first(Milestone::Conferred));
    let mut reported = Vec::new();
    let responses = items(document.responses.as_ref()).filter_map(|(_, response)| response.date.as_ref());
    let responses = responses.filter_map(|date| value::sound_date(Some(date)));
    let acknowledged = with_meaning(document, Milestone::Acknowledged, context).map(|event| (event, "acknowledged"));
    let responded =
        with_meaning(document, Milestone::Responded, context).chain(responses).map(|event| (event, "responded to"));
    for ((date, place), what) in acknowledged.chain(responded) {
        let message = if let Some(delivered) = delivered.filter(|delivered| date < *delivered) {
            format!("{what} on {date}, before the evaluation was delivered on {delivered}")
        } else if let Some(conferred) = conferred.filter(|conferred| date < *conferred && what == "acknowledged") {
            format!("{what} on {date}, before evaluator and employee first conferred, on {conferred}")
        } else {
            continue;
        };
        out_of_order(place, message, context);
        reported.push(place);
    }
    reported
}

/// A seal is not older than the evaluation under it, nor an amendment than what it follows on.
pub(super) fn sealed(document: &syntax::Evaluation, context: &Context<'_>) {
    let day = |field: &Field<Day>| value::sound_date(Some(field));
    let completed = value::sound_date(document.completed_on.as_ref());
    let seal = document.seal.as_ref().and_then(Field::get);
    let sealed = seal.and_then(|seal| day(&seal.on));
    value::optional_date(seal.map(|seal| &seal.on), context.findings);
    if let Some(((sealed, place), (completed, _))) = sealed.zip(completed)
        && sealed < completed
    {
        let message = format!("sealed on {sealed}, before the evaluation was completed on {completed}");
        out_of_order(place, message, context);
    }
    let mut before = sealed.map(|(sealed, _)| (sealed, "the seal".to_owned()));
    for (number, (_, amendment)) in (1..).zip(items(document.amendments.as_ref())) {
        value::date(&amendment.on, context.findings);
        let Some((on, place)) = day(&amendment.on) else { continue };
        if let Some((earlier, what)) = before.filter(|(earlier, _)| on < *earlier) {
            out_of_order(place, format!("amended on {on}, before {what}, of {earlier}"), context);
        }
        before = Some((on, format!("amendment {number}")));
    }
}

/// Events and responses long before the period: a digit of the year is wrong. `reported` are the
/// places that have a finding already.
fn too_early(document: &syntax::Evaluation, from: Date, reported: &[Span], context: &Context<'_>) {
    let earliest = from.checked_sub(Time::new().years(PAST)).unwrap_or(Date::MIN);
    let recorded = items(document.record.as_ref()).map(|(_, event)| &event.date);
    let responses = items(document.responses.as_ref());
    for field in recorded.chain(responses.filter_map(|(_, response)| response.date.as_ref())) {
        if let Some((date, place)) = value::sound_date(Some(field))
            && date < earliest
            && !reported.contains(&place)
        {
            context.findings.warning(
                Code::UnlikelyDate,
                place,
                format!("{date} is more than a year before the period, which begins on {from}"),
                "correct the year; if it is right, accept this under `allow` with the reason".to_owned(),
            );
        }
    }
}

/// Dates long after the period: a digit of the year is wrong. Those of evidence are outside the period already.
fn too_late(document: &syntax::Evaluation, to: Date, context: &Context<'_>) {
    let check = |field: Option<&Field<Day>>, years: i32| {
        let latest = to.checked_add(Time::new().years(years)).unwrap_or(Date::MAX);
        if let Some((date, place)) = value::sound_date(field)
            && date > latest
        {
            let many = if years == 1 { "a year".to_owned() } else { format!("{years} years") };
            context.findings.warning(
                Code::UnlikelyDate,
                place,
                format!("{date} is more than {many} after the period, which ends on {to}"),
                "correct the year; if it is right, accept this under `allow` with the reason".to_owned(),
            );
        }
    };
    check(document.completed_on.as_ref(), PAST);
    for (_, training) in items(document.professional_development.as_ref()) {
        check(Some(&training.date), PAST);
    }
    for (_, response) in items(document.responses.as_ref()) {
        check(response.date.as_ref(), PAST);
    }
    for (_, event) in items(document.record.as_ref()) {
        check(Some(&event.date), PAST);
    }
    for (_, goal) in items(document.goals.as_ref()) {
        check(goal.due.as_ref(), PLANNED);
    }
    let Some(employee) = document.employee.as_ref().and_then(Field::get) else { return };
    for (_, assignment) in items(employee.assignments.as_ref()) {
        check(assignment.from.as_ref(), PAST);
        check(assignment.to.as_ref(), PLANNED);
    }
    if let Some(certificate) = employee.certificate.as_ref().and_then(Field::get) {
        check(Some(&certificate.from), PAST);
        check(Some(&certificate.to), FOR_LIFE);
    }
}

/// Years after the period for what has happened already when the evaluation is written.
const PAST: i32 = 1;
/// Years after the period for what is planned: goals reach to the end of a cycle of three years.
const PLANNED: i32 = 3;
/// Years after the period for a certificate that does not end.
const FOR_LIFE: i32 = 100;
