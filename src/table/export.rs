//! Writes a rubric as a table.

use crate::rubric::Rubric;
use crate::scale::DEFAULT;
use crate::source::{Entries, Field, Text, Word};
use crate::syntax::outline::{Item, Node, outline};
use crate::syntax::rubric::Indicator;

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
    let headers: Vec<String> = match rubric.all().is_one() {
        true => levels.map(|(number, level)| level_header(number, level, scale)).collect(),
        // An import refuses the column `scale`: it cannot read several scales yet.
        false => {
            std::iter::once("scale".to_owned()).chain(rubric.levels().iter().map(|level| level.id.clone())).collect()
        }
    };
    out.push_str(&row(COLUMNS.iter().map(|name| (*name).to_owned()).chain(headers)));
    let (mut domain, mut competency) = (None, None);
    for node in &outline(&rubric.0.written) {
        match node.item {
            Item::Domain(_) => (domain, competency) = (Some(node), None),
            Item::Competency(_) => competency = Some(node),
            Item::Indicator(indicator) => {
                out.push_str(&row(cells([domain, competency, Some(node)], indicator, rubric)));
            }
        }
    }
    out
}

/// The cells of a row, in the order of [`COLUMNS`] and then of the levels.
fn cells<'a>(
    nodes: [Option<&Node<'a>>; 3],
    indicator: &'a Indicator,
    rubric: &'a Rubric,
) -> impl Iterator<Item = String> {
    let scale = nodes.last().copied().flatten().and_then(|node| node.scale);
    let [domain, competency, [id, code, title, statement, evaluated_by]] = nodes.map(texts);
    let critical = indicator.critical.as_ref().and_then(Field::get);
    let guidance = indicator.guidance.as_ref().and_then(Field::written);
    let critical = critical.map(|critical| if *critical { "yes" } else { "no" }.to_owned());
    let own = [id, code, title, statement, guidance, evaluated_by, critical];
    let described = indicator.descriptors.as_ref().and_then(Field::get);
    let is_one = rubric.all().is_one();
    let numbers = if is_one { rubric.printed_levels(None) } else { (0..rubric.levels().len()).collect() };
    let levels = numbers.into_iter().filter_map(|number| rubric.levels().get(number)).map(move |level| {
        let mut entries = described.into_iter().flat_map(Entries::iter);
        entries.find(|(id, ..)| *id == level.id).and_then(|(_, _, text)| text.written())
    });
    let scale = scale.and_then(Field::word).unwrap_or(DEFAULT).to_owned();
    let scale = (!is_one).then_some(Some(scale));
    domain.into_iter().chain(competency).chain(own).chain(scale).chain(levels).map(Option::unwrap_or_default)
}

/// The cells that every tier has: the id, the given number, the texts and the qualification; empty for an absent node.
fn texts(node: Option<&Node<'_>>) -> [Option<String>; 5] {
    let word = |field: Option<&Field<Word>>| field?.word().map(str::to_owned);
    let text = |field: Option<&Field<Text>>| field?.text().map(str::to_owned);
    let of = |node: &Node<'_>| {
        [word(Some(node.id)), text(node.given_code), text(node.title), text(node.statement), word(node.evaluated_by)]
    };
    node.map(of).unwrap_or_default()
}

fn row(cells: impl Iterator<Item = String>) -> String {
    let mut row = Row::default();
    cells.for_each(|cell| row.text(&cell));
    row.line()
}
