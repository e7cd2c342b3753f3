//! Migrates the scope: an evaluation answers for the same indicators as before.
//!
//! A scope names domains and competencies, whose indicators may be others in the new rubric. An indicator that the scope no
//! longer holds is therefore named by itself, and so is an indicator that was not assigned.

use std::collections::{HashMap, HashSet};

use crate::evaluation::OrphanKind;
use crate::source::{Entries, Field, Text, Word};
use crate::syntax;

use super::orphan::{Rewrite, put, take};

impl Rewrite<'_> {
    pub(super) fn scope(&mut self, document: &mut syntax::Evaluation) {
        let rated: HashSet<String> =
            document.ratings.get().into_iter().flat_map(Entries::iter).map(|(id, ..)| id.to_owned()).collect();
        let chosen = self.chosen(document);
        let unassigned = self.unassigned(document);
        self.choose(document, chosen.as_ref(), &rated);
        self.assign(document, &unassigned, &rated);
    }

    /// The indicators that the old rubric had in the scope; `None` for all of it, or where that is not known.
    fn chosen(&self, document: &syntax::Evaluation) -> Option<HashSet<String>> {
        let ids = document.scope.as_ref().and_then(Field::get)?;
        self.old?;
        Some(ids.iter().filter_map(Field::word).flat_map(|id| self.old_indicators(id)).map(str::to_owned).collect())
    }

    /// The indicators that were not assigned by the old rubric, each with the reason.
    fn unassigned(&self, document: &syntax::Evaluation) -> HashMap<String, Field<Text>> {
        let entries = document.not_assigned.as_ref().and_then(Field::get);
        let entries = entries.into_iter().flat_map(Entries::iter);
        entries
            .flat_map(|(id, _, why)| self.old_indicators(id).into_iter().map(|id| (id.to_owned(), why.clone())))
            .collect()
    }

    fn choose(&mut self, document: &mut syntax::Evaluation, chosen: Option<&HashSet<String>>, rated: &HashSet<String>) {
        let Some(Field { span, value: Some(scope) }) = &mut document.scope else { return };
        if scope.is_empty() {
            return;
        }
        for field in std::mem::take(scope) {
            if field.word().is_some_and(|id| self.is_gone(|rubric| rubric.node(id).is_some())) {
                self.orphan(OrphanKind::Scope, &field, field.span);
            } else {
                scope.push(field);
            }
        }
        let held: HashSet<&str> = scope.iter().filter_map(Field::word).flat_map(|id| self.to_indicators(id)).collect();
        let came_home =
            |id: &str| self.came_home.iter().any(|moved| moved.kind == OrphanKind::Rating && moved.id == id);
        let answered_for = |id: &str| chosen.map_or_else(|| rated.contains(id), |chosen| chosen.contains(id));
        let added: Vec<String> = self
            .to
            .indicators()
            .map(|indicator| indicator.id.as_str())
            .filter(|id| !held.contains(id) && (answered_for(id) || came_home(id)))
            .map(str::to_owned)
            .collect();
        scope.extend(added.iter().map(|id| Field { span: *span, value: Some(Word(id.clone())) }));
        self.added_scope = added;
    }

    fn assign(
        &mut self,
        document: &mut syntax::Evaluation,
        unassigned: &HashMap<String, Field<Text>>,
        rated: &HashSet<String>,
    ) {
        let entries = take(document.not_assigned.as_mut());
        let listed: HashSet<String> = entries.iter().filter_map(|(key, _)| key.word()).map(str::to_owned).collect();
        for (key, why) in entries {
            let id = key.word().unwrap_or_default();
            if key.word().is_some() && self.is_gone(|rubric| rubric.node(id).is_some()) {
                let place = why.span;
                self.orphan(OrphanKind::NotAssigned, &key, place).why = Some(why);
                continue;
            }
            // A rated node that came under the entry only now was assigned: the others are listed one by one.
            let is_group = self.to.node(id).is_some_and(|node| !node.is_rated);
            let is_new = |id: &str| rated.contains(id) && !unassigned.contains_key(id);
            if self.old.is_some() && is_group && self.to_indicators(id).into_iter().any(is_new) {
                for id in self.to_indicators(id).into_iter().filter(|id| !is_new(id) && !listed.contains(*id)) {
                    let key = Field { span: key.span, value: Some(Word(id.to_owned())) };
                    self.added_not_assigned.push(id.to_owned());
                    put(document.not_assigned.as_mut(), key, why.clone());
                }
                continue;
            }
            put(document.not_assigned.as_mut(), key, why);
        }
        let entries = document.not_assigned.as_ref().and_then(Field::get).into_iter().flat_map(Entries::iter);
        let held: HashSet<&str> = entries.flat_map(|(id, ..)| self.to_indicators(id)).collect();
        let lost: Vec<String> = self
            .to
            .indicators()
            .map(|indicator| indicator.id.clone())
            .filter(|id| !held.contains(id.as_str()) && unassigned.contains_key(id) && !rated.contains(id))
            .collect();
        for id in lost {
            let Some(why) = unassigned.get(&id) else { continue };
            let key = Field { span: why.span, value: Some(Word(id.clone())) };
            put(document.not_assigned.as_mut(), key, why.clone());
            self.added_not_assigned.push(id);
        }
    }
}
