//! Conditions of a scoring policy, as written.

use serde::Serialize;

use crate::source::{Field, Number, Read, Reader, Word, document};

use super::leaf::Mark;

/// A condition: a mapping with one key for its subject.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub(crate) enum Condition {
    Count(Count),
    Share(Share),
    Rating(Rating),
    Score(Score),
    Choice(Choice),
    Known(Known),
    All(All),
    Any(Any),
    Not(Not),
}

/// The keys that say what a condition is about.
const KEYS: &[&str] = &["count", "share", "rating", "score", "input", "known", "all", "any", "not"];

impl Read for Condition {
    /// Each variant reads the whole mapping, the key that names it too.
    fn read(reader: Reader<'_>) -> Option<Self> {
        match reader.key_of(KEYS)? {
            "count" => Read::read(reader).map(Self::Count),
            "share" => Read::read(reader).map(Self::Share),
            "rating" => Read::read(reader).map(Self::Rating),
            "score" => Read::read(reader).map(Self::Score),
            "input" => Read::read(reader).map(Self::Choice),
            "known" => Read::read(reader).map(Self::Known),
            "all" => Read::read(reader).map(Self::All),
            "any" => Read::read(reader).map(Self::Any),
            _ => Read::read(reader).map(Self::Not),
        }
    }
}

document! {
/// The number of a set's members with one of the ratings.
pub(crate) struct Count {
    /// The set: `indicators`, or an earlier step with `each`; its members under the subject.
    pub(crate) count: Field<Word>,
    /// The levels that are counted.
    pub(crate) rated: Option<Field<Vec<Field<Word>>>>,
    /// Or this level and the levels above it.
    pub(crate) rated_at_least: Option<Field<Word>>,
    /// Or the levels below this one.
    pub(crate) rated_below: Option<Field<Word>>,
    /// At least this number.
    pub(crate) at_least: Option<Field<Number>>,
    /// Or at most this number.
    pub(crate) at_most: Option<Field<Number>>,
    /// Or more than this number.
    pub(crate) more_than: Option<Field<Number>>,
    /// Or fewer than this number.
    pub(crate) less_than: Option<Field<Number>>,
}
}

document! {
/// The percentage of a set's rated members with one of the ratings.
pub(crate) struct Share {
    /// The set: `indicators`, or an earlier step with `each`; its members under the subject.
    pub(crate) share: Field<Word>,
    /// The levels that are counted.
    pub(crate) rated: Option<Field<Vec<Field<Word>>>>,
    /// Or this level and the levels above it.
    pub(crate) rated_at_least: Option<Field<Word>>,
    /// Or the levels below this one.
    pub(crate) rated_below: Option<Field<Word>>,
    /// At least this percentage.
    pub(crate) at_least: Option<Field<Number>>,
    /// Or at most this percentage.
    pub(crate) at_most: Option<Field<Number>>,
    /// Or more than this percentage.
    pub(crate) more_than: Option<Field<Number>>,
    /// Or less than this percentage.
    pub(crate) less_than: Option<Field<Number>>,
}
}

document! {
/// The rating of an indicator or of an earlier step.
pub(crate) struct Rating {
    /// The indicator or step.
    pub(crate) rating: Field<Word>,
    /// The domain or competency whose result it is, where the step has `each`.
    pub(crate) subject: Option<Field<Word>>,
    /// Just this level; of an indicator, it may be a not-rated one. Or just this number, of an indicator that is rated with
    /// a number.
    pub(crate) is: Option<Field<Mark>>,
    /// Or this level or one above it; or this number or more.
    pub(crate) at_least: Option<Field<Mark>>,
    /// Or a level below this one; or less than this number.
    pub(crate) below: Option<Field<Mark>>,
}
}

document! {
/// The score of an earlier step, or the number of an input.
pub(crate) struct Score {
    /// The step or input.
    pub(crate) score: Field<Word>,
    /// The domain or competency whose result it is, where the step has `each`.
    pub(crate) subject: Option<Field<Word>>,
    /// The number or more.
    pub(crate) at_least: Option<Field<Number>>,
    /// Or less than this.
    pub(crate) below: Option<Field<Number>>,
}
}

document! {
/// The choice of an input.
pub(crate) struct Choice {
    /// The input.
    pub(crate) input: Field<Word>,
    /// Just this choice.
    pub(crate) is: Option<Field<Word>>,
    /// Or this choice or one above it, where the choices are `ordered`.
    pub(crate) at_least: Option<Field<Word>>,
    /// Or a choice below this one, where the choices are `ordered`.
    pub(crate) below: Option<Field<Word>>,
}
}

document! {
/// The indicator is rated, the step has a result, the input is given. A not-rated choice is no rating.
pub(crate) struct Known {
    /// The indicator, step or input.
    pub(crate) known: Field<Word>,
    /// The domain or competency whose result it is, where the step has `each`.
    pub(crate) subject: Option<Field<Word>>,
}
}

document! {
/// Every one of these is true.
pub(crate) struct All {
    /// The conditions.
    pub(crate) all: Field<Vec<Field<Condition>>>,
}
}

document! {
/// At least one of these is true.
pub(crate) struct Any {
    /// The conditions.
    pub(crate) any: Field<Vec<Field<Condition>>>,
}
}

document! {
/// The condition is false.
pub(crate) struct Not {
    /// The condition.
    pub(crate) not: Box<Field<Condition>>,
}
}
