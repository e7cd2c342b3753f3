//! The columns of a table, and the row that names them.

use crate::diagnostic::Code;
use crate::rubric::Level;
use crate::scale::{self as words, Scales};
use crate::source::{Findings, Help, Span, shorten};

use super::cells::{Cell, Row};

macro_rules! columns {
    ($($column:ident $name:literal)*) => {
        /// The content of a column.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Column {
            $($column,)*
            /// The descriptors of a level, by the level's index.
            Level(usize),
            /// The descriptors of a level that has a label in common with levels of other scales, by the index of the first: the scale
            /// of a row says which is meant.
            Called(usize),
        }

        /// The columns in the order in which they are written, the levels of the scales behind them. An export has the columns of
        /// scales only where the rubric has several, or a part names one; those of practices, and of the rules by which levels
        /// follow from them, only where it has such; `points` only where an indicator has points
        /// of its own; and `rated` only where a domain or competency is rated itself.
        pub const COLUMNS: &[&str] = &[$($name),*];

        const ALL: &[Column] = &[$(Column::$column),*];
    };
}

columns! {
    DomainId "domain_id"
    DomainCode "domain_code"
    Domain "domain"
    DomainStatement "domain_statement"
    DomainEvaluatedBy "domain_evaluated_by"
    DomainScale "domain_scale"
    DomainDerive "domain_derive"
    CompetencyId "competency_id"
    CompetencyCode "competency_code"
    Competency "competency"
    CompetencyStatement "competency_statement"
    CompetencyEvaluatedBy "competency_evaluated_by"
    CompetencyScale "competency_scale"
    CompetencyDerive "competency_derive"
    Id "id"
    Code "code"
    Title "title"
    Statement "statement"
    Guidance "guidance"
    EvaluatedBy "evaluated_by"
    Scale "scale"
    Practices "practices"
    Derive "derive"
    Critical "critical"
    Points "points"
    Rated "rated"
}

/// Other names for some of them.
const ALIASES: [(&str, &str); 8] = [
    ("domain_title", "domain"),
    ("competency_title", "competency"),
    ("indicator_id", "id"),
    ("indicator_code", "code"),
    ("indicator_title", "title"),
    ("indicator_statement", "statement"),
    ("indicator_scale", "scale"),
    ("indicator_derive", "derive"),
];

/// Says of a header that it is a level where it could be a column too.
pub(super) const LEVEL: &str = "level:";

/// Many more columns than can be known.
const MOST_COLUMNS: usize = 200;

/// The columns of one table.
#[derive(Debug)]
pub(super) struct Columns {
    /// By the number of the cell in its row.
    list: Vec<Option<Column>>,
    /// The known columns, each at its first place.
    known: Vec<(Column, usize)>,
    /// The columns' names in paths.
    names: Vec<String>,
    pub(super) header: Span,
    /// The number of columns, without blank ones at the end.
    pub(super) width: usize,
    /// The cells that resemble no known column.
    unlike: Vec<Cell>,
}

impl Columns {
    /// Reads the first row. `None` where nothing below it would mean anything.
    pub(super) fn read(header: &Row, scales: &Scales, findings: &Findings) -> Option<Self> {
        let width = header.cells.iter().rposition(|cell| !cell.is_blank()).map_or(0, |last| last + 1);
        let cells = header.cells.get(..width).unwrap_or_default();
        if let (Some(first), Some(last)) = (cells.get(MOST_COLUMNS), cells.last()) {
            findings.error(
                Code::UnknownColumn,
                Span { end: last.span.end, ..first.span },
                format!("the table has {width} columns"),
                format!("no table has more than {MOST_COLUMNS}; check that this is the right file"),
            );
            return None;
        }
        let list: Vec<Option<Column>> = cells.iter().map(|cell| column(&cell.text, scales)).collect();
        let names = cells.iter().map(|cell| plain(&cell.text)).collect();
        let mut known: Vec<(Column, usize)> = Vec::new();
        for (at, column) in list.iter().enumerate().filter_map(|(at, column)| Some((at, (*column)?))) {
            if known.iter().all(|(other, _)| *other != column) {
                known.push((column, at));
            }
        }
        let mut columns = Self { list, known, names, header: header.span(), width, unlike: Vec::new() };
        if columns.known.is_empty() {
            findings.error(
                Code::MissingColumn,
                columns.header,
                "the first row does not name the columns".to_owned(),
                "begin the table with a row such as `domain`, `competency`, `code`, `title`, `statement`".to_owned(),
            );
            return None;
        }
        columns.unlike = columns.unknown(cells, scales, findings);
        columns.repeated(cells, findings);
        let missing = [("domain", [Column::Domain, Column::DomainId]), ("statement", [Column::Statement; 2])];
        let missing = missing.iter().filter(|(_, any)| !any.iter().any(|column| columns.has(*column)));
        let missing: Vec<String> = missing.map(|(name, _)| format!("`{name}`")).collect();
        if !missing.is_empty() {
            columns.report_unlike(scales, findings);
            findings.error(
                Code::MissingColumn,
                columns.header,
                format!("there is no column {}", missing.join(" and no column ")),
                "a table has at least `domain` and `statement`, one row an indicator".to_owned(),
            );
            return None;
        }
        Some(columns)
    }

    pub(super) fn has(&self, column: Column) -> bool {
        self.known.iter().any(|(known, _)| *known == column)
    }

    /// Whether a column is not known, and may be a level's.
    pub(super) fn lacks_one(&self) -> bool {
        self.list.contains(&None)
    }

    /// The row's cell in a column.
    pub(super) fn cell<'r>(&self, row: &'r Row, column: Column) -> Option<&'r Cell> {
        let (_, at) = self.known.iter().find(|(known, _)| *known == column)?;
        row.cells.get(*at)
    }

    /// The cells that describe levels, in the order of the table.
    pub(super) fn levels<'r>(&self, row: &'r Row) -> impl Iterator<Item = (Column, &'r Cell)> {
        let levels = self.known.iter().filter(|(column, _)| matches!(column, Column::Level(_) | Column::Called(_)));
        levels.filter_map(|(column, at)| Some((*column, row.cells.get(*at)?)))
    }

    /// The name of a cell's column in paths.
    pub(super) fn name(&self, index: usize) -> Option<&str> {
        self.names.get(index).map(String::as_str).filter(|name| !name.is_empty())
    }

    /// Reports the columns that resemble no known one.
    pub(super) fn report_unlike(&self, scales: &Scales, findings: &Findings) {
        unlike_any(&self.unlike.iter().collect::<Vec<_>>(), scales, findings);
    }

    /// Whether a column that resembles no known one has this name.
    pub(super) fn is_unlike(&self, name: &str) -> bool {
        self.unlike.iter().any(|cell| plain(&cell.text) == plain(name))
    }

    /// Reports unknown columns, and returns those that resemble no known one.
    fn unknown(&self, cells: &[Cell], scales: &Scales, findings: &Findings) -> Vec<Cell> {
        let levels = scales.levels().iter().flat_map(|level| [level.id.as_str(), level.label.as_str()]);
        let known: Vec<String> = COLUMNS.iter().copied().chain(levels).map(plain).collect();
        let unknown = self.list.iter().zip(cells).filter(|(column, _)| column.is_none()).map(|(_, cell)| cell);
        let (blank, unknown): (Vec<&Cell>, Vec<&Cell>) = unknown.partition(|cell| cell.is_blank());
        for cell in blank {
            findings.error(
                Code::UnknownColumn,
                cell.span,
                "this column has no name".to_owned(),
                "name it, or delete the whole column".to_owned(),
            );
        }
        let mut others: Vec<Cell> = Vec::new();
        for cell in unknown {
            match findings.closest(&plain(&cell.text), known.iter().map(String::as_str)) {
                Some(meant) => findings.error(
                    Code::UnknownColumn,
                    cell.span,
                    format!("`{}` is neither a column nor a level of the scale", shorten(&cell.text)),
                    Help::did_you_mean(&cell.text, meant)
                        .adding(" a level of the table's own is named with --levels when importing it"),
                ),
                None => others.push(cell.clone()),
            }
        }
        others
    }

    fn repeated(&self, cells: &[Cell], findings: &Findings) {
        let mut first: Vec<(Column, Span)> = Vec::new();
        for (column, cell) in self.list.iter().zip(cells).filter_map(|(column, cell)| Some(((*column)?, cell))) {
            let Some((_, before)) = first.iter().find(|(known, _)| *known == column) else {
                first.push((column, cell.span));
                continue;
            };
            findings.repeated(
                Code::DuplicateColumn,
                cell.span,
                *before,
                format!("the column `{}` stands twice", shorten(&cell.text)),
                "delete one of the two, or rename it".to_owned(),
            );
        }
    }
}

/// Reports columns that resemble no known one, together: they are most likely the table's own levels.
fn unlike_any(cells: &[&Cell], scales: &Scales, findings: &Findings) {
    let (Some(first), Some(last)) = (cells.first(), cells.last()) else { return };
    let labels: Vec<&str> = cells.iter().map(|cell| cell.text.trim()).collect();
    let names: Vec<String> = labels.iter().map(|label| format!("`{}`", shorten(label))).collect();
    let message = match names.as_slice() {
        [name] => format!("{name} is neither a column nor a level of the scale"),
        names => format!("{} are neither columns nor levels of the scale", names.join(", ")),
    };
    let (choices, levels): (Vec<&str>, Vec<&str>) = labels.into_iter().partition(|label| words::is_not_rated(label));
    let own = |option: &str, labels: &[&str]| match labels {
        [] => String::new(),
        labels => format!(" {option} '{}'", shorten(&labels.join(","))),
    };
    let levels = match levels.as_slice() {
        [] => String::new(),
        levels => format!("{} --meets-at LABEL", own("--levels", levels)),
    };
    let known: Vec<String> = scales.levels().iter().map(|level| format!("`{}`", level.label)).collect();
    let help = format!(
        "where the table has levels of its own, import it with{levels}{}, lowest first; else delete or rename what is no column: \
         the levels of the scale are {}",
        own("--not-rated", &choices),
        known.join(", ")
    );
    findings.error(Code::UnknownColumn, Span { end: last.span.end, ..first.span }, message, help);
}

/// Whether a row names the columns that a table must have.
pub(super) fn is_header(row: &Row, scales: &Scales) -> bool {
    let columns: Vec<Column> = row.cells.iter().filter_map(|cell| column(&cell.text, scales)).collect();
    let has = |any: [Column; 2]| any.iter().any(|column| columns.contains(column));
    has([Column::Domain, Column::DomainId]) && has([Column::Statement; 2])
}

/// The column that a header names.
fn column(header: &str, scales: &Scales) -> Option<Column> {
    let name = plain(header);
    if let Some(level) = header.trim().to_lowercase().strip_prefix(LEVEL) {
        return level_named(level.trim(), scales);
    }
    let name = ALIASES.iter().find(|(alias, _)| *alias == name).map_or(name.as_str(), |(_, name)| name);
    let known = COLUMNS.iter().position(|known| *known == name).and_then(|at| ALL.get(at).copied());
    known.or_else(|| level_named(header.trim(), scales))
}

fn level_named(written: &str, scales: &Scales) -> Option<Column> {
    let name = plain(written);
    let is_named = |text: &str| !name.is_empty() && plain(text) == name;
    let level = |is: &dyn Fn(&str) -> bool| scales.levels().iter().position(|level| is(&level.id)).map(Column::Level);
    let called = called(&name, scales);
    let shared = called.first().copied().filter(|_| called.len() > 1 && !scales.is_one()).map(Column::Called);
    let by_label = called.first().copied().map(Column::Level);
    level(&|id| id == written).or(shared).or_else(|| level(&is_named)).or(by_label)
}

/// The levels with a label, as [`plain`] writes it.
fn called(name: &str, scales: &Scales) -> Vec<usize> {
    let levels = scales.levels().iter().enumerate();
    levels.filter(|(_, level)| !name.is_empty() && plain(&level.label) == name).map(|(number, _)| number).collect()
}

/// A header without case, hyphens and white space.
fn plain(header: &str) -> String {
    let words = header.split(|c: char| c.is_whitespace() || c == '_' || c == '-').filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("_").to_lowercase()
}

/// The header of a level: its label, where nothing else can be meant by it.
pub(super) fn level_header(number: usize, level: &Level, scales: &Scales) -> String {
    let marked = format!("{LEVEL} {}", level.id);
    [level.label.clone(), level.id.clone()]
        .into_iter()
        .find(|header| header.trim() == header && column(header, scales) == Some(Column::Level(number)))
        .unwrap_or(marked)
}

/// The row's cell in a column, where something stands in it.
pub(super) fn filled<'r>(row: &'r Row, columns: &Columns, column: Column) -> Option<&'r Cell> {
    columns.cell(row, column).filter(|cell| !cell.is_blank())
}
