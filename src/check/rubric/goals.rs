//! Rules of the goals a rubric proposes.

use crate::diagnostic::Code;
use crate::diagnostic::Severity;
use crate::rubric::{Due, GoalOverride, GoalPlan, GoalTemplate, KNOWN_PLACEHOLDERS, Phrase, PhraseError, Scale};
use crate::source::{Either, Field, Finding, Findings, Text};
use crate::syntax;
use crate::syntax::rubric::IndicatorGoal;

use super::super::{items, value};
use super::{own_ids, scale};

/// The goal plan; `None` when the rubric gives none, or a faulty one.
pub(super) fn goals(document: &syntax::Rubric, scale: Option<&Scale>, findings: &Findings) -> Option<GoalPlan> {
    let all = items(Some(&document.domains)).flat_map(|(_, domain)| {
        items(domain.indicators.as_ref()).chain(
            items(domain.competencies.as_ref()).flat_map(|(_, competency)| items(competency.indicators.as_ref())),
        )
    });
    for goal in all.filter_map(|(_, indicator)| indicator.goal.as_ref()?.get()) {
        indicator_goal(goal, Some(findings));
    }
    let goals = document.goals.as_ref()?.get()?;
    own_ids(items(Some(&goals.templates)).map(|(_, template)| &template.id), "goal template", findings);
    let templates: Vec<Option<GoalTemplate>> =
        items(Some(&goals.templates)).map(|(_, template)| goal_template(template, scale, findings)).collect();
    let limit =
        goals.limit.as_ref().and_then(Field::get).map_or(crate::rubric::DEFAULT_GOAL_LIMIT, |limit| *limit as usize);
    Some(GoalPlan { limit, templates: templates.into_iter().flatten().collect() })
}

fn goal_template(
    template: &syntax::rubric::GoalTemplate,
    scale: Option<&Scale>,
    findings: &Findings,
) -> Option<GoalTemplate> {
    let level = match template.when.get() {
        Some(Either::Short(level)) => {
            let field = Field { span: template.when.span, value: Some(level.clone()) };
            scale.and_then(|scale| scale::level(&field, scale, findings))
        }
        Some(Either::Long(when)) => {
            let step = when.rating.word().unwrap_or_default();
            findings.error(
                Code::UnknownStep,
                when.rating.span,
                format!("there is no step `{step}`: this rubric has no scoring policy"),
                "name a level of the scale instead, as in `when: has_not_met`".to_owned(),
            );
            None
        }
        None => None,
    };
    let statement = phrase(&template.statement, Some(findings));
    let measure = template.measure.as_ref().map(|text| phrase(text, Some(findings)));
    let activities = phrases(template.activities.as_ref(), Some(findings));
    let due =
        template.due.as_ref().and_then(Field::get).map(|due| (template.due.as_ref().map(|field| field.span), due));
    let due = due.and_then(|(span, written)| due_date(written, span.unwrap_or_default(), findings));
    let contact_hours =
        template.contact_hours.as_ref().and_then(|hours| value::amount(hours, "contact hours", findings));
    if template.due.is_none() {
        let texts = [Some(&template.statement), template.measure.as_ref()].into_iter().flatten();
        for (field, _) in texts
            .zip([statement.as_ref(), measure.as_ref().and_then(Option::as_ref)])
            .filter(|(_, phrase)| phrase.is_some_and(|phrase| phrase.has("due")))
        {
            findings.error(
                Code::UnknownPlaceholder,
                field.span,
                "`due` stands in this text, but the template has no `due`".to_owned(),
                "add `due: { in_days: 120 }` to the template, or remove the placeholder".to_owned(),
            );
        }
    }
    Some(GoalTemplate {
        level: level?,
        statement: statement?,
        measure: measure.flatten(),
        activities: activities.unwrap_or_default(),
        due,
        contact_hours,
    })
}

/// What an indicator's goal says instead of the template. Findings are noted once, when the rubric is checked.
pub(super) fn indicator_goal(goal: &IndicatorGoal, findings: Option<&Findings>) -> GoalOverride {
    GoalOverride {
        statement: goal.statement.as_ref().and_then(|text| phrase(text, findings)),
        measure: goal.measure.as_ref().and_then(|text| phrase(text, findings)),
        activities: phrases(goal.activities.as_ref(), findings),
        contact_hours: goal.contact_hours.as_ref().and_then(|hours| match findings {
            Some(findings) => value::amount(hours, "contact hours", findings),
            None => hours.get().map(|number| number.0.clone()),
        }),
    }
}

fn phrases(list: Option<&Field<Vec<Field<Text>>>>, findings: Option<&Findings>) -> Option<Vec<Phrase>> {
    let list = list?.get()?;
    Some(list.iter().filter_map(|text| phrase(text, findings)).collect())
}

/// A text with placeholders, and nothing else of a template language: a rubric may come from anyone.
fn phrase(field: &Field<Text>, findings: Option<&Findings>) -> Option<Phrase> {
    let text = match findings {
        Some(findings) => value::text(field, findings)?,
        None => field.text()?,
    };
    let errors = match Phrase::parse(text) {
        Ok(phrase) => return Some(phrase),
        Err(errors) => errors,
    };
    let findings = findings?;
    for error in errors {
        let (code, message, help, at) = match error {
            PhraseError::Unknown { name, at } => {
                let help = findings
                    .did_you_mean(&name, KNOWN_PLACEHOLDERS, || format!("known are {}", KNOWN_PLACEHOLDERS.join(", ")));
                (Code::UnknownPlaceholder, format!("`{name}` is no placeholder"), help, at)
            }
            PhraseError::Syntax { at } => (
                Code::NotAPlaceholder,
                "only placeholders such as `{{ indicator.title }}` can stand in this text".to_owned(),
                "remove the operators, filters and blocks; write what they would print".to_owned(),
                at,
            ),
        };
        let part = text.get(at.clone()).unwrap_or_default();
        let before = text.get(..at.start).unwrap_or_default().matches(part).count();
        findings.push(Finding::new(Severity::Error, code, field.span, message, help).within(part, before));
    }
    None
}

fn due_date(due: &syntax::rubric::Due, place: crate::source::Span, findings: &Findings) -> Option<Due> {
    match (&due.in_days, &due.by) {
        (Some(days), None) => days.get().map(|days| Due::InDays(*days)),
        (None, Some(by)) => {
            let written = by.word()?;
            let parsed = written.split_once('-').and_then(|(month, day)| {
                let is_two_digits = |part: &str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
                // A leap year, so that 02-29 is a day.
                let (month, day) = (is_two_digits(month) && is_two_digits(day))
                    .then(|| Some((month.parse().ok()?, day.parse().ok()?)))??;
                jiff::civil::Date::new(2024, month, day).ok().map(|_| Due::By { month, day })
            });
            if parsed.is_none() {
                findings.error(
                    Code::BadDate,
                    by.span,
                    format!("`{}` is no day of a year", value::shorten(written)),
                    "write month and day: 01-31".to_owned(),
                );
            }
            parsed
        }
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
