//! The tally of a domain, with its picture.

use std::borrow::Cow;

use minijinja::value::Value;
use serde::Serialize;

use crate::rubric::Rubric;
use crate::score::Tally;

use super::picture::{self, Segment};

/// A tally as a stacked bar, 1000 wide.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(in crate::render) struct Bar<'a> {
    /// The domain; empty for the bar of all.
    id: &'a str,
    code: &'a str,
    title: &'a str,
    /// How many got each level, in the order of the scale.
    counts: &'a [u32],
    /// The levels that somebody got, in the order of the scale, and what is unrated.
    segments: Vec<Segment<'a>>,
    /// The same as SVG, for HTML, with the patterns of the macro `fills`.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    picture: Value,
    indicators: u32,
    rated: u32,
    met: u32,
    unrated: u32,
    /// The share of the rated that meet expectations, in whole percent; null when none is rated.
    percent_met: Option<String>,
}

impl<'a> Bar<'a> {
    pub(super) fn of(id: &'a str, code: &'a str, title: &'a str, tally: &'a Tally, rubric: &'a Rubric) -> Self {
        let levels = rubric.scale().levels().iter().zip(&tally.levels);
        let parts = levels
            .map(|(level, count)| (Some(Cow::Borrowed(level.id.as_str())), level.label.as_str(), u64::from(*count)))
            .chain([(None, "Unrated", u64::from(tally.unrated))]);
        let segments = picture::segments(parts, u64::from(tally.indicators));
        Self {
            id,
            code,
            title,
            counts: &tally.levels,
            picture: picture::svg(title, &segments),
            segments,
            indicators: tally.indicators,
            rated: tally.rated,
            met: tally.met,
            unrated: tally.unrated,
            percent_met: tally.share_met().map(|share| share.percent()),
        }
    }
}
