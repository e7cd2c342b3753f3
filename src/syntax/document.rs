//! A parsed text: its kind and references, and the typed documents that are read from it.

use std::sync::Arc;

use serde::{Serialize, Serializer};

use crate::diagnostic::Checked;
use crate::source::{self, Findings, Node, Parsed, Read};

use super::vocabulary::VOCABULARY;

/// A document's text, parsed once: it tells its kind and its ids, and is checked without being parsed again.
///
/// ```
/// use appraise::{Checked, DocumentKind, Library, Source};
///
/// let text = "{ rubric: { id: connecticut_school_social_work }, ratings: {} }";
/// let source = Source::parse("rivera.yaml", text);
/// assert_eq!(source.kind(), DocumentKind::Evaluation);
/// assert_eq!(source.rubric_id(), Some("connecticut_school_social_work"));
/// let Checked { value: evaluation, diagnostics: findings } = Library::bundled().check_source(&source);
/// assert!(evaluation.is_none() && findings.has_errors());
/// ```
#[derive(Debug)]
pub struct Source<'t> {
    parsed: Parsed<'t>,
    /// The findings of parsing.
    found: Findings,
}

impl<'t> Source<'t> {
    /// Parses YAML or JSON. A text that is neither makes a document too; checking it says what is wrong.
    ///
    /// `name` is what the findings call the document.
    pub fn parse(name: &'t str, text: &'t str) -> Self {
        let found = Findings::in_language(&VOCABULARY);
        Self { parsed: Parsed::of(name, text, &found), found }
    }

    /// A text that was written together with its tree, and need not be parsed.
    pub(crate) fn written(name: &'t str, text: &'t str, tree: Node<'t>) -> Self {
        let found = Findings::in_language(&VOCABULARY);
        Self { parsed: Parsed::written(name, text, tree, &found), found }
    }

    /// The document's name in findings.
    pub fn name(&self) -> &'t str {
        self.parsed.name
    }

    /// The text as it was given.
    pub fn text(&self) -> &'t str {
        self.parsed.text
    }

    /// Whether the text is JSON to the letter. Every JSON text is YAML too.
    pub fn is_json(&self) -> bool {
        self.parsed.is_json
    }

    /// The kind of document: an evaluation has `ratings` or `rubric` at its top, and no `domains`; a scoring policy has
    /// `steps` or `scoring`, and neither `id` nor `domains`.
    ///
    /// A text that cannot be read, or is neither, counts as a rubric; checking it then says what is wrong.
    pub fn kind(&self) -> DocumentKind {
        let has = |key: &str| self.tree().is_some_and(|tree| tree.get(key).is_some());
        if has("domains") {
            DocumentKind::Rubric
        } else if has("ratings") || has("rubric") {
            DocumentKind::Evaluation
        } else if !has("id") && (has("steps") || has("scoring")) {
            DocumentKind::Policy
        } else {
            DocumentKind::Rubric
        }
    }

    /// The id of a rubric, whatever else is wrong with it.
    pub fn id(&self) -> Option<&str> {
        self.tree()?.get("id")?.word()
    }

    /// The id of the rubric that an evaluation names, whatever else is wrong with it.
    pub fn rubric_id(&self) -> Option<&str> {
        self.tree()?.get("rubric")?.get("id")?.word()
    }

    pub(crate) fn tree(&self) -> Option<&Node<'t>> {
        self.parsed.tree.as_ref()
    }

    /// The findings so far, for rules that look further.
    pub(crate) fn findings(&self) -> Findings {
        self.found.clone()
    }

    /// Reads a typed document. `None` when not even its outermost mapping could be read.
    pub(crate) fn read<D: Read>(&self, findings: &Findings) -> Option<D> {
        source::read(self.tree()?, &[self.text()], findings)
    }

    /// Reads a typed document and checks it: the checked value, if there is one, and everything found.
    pub(crate) fn load<D: Read, C>(&self, check: impl FnOnce(D, &Findings) -> Option<C>) -> Checked<C> {
        let findings = self.findings();
        let checked = self.read(&findings).and_then(|document| check(document, &findings));
        self.conclude(checked, findings, &[])
    }

    /// The checked value, unless an error was found; and the findings at their places, in this document and in `bases`, which
    /// it extends.
    pub(crate) fn conclude<C>(
        &self,
        checked: Option<C>,
        findings: Findings,
        bases: &[Arc<source::Document>],
    ) -> Checked<C> {
        let diagnostics = self.parsed.resolve(findings, bases);
        Checked { value: checked.filter(|_| !diagnostics.has_errors()), diagnostics }
    }
}

/// The kinds of documents that people write.
///
/// ```
/// use appraise::{DocumentKind, Source};
///
/// assert_eq!(Source::parse("plan.yaml", "{ id: plan, domains: [] }").kind(), DocumentKind::Rubric);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DocumentKind {
    /// An instrument: domains, indicators, a scale.
    Rubric,
    /// Ratings of one employee or organization.
    Evaluation,
    /// A scoring policy in a document of its own.
    Policy,
}

impl DocumentKind {
    /// The kind of a text, as [`Source::kind`] tells it: whoever goes on to read the text parses it once, as a [`Source`].
    pub fn of(text: &str) -> Self {
        Source::parse("", text).kind()
    }

    /// `rubric`, `evaluation` or `policy`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Rubric => "rubric",
            Self::Evaluation => "evaluation",
            Self::Policy => "policy",
        }
    }
}

impl Serialize for DocumentKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
