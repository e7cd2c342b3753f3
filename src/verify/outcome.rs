//! The outcome of verifying files, as data.

use serde::Serialize;

use super::{Doubt, Verified};

/// The outcome of verifying many files, as `appraise verify --format json` prints it.
///
/// ```
/// use appraise::Library;
/// use appraise::verify::{Verification, Verifications, verify};
///
/// let library = Library::bundled();
/// let text = "rubric: { id: connecticut_school_social_work }\nstatus: final\nratings: {}\n";
/// let mut outcomes = Verifications::default();
/// outcomes.add(Verification::of("rivera.yaml", 1, &verify(text, &library)));
/// assert_eq!((outcomes.verified, outcomes.in_doubt), (0, 1));
/// assert_eq!(outcomes.files[0].doubt.as_ref().map(|doubt| doubt.code.as_str()), Some("not-sealed"));
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Verifications {
    /// The number of evaluations and reports of which everything holds that can be verified.
    pub verified: u64,
    /// The number of the others.
    pub in_doubt: u64,
    /// The outcomes, in the order of the files.
    pub files: Vec<Verification>,
}

impl Verifications {
    /// Adds the outcome of one more.
    pub fn add(&mut self, outcome: Verification) {
        let count = if outcome.doubt.is_none() { &mut self.verified } else { &mut self.in_doubt };
        *count = count.saturating_add(1);
        self.files.push(outcome);
    }
}

/// The outcome of verifying one evaluation or report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Verification {
    /// The file as it was named.
    pub file: String,
    /// The line that the evaluation stands on, in a file with one on each line; else 1.
    pub line: u32,
    /// The first thing that does not hold; null where everything holds that can be verified.
    pub doubt: Option<FirstDoubt>,
    /// The seal; null where there is a doubt.
    pub seal: Option<VerifiedSeal>,
    /// The statements that hold, in words.
    pub verified: Vec<String>,
    /// The statements that nobody can know from the file, or from the rubrics at hand, in words.
    pub not_verified: Vec<String>,
}

/// The first thing that does not hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct FirstDoubt {
    /// The kind of doubt, such as `changed-content`; [`Doubt::code`] lists them.
    pub code: String,
    /// The doubt, in words.
    pub reason: String,
    /// The number of the amendment that it is about, from 1; null where it is about none.
    pub amendment: Option<usize>,
}

/// The seal of an evaluation that is as it was sealed but for its amendments.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct VerifiedSeal {
    /// The day it was sealed, as `2026-06-12`.
    pub on: String,
    /// The identifier of the person who sealed it.
    pub by: String,
    /// The fingerprint to compare with the one on the paper that was signed.
    pub evaluation: String,
    /// The number of amendments since.
    pub amendments: usize,
}

impl Verification {
    /// The outcome of a file, or of a line of one.
    pub fn of(file: &str, line: u32, outcome: &Result<Verified, Doubt>) -> Self {
        let (verified, doubt) = match outcome {
            Ok(verified) => (Some(verified), None),
            Err(doubt) => (None, Some(doubt)),
        };
        Self {
            file: file.to_owned(),
            line,
            doubt: doubt.map(|doubt| FirstDoubt {
                code: doubt.code().to_owned(),
                reason: doubt.to_string(),
                amendment: doubt.amendment(),
            }),
            seal: verified.map(|verified| VerifiedSeal {
                on: verified.seal.on(),
                by: verified.seal.by.clone(),
                evaluation: verified.seal.evaluation.clone(),
                amendments: verified.amendments,
            }),
            verified: verified.map(|verified| verified.verified.clone()).unwrap_or_default(),
            not_verified: verified.map(|verified| verified.not_verified.clone()).unwrap_or_default(),
        }
    }
}
