//! The rules of documents, one function and one code each. A rule pushes its findings and never stops the other rules.

mod alike;
mod allow;
mod evaluation;
mod levels;
mod privacy;
mod rubric;
mod scoring;
mod value;

use std::collections::HashMap;

use crate::diagnostic::Code;
use crate::source::{Entries, Field, Findings, Span};

pub(crate) use self::evaluation::{
    Earlier, chosen, combined, evaluation, form_entries_among_ratings, holds, is_of_kind, same, takes_entry,
    takes_input, unknown_rubric,
};
pub(crate) use self::rubric::rubric;
pub(crate) use self::scoring::policy;
#[cfg(feature = "table")]
pub(crate) use self::value::{id, is_id, is_reserved_id, version};

/// The items of an optional list that could be read, each with its place.
fn items<T>(list: Option<&Field<Vec<Field<T>>>>) -> impl Iterator<Item = (Span, &T)> {
    list.and_then(Field::get).into_iter().flatten().filter_map(|item| Some((item.span, item.get()?)))
}

/// The documents' format, which this version knows up to 1.
fn format(format: Option<&Field<u32>>, findings: &Findings) {
    let Some(field) = format else { return };
    if let Some(&number) = field.get()
        && number != 1
    {
        findings.error(
            Code::UnsupportedFormat,
            field.span,
            format!("format {number} is not known"),
            "write `format: 1`, or use a newer version of this program".to_owned(),
        );
    }
}

/// Names that must not stand twice: a finding at each but the first.
fn each_once<'a>(
    names: impl Iterator<Item = (&'a str, Span)>,
    code: Code,
    findings: &Findings,
    message: impl Fn(&str) -> String,
    help: &str,
) {
    let mut first = HashMap::with_capacity(names.size_hint().0);
    for (name, place) in names {
        if let Some(first) = first.get(name) {
            findings.repeated(code, place, *first, message(name), help.to_owned());
        } else {
            first.insert(name, place);
        }
    }
}

/// The keys of a mapping, with their places.
fn keys<T>(entries: &Entries<T>) -> impl Iterator<Item = (&str, Span)> {
    entries.iter().map(|(name, key, _)| (name, key.span))
}

/// "`a`, `b` and 3 more".
fn some_of<'a>(names: &[&'a str]) -> String {
    const SHOWN: usize = 3;
    let shown: Vec<_> = names.iter().take(SHOWN).map(|name: &&'a str| format!("`{}`", value::shorten(name))).collect();
    match names.len().saturating_sub(SHOWN) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}
