//! Rubrics to and from spreadsheets: a table in CSV with one row an indicator.
//!
//! ```
//! use appraise::table::{self, Options};
//!
//! let text = "Domain,Code,Statement\nCounseling,1.10,\"Listens, and reflects.\"\n,1.20,Plans with the student.\n";
//! let checked = table::import("district.csv", text, &Options::default());
//! assert!(checked.diagnostics.is_empty());
//! assert!(checked.value.unwrap().contains("statement: Listens, and reflects."));
//!
//! let findings = table::import("district.csv", "Domain,Statement\nCounseling,\n", &Options::default()).diagnostics;
//! let finding = findings.iter().next().unwrap();
//! assert_eq!((finding.path.as_str(), finding.start.line), ("rows[0].statement", 2));
//! ```
//!
//! A table holds the domains, competencies and indicators, without the goal texts of single indicators; [`COLUMNS`] names
//! its columns, and every level of every scale is a further column, by its id or label. Only `domain` and `statement` are
//! required, and a blank domain repeats the row above. Everything that a table cannot hold comes from another rubric
//! ([`Options::from`]), its scales too. The columns of scales name the scale of a part by its id; where the table has none of
//! them, the parts of that rubric keep their scales. `points` holds the points that an indicator has of its own, by level:
//! `none=0; full=10`; without the column, the indicators of that rubric keep theirs.
//!
//! The cell `practices` has a line for each practice, `id | level | statement`, with the level blank where practices count by
//! their number; the further lines of a statement are indented by two spaces. A cell of a column that ends in `derive` is
//! `cumulative`, `majority`, or such as `at_least proficient 3, accomplished 5`. A rule at the top of the rubric comes from the
//! other rubric, and so do all practices where the table has none of these columns.
//!
//! A domain or competency that is rated itself has a row of its own, with `yes` in the column `rated`.
//!
//! A row that holds only the title of a domain or competency stands for the rows below it, and rows above the one that names the
//! columns are left out with a warning.
//!
//! White space around a cell counts only in quotes, and the two characters that end a line on Windows are read as one.
//!
//! An exported table is safe to open: a spreadsheet runs a cell that begins with `=`, `+`, `-` or `@`, so an apostrophe is
//! put before these signs, and removed when the table is read.

#![allow(
    clippy::arithmetic_side_effects,
    reason = "places in a text of at most `MAX_BYTES`, and counts of its rows and columns"
)]

mod build;
mod cells;
mod chosen_scale;
mod columns;
mod domains;
mod export;
mod formula;
mod heading;
mod import;
mod new_id;
mod points;
mod practices;
mod records;
mod row;
mod rows;
mod scale;
mod unknown;

use crate::diagnostic::Diagnostics;
use crate::rubric::Rubric;
use crate::source::{self, Field, Span};

pub use self::columns::COLUMNS;
pub use self::export::export;
pub use self::import::import;
pub use self::records::{Record, records};
pub use self::row::Row;

/// The parts of a rubric that a table does not hold.
///
/// ```
/// use appraise::table::{self, Options};
///
/// let mut options = Options::default();
/// options.title = Some("District plan".to_owned());
/// let checked = table::import("plan.csv", "Domain,Statement\nPlanning,Keeps a calendar.\n", &options);
/// assert!(checked.diagnostics.is_empty());
/// assert!(checked.value.expect("the table is sound").contains("title: District plan"));
/// ```
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Options {
    /// The rubric's id. When absent, the id of [`Options::from`], else one made from the title.
    pub id: Option<String>,
    /// The rubric's version. When absent, the version of [`Options::from`], else 1.0.0.
    pub version: Option<String>,
    /// The rubric's title. When absent, the title of [`Options::from`], else one made from the table's name.
    pub title: Option<String>,
    /// The rubric whose scales the table is written for, and whose other sections are taken over: qualifications, goals,
    /// service data and all else that a table cannot hold. A part with the same words in both keeps its id.
    pub from: Option<Rubric>,
    /// The labels of the table's own levels, lowest first, which are its default scale. When empty, the scale of [`Options::from`] is used, else the
    /// default scale. A label such as `N/A` is taken for a choice that is no rating, with a warning.
    pub levels: Vec<String>,
    /// Whether [`Options::levels`] are given highest first, as the table has them. The rubric is then written and printed so too.
    pub best_first: bool,
    /// The labels of choices that are no rating, such as `Not observed`, and count nothing.
    pub not_rated: Vec<String>,
    /// The label of the first of these levels that meets expectations.
    pub meets_at: Option<String>,
}

/// The text in the bytes of a table, which must be UTF-8.
///
/// # Errors
///
/// One finding: the bytes are not UTF-8, with the way to save a spreadsheet as UTF-8; or the table is too large.
pub fn decode<'a>(name: &str, bytes: &'a [u8]) -> Result<&'a str, Diagnostics> {
    source::decode_or(
        name,
        bytes,
        "save it as “CSV UTF-8 (Comma delimited)” in Excel, as “Text CSV” with the character set “Unicode (UTF-8)” in \
         LibreOffice, or as comma-separated values in Google Sheets",
    )
}

/// All of a text.
fn whole(text: &str) -> Span {
    Span { end: u32::try_from(text.len()).unwrap_or(u32::MAX), ..Span::default() }
}

/// A value with its place.
fn field<T>(span: Span, value: T) -> Field<T> {
    Field { span, value: Some(value) }
}
