//! Findings about a document: the fault, its place, and the next step.

#![allow(
    clippy::arithmetic_side_effects,
    reason = "lines and columns of a text of at most `MAX_BYTES`, and counts of findings"
)]

mod code;
mod draw;

use std::fmt;
use std::sync::Arc;

use serde::{Serialize, Serializer};

pub use self::code::Code;

/// How much a finding weighs.
///
/// ```
/// # use appraise::{Library, Rubric};
/// # let text = "
/// # id: plan
/// # version: 1.0.0
/// # title: Plan
/// # domains: [{ id: planning, title: Planning, indicators: [{ id: calendar, statment: Keeps a calendar. }] }]";
/// use appraise::Severity;
///
/// let (_, findings) = Rubric::check("plan.yaml", text, &Library::empty());
/// let errors = findings.iter().filter(|finding| finding.severity == Severity::Error);
/// assert_eq!(errors.count(), 1);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Severity {
    /// The document cannot be used as it is.
    Error,
    /// The document can be used; somebody should look at this.
    Warning,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
        })
    }
}

/// A place in a text. Lines and columns count from 1, columns in Unicode scalar values.
///
/// ```
/// # use appraise::{Library, Rubric};
/// # let text = "
/// # id: plan
/// # version: 1.0.0
/// # title: Plan
/// # domains: [{ id: planning, title: Planning, indicators: [{ id: calendar, statment: Keeps a calendar. }] }]";
/// let (_, findings) = Rubric::check("plan.yaml", text, &Library::empty());
/// let start = findings.iter().next().expect("a key is mistyped").start;
/// assert_eq!((start.line, start.column), (5, 73));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Position {
    /// The line, from 1.
    #[cfg_attr(feature = "schema", schemars(range(min = 1)))]
    pub line: u32,
    /// The column in Unicode scalar values, from 1.
    #[cfg_attr(feature = "schema", schemars(range(min = 1)))]
    pub column: u32,
}

impl Position {
    /// The beginning of a text.
    pub const START: Self = Self { line: 1, column: 1 };
}

/// One problem in a document.
///
/// ```
/// # use appraise::{Library, Rubric};
/// # let text = "
/// # id: plan
/// # version: 1.0.0
/// # title: Plan
/// # domains: [{ id: planning, title: Planning, indicators: [{ id: calendar, statment: Keeps a calendar. }] }]";
/// let (_, findings) = Rubric::check("plan.yaml", text, &Library::empty());
/// let finding = findings.iter().next().expect("a key is mistyped");
/// assert_eq!(finding.code, appraise::Code::UnknownKey);
/// assert_eq!(finding.help, "did you mean `statement`?");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Diagnostic {
    /// What kind of fault it is.
    pub code: Code,
    /// Whether the document can be used all the same.
    pub severity: Severity,
    /// What is wrong, in one line.
    pub message: String,
    /// What to do about it, in one line.
    pub help: String,
    /// The document it is in, by the name it was read under.
    #[serde(skip)]
    pub file: String,
    /// The value it is about, from the document's root: `domains[0].indicators[2].id`. Empty for the root.
    pub path: String,
    /// Where it begins.
    pub start: Position,
    /// Where it ends, exclusive.
    pub end: Position,
}

/// Everything found in one document, in the order of the places.
///
/// What is found in a rubric that the document extends, because of the document, comes after that; it bears the name of
/// the file it is in. Serialized, such a finding has a `file`, which those in the document itself have not.
///
/// `Display` draws each finding under the line that caused it. [`Diagnostics::iter`] gives them one by one, for a host
/// that shows them its own way.
///
/// ```
/// # use appraise::{Library, Rubric};
/// # let text = "
/// # id: plan
/// # version: 1.0.0
/// # title: Plan
/// # domains: [{ id: planning, title: Planning, indicators: [{ id: calendar, statment: Keeps a calendar. }] }]";
/// let findings = Rubric::parse("plan.yaml", text, &Library::empty()).expect_err("a key is mistyped");
/// assert!(findings.has_errors());
/// assert!(findings.to_string().contains("plan.yaml:5:73")); // drawn under the line
/// let json = serde_json::to_string(&findings).expect("findings are plain data");
/// assert!(json.starts_with(r#"[{"code":"unknown-key""#));
/// ```
#[derive(Debug, Clone, Default)]
pub struct Diagnostics {
    file: String,
    list: Vec<Diagnostic>,
    /// The files of the findings, in their order.
    found_in: Vec<FoundIn>,
}

/// A file with findings.
#[derive(Debug, Clone)]
struct FoundIn {
    /// Kept only for drawing.
    text: Arc<str>,
    /// How many of the findings are in it.
    findings: usize,
    /// How many lines of the file stand above the text.
    above: u32,
}

impl Diagnostics {
    /// Nothing found, so far.
    pub(crate) fn new(file: &str) -> Self {
        Self { file: file.to_owned(), ..Self::default() }
    }

    /// Adds what was found in the document, or in one that it extends.
    pub(crate) fn add(&mut self, text: &str, list: Vec<Diagnostic>) {
        if !list.is_empty() {
            self.found_in.push(FoundIn { text: text.into(), findings: list.len(), above: 0 });
            self.list.extend(list);
        }
    }

    /// The findings of a document that is one line of a file, with that many lines above it.
    #[cfg(feature = "batch")]
    pub(crate) fn below(mut self, lines: u32) -> Self {
        let own = self.list.iter().take_while(|finding| finding.file == self.file).count();
        for finding in self.list.iter_mut().take(own) {
            if let Some(rest) = finding.help.strip_prefix("the first one is at line 1;") {
                finding.help = format!("the first one is at line {};{rest}", lines + 1);
            }
            finding.start.line += lines;
            finding.end.line += lines;
        }
        if let Some(first) = self.found_in.first_mut().filter(|_| own > 0) {
            first.above = lines;
        }
        self
    }

    /// One finding about a document whose text could not be had: [`Code::Unreadable`].
    pub fn unreadable(file: &str, reason: &str) -> Self {
        let finding = Diagnostic {
            code: Code::Unreadable,
            severity: Severity::Error,
            message: format!("cannot read this file: {reason}"),
            help: "name a YAML or JSON file that you may read, or `-` for standard input".to_owned(),
            file: file.to_owned(),
            path: String::new(),
            start: Position::START,
            end: Position::START,
        };
        let mut diagnostics = Self::new(file);
        diagnostics.add("", vec![finding]);
        diagnostics
    }

    /// The document's name, as it was given.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The findings file by file: first those in the document itself, if any, then those in each that it extends.
    pub fn by_file(&self) -> impl Iterator<Item = (&str, &[Diagnostic])> {
        self.drawable().map(|(_, _, list)| (list.first().map_or("", |finding| finding.file.as_str()), list))
    }

    /// The findings of each file, with its text and how many lines stand above that.
    fn drawable(&self) -> impl Iterator<Item = (&str, u32, &[Diagnostic])> {
        let mut rest = self.list.as_slice();
        self.found_in.iter().filter_map(move |file| {
            let (list, after) = rest.split_at_checked(file.findings)?;
            rest = after;
            Some((&*file.text, file.above, list))
        })
    }

    /// The findings, in the order of their places.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.list.iter()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Whether any of them is an error.
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|finding| finding.severity == Severity::Error)
    }

    /// Draws every finding under the line that caused it, with terminal colours if `styled`.
    ///
    /// A text of many thousand findings is drawn up to the hundredth; the rest are counted.
    pub fn draw(&self, styled: bool) -> String {
        draw::draw(self, styled)
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.draw(false))
    }
}

impl std::error::Error for Diagnostics {}

impl Serialize for Diagnostics {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.list.iter().map(|finding| {
            let file = Some(finding.file.as_str()).filter(|file| *file != self.file);
            Listed { file, finding }
        }))
    }
}

/// A finding among those of a document, which names the file only where that is another.
#[derive(Serialize)]
struct Listed<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    #[serde(flatten)]
    finding: &'a Diagnostic,
}
