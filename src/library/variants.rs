//! The variants of an overlay, one for each version of its base at hand; an evaluation's fingerprint decides between them.

use crate::rubric::Rubric;
use crate::syntax::Source;
use crate::syntax::evaluation::RubricReference;

use super::Library;
use super::extend::extended;

/// The most variants of one overlay, over all versions of all its bases.
const MOST: usize = 64;

impl Library {
    /// The variant of a rubric, with another version of its base, whose fingerprint an evaluation names. `None` when the
    /// evaluation names none, or no version of the base at hand yields it.
    pub(super) fn variant_meant(&self, rubric: &Rubric, reference: &RubricReference) -> Option<Rubric> {
        let fingerprint = reference.fingerprint.as_ref()?.word()?;
        if !rubric.id().eq(reference.id.word()?) || rubric.base().is_none() {
            return None;
        }
        let has_it = |variant: &Rubric| variant.fingerprint().eq_ignore_ascii_case(fingerprint);
        self.variants_of(rubric).into_iter().find(has_it)
    }

    /// As [`Library::variant_meant`], over all rubrics at hand with the id that an evaluation names. The variants are made
    /// once, until a rubric is added.
    pub(super) fn variant_at_hand(&self, reference: &RubricReference) -> Option<Rubric> {
        let fingerprint = reference.fingerprint.as_ref()?.word()?;
        let id = reference.id.word()?;
        let has_it = |variant: &&Rubric| variant.id() == id && variant.fingerprint().eq_ignore_ascii_case(fingerprint);
        self.variants().iter().find(has_it).cloned()
    }

    /// The variants of every rubric at hand.
    pub(super) fn variants(&self) -> &[Rubric] {
        self.variants.get_or_init(|| {
            let overlays = self.added.iter().chain(&self.old).filter(|rubric| rubric.base().is_some());
            overlays.flat_map(|rubric| self.variants_of(rubric)).collect()
        })
    }

    fn variants_of(&self, rubric: &Rubric) -> Vec<Rubric> {
        let Some((name, text)) = rubric.0.origin.documents().first().map(|own| (own.name.as_str(), own.text.as_str()))
        else {
            return Vec::new();
        };
        let source = Source::parse(name, text);
        let Some(reference) = extended(&source) else { return Vec::new() };
        let of_old = self.old.iter().filter(|old| old.id() == reference.id).cloned();
        let at_hand = self.versions(&reference.id).chain(of_old);
        let mut bases: Vec<Rubric> = Vec::new();
        for base in at_hand.filter(|base| reference.accepts(&base.0.version)) {
            // A base may be an overlay itself; a chain has an end, for no rubric is read before its base.
            let more = self.variants_of(&base);
            for base in std::iter::once(base).chain(more) {
                if bases.len() < MOST && !bases.iter().any(|known| known.fingerprint() == base.fingerprint()) {
                    bases.push(base);
                }
            }
        }
        let with = |base: &Rubric| {
            let only = Self { added: vec![base.clone()], proves: self.proves, ..Self::empty() };
            only.check_rubric(&source, None).value
        };
        let others =
            bases.iter().filter(|base| rubric.base().is_none_or(|own| own.fingerprint() != base.fingerprint()));
        others.filter_map(with).collect()
    }
}
