//! The scale that a part of a table is rated on.

use std::collections::{HashMap, HashSet};

use crate::diagnostic::Code;
use crate::scale::{DEFAULT, Scales};
use crate::source::{Field, Findings, Word, shorten};
use crate::syntax::outline::outline;
use crate::syntax::{self, form};

use super::cells::Cell;

/// The scales that the parts of a table choose.
pub(super) struct ChosenScales<'a> {
    ids: Vec<&'a str>,
    findings: &'a Findings,
    /// The names of scales that are reported already: a column repeats one in many rows.
    unknown: HashSet<String>,
    /// By id of a part: the scale that the other rubric gives it.
    kept: HashMap<String, Field<Word>>,
}

impl<'a> ChosenScales<'a> {
    pub(super) fn new(scales: &'a Scales, findings: &'a Findings) -> Self {
        let ids = std::iter::once(DEFAULT).chain(scales.each().iter().filter_map(|scale| scale.id()));
        Self { ids: ids.collect(), findings, unknown: HashSet::new(), kept: HashMap::new() }
    }

    /// Keeps the scales of another rubric's parts, for a table that says nothing about scales.
    pub(super) fn keep(&mut self, document: &syntax::Rubric) {
        for node in outline(document) {
            if let (Some(id), Some(scale)) = (node.id.word(), node.own_scale) {
                self.kept.insert(id.to_owned(), scale.clone());
            }
        }
    }

    /// The scale of the part with an id, which `cell` names by its id in any case.
    pub(super) fn chosen(&mut self, id: &Field<Word>, cell: Option<&Cell>) -> Option<form::ScaleId> {
        let Some(cell) = cell else { return self.kept.get(id.word()?).cloned().map(form::ScaleId::from) };
        let written = cell.text.trim();
        let known = self.ids.iter().find(|known| known.eq_ignore_ascii_case(written));
        if known.is_none() && self.unknown.insert(written.to_owned()) {
            let message = format!("`{}` is no scale of this rubric", shorten(written));
            let list = || match self.ids.as_slice() {
                [_] => "leave the cell blank, or import the table with --from, naming a rubric that has the scale"
                    .to_owned(),
                ids => {
                    let ids: Vec<String> = ids.iter().map(|id| format!("`{id}`")).collect();
                    format!("the scales are {}", ids.join(", "))
                }
            };
            let help = self.findings.did_you_mean(written, self.ids.iter().copied(), list);
            self.findings.error(Code::UnknownScale, cell.span, message, help);
        }
        Some(Field { span: cell.span, value: known.map(|known| Word((*known).to_owned())) }.into())
    }
}
