//! Draws counts as one stacked bar.

use std::borrow::Cow;

use minijinja::value::Value;
use serde::Serialize;

use crate::exact::{Exact, RoundingMode};
use crate::render::escape;
use crate::render::grouped::{Grouped, digits};
use crate::rubric::NumberRange;

/// How wide a bar is, in the units that its parts are given in.
const WIDTH: u64 = 1000;

/// A part of a stacked bar.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct Segment<'a> {
    /// The level's id, or what its pattern is called besides; null for what has no entry.
    pub(super) level: Option<Cow<'a, str>>,
    /// The level as people call it, or "Unrated".
    pub(super) label: &'a str,
    pub(super) count: u64,
    /// Where it begins, from 0 to 1000.
    x: u64,
    width: u64,
}

/// The parts that are not empty, next to each other: the level, its label, how many.
pub(super) fn segments<'a>(
    parts: impl IntoIterator<Item = (Option<Cow<'a, str>>, &'a str, u64)>,
    total: u64,
) -> Vec<Segment<'a>> {
    // Edges are rounded, not widths, so that the parts fill the bar without a gap.
    let edge = |count: u64| (count * WIDTH + total / 2) / total.max(1);
    let mut before = 0;
    let mut segments = Vec::new();
    for (level, label, count) in parts.into_iter().filter(|(.., count)| *count > 0) {
        let x = edge(before);
        before += count;
        segments.push(Segment { level, label, count, x, width: edge(before) - x });
    }
    segments
}

/// The bar in SVG, its parts filled with the patterns of the macro `fills`, with the counts inside where they fit.
pub(super) fn svg(title: &str, segments: &[Segment<'_>]) -> Value {
    let mut text = String::with_capacity(400 * (segments.len() + 1));
    text.push_str("\n        <svg width=\"100%\" height=\"22\" role=\"img\" aria-label=\"");
    add(title, &mut text);
    for (number, segment) in segments.iter().enumerate() {
        text.push_str(if number > 0 { ", " } else { ": " });
        Grouped(segment.count).add_to(&mut text);
        text.push(' ');
        add(segment.label, &mut text);
    }
    text.push_str("\">");
    segments.iter().for_each(|segment| segment.rectangle(&mut text));
    segments.iter().for_each(|segment| segment.number(&mut text));
    text.push_str("\n        </svg>");
    Value::from_safe_string(text)
}

/// A number as a bar within its range, with a mark at the number that meets expectations. The number stands beside it in
/// words, so the bar says nothing to a screen reader.
pub(super) fn within(range: &NumberRange, number: &Exact) -> Value {
    let width = &range.to - &range.from;
    let place = |number: &Exact| {
        let share = (number - &range.from).divided_by(&width);
        share.and_then(|share| share.times(WIDTH).round(0, RoundingMode::HalfUp).to_u64()).unwrap_or_default()
    };
    let mut text = String::from(
        "<svg class=\"within\" width=\"96\" height=\"10\" aria-hidden=\"true\" focusable=\"false\">\
         <rect width=\"100%\" height=\"10\" stroke=\"#5c6878\" fill=\"#ffffff\"/><rect width=\"",
    );
    tenths(place(number), &mut text);
    text.push_str("%\" height=\"10\" fill=\"#1f4e79\"/>");
    if let Some(meets_at) = &range.meets_at {
        text.push_str("<rect width=\"2\" height=\"10\" fill=\"#8a5a12\" x=\"");
        tenths(place(meets_at), &mut text);
        text.push_str("%\"/>");
    }
    text.push_str("</svg>");
    Value::from_safe_string(text)
}

/// Adds a text, escaped.
fn add(text: &str, out: &mut String) {
    // A write into memory does not fail.
    let _ = escape::html(text, out);
}

impl Segment<'_> {
    fn rectangle(&self, out: &mut String) {
        let (class, pattern) = match &self.level {
            Some(level) => ("segment", level.as_ref()),
            None => ("segment unrated", "no-entry"),
        };
        out.extend(["\n          <rect class=\"", class, "\" x=\""]);
        tenths(self.x, out);
        out.push_str("%\" width=\"");
        tenths(self.width, out);
        out.push_str("%\" height=\"22\" stroke=\"#5c6878\" fill=\"url(#fill-");
        add(pattern, out);
        out.push_str(")\"><title>");
        add(self.label, out);
        out.push_str(": ");
        Grouped(self.count).add_to(out);
        out.push_str("</title></rect>");
    }

    /// The count in the middle, on a plate as wide as its digits.
    fn number(&self, out: &mut String) {
        let wide = u64::from(self.count.max(1).ilog10()) + 1;
        let wide = wide + (wide - 1) / 3;
        if self.width < 25 + 15 * wide {
            return;
        }
        let hundredths = (2 * self.x + self.width) * 5;
        let mut middle = String::new();
        tenths(hundredths / 10, &mut middle);
        digits(hundredths % 10, &mut middle);
        out.extend(["\n          <rect class=\"plate\" fill=\"#ffffff\" x=\"", &middle, "%\" y=\"3\" width=\""]);
        digits(5 + 7 * wide, out);
        out.push_str("\" height=\"16\" rx=\"3\" transform=\"translate(-");
        tenths(25 + 35 * wide, out);
        out.push_str(")\"/><text class=\"count\" font-size=\"12\" text-anchor=\"middle\" x=\"");
        out.extend([&middle, "%\" y=\"15.5\">"]);
        Grouped(self.count).add_to(out);
        out.push_str("</text>");
    }
}

/// Adds a number of tenths, as a decimal.
fn tenths(number: u64, out: &mut String) {
    digits(number / 10, out);
    out.push('.');
    digits(number % 10, out);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_fill_the_bar_and_carry_their_counts_where_there_is_room() {
        let level = |id| Some(Cow::Borrowed(id));
        let parts = [(level("met"), "<Met>", 66), (level("none"), "None", 0), (None, "Unrated", 1)];
        let segments = segments(parts, 67);
        let edges: Vec<_> = segments.iter().map(|segment| (segment.x, segment.width)).collect();
        assert_eq!(edges, [(0, 985), (985, 15)]);
        let svg = svg("A & B", &segments).to_string();
        assert!(svg.contains(r#"aria-label="A &amp; B: 66 &lt;Met&gt;, 1 Unrated""#), "{svg}");
        assert!(
            svg.contains(r##"x="98.5%" width="1.5%" height="22" stroke="#5c6878" fill="url(#fill-no-entry)""##),
            "{svg}"
        );
        assert!(
            svg.contains(r#"x="49.25%" y="3" width="19" height="16" rx="3" transform="translate(-9.5)"/>"#),
            "{svg}"
        );
        assert_eq!(svg.matches("<text").count(), 1, "one unrated is too narrow for its number");
    }
}
