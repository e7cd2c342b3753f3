//! Rules of every text of a rubric that is printed.

use crate::source::{Entries, Field, Findings, Span, Text};
use crate::syntax::outline::{Keys, Node};
use crate::syntax::{self, form};

use super::super::items;
use super::super::privacy::{Privacy, Staff};
use super::{nodes, spreadsheet};

/// A rubric is about practice, and its texts stand in every evaluation: nothing in them identifies a student.
pub(super) fn student_data(document: &syntax::Rubric, outlined: &[Node<'_>], findings: &Findings) {
    let privacy = &Privacy { staff: Staff::default(), findings };
    for node in outlined {
        let about = node.id.word().unwrap_or_default();
        for text in node.title.into_iter().chain(node.statement) {
            privacy.check(text, about);
        }
    }
    for (id, keys) in nodes::indicators(outlined) {
        let about = id.word().unwrap_or_default();
        passages(keys).for_each(|(place, text)| privacy.check_in(text, place, about));
        items(keys.practices).for_each(|(_, practice)| privacy.check(&practice.statement, about));
        if let Some(goal) = keys.goal.and_then(Field::get) {
            goal_texts(goal.statement.as_ref(), goal.measure.as_ref(), goal.activities.as_ref(), about, privacy);
        }
    }
    let goals = document.goals.as_ref().and_then(Field::get);
    for (_, template) in items(goals.map(|goals| &goals.templates)) {
        let about = template.id.word().unwrap_or_default();
        let statement = Some(&template.statement);
        goal_texts(statement, template.measure.as_ref(), template.activities.as_ref(), about, privacy);
    }
    of_the_year(document, privacy);
}

/// The labels and notes of what happens in a year: observations, supervision, the process; and those of narratives.
fn of_the_year(document: &syntax::Rubric, privacy: &Privacy<'_>) {
    let check = |text: Option<&Field<Text>>, about: &str| {
        if let Some(text) = text {
            privacy.check(text, about);
        }
    };
    let observations = document.observations.as_ref().and_then(Field::get);
    for (_, kind) in items(observations.map(|observations| &observations.kinds)) {
        check(Some(&kind.label), kind.id.word().unwrap_or_default());
    }
    let supervision = document.supervision.as_ref().and_then(Field::get);
    for (_, kind) in items(supervision.map(|supervision| &supervision.kinds)) {
        check(Some(&kind.label), kind.id.word().unwrap_or_default());
    }
    check(supervision.and_then(|supervision| supervision.source.as_ref()), "supervision");
    check(supervision.and_then(|supervision| supervision.note.as_ref()), "supervision");
    let process = document.process.as_ref().and_then(Field::get);
    check(process.and_then(|process| process.note.as_ref()), "process");
    for (_, step) in items(process.map(|process| &process.steps)) {
        let about = step.id.word().unwrap_or_default();
        check(step.label.as_deref(), about);
        check(step.note.as_ref(), about);
    }
    for (_, narrative) in items(document.narratives.as_ref()) {
        check(Some(&narrative.label), narrative.id.word().unwrap_or_default());
    }
}

/// No text of a rubric is an error that a spreadsheet put in its place.
pub(super) fn spreadsheet_errors(outlined: &[Node<'_>], findings: &Findings) {
    for node in outlined {
        let about = node.id.word().unwrap_or_default();
        for field in node.title.into_iter().chain(node.statement) {
            spreadsheet::error(field.text().unwrap_or_default(), field.span, about, findings);
        }
    }
    for (id, keys) in nodes::indicators(outlined) {
        let about = id.word().unwrap_or_default();
        let practices = items(keys.practices).map(|(_, practice)| &practice.statement);
        let practices = practices.filter_map(|statement| Some((statement.span, statement.text()?)));
        for (place, text) in passages(keys).chain(practices) {
            spreadsheet::error(text, place, about, findings);
        }
    }
}

/// The guidance and descriptors of an indicator, bullet by bullet.
fn passages(keys: Keys<'_>) -> impl Iterator<Item = (Span, &str)> {
    let descriptors = keys.descriptors.and_then(Field::get).into_iter().flat_map(Entries::iter);
    keys.guidance.into_iter().chain(descriptors.map(|(_, _, text)| text)).flat_map(Field::texts)
}

fn goal_texts(
    statement: Option<&form::Phrase>,
    measure: Option<&form::Phrase>,
    activities: Option<&Field<Vec<form::Phrase>>>,
    about: &str,
    privacy: &Privacy<'_>,
) {
    let activities = activities.and_then(Field::get).into_iter().flatten();
    for text in statement.into_iter().chain(measure).chain(activities) {
        privacy.check(text, about);
    }
}
