//! Rules of the narratives: the texts that the rubric asks for beside the ratings.

use std::sync::Arc;

use crate::diagnostic::Code;
use crate::evaluation::Status;
use crate::rubric::{Narrative, NarrativeOf};
use crate::source::{Blank, Either, Entries, Field, Finding, Help, Text, Word, is_blank};
use crate::syntax;
use crate::syntax::narrative::Narrated;

use super::super::{each_once, keys, some_of, value};
use super::Context;
use super::scope::Scope;

/// Every text is one that the rubric asks for, about a part that the document answers for; no required one is missing.
/// `is_rated` tells whether every indicator in scope has a level: a draft that has just begun is not asked for its texts.
pub(super) fn narratives(
    document: &syntax::Evaluation,
    scope: &Scope,
    is_rated: impl FnOnce() -> bool,
    context: &Context<'_>,
) {
    let findings = context.findings;
    let entries = document.narratives.as_ref().and_then(Field::get);
    if document.narratives.is_some() && entries.is_none() {
        return;
    }
    let message = |id: &str| format!("the narrative `{}` stands twice", value::shorten(id));
    each_once(entries.into_iter().flat_map(keys), Code::DuplicateKey, findings, message, "keep one of the two");
    for (id, key, field) in entries.into_iter().flat_map(Entries::iter) {
        match context.rubric.narrative(id) {
            Some(narrative) => entry(narrative, field, scope, context),
            None => unknown(id, key, context),
        }
    }
    let mut required = context.rubric.narratives().iter().filter(|narrative| narrative.required).peekable();
    if required.peek().is_some() && (context.status == Status::Final || is_rated()) {
        required.for_each(|narrative| missing(narrative, document, scope, context));
    }
}

fn unknown(id: &str, key: &Field<Word>, context: &Context<'_>) {
    let known: Vec<&str> = context.rubric.narratives().iter().map(|narrative| narrative.id.as_str()).collect();
    let otherwise = || match known.as_slice() {
        [] => "this rubric has no narratives; write the text under `summary`".to_owned(),
        known => format!("the rubric has {}; a text of another kind goes under `summary`", some_of(known)),
    };
    let once = context.once(|old| old.narrative(id).is_some());
    let help = once.map_or_else(|| context.findings.did_you_mean(id, known.iter().copied(), otherwise), Help::from);
    let message = format!("`{}` is no narrative of the rubric", value::shorten(id));
    context.findings.error(Code::UnknownNarrative, key.span, message, help);
}

/// One text about the whole, or texts by the ids of domains or competencies, as the rubric says.
fn entry(narrative: &Narrative, field: &Field<Narrated>, scope: &Scope, context: &Context<'_>) {
    let id = &narrative.id;
    let (message, help) = match (field.get().and_then(|Blank(entry)| entry.as_ref()), narrative.of) {
        (None, _) => return,
        (Some(Either::Short(Text(text))), NarrativeOf::Whole) => {
            value::not_blank(text, field.span, context.findings);
            return;
        }
        (Some(Either::Long(texts)), NarrativeOf::Domain | NarrativeOf::Competency) => {
            return parts(narrative, texts, scope, context);
        }
        (Some(Either::Short(_)), of) => {
            let first = narrative.parts(context.rubric).into_iter().flatten().next().unwrap_or_default();
            let example = format!("`{id}: {{ {}: … }}`", value::shorten(first));
            (
                format!("`{id}` is about each {}, but this is one text", of.name()),
                format!("write each text by the id of its {}, such as {example}", of.name()),
            )
        }
        (Some(Either::Long(_)), NarrativeOf::Whole) => (
            format!("`{id}` is one text about the whole, but this is a group of keys"),
            format!("write the text itself: `{id}: …`"),
        ),
    };
    context.findings.error(Code::WrongType, field.span, message, help);
}

fn parts(narrative: &Narrative, texts: &Entries<Blank<Text>>, scope: &Scope, context: &Context<'_>) {
    let id = &narrative.id;
    let known: Vec<&str> = narrative.parts(context.rubric).into_iter().flatten().collect();
    let message = |part: &str| format!("`{}` stands twice under `{id}`", value::shorten(part));
    each_once(keys(texts), Code::DuplicateKey, context.findings, message, "keep one of the two");
    for (part, key, field) in texts.iter() {
        let text = field.get().and_then(|Blank(text)| text.as_ref());
        if !known.contains(&part) {
            other_part(narrative, part, key, &known, context);
        } else if let Some(Text(text)) = text {
            value::not_blank(text, field.span, context.findings);
            if !is_blank(text) {
                out_of_scope(id, part, key, scope, context);
            }
        }
    }
}

/// A text about something that is no part of the rubric, or of another tier.
fn other_part(narrative: &Narrative, part: &str, key: &Field<Word>, known: &[&str], context: &Context<'_>) {
    let (id, of) = (&narrative.id, narrative.of.name());
    let node = context.rubric.node(part);
    let lies_with = |known: &&&str| {
        let indicators = |id: &str| context.rubric.node(id).map(|node| node.indicators.clone());
        indicators(known)
            .zip(indicators(part))
            .is_some_and(|(known, part)| known.contains(&part.start) || part.contains(&known.start))
    };
    let (message, help) = match node {
        Some(node) => {
            let with: Vec<&str> = known.iter().filter(lies_with).copied().collect();
            (
                format!("`{part}` is {}, but `{id}` is about each {of}", node.tier.one()),
                format!("write the text by the id of its {of}: {}", some_of(&with)).into(),
            )
        }
        None => {
            let message = format!("`{}` is no {of} of the rubric", value::shorten(part));
            (message, context.meant(part, known.iter().copied()))
        }
    };
    context.findings.error(Code::UnknownNode, key.span, message, help);
}

/// A text about a part of which the document answers for nothing.
fn out_of_scope(id: &str, part: &str, key: &Field<Word>, scope: &Scope, context: &Context<'_>) {
    let mut indicators = context.rubric.node(part).map(|node| node.indicators.clone()).unwrap_or_default();
    if !scope.all_known || indicators.clone().any(|indicator| scope.holds(indicator)) {
        return;
    }
    let (fault, help) = match indicators.find_map(|indicator| scope.not_assigned_by(indicator)) {
        Some(entry) => (
            "which is listed as not assigned",
            format!("remove the entry `{}` under `not_assigned`", value::shorten(entry)),
        ),
        None => ("which is not in this evaluation's scope", format!("add `{part}` to `scope`")),
    };
    let message = format!("`{id}` is written for `{part}`, {fault}");
    context.findings.error(Code::OutOfScope, key.span, message, format!("move the text to `summary`, or {help}"));
}

/// A required text is there: about every part that the document answers for, and about the whole unless it answers for a part
/// of the rubric only.
fn missing(narrative: &Narrative, document: &syntax::Evaluation, scope: &Scope, context: &Context<'_>) {
    let id = &narrative.id;
    let entries = document.narratives.as_ref().and_then(Field::get);
    let written = entries.into_iter().flat_map(Entries::iter).find(|(known, ..)| known == id).map(|(.., field)| field);
    let answers_for = |part: &Option<&str>| match part.and_then(|part| context.rubric.node(part)) {
        Some(node) => node.indicators.clone().any(|indicator| scope.holds(indicator)),
        None => scope.ids.is_empty(),
    };
    // A text that could not be read, or has another shape, is reported elsewhere.
    let is_there = |part: &Option<&str>| match (written.map(Field::get), part) {
        (None, _) => false,
        (Some(None), _) => true,
        (Some(Some(Blank(None))), _) => false,
        (Some(Some(Blank(Some(Either::Long(texts))))), Some(part)) => {
            let text = texts.iter().find(|(known, ..)| known == part).map(|(.., field)| field.get());
            text.is_some_and(|text| text.is_none_or(|Blank(text)| text.is_some()))
        }
        _ => true,
    };
    let parts = narrative.parts(context.rubric);
    let missing: Vec<Option<&str>> = parts.into_iter().filter(|part| answers_for(part) && !is_there(part)).collect();
    if missing.is_empty() || !scope.all_known {
        return;
    }
    // Where nothing is written yet, the place is the status or the ratings, which make the text due.
    let due = document.status.as_ref().map_or(document.ratings.span, |status| status.span);
    let place = document.narratives.as_ref().map_or(due, |field| field.span);
    let label = value::label(&narrative.label);
    let parts: Vec<&str> = missing.iter().copied().flatten().collect();
    let (message, help) = match parts.first() {
        None => (format!("“{label}” is missing"), format!("write the text under `narratives`: `{id}: …`")),
        Some(first) => (
            format!("“{label}” is missing for {}", some_of(&parts)),
            format!("write the text under `narratives`: `{id}: {{ {}: … }}`", value::shorten(first)),
        ),
    };
    let finding = Finding::new(context.severity(), Code::MissingNarrative, place, message, help);
    context.findings.push(finding.about(id));
}

/// The document without the places of narratives that are still blank.
pub(super) fn without_blanks(mut document: Arc<syntax::Evaluation>) -> Arc<syntax::Evaluation> {
    if document.narratives.is_none() {
        return document;
    }
    let own = Arc::make_mut(&mut document);
    if let Some(entries) = own.narratives.as_mut().and_then(|field| field.value.as_mut()) {
        entries.0.retain_mut(|(_, entry)| match entry.value.as_mut().and_then(|Blank(entry)| entry.as_mut()) {
            Some(Either::Long(texts)) => {
                texts.0.retain(|(_, text)| !matches!(text.get(), Some(Blank(None))));
                !texts.0.is_empty()
            }
            Some(Either::Short(_)) => true,
            None => false,
        });
        if entries.0.is_empty() {
            own.narratives = None;
        }
    }
    document
}
