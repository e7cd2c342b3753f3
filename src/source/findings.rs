//! Collects findings at byte ranges, and resolves these to lines, columns and paths at the end.

use std::cell::{Cell, LazyCell, RefCell};
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, First, Severity};

use super::help::Help;
use super::origin::Document;
use super::place::{Around, Cursor, Lines, Places, subject};
use super::span::Span;
use super::tree::Node;
use super::vocabulary::{self, Vocabulary};
use super::{Parsed, quote, suggest};

/// One problem, at a range of bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Finding {
    pub(crate) severity: Severity,
    pub(crate) code: Code,
    pub(crate) at: Span,
    /// The value it is about, where that is not what the place lies in.
    of: Option<Span>,
    /// The place is a mapping that lacks something: shown at its first key.
    lacks: bool,
    /// The mapping that lacks something because of this: a key that nobody knows may stand for one that is missing.
    instead: Option<Span>,
    /// A part of the text at the place, and how often it stands there before.
    within: Option<(String, usize)>,
    /// Another place that the help begins with: "the first one is at line 31".
    first: Option<Span>,
    pub(super) message: String,
    help: Help,
    /// The required key that is missing.
    missing: Option<String>,
    /// Whether the place is the key of the value, not the value.
    at_key: bool,
    /// The id that `allow` can name to silence it.
    pub(crate) about: Option<String>,
    /// Of a fault that several things can have: the name of this one, and what is said behind it.
    of_several: Option<(String, String)>,
}

impl Finding {
    pub(crate) fn new(severity: Severity, code: Code, at: Span, message: String, help: impl Into<Help>) -> Self {
        Self {
            severity,
            code,
            at,
            of: None,
            lacks: false,
            instead: None,
            within: None,
            first: None,
            message: quote::message(message),
            help: help.into(),
            missing: None,
            at_key: false,
            about: None,
            of_several: None,
        }
    }

    /// A fault that several things can have, which [`Findings::gather`] tells once: the thing's name, and what is said behind
    /// the names.
    pub(crate) fn of_several(mut self, name: String, words: String) -> Self {
        self.of_several = Some((name, quote::message(words)));
        self
    }

    /// Shows the key of the value at the place, with the path of the value.
    pub(crate) fn at_key(mut self) -> Self {
        self.at_key = true;
        self
    }

    /// Names the place of the first one, where something stands twice.
    pub(crate) fn first_at(mut self, first: Span) -> Self {
        self.first = Some(first);
        self
    }

    /// Names the value whose path it bears, where its place is beside that.
    pub(super) fn of(mut self, value: Span) -> Self {
        self.of = Some(value);
        self
    }

    /// Says in which mapping it stands instead of something.
    pub(super) fn instead(mut self, mapping: Span) -> Self {
        self.instead = Some(mapping);
        self
    }

    /// Narrows the place to a part of the text there.
    pub(crate) fn within(mut self, text: &str, part: Range<usize>) -> Self {
        let before = text.get(..part.start).unwrap_or_default();
        let part = text.get(part).unwrap_or_default();
        self.within = Some((part.to_owned(), occurrences(before, part).count()));
        self
    }

    /// The place, narrowed where the part stands in the document as it does in the text.
    fn narrowed(&self, text: &str) -> Span {
        let narrow = || {
            let (part, before) = self.within.as_ref()?;
            let written = text.get(self.at.start as usize..self.at.end as usize)?;
            let at = occurrences(written, part).nth(*before)?;
            let offset = |offset: usize| Some(self.at.start + u32::try_from(offset).ok()?);
            Some(Span { start: offset(at.start)?, end: offset(at.end)?, ..self.at })
        };
        narrow().unwrap_or(self.at)
    }

    /// Names the part of the rubric that it is about, by which `allow` can silence a warning.
    pub(crate) fn about(mut self, id: &str) -> Self {
        /// As long as an id can be that somebody writes again under `allow`; very many findings can be about one id.
        const MOST: usize = 1_000;
        self.about = (id.len() <= MOST).then(|| id.to_owned());
        self
    }
}

/// Where `part` stands in a text; a space of it may be a line break and an indentation there, as in folded YAML.
fn occurrences(text: &str, part: &str) -> impl Iterator<Item = Range<usize>> {
    let mut words = part.split_whitespace();
    let first = words.next().unwrap_or(part);
    text.match_indices(first).filter_map(move |(start, _)| {
        let mut rest = text.get(start + first.len()..)?;
        for word in words.clone() {
            let next = rest.trim_start();
            rest = next.strip_prefix(word).filter(|_| next.len() < rest.len())?;
        }
        Some(start..text.len() - rest.len())
    })
}

/// Warnings by their code, their place, and the part of the rubric that they are about.
#[derive(Debug, Clone, Default)]
pub(crate) struct Warnings(HashSet<(Code, Span, Option<String>)>);

impl Warnings {
    /// Adds those of the document that this one extends, whose places are one document further from here.
    pub(crate) fn extend(&mut self, base: &Self) {
        self.0.extend(base.0.iter().map(|(code, at, about)| (*code, at.further(), about.clone())));
    }

    fn hold(&self, finding: &Finding) -> bool {
        self.0.contains(&(finding.code, finding.at, finding.about.clone()))
    }
}

/// Everything found so far. Rules push and go on.
#[derive(Debug, Clone)]
pub(crate) struct Findings {
    /// The words of the language that the document is in.
    pub(super) vocabulary: &'static Vocabulary,
    list: RefCell<Vec<Finding>>,
    /// Comparisons left for "did you mean", so that a hostile document cannot make them expensive.
    comparisons: Cell<usize>,
    /// Whether what can be proven of a scoring policy is looked for.
    pub(crate) proves: Cell<bool>,
}

impl Default for Findings {
    fn default() -> Self {
        Self::in_language(&vocabulary::NONE)
    }
}

impl Findings {
    /// None so far, about a document in a language.
    pub(crate) fn in_language(vocabulary: &'static Vocabulary) -> Self {
        let (comparisons, proves) = (Cell::new(200_000), Cell::new(true));
        Self { vocabulary, list: RefCell::default(), comparisons, proves }
    }

    pub(crate) fn push(&self, finding: Finding) {
        self.list.borrow_mut().push(finding);
    }

    pub(crate) fn error(&self, code: Code, at: Span, message: String, help: impl Into<Help>) {
        self.push(Finding::new(Severity::Error, code, at, message, help));
    }

    pub(crate) fn warning(&self, code: Code, at: Span, message: String, help: impl Into<Help>) {
        self.push(Finding::new(Severity::Warning, code, at, message, help));
    }

    /// An error about something that stands twice, at its second place; of a document and its base, in the document.
    pub(crate) fn repeated(&self, code: Code, at: Span, first: Span, message: String, help: impl Into<Help>) {
        let (at, first) = if at.document > first.document { (first, at) } else { (at, first) };
        self.push(Finding::new(Severity::Error, code, at, message, help).first_at(first));
    }

    /// An error about something that the mapping at `at` lacks.
    pub(crate) fn lacking(&self, code: Code, at: Span, message: String, help: impl Into<Help>) {
        self.push(Finding { lacks: true, ..Finding::new(Severity::Error, code, at, message, help) });
    }

    /// An error about a required key that the mapping at `at` lacks.
    pub(crate) fn missing_key(&self, key: &str, at: Span, message: String, help: impl Into<Help>) {
        let finding = Finding::new(Severity::Error, Code::MissingKey, at, message, help);
        self.push(Finding { lacks: true, missing: Some(key.to_owned()), ..finding });
    }

    /// Shows every error so far: its place and its code.
    pub(super) fn each_error(&self, mut look: impl FnMut(Span, Code)) {
        let list = self.list.borrow();
        let errors = list.iter().filter(|finding| finding.severity == Severity::Error);
        errors.for_each(|finding| look(finding.at, finding.code));
    }

    /// Drops the errors that are due to something else, by their order; and what is missing, which may be due to it too.
    pub(super) fn drop_errors(&self, is_due: &[bool]) {
        let mut is_due = is_due.iter();
        self.retain(|finding| {
            let is_due = finding.severity == Severity::Error && is_due.next() == Some(&true);
            !is_due && !finding.lacks
        });
    }

    #[cfg(feature = "table")]
    pub(crate) fn is_empty(&self) -> bool {
        self.list.borrow().is_empty()
    }

    /// How many errors there are so far.
    pub(crate) fn errors(&self) -> usize {
        self.list.borrow().iter().filter(|finding| finding.severity == Severity::Error).count()
    }

    /// How many errors so far lie within a part of a document.
    pub(crate) fn errors_within(&self, part: Span) -> usize {
        let is_within = |at: Span| at.document == part.document && part.start <= at.start && at.end <= part.end;
        let list = self.list.borrow();
        list.iter().filter(|finding| finding.severity == Severity::Error && is_within(finding.at)).count()
    }

    /// Keeps only the findings that `keep` wants.
    pub(crate) fn retain(&self, keep: impl FnMut(&Finding) -> bool) {
        self.list.borrow_mut().retain(keep);
    }

    /// Leaves one of the findings with the same code and the same words of several things, and has it say how many there are.
    pub(crate) fn gather(&self) {
        let mut list = self.list.borrow_mut();
        let mut counts: HashMap<(Code, String), usize> = HashMap::new();
        list.retain(|finding| match &finding.of_several {
            Some((_, words)) => {
                let count = counts.entry((finding.code, words.clone())).or_default();
                *count += 1;
                *count == 1
            }
            None => true,
        });
        for finding in list.iter_mut() {
            let Some((name, words)) = finding.of_several.take() else { continue };
            let more = counts.get(&(finding.code, words.clone())).map_or(0, |count| count - 1);
            if more > 0 {
                finding.message = quote::message(format!("{name} and {more} more {words}"));
            }
        }
    }

    /// The warnings so far, whatever becomes of them.
    pub(crate) fn warnings(&self) -> Warnings {
        let list = self.list.borrow();
        let warnings = list.iter().filter(|finding| finding.severity == Severity::Warning);
        Warnings(warnings.map(|finding| (finding.code, finding.at, finding.about.clone())).collect())
    }

    /// Drops the warnings about what a document extends that were known there.
    pub(crate) fn drop_known(&self, base: &Warnings) {
        let mut known = Warnings::default();
        known.extend(base);
        self.retain(|finding| finding.severity == Severity::Error || !known.hold(finding));
    }

    /// The one of `known` that `written` was probably meant to be.
    pub(crate) fn closest<'k>(&self, written: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
        suggest::closest(written, known, &self.comparisons)
    }

    /// The one of some choices that was mistyped.
    pub(super) fn mistyped<'k>(&self, written: &str, choices: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
        suggest::choice(written, choices, &self.comparisons)
    }

    /// The one of `known` that a key was probably meant to be: one like it, or one that others call so.
    pub(super) fn meant_key<'k>(&self, written: &str, known: &[&'k str]) -> Option<&'k str> {
        self.vocabulary.called(written, known).or_else(|| self.closest(written, known.iter().copied()))
    }

    /// "did you mean `x`?", or `otherwise` when nothing known is close.
    pub(crate) fn did_you_mean<'k>(
        &self,
        written: &str,
        known: impl IntoIterator<Item = &'k str>,
        otherwise: impl FnOnce() -> String,
    ) -> Help {
        match self.closest(written, known) {
            Some(meant) => Help::did_you_mean(written, meant),
            None => otherwise().into(),
        }
    }

    /// The findings with their places: those in the document that was read, then those in each that it extends, in the
    /// order of the text, and at one place in the order in which they were noted.
    pub(crate) fn resolve(self, own: &Parsed<'_>, bases: &[Arc<Document>]) -> Diagnostics {
        let more = format!("; this stands in the base: say in `{}` what is to stand instead", own.name);
        let document = (own.name, own.text);
        self.in_documents(document, bases, &more, |list, names| placed(list, document, own.tree.as_ref(), names, ""))
    }

    /// The findings in a text that is no tree, where `around` says what stands at a place, and in the rubric that is read
    /// along with it.
    #[cfg(feature = "table")]
    pub(crate) fn resolve_around(
        self,
        document: (&str, &str),
        along: &[Arc<Document>],
        around: impl Fn(Span) -> Around,
    ) -> Diagnostics {
        let more = "; this stands in the rubric that the table is read with: mend it there";
        self.in_documents(document, along, more, |list, names| located(list, document, names, "", |at, _| around(at)))
    }

    /// The findings in a document, as `own` places them, and those in each other one, where `more` is said behind the help.
    fn in_documents(
        self,
        (name, text): (&str, &str),
        others: &[Arc<Document>],
        more: &str,
        own: impl Fn(&[Finding], &[&str]) -> Vec<Diagnostic>,
    ) -> Diagnostics {
        let mut list = joined(self.list.into_inner());
        let mut diagnostics = Diagnostics::new(name);
        list.sort_by_key(|finding| finding.at.document);
        let names: Vec<&str> = std::iter::once(name).chain(others.iter().map(|other| other.name.as_str())).collect();
        for list in list.chunk_by(|a, b| a.at.document == b.at.document) {
            let number = list.first().map_or(0, |finding| finding.at.document);
            match usize::from(number).checked_sub(1).and_then(|number| others.get(number)) {
                None => diagnostics.add(text, own(list, &names)),
                Some(other) => {
                    let document = (other.name.as_str(), other.text.as_str());
                    diagnostics.add(&other.text, placed(list, document, other.tree(), &names, more));
                }
            }
        }
        diagnostics
    }
}

/// A key that is not known and one that is missing, in one mapping, are one mistake.
fn joined(list: Vec<Finding>) -> Vec<Finding> {
    let place = |span: Span| (span.document, span.start, span.end);
    let mut lacking: HashMap<_, Vec<usize>> = HashMap::new();
    for (number, finding) in list.iter().enumerate().filter(|(_, finding)| finding.lacks) {
        lacking.entry(place(finding.at)).or_default().push(number);
    }
    let mut is_said = vec![false; list.len()];
    let mut added: Vec<Option<(Help, Option<String>)>> = vec![None; list.len()];
    for (finding, added) in list.iter().zip(&mut added) {
        let Some(mapping) = finding.instead else { continue };
        let Some(missing) = lacking.get_mut(&place(mapping)).filter(|missing| !missing.is_empty()) else { continue };
        let number = missing.remove(0);
        let help = list.get(number).map(|missing| match missing.code {
            Code::MissingKey => format!("{}; {}", missing.message, finding.help.text),
            // The help of one of several missing keys names its purpose.
            _ => format!("{}; {}", missing.message, missing.help.text),
        });
        let fact = list.get(number).and_then(|missing| missing.missing.clone());
        *added = help.map(|help| (help.into(), fact));
        is_said.get_mut(number).into_iter().for_each(|is| *is = true);
    }
    let with = list.into_iter().zip(is_said).zip(added).filter(|((_, is_said), _)| !is_said);
    let joined = with.map(|((mut finding, _), added)| {
        if let Some((help, missing)) = added {
            (finding.help, finding.missing) = (help, missing);
        }
        finding
    });
    joined.collect()
}

/// The findings in one document, in the order of its text. `more` goes behind what each says to do.
fn placed(
    list: &[Finding],
    document: (&str, &str),
    tree: Option<&Node<'_>>,
    names: &[&str],
    more: &str,
) -> Vec<Diagnostic> {
    let places = tree.map(Places::of);
    located(list, document, names, more, |at, lacks| {
        places.as_ref().map(|places| places.find(at, lacks)).unwrap_or_default()
    })
}

/// The findings in one text, in its order; `around` says what is around a place.
fn located(
    list: &[Finding],
    (file, text): (&str, &str),
    names: &[&str],
    more: &str,
    around: impl Fn(Span, bool) -> Around,
) -> Vec<Diagnostic> {
    let mut seen = HashSet::new();
    let mut resolved: Vec<(Span, &Finding, Around)> = list
        .iter()
        .filter_map(|finding| {
            let around = around(finding.of.unwrap_or(finding.at), finding.lacks);
            let at = match around.key.filter(|_| finding.at_key) {
                Some(key) => key,
                None if finding.lacks => around.first_key.unwrap_or(finding.at),
                None => finding.narrowed(text),
            };
            let is_new =
                !around.is_repeated || seen.insert((at.start, at.end, finding.code, &finding.about, &finding.missing));
            (is_new && !(finding.lacks && around.explained)).then_some((at, finding, around))
        })
        .collect();
    resolved.sort_by_key(|(at, ..)| (at.start, at.end));
    let mut cursor = Cursor::new(text);
    let lines = LazyCell::new(|| Lines::of(text));
    let first = |finding: &Finding| {
        let first = finding.first?;
        if first.document == finding.at.document {
            return Some(First { file: None, line: u32::try_from(lines.number(first.start)).ok() });
        }
        Some(First { file: Some((*names.get(usize::from(first.document))?).to_owned()), line: None })
    };
    let diagnostic = |(at, finding, around): (Span, &Finding, Around)| {
        let (start, end) = (cursor.advance(at.start), cursor.peek(at.end));
        let help = format!("{}{more}", finding.help.text);
        let kind = (finding.code, finding.severity);
        let mut made = Diagnostic::new(kind, finding.message.clone(), help, (file, start, end));
        made.subject = subject(&around.path).map(str::to_owned);
        made.path = around.path;
        made.missing.clone_from(&finding.missing);
        made.candidates.extend(finding.help.candidate.clone());
        made.edits.extend(finding.help.edit(at, text));
        made.first_at(around.name, first(finding))
    };
    resolved.into_iter().map(diagnostic).collect()
}
