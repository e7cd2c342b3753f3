//! Splits CSV into rows of cells, each with its place.

use csv_core::{ReadFieldResult, Reader, ReaderBuilder};

use crate::diagnostic::Code;
use crate::source::{Findings, Span};

use super::formula;

/// A cell of the table.
#[derive(Debug, Clone, Default)]
pub(super) struct Cell {
    /// With its quotes.
    pub(super) span: Span,
    /// Without them, as it was before a spreadsheet could have run it.
    pub(super) text: String,
}

impl Cell {
    pub(super) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

/// A row of the table that says something.
#[derive(Debug)]
pub(super) struct Row {
    /// Its number in the spreadsheet, from 1.
    pub(super) number: usize,
    pub(super) cells: Vec<Cell>,
    /// A quote in it is wrong, so where its cells end is a guess.
    pub(super) is_broken: bool,
}

impl Row {
    /// From its first cell to its last.
    pub(super) fn span(&self) -> Span {
        let start = self.cells.first().map(|cell| cell.span.start).unwrap_or_default();
        Span { start, end: self.cells.last().map(|cell| cell.span.end).unwrap_or_default(), ..Span::default() }
    }
}

/// The rows of a table, without the blank ones.
pub(super) struct Rows<'a> {
    text: &'a str,
    findings: &'a Findings,
    reader: Reader,
    separator: char,
    /// How much is read.
    at: usize,
    /// The rows so far, the blank ones too.
    number: usize,
    /// The buffer in which a cell is assembled.
    buffer: Vec<u8>,
}

impl<'a> Rows<'a> {
    pub(super) fn of(text: &'a str, findings: &'a Findings) -> Self {
        let bom = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let rest = text.get(bom..).unwrap_or_default();
        // Excel writes and obeys a first line that names the separator.
        let named = rest.split(['\r', '\n']).next().and_then(|line| {
            let mut character = line.trim_end_matches(' ').strip_prefix("sep=")?.chars();
            let separator = character.next().filter(char::is_ascii)?;
            character.next().is_none().then_some((line.len(), separator))
        });
        let (at, number, separator) = match named {
            Some((length, separator)) => (bom + length, 1, separator),
            None => (bom, 0, separator(rest)),
        };
        let reader = ReaderBuilder::new().delimiter(u8::try_from(separator).unwrap_or(b',')).build();
        Self { text, findings, reader, separator, at, number, buffer: vec![0; text.len() + 1] }
    }

    /// One row, blank ones too.
    fn row(&mut self) -> Option<Row> {
        self.skip_line_ends();
        self.number += 1;
        let mut row = Row { number: self.number, cells: Vec::new(), is_broken: false };
        loop {
            let start = self.at;
            let (end, length, ends_row) = self.field()?;
            let raw = self.text.get(start..end).unwrap_or_default();
            let value = self.buffer.get(..length).unwrap_or_default();
            let value = std::str::from_utf8(value).unwrap_or_default().replace("\r\n", "\n");
            let (cell, is_sound) = self.cell(raw, start, &value);
            row.is_broken |= !is_sound;
            row.cells.push(cell);
            if ends_row {
                return Some(row);
            }
        }
    }

    /// A line end before a row ends the row before, or is a blank row.
    fn skip_line_ends(&mut self) {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let length = rest.len() - rest.trim_start_matches(['\r', '\n']).len();
        let skipped = rest.get(..length).unwrap_or_default();
        let ends = skipped.matches('\n').count() + skipped.replace("\r\n", "\n").matches('\r').count();
        let ended = self.text.get(..self.at).unwrap_or_default();
        let is_second_half = ended.ends_with('\r') && skipped.starts_with('\n');
        let is_own = is_second_half || (self.number == 1 && !ended.ends_with(['\r', '\n']) && !skipped.is_empty());
        self.number += ends - usize::from(is_own && ends > 0);
        self.at += length;
    }

    /// Where the next cell ends, how long its value is, and whether it is its row's last. `None` at the end of the text.
    fn field(&mut self) -> Option<(usize, usize, bool)> {
        let mut length = 0;
        loop {
            let input = self.text.as_bytes().get(self.at..).unwrap_or_default();
            let output = self.buffer.get_mut(length..).unwrap_or_default();
            let (result, read, written) = self.reader.read_field(input, output);
            self.at += read;
            length += written;
            match result {
                ReadFieldResult::InputEmpty => {}
                // A cell ends with the separator or the line end, except at the end of the text.
                ReadFieldResult::Field { record_end } => {
                    let end = if input.is_empty() { self.at } else { self.at - 1 };
                    return Some((end, length, record_end));
                }
                ReadFieldResult::OutputFull | ReadFieldResult::End => return None,
            }
        }
    }

    /// A cell by what is written and what it stands for; whether its quotes are sound.
    fn cell(&self, raw: &str, start: usize, value: &str) -> (Cell, bool) {
        let at = |start: usize, end: usize| Span {
            start: u32::try_from(start).unwrap_or(u32::MAX),
            end: u32::try_from(end).unwrap_or(u32::MAX),
            ..Span::default()
        };
        let span = at(start, start + raw.len());
        let Some(quoted) = raw.strip_prefix('"') else {
            // A spreadsheet quotes white space that matters no more than any other: only in quotes it is kept.
            return (Cell { span, text: formula::rearm(value.trim()).to_owned() }, true);
        };
        let (code, span, message, help) = match after_quote(quoted) {
            Some(rest) if rest.trim().is_empty() => {
                let value = value.get(..value.len() - rest.len()).unwrap_or(value);
                return (Cell { span, text: formula::rearm(value).to_owned() }, true);
            }
            Some(rest) => (
                Code::UnclosedQuote,
                at(start + raw.len() - rest.len(), start + raw.len()),
                "text stands behind the quote that closes the cell",
                format!("write a quote within a cell twice, and a `{}` behind the cell", shown(self.separator)),
            ),
            None => (
                Code::UnclosedQuote,
                span,
                "the quote that begins this cell is not closed",
                "close it with a `\"`; a quote within a cell is written twice".to_owned(),
            ),
        };
        self.findings.error(code, span, message.to_owned(), help);
        (Cell { span, text: value.to_owned() }, false)
    }
}

impl Iterator for Rows<'_> {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        loop {
            let row = self.row()?;
            if row.is_broken || row.cells.iter().any(|cell| !cell.is_blank()) {
                return Some(row);
            }
        }
    }
}

/// The text behind the closing quote, in a cell without its opening one.
fn after_quote(quoted: &str) -> Option<&str> {
    let mut rest = quoted;
    loop {
        let (_, after) = rest.split_once('"')?;
        rest = match after.strip_prefix('"') {
            Some(after) => after,
            None => return Some(after),
        };
    }
}

/// The separator that most often stands between the cells of the first row that has any.
fn separator(text: &str) -> char {
    let mut is_quoted = false;
    let mut counts = [(',', 0), (';', 0), ('\t', 0)];
    for character in text.trim_start_matches(['\r', '\n']).chars() {
        match character {
            '"' => is_quoted = !is_quoted,
            '\r' | '\n' if !is_quoted && counts.iter().any(|(_, count)| *count > 0) => break,
            _ if is_quoted => {}
            _ => counts.iter_mut().filter(|(separator, _)| *separator == character).for_each(|(_, count)| *count += 1),
        }
    }
    let most = counts.iter().map(|(_, count)| *count).max().unwrap_or_default();
    counts.iter().find(|(_, count)| *count == most).map_or(',', |(separator, _)| *separator)
}

fn shown(separator: char) -> String {
    if separator == '\t' { "tab".to_owned() } else { separator.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rows with their numbers, and every cell with the text that is at its place.
    fn read(text: &str) -> Vec<(usize, Vec<(String, String)>)> {
        let findings = Findings::default();
        let at = |cell: &Cell| text[cell.span.start as usize..cell.span.end as usize].to_owned();
        Rows::of(text, &findings)
            .map(|row| (row.number, row.cells.iter().map(|cell| (cell.text.clone(), at(cell))).collect()))
            .collect()
    }

    fn texts(text: &str) -> Vec<(usize, Vec<String>)> {
        read(text).into_iter().map(|(number, row)| (number, row.into_iter().map(|(text, _)| text).collect())).collect()
    }

    fn row(number: usize, cells: &[&str]) -> (usize, Vec<String>) {
        (number, cells.iter().map(|cell| (*cell).to_owned()).collect())
    }

    #[test]
    fn cells_know_their_place_whatever_stands_in_quotes() {
        let rows = read("\u{feff}a,\"b,\"\"c\"\"\r\nd\", e \r\n\r\n,,\r\nf,g\"h,\"i\" ");
        let cells: Vec<(&str, &str)> =
            rows.iter().flat_map(|(_, row)| row).map(|(text, raw)| (text.as_str(), raw.as_str())).collect();
        assert_eq!(
            cells,
            [
                ("a", "a"),
                ("b,\"c\"\nd", "\"b,\"\"c\"\"\r\nd\""),
                ("e", " e "),
                ("f", "f"),
                ("g\"h", "g\"h"),
                ("i", "\"i\" ")
            ]
        );
    }

    #[test]
    fn rows_are_numbered_as_a_spreadsheet_does() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["a,b", "", "", "1,2", ",", "3,4", ""].join(end);
            assert_eq!(texts(&text), [row(1, &["a", "b"]), row(4, &["1", "2"]), row(6, &["3", "4"])], "{end:?}");
            let text = ["sep=;", "a;b", "", "1;2"].join(end);
            assert_eq!(texts(&text), [row(2, &["a", "b"]), row(4, &["1", "2"])], "{end:?}");
        }
        assert_eq!(texts("\n\na\nb"), [row(3, &["a"]), row(4, &["b"])]);
        assert_eq!(texts(""), []);
    }

    #[test]
    fn the_separator_is_that_of_the_first_row() {
        assert_eq!(texts("a;\"x,y,z\";b\n1;2,5;3"), [row(1, &["a", "x,y,z", "b"]), row(2, &["1", "2,5", "3"])]);
        assert_eq!(texts("a\tb\n1\t2"), [row(1, &["a", "b"]), row(2, &["1", "2"])]);
        assert_eq!(texts("a\nb,c"), [row(1, &["a"]), row(2, &["b", "c"])]);
    }
}
