//! A row of a table as CSV (RFC 4180).

use std::fmt::Display;

use super::formula;

/// A row of a table in CSV, safe to open in a spreadsheet.
///
/// ```
/// let mut row = appraise::table::Row::default();
/// row.text("Rivera, Jordan");
/// row.text("=1+1");
/// row.number(3);
/// assert_eq!(row.line(), "\"Rivera, Jordan\",'=1+1,3\r\n");
/// ```
#[derive(Debug, Clone, Default)]
pub struct Row {
    line: String,
    has_cells: bool,
}

impl Row {
    /// Adds a cell of text. A text that a spreadsheet would take for a formula gets an apostrophe before it.
    pub fn text(&mut self, text: &str) {
        self.push(&formula::disarm(text));
    }

    /// Adds a cell of digits, or an empty one.
    pub fn number(&mut self, number: impl Display) {
        self.push(&number.to_string());
    }

    /// The row with the end of its line.
    pub fn line(mut self) -> String {
        self.line.push_str("\r\n");
        self.line
    }

    fn push(&mut self, cell: &str) {
        if self.has_cells {
            self.line.push(',');
        }
        self.has_cells = true;
        // White space at its ends is kept only in quotes. Some spreadsheets take a semicolon for the end of a cell.
        if cell.contains([',', ';', '"', '\t', '\r', '\n']) || cell.trim() != cell {
            self.line.push_str(&format!("\"{}\"", cell.replace('"', "\"\"")));
        } else {
            self.line.push_str(cell);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_no_formula_and_ends_where_it_ends() {
        for (text, cell) in [
            ("Rivera", "Rivera"),
            ("Rivera, Jordan", "\"Rivera, Jordan\""),
            ("the \"best\"", "\"the \"\"best\"\"\""),
            ("=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\""),
            ("  =1+1", "'  =1+1"),
            (" a", "\" a\""),
            ("-5", "'-5"),
            ("\t=1", "\"'\t=1\""),
            ("two\nlines", "\"two\nlines\""),
            ("4.1.6", "4.1.6"),
        ] {
            let mut row = Row::default();
            row.text(text);
            assert_eq!(row.line(), format!("{cell}\r\n"), "{text}");
        }
    }

    #[test]
    fn an_empty_cell_is_a_cell_wherever_it_stands() {
        let mut row = Row::default();
        for cell in ["", "a", ""] {
            row.text(cell);
        }
        row.number(-3);
        assert_eq!(row.line(), ",a,,-3\r\n");
    }
}
