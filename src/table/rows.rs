//! Places of findings in a table: `rows[12].statement` is the cell E14 of a spreadsheet.

use crate::source::Span;

use super::cells::Row;
use super::columns::Columns;

/// The rows that were read, with the one that names the columns.
#[derive(Debug, Default)]
pub(super) struct Map {
    pub(super) header: Option<Row>,
    pub(super) rows: Vec<Row>,
}

/// A place in a table, for programs and for people.
#[derive(Debug, Default)]
pub(super) struct Place {
    /// `rows[12].statement`; rows count from 0 below the header, blank ones too.
    pub(super) path: String,
    /// `cell E14` or `row 14`; `None` for the whole table.
    pub(super) name: Option<String>,
}

impl Map {
    pub(super) fn place(&self, span: Span, columns: Option<&Columns>) -> Place {
        let Some(header) = &self.header else { return Place::default() };
        let below = self.rows.partition_point(|row| row.span().start <= span.start);
        let row = below.checked_sub(1).and_then(|at| self.rows.get(at)).unwrap_or(header);
        let around = row.span();
        if span == Span::default() || span.start < around.start || span.end > around.end {
            return Place::default();
        }
        let is_around = |cell: &super::cells::Cell| cell.span.start <= span.start && span.end <= cell.span.end;
        let cell = row.cells.iter().position(is_around);
        let name = Some(match cell {
            Some(cell) => format!("cell {}{}", letters(cell), row.number),
            None => format!("row {}", row.number),
        });
        let column = cell.and_then(|cell| columns?.name(cell));
        let path = match (row.number.checked_sub(header.number + 1), cell, column) {
            (None, Some(cell), _) => format!("columns[{cell}]"),
            (None, None, _) => "columns".to_owned(),
            (Some(index), _, Some(column)) => format!("rows[{index}].{column}"),
            (Some(index), _, None) => format!("rows[{index}]"),
        };
        Place { path, name }
    }
}

/// The letters of a spreadsheet's column: `A` to `Z`, `AA`.
pub(super) fn letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or_default()));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_the_letters_of_a_spreadsheet() {
        assert_eq!([0, 25, 26, 51, 52, 701, 702].map(letters), ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
    }
}
