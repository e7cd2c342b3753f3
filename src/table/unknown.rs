//! The scales and levels that a table names and its rubric lacks.

use std::cell::RefCell;

use crate::diagnostic::Code;
use crate::scale::{DEFAULT, Scales};
use crate::source::{Findings, Span, shorten};

use super::columns::Columns;

/// The names, each at its first place: a column repeats one in many rows.
#[derive(Debug, Default)]
pub(super) struct Unknown {
    scales: RefCell<Vec<(String, Span)>>,
    levels: RefCell<Vec<(String, Span)>>,
}

impl Unknown {
    pub(super) fn scale(&self, name: &str, place: Span) {
        add(&self.scales, name, place);
    }

    pub(super) fn level(&self, name: &str, place: Span) {
        add(&self.levels, name, place);
    }

    /// Reports them. A table without another rubric has one scale: that it names others is one mistake, from which unknown levels
    /// and columns follow.
    pub(super) fn report(self, has_other: bool, scales: &Scales, columns: Option<&Columns>, findings: &Findings) {
        let ids: Vec<&str> =
            std::iter::once(DEFAULT).chain(scales.each().iter().filter_map(|scale| scale.id())).collect();
        let mut others = Vec::new();
        for (name, place) in self.scales.into_inner() {
            let message = format!("`{}` is no scale of this rubric", shorten(&name));
            let list = || format!("the scales are {}", quoted(&ids));
            match findings.closest(&name, ids.iter().copied()) {
                None if !has_other => others.push((name, place)),
                _ => {
                    let help = findings.did_you_mean(&name, ids.iter().copied(), list);
                    findings.error(Code::UnknownScale, place, message, help);
                }
            }
        }
        if let Some((_, place)) = others.first() {
            let (are, the) =
                if others.len() == 1 { ("is no scale", "the scale") } else { ("are no scales", "the scales") };
            let message = format!("{} {are} of the table, which holds none", names(&others));
            let help = format!("import the table with --from, naming the rubric that has {the}");
            return findings.error(Code::UnknownScale, *place, message, help);
        }
        if let Some(columns) = columns {
            columns.report_unlike(scales, findings);
        }
        // A column of the same name asks for the table's own levels already.
        let is_column = |name: &str| columns.is_some_and(|columns| columns.is_unlike(name));
        let levels = self.levels.into_inner().into_iter().filter(|(name, _)| !is_column(name));
        let known: Vec<&str> = scales.levels().iter().map(|level| level.id.as_str()).collect();
        let mut others = Vec::new();
        for (name, place) in levels {
            match findings.closest(&name, known.iter().copied()) {
                None => others.push((name, place)),
                Some(_) => {
                    let message = format!("`{}` is no level of the scale", shorten(&name));
                    let help = findings.did_you_mean(&name, known.iter().copied(), String::new);
                    findings.error(Code::UnknownLevel, place, message, help);
                }
            }
        }
        let Some((_, place)) = others.first() else { return };
        let are = if others.len() == 1 { "is no level" } else { "are no levels" };
        let message = format!("{} {are} of the scale", names(&others));
        let help = match has_other {
            true => format!("the levels are {}", quoted(&known)),
            false => {
                "import the table with --from, naming the rubric that has the levels, or name the table's own with \
                      --levels, lowest first"
                    .to_owned()
            }
        };
        findings.error(Code::UnknownLevel, *place, message, help);
    }
}

fn add(list: &RefCell<Vec<(String, Span)>>, name: &str, place: Span) {
    let mut list = list.borrow_mut();
    if list.iter().all(|(known, _)| known != name) {
        list.push((name.to_owned(), place));
    }
}

fn quoted(ids: &[&str]) -> String {
    ids.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ")
}

fn names(list: &[(String, Span)]) -> String {
    let all: Vec<String> = list.iter().map(|(name, _)| format!("`{}`", shorten(name))).collect();
    match all.as_slice() {
        [before @ .., last] if !before.is_empty() => format!("{} and {last}", before.join(", ")),
        all => all.concat(),
    }
}
