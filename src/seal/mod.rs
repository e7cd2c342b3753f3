//! Seals: the canonical form of an evaluation's data, and the amendments that lead back to what was sealed.
//!
//! Knows the data of a document alone, so that a seal can be verified without the rubric.

mod canonical;
mod chain;
mod path;

pub(crate) use self::canonical::same;
pub(crate) use self::chain::{amendment, original, sealed};
pub(crate) use self::path::{Path, change};

use std::fmt;

/// The first thing about a seal that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Broken {
    /// The document has no seal.
    NoSeal,
    /// A key of the seal or of an amendment is missing, or of another type than it must be.
    Malformed(String),
    /// Fewer entries than were sealed.
    Shortened { list: &'static str, sealed: usize, found: usize },
    /// An amendment is not as it was made.
    Changed { number: usize },
    /// An amendment does not follow on the one before, or the first one on the seal.
    Misplaced { number: usize },
    /// The value at the place of an amendment is not the one that the amendment gave.
    OtherIs { number: usize, at: String },
    /// An amendment says of the value before something else than the amendment before.
    OtherWas { number: usize, at: String },
    /// The content under the seal is not what was sealed.
    Content { is_amended: bool },
}

impl Broken {
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

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSeal => f.write_str("this evaluation has amendments, and no seal"),
            Self::Malformed(reason) => f.write_str(reason),
            Self::Shortened { list, sealed, found } => {
                let were = if *sealed == 1 { "1 was".to_owned() } else { format!("{sealed} were") };
                let are = if *found == 1 { "1 is".to_owned() } else { format!("{found} are") };
                write!(f, "entries of `{list}` were taken out: {were} sealed, and {are} here")
            }
            Self::Changed { number } => write!(f, "amendment {number} was changed after it was made"),
            Self::Misplaced { number: 1 } => {
                f.write_str("amendment 1 does not follow on the seal: another stood before it, or it was made for another seal")
            }
            Self::Misplaced { number } => write!(
                f,
                "amendment {number} does not follow on amendment {}: one between them was taken out, or their order changed",
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
        }
    }
}
