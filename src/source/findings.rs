//! Findings while they are collected: at byte ranges, resolved to lines, columns and paths at the end.

use std::cell::{Cell, RefCell};
use std::collections::HashSet;
use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, Severity};

use super::place::{Around, Cursor, Lines, Places, Span};
use super::tree::Node;
use super::{quote, suggest};

/// One problem, at a range of bytes.
#[derive(Debug, Clone)]
pub(crate) struct Finding {
    pub(crate) severity: Severity,
    pub(crate) code: Code,
    at: Span,
    /// The value it is about, where that is not what the place lies in.
    of: Option<Span>,
    /// The place is a mapping that lacks something: shown at its first key.
    lacks: bool,
    /// A part of the text at the place, and how often it stands there before.
    within: Option<(String, usize)>,
    /// Another place that the help begins with: "the first one is at line 31".
    first: Option<Span>,
    message: String,
    help: String,
    /// The id that `allow` can name to silence it.
    pub(crate) about: Option<String>,
}

impl Finding {
    pub(crate) fn new(severity: Severity, code: Code, at: Span, message: String, help: String) -> Self {
        Self {
            severity,
            code,
            at,
            of: None,
            lacks: false,
            within: None,
            first: None,
            message: quote::clean(message),
            help: quote::clean(help),
            about: None,
        }
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
            Some(Span { start: offset(at.start)?, end: offset(at.end)? })
        };
        narrow().unwrap_or(self.at)
    }

    /// Names the part of the rubric that it is about, by which `allow` can silence a warning.
    pub(crate) fn about(mut self, id: &str) -> Self {
        self.about = Some(id.to_owned());
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

/// Everything found so far. Rules push and go on.
#[derive(Debug)]
pub(crate) struct Findings {
    list: RefCell<Vec<Finding>>,
    /// Comparisons left for "did you mean", so that a hostile document cannot make them expensive.
    comparisons: Cell<usize>,
}

impl Default for Findings {
    fn default() -> Self {
        Self { list: RefCell::default(), comparisons: Cell::new(200_000) }
    }
}

impl Findings {
    pub(crate) fn push(&self, finding: Finding) {
        self.list.borrow_mut().push(finding);
    }

    pub(crate) fn error(&self, code: Code, at: Span, message: String, help: String) {
        self.push(Finding::new(Severity::Error, code, at, message, help));
    }

    pub(crate) fn warning(&self, code: Code, at: Span, message: String, help: String) {
        self.push(Finding::new(Severity::Warning, code, at, message, help));
    }

    /// An error about something that stands twice, at its second place.
    pub(crate) fn repeated(&self, code: Code, at: Span, first: Span, message: String, help: String) {
        self.push(Finding::new(Severity::Error, code, at, message, help).first_at(first));
    }

    /// An error about something that the mapping at `at` lacks.
    pub(crate) fn lacking(&self, code: Code, at: Span, message: String, help: String) {
        self.push(Finding { lacks: true, ..Finding::new(Severity::Error, code, at, message, help) });
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.list.borrow().is_empty()
    }

    #[cfg(feature = "table")]
    pub(crate) fn has_errors(&self) -> bool {
        self.list.borrow().iter().any(|finding| finding.severity == Severity::Error)
    }

    /// Keeps only the findings that `keep` wants.
    pub(crate) fn retain(&self, keep: impl FnMut(&Finding) -> bool) {
        self.list.borrow_mut().retain(keep);
    }

    /// The one of `known` that `written` was probably meant to be.
    pub(crate) fn closest<'k>(&self, written: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
        suggest::closest(written, known, &self.comparisons)
    }

    /// "did you mean `x`?", or `otherwise` when nothing known is close.
    pub(crate) fn did_you_mean<'k>(
        &self,
        written: &str,
        known: impl IntoIterator<Item = &'k str>,
        otherwise: impl FnOnce() -> String,
    ) -> String {
        match self.closest(written, known) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => otherwise(),
        }
    }

    /// The findings with their places, in the order of the text, and at one place in the order in which they were noted.
    pub(crate) fn resolve(self, file: &str, text: &str, tree: Option<&Node<'_>>) -> Vec<Diagnostic> {
        let places = tree.filter(|_| !self.is_empty()).map(Places::of);
        self.resolve_by(file, text, |at, lacks| {
            places.as_ref().map(|places| places.find(at, lacks)).unwrap_or_default()
        })
    }

    /// The same for a text that is no tree, where `path` says what stands at a place.
    #[cfg(feature = "table")]
    pub(crate) fn resolve_paths(self, file: &str, text: &str, path: impl Fn(Span) -> String) -> Vec<Diagnostic> {
        self.resolve_by(file, text, |at, _| Around { path: path(at), ..Around::default() })
    }

    fn resolve_by(self, file: &str, text: &str, around: impl Fn(Span, bool) -> Around) -> Vec<Diagnostic> {
        let list = self.list.into_inner();
        if list.is_empty() {
            return Vec::new();
        }
        let mut seen = HashSet::new();
        let mut resolved: Vec<(Span, Finding, String)> = list
            .into_iter()
            .filter_map(|finding| {
                let Around { path, first_key, explained } = around(finding.of.unwrap_or(finding.at), finding.lacks);
                let at = if finding.lacks { first_key.unwrap_or(finding.at) } else { finding.narrowed(text) };
                // What an alias repeats is read again at each use, with the same findings.
                let is_new = seen.insert((at, finding.code, finding.message.clone()));
                (is_new && !(finding.lacks && explained)).then_some((at, finding, path))
            })
            .collect();
        resolved.sort_by_key(|(at, ..)| *at);
        let mut cursor = Cursor::new(text);
        let lines = Lines::of(text);
        resolved
            .into_iter()
            .map(|(at, finding, path)| Diagnostic {
                code: finding.code,
                severity: finding.severity,
                message: finding.message,
                help: match finding.first {
                    Some(first) => format!("the first one is at line {}; {}", lines.number(first.start), finding.help),
                    None => finding.help,
                },
                file: file.to_owned(),
                path,
                start: cursor.advance(at.start),
                end: cursor.peek(at.end),
            })
            .collect()
    }
}
