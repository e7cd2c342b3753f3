//! Rules of a step that looks at indicators on several scales.

use crate::diagnostic::Code;
use crate::outline::Node;
use crate::policy::{Reach, Which};
use crate::scale::Scale;
use crate::source::{Field, Span, Word};

use super::super::{some_of, value};
use super::{At, Checker};

impl Checker<'_> {
    /// The levels that are counted, with the scales that they are of: only indicators on these are looked at. A finding where
    /// a set has none.
    pub(super) fn on_scales(&self, which: Which, is_of_scale: bool, place: Span, at: &At) -> Option<Which> {
        let Some(all) = self.ground.scales.filter(|all| is_of_scale && !all.is_one()) else { return Some(which) };
        let has_any = |scale: &Scale| scale.numbers().iter().any(|number| which.has(*number));
        let scales: Vec<bool> = all.each().iter().map(has_any).collect();
        let outline = self.outlines.get(at.number)?;
        let is_on = |node: &&Node| scales.get(node.scale) == Some(&true);
        let is_looked_at = |node: &&Node| match outline.under.as_ref() {
            Some(Some(parts)) => parts.iter().any(|part| node.is_within(part)),
            _ => true,
        };
        let has_one = |within: Option<&Node>| {
            let inside = |node: &&Node| within.is_none_or(|within| node.is_within(within));
            let mut indicators = self.ground.nodes.indicators().iter().filter(is_looked_at).filter(inside).peekable();
            // A part of which nothing is looked at has no result.
            indicators.peek().is_none() || indicators.any(|node| is_on(&node))
        };
        let subjects = at.each.map(|each| self.ground.nodes.each(each)).unwrap_or_default();
        let without = match at.each {
            None => (!has_one(None)).then(|| "no indicator".to_owned()),
            Some(_) => {
                subjects.iter().find(|node| !has_one(Some(node))).map(|node| format!("no indicator of `{}`", node.id))
            }
        };
        if let Some(without) = without {
            let message = format!("{without} is rated on the scale that these levels are of");
            let help = "name levels of a scale that all these parts are rated on, or narrow the step with `under`";
            self.error(Code::WrongKind, place, message, help);
            return None;
        }
        for (scale, _) in scales.iter().enumerate().filter(|(_, is_looked_at)| **is_looked_at) {
            at.reaches(Reach::OnScale(scale));
        }
        Some(Which { scales: Some(scales), ..which })
    }

    /// Whether a level is of the scale that an indicator is rated on; else a finding.
    pub(super) fn is_on_scale_of(&self, indicator: usize, level: usize, field: &Field<Word>) -> Option<()> {
        let node = self.ground.nodes.indicators().get(indicator)?;
        let scale = self.ground.scales?.each().get(node.scale)?;
        if !scale.numbers().contains(&level) {
            let name = value::shorten(field.word().unwrap_or_default());
            let message = format!("`{}` is rated on another scale, which has no level `{name}`", node.id);
            let help = format!("the levels are {}", value::level_names(scale.levels()));
            self.error(Code::UnknownLevel, field.span, message, help);
            return None;
        }
        Some(())
    }

    /// The indicators that a step looks at, each with its number and scale; `None` where they are not known.
    fn looked_at(&self, at: &At) -> Option<Vec<(usize, &Node, &Scale)>> {
        let scales = self.ground.scales?;
        let under = self.outlines.get(at.number)?.under.as_ref()?;
        let is_looked_at =
            |node: &Node| under.as_ref().is_none_or(|parts| parts.iter().any(|part| node.is_within(part)));
        let all = self.ground.nodes.indicators().iter().take(self.ground.nodes.of_rubric()).enumerate();
        let all = all.filter(|(number, node)| is_looked_at(node) && self.is_rated_for(at, *number));
        Some(all.filter_map(|(number, node)| Some((number, node, scales.each().get(node.scale)?))).collect())
    }

    /// Whether a step looks at an indicator that is rated at levels, which count nothing without points. Of indicators that
    /// are not known, one may be.
    pub(super) fn counts_levels(&self, at: &At) -> Option<bool> {
        let Some(scales) = self.ground.scales.filter(|scales| scales.has_numbers()) else { return Some(true) };
        let looked_at = self.looked_at(at)?;
        Some(
            looked_at.is_empty()
                || scales.each().len() < 2
                || looked_at.iter().any(|(.., scale)| scale.range().is_none()),
        )
    }

    /// A share of what is met wants one indicator at least of whose rating it is known; else a finding.
    pub(super) fn has_share(&self, place: Span, at: &At) -> Option<()> {
        if !self.ground.scales?.has_numbers() {
            return Some(());
        }
        let looked_at = self.looked_at(at)?;
        let is_in_share = |scale: &Scale| scale.range().is_none_or(|range| range.meets_at.is_some());
        if looked_at.is_empty() || looked_at.iter().any(|(.., scale)| is_in_share(scale)) {
            return Some(());
        }
        let message =
            "each indicator here is rated with a number of which the scale does not say what meets expectations";
        let help = "add `meets_at:` to the number scale, or take another number";
        self.error(Code::MissingMeetsAt, place, message.to_owned(), help);
        None
    }

    /// Whether each indicator that the step counts has points, and better levels have more points at all of them, or fewer at
    /// all of them; else a finding.
    pub(super) fn have_points(&self, place: Span, at: &At) -> Option<()> {
        // Points that could not be read are a finding already.
        let (Some(points), Some(_)) = (self.points, self.ground.scales) else { return Some(()) };
        let counted = self.looked_at(at)?;
        let missing = |(number, node, scale): &(usize, &Node, &Scale)| {
            let missing = points.missing(*number, node.scale, scale);
            (!missing.is_empty())
                .then(|| format!("this step counts `{}`, and there are no points for {}", node.id, some_of(&missing)))
        };
        if let Some(message) = counted.iter().find_map(missing) {
            let help = "add them to `points:`, of the policy or of the indicator, or narrow the step with `under` to the parts that have points";
            self.error(Code::MissingPoints, place, message, help);
            return None;
        }
        let falls = |(number, node, scale): &(usize, &Node, &Scale)| points.fall(*number, node.scale, scale);
        let falling = counted.iter().find(|one| falls(one));
        let rising = counted.iter().find(|one| !falls(one));
        let (Some((_, rising, _)), Some((_, falling, _))) = (rising, falling) else { return Some(()) };
        let message = format!(
            "this step counts `{}`, where a better level has more points, and `{}`, where it has fewer",
            rising.id, falling.id
        );
        let help = "give the better level more points at every indicator that the step counts, or fewer at every one";
        self.error(Code::PointsNotRising, place, message, help);
        None
    }
}
