//! Errors of a host that uses the library wrongly, and of templates. A faulty document is no `Error` but
//! [`Diagnostics`](crate::Diagnostics).

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use crate::diagnostic::Diagnostic;

/// A wrong use of the library, or a template that cannot be rendered.
///
/// ```
/// use appraise::{Employee, Error, Evaluation, Evaluator, Library, Period, Whom};
///
/// let rubric = Library::bundled().get("connecticut_school_social_work").expect("it is bundled");
/// let period = Period::new("2025-08-25", "2026-06-12").expect("two days in order");
/// let whom = Whom::Employee(Employee::new("E-1042", "Jordan Rivera"));
/// let mut evaluation = Evaluation::new(&rubric, whom, Evaluator::new("E-0007", "Priya Shah"), period)?;
/// assert!(matches!(evaluation.rate("deadlines", "has_meet"), Err(Error::UnknownLevel { .. })));
/// # Ok::<(), Error>(())
/// ```
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The rubric has no indicator with this id.
    #[error("the rubric `{rubric}` has no indicator `{indicator}`")]
    UnknownIndicator {
        /// The rubric's id.
        rubric: String,
        /// The id or name that was asked for.
        indicator: String,
    },
    /// The rubric has no domain, competency or indicator with this id.
    #[error("the rubric `{rubric}` has no domain, competency or indicator `{node}`")]
    UnknownNode {
        /// The rubric's id.
        rubric: String,
        /// The id or name that was asked for.
        node: String,
    },
    /// The rubric has no kind of observation with this id.
    #[error("the rubric `{rubric}` has no kind of observation `{kind}`")]
    UnknownObservation {
        /// The rubric's id.
        rubric: String,
        /// The id that was asked for.
        kind: String,
    },
    /// The rubric's scale has no level with this id.
    #[error("the scale of the rubric `{rubric}` has no level `{level}`")]
    UnknownLevel {
        /// The rubric's id.
        rubric: String,
        /// The id or name that was asked for.
        level: String,
    },
    /// The indicator is rated on a number scale, and this is no number of the scale.
    #[error("`{indicator}`: `{number}` is not {wanted}")]
    Number {
        /// The indicator's id.
        indicator: String,
        /// The number that was given.
        number: String,
        /// The numbers of the scale, in words.
        wanted: String,
    },
    /// The indicator has no practices, or lacks one that is said to be seen.
    #[error("practices of `{indicator}`: {reason}")]
    Practices {
        /// The indicator's id.
        indicator: String,
        /// The fault, in words.
        reason: String,
    },
    /// The rubric is about an employee and the evaluation about an organization, or the reverse.
    #[error("the rubric `{rubric}` is not for an evaluation of {whom}")]
    OtherSubject {
        /// The rubric's id.
        rubric: String,
        /// "an employee" or "an organization".
        whom: &'static str,
    },
    /// A change of an evaluation in code that the check of a document refuses, such as a blank id, an evaluator who is listed
    /// twice, or a rating by somebody who is not among the evaluators. The evaluation is as it was.
    #[error("`{}`: {}", finding.path, finding.message)]
    Refused {
        /// The finding: its code, its message and its help.
        finding: Box<Diagnostic>,
    },
    /// The evaluation or draft is sealed. It is as it was: a change is made by
    /// [`Evaluation::amend`](crate::Evaluation::amend), which keeps what was sealed.
    #[error("the evaluation is sealed, and is changed by an amendment only")]
    Sealed,
    /// The evaluation is a view that leaves something out, and takes no change: change the evaluation that it is a view of.
    #[error("the evaluation is a view that leaves something out, and takes no change")]
    PartialView,
    /// An amendment that cannot be made. The evaluation is as it was.
    #[error("amendment of `{at}`: {reason}")]
    Amendment {
        /// The place in the evaluation, as it was given.
        at: String,
        /// The fault, in words.
        reason: String,
    },
    /// A change of a draft that cannot be made. The draft is as it was.
    #[error("change of `{at}`: {reason}")]
    Change {
        /// The place in the document.
        at: String,
        /// The fault, in words.
        reason: String,
    },
    /// Evaluations that are compared are of different rubrics, or of versions with different scales.
    #[error(
        "an evaluation with the rubric `{given}` cannot be compared with one with `{wanted}`, or their scales differ"
    )]
    OtherRubric {
        /// The id of the first evaluation's rubric.
        wanted: String,
        /// The id of this evaluation's rubric.
        given: String,
    },
    /// Evaluations that are compared are of different employees or organizations.
    #[error(
        "an evaluation of `{given}` cannot be compared with one of `{wanted}`: set evaluations of the same one side by side"
    )]
    OtherWhom {
        /// The id of the employee or organization of the first evaluation.
        wanted: String,
        /// The id of the employee or organization of this evaluation.
        given: String,
    },
    /// The scoring policy has no such input, or the input does not take this value.
    #[error("input `{input}`: {reason}")]
    Input {
        /// The input's id.
        input: String,
        /// The fault, in words.
        reason: String,
    },
    /// The step of the scoring policy takes no entered rating, or not this one.
    #[error("entered rating of `{step}`: {reason}")]
    Entry {
        /// The step's id.
        step: String,
        /// The fault, in words.
        reason: String,
    },
    /// An evaluation was made with another rubric than the evaluations it is counted with.
    #[error(
        "the evaluations counted are of the rubric `{expected}`, and this one is of `{found}`, or of other text of it"
    )]
    MixedRubrics {
        /// The rubric, with its version, of the evaluations counted so far.
        expected: String,
        /// The rubric, with its version, of this evaluation.
        found: String,
    },
    /// No built-in template has this name.
    #[error("there is no template `{name}`; there are {known}")]
    UnknownTemplate {
        /// The id or name that was asked for.
        name: String,
        /// The names of the built-in templates.
        known: String,
    },
    /// A template has a syntax error, or failed. The message names the template and its line, never the data of the
    /// evaluation.
    #[error("template `{name}`, line {line}: {reason}")]
    Template {
        /// The template's name.
        name: String,
        /// The line in the template, from 1; 0 when unknown.
        line: usize,
        /// The fault, in words.
        reason: String,
    },
}

impl Error {
    /// The kind of error, in kebab case: for programs, which tell errors apart by it.
    ///
    /// ```
    /// let error = appraise::Error::Sealed;
    /// let json = r#"{"code":"sealed","message":"the evaluation is sealed, and is changed by an amendment only"}"#;
    /// assert_eq!((error.code(), serde_json::to_string(&error)?.as_str()), ("sealed", json));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn code(&self) -> &'static str {
        match self {
            Self::UnknownIndicator { .. } => "unknown-indicator",
            Self::UnknownNode { .. } => "unknown-node",
            Self::UnknownObservation { .. } => "unknown-observation",
            Self::UnknownLevel { .. } => "unknown-level",
            Self::Number { .. } => "number",
            Self::Practices { .. } => "practices",
            Self::OtherSubject { .. } => "other-subject",
            Self::Refused { .. } => "refused",
            Self::Sealed => "sealed",
            Self::PartialView => "partial-view",
            Self::Amendment { .. } => "amendment",
            Self::Change { .. } => "change",
            Self::OtherRubric { .. } => "other-rubric",
            Self::OtherWhom { .. } => "other-whom",
            Self::Input { .. } => "input",
            Self::Entry { .. } => "entry",
            Self::MixedRubrics { .. } => "mixed-rubrics",
            Self::UnknownTemplate { .. } => "unknown-template",
            Self::Template { .. } => "template",
        }
    }
}

/// The code and the message.
impl Serialize for Error {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut error = serializer.serialize_struct("Error", 2)?;
        error.serialize_field("code", self.code())?;
        error.serialize_field("message", &self.to_string())?;
        error.end()
    }
}
