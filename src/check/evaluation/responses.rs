//! Rules of the employee's responses.

use crate::diagnostic::Code;
use crate::source::{Field, Word};
use crate::syntax;

use super::super::{alike, items, value};
use super::Context;

/// A response says when it was written, by whom, and about which part of the rubric.
pub(super) fn responses(document: &syntax::Evaluation, context: &Context<'_>) {
    for (place, response) in items(document.responses.as_ref()) {
        let is_written = value::text(&response.text, context.findings).is_some();
        if let Some(about) = &response.about {
            context.known_node(about);
        }
        unknown_person(response.by.as_ref(), "response", document, context);
        match &response.date {
            Some(date) => {
                value::date(date, context.findings);
            }
            None if !is_written => {}
            None => context.findings.warning(
                Code::UndatedResponse,
                place,
                "this response has no date".to_owned(),
                "write `date:` with the day it was written: a deadline to respond is counted in days".to_owned(),
            ),
        }
    }
}

/// Who responds is listed, by id or name. An organization lists nobody but its evaluators: anyone responds for it.
pub(super) fn unknown_person(
    by: Option<&Field<Word>>,
    what: &str,
    document: &syntax::Evaluation,
    context: &Context<'_>,
) {
    let (Some(by), Some(employee)) = (by, document.employee.as_ref().and_then(Field::get)) else { return };
    let Some(written) = value::word(by, context.findings) else { return };
    let mut people = vec![(employee.id.word(), employee.name.text())];
    people.extend(items(Some(&document.evaluators)).map(|(_, other)| (other.id.word(), other.name.text())));
    // Somebody who could not be read may be the one.
    let all_read = people.iter().all(|(id, name)| id.is_some() && name.is_some())
        && document.evaluators.get().is_some_and(|list| list.iter().all(|evaluator| evaluator.get().is_some()));
    let is_listed = |(id, name): &(Option<&str>, Option<&str>)| {
        *id == Some(written) || name.is_some_and(|name| alike::folded(name) == alike::folded(written))
    };
    if !all_read || people.iter().any(is_listed) {
        return;
    }
    let ids = people.iter().filter_map(|(id, _)| *id);
    let help = context.findings.did_you_mean(written, ids, || {
        let own = value::shorten(employee.id.word().unwrap_or_default());
        format!("write the id of the employee, `{own}`, or of an evaluator; or leave `by` out, and name the person in the text")
    });
    context.findings.warning(
        Code::UnknownPerson,
        by.span,
        format!("this {what} is by `{}`, who is neither the employee nor an evaluator", value::shorten(written)),
        help,
    );
}
