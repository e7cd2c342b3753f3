//! Lists what changed between two states of one evaluation, for a host's audit trail and for the page "what changed since the
//! draft you saw".
//!
//! Whoever is shown the changes may only be shown the two [views](crate::Evaluation::view): their changes name nothing that
//! they leave out.
//!
//! ```
//! use appraise::{Library, changes};
//! use appraise::changes::RevisionKind;
//!
//! let text = "
//! rubric: { id: connecticut_school_social_work }
//! employee: { id: E-1042, name: Jordan Rivera }
//! evaluators: [{ id: E-0007, name: Priya Shah }]
//! period: { from: 2025-08-25, to: 2026-06-12 }
//! ratings: { deadlines: has_not_met, cooperation_with_colleagues: has_met }";
//! let library = Library::bundled();
//! let draft = library.check("draft.yaml", text).value.expect("a warning does not stop it");
//! let mut later = draft.clone();
//! later.rate("deadlines", "has_met")?.comment = Some("The two late reports were mine to remind of.".to_owned());
//!
//! let changes = changes(&draft, &later);
//! let [level, comment] = &*changes.changes else { panic!("two values are other ones") };
//! assert_eq!((level.at.as_str(), level.kind), ("ratings.deadlines.level", RevisionKind::Changed));
//! assert_eq!((level.label.as_str(), level.about.as_deref()), ("Deadlines for documentation (7.2.4): level", Some("deadlines")));
//! assert_eq!((level.was_text.as_deref(), level.is_text.as_deref()), (Some("Has not met"), Some("Has met")));
//! assert_eq!((comment.at.as_str(), comment.kind), ("ratings.deadlines.comment", RevisionKind::Added));
//! # Ok::<(), appraise::Error>(())
//! ```

mod label;
mod pairs;
mod walk;

use serde::Serialize;

use crate::evaluation::{Evaluation, Status};
use crate::rubric::Indicator;
use crate::source::{Any, Mapping};
use crate::syntax;

/// The changes between two states of one evaluation.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Revision {
    /// The state before.
    pub old: RevisionState,
    /// The state since.
    pub new: RevisionState,
    /// The changes, in the order of the keys of an evaluation, and then the ratings that follow. Another order of the same items is
    /// none.
    pub changes: Vec<Revised>,
}

impl Revision {
    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }
}

/// A state of an evaluation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct RevisionState {
    /// The identifier of the employee or organization.
    pub id: String,
    /// The id of the rubric.
    pub rubric: String,
    /// The version of the rubric.
    pub version: String,
    /// Draft or final.
    pub status: Status,
    /// The fingerprint of the evaluation.
    pub fingerprint: String,
}

impl RevisionState {
    fn of(evaluation: &Evaluation) -> Self {
        Self {
            id: evaluation.whom().id().to_owned(),
            rubric: evaluation.rubric().id().to_owned(),
            version: evaluation.rubric().version(),
            status: evaluation.status(),
            fingerprint: evaluation.fingerprint().to_owned(),
        }
    }
}

/// A value that changed.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Revised {
    /// Whether the value came, went, or is another one.
    pub kind: RevisionKind,
    /// The key of the evaluation that the value is under, such as `ratings`.
    pub section: String,
    /// The place of the value, such as `ratings.deadlines.level` or `goals[0].status`: in the new state, or in the old one of a
    /// value that went.
    pub at: String,
    /// The id of the domain, competency or indicator that it is about; null where it is about none.
    pub about: Option<String>,
    /// The place as people read it: "Deadlines for documentation (7.2.4): level".
    pub label: String,
    /// Whether it is no value of the document, but a rating that follows from observations or practices.
    pub follows: bool,
    /// The value before; absent where there was none, and where it follows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) was: Option<Any>,
    /// The value since; absent where it was taken out, and where it follows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) is: Option<Any>,
    /// The value before as people read it: "Has met"; null where there was none.
    pub was_text: Option<String>,
    /// The value since as people read it; null where it was taken out.
    pub is_text: Option<String>,
}

impl Revised {
    /// The value before, to serialize; `None` where there was none, and where it follows.
    pub fn was(&self) -> Option<&(impl Serialize + use<>)> {
        self.was.as_ref()
    }

    /// The value since, to serialize; `None` where it was taken out, and where it follows.
    pub fn is(&self) -> Option<&(impl Serialize + use<>)> {
        self.is.as_ref()
    }
}

/// Whether a value came, went, or is another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum RevisionKind {
    /// No value was there before.
    Added,
    /// No value is there any more.
    Removed,
    /// Another value is there.
    Changed,
}

impl RevisionKind {
    /// The word for it: `added`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Changed => "changed",
        }
    }
}

/// Lists what changed between two states of one evaluation: every value of the documents that came, went or is another one, and
/// every rating that follows from others and is another one.
///
/// Ratings in the short form are compared as in the long form. Items of lists are matched by their ids, or by what tells them
/// apart, such as the event and the day. Evaluations of two people are compared like any others.
pub fn changes(old: &Evaluation, new: &Evaluation) -> Revision {
    let found = walk::differences(&walk::document(old), &walk::document(new));
    let mut changes: Vec<Revised> = found.into_iter().map(|difference| label::changed(difference, old, new)).collect();
    changes.sort_by_key(|change| syntax::Evaluation::KEYS.iter().position(|key| *key == change.section));
    follow(old, new, &mut changes);
    Revision { old: RevisionState::of(old), new: RevisionState::of(new), changes }
}

/// Adds the ratings of record that are other ones although nobody gave another one.
fn follow(old: &Evaluation, new: &Evaluation, changes: &mut Vec<Revised>) {
    let text = |evaluation: &Evaluation, indicator: &Indicator| {
        Some(evaluation.said(indicator, evaluation.rating(indicator)?)?.into_owned())
    };
    for indicator in new.rubric().indicators() {
        let before = old.rubric().indicator(&indicator.id).and_then(|own| text(old, own));
        let since = text(new, indicator);
        let at = format!("ratings.{}.level", indicator.id);
        if before == since || changes.iter().any(|change| change.at == at) {
            continue;
        }
        let kind = match (&before, &since) {
            (None, _) => RevisionKind::Added,
            (_, None) => RevisionKind::Removed,
            _ => RevisionKind::Changed,
        };
        changes.push(Revised {
            kind,
            section: "ratings".to_owned(),
            at,
            about: Some(indicator.id.clone()),
            label: format!("{}: rating that follows", label::node(new.rubric(), &indicator.id)),
            follows: true,
            was: None,
            is: None,
            was_text: before,
            is_text: since,
        });
    }
}
