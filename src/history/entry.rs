//! The entry of each year for an indicator of the newest rubric, and the ratings that have no home in it.

use std::borrow::Cow;

use serde::Serialize;

use crate::evaluation::{Evaluation, Given, Orphan, OrphanKind, Rating};
use crate::exact::Exact;
use crate::rubric::{Indicator, Scale};

use super::counted::Counted;

/// The kind of entry that a year's evaluation has for an indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum EntryStatus {
    /// A level, a number, or a choice that counts as a level.
    Rated,
    /// A choice that is no rating, such as "no opportunity to practice".
    NotRated,
    /// No entry.
    Unrated,
    /// No entry, since an entered rating judges it as part of a whole.
    Judged,
    /// Not assigned to the employee, or not in the evaluation's scope.
    NotAssigned,
    /// No indicator of that year's rubric.
    NotAsked,
    /// Rated at a level that the indicator no longer has: listed among the ratings without a home.
    WithoutHome,
}

impl EntryStatus {
    /// The name, as in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Rated => "rated",
            Self::NotRated => "not_rated",
            Self::Unrated => "unrated",
            Self::Judged => "judged",
            Self::NotAssigned => "not_assigned",
            Self::NotAsked => "not_asked",
            Self::WithoutHome => "without_home",
        }
    }
}

/// The entry of one year for an indicator of the newest rubric.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct YearEntry {
    /// The kind of entry.
    pub status: EntryStatus,
    /// The id of the level or choice, as the newest rubric has it; absent for a number, and without an entry.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<String>,
    /// The label as it was given that year, a number with its unit; absent without an entry.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The number, on a number scale; else absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<Exact>,
    /// Whether it meets expectations by the newest rubric, or for a number on a scale that had other bounds, by that year's own;
    /// absent without a rating, and where the scale says nothing of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meets: Option<bool>,
    /// The label of the level that a choice counts as by the newest rubric; else absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub counts_as: Option<String>,
    /// The label by the newest rubric, where that is another one; else absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub now: Option<String>,
    /// Whether the indicator had other words then; absent when not.
    #[serde(skip_serializing_if = "is_false")]
    pub reworded: bool,
    /// Whether the same rating counts differently now, since the indicator moved or its scale changed; absent when not.
    #[serde(skip_serializing_if = "is_false")]
    pub rescored: bool,
    /// Whether it is a number on a scale that had other bounds then: it counts as it did, and is compared with no other year;
    /// absent when not.
    #[serde(skip_serializing_if = "is_false")]
    pub other_bounds: bool,
    /// Where the rating stands on its scale; `None` without a rating, and for a number on a scale that had other bounds.
    #[serde(skip)]
    #[cfg_attr(feature = "schema", schemars(skip))]
    pub(super) place: Option<Place>,
}

/// Where a rating stands on the scale of its indicator: two places of one indicator can be compared.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    /// The number of the level among the levels of all scales.
    Level(usize),
    Number(Exact),
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
fn is_false(flag: &bool) -> bool {
    !flag
}

impl YearEntry {
    /// The entry of a year for an indicator of the newest rubric.
    pub(super) fn of(year: &Counted, indicator: &Indicator) -> Self {
        let own = year.evaluation.rubric().indicator(&indicator.id);
        match year.now.rating(indicator) {
            Some(rating) => Self::rated(year, indicator, rating),
            None => Self::without(match own {
                None => EntryStatus::NotAsked,
                Some(own) if !year.evaluation.is_in_scope(own) => EntryStatus::NotAssigned,
                Some(own) if year.evaluation.rating(own).is_some() => EntryStatus::WithoutHome,
                Some(own) if year.evaluation.is_judged(own) => EntryStatus::Judged,
                Some(_) => EntryStatus::Unrated,
            }),
        }
    }

    fn without(status: EntryStatus) -> Self {
        Self {
            status,
            level: None,
            label: None,
            number: None,
            meets: None,
            counts_as: None,
            now: None,
            reworded: false,
            rescored: false,
            other_bounds: false,
            place: None,
        }
    }

    fn rated(year: &Counted, indicator: &Indicator, rating: &Rating) -> Self {
        let (rubric, scales) = (year.now.rubric(), year.now.rubric().all());
        let said = |evaluation: &Evaluation, indicator: &Indicator, rating: &Rating| {
            evaluation.said(indicator, rating).map(Cow::into_owned)
        };
        let own = year.evaluation.rubric().indicator(&indicator.id);
        let own_range = own.and_then(|own| year.evaluation.rubric().scale_of(own)?.range());
        let given = own.and_then(|own| said(&year.evaluation, own, year.evaluation.rating(own)?));
        let now = said(&year.now, indicator, rating);
        let (is_rated, place, meets) = match rating.given {
            Given::Level(level) => {
                let counted = scales.counted(level);
                let place = scales.is_rated(counted).then_some(Place::Level(counted));
                let meets = place.as_ref().map(|_| scales.meets(counted));
                (place.is_some(), place, meets)
            }
            Given::Number(number) => {
                let range = rubric.scale_of(indicator).and_then(Scale::range);
                let other =
                    own_range.filter(|own| range.is_none_or(|range| (&range.from, &range.to) != (&own.from, &own.to)));
                let place = other.is_none().then(|| Place::Number(number.exact()));
                (true, place, other.or(range).and_then(|range| range.meets(&number.exact())))
            }
        };
        let other_bounds = is_rated && place.is_none();
        let changed = |ids: fn(&crate::migrate::Changes) -> &[String]| {
            year.changes.as_ref().is_some_and(|changes| ids(changes).contains(&indicator.id))
        };
        Self {
            status: if is_rated { EntryStatus::Rated } else { EntryStatus::NotRated },
            level: year.now.level(rating).map(|level| level.id.clone()),
            number: year.now.number(rating),
            meets,
            counts_as: rating.level().and_then(|level| Some(rubric.counts_as(level)?.label.clone())),
            now: now.clone().filter(|_| given.is_some() && given != now),
            label: given.or(now),
            reworded: changed(|changes| &changes.reworded),
            rescored: !other_bounds && changed(|changes| &changes.rescored),
            other_bounds,
            place,
        }
    }
}

/// Ratings of one indicator, or at one place of an indicator, that the newest rubric does not have.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct WithoutHome {
    /// The id of the indicator.
    pub id: String,
    /// The words that the ratings were given for.
    pub given_for: GivenEarlier,
    /// By year: the rating; null where there is none.
    pub ratings: Vec<Option<KeptRating>>,
}

/// The words of an earlier rubric; null where they are unknown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct GivenEarlier {
    /// The number it was printed with.
    pub code: Option<String>,
    /// The title.
    pub title: Option<String>,
    /// The title of the domain.
    pub domain: Option<String>,
    /// The statement.
    pub statement: Option<String>,
}

/// A rating without a home in the newest rubric.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct KeptRating {
    /// The id of the level, or the number, as it was given.
    pub level: String,
    /// The label as it was printed; the id where that is unknown.
    pub label: String,
    /// The id of the rubric that it was given with.
    pub rubric: String,
    /// The version of that rubric.
    pub version: Option<String>,
}

/// The ratings of all years that have no home in the newest rubric.
pub(super) fn without_home(years: &[Counted]) -> Vec<WithoutHome> {
    let mut kept: Vec<WithoutHome> = Vec::new();
    for (number, year) in years.iter().enumerate() {
        for orphan in year.now.orphaned().iter().filter(|orphan| orphan.kind == OrphanKind::Rating) {
            let Some(level) = &orphan.level else { continue };
            let given_for = given_for(orphan);
            let rating = KeptRating {
                level: level.clone(),
                label: orphan.label.clone().unwrap_or_else(|| level.clone()),
                rubric: orphan.given_for.rubric.clone(),
                version: orphan.given_for.version.clone(),
            };
            let is_free = |row: &WithoutHome| row.ratings.get(number).is_some_and(Option::is_none);
            let row = kept.iter().position(|row| row.id == orphan.id && row.given_for == given_for && is_free(row));
            let row = row.unwrap_or_else(|| {
                let ratings = years.iter().map(|_| None).collect();
                kept.push(WithoutHome { id: orphan.id.clone(), given_for, ratings });
                kept.len() - 1
            });
            if let Some(slot) = kept.get_mut(row).and_then(|row| row.ratings.get_mut(number)) {
                *slot = Some(rating);
            }
        }
    }
    kept
}

fn given_for(orphan: &Orphan) -> GivenEarlier {
    let of = &orphan.given_for;
    GivenEarlier {
        code: of.code.clone(),
        title: of.title.clone(),
        domain: of.domain.clone(),
        statement: of.statement.clone(),
    }
}
