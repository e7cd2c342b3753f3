//! `seal` and `amendments`, as written.

use jiff::civil::Date;

use crate::source::{Any, Field, Text, Word, documents};

use super::super::leaf::Day;
use super::form;

documents! {
/// The parts of a seal once it is checked.
pub(crate) mod checked;

/// The seal of a final evaluation: it tells whether anything under it has been changed since.
///
/// ```
/// use appraise::Library;
///
/// let text = "
/// rubric: { id: connecticut_school_social_work }
/// employee: { id: E-1042, name: Jordan Rivera }
/// evaluators: [{ id: E-0007, name: Priya Shah }]
/// period: { from: 2025-08-25, to: 2026-06-12 }
/// scope: [deadlines]
/// ratings: { deadlines: has_met }
/// ";
/// let mut evaluation = Library::bundled().check("rivera.yaml", text).value.expect("it keeps every rule");
/// evaluation.finish("2026-06-12", "E-0007")?;
/// let seal = evaluation.seal().expect("it was just sealed");
/// assert_eq!((seal.on().as_str(), seal.by.as_str()), ("2026-06-12", "E-0007"));
/// assert_eq!(seal.rubric, evaluation.rubric().fingerprint());
/// # Ok::<(), appraise::Diagnostics>(())
/// ```
pub struct Seal: PartialEq, Eq {
    /// The day it was sealed.
    pub(crate) on: Field<Day> as Date,
    /// The district's own identifier of the person who sealed it.
    pub by: form::Identifier as String,
    /// The fingerprint of everything under the seal, the other keys of the seal included.
    pub evaluation: form::Fingerprint as String,
    /// The fingerprint of the rubric.
    pub rubric: form::Fingerprint as String,
    /// The fingerprint of the rubric's scoring policy; absent without one.
    pub scoring: Option<form::Fingerprint> as Option<String>,
    /// The result of the scoring policy at that time; absent without one.
    pub result: Option<Field<SealedResult>> as Option<SealedResult>,
    /// The number of responses that are under the seal, the first ones; 0 when absent.
    pub responses: Option<form::Whole> as Option<u32>,
    /// The number of events of the record that are under the seal, the first ones; 0 when absent.
    pub record: Option<form::Whole> as Option<u32>,
}

/// The result of the scoring policy when an evaluation was sealed.
///
/// ```
/// use appraise::{Evaluation, Library, Rubric};
///
/// let read = |path: &str| std::fs::read_to_string(format!("examples/{path}"));
/// let rubric = Rubric::parse("r.yaml", &read("rubrics/riverside_school_counselor.yaml")?, &Library::empty())?;
/// let mut evaluation = Evaluation::parse("e.yaml", &read("evaluations/novak_scored.yaml")?, &rubric)?;
/// evaluation.finish("2026-06-12", "E-0007")?;
/// let result = evaluation.seal().and_then(|seal| seal.result.as_ref()).expect("the rubric has a scoring policy");
/// assert_eq!((result.rating.as_deref(), result.score.as_deref()), (Some("effective"), Some("3.58")));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct SealedResult: PartialEq, Eq {
    /// The status of the result: scored, insufficient_evidence or blocked.
    pub status: Field<Word> as String,
    /// The id of the summative rating; absent without one.
    pub rating: Option<Field<Word>> as Option<String>,
    /// The exact summative score, such as 3.58 or 10/3; absent without one.
    pub score: Option<Field<Word>> as Option<String>,
}

/// A change of a sealed evaluation. The sealed original is computed back by undoing the amendments, last to first.
///
/// ```
/// use appraise::Library;
///
/// let text = "
/// rubric: { id: connecticut_school_social_work }
/// employee: { id: E-1042, name: Jordan Rivera }
/// evaluators: [{ id: E-0007, name: Priya Shah }]
/// period: { from: 2025-08-25, to: 2026-06-12 }
/// scope: [deadlines]
/// ratings: { deadlines: has_met }
/// ";
/// let mut evaluation = Library::bundled().check("rivera.yaml", text).value.expect("it keeps every rule");
/// evaluation.finish("2026-06-12", "E-0007")?;
/// evaluation.amend(&[("summary", "A good year.")], "2026-09-01", "E-0100", "The summary was left out.")?;
/// let amendment = &evaluation.amendments()[0];
/// assert_eq!((amendment.at.as_str(), amendment.on().as_str()), ("summary", "2026-09-01"));
/// assert!(amendment.was().is_none());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Amendment: PartialEq, Eq {
    /// The day of the change.
    pub(crate) on: Field<Day> as Date,
    /// The district's own identifier of the person who made it.
    pub by: form::Identifier as String,
    /// The reason.
    pub because: form::Prose as String,
    /// The place of the value, such as `ratings.deadlines.level` or `goals[0].status`.
    pub at: Field<Text> as String,
    /// The value before; absent where there was none.
    pub(crate) was: Option<Field<Any>> as Option<Any>,
    /// The value since; absent where it was taken out.
    pub(crate) is: Option<Field<Any>> as Option<Any>,
    /// The fingerprint of the amendment before; of the first one, that of the seal.
    pub previous: form::Fingerprint as String,
    /// The fingerprint of this amendment, its other keys.
    pub fingerprint: form::Fingerprint as String,
}
}
