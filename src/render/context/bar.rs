//! The tally of a domain, with its stacked bar.

use std::borrow::Cow;
use std::sync::Arc;

use minijinja::value::Value;

use crate::score::{Scorecard, Tally};

use super::lazy::{Plain, keyed, value};
use super::picture::{self, Segment};

/// The bar of a domain, or of all.
#[derive(Debug)]
struct Drawn {
    scorecard: Arc<Scorecard>,
    domain: Option<usize>,
}

/// The bars of the domains that have indicators in scope.
pub(super) fn bars(scorecard: &Arc<Scorecard>) -> Value {
    let domains = scorecard.domains().iter().enumerate().filter(|(_, domain)| domain.tally.indicators > 0);
    domains.map(|(number, _)| Plain::of(Drawn { scorecard: scorecard.clone(), domain: Some(number) })).collect()
}

/// One bar for all domains.
pub(super) fn overall_bar(scorecard: &Arc<Scorecard>) -> Value {
    Plain::of(Drawn { scorecard: scorecard.clone(), domain: None })
}

impl Drawn {
    fn tally(&self) -> &Tally {
        let domain = self.domain.and_then(|number| self.scorecard.domains().get(number));
        domain.map_or(self.scorecard.overall(), |domain| &domain.tally)
    }

    /// The id, the code and the title.
    fn about(&self) -> (&str, &str, &str) {
        let domains = self.scorecard.evaluation().rubric().domains();
        let domain = self.domain.and_then(|number| domains.get(number));
        domain.map_or(("", "", "All domains"), |domain| (&domain.id, &domain.code, &domain.title))
    }

    /// The numbers of the levels that indicators under the domain can have, as people read them.
    fn in_print(&self) -> Vec<usize> {
        let rubric = self.scorecard.evaluation().rubric();
        let domain = self.domain.and_then(|number| rubric.domains().get(number));
        rubric.printed_levels(domain.map(|domain| domain.id.as_str()))
    }

    /// By level of the rubric in print: its count, or none where the level is of no scale of the domain.
    fn counts(&self) -> Value {
        let (tally, own) = (self.tally(), self.in_print());
        let all = self.scorecard.evaluation().rubric().printed_levels(None).into_iter();
        all.map(|number| own.contains(&number).then(|| tally.levels.get(number).copied().unwrap_or_default()))
            .map(Value::from)
            .collect()
    }

    fn segments(&self) -> Vec<Segment<'_>> {
        let tally = self.tally();
        let rubric = self.scorecard.evaluation().rubric();
        let levels = self.in_print().into_iter().filter_map(|number| {
            let count = tally.levels.get(number).copied().unwrap_or_default();
            Some((rubric.levels().get(number)?, count))
        });
        let parts = levels
            .map(|(level, count)| (Some(Cow::Borrowed(level.id.as_str())), level.label.as_str(), u64::from(count)))
            .chain([(None, "Unrated", u64::from(tally.unrated)), (None, "Judged as a whole", u64::from(tally.judged))]);
        picture::segments(parts, u64::from(tally.indicators))
    }
}

keyed! {
    /// A tally as a stacked bar, 1000 wide.
    pub(in crate::render) struct Bar<'a> of |drawn: Drawn|
    let tally = drawn.tally();
    let about = drawn.about();
    {
        /// The domain; empty for the bar of all.
        id: &'a str = about.0.into(),
        code: &'a str = about.1.into(),
        title: &'a str = about.2.into(),
        /// The number of ratings at each of the rubric's levels, as `rubric.levels` lists them; null for a level of a scale that
        /// no indicator under the domain is rated on.
        counts: &'a [Option<u32>] = drawn.counts(),
        /// The levels that somebody got, in the order of the scale, and what is unrated.
        segments: Vec<Segment<'a>> = value(drawn.segments()),
        /// The same as SVG, for HTML, with the patterns of the macro `fills`.
        picture: &'a str = picture::svg(about.2, &drawn.segments()),
        indicators: u32 = tally.indicators.into(),
        rated: u32 = tally.rated.into(),
        met: u32 = tally.met.into(),
        unrated: u32 = tally.unrated.into(),
        judged: u32 = tally.judged.into(),
        /// The share of the rated that meet expectations, in whole percent; null when none is rated.
        percent_met: Option<&'a str> = tally.share_met().map(|share| share.percent()).into(),
    }
}
