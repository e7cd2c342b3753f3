//! Rows that hold only the title of a domain or competency.

use crate::diagnostic::Code;
use crate::source::{Findings, Span};

use super::cells::{Cell, Row};
use super::columns::{Column, Columns, filled};

/// The columns that a heading may fill in.
const OF_GROUPS: [Column; 12] = [
    Column::DomainId,
    Column::DomainCode,
    Column::Domain,
    Column::DomainStatement,
    Column::DomainEvaluatedBy,
    Column::DomainScale,
    Column::CompetencyId,
    Column::CompetencyCode,
    Column::Competency,
    Column::CompetencyStatement,
    Column::CompetencyEvaluatedBy,
    Column::CompetencyScale,
];

/// A row that names a domain or competency and no indicator.
#[derive(Debug)]
pub(super) struct Heading {
    pub(super) names_domain: bool,
    pub(super) names_competency: bool,
    row: usize,
    /// The blank cell of its statement.
    place: Span,
}

impl Heading {
    /// Whether nothing of the row is about an indicator.
    pub(super) fn is_one(row: &Row, columns: &Columns) -> bool {
        let names = [Column::Domain, Column::DomainId, Column::Competency, Column::CompetencyId];
        let is_named = names.iter().any(|column| filled(row, columns, *column).is_some());
        let of_groups = OF_GROUPS.iter().filter(|column| filled(row, columns, **column).is_some()).count();
        let all = row.cells.iter().filter(|cell: &&Cell| !cell.is_blank()).count();
        is_named && of_groups == all
    }

    pub(super) fn of(row: &Row, columns: &Columns) -> Self {
        let names = |any: [Column; 2]| any.iter().any(|column| filled(row, columns, *column).is_some());
        Self {
            names_domain: names([Column::Domain, Column::DomainId]),
            names_competency: names([Column::Competency, Column::CompetencyId]),
            row: row.number,
            place: columns.cell(row, Column::Statement).map_or_else(|| row.span(), |cell| cell.span),
        }
    }

    /// Says that the row is an indicator without a statement.
    pub(super) fn report(&self, findings: &Findings) {
        findings.error(
            Code::BlankText,
            self.place,
            format!("row {} has no statement", self.row),
            "write what is rated; a title for the rows below stands alone where they leave its column blank, and a domain \
             that is rated as a whole has `yes` in a column `rated`"
                .to_owned(),
        );
    }
}
