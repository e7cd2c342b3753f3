//! Joins the rows of a table into domains and competencies.

use std::collections::HashMap;

use crate::diagnostic::Code;
use crate::rubric::Tier;
use crate::source::{Field, Findings, Span, shorten};

use super::cells::{Cell, Row};
use super::columns::{Column, Columns, filled};
use super::heading::Heading;

/// A domain or competency, as far as the rows have described it.
#[derive(Debug, Default)]
pub(super) struct Group {
    /// The place of its first mention.
    pub(super) place: Span,
    pub(super) id: Option<Cell>,
    pub(super) code: Option<Cell>,
    pub(super) title: Option<Cell>,
    pub(super) statement: Option<Cell>,
    pub(super) evaluated_by: Option<Cell>,
    pub(super) scale: Option<Cell>,
    pub(super) derive: Option<Cell>,
    pub(super) competencies: Groups,
    pub(super) indicators: Vec<Indicator>,
    /// Its own row, where it is rated itself.
    pub(super) rated: Option<Box<Indicator>>,
    /// Where an indicator begins that is in no competency.
    pub(super) direct: Span,
}

/// One row; of a domain or competency that is rated itself, the cells that are its own as an indicator's.
#[derive(Debug)]
pub(super) struct Indicator {
    pub(super) place: Span,
    pub(super) id: Option<Cell>,
    pub(super) code: Option<Cell>,
    pub(super) title: Option<Cell>,
    /// Blank ones are reported already.
    pub(super) statement: Option<Cell>,
    pub(super) guidance: Option<Cell>,
    pub(super) evaluated_by: Option<Cell>,
    pub(super) scale: Option<Cell>,
    pub(super) practices: Option<Cell>,
    pub(super) derive: Option<Cell>,
    pub(super) critical: Option<Field<bool>>,
    /// The points of its own, by level.
    pub(super) points: Option<Cell>,
    /// Whether the row is that of a domain or competency that is rated itself, and where the row says so.
    pub(super) rated: Option<Span>,
    pub(super) descriptors: Vec<(Column, Cell)>,
}

/// Domains, or the competencies of one, in the order in which they are first named.
#[derive(Debug, Default)]
pub(super) struct Groups {
    pub(super) list: Vec<Group>,
    /// Whether the table has a column that says what scale a part is rated on.
    pub(super) has_scales: bool,
    /// Whether the table has a column of points.
    pub(super) has_points: bool,
    /// Whether the table has a column of practices, or of rules by which levels follow from them.
    pub(super) has_practices: bool,
    by_id: HashMap<String, usize>,
    by_title: HashMap<String, usize>,
    last: Option<usize>,
    /// The row that holds only a title, until a row belongs to it.
    heading: Option<Heading>,
}

/// The columns that say something of a domain or competency.
struct TierColumns {
    tier: Tier,
    id: Column,
    code: Column,
    title: Column,
    statement: Column,
    evaluated_by: Column,
    scale: Column,
    derive: Column,
}

const DOMAIN: TierColumns = TierColumns {
    tier: Tier::Domain,
    id: Column::DomainId,
    code: Column::DomainCode,
    title: Column::Domain,
    statement: Column::DomainStatement,
    evaluated_by: Column::DomainEvaluatedBy,
    scale: Column::DomainScale,
    derive: Column::DomainDerive,
};

const COMPETENCY: TierColumns = TierColumns {
    tier: Tier::Competency,
    id: Column::CompetencyId,
    code: Column::CompetencyCode,
    title: Column::Competency,
    statement: Column::CompetencyStatement,
    evaluated_by: Column::CompetencyEvaluatedBy,
    scale: Column::CompetencyScale,
    derive: Column::CompetencyDerive,
};

impl Groups {
    /// Puts an indicator where its row says.
    pub(super) fn add(&mut self, indicator: Indicator, row: &Row, columns: &Columns, findings: &Findings) {
        let names_domain = filled(row, columns, DOMAIN.id).or(filled(row, columns, DOMAIN.title));
        let Some(domain) = self.enter(&DOMAIN, row, columns, findings) else {
            let at = columns.cell(row, Column::Domain).or(columns.cell(row, Column::DomainId));
            findings.error(
                Code::BlankText,
                at.map(|cell| cell.span).unwrap_or_default(),
                format!("row {} is in no domain", row.number),
                "name the domain; rows below may leave it blank".to_owned(),
            );
            return;
        };
        // Whoever merges cells leaves both blank below; a row that names its domain says whether it is in a competency.
        let names_competency = filled(row, columns, COMPETENCY.id).or(filled(row, columns, COMPETENCY.title));
        let is_grouped = names_competency.is_some() || (names_domain.is_none() && !domain.competencies.list.is_empty());
        if is_grouped && let Some(competency) = domain.competencies.enter(&COMPETENCY, row, columns, findings) {
            return competency.take(indicator, Tier::Competency, findings);
        }
        if domain.indicators.is_empty() && indicator.rated.is_none() {
            let cell = columns.cell(row, COMPETENCY.title).or(columns.cell(row, COMPETENCY.id));
            domain.direct = cell.map_or(indicator.place, |cell| cell.span);
        }
        domain.take(indicator, Tier::Domain, findings);
    }

    /// Enters what a row names that holds only the titles of a domain or competency.
    pub(super) fn head(&mut self, row: &Row, columns: &Columns, findings: &Findings) {
        let heading = Heading::of(row, columns);
        // A competency's title may stand below its domain's.
        let is_below = !heading.names_domain && self.heading.as_ref().is_some_and(|above| !above.names_competency);
        if !is_below {
            self.settle(None, findings);
        }
        self.heading = Some(heading);
        let Some(domain) = self.enter(&DOMAIN, row, columns, findings) else { return };
        if filled(row, columns, COMPETENCY.id).or(filled(row, columns, COMPETENCY.title)).is_some() {
            domain.competencies.enter(&COMPETENCY, row, columns, findings);
        }
    }

    /// Ends what a heading began: a row below it that leaves the title blank belongs to it; else it was an indicator without a
    /// statement.
    pub(super) fn settle(&mut self, next: Option<(&Row, &Columns)>, findings: &Findings) {
        let Some(heading) = self.heading.take() else { return };
        let belongs = next.is_some_and(|(row, columns)| {
            let is_blank = |of: &TierColumns| filled(row, columns, of.id).or(filled(row, columns, of.title)).is_none();
            is_blank(&DOMAIN) && (!heading.names_competency || is_blank(&COMPETENCY))
        });
        if !belongs {
            heading.report(findings);
        }
    }

    /// Drops domains and competencies without indicators, which are findings already.
    pub(super) fn drop_empty(&mut self) {
        for group in &mut self.list {
            group.competencies.drop_empty();
        }
        self.list.retain(|group| {
            group.rated.is_some() || !group.indicators.is_empty() || !group.competencies.list.is_empty()
        });
    }

    /// The group that a row names, or else the last one.
    fn enter(
        &mut self,
        columns_of: &TierColumns,
        row: &Row,
        columns: &Columns,
        findings: &Findings,
    ) -> Option<&mut Group> {
        let cell = |column| filled(row, columns, column);
        let (id, title) = (cell(columns_of.id), cell(columns_of.title));
        let id_text = id.map(|id| id.text.trim());
        let title_text = title.map(|title| title.text.trim());
        let known = match (id_text, title_text) {
            (None, None) => Some(self.last?),
            (Some(id), _) if self.by_id.contains_key(id) => self.by_id.get(id).copied(),
            // Of the same title, and without an id of its own so far.
            (id, Some(title)) => self
                .by_title
                .get(title)
                .copied()
                .filter(|at| id.is_none() || self.list.get(*at).is_some_and(|group| group.id.is_none())),
            (Some(_), None) => None,
        };
        let at = known.unwrap_or_else(|| {
            let place = title.or(id).map(|cell| cell.span).unwrap_or_default();
            self.list.push(Group { place, ..Group::default() });
            self.list.len() - 1
        });
        self.last = Some(at);
        if let Some(id) = id_text {
            self.by_id.entry(id.to_owned()).or_insert(at);
        }
        if let Some(title) = title_text {
            self.by_title.entry(title.to_owned()).or_insert(at);
        }
        let group = self.list.get_mut(at)?;
        for (known, cell) in [
            (&mut group.id, id),
            (&mut group.code, cell(columns_of.code)),
            (&mut group.title, title),
            (&mut group.statement, cell(columns_of.statement)),
            (&mut group.evaluated_by, cell(columns_of.evaluated_by)),
            (&mut group.scale, cell(columns_of.scale)),
            (&mut group.derive, cell(columns_of.derive)),
        ] {
            agree(known, cell, columns_of.tier, findings);
        }
        Some(group)
    }
}

impl Group {
    /// Takes a row: its own, or that of an indicator in it.
    fn take(&mut self, row: Indicator, tier: Tier, findings: &Findings) {
        let Some(place) = row.rated else { return self.indicators.push(row) };
        match self.rated.as_ref().and_then(|first| first.rated) {
            None => self.rated = Some(Box::new(row)),
            Some(first) => {
                let message = format!("this {} has a row of its own above", tier.name());
                let help = "keep one of the two rows, or leave `rated` blank in the row of an indicator".to_owned();
                findings.repeated(Code::ConflictingCell, place, first, message, help);
            }
        }
    }
}

/// Checks that a row describes its domain or competency as the rows above do, or adds to them.
fn agree(known: &mut Option<Cell>, cell: Option<&Cell>, tier: Tier, findings: &Findings) {
    let Some(cell) = cell else { return };
    match known {
        None => *known = Some(cell.clone()),
        Some(known) if known.text.trim() == cell.text.trim() => {}
        Some(known) => findings.repeated(
            Code::ConflictingCell,
            cell.span,
            known.span,
            format!(
                "this cell says `{}` of the {}, and a row above says `{}`",
                shorten(cell.text.trim()),
                tier.name(),
                shorten(known.text.trim())
            ),
            "write the same in both, or leave this cell blank".to_owned(),
        ),
    }
}
