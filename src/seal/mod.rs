//! Seals: the canonical form of an evaluation's data, and the amendments that lead back to what was sealed.
//!
//! Knows the data of a document alone, so that a seal can be verified without the rubric.

#![allow(clippy::arithmetic_side_effects, reason = "places in a text that is in memory")]

mod canonical;
mod chain;
mod page;
mod path;

use std::fmt;

pub(crate) use self::canonical::same;
pub(crate) use self::chain::{amendment, original, sealed};
#[cfg(feature = "render")]
pub(crate) use self::page::carry;
pub(crate) use self::page::parts;
pub(crate) use self::path::{Path, change, clear, entries, make, position};

/// The first thing that does not hold, of a sealed evaluation or of its report.
///
/// ```
/// use appraise::Library;
/// use appraise::verify::{Doubt, verify};
///
/// let text = "
/// rubric: { id: connecticut_school_social_work }
/// employee: { id: E-1042, name: Jordan Rivera }
/// evaluators: [{ id: E-0007, name: Priya Shah }]
/// period: { from: 2025-08-25, to: 2026-06-12 }
/// scope: [deadlines]
/// ratings: { deadlines: has_met }
/// ";
/// let library = Library::bundled();
/// assert_eq!(verify(text, &library).map(|_| ()), Err(Doubt::NotSealed { is_final: false }));
/// let mut evaluation = library.check("rivera.yaml", text).value.expect("it keeps every rule");
/// evaluation.finish("2026-06-12", "E-0007")?;
/// let changed = evaluation.to_yaml().replace("deadlines: has_met", "deadlines: exceeds_expectations");
/// assert_eq!(verify(&changed, &library).map(|_| ()), Err(Doubt::Content { is_amended: false }));
/// # Ok::<(), appraise::Diagnostics>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Doubt {
    /// The text is neither YAML nor JSON, or no evaluation.
    Unreadable {
        /// The fault, in words.
        reason: String,
    },
    /// The evaluation has no seal.
    NotSealed {
        /// Whether it is final all the same.
        is_final: bool,
    },
    /// A key of the seal or of an amendment is missing, or of another type than it must be.
    Malformed {
        /// The fault, in words.
        reason: String,
    },
    /// Fewer entries than were sealed.
    Shortened {
        /// `responses` or `record`.
        list: &'static str,
        /// The number of entries when it was sealed.
        sealed: usize,
        /// The number of entries now.
        found: usize,
    },
    /// An amendment is not as it was made.
    Changed {
        /// The number of the amendment, from 1.
        number: usize,
    },
    /// An amendment does not follow on the one before, or the first one on the seal.
    Misplaced {
        /// The number of the amendment, from 1.
        number: usize,
    },
    /// The value at the place of an amendment is not the one that the amendment gave.
    OtherIs {
        /// The number of the amendment, from 1.
        number: usize,
        /// The place.
        at: String,
    },
    /// An amendment says of the value before something else than the amendment before.
    OtherWas {
        /// The number of the amendment, from 1.
        number: usize,
        /// The place.
        at: String,
    },
    /// The content under the seal is not what was sealed.
    Content {
        /// Whether there are amendments, the first of which may say of the value before what was not there.
        is_amended: bool,
    },
    /// The seal is by another rubric than the one that the evaluation names.
    OtherRubric,
    /// The check of the evaluation, or of its sealed original, finds an error.
    Refused {
        /// The message of the finding.
        reason: String,
    },
    /// The sealed original has another result than the one in the seal.
    OtherResult {
        /// The result in the seal.
        sealed: String,
        /// The result that is computed.
        computed: String,
    },
    /// The page does not end as a page does.
    Truncated,
    /// The page carries no evaluation as data, or more than one.
    NoData,
    /// The page is not as it was made.
    ChangedPage,
    /// The page does not show what its evaluation says.
    OtherPage,
}

impl Doubt {
    /// The kind of doubt, for programs:
    ///
    /// - `unreadable`, `not-sealed`, `malformed-seal`: nothing can be verified
    /// - `changed-content`, `shortened-list`: of what is under the seal
    /// - `changed-amendment`, `misplaced-amendment`, `other-value-after`, `other-value-before`: of an amendment
    /// - `other-rubric`, `faulty-evaluation`, `other-result`: of the rubric, the check and the score
    /// - `truncated-page`, `page-without-data`, `changed-page`, `other-page`: of a report
    ///
    /// ```
    /// use appraise::Library;
    /// use appraise::verify::verify;
    ///
    /// let doubt = verify("<!doctype html><html><body>", &Library::bundled()).expect_err("it is cut off");
    /// assert_eq!(doubt.code(), "truncated-page");
    /// ```
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unreadable { .. } => "unreadable",
            Self::NotSealed { .. } => "not-sealed",
            Self::Malformed { .. } => "malformed-seal",
            Self::Shortened { .. } => "shortened-list",
            Self::Changed { .. } => "changed-amendment",
            Self::Misplaced { .. } => "misplaced-amendment",
            Self::OtherIs { .. } => "other-value-after",
            Self::OtherWas { .. } => "other-value-before",
            Self::Content { .. } => "changed-content",
            Self::OtherRubric => "other-rubric",
            Self::Refused { .. } => "faulty-evaluation",
            Self::OtherResult { .. } => "other-result",
            Self::Truncated => "truncated-page",
            Self::NoData => "page-without-data",
            Self::ChangedPage => "changed-page",
            Self::OtherPage => "other-page",
        }
    }

    /// The number of the amendment that it is about, from 1.
    pub(crate) fn amendment(&self) -> Option<usize> {
        match self {
            Self::Changed { number }
            | Self::Misplaced { number }
            | Self::OtherIs { number, .. }
            | Self::OtherWas { number, .. } => Some(*number),
            _ => None,
        }
    }
}

impl fmt::Display for Doubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { reason } => write!(f, "this is no evaluation that can be read: {reason}"),
            Self::NotSealed { is_final: false } => f.write_str("this evaluation has no seal: it is a draft"),
            Self::NotSealed { is_final: true } => {
                f.write_str("this evaluation is final, but has no seal: a change of it would not be found")
            }
            Self::Malformed { reason } => f.write_str(reason),
            Self::Shortened { list, sealed, found } => {
                let were = if *sealed == 1 { "1 was".to_owned() } else { format!("{sealed} were") };
                let are = if *found == 1 { "1 is".to_owned() } else { format!("{found} are") };
                write!(f, "entries of `{list}` were taken out: {were} sealed, and {are} here")
            }
            Self::Changed { number } => write!(f, "amendment {number} was changed after it was made"),
            Self::Misplaced { number: 1 } => f.write_str(
                "amendment 1 does not follow on the seal: another stood before it, or it was made for another seal",
            ),
            Self::Misplaced { number } => write!(
                f,
                "amendment {number} does not follow on amendment {}: one between them was taken out, or their order \
                 changed",
                number.saturating_sub(1)
            ),
            Self::OtherIs { number, at } => write!(f, "`{at}` is not the value that amendment {number} gave it"),
            Self::OtherWas { number, at } => {
                write!(f, "amendment {number} says that `{at}` was another value than the one that was there")
            }
            Self::Content { is_amended: false } => f.write_str("this evaluation is not as it was sealed"),
            Self::Content { is_amended: true } => f.write_str(
                "without its amendments, this evaluation is not as it was sealed: something that no amendment names was \
                 changed, or one gives as `was` what was not there",
            ),
            Self::OtherRubric => f.write_str("this evaluation was sealed by another rubric than the one that it names"),
            Self::Refused { reason } => write!(f, "the check of this evaluation finds an error: {reason}"),
            Self::OtherResult { sealed, computed } => {
                write!(f, "the sealed result is {sealed}, but {computed} is computed from what was sealed")
            }
            Self::Truncated => f.write_str("this page is cut off: it does not end as a page does"),
            Self::NoData => f.write_str("this page does not carry one sealed evaluation, as its report does"),
            Self::ChangedPage => f.write_str("this page is not as it was made"),
            Self::OtherPage => f.write_str("this page does not show what its evaluation says"),
        }
    }
}

impl std::error::Error for Doubt {}
