//! The cell with the points that an indicator has of its own: `none=0; full=10`.

use crate::diagnostic::Code;
use crate::exact::Exact;
use crate::rubric::Level;
use crate::source::{Entries, Field, Findings, Number, Word, shorten};

use super::cells::Cell;
use super::field;
use super::unknown::Unknown;

/// The points by level as a cell holds them.
pub(super) fn cell(points: &Entries<Number>) -> String {
    let one = |(level, _, points): (&str, _, &Field<Number>)| Some(format!("{level}={}", points.get()?.0.plain()));
    points.iter().filter_map(one).collect::<Vec<_>>().join("; ")
}

/// The points in a cell, by the id of each level; a level is named by its id or its label. Of levels with one label the first is meant.
pub(super) fn read(cell: &Cell, levels: &[&Level], unknown: &Unknown, findings: &Findings) -> Field<Entries<Number>> {
    let mut entries = Vec::new();
    for part in cell.text.split(';').map(str::trim).filter(|part| !part.is_empty()) {
        let parts = part.rsplit_once('=').map(|(level, points)| (level.trim(), Exact::parse(points.trim())));
        let Some((name, Some(points))) = parts else {
            let message = format!("`{}` is no level with its points", shorten(part));
            let help = "write each level with its points, such as `has_met=5; exceeds_expectations=10`".to_owned();
            findings.error(Code::BadNumber, cell.span, message, help);
            return Field { span: cell.span, value: None };
        };
        let is = |text: &str| text.eq_ignore_ascii_case(name);
        let level = levels.iter().find(|level| level.id == name);
        let level = level.or_else(|| levels.iter().find(|level| is(&level.id) || is(&level.label)));
        match level {
            Some(level) => entries.push((field(cell.span, Word(level.id.clone())), field(cell.span, Number(points)))),
            None => unknown.level(name, cell.span),
        }
    }
    field(cell.span, Entries(entries))
}
