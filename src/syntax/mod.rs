//! Documents as people write them, field for field. The checked types are in [`crate::rubric`] and [`crate::evaluation`].
//!
//! An editor shows the doc comments here, through the JSON Schemas.

pub(crate) mod condition;
mod document;
pub(crate) mod evaluation;
pub(crate) mod form;
pub(crate) mod kind;
mod leaf;
pub(crate) mod narrative;
pub(crate) mod observation;
pub(crate) mod outline;
pub(crate) mod overlay;
pub(crate) mod passage;
pub(crate) mod practice;
pub(crate) mod process;
pub(crate) mod rubric;
pub(crate) mod scale;
pub(crate) mod scoring;
pub(crate) mod supervision;
mod vocabulary;

use crate::source::{Field, Word, document};

pub use self::document::{DocumentKind, Source};
pub(crate) use self::evaluation::{Evaluation, Period, migration};
pub(crate) use self::leaf::{Day, Mark};
pub(crate) use self::overlay::Overlay;
pub(crate) use self::passage::Passage;
pub(crate) use self::rubric::Rubric;
pub(crate) use self::scoring::Scoring;

document! {
/// A warning that is accepted, and why.
pub(crate) struct Allow {
    /// The code of the warning, such as `outside-effective`.
    #[cfg_attr(feature = "schema", schemars(with = "crate::diagnostic::Code"))]
    pub(crate) code: Field<Word>,
    /// The id of the part that the warning is about; without it, the whole document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) at: Option<form::Node>,
    /// The reason for accepting it.
    pub(crate) because: form::Prose<crate::source::Text>,
}
}
