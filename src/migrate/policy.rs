//! Migrates the inputs and entered ratings of a scoring policy.

use std::collections::HashSet;
use std::slice;

use crate::check;
use crate::evaluation::{Applying, OrphanKind};
use crate::policy::Policy;
use crate::rubric::{Level, Rubric, Type};
use crate::source::{Any, Either, Entries, Field, Span, Text, Word};
use crate::syntax::evaluation::{Entered, StepEntry};
use crate::syntax::migration::Orphan;
use crate::syntax::{self, Mark};

use super::context::given_for;
use super::home::put_back;
use super::orphan::{Rewrite, put, take, text};

impl<'a> Rewrite<'a> {
    /// Orphans the inputs and entered ratings that the new policy does not ask for. Of ratings for each domain, only the
    /// ones without a place. The type and the scope must be settled first, for they decide which policy applies.
    pub(super) fn of_a_policy(&mut self, document: &mut syntax::Evaluation) {
        let applying = self.applying(document);
        for (key, value) in take(document.inputs.as_mut()) {
            let takes = |rubric: &Rubric, policies: &[Policy]| {
                key.word().is_some_and(|id| check::takes_input(rubric, policies, id, value.get()))
            };
            if !self.is_unasked(applying, takes) || key.word().is_none() {
                put(document.inputs.as_mut(), key, value);
                continue;
            }
            let place = value.span;
            let label = self.old.zip(key.word()).and_then(|(old, id)| label_of_input(&old.0.policies, id));
            let orphan = self.orphan(OrphanKind::Input, &key, place);
            orphan.label = label.map(|label| text(label, place));
            orphan.value = Some(value);
        }
        self.orphan_entries(document, |rewrite, id, part| {
            rewrite.is_unasked(applying, |_, policies| check::takes_entry(policies, id, part))
        });
    }

    /// The policy of the new rubric that the document's inputs and entered ratings are for; all policies where the type is
    /// unknown.
    fn applying(&self, document: &syntax::Evaluation) -> &'a [Policy] {
        let policies = &self.to.0.policies;
        let kind = match &document.r#type {
            None => Some(Type::Formal),
            Some(field) => field.word().and_then(|id| self.to.type_of(id)),
        };
        let scope: Vec<&str> = chosen(document).collect();
        let chosen: HashSet<&str> = scope.iter().flat_map(|id| self.to_indicators(id)).collect();
        let chosen: Vec<bool> =
            self.to.indicators().map(|indicator| scope.is_empty() || chosen.contains(indicator.id.as_str())).collect();
        let applying = kind.and_then(|kind| Applying::to(self.to, &kind, &chosen));
        applying.and_then(|applying| policies.get(applying.policy)).map_or(policies.as_slice(), slice::from_ref)
    }

    /// Whether the policy that applies does not take a value that the old rubric's policies took, or may have taken.
    fn is_unasked(&self, applying: &[Policy], takes: impl Fn(&Rubric, &[Policy]) -> bool) -> bool {
        !takes(self.to, applying) && self.old.is_none_or(|old| takes(old, &old.0.policies))
    }

    /// Orphans a rating for a domain of which the document answers for nothing any more, as where all of it that was in the
    /// scope has moved. `was_held` is what the document answered for by the old rubric.
    pub(super) fn entries_without_scope(&mut self, document: &mut syntax::Evaluation, was_held: &HashSet<&str>) {
        let held = self.held(document);
        self.orphan_entries(document, |rewrite, _, part| {
            subject(part).is_some_and(|subject| {
                let (is, was) = (rewrite.to_indicators(subject), rewrite.old_indicators(subject));
                was.iter().any(|id| was_held.contains(id)) && !is.iter().any(|id| held.contains(id))
            })
        });
    }

    /// Orphans the entered ratings that `is_gone` selects, by the step's id and the entry; the others keep their places.
    fn orphan_entries(&mut self, document: &mut syntax::Evaluation, is_gone: impl Fn(&Self, &str, &StepEntry) -> bool) {
        for (key, Field { span, value }) in take(document.entered.as_mut()) {
            let (Some(id), Some(entry)) = (key.word(), value.as_ref()) else {
                put(document.entered.as_mut(), key, Field { span, value });
                continue;
            };
            let (gone, kept): (Vec<_>, Vec<_>) = parts(entry).into_iter().partition(|part| is_gone(self, id, part));
            for part in gone {
                self.orphan_entry(&key, &part, span);
            }
            if !kept.is_empty() {
                let kept = Entries(kept.into_iter().flat_map(|part| part.0).collect());
                put(document.entered.as_mut(), key, Field { span, value: Some(kept) });
            }
        }
    }

    /// The indicators that the document answers for by the old rubric.
    pub(super) fn was_held(&self, document: &syntax::Evaluation) -> HashSet<&'a str> {
        let Some(old) = self.old else { return HashSet::new() };
        answered_for(document, old, |id| self.old_indicators(id))
    }

    /// Keeps an entered rating with the words of the domain or competency that it is for, and of its level.
    fn orphan_entry(&mut self, step: &Field<Word>, part: &StepEntry, place: Span) {
        let old = self.old;
        let given_for = subject(part).map(|subject| given_for(&self.reference, old, subject, place));
        let level = rating(part);
        let known =
            level.as_ref().and_then(Field::word).and_then(|level| step_level(&old?.0.policies, step.word()?, level));
        let orphan = self.orphan(OrphanKind::Entered, step, place);
        if let Some(given_for) = given_for {
            orphan.given_for = given_for;
        }
        orphan.label = known.map(|known| text(&known.label, place));
        orphan.level =
            level.map(|level| Field { span: level.span, value: level.value.map(|word| Mark::Level(word.0)) });
        orphan.value = Some(Field { span: place, value: Some(Any::of(part)) });
    }

    /// Puts an input back that the policy asks for again, by the same name.
    fn input(
        &self,
        document: &mut syntax::Evaluation,
        applying: &[Policy],
        id: &str,
        orphan: Orphan,
    ) -> Option<Orphan> {
        let label = label_of_input(applying, id);
        let has_same_label = label.is_some() && label == orphan.label.as_ref().and_then(Field::text);
        let fits = |value: &Any| check::takes_input(self.to, applying, id, Some(value));
        put_back(&mut document.inputs, orphan, |value| has_same_label && fits(value))
    }

    /// Restores every input and entered rating that the policy asks for again, and returns the remaining orphans. The scope must be
    /// settled first, for it decides which policy applies, and no rating is entered out of scope.
    pub(super) fn bring_home_to_policy(
        &mut self,
        document: &mut syntax::Evaluation,
        earlier: Vec<Field<Orphan>>,
    ) -> Vec<Field<Orphan>> {
        let (held, applying) = (self.held(document), self.applying(document));
        self.bring(earlier, |rewrite, moved, orphan| match moved.kind {
            OrphanKind::Input => rewrite.input(document, applying, &moved.id, orphan),
            OrphanKind::Entered => {
                let part = rewrite.entry_at_home(&moved.id, &orphan, applying, &held);
                let is_home = part.is_some_and(|part| put_entry(document, &orphan.id, &part));
                (!is_home).then_some(orphan)
            }
            _ => Some(orphan),
        })
    }

    /// An entered rating that the policy asks for again: of the same step, for the same words, at a level of the same name.
    fn entry_at_home(&self, id: &str, orphan: &Orphan, applying: &[Policy], held: &HashSet<&str>) -> Option<StepEntry> {
        let part = read(orphan.value.as_ref()?)?;
        let level = step_level(applying, id, rating(&part)?.word()?)?;
        let has_same_label = Some(level.label.as_str()) == orphan.label.as_ref().and_then(Field::text);
        let has_same_subject = subject(&part).is_none_or(|subject| {
            let is_held = self.to_indicators(subject).iter().any(|indicator| held.contains(indicator));
            is_held && self.has_same_words(subject, orphan, false)
        });
        let is_home = has_same_label && has_same_subject && check::takes_entry(applying, id, &part);
        is_home.then_some(part)
    }

    /// The indicators that the document answers for.
    pub(super) fn held(&self, document: &syntax::Evaluation) -> HashSet<&'a str> {
        answered_for(document, self.to, |id| self.to_indicators(id))
    }
}

/// The indicators that a document answers for: the ones in its scope that are assigned.
fn answered_for<'a>(
    document: &syntax::Evaluation,
    rubric: &'a Rubric,
    under: impl Fn(&str) -> Vec<&'a str>,
) -> HashSet<&'a str> {
    let scope: Vec<&str> = chosen(document).collect();
    let entries = document.not_assigned.as_ref().and_then(Field::get).into_iter().flat_map(Entries::iter);
    let not_assigned: HashSet<&str> = entries.flat_map(|(id, ..)| under(id)).collect();
    let mut held: HashSet<&str> = match scope.as_slice() {
        [] => rubric.indicators().map(|indicator| indicator.id.as_str()).collect(),
        scope => scope.iter().flat_map(|id| under(id)).collect(),
    };
    held.retain(|id| !not_assigned.contains(id));
    held
}

/// The ids of the scope as written.
fn chosen(document: &syntax::Evaluation) -> impl Iterator<Item = &str> {
    document.scope.as_ref().and_then(Field::get).into_iter().flatten().filter_map(Field::word)
}

/// The label of an input in the first of these policies that asks for it.
fn label_of_input<'a>(policies: &'a [Policy], id: &str) -> Option<&'a str> {
    let inputs = policies.iter().flat_map(|policy| &policy.inputs);
    inputs.into_iter().find(|input| input.id == id).map(|input| input.label.as_str())
}

/// A level that a step gives.
fn step_level<'a>(policies: &'a [Policy], step: &str, level: &str) -> Option<&'a Level> {
    let steps = policies.iter().filter_map(|policy| policy.step(step));
    steps.flat_map(|step| &step.levels.list).find(|known| known.id == level)
}

/// The entries of a step, one for each domain or competency; a single entry whole.
fn parts(entry: &StepEntry) -> Vec<StepEntry> {
    let is_by_subject = entry.0.iter().all(|(_, value)| matches!(value.get(), Some(Either::Long(_))));
    if entry.0.is_empty() || !is_by_subject {
        return vec![entry.clone()];
    }
    entry.0.iter().map(|one| Entries(vec![one.clone()])).collect()
}

/// The domain or competency that a part is for; `None` where the step has one result.
fn subject(part: &StepEntry) -> Option<&str> {
    let (subject, _, value) = part.iter().next()?;
    matches!(value.get(), Some(Either::Long(_))).then_some(subject)
}

/// The rating of a part.
fn rating(part: &StepEntry) -> Option<Field<Word>> {
    part.iter().find_map(|(key, _, field)| match field.get() {
        Some(Either::Long(entered)) => Some(entered.rating.clone()),
        Some(Either::Short(text)) if key == "rating" => {
            Some(Field { span: field.span, value: Some(Word(text.0.clone())) })
        }
        _ => None,
    })
}

/// An orphaned part as it was written.
fn read(value: &Field<Any>) -> Option<StepEntry> {
    let field = |text: &str| Field { span: value.span, value: Some(Text(text.to_owned())) };
    let word = |text: &str| Field { span: value.span, value: Some(Word(text.to_owned())) };
    let Any::Map(entries) = value.get()? else { return None };
    let read = |(key, any): &(String, Any)| {
        let entered = match any {
            Any::Text(text) => Either::Short(Text(text.clone())),
            Any::Map(entries) => match entries.as_slice() {
                [(first, Any::Text(rating)), (second, Any::Text(rationale))]
                    if first == "rating" && second == "rationale" =>
                {
                    Either::Long(Entered { rating: word(rating), rationale: field(rationale) })
                }
                _ => return None,
            },
            _ => return None,
        };
        Some((word(key), Field { span: value.span, value: Some(entered) }))
    };
    entries.iter().map(read).collect::<Option<Vec<_>>>().map(Entries)
}

/// Puts a part back under its step, unless something is entered there.
fn put_entry(document: &mut syntax::Evaluation, step: &Field<Word>, part: &StepEntry) -> bool {
    let none = Field { span: step.span, value: Some(Entries(Vec::new())) };
    let Some(steps) = &mut document.entered.get_or_insert(none).value else { return false };
    let known = steps.0.iter_mut().find(|(key, _)| key.word() == step.word());
    match (known, subject(part)) {
        (None, _) => {
            steps.0.push((step.clone(), Field { span: step.span, value: Some(part.clone()) }));
            true
        }
        (Some((_, Field { value: Some(given), .. })), Some(subject)) if given.iter().all(|(id, ..)| id != subject) => {
            given.0.extend(part.0.iter().cloned());
            true
        }
        (Some(_), _) => false,
    }
}
