//! Drafts: evaluations that are edited over months, rating by rating, however unfinished.

mod apply;
mod before;
mod canonical;
mod change;
mod list;
mod merge;

use std::fmt;
use std::sync::{Arc, OnceLock};

use serde::{Serialize, Serializer};

use crate::diagnostic::{Checked, Diagnostics};
use crate::error::Error;
use crate::evaluation::Evaluation;
use crate::fingerprint;
use crate::library::Library;
use crate::rubric::Rubric;
use crate::source::{self, Node, NodeKind, Value};
use crate::syntax::Source;

use self::before::Before;
use self::canonical::canonical;
pub use self::change::Change;
pub use self::merge::{Conflict, Merged, merge};

/// An evaluation that is being edited: any document, whatever is missing or wrong in it, together with its findings, which are
/// always those of its present state.
///
/// ```
/// use appraise::{Change, Draft, Library};
///
/// let library = Library::bundled();
/// let mut draft = Draft::read(&library, "E-1042", r#"{ "rubric": { "id": "connecticut_school_social_work" } }"#)?;
/// assert!(draft.checked().is_err());
///
/// draft.apply(&Change::comment("deadlines", Some("Nine of ten.")))?;
/// draft.apply(&Change::level("deadlines", "has_meet").by("E-0007"))?;
/// let finding = draft.diagnostics().iter().find(|finding| finding.path == "ratings.deadlines.level").expect("it is mistyped");
/// assert_eq!(finding.help, "did you mean `has_met`?");
///
/// let before = draft.fingerprint().to_owned();
/// draft.apply(&Change::level("deadlines", "has_met"))?;
/// assert_ne!(draft.fingerprint(), before);
/// assert!(draft.to_json().contains(r#""comment": "Nine of ten.""#));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// Every text of a draft is kept, and so are keys that nobody knows. A text that is not JSON is written as JSON from the first
/// change on, without its comments.
#[derive(Clone)]
pub struct Draft {
    library: Library,
    name: Arc<str>,
    document: Value,
    /// The text that was read, until the first change.
    read: Option<Arc<str>>,
    state: OnceLock<State>,
    fingerprint: OnceLock<String>,
}

/// The results of reading the document.
#[derive(Clone)]
struct State {
    /// The text that the places of the findings are in.
    text: Arc<str>,
    checked: Checked<Evaluation>,
}

impl Draft {
    /// Reads a draft, JSON or YAML. `name` is what its findings call it; `library` has the rubric that it names.
    ///
    /// # Errors
    ///
    /// The findings, where there is nothing to edit: the text is neither JSON nor YAML, or no group of keys and values. What is
    /// wrong or missing in one is no error here, but in [`Draft::diagnostics`].
    pub fn read(library: &Library, name: &str, text: &str) -> Result<Self, Diagnostics> {
        let source = Source::parse(name, text);
        let findings = || library.check_source(&source).diagnostics;
        let tree = source.tree().filter(|tree| tree.is_map()).ok_or_else(findings)?;
        if !has_plain_keys(tree) {
            // A key that is no text is refused, but under `extra`, where the check leaves it out.
            let found = findings();
            if found.has_errors() {
                return Err(found);
            }
        }
        let mut document = Value::of_node(tree);
        source::without_other_numbers(&mut document);
        Ok(Self {
            library: library.clone(),
            name: name.into(),
            document,
            read: Some(text.into()),
            state: OnceLock::new(),
            fingerprint: OnceLock::new(),
        })
    }

    /// Makes a change, and leaves alone what it does not name.
    ///
    /// # Errors
    ///
    /// [`Error::Sealed`] where the document is sealed, and the change is no new response or event. [`Error::Change`] where the
    /// document has something in the way of the change, such as a text where there should be ratings, or would be too large.
    /// The draft is then as it was. A value that the rubric does not know is no error, but a finding.
    pub fn apply(&mut self, change: &Change) -> Result<(), Error> {
        let before = Before::of(&self.document, change);
        match apply::apply(&mut self.document, change) {
            Ok(()) if before.is_still(&self.document) => Ok(()),
            Ok(()) => {
                self.forget();
                Ok(())
            }
            Err(error) => {
                before.restore(&mut self.document);
                Err(error)
            }
        }
    }

    /// Merges a JSON Merge Patch (RFC 7386), for what no [`Change`] has a name for.
    ///
    /// # Errors
    ///
    /// As [`Draft::apply`].
    ///
    /// ```
    /// use appraise::{Draft, Library};
    ///
    /// let text = r#"{ "ratings": { "deadlines": "has_met" }, "extra": { "ticket": 12, "queue": "north" } }"#;
    /// let mut draft = Draft::read(&Library::bundled(), "E-1042", text)?;
    /// let patch = r#"{ "ratings": { "deadlines": { "comment": "Nine of ten." } }, "extra": { "queue": null } }"#;
    /// draft.apply_merge_patch(&serde_json::from_str(patch)?)?;
    /// assert_eq!(
    ///     serde_json::to_string(&draft)?,
    ///     r#"{"ratings":{"deadlines":{"level":"has_met","comment":"Nine of ten."}},"extra":{"ticket":12}}"#,
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn apply_merge_patch(&mut self, patch: &Value) -> Result<(), Error> {
        self.apply(&Change::Patch(patch.clone()))
    }

    fn forget(&mut self) {
        self.read = None;
        self.state = OnceLock::new();
        self.fingerprint = OnceLock::new();
    }

    fn state(&self) -> &State {
        self.state.get_or_init(|| match &self.read {
            Some(text) => State { text: text.clone(), checked: self.library.check(&self.name, text) },
            None => {
                let (text, tree) = source::written(&self.document);
                let checked = self.library.check_source(&Source::written(&self.name, &text, tree));
                State { text: text.into(), checked }
            }
        })
    }

    /// The findings in its present state, warnings too.
    pub fn diagnostics(&self) -> &Diagnostics {
        &self.state().checked.diagnostics
    }

    /// The evaluation, to score and to print.
    ///
    /// # Errors
    ///
    /// Every finding, when one is an error.
    pub fn checked(&self) -> Result<Evaluation, Diagnostics> {
        let Checked { value, diagnostics } = &self.state().checked;
        value.clone().ok_or_else(|| diagnostics.clone())
    }

    /// The rubric that it names, where that is in the library.
    pub fn rubric(&self) -> Option<Rubric> {
        self.state()
            .checked
            .value
            .as_ref()
            .map(|evaluation| evaluation.rubric().clone())
            .or_else(|| self.library.rubric_for(&self.name, &self.state().text).ok())
    }

    /// The name that its findings have.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The text that the places of its findings are in: the one that was read, and after a change [`Draft::to_json`].
    pub fn text(&self) -> &str {
        &self.state().text
    }

    /// The document as JSON in lines.
    pub fn to_json(&self) -> String {
        match self.read {
            Some(_) => source::written(&self.document).0,
            None => self.text().to_owned(),
        }
    }

    /// The document as YAML, laid out as a person would write it; keys without a value are left out.
    pub fn to_yaml(&self) -> String {
        source::yaml::write_with_extra(&self.document, self.document.get("extra"))
    }

    /// The document as a value.
    pub fn document(&self) -> &Value {
        &self.document
    }

    /// `sha256:` and 64 hex digits over the document, finished or not: the same whatever the order of its keys and the spelling
    /// of its numbers, as a database may store them. It serves as an ETag. [`Evaluation::fingerprint`] is another one.
    pub fn fingerprint(&self) -> &str {
        self.fingerprint.get_or_init(|| fingerprint::of_bytes(&[canonical(&self.document).as_bytes()]))
    }
}

/// Whether every key is a text; YAML also has lists as keys.
fn has_plain_keys(node: &Node<'_>) -> bool {
    match &node.kind {
        NodeKind::Scalar { .. } => true,
        NodeKind::List(items) => items.iter().all(has_plain_keys),
        NodeKind::Map(entries) => entries.iter().all(|(key, value)| key.text().is_some() && has_plain_keys(value)),
    }
}

/// Whether a key stands in a group of keys twice.
fn has_keys_twice(value: &Value) -> bool {
    match value {
        Value::Map(entries) => {
            let mut keys: Vec<&str> = entries.iter().map(|(key, _)| key.as_str()).collect();
            keys.sort_unstable();
            keys.windows(2).any(|pair| matches!(pair, [one, other] if one == other))
                || entries.iter().any(|(_, value)| has_keys_twice(value))
        }
        Value::List(items) => items.iter().any(has_keys_twice),
        _ => false,
    }
}

/// Names no person and no text of the document, so that it can stand in a log.
impl fmt::Debug for Draft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Draft").field("fingerprint", &self.fingerprint()).finish_non_exhaustive()
    }
}

/// The document, with every key that it has.
impl Serialize for Draft {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.document.serialize(serializer)
    }
}
