//! Rules of the goal templates.

use std::ops::Range;

use crate::diagnostic::{Code, Severity};
use crate::exact::Exact;
use crate::rubric::{
    DEFAULT_GOAL_LIMIT, Due, GoalOverride, GoalPlan, GoalTemplate, GoalWhen, KNOWN_PLACEHOLDERS, MOST_ERRORS, Phrase,
    PhraseError,
};
use crate::source::{Either, Field, Finding, Findings, Help, Number, Span, Text, Word};
use crate::syntax::rubric::IndicatorGoal;
use crate::syntax::{self, form};

use crate::syntax::outline::Node;

use super::super::{items, scoring, value};
use super::nodes::indicators;
use super::own_ids;
use super::scales::All;

/// The goal plan; `None` when the rubric gives none, or a faulty one.
pub(super) fn goals(
    document: &syntax::Rubric,
    nodes: &[Node<'_>],
    scales: &All,
    scoring: Option<&[scoring::Read]>,
    findings: &Findings,
) -> Option<GoalPlan> {
    let goals = document.goals.as_ref().and_then(Field::get);
    // An indicator's texts go with whichever template its rating calls for; the built-in ones have a date.
    let dated = goals.is_none_or(|goals| items(Some(&goals.templates)).all(|(_, template)| template.due.is_some()));
    for (_, keys) in indicators(nodes) {
        if let Some(goal) = keys.goal.and_then(Field::get) {
            texts(goal.statement.as_ref(), goal.measure.as_ref(), goal.activities.as_ref(), dated, findings);
            amount(goal.contact_hours.as_deref(), findings);
        }
    }
    let goals = goals?;
    own_ids(items(Some(&goals.templates)).map(|(_, template)| &*template.id), "goal template", findings);
    let templates: Vec<Option<GoalTemplate>> = items(Some(&goals.templates))
        .map(|(_, template)| goal_template(template, document, scales, scoring, findings))
        .collect();
    let limit = goals.limit.as_deref().and_then(Field::get).map_or(DEFAULT_GOAL_LIMIT, |limit| *limit as usize);
    Some(GoalPlan { limit, templates: templates.into_iter().collect::<Option<_>>()? })
}

/// The steps that templates go by.
pub(super) fn used_steps(document: &syntax::Rubric) -> Vec<String> {
    let goals = document.goals.as_ref().and_then(Field::get);
    let steps = items(goals.map(|goals| &goals.templates)).filter_map(|(_, template)| match template.when.get() {
        Some(Either::Long(when)) => when.rating.word().map(str::to_owned),
        _ => None,
    });
    steps.collect()
}

fn goal_template(
    template: &syntax::rubric::GoalTemplate,
    document: &syntax::Rubric,
    scales: &All,
    scoring: Option<&[scoring::Read]>,
    findings: &Findings,
) -> Option<GoalTemplate> {
    let when = match template.when.get() {
        Some(Either::Short(level)) => {
            let field = Field { span: template.when.span, value: Some(level.clone()) };
            scales.number(&field, findings).map(GoalWhen::Level)
        }
        // A policy that could not be read may have any step.
        Some(Either::Long(_)) if !document.scoring.as_ref().is_none_or(scoring::all_read) => None,
        Some(Either::Long(when)) => scoring::goal_when(when, scoring, findings),
        None => None,
    };
    texts(
        Some(&template.statement),
        template.measure.as_ref(),
        template.activities.as_ref(),
        template.due.is_some(),
        findings,
    );
    let due = template.due.as_ref().and_then(|field| due_date(field.get()?, field.span, findings));
    Some(GoalTemplate {
        when: when?,
        statement: phrase(&template.statement)?,
        measure: template.measure.as_deref().and_then(phrase),
        activities: phrases(template.activities.as_ref()).unwrap_or_default(),
        without_comment: None,
        due,
        contact_hours: amount(template.contact_hours.as_deref(), findings).cloned(),
    })
}

/// The texts of an indicator that replace those of the template; only texts that keep the rules.
pub(super) fn indicator_goal(goal: &IndicatorGoal) -> GoalOverride {
    GoalOverride {
        statement: goal.statement.as_deref().and_then(phrase),
        measure: goal.measure.as_deref().and_then(phrase),
        activities: phrases(goal.activities.as_ref()),
        contact_hours: goal.contact_hours.as_deref().and_then(Field::get).map(|Number(hours)| hours.clone()),
    }
}

fn phrase(field: &Field<Text>) -> Option<Phrase> {
    Phrase::parse(field.text()?).ok()
}

fn phrases(list: Option<&Field<Vec<form::Phrase>>>) -> Option<Vec<Phrase>> {
    list?.get()?.iter().map(|field| phrase(field)).collect()
}

fn amount<'a>(hours: Option<&'a Field<Number>>, findings: &Findings) -> Option<&'a Exact> {
    hours.and_then(|hours| value::amount(hours, "contact hours", findings))
}

/// The texts of a goal hold placeholders, and nothing else of a template language: a rubric may come from anyone.
fn texts(
    statement: Option<&form::Phrase>,
    measure: Option<&form::Phrase>,
    activities: Option<&Field<Vec<form::Phrase>>>,
    dated: bool,
    findings: &Findings,
) {
    let activities = activities.and_then(Field::get).into_iter().flatten();
    for field in statement.into_iter().chain(measure).chain(activities) {
        let Some(text) = value::text(field, findings) else { continue };
        match Phrase::parse(text) {
            Ok(phrase) if !dated => {
                for at in phrase.places("due").take(MOST_ERRORS) {
                    let message = "`due` stands in this text, but there is no date to put there".to_owned();
                    let help =
                        "add `due: { in_days: 120 }` to every goal template, or remove the placeholder".to_owned();
                    push(Code::UnknownPlaceholder, field, text, at, message, help, findings);
                }
            }
            Ok(_) => {}
            Err(errors) => {
                for error in errors {
                    phrase_error(error, field, text, findings);
                }
            }
        }
    }
}

fn phrase_error(error: PhraseError, field: &Field<Text>, text: &str, findings: &Findings) {
    match error {
        PhraseError::Unknown { name, at } => {
            // `indicator.s` was meant to be one of the indicator's.
            let group = name.split_once('.').map_or("", |(group, _)| group);
            let of_group: Vec<&str> = KNOWN_PLACEHOLDERS
                .into_iter()
                .filter(|known| known.split_once('.').is_some_and(|(known, _)| known == group))
                .collect();
            let known = if of_group.is_empty() { &KNOWN_PLACEHOLDERS[..] } else { of_group.as_slice() };
            let help =
                findings.did_you_mean(&name, known.iter().copied(), || format!("known are {}", known.join(", ")));
            let message = format!("`{}` is no placeholder", value::shorten(&name));
            push(Code::UnknownPlaceholder, field, text, at, message, help, findings);
        }
        PhraseError::Syntax { at } => {
            let message = "only placeholders such as `{{ indicator.title }}` can stand in this text".to_owned();
            let help = "remove the operators, filters and blocks; write what they would print".to_owned();
            push(Code::NotAPlaceholder, field, text, at, message, help, findings);
        }
    }
}

/// A finding at a part of a text.
fn push(
    code: Code,
    field: &Field<Text>,
    text: &str,
    at: Range<usize>,
    message: String,
    help: impl Into<Help>,
    findings: &Findings,
) {
    findings.push(Finding::new(Severity::Error, code, field.span, message, help).within(text, at));
}

/// The latest that a goal can be due.
const MOST_DAYS: u32 = 3650;

fn due_date(due: &syntax::rubric::Due, place: Span, findings: &Findings) -> Option<Due> {
    match (&due.in_days, &due.by) {
        (Some(field), None) => {
            let days = *field.get()?;
            if days > MOST_DAYS {
                findings.error(
                    Code::BadNumber,
                    field.span,
                    format!("a goal cannot be due in {days} days"),
                    format!("write at most {MOST_DAYS}, which is ten years"),
                );
                return None;
            }
            Some(Due::InDays(days))
        }
        (None, Some(by)) => day_of_year(by, findings).map(|(month, day)| Due::By { month, day }),
        _ => {
            findings.error(
                Code::AmbiguousDue,
                place,
                "`due` wants one of `in_days` and `by`".to_owned(),
                "write `{ in_days: 120 }`, or `{ by: 01-31 }`".to_owned(),
            );
            None
        }
    }
}

/// A day that every year has, or leap years: `01-31`, `02-29`; else a finding.
pub(super) fn day_of_year(by: &Field<Word>, findings: &Findings) -> Option<(i8, i8)> {
    let written = by.word()?;
    let day = value::month_and_day(written);
    if day.is_none() {
        let message = format!("`{}` is no day of a year", value::shorten(written));
        let help = match meant_day(written) {
            Some((month, day)) if written.len() > 5 => {
                format!("write month and day, without a year: {month:02}-{day:02}")
            }
            Some((month, day)) => format!("write month and day in two digits each: {month:02}-{day:02}"),
            None => "write month and day: 01-31".to_owned(),
        };
        findings.error(Code::BadDate, by.span, message, help);
    }
    day
}

/// The month and day of a date with a year, `2026-06-15`, or as Americans write it, `6/15` or `6/15/2026`.
fn meant_day(written: &str) -> Option<(i8, i8)> {
    let parts: Vec<&str> = written.split(['-', '/']).collect();
    let (month, day) = match (written.contains('/'), parts.as_slice()) {
        (true, [month, day] | [month, day, _]) => (month, day),
        (false, [year, month, day]) if year.len() == 4 => (month, day),
        (false, [month, day]) => (month, day),
        _ => return None,
    };
    value::month_and_day(&format!("{month:0>2}-{day:0>2}"))
}
