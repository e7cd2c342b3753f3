//! `migrated_from` and `orphaned`, which a migration writes into an evaluation, as written.

use serde::{Deserialize, Serialize};

use crate::source::{Any, Field, Number, Text, Word, document, words};

use super::evaluation::{Evidence, GoalStatus, RubricReference, Status};
use super::leaf::Day;

document! {
/// A document that this evaluation was made from, by migrating it to another rubric.
pub(crate) struct Migration {
    /// The rubric that it was made against.
    pub(crate) rubric: Field<RubricReference>,
    /// Its own fingerprint, as its report prints it; absent when its rubric was not at hand.
    pub(crate) evaluation: Option<Field<Word>>,
    /// Whether it was a draft or final.
    pub(crate) status: Option<Field<Status>>,
    /// The day it was completed.
    pub(crate) completed_on: Option<Field<Day>>,
}
}

document! {
/// An entry without a home in the rubric: kept with the words it was given for, printed, and never counted.
pub(crate) struct Orphan {
    /// What it was.
    pub(crate) kind: Field<OrphanKind>,
    /// The id it was written for.
    pub(crate) id: Field<Word>,
    /// The part of the old rubric with that id.
    pub(crate) given_for: Field<GivenFor>,
    /// The id of the domain or competency that a narrative was about.
    pub(crate) about: Option<Field<Word>>,
    /// The level of a rating, given or entered.
    pub(crate) level: Option<Field<Word>>,
    /// The label of the level, qualification, kind, narrative, input or item of service data.
    pub(crate) label: Option<Field<Text>>,
    /// The person who gave the rating, wrote the response or has the qualification.
    pub(crate) by: Option<Field<Word>>,
    /// The day of a response.
    pub(crate) date: Option<Field<Day>>,
    /// The reason for a rating.
    pub(crate) comment: Option<Field<Text>>,
    /// A piece of evidence for a rating.
    pub(crate) evidence: Option<Field<Vec<Field<Evidence>>>>,
    /// The practice that a goal aims at.
    pub(crate) statement: Option<Field<Text>>,
    /// The measure of a goal.
    pub(crate) measure: Option<Field<Text>>,
    /// The activities of a goal.
    pub(crate) activities: Option<Field<Vec<Field<Text>>>>,
    /// A goal's contact hours of professional development.
    pub(crate) contact_hours: Option<Field<Number>>,
    /// The day a goal is due.
    pub(crate) due: Option<Field<Day>>,
    /// The status of a goal.
    pub(crate) status: Option<Field<GoalStatus>>,
    /// The response or narrative.
    pub(crate) text: Option<Field<Text>>,
    /// The reason why the part was not assigned.
    pub(crate) why: Option<Field<Text>>,
    /// The service data, input or entered rating.
    pub(crate) value: Option<Field<Any>>,
}
}

/// The kind of an entry without a home.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum OrphanKind {
    /// A rating: its indicator or its level is gone.
    Rating,
    /// A goal about an indicator that is gone.
    Goal,
    /// A response about something that is gone.
    Response,
    /// An entry of the scope.
    Scope,
    /// An entry of what was not assigned.
    NotAssigned,
    /// An item of service data that the rubric asks for no more, or of another kind.
    ServiceData,
    /// An input that no scoring policy asks for any more.
    Input,
    /// An entered rating that no scoring policy asks for any more.
    Entered,
    /// A qualification of an evaluator that the rubric knows no more.
    Qualification,
    /// The kind of the evaluation, which the rubric has no more.
    Type,
    /// A text beside the ratings that the rubric asks for no more, or about something that is gone.
    Narrative,
}

impl OrphanKind {
    /// The name that is printed: "Rating".
    pub fn label(self) -> &'static str {
        match self {
            Self::Rating => "Rating",
            Self::Goal => "Goal",
            Self::Response => "Response",
            Self::Scope => "Part of the scope",
            Self::NotAssigned => "Not assigned",
            Self::ServiceData => "Service data",
            Self::Input => "Input",
            Self::Entered => "Entered rating",
            Self::Qualification => "Qualification",
            Self::Type => "Kind of evaluation",
            Self::Narrative => "Narrative",
        }
    }
}

document! {
/// The part that an orphan was given for, in the words of the old rubric.
pub(crate) struct GivenFor {
    /// The id of the rubric that had it.
    pub(crate) rubric: Field<Word>,
    /// That rubric's version.
    pub(crate) version: Option<Field<Word>>,
    /// The number it was printed with.
    pub(crate) code: Option<Field<Text>>,
    /// Its title.
    pub(crate) title: Option<Field<Text>>,
    /// The title of the domain it was in.
    pub(crate) domain: Option<Field<Text>>,
    /// Its statement; absent when that rubric was not at hand.
    pub(crate) statement: Option<Field<Text>>,
}
}

words! { OrphanKind }
