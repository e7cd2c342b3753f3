//! Reads any table as records.

use crate::diagnostic::Diagnostics;
use crate::source::{self, Around, Findings};

use super::cells::Rows;

/// A row of a table that is not blank.
///
/// ```
/// let records = appraise::table::records("staff.csv", "id,name\nE-1,Ann\n")?;
/// assert_eq!((records[1].number, records[1].cells.as_slice()), (2, ["E-1".to_owned(), "Ann".to_owned()].as_slice()));
/// # Ok::<(), appraise::Diagnostics>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Record {
    /// Its number in the spreadsheet, from 1.
    pub number: usize,
    /// The values of its cells, without their quotes, blank cells at the end included.
    pub cells: Vec<String>,
}

/// The rows of a table as spreadsheets write it, without the blank ones: cells between commas, semicolons or tabs, in quotes
/// where they hold one of these.
///
/// ```
/// let rows = appraise::table::records("staff.csv", "id;name\n;\nE-1;\"Rivera, Jordan\"\n").unwrap();
/// assert_eq!((rows[1].number, rows[1].cells[1].as_str()), (3, "Rivera, Jordan"));
/// ```
///
/// # Errors
///
/// Every unbalanced quote, and a table of more than 4 MiB.
pub fn records(name: &str, text: &str) -> Result<Vec<Record>, Diagnostics> {
    let findings = Findings::default();
    let mut rows = Vec::new();
    if text.len() > source::MAX_BYTES {
        findings.push(source::too_large());
    } else {
        let record = |row: super::cells::Row| Record {
            number: row.number,
            cells: row.cells.into_iter().map(|cell| cell.text).collect(),
        };
        rows.extend(Rows::of(text, &findings).map(record));
    }
    let diagnostics = findings.resolve_around((name, text), &[], |_| Around::default());
    if diagnostics.has_errors() { Err(diagnostics) } else { Ok(rows) }
}
