//! Supervision as written: the kinds that a rubric asks for, and how often.

use crate::source::{Field, Text, document};

use super::form;

document! {
/// The supervision that a district provides to the staff who are evaluated: a yardstick for the district, and no part of a
/// rating.
pub(crate) struct Supervision {
    /// The kinds of supervision, such as administrative and clinical, in the order in which they are printed.
    pub(crate) kinds: Field<Vec<Field<SupervisionKind>>>,
    /// How often there is to be supervision of any kind; printed beside the share of weeks that had some.
    pub(crate) every: Option<Field<Every>>,
    /// The source.
    pub(crate) source: Option<Field<Text>>,
    /// A note for the reader, printed with the supervision.
    pub(crate) note: Option<Field<Text>>,
}
}

document! {
/// A kind of supervision.
pub(crate) struct SupervisionKind {
    /// The id that evaluations use.
    pub(crate) id: form::Id,
    /// The name that is printed.
    pub(crate) label: form::Prose,
}
}

document! {
/// A length of time.
pub(crate) struct Every {
    /// The number of calendar weeks, from 1 to 52.
    pub(crate) weeks: form::Weeks,
}
}
