//! Writes a rubric as a table.

use crate::rubric::{Rubric, Tier};
use crate::source::{Entries, Field, Text, Word};
use crate::syntax::outline::{Keys, Node, outline};

use super::columns::{COLUMNS, level_header};
use super::points;
use super::practices;
use super::row::Row;

/// The rubric as a table in CSV: one row an indicator, a column for every level of the scales that indicators are rated on. Where
/// the rubric has several, or a part names one, the columns of [`COLUMNS`] that end in `scale` hold the scale that each part names.
/// Where an indicator has points of its own, `points` holds them by level: `none=0; full=10`. Where an indicator has practices,
/// `practices` has a line for each, `id | level | statement`, and the columns that end in `derive` hold the rules by which levels
/// follow from them. A domain or competency that is rated itself has a row of its own, with `yes` under `rated`.
///
/// The table begins with a byte order mark and its lines end with `\r\n`, by which Excel recognizes UTF-8. Every row names
/// its domain and competency, so that the table can be sorted and filtered.
pub fn export(rubric: &Rubric) -> String {
    let nodes = outline(&rubric.0.written);
    let has_scales = !rubric.all().is_one() || nodes.iter().any(|node| node.own_scale.is_some());
    let has_points = nodes.iter().any(|node| node.keys.points.is_some());
    let has_practices = nodes.iter().any(|node| node.own_derive.is_some() || node.keys.practices.is_some());
    let is_rated_itself = |node: &Node<'_>| node.is_rated && node.tier() != Tier::Indicator;
    let has_rated = nodes.iter().any(is_rated_itself);
    let is_written = |name: &str| match name {
        "points" => has_points,
        "rated" => has_rated,
        "practices" => has_practices,
        name if name.ends_with("derive") => has_practices,
        name => has_scales || !name.ends_with("scale"),
    };
    let numbers = rubric.printed_levels(None).into_iter();
    let levels: Vec<_> = numbers.filter_map(|number| Some((number, rubric.levels().get(number)?))).collect();
    let columns = COLUMNS.iter().filter(|name| is_written(name)).map(|name| (*name).to_owned());
    let headers = levels.iter().map(|(number, level)| level_header(*number, level, rubric.all()));
    let mut out = format!("\u{feff}{}", row(columns.chain(headers)));
    let (mut domain, mut competency) = (None, None);
    for node in &nodes {
        match node.tier() {
            Tier::Domain => (domain, competency) = (Some(node), None),
            Tier::Competency => competency = Some(node),
            Tier::Indicator => {}
        }
        let Some(keys) = node.indicator() else { continue };
        let own = Some(node).filter(|node| !is_rated_itself(node));
        let cells = COLUMNS.iter().zip(cells([domain, competency, own], keys));
        let cells = cells.filter(|(name, _)| is_written(name)).map(|(_, cell)| cell);
        let described = levels.iter().map(|(_, level)| descriptor(keys, &level.id));
        out.push_str(&row(cells.chain(described).map(Option::unwrap_or_default)));
    }
    out
}

/// The cells of a row, in the order of [`COLUMNS`].
fn cells<'a>(nodes: [Option<&Node<'a>>; 3], keys: Keys<'a>) -> impl Iterator<Item = Option<String>> {
    let rated = nodes[2].is_none().then(|| "yes".to_owned());
    let [domain_scale, competency_scale, scale] = nodes.map(|node| word(node.and_then(|node| node.own_scale)));
    let [domain_rule, competency_rule, rule] = nodes.map(|node| practices::rule(node.and_then(|node| node.own_derive)));
    let [domain, competency, [id, code, title, statement, evaluated_by]] = nodes.map(texts);
    let guidance = keys.guidance.and_then(Field::written);
    let critical = keys.critical.and_then(Field::get);
    let critical = critical.map(|critical| if *critical { "yes" } else { "no" }.to_owned());
    let points = keys.points.and_then(Field::get).map(points::cell);
    let listed = keys.practices.and_then(practices::listed);
    let own = [id, code, title, statement, guidance, evaluated_by, scale, listed, rule, critical, points, rated];
    let competency = competency.into_iter().chain([competency_scale, competency_rule]);
    domain.into_iter().chain([domain_scale, domain_rule]).chain(competency).chain(own)
}

/// The descriptor of a level, by the level's id.
fn descriptor(keys: Keys<'_>, level: &str) -> Option<String> {
    let described = keys.descriptors.and_then(Field::get);
    let mut entries = described.into_iter().flat_map(Entries::iter);
    entries.find(|(id, ..)| *id == level).and_then(|(_, _, text)| text.written())
}

/// The cells that every tier has: the id, the given number, the texts and the qualification; empty for an absent node.
fn texts(node: Option<&Node<'_>>) -> [Option<String>; 5] {
    let text = |field: Option<&Field<Text>>| field?.text().map(str::to_owned);
    let of = |node: &Node<'_>| {
        [word(Some(node.id)), text(node.given_code), text(node.title), text(node.statement), word(node.evaluated_by)]
    };
    node.map(of).unwrap_or_default()
}

fn word(field: Option<&Field<Word>>) -> Option<String> {
    field?.word().map(str::to_owned)
}

fn row(cells: impl Iterator<Item = String>) -> String {
    let mut row = Row::default();
    cells.for_each(|cell| row.text(&cell));
    row.line()
}
