//! Migrates the texts beside the ratings.

use std::collections::HashSet;

use crate::evaluation::OrphanKind;
use crate::rubric::Rubric;
use crate::source::{Blank, Either, Entries, Field, Span, Text, Word};
use crate::syntax;
use crate::syntax::migration::Orphan;
use crate::syntax::narrative::Told;

use super::changes::Moved;
use super::context::given_for;
use super::orphan::{Rewrite, put, take, text};

/// Whether a rubric asks for a text about a part, or with `None` about the whole.
fn asks_for(rubric: &Rubric, id: &str, part: Option<&str>) -> bool {
    rubric.narrative(id).is_some_and(|narrative| narrative.parts(rubric).contains(&part))
}

impl Rewrite<'_> {
    /// Orphans the texts that the new rubric does not ask for, or whose part the document answers for no more. The scope must be
    /// settled first. `was_held` is what the document answered for by the old rubric.
    pub(super) fn narratives(&mut self, document: &mut syntax::Evaluation, was_held: &HashSet<&str>) {
        let held = self.held(document);
        let any = |indicators: Vec<&str>, held: &HashSet<&str>| indicators.iter().any(|id| held.contains(id));
        let is_gone = |rewrite: &Self, told: &Told<'_>| {
            let has_lost_scope = told.part.is_some_and(|part| {
                any(rewrite.old_indicators(part), was_held) && !any(rewrite.to_indicators(part), &held)
            });
            has_lost_scope || rewrite.is_gone(|rubric| asks_for(rubric, told.narrative, told.part))
        };
        let gone: Vec<Gone> = document.told().filter(|told| is_gone(self, told)).map(Gone::of).collect();
        let is_unknown = |id: &str| self.is_gone(|rubric| rubric.narrative(id).is_some());
        for (key, mut entry) in take(document.narratives.as_mut()) {
            let id = key.word().map(str::to_owned);
            let lost: Vec<&Gone> = gone.iter().filter(|gone| Some(&gone.narrative) == id.as_ref()).collect();
            let is_lost = |part: Option<&str>| lost.iter().any(|gone| gone.part.as_deref() == part);
            let stays = match entry.value.as_mut().and_then(|Blank(entry)| entry.as_mut()) {
                Some(Either::Long(texts)) => {
                    let had_some = !texts.0.is_empty();
                    texts.0.retain(|(part, _)| !is_lost(part.word()));
                    !(had_some && texts.0.is_empty())
                }
                Some(Either::Short(_)) => !is_lost(None),
                // A blank place for something that is gone holds nothing that could be kept.
                None => entry.value.is_none() || !id.as_deref().is_some_and(is_unknown),
            };
            if stays {
                put(document.narratives.as_mut(), key, entry);
            }
        }
        if document.narratives.as_ref().and_then(Field::get).is_some_and(|entries| entries.0.is_empty()) {
            document.narratives = None;
        }
        for gone in gone {
            self.orphan_narrative(gone);
        }
    }

    /// Keeps a text with the words of the domain or competency that the text is about.
    fn orphan_narrative(&mut self, gone: Gone) {
        let Gone { narrative, part, key, place, words } = gone;
        let (old, of_part) = (self.old, part.as_deref().map(|part| given_for(&self.reference, self.old, part, key)));
        let label = old.and_then(|old| old.narrative(&narrative)).map(|narrative| text(&narrative.label, place));
        let orphan = self.orphan(OrphanKind::Narrative, &word(&narrative, key), place);
        if let Some(of_part) = of_part {
            orphan.given_for = of_part;
        }
        orphan.label = label;
        orphan.about = part.as_deref().map(|part| word(part, key));
        orphan.text = Some(text(&words, place));
    }

    /// Restores every text that the rubric asks for again, the latest first, and returns the remaining orphans.
    pub(super) fn bring_home_narratives(
        &mut self,
        document: &mut syntax::Evaluation,
        earlier: Vec<Field<Orphan>>,
    ) -> Vec<Field<Orphan>> {
        let held = self.held(document);
        self.bring(earlier, |rewrite, moved, orphan| {
            let is_home = rewrite.is_home(document, moved, &orphan, &held) && put_back(document, &orphan);
            (!is_home).then_some(orphan)
        })
    }

    /// Whether a narrative asks for an orphaned text again: of the same label, about the same words, where nothing else is
    /// written.
    fn is_home(&self, document: &syntax::Evaluation, moved: &Moved, orphan: &Orphan, held: &HashSet<&str>) -> bool {
        let (id, part) = (moved.id.as_str(), orphan.about.as_ref().and_then(Field::word));
        let narrative = self.to.narrative(id).filter(|_| moved.kind == OrphanKind::Narrative);
        let Some(narrative) = narrative.filter(|_| asks_for(self.to, id, part)) else { return false };
        let has_same_label = Some(narrative.label.as_str()) == orphan.label.as_ref().and_then(Field::text);
        let has_same_part = part.is_none_or(|part| {
            let is_held = self.to_indicators(part).iter().any(|indicator| held.contains(indicator));
            is_held && self.has_same_words(part, orphan, false)
        });
        let is_free = !document.told().any(|told| (told.narrative, told.part) == (id, part));
        has_same_label && has_same_part && is_free
    }
}

/// A text without a place.
struct Gone {
    narrative: String,
    part: Option<String>,
    key: Span,
    place: Span,
    words: String,
}

impl Gone {
    fn of(told: Told<'_>) -> Self {
        Self {
            narrative: told.narrative.to_owned(),
            part: told.part.map(str::to_owned),
            key: told.key,
            place: told.place,
            words: told.text.to_owned(),
        }
    }
}

fn word(id: &str, place: Span) -> Field<Word> {
    Field { span: place, value: Some(Word(id.to_owned())) }
}

/// Puts an orphaned text back, unless its place could not be read.
fn put_back(document: &mut syntax::Evaluation, orphan: &Orphan) -> bool {
    let place = orphan.id.span;
    let Some(text) = orphan.text.as_ref().and_then(Field::get) else { return false };
    let none = Field { span: place, value: Some(Entries(Vec::new())) };
    let Some(entries) = &mut document.narratives.get_or_insert(none).value else { return false };
    let new = |value| Field { span: place, value: Some(Blank(Some(value))) };
    let text = Text(text.0.clone());
    let known = entries.0.iter().position(|(key, _)| key.word() == orphan.id.word());
    let Some(part) = &orphan.about else {
        known.into_iter().for_each(|at| drop(entries.0.remove(at)));
        entries.0.push((orphan.id.clone(), new(Either::Short(text))));
        return true;
    };
    let text = Field { span: place, value: Some(Blank(Some(text))) };
    match known.and_then(|at| entries.0.get_mut(at)).map(|(_, entry)| &mut entry.value) {
        Some(Some(Blank(Some(Either::Long(texts))))) => {
            texts.0.retain(|(key, _)| key.word() != part.word());
            texts.0.push((part.clone(), text));
            true
        }
        Some(Some(blank @ Blank(None))) => {
            *blank = Blank(Some(Either::Long(Entries(vec![(part.clone(), text)]))));
            true
        }
        Some(_) => false,
        None => {
            entries.0.push((orphan.id.clone(), new(Either::Long(Entries(vec![(part.clone(), text)])))));
            true
        }
    }
}
