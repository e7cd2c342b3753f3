//! Rules of the scale, and of what refers to its levels.

use crate::diagnostic::Code;
use crate::rubric::{Level, Scale};
use crate::source::{Field, Findings, Word};
use crate::syntax;

use super::super::{each_once, items, keys, some_of, value};

/// The scale, or the default one where the rubric gives none.
pub(super) fn scale(document: &syntax::Rubric, findings: &Findings) -> Option<Scale> {
    let Some(field) = &document.scale else { return Some(Scale::default()) };
    let scale = field.get()?;
    let count = scale.levels.get()?.len();
    if count < 2 {
        findings.error(
            Code::ShortScale,
            scale.levels.span,
            format!("the scale has {}", if count == 0 { "no level" } else { "one level only" }),
            "give at least two levels, lowest first; choices that are no rating go under `not_rated`".to_owned(),
        );
    }
    let rated = levels(Some(&scale.levels), findings);
    let not_rated = levels(scale.not_rated.as_ref(), findings);
    duplicates(scale, findings);
    let meets_at = meets_at(&scale.meets_at, &rated, findings);
    if count < 2 {
        return None;
    }
    meets_at.map(|meets_at| Scale::new(rated, not_rated, meets_at))
}

fn levels(list: Option<&Field<Vec<Field<syntax::rubric::Level>>>>, findings: &Findings) -> Vec<Level> {
    items(list)
        .filter_map(|(_, level)| {
            let id = value::id(&level.id, findings);
            let label = value::text(&level.label, findings);
            let description = level.description.as_ref().and_then(Field::text).map(str::to_owned);
            Some(Level { id: id?.to_owned(), label: label.unwrap_or_default().to_owned(), description })
        })
        .collect()
}

fn duplicates(scale: &syntax::rubric::Scale, findings: &Findings) {
    let all = items(Some(&scale.levels)).chain(items(scale.not_rated.as_ref()));
    each_once(
        all.filter_map(|(_, level)| Some((level.id.word()?, level.id.span))),
        Code::DuplicateLevel,
        findings,
        |id| format!("level `{id}` is defined twice"),
        "give each level, and each choice that is no rating, an id of its own",
    );
}

fn meets_at(field: &Field<Word>, rated: &[Level], findings: &Findings) -> Option<usize> {
    let written = field.word()?;
    let position = rated.iter().position(|level| level.id == written);
    if position.is_none() {
        let known: Vec<&str> = rated.iter().map(|level| level.id.as_str()).collect();
        let help =
            findings.did_you_mean(written, known.iter().copied(), || format!("the levels are {}", some_of(&known)));
        findings.error(Code::UnknownLevel, field.span, format!("`{written}` is no level of the scale"), help);
    }
    position
}

/// The number of a level, or a finding.
pub(super) fn level(field: &Field<Word>, scale: &Scale, findings: &Findings) -> Option<usize> {
    let written = field.word()?;
    let position = scale.position(written);
    if position.is_none() {
        unknown_level(field, written, scale, findings);
    }
    position
}

fn unknown_level(field: &Field<Word>, written: &str, scale: &Scale, findings: &Findings) {
    let known: Vec<&str> = scale.levels().iter().map(|level| level.id.as_str()).collect();
    let help = findings.did_you_mean(written, known.iter().copied(), || format!("the levels are {}", known.join(", ")));
    findings.error(Code::UnknownLevel, field.span, format!("`{written}` is no level of the scale"), help);
}

pub(super) fn comment_required(document: &syntax::Rubric, scale: &Scale, findings: &Findings) {
    for field in document.comment_required.as_ref().and_then(Field::get).into_iter().flatten() {
        level(field, scale, findings);
    }
}

/// Descriptors are by level.
pub(super) fn descriptors(document: &syntax::Rubric, scale: &Scale, findings: &Findings) {
    let all = items(Some(&document.domains)).flat_map(|(_, domain)| {
        items(domain.indicators.as_ref()).chain(
            items(domain.competencies.as_ref()).flat_map(|(_, competency)| items(competency.indicators.as_ref())),
        )
    });
    for entries in all.filter_map(|(_, indicator)| indicator.descriptors.as_ref()?.get()) {
        for (_, key, text) in entries.iter() {
            level(key, scale, findings);
            value::text(text, findings);
        }
        each_once(
            keys(entries),
            Code::DuplicateKey,
            findings,
            |name| format!("level `{name}` is described twice"),
            "remove one of the two descriptors",
        );
    }
}
