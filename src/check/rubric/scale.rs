//! Rules of the scale, and of references to its levels.

use std::collections::HashMap;

use crate::diagnostic::{Code, Severity};
use crate::rubric::{Level, Scale};
use crate::scale::{self, MOST_LEVELS, Means};
use crate::source::{Field, Finding, Findings, Span, Text, Word};
use crate::syntax::scale::{LevelOrder, NotRated};
use crate::syntax::{self, form};

use super::super::levels::{level_of, levels, reversed};
use super::super::{alike, each_once, items, value};

/// A scale as far as it could be read.
#[derive(Default)]
pub(super) struct Read {
    /// The scale, if nothing that ratings rest on is wrong with it.
    pub(super) scale: Option<Scale>,
    /// Every level and choice, by which references to a level are checked; `None` where one could not be read and may be meant.
    pub(super) levels: Option<Vec<Level>>,
    /// Whether a level of `described` is unknown, so that any may be meant.
    pub(super) may_describe: bool,
}

/// The default scale: the built-in one where the rubric gives none.
pub(super) fn scale(document: &syntax::Rubric, findings: &Findings) -> Read {
    let Some(field) = &document.scale else {
        let scale = Scale::default();
        return Read { levels: Some(scale.levels().to_vec()), scale: Some(scale), may_describe: false };
    };
    field.get().and_then(|scale| written(scale, findings)).unwrap_or_default()
}

/// A scale as a rubric writes it, the default one or another.
pub(super) fn written(scale: &syntax::scale::Scale, findings: &Findings) -> Option<Read> {
    let count = scale.levels.get()?.len();
    if count < 2 {
        findings.error(
            Code::ShortScale,
            scale.levels.span,
            format!("the scale has {}", if count == 0 { "no level" } else { "one level only" }),
            "give at least two levels, lowest first; choices that are no rating go under `not_rated`".to_owned(),
        );
    }
    let choices = scale.not_rated.as_ref().and_then(Field::get).map_or(0, Vec::len).saturating_add(count);
    if choices > MOST_LEVELS {
        findings.error(
            Code::LongScale,
            scale.levels.span,
            format!("the scale has {choices} levels and choices"),
            format!(
                "give at most {MOST_LEVELS}; what is measured on a finer scale is a number: an input of the scoring policy, `inputs: [{{ id: …, label: …, from: …, to: … }}]`"
            ),
        );
        return None;
    }
    let mut rated = levels(Some(&scale.levels), findings);
    let is_highest_first = scale.order.as_ref().and_then(Field::get) == Some(&LevelOrder::HighestFirst);
    not_rated_levels(&scale.levels, findings);
    reversed(&rated, scale.levels.span, Some(is_highest_first), findings);
    if is_highest_first {
        rated.reverse();
    }
    let (not_rated, means) = choices_of(scale.not_rated.as_ref(), findings);
    let named = items(Some(&scale.levels)).map(|(_, level)| (&*level.id, &*level.label));
    told_apart(named.chain(items(scale.not_rated.as_ref()).map(|(_, choice)| (&*choice.id, &*choice.label))), findings);
    // A level that could not be read may be the one that is meant.
    if rated.len().saturating_add(not_rated.len()) < choices {
        return None;
    }
    let position = scale.meets_at.word().and_then(|written| value::level_number(&rated, written));
    if position.is_none() && count > 0 {
        unknown_meets_at(&scale.meets_at, &rated, &not_rated, findings);
    }
    let levels: Vec<Level> = rated.iter().chain(&not_rated).cloned().collect();
    let named = scale.described.as_ref().map(Field::get);
    let described = described(scale.described.as_ref(), &rated, findings);
    let may_describe = named.is_some_and(|list| list.map(Vec::len) != described.as_ref().map(Vec::len));
    let counts_as = counted(scale.not_rated.as_ref(), &rated, &not_rated, findings);
    let scale = position.filter(|_| count >= 2).map(|position| {
        let scale = Scale::new(rated, not_rated, position).meaning(&means).describing(described).counting(counts_as);
        if is_highest_first { scale.highest_first() } else { scale }
    });
    Some(Read { scale, levels: Some(levels).filter(|_| count > 0), may_describe })
}

/// The choices that are no rating, and what is written of the meaning of each.
pub(super) fn choices_of(
    list: Option<&Field<Vec<Field<NotRated>>>>,
    findings: &Findings,
) -> (Vec<Level>, Vec<Option<Means>>) {
    let choices = items(list).filter_map(|(_, choice)| {
        let level = level_of(&choice.id, &choice.label, choice.description.as_ref(), findings)?;
        Some((level, choice.means.as_ref().and_then(Field::get).copied()))
    });
    choices.unzip()
}

/// The number of the level that each choice counts as, where it says so.
fn counted(
    list: Option<&Field<Vec<Field<NotRated>>>>,
    rated: &[Level],
    not_rated: &[Level],
    findings: &Findings,
) -> Vec<Option<usize>> {
    let counted = |choice: &NotRated| {
        let field = choice.counts_as.as_ref()?;
        let (id, written) = (value::shorten(choice.id.word()?), field.word()?);
        if let Some(means) = choice.means.as_ref().filter(|means| means.get() == Some(&Means::NoOpportunity)) {
            let message = format!("`{id}` counts as a rating, so no missing opportunity is arranged");
            let help = "remove `means`, or write `means: not_applicable` or `means: not_observed`";
            findings.error(Code::MisplacedKey, means.span, message, help.to_owned());
        }
        let position = value::level_number(rated, written);
        if position.is_none() {
            if value::level_number(not_rated, written).is_some() {
                let message = format!("`{}` is no rating either, so nothing can count as it", value::shorten(written));
                let help = format!("name a rated level: {}", value::level_names(rated));
                findings.error(Code::UnknownLevel, field.span, message, help);
            } else {
                value::unknown_level(written, field.span, rated, findings);
            }
        }
        position
    };
    items(list).map(|(_, choice)| counted(choice)).collect()
}

/// The numbers of the levels that descriptors are written for, where the scale names them.
fn described(list: Option<&Field<Vec<form::Level>>>, rated: &[Level], findings: &Findings) -> Option<Vec<usize>> {
    let list = list?.get()?;
    each_once(
        list.iter().filter_map(|level| Some((level.word()?, level.span))),
        Code::DuplicateLevel,
        findings,
        |level| format!("level `{level}` is named twice"),
        "name each level that is described once",
    );
    let mut numbers = Vec::with_capacity(list.len());
    for field in list {
        let Some(written) = field.word() else { continue };
        match value::level_number(rated, written) {
            Some(number) => numbers.push(number),
            None => value::unknown_level(written, field.span, rated, findings),
        }
    }
    Some(numbers)
}

/// Levels that are named like choices that are no rating, and would count as ratings.
fn not_rated_levels(list: &Field<Vec<Field<syntax::scale::Level>>>, findings: &Findings) {
    for (_, level) in items(Some(list)) {
        let Some(label) = level.label.text().filter(|label| scale::is_not_rated(label)) else { continue };
        let finding = Finding::new(
            Severity::Warning,
            Code::NotRatedAsLevel,
            level.label.span,
            format!("`{}` is among the levels, so it counts as a rating", value::shorten(label)),
            "move it from `levels` to `not_rated`, where nothing is counted".to_owned(),
        );
        findings.push(finding.about(level.id.word().unwrap_or_default()));
    }
}

/// The ids and labels of a scale's levels and choices are each its own.
pub(super) fn told_apart<'a>(named: impl Iterator<Item = (&'a Field<Word>, &'a Field<Text>)>, findings: &Findings) {
    let named: Vec<(&Field<Word>, &Field<Text>)> = named.collect();
    each_once(
        named.iter().filter_map(|(id, _)| Some((id.word()?, id.span))),
        Code::DuplicateLevel,
        findings,
        |id| format!("level `{id}` is defined twice"),
        "give each level, and each choice that is no rating, an id of its own",
    );
    same_labels(&named, findings);
}

/// People know a level by its label: one that stands for two, as far as a reader sees, tells neither from the other.
fn same_labels(named: &[(&Field<Word>, &Field<Text>)], findings: &Findings) {
    let mut first: HashMap<String, (&str, Span)> = HashMap::new();
    for (id, field) in named {
        let (Some(id), Some(label)) = (id.word(), field.text()) else { continue };
        let folded = alike::folded(label);
        let Some((other, place)) = first.get(&folded).copied() else {
            first.insert(folded, (id, field.span));
            continue;
        };
        // Levels with one id are a finding already, and a blank label is another.
        if other == id || folded.is_empty() {
            continue;
        }
        let (shown, other, own) = (value::shorten(label.trim()), value::shorten(other), value::shorten(id));
        let finding = Finding::new(
            Severity::Warning,
            Code::DuplicateLevel,
            field.span,
            format!("the levels `{other}` and `{own}` are both called `{shown}`"),
            "give each level a label of its own: forms and reports print nothing else of it".to_owned(),
        );
        findings.push(finding.first_at(place).about(id));
    }
}

fn unknown_meets_at(field: &Field<Word>, rated: &[Level], not_rated: &[Level], findings: &Findings) {
    let Some(written) = field.word() else { return };
    if value::level_number(not_rated, written).is_some() {
        findings.error(
            Code::UnknownLevel,
            field.span,
            format!("`{}` is no rating, so nothing is met at it", value::shorten(written)),
            format!("name the first level that meets expectations: {}", value::level_names(rated)),
        );
    } else {
        value::unknown_level(written, field.span, rated, findings);
    }
}

/// The number of a level, or a finding.
pub(super) fn level(field: &Field<Word>, levels: &[Level], findings: &Findings) -> Option<usize> {
    let written = field.word()?;
    let position = value::level_number(levels, written);
    if position.is_none() {
        value::unknown_level(written, field.span, levels, findings);
    }
    position
}

pub(super) fn comment_required(document: &syntax::Rubric, levels: &[Level], findings: &Findings) {
    for field in document.comment_required.as_ref().and_then(Field::get).into_iter().flatten() {
        level(field, levels, findings);
    }
}
