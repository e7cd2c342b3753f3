//! `migrated_from` and `orphaned`, which a migration writes into an evaluation, as written.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::exact::Exact;
use crate::source::{Any, Field, Number, Text, Word, documents, words};

use super::super::form;
use super::super::leaf::{Day, Mark};
use super::{Evidence, GoalStatus, RubricReference, Status, checked as plain};

documents! {
/// Migrations and orphans once they are checked.
pub(crate) mod checked;

/// A document that this evaluation was made from, by migrating it to another rubric.
pub struct Migration {
    /// The rubric that it was made against.
    pub rubric: Field<RubricReference> as plain::RubricReference,
    /// Its own fingerprint, as its report prints it; absent when its rubric was not at hand.
    pub evaluation: Option<Field<Word>> as Option<String>,
    /// The fingerprint in its seal, where it was sealed; its document alone has the seal and the amendments.
    pub seal: Option<form::Fingerprint> as Option<String>,
    /// Whether it was a draft or final.
    pub status: Option<Field<Status>> as Option<Status>,
    /// The day it was completed.
    pub(crate) completed_on: Option<Field<Day>> as Option<Date>,
}

/// An entry without a home in the rubric: kept with the words it was given for, printed, and never counted.
pub struct Orphan {
    /// The kind of the orphan.
    pub kind: Field<OrphanKind> as OrphanKind,
    /// The id it was written for.
    pub id: Field<Word> as String,
    /// The part of the old rubric with that id.
    pub given_for: Field<GivenFor> as GivenFor,
    /// The id of the domain or competency that a narrative was about, of the indicator that a practice belonged to, or of the
    /// observation that a rating was given on.
    pub about: Option<Field<Word>> as Option<String>,
    /// The level of a rating, given or entered; or its number.
    pub level: Option<Field<Mark>> as Option<String>,
    /// The label of the level, qualification, kind, kind of observation, narrative, event, input, item of service data or kind of
    /// supervision.
    pub label: Option<Field<Text>> as Option<String>,
    /// The person who gave the rating, observed, wrote the response, has the qualification or supervised.
    pub by: Option<Field<Word>> as Option<String>,
    /// The day of a response, an event, an observation or a session of supervision.
    pub(crate) date: Option<Field<Day>> as Option<Date>,
    /// The reason for a rating.
    pub comment: Option<Field<Text>> as Option<String>,
    /// A piece of evidence for a rating.
    pub evidence: Option<Field<Vec<Field<Evidence>>>> as Vec<plain::Evidence>,
    /// The practice that a goal aims at.
    pub statement: Option<Field<Text>> as Option<String>,
    /// The measure of a goal.
    pub measure: Option<Field<Text>> as Option<String>,
    /// The activities of a goal.
    pub activities: Option<Field<Vec<Field<Text>>>> as Vec<String>,
    /// A goal's contact hours of professional development.
    pub contact_hours: Option<Field<Number>> as Option<Exact>,
    /// The day a goal is due.
    pub(crate) due: Option<Field<Day>> as Option<Date>,
    /// The status of a goal.
    pub status: Option<Field<GoalStatus>> as Option<GoalStatus>,
    /// The minutes of a session of supervision.
    pub minutes: Option<form::Minutes> as Option<u32>,
    /// The response or narrative, the note of an event or a session of supervision, or the notes of an observation.
    pub text: Option<Field<Text>> as Option<String>,
    /// The reason why the part was not assigned.
    pub why: Option<Field<Text>> as Option<String>,
    /// The service data, input or entered rating; an observation without its ratings, which are orphans of their own.
    pub(crate) value: Option<Field<Any>> as Option<Any>,
}

/// The part that an orphan was given for, in the words of the old rubric.
pub struct GivenFor: Default {
    /// The id of the rubric that had it.
    pub rubric: Field<Word> as String,
    /// The version of the rubric.
    pub version: Option<Field<Word>> as Option<String>,
    /// The number it was printed with.
    pub code: Option<Field<Text>> as Option<String>,
    /// Its title.
    pub title: Option<Field<Text>> as Option<String>,
    /// The title of the domain it was in.
    pub domain: Option<Field<Text>> as Option<String>,
    /// Its statement; absent when that rubric was not at hand.
    pub statement: Option<Field<Text>> as Option<String>,
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
    /// A practice that was seen, and that its indicator has no more.
    Practice,
    /// An event of the record whose step the process has no more.
    Event,
    /// A session of supervision of a kind that the rubric has no more.
    Supervision,
    /// An observation of a kind that the rubric has no more.
    Observation,
    /// A rating of an observation: its indicator or its level is gone, or the kind of observation rates it no more.
    ObservedRating,
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
            Self::Practice => "Practice that was seen",
            Self::Event => "Event",
            Self::Supervision => "Supervision",
            Self::Observation => "Observation",
            Self::ObservedRating => "Rating of an observation",
        }
    }
}

words! { OrphanKind }
