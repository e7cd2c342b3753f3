//! A tally as a picture: one stacked bar.

use serde::Serialize;

use crate::rubric::Rubric;
use crate::score::Tally;

/// A tally as a stacked bar, 1000 wide.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(in crate::render) struct Bar<'a> {
    /// The domain; empty for the bar of all.
    id: &'a str,
    code: &'a str,
    title: &'a str,
    /// The levels that somebody got, in the order of the scale, and what is unrated.
    segments: Vec<Segment<'a>>,
    indicators: u32,
    rated: u32,
    met: u32,
    unrated: u32,
    /// The share of the rated that meet expectations, in whole percent; null when none is rated.
    percent_met: Option<String>,
}

/// A part of a bar.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct Segment<'a> {
    /// The level's id; null for what is unrated.
    level: Option<&'a str>,
    /// The level as people call it, or "Unrated".
    label: &'a str,
    /// The level's number in the scale; null for what is unrated.
    number: Option<usize>,
    count: u32,
    /// Where it begins, from 0 to 1000.
    x: u32,
    width: u32,
}

impl<'a> Bar<'a> {
    const WIDTH: u64 = 1000;

    pub(super) fn of(id: &'a str, code: &'a str, title: &'a str, tally: &Tally, rubric: &'a Rubric) -> Self {
        // Edges are rounded, not widths, so that the parts fill the bar without a gap.
        let edge = |count: u32| {
            let total = u64::from(tally.indicators.max(1));
            u32::try_from((u64::from(count) * Self::WIDTH + total / 2) / total).unwrap_or_default()
        };
        let levels = rubric.scale().levels().iter().enumerate().zip(&tally.levels);
        let parts = levels
            .map(|((number, level), count)| (Some(level.id.as_str()), level.label.as_str(), Some(number), *count))
            .chain([(None, "Unrated", None, tally.unrated)]);
        let mut before = 0;
        let mut segments = Vec::new();
        for (level, label, number, count) in parts.filter(|(.., count)| *count > 0) {
            let x = edge(before);
            before += count;
            segments.push(Segment { level, label, number, count, x, width: edge(before) - x });
        }
        Self {
            id,
            code,
            title,
            segments,
            indicators: tally.indicators,
            rated: tally.rated,
            met: tally.met,
            unrated: tally.unrated,
            percent_met: tally.share_met().map(|share| share.percent()),
        }
    }
}
