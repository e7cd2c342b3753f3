//! Findings about a document: the fault, its place, and the next step.

#![allow(
    clippy::arithmetic_side_effects,
    reason = "lines and columns of a text of at most `MAX_BYTES`, and counts of findings"
)]

mod checked;
mod code;
mod draw;

use std::fmt;
use std::sync::Arc;

use serde::{Serialize, Serializer};

pub use self::checked::Checked;
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
/// let findings = Rubric::check("plan.yaml", text, &Library::empty()).diagnostics;
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
/// let findings = Rubric::check("plan.yaml", text, &Library::empty()).diagnostics;
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

/// A change of a document's text that mends a fault, or may mend it.
///
/// ```
/// use appraise::Library;
///
/// let mut text = "rubric: { id: connecticut_school_social_work }\nstatus: finall\n".to_owned();
/// let found = Library::bundled().check("rivera.yaml", &text).diagnostics;
/// let edit = found.iter().find_map(|finding| finding.edits.first()).expect("`finall` is like `final`");
/// assert!(!edit.safe, "a person may have meant something else");
/// text.replace_range(edit.start..edit.end, &edit.text);
/// assert!(text.ends_with("status: final\n"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Edit {
    /// The byte of the text where the replaced part begins, from 0. The text is that of the finding's file; of NDJSON, that of
    /// the line.
    pub start: usize,
    /// The byte where the replaced part ends, exclusive.
    pub end: usize,
    /// The replacement.
    pub text: String,
    /// Whether a program may make the change unasked: `false` where the replacement is a guess that a person confirms.
    pub safe: bool,
}

/// The place where the same thing stands first.
///
/// ```
/// use appraise::Library;
///
/// let text = "rubric: { id: connecticut_school_social_work }\nstatus: draft\nratings: {}\nstatus: final\n";
/// let found = Library::bundled().check("rivera.yaml", text).diagnostics;
/// let first = found.iter().find_map(|finding| finding.first.as_ref()).expect("`status` stands twice");
/// assert_eq!(first.line, Some(2));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct First {
    /// The document, where it is not the finding's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// The line, from 1; absent in another document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
}

impl fmt::Display for First {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.line, &self.file) {
            (Some(line), _) => write!(f, "the first one is at line {line}; "),
            (None, Some(file)) => write!(f, "the other one is in `{file}`; "),
            (None, None) => Ok(()),
        }
    }
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
/// let findings = Rubric::check("plan.yaml", text, &Library::empty()).diagnostics;
/// let finding = findings.iter().next().expect("a key is mistyped");
/// assert_eq!(finding.code, appraise::Code::UnknownKey);
/// assert_eq!(finding.help, "did you mean `statement`?");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Diagnostic {
    /// The kind of fault.
    pub code: Code,
    /// Whether the document can be used all the same.
    pub severity: Severity,
    /// The fault, in one line.
    pub message: String,
    /// The next step, in one line.
    pub help: String,
    /// The next step without the places that the help begins with.
    #[serde(skip)]
    step: String,
    /// The name of the place, in a table: `cell E14`.
    #[serde(skip)]
    place: Option<String>,
    /// Of something that stands twice: where it stands first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first: Option<First>,
    /// The required key that is missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub missing: Option<String>,
    /// Known words that an unknown one was probably meant to be.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub candidates: Vec<String>,
    /// Changes of the text, each of which alone mends the fault.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub edits: Vec<Edit>,
    /// The document it is in, by the name it was read under.
    #[serde(skip)]
    pub file: String,
    /// The value it is about, from the document's root: `domains[0].indicators[2].id`. Empty for the root.
    pub path: String,
    /// The id of the part of the rubric that it is about, as the document names it, where the finding is about one part of an
    /// evaluation: `deadlines`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// Where it begins.
    pub start: Position,
    /// Where it ends, exclusive.
    pub end: Position,
}

impl Diagnostic {
    /// A finding at a place of a file, without further facts.
    pub(crate) fn new(
        (code, severity): (Code, Severity),
        message: String,
        help: String,
        (file, start, end): (&str, Position, Position),
    ) -> Self {
        let (path, step) = (String::new(), help.clone());
        let (place, first, missing, candidates, edits) = (None, None, None, Vec::new(), Vec::new());
        let (file, subject) = (file.to_owned(), None);
        Self {
            code,
            severity,
            message,
            help,
            step,
            place,
            first,
            missing,
            candidates,
            edits,
            file,
            path,
            subject,
            start,
            end,
        }
    }

    /// Puts what people call the place, and the place of the first one, before what to do.
    pub(crate) fn first_at(mut self, place: Option<String>, first: Option<First>) -> Self {
        (self.place, self.first) = (place, first);
        self.say_help();
        self
    }

    fn say_help(&mut self) {
        let place = self.place.as_ref().map(|place| format!("{place}: ")).unwrap_or_default();
        let first = self.first.as_ref().map(First::to_string).unwrap_or_default();
        self.help = place + &first + &self.step;
    }
}

/// Everything found in one document, in the order of the places.
///
/// Findings in a rubric that the document extends, caused by the document, come last, under the name of their own file.
/// Serialized, such a finding has a `file`; a finding in the document itself has none.
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
    /// How many lines of the file stand above the document.
    above: u32,
}

/// A file with findings.
#[derive(Clone)]
struct FoundIn {
    /// Kept only for drawing.
    text: Arc<str>,
    /// How many of the findings are in it.
    findings: usize,
    /// How many lines of the file stand above the text.
    above: u32,
}

/// Shows no text of the file, which may be about a person.
impl fmt::Debug for FoundIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FoundIn").field("findings", &self.findings).finish_non_exhaustive()
    }
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
    pub(crate) fn below(mut self, lines: u32) -> Self {
        self.above = lines;
        let own = self.list.iter().take_while(|finding| finding.file == self.file).count();
        for finding in self.list.iter_mut().take(own) {
            if let Some(line) = finding.first.as_mut().and_then(|first| first.line.as_mut()) {
                *line += lines;
            }
            finding.say_help();
            finding.start.line += lines;
            finding.end.line += lines;
        }
        if let Some(first) = self.found_in.first_mut().filter(|_| own > 0) {
            first.above = lines;
        }
        self
    }

    /// How many lines of the file stand above the document.
    pub(crate) fn above(&self) -> u32 {
        self.above
    }

    /// One finding about a document whose text could not be had: [`Code::Unreadable`].
    pub fn unreadable(file: &str, reason: &str) -> Self {
        let finding = Diagnostic::new(
            (Code::Unreadable, Severity::Error),
            format!("cannot read this file: {reason}"),
            "name a YAML or JSON file that you may read, or `-` for standard input".to_owned(),
            (file, Position::START, Position::START),
        );
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
