//! What can go wrong when the library is misused, or a template is. A faulty document is no `Error`: it is
//! [`Diagnostics`](crate::Diagnostics).

use crate::diagnostic::Diagnostic;

/// A wrong use of the library, or a template that cannot be rendered.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The rubric has no indicator with this id.
    #[error("the rubric `{rubric}` has no indicator `{indicator}`")]
    UnknownIndicator {
        /// The rubric's id.
        rubric: String,
        /// What was asked for.
        indicator: String,
    },
    /// The rubric has no domain, competency or indicator with this id.
    #[error("the rubric `{rubric}` has no domain, competency or indicator `{node}`")]
    UnknownNode {
        /// The rubric's id.
        rubric: String,
        /// What was asked for.
        node: String,
    },
    /// The rubric's scale has no level with this id.
    #[error("the scale of the rubric `{rubric}` has no level `{level}`")]
    UnknownLevel {
        /// The rubric's id.
        rubric: String,
        /// What was asked for.
        level: String,
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
        /// What the check finds: its code, its message and what to do about it.
        finding: Box<Diagnostic>,
    },
    /// Evaluations that are compared are of different rubrics, or of versions with different scales.
    #[error(
        "an evaluation with the rubric `{given}` cannot be compared with one with `{wanted}`, or their scales differ"
    )]
    OtherRubric {
        /// The id of the first one's rubric.
        wanted: String,
        /// The id of this one's rubric.
        given: String,
    },
    /// Evaluations that are compared are of different employees or organizations.
    #[error(
        "an evaluation of `{given}` cannot be compared with one of `{wanted}`: set evaluations of the same one side by side"
    )]
    OtherWhom {
        /// The id of whom the first one is about.
        wanted: String,
        /// The id of whom this one is about.
        given: String,
    },
    /// The scoring policy does not ask for this input, or not for this value.
    #[error("input `{input}`: {reason}")]
    Input {
        /// The input's id.
        input: String,
        /// What is wrong.
        reason: String,
    },
    /// Nobody enters such a rating for this step of the scoring policy.
    #[error("entered rating of `{step}`: {reason}")]
    Entry {
        /// The step's id.
        step: String,
        /// What is wrong.
        reason: String,
    },
    /// An evaluation was made with another rubric than those it is counted with.
    #[error(
        "the evaluations counted are of the rubric `{expected}`, and this one is of `{found}`, or of other text of it"
    )]
    MixedRubrics {
        /// The rubric, with its version, of those that are counted.
        expected: String,
        /// The rubric, with its version, of this one.
        found: String,
    },
    /// There is no built-in template of this name to replace.
    #[error("there is no template `{name}`; there are {known}")]
    UnknownTemplate {
        /// What was asked for.
        name: String,
        /// The names there are.
        known: String,
    },
    /// A template is not well-formed, or failed. Names the template and its line, never the data of the evaluation.
    #[error("template `{name}`, line {line}: {reason}")]
    Template {
        /// The template's name.
        name: String,
        /// The line in it, from 1; 0 when it is not known.
        line: usize,
        /// What is wrong.
        reason: String,
    },
}
