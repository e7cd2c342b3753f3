//! Converts a table into a rubric's YAML.

use crate::check;
use crate::diagnostic::{Checked, Code, Diagnostics, Severity};
use crate::library::Library;
use crate::rubric::Rubric;
use crate::scale::Scales;
use crate::source::{self, Around, Field, Finding, Findings, Origin, Parsed, Span, Text, Word, shorten};
use crate::syntax;

use super::Options;
use super::build::Build;
use super::cells::{Cell, Row, Rows};
use super::columns::{self, Column, Columns, filled};
use super::domains::{Groups, Indicator};
use super::heading::Heading;
use super::new_id;
use super::rows::{Map, Place};
use super::unknown::Unknown;
use super::{field, scale, whole};

/// The most rows that are read: one more than a rubric may have indicators.
const MOST_ROWS: usize = 10_001;

const HEADER: &str = "# yaml-language-server: $schema=rubric.json
#
# `appraise schema rubric -o rubric.json` writes the schema that the line above names, for an editor that completes by it.

";

/// Reads a table as a rubric: the rubric's YAML if the table can be used, and everything found in the table.
///
/// `name` is the table's name in findings. Places are in its text, paths have the form `rows[12].statement`, and the help
/// names the cell as a spreadsheet does.
pub fn import(name: &str, text: &str, options: &Options) -> Checked<String> {
    if let Some(found) = misused(options) {
        return found.into();
    }
    let scales = match scale::scales(options) {
        Ok(scales) => scales,
        Err(found) => return found.into(),
    };
    let findings = Findings::default();
    scale::taken(options, &findings);
    let mut map = Map::default();
    let mut columns = None;
    let unknown = Unknown::default();
    let document = read(text, &scales, &findings, &mut map, &mut columns)
        .and_then(|groups| document(groups, (name, text), options, &scales, &unknown, &findings));
    unknown.report(options.from.is_some(), &scales, columns.as_ref(), &findings);
    let yaml = document
        .and_then(|document| check::rubric(document, Origin::of(name, text), None, &findings))
        .filter(|_| findings.errors() == 0)
        .map(|rubric| written(&rubric, &findings));
    if columns.as_ref().is_some_and(Columns::lacks_one) {
        findings.retain(|finding| finding.code != Code::MissingDescriptors);
    }
    let along = options.from.as_ref().map_or(&[][..], |from| from.0.origin.documents());
    let diagnostics = findings.resolve_around((name, text), along, |span| {
        let Place { path, name } = map.place(span, columns.as_ref());
        Around::named(path, name)
    });
    Checked { value: yaml.filter(|_| !diagnostics.has_errors()), diagnostics }
}

/// Faults of the options.
fn misused(options: &Options) -> Option<Diagnostics> {
    let check = |name: &str, text: &str, rule: fn(&Field<Word>, &Findings)| {
        let findings = Findings::default();
        rule(&field(whole(text), Word(text.to_owned())), &findings);
        let found = findings.resolve(&Parsed::unparsed(name, text), &[]);
        (!found.is_empty()).then_some(found)
    };
    let id = options.id.as_deref().and_then(|id| {
        check("--id", id, |id, findings| {
            check::id(id, findings);
        })
    });
    let version = options.version.as_deref();
    id.or_else(|| {
        check("--version", version?, |version, findings| {
            check::version(version, findings);
        })
    })
}

/// Every row in its place. `None` when there is nothing to go on with; then the reason is among the findings.
fn read(
    text: &str,
    scales: &Scales,
    findings: &Findings,
    map: &mut Map,
    known: &mut Option<Columns>,
) -> Option<Groups> {
    if text.len() > source::MAX_BYTES {
        findings.push(source::too_large());
        return None;
    }
    let mut rows = Rows::of(text, findings);
    let Some(header) = header(&mut rows, scales, findings) else {
        findings.error(
            Code::EmptyDocument,
            Span::default(),
            "the table is empty".to_owned(),
            "begin it with a row that names the columns: `domain`, `statement` and what else there is".to_owned(),
        );
        return None;
    };
    let (header, below) = header;
    let header = map.header.insert(header);
    let columns = if header.is_broken { None } else { Columns::read(header, scales, findings) };
    let columns = known.insert(columns?);
    let mut groups = Groups::default();
    for row in below.into_iter().chain(rows) {
        if map.rows.len() == MOST_ROWS {
            findings.error(
                Code::TooManyIndicators,
                row.span(),
                "the table has more than 10,000 indicators".to_owned(),
                "a rubric has at most 10,000: nobody can rate more; what follows was not read".to_owned(),
            );
            return None;
        }
        let is_sound = !row.is_broken && is_even(&row, columns, findings);
        if is_sound && Heading::is_one(&row, columns) {
            groups.head(&row, columns, findings);
        } else if is_sound {
            groups.settle(Some((&row, columns)), findings);
            let indicator = indicator(&row, columns, findings);
            groups.add(indicator, &row, columns, findings);
        }
        row.cells.iter().for_each(|cell| source::garbled_text(&cell.text, cell.span, findings));
        map.rows.push(row);
    }
    groups.settle(None, findings);
    if map.rows.is_empty() {
        findings.error(
            Code::EmptyRubric,
            columns.header,
            "the table has no row below the one that names the columns".to_owned(),
            "write one row for each indicator".to_owned(),
        );
        return None;
    }
    groups.drop_empty();
    groups.has_points = columns.has(Column::Points);
    groups.has_scales =
        [Column::DomainScale, Column::CompetencyScale, Column::Scale].iter().any(|column| columns.has(*column));
    let of_practices = [Column::DomainDerive, Column::CompetencyDerive, Column::Derive, Column::Practices];
    groups.has_practices = of_practices.iter().any(|column| columns.has(*column));
    // Where every row is faulty there is no rubric to speak of.
    (!groups.list.is_empty()).then_some(groups)
}

/// The row that names the columns, and those below it that are read already. Above it may stand a title, and what else people
/// put there.
fn header(rows: &mut Rows<'_>, scales: &Scales, findings: &Findings) -> Option<(Row, Vec<Row>)> {
    const MOST_ABOVE: usize = 20;
    let mut first: Vec<Row> = Vec::new();
    while first.len() < MOST_ABOVE {
        let Some(row) = rows.next() else { break };
        let is_header = columns::is_header(&row, scales);
        first.push(row);
        if is_header {
            let header = first.pop()?;
            above(&first, &header, findings);
            return Some((header, Vec::new()));
        }
    }
    let mut first = first.into_iter();
    Some((first.next()?, first.collect()))
}

/// Says that rows stand above the one that names the columns.
fn above(rows: &[Row], header: &Row, findings: &Findings) {
    let (Some(first), Some(last)) = (rows.first(), rows.last()) else { return };
    let title = first.cells.iter().map(|cell| cell.text.trim()).find(|text| !text.is_empty()).unwrap_or_default();
    let message = format!("row {} names the columns; what stands above it is left out", header.number);
    let help = format!("where it is the rubric's title, import the table with --title '{}'", shorten(title));
    let place = Span { end: last.span().end, ..first.span() };
    findings.push(Finding::new(Severity::Warning, Code::TitleRow, place, message, help));
}

/// A row has a cell for every column, and nothing behind them.
fn is_even(row: &Row, columns: &Columns, findings: &Findings) -> bool {
    let (count, width) = (row.cells.len(), columns.width);
    let mut more = row.cells.iter().skip(width).filter(|cell| !cell.is_blank());
    if let Some(first) = more.next() {
        let last = more.next_back().unwrap_or(first);
        findings.error(
            Code::UnevenRow,
            Span { end: last.span.end, ..first.span },
            format!("row {} has more cells than the {width} columns", row.number),
            match row.cells.iter().any(|cell| cell.text.contains(['“', '”'])) {
                true => {
                    "“ and ” do not hold a cell together: put the cell between straight quotes (\"), or name the column"
                        .to_owned()
                }
                false => "put a cell that holds a separator in quotes, or name the column in the first row".to_owned(),
            },
        );
    } else if count < width {
        findings.error(
            Code::UnevenRow,
            row.span(),
            format!("row {} has {count} of {width} cells", row.number),
            "put a cell that holds a line break in quotes, and write a separator for each blank cell".to_owned(),
        );
    }
    count >= width && row.cells.iter().skip(width).all(Cell::is_blank)
}

fn indicator(row: &Row, columns: &Columns, findings: &Findings) -> Indicator {
    let cell = |column| filled(row, columns, column).cloned();
    let statement = cell(Column::Statement);
    let rated = cell(Column::Rated).filter(|cell| flag(cell, findings).value != Some(false));
    if rated.is_some() {
        nothing_of_an_indicator(row, columns, findings);
    } else if let (None, Some(blank)) = (&statement, columns.cell(row, Column::Statement)) {
        findings.error(
            Code::BlankText,
            blank.span,
            format!("row {} has no statement", row.number),
            "write what is rated".to_owned(),
        );
    }
    let described = columns.levels(row).filter(|(_, cell)| !cell.is_blank());
    Indicator {
        place: row.span(),
        id: cell(Column::Id),
        code: cell(Column::Code),
        title: cell(Column::Title),
        statement,
        guidance: cell(Column::Guidance),
        evaluated_by: cell(Column::EvaluatedBy),
        scale: cell(Column::Scale),
        practices: cell(Column::Practices),
        derive: cell(Column::Derive),
        critical: cell(Column::Critical).map(|cell| flag(&cell, findings)),
        points: cell(Column::Points),
        rated: rated.map(|cell| cell.span),
        descriptors: described.map(|(level, cell)| (level, cell.clone())).collect(),
    }
}

/// In the row of a domain or competency that is rated itself no cell says what its own columns say.
fn nothing_of_an_indicator(row: &Row, columns: &Columns, findings: &Findings) {
    use Column::{Code as Number, Derive, EvaluatedBy, Id, Scale, Statement, Title};
    let filled = [Id, Number, Title, Statement, EvaluatedBy, Scale, Derive].map(|column| filled(row, columns, column));
    if let Some(cell) = filled.into_iter().flatten().next() {
        let message =
            format!("row {} is that of a domain or competency which is rated itself, not of an indicator", row.number);
        let help =
            "move this to the column of the domain or competency, such as `domain_statement`, or leave `rated` blank";
        findings.error(Code::ConflictingCell, cell.span, message, help.to_owned());
    }
}

fn flag(cell: &Cell, findings: &Findings) -> Field<bool> {
    let value = match cell.text.trim().to_lowercase().as_str() {
        "yes" | "true" | "x" | "y" | "1" => Some(true),
        "no" | "false" | "n" | "0" => Some(false),
        _ => None,
    };
    if value.is_none() {
        findings.error(
            Code::UnknownChoice,
            cell.span,
            format!("`{}` is neither yes nor no", source::shorten(cell.text.trim())),
            "write `yes` or `no`, or leave the cell blank".to_owned(),
        );
    }
    Field { span: cell.span, value }
}

/// The rubric as it would be written, with the places that its parts have in the table.
fn document(
    groups: Groups,
    (name, text): (&str, &str),
    options: &Options,
    scales: &Scales,
    unknown: &Unknown,
    findings: &Findings,
) -> Option<syntax::Rubric> {
    let mut document = around(text, options)?;
    let title = options.title.clone().filter(|title| !title.trim().is_empty());
    let is_new = options.from.is_none();
    let nowhere = Span::default();
    if is_new || title.is_some() {
        let title = title.unwrap_or_else(|| title_of(name));
        document.title = field(nowhere, Text(title)).into();
    }
    if is_new || options.id.is_some() {
        let made = || document.title.text().map(id_of).unwrap_or_default();
        document.id = field(nowhere, Word(options.id.clone().unwrap_or_else(made))).into();
    }
    if is_new || options.version.is_some() {
        document.version = field(nowhere, Word(options.version.clone().unwrap_or_else(|| "1.0.0".to_owned()))).into();
    }
    document.format.get_or_insert_with(|| field(nowhere, 1).into());
    if let Some(scale) = scale::written(options, scales.default_scale()) {
        document.scale = Some(scale);
    }
    Build::new(options.from.as_ref(), scales, unknown, findings).finish(groups, &mut document);
    Some(document)
}

/// All of a rubric but its domains: that of the one it is taken from, whose places are one document further away.
fn around(text: &str, options: &Options) -> Option<syntax::Rubric> {
    let Some(from) = &options.from else {
        return source::read_own(r#"{ "id": "", "version": "", "title": "", "domains": [] }"#);
    };
    let origin = &from.0.origin;
    let texts = origin.documents().iter().map(|document| document.text.as_str());
    let texts: Vec<&str> = std::iter::once(text).chain(texts).collect();
    source::read(&origin.as_base()?, &texts, &Findings::default())
}

/// A title from a file's name: `folder/our_rubric.csv` is "Our rubric".
fn title_of(name: &str) -> String {
    let file = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let words = stem.split(|c: char| c.is_whitespace() || "_-<>".contains(c)).filter(|word| !word.is_empty());
    let words = words.collect::<Vec<_>>().join(" ");
    let mut rest = words.chars();
    match rest.next() {
        Some(first) if words != "stdin" => first.to_uppercase().chain(rest).collect(),
        _ => "Rubric".to_owned(),
    }
}

fn id_of(title: &str) -> String {
    let id = new_id::from_words(title);
    if id.is_empty() { "rubric".to_owned() } else { id }
}

/// The YAML of a rubric, which reads back as what it is: the last proof of it is to read it.
fn written(rubric: &Rubric, findings: &Findings) -> String {
    let text = format!("{HEADER}{}", source::yaml::write(&rubric.0.written));
    let Checked { diagnostics: found, .. } = Rubric::check("", &text, &Library::empty());
    for finding in found.iter().filter(|finding| finding.severity == Severity::Error) {
        findings.error(finding.code, Span::default(), finding.message.clone(), finding.help.clone());
    }
    text
}
