//! Rewrites an evaluation for another rubric, or another version of its own, with everything in it.
//!
//! An entry with a home in the new rubric keeps its place. An entry without one (a rating of a removed indicator, or at a
//! removed level; a goal, a response, a narrative or an item of service data about a removed part; an event of a removed step of
//! the process; a session of supervision of a removed kind; an input or an entered rating that the scoring policy does not ask
//! for) goes under `orphaned`, with the words it was given for, and is printed and never
//! counted. Nothing is dropped, and no rating is added.
//!
//! A final evaluation becomes a draft again, for a person has to review the meaning of its ratings before the new document
//! is final. The old document is named under `migrated_from`, with its status, the day it was completed and its
//! fingerprint, so that the signed original can be found; no event is invented. A seal and the amendments since stay with the old
//! document: the new one is not sealed.
//!
//! Practices that are seen follow their indicator, and its level is derived from them anew; [`Changes::derived`] lists each
//! rating that is another by that. Where the new rubric has none of them, the level that followed stays as if a person had given
//! it. A level that a person gave stays.
//!
//! Observations stay, but for one of a kind that the new rubric does not have, and for ratings that their kind of observation does
//! not give any more. Ratings of record follow from the observations anew; where none follows any more, the one that followed
//! stays as if a person had given it.
//!
//! An orphan is restored when a later rubric has its part again, in the same words, and its place is still free. Parts that
//! were out of scope or not assigned, practices and observations are not restored: they belong to one evaluation, and the evaluator of the
//! next one decides anew.

mod changes;
mod context;
mod home;
mod narrative;
mod observation;
mod orphan;
mod policy;
mod practice;
mod record;
mod scope;
mod supervision;

use std::sync::Arc;

use crate::check;
use crate::diagnostic::{Checked, Code, Diagnostics, Severity};
use crate::diff;
use crate::evaluation::{self, Evaluation, Status};
use crate::fingerprint;
use crate::rubric::Rubric;
use crate::source::{Any, Field, Finding, Findings, Plain, Word, comments};
use crate::syntax::evaluation::RubricReference;
use crate::syntax::migration::Migration;
use crate::syntax::{self, Source};

pub use self::changes::{Changes, Moved, Rederived};
use self::orphan::Rewrite;

/// An evaluation written for another rubric, and the changes made.
///
/// ```
/// use appraise::{Library, Rubric, migrate};
///
/// let library = Library::bundled();
/// let old = library.get("connecticut_school_social_work").expect("it is bundled");
/// let text = "
/// id: hartford
/// version: 1.0.0
/// title: Hartford
/// extends: connecticut_school_social_work@1
/// omit: { self_growth: Not of this position }";
/// let new = Rubric::parse("hartford.yaml", text, &library)?;
/// let evaluation = "
/// rubric: { id: connecticut_school_social_work }
/// employee: { id: E-1042, name: Jordan Rivera }
/// evaluators: [{ id: E-0007, name: Priya Shah }]
/// period: { from: 2025-08-25, to: 2026-06-12 }
/// ratings: { self_growth: has_met, deadlines: has_met }";
/// let migrated = migrate::migrate("rivera.yaml", evaluation, &new, Some(&old))?;
/// assert_eq!(migrated.evaluation.orphaned().len(), 1); // kept and printed, never counted
/// # Ok::<(), appraise::Diagnostics>(())
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Migrated {
    /// The evaluation for the new rubric. Its diagnostics have the places of the document that was read.
    pub evaluation: Evaluation,
    /// The changes that the migration made.
    pub changes: Changes,
}

/// Reads an evaluation and writes it for the rubric `to`. `old` is the rubric that it was made against, where that is at
/// hand: [`Library::made_against`](crate::Library::made_against) finds it.
///
/// Without `old`, every id that the new rubric does not have is taken for one that is gone, and the words that an orphan was
/// given for are not known.
///
/// ```
/// use appraise::{Library, Rubric, migrate::migrate};
///
/// let rubric = |version, indicators| {
///     let text = format!("id: r\nversion: {version}\ntitle: R\ndomains: [{{ id: d, title: D, indicators: [{indicators}] }}]");
///     Rubric::parse("r.yaml", &text, &Library::empty())
/// };
/// let old = rubric("1.0.0", "{ id: plans, statement: Plans. }, { id: reports, statement: Reports. }")?;
/// let new = rubric("2.0.0", "{ id: plans, statement: Plans. }")?;
/// let text = "
/// rubric: { id: r, version: 1.0.0 }
/// employee: { id: E-1, name: Ann }
/// evaluators: [{ id: E-2, name: Bo }]
/// period: { from: 2025-08-25, to: 2026-06-12 }
/// ratings: { plans: has_met, reports: { level: has_met, comment: On time. } }
/// ";
/// let migrated = migrate("ann.yaml", text, &new, Some(&old))?;
/// let orphan = &migrated.evaluation.orphaned()[0];
/// assert_eq!((orphan.id.as_str(), orphan.comment.as_deref()), ("reports", Some("On time.")));
/// assert_eq!(orphan.given_for.statement.as_deref(), Some("Reports."));
/// assert_eq!(migrated.evaluation.score().overall().rated, 1);
/// # Ok::<(), appraise::Diagnostics>(())
/// ```
///
/// # Errors
///
/// Every finding, when one is an error that the other rubric does not explain, such as an `old` that is not the rubric the
/// evaluation was made against.
pub fn migrate(name: &str, text: &str, to: &Rubric, old: Option<&Rubric>) -> Result<Migrated, Diagnostics> {
    let source = Source::parse(name, text);
    let Checked { value: migrated, diagnostics } =
        source.load(|document, findings| migrated(document, to, old, findings));
    match migrated {
        Some(Migrated { evaluation, mut changes }) => {
            changes.comments = source.tree().map(|tree| comments(text, tree)).unwrap_or_default();
            Ok(Migrated { evaluation: evaluation.accepted_with(&diagnostics), changes })
        }
        None => Err(diagnostics),
    }
}

/// The evaluation for another rubric, from the rubric that it was read with, whatever text of that it was made against.
pub(crate) fn of(evaluation: &Evaluation, to: &Rubric) -> Result<Migrated, Diagnostics> {
    let old = evaluation.rubric();
    let (version, fingerprint) = (Some(old.version()), Some(old.fingerprint().to_owned()));
    let reference = evaluation::RubricReference { id: old.id().to_owned(), version, fingerprint };
    let document = Any::of(evaluation).with("rubric", Any::of(&reference));
    let text = serde_json::to_string(&document).unwrap_or_default();
    migrate("evaluation", &text, to, Some(old))
}

fn migrated(
    mut document: syntax::Evaluation,
    to: &Rubric,
    old: Option<&Rubric>,
    findings: &Findings,
) -> Option<Migrated> {
    let reference = document.rubric.get().cloned();
    // The policy is no part of what a rating means something by, and yet what is given for it may have no place any more.
    let has_other_policy = old.is_some_and(|old| old.scoring_fingerprint() != to.scoring_fingerprint());
    let is_for_another = |reference: &RubricReference| has_other_policy || to.is_meant_by(reference) != Some(true);
    let Some(reference) = reference.filter(is_for_another) else {
        // Nothing is to be migrated, or the reference is missing, which is among the findings.
        let document = Arc::new(document);
        let evaluation = check::evaluation(&document, to, None, findings)?;
        let changes = Changes::none(&evaluation, document.rubric.checked()?);
        return Some(Migrated { evaluation, changes });
    };
    if old.is_some_and(|old| !is_the_one(&reference, old, findings)) {
        return None;
    }
    check::holds(&document, findings);
    // As the rubric it was made against has it, before an indicator can be gone.
    if let Some(moved) = check::form_entries_among_ratings(&document, old.unwrap_or(to)) {
        document = moved;
    }
    let was = Arc::new(document.clone());
    let mut rewrite = Rewrite::new(to, old, reference.clone());
    rewrite.everything(&mut document);
    refer(&mut document, to, &was, &reference, old);
    let evaluation = check::evaluation(&Arc::new(document), to, None, findings)?;
    let difference = old.map(|old| diff::compare_classes(old, to));
    let changes = rewrite.changes(&was, &evaluation, difference.as_ref())?;
    Some(Migrated { evaluation, changes })
}

/// Whether a rubric is the one that the evaluation was made against, as far as that can be known; else a finding.
///
/// Checks that `old` is the rubric the evaluation was made against: else a personnel record would quote words that no
/// rating was given for.
fn is_the_one(reference: &RubricReference, old: &Rubric, findings: &Findings) -> bool {
    if old.is_meant_by(reference) != Some(false) {
        return true;
    }
    let (code, place) = match (&reference.fingerprint, &reference.version) {
        (Some(field), _) => (Code::OtherFingerprint, field.span),
        (None, Some(field)) if reference.id.word() == Some(old.id()) => (Code::OtherVersion, field.span),
        _ => (Code::UnknownRubric, reference.id.span),
    };
    let (id, version) = (old.id(), old.version());
    findings.push(Finding::new(
        Severity::Error,
        code,
        place,
        format!("the old rubric given is `{id}` {version}, and this evaluation was made against another"),
        "give the rubric that it was made against, or none".to_owned(),
    ));
    false
}

/// Writes the new reference, the draft status, and `migrated_from`.
fn refer(
    document: &mut syntax::Evaluation,
    to: &Rubric,
    was: &Arc<syntax::Evaluation>,
    reference: &RubricReference,
    old: Option<&Rubric>,
) {
    let place = document.rubric.span;
    let word = |text: &str| Field { span: place, value: Some(Word(text.to_owned())) };
    document.rubric.value = Some(RubricReference {
        id: word(to.id()).into(),
        version: Some(word(&to.version()).into()),
        fingerprint: Some(word(to.fingerprint()).into()),
    });
    // Only with the rubric it was made against is it known what its report prints.
    let before = old.and_then(|old| check::evaluation(was, old, None, &Findings::default()));
    let status = document.status.as_ref().and_then(Field::get).copied();
    let is_final = status == Some(Status::Final);
    let mut migration = Migration {
        rubric: Field { span: place, value: Some(reference.clone()) },
        evaluation: before.as_ref().map(|evaluation| word(&fingerprint::of(evaluation))),
        seal: document.seal.take().and_then(|seal| seal.value).map(|seal| seal.evaluation),
        status: Some(Field { span: place, value: Some(status.unwrap_or(Status::Draft)) }),
        completed_on: None,
    };
    // A seal is of the document as it was, and so is a change since; both stay with that document, which is named here.
    document.amendments = None;
    if is_final {
        document.status = None;
        migration.completed_on = document.completed_on.take();
    }
    let list = document.migrated_from.get_or_insert(Field { span: place, value: Some(Vec::new()) });
    if let Some(list) = &mut list.value {
        list.push(Field { span: place, value: Some(migration) });
    }
}
