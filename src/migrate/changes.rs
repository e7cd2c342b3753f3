//! Records the outcome of a migration for each entry of an evaluation.

use serde::Serialize;

use crate::diff::{self, Difference, RatingIds};
use crate::evaluation::{Evaluation, OrphanKind, RubricReference};
use crate::rubric::Scale;
use crate::syntax;

/// A document's reference to a rubric.
#[cfg(feature = "schema")]
#[derive(schemars::JsonSchema)]
#[schemars(rename = "RubricReference")]
#[expect(dead_code, reason = "it is what the schema is made of")]
struct Reference {
    /// The rubric's id.
    id: String,
    /// Its version.
    #[schemars(skip_serializing_if = "Option::is_none")]
    version: Option<String>,
    /// Its fingerprint.
    #[schemars(skip_serializing_if = "Option::is_none")]
    fingerprint: Option<String>,
}

/// The changes that a migration made.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Changes {
    /// Whether the evaluation was made against this very rubric, so that there was nothing to do.
    pub is_current: bool,
    /// The evaluation's reference to its old rubric.
    #[cfg_attr(feature = "schema", schemars(with = "Reference"))]
    pub from: RubricReference,
    /// The rubric it is for now.
    pub to: diff::Reference,
    /// Whether the rubric it was made against was at hand.
    pub old_is_known: bool,
    /// Whether it was final, and is a draft again.
    pub was_final: bool,
    /// The day it had been completed, where it was final.
    pub completed_on: Option<String>,
    /// The number of ratings in the new document.
    pub ratings: usize,
    /// The rated indicators whose words changed, the unit of their number included.
    pub reworded: Vec<String>,
    /// The levels given whose words are others now.
    pub levels: Vec<String>,
    /// The rated indicators whose ratings count differently: the indicator moved, or its scale or the choice's `counts_as` changed.
    pub rescored: Vec<String>,
    /// The ids of the steps, inputs and policies of the scoring that compute otherwise.
    pub scoring: Vec<String>,
    /// The ratings that followed from practices or observations and are others now, since these or their rule are.
    pub derived: Vec<Rederived>,
    /// The entries that went under `orphaned`.
    pub orphaned: Vec<Moved>,
    /// The orphans that were restored.
    pub came_home: Vec<Moved>,
    /// The unrated indicators in scope; where the old rubric is known, only the new ones among them.
    pub unrated: Vec<String>,
    /// The indicators that the scope now names by themselves, since their old parent is removed or no longer holds them.
    pub scope: Vec<String>,
    /// The indicators that `not_assigned` names now, for the same reason.
    pub not_assigned: Vec<String>,
    /// The lines of the document that have a YAML comment. A comment is no part of an evaluation.
    pub comments: Vec<usize>,
}

/// An entry that lost its home, or has it again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Moved {
    /// The kind of entry.
    pub kind: OrphanKind,
    /// The id it was written for.
    pub id: String,
}

/// A level that followed from practices or observations and is another now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Rederived {
    /// The id of the indicator.
    pub indicator: String,
    /// The id of the level that followed under the old rubric.
    pub old: String,
    /// The id of the level that follows under the new rubric.
    pub new: String,
}

impl Moved {
    /// The kind and id of an orphan. `None` where its kind or its id could not be read.
    pub(super) fn of(orphan: &syntax::migration::Orphan) -> Option<Self> {
        Some(Self { kind: *orphan.kind.get()?, id: orphan.id.word()?.to_owned() })
    }
}

impl Changes {
    pub(super) fn none(evaluation: &Evaluation, from: RubricReference) -> Self {
        let rubric = evaluation.rubric();
        Self {
            is_current: true,
            from,
            to: rubric.into(),
            old_is_known: true,
            was_final: false,
            completed_on: None,
            ratings: evaluation.0.ratings.iter().flatten().count(),
            reworded: Vec::new(),
            levels: Vec::new(),
            rescored: Vec::new(),
            scoring: Vec::new(),
            derived: Vec::new(),
            orphaned: Vec::new(),
            came_home: Vec::new(),
            unrated: Vec::new(),
            scope: Vec::new(),
            not_assigned: Vec::new(),
            comments: Vec::new(),
        }
    }

    /// Sorts the ratings by the consequence of the difference.
    pub(super) fn classify(&mut self, evaluation: &Evaluation, difference: &Difference) {
        let (touched, rubric) = (difference.touched(), evaluation.rubric());
        for change in difference.changes.iter().filter(|change| change.is_of_scoring()) {
            if !self.scoring.contains(&change.id) {
                self.scoring.push(change.id.clone());
            }
        }
        for indicator in rubric.indicators() {
            let Some(rating) = evaluation.rating(indicator) else { continue };
            let level = evaluation.level(rating).map(|level| level.id.as_str());
            let scale = rubric.scale_of(indicator).and_then(Scale::id);
            if touched.is_reworded(&indicator.id) || (level.is_none() && touched.is_unit_reworded(scale)) {
                self.reworded.push(indicator.id.clone());
            }
            if touched.is_rescored(RatingIds { indicator: &indicator.id, scale, level }) {
                self.rescored.push(indicator.id.clone());
            }
            if let Some(level) = level
                && touched.is_level_reworded(level)
                && !self.levels.iter().any(|known| known == level)
            {
                self.levels.push(level.to_owned());
            }
        }
    }
}
