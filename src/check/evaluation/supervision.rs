//! Rules of the sessions of supervision. None is about the employee: supervision is the district's to provide.

use std::collections::HashMap;

use jiff::civil::Date;

use crate::diagnostic::{Code, Severity};
use crate::rubric::Supervision;
use crate::source::{Field, Finding, Help, Word};
use crate::syntax;
use crate::syntax::evaluation::SupervisionSession;

use super::super::{items, some_of, value};
use super::Context;

/// The sessions are of the rubric's kinds, within the period, each once.
pub(super) fn supervision(document: &syntax::Evaluation, period: Option<(Date, Date)>, context: &Context<'_>) {
    let Some(written) = &document.supervision else { return };
    let Some(asked) = context.rubric.supervision() else {
        let message = "this rubric does not ask for supervision".to_owned();
        let otherwise = || "remove `supervision`; to record a conference, list it under `record`".to_owned();
        let help = context.once(|old| old.supervision().is_some()).unwrap_or_else(otherwise);
        return context.findings.error(Code::UnknownSupervision, written.span, message, help);
    };
    for (_, session) in items(Some(written)) {
        kind(&session.kind, asked, context);
        if value::date(&session.date, context.findings).is_some() {
            outside_period(session, period, context);
        }
        session.by.iter().for_each(|by| _ = value::word(by, context.findings));
        session.minutes.iter().for_each(|minutes| value::minutes(minutes, context.findings));
    }
    repeated(document, context);
}

fn kind(field: &Field<Word>, asked: &Supervision, context: &Context<'_>) {
    let Some(id) = value::word(field, context.findings).filter(|id| asked.kind(id).is_none()) else { return };
    let known: Vec<&str> = asked.kinds.iter().map(|kind| kind.id.as_str()).collect();
    let otherwise = || format!("the rubric's kinds are {}", some_of(&known));
    let once = context.once(|old| old.supervision_kind(id).is_some());
    let labelled = asked.kinds.iter().map(|kind| (kind.id.as_str(), kind.label.as_str()));
    let help = once.map(Help::from).or_else(|| value::of_label(id, labelled));
    let help = help.unwrap_or_else(|| context.findings.did_you_mean(id, known.iter().copied(), otherwise));
    let message = format!("`{}` is no kind of supervision of the rubric", value::shorten(id));
    context.findings.error(Code::UnknownSupervision, field.span, message, help);
}

fn outside_period(session: &SupervisionSession, period: Option<(Date, Date)>, context: &Context<'_>) {
    let (Some((from, to)), Some((day, place))) = (period, value::sound_date(Some(&session.date))) else { return };
    if (from..=to).contains(&day) {
        return;
    }
    let when = if day < from { "before" } else { "after" };
    let message = format!("this supervision was {when} the period, which is from {from} to {to}");
    let help = "correct the date, or leave the session to the evaluation of its period".to_owned();
    context.findings.warning(Code::OutsidePeriod, place, message, help);
}

/// Two sessions of one kind on one day are most often one, written twice: its minutes would count twice.
fn repeated(document: &syntax::Evaluation, context: &Context<'_>) {
    let mut first = HashMap::new();
    for (place, session) in items(document.supervision.as_ref()) {
        let (Some(date), Some(kind)) = (session.date.get(), session.kind.word()) else { continue };
        let before = *first.entry((date.0, kind)).or_insert(place);
        if before != place {
            let message = format!("supervision of the kind `{}` is listed twice on {}", value::shorten(kind), date.0);
            let help = "remove one of the two; if there were two sessions, accept this under `allow` with the reason";
            let finding = Finding::new(Severity::Warning, Code::RepeatedSupervision, place, message, help.to_owned());
            context.findings.push(finding.first_at(before));
        }
    }
}
