//! Writes a rubric as a table.

use crate::rubric::Rubric;
use crate::source::{Entries, Field, Text, Word};
use crate::syntax::outline::outline;
use crate::syntax::rubric::{Competency, Domain, Indicator};

use super::columns::{COLUMNS, level_header};
use super::row::Row;

/// The rubric as a table in CSV: one row an indicator, a column for every level of the scale.
///
/// The table begins with a byte order mark and its lines end with `\r\n`, by which Excel recognizes UTF-8. Every row names
/// its domain and competency, so that the table can be sorted and filtered.
pub fn export(rubric: &Rubric) -> String {
    let scale = rubric.scale();
    let mut out = String::from("\u{feff}");
    let levels = scale.in_print().zip(scale.printed());
    let headers = levels.map(|(number, level)| level_header(number, level, scale));
    out.push_str(&row(COLUMNS.iter().map(|name| (*name).to_owned()).chain(headers)));
    for node in outline(&rubric.0.written) {
        if let Some(indicator) = node.indicator {
            out.push_str(&row(cells(node.domain, node.competency, indicator, rubric)));
        }
    }
    out
}

/// The cells of a row, in the order of [`COLUMNS`] and then of the levels.
fn cells<'a>(
    domain: &'a Domain,
    competency: Option<&'a Competency>,
    indicator: &'a Indicator,
    rubric: &'a Rubric,
) -> impl Iterator<Item = String> + 'a {
    let critical = indicator.critical.as_ref().and_then(Field::get);
    let guidance = indicator.guidance.as_ref().and_then(Field::written);
    let known = [
        word(Some(&domain.id)),
        text(domain.code.as_deref()),
        text(Some(&domain.title)),
        text(domain.statement.as_deref()),
        word(domain.evaluated_by.as_deref()),
        word(competency.map(|competency| &*competency.id)),
        text(competency.and_then(|competency| competency.code.as_deref())),
        text(competency.map(|competency| &*competency.title)),
        text(competency.map(|competency| &*competency.statement)),
        word(competency.and_then(|competency| competency.evaluated_by.as_deref())),
        word(Some(&indicator.id)),
        text(indicator.code.as_deref()),
        text(indicator.title.as_deref()),
        text(Some(&indicator.statement)),
        guidance.as_deref(),
        word(indicator.evaluated_by.as_deref()),
        critical.map(|critical| if *critical { "yes" } else { "no" }),
    ];
    let described = indicator.descriptors.as_ref().and_then(Field::get);
    let levels = rubric.scale().printed().map(move |level| {
        let mut entries = described.into_iter().flat_map(Entries::iter);
        entries.find(|(id, ..)| *id == level.id).and_then(|(_, _, text)| text.written())
    });
    let known = known.map(|cell| cell.map(str::to_owned));
    known.into_iter().chain(levels).map(Option::unwrap_or_default)
}

fn word(field: Option<&Field<Word>>) -> Option<&str> {
    field.and_then(Field::word)
}

fn text(field: Option<&Field<Text>>) -> Option<&str> {
    field.and_then(Field::text)
}

fn row(cells: impl Iterator<Item = String>) -> String {
    let mut row = Row::default();
    cells.for_each(|cell| row.text(&cell));
    row.line()
}
