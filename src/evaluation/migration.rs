//! `migrated_from` and `orphaned`, which a migration writes into an evaluation, once checked.

use jiff::civil::Date;
use serde::Serialize;

use crate::exact::Exact;
use crate::source::Any;
use crate::syntax::evaluation::{GoalStatus, Status};

use super::parts::{optional_day, optional_number};
use super::{Evidence, OrphanKind};

/// A document's reference to a rubric.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct RubricReference {
    /// The rubric's id.
    pub id: String,
    /// Its version.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// Its fingerprint.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fingerprint: Option<String>,
}

/// A document that an evaluation was made from, by migrating it to another rubric.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Migration {
    /// The rubric that it was made against.
    pub rubric: RubricReference,
    /// Its own fingerprint, where its rubric was at hand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evaluation: Option<String>,
    /// Whether it was a draft or final.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<Status>,
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "optional_day")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub(crate) completed_on: Option<Date>,
}

impl Migration {
    /// The day it was completed, as `2026-05-29`.
    pub fn completed_on(&self) -> Option<String> {
        self.completed_on.map(|date| date.to_string())
    }
}

/// An entry without a home in the rubric, with the words it was given for; never counted.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct Orphan {
    /// What it was.
    pub kind: OrphanKind,
    /// The id it was written for.
    pub id: String,
    /// The part of the old rubric with that id.
    pub given_for: GivenFor,
    /// The id of the domain or competency that a narrative was about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    /// The level of a rating, given or entered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<String>,
    /// The label of the level, qualification, narrative, input or item of service data.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The person who gave the rating, wrote the response or has the qualification.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "optional_day")]
    pub(crate) date: Option<Date>,
    /// The reason for a rating.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
    /// A piece of evidence for a rating.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Evidence>,
    /// The practice that a goal aims at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub statement: Option<String>,
    /// The measure of a goal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub measure: Option<String>,
    /// The activities of a goal.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub activities: Vec<String>,
    /// A goal's contact hours of professional development.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "optional_number")]
    pub contact_hours: Option<Exact>,
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "optional_day")]
    pub(crate) due: Option<Date>,
    /// The status of a goal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<GoalStatus>,
    /// The response or narrative.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The reason why the part was not assigned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) value: Option<Any>,
}

impl Orphan {
    /// The day of a response, as `2026-06-08`.
    pub fn date(&self) -> Option<String> {
        self.date.map(|date| date.to_string())
    }

    /// The day a goal was due, as `2027-01-29`.
    pub fn due(&self) -> Option<String> {
        self.due.map(|date| date.to_string())
    }

    /// The service data, input or entered rating, to serialize.
    pub fn value(&self) -> Option<&(impl Serialize + use<>)> {
        self.value.as_ref()
    }
}

/// The part that an orphan was given for, in the words of the old rubric.
#[derive(Debug, Clone, Default, Serialize)]
#[non_exhaustive]
pub struct GivenFor {
    /// The id of the rubric that had it.
    pub rubric: String,
    /// That rubric's version.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// The number it was printed with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Its title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The title of the domain it was in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub domain: Option<String>,
    /// Its statement; absent when that rubric was not at hand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub statement: Option<String>,
}
