//! Resolves `extends`: finds the base among the rubrics at hand and the documents read along with it.

use std::sync::Arc;

use semver::Version;

use crate::check;
use crate::diagnostic::{Checked, Code};
use crate::overlay::{self, Reference};
use crate::rubric::Rubric;
use crate::source::{self, Field, Findings, MAX_DEPTH, Node, Origin, Word, shorten};
use crate::syntax::{self, Source};

use super::Library;

/// The reason why a rubric's base is not usable, though a document with its id was read along.
pub(super) struct Trouble {
    code: Code,
    message: String,
    help: String,
}

impl Library {
    /// Reads rubrics that may extend one another, in any order, and adds the usable ones. Returns for each document, in
    /// order, the rubric if it can be used, and every finding.
    ///
    /// A document is a name, for the findings, and a text.
    pub fn read(&mut self, documents: &[(&str, &str)]) -> Vec<Checked<Rubric>> {
        let sources: Vec<Source<'_>> = documents.iter().map(|(name, text)| Source::parse(name, text)).collect();
        self.read_sources(&sources.iter().collect::<Vec<_>>())
    }

    /// As [`Library::read`], for texts that were parsed before.
    pub fn read_sources(&mut self, documents: &[&Source<'_>]) -> Vec<Checked<Rubric>> {
        let heads: Vec<Head> = documents.iter().map(|source| Head::of(source)).collect();
        let bases: Vec<Option<usize>> = heads.iter().map(|head| self.base_among(head, &heads)).collect();
        let mut read: Vec<Option<Checked<Rubric>>> = documents.iter().map(|_| None).collect();
        for start in 0..documents.len() {
            // The way to what stands by itself, or has been read, or leads back; then that way back.
            let mut way = Vec::new();
            let mut next = Some(start);
            while let Some(here) = next.filter(|here| !way.contains(here)) {
                if read.get(here).is_none_or(Option::is_some) {
                    break;
                }
                way.push(here);
                next = bases.get(here).copied().flatten();
            }
            let circle = next.and_then(|next| way.iter().position(|here| *here == next));
            let circle: Vec<usize> = circle.and_then(|start| way.get(start..)).unwrap_or_default().to_vec();
            for here in way.into_iter().rev() {
                let base = bases.get(here).copied().flatten();
                let trouble = if circle.contains(&here) {
                    Some(in_circle(here, &circle, &heads))
                } else if let Some(base) = base {
                    let is_faulty =
                        read.get(base).is_some_and(|read| matches!(read, Some(Checked { value: None, .. })));
                    let file = documents.get(base).map(|source| source.name()).filter(|_| is_faulty);
                    file.map(|file| faulty(heads.get(here), file, true))
                } else {
                    self.unreadable_base(heads.get(here), &heads, documents)
                };
                let (Some(source), Some(slot)) = (documents.get(here), read.get_mut(here)) else { continue };
                let checked = self.check_rubric(source, trouble);
                self.added.extend(checked.value.clone());
                self.variants = Arc::default();
                *slot = Some(checked);
            }
        }
        read.into_iter().flatten().collect()
    }

    /// Checks a rubric with the bases at hand; with `trouble`, its base is not usable.
    pub(super) fn check_rubric(&self, source: &Source<'_>, trouble: Option<Trouble>) -> Checked<Rubric> {
        let findings = source.findings();
        findings.proves.set(self.proves);
        let Some(tree) = source.tree().filter(|tree| overlay::is_overlay(tree)) else {
            let document = source.read(&findings);
            let origin = Origin::of(source.name(), source.text());
            let rubric = document.and_then(|document| check::rubric(document, origin, None, &findings));
            return source.conclude(rubric, findings, &[]);
        };
        let Some((base, origin)) = self.extend(source, tree, trouble, &findings) else {
            return source.conclude(None, findings, &[]);
        };
        let bases: Vec<_> = origin.documents().iter().skip(1).cloned().collect();
        let document = origin.tree().and_then(|tree| {
            let texts: Vec<&str> = origin.documents().iter().map(|document| document.text.as_str()).collect();
            source::read(tree, &texts, &findings)
        });
        let rubric = document.and_then(|document| check::rubric(document, origin, Some(&base), &findings));
        source.conclude(rubric, findings, &bases)
    }

    /// The base of a document, and the merged rubric.
    fn extend(
        &self,
        source: &Source<'_>,
        tree: &Node<'_>,
        trouble: Option<Trouble>,
        findings: &Findings,
    ) -> Option<(Rubric, Origin)> {
        let overlay: syntax::Overlay = source.read(findings)?;
        let Some(base) = self.usable_base(&overlay, trouble, findings) else {
            overlay.look(&[source.text()], findings);
            return None;
        };
        let origin = &base.0.origin;
        let merged = overlay::merge((tree, source.text()), &overlay, origin.as_base()?, findings);
        if merged.is_too_large() {
            findings.error(
                Code::TooManyNodes,
                overlay.extends.span,
                "together with its base, the document has more than 100,000 values".to_owned(),
                "check that this is the right base".to_owned(),
            );
            return None;
        }
        let extended = origin.extended_by(source.name(), source.text(), merged);
        Some((base, extended))
    }

    /// The base that a document can be built on, or a finding.
    fn usable_base(&self, overlay: &syntax::Overlay, trouble: Option<Trouble>, findings: &Findings) -> Option<Rubric> {
        if let Some(Trouble { code, message, help }) = trouble {
            findings.error(code, overlay.extends.span, message, help);
            return None;
        }
        let base = self.base(&overlay.extends, findings)?;
        if base.0.origin.documents().len() >= MAX_DEPTH {
            findings.error(
                Code::TooDeep,
                overlay.extends.span,
                format!("this is a chain of more than {MAX_DEPTH} rubrics that extend one another"),
                "extend one that stands nearer to the beginning".to_owned(),
            );
            return None;
        }
        Some(base)
    }

    /// The rubric that `extends` names, the newest that will do; or a finding.
    fn base(&self, field: &Field<Word>, findings: &Findings) -> Option<Rubric> {
        let reference = overlay::reference(field, findings)?;
        let found = self.versions(&reference.id).filter(|rubric| reference.accepts(&rubric.0.version));
        // Of one version the last counts, as `max_by` has it.
        if let Some(base) = found.max_by(|a, b| a.0.version.cmp(&b.0.version)) {
            return Some(base);
        }
        let versions: Vec<String> = self.versions(&reference.id).map(|rubric| rubric.version()).collect();
        let ids = self.ids();
        let (message, help) = if versions.is_empty() {
            let help = findings.did_you_mean(&reference.id, ids.iter().map(String::as_str), || match ids.as_slice() {
                [] => "give the base's own file along with this one".to_owned(),
                ids => format!("give the base's own file along with this one; at hand are {}", ids.join(", ")),
            });
            (format!("the rubric `{}` is not at hand", shorten(&reference.id)), help)
        } else {
            let help = format!("at hand is {}; give the file of another along with this one", versions.join(", "));
            (format!("version {reference} is not at hand"), help.into())
        };
        findings.error(Code::UnknownBase, field.span, message, help);
        None
    }

    /// The one among the documents that a document extends: the newest that will do, if nothing newer is at hand.
    fn base_among(&self, head: &Head, heads: &[Head]) -> Option<usize> {
        let reference = head.extends.as_ref()?;
        let fits = |(number, other): (usize, &Head)| {
            let version = other.version.clone().filter(|version| reference.accepts(version))?;
            (other.id.as_ref() == Some(&reference.id)).then_some((version, number))
        };
        let (version, number) = heads.iter().enumerate().filter_map(fits).max()?;
        let at_hand = self.versions(&reference.id).filter(|rubric| reference.accepts(&rubric.0.version));
        let newer = at_hand.filter(|rubric| rubric.0.version > version).count();
        (newer == 0).then_some(number)
    }

    /// A base that is not at hand may be in a document that does not say which version it is, or not even which it is.
    fn unreadable_base(&self, head: Option<&Head>, heads: &[Head], documents: &[&Source<'_>]) -> Option<Trouble> {
        let reference = head?.extends.as_ref()?;
        if self.versions(&reference.id).next().is_some() {
            return None;
        }
        let is_it = |head: &Head| head.id.as_ref() == Some(&reference.id) && head.version.is_none();
        let unreadable = || heads.iter().position(|head| head.id.is_none());
        let (number, is_sure) = match heads.iter().position(is_it) {
            Some(number) => (number, true),
            None => (unreadable()?, false),
        };
        Some(faulty(head, documents.get(number)?.name(), is_sure))
    }
}

/// The id, version and base that a document names, whatever its other faults.
struct Head {
    id: Option<String>,
    version: Option<Version>,
    extends: Option<Reference>,
}

impl Head {
    fn of(source: &Source<'_>) -> Self {
        let text = |key| source.tree()?.get(key)?.text();
        Self {
            id: text("id").map(str::to_owned),
            version: text("version").and_then(|version| version.parse().ok()),
            extends: text("extends").and_then(Reference::parse),
        }
    }
}

/// The base that a rubric names under `extends`.
pub(super) fn extended(source: &Source<'_>) -> Option<Reference> {
    Head::of(source).extends
}

fn in_circle(here: usize, circle: &[usize], heads: &[Head]) -> Trouble {
    /// The most links of a chain that a message names.
    const MOST: usize = 5;
    let from = circle.iter().position(|number| *number == here).unwrap_or_default();
    let around = circle.iter().cycle().skip(from).take(circle.len().saturating_add(1));
    let ids: Vec<String> =
        around.filter_map(|number| Some(format!("`{}`", heads.get(*number)?.id.as_ref()?))).collect();
    let shown = match ids.as_slice() {
        [first, .., last] if ids.len() > MOST => {
            format!("{first}, which extends {} others, the last of them {last}", ids.len().saturating_sub(2))
        }
        ids => ids.join(" extends "),
    };
    Trouble {
        code: Code::CircularBase,
        message: format!("the rubrics extend one another in a circle: {shown}"),
        help: "let one of them stand by itself, with `domains`".to_owned(),
    }
}

fn faulty(head: Option<&Head>, file: &str, is_sure: bool) -> Trouble {
    let id = head.and_then(|head| head.extends.as_ref()).map(|reference| shorten(&reference.id));
    let id = id.unwrap_or_default();
    let message = if is_sure {
        format!("the base `{id}`, in `{file}`, has errors itself")
    } else {
        format!("the base `{id}` may be the one in `{file}`, which has errors")
    };
    Trouble { code: Code::FaultyBase, message, help: "mend that first; this document is checked then".to_owned() }
}
