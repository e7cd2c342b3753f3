//! Reads comments and evidence without a level that earlier forms kept under `extra.form_entries`.

use std::collections::HashSet;

use crate::rubric::Rubric;
use crate::source::{Any, Blank, Either, Entries, Field, Text, Word};
use crate::syntax::evaluation::{Evidence, Rating};
use crate::syntax::{self, Day};

use super::super::items;

/// The key under `extra`.
const KEY: &str = "form_entries";

/// The document with those texts among the ratings; `None` where there are none to move.
///
/// An entry moves when its indicator is in the scope, has no entry among the ratings and the entry has no level. Any other
/// stays where it is, such as the rating of an indicator that was listed as not assigned later.
pub(crate) fn form_entries_among_ratings(document: &syntax::Evaluation, rubric: &Rubric) -> Option<syntax::Evaluation> {
    let extra = document.extra.as_ref()?;
    let Any::Map(keys) = extra.get()? else { return None };
    let (_, Any::Map(entries)) = keys.iter().find(|(key, _)| key == KEY)? else { return None };
    let open = open(document, rubric)?;
    let mut moved = Vec::new();
    let mut left = Vec::new();
    for (id, entry) in entries {
        match remark(entry, document, extra).filter(|_| open.contains(id.as_str())) {
            Some(remark) => moved.push((id, remark)),
            None => left.push((id.clone(), entry.clone())),
        }
    }
    if moved.is_empty() {
        return None;
    }
    let mut document = document.clone();
    let ratings = document.ratings.value.as_mut()?;
    // An empty place of a form that is filled now.
    ratings.0.retain(|(key, _)| !moved.iter().any(|(id, _)| key.word() == Some(id)));
    for (id, remark) in moved {
        let value = Blank(Some(Either::Long(remark)));
        ratings.0.push((field(Word(id.clone()), extra), field(value, extra)));
    }
    let keys = keys.iter().filter(|(key, _)| key != KEY).cloned();
    let left = (!left.is_empty()).then(|| (KEY.to_owned(), Any::Map(left)));
    let rest: Vec<_> = keys.chain(left).collect();
    document.extra = (!rest.is_empty()).then(|| field(Any::Map(rest), extra));
    Some(document)
}

/// The indicators in the scope without an entry among the ratings.
fn open<'r>(document: &syntax::Evaluation, rubric: &'r Rubric) -> Option<HashSet<&'r str>> {
    let ids: Vec<&str> = rubric.indicators().map(|indicator| indicator.id.as_str()).collect();
    let under = |id: &str| {
        let indicators = rubric.node(id).map(|node| node.indicators.clone()).unwrap_or_default();
        ids.get(indicators).unwrap_or_default().iter().copied()
    };
    let scope = document.scope.as_ref().and_then(Field::get).filter(|scope| !scope.is_empty());
    let mut open: HashSet<&str> = match scope {
        Some(scope) => scope.iter().filter_map(Field::word).flat_map(under).collect(),
        None => ids.iter().copied().collect(),
    };
    let not_assigned = document.not_assigned.as_ref().and_then(Field::get);
    for (id, ..) in not_assigned.into_iter().flat_map(Entries::iter) {
        under(id).for_each(|id| {
            open.remove(id);
        });
    }
    for (id, _, value) in document.ratings.get()?.iter() {
        if !matches!(value.get(), Some(Blank(None))) && rubric.node(id).is_some_and(|node| node.is_rated) {
            open.remove(id);
        }
    }
    Some(open)
}

/// An entry that is a remark: `by`, `comment` and `evidence`, and nothing else. What a check would refuse among the ratings,
/// such as half a date, is none.
fn remark(entry: &Any, document: &syntax::Evaluation, place: &Field<Any>) -> Option<Rating> {
    let Any::Map(keys) = entry else { return None };
    let mut evaluators = items(Some(&document.evaluators)).filter_map(|(_, evaluator)| evaluator.id.word());
    let mut remark = Rating { level: None, practices: None, by: None, comment: None, evidence: None };
    for (key, value) in keys {
        match (key.as_str(), value) {
            ("by", Any::Text(id)) if evaluators.any(|known| known == id) => {
                remark.by = Some(field(Word(id.clone()), place).into());
            }
            ("comment", Any::Text(words)) => remark.comment = Some(field(Text(words.clone()), place)),
            ("evidence", Any::List(items)) => {
                let items: Option<Vec<_>> = items.iter().map(|item| evidence(item, place)).collect();
                remark.evidence = Some(field(items?, place));
            }
            _ => return None,
        }
    }
    (!keys.is_empty()).then_some(remark)
}

fn evidence(item: &Any, place: &Field<Any>) -> Option<Field<Evidence>> {
    let Any::Map(keys) = item else { return None };
    let (mut date, mut kind, mut at, mut note) = (None, None, None, None);
    for (key, value) in keys {
        let Any::Text(words) = value else { return None };
        match key.as_str() {
            "date" => date = Some(field(Day::parse(words)?, place)),
            "kind" => kind = Some(field(Text(words.clone()), place)),
            "at" => at = Some(field(Text(words.clone()), place)),
            "note" if !words.trim().is_empty() => note = Some(field(Text(words.clone()), place)),
            _ => return None,
        }
    }
    Some(field(Evidence { date, kind, at, note: note?.into() }, place))
}

/// A value with the place of `extra`, whose parts have no places of their own.
fn field<T>(value: T, place: &Field<Any>) -> Field<T> {
    Field { span: place.span, value: Some(value) }
}
