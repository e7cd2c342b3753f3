//! Documents as people write them, field for field. What holds of them once checked is in [`crate::rubric`] and
//! [`crate::evaluation`].
//!
//! The doc comments here are what an editor shows, through the JSON Schemas.

pub(crate) mod evaluation;
pub(crate) mod migration;
pub(crate) mod rubric;

use serde::{Deserialize, Serialize};

use crate::source::{Field, Word};

pub(crate) use self::evaluation::Evaluation;
pub(crate) use self::rubric::Rubric;

/// A span of days, both ends included.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct Period {
    /// The first day, such as 2025-08-25.
    pub(crate) from: Field<Word>,
    /// The last day, such as 2026-06-12.
    pub(crate) to: Field<Word>,
}

/// A warning that is accepted, and why.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct Allow {
    /// The code of the warning, such as `outside-effective`.
    pub(crate) code: Field<Word>,
    /// The id of what the warning is about; without it, the whole document.
    pub(crate) at: Option<Field<Word>>,
    /// Why it is accepted.
    pub(crate) because: Field<crate::source::Text>,
}
