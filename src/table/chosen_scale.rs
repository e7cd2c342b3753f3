//! The scale that a part of a table is rated on.

use std::collections::HashMap;

use crate::scale::{DEFAULT, Scales};
use crate::source::{Field, Word};
use crate::syntax::outline::outline;
use crate::syntax::{self, form};

use super::cells::Cell;
use super::unknown::Unknown;

/// The scales that the parts of a table choose.
pub(super) struct ChosenScales<'a> {
    ids: Vec<&'a str>,
    unknown: &'a Unknown,
    /// By id of a part: the scale that the other rubric gives it.
    kept: HashMap<String, Field<Word>>,
}

impl<'a> ChosenScales<'a> {
    pub(super) fn new(scales: &'a Scales, unknown: &'a Unknown) -> Self {
        let ids = std::iter::once(DEFAULT).chain(scales.each().iter().filter_map(|scale| scale.id()));
        Self { ids: ids.collect(), unknown, kept: HashMap::new() }
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
    pub(super) fn chosen(&self, id: &Field<Word>, cell: Option<&Cell>) -> Option<form::ScaleId> {
        let Some(cell) = cell else { return self.kept.get(id.word()?).cloned().map(form::ScaleId::from) };
        let written = cell.text.trim();
        let known = self.ids.iter().find(|known| known.eq_ignore_ascii_case(written));
        if known.is_none() {
            self.unknown.scale(written, cell.span);
        }
        Some(Field { span: cell.span, value: known.map(|known| Word((*known).to_owned())) }.into())
    }
}
